/*
 * vector_pair.h
 *	  Two vectors against many: the sums of products and the subtractions that keep a basis orthogonal.
 *
 * Vectors are VECTOR_STEP doubles or a multiple of it long, padded with zeros, and those of a set follow each other. A sum of products is
 * eight sums, of every eighth product each, added up in one order; so the bytes are the same whatever the registers. Plain C, no allocation.
 */
#ifndef INNOCITY_VECTOR_PAIR_H
#define INNOCITY_VECTOR_PAIR_H

#include <stddef.h>

/* Doubles of the widest register. */
#define VECTOR_STEP 8

/* n rounded up to whole steps */
static inline size_t
vector_stride(int n)
{
	return ((size_t) n + VECTOR_STEP - 1) / VECTOR_STEP * VECTOR_STEP;
}

/* product[2 k], product[2 k + 1] = sums of products of vector k of a set of m with x and with y */
extern void vector_pair_products(const double *set, size_t stride, int m, const double *x, const double *y, double *product);

/* x -= the sum of product[2 k] times vector k, y likewise with product[2 k + 1]; by rising k */
extern void vector_pair_subtract(const double *set, size_t stride, int m, const double *product, double *x, double *y);

#endif							/* INNOCITY_VECTOR_PAIR_H */
