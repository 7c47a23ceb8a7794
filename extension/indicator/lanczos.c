/*
 * lanczos.c
 *	  Two largest eigenvalues beside a known vector; see the header.
 *
 * The basis Q grows by up to two vectors at a time. A has been applied to its first `done`; H = Q' A Q of these has two diagonals beside
 * its own, since A q has parts of no vectors but the pair before q's, its own, and the one that it adds. What leads from the first
 * `done` to those added last stands in the next rows of H, so that a residual costs no vector of length n.
 */
#include "indicator/lanczos.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "indicator/band.h"
#include "indicator/vector_pair.h"

/* A vector of this length, relative to the residual asked for, is errors of rounding. */
#define DROP 0.1

/* What orthogonalising must leave of a length; where it leaves less, a second pass follows (Kahan's and Parlett's "twice is enough"). */
#define KEPT 0.7

/* Vectors until the first look at the eigenvalues, and at most between two. */
#define FIRST_LOOK 16
#define LOOK_MOST 32

/* Powers of two by which a start is off, about: residuals asked for are near 1e-13. */
#define START_EXCESS 40

typedef struct Basis
{
	size_t		stride;
	int			most;			/* dimensions beside the known vector */
	int			room;
	double		least;			/* length of what is no vector */
	double	   *known;
	double	   *vector;			/* room of them */
	int			m;				/* vectors */
	int			done;			/* of these, with A applied */
	double	   *pair[2];		/* two vectors in the making */
	double	   *product;		/* their products with each vector */
	double	   *d;				/* H: diagonal, elements (i + 1, i), (i + 2, i) */
	double	   *e;
	double	   *f;
	double		dropped;		/* sum of squared lengths of what was no vector */
} Basis;

/* Largest eigenvalues of H, falling, and their eigenvectors. */
typedef struct Small
{
	int			found;			/* 3, or how many there are */
	double		value[3];
	double	   *vector[2];
	double	   *d;				/* H in work */
	double	   *e;
	double	   *f;
	double	   *scratch;
} Small;

/* Vectors that there is room for: two more than dimensions are enough. */
static int
basis_room(int n)
{
	return n + 1 < LANCZOS_BASIS_MAX ? n + 1 : LANCZOS_BASIS_MAX;
}

size_t
lanczos_scratch(int n)
{
	size_t		m = basis_room(n);

	/* what aligns vectors; basis, known one, pair; products; H and its copy, two of its eigenvectors and what they need */
	return VECTOR_STEP - 1 + (m + 3) * vector_stride(n) + 2 * m + 6 * m + 2 * m + BAND_SCRATCH(m);
}

static void
lengths_of_pair(const Basis *b, double length[2])
{
	for (int which = 0; which < 2; which++)
	{
		double		square[2];

		vector_pair_products(b->pair[which], b->stride, 1, b->pair[0], b->pair[1], square);
		length[which] = sqrt(square[which]);
	}
}

/*
 * One pass of making the pair orthogonal to the vectors from first on and to the known one. That one comes last: the basis has a trace of it,
 * which subtracting would give to the pair, and from step to step it would grow into a false eigenvector.
 */
static void
leave_basis(const Basis *b, int first)
{
	const double *set = b->vector + (size_t) first * b->stride;
	double		of_known[2];

	vector_pair_products(set, b->stride, b->m - first, b->pair[0], b->pair[1], b->product);
	vector_pair_subtract(set, b->stride, b->m - first, b->product, b->pair[0], b->pair[1]);
	vector_pair_products(b->known, b->stride, 1, b->pair[0], b->pair[1], of_known);
	vector_pair_subtract(b->known, b->stride, 1, of_known, b->pair[0], b->pair[1]);
}

/* Element (row, column) of H, below the diagonal. */
static void
set_coupling(Basis *b, int row, int column, double value)
{
	*(row - column == 1 ? b->e + column : b->f + column) = value;
}

/*
 * Makes the pair, or its first vector if width is 1, orthonormal and part of the basis; A applied to columns of H gave it, from `column` on,
 * or none did where the basis begins (-1). What others span already is dropped.
 */
