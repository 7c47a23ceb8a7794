/*
 * synergy_relative.c
 *	  Logarithm of a score over a reference, part by part; see the header.
 */
#include "synergy/synergy_relative.h"

#include <math.h>

#include "indicator/exact.h"
#include "synergy/synergy_score.h"

/* A share beyond this is the noise of a vanishing score, and no count of 10^-15 (fit.h) in an int64. */
#define SHARE_LIMIT 9000

/* v^power / power but for a constant that all v share, so that its limit at power 0 is ln v: differences are all that counts. */
static double
term(double v, double power)
{
	if (power == 0)
		return log(v < SYNERGY_GEOMETRIC_FLOOR ? SYNERGY_GEOMETRIC_FLOOR : v);
	if (fabs(power) < SYNERGY_SMALL_POWER)
		return expm1(power * log(v)) / power;
	return power == 1 ? v : pow(v, power) / power;
}

double
synergy_relative(const double *part, const double *reference, const double *weight, int n, double power, double *share)
{
	ExactSum	own,
				other,
				apart,
				known;
	double		a,
				b,
				d,
				distance,
				factor,
				greatest = 0;
	int			exponent = 0;
	double		scale = synergy_scale(part, weight, n, power);
	double		reference_scale = synergy_scale(reference, weight, n, power);

	/* One number that all are divided by changes no ratio, and lets large powers be told apart. */
	if (power < 0 ? reference_scale < scale : reference_scale > scale)
		scale = reference_scale;
	if (power == 0 || power == 1 || scale == 0)
		scale = 1;

	/* As in the score: a common power of two keeps weights in range and changes no result. */
	for (int i = 0; i < n; i++)
		if (weight[i] > greatest)
			greatest = weight[i];
	(void) frexp(greatest, &exponent);

	exact_sum_init(&own);
	exact_sum_init(&other);
	exact_sum_init(&apart);
	exact_sum_init(&known);
	for (int i = 0; i < n; i++)
	{
		double		w = ldexp(weight[i], -exponent);
		double		x,
					y;

		share[i] = NAN;
		if (isnan(part[i]))
			continue;
		share[i] = 0;
		if (w == 0)
			continue;
		x = term(part[i] / scale, power);
		y = term(reference[i] / scale, power);
		if (!isfinite(x) || !isfinite(y))
			goto undefined;
		exact_sum_add(&known, w);
		exact_add_product(&own, w, pow(part[i] / scale, power));
		exact_add_product(&other, w, pow(reference[i] / scale, power));
		exact_add_product(&apart, w, x);
		exact_add_product(&apart, -w, y);
		share[i] = w * (x - y);
	}
	if (known.n == 0)
		goto undefined;

	a = exact_sum_round(&own);
	b = exact_sum_round(&other);
	d = exact_sum_round(&apart);
	if (power == 0)
	{
		factor = 1 / exact_sum_round(&known);
		distance = d * factor;
	}
	else
	{
		if (!(a > 0) || !(b > 0))
			goto undefined;
		/* (A - B) / power is d. Near 1 the logarithm of a quotient would lose the digits in which the two differ; log1p(z) of a tiny z is z. */
		if (fabs(power * d / b) < 1e-17)
			distance = d / b;
		else
			distance = (fabs(a - b) < b / 2 ? log1p(power * d / b) : log(a / b)) / power;
		factor = d == 0 ? 1 / b : distance / d;
	}
	if (!isfinite(distance))
		goto undefined;
	for (int i = 0; i < n; i++)
	{
		share[i] *= factor;
		if (fabs(share[i]) > SHARE_LIMIT)
			goto undefined;
	}
	return distance;

undefined:
	for (int i = 0; i < n; i++)
		share[i] = NAN;
	return NAN;
}
