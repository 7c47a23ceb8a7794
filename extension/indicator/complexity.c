/*
 * complexity.c
 *	  Complexity, fitness and reflections on presence; see the header.
 */
#include "indicator/complexity.h"

#include <math.h>
#include <string.h>

#include "indicator/lanczos.h"
#include "indicator/projection.h"

/* Residual of eigenvectors, relative to the first eigenvalue, 1. */
#define RESIDUAL 1e-13

/* Error of the third eigenvalue, relative to the second. Its vector is not wanted. */
#define ERROR_THIRD 1e-12

/* The symmetric operator on regions or on sectors. */
typedef struct Operator
{
	const Presence *p;
	bool		on_regions;
	double	   *row_scale;		/* 1/sqrt(diversity), 0 without */
	double	   *col_scale;		/* 1/sqrt(ubiquity) */
	double	   *between;		/* a vector of the other side */
	int64_t    *col_start;		/* the regions of each sector: reading is faster than adding in place */
	int32_t    *row;
	uint16_t   *short_col;		/* the same numbers and those of p->col in half the room; or NULL, where 16 bits do not hold them */
	uint16_t   *short_row;
	Projection	formed;			/* the operator cell by cell; or of no value, where lists are cheaper */
} Operator;

/*
 * out[i] = sum of in over the numbers of list i: four sums side by side, since each addition waits for the one before. Tables of any size
 * go through memory at each step, and there short numbers count.
 */
#define GATHER_LISTS(NAME, NUMBER) \
static void \
NAME(const int64_t *start, const NUMBER *number, int n, const double *in, double *out) \
{ \
	for (int i = 0; i < n; i++) \
	{ \
		double		s0 = 0, \
					s1 = 0, \
					s2 = 0, \
					s3 = 0; \
		const NUMBER *at = number + start[i]; \
		const NUMBER *end = number + start[i + 1]; \
		for (; end - at >= 4; at += 4) \
		{ \
			s0 += in[at[0]]; \
			s1 += in[at[1]]; \
			s2 += in[at[2]]; \
			s3 += in[at[3]]; \
		} \
		for (; at < end; at++) \
			s0 += in[*at]; \
		out[i] = (s0 + s1) + (s2 + s3); \
	} \
}

GATHER_LISTS(gather_lists, int32_t)
GATHER_LISTS(gather_short_lists, uint16_t)

/* out[region] = sum of in over its sectors */
static void
gather(const Presence *p, const double *in, double *out)
{
	gather_lists(p->row_start, p->col, p->nrows, in, out);
}

/* The same by the operator's lists, and out[sector] = sum of in over its regions. */
static void
sum_of_sectors(const Operator *op, const double *in, double *out)
{
	if (op->short_col != NULL)
		gather_short_lists(op->p->row_start, op->short_col, op->p->nrows, in, out);
	else
		gather(op->p, in, out);
}

static void
sum_of_regions(const Operator *op, const double *in, double *out)
{
	if (op->short_row != NULL)
		gather_short_lists(op->col_start, op->short_row, op->p->ncols, in, out);
	else
		gather_lists(op->col_start, op->row, op->p->ncols, in, out);
}

/* out[sector] = sum of in over its regions */
static void
scatter(const Presence *p, const double *in, double *out)
{
	memset(out, 0, sizeof(double) * p->ncols);
	for (int i = 0; i < p->nrows; i++)
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			out[p->col[c]] += in[i];
}

