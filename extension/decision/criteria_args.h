/*
 * criteria_args.h
 *	  Reading the arguments that all ranking and weighting functions share: criteria, weights, directions as arrays.
 */
#ifndef INNOCITY_CRITERIA_ARGS_H
#define INNOCITY_CRITERIA_ARGS_H

#include "base/compat.h"

#include "utils/array.h"

/* Most criteria of a row. */
#define CRITERIA_MAX 1000

/* Greatest absolute value of a criterion: squares and sums of it stay far from overflow. */
#define CRITERION_VALUE_MAX 1e100

/* Length of a one-dimensional array; 2202E for more dimensions, 54000 beyond CRITERIA_MAX, 22023 when it is empty. */
extern int	criteria_length(ArrayType *array, const char *argument);

/*
 * Values of a float8[] into x (room for its length); -0 becomes 0. False when an element is NULL. NaN, infinity and values beyond
 * CRITERION_VALUE_MAX are 22023.
 */
extern bool criteria_read(ArrayType *array, const char *argument, double *x);

/* Weights: m numbers >= 0 that are not all 0; scaled to add up to 1, in the current context. */
extern double *criteria_weights(ArrayType *array, int m);

/* Directions: m times 'max' or 'min'; true = the less the better. In the current context. */
extern bool *criteria_directions(ArrayType *array, int m);

/* Rows of criteria while an aggregate collects them; everything in one context. */
typedef struct CriteriaRows
{
	MemoryContext context;
	int			m;
	int64		n;
	int64		capacity;
	double	   *x;				/* n x m, row by row */
} CriteriaRows;

extern CriteriaRows *criteria_rows_create(MemoryContext context, int m);

/* Room for one more row, counted; the caller fills it. */
extern double *criteria_rows_add(CriteriaRows *rows);

/*
 * A transition: argument 1 of fcinfo is a row (float8[]), argument 0 the state. A NULL row or one with a NULL element is left out; another
 * length than the rows before is 22023.
 */
extern Datum criteria_rows_transition(FunctionCallInfo fcinfo, const char *argument);

/* A float8[] of n numbers in the current context. */
extern Datum float8_array(const double *values, int n);

#endif							/* INNOCITY_CRITERIA_ARGS_H */
