/*
 * allocation_solve.c
 *	  From the model to the certificate: the parts of the solver in order, and what is reported.
 */
#include "decision/allocation_content.h"

#include <math.h>
#include <string.h>

/* Steps for naming the conflict when there is no plan: not part of the effort, for the answer is needed. */
#define CONFLICT_STEPS	10000000

/*
 * Rounds of annealing: the first forgets where it began, the others stay near the best plan, and nearer where that comes from the relaxation. With
 * bonuses a slow first round, of this part of the steps, finds more than the others mend.
 */
#define ROUNDS		4
#define SLOW_PART	0.7
#define FIRST_HEAT	1.0
#define HEAT		0.25
#define NEAR_HEAT	0.1

/* With bonuses, steps after which a longer search finds little that is better: the bound needs them more. */
#define SEARCH_ENOUGH	100000000

/* Parts of the effort: the linear relaxation at most, and a short search and exact finish from it, which is enough for most problems without bonuses. */
#define RELAX_PART		4
#define FIRST_SEARCH	200
#define FIRST_FINISH	40

/*
 * Where cities hold few, beyond this many cells, subgradients begin: prices from a corner of the relaxation are a worse start for those of
 * contents (at 400 x 230 the proof took half as long again).
 */
#define RELAX_CONTENTS	10000


/* With bonuses, gaps above this are not tried to be closed by branching where there are more items than this. */
#define FINISH_ITEMS	40
#define FINISH_GAP		0.02

static void
search_rounds(AllocSearch *s, int64_t steps, double first_heat, double heat)
{
	int64_t		first = s->p->nedge > 0 && first_heat > heat ? (int64_t) (SLOW_PART * (double) steps) : steps / ROUNDS;

	alloc_search_run(s, first, first_heat);
	for (int round = 1; round < ROUNDS; round++)
		alloc_search_run(s, (steps - first) / (ROUNDS - 1), heat);
}

/* The plan to begin with, of institutions, as one of items; false when it leaves out items or breaks rules. */
static bool
take_start(const AllocProblem *p, const int *start, AllocSearch *s)
{
	int		   *city = alloc_array(p->env, p->n, sizeof(int));
	bool		complete = true;

	for (int i = 0; i < p->n; i++)
	{
		int			j = start[p->member[p->member_start[i]]];

		city[i] = j;
		if (j >= 0 && alloc_allowed(p, i, j))
			s->start[i] = j;
		for (int t = p->member_start[i] + 1; t < p->member_start[i + 1]; t++)
			complete = complete && start[p->member[t]] == j;
	}
	if (!complete || !alloc_feasible(p, city))
		return false;
	memcpy(s->best, city, p->n * sizeof(int));
	s->best_value = alloc_value(p, city);
	s->has_best = true;
	return true;
}

static void
report_plan(const AllocDual *d, AllocSearch *s, AllocResult *result)
{
	const AllocProblem *p = d->p;
	int			n = p->model->n;
	AllocAlternative *alternative = alloc_array(p->env, p->n, sizeof(AllocAlternative));

	result->city = alloc_array(p->env, n, sizeof(int));
	result->alternative = alloc_array(p->env, n, sizeof(AllocAlternative));
	alloc_alternatives(p, s->best, s->candidate, s->ncandidate, alternative);
	for (int i = 0; i < n; i++)
	{
		AllocAlternative *a = &result->alternative[i];

		result->city[i] = s->best[p->item_of[i]];
		*a = alternative[p->item_of[i]];
		if (a->exchange >= 0)
			a->exchange = p->member[p->member_start[a->exchange]];
	}
	result->objective = alloc_value(p, s->best);
	alloc_prices(d, s->best, result);
}

/*
 * The first bound: without bonuses the best prices by the linear relaxation, whose items in their cities are where the search begins, s->start;
 * else by subgradients. True: the relaxation was solved.
 */
static bool
relax(AllocDual *d, AllocSearch *s, int64_t effort, int64_t *steps)
{
	const AllocProblem *p = d->p;

	if (p->nedge == 0 && ((int64_t) p->n * p->m <= RELAX_CONTENTS || !alloc_contents_fit(p)))
	{
		int		   *city = alloc_array(p->env, p->n, sizeof(int));
		int64_t		allowed = effort / RELAX_PART + 1;
		int64_t		left = allowed;

		d->optimal = alloc_linear(p, &left, d->lambda, d->rho, city);
		*steps -= allowed - left;
		alloc_dual_offer(d);
		if (d->optimal && isfinite(d->bound))
		{
			alloc_search_candidates(s, d->reduced);
			memcpy(s->start, city, p->n * sizeof(int));
			return true;
		}
	}
	/* one iteration at least, whatever it costs: without a bound nothing can be said */
	*steps -= alloc_dual_run(d, 0, false, effort / 20 + 1);
	if (isfinite(d->bound))
		alloc_search_candidates(s, d->reduced);
	return false;
}

