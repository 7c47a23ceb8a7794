/*
 * matrix_data.c
 *	  From the stored form of the matrix types to arrays and back; see matrix_data.h.
 */
#include "base/compat.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "matrix/matrix_data.h"
#include "matrix/matrix_detoast.h"

/* Larger values cannot be stored: a datum's length has 30 bits. */
#define FLAT_SIZE_MAX	((uint64) MaxAllocSize)

#define ALIGN8(n)		(((n) + 7) & ~(uint64) 7)

const char *
matrix_type_name(MatrixType type)
{
	switch (type)
	{
		case MATRIX_ACTIVITY:
			return "activity_matrix";
		case MATRIX_SECTOR:
			return "sector_matrix";
		case MATRIX_PROFILE:
			return "sector_profile";
	}
	return "matrix";
}

CodeKind
matrix_row_kind(MatrixType type)
{
	return type == MATRIX_ACTIVITY ? CODE_REGION : CODE_SECTOR;
}

char *
matrix_place(MatrixType type, int64 row, int64 col)
{
	char		row_text[CODE_STRING_MAX];
	char		col_text[CODE_STRING_MAX];

	code_format(CODE_SECTOR, col, col_text);
	if (type == MATRIX_PROFILE)
		return pstrdup(col_text);
	code_format(matrix_row_kind(type), row, row_text);
	return psprintf("(%s, %s)", row_text, col_text);
}

void
matrix_refuse_value(MatrixType type, int64 row, int64 col, double value)
{
	ereport(ERROR,
			(errcode(isfinite(value) ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE : ERRCODE_INVALID_PARAMETER_VALUE),
			 isfinite(value) ? errmsg("value out of range for %s: %g", matrix_type_name(type), value)
			 : errmsg("value must be finite, not %g", value),
			 errdetail("It stands at %s.", matrix_place(type, row, col)),
			 isfinite(value) ? errhint("Values are below 2^960 in magnitude, so that sums cannot overflow.")
			 : errhint("Leave such rows out: FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')).")));
}

void
matrix_refuse_form(MatrixType type, const char *form)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("%s form of %s is too large", form, matrix_type_name(type)),
			 errdetail("It would take more than 1 GB, which the stored value does not."),
			 errhint("Keep a matrix for each part, so that a dump can hold it.")));
}

void
matrix_append_number(StringInfo buf, double value)
{
	enlargeStringInfo(buf, DOUBLE_SHORTEST_DECIMAL_LEN);
	buf->len += double_to_shortest_decimal_bufn(value, buf->data + buf->len);
	buf->data[buf->len] = '\0';
}

/*
 * Layout of a flat value: offsets in bytes from its start.
 */
typedef struct FlatLayout
{
	uint64		rows;
	uint64		cols;
	uint64		row_start;		/* sparse form only */
	uint64		col;
	uint64		value;
	uint64		rest_cell;
	uint64		rest;
	uint64		total;
} FlatLayout;

static FlatLayout
flat_layout(uint64 nrows, uint64 ncols, uint64 ncells, uint64 nrest, bool dense)
{
	FlatLayout	layout;

	layout.rows = sizeof(FlatMatrix);
	layout.cols = layout.rows + nrows * sizeof(int64);
	layout.row_start = layout.cols + ncols * sizeof(int64);
	if (dense)
	{
		layout.col = layout.value = layout.row_start;
		layout.rest_cell = layout.value + nrows * ncols * sizeof(double);
	}
	else
	{
		layout.col = layout.row_start + (nrows + 1) * sizeof(uint32);
		layout.value = ALIGN8(layout.col + ncells * sizeof(int32));
		layout.rest_cell = layout.value + ncells * sizeof(double);
	}
	layout.rest = ALIGN8(layout.rest_cell + nrest * sizeof(uint32));
	layout.total = layout.rest + nrest * sizeof(double);
	return layout;
}

static void
flat_is_corrupt(MatrixType type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored %s is not valid", matrix_type_name(type)),
			 errhint("The value is damaged: restore it from a backup, or build it anew from its rows.")));
}

