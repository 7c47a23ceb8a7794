/*
 * lanczos.c
 *	  Largest eigenvalue beside known ones; see the header.
 */
#include "indicator/lanczos.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/tridiagonal.h"

/* A register of any machine that has vectors. */
typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));

/* Four sums side by side, since each addition waits for the one before; always these four, so the bytes are the same everywhere. */
static double
dot(const double *a, const double *b, int n)
{
	Pair		s = {0};
	Pair		t = {0};
	double		rest = 0;
	int			i = 0;

	for (; i + 4 <= n; i += 4)
	{
		s += *(const Pair *) (a + i) * *(const Pair *) (b + i);
		t += *(const Pair *) (a + i + 2) * *(const Pair *) (b + i + 2);
	}
	for (; i < n; i++)
		rest += a[i] * b[i];
	return (s[0] + s[1]) + (t[0] + t[1]) + rest;
}

/* x += f * y */
static void
add_multiple(double *x, double f, const double *y, int n)
{
	int			i = 0;

	for (; i + 4 <= n; i += 4)
	{
		*(Pair *) (x + i) += f * *(const Pair *) (y + i);
		*(Pair *) (x + i + 2) += f * *(const Pair *) (y + i + 2);
	}
	for (; i < n; i++)
		x[i] += f * y[i];
}

/* One pass of making x orthogonal to m orthonormal vectors. */
static void
subtract_parts(double *x, const double *basis, int m, int n)
{
	for (int k = 0; k < m; k++)
		add_multiple(x, -dot(x, basis + (size_t) k * n, n), basis + (size_t) k * n, n);
}

/*
 * Makes x orthogonal to the basis and to the known vectors; twice is enough (Parlett). The known ones come last in each pass: the basis
 * has a trace of them, which subtracting it would give to x, and from step to step the trace would grow into a false eigenvector.
 */
static void
orthogonalise(double *x, const double *basis, int m, const LanczosProblem *problem)
{
	for (int pass = 0; pass < 2; pass++)
	{
		subtract_parts(x, basis, m, problem->n);
		subtract_parts(x, problem->known, problem->nknown, problem->n);
	}
}

/* Rows first .. m - 1 of the eigenvectors of the small problem. */
typedef struct SmallVectors
{
	double	   *z;
	int			first;
	int			m;
} SmallVectors;

static inline void
rotate_columns(void *arg, int i, double c, double s)
{
	const SmallVectors *v = arg;

	for (int k = v->first; k < v->m; k++)
	{
		double	   *x = v->z + k * v->m + i;
		double		y = x[1];

		x[1] = s * x[0] + c * y;
		x[0] = c * x[0] - s * y;
	}
}

/*
 * Eigenvalues of the small problem into d, and of its eigenvectors, the columns of z (m x m, row-major), the rows from first on. Rows do not
 * depend on each other, and one costs m times less than all. Without convergence the residual is what it is.
 */
static void
solve_small(double *d, double *e, double *z, int first, int m)
{
	SmallVectors v = {z, first, m};

	memset(z + first * m, 0, sizeof(double) * (m - first) * m);
	for (int i = first; i < m; i++)
		z[i * m + i] = 1;
	(void) tridiagonal_eigenvalues(d, e, m, 0, 1e-17, rotate_columns, &v);
}

size_t
lanczos_scratch(int n)
{
	size_t		m = LANCZOS_BASIS_MAX;

	/* basis and one vector more, alpha, beta, their copies, the small eigenvectors */
	return (m + 1) * n + 4 * (m + 1) + m * m;
}

/*
 * A fixed start without symmetry: splitmix64 of the position. Another one for each number of known vectors: what a start has of a
 * multiple eigenvalue is used up by its first vector, and only a different start finds the second.
 */
