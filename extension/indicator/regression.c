/*
 * regression.c
 *	  Least squares; see the header.
 */
#include "indicator/regression.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* A column of which no more than this part of its length is left follows from the others. */
#define DEPENDENT 1e-10

static double
product(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Takes the mean out of a column, and gives it. The second pass takes out what rounding left. */
static double
centre(double *x, int n)
{
	double		mean = 0;

	for (int pass = 0; pass < 2; pass++)
	{
		double		sum = 0;

		for (int i = 0; i < n; i++)
			sum += x[i];
		sum /= n;
		for (int i = 0; i < n; i++)
			x[i] -= sum;
		mean += sum;
	}
	return mean;
}

/* Brings the greatest of n finite numbers into [1/2, 1) by a power of 2, and gives its exponent; 0 stays 0. */
static int
scale(double *x, int n)
{
	double		greatest = 0;
	int			exponent;

	for (int i = 0; i < n; i++)
		if (fabs(x[i]) > greatest)
			greatest = fabs(x[i]);
	(void) frexp(greatest, &exponent);
	for (int i = 0; i < n; i++)
		x[i] = ldexp(x[i], -exponent);
	return exponent;
}

/* A column of which rounding alone tells that it is not constant, after it was scaled and centred. */
static bool
is_constant(const double *x, int n)
{
	return !(sqrt(product(x, x, n) / n) > 1e-14);
}

bool
regression_solve(double **x, double *y, int n, int k, double *triangle, double *coefficient, double *error,
				 void (*pause) (void), Regression *r)
{
	double	   *exponent = triangle + k * k;
	int			y_exponent;
	double		total,
				residual,
				variance;

	if (n < k + 1)
		return false;
	/* error holds the means of the scaled columns until the end */
	for (int j = 0; j < k; j++)
	{
		if (pause != NULL)
			pause();
		exponent[j] = scale(x[j], n);
		error[j] = centre(x[j], n);
		if (is_constant(x[j], n))
			return false;
	}
	y_exponent = scale(y, n);
	r->constant = centre(y, n);
	if (is_constant(y, n))
		memset(y, 0, sizeof(double) * n);
	total = product(y, y, n);
	r->freedom = n - k - 1;

	for (int j = 0; j < k; j++)
	{
		double		before = product(x[j], x[j], n);
		double		length;

		for (int i = 0; i < j; i++)
		{
			double		share = product(x[i], x[j], n);

			if (pause != NULL)
				pause();
			triangle[i * k + j] = share;
			for (int t = 0; t < n; t++)
				x[j][t] -= share * x[i][t];
		}
		length = sqrt(product(x[j], x[j], n));
		if (!(length > DEPENDENT * sqrt(before)))
			return false;
		triangle[j * k + j] = length;
		for (int t = 0; t < n; t++)
			x[j][t] /= length;
	}
	for (int j = 0; j < k; j++)
	{
		coefficient[j] = product(x[j], y, n);
		for (int t = 0; t < n; t++)
			y[t] -= coefficient[j] * x[j][t];
	}
	residual = product(y, y, n);
	/* Where nothing is explained, rounding may leave more than there was. */
	r->explained = residual > total ? 0 : 1 - residual / total;
	for (int j = k - 1; j >= 0; j--)
	{
		for (int i = j + 1; i < k; i++)
			coefficient[j] -= triangle[j * k + i] * coefficient[i];
		coefficient[j] /= triangle[j * k + j];
	}
	for (int j = 0; j < k; j++)
		r->constant -= coefficient[j] * error[j];

	/* The triangle inverted in place; a row of it has the length of a coefficient's error over sigma. */
	for (int j = k - 1; j >= 0; j--)
	{
		triangle[j * k + j] = 1 / triangle[j * k + j];
		for (int c = k - 1; c > j; c--)
		{
			double		sum = 0;

			for (int i = j + 1; i <= c; i++)
				sum += triangle[j * k + i] * triangle[i * k + c];
			triangle[j * k + c] = -sum * triangle[j * k + j];
		}
	}
	variance = r->freedom > 0 ? residual / r->freedom : NAN;
	for (int j = 0; j < k; j++)
	{
		double		length = product(triangle + j * k + j, triangle + j * k + j, k - j);

		error[j] = ldexp(sqrt(variance * length), y_exponent - (int) exponent[j]);
		coefficient[j] = ldexp(coefficient[j], y_exponent - (int) exponent[j]);
	}
	r->constant = ldexp(r->constant, y_exponent);
	return true;
}
