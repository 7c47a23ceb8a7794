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
	double	   *a;				/* [n * width] the matrix; reflectors afterwards */
	double	   *value;			/* [n] eigenvalues, in no order */
	double	   *vector;			/* [n * width] a row each, after alloc_spectrum_vectors */
	double	   *off;			/* [n] off the diagonal */
	double	   *scale;			/* [n] of the reflectors */
	double	   *work;			/* [2 * width] */
} AllocSpectrum;

extern AllocSpectrum *alloc_spectrum_new(const AllocEnv *env, int n);

/* The eigenvalues of a, and with vectors the eigenvectors in the basis of the reflectors; false: no convergence (not finite). */
extern bool alloc_spectrum_solve(AllocSpectrum *s, bool vectors);

/* to = a without its negative eigenvalues (a is a copy of from, which is kept); false: no convergence. */
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
