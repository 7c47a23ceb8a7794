/*
 * solver_test.c
 *	  The allocation solver without a server: generated instances, small ones against all plans, larger ones against themselves.
 *
 *	solver_test [small [large [seed]]]	so many instances of each kind, default 300 and 12
 *
 * Prints TAP. test/solver/run builds it with sanitizers, so that it also finds what reads or writes astray. Small instances have all kinds of
 * rules, a third of them scores of mixed magnitude, and are solved four times: with the effort to prove the answer, and three times with so little that the certificate rests on the bounds alone,
 * which must never be below the best of all plans. Large ones have no second opinion, but the judge's: their plans keep the rules, are worth
 * what is said, do not pass the bound, and come out the same twice. The semidefinite bound, which the solver keeps for many items, is held
 * against all plans of the small ones as well.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpu.h"
#include "base/prng.h"
#include "decision/allocation_semidefinite.h"

typedef struct Chunk
{
	struct Chunk *next;
} Chunk;

typedef struct Scope
{
	struct Scope *up;
	Chunk	   *chunk;
} Scope;

static Scope *scope;
static long polls;
static int	failures;
static int	linear_solved;
static int	relaxations;
static int	cuts;
static uint64_t state;

static void *
scope_alloc(void *context, size_t size)
{
	Chunk	   *c = calloc(1, sizeof(Chunk) + 8 + size);

	(void) context;
	if (c == NULL)
		abort();
	c->next = scope->chunk;
	scope->chunk = c;
	return (char *) c + 16;
}

static void
scope_begin(void *context)
{
	Scope	   *s = calloc(1, sizeof(Scope));

	(void) context;
	if (s == NULL)
		abort();
	s->up = scope;
	scope = s;
}

static void
scope_end(void *context)
{
	Scope	   *s = scope;

	(void) context;
	for (Chunk *c = s->chunk, *next; c != NULL; c = next)
	{
		next = c->next;
		free(c);
	}
	scope = s->up;
	free(s);
}

static void
count_poll(void *context)
{
	(void) context;
	polls++;
}

static const AllocEnv env = {scope_alloc, scope_begin, scope_end, count_poll, NULL};

/* 0 .. n - 1 */
static int
dice(int n)
{
	return (int) (prng_splitmix64(&state) % (uint64_t) n);
}

static void *
array(int n, size_t size)
{
	return scope_alloc(NULL, (n > 0 ? n : 1) * size);
}

/* n institutions, m cities; one pair in `thin` has a bonus; with all kinds of rules or only with capacities and counts. */
static AllocModel
generate(int n, int m, int thin, bool rules)
{
	AllocModel	model = {.n = n,.m = m,.ncategory = 2,.nprovince = 2,.ngroup = 1};
	int64_t    *headcount = array(n, sizeof(int64_t));
	int		   *category = array(n, sizeof(int));
	int		   *group = array(n, sizeof(int));
	int64_t    *score = array(n * m, sizeof(int64_t));
	int64_t    *capacity = array(m, sizeof(int64_t));
	int64_t    *most = array(m, sizeof(int64_t));
	int64_t    *least = array(m, sizeof(int64_t));
	int		   *province = array(m, sizeof(int));
	int64_t    *load = array(m, sizeof(int64_t));
	int64_t    *count = array(m, sizeof(int64_t));
	AllocBonus *bonus = array(n * n, sizeof(AllocBonus));
	AllocRule  *rule = array(4, sizeof(AllocRule));
	AllocQuota *quota = array(3, sizeof(AllocQuota));
	bool		hidden = !rules || dice(3) > 0;
	bool		dear = dice(2) > 0;

	for (int i = 0; i < n; i++)
	{
		int			j = i < m ? i : dice(m);

		headcount[i] = rules && dice(6) == 0 ? -1 : 10 + dice(60);
		category[i] = dice(3) - 1;
		group[i] = rules && i < 2 && dice(4) == 0 ? 0 : -1;
		load[j] += headcount[i] > 0 ? headcount[i] : 0;
		count[j]++;
		for (j = 0; j < m; j++)
			score[i * m + j] = rules && dice(12) == 0 ? ALLOC_ABSENT : dice(400);
		for (int k = 0; k < i; k++)
			if (dice(thin) == 0)
				bonus[model.nbonus++] = (AllocBonus) {k, i, dice(dear ? 300 : 120) - (rules ? 40 : 0)};
	}
	for (int j = 0; j < m; j++)
	{
		province[j] = j < (m + 1) / 2 ? 0 : 1;
		capacity[j] = dice(4) == 0 ? ALLOC_NO_LIMIT : hidden ? load[j] * 11 / 10 + 1 : 60 + dice(150);
		most[j] = dice(3) == 0 ? ALLOC_NO_LIMIT : hidden ? count[j] + dice(2) : 1 + dice(5);
		least[j] = hidden ? count[j] - dice(2) : dice(3);
		if (least[j] < 0)
			least[j] = 0;
	}
	if (rules)
	{
		if (dice(4) == 0)
			rule[model.nrule++] = (AllocRule) {ALLOC_FORCED, n - 1, dice(m), -1};
		if (dice(2) == 0)
			rule[model.nrule++] = (AllocRule) {ALLOC_FORBIDDEN, 2, dice(m), -1};
		if (dice(2) == 0)
			rule[model.nrule++] = (AllocRule) {ALLOC_APART, 3, -1, 4};
		if (dice(5) == 0)
			rule[model.nrule++] = (AllocRule) {ALLOC_TOGETHER, 2, -1, 1};
		if (dice(2) == 0)
			quota[model.nquota++] = (AllocQuota) {0, -1, 0, dice(2), 1 + dice(3)};
		if (dice(4) == 0)
			quota[model.nquota++] = (AllocQuota) {-1, 0, 1, 1, 2};
		if (dice(3) == 0)
			quota[model.nquota++] = (AllocQuota) {-1, 0, -1, 2, ALLOC_NO_LIMIT};
	}
	model.headcount = headcount;
	model.category = category;
	model.group = group;
	model.score = score;
	model.capacity = capacity;
	model.max_count = most;
	model.min_count = least;
	model.province = province;
	model.bonus = bonus;
	model.rule = rule;
	model.quota = quota;
	return model;
}

