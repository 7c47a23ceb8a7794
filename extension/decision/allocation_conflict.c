/*
 * allocation_conflict.c
 *	  Proof that no plan exists, and the rules that are to blame.
 *
 * The proof is the exact finish on a copy of the problem in which every cell is worth nothing and the plan to beat is worth -1: whatever keeps
 * the rules is worth 0, so "nothing better exists" means that nothing keeps them. Its bounds then are Farkas multipliers: sums of
 * capacities, counts and quotas that do not meet.
 */
#include "decision/allocation_problem.h"

#include <string.h>

/* Institutions are named in a conflicting set when they are so few. */
#define NAMED_MAX	20

/* Steps for one proof while rules are left out; a proof that takes longer counts as none. */
#define PROOF_STEPS	100000

bool
alloc_infeasible(const AllocProblem *problem, int64_t *steps, int *plan, bool *found)
{
	const AllocEnv *env = problem->env;
	AllocProblem zero = *problem;
	AllocDual  *d;
	AllocSearch *s;
	double		bound;
	bool		done;
	bool		proven;

	for (int i = 0; i < problem->n; i++)
	{
		bool		any = false;

		for (int j = 0; j < problem->m && !any; j++)
			any = alloc_allowed(problem, i, j);
		if (!any)
			return true;
	}
	env->begin(env->context);
	zero.profit = alloc_array(env, (size_t) zero.n * zero.m, sizeof(int64_t));
	for (size_t k = 0; k < (size_t) zero.n * zero.m; k++)
		zero.profit[k] = problem->profit[k] == ALLOC_ABSENT ? ALLOC_ABSENT : 0;
	zero.nedge = 0;
	zero.adj_start = alloc_array(env, zero.n + 2, sizeof(int));
	zero.constant = 0;
	zero.gross = 0;
	d = alloc_dual_new(&zero);
	s = alloc_search_new(&zero, 0);
	*steps -= alloc_dual_run(d, -1, true, *steps / 4);
	if (d->bound < 0)
		proven = true;
	else
	{
		/* any plan will do: often a few moves find one */
		alloc_search_candidates(s, d->reduced);
		s->target = 0;
		*steps -= alloc_search_run(s, *steps / 4, 1.0);
		proven = false;
		if (!s->has_best)
		{
			s->has_best = true;
			s->best_value = -1;
			done = alloc_exact(d, s, steps, &bound);
			proven = done && s->best_value < 0;
		}
	}
	if (found)
		*found = !proven && s->has_best && s->best_value >= 0;
	if (plan && found && *found)
		memcpy(plan, s->best, zero.n * sizeof(int));
	env->end(env->context);
	return proven;
}

typedef struct Filter
{
	const AllocEnv *env;
	const AllocModel *model;
	uint8_t    *off;			/* [rules] */
	uint8_t    *absent;			/* [institutions] left out altogether */
	int64_t		steps;
} Filter;

