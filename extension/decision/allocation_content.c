/*
 * allocation_content.c
 *	  The best contents of a city, by depth-first search. See allocation_content.h.
 *
 * Without bonuses a content of r more items is worth at most the r largest profits less prices, in whose order items are taken. With bonuses
 * the search is that of allocation_content_pair.c.
 */
#include "decision/allocation_content.h"

#include <math.h>
#include <string.h>

/* Nodes of one search for the best content before its first bound must do. */
#define SEARCH_NODES	40000

/* Nodes of one listing. */
#define LIST_NODES		4000000

/* Nodes without bonuses, and elementary operations with them, that cost as much as one step. */
#define STEP_NODES		40
#define STEP_WORK		160

/* A node counts as so many elementary operations with bonuses. */
#define NODE_WORK		400

/* Mean number of institutions a city may hold for the search to pay. */
#define MEAN_MOST		8

AllocPool *
alloc_pool_new(const AllocEnv *env, int room)
{
	AllocPool  *pool = alloc_array(env, 1, sizeof(AllocPool));

	pool->room = room;
	pool->entry_room = room * 6;
	pool->city = alloc_array(env, room, sizeof(int));
	pool->start = alloc_array(env, room + 1, sizeof(int));
	pool->item = alloc_array(env, pool->entry_room, sizeof(int));
	pool->value = alloc_array(env, room, sizeof(int64_t));
	return pool;
}

bool
alloc_contents_fit(const AllocProblem *p)
{
	int64_t		sum = 0;

	if (p->n + p->m > CONTENT_ROWS)
		return false;
	for (int r = 0; r < p->nrow; r++)
		if (p->row[r].ncity > 1)
			return false;
	for (int j = 0; j < p->m; j++)
	{
		if (p->partner_max[j] > CONTENT_MOST)
			return false;
		sum += p->partner_max[j];
	}
	return sum <= (int64_t) MEAN_MOST * p->m;
}

AllocContents *
alloc_contents_new(const AllocProblem *p)
{
	const AllocEnv *env = p->env;
	AllocContents *c;

	c = alloc_array(env, 1, sizeof(AllocContents));
	c->p = p;
	c->mate = alloc_array(env, p->n, sizeof(double));
	c->place = alloc_array(env, p->n, sizeof(int));
	c->base = alloc_array(env, p->n, sizeof(double));
	c->candidate = alloc_array(env, p->n, sizeof(int));
	c->key = alloc_array(env, p->n, sizeof(double));
	c->used = alloc_array(env, p->nrow, sizeof(int64_t));
	c->best = alloc_array(env, p->m, sizeof(int *));
	c->best_size = alloc_array(env, p->m, sizeof(int));
	for (int j = 0; j < p->m; j++)
	{
		c->best[j] = alloc_array(env, CONTENT_MOST + 1, sizeof(int));
		c->best_size[j] = -1;
	}
	if (p->nedge > 0)
		alloc_contents_pair_new(c);
	return c;
}

/* Put item i in or take it out; false (and nothing done) when a rule forbids it. */
bool
alloc_contents_add(AllocContents *c, int i, int64_t left)
{
	const AllocProblem *p = c->p;

	if (p->weight[i] > left || c->size >= CONTENT_MOST)
		return false;
	for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
		if (c->place[p->apart_item[t]])
			return false;
	for (int t = p->row_start[c->city]; t < p->row_start[c->city + 1]; t++)
	{
		int			r = p->city_row[t];

		if (c->used[r] + alloc_coefficient(p, i, p->row[r].category) > p->row[r].hi)
			return false;
	}
	for (int t = p->row_start[c->city]; t < p->row_start[c->city + 1]; t++)
		c->used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		c->mate[p->adj_item[t]] += (double) p->adj_value[t];
	c->place[i] = 1;
	c->chosen[c->size++] = i;
	return true;
}

