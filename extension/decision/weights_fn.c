/*
 * weights_fn.c
 *	  SQL face of weights.h.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "utils/builtins.h"

#include "decision/criteria_args.h"
#include "decision/weights.h"

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Argument 0 as m numbers without NULL. */
static double *
numbers(FunctionCallInfo fcinfo, const char *argument, int *m)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	double	   *x;

	*m = criteria_length(array, argument);
	x = palloc(sizeof(double) * *m);
	if (!criteria_read(array, argument, x))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("\"%s\" must not contain null", argument),
				 errhint("Leave out what is not known.")));
	return x;
}

PG_FUNCTION_INFO_V1(innocity_direct_weights);
Datum
innocity_direct_weights(PG_FUNCTION_ARGS)
{
	ArrayType  *points = PG_GETARG_ARRAYTYPE_P(0);
	int			m = criteria_length(points, "points");

	return float8_array(criteria_weights(points, m), m);
}

PG_FUNCTION_INFO_V1(innocity_swing_weights);
Datum
innocity_swing_weights(PG_FUNCTION_ARGS)
{
	int			m;
	double	   *points = numbers(fcinfo, "points", &m);
	double		greatest = points[0];

	for (int k = 1; k < m; k++)
		greatest = Max(greatest, points[k]);
	if (greatest != 100)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the most valued swing must have 100 points, not %g", greatest),
				 errhint("Rate the swing from worst to best of each criterion against the most valued one. For any other points use direct_weights.")));
	return float8_array(criteria_weights(PG_GETARG_ARRAYTYPE_P(0), m), m);
}

PG_FUNCTION_INFO_V1(innocity_rank_order_weights);
Datum
innocity_rank_order_weights(PG_FUNCTION_ARGS)
{
	int			m;
	double	   *ranks = numbers(fcinfo, "ranks", &m);
	char	   *method = text_to_cstring(PG_GETARG_TEXT_PP(1));
	double	   *w = palloc(sizeof(double) * m);
	RankWeights kind;

	if (strcmp(method, "centroid") == 0)
		kind = RANK_CENTROID;
	else if (strcmp(method, "sum") == 0)
		kind = RANK_SUM;
	else if (strcmp(method, "reciprocal") == 0)
		kind = RANK_RECIPROCAL;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown method \"%s\" of rank order weights", method),
				 errhint("Methods are \"centroid\", \"sum\" and \"reciprocal\".")));
	rank_order_weights(m, ranks, kind, w);
	return float8_array(w, m);
}

PG_FUNCTION_INFO_V1(innocity_entropy_weights_transition);
Datum
innocity_entropy_weights_transition(PG_FUNCTION_ARGS)
{
	return criteria_rows_transition(fcinfo, "criteria");
}

PG_FUNCTION_INFO_V1(innocity_entropy_weights_final);
Datum
innocity_entropy_weights_final(PG_FUNCTION_ARGS)
{
	CriteriaRows *rows = PG_ARGISNULL(0) ? NULL : (CriteriaRows *) PG_GETARG_POINTER(0);
	double	   *w;

	if (!rows)
		PG_RETURN_NULL();
	for (int64 i = 0; i < rows->n * rows->m; i++)
		if (rows->x[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("entropy weights need values of at least 0, not %g", rows->x[i]),
					 errdetail("It is a value of criterion %d.", (int) (i % rows->m) + 1),
					 errhint("Shift the criterion so that 0 means none, or use critic_weights.")));
	w = palloc(sizeof(double) * rows->m);
	if (!entropy_weights(rows->n, rows->m, rows->x, w, check_interrupts))
		PG_RETURN_NULL();
	return float8_array(w, rows->m);
}

/* The state of critic_weights: rows, and the directions of the first one. */
typedef struct CriticState
{
	CriteriaRows *rows;
	ArrayType  *directions;
} CriticState;

PG_FUNCTION_INFO_V1(innocity_critic_weights_transition);
Datum
innocity_critic_weights_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	CriticState *state = PG_ARGISNULL(0) ? NULL : (CriticState *) PG_GETARG_POINTER(0);
	ArrayType  *criteria;
	ArrayType  *directions;
	int			m;
	double	   *x;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate transition called in non-aggregate context");
	if (PG_ARGISNULL(1))
	{
		if (!state)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(state);
	}
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("\"directions\" must not be null"),
				 errhint("Leave the argument out where more is better in all criteria.")));
	criteria = PG_GETARG_ARRAYTYPE_P(1);
	directions = PG_GETARG_ARRAYTYPE_P(2);
	m = criteria_length(criteria, "criteria");
	if (!state)
	{
		criteria_directions(directions, m);
		state = MemoryContextAlloc(context, sizeof(CriticState));
		state->rows = criteria_rows_create(context, m);
		state->directions = MemoryContextAlloc(context, VARSIZE(directions));
		memcpy(state->directions, directions, VARSIZE(directions));
	}
	if (m != state->rows->m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of \"criteria\" have different lengths"),
				 errdetail("One has %d elements, another %d.", Min(m, state->rows->m), Max(m, state->rows->m))));
	if (VARSIZE(directions) != VARSIZE(state->directions) ||
		memcmp(directions, state->directions, VARSIZE(directions)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"directions\" must be the same in all rows"),
				 errhint("A direction belongs to a criterion, not to a row.")));
	x = criteria_rows_add(state->rows);
	if (!criteria_read(criteria, "criteria", x))
		state->rows->n--;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(innocity_critic_weights_final);
Datum
innocity_critic_weights_final(PG_FUNCTION_ARGS)
{
	CriticState *state = PG_ARGISNULL(0) ? NULL : (CriticState *) PG_GETARG_POINTER(0);
	int			m;
	double	   *w;

	if (!state)
		PG_RETURN_NULL();
	m = state->rows->m;
	w = palloc(sizeof(double) * m);
	if (!critic_weights(state->rows->n, m, state->rows->x, criteria_directions(state->directions, m), w,
						palloc(sizeof(double) * 3 * m), check_interrupts))
		PG_RETURN_NULL();
	return float8_array(w, m);
}
