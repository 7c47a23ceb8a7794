/*
 * lanczos.h
 *	  The two largest eigenvalues of a symmetric positive semidefinite operator, beside an eigenvector already known.
 *
 * Lanczos from two start vectors at once, which sees an eigenvalue twice where it is multiple, as one start does not. Every new vector is
 * made orthogonal to the known one and to all before it, so the method ends after at most n vectors in exact invariant subspaces and never
 * returns copies. What is left of a vector that the others span already is dropped, and its place taken by nobody. Restarts with its two
 * best vectors when the basis is full. The start is fixed: same operator, same bytes. Plain C, memory from the caller.
 */
#ifndef INNOCITY_LANCZOS_H
#define INNOCITY_LANCZOS_H

#include <stddef.h>

/* Vectors of a basis before restarting. Tables of the field need 30 to 60, large ones without structure 200. */
#define LANCZOS_BASIS_MAX 240

/* Restarts before giving up. */
#define LANCZOS_RESTARTS_MAX 40

typedef struct LanczosProblem
{
	int			n;
	/* A of two vectors at once */
	void		(*apply) (void *arg, const double *x[2], double *y[2]);
	void	   *arg;
	const double *known;		/* an eigenvector of length 1 to stay away from */
	double		residual;		/* |A v - value v| of the largest eigenvalue at most */
	double		error_second;	/* of the second largest, relative to the largest, at most */
	void		(*pause) (void);	/* called before each application of A, for interrupts; may not return; or NULL */
} LanczosProblem;

typedef struct LanczosResult
{
	double		value[2];		/* falling, >= 0; 0 where nothing is left beside the known vector */
	double		residual;		/* of the first */
	double		error_second;	/* a bound on how far the second is off, not relative */
	int			steps;			/* applications of A to two vectors */
} LanczosResult;

/* Doubles of scratch memory for a problem of that size. */
extern size_t lanczos_scratch(int n);

/* vector (n doubles): the eigenvector of the largest, of length 1, or zero where there is none. */
extern LanczosResult lanczos_largest(const LanczosProblem *problem, double *vector, double *scratch);

#endif							/* INNOCITY_LANCZOS_H */
