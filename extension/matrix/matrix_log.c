/*
 * matrix_log.c
 *	  The rows of a small matrix, as they came; see matrix_log.h.
 */
#include "base/compat.h"

#include <math.h>

#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "matrix/matrix_log.h"

/* An entry with the ranks of its codes, in the order of cells. */
typedef struct RankedEntry
{
	uint64		key;			/* row rank << 32 | column rank */
	double		value;
} RankedEntry;

#define ST_SORT sort_entries
#define ST_ELEMENT_TYPE RankedEntry
#define ST_COMPARE(a, b) ((a)->key < (b)->key ? -1 : (a)->key > (b)->key)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static int
compare_codes(const void *a, const void *b)
{
	int64		x = *(const int64 *) a;
	int64		y = *(const int64 *) b;

	return (x > y) - (x < y);
}

static void
ranked_codes_init(RankedCodes *codes, MemoryContext context)
{
	code_dict_init(&codes->dict, context);
	codes->nranked = 0;
	codes->rank = NULL;
	codes->sorted = NULL;
}

MatrixCodes *
matrix_codes_create(MemoryContext context)
{
	MatrixCodes *codes = MemoryContextAlloc(context, sizeof(MatrixCodes));

	codes->context = context;
	ranked_codes_init(&codes->rows, context);
	ranked_codes_init(&codes->cols, context);
	return codes;
}

/* Sees to the ranks of all codes there are. */
static void
rank_codes(RankedCodes *codes, MemoryContext context)
{
	CodeDict   *dict = &codes->dict;

	if (codes->nranked == dict->n)
		return;
	codes->nranked = 0;
	if (codes->rank)
	{
		pfree(codes->rank);
		pfree(codes->sorted);
		codes->rank = NULL;
	}
	codes->sorted = MemoryContextAllocHuge(context, dict->n * sizeof(int64));
	codes->rank = MemoryContextAllocHuge(context, dict->n * sizeof(uint32));
	memcpy(codes->sorted, dict->code, dict->n * sizeof(int64));
	qsort(codes->sorted, dict->n, sizeof(int64), compare_codes);
	for (uint32 at = 0; at < dict->n; at++)
		codes->rank[code_dict_id(dict, context, codes->sorted[at])] = at;
	codes->nranked = dict->n;
}

static void
set_size(MatrixLog *log, uint32 size)
{
	Size		bytes = size * (log->is_wide ? sizeof(WideEntry) : sizeof(NarrowEntry));

	log->entry.narrow = log->entry.narrow ? repalloc(log->entry.narrow, bytes) : MemoryContextAlloc(log->codes->context, bytes);
	log->size = size;
}

void
matrix_log_widen(MatrixLog *log)
{
	NarrowEntry *narrow = log->entry.narrow;
	WideEntry  *wide = MemoryContextAlloc(log->codes->context, log->size * sizeof(WideEntry));

	for (uint32 k = 0; k < log->n; k++)
		wide[k] = (WideEntry) {narrow[k].row, narrow[k].col, narrow[k].value};
	pfree(narrow);
	log->entry.wide = wide;
	log->is_wide = true;
}

void
matrix_log_free(MatrixLog *log)
{
	if (log->entry.narrow)
		pfree(log->entry.narrow);
	log->entry.narrow = NULL;
	log->n = log->size = 0;
}

MatrixTriple *
matrix_log_triples(const MatrixLog *log)
{
	MatrixTriple *triple = palloc((log->n + 1) * sizeof(MatrixTriple));
	const int64 *rows = log->codes->rows.dict.code;
	const int64 *cols = log->codes->cols.dict.code;

	for (uint32 k = 0; k < log->n; k++)
	{
		if (log->is_wide)
			triple[k] = (MatrixTriple) {rows[log->entry.wide[k].row], cols[log->entry.wide[k].col], log->entry.wide[k].value};
		else
			triple[k] = (MatrixTriple) {rows[log->entry.narrow[k].row], cols[log->entry.narrow[k].col], log->entry.narrow[k].value};
	}
	return triple;
}

/* The entries in the order of cells, in the current context. */
static RankedEntry *
sorted_entries(const MatrixLog *log)
{
	RankedEntry *entry = palloc((log->n + 1) * sizeof(RankedEntry));
	const uint32 *row_rank;
	const uint32 *col_rank;

	rank_codes(&log->codes->rows, log->codes->context);
	rank_codes(&log->codes->cols, log->codes->context);
	row_rank = log->codes->rows.rank;
	col_rank = log->codes->cols.rank;
	for (uint32 k = 0; k < log->n; k++)
	{
		if (log->is_wide)
		{
			const WideEntry *own = &log->entry.wide[k];

			entry[k] = (RankedEntry) {(uint64) row_rank[own->row] << 32 | col_rank[own->col], own->value};
		}
		else
		{
			const NarrowEntry *own = &log->entry.narrow[k];

			entry[k] = (RankedEntry) {(uint64) row_rank[own->row] << 32 | col_rank[own->col], own->value};
		}
	}
	sort_entries(entry, log->n);
	return entry;
}

/* The canonical expansion of the sum of n entries into component[EXACT_SUM_CANONICAL]; how many parts it has, 0 for zero. */
static int
sum_entries(const RankedEntry *entry, uint32 n, double *component)
{
	double		sum = entry[0].value;
	double		error = 0;

	for (uint32 k = 1; k < n && error == 0; k++)
		sum = two_sum(sum, entry[k].value, &error);
	if (error != 0)
	{
		ExactSum	exact;

		exact_sum_init(&exact);
		for (uint32 k = 0; k < n; k++)
			exact_sum_add(&exact, entry[k].value);
		return exact_sum_canonical(&exact, component);
	}
	component[0] = sum;
	return sum != 0;
}

