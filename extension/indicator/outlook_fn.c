/*
 * outlook_fn.c
 *	  SQL face of what complexity says about a region's options, and of income seen through sectors.
 */
#include "indicator/complexity_fn.h"
#include "indicator/density_fn.h"

#include <math.h>

#include "utils/array.h"
#include "utils/builtins.h"

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_projected_complexity);

/* projected_complexity(m, pci, presence): mean of given complexities over the sectors present in each region. */
Datum
innocity_projected_complexity(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	double	   *pci;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	pci = indicator_sector_numbers(PG_GETARG_ARRAYTYPE_P(1), "pci", &m);
	for (int i = 0; i < m.nrows; i++)
	{
		double		sum = 0;
		int			n = 0;
		bool		nulls[2] = {false, false};
		Datum		values[2];

		for (int64_t c = p.row_start[i]; c < p.row_start[i + 1]; c++)
			if (!isnan(pci[p.col[c]]))
			{
				sum += pci[p.col[c]];
				n++;
			}
		values[0] = CodeGetDatum(m.rows[i]);
		values[1] = indicator_float(n > 0 ? sum / n : NAN, &nulls[1]);
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Arguments (m, r, presence): densities without the own sector, and complexities. False when a needed one is NULL. */
static bool
outlook_arguments(FunctionCallInfo fcinfo, MatrixView *m, Presence *p, DensityWeights *w, Complexity *c)
{
	Datum		relatedness;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		return false;
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), m, p);
	relatedness = PG_ARGISNULL(1) ? (Datum) 0 : PG_GETARG_DATUM(1);
	weights_begin(m, p, PG_ARGISNULL(1) ? NULL : &relatedness, 0, false, w);
	complexity_of(p, false, c);
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_complexity_outlook);

