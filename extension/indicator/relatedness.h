/*
 * relatedness.h
 *	  How close two sectors are, from the regions in which they are present together.
 *
 * With c = regions with both, k = regions with each, n = regions that count, and, for the measures of van Eck and Waltman (2009) on
 * the co-occurrence table with a zero diagonal, s = a sector's sum in that table and t = the sum of all s:
 *
 *	proximity	c / max(k_i, k_j), the smaller conditional probability (Hidalgo et al. 2007); 1 on the diagonal
 *	sqrt		c / sqrt(k_i k_j), the cosine of the two columns of presence; 1 on the diagonal
 *	asymmetric	c / k_j: the share of the regions with j that also have i; 1 on the diagonal
 *	correlation (1 + Pearson's r of the two columns) / 2; 1 on the diagonal
 *	jaccard		c / (s_i + s_j - c)
 *	cosine		c / sqrt(s_i s_j)
 *	association c t / (s_i s_j)
 *	probability c / ((s_i/t s_j/(t - s_i) + s_j/t s_i/(t - s_j)) t/2), as Steijn (2017) corrected it
 *
 * The last four have 0 on the diagonal. A sector present nowhere has no relatedness (NaN); any other 0/0 is 0. Plain C.
 */
#ifndef INNOCITY_RELATEDNESS_H
#define INNOCITY_RELATEDNESS_H

#include "indicator/cooccurrence.h"

typedef enum RelatednessMethod
{
	RELATEDNESS_PROXIMITY,
	RELATEDNESS_SQRT,
	RELATEDNESS_ASYMMETRIC,
	RELATEDNESS_CORRELATION,
	RELATEDNESS_JACCARD,
	RELATEDNESS_COSINE,
	RELATEDNESS_ASSOCIATION,
	RELATEDNESS_PROBABILITY
} RelatednessMethod;

#define RELATEDNESS_METHODS 8

/* What a method needs beside the counts. */
typedef struct RelatednessBase
{
	RelatednessMethod method;
	int			ncols;
	int			regions;		/* regions with at least one sector present */
	const int32_t *ubiquity;
	double	   *k;				/* the same numbers, up to the bitset's stride; 0 in the padding */
	bool		absent;			/* is any sector present nowhere? */
	double	   *sum;			/* s, for the last four methods; else NULL */
	double		total;			/* t */
} RelatednessBase;

/* The method of that name; false when there is none. */
extern bool relatedness_method(const char *name, RelatednessMethod *method);

/* Does the method work on the sums of the co-occurrence table? */
extern bool relatedness_needs_sums(RelatednessMethod method);

/* s of every sector: its regions' diversities less itself. Whole numbers, hence exact. */
extern void relatedness_sums(const Presence *p, double *sum);

/*
 * What fills a row of the result: value[y] for sectors i and j + y, y < width, from their counts. width is a multiple of 8; padding of
 * the bitset gets any value.
 */
typedef void (*FillCells) (const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value);

/* The relatedness of base->method. */
extern void relatedness_cells(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value);

/*
 * z-scores of the counts against independent presence, given how many regions have each sector (hypergeometric: mean k_i k_j / n,
 * variance mean (1 - k_i/n) (n - k_j)/(n - 1)). NaN on the diagonal, and where a sector is present nowhere or everywhere.
 */
extern void cooccurrence_zscore(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value);

/* The two-sided p-value of that z-score by the normal distribution, erfc(|z| / sqrt 2). */
extern void cooccurrence_pvalue(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value);

/* The counts themselves. */
extern void cooccurrence_count(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value);

/*
 * The whole table, ncols x ncols row by row, counting each pair once; rows of value are ncols apart. One band of COOCCURRENCE_TILE
 * sectors at a time, so that the caller can look for interrupts: a band writes its rows from the diagonal on and their mirror
 * images. tile is scratch for 2 * COOCCURRENCE_TILE^2 counts, cells for COOCCURRENCE_TILE doubles. Returns how many of the cells
 * written are not 0.
 */
extern int64_t relatedness_band(const CooccurrenceBits *bits, const RelatednessBase *base, FillCells fill, int first,
								uint32_t *tile, double *cells, double *value);

#endif							/* INNOCITY_RELATEDNESS_H */
