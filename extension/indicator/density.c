/*
 * density.c
 *	  Relatedness density on packed panels of weights; see the header.
 */
#include "indicator/density.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpu.h"

/* Is a before b among the most related: greater value, then smaller number? */
static inline bool
more_related(const double *value, int a, int b)
{
	return value[a] != value[b] ? value[a] > value[b] : a < b;
}

/* Restores the heap whose root, the least related of the kept, may have changed. */
static void
sift_down(const double *value, int *heap, int n, int i)
{
	for (;;)
	{
		int			least = i;
		int			left = 2 * i + 1;
		int			swap;

		if (left < n && more_related(value, heap[least], heap[left]))
			least = left;
		if (left + 1 < n && more_related(value, heap[least], heap[left + 1]))
			least = left + 1;
		if (least == i)
			return;
		swap = heap[i];
		heap[i] = heap[least];
		heap[least] = swap;
		i = least;
	}
}

static int
compare_int(const void *a, const void *b)
{
	int			x = *(const int *) a;
	int			y = *(const int *) b;

	return (x > y) - (x < y);
}

/* Keeps the k greatest values by a heap of k numbers and zeroes the others. */
static void
keep_greatest(double *value, int n, int k, int *heap)
{
	int			size = 0;
	int			next = 0;

	for (int j = 0; j < n; j++)
	{
		if (value[j] == 0)
			continue;
		if (size < k)
		{
			heap[size++] = j;
			if (size == k)
				for (int i = k / 2 - 1; i >= 0; i--)
					sift_down(value, heap, k, i);
		}
		else if (more_related(value, j, heap[0]))
		{
			heap[0] = j;
			sift_down(value, heap, k, 0);
		}
	}
	qsort(heap, size, sizeof(int), compare_int);
	for (int j = 0; j < n; j++)
	{
		if (next < size && heap[next] == j)
			next++;
		else
			value[j] = 0;
	}
}

void
density_weights(double *value, int n, int own, int k, int *scratch)
{
	for (int j = 0; j < n; j++)
		if (!(value[j] > 0))
			value[j] = 0;
	if (own >= 0)
		value[own] = 0;
	if (k > 0 && k < n)
		keep_greatest(value, n, k, scratch);
}

/* The row of a slab that holds partner t; the zeros at the end of each piece are skipped. */
static inline size_t
slab_row(int t)
{
	return (size_t) t + t / DENSITY_PIECE;
}

void
density_pack(const double *weight, int n, int slot, double *panel)
{
	double	   *slab = panel + (slot / DENSITY_SLAB) * DENSITY_ROWS(n) * DENSITY_SLAB + slot % DENSITY_SLAB;

	for (int t = 0; t < n; t++)
		slab[slab_row(t) * DENSITY_SLAB] = weight[t];
}

void
density_pack_proximity(const CooccurrenceBits *bits, const RelatednessBase *base, bool self, int first,
					   uint32_t *tile, double *panel)
{
	int			n = base->ncols;

	for (int t = 0; t < n; t++)
	{
		int			x = t % COOCCURRENCE_TILE;

		if (x == 0)
			cooccurrence_tile(bits, t, first, tile);
		for (int s = 0; s < DENSITY_PANEL; s += DENSITY_SLAB)
		{
			double	   *cells = panel + (s / DENSITY_SLAB * DENSITY_ROWS(n) + slab_row(t)) * DENSITY_SLAB;

			relatedness_cells(base, t, first + s, DENSITY_SLAB, tile + x * COOCCURRENCE_TILE + s, cells);
			/* The padding of the bitset is NaN here, as is a sector present nowhere. */
			if (base->absent || first + COOCCURRENCE_TILE > n)
				for (int k = 0; k < DENSITY_SLAB; k++)
					cells[k] = cells[k] > 0 ? cells[k] : 0;
			if (!self && t >= first + s && t < first + s + DENSITY_SLAB)
				cells[t - first - s] = 0;
		}
	}
}

/* Partners that a step adds. */
#define STEP 4

size_t
density_plan_tasks(const Presence *p)
{
	size_t		most = (size_t) DENSITY_PIECES(p->ncols) * p->nrows;
	size_t		cells = (size_t) p->row_start[p->nrows];

	return most < cells ? most : cells;
}

size_t
density_plan_partners(const Presence *p)
{
	return (size_t) p->row_start[p->nrows] + (STEP - 1) * density_plan_tasks(p);
}

