/*
 * synergy_score_fn.c
 *	  SQL face of the score: arrays in, two numerics of nine decimals out.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "synergy/synergy_score.h"

/* The elements of a one-dimensional float8 array; a NULL becomes NaN where nulls are allowed, or raises 22004. */
static double *
float8_elements(ArrayType *array, const char *what, bool allow_null, int *n)
{
	Datum	   *element;
	bool	   *isnull;
	double	   *result;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%ss must be a one-dimensional array", what),
				 errdetail("It has %d dimensions.", ARR_NDIM(array))));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, &isnull, n);
	result = palloc(sizeof(double) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
	{
		if (isnull[i] && !allow_null)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s %d is null", what, i + 1),
					 errhint("Give a weight of 0 to leave a part out.")));
		result[i] = isnull[i] ? NAN : DatumGetFloat8(element[i]);
		if (!isnull[i] && isnan(result[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s %d is NaN", what, i + 1),
					 errhint("Use NULL for a part that is not known.")));
	}
	return result;
}

/* The first three arguments of the functions below: n parts and weights, and the power; refuses what is out of range. */
static void
score_arguments(FunctionCallInfo fcinfo, double **parts, double **weights, double *power, int *count)
{
	int			n,
				nweights;
	double	   *part = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "part", true, &n);
	double	   *weight = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "weight", false, &nweights);

	*power = PG_GETARG_FLOAT8(2);
	if (n != nweights)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parts and weights differ in length: %d and %d", n, nweights),
				 errhint("Give one weight for each part, also for a part that is NULL.")));
	if (isnan(*power) || isinf(*power))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("power must be finite, not %g", *power),
				 errhint("1 is the weighted mean, 0 the geometric one.")));
	for (int i = 0; i < n; i++)
	{
		if (part[i] < 0 || part[i] > 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("part %d must be between 0 and 1, not %g", i + 1, part[i]),
					 errhint("Scale a criterion to [0, 1] before it joins the score.")));
		if (weight[i] < 0 || isinf(weight[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight %d must be finite and not negative, not %g", i + 1, weight[i]),
					 errhint("Weights are relative; they need not add up to 1.")));
	}
	*parts = part;
	*weights = weight;
	*count = n;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_score);

/* synergy_score(parts, weights, power) */
Datum
innocity_synergy_score(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *part,
			   *weight;
	double		power,
				score,
				coverage;
	TupleDesc	tupdesc;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	score_arguments(fcinfo, &part, &weight, &power, &n);
	synergy_score(part, weight, n, synergy_scale_weights(weight, n, weight), power, &score, &coverage);

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	nulls[0] = isnan(score);
	values[0] = nulls[0] ? (Datum) 0
		: NumericGetDatum(int64_div_fast_to_numeric(synergy_round(score), SYNERGY_DECIMALS));
	values[1] = NumericGetDatum(int64_div_fast_to_numeric(synergy_round(coverage), SYNERGY_DECIMALS));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls)));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_needed);

/* synergy_needed(parts, weights, power, score) */
Datum
innocity_synergy_needed(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *part,
			   *weight,
			   *needed;
	double		power,
				score = PG_GETARG_FLOAT8(3);
	Datum	   *element;
	bool	   *isnull;
	int			lower = 1;

	score_arguments(fcinfo, &part, &weight, &power, &n);
	if (!(score >= 0 && score <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("score must be between 0 and 1, not %g", score),
				 errhint("It is the score to reach, as synergy_score gives one.")));
	needed = palloc(sizeof(double) * Max(n, 1));
	synergy_needed(part, weight, n, power, score, needed);

	element = palloc(sizeof(Datum) * Max(n, 1));
	isnull = palloc(sizeof(bool) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		element[i] = Float8GetDatum(needed[i]);
		isnull[i] = isnan(needed[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(element, isnull, n > 0 ? 1 : 0, &n, &lower,
											 FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
