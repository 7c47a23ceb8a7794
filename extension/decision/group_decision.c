/*
 * group_decision.c
 *	  How far a group of experts agrees. See group_decision.h.
 */
#include <math.h>

#include "decision/group_decision.h"
#include "decision/limb_sum.h"

/* -p ln p, 0 at p = 0; at most 1 / e. */
static double
surprise(double p)
{
	return p > 0 ? -p * log(p) : 0;
}

void
group_diversity(const double *p, int64_t experts, int n, GroupDiversity *result)
{
	LimbSum		own = {0, 0, 0};
	double		gamma = 0;
	double		alpha;
	double		floor_share;

	for (int i = 0; i < n; i++)
	{
		LimbSum		sum = {0, 0, 0};

		for (int64_t e = 0; e < experts; e++)
		{
			limb_sum_add(&sum, p[e * n + i]);
			limb_sum_add(&own, surprise(p[e * n + i]));
		}
		gamma += surprise(limb_sum_value(&sum) / experts);
	}
	alpha = limb_sum_value(&own) / experts;
	result->alpha = alpha;
	result->gamma = gamma;
	/* entropy is concave: what is below 0 is rounding */
	result->beta = gamma > alpha ? gamma - alpha : 0;
	if (n < 2)
	{
		result->consensus = NAN;
		return;
	}

	/*
	 * The greatest difference that the scale allows: every expert puts the greatest weight on another criterion. alpha is then that of
	 * (M, 1, ..., 1) / (n + M - 1), gamma is ln n.
	 */
	{
		double		total = n + CONSENSUS_SCALE_MAX - 1;
		double		least = surprise(CONSENSUS_SCALE_MAX / total) + (n - 1) * surprise(1 / total);

		floor_share = exp(least) / n;
	}
	result->consensus = (exp(-result->beta) - floor_share) / (1 - floor_share);
}

double
group_kendall_w(const double *p, int64_t experts, int n, double *rank_sums)
{
	double		ties = 0;
	double		spread = 0;
	double		mean = experts * (n + 1) / 2.0;
	double		k = experts;
	double		most;

	if (experts < 2 || n < 2)
		return NAN;
	for (int i = 0; i < n; i++)
		rank_sums[i] = 0;
	for (int64_t e = 0; e < experts; e++)
	{
		const double *x = p + e * n;

		for (int i = 0; i < n; i++)
		{
			int			greater = 0;
			int			equal = 0;	/* with itself */

			for (int j = 0; j < n; j++)
			{
				greater += x[j] > x[i];
				equal += x[j] == x[i];
			}
			/* mid-ranks: halves are exact, so sums do not depend on the order of the experts */
			rank_sums[i] += greater + (equal + 1) / 2.0;
			/* each of the t members of a tie adds (t^3 - t) / t */
			ties += (double) equal * equal - 1;
		}
	}
	for (int i = 0; i < n; i++)
		spread += (rank_sums[i] - mean) * (rank_sums[i] - mean);
	most = k * k * ((double) n * n * n - n) - k * ties;
	return most > 0 ? 12 * spread / most : NAN;
}
