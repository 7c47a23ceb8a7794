/*
 * route.c
 *	  Routes of profiles through bridges; see the header.
 */
#include "synergy/route.h"

void
route_row_sums(const MatrixView *bridge, double *row_sum)
{
	for (int i = 0; i < bridge->nrows; i++)
	{
		row_sum[i] = 0;
		for (int64 k = bridge->row_start[i]; k < bridge->row_start[i + 1]; k++)
			row_sum[i] += bridge->value[k];
	}
}

int64
route_rows(const MatrixView *bridge, const double *row_sum, const ProfileView *p, int *row_of, double *total)
{
	int64		ncells = 0;

	*total = 0;
	for (int s = 0; s < p->n; s++)
	{
		int			i = code_position_or_ancestor(CODE_SECTOR, bridge->rows, bridge->nrows, p->codes[s]);

		row_of[s] = p->weights[s] > 0 && i >= 0 && row_sum[i] > 0 ? i : -1;
		if (row_of[s] < 0)
			continue;
		*total += p->weights[s];
		ncells += bridge->row_start[i + 1] - bridge->row_start[i];
	}
	return ncells;
}
