/*
 * allocation_alternative.c
 *	  What the next best place of each item would cost: a move alone, or an exchange with one other item, that keeps all rules.
 */
#include "decision/allocation_problem.h"

typedef struct State
{
	const AllocProblem *p;
	const int  *city;
	int64_t    *load;
	int64_t    *used;
	int64_t    *gain;			/* [n * m], or NULL without bonuses */
	int		   *list_start;		/* [m + 1] into list: the items of a city */
	int		   *list;
} State;

/* Would item i in b instead of a, and item k (or -1) in a instead of b, keep all rules? */
static bool
keeps_rules(const State *s, int i, int a, int b, int k)
{
	const AllocProblem *p = s->p;
	int64_t		back = k < 0 ? 0 : p->weight[k];

	if (s->load[b] + p->weight[i] - back > p->capacity[b] || s->load[a] - p->weight[i] + back > p->capacity[a])
		return false;
	for (int side = 0; side < 2; side++)
	{
		int			here = side == 0 ? a : b;
		int			there = side == 0 ? b : a;

		for (int t = p->row_start[here]; t < p->row_start[here + 1]; t++)
		{
			int			r = p->city_row[t];
			int64_t		change;

			if (p->row_has[(size_t) r * p->m + there])
				continue;
			change = alloc_coefficient(p, i, p->row[r].category) - (k < 0 ? 0 : alloc_coefficient(p, k, p->row[r].category));
			if (side == 0)
				change = -change;
			if (s->used[r] + change < p->row[r].lo || s->used[r] + change > p->row[r].hi)
				return false;
		}
	}
	for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
		if (p->apart_item[t] != k && s->city[p->apart_item[t]] == b)
			return false;
	for (int t = k < 0 ? 0 : p->apart_start[k]; k >= 0 && t < p->apart_start[k + 1]; t++)
		if (p->apart_item[t] != i && s->city[p->apart_item[t]] == a)
			return false;
	return true;
}

static int64_t
shift_value(const State *s, int i, int a, int b)
{
	size_t		at = (size_t) i * s->p->m;
	int64_t		value = s->p->profit[at + b] - s->p->profit[at + a];

	return s->gain ? value + s->gain[at + b] - s->gain[at + a] : value;
}

static int64_t
shared_bonus(const AllocProblem *p, int i, int k)
{
	for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		if (p->adj_item[t] == k)
			return p->adj_value[t];
	return 0;
}

static void
offer(AllocAlternative *best, int city, int exchange, int64_t cost)
{
	if (best->city < 0 || cost < best->cost)
		*best = (AllocAlternative) {city, exchange, cost};
}

void
alloc_alternatives(const AllocProblem *p, const int *city, const int *candidate, int ncandidate, AllocAlternative *alternative)
{
	State		state = {p, city, NULL, NULL, NULL, NULL, NULL};
	State	   *s = &state;

	s->load = alloc_array(p->env, p->m, sizeof(int64_t));
	s->used = alloc_array(p->env, p->nrow, sizeof(int64_t));
	s->list_start = alloc_array(p->env, p->m + 2, sizeof(int));
	s->list = alloc_array(p->env, p->n, sizeof(int));
	for (int i = 0; i < p->n; i++)
	{
		s->load[city[i]] += p->weight[i];
		for (int t = p->row_start[city[i]]; t < p->row_start[city[i] + 1]; t++)
			s->used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
		s->list_start[city[i] + 2]++;
	}
	for (int j = 0; j < p->m; j++)
		s->list_start[j + 2] += s->list_start[j + 1];
	for (int i = 0; i < p->n; i++)
		s->list[s->list_start[city[i] + 1]++] = i;
	if (p->nedge > 0)
	{
		s->gain = alloc_array(p->env, (size_t) p->n * p->m, sizeof(int64_t));
		for (int i = 0; i < p->n; i++)
			for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
				s->gain[(size_t) p->adj_item[t] * p->m + city[i]] += p->adj_value[t];
	}
	for (int i = 0; i < p->n; i++)
	{
		int			a = city[i];

		alternative[i] = (AllocAlternative) {-1, -1, 0};
		for (int c = 0; c < ncandidate; c++)
		{
			int			b = candidate[(size_t) i * ncandidate + c];

			/* a short list is filled up with its first city */
			if (b == a || !alloc_allowed(p, i, b) || (c > 0 && b == candidate[(size_t) i * ncandidate]))
				continue;
			if (keeps_rules(s, i, a, b, -1))
				offer(&alternative[i], b, -1, -shift_value(s, i, a, b));
			for (int t = s->list_start[b]; t < s->list_start[b + 1]; t++)
			{
				int			k = s->list[t];

				if (alloc_allowed(p, k, a) && keeps_rules(s, i, a, b, k))
					offer(&alternative[i], b, k, -(shift_value(s, i, a, b) + shift_value(s, k, b, a) -
												   (s->gain ? 2 * shared_bonus(p, i, k) : 0)));
			}
		}
		p->env->poll(p->env->context);
	}
}