/* Fills the lists of the operator; those of 16 bits in the place of row, unless a side is too long. */
static void
make_lists(Operator *op)
{
	const Presence *p = op->p;
	int64_t    *col_start = op->col_start;
	int64_t		n = 0;

	for (int j = 0; j < p->ncols; j++)
	{
		col_start[j] = n;
		n += p->ubiquity[j];
	}
	col_start[p->ncols] = n;
	op->short_row = op->short_col = NULL;
	if (p->nrows <= UINT16_MAX && p->ncols <= UINT16_MAX)
	{
		op->short_row = (uint16_t *) op->row;
		op->short_col = op->short_row + n;
	}
	for (int i = 0; i < p->nrows; i++)
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
		{
			int64_t		place = col_start[p->col[c]]++;

			if (op->short_row != NULL)
			{
				op->short_col[c] = (uint16_t) p->col[c];
				op->short_row[place] = (uint16_t) i;
			}
			else
				op->row[place] = i;
		}
	for (int j = p->ncols; j > 0; j--)
		col_start[j] = col_start[j - 1];
	col_start[0] = 0;
}

/* Forms the operator where that is cheaper; the scales must be there. */
static void
form_operator(Operator *op, ComplexityPause pause, double *scratch)
{
	const Presence *p = op->p;
	PresenceLists regions = {p->row_start, op->short_col};
	PresenceLists sectors = {op->col_start, op->short_row};
	const double *other_scale = op->on_regions ? op->col_scale : op->row_scale;
	int			nother = op->on_regions ? p->ncols : p->nrows;

	if (projection_scratch(p) == 0)
		return;
	for (int j = 0; j < nother; j++)
		op->between[j] = other_scale[j] * other_scale[j];
	if (op->on_regions)
		projection_form(&op->formed, p->nrows, nother, &regions, &sectors, op->between, op->row_scale, pause, scratch);
	else
		projection_form(&op->formed, p->ncols, nother, &sectors, &regions, op->between, op->col_scale, pause, scratch);
}

static void
apply_operator(void *arg, const double *x, double *y)
{
	Operator   *op = arg;
	const Presence *p = op->p;

	if (op->formed.value != NULL)
		projection_apply(&op->formed, x, y);
	else if (op->on_regions)
	{
		for (int i = 0; i < p->nrows; i++)
			y[i] = x[i] * op->row_scale[i];
		sum_of_regions(op, y, op->between);
		for (int j = 0; j < p->ncols; j++)
			op->between[j] *= op->col_scale[j] * op->col_scale[j];
		sum_of_sectors(op, op->between, y);
		for (int i = 0; i < p->nrows; i++)
			y[i] *= op->row_scale[i];
	}
	else
	{
		for (int j = 0; j < p->ncols; j++)
			y[j] = x[j] * op->col_scale[j];
		sum_of_sectors(op, y, op->between);
		for (int i = 0; i < p->nrows; i++)
			op->between[i] *= op->row_scale[i] * op->row_scale[i];
		sum_of_regions(op, op->between, y);
		for (int j = 0; j < p->ncols; j++)
			y[j] *= op->col_scale[j];
	}
}

static int
find_root(int *link, int i)
{
	while (link[i] != i)
		i = link[i] = link[link[i]];
	return i;
}

int
complexity_components(const Presence *p, int *link, int *component)
{
	int			n = 0;

	for (int i = 0; i < p->nrows + p->ncols; i++)
		link[i] = i;
	for (int i = 0; i < p->nrows; i++)
	{
		int			a = find_root(link, i);

		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
		{
			int			b = link[p->nrows + p->col[c]];

			/* Soon all hang together, most of them directly. */
			if (a == b)
				continue;
			b = find_root(link, b);
			/* The smaller number is the root, so a component is known by its first region. */
			if (a < b)
				link[b] = a;
			else
				link[a] = b;
			a = a < b ? a : b;
		}
	}
	for (int i = 0; i < p->nrows; i++)
	{
		if (p->diversity[i] == 0)
			component[i] = 0;
		else if (find_root(link, i) == i)
			component[i] = ++n;
		else
			component[i] = component[find_root(link, i)];
	}
	return n;
}

size_t
complexity_scratch(const Presence *p)
{
	int			n = p->nrows < p->ncols ? p->nrows : p->ncols;

	/* scales of both sides, a vector of the larger side, two known vectors, the third, Lanczos, the regions of each sector, the operator */
	return 2 * ((size_t) p->nrows + p->ncols) + 3 * (size_t) n + lanczos_scratch(n) +
		p->ncols + 1 + (size_t) (p->row_start[p->nrows] + 1) / 2 + projection_scratch(p);
}

