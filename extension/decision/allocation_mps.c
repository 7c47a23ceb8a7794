/*
 * allocation_mps.c
 *	  The model as MPS text for outside solvers.
 *
 * Columns x_I_J (institution I goes to city J, both numbered from 1 in the order of their ids) and y_E_J (the pair of bonus E shares city J).
 * MPS minimises, so values are negated. Rows: a_I institution once; w_J headcount; r_R counts; g_I_J institution I goes where its group's
 * first member goes; n_K_J not both; p_E_J, q_E_J a bonus needs either end (c_E_J: a negative bonus cannot be escaped);
 * s_I_J at most (most institutions in J - 1) bonuses of I: not needed for whole numbers, but the linear relaxation is poor without it.
 */
#include "decision/allocation_problem.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

typedef struct Writer
{
	void		(*emit) (void *sink, const char *text, size_t len);
	void	   *sink;
} Writer;

static void write_text(Writer *w, const char *format,...) __attribute__((format(printf, 2, 3)));

static void
write_text(Writer *w, const char *format,...)
{
	char		line[160];		/* longest: a column line of four numbers of 20 digits */
	va_list		args;
	int			len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	w->emit(w->sink, line, (size_t) len);
}

/*
 * Is the least of a row above its most? Solvers read a range with a minus sign in ways of their own, and most of them as one that can be
 * kept, so such a row has none: an empty row that nothing keeps stands beside it.
 */
static bool
contradicts(const AllocRow *row)
{
	return row->hi != ALLOC_NO_LIMIT && row->lo > row->hi;
}

/* A count row with both limits is an L row with a range. */
static void
write_rows(Writer *w, const AllocProblem *p)
{
	const AllocModel *model = p->model;

	write_text(w, "ROWS\n N value\n");
	for (int i = 0; i < model->n; i++)
		write_text(w, " E a_%d\n", i + 1);
	for (int j = 0; j < p->m; j++)
		if (p->capacity[j] != ALLOC_NO_LIMIT)
			write_text(w, " L w_%d\n", j + 1);
	for (int r = 0; r < p->nrow; r++)
	{
		write_text(w, " %c r_%d\n", p->row[r].hi == ALLOC_NO_LIMIT ? 'G' : 'L', r + 1);
		if (contradicts(&p->row[r]))
			write_text(w, " L never_%d\n", r + 1);
	}
	for (int i = 0; i < model->n; i++)
		if (p->member[p->member_start[p->item_of[i]]] != i)
			for (int j = 0; j < p->m; j++)
				if (alloc_allowed(p, p->item_of[i], j))
					write_text(w, " E g_%d_%d\n", i + 1, j + 1);
	for (int k = 0; k < model->nrule; k++)
		if (model->rule[k].kind == ALLOC_APART)
			for (int j = 0; j < p->m; j++)
				write_text(w, " L n_%d_%d\n", k + 1, j + 1);
	for (int e = 0; e < model->nbonus; e++)
		for (int j = 0; j < p->m; j++)
			if (model->bonus[e].value < 0)
				write_text(w, " L c_%d_%d\n", e + 1, j + 1);
			else
				write_text(w, " L p_%d_%d\n L q_%d_%d\n", e + 1, j + 1, e + 1, j + 1);
	if (model->nbonus > 0)
		for (int i = 0; i < model->n; i++)
			for (int j = 0; j < p->m; j++)
				write_text(w, " L s_%d_%d\n", i + 1, j + 1);
	p->env->poll(p->env->context);
}

static void
write_x(Writer *w, const AllocProblem *p, const int *bonus_start, const int *bonus_at, int i)
{
	const AllocModel *model = p->model;
	int			item = p->item_of[i];
	int			leader = p->member[p->member_start[item]];

	for (int j = 0; j < p->m; j++)
	{
		char		name[32];

		if (!alloc_allowed(p, item, j))
			continue;
		snprintf(name, sizeof(name), " x_%d_%d", i + 1, j + 1);
		write_text(w, "%s value %" PRId64 " a_%d 1\n", name, -model->score[(size_t) i * p->m + j], i + 1);
		if (p->capacity[j] != ALLOC_NO_LIMIT && model->headcount[i] > 0)
			write_text(w, "%s w_%d %" PRId64 "\n", name, j + 1, model->headcount[i]);
		for (int t = p->row_start[j]; t < p->row_start[j + 1]; t++)
			if (p->row[p->city_row[t]].category < 0 || p->row[p->city_row[t]].category == model->category[i])
				write_text(w, "%s r_%d 1\n", name, p->city_row[t] + 1);
		if (leader != i)
			write_text(w, "%s g_%d_%d 1\n", name, i + 1, j + 1);
		else
			for (int t = p->member_start[item] + 1; t < p->member_start[item + 1]; t++)
				write_text(w, "%s g_%d_%d -1\n", name, p->member[t] + 1, j + 1);
		for (int k = 0; k < model->nrule; k++)
			if (model->rule[k].kind == ALLOC_APART && (model->rule[k].institution == i || model->rule[k].other == i))
				write_text(w, "%s n_%d_%d 1\n", name, k + 1, j + 1);
		for (int t = bonus_start[i]; t < bonus_start[i + 1]; t++)
		{
			const AllocBonus *bonus = &model->bonus[bonus_at[t]];

			if (bonus->value < 0)
				write_text(w, "%s c_%d_%d 1\n", name, bonus_at[t] + 1, j + 1);
			else
				write_text(w, "%s %c_%d_%d -1\n", name, bonus->a == i ? 'p' : 'q', bonus_at[t] + 1, j + 1);
		}
		if (bonus_start[i + 1] > bonus_start[i])
			write_text(w, "%s s_%d_%d %" PRId64 "\n", name, i + 1, j + 1, p->partner_max[j] > 0 ? 1 - p->partner_max[j] : 0);
	}
}

