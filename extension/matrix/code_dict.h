/*
 * code_dict.h
 *	  Codes to small numbers (ids) in order of arrival: the dictionaries of a matrix that is being summed up.
 */
#ifndef INNOCITY_CODE_DICT_H
#define INNOCITY_CODE_DICT_H

#include "base/compat.h"

#include "code/code.h"

/* 2^64 / golden ratio, odd. Codes are left-aligned, so only the top bits of the product are well mixed. */
#define GOLDEN			UINT64CONST(0x9E3779B97F4A7C15)

/* Code to id: open addressing over id + 1 (0 = free), at most half full; the codes themselves stand in order of ids. */
typedef struct CodeDict
{
	int64	   *code;
	uint32	   *slot;
	uint32		n;
	uint32		nslots;			/* a power of two; room for half as many codes */
	int			shift;			/* 64 - log2(nslots) */
	int64		last_code;
	uint32		last_id;
} CodeDict;

/* An empty dictionary; everything it allocates, now and later, is to be in context. */
extern void code_dict_init(CodeDict *dict, MemoryContext context);

/* The slow half of code_dict_id: adds a code whose search ended at that slot. */
extern uint32 code_dict_add(CodeDict *dict, MemoryContext context, int64 code, uint32 at);

/* The id of a code, a new one if it has none. */
static inline uint32
code_dict_id(CodeDict *dict, MemoryContext context, int64 code)
{
	uint32		at;
	uint32		id;

	/* Rows that come sorted repeat their codes. */
	if (code == dict->last_code)
		return dict->last_id;
	for (at = (uint64) code * GOLDEN >> dict->shift;; at = (at + 1) & (dict->nslots - 1))
	{
		id = dict->slot[at] - 1;
		if (id == (uint32) -1)
		{
			id = code_dict_add(dict, context, code, at);
			break;
		}
		if (dict->code[id] == code)
			break;
	}
	dict->last_code = code;
	dict->last_id = id;
	return id;
}

#endif							/* INNOCITY_CODE_DICT_H */