/* A short search near the linear relaxation, and an exact finish with a part of the effort. */
static bool
first_try(AllocDual *d, AllocSearch *s, int64_t effort, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	int64_t		allowed = effort / FIRST_FINISH;
	int64_t		left = allowed;
	bool		proven;

	*bound = d->bound;
	search_rounds(s, effort / FIRST_SEARCH, NEAR_HEAT, NEAR_HEAT);
	*steps -= effort / FIRST_SEARCH;
	if (s->has_best && floor(*bound) <= (double) s->best_value)
		return true;
	if (!s->has_best || allowed == 0)
		return false;
	p->env->begin(p->env->context);
	proven = alloc_contents_fit(p) ? alloc_partition(d, s, &left, bound) : alloc_exact(d, s, &left, bound);
	p->env->end(p->env->context);
	*steps -= allowed - left;
	return proven || floor(*bound) <= (double) s->best_value;
}

/* Are bonuses many, and is the gap too wide to be closed by branching? */
static bool
wide_gap(const AllocDual *d, const AllocSearch *s, double bound)
{
	return d->p->nedge > 0 && d->p->n > FINISH_ITEMS && s->has_best &&
		fmin(d->bound, bound) - (double) s->best_value > FINISH_GAP * fabs((double) s->best_value);
}

/* Proof or a better bound and plan with the steps that are left; see alloc_exact for the arguments. */
static bool
finish(AllocDual *d, AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	double		content = INFINITY;
	bool		proven;

	*bound = d->bound;
	if (s->has_best && floor(*bound) <= (double) s->best_value)
		return true;
	if (s->has_best && alloc_contents_fit(p))
	{
		if (alloc_partition(d, s, steps, bound))
			return true;
		content = *bound;
		s->target = (int64_t) floor(*bound);
	}
	/* branching closes no wide gap of many items with bonuses: what is left is better spent on the bound */
	if (wide_gap(d, s, content) && alloc_semidefinite_fits(p))
	{
		*steps -= alloc_dual_run(d, s->best_value, true, *steps / 10);
		content = fmin(content, d->bound);
		if (wide_gap(d, s, content))
			alloc_semidefinite(d, s, steps, &content);
	}
	*steps -= alloc_dual_run(d, s->best_value, s->has_best, *steps / (p->nedge > 0 ? 2 : 4));
	if (wide_gap(d, s, content))
		*steps -= alloc_dual_run(d, s->best_value, true, *steps * 9 / 10);
	alloc_search_candidates(s, d->reduced);
	*bound = d->bound;
	proven = s->has_best && floor(*bound) <= (double) s->best_value;
	if (!proven && *steps > 0)
		proven = alloc_exact(d, s, steps, bound);
	*bound = fmin(*bound, content);
	return proven || (s->has_best && floor(*bound) <= (double) s->best_value);
}

void
alloc_solve(const AllocEnv *env, const AllocModel *model, const int *start, int64_t effort, uint64_t seed,
			AllocResult *result)
{
	AllocProblem *p = alloc_build(env, model, NULL);
	AllocDual  *d = alloc_dual_new(p);
	AllocSearch *s = alloc_search_new(p, seed);
	int64_t		steps = effort;
	int64_t		part;
	double		bound;
	bool		proven;
	bool		begun = false;
	bool		relaxed;

	memset(result, 0, sizeof(*result));
	relaxed = relax(d, s, effort, &steps);
	if (isinf(d->bound))
	{
		result->status = ALLOC_INFEASIBLE;
		alloc_conflict(env, model, CONFLICT_STEPS, result);
		return;
	}
	if (start != NULL)
		begun = take_start(p, start, s);
	s->target = (int64_t) floor(d->bound);
	part = p->nedge == 0 ? effort / 8 : effort * 2 / 5 < SEARCH_ENOUGH + effort / 20 ? effort * 2 / 5 : SEARCH_ENOUGH + effort / 20;
	proven = relaxed && first_try(d, s, effort, &steps, &bound);
	if (!proven)
	{
		double		heat = relaxed && s->has_best ? NEAR_HEAT : HEAT;

		search_rounds(s, part, begun || s->has_best ? heat : FIRST_HEAT, heat);
		steps -= part;
	}
	if (!s->has_best)
	{
		/* the rules leave little room, or none: look for a plan that keeps them whatever it is worth */
		bool		found = false;
		int		   *plan = alloc_array(env, p->n, sizeof(int));
		int64_t		before = steps / 2;
		int64_t		left = before;

		if (alloc_infeasible(p, &left, plan, &found))
		{
			result->status = ALLOC_INFEASIBLE;
			alloc_conflict(env, model, CONFLICT_STEPS, result);
			return;
		}
		steps -= before - left;
		if (found)
		{
			memcpy(s->best, plan, p->n * sizeof(int));
			s->best_value = alloc_value(p, plan);
			s->has_best = true;
			search_rounds(s, part, HEAT, HEAT);
			steps -= part;
		}
	}
	if (!proven)
		proven = finish(d, s, &steps, &bound);
	if (!s->has_best)
	{
		result->status = proven ? ALLOC_INFEASIBLE : ALLOC_UNKNOWN;
		result->has_bound = !proven;
		result->bound = (int64_t) floor(bound);
		if (proven)
			alloc_conflict(env, model, CONFLICT_STEPS, result);
		return;
	}
	report_plan(d, s, result);
	result->status = proven ? ALLOC_OPTIMAL : ALLOC_FEASIBLE;
	result->has_bound = true;
	result->bound = proven || floor(bound) < (double) result->objective ? result->objective : (int64_t) floor(bound);
}
