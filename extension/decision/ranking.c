/*
 * ranking.c
 *	  Weighted sum, weighted product, TOPSIS, VIKOR. See ranking.h.
 */
#include <math.h>
#include <string.h>

#include "decision/limb_sum.h"
#include "decision/ranking.h"

/* Rows between two looks at `check`. */
#define CHECK_ROWS 65536

static inline void
look(const RankingProblem *problem, int64_t i)
{
	if (problem->check && i % CHECK_ROWS == 0)
		problem->check();
}

static bool
refuse(RankingError *error, int criterion, double value, const char *reason)
{
	error->criterion = criterion;
	error->value = value;
	error->reason = reason;
	return false;
}

void
ranking_ranges(const RankingProblem *problem, double *least, double *greatest)
{
	const double *x = problem->x;
	int			m = problem->m;

	memcpy(least, x, sizeof(double) * m);
	memcpy(greatest, x, sizeof(double) * m);
	for (int64_t i = 1; i < problem->n; i++)
	{
		look(problem, i);
		x += m;
		for (int k = 0; k < m; k++)
		{
			if (x[k] < least[k])
				least[k] = x[k];
			if (x[k] > greatest[k])
				greatest[k] = x[k];
		}
	}
}

/* Total of a column, or of its reciprocals; all values positive or zero, the greatest term is given. */
static double
column_sum(const RankingProblem *problem, int k, double greatest, bool reciprocal)
{
	const double *x = problem->x + k;
	LimbSum		sum = {0, 0, 0};

	if (greatest == 0)
		return 0;
	for (int64_t i = 0; i < problem->n; i++, x += problem->m)
	{
		look(problem, i);
		limb_sum_add(&sum, (reciprocal ? 1 / *x : *x) / greatest);
	}
	return limb_sum_value(&sum) * greatest;
}

/* Euclidean length of a column. */
static double
column_length(const RankingProblem *problem, int k, double least, double greatest)
{
	const double *x = problem->x + k;
	double		most = fabs(least) > fabs(greatest) ? fabs(least) : fabs(greatest);
	LimbSum		sum = {0, 0, 0};

	if (most == 0)
		return 0;
	for (int64_t i = 0; i < problem->n; i++, x += problem->m)
	{
		double		scaled = *x / most;

		look(problem, i);
		limb_sum_add(&sum, scaled * scaled);
	}
	return sqrt(limb_sum_value(&sum)) * most;
}

/* Scale of a column for the normalisations that divide by one number, in the direction of the criterion's values. */
static double
column_scale(const RankingProblem *problem, Normalization normalization, int k, double least, double greatest)
{
	switch (normalization)
	{
		case NORMALIZE_NONE:
			return 1;
		case NORMALIZE_MINMAX:
			return greatest - least;
		case NORMALIZE_MAX:
			return greatest;
		case NORMALIZE_SUM:
			return column_sum(problem, k, greatest, false);
		case NORMALIZE_VECTOR:
			return column_length(problem, k, least, greatest);
	}
	return 1;
}

/* Column statistics of a normalisation in the direction "more is better"; false when the values do not allow it. */
static bool
prepare(const RankingProblem *problem, Normalization normalization, double *least, double *greatest, double *scale, RankingError *error)
{
	ranking_ranges(problem, least, greatest);
	for (int k = 0; k < problem->m; k++)
	{
		bool		minimise = problem->minimise[k];

		if (normalization == NORMALIZE_NONE && minimise)
			return refuse(error, k, least[k], "Without normalisation a criterion to minimise has no place in a sum.");
		if ((normalization == NORMALIZE_MAX || normalization == NORMALIZE_SUM) && (minimise ? least[k] <= 0 : least[k] < 0))
			return refuse(error, k, least[k], minimise ?
						  "This normalisation needs values above 0 in a criterion to minimise." :
						  "This normalisation needs values of at least 0.");
		if (normalization == NORMALIZE_SUM && minimise)
			scale[k] = column_sum(problem, k, 1 / least[k], true);
		else
			scale[k] = column_scale(problem, normalization, k, least[k], greatest[k]);
	}
	return true;
}

