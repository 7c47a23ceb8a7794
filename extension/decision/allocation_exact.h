/*
 * allocation_exact.h
 *	  What the exact finish is made of: the state of a node, its bound, and the search in neighbourhoods.
 *
 * Relaxing "every item exactly once" with prices u, instead of the capacities, leaves a knapsack for each city:
 *	   L = sum_i u_i + sum_j knapsack_j (worth_ij - rho.. - u_i, capacity_j) + the rows' terms
 * which is never above the bound of allocation_dual.c and far below it where cities hold few items. What L loses when item i must go to
 * city j is known from linear knapsacks; where L less that loss cannot beat the best plan, the cell is dead. A node's state is the set
 * of living cells alone; everything else is recomputed from it.
 */
#ifndef INNOCITY_ALLOCATION_EXACT_H
#define INNOCITY_ALLOCATION_EXACT_H

#include <math.h>

#include "decision/allocation_knapsack.h"
#include "decision/allocation_problem.h"

/* The prices of a node while its children are explored. */
typedef struct AllocFrame
{
	double	   *u;
	double	   *rho;
} AllocFrame;

typedef struct AllocExact
{
	const AllocProblem *p;
	const AllocDual *d;
	AllocSearch *s;
	int64_t		steps;			/* left */
	double		slack;			/* tolerance of one knapsack */
	uint8_t    *alive;			/* [n * m] */
	int		   *choices;		/* [n] living cells */
	int64_t    *choice_sum;		/* [n] sum of their cities: the city itself when one is left */
	size_t	   *trail;			/* cells killed, in order */
	size_t		trail_size;
	bool		contradiction;
	int		  **item;			/* [m] the items alive in a city at the root */
	int		   *items;
	int64_t    *left;			/* [m] capacity less fixed items */
	int64_t    *fixed_used;		/* [nrow] by fixed items */
	uint8_t    *counted;		/* [n] fixed when the pass began: in left and fixed_used */
	double	   *u;
	double	   *rho;
	double	   *u_best;			/* best of the node in hand */
	double	   *rho_best;
	double	   *u_step;
	double	   *rho_step;
	double	   *table;
	int		   *cover;			/* [n] cities that chose the item */
	int64_t    *used;			/* [nrow] */
	double	   *loss;			/* [n * m] what going there costs the bound: small differences of large sums */
	double	   *out_loss;		/* [n] what leaving all cities that chose it costs */
	double		rounding;		/* error that the last bound allows for; a loss has no more */
	AllocKnapsack knapsack;
	AllocFrame *frame;
	int			frames;
	double		root_bound;
	bool		cut_short;
} AllocExact;

/* What an item can be worth in a city: its profit, and its share of the bonuses that it can have there at most. */
static inline double
worth(const AllocExact *x, int i, int j)
{
	size_t		at = (size_t) i * x->p->m + j;

	return (double) x->p->profit[at] + (x->d->partner ? x->d->partner[at] : 0);
}

static inline bool
alloc_exact_fixed(const AllocExact *x, int i)
{
	return x->choices[i] == 1;
}

/* The whole loss of sending item i to city j: the city makes room, and all other cities that chose it do without. */
static inline double
alloc_exact_loss(const AllocExact *x, int i, int j)
{
	double		loss = x->loss[(size_t) i * x->p->m + j];

	return loss < 0 ? x->out_loss[i] + loss : loss + x->out_loss[i];
}

static inline bool
alloc_exact_beaten(const AllocExact *x, double bound)
{
	return x->s->has_best && floor(bound) <= (double) x->s->best_value;
}

/* allocation_node.c */
extern void alloc_exact_kill(AllocExact *x, int i, int j);
extern void alloc_exact_undo(AllocExact *x, size_t mark);
extern bool alloc_exact_propagate(AllocExact *x);
extern void alloc_exact_compact(AllocExact *x);
extern void alloc_exact_revive(AllocExact *x);

/* allocation_bound.c */
extern double alloc_exact_evaluate(AllocExact *x, bool losses);
extern bool alloc_exact_fix(AllocExact *x, double *bound);
extern bool alloc_exact_improve(AllocExact *x, int rounds, double theta, double *bound);

/* allocation_exact.c: branch and bound from the node in hand; what is dead on entry stays dead. */
extern void alloc_exact_explore(AllocExact *x, int depth);

/* allocation_neighbourhood.c: better plans by solving a few cities at a time. */
extern void alloc_neighbourhoods(AllocExact *x, int64_t steps);

#endif							/* INNOCITY_ALLOCATION_EXACT_H */
