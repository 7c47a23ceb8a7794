/*
 * inequality.h
 *	  Measures of concentration and inequality, from exact sums or from sorted values.
 *
 * Measures that are functions of sums keep the sums exact: any order of rows, any division among workers and any moving frame gives the
 * same bytes. Those that need all values sort them first, by value, then weight. Plain C; values are >= 0 and finite.
 */
#ifndef INNOCITY_INEQUALITY_H
#define INNOCITY_INEQUALITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/exactsum.h"

/* Largest value or weight: products of two stay within what exact sums admit. */
#define INEQUALITY_VALUE_MAX 3.1217485503159922e144	/* 2^480 */

/* With weights the Herfindahl index multiplies three. */
#define INEQUALITY_WEIGHTED_SQUARE_MAX 2.13598703592091e96	/* 2^320 */

typedef enum InequalityMeasure
{
	INEQUALITY_HERFINDAHL,		/* sum w p^2, p = x / sum w x */
	INEQUALITY_ENTROPY,			/* - sum w p ln p / ln base */
	INEQUALITY_THEIL_T,			/* sum w (x/mu) ln(x/mu) / sum w */
	INEQUALITY_THEIL_L,			/* sum w ln(mu/x) / sum w */
	INEQUALITY_ATKINSON			/* 1 - (sum w x^(1-e) / sum w)^(1/(1-e)) / mu */
} InequalityMeasure;

typedef struct InequalitySums
{
	int64_t		n;				/* rows */
	int64_t		zeros;			/* rows with x = 0 and a weight */
	double		parameter;		/* base of the entropy, aversion of Atkinson; NaN until known */
	ExactSum	weight;			/* sum w */
	ExactSum	amount;			/* sum w x */
	ExactSum	function;		/* sum w f(x): x^2, x ln x, ln x or x^(1-e) */
} InequalitySums;

extern void inequality_init(InequalitySums *sums);

/* Adds (sign 1) or takes away (sign -1) a row. */
extern void inequality_add(InequalityMeasure measure, InequalitySums *sums, double x, double weight, int sign);

/* a += b */
extern void inequality_merge(InequalitySums *a, const InequalitySums *b);

/* The measure; NaN where it has none: no rows, nothing to share out, a logarithm of 0. */
extern double inequality_value(InequalityMeasure measure, const InequalitySums *sums);

/* A value with its weight, or with its reference. */
typedef struct InequalityPair
{
	double		x;
	double		y;
} InequalityPair;

/* Orders by x, then y, for qsort. */
extern int	inequality_compare(const void *a, const void *b);

/* Gini coefficient of the population form, of sorted pairs (value, weight); NaN when nothing is to be shared out. */
extern double inequality_gini(const InequalityPair *pair, int64_t n);

/* sum |x/X - y/Y| over sorted pairs, in [0, 2]; NaN when either total is 0. */
extern double inequality_distance(const InequalityPair *pair, int64_t n);

#endif							/* INNOCITY_INEQUALITY_H */
