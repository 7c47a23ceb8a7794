/*
 * resample.h
 *	  Random counts and quantiles for bootstrap intervals. Plain C, no allocation.
 */
#ifndef INNOCITY_RESAMPLE_H
#define INNOCITY_RESAMPLE_H

#include "base/prng.h"

/* A Poisson variate with that mean >= 0: by products of uniforms below 10, by Hoermann's transformed rejection (1993) above. */
extern double resample_poisson(Prng *g, double mean);

/* Orders doubles, for qsort. */
extern int	resample_compare(const void *a, const void *b);

/* Quantile of n > 0 sorted values, interpolated linearly as percentile_cont does. */
extern double resample_quantile(const double *sorted, int n, double p);

#endif							/* INNOCITY_RESAMPLE_H */
