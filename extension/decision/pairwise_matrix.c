/*
 * pairwise_matrix.c
 *	  Making and reading values of type pairwise_matrix. See pairwise_matrix.h for the layout.
 */
#include "base/compat.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "decision/pairwise_matrix.h"

struct PairwiseBuilder
{
	MemoryContext context;
	int			n;
	int			capacity;		/* a power of two */
	TextId	   *ids;			/* in order of arrival */
	int		   *sorted;			/* numbers in the order of the ids' bytes */
	double	   *judgement;		/* capacity x capacity; at [smaller number][greater number] the smaller *id* over the greater */
};

static inline int32 *
id_ends(const PairwiseMatrix *matrix)
{
	return (int32 *) (matrix->judgement + PAIRWISE_PAIRS(matrix->n));
}

static inline char *
id_bytes(const PairwiseMatrix *matrix)
{
	return (char *) (id_ends(matrix) + matrix->n);
}

PairwiseMatrix *
DatumGetPairwiseMatrix(Datum datum)
{
	PairwiseMatrix *matrix = (PairwiseMatrix *) PG_DETOAST_DATUM(datum);

	if (matrix->version != PAIRWISE_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unknown version %d of pairwise_matrix", matrix->version),
				 errhint("The value was stored by a newer innocity, or is damaged.")));
	return matrix;
}

TextId
pairwise_id(const PairwiseMatrix *matrix, int i)
{
	const int32 *ends = id_ends(matrix);
	int32		start = i == 0 ? 0 : ends[i - 1];
	TextId		id;

	id.data = id_bytes(matrix) + start;
	id.len = ends[i] - start;
	return id;
}

Datum
pairwise_id_datum(const PairwiseMatrix *matrix, int i)
{
	TextId		id = pairwise_id(matrix, i);

	return PointerGetDatum(cstring_to_text_with_len(id.data, id.len));
}

bool
pairwise_same_criteria(const PairwiseMatrix *a, const PairwiseMatrix *b)
{
	return a->n == b->n && a->id_bytes == b->id_bytes &&
		memcmp(id_ends(a), id_ends(b), sizeof(int32) * a->n + a->id_bytes) == 0;
}

PairwiseMatrix *
pairwise_create(const TextId *ids, int n)
{
	PairwiseMatrix *matrix;
	Size		size;
	int32		length = 0;
	char	   *bytes;

	for (int i = 0; i < n; i++)
		length += ids[i].len;
	size = offsetof(PairwiseMatrix, judgement) + sizeof(double) * PAIRWISE_PAIRS(n) + sizeof(int32) * n + length;
	matrix = palloc0(size);
	SET_VARSIZE(matrix, size);
	matrix->version = PAIRWISE_VERSION;
	matrix->n = n;
	matrix->id_bytes = length;
	bytes = id_bytes(matrix);
	length = 0;
	for (int i = 0; i < n; i++)
	{
		memcpy(bytes + length, ids[i].data, ids[i].len);
		length += ids[i].len;
		id_ends(matrix)[i] = length;
	}
	return matrix;
}

PairwiseBuilder *
pairwise_builder_create(MemoryContext context)
{
	PairwiseBuilder *builder = MemoryContextAllocZero(context, sizeof(PairwiseBuilder));

	builder->context = context;
	builder->capacity = 8;
	builder->ids = MemoryContextAlloc(context, sizeof(TextId) * builder->capacity);
	builder->sorted = MemoryContextAlloc(context, sizeof(int) * builder->capacity);
	builder->judgement = MemoryContextAllocZero(context, sizeof(double) * builder->capacity * builder->capacity);
	return builder;
}

static void
grow(PairwiseBuilder *builder)
{
	int			old = builder->capacity;
	int			new = old * 2;
	double	   *judgement = MemoryContextAllocZero(builder->context, sizeof(double) * new * new);

	for (int i = 0; i < builder->n; i++)
		memcpy(judgement + (Size) i * new, builder->judgement + (Size) i * old, sizeof(double) * builder->n);
	pfree(builder->judgement);
	builder->judgement = judgement;
	builder->ids = repalloc(builder->ids, sizeof(TextId) * new);
	builder->sorted = repalloc(builder->sorted, sizeof(int) * new);
	builder->capacity = new;
}

