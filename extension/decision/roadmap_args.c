/*
 * roadmap_args.c
 *	  The arguments of the roadmap functions: arrays of composites in, a RoadmapNetwork out. See roadmap_args.h.
 */
#include "base/compat.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "decision/roadmap_args.h"

/* Tasks of a cycle that a message names. */
#define CYCLE_SHOWN_MAX 12

/* Attributes of the composite types, in the order of roadmap.sql. */
enum
{
	TASK_ID,
	TASK_DURATION,
	TASK_NATTS
};
enum
{
	LINK_PREDECESSOR,
	LINK_SUCCESSOR,
	LINK_KIND,
	LINK_LAG,
	LINK_NATTS
};
enum
{
	CONSTRAINT_TASK,
	CONSTRAINT_KIND,
	CONSTRAINT_VALUE,
	CONSTRAINT_NATTS
};

/* A task while its array is sorted. */
typedef struct TaskRow
{
	TextId		id;
	int64_t		duration;
	int			row;
} TaskRow;

void
roadmap_interrupt(void)
{
	CHECK_FOR_INTERRUPTS();
}

static int
task_row_cmp(const void *a, const void *b)
{
	return text_id_cmp(((const TaskRow *) a)->id, ((const TaskRow *) b)->id);
}

static int
link_cmp(const void *a, const void *b)
{
	const RoadmapLink *x = a;
	const RoadmapLink *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->lag > y->lag) - (x->lag < y->lag);
}

int64_t
roadmap_ticks(RowArray *rows, int attribute, double minimum)
{
	double		value = row_array_number(rows, attribute, 0);

	if (value < minimum || fabs(value) > ROADMAP_NUMBER_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between %g and %g, not %g",
						NameStr(TupleDescAttr(rows->desc, attribute)->attname),
						minimum, ROADMAP_NUMBER_MAX, value),
				 errdetail("It stands in %s.", row_array_place(rows))));
	return (int64_t) rint(value * ROADMAP_TICKS_PER_UNIT);
}

int
roadmap_task_number(const RoadmapTasks *names, RowArray *rows, int attribute)
{
	TextId		id = row_array_id(rows, attribute);
	int			task = text_id_position(names->ids, names->n, id);

	if (task < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no task \"%s\"", text_id_cstring(id)),
				 errdetail("It is named by %s.", row_array_place(rows)),
				 errhint("Every task that a link, demand or constraint names must be among the tasks.")));
	return task;
}

Datum
roadmap_task_datum(const RoadmapTasks *names, int task)
{
	return PointerGetDatum(cstring_to_text_with_len(names->ids[task].data, names->ids[task].len));
}

static void
read_tasks(ArrayType *array, bool with_durations, RoadmapTasks *names, RoadmapNetwork *network)
{
	RowArray	rows;
	TaskRow    *tasks;

	row_array_open(&rows, array, with_durations ? "tasks" : "estimates", TASK_NATTS);
	if (rows.nrows > ROADMAP_TASKS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a roadmap cannot have more than %d tasks", ROADMAP_TASKS_MAX),
				 errdetail("There are %d.", rows.nrows)));
	tasks = palloc(sizeof(TaskRow) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		row_array_fetch(&rows, i);
		tasks[i].id = row_array_id(&rows, TASK_ID);
		tasks[i].row = i;
		tasks[i].duration = 0;
		if (with_durations)
		{
			if (row_array_is_null(&rows, TASK_DURATION))
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("task \"%s\" has no duration", text_id_cstring(tasks[i].id)),
						 errdetail("It is null in %s.", row_array_place(&rows)),
						 errhint("A milestone has duration 0.")));
			tasks[i].duration = roadmap_ticks(&rows, TASK_DURATION, 0);
		}
	}
	qsort(tasks, rows.nrows, sizeof(TaskRow), task_row_cmp);

	names->n = network->ntasks = rows.nrows;
	names->ids = palloc(sizeof(TextId) * Max(rows.nrows, 1));
	network->duration = palloc(sizeof(int64_t) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		if (i > 0 && text_id_cmp(tasks[i - 1].id, tasks[i].id) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("task \"%s\" is given more than once", text_id_cstring(tasks[i].id)),
					 errdetail("Elements %d and %d of argument \"%s\" are the same task.",
							   Min(tasks[i - 1].row, tasks[i].row) + 1, Max(tasks[i - 1].row, tasks[i].row) + 1,
							   rows.argument)));
		names->ids[i] = tasks[i].id;
		network->duration[i] = tasks[i].duration;
	}
}

