/*
 * ahp.h
 *	  Weights and consistency of pairwise judgements (Saaty's analytic hierarchy process), as plain C on plain arrays.
 *
 * `upper` is the upper triangle of an n x n matrix of judgements as in pairwise_matrix.h: positive, 0 = missing. Weights add up to 1.
 * Memory is the caller's; nothing here allocates or raises. `check` (may be NULL) is called now and then and may not return.
 */
#ifndef INNOCITY_AHP_H
#define INNOCITY_AHP_H

#include <stdbool.h>
#include <stdint.h>

typedef void (*AhpCheck) (void);

/* Relative accuracy of the principal eigenvalue: the Collatz-Wielandt bounds are this close together at the end. */
#define AHP_TOLERANCE 1e-12

/* Give up after this many steps; ordinary matrices take 5 to 50, long chains of judgements with a contradiction some thousands. */
#define AHP_STEPS_MAX 200000

/* Number of judgements that are there. */
extern int64_t ahp_known(int n, const double *upper);

/*
 * Are all criteria tied together by judgements? Otherwise weights are undefined. On false, *a and *b are two criteria (the first of two
 * components) whose comparison would help. scratch: n ints.
 */
extern bool ahp_connected(int n, const double *upper, int *scratch, int *a, int *b);

/*
 * Logarithmic least squares: minimises the sum of (ln a_ij - ln w_i + ln w_j)^2 over the known pairs (Crawford and Williams 1985; Bozoki,
 * Fulop and Ronyai 2010 for missing ones). Of a complete matrix it is the normalised geometric mean of the rows. The matrix must be
 * connected. scratch: n * n + n doubles. False: check aside, cannot happen.
 */
extern bool ahp_geometric(int n, const double *upper, double *w, double *scratch, AhpCheck check);

/*
 * Principal right eigenvector and eigenvalue by power iteration. Missing judgements are completed as Harker 1987 does: 0 in their place and
 * 1 + the number of missing ones of a row on its diagonal, which is the same as taking w_i / w_j for them. The matrix must be connected; the
 * iteration starts at the w that is passed in (positive; ahp_geometric gives a good one). scratch: n * n + n doubles. False when it has not
 * come to AHP_TOLERANCE in AHP_STEPS_MAX steps.
 */
extern bool ahp_eigenvector(int n, const double *upper, double *w, double *lambda, double *scratch, AhpCheck check);

/*
 * Geometric consistency index: sum over known pairs of ln^2(a_ij w_j / w_i), w by ahp_geometric, divided by the known pairs beyond the n - 1
 * that any weights can satisfy; with a complete matrix that is Aguaron and Moreno's 2 / ((n - 1)(n - 2)) (2003). 0 when there are none beyond.
 */
extern double ahp_geometric_consistency(int n, const double *upper, const double *w);

/* A triad of criteria and how much its three judgements contradict each other. */
typedef struct AhpTriad
{
	int			a;				/* ascending */
	int			b;
	int			c;
	double		inconsistency;	/* Koczkodaj 1993: min(|1 - a_ac / (a_ab a_bc)|, |1 - a_ab a_bc / a_ac|), 0 to 1 */
	int			ask_a;			/* the pair of the triad that agrees least with the weights of the whole matrix */
	int			ask_b;
} AhpTriad;

/* The worst triad, the first of equals; false when no three criteria are compared completely. */
extern bool ahp_worst_triad(int n, const double *upper, const double *w, AhpTriad *triad, AhpCheck check);

/*
 * Average consistency index of random matrices of that size, by the name of the table; NAN when the table does not go so far, negative when
 * there is no table of that name. Size 1 and 2: 0.
 */
extern double ahp_random_index(const char *table, int n);

/* Greatest size of a named table, 0 for an unknown name. */
extern int	ahp_random_index_size(const char *table);

#endif							/* INNOCITY_AHP_H */
