/*
 * density_sum.c
 *	  Sums of the rows that a region has; see the header.
 */
#include "indicator/density_sum.h"

#include <string.h>

#include "base/cpu.h"

/* Partners that a step adds. */
#define STEP 2

/* Words of bits in a piece. */
#define PIECE_WORDS (DENSITY_PIECE / 64)

size_t
presence_bits_size(const Presence *p, PresenceBits *b)
{
	b->nrows = p->nrows;
	b->ncols = p->ncols;
	b->words = DENSITY_PIECES(p->ncols) * PIECE_WORDS;
	return (size_t) b->nrows * b->words;
}

void
presence_bits_fill(const Presence *p, const int32_t *place, PresenceBits *b)
{
	memset(b->bits, 0, sizeof(uint64_t) * b->nrows * b->words);
	for (int i = 0; i < p->nrows; i++)
	{
		uint64_t   *row = b->bits + (size_t) i * b->words;

		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
		{
			int			j = place != NULL ? place[p->col[c]] : p->col[c];

			row[j / 64] |= UINT64_C(1) << (j % 64);
		}
	}
}

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

/* Steps of a piece for the region whose words of it these are. */
static int
steps_of(const uint64_t *word)
{
	int			n = 0;

	for (int w = 0; w < PIECE_WORDS; w++)
		n += __builtin_popcountll(word[w]);
	return (n + STEP - 1) / STEP;
}

void
density_plan(const PresenceBits *b, DensityPlan *plan)
{
	int			pieces = DENSITY_PIECES(b->ncols);
	DensityTask *task = plan->task;
	uint16_t   *partner = plan->partner;

	for (int piece = 0; piece < pieces; piece++)
	{
		const uint64_t *words = b->bits + (size_t) piece * PIECE_WORDS;
		int			tasks = 0;
		int			place[DENSITY_PIECE / STEP + 2] = {0};	/* where regions of as many steps begin */

		plan->first_task[piece] = task - plan->task;
		plan->first_partner[piece] = partner - plan->partner;
		for (int i = 0; i < b->nrows; i++)
			place[steps_of(words + (size_t) i * b->words) + 1]++;
		place[1] = 0;
		for (int steps = 1; steps <= DENSITY_PIECE / STEP; steps++)
		{
			tasks += place[steps + 1];
			place[steps + 1] = tasks;
		}
		for (int i = 0; i < b->nrows; i++)
		{
			int			steps = steps_of(words + (size_t) i * b->words);

			if (steps > 0)
				task[place[steps]++] = (DensityTask) {i, steps};
		}
		for (int k = 0; k < tasks; k++)
		{
			const uint64_t *word = words + (size_t) task[k].region * b->words;
			uint16_t   *end = partner + task[k].steps * STEP;

			for (int w = 0; w < PIECE_WORDS; w++)
				for (uint64_t left = word[w]; left != 0; left &= left - 1)
					*partner++ = (uint16_t) (w * 64 + __builtin_ctzll(left));
			while (partner < end)
				*partner++ = DENSITY_PIECE;
		}
		task += tasks;
	}
	plan->first_task[pieces] = task - plan->task;
	plan->first_partner[pieces] = partner - plan->partner;
}

/*
 * Of a piece: sum of each region += the rows of its partners. For registers of LANES doubles, of which up to eight hold sums: all of a
 * row or, where registers are short, one half after the other.
 */
#define DENSITY_ADD(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static void \
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
					const NAME##_lanes *next = (const NAME##_lanes *) (piece + (size_t) at[u] * DENSITY_SLAB + part); \
					_Pragma("GCC unroll 8") \
					for (int k = 0; k < sums; k++) \
						s[k] += next[k]; \
				} \
			} \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				own[k] = s[k]; \
		} \
		partner += task->steps * STEP; \
	} \
}

