/*
 * allocation_problem.c
 *	  From the model to the problem that is solved: items, cells that remain, rows. See allocation_problem.h.
 */
#include "decision/allocation_problem.h"

#include <math.h>
#include <string.h>

const char *
alloc_rule_name(AllocRuleKind kind)
{
	static const char *const name[] = {
		"forced", "forbidden", "together", "apart", "move_group", "capacity", "max_count", "min_count",
		"quota_min", "quota_max", "cell", "assigned"
	};

	return name[kind];
}

/* Rules are numbered: capacities, most, least (m each), quotas' least, quotas' most, rules, move groups. */
int
alloc_rule_count(const AllocModel *model)
{
	return 3 * model->m + 2 * model->nquota + model->nrule + model->ngroup;
}

AllocFinding
alloc_rule_at(const AllocModel *model, int number)
{
	AllocFinding f = {ALLOC_CELL, -1, -1, -1, -1, -1, -1, -1, 0};
	int			m = model->m;

	if (number < 3 * m)
	{
		f.city = number % m;
		f.kind = number < m ? ALLOC_CAPACITY : number < 2 * m ? ALLOC_MAX_COUNT : ALLOC_MIN_COUNT;
		f.limit = f.kind == ALLOC_CAPACITY ? model->capacity[f.city]
			: f.kind == ALLOC_MAX_COUNT ? model->max_count[f.city] : model->min_count[f.city];
		return f;
	}
	number -= 3 * m;
	if (number < 2 * model->nquota)
	{
		f.kind = number < model->nquota ? ALLOC_QUOTA_MIN : ALLOC_QUOTA_MAX;
		f.quota = number % model->nquota;
		f.city = model->quota[f.quota].city;
		f.limit = f.kind == ALLOC_QUOTA_MIN ? model->quota[f.quota].min_count : model->quota[f.quota].max_count;
		return f;
	}
	number -= 2 * model->nquota;
	if (number < model->nrule)
	{
		f.kind = model->rule[number].kind;
		f.institution = model->rule[number].institution;
		f.other = model->rule[number].other;
		f.city = model->rule[number].city;
		return f;
	}
	f.kind = ALLOC_MOVE_GROUP;
	f.group = number - model->nrule;
	return f;
}

