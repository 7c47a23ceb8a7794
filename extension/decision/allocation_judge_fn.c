/*
 * allocation_judge_fn.c
 *	  allocation_check(), allocation_objective() and allocation_mps(): plans from elsewhere, and solvers from elsewhere.
 */
#include "base/compat.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "decision/allocation_args.h"

PG_FUNCTION_INFO_V1(innocity_allocation_check);
PG_FUNCTION_INFO_V1(innocity_allocation_objective);
PG_FUNCTION_INFO_V1(innocity_allocation_mps);

#define ARG_PLAN	(ALLOC_ARG_QUOTAS + 1)

/*
 * allocation_check(cells, institutions, cities, bonuses, rules, quotas, plan)
 *
 * One row a broken rule (rule, detail, institution, other, city, used, allowed); no rows: the plan keeps them all.
 */
Datum
innocity_allocation_check(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) fcinfo->resultinfo;
	AllocArgs	args;
	AllocFinding *finding;
	int			count;

	InitMaterializedSRF(fcinfo, 0);
	allocation_args_read(fcinfo, NULL, 0, &args);
	count = alloc_check(&args.env, &args.model, allocation_read_places(&args, PG_GETARG_ARRAYTYPE_P(ARG_PLAN), "plan"),
						&finding, NULL);
	for (int k = 0; k < count; k++)
	{
		const AllocFinding *f = &finding[k];
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = CStringGetTextDatum(alloc_rule_name(f->kind));
		values[1] = CStringGetTextDatum(allocation_detail(&args, f, true));
		nulls[2] = f->institution < 0;
		values[2] = nulls[2] ? (Datum) 0 : allocation_text(args.institution[f->institution]);
		nulls[3] = f->other < 0;
		values[3] = nulls[3] ? (Datum) 0 : allocation_text(args.institution[f->other]);
		nulls[4] = f->city < 0;
		values[4] = nulls[4] ? (Datum) 0 : allocation_text(args.city[f->city]);
		nulls[5] = f->used < 0;
		values[5] = Int64GetDatum(f->used);
		nulls[6] = f->limit < 0;
		values[6] = Int64GetDatum(f->limit);
		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
	allocation_args_free(&args);
	return (Datum) 0;
}

/*
 * allocation_objective(cells, institutions, cities, bonuses, rules, quotas, plan) numeric
 *
 * Sum of the scores of the plan's cells (an absent cell counts 0) and of the bonuses of pairs that share a city.
 */
Datum
innocity_allocation_objective(PG_FUNCTION_ARGS)
{
	AllocArgs	args;
	AllocFinding *finding;
	int64_t		value;
	Datum		result;

	allocation_args_read(fcinfo, NULL, 0, &args);
	alloc_check(&args.env, &args.model, allocation_read_places(&args, PG_GETARG_ARRAYTYPE_P(ARG_PLAN), "plan"),
				&finding, &value);
	result = allocation_numeric(&args, value);
	allocation_args_free(&args);
	return result;
}

static void
append_piece(void *sink, const char *text, size_t len)
{
	appendBinaryStringInfo((StringInfo) sink, text, (int) len);
}

/*
 * allocation_mps(cells, institutions, cities, bonuses, rules, quotas) text
 *
 * Free-format MPS, values negated (MPS minimises). A text is at most 1 GB: beyond it the server says so.
 */
Datum
innocity_allocation_mps(PG_FUNCTION_ARGS)
{
	AllocArgs	args;
	StringInfoData text;

	allocation_args_read(fcinfo, NULL, 0, &args);
	initStringInfo(&text);
	appendStringInfo(&text, "* innocity: x_I_J = 1 when institution I goes to city J, both numbered from 1 in byte order of their ids\n"
					 "* values are multiples of %lld / 10^%d, negated\n", (long long) args.factor, args.decimals);
	alloc_mps(&args.env, &args.model, append_piece, &text);
	allocation_args_free(&args);
	return PointerGetDatum(cstring_to_text_with_len(text.data, text.len));
}
