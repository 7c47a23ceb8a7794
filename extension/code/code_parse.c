/*
 * code_parse.c
 *	  Text to code. Strict: a text is a code in one way only, or the reader is told where and why not.
 *
 * Works on bytes; whatever is not ASCII is refused where it stands, so no encoding matters. Positions in
 * messages count characters from 1: all that comes before the first refused byte is ASCII.
 */
#include "code/code_scheme.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text on its way: the payload's bytes, folded by the readers as they go. */
typedef struct CodeText
{
	const char *str;			/* the whole text */
	size_t		pos;			/* next byte */
	size_t		end;			/* end of the payload: before '~' and trailing blanks */
	const CodeEdition *edition;
	int64_t		head;			/* scheme and edition in place */
	CodeParseError *error;		/* or NULL */
} CodeText;

static inline bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
}

static inline bool
is_letter(char c)
{
	c = upper(c);
	return c >= 'A' && c <= 'Z';
}

/* Always false, so that a reader can return it. */
static bool __attribute__((format(printf, 2, 3)))
refuse(CodeText *text, const char *detail,...)
{
	if (text->error != NULL)
	{
		va_list		args;

		va_start(args, detail);
		vsnprintf(text->error->detail, sizeof(text->error->detail), detail, args);
		va_end(args);
		snprintf(text->error->hint, sizeof(text->error->hint), "Write it like %s.", text->edition->form->example);
	}
	return false;
}

static void __attribute__((format(printf, 2, 3)))
suggest(CodeText *text, const char *hint,...)
{
	if (text->error != NULL)
	{
		va_list		args;

		va_start(args, hint);
		vsnprintf(text->error->hint, sizeof(text->error->hint), hint, args);
		va_end(args);
	}
}

/* What stands at text->pos does not belong there. */
static bool
refuse_here(CodeText *text)
{
	const char *name = text->edition->name;
	const char *expected = text->edition->form->expected;
	char		c;

	if (text->pos >= text->end)
		return refuse(text, "The text ends at position %zu: a code of %s is %s.", text->pos + 1, name, expected);
	c = text->str[text->pos];
	if (c > ' ' && c < 127)
		return refuse(text, "Unexpected \"%c\" at position %zu: a code of %s is %s.", c, text->pos + 1, name, expected);
	return refuse(text, "Unexpected character at position %zu: a code of %s is %s.", text->pos + 1, name, expected);
}

static bool
refuse_length(CodeText *text, int length)
{
	return refuse(text, "%d digit%s found: a code of %s is %s.", length, length == 1 ? "" : "s",
				  text->edition->name, text->edition->form->expected);
}

/*
 * Digits to the end of the payload, into places from the one after the *length already there. Dots may
 * stand where the form has them.
 */
static bool
read_digits(CodeText *text, uint64_t *digits, int *length)
{
	const CodeForm *form = text->edition->form;
	bool		dotted = true;	/* no dot at the very beginning */

	for (; text->pos < text->end; text->pos++)
	{
		char		c = text->str[text->pos];

		if (c == '.' && !dotted && (form->dots >> *length & 1) != 0 && text->pos + 1 < text->end)
		{
			dotted = true;
			continue;
		}
		if (!is_digit(c) || *length == CODE_PLACES)
			return refuse_here(text);
		*digits |= (uint64_t) (c - '0' + 1) << (44 - 4 * *length);
		(*length)++;
		dotted = false;
	}
	return true;
}

