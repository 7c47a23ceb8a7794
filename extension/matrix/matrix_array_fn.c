/*
 * matrix_array_fn.c
 *	  A matrix as a two-dimensional array of float8 and back: rows are regions(m), columns sectors(m), or sectors_a(r) and sectors_b(r).
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "matrix/matrix_builder.h"

static Datum
to_array(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	int			dims[2];
	int			lower[2] = {1, 1};
	Size		places;
	Datum	   *element;
	bool	   *null;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	if (view->nrows == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(FLOAT8OID));
	places = (Size) view->nrows * view->ncols;
	if (places > MaxArraySize / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("matrix is too large for an array"),
				 errdetail("It has %d x %d places.", view->nrows, view->ncols),
				 errhint("%s() gives the cells that are stored.", type == MATRIX_ACTIVITY ? "cells" : "pairs")));
	dims[0] = view->nrows;
	dims[1] = view->ncols;
	element = palloc(places * sizeof(Datum));
	null = palloc0(places * sizeof(bool));
	for (Size at = 0; at < places; at++)
		element[at] = Float8GetDatum(0);
	for (int i = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			Size		at = (Size) i * view->ncols + view->col[c];

			element[at] = Float8GetDatum(view->value[c]);
			null[at] = isnan(view->value[c]);
		}
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(element, null, 2, dims, lower, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PG_FUNCTION_INFO_V1(innocity_to_array);
Datum
innocity_to_array(PG_FUNCTION_ARGS)
{
	return to_array(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_to_array);
Datum
innocity_sector_matrix_to_array(PG_FUNCTION_ARGS)
{
	return to_array(fcinfo, MATRIX_SECTOR);
}

/* The codes of a one-dimensional array argument without NULLs. */
static int64 *
code_array_argument(FunctionCallInfo fcinfo, int argument, const char *name, int *n)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	int64	   *codes;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a one-dimensional array", name),
				 errdetail("It has %d dimensions.", ARR_NDIM(array))));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not contain nulls", name),
				 errhint("Use array_remove(..., NULL).")));
	*n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	codes = palloc(((Size) *n + 1) * sizeof(int64));
	memcpy(codes, ARR_DATA_PTR(array), *n * sizeof(int64));
	return codes;
}

static Datum
from_array(FunctionCallInfo fcinfo, MatrixType type)
{
	bool		activity = type == MATRIX_ACTIVITY;
	int			nrows;
	int			ncols;
	int64	   *row_code = code_array_argument(fcinfo, 0, activity ? "regions" : "sectors_a", &nrows);
	int64	   *col_code = code_array_argument(fcinfo, 1, activity ? "sectors" : "sectors_b", &ncols);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);
	Datum	   *element;
	bool	   *null;
	int			n;
	MatrixBuilder builder;

	n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (n == 0 ? nrows > 0 && ncols > 0
		: ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != nrows || ARR_DIMS(array)[1] != ncols)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("the array of values must have a row for each %s and a column for each sector", activity ? "region" : "first sector"),
				 errdetail("There are %d %s and %d sectors, and %d values in %d dimensions.",
						   nrows, activity ? "regions" : "first sectors", ncols, n, ARR_NDIM(array))));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, &null, &n);

	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, type, MATRIX_QUANTITY);
	for (int at = 0; at < n; at++)
	{
		int64		row = row_code[at / ncols];
		int64		col = col_code[at % ncols];
		double		value;

		if (null[at])
			continue;
		value = DatumGetFloat8(element[at]);
		if (!(fabs(value) < EXACT_SUM_LIMIT))
			matrix_refuse_value(type, row, col, value);
		matrix_builder_add(&builder, row, col, value);
	}
	PG_RETURN_POINTER(matrix_builder_finish(&builder));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_from_array);
Datum
innocity_activity_matrix_from_array(PG_FUNCTION_ARGS)
{
	return from_array(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_from_array);
Datum
innocity_sector_matrix_from_array(PG_FUNCTION_ARGS)
{
	return from_array(fcinfo, MATRIX_SECTOR);
}