void
alloc_contents_drop(AllocContents *c)
{
	const AllocProblem *p = c->p;
	int			i = c->chosen[--c->size];

	c->place[i] = 0;
	for (int t = p->row_start[c->city]; t < p->row_start[c->city + 1]; t++)
		c->used[p->city_row[t]] -= alloc_coefficient(p, i, p->row[p->city_row[t]].category);
	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		c->mate[p->adj_item[t]] -= (double) p->adj_value[t];
}

void
alloc_contents_accept(AllocContents *c, double value)
{
	const AllocProblem *p = c->p;
	AllocPool  *pool = c->pool;
	int64_t		worth = 0;

	for (int t = p->row_start[c->city]; t < p->row_start[c->city + 1]; t++)
		if (c->used[p->city_row[t]] < p->row[p->city_row[t]].lo)
			return;
	if (pool == NULL)
	{
		c->threshold = value;
		c->best_size[c->city] = c->size;
		memcpy(c->best[c->city], c->chosen, c->size * sizeof(int));
		return;
	}
	if (pool->count >= c->pool_limit || pool->entries + c->size > pool->entry_room)
	{
		c->tired = true;
		return;
	}
	for (int x = 0; x < c->size; x++)
	{
		int			i = c->chosen[x];

		/* mate counts each bonus inside at both ends */
		worth += 2 * p->profit[(size_t) i * p->m + c->city] + (int64_t) c->mate[i];
		pool->item[pool->entries++] = i;
	}
	pool->city[pool->count] = c->city;
	pool->value[pool->count++] = worth / 2;
	pool->start[pool->count] = pool->entries;
}

/* The sum of the count largest keys among candidates from at on, all of the first forced ones, and of others only what is above 0. */
static double
top_keys(const AllocContents *c, int at, int64_t count, int64_t forced)
{
	double		top[CONTENT_MOST + 1];
	int			size = 0;
	double		sum = 0;

	for (int t = at; t < c->candidates && count > 0; t++)
	{
		double		key = c->base[c->candidate[t]];
		int			k;

		if (size == count && key <= top[size - 1])
			continue;
		if (size < count)
			size++;
		for (k = size - 1; k > 0 && top[k - 1] < key; k--)
			top[k] = top[k - 1];
		top[k] = key;
	}
	if (size < forced)
		return -INFINITY;
	for (int k = 0; k < size; k++)
		if (k < forced || top[k] > 0)
			sum += top[k];
	return sum;
}

/* How many items must still come: at least one while institutions are missing, as many as are missing where each item is one. */
int64_t
alloc_contents_forced(const AllocContents *c, int64_t count)
{
	int64_t		missing = c->lo - count;

	return missing <= 0 ? 0 : c->p->n == c->p->model->n ? missing : 1;
}

static void
extend(AllocContents *c, int at, int64_t count, int64_t left, double value)
{
	const AllocProblem *p = c->p;
	int64_t		more = c->hi - count;
	int64_t		forced = alloc_contents_forced(c, count);

	if (count >= c->lo && value > c->threshold)
		alloc_contents_accept(c, value);
	if (more <= 0)
		return;
	for (int t = at; t < c->candidates && !c->tired; t++)
	{
		int			i = c->candidate[t];
		double		others = 0;

		for (int64_t k = 1; k < more && t + k < c->candidates; k++)
		{
			double		next = c->key[t + k];

			if (next <= 0 && k >= forced)
				break;
			others += next;
		}
		if (t + forced > c->candidates || value + c->base[i] + others <= c->threshold)
			return;
		if (++c->nodes > c->node_limit)
		{
			c->tired = true;
			return;
		}
		if (count + p->size[i] > c->hi || !alloc_contents_add(c, i, left))
			continue;
		extend(c, t + 1, count + p->size[i], left == ALLOC_NO_LIMIT ? left : left - p->weight[i], value + c->base[i]);
		alloc_contents_drop(c);
	}
}

