/*
 * input_output_fn.c
 *	  SQL face of input-output analysis.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "utils/builtins.h"

#include "indicator/input_output.h"

/* An inverse below this is negative by more than rounding. */
#define NEGATIVE_MIN (-1e-12)

static void
tick(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The sectors of rows and columns together, sorted. */
static int64 *
all_sectors(const MatrixView *r, int *n)
{
	int64	   *codes = indicator_alloc(r->nrows + r->ncols, sizeof(int64));
	int			i = 0,
				j = 0;

	*n = 0;
	while (i < r->nrows || j < r->ncols)
	{
		int64		code;

		if (j == r->ncols || (i < r->nrows && r->rows[i] <= r->cols[j]))
			code = r->rows[i];
		else
			code = r->cols[j];
		if (i < r->nrows && r->rows[i] == code)
			i++;
		if (j < r->ncols && r->cols[j] == code)
			j++;
		codes[(*n)++] = code;
	}
	return codes;
}

/* The matrix as a dense square over n sectors. */
static double *
square_of(const MatrixView *r, const int64 *codes, int n)
{
	double	   *a = indicator_alloc0((size_t) n * n, sizeof(double));

	for (int i = 0; i < r->nrows; i++)
	{
		int			row = code_position(codes, n, r->rows[i]);

		for (int64 c = r->row_start[i]; c < r->row_start[i + 1]; c++)
		{
			int			col = code_position(codes, n, r->cols[r->col[c]]);

			if (isnan(r->value[c]))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("cell of sectors \"%s\" and \"%s\" is null", indicator_code_text(CODE_SECTOR, r->rows[i]),
								indicator_code_text(CODE_SECTOR, r->cols[r->col[c]])),
						 errhint("A cell without a value comes from a ratio; sales and coefficients need amounts.")));
			a[(size_t) row * n + col] = r->value[c];
		}
	}
	return a;
}

/* A ratio from a dense square. */
static Datum
square_result(const int64 *codes, int n, const double *a)
{
	int64	   *row_start = indicator_alloc0(n + 1, sizeof(int64));
	int32	   *col = indicator_alloc((size_t) n * n, sizeof(int32));
	double	   *value = indicator_alloc((size_t) n * n, sizeof(double));
	MatrixView	view = {MATRIX_RATIO, n, n, 0, codes, codes, row_start, col, value};

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			if (a[(size_t) i * n + j] != 0)
			{
				col[view.ncells] = j;
				value[view.ncells++] = a[(size_t) i * n + j];
			}
		row_start[i + 1] = view.ncells;
	}
	return sector_matrix_build(&view);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_input_coefficients);

/* input_coefficients(flows, output): a_ij = z_ij / x_j */
Datum
innocity_input_coefficients(PG_FUNCTION_ARGS)
{
	MatrixView	r;
	ProfileView output;
	double	   *value;
	MatrixView	result;

	sector_matrix_view(PG_GETARG_DATUM(0), &r);
	sector_profile_view(PG_GETARG_DATUM(1), &output);
	if (r.kind != MATRIX_QUANTITY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("matrix is of kind ratio, a quantity is needed"),
				 errhint("Give the table of transactions, from which coefficients are taken.")));
	value = indicator_alloc(r.ncells, sizeof(double));
	for (int64 c = 0; c < r.ncells; c++)
	{
		int64		code = r.cols[r.col[c]];
		int			place = code_position(output.codes, output.n, code);

		if (place < 0 || !(output.weights[place] > 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("sector \"%s\" has inputs but no output", indicator_code_text(CODE_SECTOR, code)),
					 errhint("Give the total output (or total input) of every column of the table.")));
		value[c] = r.value[c] / output.weights[place];
	}
	result = r;
	result.kind = MATRIX_RATIO;
	result.value = value;
	PG_RETURN_DATUM(sector_matrix_build(&result));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_leontief_inverse);

/* leontief_inverse(coefficients) = (I - A)^-1 */
Datum
innocity_leontief_inverse(PG_FUNCTION_ARGS)
{
	MatrixView	r;
	int			n;
	int64	   *codes;
	double	   *a;
	double		least;
	int			row,
				col;

	sector_matrix_view(PG_GETARG_DATUM(0), &r);
	codes = all_sectors(&r, &n);
	indicator_check_cells(n, n);
	a = square_of(&r, codes, n);
	if (!leontief_inverse(a, n, indicator_alloc(n, sizeof(int)), tick))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("coefficients have no Leontief inverse"),
				 errdetail("The identity matrix less the coefficients is singular: some sectors use up all that they make."),
				 errhint("Take coefficients by input_coefficients(flows, output), with outputs that include final demand.")));
	least = matrix_least(a, n, &row, &col);
	if (least < NEGATIVE_MIN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("coefficients are not productive"),
				 errdetail("The inverse is %g for sectors \"%s\" and \"%s\".", least,
						   indicator_code_text(CODE_SECTOR, codes[row]), indicator_code_text(CODE_SECTOR, codes[col])),
				 errhint("Inputs of a sector must stay below its output.")));
	/* What is negative by rounding alone is nothing. */
	for (size_t i = 0; i < (size_t) n * n; i++)
		if (a[i] < 0)
			a[i] = 0;
	PG_RETURN_DATUM(square_result(codes, n, a));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_multipliers);

/* The jobs per unit of output of each sector, read from its nearest listed ancestor; NaN where there are none. */
static double *
labour_argument(FunctionCallInfo fcinfo, int argument, const int64 *codes, int n)
{
	double	   *labour = indicator_alloc(n, sizeof(double));
	ProfileView given = {0, NULL, NULL};

	if (PG_NARGS() > argument)
		sector_profile_view(PG_GETARG_DATUM(argument), &given);
	for (int i = 0; i < n; i++)
	{
		int			place = code_position_or_ancestor(CODE_SECTOR, given.codes, given.n, codes[i]);

		labour[i] = place < 0 ? NAN : given.weights[place];
	}
	return labour;
}

