/*
 * allocation_args.c
 *	  The arguments of the allocation functions. See allocation_args.h.
 *
 * Identifiers are sorted as bytes and everything is numbered in that order, rules, bonuses and quotas too, so that a result does not
 * depend on the order of the rows.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "decision/allocation_reader.h"

/* Institutions and cities: numbers and their products stay far inside int. */
#define NAMES_MAX	100000

/* Bytes cleared between two looks for a cancel. */
#define ZERO_PIECE	((size_t) 1 << 20)

/* Attributes of the composite types, in the order of allocation.sql. */
enum
{
	CELL_INSTITUTION, CELL_CITY, CELL_SCORE, CELL_NATTS
};
enum
{
	INSTITUTION_ID, INSTITUTION_HEADCOUNT, INSTITUTION_CATEGORY, INSTITUTION_GROUP, INSTITUTION_NATTS
};
enum
{
	CITY_ID, CITY_CAPACITY, CITY_MAX, CITY_MIN, CITY_PROVINCE, CITY_NATTS
};
enum
{
	BONUS_A, BONUS_B, BONUS_VALUE, BONUS_NATTS
};
enum
{
	PLACE_INSTITUTION, PLACE_CITY, PLACE_NATTS
};

typedef struct NamedRow
{
	TextId		id;
	int			row;
} NamedRow;

static void
poll_interrupts(void *context)
{
	CHECK_FOR_INTERRUPTS();
}

/* New pages cost most when they are first touched, up to a second for the largest arrays: between pieces a cancel is heard. */
static void *
allocate_zeroed(void *context, size_t size)
{
	char	   *memory = MemoryContextAllocExtended(*(MemoryContext *) context, size, MCXT_ALLOC_HUGE);

	for (size_t done = 0; done < size; done += ZERO_PIECE)
	{
		memset(memory + done, 0, Min(size - done, ZERO_PIECE));
		if (size > ZERO_PIECE)
			CHECK_FOR_INTERRUPTS();
	}
	return memory;
}

static void
begin_scope(void *context)
{
	MemoryContext *current = context;

	*current = AllocSetContextCreate(*current, "innocity allocation scope", ALLOCSET_DEFAULT_SIZES);
}

static void
end_scope(void *context)
{
	MemoryContext *current = context;
	MemoryContext ended = *current;

	*current = MemoryContextGetParent(ended);
	MemoryContextDelete(ended);
}

