/*
 * pairwise_matrix.h
 *	  The type pairwise_matrix: what one expert says about the relative importance of criteria.
 *
 * A judgement (a, b, 3) says that a is three times as important as b. Only the upper triangle is kept: criteria are sorted by their
 * bytes, and the judgement of a pair stands once, for the smaller id over the greater; reciprocity cannot be violated. A missing
 * judgement is 0. Same judgements, in any order and direction, give the same bytes.
 *
 * Stored form, version 1, ALIGNMENT = double:
 *
 *		int32 vl_len_ | uint16 version | uint16 flags (0) | int32 n | int32 length of the id bytes
 *		float8 judgement[n (n - 1) / 2]		row by row: (0,1) (0,2) ... (1,2) ...
 *		int32 id_end[n]						where each id ends in the bytes that follow
 *		the bytes of the ids				no terminators; in the database's encoding
 */
#ifndef INNOCITY_PAIRWISE_MATRIX_H
#define INNOCITY_PAIRWISE_MATRIX_H

#include "base/compat.h"

#include "nodes/nodes.h"

#include "base/row_array.h"

#define PAIRWISE_VERSION 1

/* Nobody compares more than a dozen things in pairs; the limit keeps the algebra (n^3) well below a second. */
#define PAIRWISE_CRITERIA_MAX 500

/* Longest id of a criterion, in bytes. */
#define PAIRWISE_ID_MAX 1000

/* A judgement is a ratio in this range; Saaty's scale is 1/9 to 9. Stored reciprocals may miss the ends by a rounding. */
#define PAIRWISE_JUDGEMENT_MAX 1e9

typedef struct PairwiseMatrix
{
	int32		vl_len_;
	uint16		version;
	uint16		flags;
	int32		n;
	int32		id_bytes;
	double		judgement[FLEXIBLE_ARRAY_MEMBER];
} PairwiseMatrix;

#define PAIRWISE_PAIRS(n) ((int64) (n) * ((n) - 1) / 2)

/* Where the pair (i, j), i < j, stands in the upper triangle. */
static inline int64
pairwise_pair(int n, int i, int j)
{
	return (int64) i * n - (int64) i * (i + 1) / 2 + (j - i - 1);
}

/* Judgement of i over j in either direction; 0 when it is missing, 1 on the diagonal. */
static inline double
pairwise_get(const double *upper, int n, int i, int j)
{
	double		value;

	if (i == j)
		return 1.0;
	if (i < j)
		return upper[pairwise_pair(n, i, j)];
	value = upper[pairwise_pair(n, j, i)];
	return value == 0.0 ? 0.0 : 1.0 / value;
}

extern PairwiseMatrix *DatumGetPairwiseMatrix(Datum datum);

#define PG_GETARG_PAIRWISE_MATRIX(i) DatumGetPairwiseMatrix(PG_GETARG_DATUM(i))

/* The id of criterion i; points into the matrix. */
extern TextId pairwise_id(const PairwiseMatrix *matrix, int i);

/* The same as a text Datum in the current context. */
extern Datum pairwise_id_datum(const PairwiseMatrix *matrix, int i);

/* Do both matrices have the same criteria? */
extern bool pairwise_same_criteria(const PairwiseMatrix *a, const PairwiseMatrix *b);

/* A matrix with these sorted, distinct ids and all judgements missing, in the current context. */
extern PairwiseMatrix *pairwise_create(const TextId *ids, int n);

/*
 * Judgements while they arrive, in any order and direction; everything lives in the given context.
 *
 * pairwise_builder_criterion makes an id known and returns its number, or -1. pairwise_builder_add takes the judgement of a over b
 * (numbers); 0 is a missing one. Refused, with that SQLSTATE: an empty or overlong id, too many criteria, a judgement out of range, a
 * judgement of a criterion over itself that is not 1, a second and different judgement of a pair. Errors go to escontext (may be
 * NULL); then the result is -1 or false. pairwise_builder_finish leaves the builder as it is and makes the matrix in the current
 * context; no criterion at all is an error (elog).
 */
typedef struct PairwiseBuilder PairwiseBuilder;

extern PairwiseBuilder *pairwise_builder_create(MemoryContext context);
extern int	pairwise_builder_criterion(PairwiseBuilder *builder, TextId id, int sqlstate, Node *escontext);
extern bool pairwise_builder_add(PairwiseBuilder *builder, int a, int b, double judgement, int sqlstate, Node *escontext);
extern int	pairwise_builder_size(const PairwiseBuilder *builder);
extern PairwiseMatrix *pairwise_builder_finish(const PairwiseBuilder *builder);

#endif							/* INNOCITY_PAIRWISE_MATRIX_H */
