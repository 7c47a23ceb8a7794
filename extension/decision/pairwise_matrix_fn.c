/*
 * pairwise_matrix_fn.c
 *	  SQL face of pairwise_matrix: input and output, the aggregate, reading judgements back.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "common/shortest_dec.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "decision/pairwise_matrix.h"

/* Longest number in the text form that is read. */
#define NUMBER_MAX 60

/* ---- text form: {cost/quality=3, cost/time=1/5, "odd, id"} ---- */

typedef struct Parser
{
	const char *start;
	const char *at;
	Node	   *escontext;
} Parser;

static bool
parse_error(Parser *parser, const char *expected)
{
	ereturn(parser->escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", "pairwise_matrix", parser->start),
			 errdetail("Expected %s at position %d.", expected,
					   pg_mbstrlen_with_len(parser->start, parser->at - parser->start) + 1),
			 errhint("Write criteria and judgements like {cost/quality=3, cost/time=1/5}.")));
}

static void
skip_space(Parser *parser)
{
	while (*parser->at == ' ' || (*parser->at >= '\t' && *parser->at <= '\r'))
		parser->at++;
}

/* Characters that end a bare id. */
static bool
is_special(char c)
{
	return c == '\0' || c == ' ' || (c >= '\t' && c <= '\r') || strchr("{}/=,\"\\", c) != NULL;
}

/* An id, bare or in double quotes with backslash escapes, into buf. */
static bool
parse_id(Parser *parser, StringInfo buf)
{
	resetStringInfo(buf);
	skip_space(parser);
	if (*parser->at != '"')
	{
		while (!is_special(*parser->at))
			appendStringInfoChar(buf, *parser->at++);
		return buf->len > 0 || parse_error(parser, "a criterion");
	}
	parser->at++;
	while (*parser->at != '"')
	{
		if (*parser->at == '\\')
			parser->at++;
		if (*parser->at == '\0')
			return parse_error(parser, "a closing quote");
		appendStringInfoChar(buf, *parser->at++);
	}
	parser->at++;
	return buf->len > 0 || parse_error(parser, "a criterion before the quote");
}

/* A number, or a fraction of two. The server keeps LC_NUMERIC at C, so strtod reads a point. */
static bool
parse_number(Parser *parser, double *value)
{
	char		text[NUMBER_MAX + 1];
	char	   *end;
	int			length = 0;

	skip_space(parser);
	while (length < NUMBER_MAX && *parser->at != '\0' && strchr("+-.0123456789eE", *parser->at) != NULL)
		text[length++] = *parser->at++;
	text[length] = '\0';
	*value = strtod(text, &end);
	if (length == 0 || *end != '\0' || !isfinite(*value) || *value <= 0)
	{
		parser->at -= length;
		return parse_error(parser, "a positive number");
	}
	return true;
}