static int
named_row_cmp(const void *a, const void *b)
{
	const NamedRow *x = a;
	const NamedRow *y = b;
	int			order = text_id_cmp(x->id, y->id);

	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

int
allocation_id_cmp(const void *a, const void *b)
{
	return text_id_cmp(*(const TextId *) a, *(const TextId *) b);
}

/* Attribute 0 of all rows, sorted; order[] gets the row of each. A second row of one name is an error. */
static TextId *
read_names(RowArray *rows, const char *what, int *order)
{
	NamedRow   *named = palloc(sizeof(NamedRow) * Max(rows->nrows, 1));
	TextId	   *ids = palloc(sizeof(TextId) * Max(rows->nrows, 1));

	for (int k = 0; k < rows->nrows; k++)
	{
		row_array_fetch(rows, k);
		named[k].id = row_array_id(rows, 0);
		named[k].row = k;
		if ((k & 4095) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	qsort(named, rows->nrows, sizeof(NamedRow), named_row_cmp);
	for (int k = 0; k < rows->nrows; k++)
	{
		if (k > 0 && text_id_cmp(named[k - 1].id, named[k].id) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s \"%s\" is given twice", what, text_id_cstring(named[k].id)),
					 errdetail("It stands in elements %d and %d of argument \"%s\".",
							   named[k - 1].row + 1, named[k].row + 1, rows->argument)));
		ids[k] = named[k].id;
		order[k] = named[k].row;
	}
	pfree(named);
	return ids;
}

/* An optional name, empty counting as NULL would hide a slip: it is an error. */
bool
allocation_optional_id(RowArray *rows, int attribute, TextId *id)
{
	if (row_array_is_null(rows, attribute))
		return false;
	*id = row_array_id(rows, attribute);
	return true;
}

/* The distinct values of an optional attribute, sorted; number[] by sorted row, -1 for NULL. */
static TextId *
read_labels(RowArray *rows, int attribute, const int *order, int *number, int *count)
{
	TextId	   *ids = palloc(sizeof(TextId) * Max(rows->nrows, 1));
	int			n = 0;

	for (int k = 0; k < rows->nrows; k++)
	{
		row_array_fetch(rows, k);
		if (allocation_optional_id(rows, attribute, &ids[n]))
			n++;
	}
	qsort(ids, n, sizeof(TextId), allocation_id_cmp);
	*count = 0;
	for (int k = 0; k < n; k++)
		if (k == 0 || text_id_cmp(ids[k - 1], ids[k]) != 0)
			ids[(*count)++] = ids[k];
	for (int k = 0; k < rows->nrows; k++)
	{
		TextId		id;

		row_array_fetch(rows, order[k]);
		number[k] = allocation_optional_id(rows, attribute, &id) ? text_id_position(ids, *count, id) : -1;
	}
	return ids;
}

/* The number of a name, trying first the neighbourhood of the last one found: input is mostly in some order. */
int
allocation_find_name(RowArray *rows, int attribute, const char *what, const TextId *ids, int n, int *last)
{
	TextId		id = row_array_id(rows, attribute);

	for (int k = *last; k < n && k <= *last + 1; k++)
		if (text_id_cmp(ids[k], id) == 0)
			return *last = k;
	*last = text_id_position(ids, n, id);
	if (*last < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no %s \"%s\"", what, text_id_cstring(id)),
				 errdetail("It is named by %s.", row_array_place(rows)),
				 errhint("Every %s must have a row of its own.", what)));
	return *last;
}

/* A count of heads or institutions: NULL is null_value, negative is an error. */
int64_t
allocation_read_count(RowArray *rows, int attribute, bool wide, int64_t null_value)
{
	int64_t		value;

	if (row_array_is_null(rows, attribute))
		return null_value;
	value = wide ? DatumGetInt64(rows->values[attribute]) : DatumGetInt32(rows->values[attribute]);
	/* sums over all institutions must stay far from the edge of int64 */
	if (value < 0 || value > INT64CONST(1000000000000))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 0 and 1000000000000, not %lld",
						NameStr(TupleDescAttr(rows->desc, attribute)->attname), (long long) value),
				 errdetail("It stands in %s.", row_array_place(rows))));
	return value;
}

static void
read_institutions(AllocArgs *args, ArrayType *array)
{
	AllocModel *model = &args->model;
	RowArray	rows;
	int		   *order;
	int64_t    *headcount;
	int		   *category;
	int		   *group;

	row_array_open(&rows, array, "institutions", INSTITUTION_NATTS);
	if (rows.nrows > NAMES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("an allocation cannot have more than %d institutions, not %d", NAMES_MAX, rows.nrows),
				 errhint("Allocate groups of institutions one after the other.")));
	model->n = rows.nrows;
	order = palloc(sizeof(int) * Max(model->n, 1));
	headcount = palloc(sizeof(int64_t) * Max(model->n, 1));
	category = palloc(sizeof(int) * Max(model->n, 1));
	group = palloc(sizeof(int) * Max(model->n, 1));
	args->institution = read_names(&rows, "institution", order);
	args->category = read_labels(&rows, INSTITUTION_CATEGORY, order, category, &model->ncategory);
	args->group = read_labels(&rows, INSTITUTION_GROUP, order, group, &model->ngroup);
	for (int k = 0; k < model->n; k++)
	{
		row_array_fetch(&rows, order[k]);
		headcount[k] = allocation_read_count(&rows, INSTITUTION_HEADCOUNT, true, -1);
	}
	model->headcount = headcount;
	model->category = category;
	model->group = group;
}

