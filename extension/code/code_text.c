/*
 * code_text.c
 *	  Comparison of codes with texts, by meaning: a driver that binds a string still finds its code, by the index.
 *
 * A text that is a code compares as that code ('D35' = '35'); a text that is none equals no code and sorts
 * after every code, and two of them sort as bytes. So codes and texts together are totally ordered, which is
 * what a btree family asks for, and nothing here raises. Two texts are ordered by operators of their own (#< and
 * the like), which a btree looks for when it reduces a list of texts; the equality of text itself must never
 * join the family, or the planner would take 35 and D35 for different where they meet in a join of three.
 */
#include "base/compat.h"

#include "code/code_server.h"

/* One side of a comparison: a code, or the bytes of a text that is none. */
typedef struct Operand
{
	bool		is_code;
	int64_t		code;
	text	   *bytes;
} Operand;

static inline Operand
operand_of_code(Datum value)
{
	return (Operand) {true, DatumGetCode(value), NULL};
}

static inline Operand
operand_of_text(CodeKind kind, Datum value)
{
	Operand		operand = {false, 0, DatumGetTextPP(value)};

	operand.is_code = code_parse(kind, VARDATA_ANY(operand.bytes), VARSIZE_ANY_EXHDR(operand.bytes), &operand.code, NULL);
	return operand;
}

static int
compare_operands(const Operand *a, const Operand *b)
{
	int			cmp;
	size_t		len_a,
				len_b;

	if (a->is_code && b->is_code)
		return (a->code > b->code) - (a->code < b->code);
	if (a->is_code != b->is_code)
		return a->is_code ? -1 : 1;

	len_a = VARSIZE_ANY_EXHDR(a->bytes);
	len_b = VARSIZE_ANY_EXHDR(b->bytes);
	cmp = memcmp(VARDATA_ANY(a->bytes), VARDATA_ANY(b->bytes), Min(len_a, len_b));
	return cmp != 0 ? cmp : (len_a > len_b) - (len_a < len_b);
}

/* Index scans compare with the same text again and again: the detoasted copy must not pile up. */
static int
compare_code_text(CodeKind kind, FunctionCallInfo fcinfo)
{
	Operand		a = operand_of_code(PG_GETARG_DATUM(0));
	Operand		b = operand_of_text(kind, PG_GETARG_DATUM(1));
	int			cmp = compare_operands(&a, &b);

	PG_FREE_IF_COPY(b.bytes, 1);
	return cmp;
}

static int
compare_text_code(CodeKind kind, FunctionCallInfo fcinfo)
{
	Operand		a = operand_of_text(kind, PG_GETARG_DATUM(0));
	Operand		b = operand_of_code(PG_GETARG_DATUM(1));
	int			cmp = compare_operands(&a, &b);

	PG_FREE_IF_COPY(a.bytes, 0);
	return cmp;
}

static int
compare_text_text(CodeKind kind, FunctionCallInfo fcinfo)
{
	Operand		a = operand_of_text(kind, PG_GETARG_DATUM(0));
	Operand		b = operand_of_text(kind, PG_GETARG_DATUM(1));
	int			cmp = compare_operands(&a, &b);

	PG_FREE_IF_COPY(a.bytes, 0);
	PG_FREE_IF_COPY(b.bytes, 1);
	return cmp;
}

#define COMPARE_AS(type, kind, name, operator) \
	PG_FUNCTION_INFO_V1(innocity_code_##name##_##type##_text); \
	PG_FUNCTION_INFO_V1(innocity_code_##name##_text_##type); \
	Datum innocity_code_##name##_##type##_text(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(compare_code_text(kind, fcinfo) operator 0); } \
	Datum innocity_code_##name##_text_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(compare_text_code(kind, fcinfo) operator 0); }

#define ORDER_TEXTS_AS(type, kind, name, operator) \
	PG_FUNCTION_INFO_V1(innocity_##type##_##name##_text_text); \
	Datum innocity_##type##_##name##_text_text(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(compare_text_text(kind, fcinfo) operator 0); }

#define COMPARE_WITH_TEXT(type, kind) \
	COMPARE_AS(type, kind, eq, ==) \
	COMPARE_AS(type, kind, ne, !=) \
	COMPARE_AS(type, kind, lt, <) \
	COMPARE_AS(type, kind, le, <=) \
	COMPARE_AS(type, kind, gt, >) \
	COMPARE_AS(type, kind, ge, >=) \
	ORDER_TEXTS_AS(type, kind, lt, <) \
	ORDER_TEXTS_AS(type, kind, le, <=) \
	ORDER_TEXTS_AS(type, kind, gt, >) \
	ORDER_TEXTS_AS(type, kind, ge, >=) \
	PG_FUNCTION_INFO_V1(innocity_code_cmp_##type##_text); \
	PG_FUNCTION_INFO_V1(innocity_code_cmp_text_##type); \
	PG_FUNCTION_INFO_V1(innocity_##type##_cmp_text_text); \
	Datum innocity_code_cmp_##type##_text(PG_FUNCTION_ARGS) { PG_RETURN_INT32(compare_code_text(kind, fcinfo)); } \
	Datum innocity_code_cmp_text_##type(PG_FUNCTION_ARGS) { PG_RETURN_INT32(compare_text_code(kind, fcinfo)); } \
	Datum innocity_##type##_cmp_text_text(PG_FUNCTION_ARGS) { PG_RETURN_INT32(compare_text_text(kind, fcinfo)); }

COMPARE_WITH_TEXT(sector_code, CODE_SECTOR)
COMPARE_WITH_TEXT(region_code, CODE_REGION)
