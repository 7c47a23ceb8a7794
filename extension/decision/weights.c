/*
 * weights.c
 *	  Weights of criteria without pairwise judgements. See weights.h.
 */
#include <math.h>

#include "decision/limb_sum.h"
#include "decision/weights.h"

/* Rows between two looks at `check`. */
#define CHECK_ROWS 65536

static double
place_weight(RankWeights kind, int n, int k)
{
	double		sum = 0;

	switch (kind)
	{
		case RANK_CENTROID:
			for (int i = n; i >= k; i--)
				sum += 1.0 / i;
			return sum / n;
		case RANK_SUM:
			return 2.0 * (n + 1 - k) / ((double) n * (n + 1));
		case RANK_RECIPROCAL:
			for (int i = n; i >= 1; i--)
				sum += 1.0 / i;
			return 1.0 / k / sum;
	}
	return 0;
}

void
rank_order_weights(int n, const double *ranks, RankWeights kind, double *w)
{
	for (int i = 0; i < n; i++)
	{
		int			before = 0;
		int			equal = 0;	/* with itself */
		double		sum = 0;

		for (int j = 0; j < n; j++)
		{
			before += ranks[j] < ranks[i];
			equal += ranks[j] == ranks[i];
		}
		for (int k = before + 1; k <= before + equal; k++)
			sum += place_weight(kind, n, k);
		w[i] = sum / equal;
	}
}

bool
entropy_weights(int64_t n, int m, const double *x, double *w, WeightsCheck check)
{
	double		total = 0;

	if (n < 2)
		return false;
	for (int k = 0; k < m; k++)
	{
		double		least = x[k];
		double		greatest = x[k];
		LimbSum		sum = {0, 0, 0};
		LimbSum		divergence = {0, 0, 0};
		double		mean;

		for (int64_t i = 1; i < n; i++)
		{
			double		v = x[i * m + k];

			if (v < least)
				least = v;
			if (v > greatest)
				greatest = v;
		}
		w[k] = 0;
		if (least == greatest)
			continue;
		for (int64_t i = 0; i < n; i++)
			limb_sum_add(&sum, x[i * m + k] / greatest);
		mean = limb_sum_value(&sum) / n;

		/*
		 * 1 - E = (1 / ln n) sum p ln(n p), with n p = value / mean: no difference of two nearly equal numbers is taken. A term
		 * (value / mean) ln(value / mean) lies between -1/e and n ln n.
		 */
		for (int64_t i = 0; i < n; i++)
		{
			double		r = x[i * m + k] / greatest / mean;

			if (check && i % CHECK_ROWS == 0)
				check();
			if (r > 0)
				limb_sum_add(&divergence, r * log(r) / n / 64);
		}
		w[k] = limb_sum_value(&divergence) * 64 / log((double) n);
		if (w[k] < 0)
			w[k] = 0;
		total += w[k];
	}
	if (!(total > 0))
		return false;
	for (int k = 0; k < m; k++)
		w[k] /= total;
	return true;
}

bool
critic_weights(int64_t n, int m, const double *x, const bool *minimise, double *w, double *scratch, WeightsCheck check)
{
	double	   *least = scratch;
	double	   *range = scratch + m;
	double	   *mean = scratch + 2 * m;
	int			varying = 0;
	double		total = 0;

	if (n < 2)
		return false;
	for (int k = 0; k < m; k++)
	{
		double		greatest = x[k];
		LimbSum		sum = {0, 0, 0};

		least[k] = x[k];
		for (int64_t i = 1; i < n; i++)
		{
			double		v = x[i * m + k];

			if (v < least[k])
				least[k] = v;
			if (v > greatest)
				greatest = v;
		}
		range[k] = greatest - least[k];
		w[k] = 0;
		if (range[k] == 0)
			continue;
		varying++;
		for (int64_t i = 0; i < n; i++)
			limb_sum_add(&sum, (x[i * m + k] - least[k]) / range[k]);
		mean[k] = limb_sum_value(&sum) / n;
	}
	for (int j = 0; j < m; j++)
	{
		LimbSum		variance = {0, 0, 0};
		double		deviation;
		double		conflict = 0;

		if (range[j] == 0)
			continue;
		for (int64_t i = 0; i < n; i++)
		{
			double		d = (x[i * m + j] - least[j]) / range[j] - mean[j];

			limb_sum_add(&variance, d * d);
		}
		deviation = sqrt(limb_sum_value(&variance));
		for (int k = 0; k < m; k++)
		{
			LimbSum		product = {0, 0, 0};
			LimbSum		other = {0, 0, 0};
			double		r;

			if (k == j || range[k] == 0)
				continue;
			for (int64_t i = 0; i < n; i++)
			{
				double		dj = (x[i * m + j] - least[j]) / range[j] - mean[j];
				double		dk = (x[i * m + k] - least[k]) / range[k] - mean[k];

				if (check && i % CHECK_ROWS == 0)
					check();
				limb_sum_add(&product, dj * dk);
				limb_sum_add(&other, dk * dk);
			}
			r = limb_sum_value(&product) / (deviation * sqrt(limb_sum_value(&other)));
			/* a correlation outside [-1, 1], or within 1e-14 of its ends, is rounding */
			if (r > 1 - 1e-14)
				r = 1;
			if (r < -1 + 1e-14)
				r = -1;
			if (minimise[j] != minimise[k])
				r = -r;
			conflict += 1 - r;
		}
		w[j] = varying == 1 ? 1 : deviation * conflict;
		total += w[j];
	}
	if (!(total > 0))
		return false;
	for (int k = 0; k < m; k++)
		w[k] /= total;
	return true;
}
