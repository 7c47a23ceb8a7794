/*
 * board_read_fn.c
 *	  Reads the arrays of institutions, bridges and cities that become a board; see board_builder.h.
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
enum { HOST_SCENARIO, HOST_VARIANT, HOST_CITY, HOST_COMPETES, HOST_WORTHS, HOST_PARTNERS, HOST_INCUMBENTS, HOST_MINISTRIES, HOST_SHARES,
	   HOST_ACTIVITY, HOST_TIED, HOST_TIES, HOST_AFFILIATES, HOST_PARTS, HOST_WEIGHTS, HOST_POWER, HOST_NEIGHBOURS, HOST_KAPPA, HOST_NATTS };
enum { NAMED_PART, NAMED_VALUE, NAMED_NATTS };
enum { SHARE_PART, SHARE_PARTNER, SHARE_VALUE, SHARE_NATTS };

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

static TextId
text_at(BoardBuilder *b, int32 place)
{
	return ((TextId *) b->text.data)[place];
}

/* Place of a text among all texts read; the bytes must stay. */
static int32
add_text(BoardBuilder *b, Datum text)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(text);
	TextId	   *id = board_vector_add(b, &b->text, 1);

	id->data = VARDATA_ANY(value);
	id->len = VARSIZE_ANY_EXHDR(value);
	return (int32) (b->text.n - 1);
}

static int32
add_text_of(BoardBuilder *b, RowArray *rows, int attribute)
{
	if (rows->nulls[attribute])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", NameStr(TupleDescAttr(rows->desc, attribute)->attname)),
				 errdetail("It is null in %s.", row_array_place(rows))));
	return add_text(b, rows->values[attribute]);
}

static double
number_or_nan(RowArray *rows, int attribute)
{
	return rows->nulls[attribute] ? NAN : row_array_number(rows, attribute, 0);
}

/* Number of the product of that name, or -1. */
static int32
product_number(BoardBuilder *b, TextId name)
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
		product = product_number(b, part);
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

/* Its terms; their chains come when all sectors are known. */
static BoardProfile
add_profile(BoardBuilder *b, const Profile *p)
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
		institution->scenario = add_text_of(b, &rows, NEW_SCENARIO);
		institution->id = add_text_of(b, &rows, NEW_ID);
		institution->ministry = rows.nulls[NEW_MINISTRY] ? -1 : add_text(b, rows.values[NEW_MINISTRY]);
		institution->capital = !rows.nulls[NEW_CAPITAL] && DatumGetBool(rows.values[NEW_CAPITAL]);
		institution->headcount = number_or_nan(&rows, NEW_HEADCOUNT);

		outer = MemoryContextSwitchTo(scratch);
		run = board_vector_add(b, &b->route, b->product.n);
		if (!rows.nulls[NEW_PROFILE])
		{
			Profile		profile = pair_profile(rows.values[NEW_PROFILE]);

			institution->profile = add_profile(b, &profile);
			add_routes(b, text_at(b, institution->scenario), rows.values[NEW_PROFILE], run);
		}
		MemoryContextSwitchTo(outer);
		MemoryContextReset(scratch);
	}
	MemoryContextDelete(scratch);
}

/* The elements of an array attribute; none where it is NULL. */
static int
array_elements(RowArray *rows, int attribute, Oid type, int len, bool byval, char align, Datum **element, bool **isnull)
{
	int			n = 0;

	if (!rows->nulls[attribute])
		deconstruct_array(DatumGetArrayTypeP(rows->values[attribute]), type, len, byval, align, element, isnull, &n);
	return n;
}

static int
text_elements(RowArray *rows, int attribute, Datum **element, bool **isnull)
{
	return array_elements(rows, attribute, TEXTOID, -1, false, TYPALIGN_INT, element, isnull);
}

static int
float8_elements(RowArray *rows, int attribute, Datum **element, bool **isnull)
{
	return array_elements(rows, attribute, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, element, isnull);
}

static void
check_pairs(RowArray *rows, int a, int na, int b, int nb)
{
	if (na != nb)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s and %s differ in length: %d and %d", NameStr(TupleDescAttr(rows->desc, a)->attname),
						NameStr(TupleDescAttr(rows->desc, b)->attname), na, nb),
				 errdetail("They stand in %s.", row_array_place(rows))));
}

static void
null_element(RowArray *rows, int attribute, int element)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s must not contain null elements", NameStr(TupleDescAttr(rows->desc, attribute)->attname)),
			 errdetail("Element %d is null in %s.", element + 1, row_array_place(rows))));
}

static bool
is_named(BoardBuilder *b, int32 place, const char *name)
{
	TextId		id = text_at(b, place);

	return id.len == (int) strlen(name) && memcmp(id.data, name, id.len) == 0;
}

