/*
 * sector_pairs_fn.c
 *	  SQL face of other ties between sectors: across two tables, by moves of people, by common places.
 */
#include "indicator/density_fn.h"
#include "indicator/indicator_fn.h"

#include <math.h>

#include "utils/builtins.h"

/* A sector_matrix of ratios from all its cells, row by row; zeros are dropped by the builder. */
static Datum
pairs_result(const int64 *rows, int nrows, const int64 *cols, int ncols, const double *value)
{
	int64	   *row_start = indicator_alloc0(nrows + 1, sizeof(int64));
	int32	   *col = indicator_alloc((size_t) nrows * ncols, sizeof(int32));
	MatrixView	view = {MATRIX_RATIO, nrows, ncols, (int64) nrows * ncols, rows, cols, row_start, col, value};

	for (int i = 0; i < nrows; i++)
	{
		row_start[i + 1] = (int64) (i + 1) * ncols;
		for (int j = 0; j < ncols; j++)
			col[(size_t) i * ncols + j] = j;
	}
	return sector_matrix_build(&view);
}

/* Presence of each sector as bits over the n regions listed in both; bit number of each row of m in bit, or -1. */
static uint64_t *
sector_bits(const Presence *p, const int *bit, int words, int *count)
{
	uint64_t   *bits = indicator_alloc0(indicator_check_bits((size_t) p->ncols * words, p->nrows, p->ncols), sizeof(uint64_t));

	memset(count, 0, sizeof(int) * p->ncols);
	for (int i = 0; i < p->nrows; i++)
		if (bit[i] >= 0)
			for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			{
				bits[(size_t) p->col[c] * words + bit[i] / 64] |= UINT64_C(1) << (bit[i] % 64);
				count[p->col[c]]++;
			}
	return bits;
}

/*
 * Arguments (m1, m2, presence): both tables, what is present in them, and the proximity of each sector of m1 (a row) to each of m2; NaN for
 * one that is present in no region listed in both.
 */
static double *
cross_proximity(FunctionCallInfo fcinfo, MatrixView m[2], Presence p[2])
{
	int		   *bit[2];
	int		   *count[2];
	uint64_t   *bits[2];
	int			common = 0;
	int			words;
	double	   *value;

	for (int k = 0; k < 2; k++)
	{
		indicator_presence(PG_GETARG_DATUM(k), PG_GETARG_TEXT_PP(2), &m[k], &p[k]);
		bit[k] = indicator_alloc(m[k].nrows, sizeof(int));
		count[k] = indicator_alloc(m[k].ncols, sizeof(int));
	}
	for (int i = 0; i < m[1].nrows; i++)
		bit[1][i] = -1;
	for (int i = 0; i < m[0].nrows; i++)
	{
		int			other = code_position(m[1].rows, m[1].nrows, m[0].rows[i]);

		bit[0][i] = other < 0 ? -1 : common++;
		if (other >= 0)
			bit[1][other] = bit[0][i];
	}
	if (common == 0 && m[0].nrows > 0 && m[1].nrows > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the matrices have no region in common"),
				 errdetail("The first region of one is \"%s\", of the other \"%s\".", indicator_code_text(CODE_REGION, m[0].rows[0]),
						   indicator_code_text(CODE_REGION, m[1].rows[0])),
				 errhint("Bring both to the same regions, with roll_up or recode_regions.")));
	indicator_check_cells(m[0].ncols, m[1].ncols);
	words = (common + 63) / 64;
	for (int k = 0; k < 2; k++)
		bits[k] = sector_bits(&p[k], bit[k], words, count[k]);
	value = indicator_alloc((size_t) m[0].ncols * m[1].ncols, sizeof(double));
	for (int i = 0; i < m[0].ncols; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < m[1].ncols; j++)
		{
			const uint64_t *a = bits[0] + (size_t) i * words;
			const uint64_t *b = bits[1] + (size_t) j * words;
			int			both = 0;

			for (int w = 0; w < words; w++)
				both += __builtin_popcountll(a[w] & b[w]);
			value[(size_t) i * m[1].ncols + j] = count[0][i] == 0 || count[1][j] == 0 ? NAN
				: (double) both / Max(count[0][i], count[1][j]);
		}
	}
	return value;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_cross_proximity);

