/*
 * input_output.c
 *	  The Leontief inverse; see the header.
 */
#include "indicator/input_output.h"

#include <math.h>

/* Pivots below this, relative to the largest element of I - a, make it singular for our purposes. */
#define PIVOT_MIN 1e-13

/* In-place inversion of m (n x n) with row pivoting. */
static bool
invert(double *m, int n, int *pivot, void (*tick) (void))
{
	double		largest = 0;

	for (long i = 0; i < (long) n * n; i++)
		if (fabs(m[i]) > largest)
			largest = fabs(m[i]);
	for (int k = 0; k < n; k++)
	{
		int			best = k;
		double		reciprocal;
		double	   *row_k = m + (long) k * n;

		tick();
		for (int i = k + 1; i < n; i++)
			if (fabs(m[(long) i * n + k]) > fabs(m[(long) best * n + k]))
				best = i;
		pivot[k] = best;
		if (!(fabs(m[(long) best * n + k]) > PIVOT_MIN * largest))
			return false;
		if (best != k)
			for (int j = 0; j < n; j++)
			{
				double		swap = row_k[j];

				row_k[j] = m[(long) best * n + j];
				m[(long) best * n + j] = swap;
			}
		reciprocal = 1 / row_k[k];
		row_k[k] = 1;
		for (int j = 0; j < n; j++)
			row_k[j] *= reciprocal;
		for (int i = 0; i < n; i++)
		{
			double	   *row_i = m + (long) i * n;
			double		factor = row_i[k];

			if (i == k || factor == 0)
				continue;
			row_i[k] = 0;
			for (int j = 0; j < n; j++)
				row_i[j] -= factor * row_k[j];
		}
	}
	for (int k = n - 1; k >= 0; k--)
		if (pivot[k] != k)
			for (int i = 0; i < n; i++)
			{
				double		swap = m[(long) i * n + k];

				m[(long) i * n + k] = m[(long) i * n + pivot[k]];
				m[(long) i * n + pivot[k]] = swap;
			}
	return true;
}

bool
leontief_inverse(double *a, int n, int *pivot, void (*tick) (void))
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			a[(long) i * n + j] = (i == j) - a[(long) i * n + j];
	return invert(a, n, pivot, tick);
}

double
matrix_least(const double *a, int n, int *row, int *col)
{
	double		least = 0;

	*row = *col = 0;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			if (a[(long) i * n + j] < least)
			{
				least = a[(long) i * n + j];
				*row = i;
				*col = j;
			}
	return least;
}

double
jobs_multiplier(const double *inverse, const double *labour, int n, int j)
{
	double		jobs = 0;

	if (!(labour[j] > 0))
		return NAN;
	for (int i = 0; i < n; i++)
		if (!isnan(labour[i]))
			jobs += labour[i] * inverse[(long) i * n + j];
	return jobs / labour[j];
}
