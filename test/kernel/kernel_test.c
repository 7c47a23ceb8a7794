/*
 * kernel_test.c
 *	  The kernels of relatedness, density and complexity without a server: every path that this machine can run gives the same bytes,
 *	  and they are those of the definitions, written out one by one.
 *
 * Sources: extension/base/cpu.c extension/indicator/cooccurrence.c extension/indicator/relatedness.c extension/indicator/density_sum.c extension/indicator/density.c extension/indicator/complexity.c extension/indicator/lanczos.c extension/indicator/band.c extension/indicator/vector_pair.c
 *
 *	kernel_test					checks, as TAP
 *	kernel_test time R C D		milliseconds of each kernel and path for R regions, C sectors and D percent present
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cpu.h"
#include "indicator/complexity.h"
#include "indicator/density.h"

static uint64_t state = 1;

static double
uniform(void)
{
	uint64_t	z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53;
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

static void
make_base(const Presence *p, RelatednessMethod method, CooccurrenceBits *bits, RelatednessBase *base)
{
	bits->bits = NULL;
	bits->bits = room(cooccurrence_size(p, bits), sizeof(uint64_t));
	cooccurrence_fill(p, NULL, bits);
	memset(base, 0, sizeof(*base));
	base->method = method;
	base->ncols = p->ncols;
	base->ubiquity = p->ubiquity;
	base->k = room(bits->stride, sizeof(double));
	base->sum = room(p->ncols, sizeof(double));
	relatedness_sums(p, base->sum);
	for (int j = 0; j < p->ncols; j++)
	{
		base->k[j] = p->ubiquity[j];
		base->absent |= p->ubiquity[j] == 0;
		base->total += base->sum[j];
	}
	for (int i = 0; i < p->nrows; i++)
		base->regions += p->diversity[i] > 0;
}

static int64_t
whole_table(const CooccurrenceBits *bits, const RelatednessBase *base, FillCells fill, double *value)
{
	uint32_t   *tile = room(2 * COOCCURRENCE_TILE * COOCCURRENCE_TILE, sizeof(uint32_t));
	double		cells[COOCCURRENCE_TILE];
	int64_t		stored = 0;

	for (int first = 0; first < base->ncols; first += COOCCURRENCE_TILE)
		stored += relatedness_band(bits, base, fill, first, tile, cells, value);
	free(tile);
	return stored;
}

/* By proximity in the order of ubiquity, or from a table of weights as it stands. */
static int64_t
all_densities(const Presence *p, const double *weights, double *value)
{
	int			n = p->ncols;
	uint32_t   *tile = room(COOCCURRENCE_TILE * COOCCURRENCE_TILE, sizeof(uint32_t));
	double	   *sum = room((size_t) p->nrows * DENSITY_SLAB, sizeof(double));
	int32_t    *count = room((size_t) p->nrows * DENSITY_PANEL, sizeof(int32_t));
	int32_t    *place = weights ? NULL : room(n, sizeof(int32_t));
	int32_t    *start = room(p->nrows + 2, sizeof(int32_t));
	double	   *k;
	double	   *row = room(n, sizeof(double));
	CooccurrenceBits bits;
	PresenceBits has;
	DensityPanel panel = {n, 0, room(2 * DENSITY_ROWS(n) * DENSITY_SLAB, sizeof(double))};
	DensityPlan plan = {
		room(DENSITY_PIECES(n) + 1, sizeof(int64_t)), room(DENSITY_PIECES(n) + 1, sizeof(int64_t)),
		room(density_plan_tasks(p), sizeof(DensityTask)), room(density_plan_partners(p), sizeof(uint16_t))
	};
	int64_t		stored = 0;

	if (place)
		density_order(p, place, start);
	bits.bits = NULL;
	bits.bits = room(cooccurrence_size(p, &bits), sizeof(uint64_t));
	cooccurrence_fill(p, place, &bits);
	k = room(bits.stride, sizeof(double));
	for (int j = 0; j < n; j++)
		k[place ? place[j] : j] = p->ubiquity[j];
	has.bits = room(presence_bits_size(p, &has), sizeof(uint64_t));
	presence_bits_fill(p, place, &has);
	density_plan(&has, &plan);
	for (int first = 0; first < n; first += DENSITY_PANEL)
	{
		int			width = n - first < DENSITY_PANEL ? n - first : DENSITY_PANEL;

		if (place)
			density_pack_proximity(&bits, k, false, first, tile, &panel);
		else
			for (int s = 0; s < width; s++)
				density_pack(weights + (size_t) (first + s) * n, s, &panel);
		stored += density_panel(p->nrows, &plan, &panel, width, sum, count, value + first);
	}
	for (int i = 0; place && i < p->nrows; i++)
	{
		memcpy(row, value + (size_t) i * n, sizeof(double) * n);
		for (int j = 0; j < n; j++)
			value[(size_t) i * n + j] = row[place[j]];
	}
	free(tile);
	free(sum);
	free(count);
	free(place);
	free(start);
	free(k);
	free(row);
	free(bits.bits);
	free(has.bits);
	free(panel.weight);
	free(plan.first_task);
	free(plan.first_partner);
	free(plan.task);
	free(plan.partner);
	return stored;
}

