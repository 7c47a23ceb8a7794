/*
 * allocation_search.c
 *	  Simulated annealing over allocations: shifts, swaps and cycles of three, with penalties that adapt.
 *
 * A state may break rules; each class of rules (capacity, rows, apart) has a price for that, raised while the class is broken most of the
 * time and lowered while it hardly ever is, so that the walk keeps to both sides of the border where good plans lie. Values
 * and violations are whole numbers, updated by differences; gain[i][j] is the sum of bonuses between item i and the items in city j.
 * Randomness comes from (seed, stream) alone and time plays no part.
 */
#include "decision/allocation_problem.h"

#include <math.h>
#include <string.h>

#include "base/prng.h"

/* Penalties are looked at every so many moves; a class should be kept between these shares of the time. */
#define WINDOW			2048
#define KEPT_LOW		0.3
#define KEPT_HIGH		0.7

/* Each item's cities of smallest reduced cost from which most proposals are drawn. */
#define CANDIDATES		12

typedef enum RuleClass
{
	CLASS_CAPACITY,
	CLASS_ROW,
	CLASS_APART,
	CLASSES
} RuleClass;

typedef struct Walk
{
	AllocSearch *s;
	const AllocProblem *p;
	Prng		random;
	int		   *city;
	int64_t    *load;
	int64_t    *used;
	int64_t    *gain;			/* [n * m], or NULL without bonuses */
	int		  **list;			/* [m] the items in a city */
	int		   *list_size;
	int		   *list_room;
	int		   *position;		/* [n] in its city's list */
	int		   *movable;
	int			nmovable;
	int64_t		value;
	int64_t		broken[CLASSES];
	double		price[CLASSES];
} Walk;

typedef struct Shift
{
	int			item;
	int			from;
	int			to;
} Shift;

AllocSearch *
alloc_search_new(const AllocProblem *p, uint64_t seed)
{
	AllocSearch *s = alloc_array(p->env, 1, sizeof(AllocSearch));

	s->p = p;
	s->seed = seed;
	s->best = alloc_array(p->env, p->n, sizeof(int));
	s->start = alloc_array(p->env, p->n, sizeof(int));
	s->target = INT64_MAX;
	s->ncandidate = p->m < CANDIDATES ? p->m : CANDIDATES;
	s->candidate = alloc_array(p->env, (size_t) p->n * s->ncandidate, sizeof(int));
	return s;
}

/* The candidates of each item, best first; a place that no allowed city fills repeats the best. start becomes the best of each. */
void
alloc_search_candidates(AllocSearch *s, const float *reduced)
{
	const AllocProblem *p = s->p;

	for (int i = 0; i < p->n; i++)
	{
		const float *cost = reduced + (size_t) i * p->m;
		int		   *list = s->candidate + (size_t) i * s->ncandidate;
		int			count = 0;

		for (int j = 0; j < p->m; j++)
		{
			int			at;

			if (!alloc_allowed(p, i, j) || (count == s->ncandidate && cost[j] >= cost[list[count - 1]]))
				continue;
			if (count < s->ncandidate)
				count++;
			for (at = count - 1; at > 0 && cost[list[at - 1]] > cost[j]; at--)
				list[at] = list[at - 1];
			list[at] = j;
		}
		for (int k = count; k < s->ncandidate; k++)
			list[k] = list[0];
		s->start[i] = list[0];
	}
}

static inline int
below(Walk *w, int n)
{
	/* the high half times n: a bias of n / 2^32 is nothing here, and no division is needed */
	return (int) (((prng_next(&w->random) >> 32) * (uint64_t) n) >> 32);
}

static void
list_add(Walk *w, int item, int city)
{
	if (w->list_size[city] == w->list_room[city])
	{
		int			room = 2 * w->list_room[city] + 8;
		int		   *list = alloc_array(w->p->env, room, sizeof(int));

		if (w->list_size[city] > 0)
			memcpy(list, w->list[city], w->list_size[city] * sizeof(int));
		w->list[city] = list;
		w->list_room[city] = room;
	}
	w->position[item] = w->list_size[city];
	w->list[city][w->list_size[city]++] = item;
}