static bool
parse_item(Parser *parser, PairwiseBuilder *builder, StringInfo buf)
{
	TextId		id;
	int			a;
	int			b;
	double		judgement;

	if (!parse_id(parser, buf))
		return false;
	id.data = buf->data;
	id.len = buf->len;
	a = pairwise_builder_criterion(builder, id, ERRCODE_INVALID_TEXT_REPRESENTATION, parser->escontext);
	if (a < 0)
		return false;
	skip_space(parser);
	if (*parser->at != '/')
		return true;
	parser->at++;
	if (!parse_id(parser, buf))
		return false;
	id.data = buf->data;
	id.len = buf->len;
	b = pairwise_builder_criterion(builder, id, ERRCODE_INVALID_TEXT_REPRESENTATION, parser->escontext);
	if (b < 0)
		return false;
	skip_space(parser);
	if (*parser->at != '=')
		return parse_error(parser, "\"=\"");
	parser->at++;
	if (!parse_number(parser, &judgement))
		return false;
	skip_space(parser);
	if (*parser->at == '/')
	{
		double		divisor;

		parser->at++;
		if (!parse_number(parser, &divisor))
			return false;
		judgement /= divisor;
	}
	/* a quotient can underflow to 0, which would read as a missing judgement */
	if (judgement == 0.0)
		return parse_error(parser, "a positive number");
	return pairwise_builder_add(builder, a, b, judgement, ERRCODE_INVALID_TEXT_REPRESENTATION, parser->escontext);
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_in);
Datum
innocity_pairwise_matrix_in(PG_FUNCTION_ARGS)
{
	Parser		parser;
	PairwiseBuilder *builder = pairwise_builder_create(CurrentMemoryContext);
	StringInfoData buf;

	parser.start = parser.at = PG_GETARG_CSTRING(0);
	parser.escontext = fcinfo->context;
	initStringInfo(&buf);
	skip_space(&parser);
	if (*parser.at != '{')
	{
		parse_error(&parser, "\"{\"");
		PG_RETURN_NULL();
	}
	do
	{
		parser.at++;
		if (!parse_item(&parser, builder, &buf))
			PG_RETURN_NULL();
		skip_space(&parser);
	} while (*parser.at == ',');
	if (*parser.at != '}')
	{
		parse_error(&parser, "\",\" or \"}\"");
		PG_RETURN_NULL();
	}
	parser.at++;
	skip_space(&parser);
	if (*parser.at != '\0')
	{
		parse_error(&parser, "the end");
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(pairwise_builder_finish(builder));
}

static void
append_id(StringInfo buf, TextId id)
{
	bool		quote = false;

	for (int i = 0; i < id.len && !quote; i++)
		quote = is_special(id.data[i]);
	if (!quote)
	{
		appendBinaryStringInfo(buf, id.data, id.len);
		return;
	}
	appendStringInfoChar(buf, '"');
	for (int i = 0; i < id.len; i++)
	{
		if (id.data[i] == '"' || id.data[i] == '\\')
			appendStringInfoChar(buf, '\\');
		appendStringInfoChar(buf, id.data[i]);
	}
	appendStringInfoChar(buf, '"');
}

/* Pairs in order; a criterion without any judgement stands alone at its place. Digits never depend on a setting. */
PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_out);
Datum
innocity_pairwise_matrix_out(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	int			n = matrix->n;
	StringInfoData buf;
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	for (int i = 0; i < n; i++)
	{
		bool		judged = false;

		for (int j = 0; j < n; j++)
		{
			if (j == i || pairwise_get(matrix->judgement, n, i, j) == 0.0)
				continue;
			judged = true;
			if (j < i)
				continue;
			if (buf.len > 1)
				appendStringInfoChar(&buf, ',');
			append_id(&buf, pairwise_id(matrix, i));
			appendStringInfoChar(&buf, '/');
			append_id(&buf, pairwise_id(matrix, j));
			double_to_shortest_decimal_buf(matrix->judgement[pairwise_pair(n, i, j)], digits);
			appendStringInfo(&buf, "=%s", digits);
		}
		if (!judged)
		{
			if (buf.len > 1)
				appendStringInfoChar(&buf, ',');
			append_id(&buf, pairwise_id(matrix, i));
		}
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

/* ---- binary form: int16 version, int32 n, the ids as counted text, the upper triangle with 0 for missing ---- */

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_send);
Datum
innocity_pairwise_matrix_send(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint16(&buf, matrix->version);
	pq_sendint32(&buf, matrix->n);
	for (int i = 0; i < matrix->n; i++)
	{
		TextId		id = pairwise_id(matrix, i);

		char	   *text = pg_server_to_client(id.data, id.len);
		int			len = text == id.data ? id.len : (int) strlen(text);

		/* Not by pq_sendcountedtext, which has lost an argument since 15. */
		pq_sendint32(&buf, len);
		pq_sendbytes(&buf, text, len);
	}
	for (int64 k = 0; k < PAIRWISE_PAIRS(matrix->n); k++)
		pq_sendfloat8(&buf, matrix->judgement[k]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
bad_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid pairwise_matrix in external binary data"),
			 errdetail_internal("%s", detail)));
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_recv);
Datum
innocity_pairwise_matrix_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	PairwiseBuilder *builder = pairwise_builder_create(CurrentMemoryContext);
	int			version = pq_getmsgint(buf, 2);
	int			n;

	if (version != PAIRWISE_VERSION)
		bad_binary(psprintf("The version is %d, this server reads %d.", version, PAIRWISE_VERSION));
	n = pq_getmsgint(buf, 4);
	if (n < 1 || n > PAIRWISE_CRITERIA_MAX)
		bad_binary(psprintf("The number of criteria is %d.", n));
	for (int i = 0; i < n; i++)
	{
		int			length = pq_getmsgint(buf, 4);
		TextId		id;

		if (length < 0 || length > buf->len - buf->cursor)
			bad_binary("A criterion's length goes past the end.");
		id.data = pq_getmsgtext(buf, length, &id.len);
		if (strlen(id.data) != id.len)
			bad_binary("A criterion contains a zero byte.");
		if (pairwise_builder_criterion(builder, id, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL) != i)
			bad_binary("A criterion stands twice.");
	}
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
		{
			double		judgement = pq_getmsgfloat8(buf);

			pairwise_builder_add(builder, i, j, judgement, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
		}
	PG_RETURN_POINTER(pairwise_builder_finish(builder));
}

