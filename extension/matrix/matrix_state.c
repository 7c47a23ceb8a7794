/*
 * matrix_state.c
 *	  A matrix while rows arrive; see matrix_state.h.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "matrix/matrix_state.h"

struct MatrixState
{
	ExpandedObjectHeader header;
	MatrixBuilder builder;
	FlatMatrix *flat;			/* made by get_flat_size, until the state changes */
};

static Size state_flat_size(ExpandedObjectHeader *header);
static void state_flatten_into(ExpandedObjectHeader *header, void *result, Size size);

static const ExpandedObjectMethods state_methods = {
	state_flat_size,
	state_flatten_into
};

MatrixState *
matrix_state_create(MemoryContext parent, MatrixType type, MatrixKind kind)
{
	MemoryContext context = AllocSetContextCreate(parent, "innocity matrix", ALLOCSET_SMALL_SIZES);
	MatrixState *state = MemoryContextAllocZero(context, sizeof(MatrixState));

	EOH_init_header(&state->header, &state_methods, context);
	matrix_builder_init(&state->builder, type, kind);
	state->builder.context = context;
	return state;
}

MatrixState *
matrix_state_of_datum(Datum datum, MatrixType type)
{
	MatrixState *state;

	if (!VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
		return NULL;
	state = (MatrixState *) DatumGetEOHP(datum);
	if (state->header.eoh_methods != &state_methods || state->builder.type != type)
		return NULL;
	return state;
}

Datum
matrix_state_datum(MatrixState *state)
{
	return EOHPGetRWDatum(&state->header);
}

MatrixKind
matrix_state_kind(const MatrixState *state)
{
	return state->builder.kind;
}

static void
forget_flat(MatrixState *state)
{
	if (state->flat)
	{
		pfree(state->flat);
		state->flat = NULL;
	}
}

void
matrix_state_add(MatrixState *state, int64 row, int64 col, double value)
{
	forget_flat(state);
	matrix_builder_add(&state->builder, row, col, value);
}

void
matrix_state_add_data(MatrixState *state, const MatrixData *data, double sign)
{
	forget_flat(state);
	matrix_builder_add_data(&state->builder, data, sign);
}

static Size
state_flat_size(ExpandedObjectHeader *header)
{
	MatrixState *state = (MatrixState *) header;

	if (state->flat == NULL)
	{
		MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "innocity matrix flatten", ALLOCSET_DEFAULT_SIZES);
		MemoryContext old = MemoryContextSwitchTo(scratch);
		MatrixData	data;

		matrix_builder_data(&state->builder, &data);
		MemoryContextSwitchTo(state->header.eoh_context);
		state->flat = matrix_data_build(&data);
		MemoryContextSwitchTo(old);
		MemoryContextDelete(scratch);
	}
	return VARSIZE(state->flat);
}

static void
state_flatten_into(ExpandedObjectHeader *header, void *result, Size size)
{
	MatrixState *state = (MatrixState *) header;

	Assert(state->flat && VARSIZE(state->flat) == size);
	memcpy(result, state->flat, size);
	/* The value is handed out once as a rule; do not hold it twice. */
	forget_flat(state);
}
