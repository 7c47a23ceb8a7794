/*
 * density_fn.c
 *	  SQL face of relatedness density and of what is read from it. Without a relatedness argument its rows are counted on demand; the
 *	  matrix never exists.
 */
#include "indicator/density_fn.h"

#include <math.h>

/*
 * A relatedness that lists a sector of m neither as a row nor as a column is about other sectors, of another edition as a rule, and all
 * that could be said of it is NULL: an error, so that nobody takes that for "related to none".
 */
static void
refuse_strangers(const MatrixView *m, const GivenRelatedness *g)
{
	int			missing = 0;
	int			first = -1;

	for (int j = 0; j < m->ncols; j++)
		if (g->row[j] < 0 && g->col[j] < 0 && missing++ == 0)
			first = j;
	if (missing == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("relatedness does not list sector \"%s\"", indicator_code_text(CODE_SECTOR, m->cols[first])),
			 g->r.nrows == 0 ? errdetail("It lists no sector at all.")
			 : errdetail("It lacks %d of the %d sectors of the matrix; the first that it lists is \"%s\".", missing, m->ncols,
						 indicator_code_text(CODE_SECTOR, g->r.rows[0])),
			 errhint("Take the relatedness of a table with at least these sectors, or bring the matrix over with convert(m, bridge). "
					 "A sector that is related to no other is listed by a value with itself.")));
}

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
	refuse_strangers(m, g);
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

void
weights_begin(const MatrixView *m, const Presence *p, const Datum *relatedness, int k, bool self, DensityWeights *w)
{
	w->n = m->ncols;
	w->k = k;
	w->self = self;
	w->is_given = relatedness != NULL;
	w->place = NULL;
	w->scratch = indicator_alloc(m->ncols, sizeof(int));
	if (w->is_given)
		given_begin(*relatedness, m, &w->given);
	else
	{
		w->presence = p;
		w->counted.row = NULL;	/* as most callers never ask for a row */
	}
}

bool
weights_by_order(DensityWeights *w)
{
	if (w->is_given || w->k > 0)
		return false;
	if (w->place == NULL)
	{
		const Presence *p = w->presence;

		w->place = indicator_alloc(p->ncols, sizeof(int32_t));
		density_order(p, w->place, indicator_alloc((size_t) p->nrows + 2, sizeof(int32_t)));
		w->placed.bits = NULL;
		w->placed.bits = indicator_alloc_aligned(indicator_check_bits(cooccurrence_size(p, &w->placed), p->nrows, p->ncols), sizeof(uint64_t));
		cooccurrence_fill(p, w->place, &w->placed);
		w->ubiquity = indicator_alloc0(w->placed.stride, sizeof(double));
		for (int j = 0; j < p->ncols; j++)
			w->ubiquity[w->place[j]] = p->ubiquity[j];
	}
	return true;
}

void
weights_next(DensityWeights *w, int s, double *weight)
{
	if (w->is_given)
		given_row(&w->given, s, w->n, weight);
	else
	{
		if (w->counted.row == NULL)
			relatedness_begin(w->presence, RELATEDNESS_PROXIMITY, &w->counted);
		relatedness_next(&w->counted, s, weight);
	}
	density_weights(weight, w->n, w->self ? -1 : s, w->k, w->scratch);
}

bool
density_undefined(const MatrixView *m, int i)
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

/* A row whose sectors stand in places becomes one in the order of the matrix. buffer holds a row. */
static void
sort_row(double *row, const int32_t *place, int n, double *buffer)
{
	memcpy(buffer, row, sizeof(double) * n);
	for (int j = 0; j < n; j++)
		row[j] = buffer[place[j]];
}

