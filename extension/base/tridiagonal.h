/*
 * tridiagonal.h
 *	  Eigenvalues of a symmetric tridiagonal matrix by implicit QL with Wilkinson's shift.
 *
 * The caller takes the rotations along, so it decides which rows of eigenvectors it pays for. Arithmetic is plain IEEE 754 in an order that
 * the source fixes: the same bytes on every machine. Inline, so that the rotation is part of the loop.
 */
#ifndef INNOCITY_TRIDIAGONAL_H
#define INNOCITY_TRIDIAGONAL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Steps for one eigenvalue; three are usual. */
#define TRIDIAGONAL_STEPS_MAX 60

/* Vectors (x, y) at places i and i + 1 of what becomes the eigenvectors turn to (c x - s y, s x + c y). */
typedef void (*TridiagonalRotate) (void *arg, int i, double c, double s);

/* sqrt(a^2 + b^2) without overflow; not the library's, whose last digit is not the same on every machine. */
static inline double
tridiagonal_hypotenuse(double a, double b)
{
	/* fmax and fmin are calls, and this is the innermost loop. */
	double		greater = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
	double		smaller = fabs(a) > fabs(b) ? fabs(b) : fabs(a);
	double		ratio;

	if (greater == 0)
		return 0;
	ratio = smaller / greater;
	return greater * sqrt(1 + ratio * ratio);
}

/*
 * d[0 .. n - 1]: the diagonal, becomes the eigenvalues, in no order; e[0 .. n - 2]: below the diagonal, destroyed; e[n - 1] is scratch. What is
 * off the diagonal counts as 0 up to absolute + relative times the two diagonal elements beside it. rotate may be NULL. False without
 * convergence, as where a number is not finite.
 */
static inline bool
tridiagonal_eigenvalues(double *d, double *e, int n, double absolute, double relative, TridiagonalRotate rotate, void *arg)
{
	if (n > 0)
		e[n - 1] = 0;
	for (int l = 0; l < n; l++)
	{
		for (int step = 0;; step++)
		{
			int			end = l;
			double		g,
						r,
						s = 1,
						c = 1,
						p = 0;
			bool		split = false;

			while (end < n - 1 && !(fabs(e[end]) <= absolute + relative * (fabs(d[end]) + fabs(d[end + 1]))))
				end++;
			if (end == l)
				break;
			if (step == TRIDIAGONAL_STEPS_MAX)
				return false;
			g = (d[l + 1] - d[l]) / (2 * e[l]);
			r = tridiagonal_hypotenuse(g, 1);
			g = d[end] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
			for (int i = end - 1; i >= l; i--)
			{
				double		f = s * e[i];
				double		b = c * e[i];

				r = tridiagonal_hypotenuse(f, g);
				e[i + 1] = r;
				if (r == 0)
				{
					d[i + 1] -= p;
					e[end] = 0;
					split = true;
					break;
				}
				s = f / r;
				c = g / r;
				g = d[i + 1] - p;
				r = (d[i] - g) * s + 2 * c * b;
				p = s * r;
				d[i + 1] = g + p;
				g = c * r - b;
				if (rotate != NULL)
					rotate(arg, i, c, s);
			}
			if (split)
				continue;
			d[l] -= p;
			e[l] = g;
			e[end] = 0;
		}
	}
	return true;
}

#endif							/* INNOCITY_TRIDIAGONAL_H */
