/*
 * allocation_partition.h
 *	  What the exact finish by contents and its branch and bound share; for allocation_partition.c and allocation_branch.c only.
 */
#ifndef INNOCITY_ALLOCATION_PARTITION_H
#define INNOCITY_ALLOCATION_PARTITION_H

#include "decision/allocation_content.h"

typedef struct AllocPartition
{
	const AllocProblem *p;
	AllocSearch *s;
	AllocContents *contents;
	int64_t		steps;
	double	   *u;
	double	   *u_best;
	double	   *most;			/* [m] what a city's contents are worth at most */
	double	   *most_best;		/* the same at u_best: what is listed is measured from it, since L is made of it */
	double	   *step;
	int		   *cover;
	int			tired;			/* cities whose best content the last evaluation did not find exactly */
	double		bound;			/* L at u_best */
	double		rounding;		/* error that the last L allows for; the worth of a content has no more */
	double		rounding_best;	/* the same at u_best */
	AllocPool  *pool;
	AllocMaster *lp;
	int		   *trail;			/* contents killed, in order */
	int			trail_size;
	int64_t		cutoff;			/* plans worth no more are of no interest */
	bool		quick;			/* dive for a plan instead of proving */
	int			patience;		/* nodes left to a dive */
	bool		cut_short;
	double	   *share;			/* [n * m] of an item in a city in the relaxation */
	size_t	   *shared;			/* its cells that are not 0 */
	int			shares;
	AllocMasterState *tried;	/* the relaxation while answers are tried */
	AllocMasterState **state;	/* [states] and while the first branch of a node is explored */
	int			states;
} AllocPartition;

/* The sum of the relaxation's prices: its value, but for rounding. */
static inline double
alloc_price_sum(const AllocMaster *lp)
{
	double		sum = 0;

	for (int k = 0; k < lp->rows; k++)
		sum += lp->price[k];
	return sum;
}

/* Takes the work of the relaxation off the steps. */
static inline void
alloc_charge(AllocPartition *x)
{
	x->steps -= x->lp->work;
	x->lp->work = 0;
}

/* Has every city a content in the pool? */
extern bool alloc_pool_covers(const AllocPartition *x);

/*
 * Branch and bound over the pool with the plans above cutoff in view; better plans go into x->s. quick: only a dive for a plan. True: completed,
 * so no plan from the pool is worth more than the best known one or cutoff, whichever is greater.
 */
extern bool alloc_branch(AllocPartition *x, int64_t cutoff, bool quick);

#endif							/* INNOCITY_ALLOCATION_PARTITION_H */
