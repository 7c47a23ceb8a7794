/*
 * diversification_fn.c
 *	  SQL face of which sectors a region would have to add to become more complex, and in which order it may: eci_optimization,
 *	  diversification_path.
 */
#include "indicator/complexity_fn.h"
#include "indicator/cover.h"
#include "indicator/density_fn.h"

#include <math.h>

#include "utils/array.h"
#include "utils/builtins.h"

#define NODES_MAX INT64CONST(1000000000000)

static void
look_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* One row (sector, pci, cost, eci_before, eci_target, eci_after, status). */
static void
put_step(FunctionCallInfo fcinfo, const int64 *sector, double pci, double cost, double before, double target, double after, const char *status)
{
	bool		nulls[7] = {sector == NULL};
	Datum		values[7] = {CodeGetDatum(sector == NULL ? 0 : *sector)};

	values[1] = indicator_float(pci, &nulls[1]);
	values[2] = indicator_float(cost, &nulls[2]);
	values[3] = indicator_float(before, &nulls[3]);
	values[4] = indicator_float(target, &nulls[4]);
	values[5] = indicator_float(after, &nulls[5]);
	values[6] = CStringGetTextDatum(status);
	indicator_put(fcinfo, values, nulls);
}

/* What each sector costs the region: the row of a given matrix (NaN where it has none), or its distance. */
static void
cost_row(FunctionCallInfo fcinfo, const MatrixView *m, const Presence *p, int row, int64 region, double *cost)
{
	if (PG_ARGISNULL(3))
	{
		DensityWeights w;
		double	   *weight = indicator_alloc(m->ncols, sizeof(double));

		weights_begin(m, p, NULL, 0, false, &w);
		for (int s = 0; s < m->ncols; s++)
		{
			double		total = 0,
						here = 0;

			CHECK_FOR_INTERRUPTS();
			weights_next(&w, s, weight);
			for (int t = 0; t < m->ncols; t++)
				total += weight[t];
			for (int64_t c = p->row_start[row]; c < p->row_start[row + 1]; c++)
				here += weight[p->col[c]];
			cost[s] = 1 - here / total;
		}
	}
	else
	{
		MatrixView	given;
		int			at;
		double	   *expanded;

		activity_matrix_view(PG_GETARG_DATUM(3), &given);
		at = code_position(given.rows, given.nrows, region);
		if (at < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cost does not list region \"%s\"", indicator_code_text(CODE_REGION, region)),
					 errhint("regions(cost) shows those that it lists; without a cost, distance is taken.")));
		expanded = indicator_alloc0(given.ncols, sizeof(double));
		for (int64 c = given.row_start[at]; c < given.row_start[at + 1]; c++)
			expanded[given.col[c]] = given.value[c];
		for (int s = 0; s < m->ncols; s++)
		{
			int			col = code_position(given.cols, given.ncols, m->cols[s]);

			cost[s] = col < 0 ? NAN : Max(expanded[col], 0);
			if (col >= 0 && isnan(expanded[col]))
				cost[s] = NAN;
		}
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_eci_optimization);

/*
 * eci_optimization(m, region, gain, cost, pci, presence, effort): the cheapest set of sectors that a region lacks whose addition raises the
 * mean complexity of its sectors by gain. With target T and n sectors of mean ECI: (sum of PCI present + chosen) / (n + chosen) >= T, that
 * is sum over chosen of (PCI - T) >= n (T - ECI): a cover. Only sectors above T can help.
 */
