/*
 * allocation_rule_args.c
 *	  The arguments "rules" and "quotas" of the allocation functions. See allocation_reader.h.
 */
#include "base/compat.h"

#include "decision/allocation_reader.h"

/* Attributes of the composite types, in the order of allocation.sql. */
enum
{
	RULE_INSTITUTION, RULE_CITY, RULE_KIND, RULE_OTHER, RULE_NATTS
};
enum
{
	QUOTA_CITY, QUOTA_CATEGORY, QUOTA_MIN, QUOTA_MAX, QUOTA_PROVINCE, QUOTA_NATTS
};

static int
rule_cmp(const void *x, const void *y)
{
	const AllocRule *p = x;
	const AllocRule *q = y;

	if (p->kind != q->kind)
		return p->kind < q->kind ? -1 : 1;
	if (p->institution != q->institution)
		return p->institution < q->institution ? -1 : 1;
	if (p->city != q->city)
		return p->city < q->city ? -1 : 1;
	return (p->other > q->other) - (p->other < q->other);
}

static AllocRuleKind
read_rule_kind(RowArray *rows)
{
	TextId		id = row_array_id(rows, RULE_KIND);

	for (AllocRuleKind kind = ALLOC_FORCED; kind <= ALLOC_APART; kind++)
	{
		const char *name = alloc_rule_name(kind);

		if (id.len == (int) strlen(name) && memcmp(id.data, name, id.len) == 0)
			return kind;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no rule \"%s\"", text_id_cstring(id)),
			 errdetail("It stands in %s.", row_array_place(rows)),
			 errhint("Rules are forced and forbidden (institution, city), together and apart (institution, other).")));
	return ALLOC_FORCED;		/* not reached */
}

void
allocation_read_rules(AllocArgs *args, ArrayType *array)
{
	AllocModel *model = &args->model;
	RowArray	rows;
	AllocRule  *rule;
	int			last = 0;

	row_array_open(&rows, array, "rules", RULE_NATTS);
	rule = palloc_extended(sizeof(AllocRule) * Max((Size) rows.nrows, 1), MCXT_ALLOC_HUGE);
	for (int k = 0; k < rows.nrows; k++)
	{
		AllocRule  *r = &rule[k];
		bool		pair;

		row_array_fetch(&rows, k);
		last = Max(last, 0);
		r->kind = read_rule_kind(&rows);
		pair = r->kind == ALLOC_TOGETHER || r->kind == ALLOC_APART;
		if (!row_array_is_null(&rows, pair ? RULE_CITY : RULE_OTHER))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("rule \"%s\" takes no %s", alloc_rule_name(r->kind), pair ? "city" : "other institution"),
					 errdetail("It stands in %s.", row_array_place(&rows))));
		r->institution = allocation_find_name(&rows, RULE_INSTITUTION, "institution", args->institution, model->n, &last);
		r->city = -1;
		r->other = -1;
		if (pair)
		{
			int			a = r->institution;
			int			b = allocation_find_name(&rows, RULE_OTHER, "institution", args->institution, model->n, &last);

			if (a == b)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("rule \"%s\" needs two institutions, not \"%s\" twice", alloc_rule_name(r->kind),
								text_id_cstring(args->institution[a])),
						 errdetail("It stands in %s.", row_array_place(&rows))));
			r->institution = Min(a, b);
			r->other = Max(a, b);
		}
		else
		{
			int			near = 0;

			r->city = allocation_find_name(&rows, RULE_CITY, "city", args->city, model->m, &near);
		}
	}
	qsort(rule, rows.nrows, sizeof(AllocRule), rule_cmp);
	for (int k = 1; k < rows.nrows; k++)
		if (rule_cmp(&rule[k - 1], &rule[k]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("rule \"%s\" is given twice for institution \"%s\"", alloc_rule_name(rule[k].kind),
							text_id_cstring(args->institution[rule[k].institution])),
					 errdetail("The other side is \"%s\".", text_id_cstring(rule[k].city >= 0 ? args->city[rule[k].city]
																		  : args->institution[rule[k].other]))));
	model->rule = rule;
	model->nrule = rows.nrows;
}

