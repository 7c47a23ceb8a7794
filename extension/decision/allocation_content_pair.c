/*
 * allocation_content_pair.c
 *	  The best contents of a city where pairs of items bring bonuses: depth-first search over sifted candidates. See allocation_content.h.
 *
 * A content of r more items is worth at most the sum of their keys: profit less price, bonuses with the items chosen, and half of the r - 1
 * largest bonuses with other candidates, since each bonus inside has two ends. Sifting drops the candidates with which no content can pass
 * the threshold; what is dropped takes its bonuses from the keys of the others, so it is repeated. A node asks whether the candidate with the
 * most promising contents is in, and then sifts the others anew without it.
 */
#include "decision/allocation_content.h"

#include <math.h>
#include <string.h>

/* Sifting is repeated while it drops this part of the candidates. */
#define SIFT_PART		0.1

/* A node sifts anew after it has asked about this part of its candidates. */
#define ASKED_PART		0.15

void
alloc_contents_pair_new(AllocContents *c)
{
	const AllocProblem *p = c->p;
	const AllocEnv *env = p->env;

	c->top = alloc_array(env, (size_t) p->n * (CONTENT_MOST + 1), sizeof(double));
	c->open = alloc_array(env, p->n, 1);
	c->mark = alloc_array(env, p->n, 1);
	c->sorted = alloc_array(env, p->n, sizeof(int));
	c->sorted_key = alloc_array(env, p->n, sizeof(double));
	for (int k = 0; k <= CONTENT_MOST; k++)
	{
		c->sieve[k].candidate = alloc_array(env, p->n, sizeof(int));
		c->sieve[k].worth = alloc_array(env, p->n, sizeof(double));
	}
}

/* What item i brings as one of `partners` + 1 items that are still to come, its half of the bonuses among them at their most. */
static inline double
key_of(const AllocContents *c, int i, int64_t partners)
{
	return c->base[i] + c->mate[i] + (partners > 0 ? 0.5 * c->top[(size_t) i * (CONTENT_MOST + 1) + partners] : 0);
}

/* The prefix sums of the count largest bonuses of item i with open candidates. */
static void
sum_largest(AllocContents *c, int i, int64_t count)
{
	const AllocProblem *p = c->p;
	double	   *top = c->top + (size_t) i * (CONTENT_MOST + 1);
	double		largest[CONTENT_MOST + 1];
	int			size = 0;

	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
	{
		double		value = (double) p->adj_value[t];
		int			at;

		if (value <= 0 || !c->open[p->adj_item[t]] || (size == count && value <= largest[size - 1]))
			continue;
		if (size < count)
			size++;
		for (at = size - 1; at > 0 && largest[at - 1] < value; at--)
			largest[at] = largest[at - 1];
		largest[at] = value;
	}
	for (int k = 0; k < count; k++)
		top[k + 1] = top[k] + (k < size ? largest[k] : 0);
	c->work += 2 * (p->adj_start[i + 1] - p->adj_start[i]);
}

/* Sort a sieve by falling worth, equals by number: a merge sort, whose order does not depend on the C library. */
static void
sort_sieve(AllocContents *c, AllocSieve *s)
{
	for (int width = 1; width < s->count; width *= 2)
	{
		for (int from = 0; from < s->count; from += 2 * width)
		{
			int			mid = from + width < s->count ? from + width : s->count;
			int			end = from + 2 * width < s->count ? from + 2 * width : s->count;
			int			a = from;
			int			b = mid;

			for (int k = from; k < end; k++)
			{
				bool		left = a < mid && (b >= end || s->worth[a] > s->worth[b] ||
											   (s->worth[a] == s->worth[b] && s->candidate[a] < s->candidate[b]));
				int			x = left ? a++ : b++;

				c->sorted[k] = s->candidate[x];
				c->sorted_key[k] = s->worth[x];
			}
		}
		memcpy(s->candidate, c->sorted, s->count * sizeof(int));
		memcpy(s->worth, c->sorted_key, s->count * sizeof(double));
		c->work += s->count;
	}
}

/*
 * What can come with item i: the item itself and the best `room` others by their keys, each with its bonus with i. The sieve is sorted by
 * key; of the others the first forced ones count even below 0.
 */
