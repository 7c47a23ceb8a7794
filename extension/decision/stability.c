/*
 * stability.c
 *	  Does a ranking survive? See stability.h.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "decision/stability.h"

bool
weight_interval(const RankingProblem *problem, const double *value, int k, bool whole, double *low, double *high,
				RankingItem *items, double *score)
{
	int64_t		n = problem->n;
	int			m = problem->m;
	double		weight = problem->weights[k];

	/* weights add up to 1 within rounding: is there anything beside this one? */
	bool		others = false;

	for (int l = 0; l < m; l++)
		others |= l != k && problem->weights[l] > 0;
	if (!others)
		return false;
	for (int64_t i = 0; i < n; i++)
	{
		double		sum = 0;

		for (int l = 0; l < m; l++)
			sum += problem->weights[l] * value[i * m + l];
		items[i].value = -sum;
		items[i].row = i;
		score[i] = sum;
	}
	ranking_sort(items, items + n, n, problem->check);
	*low = 0;
	*high = 1;

	/*
	 * With weight t on k a score is t v + (1 - t) o, o the mean of the other values by the other weights. Two scores cross where their
	 * difference is 0; until then neighbours stay neighbours, so only they (or the first against all) need a look.
	 */
	for (int64_t i = 1; i < n; i++)
	{
		int64_t		better = items[whole ? i - 1 : 0].row;
		int64_t		worse = items[i].row;
		double		at_one = value[better * m + k] - value[worse * m + k];
		double		at_zero = 0;

		for (int l = 0; l < m; l++)
			if (l != k)
				at_zero += problem->weights[l] * (value[better * m + l] - value[worse * m + l]);
		at_zero /= 1 - weight;
		if (at_one == at_zero)
			continue;			/* parallel: never changes */
		if (score[better] == score[worse])
			*low = *high = weight;	/* any move breaks the tie */
		else
		{
			double		crossing = at_zero / (at_zero - at_one);

			if (at_one < at_zero && crossing < *high)
				*high = crossing;
			if (at_one > at_zero && crossing > *low)
				*low = crossing;
		}
	}
	if (*low > weight)
		*low = weight;
	if (*high < weight)
		*high = weight;
	return true;
}

/* Merge sort that counts how many pairs stand the wrong way round. */
static int64_t
inversions(double *v, double *scratch, int64_t n)
{
	int64_t		count = 0;
	double	   *from = v;
	double	   *to = scratch;

	for (int64_t width = 1; width < n; width *= 2)
	{
		double	   *swap;

		for (int64_t start = 0; start < n; start += 2 * width)
		{
			int64_t		middle = start + width < n ? start + width : n;
			int64_t		end = start + 2 * width < n ? start + 2 * width : n;
			int64_t		a = start;
			int64_t		b = middle;

			for (int64_t out = start; out < end; out++)
			{
				if (b >= end || (a < middle && from[a] <= from[b]))
					to[out] = from[a++];
				else
				{
					count += middle - a;
					to[out] = from[b++];
				}
			}
		}
		swap = from;
		from = to;
		to = swap;
	}
	return count;
}

/* Rows sorted by a, equal a by b: two stable sorts. */
static void
sort_by_both(int64_t n, const double *a, const double *b, RankingItem *items, RankingCheck check)
{
	for (int64_t i = 0; i < n; i++)
	{
		items[i].value = b[i];
		items[i].row = i;
	}
	ranking_sort(items, items + n, n, check);
	for (int64_t i = 0; i < n; i++)
		items[i].value = a[items[i].row];
	ranking_sort(items, items + n, n, check);
}

int64_t
discordant_pairs(int64_t n, const double *a, const double *b, RankingItem *items, double *scratch, RankingCheck check)
{
	sort_by_both(n, a, b, items, check);
	for (int64_t i = 0; i < n; i++)
		scratch[i] = b[items[i].row];
	return inversions(scratch, scratch + n, n);
}

/* Pairs of equal neighbours in n sorted values. */
#define COUNT_TIES(result, n, same) \
	do { \
		int64_t		run = 1; \
		(result) = 0; \
		for (int64_t i = 1; i < (n); i++) \
		{ \
			run = (same) ? run + 1 : 1; \
			(result) += run - 1; \
		} \
	} while (0)

double
kendall_tau_b(int64_t n, const double *a, const double *b, RankingItem *items, double *scratch, RankingCheck check)
{
	double		pairs = (double) n * (n - 1) / 2;
	int64_t		tied_a,
				tied_b,
				tied_both;
	int64_t		discordant;

	if (n < 2)
		return NAN;
	sort_by_both(n, a, b, items, check);
	COUNT_TIES(tied_a, n, items[i].value == items[i - 1].value);
	COUNT_TIES(tied_both, n, items[i].value == items[i - 1].value && b[items[i].row] == b[items[i - 1].row]);
	for (int64_t i = 0; i < n; i++)
		scratch[i] = b[items[i].row];
	discordant = inversions(scratch, scratch + n, n);
	for (int64_t i = 0; i < n; i++)
	{
		items[i].value = b[i];
		items[i].row = i;
	}
	ranking_sort(items, items + n, n, check);
	COUNT_TIES(tied_b, n, items[i].value == items[i - 1].value);
	if (tied_a == pairs || tied_b == pairs)
		return NAN;
	return (pairs - tied_a - tied_b + tied_both - 2.0 * discordant) / sqrt((pairs - tied_a) * (pairs - tied_b));
}

