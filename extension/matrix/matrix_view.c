/*
 * matrix_view.c
 *	  What the floors above see of a matrix: the views and builders of matrix.h, and where a code stands in a list.
 */
#include "base/compat.h"

#include "utils/memutils.h"

#include "matrix/matrix_data.h"
#include "matrix/matrix_detoast.h"

void
activity_matrix_view(Datum matrix, MatrixView *view)
{
	MatrixData	data;

	matrix_data_open(matrix, MATRIX_ACTIVITY, &data);
	*view = data.view;
}

void
sector_matrix_view(Datum matrix, MatrixView *view)
{
	MatrixData	data;

	matrix_data_open(matrix, MATRIX_SECTOR, &data);
	*view = data.view;
}

void
sector_matrix_rows_view(Datum matrix, const int64 *rows, int nrows, MatrixView *view)
{
	MatrixReader reader;
	int64	   *row_start;
	int32	   *col;
	double	   *value;
	Size		room;
	int64		k = 0;

	/* Once, for both ways. */
	matrix = PointerGetDatum(matrix_detoast(matrix));
	matrix_reader_open(matrix, MATRIX_SECTOR, &reader);
	if (reader.row_start)
	{
		sector_matrix_view(matrix, view);
		return;
	}
	room = Max((Size) Min(nrows, reader.nrows) * reader.ncols, 1);
	row_start = palloc(((Size) reader.nrows + 1) * sizeof(int64));
	col = palloc_extended(room * sizeof(int32), MCXT_ALLOC_HUGE);
	value = palloc_extended(room * sizeof(double), MCXT_ALLOC_HUGE);
	for (int i = 0; i < reader.nrows; i++)
	{
		const double *cell = reader.value + (int64) i * reader.ncols;

		row_start[i] = k;
		if (code_position(rows, nrows, reader.rows[i]) < 0)
			continue;
		for (int j = 0; j < reader.ncols; j++)
			if (cell[j] != 0)
			{
				col[k] = j;
				value[k++] = cell[j];
			}
	}
	row_start[reader.nrows] = k;
	*view = (MatrixView)
	{
		.kind = reader.kind,.nrows = reader.nrows,.ncols = reader.ncols,.ncells = k,
			.rows = reader.rows,.cols = reader.cols,.row_start = row_start,.col = col,.value = value
	};
}

void
sector_profile_view(Datum profile, ProfileView *view)
{
	MatrixData	data;

	matrix_data_open(profile, MATRIX_PROFILE, &data);
	view->n = data.view.ncols;
	view->codes = data.view.cols;
	view->weights = data.view.value;
}

static Datum
build_view(const MatrixView *view, MatrixType type)
{
	MatrixData	data = {.type = type, .view = *view};

	return PointerGetDatum(matrix_data_build(&data));
}

Datum
activity_matrix_build(const MatrixView *view)
{
	return build_view(view, MATRIX_ACTIVITY);
}

Datum
sector_matrix_build(const MatrixView *view)
{
	return build_view(view, MATRIX_SECTOR);
}

Datum
sector_profile_build(const ProfileView *profile)
{
	static const int64 row = 0;
	int64		row_start[2] = {0, profile->n};
	int32	   *col = palloc(((Size) profile->n + 1) * sizeof(int32));
	MatrixView	view = {
		.kind = MATRIX_QUANTITY,.nrows = 1,.ncols = profile->n,.ncells = profile->n,
		.rows = &row,.cols = profile->codes,.row_start = row_start,.col = col,.value = profile->weights
	};

	for (int j = 0; j < profile->n; j++)
		col[j] = j;
	return build_view(&view, MATRIX_PROFILE);
}

int
code_position(const int64 *codes, int n, int64 code)
{
	int			low = 0;
	int			high = n;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (codes[middle] < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && codes[low] == code ? low : -1;
}

int
code_position_or_ancestor(CodeKind kind, const int64 *codes, int n, int64 code)
{
	int64		chain[CODE_DEPTH_MAX];
	int			position = code_position(codes, n, code);

	if (position >= 0)
		return position;
	for (int depth = code_ancestors(kind, code, chain); depth > 0 && position < 0; depth--)
		position = code_position(codes, n, chain[depth - 1]);
	return position;
}
