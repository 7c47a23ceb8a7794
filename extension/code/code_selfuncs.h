/*
 * code_selfuncs.h
 *	  What ANALYZE writes about code columns and the estimators read.
 */
#ifndef INNOCITY_CODE_SELFUNCS_H
#define INNOCITY_CODE_SELFUNCS_H

/* Kind of a slot of pg_statistic, from the range for private use: subtrees and their fractions (code_analyze.c). */
#define STATISTIC_KIND_SUBTREE 17153

#endif							/* INNOCITY_CODE_SELFUNCS_H */