static inline double
normal_value(Normalization normalization, bool minimise, double x, double least, double greatest, double scale, int64_t n)
{
	switch (normalization)
	{
		case NORMALIZE_NONE:
			return x;
		case NORMALIZE_MINMAX:
			/* everybody has the best of a constant criterion */
			return scale == 0 ? 1 : (minimise ? greatest - x : x - least) / scale;
		case NORMALIZE_MAX:
			return minimise ? least / x : scale == 0 ? 1 : x / scale;
		case NORMALIZE_SUM:
			return minimise ? 1 / x / scale : scale == 0 ? 1.0 / n : x / scale;
		case NORMALIZE_VECTOR:
			x = scale == 0 ? 0 : x / scale;
			return minimise ? 1 - x : x;
	}
	return 0;
}

bool
ranking_normalize(const RankingProblem *problem, Normalization normalization, double *value, double *scratch, RankingError *error)
{
	int			m = problem->m;
	double	   *least = scratch;
	double	   *greatest = scratch + m;
	double	   *scale = scratch + 2 * m;

	if (!prepare(problem, normalization, least, greatest, scale, error))
		return false;
	for (int64_t i = 0; i < problem->n; i++)
		for (int k = 0; k < m; k++)
			value[i * m + k] = normal_value(normalization, problem->minimise[k], problem->x[i * m + k],
											least[k], greatest[k], scale[k], problem->n);
	return true;
}

bool
ranking_wsm(const RankingProblem *problem, Normalization normalization, double *score, double *scratch, RankingError *error)
{
	int			m = problem->m;
	double	   *least = scratch;
	double	   *greatest = scratch + m;
	double	   *scale = scratch + 2 * m;
	const double *x = problem->x;

	if (!prepare(problem, normalization, least, greatest, scale, error))
		return false;
	for (int64_t i = 0; i < problem->n; i++, x += m)
	{
		double		sum = 0;

		look(problem, i);
		for (int k = 0; k < m; k++)
			sum += problem->weights[k] * normal_value(normalization, problem->minimise[k], x[k],
													  least[k], greatest[k], scale[k], problem->n);
		score[i] = sum;
	}
	return true;
}

bool
ranking_wpm(const RankingProblem *problem, Normalization normalization, double *score, double *scratch, RankingError *error)
{
	int			m = problem->m;
	double	   *least = scratch;
	double	   *greatest = scratch + m;
	const double *x = problem->x;

	ranking_ranges(problem, least, greatest);
	for (int k = 0; k < m; k++)
		if (least[k] <= 0)
			return refuse(error, k, least[k], "A weighted product needs values above 0.");
	for (int64_t i = 0; i < problem->n; i++, x += m)
	{
		double		sum = 0;

		look(problem, i);
		for (int k = 0; k < m; k++)
		{
			double		value = x[k];

			if (normalization == NORMALIZE_MAX)
				value = problem->minimise[k] ? least[k] / x[k] : x[k] / greatest[k];
			if (problem->weights[k] > 0)
				sum += (normalization == NORMALIZE_NONE && problem->minimise[k] ? -1 : 1) * problem->weights[k] * log(value);
		}
		score[i] = exp(sum);
	}
	return true;
}

