/*
 * large_alloc.h
 *	  Memory for arrays of megabytes that are written whole.
 *
 * Memory fresh from the system arrives page by page, at the first write to each: for a matrix of 250 x 1,205 cells that is 600 faults, and
 * they take longer than the arithmetic that fills it (far longer on virtual machines). So the system is told what is about to
 * happen: it gives large pages where they fit and the rest in one go; and a session keeps what it has used, up to 62 MB, for its next
 * query. All of it is a hint; nothing but time depends on it.
 */
#ifndef INNOCITY_LARGE_ALLOC_H
#define INNOCITY_LARGE_ALLOC_H

#include "base/compat.h"

/* Like palloc in that context, also above 1 GB; pfree gives it back. Uninitialised. */
extern void *large_alloc(MemoryContext context, Size size);

/* Prepares a block that was allocated elsewhere, and is about to be written whole. */
extern void large_prepare(void *block, Size size);

/*
 * Memory in the current context, of any size, on the edge of a large page, so that nearly all of it is in large ones: to be written whole, or as far as it
 * turns out. Not to be freed by itself.
 */
extern void *large_scratch(Size size);
extern void *large_room(Size size);

#endif							/* INNOCITY_LARGE_ALLOC_H */
