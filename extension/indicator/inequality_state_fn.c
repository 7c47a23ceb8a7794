/*
 * inequality_state_fn.c
 *	  The types inequality_sums and inequality_pairs: states of the inequality aggregates, written and read again.
 *
 * Bytes: version (1); for sums the numbers of rows and of zeros, the parameter, then each sum as its number of parts and these; for pairs
 * their number and the pairs. Text is the same in hexadecimal, so no setting of a session can change it. What is read is checked, and the sums
 * are made anew from their parts, so no bytes can make a state that arithmetic cannot have made. Reading gives NULL for bytes that are no
 * state: an input function tells its caller, the others raise the error.
 */
#include "indicator/inequality_state.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "matrix/matrix_state.h"

#define STATE_VERSION 1

MemoryContext
inequality_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function supports aggregates and cannot be called outside of one"),
				 errhint("Call the aggregate itself, such as gini(x).")));
	return context;
}

static bool
state_is_internal(FunctionCallInfo fcinfo)
{
	return get_fn_expr_argtype(fcinfo->flinfo, 0) == INTERNALOID;
}

MemoryContext
inequality_state_context(FunctionCallInfo fcinfo)
{
	return state_is_internal(fcinfo) ? inequality_context(fcinfo) : CurrentMemoryContext;
}

void
inequality_state_replaced(FunctionCallInfo fcinfo, void *state)
{
	if (state_is_internal(fcinfo))
		pfree(state);
}

double
inequality_amount(FunctionCallInfo fcinfo, int number, const char *what)
{
	double		x = PG_GETARG_FLOAT8(number);

	if (!(x >= 0 && x <= INEQUALITY_VALUE_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite and not negative, not %g", what, x),
				 errdetail("Shares of a total are taken, which only amounts from 0 to 2^480 have."),
				 errhint("Leave rows out with FILTER (WHERE ...).")));
	/* -0 becomes 0 */
	return x + 0.0;
}

InequalitySums *
inequality_sums_make(MemoryContext context, int room)
{
	size_t		size = inequality_size(room);
	InequalitySums *sums = MemoryContextAllocZero(context, size);

	SET_VARSIZE(sums, size);
	inequality_init(sums, room);
	return sums;
}

static Size pairs_flat_size(ExpandedObjectHeader *header);
static void pairs_flatten_into(ExpandedObjectHeader *header, void *result, Size size);

static const ExpandedObjectMethods pairs_methods = {
	pairs_flat_size,
	pairs_flatten_into
};

static Size
pairs_size(int64 n)
{
	if (n > (int64) ((MaxAllocSize - offsetof(FlatPairs, pair)) / sizeof(InequalityPair)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for a state of an inequality aggregate: %lld", (long long) n),
				 errdetail("gini, hoover and krugman keep all rows of a group, and a value holds less than 1 GB."),
				 errhint("Count equal rows and give the count as weight, or set max_parallel_workers_per_gather to 0.")));
	return offsetof(FlatPairs, pair) + n * sizeof(InequalityPair);
}

static Size
pairs_flat_size(ExpandedObjectHeader *header)
{
	return pairs_size(((InequalityPairs *) header)->n);
}

static void
pairs_flatten_into(ExpandedObjectHeader *header, void *result, Size size)
{
	FlatPairs  *flat = result;

	SET_VARSIZE(flat, size);
	flat->unused = 0;
	memcpy(flat->pair, ((InequalityPairs *) header)->pair, size - offsetof(FlatPairs, pair));
}

/* The expanded object that a value is, or NULL. */
static InequalityPairs *
pairs_expanded(Datum value)
{
	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(value)))
	{
		ExpandedObjectHeader *header = DatumGetEOHP(value);

		if (header->eoh_methods == &pairs_methods)
			return (InequalityPairs *) header;
	}
	return NULL;
}

const InequalityPair *
inequality_pairs_view(Datum value, int64 *n)
{
	InequalityPairs *state = pairs_expanded(value);
	FlatPairs  *flat;

	if (state != NULL)
	{
		*n = state->n;
		return state->pair;
	}
	flat = (FlatPairs *) PG_DETOAST_DATUM(value);
	*n = (VARSIZE(flat) - offsetof(FlatPairs, pair)) / sizeof(InequalityPair);
	return flat->pair;
}

