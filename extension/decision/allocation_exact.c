/*
 * allocation_exact.c
 *	  The exact finish: knapsack bounds, fixing by reduced cost, and depth-first branch and bound.
 *
 * Relaxing "every item exactly once" with prices u, instead of the capacities, leaves a knapsack for each city:
 *	   L = sum_i u_i + sum_j knapsack_j (profit_ij - rho.. - u_i, capacity_j) + the rows' terms
 * which is never above the bound of allocation_dual.c and far below it where cities hold few items. What L loses when item i must go to
 * city j is known from linear knapsacks; where L less that loss cannot beat the best plan, the cell is dead. Branching takes the item whose
 * alternatives cost most, its best city first. A node's state is the set of living cells alone; everything else is recomputed.
 */
#include "decision/allocation_problem.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "decision/allocation_knapsack.h"

/* Nodes of one knapsack before its linear bound must do. */
#define KNAPSACK_NODES	4000

/* Bounds at the root, and at each node below it. */
#define ROOT_ROUNDS		4000
#define NODE_ROUNDS		25

typedef struct Frame
{
	double	   *u;
	double	   *rho;
} Frame;

typedef struct Exact
{
	const AllocProblem *p;
	const AllocDual *d;
	AllocSearch *s;
	int64_t		steps;			/* left */
	double		slack;			/* tolerance of one knapsack */
	uint8_t    *alive;			/* [n * m] */
	int		   *choices;		/* [n] living cells */
	int64_t    *choice_sum;		/* [n] sum of their cities: the city itself when one is left */
	size_t	   *trail;			/* cells killed, in order */
	size_t		trail_size;
	bool		contradiction;
	int		  **item;			/* [m] the items alive in a city at the root */
	int		   *items;
	int64_t    *left;			/* [m] capacity less fixed items */
	int64_t    *fixed_used;		/* [nrow] by fixed items */
	uint8_t    *counted;		/* [n] fixed when the pass began: in left and fixed_used */
	double	   *u;
	double	   *rho;
	double	   *u_best;			/* best of the node in hand */
	double	   *rho_best;
	double	   *u_step;
	double	   *rho_step;
	double	   *table;
	int		   *cover;			/* [n] cities that chose the item */
	int64_t    *used;			/* [nrow] */
	float	   *loss;			/* [n * m] what going there costs the bound */
	double	   *out_loss;		/* [n] what leaving all cities that chose it costs */
	AllocKnapsack knapsack;
	AllocKnapsackItem *item_buffer;
	Frame	   *frame;
	int			frames;
	int			depth_max;
	double		root_bound;
	bool		cut_short;
} Exact;

static void
kill_cell(Exact *x, int i, int j)
{
	size_t		at = (size_t) i * x->p->m + j;

	if (!x->alive[at])
		return;
	x->alive[at] = 0;
	x->choices[i]--;
	x->choice_sum[i] -= j;
	x->trail[x->trail_size++] = at;
	if (x->choices[i] == 0)
		x->contradiction = true;
}

static void
undo(Exact *x, size_t mark)
{
	while (x->trail_size > mark)
	{
		size_t		at = x->trail[--x->trail_size];
		int			i = (int) (at / x->p->m);

		x->alive[at] = 1;
		x->choices[i]++;
		x->choice_sum[i] += (int64_t) (at % x->p->m);
	}
	x->contradiction = false;
}

/* What an item can be worth in a city: its profit, and its share of the bonuses that it can have there at most. */
static inline double
worth(const Exact *x, int i, int j)
{
	size_t		at = (size_t) i * x->p->m + j;

	return (double) x->p->profit[at] + (x->d->partner ? x->d->partner[at] : 0);
}

static inline bool
is_fixed(const Exact *x, int i)
{
	return x->choices[i] == 1;
}