/*
 * The scores beside much larger ones, by city or by cell: whole numbers still, but small differences of large sums. A quota of several cities, hardly
 * ever in the way, keeps contents out, so that half of these are for branch and bound over knapsacks to prove.
 */
static void
mix_magnitudes(AllocModel *model)
{
	int64_t    *score = (int64_t *) model->score;
	int64_t		large = 1000000000;
	bool		by_city = dice(2) > 0;

	for (int k = dice(6); k > 0; k--)
		large *= 10;
	for (int j = 0; j < model->m; j++)
	{
		bool		dear = dice(3) > 0;

		for (int i = 0; i < model->n; i++)
			if (score[i * model->m + j] != ALLOC_ABSENT)
				score[i * model->m + j] = score[i * model->m + j] / 8 + ((by_city ? dear : dice(3) > 0) ? large : 0);
	}
	if (model->nquota == 0 && dice(2) > 0)
		((AllocQuota *) model->quota)[model->nquota++] = (AllocQuota) {-1, 0, -1, 1, ALLOC_NO_LIMIT};
}

static bool
keeps(const AllocModel *model, const int *plan, int64_t *value)
{
	AllocFinding *broken;
	int			count;

	scope_begin(NULL);
	count = alloc_check(&env, model, plan, &broken, value);
	scope_end(NULL);
	return count == 0;
}

/* The best of all plans; false: none keeps the rules. */
static bool
best_of_all(const AllocModel *model, int64_t *best)
{
	int			plan[16] = {0};
	bool		any = false;
	int			i;

	do
	{
		int64_t		value;

		if (keeps(model, plan, &value) && (!any || value > *best))
		{
			any = true;
			*best = value;
		}
		for (i = 0; i < model->n && ++plan[i] == model->m; i++)
			plan[i] = 0;
	} while (i < model->n);
	return any;
}

static void
expect(bool right, const char *what, int number, int64_t effort)
{
	if (right)
		return;
	failures++;
	printf("# instance %d, effort %lld: %s\n", number, (long long) effort, what);
}

static void
judge(const AllocModel *model, const AllocResult *r, int number, int64_t effort)
{
	int64_t		value = 0;

	expect(r->city != NULL || r->status == ALLOC_INFEASIBLE || r->status == ALLOC_UNKNOWN, "a plan is said, none is given", number, effort);
	if (r->city == NULL)
		return;
	expect(keeps(model, r->city, &value), "the plan breaks rules", number, effort);
	expect(value == r->objective, "the plan is not worth what is said", number, effort);
	expect(r->has_bound && r->bound >= r->objective, "the bound is below the plan", number, effort);
	expect(r->status != ALLOC_OPTIMAL || r->bound == r->objective, "optimal, but the bound is another", number, effort);
}

