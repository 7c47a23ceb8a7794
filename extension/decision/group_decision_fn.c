/*
 * group_decision_fn.c
 *	  SQL face of group decisions: judgements and priorities of several experts to one matrix, agreement among experts.
 *
 * Aggregation of judgements and of priorities keep sums as limbs (limb_sum.h): the same experts give the same bytes in any order.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "decision/criteria_args.h"
#include "decision/group_decision.h"
#include "decision/limb_sum.h"
#include "decision/pairwise_fn.h"

/* Weight of an expert: 0, or in this range, so that sums keep 14 digits of the least one. */
#define EXPERT_WEIGHT_MIN 1e-6
#define EXPERT_WEIGHT_MAX 1e6

/* Scales of the sums: powers of two above what a term can be. */
#define WEIGHT_SCALE 0x1p20
#define LOG_SCALE 0x1p26		/* weight times the logarithm of a judgement (below 2^5) or of a priority (above -2^6) */

/* Priorities that differ by less than this are one rank: power iteration stops at 1e-12. */
#define PRIORITY_STEP 1e-10

/* One cell of the group's matrix, or one criterion of its priorities. */
typedef struct GroupCell
{
	LimbSum		weight;
	LimbSum		value;			/* sum of weight times logarithm (or times priority) */
	double		least;
	double		greatest;
} GroupCell;

typedef struct ExpertsState
{
	PairwiseMatrix *first;		/* whose criteria all must have; NULL until a row counts */
	int64		ncells;
	bool		arithmetic;		/* of priorities: arithmetic mean instead of the geometric one */
	GroupCell  *cells;
} ExpertsState;

static void
check_same_criteria(const PairwiseMatrix *first, const PairwiseMatrix *matrix)
{
	int			i = 0;

	if (pairwise_same_criteria(first, matrix))
		return;
	while (i < first->n && i < matrix->n && text_id_cmp(pairwise_id(first, i), pairwise_id(matrix, i)) == 0)
		i++;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("experts judge different criteria"),
			 errdetail("\"%s\" is not known to all.",
					   i == first->n ? text_id_cstring(pairwise_id(matrix, i)) :
					   i == matrix->n ? text_id_cstring(pairwise_id(first, i)) :
					   text_id_cmp(pairwise_id(first, i), pairwise_id(matrix, i)) < 0 ?
					   text_id_cstring(pairwise_id(first, i)) : text_id_cstring(pairwise_id(matrix, i))),
			 errhint("A judgement that an expert does not give is a row with NULL, which makes its criteria known.")));
}

/* The expert's weight in argument 2, 1 without one; 0 leaves the expert out. */
static double
expert_weight(FunctionCallInfo fcinfo)
{
	double		weight = PG_NARGS() > 2 ? PG_GETARG_FLOAT8(2) : 1.0;

	if (weight != 0 && !(weight >= EXPERT_WEIGHT_MIN && weight <= EXPERT_WEIGHT_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight of an expert must be 0 or between %g and %g, not %g",
						EXPERT_WEIGHT_MIN, EXPERT_WEIGHT_MAX, weight),
				 errhint("Weights are relative; they need not add up to 1.")));
	return weight;
}

static ExpertsState *
group_state(FunctionCallInfo fcinfo, PairwiseMatrix *matrix, int64 ncells)
{
	MemoryContext context;
	ExpertsState *state = PG_ARGISNULL(0) ? NULL : (ExpertsState *) PG_GETARG_POINTER(0);

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate transition called in non-aggregate context");
	if (!state)
	{
		state = MemoryContextAllocZero(context, sizeof(ExpertsState));
		state->first = MemoryContextAlloc(context, VARSIZE(matrix));
		memcpy(state->first, matrix, VARSIZE(matrix));
		state->ncells = ncells;
		state->cells = MemoryContextAllocZero(context, sizeof(GroupCell) * Max(ncells, 1));
	}
	check_same_criteria(state->first, matrix);
	return state;
}

/* Argument 1 (and the weight in 2) is NULL: the row does not count. */
static bool
row_is_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2));
}

#define PG_RETURN_STATE(fcinfo) \
	do { if (PG_ARGISNULL(0)) PG_RETURN_NULL(); PG_RETURN_DATUM(PG_GETARG_DATUM(0)); } while (0)

static void
add_to_cell(GroupCell *cell, double weight, double plain, double term)
{
	bool		empty = cell->weight.high == 0 && cell->weight.middle == 0 && cell->weight.low == 0;

	limb_sum_add(&cell->weight, weight / WEIGHT_SCALE);
	limb_sum_add(&cell->value, weight * term / LOG_SCALE);
	if (empty || plain < cell->least)
		cell->least = plain;
	if (empty || plain > cell->greatest)
		cell->greatest = plain;
}

/* Weighted mean of a cell's terms; NAN when it has none. */
static double
cell_mean(const GroupCell *cell)
{
	double		weight = limb_sum_value(&cell->weight) * WEIGHT_SCALE;

	return weight > 0 ? limb_sum_value(&cell->value) * LOG_SCALE / weight : NAN;
}

