/*
 * schedule_fn.c
 *	  schedule(tasks, links, demands, capacities, effort, seed, constraints): the SQL face of scheduling under capacities.
 */
#include "base/compat.h"

#include "funcapi.h"

#include "decision/roadmap_args.h"
#include "decision/schedule.h"

/* Attributes of the composite types, in the order of roadmap.sql. */
enum
{
	DEMAND_TASK,
	DEMAND_DEPARTMENT,
	DEMAND_AMOUNT,
	DEMAND_NATTS
};
enum
{
	CAPACITY_DEPARTMENT,
	CAPACITY_AMOUNT,
	CAPACITY_NATTS
};

typedef struct Department
{
	TextId		id;
	int64_t		capacity;
	int			row;
} Department;

PG_FUNCTION_INFO_V1(innocity_schedule);

static int
department_cmp(const void *a, const void *b)
{
	return text_id_cmp(((const Department *) a)->id, ((const Department *) b)->id);
}

static int
demand_cmp(const void *a, const void *b)
{
	const ScheduleDemand *x = a;
	const ScheduleDemand *y = b;

	if (x->task != y->task)
		return x->task < y->task ? -1 : 1;
	return (x->department > y->department) - (x->department < y->department);
}

/* Departments sorted by identifier; a capacity of NULL is no limit. */
static Department *
read_capacities(ArrayType *array, int *ndepartments)
{
	RowArray	rows;
	Department *departments;

	row_array_open(&rows, array, "capacities", CAPACITY_NATTS);
	departments = palloc(sizeof(Department) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		row_array_fetch(&rows, i);
		departments[i].id = row_array_id(&rows, CAPACITY_DEPARTMENT);
		departments[i].row = i;
		departments[i].capacity = row_array_is_null(&rows, CAPACITY_AMOUNT) ? INT64_MAX :
			roadmap_ticks(&rows, CAPACITY_AMOUNT, 0);
	}
	qsort(departments, rows.nrows, sizeof(Department), department_cmp);
	for (int i = 1; i < rows.nrows; i++)
		if (text_id_cmp(departments[i - 1].id, departments[i].id) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("department \"%s\" is given more than once", text_id_cstring(departments[i].id)),
					 errdetail("Elements %d and %d of argument \"%s\" are the same department.",
							   Min(departments[i - 1].row, departments[i].row) + 1,
							   Max(departments[i - 1].row, departments[i].row) + 1, rows.argument)));
	*ndepartments = rows.nrows;
	return departments;
}

/* Demands on departments without a limit, and demands of nothing, constrain nothing and are left out. */
static ScheduleDemand *
read_demands(ArrayType *array, const RoadmapTasks *names, const Department *departments, int ndepartments, int *ndemands)
{
	RowArray	rows;
	ScheduleDemand *demands;
	TextId	   *ids = palloc(sizeof(TextId) * Max(ndepartments, 1));
	int			n = 0;

	for (int i = 0; i < ndepartments; i++)
		ids[i] = departments[i].id;
	row_array_open(&rows, array, "demands", DEMAND_NATTS);
	demands = palloc(sizeof(ScheduleDemand) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		ScheduleDemand *demand = &demands[n];
		TextId		department;

		row_array_fetch(&rows, i);
		demand->task = roadmap_task_number(names, &rows, DEMAND_TASK);
		department = row_array_id(&rows, DEMAND_DEPARTMENT);
		demand->department = text_id_position(ids, ndepartments, department);
		demand->amount = roadmap_ticks(&rows, DEMAND_AMOUNT, 0);
		if (demand->department < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("department \"%s\" has no capacity", text_id_cstring(department)),
					 errdetail("It is demanded by %s.", row_array_place(&rows)),
					 errhint("Give it a row among the capacities; an amount of null is no limit.")));
		if (demand->amount > departments[demand->department].capacity)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("task \"%s\" demands more of department \"%s\" than it has",
							text_id_cstring(names->ids[demand->task]), text_id_cstring(department)),
					 errdetail("The demand is %g, the capacity %g.", roadmap_units(demand->amount),
							   roadmap_units(departments[demand->department].capacity))));
		if (demand->amount > 0 && departments[demand->department].capacity != INT64_MAX)
			n++;
	}
	qsort(demands, n, sizeof(ScheduleDemand), demand_cmp);
	for (int i = 1; i < n; i++)
		if (demand_cmp(&demands[i - 1], &demands[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("task \"%s\" demands department \"%s\" more than once",
							text_id_cstring(names->ids[demands[i].task]),
							text_id_cstring(departments[demands[i].department].id)),
					 errhint("Add the amounts up, or split the task.")));
	*ndemands = n;
	return demands;
}

