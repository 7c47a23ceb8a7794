/*
 * allocation_problem.h
 *	  The allocation problem after presolve, and the parts of the solver: search, dual bound, exact finish.
 *
 * Institutions that must move together are one item. Cells that no plan can use are absent. Every rule that counts institutions
 * (most and least of a city, quotas of a city or a province, by category or not) is a row: lo <= sum of coefficients <= hi over the items
 * in the row's cities. Capacities count headcount. All arrays live as long as the solve.
 */
#ifndef INNOCITY_ALLOCATION_PROBLEM_H
#define INNOCITY_ALLOCATION_PROBLEM_H

#include "decision/allocation.h"

typedef struct AllocRow
{
	int64_t		lo;
	int64_t		hi;				/* ALLOC_NO_LIMIT: none */
	int			category;		/* -1: any */
	int			ncity;
	const int  *city;
	int			quota;			/* the quota it came from, or -1: most and least of city[0] */
} AllocRow;

typedef struct AllocProblem
{
	const AllocEnv *env;
	const AllocModel *model;
	int			n;				/* items */
	int			m;
	int			nrow;
	int			ncategory;
	int		   *member_start;	/* [n + 1] into member: the institutions of an item, ascending */
	int		   *member;
	int		   *item_of;		/* [institutions] */
	int64_t    *weight;			/* headcount of an item */
	int		   *size;			/* institutions in an item */
	int		   *cat_start;		/* [n + 1] into cat and cat_count: the categories of an item */
	int		   *cat;
	int		   *cat_count;
	int64_t    *profit;			/* [n * m], ALLOC_ABSENT where no plan can go */
	int64_t    *capacity;		/* [m] */
	AllocRow   *row;
	int		   *row_start;		/* [m + 1] into city_row: the rows of a city */
	int		   *city_row;
	uint8_t    *row_has;		/* [nrow * m] */
	int			nedge;			/* bonuses between items, ascending by (a, b), a < b */
	int		   *edge_a;
	int		   *edge_b;
	int64_t    *edge_value;
	int		   *adj_start;		/* [n + 1] into adj_*: each edge twice */
	int		   *adj_item;
	int		   *adj_edge;
	int64_t    *adj_value;
	int		   *apart_start;	/* [n + 1] into apart_item: items that must not share a city */
	int		   *apart_item;
	int64_t		constant;		/* bonuses inside items */
	double		gross;			/* magnitude of all values a plan can be made of: what rounding errors of bounds are measured by */
	int64_t    *partner_max;	/* [m] most institutions that a city can hold */
} AllocProblem;

/* Rules numbered through, so that the search for a conflicting set can leave some out. */
extern int	alloc_rule_count(const AllocModel *model);
extern AllocFinding alloc_rule_at(const AllocModel *model, int number);

/* Build the problem without the rules that are off (NULL: with all). */
extern AllocProblem *alloc_build(const AllocEnv *env, const AllocModel *model, const uint8_t *off);

/*
 * Is it proven that no plan keeps the rules? At most so many steps are spent; *steps is what is left. When a plan that keeps them was met
 * on the way it is in plan ([items], may be NULL) and *found is set.
 */
extern bool alloc_infeasible(const AllocProblem *problem, int64_t *steps, int *plan, bool *found);

/*
 * A small set of rules that cannot be kept together, into result's findings: found by leaving out rules while the rest is still proven
 * infeasible, so each one that stays is needed for the proof (unless the steps run out first).
 */
extern void alloc_conflict(const AllocEnv *env, const AllocModel *model, int64_t steps, AllocResult *result);

/* How many institutions of the row's category an item brings. */
static inline int
alloc_coefficient(const AllocProblem *p, int item, int category)
{
	if (category < 0)
		return p->size[item];
	for (int k = p->cat_start[item]; k < p->cat_start[item + 1]; k++)
		if (p->cat[k] == category)
			return p->cat_count[k];
	return 0;
}

static inline bool
alloc_allowed(const AllocProblem *p, int item, int city)
{
	return p->profit[(size_t) item * p->m + city] != ALLOC_ABSENT;
}

static inline void *
alloc_array(const AllocEnv *env, size_t count, size_t size)
{
	return env->alloc(env->context, (count > 0 ? count : 1) * size);
}

/* Value of a complete plan of items, and whether it keeps all rules. */
extern int64_t alloc_value(const AllocProblem *p, const int *city);
extern bool alloc_feasible(const AllocProblem *p, const int *city);