static void
append(Basis *b, int width, int column)
{
	double		length[2],
				before[2];
	int			from = b->m;

	lengths_of_pair(b, length);
	do
	{
		memcpy(before, length, sizeof(before));
		leave_basis(b, 0);
		lengths_of_pair(b, length);
	} while ((length[0] > b->least && length[0] < KEPT * before[0]) || (width == 2 && length[1] > b->least && length[1] < KEPT * before[1]));

	for (int which = 0; which < width; which++)
	{
		if (which == 1 && b->m > from)
		{
			/* The second leaves the first, and all others again where it was nearly the same; the first is in the basis now. */
			double		part[2];

			before[1] = length[1];
			vector_pair_products(b->vector + (size_t) from * b->stride, b->stride, 1, b->pair[0], b->pair[1], part);
			part[0] = 0;
			vector_pair_subtract(b->vector + (size_t) from * b->stride, b->stride, 1, part, b->pair[0], b->pair[1]);
			if (column >= 0)
				set_coupling(b, from, column + 1, part[1]);
			lengths_of_pair(b, length);
			while (length[1] > b->least && length[1] < KEPT * before[1])
			{
				before[1] = length[1];
				leave_basis(b, 0);
				lengths_of_pair(b, length);
			}
		}
		if (b->m < b->most && length[which] > b->least)
		{
			double	   *vector = b->vector + (size_t) b->m * b->stride;

			for (size_t i = 0; i < b->stride; i++)
				vector[i] = b->pair[which][i] / length[which];
			if (column >= 0)
				set_coupling(b, b->m, column + which, length[which]);
			b->m++;
		}
		else
			b->dropped += length[which] * length[which];
	}
}

/* Applies A to the next two vectors, or to the last if there is one only. */
static void
step(const LanczosProblem *problem, Basis *b)
{
	int			column = b->done;
	int			width = b->m - column > 1 ? 2 : 1;
	int			near = column > 2 ? column - 2 : 0;
	const double *own;
	const double *x[2] = {b->vector + (size_t) column * b->stride, b->vector + (size_t) (column + width - 1) * b->stride};

	problem->apply(problem->arg, x, b->pair);
	/* First what is large, and exact in H; then what is left of it and of all others. */
	leave_basis(b, near);
	own = b->product + 2 * (column - near);
	for (int i = column; i < column + width; i++)
		b->e[i] = b->f[i] = 0;
	b->d[column] = own[0];
	if (width == 2)
	{
		b->e[column] = own[2];
		b->d[column + 1] = own[3];
	}
	append(b, width, column);
	b->done += width;
}

static void
solve_small(const Basis *b, Small *s)
{
	memcpy(s->d, b->d, sizeof(double) * b->done);
	memcpy(s->e, b->e, sizeof(double) * b->done);
	memcpy(s->f, b->f, sizeof(double) * b->done);
	band_eigenvalues(s->d, s->e, s->f, b->done);
	s->found = 0;
	for (int k = 0; k < b->done; k++)
	{
		int			place = s->found < 3 ? s->found++ : 3;

		for (; place > 0 && s->d[k] > s->value[place - 1]; place--)
			if (place < 3)
				s->value[place] = s->value[place - 1];
		if (place < 3)
			s->value[place] = s->d[k];
	}
	for (int rank = 0; rank < 2 && rank < s->found; rank++)
		band_eigenvector(b->d, b->e, b->f, b->done, s->value[rank], rank > 0 ? s->vector[0] : NULL, s->vector[rank], s->scratch);
}

/* Square of the residual of an eigenvector that has counterpart z in H. */
static double
square_of_residual(const Basis *b, const double *z)
{
	int			last = b->done - 1;
	double		next = b->e[last] * z[last] + (last > 0 ? b->f[last - 1] * z[last - 1] : 0);
	double		after = b->f[last] * z[last];

	return next * next + after * after + b->dropped;
}

/*
 * How far both eigenvalues are off. A residual bounds the error of a value; so does the square of the residuals of all that are
 * not smaller, over the distance to the next smaller one, for which the next approximation stands.
 */
static void
look(const Basis *b, Small *s, LanczosResult *result)
{
	double		square;

	solve_small(b, s);
	square = square_of_residual(b, s->vector[0]);
	result->residual = sqrt(square);
	result->error_second = 0;
	if (s->found > 1)
	{
		double		gap = s->found > 2 ? s->value[1] - s->value[2] : 0;

		square += square_of_residual(b, s->vector[1]);
		result->error_second = square < gap * gap ? square / gap : sqrt(square);
	}
	for (int rank = 0; rank < 2; rank++)
		result->value[rank] = rank < s->found && s->value[rank] > 0 ? s->value[rank] : 0;
}

