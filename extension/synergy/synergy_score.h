/*
 * synergy_score.h
 *	  The score of an institution in a city: a weighted mean of the parts that are known.
 *
 * Parts lie in [0, 1]; an unknown one is NaN, is left out, and the weights of the others are taken relative to each other. Sums are
 * exact before they are rounded, so the order of the parts changes nothing. Plain C, no allocation.
 */
#ifndef INNOCITY_SYNERGY_SCORE_H
#define INNOCITY_SYNERGY_SCORE_H

#include <stdint.h>

/* Parts of a geometric mean are at least this, so that one part of 0 does not erase all others. */
#define SYNERGY_GEOMETRIC_FLOOR 0.01

/* Below this a power of a part is so near 1 that its difference from 1 is computed, not the power. */
#define SYNERGY_SMALL_POWER 0.01

/* Decimals of a score and of a coverage. */
#define SYNERGY_DECIMALS 9

/*
 * score = (sum w p^power / sum w)^(1/power) over known parts; power 1 is the weighted mean, power 0 the geometric one with floored
 * parts. coverage = weight of the known parts / weight of all. Without any weight on known parts the score is NaN and the coverage 0.
 * Weights are finite and >= 0, and any finite power will do: far from 0 the mean comes to the greatest part or the least.
 */
extern void synergy_score(const double *part, const double *scaled, int n, double whole, double power, double *score, double *coverage);

/* Weights as synergy_score takes them, divided by a power of two, which cancels out and keeps products in range. Returns whole, their sum. */
extern double synergy_scale_weights(const double *weight, int n, double *scaled);

/*
 * needed[i] = the value of part i at which the score is `score`, all else equal; NaN where no value in [0, 1] does that, where the part
 * is not known, or where it has no weight. The inverse of synergy_score in one part: v^power = (W score^power - sum of the others) / w.
 */
extern void synergy_needed(const double *part, const double *weight, int n, double power, double score, double *needed);

/*
 * What parts are divided by before they are raised to a power, so that the results stay in [0, 1] and do not all vanish: the greatest
 * known part with a weight, or under a negative power the least; 1 where that is 0 (or nothing is known), but 0 under a negative power.
 */
extern double synergy_scale(const double *part, const double *weight, int n, double power);

/* x, between -4000 and 4000, in units of 10^-SYNERGY_DECIMALS, rounded half up from the double's exact value. */
extern int64_t synergy_round(double x);

#endif							/* INNOCITY_SYNERGY_SCORE_H */
