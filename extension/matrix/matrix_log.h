/*
 * matrix_log.h
 *	  The rows of a small matrix, as they came: what an aggregate with many groups keeps for each of them.
 *
 * With many groups a row costs waits for memory, not arithmetic, so an entry is made as short as the row allows: codes are numbers in
 * dictionaries that all groups of an aggregate share, and an entry is 8 bytes while they fit into 16 bits and values are whole numbers
 * of 32 bits, else 16 bytes, for the whole log. A log that is full has its entries of the same cell summed up exactly; if that does
 * not halve it, the matrix is no longer small, and matrix_state.c gives it a store of its own (matrix_builder.h).
 */
#ifndef INNOCITY_MATRIX_LOG_H
#define INNOCITY_MATRIX_LOG_H

#include "matrix/matrix_cells.h"

/* Entries a log begins with, and may reach. */
#define MATRIX_LOG_FIRST	8
#define MATRIX_LOG_FULL		4096

/* A dictionary that also knows the place of each code among its codes in ascending order. */
typedef struct RankedCodes
{
	CodeDict	dict;
	uint32		nranked;		/* codes that the two arrays below are about: all, or they are made anew */
	uint32	   *rank;			/* by id */
	int64	   *sorted;			/* codes by rank */
} RankedCodes;

/* The codes of all groups of an aggregate. */
typedef struct MatrixCodes
{
	MemoryContext context;
	RankedCodes rows;
	RankedCodes cols;
} MatrixCodes;

typedef struct NarrowEntry
{
	uint16		row;			/* ids */
	uint16		col;
	int32		value;
} NarrowEntry;

typedef struct WideEntry
{
	uint32		row;
	uint32		col;
	double		value;
} WideEntry;

typedef struct MatrixLog
{
	uint32		n;
	uint32		size;			/* entries there is room for */
	union
	{
		NarrowEntry *narrow;
		WideEntry  *wide;
	}			entry;
	MatrixCodes *codes;
	uint16		rewritten;		/* how often its entries were summed up: with n, it tells whether anything changed */
	bool		is_wide;
} MatrixLog;

/* New empty dictionaries in the context. */
extern MatrixCodes *matrix_codes_create(MemoryContext context);

/* Makes room for one more entry, summing up or growing; false if the log is full. */
extern bool matrix_log_make_room(MatrixLog *log);

/* Makes the entries wide. */
extern void matrix_log_widen(MatrixLog *log);

/* Adds an entry; false, and nothing is added, if the log is full. */
static inline bool
matrix_log_add(MatrixLog *log, int64 row, int64 col, double value)
{
	MatrixCodes *codes = log->codes;
	uint32		i = code_dict_id(&codes->rows.dict, codes->context, row);
	uint32		j = code_dict_id(&codes->cols.dict, codes->context, col);

	if (unlikely(log->n == log->size) && !matrix_log_make_room(log))
		return false;
	if (likely(!log->is_wide))
	{
		/* The comparison comes first: a conversion out of range has no defined result. */
		int32		whole = value >= PG_INT32_MIN && value <= PG_INT32_MAX ? (int32) value : 0;

		if (likely(whole == value && (i | j) <= PG_UINT16_MAX))
		{
			log->entry.narrow[log->n++] = (NarrowEntry) {i, j, whole};
			return true;
		}
		matrix_log_widen(log);
	}
	log->entry.wide[log->n++] = (WideEntry) {i, j, value};
	return true;
}

/* The entries as triples, for a larger store: n of them in the current context. */
extern MatrixTriple *matrix_log_triples(const MatrixLog *log);

/* The canonical contents as sorted arrays in the current context; data->type and data->view.kind are the caller's. */
extern void matrix_log_data(const MatrixLog *log, MatrixData *data);

/* Gives back the memory of the entries. */
extern void matrix_log_free(MatrixLog *log);

#endif							/* INNOCITY_MATRIX_LOG_H */
