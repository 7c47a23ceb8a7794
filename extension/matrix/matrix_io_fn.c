/*
 * matrix_io_fn.c
 *	  Text and binary input and output of activity_matrix, sector_matrix and sector_profile.
 *
 * Text: matrix_text.h. Output does not depend on any setting: numbers are the shortest decimals that read back as the same float8.
 *
 * Binary, big-endian as everywhere: int8 version, int8 kind, int32 nrows, int32 ncols, int32 ncells, int32 nrest, int64 rows[],
 * int64 cols[]; for each row int32 number of cells, then (int32 column, float8 value) each; then (int32 cell, float8) for each
 * remainder. A profile is its one row with code 0. What is received is checked and brought into canonical form.
 */
#include "base/compat.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/float.h"

#include "matrix/matrix_builder.h"
#include "matrix/matrix_text.h"

/* What the parser's calls leave: cells in a builder, and the codes of the row in hand to find one written twice. */
typedef struct ParseState
{
	MatrixBuilder builder;
	int64		row;
	MatrixTriple *seen;			/* (row, col) of every cell, in the order of the text */
	int64		nseen;
	int64		seen_size;
	int64	   *rows;
	int64		nrows;
	int64		rows_size;
} ParseState;

static void
sink_ratio(void *arg)
{
	((ParseState *) arg)->builder.kind = MATRIX_RATIO;
}

static void
sink_row(void *arg, int64_t row)
{
	ParseState *state = arg;

	CHECK_FOR_INTERRUPTS();
	state->row = row;
	if (state->nrows == state->rows_size)
	{
		state->rows_size = Max(16, state->rows_size * 2);
		state->rows = state->rows ? repalloc_huge(state->rows, state->rows_size * sizeof(int64))
			: palloc(state->rows_size * sizeof(int64));
	}
	state->rows[state->nrows++] = row;
	if (state->builder.kind == MATRIX_RATIO)
		matrix_builder_list_row(&state->builder, row);
}

static void
sink_cell(void *arg, int64_t col, const double *part, int nparts, bool null_value)
{
	ParseState *state = arg;

	if (state->nseen == state->seen_size)
	{
		state->seen_size = Max(16, state->seen_size * 2);
		state->seen = state->seen ? repalloc_huge(state->seen, state->seen_size * sizeof(MatrixTriple))
			: palloc(state->seen_size * sizeof(MatrixTriple));
	}
	state->seen[state->nseen++] = (MatrixTriple) {state->row, col, 0};
	CHECK_FOR_INTERRUPTS();

	if (null_value)
		matrix_builder_add(&state->builder, state->row, col, get_float8_nan());
	for (int i = 0; i < nparts; i++)
		matrix_builder_add(&state->builder, state->row, col, part[i]);
	if (state->builder.kind == MATRIX_RATIO)
		matrix_builder_list_col(&state->builder, col);
}

static void
sink_list(void *arg, bool is_row, int64_t code)
{
	ParseState *state = arg;

	CHECK_FOR_INTERRUPTS();
	/* A quantity lists what has a cell, whatever a document says. */
	if (state->builder.kind != MATRIX_RATIO)
		return;
	if (is_row)
		matrix_builder_list_row(&state->builder, code);
	else
		matrix_builder_list_col(&state->builder, code);
}

static inline int
cmp_place(const MatrixTriple *x, const MatrixTriple *y)
{
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

#define ST_SORT sort_codes
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_places
#define ST_ELEMENT_TYPE MatrixTriple
#define ST_COMPARE(a, b) cmp_place(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* The text of a code or place that is written twice, or NULL. Text made by our output is sorted already: the sort sees it at once. */
static char *
find_repeated(ParseState *state, MatrixType type)
{
	sort_codes(state->rows, state->nrows);
	for (int64 i = 1; i < state->nrows; i++)
		if (state->rows[i] == state->rows[i - 1])
		{
			char		text[CODE_STRING_MAX];

			code_format(matrix_row_kind(type), state->rows[i], text);
			return pstrdup(text);
		}
	sort_places(state->seen, state->nseen);
	for (int64 i = 1; i < state->nseen; i++)
		if (cmp_place(&state->seen[i - 1], &state->seen[i]) == 0)
			return matrix_place(type, state->seen[i].row, state->seen[i].col);
	return NULL;
}

/* At most this much of a bad literal is repeated in a message. */
#define SHOWN_MAX	60

/* Reports a bad literal to escontext, or raises 22P02. */
static Datum
refuse_text(Node *escontext, MatrixType type, const char *str, const char *detail, const char *hint)
{
	size_t		len = strlen(str);

	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"", matrix_type_name(type),
					pg_mbcliplen(str, len, SHOWN_MAX), str, len > SHOWN_MAX ? "..." : ""),
			 errdetail("%s", detail),
			 hint[0] ? errhint("%s", hint) : 0));
}

