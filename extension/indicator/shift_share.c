/*
 * shift_share.c
 *	  Shift-share by three methods; formulas in the header.
 */
#include "indicator/shift_share.h"

#include <float.h>
#include <math.h>
#include <string.h>

bool
shift_share_method(const char *name, ShiftShareMethod *method)
{
	static const char *const names[] = {"dunn", "esteban", "dynamic"};

	for (int i = 0; i < 3; i++)
		if (strcmp(name, names[i]) == 0)
		{
			*method = (ShiftShareMethod) i;
			return true;
		}
	return false;
}

double
shift_share_unit(double total0, double total1)
{
	int			exponent;

	/* Components of all cells together stay below 16 times the greater total: 2^-49 of it leaves room in 53 bits. */
	(void) frexp(total0 > total1 ? total0 : total1, &exponent);
	return fmax(ldexp(1, exponent - 49), DBL_TRUE_MIN);
}

static double
on_grid(double x, double unit)
{
	/* + 0.0 turns -0 into 0 */
	return rint(x / unit) * unit + 0.0;
}

/*
 * The integral of x dX / X while x goes from x0 to x1 and X from X0 to X1, both linearly: what x would gain at the rate of X at every
 * moment. Where X starts or ends at 0, so does x, the two are proportional and the integral is the change of x.
 */
static double
gain_at_rate(double x0, double x1, double total0, double total1)
{
	double		change = x1 - x0;
	double		rate,
				log_rate;

	if (total0 == 0 || total1 == 0)
		return change;
	if (total0 == total1)
		return 0;
	rate = (total1 - total0) / total0;
	/* Where one total is lost beside the other, the rate is -1 or infinite and says nothing of it. */
	log_rate = rate > -1 + 1e-12 && rate < 1e12 ? log1p(rate) : log(total1) - log(total0);
	return x0 * log_rate + change * (1 - log_rate / rate);
}

/* x0 * (total1 - total0) / total0, also where the rate alone would overflow. x0 <= total0. */
static double
growth_at_rate(double x0, double total0, double total1)
{
	double		rate = (total1 - total0) / total0;

	return isfinite(rate) ? x0 * rate : x0 / total0 * (total1 - total0);
}

ShiftShare
shift_share_of(ShiftShareMethod method, const ShiftShareCell *cell, double unit)
{
	ShiftShare	s = {0, 0, 0, 0, 0};
	double		national,
				by_sector;		/* national and industry mix together */

	s.actual = on_grid(cell->x1 - cell->x0, unit);
	if (method == SHIFT_SHARE_DYNAMIC)
	{
		national = gain_at_rate(cell->x0, cell->x1, cell->total0, cell->total1);
		by_sector = gain_at_rate(cell->x0, cell->x1, cell->sector0, cell->sector1);
	}
	else
	{
		national = cell->x0 == 0 ? 0 : growth_at_rate(cell->x0, cell->total0, cell->total1);
		by_sector = cell->x0 == 0 ? 0 : growth_at_rate(cell->x0, cell->sector0, cell->sector1);
	}
	s.national = on_grid(national, unit);
	s.industry_mix = on_grid(by_sector - national, unit);
	s.regional = s.actual - s.national - s.industry_mix;
	if (method == SHIFT_SHARE_ESTEBAN && cell->x0 > 0)
	{
		double		homothetic = cell->region0 / cell->total0 * cell->sector0;
		double		difference = (cell->x1 - cell->x0) / cell->x0 - (cell->sector1 - cell->sector0) / cell->sector0;
		double		allocation = on_grid((cell->x0 - homothetic) * difference, unit);

		s.regional -= allocation;
		s.allocation = allocation;
	}
	return s;
}
