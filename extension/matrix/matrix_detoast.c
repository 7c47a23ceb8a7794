/*
 * matrix_detoast.c
 *	  A stored matrix in memory; see the header.
 */
#include "matrix/matrix_detoast.h"

#include "access/detoast.h"
#include "access/table.h"
#include "access/tableam.h"

#include "base/large_alloc.h"

/* Bytes from which a value counts as large. */
#define LARGE (4 << 20)

struct varlena *
matrix_detoast(Datum datum)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(datum);
	struct varlena *value;
	struct varatt_external pointer;
	Relation	toast;
	int32		size;

	if (!VARATT_IS_EXTERNAL_ONDISK(stored))
		return PG_DETOAST_DATUM(datum);
	VARATT_EXTERNAL_GET_POINTER(pointer, stored);
	if (VARATT_EXTERNAL_IS_COMPRESSED(pointer) || pointer.va_rawsize < LARGE)
		return PG_DETOAST_DATUM(datum);

	size = pointer.va_rawsize - VARHDRSZ;
	value = large_alloc(CurrentMemoryContext, pointer.va_rawsize);
	SET_VARSIZE(value, pointer.va_rawsize);
	toast = table_open(pointer.va_toastrelid, AccessShareLock);
	table_relation_fetch_toast_slice(toast, pointer.va_valueid, size, 0, size, value);
	table_close(toast, AccessShareLock);
	return value;
}
