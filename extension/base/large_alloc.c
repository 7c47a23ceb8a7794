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

/* No more is fetched in one go, which a cancel has to wait for. */
#define PREPARE_MAX		((Size) 64 << 20)

void *
large_alloc(MemoryContext context, Size size)
{
	void	   *block = MemoryContextAllocExtended(context, size, MCXT_ALLOC_HUGE);

	large_prepare(block, size);
	return block;
}

void *
large_scratch(Size size)
{
	Size		pages = TYPEALIGN_DOWN(LARGE_PAGE, size + WASTE_MAX);
	char	   *block;

	if (pages == 0)
		return large_alloc(CurrentMemoryContext, size);
	block = MemoryContextAllocHuge(CurrentMemoryContext, Max(size, pages) + LARGE_PAGE);
	block = (char *) TYPEALIGN(LARGE_PAGE, block);
	large_prepare(block, Max(size, pages));
	return block;
}

void
large_pages(void *block, Size size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t	first = TYPEALIGN(LARGE_PAGE, (uintptr_t) block);
	uintptr_t	last = TYPEALIGN_DOWN(LARGE_PAGE, (uintptr_t) block + size);

	if (last > first)
		(void) madvise((void *) first, last - first, MADV_HUGEPAGE);
#endif
}

void
large_prepare(void *block, Size size)
{
	large_pages(block, size);
#ifdef MADV_POPULATE_WRITE
	if (size >= LARGE_MIN)
	{
		static long page = 0;
		uintptr_t	first;

		if (page == 0)
			page = sysconf(_SC_PAGESIZE);
		first = TYPEALIGN_DOWN(page, (uintptr_t) block);
		(void) madvise((void *) first, (uintptr_t) block + Min(size, PREPARE_MAX) - first, MADV_POPULATE_WRITE);
	}
#endif
}
