/*
 * allocation_knapsack.h
 *	  The 0/1 knapsack of one city: which items are worth their price there.
 */
#ifndef INNOCITY_ALLOCATION_KNAPSACK_H
#define INNOCITY_ALLOCATION_KNAPSACK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct AllocKnapsackItem
{
	double		value;			/* > 0 */
	int64_t		weight;			/* >= 0 */
	int			id;
	bool		take;			/* out */
} AllocKnapsackItem;

typedef struct AllocKnapsack
{
	int			n;
	AllocKnapsackItem *item;	/* in: any order; out: by value per weight, falling */
	double	   *sum_value;		/* [n + 1] sums over the first so many, set by alloc_knapsack */
	int64_t    *sum_weight;
	bool	   *on;				/* [n] scratch */
	double	   *sum_on;			/* [n + 1] scratch: values of what is taken among the first so many */
} AllocKnapsack;

/*
 * Solve; returns an upper bound that is the exact optimum, or at most tolerance above the value of the items taken, unless more than
 * limit linear bounds are needed: then the first of them. *nodes, their number, is added to.
 */
extern double alloc_knapsack(AllocKnapsack *k, int64_t capacity, double tolerance, int64_t limit, int64_t *nodes);

/* The linear bound over the items from first on (capacity may be negative: -INFINITY). After alloc_knapsack. */
extern double alloc_knapsack_linear(const AllocKnapsack *k, int first, int64_t capacity);

#endif							/* INNOCITY_ALLOCATION_KNAPSACK_H */
