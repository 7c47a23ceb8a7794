/*
 * allocation_cut.h
 *	  Cuts on the matrix of a semidefinite relaxation: for a block of allocation_cone.c whose first `cities` vertices are cities and the others items.
 *
 * X_ki says whether items k and i share a city, X_ji whether item i is in city j. For an item k and other items T,
 *	   sum_{i in T} X_ki - sum_{i, l in T, i < l} X_il <= sum_j min(X_jk, sum_{i in T} X_ji)
 * holds for all 0/1 vectors: with t of T in the city of k the left is at most t - t (t - 1) / 2, hence at most 1, and both terms of that city are at
 * least that. Each city's choice of a term makes one linear cut. With one city, as in a city's own block, the same holds of the items in it. T of two is
 * the triangle inequality, more are the star inequalities of clique partitioning (Groetschel and Wakabayashi 1990).
 *
 * Cuts come and go, so they stay out of the factor of the block's rows: their prices are brought on one after the other.
 */
#ifndef INNOCITY_ALLOCATION_CUT_H
#define INNOCITY_ALLOCATION_CUT_H

#include "decision/allocation.h"

typedef struct AllocCuts
{
	const AllocEnv *env;
	int			n;				/* vertices */
	int			width;			/* of a matrix row */
	int			cities;
	int			count;
	int			room;
	int			entries;
	int			entry_room;
	int		   *start;			/* [count + 1] into the entries */
	int		   *cell;			/* of an entry: its place above the diagonal, where X_ab counts once */
	float	   *coefficient;	/* 1 or -1; the right hand side is 0 */
	double	   *y;				/* [count] prices, at most 0 */
	uint64_t   *key;			/* [count] tells cuts apart */
	int		   *idle;			/* [count] looks without a price */
	int		   *around;			/* [count] the vertex */
	int		   *first;			/* [n] cuts around a vertex, chained */
	int		   *next;			/* [count] */
	double	   *in_city;		/* [cities] scratch */
} AllocCuts;

/* For so many cuts around a vertex, on average. */
extern AllocCuts *alloc_cuts_new(const AllocEnv *env, int n, int width, int cities, int around);

/* The bytes that they will take. */
extern size_t alloc_cuts_size(int n, int around);

/* v -= sum_c y_c A_c, above the diagonal */
extern void alloc_cuts_subtract(const AllocCuts *c, double *v);

/*
 * Each price in turn to where it is best while all else stays; v, which counts above the diagonal, is C - sum_r y_r A_r - sum_c y_c A_c less the dual
 * matrices and less mu X, and kept so.
 */
extern void alloc_cuts_sweep(AllocCuts *c, double *v);

/* Drop what has been idle, and add what x violates. */
extern void alloc_cuts_renew(AllocCuts *c, const double *x);

#endif							/* INNOCITY_ALLOCATION_CUT_H */
