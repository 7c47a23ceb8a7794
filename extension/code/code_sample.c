/*
 * code_sample.c
 *	  A small sample of a column of codes, taken while a query is planned, for tables that ANALYZE has not seen.
 *
 * At most SAMPLE_BLOCKS blocks are read, evenly spaced, and of each evenly spaced rows: the same table gives the
 * same sample. Where the rows of a subtree stand together, n evenly spaced blocks meet a run of r/n of the table
 * floor(r) or ceil(r) times; where rows are shuffled, the number of rows decides, as in ANALYZE. Rows are fetched
 * through the table's access method, one by one, for a block can have hundreds and few are wanted. The snapshot is
 * the one that the planner itself uses to look for the ends of a column (get_actual_variable_range): it takes no
 * predicate locks, and a row of another's open transaction does no harm to an estimate.
 *
 * A sample is kept in the session until the table is rewritten or grows or shrinks by an eighth, so the next query
 * does not pay again; once there are statistics nobody asks for it.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "code/code_sample.h"
#include "code/code_server.h"

#define SAMPLE_BLOCKS	2000	/* 16 MB */
#define SAMPLE_ROWS		30000	/* as ANALYZE at the default statistics target */
#define CACHED_SAMPLES	64

/* How many rows a block has is learnt from so many blocks; a block is over after so many places without a row. */
#define PROBED_BLOCKS	16
#define EMPTY_PLACES	32

typedef struct CachedSample
{
	Oid			relid;			/* InvalidOid: unused */
	AttrNumber	attribute;
	Oid			filenode;
	BlockNumber blocks;			/* of the table when the sample was taken */
	MemoryContext context;		/* of the arrays */
	CodeSample	sample;
} CachedSample;

static CachedSample cache[CACHED_SAMPLES];
static int	cache_next = 0;

static int
compare_codes(const void *a, const void *b)
{
	int64_t		x = *(const int64_t *) a;
	int64_t		y = *(const int64_t *) b;

	return (x > y) - (x < y);
}

/* Where rows are fetched from, and what came of it. */
typedef struct Reader
{
	Relation	rel;
	AttrNumber	attribute;
	SnapshotData snapshot;
	TupleTableSlot *slot;
	int			rows;			/* found, NULL or not */
	int			count;			/* codes that are not NULL */
	int			room;
	int64_t    *codes;
} Reader;

static bool
fetch_row(Reader *reader, BlockNumber block, OffsetNumber place)
{
	ItemPointerData tid;

	ItemPointerSet(&tid, block, place);
	return table_tuple_fetch_row_version(reader->rel, &tid, &reader->snapshot, reader->slot);
}

static void
take_row(Reader *reader)
{
	bool		isnull;
	Datum		value = slot_getattr(reader->slot, reader->attribute, &isnull);

	reader->rows++;
	if (isnull)
		return;
	if (reader->count == reader->room)
		reader->codes = repalloc(reader->codes, (reader->room *= 2) * sizeof(int64_t));
	reader->codes[reader->count++] = DatumGetCode(value);
}

/* The middle of each of the wanted stretches of the table. */
static BlockNumber
spaced_block(BlockNumber i, BlockNumber wanted, BlockNumber blocks)
{
	return (BlockNumber) (((uint64) i * 2 + 1) * blocks / ((uint64) wanted * 2));
}

/* The highest place of a row in any of a few blocks. */
static OffsetNumber
highest_place(Reader *reader, BlockNumber blocks, BlockNumber wanted)
{
	OffsetNumber highest = FirstOffsetNumber;

	for (BlockNumber i = 0; i < wanted; i++)
	{
		BlockNumber block = spaced_block(i, wanted, blocks);
		OffsetNumber last = 0;

		for (OffsetNumber place = FirstOffsetNumber; place <= MaxHeapTuplesPerPage && place <= last + EMPTY_PLACES; place++)
		{
			if (fetch_row(reader, block, place))
				last = place;
		}
		highest = Max(highest, last);
	}
	return highest;
}

/* Reads the wanted blocks, in each every step-th place, from a place on that differs from block to block. */
static void
read_sample(Reader *reader, BlockNumber blocks, BlockNumber wanted, OffsetNumber highest, double step)
{
	for (BlockNumber i = 0; i < wanted; i++)
	{
		BlockNumber block = spaced_block(i, wanted, blocks);
		double		turn = i * 0.6180339887498949;	/* the golden section: evenly spread however many */

		CHECK_FOR_INTERRUPTS();
		if (i + maintenance_io_concurrency < wanted)
			PrefetchBuffer(reader->rel, MAIN_FORKNUM, spaced_block(i + maintenance_io_concurrency, wanted, blocks));
		for (double place = FirstOffsetNumber + (turn - floor(turn)) * (step - 1); place < highest + 1.0; place += step)
		{
			if (fetch_row(reader, block, (OffsetNumber) place))
				take_row(reader);
		}
	}
}

