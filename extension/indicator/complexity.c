/*
 * complexity.c
 *	  Complexity, fitness and reflections on presence; see the header.
 */
#include "indicator/complexity.h"

#include <math.h>
#include <string.h>

#include "indicator/lanczos.h"

/* Residual of eigenvectors, relative to the first eigenvalue, 1. */
#define RESIDUAL 1e-13

/* Error of the third eigenvalue, relative to the second. Its vector is not wanted. */
#define ERROR_THIRD 1e-12

/* Elements of two vectors at one place, aligned. */
typedef double Pair __attribute__((vector_size(16), may_alias));

/* Numbers a list is filled up to a multiple of, so that it ends where a turn of the loop does. */
#define LIST_STEP 4

/*
 * The numbers of the other side's members that each member of a side has; in 16 bits, half the room, where these hold them. A list is filled
 * up with a number past the end, where vectors are zero.
 */
typedef struct Lists
{
	int			n;
	int64_t    *start;			/* n + 1 */
	uint16_t   *short_number;	/* or NULL, and number */
	int32_t    *number;
} Lists;

/* The symmetric operator on regions or on sectors. */
typedef struct Operator
{
	Lists		own;
	Lists		other;
	const double *own_scale;	/* 1 / sqrt(count), 0 without */
	const double *other_scale;
	Pair	   *inner;			/* vectors of each side, with a zero past the end */
	Pair	   *between;
} Operator;

/*
 * out[i] = sum of in over the numbers of list i: four sums side by side, since each addition waits for the one before. Loading takes the
 * time, so two vectors cost hardly more than one.
 */
#define GATHER_LISTS(NAME, NUMBER) \
static void \
NAME(const int64_t *start, const NUMBER *number, int n, const Pair *in, Pair *out) \
{ \
	for (int i = 0; i < n; i++) \
	{ \
		Pair		s0 = {0}, \
					s1 = {0}, \
					s2 = {0}, \
					s3 = {0}; \
		const NUMBER *end = number + start[i + 1]; \
		for (const NUMBER *at = number + start[i]; at < end; at += LIST_STEP) \
		{ \
			s0 += in[at[0]]; \
			s1 += in[at[1]]; \
			s2 += in[at[2]]; \
			s3 += in[at[3]]; \
		} \
		out[i] = (s0 + s1) + (s2 + s3); \
	} \
}

GATHER_LISTS(gather_lists, int32_t)
GATHER_LISTS(gather_short_lists, uint16_t)

static void
gather_pairs(const Lists *lists, const Pair *in, Pair *out)
{
	if (lists->short_number != NULL)
		gather_short_lists(lists->start, lists->short_number, lists->n, in, out);
	else
		gather_lists(lists->start, lists->number, lists->n, in, out);
}