/* Checks what reading a flat value depends on; the rest was checked when it was made. */
static FlatLayout
flat_check(const FlatMatrix *flat, MatrixType type)
{
	FlatLayout	layout;

	if (VARSIZE(flat) < sizeof(FlatMatrix) || flat->type != type)
		flat_is_corrupt(type);
	if (flat->version != MATRIX_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("stored %s has version %d, which this library does not know",
						matrix_type_name(type), flat->version),
				 errhint("Install the release of innocity that wrote it, or a later one.")));

	layout = flat_layout(flat->nrows, flat->ncols, flat->ncells, flat->nrest, (flat->flags & MATRIX_FLAG_DENSE) != 0);
	if (layout.total != VARSIZE(flat))
		flat_is_corrupt(type);
	return layout;
}

void
matrix_reader_open(Datum datum, MatrixType type, MatrixReader *reader)
{
	const FlatMatrix *flat = (const FlatMatrix *) matrix_detoast(datum);
	const char *base = (const char *) flat;
	FlatLayout	layout = flat_check(flat, type);

	reader->kind = flat->kind;
	reader->nrows = flat->nrows;
	reader->ncols = flat->ncols;
	reader->ncells = flat->ncells;
	reader->nrest = flat->nrest;
	reader->rows = (const int64 *) (base + layout.rows);
	reader->cols = (const int64 *) (base + layout.cols);
	reader->row_start = (flat->flags & MATRIX_FLAG_DENSE) ? NULL : (const uint32 *) (base + layout.row_start);
	reader->col = (const int32 *) (base + layout.col);
	reader->value = (const double *) (base + layout.value);
	reader->rest_cell = (const uint32 *) (base + layout.rest_cell);
	reader->rest = (const double *) (base + layout.rest);
}

double
matrix_reader_value(const MatrixReader *reader, int row, int col)
{
	uint32		low;
	uint32		high;

	if (reader->row_start == NULL)
		return reader->value[(uint64) row * reader->ncols + col];
	low = reader->row_start[row];
	high = reader->row_start[row + 1];
	while (low < high)
	{
		uint32		middle = low + (high - low) / 2;

		if (reader->col[middle] < col)
			low = middle + 1;
		else
			high = middle;
	}
	return low < reader->row_start[row + 1] && reader->col[low] == col ? reader->value[low] : 0;
}

/* Opens a flat value that lies aligned in memory. */
static void
flat_open(const FlatMatrix *flat, MatrixType type, MatrixData *data)
{
	MatrixView *view = &data->view;
	const char *base = (const char *) flat;
	bool		dense = (flat->flags & MATRIX_FLAG_DENSE) != 0;
	FlatLayout	layout = flat_check(flat, type);
	int64	   *row_start;

	data->type = type;
	data->nrest = flat->nrest;
	data->rest_cell = (const uint32 *) (base + layout.rest_cell);
	data->rest = (const double *) (base + layout.rest);
	view->kind = flat->kind;
	view->nrows = flat->nrows;
	view->ncols = flat->ncols;
	view->ncells = flat->ncells;
	view->rows = (const int64 *) (base + layout.rows);
	view->cols = (const int64 *) (base + layout.cols);

	row_start = palloc(((Size) flat->nrows + 1) * sizeof(int64));
	view->row_start = row_start;
	if (dense)
	{
		const double *stored = (const double *) (base + layout.value);
		bool		full = flat->ncells == (uint64) flat->nrows * flat->ncols;
		Size		room = (Size) flat->ncells + 1;
		double	   *value = full ? NULL : large_scratch(room * (sizeof(double) + sizeof(int32)));
		int32	   *col = full ? large_scratch(room * sizeof(int32)) : (int32 *) (value + room);
		uint64		k = 0;

		for (uint32 i = 0; i < flat->nrows; i++)
		{
			const double *row = stored + (uint64) i * flat->ncols;

			row_start[i] = k;
			if (full)
				for (uint32 j = 0; j < flat->ncols; j++)
					col[k++] = j;
			else
				for (uint32 j = 0; j < flat->ncols; j++)
				{
					/* Written always, kept if there is a cell: no branch to mispredict. There is room for one too many. */
					col[k] = j;
					value[k] = row[j];
					k += row[j] != 0;
					if (unlikely(k > flat->ncells))
						flat_is_corrupt(type);
				}
		}
		row_start[flat->nrows] = k;
		if (k != flat->ncells)
			flat_is_corrupt(type);
		view->col = col;
		view->value = full ? stored : value;
	}
	else
	{
		const uint32 *stored = (const uint32 *) (base + layout.row_start);

		for (uint32 i = 0; i <= flat->nrows; i++)
			row_start[i] = stored[i];
		if (row_start[flat->nrows] != flat->ncells)
			flat_is_corrupt(type);
		view->col = (const int32 *) (base + layout.col);
		view->value = (const double *) (base + layout.value);
	}
}

