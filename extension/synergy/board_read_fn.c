/*
 * board_read_fn.c
 *	  Reads the arrays of institutions and bridges that become a board; see board_builder.h.
 */
#include "synergy/board_builder.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "matrix/matrix.h"
#include "synergy/fit_pair.h"
#include "synergy/route.h"
#include "synergy/synergy_score.h"

/* Attributes of the composite types of board.sql and fit.sql. */
enum { NEW_SCENARIO, NEW_ID, NEW_MINISTRY, NEW_CAPITAL, NEW_HEADCOUNT, NEW_PROFILE, NEW_NATTS };
enum { BRIDGE_SCENARIO, BRIDGE_PART, BRIDGE_MATRIX, BRIDGE_NATTS };

void
board_vector_init(Vector *v, size_t size)
{
	memset(v, 0, sizeof(*v));
	v->size = size;
}

void *
board_vector_add(BoardBuilder *b, Vector *v, int64 n)
{
	char	   *added;

	if (n == 0)
		return NULL;
	if (v->n + n > v->room)
	{
		int64		room = Max(v->n + n, Max(v->room * 2, 64));

		if ((v->n + n) * v->size > MaxAllocSize)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("the institutions and cities do not fit into one value"),
					 errdetail("A value has at most 1 GB."),
					 errhint("Keep scenarios of this size in plans of their own.")));
		room = Min(room, (int64) (MaxAllocSize / v->size));
		v->data = v->data == NULL ? MemoryContextAlloc(b->context, room * v->size) : repalloc(v->data, room * v->size);
		v->room = room;
	}
	added = (char *) v->data + v->n * v->size;
	memset(added, 0, n * v->size);
	v->n += n;
	return added;
}

TextId
board_text_at(BoardBuilder *b, int32 place)
{
	return ((TextId *) b->text.data)[place];
}

int32
board_add_text(BoardBuilder *b, Datum text)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(text);
	TextId	   *id = board_vector_add(b, &b->text, 1);

	id->data = VARDATA_ANY(value);
	id->len = VARSIZE_ANY_EXHDR(value);
	return (int32) (b->text.n - 1);
}

int32
board_add_text_of(BoardBuilder *b, RowArray *rows, int attribute)
{
	if (rows->nulls[attribute])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", NameStr(TupleDescAttr(rows->desc, attribute)->attname)),
				 errdetail("It is null in %s.", row_array_place(rows))));
	return board_add_text(b, rows->values[attribute]);
}

double
board_number_or_nan(RowArray *rows, int attribute)
{
	return rows->nulls[attribute] ? NAN : row_array_number(rows, attribute, 0);
}

int32
board_product_number(BoardBuilder *b, TextId name)
{
	Product    *product = b->product.data;

	for (int32 p = 0; p < b->product.n; p++)
		if (text_id_cmp(name, product[p].name) == 0)
			return p;
	return -1;
}

static int
compare_codes(const void *p, const void *q)
{
	int64		a = *(const int64 *) p,
				b = *(const int64 *) q;

	return (a > b) - (a < b);
}

/* Do both bridges lead a profile to the same places with the same shares? Parts that read one taxonomy have one bridge. */
static bool
is_like(const Bridge *a, const Bridge *b)
{
	const MatrixView *m = &a->m,
			   *o = &b->m;

	return text_id_cmp(a->scenario, b->scenario) == 0 && m->nrows == o->nrows && m->ncols == o->ncols && m->ncells == o->ncells &&
		memcmp(a->place, b->place, sizeof(int32) * m->ncols) == 0 && memcmp(m->rows, o->rows, sizeof(int64) * m->nrows) == 0 &&
		memcmp(m->row_start, o->row_start, sizeof(int64) * (m->nrows + 1)) == 0 && memcmp(m->col, o->col, sizeof(int32) * m->ncells) == 0 &&
		memcmp(m->value, o->value, sizeof(double) * m->ncells) == 0;
}

/* Sorts the sectors of each product, each once, and gives every column of a bridge its place there. */
static void
place_columns(BoardBuilder *b)
{
	for (int64 p = 0; p < b->product.n; p++)
	{
		Vector	   *sector = &((Product *) b->product.data + p)->sector;
		int64	   *code = sector->data;
		int64		distinct = 0;

		if (sector->n > 1)
			qsort(code, sector->n, sizeof(int64), compare_codes);
		for (int64 k = 0; k < sector->n; k++)
			if (k == 0 || code[distinct - 1] != code[k])
				code[distinct++] = code[k];
		sector->n = distinct;
	}
	for (int64 i = 0; i < b->bridge.n; i++)
	{
		Bridge	   *bridge = (Bridge *) b->bridge.data + i;
		Vector	   *sector = &((Product *) b->product.data + bridge->product)->sector;

		for (int j = 0; j < bridge->m.ncols; j++)
			bridge->place[j] = code_position(sector->data, (int) sector->n, bridge->m.cols[j]);
		bridge->like = -1;
		for (int32 k = 0; k < i && bridge->like < 0; k++)
			if (is_like(bridge, (Bridge *) b->bridge.data + k))
				bridge->like = k;
	}
}

