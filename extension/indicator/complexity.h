/*
 * complexity.h
 *	  Economic complexity of regions and sectors (Hidalgo and Hausmann 2009) from presence.
 *
 * ECI is the second eigenvector of D^-1 M U^-1 M', M being presence, D diversity and U ubiquity: of the symmetric form
 * D^-1/2 M U^-1 M' D^-1/2, or of its mirror over sectors where those are fewer, whose first eigenvector (root of the counts,
 * eigenvalue 1) is known and set aside. The operator is applied by lists of what is present. ECI gets mean 0 and population standard
 * deviation 1 over regions; PCI is on the same scale, so that a region's ECI is the mean PCI of its sectors. The sign makes ECI rise with
 * diversity.
 *
 * Regions without sectors and sectors without regions take no part. Plain C, memory from the caller.
 */
#ifndef INNOCITY_COMPLEXITY_H
#define INNOCITY_COMPLEXITY_H

#include "indicator/sparse.h"

typedef enum ComplexityStatus
{
	COMPLEXITY_OK,
	COMPLEXITY_EMPTY,			/* nothing is present */
	COMPLEXITY_DISCONNECTED,	/* several components that share no sector: as many eigenvalues are 1 */
	COMPLEXITY_DEGENERATE		/* the second eigenvalue is 0 or not separated from the third: its vector means nothing */
} ComplexityStatus;

/* Below this, relative to the second eigenvalue, the third is taken as equal: the vector's error is about 1e-13 over the gap. */
#define COMPLEXITY_GAP_MIN 1e-8

typedef struct Complexity
{
	ComplexityStatus status;
	int			components;
	int		   *component;		/* of each region, 1-based in order of their first region; 0 without sectors */
	double		second;			/* eigenvalues */
	double		third;
	double		correlation;	/* of ECI and diversity, NaN when one of them is constant */
	double	   *eci;			/* NaN where there is none */
	double	   *pci;
} Complexity;

/* Doubles of scratch memory. */
extern size_t complexity_scratch(const Presence *p);

/* Component of each region and their number; link holds nrows + ncols ints. */
extern int	complexity_components(const Presence *p, int *link, int *component);

/*
 * What iterations call before each step, so that the caller can look for interrupts: it may leave by a longjmp, since nothing here owns
 * anything. NULL where nobody waits.
 */
typedef void (*ComplexityPause) (void);

/* Fills c, whose arrays the caller has allocated; link as above. own_scale: PCI with mean 0 and deviation 1 of its own. */
extern void complexity_solve(const Presence *p, bool own_scale, ComplexityPause pause, int *link, double *scratch, Complexity *c);

/*
 * Fitness of regions and sectors (Tacchella et al. 2012): F = sum of Q over sectors present, Q = 1 / sum of 1/F over regions, each
 * divided by its mean, from all 1. Returns the steps taken; *change is the largest relative change of F in the last one. fitness has
 * room for 2 nrows, quality for 2 ncols; the results are in the first halves, NaN where there is none.
 */
extern int	fitness_solve(const Presence *p, int iterations, double tolerance, ComplexityPause pause,
						  double *fitness, double *quality, double *change);

/*
 * Reflections: k_N of regions (N = steps), the mean over a region's sectors of their k_(N-1), and so on down to the counts. The
 * common mean, to which all converge, is kept apart, and what shrinks is kept in range: k = *mean + deviation * 2^exponent, the
 * exponent being returned. Deviations keep their digits; NaN for a region without sectors. sectors holds ncols.
 */
extern int	reflections_solve(const Presence *p, int steps, ComplexityPause pause, double *mean, double *deviation, double *sectors);

#endif							/* INNOCITY_COMPLEXITY_H */