PG_FUNCTION_INFO_V1(innocity_aggregate_judgements_transition);
Datum
innocity_aggregate_judgements_transition(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix;
	ExpertsState *state;
	double		weight;

	if (row_is_null(fcinfo))
		PG_RETURN_STATE(fcinfo);
	matrix = PG_GETARG_PAIRWISE_MATRIX(1);
	weight = expert_weight(fcinfo);
	if (weight == 0)
		PG_RETURN_STATE(fcinfo);
	state = group_state(fcinfo, matrix, PAIRWISE_PAIRS(matrix->n));
	for (int64 k = 0; k < state->ncells; k++)
		if (matrix->judgement[k] != 0.0)
			add_to_cell(&state->cells[k], weight, matrix->judgement[k], log(matrix->judgement[k]));
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(innocity_aggregate_judgements_final);
Datum
innocity_aggregate_judgements_final(PG_FUNCTION_ARGS)
{
	ExpertsState *state = PG_ARGISNULL(0) ? NULL : (ExpertsState *) PG_GETARG_POINTER(0);
	PairwiseMatrix *result;

	if (!state)
		PG_RETURN_NULL();
	result = palloc(VARSIZE(state->first));
	memcpy(result, state->first, VARSIZE(state->first));
	for (int64 k = 0; k < state->ncells; k++)
	{
		const GroupCell *cell = &state->cells[k];
		double		mean = cell_mean(cell);

		/* where all agree, exactly what they said: exp(log(3)) is not 3 */
		if (isnan(mean))
			result->judgement[k] = 0.0;
		else if (cell->least == cell->greatest)
			result->judgement[k] = cell->least;
		else
			result->judgement[k] = exp(mean);
	}
	PG_RETURN_POINTER(result);
}

/* Arguments: state, matrix [, weight [, mean, method]]. */
PG_FUNCTION_INFO_V1(innocity_aggregate_priorities_transition);
Datum
innocity_aggregate_priorities_transition(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix;
	ExpertsState *state;
	double		weight;
	bool		arithmetic = false;
	PairwiseMethod method = PAIRWISE_EIGENVECTOR;
	double	   *w;
	double		lambda;

	if (row_is_null(fcinfo))
		PG_RETURN_STATE(fcinfo);
	matrix = PG_GETARG_PAIRWISE_MATRIX(1);
	weight = expert_weight(fcinfo);
	if (weight == 0)
		PG_RETURN_STATE(fcinfo);
	if (PG_NARGS() > 3)
	{
		char	   *mean;

		if (PG_ARGISNULL(3) || PG_ARGISNULL(4))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("mean and method must not be null"),
					 errhint("Leave them out for the geometric mean and the default method.")));
		mean = text_to_cstring(PG_GETARG_TEXT_PP(3));
		arithmetic = strcmp(mean, "arithmetic") == 0;
		if (!arithmetic && strcmp(mean, "geometric") != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown mean \"%s\" of priorities", mean),
					 errhint("Means are \"geometric\" and \"arithmetic\".")));
		method = pairwise_method(PG_GETARG_DATUM(4));
	}
	state = group_state(fcinfo, matrix, matrix->n);
	if (PG_ARGISNULL(0))
		state->arithmetic = arithmetic;
	else if (state->arithmetic != arithmetic)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean must be the same in all rows"),
				 errdetail("One row says \"geometric\", another \"arithmetic\".")));
	w = palloc(sizeof(double) * matrix->n);
	if (!pairwise_weights(matrix, method, w, &lambda))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the judgements of an expert do not tie the criteria together"),
				 errhint("Leave that expert out (FILTER), or use aggregate_judgements, where the others complete them.")));
	for (int i = 0; i < matrix->n; i++)
		add_to_cell(&state->cells[i], weight, w[i], arithmetic ? w[i] : log(w[i]));
	pfree(w);
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(innocity_aggregate_priorities_final);
Datum
innocity_aggregate_priorities_final(PG_FUNCTION_ARGS)
{
	ExpertsState *state = PG_ARGISNULL(0) ? NULL : (ExpertsState *) PG_GETARG_POINTER(0);
	PairwiseMatrix *result;
	int			n;
	double	   *w;

	if (!state)
		PG_RETURN_NULL();
	n = state->first->n;
	w = palloc(sizeof(double) * n);
	for (int i = 0; i < n; i++)
	{
		w[i] = cell_mean(&state->cells[i]);
		if (!state->arithmetic)
			w[i] = exp(w[i]);
	}
	result = palloc(VARSIZE(state->first));
	memcpy(result, state->first, VARSIZE(state->first));
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			result->judgement[pairwise_pair(n, i, j)] = w[i] / w[j];
	PG_RETURN_POINTER(result);
}

/* ---- agreement ---- */