Datum
innocity_cross_proximity(PG_FUNCTION_ARGS)
{
	MatrixView	m[2];
	Presence	p[2];
	double	   *value = cross_proximity(fcinfo, m, p);

	PG_RETURN_DATUM(pairs_result(m[0].cols, m[0].ncols, m[1].cols, m[1].ncols, value));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_cross_density);

/* cross_density(m1, m2, presence): the part of the proximity of a sector of m2 to all sectors of m1 that is present in a region of m1. */
Datum
innocity_cross_density(PG_FUNCTION_ARGS)
{
	MatrixView	m[2];
	Presence	p[2];
	double	   *proximity = cross_proximity(fcinfo, m, p);
	double	   *density;
	double	   *total;
	MatrixView	result;
	int			n;

	result = m[0];
	result.cols = m[1].cols;
	n = result.ncols = m[1].ncols;
	indicator_check_cells(result.nrows, n);
	density = indicator_alloc0((size_t) result.nrows * n, sizeof(double));
	total = indicator_alloc0(n, sizeof(double));
	for (int t = 0; t < m[0].ncols; t++)
		for (int s = 0; s < n; s++)
		{
			double	   *phi = &proximity[(size_t) t * n + s];

			if (isnan(*phi))
				*phi = 0;
			total[s] += *phi;
		}
	for (int i = 0; i < result.nrows; i++)
	{
		double	   *row = density + (size_t) i * n;
		bool		undefined = density_undefined(&m[0], i);

		CHECK_FOR_INTERRUPTS();
		for (int64_t c = p[0].row_start[i]; c < p[0].row_start[i + 1]; c++)
			for (int s = 0; s < n; s++)
				row[s] += proximity[(size_t) p[0].col[c] * n + s];
		for (int s = 0; s < n; s++)
			row[s] = undefined || !(total[s] > 0) ? NAN : row[s] / total[s];
	}
	PG_RETURN_DATUM(dense_ratio(&result, density));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_skill_relatedness);

/* skill_relatedness(flows) */
Datum
innocity_skill_relatedness(PG_FUNCTION_ARGS)
{
	MatrixView	r;
	int64	   *codes;
	int			n = 0;
	double	   *flow,
			   *leave,
			   *enter,
			   *value;
	double		total = 0;

	sector_matrix_view(PG_GETARG_DATUM(0), &r);
	if (r.kind != MATRIX_QUANTITY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("matrix is of kind ratio, a quantity is needed"),
				 errhint("Give the numbers of people who moved.")));
	codes = indicator_alloc(r.nrows + r.ncols, sizeof(int64));
	for (int i = 0, j = 0; i < r.nrows || j < r.ncols;)
	{
		int64		code = j == r.ncols || (i < r.nrows && r.rows[i] <= r.cols[j]) ? r.rows[i] : r.cols[j];

		i += i < r.nrows && r.rows[i] == code;
		j += j < r.ncols && r.cols[j] == code;
		codes[n++] = code;
	}
	indicator_check_cells(n, n);
	flow = indicator_alloc0((size_t) n * n, sizeof(double));
	value = indicator_alloc((size_t) n * n, sizeof(double));
	leave = indicator_alloc0(n, sizeof(double));
	enter = indicator_alloc0(n, sizeof(double));
	for (int i = 0; i < r.nrows; i++)
	{
		int			from = code_position(codes, n, r.rows[i]);

		for (int64 c = r.row_start[i]; c < r.row_start[i + 1]; c++)
		{
			int			to = code_position(codes, n, r.cols[r.col[c]]);

			if (r.value[c] < 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("moves from sector \"%s\" to \"%s\" are negative: %g", indicator_code_text(CODE_SECTOR, codes[from]),
								indicator_code_text(CODE_SECTOR, codes[to]), r.value[c]),
						 errhint("Moves are counts of people from one sector to the other; a net flow has two counts in it.")));
			if (from == to)
				continue;
			flow[(size_t) from * n + to] = r.value[c];
			leave[from] += r.value[c];
			enter[to] += r.value[c];
			total += r.value[c];
		}
	}
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < n; j++)
		{
			double		out = flow[(size_t) i * n + j] * total / (leave[i] * enter[j]);
			double		in = flow[(size_t) j * n + i] * total / (leave[j] * enter[i]);
			double		both = ((out - 1) / (out + 1) + (in - 1) / (in + 1)) / 2;

			/* With no moves in one direction possible, the other one counts alone. */
			if (isnan(out))
				both = (in - 1) / (in + 1);
			else if (isnan(in))
				both = (out - 1) / (out + 1);
			value[(size_t) i * n + j] = i == j ? NAN : both;
		}
	}
	PG_RETURN_DATUM(pairs_result(codes, n, codes, n, value));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_coagglomeration);

