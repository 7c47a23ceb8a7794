/*
 * allocation_dual.c
 *	  An upper bound on the value of any plan, by Lagrangian duality. See AllocDual in allocation_problem.h.
 *
 * With prices lambda (a head in city j) and rho (a place in row r) every item may choose its city alone:
 *	   L = sum_j lambda_j capacity_j + sum_r max(rho_r hi_r, rho_r lo_r) + sum_i max_j (profit_ij - lambda_j weight_i - rho.. + partners_ij)
 * bounds every plan that keeps the rules (weak duality). A bonus b of the pair (a, k) in city j is split, share s to a and b - s to k; partners_ij
 * is the sum of the largest positive shares, at most partner_max_j - size_i of them. L is convex in (lambda, rho, s): deflected subgradients
 * with Polyak's step towards the best plan known.
 */
#include "decision/allocation_problem.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Splits are optimised up to this many (bonus, city) pairs, 128 MB; beyond it every bonus is halved. */
#define SPLIT_MAX		32000000

/* Polyak's step: start, cut after so many iterations without a better bound, end (Held, Wolfe and Crowder 1974). */
#define THETA_START		1.5
#define THETA_CUT		0.98
#define THETA_END		1e-4
#define STALL			30
#define DEFLECTION		0.7

typedef struct AllocDualWork
{
	double		theta;
	int			stall;
	double		head_scale;		/* a typical headcount: lambda is stepped in units of a typical item */
	int		   *choice;			/* [n] */
	double	   *table;			/* row prices by category and city */
	double	   *lambda_step;	/* deflected directions */
	double	   *rho_step;
	double	   *lambda_best;
	double	   *rho_best;
	float	   *split_best;
	float	   *split_step;
	double	   *share;			/* [largest degree] scratch */
	double	   *pick;
	int8_t	   *taken;			/* [2 * nedge] this end counts this bonus in its chosen city */
	int64_t    *load;
	int64_t    *used;
} AllocDualWork;

