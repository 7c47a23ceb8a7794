/*
 * inequality_pairs_fn.c
 *	  SQL face of the measures that need all values at once: gini, gini_normalized, hoover, krugman, coulter.
 *
 * Two states. Rows that only come are collected (inequality_state.h) and sorted at the end, in a copy. Over the frames of a window rows also go:
 * there the state is a tree (location_curve.h), and a row costs a walk down it. Both give the same bytes.
 */
#include "indicator/inequality_state.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "indicator/location_curve.h"

/* The order inlined: twice as fast as qsort. */
#define ST_SORT sort_steps
#define ST_ELEMENT_TYPE CurveStep
#define ST_COMPARE(a, b) curve_step_order(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* A row (x) or (x, weight or reference), from argument 1 on. */
static InequalityPair
row_argument(FunctionCallInfo fcinfo)
{
	InequalityPair row = {inequality_amount(fcinfo, 1, "value"), 1};

	if (PG_NARGS() > 2)
		row.y = inequality_amount(fcinfo, 2, "weight or reference");
	return row;
}

static bool
row_is_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2));
}

static CurveStep
weighted_step(InequalityPair row)
{
	if (row.y != 1 && (row.x > CURVE_WEIGHTED_MAX || row.y > CURVE_WEIGHTED_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value or weight is too large to be weighted: %g", Max(row.x, row.y)),
				 errdetail("Both must be at most 2^320."),
				 errhint("Take a larger unit.")));
	return curve_step_weighted(row.x, row.y);
}

static CurveStep
quotient_step(InequalityPair row)
{
	return curve_step_quotient(row.x, row.y);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_accumulate);

/* Adds a row to a state of type inequality_pairs, or internal; a NULL leaves the row out. */
Datum
innocity_inequality_pairs_accumulate(PG_FUNCTION_ARGS)
{
	InequalityPairs *state = inequality_pairs_state(fcinfo);

	if (!row_is_null(fcinfo))
	{
		inequality_pairs_reserve(state, 1);
		state->pair[state->n] = row_argument(fcinfo);
		state->n++;
	}
	PG_RETURN_DATUM(EOHPGetRWDatum(&state->header));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_inequality_pairs_combine);

/* Joins two states, of type inequality_pairs or internal. */
Datum
innocity_inequality_pairs_combine(PG_FUNCTION_ARGS)
{
	InequalityPairs *state = inequality_pairs_state(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		int64		n;
		const InequalityPair *pair = inequality_pairs_view(PG_GETARG_DATUM(1), &n);

		inequality_pairs_reserve(state, n);
		memcpy(state->pair + state->n, pair, n * sizeof(InequalityPair));
		state->n += n;
	}
	PG_RETURN_DATUM(EOHPGetRWDatum(&state->header));
}

