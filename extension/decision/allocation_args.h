/*
 * allocation_args.h
 *	  The arguments of the allocation functions: arrays of composites in, an AllocModel with its names out.
 */
#ifndef INNOCITY_ALLOCATION_ARGS_H
#define INNOCITY_ALLOCATION_ARGS_H

#include "base/compat.h"

#include "base/row_array.h"
#include "decision/allocation.h"

typedef struct AllocArgs
{
	AllocModel	model;
	TextId	   *institution;	/* names by number, in byte order */
	TextId	   *city;
	TextId	   *category;
	TextId	   *province;
	TextId	   *group;
	int			decimals;		/* values are model units x factor / 10^decimals */
	int64_t		factor;
	int		   *previous;		/* [n] city before, or -1 */
	int64_t		penalty;		/* in units: already taken off the scores of other cities */
	MemoryContext context;		/* the solver's: deleted by allocation_args_free */
	AllocEnv	env;
} AllocArgs;

/* Positions of the arguments that all functions share. */
enum
{
	ALLOC_ARG_CELLS,
	ALLOC_ARG_INSTITUTIONS,
	ALLOC_ARG_CITIES,
	ALLOC_ARG_BONUSES,
	ALLOC_ARG_RULES,
	ALLOC_ARG_QUOTAS
};

/*
 * Read arguments 0 to 5 of a call; previous (array of allocation_place) may be NULL. Duplicates, NULLs, unknown identifiers, NaN and
 * values out of range are errors that name the row.
 */
extern void allocation_args_read(FunctionCallInfo fcinfo, ArrayType *previous, double change_penalty, AllocArgs *args);
extern void allocation_args_free(AllocArgs *args);

/* A plan (array of allocation_place) as city by institution, -1 where it names none; argument is its name for messages. */
extern int *allocation_read_places(const AllocArgs *args, ArrayType *places, const char *argument);

/* Sizes, ranges, and the scaling of values to whole numbers: allocation_scale.c. */
extern void allocation_scale(AllocArgs *args, double *score, double *bonus, double change_penalty);

/* A value in units as an exact numeric. */
extern Datum allocation_numeric(const AllocArgs *args, int64_t value);

extern Datum allocation_text(TextId id);

/* What a finding says, in a sentence without full stop; in a plan (used >= 0) with what the plan does. */
extern char *allocation_detail(const AllocArgs *args, const AllocFinding *finding, bool in_plan);

#endif							/* INNOCITY_ALLOCATION_ARGS_H */