void
matrix_data_open(Datum datum, MatrixType type, MatrixData *data)
{
	/* Flattens an expanded value too. Stored values are aligned: the types have alignment double. */
	flat_open((const FlatMatrix *) matrix_detoast(datum), type, data);
}

/* Refuses a cell that cannot be stored. */
static bool
check_value(const MatrixData *data, int row, int64 cell, Node *escontext)
{
	const MatrixView *view = &data->view;
	double		value = view->value[cell];

	if (isnan(value) && view->kind == MATRIX_RATIO)
		return true;
	if (!(fabs(value) < MATRIX_VALUE_LIMIT))
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value out of range for %s", matrix_type_name(data->type)),
				 errdetail("The cell %s would be %g; cells are below 2^1000 in magnitude.",
						   matrix_place(data->type, view->rows[row], view->cols[view->col[cell]]), value)));
	if (data->type == MATRIX_PROFILE && value < 0)
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a profile cannot have negative weights"),
				 errdetail("The weight of %s would be %g.", matrix_place(data->type, 0, view->cols[view->col[cell]]), value)));
	return true;
}

/*
 * Editions of one scheme give digits different meanings: an activity matrix has codes of one edition only. Codes of a scheme stand
 * together, those of an edition inside it too (docs/en/code-layout.md), so neighbours tell.
 */
bool
matrix_check_editions(CodeKind kind, const int64 *codes, int n, Node *escontext)
{
	for (int i = 1; i < n; i++)
		if (codes[i] >> 58 == codes[i - 1] >> 58 && codes[i] >> 53 != codes[i - 1] >> 53)
		{
			char		text[2][CODE_STRING_MAX];

			code_format(kind, codes[i - 1], text[0]);
			code_format(kind, codes[i], text[1]);
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cannot put codes of different editions into one activity_matrix"),
					 errdetail("%s is of %s, %s of %s.", text[0], code_scheme(kind, codes[i - 1]),
							   text[1], code_scheme(kind, codes[i])),
					 errhint("Bring one side to the other's edition first, with convert() and a concordance of the editions.")));
		}
	return true;
}

/*
 * Marks the codes to list, and counts: which[i] becomes the new position of code i or -1.
 */
static int
number_listed(int32 *which, int n)
{
	int			listed = 0;

	for (int i = 0; i < n; i++)
		which[i] = which[i] ? listed++ : -1;
	return listed;
}

FlatMatrix *
matrix_data_build(const MatrixData *data)
{
	return matrix_data_build_soft(data, NULL);
}

