/*
 * indicator_fn.c
 *	  Arguments and results of the indicators' SQL faces; see the header.
 */
#include "indicator/indicator_fn.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "base/row_array.h"

/* A varlena is below 1 GB; a dense matrix spends eight bytes on a cell. */
#define RESULT_CELLS_MAX (MaxAllocSize / sizeof(double))

char *
indicator_code_text(CodeKind kind, int64 code)
{
	char	   *buf = palloc(CODE_STRING_MAX);

	code_format(kind, code, buf);
	return buf;
}

void *
indicator_alloc(size_t count, size_t size)
{
	/* Zero bytes are asked for by empty matrices. */
	return large_scratch(Max(count, 1) * size);
}

void *
indicator_room(size_t count, size_t size)
{
	return large_room(Max(count, 1) * size);
}

void *
indicator_alloc0(size_t count, size_t size)
{
	return memset(indicator_alloc(count, size), 0, Max(count, 1) * size);
}

void *
indicator_alloc_aligned(size_t count, size_t size)
{
	return (void *) CACHELINEALIGN(indicator_alloc0(count * size + PG_CACHE_LINE_SIZE, 1));
}

void
indicator_check_cells(int nrows, int ncols)
{
	indicator_check_cells_hint(nrows, ncols, "Slice the matrix, or roll it up to a coarser level.");
}

void
indicator_check_cells_hint(int nrows, int ncols, const char *hint)
{
	if ((uint64) nrows * (uint64) ncols > RESULT_CELLS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("result of %d x %d cells is too large for one value", nrows, ncols),
				 errdetail("A value can have at most %zu cells.", (size_t) RESULT_CELLS_MAX),
				 errhint("%s", hint)));
}

void
indicator_check_stored(int64 ncells)
{
	if (ncells > (int64) RESULT_CELLS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("result of %lld cells is too large for one value", (long long) ncells),
				 errdetail("A value can have at most %zu cells.", (size_t) RESULT_CELLS_MAX),
				 errhint("Slice the matrix, or roll it up to a coarser level.")));
}

size_t
indicator_check_bits(size_t words, int nrows, int ncols)
{
	if (words > MaxAllocSize / sizeof(uint64))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("presence of %d sectors in %d regions is too large to be compared", ncols, nrows),
				 errdetail("It takes a bit for each region and sector; the limit is 1 GB."),
				 errhint("Slice the matrix, or roll it up to a coarser level.")));
	return words;
}

/* Sorted codes are in pre-order, so a code with a listed descendant is directly followed by one. */
static void
refuse_nested(CodeKind kind, const int64 *codes, int n)
{
	for (int i = 1; i < n; i++)
		if (code_contains(kind, codes[i - 1], codes[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("matrix lists %s \"%s\" beside its ancestor \"%s\"",
							kind == CODE_REGION ? "region" : "sector",
							indicator_code_text(kind, codes[i]), indicator_code_text(kind, codes[i - 1])),
					 errdetail("Both would count the same cells twice."),
					 errhint("Bring the matrix to one level with roll_up, or slice it.")));
}

static void
refuse_negative(const MatrixView *view)
{
	for (int i = 0; i < view->nrows; i++)
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
			if (view->value[c] < 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("matrix has a negative cell: %g in region \"%s\", sector \"%s\"", view->value[c],
								indicator_code_text(CODE_REGION, view->rows[i]),
								indicator_code_text(CODE_SECTOR, view->cols[view->col[c]])),
						 errdetail("Shares of negative amounts have no meaning."),
						 errhint("Use nonnegative(m) to drop negative cells.")));
}

void
indicator_matrix(Datum matrix, int flags, MatrixView *view)
{
	activity_matrix_view(matrix, view);
	if ((flags & INDICATOR_QUANTITY) && view->kind != MATRIX_QUANTITY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("matrix is of kind ratio, a quantity is needed"),
				 errdetail("Location quotients and shares are taken of amounts such as jobs or value added."),
				 errhint("Give the matrix of amounts; a matrix of presence is used with presence => 'given'.")));
	if (!(flags & INDICATOR_NESTED))
	{
		refuse_nested(CODE_REGION, view->rows, view->nrows);
		refuse_nested(CODE_SECTOR, view->cols, view->ncols);
	}
	if (!(flags & INDICATOR_SIGNED))
		refuse_negative(view);
}

void
indicator_sector_matrix(Datum matrix, MatrixView *view)
{
	sector_matrix_view(matrix, view);
}

