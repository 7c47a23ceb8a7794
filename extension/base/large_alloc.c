/*
 * large_alloc.c
 *	  Memory for arrays of megabytes; see the header.
 */
#include "base/large_alloc.h"

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "utils/memutils.h"

#define LARGE_PAGE		((Size) 2 << 20)

/* Blocks from which on the system is asked at all: those that the C library maps afresh. */
#define LARGE_MIN		((Size) 128 << 10)

/* A large page that a block ends in is taken if it leaves no more of it unused. */
#define WASTE_MAX		((Size) 512 << 10)

/* A session that asks for a block of this size will ask for more: see keep_memory. */
#define KEEP_MIN		((Size) 1 << 20)

/* Just below the largest size that the C library draws conclusions from, 32 MB. */
#define KEEP_BLOCK		((Size) 31 << 20)

/*
 * glibc returns the free memory at the end of its heap to the system as soon as it is more than twice the largest block that was mapped and
 * freed so far (M_TRIM_THRESHOLD in mallopt(3)). A query over matrices thus lost all its memory at its end, and the next one fetched it
 * anew, which took longer than the query itself. A block mapped and given back untouched raises that limit: from its first block of
 * a megabyte on a session keeps up to 62 MB of what its queries needed. Elsewhere it is an allocation without effect.
 */
static void
keep_memory(Size size)
{
	static bool kept = false;
	void	   *block;

	if (kept || size < KEEP_MIN)
		return;
	kept = true;
	block = MemoryContextAllocExtended(TopMemoryContext, KEEP_BLOCK, MCXT_ALLOC_NO_OOM);
	if (block)
		pfree(block);
}

#ifdef MADV_HUGEPAGE

static uintptr_t
page_size(void)
{
	static uintptr_t size = 0;

	if (size == 0)
		size = sysconf(_SC_PAGESIZE);
	return size;
}

/* Is memory used before behind a block? Its end tells: a heap grows at its end. */
static bool
is_there(void *block, Size size)
{
	uintptr_t	last = TYPEALIGN_DOWN(page_size(), (uintptr_t) block + size - 1);
	unsigned char resident = 0;

	return mincore((void *) last, page_size(), &resident) == 0 && (resident & 1);
}

/* Fetches the pages that a range touches, in one go instead of one fault each (Linux 5.14 and later). */
static void
populate(uintptr_t first, uintptr_t last)
{
#ifdef MADV_POPULATE_WRITE
	first = TYPEALIGN_DOWN(page_size(), first);
	if (last > first)
		(void) madvise((void *) first, last - first, MADV_POPULATE_WRITE);
#endif
}

/* The large pages that lie in a block: where they begin and end; the same place if there are none. */
static void
large_range(void *block, Size size, uintptr_t *first, uintptr_t *last)
{
	*first = TYPEALIGN(LARGE_PAGE, (uintptr_t) block);
	*last = Max(*first, TYPEALIGN_DOWN(LARGE_PAGE, (uintptr_t) block + size));
}

#endif

/* Asks for large pages; nothing is fetched. */
static void
ask_for_large_pages(void *block, Size size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t	first;
	uintptr_t	last;

	large_range(block, size, &first, &last);
	if (last > first)
		(void) madvise((void *) first, last - first, MADV_HUGEPAGE);
#endif
}

void
large_prepare(void *block, Size size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t	end = (uintptr_t) block + size;
	uintptr_t	first;
	uintptr_t	last;

	if (size < LARGE_MIN || is_there(block, size))
		return;
	ask_for_large_pages(block, size);
	/* What is not in large pages is less than two of them, so that a cancel waits for no more than that. */
	large_range(block, size, &first, &last);
	populate((uintptr_t) block, Min(first, end));
	populate(last, end);
#endif
}

void *
large_alloc(MemoryContext context, Size size)
{
	void	   *block;

	keep_memory(size);
	block = MemoryContextAllocExtended(context, size, MCXT_ALLOC_HUGE);
	large_prepare(block, size);
	return block;
}

/*
 * A block in the current context. One of about a large page or more begins on the edge of one, and *size grows to the end of its last if
 * little is missing.
 */
static void *
aligned_block(Size *size)
{
	Size		pages = TYPEALIGN_DOWN(LARGE_PAGE, *size + WASTE_MAX);

	keep_memory(*size);
	if (pages == 0)
		return MemoryContextAllocHuge(CurrentMemoryContext, *size);
	*size = Max(*size, pages);
	return (void *) TYPEALIGN(LARGE_PAGE, MemoryContextAllocHuge(CurrentMemoryContext, *size + LARGE_PAGE));
}

void *
large_scratch(Size size)
{
	void	   *block = aligned_block(&size);

	large_prepare(block, size);
	return block;
}

void *
large_room(Size size)
{
	void	   *block = aligned_block(&size);

	ask_for_large_pages(block, size);
	return block;
}
