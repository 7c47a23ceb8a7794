/*
 * cover_test.c
 *	  The cheapest cover against all sets, least squares against its normal equations, and Student's and F's tails against R and mpmath, without a server.
 *
 * Sources: extension/indicator/cover.c extension/indicator/regression.c extension/indicator/student.c
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "indicator/cover.h"
#include "indicator/regression.h"
#include "indicator/student.h"
#include "tails.h"

static uint64_t state = 1;
static int	tests = 0;
static int	failures = 0;

static double
uniform(void)
{
	return (double) (prng_splitmix64(&state) >> 11) * 0x1p-53;
}

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, what);
	failures += !passed;
}

/* kind 0: any numbers; 1: whole ones, many alike and some free; 2: a demand that all items together just cover. */
static bool
check_cover(int n, int kind)
{
	CoverItem  *item = calloc(n, sizeof(CoverItem));
	double	   *worth = calloc(n + 1, sizeof(double));
	double	   *cost = calloc(n + 1, sizeof(double));
	bool	   *taken = calloc(n, sizeof(bool));
	bool	   *best = calloc(n, sizeof(bool));
	double		all = 0,
				demand,
				least = INFINITY,
				bound,
				covered = 0,
				paid = 0;
	CoverStatus status;
	bool		good;

	for (int k = 0; k < n; k++)
	{
		item[k] = (CoverItem) {kind == 1 ? floor(uniform() * 4) : uniform(), kind == 1 ? 1 + floor(uniform() * 4) : 0.01 + uniform(), k, false};
		all += item[k].worth;
	}
	demand = kind == 2 ? all : all * 1.1 * uniform();
	for (long set = 0; set < 1L << n; set++)
	{
		double		w = 0,
					c = 0;

		for (int k = 0; k < n; k++)
			if (set >> k & 1)
			{
				w += item[k].worth;
				c += item[k].cost;
			}
		if (w >= demand * (1 - 1e-12) && c < least)
			least = c;
	}
	status = cover_solve(item, n, demand, 1000000, NULL, worth, cost, taken, best, &bound);
	for (int k = 0; k < n; k++)
		if (item[k].chosen)
		{
			covered += item[k].worth;
			paid += item[k].cost;
		}
	good = isinf(least) ? status == COVER_INFEASIBLE
		: status == COVER_OPTIMAL && covered >= demand * (1 - 2e-12) && fabs(paid - least) <= 1e-12 * (1 + least) && fabs(bound - paid) <= 1e-12 * (1 + paid);
	/* nothing that costs nothing is there in vain */
	for (int k = 0; k < n && good && !isinf(least); k++)
		if (item[k].chosen && item[k].cost == 0 && covered - item[k].worth >= demand * (1 + 1e-9))
			good = false;
	/* out of nodes: still a cover, and the bound holds */
	status = cover_solve(item, n, demand, 1, NULL, worth, cost, taken, best, &bound);
	covered = 0;
	for (int k = 0; k < n; k++)
		covered += item[k].chosen ? item[k].worth : 0;
	if (!isinf(least) && (covered < demand * (1 - 2e-12) || bound > least * (1 + 1e-12) + 1e-12))
		good = false;
	free(item);
	free(worth);
	free(cost);
	free(taken);
	free(best);
	return good;
}

/* Residuals are at right angles to the constant and to every column. */
static bool
check_regression(int n, int k, double offset)
{
	double	   *x[8],
			   *kept[8],
			   *y = calloc(n, sizeof(double)),
			   *seen = calloc(n, sizeof(double));
	double		triangle[72],
				coefficient[8],
				error[8],
				sum = 0,
				squares = 0,
				mean = 0,
				all = 0;
	Regression	r;
	bool		good;

	for (int j = 0; j < k; j++)
	{
		x[j] = calloc(n, sizeof(double));
		kept[j] = calloc(n, sizeof(double));
		for (int i = 0; i < n; i++)
			kept[j][i] = x[j][i] = offset + uniform();
	}
	for (int i = 0; i < n; i++)
	{
		seen[i] = y[i] = uniform();
		for (int j = 0; j < k; j++)
			seen[i] = y[i] += (j + 1) * (kept[j][i] - offset);
	}
	good = regression_solve(x, y, n, k, triangle, coefficient, error, NULL, &r) && r.freedom == n - k - 1;
	for (int i = 0; i < n; i++)
		mean += seen[i] / n;
	for (int i = 0; i < n; i++)
	{
		all += (seen[i] - mean) * (seen[i] - mean);
		seen[i] -= r.constant;
		for (int j = 0; j < k; j++)
			seen[i] -= coefficient[j] * kept[j][i];
		sum += seen[i];
		squares += seen[i] * seen[i];
	}
	good = good && fabs(sum) < 1e-9 * (1 + offset) && fabs(1 - squares / all - r.explained) < 1e-8 * (1 + offset);
	for (int j = 0; j < k; j++)
	{
		double		product = 0;

		for (int i = 0; i < n; i++)
			product += seen[i] * (kept[j][i] - offset);
		good = good && fabs(product) < 1e-9 * (1 + offset);
		free(x[j]);
		free(kept[j]);
	}
	free(y);
	free(seen);
	return good;
}

