/*
 * exact.h
 *	  Products and comparisons of exact sums, for tests that may not depend on rounding ("is LQ at least 1?").
 *
 * Builds on the expansions of base/exactsum.h: their parts do not overlap and increase in magnitude, so the sign of the last part is
 * the sign of the sum. Exact as long as nothing overflows or underflows: callers scale by powers of two where that could happen.
 * Plain C, no allocation.
 */
#ifndef INNOCITY_EXACT_H
#define INNOCITY_EXACT_H

#include <math.h>

#include "base/exactsum.h"

/* sum += a * b */
static inline void
exact_add_product(ExactSum *sum, double a, double b)
{
	double		low;
	double		high = two_product(a, b, &low);

	exact_sum_add(sum, low);
	exact_sum_add(sum, high);
}

/* result = a * b */
static inline void
exact_multiply(const ExactSum *a, const ExactSum *b, ExactSum *result)
{
	exact_sum_init(result);
	for (int i = 0; i < a->n; i++)
		for (int j = 0; j < b->n; j++)
			exact_add_product(result, a->part[i], b->part[j]);
}

/* sum * 2^exponent, exact within the range of doubles. */
static inline void
exact_scale(ExactSum *sum, int exponent)
{
	for (int i = 0; i < sum->n; i++)
		sum->part[i] = ldexp(sum->part[i], exponent);
}

/* -1, 0 or 1 as a < b, a = b, a > b. */
static inline int
exact_compare(const ExactSum *a, const ExactSum *b)
{
	ExactSum	difference = *a;

	for (int i = 0; i < b->n; i++)
		exact_sum_add(&difference, -b->part[i]);
	if (difference.n == 0)
		return 0;
	return difference.part[difference.n - 1] > 0 ? 1 : -1;
}

#endif							/* INNOCITY_EXACT_H */
