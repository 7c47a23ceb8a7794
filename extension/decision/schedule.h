/*
 * schedule.h
 *	  Scheduling under department capacities (the resource-constrained project scheduling problem), plain C.
 *
 * Serial schedule generation from priorities: least late finish first, then sampled priorities, each schedule improved by one pass
 * backward and one forward (Tormos, Lova 2001). Kolisch, Hartmann (1999) compare such methods. All constraints are least distances from start to start,
 * so a serial schedule always exists.
 */
#ifndef INNOCITY_SCHEDULE_H
#define INNOCITY_SCHEDULE_H

#include "decision/resource_profile.h"
#include "decision/roadmap.h"

typedef struct ScheduleDemand
{
	int32_t		task;
	int32_t		department;
	int64_t		amount;			/* > 0, <= the department's capacity */
} ScheduleDemand;

typedef struct ScheduleProblem
{
	const RoadmapNetwork *network;
	int			ndepartments;
	ResourceProfile *profiles;	/* capacities set; room for all demands of the department */
	int			ndemands;
	const ScheduleDemand *demands;	/* sorted by (task, department), one a pair */
	const int32_t *demand_start;	/* ntasks + 1 */
} ScheduleProblem;

/* What the tasks of a department say about the length of any schedule. */
typedef struct ScheduleWork
{
	uint64_t	high;			/* sum of demand times duration, 128 bits in two words: a wide integer would need wider alignment */
	uint64_t	low;
	int64_t		head;			/* the least early start */
	int64_t		tail;			/* the least time that must follow a task of it */
} ScheduleWork;

/* Memory for schedule_solve, each ntasks long unless said. */
typedef struct ScheduleScratch
{
	int64_t    *start;
	int64_t    *trial;
	int64_t    *priority;
	int64_t    *late_finish;
	int32_t    *waiting;		/* predecessors not yet placed */
	int32_t    *heap;
	RoadmapLink *reversed;		/* nlinks */
	int32_t    *reversed_start; /* ntasks + 1 */
	ScheduleWork *work;			/* ndepartments */
} ScheduleScratch;

typedef struct ScheduleResult
{
	int64_t    *start;			/* ntasks, given by the caller */
	int64_t		finish;			/* of the project */
	int64_t		bound;			/* no schedule finishes earlier */
	int64_t		lateness;		/* sum of finish - deadline over the tasks that are late */
} ScheduleResult;

/*
 * The best schedule found with at most effort placements of a task (at least one schedule is built): the earliest finish of the project,
 * among equals the least lateness, among equals the first found. Depends on (problem, effort, seed) alone.
 */
extern void schedule_solve(const ScheduleProblem *problem, int64_t effort, uint64_t seed, RoadmapInterrupt interrupt,
						   ScheduleScratch *scratch, ScheduleResult *result);

#endif							/* INNOCITY_SCHEDULE_H */