static void
read_cities(AllocArgs *args, ArrayType *array)
{
	AllocModel *model = &args->model;
	RowArray	rows;
	int		   *order;
	int64_t    *capacity;
	int64_t    *max_count;
	int64_t    *min_count;
	int		   *province;

	row_array_open(&rows, array, "cities", CITY_NATTS);
	if (rows.nrows > NAMES_MAX || (int64_t) rows.nrows * model->n > ALLOC_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("an allocation cannot have more than %d cells", ALLOC_MAX_CELLS),
				 errdetail("There are %d institutions and %d cities.", model->n, rows.nrows)));
	model->m = rows.nrows;
	order = palloc(sizeof(int) * Max(model->m, 1));
	capacity = palloc(sizeof(int64_t) * Max(model->m, 1));
	max_count = palloc(sizeof(int64_t) * Max(model->m, 1));
	min_count = palloc(sizeof(int64_t) * Max(model->m, 1));
	province = palloc(sizeof(int) * Max(model->m, 1));
	args->city = read_names(&rows, "city", order);
	args->province = read_labels(&rows, CITY_PROVINCE, order, province, &model->nprovince);
	for (int k = 0; k < model->m; k++)
	{
		row_array_fetch(&rows, order[k]);
		capacity[k] = allocation_read_count(&rows, CITY_CAPACITY, true, ALLOC_NO_LIMIT);
		max_count[k] = allocation_read_count(&rows, CITY_MAX, false, ALLOC_NO_LIMIT);
		min_count[k] = allocation_read_count(&rows, CITY_MIN, false, 0);
	}
	model->capacity = capacity;
	model->max_count = max_count;
	model->min_count = min_count;
	model->province = province;
}

/* Scores as given, NaN where there is no cell. */
static double *
read_cells(AllocArgs *args, ArrayType *array)
{
	const AllocModel *model = &args->model;
	size_t		cells = (size_t) model->n * model->m;
	double	   *score = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * Max(cells, 1));
	RowArray	rows;
	int			institution = 0;
	int			city = 0;

	for (size_t k = 0; k < cells; k++)
		score[k] = NAN;
	row_array_open(&rows, array, "cells", CELL_NATTS);
	for (int k = 0; k < rows.nrows; k++)
	{
		double	   *cell;

		row_array_fetch(&rows, k);
		institution = Max(institution, 0);
		city = Max(city, 0);
		allocation_find_name(&rows, CELL_INSTITUTION, "institution", args->institution, model->n, &institution);
		allocation_find_name(&rows, CELL_CITY, "city", args->city, model->m, &city);
		if (row_array_is_null(&rows, CELL_SCORE))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("score must not be null"),
					 errdetail("It is null in %s, institution \"%s\", city \"%s\".", row_array_place(&rows),
							   text_id_cstring(args->institution[institution]), text_id_cstring(args->city[city])),
					 errhint("Leave the row out (WHERE score IS NOT NULL): where there is no cell the institution cannot go.")));
		cell = score + (size_t) institution * model->m + city;
		if (!isnan(*cell))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the cell of institution \"%s\" and city \"%s\" is given twice",
							text_id_cstring(args->institution[institution]), text_id_cstring(args->city[city])),
					 errdetail("The second stands in %s.", row_array_place(&rows))));
		*cell = row_array_number(&rows, CELL_SCORE, 0);
		if ((k & 4095) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	return score;
}

typedef struct BonusRow
{
	int			a;
	int			b;
	int			row;
	double		value;
} BonusRow;

static int
bonus_row_cmp(const void *x, const void *y)
{
	const BonusRow *p = x;
	const BonusRow *q = y;

	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	if (p->b != q->b)
		return p->b < q->b ? -1 : 1;
	return (p->row > q->row) - (p->row < q->row);
}

