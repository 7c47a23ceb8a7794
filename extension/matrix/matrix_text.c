/*
 * matrix_text.c
 *	  Parser of the text form of the matrix types; see matrix_text.h.
 *
 * One pass, left to right, no allocation. A key is everything up to the last colon before the next comma or brace, since codes
 * contain colons themselves (ksic9:36), or what stands in double quotes before a colon.
 */
#include "matrix/matrix_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Parser
{
	const char *str;
	const char *end;
	const char *at;
	bool		ratio;
	double		limit;
	const MatrixSink *sink;
	MatrixParseError *error;
} Parser;

/* Longest number that is tried: 17 digits with 340 leading zeros would still be shorter. */
#define NUMBER_LENGTH_MAX	400

static bool
fail(Parser *parser, const char *at, const char *detail, const char *hint)
{
	parser->error->position = at - parser->str;
	snprintf(parser->error->detail, sizeof(parser->error->detail), "%s", detail);
	snprintf(parser->error->hint, sizeof(parser->error->hint), "%s", hint);
	return false;
}

static bool
fail_expected(Parser *parser, const char *what)
{
	char		detail[sizeof(parser->error->detail)];

	if (parser->at >= parser->end)
		snprintf(detail, sizeof(detail), "Expected %s, but the text ends.", what);
	else
		snprintf(detail, sizeof(detail), "Expected %s at position %zu.", what, (size_t) (parser->at - parser->str) + 1);
	return fail(parser, parser->at, detail, "");
}

static inline void
skip_space(Parser *parser)
{
	while (parser->at < parser->end &&
		   (*parser->at == ' ' || *parser->at == '\t' || *parser->at == '\n' || *parser->at == '\r'))
		parser->at++;
}

static inline bool
take(Parser *parser, char c)
{
	skip_space(parser);
	if (parser->at < parser->end && *parser->at == c)
	{
		parser->at++;
		return true;
	}
	return false;
}

/* What stands in double quotes from here on. Neither codes nor the words of a document need escapes. */
static bool
parse_string(Parser *parser, const char **start, size_t *length)
{
	if (!take(parser, '"'))
		return fail_expected(parser, "a double quote");
	*start = parser->at;
	while (parser->at < parser->end && *parser->at != '"' && *parser->at != '\\')
		parser->at++;
	*length = parser->at - *start;
	if (!take(parser, '"'))
		return fail_expected(parser, "a closing quote");
	return true;
}

static bool
parse_code(Parser *parser, CodeKind kind, const char *start, size_t length, int64_t *code)
{
	CodeParseError code_error;
	char		detail[sizeof(parser->error->detail)];

	if (code_parse(kind, start, length, code, &code_error))
		return true;
	snprintf(detail, sizeof(detail), "No %s code at position %zu. %s",
			 kind == CODE_REGION ? "region" : "sector", (size_t) (start - parser->str) + 1, code_error.detail);
	return fail(parser, start, detail, code_error.hint);
}

static bool
parse_key(Parser *parser, CodeKind kind, int64_t *code)
{
	const char *start;
	const char *colon = NULL;
	const char *stop;
	size_t		length;

	skip_space(parser);
	start = parser->at;
	if (start < parser->end && *start == '"')
	{
		if (!parse_string(parser, &start, &length))
			return false;
		if (!take(parser, ':'))
			return fail_expected(parser, "a colon");
		return parse_code(parser, kind, start, length, code);
	}
	for (stop = start; stop < parser->end && *stop != ',' && *stop != '{' && *stop != '}'; stop++)
		if (*stop == ':')
			colon = stop;
	if (colon == NULL)
		return fail_expected(parser, "a code and a colon");

	parser->at = colon + 1;
	while (colon > start && (colon[-1] == ' ' || colon[-1] == '\t' || colon[-1] == '\n' || colon[-1] == '\r'))
		colon--;
	return parse_code(parser, kind, start, colon - start, code);
}

static inline bool
is_digit(const Parser *parser, const char *at)
{
	return at < parser->end && *at >= '0' && *at <= '9';
}

/*
 * One decimal number without its sign. Up to 15 digits and small exponents are converted exactly by one division or
 * multiplication of exact numbers; the rest is strtod's, whose decimal point is the C locale's in a server process.
 */
