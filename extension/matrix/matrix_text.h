/*
 * matrix_text.h
 *	  The text form of the matrix types, as plain C without server headers.
 *
 *	sector_profile		{26:0.3, 35111:0.7}
 *	activity_matrix		{46110:{26:5}, 46170:{26:30, 35111:120}}		region, then its sectors
 *	sector_matrix		{26:{26:1, 35111:0.25}}
 *	a ratio				ratio {46110:{26:0, 35111:1.5}, 46170:{26:null}, 46180:{}}
 *
 * Codes come in any order on input and ascending on output; white space is free. A zero lists its codes in a ratio and is
 * nothing in a quantity. A number whose exact value is no float8 is a sum, largest part first: 0.1+5.551115123125783e-18.
 *
 * Input also takes what the casts to json give: codes in double quotes, and
 *	{"kind":"ratio","regions":["46110"],"sectors":["26"],"cells":{"46110":{"26":1.5}}}
 * in any order, with "rows" and "columns" for a sector_matrix; the two lists may be left out.
 */
#ifndef INNOCITY_MATRIX_TEXT_H
#define INNOCITY_MATRIX_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "code/code.h"

/* What the parser found: called for each row before its cells, for each cell, and for each code of a JSON document's two lists. */
typedef struct MatrixSink
{
	void		(*ratio) (void *state);
	void		(*row) (void *state, int64_t row);
	/* The parts of the cell's exact value; null_value: NULL, no parts. */
	void		(*cell) (void *state, int64_t col, const double *part, int nparts, bool null_value);
	void		(*list) (void *state, bool is_row, int64_t code);
	void	   *state;
} MatrixSink;

typedef struct MatrixParseError
{
	size_t		position;		/* byte offset, 0-based */
	char		detail[320];
	char		hint[220];
} MatrixParseError;

/* Most parts that a number may be written in. */
#define MATRIX_TEXT_PARTS	64

/*
 * Parses the len bytes at str. nested: rows of cells; else the cells of one row (a profile), for which row is called once with
 * code 0. Numbers must be finite and of magnitude below limit. False with *error filled when the text is not valid; the
 * sink may have been called by then.
 */
extern bool matrix_text_parse(const char *str, size_t len, bool nested, CodeKind row_kind, double limit,
							  const MatrixSink *sink, MatrixParseError *error);

#endif							/* INNOCITY_MATRIX_TEXT_H */
