/*
 * matrix_text.c
 *	  Parser of the text form of the matrix types; see matrix_text.h.
 *
 * One pass, left to right, no allocation. A key is everything up to the last colon before the next comma or brace, since codes
 * contain colons themselves (ksic9:36).
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

static bool
parse_key(Parser *parser, CodeKind kind, int64_t *code)
{
	const char *start;
	const char *colon = NULL;
	const char *stop;
	CodeParseError code_error;

	skip_space(parser);
	start = parser->at;
	for (stop = start; stop < parser->end && *stop != ',' && *stop != '{' && *stop != '}'; stop++)
		if (*stop == ':')
			colon = stop;
	if (colon == NULL)
		return fail_expected(parser, "a code and a colon");

	parser->at = colon + 1;
	while (colon > start && (colon[-1] == ' ' || colon[-1] == '\t' || colon[-1] == '\n' || colon[-1] == '\r'))
		colon--;
	if (!code_parse(kind, start, colon - start, code, &code_error))
	{
		char		detail[sizeof(parser->error->detail)];

		snprintf(detail, sizeof(detail), "No %s code at position %zu. %s",
				 kind == CODE_REGION ? "region" : "sector", (size_t) (start - parser->str) + 1, code_error.detail);
		return fail(parser, start, detail, code_error.hint);
	}
	return true;
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

bool
matrix_text_parse(const char *str, size_t len, bool nested, CodeKind row_kind, double limit,
				  const MatrixSink *sink, MatrixParseError *error)
{
	Parser		parser = {.str = str,.end = str + len,.at = str,.limit = limit,.sink = sink,.error = error};
	int64_t		row;

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
	else if (!take(&parser, '}'))
	{
		do
		{
			if (!parse_key(&parser, row_kind, &row))
				return false;
			if (!take(&parser, '{'))
				return fail_expected(&parser, "an opening brace");
			sink->row(sink->state, row);
			if (!parse_row(&parser))
				return false;
		} while (take(&parser, ','));
		if (!take(&parser, '}'))
			return fail_expected(&parser, "a comma or a closing brace");
	}
	skip_space(&parser);
	if (parser.at < parser.end)
		return fail_expected(&parser, "nothing more");
	return true;
}