static void
complexity(const Presence *p, double *value)
{
	Complexity	c = {.eci = value,.pci = value + p->nrows,.component = room(p->nrows, sizeof(int))};
	int		   *link = room(p->nrows + p->ncols, sizeof(int));
	double	   *scratch = room(complexity_scratch(p), sizeof(double));

	complexity_solve(p, false, NULL, link, scratch, &c);
	free(c.component);
	free(link);
	free(scratch);
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

#define EVERY_MACHINE	UINT64_C(0xfcb9b8aed204e89b)	/* seen on x86-64 and, emulated, on arm64 */

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

/* NaN equals NaN, whatever its bits. */
static int
same_values(const double *a, const double *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i])))
			return 0;
	return 1;
}

/* Are these the shares of weights that regions have, added in ascending order? Exactly, or to a tolerance; 1 for a region with all is exact. */
static int
densities_defined(const Presence *p, const char *has, const double *weights, const double *share, double tolerance)
{
	int			n = p->ncols;

	for (int i = 0; i < p->nrows; i++)
		for (int s = 0; s < n; s++)
		{
			double		of = 0,
						all = 0,
						d = share[(size_t) i * n + s];

			for (int t = 0; t < n; t++)
			{
				all += weights[(size_t) s * n + t];
				of += has[(size_t) i * n + t] ? weights[(size_t) s * n + t] : 0;
			}
			if (all > 0 ? !(fabs(d - of / all) <= tolerance) : !isnan(d))
				return 0;
			if (all > 0 && p->diversity[i] == n && d != 1)
				return 0;
		}
	return 1;
}