typedef struct AgreementState
{
	PairwiseMatrix *first;
	CriteriaRows *rows;			/* priorities of the experts */
} AgreementState;

PG_FUNCTION_INFO_V1(innocity_agreement_transition);
Datum
innocity_agreement_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	AgreementState *state = PG_ARGISNULL(0) ? NULL : (AgreementState *) PG_GETARG_POINTER(0);
	PairwiseMatrix *matrix;
	double		lambda;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate transition called in non-aggregate context");
	if (PG_ARGISNULL(1))
		PG_RETURN_STATE(fcinfo);
	matrix = PG_GETARG_PAIRWISE_MATRIX(1);
	if (!state)
	{
		state = MemoryContextAllocZero(context, sizeof(AgreementState));
		state->first = MemoryContextAlloc(context, VARSIZE(matrix));
		memcpy(state->first, matrix, VARSIZE(matrix));
		state->rows = criteria_rows_create(context, matrix->n);
	}
	check_same_criteria(state->first, matrix);
	/* an expert whose judgements do not tie the criteria together has no priorities to compare */
	if (!pairwise_weights(matrix, PAIRWISE_EIGENVECTOR, criteria_rows_add(state->rows), &lambda))
		state->rows->n--;
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(innocity_consensus_final);
Datum
innocity_consensus_final(PG_FUNCTION_ARGS)
{
	AgreementState *state = PG_ARGISNULL(0) ? NULL : (AgreementState *) PG_GETARG_POINTER(0);
	GroupDiversity result;

	if (!state || state->rows->n == 0)
		PG_RETURN_NULL();
	group_diversity(state->rows->x, state->rows->n, state->rows->m, &result);
	if (isnan(result.consensus))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result.consensus);
}

PG_FUNCTION_INFO_V1(innocity_group_diversity_final);
Datum
innocity_group_diversity_final(PG_FUNCTION_ARGS)
{
	AgreementState *state = PG_ARGISNULL(0) ? NULL : (AgreementState *) PG_GETARG_POINTER(0);
	GroupDiversity result;
	TupleDesc	desc;
	Datum		values[4];
	bool		nulls[4] = {false};

	if (!state || state->rows->n == 0)
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	group_diversity(state->rows->x, state->rows->n, state->rows->m, &result);
	values[0] = Int64GetDatum(state->rows->n);
	values[1] = Float8GetDatum(result.alpha);
	values[2] = Float8GetDatum(result.beta);
	values[3] = Float8GetDatum(result.gamma);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

PG_FUNCTION_INFO_V1(innocity_kendall_w_matrix_final);
Datum
innocity_kendall_w_matrix_final(PG_FUNCTION_ARGS)
{
	AgreementState *state = PG_ARGISNULL(0) ? NULL : (AgreementState *) PG_GETARG_POINTER(0);
	double	   *steps;
	int64		count;
	double		w;

	if (!state)
		PG_RETURN_NULL();
	count = state->rows->n * state->rows->m;
	steps = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * Max(count, 1));
	for (int64 k = 0; k < count; k++)
		steps[k] = rint(state->rows->x[k] / PRIORITY_STEP);
	w = group_kendall_w(steps, state->rows->n, state->rows->m, palloc(sizeof(double) * state->rows->m));
	if (isnan(w))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(w);
}

PG_FUNCTION_INFO_V1(innocity_kendall_w_transition);
Datum
innocity_kendall_w_transition(PG_FUNCTION_ARGS)
{
	return criteria_rows_transition(fcinfo, "scores");
}

PG_FUNCTION_INFO_V1(innocity_kendall_w_final);
Datum
innocity_kendall_w_final(PG_FUNCTION_ARGS)
{
	CriteriaRows *rows = PG_ARGISNULL(0) ? NULL : (CriteriaRows *) PG_GETARG_POINTER(0);
	double		w;

	if (!rows)
		PG_RETURN_NULL();
	w = group_kendall_w(rows->x, rows->n, rows->m, palloc(sizeof(double) * rows->m));
	if (isnan(w))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(w);
}

/* Half the sum of the absolute differences of two experts' priorities. */
PG_FUNCTION_INFO_V1(innocity_priority_distance);
Datum
innocity_priority_distance(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *a = PG_GETARG_PAIRWISE_MATRIX(0);
	PairwiseMatrix *b = PG_GETARG_PAIRWISE_MATRIX(1);
	PairwiseMethod method = pairwise_method(PG_GETARG_DATUM(2));
	double	   *v = palloc(sizeof(double) * a->n);
	double	   *w = palloc(sizeof(double) * b->n);
	double		lambda;
	double		sum = 0;

	check_same_criteria(a, b);
	if (!pairwise_weights(a, method, v, &lambda) || !pairwise_weights(b, method, w, &lambda))
		PG_RETURN_NULL();
	for (int i = 0; i < a->n; i++)
		sum += fabs(v[i] - w[i]);
	PG_RETURN_FLOAT8(sum / 2);
}
