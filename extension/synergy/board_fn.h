/*
 * board_fn.h
 *	  What the SQL faces of a board share: its arguments, and the rating of one pair.
 */
#ifndef INNOCITY_BOARD_FN_H
#define INNOCITY_BOARD_FN_H

#include "base/compat.h"

#include "synergy/board.h"

/* A score and coverage in units of 10^-SYNERGY_DECIMALS: whole numbers up to a thousand million. */
typedef struct Rating
{
	int32		score;			/* -1 = none */
	int32		coverage;
} Rating;

/* Working memory of board_rate. */
typedef struct RatingScratch
{
	double	   *value;			/* board->max_parts */
	double	   *weight;			/* likewise */
	BoardNearest *nearest;		/* board->max_partners */
} RatingScratch;

/* Argument n, checked. */
extern const Board *board_argument(FunctionCallInfo fcinfo, int n);

/* The argument as a number from 1 to n, counted from 0; 22023 for others. */
extern int	board_number_argument(FunctionCallInfo fcinfo, int argument, const char *what, int64 n);

/* Memory in the current context. */
extern void rating_scratch(const Board *board, RatingScratch *scratch);

/* Rates one pair; the city has parts. 22023 when a value is not in [0, 1]. */
extern void board_rate(const Board *board, int institution, int city, RatingScratch *scratch, Rating *rating);

/* Units as a number of SYNERGY_DECIMALS decimals. */
extern Datum board_units(int64 units);

#endif							/* INNOCITY_BOARD_FN_H */
