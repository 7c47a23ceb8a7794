/*
 * allocation_content.h
 *	  Contents: the sets of items that one city can hold under all its rules, worth their profits and the bonuses between them.
 *
 * Where cities hold few items, the best content at given prices of the items is found exactly, and all contents near the best can be
 * listed. The sum of the prices and of the best contents,
 *	   L(u) = sum_i u_i + sum_j max over contents S of j (profit(S, j) + bonuses inside S - u(S))
 * bounds every plan. It is the strongest bound that pricing the items can give: counts, capacities, bonuses and institutions kept apart are
 * all exact inside a city.
 */
#ifndef INNOCITY_ALLOCATION_CONTENT_H
#define INNOCITY_ALLOCATION_CONTENT_H

#include "decision/allocation_master.h"

/* Most institutions in a city for which contents are searched. */
#define CONTENT_MOST	16

/* The candidates of one level of the search with bonuses, by what a content with them can be worth. */
typedef struct AllocSieve
{
	int			count;
	int		   *candidate;		/* [n] */
	double	   *worth;			/* [n] */
} AllocSieve;

typedef struct AllocContents
{
	const AllocProblem *p;
	int64_t		lo;				/* institutions in the city in hand */
	int64_t		hi;
	int			city;
	const double *u;
	double	   *mate;			/* [n] bonuses with the items chosen: whole numbers, so that undoing is exact */
	int		   *place;			/* [n] whether chosen */
	double	   *base;			/* [n] profit less price in the city in hand */
	int		   *candidate;		/* [n] by falling key */
	double	   *key;
	int			candidates;
	int64_t    *used;			/* [nrow] */
	int			chosen[CONTENT_MOST + 1];
	int			size;
	double		threshold;		/* only contents above it count */
	int		  **best;			/* [m] best content of a city, kept to begin the next search with */
	int		   *best_size;		/* [m] -1: none known */
	AllocPool  *pool;			/* listing: where to; NULL: looking for the best */
	int			pool_limit;
	int64_t		nodes;
	int64_t		node_limit;
	int64_t		work;			/* elementary operations of the search with bonuses */
	int64_t		work_limit;
	int64_t		spent;			/* steps of the last search */
	bool		tired;
	AllocSieve	sieve[CONTENT_MOST + 1];	/* from here on only with bonuses */
	double	   *top;			/* [n * (CONTENT_MOST + 1)] sums of an item's largest bonuses with candidates */
	uint8_t    *open;			/* [n] whether a candidate of the level in hand */
	uint8_t    *mark;			/* [n] scratch */
	int		   *sorted;			/* [n] scratch */
	double	   *sorted_key;
	double		rest;			/* bound on the contents that are not searched through */
} AllocContents;

/* Items and cities for which the relaxation is solved: its inverse stays below 32 MB. */
#define CONTENT_ROWS	2000

/* Do cities hold few enough, and is every rule about one city? */
extern bool alloc_contents_fit(const AllocProblem *p);

extern AllocContents *alloc_contents_new(const AllocProblem *p);

/*
 * The best content of city j at prices u, into best[j]; returns its worth or more (when the search grew too long, INFINITY at worst);
 * -INFINITY: none. At most about so many steps are used; c->spent says how many.
 */
extern double alloc_contents_best(AllocContents *c, int j, const double *u, int64_t steps);

/* Append all contents of city j worth more than threshold at prices u; false: too many, or not within the steps. */
extern bool alloc_contents_list(AllocContents *c, int j, const double *u, double threshold, AllocPool *pool, int limit, int64_t steps);

/* Put item i in, or take the last one out; false (and nothing done) when a rule forbids it. */
extern bool alloc_contents_add(AllocContents *c, int i, int64_t left);
extern void alloc_contents_drop(AllocContents *c);

/* What is chosen is a content above the threshold if it has the least numbers: keep or list it. */
extern void alloc_contents_accept(AllocContents *c, double value);

/* How many items must still come to count institutions. */
extern int64_t alloc_contents_forced(const AllocContents *c, int64_t count);

/* allocation_content_pair.c: the search with bonuses. Returns a bound on the contents above the threshold that it did not come to. */
extern void alloc_contents_pair_new(AllocContents *c);
extern double alloc_contents_pair_search(AllocContents *c);

extern AllocPool *alloc_pool_new(const AllocEnv *env, int room);

/* Better plans and a better bound by contents, where they fit and a plan is known; see alloc_exact for the arguments. */
extern bool alloc_partition(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound);

#endif							/* INNOCITY_ALLOCATION_CONTENT_H */
