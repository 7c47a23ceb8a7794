/*
 * inequality_fn.c
 *	  SQL face of the measures of inequality: aggregates, also over moving frames and in parallel.
 *
 * Two kinds of state, both in the aggregate's context: InequalitySums, which rows can leave again, and a growing array of pairs, which
 * the final function sorts in a copy. Serialised states travel between workers of one server only.
 */
#include "base/compat.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "indicator/inequality.h"

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate support function called outside an aggregate");
	return context;
}

/* An argument that must be finite and not negative. */
static double
amount_argument(FunctionCallInfo fcinfo, int number, const char *what)
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

/* The parameter of a measure, the same in every row. */
static void
parameter_argument(FunctionCallInfo fcinfo, InequalityMeasure measure, InequalitySums *sums)
{
	double		parameter = PG_GETARG_FLOAT8(2);

	if (measure == INEQUALITY_ENTROPY && !(parameter > 1 && parameter <= INEQUALITY_VALUE_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("base must be finite and greater than 1, not %g", parameter),
				 errhint("2 gives bits; without a base the entropy is in natural units.")));
	if (measure == INEQUALITY_ATKINSON && !(parameter >= 0 && parameter <= 1000))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("epsilon must be between 0 and 1000, not %g", parameter),
				 errhint("It weighs the lower end of the distribution; 0.5 and 1 are usual.")));
	if (!isnan(sums->parameter) && sums->parameter != parameter)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the same in every row", measure == INEQUALITY_ENTROPY ? "base" : "epsilon"),
				 errdetail("It is %g and %g.", sums->parameter, parameter)));
	sums->parameter = parameter;
}

/* Adds or removes a row (x), (x, weight), (x, parameter) or (x, parameter, weight). A NULL leaves the row out. */
static Datum
sums_change(FunctionCallInfo fcinfo, InequalityMeasure measure, int sign)
{
	MemoryContext context = aggregate_context(fcinfo);
	InequalitySums *sums = PG_ARGISNULL(0) ? NULL : (InequalitySums *) PG_GETARG_POINTER(0);
	bool		has_parameter = measure == INEQUALITY_ENTROPY || measure == INEQUALITY_ATKINSON;
	int			weight_number = has_parameter ? 3 : 2;
	double		x;
	double		weight = 1;

	if (sums == NULL)
	{
		sums = MemoryContextAlloc(context, sizeof(InequalitySums));
		inequality_init(sums);
	}
	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_POINTER(sums);
	if (has_parameter && PG_NARGS() > 2)
		parameter_argument(fcinfo, measure, sums);
	x = amount_argument(fcinfo, 1, "value");
	if (PG_NARGS() > weight_number)
	{
		weight = amount_argument(fcinfo, weight_number, "weight");
		if (measure == INEQUALITY_HERFINDAHL && (x > INEQUALITY_WEIGHTED_SQUARE_MAX || weight > INEQUALITY_WEIGHTED_SQUARE_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("value or weight is too large to be squared and weighted: %g", Max(x, weight)),
					 errdetail("Both must be at most 2^320."),
					 errhint("Take a larger unit.")));
	}
	inequality_add(measure, sums, x, weight, sign);
	PG_RETURN_POINTER(sums);
}

static Datum
sums_final(FunctionCallInfo fcinfo, InequalityMeasure measure)
{
	double		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	value = inequality_value(measure, (InequalitySums *) PG_GETARG_POINTER(0));
	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* The three support functions of each measure. */
#define SUMS_AGGREGATE(name, measure) \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_accumulate); \
	Datum innocity_##name##_accumulate(PG_FUNCTION_ARGS) { return sums_change(fcinfo, measure, 1); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_remove); \
	Datum innocity_##name##_remove(PG_FUNCTION_ARGS) { return sums_change(fcinfo, measure, -1); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_final); \
	Datum innocity_##name##_final(PG_FUNCTION_ARGS) { return sums_final(fcinfo, measure); }

SUMS_AGGREGATE(herfindahl, INEQUALITY_HERFINDAHL)
SUMS_AGGREGATE(entropy, INEQUALITY_ENTROPY)
SUMS_AGGREGATE(theil_t, INEQUALITY_THEIL_T)
SUMS_AGGREGATE(theil_l, INEQUALITY_THEIL_L)
SUMS_AGGREGATE(atkinson, INEQUALITY_ATKINSON)

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_sums_combine);

