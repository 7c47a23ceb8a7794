/*
 * shift_share.h
 *	  Change of a region's sector, divided into what the nation, the sector and the region itself account for.
 *
 * With x amounts of the cell, X_s of the sector, X of all, 0 and 1 the two dates, g growth rates:
 *
 *	dunn		national x0 g, industry mix x0 (g_s - g), regional x0 (g_rs - g_s)
 *	esteban		(Esteban-Marquillas 1972) regional on the homothetic amount h = x_r0 X_s0 / X0: h (g_rs - g_s), and allocation
 *				(x0 - h) (g_rs - g_s): is the region specialised where it does well?
 *	dynamic		the sum of dunn over ever shorter periods (Barff and Knight 1988), amounts changing linearly: integrals of x dX / X
 *
 * A sector new in the region has no rate: all of it is regional with the first two methods. With dynamic, a sector new in the nation grows
 * in proportion everywhere, which is industry mix. Results are multiples of one power of two, at least
 * 2^-50 of the totals, and small enough in number of bits that any sum of them is exact: components add up to the actual change, cell by
 * cell and over any rows, in any client and order. Plain C.
 */
#ifndef INNOCITY_SHIFT_SHARE_H
#define INNOCITY_SHIFT_SHARE_H

#include <stdbool.h>

typedef enum ShiftShareMethod
{
	SHIFT_SHARE_DUNN,
	SHIFT_SHARE_ESTEBAN,
	SHIFT_SHARE_DYNAMIC
} ShiftShareMethod;

/* Amounts of a cell, its sector, all; and of its region at the first date. */
typedef struct ShiftShareCell
{
	double		x0,
				x1;
	double		sector0,
				sector1;
	double		total0,
				total1;
	double		region0;
} ShiftShareCell;

typedef struct ShiftShare
{
	double		actual;
	double		national;
	double		industry_mix;
	double		regional;
	double		allocation;
} ShiftShare;

extern bool shift_share_method(const char *name, ShiftShareMethod *method);

/* The power of two of which results are multiples, for totals of that size. */
extern double shift_share_unit(double total0, double total1);

extern ShiftShare shift_share_of(ShiftShareMethod method, const ShiftShareCell *cell, double unit);

#endif							/* INNOCITY_SHIFT_SHARE_H */
