/*
 * vector_pair.c
 *	  Two vectors against many; see the header.
 *
 * A large basis does not stay in a near cache, so each of its vectors is read once for both; x and y, which do, are read once for several.
 */
#include "indicator/vector_pair.h"

#include "base/cpu.h"

/* Vectors that subtractions take at a time. */
#define TOGETHER 4

/* For registers of LANES doubles; products of GROUP vectors at a time fill eight of them with sums. */
#define VECTOR_PAIR(PATH, TARGET, LANES, GROUP) \
typedef double PATH##_lanes __attribute__((vector_size(8 * (LANES)), aligned(8), may_alias)); \
CPU_INLINE TARGET void \
product_group_##PATH(const double *set, size_t stride, int group, const double *x, const double *y, double *product) \
{ \
	PATH##_lanes sum[GROUP][2][VECTOR_STEP / (LANES)] = {{{{0}}}}; \
	for (size_t i = 0; i < stride; i += VECTOR_STEP) \
	{ \
		_Pragma("GCC unroll 8") \
		for (int part = 0; part < VECTOR_STEP / (LANES); part++) \
		{ \
			PATH##_lanes at_x = *(const PATH##_lanes *) (x + i + part * (LANES)); \
			PATH##_lanes at_y = *(const PATH##_lanes *) (y + i + part * (LANES)); \
			_Pragma("GCC unroll 8") \
			for (int k = 0; k < group; k++) \
			{ \
				PATH##_lanes v = *(const PATH##_lanes *) (set + k * stride + i + part * (LANES)); \
				sum[k][0][part] += v * at_x; \
				sum[k][1][part] += v * at_y; \
			} \
		} \
	} \
	for (int k = 0; k < group; k++) \
		for (int which = 0; which < 2; which++) \
		{ \
			double		s[VECTOR_STEP]; \
			for (int i = 0; i < VECTOR_STEP; i++) \
				s[i] = sum[k][which][i / (LANES)][i % (LANES)]; \
			product[2 * k + which] = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7])); \
		} \
} \
TARGET static void \
products_##PATH(const double *set, size_t stride, int m, const double *x, const double *y, double *product) \
{ \
	int			k = 0; \
	for (; k + (GROUP) <= m; k += (GROUP)) \
		product_group_##PATH(set + k * stride, stride, (GROUP), x, y, product + 2 * k); \
	for (; k < m; k++) \
		product_group_##PATH(set + k * stride, stride, 1, x, y, product + 2 * k); \
} \
CPU_INLINE TARGET void \
subtract_group_##PATH(const double *set, size_t stride, int group, const double *product, double *x, double *y) \
{ \
	for (size_t i = 0; i < stride; i += (LANES)) \
	{ \
		PATH##_lanes at_x = *(const PATH##_lanes *) (x + i); \
		PATH##_lanes at_y = *(const PATH##_lanes *) (y + i); \
		_Pragma("GCC unroll 8") \
		for (int k = 0; k < group; k++) \
		{ \
			PATH##_lanes v = *(const PATH##_lanes *) (set + k * stride + i); \
			at_x -= v * product[2 * k]; \
			at_y -= v * product[2 * k + 1]; \
		} \
		*(PATH##_lanes *) (x + i) = at_x; \
		*(PATH##_lanes *) (y + i) = at_y; \
	} \
} \
TARGET static void \
subtract_##PATH(const double *set, size_t stride, int m, const double *product, double *x, double *y) \
{ \
	int			k = 0; \
	for (; k + TOGETHER <= m; k += TOGETHER) \
		subtract_group_##PATH(set + k * stride, stride, TOGETHER, product + 2 * k, x, y); \
	for (; k < m; k++) \
		subtract_group_##PATH(set + k * stride, stride, 1, product + 2 * k, x, y); \
}

VECTOR_PAIR(portable,, 2, 1)
#ifdef CPU_DISPATCH
VECTOR_PAIR(avx2, CPU_TARGET_AVX2, 4, 2)
VECTOR_PAIR(avx512, CPU_TARGET_AVX512, 8, 4)
#endif

void
vector_pair_products(const double *set, size_t stride, int m, const double *x, const double *y, double *product)
{
	CPU_BEST(products, set, stride, m, x, y, product);
}

void
vector_pair_subtract(const double *set, size_t stride, int m, const double *product, double *x, double *y)
{
	CPU_BEST(subtract, set, stride, m, product, x, y);
}
