/*
 * exactsum.c
 *	  Exact sums of float8; see exactsum.h.
 *
 * Invariant of an ExactSum: parts are non-zero, do not overlap, and grow in magnitude with their index.
 */
#include "base/exactsum.h"

#include <string.h>

double
two_product(double a, double b, double *error)
{
	/* 2^27 + 1 splits a double into two halves of at most 26 bits each, whose products are exact. */
	const double splitter = 134217729.0;
	double		product = a * b;
	double		t;
	double		a_high,
				a_low,
				b_high,
				b_low;

	t = splitter * a;
	a_high = t - (t - a);
	a_low = a - a_high;
	t = splitter * b;
	b_high = t - (t - b);
	b_low = b - b_high;

	*error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low);
	return product;
}

int
exact_parts_add(double *part, int n, double x)
{
	int			kept = 0;

	for (int i = 0; i < n; i++)
	{
		double		error;

		x = two_sum(x, part[i], &error);
		if (error != 0)
			part[kept++] = error;
	}
	if (x != 0)
		part[kept++] = x;

	if (kept == EXACT_SUM_PARTS)
	{
		ExactSum	full;
		double		canonical[EXACT_SUM_CANONICAL];

		full.n = kept;
		memcpy(full.part, part, kept * sizeof(double));
		kept = exact_sum_canonical(&full, canonical);
		for (int i = 0; i < kept; i++)
			part[kept - 1 - i] = canonical[i];
	}
	return kept;
}

void
exact_sum_add(ExactSum *sum, double x)
{
	sum->n = exact_parts_add(sum->part, sum->n, x);
}

double
exact_parts_round(const double *part, int n)
{
	int			i = n;
	double		high = 0;
	double		low = 0;

	if (i == 0)
		return 0.0;

	/* From the top down, until an addition is no longer exact. */
	high = part[--i];
	while (i > 0 && low == 0)
		high = two_sum(high, part[--i], &low);

	/*
	 * Now high + low is the sum of the parts seen, and high is that rounded. Only where low is exactly half a unit in the
	 * last place can the parts below, which are too small to move any other rounding, decide which way it goes.
	 */
	if (i > 0 && low != 0 && (low > 0) == (part[i - 1] > 0))
	{
		double		twice = low * 2;
		double		other = high + twice;

		if (other - high == twice)
			high = other;
	}
	return high + 0.0;
}

double
exact_sum_round(const ExactSum *sum)
{
	return exact_parts_round(sum->part, sum->n);
}

int
exact_sum_canonical(ExactSum *sum, double *out)
{
	int			n = 0;

	while (sum->n > 0 && n < EXACT_SUM_CANONICAL)
	{
		double		component = exact_sum_round(sum);
		ExactSum	rest;

		out[n++] = component;

		rest.n = 0;
		for (int i = 0; i < sum->n; i++)
		{
			double		error;

			component = (i == 0) ? -component : component;
			component = two_sum(component, sum->part[i], &error);
			if (error != 0)
				rest.part[rest.n++] = error;
		}
		if (component != 0)
			rest.part[rest.n++] = component;
		*sum = rest;
	}
	return n;
}
