/*
 * code_fuzz.c
 *	  Fuzzing of the code types without a server: parser, formatter, validity, hierarchy.
 *
 * The first byte of an input chooses the type; the rest is read as a text and, when there are eight bytes,
 * as a value from the wire. What holds for every code is asserted; a failure prints the input and aborts.
 *
 * Sources: extension/code/code_scheme.c extension/code/code_parse.c extension/code/code_format.c extension/code/code_tree.c
 * Corpus: test/corpus/code_list.txt test/corpus/code_valid.txt test/corpus/code_invalid.txt
 *
 * test/fuzz/run builds it for libFuzzer, or with STANDALONE for any compiler:
 *     code_fuzz CORPUS... [-n RUNS] [-s SEED]	mutates the lines of the files; 0 runs = for ever
 *
 * A line of a corpus is "sector" or "region", a tab, a text; what follows a second tab is not read here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code/code.h"

static void
fail(const char *what, int line, CodeKind kind, int64_t code)
{
	fprintf(stderr, "line %d: %s; kind %d, code %#llx\n", line, what, kind, (unsigned long long) code);
	abort();
}

#define CHECK(condition) \
	do { if (!(condition)) fail(#condition, __LINE__, kind, code); } while (0)

/* The code before, of each kind: partner of the next for the pairwise properties. */
static int64_t previous[2] = {CODE_NONE, CODE_NONE};

static void
check_pair(CodeKind kind, int64_t code, int64_t other)
{
	int64_t		chain[CODE_DEPTH_MAX];
	int64_t		own[CODE_DEPTH_MAX];
	int			n = code_ancestors(kind, other, chain);
	int			n_own = code_ancestors(kind, code, own);
	int			common = 0;
	bool		among = other == code;
	double		similarity = code_tree_similarity(kind, code, other);

	/* A range scan and the chain of ancestors agree: the order is the pre-order. */
	for (int i = 0; i < n; i++)
		among = among || chain[i] == code;
	CHECK(code_contains(kind, code, other) == among);
	CHECK(code >= other || code_rank(kind, code) <= code_rank(kind, other));
	CHECK(similarity == code_tree_similarity(kind, other, code));
	/* What is computed from the digits is what the chains say. */
	while (common < n && common < n_own && chain[common] == own[common])
		common++;
	CHECK(similarity == (double) common / (n + n_own - common));
	CHECK(code_lca(kind, code, other) == (common == 0 ? CODE_NONE : chain[common - 1]));
	CHECK(code_lca(kind, other, code) == code_lca(kind, code, other));
}

static void
check_code(CodeKind kind, int64_t code)
{
	char		text[CODE_STRING_MAX];
	int64_t		back,
				chain[CODE_DEPTH_MAX],
				end = code_subtree_end(kind, code),
				parent = code_parent(kind, code);
	size_t		len = code_format(kind, code, text);
	int			n = code_ancestors(kind, code, chain);
	int64_t		self = chain[n - 1];	/* what a subtree end closes */

	CHECK(code >= 0);
	CHECK(len == strlen(text) && len < CODE_STRING_MAX);
	CHECK(code_parse(kind, text, len, &back, NULL) && back == code);
	CHECK(code_is_valid(kind, code));
	CHECK(code_scheme(kind, code)[0] != '\0' && code_level_name(kind, code)[0] != '\0');

	CHECK(n >= 1 && n < CODE_DEPTH_MAX);
	CHECK(code_level(kind, code) >= n);
	CHECK(code_ancestor(kind, code, code_level(kind, code)) == self);
	CHECK(code_ancestor(kind, code, 0) == CODE_NONE && code_ancestor(kind, code, 99) == CODE_NONE);
	CHECK(parent == (n > 1 ? chain[n - 2] : CODE_NONE));
	for (int i = 0; i < n; i++)
	{
		CHECK(code_ancestor(kind, code, code_level(kind, chain[i])) == chain[i]);
		CHECK(code_is_valid(kind, chain[i]));
		CHECK(code_contains(kind, chain[i], code));
		CHECK(code_subtree_end(kind, chain[i]) >= end);
		CHECK(i == 0 || (chain[i - 1] < chain[i] && code_parent(kind, chain[i]) == chain[i - 1]));
		CHECK(i == 0 || code_level(kind, chain[i - 1]) < code_level(kind, chain[i]));
	}
	CHECK(code_lca(kind, code, code) == self);
	CHECK(code_tree_similarity(kind, code, code) == 1);

	CHECK(code_is_valid(kind, end) && end >= code && code_subtree_end(kind, end) == end);
	CHECK(self == code || end == code);
	CHECK(code_level(kind, end) == code_level(kind, code) && code_parent(kind, end) == parent);

	if (previous[kind] != CODE_NONE)
	{
		check_pair(kind, code, previous[kind]);
		check_pair(kind, previous[kind], code);
		for (int i = 0; i < n; i++)
			check_pair(kind, previous[kind], chain[i]);
	}
	previous[kind] = code;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CodeKind	kind;
	CodeParseError error;
	int64_t		code = CODE_NONE;
	char	   *text;

	if (size == 0)
		return 0;
	kind = data[0] & 1 ? CODE_REGION : CODE_SECTOR;
	data++;
	size--;

	/* A copy of exactly this size, without a NUL: a read beyond it is seen. */
	text = malloc(size > 0 ? size : 1);
	memcpy(text, data, size);
	memset(&error, 'x', sizeof(error));
	if (code_parse(kind, text, size, &code, &error))
		check_code(kind, code);
	else
	{
		int64_t		ignored;

		CHECK(memchr(error.detail, '\0', sizeof(error.detail)) != NULL && error.detail[0] != '\0');
		CHECK(memchr(error.hint, '\0', sizeof(error.hint)) != NULL && error.hint[0] != '\0');
		for (const char *c = error.detail; *c != '\0'; c++)
			CHECK(*c >= ' ' && *c < 127);
		CHECK(error.detail[strlen(error.detail) - 1] == '.' && error.hint[strlen(error.hint) - 1] == '.');
		CHECK(!code_parse(kind, text, size, &ignored, NULL));
	}

	if (size >= sizeof(code))
	{
		memcpy(&code, text, sizeof(code));
		if (code_is_valid(kind, code))
			check_code(kind, code);
	}
	free(text);
	return 0;
}