/* complexity_outlook(m, r, presence): sum over the sectors a region lacks of density times complexity. */
Datum
innocity_complexity_outlook(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	Complexity	c;
	double	   *density;

	InitMaterializedSRF(fcinfo, 0);
	if (!outlook_arguments(fcinfo, &m, &p, &w, &c))
		return (Datum) 0;
	density = density_of(&m, &p, &w);
	for (int i = 0; i < m.nrows; i++)
	{
		double		sum = 0;
		bool		nulls[3] = {false, false, false};
		Datum		values[3];
		double	   *row = density + (size_t) i * m.ncols;

		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			row[p.col[k]] = NAN;
		for (int j = 0; j < m.ncols; j++)
			if (!isnan(row[j]) && !isnan(c.pci[j]))
				sum += row[j] * c.pci[j];
		values[0] = CodeGetDatum(m.rows[i]);
		values[1] = indicator_float(c.status == COMPLEXITY_OK && p.diversity[i] > 0 ? sum : NAN, &nulls[1]);
		values[2] = CStringGetTextDatum(complexity_status(&c, p.diversity[i] > 0, c.component[i]));
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_opportunity_gain);

/*
 * opportunity_gain(m, r, presence): what the outlook of a region changes by if one more sector becomes present, relatedness and
 * complexities staying as they are: sum over the other sectors t it lacks of w_ts / W_t times complexity, less the own density times
 * complexity, which is no longer an option.
 */
Datum
innocity_opportunity_gain(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	Complexity	c;
	int			n;
	double	   *value;
	double	   *weight;
	char	   *present;

	if (!outlook_arguments(fcinfo, &m, &p, &w, &c))
		PG_RETURN_NULL();
	n = m.ncols;
	value = density_of(&m, &p, &w);
	weight = indicator_alloc(n, sizeof(double));
	present = indicator_alloc0((size_t) m.nrows * n, 1);
	for (int i = 0; i < m.nrows; i++)
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			present[(size_t) i * n + p.col[k]] = 1;
	for (int i = 0; i < m.nrows; i++)
		for (int j = 0; j < n; j++)
			value[(size_t) i * n + j] *= -c.pci[j];
	for (int t = 0; t < n; t++)
	{
		double		total = 0;

		CHECK_FOR_INTERRUPTS();
		weights_next(&w, t, weight);
		for (int s = 0; s < n; s++)
			total += weight[s];
		if (!(total > 0) || isnan(c.pci[t]))
			continue;
		for (int s = 0; s < n; s++)
			weight[s] *= c.pci[t] / total;
		for (int i = 0; i < m.nrows; i++)
			if (!present[(size_t) i * n + t])
				for (int s = 0; s < n; s++)
					value[(size_t) i * n + s] += weight[s];
	}
	for (size_t k = 0; k < (size_t) m.nrows * n; k++)
		if (present[k] || c.status != COMPLEXITY_OK)
			value[k] = NAN;
	PG_RETURN_DATUM(dense_ratio(&m, value));
}

/* PRODY of each sector: incomes of the regions, weighted by the sector's shares in them; NaN where no region with an income has it. */
static double *
prody_of(const MatrixView *m, const double *income, double *row_total)
{
	double	   *weight = indicator_alloc0(m->ncols, sizeof(double));
	double	   *prody = indicator_alloc0(m->ncols, sizeof(double));

	for (int i = 0; i < m->nrows; i++)
	{
		row_total[i] = 0;
		for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
			row_total[i] += m->value[c];
		if (isnan(income[i]))
			continue;
		for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
		{
			double		share = m->value[c] / row_total[i];

			weight[m->col[c]] += share;
			prody[m->col[c]] += share * income[i];
		}
	}
	for (int j = 0; j < m->ncols; j++)
		prody[j] = weight[j] > 0 ? prody[j] / weight[j] : NAN;
	return prody;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_prody);

/* prody(m, income) */
Datum
innocity_prody(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	double	   *prody;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	prody = prody_of(&m, indicator_region_values(PG_GETARG_ARRAYTYPE_P(1), "income", &m), indicator_alloc(m.nrows, sizeof(double)));
	for (int j = 0; j < m.ncols; j++)
	{
		bool		nulls[2] = {false, false};
		Datum		values[2] = {CodeGetDatum(m.cols[j]), indicator_float(prody[j], &nulls[1])};

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_expy);

/* expy(m, income): mean PRODY of a region's sectors, weighted by their shares; sectors without one are left out. */
Datum
innocity_expy(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	double	   *row_total;
	double	   *prody;

	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	row_total = indicator_alloc(m.nrows, sizeof(double));
	prody = prody_of(&m, indicator_region_values(PG_GETARG_ARRAYTYPE_P(1), "income", &m), row_total);
	for (int i = 0; i < m.nrows; i++)
	{
		double		sum = 0,
					weight = 0;
		bool		nulls[2] = {false, false};
		Datum		values[2];

		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			if (!isnan(prody[m.col[c]]))
			{
				sum += m.value[c] * prody[m.col[c]];
				weight += m.value[c];
			}
		values[0] = CodeGetDatum(m.rows[i]);
		values[1] = indicator_float(weight > 0 ? sum / weight : NAN, &nulls[1]);
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_rpop);

/* rpop(m, population): amount per head of a sector in the region over the same for all regions that have a population. */
Datum
innocity_rpop(PG_FUNCTION_ARGS)
{
	MatrixView	m,
				result;
	double	   *population;
	double	   *sector;
	double	   *value;
	double		people = 0;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	population = indicator_region_values(PG_GETARG_ARRAYTYPE_P(1), "population", &m);
	sector = indicator_alloc0(m.ncols, sizeof(double));
	indicator_check_cells(m.nrows, m.ncols);
	value = indicator_alloc0((size_t) m.nrows * m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		if (!(population[i] > 0))
			continue;
		people += population[i];
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			sector[m.col[c]] += m.value[c];
	}
	for (int i = 0; i < m.nrows; i++)
	{
		double	   *row = value + (size_t) i * m.ncols;

		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			row[m.col[c]] = m.value[c];
		for (int j = 0; j < m.ncols; j++)
			row[j] = population[i] > 0 && sector[j] > 0 ? (row[j] / population[i]) / (sector[j] / people) : NAN;
	}
	result = m;
	PG_RETURN_DATUM(dense_ratio(&result, value));
}
