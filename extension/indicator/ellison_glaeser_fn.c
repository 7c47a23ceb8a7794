/*
 * ellison_glaeser_fn.c
 *	  SQL face of agglomeration from plants: ellison_glaeser, ellison_glaeser_test.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "base/row_array.h"

/* A plant, in the order of sectors, then regions, then sizes: sums do not depend on the order given. */
typedef struct Plant
{
	int64		region;
	int64		sector;
	double		size;
} Plant;

static int
compare_plants(const void *a, const void *b)
{
	const Plant *p = a;
	const Plant *q = b;

	if (p->sector != q->sector)
		return p->sector < q->sector ? -1 : 1;
	if (p->region != q->region)
		return p->region < q->region ? -1 : 1;
	return (p->size > q->size) - (p->size < q->size);
}

static int
compare_codes(const void *a, const void *b)
{
	int64		p = *(const int64 *) a;
	int64		q = *(const int64 *) b;

	return (p > q) - (p < q);
}

/*
 * gamma = (G - (1 - sum x^2) H) / ((1 - sum x^2)(1 - H)), G the squared distance of a sector's regional shares from the sizes x of the
 * regions, H the Herfindahl index of its plants. NULL with one plant, or with one region. (sector, gamma, number); as a test also
 * (g, expected, herfindahl, z, p_value): G beside its mean (1 - sum x^2) H when plants choose their places like dartboards, over the deviation
 * that Ellison and Glaeser (1997, p. 907) give for it.
 */
static Datum
ellison_glaeser(FunctionCallInfo fcinfo, bool as_test)
{
	RowArray	rows;
	Plant	   *plant;
	int64	   *region;
	double	   *size,
			   *share;
	int			nregions = 0;
	double		total = 0,
				spread = 1,
				squares = 0,
				cubes = 0;

	InitMaterializedSRF(fcinfo, 0);
	row_array_open(&rows, PG_GETARG_ARRAYTYPE_P(0), "plants", 3);
	plant = indicator_alloc(rows.nrows, sizeof(Plant));
	region = indicator_alloc(rows.nrows, sizeof(int64));
	for (int k = 0; k < rows.nrows; k++)
	{
		row_array_fetch(&rows, k);
		for (int a = 0; a < 3; a++)
			if (row_array_is_null(&rows, a))
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("%s of %s is null", a == 0 ? "region" : a == 1 ? "sector" : "size", row_array_place(&rows)),
						 errhint("Leave plants that are not known wholly out: WHERE ... IS NOT NULL.")));
		plant[k].region = region[k] = DatumGetCode(rows.values[0]);
		plant[k].sector = DatumGetCode(rows.values[1]);
		plant[k].size = row_array_number(&rows, 2, 0);
		if (!(plant[k].size > 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("size of %s must be positive, not %g", row_array_place(&rows), plant[k].size),
					 errhint("A plant without employees is none: WHERE size > 0.")));
	}
	qsort(plant, rows.nrows, sizeof(Plant), compare_plants);
	qsort(region, rows.nrows, sizeof(int64), compare_codes);
	for (int k = 0; k < rows.nrows; k++)
		if (k == 0 || region[k] != region[nregions - 1])
			region[nregions++] = region[k];
	size = indicator_alloc0(nregions, sizeof(double));
	share = indicator_alloc(nregions, sizeof(double));
	for (int k = 0; k < rows.nrows; k++)
	{
		size[code_position(region, nregions, plant[k].region)] += plant[k].size;
		total += plant[k].size;
	}
	for (int i = 0; i < nregions; i++)
	{
		size[i] /= total;
		spread -= size[i] * size[i];
		squares += size[i] * size[i];
		cubes += size[i] * size[i] * size[i];
	}
	for (int k = 0; k < rows.nrows;)
	{
		int64		sector = plant[k].sector;
		int			end = k;
		double		sum = 0,
					herfindahl = 0,
					fourth = 0,
					g = 0;
		bool		defined;
		bool		nulls[8] = {false};
		Datum		values[8];

		CHECK_FOR_INTERRUPTS();
		memset(share, 0, sizeof(double) * nregions);
		for (; end < rows.nrows && plant[end].sector == sector; end++)
			sum += plant[end].size;
		for (int i = k; i < end; i++)
		{
			share[code_position(region, nregions, plant[i].region)] += plant[i].size / sum;
			herfindahl += (plant[i].size / sum) * (plant[i].size / sum);
			fourth += pow(plant[i].size / sum, 4);
		}
		for (int i = 0; i < nregions; i++)
			g += (share[i] - size[i]) * (share[i] - size[i]);
		values[0] = CodeGetDatum(sector);
		defined = nregions > 1 && end - k > 1;
		values[1] = indicator_float(defined ? (g - spread * herfindahl) / (spread * (1 - herfindahl)) : NAN, &nulls[1]);
		values[2] = Int32GetDatum(end - k);
		if (as_test)
		{
			double		variance = 2 * (herfindahl * herfindahl * (squares - 2 * cubes + squares * squares)
										- fourth * (squares - 4 * cubes + 3 * squares * squares));
			double		z = defined && variance > 0 ? (g - spread * herfindahl) / sqrt(variance) : NAN;

			values[3] = indicator_float(g, &nulls[3]);
			values[4] = indicator_float(spread * herfindahl, &nulls[4]);
			values[5] = indicator_float(herfindahl, &nulls[5]);
			values[6] = indicator_float(z, &nulls[6]);
			values[7] = indicator_float(erfc(fabs(z) / sqrt(2)), &nulls[7]);
		}
		indicator_put(fcinfo, values, nulls);
		k = end;
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_ellison_glaeser);

Datum
innocity_ellison_glaeser(PG_FUNCTION_ARGS)
{
	return ellison_glaeser(fcinfo, false);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_ellison_glaeser_test);

Datum
innocity_ellison_glaeser_test(PG_FUNCTION_ARGS)
{
	return ellison_glaeser(fcinfo, true);
}
