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

/* A row of a slab is four of these. A vector wider than the machine's registers becomes several of them. */
typedef double Lanes __attribute__((vector_size(64), aligned(8), may_alias));

/* sum[i] += the weights of the region's partners among [.., last), from where the cursor stands. */
CPU_INLINE void
add_piece(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum)
{
	for (int i = 0; i < p->nrows; i++)
	{
		Lanes	   *own = (Lanes *) (sum + (size_t) i * DENSITY_SLAB);
		Lanes		s0 = own[0];
		Lanes		s1 = own[1];
		Lanes		s2 = own[2];
		Lanes		s3 = own[3];
		int64_t		c = cursor[i];

		for (; c < p->row_start[i + 1] && p->col[c] < last; c++)
		{
			const Lanes *weight = (const Lanes *) (slab + (size_t) p->col[c] * DENSITY_SLAB);

			s0 += weight[0];
			s1 += weight[1];
			s2 += weight[2];
			s3 += weight[3];
		}
		own[0] = s0;
		own[1] = s1;
		own[2] = s2;
		own[3] = s3;
		cursor[i] = c;
	}
}

#ifdef CPU_DISPATCH

CPU_TARGET_AVX2 static void
add_piece_avx2(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum)
{
	add_piece(p, slab, last, cursor, sum);
}

CPU_TARGET_AVX512 static void
add_piece_avx512(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum)
{
	add_piece(p, slab, last, cursor, sum);
}

#endif

static void
add_piece_dispatch(const Presence *p, const double *slab, int last, int64_t *cursor, double *sum)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		add_piece_avx512(p, slab, last, cursor, sum);
	else if (cpu_level() == CPU_AVX2)
		add_piece_avx2(p, slab, last, cursor, sum);
	else
#endif
		add_piece(p, slab, last, cursor, sum);
}

void
density_panel(const Presence *p, const double *panel, int width, int64_t *cursor, double *sum, double *density)
{
	int			n = p->ncols;

	for (int first = 0; first < width; first += DENSITY_SLAB)
	{
		const double *slab = panel + (size_t) n * first;
		int			slab_width = width - first < DENSITY_SLAB ? width - first : DENSITY_SLAB;
		double		denominator[DENSITY_SLAB] = {0};

		memset(sum, 0, sizeof(double) * p->nrows * DENSITY_SLAB);
		memcpy(cursor, p->row_start, sizeof(int64_t) * p->nrows);
		for (int t = 0; t < n; t++)
			for (int s = 0; s < DENSITY_SLAB; s++)
				denominator[s] += slab[(size_t) t * DENSITY_SLAB + s];
		for (int t = 0; t < n; t += DENSITY_PIECE)
			add_piece_dispatch(p, slab, t + DENSITY_PIECE, cursor, sum);
		for (int i = 0; i < p->nrows; i++)
			for (int s = 0; s < slab_width; s++)
				density[(size_t) i * n + first + s] =
					denominator[s] > 0 ? sum[(size_t) i * DENSITY_SLAB + s] / denominator[s] : NAN;
	}
}
