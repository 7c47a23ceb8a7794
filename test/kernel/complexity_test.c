/*
 * complexity_test.c
 *	  Complexity without a server: every path that this machine can run gives the same bytes, eigenvalues are those of a dense method, and
 *	  multiple ones are seen.
 *
 * Sources: extension/base/cpu.c extension/indicator/complexity.c extension/indicator/lanczos.c extension/indicator/band.c extension/indicator/vector_pair.c
 *
 *	complexity_test					checks, as TAP
 *	complexity_test time R C D		milliseconds of each path for R regions, C sectors and D percent present
 */
#include "kernel.h"

#include "indicator/complexity.h"

/* Seen on x86-64 and, emulated, on arm64 and s390x, which is big-endian. */
#define EVERY_MACHINE	UINT64_C(0x5d2287c6bae1d004)

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

static void
time_paths(int nrows, int ncols, double density, CpuLevel best)
{
	Presence	p;
	double	   *value = room((size_t) nrows + ncols, sizeof(double));

	make_presence(nrows, ncols, density, &p);
	for (int level = CPU_PORTABLE; level <= (int) best; level++)
	{
		double		least = 1e99;

		cpu_limit((CpuLevel) level);
		for (int repetition = 0; repetition < 7; repetition++)
		{
			double		start = now();

			complexity(&p, value);
			least = fmin(least, now() - start);
		}
		printf("path %d: complexity %.2f ms\n", level, least);
	}
}

int
main(int argc, char **argv)
{
	CpuLevel	best = cpu_level();

	if (argc == 5 && strcmp(argv[1], "time") == 0)
	{
		time_paths(atoi(argv[2]), atoi(argv[3]), atof(argv[4]) / 100, best);
		return 0;
	}
	printf("# best path here: %d\n", best);
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
	return end_of_tests(EVERY_MACHINE, best);
}
