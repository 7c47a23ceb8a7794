/*
 * prng.c
 *	  Distributions on top of the uniform generator of prng.h.
 */
#include "base/prng.h"

#include <math.h>

double
prng_normal(Prng *g)
{
	double		u,
				v,
				s;

	do
	{
		u = 2.0 * prng_double(g) - 1.0;
		v = 2.0 * prng_double(g) - 1.0;
		s = u * u + v * v;
	} while (s >= 1.0 || s == 0.0);
	return u * sqrt(-2.0 * log(s) / s);
}

double
prng_gamma(Prng *g, double shape)
{
	double		d,
				c;

	/* below 1 the method does not apply: draw with shape + 1 and shrink */
	if (shape < 1.0)
	{
		double		x = prng_gamma(g, shape + 1.0);

		return x * pow(prng_open(g), 1.0 / shape);
	}
	d = shape - 1.0 / 3.0;
	c = 1.0 / sqrt(9.0 * d);
	for (;;)
	{
		double		x = prng_normal(g);
		double		v = 1.0 + c * x;
		double		u;

		if (v <= 0.0)
			continue;
		v = v * v * v;
		u = prng_open(g);
		if (log(u) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

double
prng_beta(Prng *g, double a, double b)
{
	double		x = prng_gamma(g, a);
	double		y = prng_gamma(g, b);

	/* both can underflow when the parameters are tiny; then the mass sits at the two ends */
	if (x + y == 0.0)
		return prng_double(g) * (a + b) < a ? 1.0 : 0.0;
	return x / (x + y);
}

void
prng_simplex(Prng *g, int n, double *w)
{
	int			i;

	/* n - 1 sorted uniforms in w[0 .. n - 2]; insertion, since n is a number of criteria */
	for (i = 0; i < n - 1; i++)
	{
		double		u = prng_double(g);
		int			j = i;

		while (j > 0 && w[j - 1] > u)
		{
			w[j] = w[j - 1];
			j--;
		}
		w[j] = u;
	}
	if (n > 0)
		w[n - 1] = 1.0;
	for (i = n - 1; i > 0; i--)
		w[i] -= w[i - 1];
}