double
rank_biased_overlap(const int *a, int na, const int *b, int nb, int universe, double p, char *seen)
{
	int			shorter = na < nb ? na : nb;
	int			longer = na < nb ? nb : na;
	int			overlap = 0;	/* of the first d of both lists */
	int			overlap_shorter = 0;
	double		power = 1;
	double		sum = 0;

	memset(seen, 0, universe);
	for (int d = 1; d <= longer; d++)
	{
		/* an element counts when the second list brings it too */
		if (d <= na)
			overlap += seen[a[d - 1]]++;
		if (d <= nb)
			overlap += seen[b[d - 1]]++;
		if (d == shorter)
			overlap_shorter = overlap;
		power *= p;
		sum += (double) overlap / d * power;
		/* beyond the shorter list its share of agreement is taken to go on */
		if (d > shorter)
			sum += (double) overlap_shorter * (d - shorter) / ((double) shorter * d) * power;
	}
	return (1 - p) / p * sum + ((double) (overlap - overlap_shorter) / longer + (double) overlap_shorter / shorter) * power;
}

size_t
method_scratch(int64_t n, int m)
{
	/* the most is PROMETHEE's: two flows, 2 n items of two numbers, two running sums; or VIKOR's three results and flags */
	return 3 * (size_t) m + 2 * n + 4 * n + 2 * (n + 1);
}

bool
method_scores(const RankingProblem *problem, RankingMethod method, double *score, double *scratch, RankingError *error)
{
	int64_t		n = problem->n;
	int			m = problem->m;
	double	   *work = scratch + 3 * m;

	switch (method)
	{
		case METHOD_WSM:
			return ranking_wsm(problem, NORMALIZE_MINMAX, score, scratch, error);
		case METHOD_WPM:
			return ranking_wpm(problem, NORMALIZE_MAX, score, scratch, error);
		case METHOD_TOPSIS:
			return ranking_topsis(problem, NORMALIZE_VECTOR, score, scratch, error);
		case METHOD_VIKOR:
			ranking_vikor(problem, 0.5, work, work + n, score, (bool *) (work + 2 * n), scratch);
			for (int64_t i = 0; i < n; i++)
				score[i] = -score[i];
			return true;
		case METHOD_PROMETHEE:
			if (n < 2)
			{
				score[0] = 0;
				return true;
			}
			ranking_promethee(problem, NULL, NULL, NULL, score, work, (RankingItem *) (work + n), work + 5 * n);
			for (int64_t i = 0; i < n; i++)
				score[i] -= work[i];
			return true;
	}
	return false;
}

/* Are the best rows the same under both scores? */
static bool
same_best(int64_t n, const double *a, const double *b)
{
	double		best_a = -INFINITY;
	double		best_b = -INFINITY;

	for (int64_t i = 0; i < n; i++)
	{
		if (a[i] > best_a)
			best_a = a[i];
		if (b[i] > best_b)
			best_b = b[i];
	}
	for (int64_t i = 0; i < n; i++)
		if ((a[i] == best_a) != (b[i] == best_b))
			return false;
	return true;
}

/*
 * Scores are numbers around 1 whose last digits are rounding: steps of 1e-12 keep that from looking like a reversal. NaN (TOPSIS of equal rows)
 * is the same for all.
 */
static void
to_steps(double *v, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		v[i] = isnan(v[i]) ? 0 : rint(v[i] * 1e12);
}

bool
rank_reversals(const RankingProblem *problem, RankingMethod method, RankReversal *result, double *x_scratch, double *score,
			   double *scratch, RankingItem *items, double *pairs, RankingError *error)
{
	int64_t		n = problem->n;
	int			m = problem->m;
	double	   *before = score + n;
	double	   *after = score + 2 * n;
	RankingProblem rest = *problem;

	if (!method_scores(problem, method, score, scratch, error))
		return false;
	to_steps(score, n);
	rest.x = x_scratch;
	rest.n = n - 1;
	for (int64_t i = 0; i < n; i++)
	{
		if (problem->check)
			problem->check();
		if (n == 1)
		{
			result[i].reversals = 0;
			result[i].best_changed = false;
			break;
		}
		memcpy(x_scratch, problem->x, sizeof(double) * m * i);
		memcpy(x_scratch + m * i, problem->x + m * (i + 1), sizeof(double) * m * (n - 1 - i));
		memcpy(before, score, sizeof(double) * i);
		memcpy(before + i, score + i + 1, sizeof(double) * (n - 1 - i));
		if (!method_scores(&rest, method, after, scratch, error))
			return false;
		to_steps(after, n - 1);
		result[i].reversals = discordant_pairs(n - 1, before, after, items, pairs, NULL);
		result[i].best_changed = !same_best(n - 1, before, after);
	}
	return true;
}
