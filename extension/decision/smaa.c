/*
 * smaa.c
 *	  Rank acceptability by simulation. See smaa.h.
 *
 * Random numbers come in two streams of the seed, one for weights and one for errors of the criteria, so that asking for confidence factors
 * or leaving the errors out does not move the weights.
 */
#include <math.h>
#include <string.h>

#include "base/prng.h"
#include "decision/smaa.h"

enum
{
	STREAM_WEIGHTS = 1,
	STREAM_ERRORS = 2,
	STREAM_CONFIDENCE = 3
};

typedef struct Scratch
{
	double	   *value;			/* n x m: min-max values, in canonical order */
	double	   *deviation;		/* n x m, on that scale, or NULL */
	double	   *drawn;			/* n x m: values of this sample */
	double	   *weights;		/* m */
	double	   *range;			/* 2 m: least and greatest */
	int64_t    *order;			/* canonical place -> row */
	int64_t    *merge;
	int64_t    *twin;			/* canonical place -> place of the first equal row */
	int64_t    *first;			/* how often the place was first */
	int64_t    *count;			/* n x ranks */
	double	   *central;		/* n x m sums */
	RankingItem *items;			/* 2 n */
} Scratch;

static size_t
lay_out(const SmaaProblem *problem, Scratch *s, char *base)
{
	size_t		n = problem->ranking.n;
	size_t		m = problem->ranking.m;
	size_t		at = 0;

#define PLACE(field, number) \
	do { \
		s->field = (void *) (base + at); \
		at += sizeof(*s->field) * (number); \
	} while (0)
	PLACE(value, n * m);
	PLACE(drawn, n * m);
	PLACE(weights, m);
	PLACE(range, 2 * m);
	PLACE(order, n);
	PLACE(merge, n);
	PLACE(twin, n);
	PLACE(first, n);
	PLACE(count, n * problem->ranks);
	PLACE(central, n * m);
	PLACE(items, 2 * n);
	PLACE(deviation, problem->deviations ? n * m : 0);
#undef PLACE
	if (!problem->deviations)
		s->deviation = NULL;
	return at;
}

size_t
smaa_scratch_size(const SmaaProblem *problem)
{
	Scratch		s;

	return lay_out(problem, &s, NULL);
}

