/*
 * fit_pair.c
 *	  Reads the arguments that the functions of the fit share; see the header.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/row_array.h"
#include "matrix/matrix.h"
#include "synergy/fit_pair.h"

/* Attributes of the composite types of fit.sql that are read here only. */
enum { MATRIX_PART, MATRIX_MATRIX, MATRIX_NATTS };
enum { SHARE_PART, SHARE_PARTNER, SHARE_VALUE, SHARE_NATTS };

static ArrayType *
array_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : PG_GETARG_ARRAYTYPE_P(n);
}

Profile
pair_profile(Datum datum)
{
	ProfileView view;
	Profile		profile;

	sector_profile_view(datum, &view);
	profile.term = palloc(sizeof(ProfileTerm) * Max(view.n, 1));
	profile_prepare(view.codes, view.weights, view.n, palloc(sizeof(ProfileChain) * Max(view.n, 1)), &profile);
	return profile;
}

Partner *
pair_partners(ArrayType *array, const char *argument, int *n)
{
	RowArray	rows;
	Partner    *partner;

	*n = 0;
	if (array == NULL)
		return NULL;
	row_array_open(&rows, array, argument, PARTNER_NATTS);
	partner = palloc(sizeof(Partner) * Max(rows.nrows, 1));
	for (int i = 0; i < rows.nrows; i++)
	{
		Partner    *p = &partner[*n];

		row_array_fetch(&rows, i);
		if (row_array_is_null(&rows, PARTNER_PROFILE))
			continue;
		p->id = row_array_id(&rows, PARTNER_ID);
		p->profile = rows.values[PARTNER_PROFILE];
		p->weight = 1;
		p->prepared = pair_profile(p->profile);
		if (p->prepared.n > 0)
			(*n)++;
	}
	return partner;
}

bool
pair_partner_weight(RowArray *shares, TextId *id, double *weight)
{
	TextId		complementarity = {COMPLEMENTARITY, strlen(COMPLEMENTARITY)};

	if (text_id_cmp(row_array_id(shares, SHARE_PART), complementarity) != 0)
		return false;
	*id = row_array_id(shares, SHARE_PARTNER);
	*weight = row_array_number(shares, SHARE_VALUE, 0);
	if (!row_array_is_null(shares, SHARE_VALUE) && *weight <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight of partner \"%s\" must be above 0, not %g", text_id_cstring(*id), *weight),
				 errdetail("It stands in %s.", row_array_place(shares)),
				 errhint("The shares of complementarity are the weights of its partners.")));
	return true;
}

/* Weights of partners, from the shares of complementarity. */
static void
weigh_partners(Partner *partner, int npartners, ArrayType *shares)
{
	RowArray	share;

	if (shares == NULL)
		return;
	row_array_open(&share, shares, "shares", SHARE_NATTS);
	for (int i = 0; i < share.nrows; i++)
	{
		TextId		id;
		double		weight;

		row_array_fetch(&share, i);
		if (!pair_partner_weight(&share, &id, &weight) || weight == 0)
			continue;
		for (int p = 0; p < npartners; p++)
			if (text_id_cmp(partner[p].id, id) == 0)
				partner[p].weight = weight;
	}
}

static int
compare_ids(const void *p, const void *q)
{
	return text_id_cmp(*(const TextId *) p, *(const TextId *) q);
}

/* The elements of a text[] as identifiers. */
static TextId *
read_ids(ArrayType *array, const char *argument, int *n)
{
	Datum	   *element;
	bool	   *isnull;
	TextId	   *id;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &element, &isnull, n);
	id = palloc(sizeof(TextId) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
	{
		if (isnull[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("argument \"%s\" must not contain null elements", argument),
					 errdetail("Element %d is null.", i + 1)));
		id[i].data = VARDATA_ANY(DatumGetPointer(element[i]));
		id[i].len = VARSIZE_ANY_EXHDR(DatumGetPointer(element[i]));
	}
	return id;
}

static FitLeaf *
reserve_leaves(Pair *pair, int64 more)
{
	int64		room = pair->nleaves + more;

	if (room > MaxAllocSize / sizeof(FitLeaf))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a score cannot have more than %d leaves", (int) (MaxAllocSize / sizeof(FitLeaf))),
				 errhint("Give the profile fewer sectors, or sectors of a higher level.")));
	if (room > pair->room)
	{
		pair->room = (int) Min(Max(room, (int64) pair->room * 2), (int64) (MaxAllocSize / sizeof(FitLeaf)));
		pair->leaf = pair->leaf == NULL ? palloc(sizeof(FitLeaf) * pair->room)
			: repalloc(pair->leaf, sizeof(FitLeaf) * pair->room);
	}
	return pair->leaf + pair->nleaves;
}

