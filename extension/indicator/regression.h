/*
 * regression.h
 *	  Least squares with a constant: y = a + b1 x1 + ... + bk xk.
 *
 * Plain C on columns, scratch from the caller. Columns are centred, then made orthogonal one after the other (modified Gram-Schmidt), which
 * squares no condition number. Sums run in the order of the rows: who wants the same bytes for the same rows sorts them first.
 */
#ifndef INNOCITY_REGRESSION_H
#define INNOCITY_REGRESSION_H

#include <stdbool.h>

typedef struct Regression
{
	double		constant;
	double		residual_sum;	/* of squares */
	double		total_sum;		/* of squares around the mean of y */
	double		freedom;		/* n - k - 1; errors are NaN without any */
} Regression;

/*
 * n rows, k columns x[j][0 .. n - 1], y[0 .. n - 1]; both are used up. coefficient and error (the standard errors) get k numbers; triangle is
 * scratch of k * k. False when there are fewer rows than unknowns, or a column is constant or follows from the ones before it.
 */
extern bool regression_solve(double **x, double *y, int n, int k, double *triangle, double *coefficient, double *error, Regression *r);

#endif							/* INNOCITY_REGRESSION_H */