static double *
read_bonuses(AllocArgs *args, ArrayType *array)
{
	AllocModel *model = &args->model;
	RowArray	rows;
	BonusRow   *sorted;
	AllocBonus *bonus;
	double	   *value;
	int			last = 0;

	row_array_open(&rows, array, "bonuses", BONUS_NATTS);
	sorted = palloc_extended(sizeof(BonusRow) * Max((Size) rows.nrows, 1), MCXT_ALLOC_HUGE);
	bonus = palloc_extended(sizeof(AllocBonus) * Max((Size) rows.nrows, 1), MCXT_ALLOC_HUGE);
	value = palloc_extended(sizeof(double) * Max((Size) rows.nrows, 1), MCXT_ALLOC_HUGE);
	for (int k = 0; k < rows.nrows; k++)
	{
		int			a;
		int			b;

		row_array_fetch(&rows, k);
		last = Max(last, 0);
		a = allocation_find_name(&rows, BONUS_A, "institution", args->institution, model->n, &last);
		b = allocation_find_name(&rows, BONUS_B, "institution", args->institution, model->n, &last);
		if (a == b)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a bonus needs two institutions, not \"%s\" twice", text_id_cstring(args->institution[a])),
					 errdetail("It stands in %s.", row_array_place(&rows))));
		if (row_array_is_null(&rows, BONUS_VALUE))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("bonus must not be null"),
					 errdetail("It is null in %s.", row_array_place(&rows))));
		sorted[k] = (BonusRow) {Min(a, b), Max(a, b), k, row_array_number(&rows, BONUS_VALUE, 0)};
		if ((k & 4095) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	qsort(sorted, rows.nrows, sizeof(BonusRow), bonus_row_cmp);
	for (int k = 0; k < rows.nrows; k++)
	{
		if (k > 0 && sorted[k - 1].a == sorted[k].a && sorted[k - 1].b == sorted[k].b)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the bonus of \"%s\" and \"%s\" is given twice", text_id_cstring(args->institution[sorted[k].a]),
							text_id_cstring(args->institution[sorted[k].b])),
					 errdetail("It stands in elements %d and %d of argument \"bonuses\".",
							   sorted[k - 1].row + 1, sorted[k].row + 1),
					 errhint("The order of the two institutions does not matter.")));
		bonus[k] = (AllocBonus) {sorted[k].a, sorted[k].b, 0};
		value[k] = sorted[k].value;
	}
	model->bonus = bonus;
	model->nbonus = rows.nrows;
	return value;
}

int *
allocation_read_places(const AllocArgs *args, ArrayType *places, const char *argument)
{
	const AllocModel *model = &args->model;
	int		   *plan = palloc(sizeof(int) * Max(model->n, 1));
	RowArray	rows;
	int			institution = 0;
	int			city = 0;

	for (int i = 0; i < model->n; i++)
		plan[i] = -1;
	row_array_open(&rows, places, argument, PLACE_NATTS);
	for (int k = 0; k < rows.nrows; k++)
	{
		row_array_fetch(&rows, k);
		institution = Max(institution, 0);
		city = Max(city, 0);
		allocation_find_name(&rows, PLACE_INSTITUTION, "institution", args->institution, model->n, &institution);
		allocation_find_name(&rows, PLACE_CITY, "city", args->city, model->m, &city);
		if (plan[institution] >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("institution \"%s\" is placed twice", text_id_cstring(args->institution[institution])),
					 errdetail("The second place stands in %s.", row_array_place(&rows))));
		plan[institution] = city;
	}
	return plan;
}

void
allocation_args_read(FunctionCallInfo fcinfo, ArrayType *previous, double change_penalty, AllocArgs *args)
{
	double	   *score;
	double	   *bonus;

	memset(args, 0, sizeof(*args));
	args->context = AllocSetContextCreate(CurrentMemoryContext, "innocity allocation", ALLOCSET_DEFAULT_SIZES);
	args->env = (AllocEnv) {allocate_zeroed, begin_scope, end_scope, poll_interrupts, palloc(sizeof(MemoryContext))};
	*(MemoryContext *) args->env.context = args->context;

	read_institutions(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_INSTITUTIONS));
	read_cities(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_CITIES));
	score = read_cells(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_CELLS));
	bonus = read_bonuses(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_BONUSES));
	allocation_read_rules(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_RULES));
	allocation_read_quotas(args, PG_GETARG_ARRAYTYPE_P(ALLOC_ARG_QUOTAS));
	if (previous != NULL)
		args->previous = allocation_read_places(args, previous, "previous");
	allocation_scale(args, score, bonus, change_penalty);
}

void
allocation_args_free(AllocArgs *args)
{
	MemoryContextDelete(args->context);
}
