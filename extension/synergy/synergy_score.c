/*
 * synergy_score.c
 *	  Weighted power means of parts; see the header.
 */
#include "synergy/synergy_score.h"

#include <math.h>
#include <stdbool.h>

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

void
synergy_needed(const double *part, const double *weight, int n, double power, double score, double *needed)
{
	double		goal = transformed(score, power);
	double		greatest = 0;
	int			exponent = 0;

	for (int i = 0; i < n; i++)
		if (weight[i] > greatest)
			greatest = weight[i];
	(void) frexp(greatest, &exponent);

	for (int i = 0; i < n; i++)
	{
		double		own = ldexp(weight[i], -exponent);
		bool		possible = own > 0 && !isnan(part[i]) && !isinf(goal);
		ExactSum	rest;
		double		x;

		needed[i] = NAN;
		if (!possible)
			continue;
		exact_sum_init(&rest);
		for (int j = 0; j < n; j++)
		{
			double		w = ldexp(weight[j], -exponent);

			if (w == 0 || isnan(part[j]))
				continue;
			exact_add_product(&rest, w, goal);
			if (j == i)
				continue;
			x = transformed(part[j], power);
			/* Another part of 0 under a negative power keeps the mean at 0. */
			if (isinf(x))
			{
				possible = false;
				break;
			}
			exact_add_product(&rest, -w, x);
		}
		if (!possible)
			continue;
		x = exact_sum_round(&rest) / own;
		if (power == 0)
			x = exp(x);
		else if (power != 1)
			x = x < 0 ? NAN : pow(x, 1 / power);
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
