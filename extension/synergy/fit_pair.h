/*
 * fit_pair.h
 *	  One pair of institution and city as the SQL functions of the fit receive it: parts, their values, and their leaves.
 *
 * The functions are called with what belongs to the institution (profile, routes), to the city (fits, partners) and to the pair
 * (shares). Nothing is read but the arguments. NULL stands for an empty array or profile. Memory is the caller's context.
 */
#ifndef INNOCITY_FIT_PAIR_H
#define INNOCITY_FIT_PAIR_H

#include "base/row_array.h"
#include "synergy/fit.h"

/* Attributes of synergy_partner in fit.sql. */
enum { PARTNER_ID, PARTNER_PROFILE, PARTNER_SIMILARITY, PARTNER_NATTS };

typedef struct Partner
{
	TextId		id;
	Datum		profile;
	Profile		prepared;
	double		similarity;
	double		weight;			/* in the mean of complementarity: 1 unless a share says otherwise */
} Partner;

/* The part that is computed from partners; all others come as products or shares. Its shares are the weights of its partners. */
#define COMPLEMENTARITY "complementarity"

/* What is known of one pair: its parts with their leaves. */
typedef struct Pair
{
	int			nparts;
	TextId	   *part;			/* in order of bytes */
	int		   *place;			/* place of part i in the caller's array */
	double	   *value;			/* NaN = not known */
	int			npartners;
	TextId	   *partner;		/* in order of bytes */
	int			nleaves;
	int			room;
	FitLeaf    *leaf;
} Pair;

/*
 * Is the row of synergy_share in hand one of complementarity? Then it is no share but the weight of a partner in the mean, set in *id and
 * *weight: it must name the partner and be above 0. *weight is 0 when it is NULL and says nothing.
 */
extern bool pair_partner_weight(RowArray *shares, TextId *id, double *weight);

/* A sector_profile as fit.h and profile_similarity.h take it. */
extern Profile pair_profile(Datum datum);

/* Elements of an array of synergy_partner, *n of them; a partner without a profile, or with an empty one, is left out. */
extern Partner *pair_partners(ArrayType *array, const char *argument, int *n);

/* Reads parts (argument 0) and, from argument `first` on, routes, fits, profile, partners and shares; computes values and leaves. */
extern void pair_read(Pair *pair, FunctionCallInfo fcinfo, int first);

/*
 * Numbers of the caller's array, one a part, in the pair's order of parts. Wrong lengths and what is negative or infinite are errors, and
 * so is NULL unless `nulls`: then it is NaN.
 */
extern double *pair_numbers(const Pair *pair, ArrayType *array, const char *what, bool nulls);

/* A leaf of a part that names neither sector nor, with partner -1, a partner. */
extern void pair_add_leaf(Pair *pair, int part, int partner, double value);

#endif							/* INNOCITY_FIT_PAIR_H */