void
indicator_transpose(const MatrixView *m, MatrixView *t)
{
	int64	   *start = indicator_alloc0(m->ncols + 1, sizeof(int64));
	int32	   *col = indicator_alloc(m->ncells, sizeof(int32));
	double	   *value = indicator_alloc(m->ncells, sizeof(double));
	int64	   *next = indicator_alloc(m->ncols, sizeof(int64));

	for (int64 c = 0; c < m->ncells; c++)
		start[m->col[c] + 1]++;
	for (int j = 0; j < m->ncols; j++)
		start[j + 1] += start[j];
	memcpy(next, start, sizeof(int64) * m->ncols);
	for (int i = 0; i < m->nrows; i++)
		for (int64 c = m->row_start[i]; c < m->row_start[i + 1]; c++)
		{
			int64		place = next[m->col[c]]++;

			col[place] = i;
			value[place] = m->value[c];
		}
	t->kind = m->kind;
	t->nrows = m->ncols;
	t->ncols = m->nrows;
	t->ncells = m->ncells;
	t->rows = m->cols;
	t->cols = m->rows;
	t->row_start = start;
	t->col = col;
	t->value = value;
}

/* An array of (code, number) as one number for each of n codes. */
static double *
code_numbers(CodeKind kind, ArrayType *array, const char *argument, const int64 *codes, int n)
{
	const char *what = kind == CODE_REGION ? "region" : "sector";
	double	   *result = indicator_alloc(n, sizeof(double));
	bool	   *seen = indicator_alloc0(n, sizeof(bool));
	RowArray	rows;

	for (int i = 0; i < n; i++)
		result[i] = NAN;
	row_array_open(&rows, array, argument, 2);
	for (int k = 0; k < rows.nrows; k++)
	{
		int			i;

		row_array_fetch(&rows, k);
		if (row_array_is_null(&rows, 0))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s of %s is null", what, row_array_place(&rows)),
					 errhint("Leave such rows out with FILTER (WHERE ... IS NOT NULL).")));
		i = code_position(codes, n, DatumGetCode(rows.values[0]));
		if (i < 0)
			continue;
		if (seen[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s has %s \"%s\" twice", argument, what, indicator_code_text(kind, codes[i])),
					 errhint("Make one row of the rows of a %s first: GROUP BY %s.", what, what)));
		seen[i] = true;
		result[i] = row_array_number(&rows, 1, NAN);
	}
	return result;
}

double *
indicator_sector_numbers(ArrayType *array, const char *argument, const MatrixView *m)
{
	return code_numbers(CODE_SECTOR, array, argument, m->cols, m->ncols);
}

double *
indicator_region_numbers(ArrayType *array, const char *argument, const MatrixView *m)
{
	return code_numbers(CODE_REGION, array, argument, m->rows, m->nrows);
}

/* Refuses numbers below 0. */
static double *
not_negative(CodeKind kind, double *value, const char *argument, const int64 *codes, int n)
{
	for (int i = 0; i < n; i++)
		if (value[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s of %s \"%s\" must not be negative: %g", argument, kind == CODE_REGION ? "region" : "sector",
							indicator_code_text(kind, codes[i]), value[i]),
					 errhint("Correct the row, or leave it out.")));
	return value;
}

double *
indicator_region_values(ArrayType *array, const char *argument, const MatrixView *m)
{
	return not_negative(CODE_REGION, indicator_region_numbers(array, argument, m), argument, m->rows, m->nrows);
}

double *
indicator_sector_values(ArrayType *array, const char *argument, const MatrixView *m)
{
	return not_negative(CODE_SECTOR, indicator_sector_numbers(array, argument, m), argument, m->cols, m->ncols);
}

int
indicator_spread(const double *x, int n, size_t stride, double size, double *mean, double *squares)
{
	double		sum = 0,
				least = INFINITY,
				greatest = -INFINITY;
	int			count = 0;

	for (int i = 0; i < n; i++)
	{
		double		value = x[i * stride];

		if (isnan(value))
			continue;
		sum += value;
		least = Min(least, value);
		greatest = Max(greatest, value);
		count++;
	}
	*mean = sum / count;
	*squares = NAN;
	if (count > 0 && greatest - least > 1e-12 * Max(size, Max(fabs(greatest), fabs(least))))
	{
		*squares = 0;
		for (int i = 0; i < n; i++)
			if (!isnan(x[i * stride]))
				*squares += (x[i * stride] - *mean) * (x[i * stride] - *mean);
	}
	return count;
}

bool
indicator_presence_given(text *presence)
{
	char	   *name = text_to_cstring(presence);

	if (strcmp(name, "lq") == 0)
		return false;
	if (strcmp(name, "given") == 0)
		return true;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized presence: \"%s\"", name),
			 errhint("Use 'lq' (location quotient at least 1) or 'given' (every non-zero cell).")));
	return false;
}

/* Both sorted; writes the union and returns its length. */
static int
merge_codes(const int64 *a, int na, const int64 *b, int nb, int64 *result)
{
	int			i = 0,
				j = 0,
				n = 0;

	while (i < na || j < nb)
	{
		if (j == nb || (i < na && a[i] < b[j]))
			result[n++] = a[i++];
		else if (i == na || b[j] < a[i])
			result[n++] = b[j++];
		else
		{
			result[n++] = a[i++];
			j++;
		}
	}
	return n;
}

