/*
 * allocation_semidefinite.h
 *	  Between the parts of the semidefinite bound; for allocation_semidefinite*.c only.
 */
#ifndef INNOCITY_ALLOCATION_SEMIDEFINITE_H
#define INNOCITY_ALLOCATION_SEMIDEFINITE_H

#include "decision/allocation_cone.h"
#include "decision/allocation_problem.h"

static inline size_t
alloc_cone_cell(const AllocCone *k, int a, int b)
{
	return (size_t) a * k->width + b;
}

static inline void
alloc_cone_set(double *to, const AllocCone *k, int a, int b, double value)
{
	to[alloc_cone_cell(k, a, b)] = value;
	to[alloc_cone_cell(k, b, a)] = value;
}

/* allocation_semidefinite_whole.c: one block for all cities, with a plan to begin with; no plan is worth more than *fixed - *scale * <C, X>. */
extern size_t alloc_semidefinite_whole_size(const AllocProblem *p);
extern AllocCone *alloc_semidefinite_whole(const AllocProblem *p, const int *plan, double *scale, double *fixed);

#endif							/* INNOCITY_ALLOCATION_SEMIDEFINITE_H */
