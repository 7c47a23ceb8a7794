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
density_pack(const double *weight, int n, int slot, double *panel)
{
	double	   *slab = panel + (size_t) (slot / DENSITY_SLAB) * n * DENSITY_SLAB + slot % DENSITY_SLAB;

	for (int t = 0; t < n; t++)
		slab[(size_t) t * DENSITY_SLAB] = weight[t];
}

void
density_pack_proximity(const CooccurrenceBits *bits, const RelatednessBase *base, bool self, int first,
					   uint32_t *tile, double *panel)
{
	int			n = base->ncols;
	double		cells[COOCCURRENCE_TILE];

	for (int t = 0; t < n; t++)
	{
		int			x = t % COOCCURRENCE_TILE;

		if (x == 0)
			cooccurrence_tile(bits, t, first, tile);
		relatedness_cells(base, t, first, COOCCURRENCE_TILE, tile + x * COOCCURRENCE_TILE, cells);
		/* The padding of the bitset is NaN here, as is a sector present nowhere. */
		if (base->absent || first + COOCCURRENCE_TILE > n)
			for (int s = 0; s < COOCCURRENCE_TILE; s++)
				cells[s] = cells[s] > 0 ? cells[s] : 0;
		if (!self && t >= first && t < first + COOCCURRENCE_TILE)
			cells[t - first] = 0;
		for (int slab = 0; slab < DENSITY_PANEL / DENSITY_SLAB; slab++)
			memcpy(panel + ((size_t) slab * n + t) * DENSITY_SLAB, cells + slab * DENSITY_SLAB, sizeof(double) * DENSITY_SLAB);
	}
}

/*
 * sum[i] += the weights of the region's partners among [.., last), from where the cursor stands. For registers of LANES doubles, of which
 * up to eight hold sums: all of a slab or, where registers are short, one half after the other.
 */
#define DENSITY_ADD_PIECE(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static void \
NAME(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum) \
{ \
	enum {sums = DENSITY_SLAB / (LANES) < 8 ? DENSITY_SLAB / (LANES) : 8}; \
	for (int i = 0; i < p->nrows; i++) \
	{ \
		const int32_t *begin = p->col + cursor[i]; \
		const int32_t *end = p->col + p->row_start[i + 1]; \
		const int32_t *col = begin; \
		for (int part = 0; part < DENSITY_SLAB; part += sums * (LANES)) \
		{ \
			NAME##_lanes *own = (NAME##_lanes *) (sum + (size_t) i * DENSITY_SLAB + part); \
			NAME##_lanes s[sums]; \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				s[k] = own[k]; \
			for (col = begin; col < end && *col < last; col++) \
			{ \
				const NAME##_lanes *weight = (const NAME##_lanes *) (slab + (size_t) *col * DENSITY_SLAB + part); \
				_Pragma("GCC unroll 8") \
				for (int k = 0; k < sums; k++) \
					s[k] += weight[k]; \
			} \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				own[k] = s[k]; \
		} \
		cursor[i] = col - p->col; \
	} \
}

DENSITY_ADD_PIECE(add_piece_portable,, 2)
#ifdef CPU_DISPATCH
DENSITY_ADD_PIECE(add_piece_avx2, CPU_TARGET_AVX2, 4)
DENSITY_ADD_PIECE(add_piece_avx512, CPU_TARGET_AVX512, 8)
#endif

static void
add_piece(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		add_piece_avx512(p, slab, last, cursor, sum);
	else if (cpu_level() == CPU_AVX2)
		add_piece_avx2(p, slab, last, cursor, sum);
	else
#endif
		add_piece_portable(p, slab, last, cursor, sum);
}

/* The weights of all n partners, in the order of add_piece. */
static void
add_all(const double *slab, int n, double *denominator)
{
	for (int s = 0; s < DENSITY_SLAB; s += 4)
	{
		double		s0 = 0,
					s1 = 0,
					s2 = 0,
					s3 = 0;

		for (int t = 0; t < n; t++)
		{
			const double *weight = slab + (size_t) t * DENSITY_SLAB + s;

			s0 += weight[0];
			s1 += weight[1];
			s2 += weight[2];
			s3 += weight[3];
		}
		denominator[s] = s0;
		denominator[s + 1] = s1;
		denominator[s + 2] = s2;
		denominator[s + 3] = s3;
	}
}

void
density_panel(const Presence *p, const double *panel, int width, int64_t *cursor, double *sum, double *density)
{
	int			n = p->ncols;

	for (int first = 0; first < width; first += DENSITY_SLAB)
	{
		const double *slab = panel + (size_t) n * first;
		int			slab_width = width - first < DENSITY_SLAB ? width - first : DENSITY_SLAB;
		double		denominator[DENSITY_SLAB];

		memset(sum, 0, sizeof(double) * p->nrows * DENSITY_SLAB);
		memcpy(cursor, p->row_start, sizeof(int64_t) * p->nrows);
		add_all(slab, n, denominator);
		for (int t = 0; t < n; t += DENSITY_PIECE)
			add_piece(p, slab, t + DENSITY_PIECE, cursor, sum);
		for (int i = 0; i < p->nrows; i++)
			for (int s = 0; s < slab_width; s++)
				density[(size_t) i * n + first + s] =
					denominator[s] > 0 ? sum[(size_t) i * DENSITY_SLAB + s] / denominator[s] : NAN;
	}
}
