/*
 * allocation_fn.c
 *	  allocate(): the solver's SQL face. The value it returns is a row of plain arrays that can be stored, joined and audited.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "decision/allocation_args.h"

PG_FUNCTION_INFO_V1(innocity_allocate);

/* Arguments of allocate() after the shared ones. */
enum
{
	ARG_EFFORT = ALLOC_ARG_QUOTAS + 1,
	ARG_SEED,
	ARG_PREVIOUS,
	ARG_CHANGE_PENALTY
};

/* Attributes of type allocation, in the order of allocation.sql. */
enum
{
	OUT_STATUS,
	OUT_OBJECTIVE,
	OUT_BOUND,
	OUT_GAP,
	OUT_SEED,
	OUT_EFFORT,
	OUT_PLACES,
	OUT_PRICES,
	OUT_OPTIONS,
	OUT_SHARES,
	OUT_BROKEN,
	OUT_NATTS
};

/* An array of composites while it is filled. */
typedef struct RowBuilder
{
	Oid			type;
	TupleDesc	desc;
	Datum	   *rows;
	int			count;
} RowBuilder;

static void
builder_open(RowBuilder *b, TupleDesc result, int attribute, Size room)
{
	b->type = get_element_type(TupleDescAttr(result, attribute)->atttypid);
	b->desc = lookup_rowtype_tupdesc_copy(b->type, -1);
	b->rows = palloc_extended(sizeof(Datum) * Max(room, 1), MCXT_ALLOC_HUGE);
	b->count = 0;
}

static void
builder_add(RowBuilder *b, Datum *values, bool *nulls)
{
	b->rows[b->count++] = HeapTupleGetDatum(heap_form_tuple(b->desc, values, nulls));
	if ((b->count & 1023) == 0)
		CHECK_FOR_INTERRUPTS();
}

static Datum
builder_close(RowBuilder *b)
{
	return PointerGetDatum(construct_array(b->rows, b->count, b->type, -1, false, TYPALIGN_DOUBLE));
}

static const char *
status_name(AllocStatus status)
{
	static const char *const name[] = {"optimal", "feasible", "infeasible", "unknown"};

	return name[status];
}

/* (institution, city, score, bonus): bonus is half of each pair's, so that the column adds up; score without change penalty. */
static Datum
places(const AllocArgs *args, const AllocResult *result, TupleDesc desc)
{
	const AllocModel *model = &args->model;
	int64_t    *bonus = palloc0(sizeof(int64_t) * Max(model->n, 1));
	RowBuilder	b;

	builder_open(&b, desc, OUT_PLACES, result->city ? model->n : 0);
	for (int e = 0; result->city && e < model->nbonus; e++)
		if (result->city[model->bonus[e].a] == result->city[model->bonus[e].b])
		{
			/* an odd unit goes to the first of the two */
			int64_t		half = model->bonus[e].value / 2;

			bonus[model->bonus[e].a] += model->bonus[e].value - half;
			bonus[model->bonus[e].b] += half;
		}
	for (int i = 0; result->city && i < model->n; i++)
	{
		int			j = result->city[i];
		int64_t		score = model->score[(size_t) i * model->m + j];
		bool		changed = args->previous && args->previous[i] >= 0 && args->previous[i] != j;
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = allocation_text(args->institution[i]);
		values[1] = allocation_text(args->city[j]);
		values[2] = allocation_numeric(args, changed ? score + args->penalty : score);
		values[3] = allocation_numeric(args, bonus[i]);
		values[4] = BoolGetDatum(changed);
		nulls[4] = args->previous == NULL || args->previous[i] < 0;
		builder_add(&b, values, nulls);
	}
	return builder_close(&b);
}

/* (rule, city, price, province, category, used, allowed) */
static Datum
prices(const AllocArgs *args, const AllocResult *result, TupleDesc desc)
{
	double		unit = (double) args->factor / pow(10, args->decimals);
	RowBuilder	b;

	builder_open(&b, desc, OUT_PRICES, result->city ? result->nfinding : 0);
	for (int k = 0; result->city && k < result->nfinding; k++)
	{
		const AllocFinding *f = &result->finding[k];
		const AllocQuota *quota = f->quota < 0 ? NULL : &args->model.quota[f->quota];
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = CStringGetTextDatum(alloc_rule_name(f->kind));
		nulls[1] = f->city < 0;
		values[1] = nulls[1] ? (Datum) 0 : allocation_text(args->city[f->city]);
		values[2] = Float8GetDatum(f->price * unit);
		nulls[3] = quota == NULL || quota->province < 0;
		values[3] = nulls[3] ? (Datum) 0 : allocation_text(args->province[quota->province]);
		nulls[4] = quota == NULL || quota->category < 0;
		values[4] = nulls[4] ? (Datum) 0 : allocation_text(args->category[quota->category]);
		values[5] = Int64GetDatum(f->used);
		values[6] = Int64GetDatum(f->limit);
		builder_add(&b, values, nulls);
	}
	return builder_close(&b);
}

/* (institution, city, second_city, exchange_with, cost) */
static Datum
options(const AllocArgs *args, const AllocResult *result, TupleDesc desc)
{
	RowBuilder	b;

	builder_open(&b, desc, OUT_OPTIONS, result->city ? args->model.n : 0);
	for (int i = 0; result->city && i < args->model.n; i++)
	{
		const AllocAlternative *a = &result->alternative[i];
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = allocation_text(args->institution[i]);
		values[1] = allocation_text(args->city[result->city[i]]);
		nulls[2] = nulls[4] = a->city < 0;
		values[2] = nulls[2] ? (Datum) 0 : allocation_text(args->city[a->city]);
		nulls[3] = a->exchange < 0;
		values[3] = nulls[3] ? (Datum) 0 : allocation_text(args->institution[a->exchange]);
		values[4] = nulls[4] ? (Datum) 0 : allocation_numeric(args, a->cost);
		builder_add(&b, values, nulls);
	}
	return builder_close(&b);
}

