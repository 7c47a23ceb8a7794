/*
 * allocation_cone.h
 *	  One block of a semidefinite relaxation: minimise <C, X> over positive semidefinite X with entries at or above 0 (some at 0) and linear rows
 *	  <A_r, X> = or <= b_r, by the alternating direction method on the dual (Wen, Goldfarb and Yin 2010, with a third term for the entries), and
 *	  a bound on its value that is proven in floating point.
 *
 * What is bounded are the matrices X = z z' of 0/1 vectors z that keep the rows: their entries are 0 or 1 and their traces known. For any row
 * prices y (at most 0 for <=) and any Z at or above 0,
 *	   <C, X> >= b'y + <C - sum_r y_r A_r - Z, X> >= b'y + trace(X) * least eigenvalue
 * so every iterate gives a bound; rounding only costs a margin.
 */
#ifndef INNOCITY_ALLOCATION_CONE_H
#define INNOCITY_ALLOCATION_CONE_H

#include "decision/allocation_cut.h"
#include "decision/allocation_spectrum.h"

typedef struct AllocCone
{
	const AllocEnv *env;
	int			n;
	int			width;			/* of a matrix row */
	int			rows;
	int			row_room;
	int			entries;
	int			entry_room;
	int		   *row_start;		/* [rows + 1] into the entries */
	int		   *entry_a;		/* row and column of an entry, a <= b: X_ab counts once */
	int		   *entry_b;
	double	   *coefficient;
	double	   *side;			/* [rows] b */
	bool	   *most;			/* [rows] <= rather than = */
	uint8_t    *zero;			/* [n * width] entries of X that are 0, both halves */
	double	   *c;				/* [n * width], symmetric, as all of these */
	double	   *x;
	double	   *s;
	double	   *z;
	double	   *v;				/* scratch */
	double	   *y;				/* [rows] */
	double	   *rest_x;			/* [rows] what is left below a row's side */
	double	   *rest_s;
	double	   *right;			/* [rows] scratch */
	double	   *factor;			/* Cholesky factor of the rows' products, row k has k + 1 entries */
	AllocCuts  *cuts;			/* or NULL */
	double		trace_least;
	double		trace_most;
	double		primal;			/* how far the last step was from the rows, */
	double		dual;			/* and from the dual ones, relative to their sizes */
	AllocSpectrum *spectrum;
} AllocCone;

/* A block of order n; spectrum may be shared by blocks of the same order. */
extern AllocCone *alloc_cone_new(const AllocEnv *env, int n, int rows, int entries, AllocSpectrum *spectrum);

/* Open a row; then its entries, each place at most once; alloc_cone_ready after the last row. */
extern void alloc_cone_row(AllocCone *k, double side, bool most);
extern void alloc_cone_entry(AllocCone *k, int a, int b, double coefficient);
extern void alloc_cone_ready(AllocCone *k);

/* The bytes that a block will take. */
extern size_t alloc_cone_size(int n, int rows, int entries);

/*
 * One iteration: alloc_cone_prices leaves C - sum_r y_r A_r in v; a caller that couples blocks may then change c and v alike; alloc_cone_matrices does
 * the rest. false: it went out of range.
 */
extern void alloc_cone_prices(AllocCone *k, double mu);
extern bool alloc_cone_matrices(AllocCone *k, double mu);

/* No X = z z' is worth less; -INFINITY at worst. */
extern double alloc_cone_bound(AllocCone *k);

#endif							/* INNOCITY_ALLOCATION_CONE_H */
