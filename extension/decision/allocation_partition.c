/*
 * allocation_partition.c
 *	  The exact finish where cities hold few items: every city gets one content. See allocation_content.h.
 *
 * A plan worth more than L(u) - delta uses only contents whose loss, the distance from their city's best one, is below delta. So the contents of
 * small loss are listed and the best choice among them is sought by allocation_branch.c: a plan that is found is the best of all, and when there is
 * none, L(u) - delta is a bound, and delta grows.
 */
#include "decision/allocation_partition.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Contents listed at most, and to begin with. */
#define POOL_MAX		60000
#define POOL_FIRST		3000

/* The subgradient phase. */
#define ROUNDS			1500
#define STALL			20
#define PASSES			12
#define THETA_END		0.15

/* Where the best contents of more than this part of the cities are not found exactly, contents are of no help. */
#define TIRED_PART		0.5

/* Growth of the loss in view from one round to the next. */
#define GROWTH			1.6

/* The prices in hand are the best ones, with L there. */
static void
keep_best(AllocPartition *x, double value)
{
	x->bound = value;
	x->rounding_best = x->rounding;
	memcpy(x->u_best, x->u, x->p->n * sizeof(double));
	memcpy(x->most_best, x->most, x->p->m * sizeof(double));
}

/* L at the prices; cover and most are set. */
static double
evaluate(AllocPartition *x)
{
	const AllocProblem *p = x->p;
	double		sum = (double) p->constant;
	double		magnitude = p->gross;

	x->tired = 0;
	memset(x->cover, 0, p->n * sizeof(int));
	for (int i = 0; i < p->n; i++)
	{
		sum += x->u[i];
		magnitude += fabs(x->u[i]);
	}
	for (int j = 0; j < p->m; j++)
	{
		double		value = alloc_contents_best(x->contents, j, x->u, x->steps);

		x->most[j] = value;
		sum += value;
		magnitude += fabs(value);
		x->tired += x->contents->tired;
		for (int k = 0; k < x->contents->best_size[j]; k++)
			x->cover[x->contents->best[j][k]]++;
		x->steps -= x->contents->spent;
		p->env->poll(p->env->context);
	}
	x->rounding = magnitude * DBL_EPSILON * (8.0 + p->n + p->m);
	return isinf(sum) ? sum : sum + x->rounding;
}

/* Prices by subgradients, from those in u. */
static void
improve(AllocPartition *x, int64_t until)
{
	const AllocProblem *p = x->p;
	double		theta = 1.5;
	int			stall = 0;

	for (int round = 0; round < ROUNDS && x->steps > until; round++)
	{
		double		value = evaluate(x);
		double		target;
		double		norm = 0;

		if (value < x->bound)
		{
			stall = value < x->bound - 1e-7 * fabs(x->bound) ? 0 : stall + 1;
			keep_best(x, value);
		}
		else
			stall++;
		if ((x->s->has_best && floor(x->bound) <= (double) x->s->best_value) || x->tired > TIRED_PART * p->m || !isfinite(value))
			break;
		if (stall > STALL)
		{
			theta *= 0.75;
			stall = 0;
			memcpy(x->u, x->u_best, p->n * sizeof(double));
			if (theta < THETA_END)
				break;
			continue;
		}
		for (int i = 0; i < p->n; i++)
		{
			x->step[i] = 0.7 * (1 - x->cover[i]) + 0.3 * x->step[i];
			norm += x->step[i] * x->step[i];
		}
		if (norm < 1e-12)
			break;
		target = x->bound - 0.004 * fabs(x->bound);
		if (x->s->has_best && (double) x->s->best_value > target)
			target = (double) x->s->best_value;
		for (int i = 0; i < p->n; i++)
			x->u[i] -= theta * (value - target) / norm * x->step[i];
	}
	memcpy(x->u, x->u_best, p->n * sizeof(double));
}

/* List the contents whose loss at u_best is below delta; false: too many, or not within the steps. */
static bool
list(AllocPartition *x, double delta, int limit)
{
	const AllocProblem *p = x->p;

	x->pool->count = 0;
	x->pool->entries = 0;
	for (int j = 0; j < p->m; j++)
	{
		bool		all = alloc_contents_list(x->contents, j, x->u_best, x->most_best[j] - delta - x->rounding_best, x->pool, limit, x->steps);

		x->steps -= x->contents->spent;
		p->env->poll(p->env->context);
		if (!all)
			return false;
	}
	return true;
}