/* ksic, isic, nace: a section letter, digits, or both. */
static bool
read_section(CodeText *text, int64_t *code)
{
	const CodeForm *form = text->edition->form;
	const char *sections = text->edition->sections;
	uint64_t	digits = 0;
	int			length = 0;
	char		section = 0;

	if (sections != NULL && text->pos < text->end && is_letter(text->str[text->pos]))
		section = upper(text->str[text->pos++]);
	if (!read_digits(text, &digits, &length))
		return false;

	if (length == 0 && section == 0)
		return refuse_here(text);
	if (length > form->leaf || (length > 0 && form->level_of[length] == 0))
		return refuse_length(text, length);

	if (sections != NULL && length > 0)
	{
		int			division = (code_place(digits, 0) - 1) * 10 + code_place(digits, 1) - 1;
		char		known = sections[division];

		if (known == '-')
			return refuse(text, "There is no division %02d in %s.", division, text->edition->name);
		if (section != 0 && section != known)
			return refuse(text, "Division %02d of %s is in section %c, not %c.",
						  division, text->edition->name, known, section);
		section = known;
	}
	else if (sections != NULL && strchr(sections, section) == NULL)
		return refuse(text, "There is no section %c in %s.", section, text->edition->name);

	*code = text->head | (int64_t) digits;
	if (section != 0)
		*code |= (int64_t) (section - 'A' + 1) << CODE_SECTION_SHIFT;
	return true;
}

/* naics: a sector of two digits or a range of them, or three to six digits. */
static bool
read_range(CodeText *text, int64_t *code)
{
	static const int ranges[][2] = {{31, 33}, {44, 45}, {48, 49}};
	const CodeForm *form = text->edition->form;
	uint64_t	digits = 0;
	int			length = 0,
				first,
				last;
	int			upper_bound = 0;

	/* "31-33": read the upper bound off the end, the lower one as a sector. */
	if (text->end - text->pos == 5 && text->str[text->pos + 2] == '-' &&
		is_digit(text->str[text->pos + 3]) && is_digit(text->str[text->pos + 4]))
	{
		upper_bound = (text->str[text->pos + 3] - '0') * 10 + text->str[text->pos + 4] - '0';
		text->end -= 3;
	}
	if (!read_digits(text, &digits, &length))
		return false;
	if (length < 2 || length > form->leaf)
		return length == 0 ? refuse_here(text) : refuse_length(text, length);

	first = last = (code_place(digits, 0) - 1) * 10 + code_place(digits, 1) - 1;
	if (first < 10)
		return refuse(text, "There is no sector %02d in %s.", first, text->edition->name);
	for (int i = 0; i < 3; i++)
	{
		if (first >= ranges[i][0] && first <= ranges[i][1])
		{
			if (length == 2 && (first != ranges[i][0] || upper_bound != ranges[i][1]))
			{
				refuse(text, "%02d belongs to a sector that is a range.", first);
				suggest(text, "Write the sector as %s:%d-%d.", text->edition->name, ranges[i][0], ranges[i][1]);
				return false;
			}
			first = ranges[i][0];
			last = ranges[i][1];
			break;
		}
	}
	if (upper_bound != 0 && upper_bound != last)
		return refuse(text, "There is no sector %02d-%02d in %s.", first, upper_bound, text->edition->name);

	*code = text->head | (int64_t) first << CODE_RANGE_SHIFT;
	if (length > 2)
		*code |= (int64_t) (digits >> 4 << 2);
	return true;
}

/* A bare code of Statistics Korea has a third digit 0, which no code of the Ministry has. */
static bool
refuse_kostat(CodeText *text, uint64_t digits, int length)
{
	refuse(text, "Digits 3 to 5 are \"%d%d%d\": no code of the Ministry of the Interior has a third digit 0.",
		   code_place(digits, 2) - 1, code_place(digits, 3) - 1, code_place(digits, 4) - 1);
	if (length == 5 || length == 8)
	{
		char		number[CODE_PLACES + 1];

		for (int i = 0; i < length; i++)
			number[i] = '0' + code_place(digits, i) - 1;
		number[length] = '\0';
		suggest(text, "If it is a code of Statistics Korea, write kostat:%s.", number);
	}
	return false;
}