void
board_read_bridges(BoardBuilder *b, ArrayType *array)
{
	RowArray	rows;

	row_array_open(&rows, array, "bridges", BRIDGE_NATTS);
	for (int i = 0; i < rows.nrows; i++)
	{
		TextId		scenario,
					part;
		int32		product;
		Bridge	   *bridge;
		Vector	   *sector;

		CHECK_FOR_INTERRUPTS();
		row_array_fetch(&rows, i);
		scenario = row_array_id(&rows, BRIDGE_SCENARIO);
		part = row_array_id(&rows, BRIDGE_PART);
		product = board_product_number(b, part);
		if (product < 0)
		{
			Product    *added = board_vector_add(b, &b->product, 1);

			added->name = part;
			board_vector_init(&added->sector, sizeof(int64));
			product = (int32) (b->product.n - 1);
		}
		for (int64 k = 0; k < b->bridge.n; k++)
		{
			bridge = (Bridge *) b->bridge.data + k;
			if (bridge->product == product && text_id_cmp(bridge->scenario, scenario) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("scenario \"%s\" has two bridges for part \"%s\"", text_id_cstring(scenario), text_id_cstring(part)),
						 errdetail("The second is %s.", row_array_place(&rows))));
		}
		if (rows.nulls[BRIDGE_MATRIX])
			continue;
		bridge = board_vector_add(b, &b->bridge, 1);
		bridge->scenario = scenario;
		bridge->product = product;
		sector_matrix_view(rows.values[BRIDGE_MATRIX], &bridge->m);
		bridge->row_sum = palloc(sizeof(double) * Max(bridge->m.nrows, 1));
		bridge->place = palloc(sizeof(int32) * Max(bridge->m.ncols, 1));
		route_row_sums(&bridge->m, bridge->row_sum);
		sector = &((Product *) b->product.data + product)->sector;
		if (bridge->m.ncols > 0)
			memcpy(board_vector_add(b, sector, bridge->m.ncols), bridge->m.cols, sizeof(int64) * bridge->m.ncols);
	}
	place_columns(b);
}

BoardProfile
board_add_profile(BoardBuilder *b, const Profile *p)
{
	BoardProfile profile;
	ProfileTerm *term = board_vector_add(b, &b->term, p->n);
	int64	   *sector = board_vector_add(b, &b->term_sector, p->n);

	profile.norm = p->norm;
	profile.tops = 0;
	profile.terms.first = (int32) (b->term.n - p->n);
	profile.terms.n = p->n;
	for (int i = 0; i < p->n; i++)
	{
		term[i].weight = p->term[i].weight;
		sector[i] = profile_sector(p, i);
		profile.tops |= UINT64_C(1) << ((uint64) profile_chain(p, i)->code[0] * UINT64_C(0x9e3779b97f4a7c15) >> 58);
	}
	return profile;
}

/* The route of a profile through each bridge of its scenario; run has room for a product each. */
static void
add_routes(BoardBuilder *b, TextId scenario, Datum datum, BoardRun *run)
{
	ProfileView p;
	int		   *row_of;

	sector_profile_view(datum, &p);
	row_of = palloc(sizeof(int) * Max(p.n, 1));
	for (int64 i = 0; i < b->bridge.n; i++)
	{
		const Bridge *bridge = (const Bridge *) b->bridge.data + i;
		double		total;
		int64		n;
		BoardCell  *cell;

		if (text_id_cmp(bridge->scenario, scenario) != 0)
			continue;
		if (bridge->like >= 0)
		{
			run[bridge->product] = run[((const Bridge *) b->bridge.data + bridge->like)->product];
			continue;
		}
		n = route_rows(&bridge->m, bridge->row_sum, &p, row_of, &total);
		if (!(total > 0))
			continue;
		run[bridge->product].first = (int32) b->cell.n;
		run[bridge->product].n = (int32) n;
		cell = board_vector_add(b, &b->cell, n);
		for (int s = 0; s < p.n; s++)
			for (int64 k = row_of[s] < 0 ? 0 : bridge->m.row_start[row_of[s]]; row_of[s] >= 0 && k < bridge->m.row_start[row_of[s] + 1]; k++, cell++)
			{
				cell->weight = route_cell(p.weights[s], total, bridge->m.value[k], bridge->row_sum[row_of[s]]);
				cell->place = bridge->place[bridge->m.col[k]];
			}
	}
}

void
board_read_institutions(BoardBuilder *b, ArrayType *array)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "innocity board row", ALLOCSET_DEFAULT_SIZES);
	RowArray	rows;

	row_array_open(&rows, array, "institutions", NEW_NATTS);
	for (int i = 0; i < rows.nrows; i++)
	{
		BoardInstitution *institution = board_vector_add(b, &b->institution, 1);
		BoardRun   *run;
		MemoryContext outer;

		CHECK_FOR_INTERRUPTS();
		row_array_fetch(&rows, i);
		institution->scenario = board_add_text_of(b, &rows, NEW_SCENARIO);
		institution->id = board_add_text_of(b, &rows, NEW_ID);
		institution->ministry = rows.nulls[NEW_MINISTRY] ? -1 : board_add_text(b, rows.values[NEW_MINISTRY]);
		institution->capital = !rows.nulls[NEW_CAPITAL] && DatumGetBool(rows.values[NEW_CAPITAL]);
		institution->headcount = board_number_or_nan(&rows, NEW_HEADCOUNT);

		outer = MemoryContextSwitchTo(scratch);
		run = board_vector_add(b, &b->route, b->product.n);
		if (!rows.nulls[NEW_PROFILE])
		{
			Profile		profile = pair_profile(rows.values[NEW_PROFILE]);

			institution->profile = board_add_profile(b, &profile);
			add_routes(b, board_text_at(b, institution->scenario), rows.values[NEW_PROFILE], run);
		}
		MemoryContextSwitchTo(outer);
		MemoryContextReset(scratch);
	}
	MemoryContextDelete(scratch);
}
