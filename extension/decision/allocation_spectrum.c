/*
 * allocation_spectrum.c
 *	  Householder's tridiagonal form and what is made of its eigenvalues. See allocation_spectrum.h.
 */
#include "decision/allocation_spectrum.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/cpu.h"
#include "base/tridiagonal.h"

/* Rotations between two looks for a cancel: each takes microseconds. */
#define POLL_EVERY	64

/* Attempts to confirm a least eigenvalue. */
#define CONFIRM_MOST	8

/* Four lanes that hold different results, or sums whose order the source fixes; not aligned beyond a double. */
typedef double Lanes __attribute__((vector_size(32), aligned(8), may_alias));

CPU_INLINE double
dot_lanes(const double *x, const double *y, int n)
{
	Lanes		a = {0};
	Lanes		b = {0};
	double		sum;
	int			k = 0;

	for (; k + 8 <= n; k += 8)
	{
		a += *(const Lanes *) (x + k) * *(const Lanes *) (y + k);
		b += *(const Lanes *) (x + k + 4) * *(const Lanes *) (y + k + 4);
	}
	a += b;
	sum = (a[0] + a[1]) + (a[2] + a[3]);
	for (; k < n; k++)
		sum += x[k] * y[k];
	return sum;
}

CPU_INLINE void
add_lanes(double *y, const double *x, double f, int n)
{
	int			k = 0;

	for (; k + 4 <= n; k += 4)
		*(Lanes *) (y + k) += f * *(const Lanes *) (x + k);
	for (; k < n; k++)
		y[k] += f * x[k];
}

/* y += f x + g z */
CPU_INLINE void
add_two_lanes(double *y, const double *x, double f, const double *z, double g, int n)
{
	int			k = 0;

	for (; k + 4 <= n; k += 4)
		*(Lanes *) (y + k) += f * *(const Lanes *) (x + k) + g * *(const Lanes *) (z + k);
	for (; k < n; k++)
		y[k] += f * x[k] + g * z[k];
}

/* (x, y) = (c x - s y, s x + c y) */
CPU_INLINE void
rotate_lanes(double *x, double *y, double c, double s, int n)
{
	int			k = 0;

	for (; k + 4 <= n; k += 4)
	{
		Lanes		a = *(const Lanes *) (x + k);
		Lanes		b = *(const Lanes *) (y + k);

		*(Lanes *) (x + k) = c * a - s * b;
		*(Lanes *) (y + k) = s * a + c * b;
	}
	for (; k < n; k++)
	{
		double		a = x[k];
		double		b = y[k];

		x[k] = c * a - s * b;
		y[k] = s * a + c * b;
	}
}

#ifdef CPU_DISPATCH
CPU_TARGET_AVX2 static double
dot_avx2(const double *x, const double *y, int n)
{
	return dot_lanes(x, y, n);
}

CPU_TARGET_AVX2 static void
add_avx2(double *y, const double *x, double f, int n)
{
	add_lanes(y, x, f, n);
}

CPU_TARGET_AVX2 static void
add_two_avx2(double *y, const double *x, double f, const double *z, double g, int n)
{
	add_two_lanes(y, x, f, z, g, n);
}

CPU_TARGET_AVX2 static void
rotate_avx2(double *x, double *y, double c, double s, int n)
{
	rotate_lanes(x, y, c, s, n);
}

#define BY_LEVEL(kernel, ...) (cpu_level() >= CPU_AVX2 ? kernel##_avx2(__VA_ARGS__) : kernel##_lanes(__VA_ARGS__))
#else
#define BY_LEVEL(kernel, ...) kernel##_lanes(__VA_ARGS__)
#endif

double
alloc_dot(const double *x, const double *y, int n)
{
	return BY_LEVEL(dot, x, y, n);
}

void
alloc_add(double *y, const double *x, double f, int n)
{
	BY_LEVEL(add, y, x, f, n);
}

