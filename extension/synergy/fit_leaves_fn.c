/*
 * fit_leaves_fn.c
 *	  SQL face of the leaves: the reasons of a score, and of its distance from a reference.
 *
 * Both give every part a share, hand it on to the part's leaves in proportion to their values, and round them so that they add up.
 */
#include "base/compat.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "matrix/matrix.h"
#include "synergy/fit_pair.h"
#include "synergy/synergy_relative.h"
#include "synergy/synergy_score.h"

/*
 * Turns values of parts into values of what the shares add up to; shares[i] = value of part i times factor[i]. A part that counts although
 * it is 0 has no leaf that could carry its share: it gets one of its own.
 */
static void
scale_leaves(Pair *pair, const double *factor, const double *share)
{
	int			n = 0;

	for (int i = 0; i < pair->nleaves; i++)
	{
		double		f = factor[pair->leaf[i].part];

		if (f == 0)
			continue;
		pair->leaf[n] = pair->leaf[i];
		pair->leaf[n++].value *= f;
	}
	pair->nleaves = n;
	for (int i = 0; i < pair->nparts; i++)
		if (pair->value[i] == 0 && share[i] != 0)
			pair_add_leaf(pair, i, -1, share[i]);
}

/*
 * Leaves of the score: weight w of a part among the known ones, and for a power other than 1 the part's share of sum w v^power (for 0 of
 * sum w), so that the leaves of any mean add up to it. All v are divided by one number, which changes no share, lest their powers vanish.
 */
static void
score_leaves(Pair *pair, const double *weight, double power, double score)
{
	double	   *factor = palloc0(sizeof(double) * Max(pair->nparts, 1));
	double	   *share = palloc0(sizeof(double) * Max(pair->nparts, 1));
	double		scale = synergy_scale(pair->value, weight, pair->nparts, power);
	double		sum = 0;

	for (int i = 0; i < pair->nparts; i++)
	{
		double		v = pair->value[i];

		if (isnan(v))
			continue;
		share[i] = power == 0 || power == 1 ? weight[i] : weight[i] == 0 ? 0 : weight[i] * pow(v / scale, power);
		sum += share[i];
	}
	if (!(sum > 0) || isinf(sum))
	{
		pair->nleaves = 0;
		return;
	}
	for (int i = 0; i < pair->nparts; i++)
	{
		if (pair->value[i] > 0)
			factor[i] = power == 1 ? share[i] / sum : score * share[i] / sum / pair->value[i];
		share[i] = power == 1 ? 0 : score * share[i] / sum;
	}
	scale_leaves(pair, factor, share);
}

/* Leaves of the distance; false = it is not defined, and there are none. */
static bool
relative_leaves(Pair *pair, const double *weight, const double *reference, double power, int64 *units)
{
	double	   *factor = palloc0(sizeof(double) * Max(pair->nparts, 1));
	double	   *share = palloc(sizeof(double) * Max(pair->nparts, 1));
	double		distance = synergy_relative(pair->value, reference, weight, pair->nparts, power, share);

	if (isnan(distance))
	{
		pair->nleaves = 0;
		return false;
	}
	for (int i = 0; i < pair->nparts; i++)
		if (pair->value[i] > 0)
			factor[i] = share[i] / pair->value[i];
	scale_leaves(pair, factor, share);
	*units = synergy_round(distance);
	return true;
}

static Datum
unit_numeric(int64 units)
{
	return NumericGetDatum(int64_div_fast_to_numeric(units, SYNERGY_DECIMALS));
}

