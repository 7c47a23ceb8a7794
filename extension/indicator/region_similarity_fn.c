/*
 * region_similarity_fn.c
 *	  SQL face of what compares location quotients: region_similarity between regions, standardized_lq inside a sector.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

/* Location quotients of all cells of m, row by row. */
static double *
all_quotients(const MatrixView *m)
{
	Quotient	q;
	const int64 *cols;
	double	   *value;

	indicator_check_cells(m->nrows, m->ncols);
	indicator_quotient(m, NULL, &q, &cols);
	value = indicator_alloc((size_t) m->nrows * m->ncols, sizeof(double));
	for (int i = 0; i < m->nrows; i++)
	{
		int64		c = m->row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < m->ncols; j++)
			value[(size_t) i * m->ncols + j] =
				quotient_value(&q, i, j, c < m->row_start[i + 1] && m->col[c] == j ? m->value[c++] : 0);
	}
	return value;
}

/*
 * n numbers, stride apart, less their mean and over their length (deviation): NaN ones are left out, and all are NaN when they do not
 * differ. logarithm: they are logarithms. by_length: to length 1, as for a correlation; else to a population's standard deviation of 1.
 */
static void
standardize(double *x, int n, size_t stride, bool logarithm, bool by_length)
{
	double		mean,
				squares;
	int			count = indicator_spread(x, n, stride, logarithm ? 1 : 0, &mean, &squares);
	double		deviation = sqrt(by_length ? squares : squares / count);

	for (int i = 0; i < n; i++)
		x[i * stride] = (x[i * stride] - mean) / deviation;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_standardized_lq);

/* standardized_lq(m, logarithm): location quotients less their mean over the regions, in standard deviations, sector by sector. */
Datum
innocity_standardized_lq(PG_FUNCTION_ARGS)
{
	bool		logarithm = PG_GETARG_BOOL(1);
	MatrixView	m;
	double	   *value;
	DenseMatrix result;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	value = all_quotients(&m);
	if (logarithm)
		for (size_t k = 0; k < (size_t) m.nrows * m.ncols; k++)
			value[k] = value[k] > 0 ? log(value[k]) : NAN;
	for (int j = 0; j < m.ncols; j++)
		standardize(value + j, m.nrows, m.ncols, logarithm, false);
	activity_matrix_dense(m.rows, m.nrows, m.cols, m.ncols, &result);
	memcpy(result.value, value, sizeof(double) * m.nrows * m.ncols);
	PG_RETURN_DATUM(dense_matrix_finish(&result, -1));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_region_similarity);

/*
 * region_similarity(m, region, epsilon): Pearson's correlation of ln(LQ + epsilon) over the sectors, of a region with each other, or of
 * every two (the smaller code first).
 */
Datum
innocity_region_similarity(PG_FUNCTION_ARGS)
{
	double		epsilon;
	MatrixView	m;
	double	   *value;
	int			first = 0,
				last;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		return (Datum) 0;
	epsilon = PG_GETARG_FLOAT8(2);
	if (!(epsilon > 0) || isinf(epsilon))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("epsilon must be positive and finite, not %g", epsilon),
				 errhint("It is added to each location quotient before the logarithm, for those that are 0; 0.1 is usual.")));
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	last = m.nrows;
	if (!PG_ARGISNULL(1))
	{
		first = code_position(m.rows, m.nrows, PG_GETARG_CODE(1));
		if (first < 0)
			return (Datum) 0;
		last = first + 1;
	}
	value = all_quotients(&m);
	for (size_t k = 0; k < (size_t) m.nrows * m.ncols; k++)
		value[k] = log(value[k] + epsilon);
	for (int i = 0; i < m.nrows; i++)
		standardize(value + (size_t) i * m.ncols, m.ncols, 1, true, true);
	for (int a = first; a < last; a++)
		for (int b = PG_ARGISNULL(1) ? a + 1 : 0; b < m.nrows; b++)
		{
			const double *x = value + (size_t) a * m.ncols;
			const double *y = value + (size_t) b * m.ncols;
			double		sum = 0;
			bool		nulls[3] = {false, false, false};
			Datum		values[3] = {CodeGetDatum(m.rows[a]), CodeGetDatum(m.rows[b])};

			if (a == b)
				continue;
			CHECK_FOR_INTERRUPTS();
			for (int j = 0; j < m.ncols; j++)
				sum += x[j] * y[j];
			values[2] = indicator_float(sum > 1 ? 1 : sum < -1 ? -1 : sum, &nulls[2]);
			indicator_put(fcinfo, values, nulls);
		}
	return (Datum) 0;
}