static void
check(int nrows, int ncols, double density, CpuLevel best)
{
	size_t		n = (size_t) ncols * ncols;
	size_t		nr = (size_t) nrows * ncols;
	Presence	p;
	char	   *has = room(nr, 1);
	double	   *defined = room(n, sizeof(double));
	double	   *value = room(n, sizeof(double));
	double	   *first = room(n, sizeof(double));
	double	   *share = room(nr, sizeof(double));
	double	   *first_share[2] = {room(nr, sizeof(double)), room(nr, sizeof(double))};
	double	   *weights = room(n, sizeof(double));
	CooccurrenceBits bits;
	RelatednessBase base;
	uint32_t   *row;

	make_presence(nrows, ncols, density, &p);
	for (int i = 0; i < nrows; i++)
		for (int64_t c = p.row_start[i]; c < p.row_start[i + 1]; c++)
			has[(size_t) i * ncols + p.col[c]] = 1;
	for (int a = 0; a < ncols; a++)
		for (int b = 0; b < ncols; b++)
			for (int i = 0; i < nrows; i++)
				defined[(size_t) a * ncols + b] += has[(size_t) i * ncols + a] && has[(size_t) i * ncols + b];
	for (int a = 0; a < ncols; a++)
		for (int b = 0; b < ncols; b++)
			if (a != b && p.ubiquity[a] && p.ubiquity[b])
				weights[(size_t) a * ncols + b] = defined[(size_t) a * ncols + b] / fmax(p.ubiquity[a], p.ubiquity[b]);

	for (int level = CPU_PORTABLE; level <= (int) best; level++)
	{
		int			rows_agree = 1;
		int64_t		stored,
					counted = 0;

		cpu_limit((CpuLevel) level);
		make_base(&p, RELATEDNESS_PROXIMITY, &bits, &base);
		stored = whole_table(&bits, &base, cooccurrence_count, value);
		for (size_t c = 0; c < n; c++)
			counted += defined[c] != 0;
		ok(memcmp(value, defined, n * sizeof(double)) == 0 && stored == counted, "counts are the definition's", nrows, ncols, level);
		row = room(bits.stride, sizeof(uint32_t));
		for (int i = 0; i < ncols; i++)
		{
			cooccurrence_row(&bits, i, row);
			for (int j = 0; j < ncols; j++)
				rows_agree &= row[j] == defined[(size_t) i * ncols + j];
		}
		ok(rows_agree, "rows are those of the table", nrows, ncols, level);
		free(row);

		for (int method = 0; method < RELATEDNESS_METHODS; method++)
		{
			make_base(&p, (RelatednessMethod) method, &bits, &base);
			cpu_limit(CPU_PORTABLE);
			whole_table(&bits, &base, relatedness_cells, first);
			if (level == CPU_PORTABLE)
				fold(first, n);
			cpu_limit((CpuLevel) level);
			whole_table(&bits, &base, relatedness_cells, value);
			ok(memcmp(value, first, n * sizeof(double)) == 0, "relatedness has the portable path's bytes", nrows, ncols, level);
			if (method == RELATEDNESS_PROXIMITY)
			{
				int			right = 1;

				for (int a = 0; a < ncols; a++)
					for (int b = 0; b < ncols; b++)
					{
						double		k = fmax(p.ubiquity[a], p.ubiquity[b]);
						double		phi = p.ubiquity[a] && p.ubiquity[b] ? defined[(size_t) a * ncols + b] / k : NAN;

						right &= same_values(value + (size_t) a * ncols + b, &phi, 1);
					}
				ok(right, "proximity is the definition's", nrows, ncols, level);
			}
		}

		for (int way = 0; way < 2; way++)
		{
			double	   *portable = first_share[way];

			stored = all_densities(&p, way == 0 ? weights : NULL, share);
			for (size_t c = 0; c < nr; c++)
				stored -= share[c] != 0;
			ok(stored == 0, "densities that are not 0 are counted", nrows, ncols, level);
			if (level == CPU_PORTABLE)
			{
				memcpy(portable, share, nr * sizeof(double));
				fold(share, nr);
				ok(densities_defined(&p, has, weights, share, way == 0 ? 0 : 1e-14), "densities are the definition's", nrows, ncols, way);
			}
			ok(memcmp(share, portable, nr * sizeof(double)) == 0, "densities have the portable path's bytes", nrows, ncols, level);
		}
	}
	free(has);
	free(defined);
	free(value);
	free(first);
	free(share);
	free(first_share[0]);
	free(first_share[1]);
	free(weights);
}

/* Eigenvalues of a symmetric matrix by Jacobi's rotations: slow and independent of Lanczos. They end on the diagonal. */
static void
jacobi(double *a, int n)
{
	for (int sweep = 0; sweep < 12; sweep++)
		for (int p = 0; p < n; p++)
			for (int q = p + 1; q < n; q++)
			{
				double		apq = a[p * n + q];
				double		theta,
							t,
							c,
							s;

				if (fabs(apq) < 1e-18)
					continue;
				theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
				t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
				c = 1 / sqrt(t * t + 1);
				s = t * c;
				for (int k = 0; k < n; k++)
				{
					double		x = a[k * n + p];
					double		y = a[k * n + q];

					a[k * n + p] = c * x - s * y;
					a[k * n + q] = s * x + c * y;
				}
				for (int k = 0; k < n; k++)
				{
					double		x = a[p * n + k];
					double		y = a[q * n + k];

					a[p * n + k] = c * x - s * y;
					a[q * n + k] = s * x + c * y;
				}
			}
}

/*
 * Complexity of a table without structure, whose eigenvalues crowd, so that Lanczos needs many steps: the second and third agree with a
 * dense method, and averaging the regions' complexity over sectors and back gives second times itself, but for a constant.
 */
