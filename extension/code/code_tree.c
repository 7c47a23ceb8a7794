/*
 * code_tree.c
 *	  The hierarchy: levels, ancestors, subtree ends. Pure arithmetic on the payload.
 *
 * Everything is read from the chain of ancestors, which the payload holds: an ancestor is a prefix.
 * A subtree end is read as the code it closes, except by code_contains and code_subtree_end, which see
 * values, so that they agree with a range scan.
 */
#include "code/code_scheme.h"

/* The ancestors of a code, top first, the code itself last, and their levels. */
typedef struct CodeChain
{
	int			count;
	int64_t		code[CODE_DEPTH_MAX];
	int			level[CODE_DEPTH_MAX];
} CodeChain;

static inline void
chain_add(CodeChain *chain, int64_t code, int level)
{
	chain->code[chain->count] = code;
	chain->level[chain->count++] = level;
}

/* Symbols in use and, for a subtree end, without the dot and fills that close it. */
static int64_t
symbols_open(int64_t payload, int *length, bool *closed)
{
	int			n = CODE_SYMBOLS;

	*closed = payload % CODE_BASE == CODE_SYMBOL_FILL;
	if (*closed)
	{
		/* Fills and the dot before them: the number of symbols is where the dot is. */
		while (n > 0 && payload / code_power[CODE_SYMBOLS - n] % CODE_BASE == CODE_SYMBOL_FILL)
			n--;
		if (n > 0)
			n--;
		payload -= payload % code_power[CODE_SYMBOLS - n];
	}
	while (n > 0 && payload / code_power[CODE_SYMBOLS - n] % CODE_BASE == 0)
		n--;
	*length = n;
	return payload;
}

static void
symbols_chain(int64_t head, int64_t payload, CodeChain *chain)
{
	int			length;
	bool		closed;

	payload = symbols_open(payload, &length, &closed);
	for (int i = 1; i < length; i++)
	{
		if (payload / code_power[CODE_SYMBOLS - 1 - i] % CODE_BASE == CODE_SYMBOL_DOT)
			chain_add(chain, head | (payload - payload % code_power[CODE_SYMBOLS - i]), chain->count + 1);
	}
	chain_add(chain, head | payload, chain->count + 1);
}

static void
digits_chain(const CodeParts *parts, CodeChain *chain)
{
	const CodeForm *form = parts->form;

	if (form->shape == SHAPE_SNA)
	{
		for (int n = code_sna_step(parts->digits, 0, parts->length); n > 0;
			 n = code_sna_step(parts->digits, n, parts->length))
			chain_add(chain, code_cut(parts, n), chain->count + 1);
		return;
	}

	for (int n = 0; n <= parts->length; n++)
	{
		int			level = form->level_of[n];

		if (level == 0)
			continue;
		if (n == 5 && code_has_districts(form, parts->digits) && code_place(parts->digits, 4) != 1)
		{
			/* A district: first its city, whose fifth digit is 0. */
			chain_add(chain, code_cut(parts, 4) | INT64_C(1) << (44 - 4 * 4), level++);
		}
		chain_add(chain, code_cut(parts, n), level);
	}
}

static void
chain_of(CodeKind kind, int64_t code, CodeChain *chain)
{
	const CodeEdition *edition = code_edition_of(kind, code);

	chain->count = 0;
	if (edition->form->layout == CODE_SYMBOL_LEVELS)
		symbols_chain(code & ~CODE_PAYLOAD_MASK, code & CODE_PAYLOAD_MASK, chain);
	else
	{
		CodeParts	parts;

		code_open(edition, code, &parts);
		digits_chain(&parts, chain);
	}
}

/*
 * Most codes are digits with a level at each listed length, and most calls are about one row of many: for
 * these the answer is read off the digits, without the chain. True with parts filled if the code is such a one.
 */
static inline bool
open_plain(CodeKind kind, int64_t code, CodeParts *parts)
{
	const CodeEdition *edition = code_edition_of(kind, code);

	if (edition->form->layout == CODE_SYMBOL_LEVELS || edition->form->shape == SHAPE_SNA)
		return false;
	code_open(edition, code, parts);
	return !(parts->length >= 5 && code_has_districts(parts->form, parts->digits));
}

/* The longest length below this one that is a level, or -1. */
static inline int
shorter(const CodeForm *form, int length)
{
	while (--length >= 0 && form->level_of[length] == 0)
		;
	return length;
}

