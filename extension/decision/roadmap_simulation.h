/*
 * roadmap_simulation.h
 *	  Monte Carlo on a roadmap: durations drawn from Beta-PERT distributions, the critical path of each draw. Plain C.
 */
#ifndef INNOCITY_ROADMAP_SIMULATION_H
#define INNOCITY_ROADMAP_SIMULATION_H

#include "decision/roadmap.h"

/* Three-point estimate of a task, in ticks: optimistic <= likely <= pessimistic. */
typedef struct RoadmapEstimate
{
	int64_t		optimistic;
	int64_t		likely;
	int64_t		pessimistic;
} RoadmapEstimate;

/*
 * Draws samples times. finish[task * samples + s] is the finish of a task in draw s; finish[ntasks * samples + s] that of the project.
 * critical[task] counts the draws in which the task's total float is zero. duration, early_start and late_start are scratch of ntasks.
 */
extern void roadmap_simulate(const RoadmapNetwork *network, const RoadmapEstimate *estimates, int samples, uint64_t seed,
							 RoadmapInterrupt interrupt, int64_t *duration, int64_t *early_start, int64_t *late_start,
							 int64_t *finish, int64_t *critical);

#endif							/* INNOCITY_ROADMAP_SIMULATION_H */
