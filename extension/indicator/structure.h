/*
 * structure.h
 *	  How specialised a region is, how concentrated a sector is, and how varied a region's sectors are.
 *
 * All work on one list of amounts (a region's sectors, or a sector's regions) beside a reference (the same list of the whole table).
 * Plain C, no allocation; amounts are >= 0 and finite. Results are NaN where a total is 0.
 */
#ifndef INNOCITY_STRUCTURE_H
#define INNOCITY_STRUCTURE_H

#include <stdint.h>

#include "indicator/location_curve.h"

typedef struct Structure
{
	double		krugman;		/* sum |p - q| over shares p and reference shares q, 0 to 2 */
	double		hachman;		/* 1 / sum p^2/q: 1 = the structure of the reference, towards 0 = unlike it */
	double		herfindahl;		/* sum p^2 */
	double		entropy;		/* - sum p ln p */
	double		gini;			/* Gini of p/q weighted by q: 0 to 1 */
} Structure;

/*
 * Structure of n amounts x with total x_total against n reference amounts y with total y_total. step is scratch of n. Entries
 * with y = 0 have x = 0 too.
 */
extern Structure structure_of(const double *x, double x_total, const double *y, double y_total, int n, CurveStep *step);

typedef struct Variety
{
	double		related;		/* mean of the entropies inside groups, weighted by the groups' shares */
	double		unrelated;		/* entropy of the groups' shares */
} Variety;

/* Entropy of n amounts, divided at groups: neighbouring entries with the same group number belong together. */
extern Variety variety_of(const double *x, const int64_t *group, int n);

/*
 * Theil T of n amounts x with weights w, divided at groups (numbers 0 .. ngroups - 1): T = sum p ln(p / v) for shares p of
 * amounts and v of weights. group_x and group_w are scratch of ngroups.
 */
extern void theil_of(const double *x, const double *w, const int *group, int n, int ngroups, double *group_x, double *group_w,
					 double *between, double *within);

#endif							/* INNOCITY_STRUCTURE_H */
