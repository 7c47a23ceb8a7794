/*
 * matrix_dense.c
 *	  Flat values in the dense form, whose cells are written in place: matrix_dense_begin of matrix_data.h, and DenseMatrix of matrix.h for
 *	  the ratios of kernels that fill a whole table.
 *
 * They would otherwise pay more for copies of it than for their arithmetic. The block is the dense form from the start, uninitialised but
 * for its head.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "matrix/matrix_data.h"

double *
matrix_dense_begin(FlatMatrix *flat, MatrixType type, MatrixKind kind, const int64 *rows, uint32 nrows,
				   const int64 *cols, uint32 ncols)
{
	int64	   *codes = (int64 *) (flat + 1);

	memset(flat, 0, sizeof(FlatMatrix));
	SET_VARSIZE(flat, matrix_dense_size(nrows, ncols));
	flat->version = MATRIX_VERSION;
	flat->type = type;
	flat->kind = kind;
	flat->flags = MATRIX_FLAG_DENSE;
	flat->nrows = nrows;
	flat->ncols = ncols;
	memcpy(codes, rows, nrows * sizeof(int64));
	memcpy(codes + nrows, cols, ncols * sizeof(int64));
	if (type == MATRIX_ACTIVITY)
	{
		matrix_check_editions(CODE_REGION, rows, nrows, NULL);
		matrix_check_editions(CODE_SECTOR, cols, ncols, NULL);
	}
	return (double *) (codes + nrows + ncols);
}

static void
ratio_begin(MatrixType type, const int64 *rows, int nrows, const int64 *cols, int ncols, DenseMatrix *matrix)
{
	uint64		size;

	/* What has no rows or no columns lists nothing. */
	if (nrows == 0 || ncols == 0)
		nrows = ncols = 0;
	size = matrix_dense_size(nrows, ncols);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s of %d x %d cells is too large to be a value", matrix_type_name(type), nrows, ncols),
				 errdetail("It takes %llu bytes; the limit is 1 GB.", (unsigned long long) size),
				 errhint("Slice the matrix, or roll it up to a coarser level.")));
	matrix->flat = large_alloc(CurrentMemoryContext, size);
	matrix->value = matrix_dense_begin(matrix->flat, type, MATRIX_RATIO, rows, nrows, cols, ncols);
	matrix->nrows = nrows;
	matrix->ncols = ncols;
}

void
activity_matrix_dense(const int64 *rows, int nrows, const int64 *cols, int ncols, DenseMatrix *matrix)
{
	ratio_begin(MATRIX_ACTIVITY, rows, nrows, cols, ncols, matrix);
}

void
sector_matrix_dense(const int64 *rows, int nrows, const int64 *cols, int ncols, DenseMatrix *matrix)
{
	ratio_begin(MATRIX_SECTOR, rows, nrows, cols, ncols, matrix);
}

/* Makes the cells canonical and counts those that are not 0. */
static int64
check_cells(DenseMatrix *matrix)
{
	int64		stored = 0;

	for (int i = 0; i < matrix->nrows; i++)
	{
		double	   *row = matrix->value + (int64) i * matrix->ncols;

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < matrix->ncols; j++)
		{
			/* -0 + 0 is +0. */
			row[j] += 0.0;
			stored += row[j] != 0;
			if (fabs(row[j]) < MATRIX_VALUE_LIMIT)
				continue;
			if (!isnan(row[j]))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("value out of range for %s: %g", matrix_type_name(matrix->flat->type), row[j]),
						 errdetail("Cells are below 2^1000 in magnitude.")));
			row[j] = get_float8_nan();
		}
	}
	return stored;
}

/* The sparse form of the same. */
static FlatMatrix *
make_sparse(const DenseMatrix *matrix, int64 stored)
{
	int64	   *row_start = palloc(((Size) matrix->nrows + 1) * sizeof(int64));
	int32	   *col = palloc_extended((Size) (stored + 1) * sizeof(int32), MCXT_ALLOC_HUGE);
	double	   *value = palloc_extended((Size) (stored + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	const int64 *codes = (const int64 *) (matrix->flat + 1);
	MatrixData	data = {.type = matrix->flat->type};
	int64		n = 0;

	for (int i = 0; i < matrix->nrows; i++)
	{
		const double *row = matrix->value + (int64) i * matrix->ncols;

		CHECK_FOR_INTERRUPTS();
		row_start[i] = n;
		for (int j = 0; j < matrix->ncols; j++)
		{
			/* Written always, kept if not zero: no branch to mispredict. */
			col[n] = j;
			value[n] = row[j];
			n += row[j] != 0;
		}
	}
	row_start[matrix->nrows] = n;
	Assert(n == stored);
	data.view = (MatrixView)
	{
		.kind = MATRIX_RATIO,.nrows = matrix->nrows,.ncols = matrix->ncols,.ncells = n,
			.rows = codes,.cols = codes + matrix->nrows,.row_start = row_start,.col = col,.value = value
	};
	return matrix_data_build(&data);
}

Datum
dense_matrix_finish(DenseMatrix *matrix, int64 stored)
{
	FlatMatrix *flat = matrix->flat;

	if (stored < 0)
		stored = check_cells(matrix);
	flat->ncells = stored;
	if (!matrix_dense_is_smaller(matrix->nrows, matrix->ncols, stored))
	{
		FlatMatrix *sparse = make_sparse(matrix, stored);

		pfree(flat);
		flat = sparse;
	}
	return PointerGetDatum(flat);
}
