/*
 * curve_test.c
 *	  The location curve without a server: a tree that rows enter and leave has the bytes of the sorted rows that are in it, these are
 *	  the definitions' numbers, and its arrays hold no more than the rows at once.
 *
 * Sources: extension/base/exactsum.c extension/indicator/location_curve.c
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "indicator/location_curve.h"

#define ROWS 400				/* at once, at most */
#define OPERATIONS 6000

static uint64_t state = 1;

static uint64_t
random_bits(void)
{
	return prng_splitmix64(&state);
}

/* Values as they come: even, repeated, of any size, and such whose keys part at every bit there is. */
static double
value(int kind)
{
	switch (kind)
	{
		case 0:
			return (double) (random_bits() >> 11) * 0x1p-53;
		case 1:
			return (double) (random_bits() % 7);
		case 2:
			return ldexp((double) (random_bits() >> 11) * 0x1p-53, (int) (random_bits() % 300) - 150);
		default:
			return ldexp(1, (int) (random_bits() % 60)) + (random_bits() % 2 ? 0 : ldexp(1, (int) (random_bits() % 40) - 20));
	}
}

static const char *const kinds[] = {"even values", "values that repeat", "values of any size", "values that differ in one bit"};

static int
same(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0 || (isnan(a) && isnan(b));
}

/* Mean difference of all pairs over twice the mean. */
static double
defined_gini(const CurveStep *step, int n)
{
	long double difference = 0,
				x = 0,
				y = 0;

	for (int i = 0; i < n; i++)
	{
		x += step[i].x;
		y += step[i].y;
		for (int j = 0; j < i; j++)
			difference += fabsl((long double) step[i].x * step[j].y - (long double) step[j].x * step[i].y);
	}
	return (double) (difference / (x * y));
}

static double
defined_distance(const CurveStep *step, int n)
{
	long double sum = 0,
				x = 0,
				y = 0;

	for (int i = 0; i < n; i++)
	{
		x += step[i].x;
		y += step[i].y;
	}
	for (int i = 0; i < n; i++)
		sum += fabsl(step[i].x / x - step[i].y / y);
	return (double) sum;
}

int
main(void)
{
	int			number = 0;
	int			failed = 0;

	printf("1..8\n");
	for (int weighted = 0; weighted < 2; weighted++)
		for (int kind = 0; kind < 4; kind++)
		{
			CurveTree	tree;
			CurveStep	row[ROWS],
						sorted[ROWS];
			int			n = 0;
			int			wrong = 0;
			double		worst = 0;

			curve_tree_init(&tree);
			tree.room = ROWS;
			tree.leaf = calloc(ROWS, sizeof(CurveLeaf));
			tree.fork = calloc(ROWS, sizeof(CurveFork));
			for (int k = 0; k < OPERATIONS; k++)
			{
				double		x_total,
							y_total;
				CurveSums	sums;
				int			grow = k / (OPERATIONS / 10) % 2 == 0;
				double		x = value(kind),
							y = value(kind);
				CurveStep	step = weighted ? curve_step_weighted(x, y) : curve_step_quotient(x, y);

				if (n > 0 && (n == ROWS || random_bits() % 100 < (grow ? 30 : 60)))
				{
					int			gone = (int) (random_bits() % n);

					wrong += !curve_tree_remove(&tree, &row[gone]);
					row[gone] = row[--n];
				}
				else
				{
					curve_tree_add(&tree, &step);
					row[n++] = step;
				}
				/* A row of another size is not there to be removed. */
				step = curve_step_quotient(3e100, 1e-3);
				wrong += curve_tree_remove(&tree, &step);
				wrong += tree.n != n || tree.leaves > ROWS || tree.forks > ROWS - 1;

				memcpy(sorted, row, n * sizeof(CurveStep));
				qsort(sorted, n, sizeof(CurveStep), curve_step_compare);
				sums = curve_of(sorted, n);
				curve_totals(sorted, n, &x_total, &y_total);
				wrong += !same(curve_tree_gini(&tree), curve_gini(&sums, x_total, y_total));
				if (!weighted)
					wrong += !same(curve_tree_distance(&tree), curve_distance_of(sorted, n, x_total, y_total));
				if (k % 50 == 0 && x_total > 0 && y_total > 0)
				{
					worst = fmax(worst, fabs(curve_gini(&sums, x_total, y_total) - defined_gini(sorted, n)));
					if (!weighted)
						worst = fmax(worst, fabs(curve_distance_of(sorted, n, x_total, y_total) - defined_distance(sorted, n)));
				}
			}
			while (n > 0)
				wrong += !curve_tree_remove(&tree, &row[--n]);
			wrong += tree.root != CURVE_NOWHERE || tree.x.n != 0 || tree.y.n != 0;
			number++;
			printf("%sok %d - %s, %s\n", wrong > 0 || worst > 1e-14 ? "not " : "", number, kinds[kind], weighted ? "weighted" : "beside a reference");
			if (wrong > 0 || worst > 1e-14)
			{
				failed++;
				printf("# %d differences from the sorted rows, %g from the definitions\n", wrong, worst);
			}
			free(tree.leaf);
			free(tree.fork);
		}
	return failed > 0;
}
