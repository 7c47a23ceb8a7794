/*
 * inequality_fn.c
 *	  SQL face of the measures of inequality that are functions of exact sums: herfindahl, entropy, theil_t, theil_l, atkinson, and what
 *	  is read off the sums of these: coefficient_of_variation, herfindahl_normalized, dalton.
 */
#include "indicator/inequality_state.h"

#include <math.h>

#include "utils/float.h"

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

/* A state argument, NULL if there is none. One that came from another process may have a short header. */
static InequalitySums *
sums_argument(FunctionCallInfo fcinfo, int number)
{
	return PG_ARGISNULL(number) ? NULL : (InequalitySums *) PG_DETOAST_DATUM(PG_GETARG_DATUM(number));
}

/* The state with that room: itself, or larger elsewhere. */
static InequalitySums *
reserve(FunctionCallInfo fcinfo, InequalitySums *sums, int room)
{
	InequalitySums *larger;

	if (room == sums->room)
		return sums;
	larger = inequality_sums_make(inequality_state_context(fcinfo), room);
	inequality_move(larger, sums, room);
	inequality_state_replaced(fcinfo, sums);
	return larger;
}

/* Adds or removes a row (x), (x, weight), (x, parameter) or (x, parameter, weight). A NULL leaves the row out. */
static Datum
sums_change(FunctionCallInfo fcinfo, InequalityMeasure measure, int sign)
{
	InequalitySums *sums = sums_argument(fcinfo, 0);
	bool		has_parameter = measure == INEQUALITY_ENTROPY || measure == INEQUALITY_ATKINSON;
	int			weight_number = has_parameter ? 3 : 2;
	double		x;
	double		weight = 1;

	(void) inequality_context(fcinfo);
	if (sums == NULL)
		sums = inequality_sums_make(inequality_state_context(fcinfo), INEQUALITY_ROOM);
	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_POINTER(sums);
	if (has_parameter && PG_NARGS() > 2)
		parameter_argument(fcinfo, measure, sums);
	x = inequality_amount(fcinfo, 1, "value");
	if (PG_NARGS() > weight_number)
	{
		weight = inequality_amount(fcinfo, weight_number, "weight");
		if (measure == INEQUALITY_HERFINDAHL && (x > INEQUALITY_WEIGHTED_SQUARE_MAX || weight > INEQUALITY_WEIGHTED_SQUARE_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("value or weight is too large to be squared and weighted: %g", Max(x, weight)),
					 errdetail("Both must be at most 2^320."),
					 errhint("Take a larger unit.")));
	}
	sums = reserve(fcinfo, sums, inequality_room_to_add(sums));
	inequality_add(measure, sums, x, weight, sign);
	PG_RETURN_POINTER(sums);
}

static Datum
sums_final(FunctionCallInfo fcinfo, InequalityMeasure measure)
{
	double		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	value = inequality_value(measure, sums_argument(fcinfo, 0));
	if (isnan(value))
		PG_RETURN_NULL();
	if (isinf(value))
		float_underflow_error();
	PG_RETURN_FLOAT8(value);
}

#define SUMS_FINAL(name, measure) \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_final); \
	Datum innocity_##name##_final(PG_FUNCTION_ARGS) { return sums_final(fcinfo, measure); }

SUMS_FINAL(coefficient_of_variation, INEQUALITY_VARIATION)
SUMS_FINAL(herfindahl_normalized, INEQUALITY_HERFINDAHL_NORMALIZED)
SUMS_FINAL(dalton, INEQUALITY_DALTON)

/* The three support functions of each measure. */
#define SUMS_AGGREGATE(name, measure) \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_accumulate); \
	Datum innocity_##name##_accumulate(PG_FUNCTION_ARGS) { return sums_change(fcinfo, measure, 1); } \
	PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_##name##_remove); \
	Datum innocity_##name##_remove(PG_FUNCTION_ARGS) { return sums_change(fcinfo, measure, -1); } \
	SUMS_FINAL(name, measure)

SUMS_AGGREGATE(herfindahl, INEQUALITY_HERFINDAHL)
SUMS_AGGREGATE(entropy, INEQUALITY_ENTROPY)
SUMS_AGGREGATE(theil_t, INEQUALITY_THEIL_T)
SUMS_AGGREGATE(theil_l, INEQUALITY_THEIL_L)
SUMS_AGGREGATE(atkinson, INEQUALITY_ATKINSON)

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_sums_combine);

/* Joins two states, of type inequality_sums or internal. */
Datum
innocity_inequality_sums_combine(PG_FUNCTION_ARGS)
{
	InequalitySums *a = sums_argument(fcinfo, 0);
	InequalitySums *b = sums_argument(fcinfo, 1);

	(void) inequality_context(fcinfo);
	if (b == NULL)
	{
		if (a == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(a);
	}
	if (a == NULL)
		a = inequality_sums_make(inequality_state_context(fcinfo), b->room);
	if (!isnan(a->parameter) && !isnan(b->parameter) && a->parameter != b->parameter)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parameter must be the same in every row"),
				 errdetail("It is %g and %g.", Min(a->parameter, b->parameter), Max(a->parameter, b->parameter))));
	if (a->n > INEQUALITY_ROWS_MAX - b->n)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for an inequality aggregate"),
				 errdetail("Sums stay exact for 2^40 rows.")));
	a = reserve(fcinfo, a, inequality_room_to_merge(a, b));
	inequality_merge(a, b);
	PG_RETURN_POINTER(a);
}
