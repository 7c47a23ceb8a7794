/*
 * bootstrap_fn.c
 *	  SQL face of bootstrap intervals: how far an indicator would move if the counts were drawn again.
 *
 * Each sample replaces every cell by a Poisson variate with the cell as its mean (counts of independent jobs or establishments) and
 * computes the statistic anew. Sample number i draws from stream i of the seed, so the result depends on contents and seed alone.
 */
#include "indicator/complexity_fn.h"
#include "indicator/density_fn.h"
#include "indicator/relatedness_fn.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "indicator/resample.h"

typedef enum Statistic
{
	STATISTIC_LOCATION_QUOTIENT,	/* a value for each cell that is stored */
	STATISTIC_DENSITY,			/* for each region and sector */
	STATISTIC_COMPLEXITY,		/* for each region */
	STATISTIC_COMPLEXITY_RANK,	/* likewise, 1 = most complex */
	STATISTIC_SECTOR_COMPLEXITY,	/* for each sector */
	STATISTIC_SECTOR_COMPLEXITY_RANK,	/* likewise, 1 = most complex */
	STATISTIC_RELATEDNESS		/* for each pair of two sectors, see pair_count */
} Statistic;

typedef struct Target
{
	Statistic	statistic;
	RelatednessMethod method;	/* of STATISTIC_RELATEDNESS */
} Target;

static Statistic
statistic_argument(text *argument)
{
	static const char *const names[] = {"location_quotient", "relatedness_density", "economic_complexity", "complexity_rank",
	"sector_complexity", "sector_complexity_rank"};
	char	   *name = text_to_cstring(argument);

	for (int i = 0; i < lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (Statistic) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized statistic: \"%s\"", name),
			 errhint("Use 'location_quotient', 'relatedness_density', 'economic_complexity', 'complexity_rank', "
					 "'sector_complexity' or 'sector_complexity_rank'.")));
	return STATISTIC_LOCATION_QUOTIENT;
}

/* Is the relatedness of i to j that of j to i? */
static bool
symmetric(RelatednessMethod method)
{
	return method != RELATEDNESS_ASYMMETRIC;
}

/* Numbers of a statistic: pairs of sectors come once each, or in both orders where these differ; row by row, without the diagonal. */
static size_t
target_size(const Target *target, const MatrixView *m)
{
	switch (target->statistic)
	{
		case STATISTIC_SECTOR_COMPLEXITY:
		case STATISTIC_SECTOR_COMPLEXITY_RANK:
			return m->ncols;
		case STATISTIC_RELATEDNESS:
			return (size_t) m->ncols * Max(m->ncols - 1, 0) / (symmetric(target->method) ? 2 : 1);
		case STATISTIC_LOCATION_QUOTIENT:
			return m->ncells;
		case STATISTIC_DENSITY:
			return (size_t) m->nrows * m->ncols;
		default:
			return m->nrows;
	}
}

static void
compute_relatedness(RelatednessMethod method, const Presence *p, double *out, size_t step)
{
	RelatednessRows rows;
	double	   *row = indicator_alloc(p->ncols, sizeof(double));
	size_t		k = 0;

	relatedness_begin(p, method, &rows);
	for (int i = 0; i < p->ncols; i++)
	{
		relatedness_next(&rows, i, row);
		for (int j = symmetric(method) ? i + 1 : 0; j < p->ncols; j++)
			if (j != i)
				out[k++ * step] = row[j];
	}
}

/* How many of n ascending numbers are greater than x. */
static int
number_greater(const double *sorted, int n, double x)
{
	int			low = 0;
	int			high = n;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (sorted[middle] > x)
			high = middle;
		else
			low = middle + 1;
	}
	return n - low;
}

/* n complexities, or their ranks from the greatest; NaN has none. */
static void
put_complexity(const double *complexity, int n, bool ranks, double *out, size_t step)
{
	double	   *sorted = NULL;
	int			known = 0;

	if (ranks)
	{
		sorted = indicator_alloc(n, sizeof(double));
		for (int i = 0; i < n; i++)
			if (!isnan(complexity[i]))
				sorted[known++] = complexity[i];
		qsort(sorted, known, sizeof(double), resample_compare);
	}
	for (int i = 0; i < n; i++)
		out[i * step] = ranks && !isnan(complexity[i]) ? 1 + number_greater(sorted, known, complexity[i]) : complexity[i];
}

