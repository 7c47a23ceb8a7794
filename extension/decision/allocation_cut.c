/*
 * allocation_cut.c
 *	  Finding cuts and pricing them. See allocation_cut.h.
 */
#include "decision/allocation_cut.h"

#include <math.h>
#include <string.h>

/* Items that share most with an item are looked at around it; so many of them at most make a cut. */
#define NEAR_MOST		24
#define NEAR_LEAST		0.05
#define STAR_MOST		10

/* Cuts around an item that one look adds at most, and entries of a cut on average. */
#define ADD_MOST		12
#define ENTRIES_MOST	24

/* What is added is violated by so much, in units of its length and of X_kk. */
#define VIOLATION_LEAST	0.005

/* Looks without a price after which a cut is dropped. */
#define IDLE_MOST		3

/* Rounds over the prices of all cuts, to and fro. */
#define SWEEPS			5

typedef struct Star
{
	double		violation;
	uint32_t	members;		/* of the near items */
} Star;

size_t
alloc_cuts_size(int n, int around)
{
	return (size_t) n * around * (ENTRIES_MOST * (sizeof(int) + sizeof(float)) + 36);
}

AllocCuts *
alloc_cuts_new(const AllocEnv *env, int n, int width, int cities, int around)
{
	AllocCuts  *c = env->alloc(env->context, sizeof(AllocCuts));

	c->env = env;
	c->n = n;
	c->width = width;
	c->cities = cities;
	c->room = n * around;
	c->entry_room = c->room * ENTRIES_MOST;
	c->start = env->alloc(env->context, (c->room + 1) * sizeof(int));
	c->cell = env->alloc(env->context, (size_t) c->entry_room * sizeof(int));
	c->coefficient = env->alloc(env->context, (size_t) c->entry_room * sizeof(float));
	c->around = env->alloc(env->context, c->room * sizeof(int));
	c->y = env->alloc(env->context, c->room * sizeof(double));
	c->key = env->alloc(env->context, c->room * sizeof(uint64_t));
	c->idle = env->alloc(env->context, c->room * sizeof(int));
	c->next = env->alloc(env->context, c->room * sizeof(int));
	c->first = env->alloc(env->context, n * sizeof(int));
	c->in_city = env->alloc(env->context, cities * sizeof(double));
	for (int k = 0; k < n; k++)
		c->first[k] = -1;
	return c;
}

static inline void
change(const AllocCuts *c, int cut, double by, double *v)
{
	double		half = 0.5 * by;

	for (int t = c->start[cut]; t < c->start[cut + 1]; t++)
		v[c->cell[t]] -= half * c->coefficient[t];
}

void
alloc_cuts_subtract(const AllocCuts *c, double *v)
{
	for (int cut = 0; cut < c->count; cut++)
		if (c->y[cut] != 0)
			change(c, cut, c->y[cut], v);
}

void
alloc_cuts_sweep(AllocCuts *c, double *v)
{
	for (int sweep = 0; sweep < SWEEPS; sweep++)
	{
		for (int at = 0; at < c->count; at++)
		{
			int			cut = sweep % 2 == 0 ? at : c->count - 1 - at;
			double		pull = 0;
			double		y;

			for (int t = c->start[cut]; t < c->start[cut + 1]; t++)
				pull += c->coefficient[t] * v[c->cell[t]];
			/* an entry off the diagonal has two halves: its square is half */
			y = c->y[cut] + 2 * pull / (c->start[cut + 1] - c->start[cut]);
			y = y < 0 ? y : 0;
			if (y != c->y[cut])
				change(c, cut, y - c->y[cut], v);
			c->y[cut] = y;
		}
		c->env->poll(c->env->context);
	}
}

/* Cuts without a price for some looks leave; the others move up. */
static void
drop_idle(AllocCuts *c)
{
	int			kept = 0;
	int			entries = 0;

	for (int k = 0; k < c->n; k++)
		c->first[k] = -1;
	for (int cut = 0; cut < c->count; cut++)
	{
		int			from = c->start[cut];
		int			size = c->start[cut + 1] - from;
		int			idle = c->y[cut] < 0 ? 0 : c->idle[cut] + 1;
		int			around = c->around[cut];

		if (idle >= IDLE_MOST)
			continue;
		memmove(c->cell + entries, c->cell + from, size * sizeof(int));
		memmove(c->coefficient + entries, c->coefficient + from, size * sizeof(float));
		c->y[kept] = c->y[cut];
		c->key[kept] = c->key[cut];
		c->idle[kept] = idle;
		c->around[kept] = around;
		c->next[kept] = c->first[around];
		c->first[around] = kept;
		/* start[cut + 1] is still to be read: kept is at most cut */
		c->start[kept++] = entries;
		entries += size;
	}
	c->count = kept;
	c->entries = entries;
	c->start[kept] = entries;
}

static void
add_entry(AllocCuts *c, int a, int b, float coefficient)
{
	c->cell[c->entries] = a < b ? a * c->width + b : b * c->width + a;
	c->coefficient[c->entries++] = coefficient;
}

