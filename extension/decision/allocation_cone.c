/*
 * allocation_cone.c
 *	  The alternating direction method for one block. See allocation_cone.h.
 */
#include "decision/allocation_cone.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Steps are longer than to the other side's answer by this factor, as is usual. */
#define RELAXATION		1.6

static void *
array(const AllocEnv *env, size_t count, size_t size)
{
	return env->alloc(env->context, (count > 0 ? count : 1) * size);
}

size_t
alloc_cone_size(int n, int rows, int entries)
{
	return (size_t) n * (n + 4) * (8 * sizeof(double) + 1) + (size_t) rows * (rows + 1) / 2 * sizeof(double) + (size_t) entries * 24;
}

AllocCone *
alloc_cone_new(const AllocEnv *env, int n, int rows, int entries, AllocSpectrum *spectrum)
{
	AllocCone  *k = array(env, 1, sizeof(AllocCone));
	size_t		cells;

	k->env = env;
	k->n = n;
	k->spectrum = spectrum;
	k->width = spectrum->width;
	cells = (size_t) n * k->width;
	k->row_room = rows;
	k->entry_room = entries;
	k->row_start = array(env, rows + 1, sizeof(int));
	k->entry_a = array(env, entries, sizeof(int));
	k->entry_b = array(env, entries, sizeof(int));
	k->coefficient = array(env, entries, sizeof(double));
	k->side = array(env, rows, sizeof(double));
	k->most = array(env, rows, sizeof(bool));
	k->zero = array(env, cells, 1);
	k->c = array(env, cells, sizeof(double));
	k->x = array(env, cells, sizeof(double));
	k->s = array(env, cells, sizeof(double));
	k->z = array(env, cells, sizeof(double));
	k->v = array(env, cells, sizeof(double));
	k->y = array(env, rows, sizeof(double));
	k->rest_x = array(env, rows, sizeof(double));
	k->rest_s = array(env, rows, sizeof(double));
	k->right = array(env, rows, sizeof(double));
	return k;
}

void
alloc_cone_row(AllocCone *k, double side, bool most)
{
	k->side[k->rows] = side;
	k->most[k->rows] = most;
	k->rows++;
	k->row_start[k->rows] = k->entries;
}

void
alloc_cone_entry(AllocCone *k, int a, int b, double coefficient)
{
	if (coefficient == 0)
		return;
	k->entry_a[k->entries] = a < b ? a : b;
	k->entry_b[k->entries] = a < b ? b : a;
	k->coefficient[k->entries++] = coefficient;
	k->row_start[k->rows] = k->entries;
}

/* Rows to length 1, and the Cholesky factor of their products. */
void
alloc_cone_ready(AllocCone *k)
{
	int			rows = k->rows;
	int		   *head = array(k->env, (size_t) k->n * k->width, sizeof(int));	/* entries of one place, chained */
	int		   *next = array(k->env, k->entries, sizeof(int));
	int		   *owner = array(k->env, k->entries, sizeof(int));
	double	  **line = array(k->env, rows, sizeof(double *));

	k->factor = array(k->env, (size_t) rows * (rows + 1) / 2, sizeof(double));
	for (int r = 0; r < rows; r++)
	{
		double		square = 0;
		double		length;

		line[r] = k->factor + (size_t) r * (r + 1) / 2;
		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
			square += k->coefficient[t] * k->coefficient[t] * (k->entry_a[t] == k->entry_b[t] ? 1 : 0.5);
		length = square > 0 ? sqrt(square) : 1;
		k->side[r] /= length;
		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
			k->coefficient[t] /= length;
		line[r][r] = k->most[r] ? 1 : 0;
	}
	for (int r = 0; r < rows; r++)
	{
		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
		{
			size_t		at = (size_t) k->entry_a[t] * k->width + k->entry_b[t];
			double		f = k->coefficient[t] * (k->entry_a[t] == k->entry_b[t] ? 1 : 0.5);

			owner[t] = r;
			next[t] = head[at];
			head[at] = t + 1;
			for (int o = t + 1; o > 0; o = next[o - 1])
				line[r][owner[o - 1]] += f * k->coefficient[o - 1];
		}
		if ((r & 31) == 0)
			k->env->poll(k->env->context);
	}
	for (int r = 0; r < rows; r++)
	{
		for (int t = 0; t < r; t++)
			line[r][t] = (line[r][t] - alloc_dot(line[r], line[t], t)) / line[t][t];
		/* rows that follow from others would leave nothing */
		line[r][r] = sqrt(fmax(line[r][r] + 1e-10 - alloc_dot(line[r], line[r], r), 1e-10));
		if ((r & 15) == 0)
			k->env->poll(k->env->context);
	}
}

/* to -= sum_r y_r A_r, from the diagonal on */
static void
subtract_rows(const AllocCone *k, const double *y, double *to)
{
	for (int r = 0; r < k->rows; r++)
	{
		double		half = 0.5 * y[r];

		for (int t = k->row_start[r]; y[r] != 0 && t < k->row_start[r + 1]; t++)
		{
			int			a = k->entry_a[t];
			int			b = k->entry_b[t];

			to[(size_t) a * k->width + b] -= (a == b ? y[r] : half) * k->coefficient[t];
		}
	}
}

