/*
 * cpu.h
 *	  Which of the compiled paths of a kernel this machine runs.
 *
 * A kernel is written once, as a function to be inlined, and compiled for each of these levels; the best one that the processor has
 * is chosen at run time. All paths give the same bytes: a result is added up in one order whatever the width of the registers,
 * because lanes hold different results, or parts of one that every path keeps apart. test/kernel checks it. Plain C.
 */
#ifndef INNOCITY_CPU_H
#define INNOCITY_CPU_H

typedef enum CpuLevel
{
	CPU_PORTABLE,				/* what the compiler was told to build for; arm64 has all it needs */
	CPU_AVX2,					/* AVX2 and POPCNT */
	CPU_AVX512					/* AVX-512 F, BW, DQ, VL and VPOPCNTDQ */
} CpuLevel;

#if defined(__x86_64__) && defined(__GNUC__)
#define CPU_DISPATCH 1
#define CPU_TARGET_AVX2		__attribute__((target("popcnt,avx,avx2")))
#define CPU_TARGET_AVX512	__attribute__((target("popcnt,avx,avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq")))
#endif

/* NAME_portable, NAME_avx2 or NAME_avx512, as this machine has it, with these arguments. */
#ifdef CPU_DISPATCH
#define CPU_BEST(NAME, ...) \
	(cpu_level() == CPU_AVX512 ? NAME##_avx512(__VA_ARGS__) : \
	 cpu_level() == CPU_AVX2 ? NAME##_avx2(__VA_ARGS__) : NAME##_portable(__VA_ARGS__))
#else
#define CPU_BEST(NAME, ...) NAME##_portable(__VA_ARGS__)
#endif

#define CPU_INLINE static inline __attribute__((always_inline))

/* The best level of this machine, or the limit. */
extern CpuLevel cpu_level(void);

/* Takes no better level than this from now on, so that a test reaches every path. */
extern void cpu_limit(CpuLevel most);

#endif							/* INNOCITY_CPU_H */
