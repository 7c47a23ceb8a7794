/*
 * projection.c
 *	  Forming and applying the operator of complexity; see the header.
 *
 * Rows are formed up to the diagonal and mirrored. A chunk of members of the other side by a block of columns is written out in full, the
 * weight or zero, small enough for a near cache; each row takes its members' lines from it, while its sums stay in registers. Adding
 * a zero changes no sum of positive numbers, so a cell is what its definition says, whatever the chunk, the block and the registers.
 */
#include "indicator/projection.h"

#include <string.h>

#include "base/cpu.h"

/* Members of the smaller side at most: 2 MB of cells, which the second cache of many machines holds. */
#define MEMBERS_MAX 512

/* Columns of a block, which eight of the widest registers hold, and lines of a chunk: 64 kB, of which a row's sums read a part at a time. */
#define BLOCK 64
#define CHUNK 128

/* Columns that eight of the shortest registers hold: so many sums in flight hide how long an addition takes. */
#define STEP 16

/*
 * Costs in picoseconds: an entry in one of the two passes of lists, an addition to a cell with AVX2, a cell of an application with the
 * shortest registers, so that no path loses much. Lanczos takes about STEPS for tables of the field.
 */
#define STEPS 40
#define COST_ENTRY 200
#define COST_ADD 60
#define COST_CELL 130

static int
round_up(int n, int multiple)
{
	return (n + multiple - 1) / multiple * multiple;
}

size_t
projection_scratch(const Presence *p)
{
	int			n = p->nrows <= p->ncols ? p->nrows : p->ncols;
	int			nother = p->nrows <= p->ncols ? p->ncols : p->nrows;
	int64_t		entries = p->row_start[p->nrows];
	int			stride = round_up(n, BLOCK);

	if (n > MEMBERS_MAX || nother > UINT16_MAX ||
		entries * n / 2 * COST_ADD + (int64_t) STEPS * n * n * COST_CELL >= 2 * STEPS * entries * COST_ENTRY)
		return 0;
	/* the cells and what aligns them, a result, a chunk, where each row is in its list and where it was */
	return (size_t) n * stride + 7 + stride + CHUNK * BLOCK + 2 * (size_t) n;
}

/* Lines of the chunk from member j on, for columns from first on; place[j - from]: the next of the member's list. */
static void
fill_chunk(int from, int to, int first, const PresenceLists *other, const double *weight, int64_t *place, double *chunk)
{
	memset(chunk, 0, sizeof(double) * (to - from) * BLOCK);
	for (int j = from; j < to; j++)
	{
		int64_t		c = place[j - from];

		for (; c < other->start[j + 1] && other->number[c] < first + BLOCK; c++)
			chunk[(j - from) * BLOCK + other->number[c] - first] = weight[j];
		place[j - from] = c;
	}
}

/*
 * Rows a >= first, columns from first on, of which those past the diagonal do not matter: cells += the lines of the row's members, which
 * are own->number[begin[a]] .. [end[a] - 1]. For registers of LANES doubles, eight of which hold sums.
 */
#define PROJECTION_ADD_CHUNK(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static void \
NAME(const Projection *s, int first, const uint16_t *number, const int64_t *begin, const int64_t *end, const double *chunk, int from) \
{ \
	for (int a = first; a < s->n; a++) \
	{ \
		for (int part = 0; part < BLOCK && first + part <= a; part += 8 * (LANES)) \
		{ \
			NAME##_lanes *cells = (NAME##_lanes *) (s->value + (size_t) a * s->stride + first + part); \
			NAME##_lanes sum[8]; \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < 8; k++) \
				sum[k] = cells[k]; \
			for (int64_t c = begin[a]; c < end[a]; c++) \
			{ \
				const NAME##_lanes *weight = (const NAME##_lanes *) (chunk + (number[c] - from) * BLOCK + part); \
				_Pragma("GCC unroll 8") \
				for (int k = 0; k < 8; k++) \
					sum[k] += weight[k]; \
			} \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < 8; k++) \
				cells[k] = sum[k]; \
		} \
	} \
}

PROJECTION_ADD_CHUNK(add_chunk_portable,, 2)
#ifdef CPU_DISPATCH
PROJECTION_ADD_CHUNK(add_chunk_avx2, CPU_TARGET_AVX2, 4)
PROJECTION_ADD_CHUNK(add_chunk_avx512, CPU_TARGET_AVX512, 8)
#endif

