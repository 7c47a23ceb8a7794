/*
 * code_fn.c
 *	  The SQL face of the hierarchy: scheme, level, parent, ancestors and the like.
 */
#include "base/compat.h"

#include "funcapi.h"
#include "utils/builtins.h"

#include "code/code_server.h"

static Datum
code_or_null(FunctionCallInfo fcinfo, int64_t code)
{
	if (code == CODE_NONE)
		PG_RETURN_NULL();
	PG_RETURN_CODE(code);
}

/* One ancestor a call, top first. */
static Datum
code_ancestors_rows(CodeKind kind, FunctionCallInfo fcinfo)
{
	FuncCallContext *funcctx;
	int64_t    *chain;

	if (SRF_IS_FIRSTCALL())
	{
		funcctx = SRF_FIRSTCALL_INIT();
		chain = MemoryContextAlloc(funcctx->multi_call_memory_ctx, CODE_DEPTH_MAX * sizeof(int64_t));
		funcctx->max_calls = code_ancestors(kind, PG_GETARG_CODE(0), chain);
		funcctx->user_fctx = chain;
	}
	funcctx = SRF_PERCALL_SETUP();
	chain = funcctx->user_fctx;
	if (funcctx->call_cntr < funcctx->max_calls)
	{
		/* Read before SRF_RETURN_NEXT, which counts the call before it looks at the value. */
		Datum		ancestor = CodeGetDatum(chain[funcctx->call_cntr]);

		SRF_RETURN_NEXT(funcctx, ancestor);
	}
	SRF_RETURN_DONE(funcctx);
}

#define CODE_FN(type, kind) \
	PG_FUNCTION_INFO_V1(innocity_scheme_##type); \
	PG_FUNCTION_INFO_V1(innocity_level_##type); \
	PG_FUNCTION_INFO_V1(innocity_level_name_##type); \
	PG_FUNCTION_INFO_V1(innocity_parent_##type); \
	PG_FUNCTION_INFO_V1(innocity_ancestor_##type); \
	PG_FUNCTION_INFO_V1(innocity_ancestors_##type); \
	PG_FUNCTION_INFO_V1(innocity_lca_##type); \
	PG_FUNCTION_INFO_V1(innocity_tree_similarity_##type); \
	PG_FUNCTION_INFO_V1(innocity_subtree_end_##type); \
	Datum innocity_scheme_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_TEXT_P(cstring_to_text(code_scheme(kind, PG_GETARG_CODE(0)))); } \
	Datum innocity_level_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_INT32(code_level(kind, PG_GETARG_CODE(0))); } \
	Datum innocity_level_name_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_TEXT_P(cstring_to_text(code_level_name(kind, PG_GETARG_CODE(0)))); } \
	Datum innocity_parent_##type(PG_FUNCTION_ARGS) \
	{ return code_or_null(fcinfo, code_parent(kind, PG_GETARG_CODE(0))); } \
	Datum innocity_ancestor_##type(PG_FUNCTION_ARGS) \
	{ return code_or_null(fcinfo, code_ancestor(kind, PG_GETARG_CODE(0), PG_GETARG_INT32(1))); } \
	Datum innocity_ancestors_##type(PG_FUNCTION_ARGS) \
	{ return code_ancestors_rows(kind, fcinfo); } \
	Datum innocity_lca_##type(PG_FUNCTION_ARGS) \
	{ return code_or_null(fcinfo, code_lca(kind, PG_GETARG_CODE(0), PG_GETARG_CODE(1))); } \
	Datum innocity_tree_similarity_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_FLOAT8(code_tree_similarity(kind, PG_GETARG_CODE(0), PG_GETARG_CODE(1))); } \
	Datum innocity_subtree_end_##type(PG_FUNCTION_ARGS) \
	{ PG_RETURN_CODE(code_subtree_end(kind, PG_GETARG_CODE(0))); }

CODE_FN(sector_code, CODE_SECTOR)
CODE_FN(region_code, CODE_REGION)
