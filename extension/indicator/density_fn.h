/*
 * density_fn.h
 *	  Weights between sectors and densities, for the SQL faces that build on them.
 */
#ifndef INNOCITY_DENSITY_FN_H
#define INNOCITY_DENSITY_FN_H

#include "indicator/density.h"
#include "indicator/relatedness_fn.h"

/* Relatedness that the caller gave: where each sector of m is read in it. */
typedef struct GivenRelatedness
{
	MatrixView	r;
	int		   *row;			/* row of each sector, or -1 */
	int		   *col;			/* column of each sector, or -1 */
	double	   *expanded;		/* a row of r over its own columns */
} GivenRelatedness;

/* The weights w_st of a density, row by row: from a given relatedness, or from proximity counted on demand. */
typedef struct DensityWeights
{
	int			n;
	int			k;				/* 0 = all */
	bool		self;
	bool		is_given;
	GivenRelatedness given;
	const Presence *presence;	/* what proximity is counted on */
	RelatednessRows counted;	/* begun with the first row */
	int32_t    *place;			/* the order of ubiquity, once weights_by_order() was asked */
	CooccurrenceBits placed;	/* by place, as */
	double	   *ubiquity;		/* up to the stride of these bits */
	int		   *scratch;
} DensityWeights;

/* relatedness NULL: proximity of p. */
extern void weights_begin(const MatrixView *m, const Presence *p, const Datum *relatedness, int k, bool self, DensityWeights *w);

/*
 * Are the weights those of proximity over all partners, for which density.h has a way of its own? Then place, placed and ubiquity are
 * there from now on.
 */
extern bool weights_by_order(DensityWeights *w);

/* Weights of all sectors as partners of sector s: 0 where a partner does not count. */
extern void weights_next(DensityWeights *w, int s, double *weight);

/* Densities of all regions and sectors, row by row; NaN where undefined. */
extern int64 density_into(const MatrixView *m, const Presence *p, DensityWeights *w, double *value);

/* The same, in memory of its own. */
extern double *density_of(const MatrixView *m, const Presence *p, DensityWeights *w);

/* A region is undefined where its row of a ratio is NULL throughout, as in presence without totals. */
extern bool density_undefined(const MatrixView *m, int i);

/* The argument k, or 0 for all where it is NULL; 22023 below 1. */
extern int	density_k_argument(FunctionCallInfo fcinfo, int number);

/* A ratio over the codes of m from a value for every cell, row by row. */
extern Datum dense_ratio(const MatrixView *m, const double *value);

#endif							/* INNOCITY_DENSITY_FN_H */
