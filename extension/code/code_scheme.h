/*
 * code_scheme.h
 *	  The schemes of the code types as tables, and the bits of a code. Internal to extension/code.
 *
 * A scheme (ksic, kostat ...) has editions; an edition has a form, which says how its texts and payloads
 * are built. The numbers in these tables are those of docs/en/code-layout.md and are for ever.
 */
#ifndef INNOCITY_CODE_SCHEME_H
#define INNOCITY_CODE_SCHEME_H

#include "code/code.h"

#define CODE_SCHEME_SHIFT	58
#define CODE_EDITION_SHIFT	53
#define CODE_SCHEME_COUNT	32
#define CODE_PAYLOAD_MASK	((INT64_C(1) << 53) - 1)

/* Digits: twelve places of four bits; those of a range start lower and are eleven. */
#define CODE_PLACES			12
#define CODE_DIGITS_MASK	((INT64_C(1) << 48) - 1)
#define CODE_SECTION_SHIFT	48
#define CODE_RANGE_SHIFT	46
#define CODE_RANGE_MASK		((INT64_C(1) << CODE_RANGE_SHIFT) - 1)
#define CODE_PLACE_FILL		15
#define CODE_PLACE_LETTER	11		/* the A of ksco */

/* Symbols: ten places in base 39. */
#define CODE_SYMBOLS		10
#define CODE_BASE			39
#define CODE_SYMBOL_DOT		1
#define CODE_SYMBOL_DIGIT	2
#define CODE_SYMBOL_LETTER	12
#define CODE_SYMBOL_FILL	38

/* How the payload is built. */
typedef enum CodeLayout
{
	CODE_DIGITS,
	CODE_SECTION_DIGITS,
	CODE_RANGE_DIGITS,
	CODE_SYMBOL_LEVELS
} CodeLayout;

/* What makes a level, where the number of digits alone does not say it; and what a text looks like. */
typedef enum CodeShape
{
	SHAPE_PLAIN,				/* digits: a level per listed length; symbols: a level per dot */
	SHAPE_MOIS,					/* groups of 2, 3, 3, 2 digits; districts under cities of provinces */
	SHAPE_KOSTAT,				/* groups of 2, 3, 3 digits; districts under every code that ends in 0 */
	SHAPE_SNA,					/* S and steps of digits */
	SHAPE_KSCO,					/* the first place may be the letter A */
	SHAPE_NUTS,					/* country, then one symbol a level, written without dots */
	SHAPE_ISO					/* country, hyphen, subdivision */
} CodeShape;

typedef struct CodeForm
{
	CodeLayout	layout;
	CodeShape	shape;
	uint8_t		leaf;			/* digits of the longest code, which has no children; symbols: deepest level, 0 = any */
	uint8_t		level_of[CODE_PLACES + 1];	/* level of a code by its number of digits, 0 = no such code */
	uint16_t	dots;			/* bit n: a dot stands after n digits */
	const char *const *level_names; /* indexed by level - 1; NULL: "level 1" ... */
	const char *expected;		/* completes "A code of ... is" */
	const char *example;
} CodeForm;

typedef struct CodeEdition
{
	const char *name;			/* "ksic9"; edition 0 has the scheme's name; NULL = no such edition */
	const CodeForm *form;
	const char *sections;		/* a hundred letters: the section of each division, or '-' */
} CodeEdition;

typedef struct CodeScheme
{
	const CodeEdition *editions;	/* indexed by edition number */
	int			edition_count;
} CodeScheme;

extern const CodeScheme code_schemes[2][CODE_SCHEME_COUNT];

/* Edition of a scheme by their numbers; NULL when there is none. */
static inline const CodeEdition *
code_edition(CodeKind kind, int scheme, int edition)
{
	const CodeScheme *s = &code_schemes[kind][scheme];

	if (edition >= s->edition_count || s->editions[edition].name == NULL)
		return NULL;
	return &s->editions[edition];
}