/* The same cells over a longer list of columns. */
static SparseRows
recolumn(const MatrixView *view, const int64 *cols, int ncols)
{
	SparseRows	s = sparse_rows(view);
	int32	   *position;
	int32	   *col;

	s.ncols = ncols;
	if (ncols == view->ncols)
		return s;
	position = indicator_alloc(view->ncols, sizeof(int32));
	for (int j = 0, k = 0; j < view->ncols; j++)
	{
		while (cols[k] != view->cols[j])
			k++;
		position[j] = k;
	}
	col = indicator_alloc(view->ncells, sizeof(int32));
	for (int64 c = 0; c < view->ncells; c++)
		col[c] = position[view->col[c]];
	s.col = col;
	return s;
}

void
indicator_quotient(const MatrixView *m, const MatrixView *reference, Quotient *q, const int64 **cols)
{
	if (reference == NULL)
	{
		q->m = q->reference = sparse_rows(m);
		*cols = m->cols;
	}
	else
	{
		int64	   *all = indicator_alloc(m->ncols + reference->ncols, sizeof(int64));
		int			n = merge_codes(m->cols, m->ncols, reference->cols, reference->ncols, all);

		refuse_nested(CODE_SECTOR, all, n);
		q->m = recolumn(m, all, n);
		q->reference = recolumn(reference, all, n);
		*cols = all;
	}
	q->row_total = indicator_alloc(q->m.nrows, sizeof(double));
	q->col_total = indicator_alloc(q->m.ncols, sizeof(double));
	q->col_start = indicator_alloc(q->m.ncols + 1, sizeof(int64_t));
	q->col_value = indicator_room(q->reference.row_start[q->reference.nrows], sizeof(double));
	quotient_prepare(q);
}

static void
presence_alloc(Presence *p, int nrows, int ncols, int32_t *col)
{
	p->nrows = nrows;
	p->ncols = ncols;
	p->row_start = indicator_alloc0(nrows + 1, sizeof(int64_t));
	p->col = col;
	p->diversity = indicator_alloc0(nrows, sizeof(int32_t));
	p->ubiquity = indicator_alloc0(ncols, sizeof(int32_t));
}

static void
presence_count(Presence *p)
{
	for (int i = 0; i < p->nrows; i++)
	{
		p->diversity[i] = (int32_t) (p->row_start[i + 1] - p->row_start[i]);
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			p->ubiquity[p->col[c]]++;
	}
}

void
presence_from_cells(const MatrixView *view, Presence *p)
{
	int64		n = 0;

	presence_alloc(p, view->nrows, view->ncols, indicator_alloc(view->ncells, sizeof(int32_t)));
	for (int i = 0; i < view->nrows; i++)
	{
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			/* Written always, kept if present: no branch to mispredict. */
			p->col[n] = view->col[c];
			n += fabs(view->value[c]) > 0;
		}
		p->row_start[i + 1] = n;
	}
	presence_count(p);
}

void
presence_from_quotient(const Quotient *q, QuotientThreshold threshold, bool strict, Presence *p)
{
	int64		n = 0;

	presence_alloc(p, q->m.nrows, q->m.ncols, indicator_room(q->m.row_start[q->m.nrows], sizeof(int32_t)));
	for (int i = 0; i < q->m.nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		n += quotient_present(q, i, threshold, strict, p->col + n);
		p->row_start[i + 1] = n;
	}
	presence_count(p);
}

void
indicator_presence(Datum matrix, text *presence, MatrixView *view, Presence *p)
{
	if (indicator_presence_given(presence))
	{
		indicator_matrix(matrix, 0, view);
		presence_from_cells(view, p);
	}
	else
	{
		Quotient	q;
		const int64 *cols;

		indicator_matrix(matrix, INDICATOR_QUANTITY, view);
		indicator_quotient(view, NULL, &q, &cols);
		presence_from_quotient(&q, quotient_threshold(1), false, p);
	}
}

void
indicator_put(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	CHECK_FOR_INTERRUPTS();
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

bool *
indicator_chosen(ArrayType *array, const char *argument, const int64 *codes, int n)
{
	bool	   *chosen = indicator_alloc0(n, sizeof(bool));
	Datum	   *element;
	int			count;

	if (array == NULL)
	{
		memset(chosen, true, n);
		return chosen;
	}
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" contains NULL", argument),
				 errhint("Leave the whole argument NULL to take all.")));
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		int			at = code_position(codes, n, DatumGetInt64(element[i]));

		if (at >= 0)
			chosen[at] = true;
	}
	return chosen;
}
