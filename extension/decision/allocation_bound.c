/*
 * allocation_bound.c
 *	  The knapsack bound of a node, its improvement, and fixing by reduced cost. See allocation_exact.h.
 */
#include "decision/allocation_exact.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Linear bounds within one knapsack before the first of them must do. */
#define KNAPSACK_NODES	8000

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
double
alloc_exact_evaluate(AllocExact *x, bool losses)
{
	const AllocProblem *p = x->p;
	AllocKnapsack *k = &x->knapsack;
	double		sum = (double) p->constant;
	double		magnitude = p->gross;
	int64_t		work = p->n;

	alloc_row_prices(p, x->rho, x->table);
	memset(x->cover, 0, p->n * sizeof(int));
	memset(x->used, 0, p->nrow * sizeof(int64_t));
	for (int i = 0; i < p->n; i++)
	{
		double		term = x->u[i];

		if (alloc_exact_fixed(x, i))
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

			if (!x->alive[at] || alloc_exact_fixed(x, i))
				continue;
			value = worth(x, i, j) - alloc_row_price(p, x->table, i, j) - x->u[i];
			if (losses)
				x->loss[at] = value;
			if (value > 0)
				k->item[k->n++] = (AllocKnapsackItem) {value, p->weight[i], i, false};
		}
		city_value = alloc_knapsack(k, x->left[j], x->slack, KNAPSACK_NODES, &nodes);
		work += x->items[j] + 12 * k->n + 8 * nodes;
		p->env->poll(p->env->context);
		sum += city_value;
		/* all that is above 0: the linear bounds are differences of running sums */
		magnitude += k->sum_value[k->n];
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

				if (!x->alive[at] || alloc_exact_fixed(x, i))
					continue;
				with = x->loss[at] + (x->left[j] == ALLOC_NO_LIMIT ? k->sum_value[k->n] :
									  alloc_knapsack_linear(k, 0, x->left[j] - p->weight[i]));
				x->loss[at] = with < city_value ? city_value - with : 0;
			}
			for (int t = 0; t < k->n; t++)
				if (k->item[t].take)
				{
					int			i = k->item[t].id;
					double		without = value_without(k, t, x->left[j]);
					double		loss = without < city_value ? city_value - without : 0;

					/* a taken item loses nothing by going there; the minus sign keeps what leaving would cost */
					x->loss[(size_t) i * p->m + j] = -loss;
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
	x->rounding = magnitude * DBL_EPSILON * (8.0 + p->n + p->m + p->nrow);
	return sum + x->rounding;
}

/* Kill the cells whose loss is too great; true when any died. Sharpens *bound by the cheapest choice of each item. */
bool
alloc_exact_fix(AllocExact *x, double *bound)
{
	const AllocProblem *p = x->p;
	double		value = alloc_exact_evaluate(x, true);
	double		sharper = value;
	bool		any = false;

	for (int i = 0; i < p->n; i++)
	{
		double		least = INFINITY;

		if (alloc_exact_fixed(x, i))
			continue;
		for (int j = 0; j < p->m; j++)
		{
			double		loss;

			if (!x->alive[(size_t) i * p->m + j])
				continue;
			/* made of differences of what the bound is made of */
			loss = alloc_exact_loss(x, i, j) - 2 * x->rounding;
			if (alloc_exact_beaten(x, value - loss))
			{
				alloc_exact_kill(x, i, j);
				any = true;
			}
			if (loss < least)
				least = loss;
		}
		if (value - least < sharper)
			sharper = value - least;
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
	if (sharper < *bound)
		*bound = sharper;
	return any;
}

static bool
take_step(AllocExact *x, double value, double theta)
{
	const AllocProblem *p = x->p;
	double		target = x->s->has_best ? (double) x->s->best_value : value - 0.005 * fabs(value) - 1;
	double		norm = 0;
	double		length;

	for (int i = 0; i < p->n; i++)
	{
		if (alloc_exact_fixed(x, i))
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
		if (!alloc_exact_fixed(x, i))
			x->u[i] -= length * x->u_step[i];
	for (int r = 0; r < p->nrow; r++)
	{
		x->rho[r] -= length * x->rho_step[r];
		if ((x->rho[r] > 0 && p->row[r].hi == ALLOC_NO_LIMIT) || (x->rho[r] < 0 && p->row[r].lo <= 0))
			x->rho[r] = 0;
	}
	return true;
}

/*
 * Improve the prices; the node's bound in *bound, the best prices in u and rho on return. False: nothing better is left here.
 */
bool
alloc_exact_improve(AllocExact *x, int rounds, double theta, double *bound)
{
	const AllocProblem *p = x->p;
	int			stall = 0;
	double		fixed_at = INFINITY;

	memset(x->u_step, 0, p->n * sizeof(double));
	memset(x->rho_step, 0, p->nrow * sizeof(double));
	*bound = INFINITY;
	for (int round = 0; round < rounds && x->steps > 0; round++)
	{
		double		value = alloc_exact_evaluate(x, false);

		if (value < *bound)
		{
			stall = value < *bound - 1e-7 * fabs(*bound) ? 0 : stall + 1;
			*bound = value;
			memcpy(x->u_best, x->u, p->n * sizeof(double));
			memcpy(x->rho_best, x->rho, p->nrow * sizeof(double));
		}
		else
			stall++;
		if (alloc_exact_beaten(x, *bound))
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
				if (alloc_exact_fix(x, bound))
				{
					if (!alloc_exact_propagate(x) || alloc_exact_beaten(x, *bound))
						return false;
					alloc_exact_compact(x);
				}
			}
			value = alloc_exact_evaluate(x, false);
		}
		if (theta < 2e-3 || !take_step(x, value, theta))
			break;
	}
	memcpy(x->u, x->u_best, p->n * sizeof(double));
	memcpy(x->rho, x->rho_best, p->nrow * sizeof(double));
	return true;
}