/* Sum of products of deviations of x from its mean with counts, over entries with a count. */
static double
covariance(const double *x, const int32_t *count, int n, double *variance_x, double *variance_count)
{
	double		mean_x = 0,
				mean_count = 0,
				sum = 0;
	int			active = 0;

	for (int i = 0; i < n; i++)
		if (count[i] > 0)
		{
			mean_x += x[i];
			mean_count += count[i];
			active++;
		}
	mean_x /= active;
	mean_count /= active;
	*variance_x = *variance_count = 0;
	for (int i = 0; i < n; i++)
		if (count[i] > 0)
		{
			sum += (x[i] - mean_x) * (count[i] - mean_count);
			*variance_x += (x[i] - mean_x) * (x[i] - mean_x);
			*variance_count += (count[i] - mean_count) * (count[i] - mean_count);
		}
	return sum;
}

static double
correlation(const double *x, const int32_t *count, int n)
{
	double		vx,
				vc;
	double		sum = covariance(x, count, n, &vx, &vc);

	return vx > 0 && vc > 0 ? sum / sqrt(vx * vc) : NAN;
}

/*
 * +1 or -1: ECI rises with diversity; where the two are unrelated, PCI falls with ubiquity; where that says nothing either, the
 * first region gets the positive side.
 */
static double
sign_of(const Presence *p, const double *eci, const double *pci)
{
	double		by_diversity = correlation(eci, p->diversity, p->nrows);
	double		by_ubiquity = correlation(pci, p->ubiquity, p->ncols);

	if (fabs(by_diversity) > 1e-9)
		return by_diversity > 0 ? 1 : -1;
	if (fabs(by_ubiquity) > 1e-9)
		return by_ubiquity < 0 ? 1 : -1;
	for (int i = 0; i < p->nrows; i++)
		if (p->diversity[i] > 0 && fabs(eci[i]) > 1e-9)
			return eci[i] > 0 ? 1 : -1;
	return 1;
}

/* Mean and population standard deviation over entries with a count. */
static void
moments(const double *x, const int32_t *count, int n, double *mean, double *deviation)
{
	double		sum = 0,
				squares = 0;
	int			active = 0;

	for (int i = 0; i < n; i++)
		if (count[i] > 0)
		{
			sum += x[i];
			active++;
		}
	*mean = sum / active;
	for (int i = 0; i < n; i++)
		if (count[i] > 0)
			squares += (x[i] - *mean) * (x[i] - *mean);
	*deviation = sqrt(squares / active);
}

static void
standardise(double *x, const int32_t *count, int n, double mean, double deviation)
{
	for (int i = 0; i < n; i++)
		x[i] = count[i] > 0 ? (x[i] - mean) / deviation : NAN;
}

