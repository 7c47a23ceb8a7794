/*
 * convert_fn.c
 *	  convert(): sectors of one classification into those of another, through a concordance.
 *
 * A bridge is a sector_matrix: row = old code, its cells = shares of the new codes, of any positive size; each row counts as
 * normalised to 1. A sector takes the row of its nearest listed ancestor. What is split is rounded part by part and the rest of the
 * rounding goes to the largest part (the smallest code among equals), exactly: so totals stay exact.
 */
#include "base/compat.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "matrix/matrix_builder.h"
#include "matrix/matrix_split.h"

/* At most this many codes without a row are named. */
#define MISSING_NAMED	5

/* A bridge, and the splits of those of its rows that were asked for. */
typedef struct Bridge
{
	MatrixView	view;
	MatrixSplit **split;
} Bridge;

/* Opens a bridge and checks its shares. */
static void
open_bridge(Datum matrix, Bridge *bridge)
{
	MatrixView *view = &bridge->view;

	sector_matrix_view(matrix, view);
	for (int i = 0; i < view->nrows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
			if (!(view->value[c] > 0))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("shares of a bridge must be positive"),
						 errdetail("The share at %s is %g.",
								   matrix_place(MATRIX_SECTOR, view->rows[i], view->cols[view->col[c]]), view->value[c]),
						 errhint("Leave out pairs that do not correspond.")));
	}
	bridge->split = palloc0(((Size) view->nrows + 1) * sizeof(MatrixSplit *));
}

static MatrixSplit *
split_of_row(Bridge *bridge, int row)
{
	const MatrixView *view = &bridge->view;

	if (bridge->split[row] == NULL)
	{
		bridge->split[row] = palloc(sizeof(MatrixSplit));
		matrix_split_init(bridge->split[row], &view->value[view->row_start[row]],
						  (int) (view->row_start[row + 1] - view->row_start[row]));
	}
	return bridge->split[row];
}

/* The bridge row of each of n sectors; error naming those that have none. */
static int *
find_bridge_rows(const int64 *sectors, int n, const MatrixView *bridge)
{
	int		   *row = palloc(((Size) n + 1) * sizeof(int));
	int			missing = 0;
	StringInfoData names;

	initStringInfo(&names);
	for (int j = 0; j < n; j++)
	{
		row[j] = code_position_or_ancestor(CODE_SECTOR, bridge->rows, bridge->nrows, sectors[j]);
		/* A ratio may list a row without shares. */
		if (row[j] >= 0 && bridge->row_start[row[j]] == bridge->row_start[row[j] + 1])
			row[j] = -1;
		if (row[j] < 0 && missing++ < MISSING_NAMED)
		{
			char		text[CODE_STRING_MAX];

			code_format(CODE_SECTOR, sectors[j], text);
			appendStringInfo(&names, "%s%s", missing > 1 ? ", " : "", text);
		}
	}
	if (missing > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the bridge has no row for %d of %d sectors", missing, n),
				 errdetail("Without a row, and without an ancestor that has one: %s%s.", names.data,
						   missing > MISSING_NAMED ? ", ..." : ""),
				 errhint("Add these codes to the concordance; a code of an edition (ksic9:36) needs rows of that edition.")));
	pfree(names.data);
	return row;
}

/* Adds x, split over the shares of one bridge row. */
static void
add_split(MatrixBuilder *builder, int64 row, double x, Bridge *bridge, int at)
{
	const int64 *cols = bridge->view.cols;
	const int32 *target = &bridge->view.col[bridge->view.row_start[at]];
	MatrixSplit *split = split_of_row(bridge, at);
	double	   *part;
	int			nrest = matrix_split(split, x, &part);

	for (int k = 0; k < split->n; k++)
		if (k != split->largest)
			matrix_builder_add(builder, row, cols[target[k]], part[k]);
	for (int k = 0; k < nrest; k++)
		matrix_builder_add(builder, row, cols[target[split->largest]], split->rest[k]);
}

/* Room for the parts of a row's sector while those of the column's are made: both may be of the same bridge row. */
typedef struct PairScratch
{
	int64	   *code;
	double	   *part;
} PairScratch;

/* Adds x, split over the shares of two bridge rows, one after the other. */
static void
add_split_pair(MatrixBuilder *builder, double x, Bridge *bridge, int row_at, int col_at, PairScratch *scratch)
{
	const int64 *cols = bridge->view.cols;
	const int32 *target = &bridge->view.col[bridge->view.row_start[row_at]];
	MatrixSplit *rows = split_of_row(bridge, row_at);
	double	   *part;
	int			nrest = matrix_split(rows, x, &part);
	int			n = 0;

	for (int k = 0; k < rows->n; k++)
		if (k != rows->largest)
		{
			scratch->code[n] = cols[target[k]];
			scratch->part[n++] = part[k];
		}
	for (int k = 0; k < nrest; k++)
	{
		scratch->code[n] = cols[target[rows->largest]];
		scratch->part[n++] = rows->rest[k];
	}
	for (int k = 0; k < n; k++)
	{
		/* Long rows of a bridge make their product long. */
		CHECK_FOR_INTERRUPTS();
		add_split(builder, scratch->code[k], scratch->part[k], bridge, col_at);
	}
}

static Datum
convert(FunctionCallInfo fcinfo, MatrixType type)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	Bridge		bridge;
	int		   *bridge_row;
	int		   *bridge_row_of_row = NULL;
	PairScratch scratch = {0};
	MatrixBuilder builder;
	int64		next_rest = 0;

	matrix_data_open(PG_GETARG_DATUM(0), type, &data);
	if (view->kind == MATRIX_RATIO)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot convert a ratio"),
				 errhint("Convert the quantities, then compute the ratio anew.")));
	open_bridge(PG_GETARG_DATUM(1), &bridge);
	bridge_row = find_bridge_rows(view->cols, view->ncols, &bridge.view);
	if (type == MATRIX_SECTOR)
	{
		Size		most = (Size) bridge.view.ncols + EXACT_SUM_CANONICAL;

		bridge_row_of_row = find_bridge_rows(view->rows, view->nrows, &bridge.view);
		scratch.code = palloc(most * sizeof(int64));
		scratch.part = palloc(most * sizeof(double));
	}

	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, type, MATRIX_QUANTITY);
	for (int i = 0; i < view->nrows; i++)
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int			at = bridge_row[view->col[c]];
			double		component = view->value[c];

			CHECK_FOR_INTERRUPTS();
			for (;;)
			{
				if (type == MATRIX_SECTOR)
					add_split_pair(&builder, component, &bridge, bridge_row_of_row[i], at, &scratch);
				else
					add_split(&builder, view->rows[i], component, &bridge, at);
				if (next_rest == data.nrest || data.rest_cell[next_rest] != c)
					break;
				component = data.rest[next_rest++];
			}
		}
	PG_RETURN_POINTER(matrix_builder_finish(&builder));
}

PG_FUNCTION_INFO_V1(innocity_convert_activity_matrix);
Datum
innocity_convert_activity_matrix(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, MATRIX_ACTIVITY);
}

PG_FUNCTION_INFO_V1(innocity_convert_sector_matrix);
Datum
innocity_convert_sector_matrix(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, MATRIX_SECTOR);
}

PG_FUNCTION_INFO_V1(innocity_convert_sector_profile);
Datum
innocity_convert_sector_profile(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, MATRIX_PROFILE);
}
