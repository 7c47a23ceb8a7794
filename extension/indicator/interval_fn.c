/*
 * interval_fn.c
 *	  SQL face of confidence limits of location quotients.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "indicator/interval.h"

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_location_quotient_ci);

/* location_quotient_ci(m, confidence, observations): a row for every region and sector of the matrix. */
Datum
innocity_location_quotient_ci(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	double	   *observations = NULL;
	double	   *row;
	double		confidence,
				z;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	confidence = PG_GETARG_FLOAT8(1);
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1, not %g", confidence),
				 errhint("0.95 gives limits that hold the true share in 95 of 100 such counts.")));
	z = normal_quantile((1 + confidence) / 2);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_quotient(&m, NULL, &q, &cols);
	if (!PG_ARGISNULL(2))
		observations = indicator_region_values(PG_GETARG_ARRAYTYPE_P(2), "observations", &m);
	row = indicator_alloc0(m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		double		total = 0;
		double		n;

		CHECK_FOR_INTERRUPTS();
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
		{
			row[m.col[c]] = m.value[c];
			total += m.value[c];
		}
		n = observations != NULL ? observations[i] : total;
		for (int j = 0; j < m.ncols; j++)
		{
			bool		nulls[6] = {false, false, false, false, false, false};
			Datum		values[6];
			double		quotient = quotient_value(&q, i, j, row[j]);
			double		share = q.row_total[i] > 0 ? quotient_amount(&q, row[j]) / q.row_total[i] : NAN;
			double		expected = q.col_total[j] / q.total;
			double		low = NAN,
						high = NAN;

			if (n > 0 && !isnan(quotient))
			{
				wilson_limits(share, n, z, &low, &high);
				low /= expected;
				high /= expected;
			}
			values[0] = CodeGetDatum(m.rows[i]);
			values[1] = CodeGetDatum(m.cols[j]);
			values[2] = indicator_float(quotient, &nulls[2]);
			values[3] = indicator_float(low, &nulls[3]);
			values[4] = indicator_float(high, &nulls[4]);
			values[5] = indicator_float(n, &nulls[5]);
			indicator_put(fcinfo, values, nulls);
		}
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			row[m.col[c]] = 0;
	}
	return (Datum) 0;
}
