/*
 * allocation_partition.c
 *	  The exact finish where cities hold few items: every city gets one content. See allocation_content.h.
 *
 * A plan worth more than L(u) - delta uses only contents whose loss, the distance from their city's best one, is below delta. So the contents of
 * small loss are listed and the best choice among them is sought by branch and bound over the linear relaxation: a plan that is found is the
 * best of all, and when there is none, L(u) - delta is a bound, and delta grows. Branching asks whether an item is in a city; both answers are
 * tried at the linear relaxation first, and one that is beaten decides the question.
 */
#include "decision/allocation_content.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Contents listed at most, and to begin with. */
#define POOL_MAX		60000
#define POOL_FIRST		3000

/* Bytes for states of the relaxation; nodes below those that are kept begin from their basis. */
#define STATES_SIZE		((size_t) 48 << 20)

/* The subgradient phase. */
#define ROUNDS			1500
#define STALL			20
#define PASSES			12
#define THETA_END		0.15

/* Questions tried at a node, pivots for each answer. */
#define TRIED			5
#define TRIED_PIVOTS	20

#define TRIED_REFRESH	150

/* Growth of the loss in view from one round to the next. */
#define GROWTH			1.6

/* A dive answers yes wherever an item has this share in a city, and ends after so many nodes. */
#define DIVE_SHARE		0.8
#define DIVE_NODES		80

#define NODE_PIVOTS		4000

typedef struct Partition
{
	const AllocProblem *p;
	AllocSearch *s;
	AllocContents *contents;
	int64_t		steps;
	double	   *u;
	double	   *u_best;
	double	   *step;
	int		   *cover;
	double		bound;			/* L at u_best */
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

} Partition;

/* L at the prices; cover is set. */
static double
evaluate(Partition *x)
{
	const AllocProblem *p = x->p;
	double		sum = (double) p->constant;
	double		magnitude = fabs(sum);

	memset(x->cover, 0, p->n * sizeof(int));
	for (int i = 0; i < p->n; i++)
	{
		sum += x->u[i];
		magnitude += fabs(x->u[i]);
	}
	for (int j = 0; j < p->m; j++)
	{
		double		value = alloc_contents_best(x->contents, j, x->u);

		sum += value;
		magnitude += fabs(value);
		for (int k = 0; k < x->contents->best_size[j]; k++)
			x->cover[x->contents->best[j][k]]++;
		x->steps -= 1 + (p->n + x->contents->nodes * (p->nedge > 0 ? 8 : 1)) / 40;
		p->env->poll(p->env->context);
	}
	return isinf(sum) ? sum : sum + magnitude * DBL_EPSILON * (8.0 + p->n + p->m);
}

/* Prices by subgradients, from those in u. */
static void
improve(Partition *x, int64_t until)
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
			x->bound = value;
			memcpy(x->u_best, x->u, p->n * sizeof(double));
		}
		else
			stall++;
		if (x->s->has_best && floor(x->bound) <= (double) x->s->best_value)
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

/* List the contents whose loss at u_best is below delta; false: too many. */
static bool
list(Partition *x, double delta, int limit)
{
	const AllocProblem *p = x->p;

	x->pool->count = 0;
	x->pool->entries = 0;
	for (int j = 0; j < p->m; j++)
	{
		double		best = alloc_contents_best(x->contents, j, x->u_best);
		bool		all = alloc_contents_list(x->contents, j, x->u_best, best - delta - 1e-6, x->pool, limit);

		x->steps -= 1 + (p->n + x->contents->nodes) / 20;
		p->env->poll(p->env->context);
		if (!all)
			return false;
	}
	return true;
}

static void
kill(Partition *x, int content)
{
	if (x->lp->dead[content])
		return;
	x->lp->dead[content] = 1;
	x->trail[x->trail_size++] = content;
}

static void
undo(Partition *x, int mark)
{
	while (x->trail_size > mark)
		x->lp->dead[x->trail[--x->trail_size]] = 0;
}

