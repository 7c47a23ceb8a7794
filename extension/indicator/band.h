/*
 * band.h
 *	  Eigenvalues and eigenvectors of a small symmetric matrix with two diagonals beside its own.
 *
 * d[0 .. m - 1] is the diagonal, e[i] and f[i] are the elements (i + 1, i) and (i + 2, i); both arrays have m elements, of which the last
 * ones do not matter. The same bytes on every machine. Plain C, no allocation.
 */
#ifndef INNOCITY_BAND_H
#define INNOCITY_BAND_H

/*
 * All eigenvalues, in d and in no order; e and f are destroyed. Rotations make the matrix tridiagonal, chasing what each of them puts outside
 * down and out (Rutishauser 1963), and QL iterations diagonal. Without convergence the residual of an eigenvector tells.
 */
extern void band_eigenvalues(double *d, double *e, double *f, int m);

/* Doubles of scratch memory for an eigenvector. */
#define BAND_SCRATCH(m) (5 * (m))

/*
 * The eigenvector x of an eigenvalue, of length 1, by inverse iteration; orthogonal to another one, which matters where values are
 * equal or nearly so, unless that is NULL.
 */
extern void band_eigenvector(const double *d, const double *e, const double *f, int m, double value, const double *other,
							 double *x, double *scratch);

#endif							/* INNOCITY_BAND_H */
