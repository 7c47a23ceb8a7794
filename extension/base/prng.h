/*
 * prng.h
 *	  Seeded random numbers: the same seed gives the same numbers on every machine, version and plan.
 *
 * xoshiro256** (Blackman and Vigna 2018), its state filled by splitmix64 from (seed, stream), so that any seed, 0 too,
 * is a good one. The server's own generator may change between majors; results that name their seed must not.
 *
 * Streams are independent generators under one seed: give each restart, sample block or criterion its own number, and the
 * work can be cut up or reordered without changing a result.
 *
 * Plain C: no allocation, no server header, no global state. Never for secrets.
 */
#ifndef INNOCITY_PRNG_H
#define INNOCITY_PRNG_H

#include <stdint.h>

typedef struct Prng
{
	uint64_t	s[4];			/* never all zero */
} Prng;

/* One step of splitmix64: fills states, and mixes (seed, stream) into one number. */
static inline uint64_t
prng_splitmix64(uint64_t *x)
{
	uint64_t	z = (*x += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Start a generator. Any seed and stream will do; pass an SQL bigint as (uint64_t) seed. */
static inline void
prng_seed(Prng *g, uint64_t seed, uint64_t stream)
{
	uint64_t	x = seed;
	int			i;

	/* the stream is mixed on its own first: (1, 2) and (2, 1) must differ, and so must neighbours */
	x = prng_splitmix64(&x) ^ (stream * UINT64_C(0xd1342543de82ef95));
	for (i = 0; i < 4; i++)
		g->s[i] = prng_splitmix64(&x);
}

static inline uint64_t
prng_rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

/* 64 random bits. */
static inline uint64_t
prng_next(Prng *g)
{
	uint64_t   *s = g->s;
	uint64_t	result = prng_rotl(s[1] * 5, 7) * 9;
	uint64_t	t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = prng_rotl(s[3], 45);
	return result;
}

/* Uniform on [0, 1): a multiple of 2^-53. */
static inline double
prng_double(Prng *g)
{
	return (double) (prng_next(g) >> 11) * 0x1p-53;
}

/* Uniform on (0, 1): safe under a logarithm. */
static inline double
prng_open(Prng *g)
{
	return ((double) (prng_next(g) >> 12) + 0.5) * 0x1p-52;
}

/* Uniform on 0 .. n - 1 without bias, by rejection; n > 0. */
static inline uint64_t
prng_below(Prng *g, uint64_t n)
{
	uint64_t	rest = (0 - n) % n; /* 2^64 mod n: that many results would favour the small numbers */
	uint64_t	x;

	do
		x = prng_next(g);
	while (x < rest);
	return x % n;
}

/*
 * The following use the C library's log and sqrt, whose last bit may differ between machines: results agree to 1e-12 there.
 */

/* Standard normal (Marsaglia's polar method; the second value is dropped so that the state is the generator alone). */
extern double prng_normal(Prng *g);

/* Gamma with that shape > 0 and scale 1 (Marsaglia and Tsang 2000); Dirichlet and beta variates are ratios of these. */
extern double prng_gamma(Prng *g, double shape);

/* Beta with both parameters > 0. */
extern double prng_beta(Prng *g, double a, double b);

/* Uniform on the simplex: n numbers >= 0 that add up to 1 (gaps between n - 1 sorted uniforms; no C library at all). */
extern void prng_simplex(Prng *g, int n, double *w);

#endif							/* INNOCITY_PRNG_H */
