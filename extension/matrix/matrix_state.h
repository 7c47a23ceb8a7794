/*
 * matrix_state.h
 *	  A matrix while rows arrive: an expanded object that is also an ordinary value of its type.
 *
 * The state type of the aggregates is the matrix type itself, so that serial plans, parallel plans and plans that ship states as text
 * all use the same aggregate. A row is added in place; the flat form is made when the value leaves the aggregate, and is canonical:
 * it depends on the exact sums alone, whatever the order of rows, workers or deltas.
 */
#ifndef INNOCITY_MATRIX_STATE_H
#define INNOCITY_MATRIX_STATE_H

#include "matrix/matrix_builder.h"

#include "utils/expandeddatum.h"

typedef struct MatrixState
{
	ExpandedObjectHeader header;
	MatrixBuilder builder;
	/* Made by the flat-size call for the flatten call that follows; good while the builder has not changed. */
	FlatMatrix *flat;
	uint64		flat_drained;
	int			flat_n;
} MatrixState;

extern const ExpandedObjectMethods matrix_state_methods;

/* A new empty state in the context, which others may share. */
extern MatrixState *matrix_state_create(MemoryContext context, MatrixType type, MatrixKind kind);

/* The context for states of an aggregate's groups: one below its own context for all of them. */
extern MemoryContext matrix_state_shared_context(MemoryContext aggregate_context);

/* The state that the Datum is, if it is one that may be changed in place; else NULL. */
static inline MatrixState *
matrix_state_of_datum(Datum datum, MatrixType type)
{
	MatrixState *state;

	if (!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return NULL;
	state = (MatrixState *) DatumGetEOHP(datum);
	if (state->header.eoh_methods != &matrix_state_methods || state->builder.type != type)
		return NULL;
	return state;
}

/* The Datum to hand out: a read-write expanded pointer. */
static inline Datum
matrix_state_datum(MatrixState *state)
{
	return EOHPGetRWDatum(&state->header);
}

#endif							/* INNOCITY_MATRIX_STATE_H */
