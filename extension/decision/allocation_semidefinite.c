/*
 * allocation_semidefinite.c
 *	  A bound for many bonuses: a semidefinite relaxation for each city, the cities coupled by prices of the items.
 *
 * Splitting a bonus between its two ends counts, for each item, its best partners, whether or not these would go together; with a third of all
 * pairs in bonuses no linear bound of that kind comes near a plan. For city j let X stand for z z' with z = (1, x) and x the items in it:
 * positive semidefinite, entries at or above 0, X_ii = X_0i, headcounts and numbers within the city's, also multiplied with each x_i. With prices
 * u of the items,
 *	   sum_i u_i + sum_j max <profit - u and bonuses, X_j>
 * bounds every plan. All cities and the prices are brought on together by the alternating direction method of allocation_cone.c. Where that takes
 * too much memory there is one block for all cities, without prices. Every few iterations both kinds of blocks get cuts (allocation_cut.c).
 */
#include "decision/allocation_semidefinite.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Memory for all blocks, and for the one block. */
#define BLOCKS_SIZE		((size_t) 64 << 20)

/* Iterations at most; the bound is looked at after so many, which is also where the penalty is adapted. */
#define ITERATIONS		1000
#define LOOK			10

/* Cuts are looked for every so many iterations, from the second time on; so many around an item of a city's block, on average. */
#define CUT				20
#define CUTS_AROUND		32

/* Rows and entries of a city's block. */
#define BLOCK_ROWS(p)		(3 * (p)->n + 2 * (p)->nrow + 2)
#define BLOCK_ENTRIES(p)	(2 * ((p)->n + 1) * ((p)->n + 1) + (2 * (p)->nrow + 3) * (p)->n + 1)

/*
 * The penalty is adapted by this factor where one residual is so many times the other; at the end as soon as that of the matrices is the larger, for
 * what the least eigenvalue takes off the bound is all theirs.
 */
#define ADAPT			1.3
#define ADAPT_AT		3

/* Iterations at the end, at most and as a part of all, without new cuts, which set the least eigenvalue back; the residuals of the matrices count more. */
#define SETTLE			100
#define SETTLE_PART		8

/* Looks without a gain of this part of the gap bring the end, and end it. */
#define GAIN_LEAST		0.0005
#define STALL			10
#define ROUNDS_LEAST	60

/* The part of the bonuses a plan earns with an item that the item's price counts to begin with. */
#define EARNED			0.7

typedef struct Relaxation
{
	const AllocProblem *p;
	int			blocks;
	AllocCone **block;			/* [m], a city each, or one */
	double		scale;			/* of values */
	double	   *base;			/* [m * n] the part of an item's entry in a city's matrix that is not its price */
	double	   *price;			/* [n] of an item, for the minimum: below 0 */
	int		   *cities;			/* [n] cities that it can go to */
	double		fixed;			/* of rows of several cities, at their prices */
} Relaxation;

/* The prices of the items into the matrix of city j. */
static void
set_prices(Relaxation *x, int j)
{
	const AllocProblem *p = x->p;

	for (int i = 0; i < p->n; i++)
		if (alloc_allowed(p, i, j))
			alloc_cone_set(x->block[j]->c, x->block[j], 0, i + 1, x->base[(size_t) j * p->n + i] - 0.5 * x->price[i]);
}

static void
add_rows(Relaxation *x, int j)
{
	const AllocProblem *p = x->p;
	AllocCone  *k = x->block[j];
	bool		heads = p->capacity[j] != ALLOC_NO_LIMIT;

	alloc_cone_row(k, 1, false);
	alloc_cone_entry(k, 0, 0, 1);
	if (heads)
	{
		alloc_cone_row(k, (double) p->capacity[j], true);
		for (int i = 0; i < p->n; i++)
			if (alloc_allowed(p, i, j))
				alloc_cone_entry(k, 0, i + 1, (double) p->weight[i]);
	}
	for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
	{
		const AllocRow *row = &p->row[p->city_row[t]];

		for (int side = 0; side < 2 && row->ncity == 1; side++)
		{
			if (side == 0 ? row->hi == ALLOC_NO_LIMIT : row->lo <= 0)
				continue;
			alloc_cone_row(k, side == 0 ? (double) row->hi : -(double) row->lo, true);
			for (int i = 0; i < p->n; i++)
				if (alloc_allowed(p, i, j))
					alloc_cone_entry(k, 0, i + 1, (side == 0 ? 1.0 : -1.0) * alloc_coefficient(p, i, row->category));
		}
	}
	for (int i = 0; i < p->n; i++)
	{
		if (!alloc_allowed(p, i, j))
			continue;
		alloc_cone_row(k, 0, false);
		alloc_cone_entry(k, i + 1, i + 1, 1);
		alloc_cone_entry(k, 0, i + 1, -1);
		for (int side = heads ? 0 : 1; side < 2; side++)
		{
			alloc_cone_row(k, 0, true);
			for (int o = 0; o < p->n; o++)
				if (alloc_allowed(p, o, j))
					alloc_cone_entry(k, i + 1, o + 1, side == 0 ? (double) p->weight[o] : (double) p->size[o]);
			alloc_cone_entry(k, 0, i + 1, side == 0 ? -(double) p->capacity[j] : -(double) p->partner_max[j]);
		}
	}
}

