/*
 * allocation_price.c
 *	  The rules that bind, and what one more of each limit would bring: the multipliers of the dual bound.
 *
 * Cells that a limit of 0 keeps out are no part of the problem and have no say in its multipliers. A limit of 0 costs nothing at any price, so its price is the
 * least one at which none of those cells would be worth more than what its item has: what the first place or head would bring.
 */
#include "decision/allocation_problem.h"

#include <math.h>
#include <string.h>

typedef struct Prices
{
	const AllocDual *d;
	double	   *table;			/* row prices by category and city */
	double	   *best;			/* [n] what an item is worth in its best city, less what it pays there */
	uint8_t    *barred;			/* [n] scratch: rules keep the item out of the city in hand */
} Prices;

static double
worth(const Prices *x, int i, int j, double profit)
{
	const AllocProblem *p = x->d->p;

	return profit - x->d->lambda[j] * (double) p->weight[i] - alloc_row_price(p, x->table, i, j);
}

static void
prepare(Prices *x, const AllocDual *d)
{
	const AllocProblem *p = d->p;

	x->d = d;
	x->table = alloc_array(p->env, (size_t) (p->ncategory + 1) * p->m, sizeof(double));
	x->best = alloc_array(p->env, p->n, sizeof(double));
	x->barred = alloc_array(p->env, p->n, 1);
	alloc_row_prices(p, d->rho, x->table);
	for (int i = 0; i < p->n; i++)
	{
		x->best[i] = -INFINITY;
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
			{
				size_t		at = (size_t) i * p->m + j;

				x->best[i] = fmax(x->best[i], worth(x, i, j, (double) p->profit[at]) + (d->partner ? d->partner[at] : 0));
			}
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
}

/* Would item i fit into city j but for row r (-1: but for the capacity)? Then also its profit there. */
static bool
fits_but_for(const AllocProblem *p, int i, int j, int r, double *profit)
{
	const AllocModel *model = p->model;

	if (r >= 0 && p->weight[i] > p->capacity[j])
		return false;
	for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
		if (p->city_row[t] != r && alloc_coefficient(p, i, p->row[p->city_row[t]].category) > p->row[p->city_row[t]].hi)
			return false;
	*profit = 0;
	for (int t = p->member_start[i]; t < p->member_start[i + 1]; t++)
	{
		int64_t		score = model->score[(size_t) p->member[t] * p->m + j];

		if (score == ALLOC_ABSENT)
			return false;
		*profit += (double) score;
	}
	return true;
}

/* What the first head (r -1) or place of row r would bring in city j, whose limit is 0. Alone there, an item earns no bonuses. */
static double
first_worth(Prices *x, int j, int r)
{
	const AllocProblem *p = x->d->p;
	const AllocModel *model = p->model;
	double		most = 0;

	memset(x->barred, 0, p->n);
	for (int k = 0; k < model->nrule; k++)
	{
		const AllocRule *rule = &model->rule[k];

		if (rule->kind == ALLOC_FORCED ? rule->city != j : rule->kind == ALLOC_FORBIDDEN && rule->city == j)
			x->barred[p->item_of[rule->institution]] = 1;
	}
	for (int i = 0; i < p->n; i++)
	{
		int64_t		units = r < 0 ? p->weight[i] : alloc_coefficient(p, i, p->row[r].category);
		double		profit;

		if (units > 0 && !x->barred[i] && fits_but_for(p, i, j, r, &profit))
			most = fmax(most, (worth(x, i, j, profit) - x->best[i]) / (double) units);
	}
	p->env->poll(p->env->context);
	return most;
}

void
alloc_prices(const AllocDual *d, const int *city, AllocResult *result)
{
	const AllocProblem *p = d->p;
	int64_t    *load = alloc_array(p->env, p->m, sizeof(int64_t));
	int64_t    *used = alloc_array(p->env, p->nrow, sizeof(int64_t));
	Prices		prices;

	prepare(&prices, d);
	for (int i = 0; i < p->n; i++)
	{
		load[city[i]] += p->weight[i];
		for (int t = p->row_start[city[i]]; t < p->row_start[city[i] + 1]; t++)
			used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
	}
	result->finding = alloc_array(p->env, p->m + 2 * (size_t) p->nrow, sizeof(AllocFinding));
	for (int j = 0; j < p->m; j++)
		if (p->capacity[j] != ALLOC_NO_LIMIT && (d->lambda[j] > 0 || load[j] == p->capacity[j]))
			result->finding[result->nfinding++] = (AllocFinding) {
				ALLOC_CAPACITY, -1, -1, j, -1, -1, load[j], p->capacity[j],
					p->capacity[j] == 0 ? first_worth(&prices, j, -1) : d->lambda[j]};
	for (int r = 0; r < p->nrow; r++)
	{
		const AllocRow *row = &p->row[r];
		int			single = row->quota < 0 || p->model->quota[row->quota].city >= 0 ? row->city[0] : -1;
		double		price = d->rho[r];

		for (int k = 0; k < row->ncity && row->hi == 0; k++)
			price = fmax(price, first_worth(&prices, row->city[k], r));
		if (price > 0 || (used[r] == row->hi && price == 0))
			result->finding[result->nfinding++] = (AllocFinding) {
				row->quota < 0 ? ALLOC_MAX_COUNT : ALLOC_QUOTA_MAX, -1, -1, single, row->quota, -1,
					used[r], row->hi, price};
		if (price < 0 || (used[r] == row->lo && row->lo > 0 && price == 0))
			result->finding[result->nfinding++] = (AllocFinding) {
				row->quota < 0 ? ALLOC_MIN_COUNT : ALLOC_QUOTA_MIN, -1, -1, single, row->quota, -1,
					used[r], row->lo, -price};
	}
}
