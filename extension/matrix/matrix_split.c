/*
 * matrix_split.c
 *	  A number split over shares; see matrix_split.h.
 */
#include "base/compat.h"

#include "matrix/matrix_split.h"

void
matrix_split_init(MatrixSplit *split, const double *share, int n)
{
	ExactSum	sum;
	double		total;

	split->n = n;
	split->largest = 0;
	split->fraction = palloc(((Size) n + 1) * sizeof(double));
	split->part = palloc(((Size) n + 1) * sizeof(double));
	exact_sum_init(&sum);
	for (int k = 0; k < n; k++)
	{
		exact_sum_add(&sum, share[k]);
		if (share[k] > share[split->largest])
			split->largest = k;
	}
	total = exact_sum_round(&sum);
	for (int k = 0; k < n; k++)
		split->fraction[k] = share[k] / total;
}

void
matrix_split_free(MatrixSplit *split)
{
	pfree(split->fraction);
	pfree(split->part);
}

int
matrix_split(MatrixSplit *split, double x, double **part)
{
	ExactSum	rest;

	exact_sum_init(&rest);
	exact_sum_add(&rest, x);
	for (int k = 0; k < split->n; k++)
		if (k != split->largest)
		{
			split->part[k] = x * split->fraction[k];
			exact_sum_add(&rest, -split->part[k]);
		}
	*part = split->part;
	return exact_sum_canonical(&rest, split->rest);
}
