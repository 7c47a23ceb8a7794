/*
 * code_selfuncs.c
 *	  Selectivity of containment: of a column in the subtree of a constant, above a constant, and of joins.
 *
 * The fraction of a column's rows in a subtree is looked up in the subtrees that ANALYZE counted; failing
 * that it is the sum of the most common values in it and the part of the histogram between its ends,
 * interpolated in rank (code_rank), in which codes lie more evenly than in their bits. Where ANALYZE has not
 * been, it is what an index of the column says (code_index.c), else a small sample of the table
 * (code_sample.c), and only where there is neither a default by level. The comparison operators keep the
 * server's own range estimators, because only for those does the planner see the two ends of a BETWEEN together.
 *
 * Statistics are looked at only as statistic_proc_security_check allows, indexes and tables only for operators
 * whose functions are leakproof: else a user could learn of rows that row-level security hides.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_statistic.h"
#include "commands/defrem.h"
#include "nodes/pathnodes.h"
#include "optimizer/pathnode.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "code/code_sample.h"
#include "code/code_selfuncs.h"
#include "code/code_server.h"

/* Of rows, in the subtree of a code nobody knows. */
#define DEFAULT_SUBTREE_SEL 0.005

/* So many values of the ancestors' side of a join are asked for their subtrees. */
#define ANCESTOR_VALUES 200

/* Of a table without statistics that has more partitions, the largest stand for all. */
#define PARTS_ASKED 8

/* What is known of a column, opened once and asked for many subtrees. */
typedef struct CodeStats
{
	CodeKind	kind;
	Oid			type;			/* of the column, no domain */
	Oid			opfamily;		/* its default btree operator family */
	bool		known;			/* there are statistics, and we may look at them */
	double		nonnull;		/* fraction of rows that are not NULL */
	AttStatsSlot subtree;		/* nvalues = 0 where a slot is missing */
	AttStatsSlot mcv;
	AttStatsSlot histogram;

	/* Without statistics. */
	RelOptInfo *rel;			/* NULL: nothing to look at */
	RangeTblEntry *rte;
	AttrNumber	attribute;
	double		share;			/* of the effort of a sample */
	IndexOptInfo *index;		/* NULL: none fits */
	List	   *parts;			/* CodeStats * of the children of an inheritance tree or of partitions */
} CodeStats;

