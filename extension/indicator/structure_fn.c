/*
 * structure_fn.c
 *	  SQL face of specialisation, concentration, variety and the decomposition of Theil's index.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "indicator/structure.h"

/* One row (code, numbers ...); a NaN is NULL. */
static void
put_numbers(FunctionCallInfo fcinfo, int64 code, bool code_is_null, const double *number, int n)
{
	Datum		values[8];
	bool		nulls[8];

	Assert(n < 8);
	values[0] = CodeGetDatum(code);
	nulls[0] = code_is_null;
	for (int i = 0; i < n; i++)
		values[i + 1] = indicator_float(number[i], &nulls[i + 1]);
	indicator_put(fcinfo, values, nulls);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_specialization);

Datum
innocity_specialization(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	double	   *row;
	CurveStep  *step;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_quotient(&m, NULL, &q, &cols);
	row = indicator_alloc0(m.ncols, sizeof(double));
	step = indicator_alloc(m.ncols, sizeof(CurveStep));
	for (int i = 0; i < m.nrows; i++)
	{
		Structure	s;
		double		number[5];

		CHECK_FOR_INTERRUPTS();
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			row[m.col[c]] = quotient_amount(&q, m.value[c]);
		s = structure_of(row, q.row_total[i], q.col_total, q.total, m.ncols, step);
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			row[m.col[c]] = 0;
		number[0] = s.krugman;
		number[1] = s.hachman;
		number[2] = s.krugman / 2;
		number[3] = s.herfindahl;
		number[4] = s.entropy;
		put_numbers(fcinfo, m.rows[i], false, number, 5);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_concentration);

Datum
innocity_concentration(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				t;
	Quotient	q;
	const int64 *cols;
	double	   *column;
	CurveStep  *step;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_quotient(&m, NULL, &q, &cols);
	indicator_transpose(&m, &t);
	column = indicator_alloc0(m.nrows, sizeof(double));
	step = indicator_alloc(m.nrows, sizeof(CurveStep));
	for (int j = 0; j < t.nrows; j++)
	{
		Structure	s;
		double		number[4];

		CHECK_FOR_INTERRUPTS();
		for (int64 c = t.row_start[j]; c < t.row_start[j + 1]; c++)
			column[t.col[c]] = quotient_amount(&q, t.value[c]);
		s = structure_of(column, q.col_total[j], q.row_total, q.total, m.nrows, step);
		for (int64 c = t.row_start[j]; c < t.row_start[j + 1]; c++)
			column[t.col[c]] = 0;
		number[0] = s.gini;
		number[1] = s.krugman / 2;
		number[2] = s.herfindahl;
		number[3] = s.krugman;
		put_numbers(fcinfo, m.cols[j], false, number, 4);
	}
	return (Datum) 0;
}

/* A level argument, 1 or more. */
static int
level_argument(int level)
{
	if (level < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("level must be at least 1, not %d", level),
				 errhint("Level 1 is the top of a hierarchy: sections, provinces.")));
	return level;
}

/* The ancestor at the level; a code that is itself above it stands for itself. */
static int64
group_of(CodeKind kind, int64 code, int level)
{
	int64		group = code_ancestor(kind, code, level);

	return group == CODE_NONE ? code : group;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_variety);

/* variety(m, level) */
Datum
innocity_variety(PG_FUNCTION_ARGS)
{
	int			level = level_argument(PG_GETARG_INT32(1));
	MatrixView	m;
	int64	   *group;
	int64_t    *of_cell;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	group = indicator_alloc(m.ncols, sizeof(int64));
	of_cell = indicator_alloc(m.ncols, sizeof(int64_t));
	for (int j = 0; j < m.ncols; j++)
		group[j] = group_of(CODE_SECTOR, m.cols[j], level);
	for (int i = 0; i < m.nrows; i++)
	{
		int64		first = m.row_start[i];
		int			n = (int) (m.row_start[i + 1] - first);
		Variety		v;
		double		number[3];

		CHECK_FOR_INTERRUPTS();
		for (int c = 0; c < n; c++)
			of_cell[c] = group[m.col[first + c]];
		v = variety_of(m.value + first, of_cell, n);
		number[0] = v.related;
		number[1] = v.unrelated;
		number[2] = v.related + v.unrelated;
		put_numbers(fcinfo, m.rows[i], false, number, 3);
	}
	return (Datum) 0;
}

static bool
all_positive(const double *x, int n)
{
	for (int i = 0; i < n; i++)
		if (!(x[i] > 0))
			return false;
	return true;
}

/*
 * Rows (sector, between, within, total) for (m, region_level, population). Theil L is Theil T with amounts and weights in each other's
 * place, and is infinite where a region has nothing.
 */
static Datum
theil_decomposition(FunctionCallInfo fcinfo, bool theil_l)
{
	MatrixView	m,
				t;
	int			level;
	int		   *group;
	int			ngroups = 0;
	double	   *weight;
	double	   *column;
	double	   *group_x;
	double	   *group_w;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
	{
		InitMaterializedSRF(fcinfo, 0);
		return (Datum) 0;
	}
	level = level_argument(PG_GETARG_INT32(1));
	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_transpose(&m, &t);
	group = indicator_alloc(m.nrows, sizeof(int));
	for (int i = 0; i < m.nrows; i++)
	{
		/* Sorted codes keep a group together. */
		if (i > 0 && group_of(CODE_REGION, m.rows[i], level) == group_of(CODE_REGION, m.rows[i - 1], level))
			group[i] = ngroups - 1;
		else
			group[i] = ngroups++;
	}
	if (PG_ARGISNULL(2))
	{
		weight = indicator_alloc(m.nrows, sizeof(double));
		for (int i = 0; i < m.nrows; i++)
			weight[i] = 1;
	}
	else
		weight = indicator_region_values(PG_GETARG_ARRAYTYPE_P(2), "population", &m);
	column = indicator_alloc(m.nrows, sizeof(double));
	group_x = indicator_alloc(ngroups, sizeof(double));
	group_w = indicator_alloc(ngroups, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
		if (!(weight[i] > 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("region \"%s\" has no population", indicator_code_text(CODE_REGION, m.rows[i])),
					 errhint("Give a positive value for every region of the matrix, or slice the matrix.")));

	/* Each sector, then, without a code, the regions' totals. */
	for (int j = 0; j <= t.nrows; j++)
	{
		double		number[3];

		CHECK_FOR_INTERRUPTS();
		memset(column, 0, sizeof(double) * m.nrows);
		if (j < t.nrows)
			for (int64 c = t.row_start[j]; c < t.row_start[j + 1]; c++)
				column[t.col[c]] = t.value[c];
		else
			for (int i = 0; i < m.nrows; i++)
				for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
					column[i] += m.value[c];
		if (!theil_l)
			theil_of(column, weight, group, m.nrows, ngroups, group_x, group_w, &number[0], &number[1]);
		else if (all_positive(column, m.nrows))
			theil_of(weight, column, group, m.nrows, ngroups, group_x, group_w, &number[0], &number[1]);
		else
			number[0] = number[1] = NAN;
		number[2] = number[0] + number[1];
		put_numbers(fcinfo, j < t.nrows ? m.cols[j] : 0, j == t.nrows, number, 3);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_theil_decomposition);

Datum
innocity_theil_decomposition(PG_FUNCTION_ARGS)
{
	return theil_decomposition(fcinfo, false);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_theil_l_decomposition);

Datum
innocity_theil_l_decomposition(PG_FUNCTION_ARGS)
{
	return theil_decomposition(fcinfo, true);
}
