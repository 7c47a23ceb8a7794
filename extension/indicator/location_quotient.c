/*
 * location_quotient.c
 *	  Location quotients, with an exact test of presence. See the header for the conventions.
 */
#include "indicator/location_quotient.h"

/* Whole numbers below this are exact doubles, and so are their sums below it. */
#define WHOLE_MAX 9007199254740992.0	/* 2^53 */

static const double power_of_ten[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
};

/*
 * Is x the double nearest to a decimal number of that many places? The whole number and the power of ten are exact, so their
 * quotient is correctly rounded and equals x just then.
 */
static bool
is_decimal(double x, int places)
{
	double		whole;

	/* Whole numbers, without a call for each: most tables have nothing else. */
	if (places == 0)
		return x < WHOLE_MAX && (double) (int64_t) x == x;
	whole = rint(x * power_of_ten[places]);
	return whole < WHOLE_MAX && whole / power_of_ten[places] == x;
}

static inline double
whole_of(double x, int decimals)
{
	return decimals == 0 ? x : rint(x * power_of_ten[decimals]);
}

double
quotient_amount(const Quotient *q, double x)
{
	return q->decimals < 0 ? x : whole_of(x, q->decimals);
}

static bool
needed_decimals(const SparseRows *m, int *decimals)
{
	for (int64_t i = 0; i < m->row_start[m->nrows]; i++)
		while (!is_decimal(m->value[i], *decimals))
			if (++*decimals > QUOTIENT_DECIMALS_MAX)
				return false;
	return true;
}

static bool
sums_are_whole(const SparseRows *m, int decimals)
{
	double		sum = 0;

	for (int64_t i = 0; i < m->row_start[m->nrows]; i++)
	{
		if (!is_decimal(m->value[i], decimals))
			return false;
		sum += whole_of(m->value[i], decimals);
		if (sum >= WHOLE_MAX)
			return false;
	}
	return true;
}

int
quotient_decimals(const SparseRows *a, const SparseRows *b)
{
	int			decimals = 0;

	if (!needed_decimals(a, &decimals) || !needed_decimals(b, &decimals))
		return -1;
	if (!sums_are_whole(a, decimals) || !sums_are_whole(b, decimals))
		return -1;
	return decimals;
}

/* Totals of whole numbers whose sums are below 2^53: every addition is exact. */
static void
whole_totals(Quotient *q)
{
	const SparseRows *m = &q->m;
	const SparseRows *reference = &q->reference;

	for (int i = 0; i < m->nrows; i++)
	{
		double		sum = 0;

		for (int64_t c = m->row_start[i]; c < m->row_start[i + 1]; c++)
			sum += quotient_amount(q, m->value[c]);
		q->row_total[i] = sum;
	}
	for (int j = 0; j < m->ncols; j++)
		q->col_total[j] = 0;
	for (int64_t c = 0; c < reference->row_start[reference->nrows]; c++)
		q->col_total[reference->col[c]] += quotient_amount(q, reference->value[c]);
	q->total = 0;
	for (int j = 0; j < m->ncols; j++)
		q->total += q->col_total[j];
}

void
quotient_prepare(Quotient *q)
{
	const SparseRows *m = &q->m;
	const SparseRows *reference = &q->reference;
	ExactSum	total;

	q->decimals = quotient_decimals(m, reference);
	if (q->decimals >= 0)
	{
		whole_totals(q);
		return;
	}

	for (int i = 0; i < m->nrows; i++)
	{
		ExactSum	sum;

		exact_sum_init(&sum);
		for (int64_t c = m->row_start[i]; c < m->row_start[i + 1]; c++)
			exact_sum_add(&sum, quotient_amount(q, m->value[c]));
		q->row_total[i] = exact_sum_round(&sum);
	}

	/* Transpose the reference: count, place, and sum each column. */
	for (int j = 0; j <= m->ncols; j++)
		q->col_start[j] = 0;
	for (int64_t c = 0; c < reference->row_start[reference->nrows]; c++)
		q->col_start[reference->col[c] + 1]++;
	for (int j = 0; j < m->ncols; j++)
		q->col_start[j + 1] += q->col_start[j];
	for (int64_t c = 0; c < reference->row_start[reference->nrows]; c++)
		q->col_value[q->col_start[reference->col[c]]++] = quotient_amount(q, reference->value[c]);
	for (int j = m->ncols; j > 0; j--)
		q->col_start[j] = q->col_start[j - 1];
	q->col_start[0] = 0;

	exact_sum_init(&total);
	for (int j = 0; j < m->ncols; j++)
	{
		ExactSum	sum;

		exact_sum_init(&sum);
		for (int64_t c = q->col_start[j]; c < q->col_start[j + 1]; c++)
			exact_sum_add(&sum, q->col_value[c]);
		q->col_total[j] = exact_sum_round(&sum);
		for (int i = 0; i < sum.n; i++)
			exact_sum_add(&total, sum.part[i]);
	}
	q->total = exact_sum_round(&total);
}