static int
quota_cmp(const void *x, const void *y)
{
	const AllocQuota *p = x;
	const AllocQuota *q = y;

	if (p->city != q->city)
		return p->city < q->city ? -1 : 1;
	if (p->province != q->province)
		return p->province < q->province ? -1 : 1;
	return (p->category > q->category) - (p->category < q->category);
}

/* A quota may name a category that no institution has: "at least one" is then a rule that cannot be kept, not a slip. */
static void
add_quota_categories(AllocArgs *args, RowArray *rows)
{
	AllocModel *model = &args->model;
	TextId	   *known = args->category;
	TextId	   *all = palloc_extended(sizeof(TextId) * ((Size) model->ncategory + rows->nrows + 1), MCXT_ALLOC_HUGE);
	int		   *category = (int *) model->category;
	int			count = 0;
	int			distinct = 0;

	for (int k = 0; k < model->ncategory; k++)
		all[count++] = known[k];
	for (int k = 0; k < rows->nrows; k++)
	{
		row_array_fetch(rows, k);
		if (allocation_optional_id(rows, QUOTA_CATEGORY, &all[count]))
			count++;
	}
	qsort(all, count, sizeof(TextId), allocation_id_cmp);
	for (int k = 0; k < count; k++)
		if (k == 0 || text_id_cmp(all[k - 1], all[k]) != 0)
			all[distinct++] = all[k];
	for (int i = 0; i < model->n; i++)
		if (category[i] >= 0)
			category[i] = text_id_position(all, distinct, known[category[i]]);
	args->category = all;
	model->ncategory = distinct;
}

void
allocation_read_quotas(AllocArgs *args, ArrayType *array)
{
	AllocModel *model = &args->model;
	RowArray	rows;
	AllocQuota *quota;

	row_array_open(&rows, array, "quotas", QUOTA_NATTS);
	add_quota_categories(args, &rows);
	quota = palloc_extended(sizeof(AllocQuota) * Max((Size) rows.nrows, 1), MCXT_ALLOC_HUGE);
	for (int k = 0; k < rows.nrows; k++)
	{
		AllocQuota *q = &quota[k];
		int			near = 0;

		row_array_fetch(&rows, k);
		q->city = -1;
		q->province = -1;
		q->category = -1;
		if (row_array_is_null(&rows, QUOTA_CITY) == row_array_is_null(&rows, QUOTA_PROVINCE))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a quota needs a city or a province, and not both"),
					 errdetail("See %s.", row_array_place(&rows))));
		if (!row_array_is_null(&rows, QUOTA_CITY))
			q->city = allocation_find_name(&rows, QUOTA_CITY, "city", args->city, model->m, &near);
		else
			q->province = allocation_find_name(&rows, QUOTA_PROVINCE, "province", args->province, model->nprovince, &near);
		near = 0;
		if (!row_array_is_null(&rows, QUOTA_CATEGORY))
			q->category = allocation_find_name(&rows, QUOTA_CATEGORY, "category", args->category, model->ncategory, &near);
		q->min_count = allocation_read_count(&rows, QUOTA_MIN, false, 0);
		q->max_count = allocation_read_count(&rows, QUOTA_MAX, false, ALLOC_NO_LIMIT);
	}
	qsort(quota, rows.nrows, sizeof(AllocQuota), quota_cmp);
	for (int k = 1; k < rows.nrows; k++)
		if (quota_cmp(&quota[k - 1], &quota[k]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a quota is given twice for \"%s\"", text_id_cstring(quota[k].city >= 0 ? args->city[quota[k].city]
																			  : args->province[quota[k].province])),
					 errdetail("The category is %s.", quota[k].category < 0 ? "null (all)"
							   : text_id_cstring(args->category[quota[k].category]))));
	model->quota = quota;
	model->nquota = rows.nrows;
}
