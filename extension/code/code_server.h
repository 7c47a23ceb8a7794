/*
 * code_server.h
 *	  The code types as the server sees them: Datum macros, input with errors, output. Codes travel as
 *	  int8, by value. Include base/compat.h first.
 */
#ifndef INNOCITY_CODE_SERVER_H
#define INNOCITY_CODE_SERVER_H

#include "nodes/nodes.h"

#include "code/code.h"

#define DatumGetCode(X)			DatumGetInt64(X)
#define CodeGetDatum(X)			Int64GetDatum(X)
#define PG_GETARG_CODE(n)		PG_GETARG_INT64(n)
#define PG_RETURN_CODE(x)		PG_RETURN_INT64(x)

/* Name of the SQL type, for messages. */
extern const char *code_type_name(CodeKind kind);

/*
 * Text to code; raises 22P02 with detail and hint, or reports it to escontext (16 and later) and returns
 * false.
 */
extern bool code_input(CodeKind kind, const char *str, size_t len, int64_t *code, Node *escontext);

/* Code to a palloc'd text. */
extern char *code_output(CodeKind kind, int64_t code);

#endif							/* INNOCITY_CODE_SERVER_H */
