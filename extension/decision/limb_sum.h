/*
 * limb_sum.h
 *	  Sums that do not depend on the order of their terms, for terms whose scale is known beforehand.
 *
 * A term x with |x| <= 1 is cut into three limbs of 31 bits, x = a 2^-31 + b 2^-62 + c 2^-93 (the rest, below 2^-93, is dropped), and
 * the limbs are added up as integers. Integer addition is associative, so any order and any split of the terms gives the same sum;
 * 2^31 terms fit. Plain C.
 */
#ifndef INNOCITY_LIMB_SUM_H
#define INNOCITY_LIMB_SUM_H

#include <math.h>
#include <stdint.h>

typedef struct LimbSum
{
	int64_t		high;
	int64_t		middle;
	int64_t		low;
} LimbSum;

/* Adds x, |x| <= 1. */
static inline void
limb_sum_add(LimbSum *sum, double x)
{
	double		part = floor(x * 0x1p31);
	double		rest = x * 0x1p31 - part;	/* exact, in [0, 1) */

	sum->high += (int64_t) part;
	part = floor(rest * 0x1p31);
	sum->middle += (int64_t) part;
	rest = rest * 0x1p31 - part;
	sum->low += (int64_t) floor(rest * 0x1p31);
}

static inline void
limb_sum_merge(LimbSum *sum, const LimbSum *other)
{
	sum->high += other->high;
	sum->middle += other->middle;
	sum->low += other->low;
}

/* The sum as a double; the same integers give the same bits. */
static inline double
limb_sum_value(const LimbSum *sum)
{
	const int64_t limb = INT64_C(1) << 31;
	int64_t		low = sum->low % limb;
	int64_t		middle = sum->middle + sum->low / limb;
	int64_t		high;

	high = sum->high + middle / limb;
	middle %= limb;
	return (double) high * 0x1p-31 + ((double) middle * 0x1p-62 + (double) low * 0x1p-93);
}

#endif							/* INNOCITY_LIMB_SUM_H */
