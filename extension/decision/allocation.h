/*
 * allocation.h
 *	  Which institution goes to which city: model, solver and judge, as plain C without server headers.
 *
 * Each of n institutions goes to exactly one of m cities. The value of a plan is the sum of the scores of its cells and of the
 * bonuses of the pairs that share a city; it is to be as large as possible under the rules. Everything is numbered from 0 in the order
 * of the ids, so that a result depends on (model, seed, effort) alone. Values are whole numbers of one unit (the caller scales), and
 * the sum of their magnitudes is at most ALLOC_MAX_TOTAL, so that sums are exact in int64 and in double.
 *
 * Memory comes from AllocEnv and is never given back piece by piece, only scope by scope, and the rest by the caller. poll() is called
 * at least every few milliseconds and may leave by longjmp.
 */
#ifndef INNOCITY_ALLOCATION_H
#define INNOCITY_ALLOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The score of a cell that is not in the input: this institution cannot go to this city. */
#define ALLOC_ABSENT		INT64_MIN

/* "No limit" for capacities and counts. */
#define ALLOC_NO_LIMIT		INT64_MAX

/* Sum of the magnitudes of all values: whole numbers up to here are exact in double. */
#define ALLOC_MAX_TOTAL		(INT64_C(1) << 52)

/* Institutions x cities: a dense array of 8 bytes a cell, three times, stays below half a gigabyte. */
#define ALLOC_MAX_CELLS		16000000

typedef struct AllocEnv
{
	void	   *(*alloc) (void *context, size_t size);	/* zeroed, never NULL */
	void		(*begin) (void *context);	/* what is allocated from here ... */
	void		(*end) (void *context); /* ... to here is given back; scopes nest */
	void		(*poll) (void *context);
	void	   *context;
} AllocEnv;

typedef enum AllocRuleKind
{
	ALLOC_FORCED,				/* institution goes to city */
	ALLOC_FORBIDDEN,			/* institution does not go to city */
	ALLOC_TOGETHER,				/* institution and other share a city */
	ALLOC_APART,				/* institution and other do not */
	ALLOC_MOVE_GROUP,			/* institutions of a move group share a city */
	ALLOC_CAPACITY,				/* headcount of a city */
	ALLOC_MAX_COUNT,
	ALLOC_MIN_COUNT,
	ALLOC_QUOTA_MIN,
	ALLOC_QUOTA_MAX,
	ALLOC_CELL,					/* only cells of the input can be used */
	ALLOC_ASSIGNED				/* every institution exactly once */
} AllocRuleKind;

typedef struct AllocBonus
{
	int			a;
	int			b;
	int64_t		value;			/* may be negative: a price for sharing a city */
} AllocBonus;

/* One of the first four kinds; other is -1 or city is -1, by kind. */
typedef struct AllocRule
{
	AllocRuleKind kind;
	int			institution;
	int			city;
	int			other;
} AllocRule;

/* Institutions of one category (-1: of any) in one city or one province (the other is -1). */
typedef struct AllocQuota
{
	int			city;
	int			province;
	int			category;
	int64_t		min_count;		/* 0: none */
	int64_t		max_count;		/* ALLOC_NO_LIMIT: none */
} AllocQuota;

typedef struct AllocModel
{
	int			n;
	int			m;
	int			ncategory;
	int			nprovince;
	int			ngroup;
	int			nbonus;
	int			nrule;
	int			nquota;
	const int64_t *headcount;	/* [n], -1 = unknown: counts as a place only */
	const int  *category;		/* [n], -1 = none */
	const int  *group;			/* [n], -1 = none */
	const int64_t *score;		/* [n * m], institution by institution */
	const int64_t *capacity;	/* [m] */
	const int64_t *max_count;	/* [m] */
	const int64_t *min_count;	/* [m] */
	const int  *province;		/* [m], -1 = none */
	const AllocBonus *bonus;
	const AllocRule *rule;
	const AllocQuota *quota;
} AllocModel;

typedef enum AllocStatus
{
	ALLOC_OPTIMAL,
	ALLOC_FEASIBLE,				/* a plan, and a bound above it */
	ALLOC_INFEASIBLE,			/* proven: no plan keeps all rules */
	ALLOC_UNKNOWN				/* neither a plan nor a proof within the effort */
} AllocStatus;

/* One rule with what it allows and what a plan uses; also one member of a conflicting set. Unused numbers are -1. */
typedef struct AllocFinding
{
	AllocRuleKind kind;
	int			institution;
	int			other;
	int			city;
	int			quota;
	int			group;
	int64_t		used;
	int64_t		limit;
	double		price;			/* units of value that one more unit of the limit would bring, by the dual bound */
} AllocFinding;

/* What an institution's next best place would cost, all others staying but for one that changes with it. */
typedef struct AllocAlternative
{
	int			city;			/* -1: no rule-abiding change of at most two institutions (or move groups) */
	int			exchange;		/* an institution that goes the other way, or -1 */
	int64_t		cost;			/* value lost; negative only in a plan that can be improved by this one step */
} AllocAlternative;

typedef struct AllocResult
{
	AllocStatus status;
	int		   *city;			/* [n], or NULL without a plan */
	int64_t		objective;
	bool		has_bound;
	int64_t		bound;			/* no plan is worth more */
	int			nfinding;		/* binding rules with prices; the conflicting set when infeasible */
	AllocFinding *finding;
	AllocAlternative *alternative;	/* [n], or NULL without a plan */
} AllocResult;

/*
 * Solve. effort is the number of elementary steps (one step = one move of the search, some 100-300 ns); start is a plan to begin with
 * ([n], -1 = unknown) or NULL. The model must be valid: indices in range, values within ALLOC_MAX_TOTAL.
 */
extern void alloc_solve(const AllocEnv *env, const AllocModel *model, const int *start, int64_t effort, uint64_t seed,
						AllocResult *result);

/*
 * Judge a plan ([n], -1 = not assigned) by the model alone: the broken rules, each with used and limit; returns their number. value
 * (may be NULL) gets the sum of scores and bonuses, absent cells counting 0.
 */
extern int	alloc_check(const AllocEnv *env, const AllocModel *model, const int *plan, AllocFinding **broken, int64_t *value);

/* The name of a rule kind in SQL; static storage. */
extern const char *alloc_rule_name(AllocRuleKind kind);

/*
 * The model as free-format MPS text for outside solvers, objective to be minimised (values negated): columns x_i_j and y_a_b_j, with
 * the rows sum_k y_ikj <= (most institutions in j - 1) x_ij that keep the linear relaxation tight. emit() receives the pieces.
 */
extern void alloc_mps(const AllocEnv *env, const AllocModel *model, void (*emit) (void *sink, const char *text, size_t len), void *sink);

#endif							/* INNOCITY_ALLOCATION_H */
