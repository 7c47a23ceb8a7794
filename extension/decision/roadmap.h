/*
 * roadmap.h
 *	  The network of a roadmap as plain arrays: tasks, links, topological order; no server headers.
 *
 * Time is counted in ticks of a millionth of the caller's unit (for working days a tick is some 30 milliseconds), in int64: sums are
 * exact, so a float of zero is zero and no result depends on the order of links. roadmap_args.c checks that no sum can overflow.
 *
 * Tasks are numbered in the byte order of their identifiers and links sorted, so every result is a function of the set of rows alone.
 */
#ifndef INNOCITY_ROADMAP_H
#define INNOCITY_ROADMAP_H

#include <stdbool.h>
#include <stdint.h>

#define ROADMAP_TICKS_PER_UNIT	INT64_C(1000000)
#define ROADMAP_NO_DEADLINE		INT64_MAX

/* Called now and then in long loops; does not return when the query was cancelled. */
typedef void (*RoadmapInterrupt) (void);

/* finish-to-start, start-to-start, finish-to-finish, start-to-finish */
typedef enum RoadmapLinkKind
{
	ROADMAP_FS,
	ROADMAP_SS,
	ROADMAP_FF,
	ROADMAP_SF
} RoadmapLinkKind;

typedef struct RoadmapLink
{
	int32_t		from;
	int32_t		to;
	RoadmapLinkKind kind;
	int64_t		lag;			/* negative = lead */
} RoadmapLink;

typedef struct RoadmapNetwork
{
	int			ntasks;
	int			nlinks;
	int64_t    *duration;
	int64_t    *not_before;		/* earliest start allowed, 0 where none is given */
	int64_t    *deadline;		/* latest finish allowed, or ROADMAP_NO_DEADLINE */
	RoadmapLink *links;			/* sorted by (from, to, kind, lag) */
	int32_t    *link_start;		/* ntasks + 1: links of task i are link_start[i] .. link_start[i + 1] - 1 */
	int32_t    *order;			/* tasks in topological order */
} RoadmapNetwork;

/* Early and late dates of the tasks, ntasks each. */
typedef struct RoadmapDates
{
	int64_t    *early_start;
	int64_t    *late_start;
	int64_t    *free_float;
	int64_t		finish;			/* of the project: the latest early finish */
} RoadmapDates;

/*
 * Distance from start to start that a link demands: start(to) >= start(from) + roadmap_gap(...).
 */
static inline int64_t
roadmap_gap(const RoadmapLink *link, const int64_t *duration)
{
	switch (link->kind)
	{
		case ROADMAP_FS:
			return duration[link->from] + link->lag;
		case ROADMAP_SS:
			return link->lag;
		case ROADMAP_FF:
			return duration[link->from] + link->lag - duration[link->to];
		case ROADMAP_SF:
			return link->lag - duration[link->to];
	}
	return 0;
}

/*
 * Fills network->order from link_start and links. Returns 0, or the length of a cycle whose tasks are written to cycle (ntasks places)
 * in the direction of the links. indegree is scratch for ntasks numbers.
 */
extern int	roadmap_sort(RoadmapNetwork *network, int32_t *indegree, int32_t *cycle);

/* Early starts for the given durations, into early_start; returns the finish of the project. No task starts before 0. */
extern int64_t roadmap_forward(const RoadmapNetwork *network, const int64_t *duration, int64_t *early_start);

/*
 * Late starts for a project that finishes at finish, into late_start; a deadline may make them earlier than the early starts (negative
 * float). Without deadlines when use_deadlines is false.
 */
extern void roadmap_backward(const RoadmapNetwork *network, const int64_t *duration, int64_t finish, bool use_deadlines,
							 int64_t *late_start);

/* Critical path method: early and late dates, free float (slip that moves no other task's early date nor the project's end). */
extern void critical_path_compute(const RoadmapNetwork *network, RoadmapDates *dates);

#endif							/* INNOCITY_ROADMAP_H */