/* The place of a negative weight of a profile, or NULL. */
static char *
find_negative_weight(const MatrixData *data)
{
	for (int64 c = 0; data->type == MATRIX_PROFILE && c < data->view.ncells; c++)
		if (data->view.value[c] < 0)
			return matrix_place(MATRIX_PROFILE, 0, data->view.cols[data->view.col[c]]);
	return NULL;
}

static Datum
matrix_in(PG_FUNCTION_ARGS, MatrixType type)
{
	char	   *str = PG_GETARG_CSTRING(0);
	ParseState	state = {0};
	MatrixSink	sink = {.ratio = sink_ratio,.row = sink_row,.cell = sink_cell,.list = sink_list,.state = &state};
	MatrixParseError error;
	MatrixData	data;
	char	   *place;

	matrix_builder_init(&state.builder, CurrentMemoryContext, MATRIX_LOG_BULK, type, MATRIX_QUANTITY);
	if (!matrix_text_parse(str, strlen(str), type != MATRIX_PROFILE, matrix_row_kind(type), MATRIX_VALUE_LIMIT, &sink, &error))
		return refuse_text(fcinfo->context, type, str, error.detail, error.hint);
	place = find_repeated(&state, type);
	if (place)
		return refuse_text(fcinfo->context, type, str, psprintf("%s is written twice.", place),
						   "The aggregates sum up; a literal has each place once.");
	matrix_builder_data(&state.builder, &data);
	place = find_negative_weight(&data);
	if (place)
		return refuse_text(fcinfo->context, type, str, psprintf("The weight of %s is negative.", place), "");
	PG_RETURN_POINTER(matrix_data_build_soft(&data, fcinfo->context));
}

/*
 * Output.
 */
/* Code texts of a dimension, made once. */
typedef struct CodeText
{
	int			len;
	char		text[CODE_STRING_MAX];
} CodeText;

static CodeText *
format_codes(CodeKind kind, const int64 *codes, int n)
{
	CodeText   *text = palloc_extended(((Size) n + 1) * sizeof(CodeText), MCXT_ALLOC_HUGE);

	for (int i = 0; i < n; i++)
		text[i].len = (int) code_format(kind, codes[i], text[i].text);
	return text;
}

