/*
 * indicator_fn.h
 *	  What the SQL faces of this floor share: checked arguments, presence, memory and result rows.
 *
 * An indicator refuses (22023) a matrix that lists a code together with an ancestor of it, since both count the same jobs; a
 * negative cell; and, where shares are taken, a matrix of ratios.
 */
#ifndef INNOCITY_INDICATOR_FN_H
#define INNOCITY_INDICATOR_FN_H

#include "matrix/matrix.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/float.h"

#include "indicator/location_quotient.h"
#include "indicator/sparse.h"

/* Bounds of a matrix argument, checked in this order. */
#define INDICATOR_QUANTITY 0x01 /* the kind must be quantity */
#define INDICATOR_SIGNED   0x02 /* negative cells are allowed */
#define INDICATOR_NESTED   0x04 /* a code beside its ancestor is allowed */

extern void indicator_matrix(Datum matrix, int flags, MatrixView *view);

/* A sector_matrix argument; any kind, any sign. */
extern void indicator_sector_matrix(Datum matrix, MatrixView *view);

/* The value cells of a view, for kernels. */
static inline SparseRows
sparse_rows(const MatrixView *view)
{
	SparseRows	s = {view->nrows, view->ncols, (const int64_t *) view->row_start, view->col, view->value};

	return s;
}

/* Memory of any size in the current context: to be written whole, or (room) as far as it turns out. Not to be freed by itself. */
extern void *indicator_alloc(size_t count, size_t size);
extern void *indicator_room(size_t count, size_t size);
extern void *indicator_alloc0(size_t count, size_t size);

/* Zeroed, on a line of the cache: wide loads that cross lines take twice as long. Not to be freed by itself. */
extern void *indicator_alloc_aligned(size_t count, size_t size);

/* Raises 54000 when a result of that many cells cannot be one value. */
extern void indicator_check_cells(int nrows, int ncols);

/* The same with a hint of its own. */
extern void indicator_check_cells_hint(int nrows, int ncols, const char *hint);

/* The same for a result that stores fewer cells than it has. */
extern void indicator_check_stored(int64 ncells);

/* words, of a table of bits over regions and sectors; raises 54000 when they take 1 GB or more. */
extern size_t indicator_check_bits(size_t words, int nrows, int ncols);

/*
 * Totals and columns for quotients of m, against itself or a reference. cols gets the sectors of the result (those of either) and
 * q->m, q->reference are over these columns.
 */
extern void indicator_quotient(const MatrixView *m, const MatrixView *reference, Quotient *q, const int64 **cols);

/* The same cells by columns: t has the sectors as rows and the regions as columns. */
extern void indicator_transpose(const MatrixView *m, MatrixView *t);

/*
 * A region_value[] argument as one value for each region of m; NaN where it has none or a NULL one. Values are finite and >= 0, a
 * region is given once (22023); regions that m does not list are left aside.
 */
extern double *indicator_region_values(ArrayType *array, const char *argument, const MatrixView *m);

/* The same of a sector_value[] argument, one value for each sector of m. */
extern double *indicator_sector_values(ArrayType *array, const char *argument, const MatrixView *m);

/* The same of any sign. */
extern double *indicator_region_numbers(ArrayType *array, const char *argument, const MatrixView *m);
extern double *indicator_sector_numbers(ArrayType *array, const char *argument, const MatrixView *m);

/* The argument presence: false for 'lq', true for 'given'; 22023 otherwise. */
extern bool indicator_presence_given(text *presence);

/*
 * Loads the matrix argument and finds what is present: with 'lq' the cells of a quantity whose location quotient is at least 1,
 * with 'given' every cell that is neither 0 nor NULL.
 */
extern void indicator_presence(Datum matrix, text *presence, MatrixView *view, Presence *p);

/* Presence of a loaded view where every non-zero cell counts. */
extern void presence_from_cells(const MatrixView *view, Presence *p);

/* Presence from quotients: LQ at least the threshold. */
extern void presence_from_quotient(const Quotient *q, QuotientThreshold threshold, bool strict, Presence *p);

/*
 * Mean and sum of squared deviations of those of x[0], x[stride], ... x[(n - 1) * stride] that are not NaN; returns how many. *squares is NaN
 * where all are alike, that is, differ by no more than sums of thousands of terms are rounded: 1e-12 of the greatest, or of size where that is
 * more (1 for logarithms, which are differences of what was rounded).
 */
extern int	indicator_spread(const double *x, int n, size_t stride, double size, double *mean, double *squares);

/* A row of a set-returning function in materialize mode, after InitMaterializedSRF; looks for interrupts. */
extern void indicator_put(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

/* An unstored quotient of 0/0 and other undefined numbers are NaN inside and NULL outside. What overflowed is an error, as in float8's operators. */
static inline Datum
indicator_float(double value, bool *isnull)
{
	if (unlikely(isinf(value)))
		float_overflow_error();
	*isnull = value != value;
	return Float8GetDatum(value);
}

/* The name of a code, in the current context. */
extern char *indicator_code_text(CodeKind kind, int64 code);

/*
 * Marks the codes that an array argument of that name lists among n sorted ones; all of them where it is NULL. Codes that are not among the n
 * are left aside; 22004 for a NULL inside.
 */
extern bool *indicator_chosen(ArrayType *array, const char *argument, const int64 *codes, int n);

#endif							/* INNOCITY_INDICATOR_FN_H */
