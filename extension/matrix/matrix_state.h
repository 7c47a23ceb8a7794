/*
 * matrix_state.h
 *	  A matrix while rows arrive: an expanded object that is also an ordinary value of its type.
 *
 * The state type of the aggregates is the matrix type itself, so that serial plans, parallel plans and plans that ship states as text
 * all use the same aggregate. The flat form of a state is canonical: it depends on the exact sums alone, whatever the order.
 */
#ifndef INNOCITY_MATRIX_STATE_H
#define INNOCITY_MATRIX_STATE_H

#include "matrix/matrix_data.h"

#include "utils/expandeddatum.h"

typedef struct MatrixState MatrixState;

/* A new empty state whose memory hangs below parent. */
extern MatrixState *matrix_state_create(MemoryContext parent, MatrixType type, MatrixKind kind);

/* The state that the Datum is, if it is one that may be changed in place; else NULL. */
extern MatrixState *matrix_state_of_datum(Datum datum, MatrixType type);

/* The Datum to hand out: a read-write expanded pointer. */
extern Datum matrix_state_datum(MatrixState *state);

extern MatrixKind matrix_state_kind(const MatrixState *state);

/* Adds a finite value of magnitude below MATRIX_VALUE_LIMIT to a cell. */
extern void matrix_state_add(MatrixState *state, int64 row, int64 col, double value);

/* Adds a whole matrix, times sign (1 or -1). */
extern void matrix_state_add_data(MatrixState *state, const MatrixData *data, double sign);

#endif							/* INNOCITY_MATRIX_STATE_H */
