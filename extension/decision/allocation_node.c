/*
 * allocation_node.c
 *	  The living cells of a node of the exact finish, and what follows from them. See allocation_exact.h.
 */
#include "decision/allocation_exact.h"

#include <string.h>

void
alloc_exact_kill(AllocExact *x, int i, int j)
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

void
alloc_exact_undo(AllocExact *x, size_t mark)
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

/* Draw what follows from the living cells until nothing follows; false: no plan is left. */
bool
alloc_exact_propagate(AllocExact *x)
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

			if (!alloc_exact_fixed(x, i))
				continue;
			x->counted[i] = 1;
			if (x->left[j] != ALLOC_NO_LIMIT)
				x->left[j] -= p->weight[i];
			if (x->left[j] < 0)
				return false;
			for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
				x->fixed_used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
			for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
				alloc_exact_kill(x, p->apart_item[t], j);
		}
		for (int j = 0; j < p->m; j++)
			for (int k = 0; k < x->items[j]; k++)
			{
				int			i = x->item[j][k];

				if (x->alive[(size_t) i * p->m + j] && !x->counted[i] && p->weight[i] > x->left[j])
					alloc_exact_kill(x, i, j);
			}
		p->env->poll(p->env->context);
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
						alloc_exact_kill(x, i, j);
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
								alloc_exact_kill(x, i, j);
				}
		}
		if (x->contradiction)
			return false;
	} while (x->trail_size > before);
	return true;
}

/* The lists of living cells by city, after the root has killed many. */
void
alloc_exact_compact(AllocExact *x)
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

/* All cells of the problem alive again, nothing on the trail. */
void
alloc_exact_revive(AllocExact *x)
{
	const AllocProblem *p = x->p;

	x->trail_size = 0;
	x->contradiction = false;
	memset(x->items, 0, p->m * sizeof(int));
	for (int i = 0; i < p->n; i++)
	{
		x->choices[i] = 0;
		x->choice_sum[i] = 0;
		for (int j = 0; j < p->m; j++)
		{
			bool		allowed = alloc_allowed(p, i, j);

			x->alive[(size_t) i * p->m + j] = allowed;
			if (allowed)
			{
				x->choices[i]++;
				x->choice_sum[i] += j;
				x->item[j][x->items[j]++] = i;
			}
		}
		if ((i & 255) == 0)
			p->env->poll(p->env->context);
	}
}