static bool
parse_number(Parser *parser, double *number)
{
	static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
	1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	const char *start = parser->at;
	const char *at = start;
	uint64_t	mantissa = 0;
	int			digits = 0;
	int			fraction = 0;
	int			exponent = 0;
	bool		any = false;
	char		copy[NUMBER_LENGTH_MAX + 1];
	size_t		length;

	for (; is_digit(parser, at); at++, any = true)
		if (digits > 0 || *at != '0')
		{
			if (digits < 19)
				mantissa = mantissa * 10 + (*at - '0');
			digits++;
		}
	if (at < parser->end && *at == '.')
		for (at++; is_digit(parser, at); at++, any = true, fraction++)
			if (digits > 0 || *at != '0')
			{
				if (digits < 19)
					mantissa = mantissa * 10 + (*at - '0');
				digits++;
			}
	if (!any)
		return fail_expected(parser, parser->ratio ? "a number or null" : "a number");
	if (at < parser->end && (*at == 'e' || *at == 'E'))
	{
		const char *sign = at + 1;
		const char *first = sign;

		if (first < parser->end && (*first == '+' || *first == '-'))
			first++;
		if (is_digit(parser, first))
		{
			for (at = first; is_digit(parser, at); at++)
				if (exponent < 100000)
					exponent = exponent * 10 + (*at - '0');
			if (*sign == '-')
				exponent = -exponent;
		}
	}

	length = at - start;
	if (length > NUMBER_LENGTH_MAX)
		return fail(parser, start, "A number has too many characters.", "");
	if (digits <= 15 && exponent - fraction >= -22 && exponent - fraction <= 22)
		*number = exponent >= fraction ? (double) mantissa * power[exponent - fraction]
			: (double) mantissa / power[fraction - exponent];
	else
	{
		memcpy(copy, start, length);
		copy[length] = '\0';
		*number = strtod(copy, NULL);
	}
	if (!(*number < parser->limit))
	{
		char		detail[sizeof(parser->error->detail)];

		snprintf(detail, sizeof(detail), "The number at position %zu is out of range.", (size_t) (start - parser->str) + 1);
		return fail(parser, start, detail, "");
	}
	parser->at = at;
	return true;
}

/* A number, or several that are summed, or null. */
static bool
parse_cell(Parser *parser, int64_t col)
{
	double		part[MATRIX_TEXT_PARTS];
	int			nparts = 0;
	bool		negative;

	skip_space(parser);
	if (parser->end - parser->at >= 4 && memcmp(parser->at, "null", 4) == 0)
	{
		if (!parser->ratio)
			return fail(parser, parser->at, "Only a ratio can have null cells.",
						"Leave the cell out, or write the word ratio before the opening brace.");
		parser->at += 4;
		parser->sink->cell(parser->sink->state, col, NULL, 0, true);
		return true;
	}

	negative = take(parser, '-');
	for (;;)
	{
		if (nparts == MATRIX_TEXT_PARTS)
			return fail_expected(parser, "a number of fewer parts");
		if (!parse_number(parser, &part[nparts]))
			return false;
		if (negative)
			part[nparts] = -part[nparts];
		nparts++;

		skip_space(parser);
		if (parser->at >= parser->end || (*parser->at != '+' && *parser->at != '-'))
			break;
		negative = *parser->at++ == '-';
		skip_space(parser);
	}
	parser->sink->cell(parser->sink->state, col, part, nparts, false);
	return true;
}

/* The cells of one row, after the opening brace, with the closing one. */
static bool
parse_row(Parser *parser)
{
	int64_t		col;

	if (take(parser, '}'))
		return true;
	do
	{
		if (!parse_key(parser, CODE_SECTOR, &col) || !parse_cell(parser, col))
			return false;
	} while (take(parser, ','));
	if (!take(parser, '}'))
		return fail_expected(parser, "a comma or a closing brace");
	return true;
}

/* Rows of cells, after the opening brace, with the closing one. */
static bool
parse_rows(Parser *parser, CodeKind row_kind)
{
	int64_t		row;

	if (take(parser, '}'))
		return true;
	do
	{
		if (!parse_key(parser, row_kind, &row))
			return false;
		if (!take(parser, '{'))
			return fail_expected(parser, "an opening brace");
		parser->sink->row(parser->sink->state, row);
		if (!parse_row(parser))
			return false;
	} while (take(parser, ','));
	if (!take(parser, '}'))
		return fail_expected(parser, "a comma or a closing brace");
	return true;
}

static inline bool
is_word(const char *start, size_t length, const char *word)
{
	return length == strlen(word) && memcmp(start, word, length) == 0;
}

/* The members of a document; no code is called so. */
typedef enum Member
{
	MEMBER_KIND,
	MEMBER_ROWS,
	MEMBER_COLS,
	MEMBER_CELLS,
	MEMBER_NONE
} Member;

static const char *const member_name[2][MEMBER_NONE] = {
	[CODE_SECTOR] = {"kind", "rows", "columns", "cells"},
	[CODE_REGION] = {"kind", "regions", "sectors", "cells"}
};

static Member
find_member(CodeKind row_kind, const char *start, size_t length)
{
	Member		member = MEMBER_KIND;

	while (member < MEMBER_NONE && !is_word(start, length, member_name[row_kind][member]))
		member++;
	return member;
}

