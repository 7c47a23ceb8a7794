/*
 * ranking_window.c
 *	  A partition of a window as a ranking problem. See ranking_window.h.
 */
#include "base/compat.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "decision/criteria_args.h"
#include "decision/ranking_window.h"

void
ranking_check(void)
{
	CHECK_FOR_INTERRUPTS();
}

void
ranking_refuse(const RankingError *error)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("value %g of criterion %d does not suit the method", error->value, error->criterion + 1),
			 errdetail_internal("%s", error->reason),
			 errhint("Choose another normalization, or turn the criterion round.")));
}

void *
ranking_scratch(Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(size, 1));
}

double *
ranking_window_results(RankingWindow *window, Size n)
{
	return MemoryContextAllocHuge(window->context, sizeof(double) * Max(n, 1));
}

Datum
ranking_window_argument(RankingWindow *window, int argument, const char *name)
{
	if (window->is_null[argument])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be null", name),
				 errhint("Leave the argument out for its default.")));
	return window->argument[argument];
}

char *
ranking_window_text(RankingWindow *window, int argument, const char *name)
{
	return TextDatumGetCString(ranking_window_argument(window, argument, name));
}

/* How an argument that must be the same in all rows is stored and compared. */
typedef struct ArgumentKind
{
	bool		stable;			/* a constant or parameter: need not be looked at again */
	bool		by_value;
	int16		length;
} ArgumentKind;

/* The arguments other than those that differ by row, from the first row of the partition. */
static void
read_arguments(FunctionCallInfo fcinfo, RankingWindow *window, ArgumentKind *kinds, int deviations)
{
	WindowObject winobj = PG_WINDOW_OBJECT();

	for (int a = 1; a < PG_NARGS(); a++)
	{
		ArgumentKind *kind = &kinds[a];
		bool		is_out;
		Datum		value;
		MemoryContext old;

		if (a == deviations)
			continue;
		get_typlenbyval(get_fn_expr_argtype(fcinfo->flinfo, a), &kind->length, &kind->by_value);
		kind->stable = get_fn_expr_arg_stable(fcinfo->flinfo, a);
		value = WinGetFuncArgInPartition(winobj, a, 0, WINDOW_SEEK_HEAD, false, &window->is_null[a], &is_out);
		if (window->is_null[a])
			continue;
		if (kind->length == -1)
			value = PointerGetDatum(PG_DETOAST_DATUM(value));
		old = MemoryContextSwitchTo(window->context);
		window->argument[a] = datumCopy(value, kind->by_value, kind->length);
		MemoryContextSwitchTo(old);
	}
}

static void
check_same(FunctionCallInfo fcinfo, RankingWindow *window, const ArgumentKind *kinds, const char *const *names, int64 row, int deviations)
{
	WindowObject winobj = PG_WINDOW_OBJECT();

	for (int a = 1; a < PG_NARGS(); a++)
	{
		bool		is_null,
					is_out;
		Datum		value;

		if (a == deviations || kinds[a].stable)
			continue;
		value = WinGetFuncArgInPartition(winobj, a, row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);
		if (is_null != window->is_null[a] ||
			(!is_null && !datum_image_eq(value, window->argument[a], kinds[a].by_value, kinds[a].length)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("argument \"%s\" must be the same in all rows of a partition", names[a]),
					 errhint("Rank under each set of values in a partition of its own.")));
	}
}

/* One row's array into x; false when it is NULL or contains NULL. Sets problem->m at the first. */
static bool
read_row(FunctionCallInfo fcinfo, RankingWindow *window, int argument, const char *name, int64 row, double **buffer)
{
	bool		is_null,
				is_out;
	Datum		value = WinGetFuncArgInPartition(PG_WINDOW_OBJECT(), argument, row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);
	ArrayType  *array;
	int			m;

	if (is_null)
		return false;
	array = DatumGetArrayTypeP(value);
	m = criteria_length(array, name);
	if (window->problem.m == 0)
		window->problem.m = m;
	if (m != window->problem.m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of \"%s\" have different lengths", name),
				 errdetail("One has %d elements, another %d.", Min(m, window->problem.m), Max(m, window->problem.m))));
	if (*buffer == NULL)
		*buffer = MemoryContextAllocHuge(window->context,
										 sizeof(double) * m * WinGetPartitionRowCount(PG_WINDOW_OBJECT()));
	return criteria_read(array, name, *buffer + window->problem.n * m);
}