void
complexity_solve(const Presence *p, bool own_scale, ComplexityPause pause, int *link, double *scratch, Complexity *c)
{
	bool		on_regions = p->nrows <= p->ncols;
	int			n = on_regions ? p->nrows : p->ncols;
	const int32_t *count = on_regions ? p->diversity : p->ubiquity;
	double	   *known = scratch;
	double	   *vector = known + 2 * (size_t) n;
	double	   *row_scale = vector + n;
	double	   *col_scale = row_scale + p->nrows;
	double	   *between = col_scale + p->ncols;
	double	   *lanczos = between + (p->nrows + p->ncols);
	int64_t    *col_start = (int64_t *) (lanczos + lanczos_scratch(n));
	int32_t    *row = (int32_t *) (col_start + p->ncols + 1);
	Operator	op = {p, on_regions, row_scale, col_scale, between, col_start, row, NULL, NULL, {0}};
	LanczosProblem problem = {n, apply_operator, &op, 1, known, RESIDUAL, false, pause};
	double		length = 0;
	double		mean,
				deviation,
				sign;

	for (int i = 0; i < p->nrows; i++)
		c->eci[i] = NAN;
	for (int j = 0; j < p->ncols; j++)
		c->pci[j] = NAN;
	c->second = c->third = c->correlation = NAN;
	c->components = complexity_components(p, link, c->component);
	if (c->components != 1)
	{
		c->status = c->components == 0 ? COMPLEXITY_EMPTY : COMPLEXITY_DISCONNECTED;
		return;
	}

	make_lists(&op);
	for (int i = 0; i < p->nrows; i++)
		row_scale[i] = p->diversity[i] > 0 ? 1 / sqrt(p->diversity[i]) : 0;
	for (int j = 0; j < p->ncols; j++)
		col_scale[j] = p->ubiquity[j] > 0 ? 1 / sqrt(p->ubiquity[j]) : 0;
	form_operator(&op, pause, (double *) (row + (p->row_start[p->nrows] + 1) / 2 * 2));
	for (int i = 0; i < n; i++)
		length += count[i];
	for (int i = 0; i < n; i++)
		known[i] = sqrt(count[i] / length);

	c->second = lanczos_largest(&problem, 1, known + n, lanczos).value;
	problem.nknown = 2;
	problem.tolerance = ERROR_THIRD;
	problem.value_only = true;
	c->third = 0;
	if (n > 2 && c->second > RESIDUAL)
		c->third = lanczos_largest(&problem, c->second, vector, lanczos).value;
	if (c->second <= 10 * RESIDUAL)
		c->second = c->third = 0;
	if (c->second == 0 || c->second - c->third < COMPLEXITY_GAP_MIN * c->second)
	{
		c->status = COMPLEXITY_DEGENERATE;
		return;
	}

	/* Back from the symmetric form, and over to the other side; sectors are scaled so that a region's ECI is its sectors' mean. */
	if (on_regions)
	{
		for (int i = 0; i < p->nrows; i++)
			c->eci[i] = known[n + i] * row_scale[i];
		scatter(p, c->eci, c->pci);
		for (int j = 0; j < p->ncols; j++)
			c->pci[j] *= col_scale[j] * col_scale[j] / c->second;
	}
	else
	{
		for (int j = 0; j < p->ncols; j++)
			c->pci[j] = known[n + j] * col_scale[j];
		gather(p, c->pci, c->eci);
		for (int i = 0; i < p->nrows; i++)
			c->eci[i] *= row_scale[i] * row_scale[i];
	}

	sign = sign_of(p, c->eci, c->pci);
	for (int i = 0; i < p->nrows; i++)
		c->eci[i] *= sign;
	for (int j = 0; j < p->ncols; j++)
		c->pci[j] *= sign;
	c->correlation = correlation(c->eci, p->diversity, p->nrows);
	moments(c->eci, p->diversity, p->nrows, &mean, &deviation);
	standardise(c->eci, p->diversity, p->nrows, mean, deviation);
	if (own_scale)
		moments(c->pci, p->ubiquity, p->ncols, &mean, &deviation);
	standardise(c->pci, p->ubiquity, p->ncols, mean, deviation);
	c->status = COMPLEXITY_OK;
}

/* Divides by the mean over entries with a count; those without are NaN. */
static void
divide_by_mean(double *x, const int32_t *count, int n)
{
	double		sum = 0;
	int			active = 0;

	for (int i = 0; i < n; i++)
		if (count[i] > 0)
		{
			sum += x[i];
			active++;
		}
	for (int i = 0; i < n; i++)
		x[i] = count[i] > 0 ? x[i] * active / sum : NAN;
}