/* Entries of the same cell, from entry[k] on. */
static uint32
run_length(const RankedEntry *entry, uint32 k, uint32 n)
{
	uint32		end = k + 1;

	while (end < n && entry[end].key == entry[k].key)
		end++;
	return end - k;
}

/* Sums up the entries of the same cell, if that halves the log. */
static bool
sum_up(MatrixLog *log)
{
	RankedEntry *entry = sorted_entries(log);
	const int64 *rows = log->codes->rows.sorted;
	const int64 *cols = log->codes->cols.sorted;
	MatrixLog	shorter = {.codes = log->codes,.rewritten = log->rewritten + 1};
	uint32		cells = 0;
	bool		halved;

	for (uint32 k = 0; k < log->n; k += run_length(entry, k, log->n))
		cells++;
	halved = cells <= log->n / 4;
	for (uint32 k = 0; halved && k < log->n;)
	{
		double		component[EXACT_SUM_CANONICAL];
		uint32		run = run_length(entry, k, log->n);
		int			parts = sum_entries(entry + k, run, component);

		for (int part = 0; halved && part < parts; part++)
			halved = shorter.n < log->n / 2 &&
				matrix_log_add(&shorter, rows[entry[k].key >> 32], cols[(uint32) entry[k].key], component[part]);
		k += run;
	}
	pfree(entry);
	if (!halved)
	{
		matrix_log_free(&shorter);
		return false;
	}
	matrix_log_free(log);
	*log = shorter;
	return true;
}

bool
matrix_log_make_room(MatrixLog *log)
{
	if (log->size < MATRIX_LOG_FULL)
	{
		set_size(log, log->size == 0 ? MATRIX_LOG_FIRST : log->size * 2);
		return true;
	}
	if (!sum_up(log))
		return false;
	if (log->n == log->size)
		set_size(log, log->size == 0 ? MATRIX_LOG_FIRST : log->size * 2);
	return true;
}

/* Remainders as they grow. */
static void
put_rest(MatrixData *data, int64 *size, const double *component, int n)
{
	uint32	   *rest_cell = (uint32 *) data->rest_cell;
	double	   *rest = (double *) data->rest;

	if (data->nrest + n > *size)
	{
		*size = (data->nrest + n) * 2;
		rest_cell = rest_cell ? repalloc(rest_cell, *size * sizeof(uint32)) : palloc(*size * sizeof(uint32));
		rest = rest ? repalloc(rest, *size * sizeof(double)) : palloc(*size * sizeof(double));
	}
	for (int i = 0; i < n; i++)
	{
		rest_cell[data->nrest] = (uint32) data->view.ncells;
		rest[data->nrest++] = component[i];
	}
	data->rest_cell = rest_cell;
	data->rest = rest;
}

void
matrix_log_data(const MatrixLog *log, MatrixData *data)
{
	MatrixView *view = &data->view;
	RankedEntry *entry = sorted_entries(log);
	const RankedCodes *cols = &log->codes->cols;
	uint32		nwords = cols->dict.n / 64 + 1;
	uint64	   *listed = palloc0(nwords * sizeof(uint64));	/* columns that have a cell, by rank */
	uint32	   *before = palloc(nwords * sizeof(uint32));	/* how many of them are in the words before */
	int64	   *row_code = palloc((log->n + 1) * sizeof(int64));
	int64	   *row_start = palloc((log->n + 1) * sizeof(int64));
	int32	   *col = palloc((log->n + 1) * sizeof(int32));
	double	   *value = palloc((log->n + 1) * sizeof(double));
	int64	   *col_code;
	int64		rest_size = 0;
	uint32		last_row = 0;

	data->nrest = 0;
	data->rest_cell = NULL;
	data->rest = NULL;
	view->nrows = view->ncols = 0;
	view->ncells = 0;
	for (uint32 k = 0; k < log->n;)
	{
		double		component[EXACT_SUM_CANONICAL];
		uint32		run = run_length(entry, k, log->n);
		int			parts = sum_entries(entry + k, run, component);
		uint32		row = entry[k].key >> 32;
		uint32		rank = (uint32) entry[k].key;

		k += run;
		if (parts == 0)
			continue;
		if (view->nrows == 0 || row != last_row)
		{
			row_start[view->nrows] = view->ncells;
			row_code[view->nrows++] = log->codes->rows.sorted[row];
			last_row = row;
		}
		listed[rank / 64] |= UINT64CONST(1) << rank % 64;
		if (parts > 1)
			put_rest(data, &rest_size, component + 1, parts - 1);
		col[view->ncells] = rank;
		value[view->ncells++] = component[0];
	}
	row_start[view->nrows] = view->ncells;

	for (uint32 w = 0; w < nwords; w++)
	{
		before[w] = view->ncols;
		view->ncols += pg_popcount64(listed[w]);
	}
	col_code = palloc((view->ncols + 1) * sizeof(int64));
	for (int64 c = 0; c < view->ncells; c++)
	{
		uint32		rank = col[c];
		uint64		below = listed[rank / 64] & ((UINT64CONST(1) << rank % 64) - 1);

		col[c] = before[rank / 64] + pg_popcount64(below);
		col_code[col[c]] = cols->sorted[rank];
	}
	view->rows = row_code;
	view->cols = col_code;
	view->row_start = row_start;
	view->col = col;
	view->value = value;
	pfree(entry);
	pfree(listed);
	pfree(before);
}