/* ---- equality: the same judgements are the same bytes ---- */

static bool
same_bytes(FunctionCallInfo fcinfo)
{
	PairwiseMatrix *a = PG_GETARG_PAIRWISE_MATRIX(0);
	PairwiseMatrix *b = PG_GETARG_PAIRWISE_MATRIX(1);

	return VARSIZE(a) == VARSIZE(b) && memcmp(VARDATA(a), VARDATA(b), VARSIZE(a) - VARHDRSZ) == 0;
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_eq);
Datum
innocity_pairwise_matrix_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same_bytes(fcinfo));
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_ne);
Datum
innocity_pairwise_matrix_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same_bytes(fcinfo));
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_hash);
Datum
innocity_pairwise_matrix_hash(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);

	return hash_any((unsigned char *) VARDATA(matrix), VARSIZE(matrix) - VARHDRSZ);
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_hash_extended);
Datum
innocity_pairwise_matrix_hash_extended(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);

	return hash_any_extended((unsigned char *) VARDATA(matrix), VARSIZE(matrix) - VARHDRSZ, PG_GETARG_INT64(1));
}

/* ---- the aggregate ---- */

static TextId
text_argument_id(FunctionCallInfo fcinfo, int argument, const char *name)
{
	text	   *value;
	TextId		id;

	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("criterion \"%s\" of a judgement must not be null", name),
				 errhint("Leave such rows out: FILTER (WHERE a IS NOT NULL AND b IS NOT NULL).")));
	value = PG_GETARG_TEXT_PP(argument);
	id.data = VARDATA_ANY(value);
	id.len = VARSIZE_ANY_EXHDR(value);
	return id;
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_transition);
Datum
innocity_pairwise_matrix_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	PairwiseBuilder *builder;
	int			a;
	int			b;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "pairwise_matrix_transition called in non-aggregate context");
	builder = PG_ARGISNULL(0) ? pairwise_builder_create(context) : (PairwiseBuilder *) PG_GETARG_POINTER(0);
	a = pairwise_builder_criterion(builder, text_argument_id(fcinfo, 1, "a"), ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	b = pairwise_builder_criterion(builder, text_argument_id(fcinfo, 2, "b"), ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	if (!PG_ARGISNULL(3))
	{
		double		judgement = PG_GETARG_FLOAT8(3);

		/* the builder's 0 means "missing", which in SQL is NULL alone */
		if (judgement == 0.0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("judgement must be positive, not 0"),
					 errhint("A missing judgement is NULL.")));
		pairwise_builder_add(builder, a, b, judgement, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	}
	PG_RETURN_POINTER(builder);
}

PG_FUNCTION_INFO_V1(innocity_pairwise_matrix_final);
Datum
innocity_pairwise_matrix_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(pairwise_builder_finish((PairwiseBuilder *) PG_GETARG_POINTER(0)));
}

/* ---- reading ---- */

PG_FUNCTION_INFO_V1(innocity_criteria);
Datum
innocity_criteria(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	Datum	   *ids = palloc(sizeof(Datum) * matrix->n);

	for (int i = 0; i < matrix->n; i++)
		ids[i] = pairwise_id_datum(matrix, i);
	PG_RETURN_ARRAYTYPE_P(construct_array(ids, matrix->n, TEXTOID, -1, false, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(innocity_judgements);
Datum
innocity_judgements(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < matrix->n; i++)
		for (int j = i + 1; j < matrix->n; j++)
		{
			double		judgement = pairwise_get(matrix->judgement, matrix->n, i, j);
			Datum		values[3];
			bool		nulls[3] = {false, false, judgement == 0.0};

			CHECK_FOR_INTERRUPTS();
			values[0] = pairwise_id_datum(matrix, i);
			values[1] = pairwise_id_datum(matrix, j);
			values[2] = Float8GetDatum(judgement);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(innocity_judgement);
Datum
innocity_judgement(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	int			position[2] = {-1, -1};
	double		judgement;

	for (int k = 0; k < 2; k++)
	{
		TextId		id = text_argument_id(fcinfo, k + 1, k == 0 ? "a" : "b");

		for (int i = 0; i < matrix->n && position[k] < 0; i++)
			if (text_id_cmp(pairwise_id(matrix, i), id) == 0)
				position[k] = i;
		if (position[k] < 0)
			PG_RETURN_NULL();
	}
	judgement = pairwise_get(matrix->judgement, matrix->n, position[0], position[1]);
	if (judgement == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(judgement);
}
