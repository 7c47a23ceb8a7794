/*
 * synergy_relative.h
 *	  How far a score lies above or below that of a reference, and what each part adds to the distance.
 *
 * The distance is ln(score / reference score), the reference score being the same mean of the parts' reference values. With terms
 * A_i = w_i v_i^power and B_i likewise of the reference, A and B their sums,
 *
 *	   ln(score / reference score) = ln(A / B) / power = sum of (A_i - B_i) / L(A, B) / power,     L(A, B) = (A - B) / ln(A / B),
 *
 * L being the logarithmic mean; power 0 is the limit, sum of w_i ln(v_i / reference_i) with both floored as in the score. No remainder is
 * left at any power: B. W. Ang, The LMDI approach to decomposition analysis, Energy Policy 33 (2005) 867-871. Plain C, no allocation.
 */
#ifndef INNOCITY_SYNERGY_RELATIVE_H
#define INNOCITY_SYNERGY_RELATIVE_H

/*
 * share[i] = what part i adds; 0 for a part without weight, NaN for an unknown one (NaN), which is left out. Returns the distance, NaN (and
 * all shares NaN) where it is not finite: a score or reference score of 0, no weight on known parts, or a known part without reference.
 */
extern double synergy_relative(const double *part, const double *reference, const double *weight, int n, double power, double *share);

#endif							/* INNOCITY_SYNERGY_RELATIVE_H */
