/*
 * resample.c
 *	  Random counts and quantiles; see the header.
 */
#include "indicator/resample.h"

#include <math.h>

/* Above this a Poisson variate is the normal one to eight digits, and its logarithms lose theirs. */
#define POISSON_NORMAL 1e12

double
resample_poisson(Prng *g, double mean)
{
	double		b,
				a,
				inverse_alpha,
				v_r;

	if (mean <= 0)
		return 0;
	if (mean < 10)
	{
		double		limit = exp(-mean);
		double		product = prng_open(g);
		double		k = 0;

		while (product > limit)
		{
			product *= prng_open(g);
			k++;
		}
		return k;
	}
	if (mean > POISSON_NORMAL)
		return rint(mean + sqrt(mean) * prng_normal(g));

	b = 0.931 + 2.53 * sqrt(mean);
	a = -0.059 + 0.02483 * b;
	inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
	v_r = 0.9277 - 3.6224 / (b - 2);
	for (;;)
	{
		double		u = prng_double(g) - 0.5;
		double		v = prng_open(g);
		double		us = 0.5 - fabs(u);
		double		k;

		if (us == 0)
			continue;
		k = floor((2 * a / us + b) * u + mean + 0.43);
		if (us >= 0.07 && v <= v_r)
			return k;
		if (k < 0 || (us < 0.013 && v > us))
			continue;
		if (log(v) + log(inverse_alpha) - log(a / (us * us) + b) <= k * log(mean) - mean - lgamma(k + 1))
			return k;
	}
}

int
resample_compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

double
resample_quantile(const double *sorted, int n, double p)
{
	double		place = p * (n - 1);
	int			low = (int) floor(place);
	double		part = place - low;

	if (low >= n - 1)
		return sorted[n - 1];
	return sorted[low] + part * (sorted[low + 1] - sorted[low]);
}