static bool
holds(const AllocPool *pool, int content, int item)
{
	for (int t = pool->start[content]; t < pool->start[content + 1]; t++)
		if (pool->item[t] == item)
			return true;
	return false;
}

/* Answer the question whether item i is in city j. */
static void
answer(Partition *x, int i, int j, bool in)
{
	const AllocPool *pool = x->pool;

	for (int c = 0; c < pool->count; c++)
		if (!x->lp->dead[c] && (pool->city[c] == j ? holds(pool, c, i) != in : in && holds(pool, c, i)))
			kill(x, c);
	x->steps -= 1 + pool->count / 60;
}

/* Kill the contents whose loss is too great for a plan above the cutoff. */
static void
fix(Partition *x)
{
	AllocMaster *lp = x->lp;
	const AllocPool *pool = x->pool;
	double		bound = alloc_master_bound(lp);

	for (int c = 0; c < pool->count; c++)
	{
		double		value = (double) pool->value[c];

		if (lp->dead[c])
			continue;
		for (int t = pool->start[c]; t < pool->start[c + 1]; t++)
			value -= lp->price[pool->item[t]];
		if (bound - (lp->most[pool->city[c]] - value) + 1e-6 < (double) (x->cutoff - x->p->constant) + 1)
			kill(x, c);
	}
}

/* The relaxation as shares of items in cities. True: all are 0 or 1. */
static bool
read_shares(Partition *x)
{
	const AllocMaster *lp = x->lp;
	const AllocPool *pool = x->pool;
	int			m = x->p->m;
	bool		whole = true;

	for (int k = 0; k < x->shares; k++)
		x->share[x->shared[k]] = 0;
	x->shares = 0;
	for (int k = 0; k < lp->rows; k++)
	{
		int			c = lp->basis[k];

		if (c < 0 || lp->x[k] < 1e-6)
			continue;
		for (int t = pool->start[c]; t < pool->start[c + 1]; t++)
		{
			size_t		at = (size_t) pool->item[t] * m + pool->city[c];

			if (x->share[at] == 0)
				x->shared[x->shares++] = at;
			x->share[at] += lp->x[k];
		}
	}
	for (int k = 0; k < x->shares && whole; k++)
		whole = x->share[x->shared[k]] > 1 - 1e-6;
	return whole;
}

/* The relaxation is a plan: keep it when it is the best. */
static void
take_plan(Partition *x)
{
	const AllocProblem *p = x->p;
	AllocSearch *s = x->s;
	int		   *city = x->cover;	/* free here */
	int64_t		value;

	for (int i = 0; i < p->n; i++)
		city[i] = -1;
	for (int k = 0; k < x->shares; k++)
		city[x->shared[k] / p->m] = (int) (x->shared[k] % p->m);
	if (!alloc_feasible(p, city))
		return;
	value = alloc_value(p, city);
	if (!s->has_best || value > s->best_value)
	{
		s->has_best = true;
		s->best_value = value;
		memcpy(s->best, city, p->n * sizeof(int));
	}
	if (value > x->cutoff)
		x->cutoff = value;
}

static double
price_sum(const AllocMaster *lp)
{
	double		sum = 0;

	for (int k = 0; k < lp->rows; k++)
		sum += lp->price[k];
	return sum;
}

static void
charge(Partition *x)
{
	x->steps -= x->lp->work;
	x->lp->work = 0;
}

/*
 * The question to branch on: the cell whose worse answer costs the bound most. Returns false when an answer was beaten, the other one was
 * drawn, and the node has to be looked at again. *cell is -1 when nothing is split.
 */
