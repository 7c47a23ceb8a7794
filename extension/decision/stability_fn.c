/*
 * stability_fn.c
 *	  SQL face of stability.h: weight_stability, rank_reversal, kendall_tau, rank_biased_overlap.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "base/row_array.h"
#include "decision/criteria_args.h"
#include "decision/ranking_window.h"
#include "decision/stability.h"

/* ---- weight_stability(criteria, weights, directions [, normalization, keep]) ---- */

typedef struct WeightStabilityState
{
	CriteriaRows *rows;
	Datum		argument[5];	/* arguments 2 and on, which are the same in all rows */
} WeightStabilityState;

static const char *const stability_names[] = {"", "criteria", "weights", "directions", "normalization", "keep"};

PG_FUNCTION_INFO_V1(innocity_weight_stability_transition);
Datum
innocity_weight_stability_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	WeightStabilityState *state = PG_ARGISNULL(0) ? NULL : (WeightStabilityState *) PG_GETARG_POINTER(0);
	ArrayType  *criteria;
	bool		first = state == NULL;
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
	criteria = PG_GETARG_ARRAYTYPE_P(1);
	m = criteria_length(criteria, "criteria");
	if (first)
	{
		state = MemoryContextAllocZero(context, sizeof(WeightStabilityState));
		state->rows = criteria_rows_create(context, m);
	}
	for (int a = 2; a < PG_NARGS(); a++)
	{
		Datum		value;

		if (PG_ARGISNULL(a))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("argument \"%s\" must not be null", stability_names[a]),
					 errhint("Leave the argument out for its default.")));
		value = PointerGetDatum(PG_DETOAST_DATUM(PG_GETARG_DATUM(a)));
		if (first)
		{
			MemoryContext old = MemoryContextSwitchTo(context);

			state->argument[a - 2] = datumCopy(value, false, -1);
			MemoryContextSwitchTo(old);
		}
		else if (!datum_image_eq(value, state->argument[a - 2], false, -1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("argument \"%s\" must be the same in all rows", stability_names[a]),
					 errhint("Only ids and criteria differ between the rows of a ranking.")));
	}
	if (m != state->rows->m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of \"criteria\" have different lengths"),
				 errdetail("One has %d elements, another %d.", Min(m, state->rows->m), Max(m, state->rows->m))));
	x = criteria_rows_add(state->rows);
	if (!criteria_read(criteria, "criteria", x))
		state->rows->n--;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(innocity_weight_stability_final);
Datum
innocity_weight_stability_final(PG_FUNCTION_ARGS)
{
	WeightStabilityState *state = PG_ARGISNULL(0) ? NULL : (WeightStabilityState *) PG_GETARG_POINTER(0);
	RankingProblem problem;
	RankingError error;
	Normalization normalization = NORMALIZE_MINMAX;
	bool		whole = false;
	int64		n;
	int			m;
	double	   *value;
	double	   *score;
	RankingItem *items;
	Datum	   *intervals;
	Oid			element;
	TupleDesc	desc;
	int16		length;
	bool		by_value;
	char		align;

	if (!state || state->rows->n == 0)
		PG_RETURN_NULL();
	n = state->rows->n;
	m = state->rows->m;
	if (state->argument[2])
	{
		char	   *keep = TextDatumGetCString(state->argument[3]);

		normalization = ranking_normalization(TextDatumGetCString(state->argument[2]));
		whole = strcmp(keep, "ranking") == 0;
		if (!whole && strcmp(keep, "best") != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("keep must be \"best\" or \"ranking\", not \"%s\"", keep),
					 errhint("\"best\" holds who is first, \"ranking\" the whole order.")));
	}
	problem.n = n;
	problem.m = m;
	problem.x = state->rows->x;
	problem.weights = criteria_weights(DatumGetArrayTypeP(state->argument[0]), m);
	problem.minimise = criteria_directions(DatumGetArrayTypeP(state->argument[1]), m);
	problem.check = ranking_check;
	value = ranking_scratch(sizeof(double) * n * m);
	score = ranking_scratch(sizeof(double) * n);
	items = ranking_scratch(sizeof(RankingItem) * 2 * n);
	if (!ranking_normalize(&problem, normalization, value, ranking_scratch(sizeof(double) * 3 * m), &error))
		ranking_refuse(&error);

	element = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	if (!OidIsValid(element))
		elog(ERROR, "return type must be an array");
	desc = lookup_rowtype_tupdesc_copy(element, -1);
	intervals = palloc(sizeof(Datum) * m);
	for (int k = 0; k < m; k++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};
		double		low;
		double		high;

		nulls[2] = nulls[3] = !weight_interval(&problem, value, k, whole, &low, &high, items, score);
		values[0] = Int32GetDatum(k + 1);
		values[1] = Float8GetDatum(problem.weights[k]);
		values[2] = nulls[2] ? (Datum) 0 : Float8GetDatum(low);
		values[3] = nulls[3] ? (Datum) 0 : Float8GetDatum(high);
		intervals[k] = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
	}
	get_typlenbyvalalign(element, &length, &by_value, &align);
	PG_RETURN_ARRAYTYPE_P(construct_array(intervals, m, element, length, by_value, align));
}

