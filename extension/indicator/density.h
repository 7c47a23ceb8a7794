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
 * the registers. A slab is worked off in pieces of DENSITY_PIECE partners, which stay in the nearest cache for all regions. What each
 * region has in each piece is planned once for all slabs: four partners a step, filled up with a row of zeros that ends each piece of a
 * slab, and regions in order of their steps, so that the processor foresees where a region ends.
 * Plain C, no allocation.
 */
#ifndef INNOCITY_DENSITY_H
#define INNOCITY_DENSITY_H

#include "indicator/relatedness.h"

#define DENSITY_PANEL COOCCURRENCE_TILE
#define DENSITY_SLAB 32
#define DENSITY_PIECE 128

/* Pieces, rows of a slab, and doubles of a panel, over n partners. */
#define DENSITY_PIECES(n) (((n) + DENSITY_PIECE - 1) / DENSITY_PIECE)
#define DENSITY_ROWS(n) ((size_t) DENSITY_PIECES(n) * (DENSITY_PIECE + 1))
#define DENSITY_PANEL_SIZE(n) (DENSITY_ROWS(n) * DENSITY_PANEL)

/* One region's share of a piece. */
typedef struct DensityTask
{
	int32_t		region;
	int32_t		steps;
} DensityTask;

/* The tasks of all pieces; those of piece k are first_task[k] .. first_task[k + 1] - 1, and their partners follow each other. */
typedef struct DensityPlan
{
	int64_t    *first_task;		/* DENSITY_PIECES + 1 */
	DensityTask *task;			/* room for density_plan_tasks() */
	uint16_t   *partner;		/* inside the piece; room for density_plan_partners() */
	int64_t    *cursor;			/* scratch, nrows */
} DensityPlan;

/* Room that the plan of such a table needs. */
extern size_t density_plan_tasks(const Presence *p);
extern size_t density_plan_partners(const Presence *p);

/* Fills the plan, whose arrays the caller has allocated. */
extern void density_plan(const Presence *p, DensityPlan *plan);

/*
 * Turns a row of relatedness into weights in place: NaN and negative values become 0, and so does the own sector (own >= 0) and,
 * with 0 < k, all but the k greatest of the rest; of equal ones those with the smaller number stay. scratch holds n ints.
 */
extern void density_weights(double *value, int n, int own, int k, int *scratch);

/* Writes the weights of one target into its place of the panel, which begins as zeros. */
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
 * that has all gets exactly 1. sum holds nrows * DENSITY_SLAB doubles. Returns how many of the densities are not 0.
 */
extern int64_t density_panel(const Presence *p, const DensityPlan *plan, const double *panel, int width, double *sum, double *density);

#endif							/* INNOCITY_DENSITY_H */
