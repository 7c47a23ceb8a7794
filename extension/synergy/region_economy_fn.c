/*
 * region_economy_fn.c
 *	  SQL face of the economies of regions (see region_economy.h): their sectors as rows, and as the matrices and profiles of the score.
 */
#include "indicator/indicator_fn.h"

#include "utils/memutils.h"

#include "synergy/region_economy.h"

/* Both matrices of the arguments, and one region of them at a time. */
typedef struct Economies
{
	MatrixView	m;
	Quotient	q;
	Presence	presence;
	const int64 *sector;		/* q.m.ncols codes */
	RegionEconomy region;
} Economies;

static void
economies_open(FunctionCallInfo fcinfo, Economies *e)
{
	MatrixView	reference;

	indicator_matrix(PG_GETARG_DATUM(0), INDICATOR_QUANTITY, &e->m);
	if (!PG_ARGISNULL(1))
		indicator_matrix(PG_GETARG_DATUM(1), INDICATOR_QUANTITY, &reference);
	indicator_quotient(&e->m, PG_ARGISNULL(1) ? NULL : &reference, &e->q, &e->sector);
	presence_from_quotient(&e->q, quotient_threshold(1), false, &e->presence);
	e->region.value = indicator_alloc(e->q.m.ncols, sizeof(double));
	e->region.quotient = indicator_alloc(e->q.m.ncols, sizeof(double));
	e->region.present = indicator_alloc(e->q.m.ncols, sizeof(bool));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_region_sectors);

