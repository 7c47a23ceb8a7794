/*
 * matrix.h
 *	  The matrix types as the floors above see them: read-only views for kernels, and builders.
 *
 * activity_matrix is region x sector, sector_matrix is sector x sector, sector_profile a vector over sectors.
 * Kernels never see the stored form (dense or sparse, with or without remainders): they get a CSR view whose
 * codes are sorted ascending, and give back CSR arrays.
 */
#ifndef INNOCITY_MATRIX_H
#define INNOCITY_MATRIX_H

#include "base/compat.h"

#include "code/code_server.h"

/* A quantity can be added and has exact zeros; a ratio keeps its source's codes and reads ancestors (DESIGN: floor 1). */
typedef enum MatrixKind
{
	MATRIX_QUANTITY = 0,
	MATRIX_RATIO = 1
} MatrixKind;

/*
 * Compressed sparse rows. row_start has nrows + 1 entries; the cells of row i are row_start[i] .. row_start[i + 1] - 1, with
 * column numbers ascending. In a ratio a listed code may have no cell (its value is 0), and NaN stands for NULL (undefined).
 * Quantities store no zeros and list exactly the codes that have a cell.
 */
typedef struct MatrixView
{
	MatrixKind	kind;
	int			nrows;
	int			ncols;
	int64		ncells;
	const int64 *rows;			/* region codes (activity_matrix) or sector codes (sector_matrix) */
	const int64 *cols;			/* sector codes */
	const int64 *row_start;
	const int32 *col;
	const double *value;
} MatrixView;

/* A sector_profile: codes ascending, weights as given (finite, >= 0, never normalised on input). */
typedef struct ProfileView
{
	int			n;
	const int64 *codes;
	const double *weights;
} ProfileView;

/*
 * Views of an argument. Everything is in the current memory context or points into the argument; both live as long as the
 * function call. NULL arguments are the caller's business.
 */
extern void activity_matrix_view(Datum matrix, MatrixView *view);
extern void sector_matrix_view(Datum matrix, MatrixView *view);

/*
 * The same with the cells of some rows only (rows: nrows codes, sorted, each once); the others look empty. A dense matrix is not
 * expanded for the few rows that one institution needs.
 */
extern void sector_matrix_rows_view(Datum matrix, const int64 *rows, int nrows, MatrixView *view);
extern void sector_profile_view(Datum profile, ProfileView *view);

/*
 * Builders: a Datum in the current context from sorted CSR arrays (same rules as MatrixView). Zero cells and, in a quantity, codes
 * without a cell are dropped here. Raise 54000 when the value would pass 1 GB.
 */
extern Datum activity_matrix_build(const MatrixView *view);
extern Datum sector_matrix_build(const MatrixView *view);
extern Datum sector_profile_build(const ProfileView *view);

/*
 * The other builder, for a ratio that has a value nearly everywhere: the kernel writes the cells in place, row by row, 0 where there is
 * none; all must be written. It is made sparse in the end where that is smaller.
 */
typedef struct DenseMatrix
{
	int			nrows;
	int			ncols;
	double	   *value;			/* nrows * ncols */
	struct FlatMatrix *flat;
} DenseMatrix;

extern void activity_matrix_dense(const int64 *rows, int nrows, const int64 *cols, int ncols, DenseMatrix *matrix);
extern void sector_matrix_dense(const int64 *rows, int nrows, const int64 *cols, int ncols, DenseMatrix *matrix);

/*
 * The value. stored is how many cells are not 0, from a kernel that writes only finite values, +0 and NAN; or -1: then the cells are
 * counted and checked here.
 */
extern Datum dense_matrix_finish(DenseMatrix *matrix, int64 stored);

/* The matrix without the rows and columns that are false in keep_row and keep_col; the cells that stay keep what their rounding left. */
extern Datum activity_matrix_keep(Datum matrix, const bool *keep_row, const bool *keep_col);

/* Position of a code in n sorted codes, the first of equal ones, or -1. */
extern int	code_position(const int64 *codes, int n, int64 code);

/* Position of the code or, failing that, of its nearest listed ancestor, or -1: how ratios are read. */
extern int	code_position_or_ancestor(CodeKind kind, const int64 *codes, int n, int64 code);

#endif							/* INNOCITY_MATRIX_H */
