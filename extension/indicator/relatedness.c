/*
 * relatedness.c
 *	  Measures of relatedness from co-occurrence counts; formulas in the header.
 */
#include "indicator/relatedness.h"

#include <math.h>
#include <string.h>

#include "base/cpu.h"

#define TILE COOCCURRENCE_TILE

static const char *const method_names[RELATEDNESS_METHODS] = {
	"proximity", "sqrt", "asymmetric", "correlation", "jaccard", "cosine", "association", "probability"
};

bool
relatedness_method(const char *name, RelatednessMethod *method)
{
	for (int i = 0; i < RELATEDNESS_METHODS; i++)
		if (strcmp(name, method_names[i]) == 0)
		{
			*method = (RelatednessMethod) i;
			return true;
		}
	return false;
}

bool
relatedness_needs_sums(RelatednessMethod method)
{
	return method >= RELATEDNESS_JACCARD;
}

void
relatedness_sums(const Presence *p, double *sum)
{
	memset(sum, 0, sizeof(double) * p->ncols);
	for (int i = 0; i < p->nrows; i++)
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			sum[p->col[c]] += p->diversity[i] - 1;
}

static double
relatedness(const RelatednessBase *base, int i, int j, double c)
{
	double		ki = base->ubiquity[i];
	double		kj = base->ubiquity[j];
	double		n = base->regions;
	double		si,
				sj,
				t,
				denominator;

	switch (base->method)
	{
		case RELATEDNESS_PROXIMITY:
			return c / (ki > kj ? ki : kj);
		case RELATEDNESS_SQRT:
			return c / sqrt(ki * kj);
		case RELATEDNESS_ASYMMETRIC:
			return c / kj;
		case RELATEDNESS_CORRELATION:
			denominator = sqrt(ki * (n - ki) * (kj * (n - kj)));
			if (i == j)
				return 1;
			/* A sector present everywhere varies with nothing. */
			return denominator == 0 ? 0.5 : (1 + (n * c - ki * kj) / denominator) / 2;
		default:
			break;
	}

	if (i == j || c == 0)
		return 0;
	si = base->sum[i];
	sj = base->sum[j];
	t = base->total;
	switch (base->method)
	{
		case RELATEDNESS_JACCARD:
			return c / (si + sj - c);
		case RELATEDNESS_COSINE:
			return c / sqrt(si * sj);
		case RELATEDNESS_ASSOCIATION:
			return c * t / (si * sj);
		default:
			denominator = ((si / t) * (sj / (t - si)) + (sj / t) * (si / (t - sj))) * (t / 2);
			return c / denominator;
	}
}

/* Eight cells, to be compared with 0. */
typedef double Lanes __attribute__((vector_size(64), aligned(8), may_alias));
typedef int64_t Mask __attribute__((vector_size(64)));

