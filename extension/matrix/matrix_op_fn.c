/*
 * matrix_op_fn.c
 *	  From matrices to matrices: kind, + - * /, parts, coarser codes, other codes.
 *
 * Quantities are computed exactly, remainders included. A ratio has no remainders unless ratios are added.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/array.h"

#include "matrix/matrix_builder.h"

#define RETURN_MATRIX(flat) PG_RETURN_POINTER(flat)

static Datum
as_ratio(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixData	data;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	data.view.kind = MATRIX_RATIO;
	data.nrest = 0;
	RETURN_MATRIX(matrix_data_build(&data));
}

PG_FUNCTION_INFO_V1(innocity_as_ratio_activity_matrix);
Datum
innocity_as_ratio_activity_matrix(PG_FUNCTION_ARGS)
{
	return as_ratio(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_as_ratio_sector_matrix);
Datum
innocity_as_ratio_sector_matrix(PG_FUNCTION_ARGS)
{
	return as_ratio(fcinfo, MATRIX_SECTOR);
}

/* left + sign * right */
static Datum
add(FunctionCallInfo fcinfo, MatrixType type, double sign)
{
	MatrixData	left;
	MatrixData	right;
	MatrixBuilder builder;

	matrix_data_open(PG_GETARG_DATUM(0), type, &left);
	matrix_data_open(PG_GETARG_DATUM(1), type, &right);
	if (left.view.kind != right.view.kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot add a quantity and a ratio"),
				 errhint("kind() tells which is which.")));
	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, type, left.view.kind);
	matrix_builder_add_data(&builder, &left, 1);
	matrix_builder_add_data(&builder, &right, sign);
	RETURN_MATRIX(matrix_builder_finish(&builder));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_add);
Datum
innocity_activity_matrix_add(PG_FUNCTION_ARGS)
{
	return add(fcinfo, MATRIX_ACTIVITY, 1);
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_subtract);
Datum
innocity_activity_matrix_subtract(PG_FUNCTION_ARGS)
{
	return add(fcinfo, MATRIX_ACTIVITY, -1);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_add);
Datum
innocity_sector_matrix_add(PG_FUNCTION_ARGS)
{
	return add(fcinfo, MATRIX_SECTOR, 1);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_subtract);
Datum
innocity_sector_matrix_subtract(PG_FUNCTION_ARGS)
{
	return add(fcinfo, MATRIX_SECTOR, -1);
}

PG_FUNCTION_INFO_V1(innocity_sector_profile_add);
Datum
innocity_sector_profile_add(PG_FUNCTION_ARGS)
{
	return add(fcinfo, MATRIX_PROFILE, 1);
}

/* Factors beyond this overflow while two_product() halves them. */
#define PRODUCT_LARGE	0x1p960

/*
 * two_product() over the whole range of float8. With one factor that large the product stays far above the other end of the range, so that
 * taking 2^-64 out of it and putting it back are exact; two of them are refused before.
 */
static inline double
wide_product(double a, double b, double *error)
{
	double		product;

	if (likely(fabs(a) < PRODUCT_LARGE && fabs(b) < PRODUCT_LARGE))
		return two_product(a, b, error);
	if (fabs(a) < fabs(b))
		product = two_product(a, b * 0x1p-64, error);
	else
		product = two_product(a * 0x1p-64, b, error);
	*error *= 0x1p64;
	return product * 0x1p64;
}

/* The exact product of a cell's expansion and a factor: its canonical components in out. */
static int
multiply_cell(double value, const double *rest, int nrest, double factor, double *out)
{
	ExactSum	sum;
	double		error;
	double		product = wide_product(value, factor, &error);

	/* An error beyond 2^-960 is no longer exact in float8: such products are rounded. */
	if (fabs(product) < 1 / EXACT_SUM_LIMIT)
		error = 0;
	if (nrest == 0)
	{
		out[0] = product;
		out[1] = error;
		return error != 0 ? 2 : 1;
	}
	exact_sum_init(&sum);
	exact_sum_add(&sum, product);
	exact_sum_add(&sum, error);
	for (int r = 0; r < nrest; r++)
	{
		product = wide_product(rest[r], factor, &error);
		exact_sum_add(&sum, product);
		if (fabs(product) >= 1 / EXACT_SUM_LIMIT)
			exact_sum_add(&sum, error);
	}
	return exact_sum_canonical(&sum, out);
}