Datum
innocity_coagglomeration(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	int			n;
	double	   *excess;			/* shares of the regions less the regions' sizes, sector by sector */
	double	   *value;
	double		spread = 1;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_quotient(&m, NULL, &q, &cols);
	n = m.ncols;
	indicator_check_cells(n, Max(n, m.nrows));
	excess = indicator_alloc((size_t) n * m.nrows, sizeof(double));
	value = indicator_alloc((size_t) n * n, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		double		size = q.row_total[i] / q.total;

		spread -= size * size;
		for (int j = 0; j < n; j++)
			excess[(size_t) j * m.nrows + i] = -size;
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			excess[(size_t) m.col[c] * m.nrows + i] += quotient_amount(&q, m.value[c]) / q.col_total[m.col[c]];
	}
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = i; j < n; j++)
		{
			const double *a = excess + (size_t) i * m.nrows;
			const double *b = excess + (size_t) j * m.nrows;
			double		sum = 0;

			for (int k = 0; k < m.nrows; k++)
				sum += a[k] * b[k];
			value[(size_t) i * n + j] = value[(size_t) j * n + i] = m.nrows > 1 ? sum / spread : NAN;
		}
	}
	PG_RETURN_DATUM(pairs_result(m.cols, n, m.cols, n, value));
}

/* Numbers of firms, as colocation by chance counts them: whole, and small enough to be counted exactly. */
static void
refuse_fractions(const MatrixView *m)
{
	for (int i = 0; i < m->nrows; i++)
		for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
			if (m->value[c] != floor(m->value[c]) || m->value[c] > 1e9)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("number of firms in region \"%s\", sector \"%s\" must be whole and at most 10^9: %g",
								indicator_code_text(CODE_REGION, m->rows[i]), indicator_code_text(CODE_SECTOR, m->cols[m->col[c]]), m->value[c]),
						 errhint("What is expected by chance depends on how many firms there are; 'index' takes any amounts.")));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_colocation);

/*
 * colocation(m, statistic), Howard, Newman and Tarp (2016): the share of the pairs of a firm of one sector and a firm of the other that are
 * in the same region, sum of n_ri n_rj / (n_i n_j). 'excess' takes away what is expected when the sectors are shuffled among the places
 * of both: that two of all N firms are in one region, sum of N_r (N_r - 1) / (N (N - 1)); no draws are needed. Diagonal NULL.
 */
