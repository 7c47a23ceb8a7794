/*
 * ahp_fn.c
 *	  SQL face of ahp.h: weights, consistency, missing judgements, hierarchies of criteria.
 *
 * A matrix whose criteria are not tied together by judgements has no weights: they are NULL, and the status says so.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "decision/ahp.h"
#include "decision/pairwise_fn.h"

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

PairwiseMethod
pairwise_method(Datum method)
{
	char	   *name = TextDatumGetCString(method);

	if (strcmp(name, "eigenvector") == 0)
		return PAIRWISE_EIGENVECTOR;
	if (strcmp(name, "geometric") == 0)
		return PAIRWISE_GEOMETRIC;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown method \"%s\" of weights", name),
			 errhint("Methods are \"eigenvector\" and \"geometric\".")));
}

bool
pairwise_weights(const PairwiseMatrix *matrix, PairwiseMethod method, double *w, double *lambda)
{
	int			n = matrix->n;
	double	   *scratch;
	int		   *reached = palloc(sizeof(int) * n);
	int			a,
				b;
	bool		connected = ahp_connected(n, matrix->judgement, reached, &a, &b);

	pfree(reached);
	if (!connected)
		return false;
	scratch = palloc(sizeof(double) * ((Size) n * n + n));
	if (!ahp_geometric(n, matrix->judgement, w, scratch, check_interrupts))
		elog(ERROR, "no least squares solution of a connected pairwise_matrix");
	if (method == PAIRWISE_EIGENVECTOR &&
		!ahp_eigenvector(n, matrix->judgement, w, lambda, scratch, check_interrupts))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION),
				 errmsg("the eigenvector of a pairwise_matrix of %d criteria does not converge", n),
				 errhint("Use the method \"geometric\", or compare more pairs.")));
	pfree(scratch);
	return true;
}

const char *
pairwise_status(const PairwiseMatrix *matrix, bool connected)
{
	if (!connected)
		return "disconnected";
	return ahp_known(matrix->n, matrix->judgement) == PAIRWISE_PAIRS(matrix->n) ? "complete" : "completed";
}

PG_FUNCTION_INFO_V1(innocity_ahp_weights);
Datum
innocity_ahp_weights(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	PairwiseMethod method = pairwise_method(PG_GETARG_DATUM(1));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	double	   *w = palloc(sizeof(double) * matrix->n);
	double		lambda;
	bool		connected = pairwise_weights(matrix, method, w, &lambda);
	Datum		status = CStringGetTextDatum(pairwise_status(matrix, connected));

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < matrix->n; i++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, !connected, false};

		values[0] = pairwise_id_datum(matrix, i);
		values[1] = connected ? Float8GetDatum(w[i]) : (Datum) 0;
		values[2] = status;
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- consistency ---- */

/* The eigenvalue of argument 0; false when its criteria are not tied together. */
static bool
eigenvalue(FunctionCallInfo fcinfo, int *n, double *lambda)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	double	   *w = palloc(sizeof(double) * matrix->n);

	*n = matrix->n;
	return pairwise_weights(matrix, PAIRWISE_EIGENVECTOR, w, lambda);
}

static double
consistency_index(int n, double lambda)
{
	return n < 3 ? 0 : (lambda - n) / (n - 1);
}

PG_FUNCTION_INFO_V1(innocity_lambda_max);
Datum
innocity_lambda_max(PG_FUNCTION_ARGS)
{
	int			n;
	double		lambda;

	if (!eigenvalue(fcinfo, &n, &lambda))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(lambda);
}

PG_FUNCTION_INFO_V1(innocity_consistency_index);
Datum
innocity_consistency_index(PG_FUNCTION_ARGS)
{
	int			n;
	double		lambda;

	if (!eigenvalue(fcinfo, &n, &lambda))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(consistency_index(n, lambda));
}

PG_FUNCTION_INFO_V1(innocity_consistency_ratio);
Datum
innocity_consistency_ratio(PG_FUNCTION_ARGS)
{
	char	   *table = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			n;
	double		lambda;
	double		random_index;

	if (ahp_random_index_size(table) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown random index \"%s\"", table),
				 errhint("Random indices are \"saaty\", \"alonso_lamata\" and \"aguaron_moreno\".")));
	if (!eigenvalue(fcinfo, &n, &lambda))
		PG_RETURN_NULL();
	if (n < 3)
		PG_RETURN_FLOAT8(0.0);
	random_index = ahp_random_index(table, n);
	if (isnan(random_index))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("random index \"%s\" goes up to %d criteria, not %d", table, ahp_random_index_size(table), n),
				 errhint("Use geometric_consistency_index, which needs no table, or put the criteria into groups.")));
	PG_RETURN_FLOAT8(consistency_index(n, lambda) / random_index);
}

