/*
 * presence_fn.c
 *	  SQL face of diversity and ubiquity: how many sectors a region has, and how many regions a sector.
 */
#include "indicator/indicator_fn.h"

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