/* Order of two rows by their values, then by their deviations. */
static int
row_cmp(const SmaaProblem *problem, int64_t a, int64_t b)
{
	int			m = problem->ranking.m;

	for (int k = 0; k < m; k++)
	{
		double		x = problem->ranking.x[a * m + k];
		double		y = problem->ranking.x[b * m + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	for (int k = 0; problem->deviations && k < m; k++)
	{
		double		x = problem->deviations[a * m + k];
		double		y = problem->deviations[b * m + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* Rows into the order of their contents: merge sort from the bottom up. */
static void
canonical_order(const SmaaProblem *problem, Scratch *s)
{
	int64_t		n = problem->ranking.n;
	int64_t    *from = s->order;
	int64_t    *to = s->merge;

	for (int64_t i = 0; i < n; i++)
		from[i] = i;
	for (int64_t width = 1; width < n; width *= 2)
	{
		int64_t    *swap;

		for (int64_t start = 0; start < n; start += 2 * width)
		{
			int64_t		middle = start + width < n ? start + width : n;
			int64_t		end = start + 2 * width < n ? start + 2 * width : n;
			int64_t		a = start;
			int64_t		b = middle;

			for (int64_t out = start; out < end; out++)
				to[out] = b >= end || (a < middle && row_cmp(problem, from[a], from[b]) <= 0) ? from[a++] : from[b++];
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != s->order)
		memcpy(s->order, from, sizeof(int64_t) * n);
	s->twin[0] = 0;
	for (int64_t i = 1; i < n; i++)
		s->twin[i] = row_cmp(problem, s->order[i - 1], s->order[i]) == 0 ? s->twin[i - 1] : i;
}

/* Values on the scale 0 (worst) to 1 (best) of the rows as given, where a constant criterion tells nothing and is 1; or as they are. */
static void
scale_values(const SmaaProblem *problem, Scratch *s)
{
	const RankingProblem *ranking = &problem->ranking;
	int			m = ranking->m;
	double	   *least = s->range;
	double	   *greatest = s->range + m;

	ranking_ranges(ranking, least, greatest);
	for (int64_t i = 0; i < ranking->n; i++)
		for (int k = 0; k < m; k++)
		{
			double		x = ranking->x[s->order[i] * m + k];
			double		range = greatest[k] - least[k];

			if (problem->as_given)
			{
				s->value[i * m + k] = x;
				if (s->deviation)
					s->deviation[i * m + k] = problem->deviations[s->order[i] * m + k];
				continue;
			}
			s->value[i * m + k] = range == 0 ? 1 : (ranking->minimise[k] ? greatest[k] - x : x - least[k]) / range;
			if (s->deviation)
				s->deviation[i * m + k] = range == 0 ? 0 : problem->deviations[s->order[i] * m + k] / range;
		}
}

static void
draw_weights(const SmaaProblem *problem, Prng *g, double *w)
{
	int			m = problem->ranking.m;
	const double *given = problem->ranking.weights;
	double		total = 0;

	switch (problem->kind)
	{
		case SMAA_UNIFORM:
			prng_simplex(g, m, w);
			return;
		case SMAA_FIXED:
			memcpy(w, given, sizeof(double) * m);
			return;
		case SMAA_SPREAD:
			for (int k = 0; k < m; k++)
				total += w[k] = given[k] * (1 + problem->amount * (2 * prng_double(g) - 1));
			break;
		case SMAA_DIRICHLET:
			for (int k = 0; k < m; k++)
				total += w[k] = given[k] > 0 ? prng_gamma(g, problem->amount * given[k]) : 0;
			break;
	}
	/* all weights can come out as 0 (a spread of 1, a tiny concentration): then the given ones stand */
	for (int k = 0; k < m; k++)
		w[k] = total > 0 ? w[k] / total : given[k];
}

/* Values of this sample: as given, or with normal errors. */
static const double *
draw_values(const SmaaProblem *problem, Scratch *s, Prng *g)
{
	int64_t		count = problem->ranking.n * problem->ranking.m;

	if (!s->deviation)
		return s->value;
	for (int64_t i = 0; i < count; i++)
		s->drawn[i] = s->value[i] + (s->deviation[i] > 0 ? s->deviation[i] * prng_normal(g) : 0);
	return s->drawn;
}

static inline double
weighted_sum(int m, const double *w, const double *value)
{
	double		sum = 0;

	for (int k = 0; k < m; k++)
		sum += w[k] * value[k];
	return sum;
}

/* Counts ranks of one sample: scores from the greatest down, equal ones share the better rank. */
static void
count_ranks(const SmaaProblem *problem, Scratch *s, const double *value, const double *w)
{
	int64_t		n = problem->ranking.n;
	int			m = problem->ranking.m;
	int64_t		rank = 0;

	for (int64_t i = 0; i < n; i++)
	{
		s->items[i].value = -weighted_sum(m, w, value + i * m);
		s->items[i].row = i;
	}
	ranking_sort(s->items, s->items + n, n, NULL);
	for (int64_t i = 0; i < n; i++)
	{
		int64_t		row = s->items[i].row;

		if (i > 0 && s->items[i].value != s->items[i - 1].value)
			rank = i;
		if (rank >= problem->ranks)
			break;
		s->count[row * problem->ranks + rank]++;
		if (rank == 0)
		{
			s->first[row]++;
			for (int k = 0; k < m; k++)
				s->central[row * m + k] += w[k];
		}
	}
}

/* Equal rows drew different errors: each gets the mean of what they got together. */
static void
share_among_twins(const SmaaProblem *problem, Scratch *s, SmaaResult *result)
{
	int64_t		n = problem->ranking.n;
	int			m = problem->ranking.m;
	int			ranks = problem->ranks;

	for (int64_t start = 0, end; start < n; start = end)
	{
		int64_t		first = 0;

		for (end = start; end < n && s->twin[end] == start; end++)
			first += s->first[end];
		for (int rank = 0; rank < ranks; rank++)
		{
			int64_t		total = 0;

			for (int64_t i = start; i < end; i++)
				total += s->count[i * ranks + rank];
			for (int64_t i = start; i < end; i++)
				result->acceptability[s->order[i] * ranks + rank] = (double) total / (end - start) / problem->samples;
		}
		for (int k = 0; k < m; k++)
		{
			double		sum = 0;

			for (int64_t i = start; i < end; i++)
				sum += s->central[i * m + k];
			for (int64_t i = start; i < end; i++)
				result->central[s->order[i] * m + k] = first > 0 ? sum / first : NAN;
		}
		for (int64_t i = start; i < end; i++)
			s->first[i] = first;
	}
}

/* Is place i first under these values and weights? */
static bool
is_first(const SmaaProblem *problem, const double *value, const double *w, int64_t i)
{
	int			m = problem->ranking.m;
	double		own = weighted_sum(m, w, value + i * m);

	for (int64_t j = 0; j < problem->ranking.n; j++)
		if (weighted_sum(m, w, value + j * m) > own)
			return false;
	return true;
}

static void
confidence_factors(const SmaaProblem *problem, Scratch *s, SmaaResult *result)
{
	int64_t		n = problem->ranking.n;
	int			m = problem->ranking.m;
	int			rounds = s->deviation ? problem->samples : 1;
	Prng		g;

	/* the counts of the first round are done with: the first n take the new ones */
	memset(s->count, 0, sizeof(int64_t) * n);
	prng_seed(&g, problem->seed, STREAM_CONFIDENCE);
	for (int round = 0; round < rounds; round++)
	{
		const double *value = draw_values(problem, s, &g);

		for (int64_t i = 0; i < n; i++)
		{
			if (s->first[i] == 0)
				continue;
			if (problem->ranking.check)
				problem->ranking.check();
			s->count[i] += is_first(problem, value, result->central + s->order[i] * m, i);
		}
	}
	for (int64_t start = 0, end; start < n; start = end)
	{
		int64_t		total = 0;

		for (end = start; end < n && s->twin[end] == start; end++)
			total += s->count[end];
		for (int64_t i = start; i < end; i++)
			result->confidence[s->order[i]] = s->first[i] == 0 ? NAN : (double) total / (end - start) / rounds;
	}
}

void
ranking_smaa(const SmaaProblem *problem, SmaaResult *result, void *scratch)
{
	int64_t		n = problem->ranking.n;
	int			m = problem->ranking.m;
	Scratch		s;
	Prng		weights;
	Prng		errors;

	lay_out(problem, &s, scratch);
	memset(s.first, 0, sizeof(int64_t) * n);
	memset(s.count, 0, sizeof(int64_t) * n * problem->ranks);
	memset(s.central, 0, sizeof(double) * n * m);
	canonical_order(problem, &s);
	scale_values(problem, &s);
	prng_seed(&weights, problem->seed, STREAM_WEIGHTS);
	prng_seed(&errors, problem->seed, STREAM_ERRORS);
	for (int sample = 0; sample < problem->samples; sample++)
	{
		if (problem->ranking.check)
			problem->ranking.check();
		draw_weights(problem, &weights, s.weights);
		count_ranks(problem, &s, draw_values(problem, &s, &errors), s.weights);
	}
	share_among_twins(problem, &s, result);
	if (problem->confidence)
		confidence_factors(problem, &s, result);
}
