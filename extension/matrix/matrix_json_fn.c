/*
 * matrix_json_fn.c
 *	  The matrix types as JSON, for clients that know none of our types.
 *
 *	activity_matrix	{"kind":"quantity","regions":["46110"],"sectors":["26"],"cells":{"46110":{"26":5}}}
 *	sector_matrix	{"kind":"ratio","rows":["26"],"columns":["35"],"cells":{"26":{"35":0.25}}}
 *	sector_profile	{"26":0.3,"35111":0.7}
 *
 * Numbers are the rounded values (remainders are left to the text and binary forms); NULL cells of a ratio are null.
 */
#include "base/compat.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "matrix/matrix_data.h"

/* Codes are letters, digits and punctuation without quotes or backslashes: nothing to escape. */
static void
append_code(StringInfo buf, CodeKind kind, int64 code)
{
	char		text[CODE_STRING_MAX];

	appendStringInfoChar(buf, '"');
	appendBinaryStringInfo(buf, text, (int) code_format(kind, code, text));
	appendStringInfoChar(buf, '"');
}

static void
append_codes(StringInfo buf, const char *name, CodeKind kind, const int64 *codes, int n)
{
	appendStringInfo(buf, ",\"%s\":[", name);
	for (int i = 0; i < n; i++)
	{
		if (i > 0)
			appendStringInfoChar(buf, ',');
		append_code(buf, kind, codes[i]);
	}
	appendStringInfoChar(buf, ']');
}

static void
append_row(StringInfo buf, MatrixType type, const MatrixView *view, int row)
{
	appendStringInfoChar(buf, '{');
	for (int64 c = view->row_start[row]; c < view->row_start[row + 1]; c++)
	{
		CHECK_FOR_INTERRUPTS();
		if (unlikely(buf->len > MATRIX_FORM_MAX))
			matrix_refuse_form(type, "JSON");
		if (c > view->row_start[row])
			appendStringInfoChar(buf, ',');
		append_code(buf, CODE_SECTOR, view->cols[view->col[c]]);
		appendStringInfoChar(buf, ':');
		if (isnan(view->value[c]))
			appendStringInfoString(buf, "null");
		else
			matrix_append_number(buf, view->value[c]);
	}
	appendStringInfoChar(buf, '}');
}

static Datum
matrix_to_json(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	StringInfoData buf;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	initStringInfo(&buf);
	if (type == MATRIX_PROFILE)
	{
		if (view->nrows > 0)
			append_row(&buf, type, view, 0);
		else
			appendStringInfoString(&buf, "{}");
		PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
	}

	appendStringInfo(&buf, "{\"kind\":\"%s\"", view->kind == MATRIX_RATIO ? "ratio" : "quantity");
	append_codes(&buf, type == MATRIX_ACTIVITY ? "regions" : "rows", matrix_row_kind(type), view->rows, view->nrows);
	append_codes(&buf, type == MATRIX_ACTIVITY ? "sectors" : "columns", CODE_SECTOR, view->cols, view->ncols);
	appendStringInfoString(&buf, ",\"cells\":{");
	for (int i = 0, written = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (view->row_start[i] == view->row_start[i + 1])
			continue;
		if (written++ > 0)
			appendStringInfoChar(&buf, ',');
		append_code(&buf, matrix_row_kind(type), view->rows[i]);
		appendStringInfoChar(&buf, ':');
		append_row(&buf, type, view, i);
	}
	appendStringInfoString(&buf, "}}");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf.data, buf.len));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_to_json);
Datum
innocity_activity_matrix_to_json(PG_FUNCTION_ARGS)
{
	return matrix_to_json(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_to_json);
Datum
innocity_sector_matrix_to_json(PG_FUNCTION_ARGS)
{
	return matrix_to_json(fcinfo, MATRIX_SECTOR);
}

PG_FUNCTION_INFO_V1(innocity_sector_profile_to_json);
Datum
innocity_sector_profile_to_json(PG_FUNCTION_ARGS)
{
	return matrix_to_json(fcinfo, MATRIX_PROFILE);
}
