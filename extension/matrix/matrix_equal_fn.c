/*
 * matrix_equal_fn.c
 *	  Equality and hashing of the matrix types. The stored form is canonical, so equal contents are equal bytes.
 */
#include "base/compat.h"

#include "common/hashfn.h"

#include "matrix/matrix_data.h"

static bool
matrix_equal(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	struct varlena *b = PG_DETOAST_DATUM(PG_GETARG_DATUM(1));

	return VARSIZE(a) == VARSIZE(b) && memcmp(VARDATA(a), VARDATA(b), VARSIZE(a) - VARHDRSZ) == 0;
}

PG_FUNCTION_INFO_V1(innocity_matrix_eq);
Datum
innocity_matrix_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(matrix_equal(fcinfo));
}

PG_FUNCTION_INFO_V1(innocity_matrix_ne);
Datum
innocity_matrix_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!matrix_equal(fcinfo));
}

PG_FUNCTION_INFO_V1(innocity_matrix_hash);
Datum
innocity_matrix_hash(PG_FUNCTION_ARGS)
{
	struct varlena *a = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));

	return hash_any((unsigned char *) VARDATA(a), VARSIZE(a) - VARHDRSZ);
}

PG_FUNCTION_INFO_V1(innocity_matrix_hash_extended);
Datum
innocity_matrix_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *a = PG_DETOAST_DATUM(PG_GETARG_DATUM(0));

	return hash_any_extended((unsigned char *) VARDATA(a), VARSIZE(a) - VARHDRSZ, PG_GETARG_INT64(1));
}