static Datum
matrix_out(PG_FUNCTION_ARGS, MatrixType type)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	StringInfoData buf;
	CodeText   *row_text;
	CodeText   *col_text;
	bool	   *bare = NULL;
	int64		next_rest = 0;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	row_text = type == MATRIX_PROFILE ? NULL : format_codes(matrix_row_kind(type), view->rows, view->nrows);
	col_text = format_codes(CODE_SECTOR, view->cols, view->ncols);

	initStringInfo(&buf);
	if (view->kind == MATRIX_RATIO)
	{
		appendStringInfoString(&buf, "ratio ");
		/* Listed columns without a cell are written as zeros of the first row. */
		bare = palloc(view->ncols + 1);
		memset(bare, true, view->ncols);
		for (int64 c = 0; c < view->ncells; c++)
			bare[view->col[c]] = false;
	}
	if (type != MATRIX_PROFILE)
		appendStringInfoChar(&buf, '{');
	for (int i = 0; i < view->nrows; i++)
	{
		int64		c = view->row_start[i];
		const char *separator = "";

		CHECK_FOR_INTERRUPTS();
		if (type != MATRIX_PROFILE)
		{
			if (i > 0)
				appendBinaryStringInfo(&buf, ", ", 2);
			appendBinaryStringInfo(&buf, row_text[i].text, row_text[i].len);
			appendStringInfoChar(&buf, ':');
		}
		appendStringInfoChar(&buf, '{');
		for (int j = i == 0 && bare ? 0 : -1; c < view->row_start[i + 1] || (j >= 0 && j < view->ncols);)
		{
			bool		zero = false;
			int			col;

			/* A profile is one row, of any length. */
			CHECK_FOR_INTERRUPTS();
			if (unlikely(buf.len > MATRIX_FORM_MAX))
				matrix_refuse_form(type, "text");
			if (j >= 0)
			{
				/* First row of a ratio: every column that has a cell here or nowhere. */
				bool		cell = c < view->row_start[i + 1] && view->col[c] == j;

				col = j++;
				if (!cell && !bare[col])
					continue;
				zero = !cell;
			}
			else
				col = view->col[c];

			appendStringInfoString(&buf, separator);
			separator = ", ";
			appendBinaryStringInfo(&buf, col_text[col].text, col_text[col].len);
			appendStringInfoChar(&buf, ':');
			if (zero)
				appendStringInfoChar(&buf, '0');
			else
			{
				if (isnan(view->value[c]))
					appendBinaryStringInfo(&buf, "null", 4);
				else
					matrix_append_number(&buf, view->value[c]);
				for (; next_rest < data.nrest && data.rest_cell[next_rest] == c; next_rest++)
				{
					if (data.rest[next_rest] > 0)
						appendStringInfoChar(&buf, '+');
					matrix_append_number(&buf, data.rest[next_rest]);
				}
				c++;
			}
		}
		appendStringInfoChar(&buf, '}');
	}
	if (type != MATRIX_PROFILE)
		appendStringInfoChar(&buf, '}');
	else if (view->nrows == 0)
		appendStringInfoString(&buf, "{}");
	PG_RETURN_CSTRING(buf.data);
}

static Datum
matrix_send(PG_FUNCTION_ARGS, MatrixType type)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	StringInfoData buf;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	if (18 + 12 * (uint64) view->nrows + 8 * (uint64) view->ncols + 12 * (uint64) (view->ncells + data.nrest) > MATRIX_FORM_MAX)
		matrix_refuse_form(type, "binary");
	pq_begintypsend(&buf);
	pq_sendint8(&buf, MATRIX_VERSION);
	pq_sendint8(&buf, view->kind);
	pq_sendint32(&buf, view->nrows);
	pq_sendint32(&buf, view->ncols);
	pq_sendint32(&buf, (uint32) view->ncells);
	pq_sendint32(&buf, (uint32) data.nrest);
	for (int i = 0; i < view->nrows; i++)
		pq_sendint64(&buf, view->rows[i]);
	for (int j = 0; j < view->ncols; j++)
		pq_sendint64(&buf, view->cols[j]);
	for (int i = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint32(&buf, (uint32) (view->row_start[i + 1] - view->row_start[i]));
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			CHECK_FOR_INTERRUPTS();
			pq_sendint32(&buf, view->col[c]);
			pq_sendfloat8(&buf, view->value[c]);
		}
	}
	for (int64 r = 0; r < data.nrest; r++)
	{
		pq_sendint32(&buf, data.rest_cell[r]);
		pq_sendfloat8(&buf, data.rest[r]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
receive_failed(MatrixType type, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid %s in external binary data", matrix_type_name(type)),
			 errdetail("%s", what)));
}

static int64 *
receive_codes(StringInfo buf, MatrixType type, CodeKind kind, uint32 n, bool is_profile_row)
{
	int64	   *codes = palloc_extended(((Size) n + 1) * sizeof(int64), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < n; i++)
	{
		codes[i] = pq_getmsgint64(buf);
		if (is_profile_row ? codes[i] != 0 : !code_is_valid(kind, codes[i]))
			receive_failed(type, "A code is not valid.");
		if (i > 0 && codes[i] <= codes[i - 1])
			receive_failed(type, "Codes are not in ascending order.");
	}
	return codes;
}

