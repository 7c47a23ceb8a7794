/*
 * matrix_state.c
 *	  A matrix while rows arrive; see matrix_state.h.
 */
#include "base/compat.h"

#include "utils/memutils.h"

#include "base/large_alloc.h"
#include "matrix/matrix_state.h"

/*
 * A hash aggregate asks for the memory of all child contexts at every new group, so one context per group makes that quadratic. All
 * states of an aggregate therefore share one child of its context, and in it the numbers of their codes. Both are found again through
 * this table; an entry goes away when the aggregate's context is reset. The executor adopts a state by looking at the parent of its
 * context only, and never deletes one as long as the transition function returns its argument.
 */
#define SHARED_MAX	8

typedef struct Shared
{
	MemoryContext aggregate;
	MemoryContext context;
	MatrixCodes *codes[MATRIX_TYPES];	/* made when a state of that type is */
} Shared;

static Shared shared_of_aggregates[SHARED_MAX];
static int	shared_next = 0;

static void
forget_shared(void *arg)
{
	for (int i = 0; i < SHARED_MAX; i++)
		if (shared_of_aggregates[i].context == arg)
			memset(&shared_of_aggregates[i], 0, sizeof(Shared));
}

static Shared *
find_shared(MemoryContext aggregate_context)
{
	Shared	   *shared;
	MemoryContextCallback *callback;

	for (int i = 0; i < SHARED_MAX; i++)
		if (shared_of_aggregates[i].aggregate == aggregate_context)
			return &shared_of_aggregates[i];

	/* In the place of the oldest: should that one be asked for again, it gets a second shared context. */
	shared = &shared_of_aggregates[shared_next];
	shared_next = (shared_next + 1) % SHARED_MAX;
	callback = MemoryContextAlloc(aggregate_context, sizeof(MemoryContextCallback));
	memset(shared, 0, sizeof(Shared));
	shared->context = AllocSetContextCreate(aggregate_context, "innocity matrices", ALLOCSET_DEFAULT_SIZES);
	shared->aggregate = aggregate_context;
	callback->func = forget_shared;
	callback->arg = shared->context;
	MemoryContextRegisterResetCallback(aggregate_context, callback);
	return shared;
}

MemoryContext
matrix_state_shared_context(MemoryContext aggregate_context)
{
	return find_shared(aggregate_context)->context;
}

static Size state_flat_size(ExpandedObjectHeader *header);
static void state_flatten_into(ExpandedObjectHeader *header, void *result, Size size);

const ExpandedObjectMethods matrix_state_methods = {
	state_flat_size,
	state_flatten_into
};

static MatrixState *
new_state(MemoryContext context, MatrixCodes *codes, MatrixType type, MatrixKind kind)
{
	MatrixState *state = MemoryContextAllocZero(context, sizeof(MatrixState));

	EOH_init_header(&state->header, &matrix_state_methods, context);
	state->type = type;
	state->kind = kind;
	state->log.codes = codes;
	if (codes == NULL)
		matrix_state_grow(state);
	return state;
}

MatrixState *
matrix_state_create_shared(MemoryContext aggregate_context, MatrixType type, MatrixKind kind)
{
	Shared	   *shared = find_shared(aggregate_context);

	if (kind == MATRIX_QUANTITY && shared->codes[type] == NULL)
		shared->codes[type] = matrix_codes_create(shared->context);
	return new_state(shared->context, kind == MATRIX_QUANTITY ? shared->codes[type] : NULL, type, kind);
}

MatrixState *
matrix_state_create(MatrixType type, MatrixKind kind)
{
	return new_state(AllocSetContextCreate(CurrentMemoryContext, "innocity matrix", ALLOCSET_DEFAULT_SIZES), NULL, type, kind);
}

