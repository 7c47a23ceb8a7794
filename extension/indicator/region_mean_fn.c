/*
 * region_mean_fn.c
 *	  SQL face of means over the cells of a table: of regions' numbers by sector, of sectors' numbers by region; and the cluster index, which
 *	  needs regions' numbers too.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

/* One row (code, number). */
static void
put_number(FunctionCallInfo fcinfo, int64 code, double number)
{
	bool		nulls[2] = {false, false};
	Datum		values[2] = {CodeGetDatum(code), indicator_float(number, &nulls[1])};

	indicator_put(fcinfo, values, nulls);
}

/*
 * (m, value region_value[], presence): mean of the regions' numbers over the regions in which a sector is present, weighted by the share of
 * the sector in each. Presence is of the whole table, also where a region has no number.
 */
static Datum
present_mean(FunctionCallInfo fcinfo, const char *argument)
{
	MatrixView	m;
	Presence	p;
	double	   *number;
	double	   *sum;
	double	   *weight;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	if (m.kind != MATRIX_QUANTITY)
		indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	number = indicator_region_values(PG_GETARG_ARRAYTYPE_P(1), argument, &m);
	sum = indicator_alloc0(m.ncols, sizeof(double));
	weight = indicator_alloc0(m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		double		total = 0;
		int64_t		next = p.row_start[i];

		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			total += m.value[c];
		if (isnan(number[i]))
			continue;
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (next < p.row_start[i + 1] && p.col[next] == m.col[c])
			{
				double		share = m.value[c] / total;

				weight[m.col[c]] += share;
				sum[m.col[c]] += share * number[i];
				next++;
			}
	}
	for (int j = 0; j < m.ncols; j++)
		put_number(fcinfo, m.cols[j], sum[j] / weight[j]);
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_pgi);

Datum
innocity_pgi(PG_FUNCTION_ARGS)
{
	return present_mean(fcinfo, "gini");
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_peii);

Datum
innocity_peii(PG_FUNCTION_ARGS)
{
	return present_mean(fcinfo, "emissions");
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_region_mean);

/* region_mean(m, value sector_value[]): mean of the sectors' numbers, weighted by the region's amounts in them. */
Datum
innocity_region_mean(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	double	   *number;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	number = indicator_sector_numbers(PG_GETARG_ARRAYTYPE_P(1), "value", &m);
	for (int i = 0; i < m.nrows; i++)
	{
		double		weight = 0,
					mean = 0;

		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (!isnan(number[m.col[c]]))
				weight += m.value[c];
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (!isnan(number[m.col[c]]))
				mean += m.value[c] / weight * number[m.col[c]];
		put_number(fcinfo, m.rows[i], weight > 0 ? mean : NAN);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sector_mean);

/* sector_mean(m, value region_value[]): mean of the regions' numbers, weighted by the sector's amounts in them. */
Datum
innocity_sector_mean(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	double	   *number;
	double	   *weight;
	double	   *mean;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	number = indicator_region_numbers(PG_GETARG_ARRAYTYPE_P(1), "value", &m);
	weight = indicator_alloc0(m.ncols, sizeof(double));
	mean = indicator_alloc0(m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (!isnan(number[i]))
				weight[m.col[c]] += m.value[c];
	for (int i = 0; i < m.nrows; i++)
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (!isnan(number[i]))
				mean[m.col[c]] += m.value[c] / weight[m.col[c]] * number[i];
	for (int j = 0; j < m.ncols; j++)
		put_number(fcinfo, m.cols[j], weight[j] > 0 ? mean[j] : NAN);
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_cluster_index);

/*
 * cluster_index(m, firms, area, population), Litzenberger and Sternberg (2006): relative density (e_ij/a_j)/(e_i/a) times relative stock
 * (e_ij/p_j)/(e_i/p) over relative size of firms (e_ij/b_ij)/(e_i/b_i). One factor e_ij cancels, and with it the 0/0 of a sector that a
 * region has not: s (a/a_j)(p/p_j)(b_ij/b_i), s = e_ij/e_i. Regions without an area or a population have none and do not count.
 */
Datum
innocity_cluster_index(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				firms;
	double	   *area,
			   *population,
			   *jobs,			/* of each sector of m, in the regions that count */
			   *plants;
	int		   *col;			/* of each sector of firms in m, or -1 */
	int			common = 0;
	double		land = 0,
				people = 0;
	DenseMatrix result;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_matrix(PG_GETARG_DATUM(1), INDICATOR_QUANTITY, &firms);
	area = indicator_region_values(PG_GETARG_ARRAYTYPE_P(2), "area", &m);
	population = indicator_region_values(PG_GETARG_ARRAYTYPE_P(3), "population", &m);
	indicator_check_cells(m.nrows, m.ncols);
	jobs = indicator_alloc0(m.ncols, sizeof(double));
	plants = indicator_alloc0(m.ncols, sizeof(double));
	col = indicator_alloc(firms.ncols, sizeof(int));
	for (int j = 0; j < firms.ncols; j++)
		col[j] = code_position(m.cols, m.ncols, firms.cols[j]);
	activity_matrix_dense(m.rows, m.nrows, m.cols, m.ncols, &result);
	memset(result.value, 0, sizeof(double) * m.nrows * m.ncols);

	for (int i = 0; i < m.nrows; i++)
	{
		if (!(area[i] > 0) || !(population[i] > 0))
		{
			area[i] = NAN;
			continue;
		}
		land += area[i];
		people += population[i];
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			jobs[m.col[c]] += m.value[c];
	}
	for (int i = 0; i < firms.nrows; i++)
	{
		int			row = code_position(m.rows, m.nrows, firms.rows[i]);

		common += row >= 0;
		if (row < 0 || isnan(area[row]))
			continue;
		for (int64 c = firms.row_start[i]; c < firms.row_start[i + 1]; c++)
			if (col[firms.col[c]] >= 0)
			{
				plants[col[firms.col[c]]] += firms.value[c];
				result.value[(size_t) row * m.ncols + col[firms.col[c]]] = firms.value[c];
			}
	}
	if (common == 0 && m.nrows > 0 && firms.nrows > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the matrices have no region in common"),
				 errdetail("The first region of one is \"%s\", of the other \"%s\".", indicator_code_text(CODE_REGION, m.rows[0]),
						   indicator_code_text(CODE_REGION, firms.rows[0])),
				 errhint("Bring both to the same regions, with roll_up or recode_regions.")));
	for (int i = 0; i < m.nrows; i++)
	{
		double	   *row = result.value + (size_t) i * m.ncols;
		double		thin = (land / area[i]) * (people / population[i]);
		int64		c = m.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < m.ncols; j++)
		{
			double		x = c < m.row_start[i + 1] && m.col[c] == j ? m.value[c++] : 0;

			row[j] = x / jobs[j] * (row[j] / plants[j]) * thin;
			if (isinf(row[j]))
				float_overflow_error();
		}
	}
	PG_RETURN_DATUM(dense_matrix_finish(&result, -1));
}
