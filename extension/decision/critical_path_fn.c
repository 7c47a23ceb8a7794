/*
 * critical_path_fn.c
 *	  critical_path(tasks, links, constraints): the SQL face of the critical path method.
 */
#include "base/compat.h"

#include "funcapi.h"

#include "decision/roadmap_args.h"

PG_FUNCTION_INFO_V1(innocity_critical_path);

/*
 * critical_path(tasks roadmap_task[], links roadmap_link[], constraints roadmap_constraint[])
 *
 * One row a task, in byte order of the tasks: early and late dates, total and free float in the unit of the durations; critical when
 * the total float is zero or, behind a deadline, negative. No tasks: no rows.
 */
Datum
innocity_critical_path(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	RoadmapTasks names;
	RoadmapNetwork network;
	RoadmapDates dates;

	InitMaterializedSRF(fcinfo, 0);
	roadmap_read(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), PG_GETARG_ARRAYTYPE_P(2), true,
				 &names, &network);
	dates.early_start = palloc(sizeof(int64_t) * Max(names.n, 1));
	dates.late_start = palloc(sizeof(int64_t) * Max(names.n, 1));
	dates.free_float = palloc(sizeof(int64_t) * Max(names.n, 1));
	critical_path_compute(&network, &dates);

	for (int i = 0; i < names.n; i++)
	{
		Datum		values[8];
		bool		nulls[8] = {false};
		int64_t		total_float = dates.late_start[i] - dates.early_start[i];

		roadmap_interrupt();
		values[0] = roadmap_task_datum(&names, i);
		values[1] = Float8GetDatum(roadmap_units(dates.early_start[i]));
		values[2] = Float8GetDatum(roadmap_units(dates.early_start[i] + network.duration[i]));
		values[3] = Float8GetDatum(roadmap_units(dates.late_start[i]));
		values[4] = Float8GetDatum(roadmap_units(dates.late_start[i] + network.duration[i]));
		values[5] = Float8GetDatum(roadmap_units(total_float));
		values[6] = Float8GetDatum(roadmap_units(dates.free_float[i]));
		values[7] = BoolGetDatum(total_float <= 0);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
