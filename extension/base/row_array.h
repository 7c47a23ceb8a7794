/*
 * row_array.h
 *	  Reading an argument that is an array of a composite type: ARRAY(SELECT (a, b)::some_type FROM ...).
 *
 * Relations of many rows come into a function this way, so that the planner sees the query, rights are checked and
 * parameters bind. Rows are numbered from 1 in messages, as in the array.
 */
#ifndef INNOCITY_ROW_ARRAY_H
#define INNOCITY_ROW_ARRAY_H

#include "base/compat.h"

#include "access/tupdesc.h"
#include "utils/array.h"

typedef struct RowArray
{
	const char *argument;		/* the argument's name, for messages */
	int			nrows;
	int			row;			/* the row in hand, 0-based */
	Datum	   *elements;
	TupleDesc	desc;
	Datum	   *values;			/* attributes of the row in hand */
	bool	   *nulls;
} RowArray;

/* An identifier inside an argument: bytes, not NUL-terminated, compared as bytes whatever the collation. */
typedef struct TextId
{
	const char *data;
	int			len;
} TextId;

/* Opens the array; a NULL element is 22004, an array of more than one dimension 2202E. natts is what the caller will read. */
extern void row_array_open(RowArray *rows, ArrayType *array, const char *argument, int natts);

/* Deforms row number row (0-based). */
extern void row_array_fetch(RowArray *rows, int row);

/* Attribute as identifier; NULL or empty is 22004 / 22023 naming the row and attribute. Points into detoasted memory. */
extern TextId row_array_id(RowArray *rows, int attribute);

/* Attribute as number, or the default when it is NULL; NaN and infinity are 22023. */
extern double row_array_number(RowArray *rows, int attribute, double null_value);

/* Attribute is NULL? */
extern bool row_array_is_null(RowArray *rows, int attribute);

/* "element 3 of argument \"tasks\"", for errdetail. */
extern const char *row_array_place(RowArray *rows);

/* Order of identifiers: bytes, then length. */
extern int	text_id_cmp(TextId a, TextId b);

/* A palloc'ed C string of an identifier, for messages; long ones are shortened at a character boundary. */
extern char *text_id_cstring(TextId id);

/* Position in n sorted identifiers, or -1. */
extern int	text_id_position(const TextId *ids, int n, TextId id);

#endif							/* INNOCITY_ROW_ARRAY_H */