double
quotient_value(const Quotient *q, int row, int col, double x)
{
	double		row_total = q->row_total[row];
	double		col_total = q->col_total[col];
	double		total;
	int			er,
				ec,
				et,
				ex;

	if (row_total == 0 || col_total == 0)
		return NAN;
	if (x == 0)
		return 0;
	x = quotient_amount(q, x);
	/* Two rounded products of whole numbers keep the order of the exact ones: a present sector never shows an LQ below 1. */
	if (q->decimals >= 0)
		return (x * q->total) / (row_total * col_total);
	/* Mantissas apart from exponents, so that huge or tiny cells neither overflow nor vanish on the way. */
	x = frexp(x, &ex);
	row_total = frexp(row_total, &er);
	col_total = frexp(col_total, &ec);
	total = frexp(q->total, &et);
	return ldexp((x * total) / (row_total * col_total), ex + et - er - ec);
}

QuotientThreshold
quotient_threshold(double threshold)
{
	QuotientThreshold result = {threshold, 1};

	for (int places = 0; places <= QUOTIENT_DECIMALS_MAX; places++)
		if (is_decimal(threshold, places))
		{
			result.numerator = whole_of(threshold, places);
			result.denominator = power_of_ten[places];
			break;
		}
	return result;
}

static void
exact_from(ExactSum *e, double x)
{
	exact_sum_init(e);
	exact_sum_add(e, x);
}

/* result = a * b * factor, with a and b brought near 1 by powers of two that are returned as the exponent taken out. */
static int
scaled_product(const ExactSum *a, const ExactSum *b, double factor, ExactSum *result)
{
	ExactSum	left = *a;
	ExactSum	right = *b;
	ExactSum	product,
				f;
	int			ea,
				eb;

	if (left.n == 0 || right.n == 0)
	{
		exact_sum_init(result);
		return 0;
	}
	ea = ilogb(left.part[left.n - 1]);
	eb = ilogb(right.part[right.n - 1]);
	exact_scale(&left, -ea);
	exact_scale(&right, -eb);
	exact_multiply(&left, &right, &product);
	exact_from(&f, factor);
	exact_multiply(&product, &f, result);
	return ea + eb;
}

static void
exact_row_sum(const Quotient *q, int row, ExactSum *sum)
{
	exact_sum_init(sum);
	for (int64_t c = q->m.row_start[row]; c < q->m.row_start[row + 1]; c++)
		exact_sum_add(sum, quotient_amount(q, q->m.value[c]));
}

static void
exact_col_sum(const Quotient *q, int col, ExactSum *sum)
{
	if (q->decimals >= 0)
	{
		exact_from(sum, q->col_total[col]);
		return;
	}
	exact_sum_init(sum);
	for (int64_t c = q->col_start[col]; c < q->col_start[col + 1]; c++)
		exact_sum_add(sum, q->col_value[c]);
}

static void
exact_total(const Quotient *q, ExactSum *sum)
{
	if (q->decimals >= 0)
	{
		exact_from(sum, q->total);
		return;
	}
	exact_sum_init(sum);
	for (int64_t c = 0; c < q->col_start[q->m.ncols]; c++)
		exact_sum_add(sum, q->col_value[c]);
}

/* x X den against num x_r X_s, exactly: -1, 0, 1. Totals of a row and of the reference are summed once a row, by the caller. */
static int
compare_exactly(const Quotient *q, double x, int col, const ExactSum *row_sum, const ExactSum *total, QuotientThreshold threshold)
{
	ExactSum	cell,
				col_sum,
				left,
				right;
	int			exponent;

	exact_from(&cell, x);
	exact_col_sum(q, col, &col_sum);
	exponent = scaled_product(&cell, total, threshold.denominator, &left);
	exponent -= scaled_product(row_sum, &col_sum, threshold.numerator, &right);
	/* Only near-equal products come here, so the exponents differ by little. */
	exact_scale(&left, exponent);
	return exact_compare(&left, &right);
}

int
quotient_present(const Quotient *q, int row, QuotientThreshold threshold, bool strict, int32_t *col)
{
	int			n = 0;
	bool		summed = false;
	ExactSum	row_sum,
				total;
	double		level = threshold.numerator / threshold.denominator;

	for (int64_t c = q->m.row_start[row]; c < q->m.row_start[row + 1]; c++)
	{
		int			j = q->m.col[c];
		double		x = quotient_amount(q, q->m.value[c]);
		double		lq;
		int			order;

		if (x == 0 || q->col_total[j] == 0)
			continue;
		if (q->decimals >= 0 && threshold.numerator == 1 && threshold.denominator == 1)
		{
			/* Products of whole numbers below 2^53: the rounded ones decide unless they are equal, what rounding lost otherwise. */
			double		left = x * q->total;
			double		right = q->row_total[row] * q->col_total[j];

			if (left != right)
				order = left > right ? 1 : -1;
			else
			{
				double		left_rest,
							right_rest;

				two_product(x, q->total, &left_rest);
				two_product(q->row_total[row], q->col_total[j], &right_rest);
				order = (left_rest > right_rest) - (left_rest < right_rest);
			}
		}
		else
		{
			/* The rounded quotient is off by a few units in the last place; nearer to the threshold than this, compute exactly. */
			lq = quotient_value(q, row, j, q->m.value[c]);
			if (fabs(lq - level) > 1e-14 * level)
				order = lq > level ? 1 : -1;
			else
			{
				if (!summed)
				{
					exact_row_sum(q, row, &row_sum);
					exact_total(q, &total);
					summed = true;
				}
				order = compare_exactly(q, x, j, &row_sum, &total, threshold);
			}
		}
		if (order > 0 || (order == 0 && !strict))
			col[n++] = j;
	}
	return n;
}