/* Draw what follows from the living cells until nothing follows; false: no plan is left. */
static bool
propagate(Exact *x)
{
	const AllocProblem *p = x->p;
	size_t		before;

	if (x->contradiction)
		return false;
	do
	{
		before = x->trail_size;
		memcpy(x->left, p->capacity, p->m * sizeof(int64_t));
		memset(x->fixed_used, 0, p->nrow * sizeof(int64_t));
		memset(x->counted, 0, p->n);
		for (int i = 0; i < p->n; i++)
		{
			int			j = (int) x->choice_sum[i];

			if (!is_fixed(x, i))
				continue;
			x->counted[i] = 1;
			if (x->left[j] != ALLOC_NO_LIMIT)
				x->left[j] -= p->weight[i];
			if (x->left[j] < 0)
				return false;
			for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
				x->fixed_used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
			for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
				kill_cell(x, p->apart_item[t], j);
		}
		for (int j = 0; j < p->m; j++)
			for (int k = 0; k < x->items[j]; k++)
			{
				int			i = x->item[j][k];

				if (x->alive[(size_t) i * p->m + j] && !x->counted[i] && p->weight[i] > x->left[j])
					kill_cell(x, i, j);
			}
		for (int r = 0; r < p->nrow; r++)
		{
			const AllocRow *row = &p->row[r];
			int64_t		possible = x->fixed_used[r];
			bool		full = row->hi != ALLOC_NO_LIMIT;

			if (x->fixed_used[r] > row->hi || row->lo > row->hi)
				return false;
			if (!full && row->lo <= 0)
				continue;
			for (int c = 0; c < row->ncity; c++)
			{
				int			j = row->city[c];

				for (int k = 0; k < x->items[j]; k++)
				{
					int			i = x->item[j][k];
					int			coefficient;

					if (!x->alive[(size_t) i * p->m + j] || x->counted[i])
						continue;
					coefficient = alloc_coefficient(p, i, row->category);
					if (full && x->fixed_used[r] + coefficient > row->hi)
						kill_cell(x, i, j);
					else
						possible += coefficient;
				}
			}
			/* in a row of several cities an item may be counted more than once: possible is then only an upper limit */
			if (possible < row->lo)
				return false;
			if (row->lo > 0 && row->ncity == 1)
				for (int k = 0; k < x->items[row->city[0]]; k++)
				{
					int			i = x->item[row->city[0]][k];

					if (x->alive[(size_t) i * p->m + row->city[0]] && !x->counted[i] &&
						possible - alloc_coefficient(p, i, row->category) < row->lo)
						for (int j = 0; j < p->m; j++)
							if (j != row->city[0])
								kill_cell(x, i, j);
				}
		}
		if (x->contradiction)
			return false;
	} while (x->trail_size > before);
	return true;
}

/* The linear bound of a knapsack without item t. */
static double
value_without(const AllocKnapsack *k, int t, int64_t capacity)
{
	if (capacity == ALLOC_NO_LIMIT)
		return k->sum_value[k->n] - k->item[t].value;
	/* where the item would be taken whole, take it and give it room; else it is no part of the bound that counts */
	if (k->sum_weight[t + 1] <= capacity + k->item[t].weight)
		return alloc_knapsack_linear(k, 0, capacity + k->item[t].weight) - k->item[t].value;
	return alloc_knapsack_linear(k, 0, capacity);
}