void
density_plan(const Presence *p, DensityPlan *plan)
{
	int			pieces = DENSITY_PIECES(p->ncols);
	DensityTask *task = plan->task;
	uint16_t   *partner = plan->partner;

	memcpy(plan->cursor, p->row_start, sizeof(int64_t) * p->nrows);
	for (int piece = 0; piece < pieces; piece++)
	{
		int			begin = piece * DENSITY_PIECE;
		int			tasks = 0;
		int			place[DENSITY_PIECE / STEP + 2] = {0};	/* where regions of as many steps begin */

		plan->first_task[piece] = task - plan->task;
		for (int i = 0; i < p->nrows; i++)
		{
			int64_t		c = plan->cursor[i];

			while (c < p->row_start[i + 1] && p->col[c] < begin + DENSITY_PIECE)
				c++;
			place[(c - plan->cursor[i] + STEP - 1) / STEP + 1]++;
			plan->cursor[i] = c;
		}
		place[1] = 0;
		for (int steps = 1; steps <= DENSITY_PIECE / STEP; steps++)
		{
			tasks += place[steps + 1];
			place[steps + 1] = tasks;
		}
		for (int i = 0; i < p->nrows; i++)
		{
			int64_t		c = plan->cursor[i];
			int			n = 0;

			while (c - n > p->row_start[i] && p->col[c - n - 1] >= begin)
				n++;
			if (n > 0)
				task[place[(n + STEP - 1) / STEP]++] = (DensityTask) {i, (n + STEP - 1) / STEP};
		}
		for (int k = 0; k < tasks; k++)
		{
			int			i = task[k].region;
			int64_t		end = plan->cursor[i];
			int64_t		c = end;
			int			left = task[k].steps * STEP;

			while (c > p->row_start[i] && p->col[c - 1] >= begin)
				c--;
			for (; c < end; c++, left--)
				*partner++ = (uint16_t) (p->col[c] - begin);
			while (left-- > 0)
				*partner++ = DENSITY_PIECE;
		}
		task += tasks;
	}
	plan->first_task[pieces] = task - plan->task;
}

/*
 * Of a piece: sum of each region += the weights of its partners. For registers of LANES doubles, of which up to eight hold sums: all of a
 * slab or, where registers are short, one half after the other. Returns where the next piece's partners begin.
 */
#define DENSITY_ADD_PIECE(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static const uint16_t * \
NAME(const DensityTask *task, const DensityTask *end, const uint16_t *partner, const double *piece, double *sum) \
{ \
	enum {sums = DENSITY_SLAB / (LANES) < 8 ? DENSITY_SLAB / (LANES) : 8}; \
	for (; task < end; task++) \
	{ \
		for (int part = 0; part < DENSITY_SLAB; part += sums * (LANES)) \
		{ \
			NAME##_lanes *own = (NAME##_lanes *) (sum + (size_t) task->region * DENSITY_SLAB + part); \
			NAME##_lanes s[sums]; \
			const uint16_t *at = partner; \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				s[k] = own[k]; \
			for (int step = 0; step < task->steps; step++, at += STEP) \
			{ \
				_Pragma("GCC unroll 4") \
				for (int u = 0; u < STEP; u++) \
				{ \
					const NAME##_lanes *weight = (const NAME##_lanes *) (piece + (size_t) at[u] * DENSITY_SLAB + part); \
					_Pragma("GCC unroll 8") \
					for (int k = 0; k < sums; k++) \
						s[k] += weight[k]; \
				} \
			} \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				own[k] = s[k]; \
		} \
		partner += task->steps * STEP; \
	} \
	return partner; \
}

/*
 * density[s] = sum[s] / denominator[s] for a slab, NaN where there is no weight; returns how many are 0.
 */