static void
start_vector(double *x, int n, int nknown)
{
	for (int i = 0; i < n; i++)
	{
		uint64_t	z = ((uint64_t) nknown * 1000003 * n + i + 1) * UINT64_C(0x9e3779b97f4a7c15);

		z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
		x[i] = (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53 - 0.5;
	}
}

/* The place of the greatest of m values beside the one at except, which may be m. */
static int
greatest(const double *value, int m, int except)
{
	int			best = except == 0 ? 1 : 0;

	for (int k = best + 1; k < m; k++)
		if (k != except && value[k] > value[best])
			best = k;
	return best;
}

/*
 * How far the greatest of m approximate eigenvalues is off: by no more than its residual, and by the residual's square over the distance
 * to the next value, for which the next approximation stands.
 */
static double
error_of_value(const double *value, int m, double residual)
{
	int			best = greatest(value, m, m);
	double		gap = m > 1 ? value[best] - value[greatest(value, m, best)] : 0;

	return residual < gap ? residual * (residual / gap) : residual;
}

LanczosResult
lanczos_largest(const LanczosProblem *problem, double scale, double *vector, double *scratch)
{
	int			n = problem->n;
	int			most = n - problem->nknown < LANCZOS_BASIS_MAX ? n - problem->nknown : LANCZOS_BASIS_MAX;
	double	   *basis = scratch;
	double	   *alpha = basis + (size_t) (LANCZOS_BASIS_MAX + 1) * n;
	double	   *beta = alpha + LANCZOS_BASIS_MAX + 1;
	double	   *d = beta + LANCZOS_BASIS_MAX + 1;
	double	   *e = d + LANCZOS_BASIS_MAX + 1;
	double	   *z = e + LANCZOS_BASIS_MAX + 1;
	LanczosResult result = {0, 0, 0, 0};

	start_vector(vector, n, problem->nknown);
	for (int restart = 0; most > 0 && restart <= LANCZOS_RESTARTS_MAX; restart++)
	{
		int			m = 0;
		int			best;
		double		length;

		memcpy(basis, vector, sizeof(double) * n);
		orthogonalise(basis, basis, 0, problem);
		length = sqrt(dot(basis, basis, n));
		for (int i = 0; i < n; i++)
			basis[i] /= length;

		for (;;)
		{
			double	   *current = basis + (size_t) m * n;
			double	   *next = current + n;

			if (problem->pause != NULL)
				problem->pause();
			problem->apply(problem->arg, current, next);
			result.steps++;
			alpha[m] = dot(current, next, n);
			orthogonalise(next, basis, m + 1, problem);
			beta[m] = sqrt(dot(next, next, n));
			m++;

			/* An eigenvalue of the small problem, and how well it holds: now and then, and at the end. */
			if (m == most || m % 4 == 0 || beta[m - 1] <= problem->tolerance * scale)
			{
				memcpy(d, alpha, sizeof(double) * m);
				memcpy(e, beta, sizeof(double) * m);
				solve_small(d, e, z, m - 1, m);
				result.residual = beta[m - 1] * fabs(z[(m - 1) * m + greatest(d, m, m)]);
				result.error = result.residual;
				if (problem->value_only)
					result.error = error_of_value(d, m, result.residual);
				if (result.error <= problem->tolerance * scale || m == most)
					break;
			}
			for (int i = 0; i < n; i++)
				next[i] /= beta[m - 1];
		}

		memcpy(d, alpha, sizeof(double) * m);
		memcpy(e, beta, sizeof(double) * m);
		solve_small(d, e, z, 0, m);
		best = greatest(d, m, m);
		result.value = d[best] > 0 ? d[best] : 0;
		memset(vector, 0, sizeof(double) * n);
		for (int k = 0; k < m; k++)
			add_multiple(vector, z[k * m + best], basis + (size_t) k * n, n);
		if (result.error <= problem->tolerance * scale || most == n - problem->nknown)
			break;
	}
	if (most <= 0)
		memset(vector, 0, sizeof(double) * n);
	return result;
}
