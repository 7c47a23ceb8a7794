/*
 * structure.c
 *	  Specialisation, concentration, variety; formulas in the header.
 */
#include "indicator/structure.h"

#include <math.h>
#include <stdlib.h>

Structure
structure_of(const double *x, double x_total, const double *y, double y_total, int n, CurveStep *step)
{
	Structure	s = {0, 0, 0, 0, NAN};
	CurveSums	curve;
	double		mean_quotient = 0;

	if (!(x_total > 0) || !(y_total > 0))
	{
		s.krugman = s.hachman = s.herfindahl = s.entropy = NAN;
		return s;
	}
	for (int i = 0; i < n; i++)
	{
		double		p = x[i] / x_total;
		double		q = y[i] / y_total;

		/* Equal shares may differ in the last place. */
		if (fabs(p - q) > 4e-16 * (p + q))
			s.krugman += fabs(p - q);
		s.herfindahl += p * p;
		if (p > 0)
		{
			s.entropy -= p * log(p);
			mean_quotient += p * (p / q);
		}
		step[i] = curve_step_quotient(p, q);
	}
	if (s.entropy <= 0)
		s.entropy = 0;
	s.hachman = 1 / mean_quotient;
	qsort(step, n, sizeof(CurveStep), curve_step_compare);
	curve = curve_of(step, n);
	s.gini = curve_gini(&curve, curve.x, curve.y);
	return s;
}

Variety
variety_of(const double *x, const int64_t *group, int n)
{
	Variety		v = {0, 0};
	double		total = 0;

	for (int i = 0; i < n; i++)
		total += x[i];
	if (!(total > 0))
	{
		v.related = v.unrelated = NAN;
		return v;
	}
	for (int i = 0; i < n;)
	{
		double		sum = 0;
		double		inside = 0;
		int			end = i;

		for (; end < n && group[end] == group[i]; end++)
			sum += x[end];
		for (; i < end; i++)
			if (x[i] > 0 && x[i] < sum)
				inside -= (x[i] / total) * log(x[i] / sum);
		v.related += inside;
		if (sum > 0 && sum < total)
			v.unrelated -= (sum / total) * log(sum / total);
	}
	return v;
}

/* ln((a / whole_a) / (b / whole_b)) of positive numbers, also where a share is too small for a double. */
static double
log_of_ratio(double a, double whole_a, double b, double whole_b)
{
	double		ratio = (a / whole_a) / (b / whole_b);

	return ratio > 0 && isfinite(ratio) ? log(ratio) : (log(a) - log(whole_a)) - (log(b) - log(whole_b));
}

void
theil_of(const double *x, const double *w, const int *group, int n, int ngroups, double *group_x, double *group_w,
		 double *between, double *within)
{
	double		total_x = 0,
				total_w = 0;

	for (int g = 0; g < ngroups; g++)
		group_x[g] = group_w[g] = 0;
	for (int i = 0; i < n; i++)
	{
		total_x += x[i];
		total_w += w[i];
		group_x[group[i]] += x[i];
		group_w[group[i]] += w[i];
	}
	*between = *within = NAN;
	if (!(total_x > 0) || !(total_w > 0))
		return;
	*between = *within = 0;
	for (int g = 0; g < ngroups; g++)
		if (group_x[g] > 0)
			*between += group_x[g] / total_x * log_of_ratio(group_x[g], total_x, group_w[g], total_w);
	for (int i = 0; i < n; i++)
		if (x[i] > 0)
			*within += x[i] / total_x * log_of_ratio(x[i], group_x[group[i]], w[i], group_w[group[i]]);
	/* Both are sums of logarithms that cancel where all is equal. */
	if (*between < 1e-15)
		*between = 0;
	if (*within < 1e-15)
		*within = 0;
}
