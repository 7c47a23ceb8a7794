/*
 * region_economy.c
 *	  The economy of one region beside a reference; see the header.
 */
#include "synergy/region_economy.h"

#include <math.h>

void
region_economy(const Quotient *q, const Presence *presence, int row, RegionEconomy *e)
{
	int64_t		cell = q->m.row_start[row];
	int64_t		end = q->m.row_start[row + 1];

	e->activity = 0;
	for (int j = 0; j < q->m.ncols; j++)
	{
		double		x = cell < end && q->m.col[cell] == j ? q->m.value[cell++] : 0;

		e->activity += x;
		e->value[j] = x;
		e->quotient[j] = x == 0 && q->col_total[j] != 0 ? 0 : quotient_value(q, row, j, x);
		e->present[j] = false;
	}
	for (int64_t k = presence->row_start[row]; k < presence->row_start[row + 1]; k++)
		e->present[presence->col[k]] = true;
}

void
region_supply(const SparseRows *route, const int *column, const RegionEconomy *e, double *supply)
{
	for (int i = 0; i < route->nrows; i++)
	{
		supply[i] = NAN;
		for (int64_t k = route->row_start[i]; k < route->row_start[i + 1]; k++)
		{
			int			j = column[route->col[k]];
			double		quotient;

			if (j < 0)
				continue;
			quotient = isnan(e->quotient[j]) ? 0 : e->quotient[j];
			supply[i] = (isnan(supply[i]) ? 0 : supply[i]) + route->value[k] * quotient;
		}
		if (supply[i] > 1)
			supply[i] = 1;
	}
}
