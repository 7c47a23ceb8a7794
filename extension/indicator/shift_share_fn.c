/*
 * shift_share_fn.c
 *	  SQL face of what compares a matrix at two dates: shift-share, entry and exit.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"

#include "indicator/shift_share.h"

/* Reads the rows of two sorted lists of codes together. */
typedef struct CodeMerge
{
	const int64 *a;
	const int64 *b;
	int			na;
	int			nb;
	int			i;				/* place of the code in a, or -1 */
	int			j;				/* place in b, or -1 */
	int			next_a;
	int			next_b;
	int64		code;
} CodeMerge;

static void
merge_begin(CodeMerge *merge, const int64 *a, int na, const int64 *b, int nb)
{
	memset(merge, 0, sizeof(*merge));
	merge->a = a;
	merge->b = b;
	merge->na = na;
	merge->nb = nb;
}

static bool
merge_next(CodeMerge *merge)
{
	bool		in_a = merge->next_a < merge->na;
	bool		in_b = merge->next_b < merge->nb;

	if (!in_a && !in_b)
		return false;
	if (in_a && in_b && merge->a[merge->next_a] != merge->b[merge->next_b])
	{
		in_a = merge->a[merge->next_a] < merge->b[merge->next_b];
		in_b = !in_a;
	}
	merge->i = in_a ? merge->next_a++ : -1;
	merge->j = in_b ? merge->next_b++ : -1;
	merge->code = in_a ? merge->a[merge->i] : merge->b[merge->j];
	return true;
}

/* The columns of both matrices: n sectors, and where each column of either lies among them. */
static int64 *
common_columns(const MatrixView *a, const MatrixView *b, int *n, int **of_a, int **of_b)
{
	int64	   *cols = indicator_alloc(a->ncols + b->ncols, sizeof(int64));
	CodeMerge	merge;

	*of_a = indicator_alloc(a->ncols, sizeof(int));
	*of_b = indicator_alloc(b->ncols, sizeof(int));
	*n = 0;
	merge_begin(&merge, a->cols, a->ncols, b->cols, b->ncols);
	while (merge_next(&merge))
	{
		cols[*n] = merge.code;
		if (merge.i >= 0)
			(*of_a)[merge.i] = *n;
		if (merge.j >= 0)
			(*of_b)[merge.j] = *n;
		(*n)++;
	}
	return cols;
}

/* Row i of m spread over n columns; all 0 for i = -1. Returns the row's sum. */
static double
spread_row(const MatrixView *m, int i, const int *column, int n, double *out)
{
	double		sum = 0;

	memset(out, 0, sizeof(double) * n);
	if (i >= 0)
		for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
		{
			out[column[m->col[c]]] = m->value[c];
			sum += m->value[c];
		}
	return sum;
}

static double
column_sums(const MatrixView *m, const int *column, int n, double *sum)
{
	double		total = 0;

	memset(sum, 0, sizeof(double) * n);
	for (int64 c = 0; c < m->ncells; c++)
		sum[column[m->col[c]]] += m->value[c];
	for (int j = 0; j < n; j++)
		total += sum[j];
	return total;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_shift_share);

/* shift_share(m0, m1, method): a row for every region and sector that either matrix has a cell of. */
Datum
innocity_shift_share(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(2));
	ShiftShareMethod method;
	ShiftShareCell cell;
	MatrixView	m0,
				m1;
	CodeMerge	region;
	int64	   *sector;
	int		   *column0,
			   *column1;
	int			n;
	double	   *row0,
			   *row1,
			   *sum0,
			   *sum1;
	double		unit;

	if (!shift_share_method(name, &method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized method of shift-share: \"%s\"", name),
				 errhint("Use 'dunn', 'esteban' or 'dynamic'.")));
	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m0);
	indicator_matrix(PG_GETARG_DATUM(1), INDICATOR_QUANTITY, &m1);
	sector = common_columns(&m0, &m1, &n, &column0, &column1);
	row0 = indicator_alloc(n, sizeof(double));
	row1 = indicator_alloc(n, sizeof(double));
	sum0 = indicator_alloc(n, sizeof(double));
	sum1 = indicator_alloc(n, sizeof(double));
	cell.total0 = column_sums(&m0, column0, n, sum0);
	cell.total1 = column_sums(&m1, column1, n, sum1);
	unit = shift_share_unit(cell.total0, cell.total1);

	merge_begin(&region, m0.rows, m0.nrows, m1.rows, m1.nrows);
	while (merge_next(&region))
	{
		CHECK_FOR_INTERRUPTS();
		cell.region0 = spread_row(&m0, region.i, column0, n, row0);
		spread_row(&m1, region.j, column1, n, row1);
		for (int j = 0; j < n; j++)
		{
			ShiftShare	s;
			bool		nulls[7] = {false, false, false, false, false, false, false};
			Datum		values[7];

			if (row0[j] == 0 && row1[j] == 0)
				continue;
			cell.x0 = row0[j];
			cell.x1 = row1[j];
			cell.sector0 = sum0[j];
			cell.sector1 = sum1[j];
			s = shift_share_of(method, &cell, unit);
			if (!isfinite(s.national) || !isfinite(s.industry_mix) || !isfinite(s.allocation))
				float_overflow_error();
			values[0] = CodeGetDatum(region.code);
			values[1] = CodeGetDatum(sector[j]);
			values[2] = Float8GetDatum(s.actual);
			values[3] = Float8GetDatum(s.national);
			values[4] = Float8GetDatum(s.industry_mix);
			values[5] = Float8GetDatum(s.regional);
			values[6] = Float8GetDatum(s.allocation);
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_entry_exit);

/* entry_exit(m0, m1, presence): a row for every region and sector whose presence changed. */
Datum
innocity_entry_exit(PG_FUNCTION_ARGS)
{
	MatrixView	m0,
				m1;
	Presence	p0,
				p1;
	CodeMerge	region;
	int64	   *sector;
	int		   *column0,
			   *column1;
	int			n;
	char	   *before,
			   *after;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m0, &p0);
	indicator_presence(PG_GETARG_DATUM(1), PG_GETARG_TEXT_PP(2), &m1, &p1);
	sector = common_columns(&m0, &m1, &n, &column0, &column1);
	before = indicator_alloc(n, 1);
	after = indicator_alloc(n, 1);
	merge_begin(&region, m0.rows, m0.nrows, m1.rows, m1.nrows);
	while (merge_next(&region))
	{
		CHECK_FOR_INTERRUPTS();
		memset(before, 0, n);
		memset(after, 0, n);
		if (region.i >= 0)
			for (int64_t c = p0.row_start[region.i]; c < p0.row_start[region.i + 1]; c++)
				before[column0[p0.col[c]]] = 1;
		if (region.j >= 0)
			for (int64_t c = p1.row_start[region.j]; c < p1.row_start[region.j + 1]; c++)
				after[column1[p1.col[c]]] = 1;
		for (int j = 0; j < n; j++)
		{
			bool		nulls[3] = {false, false, false};
			Datum		values[3];

			if (before[j] == after[j])
				continue;
			values[0] = CodeGetDatum(region.code);
			values[1] = CodeGetDatum(sector[j]);
			values[2] = CStringGetTextDatum(after[j] ? "entry" : "exit");
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}