Datum
innocity_inequality_sums_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	InequalitySums *a = PG_ARGISNULL(0) ? NULL : (InequalitySums *) PG_GETARG_POINTER(0);
	InequalitySums *b = PG_ARGISNULL(1) ? NULL : (InequalitySums *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
	{
		a = MemoryContextAlloc(context, sizeof(InequalitySums));
		inequality_init(a);
	}
	if (!isnan(a->parameter) && !isnan(b->parameter) && a->parameter != b->parameter)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parameter must be the same in every row"),
				 errdetail("It is %g and %g.", Min(a->parameter, b->parameter), Max(a->parameter, b->parameter))));
	inequality_merge(a, b);
	PG_RETURN_POINTER(a);
}

static void
send_sum(StringInfo buf, const ExactSum *sum)
{
	pq_sendint32(buf, sum->n);
	for (int i = 0; i < sum->n; i++)
		pq_sendfloat8(buf, sum->part[i]);
}

static void
receive_sum(StringInfo buf, ExactSum *sum)
{
	int			n = pq_getmsgint(buf, 4);

	exact_sum_init(sum);
	if (n < 0 || n > EXACT_SUM_PARTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid state of an inequality aggregate")));
	for (int i = 0; i < n; i++)
	{
		double		part = pq_getmsgfloat8(buf);

		if (!isfinite(part))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid state of an inequality aggregate")));
		exact_sum_add(sum, part);
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_sums_serialize);

Datum
innocity_inequality_sums_serialize(PG_FUNCTION_ARGS)
{
	InequalitySums *sums;
	StringInfoData buf;

	(void) aggregate_context(fcinfo);
	sums = (InequalitySums *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, sums->n);
	pq_sendint64(&buf, sums->zeros);
	pq_sendfloat8(&buf, sums->parameter);
	send_sum(&buf, &sums->weight);
	send_sum(&buf, &sums->amount);
	send_sum(&buf, &sums->function);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* A StringInfo over the bytes of a serialised state. */
static void
open_state(FunctionCallInfo fcinfo, StringInfo buf)
{
	bytea	   *state = PG_GETARG_BYTEA_PP(0);

	initStringInfo(buf);
	appendBinaryStringInfo(buf, VARDATA_ANY(state), VARSIZE_ANY_EXHDR(state));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_sums_deserialize);

Datum
innocity_inequality_sums_deserialize(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	InequalitySums *sums;

	(void) aggregate_context(fcinfo);
	open_state(fcinfo, &buf);
	sums = palloc(sizeof(InequalitySums));
	inequality_init(sums);
	sums->n = pq_getmsgint64(&buf);
	sums->zeros = pq_getmsgint64(&buf);
	sums->parameter = pq_getmsgfloat8(&buf);
	receive_sum(&buf, &sums->weight);
	receive_sum(&buf, &sums->amount);
	receive_sum(&buf, &sums->function);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(sums);
}

/* All rows of an aggregate that needs them. */
typedef struct PairState
{
	int64		n;
	int64		room;
	InequalityPair *pair;
} PairState;

static void
reserve_pairs(MemoryContext context, PairState *state, int64 room)
{
	if (room <= state->room)
		return;
	if ((uint64) room > MaxAllocHugeSize / sizeof(InequalityPair))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for an inequality aggregate")));
	if (state->pair == NULL)
		state->pair = MemoryContextAllocHuge(context, room * sizeof(InequalityPair));
	else
		state->pair = repalloc_huge(state->pair, room * sizeof(InequalityPair));
	state->room = room;
}

static PairState *
pair_state(MemoryContext context)
{
	PairState  *state = MemoryContextAllocZero(context, sizeof(PairState));

	reserve_pairs(context, state, 8);
	return state;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_accumulate);

/* (state, x) or (state, x, weight or reference); a NULL leaves the row out. */
Datum
innocity_inequality_pairs_accumulate(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	PairState  *state = PG_ARGISNULL(0) ? pair_state(context) : (PairState *) PG_GETARG_POINTER(0);

	if (PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		PG_RETURN_POINTER(state);
	if (state->n == state->room)
		reserve_pairs(context, state, state->room * 2);
	state->pair[state->n].x = amount_argument(fcinfo, 1, "value");
	state->pair[state->n].y = PG_NARGS() > 2 ? amount_argument(fcinfo, 2, "weight or reference") : 1;
	state->n++;
	PG_RETURN_POINTER(state);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_combine);

Datum
innocity_inequality_pairs_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	PairState  *a = PG_ARGISNULL(0) ? NULL : (PairState *) PG_GETARG_POINTER(0);
	PairState  *b = PG_ARGISNULL(1) ? NULL : (PairState *) PG_GETARG_POINTER(1);

	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
		a = pair_state(context);
	if (a->n + b->n > a->room)
		reserve_pairs(context, a, Max(a->room * 2, a->n + b->n));
	memcpy(a->pair + a->n, b->pair, b->n * sizeof(InequalityPair));
	a->n += b->n;
	PG_RETURN_POINTER(a);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_serialize);

Datum
innocity_inequality_pairs_serialize(PG_FUNCTION_ARGS)
{
	PairState  *state;
	StringInfoData buf;

	(void) aggregate_context(fcinfo);
	state = (PairState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->n);
	for (int64 i = 0; i < state->n; i++)
	{
		pq_sendfloat8(&buf, state->pair[i].x);
		pq_sendfloat8(&buf, state->pair[i].y);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_deserialize);

Datum
innocity_inequality_pairs_deserialize(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	PairState  *state;
	int64		n;

	(void) aggregate_context(fcinfo);
	open_state(fcinfo, &buf);
	n = pq_getmsgint64(&buf);
	if (n < 0 || n > (buf.len - buf.cursor) / (int64) sizeof(InequalityPair))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid state of an inequality aggregate")));
	state = palloc0(sizeof(PairState));
	reserve_pairs(CurrentMemoryContext, state, Max(n, 8));
	for (state->n = 0; state->n < n; state->n++)
	{
		state->pair[state->n].x = pq_getmsgfloat8(&buf);
		state->pair[state->n].y = pq_getmsgfloat8(&buf);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/* The measure of a sorted copy, times a factor. */
static Datum
pairs_final(FunctionCallInfo fcinfo, double (*measure) (const InequalityPair *, int64_t), double factor)
{
	PairState  *state;
	InequalityPair *sorted;
	double		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (PairState *) PG_GETARG_POINTER(0);
	sorted = MemoryContextAllocHuge(CurrentMemoryContext, Max(state->n, 1) * sizeof(InequalityPair));
	memcpy(sorted, state->pair, state->n * sizeof(InequalityPair));
	qsort(sorted, state->n, sizeof(InequalityPair), inequality_compare);
	value = measure(sorted, state->n) * factor;
	pfree(sorted);
	if (isnan(value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_final);

Datum
innocity_gini_final(PG_FUNCTION_ARGS)
{
	return pairs_final(fcinfo, inequality_gini, 1);
}

/* Gini of sorted pairs over the most it can be among as many units: all in one of them. NaN for one unit or less. */
static double
gini_normalized(const InequalityPair *pair, int64_t n)
{
	ExactSum	units;
	double		sum;

	exact_sum_init(&units);
	for (int64_t i = 0; i < n; i++)
		exact_sum_add(&units, pair[i].y);
	sum = exact_sum_round(&units);
	return sum > 1 ? inequality_gini(pair, n) * (sum / (sum - 1)) : NAN;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_normalized_final);

Datum
innocity_gini_normalized_final(PG_FUNCTION_ARGS)
{
	return pairs_final(fcinfo, gini_normalized, 1);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_hoover_final);

Datum
innocity_hoover_final(PG_FUNCTION_ARGS)
{
	return pairs_final(fcinfo, inequality_distance, 0.5);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_krugman_final);

Datum
innocity_krugman_final(PG_FUNCTION_ARGS)
{
	return pairs_final(fcinfo, inequality_distance, 1);
}
