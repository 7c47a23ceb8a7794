/*
 * cooccurrence.c
 *	  Counting joint presence by population count. See the header for the layout.
 *
 * The kernel counts ROWS sectors against a strip of columns in registers, word by word, and there is one for each kind of machine: AVX-512
 * counts eight words an instruction; x86-64 with POPCNT one, and its AVX2 has nothing better; arm64 counts bytes of a register and
 * widens; elsewhere the compiler's own function does. All of them count the same integers.
 */
#include "indicator/cooccurrence.h"

#include "base/cpu.h"

#ifdef CPU_DISPATCH
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define TILE COOCCURRENCE_TILE

size_t
cooccurrence_size(const Presence *p, CooccurrenceBits *b)
{
	b->words = (p->nrows + 63) / 64;
	b->stride = (p->ncols + TILE - 1) / TILE * TILE;
	return (size_t) b->words * b->stride;
}

void
cooccurrence_fill(const Presence *p, const int32_t *place, CooccurrenceBits *b)
{
	for (int i = 0; i < p->nrows; i++)
	{
		uint64_t   *word = b->bits + (size_t) (i / 64) * b->stride;
		uint64_t	bit = UINT64_C(1) << (i % 64);

		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			word[place != NULL ? place[p->col[c]] : p->col[c]] |= bit;
	}
}

/*
 * count[x * width + y] for x < rows, y < width: sectors i + x against j + y. width is a multiple of TILE; rows is a constant, 1 or 4.
 */
#if !defined(__aarch64__)
CPU_INLINE void
count_by_word(const CooccurrenceBits *b, int i, int rows, int j, int width, uint32_t *count)
{
	for (int y = 0; y < width; y += 4)
		for (int x = 0; x < rows; x += 2)
		{
			const uint64_t *word = b->bits;
			uint32_t	sum[2][4] = {{0}};
			int			pair = rows > 1 ? 2 : 1;

			for (int w = 0; w < b->words; w++, word += b->stride)
#pragma GCC unroll 2
				for (int k = 0; k < pair; k++)
				{
					uint64_t	own = word[i + x + k];

					sum[k][0] += (uint32_t) __builtin_popcountll(own & word[j + y]);
					sum[k][1] += (uint32_t) __builtin_popcountll(own & word[j + y + 1]);
					sum[k][2] += (uint32_t) __builtin_popcountll(own & word[j + y + 2]);
					sum[k][3] += (uint32_t) __builtin_popcountll(own & word[j + y + 3]);
				}
			for (int k = 0; k < pair; k++)
				for (int z = 0; z < 4; z++)
					count[(size_t) (x + k) * width + y + z] = sum[k][z];
		}
}
#endif

#if defined(__aarch64__)

CPU_INLINE void
count_by_word(const CooccurrenceBits *b, int i, int rows, int j, int width, uint32_t *count)
{
	for (int y = 0; y < width; y += 4)
	{
		const uint64_t *word = b->bits;
		uint64x2_t	sum[4][2];

#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
			sum[x][0] = sum[x][1] = vdupq_n_u64(0);
		for (int w = 0; w < b->words; w++, word += b->stride)
		{
			uint64x2_t	low = vld1q_u64(word + j + y);
			uint64x2_t	high = vld1q_u64(word + j + y + 2);

#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
			{
				uint64x2_t	own = vdupq_n_u64(word[i + x]);
				uint8x16_t	a = vcntq_u8(vreinterpretq_u8_u64(vandq_u64(own, low)));
				uint8x16_t	c = vcntq_u8(vreinterpretq_u8_u64(vandq_u64(own, high)));

				sum[x][0] = vpadalq_u32(sum[x][0], vpaddlq_u16(vpaddlq_u8(a)));
				sum[x][1] = vpadalq_u32(sum[x][1], vpaddlq_u16(vpaddlq_u8(c)));
			}
		}
#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
		{
			vst1_u32(count + (size_t) x * width + y, vmovn_u64(sum[x][0]));
			vst1_u32(count + (size_t) x * width + y + 2, vmovn_u64(sum[x][1]));
		}
	}
}

#elif defined(CPU_DISPATCH)

/* Four rows by sixteen columns are eight registers of counts, which stay in their lanes to the end. */
CPU_INLINE CPU_TARGET_AVX512 void
count_by_vector(const CooccurrenceBits *b, int i, int rows, int j, int width, uint32_t *count)
{
	for (int y = 0; y < width; y += 16)
	{
		const uint64_t *word = b->bits;
		__m512i		sum[4][2];

#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
			sum[x][0] = sum[x][1] = _mm512_setzero_si512();
		for (int w = 0; w < b->words; w++, word += b->stride)
		{
			__m512i		low = _mm512_loadu_si512(word + j + y);
			__m512i		high = _mm512_loadu_si512(word + j + y + 8);

#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
			{
				__m512i		own = _mm512_set1_epi64((long long) word[i + x]);

				sum[x][0] = _mm512_add_epi64(sum[x][0], _mm512_popcnt_epi64(_mm512_and_si512(own, low)));
				sum[x][1] = _mm512_add_epi64(sum[x][1], _mm512_popcnt_epi64(_mm512_and_si512(own, high)));
			}
		}
#pragma GCC unroll 4
		for (int x = 0; x < rows; x++)
		{
			uint32_t   *out = count + (size_t) x * width + y;

			_mm256_storeu_si256((__m256i *) out, _mm512_cvtepi64_epi32(sum[x][0]));
			_mm256_storeu_si256((__m256i *) (out + 8), _mm512_cvtepi64_epi32(sum[x][1]));
		}
	}
}

CPU_TARGET_AVX2 static void
row_avx2(const CooccurrenceBits *b, int i, uint32_t *count)
{
	count_by_word(b, i, 1, 0, b->stride, count);
}

CPU_TARGET_AVX2 static void
tile_avx2(const CooccurrenceBits *b, int i, int j, uint32_t *count)
{
	for (int x = 0; x < TILE; x += 4)
		count_by_word(b, i + x, 4, j, TILE, count + x * TILE);
}

CPU_TARGET_AVX512 static void
row_avx512(const CooccurrenceBits *b, int i, uint32_t *count)
{
	count_by_vector(b, i, 1, 0, b->stride, count);
}

CPU_TARGET_AVX512 static void
tile_avx512(const CooccurrenceBits *b, int i, int j, uint32_t *count)
{
	for (int x = 0; x < TILE; x += 4)
		count_by_vector(b, i + x, 4, j, TILE, count + x * TILE);
}

#endif

static void
row_portable(const CooccurrenceBits *b, int i, uint32_t *count)
{
	count_by_word(b, i, 1, 0, b->stride, count);
}

static void
tile_portable(const CooccurrenceBits *b, int i, int j, uint32_t *count)
{
	for (int x = 0; x < TILE; x += 4)
		count_by_word(b, i + x, 4, j, TILE, count + x * TILE);
}

void
cooccurrence_row(const CooccurrenceBits *b, int i, uint32_t *count)
{
	CPU_BEST(row, b, i, count);
}

void
cooccurrence_tile(const CooccurrenceBits *b, int i, int j, uint32_t *count)
{
	CPU_BEST(tile, b, i, j, count);
}