/* The same with LANES counts, which are added in 16 bits as far as the piece goes and then to the sums of 32. */
#define DENSITY_ADD_COUNTS(NAME, TARGET, LANES) \
typedef uint16_t NAME##_lanes __attribute__((vector_size(2 * (LANES)), aligned(2), may_alias)); \
typedef int32_t NAME##_wide __attribute__((vector_size(4 * (LANES)), aligned(4), may_alias)); \
TARGET static void \
NAME(const DensityTask *task, const DensityTask *end, const uint16_t *partner, const uint16_t *piece, int32_t *sum) \
{ \
	enum {sums = DENSITY_PANEL / (LANES)}; \
	for (; task < end; task++) \
	{ \
		NAME##_wide *own = (NAME##_wide *) (sum + (size_t) task->region * DENSITY_PANEL); \
		NAME##_lanes s[sums] = {{0}}; \
		for (int step = 0; step < task->steps; step++, partner += STEP) \
		{ \
			_Pragma("GCC unroll 4") \
			for (int u = 0; u < STEP; u++) \
			{ \
				const NAME##_lanes *next = (const NAME##_lanes *) (piece + (size_t) partner[u] * DENSITY_PANEL); \
				_Pragma("GCC unroll 8") \
				for (int k = 0; k < sums; k++) \
					s[k] += next[k]; \
			} \
		} \
		_Pragma("GCC unroll 8") \
		for (int k = 0; k < sums; k++) \
			own[k] += __builtin_convertvector(s[k], NAME##_wide); \
	} \
}

/* total[s] += all of these rows, in the order of DENSITY_ADD; rows of zeros change nothing. */
#define DENSITY_ADD_ALL(NAME, TARGET, LANES) \
typedef double NAME##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
TARGET static void \
NAME(const double *rows, size_t n, double *total) \
{ \
	enum {sums = DENSITY_SLAB / (LANES) < 8 ? DENSITY_SLAB / (LANES) : 8}; \
	for (int part = 0; part < DENSITY_SLAB; part += sums * (LANES)) \
	{ \
		NAME##_lanes s[sums]; \
		memcpy(s, total + part, sizeof(s)); \
		for (size_t t = 0; t < n; t++) \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < sums; k++) \
				s[k] += ((const NAME##_lanes *) (rows + t * DENSITY_SLAB + part))[k]; \
		memcpy(total + part, s, sizeof(s)); \
	} \
}

DENSITY_ADD(add_portable,, 2)
DENSITY_ADD_COUNTS(add_counts_portable,, 8)
DENSITY_ADD_ALL(add_all_portable,, 2)
#ifdef CPU_DISPATCH
DENSITY_ADD(add_avx2, CPU_TARGET_AVX2, 4)
DENSITY_ADD_COUNTS(add_counts_avx2, CPU_TARGET_AVX2, 16)
DENSITY_ADD_ALL(add_all_avx2, CPU_TARGET_AVX2, 4)
DENSITY_ADD(add_avx512, CPU_TARGET_AVX512, 8)
DENSITY_ADD_COUNTS(add_counts_avx512, CPU_TARGET_AVX512, 32)
DENSITY_ADD_ALL(add_all_avx512, CPU_TARGET_AVX512, 8)
#endif

void
density_add(const DensityPlan *plan, int first, int last, const double *rows, double *sum)
{
	for (int k = first; k < last; k++)
		CPU_BEST(add, plan->task + plan->first_task[k], plan->task + plan->first_task[k + 1], plan->partner + plan->first_partner[k],
				 rows + density_row(k * DENSITY_PIECE) * DENSITY_SLAB, sum);
}

void
density_add_counts(const DensityPlan *plan, int first, int last, const uint16_t *rows, int32_t *sum)
{
	for (int k = first; k < last; k++)
		CPU_BEST(add_counts, plan->task + plan->first_task[k], plan->task + plan->first_task[k + 1],
				 plan->partner + plan->first_partner[k], rows + density_row(k * DENSITY_PIECE) * DENSITY_PANEL, sum);
}

void
density_add_all(int first, int last, const double *rows, double *total)
{
	CPU_BEST(add_all, rows + density_row(first * DENSITY_PIECE) * DENSITY_SLAB, DENSITY_ROWS((last - first) * DENSITY_PIECE), total);
}

void
density_add_all_counts(int first, int last, const uint16_t *rows, int32_t *total)
{
	static const DensityTask all = {0, DENSITY_PIECE / STEP};
	uint16_t	partner[DENSITY_PIECE];

	for (int t = 0; t < DENSITY_PIECE; t++)
		partner[t] = (uint16_t) t;
	for (int k = first; k < last; k++)
		CPU_BEST(add_counts, &all, &all + 1, partner, rows + density_row(k * DENSITY_PIECE) * DENSITY_PANEL, total);
}