static void
read_parts(BoardBuilder *b, RowArray *rows, BoardCity *city)
{
	Datum	   *name,
			   *weight;
	bool	   *name_null,
			   *weight_null;
	int			n = text_elements(rows, HOST_PARTS, &name, &name_null);
	int			nweights = float8_elements(rows, HOST_WEIGHTS, &weight, &weight_null);
	BoardPart  *part;
	double	   *number;

	check_pairs(rows, HOST_PARTS, n, HOST_WEIGHTS, nweights);
	city->parts.first = (int32) b->part.n;
	city->parts.n = rows->nulls[HOST_PARTS] ? -1 : n;
	b->max_parts = Max(b->max_parts, n);
	part = board_vector_add(b, &b->part, n);
	number = palloc(sizeof(double) * Max(n, 1));
	for (int p = 0; p < n; p++)
	{
		if (name_null[p])
			null_element(rows, HOST_PARTS, p);
		if (weight_null[p])
			null_element(rows, HOST_WEIGHTS, p);
		part[p].weight = DatumGetFloat8(weight[p]);
		if (!(part[p].weight >= 0) || isinf(part[p].weight))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weights must be finite and not negative, not %g", part[p].weight),
					 errdetail("The weight stands in %s.", row_array_place(rows))));
		part[p].name = add_text(b, name[p]);
		part[p].product = product_number(b, text_at(b, part[p].name));
		if (is_named(b, part[p].name, "complementarity"))
			city->complementarity = p;
		else if (is_named(b, part[p].name, "absorption"))
			city->absorption = p;
		else if (is_named(b, part[p].name, "affiliation"))
			city->affiliation = p;
		number[p] = part[p].weight;
	}
	city->whole = synergy_scale_weights(number, n, number);
	for (int p = 0; p < n; p++)
		part[p].weight = number[p];
}

/* Place of a name among the city's parts, or -1. */
static int32
part_place(BoardBuilder *b, const BoardCity *city, TextId name)
{
	BoardPart  *part = (BoardPart *) b->part.data + city->parts.first;

	for (int32 p = 0; p < city->parts.n; p++)
		if (text_id_cmp(text_at(b, part[p].name), name) == 0)
			return p;
	return -1;
}

static void
read_partners(BoardBuilder *b, RowArray *rows, BoardCity *city)
{
	Partner    *partner;
	int			n = 0;

	city->partners.first = (int32) b->partner.n;
	if (rows->nulls[HOST_PARTNERS])
		return;
	partner = pair_partners(DatumGetArrayTypeP(rows->values[HOST_PARTNERS]), "partners", &n);
	for (int p = 0; p < n; p++)
	{
		BoardPartner *added = board_vector_add(b, &b->partner, 1);
		TextId	   *id = board_vector_add(b, &b->text, 1);

		*id = partner[p].id;
		added->id = (int32) (b->text.n - 1);
		added->weight = 1;
		added->profile = add_profile(b, &partner[p].prepared);
	}
	city->partners.n = n;
	b->max_partners = Max(b->max_partners, n);
}

static void
read_incumbents(BoardBuilder *b, RowArray *rows, BoardCity *city)
{
	Datum	   *id,
			   *ministry,
			   *tied,
			   *weight,
			   *affiliate;
	bool	   *id_null,
			   *ministry_null,
			   *tied_null,
			   *weight_null,
			   *affiliate_null;
	int			n = text_elements(rows, HOST_INCUMBENTS, &id, &id_null);
	int			nministries = text_elements(rows, HOST_MINISTRIES, &ministry, &ministry_null);
	int			ntied = text_elements(rows, HOST_TIED, &tied, &tied_null);
	int			nties = float8_elements(rows, HOST_TIES, &weight, &weight_null);
	int			naffiliates = text_elements(rows, HOST_AFFILIATES, &affiliate, &affiliate_null);

	check_pairs(rows, HOST_INCUMBENTS, n, HOST_MINISTRIES, nministries);
	check_pairs(rows, HOST_TIED, ntied, HOST_TIES, nties);
	city->incumbents.first = (int32) b->incumbent.n;
	city->incumbents.n = n;
	for (int i = 0; i < n; i++)
	{
		BoardIncumbent *incumbent = board_vector_add(b, &b->incumbent, 1);

		if (id_null[i])
			null_element(rows, HOST_INCUMBENTS, i);
		incumbent->id = add_text(b, id[i]);
		incumbent->ministry = ministry_null[i] ? -1 : add_text(b, ministry[i]);
		incumbent->weight = 1;
	}
	city->ties.first = (int32) b->tie.n;
	city->ties.n = ntied;
	for (int i = 0; i < ntied; i++)
	{
		BoardTie   *tie = board_vector_add(b, &b->tie, 1);

		if (tied_null[i])
			null_element(rows, HOST_TIED, i);
		if (weight_null[i])
			null_element(rows, HOST_TIES, i);
		tie->id = add_text(b, tied[i]);
		tie->weight = DatumGetFloat8(weight[i]);
	}
	city->affiliates.first = (int32) b->affiliate.n;
	city->affiliates.n = naffiliates;
	for (int i = 0; i < naffiliates; i++)
	{
		if (affiliate_null[i])
			null_element(rows, HOST_AFFILIATES, i);
		*(int32 *) board_vector_add(b, &b->affiliate, 1) = add_text(b, affiliate[i]);
	}
}