static void
accept_leaves(Pair *pair, int part, int partner, int n)
{
	for (int i = 0; i < n; i++)
	{
		pair->leaf[pair->nleaves + i].part = part;
		pair->leaf[pair->nleaves + i].partner = partner;
	}
	pair->nleaves += n;
}

void
pair_add_leaf(Pair *pair, int part, int partner, double value)
{
	FitLeaf    *leaf = reserve_leaves(pair, 1);

	leaf->own_sector = CODE_NONE;
	leaf->partner_sector = CODE_NONE;
	leaf->value = value;
	leaf->units = 0;
	accept_leaves(pair, part, partner, 1);
}

/* The caller's parts in order of bytes, each once. */
static void
read_parts(Pair *pair, ArrayType *array)
{
	TextId	   *given;

	memset(pair, 0, sizeof(*pair));
	given = read_ids(array, "parts", &pair->nparts);
	pair->part = palloc(sizeof(TextId) * Max(pair->nparts, 1));
	pair->place = palloc(sizeof(int) * Max(pair->nparts, 1));
	pair->value = palloc(sizeof(double) * Max(pair->nparts, 1));
	memcpy(pair->part, given, sizeof(TextId) * pair->nparts);
	qsort(pair->part, pair->nparts, sizeof(TextId), compare_ids);
	for (int i = 0; i < pair->nparts; i++)
	{
		int			part = text_id_position(pair->part, pair->nparts, given[i]);

		if (i > 0 && text_id_cmp(pair->part[i - 1], pair->part[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("part \"%s\" is named twice", text_id_cstring(pair->part[i])),
					 errhint("Name each part once; its weight stands in the same place of the weights.")));
		pair->place[part] = i;
		pair->value[i] = NAN;
	}
}

static FitMatrix
fit_matrix(const MatrixView *view)
{
	FitMatrix	matrix;

	matrix.nrows = view->nrows;
	matrix.ncols = view->ncols;
	matrix.rows = view->rows;
	matrix.cols = view->cols;
	matrix.row_start = view->row_start;
	matrix.col = view->col;
	matrix.value = view->value;
	return matrix;
}

/* Parts that are products: those for which there is a route of the institution and a fit of the city. */
static void
add_products(Pair *pair, ArrayType *routes, ArrayType *fits)
{
	RowArray	route,
				fit;

	if (routes == NULL || fits == NULL)
		return;
	row_array_open(&route, routes, "routes", MATRIX_NATTS);
	row_array_open(&fit, fits, "fits", MATRIX_NATTS);
	for (int f = 0; f < fit.nrows; f++)
	{
		TextId		name;
		int			part;

		row_array_fetch(&fit, f);
		name = row_array_id(&fit, MATRIX_PART);
		part = text_id_position(pair->part, pair->nparts, name);
		if (part < 0 || row_array_is_null(&fit, MATRIX_MATRIX))
			continue;
		for (int r = 0; r < route.nrows; r++)
		{
			MatrixView	view;
			FitMatrix	a,
						b;
			int			n;

			row_array_fetch(&route, r);
			if (text_id_cmp(row_array_id(&route, MATRIX_PART), name) != 0 || row_array_is_null(&route, MATRIX_MATRIX))
				continue;
			sector_matrix_view(route.values[MATRIX_MATRIX], &view);
			a = fit_matrix(&view);
			if (a.nrows == 0)
				continue;
			sector_matrix_rows_view(fit.values[MATRIX_MATRIX], a.cols, a.ncols, &view);
			b = fit_matrix(&view);
			n = fit_product(&a, &b, palloc(sizeof(double) * Max(b.ncols, 1)),
							reserve_leaves(pair, (int64) a.nrows * b.ncols), &pair->value[part]);
			accept_leaves(pair, part, -1, n);
			break;
		}
	}
}

/* Complementarity: the weighted mean of the similarities, and its leaves. */
static void
add_partners(Pair *pair, Datum profile, Partner *partner, int npartners)
{
	TextId		complementarity = {COMPLEMENTARITY, strlen(COMPLEMENTARITY)};
	int			part = text_id_position(pair->part, pair->nparts, complementarity);
	Profile		own;
	double		sum = 0,
				whole = 0;

	if (part < 0 || npartners == 0)
		return;
	own = pair_profile(profile);
	if (own.n == 0)
		return;
	for (int i = 0; i < npartners; i++)
		whole += partner[i].weight;
	for (int i = 0; i < npartners; i++)
	{
		int			n;

		sum += partner[i].weight * profile_similarity(&own, &partner[i].prepared);
		n = fit_similarity(&own, &partner[i].prepared, partner[i].weight / whole,
						   reserve_leaves(pair, (int64) own.n * partner[i].prepared.n));
		accept_leaves(pair, part, text_id_position(pair->partner, pair->npartners, partner[i].id), n);
	}
	pair->value[part] = sum / whole;
}

/* Parts that come as numbers, named by partner or not: the rows of a part add up to it. */
static void
add_shares(Pair *pair, ArrayType *shares)
{
	RowArray	share;

	if (shares == NULL)
		return;
	row_array_open(&share, shares, "shares", SHARE_NATTS);
	for (int i = 0; i < share.nrows; i++)
	{
		int			part;
		double		value;
		TextId		id;

		row_array_fetch(&share, i);
		part = text_id_position(pair->part, pair->nparts, row_array_id(&share, SHARE_PART));
		if (part < 0 || pair_partner_weight(&share, &id, &value) || row_array_is_null(&share, SHARE_VALUE))
			continue;
		value = row_array_number(&share, SHARE_VALUE, 0);
		if (fabs(value) > 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("share of part \"%s\" must be between -1 and 1, not %g", text_id_cstring(pair->part[part]), value),
					 errdetail("It stands in %s.", row_array_place(&share)),
					 errhint("Scale a criterion to [0, 1] before it joins the score.")));
		pair->value[part] = isnan(pair->value[part]) ? value : pair->value[part] + value;
		if (value != 0)
			pair_add_leaf(pair, part, row_array_is_null(&share, SHARE_PARTNER) ? -1
						  : text_id_position(pair->partner, pair->npartners, row_array_id(&share, SHARE_PARTNER)), value);
	}
}