/* Keeps the distinct codes of what was read. */
static void
keep_codes(CachedSample *entry, const int64_t *codes, int count)
{
	CodeSample *sample = &entry->sample;

	entry->context = AllocSetContextCreate(CacheMemoryContext, "innocity sample of codes", ALLOCSET_SMALL_SIZES);
	sample->count = 0;
	for (int i = 0; i < count; i++)
		sample->count += i == 0 || codes[i] != codes[i - 1];
	sample->codes = MemoryContextAlloc(entry->context, (sample->count + 1) * sizeof(int64_t));
	sample->rows_upto = MemoryContextAlloc(entry->context, (sample->count + 1) * sizeof(int));
	for (int i = 0, n = -1; i < count; i++)
	{
		if (i == 0 || codes[i] != codes[i - 1])
			sample->codes[++n] = codes[i];
		sample->rows_upto[n] = i + 1;
	}
}

/* Fills the cache's entry from the table. */
static void
take_sample(CachedSample *entry, Relation rel, double share)
{
	BlockNumber wanted = Min((BlockNumber) Max(SAMPLE_BLOCKS * share, 1.0), entry->blocks);
	Reader		reader = {.rel = rel, .attribute = entry->attribute, .room = 1024};
	OffsetNumber highest;
	double		step;

	InitNonVacuumableSnapshot(reader.snapshot, GlobalVisTestFor(rel));
	reader.slot = table_slot_create(rel, NULL);
	reader.codes = palloc(reader.room * sizeof(int64_t));
	highest = highest_place(&reader, entry->blocks, Min(wanted, (BlockNumber) Max(PROBED_BLOCKS * share, 1.0)));
	step = Max(wanted * highest / (SAMPLE_ROWS * share), 1.0);
	read_sample(&reader, entry->blocks, wanted, highest, step);
	ExecDropSingleTupleTableSlot(reader.slot);

	qsort(reader.codes, reader.count, sizeof(int64_t), compare_codes);
	keep_codes(entry, reader.codes, reader.count);
	entry->sample.rows = reader.rows;
	entry->sample.complete = wanted == entry->blocks && step == 1.0 && entry->blocks <= PROBED_BLOCKS;
	pfree(reader.codes);
}

const CodeSample *
code_sample(Oid relid, AttrNumber attribute, double share)
{
	Relation	rel;
	BlockNumber blocks;
	CachedSample *entry = NULL;
	bool		usable;

	rel = table_open(relid, NoLock);	/* locked since the query was parsed */
	usable = RELKIND_HAS_TABLE_AM(rel->rd_rel->relkind) && !RELATION_IS_OTHER_TEMP(rel) && (rel->rd_rel->relkind != RELKIND_MATVIEW || RelationIsPopulated(rel));
	if (!usable)
	{
		table_close(rel, NoLock);
		return NULL;
	}

	blocks = RelationGetNumberOfBlocks(rel);
	for (int i = 0; i < CACHED_SAMPLES; i++)
	{
		if (cache[i].relid == relid && cache[i].attribute == attribute)
			entry = &cache[i];
	}
	/* What is in a few blocks can change without a block more, and is soon read again. */
	if (entry == NULL || entry->filenode != rel->rd_rel->relfilenode || entry->blocks < 8 ||
		blocks > entry->blocks + entry->blocks / 8 || blocks < entry->blocks - entry->blocks / 8)
	{
		if (entry == NULL)
		{
			entry = &cache[cache_next];
			cache_next = (cache_next + 1) % CACHED_SAMPLES;
		}
		if (OidIsValid(entry->relid))
			MemoryContextDelete(entry->context);
		entry->relid = InvalidOid;	/* an error on the way leaves it unused */
		entry->attribute = attribute;
		entry->filenode = rel->rd_rel->relfilenode;
		entry->blocks = blocks;
		take_sample(entry, rel, share);
		entry->relid = relid;
	}
	table_close(rel, NoLock);
	return entry->sample.rows > 0 ? &entry->sample : NULL;
}

int
code_sample_find(const CodeSample *sample, int64_t code)
{
	int			low = 0,
				high = sample->count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (sample->codes[middle] < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

double
code_sample_fraction(const CodeSample *sample, int64_t first, int64_t last)
{
	int			from = code_sample_find(sample, first);
	int			to = code_sample_find(sample, last + 1);
	int			rows;

	rows = (to > 0 ? sample->rows_upto[to - 1] : 0) - (from > 0 ? sample->rows_upto[from - 1] : 0);
	if (rows == 0 && !sample->complete)
		return 0.5 / sample->rows;
	return (double) rows / sample->rows;
}
