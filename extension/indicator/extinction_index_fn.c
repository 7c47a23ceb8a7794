/*
 * extinction_index_fn.c
 *	  The index of regional extinction (Masuda 2014, in the form used in Korea).
 */
#include "base/compat.h"

#include <math.h>

#include "utils/float.h"

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_extinction_index);

Datum
innocity_extinction_index(PG_FUNCTION_ARGS)
{
	double		women = PG_GETARG_FLOAT8(0);
	double		old = PG_GETARG_FLOAT8(1);

	if (!(women >= 0 && old >= 0) || isinf(women) || isinf(old))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("numbers of people must be finite and not negative, not %g and %g", women, old),
				 errhint("The arguments are counts: women of 20 to 39 years, then people of 65 and more.")));
	if (old == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(float8_div(women, old));
}
