/*
 * kernel_test.c
 *	  The kernels of relatedness and density without a server: every path that this machine can run gives the same bytes, and they are
 *	  those of the definitions, written out one by one.
 *
 * Sources: extension/base/cpu.c extension/indicator/cooccurrence.c extension/indicator/relatedness.c extension/indicator/density_sum.c extension/indicator/density.c
 *
 *	kernel_test					checks, as TAP
 *	kernel_test time R C D		milliseconds of each kernel and path for R regions, C sectors and D percent present
 */
#include "kernel.h"

#include "indicator/density.h"

/* Seen on x86-64 and, emulated, on arm64 and s390x, which is big-endian. */
#define EVERY_MACHINE	UINT64_C(0xc3d99023212fcce5)

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

static void
time_kernels(int nrows, int ncols, double density, CpuLevel best)
{
	Presence	p;
	CooccurrenceBits bits;
	RelatednessBase base;
	double	   *value = room((size_t) ncols * (ncols > nrows ? ncols : nrows), sizeof(double));

	make_presence(nrows, ncols, density, &p);
	make_base(&p, RELATEDNESS_PROXIMITY, &bits, &base);
	for (int level = CPU_PORTABLE; level <= (int) best; level++)
	{
		double		least[2] = {1e99, 1e99};

		cpu_limit((CpuLevel) level);
		for (int repetition = 0; repetition < 7; repetition++)
		{
			double		t[3];

			t[0] = now();
			whole_table(&bits, &base, relatedness_cells, value);
			t[1] = now();
			all_densities(&p, NULL, value);
			t[2] = now();
			for (int k = 0; k < 2; k++)
				least[k] = fmin(least[k], t[k + 1] - t[k]);
		}
		printf("path %d: proximity %.2f ms, density %.2f ms\n", level, least[0], least[1]);
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
	return end_of_tests(EVERY_MACHINE, best);
}
