/*
 * cooccurrence.h
 *	  In how many regions two sectors are present together, counted on bitsets.
 *
 * The bitset is word-major: word w of sector j is bits[w * stride + j], and bit i of the words is region i. Neighbouring sectors lie
 * side by side, so that one vector register holds the counts of eight sectors and nothing is summed across lanes. stride is the
 * number of sectors rounded up to a whole tile; padding is zero. A whole table is counted in square tiles of which those below the
 * diagonal are mirrors of others; single rows are for those who need few. Plain C, no allocation.
 */
#ifndef INNOCITY_COOCCURRENCE_H
#define INNOCITY_COOCCURRENCE_H

#include "indicator/sparse.h"

/* Sectors along a side of a tile: its counts are 16 kB. */
#define COOCCURRENCE_TILE 64

typedef struct CooccurrenceBits
{
	int			words;
	int			stride;
	uint64_t   *bits;			/* words * stride */
} CooccurrenceBits;

/* Words of memory that the bitset of such a table needs; fills words and stride. */
extern size_t cooccurrence_size(const Presence *p, CooccurrenceBits *b);

/* Fills b->bits, which the caller has allocated and zeroed. place[j] is where sector j stands in b; NULL: where it stands in p. */
extern void cooccurrence_fill(const Presence *p, const int32_t *place, CooccurrenceBits *b);

/* count[j] = regions where both sector i and sector j are present, for all j < stride. */
extern void cooccurrence_row(const CooccurrenceBits *b, int i, uint32_t *count);

/* count[x * COOCCURRENCE_TILE + y] = the same for sectors i + x and j + y, both i and j being multiples of COOCCURRENCE_TILE. */
extern void cooccurrence_tile(const CooccurrenceBits *b, int i, int j, uint32_t *count);

#endif							/* INNOCITY_COOCCURRENCE_H */
