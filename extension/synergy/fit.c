/*
 * fit.c
 *	  Leaves of the score and their apportionment; see the header.
 */
#include "synergy/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "synergy/synergy_score.h"

/* 10^(FIT_LEAF_DECIMALS - SYNERGY_DECIMALS): grains of a unit. */
#define GRAINS_PER_UNIT INT64_C(1000000)

/* Row of the code, or -1. */
static int
find_row(const FitMatrix *m, int64_t code)
{
	int			low = 0,
				high = m->nrows - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;

		if (m->rows[middle] == code)
			return middle;
		if (m->rows[middle] < code)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

static FitLeaf
make_leaf(int64_t own_sector, int64_t partner_sector, double value)
{
	FitLeaf		leaf;

	leaf.part = 0;
	leaf.partner = -1;
	leaf.own_sector = own_sector;
	leaf.partner_sector = partner_sector;
	leaf.value = value;
	leaf.units = 0;
	return leaf;
}

int
fit_product(const FitMatrix *route, const FitMatrix *fit, double *row, FitLeaf *leaf, double *sum)
{
	int			n = 0;

	*sum = 0;
	for (int i = 0; i < route->nrows; i++)
	{
		memset(row, 0, sizeof(double) * fit->ncols);
		for (int64_t k = route->row_start[i]; k < route->row_start[i + 1]; k++)
		{
			int			r = find_row(fit, route->cols[route->col[k]]);
			double		worth = 0;

			if (r < 0)
				continue;
			for (int64_t c = fit->row_start[r]; c < fit->row_start[r + 1]; c++)
			{
				row[fit->col[c]] += route->value[k] * fit->value[c];
				worth += fit->value[c];
			}
			/* row by row, as board.c does, which keeps the sums of the rows and no leaves */
			*sum += route->value[k] * worth;
		}
		for (int t = 0; t < fit->ncols; t++)
			if (row[t] != 0)
				leaf[n++] = make_leaf(route->rows[i], fit->cols[t], row[t]);
	}
	return n;
}

int
fit_similarity(const Profile *own, const Profile *partner, double scale, FitLeaf *leaf)
{
	double		norm = sqrt(own->norm * partner->norm);
	int			n = 0;

	for (int i = 0; i < own->n; i++)
	{
		const ProfileTerm *a = &own->term[i];

		for (int j = 0; j < partner->n; j++)
		{
			const ProfileTerm *b = &partner->term[j];
			double		value;

			if (profile_chain(own, i)->code[0] != profile_chain(partner, j)->code[0])
				continue;
			value = scale * (a->weight * code_tree_similarity(CODE_SECTOR, profile_sector(own, i), profile_sector(partner, j)) *
							 b->weight / norm);
			if (value != 0)
				leaf[n++] = make_leaf(profile_sector(own, i), profile_sector(partner, j), value);
		}
	}
	return n;
}

static int64_t
grains(const FitLeaf *leaf)
{
	return (int64_t) llround(leaf->value * 1e15);
}

/* Whole units of so many grains, rounded down also below 0. */
static inline int64_t
whole_units(int64_t g)
{
	return g / GRAINS_PER_UNIT - (g % GRAINS_PER_UNIT < 0);
}

static inline int
compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Largest remainder first. While sorting, units holds the remainder in grains. */
static int
compare_remainder(const void *p, const void *q)
{
	const FitLeaf *a = *(FitLeaf *const *) p;
	const FitLeaf *b = *(FitLeaf *const *) q;
	int			c = compare_int64(b->units, a->units);

	if (c == 0)
		c = compare_int64(a->part, b->part);
	if (c == 0)
		c = compare_int64(a->own_sector, b->own_sector);
	if (c == 0)
		c = compare_int64(a->partner_sector, b->partner_sector);
	if (c == 0)
		c = compare_int64(a->partner, b->partner);
	return c;
}

void
fit_apportion(FitLeaf *leaf, int n, int64_t total, FitLeaf **order)
{
	int64_t		left = total;

	for (int i = 0; i < n; i++)
	{
		int64_t		g = grains(&leaf[i]);

		left -= whole_units(g);
		leaf[i].units = g - whole_units(g) * GRAINS_PER_UNIT;
		order[i] = &leaf[i];
	}
	qsort(order, n, sizeof(FitLeaf *), compare_remainder);
	for (int i = 0; i < n; i++)
		order[i]->units = whole_units(grains(order[i]));

	/*
	 * Fewer units than leaves are left, but for the rounding of the total itself, which goes round the leaves once more; a total that is not
	 * theirs may leave any number, so whole rounds are not walked.
	 */
	for (int i = 0; i < n; i++)
		order[i]->units += left / n + (i < left % n) - (i < -(left % n));
}
