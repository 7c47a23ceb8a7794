/*
 * allocation_check.c
 *	  The judge of a plan: by the model alone, without anything the solver derives from it.
 */
#include "decision/allocation_problem.h"

typedef struct Report
{
	AllocFinding *finding;
	int			count;
	int			room;
	const AllocEnv *env;
} Report;

static void
report(Report *r, AllocFinding finding, int64_t used, int64_t limit)
{
	if (r->count == r->room)
	{
		AllocFinding *larger = alloc_array(r->env, 2 * (size_t) r->room + 16, sizeof(AllocFinding));

		for (int k = 0; k < r->count; k++)
			larger[k] = r->finding[k];
		r->finding = larger;
		r->room = 2 * r->room + 16;
	}
	finding.used = used;
	finding.limit = limit;
	r->finding[r->count++] = finding;
}

static bool
rule_broken(const AllocRule *rule, const int *plan)
{
	int			a = plan[rule->institution];

	switch (rule->kind)
	{
		case ALLOC_FORCED:
			return a != rule->city;
		case ALLOC_FORBIDDEN:
			return a == rule->city;
		case ALLOC_TOGETHER:
			return a != plan[rule->other];
		default:
			return a >= 0 && a == plan[rule->other];
	}
}

/* Does the plan put the institution where the quota counts it? */
static bool
quota_counts(const AllocModel *model, const AllocQuota *quota, const int *plan, int i)
{
	if (plan[i] < 0 || (quota->category >= 0 && model->category[i] != quota->category))
		return false;
	return quota->city >= 0 ? plan[i] == quota->city : model->province[plan[i]] == quota->province;
}

int
alloc_check(const AllocEnv *env, const AllocModel *model, const int *plan, AllocFinding **broken, int64_t *value)
{
	Report		r = {NULL, 0, 0, env};
	int64_t    *heads = alloc_array(env, model->m, sizeof(int64_t));
	int64_t    *count = alloc_array(env, model->m, sizeof(int64_t));
	int		   *group_city = alloc_array(env, model->ngroup, sizeof(int));
	int64_t		sum = 0;

	for (int i = 0; i < model->n; i++)
	{
		AllocFinding f = {ALLOC_ASSIGNED, i, -1, -1, -1, -1, -1, -1, 0};

		if (plan[i] < 0)
		{
			report(&r, f, 0, 1);
			continue;
		}
		f.kind = ALLOC_CELL;
		f.city = plan[i];
		if (model->score[(size_t) i * model->m + plan[i]] == ALLOC_ABSENT)
			report(&r, f, 1, 0);
		else
			sum += model->score[(size_t) i * model->m + plan[i]];
		count[plan[i]]++;
		if (model->headcount[i] > 0)
			heads[plan[i]] += model->headcount[i];
	}
	for (int e = 0; e < model->nbonus; e++)
		if (plan[model->bonus[e].a] >= 0 && plan[model->bonus[e].a] == plan[model->bonus[e].b])
			sum += model->bonus[e].value;
	for (int k = 0; k < alloc_rule_count(model); k++)
	{
		AllocFinding f = alloc_rule_at(model, k);

		switch (f.kind)
		{
			case ALLOC_CAPACITY:
				if (heads[f.city] > f.limit)
					report(&r, f, heads[f.city], f.limit);
				break;
			case ALLOC_MAX_COUNT:
				if (count[f.city] > f.limit)
					report(&r, f, count[f.city], f.limit);
				break;
			case ALLOC_MIN_COUNT:
				if (count[f.city] < f.limit)
					report(&r, f, count[f.city], f.limit);
				break;
			case ALLOC_QUOTA_MIN:
			case ALLOC_QUOTA_MAX:
				{
					int64_t		used = 0;

					for (int i = 0; i < model->n; i++)
						used += quota_counts(model, &model->quota[f.quota], plan, i);
					if (f.kind == ALLOC_QUOTA_MIN ? used < f.limit : used > f.limit)
						report(&r, f, used, f.limit);
					break;
				}
			case ALLOC_MOVE_GROUP:
				{
					/* a member that is not assigned is reported as such, and no reason to call the group split */
					int			cities = 0;

					for (int i = 0; i < model->n && cities < 2; i++)
						if (model->group[i] == f.group && plan[i] >= 0)
						{
							if (cities == 0)
								group_city[f.group] = plan[i];
							if (cities == 0 || plan[i] != group_city[f.group])
								cities++;
						}
					if (cities > 1)
						report(&r, f, cities, 1);
					break;
				}
			default:
				{
					const AllocRule rule = {f.kind, f.institution, f.city, f.other};

					if (rule_broken(&rule, plan))
						report(&r, f, -1, -1);
					break;
				}
		}
		if ((k & 63) == 0)
			env->poll(env->context);
	}
	*broken = r.finding;
	if (value)
		*value = sum;
	return r.count;
}