/* One row a part: name, value, sum of its leaves; without a total there is nothing to add up to. */
static void
put_parts(ReturnSetInfo *rsinfo, const Pair *pair, bool has_total)
{
	int64	   *part_units = palloc0(sizeof(int64) * Max(pair->nparts, 1));

	for (int i = 0; i < pair->nleaves; i++)
		part_units[pair->leaf[i].part] += pair->leaf[i].units;
	for (int i = 0; i < pair->nparts; i++)
	{
		bool		known = !isnan(pair->value[i]);
		Datum		values[6] = {PointerGetDatum(cstring_to_text_with_len(pair->part[i].data, pair->part[i].len))};
		bool		nulls[6] = {false, true, true, true, !known, !known || !has_total};

		values[4] = Float8GetDatum(pair->value[i]);
		values[5] = unit_numeric(part_units[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

static void
put_leaves(ReturnSetInfo *rsinfo, const Pair *pair)
{
	for (int i = 0; i < pair->nleaves; i++)
	{
		const FitLeaf *leaf = &pair->leaf[i];
		Datum		values[6];
		bool		nulls[6] = {false, leaf->own_sector == CODE_NONE, leaf->partner_sector == CODE_NONE, leaf->partner < 0, false, false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(cstring_to_text_with_len(pair->part[leaf->part].data, pair->part[leaf->part].len));
		values[1] = CodeGetDatum(leaf->own_sector);
		values[2] = CodeGetDatum(leaf->partner_sector);
		values[3] = nulls[3] ? (Datum) 0
			: PointerGetDatum(cstring_to_text_with_len(pair->partner[leaf->partner].data, pair->partner[leaf->partner].len));
		values[4] = Float8GetDatum(leaf->value);
		values[5] = unit_numeric(leaf->units);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/* Rounds the leaves so that they add up to so many units, and puts out the rows. */
static void
put_rows(FunctionCallInfo fcinfo, Pair *pair, bool has_total, int64 units, bool by_part)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	if (has_total)
		fit_apportion(pair->leaf, pair->nleaves, units, palloc(sizeof(FitLeaf *) * Max(pair->nleaves, 1)));
	else
		pair->nleaves = 0;
	if (by_part)
		put_parts(rsinfo, pair, has_total);
	else
		put_leaves(rsinfo, pair);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_leaves);

/* synergy_leaves(parts, weights, score, power, by_part, routes, fits, profile, partners, shares) */
Datum
innocity_synergy_leaves(PG_FUNCTION_ARGS)
{
	Pair		pair;
	double	   *weight;
	bool		has_score = !PG_ARGISNULL(2);
	int64		units = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return (Datum) 0;
	pair_read(&pair, fcinfo, 5);
	weight = pair_numbers(&pair, PG_GETARG_ARRAYTYPE_P(1), "weight", false);
	if (has_score)
	{
		units = DatumGetInt64(DirectFunctionCall1(numeric_int8,
												  DirectFunctionCall2(numeric_mul, PG_GETARG_DATUM(2),
																	  NumericGetDatum(int64_to_numeric(INT64CONST(1000000000))))));
		if (units < 0 || units > INT64CONST(1000000000))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("score must be between 0 and 1, not %g", units / 1e9),
					 errhint("Take the score that synergy_score gives for these parts and weights.")));
		score_leaves(&pair, weight, PG_GETARG_FLOAT8(3), units / 1e9);
	}
	put_rows(fcinfo, &pair, has_score, units, PG_GETARG_BOOL(4));
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_relative_leaves);

/* synergy_relative_leaves(parts, weights, reference, power, by_part, routes, fits, profile, partners, shares) */
Datum
innocity_synergy_relative_leaves(PG_FUNCTION_ARGS)
{
	Pair		pair;
	double	   *weight,
			   *reference;
	double		power;
	bool		defined;
	int64		units = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return (Datum) 0;
	power = PG_GETARG_FLOAT8(3);
	if (isnan(power) || isinf(power))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("power must be finite, not %g", power),
				 errhint("1 is the weighted mean, 0 the geometric one.")));
	pair_read(&pair, fcinfo, 5);
	weight = pair_numbers(&pair, PG_GETARG_ARRAYTYPE_P(1), "weight", false);
	reference = pair_numbers(&pair, PG_GETARG_ARRAYTYPE_P(2), "reference", true);
	defined = relative_leaves(&pair, weight, reference, power, &units);
	put_rows(fcinfo, &pair, defined, units, PG_GETARG_BOOL(4));
	return (Datum) 0;
}
