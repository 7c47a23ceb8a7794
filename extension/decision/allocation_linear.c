/*
 * allocation_linear.c
 *	  The linear relaxation without bonuses, solved exactly by a dual simplex method: the best prices that AllocDual can have.
 *
 * With a price y_r for each limit r (a capacity, a row) the bound is
 *	   f(y) = sum_i max_j (profit_ij - y a_ij) + sum_r max(y_r hi_r, y_r lo_r)
 * convex and made of planes. Its least point is a corner where as many ties hold as there are limits: "items i is as well off in j as in its
 * key city" or "y_r = 0, the limit is not used up". Each tie has a weight in the primal (the share of item i that goes to j; what the limit
 * is used). While a weight is outside its limits, f falls along the edge that gives up that tie. The walk along an edge goes on past
 * kinks, where an item changes its key city, until f would rise (long steps; Maros 2003): most items change cities without ever taking part
 * in the basis (generalised upper bounds: Dantzig and Van Slyke 1967), whose inverse has only as many rows as there are limits.
 *
 * f never rises, and each point on the way is a valid bound, which the caller works out afresh from the prices: rounding errors here can cost
 * quality, not validity. Profits are perturbed by up to SPREAD units in all so that ties are few.
 */
#include "decision/allocation_problem.h"

#include <math.h>
#include <string.h>

/* Limits for which the relaxation is solved: the inverse stays below 12 MB. */
#define LIMITS			1200

/* The perturbation of all items together. */
#define SPREAD			1e-3

/* A weight this far outside its limits is inside; a rate this small is none. */
#define WEIGHT_NEAR		1e-7
#define RATE_NEAR		1e-9

/* Prices afresh from the inverse after so many steps. */
#define REFRESH			25

typedef struct Tie
{
	int			item;			/* -1: the limit's price is 0 */
	int			city;
	int			limit;
} Tie;

typedef struct Kink
{
	double		at;
	double		rate;			/* by which f bends upwards */
	int			item;			/* -1: a limit's price passes 0 */
	int			to;				/* the city, or the limit */
} Kink;

typedef struct Linear
{
	const AllocProblem *p;
	int			limits;
	int		   *capacity_limit; /* [m] the limit of a city's capacity, or -1 */
	int		   *row_limit;		/* [nrow] or -1 */
	double		heads;			/* capacities are counted in typical items */
	double	   *lo;				/* [limits] */
	double	   *hi;				/* INFINITY: none */
	double	   *y;
	double	   *direction;
	double	   *used;			/* [limits] by the key cities */
	int8_t	   *side;			/* [limits] not in the basis: 1 at hi, -1 at lo; 0: in the basis */
	int		   *key;			/* [n] */
	int		   *ties;			/* [n] of the item in the basis */
	double	   *tied;			/* [n] share of the item outside its key city */
	Tie		   *basis;			/* [limits] */
	double	   *inverse;		/* [limits * limits] */
	double	   *weight;			/* [limits] of the ties */
	double	   *column;
	double	   *right;
	double	   *price_head;		/* [m] y and direction by city: of a head ... */
	double	   *price_table;	/* ... and by category as in allocation_dual.c */
	double	   *turn_head;
	double	   *turn_table;
	double	   *rho;
	Kink	   *heap;			/* [n + limits] */
	int			kinks;
	double		perturb;
} Linear;

static inline double
profit(const Linear *x, int i, int j)
{
	size_t		at = (size_t) i * x->p->m + j;

	return (double) x->p->profit[at] + x->perturb * (double) ((uint32_t) at * UINT32_C(2654435761));
}

/* What item i pays for city j by prices head and table. */
static inline double
charge(const Linear *x, const double *head, const double *table, int i, int j)
{
	const AllocProblem *p = x->p;

	if (p->cat_start[i + 1] == p->cat_start[i])
		return head[j] * (double) p->weight[i] + table[j] * p->size[i];
	return head[j] * (double) p->weight[i] + alloc_row_price(p, table, i, j);
}

