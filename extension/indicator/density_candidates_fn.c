/*
 * density_candidates_fn.c
 *	  SQL face of relatedness density for chosen regions and sectors, out of matrices whose relatedness or whose densities would not fit
 *	  into one value: one sector after the other, its row of weights counted on demand, its densities put out at once.
 *
 * Weights are added in the ascending order of the partners, as in density_panel, so every cell has the bytes that it has in the matrix.
 */
#include "indicator/density_fn.h"

#include <math.h>

/* Marks the codes that the array lists; all of them where it is NULL. Codes that are not among the n are left aside. */
static bool *
chosen_codes(ArrayType *array, const char *argument, const int64 *codes, int n)
{
	bool	   *chosen = indicator_alloc0(n, sizeof(bool));
	Datum	   *element;
	int			count;

	if (array == NULL)
	{
		memset(chosen, true, n);
		return chosen;
	}
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" contains NULL", argument),
				 errhint("Leave the whole argument NULL to take all.")));
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		int			at = code_position(codes, n, DatumGetInt64(element[i]));

		if (at >= 0)
			chosen[at] = true;
	}
	return chosen;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_density_candidates);

/* density_candidates(m, regions, sectors, r, k, self, presence): of the chosen sectors, or of those that the region lacks. */
Datum
innocity_density_candidates(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	Datum		relatedness;
	bool	   *region,
			   *sector,
			   *undefined;
	bool		absent_only = PG_ARGISNULL(2);
	int64_t    *cursor;
	double	   *weight;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(5) || PG_ARGISNULL(6))
		return (Datum) 0;
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(6), &m, &p);
	relatedness = PG_ARGISNULL(3) ? (Datum) 0 : PG_GETARG_DATUM(3);
	weights_begin(&m, &p, PG_ARGISNULL(3) ? NULL : &relatedness, density_k_argument(fcinfo, 4), PG_GETARG_BOOL(5), &w);
	region = chosen_codes(PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1), "regions", m.rows, m.nrows);
	sector = chosen_codes(absent_only ? NULL : PG_GETARG_ARRAYTYPE_P(2), "sectors", m.cols, m.ncols);

	undefined = indicator_alloc0(m.nrows, sizeof(bool));
	cursor = indicator_alloc(m.nrows, sizeof(int64_t));
	weight = indicator_alloc(m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		undefined[i] = region[i] && density_undefined(&m, i);
		cursor[i] = p.row_start[i];
	}
	for (int s = 0; s < m.ncols; s++)
	{
		double		total = 0;
		bool		counted = false;

		if (!sector[s])
			continue;
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < m.nrows; i++)
		{
			double		sum = 0;
			bool		nulls[3] = {false, false, false};
			Datum		values[3];

			if (!region[i])
				continue;
			while (cursor[i] < p.row_start[i + 1] && p.col[cursor[i]] < s)
				cursor[i]++;
			if (absent_only && cursor[i] < p.row_start[i + 1] && p.col[cursor[i]] == s)
				continue;
			if (!counted)
			{
				weights_next(&w, s, weight);
				for (int t = 0; t < m.ncols; t++)
					total += weight[t];
				counted = true;
			}
			for (int64_t c = p.row_start[i]; c < p.row_start[i + 1]; c++)
				sum += weight[p.col[c]];
			values[0] = CodeGetDatum(m.rows[i]);
			values[1] = CodeGetDatum(m.cols[s]);
			values[2] = indicator_float(undefined[i] || !(total > 0) ? NAN : sum / total, &nulls[2]);
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}
