/*
 * matrix_fn.c
 *	  Reading a matrix in SQL: its cells as rows, one cell, totals, dimensions, kind.
 *
 * A quantity reads exactly: a cell that is not stored is 0. A ratio reads the nearest ancestor that it lists, in both
 * dimensions; where it lists none the answer is NULL.
 */
#include "base/compat.h"

#include <math.h>

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "matrix/matrix_data.h"

/* Where a set-returning function is in its matrix. */
typedef struct CellCursor
{
	MatrixData	data;
	int			row;
	int64		cell;
} CellCursor;

static CellCursor *
open_cursor(FunctionCallInfo fcinfo, MatrixType type)
{
	FuncCallContext *funcctx = SRF_FIRSTCALL_INIT();
	MemoryContext old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
	CellCursor *cursor = palloc0(sizeof(CellCursor));
	TupleDesc	desc;
	Datum		argument = PG_GETARG_DATUM(0);

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	funcctx->tuple_desc = BlessTupleDesc(desc);
	/* A copy: the argument may live shorter than the set. */
	matrix_data_open(PointerGetDatum(PG_DETOAST_DATUM_COPY(argument)), type, &cursor->data);
	funcctx->user_fctx = cursor;
	MemoryContextSwitchTo(old);
	return cursor;
}

/* The next cell, row by row. */
static Datum
next_cell(FunctionCallInfo fcinfo, MatrixType type)
{
	FuncCallContext *funcctx;
	CellCursor *cursor;
	const MatrixView *view;

	if (SRF_IS_FIRSTCALL())
		open_cursor(fcinfo, type);
	funcctx = SRF_PERCALL_SETUP();
	cursor = funcctx->user_fctx;
	view = &cursor->data.view;

	if (cursor->cell < view->ncells)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};
		int			at = 0;
		double		value = view->value[cursor->cell];

		while (cursor->cell >= view->row_start[cursor->row + 1])
			cursor->row++;
		if (type != MATRIX_PROFILE)
			values[at++] = CodeGetDatum(view->rows[cursor->row]);
		values[at++] = CodeGetDatum(view->cols[view->col[cursor->cell]]);
		values[at] = Float8GetDatum(value);
		nulls[at] = isnan(value);
		cursor->cell++;
		SRF_RETURN_NEXT(funcctx, HeapTupleGetDatum(heap_form_tuple(funcctx->tuple_desc, values, nulls)));
	}
	SRF_RETURN_DONE(funcctx);
}

PG_FUNCTION_INFO_V1(innocity_cells);
Datum
innocity_cells(PG_FUNCTION_ARGS)
{
	return next_cell(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_pairs);
Datum
innocity_pairs(PG_FUNCTION_ARGS)
{
	return next_cell(fcinfo, MATRIX_SECTOR);
}

PG_FUNCTION_INFO_V1(innocity_weights);
Datum
innocity_weights(PG_FUNCTION_ARGS)
{
	return next_cell(fcinfo, MATRIX_PROFILE);
}

/*
 * A toasted matrix that is read cell by cell is detoasted once: the last one is kept for the next call of the same query. A toast pointer
 * names its value for as long as anything can see it.
 */
typedef struct ReadCache
{
	struct varatt_external pointer;
	struct varlena *value;
} ReadCache;

static Datum
detoast_cached(FunctionCallInfo fcinfo, Datum datum)
{
	ReadCache  *cache = fcinfo->flinfo->fn_extra;
	struct varatt_external pointer;

	if (!VARATT_IS_EXTERNAL_ONDISK(DatumGetPointer(datum)))
		return PointerGetDatum(PG_DETOAST_DATUM(datum));
	VARATT_EXTERNAL_GET_POINTER(pointer, DatumGetPointer(datum));
	if (cache == NULL)
		fcinfo->flinfo->fn_extra = cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ReadCache));
	if (cache->value == NULL || memcmp(&cache->pointer, &pointer, sizeof(pointer)) != 0)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (cache->value)
			pfree(cache->value);
		cache->value = NULL;
		cache->value = PG_DETOAST_DATUM_COPY(datum);
		cache->pointer = pointer;
		MemoryContextSwitchTo(old);
	}
	return PointerGetDatum(cache->value);
}