static double
worth_with(AllocContents *c, const AllocSieve *s, int i, int64_t room, int64_t forced)
{
	const AllocProblem *p = c->p;
	double		value = c->base[i] + c->mate[i];
	double		mate[CONTENT_MOST + 1];
	int			mates = 0;
	int			next = 0;
	int			at = 0;

	if (room <= 0)
		return forced > 0 ? -INFINITY : value;
	/* its neighbours by key and bonus; the others from the sorted sieve */
	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
	{
		int			k = p->adj_item[t];
		double		key;
		int			x;

		if (!c->open[k])
			continue;
		c->mark[k] = 1;
		key = key_of(c, k, room - 1) + (double) p->adj_value[t];
		if (mates == room && key <= mate[mates - 1])
			continue;
		if (mates < room)
			mates++;
		for (x = mates - 1; x > 0 && mate[x - 1] < key; x--)
			mate[x] = mate[x - 1];
		mate[x] = key;
	}
	for (int64_t k = 0; k < room; k++)
	{
		double		key;

		while (at < s->count && (s->candidate[at] == i || c->mark[s->candidate[at]]))
			at++;
		if (next < mates && (at == s->count || mate[next] >= s->worth[at]))
			key = mate[next++];
		else if (at < s->count)
			key = s->worth[at++];
		else
		{
			if (k < forced)
				value = -INFINITY;
			break;
		}
		if (key <= 0 && k >= forced)
			break;
		value += key;
	}
	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		c->mark[p->adj_item[t]] = 0;
	c->work += 3 * (p->adj_start[i + 1] - p->adj_start[i]) + 2 * room;
	return value;
}

/*
 * Drop the candidates with which no content passes the threshold, and sort the others by what is possible with them. value and count are of
 * what is chosen, left is the capacity left.
 */
static void
sift(AllocContents *c, AllocSieve *s, int64_t count, int64_t left, double value)
{
	const AllocProblem *p = c->p;
	int64_t		more = c->hi - count;
	int64_t		forced = alloc_contents_forced(c, count);
	int			before = s->count;
	int			kept = 0;

	for (int t = 0; t < before; t++)
	{
		int			i = s->candidate[t];

		if (p->weight[i] <= left && p->size[i] <= more)
		{
			s->candidate[kept++] = i;
			c->open[i] = 1;
		}
	}
	s->count = kept;
	do
	{
		before = s->count;
		for (int t = 0; t < before; t++)
		{
			if (more > 2)
				sum_largest(c, s->candidate[t], more - 2);
			s->worth[t] = key_of(c, s->candidate[t], more - 2);
		}
		sort_sieve(c, s);
		for (int t = 0; t < before; t++)
			c->key[t] = value + worth_with(c, s, s->candidate[t], more - 1, forced - 1);
		kept = 0;
		for (int t = 0; t < before; t++)
		{
			int			i = s->candidate[t];

			if (!(c->key[t] > c->threshold))
			{
				c->open[i] = 0;
				continue;
			}
			s->candidate[kept] = i;
			s->worth[kept++] = c->key[t];
		}
		s->count = kept;
	} while (kept > 0 && before - kept > SIFT_PART * before);
	for (int t = 0; t < kept; t++)
		c->open[s->candidate[t]] = 0;
	sort_sieve(c, s);
}

static void
descend(AllocContents *c, int depth, int64_t count, int64_t left, double value)
{
	const AllocProblem *p = c->p;
	AllocSieve *s = &c->sieve[depth];
	int			sifted;

	if (count >= c->lo && value > c->threshold)
		alloc_contents_accept(c, value);
	if (count >= c->hi)
		return;
	sift(c, s, count, left, value);
	sifted = s->count;
	while (!c->tired)
	{
		int			i;

		if (sifted - s->count > ASKED_PART * sifted)
		{
			sift(c, s, count, left, value);
			sifted = s->count;
		}
		if (depth == 0)
			c->rest = s->count > 0 ? s->worth[0] : -INFINITY;
		if (s->count == 0 || s->worth[0] <= c->threshold)
			return;
		c->nodes++;
		if ((c->nodes & 63) == 0)
			p->env->poll(p->env->context);
		if (c->work > c->work_limit)
		{
			c->tired = true;
			return;
		}
		i = s->candidate[0];
		s->count--;
		memmove(s->candidate, s->candidate + 1, s->count * sizeof(int));
		memmove(s->worth, s->worth + 1, s->count * sizeof(double));
		if (!alloc_contents_add(c, i, left))
			continue;
		/* mate of i itself is what it has with those chosen before */
		c->sieve[depth + 1].count = s->count;
		memcpy(c->sieve[depth + 1].candidate, s->candidate, s->count * sizeof(int));
		descend(c, depth + 1, count + p->size[i], left == ALLOC_NO_LIMIT ? left : left - p->weight[i],
				value + c->base[i] + c->mate[i]);
		alloc_contents_drop(c);
	}
}

double
alloc_contents_pair_search(AllocContents *c)
{
	c->rest = INFINITY;
	c->sieve[0].count = c->candidates;
	memcpy(c->sieve[0].candidate, c->candidate, c->candidates * sizeof(int));
	descend(c, 0, 0, c->p->capacity[c->city], 0);
	return c->rest;
}