/* The cut of star members around vertex k at x, unless it is there. */
static void
add_star(AllocCuts *c, const double *x, int k, const int *near, int count, uint32_t members)
{
	const double *own = x + (size_t) k * c->width;
	int			from = c->entries;
	uint64_t	key = UINT64_C(0x9e3779b97f4a7c15);

	if (c->count == c->room || c->entries + STAR_MOST * (STAR_MOST + c->cities) > c->entry_room)
		return;
	for (int a = 0; a < count; a++)
	{
		if (!(members >> a & 1))
			continue;
		add_entry(c, k, near[a], 1);
		for (int b = a + 1; b < count; b++)
			if (members >> b & 1)
				add_entry(c, near[a], near[b], -1);
	}
	for (int j = 0; j < c->cities; j++)
	{
		double		sum = 0;

		for (int a = 0; a < count; a++)
			if (members >> a & 1)
				sum += x[(size_t) near[a] * c->width + j];
		if (own[j] <= sum)
			add_entry(c, k, j, -1);
		else
			for (int a = 0; a < count; a++)
				if (members >> a & 1)
					add_entry(c, near[a], j, -1);
	}
	for (int t = from; t < c->entries; t++)
		key = (key ^ (uint64_t) c->cell[t]) * UINT64_C(0xbf58476d1ce4e5b9) + (key >> 29);
	for (int cut = c->first[k]; cut >= 0; cut = c->next[cut])
		if (c->key[cut] == key)
		{
			c->entries = from;
			return;
		}
	c->y[c->count] = 0;
	c->idle[c->count] = 0;
	c->key[c->count] = key;
	c->around[c->count] = k;
	c->next[c->count] = c->first[k];
	c->first[k] = c->count++;
	c->start[c->count] = c->entries;
}

/* From each of the near items a star is grown by what raises its violation most; the best ones are kept. */
static int
find_stars(AllocCuts *c, const double *x, int k, const int *near, int count, Star *best)
{
	const double *own = x + (size_t) k * c->width;
	int			found = 0;

	for (int seed = 0; seed < count; seed++)
	{
		double		inner[NEAR_MOST] = {0};
		double		left = 0;
		Star		star = {0};
		Star		top = {0};
		int			take = seed;

		memset(c->in_city, 0, c->cities * sizeof(double));
		for (int size = 1; size <= STAR_MOST && take >= 0; size++)
		{
			const double *other = x + (size_t) near[take] * c->width;
			double		right = 0;
			int			terms = size * (size + 1) / 2;
			double		most = -INFINITY;

			left += own[near[take]] - inner[take];
			star.members |= UINT32_C(1) << take;
			for (int j = 0; j < c->cities; j++)
			{
				c->in_city[j] += other[j];
				right += own[j] < c->in_city[j] ? own[j] : c->in_city[j];
				terms += own[j] <= c->in_city[j] ? 1 : size;
			}
			star.violation = (left - right) / sqrt(0.5 * terms);
			if (star.violation > top.violation)
				top = star;
			for (int a = 0; a < count; a++)
				inner[a] += other[near[a]];
			take = -1;
			for (int a = 0; a < count && size < STAR_MOST; a++)
			{
				double		gain = own[near[a]] - inner[a];

				if ((star.members >> a & 1) || gain <= 0)
					continue;
				other = x + (size_t) near[a] * c->width;
				for (int j = 0; j < c->cities; j++)
				{
					double		sum = c->in_city[j] + other[j];

					gain -= (own[j] < sum ? own[j] : sum) - (own[j] < c->in_city[j] ? own[j] : c->in_city[j]);
				}
				if (gain > most)
				{
					most = gain;
					take = a;
				}
			}
		}
		if (top.violation > VIOLATION_LEAST * own[k] && (found < ADD_MOST || top.violation > best[found - 1].violation))
		{
			int			at;

			for (at = 0; at < found && best[at].members != top.members; at++)
				;
			if (at < found)
				continue;
			if (found < ADD_MOST)
				found++;
			for (at = found - 1; at > 0 && best[at - 1].violation < top.violation; at--)
				best[at] = best[at - 1];
			best[at] = top;
		}
	}
	return found;
}

void
alloc_cuts_renew(AllocCuts *c, const double *x)
{
	drop_idle(c);
	for (int k = c->cities; k < c->n; k++)
	{
		const double *own = x + (size_t) k * c->width;
		int			near[NEAR_MOST];
		int			count = 0;
		Star		best[ADD_MOST];
		int			found;

		for (int i = c->cities; i < c->n; i++)
		{
			int			at;

			if (i == k || own[i] < NEAR_LEAST * own[k] || (count == NEAR_MOST && own[i] <= own[near[count - 1]]))
				continue;
			if (count < NEAR_MOST)
				count++;
			for (at = count - 1; at > 0 && own[near[at - 1]] < own[i]; at--)
				near[at] = near[at - 1];
			near[at] = i;
		}
		found = find_stars(c, x, k, near, count, best);
		for (int s = 0; s < found; s++)
			add_star(c, x, k, near, count, best[s].members);
		if ((k & 7) == 0)
			c->env->poll(c->env->context);
	}
}
