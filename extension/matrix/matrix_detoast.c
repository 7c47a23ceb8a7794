/*
 * matrix_detoast.c
 *	  A stored matrix in memory; see the header.
 */
#include "matrix/matrix_detoast.h"

#include "access/detoast.h"
#include "miscadmin.h"

#include "base/cpu.h"

/* Bytes from which a value counts as large, and of a piece, whose own memory is the same for all of them. */
#define LARGE ((Size) 4 << 20)
#define PIECE ((int32) 1 << 19)

struct varlena *
matrix_detoast(Datum datum)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(datum);
	struct varlena *value;
	struct varatt_external pointer;

	if (!VARATT_IS_EXTERNAL_ONDISK(stored))
		return PG_DETOAST_DATUM(datum);
	VARATT_EXTERNAL_GET_POINTER(pointer, stored);
	if (VARATT_EXTERNAL_IS_COMPRESSED(pointer) || pointer.va_rawsize < LARGE)
		return PG_DETOAST_DATUM(datum);

	value = palloc(pointer.va_rawsize);
	cpu_large_pages(value, pointer.va_rawsize);
	SET_VARSIZE(value, pointer.va_rawsize);
	for (int32 from = 0; from < (int32) (pointer.va_rawsize - VARHDRSZ); from += PIECE)
	{
		struct varlena *piece = detoast_attr_slice(stored, from, PIECE);

		CHECK_FOR_INTERRUPTS();
		memcpy(VARDATA(value) + from, VARDATA(piece), VARSIZE(piece) - VARHDRSZ);
		pfree(piece);
	}
	return value;
}
