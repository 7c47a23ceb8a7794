/*
 * roadmap_simulation_fn.c
 *	  simulate_roadmap(estimates, links, samples, seed): the SQL face of the Monte Carlo simulation.
 */
#include "base/compat.h"

#include "funcapi.h"

#include "decision/roadmap_args.h"
#include "decision/roadmap_simulation.h"

/* Finish dates that one call may hold: half a gigabyte. */
#define DRAWS_MAX	(INT64_C(512) * 1024 * 1024 / (int64_t) sizeof(int64_t))

/* Attributes of roadmap_estimate, in the order of roadmap.sql. */
enum
{
	ESTIMATE_TASK,
	ESTIMATE_OPTIMISTIC,
	ESTIMATE_LIKELY,
	ESTIMATE_PESSIMISTIC,
	ESTIMATE_NATTS
};

PG_FUNCTION_INFO_V1(innocity_simulate_roadmap);

static RoadmapEstimate *
read_estimates(ArrayType *array, const RoadmapTasks *names)
{
	RoadmapEstimate *estimates = palloc(sizeof(RoadmapEstimate) * Max(names->n, 1));
	RowArray	rows;

	row_array_open(&rows, array, "estimates", ESTIMATE_NATTS);
	for (int i = 0; i < rows.nrows; i++)
	{
		RoadmapEstimate *estimate;

		row_array_fetch(&rows, i);
		estimate = &estimates[roadmap_task_number(names, &rows, ESTIMATE_TASK)];
		for (int attribute = ESTIMATE_OPTIMISTIC; attribute <= ESTIMATE_PESSIMISTIC; attribute++)
			if (row_array_is_null(&rows, attribute))
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("an estimate needs three durations"),
						 errdetail("%s is null in %s.",
								   NameStr(TupleDescAttr(rows.desc, attribute)->attname), row_array_place(&rows)),
						 errhint("Give the same number three times for a duration that is certain.")));
		estimate->optimistic = roadmap_ticks(&rows, ESTIMATE_OPTIMISTIC, 0);
		estimate->likely = roadmap_ticks(&rows, ESTIMATE_LIKELY, 0);
		estimate->pessimistic = roadmap_ticks(&rows, ESTIMATE_PESSIMISTIC, 0);
		if (estimate->optimistic > estimate->likely || estimate->likely > estimate->pessimistic)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("durations of an estimate must not decrease from optimistic to pessimistic"),
					 errdetail("They are %g, %g, %g in %s.",
							   roadmap_units(estimate->optimistic), roadmap_units(estimate->likely),
							   roadmap_units(estimate->pessimistic), row_array_place(&rows))));
	}
	return estimates;
}

static int
tick_cmp(const void *a, const void *b)
{
	int64_t		x = *(const int64_t *) a;
	int64_t		y = *(const int64_t *) b;

	return (x > y) - (x < y);
}

/* The smallest value that at least percent of the sorted draws do not pass. */
static Datum
percentile(const int64_t *draws, int samples, int percent)
{
	int64_t		rank = ((int64_t) samples * percent + 99) / 100;

	return Float8GetDatum(roadmap_units(draws[rank - 1]));
}

/*
 * simulate_roadmap(estimates roadmap_estimate[], links roadmap_link[], samples int, seed bigint)
 *
 * One row a task, in byte order, then the project's with task NULL: mean and percentiles of the finish; criticality = share of draws
 * in which the task was critical (1 for the project). No estimates: no rows.
 */
Datum
innocity_simulate_roadmap(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int			samples = PG_GETARG_INT32(2);
	RoadmapTasks names;
	RoadmapNetwork network;
	RoadmapEstimate *estimates;
	int64_t    *finish;
	int64_t    *critical;

	if (samples < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("samples must be at least 1, not %d", samples),
				 errhint("A thousand give quantiles within some per cent.")));
	InitMaterializedSRF(fcinfo, 0);
	roadmap_read(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), NULL, false, &names, &network);
	if (names.n == 0)
		return (Datum) 0;
	if ((int64_t) samples * (names.n + 1) > DRAWS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many samples: %d", samples),
				 errdetail("At most %lld fit for the number of tasks, %d.",
						   (long long) (DRAWS_MAX / (names.n + 1)), names.n)));
	estimates = read_estimates(PG_GETARG_ARRAYTYPE_P(0), &names);
	finish = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int64_t) * samples * (names.n + 1));
	critical = palloc(sizeof(int64_t) * names.n);
	roadmap_simulate(&network, estimates, samples, (uint64_t) PG_GETARG_INT64(3), roadmap_interrupt,
					 palloc(sizeof(int64_t) * names.n), palloc(sizeof(int64_t) * names.n),
					 palloc(sizeof(int64_t) * names.n), finish, critical);

	for (int i = 0; i <= names.n; i++)
	{
		int64_t    *draws = finish + (int64_t) i * samples;
		bool		project = i == names.n;
		Datum		values[6];
		bool		nulls[6] = {project};
		__int128	sum = 0;

		roadmap_interrupt();
		for (int s = 0; s < samples; s++)
			sum += draws[s];
		qsort(draws, samples, sizeof(int64_t), tick_cmp);
		values[0] = project ? (Datum) 0 : roadmap_task_datum(&names, i);
		values[1] = Float8GetDatum((double) sum / samples / ROADMAP_TICKS_PER_UNIT);
		values[2] = percentile(draws, samples, 50);
		values[3] = percentile(draws, samples, 80);
		values[4] = percentile(draws, samples, 95);
		values[5] = Float8GetDatum(project ? 1.0 : (double) critical[i] / samples);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
