/*
 * compat.h
 *	  What differs between the PostgreSQL versions that innocity supports (15 to 18).
 *
 * The only file that tests PG_VERSION_NUM. Every .c that needs the server includes it first; the
 * algorithms themselves are plain C and include no server header.
 */
#ifndef INNOCITY_COMPAT_H
#define INNOCITY_COMPAT_H

#include "postgres.h"

#include "fmgr.h"

#if PG_VERSION_NUM < 150000
#error "innocity needs PostgreSQL 15 or later"
#endif

/* Sizes are multiplied in 64 bits before they are compared with a limit. */
#if SIZEOF_SIZE_T < 8
#error "innocity needs a 64-bit server"
#endif

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"	/* ErrorSaveContext, new in 16 */
#include "varatt.h"				/* split out of postgres.h in 16 */
#else
/* From 16 on PGDLLEXPORT makes a symbol visible; we build with -fvisibility=hidden on 15 too. */
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))

/* ... and the macro declares the function itself so. */
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(funcname) \
extern PGDLLEXPORT Datum funcname(PG_FUNCTION_ARGS); \
extern PGDLLEXPORT const Pg_finfo_record *CppConcat(pg_finfo_, funcname) (void); \
const Pg_finfo_record * \
CppConcat(pg_finfo_, funcname) (void) \
{ \
	static const Pg_finfo_record my_finfo = {1}; \
	return &my_finfo; \
} \
extern int	no_such_variable

/*
 * 16 brought soft errors (pg_input_is_valid). Before that an input function has nobody to tell but
 * the caller of ereport(ERROR), and fcinfo->context carries no ErrorSaveContext.
 */
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#endif

/* The descent of a btree lost its snapshot in 17 and gained the table in 16; a search to read needs neither. */
#if PG_VERSION_NUM >= 170000
#define btree_search(index, key, leaf) _bt_search(index, NULL, key, leaf, BT_READ)
#elif PG_VERSION_NUM >= 160000
#define btree_search(index, key, leaf) _bt_search(index, NULL, key, leaf, BT_READ, NULL)
#else
#define btree_search(index, key, leaf) _bt_search(index, key, leaf, BT_READ, NULL)
#endif

#if PG_VERSION_NUM >= 180000
#include "utils/skipsupport.h"	/* skip scans of btree, new in 18 */
#define INNOCITY_HAVE_SKIPSUPPORT 1
/* 18 has pg_noreturn, which stands in front */
#define pg_attribute_noreturn() __attribute__((noreturn))
/* 18 tells ANALYZE from VACUUM */
#define analyze_delay_point() vacuum_delay_point(true)
#else
#define INNOCITY_HAVE_SKIPSUPPORT 0
#define analyze_delay_point() vacuum_delay_point()
#endif

#endif							/* INNOCITY_COMPAT_H */
