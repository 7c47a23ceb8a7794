/*
 * code_support.c
 *	  What the planner is told about containment: an index condition, and a simpler expression.
 *
 * x <@ code is x BETWEEN code AND subtree_end(code); code <@ x is x = one of the few codes above code. As an
 * index condition the range serves btree and BRIN, also where the code is a parameter or the key of a join.
 * As an expression it joins the operator only over a partition key: ranges prune partitions, <@ does not.
 *
 * Such a range is implied by the <@ beside it and has done its work when the partitions are chosen. To filter
 * their rows, <@ is cheaper than two comparisons and better estimated (code_selfuncs.c). So the codes in the
 * implied comparisons are marked, by a location that no text has, and when the planner translates the condition
 * for a partition and simplifies it once more, the support function of >= and <= finds the mark and answers TRUE;
 * that of < and >, which NOT makes of them, FALSE. The code of the <@ is marked too, lest it be given a range
 * again. Only inequalities are marked: the planner derives no conditions on other columns from them. Partitions
 * by hash need an equality, which stands alone.
 *
 * Wherever there is a doubt the answer is NULL, which leaves all as it was.
 */
#include "base/compat.h"

#include "access/stratnum.h"
#include "access/table.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/partcache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "code/code_server.h"

/* The location of a code in an implied comparison, and in the containment that implies it. */
#define MARKED_LOCATION (-17153)

static Expr *
make_code(Oid type, int64_t code)
{
	return (Expr *) makeConst(type, -1, InvalidOid, sizeof(int64_t), CodeGetDatum(code), false, FLOAT8PASSBYVAL);
}

/* left <strategy> right by the opfamily; NULL if it has no such operator. */
static Expr *
make_comparison(Oid opfamily, Oid type, int strategy, Expr *left, Expr *right)
{
	Oid			op = get_opfamily_member(opfamily, type, type, strategy);

	if (!OidIsValid(op))
		return NULL;
	return make_opclause(op, BOOLOID, false, left, right, InvalidOid, InvalidOid);
}

/*
 * subtree_end(expr): a constant if expr is one, else a call of the function that stands in the same schema as
 * the containment function; NULL if there is none.
 */
