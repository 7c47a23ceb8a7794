/*
 * matrix_data.h
 *	  The stored form of the three matrix types, and the form in which floor 1 itself works on them.
 *
 * activity_matrix, sector_matrix and sector_profile share one stored form; a profile is a matrix with one row, code 0. The stored
 * form is canonical: equal contents are equal bytes.
 *
 *	FlatMatrix (24 bytes)	lengths, version, type, kind, flags
 *	int64	rows[nrows]		codes, ascending
 *	int64	cols[ncols]
 *	MATRIX_FLAG_DENSE:		double value[nrows * ncols], row by row; an absent cell is 0
 *	otherwise:				uint32 row_start[nrows + 1], int32 col[ncells], 0-4 zero bytes, double value[ncells]
 *	uint32	rest_cell[nrest], 0-4 zero bytes, double rest[nrest]
 *
 * Cells are numbered 0 .. ncells - 1 row by row, absent ones not counted. A cell's value is its exact sum rounded to float8; what the
 * rounding left is in the remainders: those of one cell stand together, largest first, and are the rest of the canonical
 * expansion (exactsum.h). The dense form is chosen exactly when it is no larger: nrows * ncols * 8 <= ncells * 12.
 *
 * Invariants: a quantity lists exactly the codes that have a cell; stored values are never 0 or -0; NaN (one bit pattern) stands for
 * NULL, in a ratio only; |value| < MATRIX_VALUE_LIMIT.
 */
#ifndef INNOCITY_MATRIX_DATA_H
#define INNOCITY_MATRIX_DATA_H

#include "matrix/matrix.h"

#include "lib/stringinfo.h"
#include "utils/memutils.h"

#include "base/exactsum.h"

typedef enum MatrixType
{
	MATRIX_ACTIVITY = 0,		/* region x sector */
	MATRIX_SECTOR = 1,			/* sector x sector */
	MATRIX_PROFILE = 2			/* one row, code 0 */
} MatrixType;

#define MATRIX_TYPES		3

#define MATRIX_VERSION		1
#define MATRIX_FLAG_DENSE	0x01

/* 2^1000: what no sum of fewer than 2^40 admissible numbers reaches, and still 2^24 below overflow. */
#define MATRIX_VALUE_LIMIT	1.0715086071862673e+301

typedef struct FlatMatrix
{
	int32		vl_len_;
	uint8		version;
	uint8		type;
	uint8		kind;
	uint8		flags;
	uint32		nrows;
	uint32		ncols;
	uint32		ncells;
	uint32		nrest;
} FlatMatrix;

/* Is the dense form no larger? Without overflow: nrows and ncols are below 2^31. */
static inline bool
matrix_dense_is_smaller(uint64 nrows, uint64 ncols, uint64 ncells)
{
	return nrows * ncols * 8 <= ncells * 12;
}

/* Bytes of a flat value in the dense form, without remainders. */
static inline uint64
matrix_dense_size(uint64 nrows, uint64 ncols)
{
	return sizeof(FlatMatrix) + (nrows + ncols) * sizeof(int64) + nrows * ncols * sizeof(double);
}

/*
 * Writes head and codes of such a value, which has that size; ncells is 0. Returns where its cells are to be written, row by row. Of an
 * activity_matrix the editions are checked, as in matrix_data_build.
 */
extern double *matrix_dense_begin(FlatMatrix *flat, MatrixType type, MatrixKind kind, const int64 *rows, uint32 nrows,
								  const int64 *cols, uint32 ncols);

/* A MatrixView with what matrix.h hides: the type and the remainders. */
typedef struct MatrixData
{
	MatrixType	type;
	MatrixView	view;
	int64		nrest;
	const uint32 *rest_cell;
	const double *rest;
} MatrixData;

/*
 * Opens a Datum of any of the three types, flat or expanded. Everything is in the current context or points into the detoasted
 * value, which is as well.
 */
extern void matrix_data_open(Datum datum, MatrixType type, MatrixData *data);

/* A flat value to be read cell by cell, without making arrays of it. */
typedef struct MatrixReader
{
	MatrixKind	kind;
	int			nrows;
	int			ncols;
	const int64 *rows;
	const int64 *cols;
	uint32		ncells;
	uint32		nrest;
	const uint32 *row_start;	/* NULL: the dense form */
	const int32 *col;
	const double *value;
	const uint32 *rest_cell;
	const double *rest;
} MatrixReader;

extern void matrix_reader_open(Datum datum, MatrixType type, MatrixReader *reader);

/* The cell at that row and column: 0 if it is not stored, NaN for NULL. */
extern double matrix_reader_value(const MatrixReader *reader, int row, int col);

/* Refuses sorted codes of different editions, which an activity_matrix cannot have: false, where escontext took the error. */
extern bool matrix_check_editions(CodeKind kind, const int64 *codes, int n, Node *escontext);

/* The canonical flat value in the current context: drops zero cells and, in a quantity, unlisted codes. */
extern FlatMatrix *matrix_data_build(const MatrixData *data);

/* The same for an input function: contents that no matrix can have are reported to escontext (16 and later), and the result is NULL. */
extern FlatMatrix *matrix_data_build_soft(const MatrixData *data, Node *escontext);

/* Name of the SQL type, for messages. */
extern const char *matrix_type_name(MatrixType type);

/* Kind of a row's or a column's code. */
extern CodeKind matrix_row_kind(MatrixType type);

/* "(46170, 35111)" or "35111": the text of a cell's place, for messages. */
extern char *matrix_place(MatrixType type, int64 row, int64 col);

/* Refuses a value that no exact sum can take: 22023 if it is not finite, 22003 if it is too large. */
extern void matrix_refuse_value(MatrixType type, int64 row, int64 col, double value) pg_attribute_noreturn();

/* A form to send or print ends below this many bytes; the last cell may take some more. */
#define MATRIX_FORM_MAX	(MaxAllocSize - 64 * 1024)

/* Refuses a form that passes it: 54000. */
extern void matrix_refuse_form(MatrixType type, const char *form) pg_attribute_noreturn();

/* The shortest decimal that reads back as the same float8, whatever extra_float_digits says. */
extern void matrix_append_number(StringInfo buf, double value);

#endif							/* INNOCITY_MATRIX_DATA_H */
