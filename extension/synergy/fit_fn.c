/*
 * fit_fn.c
 *	  SQL face of the fit: nearest partners, values of parts. Leaves are in fit_leaves_fn.c.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "synergy/fit_pair.h"

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
				 errmsg("k must be at least 1, not %d", k),
				 errhint("It is how many partners to find.")));
	own = pair_profile(PG_GETARG_DATUM(1));
	if (own.n == 0)
		PG_RETURN_NULL();
	partner = pair_partners(PG_GETARG_ARRAYTYPE_P(2), "partners", &npartners);
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
	pair_read(&pair, fcinfo, 1);
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