PG_FUNCTION_INFO_V1(innocity_geometric_consistency_index);
Datum
innocity_geometric_consistency_index(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	double	   *w = palloc(sizeof(double) * matrix->n);
	double		lambda;

	if (!pairwise_weights(matrix, PAIRWISE_GEOMETRIC, w, &lambda))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ahp_geometric_consistency(matrix->n, matrix->judgement, w));
}

PG_FUNCTION_INFO_V1(innocity_worst_triad);
Datum
innocity_worst_triad(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	int			n = matrix->n;
	double	   *w = palloc(sizeof(double) * n);
	double		lambda;
	AhpTriad	triad;
	TupleDesc	desc;
	Datum		values[8];
	bool		nulls[8] = {false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	desc = BlessTupleDesc(desc);
	if (!pairwise_weights(matrix, PAIRWISE_EIGENVECTOR, w, &lambda) ||
		!ahp_worst_triad(n, matrix->judgement, w, &triad, check_interrupts))
		memset(nulls, true, sizeof(nulls));
	else
	{
		values[0] = pairwise_id_datum(matrix, triad.a);
		values[1] = pairwise_id_datum(matrix, triad.b);
		values[2] = pairwise_id_datum(matrix, triad.c);
		values[3] = Float8GetDatum(triad.inconsistency);
		values[4] = pairwise_id_datum(matrix, triad.ask_a);
		values[5] = pairwise_id_datum(matrix, triad.ask_b);
		values[6] = Float8GetDatum(pairwise_get(matrix->judgement, n, triad.ask_a, triad.ask_b));
		values[7] = Float8GetDatum(w[triad.ask_a] / w[triad.ask_b]);
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}

/* Missing pairs and what the weights say about them; NULL when the criteria are not tied together. */
PG_FUNCTION_INFO_V1(innocity_missing_judgements);
Datum
innocity_missing_judgements(PG_FUNCTION_ARGS)
{
	PairwiseMatrix *matrix = PG_GETARG_PAIRWISE_MATRIX(0);
	PairwiseMethod method = pairwise_method(PG_GETARG_DATUM(1));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n = matrix->n;
	double	   *w = palloc(sizeof(double) * n);
	double		lambda;
	bool		connected = pairwise_weights(matrix, method, w, &lambda);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			if (matrix->judgement[pairwise_pair(n, i, j)] == 0.0)
			{
				Datum		values[3];
				bool		nulls[3] = {false, false, !connected};

				CHECK_FOR_INTERRUPTS();
				values[0] = pairwise_id_datum(matrix, i);
				values[1] = pairwise_id_datum(matrix, j);
				values[2] = connected ? Float8GetDatum(w[i] / w[j]) : (Datum) 0;
				tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
			}
	return (Datum) 0;
}

/* The consistent matrix of given weights: a_ij = w_i / w_j. */
PG_FUNCTION_INFO_V1(innocity_pairwise_matrix);
Datum
innocity_pairwise_matrix(PG_FUNCTION_ARGS)
{
	ArrayType  *ids = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *weights = PG_GETARG_ARRAYTYPE_P(1);
	PairwiseBuilder *builder = pairwise_builder_create(CurrentMemoryContext);
	Datum	   *id_datums,
			   *weight_datums;
	bool	   *id_nulls,
			   *weight_nulls;
	int			n,
				nweights;

	deconstruct_array(ids, TEXTOID, -1, false, TYPALIGN_INT, &id_datums, &id_nulls, &n);
	deconstruct_array(weights, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &weight_datums, &weight_nulls, &nweights);
	if (n == 0 || n != nweights)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d criteria do not go with %d weights", n, nweights),
				 errhint("Give each criterion one weight, in the same order, and at least one of them.")));
	for (int i = 0; i < n; i++)
	{
		TextId		id;
		double		weight;

		if (id_nulls[i] || weight_nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("criterion and weight must not be null"),
					 errdetail("Element %d is null.", i + 1)));
		id.data = VARDATA_ANY(DatumGetPointer(id_datums[i]));
		id.len = VARSIZE_ANY_EXHDR(DatumGetPointer(id_datums[i]));
		weight = DatumGetFloat8(weight_datums[i]);
		if (!(weight > 0) || !isfinite(weight))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight must be positive and finite, not %g", weight),
					 errdetail("It belongs to \"%s\".", text_id_cstring(id)),
					 errhint("A criterion without weight has no ratio to the others: leave it out.")));
		if (pairwise_builder_criterion(builder, id, ERRCODE_INVALID_PARAMETER_VALUE, NULL) != i)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" stands twice", text_id_cstring(id)),
					 errdetail("The second is element %d.", i + 1)));
	}
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			pairwise_builder_add(builder, i, j, DatumGetFloat8(weight_datums[i]) / DatumGetFloat8(weight_datums[j]),
								 ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	PG_RETURN_POINTER(pairwise_builder_finish(builder));
}

