/*
 * interval.c
 *	  Confidence limits of a share; see the header.
 */
#include "indicator/interval.h"

#include <math.h>

double
normal_quantile(double p)
{
	double		low = -40,
				high = 40;

	/* Halving: the distribution function rises, and after 100 steps the two ends are neighbours. */
	for (int i = 0; i < 100; i++)
	{
		double		middle = (low + high) / 2;

		if (0.5 * erfc(-middle / sqrt(2)) < p)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

void
wilson_limits(double p, double n, double z, double *low, double *high)
{
	double		z2 = z * z / n;
	double		middle = (p + z2 / 2) / (1 + z2);
	double		half = sqrt(z2 * (p * (1 - p) + z2 / 4)) / (1 + z2);

	/* At 0 and 1 the limit is the share itself, which rounding would miss. */
	*low = p <= 0 ? 0 : fmax(0, middle - half);
	*high = p >= 1 ? 1 : fmin(1, middle + half);
}