/* What is below the diagonal from what is above. */
static void
mirror(const AllocCone *k, double *of)
{
	for (int a = 0; a < k->n; a++)
		for (int b = 0; b < a; b++)
			of[(size_t) a * k->width + b] = of[(size_t) b * k->width + a];
}

void
alloc_cone_prices(AllocCone *k, double mu)
{
	int			rows = k->rows;
	size_t		cells = (size_t) k->n * k->width;
	double		outside = 0;
	double		size = 0;

	for (size_t t = 0; t < cells; t++)
		k->v[t] = k->c[t] - k->s[t] - k->z[t];
	if (k->cuts != NULL)
		alloc_cuts_subtract(k->cuts, k->v);
	for (int r = 0; r < rows; r++)
	{
		double		left = k->side[r] - k->rest_x[r];
		double		pull = -k->rest_s[r];

		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
		{
			size_t		at = (size_t) k->entry_a[t] * k->width + k->entry_b[t];

			left -= k->coefficient[t] * k->x[at];
			pull += k->coefficient[t] * k->v[at];
		}
		outside += left * left;
		size += k->side[r] * k->side[r];
		k->right[r] = mu * left + pull;
	}
	k->primal = sqrt(outside) / (1 + sqrt(size));
	for (int r = 0; r < rows; r++)
	{
		const double *line = k->factor + (size_t) r * (r + 1) / 2;

		k->y[r] = (k->right[r] - alloc_dot(line, k->y, r)) / line[r];
	}
	for (int r = rows - 1; r >= 0; r--)
	{
		const double *line = k->factor + (size_t) r * (r + 1) / 2;

		k->y[r] /= line[r];
		alloc_add(k->y, line, -k->y[r], r);
	}
	subtract_rows(k, k->y, k->v);
	if (k->cuts != NULL)
	{
		for (size_t t = 0; t < cells; t++)
			k->v[t] -= mu * k->x[t];
		alloc_cuts_sweep(k->cuts, k->v);
		for (size_t t = 0; t < cells; t++)
			k->v[t] += mu * k->x[t];
	}
	for (size_t t = 0; t < cells; t++)
		k->v[t] += k->s[t] + k->z[t];
	mirror(k, k->v);
	k->env->poll(k->env->context);
}

bool
alloc_cone_matrices(AllocCone *k, double mu)
{
	size_t		cells = (size_t) k->n * k->width;
	double		outside = 0;
	double		size = 0;

	for (size_t t = 0; t < cells; t++)
	{
		double		z = k->v[t] - k->s[t] - mu * k->x[t];

		k->z[t] = z > 0 || k->zero[t] ? z : 0;
		k->v[t] -= k->z[t] + mu * k->x[t];
	}
	if (!alloc_spectrum_project(k->spectrum, k->v, k->s))
		return false;
	for (size_t t = 0; t < cells; t++)
	{
		double		gap = k->v[t] + mu * k->x[t] - k->s[t];

		outside += gap * gap;
		size += k->c[t] * k->c[t];
		k->x[t] += RELAXATION * ((k->s[t] - k->v[t]) / mu - k->x[t]);
	}
	for (int r = 0; r < k->rows; r++)
		if (k->most[r])
		{
			double		v = -k->y[r] - mu * k->rest_x[r];

			k->rest_s[r] = v > 0 ? v : 0;
			k->rest_x[r] += RELAXATION * ((k->rest_s[r] - v) / mu - k->rest_x[r]);
		}
	k->dual = sqrt(outside) / (1 + sqrt(size));
	return isfinite(outside);
}

double
alloc_cone_bound(AllocCone *k)
{
	double		sum = 0;
	double		magnitude = 0;
	double		least;
	int			terms = 0;

	for (int r = 0; r < k->rows; r++)
	{
		double		y = k->most[r] && k->y[r] > 0 ? 0 : k->y[r];
		double		entries = fabs(k->side[r]);

		k->right[r] = y;
		sum += y * k->side[r];
		for (int t = k->row_start[r]; t < k->row_start[r + 1]; t++)
			entries += fabs(k->coefficient[t]);
		magnitude += fabs(y) * entries;
	}
	memcpy(k->v, k->c, (size_t) k->n * k->width * sizeof(double));
	subtract_rows(k, k->right, k->v);
	if (k->cuts != NULL)
	{
		alloc_cuts_subtract(k->cuts, k->v);
		for (int c = 0; c < k->cuts->count; c++)
			magnitude += fabs(k->cuts->y[c]) * (k->cuts->start[c + 1] - k->cuts->start[c]);
		terms = 2 * k->cuts->count;
	}
	for (int a = 0; a < k->n; a++)
		for (int b = 0; b < k->n; b++)
		{
			size_t		at = (size_t) a * k->width + b;
			double		z = k->zero[at] || k->z[at] > 0 ? k->z[at] : 0;

			k->v[at] -= z;
			magnitude += fabs(k->c[at]) + fabs(z);
		}
	mirror(k, k->v);
	least = alloc_spectrum_least(k->spectrum, k->v);
	/* an entry of what is left is made of one term a row at most, and entries of X are at most 1: rounding is at most so many half units each */
	terms += 2 * k->rows + 16;
	return sum + (least < 0 ? k->trace_most : k->trace_least) * least - terms * DBL_EPSILON * magnitude;
}