/* out[region] = sum of in over its sectors, four sums side by side as above */
static void
gather(const Presence *p, const double *in, double *out)
{
	for (int i = 0; i < p->nrows; i++)
	{
		double		s0 = 0,
					s1 = 0,
					s2 = 0,
					s3 = 0;
		const int32_t *at = p->col + p->row_start[i];
		const int32_t *end = p->col + p->row_start[i + 1];

		for (; end - at >= 4; at += 4)
		{
			s0 += in[at[0]];
			s1 += in[at[1]];
			s2 += in[at[2]];
			s3 += in[at[3]];
		}
		for (; at < end; at++)
			s0 += in[*at];
		out[i] = (s0 + s1) + (s2 + s3);
	}
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

/* Numbers of one side's lists at most, and the doubles that hold those of both sides. */
#define LIST_NUMBERS(p, members) ((size_t) (p)->row_start[(p)->nrows] + (LIST_STEP - 1) * (size_t) (members))
#define LIST_SCRATCH(p) ((LIST_NUMBERS(p, (p)->nrows) + LIST_NUMBERS(p, (p)->ncols)) / 2 + 1 + (p)->nrows + (p)->ncols + 2)

/* Where lists of so many numbers start, and their ends, filled up. */
static void
begin_lists(Lists *lists, const int32_t *count, int n, int nother, bool short_numbers, int64_t *start, int32_t *number)
{
	lists->n = n;
	lists->start = start;
	lists->number = short_numbers ? NULL : number;
	lists->short_number = short_numbers ? (uint16_t *) number : NULL;
	start[0] = 0;
	for (int i = 0; i < n; i++)
	{
		start[i + 1] = start[i] + (count[i] + LIST_STEP - 1) / LIST_STEP * LIST_STEP;
		for (int64_t c = start[i] + count[i]; c < start[i + 1]; c++)
		{
			if (short_numbers)
				lists->short_number[c] = (uint16_t) nother;
			else
				lists->number[c] = nother;
		}
	}
}

/* Fills the lists of both sides. scratch: LIST_SCRATCH doubles; next: ncols. */
static void
make_lists(const Presence *p, ComplexityPause pause, Lists *regions, Lists *sectors, double *scratch, int64_t *next)
{
	bool		short_numbers = p->nrows <= UINT16_MAX && p->ncols <= UINT16_MAX;
	int64_t    *start = (int64_t *) scratch;
	int32_t    *number = (int32_t *) (start + p->nrows + 1 + p->ncols + 1);

	begin_lists(regions, p->diversity, p->nrows, p->ncols, short_numbers, start, number);
	begin_lists(sectors, p->ubiquity, p->ncols, p->nrows, short_numbers, start + p->nrows + 1, number + LIST_NUMBERS(p, p->nrows));
	memcpy(next, sectors->start, sizeof(int64_t) * p->ncols);
	for (int i = 0; i < p->nrows; i++)
	{
		const int32_t *col = p->col + p->row_start[i];

		if (pause != NULL)
			pause();
		if (short_numbers)
			for (int c = 0; c < p->diversity[i]; c++)
			{
				regions->short_number[regions->start[i] + c] = (uint16_t) col[c];
				sectors->short_number[next[col[c]]++] = (uint16_t) i;
			}
		else
			for (int c = 0; c < p->diversity[i]; c++)
			{
				regions->number[regions->start[i] + c] = col[c];
				sectors->number[next[col[c]]++] = i;
			}
	}
}

/* The operator on two vectors: lists of this side's scaled values for the other, and back. */
static void
apply_operator(void *arg, const double *x[2], double *y[2])
{
	const Operator *op = arg;
	const double *scale = op->own_scale;
	const double *other_scale = op->other_scale;
	Pair	   *inner = op->inner;

	for (int i = 0; i < op->own.n; i++)
		inner[i] = (Pair) {x[0][i] * scale[i], x[1][i] * scale[i]};
	gather_pairs(&op->other, inner, op->between);
	for (int j = 0; j < op->other.n; j++)
		op->between[j] *= other_scale[j] * other_scale[j];
	gather_pairs(&op->own, op->between, inner);
	for (int i = 0; i < op->own.n; i++)
	{
		y[0][i] = inner[i][0] * scale[i];
		y[1][i] = inner[i][1] * scale[i];
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
	int			apart = 0;		/* components of all sectors and of the regions so far */

	for (int i = 0; i < p->nrows + p->ncols; i++)
		link[i] = i;
	for (int j = 0; j < p->ncols; j++)
		apart += p->ubiquity[j] > 0;
	for (int i = 0; i < p->nrows; i++)
	{
		int			a = i;

		apart += p->diversity[i] > 0;
		/* Once all hang together, the first sector of a region says the rest. */
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1] && apart > 1; c++)
		{
			int			b = link[p->nrows + p->col[c]];

			/* Soon most of them hang together directly. */
			if (a == b)
				continue;
			a = find_root(link, a);
			b = find_root(link, b);
			if (a == b)
				continue;
			/* The smaller number is the root, so a component is known by its first region. */
			if (a < b)
				link[b] = a;
			else
				link[a] = b;
			a = a < b ? a : b;
			apart--;
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

	/* scales and pairs of both sides and what aligns these, a known vector, the second, Lanczos, lists both ways */
	return 3 * ((size_t) p->nrows + p->ncols) + 2 * 2 + 1 + 2 * (size_t) n + lanczos_scratch(n) + LIST_SCRATCH(p);
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
	double	   *vector = known + n;
	double	   *row_scale = vector + n;
	double	   *col_scale = row_scale + p->nrows;
	Pair	   *inner = (Pair *) (((uintptr_t) (col_scale + p->ncols) + sizeof(Pair) - 1) & ~(uintptr_t) (sizeof(Pair) - 1));
	Pair	   *between = inner + n + 1;
	double	   *lanczos = (double *) (inner + p->nrows + p->ncols + 2);
	Operator	op = {.own_scale = on_regions ? row_scale : col_scale,.other_scale = on_regions ? col_scale : row_scale,
	.inner = inner,.between = between};
	LanczosProblem problem = {n, apply_operator, &op, known, RESIDUAL, ERROR_THIRD, pause};
	LanczosResult largest;
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

	make_lists(p, pause, on_regions ? &op.own : &op.other, on_regions ? &op.other : &op.own, lanczos + lanczos_scratch(n), (int64_t *) inner);
	inner[op.own.n] = between[op.other.n] = (Pair) {0};
	for (int i = 0; i < p->nrows; i++)
		row_scale[i] = p->diversity[i] > 0 ? 1 / sqrt(p->diversity[i]) : 0;
	for (int j = 0; j < p->ncols; j++)
		col_scale[j] = p->ubiquity[j] > 0 ? 1 / sqrt(p->ubiquity[j]) : 0;
	for (int i = 0; i < n; i++)
		length += count[i];
	for (int i = 0; i < n; i++)
		known[i] = sqrt(count[i] / length);

	largest = lanczos_largest(&problem, vector, lanczos);
	c->second = largest.value[0];
	c->third = largest.value[1];
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
			c->eci[i] = vector[i] * row_scale[i];
		scatter(p, c->eci, c->pci);
		for (int j = 0; j < p->ncols; j++)
			c->pci[j] *= col_scale[j] * col_scale[j] / c->second;
	}
	else
	{
		for (int j = 0; j < p->ncols; j++)
			c->pci[j] = vector[j] * col_scale[j];
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