/* to[] += sign * the column of item i in city j */
static void
add_cell(const Linear *x, double *to, int i, int j, double sign)
{
	const AllocProblem *p = x->p;

	if (x->capacity_limit[j] >= 0)
		to[x->capacity_limit[j]] += sign * (double) p->weight[i] / x->heads;
	for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
	{
		int			r = p->city_row[t];

		if (x->row_limit[r] >= 0)
			to[x->row_limit[r]] += sign * alloc_coefficient(p, i, p->row[r].category);
	}
}

/* A vector over the limits as prices by city and category. */
static void
spread_prices(const Linear *x, const double *y, double *head, double *table)
{
	const AllocProblem *p = x->p;

	for (int j = 0; j < p->m; j++)
		head[j] = x->capacity_limit[j] < 0 ? 0 : y[x->capacity_limit[j]] / x->heads;
	for (int r = 0; r < p->nrow; r++)
		x->rho[r] = x->row_limit[r] < 0 ? 0 : y[x->row_limit[r]];
	alloc_row_prices(p, x->rho, table);
}

static Linear *
linear_new(const AllocProblem *p)
{
	Linear	   *x = alloc_array(p->env, 1, sizeof(Linear));
	int			limits = 0;
	double		heads = 0;

	x->p = p;
	x->capacity_limit = alloc_array(p->env, p->m, sizeof(int));
	x->row_limit = alloc_array(p->env, p->nrow, sizeof(int));
	for (int j = 0; j < p->m; j++)
		x->capacity_limit[j] = p->capacity[j] == ALLOC_NO_LIMIT ? -1 : limits++;
	for (int r = 0; r < p->nrow; r++)
		x->row_limit[r] = p->row[r].hi == ALLOC_NO_LIMIT && p->row[r].lo <= 0 ? -1 : limits++;
	x->limits = limits;
	if (limits > LIMITS)
		return x;
	for (int i = 0; i < p->n; i++)
		heads += (double) p->weight[i] / p->n;
	x->heads = heads > 1 ? heads : 1;
	x->perturb = SPREAD / p->n / 4294967296.0;
	x->lo = alloc_array(p->env, limits, sizeof(double));
	x->hi = alloc_array(p->env, limits, sizeof(double));
	x->y = alloc_array(p->env, limits, sizeof(double));
	x->direction = alloc_array(p->env, limits, sizeof(double));
	x->used = alloc_array(p->env, limits, sizeof(double));
	x->side = alloc_array(p->env, limits, 1);
	x->key = alloc_array(p->env, p->n, sizeof(int));
	x->ties = alloc_array(p->env, p->n, sizeof(int));
	x->tied = alloc_array(p->env, p->n, sizeof(double));
	x->basis = alloc_array(p->env, limits, sizeof(Tie));
	x->inverse = alloc_array(p->env, (size_t) limits * limits, sizeof(double));
	x->weight = alloc_array(p->env, limits, sizeof(double));
	x->column = alloc_array(p->env, limits, sizeof(double));
	x->right = alloc_array(p->env, limits, sizeof(double));
	x->price_head = alloc_array(p->env, p->m, sizeof(double));
	x->turn_head = alloc_array(p->env, p->m, sizeof(double));
	x->price_table = alloc_array(p->env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	x->turn_table = alloc_array(p->env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	x->rho = alloc_array(p->env, p->nrow, sizeof(double));
	x->heap = alloc_array(p->env, (size_t) p->n + limits, sizeof(Kink));
	for (int j = 0; j < p->m; j++)
		if (x->capacity_limit[j] >= 0)
			x->hi[x->capacity_limit[j]] = (double) p->capacity[j] / x->heads;
	for (int r = 0; r < p->nrow; r++)
		if (x->row_limit[r] >= 0)
		{
			x->lo[x->row_limit[r]] = p->row[r].lo > 0 ? (double) p->row[r].lo : 0;
			x->hi[x->row_limit[r]] = p->row[r].hi == ALLOC_NO_LIMIT ? INFINITY : (double) p->row[r].hi;
		}
	for (int k = 0; k < limits; k++)
	{
		x->basis[k] = (Tie) {-1, -1, k};
		x->inverse[(size_t) k * limits + k] = -1;
	}
	for (int i = 0; i < p->n; i++)
	{
		x->key[i] = -1;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j) && (x->key[i] < 0 || profit(x, i, j) > profit(x, i, x->key[i])))
				x->key[i] = j;
		if (x->key[i] < 0)
			return NULL;
		add_cell(x, x->used, i, x->key[i], 1);
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
	return x;
}

/* The weights of the ties: what the limits are used together is what they are. */
static void
find_weights(Linear *x)
{
	memset(x->tied, 0, x->p->n * sizeof(double));
	for (int r = 0; r < x->limits; r++)
		x->right[r] = -x->used[r] + (x->side[r] > 0 ? x->hi[r] : x->side[r] < 0 ? x->lo[r] : 0);
	for (int k = 0; k < x->limits; k++)
	{
		const double *row = x->inverse + (size_t) k * x->limits;
		double		sum = 0;

		for (int r = 0; r < x->limits; r++)
			sum += row[r] * x->right[r];
		x->weight[k] = sum;
		if (x->basis[k].item >= 0)
			x->tied[x->basis[k].item] += sum;
	}
}

/* The prices that the ties give. */
static void
find_prices(Linear *x)
{
	memset(x->y, 0, x->limits * sizeof(double));
	for (int k = 0; k < x->limits; k++)
	{
		const double *row = x->inverse + (size_t) k * x->limits;
		Tie			t = x->basis[k];
		double		cost;

		if (t.item < 0)
			continue;
		cost = profit(x, t.item, t.city) - profit(x, t.item, x->key[t.item]);
		for (int r = 0; r < x->limits; r++)
			x->y[r] += cost * row[r];
	}
	for (int r = 0; r < x->limits; r++)
		if (x->side[r] == 0)
			x->y[r] = 0;
}

/* The key city of the item of tie k changes places with it. */
static void
exchange_key(Linear *x, int k)
{
	int			i = x->basis[k].item;
	int			before = x->key[i];
	double	   *row = x->inverse + (size_t) k * x->limits;

	for (int t = 0; t < x->limits; t++)
		if (t != k && x->basis[t].item == i)
			for (int r = 0; r < x->limits; r++)
				row[r] += x->inverse[(size_t) t * x->limits + r];
	for (int r = 0; r < x->limits; r++)
		row[r] = -row[r];
	add_cell(x, x->used, i, before, -1);
	x->key[i] = x->basis[k].city;
	x->basis[k].city = before;
	add_cell(x, x->used, i, x->key[i], 1);
	x->weight[k] = 1 - x->tied[i];
}

/* The tie to give up: the weight that is furthest outside its limits, by the length of its edge. -1: none is outside. */
static int
pick_tie(Linear *x)
{
	double		most = 0;
	int			best = -1;
	bool		key = false;

	for (int k = 0; k < x->limits; k++)
	{
		Tie			t = x->basis[k];
		double		w = x->weight[k];
		double		outside = t.item < 0 ? fmax(x->lo[t.limit] - w, w - x->hi[t.limit]) : -w;
		double		beyond = t.item < 0 ? 0 : x->tied[t.item] - 1;
		bool		more = beyond > outside;
		const double *row = x->inverse + (size_t) k * x->limits;
		double		norm = 0;

		if (more)
			outside = beyond;
		if (outside <= WEIGHT_NEAR)
			continue;
		for (int r = 0; r < x->limits; r++)
			norm += row[r] * row[r];
		if (outside * outside > most * norm)
		{
			most = outside * outside / norm;
			best = k;
			key = more;
		}
	}
	if (best >= 0 && key)
	{
		/* the key city has less than nothing: give it up in the place of the tie that has most */
		int			i = x->basis[best].item;

		for (int k = 0; k < x->limits; k++)
			if (x->basis[k].item == i && x->weight[k] > x->weight[best])
				best = k;
		exchange_key(x, best);
	}
	return best;
}

static inline bool
sooner(const Kink *a, const Kink *b)
{
	return a->at != b->at ? a->at < b->at : a->item != b->item ? a->item < b->item : a->to < b->to;
}

static void
sink(Linear *x, int at)
{
	Kink	   *heap = x->heap;
	Kink		kink = heap[at];

	for (int child = 2 * at + 1; child < x->kinks; child = 2 * at + 1)
	{
		if (child + 1 < x->kinks && sooner(&heap[child + 1], &heap[child]))
			child++;
		if (!sooner(&heap[child], &kink))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = kink;
}

/* Where item i is first as well off elsewhere as in its key city; false: nowhere. */
static bool
next_kink(const Linear *x, int i, Kink *kink)
{
	const AllocProblem *p = x->p;
	int			a = x->key[i];
	double		level = profit(x, i, a) - charge(x, x->price_head, x->price_table, i, a);
	double		turn = charge(x, x->turn_head, x->turn_table, i, a);
	double		best_gap = INFINITY;
	double		best_rate = 1;
	int			best = -1;

	for (int j = 0; j < p->m; j++)
	{
		double		rate;
		double		gap;

		if (!alloc_allowed(p, i, j) || j == a)
			continue;
		rate = turn - charge(x, x->turn_head, x->turn_table, i, j);
		if (rate <= RATE_NEAR)
			continue;
		gap = level - (profit(x, i, j) - charge(x, x->price_head, x->price_table, i, j));
		if (gap < 0)
			gap = 0;
		if (gap * best_rate < best_gap * rate)
		{
			best_gap = gap;
			best_rate = rate;
			best = j;
		}
	}
	if (best < 0)
		return false;
	*kink = (Kink) {best_gap / best_rate, best_rate, i, best};
	return true;
}

/*
 * Walk along the edge that gives up tie k to the kink where f would rise. Returns it in *kink; false: f falls for ever, so no plan keeps the
 * limits, or rounding errors say so.
 */
static bool
walk(Linear *x, int k, double slope, Kink *kink)
{
	const AllocProblem *p = x->p;
	int			leaving = x->basis[k].item;

	x->kinks = 0;
	for (int i = 0; i < p->n; i++)
	{
		x->kinks += next_kink(x, i, &x->heap[x->kinks]);
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
	for (int r = 0; r < x->limits; r++)
		if (x->side[r] * x->direction[r] < -RATE_NEAR && x->lo[r] < x->hi[r])
			x->heap[x->kinks++] = (Kink) {fmax(-x->y[r] / x->direction[r], 0), (x->hi[r] - x->lo[r]) * fabs(x->direction[r]), -1, r};
	for (int at = x->kinks / 2 - 1; at >= 0; at--)
		sink(x, at);
	while (x->kinks > 0)
	{
		Kink	   *top = &x->heap[0];
		double		at = top->at;

		*kink = *top;
		slope += top->rate;
		/* an item whose share is split has more than one cell at its level: it cannot change its key city and go on */
		if (slope >= 0 || (top->item >= 0 && x->ties[top->item] > (top->item == leaving)))
			return true;
		if (top->item < 0)
		{
			x->side[top->to] = -x->side[top->to];
			*top = x->heap[--x->kinks];
		}
		else
		{
			int			i = top->item;

			add_cell(x, x->used, i, x->key[i], -1);
			x->key[i] = top->to;
			add_cell(x, x->used, i, x->key[i], 1);
			if (!next_kink(x, i, top))
				*top = x->heap[--x->kinks];
			else if (top->at < at)
				top->at = at;
			p->env->poll(p->env->context);
		}
		if (x->kinks > 0)
			sink(x, 0);
	}
	return false;
}

/* The kink's tie takes the place of tie k; false: the numbers have become too poor to go on. */
static bool
exchange_tie(Linear *x, int k, const Kink *kink)
{
	int			limits = x->limits;
	double	   *from = x->inverse + (size_t) k * limits;
	Tie			leaving = x->basis[k];
	double	   *cell = x->right;	/* free here */

	memset(cell, 0, limits * sizeof(double));
	if (kink->item < 0)
		cell[kink->to] = -1;
	else
	{
		add_cell(x, cell, kink->item, kink->to, 1);
		add_cell(x, cell, kink->item, x->key[kink->item], -1);
	}
	memset(x->column, 0, limits * sizeof(double));
	for (int r = 0; r < limits; r++)
		if (cell[r] != 0)
			for (int t = 0; t < limits; t++)
				x->column[t] += x->inverse[(size_t) t * limits + r] * cell[r];
	if (fabs(x->column[k]) < RATE_NEAR)
		return false;
	for (int r = 0; r < limits; r++)
		from[r] /= x->column[k];
	for (int t = 0; t < limits; t++)
	{
		double	   *to = x->inverse + (size_t) t * limits;
		double		factor = x->column[t];

		if (t == k || factor == 0)
			continue;
		for (int r = 0; r < limits; r++)
			to[r] -= factor * from[r];
	}
	if (leaving.item < 0)
		x->side[leaving.limit] = x->weight[k] > x->hi[leaving.limit] ? 1 : -1;
	else
		x->ties[leaving.item]--;
	if (kink->item < 0)
		x->side[kink->to] = 0;
	else
		x->ties[kink->item]++;
	x->basis[k] = kink->item < 0 ? (Tie) {-1, -1, kink->to} : (Tie) {kink->item, kink->to, -1};
	return true;
}

/* The city that has most of each item. */
static void
round_shares(const Linear *x, int *city)
{
	double	   *most = x->tied;

	for (int i = 0; i < x->p->n; i++)
	{
		city[i] = x->key[i];
		most[i] = 1 - x->tied[i];
	}
	for (int k = 0; k < x->limits; k++)
	{
		Tie			t = x->basis[k];

		if (t.item >= 0 && x->weight[k] > most[t.item])
		{
			most[t.item] = x->weight[k];
			city[t.item] = t.city;
		}
	}
}

bool
alloc_linear(const AllocProblem *p, int64_t *steps, double *lambda, double *rho, int *city)
{
	Linear	   *x;
	int64_t		cost;
	bool		solved = false;
	int			round = 0;

	p->env->begin(p->env->context);
	x = linear_new(p);
	cost = x == NULL ? 0 : 1 + (int64_t) p->n * p->m / 400 + (int64_t) x->limits * x->limits / 200;
	while (x != NULL && x->limits <= LIMITS && *steps > 0)
	{
		int			k;
		double		sign = 1;
		double		slope;
		Kink		kink;

		if (++round % REFRESH == 0)
			find_prices(x);
		find_weights(x);
		k = pick_tie(x);
		if (k < 0)
		{
			/* the prices that these ties give to the profits themselves */
			x->perturb = 0;
			find_prices(x);
			round_shares(x, city);
			solved = true;
			break;
		}
		slope = x->weight[k];
		if (x->basis[k].item < 0)
		{
			int			r = x->basis[k].limit;

			sign = x->weight[k] > x->hi[r] ? -1 : 1;
			slope = sign < 0 ? x->hi[r] - x->weight[k] : x->weight[k] - x->lo[r];
		}
		for (int r = 0; r < x->limits; r++)
			x->direction[r] = sign * x->inverse[(size_t) k * x->limits + r];
		spread_prices(x, x->y, x->price_head, x->price_table);
		spread_prices(x, x->direction, x->turn_head, x->turn_table);
		*steps -= cost;
		if (!walk(x, k, slope, &kink) || !exchange_tie(x, k, &kink))
			break;
		for (int r = 0; r < x->limits; r++)
			x->y[r] += kink.at * x->direction[r];
	}
	if (x != NULL && x->limits <= LIMITS)
	{
		for (int j = 0; j < p->m; j++)
			lambda[j] = x->capacity_limit[j] < 0 ? 0 : fmax(x->y[x->capacity_limit[j]] / x->heads, 0);
		for (int r = 0; r < p->nrow; r++)
		{
			rho[r] = x->row_limit[r] < 0 ? 0 : x->y[x->row_limit[r]];
			if ((rho[r] > 0 && p->row[r].hi == ALLOC_NO_LIMIT) || (rho[r] < 0 && p->row[r].lo <= 0))
				rho[r] = 0;
		}
	}
	p->env->end(p->env->context);
	return solved;
}