static void
open_slots(CodeStats *stats, HeapTuple tuple)
{
	if (!get_attstatsslot(&stats->subtree, tuple, STATISTIC_KIND_SUBTREE, InvalidOid,
						  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS) ||
		stats->subtree.nnumbers != 2 * stats->subtree.nvalues + 1)
		stats->subtree.nvalues = 0;
	if (!get_attstatsslot(&stats->mcv, tuple, STATISTIC_KIND_MCV, InvalidOid, ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		stats->mcv.nvalues = 0;
	if (!get_attstatsslot(&stats->histogram, tuple, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES))
		stats->histogram.nvalues = 0;
	stats->known = stats->subtree.nvalues > 0 || stats->mcv.nvalues > 0 || stats->histogram.nvalues > 0;
}

static int
compare_sizes(const ListCell *a, const ListCell *b)
{
	double		x = ((const CodeStats *) lfirst(a))->rel->tuples;
	double		y = ((const CodeStats *) lfirst(b))->rel->tuples;

	return (x < y) - (x > y);
}

/* Where to look without statistics: a table with rows of its own, or the children of one that has them. */
static void
open_table(CodeStats *stats, PlannerInfo *root, RelOptInfo *rel, AttrNumber attribute)
{
	RangeTblEntry *rte = planner_rt_fetch(rel->relid, root);
	ListCell   *lc;

	if (rte->rtekind != RTE_RELATION || attribute <= 0)
		return;
	stats->share = 1.0 / Max(list_length(root->append_rel_list), 1);
	if (!rte->inh)
	{
		stats->rel = rel;
		stats->rte = rte;
		stats->attribute = attribute;
		stats->index = code_find_index(rel, attribute, stats->opfamily);
		return;
	}
	foreach(lc, root->append_rel_list)
	{
		AppendRelInfo *child = lfirst(lc);
		RelOptInfo *child_rel = root->simple_rel_array[child->child_relid];
		Node	   *var;
		CodeStats  *part;

		if (child->parent_relid != rel->relid || child_rel == NULL || IS_DUMMY_REL(child_rel) ||
			attribute > list_length(child->translated_vars))
			continue;
		var = list_nth(child->translated_vars, attribute - 1);
		if (var == NULL || !IsA(var, Var))
			continue;
		part = palloc0(sizeof(CodeStats));
		part->kind = stats->kind;
		part->type = stats->type;
		part->opfamily = stats->opfamily;
		part->nonnull = 1.0;
		part->rel = child_rel;
		open_table(part, root, child_rel, ((Var *) var)->varattno);
		stats->parts = lappend(stats->parts, part);
	}
	list_sort(stats->parts, compare_sizes);
	stats->parts = list_truncate(stats->parts, PARTS_ASKED);
}

static void
open_stats(CodeStats *stats, CodeKind kind, PlannerInfo *root, VariableStatData *vardata, Oid operator)
{
	Oid			opclass;

	memset(stats, 0, sizeof(*stats));
	stats->kind = kind;
	stats->nonnull = 1.0;
	if (HeapTupleIsValid(vardata->statsTuple))
	{
		stats->nonnull = 1.0 - ((Form_pg_statistic) GETSTRUCT(vardata->statsTuple))->stanullfrac;
		if (statistic_proc_security_check(vardata, get_opcode(operator)))
			open_slots(stats, vardata->statsTuple);
	}
	stats->type = getBaseType(vardata->atttype);
	opclass = GetDefaultOpClass(stats->type, BTREE_AM_OID);
	if (OidIsValid(opclass))
		stats->opfamily = get_opclass_family(opclass);
	if (!stats->known && vardata->rel != NULL && vardata->rel->rtekind == RTE_RELATION && IsA(vardata->var, Var) &&
		get_func_leakproof(get_opcode(operator)))
		open_table(stats, root, vardata->rel, ((Var *) vardata->var)->varattno);
}

static void
close_stats(CodeStats *stats)
{
	free_attstatsslot(&stats->subtree);
	free_attstatsslot(&stats->mcv);
	free_attstatsslot(&stats->histogram);
}

/* The sample of the column, or NULL; it may be another one at the next call. */
static const CodeSample *
sample_of(const CodeStats *stats)
{
	return stats->rte == NULL ? NULL : code_sample(stats->rte->relid, stats->attribute, stats->share);
}

/* Without statistics: the fraction of rows with a code in [first, last], or -1 where nothing can be looked at. */
static double
looked_up_fraction(const CodeStats *stats, int64_t first, int64_t last)
{
	const CodeSample *sample;
	double		tuples = 0.0,
				found = 0.0;
	ListCell   *lc;

	foreach(lc, stats->parts)
	{
		const CodeStats *part = lfirst(lc);
		double		fraction = looked_up_fraction(part, first, last);

		if (fraction < 0.0)
			return -1.0;
		tuples += part->rel->tuples;
		found += fraction * part->rel->tuples;
	}
	if (stats->parts != NIL)
		return tuples > 0 ? found / tuples : 0.0;

	if (stats->index != NULL && stats->rel->tuples > 0)
		return Min(code_index_entries(stats->index->indexoid, stats->index->reverse_sort[0], first, last) / stats->rel->tuples, 1.0);
	sample = sample_of(stats);
	return sample == NULL ? -1.0 : code_sample_fraction(sample, first, last);
}

/* Index of the first of the ascending values that is not less than the code. */
static int
lower_bound(const AttStatsSlot *slot, int64_t code)
{
	int			low = 0,
				high = slot->nvalues;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (DatumGetCode(slot->values[middle]) < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Part of the histogram's rows that lie before the code, in [0,1]. */
static double
histogram_before(const CodeStats *stats, int64_t code)
{
	const AttStatsSlot *histogram = &stats->histogram;
	int			bound = lower_bound(histogram, code);
	double		low,
				high;

	if (bound == 0)
		return 0.0;
	if (bound == histogram->nvalues)
		return 1.0;
	low = code_rank(stats->kind, DatumGetCode(histogram->values[bound - 1]));
	high = code_rank(stats->kind, DatumGetCode(histogram->values[bound]));
	return (bound - 1 + (high > low ? (code_rank(stats->kind, code) - low) / (high - low) : 0.5)) / (histogram->nvalues - 1);
}

/* Without statistics: about what a division, a group ... has of its classification, were all leaves alike. */
static double
default_by_level(CodeKind kind, int64_t code)
{
	static const double by_level[2][5] = {
		[CODE_SECTOR] = {0.05, 0.013, 0.004, 0.002, 0.001},
		[CODE_REGION] = {0.06, 0.004, 0.002, 0.0005, 0.0001}
	};

	return by_level[kind][Min(code_level(kind, code), 5) - 1];
}

/* The place of the code among the subtrees that ANALYZE counted, or -1. */
static int
counted(const CodeStats *stats, int64_t code)
{
	int			at = lower_bound(&stats->subtree, code);

	return at < stats->subtree.nvalues && DatumGetCode(stats->subtree.values[at]) == code ? at : -1;
}

/* The greatest fraction that a subtree can have which ANALYZE did not count. */
static double
counted_limit(const CodeStats *stats)
{
	return stats->subtree.numbers[2 * stats->subtree.nvalues];
}

/* Fraction of the rows that lie in the subtree of the code. */
static double
subtree_fraction(const CodeStats *stats, int64_t code)
{
	int64_t		end = code_subtree_end(stats->kind, code);
	double		common = 0.0,
				common_all = 0.0,
				fraction;
	int			at;

	if (!stats->known)
	{
		fraction = looked_up_fraction(stats, code, end);
		return fraction >= 0.0 ? fraction : default_by_level(stats->kind, code) * stats->nonnull;
	}

	at = counted(stats, code);
	if (at >= 0)
		return stats->subtree.numbers[at];

	for (int i = 0; i < stats->mcv.nvalues; i++)
	{
		int64_t		value = DatumGetCode(stats->mcv.values[i]);

		common_all += stats->mcv.numbers[i];
		if (value >= code && value <= end)
			common += stats->mcv.numbers[i];
	}
	fraction = common;
	if (stats->histogram.nvalues > 1)
		fraction += Max(stats->nonnull - common_all, 0.0) *
			Max(histogram_before(stats, end) - histogram_before(stats, code), 0.0);

	/*
	 * ANALYZE did not find it common, so there is an upper limit. The histogram tends to say next to nothing; below
	 * a common code a fair guess is a fraction of the limit.
	 */
	if (stats->subtree.nvalues > 0)
	{
		double		limit = counted_limit(stats);
		int64_t		parent = code_parent(stats->kind, code);

		if (parent != CODE_NONE && counted(stats, parent) >= 0)
			fraction = Max(fraction, limit / 4);
		fraction = Min(fraction, limit);
	}
	return fraction;
}

/* Fraction of the rows with exactly this code. */
static double
equal_fraction(const CodeStats *stats, VariableStatData *vardata, bool varonleft, int64_t code)
{
	Oid			equal = get_opfamily_member(stats->opfamily, stats->type, stats->type, BTEqualStrategyNumber);
	double		fraction;
	int			at;

	if (!stats->known)
		return looked_up_fraction(stats, code, code);
	at = counted(stats, code);
	if (at >= 0)
		return stats->subtree.numbers[stats->subtree.nvalues + at];
	if (!OidIsValid(equal))
		return -1.0;
	fraction = var_eq_const(vardata, equal, InvalidOid, CodeGetDatum(code), false, varonleft, false);
	return stats->subtree.nvalues > 0 ? Min(fraction, counted_limit(stats)) : fraction;
}

/* Fraction of the rows whose code is above this one, or the same: a sum of equalities. */
static double
ancestors_fraction(const CodeStats *stats, VariableStatData *vardata, bool varonleft, int64_t code)
{
	int64_t		chain[CODE_DEPTH_MAX];
	int			count = code_ancestors(stats->kind, code, chain);
	double		sum = 0.0;

	for (int i = 0; i < count; i++)
	{
		double		fraction = equal_fraction(stats, vardata, varonleft, chain[i]);

		if (fraction < 0.0)
			return DEFAULT_SUBTREE_SEL;
		sum += fraction;
	}
	return sum;
}

/* RESTRICT of @> (ancestor_first) and <@. */
static Datum
containment_sel(CodeKind kind, FunctionCallInfo fcinfo, bool ancestor_first)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	VariableStatData vardata;
	Node	   *other;
	bool		varonleft;
	double		selectivity = DEFAULT_SUBTREE_SEL;

	if (!get_restriction_variable(root, args, varRelid, &vardata, &other, &varonleft))
		PG_RETURN_FLOAT8(DEFAULT_SUBTREE_SEL);

	if (IsA(other, Const))
	{
		if (((Const *) other)->constisnull)
			selectivity = 0.0;	/* the operators are strict */
		else
		{
			int64_t		code = DatumGetCode(((Const *) other)->constvalue);
			CodeStats	stats;

			open_stats(&stats, kind, root, &vardata, operator);
			selectivity = varonleft == ancestor_first ? ancestors_fraction(&stats, &vardata, varonleft, code) : subtree_fraction(&stats, code);
			close_stats(&stats);
		}
	}
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
}

/* join_fraction where the ancestors' side has no statistics: the codes are those of its sample. */
static double
sample_join_fraction(const CodeStats *ancestor, const CodeStats *member)
{
	const CodeSample *sample = sample_of(ancestor);
	int			values;
	int			rows;
	int64_t		codes[ANCESTOR_VALUES];
	double		weights[ANCESTOR_VALUES];
	double		sum = 0.0;

	if (sample == NULL)
		return -1.0;
	/* Copied, for asking the member side can drop this sample. Of many codes those at evenly spaced places. */
	values = Min(sample->count, ANCESTOR_VALUES);
	rows = sample->rows;
	for (int i = 0; i < values; i++)
	{
		int			from = (int) ((int64) i * sample->count / values);
		int			to = (int) ((int64) (i + 1) * sample->count / values);

		codes[i] = sample->codes[(from + to) / 2];
		weights[i] = sample->rows_upto[to - 1] - (from > 0 ? sample->rows_upto[from - 1] : 0);
	}
	for (int i = 0; i < values; i++)
		sum += weights[i] * subtree_fraction(member, codes[i]);
	return sum / rows;
}

/*
 * The mean, over the ancestor side's values, of the fraction of the member side in their subtrees. The values are
 * those that statistics know: the common ones by their weight, the bounds of the histogram for the rest.
 */
static double
join_fraction(const CodeStats *ancestor, const CodeStats *member)
{
	double		rest = ancestor->nonnull;
	double		sum = 0.0;

	if (ancestor->parts != NIL)
	{
		double		tuples = 0.0;
		ListCell   *lc;

		foreach(lc, ancestor->parts)
		{
			const CodeStats *part = lfirst(lc);

			tuples += part->rel->tuples;
			sum += part->rel->tuples * join_fraction(part, member);
		}
		return tuples > 0 ? sum / tuples : 0.0;
	}
	if (!ancestor->known)
	{
		sum = sample_join_fraction(ancestor, member);
		return sum >= 0.0 ? sum : DEFAULT_SUBTREE_SEL * ancestor->nonnull * member->nonnull;
	}
	for (int i = 0; i < ancestor->mcv.nvalues; i++)
	{
		sum += ancestor->mcv.numbers[i] * subtree_fraction(member, DatumGetCode(ancestor->mcv.values[i]));
		rest -= ancestor->mcv.numbers[i];
	}
	if (ancestor->histogram.nvalues > 0 && rest > 0)
	{
		double		bounds = 0.0;

		for (int i = 0; i < ancestor->histogram.nvalues; i++)
			bounds += subtree_fraction(member, DatumGetCode(ancestor->histogram.values[i]));
		sum += rest * bounds / ancestor->histogram.nvalues;
	}
	return sum;
}

/* JOIN of @> (ancestor_first) and <@. */
static Datum
containment_joinsel(CodeKind kind, FunctionCallInfo fcinfo, bool ancestor_first)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	VariableStatData left,
				right;
	CodeStats	left_stats,
				right_stats;
	bool		reversed;
	double		selectivity;

	get_join_variables(root, args, sjinfo, &left, &right, &reversed);
	open_stats(&left_stats, kind, root, &left, operator);
	open_stats(&right_stats, kind, root, &right, operator);
	selectivity = ancestor_first ? join_fraction(&left_stats, &right_stats) : join_fraction(&right_stats, &left_stats);
	close_stats(&left_stats);
	close_stats(&right_stats);

	if (sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI)
	{
		/* Of the outer rows, those that have a partner: as many times the chance as there are inner rows. */
		RelOptInfo *inner = reversed ? left.rel : right.rel;

		if (inner != NULL)
			selectivity *= Max(inner->rows, 1.0);
	}
	ReleaseVariableStats(left);
	ReleaseVariableStats(right);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
}

#define CONTAINMENT_SELFUNCS(type, kind) \
	PG_FUNCTION_INFO_V1(innocity_##type##_contains_sel); \
	PG_FUNCTION_INFO_V1(innocity_##type##_contained_sel); \
	PG_FUNCTION_INFO_V1(innocity_##type##_contains_joinsel); \
	PG_FUNCTION_INFO_V1(innocity_##type##_contained_joinsel); \
	Datum innocity_##type##_contains_sel(PG_FUNCTION_ARGS) { return containment_sel(kind, fcinfo, true); } \
	Datum innocity_##type##_contained_sel(PG_FUNCTION_ARGS) { return containment_sel(kind, fcinfo, false); } \
	Datum innocity_##type##_contains_joinsel(PG_FUNCTION_ARGS) { return containment_joinsel(kind, fcinfo, true); } \
	Datum innocity_##type##_contained_joinsel(PG_FUNCTION_ARGS) { return containment_joinsel(kind, fcinfo, false); }

CONTAINMENT_SELFUNCS(sector_code, CODE_SECTOR)
CONTAINMENT_SELFUNCS(region_code, CODE_REGION)
