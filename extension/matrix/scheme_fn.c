/*
 * scheme_fn.c
 *	  same_scheme(): a profile in the codes of a matrix, or an error that names the way over.
 */
#include "base/compat.h"

#include "matrix/matrix.h"

/* Scheme and edition of a sector, among those of m? Its codes are sorted by scheme and edition, so neighbours mostly agree. */
static bool
has_scheme(const MatrixView *m, const char *scheme)
{
	for (int j = 0; j < m->ncols; j++)
		if (strcmp(code_scheme(CODE_SECTOR, m->cols[j]), scheme) == 0)
			return true;
	return false;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_same_scheme);

/* same_scheme(p, m): p. An empty matrix has no scheme, so that nothing differs from it. */
Datum
innocity_same_scheme(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	ProfileView p;
	const char *known = "";

	sector_profile_view(PG_GETARG_DATUM(0), &p);
	activity_matrix_view(PG_GETARG_DATUM(1), &m);
	for (int i = 0; i < p.n && m.ncols > 0; i++)
	{
		const char *scheme = code_scheme(CODE_SECTOR, p.codes[i]);
		char		text[CODE_STRING_MAX];

		if (strcmp(scheme, known) == 0)
			continue;
		code_format(CODE_SECTOR, p.codes[i], text);
		if (!has_scheme(&m, scheme))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("profile has sector \"%s\" of scheme %s, of which the matrix has none", text, scheme),
					 errdetail("The sectors of the matrix are of scheme %s.", code_scheme(CODE_SECTOR, m.cols[0])),
					 errhint("Bring the profile over with convert(profile, bridge).")));
		known = scheme;
	}
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}
