/*
 * band.c
 *	  Eigenvalues and eigenvectors of a band; see the header.
 */
#include "indicator/band.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/tridiagonal.h"

/* Turns of inverse iteration: the first one finds the vector, the next ones clean it where values are close. */
#define TURNS 3

/* Elements of a row from its diagonal on: two above the diagonal, and two more from exchanges of rows. */
#define ROW 5

/*
 * Element (k + 2, k) becomes 0, and what that puts at (i + 3, i), two places further down at each turn. The rotation of the planes i and
 * i + 1 takes (a, b), elements (i, .) and (i + 1, .) of some column, to (sqrt(a^2 + b^2), 0).
 */
static void
chase(double *d, double *e, double *f, int m, int k)
{
	double	   *kept = e + k;
	double		outside = f[k];

	for (int i = k + 1; outside != 0; i += 2)
	{
		double		r = tridiagonal_hypotenuse(*kept, outside);
		double		c = *kept / r;
		double		s = outside / r;
		double		p = d[i];
		double		q = d[i + 1];
		double		g = e[i];

		*kept = r;
		outside = 0;
		if (i > k + 1)
		{
			double		x = e[i - 1];

			e[i - 1] = c * x + s * f[i - 1];
			f[i - 1] = c * f[i - 1] - s * x;
		}
		d[i] = c * c * p + 2 * c * s * g + s * s * q;
		d[i + 1] = s * s * p - 2 * c * s * g + c * c * q;
		e[i] = c * s * (q - p) + (c * c - s * s) * g;
		if (i + 2 < m)
		{
			double		x = f[i];

			f[i] = c * x + s * e[i + 1];
			e[i + 1] = c * e[i + 1] - s * x;
		}
		if (i + 3 < m)
		{
			outside = s * f[i + 1];
			f[i + 1] = c * f[i + 1];
		}
		kept = f + i;
	}
}

void
band_eigenvalues(double *d, double *e, double *f, int m)
{
	for (int k = 0; k + 2 < m; k++)
		chase(d, e, f, m, k);
	(void) tridiagonal_eigenvalues(d, e, m, 0, 1e-17, NULL, NULL);
}

/* Divides x by its length, after taking out its part of other. */
static void
normalise(double *x, const double *other, int m)
{
	double		part = 0,
				square = 0,
				length;

	if (other != NULL)
	{
		for (int i = 0; i < m; i++)
			part += x[i] * other[i];
		for (int i = 0; i < m; i++)
			x[i] -= part * other[i];
	}
	for (int i = 0; i < m; i++)
		square += x[i] * x[i];
	length = sqrt(square);
	for (int i = 0; i < m; i++)
		x[i] = length > 0 ? x[i] / length : 0;
}

/* Element (i, j) of the band with value taken from its diagonal; zero outside. */
static double
element(const double *d, const double *e, const double *f, int m, double value, int i, int j)
{
	int			upper = i < j ? i : j;

	if (i >= m || j >= m)
		return 0;
	return i == j ? d[i] - value : i + j == 2 * upper + 1 ? e[upper] : i + j == 2 * upper + 2 ? f[upper] : 0;
}

/* x = (band - value)^-1 x by elimination with exchange of rows; no pivot is smaller than least. row: m of ROW elements. */
static void
solve(const double *d, const double *e, const double *f, int m, double value, double least, double *x, double *row)
{
	double		active[3][ROW];

	/* The three rows that may have something in column k, from that column on. */
	for (int r = 0; r < 3; r++)
		for (int k = 0; k < ROW; k++)
			active[r][k] = element(d, e, f, m, value, r, k);
	for (int k = 0; k < m; k++)
	{
		double	   *pivot = row + (size_t) k * ROW;
		int			best = 0;
		int			below = m - k < 3 ? m - k : 3;
		double		exchanged;

		for (int r = 1; r < below; r++)
			if (fabs(active[r][0]) > fabs(active[best][0]))
				best = r;
		memcpy(pivot, active[best], sizeof(active[best]));
		memcpy(active[best], active[0], sizeof(active[0]));
		exchanged = x[k + best];
		x[k + best] = x[k];
		x[k] = exchanged;
		if (fabs(pivot[0]) < least)
			pivot[0] = least;
		for (int r = 1; r < below; r++)
		{
			double		factor = active[r][0] / pivot[0];

			for (int c = 1; c < ROW; c++)
				active[r - 1][c - 1] = active[r][c] - factor * pivot[c];
			active[r - 1][ROW - 1] = 0;
			x[k + r] -= factor * x[k];
		}
		for (int c = 0; c < ROW; c++)
			active[2][c] = element(d, e, f, m, value, k + 3, k + 1 + c);
	}
	for (int k = m - 1; k >= 0; k--)
	{
		const double *pivot = row + (size_t) k * ROW;

		for (int c = 1; c < ROW && k + c < m; c++)
			x[k] -= pivot[c] * x[k + c];
		x[k] /= pivot[0];
	}
}

void
band_eigenvector(const double *d, const double *e, const double *f, int m, double value, const double *other, double *x, double *scratch)
{
	double		greatest = 0;

	/* A start without symmetry. */
	for (int i = 0; i < m; i++)
	{
		double		turn = i * 0.6180339887498949;

		x[i] = 1 + turn - floor(turn);
		greatest = fmax(greatest, fabs(d[i]));
	}
	normalise(x, other, m);
	for (int turn = 0; turn < TURNS; turn++)
	{
		solve(d, e, f, m, value, greatest > 0 ? greatest * 0x1p-52 : 1, x, scratch);
		normalise(x, other, m);
	}
}
