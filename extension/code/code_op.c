/*
 * code_op.c
 *	  Comparison, containment, and the support functions of the operator classes.
 *
 * The order of codes is the order of integers, for both types alike: one set of C functions. Containment
 * depends on the kind. Hash values are on users' disks (hash indexes, hash partitions): never change them.
 */
#include "base/compat.h"

#include "utils/sortsupport.h"

#include "code/code_server.h"

/* The one comparison that every operator is built on. */
static inline int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

#define CODE_COMPARE(name, operator) \
	PG_FUNCTION_INFO_V1(innocity_code_##name); \
	Datum innocity_code_##name(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(compare(PG_GETARG_CODE(0), PG_GETARG_CODE(1)) operator 0); }

CODE_COMPARE(eq, ==)
CODE_COMPARE(ne, !=)
CODE_COMPARE(lt, <)
CODE_COMPARE(le, <=)
CODE_COMPARE(gt, >)
CODE_COMPARE(ge, >=)

PG_FUNCTION_INFO_V1(innocity_code_cmp);
Datum
innocity_code_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(PG_GETARG_CODE(0), PG_GETARG_CODE(1)));
}

PG_FUNCTION_INFO_V1(innocity_code_smaller);
Datum
innocity_code_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(Min(PG_GETARG_CODE(0), PG_GETARG_CODE(1)));
}

PG_FUNCTION_INFO_V1(innocity_code_larger);
Datum
innocity_code_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_CODE(Max(PG_GETARG_CODE(0), PG_GETARG_CODE(1)));
}

/* The comparator the server has a sort specialised for; right for codes, whose top bit is clear. */
PG_FUNCTION_INFO_V1(innocity_code_sortsupport);
Datum
innocity_code_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

#if SIZEOF_DATUM >= 8
	ssup->comparator = ssup_datum_signed_cmp;
#else
	PrepareSortSupportComparisonShim(fcinfo->flinfo->fn_oid, ssup);
#endif
	PG_RETURN_VOID();
}

/* The finaliser of splitmix64 (public domain, Steele, Lea and Flood 2014): every input bit reaches every output bit. */
static inline uint64
hash_code(uint64 x)
{
	x = (x ^ (x >> 30)) * UINT64CONST(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64CONST(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

PG_FUNCTION_INFO_V1(innocity_code_hash);
Datum
innocity_code_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) (uint32) hash_code((uint64) PG_GETARG_CODE(0)));
}

PG_FUNCTION_INFO_V1(innocity_code_hash_extended);
Datum
innocity_code_hash_extended(PG_FUNCTION_ARGS)
{
	uint64		hash = hash_code((uint64) PG_GETARG_CODE(0));
	uint64		seed = (uint64) PG_GETARG_INT64(1);

	/* With seed 0 the low half must be the plain hash. */
	if (seed != 0)
		hash = hash_code(hash ^ seed);
	PG_RETURN_INT64((int64) hash);
}

/* Distance of two codes for BRIN minmax_multi, which merges what is close: any monotone measure does. */
PG_FUNCTION_INFO_V1(innocity_code_distance);
Datum
innocity_code_distance(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8((double) PG_GETARG_CODE(1) - (double) PG_GETARG_CODE(0));
}

#if INNOCITY_HAVE_SKIPSUPPORT
/* Skip scans step through codes as through integers; a value between two codes is no code, but compares. */
static Datum
code_decrement(Relation rel, Datum existing, bool *underflow)
{
	*underflow = DatumGetCode(existing) == 0;
	return *underflow ? (Datum) 0 : CodeGetDatum(DatumGetCode(existing) - 1);
}

static Datum
code_increment(Relation rel, Datum existing, bool *overflow)
{
	*overflow = DatumGetCode(existing) == PG_INT64_MAX;
	return *overflow ? (Datum) 0 : CodeGetDatum(DatumGetCode(existing) + 1);
}

PG_FUNCTION_INFO_V1(innocity_code_skipsupport);
Datum
innocity_code_skipsupport(PG_FUNCTION_ARGS)
{
	SkipSupport sksup = (SkipSupport) PG_GETARG_POINTER(0);

	sksup->decrement = code_decrement;
	sksup->increment = code_increment;
	sksup->low_elem = CodeGetDatum(0);
	sksup->high_elem = CodeGetDatum(PG_INT64_MAX);
	PG_RETURN_VOID();
}
#endif

/*
 * Containment is asked of row after row with the same ancestor: its subtree end is kept with the call. A query
 * whose ancestor changes pays a comparison more.
 */
typedef struct Subtree
{
	int64_t		first;
	int64_t		last;
} Subtree;

static inline bool
contains(CodeKind kind, FunctionCallInfo fcinfo, int64_t ancestor, int64_t member)
{
	Subtree    *subtree;

	if (member < ancestor)
		return false;
	if (unlikely(fcinfo->flinfo == NULL))	/* called directly */
		return code_contains(kind, ancestor, member);
	subtree = fcinfo->flinfo->fn_extra;
	if (unlikely(subtree == NULL))
	{
		subtree = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(Subtree));
		subtree->first = CODE_NONE;
		fcinfo->flinfo->fn_extra = subtree;
	}
	if (unlikely(subtree->first != ancestor))
	{
		subtree->first = ancestor;
		subtree->last = code_subtree_end(kind, ancestor);
	}
	return member <= subtree->last;
}

#define CODE_CONTAINMENT(type, kind) \
	PG_FUNCTION_INFO_V1(innocity_code_contains_##type); \
	PG_FUNCTION_INFO_V1(innocity_code_contained_##type); \
	Datum innocity_code_contains_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(contains(kind, fcinfo, PG_GETARG_CODE(0), PG_GETARG_CODE(1))); } \
	Datum innocity_code_contained_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_BOOL(contains(kind, fcinfo, PG_GETARG_CODE(1), PG_GETARG_CODE(0))); }

CODE_CONTAINMENT(sector_code, CODE_SECTOR)
CODE_CONTAINMENT(region_code, CODE_REGION)