static void
check_complexity(int nrows, int ncols, double density, CpuLevel best)
{
	Presence	p;
	double	   *dense = room((size_t) nrows * nrows, sizeof(double));
	double	   *sector = room(ncols, sizeof(double));
	double	   *has = room((size_t) nrows * ncols, sizeof(double));
	double		greatest[3] = {0, 0, 0};
	double		lambda,
				worst = 0,
				mean[2] = {0, 0},
				*back = room(nrows, sizeof(double));
	double	   *scratch;
	int		   *link;
	Complexity	c;

	make_presence(nrows, ncols, density, &p);
	for (int i = 0; i < nrows; i++)
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			has[(size_t) i * ncols + p.col[k]] = 1 / sqrt((double) p.diversity[i] * p.ubiquity[p.col[k]]);
	for (int a = 0; a < nrows; a++)
		for (int b = 0; b < nrows; b++)
			for (int j = 0; j < ncols; j++)
				dense[a * nrows + b] += has[(size_t) a * ncols + j] * has[(size_t) b * ncols + j];
	jacobi(dense, nrows);
	for (int i = 0; i < nrows; i++)
	{
		double		d = dense[i * nrows + i];

		for (int k = 0; k < 3; k++)
			if (d > greatest[k])
			{
				double		swap = greatest[k];

				greatest[k] = d;
				d = swap;
			}
	}
	c.eci = room(nrows, sizeof(double));
	c.pci = room(ncols, sizeof(double));
	c.component = room(nrows, sizeof(int));
	scratch = room(complexity_scratch(&p), sizeof(double));
	link = room(nrows + ncols, sizeof(int));
	cpu_limit(CPU_PORTABLE);
	complexity_solve(&p, false, NULL, link, scratch, &c);
	for (int level = CPU_PORTABLE + 1; level <= (int) best; level++)
	{
		Complexity	other = c;

		other.eci = room(nrows, sizeof(double));
		other.pci = room(ncols, sizeof(double));
		cpu_limit((CpuLevel) level);
		complexity_solve(&p, false, NULL, link, scratch, &other);
		ok(memcmp(other.eci, c.eci, sizeof(double) * nrows) == 0 && memcmp(other.pci, c.pci, sizeof(double) * ncols) == 0 &&
		   other.second == c.second && other.third == c.third, "complexity is that of the portable path", nrows, ncols, level);
	}
	cpu_limit(best);
	ok(fabs(c.second - greatest[1]) < 1e-12 && fabs(c.third - greatest[2]) < 1e-9, "eigenvalues are those of a dense method",
	   nrows, ncols, cpu_level());
	fold(c.eci, nrows);
	fold(c.pci, ncols);

	for (int i = 0; i < nrows; i++)
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			sector[p.col[k]] += c.eci[i] / p.ubiquity[p.col[k]];
	for (int i = 0; i < nrows; i++)
	{
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			back[i] += sector[p.col[k]] / p.diversity[i];
		mean[0] += c.eci[i] / nrows;
		mean[1] += back[i] / nrows;
	}
	lambda = c.second;
	for (int i = 0; i < nrows; i++)
		worst = fmax(worst, fabs(back[i] - mean[1] - lambda * (c.eci[i] - mean[0])));
	ok(worst < 1e-10, "complexity is an eigenvector", nrows, ncols, cpu_level());
}

/*
 * groups x groups blocks, those on the diagonal all of one pattern and the others of another. Exchanging groups changes nothing, so all that
 * tells groups apart comes groups - 1 times, the second eigenvalue with it. Of plain patterns come so few different eigenvalues that a
 * Krylov space is full before errors of rounding have brought in what the start had not.
 */
