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
	rows->bits.bits = indicator_alloc0(cooccurrence_size(p, &rows->bits), sizeof(uint64_t));
	cooccurrence_fill(p, &rows->bits);
	rows->count = indicator_alloc(rows->bits.stride, sizeof(uint32_t));

	rows->base.method = method;
	rows->base.ncols = p->ncols;
	rows->base.ubiquity = p->ubiquity;
	rows->base.regions = 0;
	for (int i = 0; i < p->nrows; i++)
		rows->base.regions += p->diversity[i] > 0;
	rows->base.sum = NULL;
	rows->base.total = 0;
	if (relatedness_needs_sums(method))
	{
		rows->base.sum = indicator_alloc(p->ncols, sizeof(double));
		for (int i = 0; i < p->ncols; i++)
		{
			CHECK_FOR_INTERRUPTS();
			cooccurrence_row(&rows->bits, i, rows->count);
			rows->base.sum[i] = relatedness_sum(rows->count, p->ncols, i);
			rows->base.total += rows->base.sum[i];
		}
	}
}

void
relatedness_next(RelatednessRows *rows, int i, double *value)
{
	cooccurrence_row(&rows->bits, i, rows->count);
	relatedness_row(&rows->base, i, rows->count, value);
}

/* What fills a row of the result from the counts in rows. */
typedef void (*FillRow) (const RelatednessBase *base, int i, const uint32_t *count, double *value);

static void
fill_count(const RelatednessBase *base, int i, const uint32_t *count, double *value)
{
	for (int j = 0; j < base->ncols; j++)
		value[j] = count[j];
}

/* A square ratio over the sectors of m, rows from fill. Zero cells are not stored. */
static Datum
square_result(const MatrixView *m, RelatednessRows *rows, FillRow fill)
{
	int			n = m->ncols;
	int64	   *row_start = indicator_alloc0(n + 1, sizeof(int64));
	double	   *row = indicator_alloc(n, sizeof(double));
	int64		room = n;
	int32	   *col;
	double	   *value;
	int64		ncells = 0;
	MatrixView	result;

	indicator_check_cells(n, n);
	/* How many cells are not zero is known after counting, which is cheaper than room for all of them. */
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		cooccurrence_row(&rows->bits, i, rows->count);
		fill(&rows->base, i, rows->count, row);
		for (int j = 0; j < n; j++)
			room += row[j] != 0;
	}
	col = indicator_alloc(room, sizeof(int32));
	value = indicator_alloc(room, sizeof(double));
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		cooccurrence_row(&rows->bits, i, rows->count);
		fill(&rows->base, i, rows->count, row);
		for (int j = 0; j < n; j++)
		{
			/* Written always, kept if not zero: no branch to mispredict. */
			col[ncells] = j;
			value[ncells] = row[j];
			ncells += row[j] != 0;
		}
		row_start[i + 1] = ncells;
	}

	result.kind = MATRIX_RATIO;
	result.nrows = result.ncols = n;
	result.ncells = ncells;
	result.rows = result.cols = m->cols;
	result.row_start = row_start;
	result.col = col;
	result.value = value;
	return sector_matrix_build(&result);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relatedness);

/* relatedness(m, method, presence) */
Datum
innocity_relatedness(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	RelatednessMethod method;
	RelatednessRows rows;
	MatrixView	m;
	Presence	p;

	if (!relatedness_method(name, &method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized method of relatedness: \"%s\"", name),
				 errhint("Use 'proximity', 'sqrt', 'asymmetric', 'correlation', 'jaccard', 'cosine', 'association' or 'probability'.")));
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	relatedness_begin(&p, method, &rows);
	PG_RETURN_DATUM(square_result(&m, &rows, relatedness_row));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_cooccurrence);

/* cooccurrence(m, statistic, presence) */
Datum
innocity_cooccurrence(PG_FUNCTION_ARGS)
{
	char	   *statistic = text_to_cstring(PG_GETARG_TEXT_PP(1));
	FillRow		fill = NULL;
	RelatednessRows rows;
	MatrixView	m;
	Presence	p;

	if (strcmp(statistic, "count") == 0)
		fill = fill_count;
	else if (strcmp(statistic, "zscore") == 0)
		fill = cooccurrence_zscore_row;
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized statistic of co-occurrence: \"%s\"", statistic),
				 errhint("Use 'count' or 'zscore'.")));
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	relatedness_begin(&p, RELATEDNESS_PROXIMITY, &rows);
	PG_RETURN_DATUM(square_result(&m, &rows, fill));
}
