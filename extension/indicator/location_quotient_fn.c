/*
 * location_quotient_fn.c
 *	  SQL face of the location quotients and of presence as a matrix.
 *
 * Results are ratios that list the regions of the source, and its sectors together with those of a reference.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "utils/builtins.h"

/* Loads m and the optional reference (argument nref), and prepares their quotients. */
static void
quotient_arguments(FunctionCallInfo fcinfo, int nref, MatrixView *m, Quotient *q, const int64 **cols)
{
	MatrixView	reference;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, m);
	if (!PG_ARGISNULL(nref))
		indicator_matrix(PG_GETARG_DATUM(nref), INDICATOR_QUANTITY, &reference);
	indicator_quotient(m, PG_ARGISNULL(nref) ? NULL : &reference, q, cols);
}

/* An empty ratio over the regions of m and those columns, with room for ncells. */
typedef struct RatioBuilder
{
	MatrixView	view;
	int64	   *row_start;
	int32	   *col;
	double	   *value;
} RatioBuilder;

static void
ratio_begin(RatioBuilder *b, const MatrixView *m, const int64 *cols, int ncols, int64 ncells)
{
	indicator_check_stored(ncells);
	b->row_start = indicator_alloc0(m->nrows + 1, sizeof(int64));
	b->col = indicator_alloc(ncells, sizeof(int32));
	b->value = indicator_alloc(ncells, sizeof(double));
	b->view.kind = MATRIX_RATIO;
	b->view.nrows = m->nrows;
	b->view.ncols = ncols;
	b->view.ncells = 0;
	b->view.rows = m->rows;
	b->view.cols = cols;
	b->view.row_start = b->row_start;
	b->view.col = b->col;
	b->view.value = b->value;
}

static inline void
ratio_put(RatioBuilder *b, int col, double value)
{
	b->col[b->view.ncells] = col;
	b->value[b->view.ncells++] = value;
}

static inline void
ratio_end_row(RatioBuilder *b, int row)
{
	b->row_start[row + 1] = b->view.ncells;
}

/* Cells that are undefined: those of columns of which the reference has nothing. */
static int64
undefined_cells(const Quotient *q)
{
	int64		undefined = 0;

	for (int j = 0; j < q->m.ncols; j++)
		undefined += q->col_total[j] == 0;
	return undefined * q->m.nrows;
}

/* The value of the next column of a row, whose cells are read up to *c: 0 for an unstored one. */
static inline double
next_value(const SparseRows *m, int row, int col, int64 *c)
{
	return *c < m->row_start[row + 1] && m->col[*c] == col ? m->value[(*c)++] : 0;
}

/* Location quotients where none is undefined: those of the stored cells, in their places. */
static Datum
quotient_of_cells(const MatrixView *m, const Quotient *q, const int64 *cols)
{
	MatrixView	view = {
		.kind = MATRIX_RATIO,.nrows = m->nrows,.ncols = q->m.ncols,.ncells = q->m.row_start[m->nrows],
			.rows = m->rows,.cols = cols,.row_start = q->m.row_start,.col = q->m.col
	};
	double	   *value = indicator_alloc(view.ncells, sizeof(double));

	for (int i = 0; i < m->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 c = q->m.row_start[i]; c < q->m.row_start[i + 1]; c++)
			value[c] = quotient_value(q, i, q->m.col[c], q->m.value[c]);
	}
	view.value = value;
	return activity_matrix_build(&view);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_location_quotient);

/* location_quotient(m, reference): NULL where the reference has nothing of the sector. */
Datum
innocity_location_quotient(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	int64		undefined;
	RatioBuilder b;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	quotient_arguments(fcinfo, 1, &m, &q, &cols);
	undefined = undefined_cells(&q);
	if (undefined == 0)
		PG_RETURN_DATUM(quotient_of_cells(&m, &q, cols));
	ratio_begin(&b, &m, cols, q.m.ncols, q.m.row_start[m.nrows] + undefined);
	for (int i = 0; i < m.nrows; i++)
	{
		int64		c = q.m.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < q.m.ncols; j++)
		{
			double		x = next_value(&q.m, i, j, &c);

			if (x != 0 || q.col_total[j] == 0)
				ratio_put(&b, j, quotient_value(&q, i, j, x));
		}
		ratio_end_row(&b, i);
	}
	PG_RETURN_DATUM(activity_matrix_build(&b.view));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_symmetric_lq);

/* symmetric_lq(m, reference) = (LQ - 1) / (LQ + 1): -1 where the sector is absent, so every cell is stored. */
Datum
innocity_symmetric_lq(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	RatioBuilder b;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	quotient_arguments(fcinfo, 1, &m, &q, &cols);
	indicator_check_cells(m.nrows, q.m.ncols);
	ratio_begin(&b, &m, cols, q.m.ncols, (int64) m.nrows * q.m.ncols);
	for (int i = 0; i < m.nrows; i++)
	{
		int64		c = q.m.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < q.m.ncols; j++)
		{
			double		lq = quotient_value(&q, i, j, next_value(&q.m, i, j, &c));

			ratio_put(&b, j, (lq - 1) / (lq + 1));
		}
		ratio_end_row(&b, i);
	}
	PG_RETURN_DATUM(activity_matrix_build(&b.view));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_additive_lq);

/* additive_lq(m, reference) = share in the region - share in the reference; an absent sector has minus the latter. */
Datum
innocity_additive_lq(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	RatioBuilder b;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	quotient_arguments(fcinfo, 1, &m, &q, &cols);
	indicator_check_cells(m.nrows, q.m.ncols);
	ratio_begin(&b, &m, cols, q.m.ncols, (int64) m.nrows * q.m.ncols);
	for (int i = 0; i < m.nrows; i++)
	{
		int64		c = q.m.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < q.m.ncols; j++)
		{
			double		share = quotient_amount(&q, next_value(&q.m, i, j, &c)) / q.row_total[i];

			ratio_put(&b, j, q.total == 0 ? NAN : share - q.col_total[j] / q.total);
		}
		ratio_end_row(&b, i);
	}
	PG_RETURN_DATUM(activity_matrix_build(&b.view));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_specialized);

/* specialized(m, threshold, strict, reference): 1 where the location quotient reaches the threshold, else 0. */
Datum
innocity_specialized(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	RatioBuilder b;
	Presence	p;
	double		threshold;
	bool		strict;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	threshold = PG_GETARG_FLOAT8(1);
	strict = PG_GETARG_BOOL(2);
	if (!(threshold > 0) || isinf(threshold))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("threshold must be positive and finite, not %g", threshold),
				 errdetail("An absent sector has a location quotient of 0 and is never present."),
				 errhint("1 marks the sectors whose share in the region is at least that in the reference.")));
	quotient_arguments(fcinfo, 3, &m, &q, &cols);
	presence_from_quotient(&q, quotient_threshold(threshold), strict, &p);

	ratio_begin(&b, &m, cols, q.m.ncols, p.row_start[m.nrows] + undefined_cells(&q));
	for (int i = 0; i < m.nrows; i++)
	{
		int64		next = p.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < q.m.ncols; j++)
		{
			if (q.col_total[j] == 0)
				ratio_put(&b, j, NAN);
			else if (next < p.row_start[i + 1] && p.col[next] == j)
			{
				ratio_put(&b, j, 1);
				next++;
			}
		}
		ratio_end_row(&b, i);
	}
	PG_RETURN_DATUM(activity_matrix_build(&b.view));
}
