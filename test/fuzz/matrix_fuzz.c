/*
 * matrix_fuzz.c
 *	  Fuzzing of the text form of the matrix types and of exact sums, without a server.
 *
 * The first byte of an input chooses the type; the rest is the text. Whatever it is, the parser answers or explains; what it
 * calls back with is in range; and the parts of a number have one exact sum in any order.
 *
 * Sources: extension/matrix/matrix_text.c extension/base/exactsum.c extension/code/code_scheme.c extension/code/code_parse.c extension/code/code_format.c extension/code/code_tree.c -ffp-contract=off -lm
 * Corpus: test/corpus/matrix_valid.txt
 *
 * test/fuzz/run builds it for libFuzzer, or with STANDALONE for any compiler: matrix_fuzz CORPUS [-n RUNS] changes bytes of its lines.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/exactsum.h"
#include "matrix/matrix_text.h"

#define LIMIT	0x1p1000
#define CHECK(condition) \
	do { if (!(condition)) { fprintf(stderr, "line %d: %s\n", __LINE__, #condition); abort(); } } while (0)

typedef struct Seen
{
	CodeKind	row_kind;
	bool		nested;
	bool		ratio;
	bool		in_row;
} Seen;

static void
see_ratio(void *state)
{
	((Seen *) state)->ratio = true;
}

static void
see_row(void *state, int64_t row)
{
	Seen	   *seen = state;

	seen->in_row = true;
	CHECK(seen->nested ? code_is_valid(seen->row_kind, row) : row == 0);
}

static void
see_cell(void *state, int64_t col, const double *part, int nparts, bool null_value)
{
	Seen	   *seen = state;
	ExactSum	forward;
	ExactSum	backward;
	double		a[EXACT_SUM_CANONICAL];
	double		b[EXACT_SUM_CANONICAL];
	int			n;

	CHECK(seen->in_row && code_is_valid(CODE_SECTOR, col));
	CHECK(null_value ? seen->ratio && nparts == 0 : nparts > 0 && nparts <= MATRIX_TEXT_PARTS);
	exact_sum_init(&forward);
	exact_sum_init(&backward);
	for (int i = 0; i < nparts; i++)
	{
		CHECK(fabs(part[i]) < LIMIT);
		exact_sum_add(&forward, part[i]);
		exact_sum_add(&backward, part[nparts - 1 - i]);
	}
	CHECK(exact_sum_round(&forward) == exact_sum_round(&backward));
	n = exact_sum_canonical(&forward, a);
	CHECK(exact_sum_canonical(&backward, b) == n && memcmp(a, b, n * sizeof(double)) == 0);
	/* Canonical: each component is what rounding left of the ones before. */
	for (int i = 1; i < n; i++)
		CHECK(a[i] != 0 && a[i - 1] + a[i] == a[i - 1]);
}

static void
see_list(void *state, bool is_row, int64_t code)
{
	CHECK(code_is_valid(is_row ? ((Seen *) state)->row_kind : CODE_SECTOR, code));
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Seen		seen = {0};
	MatrixSink	sink = {.ratio = see_ratio,.row = see_row,.cell = see_cell,.list = see_list,.state = &seen};
	MatrixParseError error;
	char	   *text;

	if (size == 0)
		return 0;
	/* A copy without a terminator: reading past the end is seen. */
	text = malloc(size);
	memcpy(text, data + 1, size - 1);
	seen.nested = data[0] % 3 != 1;
	seen.row_kind = data[0] % 3 == 2 ? CODE_REGION : CODE_SECTOR;
	memset(&error, 0, sizeof(error));
	if (!matrix_text_parse(text, size - 1, seen.nested, seen.row_kind, LIMIT, &sink, &error))
		CHECK(error.detail[0] != '\0' && error.position <= size - 1);
	free(text);
	return 0;
}

#ifdef STANDALONE
int
main(int argc, char **argv)
{
	char		line[64][512];
	int			nlines = 0;
	long		runs = 0;
	FILE	   *in;

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
			runs = atol(argv[++i]);
		else if ((in = fopen(argv[i], "r")) != NULL)
		{
			while (nlines < 64 && fgets(line[nlines], sizeof(line[0]), in))
				nlines++;
			fclose(in);
		}
	if (nlines == 0)
		return 2;
	for (long run = 0; runs == 0 || run < runs; run++)
	{
		char		input[512];
		char	   *text = line[rand() % nlines];
		size_t		size;

		text = strchr(text, '\t') ? strchr(text, '\t') : text;
		size = strcspn(text, "\n");
		memcpy(input, text, size);
		input[0] = (char) (rand() % 3);
		for (int changes = rand() % 4; changes > 0 && size > 1; changes--)
			input[1 + rand() % (size - 1)] = (char) (rand() % 2 ? rand() % 256 : "{}:,+-.e019 "[rand() % 12]);
		LLVMFuzzerTestOneInput((uint8_t *) input, size);
	}
	printf("%d seeds, %ld runs: ok\n", nlines, runs);
	return 0;
}
#endif