static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-10 * fabs(b);
}

/* The tails that mpmath gives, from 1 to 1e7 degrees of freedom. */
static bool
check_tails(void)
{
	double		worst = 0;

	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++)
	{
		double		p = tail[i][2] == 0 ? student_p_value(tail[i][0], tail[i][1]) : variance_quotient_p_value(tail[i][0], tail[i][1], tail[i][2]);
		double		off = fabs(p / tail[i][3] - 1);

		if (!(off < 1e-12))
			printf("# t or f %g, freedom %g %g: %.17g, not %.17g\n", tail[i][0], tail[i][1], tail[i][2], p, tail[i][3]);
		worst = off > worst || isnan(off) ? off : worst;
	}
	printf("# at worst %g of a tail\n", worst);
	return worst < 1e-12;
}

int
main(void)
{
	bool		good = true;
	double		one[3] = {1, 1, 1},
				two[3] = {1, 2, 4},
				four[3] = {2, 4, 8},
				y[3] = {1, 3, 2};
	double		triangle[6],
				coefficient[2],
				error[2];
	Regression	r;

	for (int kind = 0; kind < 3; kind++)
	{
		good = true;
		for (int round = 0; round < 200; round++)
			good = good && check_cover(1 + round % 12, kind);
		ok(good, kind == 0 ? "the cheapest cover of all" : kind == 1 ? "with ties and free items" : "when all items are needed");
	}
	{
		CoverItem	item = {1, 1, 0, false};
		double		worth[2],
					cost[2],
					bound;
		bool		taken,
					best;

		ok(cover_solve(&item, 1, INFINITY, 100, NULL, worth, cost, &taken, &best, &bound) == COVER_INFEASIBLE &&
		   cover_solve(&item, 1, NAN, 100, NULL, worth, cost, &taken, &best, &bound) == COVER_INFEASIBLE && !item.chosen, "a demand without end");
	}
	good = true;
	for (int round = 0; round < 50; round++)
		good = good && check_regression(10 + round, 1 + round % 5, round % 2 ? 1000 : 0);
	ok(good, "least squares");
	ok(!regression_solve((double *[]) {one}, y, 3, 1, triangle, coefficient, error, NULL, &r), "a constant column is refused");
	ok(!regression_solve((double *[]) {two, four}, y, 3, 2, triangle, coefficient, error, NULL, &r), "a multiple of another, too");
	ok(!regression_solve((double *[]) {two, one}, y, 2, 2, triangle, coefficient, error, NULL, &r), "and fewer rows than unknowns");

	/* R 4.2.2: 2 * pt(-abs(t), df), and twice the smaller tail of pf */
	ok(near(student_p_value(0.3, 1), 0.814452841844515) && near(student_p_value(2.5, 5), 0.0544900993423762) &&
	   near(student_p_value(-7, 300), 1.67998824587585e-11) && near(student_p_value(1e-9, 5), 0.999999999240787) &&
	   near(student_p_value(40, 300), 2.85241803953111e-122) && student_p_value(0, 3) == 1 && student_p_value(INFINITY, 3) == 0 &&
	   isnan(student_p_value(NAN, 3)), "Student's t");
	ok(near(variance_quotient_p_value(1.7, 9, 9), 0.441394708032394) && near(variance_quotient_p_value(0.2, 120, 120), 5.21005794548054e-17) &&
	   near(variance_quotient_p_value(1, 3, 3), 1) && variance_quotient_p_value(1, 36, 36) <= 1 && isnan(variance_quotient_p_value(NAN, 3, 3)), "F");
	ok(check_tails(), "tails of both, to 12 digits of each");
	printf("1..%d\n", tests);
	return failures > 0;
}
