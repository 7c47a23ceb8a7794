/*
 * region_economy.h
 *	  A region's economy as the score reads it: every sector's amount, location quotient and presence, and what it can supply.
 *
 * Sectors are the columns of a Quotient (the region's own and those of the reference, codes ascending); what a region lacks is 0. All sums
 * run in the order of the sectors, so the same tables give the same bytes. Plain C on plain arrays, memory from the caller.
 */
#ifndef INNOCITY_REGION_ECONOMY_H
#define INNOCITY_REGION_ECONOMY_H

#include "indicator/location_quotient.h"

/* One region; the arrays have room for a column each. */
typedef struct RegionEconomy
{
	double		activity;		/* sum of the amounts */
	double	   *value;
	double	   *quotient;		/* NaN where the reference has nothing of the sector */
	bool	   *present;
} RegionEconomy;

/* Fills e from row number row; presence is that of the same quotients. */
extern void region_economy(const Quotient *q, const Presence *presence, int row, RegionEconomy *e);

/*
 * How much of what each row of the route asks for the region has: min(1, sum of share x quotient) over the route's cells. column[j] is the
 * place of the route's column j among the sectors, or -1. supply has room for a row each; one whose cells lead to no sector is NaN.
 */
extern void region_supply(const SparseRows *route, const int *column, const RegionEconomy *e, double *supply);

#endif							/* INNOCITY_REGION_ECONOMY_H */