/* ---- rank_reversal(criteria, weights, directions, method) OVER ---- */

PG_FUNCTION_INFO_V1(innocity_rank_reversal);
Datum
innocity_rank_reversal(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"criteria", "weights", "directions", "method"};
	static const char *const methods[] = {"wsm", "wpm", "topsis", "vikor", "promethee"};
	RankingWindow *window;
	int64		row;
	Datum		values[2];
	bool		nulls[2] = {false};

	if (ranking_window_open(fcinfo, &window, names, 1, false, 2, -1) && window->problem.n > 0)
	{
		int64		n = window->problem.n;
		int			m = window->problem.m;
		char	   *method = ranking_window_text(window, 3, "method");
		int			number = 0;
		RankReversal *reversals = ranking_scratch(sizeof(RankReversal) * n);
		RankingError error;

		while (number < lengthof(methods) && strcmp(methods[number], method) != 0)
			number++;
		if (number == lengthof(methods))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown ranking method \"%s\"", method),
					 errhint("Methods are \"wsm\", \"wpm\", \"topsis\", \"vikor\" and \"promethee\".")));
		if (!rank_reversals(&window->problem, number, reversals,
							ranking_scratch(sizeof(double) * n * m), ranking_scratch(sizeof(double) * 3 * n),
							ranking_scratch(sizeof(double) * method_scratch(n, m)), ranking_scratch(sizeof(RankingItem) * 2 * n),
							ranking_scratch(sizeof(double) * 2 * n), &error))
			ranking_refuse(&error);
		window->result = ranking_window_results(window, n);
		window->flag = MemoryContextAllocHuge(window->context, sizeof(bool) * n);
		for (int64 i = 0; i < n; i++)
		{
			window->result[i] = reversals[i].reversals;
			window->flag[i] = reversals[i].best_changed;
		}
	}
	row = ranking_window_row(fcinfo, window);
	if (row < 0)
		PG_RETURN_NULL();
	values[0] = Int64GetDatum((int64) window->result[row]);
	values[1] = BoolGetDatum(window->flag[row]);
	PG_RETURN_DATUM(ranking_row(fcinfo, values, nulls));
}

/* ---- kendall_tau(x, y) ---- */

PG_FUNCTION_INFO_V1(innocity_kendall_tau_transition);
Datum
innocity_kendall_tau_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	CriteriaRows *rows = PG_ARGISNULL(0) ? NULL : (CriteriaRows *) PG_GETARG_POINTER(0);
	double	   *pair;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate transition called in non-aggregate context");
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (!rows)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(rows);
	}
	if (isnan(PG_GETARG_FLOAT8(1)) || isnan(PG_GETARG_FLOAT8(2)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a score must not be NaN"),
				 errhint("A score that is not known is NULL.")));
	if (!rows)
		rows = criteria_rows_create(context, 2);
	pair = criteria_rows_add(rows);
	pair[0] = PG_GETARG_FLOAT8(1) + 0.0;
	pair[1] = PG_GETARG_FLOAT8(2) + 0.0;
	PG_RETURN_POINTER(rows);
}