InequalityPairs *
inequality_pairs_state(FunctionCallInfo fcinfo)
{
	MemoryContext context = matrix_state_shared_context(inequality_context(fcinfo));
	InequalityPairs *state;

	if (!PG_ARGISNULL(0) && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))) && (state = pairs_expanded(PG_GETARG_DATUM(0))) != NULL)
		return state;
	state = MemoryContextAllocZero(context, sizeof(InequalityPairs));
	EOH_init_header(&state->header, &pairs_methods, context);
	state->room = 8;
	state->pair = MemoryContextAlloc(context, state->room * sizeof(InequalityPair));
	if (!PG_ARGISNULL(0))
	{
		int64		n;
		const InequalityPair *pair = inequality_pairs_view(PG_GETARG_DATUM(0), &n);

		inequality_pairs_reserve(state, n);
		memcpy(state->pair, pair, n * sizeof(InequalityPair));
		state->n = n;
	}
	return state;
}

void
inequality_pairs_reserve(InequalityPairs *state, int64 more)
{
	if (state->n + more <= state->room)
		return;
	state->room = Max(state->room * 2, state->n + more);
	if ((uint64) state->room > MaxAllocHugeSize / sizeof(InequalityPair))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for an inequality aggregate"),
				 errhint("Sum them by region first.")));
	state->pair = repalloc_huge(state->pair, state->room * sizeof(InequalityPair));
}

/* The state that was read; where there is none, an error to escontext. */
static Datum
state_or_error(void *state, Node *escontext)
{
	if (state == NULL)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid state of an inequality aggregate"),
				 errhint("Only what these aggregates wrote can be read.")));
	return PointerGetDatum(state);
}

/* Bytes that are left to be read. */
static int
bytes_left(StringInfo buf)
{
	return buf->len - buf->cursor;
}

static void
write_sums(StringInfo buf, Datum value)
{
	InequalitySums *sums = (InequalitySums *) PG_DETOAST_DATUM(value);

	pq_sendbyte(buf, STATE_VERSION);
	pq_sendint64(buf, sums->n);
	pq_sendint64(buf, sums->zeros);
	pq_sendfloat8(buf, sums->parameter);
	for (int k = 0; k < INEQUALITY_SUMS; k++)
	{
		pq_sendint32(buf, sums->count[k]);
		for (int i = 0; i < sums->count[k]; i++)
			pq_sendfloat8(buf, sums->part[k * sums->room + i]);
	}
}

/* One byte of version, then the number of rows: -1 if it is not valid. */
static int64
read_head(StringInfo buf)
{
	int64		n;

	if (bytes_left(buf) < 1 + (int) sizeof(int64) || pq_getmsgbyte(buf) != STATE_VERSION)
		return -1;
	n = pq_getmsgint64(buf);
	return n > INEQUALITY_ROWS_MAX ? -1 : n;
}

static InequalitySums *
read_sums(StringInfo buf)
{
	InequalitySums *sums = inequality_sums_make(CurrentMemoryContext, INEQUALITY_ROOM);
	int64		n = read_head(buf);
	int64		zeros;
	double		parameter;
	double		limit = ldexp((double) n, 961);

	if (n < 0 || bytes_left(buf) < (int) (sizeof(int64) + sizeof(double)))
		return NULL;
	zeros = pq_getmsgint64(buf);
	parameter = pq_getmsgfloat8(buf);
	if (zeros < 0 || zeros > n || isinf(parameter) || parameter < 0)
		return NULL;
	sums->n = n;
	sums->zeros = zeros;
	sums->parameter = parameter;
	for (int k = 0; k < INEQUALITY_SUMS; k++)
	{
		int			count = bytes_left(buf) < (int) sizeof(int32) ? -1 : (int) pq_getmsgint(buf, 4);

		if (count < 0 || count > EXACT_SUM_PARTS || bytes_left(buf) < count * (int) sizeof(double))
			return NULL;
		for (int i = 0; i < count; i++)
		{
			double		part = pq_getmsgfloat8(buf);
			int			room;

			if (!(fabs(part) <= limit))
				return NULL;
			room = inequality_room_to_add(sums);
			if (room > sums->room)
			{
				InequalitySums *larger = inequality_sums_make(CurrentMemoryContext, room);

				inequality_move(larger, sums, room);
				sums = larger;
			}
			sums->count[k] = exact_parts_add(sums->part + k * sums->room, sums->count[k], part);
		}
	}
	return bytes_left(buf) == 0 ? sums : NULL;
}