/*
 * matrix * factor. A quantity's cells are multiplied exactly; a ratio's are rounded once.
 */
static Datum
multiply(FunctionCallInfo fcinfo, MatrixType type, Datum matrix, double factor)
{
	MatrixData	data;
	int64		ncells;
	double	   *value;
	uint32	   *rest_cell;
	double	   *rest;
	int64		rest_size;
	int64		nrest = 0;
	int64		next_rest = 0;

	if (!isfinite(factor))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("factor must be finite, not %g", factor),
				 errhint("Replace it by a number, or leave the product NULL with CASE.")));
	if (type == MATRIX_PROFILE && factor < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("factor of a profile must not be negative, but is %g", factor),
				 errdetail("Weights are at least 0.")));
	matrix_data_open(matrix, type, &data);
	ncells = data.view.ncells;
	value = palloc_extended((ncells + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	rest_size = ncells + EXACT_SUM_CANONICAL;
	rest_cell = palloc_extended(rest_size * sizeof(uint32), MCXT_ALLOC_HUGE);
	rest = palloc_extended(rest_size * sizeof(double), MCXT_ALLOC_HUGE);

	for (int64 c = 0; c < ncells; c++)
	{
		double		component[EXACT_SUM_CANONICAL];
		int			of_cell = 0;
		int			n;

		if (c % 65536 == 0)
			CHECK_FOR_INTERRUPTS();
		value[c] = data.view.value[c] * factor;
		if (data.view.kind == MATRIX_RATIO || factor == 0)
			continue;
		if (!(fabs(value[c]) < MATRIX_VALUE_LIMIT))
			continue;			/* refused when the matrix is built */
		while (next_rest + of_cell < data.nrest && data.rest_cell[next_rest + of_cell] == c)
			of_cell++;
		n = multiply_cell(data.view.value[c], data.rest + next_rest, of_cell, factor, component);
		next_rest += of_cell;
		value[c] = n > 0 ? component[0] : 0;
		if (nrest + n > rest_size)
		{
			CHECK_FOR_INTERRUPTS();
			rest_size = rest_size * 2 + n;
			rest_cell = repalloc_huge(rest_cell, rest_size * sizeof(uint32));
			rest = repalloc_huge(rest, rest_size * sizeof(double));
		}
		for (int r = 1; r < n; r++)
		{
			rest_cell[nrest] = (uint32) c;
			rest[nrest++] = component[r];
		}
	}
	data.view.value = value;
	data.nrest = nrest;
	data.rest_cell = rest_cell;
	data.rest = rest;
	RETURN_MATRIX(matrix_data_build(&data));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_multiply);
Datum
innocity_activity_matrix_multiply(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_ACTIVITY, PG_GETARG_DATUM(0), PG_GETARG_FLOAT8(1));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_multiply_left);
Datum
innocity_activity_matrix_multiply_left(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_ACTIVITY, PG_GETARG_DATUM(1), PG_GETARG_FLOAT8(0));
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_multiply);
Datum
innocity_sector_matrix_multiply(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_SECTOR, PG_GETARG_DATUM(0), PG_GETARG_FLOAT8(1));
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_multiply_left);
Datum
innocity_sector_matrix_multiply_left(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_SECTOR, PG_GETARG_DATUM(1), PG_GETARG_FLOAT8(0));
}

PG_FUNCTION_INFO_V1(innocity_sector_profile_multiply);
Datum
innocity_sector_profile_multiply(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_PROFILE, PG_GETARG_DATUM(0), PG_GETARG_FLOAT8(1));
}

PG_FUNCTION_INFO_V1(innocity_sector_profile_multiply_left);
Datum
innocity_sector_profile_multiply_left(PG_FUNCTION_ARGS)
{
	return multiply(fcinfo, MATRIX_PROFILE, PG_GETARG_DATUM(1), PG_GETARG_FLOAT8(0));
}

/*
 * matrix / divisor: every cell as it is shown, divided and rounded. A quotient has no finite expansion, so there is nothing exact to keep.
 */