bool
ranking_topsis(const RankingProblem *problem, Normalization normalization, double *closeness, double *scratch, RankingError *error)
{
	int			m = problem->m;
	double	   *least = scratch;
	double	   *greatest = scratch + m;
	double	   *factor = scratch + 2 * m;
	const double *x = problem->x;

	ranking_ranges(problem, least, greatest);
	for (int k = 0; k < m; k++)
	{
		double		scale;

		if ((normalization == NORMALIZE_MAX || normalization == NORMALIZE_SUM) && least[k] < 0)
			return refuse(error, k, least[k], "This normalisation needs values of at least 0.");
		scale = column_scale(problem, normalization, k, least[k], greatest[k]);
		factor[k] = scale == 0 ? 0 : problem->weights[k] / scale;
	}

	/*
	 * Every normalisation divides a column by one number, so the distance to the ideal is (value - best) weight / scale, whatever the
	 * direction; what is added to a column drops out.
	 */
	for (int64_t i = 0; i < problem->n; i++, x += m)
	{
		double		above = 0;
		double		below = 0;
		double		total;

		look(problem, i);
		for (int k = 0; k < m; k++)
		{
			double		to_greatest = (greatest[k] - x[k]) * factor[k];
			double		to_least = (x[k] - least[k]) * factor[k];

			above += to_greatest * to_greatest * !problem->minimise[k] + to_least * to_least * problem->minimise[k];
			below += to_least * to_least * !problem->minimise[k] + to_greatest * to_greatest * problem->minimise[k];
		}
		total = sqrt(below) + sqrt(above);
		closeness[i] = total == 0 ? NAN : sqrt(below) / total;
	}
	return true;
}

void
ranking_vikor(const RankingProblem *problem, double v, double *s, double *r, double *q, bool *compromise, double *scratch)
{
	int			m = problem->m;
	int64_t		n = problem->n;
	double	   *least = scratch;
	double	   *greatest = scratch + m;
	const double *x = problem->x;
	double		s_least = INFINITY,
				s_greatest = 0,
				r_least = INFINITY,
				r_greatest = 0;
	double		first = INFINITY,
				second = INFINITY;
	int64_t		firsts = 0;
	double		advantage;
	bool		stable = false;

	ranking_ranges(problem, least, greatest);
	for (int64_t i = 0; i < n; i++, x += m)
	{
		double		sum = 0;
		double		most = 0;

		look(problem, i);
		for (int k = 0; k < m; k++)
		{
			double		range = greatest[k] - least[k];
			double		regret;

			if (range == 0)
				continue;
			regret = problem->weights[k] * ((problem->minimise[k] ? x[k] - least[k] : greatest[k] - x[k]) / range);
			sum += regret;
			if (regret > most)
				most = regret;
		}
		s[i] = sum;
		r[i] = most;
		s_least = sum < s_least ? sum : s_least;
		s_greatest = sum > s_greatest ? sum : s_greatest;
		r_least = most < r_least ? most : r_least;
		r_greatest = most > r_greatest ? most : r_greatest;
	}
	for (int64_t i = 0; i < n; i++)
	{
		double		group = s_greatest > s_least ? (s[i] - s_least) / (s_greatest - s_least) : 0;
		double		regret = r_greatest > r_least ? (r[i] - r_least) / (r_greatest - r_least) : 0;

		look(problem, i);
		q[i] = v * group + (1 - v) * regret;
		if (q[i] < first)
		{
			second = first;
			first = q[i];
			firsts = 1;
		}
		else if (q[i] == first)
			firsts++;
		else if (q[i] < second)
			second = q[i];
	}

	/*
	 * C1, acceptable advantage: the runner-up is at least 1 / (n - 1) behind; a tie for the first place has no advantage. C2, acceptable
	 * stability: the first by q is also first by s or r. Without C1 all that are less than 1 / (n - 1) behind belong to the compromise,
	 * with C1 but without C2 the first two.
	 */
	advantage = n > 1 ? 1.0 / (n - 1) : 0;
	for (int64_t i = 0; i < n && !stable; i++)
		stable = q[i] == first && (s[i] == s_least || r[i] == r_least);
	for (int64_t i = 0; i < n; i++)
	{
		if (firsts > 1 || second - first < advantage)
			compromise[i] = q[i] == first || q[i] - first < advantage;
		else
			compromise[i] = q[i] == first || (!stable && q[i] == second);
	}
}