/* mois, kostat: groups of digits, of which those of zeros at the end drop. */
static bool
read_korea(CodeText *text, int64_t *code)
{
	static const int groups[] = {10, 8, 5, 2};
	const CodeForm *form = text->edition->form;
	uint64_t	digits = 0;
	int			length = 0;

	if (!read_digits(text, &digits, &length))
		return false;
	if (length == 0)
		return refuse_here(text);
	/* Statistics Korea lengthened its seven digits to eight by a 0 at the end. */
	if (form->shape == SHAPE_KOSTAT && length == 7)
		digits |= UINT64_C(1) << (44 - 4 * length++);
	if (length > form->leaf || form->level_of[length] == 0)
		return refuse_length(text, length);

	if (code_place(digits, 0) == 1 && code_place(digits, 1) == 1)
		return refuse(text, "00 is no province; the whole country has no code.");

	for (int i = 0; groups[i] > 2; i++)
	{
		int			start = groups[i + 1];
		bool		zeros = true;

		if (groups[i] > length)
			continue;
		for (int k = start; k < groups[i]; k++)
			zeros = zeros && code_place(digits, k) == 1;
		if (!zeros)
			break;
		digits = digits >> 4 * (CODE_PLACES - start) << 4 * (CODE_PLACES - start);
		length = start;
	}
	if (form->shape == SHAPE_MOIS && length >= 5 && code_place(digits, 2) == 1)
		return refuse_kostat(text, digits, length);
	/* 33003 would be a district of 33000, but that is the province 33. */
	if (length >= 5 && code_place(digits, 2) == 1 && code_place(digits, 3) == 1)
		return refuse(text, "Digits 3 and 4 are \"00\", but more digits follow.");
	if (length > 8 && code_place(digits, 5) == 1 && code_place(digits, 6) == 1 && code_place(digits, 7) == 1)
		return refuse(text, "Digits 6 to 8 are \"000\", but more digits follow.");

	*code = text->head | (int64_t) digits;
	return true;
}

/* S and steps of digits; "S.13" is read as well. */
static bool
read_sna(CodeText *text, int64_t *code)
{
	uint64_t	digits = 0;
	int			length = 0,
				done = 0;

	if (text->pos >= text->end || upper(text->str[text->pos]) != 'S')
		return refuse_here(text);
	text->pos++;
	if (text->pos < text->end && text->str[text->pos] == '.')
		text->pos++;
	if (!read_digits(text, &digits, &length))
		return false;
	if (length == 0)
		return refuse_here(text);
	while (done < length)
	{
		int			step = code_sna_step(digits, done, length);

		if (step == 0)
			return refuse(text, "The digits after the first %d are no level: a code of %s is %s.",
						  done, text->edition->name, text->edition->form->expected);
		done = step;
	}
	*code = text->head | (int64_t) digits;
	return true;
}

/* hs, sitc, cpc, cofog, isco, ksco, fips: a level at each length that the form lists. */
static bool
read_plain(CodeText *text, int64_t *code)
{
	const CodeForm *form = text->edition->form;
	uint64_t	digits = 0;
	int			length = 0;

	if (form->shape == SHAPE_KSCO && text->pos < text->end && upper(text->str[text->pos]) == 'A')
	{
		digits = (uint64_t) CODE_PLACE_LETTER << 44;
		length = 1;
		text->pos++;
	}
	if (!read_digits(text, &digits, &length))
		return false;
	if (length == 0)
		return refuse_here(text);
	if (length > form->leaf || form->level_of[length] == 0)
		return refuse_length(text, length);
	*code = text->head | (int64_t) digits;
	return true;
}

