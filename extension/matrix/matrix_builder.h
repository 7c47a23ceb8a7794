/*
 * matrix_builder.h
 *	  A matrix put together from cells in any order; cells of the same place are summed exactly.
 *
 * Cells enter through a log of triples, which costs a store each. A log that would pass its limit goes into a store of sums
 * (matrix_cells.h); from then on the log is short and only makes blocks. So large matrices take memory per cell, not per row.
 */
#ifndef INNOCITY_MATRIX_BUILDER_H
#define INNOCITY_MATRIX_BUILDER_H

#include "matrix/matrix_cells.h"

/* Triples a log begins with, may reach before the sums are stored, and has from then on. */
#define MATRIX_LOG_MIN		8
#define MATRIX_LOG_MAX		4096
#define MATRIX_LOG_BLOCK	256

/* What a log may reach where one matrix is made of a known input: a store is cheaper when all codes are known before it is made. */
#define MATRIX_LOG_BULK		(1 << 22)

typedef struct MatrixBuilder
{
	int			n;
	int			size;
	MatrixTriple *log;
	int			log_max;
	MatrixType	type;
	MatrixKind	kind;
	MemoryContext context;
	MatrixCells *cells;			/* NULL while the log holds everything */
	uint64		drained;		/* how often the log was emptied into cells: with n, it tells whether anything changed */
} MatrixBuilder;

/* Its memory is in context; log_max is MATRIX_LOG_MAX or MATRIX_LOG_BULK. */
extern void matrix_builder_init(MatrixBuilder *builder, MemoryContext context, int log_max, MatrixType type, MatrixKind kind);

/* Makes room in the log. */
extern void matrix_builder_make_room(MatrixBuilder *builder);

static inline void
matrix_builder_add(MatrixBuilder *builder, int64 row, int64 col, double value)
{
	if (unlikely(builder->n == builder->size))
		matrix_builder_make_room(builder);
	builder->log[builder->n++] = (MatrixTriple) {row, col, value};
}

/* Codes that a ratio lists besides those of its cells. */
extern void matrix_builder_list_row(MatrixBuilder *builder, int64 row);
extern void matrix_builder_list_col(MatrixBuilder *builder, int64 col);

/* Triples at once, past the log. */
extern void matrix_builder_add_block(MatrixBuilder *builder, const MatrixTriple *triple, int64 n);

/* A whole matrix times sign (1 or -1), with the codes that it lists if it is a ratio. */
extern void matrix_builder_add_data(MatrixBuilder *builder, const MatrixData *data, double sign);

/* What was added, as *data: arrays in the current context. The builder keeps its contents and can go on. */
extern void matrix_builder_data(MatrixBuilder *builder, MatrixData *data);

/*
 * Plans the short way to the flat value (matrix_cells.h) in the current context; false, where there is none. Good until something is
 * added.
 */
extern bool matrix_builder_plan(MatrixBuilder *builder, MatrixFlatPlan *plan);

/* The same as matrix_builder_data, as a flat value. */
extern FlatMatrix *matrix_builder_finish(MatrixBuilder *builder);

#endif							/* INNOCITY_MATRIX_BUILDER_H */