/* All cuts hold for any plan, whatever rules it breaks. */
static void
cuts_hold(const AllocCuts *c, int m, int number)
{
	for (int try = 0; try < 40; try++)
	{
		int			city[32];

		for (int a = 0; a < c->n; a++)
			city[a] = a < c->cities ? a : dice(m);
		for (int cut = 0; cut < c->count; cut++)
		{
			double		sum = 0;

			for (int t = c->start[cut]; t < c->start[cut + 1]; t++)
				sum += c->coefficient[t] * (city[c->cell[t] / c->width] == city[c->cell[t] % c->width]);
			expect(sum <= 0, "a cut takes off a plan", number, cut);
		}
	}
	cuts += c->count;
}

/* The semidefinite bounds, stopped early and late, beside the best plan. */
static void
relaxed(const AllocModel *model, const int *plan, int64_t best, int number)
{
	AllocProblem *p = alloc_build(&env, model, NULL);
	AllocDual  *d = alloc_dual_new(p);
	AllocSearch *s = alloc_search_new(p, number);

	AllocCone  *other[2];
	AllocCone  *whole;
	double		scale;
	double		fixed;

	alloc_dual_run(d, best, true, 2000);
	for (int i = 0; i < p->n; i++)
		s->best[i] = plan[p->member[p->member_start[i]]];
	s->best_value = best;
	s->has_best = true;
	for (int64_t effort = 1000; effort <= 100000; effort *= 10)
	{
		int64_t		steps = effort;
		double		bound = 2 * fabs(d->bound) + 1000;

		alloc_semidefinite(d, s, &steps, &bound);
		expect(floor(bound) >= (double) best, "the semidefinite bound is below the best plan", number, effort);
		relaxations += bound < d->bound;
	}
	for (int level = 0; level < 2; level++)
	{
		cpu_limit(level == 0 ? CPU_PORTABLE : CPU_AVX512);
		other[level] = alloc_semidefinite_whole(p, s->best, &scale, &fixed);
		alloc_cone_prices(other[level], 1);
		expect(alloc_cone_matrices(other[level], 1), "the semidefinite iteration fails", number, level);
	}
	whole = other[1];
	expect(memcmp(other[0]->x, whole->x, (size_t) whole->n * whole->width * sizeof(double)) == 0, "processors differ", number, 0);
	for (int round = 1; round <= 60; round++)
	{
		alloc_cone_prices(whole, 1);
		expect(alloc_cone_matrices(whole, 1), "the semidefinite iteration fails", number, round);
		if (round % 10 == 0)
		{
			expect(floor(fixed - scale * alloc_cone_bound(whole)) >= (double) best, "the bound of the whole is below the best plan", number, round);
			alloc_cuts_renew(whole->cuts, whole->x);
			cuts_hold(whole->cuts, p->m, number);
		}
	}
}

static void
small(int number)
{
	static const int64_t efforts[] = {300000, 2000, 30, 1};
	int			n = 5 + dice(3);
	int			m = 2 + dice(2);
	AllocModel	model;
	int64_t		best = 0;
	bool		any;

	scope_begin(NULL);
	if (number % 3 == 0)
	{
		model = generate(7, 3, dice(2) > 0 ? 1000 : 2, dice(2) > 0);
		mix_magnitudes(&model);
	}
	else
		model = generate(n, m, 1 + dice(3), dice(4) > 0);
	any = best_of_all(&model, &best);
	for (int k = 0; k < 4; k++)
	{
		AllocResult r;

		scope_begin(NULL);
		alloc_solve(&env, &model, NULL, efforts[k], number, &r);
		judge(&model, &r, number, efforts[k]);
		expect(r.status != ALLOC_INFEASIBLE || !any, "infeasible is said of a feasible one", number, efforts[k]);
		expect(any || r.city == NULL, "a plan where there is none", number, efforts[k]);
		expect(!any || !r.has_bound || r.bound >= best, "the bound is below the best plan", number, efforts[k]);
		if (k == 0)
			expect(any ? r.status == ALLOC_OPTIMAL && r.objective == best : r.status == ALLOC_INFEASIBLE, "not proven", number, efforts[k]);
		if (k == 0 && any && r.status == ALLOC_OPTIMAL && model.nbonus > 0)
			relaxed(&model, r.city, best, number);
		if (r.status == ALLOC_INFEASIBLE)
			expect(r.nfinding > 0, "no rule is named", number, efforts[k]);
		scope_end(NULL);
	}
	scope_end(NULL);
}