#define DENSITY_DIVIDE(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
typedef int64_t NAME##_mask __attribute__((vector_size(8 * (LANES)))); \
TARGET static int \
NAME(const double *sum, const double *denominator, double *density) \
{ \
	NAME##_mask zero = {0}; \
	int			zeros = 0; \
	for (int s = 0; s < DENSITY_SLAB; s += (LANES)) \
	{ \
		NAME##_lanes all = *(const NAME##_lanes *) (denominator + s); \
		NAME##_mask has = all > 0; \
		NAME##_lanes nan = (double) NAN - (NAME##_lanes) {0}; \
		NAME##_lanes share = *(const NAME##_lanes *) (sum + s) / all; \
		share = (NAME##_lanes) ((has & (NAME##_mask) share) | (~has & (NAME##_mask) nan)); \
		zero += share == 0; \
		*(NAME##_lanes *) (density + s) = share; \
	} \
	/* Comparing lanes gives -1 where they are 0. */ \
	for (int k = 0; k < (LANES); k++) \
		zeros -= (int) zero[k]; \
	return zeros; \
}

/* total[s] = all of a slab's rows, in the order of add_piece; rows of zeros change nothing. */
#define DENSITY_ADD_ALL(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static void \
NAME(const double *slab, size_t rows, double *total) \
{ \
	enum {sums = DENSITY_SLAB / (LANES) < 8 ? DENSITY_SLAB / (LANES) : 8}; \
	for (int part = 0; part < DENSITY_SLAB; part += sums * (LANES)) \
	{ \
		NAME##_lanes s[sums] = {{0}}; \
		for (size_t t = 0; t < rows; t++) \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				s[k] += ((const NAME##_lanes *) (slab + t * DENSITY_SLAB + part))[k]; \
		memcpy(total + part, s, sizeof(s)); \
	} \
}

DENSITY_ADD_ALL(add_all_portable,, 2)
DENSITY_ADD_PIECE(add_piece_portable,, 2)
DENSITY_DIVIDE(divide_portable,, 2)
#ifdef CPU_DISPATCH
DENSITY_ADD_ALL(add_all_avx2, CPU_TARGET_AVX2, 4)
DENSITY_ADD_PIECE(add_piece_avx2, CPU_TARGET_AVX2, 4)
DENSITY_DIVIDE(divide_avx2, CPU_TARGET_AVX2, 4)
DENSITY_ADD_ALL(add_all_avx512, CPU_TARGET_AVX512, 8)
DENSITY_ADD_PIECE(add_piece_avx512, CPU_TARGET_AVX512, 8)
DENSITY_DIVIDE(divide_avx512, CPU_TARGET_AVX512, 8)
#endif

static const uint16_t *
add_piece(const DensityTask *task, const DensityTask *end, const uint16_t *partner, const double *piece, double *sum)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		return add_piece_avx512(task, end, partner, piece, sum);
	if (cpu_level() == CPU_AVX2)
		return add_piece_avx2(task, end, partner, piece, sum);
#endif
	return add_piece_portable(task, end, partner, piece, sum);
}

static void
add_all(const double *slab, size_t rows, double *total)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		add_all_avx512(slab, rows, total);
	else if (cpu_level() == CPU_AVX2)
		add_all_avx2(slab, rows, total);
	else
#endif
		add_all_portable(slab, rows, total);
}

static int
divide(const double *sum, const double *denominator, double *density)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		return divide_avx512(sum, denominator, density);
	if (cpu_level() == CPU_AVX2)
		return divide_avx2(sum, denominator, density);
#endif
	return divide_portable(sum, denominator, density);
}

int64_t
density_panel(const Presence *p, const DensityPlan *plan, const double *panel, int width, double *sum, double *density)
{
	int			n = p->ncols;
	int			pieces = DENSITY_PIECES(n);
	int64_t		stored = (int64_t) p->nrows * width;

	for (int first = 0; first < width; first += DENSITY_SLAB)
	{
		const double *slab = panel + first * DENSITY_ROWS(n);
		int			slab_width = width - first < DENSITY_SLAB ? width - first : DENSITY_SLAB;
		const uint16_t *partner = plan->partner;
		double		denominator[DENSITY_SLAB];
		double		share[DENSITY_SLAB];

		/* Of all weights: as of a region that has all sectors. */
		add_all(slab, DENSITY_ROWS(n), denominator);
		memset(sum, 0, sizeof(double) * p->nrows * DENSITY_SLAB);
		for (int k = 0; k < pieces; k++)
			partner = add_piece(plan->task + plan->first_task[k], plan->task + plan->first_task[k + 1], partner,
								slab + (size_t) k * (DENSITY_PIECE + 1) * DENSITY_SLAB, sum);
		for (int i = 0; i < p->nrows; i++)
		{
			const double *own = sum + (size_t) i * DENSITY_SLAB;
			double	   *row = density + (size_t) i * n + first;

			if (slab_width == DENSITY_SLAB)
				stored -= divide(own, denominator, row);
			else
			{
				divide(own, denominator, share);
				for (int s = 0; s < slab_width; s++)
					stored -= share[s] == 0;
				memcpy(row, share, sizeof(double) * slab_width);
			}
		}
	}
	return stored;
}
