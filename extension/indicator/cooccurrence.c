/*
 * cooccurrence.c
 *	  Counting joint presence by population count. See the header for the layout.
 *
 * Baseline x86-64 has no instruction for it, so the same loop is compiled for three machines and chosen once at run time; elsewhere
 * (arm64 has one) the compiler's own is used. All of them count the same integers.
 */
#include "indicator/cooccurrence.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define COOCCURRENCE_DISPATCH 1
#include <immintrin.h>
#endif

size_t
cooccurrence_size(const Presence *p, CooccurrenceBits *b)
{
	b->words = (p->nrows + 63) / 64;
	b->stride = (p->ncols + COOCCURRENCE_BLOCK - 1) / COOCCURRENCE_BLOCK * COOCCURRENCE_BLOCK;
	return (size_t) b->words * b->stride;
}

void
cooccurrence_fill(const Presence *p, CooccurrenceBits *b)
{
	for (int i = 0; i < p->nrows; i++)
	{
		uint64_t   *word = b->bits + (size_t) (i / 64) * b->stride;
		uint64_t	bit = UINT64_C(1) << (i % 64);

		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			word[p->col[c]] |= bit;
	}
}

/* The loop itself, to be inlined into a function for each machine. */
static inline __attribute__((always_inline)) void
count_row(const CooccurrenceBits *b, int i, uint32_t *count)
{
	for (int block = 0; block < b->stride; block += COOCCURRENCE_BLOCK)
	{
		uint32_t	sum[COOCCURRENCE_BLOCK] = {0};

		for (int w = 0; w < b->words; w++)
		{
			const uint64_t *word = b->bits + (size_t) w * b->stride;
			uint64_t	own = word[i];

			if (own == 0)
				continue;
			for (int k = 0; k < COOCCURRENCE_BLOCK; k++)
				sum[k] += (uint32_t) __builtin_popcountll(own & word[block + k]);
		}
		for (int k = 0; k < COOCCURRENCE_BLOCK; k++)
			count[block + k] = sum[k];
	}
}

static void
count_row_portable(const CooccurrenceBits *b, int i, uint32_t *count)
{
	count_row(b, i, count);
}

#ifdef COOCCURRENCE_DISPATCH

__attribute__((target("popcnt")))
static void
count_row_popcnt(const CooccurrenceBits *b, int i, uint32_t *count)
{
	count_row(b, i, count);
}

__attribute__((target("avx512f,avx512vpopcntdq")))
static void
count_row_avx512(const CooccurrenceBits *b, int i, uint32_t *count)
{
	for (int block = 0; block < b->stride; block += COOCCURRENCE_BLOCK)
	{
		const uint64_t *word = b->bits;
		__m512i		low = _mm512_setzero_si512();
		__m512i		high = _mm512_setzero_si512();

		for (int w = 0; w < b->words; w++, word += b->stride)
		{
			__m512i		own = _mm512_set1_epi64((long long) word[i]);
			__m512i		a = _mm512_and_si512(own, _mm512_loadu_si512(word + block));
			__m512i		c = _mm512_and_si512(own, _mm512_loadu_si512(word + block + 8));

			low = _mm512_add_epi64(low, _mm512_popcnt_epi64(a));
			high = _mm512_add_epi64(high, _mm512_popcnt_epi64(c));
		}
		_mm256_storeu_si256((__m256i *) (count + block), _mm512_cvtepi64_epi32(low));
		_mm256_storeu_si256((__m256i *) (count + block + 8), _mm512_cvtepi64_epi32(high));
	}
}

#endif							/* COOCCURRENCE_DISPATCH */

typedef void (*CountRow) (const CooccurrenceBits *b, int i, uint32_t *count);

static CountRow
choose_count_row(void)
{
#ifdef COOCCURRENCE_DISPATCH
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
		return count_row_avx512;
	if (__builtin_cpu_supports("popcnt"))
		return count_row_popcnt;
#endif
	return count_row_portable;
}

void
cooccurrence_row(const CooccurrenceBits *b, int i, uint32_t *count)
{
	static CountRow chosen = NULL;

	if (chosen == NULL)
		chosen = choose_count_row();
	chosen(b, i, count);
}
