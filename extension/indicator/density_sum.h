/*
 * density_sum.h
 *	  What a region has: sums of rows of a packed table over the sectors that are present in each region.
 *
 * A row belongs to a sector, the partner, and holds numbers of neighbouring targets: DENSITY_SLAB doubles, or DENSITY_PANEL counts of at
 * most DENSITY_COUNT_MAX, in a quarter of the room. Every region adds whole rows, in the ascending order of the partners
 * whatever the width of the registers. Rows stand in pieces of DENSITY_PIECE partners,
 * which stay in the nearest cache for all regions; a row of zeros ends each piece. What each region has in each piece is
 * planned once for all tables: two partners a step, filled up with the row of zeros, and regions in order of their steps, so that the
 * processor foresees where a region ends.
 *
 * Partners may stand in another order than the sectors of the matrix: place[j] is where sector j stands. Plain C, no allocation.
 */
#ifndef INNOCITY_DENSITY_SUM_H
#define INNOCITY_DENSITY_SUM_H

#include "indicator/sparse.h"

#define DENSITY_PIECE 128
#define DENSITY_SLAB 32
#define DENSITY_PANEL 64

/* So many times DENSITY_PIECE are a sum of 16 bits. */
#define DENSITY_COUNT_MAX 511

/* Pieces of n partners, and rows of a table over them. */
#define DENSITY_PIECES(n) (((n) + DENSITY_PIECE - 1) / DENSITY_PIECE)
#define DENSITY_ROWS(n) ((size_t) DENSITY_PIECES(n) * (DENSITY_PIECE + 1))

/* The row of partner t; the zeros at the end of each piece are skipped. */
static inline size_t
density_row(int t)
{
	return (size_t) t + t / DENSITY_PIECE;
}

/* Bit j of row i: does region i have the sector at place j? Rows are words apart, of which each piece has two. */
typedef struct PresenceBits
{
	int			nrows;
	int			ncols;
	int			words;
	uint64_t   *bits;
} PresenceBits;

/* Words that the bits of such a table need; fills all but b->bits. */
extern size_t presence_bits_size(const Presence *p, PresenceBits *b);

/* Fills b->bits, which the caller has allocated. place NULL: sectors stand as they are. */
extern void presence_bits_fill(const Presence *p, const int32_t *place, PresenceBits *b);

/* One region's share of a piece. */
typedef struct DensityTask
{
	int32_t		region;
	int32_t		steps;
} DensityTask;

/* The tasks of piece k are first_task[k] .. first_task[k + 1] - 1; their partners follow each other from first_partner[k] on. */
typedef struct DensityPlan
{
	int64_t    *first_task;		/* DENSITY_PIECES + 1 */
	int64_t    *first_partner;	/* as many */
	DensityTask *task;			/* room for density_plan_tasks() */
	uint16_t   *partner;		/* inside the piece; room for density_plan_partners() */
} DensityPlan;

/* Room that the plan of such a table needs. */
extern size_t density_plan_tasks(const Presence *p);
extern size_t density_plan_partners(const Presence *p);

/* Fills the plan, whose arrays the caller has allocated. */
extern void density_plan(const PresenceBits *b, DensityPlan *plan);

/*
 * Adds the rows of pieces first .. last - 1: sum[i * DENSITY_SLAB + s] += those of the partners that region i has; of counts,
 * sum[i * DENSITY_PANEL + s].
 */
extern void density_add(const DensityPlan *plan, int first, int last, const double *rows, double *sum);
extern void density_add_counts(const DensityPlan *plan, int first, int last, const uint16_t *rows, int32_t *sum);

/* The same for a region that has all sectors: total[s] += the rows of these pieces. */
extern void density_add_all(int first, int last, const double *rows, double *total);
extern void density_add_all_counts(int first, int last, const uint16_t *rows, int32_t *total);

#endif							/* INNOCITY_DENSITY_SUM_H */