void
matrix_state_grow(MatrixState *state)
{
	MatrixBuilder *builder;

	if (state->builder)
		return;
	builder = MemoryContextAlloc(state->header.eoh_context, sizeof(MatrixBuilder));
	matrix_builder_init(builder, state->header.eoh_context, MATRIX_LOG_MAX, state->type, state->kind);
	if (state->log.n > 0)
	{
		MatrixTriple *triple = matrix_log_triples(&state->log);

		matrix_builder_add_block(builder, triple, state->log.n);
		pfree(triple);
		matrix_log_free(&state->log);
	}
	state->builder = builder;
}

void
matrix_state_add_data(MatrixState *state, const MatrixData *data, double sign)
{
	const MatrixView *view = &data->view;
	int64		next_rest = 0;

	/* A small quantity is no more than some rows. */
	if (state->builder || state->log.n + view->ncells + data->nrest > MATRIX_LOG_FULL)
	{
		matrix_state_grow(state);
		matrix_builder_add_data(state->builder, data, sign);
		return;
	}
	for (int i = 0; i < view->nrows; i++)
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int64		col = view->cols[view->col[c]];

			matrix_state_add(state, view->rows[i], col, sign * view->value[c]);
			for (; next_rest < data->nrest && data->rest_cell[next_rest] == c; next_rest++)
				matrix_state_add(state, view->rows[i], col, sign * data->rest[next_rest]);
		}
}

/* Changes whenever the contents do. */
static uint64
state_version(const MatrixState *state)
{
	const MatrixBuilder *builder = state->builder;

	return builder ? (builder->drained << 16 | PG_UINT16_MAX) + ((uint64) builder->n << 48)
		: (uint64) state->log.n << 48 | (uint64) state->log.rewritten << 16;
}

static void
forget_pending(MatrixState *state)
{
	MatrixPending *pending = state->pending;

	if (pending == NULL)
		return;
	state->pending = NULL;
	if (pending->flat)
		pfree(pending->flat);
	else
		matrix_flat_plan_free(&pending->plan);
	pfree(pending);
}

/* The flat value, built by way of arrays that are gone afterwards. */
static FlatMatrix *
build_flat(MatrixState *state)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "innocity matrix flatten", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(scratch);
	MatrixData	data;
	FlatMatrix *flat;

	if (state->builder)
		matrix_builder_data(state->builder, &data);
	else
	{
		data.type = state->type;
		data.view.kind = state->kind;
		matrix_log_data(&state->log, &data);
	}
	MemoryContextSwitchTo(old);
	flat = matrix_data_build(&data);
	MemoryContextDelete(scratch);
	return flat;
}

static Size
state_flat_size(ExpandedObjectHeader *header)
{
	MatrixState *state = (MatrixState *) header;
	MemoryContext old;
	MatrixPending made = {0};

	if (state->pending == NULL || state->pending->version != state_version(state))
	{
		forget_pending(state);
		old = MemoryContextSwitchTo(header->eoh_context);
		if (state->builder == NULL || !matrix_builder_plan(state->builder, &made.plan))
			made.flat = build_flat(state);
		/* After the builder's log is empty. */
		made.version = state_version(state);
		state->pending = palloc(sizeof(MatrixPending));
		*state->pending = made;
		MemoryContextSwitchTo(old);
	}
	return state->pending->flat ? VARSIZE(state->pending->flat) : state->pending->plan.size;
}

static void
state_flatten_into(ExpandedObjectHeader *header, void *result, Size size)
{
	MatrixState *state = (MatrixState *) header;
	MatrixPending *pending = state->pending;

	Assert(pending && pending->version == state_version(state));
	Assert(size == (pending->flat ? VARSIZE(pending->flat) : pending->plan.size));
	if (pending->flat)
		memcpy(result, pending->flat, size);
	else
	{
		large_prepare(result, size);
		matrix_cells_flatten(state->builder->cells, &pending->plan, result);
	}
	/* Handed out; a second copy would only take memory. */
	forget_pending(state);
}
