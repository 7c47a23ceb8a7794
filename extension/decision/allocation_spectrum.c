/*
 * allocation_spectrum.c
 *	  Householder's tridiagonal form and what is made of its eigenvalues. See allocation_spectrum.h.
 */
#include "decision/allocation_spectrum.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpu.h"
#include "base/tridiagonal.h"

/* Attempts to confirm a least eigenvalue. */
#define CONFIRM_MOST	8

/* Rows of scratch. */
#define WORK			4

/* Eigenvalues this near, in units of the largest, have their vectors made orthogonal to each other; others are so by themselves. */
#define NEAR			1e-4

/* Solutions with the shifted matrix for a vector: at least, at most, and what may be left of it then, in units of the largest eigenvalue. */
#define SOLVES_LEAST	2
#define SOLVES_MOST		8
#define LEFT_MOST		1e-10

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

/* Row `row` of a symmetric matrix to row - f p - g v, and its products with x into y: returns row x, and y += h row. */
CPU_INLINE double
update_lanes(double *row, const double *p, double f, const double *v, double g, const double *x, double *y, double h, int n)
{
	Lanes		a = {0};
	double		sum;
	int			k = 0;

	for (; k + 4 <= n; k += 4)
	{
		Lanes		r = *(const Lanes *) (row + k) - f * *(const Lanes *) (p + k) - g * *(const Lanes *) (v + k);

		*(Lanes *) (row + k) = r;
		a += r * *(const Lanes *) (x + k);
		*(Lanes *) (y + k) += h * r;
	}
	sum = (a[0] + a[1]) + (a[2] + a[3]);
	for (; k < n; k++)
	{
		row[k] = row[k] - f * p[k] - g * v[k];
		sum += row[k] * x[k];
		y[k] += h * row[k];
	}
	return sum;
}

/* to += sum_r f[r] x[r], of four */
CPU_INLINE void
add_four_lanes(double *to, const double *const x[4], const double f[4], int n)
{
	int			k = 0;

	for (; k + 4 <= n; k += 4)
		*(Lanes *) (to + k) += (f[0] * *(const Lanes *) (x[0] + k) + f[1] * *(const Lanes *) (x[1] + k)) +
			(f[2] * *(const Lanes *) (x[2] + k) + f[3] * *(const Lanes *) (x[3] + k));
	for (; k < n; k++)
		to[k] += (f[0] * x[0][k] + f[1] * x[1][k]) + (f[2] * x[2][k] + f[3] * x[3][k]);
}

