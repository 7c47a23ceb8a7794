/*
 * location_curve.h
 *	  Gini, Hoover and Krugman index as properties of one curve, in a form that rows can enter and leave.
 *
 * A row is a step of the curve: x is its amount, y its size (a number of units, or an amount of reference), and steps stand in the order
 * of x / y. Gini is twice the area between the curve and the diagonal, Hoover its largest distance from it.
 *
 * Sums over many steps are rounded, so their bytes depend on the order of additions. Here that order depends on nothing but the rows
 * themselves: steps are the leaves of the crit-bit tree of their keys (D. J. Bernstein), which has one shape for a set of keys, whatever came
 * and went before, and sums are added along that tree. A sorted array is walked as if it were that tree (curve_of); a tree in memory
 * (CurveTree) takes in and lets go a row in O(depth). Both give the same bytes. Keys have 192 bits, which bounds the depth; rows that are
 * spread at all smoothly have one of about log2 n. Totals are exact sums besides.
 *
 * Plain C; values and sizes are finite and >= 0. Memory is the caller's.
 */
#ifndef INNOCITY_LOCATION_CURVE_H
#define INNOCITY_LOCATION_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/exactsum.h"

/*
 * Largest value of a weighted row and largest weight, 2^320: a weight times a weighted value, summed over 2^31 rows twice, is a double.
 */
#define CURVE_WEIGHTED_MAX 2.13598703592091e96

/* A step. Its key is order, then the bits of x, then those of y: for doubles >= 0 the order of bits is that of numbers. */
typedef struct CurveStep
{
	uint64_t	order;			/* rises with x / y */
	double		x;
	double		y;
} CurveStep;

/* The step of a value of that many units: x = value * weight, in the order of values. */
extern CurveStep curve_step_weighted(double value, double weight);

/* The step of an amount beside its reference, in the order of quotients; a reference of 0 comes last. */
extern CurveStep curve_step_quotient(double x, double reference);

/* Order of steps. */
static inline int
curve_step_order(const CurveStep *p, const CurveStep *q)
{
	if (p->order != q->order)
		return p->order < q->order ? -1 : 1;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return (p->y > q->y) - (p->y < q->y);
}

/* The same for qsort. */
extern int	curve_step_compare(const void *a, const void *b);

/* What is summed along the tree. */
typedef struct CurveSums
{
	double		x;
	double		y;
	double		cross;			/* sum over pairs of steps i before j of y_i x_j - x_i y_j */
} CurveSums;

/* Sums over sorted steps, in the order of additions of their tree. */
extern CurveSums curve_of(const CurveStep *step, int64_t n);

/* Twice the area between curve and diagonal: the Gini index. NaN where a total is 0. */
extern double curve_gini(const CurveSums *sums, double x_total, double y_total);

/*
 * The distance is for steps of curve_step_quotient. Those whose order is above this have a larger share of x than of y; steps
 * within rounding of equal shares are not among them.
 */
extern uint64_t curve_threshold(double x_total, double y_total);

/* Sum of differences of shares, in [0, 2], from the sums over the steps above the threshold. NaN where a total is 0. */
extern double curve_distance(const CurveSums *above, double x_total, double y_total);

/* Both for sorted steps, which have these totals. */
extern double curve_distance_of(const CurveStep *step, int64_t n, double x_total, double y_total);

/* Exact totals of steps; weighted steps count their rounded product. */
extern void curve_totals(const CurveStep *step, int64_t n, double *x_total, double *y_total);

/* A place in the tree: a leaf (>= 0), or a fork (its complement). */
typedef int32_t CurvePlace;

#define CURVE_NOWHERE INT32_MIN

/* Number of equal rows. */
typedef struct CurveLeaf
{
	CurveStep	step;
	int64_t		count;
} CurveLeaf;

/* Keys below it share all bits before that one; those with a 0 there are in child[0]. */
typedef struct CurveFork
{
	CurveSums	sums;
	CurvePlace	child[2];
	int32_t		bit;			/* 0 = the highest of order, 191 = the lowest of y */
} CurveFork;

/*
 * Arrays of room leaves and forks (one fork fewer is in use than leaves). Freed ones are linked: a leaf by count, a fork by child[0].
 */
typedef struct CurveTree
{
	CurveLeaf  *leaf;
	CurveFork  *fork;
	int32_t		room;
	int32_t		leaves;			/* of the arrays, ever used */
	int32_t		forks;
	CurvePlace	free_leaf;
	CurvePlace	free_fork;
	CurvePlace	root;
	int64_t		n;				/* rows */
	ExactSum	x;
	ExactSum	y;
} CurveTree;

extern void curve_tree_init(CurveTree *tree);

/* Does one more step need larger arrays? Then the caller enlarges both to more than room elements and sets room. */
extern bool curve_tree_full(const CurveTree *tree);

extern void curve_tree_add(CurveTree *tree, const CurveStep *step);

/* False, and nothing is changed, when there is no such step. */
extern bool curve_tree_remove(CurveTree *tree, const CurveStep *step);

/* The Gini index of the rows; NaN where a total is 0. */
extern double curve_tree_gini(const CurveTree *tree);

/* Sum of differences of shares (Krugman; Hoover is half of it); NaN where a total is 0. */
extern double curve_tree_distance(const CurveTree *tree);

#endif							/* INNOCITY_LOCATION_CURVE_H */