/* L at the current prices; cover and used are set. With losses: also loss and out_loss. */
static double
evaluate(Exact *x, bool losses)
{
	const AllocProblem *p = x->p;
	AllocKnapsack *k = &x->knapsack;
	double		sum = (double) p->constant;
	double		magnitude = fabs(sum);
	int64_t		work = p->n;

	alloc_row_prices(p, x->rho, x->table);
	memset(x->cover, 0, p->n * sizeof(int));
	memset(x->used, 0, p->nrow * sizeof(int64_t));
	for (int i = 0; i < p->n; i++)
	{
		double		term = x->u[i];

		if (is_fixed(x, i))
		{
			int			j = (int) x->choice_sum[i];

			term = worth(x, i, j) - alloc_row_price(p, x->table, i, j);
			for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
				x->used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
		}
		sum += term;
		magnitude += fabs(term);
		x->out_loss[i] = 0;
	}
	for (int j = 0; j < p->m; j++)
	{
		double		city_value;
		int64_t		nodes = 0;

		k->n = 0;
		for (int t = 0; t < x->items[j]; t++)
		{
			int			i = x->item[j][t];
			size_t		at = (size_t) i * p->m + j;
			double		value;

			if (!x->alive[at] || is_fixed(x, i))
				continue;
			value = worth(x, i, j) - alloc_row_price(p, x->table, i, j) - x->u[i];
			if (losses)
				x->loss[at] = (float) value;
			if (value > 0)
				k->item[k->n++] = (AllocKnapsackItem) {value, p->weight[i], i, false};
		}
		city_value = alloc_knapsack(k, x->left[j], x->slack, KNAPSACK_NODES, &nodes);
		work += x->items[j] + 12 * k->n + 4 * nodes;
		sum += city_value;
		magnitude += fabs(city_value);
		for (int t = 0; t < k->n; t++)
			if (k->item[t].take)
			{
				int			i = k->item[t].id;

				x->cover[i]++;
				for (int r = p->row_start[j]; r < p->row_start[j + 1]; r++)
					x->used[p->city_row[r]] += alloc_coefficient(p, i, p->row[p->city_row[r]].category);
			}
		if (losses)
		{
			for (int t = 0; t < x->items[j]; t++)
			{
				int			i = x->item[j][t];
				size_t		at = (size_t) i * p->m + j;
				double		with;

				if (!x->alive[at] || is_fixed(x, i))
					continue;
				with = x->loss[at] + (x->left[j] == ALLOC_NO_LIMIT ? k->sum_value[k->n] :
									  alloc_knapsack_linear(k, 0, x->left[j] - p->weight[i]));
				x->loss[at] = with < city_value ? (float) (city_value - with) : 0;
			}
			for (int t = 0; t < k->n; t++)
				if (k->item[t].take)
				{
					int			i = k->item[t].id;
					double		without = value_without(k, t, x->left[j]);
					double		loss = without < city_value ? city_value - without : 0;

					/* a taken item loses nothing by going there; the minus sign keeps what leaving would cost */
					x->loss[(size_t) i * p->m + j] = (float) -loss;
					x->out_loss[i] += loss;
				}
			work += 8 * x->items[j];
		}
	}
	for (int r = 0; r < p->nrow; r++)
		if (x->rho[r] != 0)
		{
			double		term = x->rho[r] * (double) (x->rho[r] > 0 ? p->row[r].hi : p->row[r].lo);

			sum += term;
			magnitude += fabs(term);
		}
	x->steps -= 1 + work / 64;
	p->env->poll(p->env->context);
	return sum + magnitude * DBL_EPSILON * (8.0 + p->n + p->m + p->nrow);
}

/* The whole loss of sending item i to city j: the city makes room, and all other cities that chose it do without. */
static inline double
whole_loss(const Exact *x, int i, int j)
{
	double		loss = x->loss[(size_t) i * x->p->m + j];

	return loss < 0 ? x->out_loss[i] + loss : loss + x->out_loss[i];
}

static inline bool
beaten(const Exact *x, double bound)
{
	/* losses are floats: a part in a million of slack makes up for their rounding */
	return x->s->has_best && floor(bound) <= (double) x->s->best_value;
}