static void
list_remove(Walk *w, int item, int city)
{
	int			last = w->list[city][--w->list_size[city]];

	w->list[city][w->position[item]] = last;
	w->position[last] = w->position[item];
}

static inline int64_t
row_broken(const AllocRow *row, int64_t used)
{
	return used < row->lo ? row->lo - used : used > row->hi ? used - row->hi : 0;
}

static inline int64_t
over(int64_t load, int64_t capacity)
{
	return load > capacity ? load - capacity : 0;
}

/* Move an item's weight and counts; change[] receives what that adds to the violations. */
static void
move_counts(Walk *w, int i, int from, int to, int64_t change[CLASSES])
{
	const AllocProblem *p = w->p;
	int64_t		weight = p->weight[i];

	change[CLASS_CAPACITY] += over(w->load[to] + weight, p->capacity[to]) - over(w->load[to], p->capacity[to]) +
		over(w->load[from] - weight, p->capacity[from]) - over(w->load[from], p->capacity[from]);
	w->load[from] -= weight;
	w->load[to] += weight;
	for (int side = 0; side < 2; side++)
	{
		int			j = side == 0 ? from : to;
		int			other = side == 0 ? to : from;

		for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
		{
			int			r = p->city_row[t];
			int			coefficient;

			if (p->row_has[(size_t) r * p->m + other])
				continue;
			coefficient = alloc_coefficient(p, i, p->row[r].category);
			if (coefficient == 0)
				continue;
			if (side == 0)
				coefficient = -coefficient;
			change[CLASS_ROW] += row_broken(&p->row[r], w->used[r] + coefficient) - row_broken(&p->row[r], w->used[r]);
			w->used[r] += coefficient;
		}
	}
	for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
		change[CLASS_APART] += (w->city[p->apart_item[t]] == to) - (w->city[p->apart_item[t]] == from);
	w->city[i] = to;
}

static int64_t
pair_bonus(const AllocProblem *p, int a, int b)
{
	int			low = p->adj_start[a];
	int			high = p->adj_start[a + 1] - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;

		if (p->adj_item[middle] == b)
			return p->adj_value[middle];
		if (p->adj_item[middle] < b)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return 0;
}

/* What the shifts add to the value, by the gains before any of them. */
static int64_t
value_change(const Walk *w, const Shift *shift, int count)
{
	const AllocProblem *p = w->p;
	int64_t		change = 0;

	for (int x = 0; x < count; x++)
	{
		size_t		at = (size_t) shift[x].item * p->m;

		change += p->profit[at + shift[x].to] - p->profit[at + shift[x].from];
		if (w->gain)
			change += w->gain[at + shift[x].to] - w->gain[at + shift[x].from];
	}
	if (w->gain)
		for (int x = 0; x < count; x++)
			for (int y = x + 1; y < count; y++)
			{
				/* the gains saw each mover's partner where it was: put the pair right */
				int			together = (shift[x].to == shift[y].to) + (shift[x].from == shift[y].from) -
					(shift[y].from == shift[x].to) - (shift[x].from == shift[y].to);

				if (together != 0)
					change += together * pair_bonus(p, shift[x].item, shift[y].item);
			}
	return change;
}

static void
commit(Walk *w, const Shift *shift, int count)
{
	const AllocProblem *p = w->p;

	for (int x = 0; x < count; x++)
	{
		int			i = shift[x].item;

		list_remove(w, i, shift[x].from);
		list_add(w, i, shift[x].to);
		for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		{
			int64_t    *gain = w->gain + (size_t) p->adj_item[t] * p->m;

			gain[shift[x].from] -= p->adj_value[t];
			gain[shift[x].to] += p->adj_value[t];
		}
	}
}

