/*
 * recode_regions_fn.c
 *	  recode_regions(): regions that were renumbered, merged or split.
 *
 * The old and new codes are pairs. A region takes the pair of its nearest listed ancestor or itself; below the listed code the rest of the
 * number stays (42110 becomes 51110 by 42 -> 51). One old code with several new ones is a split: by the shares given, each old
 * code's normalised to 1, else equal; what is split is rounded part by part, the rest of the rounding goes to the largest part,
 * exactly. Regions without a pair stay.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "matrix/matrix_builder.h"
#include "matrix/matrix_split.h"

typedef struct Recoding
{
	int64		old_code;
	int64		new_code;
	double		share;
} Recoding;

#define ST_SORT sort_recodings
#define ST_ELEMENT_TYPE Recoding
#define ST_COMPARE(a, b) \
	((a)->old_code != (b)->old_code ? ((a)->old_code < (b)->old_code ? -1 : 1) : \
	 (a)->new_code < (b)->new_code ? -1 : (a)->new_code > (b)->new_code)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_targets
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b))
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static void
refuse_arrays(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the arrays of codes must be pairs"),
			 errdetail("%s", detail),
			 errhint("Give one-dimensional arrays of equal length without nulls.")));
}

static Datum *
array_elements(ArrayType *array, Oid type, int *n)
{
	Datum	   *element;
	bool	   *null;

	if (ARR_NDIM(array) > 1)
		refuse_arrays("An array has more than one dimension.");
	deconstruct_array(array, type, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &element, &null, n);
	for (int i = 0; i < *n; i++)
		if (null[i])
			refuse_arrays("An array has a null.");
	return element;
}

/* The pairs, sorted by old and new code. */
static Recoding *
read_recodings(FunctionCallInfo fcinfo, int *n)
{
	ArrayType  *old_array = PG_GETARG_ARRAYTYPE_P(1);
	ArrayType  *new_array = PG_GETARG_ARRAYTYPE_P(2);
	int			nold,
				nnew,
				nshare;
	Datum	   *old_code = array_elements(old_array, ARR_ELEMTYPE(old_array), &nold);
	Datum	   *new_code = array_elements(new_array, ARR_ELEMTYPE(new_array), &nnew);
	Datum	   *share = NULL;
	Recoding   *recoding = palloc_extended(((Size) nold + 1) * sizeof(Recoding), MCXT_ALLOC_HUGE);

	if (nold != nnew)
		refuse_arrays(psprintf("There are %d old and %d new codes.", nold, nnew));
	if (!PG_ARGISNULL(3))
	{
		share = array_elements(PG_GETARG_ARRAYTYPE_P(3), FLOAT8OID, &nshare);
		if (nshare != nold)
			refuse_arrays(psprintf("There are %d old codes and %d shares.", nold, nshare));
	}
	for (int i = 0; i < nold; i++)
	{
		recoding[i] = (Recoding) {DatumGetCode(old_code[i]), DatumGetCode(new_code[i]), share ? DatumGetFloat8(share[i]) : 1};
		if (!(recoding[i].share > 0) || isinf(recoding[i].share))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("shares must be positive and finite, not %g", recoding[i].share),
					 errhint("A share is the part of the old region that goes to the new one; leave out what goes nowhere.")));
	}
	sort_recodings(recoding, nold);
	for (int i = 1; i < nold; i++)
		if (recoding[i].old_code == recoding[i - 1].old_code && recoding[i].new_code == recoding[i - 1].new_code)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the pair %s is given twice",
							psprintf("(%s, %s)", code_output(CODE_REGION, recoding[i].old_code),
									 code_output(CODE_REGION, recoding[i].new_code))),
					 errhint("Add their shares up to one.")));
	*n = nold;
	return recoding;
}

/*
 * The code below new_code that code is below old_code. In one scheme digits are left-aligned: the tail can be moved. Across schemes or their
 * editions it cannot, though the result may be a code: 46170 lies below 46, but kostat:36170 is another place than kostat:36040.
 */
static int64
move_below(int64 code, int64 old_code, int64 new_code)
{
	int64		moved = new_code + (code - old_code);

	if (code == old_code)
		return new_code;
	if (strcmp(code_scheme(CODE_REGION, old_code), code_scheme(CODE_REGION, new_code)) != 0 ||
		code_level(CODE_REGION, old_code) != code_level(CODE_REGION, new_code) || !code_is_valid(CODE_REGION, moved) ||
		!code_contains(CODE_REGION, new_code, moved) || code_level(CODE_REGION, moved) != code_level(CODE_REGION, code))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("region %s has no counterpart below %s", code_output(CODE_REGION, code), code_output(CODE_REGION, new_code)),
				 errdetail("It is recoded because it lies below %s.", code_output(CODE_REGION, old_code)),
				 errhint("List the code itself, with its new code.")));
	return moved;
}