/* The statistic of a table with the codes of m; writes target_size numbers, every step-th place, NaN where there is none. */
static void
compute(const Target *target, const MatrixView *m, double *out, size_t step)
{
	Quotient	q;
	const int64 *cols;
	Presence	p;
	DensityWeights w;
	double	   *density;
	Complexity	complexity;

	indicator_quotient(m, NULL, &q, &cols);
	if (target->statistic == STATISTIC_LOCATION_QUOTIENT)
	{
		for (int i = 0; i < m->nrows; i++)
			for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
				out[c * step] = quotient_value(&q, i, m->col[c], m->value[c]);
		return;
	}
	presence_from_quotient(&q, quotient_threshold(1), false, &p);
	switch (target->statistic)
	{
		case STATISTIC_DENSITY:
			weights_begin(m, &p, NULL, 0, false, &w);
			density = density_of(m, &p, &w);
			for (size_t c = 0; c < (size_t) m->nrows * m->ncols; c++)
				out[c * step] = density[c];
			break;
		case STATISTIC_RELATEDNESS:
			compute_relatedness(target->method, &p, out, step);
			break;
		case STATISTIC_SECTOR_COMPLEXITY:
		case STATISTIC_SECTOR_COMPLEXITY_RANK:
			complexity_of(&p, false, &complexity);
			put_complexity(complexity.pci, m->ncols, target->statistic == STATISTIC_SECTOR_COMPLEXITY_RANK, out, step);
			break;
		default:
			complexity_of(&p, false, &complexity);
			put_complexity(complexity.eci, m->nrows, target->statistic == STATISTIC_COMPLEXITY_RANK, out, step);
			break;
	}
}

/* The two codes of number k in the order of compute, CODE_NONE where a statistic has only one; *place goes along from 0. */
static void
target_codes(const Target *target, const MatrixView *m, size_t k, size_t *place, int64 *first, int64 *second)
{
	size_t		n = m->ncols;

	*first = *second = CODE_NONE;
	switch (target->statistic)
	{
		case STATISTIC_LOCATION_QUOTIENT:
			while (m->row_start[*place + 1] <= (int64) k)
				++*place;
			*first = m->rows[*place];
			*second = m->cols[m->col[k]];
			break;
		case STATISTIC_DENSITY:
			*first = m->rows[k / n];
			*second = m->cols[k % n];
			break;
		case STATISTIC_RELATEDNESS:
			/* place is the cell of the square table. */
			while (*place / n == *place % n || (symmetric(target->method) && *place % n < *place / n))
				++*place;
			*first = m->cols[*place / n];
			*second = m->cols[*place % n];
			++*place;
			break;
		case STATISTIC_SECTOR_COMPLEXITY:
		case STATISTIC_SECTOR_COMPLEXITY_RANK:
			*second = m->cols[k];
			break;
		default:
			*first = m->rows[k];
			break;
	}
}

/* Rows (code, code, value, low, high, status) for the arguments (m, ..., samples, confidence, seed). */
static Datum
bootstrap(FunctionCallInfo fcinfo, const Target *target)
{
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
	size_t		place = 0;

	if (samples < 1 || samples > 100000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("samples must be between 1 and 100000, not %d", samples),
				 errhint("1000 samples are usual; bounds change little beyond.")));
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
	n = target_size(target, &m);
	if (n > MaxAllocSize / sizeof(double) / samples)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d samples of %zu numbers do not fit into 1 GB", samples, n),
				 errhint("Take fewer samples, or slice the matrix.")));
	estimate = indicator_alloc(n, sizeof(double));
	value = indicator_alloc(n * samples, sizeof(double));
	cells = indicator_alloc(m.ncells, sizeof(double));
	compute(target, &m, estimate, 1);

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
		compute(target, &drawn, value + s, samples);
		MemoryContextSwitchTo(outer);
		MemoryContextReset(per_sample);
	}

	for (size_t k = 0; k < n; k++)
	{
		double	   *sample = value + k * samples;
		int			known = 0;
		int64		first,
					second;
		bool		nulls[6] = {false, false, false, false, false, false};
		Datum		values[6];

		for (int s = 0; s < samples; s++)
			if (!isnan(sample[s]))
				sample[known++] = sample[s];
		qsort(sample, known, sizeof(double), resample_compare);
		target_codes(target, &m, k, &place, &first, &second);
		nulls[0] = first == CODE_NONE;
		values[0] = CodeGetDatum(first);
		nulls[1] = second == CODE_NONE;
		values[1] = CodeGetDatum(second);
		values[2] = indicator_float(estimate[k], &nulls[2]);
		values[3] = indicator_float(known > 0 ? resample_quantile(sample, known, (1 - confidence) / 2) : NAN, &nulls[3]);
		values[4] = indicator_float(known > 0 ? resample_quantile(sample, known, (1 + confidence) / 2) : NAN, &nulls[4]);
		values[5] = CStringGetTextDatum(known == samples ? "ok" : psprintf("no result in %d of %d samples", samples - known, samples));
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_bootstrap);

/* bootstrap(m, statistic, samples, confidence, seed) */
Datum
innocity_bootstrap(PG_FUNCTION_ARGS)
{
	Target		target = {statistic_argument(PG_GETARG_TEXT_PP(1)), RELATEDNESS_PROXIMITY};

	return bootstrap(fcinfo, &target);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_bootstrap_relatedness);

/* bootstrap_relatedness(m, method, samples, confidence, seed) */
Datum
innocity_bootstrap_relatedness(PG_FUNCTION_ARGS)
{
	Target		target = {STATISTIC_RELATEDNESS, relatedness_argument(PG_GETARG_TEXT_PP(1))};

	return bootstrap(fcinfo, &target);
}