/* Draw a move: 1 shift, 2 a swap, 3 a cycle. 0: nothing came of it. */
static int
propose(Walk *w, Shift *shift)
{
	const AllocProblem *p = w->p;
	AllocSearch *s = w->s;
	int			kind = below(w, 16);
	int			i = w->movable[below(w, w->nmovable)];
	int			a = w->city[i];
	int			b = below(w, 8) ? s->candidate[(size_t) i * s->ncandidate + below(w, s->ncandidate)] : below(w, p->m);
	int			k;
	int			c;
	int			l;

	if (b == a || !alloc_allowed(p, i, b))
		return 0;
	shift[0] = (Shift) {i, a, b};
	if (kind < 5)
		return 1;
	if (w->list_size[b] == 0)
		return 1;
	k = w->list[b][below(w, w->list_size[b])];
	if (kind < 12)
	{
		if (!alloc_allowed(p, k, a))
			return 0;
		shift[1] = (Shift) {k, b, a};
		return 2;
	}
	c = s->candidate[(size_t) k * s->ncandidate + below(w, s->ncandidate)];
	if (c == a || c == b || !alloc_allowed(p, k, c))
		return 0;
	shift[1] = (Shift) {k, b, c};
	if (w->list_size[c] == 0)
		return 2;
	l = w->list[c][below(w, w->list_size[c])];
	if (!alloc_allowed(p, l, a))
		return 2;
	shift[2] = (Shift) {l, c, a};
	return 3;
}

static void
walk_start(Walk *w, const int *city)
{
	const AllocProblem *p = w->p;
	int64_t		ignored[CLASSES] = {0};

	memset(w->load, 0, p->m * sizeof(int64_t));
	memset(w->used, 0, p->nrow * sizeof(int64_t));
	memset(w->list_size, 0, p->m * sizeof(int));
	memset(ignored, 0, sizeof(ignored));
	memset(w->broken, 0, sizeof(w->broken));
	for (int i = 0; i < p->n; i++)
	{
		w->city[i] = city[i];
		w->load[city[i]] += p->weight[i];
		for (int t = p->row_start[city[i]]; t < p->row_start[city[i] + 1]; t++)
			w->used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
		list_add(w, i, city[i]);
	}
	if (w->gain)
	{
		memset(w->gain, 0, (size_t) p->n * p->m * sizeof(int64_t));
		for (int i = 0; i < p->n; i++)
			for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
				w->gain[(size_t) p->adj_item[t] * p->m + city[i]] += p->adj_value[t];
	}
	for (int j = 0; j < p->m; j++)
		w->broken[CLASS_CAPACITY] += over(w->load[j], p->capacity[j]);
	for (int r = 0; r < p->nrow; r++)
		w->broken[CLASS_ROW] += row_broken(&p->row[r], w->used[r]);
	for (int i = 0; i < p->n; i++)
		for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
			w->broken[CLASS_APART] += p->apart_item[t] > i && city[i] == city[p->apart_item[t]];
	w->value = alloc_value(p, city);
}

static bool
walk_feasible(const Walk *w)
{
	return w->broken[CLASS_CAPACITY] == 0 && w->broken[CLASS_ROW] == 0 && w->broken[CLASS_APART] == 0;
}

static void
remember(Walk *w)
{
	AllocSearch *s = w->s;

	if (!walk_feasible(w) || (s->has_best && w->value <= s->best_value))
		return;
	s->has_best = true;
	s->best_value = w->value;
	memcpy(s->best, w->city, w->p->n * sizeof(int));
}

/* How far apart an item's cities are in value: the scale of temperatures and of the first penalties. */
static double
typical_spread(const AllocProblem *p)
{
	double		sum = 0;
	int64_t		count = 0;

	for (int i = 0; i < p->n; i++)
	{
		double		most = -INFINITY;
		double		mean = 0;
		int			cities = 0;

		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				double		profit = (double) p->profit[(size_t) i * p->m + j];

				most = profit > most ? profit : most;
				mean += (profit - mean) / ++cities;
			}
		if (cities > 1)
		{
			sum += most - mean;
			count++;
		}
	}
	for (int e = 0; e < p->nedge; e++)
	{
		sum += fabs((double) p->edge_value[e]);
		count++;
	}
	return count > 0 && sum > 0 ? sum / (double) count : 1;
}

