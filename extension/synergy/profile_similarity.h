/*
 * profile_similarity.h
 *	  How much two sector profiles have in common, when related codes count in part.
 *
 * cos(a, b) = a'Kb / sqrt(a'Ka b'Kb) with K_st = tree_similarity(s, t): levels in common over levels in either chain of ancestors.
 * K is 0 across top-level codes and schemes, and codes are sorted in pre-order, so only runs with the same top-level code meet.
 * Plain C; the chains of ancestors are found once a profile and then compared pair by pair.
 */
#ifndef INNOCITY_PROFILE_SIMILARITY_H
#define INNOCITY_PROFILE_SIMILARITY_H

#include "code/code.h"

/* A sector with its ancestors. */
typedef struct ProfileChain
{
	int64_t		code[CODE_DEPTH_MAX];	/* top first, the sector itself last */
	int32_t		level;			/* how many */
	int32_t		unused;
} ProfileChain;

/* One sector of a profile. */
typedef struct ProfileTerm
{
	double		weight;
	int32_t		chain;			/* its place among the profile's chains */
	int32_t		unused;
} ProfileTerm;

typedef struct Profile
{
	int			n;				/* terms with a positive weight, codes ascending */
	double		norm;			/* a'Ka */
	ProfileTerm *term;
	const ProfileChain *chain;	/* of these terms, or of many profiles */
} Profile;

/* Fills p->term and chain (room for n each) from sorted codes and weights >= 0. Weights are scaled by a power of two, which cancels out. */
extern void profile_prepare(const int64_t *codes, const double *weights, int n, ProfileChain *chain, Profile *p);

/* The chain of a term, and the sector it ends in. */
static inline const ProfileChain *
profile_chain(const Profile *p, int term)
{
	return &p->chain[p->term[term].chain];
}

static inline int64_t
profile_sector(const Profile *p, int term)
{
	const ProfileChain *chain = profile_chain(p, term);

	return chain->code[chain->level - 1];
}

/* In [0, 1]: exactly 1 for equal profiles, the same for (a, b) and (b, a); NaN when a profile has no positive weight. */
extern double profile_similarity(const Profile *a, const Profile *b);

#endif							/* INNOCITY_PROFILE_SIMILARITY_H */
