/*
 * allocation_master.h
 *	  The linear relaxation of choosing one content a city so that every item is in exactly one: maximise the sum of the values of the
 *	  contents chosen.
 *
 * Rows 0 .. n - 1 are the items, n .. n + m - 1 the cities; all right hand sides are 1. Contents that are dead count as absent. The basis
 * inverse is dense: the relaxation is meant for some hundred rows. Its prices are good to rounding only, so nothing is concluded from them
 * but through alloc_master_bound, which holds for any prices.
 */
#ifndef INNOCITY_ALLOCATION_MASTER_H
#define INNOCITY_ALLOCATION_MASTER_H

#include "decision/allocation_problem.h"

/* Contents: which items, in which city, worth how much. */
typedef struct AllocPool
{
	int			count;
	int			room;
	int			entries;
	int			entry_room;
	int		   *city;			/* [count] */
	int		   *start;			/* [count + 1] into item */
	int		   *item;
	int64_t    *value;
} AllocPool;

typedef struct AllocMaster
{
	const AllocEnv *env;
	const AllocPool *pool;
	int			n;
	int			m;
	int			rows;
	uint8_t    *dead;			/* [contents] */
	double	   *cost;			/* [contents] value, perturbed against ties */
	double	   *inverse;		/* [rows * rows] of the basis */
	int		   *basis;			/* [rows] content, or -1: the artificial of that row */
	int		   *where;			/* [contents] position in the basis, or -1 */
	double	   *artificial;		/* [rows] cost of artificials: the prices to begin with */
	double	   *x;				/* [rows] */
	double	   *price;			/* [rows] */
	double	   *reduced;		/* [contents] */
	double	   *alpha;			/* [contents] scratch */
	double	   *column;			/* [rows] scratch */
	double	   *most;			/* [m] best content of a city at the prices, by alloc_master_bound */
	int		   *filled;			/* [rows] scratch */
	int		   *order;			/* [8 * rows] scratch of restoring */
	int		   *list;
	uint8_t    *open;			/* [rows] to be filled by a content */
	int			since;			/* pivots since the inverse was made */
	int64_t		work;			/* steps used */
} AllocMaster;

/* A copy of what changes from pivot to pivot. */
typedef struct AllocMasterState
{
	double	   *inverse;
	double	   *x;
	double	   *price;
	double	   *reduced;
	int		   *basis;
	int		   *where;
	int			since;
} AllocMasterState;

typedef enum AllocMasterEnd
{
	MASTER_OPTIMAL,
	MASTER_BEATEN,				/* the bound has come down to the cutoff */
	MASTER_TIRED				/* too many pivots */
} AllocMasterEnd;

extern AllocMaster *alloc_master_new(const AllocEnv *env, const AllocPool *pool, int n, int m, const double *price);

/* Dual simplex from the basis in hand, until optimal, or no better than cutoff, or so many pivots are spent. */
extern AllocMasterEnd alloc_master_solve(AllocMaster *lp, double cutoff, int pivots);

/* What content c is worth at the prices in hand, rounded up. */
extern double alloc_master_worth(const AllocMaster *lp, int c);

/* A bound on any choice of living contents from the prices in hand, rounding allowed for. */
extern double alloc_master_bound(AllocMaster *lp);

extern AllocMasterState *alloc_master_state(const AllocMaster *lp);
extern void alloc_master_keep(AllocMaster *lp, AllocMasterState *state);
extern void alloc_master_back(AllocMaster *lp, const AllocMasterState *state);

/* Take up a basis again, without its inverse. */
extern void alloc_master_restore(AllocMaster *lp, const int *basis);

#endif							/* INNOCITY_ALLOCATION_MASTER_H */
