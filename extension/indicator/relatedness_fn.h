/*
 * relatedness_fn.h
 *	  Rows of relatedness on demand, for the SQL faces that never need the whole matrix at once.
 */
#ifndef INNOCITY_RELATEDNESS_FN_H
#define INNOCITY_RELATEDNESS_FN_H

#include "indicator/indicator_fn.h"
#include "indicator/relatedness.h"

typedef struct RelatednessRows
{
	CooccurrenceBits bits;
	RelatednessBase base;
	uint32_t   *count;			/* one row, bits.stride long */
	double	   *row;			/* the same of relatedness */
} RelatednessRows;

/* The argument method; 22023 for a name that is none. */
extern RelatednessMethod relatedness_argument(text *argument);

/* Counts that method of relatedness over p, which must live as long as the rows are used. */
extern void relatedness_begin(const Presence *p, RelatednessMethod method, RelatednessRows *rows);

/* Relatedness of sector i to every sector. */
extern void relatedness_next(RelatednessRows *rows, int i, double *value);

#endif							/* INNOCITY_RELATEDNESS_FN_H */
