/*
 * code_index.c
 *	  How many entries of a btree index lie in a range of codes, by two descents: for columns without statistics.
 *
 * The descents to both ends of the range give a path of pages and places in them. Entries of the two leaves are
 * counted; where the paths part, the leaves between are counted by the downlinks of their parents, and those under
 * parents between by the mean of the two. So the work is a few pages a level, whatever the size of the table, and
 * what is guessed is only how full pages are that were not read. Nothing is locked for longer than a page is read;
 * a page that changes meanwhile makes the answer inexact, not wrong in kind.
 */
#include "base/compat.h"

#include "access/genam.h"
#include "access/itup.h"
#include "access/nbtree.h"
#include "catalog/pg_am.h"
#include "storage/bufmgr.h"
#include "utils/rel.h"

#include "code/code_sample.h"
#include "code/code_server.h"

/* Deeper trees do not exist: a level more is at least a hundred times the entries. */
#define MAX_LEVELS	16

/* A way from a leaf (level 0) up to the root. */
typedef struct Descent
{
	int			levels;
	BlockNumber block[MAX_LEVELS];
	int			before[MAX_LEVELS]; /* entries of the leaf, or downlinks of the page, before the place */
	int			total[MAX_LEVELS];	/* entries of the leaf, or downlinks of the page */
	bool		rightmost[MAX_LEVELS];	/* the last page of its level, which is seldom full */
} Descent;

IndexOptInfo *
code_find_index(RelOptInfo *rel, AttrNumber attribute, Oid opfamily)
{
	ListCell   *lc;

	foreach(lc, rel->indexlist)
	{
		IndexOptInfo *index = lfirst(lc);

		if (index->relam == BTREE_AM_OID && !index->hypothetical && index->indpred == NIL &&
			index->indexkeys[0] == attribute && index->opfamily[0] == opfamily)
			return index;
	}
	return NULL;
}

/* The entries of a leaf from an item on up to before another: an item stands for all rows of its posting list. */
static int
count_entries(Page page, OffsetNumber from, OffsetNumber to)
{
	int			entries = 0;

	for (OffsetNumber item = from; item < to; item++)
	{
		IndexTuple	tuple = (IndexTuple) PageGetItem(page, PageGetItemId(page, item));

		entries += BTreeTupleIsPosting(tuple) ? BTreeTupleGetNPosting(tuple) : 1;
	}
	return entries;
}

/* Fills descent with the way to the first entry that is not before the code, or after it; false if the index is empty. */
static bool
descend(Relation index, int64_t code, bool after, Descent *descent)
{
	Datum		values[INDEX_MAX_KEYS] = {CodeGetDatum(code)};
	bool		isnull[INDEX_MAX_KEYS];
	IndexTuple	tuple;
	BTScanInsert key;
	BTStack		stack;
	Buffer		buffer;
	Page		page;
	BTPageOpaque opaque;
	OffsetNumber low,
				high,
				first;

	/* All columns but the leading one are left out of the search by keysz. */
	memset(isnull, true, sizeof(isnull));
	isnull[0] = false;
	tuple = index_form_tuple(RelationGetDescr(index), values, isnull);
	key = _bt_mkscankey(index, tuple);
	key->keysz = 1;
	key->scantid = NULL;
	key->nextkey = after;

	stack = btree_search(index, key, &buffer);
	if (!BufferIsValid(buffer))
		return false;
	page = BufferGetPage(buffer);
	opaque = BTPageGetOpaque(page);
	first = P_FIRSTDATAKEY(opaque);
	low = first;
	high = PageGetMaxOffsetNumber(page) + 1;
	while (low < high)
	{
		OffsetNumber middle = low + (high - low) / 2;
		int32		cmp = _bt_compare(index, key, page, middle);

		if (after ? cmp >= 0 : cmp > 0)
			low = middle + 1;
		else
			high = middle;
	}
	descent->levels = 1;
	descent->block[0] = BufferGetBlockNumber(buffer);
	descent->before[0] = count_entries(page, first, low);
	descent->total[0] = descent->before[0] + count_entries(page, low, PageGetMaxOffsetNumber(page) + 1);
	descent->rightmost[0] = P_RIGHTMOST(opaque);
	_bt_relbuf(index, buffer);

	for (BTStack up = stack; up != NULL && descent->levels < MAX_LEVELS; up = up->bts_parent)
	{
		int			level = descent->levels++;

		buffer = _bt_getbuf(index, up->bts_blkno, BT_READ);
		page = BufferGetPage(buffer);
		opaque = BTPageGetOpaque(page);
		first = P_FIRSTDATAKEY(opaque);
		descent->block[level] = up->bts_blkno;
		descent->total[level] = Max((int) PageGetMaxOffsetNumber(page) - first + 1, 1);
		descent->before[level] = Min(Max((int) up->bts_offset - first, 0), descent->total[level] - 1);
		descent->rightmost[level] = P_RIGHTMOST(opaque);
		_bt_relbuf(index, buffer);
	}
	_bt_freestack(stack);
	pfree(key);
	pfree(tuple);
	return true;
}

double
code_index_entries(Oid indexid, bool descending, int64_t first, int64_t last)
{
	Relation	index = index_open(indexid, NoLock);	/* the planner has it locked */
	Descent		a,
				b;
	double		entries = 0.0;
	int			top = 0;

	if (descend(index, descending ? last : first, false, &a) && descend(index, descending ? first : last, true, &b))
	{
		int			levels = Min(a.levels, b.levels);

		/* The lowest page that is on both ways. */
		while (top < levels - 1 && a.block[top] != b.block[top])
			top++;
		entries = Max(b.before[top] - a.before[top] - (top > 0), 0);
		for (int level = top - 1; level >= 0; level--)
		{
			/* So many pages lie between: what they, and the ends of the two pages, hold of the level below. */
			double		mean = b.rightmost[level] ? a.total[level] : (a.total[level] + b.total[level]) / 2.0;

			entries = entries * mean + b.before[level] + (a.total[level] - a.before[level] - (level > 0));
		}
	}
	index_close(index, NoLock);
	return entries;
}
