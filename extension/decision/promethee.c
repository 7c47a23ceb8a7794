/*
 * promethee.c
 *	  Outranking flows by sorting: each criterion is sorted once, and every threshold moves a pointer over the sorted values. See ranking.h.
 */
#include <math.h>
#include <string.h>

#include "decision/ranking.h"

#define CHECK_ROWS 65536

/* Below this insertion is quicker than eight passes over buckets. */
#define INSERTION_MAX 48

/* A double as an unsigned integer of the same order. */
static inline uint64_t
sort_key(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits ^ ((bits >> 63) ? ~UINT64_C(0) : UINT64_C(1) << 63);
}

void
ranking_sort(RankingItem *items, RankingItem *scratch, int64_t n, RankingCheck check)
{
	int64_t		count[8][256];
	RankingItem *from = items;
	RankingItem *to = scratch;

	if (n <= INSERTION_MAX)
	{
		for (int64_t i = 1; i < n; i++)
		{
			RankingItem item = items[i];
			int64_t		j = i;

			for (; j > 0 && items[j - 1].value > item.value; j--)
				items[j] = items[j - 1];
			items[j] = item;
		}
		return;
	}
	memset(count, 0, sizeof(count));
	for (int64_t i = 0; i < n; i++)
	{
		uint64_t	key = sort_key(items[i].value);

		for (int byte = 0; byte < 8; byte++)
			count[byte][(key >> (8 * byte)) & 255]++;
	}
	for (int byte = 0; byte < 8; byte++)
	{
		int64_t    *start = count[byte];
		int64_t		total = 0;
		RankingItem *swap;

		if (check)
			check();
		/* all values have the same byte here: nothing to do */
		if (start[(sort_key(from[0].value) >> (8 * byte)) & 255] == n)
			continue;
		for (int b = 0; b < 256; b++)
		{
			int64_t		c = start[b];

			start[b] = total;
			total += c;
		}
		for (int64_t i = 0; i < n; i++)
			to[start[(sort_key(from[i].value) >> (8 * byte)) & 255]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, sizeof(RankingItem) * n);
}

/*
 * Running totals of sorted values as pairs (rounded sum, what the rounding lost), so that a difference of two loses nothing that matters.
 * Values are taken from the least one on: small differences between large numbers keep their digits.
 */
static void
running_sums(const RankingItem *items, int64_t n, double *high, double *low)
{
	double		sum = 0;
	double		rest = 0;

	high[0] = low[0] = 0;
	for (int64_t i = 0; i < n; i++)
	{
		double		value = items[i].value - items[0].value;
		double		next = sum + value;
		double		part = next - sum;

		rest += (sum - (next - part)) + (value - part);
		sum = next;
		high[i + 1] = sum;
		low[i + 1] = rest;
	}
}

/* Sum of the values from a to b - 1. */
static inline double
sum_between(const double *high, const double *low, int64_t a, int64_t b)
{
	return (high[b] - high[a]) + (low[b] - low[a]);
}

/* Where the differences of one sorted value cross a threshold: the four ends of the stretches that the sums run over. */
typedef struct Pointers
{
	int64_t		below_q;		/* values 0 .. below_q - 1 are more than q below */
	int64_t		below_p;
	int64_t		above_q;		/* values above_q .. n - 1 are more than q above */
	int64_t		above_p;
} Pointers;

static void
gaussian(const RankingItem *items, int64_t n, double s, double weight, RankingCheck check, double *positive, double *negative)
{
	double		certain = 8.7 * s;	/* beyond it 1 - exp(-d^2 / 2 s^2) is 1 in double */

	for (int64_t i = 0, next; i < n; i = next)
	{
		double		value = items[i].value;
		double		won = 0;
		double		lost = 0;

		for (next = i; next < n && items[next].value == value; next++)
			;
		if (check)
			check();
		for (int64_t j = 0; j < i; j++)
		{
			double		d = value - items[j].value;

			won += d > certain ? 1 : -expm1(-(d / s) * (d / s) / 2);
		}
		for (int64_t j = next; j < n; j++)
		{
			double		d = items[j].value - value;

			lost += d > certain ? 1 : -expm1(-(d / s) * (d / s) / 2);
		}
		for (int64_t j = i; j < next; j++)
		{
			positive[items[j].row] += weight * (won / (n - 1));
			negative[items[j].row] += weight * (lost / (n - 1));
		}
	}
}

/* Sum over a stretch of differences (d - q) / (p - q), 0 when the stretch has no width. */
static inline double
sloping(double differences, int64_t count, double q, double p)
{
	return count == 0 ? 0 : (differences - count * q) / (p - q);
}

static void
one_criterion(const RankingProblem *problem, const RankingItem *items, PreferenceFunction function, double q, double p, double weight,
			  const double *high, const double *low, double *positive, double *negative)
{
	int64_t		n = problem->n;
	Pointers	at = {0, 0, 0, 0};

	for (int64_t i = 0, next; i < n; i = next)
	{
		double		value = items[i].value;
		double		won = 0;
		double		lost = 0;

		if (problem->check && i % CHECK_ROWS == 0)
			problem->check();
		for (next = i; next < n && items[next].value == value; next++)
			;
		/* thresholds are compared with the difference as it would be computed, so ends agree with "a - b > q" in SQL */
		while (at.below_q < n && value - items[at.below_q].value > q)
			at.below_q++;
		while (at.below_p < n && value - items[at.below_p].value > p)
			at.below_p++;
		while (at.above_q < n && !(items[at.above_q].value - value > q))
			at.above_q++;
		while (at.above_p < n && !(items[at.above_p].value - value > p))
			at.above_p++;
		switch (function)
		{
			case PREFERENCE_USUAL:
			case PREFERENCE_U_SHAPE:
				won = at.below_q;
				lost = n - at.above_q;
				break;
			case PREFERENCE_LEVEL:
				won = (at.below_q + at.below_p) / 2.0;
				lost = ((n - at.above_q) + (n - at.above_p)) / 2.0;
				break;
			case PREFERENCE_V_SHAPE:
			case PREFERENCE_LINEAR:
				{
					int64_t		count = at.below_q - at.below_p;
					double		offset = value - items[0].value;

					won = at.below_p +
						sloping(count * offset - sum_between(high, low, at.below_p, at.below_q), count, q, p);
					count = at.above_p - at.above_q;
					lost = (n - at.above_p) +
						sloping(sum_between(high, low, at.above_q, at.above_p) - count * offset, count, q, p);
				}
				break;
			case PREFERENCE_GAUSSIAN:
				break;
		}
		for (int64_t j = i; j < next; j++)
		{
			positive[items[j].row] += weight * (won / (n - 1));
			negative[items[j].row] += weight * (lost / (n - 1));
		}
	}
}

void
ranking_promethee(const RankingProblem *problem, const PreferenceFunction *functions, const double *indifference,
				  const double *preference, double *positive, double *negative, RankingItem *items, double *sums)
{
	int64_t		n = problem->n;
	double	   *high = sums;
	double	   *low = sums + n + 1;

	memset(positive, 0, sizeof(double) * n);
	memset(negative, 0, sizeof(double) * n);
	for (int k = 0; k < problem->m; k++)
	{
		double		q = 0;
		double		p = 0;
		double		weight = problem->weights[k];
		PreferenceFunction function = functions ? functions[k] : PREFERENCE_USUAL;

		if (weight == 0)
			continue;
		for (int64_t i = 0; i < n; i++)
		{
			items[i].value = problem->minimise[k] ? -problem->x[i * problem->m + k] : problem->x[i * problem->m + k];
			items[i].row = i;
		}
		ranking_sort(items, items + n, n, problem->check);
		if (function == PREFERENCE_GAUSSIAN)
		{
			gaussian(items, n, preference[k], weight, problem->check, positive, negative);
			continue;
		}
		if (function == PREFERENCE_U_SHAPE || function == PREFERENCE_LEVEL || function == PREFERENCE_LINEAR)
			q = indifference[k];
		if (function == PREFERENCE_V_SHAPE || function == PREFERENCE_LEVEL || function == PREFERENCE_LINEAR)
			p = preference[k];
		if (function == PREFERENCE_V_SHAPE || function == PREFERENCE_LINEAR)
			running_sums(items, n, high, low);
		one_criterion(problem, items, function, q, p, weight, high, low, positive, negative);
	}
}