/* multipliers(leontief inverse [, labour]); without labour the row has no jobs, and the fifth number is not looked at. */
Datum
innocity_multipliers(PG_FUNCTION_ARGS)
{
	MatrixView	r;
	int			n;
	int64	   *codes;
	double	   *a;
	double	   *column;
	double	   *rows;
	double	   *labour;
	double		total = 0;

	InitMaterializedSRF(fcinfo, 0);
	sector_matrix_view(PG_GETARG_DATUM(0), &r);
	codes = all_sectors(&r, &n);
	indicator_check_cells(n, n);
	a = square_of(&r, codes, n);
	column = indicator_alloc0(n, sizeof(double));
	rows = indicator_alloc0(n, sizeof(double));
	labour = labour_argument(fcinfo, 1, codes, n);
	for (int i = 0; i < n; i++)
	{
		if (!(a[(size_t) i * n + i] >= 1 + NEGATIVE_MIN))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("matrix is no Leontief inverse: %g on the diagonal of sector \"%s\"", a[(size_t) i * n + i],
							indicator_code_text(CODE_SECTOR, codes[i])),
					 errhint("Use multipliers(leontief_inverse(coefficients)).")));
		for (int j = 0; j < n; j++)
		{
			column[j] += a[(size_t) i * n + j];
			rows[i] += a[(size_t) i * n + j];
		}
	}
	for (int j = 0; j < n; j++)
		total += column[j];
	for (int j = 0; j < n; j++)
	{
		bool		nulls[5] = {false, false, false, false, false};
		Datum		values[5] = {
			CodeGetDatum(codes[j]),
			Float8GetDatum(column[j]),
			Float8GetDatum(column[j] * n / total),
			Float8GetDatum(rows[j] * n / total)
		};

		values[4] = indicator_float(jobs_multiplier(a, labour, n, j), &nulls[4]);

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_regional_coefficients);

/* regional_coefficients(a, m, region, method, delta, reference): what of each input the region supplies itself, by location quotients. */
Datum
innocity_regional_coefficients(PG_FUNCTION_ARGS)
{
	MatrixView	r,
				m,
				reference;
	bool		compared = PG_NARGS() > 5 && !PG_ARGISNULL(5);
	int64		region;
	char	   *method;
	double		delta;
	bool		flegg;
	Quotient	q;
	const int64 *cols;
	int			row;
	double	   *lq;
	double	   *value;
	double		size;
	MatrixView	result;

	for (int i = 0; i < 5; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	region = PG_GETARG_CODE(2);
	method = text_to_cstring(PG_GETARG_TEXT_PP(3));
	delta = PG_GETARG_FLOAT8(4);
	flegg = strcmp(method, "flq") == 0;
	if (!flegg && strcmp(method, "slq") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized method of regionalisation: \"%s\"", method),
				 errhint("Use 'slq' (simple location quotients) or 'flq' (Flegg's).")));
	if (!(delta >= 0 && delta < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("delta must be at least 0 and below 1, not %g", delta),
				 errhint("0.3 is usual; higher values let small regions import more.")));
	sector_matrix_view(PG_GETARG_DATUM(0), &r);
	indicator_matrix(PG_GETARG_DATUM(1), INDICATOR_QUANTITY, &m);
	if (compared)
		indicator_matrix(PG_GETARG_DATUM(5), INDICATOR_QUANTITY, &reference);
	indicator_quotient(&m, compared ? &reference : NULL, &q, &cols);
	row = code_position(m.rows, m.nrows, region);
	if (row < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("matrix does not list region \"%s\"", indicator_code_text(CODE_REGION, region)),
				 errhint("regions(m) shows those that it lists.")));
	/* Quotients of the table's sectors in the region, by the nearest ancestor that m lists; NaN where it lists none. */
	lq = indicator_alloc(q.m.ncols, sizeof(double));
	for (int j = 0; j < q.m.ncols; j++)
		lq[j] = quotient_value(&q, row, j, 0);
	for (int64 c = q.m.row_start[row]; c < q.m.row_start[row + 1]; c++)
		lq[q.m.col[c]] = quotient_value(&q, row, q.m.col[c], q.m.value[c]);
	size = pow(log2(1 + Min(q.row_total[row] / q.total, 1)), delta);
	value = indicator_alloc(r.ncells, sizeof(double));
	for (int i = 0; i < r.nrows; i++)
	{
		int			supplier = code_position_or_ancestor(CODE_SECTOR, cols, q.m.ncols, r.rows[i]);

		for (int64 c = r.row_start[i]; c < r.row_start[i + 1]; c++)
		{
			int64		buyer_code = r.cols[r.col[c]];
			int			buyer = code_position_or_ancestor(CODE_SECTOR, cols, q.m.ncols, buyer_code);
			double		share = supplier < 0 ? NAN : lq[supplier];

			/* Flegg: of the supplier against the buyer, except on the diagonal, times the size of the region. */
			if (flegg && r.rows[i] != buyer_code)
				share = buyer < 0 || isnan(lq[buyer]) ? NAN : lq[buyer] > 0 ? share / lq[buyer] : (share > 0 ? 1 : 0);
			if (flegg)
				share *= size;
			value[c] = isnan(share) ? NAN : r.value[c] * Min(share, 1);
		}
	}
	result = r;
	result.kind = MATRIX_RATIO;
	result.value = value;
	PG_RETURN_DATUM(sector_matrix_build(&result));
}
