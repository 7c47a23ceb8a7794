/*
 * allocation_exact.c
 *	  The exact finish: depth-first branch and bound over the knapsack bound. See allocation_exact.h.
 *
 * Branching takes the item whose alternatives cost most, its best city first; the other branch forbids that city and stays in the frame.
 */
#include "decision/allocation_exact.h"

#include <math.h>
#include <string.h>

/* Rounds of the bound at the root, and at each node below it. */
#define ROOT_ROUNDS		4000
#define NODE_ROUNDS		25

/* The part of the steps after which a first attempt gives up: most instances that can be finished are finished by then. */
#define FIRST_TRY		4

/* All items fixed: a plan, which may be the best. */
static void
try_plan(AllocExact *x)
{
	const AllocProblem *p = x->p;
	int		   *city = x->cover;	/* free here */
	int64_t		value;

	for (int i = 0; i < p->n; i++)
		city[i] = (int) x->choice_sum[i];
	value = alloc_value(p, city);
	if ((!x->s->has_best || value > x->s->best_value) && alloc_feasible(p, city))
	{
		x->s->has_best = true;
		x->s->best_value = value;
		memcpy(x->s->best, city, p->n * sizeof(int));
	}
}

/* The item to branch on: whose second choice costs most; its cheapest city in *city. -1: all fixed. */
static int
pick_item(const AllocExact *x, int *city)
{
	const AllocProblem *p = x->p;
	int			best = -1;
	double		best_regret = -1;

	for (int i = 0; i < p->n; i++)
	{
		double		first = INFINITY;
		double		second = INFINITY;
		int			first_city = -1;
		double		regret;

		if (alloc_exact_fixed(x, i))
			continue;
		for (int j = 0; j < p->m; j++)
		{
			double		loss;

			if (!x->alive[(size_t) i * p->m + j])
				continue;
			loss = alloc_exact_loss(x, i, j);
			if (loss < first)
			{
				second = first;
				first = loss;
				first_city = j;
			}
			else if (loss < second)
				second = loss;
		}
		regret = second - first + first + 1e-3 * (double) p->weight[i] / (1 + x->choices[i]);
		if (regret > best_regret)
		{
			best_regret = regret;
			best = i;
			*city = first_city;
		}
	}
	return best;
}

void
alloc_exact_explore(AllocExact *x, int depth)
{
	const AllocProblem *p = x->p;
	size_t		mark = x->trail_size;
	AllocFrame *frame;

	if (depth >= x->frames)
	{
		x->cut_short = true;
		return;
	}
	frame = &x->frame[depth];
	if (frame->u == NULL)
	{
		frame->u = alloc_array(p->env, p->n, sizeof(double));
		frame->rho = alloc_array(p->env, p->nrow, sizeof(double));
	}
	for (;;)
	{
		double		bound;
		int			item;
		int			city;
		size_t		child;

		if (x->steps <= 0)
		{
			x->cut_short = true;
			break;
		}
		if (!alloc_exact_propagate(x))
			break;
		if (!alloc_exact_improve(x, depth == 0 ? ROOT_ROUNDS / 10 : NODE_ROUNDS, 0.6, &bound))
			break;
		if (alloc_exact_fix(x, &bound))
		{
			if (alloc_exact_beaten(x, bound) || !alloc_exact_propagate(x))
				break;
			/* prices still hold, and losses only grow as cells die: take them as they are */
		}
		if (alloc_exact_beaten(x, bound))
			break;
		if (depth == 0 && x->s->has_best)
		{
			alloc_exact_compact(x);
			x->root_bound = bound < x->root_bound ? bound : x->root_bound;
		}
		item = pick_item(x, &city);
		if (item < 0)
		{
			try_plan(x);
			break;
		}
		memcpy(frame->u, x->u, p->n * sizeof(double));
		memcpy(frame->rho, x->rho, p->nrow * sizeof(double));
		child = x->trail_size;
		for (int j = 0; j < p->m; j++)
			if (j != city)
				alloc_exact_kill(x, item, j);
		alloc_exact_explore(x, depth + 1);
		alloc_exact_undo(x, child);
		memcpy(x->u, frame->u, p->n * sizeof(double));
		memcpy(x->rho, frame->rho, p->nrow * sizeof(double));
		if (x->cut_short)
			break;
		alloc_exact_kill(x, item, city);
	}
	alloc_exact_undo(x, mark);
}

