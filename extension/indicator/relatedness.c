/*
 * relatedness.c
 *	  Measures of relatedness from co-occurrence counts; formulas in the header.
 */
#include "indicator/relatedness.h"

#include <math.h>
#include <string.h>

static const char *const method_names[RELATEDNESS_METHODS] = {
	"proximity", "sqrt", "asymmetric", "correlation", "jaccard", "cosine", "association", "probability"
};

bool
relatedness_method(const char *name, RelatednessMethod *method)
{
	for (int i = 0; i < RELATEDNESS_METHODS; i++)
		if (strcmp(name, method_names[i]) == 0)
		{
			*method = (RelatednessMethod) i;
			return true;
		}
	return false;
}

bool
relatedness_needs_sums(RelatednessMethod method)
{
	return method >= RELATEDNESS_JACCARD;
}

double
relatedness_sum(const uint32_t *count, int ncols, int i)
{
	uint64_t	sum = 0;

	for (int j = 0; j < ncols; j++)
		sum += count[j];
	return (double) (sum - count[i]);
}

static double
relatedness(const RelatednessBase *base, int i, int j, double c)
{
	double		ki = base->ubiquity[i];
	double		kj = base->ubiquity[j];
	double		n = base->regions;
	double		si,
				sj,
				t,
				denominator;

	switch (base->method)
	{
		case RELATEDNESS_PROXIMITY:
			return c / (ki > kj ? ki : kj);
		case RELATEDNESS_SQRT:
			return c / sqrt(ki * kj);
		case RELATEDNESS_ASYMMETRIC:
			return c / kj;
		case RELATEDNESS_CORRELATION:
			denominator = sqrt(ki * (n - ki) * (kj * (n - kj)));
			if (i == j)
				return 1;
			/* A sector present everywhere varies with nothing. */
			return denominator == 0 ? 0.5 : (1 + (n * c - ki * kj) / denominator) / 2;
		default:
			break;
	}

	if (i == j || c == 0)
		return 0;
	si = base->sum[i];
	sj = base->sum[j];
	t = base->total;
	switch (base->method)
	{
		case RELATEDNESS_JACCARD:
			return c / (si + sj - c);
		case RELATEDNESS_COSINE:
			return c / sqrt(si * sj);
		case RELATEDNESS_ASSOCIATION:
			return c * t / (si * sj);
		default:
			denominator = ((si / t) * (sj / (t - si)) + (sj / t) * (si / (t - sj))) * (t / 2);
			return c / denominator;
	}
}

void
relatedness_row(const RelatednessBase *base, int i, const uint32_t *count, double *value)
{
	bool		absent = base->ubiquity[i] == 0;

	/* The default method, without a call and a switch for each pair. */
	if (base->method == RELATEDNESS_PROXIMITY && !absent)
	{
		int32_t		ki = base->ubiquity[i];

		for (int j = 0; j < base->ncols; j++)
		{
			int32_t		kj = base->ubiquity[j];

			value[j] = (double) (int32_t) count[j] / (double) (ki > kj ? ki : kj);
		}
		for (int j = 0; j < base->ncols; j++)
			if (base->ubiquity[j] == 0)
				value[j] = NAN;
		return;
	}
	for (int j = 0; j < base->ncols; j++)
		value[j] = absent || base->ubiquity[j] == 0 ? NAN : relatedness(base, i, j, count[j]);
}

void
cooccurrence_zscore_row(const RelatednessBase *base, int i, const uint32_t *count, double *value)
{
	double		n = base->regions;
	double		ki = base->ubiquity[i];

	for (int j = 0; j < base->ncols; j++)
	{
		double		kj = base->ubiquity[j];
		double		mean = ki * kj / n;
		double		variance = mean * (1 - ki / n) * ((n - kj) / (n - 1));

		value[j] = i == j || !(variance > 0) ? NAN : (count[j] - mean) / sqrt(variance);
	}
}