/* Number of places in which two plain codes of one head agree, cut down to a length that is a level, or -1. */
static inline int
common_length(const CodeParts *a, const CodeParts *b)
{
	uint64_t	difference = a->digits ^ b->digits;
	int			length = a->length < b->length ? a->length : b->length;

	if (difference != 0)
	{
		int			same = (__builtin_clzll(difference) - 16) / 4;

		if (same < length)
			length = same;
	}
	return shorter(a->form, length + 1);
}

/* How many levels a plain code of that length has, itself included. */
static inline int
levels_up_to(const CodeForm *form, int length)
{
	int			n = 0;

	/* Only Korean regions skip levels. */
	if (form->shape == SHAPE_PLAIN || form->shape == SHAPE_KSCO)
		return length < 0 ? 0 : form->level_of[length];
	for (int i = 0; i <= length; i++)
		n += form->level_of[i] != 0;
	return n;
}

const char *
code_scheme(CodeKind kind, int64_t code)
{
	return code_edition_of(kind, code)->name;
}

int
code_level(CodeKind kind, int64_t code)
{
	CodeChain	chain;
	CodeParts	parts;

	if (open_plain(kind, code, &parts))
		return parts.form->level_of[parts.length];
	chain_of(kind, code, &chain);
	return chain.level[chain.count - 1];
}

const char *
code_level_name(CodeKind kind, int64_t code)
{
	static const char *const plain[CODE_DEPTH_MAX] = {
		"level 1", "level 2", "level 3", "level 4", "level 5", "level 6", "level 7",
		"level 8", "level 9", "level 10", "level 11", "level 12", "level 13", "level 14"
	};
	const char *const *names = code_edition_of(kind, code)->form->level_names;

	return (names != NULL ? names : plain)[code_level(kind, code) - 1];
}

int64_t
code_parent(CodeKind kind, int64_t code)
{
	CodeChain	chain;
	CodeParts	parts;

	if (open_plain(kind, code, &parts))
	{
		int			length = shorter(parts.form, parts.length);

		return length < 0 ? CODE_NONE : code_cut(&parts, length);
	}
	chain_of(kind, code, &chain);
	return chain.count < 2 ? CODE_NONE : chain.code[chain.count - 2];
}

int64_t
code_ancestor(CodeKind kind, int64_t code, int level)
{
	const CodeForm *form = code_edition_of(kind, code)->form;
	CodeChain	chain;
	CodeParts	parts;

	/* What GROUP BY asks of every row: the digits up to the level, unless there are fewer. */
	if ((form->layout == CODE_DIGITS || form->layout == CODE_SECTION_DIGITS) &&
		(form->shape == SHAPE_PLAIN || form->shape == SHAPE_KSCO) && (code & 15) != CODE_PLACE_FILL && level > 0)
	{
		int			length = level - 1; /* no level has fewer digits */
		int			rest;

		while (length <= form->leaf && form->level_of[length] != level)
			length++;
		rest = 4 * (CODE_PLACES - length);
		if (length > form->leaf || (length > 0 && (code >> rest & 15) == 0))
			return CODE_NONE;
		return code >> rest << rest;
	}
	if (open_plain(kind, code, &parts))
	{
		for (int n = parts.length; n >= 0; n--)
		{
			if (parts.form->level_of[n] == level)
				return level == 0 ? CODE_NONE : code_cut(&parts, n);
		}
		return CODE_NONE;
	}
	chain_of(kind, code, &chain);
	for (int i = chain.count - 1; i >= 0; i--)
	{
		if (chain.level[i] == level)
			return chain.code[i];
	}
	return CODE_NONE;
}

int
code_ancestors(CodeKind kind, int64_t code, int64_t ancestors[CODE_DEPTH_MAX])
{
	CodeChain	chain;

	chain_of(kind, code, &chain);
	for (int i = 0; i < chain.count; i++)
		ancestors[i] = chain.code[i];
	return chain.count;
}

/* How many ancestors two chains share: they agree up to the lowest common one. */
static int
chain_common(const CodeChain *a, const CodeChain *b)
{
	int			n = 0;

	while (n < a->count && n < b->count && a->code[n] == b->code[n])
		n++;
	return n;
}

