/*
 * location_quotient.h
 *	  The location quotient (Balassa index) of every cell, and the exact test whether it reaches a threshold.
 *
 * LQ(r, s) = (x_rs / x_r) / (X_s / X): the sector's share in the region over its share in the reference. x_r is the region's total;
 * X_s and X are the totals of the reference, which is the matrix itself or another one (a city compared against the nation).
 * Plain C on plain arrays; no allocation, no errors.
 */
#ifndef INNOCITY_LOCATION_QUOTIENT_H
#define INNOCITY_LOCATION_QUOTIENT_H

#include "indicator/exact.h"
#include "indicator/sparse.h"

/* Most decimals that cells may have to be taken as whole numbers. */
#define QUOTIENT_DECIMALS_MAX 15

/*
 * What the quotient of a cell needs. Where every cell is a decimal number of at most QUOTIENT_DECIMALS_MAX places (what people and
 * numeric columns supply), cells are read as whole multiples of 10^-decimals, so that 0.1, 0.2, 0.3 are in proportion 1 : 2 : 3 as
 * written and not as their binary approximations. Else decimals is -1 and cells count as the doubles they are.
 * Totals are exact where whole, otherwise the nearest double to the exact sum.
 */
typedef struct Quotient
{
	SparseRows	m;				/* regions x columns of the result */
	SparseRows	reference;		/* same columns; may be the same arrays */
	int			decimals;
	double	   *row_total;		/* m.nrows */
	double	   *col_total;		/* m.ncols, of the reference */
	double		total;			/* of the reference */
	/* For the exact test of doubles: the reference by columns; not filled where decimals >= 0. */
	int64_t    *col_start;		/* m.ncols + 1 */
	double	   *col_value;
} Quotient;

/* A threshold as a fraction of doubles: 1.2 is 12 / 10, which it is not as a double. */
typedef struct QuotientThreshold
{
	double		numerator;
	double		denominator;
} QuotientThreshold;

/* The decimals with which all cells of both are whole numbers and their sums below 2^53, or -1. Cells are finite and >= 0. */
extern int	quotient_decimals(const SparseRows *a, const SparseRows *b);

/* Fills totals and the reference by columns; the caller has set m, reference and the arrays' memory. */
extern void quotient_prepare(Quotient *q);

/* A cell in the unit of the totals. */
extern double quotient_amount(const Quotient *q, double x);

/* LQ of a cell with value x (0 for an absent one): NaN where the region or the sector has no total. */
extern double quotient_value(const Quotient *q, int row, int col, double x);

extern QuotientThreshold quotient_threshold(double threshold);

/*
 * The cells of one row whose LQ is at least the threshold (above it, if strict), decided exactly: x X den >= num x_r X_s. Writes
 * ascending columns and returns their number. The threshold is positive, so absent cells never qualify.
 */
extern int	quotient_present(const Quotient *q, int row, QuotientThreshold threshold, bool strict, int32_t *col);

#endif							/* INNOCITY_LOCATION_QUOTIENT_H */
