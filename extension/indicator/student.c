/*
 * student.c
 *	  Student's t and F by the incomplete beta function; see the header.
 */
#include "indicator/student.h"

#include <math.h>

/* Steps of the continued fraction; it needs about sqrt(max(a, b)) of them. */
#define STEPS_MAX 100000

/* A number that stands for 0 in a denominator. */
#define TINY 1e-300

static double
not_zero(double x)
{
	return fabs(x) < TINY ? TINY : x;
}

/*
 * The continued fraction 1 / (1 + d1 / (1 + d2 / (1 + ...))) of I_x(a, b) (Abramowitz and Stegun 26.5.8), its denominator evaluated from the
 * front by the method of Lentz (1976). Converges fast for x < (a + 1) / (a + b + 2).
 */
static double
beta_fraction(double a, double b, double x)
{
	double		c = 1;
	double		d = 0;
	double		denominator = 1;

	for (int n = 1; n < STEPS_MAX; n++)
	{
		double		m = n / 2;
		double		term = n % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
			: -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double		step;

		d = 1 / not_zero(1 + term * d);
		c = not_zero(1 + term / c);
		step = c * d;
		denominator *= step;
		if (fabs(step - 1) < 1e-16)
			break;
	}
	return 1 / denominator;
}

double
incomplete_beta(double a, double b, double x, double rest)
{
	double		front;

	if (isnan(x) || isnan(rest))
		return NAN;
	if (x <= 0 || rest <= 0)
		return x <= 0 ? 0 : 1;
	front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest));
	return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, rest) / b;
}

double
student_p_value(double t, double df)
{
	return isinf(t) ? 0 : incomplete_beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t));
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