/* What holds for the city's items alone, and the plan as a point to begin with. */
static void
build_block(Relaxation *x, int j, const int *plan, const double *table)
{
	const AllocProblem *p = x->p;
	AllocCone  *k = x->block[j];

	for (int i = 0; i < p->n; i++)
		if (alloc_allowed(p, i, j))
			x->base[(size_t) j * p->n + i] = -0.5 * ((double) p->profit[(size_t) i * p->m + j] - alloc_row_price(p, table, i, j)) / x->scale;
		else
			for (int o = 0; o <= p->n; o++)
				k->zero[alloc_cone_cell(k, i + 1, o)] = k->zero[alloc_cone_cell(k, o, i + 1)] = 1;
	for (int e = 0; e < p->nedge; e++)
		if (alloc_allowed(p, p->edge_a[e], j) && alloc_allowed(p, p->edge_b[e], j))
			alloc_cone_set(k->c, k, p->edge_a[e] + 1, p->edge_b[e] + 1, -0.5 * (double) p->edge_value[e] / x->scale);
	for (int i = 0; i < p->n; i++)
		for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
			k->zero[alloc_cone_cell(k, i + 1, p->apart_item[t] + 1)] = 1;
	add_rows(x, j);
	alloc_cone_ready(k);
	k->cuts = alloc_cuts_new(p->env, k->n, k->width, 1, CUTS_AROUND);
	k->trace_least = 1;
	k->trace_most = 1 + (double) (p->partner_max[j] < p->n ? p->partner_max[j] : p->n);
	for (int a = 0; a <= p->n; a++)
		for (int b = 0; b <= p->n; b++)
			if ((a == 0 || plan[a - 1] == j) && (b == 0 || plan[b - 1] == j))
				k->x[alloc_cone_cell(k, a, b)] = 1;
	for (int r = 0; r < k->rows; r++)
	{
		double		rest = k->side[r];

		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
			rest -= k->coefficient[t] * k->x[alloc_cone_cell(k, k->entry_a[t], k->entry_b[t])];
		k->rest_x[r] = k->most[r] && rest > 0 ? rest : 0;
	}
}

/* Better prices of the items while all else stays; returns how far the items are from being in one city each. */
static double
improve_prices(Relaxation *x, double mu)
{
	const AllocProblem *p = x->p;
	double		outside = 0;

	for (int i = 0; i < p->n; i++)
	{
		double		left = 1;
		double		pull = 0;
		double		step;

		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				const AllocCone *k = x->block[j];
				size_t		at = alloc_cone_cell(k, 0, i + 1);

				left -= k->x[at];
				pull += k->v[at] - k->s[at] - k->z[at];
			}
		outside += left * left;
		step = (mu * left + pull) / (0.5 * x->cities[i]);
		x->price[i] += step;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
				alloc_cone_set(x->block[j]->v, x->block[j], 0, i + 1, x->block[j]->v[alloc_cone_cell(x->block[j], 0, i + 1)] - 0.5 * step);
	}
	for (int j = 0; j < p->m; j++)
		set_prices(x, j);
	return sqrt(outside / p->n);
}

/* The bound at the prices and matrices in hand, rounding allowed for. */
static double
bound_of(Relaxation *x)
{
	const AllocProblem *p = x->p;
	double		sum = 0;
	double		magnitude = 0;

	for (int i = 0; i < p->n && x->price != NULL; i++)
	{
		sum += x->price[i];
		magnitude += fabs(x->price[i]);
	}
	for (int j = 0; j < x->blocks; j++)
	{
		double		least = alloc_cone_bound(x->block[j]);

		sum += least;
		magnitude += fabs(least);
	}
	sum = x->fixed - x->scale * sum;
	magnitude = p->gross + fabs(x->fixed) + x->scale * magnitude;
	return isfinite(sum) ? sum + magnitude * DBL_EPSILON * (16.0 + p->n + p->m + p->nrow) : INFINITY;
}

