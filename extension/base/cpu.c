/*
 * cpu.c
 *	  What the machine offers to kernels; see cpu.h.
 */
#include "base/cpu.h"

static CpuLevel limit = CPU_AVX512;

static CpuLevel
best_level(void)
{
#ifdef CPU_DISPATCH
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("popcnt"))
		return CPU_PORTABLE;
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vpopcntdq"))
		return CPU_AVX512;
	return CPU_AVX2;
#else
	return CPU_PORTABLE;
#endif
}

CpuLevel
cpu_level(void)
{
	static int	best = -1;

	if (best < 0)
		best = best_level();
	return (CpuLevel) best < limit ? (CpuLevel) best : limit;
}

void
cpu_limit(CpuLevel most)
{
	limit = most;
}
