/*
 * input_output.h
 *	  Input-output analysis on dense square matrices (row-major): the Leontief inverse and what is read from it.
 *
 * Plain C, memory from the caller.
 */
#ifndef INNOCITY_INPUT_OUTPUT_H
#define INNOCITY_INPUT_OUTPUT_H

#include <stdbool.h>

/*
 * Replaces the n x n coefficients a by (I - a)^-1, by Gauss-Jordan elimination with row pivoting. False if I - a is singular, or
 * nearly so. pivot holds n ints. Takes seconds for thousands of sectors: tick is called for each of them.
 */
extern bool leontief_inverse(double *a, int n, int *pivot, void (*tick) (void));

/* The least element below 0, with its place, or 0: negative elements of an inverse mean coefficients that cannot be produced with. */
extern double matrix_least(const double *a, int n, int *row, int *col);

/*
 * Jobs in all sectors for each job in sector j: sum_i e_i L_ij / e_j, with L the n x n inverse and e jobs per unit of output. Sectors
 * whose e is not known (NaN) have no jobs here; NaN where e_j is not known or 0.
 */
extern double jobs_multiplier(const double *inverse, const double *labour, int n, int j);

#endif							/* INNOCITY_INPUT_OUTPUT_H */
