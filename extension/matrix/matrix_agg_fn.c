/*
 * matrix_agg_fn.c
 *	  The aggregates: activity_matrix_agg, sector_matrix_agg, sector_profile_agg, and sum() of their results.
 */
#include "base/compat.h"

#include <math.h>

#include "utils/memutils.h"

#include "matrix/matrix_state.h"

static pg_noinline void
refuse_null_code(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s must not be null beside a value", what),
			 errhint("Leave such rows out: FILTER (WHERE %s IS NOT NULL).", what)));
}

/*
 * Argument 0 as a state that can be changed: the state itself, or a new one, empty for NULL, else with the contents of a flat value (a
 * partial result, or a moving aggregate's first). Outside an aggregate a new state has a context of its own.
 */
static pg_noinline MatrixState *
new_state(FunctionCallInfo fcinfo, MatrixType type, MatrixKind kind)
{
	MemoryContext context;
	MatrixState *state;
	MatrixData	data;

	if (!PG_ARGISNULL(0))
	{
		matrix_data_open(PG_GETARG_DATUM(0), type, &data);
		kind = data.view.kind;
	}
	state = AggCheckCallContext(fcinfo, &context) ? matrix_state_create_shared(context, type, kind)
		: matrix_state_create(type, kind);
	if (!PG_ARGISNULL(0))
		matrix_state_add_data(state, &data, 1);
	return state;
}

/*
 * In place only inside an aggregate, which an error ends: elsewhere (a PL/pgSQL variable) a half-done addition could be seen afterwards.
 */
static inline MatrixState *
state_argument(FunctionCallInfo fcinfo, MatrixType type, MatrixKind kind)
{
	MatrixState *state = PG_ARGISNULL(0) || fcinfo->context == NULL ? NULL : matrix_state_of_datum(PG_GETARG_DATUM(0), type);

	return likely(state != NULL) ? state : new_state(fcinfo, type, kind);
}

static inline Datum
accumulate(FunctionCallInfo fcinfo, MatrixType type, int64 row, int64 col, double value)
{
	MatrixState *state = state_argument(fcinfo, type, MATRIX_QUANTITY);

	if (unlikely(!(fabs(value) < EXACT_SUM_LIMIT)))
		matrix_refuse_value(type, row, col, value);
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
	if (state->kind != data.view.kind)
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

/*
 * sum() of matrices over a moving frame: what leaves the frame is subtracted, exactly. Both functions are strict, so that the executor counts
 * the rows and an empty frame is NULL. A ratio's listed codes cannot be taken back: NULL makes the executor start the frame afresh.
 */
static Datum
move_out(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixState *state = state_argument(fcinfo, type, MATRIX_QUANTITY);

	if (state->kind == MATRIX_RATIO)
		PG_RETURN_NULL();
	return add_matrix(fcinfo, type, -1);
}

#define MATRIX_MOVE(name, type) \
	PG_FUNCTION_INFO_V1(innocity_##name##_move_in); \
	Datum innocity_##name##_move_in(PG_FUNCTION_ARGS) { return add_matrix(fcinfo, type, 1); } \
	PG_FUNCTION_INFO_V1(innocity_##name##_move_out); \
	Datum innocity_##name##_move_out(PG_FUNCTION_ARGS) { return move_out(fcinfo, type); }

MATRIX_MOVE(activity_matrix, MATRIX_ACTIVITY)
MATRIX_MOVE(sector_matrix, MATRIX_SECTOR)
MATRIX_MOVE(sector_profile, MATRIX_PROFILE)