void
alloc_mps(const AllocEnv *env, const AllocModel *model, void (*emit) (void *sink, const char *text, size_t len), void *sink)
{
	Writer		writer = {emit, sink};
	Writer	   *w = &writer;
	AllocProblem *p = alloc_build(env, model, NULL);
	int		   *bonus_start = alloc_array(env, model->n + 2, sizeof(int));
	int		   *bonus_at = alloc_array(env, 2 * (size_t) model->nbonus, sizeof(int));

	for (int e = 0; e < model->nbonus; e++)
	{
		bonus_start[model->bonus[e].a + 2]++;
		bonus_start[model->bonus[e].b + 2]++;
	}
	for (int i = 0; i < model->n; i++)
		bonus_start[i + 2] += bonus_start[i + 1];
	for (int e = 0; e < model->nbonus; e++)
	{
		bonus_at[bonus_start[model->bonus[e].a + 1]++] = e;
		bonus_at[bonus_start[model->bonus[e].b + 1]++] = e;
	}

	write_text(w, "NAME allocation\n");
	write_rows(w, p);
	write_text(w, "COLUMNS\n MARKER 'MARKER' 'INTORG'\n");
	for (int i = 0; i < model->n; i++)
	{
		write_x(w, p, bonus_start, bonus_at, i);
		env->poll(env->context);
	}
	write_text(w, " MARKER 'MARKER' 'INTEND'\n");
	for (int e = 0; e < model->nbonus; e++)
	{
		const AllocBonus *bonus = &model->bonus[e];

		for (int j = 0; j < p->m; j++)
		{
			write_text(w, " y_%d_%d value %" PRId64 "\n", e + 1, j + 1, -bonus->value);
			if (bonus->value < 0)
				write_text(w, " y_%d_%d c_%d_%d -1\n", e + 1, j + 1, e + 1, j + 1);
			else
				write_text(w, " y_%d_%d p_%d_%d 1 q_%d_%d 1\n y_%d_%d s_%d_%d 1 s_%d_%d 1\n",
						   e + 1, j + 1, e + 1, j + 1, e + 1, j + 1,
						   e + 1, j + 1, bonus->a + 1, j + 1, bonus->b + 1, j + 1);
		}
		env->poll(env->context);
	}
	write_text(w, "RHS\n");
	for (int i = 0; i < model->n; i++)
		write_text(w, " rhs a_%d 1\n", i + 1);
	for (int j = 0; j < p->m; j++)
		if (p->capacity[j] != ALLOC_NO_LIMIT)
			write_text(w, " rhs w_%d %" PRId64 "\n", j + 1, p->capacity[j]);
	for (int r = 0; r < p->nrow; r++)
	{
		write_text(w, " rhs r_%d %" PRId64 "\n", r + 1,
				   p->row[r].hi == ALLOC_NO_LIMIT ? p->row[r].lo : p->row[r].hi);
		if (contradicts(&p->row[r]))
			write_text(w, " rhs never_%d -1\n", r + 1);
	}
	for (int k = 0; k < model->nrule; k++)
		if (model->rule[k].kind == ALLOC_APART)
			for (int j = 0; j < p->m; j++)
				write_text(w, " rhs n_%d_%d 1\n", k + 1, j + 1);
	for (int e = 0; e < model->nbonus; e++)
		if (model->bonus[e].value < 0)
			for (int j = 0; j < p->m; j++)
				write_text(w, " rhs c_%d_%d 1\n", e + 1, j + 1);
	write_text(w, "RANGES\n");
	for (int r = 0; r < p->nrow; r++)
		if (p->row[r].hi != ALLOC_NO_LIMIT && p->row[r].lo > 0 && !contradicts(&p->row[r]))
			write_text(w, " range r_%d %" PRId64 "\n", r + 1, p->row[r].hi - p->row[r].lo);
	write_text(w, "BOUNDS\n");
	for (int i = 0; i < model->n; i++)
		for (int j = 0; j < p->m; j++)
			if (alloc_allowed(p, p->item_of[i], j))
				write_text(w, " BV bound x_%d_%d\n", i + 1, j + 1);
	for (int e = 0; e < model->nbonus; e++)
		for (int j = 0; j < p->m; j++)
			write_text(w, " UP bound y_%d_%d 1\n", e + 1, j + 1);
	write_text(w, "ENDATA\n");
}