/*
 * One round of annealing from the best plan, or from start when there is none; heat 1 forgets where it began, 0.1 stays near.
 * Returns the moves made.
 */
int64_t
alloc_search_run(AllocSearch *s, int64_t steps, double heat)
{
	const AllocProblem *p = s->p;
	Walk	   *w = s->walk;
	double		spread = s->spread;
	double		hot;
	double		cold;
	double		temperature;
	int64_t		kept[CLASSES] = {0};
	int64_t		move;

	if (w == NULL)
	{
		double		heads = 0;

		w = s->walk = alloc_array(p->env, 1, sizeof(Walk));
		w->s = s;
		w->p = p;
		w->city = alloc_array(p->env, p->n, sizeof(int));
		w->load = alloc_array(p->env, p->m, sizeof(int64_t));
		w->used = alloc_array(p->env, p->nrow, sizeof(int64_t));
		w->gain = p->nedge > 0 ? alloc_array(p->env, (size_t) p->n * p->m, sizeof(int64_t)) : NULL;
		w->list = alloc_array(p->env, p->m, sizeof(int *));
		w->list_size = alloc_array(p->env, p->m, sizeof(int));
		w->list_room = alloc_array(p->env, p->m, sizeof(int));
		w->position = alloc_array(p->env, p->n, sizeof(int));
		w->movable = alloc_array(p->env, p->n, sizeof(int));
		for (int i = 0; i < p->n; i++)
		{
			int			cities = 0;

			for (int j = 0; j < p->m && cities < 2; j++)
				cities += alloc_allowed(p, i, j);
			if (cities > 1)
				w->movable[w->nmovable++] = i;
			heads += (double) p->weight[i] / p->n;
		}
		spread = s->spread = typical_spread(p);
		w->price[CLASS_CAPACITY] = spread / (heads > 1 ? heads : 1);
		w->price[CLASS_ROW] = spread;
		w->price[CLASS_APART] = spread;
	}
	prng_seed(&w->random, s->seed, s->stream++);
	walk_start(w, s->has_best ? s->best : s->start);
	remember(w);
	if (w->nmovable == 0)
		return 1;

	hot = 0.4 * spread * heat;
	cold = 0.01 * spread;
	temperature = hot > cold ? hot : cold;
	for (move = 0; move < steps && !(s->has_best && s->best_value >= s->target); move++)
	{
		Shift		shift[3];
		int			count;
		int64_t		change[CLASSES] = {0};
		int64_t		value;
		double		delta;

		if ((move & (WINDOW - 1)) == WINDOW - 1)
		{
			double		part = (double) move / (double) steps;

			for (int c = 0; c < CLASSES; c++)
			{
				double		share = (double) kept[c] / WINDOW;

				if (share < KEPT_LOW && w->price[c] < 1e6 * spread)
					w->price[c] *= 1.2;
				else if (share > KEPT_HIGH && w->price[c] > 1e-6 * spread)
					w->price[c] *= 0.9;
				kept[c] = 0;
			}
			temperature = hot > cold ? hot * pow(cold / hot, part) : cold;
		}
		if ((move & 255) == 255)
			p->env->poll(p->env->context);
		for (int c = 0; c < CLASSES; c++)
			kept[c] += w->broken[c] == 0;
		count = propose(w, shift);
		if (count == 0)
			continue;
		value = value_change(w, shift, count);
		for (int x = 0; x < count; x++)
			move_counts(w, shift[x].item, shift[x].from, shift[x].to, change);
		delta = (double) value;
		for (int c = 0; c < CLASSES; c++)
			delta -= w->price[c] * (double) change[c];
		if (delta >= 0 || delta > temperature * log(prng_open(&w->random)))
		{
			commit(w, shift, count);
			w->value += value;
			for (int c = 0; c < CLASSES; c++)
				w->broken[c] += change[c];
			remember(w);
		}
		else
			for (int x = count - 1; x >= 0; x--)
				move_counts(w, shift[x].item, shift[x].to, shift[x].from, change);
	}
	return move > 0 ? move : 1;
}
