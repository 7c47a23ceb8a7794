/*
 * density_fn.c
 *	  SQL face of relatedness density. Without a relatedness argument its rows are counted on demand; the matrix never exists.
 */
#include "indicator/density.h"
#include "indicator/relatedness_fn.h"

#include <math.h>

/* Relatedness that the caller gave: where each sector of m is read in it. */
typedef struct GivenRelatedness
{
	MatrixView	r;
	int		   *row;			/* row of each sector, or -1 */
	int		   *col;			/* column of each sector, or -1 */
	double	   *expanded;		/* a row of r over its own columns */
} GivenRelatedness;

static void
given_begin(Datum relatedness, const MatrixView *m, GivenRelatedness *g)
{
	indicator_sector_matrix(relatedness, &g->r);
	g->row = indicator_alloc(m->ncols, sizeof(int));
	g->col = indicator_alloc(m->ncols, sizeof(int));
	g->expanded = indicator_alloc(g->r.ncols, sizeof(double));
	for (int j = 0; j < m->ncols; j++)
	{
		if (g->r.kind == MATRIX_RATIO)
		{
			g->row[j] = code_position_or_ancestor(CODE_SECTOR, g->r.rows, g->r.nrows, m->cols[j]);
			g->col[j] = code_position_or_ancestor(CODE_SECTOR, g->r.cols, g->r.ncols, m->cols[j]);
		}
		else
		{
			g->row[j] = code_position(g->r.rows, g->r.nrows, m->cols[j]);
			g->col[j] = code_position(g->r.cols, g->r.ncols, m->cols[j]);
		}
	}
}

/* Relatedness of sector s of m to each of its n sectors; NaN where r does not list one. */
static void
given_row(GivenRelatedness *g, int s, int n, double *value)
{
	int			row = g->row[s];

	if (row < 0)
	{
		for (int t = 0; t < n; t++)
			value[t] = NAN;
		return;
	}
	memset(g->expanded, 0, sizeof(double) * g->r.ncols);
	for (int64 c = g->r.row_start[row]; c < g->r.row_start[row + 1]; c++)
		g->expanded[g->r.col[c]] = g->r.value[c];
	for (int t = 0; t < n; t++)
		value[t] = g->col[t] < 0 ? NAN : g->expanded[g->col[t]];
}

/* A region is undefined where its row of a ratio is NULL throughout, as in presence without totals. */
static bool
row_is_undefined(const MatrixView *m, int i)
{
	int64		first = m->row_start[i];
	int64		last = m->row_start[i + 1];

	if (last - first < m->ncols || m->ncols == 0)
		return false;
	for (int64 c = first; c < last; c++)
		if (!isnan(m->value[c]))
			return false;
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relatedness_density);

/* relatedness_density(m, r, k, self, presence) */
Datum
innocity_relatedness_density(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	GivenRelatedness given;
	RelatednessRows rows;
	bool		is_given;
	bool		self;
	int			k = 0;
	int			n;
	double	   *panel;
	double	   *weight;
	int		   *scratch;
	double	   *value;
	int32	   *col;
	int64	   *row_start;
	MatrixView	result;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	is_given = !PG_ARGISNULL(1);
	self = PG_GETARG_BOOL(3);
	if (!PG_ARGISNULL(2))
	{
		k = PG_GETARG_INT32(2);
		if (k < 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("k must be at least 1, not %d", k),
					 errhint("k is the number of most related sectors that count; NULL takes all.")));
	}
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(4), &m, &p);
	indicator_check_cells(m.nrows, m.ncols);
	if (is_given)
		given_begin(PG_GETARG_DATUM(1), &m, &given);
	else
		relatedness_begin(&p, RELATEDNESS_PROXIMITY, &rows);

	n = m.ncols;
	panel = indicator_alloc0((size_t) n * DENSITY_PANEL, sizeof(double));
	weight = indicator_alloc(n, sizeof(double));
	scratch = indicator_alloc(n, sizeof(int));
	value = indicator_alloc((size_t) m.nrows * n, sizeof(double));
	for (int first = 0; first < n; first += DENSITY_PANEL)
	{
		int			width = Min(DENSITY_PANEL, n - first);
		double		denominator[DENSITY_PANEL];

		for (int s = 0; s < width; s++)
		{
			CHECK_FOR_INTERRUPTS();
			if (is_given)
				given_row(&given, first + s, n, weight);
			else
				relatedness_next(&rows, first + s, weight);
			density_weights(weight, n, self ? -1 : first + s, k, scratch);
			density_pack(weight, n, s, panel);
		}
		density_denominators(panel, n, denominator);
		for (int i = 0; i < m.nrows; i++)
			density_row(&p, i, panel, denominator, width, value + (size_t) i * n + first);
	}

	col = indicator_alloc((size_t) m.nrows * n, sizeof(int32));
	row_start = indicator_alloc0(m.nrows + 1, sizeof(int64));
	for (int i = 0; i < m.nrows; i++)
	{
		bool		undefined = row_is_undefined(&m, i);

		row_start[i + 1] = (int64) (i + 1) * n;
		for (int j = 0; j < n; j++)
		{
			col[(size_t) i * n + j] = j;
			if (undefined)
				value[(size_t) i * n + j] = NAN;
		}
	}
	result.kind = MATRIX_RATIO;
	result.nrows = m.nrows;
	result.ncols = n;
	result.ncells = (int64) m.nrows * n;
	result.rows = m.rows;
	result.cols = m.cols;
	result.row_start = row_start;
	result.col = col;
	result.value = value;
	PG_RETURN_DATUM(activity_matrix_build(&result));
}
