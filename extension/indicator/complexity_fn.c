/*
 * complexity_fn.c
 *	  SQL face of complexity, fitness and reflections.
 */
#include "indicator/complexity_fn.h"

#include <math.h>

#include "utils/builtins.h"

static void
look_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

void
complexity_of(const Presence *p, bool own_scale, Complexity *c)
{
	int		   *link = indicator_alloc(p->nrows + p->ncols, sizeof(int));
	double	   *scratch = indicator_room(complexity_scratch(p), sizeof(double));

	c->component = indicator_alloc(p->nrows, sizeof(int));
	c->eci = indicator_alloc(p->nrows, sizeof(double));
	c->pci = indicator_alloc(p->ncols, sizeof(double));
	complexity_solve(p, own_scale, look_for_interrupts, link, scratch, c);
}

char *
complexity_status(const Complexity *c, bool present, int component)
{
	if (!present)
		return "absent";
	switch (c->status)
	{
		case COMPLEXITY_OK:
			return "ok";
		case COMPLEXITY_EMPTY:
			return "absent";
		case COMPLEXITY_DISCONNECTED:
			return component > 0 ? psprintf("disconnected: component %d of %d", component, c->components)
				: psprintf("disconnected: %d components", c->components);
		default:
			return psprintf("degenerate: eigenvalues %.3g and %.3g", c->second, c->third);
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_economic_complexity);

Datum
innocity_economic_complexity(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	Complexity	c;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(1), &m, &p);
	complexity_of(&p, false, &c);
	for (int i = 0; i < m.nrows; i++)
	{
		bool		nulls[4] = {false, false, false, false};
		Datum		values[4] = {
			CodeGetDatum(m.rows[i]),
			indicator_float(c.eci[i], &nulls[1]),
			Int32GetDatum(p.diversity[i]),
			CStringGetTextDatum(complexity_status(&c, p.diversity[i] > 0, c.component[i]))
		};

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sector_complexity);

/* sector_complexity(m, presence, own_scale) */
Datum
innocity_sector_complexity(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	Complexity	c;
	int		   *component;

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(1), &m, &p);
	complexity_of(&p, PG_GETARG_BOOL(2), &c);
	/* A sector is in the component of any region that has it. */
	component = indicator_alloc0(m.ncols, sizeof(int));
	for (int i = 0; i < p.nrows; i++)
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			component[p.col[k]] = c.component[i];
	for (int j = 0; j < m.ncols; j++)
	{
		bool		nulls[4] = {false, false, false, false};
		Datum		values[4] = {
			CodeGetDatum(m.cols[j]),
			indicator_float(c.pci[j], &nulls[1]),
			Int32GetDatum(p.ubiquity[j]),
			CStringGetTextDatum(complexity_status(&c, p.ubiquity[j] > 0, component[j]))
		};

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_complexity_summary);

/* complexity_summary(m, presence): how far the complexity of this table can be trusted, in one row. */
Datum
innocity_complexity_summary(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	Complexity	c;
	int			regions = 0,
				sectors = 0;
	bool		nulls[7] = {false, false, false, false, false, false, false};
	Datum		values[7];

	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(1), &m, &p);
	complexity_of(&p, false, &c);
	for (int i = 0; i < p.nrows; i++)
		regions += p.diversity[i] > 0;
	for (int j = 0; j < p.ncols; j++)
		sectors += p.ubiquity[j] > 0;
	values[0] = Int32GetDatum(regions);
	values[1] = Int32GetDatum(sectors);
	values[2] = Int32GetDatum(c.components);
	values[3] = indicator_float(c.second, &nulls[3]);
	values[4] = indicator_float(c.third, &nulls[4]);
	values[5] = indicator_float(c.correlation, &nulls[5]);
	values[6] = CStringGetTextDatum(complexity_status(&c, regions > 0, 0));
	indicator_put(fcinfo, values, nulls);
	return (Datum) 0;
}