/* Does the name of a member and a colon follow? Nothing is taken. */
static bool
at_document(Parser *parser, CodeKind row_kind)
{
	Parser		ahead = *parser;
	const char *start;
	size_t		length;

	skip_space(&ahead);
	return ahead.at < ahead.end && *ahead.at == '"' && parse_string(&ahead, &start, &length) && take(&ahead, ':') &&
		find_member(row_kind, start, length) != MEMBER_NONE;
}

/* Looks ahead for the kind, which decides what cells can be and may come after them. */
static bool
find_kind(Parser *parser)
{
	Parser		ahead = *parser;
	int			depth = 0;
	const char *start;
	size_t		length;

	while (ahead.at < ahead.end && depth >= 0)
	{
		if (*ahead.at != '"')
		{
			depth += (*ahead.at == '{' || *ahead.at == '[') - (*ahead.at == '}' || *ahead.at == ']');
			ahead.at++;
			continue;
		}
		if (!parse_string(&ahead, &start, &length))
			return false;
		if (depth == 0 && is_word(start, length, "kind") && take(&ahead, ':'))
		{
			if (!parse_string(&ahead, &start, &length))
				return false;
			parser->ratio = is_word(start, length, "ratio");
			if (parser->ratio)
				parser->sink->ratio(parser->sink->state);
			else if (!is_word(start, length, "quantity"))
				return fail(parser, start, "The kind is neither \"quantity\" nor \"ratio\".", "");
			return true;
		}
	}
	return fail(parser, parser->at, "The document has no \"kind\".", "");
}

/* A list of codes. */
static bool
parse_list(Parser *parser, CodeKind kind, bool is_row)
{
	const char *start;
	size_t		length;
	int64_t		code;

	if (!take(parser, '['))
		return fail_expected(parser, "an opening bracket");
	if (take(parser, ']'))
		return true;
	do
	{
		if (!parse_string(parser, &start, &length) || !parse_code(parser, kind, start, length, &code))
			return false;
		parser->sink->list(parser->sink->state, is_row, code);
	} while (take(parser, ','));
	if (!take(parser, ']'))
		return fail_expected(parser, "a comma or a closing bracket");
	return true;
}

/* A JSON document after its opening brace, with the closing one. */
static bool
parse_document(Parser *parser, CodeKind row_kind)
{
	bool		seen[MEMBER_NONE] = {false};
	const char *start;
	size_t		length;

	if (!find_kind(parser))
		return false;
	do
	{
		Member		member;
		bool		good = true;

		if (!parse_string(parser, &start, &length))
			return false;
		if (!take(parser, ':'))
			return fail_expected(parser, "a colon");
		member = find_member(row_kind, start, length);
		if (member == MEMBER_NONE || seen[member])
		{
			const char *const *name = member_name[row_kind];
			char		detail[sizeof(parser->error->detail)];

			snprintf(detail, sizeof(detail), "Expected \"%s\", \"%s\", \"%s\" or \"%s\", each once, at position %zu.",
					 name[MEMBER_KIND], name[MEMBER_ROWS], name[MEMBER_COLS], name[MEMBER_CELLS], (size_t) (start - parser->str));
			return fail(parser, start, detail, "");
		}
		seen[member] = true;
		switch (member)
		{
			case MEMBER_KIND:
				good = parse_string(parser, &start, &length);
				break;
			case MEMBER_ROWS:
			case MEMBER_COLS:
				good = parse_list(parser, member == MEMBER_ROWS ? row_kind : CODE_SECTOR, member == MEMBER_ROWS);
				break;
			case MEMBER_CELLS:
				good = take(parser, '{') ? parse_rows(parser, row_kind) : fail_expected(parser, "an opening brace");
				break;
			case MEMBER_NONE:
				break;
		}
		if (!good)
			return false;
	} while (take(parser, ','));
	if (!take(parser, '}'))
		return fail_expected(parser, "a comma or a closing brace");
	if (!seen[MEMBER_CELLS])
		return fail(parser, parser->at, "The document has no \"cells\".", "");
	return true;
}

bool
matrix_text_parse(const char *str, size_t len, bool nested, CodeKind row_kind, double limit,
				  const MatrixSink *sink, MatrixParseError *error)
{
	Parser		parser = {.str = str,.end = str + len,.at = str,.limit = limit,.sink = sink,.error = error};

	skip_space(&parser);
	if (nested && parser.end - parser.at >= 5 && memcmp(parser.at, "ratio", 5) == 0)
	{
		parser.at += 5;
		parser.ratio = true;
		sink->ratio(sink->state);
	}
	if (!take(&parser, '{'))
		return fail_expected(&parser, "an opening brace");
	if (!nested)
	{
		sink->row(sink->state, 0);
		if (!parse_row(&parser))
			return false;
	}
	else if (!parser.ratio && at_document(&parser, row_kind))
	{
		if (!parse_document(&parser, row_kind))
			return false;
	}
	else if (!parse_rows(&parser, row_kind))
		return false;
	skip_space(&parser);
	if (parser.at < parser.end)
		return fail_expected(&parser, "nothing more");
	return true;
}