/* The model without the institutions that are left out: same numbering, no weight, no rule, free of all. */
static bool
still_infeasible(Filter *f)
{
	const AllocModel *model = f->model;
	const AllocEnv *env = f->env;
	int64_t		steps = f->steps < PROOF_STEPS ? f->steps : PROOF_STEPS;
	int64_t		left = steps;
	bool		answer;

	if (steps <= 0)
		return false;
	env->begin(env->context);
	if (f->absent == NULL)
		answer = alloc_infeasible(alloc_build(env, model, f->off), &left, NULL, NULL);
	else
	{
		AllocModel	rest = *model;
		int		   *number = alloc_array(env, model->n, sizeof(int));
		int64_t    *headcount = alloc_array(env, model->n, sizeof(int64_t));
		int		   *category = alloc_array(env, model->n, sizeof(int));
		int		   *group = alloc_array(env, model->n, sizeof(int));
		int64_t    *score = alloc_array(env, (size_t) model->n * model->m, sizeof(int64_t));
		AllocRule  *rule = alloc_array(env, model->nrule, sizeof(AllocRule));
		uint8_t    *off = alloc_array(env, alloc_rule_count(model), 1);
		int			first_rule = 3 * model->m + 2 * model->nquota;

		rest.n = 0;
		for (int i = 0; i < model->n; i++)
			if (!f->absent[i])
			{
				number[i] = rest.n;
				headcount[rest.n] = model->headcount[i];
				category[rest.n] = model->category[i];
				group[rest.n] = model->group[i];
				memcpy(score + (size_t) rest.n * model->m, model->score + (size_t) i * model->m,
					   model->m * sizeof(int64_t));
				rest.n++;
			}
		memcpy(off, f->off, alloc_rule_count(model));
		for (int k = 0; k < model->nrule; k++)
		{
			rule[k] = model->rule[k];
			if (f->absent[rule[k].institution] || (rule[k].other >= 0 && f->absent[rule[k].other]))
			{
				off[first_rule + k] = 1;
				rule[k].institution = 0;
				rule[k].other = 0;
				continue;
			}
			rule[k].institution = number[rule[k].institution];
			rule[k].other = rule[k].other < 0 ? -1 : number[rule[k].other];
		}
		rest.headcount = headcount;
		rest.category = category;
		rest.group = group;
		rest.score = score;
		rest.rule = rule;
		rest.nbonus = 0;
		answer = rest.n > 0 && alloc_infeasible(alloc_build(env, &rest, off), &left, NULL, NULL);
	}
	f->steps -= 1000 + steps - left;	/* building costs too */
	env->end(env->context);
	return answer;
}

/* Leave out as many of flag[from .. to) as the proof can do without, whole ranges first. */
static void
leave_out(Filter *f, uint8_t *flag, int from, int to)
{
	bool		any = false;

	for (int k = from; k < to; k++)
	{
		any = any || !flag[k];
		flag[k] |= 2;
	}
	if (!any || still_infeasible(f))
		return;
	for (int k = from; k < to; k++)
		flag[k] &= 1;
	if (to - from == 1)
		return;
	leave_out(f, flag, from, from + (to - from) / 2);
	leave_out(f, flag, from + (to - from) / 2, to);
}

void
alloc_conflict(const AllocEnv *env, const AllocModel *model, int64_t steps, AllocResult *result)
{
	Filter		f = {env, model, NULL, NULL, steps};
	int			count = alloc_rule_count(model);
	bool		least = false;
	int			named = 0;
	int			used = 0;

	f.off = alloc_array(env, count, 1);

	/* rules that say nothing are left out from the start */
	for (int k = 0; k < count; k++)
	{
		AllocFinding rule = alloc_rule_at(model, k);

		if (rule.limit == ALLOC_NO_LIMIT || ((rule.kind == ALLOC_MIN_COUNT || rule.kind == ALLOC_QUOTA_MIN) && rule.limit <= 0))
			f.off[k] = 1;
	}
	/* single rules last: they name institutions, and sums of limits are the more general reason */
	leave_out(&f, f.off, 3 * model->m + 2 * model->nquota, count);
	leave_out(&f, f.off, 0, 3 * model->m + 2 * model->nquota);

	result->nfinding = 0;
	for (int k = 0; k < count; k++)
		if (!f.off[k])
		{
			AllocRuleKind kind = alloc_rule_at(model, k).kind;

			least = least || kind == ALLOC_MIN_COUNT || kind == ALLOC_QUOTA_MIN;
			used++;
		}
	/* fewer institutions keep "at most" broken only if the rest break it too; they would break "at least" by being away */
	f.absent = alloc_array(env, model->n, 1);
	if (!least)
		leave_out(&f, f.absent, 0, model->n);
	for (int i = 0; i < model->n; i++)
		named += !f.absent[i];
	if (least || named > NAMED_MAX)
		named = 0;
	result->finding = alloc_array(env, used + named, sizeof(AllocFinding));
	for (int k = 0; k < count; k++)
		if (!f.off[k])
			result->finding[result->nfinding++] = alloc_rule_at(model, k);
	for (int i = 0; i < model->n && named > 0; i++)
		if (!f.absent[i])
			result->finding[result->nfinding++] = (AllocFinding) {
				used == 0 ? ALLOC_CELL : ALLOC_ASSIGNED, i, -1, -1, -1, -1, -1, -1, 0};
}