/* region_sectors(m, reference) */
Datum
innocity_region_sectors(PG_FUNCTION_ARGS)
{
	enum { REGION, SECTOR, VALUE, QUOTIENT, PRESENT, NATTS };
	Economies	e;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	economies_open(fcinfo, &e);
	for (int i = 0; i < e.m.nrows; i++)
	{
		region_economy(&e.q, &e.presence, i, &e.region);
		for (int j = 0; j < e.q.m.ncols; j++)
		{
			Datum		values[NATTS];
			bool		nulls[NATTS] = {false};

			CHECK_FOR_INTERRUPTS();
			values[REGION] = Int64GetDatum(e.m.rows[i]);
			values[SECTOR] = Int64GetDatum(e.sector[j]);
			values[VALUE] = Float8GetDatum(e.region.value[j]);
			values[QUOTIENT] = indicator_float(e.region.quotient[j], &nulls[QUOTIENT]);
			values[PRESENT] = BoolGetDatum(e.region.present[j]);
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}

/* A route of the arguments, and where its columns lie among the sectors. */
typedef struct Route
{
	bool		known;
	MatrixView	m;
	SparseRows	rows;
	int		   *column;
	double	   *supply;
	int64	   *code;
	double	   *weight;
} Route;

static void
route_open(FunctionCallInfo fcinfo, int argument, const Economies *e, Route *r)
{
	r->known = !PG_ARGISNULL(argument);
	if (!r->known)
		return;
	indicator_sector_matrix(PG_GETARG_DATUM(argument), &r->m);
	for (int64 k = 0; k < r->m.ncells; k++)
		if (!(r->m.value[k] >= 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("shares of a route must not be negative or null"),
					 errdetail("Argument %d has a cell of %g.", argument + 1, r->m.value[k]),
					 errhint("row_shares(r) makes shares of a table of flows.")));
	r->rows = sparse_rows(&r->m);
	r->column = indicator_alloc(r->m.ncols, sizeof(int));
	for (int j = 0; j < r->m.ncols; j++)
		r->column[j] = code_position(e->sector, e->q.m.ncols, r->m.cols[j]);
	r->supply = indicator_alloc(r->m.nrows, sizeof(double));
	r->code = indicator_alloc(r->m.nrows, sizeof(int64));
	r->weight = indicator_alloc(r->m.nrows, sizeof(double));
}

static Datum
supply_datum(Route *r, const RegionEconomy *region, bool *isnull)
{
	ProfileView p = {.n = 0, .codes = r->code, .weights = r->weight};

	*isnull = !r->known;
	if (!r->known)
		return (Datum) 0;
	region_supply(&r->rows, r->column, region, r->supply);
	for (int i = 0; i < r->m.nrows; i++)
		if (!isnan(r->supply[i]))
		{
			r->code[p.n] = r->m.rows[i];
			r->weight[p.n++] = r->supply[i];
		}
	return sector_profile_build(&p);
}

static Datum
present_datum(const Economies *e, int64 *code, double *weight)
{
	ProfileView p = {.n = 0, .codes = code, .weights = weight};

	for (int j = 0; j < e->q.m.ncols; j++)
		if (e->region.present[j])
		{
			code[p.n] = e->sector[j];
			weight[p.n++] = 1;
		}
	return sector_profile_build(&p);
}

/* The diagonal matrix of q / (1 + q); code and weight are its memory, with row_start and col of a diagonal. */
static Datum
localization_datum(const Economies *e, int64 *code, double *weight, const int64 *row_start, const int32 *col)
{
	MatrixView	m = {.kind = MATRIX_QUANTITY, .rows = code, .cols = code, .row_start = row_start, .col = col, .value = weight};
	int			n = 0;

	for (int j = 0; j < e->q.m.ncols; j++)
		if (e->region.quotient[j] > 0)
		{
			code[n] = e->sector[j];
			weight[n++] = e->region.quotient[j] / (1 + e->region.quotient[j]);
		}
	m.nrows = m.ncols = n;
	m.ncells = n;
	return sector_matrix_build(&m);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_region_economies);

/* region_economies(m, reference, supply_route, staff_route) */
Datum
innocity_region_economies(PG_FUNCTION_ARGS)
{
	enum { REGION, ACTIVITY, LOCALIZATION, PRESENT, SUPPLY, STAFF, NATTS };
	Economies	e;
	Route		supply,
				staff;
	int64	   *code,
			   *row_start;
	int32	   *col;
	double	   *weight;
	MemoryContext scratch;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	economies_open(fcinfo, &e);
	route_open(fcinfo, 2, &e, &supply);
	route_open(fcinfo, 3, &e, &staff);
	code = indicator_alloc(e.q.m.ncols, sizeof(int64));
	weight = indicator_alloc(e.q.m.ncols, sizeof(double));
	row_start = indicator_alloc(e.q.m.ncols + 1, sizeof(int64));
	col = indicator_alloc(e.q.m.ncols, sizeof(int32));
	for (int j = 0; j < e.q.m.ncols; j++)
		row_start[j] = col[j] = j;
	row_start[e.q.m.ncols] = e.q.m.ncols;
	scratch = AllocSetContextCreate(CurrentMemoryContext, "innocity region economy", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < e.m.nrows; i++)
	{
		Datum		values[NATTS];
		bool		nulls[NATTS] = {false};
		MemoryContext outer;

		CHECK_FOR_INTERRUPTS();
		region_economy(&e.q, &e.presence, i, &e.region);
		outer = MemoryContextSwitchTo(scratch);
		values[REGION] = Int64GetDatum(e.m.rows[i]);
		values[ACTIVITY] = indicator_float(e.region.activity, &nulls[ACTIVITY]);
		values[LOCALIZATION] = localization_datum(&e, code, weight, row_start, col);
		values[PRESENT] = present_datum(&e, code, weight);
		values[SUPPLY] = supply_datum(&supply, &e.region, &nulls[SUPPLY]);
		values[STAFF] = supply_datum(&staff, &e.region, &nulls[STAFF]);
		indicator_put(fcinfo, values, nulls);
		MemoryContextSwitchTo(outer);
		MemoryContextReset(scratch);
	}
	MemoryContextDelete(scratch);
	return (Datum) 0;
}
