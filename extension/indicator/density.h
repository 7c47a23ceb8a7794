/*
 * density.h
 *	  Relatedness density: the share of a sector's relatedness that a region has present.
 *
 * density(r, s) = sum over t present in r of w_st / sum over all t of w_st, with w_st = max(0, relatedness of s to t) over
 * partners t that have one, t <> s unless the own sector counts, and only the k most related partners if k is given. In [0, 1];
 * NaN where no weight is left.
 *
 * Weights are packed into panels of DENSITY_PANEL target sectors, whose rows density_sum.h adds. Where they are those of proximity,
 * c_st / max(k_s, k_t) over all partners, sectors stand in the order of ubiquity k (then of the matrix), and the weights of a target are
 * taken k_s times, which changes no share: of a partner in fewer regions than the target, c_st k_s / max(k_s, k_t) is then the count
 * itself. All partners of the pieces before the target's own are, so their rows are counts, a quarter as long and free of rounding.
 * Plain C, no allocation.
 */
#ifndef INNOCITY_DENSITY_H
#define INNOCITY_DENSITY_H

#include "indicator/density_sum.h"
#include "indicator/relatedness.h"

/*
 * Weights of DENSITY_PANEL targets: two slabs of DENSITY_ROWS rows of doubles. Of the pieces before the split the first slab holds counts
 * of all targets instead, in half as long a row.
 */
typedef struct DensityPanel
{
	int			n;				/* partners */
	int			split;			/* pieces that hold counts */
	double	   *weight;			/* 2 * DENSITY_ROWS(n) * DENSITY_SLAB, which begin as zeros */
} DensityPanel;

/*
 * Turns a row of relatedness into weights in place: NaN and negative values become 0, and so does the own sector (own >= 0) and,
 * with 0 < k, all but the k greatest of the rest; of equal ones those with the smaller number stay. scratch holds n ints.
 */
extern void density_weights(double *value, int n, int own, int k, int *scratch);

/* Writes the weights of one target into its place of the panel. */
extern void density_pack(const double *weight, int slot, DensityPanel *panel);

/* place[j] of every sector in the order of ubiquity; start holds nrows + 2 ints. */
extern void density_order(const Presence *p, int32_t *place, int32_t *start);

/*
 * Pieces that hold counts for the target at that place of the order: all partners are in no more regions than it is, and in few enough.
 * Ubiquity k is by place.
 */
extern int	density_split(const double *k, int target);

/*
 * Weights by proximity, k_s times, of the target at that place of the order: weight[t] from count[t], t < n, and ubiquity k by
 * place. The own sector counts if self.
 */
extern void density_proximity_weights(const double *k, int n, int target, bool self, const uint32_t *count, double *weight);

/*
 * The same for all targets from first on, a multiple of DENSITY_PANEL: fills the panel. bits and k are by place, k up to the stride
 * of the bits; tile holds COOCCURRENCE_TILE^2 counts.
 */
extern void density_pack_proximity(const CooccurrenceBits *bits, const double *k, bool self, int first, uint32_t *tile,
								   DensityPanel *panel);

/*
 * Densities of all regions for the width targets of a panel: density[i * n + s], NaN where no weight is left. Out of a region without
 * totals the caller makes NaN. Sums of all weights are added in the same order as those of a region, so that a region
 * that has all gets exactly 1. sum holds nrows * DENSITY_SLAB doubles, count nrows * DENSITY_PANEL integers. Returns how many of the
 * densities are not 0.
 */
extern int64_t density_panel(int nrows, const DensityPlan *plan, const DensityPanel *panel, int width, double *sum, int32_t *count,
							 double *density);

#endif							/* INNOCITY_DENSITY_H */
