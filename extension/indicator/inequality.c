/*
 * inequality.c
 *	  Measures of concentration and inequality; formulas in the header.
 */
#include "indicator/inequality.h"

#include <math.h>
#include <string.h>

/* Below this a sum of squares has lost digits, or all, to the smallest number that there is. */
#define SQUARES_MIN 0x1p-900

/* A row adds two products at most to a sum, of two parts each. */
#define PARTS_OF_A_ROW 4

void
inequality_init(InequalitySums *sums, int room)
{
	sums->room = room;
	sums->parameter = NAN;
}

int
inequality_room_to_add(const InequalitySums *sums)
{
	int			room = sums->room;

	for (int k = 0; k < INEQUALITY_SUMS; k++)
		while (room < INEQUALITY_ROOM_MAX && room < sums->count[k] + PARTS_OF_A_ROW)
			room = room * 2 < INEQUALITY_ROOM_MAX ? room * 2 : INEQUALITY_ROOM_MAX;
	return room;
}

int
inequality_room_to_merge(const InequalitySums *a, const InequalitySums *b)
{
	int			room = a->room;

	for (int k = 0; k < INEQUALITY_SUMS; k++)
		while (room < INEQUALITY_ROOM_MAX && room < a->count[k] + b->count[k])
			room = room * 2 < INEQUALITY_ROOM_MAX ? room * 2 : INEQUALITY_ROOM_MAX;
	return room;
}

void
inequality_move(InequalitySums *to, const InequalitySums *from, int room)
{
	to->room = room;
	to->n = from->n;
	to->zeros = from->zeros;
	to->parameter = from->parameter;
	for (int k = 0; k < INEQUALITY_SUMS; k++)
	{
		to->count[k] = from->count[k];
		memcpy(to->part + k * room, from->part + k * from->room, from->count[k] * sizeof(double));
	}
}

static void
add(InequalitySums *sums, InequalitySum k, double x)
{
	sums->count[k] = exact_parts_add(sums->part + k * sums->room, sums->count[k], x);
}

static double
rounded(const InequalitySums *sums, InequalitySum k)
{
	return exact_parts_round(sums->part + k * sums->room, sums->count[k]);
}

/* sum += sign a b, exactly */
static void
add_product(InequalitySums *sums, InequalitySum k, double a, double b, int sign)
{
	double		low;
	double		high = two_product(a, b, &low);

	if (low != 0)
		add(sums, k, sign * low);
	add(sums, k, sign * high);
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
	add(sums, INEQUALITY_WEIGHT, sign * weight);
	add_product(sums, INEQUALITY_AMOUNT, weight, x, sign);
	switch (measure)
	{
		case INEQUALITY_HERFINDAHL:
		case INEQUALITY_VARIATION:
		case INEQUALITY_HERFINDAHL_NORMALIZED:
			{
				double		low;
				double		high = two_product(x, x, &low);

				add_product(sums, INEQUALITY_FUNCTION, weight, high, sign);
				add_product(sums, INEQUALITY_FUNCTION, weight, low, sign);
				return;
			}
		case INEQUALITY_ENTROPY:
		case INEQUALITY_THEIL_T:
			f = x > 0 ? x * log(x) : 0;
			break;
		case INEQUALITY_DALTON:
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
	add_product(sums, INEQUALITY_FUNCTION, weight, f, sign);
}

void
inequality_merge(InequalitySums *a, const InequalitySums *b)
{
	a->n += b->n;
	a->zeros += b->zeros;
	if (isnan(a->parameter))
		a->parameter = b->parameter;
	for (int k = 0; k < INEQUALITY_SUMS; k++)
		for (int i = 0; i < b->count[k]; i++)
			add(a, k, b->part[k * b->room + i]);
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

/* sum += sign times the product of two sums, exactly but for scaling them by 2^-ea and 2^-eb */
static void
add_sums_product(const InequalitySums *sums, InequalitySum a, int ea, InequalitySum b, int eb, double sign, ExactSum *sum)
{
	for (int i = 0; i < sums->count[a]; i++)
		for (int j = 0; j < sums->count[b]; j++)
		{
			double		low;
			double		high = two_product(ldexp(sums->part[a * sums->room + i], -ea), ldexp(sums->part[b * sums->room + j], -eb), &low);

			exact_sum_add(sum, sign * low);
			exact_sum_add(sum, sign * high);
		}
}

/*
 * Variance over the square of the mean, (W F - A^2) / A^2 for the sums W of weights, A of amounts and F of squares. The difference is taken
 * of exact sums, because for nearly equal values all its digits cancel: so equal values give 0, and close ones keep their digits.
 */
static double
relative_variance(const InequalitySums *sums)
{
	ExactSum	difference;
	int			ew,
				ef,
				ea;
	double		amount;

	(void) frexp(rounded(sums, INEQUALITY_WEIGHT), &ew);
	(void) frexp(rounded(sums, INEQUALITY_FUNCTION), &ef);
	ef += (ew + ef) & 1;
	ea = (ew + ef) / 2;
	exact_sum_init(&difference);
	add_sums_product(sums, INEQUALITY_WEIGHT, ew, INEQUALITY_FUNCTION, ef, 1, &difference);
	add_sums_product(sums, INEQUALITY_AMOUNT, ea, INEQUALITY_AMOUNT, ea, -1, &difference);
	amount = ldexp(rounded(sums, INEQUALITY_AMOUNT), -ea);
	return exact_sum_round(&difference) / amount / amount;
}

double
inequality_value(InequalityMeasure measure, const InequalitySums *sums)
{
	double		weight = rounded(sums, INEQUALITY_WEIGHT);
	double		amount = rounded(sums, INEQUALITY_AMOUNT);
	double		function = rounded(sums, INEQUALITY_FUNCTION);
	double		e = sums->parameter;

	if (sums->n == 0 || !(amount > 0))
		return NAN;
	switch (measure)
	{
		case INEQUALITY_HERFINDAHL:
			return function < SQUARES_MIN ? INFINITY : function / amount / amount;
		case INEQUALITY_VARIATION:
			return function < SQUARES_MIN ? INFINITY : sqrt(relative_variance(sums));
		case INEQUALITY_HERFINDAHL_NORMALIZED:
			if (!(weight > 1))
				return NAN;
			return function < SQUARES_MIN ? INFINITY : relative_variance(sums) / (weight - 1);
		case INEQUALITY_DALTON:
			/* Utility is the logarithm, and has to be positive. */
			if (sums->zeros > 0 || !(function > 0))
				return NAN;
			return 1 + difference(log(amount / weight), function / weight) / (function / weight);
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