/*
 * Dual bound. Multipliers price capacity and rows; what an item is worth in a city is its profit less those prices plus the best partners
 * it can have there, each bonus being split between its two ends: at most partner_max - 1 of them, because a bonus needs its partner in
 * the same city. Every choice of multipliers gives a bound; allocation_dual.c improves them by subgradients.
 */
typedef struct AllocDual
{
	const AllocProblem *p;
	double	   *lambda;			/* [m] price of one head, >= 0 */
	double	   *rho;			/* [nrow] price of one place: > 0 at hi, < 0 at lo */
	float	   *split;			/* [nedge * m] the share of edge_a, or NULL: halves */
	double		bound;			/* best so far, rounding errors allowed for: no plan is worth more */
	bool		optimal;		/* lambda and rho are the best there are */
	float	   *reduced;		/* [n * m] loss against the item's best city at the best multipliers; INFINITY if absent */
	double	   *partner;		/* [n * m] worth of the best partners at the best multipliers, or NULL without bonuses */
	struct AllocDualWork *work;
} AllocDual;

extern AllocDual *alloc_dual_new(const AllocProblem *p);

/* Improve the bound; incumbent is the value to aim at (has_incumbent false: unknown). Returns steps used. */
extern int64_t alloc_dual_run(AllocDual *d, int64_t incumbent, bool has_incumbent, int64_t steps);

/* Take lambda and rho as they stand into the bound; they are kept if they are the best so far. */
extern void alloc_dual_offer(AllocDual *d);

/*
 * The best prices without bonuses, and the city that has most of each item in the linear relaxation. False: not solved within the steps
 * (lambda and rho are still fit for a bound, city is untouched). *steps is what is left.
 */
extern bool alloc_linear(const AllocProblem *p, int64_t *steps, double *lambda, double *rho, int *city);

/* Added price of an item in a city: the rows' multipliers by category; table is [(ncategory + 1) * m]. */
extern void alloc_row_prices(const AllocProblem *p, const double *rho, double *table);

static inline double
alloc_row_price(const AllocProblem *p, const double *table, int item, int city)
{
	double		price = table[city] * p->size[item];

	for (int k = p->cat_start[item]; k < p->cat_start[item + 1]; k++)
		price += table[(size_t) (p->cat[k] + 1) * p->m + city] * p->cat_count[k];
	return price;
}

/* Local search. best is in and out: a plan to start from (best_value, feasible), or has_best false. */
typedef struct AllocSearch
{
	const AllocProblem *p;
	uint64_t	seed;
	uint64_t	stream;
	bool		has_best;
	int64_t		best_value;
	int		   *best;			/* [n] */
	int		   *start;			/* [n] where a round begins when there is no best */
	int			ncandidate;
	int		   *candidate;		/* [n * ncandidate] cities by reduced cost */
	int64_t		target;			/* stop when reached: the floor of the bound */
	double		spread;
	struct Walk *walk;			/* state kept between rounds: the penalties that were learnt */
} AllocSearch;

extern AllocSearch *alloc_search_new(const AllocProblem *p, uint64_t seed);
extern void alloc_search_candidates(AllocSearch *s, const float *reduced);
extern int64_t alloc_search_run(AllocSearch *s, int64_t steps, double heat);

/*
 * Exact finish by knapsack bounds, reduced-cost fixing and branching: true when it is proven that no plan beats the best one of the
 * search, which is replaced as better ones are met. *bound: no plan is worth more. *steps is what is left.
 */
extern bool alloc_exact(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound);

/*
 * A better bound where bonuses are many: a semidefinite relaxation of each city (allocation_semidefinite.c), with a plan known. *bound and *steps are
 * in and out. It fits when its matrices stay small.
 */
extern bool alloc_semidefinite_fits(const AllocProblem *p);
extern void alloc_semidefinite(const AllocDual *d, const AllocSearch *s, int64_t *steps, double *bound);

/* The rules that bind a plan of items, with the prices of the dual bound, into result's findings. */
extern void alloc_prices(const AllocDual *d, const int *city, AllocResult *result);

/* The best change of each item away from its city (see AllocAlternative; exchange is an item). */
extern void alloc_alternatives(const AllocProblem *p, const int *city, const int *candidate, int ncandidate,
							   AllocAlternative *alternative);

#endif							/* INNOCITY_ALLOCATION_PROBLEM_H */
