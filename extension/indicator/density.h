/*
 * density.h
 *	  Relatedness density: the share of a sector's relatedness that a region has present.
 *
 * density(r, s) = sum over t present in r of w_st / sum over all t of w_st, with w_st = max(0, relatedness of s to t) over
 * partners t that have one, t <> s unless the own sector counts, and only the k most related partners if k is given. In [0, 1];
 * NaN where no weight is left.
 *
 * Weights are packed into panels of DENSITY_PANEL target sectors, each of slabs of DENSITY_SLAB, partner by partner, so that a region adds
 * whole rows of a slab for each sector it has: neighbouring doubles, in the ascending order of the partners whatever the width of
 * the registers. A slab is worked off in pieces of DENSITY_PIECE partners, which stay in the nearest cache for all regions.
 * Plain C, no allocation.
 */
#ifndef INNOCITY_DENSITY_H
#define INNOCITY_DENSITY_H

#include "indicator/relatedness.h"

#define DENSITY_PANEL COOCCURRENCE_TILE
#define DENSITY_SLAB 32
#define DENSITY_PIECE 96

/* Doubles of a panel over n partners. */
#define DENSITY_PANEL_SIZE(n) ((size_t) (n) * DENSITY_PANEL)

/*
 * Turns a row of relatedness into weights in place: NaN and negative values become 0, and so does the own sector (own >= 0) and,
 * with 0 < k, all but the k greatest of the rest; of equal ones those with the smaller number stay. scratch holds n ints.
 */
extern void density_weights(double *value, int n, int own, int k, int *scratch);

/* Writes the weights of one target into its place of the panel. */
extern void density_pack(const double *weight, int n, int slot, double *panel);

/*
 * The same for all targets from first on, where the weights are those of proximity, which is symmetric: counted in tiles, for all
 * partners. The own sector counts if self. tile holds COOCCURRENCE_TILE^2 counts.
 */
extern void density_pack_proximity(const CooccurrenceBits *bits, const RelatednessBase *base, bool self, int first,
								   uint32_t *tile, double *panel);

/*
 * Densities of all regions for the width targets of a panel: density[i * ncols + s], NaN where no weight is left. Out of a region without
 * totals the caller makes NaN. Sums of all weights are added in the same order as those of a region, so that a region
 * that has all gets exactly 1. cursor holds nrows numbers, sum nrows * DENSITY_SLAB doubles.
 */
extern void density_panel(const Presence *p, const double *panel, int width, int64_t *cursor, double *sum, double *density);

#endif							/* INNOCITY_DENSITY_H */