Datum
innocity_eci_optimization(PG_FUNCTION_ARGS)
{
	int64		region;
	double		gain;
	int64		nodes;
	MatrixView	m;
	Presence	p;
	int			row,
				n = 0,
				present = 0,
				added = 0;
	double	   *pci;
	double	   *cost;
	bool	   *has;
	CoverItem  *item;
	CoverStatus status;
	double		sum = 0,
				before,
				target,
				paid = 0,
				most = 0,
				bound;
	const char *told;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < 7; i++)
		if (i != 3 && i != 4 && PG_ARGISNULL(i))
			return (Datum) 0;
	region = PG_GETARG_CODE(1);
	gain = PG_GETARG_FLOAT8(2);
	nodes = PG_GETARG_INT64(6);
	if (isnan(gain) || isinf(gain))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("gain must be finite, not %g", gain),
				 errhint("It is added to the region's complexity, in standard deviations between regions; 0.1 is usual.")));
	if (nodes < 1 || nodes > NODES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("effort must be between 1 and 10^12, not %lld", (long long) nodes),
				 errhint("It is the number of nodes of a search; status tells whether they sufficed.")));
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(5), &m, &p);
	row = code_position(m.rows, m.nrows, region);
	if (row < 0)
		return (Datum) 0;
	if (PG_ARGISNULL(4))
	{
		Complexity	c;

		complexity_of(&p, false, &c);
		if (c.status != COMPLEXITY_OK || p.diversity[row] == 0)
		{
			put_step(fcinfo, NULL, NAN, NAN, NAN, NAN, NAN, complexity_status(&c, p.diversity[row] > 0, c.component[row]));
			return (Datum) 0;
		}
		pci = c.pci;
	}
	else
		pci = indicator_sector_numbers(PG_GETARG_ARRAYTYPE_P(4), "pci", &m);
	has = indicator_alloc0(m.ncols, sizeof(bool));
	for (int64_t c = p.row_start[row]; c < p.row_start[row + 1]; c++)
	{
		has[p.col[c]] = true;
		if (!isnan(pci[p.col[c]]))
		{
			sum += pci[p.col[c]];
			present++;
		}
	}
	if (present == 0)
	{
		put_step(fcinfo, NULL, NAN, NAN, NAN, NAN, NAN, "absent");
		return (Datum) 0;
	}
	before = sum / present;
	target = before + gain;
	cost = indicator_alloc(m.ncols, sizeof(double));
	cost_row(fcinfo, &m, &p, row, region, cost);
	item = indicator_alloc(m.ncols, sizeof(CoverItem));
	for (int s = 0; s < m.ncols; s++)
		if (!has[s] && !isnan(cost[s]) && pci[s] > target)
		{
			item[n] = (CoverItem) {cost[s], pci[s] - target, s, false};
			n++;
		}
	status = cover_solve(item, n, present * gain, nodes, look_for_interrupts, indicator_alloc(n + 1, sizeof(double)),
						 indicator_alloc(n + 1, sizeof(double)), indicator_alloc(n, sizeof(bool)), indicator_alloc(n, sizeof(bool)), &bound);
	if (status == COVER_INFEASIBLE)
	{
		/* the largest mean that can be had: the most complex sectors first, as long as they raise it */
		most = before;
		for (;;)
		{
			int			next = -1;

			CHECK_FOR_INTERRUPTS();
			for (int s = 0; s < m.ncols; s++)
				if (!has[s] && !isnan(cost[s]) && pci[s] > most && (next < 0 || pci[s] > pci[next]))
					next = s;
			if (next < 0)
				break;
			has[next] = true;
			sum += pci[next];
			most = sum / ++present;
		}
		put_step(fcinfo, NULL, NAN, NAN, before, target, NAN, psprintf("infeasible: at most %.6g", most));
		return (Datum) 0;
	}
	for (int k = 0; k < n; k++)
		if (item[k].chosen)
		{
			sum += pci[item[k].id];
			paid += item[k].cost;
			added++;
		}
	told = status == COVER_OPTIMAL ? "optimal" : psprintf("not proven: costs %.6g, at least %.6g are needed", paid, bound);
	if (added == 0)
		put_step(fcinfo, NULL, NAN, NAN, before, target, before, "reached");
	for (int k = 0; k < n; k++)
		if (item[k].chosen)
			put_step(fcinfo, &m.cols[item[k].id], pci[item[k].id], item[k].cost, before, target, sum / (present + added), told);
	return (Datum) 0;
}

typedef enum PathStrategy
{
	PATH_GREEDY,				/* the most related, in parts of its neighbours */
	PATH_MAJORITY,				/* the most neighbours present */
	PATH_HIGH_DEGREE,			/* the most neighbours at all */
	PATH_LOW_DEGREE				/* the fewest */
} PathStrategy;

static PathStrategy
strategy_argument(text *argument)
{
	static const char *const name[] = {"greedy", "majority", "high_degree", "low_degree"};
	char	   *strategy = text_to_cstring(argument);

	for (int k = 0; k < lengthof(name); k++)
		if (strcmp(strategy, name[k]) == 0)
			return (PathStrategy) k;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized strategy: \"%s\"", strategy),
			 errhint("Use 'greedy', 'majority', 'high_degree' or 'low_degree'.")));
	return PATH_GREEDY;
}

