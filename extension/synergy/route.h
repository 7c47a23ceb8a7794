/*
 * route.h
 *	  How a profile arrives in another taxonomy: the arithmetic that the SQL function route and the board share, to the same bytes.
 *
 * A bridge has a row for each sector it lists, with shares over the sectors of the other taxonomy. A profile's sector takes the row of its
 * nearest listed ancestor; one without any is left out, and the others are weighted up so that all cells add up to 1. Memory from the caller.
 */
#ifndef INNOCITY_ROUTE_H
#define INNOCITY_ROUTE_H

#include "matrix/matrix.h"

/* Sums of the bridge's rows; row_sum has room for bridge->nrows. */
extern void route_row_sums(const MatrixView *bridge, double *row_sum);

/*
 * The bridge's row for each sector of the profile, -1 where it is left out, in row_of (room for p->n); their weights in *total, 0 when all are
 * left out. Returns the number of cells of the route.
 */
extern int64 route_rows(const MatrixView *bridge, const double *row_sum, const ProfileView *p, int *row_of, double *total);

/* Cell of the route: a sector of that weight, through a cell of its row. */
static inline double
route_cell(double weight, double total, double share, double row_sum)
{
	return weight / total * (share / row_sum);
}

#endif							/* INNOCITY_ROUTE_H */
