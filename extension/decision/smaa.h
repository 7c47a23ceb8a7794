/*
 * smaa.h
 *	  Stochastic multicriteria acceptability analysis (SMAA-2, Lahdelma and Salminen 2001), as plain C on plain arrays.
 *
 * How often is an alternative first, second, ... when the weights (and, if asked for, the criteria) are not known exactly? Scores are the
 * weighted sums of the min-max values of ranking.h, or of the values as they are. The same seed gives the same result whatever the order of the rows: rows are put into
 * the order of their contents first, and equal rows share what they get.
 */
#ifndef INNOCITY_SMAA_H
#define INNOCITY_SMAA_H

#include <stdbool.h>
#include <stdint.h>

#include "decision/ranking.h"

typedef enum SmaaWeights
{
	SMAA_UNIFORM,				/* nothing known: uniform on the simplex */
	SMAA_SPREAD,				/* each weight uniform within +- amount (a share) of the given one, then scaled to 1 */
	SMAA_DIRICHLET,				/* Dirichlet around the given weights with concentration amount */
	SMAA_FIXED					/* as given: only the criteria are uncertain */
} SmaaWeights;

typedef struct SmaaProblem
{
	RankingProblem ranking;		/* weights may be NULL with SMAA_UNIFORM */
	const double *deviations;	/* n x m standard deviations of normal errors of x, or NULL */
	bool		as_given;		/* values as they are, the more the better, instead of min-max ones */
	SmaaWeights kind;
	double		amount;
	int			samples;
	uint64_t	seed;
	int			ranks;			/* how many ranks to report, 1 to n */
	bool		confidence;		/* confidence factors too: a second round, n times as long when criteria are uncertain */
} SmaaProblem;

typedef struct SmaaResult
{
	double	   *acceptability;	/* n x ranks: share of the samples with that rank; ties share the better rank */
	double	   *central;		/* n x m: mean of the weights that put the row first; NAN when none do */
	double	   *confidence;		/* n: how often the row is first with its central weights; NAN when it never is first; or NULL */
} SmaaResult;

/* Bytes of scratch for ranking_smaa. */
extern size_t smaa_scratch_size(const SmaaProblem *problem);

extern void ranking_smaa(const SmaaProblem *problem, SmaaResult *result, void *scratch);

#endif							/* INNOCITY_SMAA_H */
