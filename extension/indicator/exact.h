/*
 * exact.h
 *	  Comparisons and sums of doubles without rounding, for tests that may not depend on it ("is LQ at least 1?").
 *
 * A number is an expansion: doubles of increasing magnitude that do not overlap and whose real sum is the number (Shewchuk 1997).
 * Adding keeps both properties, so the sign of an expansion is the sign of its last component, and an empty one is zero.
 * Exact as long as nothing overflows or underflows: callers scale by powers of two where that could happen. Needs
 * -ffp-contract=off. Plain C, no allocation.
 */
#ifndef INNOCITY_EXACT_H
#define INNOCITY_EXACT_H

#include <math.h>
#include <stdbool.h>

/*
 * Components an expansion may have. Doubles span 2,098 bits and a compressed expansion spends at least 53 on each component, so 41
 * are enough; the rest is room before compressing again.
 */
#define EXACT_COMPONENTS_MAX 64

typedef struct Exact
{
	int			n;
	double		part[EXACT_COMPONENTS_MAX];
} Exact;

/* a + b = high + low, exactly. */
static inline void
exact_two_sum(double a, double b, double *high, double *low)
{
	double		s = a + b;
	double		bv = s - a;

	*low = (a - (s - bv)) + (b - bv);
	*high = s;
}

/* a * b = high + low, exactly (Dekker's splitting: hardware without a fused multiply-add is the baseline). */
static inline void
exact_two_product(double a, double b, double *high, double *low)
{
	const double splitter = 134217729.0;	/* 2^27 + 1 */
	double		p = a * b;
	double		ta = splitter * a;
	double		tb = splitter * b;
	double		ah = ta - (ta - a);
	double		bh = tb - (tb - b);
	double		al = a - ah;
	double		bl = b - bh;

	*low = al * bl - (((p - ah * bh) - al * bh) - ah * bl);
	*high = p;
}

static inline void
exact_clear(Exact *e)
{
	e->n = 0;
}

/* The fewest components for the same number. */
static inline void
exact_compress(Exact *e)
{
	double		q;
	int			top = e->n - 1;
	int			bottom = e->n - 1;

	if (e->n < 2)
		return;
	q = e->part[top];
	for (int i = top - 1; i >= 0; i--)
	{
		double		low;

		exact_two_sum(q, e->part[i], &q, &low);
		if (low != 0)
		{
			e->part[bottom--] = q;
			q = low;
		}
	}
	e->part[bottom] = q;

	/* The components are now at bottom .. top, smallest first; bring them up against each other and to the front. */
	{
		int			n = 0;

		q = e->part[bottom];
		for (int i = bottom + 1; i <= top; i++)
		{
			double		low;

			exact_two_sum(e->part[i], q, &q, &low);
			if (low != 0)
				e->part[n++] = low;
		}
		if (q != 0)
			e->part[n++] = q;
		e->n = n;
	}
}

static inline void
exact_add(Exact *e, double x)
{
	int			n = 0;

	if (e->n == EXACT_COMPONENTS_MAX)
		exact_compress(e);
	for (int i = 0; i < e->n; i++)
	{
		double		low;

		exact_two_sum(x, e->part[i], &x, &low);
		if (low != 0)
			e->part[n++] = low;
	}
	if (x != 0)
		e->part[n++] = x;
	e->n = n;
}

/* e += a * b */
static inline void
exact_add_product(Exact *e, double a, double b)
{
	double		high,
				low;

	exact_two_product(a, b, &high, &low);
	exact_add(e, low);
	exact_add(e, high);
}

/* result = a * b */
static inline void
exact_multiply(const Exact *a, const Exact *b, Exact *result)
{
	exact_clear(result);
	for (int i = 0; i < a->n; i++)
		for (int j = 0; j < b->n; j++)
			exact_add_product(result, a->part[i], b->part[j]);
}

/* Every component times 2^exponent, which is exact within the range of doubles. */
static inline void
exact_scale(Exact *e, int exponent)
{
	for (int i = 0; i < e->n; i++)
		e->part[i] = ldexp(e->part[i], exponent);
}

/* -1, 0 or 1 as a < b, a = b, a > b. */
static inline int
exact_compare(const Exact *a, const Exact *b)
{
	Exact		difference = *a;

	for (int i = 0; i < b->n; i++)
		exact_add(&difference, -b->part[i]);
	if (difference.n == 0)
		return 0;
	return difference.part[difference.n - 1] > 0 ? 1 : -1;
}

/* The double nearest to the number (ties to even). */
static inline double
exact_round(const Exact *e)
{
	Exact		copy = *e;
	double		high,
				low;
	int			n;

	exact_compress(&copy);
	n = copy.n;
	if (n == 0)
		return 0;
	high = copy.part[n - 1];
	if (n < 3)
		return high;
	/* After compressing, high is the number rounded, except where the next component is exactly half a unit: the third decides. */
	low = copy.part[n - 2];
	if ((low > 0 && copy.part[n - 3] > 0) || (low < 0 && copy.part[n - 3] < 0))
	{
		double		twice = low * 2;
		double		next = high + twice;

		if (next - high == twice)
			high = next;
	}
	return high;
}

#endif							/* INNOCITY_EXACT_H */
