/*
 * fit_fn.c
 *	  SQL face of the fit: nearest partners, values of parts, leaves of a score.
 *
 * The functions are called once a pair of institution and city, with what belongs to the institution (profile, routes), to the city
 * (fits, partners) and to the pair (shares). Nothing is read but the arguments. NULL stands for an empty array or profile.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/typcache.h"

#include "base/row_array.h"
#include "matrix/matrix.h"
#include "synergy/fit.h"
#include "synergy/synergy_score.h"

/* The part that is computed from partners; all others come as products or shares. */
#define COMPLEMENTARITY "complementarity"

/* Attributes of the composite types of fit.sql. */
enum { MATRIX_PART, MATRIX_MATRIX, MATRIX_NATTS };
enum { PARTNER_ID, PARTNER_PROFILE, PARTNER_SIMILARITY, PARTNER_NATTS };
enum { SHARE_PART, SHARE_PARTNER, SHARE_VALUE, SHARE_NATTS };

typedef struct Partner
{
	TextId		id;
	Datum		profile;
	Profile		prepared;
	double		similarity;
} Partner;

/* What is known of one pair: its parts with their leaves. */
typedef struct Pair
{
	int			nparts;
	TextId	   *part;			/* in order of bytes */
	int		   *place;			/* place of part i in the caller's array */
	double	   *value;			/* NaN = not known */
	int			npartners;
	TextId	   *partner;		/* in order of bytes */
	int			nleaves;
	int			room;
	FitLeaf    *leaf;
} Pair;

static ArrayType *
array_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : PG_GETARG_ARRAYTYPE_P(n);
}

static Profile
prepare_profile(Datum datum)
{
	ProfileView view;
	Profile		profile;

	sector_profile_view(datum, &view);
	profile.term = palloc(sizeof(ProfileTerm) * Max(view.n, 1));
	profile_prepare(view.codes, view.weights, view.n, &profile);
	return profile;
}

/* Elements of an array of synergy_partner; a partner without a profile, or with an empty one, is left out. */
static Partner *
read_partners(ArrayType *array, const char *argument, int *n)
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
		p->prepared = prepare_profile(p->profile);
		if (p->prepared.n > 0)
			(*n)++;
	}
	return partner;
}

/* Most similar first; similarities that differ in noise only are equal, and the smaller identifier comes first. */
static int
compare_similarity(const void *p, const void *q)
{
	const Partner *a = p;
	const Partner *b = q;
	double		similarity_a = rint(a->similarity * 1e12);
	double		similarity_b = rint(b->similarity * 1e12);

	if (similarity_a != similarity_b)
		return similarity_a > similarity_b ? -1 : 1;
	return text_id_cmp(a->id, b->id);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_nearest_partners);

/* nearest_partners(institution_id, profile, partners, k): the k partners whose profiles are most similar, as partners come in. */
Datum
innocity_nearest_partners(PG_FUNCTION_ARGS)
{
	text	   *institution;
	TextId		institution_id;
	int			k;
	Profile		own;
	Partner    *partner;
	int			npartners,
				n = 0;
	Oid			type;
	TupleDesc	desc;
	Datum	   *element;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	institution = PG_GETARG_TEXT_PP(0);
	institution_id.data = VARDATA_ANY(institution);
	institution_id.len = VARSIZE_ANY_EXHDR(institution);
	k = PG_GETARG_INT32(3);
	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k must be at least 1, not %d", k)));
	own = prepare_profile(PG_GETARG_DATUM(1));
	if (own.n == 0)
		PG_RETURN_NULL();
	partner = read_partners(PG_GETARG_ARRAYTYPE_P(2), "partners", &npartners);
	for (int i = 0; i < npartners; i++)
	{
		if (text_id_cmp(partner[i].id, institution_id) == 0)
			continue;
		partner[n] = partner[i];
		partner[n].similarity = profile_similarity(&own, &partner[i].prepared);
		n++;
	}
	if (n == 0)
		PG_RETURN_NULL();
	qsort(partner, n, sizeof(Partner), compare_similarity);
	n = Min(n, k);

	type = ARR_ELEMTYPE(PG_GETARG_ARRAYTYPE_P(2));
	desc = lookup_rowtype_tupdesc(type, -1);
	element = palloc(sizeof(Datum) * n);
	for (int i = 0; i < n; i++)
	{
		Datum		values[PARTNER_NATTS];
		bool		nulls[PARTNER_NATTS] = {false, false, false};

		values[PARTNER_ID] = PointerGetDatum(cstring_to_text_with_len(partner[i].id.data, partner[i].id.len));
		values[PARTNER_PROFILE] = partner[i].profile;
		values[PARTNER_SIMILARITY] = Float8GetDatum(partner[i].similarity);
		element[i] = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
	}
	ReleaseTupleDesc(desc);
	PG_RETURN_ARRAYTYPE_P(construct_array(element, n, type, -1, false, TYPALIGN_DOUBLE));
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
				 errmsg("a score cannot have more than %d leaves", (int) (MaxAllocSize / sizeof(FitLeaf)))));
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
					 errmsg("part \"%s\" is named twice", text_id_cstring(pair->part[i]))));
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

