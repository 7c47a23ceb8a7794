/*
 * code.h
 *	  Packed hierarchical codes: sector_code and region_code, as plain C without server headers.
 *
 * A code is a non-negative int64 whose order is the pre-order of its hierarchy (a parent sorts directly
 * before its descendants), so that a subtree is one contiguous range [code, code_subtree_end(code)].
 * The layout is written down in docs/en/code-layout.md and pinned by golden values in sql/code_layout.sql:
 * it is on users' disks and never changes.
 *
 * Everything here is pure: no allocation, no locale, no errors raised. code_server.h adds the Datum macros.
 */
#ifndef INNOCITY_CODE_H
#define INNOCITY_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The two SQL types; each has its own schemes. */
typedef enum CodeKind
{
	CODE_SECTOR,
	CODE_REGION
} CodeKind;

/* No code at all: the parent of a root. No valid code is negative. */
#define CODE_NONE		INT64_C(-1)

/* Longest text form with its terminating NUL; scheme, edition, colon, payload and '~' fit with room to spare. */
#define CODE_STRING_MAX 40

/* Most levels a code can have: twelve digits, or ten symbols of a free taxonomy, are fewer. */
#define CODE_DEPTH_MAX	14

/* Why a text is no code. Both strings are ASCII, complete sentences, NUL-terminated; hint may be empty. */
typedef struct CodeParseError
{
	char		detail[200];
	char		hint[200];
} CodeParseError;

/* Text to code; false with *error filled (error may be NULL) when the len bytes at str are no code. */
extern bool code_parse(CodeKind kind, const char *str, size_t len, int64_t *code, CodeParseError *error);

/* Code to its canonical text, NUL-terminated, in a buffer of CODE_STRING_MAX; returns the length. */
extern size_t code_format(CodeKind kind, int64_t code, char *buf);

/* Is this int64 a value that code_parse can produce? For receive functions and other hostile input. */
extern bool code_is_valid(CodeKind kind, int64_t code);

/* Name of the scheme with its edition: "ksic", "ksic9", "kostat"; static storage. */
extern const char *code_scheme(CodeKind kind, int64_t code);

/* Level, 1 = top; a subtree end has the level of the code it closes. */
extern int	code_level(CodeKind kind, int64_t code);

/* Name of that level ("section", "division", ...); static storage. */
extern const char *code_level_name(CodeKind kind, int64_t code);

/* The parent, or CODE_NONE for a top-level code. */
extern int64_t code_parent(CodeKind kind, int64_t code);

/* The ancestor (or the code itself) at that level; CODE_NONE when the branch has none there. */
extern int64_t code_ancestor(CodeKind kind, int64_t code, int level);

/* The chain of ancestors, top first, the code itself last; returns its length. */
extern int	code_ancestors(CodeKind kind, int64_t code, int64_t chain[CODE_DEPTH_MAX]);

/* Lowest common ancestor, or CODE_NONE. */
extern int64_t code_lca(CodeKind kind, int64_t a, int64_t b);

/* The greatest value that lies in the subtree of the code. */
extern int64_t code_subtree_end(CodeKind kind, int64_t code);

/* Is a equal to b or an ancestor of it (a @> b)? */
extern bool code_contains(CodeKind kind, int64_t a, int64_t b);

/*
 * Where the code lies among all codes there could be: monotone in the code, and, unlike it, without the gaps
 * of digits that cannot occur. For interpolation.
 */
extern double code_rank(CodeKind kind, int64_t code);

/* Levels in common / levels in either chain of ancestors (Jaccard), in [0,1]. */
extern double code_tree_similarity(CodeKind kind, int64_t a, int64_t b);

#endif							/* INNOCITY_CODE_H */