int64
density_into(const MatrixView *m, const Presence *p, DensityWeights *w, double *value)
{
	int			n = m->ncols;
	bool		by_order = weights_by_order(w);
	double	   *weight = indicator_alloc(n, sizeof(double));
	double	   *sum = indicator_alloc_aligned((size_t) m->nrows * DENSITY_SLAB, sizeof(double));
	int32_t    *count = indicator_alloc_aligned((size_t) m->nrows * DENSITY_PANEL, sizeof(int32_t));
	uint32_t   *tile = indicator_alloc(COOCCURRENCE_TILE * COOCCURRENCE_TILE, sizeof(uint32_t));
	DensityPanel panel = {.n = n};
	PresenceBits has;
	DensityPlan plan;
	int64		stored = 0;

	panel.weight = indicator_alloc_aligned(2 * DENSITY_ROWS(n) * DENSITY_SLAB, sizeof(double));
	has.bits = indicator_alloc(presence_bits_size(p, &has), sizeof(uint64_t));
	presence_bits_fill(p, w->place, &has);
	plan.first_task = indicator_alloc(DENSITY_PIECES(n) + 1, sizeof(int64_t));
	plan.first_partner = indicator_alloc(DENSITY_PIECES(n) + 1, sizeof(int64_t));
	plan.task = indicator_room(density_plan_tasks(p), sizeof(DensityTask));
	plan.partner = indicator_room(density_plan_partners(p), sizeof(uint16_t));
	density_plan(&has, &plan);
	for (int first = 0; first < n; first += DENSITY_PANEL)
	{
		int			width = Min(DENSITY_PANEL, n - first);

		CHECK_FOR_INTERRUPTS();
		if (by_order)
			density_pack_proximity(&w->placed, w->ubiquity, w->self, first, tile, &panel);
		else
			for (int s = 0; s < width; s++)
			{
				CHECK_FOR_INTERRUPTS();
				weights_next(w, first + s, weight);
				density_pack(weight, s, &panel);
			}
		stored += density_panel(m->nrows, &plan, &panel, width, sum, count, value + first);
	}
	for (int i = 0; i < m->nrows; i++)
	{
		double	   *row = value + (size_t) i * n;

		if (density_undefined(m, i))
			for (int j = 0; j < n; j++)
			{
				stored += row[j] == 0;
				row[j] = NAN;
			}
		else if (by_order)
			sort_row(row, w->place, n, weight);
	}
	return stored;
}

double *
density_of(const MatrixView *m, const Presence *p, DensityWeights *w)
{
	double	   *value;

	indicator_check_cells_hint(m->nrows, m->ncols, "density_candidates() gives chosen cells without the whole.");
	value = indicator_alloc((size_t) m->nrows * m->ncols, sizeof(double));
	density_into(m, p, w, value);
	return value;
}

Datum
dense_ratio(const MatrixView *m, const double *value)
{
	DenseMatrix result;

	activity_matrix_dense(m->rows, m->nrows, m->cols, m->ncols, &result);
	memcpy(result.value, value, sizeof(double) * result.nrows * result.ncols);
	return dense_matrix_finish(&result, -1);
}

int
density_k_argument(FunctionCallInfo fcinfo, int number)
{
	int			k = PG_ARGISNULL(number) ? 0 : PG_GETARG_INT32(number);

	if (!PG_ARGISNULL(number) && k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1, not %d", k),
				 errhint("k is the number of most related sectors that count; NULL takes all.")));
	return k;
}

/* Loads (m, r, k, self, presence), of which r and k may be NULL; false if another one is. */
static bool
density_arguments(FunctionCallInfo fcinfo, MatrixView *m, Presence *p, DensityWeights *w)
{
	Datum		relatedness;
	int			k;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return false;
	k = density_k_argument(fcinfo, 2);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(4), m, p);
	relatedness = PG_ARGISNULL(1) ? (Datum) 0 : PG_GETARG_DATUM(1);
	weights_begin(m, p, PG_ARGISNULL(1) ? NULL : &relatedness, k, PG_GETARG_BOOL(3), w);
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relatedness_density);

/* relatedness_density(m, r, k, self, presence) */
Datum
innocity_relatedness_density(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	DenseMatrix result;

	if (!density_arguments(fcinfo, &m, &p, &w))
		PG_RETURN_NULL();
	indicator_check_cells_hint(m.nrows, m.ncols, "density_candidates() gives chosen cells without the whole.");
	activity_matrix_dense(m.rows, m.nrows, m.cols, m.ncols, &result);
	PG_RETURN_DATUM(dense_matrix_finish(&result, density_into(&m, &p, &w, result.value)));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_distance);

/* distance(m, r, k, self, presence) = 1 - density */
Datum
innocity_distance(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	DenseMatrix result;

	if (!density_arguments(fcinfo, &m, &p, &w))
		PG_RETURN_NULL();
	indicator_check_cells_hint(m.nrows, m.ncols, "density_candidates() gives chosen cells without the whole.");
	activity_matrix_dense(m.rows, m.nrows, m.cols, m.ncols, &result);
	density_into(&m, &p, &w, result.value);
	for (size_t c = 0; c < (size_t) m.nrows * m.ncols; c++)
		result.value[c] = 1 - result.value[c];
	PG_RETURN_DATUM(dense_matrix_finish(&result, -1));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_relative_relatedness);