PG_FUNCTION_INFO_V1(innocity_kendall_tau_final);
Datum
innocity_kendall_tau_final(PG_FUNCTION_ARGS)
{
	CriteriaRows *rows = PG_ARGISNULL(0) ? NULL : (CriteriaRows *) PG_GETARG_POINTER(0);
	int64		n;
	double	   *x;
	double	   *y;
	double		tau;

	if (!rows)
		PG_RETURN_NULL();
	n = rows->n;
	x = ranking_scratch(sizeof(double) * n);
	y = ranking_scratch(sizeof(double) * n);
	for (int64 i = 0; i < n; i++)
	{
		x[i] = rows->x[2 * i];
		y[i] = rows->x[2 * i + 1];
	}
	tau = kendall_tau_b(n, x, y, ranking_scratch(sizeof(RankingItem) * 2 * n), ranking_scratch(sizeof(double) * 2 * n), ranking_check);
	if (isnan(tau))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(tau);
}

/* ---- rank_biased_overlap(a, b, p) ---- */

/* A ranking as identifiers; NULL elements and a second occurrence are refused by the caller. */
static TextId *
ranking_ids(ArrayType *array, const char *argument, int *n)
{
	Datum	   *elements;
	bool	   *nulls;
	TextId	   *ids;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument \"%s\" must be a one-dimensional array", argument),
				 errdetail("It has %d dimensions.", ARR_NDIM(array))));
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, n);
	ids = palloc(sizeof(TextId) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("argument \"%s\" must not contain null", argument),
					 errdetail("Element %d is null.", i + 1)));
		ids[i].data = VARDATA_ANY(DatumGetPointer(elements[i]));
		ids[i].len = VARSIZE_ANY_EXHDR(DatumGetPointer(elements[i]));
	}
	return ids;
}

static int
compare_ids(const void *a, const void *b)
{
	return text_id_cmp(*(const TextId *) a, *(const TextId *) b);
}

/* The numbers of the ids in the sorted universe; refuses an id that stands twice. */
static int *
ranking_numbers(const TextId *ids, int n, const TextId *universe, int nuniverse, const char *argument)
{
	int		   *numbers = palloc(sizeof(int) * n);
	bool	   *seen = palloc0(sizeof(bool) * nuniverse);

	for (int i = 0; i < n; i++)
	{
		numbers[i] = text_id_position(universe, nuniverse, ids[i]);
		if (seen[numbers[i]])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" stands twice in ranking \"%s\"", text_id_cstring(ids[i]), argument),
					 errdetail("The second is element %d.", i + 1)));
		seen[numbers[i]] = true;
	}
	return numbers;
}

PG_FUNCTION_INFO_V1(innocity_rank_biased_overlap);
Datum
innocity_rank_biased_overlap(PG_FUNCTION_ARGS)
{
	int			na;
	int			nb;
	TextId	   *a = ranking_ids(PG_GETARG_ARRAYTYPE_P(0), "a", &na);
	TextId	   *b = ranking_ids(PG_GETARG_ARRAYTYPE_P(1), "b", &nb);
	double		p = PG_GETARG_FLOAT8(2);
	TextId	   *universe;
	int			n = 0;

	if (!(p > 0 && p < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("p must be between 0 and 1, not %g", p),
				 errhint("0.9 gives the first ten ranks about 86 percent of the weight.")));
	if (na == 0 || nb == 0)
		PG_RETURN_NULL();
	universe = palloc(sizeof(TextId) * (na + nb));
	memcpy(universe, a, sizeof(TextId) * na);
	memcpy(universe + na, b, sizeof(TextId) * nb);
	qsort(universe, na + nb, sizeof(TextId), compare_ids);
	for (int i = 0; i < na + nb; i++)
		if (n == 0 || text_id_cmp(universe[n - 1], universe[i]) != 0)
			universe[n++] = universe[i];
	PG_RETURN_FLOAT8(rank_biased_overlap(ranking_numbers(a, na, universe, n, "a"), na,
										 ranking_numbers(b, nb, universe, n, "b"), nb, n, p, palloc(n)));
}
