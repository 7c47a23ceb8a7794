/*
 * board_builder.h
 *	  What becomes a board: everything that was read, one vector a section, before it is laid out.
 *
 * board_read_fn.c and board_city_fn.c fill it from arrays, board_build_fn.c writes the board (see board.h). Until then texts
 * stand for their places among all texts read, in the fields that hold their numbers later.
 */
#ifndef INNOCITY_BOARD_BUILDER_H
#define INNOCITY_BOARD_BUILDER_H

#include "base/compat.h"

#include "utils/array.h"

#include "base/row_array.h"
#include "matrix/matrix.h"
#include "synergy/board.h"

/* A section that grows. */
typedef struct Vector
{
	void	   *data;
	int64		n;
	int64		room;
	size_t		size;
} Vector;

/* A part that is a product, and the sectors that its bridges lead to. */
typedef struct Product
{
	TextId		name;
	Vector		sector;			/* int64: each once, sorted */
} Product;

/* How the profiles of a scenario arrive in the taxonomy of a product. */
typedef struct Bridge
{
	TextId		scenario;
	int32		product;
	MatrixView	m;
	double	   *row_sum;
	int32	   *place;			/* of each column in the product's list of sectors */
	int32		like;			/* an earlier bridge that gives the same routes, or -1 */
} Bridge;

typedef struct BoardBuilder
{
	MemoryContext context;		/* what outlives one row */
	Vector		text;			/* TextId */
	Vector		product;
	Vector		bridge;
	Vector		institution;
	Vector		city;
	Vector		route;			/* BoardRun: one a product for each institution */
	Vector		cell;
	Vector		term;
	Vector		term_sector;	/* int64, as term */
	Vector		worth;			/* WorthOf */
	Vector		partner;
	Vector		incumbent;
	Vector		tie;
	Vector		affiliate;
	Vector		part;
	Vector		share;
	int			max_parts;
	int			max_partners;
} BoardBuilder;

/* What a unit of each sector is worth to a part in a city. */
typedef struct WorthOf
{
	int32		city;
	int32		product;
	Datum		profile;
} WorthOf;

extern void board_vector_init(Vector *v, size_t size);

/* Room for n elements more, zeroed and counted as there; NULL for none. A board is one value, so no section passes 1 GB: 54000. */
extern void *board_vector_add(BoardBuilder *b, Vector *v, int64 n);

/* A text among all texts read, by its place; the same of a text to keep, whose bytes must stay, and of an attribute, whose NULL is an error. */
extern TextId board_text_at(BoardBuilder *b, int32 place);
extern int32 board_add_text(BoardBuilder *b, Datum text);
extern int32 board_add_text_of(BoardBuilder *b, RowArray *rows, int attribute);

/* A number of the current row, NaN where it is NULL. */
extern double board_number_or_nan(RowArray *rows, int attribute);

/* Number of the product of that name, or -1. */
extern int32 board_product_number(BoardBuilder *b, TextId name);

/* The terms of a profile; their chains come when all sectors are known. */
extern BoardProfile board_add_profile(BoardBuilder *b, const Profile *p);

/* Read the arguments of synergy_board into the builder, bridges first; wrong rows are errors that name the row. */
extern void board_read_bridges(BoardBuilder *b, ArrayType *array);
extern void board_read_institutions(BoardBuilder *b, ArrayType *array);
extern void board_read_cities(BoardBuilder *b, ArrayType *array);

#endif							/* INNOCITY_BOARD_BUILDER_H */
