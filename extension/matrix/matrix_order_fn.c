/*
 * matrix_order_fn.c
 *	  A total order of the matrix types, for what sorts to find equals: count(DISTINCT m), ORDER BY, unique indexes.
 *
 * It is an order of contents, not of size: quantities before ratios, then by the lists of codes, the number of cells and of remainders,
 * and by the stored arrays, element by element. Nothing of it depends on the processor, and 0 means equal bytes.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"

#include "matrix/matrix_data.h"

#define COMPARE(a, b)	(((a) > (b)) - ((a) < (b)))

/* Defines name(a, na, b, nb): the order of two arrays, element by element, the shorter one first. */
#define DEFINE_ARRAY_ORDER(name, type) \
static int \
name(const type *a, uint64 na, const type *b, uint64 nb) \
{ \
	for (uint64 i = 0; i < Min(na, nb); i++) \
		if (a[i] != b[i]) \
			return COMPARE(a[i], b[i]); \
	return COMPARE(na, nb); \
}

DEFINE_ARRAY_ORDER(order_of_codes, int64)
DEFINE_ARRAY_ORDER(order_of_uint32, uint32)
DEFINE_ARRAY_ORDER(order_of_int32, int32)

/* NULL of a ratio, a NaN here, comes last. */
static int
order_of_values(const double *a, const double *b, uint64 n)
{
	for (uint64 i = 0; i < n; i++)
	{
		if (isnan(a[i]) || isnan(b[i]))
		{
			if (isnan(a[i]) && isnan(b[i]))
				continue;
			return isnan(a[i]) ? 1 : -1;
		}
		if (a[i] != b[i])
			return COMPARE(a[i], b[i]);
	}
	return 0;
}

static int
order_of_matrices(const MatrixReader *a, const MatrixReader *b)
{
	uint64		nvalues;
	int			order = COMPARE(a->kind, b->kind);

	if (order == 0)
		order = order_of_codes(a->rows, a->nrows, b->rows, b->nrows);
	if (order == 0)
		order = order_of_codes(a->cols, a->ncols, b->cols, b->ncols);
	if (order == 0)
		order = COMPARE(a->ncells, b->ncells);
	if (order == 0)
		order = COMPARE(a->nrest, b->nrest);
	if (order != 0)
		return order;

	/* As many codes and cells: the same form and layout. */
	nvalues = a->row_start ? a->ncells : (uint64) a->nrows * a->ncols;
	if (a->row_start)
	{
		order = order_of_uint32(a->row_start, a->nrows + 1, b->row_start, b->nrows + 1);
		if (order == 0)
			order = order_of_int32(a->col, a->ncells, b->col, b->ncells);
	}
	if (order == 0)
		order = order_of_values(a->value, b->value, nvalues);
	if (order == 0)
		order = order_of_uint32(a->rest_cell, a->nrest, b->rest_cell, b->nrest);
	if (order == 0)
		order = order_of_values(a->rest, b->rest, a->nrest);
	return order;
}

/* Sorting compares in a context that lives as long as the sort: what was detoasted is given back. */
static int
compare_arguments(FunctionCallInfo fcinfo, MatrixType type)
{
	struct varlena *a = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	struct varlena *b = PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	MatrixReader a_reader;
	MatrixReader b_reader;
	int			order;

	CHECK_FOR_INTERRUPTS();
	matrix_reader_open(PointerGetDatum(a), type, &a_reader);
	matrix_reader_open(PointerGetDatum(b), type, &b_reader);
	order = order_of_matrices(&a_reader, &b_reader);
	if ((Pointer) a != DatumGetPointer(PG_GETARG_DATUM(0)))
		pfree(a);
	if ((Pointer) b != DatumGetPointer(PG_GETARG_DATUM(1)))
		pfree(b);
	return order;
}

#define MATRIX_ORDER(name, type) \
	PG_FUNCTION_INFO_V1(innocity_##name##_cmp); \
	Datum innocity_##name##_cmp(PG_FUNCTION_ARGS) { PG_RETURN_INT32(compare_arguments(fcinfo, type)); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_lt); \
	Datum innocity_##name##_lt(PG_FUNCTION_ARGS) { PG_RETURN_BOOL(compare_arguments(fcinfo, type) < 0); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_le); \
	Datum innocity_##name##_le(PG_FUNCTION_ARGS) { PG_RETURN_BOOL(compare_arguments(fcinfo, type) <= 0); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_gt); \
	Datum innocity_##name##_gt(PG_FUNCTION_ARGS) { PG_RETURN_BOOL(compare_arguments(fcinfo, type) > 0); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_ge); \
	Datum innocity_##name##_ge(PG_FUNCTION_ARGS) { PG_RETURN_BOOL(compare_arguments(fcinfo, type) >= 0); }

MATRIX_ORDER(activity_matrix, MATRIX_ACTIVITY)
MATRIX_ORDER(sector_matrix, MATRIX_SECTOR)
MATRIX_ORDER(sector_profile, MATRIX_PROFILE)