int64_t
code_lca(CodeKind kind, int64_t a, int64_t b)
{
	CodeChain	chain_a,
				chain_b;
	CodeParts	parts_a,
				parts_b;
	int			common;

	if (open_plain(kind, a, &parts_a) && open_plain(kind, b, &parts_b))
	{
		common = parts_a.head == parts_b.head ? common_length(&parts_a, &parts_b) : -1;
		return common < 0 ? CODE_NONE : code_cut(&parts_a, common);
	}
	chain_of(kind, a, &chain_a);
	chain_of(kind, b, &chain_b);
	common = chain_common(&chain_a, &chain_b);
	return common == 0 ? CODE_NONE : chain_a.code[common - 1];
}

double
code_tree_similarity(CodeKind kind, int64_t a, int64_t b)
{
	CodeChain	chain_a,
				chain_b;
	CodeParts	parts_a,
				parts_b;
	int			common;

	/* Another scheme or edition: nothing in common, and no need to look. */
	if ((a ^ b) >> CODE_EDITION_SHIFT != 0)
		return 0.0;
	if (open_plain(kind, a, &parts_a) && open_plain(kind, b, &parts_b))
	{
		if (parts_a.head != parts_b.head)
			return 0.0;
		common = levels_up_to(parts_a.form, common_length(&parts_a, &parts_b));
		return (double) common / (levels_up_to(parts_a.form, parts_a.length) + levels_up_to(parts_a.form, parts_b.length) - common);
	}
	chain_of(kind, a, &chain_a);
	chain_of(kind, b, &chain_b);
	common = chain_common(&chain_a, &chain_b);
	return (double) common / (chain_a.count + chain_b.count - common);
}

int64_t
code_subtree_end(CodeKind kind, int64_t code)
{
	const CodeEdition *edition = code_edition_of(kind, code);
	const CodeForm *form = edition->form;
	CodeParts	parts;
	int			length;

	if (form->layout == CODE_SYMBOL_LEVELS)
	{
		int64_t		payload = code & CODE_PAYLOAD_MASK;
		bool		closed;
		int			rest;

		symbols_open(payload, &length, &closed);
		rest = CODE_SYMBOLS - 1 - length;
		/* A child needs a dot and a symbol, and a level of its own. */
		if (closed || rest < 1 || (form->leaf > 0 && code_level(kind, code) == form->leaf))
			return code;
		return code + CODE_SYMBOL_DOT * code_power[rest] + code_power[rest] - 1;
	}

	code_open(edition, code, &parts);
	length = parts.length;
	if (parts.closed || length == form->leaf)
		return code;
	if (length == 5 && code_has_districts(form, parts.digits) && code_place(parts.digits, 4) == 1)
		length = 4;				/* a city: the range holds its districts */
	parts.digits = (uint64_t) parts.digits >> 4 * (CODE_PLACES - length) << 4 * (CODE_PLACES - length);
	parts.digits |= (UINT64_C(1) << 4 * (CODE_PLACES - length)) - 1;
	return code_cut(&parts, CODE_PLACES);
}

bool
code_contains(CodeKind kind, int64_t a, int64_t b)
{
	return a <= b && b <= code_subtree_end(kind, a);
}

double
code_rank(CodeKind kind, int64_t code)
{
	const CodeForm *form = code_edition_of(kind, code)->form;
	double		above = (double) (code >> CODE_EDITION_SHIFT);
	double		fraction = 0.0;
	uint64_t	digits;

	if (form->layout == CODE_SYMBOL_LEVELS)
		return above + (double) (code & CODE_PAYLOAD_MASK) / (double) code_power[CODE_SYMBOLS];

	/* Thirteen values of a place: end, ten digits, a letter, fill. */
	digits = (uint64_t) code & CODE_DIGITS_MASK;
	if (form->layout == CODE_RANGE_DIGITS)
		digits = ((uint64_t) code & CODE_RANGE_MASK) >> 2 << 4;
	for (int i = CODE_PLACES - 1; i >= 0; i--)
	{
		int			place = code_place(digits, i);

		fraction = (fraction + (place == CODE_PLACE_FILL ? 12 : place)) / 13;
	}
	if (form->layout == CODE_SECTION_DIGITS)
		fraction = (fraction + (double) (code >> CODE_SECTION_SHIFT & 31)) / 32;
	else if (form->layout == CODE_RANGE_DIGITS)
		fraction = (fraction + (double) (code >> CODE_RANGE_SHIFT & 127)) / 128;
	return above + fraction;
}