/* Kill the cells whose loss is too great; true when any died. Sharpens *bound by the cheapest choice of each item. */
static bool
fix_cells(Exact *x, double *bound)
{
	const AllocProblem *p = x->p;
	double		value = evaluate(x, true);
	double		sharper = value;
	bool		any = false;

	for (int i = 0; i < p->n; i++)
	{
		double		least = INFINITY;

		if (is_fixed(x, i))
			continue;
		for (int j = 0; j < p->m; j++)
		{
			double		loss;

			if (!x->alive[(size_t) i * p->m + j])
				continue;
			loss = whole_loss(x, i, j);
			loss -= 1e-6 * loss + 1e-6;
			if (beaten(x, value - loss))
			{
				kill_cell(x, i, j);
				any = true;
			}
			if (loss < least)
				least = loss;
		}
		if (value - least < sharper)
			sharper = value - least;
	}
	if (sharper < *bound)
		*bound = sharper;
	return any;
}

static bool
take_step(Exact *x, double value, double theta)
{
	const AllocProblem *p = x->p;
	double		target = x->s->has_best ? (double) x->s->best_value : value - 0.005 * fabs(value) - 1;
	double		norm = 0;
	double		length;

	for (int i = 0; i < p->n; i++)
	{
		if (is_fixed(x, i))
			continue;
		x->u_step[i] = 0.7 * (1 - x->cover[i]) + 0.3 * x->u_step[i];
		norm += x->u_step[i] * x->u_step[i];
	}
	for (int r = 0; r < p->nrow; r++)
	{
		double		g = 0;

		if (x->rho[r] > 0 || (x->rho[r] == 0 && x->used[r] > p->row[r].hi))
			g = (double) (p->row[r].hi - x->used[r]);
		else if (x->rho[r] < 0 || x->used[r] < p->row[r].lo)
			g = (double) (p->row[r].lo - x->used[r]);
		x->rho_step[r] = 0.7 * g + 0.3 * x->rho_step[r];
		norm += x->rho_step[r] * x->rho_step[r];
	}
	if (norm < 1e-12)
		return false;
	length = theta * (value - target) / norm;
	for (int i = 0; i < p->n; i++)
		if (!is_fixed(x, i))
			x->u[i] -= length * x->u_step[i];
	for (int r = 0; r < p->nrow; r++)
	{
		x->rho[r] -= length * x->rho_step[r];
		if ((x->rho[r] > 0 && p->row[r].hi == ALLOC_NO_LIMIT) || (x->rho[r] < 0 && p->row[r].lo <= 0))
			x->rho[r] = 0;
	}
	return true;
}

/* The lists of living cells by city, after the root has killed many. */
static void
compact(Exact *x)
{
	const AllocProblem *p = x->p;

	for (int j = 0; j < p->m; j++)
	{
		int			count = 0;

		for (int t = 0; t < x->items[j]; t++)
			if (x->alive[(size_t) x->item[j][t] * p->m + j])
				x->item[j][count++] = x->item[j][t];
		x->items[j] = count;
	}
}

/*
 * Improve the prices; the node's bound in *bound, the best prices in u and rho on return. False: nothing better is left here.
 */
static bool
improve(Exact *x, int rounds, double theta, double *bound)
{
	const AllocProblem *p = x->p;
	int			stall = 0;
	double		fixed_at = INFINITY;

	memset(x->u_step, 0, p->n * sizeof(double));
	memset(x->rho_step, 0, p->nrow * sizeof(double));
	*bound = INFINITY;
	for (int round = 0; round < rounds && x->steps > 0; round++)
	{
		double		value = evaluate(x, false);

		if (value < *bound)
		{
			stall = value < *bound - 1e-7 * fabs(*bound) ? 0 : stall + 1;
			*bound = value;
			memcpy(x->u_best, x->u, p->n * sizeof(double));
			memcpy(x->rho_best, x->rho, p->nrow * sizeof(double));
		}
		else
			stall++;
		if (beaten(x, *bound))
			return false;
		if (stall >= (rounds > 100 ? 20 : 6))
		{
			theta *= 0.7;
			stall = 0;
			memcpy(x->u, x->u_best, p->n * sizeof(double));
			memcpy(x->rho, x->rho_best, p->nrow * sizeof(double));
			/* where the bound has come down by a tenth of the gap since the last time, fixing is worth its price again */
			if (rounds > 100 && x->s->has_best &&
				fixed_at - *bound > 0.1 * (*bound - (double) x->s->best_value))
			{
				fixed_at = *bound;
				if (fix_cells(x, bound))
				{
					if (!propagate(x) || beaten(x, *bound))
						return false;
					compact(x);
				}
			}
			value = evaluate(x, false);
		}
		if (theta < 2e-3 || !take_step(x, value, theta))
			break;
	}
	memcpy(x->u, x->u_best, p->n * sizeof(double));
	memcpy(x->rho, x->rho_best, p->nrow * sizeof(double));
	return true;
}

