/*
 * inequality.c
 *	  Measures of concentration and inequality; formulas in the header.
 */
#include "indicator/inequality.h"

#include <math.h>

void
inequality_init(InequalitySums *sums)
{
	sums->n = 0;
	sums->zeros = 0;
	sums->parameter = NAN;
	exact_sum_init(&sums->weight);
	exact_sum_init(&sums->amount);
	exact_sum_init(&sums->function);
}

/* sum += sign a b, exactly */
static void
add_product(ExactSum *sum, double a, double b, int sign)
{
	double		low;
	double		high = two_product(a, b, &low);

	exact_sum_add(sum, sign * low);
	exact_sum_add(sum, sign * high);
}

void
inequality_add(InequalityMeasure measure, InequalitySums *sums, double x, double weight, int sign)
{
	double		f = 0;

	sums->n += sign;
	if (weight == 0)
		return;
	if (x == 0)
		sums->zeros += sign;
	exact_sum_add(&sums->weight, sign * weight);
	add_product(&sums->amount, weight, x, sign);
	switch (measure)
	{
		case INEQUALITY_HERFINDAHL:
			{
				double		low;
				double		high = two_product(x, x, &low);

				add_product(&sums->function, weight, high, sign);
				add_product(&sums->function, weight, low, sign);
				return;
			}
		case INEQUALITY_ENTROPY:
		case INEQUALITY_THEIL_T:
			f = x > 0 ? x * log(x) : 0;
			break;
		case INEQUALITY_THEIL_L:
			f = x > 0 ? log(x) : 0;
			break;
		case INEQUALITY_ATKINSON:
			if (x > 0)
				f = sums->parameter == 1 ? log(x) : pow(x, 1 - sums->parameter);
			/* A power out of range is as good as 0 or infinity; the latter makes the measure 1. */
			if (isinf(f) || f > INEQUALITY_VALUE_MAX)
			{
				sums->zeros += sign;
				f = 0;
			}
			break;
	}
	add_product(&sums->function, weight, f, sign);
}

static void
merge(ExactSum *a, const ExactSum *b)
{
	for (int i = 0; i < b->n; i++)
		exact_sum_add(a, b->part[i]);
}

void
inequality_merge(InequalitySums *a, const InequalitySums *b)
{
	a->n += b->n;
	a->zeros += b->zeros;
	if (isnan(a->parameter))
		a->parameter = b->parameter;
	merge(&a->weight, &b->weight);
	merge(&a->amount, &b->amount);
	merge(&a->function, &b->function);
}

/*
 * a - b for logarithmic terms of that size that should not differ when all values are equal: a difference within their rounding, and
 * any below 0, is 0.
 */
static double
difference(double a, double b)
{
	double		d = a - b;
	double		size = fabs(a) > 1 ? fabs(a) : 1;

	return d < 4e-16 * size ? 0 : d;
}

double
inequality_value(InequalityMeasure measure, const InequalitySums *sums)
{
	double		weight = exact_sum_round(&sums->weight);
	double		amount = exact_sum_round(&sums->amount);
	double		function = exact_sum_round(&sums->function);
	double		e = sums->parameter;

	if (sums->n == 0 || !(amount > 0))
		return NAN;
	switch (measure)
	{
		case INEQUALITY_HERFINDAHL:
			return function / amount / amount;
		case INEQUALITY_ENTROPY:
			return difference(log(amount), function / amount) / (isnan(e) ? 1 : log(e));
		case INEQUALITY_THEIL_T:
			return difference(function / amount, log(amount / weight));
		case INEQUALITY_THEIL_L:
			return sums->zeros > 0 ? NAN : difference(log(amount / weight), function / weight);
		default:
			break;
	}
	if (e == 0)
		return 0;
	if (e >= 1 && sums->zeros > 0)
		return 1;
	if (e == 1)
		return difference(1, exp(function / weight) / (amount / weight));
	return difference(1, pow(function / weight, 1 / (1 - e)) / (amount / weight));
}

int
inequality_compare(const void *a, const void *b)
{
	const InequalityPair *p = a;
	const InequalityPair *q = b;

	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return (p->y > q->y) - (p->y < q->y);
}

double
inequality_gini(const InequalityPair *pair, int64_t n)
{
	double		weight = 0,
				amount = 0,
				ranked = 0;
	double		gini;

	/* sum over pairs of w w' |x - x'| / (2 mu W^2), by the cumulated weight up to the middle of each value. */
	for (int64_t i = 0; i < n; i++)
	{
		double		part = pair[i].x * pair[i].y;

		ranked += part * (2 * weight + pair[i].y);
		weight += pair[i].y;
		amount += part;
	}
	if (!(amount > 0))
		return NAN;
	gini = ranked / (weight * amount) - 1;
	return gini < 4e-16 ? 0 : gini;
}

double
inequality_distance(const InequalityPair *pair, int64_t n)
{
	ExactSum	sum_x,
				sum_y;
	double		x,
				y,
				distance = 0;

	exact_sum_init(&sum_x);
	exact_sum_init(&sum_y);
	for (int64_t i = 0; i < n; i++)
	{
		exact_sum_add(&sum_x, pair[i].x);
		exact_sum_add(&sum_y, pair[i].y);
	}
	x = exact_sum_round(&sum_x);
	y = exact_sum_round(&sum_y);
	if (!(x > 0) || !(y > 0))
		return NAN;
	for (int64_t i = 0; i < n; i++)
	{
		double		p = pair[i].x / x;
		double		q = pair[i].y / y;

		/* Equal shares may differ in the last place. */
		if (fabs(p - q) > 4e-16 * (p + q))
			distance += fabs(p - q);
	}
	return distance > 2 ? 2 : distance;
}
