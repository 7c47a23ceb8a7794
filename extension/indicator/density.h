/*
 * density.h
 *	  Relatedness density: the share of a sector's relatedness that a region has present.
 *
 * density(r, s) = sum over t present in r of w_st / sum over all t of w_st, with w_st = max(0, relatedness of s to t) over
 * partners t that have one, t <> s unless the own sector counts, and only the k most related partners if k is given. In [0, 1];
 * NaN where no weight is left.
 *
 * Weights are packed into panels of DENSITY_PANEL target sectors, partner by partner, so that a region adds whole rows of a panel
 * for each sector it has: additions of neighbouring doubles, in the ascending order of the partners. Plain C, no allocation.
 */
#ifndef INNOCITY_DENSITY_H
#define INNOCITY_DENSITY_H

#include "indicator/sparse.h"

#define DENSITY_PANEL 32

/*
 * Turns a row of relatedness into weights in place: NaN and negative values become 0, and so does the own sector (own >= 0) and,
 * with 0 < k, all but the k greatest of the rest; of equal ones those with the smaller number stay. scratch holds n ints.
 */
extern void density_weights(double *value, int n, int own, int k, int *scratch);

/* Writes the weights of one target into its place of the panel (n * DENSITY_PANEL doubles). */
extern void density_pack(const double *weight, int n, int slot, double *panel);

/*
 * Densities of region i for the width targets of a panel; out of a region without totals the caller makes NaN. denominator are
 * the weights' sums of the targets, from density_denominators.
 */
extern void density_row(const Presence *p, int i, const double *panel, const double *denominator, int width, double *density);

/* Sum of all weights for each target, added in the same order as the numerators, so that a region that has all gets exactly 1. */
extern void density_denominators(const double *panel, int n, double *denominator);

#endif							/* INNOCITY_DENSITY_H */