/* (city, institutions, headcount, score): what each city gets, cities without any too. */
static Datum
shares(const AllocArgs *args, const AllocResult *result, TupleDesc desc)
{
	const AllocModel *model = &args->model;
	int64_t    *count = palloc0(sizeof(int64_t) * Max(model->m, 1));
	int64_t    *heads = palloc0(sizeof(int64_t) * Max(model->m, 1));
	int64_t    *score = palloc0(sizeof(int64_t) * Max(model->m, 1));
	RowBuilder	b;

	builder_open(&b, desc, OUT_SHARES, result->city ? model->m : 0);
	for (int i = 0; result->city && i < model->n; i++)
	{
		int			j = result->city[i];

		count[j]++;
		if (model->headcount[i] > 0)
			heads[j] += model->headcount[i];
		score[j] += model->score[(size_t) i * model->m + j];
		if (args->previous && args->previous[i] >= 0 && args->previous[i] != j)
			score[j] += args->penalty;
	}
	for (int j = 0; result->city && j < model->m; j++)
	{
		Datum		values[4] = {allocation_text(args->city[j]), Int64GetDatum(count[j]), Int64GetDatum(heads[j]),
		allocation_numeric(args, score[j])};
		bool		nulls[4] = {false};

		builder_add(&b, values, nulls);
	}
	return builder_close(&b);
}

/* (rule, detail, institution, other, city): the conflicting set. */
static Datum
broken(const AllocArgs *args, const AllocResult *result, TupleDesc desc)
{
	RowBuilder	b;
	bool		given = result->status == ALLOC_INFEASIBLE;

	builder_open(&b, desc, OUT_BROKEN, given ? result->nfinding : 0);
	for (int k = 0; given && k < result->nfinding; k++)
	{
		const AllocFinding *f = &result->finding[k];
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = CStringGetTextDatum(alloc_rule_name(f->kind));
		values[1] = CStringGetTextDatum(allocation_detail(args, f, false));
		nulls[2] = f->institution < 0;
		values[2] = nulls[2] ? (Datum) 0 : allocation_text(args->institution[f->institution]);
		nulls[3] = f->other < 0;
		values[3] = nulls[3] ? (Datum) 0 : allocation_text(args->institution[f->other]);
		nulls[4] = f->city < 0;
		values[4] = nulls[4] ? (Datum) 0 : allocation_text(args->city[f->city]);
		builder_add(&b, values, nulls);
	}
	return builder_close(&b);
}

/*
 * allocate(cells, institutions, cities, bonuses, rules, quotas, effort, seed, previous, change_penalty) allocation
 *
 * NULL argument: NULL. An infeasible or unknown result has empty arrays and NULL objective; gap = (bound - objective) / |objective|.
 */
Datum
innocity_allocate(PG_FUNCTION_ARGS)
{
	int64		effort = PG_GETARG_INT64(ARG_EFFORT);
	int64		seed = PG_GETARG_INT64(ARG_SEED);
	AllocArgs	args;
	AllocResult result;
	TupleDesc	desc;
	Datum		values[OUT_NATTS];
	bool		nulls[OUT_NATTS] = {false};
	bool		given = false;

	if (effort < 1 || effort > INT64CONST(1000000000000))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("effort must be between 1 and 1000000000000, not %lld", (long long) effort),
				 errhint("One million is some tenths of a second.")));
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "allocate must return a composite type");

	allocation_args_read(fcinfo, PG_GETARG_ARRAYTYPE_P(ARG_PREVIOUS), PG_GETARG_FLOAT8(ARG_CHANGE_PENALTY), &args);
	for (int i = 0; i < args.model.n && !given; i++)
		given = args.previous[i] >= 0;
	alloc_solve(&args.env, &args.model, given ? args.previous : NULL, effort, (uint64_t) seed, &result);

	values[OUT_STATUS] = CStringGetTextDatum(status_name(result.status));
	nulls[OUT_OBJECTIVE] = result.city == NULL;
	values[OUT_OBJECTIVE] = nulls[OUT_OBJECTIVE] ? (Datum) 0 : allocation_numeric(&args, result.objective);
	nulls[OUT_BOUND] = !result.has_bound;
	values[OUT_BOUND] = nulls[OUT_BOUND] ? (Datum) 0 : allocation_numeric(&args, result.bound);
	nulls[OUT_GAP] = result.city == NULL || (result.objective == 0 && result.bound != 0);
	values[OUT_GAP] = Float8GetDatum(nulls[OUT_GAP] || result.bound == result.objective ? 0 :
									 (double) (result.bound - result.objective) / fabs((double) result.objective));
	values[OUT_SEED] = Int64GetDatum(seed);
	values[OUT_EFFORT] = Int64GetDatum(effort);
	values[OUT_PLACES] = places(&args, &result, desc);
	values[OUT_PRICES] = prices(&args, &result, desc);
	values[OUT_OPTIONS] = options(&args, &result, desc);
	values[OUT_SHARES] = shares(&args, &result, desc);
	values[OUT_BROKEN] = broken(&args, &result, desc);
	allocation_args_free(&args);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}
