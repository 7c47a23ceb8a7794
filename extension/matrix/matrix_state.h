/*
 * matrix_state.h
 *	  A matrix while rows arrive: an expanded object that is also an ordinary value of its type.
 *
 * It begins as a log of rows (matrix_log.h), short enough for tens of thousands of groups, and becomes a store of sums
 * (matrix_builder.h) when that is no longer the smaller one. Outside an aggregate and for ratios it is a store from the start.
 *
 * The state type of the aggregates is the matrix type itself, so that serial plans, parallel plans and plans that ship states as text
 * all use the same aggregate. A row is added in place; the flat form is made when the value leaves the aggregate, and is canonical:
 * it depends on the exact sums alone, whatever the order of rows, workers or deltas.
 */
#ifndef INNOCITY_MATRIX_STATE_H
#define INNOCITY_MATRIX_STATE_H

#include "matrix/matrix_builder.h"
#include "matrix/matrix_log.h"

#include "utils/expandeddatum.h"

/* Made by the flat-size call for the flatten call that follows; good while nothing has changed. */
typedef struct MatrixPending
{
	uint64		version;
	FlatMatrix *flat;			/* NULL: to be written by the plan, out of the builder */
	MatrixFlatPlan plan;
} MatrixPending;

/* With many groups each line of memory is a wait: what a row touches stands together, and the whole takes 128 bytes. */
typedef struct MatrixState
{
	ExpandedObjectHeader header;
	MatrixLog	log;
	MatrixBuilder *builder;		/* NULL while the log holds everything */
	MatrixType	type;
	MatrixKind	kind;
	MatrixPending *pending;		/* NULL: nothing */
} MatrixState;

StaticAssertDecl(sizeof(MatrixState) <= 128, "a small state is larger than meant");

extern const ExpandedObjectMethods matrix_state_methods;

/* The context for expanded states of an aggregate's groups: one below its own for all of them. */
extern MemoryContext matrix_state_shared_context(MemoryContext aggregate_context);

/* A new empty state of an aggregate with that memory context. */
extern MatrixState *matrix_state_create_shared(MemoryContext aggregate_context, MatrixType type, MatrixKind kind);

/* A new empty state with a context of its own, which is a child of the current one. */
extern MatrixState *matrix_state_create(MatrixType type, MatrixKind kind);

/* Gives the state a store of sums, if it has none. */
extern void matrix_state_grow(MatrixState *state);

/* Adds a whole matrix times sign (1 or -1). */
extern void matrix_state_add_data(MatrixState *state, const MatrixData *data, double sign);

static inline void
matrix_state_add(MatrixState *state, int64 row, int64 col, double value)
{
	if (likely(state->builder == NULL))
	{
		if (likely(matrix_log_add(&state->log, row, col, value)))
			return;
		matrix_state_grow(state);
	}
	matrix_builder_add(state->builder, row, col, value);
}

/* The state that the Datum is, if it is one that may be changed in place; else NULL. */
static inline MatrixState *
matrix_state_of_datum(Datum datum, MatrixType type)
{
	varatt_expanded pointer;
	MatrixState *state;

	if (!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return NULL;
	/* As DatumGetEOHP() does, but without a call for each row. */
	memcpy(&pointer, VARDATA_EXTERNAL(DatumGetPointer(datum)), sizeof(pointer));
	state = (MatrixState *) pointer.eohptr;
	if (state->header.eoh_methods != &matrix_state_methods || state->type != type)
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
