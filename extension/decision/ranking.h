/*
 * ranking.h
 *	  Ranking alternatives on several criteria, as plain C on plain arrays.
 *
 * x is n rows (alternatives) of m criteria, row by row; all values finite and of moderate size (criteria_args.h), no -0. weights add up to 1;
 * minimise[k]: the less of criterion k the better. Equal rows get equal results, and the order of rows changes no bit of any: sums over rows
 * go through limb_sum.h or run over sorted values. A constant criterion never gives NaN.
 *
 * `check` (may be NULL) is called now and then and may not return.
 */
#ifndef INNOCITY_RANKING_H
#define INNOCITY_RANKING_H

#include <stdbool.h>
#include <stdint.h>

typedef void (*RankingCheck) (void);

typedef struct RankingProblem
{
	int64_t		n;
	int			m;
	const double *x;
	const double *weights;
	const bool *minimise;
	RankingCheck check;
} RankingProblem;

typedef enum Normalization
{
	NORMALIZE_NONE,
	NORMALIZE_MINMAX,			/* worst 0, best 1 */
	NORMALIZE_MAX,				/* value over the greatest; least over the value */
	NORMALIZE_SUM,				/* value, or its reciprocal, over the column's total */
	NORMALIZE_VECTOR			/* value over the length of the column; 1 minus that */
} Normalization;

/* What stands in the way: criterion (0-based) and value; and why, as a sentence. */
typedef struct RankingError
{
	int			criterion;
	double		value;
	const char *reason;
} RankingError;

/* Least and greatest value of each criterion; n > 0. */
extern void ranking_ranges(const RankingProblem *problem, double *least, double *greatest);

/*
 * Weighted sum of normalised values, in the direction "more is better". A constant criterion counts as fully met (1) under NORMALIZE_MINMAX.
 * NORMALIZE_NONE takes values as they are and refuses criteria to minimise; NORMALIZE_MAX and NORMALIZE_SUM need values >= 0, and > 0 in criteria
 * to minimise. scratch: 3 m doubles.
 */
extern bool ranking_wsm(const RankingProblem *problem, Normalization normalization, double *score, double *scratch, RankingError *error);

/* The normalised values themselves (n x m), as ranking_wsm uses them. */
extern bool ranking_normalize(const RankingProblem *problem, Normalization normalization, double *value, double *scratch, RankingError *error);

/*
 * Weighted product of values > 0, computed in logarithms: NORMALIZE_MAX makes it a number in (0, 1] (the best of every criterion gives 1),
 * NORMALIZE_NONE takes values as they are, to the power -w in criteria to minimise. scratch: 3 m doubles.
 */
extern bool ranking_wpm(const RankingProblem *problem, Normalization normalization, double *score, double *scratch, RankingError *error);

/*
 * TOPSIS (Hwang and Yoon 1981): closeness d- / (d- + d+) to the ideal, Euclidean; NAN for all when ideal and anti-ideal coincide. Values are
 * scaled, and the ideal takes the best of each criterion in its direction (no inversion). NORMALIZE_MAX and NORMALIZE_SUM need values >= 0.
 * scratch: 3 m doubles.
 */
extern bool ranking_topsis(const RankingProblem *problem, Normalization normalization, double *closeness, double *scratch, RankingError *error);

/*
 * VIKOR (Opricovic and Tzeng 2004) with weight v of group utility: s, r and q, the less the better, and who belongs to the compromise. A constant
 * criterion contributes 0; when all s (or all r) are equal that term of q is 0. One row alone is its own compromise. scratch: 3 m doubles.
 */
extern void ranking_vikor(const RankingProblem *problem, double v, double *s, double *r, double *q, bool *compromise, double *scratch);

/* Preference functions of Brans and Vincke, by the difference d > 0 in favour of an alternative. */
typedef enum PreferenceFunction
{
	PREFERENCE_USUAL,			/* 1 */
	PREFERENCE_U_SHAPE,			/* 1 above q */
	PREFERENCE_V_SHAPE,			/* d / p, 1 above p */
	PREFERENCE_LEVEL,			/* 1/2 above q, 1 above p */
	PREFERENCE_LINEAR,			/* (d - q) / (p - q) between q and p, 1 above */
	PREFERENCE_GAUSSIAN			/* 1 - exp(-d^2 / (2 s^2)), s in the place of p */
} PreferenceFunction;

/* A value and the row it belongs to; two numbers of 8 bytes. */
typedef struct RankingItem
{
	double		value;
	int64_t		row;
} RankingItem;

/* Sorts ascending by value, stable; scratch has room for n. Radix sort: no comparison function, the time does not depend on the data. */
extern void ranking_sort(RankingItem *items, RankingItem *scratch, int64_t n, RankingCheck check);

/*
 * PROMETHEE I and II: positive and negative flows in [0, 1], divided by n - 1 (n > 1). O(n log n) a criterion (one sort), Gaussian O(n d) with d
 * distinct values. functions may be NULL: usual in all criteria. items: 2 n of scratch; sums: 2 (n + 1) doubles.
 */
extern void ranking_promethee(const RankingProblem *problem, const PreferenceFunction *functions, const double *indifference,
							  const double *preference, double *positive, double *negative, RankingItem *items, double *sums);

#endif							/* INNOCITY_RANKING_H */
