/*
 * allocation_semidefinite_whole.c
 *	  One block for all cities, where a block a city would take too much memory: see allocation_semidefinite.c.
 *
 * X is the matrix of scalar products of 0/1 vectors: first one a city, each a unit vector of its own, then one an item, equal to that of its city. So
 * X_ij says whether item i is in city j and X_ik whether items i and k share one. Numbers and headcounts hold in all cities, and around each item.
 */
#include "decision/allocation_semidefinite.h"

#include <math.h>

/* Cuts around a vertex, on average. */
#define CUTS_AROUND		56

static int
row_count(const AllocProblem *p)
{
	return 4 * p->n + 2 * p->m + 2 * p->nrow;
}

static int64_t
entry_count(const AllocProblem *p)
{
	int64_t		n = p->n;
	int64_t		count = n + p->m + 2 * n * p->m + 2 * n * (n + p->m);

	for (int r = 0; r < p->nrow; r++)
		count += 2 * n * p->row[r].ncity;
	return count;
}

size_t
alloc_semidefinite_whole_size(const AllocProblem *p)
{
	int64_t		entries = entry_count(p);

	return entries > INT32_MAX ? SIZE_MAX : alloc_cone_size(p->n + p->m, row_count(p), (int) entries) + alloc_cuts_size(p->n + p->m, CUTS_AROUND);
}

/* Around an item: those that share its city, each as often as size says, within what its city allows. */
static void
add_around(AllocCone *k, const AllocProblem *p, int i, bool heads)
{
	alloc_cone_row(k, 0, true);
	for (int o = 0; o < p->n; o++)
		alloc_cone_entry(k, p->m + i, p->m + o, heads ? (double) p->weight[o] : (double) p->size[o]);
	for (int j = 0; j < p->m; j++)
		if (alloc_allowed(p, i, j))
			alloc_cone_entry(k, j, p->m + i, heads ? -(double) p->capacity[j] : -(double) p->partner_max[j]);
}

static void
add_rows(AllocCone *k, const AllocProblem *p)
{
	bool		limited = true;

	for (int a = 0; a < k->n; a++)
	{
		alloc_cone_row(k, 1, false);
		alloc_cone_entry(k, a, a, 1);
	}
	for (int i = 0; i < p->n; i++)
	{
		alloc_cone_row(k, 1, false);
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
				alloc_cone_entry(k, j, p->m + i, 1);
	}
	for (int j = 0; j < p->m; j++)
	{
		limited = limited && p->capacity[j] != ALLOC_NO_LIMIT;
		if (p->capacity[j] == ALLOC_NO_LIMIT)
			continue;
		alloc_cone_row(k, (double) p->capacity[j], true);
		for (int i = 0; i < p->n; i++)
			if (alloc_allowed(p, i, j))
				alloc_cone_entry(k, j, p->m + i, (double) p->weight[i]);
	}
	for (int r = 0; r < p->nrow; r++)
		for (int side = 0; side < 2; side++)
		{
			const AllocRow *row = &p->row[r];

			if (side == 0 ? row->hi == ALLOC_NO_LIMIT : row->lo <= 0)
				continue;
			alloc_cone_row(k, side == 0 ? (double) row->hi : -(double) row->lo, true);
			for (int i = 0; i < p->n; i++)
				for (int t = 0; t < row->ncity; t++)
					if (alloc_allowed(p, i, row->city[t]))
						alloc_cone_entry(k, row->city[t], p->m + i,
										 (side == 0 ? 1.0 : -1.0) * alloc_coefficient(p, i, row->category));
		}
	for (int i = 0; i < p->n; i++)
	{
		if (limited)
			add_around(k, p, i, true);
		add_around(k, p, i, false);
	}
}

AllocCone *
alloc_semidefinite_whole(const AllocProblem *p, const int *plan, double *scale, double *fixed)
{
	int			m = p->m;
	AllocCone  *k = alloc_cone_new(p->env, p->n + m, row_count(p), (int) entry_count(p), alloc_spectrum_new(p->env, p->n + m));
	double		square = 0;

	*fixed = (double) p->constant;
	for (int i = 0; i < p->n; i++)
	{
		double		own = (double) p->profit[(size_t) i * m + plan[i]];

		/* what the plan has is taken off: only differences count, and they are smaller */
		*fixed += own;
		for (int j = 0; j < m; j++)
			if (alloc_allowed(p, i, j))
				alloc_cone_set(k->c, k, j, m + i, -0.5 * ((double) p->profit[(size_t) i * m + j] - own));
			else
				k->zero[alloc_cone_cell(k, j, m + i)] = k->zero[alloc_cone_cell(k, m + i, j)] = 1;
		for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
			k->zero[alloc_cone_cell(k, m + i, m + p->apart_item[t])] = 1;
	}
	for (int e = 0; e < p->nedge; e++)
		alloc_cone_set(k->c, k, m + p->edge_a[e], m + p->edge_b[e], -0.5 * (double) p->edge_value[e]);
	for (int a = 0; a < k->n; a++)
		square += alloc_dot(k->c + alloc_cone_cell(k, a, 0), k->c + alloc_cone_cell(k, a, 0), k->n);
	*scale = square > 0 ? 4 * sqrt(square) / k->n : 1;
	for (int a = 0; a < k->n; a++)
		for (int b = 0; b < k->n; b++)
		{
			k->c[alloc_cone_cell(k, a, b)] /= *scale;
			k->zero[alloc_cone_cell(k, a, b)] |= a < m && b < m && a != b;
			k->x[alloc_cone_cell(k, a, b)] = (a < m ? a : plan[a - m]) == (b < m ? b : plan[b - m]);
		}
	add_rows(k, p);
	alloc_cone_ready(k);
	k->trace_least = k->trace_most = k->n;
	k->cuts = alloc_cuts_new(p->env, k->n, k->width, m, CUTS_AROUND);
	return k;
}