static int
find_root(int *parent, int i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

/* The smaller number becomes the root, so that items are numbered by their first member. */
static void
unite(int *parent, int a, int b)
{
	a = find_root(parent, a);
	b = find_root(parent, b);
	if (a < b)
		parent[b] = a;
	else
		parent[a] = b;
}

static bool
is_off(const uint8_t *off, int number)
{
	return off != NULL && off[number];
}

/* Items: connected components of move groups and "together" rules. */
static void
build_items(AllocProblem *p, const uint8_t *off)
{
	const AllocModel *model = p->model;
	int			first_rule = 3 * model->m + 2 * model->nquota;
	int		   *parent = alloc_array(p->env, model->n, sizeof(int));
	int		   *leader = alloc_array(p->env, model->ngroup, sizeof(int));
	int			ncat = 0;

	for (int i = 0; i < model->n; i++)
		parent[i] = i;
	for (int g = 0; g < model->ngroup; g++)
		leader[g] = -1;
	for (int i = 0; i < model->n; i++)
	{
		int			g = model->group[i];

		if (g < 0 || is_off(off, first_rule + model->nrule + g))
			continue;
		if (leader[g] < 0)
			leader[g] = i;
		else
			unite(parent, leader[g], i);
	}
	for (int r = 0; r < model->nrule; r++)
		if (model->rule[r].kind == ALLOC_TOGETHER && !is_off(off, first_rule + r))
			unite(parent, model->rule[r].institution, model->rule[r].other);

	p->item_of = alloc_array(p->env, model->n, sizeof(int));
	p->n = 0;
	for (int i = 0; i < model->n; i++)
	{
		int			root = find_root(parent, i);

		p->item_of[i] = root == i ? p->n++ : p->item_of[root];
	}

	p->member_start = alloc_array(p->env, p->n + 1, sizeof(int));
	p->member = alloc_array(p->env, model->n, sizeof(int));
	p->size = alloc_array(p->env, p->n, sizeof(int));
	p->weight = alloc_array(p->env, p->n, sizeof(int64_t));
	for (int i = 0; i < model->n; i++)
	{
		p->size[p->item_of[i]]++;
		if (model->headcount[i] > 0)
			p->weight[p->item_of[i]] += model->headcount[i];
	}
	for (int k = 0; k < p->n; k++)
		p->member_start[k + 1] = p->member_start[k] + p->size[k];
	for (int i = model->n - 1; i >= 0; i--)
	{
		int			k = p->item_of[i];

		p->member[p->member_start[k + 1] - p->size[k]] = i;
		p->size[k]--;
	}
	/* filled from behind in descending order, which leaves members descending: turn each item around */
	for (int k = 0; k < p->n; k++)
	{
		int			count = p->member_start[k + 1] - p->member_start[k];
		int		   *member = p->member + p->member_start[k];

		p->size[k] = count;
		for (int a = 0, b = count - 1; a < b; a++, b--)
		{
			int			swap = member[a];

			member[a] = member[b];
			member[b] = swap;
		}
	}

	p->cat_start = alloc_array(p->env, p->n + 1, sizeof(int));
	p->cat = alloc_array(p->env, model->n, sizeof(int));
	p->cat_count = alloc_array(p->env, model->n, sizeof(int));
	for (int k = 0; k < p->n; k++)
	{
		p->cat_start[k] = ncat;
		for (int t = p->member_start[k]; t < p->member_start[k + 1]; t++)
		{
			int			c = model->category[p->member[t]];
			int			u = p->cat_start[k];

			if (c < 0)
				continue;
			while (u < ncat && p->cat[u] != c)
				u++;
			if (u == ncat)
				p->cat[ncat++] = c;
			p->cat_count[u]++;
		}
	}
	p->cat_start[p->n] = ncat;
}

static void
add_row(AllocProblem *p, int64_t lo, int64_t hi, int category, const int *city, int ncity, int quota)
{
	AllocRow   *row = &p->row[p->nrow++];

	row->lo = lo;
	row->hi = hi;
	row->category = category;
	row->city = city;
	row->ncity = ncity;
	row->quota = quota;
}

static void
build_rows(AllocProblem *p, const uint8_t *off)
{
	const AllocModel *model = p->model;
	int			m = p->m;
	int		   *cities = alloc_array(p->env, m, sizeof(int));
	int			entries = 0;

	p->capacity = alloc_array(p->env, m, sizeof(int64_t));
	p->row = alloc_array(p->env, m + model->nquota, sizeof(AllocRow));
	for (int j = 0; j < m; j++)
	{
		int64_t		lo = is_off(off, 2 * m + j) ? 0 : model->min_count[j];
		int64_t		hi = is_off(off, m + j) ? ALLOC_NO_LIMIT : model->max_count[j];

		cities[j] = j;
		p->capacity[j] = is_off(off, j) ? ALLOC_NO_LIMIT : model->capacity[j];
		if (lo > 0 || hi < model->n)
			add_row(p, lo, hi, -1, &cities[j], 1, -1);
	}
	for (int q = 0; q < model->nquota; q++)
	{
		const AllocQuota *quota = &model->quota[q];
		int64_t		lo = is_off(off, 3 * m + q) ? 0 : quota->min_count;
		int64_t		hi = is_off(off, 3 * m + model->nquota + q) ? ALLOC_NO_LIMIT : quota->max_count;

		if (lo <= 0 && hi >= model->n)
			continue;
		if (quota->city >= 0)
			add_row(p, lo, hi, quota->category, &cities[quota->city], 1, q);
		else
		{
			int		   *list = alloc_array(p->env, m, sizeof(int));
			int			count = 0;

			for (int j = 0; j < m; j++)
				if (model->province[j] == quota->province)
					list[count++] = j;
			add_row(p, lo, hi, quota->category, list, count, q);
		}
	}

	p->row_has = alloc_array(p->env, (size_t) p->nrow * m, 1);
	p->row_start = alloc_array(p->env, m + 1, sizeof(int));
	for (int r = 0; r < p->nrow; r++)
		for (int k = 0; k < p->row[r].ncity; k++)
		{
			p->row_has[(size_t) r * m + p->row[r].city[k]] = 1;
			entries++;
		}
	p->city_row = alloc_array(p->env, entries, sizeof(int));
	entries = 0;
	for (int j = 0; j < m; j++)
	{
		p->row_start[j] = entries;
		for (int r = 0; r < p->nrow; r++)
			if (p->row_has[(size_t) r * m + j])
				p->city_row[entries++] = r;
	}
	p->row_start[m] = entries;
}

/* Profits of items; a cell that a rule or the item's own size excludes becomes absent. */
static void
build_profit(AllocProblem *p, const uint8_t *off)
{
	const AllocModel *model = p->model;
	int			m = p->m;
	int			first_rule = 3 * m + 2 * model->nquota;

	p->profit = alloc_array(p->env, (size_t) p->n * m, sizeof(int64_t));
	for (int k = 0; k < p->n; k++)
	{
		int64_t    *profit = p->profit + (size_t) k * m;

		for (int t = p->member_start[k]; t < p->member_start[k + 1]; t++)
		{
			const int64_t *score = model->score + (size_t) p->member[t] * m;

			for (int j = 0; j < m; j++)
				if (profit[j] != ALLOC_ABSENT)
					profit[j] = score[j] == ALLOC_ABSENT ? ALLOC_ABSENT : profit[j] + score[j];
		}
		for (int j = 0; j < m; j++)
		{
			bool		fits = p->weight[k] <= p->capacity[j];

			for (int t = p->row_start[j]; t < p->row_start[j + 1] && fits; t++)
			{
				const AllocRow *row = &p->row[p->city_row[t]];

				fits = alloc_coefficient(p, k, row->category) <= row->hi;
			}
			if (!fits)
				profit[j] = ALLOC_ABSENT;
		}
		p->env->poll(p->env->context);
	}
	for (int r = 0; r < model->nrule; r++)
	{
		const AllocRule *rule = &model->rule[r];
		int64_t    *profit;

		if (is_off(off, first_rule + r) || (rule->kind != ALLOC_FORCED && rule->kind != ALLOC_FORBIDDEN))
			continue;
		profit = p->profit + (size_t) p->item_of[rule->institution] * m;
		for (int j = 0; j < m; j++)
			if ((j == rule->city) == (rule->kind == ALLOC_FORBIDDEN))
				profit[j] = ALLOC_ABSENT;
	}
}

typedef struct Pair
{
	int			a;
	int			b;
	int64_t		value;
} Pair;

/* Merge sort by (a, b): stable and without recursion into the C library, whose qsort may differ between machines. */
static void
sort_pairs(Pair *pair, Pair *scratch, size_t count)
{
	for (size_t width = 1; width < count; width *= 2)
	{
		for (size_t from = 0; from < count; from += 2 * width)
		{
			size_t		mid = from + width < count ? from + width : count;
			size_t		end = from + 2 * width < count ? from + 2 * width : count;
			size_t		x = from;
			size_t		y = mid;

			for (size_t k = from; k < end; k++)
			{
				bool		left = x < mid && (y >= end || pair[x].a < pair[y].a ||
											   (pair[x].a == pair[y].a && pair[x].b <= pair[y].b));

				scratch[k] = left ? pair[x++] : pair[y++];
			}
		}
		memcpy(pair, scratch, count * sizeof(Pair));
	}
}

static void
build_pairs(AllocProblem *p, const uint8_t *off)
{
	const AllocModel *model = p->model;
	int			first_rule = 3 * model->m + 2 * model->nquota;
	Pair	   *pair = alloc_array(p->env, model->nbonus, sizeof(Pair));
	Pair	   *scratch = alloc_array(p->env, model->nbonus, sizeof(Pair));
	int			count = 0;
	int		   *fill;

	for (int e = 0; e < model->nbonus; e++)
	{
		int			a = p->item_of[model->bonus[e].a];
		int			b = p->item_of[model->bonus[e].b];

		if (a == b)
			p->constant += model->bonus[e].value;
		else
			pair[count++] = (Pair) {a < b ? a : b, a < b ? b : a, model->bonus[e].value};
	}
	sort_pairs(pair, scratch, count);
	p->edge_a = alloc_array(p->env, count, sizeof(int));
	p->edge_b = alloc_array(p->env, count, sizeof(int));
	p->edge_value = alloc_array(p->env, count, sizeof(int64_t));
	for (int e = 0; e < count; e++)
	{
		int			last = p->nedge - 1;

		if (last >= 0 && p->edge_a[last] == pair[e].a && p->edge_b[last] == pair[e].b)
			p->edge_value[last] += pair[e].value;
		else
		{
			p->edge_a[p->nedge] = pair[e].a;
			p->edge_b[p->nedge] = pair[e].b;
			p->edge_value[p->nedge++] = pair[e].value;
		}
	}
	p->adj_start = alloc_array(p->env, p->n + 2, sizeof(int));
	p->adj_item = alloc_array(p->env, 2 * (size_t) p->nedge, sizeof(int));
	p->adj_edge = alloc_array(p->env, 2 * (size_t) p->nedge, sizeof(int));
	p->adj_value = alloc_array(p->env, 2 * (size_t) p->nedge, sizeof(int64_t));
	for (int e = 0; e < p->nedge; e++)
	{
		p->adj_start[p->edge_a[e] + 1]++;
		p->adj_start[p->edge_b[e] + 1]++;
	}
	for (int k = 0; k < p->n; k++)
		p->adj_start[k + 1] += p->adj_start[k];
	fill = alloc_array(p->env, p->n, sizeof(int));
	for (int e = 0; e < p->nedge; e++)
		for (int side = 0; side < 2; side++)
		{
			int			from = side == 0 ? p->edge_a[e] : p->edge_b[e];
			int			at = p->adj_start[from] + fill[from]++;

			p->adj_item[at] = side == 0 ? p->edge_b[e] : p->edge_a[e];
			p->adj_edge[at] = e;
			p->adj_value[at] = p->edge_value[e];
		}

	p->apart_start = alloc_array(p->env, p->n + 2, sizeof(int));
	for (int pass = 0; pass < 2; pass++)
	{
		memset(fill, 0, p->n * sizeof(int));
		for (int r = 0; r < model->nrule; r++)
		{
			int			a;
			int			b;

			if (model->rule[r].kind != ALLOC_APART || is_off(off, first_rule + r))
				continue;
			a = p->item_of[model->rule[r].institution];
			b = p->item_of[model->rule[r].other];
			if (a == b)
			{
				/* together by one rule, apart by another: no city is left */
				for (int j = 0; j < p->m; j++)
					p->profit[(size_t) a * p->m + j] = ALLOC_ABSENT;
				continue;
			}
			if (pass == 1)
			{
				p->apart_item[p->apart_start[a] + fill[a]] = b;
				p->apart_item[p->apart_start[b] + fill[b]] = a;
			}
			fill[a]++;
			fill[b]++;
		}
		if (pass == 0)
		{
			for (int k = 0; k < p->n; k++)
				p->apart_start[k + 1] = p->apart_start[k] + fill[k];
			p->apart_item = alloc_array(p->env, p->apart_start[p->n], sizeof(int));
		}
	}
}

/* Most institutions a city can hold: by its count, and by its capacity filled with the lightest that may go there. */
static void
build_partner_max(AllocProblem *p)
{
	const AllocModel *model = p->model;
	Pair	   *light = alloc_array(p->env, model->n, sizeof(Pair));
	Pair	   *scratch = alloc_array(p->env, model->n, sizeof(Pair));

	for (int i = 0; i < model->n; i++)
	{
		int64_t		weight = model->headcount[i] > 0 ? model->headcount[i] : 0;

		/* the sort compares pairs of ints: a headcount as its high and low part */
		light[i] = (Pair) {(int) (weight >> 31), (int) (weight & 0x7fffffff), i};
	}
	sort_pairs(light, scratch, model->n);
	p->partner_max = alloc_array(p->env, p->m, sizeof(int64_t));
	for (int j = 0; j < p->m; j++)
	{
		int64_t		left = p->capacity[j];
		int64_t		count = 0;

		for (int t = 0; t < model->n; t++)
		{
			int			i = (int) light[t].value;

			if (!alloc_allowed(p, p->item_of[i], j))
				continue;
			if (left != ALLOC_NO_LIMIT && model->headcount[i] > 0)
			{
				if (model->headcount[i] > left)
					break;
				left -= model->headcount[i];
			}
			count++;
		}
		for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
		{
			const AllocRow *row = &p->row[p->city_row[t]];

			if (row->category < 0 && row->hi < count)
				count = row->hi;
		}
		p->partner_max[j] = count;
	}
}

/* Each item at its largest, all bonuses: no sum that a bound is made of has larger parts. */
static double
gross_value(const AllocProblem *p)
{
	double		sum = fabs((double) p->constant);

	for (int i = 0; i < p->n; i++)
	{
		double		most = 0;

		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, i, j))
				most = fmax(most, fabs((double) p->profit[(size_t) i * p->m + j]));
		sum += most;
	}
	for (int e = 0; e < p->nedge; e++)
		sum += fabs((double) p->edge_value[e]);
	return sum;
}

