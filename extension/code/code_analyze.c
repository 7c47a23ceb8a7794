/*
 * code_analyze.c
 *	  ANALYZE of code columns: beside the usual statistics, how many rows lie in each common subtree.
 *
 * A histogram cannot say how many rows a small subtree has: codes are not spread evenly over their range. The
 * sample can: sorted, it is a walk through the hierarchy in pre-order, so one pass with a stack of open
 * ancestors counts every subtree. Those of at least 1/2000 of the sample are kept, in a slot of a kind of our
 * own: codes in ascending order, for each its fraction of all rows, and one number more, the greatest fraction
 * that a code not kept can have.
 */
#include "base/compat.h"

#include "commands/vacuum.h"

#include "code/code_selfuncs.h"
#include "code/code_server.h"

/* A subtree is kept if it has at least this part of the sample, and two rows. */
#define KEPT_PART 2000

typedef struct CodeAnalyze
{
	AnalyzeAttrComputeStatsFunc compute_stats;	/* those of every type */
	void	   *extra_data;
	CodeKind	kind;
} CodeAnalyze;

typedef struct Subtree
{
	int64_t		code;
	int64_t		rows;
	int64_t		own;			/* with exactly this code */
} Subtree;

static int
compare_codes(const void *a, const void *b)
{
	int64_t		x = *(const int64_t *) a;
	int64_t		y = *(const int64_t *) b;

	return (x > y) - (x < y);
}

static int
compare_subtrees(const void *a, const void *b)
{
	return compare_codes(&((const Subtree *) a)->code, &((const Subtree *) b)->code);
}

/* Counts the subtrees of the sorted codes; those of at least least rows go to kept, in no order. */
static int
count_subtrees(CodeKind kind, const int64_t *codes, int count, int64_t least, Subtree *kept)
{
	Subtree		open[CODE_DEPTH_MAX];
	int			depth = 0;
	int			n = 0;

	for (int i = 0; i <= count; i++)
	{
		int64_t		chain[CODE_DEPTH_MAX];
		int			length = i < count ? code_ancestors(kind, codes[i], chain) : 0;
		int			common = 0;

		while (common < depth && common < length && open[common].code == chain[common])
			common++;
		/* What is open and not above this code is finished: its rows are also its parent's. */
		while (depth > common)
		{
			depth--;
			if (depth > 0)
				open[depth - 1].rows += open[depth].rows;
			if (open[depth].rows >= least)
				kept[n++] = open[depth];
		}
		while (depth < length)
		{
			open[depth] = (Subtree) {.code = chain[depth]};
			depth++;
		}
		if (depth > 0)
		{
			open[depth - 1].rows++;
			open[depth - 1].own += codes[i] == open[depth - 1].code;
		}
	}
	return n;
}

static void
compute_code_stats(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch, int samplerows, double totalrows)
{
	CodeAnalyze *analyze = stats->extra_data;
	int64_t    *codes;
	Subtree    *kept;
	int64_t		least = Max(2, (samplerows + KEPT_PART - 1) / KEPT_PART);
	int			count = 0;
	int			n;
	int			slot = 0;
	Datum	   *values;
	float4	   *numbers;
	MemoryContext old;

	stats->extra_data = analyze->extra_data;
	analyze->compute_stats(stats, fetch, samplerows, totalrows);
	stats->extra_data = analyze;
	if (!stats->stats_valid)
		return;

	codes = palloc(samplerows * sizeof(int64_t));
	for (int i = 0; i < samplerows; i++)
	{
		bool		isnull;
		Datum		value;

		analyze_delay_point();
		value = fetch(stats, i, &isnull);
		if (!isnull)
			codes[count++] = DatumGetCode(value);
	}
	qsort(codes, count, sizeof(int64_t), compare_codes);

	/* Each row is in at most CODE_DEPTH_MAX subtrees, and a kept one has at least so many rows. */
	kept = palloc((count / least + 1) * CODE_DEPTH_MAX * sizeof(Subtree));
	n = count_subtrees(analyze->kind, codes, count, least, kept);
	qsort(kept, n, sizeof(Subtree), compare_subtrees);

	while (slot < STATISTIC_NUM_SLOTS && stats->stakind[slot] != 0)
		slot++;
	if (slot == STATISTIC_NUM_SLOTS || n == 0)
		return;

	old = MemoryContextSwitchTo(stats->anl_context);
	values = palloc(n * sizeof(Datum));
	numbers = palloc((2 * n + 1) * sizeof(float4));
	for (int i = 0; i < n; i++)
	{
		values[i] = CodeGetDatum(kept[i].code);
		numbers[i] = (float4) ((double) kept[i].rows / samplerows);
		numbers[n + i] = (float4) ((double) kept[i].own / samplerows);
	}
	numbers[2 * n] = (float4) ((double) (least - 1) / samplerows);
	MemoryContextSwitchTo(old);

	stats->stakind[slot] = STATISTIC_KIND_SUBTREE;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->stanumbers[slot] = numbers;
	stats->numnumbers[slot] = 2 * n + 1;
	stats->stavalues[slot] = values;
	stats->numvalues[slot] = n;
}

static Datum
code_typanalyze(CodeKind kind, FunctionCallInfo fcinfo)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	CodeAnalyze *analyze;

	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);
	analyze = palloc(sizeof(CodeAnalyze));
	analyze->compute_stats = stats->compute_stats;
	analyze->extra_data = stats->extra_data;
	analyze->kind = kind;
	stats->compute_stats = compute_code_stats;
	stats->extra_data = analyze;
	PG_RETURN_BOOL(true);
}

PG_FUNCTION_INFO_V1(innocity_sector_code_typanalyze);
Datum
innocity_sector_code_typanalyze(PG_FUNCTION_ARGS)
{
	return code_typanalyze(CODE_SECTOR, fcinfo);
}

PG_FUNCTION_INFO_V1(innocity_region_code_typanalyze);
Datum
innocity_region_code_typanalyze(PG_FUNCTION_ARGS)
{
	return code_typanalyze(CODE_REGION, fcinfo);
}
