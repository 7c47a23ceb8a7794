/*
 * relatedness_pairs_fn.c
 *	  SQL face of relatedness by rows on demand: of chosen sectors, out of matrices whose relatedness would not fit into one value.
 *
 * One row is counted at a time, from the bitset alone, so every value has the bytes that it has in the matrix.
 */
#include "indicator/relatedness_fn.h"

#include <math.h>

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relatedness_pairs);

/* relatedness_pairs(m, sectors, method, presence): pairs(relatedness(m, method, presence)) of the sectors listed. */
Datum
innocity_relatedness_pairs(PG_FUNCTION_ARGS)
{
	RelatednessMethod method;
	MatrixView	m;
	Presence	p;
	bool	   *sector;
	RelatednessRows rows;
	double	   *value;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	method = relatedness_argument(PG_GETARG_TEXT_PP(2));
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(3), &m, &p);
	sector = indicator_chosen(PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1), "sectors", m.cols, m.ncols);
	relatedness_begin(&p, method, &rows);
	value = indicator_alloc(m.ncols, sizeof(double));
	for (int i = 0; i < m.ncols; i++)
	{
		if (!sector[i])
			continue;
		CHECK_FOR_INTERRUPTS();
		relatedness_next(&rows, i, value);
		for (int j = 0; j < m.ncols; j++)
		{
			bool		nulls[3] = {false, false, false};
			Datum		values[3];

			/* As pairs() does: a cell that is 0 is none, one that is undefined is NULL. */
			if (value[j] == 0)
				continue;
			values[0] = CodeGetDatum(m.cols[i]);
			values[1] = CodeGetDatum(m.cols[j]);
			values[2] = indicator_float(value[j], &nulls[2]);
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}