/* Is sector a, of degree k with n neighbours present, a better next step than b? Fractions are compared as products of whole numbers. */
static bool
better_step(PathStrategy strategy, int64 n, int64 k, int64 best_n, int64 best_k)
{
	switch (strategy)
	{
		case PATH_GREEDY:
			return n * best_k > best_n * k;
		case PATH_MAJORITY:
			return n > best_n;
		case PATH_HIGH_DEGREE:
			return k > best_k;
		default:
			return k < best_k;
	}
}

static double
positive_argument(FunctionCallInfo fcinfo, int number, const char *name)
{
	double		x = PG_GETARG_FLOAT8(number);

	if (!(x > 0) || isinf(x))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be positive and finite, not %g", name, x),
				 errhint("The yearly probability of an entry is base times (present neighbours / neighbours) to the power exponent.")));
	return x;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_diversification_path);

/*
 * diversification_path(m, region, strategy, r, threshold, base, exponent, presence): Alshamsi, Pinheiro and Hidalgo (2018). Sectors are
 * neighbours when related by at least the threshold; the region enters one after the other, each with at least one neighbour present, and
 * waits 1 / p for it, p = base (present neighbours / neighbours)^exponent. Ties: the smaller code.
 */
Datum
innocity_diversification_path(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	PathStrategy strategy;
	Datum		relatedness;
	double		threshold,
				base,
				exponent,
				total = 0;
	int			n,
				row;
	double	   *weight;
	char	   *neighbour;
	int		   *degree,
			   *near;			/* neighbours of each sector, and those present */
	bool	   *has;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < 8; i++)
		if (i != 3 && PG_ARGISNULL(i))
			return (Datum) 0;
	strategy = strategy_argument(PG_GETARG_TEXT_PP(2));
	threshold = positive_argument(fcinfo, 4, "threshold");
	base = positive_argument(fcinfo, 5, "base");
	exponent = positive_argument(fcinfo, 6, "exponent");
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(7), &m, &p);
	n = m.ncols;
	row = code_position(m.rows, m.nrows, PG_GETARG_CODE(1));
	if (row < 0)
		return (Datum) 0;
	indicator_check_cells(n, n);
	relatedness = PG_ARGISNULL(3) ? (Datum) 0 : PG_GETARG_DATUM(3);
	weights_begin(&m, &p, PG_ARGISNULL(3) ? NULL : &relatedness, 0, false, &w);
	weight = indicator_alloc(n, sizeof(double));
	neighbour = indicator_alloc0((size_t) n * n, 1);
	degree = indicator_alloc0(n, sizeof(int));
	near = indicator_alloc0(n, sizeof(int));
	has = indicator_alloc0(n, sizeof(bool));
	for (int64_t c = p.row_start[row]; c < p.row_start[row + 1]; c++)
		has[p.col[c]] = true;
	for (int s = 0; s < n; s++)
	{
		CHECK_FOR_INTERRUPTS();
		weights_next(&w, s, weight);
		for (int t = 0; t < n; t++)
			if (t != s && weight[t] >= threshold)
			{
				neighbour[(size_t) s * n + t] = 1;
				degree[s]++;
				near[s] += has[t];
			}
	}
	for (int step = 1;; step++)
	{
		int			next = -1;
		double		share,
					time;
		bool		nulls[6] = {false};
		Datum		values[6];

		CHECK_FOR_INTERRUPTS();
		for (int s = 0; s < n; s++)
			if (!has[s] && near[s] > 0 && (next < 0 || better_step(strategy, near[s], degree[s], near[next], degree[next])))
				next = s;
		if (next < 0)
			break;
		share = (double) near[next] / degree[next];
		time = 1 / (base * pow(share, exponent));
		total += time;
		values[0] = Int32GetDatum(step);
		values[1] = CodeGetDatum(m.cols[next]);
		values[2] = Int32GetDatum(degree[next]);
		values[3] = Float8GetDatum(share);
		values[4] = indicator_float(time, &nulls[4]);
		values[5] = indicator_float(total, &nulls[5]);
		indicator_put(fcinfo, values, nulls);
		has[next] = true;
		for (int s = 0; s < n; s++)
			near[s] += neighbour[(size_t) s * n + next];
	}
	return (Datum) 0;
}
