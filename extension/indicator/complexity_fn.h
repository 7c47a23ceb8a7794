/*
 * complexity_fn.h
 *	  Complexity for the SQL faces that build on it.
 */
#ifndef INNOCITY_COMPLEXITY_FN_H
#define INNOCITY_COMPLEXITY_FN_H

#include "indicator/complexity.h"
#include "indicator/indicator_fn.h"

/* Solves with memory from the current context. */
extern void complexity_of(const Presence *p, bool own_scale, Complexity *c);

/*
 * Why a row has a value or has none: "ok", "absent", "disconnected: ..." with its component, "degenerate: ..." with the two eigenvalues.
 * component is 0 where the row is about the whole table.
 */
extern char *complexity_status(const Complexity *c, bool present, int component);

#endif							/* INNOCITY_COMPLEXITY_FN_H */