Datum
innocity_colocation(PG_FUNCTION_ARGS)
{
	char	   *statistic = text_to_cstring(PG_GETARG_TEXT_PP(1));
	bool		excess = strcmp(statistic, "excess") == 0;
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	int			n;
	double	   *amount;			/* sector by sector */
	double	   *value;

	if (!excess && strcmp(statistic, "index") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized statistic of colocation: \"%s\"", statistic),
				 errhint("Use 'index' or 'excess'.")));
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	if (excess)
		refuse_fractions(&m);
	indicator_quotient(&m, NULL, &q, &cols);
	n = m.ncols;
	indicator_check_cells(n, Max(n, m.nrows));
	amount = indicator_alloc0((size_t) n * m.nrows, sizeof(double));
	value = indicator_alloc((size_t) n * n, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			amount[(size_t) m.col[c] * m.nrows + i] = quotient_amount(&q, m.value[c]);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		value[(size_t) i * n + i] = NAN;
		for (int j = i + 1; j < n; j++)
		{
			const double *a = amount + (size_t) i * m.nrows;
			const double *b = amount + (size_t) j * m.nrows;
			double		both = q.col_total[i] + q.col_total[j];
			double		index = 0,
						chance = 0;

			for (int k = 0; k < m.nrows; k++)
			{
				index += (a[k] / q.col_total[i]) * (b[k] / q.col_total[j]);
				if (excess)
					chance += ((a[k] + b[k]) / both) * ((a[k] + b[k] - 1) / (both - 1));
			}
			value[(size_t) i * n + j] = value[(size_t) j * n + i] = index - chance;
		}
	}
	PG_RETURN_DATUM(pairs_result(m.cols, n, m.cols, n, value));
}

/* Which columns are in or below a code of an array of sectors, all for NULL; returns how many. */
static int
group_columns(ArrayType *array, const MatrixView *m, bool *in_group)
{
	Datum	   *element;
	int			count;
	int			n = 0;

	if (array == NULL)
	{
		memset(in_group, true, m->ncols);
		return m->ncols;
	}
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" contains NULL", "sectors"),
				 errhint("Leave the whole argument NULL to take all.")));
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, NULL, &count);
	memset(in_group, false, m->ncols);
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < m->ncols; j++)
			in_group[j] |= code_contains(CODE_SECTOR, DatumGetInt64(element[i]), m->cols[j]);
	}
	for (int j = 0; j < m->ncols; j++)
		n += in_group[j];
	return n;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_group_coagglomeration);

/*
 * group_coagglomeration(m, sectors): Ellison and Glaeser's (1997) gamma^c. Their [G / (1 - sum x^2) - H - sum_j gamma_j w_j^2 (1 - H_j)] /
 * (1 - sum w_j^2), with each gamma_j written out, loses its plants: what remains is sum over pairs of sectors of w_j w_k times the pair's
 * coagglomeration, over sum over pairs of w_j w_k; w are the sectors' shares of the group. Pairs are summed region by region as
 * products with the sum of the sectors before, so that no squares have to cancel.
 */
Datum
innocity_group_coagglomeration(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Quotient	q;
	const int64 *cols;
	bool	   *in_group;
	double	   *share;			/* of the region in a sector's total */
	double		group = 0,
				before = 0,
				pairs = 0,
				together = 0,
				spread = 1;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &m);
	indicator_quotient(&m, NULL, &q, &cols);
	in_group = indicator_alloc(m.ncols, sizeof(bool));
	if (group_columns(PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1), &m, in_group) < 2 || m.nrows < 2)
		PG_RETURN_NULL();
	for (int j = 0; j < m.ncols; j++)
		if (in_group[j])
			group += q.col_total[j];
	for (int j = 0; j < m.ncols; j++)
		if (in_group[j])
		{
			pairs += before * (q.col_total[j] / group);
			before += q.col_total[j] / group;
		}
	share = indicator_alloc0(m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		double		size = q.row_total[i] / q.total;

		CHECK_FOR_INTERRUPTS();
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			share[m.col[c]] = quotient_amount(&q, m.value[c]) / q.col_total[m.col[c]];
		spread -= size * size;
		before = 0;
		for (int j = 0; j < m.ncols; j++)
			if (in_group[j])
			{
				double		excess = (q.col_total[j] / group) * (share[j] - size);

				together += before * excess;
				before += excess;
			}
		for (int64 c = m.row_start[i]; c < m.row_start[i + 1]; c++)
			share[m.col[c]] = 0;
	}
	if (!(pairs > 0) || !(spread > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(together / spread / pairs);
}