/* The weight of a partner of the city, among the partners of complementarity and among the incumbents. */
static void
weigh_partner(BoardBuilder *b, const BoardCity *city, TextId id, double weight)
{
	BoardPartner *partner = (BoardPartner *) b->partner.data + city->partners.first;
	BoardIncumbent *incumbent = (BoardIncumbent *) b->incumbent.data + city->incumbents.first;

	for (int p = 0; p < city->partners.n; p++)
		if (text_id_cmp(text_at(b, partner[p].id), id) == 0)
			partner[p].weight = weight;
	for (int k = 0; k < city->incumbents.n; k++)
		if (text_id_cmp(text_at(b, incumbent[k].id), id) == 0)
			incumbent[k].weight = weight;
}

static void
read_shares(BoardBuilder *b, RowArray *rows, BoardCity *city)
{
	RowArray	shares;

	city->shares.first = (int32) b->share.n;
	if (rows->nulls[HOST_SHARES])
		return;
	row_array_open(&shares, DatumGetArrayTypeP(rows->values[HOST_SHARES]), "shares", SHARE_NATTS);
	for (int s = 0; s < shares.nrows; s++)
	{
		int32		part;
		BoardShare *share;
		TextId		partner;
		double		weight;

		row_array_fetch(&shares, s);
		if (pair_partner_weight(&shares, &partner, &weight))
		{
			if (weight > 0)
				weigh_partner(b, city, partner, weight);
			continue;
		}
		part = part_place(b, city, row_array_id(&shares, SHARE_PART));
		if (part < 0 || shares.nulls[SHARE_VALUE])
			continue;
		share = board_vector_add(b, &b->share, 1);
		share->part = part;
		share->value = row_array_number(&shares, SHARE_VALUE, 0);
		city->shares.n++;
	}
}

static void
read_worths(BoardBuilder *b, RowArray *rows, int32 city)
{
	RowArray	worths;

	if (rows->nulls[HOST_WORTHS])
		return;
	row_array_open(&worths, DatumGetArrayTypeP(rows->values[HOST_WORTHS]), "worths", NAMED_NATTS);
	for (int w = 0; w < worths.nrows; w++)
	{
		int32		product;
		WorthOf    *worth;

		row_array_fetch(&worths, w);
		product = product_number(b, row_array_id(&worths, NAMED_PART));
		if (product < 0 || worths.nulls[NAMED_VALUE])
			continue;
		worth = board_vector_add(b, &b->worth, 1);
		worth->city = city;
		worth->product = product;
		worth->profile = worths.values[NAMED_VALUE];
	}
}

void
board_read_cities(BoardBuilder *b, ArrayType *array)
{
	RowArray	rows;

	row_array_open(&rows, array, "cities", HOST_NATTS);
	for (int i = 0; i < rows.nrows; i++)
	{
		BoardCity  *city = board_vector_add(b, &b->city, 1);

		CHECK_FOR_INTERRUPTS();
		row_array_fetch(&rows, i);
		city->scenario = add_text_of(b, &rows, HOST_SCENARIO);
		city->variant = add_text_of(b, &rows, HOST_VARIANT);
		city->id = add_text_of(b, &rows, HOST_CITY);
		city->competes = !rows.nulls[HOST_COMPETES] && DatumGetBool(rows.values[HOST_COMPETES]);
		city->complementarity = city->absorption = city->affiliation = -1;
		city->power = row_array_number(&rows, HOST_POWER, 1);
		city->kappa = number_or_nan(&rows, HOST_KAPPA);
		city->activity = number_or_nan(&rows, HOST_ACTIVITY);
		if (rows.nulls[HOST_NEIGHBOURS] || DatumGetInt32(rows.values[HOST_NEIGHBOURS]) < 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("neighbours must be at least 1"),
					 errdetail("They are not in %s.", row_array_place(&rows))));
		city->neighbours = DatumGetInt32(rows.values[HOST_NEIGHBOURS]);
		read_parts(b, &rows, city);
		read_partners(b, &rows, city);
		read_incumbents(b, &rows, city);
		read_shares(b, &rows, city);
		read_worths(b, &rows, i);
	}
}

