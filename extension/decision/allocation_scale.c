/*
 * allocation_scale.c
 *	  Values between SQL and the solver, and findings in words. See allocation_args.h.
 *
 * Scores and bonuses are rounded to at most nine decimals (fewer where fewer say the same for all of them) and divided by their greatest
 * common divisor: whole numbers of one unit. Sums are then exact, bounds can be rounded down, and results go back as exact numerics.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "decision/allocation_args.h"

#define DECIMALS_MAX	9

/* Cells between two looks for a cancel: about a millisecond. */
#define CHECK_MASK		0xffff

static const double power_of_ten[DECIMALS_MAX + 1] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* The fewest decimals, not fewer than at_least, that give this value back. */
static int
decimals_of(double value, int at_least)
{
	int			d = at_least;

	while (d < DECIMALS_MAX && rint(value * power_of_ten[d]) / power_of_ten[d] != value)
		d++;
	return d;
}

static int64_t
common_divisor(int64_t a, int64_t b)
{
	if (a < 0)
		a = -a;
	if (b < 0)
		b = -b;
	while (b != 0)
	{
		int64_t		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

void
allocation_scale(AllocArgs *args, double *score, double *bonus, double change_penalty)
{
	AllocModel *model = &args->model;
	size_t		cells = (size_t) model->n * model->m;
	int64_t    *scaled = (int64_t *) score;
	AllocBonus *scaled_bonus = (AllocBonus *) model->bonus;
	int			d = 0;
	double		power;
	double		total = 0;
	int64_t		divisor = 0;

	if (!isfinite(change_penalty) || change_penalty < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("change_penalty must be finite and not negative, not %g", change_penalty),
				 errhint("It is what a move away from the previous plan costs, in the unit of the scores.")));
	for (size_t k = 0; k < cells && d < DECIMALS_MAX; k++)
	{
		if (!isnan(score[k]))
			d = decimals_of(score[k], d);
		if ((k & CHECK_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	for (int e = 0; e < model->nbonus && d < DECIMALS_MAX; e++)
		d = decimals_of(bonus[e], d);
	d = decimals_of(change_penalty, d);
	power = power_of_ten[d];

	/* the largest magnitude a plan could reach, before anything is converted */
	for (int i = 0; i < model->n; i++)
	{
		double		most = 0;

		for (int j = 0; j < model->m; j++)
			most = fmax(most, fabs(score[(size_t) i * model->m + j]));
		total += most * power + change_penalty * power;
		if ((i & 255) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	for (int e = 0; e < model->nbonus; e++)
		total += fabs(bonus[e]) * power;
	if (!(total <= (double) ALLOC_MAX_TOTAL))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("scores and bonuses are too large to be added exactly"),
				 errdetail("Together they can reach %g; with %d decimals the limit is %g.", total / power, d,
						   (double) ALLOC_MAX_TOTAL / power),
				 errhint("Round them, or divide them by a power of ten.")));

	/* the same memory, cell by cell */
	StaticAssertStmt(sizeof(double) == sizeof(int64_t), "a score and its scaled value share their place");
	for (size_t k = 0; k < cells; k++)
	{
		double		value;
		int64_t		units;

		memcpy(&value, &score[k], sizeof(value));
		units = isnan(value) ? ALLOC_ABSENT : (int64_t) rint(value * power);
		if (units != ALLOC_ABSENT)
			divisor = common_divisor(units, divisor);
		memcpy(&scaled[k], &units, sizeof(units));
		if ((k & CHECK_MASK) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	for (int e = 0; e < model->nbonus; e++)
	{
		scaled_bonus[e].value = (int64_t) rint(bonus[e] * power);
		divisor = common_divisor(scaled_bonus[e].value, divisor);
	}
	args->penalty = (int64_t) rint(change_penalty * power);
	divisor = common_divisor(args->penalty, divisor);
	if (divisor == 0)
		divisor = 1;
	args->penalty /= divisor;
	args->factor = divisor;
	args->decimals = d;
	for (int e = 0; e < model->nbonus; e++)
		scaled_bonus[e].value /= divisor;
	for (int i = 0; i < model->n; i++)
	{
		for (int j = 0; j < model->m; j++)
		{
			int64_t    *cell = scaled + (size_t) i * model->m + j;

			if (*cell == ALLOC_ABSENT)
				continue;
			*cell /= divisor;
			if (args->previous && args->previous[i] >= 0 && args->previous[i] != j)
				*cell -= args->penalty;
		}
		if ((i & 255) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	model->score = scaled;
}

Datum
allocation_numeric(const AllocArgs *args, int64_t value)
{
	/* value x factor is again a sum of scaled values: below 2^53 */
	return NumericGetDatum(int64_div_fast_to_numeric(value * args->factor, args->decimals));
}

Datum
allocation_text(TextId id)
{
	return PointerGetDatum(cstring_to_text_with_len(id.data, id.len));
}

/* "city \"X\"" or "province \"X\"", with the category of a quota. */
static char *
quota_place(const AllocArgs *args, int number)
{
	const AllocQuota *quota = &args->model.quota[number];
	char	   *place = quota->city >= 0
		? psprintf("city \"%s\"", text_id_cstring(args->city[quota->city]))
		: psprintf("province \"%s\"", text_id_cstring(args->province[quota->province]));

	if (quota->category < 0)
		return place;
	return psprintf("category \"%s\" in %s", text_id_cstring(args->category[quota->category]), place);
}

char *
allocation_detail(const AllocArgs *args, const AllocFinding *f, bool in_plan)
{
	const char *institution = f->institution < 0 ? "" : text_id_cstring(args->institution[f->institution]);
	const char *other = f->other < 0 ? "" : text_id_cstring(args->institution[f->other]);
	const char *city = f->city < 0 ? "" : text_id_cstring(args->city[f->city]);
	const char *plan = in_plan && f->used >= 0 ? psprintf(", the plan has %lld", (long long) f->used) : "";

	switch (f->kind)
	{
		case ALLOC_FORCED:
			return psprintf("institution \"%s\" must go to city \"%s\"", institution, city);
		case ALLOC_FORBIDDEN:
			return psprintf("institution \"%s\" must not go to city \"%s\"", institution, city);
		case ALLOC_TOGETHER:
			return psprintf("institutions \"%s\" and \"%s\" must go to one city", institution, other);
		case ALLOC_APART:
			return psprintf("institutions \"%s\" and \"%s\" must not share a city", institution, other);
		case ALLOC_MOVE_GROUP:
			return psprintf("move group \"%s\" must go to one city", text_id_cstring(args->group[f->group]));
		case ALLOC_CAPACITY:
			return psprintf("city \"%s\" takes at most %lld heads%s", city, (long long) f->limit, plan);
		case ALLOC_MAX_COUNT:
			return psprintf("city \"%s\" takes at most %lld institutions%s", city, (long long) f->limit, plan);
		case ALLOC_MIN_COUNT:
			return psprintf("city \"%s\" must get at least %lld institutions%s", city, (long long) f->limit, plan);
		case ALLOC_QUOTA_MIN:
			return psprintf("%s: at least %lld institutions%s", quota_place(args, f->quota), (long long) f->limit, plan);
		case ALLOC_QUOTA_MAX:
			return psprintf("%s: at most %lld institutions%s", quota_place(args, f->quota), (long long) f->limit, plan);
		case ALLOC_CELL:
			if (f->city < 0)
				return psprintf("institution \"%s\" has no cell in any city", institution);
			return psprintf("institution \"%s\" has no cell in city \"%s\"", institution, city);
		case ALLOC_ASSIGNED:
			if (in_plan)
				return psprintf("institution \"%s\" is in no city", institution);
			return psprintf("institution \"%s\" must go to some city", institution);
	}
	return NULL;				/* not reached */
}