/* All partners that leaves may name, in order of bytes. */
static void
read_partner_names(Pair *pair, Partner *partner, int npartners, ArrayType *shares)
{
	RowArray	share;
	int			n = 0;

	memset(&share, 0, sizeof(share));
	if (shares != NULL)
		row_array_open(&share, shares, "shares", SHARE_NATTS);
	pair->partner = palloc(sizeof(TextId) * Max(npartners + share.nrows, 1));
	for (int i = 0; i < npartners; i++)
		pair->partner[n++] = partner[i].id;
	for (int i = 0; i < share.nrows; i++)
	{
		row_array_fetch(&share, i);
		if (!row_array_is_null(&share, SHARE_PARTNER))
			pair->partner[n++] = row_array_id(&share, SHARE_PARTNER);
	}
	qsort(pair->partner, n, sizeof(TextId), compare_ids);
	for (int i = 0; i < n; i++)
		if (i == 0 || text_id_cmp(pair->partner[pair->npartners - 1], pair->partner[i]) != 0)
			pair->partner[pair->npartners++] = pair->partner[i];
}

void
pair_read(Pair *pair, FunctionCallInfo fcinfo, int first)
{
	int			npartners;
	Partner    *partner;

	read_parts(pair, PG_GETARG_ARRAYTYPE_P(0));
	partner = pair_partners(array_argument(fcinfo, first + 3), "partners", &npartners);
	weigh_partners(partner, npartners, array_argument(fcinfo, first + 4));
	read_partner_names(pair, partner, npartners, array_argument(fcinfo, first + 4));
	add_products(pair, array_argument(fcinfo, first), array_argument(fcinfo, first + 1));
	if (!PG_ARGISNULL(first + 2))
		add_partners(pair, PG_GETARG_DATUM(first + 2), partner, npartners);
	add_shares(pair, array_argument(fcinfo, first + 4));

	/* Sums of products may leave [0, 1] by the last bits. */
	for (int i = 0; i < pair->nparts; i++)
	{
		if (pair->value[i] > 1 && pair->value[i] < 1 + 1e-9)
			pair->value[i] = 1;
		else if (pair->value[i] < 0 && pair->value[i] > -1e-9)
			pair->value[i] = 0;
	}
}


double *
pair_numbers(const Pair *pair, ArrayType *array, const char *what, bool nulls)
{
	Datum	   *element;
	bool	   *isnull;
	double	   *number;
	int			n;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, &isnull, &n);
	if (n != pair->nparts)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parts and %ss differ in length: %d and %d", what, pair->nparts, n),
				 errhint("Give one for each part, in the same order.")));
	number = palloc(sizeof(double) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		bool		missing = isnull[pair->place[i]];
		double		x = missing ? NAN : DatumGetFloat8(element[pair->place[i]]);

		if (!(missing && nulls) && (!(x >= 0) || isinf(x)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s of part \"%s\" must be finite and not negative", what, text_id_cstring(pair->part[i])),
					 errhint("Weights are relative and need not add up to 1; 0 leaves a part out.")));
		number[i] = x;
	}
	return number;
}