/* The candidates of city j whose contents can be above the threshold, by falling key; returns a bound on all contents. */
static double
prepare(AllocContents *c, int j, const double *u)
{
	const AllocProblem *p = c->p;
	int64_t		more;
	int64_t		forced;
	double		others;
	double		bound;
	int			kept = 0;

	c->city = j;
	c->u = u;
	c->lo = 0;
	c->hi = p->partner_max[j];
	c->nodes = 0;
	c->work = 0;
	c->tired = false;
	c->size = 0;
	for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
	{
		const AllocRow *row = &p->row[p->city_row[t]];

		if (row->category < 0 && row->lo > c->lo)
			c->lo = row->lo;
	}
	c->candidates = 0;
	for (int i = 0; i < p->n; i++)
		if (alloc_allowed(p, i, j))
		{
			c->base[i] = (double) p->profit[(size_t) i * p->m + j] - u[i];
			c->candidate[c->candidates++] = i;
		}
	if (p->nedge > 0)
		return INFINITY;		/* is sifted in the search */
	more = c->hi;
	forced = alloc_contents_forced(c, 0);
	if (more == 0)
		return c->lo > 0 ? -INFINITY : 0;
	others = top_keys(c, 0, more - 1, forced - 1);
	bound = top_keys(c, 0, more, forced);
	for (int t = 0; t < c->candidates; t++)
	{
		int			i = c->candidate[t];
		double		key = c->base[i];
		int			at;

		if (key + others <= c->threshold)
			continue;
		for (at = kept++; at > 0 && c->key[at - 1] < key; at--)
		{
			c->key[at] = c->key[at - 1];
			c->candidate[at] = c->candidate[at - 1];
		}
		c->key[at] = key;
		c->candidate[at] = i;
	}
	c->candidates = kept;
	return bound;
}

/* Search with what is prepared, within so many nodes and steps; bound is that on all contents, and returned for what was not searched. */
static double
search(AllocContents *c, double bound, int64_t nodes, int64_t steps)
{
	const AllocProblem *p = c->p;

	steps = steps < 0 ? 0 : steps < LIST_NODES ? steps : LIST_NODES;
	c->node_limit = nodes < steps * STEP_NODES ? nodes : steps * STEP_NODES;
	c->work_limit = nodes * NODE_WORK < steps * STEP_WORK ? nodes * NODE_WORK : steps * STEP_WORK;
	if (p->nedge > 0)
		bound = alloc_contents_pair_search(c);
	else
		extend(c, 0, 0, p->capacity[c->city], 0);
	c->spent = 1 + (p->n + c->nodes) / STEP_NODES + c->work / STEP_WORK;
	return bound;
}

double
alloc_contents_best(AllocContents *c, int j, const double *u, int64_t steps)
{
	const AllocProblem *p = c->p;
	double		bound;

	c->pool = NULL;
	c->threshold = -INFINITY;
	if (c->best_size[j] >= 0)
	{
		/* the last best content is still one: only what is better counts */
		double		value = 0;

		for (int x = 0; x < c->best_size[j]; x++)
		{
			int			i = c->best[j][x];

			value += (double) p->profit[(size_t) i * p->m + j] - u[i];
			for (int t = p->adj_start[i]; p->nedge > 0 && t < p->adj_start[i + 1]; t++)
				for (int y = 0; y < x; y++)
					if (p->adj_item[t] == c->best[j][y])
						value += (double) p->adj_value[t];
		}
		c->threshold = value;
	}
	bound = prepare(c, j, u);
	bound = search(c, bound, SEARCH_NODES, steps);
	return c->tired ? fmax(bound, c->threshold) : c->threshold;
}

bool
alloc_contents_list(AllocContents *c, int j, const double *u, double threshold, AllocPool *pool, int limit, int64_t steps)
{
	c->pool = pool;
	c->pool_limit = limit < pool->room ? limit : pool->room;
	c->threshold = threshold;
	search(c, prepare(c, j, u), LIST_NODES, steps);
	return !c->tired;
}
