/*
 * location_curve.c
 *	  The curve behind Gini, Hoover and Krugman index; what it is and why it is a tree stands in the header.
 *
 * Invariants of a CurveTree: bits grow from a fork to the forks below it; the sums of a fork are those of joined(child[0], child[1]).
 */
#include "indicator/location_curve.h"

#include <math.h>
#include <string.h>

#define CURVE_KEY_BITS 192

static uint64_t
bits_of(double x)
{
	uint64_t	bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

CurveStep
curve_step_weighted(double value, double weight)
{
	CurveStep	step = {bits_of(value), value * weight, weight};

	return step;
}

/*
 * A number that rises with x / y, equal where the quotient's 53 bits are, and 1 higher for the next double: the bits of the quotient of the
 * fractions, with the exponents added in their place. No quotient is out of range: with x, y <= 2^520 and y >= 2^-1074 the exponent
 * field is between 27 and 3218, of 12 bits.
 */
static uint64_t
quotient_order(double x, double y)
{
	int			x_exponent,
				y_exponent;
	double		quotient;

	if (x == 0)
		return 0;
	if (y == 0)
		return UINT64_MAX;
	quotient = frexp(x, &x_exponent) / frexp(y, &y_exponent);
	return bits_of(quotient) + ((uint64_t) (int64_t) (x_exponent - y_exponent + 600) << 52);
}

CurveStep
curve_step_quotient(double x, double reference)
{
	CurveStep	step = {quotient_order(x, reference), x, reference};

	return step;
}

int
curve_step_compare(const void *a, const void *b)
{
	return curve_step_order(a, b);
}

/* First bit in which two keys differ, CURVE_KEY_BITS if they are equal. */
static int
first_difference(const CurveStep *a, const CurveStep *b)
{
	uint64_t	difference;

	if ((difference = a->order ^ b->order) != 0)
		return __builtin_clzll(difference);
	if ((difference = bits_of(a->x) ^ bits_of(b->x)) != 0)
		return 64 + __builtin_clzll(difference);
	if ((difference = bits_of(a->y) ^ bits_of(b->y)) != 0)
		return 128 + __builtin_clzll(difference);
	return CURVE_KEY_BITS;
}

static int
key_bit(const CurveStep *step, int bit)
{
	uint64_t	word = bit < 64 ? step->order : bits_of(bit < 128 ? step->x : step->y);

	return (word >> (63 - bit % 64)) & 1;
}

/* Sums of equal steps. Among themselves they enclose no area. */
static CurveSums
repeated(const CurveStep *step, int64_t count)
{
	CurveSums	sums = {step->x * count, step->y * count, 0};

	return sums;
}

/*
 * Sums of two neighbouring stretches of the curve that part at a bit. Where only the lower bits differ, all steps have one slope and
 * enclose no area, whatever rounding says.
 */
static CurveSums
joined(CurveSums a, CurveSums b, int bit)
{
	CurveSums	sums = {a.x + b.x, a.y + b.y, a.cross + b.cross};

	if (bit < 64)
		sums.cross += a.y * b.x - a.x * b.y;
	return sums;
}

/* From left to right: the stack holds the forks on the way to the last leaf that wait for their right side, with the sums of their left. */
CurveSums
curve_of(const CurveStep *step, int64_t n)
{
	CurveSums	left[CURVE_KEY_BITS];
	int			bit[CURVE_KEY_BITS];
	int			depth = 0;
	CurveSums	sums = {0, 0, 0};

	for (int64_t i = 0; i < n;)
	{
		int64_t		end = i + 1;
		int			next = -1;	/* a fork above all when nothing follows */

		while (end < n && (next = first_difference(&step[i], &step[end])) == CURVE_KEY_BITS)
			end++;
		if (end == n)
			next = -1;
		sums = repeated(&step[i], end - i);
		while (depth > 0 && bit[depth - 1] > next)
		{
			depth--;
			sums = joined(left[depth], sums, bit[depth]);
		}
		if (next >= 0)
		{
			left[depth] = sums;
			bit[depth++] = next;
		}
		i = end;
	}
	return sums;
}

double
curve_gini(const CurveSums *sums, double x_total, double y_total)
{
	double		gini;

	if (!(x_total > 0) || !(y_total > 0))
		return NAN;
	gini = sums->cross / (x_total * y_total);
	return gini < 4e-16 ? 0 : gini > 1 ? 1 : gini;
}

uint64_t
curve_threshold(double x_total, double y_total)
{
	/* Five roundings at most stand between two orders that should be equal. */
	return quotient_order(x_total, y_total) + 8;
}

/* 2 (x / X - y / Y) = 2 (x Y - y X) / (X Y), brought near 1 first, so that neither product is out of range. */
double
curve_distance(const CurveSums *above, double x_total, double y_total)
{
	int			x_exponent,
				y_exponent;
	double		x_share,
				y_share,
				low[2],
				high[2],
				distance;

	if (!(x_total > 0) || !(y_total > 0))
		return NAN;
	x_total = frexp(x_total, &x_exponent);
	y_total = frexp(y_total, &y_exponent);
	x_share = ldexp(above->x, -x_exponent);
	y_share = ldexp(above->y, -y_exponent);
	high[0] = two_product(x_share, y_total, &low[0]);
	high[1] = two_product(y_share, x_total, &low[1]);
	distance = 2 * ((high[0] - high[1]) + (low[0] - low[1])) / (x_total * y_total);
	return distance < 0 ? 0 : distance > 2 ? 2 : distance;
}

double
curve_distance_of(const CurveStep *step, int64_t n, double x_total, double y_total)
{
	uint64_t	threshold;
	int64_t		low = 0,
				high = n;
	CurveSums	above;

	if (!(x_total > 0) || !(y_total > 0))
		return NAN;
	threshold = curve_threshold(x_total, y_total);
	while (low < high)
	{
		int64_t		middle = low + (high - low) / 2;

		if (step[middle].order > threshold)
			high = middle;
		else
			low = middle + 1;
	}
	above = curve_of(step + low, n - low);
	return curve_distance(&above, x_total, y_total);
}

void
curve_totals(const CurveStep *step, int64_t n, double *x_total, double *y_total)
{
	ExactSum	x,
				y;

	exact_sum_init(&x);
	exact_sum_init(&y);
	for (int64_t i = 0; i < n; i++)
	{
		exact_sum_add(&x, step[i].x);
		exact_sum_add(&y, step[i].y);
	}
	*x_total = exact_sum_round(&x);
	*y_total = exact_sum_round(&y);
}

void
curve_tree_init(CurveTree *tree)
{
	memset(tree, 0, sizeof(*tree));
	tree->free_leaf = tree->free_fork = tree->root = CURVE_NOWHERE;
}

bool
curve_tree_full(const CurveTree *tree)
{
	return tree->leaves == tree->room && tree->free_leaf == CURVE_NOWHERE;
}

static CurvePlace
take_leaf(CurveTree *tree)
{
	CurvePlace	place = tree->free_leaf;

	if (place == CURVE_NOWHERE)
		return tree->leaves++;
	tree->free_leaf = (CurvePlace) tree->leaf[place].count;
	return place;
}

static CurvePlace
take_fork(CurveTree *tree)
{
	CurvePlace	place = tree->free_fork;

	if (place == CURVE_NOWHERE)
		return ~tree->forks++;
	tree->free_fork = tree->fork[~place].child[0];
	return place;
}

static CurveSums
sums_at(const CurveTree *tree, CurvePlace place)
{
	return place < 0 ? tree->fork[~place].sums : repeated(&tree->leaf[place].step, tree->leaf[place].count);
}

/* The forks on the way down by the bits of a key, to a leaf, which is returned; only of forks whose bit is below the limit. */
static CurvePlace
descend(const CurveTree *tree, const CurveStep *key, int limit, CurvePlace *path, int *depth)
{
	CurvePlace	place = tree->root;

	*depth = 0;
	while (place < 0 && tree->fork[~place].bit < limit)
	{
		path[(*depth)++] = place;
		place = tree->fork[~place].child[key_bit(key, tree->fork[~place].bit)];
	}
	return place;
}

/* Sums anew along a path, from below. */
static void
update(CurveTree *tree, const CurvePlace *path, int depth)
{
	while (depth-- > 0)
	{
		CurveFork  *fork = &tree->fork[~path[depth]];

		fork->sums = joined(sums_at(tree, fork->child[0]), sums_at(tree, fork->child[1]), fork->bit);
	}
}

/* Puts a place where another was, under the last fork of a path or at the root. */
static void
replace(CurveTree *tree, const CurvePlace *path, int depth, CurvePlace old, CurvePlace new)
{
	if (depth == 0)
		tree->root = new;
	else
	{
		CurveFork  *parent = &tree->fork[~path[depth - 1]];

		parent->child[parent->child[1] == old] = new;
	}
}

void
curve_tree_add(CurveTree *tree, const CurveStep *step)
{
	CurvePlace	path[CURVE_KEY_BITS];
	int			depth = 0;

	tree->n++;
	exact_sum_add(&tree->x, step->x);
	exact_sum_add(&tree->y, step->y);
	if (tree->root == CURVE_NOWHERE)
	{
		tree->root = take_leaf(tree);
		tree->leaf[tree->root] = (CurveLeaf) {*step, 1};
		return;
	}
	else
	{
		CurvePlace	near = descend(tree, step, CURVE_KEY_BITS, path, &depth);
		int			bit = first_difference(step, &tree->leaf[near].step);

		if (bit == CURVE_KEY_BITS)
			tree->leaf[near].count++;
		else
		{
			CurvePlace	below = descend(tree, step, bit, path, &depth);
			CurvePlace	leaf = take_leaf(tree);
			CurvePlace	fork = take_fork(tree);
			int			side = key_bit(step, bit);

			tree->leaf[leaf] = (CurveLeaf) {*step, 1};
			tree->fork[~fork].bit = bit;
			tree->fork[~fork].child[side] = leaf;
			tree->fork[~fork].child[!side] = below;
			replace(tree, path, depth, below, fork);
			path[depth++] = fork;
		}
	}
	update(tree, path, depth);
}

bool
curve_tree_remove(CurveTree *tree, const CurveStep *step)
{
	CurvePlace	path[CURVE_KEY_BITS];
	int			depth;
	CurvePlace	leaf;

	if (tree->root == CURVE_NOWHERE)
		return false;
	leaf = descend(tree, step, CURVE_KEY_BITS, path, &depth);
	if (first_difference(step, &tree->leaf[leaf].step) != CURVE_KEY_BITS)
		return false;
	tree->n--;
	exact_sum_add(&tree->x, -step->x);
	exact_sum_add(&tree->y, -step->y);
	if (--tree->leaf[leaf].count == 0)
	{
		tree->leaf[leaf].count = tree->free_leaf;
		tree->free_leaf = leaf;
		if (depth == 0)
		{
			tree->root = CURVE_NOWHERE;
			return true;
		}
		else
		{
			CurvePlace	fork = path[--depth];
			CurveFork  *gone = &tree->fork[~fork];

			replace(tree, path, depth, fork, gone->child[gone->child[0] == leaf]);
			gone->child[0] = tree->free_fork;
			tree->free_fork = fork;
		}
	}
	update(tree, path, depth);
	return true;
}

double
curve_tree_gini(const CurveTree *tree)
{
	CurveSums	sums;

	if (tree->root == CURVE_NOWHERE)
		return NAN;
	sums = sums_at(tree, tree->root);
	return curve_gini(&sums, exact_sum_round(&tree->x), exact_sum_round(&tree->y));
}

double
curve_tree_distance(const CurveTree *tree)
{
	double		x_total = exact_sum_round(&tree->x);
	double		y_total = exact_sum_round(&tree->y);
	CurvePlace	path[CURVE_KEY_BITS];
	int			depth;
	CurvePlace	place;
	int			bit;
	bool		some;
	CurveSums	above = {0, 0, 0};
	CurveStep	edge;

	if (!(x_total > 0) || !(y_total > 0))
		return NAN;
	/* A step above the threshold is one of at least the next order. */
	edge = (CurveStep) {curve_threshold(x_total, y_total) + 1, 0, 0};
	place = descend(tree, &edge, CURVE_KEY_BITS, path, &depth);
	bit = first_difference(&edge, &tree->leaf[place].step);

	/* The keys below the edge's place in the tree are all above or all below it. */
	place = descend(tree, &edge, bit, path, &depth);
	some = bit == CURVE_KEY_BITS || key_bit(&edge, bit) == 0;
	if (some)
		above = sums_at(tree, place);
	while (depth-- > 0)
	{
		const CurveFork *fork = &tree->fork[~path[depth]];

		if (key_bit(&edge, fork->bit) == 1)
			continue;
		above = some ? joined(above, sums_at(tree, fork->child[1]), fork->bit) : sums_at(tree, fork->child[1]);
		some = true;
	}
	return curve_distance(&above, x_total, y_total);
}
