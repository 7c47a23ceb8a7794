/*
 * pairwise_fn.h
 *	  What the SQL faces of pairwise_matrix share: weights of a matrix value, with memory and interrupts taken care of.
 */
#ifndef INNOCITY_PAIRWISE_FN_H
#define INNOCITY_PAIRWISE_FN_H

#include "decision/pairwise_matrix.h"

typedef enum PairwiseMethod
{
	PAIRWISE_EIGENVECTOR,
	PAIRWISE_GEOMETRIC
} PairwiseMethod;

/* The method of that name (a text Datum); 22023 for an unknown one. */
extern PairwiseMethod pairwise_method(Datum method);

/*
 * Weights (adding up to 1, in the order of the criteria) into w; with PAIRWISE_EIGENVECTOR the eigenvalue too. False, and nothing
 * written, when the criteria are not tied together by judgements.
 */
extern bool pairwise_weights(const PairwiseMatrix *matrix, PairwiseMethod method, double *w, double *lambda);

/* "complete", "completed" (judgements are missing) or "disconnected" (weights are undefined); static storage. */
extern const char *pairwise_status(const PairwiseMatrix *matrix, bool connected);

#endif							/* INNOCITY_PAIRWISE_FN_H */
