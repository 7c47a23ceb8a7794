/*
 * bootstrap_fn.c
 *	  SQL face of bootstrap intervals: how far an indicator would move if the counts were drawn again.
 *
 * Each sample replaces every cell by a Poisson variate with the cell as its mean (counts of independent jobs or establishments) and
 * computes the statistic anew. Sample number i draws from stream i of the seed, so the result depends on contents and seed alone.
 */
#include "indicator/complexity_fn.h"
#include "indicator/density_fn.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "indicator/resample.h"

typedef enum Statistic
{
	STATISTIC_LOCATION_QUOTIENT,	/* a value for each cell that is stored */
	STATISTIC_DENSITY,			/* for each region and sector */
	STATISTIC_COMPLEXITY,		/* for each region */
	STATISTIC_COMPLEXITY_RANK	/* likewise, 1 = most complex */
} Statistic;

static Statistic
statistic_argument(text *argument)
{
	static const char *const names[] = {"location_quotient", "relatedness_density", "economic_complexity", "complexity_rank"};
	char	   *name = text_to_cstring(argument);

	for (int i = 0; i < lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (Statistic) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized statistic: \"%s\"", name),
			 errhint("Use 'location_quotient', 'relatedness_density', 'economic_complexity' or 'complexity_rank'.")));
	return STATISTIC_LOCATION_QUOTIENT;
}

static size_t
statistic_size(Statistic statistic, const MatrixView *m)
{
	switch (statistic)
	{
		case STATISTIC_LOCATION_QUOTIENT:
			return m->ncells;
		case STATISTIC_DENSITY:
			return (size_t) m->nrows * m->ncols;
		default:
			return m->nrows;
	}
}

/* The statistic of a table with the codes of m; writes statistic_size numbers, every step-th place, NaN where there is none. */
static void
compute(Statistic statistic, const MatrixView *m, double *out, size_t step)
{
	Quotient	q;
	const int64 *cols;
	Presence	p;

	indicator_quotient(m, NULL, &q, &cols);
	if (statistic == STATISTIC_LOCATION_QUOTIENT)
	{
		for (int i = 0; i < m->nrows; i++)
			for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
				out[c * step] = quotient_value(&q, i, m->col[c], m->value[c]);
		return;
	}
	presence_from_quotient(&q, quotient_threshold(1), false, &p);
	if (statistic == STATISTIC_DENSITY)
	{
		DensityWeights w;
		double	   *density;

		weights_begin(m, &p, NULL, 0, false, &w);
		density = density_of(m, &p, &w);
		for (size_t c = 0; c < (size_t) m->nrows * m->ncols; c++)
			out[c * step] = density[c];
	}
	else
	{
		Complexity	complexity;

		complexity_of(&p, false, &complexity);
		for (int i = 0; i < m->nrows; i++)
		{
			double		value = complexity.eci[i];

			if (statistic == STATISTIC_COMPLEXITY_RANK && !isnan(value))
			{
				int			rank = 1;

				for (int j = 0; j < m->nrows; j++)
					rank += complexity.eci[j] > value;
				value = rank;
			}
			out[i * step] = value;
		}
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_bootstrap);

/* bootstrap(m, statistic, samples, confidence, seed) */
Datum
innocity_bootstrap(PG_FUNCTION_ARGS)
{
	Statistic	statistic = statistic_argument(PG_GETARG_TEXT_PP(1));
	int			samples = PG_GETARG_INT32(2);
	double		confidence = PG_GETARG_FLOAT8(3);
	uint64		seed = (uint64) PG_GETARG_INT64(4);
	MatrixView	m,
				drawn;
	size_t		n;
	double	   *estimate;
	double	   *value;			/* the samples of a number side by side */
	double	   *cells;
	MemoryContext per_sample,
				outer;
	int64		next = 0;

	if (samples < 1 || samples > 100000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("samples must be between 1 and 100000, not %d", samples)));
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be between 0 and 1, not %g", confidence),
				 errhint("0.95 gives the bounds between which 95 percent of the samples lie.")));
	InitMaterializedSRF(fcinfo, 0);
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	for (int64 c = 0; c < m.ncells; c++)
		if (m.value[c] > 1e15)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cell is too large to be a count: %g", m.value[c]),
					 errhint("Cells are taken as counts of jobs or establishments; give the matrix in such units.")));
	n = statistic_size(statistic, &m);
	if (n > MaxAllocSize / sizeof(double) / samples)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d samples of %zu numbers do not fit into 1 GB", samples, n),
				 errhint("Take fewer samples, or slice the matrix.")));
	estimate = indicator_alloc(n, sizeof(double));
	value = indicator_alloc(n * samples, sizeof(double));
	cells = indicator_alloc(m.ncells, sizeof(double));
	compute(statistic, &m, estimate, 1);

	drawn = m;
	drawn.value = cells;
	per_sample = AllocSetContextCreate(CurrentMemoryContext, "bootstrap sample", ALLOCSET_DEFAULT_SIZES);
	for (int s = 0; s < samples; s++)
	{
		Prng		prng;

		CHECK_FOR_INTERRUPTS();
		prng_seed(&prng, seed, s);
		for (int64 c = 0; c < m.ncells; c++)
			cells[c] = resample_poisson(&prng, m.value[c]);
		outer = MemoryContextSwitchTo(per_sample);
		compute(statistic, &drawn, value + s, samples);
		MemoryContextSwitchTo(outer);
		MemoryContextReset(per_sample);
	}

	for (size_t k = 0; k < n; k++)
	{
		double	   *sample = value + k * samples;
		int			known = 0;
		int			row,
					col = -1;
		bool		nulls[6] = {false, false, false, false, false, false};
		Datum		values[6];

		for (int s = 0; s < samples; s++)
			if (!isnan(sample[s]))
				sample[known++] = sample[s];
		qsort(sample, known, sizeof(double), resample_compare);
		if (statistic == STATISTIC_LOCATION_QUOTIENT)
		{
			while (m.row_start[next + 1] <= (int64) k)
				next++;
			row = (int) next;
			col = m.col[k];
		}
		else if (statistic == STATISTIC_DENSITY)
		{
			row = (int) (k / m.ncols);
			col = (int) (k % m.ncols);
		}
		else
			row = (int) k;
		values[0] = CodeGetDatum(m.rows[row]);
		nulls[1] = col < 0;
		values[1] = nulls[1] ? (Datum) 0 : CodeGetDatum(m.cols[col]);
		values[2] = indicator_float(estimate[k], &nulls[2]);
		values[3] = indicator_float(known > 0 ? resample_quantile(sample, known, (1 - confidence) / 2) : NAN, &nulls[3]);
		values[4] = indicator_float(known > 0 ? resample_quantile(sample, known, (1 + confidence) / 2) : NAN, &nulls[4]);
		values[5] = CStringGetTextDatum(known == samples ? "ok" : psprintf("no result in %d of %d samples", samples - known, samples));
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
