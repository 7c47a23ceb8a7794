/*
 * matrix_cells.c
 *	  Exact sums of cells in a dense or sparse store; see matrix_cells.h.
 *
 * Triples are taken in blocks: first all codes are looked up, then all places are computed and prefetched, then all values are added.
 * So the waits for memory overlap instead of adding up.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "matrix/matrix_cells.h"

/* Triples in a block: its ids and places take 6 kB of the first-level cache. */
#define BLOCK_SIZE		256

/* Below this many bytes a dense store is never given up: nothing is saved. */
#define DENSE_ALWAYS	(4 * 1024)

/* A growing dense store becomes sparse when fewer than one place in this many is used. */
#define DENSE_RARE		25

/* A growing sparse store becomes dense when that takes no more than this many times its bytes. */
#define DENSE_FACTOR	2

/* More cells than this have no flat form, dense or sparse. */
#define CELLS_MAX		(MaxAllocSize / sizeof(double))

#define MIN_SLOTS		16

static void *
alloc_zero(MemoryContext context, Size size)
{
	return memset(large_alloc(context, size), 0, size);
}

MatrixCells *
matrix_cells_create(MemoryContext context)
{
	MatrixCells *cells = alloc_zero(context, sizeof(MatrixCells));

	cells->context = context;
	cells->dense = true;
	code_dict_init(&cells->rows, context);
	code_dict_init(&cells->cols, context);
	return cells;
}

static void
free_if(void *pointer)
{
	if (pointer)
		pfree(pointer);
}

void
matrix_cells_free(MatrixCells *cells)
{
	pfree(cells->rows.code);
	pfree(cells->rows.slot);
	pfree(cells->cols.code);
	pfree(cells->cols.slot);
	free_if(cells->value);
	free_if(cells->sparse);
	free_if(cells->low);
	for (uint64 at = 0; at < cells->side_size; at++)
		free_if(cells->side[at].part);
	free_if(cells->side);
	pfree(cells);
}

/*
 * The sparse store.
 */
static inline uint64
sparse_hash(const MatrixCells *cells, uint64 key)
{
	return key * GOLDEN >> cells->sparse_shift;
}

/* The place of a key, beginning at the given one, its hash; made if it is not there. There is room. */
static inline uint64
sparse_place(MatrixCells *cells, uint64 key, uint64 at)
{
	while (cells->sparse[at].key != key)
	{
		if (cells->sparse[at].key == 0)
		{
			cells->sparse[at].key = key;
			cells->nsparse++;
			break;
		}
		at = (at + 1) & (cells->sparse_size - 1);
	}
	return at;
}

static void
sparse_alloc(MatrixCells *cells, uint64 size, bool low)
{
	cells->sparse_size = size;
	cells->sparse_shift = 64 - pg_leftmost_one_pos64(size);
	cells->nsparse = 0;
	cells->sparse = alloc_zero(cells->context, size * sizeof(SparseCell));
	cells->low = low ? alloc_zero(cells->context, size * sizeof(double)) : NULL;
}

/* Smallest size in which n cells are at most 3/4. */
static uint64
sparse_size_for(uint64 n)
{
	return pg_nextpower2_64(Max(n + n / 3 + 1, MIN_SLOTS));
}

/*
 * Changes of form and size. Whatever was in a cell goes along.
 */
static void
move_to_dense(MatrixCells *cells, uint64 row_size, uint64 col_size)
{
	MatrixCells old = *cells;
	uint64		places = row_size * col_size;

	cells->value = alloc_zero(cells->context, places * sizeof(double));
	cells->low = old.low ? alloc_zero(cells->context, places * sizeof(double)) : NULL;
	cells->row_size = row_size;
	cells->col_size = col_size;
	cells->dense = true;
	if (old.dense)
	{
		for (uint64 i = 0; i < old.row_size; i++)
		{
			memcpy(cells->value + i * col_size, old.value + i * old.col_size, old.col_size * sizeof(double));
			if (old.low)
				memcpy(cells->low + i * col_size, old.low + i * old.col_size, old.col_size * sizeof(double));
		}
		free_if(old.value);
	}
	else
	{
		for (uint64 at = 0; at < old.sparse_size; at++)
			if (old.sparse[at].key != 0)
			{
				uint64		key = old.sparse[at].key - 1;
				uint64		place = (key >> 32) * col_size + (uint32) key;

				cells->value[place] = old.sparse[at].value;
				if (old.low)
					cells->low[place] = old.low[at];
			}
		pfree(old.sparse);
		cells->sparse = NULL;
		cells->sparse_size = cells->nsparse = 0;
	}
	free_if(old.low);
}

