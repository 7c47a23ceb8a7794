/*
 * matrix_cells.h
 *	  The cells of a matrix that is being summed up: two dictionaries of codes, and a dense or sparse store of exact sums.
 *
 * Codes get numbers (ids) in order of arrival. A cell's exact sum is value + low + side:
 *	value	one double per cell; in the dense form an array of row_size x col_size, in the sparse form inside a hash table
 *	low		what the additions to value rounded away; an array beside the cells, made when that first happens: never for whole numbers
 *	side	what the additions to low rounded away; a hash table of expansions, for data that mix magnitudes wildly; a cell has
 *			one only while its low is not 0, so that value and low tell whether there is a cell
 *
 * The store changes form by itself: sparse while few of the possible cells exist, dense from about one in ten on.
 */
#ifndef INNOCITY_MATRIX_CELLS_H
#define INNOCITY_MATRIX_CELLS_H

#include "matrix/code_dict.h"
#include "matrix/matrix_data.h"

typedef struct MatrixTriple
{
	int64		row;
	int64		col;
	double		value;
} MatrixTriple;

typedef struct SparseCell
{
	uint64		key;			/* (row id << 32 | column id) + 1; 0 = free */
	double		value;
} SparseCell;

/* One cell's side expansion. */
typedef struct SideSum
{
	uint64		key;			/* as in SparseCell */
	int			n;
	int			size;
	double	   *part;
} SideSum;

typedef struct MatrixCells
{
	MemoryContext context;
	CodeDict	rows;
	CodeDict	cols;
	bool		dense;
	/* dense */
	uint64		row_size;
	uint64		col_size;
	double	   *value;
	/* sparse */
	SparseCell *sparse;
	uint64		nsparse;
	uint64		sparse_size;	/* a power of two, at most 3/4 full */
	int			sparse_shift;
	/* both: as many as the store has places, or NULL */
	double	   *low;
	SideSum    *side;
	uint64		nside;
	uint64		side_size;		/* a power of two, at most half full */
} MatrixCells;

/* A new empty store; all its memory is in context. */
extern MatrixCells *matrix_cells_create(MemoryContext context);

extern void matrix_cells_free(MatrixCells *cells);

/* Adds n triples. Values are finite. */
extern void matrix_cells_add(MatrixCells *cells, const MatrixTriple *triple, int64 n);

/* Adds a matrix, times sign (1 or -1); those of a ratio are listed too, and its NULL cells stay NULL whatever is added. */
extern void matrix_cells_add_data(MatrixCells *cells, const MatrixData *data, double sign);

/* Makes sure that a code is listed. */
extern void matrix_cells_list_row(MatrixCells *cells, int64 row);
extern void matrix_cells_list_col(MatrixCells *cells, int64 col);

/* The canonical contents as sorted arrays in the current context; data->type and data->view.kind are the caller's. */
extern void matrix_cells_data(const MatrixCells *cells, MatrixData *data);

/*
 * The short way out, for a quantity of whole numbers that is stored densely: straight from the store into the flat value, without
 * arrays in between. The plan is made first, for it tells the size.
 */
typedef struct MatrixFlatPlan
{
	MatrixType	type;
	Size		size;			/* bytes of the flat value */
	uint32		nrows;
	uint32		ncols;
	int64		ncells;
	int64	   *rows;			/* codes that have a cell, ascending, and their ids */
	uint32	   *row_id;
	int64	   *cols;
	uint32	   *col_id;
} MatrixFlatPlan;

/* Makes the plan in the current context; false, where the store has to go the long way by matrix_cells_data. */
extern bool matrix_cells_plan(const MatrixCells *cells, MatrixType type, MatrixFlatPlan *plan);

/* Writes the value planned, into plan->size bytes. The store is as it was when it was planned. */
extern void matrix_cells_flatten(const MatrixCells *cells, const MatrixFlatPlan *plan, FlatMatrix *flat);

extern void matrix_flat_plan_free(MatrixFlatPlan *plan);

/*
 * Between matrix_cells.c and matrix_cells_out.c.
 */
static inline uint64
matrix_cell_key(uint32 row, uint32 col)
{
	return ((uint64) row << 32 | col) + 1;
}

/* The number of places of a dense store that hold something. */
extern uint64 matrix_cells_used(const MatrixCells *cells);

/* Where the side expansion of a cell is or would be; only if nside > 0. */
extern uint64 matrix_cells_side_place(const MatrixCells *cells, uint64 key);

#endif							/* INNOCITY_MATRIX_CELLS_H */
