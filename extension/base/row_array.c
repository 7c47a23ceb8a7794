/*
 * row_array.c
 *	  Reading an argument that is an array of a composite type. See row_array.h.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "base/row_array.h"

/* Longest identifier shown whole in a message, in bytes. */
#define SHOWN_ID_MAX 80

void
row_array_open(RowArray *rows, ArrayType *array, const char *argument, int natts)
{
	bool	   *element_nulls;

	memset(rows, 0, sizeof(*rows));
	rows->argument = argument;
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument \"%s\" must be a one-dimensional array", argument),
				 errdetail("It has %d dimensions.", ARR_NDIM(array))));
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE,
					  &rows->elements, &element_nulls, &rows->nrows);
	for (int i = 0; i < rows->nrows; i++)
		if (element_nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("argument \"%s\" must not contain null elements", argument),
					 errdetail("Element %d is null.", i + 1)));
	rows->desc = lookup_rowtype_tupdesc_copy(ARR_ELEMTYPE(array), -1);
	if (rows->desc->natts < natts)
		elog(ERROR, "type of argument \"%s\" has %d attributes, expected %d", argument, rows->desc->natts, natts);
	rows->values = palloc(sizeof(Datum) * rows->desc->natts);
	rows->nulls = palloc(sizeof(bool) * rows->desc->natts);
}

void
row_array_fetch(RowArray *rows, int row)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(rows->elements[row]);
	HeapTupleData tuple;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, rows->desc, rows->values, rows->nulls);
	rows->row = row;
}

const char *
row_array_place(RowArray *rows)
{
	return psprintf("element %d of argument \"%s\"", rows->row + 1, rows->argument);
}

bool
row_array_is_null(RowArray *rows, int attribute)
{
	return rows->nulls[attribute];
}

TextId
row_array_id(RowArray *rows, int attribute)
{
	TextId		id;
	text	   *value;

	if (rows->nulls[attribute])
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must not be null", NameStr(TupleDescAttr(rows->desc, attribute)->attname)),
				 errdetail("It is null in %s.", row_array_place(rows))));
	value = DatumGetTextPP(rows->values[attribute]);
	id.data = VARDATA_ANY(value);
	id.len = VARSIZE_ANY_EXHDR(value);
	if (id.len == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be empty", NameStr(TupleDescAttr(rows->desc, attribute)->attname)),
				 errdetail("It is empty in %s.", row_array_place(rows))));
	return id;
}

double
row_array_number(RowArray *rows, int attribute, double null_value)
{
	double		value;

	if (rows->nulls[attribute])
		return null_value;
	value = DatumGetFloat8(rows->values[attribute]);
	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite, not %g",
						NameStr(TupleDescAttr(rows->desc, attribute)->attname), value),
				 errdetail("It stands in %s.", row_array_place(rows))));
	return value;
}

int
text_id_cmp(TextId a, TextId b)
{
	int			order = memcmp(a.data, b.data, Min(a.len, b.len));

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

char *
text_id_cstring(TextId id)
{
	if (id.len <= SHOWN_ID_MAX)
		return pnstrdup(id.data, id.len);
	return psprintf("%s...", pnstrdup(id.data, pg_mbcliplen(id.data, id.len, SHOWN_ID_MAX)));
}

int
text_id_position(const TextId *ids, int n, TextId id)
{
	int			low = 0;
	int			high = n - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;
		int			order = text_id_cmp(ids[middle], id);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}
