/*
 * code_format.c
 *	  Code to text, and the test whether an int64 is a code.
 *
 * The text is canonical: code_parse(code_format(x)) = x for every code, and a code has one text.
 */
#include "code/code_scheme.h"

#include <string.h>

static char *
put_digits(char *out, const CodeParts *parts)
{
	for (int i = 0; i < parts->length; i++)
	{
		int			place = code_place(parts->digits, i);

		if (parts->form->dots >> i & 1)
			*out++ = '.';
		*out++ = place == CODE_PLACE_LETTER ? 'A' : '0' + place - 1;
	}
	return out;
}

/* The upper bound of a sector of naics that is a range, or 0. */
static int
range_end(int sector)
{
	return sector == 31 ? 33 : sector == 44 ? 45 : sector == 48 ? 49 : 0;
}

static char *
put_number(char *out, int number)
{
	*out++ = '0' + number / 10 % 10;
	*out++ = '0' + number % 10;
	return out;
}

static char *
put_symbols(char *out, const CodeForm *form, int64_t payload, bool *closed)
{
	int			symbols[CODE_SYMBOLS];
	int			n = CODE_SYMBOLS;

	for (int i = CODE_SYMBOLS - 1; i >= 0; i--)
	{
		symbols[i] = (int) (payload % CODE_BASE);
		payload /= CODE_BASE;
	}
	*closed = symbols[n - 1] == CODE_SYMBOL_FILL;
	if (*closed)
	{
		while (n > 0 && symbols[n - 1] == CODE_SYMBOL_FILL)
			n--;
		if (n > 0)
			n--;				/* the dot before the fills */
	}
	for (int i = 0; i < n && symbols[i] != 0; i++)
	{
		if (symbols[i] >= CODE_SYMBOL_LETTER)
			*out++ = 'A' + symbols[i] - CODE_SYMBOL_LETTER;
		else if (symbols[i] >= CODE_SYMBOL_DIGIT)
			*out++ = '0' + symbols[i] - CODE_SYMBOL_DIGIT;
		else if (form->shape == SHAPE_PLAIN)
			*out++ = '.';
		else if (form->shape == SHAPE_ISO)
			*out++ = '-';
	}
	return out;
}

/* The text of any int64 that names an edition, code or not: bounded, but it need not parse. */
static size_t
put_code(const CodeEdition *edition, int64_t code, char *buf)
{
	char	   *out = buf;
	bool		closed;

	/* The default scheme is written bare. */
	if (code >> CODE_EDITION_SHIFT != 0)
	{
		size_t		len = strlen(edition->name);

		memcpy(out, edition->name, len);
		out += len;
		*out++ = ':';
	}

	if (edition->form->layout == CODE_SYMBOL_LEVELS)
		out = put_symbols(out, edition->form, code & CODE_PAYLOAD_MASK, &closed);
	else
	{
		CodeParts	parts;

		code_open(edition, code, &parts);
		closed = parts.closed;
		if (edition->form->shape == SHAPE_SNA)
			*out++ = 'S';
		if (parts.length > 0)
			out = put_digits(out, &parts);
		else if (edition->form->layout == CODE_SECTION_DIGITS)
			*out++ = 'A' - 1 + (int) (code >> CODE_SECTION_SHIFT & 31);
		else if (edition->form->layout == CODE_RANGE_DIGITS)
		{
			int			sector = (int) (code >> CODE_RANGE_SHIFT & 127);

			out = put_number(out, sector);
			if (range_end(sector) != 0)
			{
				*out++ = '-';
				out = put_number(out, range_end(sector));
			}
		}
	}

	if (closed)
		*out++ = '~';
	*out = '\0';
	return out - buf;
}

size_t
code_format(CodeKind kind, int64_t code, char *buf)
{
	return put_code(code_edition_of(kind, code), code, buf);
}

/* Is it surely a code? Only for those of ksic, isic, nace and of plain digits, which are nearly all; false = unknown. */
static bool
is_plainly_valid(const CodeEdition *edition, int64_t code)
{
	const CodeForm *form = edition->form;
	CodeParts	parts;
	int			section = (int) (code >> CODE_SECTION_SHIFT & 31);

	if (form->shape != SHAPE_PLAIN || (form->layout != CODE_SECTION_DIGITS && form->layout != CODE_DIGITS))
		return false;
	code_open(edition, code, &parts);
	if (parts.closed || parts.length < 2 || parts.length > form->leaf || form->level_of[parts.length] == 0)
		return false;
	for (int i = 0; i < parts.length; i++)
	{
		if (code_place(parts.digits, i) < 1 || code_place(parts.digits, i) > 10)
			return false;
	}
	if (edition->sections == NULL)
		return section == 0;
	return edition->sections[(code_place(parts.digits, 0) - 1) * 10 + code_place(parts.digits, 1) - 1] == 'A' - 1 + section;
}

bool
code_is_valid(CodeKind kind, int64_t code)
{
	const CodeEdition *edition = code_edition_of(kind, code);
	char		buf[CODE_STRING_MAX];
	int64_t		back;
	size_t		len;

	if (edition == NULL)
		return false;
	if (is_plainly_valid(edition, code))
		return true;
	/* The others: what has no text of its own is no code. */
	len = put_code(edition, code, buf);
	return code_parse(kind, buf, len, &back, NULL) && back == code;
}
