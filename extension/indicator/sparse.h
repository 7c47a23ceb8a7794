/*
 * sparse.h
 *	  The shapes that the kernels of this floor work on: compressed sparse rows of values, and of presence.
 *
 * Row i holds entries row_start[i] .. row_start[i + 1] - 1; columns ascend inside a row. Plain C without server headers: the arrays
 * belong to the caller.
 */
#ifndef INNOCITY_SPARSE_H
#define INNOCITY_SPARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values, region x sector. Entries not stored are 0. */
typedef struct SparseRows
{
	int			nrows;
	int			ncols;
	const int64_t *row_start;
	const int32_t *col;
	const double *value;
} SparseRows;

/* Which sectors are present in which region, with the counts that every indicator needs. */
typedef struct Presence
{
	int			nrows;
	int			ncols;
	int64_t    *row_start;		/* nrows + 1 */
	int32_t    *col;
	int32_t    *diversity;		/* sectors present in each region */
	int32_t    *ubiquity;		/* regions in which each sector is present */
} Presence;

#endif							/* INNOCITY_SPARSE_H */