static void
write_pairs(StringInfo buf, Datum value)
{
	int64		n;
	const InequalityPair *pair = inequality_pairs_view(value, &n);

	pq_sendbyte(buf, STATE_VERSION);
	pq_sendint64(buf, n);
	for (int64 i = 0; i < n; i++)
	{
		pq_sendfloat8(buf, pair[i].x);
		pq_sendfloat8(buf, pair[i].y);
	}
}

static FlatPairs *
read_pairs(StringInfo buf)
{
	int64		n = read_head(buf);
	FlatPairs  *pairs;

	if (n < 0 || n * (int64) sizeof(InequalityPair) != bytes_left(buf))
		return NULL;
	pairs = palloc0(pairs_size(n));
	SET_VARSIZE(pairs, pairs_size(n));
	for (int64 i = 0; i < n; i++)
	{
		double		x = pq_getmsgfloat8(buf);
		double		y = pq_getmsgfloat8(buf);

		if (!(x >= 0 && x <= INEQUALITY_VALUE_MAX && y >= 0 && y <= INEQUALITY_VALUE_MAX))
			return NULL;
		pairs->pair[i] = (InequalityPair) {x + 0.0, y + 0.0};
	}
	return pairs;
}

/* A StringInfo over the bytes of a serialised state. */
static void
open_bytes(bytea *state, StringInfo buf)
{
	initStringInfo(buf);
	appendBinaryStringInfo(buf, VARDATA_ANY(state), VARSIZE_ANY_EXHDR(state));
}

/* A StringInfo over the bytes that a text writes in hexadecimal: over none, which are no state, if it is no such text. */
static void
open_text(const char *text, StringInfo buf)
{
	size_t		digits = strspn(text, "0123456789abcdefABCDEF");

	initStringInfo(buf);
	if (text[digits] != '\0' || digits % 2 != 0)
		return;
	enlargeStringInfo(buf, digits / 2);
	buf->len = hex_decode(text, digits, buf->data);
}

static char *
text_of(StringInfo buf)
{
	char	   *text = palloc_extended((size_t) buf->len * 2 + 1, MCXT_ALLOC_HUGE);

	text[hex_encode(buf->data, buf->len, text)] = '\0';
	return text;
}

/*
 * Input, output, receive and send function of each type; and, for aggregates of version 1.0, their states of type internal to bytea and
 * back.
 */
#define STATE_TYPE(type, read, write) \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_in); \
	Datum innocity_##type##_in(PG_FUNCTION_ARGS) \
	{ StringInfoData buf; open_text(PG_GETARG_CSTRING(0), &buf); return state_or_error(read(&buf), fcinfo->context); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_out); \
	Datum innocity_##type##_out(PG_FUNCTION_ARGS) \
	{ StringInfoData buf; initStringInfo(&buf); write(&buf, PG_GETARG_DATUM(0)); PG_RETURN_CSTRING(text_of(&buf)); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_recv); \
	Datum innocity_##type##_recv(PG_FUNCTION_ARGS) \
	{ return state_or_error(read((StringInfo) PG_GETARG_POINTER(0)), NULL); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_send); \
	Datum innocity_##type##_send(PG_FUNCTION_ARGS) \
	{ StringInfoData buf; pq_begintypsend(&buf); write(&buf, PG_GETARG_DATUM(0)); PG_RETURN_BYTEA_P(pq_endtypsend(&buf)); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_serialize); \
	Datum innocity_##type##_serialize(PG_FUNCTION_ARGS) \
	{ (void) inequality_context(fcinfo); return innocity_##type##_send(fcinfo); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##type##_deserialize); \
	Datum innocity_##type##_deserialize(PG_FUNCTION_ARGS) \
	{ StringInfoData buf; (void) inequality_context(fcinfo); open_bytes(PG_GETARG_BYTEA_PP(0), &buf); return state_or_error(read(&buf), NULL); }

STATE_TYPE(inequality_sums, read_sums, write_sums)
STATE_TYPE(inequality_pairs, read_pairs, write_pairs)