AllocProblem *
alloc_build(const AllocEnv *env, const AllocModel *model, const uint8_t *off)
{
	AllocProblem *p = alloc_array(env, 1, sizeof(AllocProblem));

	p->env = env;
	p->model = model;
	p->m = model->m;
	p->ncategory = model->ncategory;
	build_items(p, off);
	build_rows(p, off);
	build_profit(p, off);
	build_pairs(p, off);
	build_partner_max(p);
	p->gross = gross_value(p);
	return p;
}

int64_t
alloc_value(const AllocProblem *p, const int *city)
{
	int64_t		value = p->constant;

	for (int i = 0; i < p->n; i++)
		value += p->profit[(size_t) i * p->m + city[i]];
	for (int e = 0; e < p->nedge; e++)
		if (city[p->edge_a[e]] == city[p->edge_b[e]])
			value += p->edge_value[e];
	return value;
}

bool
alloc_feasible(const AllocProblem *p, const int *city)
{
	int64_t    *load = alloc_array(p->env, p->m, sizeof(int64_t));
	int64_t    *used = alloc_array(p->env, p->nrow, sizeof(int64_t));

	for (int i = 0; i < p->n; i++)
	{
		int			j = city[i];

		if (j < 0 || !alloc_allowed(p, i, j))
			return false;
		load[j] += p->weight[i];
		for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
			used[p->city_row[t]] += alloc_coefficient(p, i, p->row[p->city_row[t]].category);
		for (int t = p->apart_start[i]; t < p->apart_start[i + 1]; t++)
			if (city[p->apart_item[t]] == j)
				return false;
	}
	for (int j = 0; j < p->m; j++)
		if (load[j] > p->capacity[j])
			return false;
	for (int r = 0; r < p->nrow; r++)
		if (used[r] < p->row[r].lo || used[r] > p->row[r].hi)
			return false;
	return true;
}