static Datum
matrix_recv(PG_FUNCTION_ARGS, MatrixType type)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MatrixBuilder builder;
	MatrixData	data;
	int			version = pq_getmsgbyte(buf);
	int			kind = pq_getmsgbyte(buf);
	uint32		nrows = pq_getmsgint(buf, 4);
	uint32		ncols = pq_getmsgint(buf, 4);
	uint32		ncells = pq_getmsgint(buf, 4);
	uint32		nrest = pq_getmsgint(buf, 4);
	uint64		left = buf->len - buf->cursor;
	int64	   *rows;
	int64	   *cols;
	int64	   *cell_row;
	int64	   *cell_col;
	int64		n = 0;

	if (version != MATRIX_VERSION)
		receive_failed(type, psprintf("Version %d is unknown.", version));
	if (kind != MATRIX_QUANTITY && (kind != MATRIX_RATIO || type == MATRIX_PROFILE))
		receive_failed(type, psprintf("Kind %d is unknown.", kind));
	if (type == MATRIX_PROFILE && nrows > 1)
		receive_failed(type, "A profile has one row.");
	/* Before anything is allocated: the counts must be those of the bytes that follow. */
	if ((uint64) nrows * 12 + (uint64) ncols * 8 + (uint64) ncells * 12 + (uint64) nrest * 12 != left)
		receive_failed(type, "The counts do not fit the length.");

	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, type, kind);
	rows = receive_codes(buf, type, matrix_row_kind(type), nrows, type == MATRIX_PROFILE);
	cols = receive_codes(buf, type, CODE_SECTOR, ncols, false);
	/* Where each cell is, for the remainders. */
	cell_row = palloc_extended(((Size) ncells + 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	cell_col = palloc_extended(((Size) ncells + 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < nrows; i++)
	{
		uint32		cells = pq_getmsgint(buf, 4);
		int64		last = -1;

		CHECK_FOR_INTERRUPTS();
		if (cells > ncells - n)
			receive_failed(type, "The rows have more cells than are announced.");
		for (uint32 c = 0; c < cells; c++)
		{
			uint32		col = pq_getmsgint(buf, 4);
			double		value = pq_getmsgfloat8(buf);

			if (col >= ncols || (int64) col <= last)
				receive_failed(type, "A column number is out of order.");
			if (!(fabs(value) < MATRIX_VALUE_LIMIT) && !(kind == MATRIX_RATIO && isnan(value)))
				receive_failed(type, "A value is out of range.");
			last = col;
			matrix_builder_add(&builder, rows[i], cols[col], value);
			cell_row[n] = rows[i];
			cell_col[n++] = cols[col];
		}
	}
	if (n != ncells)
		receive_failed(type, "The rows have fewer cells than are announced.");
	for (uint32 r = 0; r < nrest; r++)
	{
		uint32		cell = pq_getmsgint(buf, 4);
		double		value = pq_getmsgfloat8(buf);

		if (cell >= ncells || !(fabs(value) < MATRIX_VALUE_LIMIT))
			receive_failed(type, "A remainder is out of range.");
		matrix_builder_add(&builder, cell_row[cell], cell_col[cell], value);
	}
	if (kind == MATRIX_RATIO)
	{
		for (uint32 i = 0; i < nrows; i++)
			matrix_builder_list_row(&builder, rows[i]);
		for (uint32 j = 0; j < ncols; j++)
			matrix_builder_list_col(&builder, cols[j]);
	}
	matrix_builder_data(&builder, &data);
	if (find_negative_weight(&data))
		receive_failed(type, "A weight is negative.");
	PG_RETURN_POINTER(matrix_data_build(&data));
}

#define MATRIX_IO(name, type) \
	PG_FUNCTION_INFO_V1(innocity_##name##_in); \
	Datum innocity_##name##_in(PG_FUNCTION_ARGS) { return matrix_in(fcinfo, type); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_out); \
	Datum innocity_##name##_out(PG_FUNCTION_ARGS) { return matrix_out(fcinfo, type); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_recv); \
	Datum innocity_##name##_recv(PG_FUNCTION_ARGS) { return matrix_recv(fcinfo, type); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_send); \
	Datum innocity_##name##_send(PG_FUNCTION_ARGS) { return matrix_send(fcinfo, type); }

MATRIX_IO(activity_matrix, MATRIX_ACTIVITY)
MATRIX_IO(sector_matrix, MATRIX_SECTOR)
MATRIX_IO(sector_profile, MATRIX_PROFILE)
