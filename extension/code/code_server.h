/*
 * code_server.h
 *	  The code types as the server sees them: Datum macros. Codes travel as int8, by value.
 */
#ifndef INNOCITY_CODE_SERVER_H
#define INNOCITY_CODE_SERVER_H

#include "code/code.h"

#define DatumGetCode(X)			DatumGetInt64(X)
#define CodeGetDatum(X)			Int64GetDatum(X)
#define PG_GETARG_CODE(n)		PG_GETARG_INT64(n)
#define PG_RETURN_CODE(x)		PG_RETURN_INT64(x)

#endif							/* INNOCITY_CODE_SERVER_H */
