/*
 * board.h
 *	  All institutions and cities of a plan in one flat value, so that millions of pairs are scored without reading any array again.
 *
 * A board is written once a query by board_build_fn.c and then read in place. Sections follow the header, each at a multiple of 8 bytes,
 * their offsets counted from the start of the value. Texts (names of scenarios, identifiers, ministries, parts) are numbered in the order
 * of their bytes, so that comparing numbers compares texts. What a pair needs is laid out for it:
 *
 *	- an institution has its profile as similarity wants it, and for each product (a part that is route x fit) the cells of its route:
 *	  a place in the product's list of sectors, and a weight;
 *	- a city has for each product one number a sector of that list: the sum of the fit's row, what a unit of the sector is worth there.
 *
 * Values, and therefore scores, have the same bytes as those of synergy_values, which also keeps the leaves. Plain C, no allocation.
 */
#ifndef INNOCITY_BOARD_H
#define INNOCITY_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "synergy/profile_similarity.h"

/* A number of cells, partners and the like that belong together, in their section. */
typedef struct BoardRun
{
	int32_t		first;
	int32_t		n;				/* -1 = not known, where that differs from none */
} BoardRun;

/* Offset of a section and number of its elements. */
typedef struct BoardSection
{
	int64_t		offset;
	int64_t		n;
} BoardSection;

typedef struct BoardCell
{
	double		weight;
	int32_t		place;			/* in the product's list of sectors */
	int32_t		unused;
} BoardCell;

typedef struct BoardProfile
{
	double		norm;			/* a'Ka */
	uint64_t	tops;			/* a bit for each top-level code, some codes sharing one: without a common bit nothing is similar */
	BoardRun	terms;
} BoardProfile;

typedef struct BoardInstitution
{
	int32_t		scenario;
	int32_t		id;
	int32_t		ministry;		/* -1 = not known */
	int32_t		capital;		/* may move to any city */
	double		headcount;		/* NaN = not known */
	BoardProfile profile;
} BoardInstitution;

typedef struct BoardPartner
{
	int32_t		id;
	int32_t		unused;
	double		weight;			/* in the mean of complementarity */
	BoardProfile profile;
} BoardPartner;

typedef struct BoardIncumbent
{
	int32_t		id;
	int32_t		ministry;		/* -1 = not known */
	double		weight;			/* in the ministry's share of affiliation */
} BoardIncumbent;

/* A named tie of an institution to an incumbent; sorted by institution. */
typedef struct BoardTie
{
	int32_t		id;
	int32_t		unused;
	double		weight;
} BoardTie;

/* A part of the score in the city's order of parts. */
typedef struct BoardPart
{
	double		weight;			/* as synergy_score takes it */
	int32_t		name;
	int32_t		product;		/* number of the product, or -1 */
} BoardPart;

/* A value that the city brings to a part whoever comes. */
typedef struct BoardShare
{
	double		value;
	int32_t		part;			/* in the city's order of parts */
	int32_t		unused;
} BoardShare;

typedef struct BoardCity
{
	int32_t		scenario;
	int32_t		variant;
	int32_t		id;
	int32_t		competes;
	int32_t		complementarity;	/* its place among the parts, or -1; likewise the next two */
	int32_t		absorption;
	int32_t		affiliation;
	int32_t		neighbours;
	double		power;
	double		kappa;
	double		activity;		/* NaN = not known */
	double		whole;			/* sum of the weights of the parts */
	BoardRun	parts;			/* -1 = no weights: no score */
	BoardRun	partners;
	BoardRun	incumbents;
	BoardRun	ties;
	BoardRun	affiliates;
	BoardRun	shares;
} BoardCity;

typedef struct Board
{
	int32_t		vl_len_;		/* the server's length word */
	int32_t		format;			/* BOARD_FORMAT */
	int32_t		nproducts;
	int32_t		max_parts;		/* greatest number of parts of a city */
	int32_t		max_partners;
	int32_t		unused;
	uint64_t	digest;			/* of all that follows: tells boards apart */
	BoardSection text_end;		/* int64: where text i ends among the bytes */
	BoardSection text;			/* bytes */
	BoardSection institution;
	BoardSection city;
	BoardSection product_place; /* int64: where the sectors of product p begin in a city's line of sums; nproducts + 1 */
	BoardSection route;			/* BoardRun: nproducts an institution */
	BoardSection cell;
	BoardSection known;			/* int32: nproducts a city: is the fit known? */
	BoardSection sum;			/* double: a line of all products' sectors a city */
	BoardSection term;			/* ProfileTerm */
	BoardSection chain;			/* ProfileChain: of all profiles' sectors, each once */
	BoardSection partner;
	BoardSection incumbent;
	BoardSection tie;
	BoardSection affiliate;		/* int32 */
	BoardSection part;
	BoardSection share;
} Board;

#define BOARD_FORMAT 1

#define BOARD_AT(board, section, type) ((const type *) ((const char *) (board) + (board)->section.offset))

/* Working memory of board_values: room for board->max_partners. */
typedef struct BoardNearest
{
	double		key;			/* similarity in units of 1e-12: what differs less is equal */
	double		similarity;
	double		weight;
	int32_t		id;
} BoardNearest;

/* The values of the city's parts for one institution, in the city's order of parts, NaN = not known; both of one scenario. */
extern void board_values(const Board *board, int institution, int city, BoardNearest *nearest, double *value);

/* Is the institution a subsidiary of an incumbent of the city that is not there itself? */
extern bool board_affiliate(const Board *board, int institution, int city);

/* Text number i, its length in *len; not terminated. */
extern const char *board_text(const Board *board, int i, int *len);

#endif							/* INNOCITY_BOARD_H */
