/*
 * shift_share_fn.c
 *	  SQL face of what compares a matrix at two dates: shift-share, as a sum and as factors, entry and exit.
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

/* Amounts at two dates over the sectors of either, with room for a row of each. */
typedef struct Dates
{
	MatrixView	m0,
				m1;
	int			n;
	int64	   *sector;			/* n codes */
	int		   *column0,		/* of each column of m0, among them */
			   *column1;
	double	   *row0,
			   *row1,
			   *sum0,			/* of each sector over all regions */
			   *sum1;
	double		total0,
				total1;
} Dates;

/* Arguments 0 and 1. */
static void
dates_open(FunctionCallInfo fcinfo, Dates *d)
{
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &d->m0);
	indicator_matrix(PG_GETARG_DATUM(1), INDICATOR_QUANTITY, &d->m1);
	d->sector = common_columns(&d->m0, &d->m1, &d->n, &d->column0, &d->column1);
	d->row0 = indicator_alloc(d->n, sizeof(double));
	d->row1 = indicator_alloc(d->n, sizeof(double));
	d->sum0 = indicator_alloc(d->n, sizeof(double));
	d->sum1 = indicator_alloc(d->n, sizeof(double));
	d->total0 = column_sums(&d->m0, d->column0, d->n, d->sum0);
	d->total1 = column_sums(&d->m1, d->column1, d->n, d->sum1);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_shift_share);

/* shift_share(m0, m1, method): a row for every region and sector that either matrix has a cell of. */
Datum
innocity_shift_share(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(2));
	ShiftShareMethod method;
	ShiftShareCell cell;
	Dates		d;
	CodeMerge	region;
	double		unit;

	if (!shift_share_method(name, &method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized method of shift-share: \"%s\"", name),
				 errhint("Use 'dunn', 'esteban' or 'dynamic'.")));
	InitMaterializedSRF(fcinfo, 0);
	dates_open(fcinfo, &d);
	cell.total0 = d.total0;
	cell.total1 = d.total1;
	unit = shift_share_unit(d.total0, d.total1);

	merge_begin(&region, d.m0.rows, d.m0.nrows, d.m1.rows, d.m1.nrows);
	while (merge_next(&region))
	{
		CHECK_FOR_INTERRUPTS();
		cell.region0 = spread_row(&d.m0, region.i, d.column0, d.n, d.row0);
		spread_row(&d.m1, region.j, d.column1, d.n, d.row1);
		for (int j = 0; j < d.n; j++)
		{
			ShiftShare	s;
			bool		nulls[7] = {false, false, false, false, false, false, false};
			Datum		values[7];

			if (d.row0[j] == 0 && d.row1[j] == 0)
				continue;
			cell.x0 = d.row0[j];
			cell.x1 = d.row1[j];
			cell.sector0 = d.sum0[j];
			cell.sector1 = d.sum1[j];
			s = shift_share_of(method, &cell, unit);
			if (!isfinite(s.national) || !isfinite(s.industry_mix) || !isfinite(s.allocation))
				float_overflow_error();
			values[0] = CodeGetDatum(region.code);
			values[1] = CodeGetDatum(d.sector[j]);
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

/* Growth of a region as factors. */
typedef struct GrowthFactors
{
	double		structural;
	double		location;		/* NaN where none of the region's sectors is left in the nation */
	double		total;
} GrowthFactors;

/* Rows i of m0 and j (or -1) of m1, spread into row0 and row1. False without an amount at the first date, or any in m1. */
static bool
growth_factors(Dates *d, int i, int j, GrowthFactors *f)
{
	double		nation = d->total1 / d->total0;
	double		before = spread_row(&d->m0, i, d->column0, d->n, d->row0);
	double		after = spread_row(&d->m1, j, d->column1, d->n, d->row1);
	double		expected = 0;

	if (!(before > 0) || !(d->total1 > 0))
		return false;
	for (int k = 0; k < d->n; k++)
		if (d->row0[k] > 0)
			expected += d->row0[k] * (d->sum1[k] / d->sum0[k]);
	f->structural = expected / before / nation;
	f->location = expected > 0 ? after / expected : NAN;
	f->total = after / before / nation;
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_shift_share_factors);

/* shift_share_factors(m0, m1): a row for every region with an amount in m0 (Gerfin 1964). */
Datum
innocity_shift_share_factors(PG_FUNCTION_ARGS)
{
	Dates		d;
	CodeMerge	region;

	InitMaterializedSRF(fcinfo, 0);
	dates_open(fcinfo, &d);
	merge_begin(&region, d.m0.rows, d.m0.nrows, d.m1.rows, d.m1.nrows);
	while (merge_next(&region))
	{
		GrowthFactors f;
		bool		nulls[4] = {false};
		Datum		values[4];

		CHECK_FOR_INTERRUPTS();
		if (region.i < 0 || !growth_factors(&d, region.i, region.j, &f))
			continue;
		values[0] = CodeGetDatum(region.code);
		values[1] = indicator_float(f.structural, &nulls[1]);
		values[2] = indicator_float(f.location, &nulls[2]);
		values[3] = indicator_float(f.total, &nulls[3]);
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_shift_share_forecast);

/* shift_share_forecast(m0, m1, next): a row for every cell of m1 in a region with an amount in m0. */
Datum
innocity_shift_share_forecast(PG_FUNCTION_ARGS)
{
	Dates		d;
	CodeMerge	region;
	double	   *next;

	InitMaterializedSRF(fcinfo, 0);
	dates_open(fcinfo, &d);
	next = indicator_sector_values(PG_GETARG_ARRAYTYPE_P(2), "next", &d.m1);
	merge_begin(&region, d.m0.rows, d.m0.nrows, d.m1.rows, d.m1.nrows);
	while (merge_next(&region))
	{
		GrowthFactors f;

		CHECK_FOR_INTERRUPTS();
		if (region.i < 0 || region.j < 0 || !growth_factors(&d, region.i, region.j, &f))
			continue;
		for (int64 c = d.m1.row_start[region.j]; c < d.m1.row_start[region.j + 1]; c++)
		{
			int			j = d.m1.col[c];
			bool		nulls[3] = {false};
			Datum		values[3];

			if (d.m1.value[c] == 0)
				continue;
			values[0] = CodeGetDatum(region.code);
			values[1] = CodeGetDatum(d.m1.cols[j]);
			values[2] = indicator_float(d.m1.value[c] * (next[j] / d.sum1[d.column1[j]]) * f.location, &nulls[2]);
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