/* cluster, group, io, x, nuts, iso: letters, digits and the ends of levels. */
static bool
read_symbols(CodeText *text, int64_t *code)
{
	const CodeForm *form = text->edition->form;
	int64_t		payload = 0;
	int			places = 0;		/* in use */
	int			level = 1;
	int			symbols = 0;	/* of this level */

	for (; text->pos < text->end; text->pos++)
	{
		char		c = upper(text->str[text->pos]);
		int			symbol;

		if (c >= '0' && c <= '9')
			symbol = CODE_SYMBOL_DIGIT + c - '0';
		else if (c >= 'A' && c <= 'Z')
			symbol = CODE_SYMBOL_LETTER + c - 'A';
		else if (symbols > 0 && ((c == '.' && form->shape == SHAPE_PLAIN) ||
								 (c == '-' && form->shape == SHAPE_ISO && level == 1 && symbols == 2)))
			symbol = CODE_SYMBOL_DOT;
		else
			return refuse_here(text);

		if (form->shape != SHAPE_PLAIN)
		{
			/* The country: two letters. */
			if (level == 1 && symbols < 2 && symbol < CODE_SYMBOL_LETTER)
				return refuse_here(text);
			if (form->shape == SHAPE_ISO && symbol != CODE_SYMBOL_DOT && symbols == (level == 1 ? 2 : 3))
				return refuse_here(text);
			if (form->shape == SHAPE_NUTS && level == form->leaf)
				return refuse_here(text);
			if (form->shape == SHAPE_NUTS && symbols >= (level == 1 ? 2 : 1))
			{
				payload = payload * CODE_BASE + CODE_SYMBOL_DOT;
				places++;
				level++;
				symbols = 0;
				if (level > form->leaf)
					return refuse_here(text);
			}
		}
		if (places == CODE_SYMBOLS)
			return refuse_here(text);
		payload = payload * CODE_BASE + symbol;
		places++;
		if (symbol == CODE_SYMBOL_DOT)
		{
			level++;
			symbols = 0;
		}
		else
			symbols++;
	}
	if (symbols == 0 || (form->shape != SHAPE_PLAIN && level == 1 && symbols < 2))
		return refuse_here(text);
	*code = text->head | payload * code_power[CODE_SYMBOLS - places];
	return true;
}

bool
code_parse(CodeKind kind, const char *str, size_t len, int64_t *code, CodeParseError *error)
{
	CodeText	text = {str, 0, len, code_edition(kind, 0, 0), 0, error};
	bool		closed = false;
	bool		ok;

	if (error != NULL)
		error->detail[0] = error->hint[0] = '\0';

	while (text.pos < text.end && is_blank(str[text.pos]))
		text.pos++;
	while (text.pos < text.end && is_blank(str[text.end - 1]))
		text.end--;
	if (text.pos == text.end)
		return refuse(&text, "The text is empty.");

	/* No name of a scheme is longer than nine bytes. */
	for (size_t i = text.pos; i < text.end && i < text.pos + 16; i++)
	{
		if (str[i] == ':')
		{
			int			scheme,
						edition;

			if (!code_find_edition(kind, str + text.pos, i - text.pos, &scheme, &edition))
			{
				refuse(&text, "There is no scheme of this name at position %zu.", text.pos + 1);
				if (kind == CODE_SECTOR)
					suggest(&text, "Schemes are ksic, isic, nace, naics, hs, sitc, cpc, cofog, sna, isco, ksco, cluster, "
							"group and io, some with an edition, as in ksic9:36.");
				else
					suggest(&text, "Schemes are mois, kostat, nuts, fips, iso and x, some with an edition, "
							"as in nuts2021:DE212.");
				return false;
			}
			text.edition = code_edition(kind, scheme, edition);
			text.head = (int64_t) scheme << CODE_SCHEME_SHIFT | (int64_t) edition << CODE_EDITION_SHIFT;
			text.pos = i + 1;
			break;
		}
		if (!is_letter(str[i]) && !is_digit(str[i]) && str[i] != '.')
			break;
	}

	if (text.pos < text.end && str[text.end - 1] == '~')
	{
		closed = true;
		text.end--;
	}

	switch (text.edition->form->layout)
	{
		case CODE_SECTION_DIGITS:
			ok = read_section(&text, code);
			break;
		case CODE_RANGE_DIGITS:
			ok = read_range(&text, code);
			break;
		case CODE_SYMBOL_LEVELS:
			ok = read_symbols(&text, code);
			break;
		default:
			if (text.edition->form->shape == SHAPE_MOIS || text.edition->form->shape == SHAPE_KOSTAT)
				ok = read_korea(&text, code);
			else if (text.edition->form->shape == SHAPE_SNA)
				ok = read_sna(&text, code);
			else
				ok = read_plain(&text, code);
			break;
	}
	if (ok && closed)
		*code = code_subtree_end(kind, *code);
	return ok;
}
