/*
 * code_sample.h
 *	  What estimators look at where ANALYZE has not been: the index of a column, or a sample of its table.
 *	  Needs the server's headers.
 */
#ifndef INNOCITY_CODE_SAMPLE_H
#define INNOCITY_CODE_SAMPLE_H

#include "nodes/pathnodes.h"

#include "code/code.h"

/* The codes of a sample of rows: the distinct ones ascending, and for each the rows up to and including it. */
typedef struct CodeSample
{
	int			rows;			/* looked at, NULL or not */
	bool		complete;		/* every row of the table is among them */
	int			count;			/* distinct codes */
	int64_t    *codes;
	int		   *rows_upto;
} CodeSample;

/*
 * The sample of a column of a table, with at most share (in (0,1]) of the usual effort; NULL where there can be none.
 * It belongs to a cache of the session: use it at once.
 */
extern const CodeSample *code_sample(Oid relid, AttrNumber attribute, double share);

/* Index of the first code that is not less than this one. */
extern int	code_sample_find(const CodeSample *sample, int64_t code);

/* Fraction of the sampled rows whose code is in [first, last]; a guess below one row where none is. */
extern double code_sample_fraction(const CodeSample *sample, int64_t first, int64_t last);

/* A btree index whose leading column is this one and which has all rows, or NULL. */
extern IndexOptInfo *code_find_index(RelOptInfo *rel, AttrNumber attribute, Oid opfamily);

/* About how many entries of such an index are in [first, last]. Reads a few pages. */
extern double code_index_entries(Oid index, bool descending, int64_t first, int64_t last);

#endif							/* INNOCITY_CODE_SAMPLE_H */