/* Better prices from the relaxation over the pool; true: the bound has come down by a good part. */
static bool
reprice(AllocPartition *x)
{
	const AllocProblem *p = x->p;
	AllocMasterEnd end;
	double		before = x->bound;
	double		value = INFINITY;
	double		relaxed = -INFINITY;

	if (!alloc_pool_covers(x))
		return false;
	p->env->begin(p->env->context);
	x->lp = alloc_master_new(p->env, x->pool, p->n, p->m, x->u_best);
	end = alloc_master_solve(x->lp, -INFINITY, 30 * (p->n + p->m));
	alloc_charge(x);
	if (end == MASTER_OPTIMAL)
	{
		double		part = 1;

		relaxed = alloc_price_sum(x->lp) + (double) p->constant;
		/* the pool may lack what the new prices make good: then a part of the way, for L is convex */
		do
		{
			for (int i = 0; i < p->n; i++)
				x->u[i] = x->u_best[i] + part * (x->lp->price[i] - x->u_best[i]);
			value = evaluate(x);
			part /= 2;
		} while (value >= x->bound && part > 0.1);
	}
	p->env->end(p->env->context);
	if (value < x->bound)
		keep_best(x, value);
	return before - x->bound > 0.05 * (before - relaxed);
}

bool
alloc_partition(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	const AllocEnv *env = p->env;
	AllocPartition partition = {.p = p,.s = s,.steps = *steps,.bound = INFINITY};
	AllocPartition *x = &partition;
	double	   *table;
	double		delta;
	bool		proven = false;

	x->contents = alloc_contents_new(p);
	x->u = alloc_array(env, p->n, sizeof(double));
	x->u_best = alloc_array(env, p->n, sizeof(double));
	x->most = alloc_array(env, p->m, sizeof(double));
	x->most_best = alloc_array(env, p->m, sizeof(double));
	x->step = alloc_array(env, p->n, sizeof(double));
	x->cover = alloc_array(env, p->n, sizeof(int));
	x->share = alloc_array(env, (size_t) p->n * p->m, sizeof(double));
	x->shared = alloc_array(env, (size_t) p->n * p->m, sizeof(size_t));
	x->pool = alloc_pool_new(env, POOL_MAX);
	table = alloc_array(env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	alloc_row_prices(p, d->rho, table);
	for (int i = 0; i < p->n; i++)
	{
		x->u[i] = -INFINITY;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				double		value = (double) p->profit[(size_t) i * p->m + j] + (d->partner ? d->partner[(size_t) i * p->m + j] : 0) -
					d->lambda[j] * (double) p->weight[i] - alloc_row_price(p, table, i, j);

				if (value > x->u[i])
					x->u[i] = value;
			}
	}
	improve(x, *steps / 2);
	if (x->tired > TIRED_PART * p->m || !isfinite(x->bound))
	{
		*bound = fmin(*bound, x->bound);
		*steps = x->steps;
		return false;
	}

	/* the contents nearest to the best, and exact prices from them */
	delta = 2e-5 * fabs(x->bound) + 1;
	for (int pass = 0; pass < PASSES && x->steps > 0; pass++)
	{
		while (delta <= x->bound - (double) s->best_value && list(x, delta * 1.5, POOL_MAX) && x->pool->count < POOL_FIRST)
			delta *= 1.5;
		while (!list(x, delta, POOL_MAX / 4) && delta > 1e-6 && x->steps > 0)
			delta /= 1.5;
		if (!reprice(x))
			break;
	}
	if (x->steps > 0 && (list(x, delta * 2, POOL_MAX) || list(x, delta, POOL_MAX)))
		alloc_branch(x, s->best_value, true);

	/* plans above bound - delta, for growing delta */
	if (x->bound < *bound)
		*bound = x->bound;
	for (delta = 0.25 * delta; x->steps > 0;)
	{
		int64_t		cutoff = (int64_t) floor(x->bound - delta);
		bool		last = s->best_value >= cutoff;
		int64_t		value = s->best_value;

		if (last)
		{
			cutoff = value;
			delta = x->bound - (double) value;
		}
		if (!list(x, delta, POOL_MAX))
			break;
		if (!alloc_branch(x, cutoff, false))
			break;
		if (last || s->best_value > cutoff)
		{
			proven = true;
			*bound = (double) s->best_value;
			break;
		}
		if ((double) cutoff < *bound)
			*bound = (double) cutoff;
		delta *= GROWTH;
	}
	*steps = x->steps;
	return proven;
}