#define RETURN_MEASURE(value) \
	do { \
		double		measure_ = (value); \
		if (isnan(measure_)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(measure_); \
	} while (0)

/* Gini over the most it can be among as many units: all in one of them. NaN for one unit or less. */
static double
normalized(double gini, double units)
{
	return units > 1 ? gini * (units / (units - 1)) : NAN;
}

/* The steps of a state, sorted; no state has none. */
static CurveStep *
sorted_steps(FunctionCallInfo fcinfo, CurveStep (*step_of) (InequalityPair), int64 *n)
{
	const InequalityPair *pair = NULL;
	CurveStep  *step;

	*n = 0;
	if (!PG_ARGISNULL(0))
		pair = inequality_pairs_view(PG_GETARG_DATUM(0), n);
	step = MemoryContextAllocHuge(CurrentMemoryContext, Max(*n, 1) * sizeof(CurveStep));
	for (int64 i = 0; i < *n; i++)
		step[i] = step_of(pair[i]);
	sort_steps(step, *n);
	return step;
}

/* Gini index of a state, and how many units it has. */
static double
pairs_gini(FunctionCallInfo fcinfo, double *units)
{
	int64		n;
	CurveStep  *step = sorted_steps(fcinfo, weighted_step, &n);
	CurveSums	sums = curve_of(step, n);
	double		amount;

	curve_totals(step, n, &amount, units);
	pfree(step);
	return curve_gini(&sums, amount, *units);
}

/* Sum of differences of shares of a state. */
static double
pairs_distance(FunctionCallInfo fcinfo)
{
	int64		n;
	CurveStep  *step = sorted_steps(fcinfo, quotient_step, &n);
	double		x_total,
				y_total,
				distance;

	curve_totals(step, n, &x_total, &y_total);
	distance = curve_distance_of(step, n, x_total, y_total);
	pfree(step);
	return distance;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_final);

Datum
innocity_gini_final(PG_FUNCTION_ARGS)
{
	double		units;

	RETURN_MEASURE(pairs_gini(fcinfo, &units));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_normalized_final);

Datum
innocity_gini_normalized_final(PG_FUNCTION_ARGS)
{
	double		units;
	double		gini = pairs_gini(fcinfo, &units);

	RETURN_MEASURE(normalized(gini, units));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_hoover_final);

Datum
innocity_hoover_final(PG_FUNCTION_ARGS)
{
	RETURN_MEASURE(pairs_distance(fcinfo) / 2);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_krugman_final);

Datum
innocity_krugman_final(PG_FUNCTION_ARGS)
{
	RETURN_MEASURE(pairs_distance(fcinfo));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_coulter_final);

/* sqrt(sum (p - q)^2 / 2) over shares p and q; the sums are exact, so no order needs to be made. */
Datum
innocity_coulter_final(PG_FUNCTION_ARGS)
{
	int64		n = 0;
	const InequalityPair *pair = NULL;
	ExactSum	x,
				y,
				squares;
	double		x_total,
				y_total;

	if (!PG_ARGISNULL(0))
		pair = inequality_pairs_view(PG_GETARG_DATUM(0), &n);
	exact_sum_init(&x);
	exact_sum_init(&y);
	exact_sum_init(&squares);
	for (int64 i = 0; i < n; i++)
	{
		exact_sum_add(&x, pair[i].x);
		exact_sum_add(&y, pair[i].y);
	}
	x_total = exact_sum_round(&x);
	y_total = exact_sum_round(&y);
	if (!(x_total > 0) || !(y_total > 0))
		PG_RETURN_NULL();
	for (int64 i = 0; i < n; i++)
	{
		double		p = pair[i].x / x_total;
		double		q = pair[i].y / y_total;

		/* Equal shares may differ in the last place. */
		if (fabs(p - q) > 4e-16 * (p + q))
			exact_sum_add(&squares, (p - q) * (p - q));
	}
	PG_RETURN_FLOAT8(sqrt(exact_sum_round(&squares) / 2));
}

#define TREE_ROOM 16

/* The state of a moving frame, of type internal; made when there is none. */
static CurveTree *
tree_argument(FunctionCallInfo fcinfo)
{
	MemoryContext context = inequality_context(fcinfo);
	CurveTree  *tree;

	if (!PG_ARGISNULL(0))
		return (CurveTree *) PG_GETARG_POINTER(0);
	tree = MemoryContextAlloc(context, sizeof(CurveTree));
	curve_tree_init(tree);
	tree->leaf = MemoryContextAlloc(context, TREE_ROOM * sizeof(CurveLeaf));
	tree->fork = MemoryContextAlloc(context, TREE_ROOM * sizeof(CurveFork));
	tree->room = TREE_ROOM;
	return tree;
}

static Datum
tree_accumulate(FunctionCallInfo fcinfo, CurveStep (*step_of) (InequalityPair))
{
	CurveTree  *tree = tree_argument(fcinfo);
	CurveStep	step;

	if (row_is_null(fcinfo))
		PG_RETURN_POINTER(tree);
	step = step_of(row_argument(fcinfo));
	if (curve_tree_full(tree))
	{
		if (tree->room > PG_INT32_MAX / 2)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many rows in the frame of an inequality aggregate"),
					 errdetail("A frame can hold 2^30 different rows."),
					 errhint("Give the window a frame with a start, ROWS BETWEEN ... PRECEDING AND ...")));
		tree->leaf = repalloc_huge(tree->leaf, (Size) tree->room * 2 * sizeof(CurveLeaf));
		tree->fork = repalloc_huge(tree->fork, (Size) tree->room * 2 * sizeof(CurveFork));
		tree->room *= 2;
	}
	curve_tree_add(tree, &step);
	PG_RETURN_POINTER(tree);
}

/* Takes a row out again. A row that never came (an argument that is volatile) makes the executor start the frame anew. */
static Datum
tree_remove(FunctionCallInfo fcinfo, CurveStep (*step_of) (InequalityPair))
{
	CurveTree  *tree = tree_argument(fcinfo);
	CurveStep	step;

	if (row_is_null(fcinfo))
		PG_RETURN_POINTER(tree);
	step = step_of(row_argument(fcinfo));
	if (!curve_tree_remove(tree, &step))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(tree);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_accumulate);

Datum
innocity_gini_accumulate(PG_FUNCTION_ARGS)
{
	return tree_accumulate(fcinfo, weighted_step);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_remove);

Datum
innocity_gini_remove(PG_FUNCTION_ARGS)
{
	return tree_remove(fcinfo, weighted_step);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_moving_final);

Datum
innocity_gini_moving_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	RETURN_MEASURE(curve_tree_gini(tree_argument(fcinfo)));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_gini_normalized_moving_final);

Datum
innocity_gini_normalized_moving_final(PG_FUNCTION_ARGS)
{
	CurveTree  *tree;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	tree = tree_argument(fcinfo);
	RETURN_MEASURE(normalized(curve_tree_gini(tree), exact_sum_round(&tree->y)));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_hoover_accumulate);

Datum
innocity_hoover_accumulate(PG_FUNCTION_ARGS)
{
	return tree_accumulate(fcinfo, quotient_step);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_hoover_remove);

Datum
innocity_hoover_remove(PG_FUNCTION_ARGS)
{
	return tree_remove(fcinfo, quotient_step);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_hoover_moving_final);

Datum
innocity_hoover_moving_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	RETURN_MEASURE(curve_tree_distance(tree_argument(fcinfo)) / 2);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_krugman_moving_final);

Datum
innocity_krugman_moving_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	RETURN_MEASURE(curve_tree_distance(tree_argument(fcinfo)));
}