#ifdef STANDALONE

#define INPUT_MAX 64

typedef struct Seed
{
	int			size;
	uint8_t		data[INPUT_MAX];
} Seed;

static uint64_t state = 1;

/* xorshift64 star: enough to choose mutations by. */
static uint32_t
next(uint32_t bound)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t) ((state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % bound;
}

static void
mutate(Seed *input, const Seed *other)
{
	static const char likely_bytes[] = "0123456789ABCDKRS.-:~ az\x00\xff\xea";

	switch (next(6))
	{
		case 0:					/* change */
			input->data[next(input->size)] = likely_bytes[next(sizeof(likely_bytes) - 1)];
			break;
		case 1:					/* insert */
			if (input->size < INPUT_MAX)
			{
				int			at = 1 + next(input->size);

				memmove(input->data + at + 1, input->data + at, input->size - at);
				input->data[at] = likely_bytes[next(sizeof(likely_bytes) - 1)];
				input->size++;
			}
			break;
		case 2:					/* delete */
			if (input->size > 1)
			{
				int			at = 1 + next(input->size - 1);

				memmove(input->data + at, input->data + at + 1, input->size - at - 1);
				input->size--;
			}
			break;
		case 3:					/* cut */
			input->size = 1 + next(input->size);
			break;
		case 4:					/* go on with another's tail */
			{
				int			at = 1 + next(input->size);
				int			from = other->size > 1 ? 1 + next(other->size - 1) : other->size;
				int			take = other->size - from;

				if (at + take > INPUT_MAX)
					take = INPUT_MAX - at;
				memcpy(input->data + at, other->data + from, take);
				input->size = at + take;
				break;
			}
		default:				/* a value from the wire: the bits of a code, one or two of them flipped */
			{
				int64_t		code;

				if (!code_parse(other->data[0] & 1, (const char *) other->data + 1, other->size - 1, &code, NULL))
					return;
				code ^= (int64_t) (UINT64_C(1) << next(64));
				if (next(2) == 0)
					code ^= (int64_t) (UINT64_C(1) << next(64));
				input->data[0] = other->data[0];
				memcpy(input->data + 1, &code, sizeof(code));
				input->size = 1 + sizeof(code);
				break;
			}
	}
}

int
main(int argc, char **argv)
{
	static Seed seeds[20000];
	int			count = 0;
	uint64_t	runs = 1000000;
	uint64_t	run;

	for (int i = 1; i < argc; i++)
	{
		char		line[4096];
		FILE	   *file;

		if (i + 1 < argc && strcmp(argv[i], "-n") == 0)
			runs = strtoull(argv[++i], NULL, 10);
		else if (i + 1 < argc && strcmp(argv[i], "-s") == 0)
			state = strtoull(argv[++i], NULL, 10) | 1;
		else
		{
			if ((file = fopen(argv[i], "r")) == NULL)
			{
				perror(argv[i]);
				return 2;
			}
			while (count < 20000 && fgets(line, sizeof(line), file) != NULL)
			{
				Seed	   *seed = &seeds[count];
				char	   *text = strchr(line, '\t');
				size_t		len;

				if (text == NULL)
					continue;
				len = strcspn(++text, "\t\n");
				if (len + 1 > INPUT_MAX)
					len = INPUT_MAX - 1;
				seed->data[0] = line[0] == 'r';
				memcpy(seed->data + 1, text, len);
				seed->size = (int) len + 1;
				LLVMFuzzerTestOneInput(seed->data, seed->size);
				count++;
			}
			fclose(file);
		}
	}
	if (count == 0)
	{
		fprintf(stderr, "no seeds\n");
		return 2;
	}

	for (run = 0; runs == 0 || run < runs; run++)
	{
		Seed		input = seeds[next(count)];

		for (int m = next(4); m >= 0; m--)
			mutate(&input, &seeds[next(count)]);
		LLVMFuzzerTestOneInput(input.data, input.size);
	}
	printf("%d seeds, %llu runs: ok\n", count, (unsigned long long) run);
	return 0;
}

#endif							/* STANDALONE */
