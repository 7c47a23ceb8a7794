/*
 * synergy_score.c
 *	  Weighted power means of parts; see the header.
 */
#include "synergy/synergy_score.h"

#include <math.h>

#include "indicator/exact.h"

/* A mean under a smaller power than this differs from that under it by less than any double can say. */
#define POWER_LEAST 1e-100

static double
usable(double power)
{
	return power != 0 && fabs(power) < POWER_LEAST ? copysign(POWER_LEAST, power) : power;
}

double
synergy_scale(const double *part, const double *weight, int n, double power)
{
	double		scale = NAN;

	for (int i = 0; i < n; i++)
		if (weight[i] > 0 && !isnan(part[i]) && (isnan(scale) || (power < 0 ? part[i] < scale : part[i] > scale)))
			scale = part[i];
	return scale > 0 ? scale : power < 0 && scale == 0 ? 0 : 1;
}

/*
 * What a part contributes before weighting: its power, after division by synergy_scale, so that no power makes all vanish. Next to 0, where
 * all powers are next to 1, their difference from 1, divided by the power; for the geometric mean the limit of that, the logarithm.
 */
static double
transformed(double part, double scale, double power)
{
	if (power == 1)
		return part;
	if (power == 0)
		return log(part < SYNERGY_GEOMETRIC_FLOOR ? SYNERGY_GEOMETRIC_FLOOR : part);
	if (fabs(power) < SYNERGY_SMALL_POWER)
		return part == scale ? 0 : expm1(power * log(part / scale)) / power;
	return pow(part / scale, power);
}

/* The part that contributes x; NaN when none does. */
static double
restored(double x, double scale, double power)
{
	if (power == 1)
		return x;
	if (power == 0)
		return exp(x);
	if (fabs(power) < SYNERGY_SMALL_POWER)
		return scale * exp(log1p(power * x) / power);
	return x < 0 ? NAN : scale * pow(x, 1 / power);
}

static double
clamped(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

double
synergy_scale_weights(const double *weight, int n, double *scaled)
{
	ExactSum	all;
	double		greatest = 0;
	int			exponent = 0;

	for (int i = 0; i < n; i++)
		if (weight[i] > greatest)
			greatest = weight[i];
	(void) frexp(greatest, &exponent);
	exact_sum_init(&all);
	for (int i = 0; i < n; i++)
	{
		scaled[i] = ldexp(weight[i], -exponent);
		exact_sum_add(&all, scaled[i]);
	}
	return exact_sum_round(&all);
}

void
synergy_score(const double *part, const double *scaled, int n, double whole, double power, double *score, double *coverage)
{
	ExactSum	sum,
				known;
	double		weight = whole;
	double		scale;
	double		mean;
	bool		complete = true;

	power = usable(power);
	scale = synergy_scale(part, scaled, n, power);
	exact_sum_init(&sum);
	*score = NAN;
	*coverage = 0;
	for (int i = 0; i < n; i++)
	{
		if (scaled[i] == 0)
			continue;
		if (isnan(part[i]))
			complete = false;
		/* A part of 0 under a negative power: the mean is 0. */
		else if (scale > 0)
			exact_add_product(&sum, scaled[i], transformed(part[i], scale, power));
	}
	if (!complete)
	{
		exact_sum_init(&known);
		for (int i = 0; i < n; i++)
			if (scaled[i] != 0 && !isnan(part[i]))
				exact_sum_add(&known, scaled[i]);
		weight = exact_sum_round(&known);
	}
	if (!(weight > 0))
		return;
	*coverage = weight / whole;
	mean = scale > 0 ? restored(exact_sum_round(&sum) / weight, scale, power) : 0;
	*score = clamped(mean);
}

void
synergy_needed(const double *part, const double *weight, int n, double power, double score, double *needed)
{
	double		greatest = 0;
	int			exponent = 0;

	power = usable(power);
	for (int i = 0; i < n; i++)
		if (weight[i] > greatest)
			greatest = weight[i];
	(void) frexp(greatest, &exponent);

	for (int i = 0; i < n; i++)
	{
		double		own = ldexp(weight[i], -exponent);
		double		scale = score;
		double		goal;
		ExactSum	rest;
		double		x;

		needed[i] = NAN;
		if (own == 0 || isnan(part[i]))
			continue;
		/* the scale of the score and of all parts but this one, which is looked for */
		for (int j = 0; j < n; j++)
			if (j != i && weight[j] > 0 && (power < 0 ? part[j] < scale : part[j] > scale))
				scale = part[j];
		/* Under a negative power another part of 0 keeps the mean at 0, and nothing else makes it 0. */
		if (power < 0 && scale == 0)
			continue;
		if (scale == 0)
			scale = 1;
		goal = transformed(score, scale, power);
		exact_sum_init(&rest);
		for (int j = 0; j < n; j++)
		{
			double		w = ldexp(weight[j], -exponent);

			if (w == 0 || isnan(part[j]))
				continue;
			exact_add_product(&rest, w, goal);
			if (j != i)
				exact_add_product(&rest, -w, transformed(part[j], scale, power));
		}
		x = restored(exact_sum_round(&rest) / own, scale, power);
		/* The last bits of a quotient shall not make 1 out of reach: a score has nine decimals. */
		if (x > 1 && x < 1 + 1e-12)
			x = 1;
		if (x >= (power == 0 ? SYNERGY_GEOMETRIC_FLOOR : 0) && x <= 1)
			needed[i] = x;
	}
}

int64_t
synergy_round(double x)
{
	double		low;
	double		high = two_product(x, 1e9, &low);
	double		whole = floor(high);

	/* high is below 2^42, so its distance from the half is exact, and adding low keeps its sign right. */
	return (int64_t) whole + ((high - whole - 0.5) + low >= 0 ? 1 : 0);
}
