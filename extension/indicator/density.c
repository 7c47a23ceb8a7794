/*
 * density.c
 *	  Relatedness density on packed panels of weights; see the header.
 */
#include "indicator/density.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
	for (int t = 0; t < n; t++)
		panel[(size_t) t * DENSITY_PANEL + slot] = weight[t];
}

void
density_denominators(const double *panel, int n, double *denominator)
{
	memset(denominator, 0, sizeof(double) * DENSITY_PANEL);
	for (int t = 0; t < n; t++)
		for (int s = 0; s < DENSITY_PANEL; s++)
			denominator[s] += panel[(size_t) t * DENSITY_PANEL + s];
}

void
density_row(const Presence *p, int i, const double *panel, const double *denominator, int width, double *density)
{
	double		sum[DENSITY_PANEL] = {0};

	for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
	{
		const double *weight = panel + (size_t) p->col[c] * DENSITY_PANEL;

		for (int s = 0; s < DENSITY_PANEL; s++)
			sum[s] += weight[s];
	}
	for (int s = 0; s < width; s++)
		density[s] = denominator[s] > 0 ? sum[s] / denominator[s] : NAN;
}
