/*
 * presence_fn.c
 *	  SQL face of diversity and ubiquity, how many sectors a region has and how many regions a sector, and of the core in which both are enough.
 */
#include "indicator/indicator_fn.h"

#include "utils/memutils.h"

/* One row (code, count) for each code. */
static void
put_counts(FunctionCallInfo fcinfo, const int64 *codes, const int32_t *count, int n)
{
	for (int i = 0; i < n; i++)
	{
		Datum		values[2] = {CodeGetDatum(codes[i]), Int32GetDatum(count[i])};
		bool		nulls[2] = {false, false};

		indicator_put(fcinfo, values, nulls);
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_diversity);

Datum
innocity_diversity(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(1), &m, &p);
	put_counts(fcinfo, m.rows, p.diversity, m.nrows);
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_ubiquity);

Datum
innocity_ubiquity(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(1), &m, &p);
	put_counts(fcinfo, m.cols, p.ubiquity, m.ncols);
	return (Datum) 0;
}

/* Which counts are enough; returns how many are not. */
static int
mark_enough(const int32_t *count, int n, int least, bool *enough)
{
	int			short_of_it = 0;

	for (int i = 0; i < n; i++)
	{
		enough[i] = count[i] >= least;
		short_of_it += !enough[i];
	}
	return short_of_it;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_trim_core);

/*
 * trim_core(m, min_diversity, min_ubiquity, presence): regions and sectors whose counts are not enough are taken out together, then what is left
 * is counted anew, until all have enough. Each pass has memory of its own, which holds the matrix that it leaves; the one before it goes then.
 */
Datum
innocity_trim_core(PG_FUNCTION_ARGS)
{
	Datum		matrix = PG_GETARG_DATUM(0);
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext before = NULL;

	for (;;)
	{
		MemoryContext pass = AllocSetContextCreate(caller, "trim_core", ALLOCSET_DEFAULT_SIZES);
		MatrixView	m;
		Presence	p;
		bool	   *keep_row,
				   *keep_col;
		int			taken;

		MemoryContextSwitchTo(pass);
		indicator_presence(matrix, PG_GETARG_TEXT_PP(3), &m, &p);
		keep_row = indicator_alloc(m.nrows, sizeof(bool));
		keep_col = indicator_alloc(m.ncols, sizeof(bool));
		taken = mark_enough(p.diversity, m.nrows, PG_GETARG_INT32(1), keep_row);
		taken += mark_enough(p.ubiquity, m.ncols, PG_GETARG_INT32(2), keep_col);
		if (taken == 0)
			break;
		matrix = activity_matrix_keep(matrix, keep_row, keep_col);
		if (before != NULL)
			MemoryContextDelete(before);
		before = pass;
	}
	MemoryContextSwitchTo(caller);
	PG_RETURN_DATUM(before == NULL ? matrix : PointerGetDatum(PG_DETOAST_DATUM_COPY(matrix)));
}
