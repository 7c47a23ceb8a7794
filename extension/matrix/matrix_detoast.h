/*
 * matrix_detoast.h
 *	  A stored matrix in memory.
 */
#ifndef INNOCITY_MATRIX_DETOAST_H
#define INNOCITY_MATRIX_DETOAST_H

#include "base/compat.h"

/*
 * What PG_DETOAST_DATUM returns: the value itself where it is in memory already, an expanded one flattened. A large one that is stored
 * uncompressed comes into memory for which large pages are asked: taking it page by page costs more than copying.
 */
extern struct varlena *matrix_detoast(Datum datum);

#endif							/* INNOCITY_MATRIX_DETOAST_H */