/* Each of four x, its elements from `from` on, to x - scale v (v x) */
CPU_INLINE void
reflect_four_lanes(double *const x[4], int from, const double *v, double scale, int n)
{
	Lanes		a[4] = {{0}};
	double		f[4];
	int			k = 0;

	for (; k + 4 <= n; k += 4)
		for (int r = 0; r < 4; r++)
			a[r] += *(const Lanes *) (x[r] + from + k) * *(const Lanes *) (v + k);
	for (int r = 0; r < 4; r++)
	{
		f[r] = (a[r][0] + a[r][1]) + (a[r][2] + a[r][3]);
		for (int t = k; t < n; t++)
			f[r] += x[r][from + t] * v[t];
		f[r] *= -scale;
	}
	for (k = 0; k + 4 <= n; k += 4)
		for (int r = 0; r < 4; r++)
			*(Lanes *) (x[r] + from + k) += f[r] * *(const Lanes *) (v + k);
	for (; k < n; k++)
		for (int r = 0; r < 4; r++)
			x[r][from + k] += f[r] * v[k];
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

CPU_TARGET_AVX2 static double
update_avx2(double *row, const double *p, double f, const double *v, double g, const double *x, double *y, double h, int n)
{
	return update_lanes(row, p, f, v, g, x, y, h, n);
}

CPU_TARGET_AVX2 static void
add_four_avx2(double *to, const double *const x[4], const double f[4], int n)
{
	add_four_lanes(to, x, f, n);
}

CPU_TARGET_AVX2 static void
reflect_four_avx2(double *const x[4], int from, const double *v, double scale, int n)
{
	reflect_four_lanes(x, from, v, scale, n);
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

AllocSpectrum *
alloc_spectrum_new(const AllocEnv *env, int n)
{
	AllocSpectrum *s = env->alloc(env->context, sizeof(AllocSpectrum));

	s->env = env;
	s->n = n;
	s->width = (n + 3) / 4 * 4;
	s->a = env->alloc(env->context, (size_t) n * s->width * sizeof(double));
	s->vector = env->alloc(env->context, (size_t) (n + 3) * s->width * sizeof(double));
	s->value = env->alloc(env->context, n * sizeof(double));
	s->diagonal = env->alloc(env->context, n * sizeof(double));
	s->off = env->alloc(env->context, n * sizeof(double));
	s->scale = env->alloc(env->context, n * sizeof(double));
	s->work = env->alloc(env->context, WORK * (size_t) s->width * sizeof(double));
	return s;
}

/*
 * a to tridiagonal form in diagonal and off; row k of a keeps the reflector from k + 1 on. The change that a reflector brings to the rows below is
 * made when the next one needs their products, in one pass.
 */
static void
tridiagonal(AllocSpectrum *s)
{
	int			n = s->n;
	double	   *p = s->work;	/* the change to come is p v' + v p' */
	double	   *next = s->work + s->width;
	const double *v = p;		/* from 0 on, as p: nothing at first */

	memset(p, 0, n * sizeof(double));
	for (int k = 0; k < n; k++)
	{
		double	   *row = s->a + (size_t) k * s->width;
		int			rest = n - k - 1;
		double		norm;
		double		half;

		s->diagonal[k] = row[k] - 2 * p[k] * v[k];
		for (int i = k + 1; i < n; i++)
			row[i] = s->a[(size_t) i * s->width + k] - p[i] * v[k] - v[i] * p[k];
		s->off[k] = rest > 0 ? row[k + 1] : 0;
		s->scale[k] = 0;
		if (rest < 2)
			continue;
		norm = sqrt(alloc_dot(row + k + 1, row + k + 1, rest));
		if (norm > 0)
		{
			s->off[k] = row[k + 1] > 0 ? -norm : norm;
			row[k + 1] -= s->off[k];
			s->scale[k] = 2 / alloc_dot(row + k + 1, row + k + 1, rest);
		}
		memset(next, 0, n * sizeof(double));
		for (int i = k + 1; i < n; i++)
		{
			double	   *at = s->a + (size_t) i * s->width;

			at[i] -= 2 * p[i] * v[i];
			next[i] += at[i] * row[i] +
				BY_LEVEL(update, at + k + 1, p + k + 1, v[i], v + k + 1, p[i], row + k + 1, next + k + 1, row[i], i - k - 1);
		}
		for (int i = k + 1; i < n; i++)
			next[i] *= s->scale[k];
		half = 0.5 * s->scale[k] * alloc_dot(next + k + 1, row + k + 1, rest);
		alloc_add(next + k + 1, row + k + 1, -half, rest);
		v = row;
		row = p;
		p = next;
		next = row;
		if ((k & 15) == 0)
			s->env->poll(s->env->context);
	}
}

static int
by_value(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return x < y ? -1 : x > y;
}

/* The eigenvalues of a; false: no convergence. */
static bool
solve(AllocSpectrum *s)
{
	int			n = s->n;
	double	   *off = s->work;
	double		least = 0;

	tridiagonal(s);
	/* what is off the diagonal and this small changes no eigenvalue by more than rounding does */
	for (int i = 0; i < n; i++)
		least = fmax(least, 0.5 * DBL_EPSILON * (fabs(s->diagonal[i]) + fabs(s->off[i])));
	memcpy(s->value, s->diagonal, n * sizeof(double));
	memcpy(off, s->off, n * sizeof(double));
	if (!tridiagonal_eigenvalues(s->value, off, n, least, DBL_EPSILON, NULL, NULL))
		return false;
	qsort(s->value, n, sizeof(double), by_value);
	return true;
}

/* The tridiagonal form less shift as P L U, by Gauss with the larger of two pivots; no pivot below tiny. U has two places right of the diagonal. */
static void
factor_shifted(AllocSpectrum *s, double shift, double tiny, double *lower, double *inverse, double *right, double *far)
{
	int			n = s->n;
	double		pivot = s->diagonal[0] - shift;
	double		beside = s->off[0];

	for (int i = 0; i < n; i++)
	{
		double		below = i < n - 1 ? s->off[i] : 0;
		double		next = i < n - 1 ? s->diagonal[i + 1] - shift : 0;
		double		after = i < n - 2 ? s->off[i + 1] : 0;

		/* a swap is kept as a factor above 1 */
		if (fabs(below) > fabs(pivot) && fabs(below) >= tiny)
		{
			double		f = pivot / below;

			inverse[i] = 1 / below;
			right[i] = next;
			far[i] = after;
			lower[i] = f + 4;
			pivot = beside - f * next;
			beside = -f * after;
		}
		else
		{
			if (fabs(pivot) < tiny)
				pivot = pivot < 0 ? -tiny : tiny;
			lower[i] = below / pivot;
			inverse[i] = 1 / pivot;
			right[i] = beside;
			far[i] = 0;
			pivot = next - lower[i] * beside;
			beside = after;
		}
	}
}

static void
solve_shifted(int n, const double *lower, const double *inverse, const double *right, const double *far, double *x)
{
	for (int i = 0; i < n - 1; i++)
		if (lower[i] > 2)
		{
			double		above = x[i];

			x[i] = x[i + 1];
			x[i + 1] = above - (lower[i] - 4) * x[i];
		}
		else
			x[i + 1] -= lower[i] * x[i];
	for (int i = n - 1; i >= 0; i--)
		x[i] = (x[i] - (i < n - 1 ? right[i] * x[i + 1] : 0) - (i < n - 2 ? far[i] * x[i + 2] : 0)) * inverse[i];
}

static bool
to_length_one(double *x, int n)
{
	double		length = sqrt(alloc_dot(x, x, n));

	if (!(length > 0) || isinf(length))
		return false;
	for (int i = 0; i < n; i++)
		x[i] /= length;
	return true;
}

/* How far x is from being an eigenvector of the tridiagonal form. */
static double
left_over(const AllocSpectrum *s, const double *x, double value)
{
	int			n = s->n;
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		double		left = (s->diagonal[i] - value) * x[i] + (i > 0 ? s->off[i - 1] * x[i - 1] : 0) + (i < n - 1 ? s->off[i] * x[i + 1] : 0);

		sum += left * left;
	}
	return sqrt(sum);
}

/*
 * Rows from .. to - 1 of vector: the eigenvectors of these eigenvalues, of the tridiagonal form, by inverse iteration. It costs n a vector where
 * taking all along with the rotations costs n^2 each. A start without a part in the vector is as good as impossible: it is random. false: no convergence.
 */
static bool
inverse_iteration(AllocSpectrum *s, int from, int to)
{
	int			n = s->n;
	double		largest = fmax(fabs(s->value[0]), fabs(s->value[n - 1]));
	double	   *lower = s->work;
	double	   *inverse = lower + s->width;
	double	   *right = inverse + s->width;
	double	   *far = right + s->width;
	uint64_t	state = 1;
	int			group = from;	/* the first one that is near */

	for (int i = from; i < to; i++)
	{
		double	   *x = s->vector + (size_t) i * s->width;
		double		left = INFINITY;

		if (i > from && s->value[i] - s->value[i - 1] > NEAR * largest)
			group = i;
		factor_shifted(s, s->value[i], DBL_EPSILON * largest, lower, inverse, right, far);
		for (int k = 0; k < n; k++)
		{
			state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			x[k] = (double) (state >> 11) * 0x1p-53 - 0.5;
		}
		for (int round = 0; round < SOLVES_LEAST || (round < SOLVES_MOST && left > LEFT_MOST * largest); round++)
		{
			solve_shifted(n, lower, inverse, right, far, x);
			if (!to_length_one(x, n))
				return false;
			for (int other = group; other < i; other++)
			{
				const double *y = s->vector + (size_t) other * s->width;

				alloc_add(x, y, -alloc_dot(x, y, n), n);
			}
			if (!to_length_one(x, n))
				return false;
			left = left_over(s, x, s->value[i]);
		}
		if (!(left <= LEFT_MOST * largest))
			return false;
		s->env->poll(s->env->context);
	}
	return true;
}

bool
alloc_spectrum_project(AllocSpectrum *s, const double *from, double *to)
{
	int			n = s->n;
	int			negative = 0;
	int			positive = n;
	bool		few;
	int			end;

	memcpy(s->a, from, (size_t) n * s->width * sizeof(double));
	if (!solve(s))
		return false;
	while (negative < n && s->value[negative] < 0)
		negative++;
	while (positive > 0 && s->value[positive - 1] > 0)
		positive--;
	/* the positive part, or all less the negative part, by whichever has fewer vectors */
	few = n - positive < negative;
	if (few)
		memset(to, 0, (size_t) n * s->width * sizeof(double));
	else
		memcpy(to, from, (size_t) n * s->width * sizeof(double));
	end = few ? n : negative;
	if (!inverse_iteration(s, few ? positive : 0, end))
		return false;
	for (int i = few ? positive : 0; i < end; i += 4)
	{
		double	   *x[4];
		double		f[4];
		double		by[4];

		/* the last ones are made four by rows of zeros */
		for (int r = 0; r < 4; r++)
		{
			x[r] = s->vector + (size_t) (i + r < end ? i + r : n + r - 1) * s->width;
			f[r] = i + r < end ? fabs(s->value[i + r]) : 0;
		}
		/* out of the basis of the reflectors */
		for (int k = n - 3; k >= 0; k--)
			if (s->scale[k] != 0)
				BY_LEVEL(reflect_four, x, k + 1, s->a + (size_t) k * s->width + k + 1, s->scale[k], n - k - 1);
		/* the lower half */
		for (int k = 0; k < n; k++)
		{
			for (int r = 0; r < 4; r++)
				by[r] = f[r] * x[r][k];
			BY_LEVEL(add_four, to + (size_t) k * s->width, (const double *const *) x, by, k + 1);
		}
		s->env->poll(s->env->context);
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
	if (!solve(s))
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
