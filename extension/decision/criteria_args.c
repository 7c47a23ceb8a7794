/*
 * criteria_args.c
 *	  Arguments of ranking and weighting functions. See criteria_args.h.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "decision/criteria_args.h"

int
criteria_length(ArrayType *array, const char *argument)
{
	int			length;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument \"%s\" must be a one-dimensional array", argument),
				 errdetail("It has %d dimensions.", ARR_NDIM(array))));
	length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must not be an empty array", argument),
				 errhint("It has one element a criterion.")));
	if (length > CRITERIA_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("argument \"%s\" cannot have more than %d elements, not %d", argument, CRITERIA_MAX, length),
				 errhint("Combine criteria that say the same, or rank by groups of criteria first.")));
	return length;
}

bool
criteria_read(ArrayType *array, const char *argument, double *x)
{
	int			length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const double *values = (const double *) ARR_DATA_PTR(array);

	if (ARR_HASNULL(array) && array_contains_nulls(array))
		return false;
	for (int k = 0; k < length; k++)
	{
		/* written so that NaN fails it too */
		if (!(fabs(values[k]) <= CRITERION_VALUE_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" must be finite and at most %g in absolute value, not %g",
							argument, CRITERION_VALUE_MAX, values[k]),
					 errdetail("It is element %d.", k + 1),
					 errhint("A value that is not known is NULL.")));
		x[k] = values[k] + 0.0;
	}
	return true;
}

static void
check_lengths(ArrayType *array, const char *argument, int m)
{
	int			length = criteria_length(array, argument);

	if (length != m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" must have as many elements as there are criteria", argument),
				 errdetail("There are %d criteria and %d elements.", m, length)));
}

double *
criteria_weights(ArrayType *array, int m)
{
	double	   *w = palloc(sizeof(double) * m);
	double		total = 0;

	check_lengths(array, "weights", m);
	if (!criteria_read(array, "weights", w))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("\"weights\" must not contain null"),
				 errhint("A criterion that does not count has weight 0.")));
	for (int k = 0; k < m; k++)
	{
		if (w[k] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight must not be negative, not %g", w[k]),
					 errdetail("It is element %d of \"weights\".", k + 1),
					 errhint("The direction of a criterion is given by \"directions\".")));
		total += w[k];
	}
	if (total == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all weights are 0"),
				 errhint("At least one criterion must count.")));
	for (int k = 0; k < m; k++)
		w[k] /= total;
	return w;
}

bool *
criteria_directions(ArrayType *array, int m)
{
	bool	   *minimise = palloc(sizeof(bool) * m);
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	check_lengths(array, "directions", m);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	for (int k = 0; k < m; k++)
	{
		char	   *direction = nulls[k] ? NULL : TextDatumGetCString(elements[k]);

		if (direction && strcmp(direction, "max") == 0)
			minimise[k] = false;
		else if (direction && strcmp(direction, "min") == 0)
			minimise[k] = true;
		else
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("direction must be \"max\" or \"min\", not %s", direction ? quote_identifier(direction) : "null"),
					 errdetail("It is element %d of \"directions\".", k + 1)));
	}
	return minimise;
}

CriteriaRows *
criteria_rows_create(MemoryContext context, int m)
{
	CriteriaRows *rows = MemoryContextAllocZero(context, sizeof(CriteriaRows));

	rows->context = context;
	rows->m = m;
	rows->capacity = 16;
	rows->x = MemoryContextAlloc(context, sizeof(double) * m * rows->capacity);
	return rows;
}

double *
criteria_rows_add(CriteriaRows *rows)
{
	if (rows->n == rows->capacity)
	{
		rows->capacity *= 2;
		rows->x = repalloc_huge(rows->x, sizeof(double) * rows->m * (Size) rows->capacity);
	}
	return rows->x + rows->m * rows->n++;
}

Datum
criteria_rows_transition(FunctionCallInfo fcinfo, const char *argument)
{
	MemoryContext context;
	CriteriaRows *rows = PG_ARGISNULL(0) ? NULL : (CriteriaRows *) PG_GETARG_POINTER(0);
	ArrayType  *array;
	int			m;
	double	   *x;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate transition called in non-aggregate context");
	if (PG_ARGISNULL(1))
	{
		if (!rows)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(rows);
	}
	array = PG_GETARG_ARRAYTYPE_P(1);
	m = criteria_length(array, argument);
	if (!rows)
		rows = criteria_rows_create(context, m);
	if (m != rows->m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rows of \"%s\" have different lengths", argument),
				 errdetail("One has %d elements, another %d.", Min(m, rows->m), Max(m, rows->m))));
	x = criteria_rows_add(rows);
	if (!criteria_read(array, argument, x))
		rows->n--;
	PG_RETURN_POINTER(rows);
}

Datum
float8_array(const double *values, int n)
{
	Datum	   *elements = palloc(sizeof(Datum) * Max(n, 1));

	for (int i = 0; i < n; i++)
		elements[i] = Float8GetDatum(values[i]);
	return PointerGetDatum(construct_array(elements, n, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