static void
move_to_sparse(MatrixCells *cells, uint64 size)
{
	MatrixCells old = *cells;

	sparse_alloc(cells, size, old.low != NULL);
	cells->dense = false;
	if (old.dense)
	{
		for (uint64 i = 0; i < old.row_size; i++)
			for (uint64 j = 0; j < old.col_size; j++)
			{
				uint64		place = i * old.col_size + j;

				if (old.value[place] != 0 || (old.low && old.low[place] != 0))
				{
					uint64		key = matrix_cell_key(i, j);
					uint64		at = sparse_place(cells, key, sparse_hash(cells, key));

					cells->sparse[at].value = old.value[place];
					if (old.low)
						cells->low[at] = old.low[place];
				}
			}
		free_if(old.value);
		cells->value = NULL;
		cells->row_size = cells->col_size = 0;
	}
	else
	{
		for (uint64 from = 0; from < old.sparse_size; from++)
			if (old.sparse[from].key != 0)
			{
				uint64		key = old.sparse[from].key;
				uint64		at = sparse_place(cells, key, sparse_hash(cells, key));

				cells->sparse[at].value = old.sparse[from].value;
				if (old.low)
					cells->low[at] = old.low[from];
			}
		pfree(old.sparse);
	}
	free_if(old.low);
}

uint64
matrix_cells_used(const MatrixCells *cells)
{
	uint64		places = cells->row_size * cells->col_size;
	uint64		n = 0;

	if (cells->low)
		for (uint64 at = 0; at < places; at++)
			n += (cells->value[at] != 0) | (cells->low[at] != 0);
	else
		for (uint64 at = 0; at < places; at++)
			n += cells->value[at] != 0;
	return n;
}

/*
 * A dimension of the dense store: just what is needed at first (often all codes are known by then), then doubling.
 */
static uint64
grown_size(uint64 size, uint64 needed)
{
	if (needed <= size)
		return size;
	return size == 0 ? Max(needed, 1) : Max(needed, size * 2);
}

/* Room for all known codes and, in a sparse store, for n more cells. */
static void
reserve(MatrixCells *cells, uint64 n)
{
	uint64		row_size = grown_size(cells->row_size, cells->rows.n);
	uint64		col_size = grown_size(cells->col_size, cells->cols.n);
	uint64		dense_bytes = row_size * col_size * sizeof(double);
	uint64		used;

	if (cells->dense)
	{
		if (cells->rows.n <= cells->row_size && cells->cols.n <= cells->col_size)
			return;
		used = dense_bytes <= DENSE_ALWAYS ? 0 : matrix_cells_used(cells) + n;
		/* A first store is the smaller one; a dense one that exists is given up late. */
		if (dense_bytes <= DENSE_ALWAYS ||
			(cells->row_size == 0 ? dense_bytes <= sparse_size_for(used) * sizeof(SparseCell) * DENSE_FACTOR
			 : used >= row_size * col_size / DENSE_RARE))
			move_to_dense(cells, row_size, col_size);
		else
			move_to_sparse(cells, sparse_size_for(used));
	}
	else if (cells->nsparse + n > cells->sparse_size - cells->sparse_size / 4)
	{
		uint64		size = Max(cells->sparse_size * 2, sparse_size_for(cells->nsparse + n));

		if (cells->nsparse > CELLS_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("matrix has too many cells"),
					 errdetail("More than %llu cells do not fit into a value of 1 GB.", (unsigned long long) CELLS_MAX),
					 errhint("Keep a matrix for each part.")));
		if (dense_bytes <= size * sizeof(SparseCell) * DENSE_FACTOR)
			move_to_dense(cells, row_size, col_size);
		else
			move_to_sparse(cells, size);
	}
}

