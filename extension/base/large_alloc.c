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

#ifdef MADV_POPULATE_WRITE
/* Fetches the pages that a range touches, in one go instead of one fault each. */
static void
populate(uintptr_t first, uintptr_t last)
{
	static uintptr_t page = 0;

	if (page == 0)
		page = sysconf(_SC_PAGESIZE);
	first = TYPEALIGN_DOWN(page, first);
	if (last > first)
		(void) madvise((void *) first, last - first, MADV_POPULATE_WRITE);
}
#endif

#ifdef MADV_HUGEPAGE
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
	ask_for_large_pages(block, size);
#if defined(MADV_HUGEPAGE) && defined(MADV_POPULATE_WRITE)
	if (size >= LARGE_MIN)
	{
		uintptr_t	end = (uintptr_t) block + size;
		uintptr_t	first;
		uintptr_t	last;

		/* What is not in large pages is less than two of them, so that a cancel waits for no more than that. */
		large_range(block, size, &first, &last);
		populate((uintptr_t) block, Min(first, end));
		populate(last, end);
	}
#endif
}

void *
large_alloc(MemoryContext context, Size size)
{
	void	   *block = MemoryContextAllocExtended(context, size, MCXT_ALLOC_HUGE);

	large_prepare(block, size);
	return block;
}

/* A block in the current context; one of more than about a page begins on the edge of one, and *size grows to its end if little is missing. */
static void *
aligned_block(Size *size)
{
	Size		pages = TYPEALIGN_DOWN(LARGE_PAGE, *size + WASTE_MAX);

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
