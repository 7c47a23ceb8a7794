/*
 * synergy_score.c
 *	  Weighted power means of parts; see the header.
 */
#include "synergy/synergy_score.h"

#include <math.h>

#include "indicator/exact.h"

/* What a part contributes before weighting: its power, or for the geometric mean its logarithm. */
static double
transformed(double part, double power)
{
	if (power == 1)
		return part;
	if (power == 0)
		return log(part < SYNERGY_GEOMETRIC_FLOOR ? SYNERGY_GEOMETRIC_FLOOR : part);
	return pow(part, power);
}

static double
clamped(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

void
synergy_score(const double *part, const double *weight, int n, double power, double *score, double *coverage)
{
	ExactSum	sum,
				known,
				all;
	double		greatest = 0;
	int			exponent = 0;
	double		mean;

	/* Weights are relative: a common power of two keeps their products in range and changes no result. */
	for (int i = 0; i < n; i++)
		if (weight[i] > greatest)
			greatest = weight[i];
	(void) frexp(greatest, &exponent);

	exact_sum_init(&sum);
	exact_sum_init(&known);
	exact_sum_init(&all);
	*score = NAN;
	*coverage = 0;
	for (int i = 0; i < n; i++)
	{
		double		w = ldexp(weight[i], -exponent);
		double		x;

		if (w == 0)
			continue;
		exact_sum_add(&all, w);
		if (isnan(part[i]))
			continue;
		exact_sum_add(&known, w);
		x = transformed(part[i], power);
		if (isinf(x))
		{
			/* A part of 0 under a negative power: the mean is 0. */
			*score = 0;
			continue;
		}
		exact_add_product(&sum, w, x);
	}
	if (known.n == 0)
		return;
	*coverage = exact_sum_round(&known) / exact_sum_round(&all);
	if (*score == 0)
		return;
	mean = exact_sum_round(&sum) / exact_sum_round(&known);
	if (power == 0)
		mean = exp(mean);
	else if (power != 1)
		mean = pow(mean, 1 / power);
	*score = clamped(mean);
}

int64_t
synergy_round(double x)
{
	double		low;
	double		high = two_product(x, 1e9, &low);
	double		whole = floor(high);

	/* high is below 2^30, so its distance from the half is exact, and adding low keeps its sign right. */
	return (int64_t) whole + ((high - whole - 0.5) + low >= 0 ? 1 : 0);
}
