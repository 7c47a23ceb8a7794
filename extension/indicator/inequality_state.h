/*
 * inequality_state.h
 *	  States of the inequality aggregates as values, and what their SQL faces share.
 *
 * The types inequality_sums and inequality_pairs are plain ones, so that partial results can leave the server as text or bytes (which is what
 * Citus pushes down); both are changed in place while rows arrive, in the aggregate's context. The aggregates of version 1.0 call the
 * same functions with the state internal, a pointer to the same.
 */
#ifndef INNOCITY_INEQUALITY_STATE_H
#define INNOCITY_INEQUALITY_STATE_H

#include "base/compat.h"

#include "utils/expandeddatum.h"

#include "indicator/inequality.h"

/* A value with its weight, or an amount with its reference. */
typedef struct InequalityPair
{
	double		x;
	double		y;
} InequalityPair;

/* All rows of an aggregate that needs them, as they are stored. */
typedef struct FlatPairs
{
	int32		length;			/* varlena header; the rest is pairs */
	int32		unused;
	InequalityPair pair[FLEXIBLE_ARRAY_MEMBER];
} FlatPairs;

/* The same while rows arrive: an expanded object, whose array grows without being copied from value to value. */
typedef struct InequalityPairs
{
	ExpandedObjectHeader header;
	int64		n;
	int64		room;
	InequalityPair *pair;
} InequalityPairs;

/* The aggregate's context; an error outside of one. */
extern MemoryContext inequality_context(FunctionCallInfo fcinfo);

/*
 * Where new sums are made. The executor copies a new value of a plain type into the aggregate's context, and frees the old one; a state
 * of type internal must be there already.
 */
extern MemoryContext inequality_state_context(FunctionCallInfo fcinfo);

/* Frees what larger sums of type internal replace. */
extern void inequality_state_replaced(FunctionCallInfo fcinfo, void *state);

/* An argument that must be finite and not negative, and at most 2^480. */
extern double inequality_amount(FunctionCallInfo fcinfo, int number, const char *what);

extern InequalitySums *inequality_sums_make(MemoryContext context, int room);

/* The pairs of a value in either form. */
extern const InequalityPair *inequality_pairs_view(Datum value, int64 *n);

/* The state that argument 0 is, or a new one with its pairs in the aggregate's context. */
extern InequalityPairs *inequality_pairs_state(FunctionCallInfo fcinfo);

/* Makes room for more pairs. */
extern void inequality_pairs_reserve(InequalityPairs *state, int64 more);

#endif							/* INNOCITY_INEQUALITY_STATE_H */
