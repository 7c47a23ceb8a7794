/*
 * interval.h
 *	  Confidence limits of a share, and with it of a location quotient. Plain C, no allocation.
 */
#ifndef INNOCITY_INTERVAL_H
#define INNOCITY_INTERVAL_H

/* The z with probability p in (0, 1) below it under the standard normal distribution. */
extern double normal_quantile(double p);

/* Wilson's limits (1927) of a share p in [0, 1] seen in n > 0 observations, at z standard errors; n need not be whole. */
extern void wilson_limits(double p, double n, double z, double *low, double *high);

#endif							/* INNOCITY_INTERVAL_H */
