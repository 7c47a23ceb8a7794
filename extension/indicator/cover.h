/*
 * cover.h
 *	  The cheapest set of items whose worth covers a demand: minimise sum c x with sum s x >= d, x in {0,1} (a knapsack, seen from outside).
 *
 * Branch and bound in the order of cost over worth, depth first, the item taken before it is left; the bound takes a fraction of the last
 * item. Same items, same answer, on any machine. Plain C, memory from the caller.
 */
#ifndef INNOCITY_COVER_H
#define INNOCITY_COVER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct CoverItem
{
	double		cost;			/* >= 0 */
	double		worth;			/* > 0 */
	int			id;				/* the caller's; orders items that are alike */
	bool		chosen;
} CoverItem;

typedef enum CoverStatus
{
	COVER_OPTIMAL,
	COVER_LIMIT,				/* covers, but the nodes ran out before it was proven the cheapest */
	COVER_INFEASIBLE			/* all items together do not cover, or the demand is infinite or no number */
} CoverStatus;

/*
 * Sorts the n items and marks the chosen ones. nodes: most nodes to look at. *bound becomes a cost below which no cover can be. worth_before
 * and cost_before are scratch of n + 1, taken and best of n. tick is called now and then and may leave by longjmp.
 */
extern CoverStatus cover_solve(CoverItem *item, int n, double demand, int64_t nodes, void (*tick) (void),
							   double *worth_before, double *cost_before, bool *taken, bool *best, double *bound);

#endif							/* INNOCITY_COVER_H */
