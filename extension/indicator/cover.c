/*
 * cover.c
 *	  The cheapest cover; see the header.
 */
#include "indicator/cover.h"

#include <stdlib.h>
#include <string.h>

/* A bound that close below the best cost is its equal, and a demand is covered but for that part of it: sums are rounded. */
#define NO_BETTER (1 - 1e-12)
#define ROUNDING 1e-12

/* Nodes between two looks for interrupts. */
#define TICK 1024

/* By cost over worth; free items by worth, the largest first. */
static int
compare_items(const void *a, const void *b)
{
	const CoverItem *p = a;
	const CoverItem *q = b;
	double		x = p->cost * q->worth;
	double		y = q->cost * p->worth;

	if (x != y)
		return x < y ? -1 : 1;
	if (p->worth != q->worth)
		return p->worth > q->worth ? -1 : 1;
	return (p->id > q->id) - (p->id < q->id);
}

/* Least cost to cover d with items from i on, one of them in part; the sums before each item are given. Enough is left. */
static double
fraction_cost(const CoverItem *item, int n, int i, double d, const double *worth_before, const double *cost_before)
{
	int			low = i,
				high = n;
	double		wanted = worth_before[i] + d;

	/* the first item with which the demand is reached */
	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (worth_before[middle + 1] >= wanted)
			high = middle;
		else
			low = middle + 1;
	}
	if (low >= n)
		return cost_before[n] - cost_before[i];
	return cost_before[low] - cost_before[i] + (wanted - worth_before[low]) / item[low].worth * item[low].cost;
}

CoverStatus
cover_solve(CoverItem *item, int n, double demand, int64_t nodes, void (*tick) (void),
			double *worth_before, double *cost_before, bool *taken, bool *best, double *bound)
{
	double		best_cost = 0,
				cost = 0,
				left = demand;	/* demand that is not covered yet */
	double		slack = demand * ROUNDING;
	double		surplus;
	bool		found = false,
				proven = false;
	int			i = 0;

	qsort(item, n, sizeof(CoverItem), compare_items);
	worth_before[0] = cost_before[0] = 0;
	for (int k = 0; k < n; k++)
	{
		worth_before[k + 1] = worth_before[k] + item[k].worth;
		cost_before[k + 1] = cost_before[k] + item[k].cost;
		item[k].chosen = taken[k] = best[k] = false;
	}
	*bound = 0;
	if (demand <= 0)
		return COVER_OPTIMAL;
	/* also where the demand is infinite or no number */
	if (!(worth_before[n] >= demand - slack))
		return COVER_INFEASIBLE;
	*bound = fraction_cost(item, n, 0, demand, worth_before, cost_before);

	for (;;)
	{
		bool		dead;

		if (tick != NULL && nodes % TICK == 0)
			tick();
		if (nodes-- <= 0 && found)
			break;
		if (left <= slack)
		{
			if (!found || cost < best_cost * NO_BETTER)
			{
				found = true;
				best_cost = cost;
				memcpy(best, taken, sizeof(bool) * n);
			}
			dead = true;
		}
		else
			dead = i == n || worth_before[n] - worth_before[i] < left - slack ||
				(found && cost + fraction_cost(item, n, i, left, worth_before, cost_before) >= best_cost * NO_BETTER);
		if (!dead)
		{
			taken[i] = true;
			cost += item[i].cost;
			left -= item[i].worth;
			i++;
			continue;
		}
		/* back to the last item that was taken, and on without it */
		while (i > 0 && !taken[i - 1])
			i--;
		if (i == 0)
		{
			proven = true;
			break;
		}
		taken[i - 1] = false;
		/* sums anew, so that what is added and taken away leaves no rounding behind */
		cost = 0;
		left = demand;
		for (int k = 0; k < i; k++)
			if (taken[k])
			{
				cost += item[k].cost;
				left -= item[k].worth;
			}
	}
	/* Every set falls short by what adding in another order rounds. */
	if (!found)
		return COVER_INFEASIBLE;
	surplus = slack - demand;
	for (int k = 0; k < n; k++)
	{
		item[k].chosen = best[k];
		surplus += best[k] ? item[k].worth : 0;
	}
	/* What costs nothing stands first; of it only what is needed stays. */
	for (int k = n - 1; k >= 0; k--)
		if (item[k].chosen && item[k].cost == 0 && item[k].worth <= surplus)
		{
			item[k].chosen = false;
			surplus -= item[k].worth;
		}
	if (proven)
		*bound = best_cost;
	return proven ? COVER_OPTIMAL : COVER_LIMIT;
}