/* Profiles with room for the breakpoints of all their demands. */
static ResourceProfile *
make_profiles(const Department *departments, int ndepartments, const ScheduleDemand *demands, int ndemands)
{
	ResourceProfile *profiles = palloc0(sizeof(ResourceProfile) * Max(ndepartments, 1));
	int		   *count = palloc0(sizeof(int) * Max(ndepartments, 1));

	for (int d = 0; d < ndemands; d++)
		count[demands[d].department]++;
	for (int i = 0; i < ndepartments; i++)
	{
		profiles[i].capacity = departments[i].capacity;
		profiles[i].nodes = palloc_extended(sizeof(ProfileNode) * (2 + 2 * (Size) count[i]), MCXT_ALLOC_HUGE);
	}
	return profiles;
}

/*
 * schedule(tasks roadmap_task[], links roadmap_link[], demands roadmap_demand[], capacities roadmap_capacity[],
 *			effort bigint, seed bigint, constraints roadmap_constraint[])
 *
 * One row a task, in byte order: start and finish; then, the same on every row, the project's finish, a bound that no schedule can
 * go below, and the gap (finish - bound) / bound. No tasks: no rows.
 */
Datum
innocity_schedule(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	int64_t		effort = PG_GETARG_INT64(4);
	RoadmapTasks names;
	RoadmapNetwork network;
	Department *departments;
	ScheduleDemand *demands;
	int32_t    *demand_start;
	ScheduleProblem problem;
	ScheduleScratch scratch;
	ScheduleResult result;
	int			n;

	if (effort < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("effort must not be negative: %lld", (long long) effort),
				 errhint("Effort counts how often a task is placed; one schedule is always built.")));
	InitMaterializedSRF(fcinfo, 0);
	roadmap_read(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1), PG_GETARG_ARRAYTYPE_P(6), true, &names, &network);
	n = Max(names.n, 1);
	departments = read_capacities(PG_GETARG_ARRAYTYPE_P(3), &problem.ndepartments);
	demands = read_demands(PG_GETARG_ARRAYTYPE_P(2), &names, departments, problem.ndepartments, &problem.ndemands);
	demand_start = palloc(sizeof(int32_t) * (names.n + 1));
	for (int task = 0, d = 0; task <= names.n; task++)
	{
		while (d < problem.ndemands && demands[d].task < task)
			d++;
		demand_start[task] = d;
	}
	problem.network = &network;
	problem.profiles = make_profiles(departments, problem.ndepartments, demands, problem.ndemands);
	problem.demands = demands;
	problem.demand_start = demand_start;

	scratch.start = palloc(sizeof(int64_t) * n);
	scratch.trial = palloc(sizeof(int64_t) * n);
	scratch.priority = palloc(sizeof(int64_t) * n);
	scratch.late_finish = palloc(sizeof(int64_t) * n);
	scratch.waiting = palloc(sizeof(int32_t) * n);
	scratch.heap = palloc(sizeof(int32_t) * n);
	scratch.reversed = palloc(sizeof(RoadmapLink) * Max(network.nlinks, 1));
	scratch.reversed_start = palloc(sizeof(int32_t) * (n + 1));
	scratch.work = palloc(sizeof(ScheduleWork) * Max(problem.ndepartments, 1));
	result.start = palloc(sizeof(int64_t) * n);
	schedule_solve(&problem, effort, (uint64_t) PG_GETARG_INT64(5), roadmap_interrupt, &scratch, &result);

	for (int i = 0; i < names.n; i++)
	{
		Datum		values[6];
		bool		nulls[6] = {false};

		roadmap_interrupt();
		values[0] = roadmap_task_datum(&names, i);
		values[1] = Float8GetDatum(roadmap_units(result.start[i]));
		values[2] = Float8GetDatum(roadmap_units(result.start[i] + network.duration[i]));
		values[3] = Float8GetDatum(roadmap_units(result.finish));
		values[4] = Float8GetDatum(roadmap_units(result.bound));
		values[5] = Float8GetDatum(result.bound > 0 ? (double) (result.finish - result.bound) / result.bound : 0);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	return (Datum) 0;
}
