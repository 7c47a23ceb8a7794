/*
 * innocity.c
 *	  The loadable module: its magic block, nothing else. Each floor's functions are in its own folder.
 */
#include "base/compat.h"

PG_MODULE_MAGIC;