/* A block a city; rows of several cities enter by their prices. */
static void
build_cities(Relaxation *x, const AllocDual *d, const int *plan)
{
	const AllocProblem *p = x->p;
	const AllocEnv *env = p->env;
	AllocSpectrum *spectrum = alloc_spectrum_new(env, p->n + 1);
	double	   *rho = alloc_array(env, p->nrow, sizeof(double));
	double	   *table = alloc_array(env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	double		square = 0;

	x->blocks = p->m;
	x->base = alloc_array(env, (size_t) p->m * p->n, sizeof(double));
	x->price = alloc_array(env, p->n, sizeof(double));
	x->cities = alloc_array(env, p->n, sizeof(int));
	x->fixed = (double) p->constant;
	for (int r = 0; r < p->nrow; r++)
		if (p->row[r].ncity > 1 && d->rho[r] != 0)
		{
			rho[r] = d->rho[r];
			x->fixed += rho[r] * (double) (rho[r] > 0 ? p->row[r].hi : p->row[r].lo);
		}
	alloc_row_prices(p, rho, table);
	for (int i = 0; i < p->n; i++)
	{
		double		earned = (double) p->profit[(size_t) i * p->m + plan[i]];

		for (int t = p->adj_start[i]; t < p->adj_start[i + 1]; t++)
		{
			square += (double) p->adj_value[t] * (double) p->adj_value[t] / 4;
			if (plan[p->adj_item[t]] == plan[i])
				earned += EARNED * (double) p->adj_value[t];
		}
		x->price[i] = -earned;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				double		value = (double) p->profit[(size_t) i * p->m + j] - earned;

				square += value * value / 2 / p->m;
				x->cities[i]++;
			}
	}
	x->scale = square > 0 ? 4 * sqrt(square) / (p->n + 1) : 1;
	for (int i = 0; i < p->n; i++)
		x->price[i] /= x->scale;
	for (int j = 0; j < p->m; j++)
	{
		x->block[j] = alloc_cone_new(env, p->n + 1, BLOCK_ROWS(p), BLOCK_ENTRIES(p), spectrum);
		build_block(x, j, plan, table);
		set_prices(x, j);
	}
}

static bool
by_cities(const AllocProblem *p)
{
	return p->n < 2000 &&
		alloc_cone_size(p->n + 1, BLOCK_ROWS(p), BLOCK_ENTRIES(p)) + alloc_cuts_size(p->n + 1, CUTS_AROUND) < BLOCKS_SIZE / p->m;
}

bool
alloc_semidefinite_fits(const AllocProblem *p)
{
	return by_cities(p) || (p->n + p->m < 2000 && alloc_semidefinite_whole_size(p) < BLOCKS_SIZE);
}

void
alloc_semidefinite(const AllocDual *d, const AllocSearch *s, int64_t *steps, double *bound)
{
	const AllocProblem *p = d->p;
	const AllocEnv *env = p->env;
	Relaxation	relaxation = {.p = p};
	Relaxation *x = &relaxation;
	double		mu = 1;
	int			stall = 0;
	bool		settling = false;
	int			last = ITERATIONS;
	int			settle;
	int64_t		order;
	int64_t		cost;

	env->begin(env->context);
	x->block = alloc_array(env, p->m, sizeof(AllocCone *));
	if (by_cities(p))
		build_cities(x, d, s->best);
	else
	{
		x->blocks = 1;
		x->block[0] = alloc_semidefinite_whole(p, s->best, &x->scale, &x->fixed);
	}
	order = x->block[0]->n;
	cost = x->blocks * (1 + order * order * (order + 720) / 300);
	for (int j = 0; j < x->blocks; j++)
		*steps -= 1 + x->block[j]->rows * (int64_t) x->block[j]->rows * x->block[j]->rows / 1000;
	/* a look costs half an iteration */
	if (*steps < ITERATIONS * (cost + cost / (2 * LOOK)))
		last = *steps > 0 ? (int) (*steps / (cost + cost / (2 * LOOK))) : 0;
	settle = last / SETTLE_PART < SETTLE ? last / SETTLE_PART : SETTLE;
	for (int round = 1; round <= last; round++)
	{
		double		primal = 0;
		double		dual = 0;
		bool		fine = true;

		for (int j = 0; j < x->blocks; j++)
		{
			alloc_cone_prices(x->block[j], mu);
			primal += x->block[j]->primal / x->blocks;
		}
		if (x->price != NULL)
			primal += improve_prices(x, mu);
		for (int j = 0; j < x->blocks && fine; j++)
		{
			fine = alloc_cone_matrices(x->block[j], mu);
			dual += x->block[j]->dual / x->blocks;
		}
		*steps -= cost;
		if (!fine)
			break;
		if (round % LOOK == 0)
		{
			double		value = bound_of(x);

			*steps -= cost / 2;
			stall = value < *bound - GAIN_LEAST * (*bound - (double) s->best_value) ? 0 : stall + 1;
			*bound = fmin(*bound, value);
			if (floor(*bound) <= (double) s->best_value || (settling && stall >= STALL))
				break;
			if (!settling && stall >= STALL && round > ROUNDS_LEAST && last > round + settle)
				last = round + settle;
			if (!settling && last - round <= settle)
			{
				settling = true;
				stall = 0;
			}
			if (!settling && round % CUT == 0 && round > CUT)
				for (int j = 0; j < x->blocks; j++)
					alloc_cuts_renew(x->block[j]->cuts, x->block[j]->x);
			if (primal > ADAPT_AT * dual)
				mu *= ADAPT;
			else if (dual > (settling ? 1 : ADAPT_AT) * primal)
				mu /= ADAPT;
		}
	}
	env->end(env->context);
}
