/*
 * student.c
 *	  Student's t and F by the incomplete beta function; see the header.
 *
 * Powers and gamma functions of large arguments are never formed by themselves: all that I_x(a, b) owes to them is written as how far x is
 * from the mean a / (a + b), and by the corrections of Stirling's formula, which are small (the way of Loader 2000 and of Didonato and
 * Morris 1992).
 */
#include "indicator/student.h"

#include <math.h>

/* Steps of the continued fraction; it needs about sqrt(max(a, b)) of them where both are large. */
#define STEPS_MAX 100000

/* A number that stands for 0 in a denominator. */
#define TINY 1e-300

static double
not_zero(double x)
{
	return fabs(x) < TINY ? TINY : x;
}

/*
 * a times I_x(a, b) over its front, by the even part of the continued fraction of Abramowitz and Stegun 26.5.8: two of its steps at a time, and
 * 1 - x only where it is exact, in below = a - (a + b) x. The simple fraction takes 1 and x apart at every step, which costs all digits where a
 * is large and x near 1. Times a + 2m + 1 step m has the denominator 2m + 1 + below + 2m (b - m) x / (a + 2m - 1). Evaluated from the front by
 * the method of Lentz (1976); converges fast for x < (a + 1) / (a + b + 2).
 */
static double
beta_fraction(double a, double b, double x, double below)
{
	double		denominator = not_zero(1 + below);
	double		c = denominator;
	double		d = 0;

	for (int m = 1; m < STEPS_MAX; m++)
	{
		double		s = a + 2 * m;
		double		part = (a + m - 1) / (s - 2) * ((a + b + m - 1) / (s - 1)) * ((s + 1) / s) * m * (b - m) * x * x;
		double		whole = 2 * m + 1 + below + 2 * m * (b - m) * x / (s - 1);
		double		step;

		d = 1 / not_zero(whole + part * d);
		c = not_zero(whole + part / c);
		step = c * d;
		denominator *= step;
		/* rounding may keep a step one unit away from 1 for ever */
		if (fabs(step - 1) < 4e-16)
			break;
	}
	return (a + 1) / denominator;
}

/*
 * What Stirling's formula lacks: ln gamma(x) = (x - 1/2) ln x - x + ln(2 pi) / 2 + this. From 10 on by the series, whose next term is below
 * 1e-16 there; smaller numbers are brought there by gamma(x + 1) = x gamma(x).
 */
static double
stirling_rest(double x)
{
	double		rest = 0;
	double		s;

	for (; x < 10; x++)
		rest += (x + 0.5) * log1p(1 / x) - 1;
	s = 1 / (x * x);
	return rest + (1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0 - s * (1 / 1188.0 - s * (691 / 360360.0 - s / 156)))))) / x;
}

/* ln(1 + u) - u for quotient = 1 + u > 0, both with all their digits; without cancelling for small u, by the series of artanh. */
static double
log_less_linear(double quotient, double u)
{
	double		y = u / (2 + u);
	double		power = 2 * y * y * y;
	double		sum = 0;

	if (!(fabs(u) < 0.5))
		return log(quotient) - u;
	for (int k = 3; sum + power / k != sum; k += 2)
	{
		sum += power / k;
		power *= y * y;
	}
	return sum - u * y;
}

/* x^a rest^b / B(a, b); above = (a + b) x - a. */
static double
beta_front(double a, double b, double x, double rest, double above)
{
	double		power = a * log_less_linear(x * (a + b) / a, above / a) + b * log_less_linear(rest * (a + b) / b, -above / b);

	return sqrt(a / (a + b) * b / (2 * M_PI)) * exp(power + stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b));
}

double
incomplete_beta(double a, double b, double x, double rest)
{
	double		above = b * x - a * rest;
	double		front;

	if (isnan(x) || isnan(rest))
		return NAN;
	if (x <= 0 || rest <= 0)
		return x <= 0 ? 0 : 1;
	front = beta_front(a, b, x, rest, above);
	return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x, -above) / a : 1 - front * beta_fraction(b, a, rest, above) / b;
}

double
student_p_value(double t, double df)
{
	return isinf(t * t) ? 0 : incomplete_beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t));
}

double
variance_quotient_p_value(double f, double df1, double df2)
{
	double		share = df1 * f / (df1 * f + df2);
	double		rest = df2 / (df1 * f + df2);
	double		below = incomplete_beta(df1 / 2, df2 / 2, share, rest);
	double		above = incomplete_beta(df2 / 2, df1 / 2, rest, share);

	double		p = 2 * (below < above ? below : above);

	/* of two halves, rounding may make more than one */
	return p > 1 ? 1 : p;
}