static void
add_two(double *y, const double *x, double f, const double *z, double g, int n)
{
	BY_LEVEL(add_two, y, x, f, z, g, n);
}

static void
rotate(double *x, double *y, double c, double s, int n)
{
	BY_LEVEL(rotate, x, y, c, s, n);
}

AllocSpectrum *
alloc_spectrum_new(const AllocEnv *env, int n)
{
	AllocSpectrum *s = env->alloc(env->context, sizeof(AllocSpectrum));

	s->env = env;
	s->n = n;
	s->width = (n + 3) / 4 * 4;
	s->a = env->alloc(env->context, (size_t) n * s->width * sizeof(double));
	s->vector = env->alloc(env->context, (size_t) n * s->width * sizeof(double));
	s->value = env->alloc(env->context, n * sizeof(double));
	s->off = env->alloc(env->context, n * sizeof(double));
	s->scale = env->alloc(env->context, n * sizeof(double));
	s->work = env->alloc(env->context, 2 * (size_t) s->width * sizeof(double));
	return s;
}

/* a to tridiagonal form in value and off; row k of a keeps the reflector from k + 1 on. */
static void
tridiagonal(AllocSpectrum *s)
{
	int			n = s->n;
	double	   *p = s->work;

	for (int k = 0; k < n; k++)
	{
		double	   *v = s->a + (size_t) k * s->width + k + 1;
		int			rest = n - k - 1;
		double		norm;
		double		half;

		s->value[k] = v[-1];
		s->off[k] = rest > 0 ? v[0] : 0;
		s->scale[k] = 0;
		if (rest < 2)
			continue;
		norm = sqrt(alloc_dot(v, v, rest));
		if (!(norm > 0))
			continue;
		s->off[k] = v[0] > 0 ? -norm : norm;
		v[0] -= s->off[k];
		s->scale[k] = 2 / alloc_dot(v, v, rest);
		for (int i = 0; i < rest; i++)
			p[i] = s->scale[k] * alloc_dot(s->a + (size_t) (k + 1 + i) * s->width + k + 1, v, rest);
		half = 0.5 * s->scale[k] * alloc_dot(p, v, rest);
		alloc_add(p, v, -half, rest);
		for (int i = 0; i < rest; i++)
			add_two(s->a + (size_t) (k + 1 + i) * s->width + k + 1, p, -v[i], v, -p[i], rest);
		if ((k & 15) == 0)
			s->env->poll(s->env->context);
	}
}

/* Takes a rotation along in eigenvectors i and i + 1. */
static inline void
rotate_vectors(void *arg, int i, double c, double s)
{
	AllocSpectrum *spectrum = arg;
	double	   *x = spectrum->vector + (size_t) i * spectrum->width;

	rotate(x, x + spectrum->width, c, s, spectrum->n);
	if (i % POLL_EVERY == 0)
		spectrum->env->poll(spectrum->env->context);
}

bool
alloc_spectrum_solve(AllocSpectrum *s, bool vectors)
{
	int			n = s->n;
	double		least = 0;

	tridiagonal(s);
	/* what is off the diagonal and this small changes no eigenvalue by more than rounding does */
	for (int i = 0; i < n; i++)
		least = fmax(least, 0.5 * DBL_EPSILON * (fabs(s->value[i]) + fabs(s->off[i])));
	if (!vectors)
		return tridiagonal_eigenvalues(s->value, s->off, n, least, DBL_EPSILON, NULL, NULL);
	memset(s->vector, 0, (size_t) n * s->width * sizeof(double));
	for (int i = 0; i < n; i++)
		s->vector[(size_t) i * s->width + i] = 1;
	return tridiagonal_eigenvalues(s->value, s->off, n, least, DBL_EPSILON, rotate_vectors, s);
}