static void
large(int number)
{
	static const struct
	{
		int			n;
		int			m;
		int			thin;
		int64_t		effort;
	}			kind[] = {
		{14, 5, 1, 2000000}, {30, 4, 3, 1000000}, {40, 20, 1000, 1500000}, {60, 30, 10, 1500000}, {70, 9, 2, 300000}, {24, 12, 1, 1000000},
		{48, 4, 2, 3000000}
	};
	int			k = number % (int) (sizeof(kind) / sizeof(kind[0]));
	AllocModel	model;
	AllocResult first;
	AllocResult again;

	scope_begin(NULL);
	model = generate(kind[k].n, kind[k].m, kind[k].thin, dice(2) > 0);
	alloc_solve(&env, &model, NULL, kind[k].effort, number, &first);
	judge(&model, &first, number, kind[k].effort);
	alloc_solve(&env, &model, NULL, kind[k].effort, number, &again);
	expect(first.status == again.status && first.objective == again.objective && first.bound == again.bound &&
		   (first.city == NULL) == (again.city == NULL) &&
		   (first.city == NULL || memcmp(first.city, again.city, model.n * sizeof(int)) == 0), "another answer the second time", number, kind[k].effort);
	if (first.city != NULL)
	{
		/* from its own plan nothing is lost */
		alloc_solve(&env, &model, first.city, kind[k].effort / 10, number, &again);
		judge(&model, &again, number, kind[k].effort / 10);
		expect(again.city != NULL && again.objective >= first.objective, "worse than the plan to begin with", number, kind[k].effort / 10);
	}
	scope_end(NULL);
}

/*
 * The linear relaxation against subgradients, which reach the same bound by another way and never pass it: theirs may be above, by little, and
 * never below. Its prices are no worse than those of any other point near by.
 */
static void
linear(int number)
{
	int			n = 20 + dice(80);
	int			m = 3 + dice(12);
	AllocModel	model;
	AllocProblem *p;
	AllocDual  *simplex;
	AllocDual  *subgradient;
	int64_t		steps = 10000000;
	bool		solved;

	scope_begin(NULL);
	model = generate(n, m, 2, dice(2) > 0);
	model.nbonus = 0;
	p = alloc_build(&env, &model, NULL);
	simplex = alloc_dual_new(p);
	subgradient = alloc_dual_new(p);
	solved = alloc_linear(p, &steps, simplex->lambda, simplex->rho, array(n, sizeof(int)));
	alloc_dual_offer(simplex);
	alloc_dual_run(subgradient, 0, false, 400000);
	/* without a plan that keeps the rules, as some have none, either bound can fall for ever */
	if (solved)
		expect(simplex->bound <= subgradient->bound + 0.01 &&
			   simplex->bound >= subgradient->bound - 1 - 0.01 * fabs(subgradient->bound), "the bounds of two methods differ", number, 0);
	linear_solved += solved;
	scope_end(NULL);
}

int
main(int argc, char **argv)
{
	int			smalls = argc > 1 ? atoi(argv[1]) : 300;
	int			larges = argc > 2 ? atoi(argv[2]) : 12;
	int			before;

	state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	printf("1..5\n");
	for (int k = 0; k < smalls; k++)
		small(k);
	printf("%s 1 - %d small instances against all plans\n", failures ? "not ok" : "ok", smalls);
	before = failures;
	for (int k = 0; k < larges; k++)
		large(k);
	printf("%s 2 - %d large instances judged, twice the same\n", failures > before ? "not ok" : "ok", larges);
	before = failures;
	for (int k = 0; k < 10 * larges; k++)
		linear(k);
	expect(linear_solved > 7 * larges || larges == 0, "the linear relaxation is seldom solved", linear_solved, 0);
	printf("%s 3 - %d linear relaxations against subgradients, %d solved\n", failures > before ? "not ok" : "ok", 10 * larges, linear_solved);
	printf("%s 4 - the solver polled for cancellation\n", polls > 0 ? "ok" : "not ok");
	before = failures;
	expect(relaxations > smalls / 4 || smalls == 0, "the semidefinite bound is seldom below the linear one", relaxations, 0);
	expect(cuts > smalls || smalls == 0, "there are few cuts", cuts, 0);
	printf("%s 5 - the semidefinite bound was below the linear one %d times\n", failures > before ? "not ok" : "ok", relaxations);
	return failures ? 1 : 0;
}