bool
alloc_exact(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	const AllocEnv *env = p->env;
	AllocExact *x = alloc_array(env, 1, sizeof(AllocExact));
	size_t		cells = (size_t) p->n * p->m;
	double		value;

	x->p = p;
	x->d = d;
	x->s = s;
	x->steps = *steps;
	x->alive = alloc_array(env, cells, 1);
	x->choices = alloc_array(env, p->n, sizeof(int));
	x->choice_sum = alloc_array(env, p->n, sizeof(int64_t));
	x->trail = alloc_array(env, cells, sizeof(size_t));
	x->item = alloc_array(env, p->m, sizeof(int *));
	x->items = alloc_array(env, p->m, sizeof(int));
	x->left = alloc_array(env, p->m, sizeof(int64_t));
	x->fixed_used = alloc_array(env, p->nrow, sizeof(int64_t));
	x->counted = alloc_array(env, p->n, 1);
	x->u = alloc_array(env, p->n, sizeof(double));
	x->rho = alloc_array(env, p->nrow, sizeof(double));
	x->u_best = alloc_array(env, p->n, sizeof(double));
	x->rho_best = alloc_array(env, p->nrow, sizeof(double));
	x->u_step = alloc_array(env, p->n, sizeof(double));
	x->rho_step = alloc_array(env, p->nrow, sizeof(double));
	x->table = alloc_array(env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	x->cover = alloc_array(env, p->n, sizeof(int));
	x->used = alloc_array(env, p->nrow, sizeof(int64_t));
	x->loss = alloc_array(env, cells, sizeof(double));
	x->out_loss = alloc_array(env, p->n, sizeof(double));
	x->knapsack.item = alloc_array(env, p->n, sizeof(AllocKnapsackItem));
	x->knapsack.sum_value = alloc_array(env, p->n + 1, sizeof(double));
	x->knapsack.sum_weight = alloc_array(env, p->n + 1, sizeof(int64_t));
	x->knapsack.on = alloc_array(env, p->n, sizeof(bool));
	x->knapsack.sum_on = alloc_array(env, p->n + 1, sizeof(double));
	x->frames = p->n + 1;
	x->frame = alloc_array(env, x->frames, sizeof(AllocFrame));
	for (int j = 0; j < p->m; j++)
		x->item[j] = alloc_array(env, p->n, sizeof(int));
	alloc_exact_revive(x);
	memcpy(x->rho, d->rho, p->nrow * sizeof(double));
	alloc_row_prices(p, x->rho, x->table);
	for (int i = 0; i < p->n; i++)
	{
		x->u[i] = -INFINITY;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				value = worth(x, i, j) - d->lambda[j] * (double) p->weight[i] -
					alloc_row_price(p, x->table, i, j);
				if (value > x->u[i])
					x->u[i] = value;
			}
		if ((i & 255) == 0)
			env->poll(env->context);
	}
	x->slack = s->has_best ? 0.01 * (d->bound - (double) s->best_value) / p->m : 1e-6 * fabs(d->bound) / p->m;
	x->root_bound = d->bound;
	if (alloc_exact_propagate(x) && alloc_exact_improve(x, ROOT_ROUNDS, 1.0, &value))
	{
		double	   *u = alloc_array(env, p->n, sizeof(double));
		double	   *rho = alloc_array(env, p->nrow, sizeof(double));
		int64_t		rest = x->steps - x->steps / FIRST_TRY;

		if (value < x->root_bound)
			x->root_bound = value;
		memcpy(u, x->u, p->n * sizeof(double));
		memcpy(rho, x->rho, p->nrow * sizeof(double));
		x->steps /= FIRST_TRY;
		alloc_exact_explore(x, 0);
		if (x->cut_short)
		{
			/* too large to finish at once: better plans first, which kill more cells, then again */
			alloc_exact_revive(x);
			x->cut_short = false;
			x->steps += rest;
			memcpy(x->u, u, p->n * sizeof(double));
			memcpy(x->rho, rho, p->nrow * sizeof(double));
			if (s->has_best && p->nedge == 0)
				alloc_neighbourhoods(x, x->steps / 2);
			alloc_exact_explore(x, 0);
		}
	}
	*bound = x->root_bound;
	*steps = x->steps;
	return !x->cut_short;
}
