/*
 * projection.h
 *	  The symmetric operator of complexity on the smaller side, formed cell by cell.
 *
 * Cell (a, b) is scale[a] * scale[b] * the sum of weight[j] over members j of the other side that have both a and b, such members being
 * added in rising order. Row a is value[a * stride] and on; stride is n rounded up to whole registers, and padding is zero. When it is
 * applied, every lane adds up one result over rising rows, so the bytes are the same whatever the width. Plain C, no allocation.
 */
#ifndef INNOCITY_PROJECTION_H
#define INNOCITY_PROJECTION_H

#include "indicator/sparse.h"

/* Presence from one side: members of list i are number[start[i]] .. number[start[i + 1] - 1], ascending. */
typedef struct PresenceLists
{
	const int64_t *start;
	const uint16_t *number;
} PresenceLists;

typedef struct Projection
{
	int			n;
	int			stride;
	double	   *value;			/* n * stride, aligned to the widest registers */
	double	   *result;			/* stride, of an application */
} Projection;

/*
 * Doubles of scratch memory for forming and keeping it; 0 where it would take more than 2 MB, or where applying lists again and again is
 * estimated to cost less. An estimate from counts alone: the choice decides about last digits, and must not depend on the machine.
 */
extern size_t projection_scratch(const Presence *p);

/*
 * Forms it in scratch. own: lists of the smaller side's n members, other: those of the other side's nother. pause is called before each
 * chunk of the work, and may not return; or NULL.
 */
extern void projection_form(Projection *s, int n, int nother, const PresenceLists *own, const PresenceLists *other,
							const double *weight, const double *scale, void (*pause) (void), double *scratch);

/* y = S x, n doubles each */
extern void projection_apply(const Projection *s, const double *x, double *y);

#endif							/* INNOCITY_PROJECTION_H */
