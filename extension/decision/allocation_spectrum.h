/*
 * allocation_spectrum.h
 *	  Symmetric matrices: eigenvalues, eigenvectors and the nearest positive semidefinite matrix. For allocation_cone.c.
 *
 * Matrices are dense, rows `width` doubles apart. Sums are added up in an order that the source fixes, so results are the same bytes wherever
 * arithmetic is that of IEEE 754.
 */
#ifndef INNOCITY_ALLOCATION_SPECTRUM_H
#define INNOCITY_ALLOCATION_SPECTRUM_H

#include "decision/allocation.h"

typedef struct AllocSpectrum
{
	const AllocEnv *env;
	int			n;
	int			width;
	double	   *a;				/* [n * width] the matrix, its lower half; afterwards the reflectors are in the upper one */
	double	   *value;			/* [n] eigenvalues, ascending */
	double	   *vector;			/* [(n + 3) * width] a row each, of those that are asked for */
	double	   *diagonal;		/* [n] of the tridiagonal form */
	double	   *off;			/* [n] off the diagonal */
	double	   *scale;			/* [n] of the reflectors */
	double	   *work;			/* scratch */
} AllocSpectrum;

extern AllocSpectrum *alloc_spectrum_new(const AllocEnv *env, int n);

/* to = from without its negative eigenvalues, of which the lower half counts; false: no convergence (not finite). */
extern bool alloc_spectrum_project(AllocSpectrum *s, const double *from, double *to);

/*
 * A number that is proven to be at most the least eigenvalue of the symmetric matrix `of`, in floating point: an estimate, confirmed by a Cholesky
 * factor of what is left, whose rounding errors are allowed for (Rump, BIT 46, 2006). -INFINITY: none was found.
 */
extern double alloc_spectrum_least(AllocSpectrum *s, const double *of);

/* sum_k x[k] y[k] */
extern double alloc_dot(const double *x, const double *y, int n);

/* y += f x */
extern void alloc_add(double *y, const double *x, double f, int n);

#endif							/* INNOCITY_ALLOCATION_SPECTRUM_H */