static Expr *
make_subtree_end(CodeKind kind, Oid containment, Oid type, Expr *expr)
{
	Oid			function;

	if (IsA(expr, Const))
		return make_code(type, code_subtree_end(kind, DatumGetCode(((Const *) expr)->constvalue)));

	function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum("subtree_end"),
							   PointerGetDatum(buildoidvector(&type, 1)),
							   ObjectIdGetDatum(get_func_namespace(containment)));
	if (!OidIsValid(function) || get_func_rettype(function) != type)
		return NULL;
	return (Expr *) makeFuncExpr(function, type, list_make1(copyObject(expr)), InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* Is the subtree of this code, that ends there, only the code itself? */
static bool
is_leaf(Expr *code, Expr *end)
{
	return IsA(code, Const) && IsA(end, Const) && ((Const *) code)->constvalue == ((Const *) end)->constvalue;
}

/* x = ANY (the codes that contain this one), which are its ancestors and itself. */
static Expr *
make_ancestor_test(CodeKind kind, Oid opfamily, Oid type, Expr *x, int64_t code)
{
	int64_t		chain[CODE_DEPTH_MAX];
	Datum		elements[CODE_DEPTH_MAX + 1];
	int			count = code_ancestors(kind, code, chain);
	Oid			array_type = get_array_type(type);
	Oid			equal = get_opfamily_member(opfamily, type, type, BTEqualStrategyNumber);
	ScalarArrayOpExpr *test;

	if (!OidIsValid(array_type) || !OidIsValid(equal))
		return NULL;
	for (int i = 0; i < count; i++)
		elements[i] = CodeGetDatum(chain[i]);
	/* A subtree end is below the code it closes, which the chain ends with. */
	if (chain[count - 1] != code)
		elements[count++] = CodeGetDatum(code);

	test = makeNode(ScalarArrayOpExpr);
	test->opno = equal;
	test->opfuncid = get_opcode(equal);
	test->useOr = true;
	test->inputcollid = InvalidOid;
	test->args = list_make2(x, makeConst(array_type, -1, InvalidOid, -1,
										 PointerGetDatum(construct_array(elements, count, type, sizeof(int64_t),
																		 FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)),
										 false, false));
	test->location = -1;
	return (Expr *) test;
}

/* x <@ code as a condition on an index of x: exact, so nothing is left to check. */
static List *
index_condition(CodeKind kind, SupportRequestIndexCondition *request, bool ancestor_first)
{
	List	   *args;
	Expr	   *key,
			   *other,
			   *low,
			   *high;
	Oid			type;
	bool		key_is_ancestor;

	if (is_opclause(request->node))
		args = ((OpExpr *) request->node)->args;
	else if (is_funcclause(request->node))
		args = ((FuncExpr *) request->node)->args;
	else
		return NIL;
	if (list_length(args) != 2 || request->indexarg > 1)
		return NIL;
	if (request->index->relam != BTREE_AM_OID && request->index->relam != BRIN_AM_OID)
		return NIL;

	key = list_nth(args, request->indexarg);
	other = list_nth(args, 1 - request->indexarg);
	key_is_ancestor = (request->indexarg == 0) == ancestor_first;
	type = exprType((Node *) other);
	if (!is_pseudo_constant_for_index(request->root, (Node *) other, request->index))
		return NIL;
	if (IsA(other, Const) && ((Const *) other)->constisnull)
		return NIL;

	if (key_is_ancestor)
	{
		Expr	   *test;

		if (!IsA(other, Const) || !request->index->amsearcharray)
			return NIL;
		test = make_ancestor_test(kind, request->opfamily, type, key, DatumGetCode(((Const *) other)->constvalue));
		if (test == NULL)
			return NIL;
		request->lossy = false;
		return list_make1(test);
	}

	high = make_subtree_end(kind, request->funcid, type, other);
	if (high == NULL)
		return NIL;
	if (is_leaf(other, high))
	{
		low = make_comparison(request->opfamily, type, BTEqualStrategyNumber, key, other);
		request->lossy = false;
		return low == NULL ? NIL : list_make1(low);
	}
	low = make_comparison(request->opfamily, type, BTGreaterEqualStrategyNumber, key, other);
	high = make_comparison(request->opfamily, type, BTLessEqualStrategyNumber, key, high);
	if (low == NULL || high == NULL)
		return NIL;
	request->lossy = false;
	return list_make2(low, high);
}

/* The partitioned table whose column this is, or NULL. */
static RangeTblEntry *
partitioned_table(PlannerInfo *root, Expr *expr, AttrNumber *attribute)
{
	Var		   *var;
	RangeTblEntry *rte;

	while (IsA(expr, RelabelType))
		expr = ((RelabelType *) expr)->arg;
	if (!IsA(expr, Var))
		return NULL;
	var = (Var *) expr;
	if (var->varlevelsup != 0 || var->varattno <= 0)
		return NULL;
	rte = planner_rt_fetch(var->varno, root);
	*attribute = var->varattno;
	return rte->rtekind == RTE_RELATION && rte->relkind == RELKIND_PARTITIONED_TABLE ? rte : NULL;
}

/* How a table is partitioned if this is a column that it is partitioned by, else 0. */
static char
partition_strategy(PlannerInfo *root, Expr *expr)
{
	AttrNumber	attribute;
	RangeTblEntry *rte = partitioned_table(root, expr, &attribute);
	Relation	rel;
	PartitionKey key;
	char		strategy = 0;

	if (rte == NULL)
		return 0;
	rel = table_open(rte->relid, NoLock);	/* locked since the query was parsed */
	key = RelationGetPartitionKey(rel);
	for (int i = 0; key != NULL && i < key->partnatts; i++)
	{
		if (key->partattrs[i] == attribute)
			strategy = (char) key->strategy;
	}
	table_close(rel, NoLock);
	return strategy;
}

/* Where the mark of an expression is; NULL for what cannot be marked. */
static int *
mark_of(Expr *expr)
{
	if (IsA(expr, Const))
		return &((Const *) expr)->location;
	if (IsA(expr, Param))
		return &((Param *) expr)->location;
	if (IsA(expr, FuncExpr))
		return &((FuncExpr *) expr)->location;
	return NULL;
}

static bool
is_marked(Expr *expr)
{
	int		   *mark = mark_of(expr);

	return mark != NULL && *mark == MARKED_LOCATION;
}

/* A marked copy; of what cannot be marked, which is not asked for, a copy. */
static Expr *
marked(Expr *expr)
{
	int		   *mark;

	expr = copyObject(expr);
	mark = mark_of(expr);
	if (mark != NULL)
		*mark = MARKED_LOCATION;
	return expr;
}

/* x >= low AND x <= high, marked as implied; NULL if it cannot be made. */
static Expr *
make_implied_range(Oid opfamily, Oid type, Expr *x, Expr *low, Expr *high)
{
	low = make_comparison(opfamily, type, BTGreaterEqualStrategyNumber, copyObject(x), marked(low));
	high = make_comparison(opfamily, type, BTLessEqualStrategyNumber, copyObject(x), marked(high));
	return low == NULL || high == NULL ? NULL : make_andclause(list_make2(low, high));
}

/* The call as an operator, as it was written and as it is estimated, with its code marked; NULL if there is none. */
static Expr *
make_containment(FuncExpr *call, Oid type, bool ancestor_first, Expr *code)
{
	Expr	   *left = linitial(call->args);
	Expr	   *right = lsecond(call->args);
	Oid			op = GetSysCacheOid4(OPERNAMENSP, Anum_pg_operator_oid, CStringGetDatum(ancestor_first ? "@>" : "<@"),
									 ObjectIdGetDatum(type), ObjectIdGetDatum(type),
									 ObjectIdGetDatum(get_func_namespace(call->funcid)));

	if (!OidIsValid(op) || get_opcode(op) != call->funcid)
		return NULL;
	left = left == code ? marked(left) : copyObject(left);
	right = right == code ? marked(right) : copyObject(right);
	return make_opclause(op, BOOLOID, false, left, right, InvalidOid, InvalidOid);
}

/* x @> code over a partition key x: with the few values that x can have. */
static Expr *
implied_by_member(CodeKind kind, Oid opfamily, Oid type, Expr *x, int64_t code)
{
	int64_t		chain[CODE_DEPTH_MAX];
	int			count = code_ancestors(kind, code, chain);
	List	   *values = NIL;

	for (int i = 0; i <= count; i++)
	{
		Expr	   *value;

		/* A subtree end is below the code it closes, which the chain ends with. */
		if (i == count && chain[count - 1] == code)
			break;
		value = make_code(type, i < count ? chain[i] : code);
		value = make_implied_range(opfamily, type, x, value, value);
		if (value == NULL)
			return NULL;
		values = lappend(values, value);
	}
	return list_length(values) == 1 ? linitial(values) : make_orclause(values);
}

static Node *
simplify(CodeKind kind, SupportRequestSimplify *request, bool ancestor_first)
{
	FuncExpr   *call = request->fcall;
	Expr	   *ancestor,
			   *member,
			   *containment,
			   *high,
			   *implied;
	Oid			type,
				opclass,
				opfamily;
	char		strategy;

	if (request->root == NULL || list_length(call->args) != 2)
		return NULL;
	ancestor = list_nth(call->args, ancestor_first ? 0 : 1);
	member = list_nth(call->args, ancestor_first ? 1 : 0);
	type = exprType((Node *) ancestor);
	opclass = GetDefaultOpClass(type, BTREE_AM_OID);
	if (!OidIsValid(opclass) || is_marked(ancestor) || is_marked(member))
		return NULL;
	opfamily = get_opclass_family(opclass);

	/* key @> code */
	if (IsA(member, Const))
	{
		int64_t		code = DatumGetCode(((Const *) member)->constvalue);

		if (((Const *) member)->constisnull)
			return NULL;
		strategy = partition_strategy(request->root, ancestor);
		if (strategy == PARTITION_STRATEGY_HASH)
			return (Node *) make_ancestor_test(kind, opfamily, type, ancestor, code);
		if (strategy == 0)
			return NULL;
		containment = make_containment(call, type, ancestor_first, member);
		implied = implied_by_member(kind, opfamily, type, ancestor, code);
		return containment == NULL || implied == NULL ? NULL : (Node *) make_andclause(list_make2(containment, implied));
	}

	/* key <@ code, also a code that is known only when the query runs */
	if (IsA(ancestor, Const))
	{
		if (((Const *) ancestor)->constisnull)
			return NULL;
	}
	else if (!IsA(ancestor, Param) || ((Param *) ancestor)->paramkind != PARAM_EXTERN)
		return NULL;
	strategy = partition_strategy(request->root, member);
	if (strategy == 0)
		return NULL;
	high = make_subtree_end(kind, call->funcid, type, ancestor);
	if (high == NULL)
		return NULL;
	if (strategy == PARTITION_STRATEGY_HASH)
		return is_leaf(ancestor, high) ? (Node *) make_comparison(opfamily, type, BTEqualStrategyNumber, member, ancestor) : NULL;
	containment = make_containment(call, type, ancestor_first, ancestor);
	implied = make_implied_range(opfamily, type, member, ancestor, high);
	return containment == NULL || implied == NULL ? NULL : (Node *) make_andclause(list_make2(containment, implied));
}

/* Is the request for a comparison with a marked code, where there are no partitions left to choose? */
static bool
is_idle_comparison(Node *request)
{
	FuncExpr   *call;
	AttrNumber	attribute;

	if (!IsA(request, SupportRequestSimplify) || ((SupportRequestSimplify *) request)->root == NULL)
		return false;
	call = ((SupportRequestSimplify *) request)->fcall;
	return list_length(call->args) == 2 && is_marked(lsecond(call->args)) &&
		partitioned_table(((SupportRequestSimplify *) request)->root, linitial(call->args), &attribute) == NULL;
}

/* Support of x >= code and x <= code: an implied one is TRUE beside what implies it. */
PG_FUNCTION_INFO_V1(innocity_code_inside_support);
Datum
innocity_code_inside_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(is_idle_comparison((Node *) PG_GETARG_POINTER(0)) ? makeBoolConst(true, false) : NULL);
}

