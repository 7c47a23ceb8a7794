/*
 * fit.h
 *	  The leaves of one institution's fit to one city: which own sector meets which partner, and what that adds to the score.
 *
 * A part of the score that comes from the economy is a product: route (own sector x sector of the part's taxonomy, adding up to 1)
 * times fit (sector x partner sector, the city's own). Complementarity is a sum over neighbours of a'Kb. Both fall apart into leaves
 * (own sector, partner sector, partner) whose sum is the part. Leaves come in the order of their codes, so the same rows give the
 * same sums in any order and with any number of workers. Plain C, memory from the caller.
 */
#ifndef INNOCITY_FIT_H
#define INNOCITY_FIT_H

#include <stdint.h>

#include "synergy/profile_similarity.h"

/* Decimals to which a leaf is known: remainders are compared after rounding to them, so that noise of the last bits decides nothing. */
#define FIT_LEAF_DECIMALS 15

/* Compressed sparse rows over sorted codes, as matrix.h hands them out. */
typedef struct FitMatrix
{
	int			nrows;
	int			ncols;
	const int64_t *rows;
	const int64_t *cols;
	const int64_t *row_start;
	const int32_t *col;
	const double *value;
} FitMatrix;

typedef struct FitLeaf
{
	int			part;			/* caller's number of the part; numbers follow the order in which ties are broken */
	int			partner;		/* caller's number of the partner, likewise; -1 = none */
	int64_t		own_sector;		/* CODE_NONE = none */
	int64_t		partner_sector; /* CODE_NONE = none */
	double		value;			/* of the part; later of the score */
	int64_t		units;			/* share of the score in units of 10^-SYNERGY_DECIMALS, set by fit_apportion */
} FitLeaf;

/*
 * Leaves of route x fit that are not 0, at most route->nrows * fit->ncols; row is scratch for fit->ncols doubles. A sector of the
 * route that the fit does not list adds nothing. Returns their number and, in *sum, the part.
 */
extern int	fit_product(const FitMatrix *route, const FitMatrix *fit, double *row, FitLeaf *leaf, double *sum);

/* Leaves of scale * cos(own, partner) that are not 0, at most own->n * partner->n; both profiles have weight. Returns their number. */
extern int	fit_similarity(const Profile *own, const Profile *partner, double scale, FitLeaf *leaf);

/*
 * Gives each leaf its value rounded down to a unit, and one unit more to those with the largest remainders until the units add up to
 * total. Equal remainders (at FIT_LEAF_DECIMALS): the smaller part, own sector, partner sector, partner comes first. order is scratch
 * for n pointers.
 */
extern void fit_apportion(FitLeaf *leaf, int n, int64_t total, FitLeaf **order);

#endif							/* INNOCITY_FIT_H */
