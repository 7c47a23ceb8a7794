/*
 * allocation_neighbourhood.c
 *	  Better plans by solving a few cities at a time: all items but some of two or more related cities stay where they are, and branch and
 *	  bound places those best. Where cities hold few items this mends what single moves cannot.
 */
#include "decision/allocation_exact.h"

#include <string.h>

#include "base/prng.h"

/* Free items: at first, at least, at most. */
#define FREE_START	14
#define FREE_MIN	6
#define FREE_MAX	90

/* Steps for one neighbourhood, beside what the items that stay cost. */
#define BUDGET		12000

/* The stream of random numbers, apart from those of the search. */
#define STREAM		UINT64_C(0x6e656967)

typedef struct Near
{
	AllocExact *x;
	Prng		random;
	int		   *start;			/* [m + 2] into list: the items of a city in the best plan */
	int		   *list;
	uint8_t    *in;				/* [m] the city belongs to the neighbourhood */
	int		   *city;			/* its cities */
	int			cities;
	int		   *free;			/* its items */
	int			frees;
} Near;

static int
below(Near *near, int n)
{
	return (int) (((prng_next(&near->random) >> 32) * (uint64_t) n) >> 32);
}

/* Item i stays in its city, as far as the cells go. */
static void
settle(AllocExact *x, int i)
{
	int			m = x->p->m;
	int			j = x->s->best[i];

	memset(x->alive + (size_t) i * m, 0, m);
	x->alive[(size_t) i * m + j] = 1;
	x->choices[i] = 1;
	x->choice_sum[i] = j;
}

static void
list_items(Near *near)
{
	const AllocProblem *p = near->x->p;
	const int  *city = near->x->s->best;

	memset(near->start, 0, (p->m + 2) * sizeof(int));
	for (int i = 0; i < p->n; i++)
		near->start[city[i] + 2]++;
	for (int j = 0; j < p->m; j++)
		near->start[j + 2] += near->start[j + 1];
	for (int i = 0; i < p->n; i++)
		near->list[near->start[city[i] + 1]++] = i;
}

static void
add_city(Near *near, int j)
{
	near->in[j] = 1;
	near->city[near->cities++] = j;
}

/* A random item's city, then cities that items of those already in would like, until there are items enough. */
static void
choose(Near *near, int wanted)
{
	const AllocProblem *p = near->x->p;
	const AllocSearch *s = near->x->s;
	int			reach = s->ncandidate < 8 ? s->ncandidate : 8;
	int			total;
	int			tries = 0;

	memset(near->in, 0, p->m);
	near->cities = 0;
	near->frees = 0;
	add_city(near, s->best[below(near, p->n)]);
	total = near->start[near->city[0] + 1] - near->start[near->city[0]];
	while (near->cities < p->m && (near->cities < 2 || total < wanted) && tries++ < 200)
	{
		int			q = near->city[below(near, near->cities)];
		int			count = near->start[q + 1] - near->start[q];
		int			j = below(near, p->m);

		if (count > 0 && below(near, 8) > 0)
			j = s->candidate[(size_t) near->list[near->start[q] + below(near, count)] * s->ncandidate + below(near, reach)];
		if (near->in[j])
			continue;
		add_city(near, j);
		total += near->start[j + 1] - near->start[j];
	}
	for (int c = 0; c < near->cities; c++)
		for (int t = near->start[near->city[c]]; t < near->start[near->city[c] + 1]; t++)
			near->free[near->frees++] = near->list[t];
	/* more than wanted, as where cities hold many: a random part of them */
	for (int k = near->frees; near->frees > wanted; k--)
	{
		int			out = below(near, k);

		near->free[out] = near->free[k - 1];
		near->frees--;
	}
}

void
alloc_neighbourhoods(AllocExact *x, int64_t steps)
{
	const AllocProblem *p = x->p;
	AllocSearch *s = x->s;
	Near		near = {.x = x};
	double	   *u = alloc_array(p->env, p->n, sizeof(double));
	double	   *rho = alloc_array(p->env, p->nrow, sizeof(double));
	int64_t		rest = x->steps - steps;
	int			wanted = FREE_START;

	prng_seed(&near.random, s->seed, STREAM);
	near.start = alloc_array(p->env, p->m + 2, sizeof(int));
	near.list = alloc_array(p->env, p->n, sizeof(int));
	near.in = alloc_array(p->env, p->m, 1);
	near.city = alloc_array(p->env, p->m, sizeof(int));
	near.free = alloc_array(p->env, p->n, sizeof(int));
	memcpy(u, x->u, p->n * sizeof(double));
	memcpy(rho, x->rho, p->nrow * sizeof(double));
	x->trail_size = 0;
	memset(x->items, 0, p->m * sizeof(int));
	for (int i = 0; i < p->n; i++)
		settle(x, i);
	list_items(&near);

	while (steps > 0 && p->m > 1 && p->n > 1 && s->best_value < s->target)
	{
		int64_t		value = s->best_value;
		int64_t		budget = BUDGET + 4 * (int64_t) p->n;

		choose(&near, wanted);
		for (int k = 0; k < near.frees; k++)
		{
			int			i = near.free[k];

			for (int c = 0; c < near.cities; c++)
			{
				int			j = near.city[c];

				if (!alloc_allowed(p, i, j))
					continue;
				x->item[j][x->items[j]++] = i;
				if (j == s->best[i])
					continue;
				x->alive[(size_t) i * p->m + j] = 1;
				x->choices[i]++;
				x->choice_sum[i] += j;
			}
		}
		x->steps = budget;
		x->cut_short = false;
		alloc_exact_explore(x, 1);
		steps -= budget - x->steps + 1 + p->n / 16;
		if (x->cut_short)
			wanted = wanted - 1 > FREE_MIN ? wanted - 1 : FREE_MIN;
		else if (x->steps > budget / 2 && wanted < FREE_MAX)
			wanted++;
		for (int c = 0; c < near.cities; c++)
			x->items[near.city[c]] = 0;
		for (int k = 0; k < near.frees; k++)
			settle(x, near.free[k]);
		memcpy(x->u, u, p->n * sizeof(double));
		memcpy(x->rho, rho, p->nrow * sizeof(double));
		if (s->best_value > value)
			list_items(&near);
	}
	x->cut_short = false;
	x->steps = rest + (steps > 0 ? steps : 0);
	alloc_exact_revive(x);
}