static bool
ask(Partition *x, int64_t *cell)
{
	const AllocProblem *p = x->p;
	AllocMaster *lp = x->lp;
	double		cutoff = (double) (x->cutoff - p->constant) + 1 - 1e-6;
	double		before = price_sum(lp);
	double		best = -1;
	size_t		candidate[TRIED];
	double		rank[TRIED];
	int			count = 0;
	bool		drawn = false;

	*cell = -1;
	for (int k = 0; k < x->shares; k++)
	{
		double		share = x->share[x->shared[k]];
		double		score = share < 1 - share ? share : 1 - share;
		int			at;

		if (score < 1e-6)
			continue;
		if (x->quick)
			score = share;
		if (count == TRIED && score <= rank[count - 1])
			continue;
		if (count < TRIED)
			count++;
		for (at = count - 1; at > 0 && rank[at - 1] < score; at--)
		{
			rank[at] = rank[at - 1];
			candidate[at] = candidate[at - 1];
		}
		rank[at] = score;
		candidate[at] = x->shared[k];
	}
	if (count == 0)
		return true;
	if (x->quick)
	{
		*cell = (int64_t) candidate[0];
		return true;
	}
	/* afresh now rather than in each of the trials */
	if (lp->since > TRIED_REFRESH)
		alloc_master_restore(lp, lp->basis);
	alloc_master_keep(lp, x->tried);
	for (int k = 0; k < count && x->steps > 0; k++)
	{
		int			i = (int) (candidate[k] / p->m);
		int			j = (int) (candidate[k] % p->m);
		double		fall[2];
		double		score;

		for (int in = 0; in < 2; in++)
		{
			int			mark = x->trail_size;
			AllocMasterEnd end;

			answer(x, i, j, in);
			end = alloc_master_solve(lp, cutoff, TRIED_PIVOTS);
			fall[in] = before - price_sum(lp);
			undo(x, mark);
			alloc_master_back(lp, x->tried);
			charge(x);
			if (end == MASTER_BEATEN)
			{
				answer(x, i, j, !in);
				drawn = true;
				break;
			}
		}
		if (drawn)				/* the relaxation is another now: look at the node again */
			return false;
		score = fmax(fall[0], 1e-6) * fmax(fall[1], 1e-6);
		if (score > best)
		{
			best = score;
			*cell = (int64_t) candidate[k];
		}
	}
	return true;
}

static void
explore(Partition *x, int depth)
{
	const AllocProblem *p = x->p;
	AllocMaster *lp = x->lp;
	int			mark = x->trail_size;
	int		   *basis = NULL;

	for (;;)
	{
		double		cutoff = (double) (x->cutoff - p->constant) + 1 - 1e-6;
		AllocMasterEnd end;
		int64_t		cell;
		int			child;

		if (x->steps <= 0 || (x->quick && --x->patience < 0))
		{
			x->cut_short = true;
			break;
		}
		end = alloc_master_solve(lp, cutoff, NODE_PIVOTS);
		charge(x);
		if (end == MASTER_BEATEN)
			break;
		if (end == MASTER_TIRED)
		{
			x->cut_short = true;
			break;
		}
		if (read_shares(x))
		{
			/* Contents keep all rules, so this is a plan; it ends the node if the bound, with rounding allowed for, agrees. */
			take_plan(x);
			if (alloc_master_bound(lp) + (double) p->constant >= (double) x->cutoff + 1)
				x->cut_short = true;
			break;
		}
		fix(x);
		if (!ask(x, &cell))
			continue;
		if (cell < 0)
		{
			x->cut_short = true;
			break;
		}
		if (basis == NULL)
			basis = alloc_array(p->env, lp->rows, sizeof(int));
		if (depth < x->states)
		{
			if (x->state[depth] == NULL)
				x->state[depth] = alloc_master_state(lp);
			alloc_master_keep(lp, x->state[depth]);
		}
		else
			memcpy(basis, lp->basis, lp->rows * sizeof(int));
		child = x->trail_size;
		answer(x, (int) (cell / p->m), (int) (cell % p->m), true);
		for (int k = 0; x->quick && k < x->shares; k++)
			if (x->share[x->shared[k]] > DIVE_SHARE)
				answer(x, (int) (x->shared[k] / p->m), (int) (x->shared[k] % p->m), true);
		explore(x, depth + 1);
		undo(x, child);
		if (x->cut_short)
			break;
		if (depth < x->states)
			alloc_master_back(lp, x->state[depth]);
		else
			alloc_master_restore(lp, basis);
		answer(x, (int) (cell / p->m), (int) (cell % p->m), false);
	}
	undo(x, mark);
}

