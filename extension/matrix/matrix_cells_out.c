/*
 * matrix_cells_out.c
 *	  What a store of sums holds, as sorted arrays or as a flat value; see matrix_cells.h.
 *
 * Codes come out in ascending order, cells in that order, each as its canonical expansion: the result depends on the exact sums alone.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "matrix/matrix_cells.h"

typedef struct CodeRank
{
	int64		code;
	uint32		id;
} CodeRank;

#define ST_SORT sort_ranks
#define ST_ELEMENT_TYPE CodeRank
#define ST_COMPARE(a, b) ((a)->code < (b)->code ? -1 : (a)->code > (b)->code)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* The codes in ascending order, and the ids in that order. */
static void
sort_dict(const CodeDict *dict, int64 **codes, uint32 **ids)
{
	CodeRank   *rank = palloc_extended(((Size) dict->n + 1) * sizeof(CodeRank), MCXT_ALLOC_HUGE);

	*codes = palloc_extended(((Size) dict->n + 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	*ids = palloc_extended(((Size) dict->n + 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	for (uint32 id = 0; id < dict->n; id++)
		rank[id] = (CodeRank) {dict->code[id], id};
	sort_ranks(rank, dict->n);
	for (uint32 at = 0; at < dict->n; at++)
	{
		(*codes)[at] = rank[at].code;
		(*ids)[at] = rank[at].id;
	}
	pfree(rank);
}

/* Arrays of cells as they grow. */
typedef struct CellOutput
{
	const MatrixCells *cells;
	int32	   *col;
	double	   *value;
	int64		n;
	uint32	   *rest_cell;
	double	   *rest;
	int64		nrest;
	int64		rest_size;
} CellOutput;

static void
put_rest(CellOutput *output, const double *component, int n)
{
	if (output->nrest + n > output->rest_size)
	{
		output->rest_size = Max(1024, (output->nrest + n) * 2);
		output->rest_cell = output->rest_cell ? repalloc_huge(output->rest_cell, output->rest_size * sizeof(uint32))
			: palloc_extended(output->rest_size * sizeof(uint32), MCXT_ALLOC_HUGE);
		output->rest = output->rest ? repalloc_huge(output->rest, output->rest_size * sizeof(double))
			: palloc_extended(output->rest_size * sizeof(double), MCXT_ALLOC_HUGE);
	}
	for (int i = 0; i < n; i++)
	{
		output->rest_cell[output->nrest] = (uint32) output->n;
		output->rest[output->nrest++] = component[i];
	}
}

/* One cell of the store: nothing if its sum is zero. */
static inline void
put_cell(CellOutput *output, double value, uint64 place, uint32 row, uint32 col, int32 rank)
{
	const MatrixCells *cells = output->cells;

	if (cells->low && !isnan(value))
	{
		const SideSum *side = cells->nside > 0 ? &cells->side[matrix_cells_side_place(cells, matrix_cell_key(row, col))] : NULL;
		double		component[EXACT_SUM_CANONICAL];
		int			n;

		if (side && side->n > 0)
		{
			ExactSum	sum;

			sum.n = side->n;
			memcpy(sum.part, side->part, side->n * sizeof(double));
			exact_sum_add(&sum, cells->low[place]);
			exact_sum_add(&sum, value);
			n = exact_sum_canonical(&sum, component);
			value = n > 0 ? component[0] : 0;
		}
		else
		{
			value = two_sum(value, cells->low[place], &component[1]);
			n = component[1] != 0 ? 2 : 1;
		}
		if (n > 1)
			put_rest(output, component + 1, n - 1);
	}
	if (value == 0)
		return;
	output->col[output->n] = rank;
	output->value[output->n++] = value;
}

static void
output_alloc(CellOutput *output, const MatrixCells *cells, uint64 n)
{
	memset(output, 0, sizeof(*output));
	output->cells = cells;
	output->col = palloc_extended((n + 1) * sizeof(int32), MCXT_ALLOC_HUGE);
	output->value = palloc_extended((n + 1) * sizeof(double), MCXT_ALLOC_HUGE);
}

static void
dense_data(const MatrixCells *cells, CellOutput *output, const uint32 *row_id, const uint32 *col_id, int64 *row_start)
{
	output_alloc(output, cells, matrix_cells_used(cells));
	for (uint32 i = 0; i < cells->rows.n; i++)
	{
		uint64		start = row_id[i] * cells->col_size;

		CHECK_FOR_INTERRUPTS();
		row_start[i] = output->n;
		/* Codes that were only listed may lie beyond the store. */
		if (row_id[i] >= cells->row_size)
			continue;
		for (uint32 j = 0; j < cells->cols.n; j++)
		{
			uint64		place = start + col_id[j];

			if (col_id[j] < cells->col_size && (cells->value[place] != 0 || (cells->low && cells->low[place] != 0)))
				put_cell(output, cells->value[place], place, row_id[i], col_id[j], j);
		}
	}
	row_start[cells->rows.n] = output->n;
}

/*
 * Sorts the places of the sparse store by column and then, keeping that order, by row: two counting sorts, in time proportional to
 * the cells, however many rows and columns are possible.
 */
static void
sparse_data(const MatrixCells *cells, CellOutput *output, const uint32 *row_id, const uint32 *col_id, int64 *row_start)
{
	uint32		nrows = cells->rows.n;
	uint32		ncols = cells->cols.n;
	uint32	   *row_rank = palloc_extended(((Size) nrows + 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	uint32	   *col_rank = palloc_extended(((Size) ncols + 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	uint64	   *start = palloc_extended(((Size) Max(nrows, ncols) + 1) * sizeof(uint64), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	uint32	   *by_col = palloc_extended((cells->nsparse + 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	uint32	   *by_row = palloc_extended((cells->nsparse + 1) * sizeof(uint32), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < nrows; i++)
		row_rank[row_id[i]] = i;
	for (uint32 j = 0; j < ncols; j++)
		col_rank[col_id[j]] = j;

	for (uint64 at = 0; at < cells->sparse_size; at++)
		if (cells->sparse[at].key != 0)
			start[col_rank[(uint32) (cells->sparse[at].key - 1)] + 1]++;
	for (uint32 j = 0; j < ncols; j++)
		start[j + 1] += start[j];
	CHECK_FOR_INTERRUPTS();
	for (uint64 at = 0; at < cells->sparse_size; at++)
		if (cells->sparse[at].key != 0)
			by_col[start[col_rank[(uint32) (cells->sparse[at].key - 1)]]++] = (uint32) at;

	memset(start, 0, ((Size) Max(nrows, ncols) + 1) * sizeof(uint64));
	CHECK_FOR_INTERRUPTS();
	for (uint64 k = 0; k < cells->nsparse; k++)
		start[row_rank[(cells->sparse[by_col[k]].key - 1) >> 32] + 1]++;
	for (uint32 i = 0; i < nrows; i++)
		start[i + 1] += start[i];
	for (uint64 k = 0; k < cells->nsparse; k++)
		by_row[start[row_rank[(cells->sparse[by_col[k]].key - 1) >> 32]]++] = by_col[k];

	/* After the scatter start[i] is the end of row i. */
	output_alloc(output, cells, cells->nsparse);
	for (uint32 i = 0; i < nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		row_start[i] = output->n;
		for (uint64 k = i == 0 ? 0 : start[i - 1]; k < start[i]; k++)
		{
			uint32		at = by_row[k];
			uint32		col = (uint32) (cells->sparse[at].key - 1);

			put_cell(output, cells->sparse[at].value, at, row_id[i], col, col_rank[col]);
		}
	}
	row_start[nrows] = output->n;
	pfree(row_rank);
	pfree(col_rank);
	pfree(start);
	pfree(by_col);
	pfree(by_row);
}

void
matrix_cells_data(const MatrixCells *cells, MatrixData *data)
{
	CellOutput	output;
	int64	   *rows;
	int64	   *cols;
	uint32	   *row_id;
	uint32	   *col_id;
	int64	   *row_start = palloc_extended(((Size) cells->rows.n + 1) * sizeof(int64), MCXT_ALLOC_HUGE);

	sort_dict(&cells->rows, &rows, &row_id);
	sort_dict(&cells->cols, &cols, &col_id);
	if (cells->dense)
		dense_data(cells, &output, row_id, col_id, row_start);
	else
		sparse_data(cells, &output, row_id, col_id, row_start);
	pfree(row_id);
	pfree(col_id);

	data->view.nrows = cells->rows.n;
	data->view.ncols = cells->cols.n;
	data->view.ncells = output.n;
	data->view.rows = rows;
	data->view.cols = cols;
	data->view.row_start = row_start;
	data->view.col = output.col;
	data->view.value = output.value;
	data->nrest = output.nrest;
	data->rest_cell = output.rest_cell;
	data->rest = output.rest;
}

/* Keeps those of n sorted codes whose id is used; returns how many. */
static uint32
keep_used(int64 *code, uint32 *id, uint32 n, const uint8 *used)
{
	uint32		kept = 0;

	for (uint32 at = 0; at < n; at++)
	{
		code[kept] = code[at];
		id[kept] = id[at];
		kept += used[id[at]];
	}
	return kept;
}

bool
matrix_cells_plan(const MatrixCells *cells, MatrixType type, MatrixFlatPlan *plan)
{
	uint32		nrows = cells->rows.n;
	uint32		ncols = cells->cols.n;
	uint8	   *row_used;
	uint8	   *col_used;
	int64		ncells = 0;
	double		least = type == MATRIX_PROFILE ? 0 : -MATRIX_VALUE_LIMIT;
	bool		storable = true;

	/* A dense store has places for all codes that have cells. */
	if (!cells->dense || cells->low || nrows > cells->row_size || ncols > cells->col_size)
		return false;
	row_used = palloc0((Size) nrows + 1);
	col_used = palloc0((Size) ncols + 1);
	for (uint32 i = 0; i < nrows; i++)
	{
		const double *value = cells->value + i * cells->col_size;
		uint32		n = 0;

		CHECK_FOR_INTERRUPTS();
		for (uint32 j = 0; j < ncols; j++)
		{
			uint8		used = value[j] != 0;

			col_used[j] |= used;
			n += used;
			storable &= fabs(value[j]) < MATRIX_VALUE_LIMIT && value[j] >= least;
		}
		row_used[i] = n > 0;
		ncells += n;
	}
	sort_dict(&cells->rows, &plan->rows, &plan->row_id);
	sort_dict(&cells->cols, &plan->cols, &plan->col_id);
	plan->type = type;
	plan->nrows = keep_used(plan->rows, plan->row_id, nrows, row_used);
	plan->ncols = keep_used(plan->cols, plan->col_id, ncols, col_used);
	plan->ncells = ncells;
	plan->size = matrix_dense_size(plan->nrows, plan->ncols);
	pfree(row_used);
	pfree(col_used);
	/* What cannot be stored is refused on the long way, which knows the place. */
	if (storable && matrix_dense_is_smaller(plan->nrows, plan->ncols, ncells) && plan->size <= MaxAllocSize)
		return true;
	matrix_flat_plan_free(plan);
	return false;
}

void
matrix_flat_plan_free(MatrixFlatPlan *plan)
{
	pfree(plan->rows);
	pfree(plan->row_id);
	pfree(plan->cols);
	pfree(plan->col_id);
}

void
matrix_cells_flatten(const MatrixCells *cells, const MatrixFlatPlan *plan, FlatMatrix *flat)
{
	double	   *out = matrix_dense_begin(flat, plan->type, MATRIX_QUANTITY, plan->rows, plan->nrows, plan->cols, plan->ncols);

	flat->ncells = plan->ncells;
	for (uint32 i = 0; i < plan->nrows; i++)
	{
		const double *value = cells->value + plan->row_id[i] * cells->col_size;

		CHECK_FOR_INTERRUPTS();
		/* -0 + 0 is +0. */
		for (uint32 j = 0; j < plan->ncols; j++)
			*out++ = value[plan->col_id[j]] + 0.0;
	}
}
