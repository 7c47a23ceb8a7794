/*
 * matrix_builder.c
 *	  A matrix put together from cells in any order; see matrix_data.h.
 *
 * Cells are kept as they come and sorted when the matrix is wanted. Cells of the same place are summed exactly, so their order does
 * not matter.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "matrix/matrix_data.h"

static inline int
triple_cmp(const MatrixTriple *a, const MatrixTriple *b)
{
	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	return 0;
}

#define ST_SORT sort_triples
#define ST_ELEMENT_TYPE MatrixTriple
#define ST_COMPARE(a, b) triple_cmp(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_codes
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

void
matrix_builder_init(MatrixBuilder *builder, MatrixType type, MatrixKind kind)
{
	memset(builder, 0, sizeof(*builder));
	builder->type = type;
	builder->kind = kind;
	builder->context = CurrentMemoryContext;
}

void
matrix_builder_grow(MatrixBuilder *builder)
{
	builder->size = builder->size == 0 ? 8 : builder->size * 2;
	if (builder->triple == NULL)
		builder->triple = MemoryContextAlloc(builder->context, builder->size * sizeof(MatrixTriple));
	else
		builder->triple = repalloc_huge(builder->triple, builder->size * sizeof(MatrixTriple));
}

/* Appends to an array that doubles whenever n is a power of two (from 8 on). */
static void
list_code(MemoryContext context, int64 **codes, int64 *n, int64 code)
{
	if (*codes == NULL)
		*codes = MemoryContextAlloc(context, 8 * sizeof(int64));
	else if (*n >= 8 && (*n & (*n - 1)) == 0)
		*codes = repalloc_huge(*codes, *n * 2 * sizeof(int64));
	(*codes)[(*n)++] = code;
}

void
matrix_builder_list_row(MatrixBuilder *builder, int64 row)
{
	list_code(builder->context, &builder->listed_rows, &builder->nlisted_rows, row);
}

void
matrix_builder_list_col(MatrixBuilder *builder, int64 col)
{
	list_code(builder->context, &builder->listed_cols, &builder->nlisted_cols, col);
}

void
matrix_builder_add_data(MatrixBuilder *builder, const MatrixData *data, double sign)
{
	const MatrixView *view = &data->view;
	int64		next_rest = 0;

	for (int i = 0; i < view->nrows; i++)
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int64		col = view->cols[view->col[c]];

			matrix_builder_add(builder, view->rows[i], col, sign * view->value[c]);
			for (; next_rest < data->nrest && data->rest_cell[next_rest] == c; next_rest++)
				matrix_builder_add(builder, view->rows[i], col, sign * data->rest[next_rest]);
		}
	if (view->kind == MATRIX_RATIO)
	{
		for (int i = 0; i < view->nrows; i++)
			matrix_builder_list_row(builder, view->rows[i]);
		for (int j = 0; j < view->ncols; j++)
			matrix_builder_list_col(builder, view->cols[j]);
	}
}

static int
sort_unique(int64 *codes, int64 n)
{
	int64		kept = 0;

	sort_codes(codes, n);
	for (int64 i = 0; i < n; i++)
		if (kept == 0 || codes[kept - 1] != codes[i])
			codes[kept++] = codes[i];
	if (kept > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("matrix has too many codes")));
	return (int) kept;
}

/*
 * Sums the sorted triples of one place, from *at on; the components go to out, their number is returned, *at moves on.
 */
static int
sum_place(const MatrixTriple *triple, int64 n, int64 *at, double *out)
{
	const MatrixTriple *first = &triple[*at];
	double		high = first->value;
	double		low = 0;
	int64		i = *at + 1;
	ExactSum	sum;

	/* Most places need one double, or two. */
	for (; i < n && triple_cmp(first, &triple[i]) == 0; i++)
	{
		double		error;
		double		error_of_low;

		high = two_sum(high, triple[i].value, &error);
		low = two_sum(low, error, &error_of_low);
		if (isnan(high))
		{
			/* NULL stays NULL, whatever is added. */
			while (i < n && triple_cmp(first, &triple[i]) == 0)
				i++;
			*at = i;
			out[0] = get_float8_nan();
			return 1;
		}
		if (error_of_low != 0)
		{
			exact_sum_init(&sum);
			exact_sum_add(&sum, error_of_low);
			exact_sum_add(&sum, low);
			exact_sum_add(&sum, high);
			for (i++; i < n && triple_cmp(first, &triple[i]) == 0; i++)
				exact_sum_add(&sum, triple[i].value);
			*at = i;
			return exact_sum_canonical(&sum, out);
		}
	}
	*at = i;
	if (isnan(high))
	{
		out[0] = get_float8_nan();
		return 1;
	}
	out[0] = two_sum(high, low, &out[1]);
	if (out[1] != 0)
		return 2;
	return out[0] != 0 ? 1 : 0;
}