/* The pair becomes the eigenvectors of the best two values, or of the one there is. */
static void
best_vectors(const Basis *b, const Small *s)
{
	for (int which = 0; which < 2; which++)
	{
		memset(b->pair[which], 0, sizeof(double) * b->stride);
		for (int i = 0; i < b->done; i++)
			b->product[2 * i + which] = which < s->found ? -s->vector[which][i] : 0;
	}
	vector_pair_subtract(b->vector, b->stride, b->done, b->product, b->pair[0], b->pair[1]);
}

/* A fixed start without symmetry: splitmix64 of the position. */
static void
start_vectors(const Basis *b, int n)
{
	for (int which = 0; which < 2; which++)
	{
		memset(b->pair[which], 0, sizeof(double) * b->stride);
		for (int i = 0; i < n; i++)
		{
			uint64_t	z = ((uint64_t) (which + 1) * 1000003 * n + i + 1) * UINT64_C(0x9e3779b97f4a7c15);

			z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
			z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
			b->pair[which][i] = (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53 - 0.5;
		}
	}
}

/*
 * Vectors to take before the next look, from how many powers of two the error was too large at the last two: seven tenths of what is left
 * at that pace. In whole numbers, since a library's logarithm is not the same everywhere.
 */
static int
next_look(int vectors, int before, int now)
{
	int			pace = before - now;
	int			wait = pace > 0 ? (int) ((int64_t) vectors * now * 7 / (10 * pace)) : vectors;

	return wait < 2 ? 2 : wait > LOOK_MOST ? LOOK_MOST : wait;
}

/* The power of two at or above how many times the error is what it may be. */
static int
excess(double error, double limit)
{
	int			exponent = 0;

	if (error <= limit)
		return 0;
	(void) frexp(limit > 0 ? error / limit : 0x1p100, &exponent);
	return exponent;
}

LanczosResult
lanczos_largest(const LanczosProblem *problem, double *vector, double *scratch)
{
	int			n = problem->n;
	size_t		m = basis_room(n);
	Basis		b = {.stride = vector_stride(n), .room = (int) m, .most = n - 1, .least = DROP * problem->residual};
	Small		s = {0};
	LanczosResult result = {{0, 0}, 0, 0, 0};

	b.known = (double *) (((uintptr_t) scratch + 8 * VECTOR_STEP - 1) & ~(uintptr_t) (8 * VECTOR_STEP - 1));
	b.pair[0] = b.known + b.stride;
	b.pair[1] = b.pair[0] + b.stride;
	b.vector = b.pair[1] + b.stride;
	b.product = b.vector + m * b.stride;
	b.d = b.product + 2 * m;
	b.e = b.d + m;
	b.f = b.e + m;
	s.d = b.f + m;
	s.e = s.d + m;
	s.f = s.e + m;
	s.vector[0] = s.f + m;
	s.vector[1] = s.vector[0] + m;
	s.scratch = s.vector[1] + m;

	memset(vector, 0, sizeof(double) * n);
	if (n < 2)
		return result;
	memset(b.known, 0, sizeof(double) * b.stride);
	memcpy(b.known, problem->known, sizeof(double) * n);
	start_vectors(&b, n);
	for (int restart = 0;; restart++)
	{
		int			wait = FIRST_LOOK;
		int			looked = 0;
		int			before = START_EXCESS;
		bool		right = false;

		b.m = b.done = 0;
		b.dropped = 0;
		append(&b, 2, -1);
		while (b.done < b.m && b.m + 2 <= b.room && !right)
		{
			if (problem->pause != NULL)
				problem->pause();
			step(problem, &b);
			result.steps++;
			if (b.done >= looked + wait || b.done == b.m || b.m + 2 > b.room)
			{
				int			now_first,
							now_second;

				look(&b, &s, &result);
				/* The second one's error falls as the square of its residual. */
				now_first = excess(result.residual, problem->residual);
				now_second = (excess(result.error_second, problem->error_second * result.value[0]) + 1) / 2;
				if (now_second > now_first)
					now_first = now_second;
				right = now_first == 0;
				wait = next_look(b.done - looked, before, now_first);
				looked = b.done;
				before = now_first;
			}
		}
		best_vectors(&b, &s);
		if (right || b.done == b.m || restart == LANCZOS_RESTARTS_MAX)
			break;
	}
	memcpy(vector, b.pair[0], sizeof(double) * n);
	return result;
}
