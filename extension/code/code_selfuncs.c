/*
 * code_selfuncs.c
 *	  Selectivity of containment: of a column in the subtree of a constant, above a constant, and of joins.
 *
 * The fraction of a column's rows in a subtree is looked up in the subtrees that ANALYZE counted; failing
 * that it is the sum of the most common values in it and the part of the histogram between its ends,
 * interpolated in rank (code_rank), in which codes lie more evenly than in their bits. Without statistics it
 * is a default by level. The comparison operators keep the server's own range estimators, because only for
 * those does the planner see the two ends of a BETWEEN together.
 *
 * Statistics are looked at only as statistic_proc_security_check allows: else a user could learn of rows that
 * row-level security hides.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_statistic.h"
#include "commands/defrem.h"
#include "nodes/pathnodes.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "code/code_selfuncs.h"
#include "code/code_server.h"

/* Of rows, in the subtree of a code nobody knows. */
#define DEFAULT_SUBTREE_SEL 0.005

/* A column's statistics, opened once and asked for many subtrees. */
typedef struct CodeStats
{
	CodeKind	kind;
	bool		known;			/* there are any we may look at */
	double		nonnull;		/* fraction of rows that are not NULL */
	AttStatsSlot subtree;		/* nvalues = 0 where a slot is missing */
	AttStatsSlot mcv;
	AttStatsSlot histogram;
} CodeStats;

static void
open_stats(CodeStats *stats, CodeKind kind, VariableStatData *vardata, Oid operator)
{
	memset(stats, 0, sizeof(*stats));
	stats->kind = kind;
	stats->nonnull = 1.0;
	if (!HeapTupleIsValid(vardata->statsTuple))
		return;
	stats->nonnull = 1.0 - ((Form_pg_statistic) GETSTRUCT(vardata->statsTuple))->stanullfrac;
	if (!statistic_proc_security_check(vardata, get_opcode(operator)))
		return;

	if (!get_attstatsslot(&stats->subtree, vardata->statsTuple, STATISTIC_KIND_SUBTREE, InvalidOid,
						  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS) ||
		stats->subtree.nnumbers != stats->subtree.nvalues + 1)
		stats->subtree.nvalues = 0;
	if (!get_attstatsslot(&stats->mcv, vardata->statsTuple, STATISTIC_KIND_MCV, InvalidOid,
						  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		stats->mcv.nvalues = 0;
	if (!get_attstatsslot(&stats->histogram, vardata->statsTuple, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES))
		stats->histogram.nvalues = 0;
	stats->known = stats->subtree.nvalues > 0 || stats->mcv.nvalues > 0 || stats->histogram.nvalues > 0;
}

static void
close_stats(CodeStats *stats)
{
	free_attstatsslot(&stats->subtree);
	free_attstatsslot(&stats->mcv);
	free_attstatsslot(&stats->histogram);
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

/* The fraction that ANALYZE counted for the subtree of the code, or -1. */
static double
counted_fraction(const CodeStats *stats, int64_t code)
{
	int			at = lower_bound(&stats->subtree, code);

	if (at < stats->subtree.nvalues && DatumGetCode(stats->subtree.values[at]) == code)
		return stats->subtree.numbers[at];
	return -1.0;
}

/* Fraction of the rows that lie in the subtree of the code. */
static double
subtree_fraction(const CodeStats *stats, int64_t code)
{
	int64_t		end = code_subtree_end(stats->kind, code);
	double		common = 0.0,
				common_all = 0.0,
				fraction;

	if (!stats->known)
		return default_by_level(stats->kind, code) * stats->nonnull;

	fraction = counted_fraction(stats, code);
	if (fraction >= 0.0)
		return fraction;

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
		double		limit = stats->subtree.numbers[stats->subtree.nvalues];
		int64_t		parent = code_parent(stats->kind, code);

		if (parent != CODE_NONE && counted_fraction(stats, parent) > limit)
			fraction = Max(fraction, limit / 4);
		fraction = Min(fraction, limit);
	}
	return fraction;
}

/* Fraction of the rows whose code is above this one, or the same: a sum of equalities. */
static double
ancestors_fraction(CodeKind kind, VariableStatData *vardata, bool varonleft, int64_t code)
{
	int64_t		chain[CODE_DEPTH_MAX];
	int			count = code_ancestors(kind, code, chain);
	Oid			type = getBaseType(vardata->atttype);
	Oid			opclass = GetDefaultOpClass(type, BTREE_AM_OID);
	Oid			equal = InvalidOid;
	double		fraction = 0.0;

	if (OidIsValid(opclass))
		equal = get_opfamily_member(get_opclass_family(opclass), type, type, BTEqualStrategyNumber);
	if (!OidIsValid(equal))
		return DEFAULT_SUBTREE_SEL;
	for (int i = 0; i < count; i++)
		fraction += var_eq_const(vardata, equal, InvalidOid, CodeGetDatum(chain[i]), false, varonleft, false);
	return fraction;
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
		else if (varonleft == ancestor_first)
			selectivity = ancestors_fraction(kind, &vardata, varonleft, DatumGetCode(((Const *) other)->constvalue));
		else
		{
			CodeStats	stats;

			open_stats(&stats, kind, &vardata, operator);
			selectivity = subtree_fraction(&stats, DatumGetCode(((Const *) other)->constvalue));
			close_stats(&stats);
		}
	}
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
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

	if (!ancestor->known)
		return DEFAULT_SUBTREE_SEL * ancestor->nonnull * member->nonnull;
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
	open_stats(&left_stats, kind, &left, operator);
	open_stats(&right_stats, kind, &right, operator);
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