/* Has every city a content in the pool? */
static bool
covers(const Partition *x)
{
	int			city = -1;

	for (int c = 0; c < x->pool->count; c++)
		if (x->pool->city[c] != city && x->pool->city[c] != ++city)
			return false;
	return city == x->p->m - 1;
}

/* Branch and bound over the pool with the plans above cutoff in view; true: completed. */
static bool
solve_pool(Partition *x, int64_t cutoff, bool quick)
{
	const AllocProblem *p = x->p;

	if (!covers(x))
		return true;
	p->env->begin(p->env->context);
	x->lp = alloc_master_new(p->env, x->pool, p->n, p->m, x->u_best);
	x->trail = alloc_array(p->env, x->pool->count, sizeof(int));
	x->tried = alloc_master_state(x->lp);
	x->states = (int) (STATES_SIZE / ((size_t) x->lp->rows * x->lp->rows * sizeof(double)));
	if (x->states > p->n)
		x->states = p->n;
	x->state = alloc_array(p->env, x->states, sizeof(AllocMasterState *));
	x->trail_size = 0;
	x->cutoff = cutoff;
	x->quick = quick;
	x->patience = DIVE_NODES;
	x->cut_short = false;
	explore(x, 0);
	p->env->end(p->env->context);
	return !x->cut_short;
}

/* Better prices from the relaxation over the pool; true: the bound has come down by a good part. */
static bool
reprice(Partition *x)
{
	const AllocProblem *p = x->p;
	AllocMasterEnd end;
	double		before = x->bound;
	double		value = INFINITY;
	double		relaxed = -INFINITY;

	if (!covers(x))
		return false;
	p->env->begin(p->env->context);
	x->lp = alloc_master_new(p->env, x->pool, p->n, p->m, x->u_best);
	end = alloc_master_solve(x->lp, -INFINITY, 30 * (p->n + p->m));
	charge(x);
	if (end == MASTER_OPTIMAL)
	{
		double		part = 1;

		relaxed = price_sum(x->lp) + (double) p->constant;
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
	{
		x->bound = value;
		memcpy(x->u_best, x->u, p->n * sizeof(double));
	}
	return before - x->bound > 0.05 * (before - relaxed);
}

bool
alloc_partition(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	const AllocEnv *env = p->env;
	Partition	partition = {.p = p,.s = s,.steps = *steps,.bound = INFINITY};
	Partition  *x = &partition;
	double	   *table;
	double		delta;
	bool		proven = false;

	x->contents = alloc_contents_new(p);
	x->u = alloc_array(env, p->n, sizeof(double));
	x->u_best = alloc_array(env, p->n, sizeof(double));
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
	memcpy(x->u_best, x->u, p->n * sizeof(double));
	improve(x, *steps / 2);

	/* the contents nearest to the best, and exact prices from them */
	delta = 2e-5 * fabs(x->bound) + 1;
	for (int pass = 0; pass < PASSES; pass++)
	{
		while (delta <= x->bound - (double) s->best_value && list(x, delta * 1.5, POOL_MAX) && x->pool->count < POOL_FIRST)
			delta *= 1.5;
		while (!list(x, delta, POOL_MAX / 4) && delta > 1e-6)
			delta /= 1.5;
		if (!reprice(x))
			break;
	}
	if (list(x, delta * 2, POOL_MAX) || list(x, delta, POOL_MAX))
		solve_pool(x, s->best_value, true);

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
		if (!solve_pool(x, cutoff, false))
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
