/*
 * allocation_branch.c
 *	  The best choice of one listed content a city, by branch and bound over the linear relaxation. See allocation_partition.h.
 *
 * Branching asks whether an item is in a city; both answers are tried at the linear relaxation first, and one that is beaten decides the
 * question. Answers kill contents; a trail brings them back. Recursion is as deep as there are items answered "in", below CONTENT_ROWS.
 */
#include "decision/allocation_partition.h"

#include <math.h>
#include <string.h>

/* Bytes for states of the relaxation; nodes below those that are kept begin from their basis. */
#define STATES_SIZE		((size_t) 48 << 20)

/* Questions tried at a node, pivots for each answer. */
#define TRIED			5
#define TRIED_PIVOTS	20

/* Pivots after which the inverse is made afresh before answers are tried. */
#define TRIED_REFRESH	150

/* A dive answers yes wherever an item has this share in a city, and ends after so many nodes. */
#define DIVE_SHARE		0.8
#define DIVE_NODES		80

/* Pivots for a node. */
#define NODE_PIVOTS		4000

bool
alloc_pool_covers(const AllocPartition *x)
{
	int			city = -1;

	for (int c = 0; c < x->pool->count; c++)
		if (x->pool->city[c] != city && x->pool->city[c] != ++city)
			return false;
	return city == x->p->m - 1;
}

static void
kill(AllocPartition *x, int content)
{
	if (x->lp->dead[content])
		return;
	x->lp->dead[content] = 1;
	x->trail[x->trail_size++] = content;
}

static void
undo(AllocPartition *x, int mark)
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
answer(AllocPartition *x, int i, int j, bool in)
{
	const AllocPool *pool = x->pool;

	for (int c = 0; c < pool->count; c++)
		if (!x->lp->dead[c] && (pool->city[c] == j ? holds(pool, c, i) != in : in && holds(pool, c, i)))
			kill(x, c);
	x->steps -= 1 + pool->count / 60;
}

/* Kill the contents whose loss is too great for a plan above the cutoff. */
static void
fix(AllocPartition *x)
{
	AllocMaster *lp = x->lp;
	const AllocPool *pool = x->pool;
	double		bound = alloc_master_bound(lp);

	for (int c = 0; c < pool->count; c++)
		if (!lp->dead[c] &&
			bound - (lp->most[pool->city[c]] - alloc_master_worth(lp, c)) + 1e-6 < (double) (x->cutoff - x->p->constant) + 1)
			kill(x, c);
}

/* The relaxation as shares of items in cities. True: all are 0 or 1. */
static bool
read_shares(AllocPartition *x)
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
take_plan(AllocPartition *x)
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

/*
 * The question to branch on: the cell whose worse answer costs the bound most. Returns false when an answer was beaten, the other one was
 * drawn, and the node has to be looked at again. *cell is -1 when nothing is split.
 */
static bool
ask(AllocPartition *x, int64_t *cell)
{
	const AllocProblem *p = x->p;
	AllocMaster *lp = x->lp;
	double		cutoff = (double) (x->cutoff - p->constant) + 1 - 1e-6;
	double		before = alloc_price_sum(lp);
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
			fall[in] = before - alloc_price_sum(lp);
			undo(x, mark);
			alloc_master_back(lp, x->tried);
			alloc_charge(x);
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
explore(AllocPartition *x, int depth)
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
		alloc_charge(x);
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

bool
alloc_branch(AllocPartition *x, int64_t cutoff, bool quick)
{
	const AllocProblem *p = x->p;

	if (!alloc_pool_covers(x))
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