AllocDual *
alloc_dual_new(const AllocProblem *p)
{
	AllocDual  *d = alloc_array(p->env, 1, sizeof(AllocDual));
	AllocDualWork *w = alloc_array(p->env, 1, sizeof(AllocDualWork));
	int			degree = 0;
	double		heads = 0;

	d->p = p;
	d->work = w;
	d->lambda = alloc_array(p->env, p->m, sizeof(double));
	d->rho = alloc_array(p->env, p->nrow, sizeof(double));
	d->bound = INFINITY;
	d->reduced = alloc_array(p->env, (size_t) p->n * p->m, sizeof(float));
	w->theta = THETA_START;
	w->choice = alloc_array(p->env, p->n, sizeof(int));
	w->table = alloc_array(p->env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	w->lambda_step = alloc_array(p->env, p->m, sizeof(double));
	w->rho_step = alloc_array(p->env, p->nrow, sizeof(double));
	w->lambda_best = alloc_array(p->env, p->m, sizeof(double));
	w->rho_best = alloc_array(p->env, p->nrow, sizeof(double));
	w->load = alloc_array(p->env, p->m, sizeof(int64_t));
	w->used = alloc_array(p->env, p->nrow, sizeof(int64_t));
	for (int i = 0; i < p->n; i++)
	{
		heads += (double) p->weight[i] / p->n;
		if (p->adj_start[i + 1] - p->adj_start[i] > degree)
			degree = p->adj_start[i + 1] - p->adj_start[i];
	}
	w->head_scale = heads > 1 ? heads : 1;
	if (p->nedge > 0)
	{
		d->partner = alloc_array(p->env, (size_t) p->n * p->m, sizeof(double));
		w->share = alloc_array(p->env, degree, sizeof(double));
		w->pick = alloc_array(p->env, degree, sizeof(double));
		w->taken = alloc_array(p->env, 2 * (size_t) p->nedge, 1);
		if ((size_t) p->nedge * p->m <= SPLIT_MAX)
		{
			d->split = alloc_array(p->env, (size_t) p->nedge * p->m, sizeof(float));
			w->split_best = alloc_array(p->env, (size_t) p->nedge * p->m, sizeof(float));
			w->split_step = alloc_array(p->env, (size_t) p->nedge * p->m, sizeof(float));
			for (int e = 0; e < p->nedge; e++)
				for (int j = 0; j < p->m; j++)
					d->split[(size_t) e * p->m + j] = (float) (0.5 * (double) p->edge_value[e]);
		}
	}
	return d;
}

void
alloc_row_prices(const AllocProblem *p, const double *rho, double *table)
{
	memset(table, 0, (size_t) (p->ncategory + 1) * p->m * sizeof(double));
	for (int r = 0; r < p->nrow; r++)
		if (rho[r] != 0)
		{
			double	   *line = table + (size_t) (p->row[r].category + 1) * p->m;

			for (int k = 0; k < p->row[r].ncity; k++)
				line[p->row[r].city[k]] += rho[r];
		}
}

/* The count-th largest of n values, by quickselect; reorders value. */
static double
nth_largest(double *value, int n, int count)
{
	int			low = 0;
	int			high = n - 1;
	int			want = count - 1;

	while (low < high)
	{
		double		pivot = value[low + (high - low) / 2];
		int			i = low;
		int			k = high;

		while (i <= k)
		{
			while (value[i] > pivot)
				i++;
			while (value[k] < pivot)
				k--;
			if (i <= k)
			{
				double		swap = value[i];

				value[i++] = value[k];
				value[k--] = swap;
			}
		}
		if (want <= k)
			high = k;
		else if (want >= i)
			low = i;
		else
			break;
	}
	return value[want];
}

/*
 * Worth of the best partners of item i in city j. With mark set, w->taken tells which bonuses were counted.
 */
static double
partner_worth(const AllocDual *d, int i, int j, bool mark)
{
	const AllocProblem *p = d->p;
	AllocDualWork *w = d->work;
	int			first = p->adj_start[i];
	int			degree = p->adj_start[i + 1] - first;
	int64_t		most = p->partner_max[j] - p->size[i];
	int			count = 0;
	double		sum = 0;
	double		least = 0;
	int64_t		ties = 0;

	for (int t = 0; t < degree; t++)
	{
		int			k = p->adj_item[first + t];
		double		value = (double) p->adj_value[first + t];
		double		share = 0;

		if (value > 0 && alloc_allowed(p, k, j))
		{
			if (d->split == NULL)
				share = 0.5 * value;
			else
			{
				share = d->split[(size_t) p->adj_edge[first + t] * p->m + j];
				if (k < i)
					share = value - share;
			}
		}
		if (mark)
			w->share[t] = share;
		if (share > 0)
		{
			w->pick[count++] = share;
			sum += share;
		}
	}
	if (most <= 0)
		return 0;
	if (count > most)
	{
		least = nth_largest(w->pick, count, (int) most);
		sum = 0;
		for (int t = 0; t < most; t++)
			sum += w->pick[t];
	}
	if (mark)
	{
		/* values equal to the least one are taken only until the number is full */
		ties = most;
		for (int t = 0; t < degree; t++)
			if (w->share[t] > 0 && w->share[t] > least)
				ties--;
		for (int t = 0; t < degree; t++)
		{
			bool		take = w->share[t] > 0 && (w->share[t] > least || (w->share[t] == least && ties-- > 0));

			if (take)
				w->taken[2 * (size_t) p->adj_edge[first + t] + (p->adj_item[first + t] < i)] = 1;
		}
	}
	return sum;
}

/* L at the current multipliers, rounding allowed for; choice, load and used are set. keep: also reduced and partner. */
static double
evaluate(AllocDual *d, bool keep)
{
	const AllocProblem *p = d->p;
	AllocDualWork *w = d->work;
	double		sum = (double) p->constant;
	double		magnitude = p->gross;	/* a small difference of large values is no more exact than these */

	alloc_row_prices(p, d->rho, w->table);
	memset(w->load, 0, p->m * sizeof(int64_t));
	memset(w->used, 0, p->nrow * sizeof(int64_t));
	if (w->taken)
		memset(w->taken, 0, 2 * (size_t) p->nedge);
	for (int i = 0; i < p->n; i++)
	{
		const int64_t *profit = p->profit + (size_t) i * p->m;
		bool		bonuses = p->adj_start[i + 1] > p->adj_start[i];
		bool		plain = !bonuses && p->cat_start[i + 1] == p->cat_start[i];
		double		weight = (double) p->weight[i];
		double		best = -INFINITY;
		int			city = -1;

		for (int j = 0; j < p->m; j++)
		{
			double		worth;

			if (profit[j] == ALLOC_ABSENT)
			{
				if (keep)
					d->reduced[(size_t) i * p->m + j] = INFINITY;
				continue;
			}
			worth = (double) profit[j] - d->lambda[j] * weight -
				(plain ? w->table[j] * p->size[i] : alloc_row_price(p, w->table, i, j));
			if (bonuses)
			{
				double		partners = partner_worth(d, i, j, false);

				worth += partners;
				if (keep)
					d->partner[(size_t) i * p->m + j] = partners;
			}
			if (keep)
				d->reduced[(size_t) i * p->m + j] = (float) worth;
			if (worth > best)
			{
				best = worth;
				city = j;
			}
		}
		if (keep)
			for (int j = 0; j < p->m; j++)
				if (profit[j] != ALLOC_ABSENT)
					d->reduced[(size_t) i * p->m + j] = (float) (best - d->reduced[(size_t) i * p->m + j]);
		w->choice[i] = city;
		if (city < 0)
			return -INFINITY;
		if (bonuses)
			partner_worth(d, i, city, true);
		sum += best;
		magnitude += fabs(best);
		w->load[city] += p->weight[i];
		for (int t = p->row_start[city]; t < p->row_start[city + 1]; t++)
			w->used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
	for (int j = 0; j < p->m; j++)
		if (d->lambda[j] > 0)
		{
			double		term = d->lambda[j] * (double) p->capacity[j];

			sum += term;
			magnitude += term;
		}
	for (int r = 0; r < p->nrow; r++)
		if (d->rho[r] != 0)
		{
			double		term = d->rho[r] * (double) (d->rho[r] > 0 ? p->row[r].hi : p->row[r].lo);

			sum += term;
			magnitude += fabs(term);
		}
	/* each term is off by a few, the sum by as many half units in the last place of its magnitude as it has terms */
	return sum + magnitude * DBL_EPSILON * (8.0 + p->n + p->m + p->nrow);
}

/* One step against the deflected subgradient, towards target. False when the multipliers are optimal (no subgradient). */
static bool
take_step(AllocDual *d, double value, double target)
{
	const AllocProblem *p = d->p;
	AllocDualWork *w = d->work;
	double		norm = 0;
	double		length;

	for (int j = 0; j < p->m; j++)
	{
		double		g;

		if (p->capacity[j] == ALLOC_NO_LIMIT)
			continue;
		g = (double) (p->capacity[j] - w->load[j]) / w->head_scale;
		if (g > 0 && d->lambda[j] <= 0)
			g = 0;
		w->lambda_step[j] = DEFLECTION * g + (1 - DEFLECTION) * w->lambda_step[j];
		norm += w->lambda_step[j] * w->lambda_step[j];
	}
	for (int r = 0; r < p->nrow; r++)
	{
		double		g = 0;

		if (d->rho[r] > 0 || (d->rho[r] == 0 && w->used[r] > p->row[r].hi))
			g = (double) (p->row[r].hi - w->used[r]);
		else if (d->rho[r] < 0 || w->used[r] < p->row[r].lo)
			g = (double) (p->row[r].lo - w->used[r]);
		w->rho_step[r] = DEFLECTION * g + (1 - DEFLECTION) * w->rho_step[r];
		norm += w->rho_step[r] * w->rho_step[r];
	}
	if (d->split)
		for (int e = 0; e < p->nedge; e++)
		{
			float	   *step = w->split_step + (size_t) e * p->m;
			int			a = w->choice[p->edge_a[e]];
			int			b = w->choice[p->edge_b[e]];

			if ((e & 1023) == 0)
				p->env->poll(p->env->context);
			for (int j = 0; j < p->m; j++)
			{
				float		g = (float) ((a == j && w->taken[2 * (size_t) e]) - (b == j && w->taken[2 * (size_t) e + 1]));

				step[j] = (float) DEFLECTION * g + (float) (1 - DEFLECTION) * step[j];
				norm += (double) step[j] * step[j];
			}
		}
	if (norm < 1e-12)
		return false;
	length = w->theta * (value - target) / norm;
	for (int j = 0; j < p->m; j++)
	{
		d->lambda[j] -= length * w->lambda_step[j] / w->head_scale;
		if (d->lambda[j] < 0)
			d->lambda[j] = 0;
	}
	for (int r = 0; r < p->nrow; r++)
	{
		d->rho[r] -= length * w->rho_step[r];
		if ((d->rho[r] > 0 && p->row[r].hi == ALLOC_NO_LIMIT) || (d->rho[r] < 0 && p->row[r].lo <= 0))
			d->rho[r] = 0;
	}
	if (d->split)
		for (size_t x = 0; x < (size_t) p->nedge * p->m; x++)
			d->split[x] -= (float) length * w->split_step[x];
	return true;
}

static void
keep_best(AllocDual *d, bool restore)
{
	const AllocProblem *p = d->p;
	AllocDualWork *w = d->work;
	size_t		splits = (size_t) p->nedge * p->m;

	memcpy(restore ? d->lambda : w->lambda_best, restore ? w->lambda_best : d->lambda, p->m * sizeof(double));
	memcpy(restore ? d->rho : w->rho_best, restore ? w->rho_best : d->rho, p->nrow * sizeof(double));
	if (d->split)
		memcpy(restore ? d->split : w->split_best, restore ? w->split_best : d->split, splits * sizeof(float));
}

void
alloc_dual_offer(AllocDual *d)
{
	double		value = evaluate(d, false);

	if (value < d->bound)
	{
		d->bound = value;
		keep_best(d, false);
	}
	if (isfinite(d->bound))
	{
		keep_best(d, true);
		evaluate(d, true);
	}
}

int64_t
alloc_dual_run(AllocDual *d, int64_t incumbent, bool has_incumbent, int64_t steps)
{
	const AllocProblem *p = d->p;
	AllocDualWork *w = d->work;
	int64_t		cost = 1 + (int64_t) p->n * p->m / 200 + (int64_t) p->nedge * p->m / 12;
	int64_t		used = 0;

	if (d->optimal)
		return 0;
	if (isfinite(d->bound))
		keep_best(d, true);
	while (used < steps)
	{
		double		value = evaluate(d, false);
		double		target;

		used += cost;
		if (value < d->bound)
		{
			/* a gain too small to matter does not count as progress */
			w->stall = value < d->bound - 1e-9 * fabs(d->bound) ? 0 : w->stall + 1;
			d->bound = value;
			keep_best(d, false);
		}
		else
			w->stall++;
		if (!isfinite(value) || (has_incumbent && floor(d->bound) <= (double) incumbent))
			break;
		if (w->stall >= STALL)
		{
			w->theta *= THETA_CUT;
			w->stall = 0;
			keep_best(d, true);
			evaluate(d, false);
			used += cost;
			value = d->bound;
		}
		if (w->theta < THETA_END)
			break;
		target = has_incumbent ? (double) incumbent : d->bound - 0.01 * fabs(d->bound) - 1;
		if (!take_step(d, value, target))
			break;
	}
	if (isfinite(d->bound))
	{
		keep_best(d, true);
		evaluate(d, true);
	}
	return used;
}
