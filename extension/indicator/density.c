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

void
density_pack(const double *weight, int slot, DensityPanel *panel)
{
	double	   *slab = panel->weight + (slot / DENSITY_SLAB) * DENSITY_ROWS(panel->n) * DENSITY_SLAB + slot % DENSITY_SLAB;

	for (int t = 0; t < panel->n; t++)
		slab[density_row(t) * DENSITY_SLAB] = weight[t];
}

void
density_order(const Presence *p, int32_t *place, int32_t *start)
{
	memset(start, 0, sizeof(int32_t) * (p->nrows + 2));
	for (int j = 0; j < p->ncols; j++)
		start[p->ubiquity[j] + 1]++;
	for (int k = 0; k <= p->nrows; k++)
		start[k + 1] += start[k];
	for (int j = 0; j < p->ncols; j++)
		place[j] = start[p->ubiquity[j]]++;
}

int
density_split(const double *k, int target)
{
	int			split = target / DENSITY_PIECE;

	/* A count is at most k of the partner, and k ascends. */
	while (split > 0 && k[split * DENSITY_PIECE - 1] > DENSITY_COUNT_MAX)
		split--;
	return split;
}

/* A tile's counts as rows of 16 bits, which they fit. */
#define DENSITY_NARROW(NAME, TARGET, LANES) \
typedef uint32_t NAME##_wide __attribute__((vector_size(4 * (LANES)), aligned(4), may_alias)); \
typedef uint16_t NAME##_lanes __attribute__((vector_size(2 * (LANES)), aligned(2), may_alias)); \
TARGET static void \
NAME(const uint32_t *tile, uint16_t *row) \
{ \
	for (int c = 0; c < COOCCURRENCE_TILE * COOCCURRENCE_TILE; c += (LANES)) \
		*(NAME##_lanes *) (row + c) = __builtin_convertvector(*(const NAME##_wide *) (tile + c), NAME##_lanes); \
}

/*
 * Weights by proximity of a slab of targets to one partner: c k_s / max(k_s, k_t). A sector present nowhere has no counts, hence no
 * weight.
 */
#define DENSITY_SCALE(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
typedef int64_t NAME##_mask __attribute__((vector_size(8 * (LANES)))); \
typedef int32_t NAME##_counts __attribute__((vector_size(4 * (LANES)), aligned(4), may_alias)); \
TARGET static void \
NAME(const double *target, double partner, const uint32_t *count, double *weight) \
{ \
	NAME##_lanes kt = (partner > 1 ? partner : 1) - (NAME##_lanes) {0}; \
	for (int s = 0; s < DENSITY_SLAB; s += (LANES)) \
	{ \
		NAME##_lanes ks = *(const NAME##_lanes *) (target + s); \
		NAME##_mask first = ks > kt; \
		NAME##_lanes greater = (NAME##_lanes) ((first & (NAME##_mask) ks) | (~first & (NAME##_mask) kt)); \
		*(NAME##_lanes *) (weight + s) = \
			__builtin_convertvector(*(const NAME##_counts *) (count + s), NAME##_lanes) * ks / greater; \
	} \
}

/*
 * density[s] = (count[s] + sum[s]) / total[s] for a slab, NaN where there is no weight; returns how many are 0.
 */
#define DENSITY_DIVIDE(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
typedef int64_t NAME##_mask __attribute__((vector_size(8 * (LANES)))); \
typedef int32_t NAME##_counts __attribute__((vector_size(4 * (LANES)), aligned(4), may_alias)); \
TARGET static int \
NAME(const int32_t *count, const double *sum, const double *total, double *density) \
{ \
	NAME##_mask zero = {0}; \
	int			zeros = 0; \
	for (int s = 0; s < DENSITY_SLAB; s += (LANES)) \
	{ \
		NAME##_lanes all = *(const NAME##_lanes *) (total + s); \
		NAME##_mask has = all > 0; \
		NAME##_lanes nan = (double) NAN - (NAME##_lanes) {0}; \
		NAME##_lanes share = __builtin_convertvector(*(const NAME##_counts *) (count + s), NAME##_lanes); \
		share = (share + *(const NAME##_lanes *) (sum + s)) / all; \
		share = (NAME##_lanes) ((has & (NAME##_mask) share) | (~has & (NAME##_mask) nan)); \
		zero += share == 0; \
		*(NAME##_lanes *) (density + s) = share; \
	} \
	/* Comparing lanes gives -1 where they are 0. */ \
	for (int k = 0; k < (LANES); k++) \
		zeros -= (int) zero[k]; \
	return zeros; \
}

DENSITY_NARROW(narrow_portable,, 8)
DENSITY_SCALE(scale_portable,, 2)
DENSITY_DIVIDE(divide_portable,, 2)
#ifdef CPU_DISPATCH
DENSITY_NARROW(narrow_avx2, CPU_TARGET_AVX2, 8)
DENSITY_SCALE(scale_avx2, CPU_TARGET_AVX2, 4)
DENSITY_DIVIDE(divide_avx2, CPU_TARGET_AVX2, 4)
DENSITY_NARROW(narrow_avx512, CPU_TARGET_AVX512, 16)
DENSITY_SCALE(scale_avx512, CPU_TARGET_AVX512, 8)
DENSITY_DIVIDE(divide_avx512, CPU_TARGET_AVX512, 8)
#endif

void
density_proximity_weights(const double *k, int n, int target, bool self, const uint32_t *count, double *weight)
{
	for (int t = 0; t < n; t++)
	{
		double		greater = k[target] > k[t] ? k[target] : k[t];

		weight[t] = count[t] * k[target] / (greater > 1 ? greater : 1);
	}
	if (!self)
		weight[target] = 0;
}

void
density_pack_proximity(const CooccurrenceBits *bits, const double *k, bool self, int first, uint32_t *tile, DensityPanel *panel)
{
	size_t		slab = DENSITY_ROWS(panel->n) * DENSITY_SLAB;
	uint16_t   *counts = (uint16_t *) panel->weight;
	int			t = 0;

	panel->split = density_split(k, first);
	for (; t < panel->split * DENSITY_PIECE; t += COOCCURRENCE_TILE)
	{
		cooccurrence_tile(bits, t, first, tile);
		CPU_BEST(narrow, tile, counts + density_row(t) * DENSITY_PANEL);
		/* The zeros that end a piece of counts stand elsewhere than those of weights. */
		if (t % DENSITY_PIECE == 0)
			memset(counts + (density_row(t) + DENSITY_PIECE) * DENSITY_PANEL, 0, sizeof(uint16_t) * DENSITY_PANEL);
	}
	for (; t < panel->n; t++)
	{
		int			x = t % COOCCURRENCE_TILE;
		double	   *cells = panel->weight + density_row(t) * DENSITY_SLAB;

		if (x == 0)
			cooccurrence_tile(bits, t, first, tile);
		CPU_BEST(scale, k + first, k[t], tile + x * COOCCURRENCE_TILE, cells);
		CPU_BEST(scale, k + first + DENSITY_SLAB, k[t], tile + x * COOCCURRENCE_TILE + DENSITY_SLAB, cells + slab);
		if (!self && t >= first && t < first + DENSITY_PANEL)
			cells[(t - first) / DENSITY_SLAB * slab + (t - first) % DENSITY_SLAB] = 0;
	}
}

int64_t
density_panel(int nrows, const DensityPlan *plan, const DensityPanel *panel, int width, double *sum, int32_t *count, double *density)
{
	int			n = panel->n;
	int			pieces = DENSITY_PIECES(n);
	int64_t		stored = (int64_t) nrows * width;
	const uint16_t *counts = (const uint16_t *) panel->weight;
	int32_t		all_counts[DENSITY_PANEL] = {0};

	memset(count, 0, sizeof(int32_t) * nrows * DENSITY_PANEL);
	density_add_all_counts(0, panel->split, counts, all_counts);
	density_add_counts(plan, 0, panel->split, counts, count);
	for (int first = 0; first < width; first += DENSITY_SLAB)
	{
		const double *slab = panel->weight + first * DENSITY_ROWS(n);
		int			slab_width = width - first < DENSITY_SLAB ? width - first : DENSITY_SLAB;
		double		total[DENSITY_SLAB] = {0};
		double		share[DENSITY_SLAB];

		/* Of all weights: as of a region that has all sectors. */
		density_add_all(panel->split, pieces, slab, total);
		for (int s = 0; s < DENSITY_SLAB; s++)
			total[s] = all_counts[first + s] + total[s];
		memset(sum, 0, sizeof(double) * nrows * DENSITY_SLAB);
		density_add(plan, panel->split, pieces, slab, sum);
		for (int i = 0; i < nrows; i++)
		{
			const int32_t *own_count = count + (size_t) i * DENSITY_PANEL + first;
			const double *own = sum + (size_t) i * DENSITY_SLAB;
			double	   *row = density + (size_t) i * n + first;

			if (slab_width == DENSITY_SLAB)
				stored -= CPU_BEST(divide, own_count, own, total, row);
			else
			{
				(void) CPU_BEST(divide, own_count, own, total, share);
				for (int s = 0; s < slab_width; s++)
					stored -= share[s] == 0;
				memcpy(row, share, sizeof(double) * slab_width);
			}
		}
	}
	return stored;
}