void
matrix_builder_data(MatrixBuilder *builder, MatrixData *data)
{
	MatrixTriple *triple = builder->triple;
	int64		n = builder->n;
	int64		nrows = builder->nlisted_rows;
	int64		ncols = builder->nlisted_cols;
	int64	   *rows = palloc_extended((n + nrows + 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	int64	   *cols = palloc_extended((n + ncols + 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	int64	   *row_start;
	int32	   *col;
	double	   *value;
	uint32	   *rest_cell = NULL;
	double	   *rest = NULL;
	int64		rest_size = 0;
	int64		nrest = 0;
	int64		ncells = 0;
	int			row = 0;
	int			last_col = 0;

	sort_triples(triple, n);

	if (nrows > 0)
		memcpy(rows, builder->listed_rows, nrows * sizeof(int64));
	if (ncols > 0)
		memcpy(cols, builder->listed_cols, ncols * sizeof(int64));
	for (int64 t = 0; t < n; t++)
	{
		if (t == 0 || triple[t].row != triple[t - 1].row)
			rows[nrows++] = triple[t].row;
		if (t == 0 || triple[t].col != triple[t - 1].col)
			cols[ncols++] = triple[t].col;
	}
	nrows = sort_unique(rows, nrows);
	ncols = sort_unique(cols, ncols);

	row_start = palloc0((nrows + 1) * sizeof(int64));
	col = palloc_extended((n + 1) * sizeof(int32), MCXT_ALLOC_HUGE);
	value = palloc_extended((n + 1) * sizeof(double), MCXT_ALLOC_HUGE);

	for (int64 t = 0; t < n;)
	{
		double		component[EXACT_SUM_CANONICAL];
		int64		first = t;
		int			ncomponents = sum_place(triple, n, &t, component);

		CHECK_FOR_INTERRUPTS();
		while (rows[row] != triple[first].row)
			row_start[++row] = ncells;
		if (last_col >= ncols - 1 || cols[last_col + 1] != triple[first].col)
			last_col = code_position(cols, ncols, triple[first].col);
		else
			last_col++;
		if (ncomponents == 0)
			continue;
		if (nrest + ncomponents > rest_size)
		{
			rest_size = Max(64, (nrest + ncomponents) * 2);
			rest_cell = rest_cell ? repalloc_huge(rest_cell, rest_size * sizeof(uint32))
				: palloc_extended(rest_size * sizeof(uint32), MCXT_ALLOC_HUGE);
			rest = rest ? repalloc_huge(rest, rest_size * sizeof(double))
				: palloc_extended(rest_size * sizeof(double), MCXT_ALLOC_HUGE);
		}
		for (int c = 1; c < ncomponents; c++)
		{
			rest_cell[nrest] = ncells;
			rest[nrest++] = component[c];
		}
		col[ncells] = last_col;
		value[ncells++] = component[0];
	}
	while (row < nrows)
		row_start[++row] = ncells;

	*data = (MatrixData) {
		.type = builder->type,
		.view = {
			.kind = builder->kind,.nrows = nrows,.ncols = ncols,.ncells = ncells,
			.rows = rows,.cols = cols,.row_start = row_start,.col = col,.value = value
		},
		.nrest = nrest,.rest_cell = rest_cell,.rest = rest
	};
}

FlatMatrix *
matrix_builder_finish(MatrixBuilder *builder)
{
	MatrixData	data;

	matrix_builder_data(builder, &data);
	return matrix_data_build(&data);
}
