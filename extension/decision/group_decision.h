/*
 * group_decision.h
 *	  How far a group of experts agrees, as plain C on plain arrays.
 *
 * p is an array of `experts` rows of n priorities, row by row. All results are the same bytes whatever the order of the experts.
 */
#ifndef INNOCITY_GROUP_DECISION_H
#define INNOCITY_GROUP_DECISION_H

#include <stdbool.h>
#include <stdint.h>

/* Greatest judgement of the scale that Goepel's consensus is measured against (Saaty's). */
#define CONSENSUS_SCALE_MAX 9.0

typedef struct GroupDiversity
{
	double		alpha;			/* mean Shannon entropy (natural logarithm) of the experts' own priorities */
	double		beta;			/* gamma - alpha: what separates the experts */
	double		gamma;			/* entropy of the mean priorities */
	double		consensus;		/* Goepel 2013: 1 = same priorities, 0 = as different as the scale allows; NAN for fewer than 2 criteria */
} GroupDiversity;

/* Priorities of each expert >= 0 and adding up to 1; experts > 0. */
extern void group_diversity(const double *p, int64_t experts, int n, GroupDiversity *result);

/*
 * Kendall's coefficient of concordance of the experts' rankings, corrected for ties: 0 to 1. NAN for fewer than 2 experts or criteria, or when
 * every expert gives all criteria the same rank. Equal numbers tie. rank_sums: n doubles of scratch.
 */
extern double group_kendall_w(const double *p, int64_t experts, int n, double *rank_sums);

#endif							/* INNOCITY_GROUP_DECISION_H */