static RoadmapLinkKind
read_link_kind(RowArray *rows)
{
	char	   *kind;

	if (row_array_is_null(rows, LINK_KIND))
		return ROADMAP_FS;
	kind = text_to_cstring(DatumGetTextPP(rows->values[LINK_KIND]));
	if (pg_strcasecmp(kind, "FS") == 0)
		return ROADMAP_FS;
	if (pg_strcasecmp(kind, "SS") == 0)
		return ROADMAP_SS;
	if (pg_strcasecmp(kind, "FF") == 0)
		return ROADMAP_FF;
	if (pg_strcasecmp(kind, "SF") == 0)
		return ROADMAP_SF;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid kind of link: \"%s\"", kind),
			 errdetail("It stands in %s.", row_array_place(rows)),
			 errhint("Kinds are FS (finish to start), SS, FF and SF; null is FS.")));
}

static void
read_links(ArrayType *array, const RoadmapTasks *names, RoadmapNetwork *network)
{
	RowArray	rows;
	int			link = 0;

	row_array_open(&rows, array, "links", LINK_NATTS);
	network->nlinks = rows.nrows;
	network->links = palloc(sizeof(RoadmapLink) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		RoadmapLink *entry = &network->links[i];

		row_array_fetch(&rows, i);
		entry->from = roadmap_task_number(names, &rows, LINK_PREDECESSOR);
		entry->to = roadmap_task_number(names, &rows, LINK_SUCCESSOR);
		entry->kind = read_link_kind(&rows);
		entry->lag = roadmap_ticks(&rows, LINK_LAG, -ROADMAP_NUMBER_MAX);
	}
	qsort(network->links, network->nlinks, sizeof(RoadmapLink), link_cmp);
	network->link_start = palloc(sizeof(int32_t) * (network->ntasks + 1));
	for (int task = 0; task <= network->ntasks; task++)
	{
		while (link < network->nlinks && network->links[link].from < task)
			link++;
		network->link_start[task] = link;
	}
}

/* Several constraints of one kind on a task: the tightest holds. */
static void
read_constraints(ArrayType *array, const RoadmapTasks *names, RoadmapNetwork *network)
{
	RowArray	rows;

	network->not_before = palloc0(sizeof(int64_t) * Max(network->ntasks, 1));
	network->deadline = palloc(sizeof(int64_t) * Max(network->ntasks, 1));
	for (int i = 0; i < network->ntasks; i++)
		network->deadline[i] = ROADMAP_NO_DEADLINE;
	if (array == NULL)
		return;
	row_array_open(&rows, array, "constraints", CONSTRAINT_NATTS);
	for (int i = 0; i < rows.nrows; i++)
	{
		int			task;
		int64_t		value;
		char	   *kind;

		row_array_fetch(&rows, i);
		task = roadmap_task_number(names, &rows, CONSTRAINT_TASK);
		if (row_array_is_null(&rows, CONSTRAINT_KIND) || row_array_is_null(&rows, CONSTRAINT_VALUE))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("kind and value of a constraint must not be null"),
					 errdetail("One is null in %s.", row_array_place(&rows))));
		kind = text_to_cstring(DatumGetTextPP(rows.values[CONSTRAINT_KIND]));
		value = roadmap_ticks(&rows, CONSTRAINT_VALUE, 0);
		if (strcmp(kind, "start_no_earlier") == 0)
			network->not_before[task] = Max(network->not_before[task], value);
		else if (strcmp(kind, "deadline") == 0)
			network->deadline[task] = Min(network->deadline[task], value);
		else
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid kind of constraint: \"%s\"", kind),
					 errdetail("It stands in %s.", row_array_place(&rows)),
					 errhint("Kinds are \"start_no_earlier\" and \"deadline\".")));
	}
}

static void
report_cycle(const RoadmapTasks *names, const int32_t *cycle, int length)
{
	StringInfoData path;

	initStringInfo(&path);
	for (int i = 0; i < Min(length, CYCLE_SHOWN_MAX); i++)
		appendStringInfo(&path, "%s -> ", text_id_cstring(names->ids[cycle[i]]));
	if (length > CYCLE_SHOWN_MAX)
		appendStringInfo(&path, "(%d more) -> ", length - CYCLE_SHOWN_MAX);
	appendStringInfoString(&path, text_id_cstring(names->ids[cycle[0]]));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the links of the roadmap form a cycle"),
			 errdetail("The cycle is %s.", path.data),
			 errhint("Remove one of its links; no order of work can satisfy all of them.")));
}

void
roadmap_read(ArrayType *tasks, ArrayType *links, ArrayType *constraints, bool with_durations,
			 RoadmapTasks *names, RoadmapNetwork *network)
{
	int32_t    *indegree;
	int32_t    *cycle;
	int			length;

	read_tasks(tasks, with_durations, names, network);
	read_links(links, names, network);
	read_constraints(constraints, names, network);
	network->order = palloc(sizeof(int32_t) * Max(network->ntasks, 1));
	indegree = palloc(sizeof(int32_t) * Max(network->ntasks, 1));
	cycle = palloc(sizeof(int32_t) * Max(network->ntasks, 1));
	length = roadmap_sort(network, indegree, cycle);
	if (length > 0)
		report_cycle(names, cycle, length);
	pfree(indegree);
	pfree(cycle);
}