/* All items fixed: a plan, which may be the best. */
static void
try_plan(Exact *x)
{
	const AllocProblem *p = x->p;
	int		   *city = x->cover;	/* free here */
	int64_t		value;

	for (int i = 0; i < p->n; i++)
		city[i] = (int) x->choice_sum[i];
	value = alloc_value(p, city);
	if ((!x->s->has_best || value > x->s->best_value) && alloc_feasible(p, city))
	{
		x->s->has_best = true;
		x->s->best_value = value;
		memcpy(x->s->best, city, p->n * sizeof(int));
	}
}

/* The item to branch on: whose second choice costs most; its cheapest city in *city. -1: all fixed. */
static int
pick_item(const Exact *x, int *city)
{
	const AllocProblem *p = x->p;
	int			best = -1;
	double		best_regret = -1;

	for (int i = 0; i < p->n; i++)
	{
		double		first = INFINITY;
		double		second = INFINITY;
		int			first_city = -1;
		double		regret;

		if (is_fixed(x, i))
			continue;
		for (int j = 0; j < p->m; j++)
		{
			double		loss;

			if (!x->alive[(size_t) i * p->m + j])
				continue;
			loss = whole_loss(x, i, j);
			if (loss < first)
			{
				second = first;
				first = loss;
				first_city = j;
			}
			else if (loss < second)
				second = loss;
		}
		regret = second - first + first + 1e-3 * (double) p->weight[i] / (1 + x->choices[i]);
		if (regret > best_regret)
		{
			best_regret = regret;
			best = i;
			*city = first_city;
		}
	}
	return best;
}

static void
explore(Exact *x, int depth)
{
	const AllocProblem *p = x->p;
	size_t		mark = x->trail_size;
	Frame	   *frame;

	if (depth >= x->frames)
	{
		x->cut_short = true;
		return;
	}
	frame = &x->frame[depth];
	if (frame->u == NULL)
	{
		frame->u = alloc_array(p->env, p->n, sizeof(double));
		frame->rho = alloc_array(p->env, p->nrow, sizeof(double));
	}
	for (;;)
	{
		double		bound;
		int			item;
		int			city;
		size_t		child;

		if (x->steps <= 0)
		{
			x->cut_short = true;
			break;
		}
		if (!propagate(x))
			break;
		if (!improve(x, depth == 0 ? ROOT_ROUNDS / 10 : NODE_ROUNDS, 0.6, &bound))
			break;
		if (fix_cells(x, &bound))
		{
			if (beaten(x, bound) || !propagate(x))
				break;
			/* prices still hold, and losses only grow as cells die: take them as they are */
		}
		if (beaten(x, bound))
			break;
		if (depth == 0 && x->s->has_best)
		{
			compact(x);
			x->root_bound = bound < x->root_bound ? bound : x->root_bound;
		}
		item = pick_item(x, &city);
		if (item < 0)
		{
			try_plan(x);
			break;
		}
		memcpy(frame->u, x->u, p->n * sizeof(double));
		memcpy(frame->rho, x->rho, p->nrow * sizeof(double));
		child = x->trail_size;
		for (int j = 0; j < p->m; j++)
			if (j != city)
				kill_cell(x, item, j);
		explore(x, depth + 1);
		undo(x, child);
		memcpy(x->u, frame->u, p->n * sizeof(double));
		memcpy(x->rho, frame->rho, p->nrow * sizeof(double));
		if (x->cut_short)
			break;
		kill_cell(x, item, city);
	}
	undo(x, mark);
}