int
pairwise_builder_criterion(PairwiseBuilder *builder, TextId id, int sqlstate, Node *escontext)
{
	int			low = 0;
	int			high = builder->n;
	char	   *copy;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		int			order = text_id_cmp(builder->ids[builder->sorted[middle]], id);

		if (order == 0)
			return builder->sorted[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (id.len == 0)
		ereturn(escontext, -1,
				(errcode(sqlstate),
				 errmsg("name of a criterion must not be empty"),
				 errhint("Names are what comparisons and weights are found by.")));
	if (id.len > PAIRWISE_ID_MAX)
		ereturn(escontext, -1,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("name of a criterion cannot be longer than %d bytes", PAIRWISE_ID_MAX),
				 errdetail("\"%s\" has %d bytes.", text_id_cstring(id), id.len)));
	if (builder->n >= PAIRWISE_CRITERIA_MAX)
		ereturn(escontext, -1,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("pairwise_matrix cannot have more than %d criteria", PAIRWISE_CRITERIA_MAX),
				 errhint("Put criteria into groups and compare inside the groups: see hierarchy_weights.")));
	if (builder->n == builder->capacity)
		grow(builder);
	copy = MemoryContextAlloc(builder->context, id.len);
	memcpy(copy, id.data, id.len);
	builder->ids[builder->n].data = copy;
	builder->ids[builder->n].len = id.len;
	memmove(builder->sorted + low + 1, builder->sorted + low, sizeof(int) * (builder->n - low));
	builder->sorted[low] = builder->n;
	return builder->n++;
}

bool
pairwise_builder_add(PairwiseBuilder *builder, int a, int b, double judgement, int sqlstate, Node *escontext)
{
	double	   *cell;

	if (judgement == 0.0)
		return true;
	if (!isfinite(judgement) || judgement > PAIRWISE_JUDGEMENT_MAX || judgement < 1.0 / PAIRWISE_JUDGEMENT_MAX)
		ereturn(escontext, false,
				(errcode(sqlstate),
				 errmsg("judgement must be between %g and %g, not %g",
						1.0 / PAIRWISE_JUDGEMENT_MAX, PAIRWISE_JUDGEMENT_MAX, judgement),
				 errdetail("It compares \"%s\" with \"%s\".",
						   text_id_cstring(builder->ids[a]), text_id_cstring(builder->ids[b])),
				 errhint("3 says that the first is three times as important as the second, 0.2 the reverse of 5.")));
	if (a == b)
	{
		if (judgement != 1.0)
			ereturn(escontext, false,
					(errcode(sqlstate),
					 errmsg("judgement of a criterion over itself must be 1, not %g", judgement),
					 errdetail("The criterion is \"%s\".", text_id_cstring(builder->ids[a]))));
		return true;
	}
	if (text_id_cmp(builder->ids[a], builder->ids[b]) > 0)
		judgement = 1.0 / judgement;
	cell = &builder->judgement[(Size) Min(a, b) * builder->capacity + Max(a, b)];
	if (*cell != 0.0 && *cell != judgement)
	{
		bool		swap = text_id_cmp(builder->ids[a], builder->ids[b]) > 0;

		ereturn(escontext, false,
				(errcode(sqlstate),
				 errmsg("two different judgements of \"%s\" over \"%s\"",
						text_id_cstring(builder->ids[swap ? b : a]), text_id_cstring(builder->ids[swap ? a : b])),
				 errdetail("One says %g, another %g.", Min(*cell, judgement), Max(*cell, judgement)),
				 errhint("Judgements of several experts: one matrix for each (GROUP BY expert), then aggregate_judgements.")));
	}
	*cell = judgement;
	return true;
}

int
pairwise_builder_size(const PairwiseBuilder *builder)
{
	return builder->n;
}

PairwiseMatrix *
pairwise_builder_finish(const PairwiseBuilder *builder)
{
	int			n = builder->n;
	TextId	   *ids = palloc(sizeof(TextId) * Max(n, 1));
	PairwiseMatrix *matrix;

	if (n == 0)
		elog(ERROR, "pairwise_matrix without criteria");
	for (int i = 0; i < n; i++)
		ids[i] = builder->ids[builder->sorted[i]];
	matrix = pairwise_create(ids, n);
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
		{
			int			a = builder->sorted[i];
			int			b = builder->sorted[j];

			matrix->judgement[pairwise_pair(n, i, j)] =
				builder->judgement[(Size) Min(a, b) * builder->capacity + Max(a, b)];
		}
	pfree(ids);
	return matrix;
}