/* Support of x < code and x > code, which the planner makes of NOT and the former: FALSE. */
PG_FUNCTION_INFO_V1(innocity_code_outside_support);
Datum
innocity_code_outside_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(is_idle_comparison((Node *) PG_GETARG_POINTER(0)) ? makeBoolConst(false, false) : NULL);
}

static Datum
containment_support(CodeKind kind, FunctionCallInfo fcinfo, bool ancestor_first)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	Node	   *answer = NULL;

	if (IsA(request, SupportRequestIndexCondition))
		answer = (Node *) index_condition(kind, (SupportRequestIndexCondition *) request, ancestor_first);
	else if (IsA(request, SupportRequestSimplify))
		answer = simplify(kind, (SupportRequestSimplify *) request, ancestor_first);
	PG_RETURN_POINTER(answer);
}

#define CONTAINMENT_SUPPORT(type, kind) \
	PG_FUNCTION_INFO_V1(innocity_##type##_contains_support); \
	PG_FUNCTION_INFO_V1(innocity_##type##_contained_support); \
	Datum innocity_##type##_contains_support(PG_FUNCTION_ARGS) { return containment_support(kind, fcinfo, true); } \
	Datum innocity_##type##_contained_support(PG_FUNCTION_ARGS) { return containment_support(kind, fcinfo, false); }

CONTAINMENT_SUPPORT(sector_code, CODE_SECTOR)
CONTAINMENT_SUPPORT(region_code, CODE_REGION)
