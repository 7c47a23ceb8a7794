/*
 * matrix_agg_fn.c
 *	  The aggregates: activity_matrix_agg, sector_matrix_agg, sector_profile_agg, sum(activity_matrix).
 */
#include "base/compat.h"

#include <math.h>

#include "matrix/matrix_state.h"

static pg_noinline void
refuse_value(MatrixType type, int64 row, int64 col, double value)
{
	ereport(ERROR,
			(errcode(isfinite(value) ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE : ERRCODE_INVALID_PARAMETER_VALUE),
			 isfinite(value) ? errmsg("value out of range for %s: %g", matrix_type_name(type), value)
			 : errmsg("value must be finite, not %g", value),
			 errdetail("It stands at %s.", matrix_place(type, row, col)),
			 isfinite(value) ? errhint("Values are below 2^960 in magnitude, so that sums cannot overflow.")
			 : errhint("Leave such rows out: FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')).")));
}

static pg_noinline void
refuse_null_code(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s must not be null beside a value", what),
			 errhint("Leave such rows out: FILTER (WHERE %s IS NOT NULL).", what)));
}

/* Where a new state lives: the aggregate's context, or the caller's for a call by hand. */
static MemoryContext
state_parent(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	return AggCheckCallContext(fcinfo, &context) ? context : CurrentMemoryContext;
}

/*
 * Argument 0 as a state that can be changed: the state itself, or a new one with the contents of a flat value; a new empty one for NULL.
 */
static MatrixState *
state_argument(FunctionCallInfo fcinfo, MatrixType type, MatrixKind kind)
{
	MatrixState *state;
	MatrixData	data;

	if (PG_ARGISNULL(0))
		return matrix_state_create(state_parent(fcinfo), type, kind);
	state = matrix_state_of_datum(PG_GETARG_DATUM(0), type);
	if (state)
		return state;
	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	state = matrix_state_create(state_parent(fcinfo), type, data.view.kind);
	matrix_state_add_data(state, &data, 1);
	return state;
}

static inline Datum
accumulate(FunctionCallInfo fcinfo, MatrixType type, int64 row, int64 col, double value)
{
	MatrixState *state = state_argument(fcinfo, type, MATRIX_QUANTITY);

	if (unlikely(!(fabs(value) < EXACT_SUM_LIMIT)))
		refuse_value(type, row, col, value);
	matrix_state_add(state, row, col, value);
	return matrix_state_datum(state);
}

/* A row without a value is no row, as for sum(). */
static Datum
skip_row(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

PG_FUNCTION_INFO_V1(innocity_activity_matrix_accumulate);
Datum
innocity_activity_matrix_accumulate(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(3))
		return skip_row(fcinfo);
	if (PG_ARGISNULL(1))
		refuse_null_code("region");
	if (PG_ARGISNULL(2))
		refuse_null_code("sector");
	return accumulate(fcinfo, MATRIX_ACTIVITY, PG_GETARG_CODE(1), PG_GETARG_CODE(2), PG_GETARG_FLOAT8(3));
}

PG_FUNCTION_INFO_V1(innocity_sector_matrix_accumulate);
Datum
innocity_sector_matrix_accumulate(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(3))
		return skip_row(fcinfo);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		refuse_null_code("sector");
	return accumulate(fcinfo, MATRIX_SECTOR, PG_GETARG_CODE(1), PG_GETARG_CODE(2), PG_GETARG_FLOAT8(3));
}

PG_FUNCTION_INFO_V1(innocity_sector_profile_accumulate);
Datum
innocity_sector_profile_accumulate(PG_FUNCTION_ARGS)
{
	double		weight;

	if (PG_ARGISNULL(2))
		return skip_row(fcinfo);
	if (PG_ARGISNULL(1))
		refuse_null_code("sector");
	weight = PG_GETARG_FLOAT8(2);
	if (weight < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight must not be negative, but is %g", weight),
				 errdetail("It is the weight of %s.", matrix_place(MATRIX_PROFILE, 0, PG_GETARG_CODE(1))),
				 errhint("Weights are relative; they need not add up to 1.")));
	return accumulate(fcinfo, MATRIX_PROFILE, 0, PG_GETARG_CODE(1), weight);
}

/* state + sign * matrix, where neither is NULL. */
static Datum
add_matrix(FunctionCallInfo fcinfo, MatrixType type, double sign)
{
	MatrixState *state;
	MatrixData	data;

	matrix_data_open(PG_GETARG_DATUM(1), type, &data);
	state = state_argument(fcinfo, type, data.view.kind);
	if (matrix_state_kind(state) != data.view.kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot add a quantity and a ratio"),
				 errhint("kind() tells which is which.")));
	matrix_state_add_data(state, &data, sign);
	return matrix_state_datum(state);
}

static Datum
combine(FunctionCallInfo fcinfo, MatrixType type)
{
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	return add_matrix(fcinfo, type, 1);
}

#define MATRIX_COMBINE(name, type) \
	PG_FUNCTION_INFO_V1(innocity_##name##_combine); \
	Datum innocity_##name##_combine(PG_FUNCTION_ARGS) { return combine(fcinfo, type); }

MATRIX_COMBINE(activity_matrix, MATRIX_ACTIVITY)
MATRIX_COMBINE(sector_matrix, MATRIX_SECTOR)
MATRIX_COMBINE(sector_profile, MATRIX_PROFILE)