/* The edition a valid code belongs to; NULL for an int64 that names none. */
static inline const CodeEdition *
code_edition_of(CodeKind kind, int64_t code)
{
	if (code < 0)
		return NULL;
	return code_edition(kind, (int) (code >> CODE_SCHEME_SHIFT), (int) (code >> CODE_EDITION_SHIFT) & 31);
}

/* Finds "ksic9" (any case); false when no edition has that name. */
extern bool code_find_edition(CodeKind kind, const char *name, size_t len, int *scheme, int *edition);

/* 39 to the power of n, n from 0 to 10. */
extern const int64_t code_power[CODE_SYMBOLS + 1];

/* A payload of digits, opened: a subtree end is replaced by the code it closes. */
typedef struct CodeParts
{
	const CodeForm *form;
	int64_t		head;			/* scheme, edition, and section or range */
	uint64_t	digits;			/* 48 bits, the first place on top */
	int			length;			/* places in use */
	bool		closed;			/* it was a subtree end */
} CodeParts;

/* Steps of an SNA code: the end of the step that starts after length places, or 0 if no step fits there. */
extern int	code_sna_step(uint64_t digits, int length, int total);

/* The digit (place value) at an index from 0. */
static inline int
code_place(uint64_t digits, int index)
{
	return (int) (digits >> (44 - 4 * index)) & 15;
}

/* Is a five-digit code with these places a city that can have districts, or a district of one? */
static inline bool
code_has_districts(const CodeForm *form, uint64_t digits)
{
	int			third = code_place(digits, 2) - 1;

	if (form->shape == SHAPE_KOSTAT)
		return true;
	/* Provinces are numbered from 40 on, metropolitan cities below. */
	return form->shape == SHAPE_MOIS && code_place(digits, 0) - 1 >= 4 && third >= 1 && third <= 6;
}

/* These two are inline: the hierarchy functions are called on row after row. */
static inline void
code_open(const CodeEdition *edition, int64_t code, CodeParts *parts)
{
	parts->form = edition->form;
	if (parts->form->layout == CODE_RANGE_DIGITS)
	{
		/* Eleven places: the twelfth is empty, or a fill where the eleventh is one. */
		parts->head = code & ~CODE_RANGE_MASK;
		parts->digits = ((uint64_t) code & CODE_RANGE_MASK) >> 2 << 4;
		if ((parts->digits >> 4 & 15) == CODE_PLACE_FILL)
			parts->digits |= CODE_PLACE_FILL;
	}
	else
	{
		parts->head = code & ~CODE_DIGITS_MASK;
		parts->digits = (uint64_t) code & CODE_DIGITS_MASK;
	}

	parts->closed = (parts->digits & 15) == CODE_PLACE_FILL;
	if (parts->closed)
	{
		int			fills = __builtin_ctzll(~parts->digits) / 4;

		parts->digits = parts->digits >> 4 * fills << 4 * fills;
	}
	parts->length = parts->digits == 0 ? 0 : CODE_PLACES - __builtin_ctzll(parts->digits) / 4;

	/* The end of a city with districts is filled from the fifth digit on, where the city itself has a 0. */
	if (parts->closed && parts->length == 4 && code_has_districts(parts->form, parts->digits))
	{
		parts->digits |= UINT64_C(1) << (44 - 4 * 4);
		parts->length = 5;
	}
}

/* The code with the first length places of these parts. */
static inline int64_t
code_cut(const CodeParts *parts, int length)
{
	int			rest = 4 * (CODE_PLACES - length);
	uint64_t	digits = length == 0 ? 0 : parts->digits >> rest << rest;

	if (parts->form->layout == CODE_RANGE_DIGITS)
		digits = digits >> 4 << 2;
	return parts->head | (int64_t) digits;
}

#endif							/* INNOCITY_CODE_SCHEME_H */
