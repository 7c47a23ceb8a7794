/*
 * cooccurrence.h
 *	  In how many regions two sectors are present together, counted on bitsets.
 *
 * The bitset is word-major: word w of sector j is bits[w * stride + j], and bit i of the words is region i. Neighbouring sectors lie
 * side by side, so that one vector register holds the counts of eight sectors and nothing is summed across lanes. stride is the
 * number of sectors rounded up to a whole block; padding is zero. Plain C, no allocation.
 */
#ifndef INNOCITY_COOCCURRENCE_H
#define INNOCITY_COOCCURRENCE_H

#include "indicator/sparse.h"

/* Sectors of a block: two registers of eight 64-bit lanes. */
#define COOCCURRENCE_BLOCK 16

typedef struct CooccurrenceBits
{
	int			words;
	int			stride;
	uint64_t   *bits;			/* words * stride */
} CooccurrenceBits;

/* Words of memory that the bitset of such a table needs; fills words and stride. */
extern size_t cooccurrence_size(const Presence *p, CooccurrenceBits *b);

/* Fills b->bits, which the caller has allocated and zeroed. */
extern void cooccurrence_fill(const Presence *p, CooccurrenceBits *b);

/* count[j] = regions where both sector i and sector j are present, for all j < stride. */
extern void cooccurrence_row(const CooccurrenceBits *b, int i, uint32_t *count);

#endif							/* INNOCITY_COOCCURRENCE_H */