bool
alloc_exact(const AllocDual *d, AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	const AllocEnv *env = p->env;
	Exact	   *x = alloc_array(env, 1, sizeof(Exact));
	size_t		cells = (size_t) p->n * p->m;
	double		value;

	x->p = p;
	x->d = d;
	x->s = s;
	x->steps = *steps;
	x->alive = alloc_array(env, cells, 1);
	x->choices = alloc_array(env, p->n, sizeof(int));
	x->choice_sum = alloc_array(env, p->n, sizeof(int64_t));
	x->trail = alloc_array(env, cells, sizeof(size_t));
	x->item = alloc_array(env, p->m, sizeof(int *));
	x->items = alloc_array(env, p->m, sizeof(int));
	x->left = alloc_array(env, p->m, sizeof(int64_t));
	x->fixed_used = alloc_array(env, p->nrow, sizeof(int64_t));
	x->counted = alloc_array(env, p->n, 1);
	x->u = alloc_array(env, p->n, sizeof(double));
	x->rho = alloc_array(env, p->nrow, sizeof(double));
	x->u_best = alloc_array(env, p->n, sizeof(double));
	x->rho_best = alloc_array(env, p->nrow, sizeof(double));
	x->u_step = alloc_array(env, p->n, sizeof(double));
	x->rho_step = alloc_array(env, p->nrow, sizeof(double));
	x->table = alloc_array(env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	x->cover = alloc_array(env, p->n, sizeof(int));
	x->used = alloc_array(env, p->nrow, sizeof(int64_t));
	x->loss = alloc_array(env, cells, sizeof(float));
	x->out_loss = alloc_array(env, p->n, sizeof(double));
	x->knapsack.item = alloc_array(env, p->n, sizeof(AllocKnapsackItem));
	x->knapsack.sum_value = alloc_array(env, p->n + 1, sizeof(double));
	x->knapsack.sum_weight = alloc_array(env, p->n + 1, sizeof(int64_t));
	x->knapsack.on = alloc_array(env, p->n, sizeof(bool));
	x->frames = p->n + 1;
	x->frame = alloc_array(env, x->frames, sizeof(Frame));
	for (int j = 0; j < p->m; j++)
		x->item[j] = alloc_array(env, p->n, sizeof(int));
	for (int i = 0; i < p->n; i++)
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				x->alive[(size_t) i * p->m + j] = 1;
				x->choices[i]++;
				x->choice_sum[i] += j;
				x->item[j][x->items[j]++] = i;
			}
	memcpy(x->rho, d->rho, p->nrow * sizeof(double));
	alloc_row_prices(p, x->rho, x->table);
	for (int i = 0; i < p->n; i++)
	{
		x->u[i] = -INFINITY;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				value = worth(x, i, j) - d->lambda[j] * (double) p->weight[i] -
					alloc_row_price(p, x->table, i, j);
				if (value > x->u[i])
					x->u[i] = value;
			}
	}
	x->slack = s->has_best ? 0.01 * (d->bound - (double) s->best_value) / p->m : 1e-6 * fabs(d->bound) / p->m;
	x->root_bound = d->bound;
	*bound = d->bound;
	if (propagate(x) && improve(x, ROOT_ROUNDS, 1.0, &value))
	{
		if (value < x->root_bound)
			x->root_bound = value;
		explore(x, 0);
	}
	*bound = x->root_bound;
	*steps = x->steps;
	return !x->cut_short;
}
