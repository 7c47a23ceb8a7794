/*
 * regression.c
 *	  Least squares; see the header.
 */
#include "indicator/regression.h"

#include <math.h>
#include <stddef.h>

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

bool
regression_solve(double **x, double *y, int n, int k, double *triangle, double *coefficient, double *error, Regression *r)
{
	double		variance;
	double		largest_y = 0;

	if (n < k + 1)
		return false;
	/* error holds the columns' means until the end */
	for (int j = 0; j < k; j++)
	{
		double		largest = 0;

		for (int i = 0; i < n; i++)
			if (fabs(x[j][i]) > largest)
				largest = fabs(x[j][i]);
		error[j] = centre(x[j], n);
		/* a constant column is not 0 after it was centred, but the rounding of that */
		if (!(sqrt(product(x[j], x[j], n) / n) > largest * 1e-14))
			return false;
	}
	for (int i = 0; i < n; i++)
		if (fabs(y[i]) > largest_y)
			largest_y = fabs(y[i]);
	r->constant = centre(y, n);
	r->total_sum = product(y, y, n);
	if (!(sqrt(r->total_sum / n) > largest_y * 1e-14))
	{
		for (int i = 0; i < n; i++)
			y[i] = 0;
		r->total_sum = 0;
	}
	r->freedom = n - k - 1;

	for (int j = 0; j < k; j++)
	{
		double		before = product(x[j], x[j], n);
		double		length;

		for (int i = 0; i < j; i++)
		{
			double		share = product(x[i], x[j], n);

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
	r->residual_sum = product(y, y, n);
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
	variance = r->freedom > 0 ? r->residual_sum / r->freedom : NAN;
	for (int j = 0; j < k; j++)
		error[j] = sqrt(variance * product(triangle + j * k + j, triangle + j * k + j, k - j));
	return true;
}