/*
 * What rounding takes away.
 */
uint64
matrix_cells_side_place(const MatrixCells *cells, uint64 key)
{
	uint64		at = key * GOLDEN >> (64 - pg_leftmost_one_pos64(cells->side_size));

	while (cells->side[at].key != 0 && cells->side[at].key != key)
		at = (at + 1) & (cells->side_size - 1);
	return at;
}

static pg_noinline void
add_side(MatrixCells *cells, uint32 row, uint32 col, double x)
{
	uint64		key = matrix_cell_key(row, col);
	SideSum    *side;
	ExactSum	sum;

	/* NULL of a ratio. */
	if (isnan(x))
		return;
	if (cells->nside >= cells->side_size / 2)
	{
		SideSum    *old = cells->side;
		uint64		old_size = cells->side_size;

		cells->side_size = Max(MIN_SLOTS, old_size * 2);
		cells->side = alloc_zero(cells->context, cells->side_size * sizeof(SideSum));
		for (uint64 at = 0; at < old_size; at++)
			if (old[at].key != 0)
				cells->side[matrix_cells_side_place(cells, old[at].key)] = old[at];
		free_if(old);
	}

	side = &cells->side[matrix_cells_side_place(cells, key)];
	if (side->key == 0)
	{
		side->key = key;
		cells->nside++;
	}
	sum.n = side->n;
	if (sum.n > 0)
		memcpy(sum.part, side->part, sum.n * sizeof(double));
	exact_sum_add(&sum, x);
	if (sum.n > side->size)
	{
		free_if(side->part);
		side->part = NULL;
		side->size = pg_nextpower2_32(sum.n);
		side->part = MemoryContextAlloc(cells->context, side->size * sizeof(double));
	}
	side->n = sum.n;
	if (sum.n > 0)
		memcpy(side->part, sum.part, sum.n * sizeof(double));
}

static pg_noinline void
first_low(MatrixCells *cells, uint64 place, double x)
{
	uint64		places = cells->dense ? cells->row_size * cells->col_size : cells->sparse_size;

	cells->low = alloc_zero(cells->context, places * sizeof(double));
	cells->low[place] = x;
}

/* Takes the largest part back from the side into low, which has become 0: a place of two zeros is an empty one. */
static pg_noinline void
refill_low(MatrixCells *cells, uint64 place, uint32 row, uint32 col)
{
	SideSum    *side = &cells->side[matrix_cells_side_place(cells, matrix_cell_key(row, col))];

	if (side->n > 0)
		cells->low[place] = side->part[--side->n];
}

/* Keeps what an addition at that place of the store lost. */
static inline void
keep_error(MatrixCells *cells, uint64 place, uint32 row, uint32 col, double error)
{
	if (cells->low)
	{
		double		before = cells->low[place];
		double		low = two_sum(before, error, &error);

		cells->low[place] = low;
		if (unlikely(error != 0))
			add_side(cells, row, col, error);
		else if (unlikely(low == 0 && before != 0 && cells->nside > 0))
			refill_low(cells, place, row, col);
	}
	else if (unlikely(error != 0))
		first_low(cells, place, error);
}

/*
 * Adds values at (row[k], col[k]); 1 to BLOCK_SIZE; there is room. Rows that come sorted repeat their places: a sum goes back to the dense
 * store only when another one begins, so that an addition need not wait for the store before it.
 */
