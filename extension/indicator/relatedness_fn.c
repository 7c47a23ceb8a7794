/*
 * relatedness_fn.c
 *	  SQL face of relatedness and co-occurrence.
 */
#include "indicator/relatedness_fn.h"

#include <math.h>

#include "utils/builtins.h"

void
relatedness_begin(const Presence *p, RelatednessMethod method, RelatednessRows *rows)
{
	rows->bits.bits = NULL;
	rows->bits.bits = indicator_alloc_aligned(indicator_check_bits(cooccurrence_size(p, &rows->bits), p->nrows, p->ncols), sizeof(uint64_t));
	cooccurrence_fill(p, NULL, &rows->bits);
	rows->count = indicator_alloc(rows->bits.stride, sizeof(uint32_t));
	rows->row = indicator_alloc(rows->bits.stride, sizeof(double));

	rows->base.method = method;
	rows->base.ncols = p->ncols;
	rows->base.ubiquity = p->ubiquity;
	rows->base.k = indicator_alloc0(rows->bits.stride, sizeof(double));
	rows->base.absent = false;
	for (int j = 0; j < p->ncols; j++)
	{
		rows->base.k[j] = p->ubiquity[j];
		rows->base.absent |= p->ubiquity[j] == 0;
	}
	rows->base.regions = 0;
	for (int i = 0; i < p->nrows; i++)
		rows->base.regions += p->diversity[i] > 0;
	rows->base.sum = NULL;
	rows->base.total = 0;
	if (relatedness_needs_sums(method))
	{
		rows->base.sum = indicator_alloc(p->ncols, sizeof(double));
		relatedness_sums(p, rows->base.sum);
		for (int j = 0; j < p->ncols; j++)
			rows->base.total += rows->base.sum[j];
	}
}

void
relatedness_next(RelatednessRows *rows, int i, double *value)
{
	cooccurrence_row(&rows->bits, i, rows->count);
	relatedness_cells(&rows->base, i, 0, rows->bits.stride, rows->count, rows->row);
	memcpy(value, rows->row, sizeof(double) * rows->base.ncols);
}

/* A square ratio over the sectors of m, filled from their counts; method is that of relatedness, hint says what to do without it. */
static Datum
square_result(const MatrixView *m, const Presence *p, RelatednessMethod method, FillCells fill, const char *hint)
{
	int			n = m->ncols;
	RelatednessRows rows;
	uint32_t   *tile = indicator_alloc(2 * COOCCURRENCE_TILE * COOCCURRENCE_TILE, sizeof(uint32_t));
	double	   *cells = indicator_alloc(COOCCURRENCE_TILE, sizeof(double));
	int64		stored = 0;
	DenseMatrix result;

	indicator_check_cells_hint(n, n, hint);
	relatedness_begin(p, method, &rows);
	sector_matrix_dense(m->cols, n, m->cols, n, &result);
	for (int first = 0; first < n; first += COOCCURRENCE_TILE)
	{
		CHECK_FOR_INTERRUPTS();
		stored += relatedness_band(&rows.bits, &rows.base, fill, first, tile, cells, result.value);
	}
	return dense_matrix_finish(&result, stored);
}

RelatednessMethod
relatedness_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	RelatednessMethod method;

	if (!relatedness_method(name, &method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized method of relatedness: \"%s\"", name),
				 errhint("Use 'proximity', 'sqrt', 'asymmetric', 'correlation', 'jaccard', 'cosine', 'association' or 'probability'.")));
	return method;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relatedness);

/* relatedness(m, method, presence) */
Datum
innocity_relatedness(PG_FUNCTION_ARGS)
{
	RelatednessMethod method = relatedness_argument(PG_GETARG_TEXT_PP(1));
	MatrixView	m;
	Presence	p;

	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	PG_RETURN_DATUM(square_result(&m, &p, method, relatedness_cells,
								  "relatedness_pairs() gives the rows of chosen sectors, density_candidates() densities, without the whole."));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_cooccurrence);

/* cooccurrence(m, statistic, presence) */
Datum
innocity_cooccurrence(PG_FUNCTION_ARGS)
{
	char	   *statistic = text_to_cstring(PG_GETARG_TEXT_PP(1));
	FillCells	fill = NULL;
	MatrixView	m;
	Presence	p;

	if (strcmp(statistic, "count") == 0)
		fill = cooccurrence_count;
	else if (strcmp(statistic, "zscore") == 0)
		fill = cooccurrence_zscore;
	else if (strcmp(statistic, "pvalue") == 0)
		fill = cooccurrence_pvalue;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized statistic of co-occurrence: \"%s\"", statistic),
				 errhint("Use 'count', 'zscore' or 'pvalue'.")));
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	PG_RETURN_DATUM(square_result(&m, &p, RELATEDNESS_PROXIMITY, fill, "Slice the matrix, or roll it up to a coarser level."));
}
