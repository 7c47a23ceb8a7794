/*
 * weights.h
 *	  Weights of criteria without pairwise judgements, as plain C on plain arrays. All of them add up to 1.
 *
 * x is n rows (alternatives) of m criteria, row by row. Sums over rows go through limb_sum.h: the same bytes whatever the order of rows.
 */
#ifndef INNOCITY_WEIGHTS_H
#define INNOCITY_WEIGHTS_H

#include <stdbool.h>
#include <stdint.h>

typedef void (*WeightsCheck) (void);

typedef enum RankWeights
{
	RANK_CENTROID,				/* w_k = (1/n) sum_{i>=k} 1/i (Barron and Barrett 1996) */
	RANK_SUM,					/* w_k = 2 (n + 1 - k) / (n (n + 1)) */
	RANK_RECIPROCAL				/* w_k = (1/k) / sum 1/i */
} RankWeights;

/* Weights from ranks (1 = most important; only the order counts). Equal ranks share the mean weight of the places they take up. */
extern void rank_order_weights(int n, const double *ranks, RankWeights kind, double *w);

/*
 * Entropy weights: x >= 0; the less evenly a criterion's total is spread over the alternatives, the more it weighs. A criterion with the
 * same value everywhere (or 0 everywhere) weighs 0. False when that leaves nothing, or n < 2.
 */
extern bool entropy_weights(int64_t n, int m, const double *x, double *w, WeightsCheck check);

/*
 * CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995): standard deviation after min-max scaling, times the sum over the other criteria of
 * 1 - correlation. minimise turns a criterion round before that. A constant criterion weighs 0 and is none of "the others". When only one
 * criterion varies it takes all the weight. False when no criterion varies, when all that vary say the same, or n < 2. scratch: 3 * m doubles.
 */
extern bool critic_weights(int64_t n, int m, const double *x, const bool *minimise, double *w, double *scratch, WeightsCheck check);

#endif							/* INNOCITY_WEIGHTS_H */