/* One cell by its codes, or NULL. */
static Datum
read_cell(FunctionCallInfo fcinfo, MatrixType type, int64 row_code, int64 col_code)
{
	MatrixReader reader;
	int			row;
	int			col;
	double		value;

	matrix_reader_open(detoast_cached(fcinfo, PG_GETARG_DATUM(0)), type, &reader);
	if (reader.kind == MATRIX_RATIO)
	{
		row = code_position_or_ancestor(matrix_row_kind(type), reader.rows, reader.nrows, row_code);
		col = code_position_or_ancestor(CODE_SECTOR, reader.cols, reader.ncols, col_code);
		if (row < 0 || col < 0)
			PG_RETURN_NULL();
	}
	else
	{
		row = code_position(reader.rows, reader.nrows, row_code);
		col = code_position(reader.cols, reader.ncols, col_code);
		if (row < 0 || col < 0)
			PG_RETURN_FLOAT8(0);
	}
	value = matrix_reader_value(&reader, row, col);
	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

PG_FUNCTION_INFO_V1(innocity_value_activity_matrix);
Datum
innocity_value_activity_matrix(PG_FUNCTION_ARGS)
{
	return read_cell(fcinfo, MATRIX_ACTIVITY, PG_GETARG_CODE(1), PG_GETARG_CODE(2));
}

PG_FUNCTION_INFO_V1(innocity_value_sector_matrix);
Datum
innocity_value_sector_matrix(PG_FUNCTION_ARGS)
{
	return read_cell(fcinfo, MATRIX_SECTOR, PG_GETARG_CODE(1), PG_GETARG_CODE(2));
}

PG_FUNCTION_INFO_V1(innocity_value_sector_profile);
Datum
innocity_value_sector_profile(PG_FUNCTION_ARGS)
{
	return read_cell(fcinfo, MATRIX_PROFILE, 0, PG_GETARG_CODE(1));
}

/*
 * Totals: exact sums, rounded once. NULL cells of a ratio are skipped.
 */
static void
add_cell(ExactSum *sum, const MatrixData *data, int64 cell, int64 *next_rest)
{
	double		value = data->view.value[cell];

	if (!isnan(value))
		exact_sum_add(sum, value);
	for (; *next_rest < data->nrest && data->rest_cell[*next_rest] == cell; (*next_rest)++)
		exact_sum_add(sum, data->rest[*next_rest]);
}

static Datum
matrix_total(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixData	data;
	ExactSum	sum;
	int64		next_rest = 0;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	exact_sum_init(&sum);
	for (int64 c = 0; c < data.view.ncells; c++)
	{
		CHECK_FOR_INTERRUPTS();
		add_cell(&sum, &data, c, &next_rest);
	}
	PG_RETURN_FLOAT8(exact_sum_round(&sum));
}

PG_FUNCTION_INFO_V1(innocity_total_activity_matrix);
Datum
innocity_total_activity_matrix(PG_FUNCTION_ARGS)
{
	return matrix_total(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_total_sector_matrix);
Datum
innocity_total_sector_matrix(PG_FUNCTION_ARGS)
{
	return matrix_total(fcinfo, MATRIX_SECTOR);
}

PG_FUNCTION_INFO_V1(innocity_total_sector_profile);
Datum
innocity_total_sector_profile(PG_FUNCTION_ARGS)
{
	return matrix_total(fcinfo, MATRIX_PROFILE);
}

static void
put_total(ReturnSetInfo *result, int64 code, const ExactSum *sum)
{
	Datum		values[2] = {CodeGetDatum(code), Float8GetDatum(exact_sum_round(sum))};
	bool		nulls[2] = {false, false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(innocity_region_totals);
Datum
innocity_region_totals(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	int64		next_rest = 0;

	InitMaterializedSRF(fcinfo, 0);
	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	for (int i = 0; i < view->nrows; i++)
	{
		ExactSum	sum;

		CHECK_FOR_INTERRUPTS();
		exact_sum_init(&sum);
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
			add_cell(&sum, &data, c, &next_rest);
		put_total((ReturnSetInfo *) fcinfo->resultinfo, view->rows[i], &sum);
	}
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(innocity_sector_totals);
Datum
innocity_sector_totals(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	ExactSum   *sum;
	int64		next_rest = 0;

	InitMaterializedSRF(fcinfo, 0);
	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	sum = palloc_extended(((Size) view->ncols + 1) * sizeof(ExactSum), MCXT_ALLOC_HUGE);
	for (int j = 0; j < view->ncols; j++)
		exact_sum_init(&sum[j]);
	for (int64 c = 0; c < view->ncells; c++)
	{
		CHECK_FOR_INTERRUPTS();
		add_cell(&sum[view->col[c]], &data, c, &next_rest);
	}
	for (int j = 0; j < view->ncols; j++)
	{
		CHECK_FOR_INTERRUPTS();
		put_total((ReturnSetInfo *) fcinfo->resultinfo, view->cols[j], &sum[j]);
	}
	return (Datum) 0;
}

/*
 * Dimensions and kind.
 */
static Datum
listed_codes(FunctionCallInfo fcinfo, MatrixType type, bool of_rows)
{
	Oid			element = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	MatrixReader reader;
	const int64 *codes;
	int			n;
	Datum	   *datums;

	matrix_reader_open(PG_GETARG_DATUM(0), type, &reader);
	codes = of_rows ? reader.rows : reader.cols;
	n = of_rows ? reader.nrows : reader.ncols;
	datums = palloc(((Size) n + 1) * sizeof(Datum));
	for (int i = 0; i < n; i++)
		datums[i] = CodeGetDatum(codes[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(datums, n, element, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

#define LISTED_CODES(name, type, of_rows) \
	PG_FUNCTION_INFO_V1(innocity_##name); \
	Datum innocity_##name(PG_FUNCTION_ARGS) { return listed_codes(fcinfo, type, of_rows); }

LISTED_CODES(regions, MATRIX_ACTIVITY, true)
LISTED_CODES(sectors_activity_matrix, MATRIX_ACTIVITY, false)
LISTED_CODES(sectors_a, MATRIX_SECTOR, true)
LISTED_CODES(sectors_b, MATRIX_SECTOR, false)
LISTED_CODES(sectors_sector_profile, MATRIX_PROFILE, false)

static Datum
matrix_kind(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixReader reader;

	matrix_reader_open(PG_GETARG_DATUM(0), type, &reader);
	PG_RETURN_TEXT_P(cstring_to_text(reader.kind == MATRIX_RATIO ? "ratio" : "quantity"));
}

PG_FUNCTION_INFO_V1(innocity_kind_activity_matrix);
Datum
innocity_kind_activity_matrix(PG_FUNCTION_ARGS)
{
	return matrix_kind(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_kind_sector_matrix);
Datum
innocity_kind_sector_matrix(PG_FUNCTION_ARGS)
{
	return matrix_kind(fcinfo, MATRIX_SECTOR);
}
