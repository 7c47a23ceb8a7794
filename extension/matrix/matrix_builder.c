/*
 * matrix_builder.c
 *	  A matrix put together from cells in any order; see matrix_builder.h.
 */
#include "base/compat.h"

#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "matrix/matrix_builder.h"

void
matrix_builder_init(MatrixBuilder *builder, MemoryContext context, int log_max, MatrixType type, MatrixKind kind)
{
	memset(builder, 0, sizeof(*builder));
	builder->context = context;
	builder->log_max = log_max;
	builder->type = type;
	builder->kind = kind;
}

static void
need_cells(MatrixBuilder *builder)
{
	if (builder->cells == NULL)
		builder->cells = matrix_cells_create(builder->context);
}

/* Empties the log into the store of sums. */
static void
drain(MatrixBuilder *builder)
{
	need_cells(builder);
	matrix_cells_add(builder->cells, builder->log, builder->n);
	builder->n = 0;
	builder->drained++;
}

void
matrix_builder_add_block(MatrixBuilder *builder, const MatrixTriple *triple, int64 n)
{
	need_cells(builder);
	matrix_cells_add(builder->cells, triple, n);
	builder->log_max = MATRIX_LOG_BLOCK;
	builder->drained++;
}

void
matrix_builder_make_room(MatrixBuilder *builder)
{
	if (builder->log == NULL)
	{
		builder->size = builder->drained ? MATRIX_LOG_BLOCK : MATRIX_LOG_MIN;
		builder->log = MemoryContextAlloc(builder->context, builder->size * sizeof(MatrixTriple));
	}
	else if (builder->size < builder->log_max)
	{
		builder->size *= 2;
		builder->log = repalloc(builder->log, builder->size * sizeof(MatrixTriple));
	}
	else
	{
		drain(builder);
		builder->log_max = MATRIX_LOG_BLOCK;
		if (builder->size > MATRIX_LOG_BLOCK)
		{
			pfree(builder->log);
			builder->size = MATRIX_LOG_BLOCK;
			builder->log = MemoryContextAlloc(builder->context, builder->size * sizeof(MatrixTriple));
		}
	}
}

void
matrix_builder_list_row(MatrixBuilder *builder, int64 row)
{
	need_cells(builder);
	matrix_cells_list_row(builder->cells, row);
}

void
matrix_builder_list_col(MatrixBuilder *builder, int64 col)
{
	need_cells(builder);
	matrix_cells_list_col(builder->cells, col);
}

void
matrix_builder_add_data(MatrixBuilder *builder, const MatrixData *data, double sign)
{
	const MatrixView *view = &data->view;
	int64		next_rest = 0;

	/* A small quantity is no more than some rows. */
	if (builder->cells || view->kind == MATRIX_RATIO || builder->n + view->ncells + data->nrest > MATRIX_LOG_MAX)
	{
		if (builder->cells == NULL || builder->n > 0)
			drain(builder);
		matrix_cells_add_data(builder->cells, data, sign);
		builder->drained++;
		return;
	}
	for (int i = 0; i < view->nrows; i++)
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int64		col = view->cols[view->col[c]];

			matrix_builder_add(builder, view->rows[i], col, sign * view->value[c]);
			for (; next_rest < data->nrest && data->rest_cell[next_rest] == c; next_rest++)
				matrix_builder_add(builder, view->rows[i], col, sign * data->rest[next_rest]);
		}
}

void
matrix_builder_data(MatrixBuilder *builder, MatrixData *data)
{
	MatrixCells *cells = builder->cells;

	if (cells)
	{
		if (builder->n > 0)
			drain(builder);
	}
	else
	{
		/* The log stays a log. */
		cells = matrix_cells_create(CurrentMemoryContext);
		matrix_cells_add(cells, builder->log, builder->n);
	}
	memset(data, 0, sizeof(*data));
	data->type = builder->type;
	data->view.kind = builder->kind;
	matrix_cells_data(cells, data);
	if (cells != builder->cells)
		matrix_cells_free(cells);
}

bool
matrix_builder_plan(MatrixBuilder *builder, MatrixFlatPlan *plan)
{
	if (builder->cells == NULL || builder->kind != MATRIX_QUANTITY)
		return false;
	if (builder->n > 0)
		drain(builder);
	return matrix_cells_plan(builder->cells, builder->type, plan);
}

FlatMatrix *
matrix_builder_finish(MatrixBuilder *builder)
{
	MatrixFlatPlan plan;
	MatrixData	data;

	if (matrix_builder_plan(builder, &plan))
	{
		FlatMatrix *flat = large_alloc(CurrentMemoryContext, plan.size);

		matrix_cells_flatten(builder->cells, &plan, flat);
		matrix_flat_plan_free(&plan);
		return flat;
	}
	matrix_builder_data(builder, &data);
	return matrix_data_build(&data);
}
