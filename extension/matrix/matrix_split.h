/*
 * matrix_split.h
 *	  A number split over shares so that the parts add up to it exactly.
 *
 * Every part but one is the number times its share, rounded; the part of the largest share (the first among equals) is what is left of
 * the number, exactly, as an expansion.
 */
#ifndef INNOCITY_MATRIX_SPLIT_H
#define INNOCITY_MATRIX_SPLIT_H

#include "base/exactsum.h"

typedef struct MatrixSplit
{
	int			n;
	int			largest;
	double	   *fraction;		/* shares divided by their sum */
	double	   *part;
	double		rest[EXACT_SUM_CANONICAL];
} MatrixSplit;

/* Shares are positive and finite. */
extern void matrix_split_init(MatrixSplit *split, const double *share, int n);
extern void matrix_split_free(MatrixSplit *split);

/*
 * Splits x: *part becomes the parts (that of split->largest is not set); returns how many components of split->rest that one has.
 */
extern int	matrix_split(MatrixSplit *split, double x, double **part);

#endif							/* INNOCITY_MATRIX_SPLIT_H */