/* Complementarity: the mean of the similarities, and its leaves. */
static void
add_partners(Pair *pair, Datum profile, Partner *partner, int npartners)
{
	TextId		complementarity = {COMPLEMENTARITY, strlen(COMPLEMENTARITY)};
	int			part = text_id_position(pair->part, pair->nparts, complementarity);
	Profile		own;
	double		sum = 0;

	if (part < 0 || npartners == 0)
		return;
	own = prepare_profile(profile);
	if (own.n == 0)
		return;
	for (int i = 0; i < npartners; i++)
	{
		int			n;

		sum += profile_similarity(&own, &partner[i].prepared);
		n = fit_similarity(&own, &partner[i].prepared, 1.0 / npartners,
						   reserve_leaves(pair, (int64) own.n * partner[i].prepared.n));
		accept_leaves(pair, part, text_id_position(pair->partner, pair->npartners, partner[i].id), n);
	}
	pair->value[part] = sum / npartners;
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

		row_array_fetch(&share, i);
		part = text_id_position(pair->part, pair->nparts, row_array_id(&share, SHARE_PART));
		if (part < 0 || row_array_is_null(&share, SHARE_VALUE))
			continue;
		value = row_array_number(&share, SHARE_VALUE, 0);
		pair->value[part] = isnan(pair->value[part]) ? value : pair->value[part] + value;
		if (value != 0)
		{
			FitLeaf    *leaf = reserve_leaves(pair, 1);
			int			partner = row_array_is_null(&share, SHARE_PARTNER) ? -1
				: text_id_position(pair->partner, pair->npartners, row_array_id(&share, SHARE_PARTNER));

			leaf->own_sector = CODE_NONE;
			leaf->partner_sector = CODE_NONE;
			leaf->value = value;
			leaf->units = 0;
			accept_leaves(pair, part, partner, 1);
		}
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

/* Reads the arguments that both functions share, from the routes on. */
static void
read_pair(Pair *pair, FunctionCallInfo fcinfo, int first)
{
	int			npartners;
	Partner    *partner;

	read_parts(pair, PG_GETARG_ARRAYTYPE_P(0));
	partner = read_partners(array_argument(fcinfo, first + 3), "partners", &npartners);
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

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_values);

/* synergy_values(parts, routes, fits, profile, partners, shares) */
Datum
innocity_synergy_values(PG_FUNCTION_ARGS)
{
	Pair		pair;
	Datum	   *value;
	bool	   *isnull;
	int			lower = 1;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	read_pair(&pair, fcinfo, 1);
	value = palloc(sizeof(Datum) * Max(pair.nparts, 1));
	isnull = palloc(sizeof(bool) * Max(pair.nparts, 1));
	for (int i = 0; i < pair.nparts; i++)
	{
		isnull[pair.place[i]] = isnan(pair.value[i]);
		value[pair.place[i]] = Float8GetDatum(pair.value[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(value, isnull, 1, &pair.nparts, &lower,
											 FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/*
 * Turns values of parts into values of the score: weight w of a part among the known ones, and for a power other than 1 the part's
 * share of sum w v^power, so that the leaves of any mean add up to it. A part that counts but has no leaf gets one of its own.
 */
static void
scale_leaves(Pair *pair, const double *weight, double power, double score)
{
	double	   *factor = palloc0(sizeof(double) * Max(pair->nparts, 1));
	double	   *share = palloc0(sizeof(double) * Max(pair->nparts, 1));
	double		sum = 0;
	int			n = 0;

	for (int i = 0; i < pair->nparts; i++)
	{
		double		v = pair->value[i];

		if (isnan(v))
			continue;
		share[i] = power == 0 || power == 1 ? weight[i] : weight[i] == 0 ? 0 : weight[i] * pow(v, power);
		sum += share[i];
	}
	if (!(sum > 0) || isinf(sum))
	{
		pair->nleaves = 0;
		return;
	}
	for (int i = 0; i < pair->nparts; i++)
	{
		if (pair->value[i] > 0)
			factor[i] = power == 1 ? share[i] / sum : score * share[i] / sum / pair->value[i];
	}
	for (int i = 0; i < pair->nleaves; i++)
	{
		double		f = factor[pair->leaf[i].part];

		if (f == 0)
			continue;
		pair->leaf[n] = pair->leaf[i];
		pair->leaf[n++].value *= f;
	}
	pair->nleaves = n;
	for (int i = 0; i < pair->nparts; i++)
	{
		if (power != 1 && pair->value[i] == 0 && share[i] > 0)
		{
			FitLeaf    *leaf = reserve_leaves(pair, 1);

			leaf->own_sector = CODE_NONE;
			leaf->partner_sector = CODE_NONE;
			leaf->value = score * share[i] / sum;
			leaf->units = 0;
			accept_leaves(pair, i, -1, 1);
		}
	}
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_leaves);

/* synergy_leaves(parts, weights, score, power, by_part, routes, fits, profile, partners, shares) */
Datum
innocity_synergy_leaves(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Pair		pair;
	Datum	   *element;
	bool	   *isnull;
	double	   *weight;
	int			nweights;
	Numeric		score;
	int64		units;
	double		power;
	bool		by_part;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return (Datum) 0;
	read_pair(&pair, fcinfo, 5);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &element, &isnull, &nweights);
	if (nweights != pair.nparts)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parts and weights differ in length: %d and %d", pair.nparts, nweights)));
	weight = palloc(sizeof(double) * Max(nweights, 1));
	for (int i = 0; i < nweights; i++)
	{
		double		w = isnull[pair.place[i]] ? NAN : DatumGetFloat8(element[pair.place[i]]);

		if (!(w >= 0) || isinf(w))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight of part \"%s\" must be finite and not negative", text_id_cstring(pair.part[i]))));
		weight[i] = w;
	}
	power = PG_GETARG_FLOAT8(3);
	by_part = PG_GETARG_BOOL(4);

	/* Without a score there are parts, but nothing to add up to. */
	if (!PG_ARGISNULL(2))
	{
		score = PG_GETARG_NUMERIC(2);
		units = DatumGetInt64(DirectFunctionCall1(numeric_int8,
												  DirectFunctionCall2(numeric_mul, NumericGetDatum(score),
																	  NumericGetDatum(int64_to_numeric(INT64CONST(1000000000))))));
		scale_leaves(&pair, weight, power, units / 1e9);
		fit_apportion(pair.leaf, pair.nleaves, units, palloc(sizeof(FitLeaf *) * Max(pair.nleaves, 1)));
	}
	else
		pair.nleaves = 0;

	if (by_part)
	{
		int64	   *part_units = palloc0(sizeof(int64) * Max(pair.nparts, 1));

		for (int i = 0; i < pair.nleaves; i++)
			part_units[pair.leaf[i].part] += pair.leaf[i].units;
		for (int i = 0; i < pair.nparts; i++)
		{
			bool		known = !isnan(pair.value[i]);
			Datum		values[6] = {PointerGetDatum(cstring_to_text_with_len(pair.part[i].data, pair.part[i].len))};
			bool		nulls[6] = {false, true, true, true, !known, !known || PG_ARGISNULL(2)};

			values[4] = Float8GetDatum(pair.value[i]);
			values[5] = NumericGetDatum(int64_div_fast_to_numeric(part_units[i], SYNERGY_DECIMALS));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
		return (Datum) 0;
	}
	for (int i = 0; i < pair.nleaves; i++)
	{
		FitLeaf    *leaf = &pair.leaf[i];
		Datum		values[6];
		bool		nulls[6] = {false, leaf->own_sector == CODE_NONE, leaf->partner_sector == CODE_NONE, leaf->partner < 0, false, false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(cstring_to_text_with_len(pair.part[leaf->part].data, pair.part[leaf->part].len));
		values[1] = CodeGetDatum(leaf->own_sector);
		values[2] = CodeGetDatum(leaf->partner_sector);
		values[3] = nulls[3] ? (Datum) 0
			: PointerGetDatum(cstring_to_text_with_len(pair.partner[leaf->partner].data, pair.partner[leaf->partner].len));
		values[4] = Float8GetDatum(leaf->value);
		values[5] = NumericGetDatum(int64_div_fast_to_numeric(leaf->units, SYNERGY_DECIMALS));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