/* ---- hierarchies: nodes (parent, judgements of its children), any depth ---- */

typedef struct HierarchyNode
{
	bool		is_root;
	TextId		parent;
	PairwiseMatrix *matrix;
	double	   *w;				/* NULL: disconnected */
	int			level;			/* of its children; 0 = not reached yet */
	double		weight;			/* of the parent in the whole; NAN = undefined */
} HierarchyNode;

static int
find_node(HierarchyNode *nodes, int nnodes, TextId parent)
{
	for (int k = 0; k < nnodes; k++)
		if (!nodes[k].is_root && text_id_cmp(nodes[k].parent, parent) == 0)
			return k;
	return -1;
}

PG_FUNCTION_INFO_V1(innocity_hierarchy_weights);
Datum
innocity_hierarchy_weights(PG_FUNCTION_ARGS)
{
	PairwiseMethod method = pairwise_method(PG_GETARG_DATUM(1));
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	RowArray	rows;
	HierarchyNode *nodes;
	int		   *queue;
	int			reached = 0;

	row_array_open(&rows, PG_GETARG_ARRAYTYPE_P(0), "nodes", 2);
	nodes = palloc0(sizeof(HierarchyNode) * Max(rows.nrows, 1));
	queue = palloc(sizeof(int) * Max(rows.nrows, 1));
	for (int k = 0; k < rows.nrows; k++)
	{
		HierarchyNode *node = &nodes[k];
		double		lambda;

		row_array_fetch(&rows, k);
		node->is_root = row_array_is_null(&rows, 0);
		if (!node->is_root)
			node->parent = row_array_id(&rows, 0);
		if (row_array_is_null(&rows, 1))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("judgements must not be null"),
					 errdetail("They are null in %s.", row_array_place(&rows))));
		node->matrix = DatumGetPairwiseMatrix(rows.values[1]);
		node->w = palloc(sizeof(double) * node->matrix->n);
		if (!pairwise_weights(node->matrix, method, node->w, &lambda))
			node->w = NULL;
		if (node->is_root ? reached > 0 : find_node(nodes, k, node->parent) >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 node->is_root ? errmsg("two nodes have no parent")
					 : errmsg("two nodes have the parent \"%s\"", text_id_cstring(node->parent)),
					 errdetail("The second is %s.", row_array_place(&rows)),
					 errhint("One node for each parent: GROUP BY parent.")));
		if (node->is_root)
		{
			node->level = 1;
			node->weight = 1;
			queue[reached++] = k;
		}
	}
	if (rows.nrows > 0 && reached == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no node is the root"),
				 errhint("The judgements of the top criteria have NULL as parent.")));

	InitMaterializedSRF(fcinfo, 0);
	for (int head = 0; head < reached; head++)
	{
		HierarchyNode *node = &nodes[queue[head]];

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < node->matrix->n; i++)
		{
			TextId		id = pairwise_id(node->matrix, i);
			int			child = find_node(nodes, rows.nrows, id);
			double		weight = node->w ? node->weight * node->w[i] : NAN;
			Datum		values[7];
			bool		nulls[7] = {false};

			if (child >= 0)
			{
				if (nodes[child].level > 0)
					ereport(ERROR,
							(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							 errmsg("criterion \"%s\" stands twice in the hierarchy", text_id_cstring(id)),
							 errdetail("A criterion has one parent and is not below itself.")));
				nodes[child].level = node->level + 1;
				nodes[child].weight = weight;
				queue[reached++] = child;
			}
			values[0] = pairwise_id_datum(node->matrix, i);
			nulls[1] = node->is_root;
			values[1] = node->is_root ? (Datum) 0 : PointerGetDatum(cstring_to_text_with_len(node->parent.data, node->parent.len));
			values[2] = Int32GetDatum(node->level);
			values[3] = BoolGetDatum(child < 0);
			nulls[4] = node->w == NULL;
			values[4] = node->w ? Float8GetDatum(node->w[i]) : (Datum) 0;
			nulls[5] = isnan(weight);
			values[5] = Float8GetDatum(weight);
			values[6] = CStringGetTextDatum(isnan(node->weight) ? "disconnected" : pairwise_status(node->matrix, node->w != NULL));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	for (int k = 0; k < rows.nrows; k++)
		if (nodes[k].level == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("parent \"%s\" is no criterion of the hierarchy", text_id_cstring(nodes[k].parent)),
					 errhint("Every parent must stand among the criteria that lead up to the root.")));
	return (Datum) 0;
}