static void
add_chunk(const Projection *s, int first, const uint16_t *number, const int64_t *begin, const int64_t *end, const double *chunk, int from)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		add_chunk_avx512(s, first, number, begin, end, chunk, from);
	else if (cpu_level() == CPU_AVX2)
		add_chunk_avx2(s, first, number, begin, end, chunk, from);
	else
#endif
		add_chunk_portable(s, first, number, begin, end, chunk, from);
}

void
projection_form(Projection *s, int n, int nother, const PresenceLists *own, const PresenceLists *other,
				const double *weight, const double *scale, void (*pause) (void), double *scratch)
{
	double	   *chunk;
	int64_t    *begin;
	int64_t    *end;

	s->n = n;
	s->stride = round_up(n, BLOCK);
	s->value = (double *) (((uintptr_t) scratch + 63) & ~(uintptr_t) 63);
	chunk = s->value + (size_t) n * s->stride;
	s->result = chunk + CHUNK * BLOCK;
	begin = (int64_t *) (s->result + s->stride);
	end = begin + n;

	memset(s->value, 0, sizeof(double) * n * s->stride);
	memcpy(end, own->start, sizeof(int64_t) * n);
	for (int from = 0; from < nother; from += CHUNK)
	{
		int			to = from + CHUNK < nother ? from + CHUNK : nother;
		int64_t		place[CHUNK];

		if (pause != NULL)
			pause();
		memcpy(place, other->start + from, sizeof(int64_t) * (to - from));
		for (int a = 0; a < n; a++)
		{
			begin[a] = end[a];
			while (end[a] < own->start[a + 1] && own->number[end[a]] < to)
				end[a]++;
		}
		for (int first = 0; first < n; first += BLOCK)
		{
			fill_chunk(from, to, first, other, weight, place, chunk);
			add_chunk(s, first, own->number, begin, end, chunk, from);
		}
	}

	for (int a = 0; a < n; a++)
		for (int b = 0; b <= a; b++)
			s->value[(size_t) a * s->stride + b] *= scale[a] * scale[b];
	/* Past the diagonal line by line of the cache, each of which holds eight columns. */
	for (int first = 0; first < s->stride; first += 8)
		for (int a = 0; a < n && a < first + 7; a++)
			for (int b = a < first ? first : a + 1; b < first + 8; b++)
				s->value[(size_t) a * s->stride + b] = b < n ? s->value[(size_t) b * s->stride + a] : 0;
}

/*
 * y of WIDTH columns and more, column by column of registers of LANES doubles; WIDTH / LANES sums in flight. What is left goes by
 * STEP.
 */
#define PROJECTION_APPLY(NAME, TARGET, LANES, WIDTH) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
CPU_INLINE TARGET void \
NAME##_columns(const Projection *s, const double *x, int first, int width, double *y) \
{ \
	NAME##_lanes sum[(WIDTH) / (LANES)] = {{0}}; \
	const double *row = s->value + first; \
	for (int j = 0; j < s->n; j++, row += s->stride) \
	{ \
		_Pragma("GCC unroll 8") \
		for (int k = 0; k < width / (LANES); k++) \
			sum[k] += ((const NAME##_lanes *) row)[k] * x[j]; \
	} \
	_Pragma("GCC unroll 8") \
	for (int k = 0; k < width / (LANES); k++) \
		((NAME##_lanes *) (y + first))[k] = sum[k]; \
} \
TARGET static void \
NAME(const Projection *s, const double *x, double *y) \
{ \
	int			columns = round_up(s->n, STEP); \
	int			first = 0; \
	for (; first + (WIDTH) <= columns; first += (WIDTH)) \
		NAME##_columns(s, x, first, (WIDTH), y); \
	for (; first < columns; first += STEP) \
		NAME##_columns(s, x, first, STEP, y); \
}

PROJECTION_APPLY(apply_portable,, 2, STEP)
#ifdef CPU_DISPATCH
PROJECTION_APPLY(apply_avx2, CPU_TARGET_AVX2, 4, 2 * STEP)
PROJECTION_APPLY(apply_avx512, CPU_TARGET_AVX512, 8, BLOCK)
#endif

void
projection_apply(const Projection *s, const double *x, double *y)
{
#ifdef CPU_DISPATCH
	if (cpu_level() == CPU_AVX512)
		apply_avx512(s, x, s->result);
	else if (cpu_level() == CPU_AVX2)
		apply_avx2(s, x, s->result);
	else
#endif
		apply_portable(s, x, s->result);
	memcpy(y, s->result, sizeof(double) * s->n);
}