/* Both sides of fitness, one of them put out as (code, fitness, steps, status). */
static Datum
fitness_rows(FunctionCallInfo fcinfo, bool of_regions)
{
	int			iterations = PG_GETARG_INT32(1);
	double		tolerance = PG_GETARG_FLOAT8(2);
	MatrixView	m;
	Presence	p;
	double	   *fitness,
			   *quality;
	double		change;
	int			steps;
	char	   *status;

	if (iterations < 1 || iterations > 1000000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("iterations must be between 1 and 1000000, not %d", iterations),
				 errhint("1000 are usual; status tells whether they sufficed.")));
	if (!(tolerance >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tolerance must not be negative: %g", tolerance),
				 errhint("It bounds the relative change of every region's fitness in the last step; 0 runs all iterations.")));
	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(3), &m, &p);
	fitness = indicator_alloc(2 * (size_t) m.nrows, sizeof(double));
	quality = indicator_alloc(2 * (size_t) m.ncols, sizeof(double));
	steps = fitness_solve(&p, iterations, tolerance, look_for_interrupts, fitness, quality, &change);
	status = change <= tolerance ? "ok" : psprintf("not converged: change %.3g in the last step", change);
	for (int i = 0; i < (of_regions ? m.nrows : m.ncols); i++)
	{
		bool		nulls[4] = {false, false, false, false};
		Datum		values[4] = {
			CodeGetDatum(of_regions ? m.rows[i] : m.cols[i]),
			indicator_float(of_regions ? fitness[i] : quality[i], &nulls[1]),
			Int32GetDatum(steps),
			CStringGetTextDatum((of_regions ? p.diversity[i] : p.ubiquity[i]) > 0 ? status : "absent")
		};

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_region_fitness);

Datum
innocity_region_fitness(PG_FUNCTION_ARGS)
{
	return fitness_rows(fcinfo, true);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sector_fitness);

Datum
innocity_sector_fitness(PG_FUNCTION_ARGS)
{
	return fitness_rows(fcinfo, false);
}

/* Presence with sectors as rows and regions as columns. */
static void
presence_mirror(const Presence *p, Presence *mirror)
{
	int64_t    *next = indicator_alloc(p->ncols, sizeof(int64_t));

	mirror->nrows = p->ncols;
	mirror->ncols = p->nrows;
	mirror->diversity = p->ubiquity;
	mirror->ubiquity = p->diversity;
	mirror->row_start = indicator_alloc0(p->ncols + 1, sizeof(int64_t));
	mirror->col = indicator_alloc(p->row_start[p->nrows], sizeof(int32_t));
	for (int j = 0; j < p->ncols; j++)
		mirror->row_start[j + 1] = mirror->row_start[j] + p->ubiquity[j];
	memcpy(next, mirror->row_start, sizeof(int64_t) * p->ncols);
	for (int i = 0; i < p->nrows; i++)
		for (int64_t c = p->row_start[i]; c < p->row_start[i + 1]; c++)
			mirror->col[next[p->col[c]]++] = i;
}

/* Rows (code, value, standardized) of the reflections of regions, or of sectors. */
static Datum
reflections_rows(FunctionCallInfo fcinfo, bool of_regions)
{
	int			steps = PG_GETARG_INT32(1);
	MatrixView	m;
	Presence	p;
	double		mean;
	double	   *deviation;
	double	   *others;
	double		centre = 0,
				squares = 0;
	int			active = 0;
	int			exponent;

	if (steps < 0 || steps > 10000)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("steps must be between 0 and 10000, not %d", steps),
				 errhint("0 is the %s; an even number of about 20 orders %s as complexity does.", of_regions ? "diversity" : "ubiquity",
						 of_regions ? "regions" : "sectors, with the opposite sign,")));
	InitMaterializedSRF(fcinfo, 0);
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(2), &m, &p);
	if (!of_regions)
	{
		Presence	mirror;

		presence_mirror(&p, &mirror);
		p = mirror;
	}
	deviation = indicator_alloc(p.nrows, sizeof(double));
	others = indicator_alloc(p.ncols, sizeof(double));
	exponent = reflections_solve(&p, steps, look_for_interrupts, &mean, deviation, others);
	for (int i = 0; i < p.nrows; i++)
		if (p.diversity[i] > 0)
		{
			centre += deviation[i];
			active++;
		}
	centre /= active;
	for (int i = 0; i < p.nrows; i++)
		if (p.diversity[i] > 0)
			squares += (deviation[i] - centre) * (deviation[i] - centre);
	for (int i = 0; i < p.nrows; i++)
	{
		bool		nulls[3] = {false, false, false};
		double		spread = sqrt(squares / active);
		Datum		values[3] = {
			CodeGetDatum(of_regions ? m.rows[i] : m.cols[i]),
			indicator_float(mean + ldexp(deviation[i], exponent), &nulls[1]),
			indicator_float(spread > 0 ? (deviation[i] - centre) / spread : NAN, &nulls[2])
		};

		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_reflections);

/* reflections(m, steps, presence) */
Datum
innocity_reflections(PG_FUNCTION_ARGS)
{
	return reflections_rows(fcinfo, true);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sector_reflections);

/* sector_reflections(m, steps, presence) */
Datum
innocity_sector_reflections(PG_FUNCTION_ARGS)
{
	return reflections_rows(fcinfo, false);
}
