/*
 * inequality.h
 *	  Measures of concentration and inequality that are functions of sums over rows.
 *
 * The sums are exact: any order of rows, any division among workers and any moving frame gives the same bytes. Those measures that need
 * all values at once stand in location_curve.h. Plain C; values are >= 0 and finite; memory is the caller's.
 */
#ifndef INNOCITY_INEQUALITY_H
#define INNOCITY_INEQUALITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/exactsum.h"

/* Largest value or weight: products of two stay within what exact sums admit. */
#define INEQUALITY_VALUE_MAX 3.1217485503159922e144	/* 2^480 */

/* With weights the Herfindahl index multiplies three. */
#define INEQUALITY_WEIGHTED_SQUARE_MAX 2.13598703592091e96	/* 2^320 */

/* Rows that a state can count: so many of the largest products sum up to a double yet. */
#define INEQUALITY_ROWS_MAX (INT64_C(1) << 40)

typedef enum InequalityMeasure
{
	INEQUALITY_HERFINDAHL,		/* sum w p^2, p = x / sum w x */
	INEQUALITY_ENTROPY,			/* - sum w p ln p / ln base */
	INEQUALITY_THEIL_T,			/* sum w (x/mu) ln(x/mu) / sum w */
	INEQUALITY_THEIL_L,			/* sum w ln(mu/x) / sum w */
	INEQUALITY_ATKINSON,		/* 1 - (sum w x^(1-e) / sum w)^(1/(1-e)) / mu */
	/* Results only, read off the sums of another: */
	INEQUALITY_VARIATION,		/* herfindahl's: sqrt(sum w (x - mu)^2 / sum w) / mu */
	INEQUALITY_HERFINDAHL_NORMALIZED,	/* herfindahl's: (H - 1/n) / (1 - 1/n), n = sum w */
	INEQUALITY_DALTON			/* theil_l's: ln mu / (sum w ln x / sum w) */
} InequalityMeasure;

/* The exact sums of a group. */
typedef enum InequalitySum
{
	INEQUALITY_WEIGHT,			/* sum w */
	INEQUALITY_AMOUNT,			/* sum w x */
	INEQUALITY_FUNCTION			/* sum w f(x): x^2, x ln x, ln x or x^(1-e) */
} InequalitySum;

#define INEQUALITY_SUMS 3

/*
 * Sums are expansions (base/exactsum.h): sum k has count[k] parts, from part[k * room] on. A few parts do for usual data, so a state begins
 * small. The first word is the caller's, for the length of a value that is stored.
 */
typedef struct InequalitySums
{
	int32_t		length;
	int32_t		room;			/* parts that each sum can have, at most INEQUALITY_ROOM_MAX */
	int64_t		n;				/* rows */
	int64_t		zeros;			/* rows with x = 0 and a weight */
	double		parameter;		/* base of the entropy, aversion of Atkinson; NaN until known */
	int32_t		count[INEQUALITY_SUMS];
	int32_t		unused;
	double		part[];
} InequalitySums;

#define INEQUALITY_ROOM 8
#define INEQUALITY_ROOM_MAX (EXACT_SUM_PARTS + 1)

static inline size_t
inequality_size(int room)
{
	return offsetof(InequalitySums, part) + sizeof(double) * INEQUALITY_SUMS * room;
}

/* Empty sums in zeroed memory of inequality_size(room) bytes. */
extern void inequality_init(InequalitySums *sums, int room);

/* The room that one more row may need; move to that much first if it is more than the present one. */
extern int	inequality_room_to_add(const InequalitySums *sums);

/* The same for inequality_merge(a, b). */
extern int	inequality_room_to_merge(const InequalitySums *a, const InequalitySums *b);

/* to = from, in larger zeroed memory of inequality_size(room) bytes; leaves to->length alone. */
extern void inequality_move(InequalitySums *to, const InequalitySums *from, int room);

/* Adds (sign 1) or takes away (sign -1) a row. */
extern void inequality_add(InequalityMeasure measure, InequalitySums *sums, double x, double weight, int sign);

/* a += b */
extern void inequality_merge(InequalitySums *a, const InequalitySums *b);

/*
 * The measure; NaN where it has none: no rows, nothing to share out, a logarithm of 0. Infinite where squares were too small for a
 * double.
 */
extern double inequality_value(InequalityMeasure measure, const InequalitySums *sums);

#endif							/* INNOCITY_INEQUALITY_H */
