/*
 * board_city_fn.c
 *	  Reads the array of cities that becomes a board, with what each has to offer; see board_builder.h.
 */
#include "synergy/board_builder.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "synergy/fit_pair.h"
#include "synergy/synergy_score.h"

/* Attributes of the composite types of board.sql and fit.sql. */
enum { HOST_SCENARIO, HOST_VARIANT, HOST_CITY, HOST_COMPETES, HOST_WORTHS, HOST_PARTNERS, HOST_INCUMBENTS, HOST_MINISTRIES, HOST_SHARES,
	   HOST_ACTIVITY, HOST_TIED, HOST_TIES, HOST_AFFILIATES, HOST_PARTS, HOST_WEIGHTS, HOST_POWER, HOST_NEIGHBOURS, HOST_KAPPA, HOST_NATTS };
enum { NAMED_PART, NAMED_VALUE, NAMED_NATTS };
enum { SHARE_PART, SHARE_PARTNER, SHARE_VALUE, SHARE_NATTS };

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
	TextId		id = board_text_at(b, place);

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
		part[p].name = board_add_text(b, name[p]);
		part[p].product = board_product_number(b, board_text_at(b, part[p].name));
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
		if (text_id_cmp(board_text_at(b, part[p].name), name) == 0)
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
		added->profile = board_add_profile(b, &partner[p].prepared);
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
		incumbent->id = board_add_text(b, id[i]);
		incumbent->ministry = ministry_null[i] ? -1 : board_add_text(b, ministry[i]);
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
		tie->id = board_add_text(b, tied[i]);
		tie->weight = DatumGetFloat8(weight[i]);
	}
	city->affiliates.first = (int32) b->affiliate.n;
	city->affiliates.n = naffiliates;
	for (int i = 0; i < naffiliates; i++)
	{
		if (affiliate_null[i])
			null_element(rows, HOST_AFFILIATES, i);
		*(int32 *) board_vector_add(b, &b->affiliate, 1) = board_add_text(b, affiliate[i]);
	}
}

/* The weight of a partner of the city, among the partners of complementarity and among the incumbents. */
static void
weigh_partner(BoardBuilder *b, const BoardCity *city, TextId id, double weight)
{
	BoardPartner *partner = (BoardPartner *) b->partner.data + city->partners.first;
	BoardIncumbent *incumbent = (BoardIncumbent *) b->incumbent.data + city->incumbents.first;

	for (int p = 0; p < city->partners.n; p++)
		if (text_id_cmp(board_text_at(b, partner[p].id), id) == 0)
			partner[p].weight = weight;
	for (int k = 0; k < city->incumbents.n; k++)
		if (text_id_cmp(board_text_at(b, incumbent[k].id), id) == 0)
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
		product = board_product_number(b, row_array_id(&worths, NAMED_PART));
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
		city->scenario = board_add_text_of(b, &rows, HOST_SCENARIO);
		city->variant = board_add_text_of(b, &rows, HOST_VARIANT);
		city->id = board_add_text_of(b, &rows, HOST_CITY);
		city->competes = !rows.nulls[HOST_COMPETES] && DatumGetBool(rows.values[HOST_COMPETES]);
		city->complementarity = city->absorption = city->affiliation = -1;
		city->power = row_array_number(&rows, HOST_POWER, 1);
		city->kappa = board_number_or_nan(&rows, HOST_KAPPA);
		city->activity = board_number_or_nan(&rows, HOST_ACTIVITY);
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