/* Eigenvector i out of the basis of the reflectors. */
static void
reflect_back(AllocSpectrum *s, int i)
{
	double	   *to = s->vector + (size_t) i * s->width;

	for (int k = s->n - 3; k >= 0; k--)
	{
		const double *v = s->a + (size_t) k * s->width + k + 1;
		int			rest = s->n - k - 1;

		if (s->scale[k] != 0)
			alloc_add(to + k + 1, v, -s->scale[k] * alloc_dot(v, to + k + 1, rest), rest);
	}
}

bool
alloc_spectrum_project(AllocSpectrum *s, const double *from, double *to)
{
	int			n = s->n;
	int			positive = 0;
	bool		few;
	int			row[2];
	int			rows = 0;

	memcpy(s->a, from, (size_t) n * s->width * sizeof(double));
	if (!alloc_spectrum_solve(s, true))
		return false;
	for (int i = 0; i < n; i++)
		positive += s->value[i] > 0;
	/* the positive part, or all less the negative part, by whichever has fewer vectors */
	few = positive <= n / 2;
	if (few)
		memset(to, 0, (size_t) n * s->width * sizeof(double));
	else
		memcpy(to, from, (size_t) n * s->width * sizeof(double));
	for (int i = 0; i <= n; i++)
	{
		if (i < n)
		{
			if (few ? !(s->value[i] > 0) : !(s->value[i] < 0))
				continue;
			reflect_back(s, i);
			row[rows++] = i;
		}
		if (rows == 2 || (i == n && rows == 1))
		{
			const double *x = s->vector + (size_t) row[0] * s->width;
			const double *z = s->vector + (size_t) row[rows - 1] * s->width;
			double		f = few ? s->value[row[0]] : -s->value[row[0]];
			double		g = rows < 2 ? 0 : few ? s->value[row[1]] : -s->value[row[1]];

			/* the lower half */
			for (int k = 0; k < n; k++)
				add_two(to + (size_t) k * s->width, x, f * x[k], z, g * z[k], k + 1);
			rows = 0;
			s->env->poll(s->env->context);
		}
	}
	for (int k = 0; k < n; k++)
		for (int t = 0; t < k; t++)
			to[(size_t) t * s->width + k] = to[(size_t) k * s->width + t];
	return true;
}

/* Does the matrix plus shift on its diagonal have a Cholesky factor? Its trace is returned in *trace. */
static bool
factors(AllocSpectrum *s, const double *of, double shift, double *trace)
{
	int			n = s->n;

	*trace = 0;
	for (int i = 0; i < n; i++)
	{
		double	   *row = s->a + (size_t) i * s->width;
		double		pivot = of[(size_t) i * s->width + i] + shift;

		*trace += fabs(pivot);
		for (int k = 0; k < i; k++)
		{
			const double *other = s->a + (size_t) k * s->width;

			row[k] = (of[(size_t) i * s->width + k] - alloc_dot(row, other, k)) / other[k];
		}
		pivot -= alloc_dot(row, row, i);
		if (!(pivot > 0) || isinf(pivot))
			return false;
		row[i] = sqrt(pivot);
		if ((i & 15) == 0)
			s->env->poll(s->env->context);
	}
	return true;
}

double
alloc_spectrum_least(AllocSpectrum *s, const double *of)
{
	int			n = s->n;
	double		least = INFINITY;
	double		largest = 0;
	double		margin;

	memcpy(s->a, of, (size_t) n * s->width * sizeof(double));
	if (!alloc_spectrum_solve(s, false))
		return -INFINITY;
	for (int i = 0; i < n; i++)
	{
		least = s->value[i] < least ? s->value[i] : least;
		largest = fabs(s->value[i]) > largest ? fabs(s->value[i]) : largest;
	}
	margin = 4 * n * DBL_EPSILON * largest;
	for (int k = 0; k < CONFIRM_MOST; k++)
	{
		double		trace;

		margin *= 4;
		if (factors(s, of, margin - least, &trace))
			return least - margin - 4 * (n + 4.0) * DBL_EPSILON * trace;
	}
	return -INFINITY;
}
