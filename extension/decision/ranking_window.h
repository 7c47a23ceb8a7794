/*
 * ranking_window.h
 *	  A partition of a window as a ranking problem: what the window functions of this floor share.
 *
 * A ranking function reads its partition once, at its first row, into a dense array of criteria, computes all results, keeps them in the
 * partition's memory and answers row by row. It looks at the whole partition, whatever the frame and the order of the window. A row whose
 * criteria are NULL or contain NULL is not ranked: its result is NULL, and the others are ranked as if it were not there.
 *
 * Memory: 8 bytes for each criterion and each result of a row, plus what the kernel needs while it runs; an argument is evaluated in a
 * context that is reset every row.
 */
#ifndef INNOCITY_RANKING_WINDOW_H
#define INNOCITY_RANKING_WINDOW_H

#include "base/compat.h"

#include "decision/ranking.h"

#define RANKING_ARGUMENTS_MAX 12

typedef struct RankingWindow
{
	bool		loaded;
	MemoryContext context;		/* the partition's */
	RankingProblem problem;		/* of the ranked rows; n = 0 when there are none */
	double	   *deviations;		/* as problem.x, from another argument that differs by row */
	bool		has_deviations;
	int64	   *slot;			/* row of the partition -> ranked row or -1; NULL when all are ranked */
	Datum		argument[RANKING_ARGUMENTS_MAX];	/* the same in every row of the partition */
	bool		is_null[RANKING_ARGUMENTS_MAX];
	double	   *result;			/* what the function keeps: its own layout */
	bool	   *flag;
	int			width;			/* of a result that is an array */
} RankingWindow;

/*
 * The partition of a window call. On true the partition has just been read (problem.x and problem.minimise, problem.weights too if there are
 * any) and its results are still to be computed; problem.n may be 0. names are the function's arguments, by number; criteria is 0. weights and
 * directions are the numbers of those arguments (-1 = none; a NULL is refused unless weights_optional), deviations that of another array which
 * differs by row (-1 = none).
 */
extern bool ranking_window_open(FunctionCallInfo fcinfo, RankingWindow **window, const char *const *names,
								int weights, bool weights_optional, int directions, int deviations);

/* The ranked row that the current row is, or -1. */
extern int64 ranking_window_row(FunctionCallInfo fcinfo, RankingWindow *window);

/* Memory of the partition for n numbers (any size, not zeroed); and in the current context for scratch. */
extern double *ranking_window_results(RankingWindow *window, Size n);
extern void *ranking_scratch(Size size);

/* Argument that must not be NULL; and a text one as a C string. */
extern Datum ranking_window_argument(RankingWindow *window, int argument, const char *name);
extern char *ranking_window_text(RankingWindow *window, int argument, const char *name);

/* The normalization of that name; 22023 for an unknown one. */
extern Normalization ranking_normalization(const char *name);

/* Raises what a kernel found wrong. */
extern void ranking_refuse(const RankingError *error);

/* A row of the function's composite result type. */
extern Datum ranking_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

extern void ranking_check(void);

#endif							/* INNOCITY_RANKING_WINDOW_H */
