/*
 * lanczos.h
 *	  The largest eigenvalue of a symmetric positive semidefinite operator, beside eigenvectors already known.
 *
 * Lanczos with full reorthogonalisation: every new vector is made orthogonal, twice, to the known ones and to all before it, so the
 * method ends after at most n steps in exact invariant subspaces and never returns copies. Restarts with its best vector
 * when the basis is full. The start vector is fixed: same operator, same bytes. Plain C, memory from the caller.
 */
#ifndef INNOCITY_LANCZOS_H
#define INNOCITY_LANCZOS_H

#include <stdbool.h>
#include <stddef.h>

/* Vectors of a basis before restarting. Tables of the field need 12 to 30. */
#define LANCZOS_BASIS_MAX 120

/* Restarts before giving up. */
#define LANCZOS_RESTARTS_MAX 40

typedef struct LanczosProblem
{
	int			n;
	/* y = A x */
	void		(*apply) (void *arg, const double *x, double *y);
	void	   *arg;
	int			nknown;			/* known orthonormal eigenvectors, n doubles each, to stay away from */
	const double *known;
	double		tolerance;		/* of the error, relative to the largest eigenvalue of A */
	bool		value_only;		/* the error is that of the eigenvalue, else the residual of its eigenvector */
	void		(*pause) (void);	/* called before each application of A, for interrupts; may not return; or NULL */
} LanczosProblem;

typedef struct LanczosResult
{
	double		value;			/* >= 0; 0 when the known vectors span everything */
	double		residual;		/* |A v - value v| */
	double		error;			/* what the tolerance was asked of */
	int			steps;			/* applications of A */
} LanczosResult;

/* Doubles of scratch memory for a problem of that size. */
extern size_t lanczos_scratch(int n);

/* vector (n doubles, of length 1, or zero when value is 0) and the result. scale is the largest eigenvalue of A. */
extern LanczosResult lanczos_largest(const LanczosProblem *problem, double scale, double *vector, double *scratch);

#endif							/* INNOCITY_LANCZOS_H */
