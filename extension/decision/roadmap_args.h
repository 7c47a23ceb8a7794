/*
 * roadmap_args.h
 *	  The arguments of the roadmap functions: arrays of composites in, a RoadmapNetwork out; ticks back to numbers.
 */
#ifndef INNOCITY_ROADMAP_ARGS_H
#define INNOCITY_ROADMAP_ARGS_H

#include "base/row_array.h"
#include "decision/roadmap.h"

/* Tasks a network can have: dates, links and sampled schedules then stay far below 1 GB. */
#define ROADMAP_TASKS_MAX	1000000

/* Largest duration, lag or date, in units; with it no sum over the most tasks and links passes int64. */
#define ROADMAP_NUMBER_MAX	1e6

/* Sorted identifiers of the tasks; position = number of the task in the network. */
typedef struct RoadmapTasks
{
	int			n;
	TextId	   *ids;
} RoadmapTasks;

/*
 * The network of (tasks, links, constraints): roadmap_task[], roadmap_link[], roadmap_constraint[] or no pointer. Durations are read when with_durations;
 * else the element type is another that starts with the task's identifier (roadmap_estimate) and durations are 0. Errors: a duplicate, empty or missing task, a link or constraint to no
 * task, an unknown kind, a number out of range, a cycle (named).
 */
extern void roadmap_read(ArrayType *tasks, ArrayType *links, ArrayType *constraints, bool with_durations,
						 RoadmapTasks *names, RoadmapNetwork *network);

/* An attribute in units to ticks, rounded to the nearest; NULL is 0. 22023 below minimum or beyond ROADMAP_NUMBER_MAX. */
extern int64_t roadmap_ticks(RowArray *rows, int attribute, double minimum);

/* Ticks as a number of units. */
static inline double
roadmap_units(int64_t ticks)
{
	return (double) ticks / ROADMAP_TICKS_PER_UNIT;
}

/* Identifier of a task as a text datum. */
extern Datum roadmap_task_datum(const RoadmapTasks *names, int task);

/* The number of the task that an attribute of the row in hand names; 22023 when there is none. */
extern int	roadmap_task_number(const RoadmapTasks *names, RowArray *rows, int attribute);

/* CHECK_FOR_INTERRUPTS as a function, for the header-free parts. */
extern void roadmap_interrupt(void);

#endif							/* INNOCITY_ROADMAP_ARGS_H */
