/*
 * allocation_reader.h
 *	  What the readers of the allocation functions' arguments share; for allocation_args.c and allocation_rule_args.c only.
 *
 * Everything is numbered in the byte order of the names, so that a result does not depend on the order of the rows.
 */
#ifndef INNOCITY_ALLOCATION_READER_H
#define INNOCITY_ALLOCATION_READER_H

#include "decision/allocation_args.h"

/* For qsort of TextId. */
extern int	allocation_id_cmp(const void *a, const void *b);

/* An optional name: false for NULL; an empty one is an error. */
extern bool allocation_optional_id(RowArray *rows, int attribute, TextId *id);

/*
 * The number of the name in an attribute of the current row; an unknown name (what: of which kind) is an error. *last, at least 0, is where
 * to look first, and becomes the number.
 */
extern int	allocation_find_name(RowArray *rows, int attribute, const char *what, const TextId *ids, int n, int *last);

/* A count from an int8 (wide) or int4 attribute: NULL is null_value; below 0 or above 10^12 is an error. */
extern int64_t allocation_read_count(RowArray *rows, int attribute, bool wide, int64_t null_value);

/* Rules and quotas into the model, sorted; institutions and cities must have been read. Duplicates and contradictions in a row are errors. */
extern void allocation_read_rules(AllocArgs *args, ArrayType *array);
extern void allocation_read_quotas(AllocArgs *args, ArrayType *array);

#endif							/* INNOCITY_ALLOCATION_READER_H */
