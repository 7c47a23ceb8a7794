/*
 * fit_matrix_fn.c
 *	  The steps by which flows, relatedness and bridges become fits and routes: row_shares, transpose, scale_columns, route.
 *
 * Rows and cells are visited in the order of their codes, so results depend on the values alone.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"

#include "matrix/matrix.h"
#include "synergy/route.h"

/* A writable copy of the shape of a view: rows, columns and cells of its own, values not set. */
static MatrixView
copy_shape(const MatrixView *m, double **value)
{
	MatrixView	copy = *m;

	*value = palloc_extended(sizeof(double) * Max(m->ncells, 1), MCXT_ALLOC_HUGE);
	copy.value = *value;
	copy.kind = MATRIX_QUANTITY;
	return copy;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_row_shares);

/* row_shares(r, diagonal): each row divided by its sum; a row whose sum is not positive is left out. */
Datum
innocity_row_shares(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				result;
	bool		diagonal = PG_GETARG_BOOL(1);
	double	   *value;

	sector_matrix_view(PG_GETARG_DATUM(0), &m);
	result = copy_shape(&m, &value);
	for (int i = 0; i < m.nrows; i++)
	{
		double		sum = 0;

		CHECK_FOR_INTERRUPTS();
		for (int64 k = m.row_start[i]; k < m.row_start[i + 1]; k++)
		{
			double		x = m.value[k];

			/* NaN stands for an undefined ratio: no share */
			value[k] = isnan(x) || (!diagonal && m.cols[m.col[k]] == m.rows[i]) ? 0 : x;
			sum += value[k];
		}
		for (int64 k = m.row_start[i]; k < m.row_start[i + 1]; k++)
			value[k] = sum > 0 ? value[k] / sum : 0;
	}
	PG_RETURN_DATUM(sector_matrix_build(&result));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_transpose);

/* transpose(r): rows become columns. */
Datum
innocity_transpose(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				result;
	int64	   *row_start;
	int64	   *next;
	int32	   *col;
	double	   *value;

	sector_matrix_view(PG_GETARG_DATUM(0), &m);
	result = copy_shape(&m, &value);
	result.kind = m.kind;
	result.nrows = m.ncols;
	result.ncols = m.nrows;
	result.rows = m.cols;
	result.cols = m.rows;
	row_start = palloc0(sizeof(int64) * (m.ncols + 1));
	next = palloc(sizeof(int64) * (m.ncols + 1));
	col = palloc_extended(sizeof(int32) * Max(m.ncells, 1), MCXT_ALLOC_HUGE);
	for (int64 k = 0; k < m.ncells; k++)
		row_start[m.col[k] + 1]++;
	for (int j = 0; j < m.ncols; j++)
		row_start[j + 1] += row_start[j];
	memcpy(next, row_start, sizeof(int64) * (m.ncols + 1));
	for (int i = 0; i < m.nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 k = m.row_start[i]; k < m.row_start[i + 1]; k++)
		{
			int64		place = next[m.col[k]]++;

			col[place] = i;
			value[place] = m.value[k];
		}
	}
	result.row_start = row_start;
	result.col = col;
	PG_RETURN_DATUM(sector_matrix_build(&result));
}

/* The profile's weight of each column's sector, 0 where it has none. */
static void
column_factors(const MatrixView *m, const ProfileView *p, double *factor)
{
	for (int j = 0; j < m->ncols; j++)
	{
		int			place = code_position(p->codes, p->n, m->cols[j]);

		factor[j] = place < 0 ? 0 : p->weights[place];
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_scale_columns);

/* scale_columns(r, p): each column times the profile's weight of its sector, 0 where the profile has none. */
Datum
innocity_scale_columns(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				result;
	ProfileView p;
	double	   *value,
			   *factor;

	sector_matrix_view(PG_GETARG_DATUM(0), &m);
	sector_profile_view(PG_GETARG_DATUM(1), &p);
	result = copy_shape(&m, &value);
	factor = palloc(sizeof(double) * Max(m.ncols, 1));
	column_factors(&m, &p, factor);
	for (int64 k = 0; k < m.ncells; k++)
		value[k] = isnan(m.value[k]) ? 0 : m.value[k] * factor[m.col[k]];
	PG_RETURN_DATUM(sector_matrix_build(&result));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_row_sums);

/* row_sums(r) and row_sums(r, p): sums of the rows of scale_columns(r, p), added in the order of its cells. */
Datum
innocity_row_sums(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	ProfileView p,
				sums;
	double	   *factor,
			   *sum;

	sector_matrix_view(PG_GETARG_DATUM(0), &m);
	factor = palloc(sizeof(double) * Max(m.ncols, 1));
	if (PG_NARGS() > 1)
	{
		sector_profile_view(PG_GETARG_DATUM(1), &p);
		column_factors(&m, &p, factor);
	}
	else
		for (int j = 0; j < m.ncols; j++)
			factor[j] = 1;
	sum = palloc0(sizeof(double) * Max(m.nrows, 1));
	for (int i = 0; i < m.nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 k = m.row_start[i]; k < m.row_start[i + 1]; k++)
			if (!isnan(m.value[k]))
				sum[i] += m.value[k] * factor[m.col[k]];
		if (sum[i] < 0 || isinf(sum[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("a row of the matrix adds up to %g", sum[i]),
					 errhint("The sums of the rows must be finite and not negative.")));
	}
	sums.n = m.nrows;
	sums.codes = m.rows;
	sums.weights = sum;
	PG_RETURN_DATUM(sector_profile_build(&sums));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_route);

/*
 * route(p, bridge): profile sector x sector of the other taxonomy. A sector takes the shares of its nearest listed ancestor's row; one
 * without any is left out, and the others are weighted up so that all cells add up to 1. NULL when nothing is left.
 */
Datum
innocity_route(PG_FUNCTION_ARGS)
{
	ProfileView p;
	MatrixView	m,
				result;
	double	   *row_sum;
	int		   *row_of;
	double		total;
	int64		ncells;
	int64	   *rows,
			   *row_start;
	int32	   *col;
	double	   *value;

	sector_profile_view(PG_GETARG_DATUM(0), &p);
	sector_matrix_view(PG_GETARG_DATUM(1), &m);
	row_sum = palloc(sizeof(double) * Max(m.nrows, 1));
	row_of = palloc(sizeof(int) * Max(p.n, 1));
	route_row_sums(&m, row_sum);
	ncells = route_rows(&m, row_sum, &p, row_of, &total);
	if (!(total > 0))
		PG_RETURN_NULL();

	memset(&result, 0, sizeof(result));
	rows = palloc(sizeof(int64) * p.n);
	row_start = palloc(sizeof(int64) * (p.n + 1));
	col = palloc(sizeof(int32) * ncells);
	value = palloc(sizeof(double) * ncells);
	row_start[0] = 0;
	for (int s = 0; s < p.n; s++)
	{
		int			i = row_of[s];

		if (i < 0)
			continue;
		for (int64 k = m.row_start[i]; k < m.row_start[i + 1]; k++)
		{
			col[result.ncells] = m.col[k];
			value[result.ncells++] = route_cell(p.weights[s], total, m.value[k], row_sum[i]);
		}
		rows[result.nrows++] = p.codes[s];
		row_start[result.nrows] = result.ncells;
	}
	result.kind = MATRIX_QUANTITY;
	result.ncols = m.ncols;
	result.cols = m.cols;
	result.rows = rows;
	result.row_start = row_start;
	result.col = col;
	result.value = value;
	PG_RETURN_DATUM(sector_matrix_build(&result));
}
