/*
 * code_io.c
 *	  Text and binary input and output of sector_code and region_code, and the casts from and to text.
 *
 * Functions that both types need come in pairs made by a macro; the kind is known at compile time.
 */
#include "base/compat.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "code/code_server.h"

/* A value is quoted in a message up to this many bytes. */
#define SHOWN_BYTES 60

const char *
code_type_name(CodeKind kind)
{
	return kind == CODE_SECTOR ? "sector_code" : "region_code";
}

bool
code_input(CodeKind kind, const char *str, size_t len, int64_t *code, Node *escontext)
{
	CodeParseError error;
	int			shown;

	if (likely(code_parse(kind, str, len, code, NULL)))
		return true;

	code_parse(kind, str, len, code, &error);
	shown = len <= SHOWN_BYTES ? (int) len : pg_mbcliplen(str, (int) Min(len, SHOWN_BYTES * 2), SHOWN_BYTES);
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"",
					code_type_name(kind), shown, str, shown < len ? "..." : ""),
			 errdetail_internal("%s", error.detail),
			 error.hint[0] != '\0' ? errhint("%s", error.hint) : 0));
}

char *
code_output(CodeKind kind, int64_t code)
{
	char	   *buf = palloc(CODE_STRING_MAX);

	code_format(kind, code, buf);
	return buf;
}

static Datum
code_in(CodeKind kind, FunctionCallInfo fcinfo)
{
	char	   *str = PG_GETARG_CSTRING(0);
	int64_t		code;

	if (!code_input(kind, str, strlen(str), &code, fcinfo->context))
		return (Datum) 0;
	PG_RETURN_CODE(code);
}

static Datum
code_recv(CodeKind kind, FunctionCallInfo fcinfo)
{
	int64_t		code = pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));

	if (!code_is_valid(kind, code))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid %s in external binary data", code_type_name(kind)),
				 errdetail("The value received was 0x%016llX.", (unsigned long long) code)));
	PG_RETURN_CODE(code);
}

static Datum
code_send(FunctionCallInfo fcinfo)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, PG_GETARG_CODE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static Datum
code_from_text(CodeKind kind, FunctionCallInfo fcinfo)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64_t		code;

	code_input(kind, VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str), &code, NULL);
	PG_RETURN_CODE(code);
}

static Datum
code_to_text(CodeKind kind, FunctionCallInfo fcinfo)
{
	char		buf[CODE_STRING_MAX];
	size_t		len = code_format(kind, PG_GETARG_CODE(0), buf);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(buf, (int) len));
}

static Datum
code_or_null(CodeKind kind, FunctionCallInfo fcinfo)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	int64_t		code;

	if (!code_parse(kind, VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str), &code, NULL))
		PG_RETURN_NULL();
	PG_RETURN_CODE(code);
}

#define CODE_IO(type, kind) \
	PG_FUNCTION_INFO_V1(innocity_##type##_in); \
	PG_FUNCTION_INFO_V1(innocity_##type##_out); \
	PG_FUNCTION_INFO_V1(innocity_##type##_recv); \
	PG_FUNCTION_INFO_V1(innocity_##type##_send); \
	PG_FUNCTION_INFO_V1(innocity_##type##_from_text); \
	PG_FUNCTION_INFO_V1(innocity_##type##_to_text); \
	PG_FUNCTION_INFO_V1(innocity_##type##_or_null); \
	Datum innocity_##type##_in(PG_FUNCTION_ARGS) { return code_in(kind, fcinfo); } \
	Datum innocity_##type##_out(PG_FUNCTION_ARGS) { PG_RETURN_CSTRING(code_output(kind, PG_GETARG_CODE(0))); } \
	Datum innocity_##type##_recv(PG_FUNCTION_ARGS) { return code_recv(kind, fcinfo); } \
	Datum innocity_##type##_send(PG_FUNCTION_ARGS) { return code_send(fcinfo); } \
	Datum innocity_##type##_from_text(PG_FUNCTION_ARGS) { return code_from_text(kind, fcinfo); } \
	Datum innocity_##type##_to_text(PG_FUNCTION_ARGS) { return code_to_text(kind, fcinfo); } \
	Datum innocity_##type##_or_null(PG_FUNCTION_ARGS) { return code_or_null(kind, fcinfo); }

CODE_IO(sector_code, CODE_SECTOR)
CODE_IO(region_code, CODE_REGION)
