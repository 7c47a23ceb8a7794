/*
 * kernel.h
 *	  What the tests of kernels share: tables of presence, TAP, a digest of all bytes, and a clock. A test is one file and takes all of it.
 */
#ifndef INNOCITY_TEST_KERNEL_H
#define INNOCITY_TEST_KERNEL_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cpu.h"
#include "base/prng.h"
#include "indicator/sparse.h"

static uint64_t state = 1;

static double
uniform(void)
{
	return (double) (prng_splitmix64(&state) >> 11) * 0x1p-53;
}

static void *
room(size_t count, size_t size)
{
	size_t		bytes = (count * size + 127) / 64 * 64;
	void	   *result = aligned_alloc(64, bytes);

	if (result == NULL)
		abort();
	return memset(result, 0, bytes);
}

/* Nested presence: large regions have more, and hard sectors are in fewer. Every seventh sector of a thin table is nowhere; the last region of a
 * full one has all. */
static void
make_presence(int nrows, int ncols, double density, Presence *p)
{
	int64_t		n = 0;

	p->nrows = nrows;
	p->ncols = ncols;
	p->row_start = room(nrows + 1, sizeof(int64_t));
	p->col = room((size_t) nrows * ncols, sizeof(int32_t));
	p->diversity = room(nrows, sizeof(int32_t));
	p->ubiquity = room(ncols, sizeof(int32_t));
	for (int i = 0; i < nrows; i++)
	{
		for (int j = 0; j < ncols; j++)
		{
			double		chance = density * (0.3 + 1.4 * (i + 1) / nrows) * (0.4 + 1.2 * (j + 1) / ncols);

			if ((uniform() < chance && !(density < 0.1 && j % 7 == 3)) || (density >= 0.9 && i == nrows - 1))
				p->col[n++] = j;
		}
		p->row_start[i + 1] = n;
		p->diversity[i] = (int32_t) (n - p->row_start[i]);
		for (int64_t c = p->row_start[i]; c < n; c++)
			p->ubiquity[p->col[c]]++;
	}
}

static int	tests;
static int	failures;

static void
ok(int right, const char *what, int nrows, int ncols, int level)
{
	tests++;
	failures += !right;
	printf("%s %d - %s, %d x %d, path %d\n", right ? "ok" : "not ok", tests, what, nrows, ncols, level);
}

static uint64_t digest = UINT64_C(0xcbf29ce484222325);

/* Folds values into the digest that is printed at the end: the same on every kind of machine. A NaN counts as one, whatever its bits. */
static void
fold(const double *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		uint64_t	bits = UINT64_C(0x7ff8000000000000);

		if (!isnan(value[i]))
			memcpy(&bits, value + i, sizeof(bits));
		digest = (digest ^ bits) * UINT64_C(0x100000001b3);
		digest ^= digest >> 29;
	}
}

/* The last check: were all bytes those of every machine? Returns what main returns. */
static int
end_of_tests(uint64_t every_machine, CpuLevel best)
{
	printf("# digest: %016llx\n", (unsigned long long) digest);
	ok(digest == every_machine, "bytes are those of every machine (a changed algorithm needs a new digest)", 0, 0, best);
	printf("1..%d\n", tests);
	return failures > 0;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e3 * t.tv_sec + 1e-6 * t.tv_nsec;
}

#endif							/* INNOCITY_TEST_KERNEL_H */