static Datum
divide(FunctionCallInfo fcinfo, MatrixType type)
{
	double		divisor = PG_GETARG_FLOAT8(1);
	MatrixData	data;
	double	   *value;

	if (divisor == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("division by zero"),
				 errhint("nullif(divisor, 0) makes the quotient NULL.")));
	if (!isfinite(divisor))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("divisor must be finite, not %g", divisor),
				 errhint("Replace it by a number, or leave the quotient NULL with CASE.")));
	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	value = palloc_extended((data.view.ncells + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	for (int64 c = 0; c < data.view.ncells; c++)
	{
		if (c % 65536 == 0)
			CHECK_FOR_INTERRUPTS();
		value[c] = data.view.value[c] / divisor;
	}
	data.view.value = value;
	data.nrest = 0;
	RETURN_MATRIX(matrix_data_build(&data));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_divide);
Datum
innocity_activity_matrix_divide(PG_FUNCTION_ARGS)
{
	return divide(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_divide);
Datum
innocity_sector_matrix_divide(PG_FUNCTION_ARGS)
{
	return divide(fcinfo, MATRIX_SECTOR);
}

/* Drops the remainders: every cell is the float8 that users see. */
PG_FUNCTION_INFO_V1(innocity_rounded);
Datum
innocity_rounded(PG_FUNCTION_ARGS)
{
	MatrixData	data;

	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	data.nrest = 0;
	RETURN_MATRIX(matrix_data_build(&data));
}

/*
 * Copies the cells that pass, with their codes changed by map (NULL: unchanged; CODE_NONE from it: the cell is left out).
 */
typedef struct CodeMaps
{
	const int64 *row;			/* new code of each row, CODE_NONE = leave out */
	const int64 *col;
	bool		nonnegative;	/* leave out negative cells */
} CodeMaps;

static FlatMatrix *
copy_mapped(const MatrixData *data, const CodeMaps *maps)
{
	const MatrixView *view = &data->view;
	MatrixBuilder builder;
	int64		next_rest = 0;

	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, data->type, view->kind);
	for (int i = 0; i < view->nrows; i++)
	{
		int64		row = maps->row ? maps->row[i] : view->rows[i];

		CHECK_FOR_INTERRUPTS();
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int64		col = maps->col ? maps->col[view->col[c]] : view->cols[view->col[c]];
			bool		keep = row != CODE_NONE && col != CODE_NONE && !(maps->nonnegative && view->value[c] < 0);

			if (keep)
				matrix_builder_add(&builder, row, col, view->value[c]);
			for (; next_rest < data->nrest && data->rest_cell[next_rest] == c; next_rest++)
				if (keep)
					matrix_builder_add(&builder, row, col, data->rest[next_rest]);
		}
	}
	if (view->kind == MATRIX_RATIO)
	{
		for (int i = 0; i < view->nrows; i++)
			if (!maps->row || maps->row[i] != CODE_NONE)
				matrix_builder_list_row(&builder, maps->row ? maps->row[i] : view->rows[i]);
		for (int j = 0; j < view->ncols; j++)
			if (!maps->col || maps->col[j] != CODE_NONE)
				matrix_builder_list_col(&builder, maps->col ? maps->col[j] : view->cols[j]);
	}
	return matrix_builder_finish(&builder);
}

PG_FUNCTION_INFO_V1(innocity_nonnegative);
Datum
innocity_nonnegative(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	CodeMaps	maps = {.nonnegative = true};

	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	RETURN_MATRIX(copy_mapped(&data, &maps));
}

/* Codes inside the subtree stay, others become CODE_NONE. */
static int64 *
map_to_subtree(CodeKind kind, const int64 *codes, int n, int64 subtree)
{
	int64	   *map = palloc(((Size) n + 1) * sizeof(int64));

	for (int i = 0; i < n; i++)
		map[i] = code_contains(kind, subtree, codes[i]) ? codes[i] : CODE_NONE;
	return map;
}

/* Codes that are kept stay, others become CODE_NONE. */
static int64 *
map_to_kept(const int64 *codes, int n, const bool *keep)
{
	int64	   *map = palloc(((Size) n + 1) * sizeof(int64));

	for (int i = 0; i < n; i++)
		map[i] = keep[i] ? codes[i] : CODE_NONE;
	return map;
}