int
fitness_solve(const Presence *p, int iterations, double tolerance, ComplexityPause pause,
			  double *fitness, double *quality, double *change)
{
	double	   *old = fitness + p->nrows;
	double	   *reciprocal = quality + p->ncols;
	int			step = 0;

	for (int i = 0; i < p->nrows; i++)
		fitness[i] = p->diversity[i] > 0 ? 1 : NAN;
	for (int j = 0; j < p->ncols; j++)
		quality[j] = p->ubiquity[j] > 0 ? 1 : NAN;
	*change = 0;
	while (step < iterations)
	{
		if (pause != NULL)
			pause();
		step++;
		*change = 0;
		/* Both sides from the values of the step before. */
		memcpy(old, fitness, sizeof(double) * p->nrows);
		memset(reciprocal, 0, sizeof(double) * p->ncols);
		for (int i = 0; i < p->nrows; i++)
		{
			double		sum = 0;

			for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			{
				sum += quality[p->col[c]];
				reciprocal[p->col[c]] += 1 / old[i];
			}
			fitness[i] = sum;
		}
		for (int j = 0; j < p->ncols; j++)
			quality[j] = 1 / reciprocal[j];
		divide_by_mean(fitness, p->diversity, p->nrows);
		divide_by_mean(quality, p->ubiquity, p->ncols);
		for (int i = 0; i < p->nrows; i++)
			if (p->diversity[i] > 0 && fabs(fitness[i] - old[i]) > *change * old[i])
				*change = fabs(fitness[i] - old[i]) / old[i];
		if (*change <= tolerance)
			break;
	}
	return step;
}

/*
 * Moves the mean, weighted by the counts, out of the deviations: averaging keeps it, so errors of rounding would pile up in it. Makes
 * deviations greater once they are small; returns the power of two taken out.
 */
static int
recentre(double *deviation, const int32_t *count, int n, int exponent, double *mean)
{
	double		total = 0,
				weighted = 0,
				greatest = 0;
	int			shift = 0;

	for (int i = 0; i < n; i++)
	{
		total += count[i];
		weighted += count[i] * deviation[i];
	}
	if (total == 0)
		return 0;
	weighted /= total;
	*mean += ldexp(weighted, exponent);
	for (int i = 0; i < n; i++)
	{
		deviation[i] = count[i] > 0 ? deviation[i] - weighted : 0;
		if (fabs(deviation[i]) > greatest)
			greatest = fabs(deviation[i]);
	}
	if (greatest > 0 && greatest < 0x1p-100)
	{
		shift = -100;
		for (int i = 0; i < n; i++)
			deviation[i] = ldexp(deviation[i], 100);
	}
	return shift;
}

int
reflections_solve(const Presence *p, int steps, ComplexityPause pause, double *mean, double *deviation, double *sectors)
{
	int			exponent = 0;

	/* The steps end on regions, so they start from the regions' counts if even, from the sectors' if odd. */
	*mean = 0;
	for (int i = 0; i < p->nrows; i++)
		deviation[i] = p->diversity[i];
	for (int j = 0; j < p->ncols; j++)
		sectors[j] = p->ubiquity[j];
	if (steps % 2 == 0)
		exponent += recentre(deviation, p->diversity, p->nrows, exponent, mean);
	else
		exponent += recentre(sectors, p->ubiquity, p->ncols, exponent, mean);
	for (int left = steps; left > 0; left--)
	{
		if (pause != NULL)
			pause();
		if (left % 2 == 1)
		{
			gather(p, sectors, deviation);
			for (int i = 0; i < p->nrows; i++)
				if (p->diversity[i] > 0)
					deviation[i] /= p->diversity[i];
			exponent += recentre(deviation, p->diversity, p->nrows, exponent, mean);
		}
		else
		{
			scatter(p, deviation, sectors);
			for (int j = 0; j < p->ncols; j++)
				if (p->ubiquity[j] > 0)
					sectors[j] /= p->ubiquity[j];
			exponent += recentre(sectors, p->ubiquity, p->ncols, exponent, mean);
		}
	}
	for (int i = 0; i < p->nrows; i++)
		if (p->diversity[i] == 0)
			deviation[i] = NAN;
	return exponent;
}