/* relative_relatedness(m, r, k, self, presence): density among the region's absent sectors, in standard deviations from their mean. */
Datum
innocity_relative_relatedness(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	double	   *value;

	if (!density_arguments(fcinfo, &m, &p, &w))
		PG_RETURN_NULL();
	value = density_of(&m, &p, &w);
	for (int i = 0; i < m.nrows; i++)
	{
		double	   *row = value + (size_t) i * m.ncols;
		double		mean,
					squares,
					deviation;
		int			n;

		for (int64_t c = p.row_start[i]; c < p.row_start[i + 1]; c++)
			row[p.col[c]] = NAN;
		n = indicator_spread(row, m.ncols, 1, 0, &mean, &squares);
		deviation = sqrt(squares / n);
		for (int j = 0; j < m.ncols; j++)
			row[j] = (row[j] - mean) / deviation;
	}
	PG_RETURN_DATUM(dense_ratio(&m, value));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_density_mean);

/* density_mean(m, r, k, self, presence): mean density around the sectors that a region has, and around those that it lacks. */
Datum
innocity_density_mean(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	double	   *value;
	char	   *present;

	InitMaterializedSRF(fcinfo, 0);
	if (!density_arguments(fcinfo, &m, &p, &w))
		return (Datum) 0;
	value = density_of(&m, &p, &w);
	present = indicator_alloc0(m.ncols, 1);
	for (int i = 0; i < m.nrows; i++)
	{
		double		sum[2] = {0, 0};
		int			n[2] = {0, 0};
		bool		nulls[3] = {false, false, false};
		Datum		values[3];

		memset(present, 0, m.ncols);
		for (int64_t c = p.row_start[i]; c < p.row_start[i + 1]; c++)
			present[p.col[c]] = 1;
		for (int j = 0; j < m.ncols; j++)
			if (!isnan(value[(size_t) i * m.ncols + j]))
			{
				sum[(int) present[j]] += value[(size_t) i * m.ncols + j];
				n[(int) present[j]]++;
			}
		values[0] = CodeGetDatum(m.rows[i]);
		values[1] = indicator_float(sum[1] / n[1], &nulls[1]);
		values[2] = indicator_float(sum[0] / n[0], &nulls[2]);
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_density_explain);

/* density_explain(m, region, sector, r, k, self, presence): the partners whose contributions add up to the density of one cell. */
Datum
innocity_density_explain(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	Datum		relatedness;
	int			row,
				sector;
	double	   *weight;
	double		total = 0;
	char	   *present;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < 7; i++)
		if (i != 3 && i != 4 && PG_ARGISNULL(i))
			return (Datum) 0;
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(6), &m, &p);
	relatedness = PG_ARGISNULL(3) ? (Datum) 0 : PG_GETARG_DATUM(3);
	weights_begin(&m, &p, PG_ARGISNULL(3) ? NULL : &relatedness, density_k_argument(fcinfo, 4), PG_GETARG_BOOL(5), &w);
	row = code_position(m.rows, m.nrows, PG_GETARG_CODE(1));
	sector = code_position(m.cols, m.ncols, PG_GETARG_CODE(2));
	if (row < 0 || sector < 0)
		return (Datum) 0;
	weight = indicator_alloc(m.ncols, sizeof(double));
	present = indicator_alloc0(m.ncols, 1);
	weights_next(&w, sector, weight);
	for (int j = 0; j < m.ncols; j++)
		total += weight[j];
	for (int64_t c = p.row_start[row]; c < p.row_start[row + 1]; c++)
		present[p.col[c]] = 1;
	for (int j = 0; j < m.ncols; j++)
		if (weight[j] > 0)
		{
			Datum		values[3] = {
				CodeGetDatum(m.cols[j]),
				Float8GetDatum(weight[j]),
				Float8GetDatum(present[j] ? weight[j] / total : 0)
			};
			bool		nulls[3] = {false, false, false};

			indicator_put(fcinfo, values, nulls);
		}
	return (Datum) 0;
}
