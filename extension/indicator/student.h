/*
 * student.h
 *	  Probabilities of Student's t and of F, for the tests beside regressions.
 *
 * Plain C, no allocation. Correct to 12 digits from 1 to 1e7 degrees of freedom and down to 1e-300, the tails themselves and not only their
 * distance from 1 (beside mpmath: 2.4e-13 at worst for t, 1.2e-13 for F).
 */
#ifndef INNOCITY_STUDENT_H
#define INNOCITY_STUDENT_H

/* Regularized incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1, rest = 1 - x with all its digits; NaN for a NaN. */
extern double incomplete_beta(double a, double b, double x, double rest);

/* P(|T| >= |t|) for df > 0 degrees of freedom; 0 where t squared is no double. */
extern double student_p_value(double t, double df);

/* Two-sided p-value of a quotient f of variances, twice the smaller tail of F. */
extern double variance_quotient_p_value(double f, double df1, double df2);

#endif							/* INNOCITY_STUDENT_H */