FlatMatrix *
matrix_data_build_soft(const MatrixData *data, Node *escontext)
{
	const MatrixView *view = &data->view;
	bool		ratio = view->kind == MATRIX_RATIO;
	int32	   *row_number = palloc0(((Size) view->nrows + 1) * sizeof(int32));
	int32	   *col_number = palloc0(((Size) view->ncols + 1) * sizeof(int32));
	int			nrows,
				ncols;
	int64		ncells = 0;
	bool		dense;
	FlatLayout	layout;
	FlatMatrix *flat;
	char	   *base;
	double	   *value;
	uint32	   *row_start = NULL;
	int32	   *col = NULL;
	uint32	   *rest_cell;
	double	   *rest;
	int64		k = 0;
	int64		next_rest = 0;

	for (int i = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
			if (view->value[c] != 0)
			{
				if (!check_value(data, i, c, escontext))
					return NULL;
				row_number[i] = col_number[view->col[c]] = 1;
				ncells++;
			}
	}
	/* A ratio lists its codes with or without cells; but a matrix without rows or columns lists nothing. */
	if (ratio && view->nrows > 0 && view->ncols > 0)
	{
		for (int i = 0; i < view->nrows; i++)
			row_number[i] = 1;
		for (int j = 0; j < view->ncols; j++)
			col_number[j] = 1;
	}
	nrows = number_listed(row_number, view->nrows);
	ncols = number_listed(col_number, view->ncols);

	dense = matrix_dense_is_smaller(nrows, ncols, ncells);
	layout = flat_layout(nrows, ncols, ncells, data->nrest, dense);
	if (layout.total > FLAT_SIZE_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s is too large to be a value", matrix_type_name(data->type)),
				 errdetail("It has %d x %d codes and %lld cells, which take %llu bytes; the limit is 1 GB.",
						   nrows, ncols, (long long) ncells, (unsigned long long) layout.total),
				 data->type == MATRIX_ACTIVITY ? errhint("Keep a matrix for each part, or use slice() or roll_up().")
				 : errhint("Keep a matrix for each part, or take coarser sectors by ancestor().")));

	flat = large_alloc(CurrentMemoryContext, layout.total);
	memset(flat, 0, layout.total);
	SET_VARSIZE(flat, layout.total);
	flat->version = MATRIX_VERSION;
	flat->type = data->type;
	flat->kind = view->kind;
	flat->flags = dense ? MATRIX_FLAG_DENSE : 0;
	flat->nrows = nrows;
	flat->ncols = ncols;
	flat->ncells = ncells;

	base = (char *) flat;
	for (int i = 0; i < view->nrows; i++)
		if (row_number[i] >= 0)
			((int64 *) (base + layout.rows))[row_number[i]] = view->rows[i];
	for (int j = 0; j < view->ncols; j++)
		if (col_number[j] >= 0)
			((int64 *) (base + layout.cols))[col_number[j]] = view->cols[j];
	if (data->type == MATRIX_ACTIVITY && !(matrix_check_editions(CODE_REGION, (int64 *) (base + layout.rows), nrows, escontext) &&
										   matrix_check_editions(CODE_SECTOR, (int64 *) (base + layout.cols), ncols, escontext)))
		return NULL;
	value = (double *) (base + layout.value);
	if (!dense)
	{
		row_start = (uint32 *) (base + layout.row_start);
		col = (int32 *) (base + layout.col);
	}
	rest_cell = (uint32 *) (base + layout.rest_cell);
	rest = (double *) (base + layout.rest);

	for (int i = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!dense && row_number[i] >= 0)
			row_start[row_number[i]] = k;
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			double		v = view->value[c];
			int32		j = col_number[view->col[c]];

			if (v == 0)
				continue;
			if (isnan(v))
				v = get_float8_nan();
			if (dense)
				value[(int64) row_number[i] * ncols + j] = v;
			else
			{
				col[k] = j;
				value[k] = v;
			}
			while (next_rest < data->nrest && data->rest_cell[next_rest] <= c)
			{
				Assert(data->rest_cell[next_rest] == c);
				rest_cell[flat->nrest] = k;
				rest[flat->nrest++] = data->rest[next_rest++];
			}
			k++;
		}
	}
	if (!dense)
		row_start[nrows] = k;
	Assert(flat->nrest == data->nrest);

	pfree(row_number);
	pfree(col_number);
	return flat;
}