static void
check_multiple(int groups, int nrows, int ncols, bool plain, CpuLevel best)
{
	Presence	p = {.nrows = groups * nrows,.ncols = groups * ncols};
	char	   *pattern = room(2 * (size_t) nrows * ncols, 1);
	Complexity	c;
	int64_t		n = 0;

	for (int k = 0; k < nrows * ncols; k++)
	{
		pattern[k] = plain || uniform() < 0.3;
		pattern[nrows * ncols + k] = plain ? k / ncols == k % ncols : uniform() < 0.05;
	}
	p.row_start = room(p.nrows + 1, sizeof(int64_t));
	p.col = room((size_t) p.nrows * p.ncols, sizeof(int32_t));
	p.diversity = room(p.nrows, sizeof(int32_t));
	p.ubiquity = room(p.ncols, sizeof(int32_t));
	for (int i = 0; i < p.nrows; i++)
	{
		for (int j = 0; j < p.ncols; j++)
		{
			const char *block = pattern + (i / nrows == j / ncols ? 0 : nrows * ncols);

			if (block[i % nrows * ncols + j % ncols])
			{
				p.col[n++] = j;
				p.diversity[i]++;
				p.ubiquity[j]++;
			}
		}
		p.row_start[i + 1] = n;
	}
	c.eci = room(p.nrows, sizeof(double));
	c.pci = room(p.ncols, sizeof(double));
	c.component = room(p.nrows, sizeof(int));
	for (int level = CPU_PORTABLE; level <= (int) best; level++)
	{
		cpu_limit((CpuLevel) level);
		complexity_solve(&p, false, NULL, room(p.nrows + p.ncols, sizeof(int)), room(complexity_scratch(&p), sizeof(double)), &c);
		if (groups == 2)
			ok(c.status == COMPLEXITY_OK && c.second - c.third > 0.1 * c.second, "an eigenvalue that is there once is found once",
			   p.nrows, p.ncols, level);
		else
			ok(c.status == COMPLEXITY_DEGENERATE && fabs(c.second - c.third) < 1e-13, "a multiple eigenvalue is found twice",
			   p.nrows, p.ncols, level);
	}
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e3 * t.tv_sec + 1e-6 * t.tv_nsec;
}

static void
time_kernels(int nrows, int ncols, double density, CpuLevel best)
{
	Presence	p;
	CooccurrenceBits bits;
	RelatednessBase base;
	double	   *value = room((size_t) ncols * (ncols > nrows ? ncols : nrows) + nrows, sizeof(double));

	make_presence(nrows, ncols, density, &p);
	make_base(&p, RELATEDNESS_PROXIMITY, &bits, &base);
	for (int level = CPU_PORTABLE; level <= (int) best; level++)
	{
		double		least[3] = {1e99, 1e99, 1e99};

		cpu_limit((CpuLevel) level);
		for (int repetition = 0; repetition < 7; repetition++)
		{
			double		t[4];

			t[0] = now();
			whole_table(&bits, &base, relatedness_cells, value);
			t[1] = now();
			all_densities(&p, NULL, value);
			t[2] = now();
			complexity(&p, value);
			t[3] = now();
			for (int k = 0; k < 3; k++)
				least[k] = fmin(least[k], t[k + 1] - t[k]);
		}
		printf("path %d: proximity %.2f ms, density %.2f ms, complexity %.2f ms\n", level, least[0], least[1], least[2]);
	}
}

int
main(int argc, char **argv)
{
	CpuLevel	best = cpu_level();

	if (argc == 5 && strcmp(argv[1], "time") == 0)
	{
		time_kernels(atoi(argv[2]), atoi(argv[3]), atof(argv[4]) / 100, best);
		return 0;
	}
	printf("# best path here: %d\n", best);
	check(1, 1, 1, best);
	check(3, 64, 0.5, best);
	check(64, 65, 0.3, best);
	check(65, 200, 0.05, best);
	check(130, 127, 0.9, best);
	check(250, 331, 0.15, best);
	/* Counts past DENSITY_COUNT_MAX. */
	check(700, 400, 0.9, best);
	/* On the side of regions, nearly square, on the side of sectors, without padding. */
	check_complexity(150, 700, 0.2, best);
	check_complexity(230, 240, 0.1, best);
	check_complexity(200, 130, 0.3, best);
	check_complexity(64, 300, 0.3, best);
	/* Numbers of more than 16 bits. */
	check_complexity(40, 66000, 0.05, best);
	/* An eigenvalue that is there once, twice, three times; more regions than sectors, fewer. */
	check_multiple(2, 300, 400, false, best);
	check_multiple(3, 300, 400, false, best);
	check_multiple(3, 400, 150, false, best);
	check_multiple(4, 250, 300, false, best);
	check_multiple(2, 64, 64, true, best);
	check_multiple(3, 64, 64, true, best);
	check_multiple(4, 128, 150, true, best);
	printf("# digest: %016llx\n", (unsigned long long) digest);
	ok(digest == EVERY_MACHINE, "bytes are those of every machine (a changed algorithm needs a new digest)", 0, 0, best);
	printf("1..%d\n", tests);
	return failures > 0;
}