/* The default method, without a call and a switch for each pair, for registers of LANES doubles. */
#define PROXIMITY(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
typedef int64_t NAME##_mask __attribute__((vector_size(8 * (LANES)))); \
typedef int32_t NAME##_counts __attribute__((vector_size(4 * (LANES)), aligned(4), may_alias)); \
TARGET static void \
NAME(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value) \
{ \
	NAME##_lanes ki = base->k[i] - (NAME##_lanes) {0}; \
	for (int y = 0; y < width; y += (LANES)) \
	{ \
		NAME##_lanes kj = *(const NAME##_lanes *) (base->k + j + y); \
		NAME##_mask first = ki > kj; \
		NAME##_lanes greater = (NAME##_lanes) ((first & (NAME##_mask) ki) | (~first & (NAME##_mask) kj)); \
		*(NAME##_lanes *) (value + y) = \
			__builtin_convertvector(*(const NAME##_counts *) (count + y), NAME##_lanes) / greater; \
	} \
}

PROXIMITY(proximity_portable,, 2)
#ifdef CPU_DISPATCH
PROXIMITY(proximity_avx2, CPU_TARGET_AVX2, 4)
PROXIMITY(proximity_avx512, CPU_TARGET_AVX512, 8)
#endif

static void
proximity_cells(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value)
{
	CPU_BEST(proximity, base, i, j, width, count, value);
	/* 0/0 has the sign of the processor's own NaN: ours is one. */
	if (base->absent)
		for (int y = 0; y < width; y++)
			if (base->k[i] == 0 || base->k[j + y] == 0)
				value[y] = NAN;
}

/* Cells of [j, j + width) that are of the table and not padding. */
static int
real_width(const RelatednessBase *base, int j, int width)
{
	return j + width <= base->ncols ? width : base->ncols - j;
}

void
relatedness_cells(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value)
{
	if (base->method == RELATEDNESS_PROXIMITY)
	{
		proximity_cells(base, i, j, width, count, value);
		return;
	}
	width = real_width(base, j, width);
	for (int y = 0; y < width; y++)
		value[y] = base->k[i] == 0 || base->k[j + y] == 0 ? NAN : relatedness(base, i, j + y, count[y]);
}

void
cooccurrence_zscore(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value)
{
	double		n = base->regions;
	double		ki = base->k[i];

	width = real_width(base, j, width);
	for (int y = 0; y < width; y++)
	{
		double		kj = base->k[j + y];
		double		mean = ki * kj / n;
		double		variance = mean * (1 - ki / n) * ((n - kj) / (n - 1));

		value[y] = i == j + y || !(variance > 0) ? NAN : (count[y] - mean) / sqrt(variance);
	}
}

void
cooccurrence_pvalue(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value)
{
	cooccurrence_zscore(base, i, j, width, count, value);
	width = real_width(base, j, width);
	for (int y = 0; y < width; y++)
		value[y] = erfc(fabs(value[y]) / sqrt(2));
}

void
cooccurrence_count(const RelatednessBase *base, int i, int j, int width, const uint32_t *count, double *value)
{
	(void) i;
	width = real_width(base, j, width);
	for (int y = 0; y < width; y++)
		value[y] = count[y];
}

/* Fills rows [i, i + TILE) x columns [j, j + TILE) of the table from a tile of counts. */
static int64_t
fill_tile(const RelatednessBase *base, FillCells fill, int i, int j, const uint32_t *count, double *cells, double *value)
{
	int			height = real_width(base, i, TILE);
	int			width = real_width(base, j, TILE);
	int64_t		stored = 0;

	/* Comparing lanes gives -1 where they are 0. */
	for (int x = 0; x < height; x++)
	{
		double	   *row = value + (size_t) (i + x) * base->ncols + j;

		fill(base, i + x, j, TILE, count + x * TILE, cells);
		memcpy(row, cells, sizeof(double) * width);
		if (width == TILE)
		{
			Mask		zero = {0};

			for (int y = 0; y < TILE; y += 8)
				zero += *(const Lanes *) (cells + y) == 0;
			stored += TILE;
			for (int y = 0; y < 8; y++)
				stored += zero[y];
		}
		else
			for (int y = 0; y < width; y++)
				stored += cells[y] != 0;
	}
	return stored;
}

int64_t
relatedness_band(const CooccurrenceBits *bits, const RelatednessBase *base, FillCells fill, int first,
				 uint32_t *tile, double *cells, double *value)
{
	uint32_t   *mirror = tile + TILE * TILE;
	int64_t		stored = 0;

	for (int j = first; j < base->ncols; j += TILE)
	{
		cooccurrence_tile(bits, first, j, tile);
		stored += fill_tile(base, fill, first, j, tile, cells, value);
		if (j == first)
			continue;
		for (int x = 0; x < TILE; x++)
			for (int y = 0; y < TILE; y++)
				mirror[y * TILE + x] = tile[x * TILE + y];
		stored += fill_tile(base, fill, j, first, mirror, cells, value);
	}
	return stored;
}
