/*
 * stability.h
 *	  Does a ranking survive? Weight stability intervals, rank reversal, and how far two rankings agree; plain C on plain arrays.
 */
#ifndef INNOCITY_STABILITY_H
#define INNOCITY_STABILITY_H

#include "decision/ranking.h"

/*
 * Weighted sums of normalised values (n x m): how far the weight of criterion k can go, the others keeping their proportions, until the first
 * alternative is first no more (or, with whole, until any two alternatives change places). low <= weight <= high. A tie at the given weights
 * leaves no room. A criterion with all the weight has no others to scale: false. items: 2 n of scratch, score: n doubles.
 */
extern bool weight_interval(const RankingProblem *problem, const double *value, int k, bool whole, double *low, double *high,
							RankingItem *items, double *score);

/*
 * Pairs (i, j) with a_i < a_j but b_i > b_j; ties count in neither. O(n log n). items: 2 n, scratch: 2 n doubles.
 */
extern int64_t discordant_pairs(int64_t n, const double *a, const double *b, RankingItem *items, double *scratch, RankingCheck check);

/* Kendall's tau-b (Knight 1966): -1 to 1; NAN when all a or all b are equal, or n < 2. Scratch as discordant_pairs. */
extern double kendall_tau_b(int64_t n, const double *a, const double *b, RankingItem *items, double *scratch, RankingCheck check);

/*
 * Extrapolated rank-biased overlap of two rankings (Webber, Moffat and Zobel 2010, equation 32): 0 = nothing in common, 1 = same. a and b are
 * lists of different numbers 0 .. universe - 1, best first, each at least one long; 0 < p < 1, the smaller the more the top counts.
 * seen: universe bytes of scratch.
 */
extern double rank_biased_overlap(const int *a, int na, const int *b, int nb, int universe, double p, char *seen);

typedef enum RankingMethod
{
	METHOD_WSM,					/* min-max */
	METHOD_WPM,					/* max */
	METHOD_TOPSIS,				/* vector */
	METHOD_VIKOR,				/* v = 0.5 */
	METHOD_PROMETHEE			/* usual preference function; net flow */
} RankingMethod;

/* Doubles of scratch for method_scores with n rows of m criteria. */
extern size_t method_scratch(int64_t n, int m);

/* Scores by the method's default convention, the more the better. */
extern bool method_scores(const RankingProblem *problem, RankingMethod method, double *score, double *scratch, RankingError *error);

/* What leaving one alternative out does to the order of the others. */
typedef struct RankReversal
{
	int64_t		reversals;		/* pairs of others that change places */
	bool		best_changed;	/* the best of the others is another one (or other ones) */
} RankReversal;

/* For every row; O(n) times the method. x_scratch: n m doubles; score: 3 n; scratch: method_scratch(n, m); items: 2 n; pairs: 2 n doubles. */
extern bool rank_reversals(const RankingProblem *problem, RankingMethod method, RankReversal *result, double *x_scratch, double *score,
						   double *scratch, RankingItem *items, double *pairs, RankingError *error);

#endif							/* INNOCITY_STABILITY_H */