static inline void
add_block(MatrixCells *cells, const uint32 *row, const uint32 *col, const double *x, int stride, double sign, int n)
{
	uint64		place[BLOCK_SIZE];

	if (cells->dense)
	{
		double	   *value = cells->value;

		for (int k = 0; k < n; k++)
		{
			place[k] = row[k] * cells->col_size + col[k];
			__builtin_prefetch(&value[place[k]], 1);
			if (cells->low)
				__builtin_prefetch(&cells->low[place[k]], 1);
		}
		for (int k = 0; k < n;)
		{
			uint64		at = place[k];
			double		sum = value[at];

			do
			{
				double		error;

				sum = two_sum(sum, sign * x[k * stride], &error);
				keep_error(cells, at, row[k], col[k], error);
				k++;
			} while (k < n && place[k] == at);
			value[at] = sum;
		}
	}
	else
	{
		for (int k = 0; k < n; k++)
		{
			place[k] = sparse_hash(cells, matrix_cell_key(row[k], col[k]));
			__builtin_prefetch(&cells->sparse[place[k]], 1);
			if (cells->low)
				__builtin_prefetch(&cells->low[place[k]], 1);
		}
		for (int k = 0; k < n; k++)
		{
			uint64		at = sparse_place(cells, matrix_cell_key(row[k], col[k]), place[k]);
			double		error;

			cells->sparse[at].value = two_sum(cells->sparse[at].value, sign * x[k * stride], &error);
			keep_error(cells, at, row[k], col[k], error);
		}
	}
}

void
matrix_cells_add(MatrixCells *cells, const MatrixTriple *triple, int64 n)
{
	/* The first store is made for all codes at once, not grown code by code. */
	if (n > BLOCK_SIZE && cells->row_size == 0 && cells->nsparse == 0)
		for (int64 k = 0; k < n; k++)
		{
			code_dict_id(&cells->rows, cells->context, triple[k].row);
			code_dict_id(&cells->cols, cells->context, triple[k].col);
		}
	while (n > 0)
	{
		uint32		row[BLOCK_SIZE];
		uint32		col[BLOCK_SIZE];
		int			block = Min(n, BLOCK_SIZE);

		for (int k = 0; k < block; k++)
			row[k] = code_dict_id(&cells->rows, cells->context, triple[k].row);
		for (int k = 0; k < block; k++)
			col[k] = code_dict_id(&cells->cols, cells->context, triple[k].col);
		reserve(cells, n);
		CHECK_FOR_INTERRUPTS();
		add_block(cells, row, col, &triple->value, sizeof(MatrixTriple) / sizeof(double), 1, block);
		triple += block;
		n -= block;
	}
}

void
matrix_cells_list_row(MatrixCells *cells, int64 row)
{
	code_dict_id(&cells->rows, cells->context, row);
}

void
matrix_cells_list_col(MatrixCells *cells, int64 col)
{
	code_dict_id(&cells->cols, cells->context, col);
}

void
matrix_cells_add_data(MatrixCells *cells, const MatrixData *data, double sign)
{
	const MatrixView *view = &data->view;
	uint32	   *row_id = palloc(((Size) view->nrows + 1) * sizeof(uint32));
	uint32	   *col_id = palloc(((Size) view->ncols + 1) * sizeof(uint32));
	int64		next_rest = 0;

	for (int i = 0; i < view->nrows; i++)
		row_id[i] = code_dict_id(&cells->rows, cells->context, view->rows[i]);
	for (int j = 0; j < view->ncols; j++)
		col_id[j] = code_dict_id(&cells->cols, cells->context, view->cols[j]);
	reserve(cells, view->ncells);

	for (int i = 0; i < view->nrows; i++)
	{
		uint32		row[BLOCK_SIZE];
		uint32		col[BLOCK_SIZE];
		int64		c = view->row_start[i];
		int64		end = view->row_start[i + 1];

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < BLOCK_SIZE; k++)
			row[k] = row_id[i];
		while (c < end)
		{
			int			block = Min(end - c, BLOCK_SIZE);

			for (int k = 0; k < block; k++)
				col[k] = col_id[view->col[c + k]];
			add_block(cells, row, col, &view->value[c], 1, sign, block);
			for (; next_rest < data->nrest && data->rest_cell[next_rest] < c + block; next_rest++)
			{
				uint32		j = col_id[view->col[data->rest_cell[next_rest]]];

				add_block(cells, row, &j, &data->rest[next_rest], 1, sign, 1);
			}
			c += block;
		}
	}
	pfree(row_id);
	pfree(col_id);
}