Datum
activity_matrix_keep(Datum matrix, const bool *keep_row, const bool *keep_col)
{
	MatrixData	data;
	CodeMaps	maps = {0};

	matrix_data_open(matrix, MATRIX_ACTIVITY, &data);
	maps.row = map_to_kept(data.view.rows, data.view.nrows, keep_row);
	maps.col = map_to_kept(data.view.cols, data.view.ncols, keep_col);
	return PointerGetDatum(copy_mapped(&data, &maps));
}

PG_FUNCTION_INFO_V1(innocity_slice);
Datum
innocity_slice(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	CodeMaps	maps = {0};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	if (!PG_ARGISNULL(1))
		maps.row = map_to_subtree(CODE_REGION, data.view.rows, data.view.nrows, PG_GETARG_CODE(1));
	if (!PG_ARGISNULL(2))
		maps.col = map_to_subtree(CODE_SECTOR, data.view.cols, data.view.ncols, PG_GETARG_CODE(2));
	RETURN_MATRIX(copy_mapped(&data, &maps));
}

/*
 * Each code becomes its ancestor at the level; a code above that level stays. Where a branch skips the level (a ministry code of eight
 * digits in a city without districts has no level 3), the code becomes its nearest ancestor above it.
 */
static int64 *
map_to_level(CodeKind kind, const int64 *codes, int n, int level)
{
	int64	   *map = palloc(((Size) n + 1) * sizeof(int64));

	if (level < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("level must be at least 1, but is %d", level),
				 errhint("Level 1 is the top; level_name() names the levels of a code.")));
	for (int i = 0; i < n; i++)
	{
		int64		code = codes[i];

		while (code_level(kind, code) > level)
			code = code_parent(kind, code);
		map[i] = code;
	}
	return map;
}

PG_FUNCTION_INFO_V1(innocity_roll_up);
Datum
innocity_roll_up(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	CodeMaps	maps = {0};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	if (data.view.kind == MATRIX_RATIO)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot roll up a ratio"),
				 errhint("Roll up the quantities, then compute the ratio anew.")));
	if (!PG_ARGISNULL(1))
		maps.row = map_to_level(CODE_REGION, data.view.rows, data.view.nrows, PG_GETARG_INT32(1));
	if (!PG_ARGISNULL(2))
		maps.col = map_to_level(CODE_SECTOR, data.view.cols, data.view.ncols, PG_GETARG_INT32(2));
	RETURN_MATRIX(copy_mapped(&data, &maps));
}

/*
 * The row of one region as a profile.
 */
PG_FUNCTION_INFO_V1(innocity_profile);
Datum
innocity_profile(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	int64		region = PG_GETARG_CODE(1);
	int			row;
	MatrixBuilder builder;
	int64		next_rest = 0;

	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	row = view->kind == MATRIX_RATIO ? code_position_or_ancestor(CODE_REGION, view->rows, view->nrows, region)
		: code_position(view->rows, view->nrows, region);
	if (row < 0 && view->kind == MATRIX_RATIO)
		PG_RETURN_NULL();
	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, MATRIX_PROFILE, MATRIX_QUANTITY);
	for (int64 c = row < 0 ? 0 : view->row_start[row]; row >= 0 && c < view->row_start[row + 1]; c++)
	{
		int64		col = view->cols[view->col[c]];

		if (isnan(view->value[c]))
			continue;
		if (view->value[c] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a profile cannot have negative weights"),
					 errdetail("The cell %s is %g.", matrix_place(MATRIX_ACTIVITY, view->rows[row], col), view->value[c]),
					 errhint("nonnegative() leaves negative cells out.")));
		matrix_builder_add(&builder, 0, col, view->value[c]);
		while (next_rest < data.nrest && data.rest_cell[next_rest] < c)
			next_rest++;
		for (; next_rest < data.nrest && data.rest_cell[next_rest] == c; next_rest++)
			matrix_builder_add(&builder, 0, col, data.rest[next_rest]);
	}
	RETURN_MATRIX(matrix_builder_finish(&builder));
}
