/*
 * code_dict.c
 *	  Growing a dictionary of codes; see code_dict.h.
 */
#include "base/compat.h"

#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "matrix/code_dict.h"

#define MIN_SLOTS		16

static void
set_slots(CodeDict *dict, MemoryContext context, uint32 nslots)
{
	dict->nslots = nslots;
	dict->shift = 64 - pg_leftmost_one_pos32(nslots);
	dict->slot = MemoryContextAllocExtended(context, nslots * sizeof(uint32), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 id = 0; id < dict->n; id++)
	{
		uint32		at = (uint64) dict->code[id] * GOLDEN >> dict->shift;

		while (dict->slot[at] != 0)
			at = (at + 1) & (nslots - 1);
		dict->slot[at] = id + 1;
	}
}

void
code_dict_init(CodeDict *dict, MemoryContext context)
{
	dict->n = 0;
	dict->last_code = CODE_NONE;
	dict->code = MemoryContextAlloc(context, MIN_SLOTS / 2 * sizeof(int64));
	set_slots(dict, context, MIN_SLOTS);
}

uint32
code_dict_add(CodeDict *dict, MemoryContext context, int64 code, uint32 at)
{
	if (dict->n == dict->nslots / 2)
	{
		if (dict->n >= (1U << 30))
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("matrix has too many different codes"),
					 errdetail("At most %u fit.", 1U << 30)));
		pfree(dict->slot);
		dict->code = repalloc_huge(dict->code, (Size) dict->nslots * sizeof(int64));
		set_slots(dict, context, dict->nslots * 2);
		at = (uint64) code * GOLDEN >> dict->shift;
		while (dict->slot[at] != 0)
			at = (at + 1) & (dict->nslots - 1);
	}
	dict->code[dict->n] = code;
	dict->slot[at] = ++dict->n;
	return dict->n - 1;
}
