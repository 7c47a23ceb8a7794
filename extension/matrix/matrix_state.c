/*
 * matrix_state.c
 *	  A matrix while rows arrive; see matrix_state.h.
 */
#include "base/compat.h"

#include "utils/memutils.h"

#include "matrix/matrix_state.h"

/*
 * A hash aggregate asks for the memory of all child contexts at every new group, so one context per group makes that quadratic. All
 * states of an aggregate therefore share one child of its context. It is found again through this table; an entry goes away
 * when the aggregate's context is reset. The executor adopts a state by looking at the parent of its context only, and never
 * deletes one as long as the transition function returns its argument.
 */
#define SHARED_MAX	8

typedef struct SharedContext
{
	MemoryContext aggregate;
	MemoryContext shared;
} SharedContext;

static SharedContext shared_contexts[SHARED_MAX];
static int	shared_next = 0;

static void
forget_shared(void *arg)
{
	for (int i = 0; i < SHARED_MAX; i++)
		if (shared_contexts[i].shared == arg)
			shared_contexts[i] = (SharedContext) {NULL, NULL};
}

MemoryContext
matrix_state_shared_context(MemoryContext aggregate_context)
{
	SharedContext *entry;
	MemoryContextCallback *callback;

	for (int i = 0; i < SHARED_MAX; i++)
		if (shared_contexts[i].aggregate == aggregate_context)
			return shared_contexts[i].shared;

	/* In the place of the oldest: should that one be asked for again, it gets a second shared context. */
	entry = &shared_contexts[shared_next];
	shared_next = (shared_next + 1) % SHARED_MAX;
	callback = MemoryContextAlloc(aggregate_context, sizeof(MemoryContextCallback));
	entry->aggregate = NULL;
	entry->shared = AllocSetContextCreate(aggregate_context, "innocity matrices", ALLOCSET_DEFAULT_SIZES);
	entry->aggregate = aggregate_context;
	callback->func = forget_shared;
	callback->arg = entry->shared;
	MemoryContextRegisterResetCallback(aggregate_context, callback);
	return entry->shared;
}

static Size state_flat_size(ExpandedObjectHeader *header);
static void state_flatten_into(ExpandedObjectHeader *header, void *result, Size size);

const ExpandedObjectMethods matrix_state_methods = {
	state_flat_size,
	state_flatten_into
};

MatrixState *
matrix_state_create(MemoryContext context, MatrixType type, MatrixKind kind)
{
	MatrixState *state = MemoryContextAllocZero(context, sizeof(MatrixState));

	EOH_init_header(&state->header, &matrix_state_methods, context);
	matrix_builder_init(&state->builder, context, MATRIX_LOG_MAX, type, kind);
	return state;
}

static Size
state_flat_size(ExpandedObjectHeader *header)
{
	MatrixState *state = (MatrixState *) header;
	MatrixBuilder *builder = &state->builder;
	MemoryContext scratch;
	MemoryContext old;
	MatrixData	data;

	if (state->flat && state->flat_drained == builder->drained && state->flat_n == builder->n)
		return VARSIZE(state->flat);
	if (state->flat)
		pfree(state->flat);
	state->flat = NULL;

	scratch = AllocSetContextCreate(CurrentMemoryContext, "innocity matrix flatten", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(scratch);
	matrix_builder_data(builder, &data);
	MemoryContextSwitchTo(header->eoh_context);
	state->flat = matrix_data_build(&data);
	state->flat_drained = builder->drained;
	state->flat_n = builder->n;
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	return VARSIZE(state->flat);
}

static void
state_flatten_into(ExpandedObjectHeader *header, void *result, Size size)
{
	MatrixState *state = (MatrixState *) header;

	Assert(state->flat && VARSIZE(state->flat) == size);
	memcpy(result, state->flat, size);
	/* Handed out; a second copy would only take memory. */
	pfree(state->flat);
	state->flat = NULL;
}