/* The deviations that go with a ranked row: in all rows of the partition or in none. */
static void
read_deviations(FunctionCallInfo fcinfo, RankingWindow *window, int argument, const char *name, int64 row)
{
	bool		given = read_row(fcinfo, window, argument, name, row, &window->deviations);

	if (window->problem.n > 0 && given != window->has_deviations)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("\"%s\" must be given in all rows of a partition or in none", name),
				 errhint("Use 0 where a criterion is known exactly.")));
	window->has_deviations = given;
	for (int k = 0; given && k < window->problem.m; k++)
		if (window->deviations[window->problem.n * window->problem.m + k] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("element of \"%s\" must not be negative, not %g", name,
							window->deviations[window->problem.n * window->problem.m + k]),
					 errhint("It is a standard deviation, in the unit of its criterion.")));
}

static void
read_rows(FunctionCallInfo fcinfo, RankingWindow *window, const ArgumentKind *kinds, const char *const *names, int deviations)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	int64		nrows = WinGetPartitionRowCount(winobj);
	MemoryContext row_context = AllocSetContextCreate(window->context, "innocity ranking row", ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(row_context);
	double	   *x = NULL;
	bool		vary = false;

	for (int a = 1; a < PG_NARGS(); a++)
		vary |= a != deviations && !kinds[a].stable;
	for (int64 row = 0; row < nrows; row++)
	{
		bool		ranked;

		CHECK_FOR_INTERRUPTS();
		ranked = read_row(fcinfo, window, 0, names[0], row, &x);
		if (ranked && deviations >= 0)
			read_deviations(fcinfo, window, deviations, names[deviations], row);
		if (vary)
			check_same(fcinfo, window, kinds, names, row, deviations);
		if (!ranked && window->slot == NULL)
		{
			window->slot = MemoryContextAllocHuge(window->context, sizeof(int64) * nrows);
			for (int64 i = 0; i < row; i++)
				window->slot[i] = i;
		}
		if (window->slot)
			window->slot[row] = ranked ? window->problem.n : -1;
		if (ranked)
			window->problem.n++;
		MemoryContextReset(row_context);
	}
	window->problem.x = x;
	MemoryContextSwitchTo(old);
	MemoryContextDelete(row_context);
}

bool
ranking_window_open(FunctionCallInfo fcinfo, RankingWindow **result, const char *const *names,
					int weights, bool weights_optional, int directions, int deviations)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	RankingWindow *window = WinGetPartitionLocalMemory(winobj, sizeof(RankingWindow));
	ArgumentKind kinds[RANKING_ARGUMENTS_MAX];
	MemoryContext old;

	*result = window;
	if (window->loaded)
		return false;
	Assert(PG_NARGS() <= RANKING_ARGUMENTS_MAX);
	window->context = GetMemoryChunkContext(window);
	window->problem.check = ranking_check;
	read_arguments(fcinfo, window, kinds, deviations);
	read_rows(fcinfo, window, kinds, names, deviations);
	if (window->problem.n > 0)
	{
		old = MemoryContextSwitchTo(window->context);
		if (weights >= 0 && !(weights_optional && window->is_null[weights]))
			window->problem.weights =
				criteria_weights(DatumGetArrayTypeP(ranking_window_argument(window, weights, names[weights])), window->problem.m);
		window->problem.minimise =
			criteria_directions(DatumGetArrayTypeP(ranking_window_argument(window, directions, names[directions])), window->problem.m);
		MemoryContextSwitchTo(old);
	}
	window->loaded = true;
	return true;
}

int64
ranking_window_row(FunctionCallInfo fcinfo, RankingWindow *window)
{
	int64		position = WinGetCurrentPosition(PG_WINDOW_OBJECT());

	return window->slot ? window->slot[position] : position;
}

Datum
ranking_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc = fcinfo->flinfo->fn_extra;

	if (desc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		desc = BlessTupleDesc(CreateTupleDescCopy(desc));
		MemoryContextSwitchTo(old);
		fcinfo->flinfo->fn_extra = desc;
	}
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}
