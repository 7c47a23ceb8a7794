/*
 * regression.h
 *	  Least squares with a constant: y = a + b1 x1 + ... + bk xk.
 *
 * Plain C on columns, scratch from the caller. Columns are centred, then made orthogonal one after the other (modified Gram-Schmidt), which
 * squares no condition number; each is brought to the size of 1 by a power of 2, so that columns of any unit have squares. Sums run in the
 * order of the rows: who wants the same bytes for the same rows sorts them first.
 */
#ifndef INNOCITY_REGRESSION_H
#define INNOCITY_REGRESSION_H

#include <stdbool.h>

typedef struct Regression
{
	double		constant;
	double		explained;		/* R squared, 0 to 1; NaN where y is constant */
	double		freedom;		/* n - k - 1; errors are NaN without any */
} Regression;

/*
 * n rows, k columns x[j][0 .. n - 1], y[0 .. n - 1]; both are used up. coefficient and error (the standard errors) get k numbers; triangle is
 * scratch of k * (k + 1). pause, or NULL, is called for every column and pair of columns and may leave by longjmp. False when there are fewer
 * rows than unknowns, or a column is constant or follows from the ones before it.
 */
extern bool regression_solve(double **x, double *y, int n, int k, double *triangle, double *coefficient, double *error,
							 void (*pause) (void), Regression *r);

#endif							/* INNOCITY_REGRESSION_H */
