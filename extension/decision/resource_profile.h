/*
 * resource_profile.h
 *	  How much of a department is in use over time: a step function with "first free place" in logarithmic time. Plain C.
 *
 * A treap over breakpoints: a node holds a time and the usage from there to the next node; subtrees know their least and greatest usage.
 * Node 0 is "no node"; node 1 is the beginning of time. Room for all nodes is given by the caller.
 */
#ifndef INNOCITY_RESOURCE_PROFILE_H
#define INNOCITY_RESOURCE_PROFILE_H

#include <stdint.h>

typedef struct ProfileNode
{
	int64_t		time;
	int64_t		usage;
	int64_t		pending;		/* to be added to both subtrees */
	int64_t		least;			/* over the subtree */
	int64_t		greatest;
	uint32_t	priority;
	int32_t		left;
	int32_t		right;
} ProfileNode;

typedef struct ResourceProfile
{
	int64_t		capacity;
	int32_t		root;
	int32_t		used;			/* nodes in use */
	ProfileNode *nodes;			/* 2 + 2 * (times that resource_profile_add will be called) */
} ResourceProfile;

/* An empty profile: nothing in use at any time. */
extern void resource_profile_clear(ResourceProfile *profile);

/* The earliest time >= from at which amount (<= capacity) is free for the whole duration (> 0). */
extern int64_t resource_profile_fit(ResourceProfile *profile, int64_t from, int64_t duration, int64_t amount);

/* Takes amount over [start, start + duration). */
extern void resource_profile_add(ResourceProfile *profile, int64_t start, int64_t duration, int64_t amount);

#endif							/* INNOCITY_RESOURCE_PROFILE_H */
