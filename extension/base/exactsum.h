/*
 * exactsum.h
 *	  Sums of float8 without any rounding: the real number itself, kept as a sum of a few doubles.
 *
 * An ExactSum holds the parts of an expansion (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997): doubles whose
 * bits do not overlap, in increasing magnitude, whose real sum is the real sum of everything added. Adding is exact, so
 * the order of additions does not matter. exact_sum_canonical gives the one form that depends on the real sum alone:
 * c0 = the sum rounded to nearest even, c1 = the rest rounded, and so on until nothing is left.
 *
 * Exact as long as no intermediate passes the range of float8: callers admit only |x| < EXACT_SUM_LIMIT. Needs IEEE doubles
 * in round-to-nearest and no fused multiply-add (-ffp-contract=off). Pure C, no allocation.
 */
#ifndef INNOCITY_EXACTSUM_H
#define INNOCITY_EXACTSUM_H

#include <float.h>
#include <stdbool.h>

#if FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD > 1
#error "doubles are computed in a longer format here: build with -msse2 -mfpmath=sse"
#endif

/* 2^960: 2^40 rows of this size stay 2^24 below the overflow of float8. */
#define EXACT_SUM_LIMIT	9.74531401139998e+288

/*
 * Most parts of a canonical expansion: each is at most half a unit in the last place of the one before, 53 bits lower, and a
 * double reaches over 2,098 bits.
 */
#define EXACT_SUM_CANONICAL 40

/* Room for parts while adding; a full one is made canonical, which needs at most EXACT_SUM_CANONICAL. */
#define EXACT_SUM_PARTS	64

typedef struct ExactSum
{
	int			n;
	double		part[EXACT_SUM_PARTS + 1];	/* one more while taking a component away */
} ExactSum;

/* a + b rounded; *error becomes what the rounding lost, exactly (Knuth). */
static inline double
two_sum(double a, double b, double *error)
{
	double		sum = a + b;
	double		b_in_sum = sum - a;

	*error = (a - (sum - b_in_sum)) + (b - b_in_sum);
	return sum;
}

/* a * b rounded; *error is what the rounding lost, exactly unless the product is near either end of float8's range (Dekker). */
extern double two_product(double a, double b, double *error);

static inline void
exact_sum_init(ExactSum *sum)
{
	sum->n = 0;
}

/* Adds x, finite. */
extern void exact_sum_add(ExactSum *sum, double x);

/*
 * The same for n parts that are kept elsewhere, in room for n + 1, or for EXACT_SUM_PARTS + 1 at most; returns their new number, n + 1 at
 * most.
 */
extern int	exact_parts_add(double *part, int n, double x);
extern double exact_parts_round(const double *part, int n);

/* The sum rounded to nearest, ties to even; zero is +0. */
extern double exact_sum_round(const ExactSum *sum);

/*
 * The canonical expansion, most significant first, into out[EXACT_SUM_CANONICAL]; returns the number of components, 0 for zero.
 * The sum itself is used up.
 */
extern int	exact_sum_canonical(ExactSum *sum, double *out);

#endif							/* INNOCITY_EXACTSUM_H */