/* Two regions of a ratio that become one have no common value. */
static void
refuse_merged(const int64 *target, int n)
{
	int64	   *sorted = palloc(((Size) n + 1) * sizeof(int64));

	memcpy(sorted, target, n * sizeof(int64));
	sort_targets(sorted, n);
	for (int i = 1; i < n; i++)
		if (sorted[i] == sorted[i - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cannot merge regions of a ratio"),
					 errdetail("More than one region would become %s.", code_output(CODE_REGION, sorted[i])),
					 errhint("Recode the quantities, then compute the ratio anew.")));
	pfree(sorted);
}

/* The first pair of the nearest listed ancestor or the code itself, and how many pairs it has; 0 if none. */
static int
find_pairs(const Recoding *recoding, const int64 *old_codes, int n, int64 code, int *first)
{
	int			at = code_position_or_ancestor(CODE_REGION, old_codes, n, code);
	int			count = 0;

	if (at < 0)
		return 0;
	/* code_position() finds the first of equal ones. */
	while (at + count < n && old_codes[at + count] == old_codes[at])
		count++;
	*first = at;
	return count;
}

PG_FUNCTION_INFO_V1(innocity_recode_regions);
Datum
innocity_recode_regions(PG_FUNCTION_ARGS)
{
	MatrixData	data;
	const MatrixView *view = &data.view;
	Recoding   *recoding;
	int64	   *old_codes;
	int64	   *ratio_row;
	int			n;
	MatrixBuilder builder;
	int64		next_rest = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	matrix_data_open(PG_GETARG_DATUM(0), MATRIX_ACTIVITY, &data);
	recoding = read_recodings(fcinfo, &n);
	old_codes = palloc(((Size) n + 1) * sizeof(int64));
	for (int k = 0; k < n; k++)
		old_codes[k] = recoding[k].old_code;

	ratio_row = palloc(((Size) view->nrows + 1) * sizeof(int64));
	matrix_builder_init(&builder, CurrentMemoryContext, MATRIX_LOG_BULK, MATRIX_ACTIVITY, view->kind);
	for (int i = 0; i < view->nrows; i++)
	{
		int			first;
		int			count = find_pairs(recoding, old_codes, n, view->rows[i], &first);
		int64	   *target = palloc((count + 1) * sizeof(int64));
		double	   *share = palloc((count + 1) * sizeof(double));
		MatrixSplit split;

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < count; k++)
		{
			target[k] = move_below(view->rows[i], recoding[first + k].old_code, recoding[first + k].new_code);
			share[k] = recoding[first + k].share;
		}
		if (count == 0)
		{
			target[0] = view->rows[i];
			share[0] = 1;
			count = 1;
		}
		if (view->kind == MATRIX_RATIO && count > 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cannot split regions of a ratio"),
					 errhint("Recode the quantities, then compute the ratio anew.")));
		matrix_split_init(&split, share, count);
		for (int64 c = view->row_start[i]; c < view->row_start[i + 1]; c++)
		{
			int64		col = view->cols[view->col[c]];
			double		component = view->value[c];

			for (;;)
			{
				double	   *part;
				int			nrest;

				if (count == 1)
					matrix_builder_add(&builder, target[0], col, component);
				else
				{
					nrest = matrix_split(&split, component, &part);
					for (int k = 0; k < count; k++)
						if (k != split.largest)
							matrix_builder_add(&builder, target[k], col, part[k]);
					for (int k = 0; k < nrest; k++)
						matrix_builder_add(&builder, target[split.largest], col, split.rest[k]);
				}
				if (next_rest == data.nrest || data.rest_cell[next_rest] != c)
					break;
				component = data.rest[next_rest++];
			}
		}
		ratio_row[i] = target[0];
		if (view->kind == MATRIX_RATIO)
			matrix_builder_list_row(&builder, target[0]);
		matrix_split_free(&split);
		pfree(target);
		pfree(share);
	}
	if (view->kind == MATRIX_RATIO)
	{
		refuse_merged(ratio_row, view->nrows);
		for (int j = 0; j < view->ncols; j++)
			matrix_builder_list_col(&builder, view->cols[j]);
	}
	PG_RETURN_POINTER(matrix_builder_finish(&builder));
}
