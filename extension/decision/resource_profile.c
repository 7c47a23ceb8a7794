/*
 * resource_profile.c
 *	  A department's usage over time as a treap of breakpoints. See resource_profile.h.
 */
#include "decision/resource_profile.h"

/* Priorities come from the node's number, scrambled (the finalizer of MurmurHash3): the same tree each time. */
static uint32_t
scramble(uint32_t x)
{
	x ^= x >> 16;
	x *= UINT32_C(0x85ebca6b);
	x ^= x >> 13;
	x *= UINT32_C(0xc2b2ae35);
	x ^= x >> 16;
	return x;
}

static void
shift_usage(ProfileNode *nodes, int32_t node, int64_t amount)
{
	if (node == 0)
		return;
	nodes[node].usage += amount;
	nodes[node].pending += amount;
	nodes[node].least += amount;
	nodes[node].greatest += amount;
}

static void
push_down(ProfileNode *nodes, int32_t node)
{
	if (nodes[node].pending != 0)
	{
		shift_usage(nodes, nodes[node].left, nodes[node].pending);
		shift_usage(nodes, nodes[node].right, nodes[node].pending);
		nodes[node].pending = 0;
	}
}

static void
pull_up(ProfileNode *nodes, int32_t node)
{
	ProfileNode *n = &nodes[node];

	n->least = n->greatest = n->usage;
	for (int side = 0; side < 2; side++)
	{
		int32_t		child = side == 0 ? n->left : n->right;

		if (child == 0)
			continue;
		if (nodes[child].least < n->least)
			n->least = nodes[child].least;
		if (nodes[child].greatest > n->greatest)
			n->greatest = nodes[child].greatest;
	}
}

/* Times below time go left, the others right. */
static void
split(ProfileNode *nodes, int32_t node, int64_t time, int32_t *left, int32_t *right)
{
	if (node == 0)
	{
		*left = *right = 0;
		return;
	}
	push_down(nodes, node);
	if (nodes[node].time < time)
	{
		split(nodes, nodes[node].right, time, &nodes[node].right, right);
		*left = node;
	}
	else
	{
		split(nodes, nodes[node].left, time, left, &nodes[node].left);
		*right = node;
	}
	pull_up(nodes, node);
}

static int32_t
merge(ProfileNode *nodes, int32_t left, int32_t right)
{
	int32_t		top;

	if (left == 0 || right == 0)
		return left != 0 ? left : right;
	if (nodes[left].priority >= nodes[right].priority)
	{
		top = left;
		push_down(nodes, top);
		nodes[top].right = merge(nodes, nodes[top].right, right);
	}
	else
	{
		top = right;
		push_down(nodes, top);
		nodes[top].left = merge(nodes, left, nodes[top].left);
	}
	pull_up(nodes, top);
	return top;
}

/* The last node at or before a time; there is one, since node 1 begins time. */
static int32_t
node_at(ProfileNode *nodes, int32_t node, int64_t time)
{
	int32_t		found = 0;

	while (node != 0)
	{
		push_down(nodes, node);
		if (nodes[node].time <= time)
		{
			found = node;
			node = nodes[node].right;
		}
		else
			node = nodes[node].left;
	}
	return found;
}

/* The first node at or after a time whose usage is above (over) or not above the limit, or 0. */
static int32_t
first_node(ProfileNode *nodes, int32_t node, int64_t from, int64_t limit, int over)
{
	int32_t		found;

	if (node == 0 || (over ? nodes[node].greatest <= limit : nodes[node].least > limit))
		return 0;
	push_down(nodes, node);
	if (nodes[node].time >= from)
	{
		found = first_node(nodes, nodes[node].left, from, limit, over);
		if (found != 0)
			return found;
		if ((nodes[node].usage > limit) == (over != 0))
			return node;
	}
	return first_node(nodes, nodes[node].right, from, limit, over);
}

static int32_t
new_node(ResourceProfile *profile, int64_t time, int64_t usage)
{
	int32_t		node = ++profile->used;
	ProfileNode *n = &profile->nodes[node];

	n->time = time;
	n->usage = n->least = n->greatest = usage;
	n->pending = 0;
	n->priority = scramble((uint32_t) node);
	n->left = n->right = 0;
	return node;
}

/* Makes time a breakpoint without changing the function. */
static void
break_at(ResourceProfile *profile, int64_t time)
{
	ProfileNode *nodes = profile->nodes;
	int32_t		before = node_at(nodes, profile->root, time);
	int32_t		left;
	int32_t		right;

	if (nodes[before].time == time)
		return;
	split(nodes, profile->root, time, &left, &right);
	profile->root = merge(nodes, merge(nodes, left, new_node(profile, time, nodes[before].usage)), right);
}

void
resource_profile_clear(ResourceProfile *profile)
{
	profile->used = 0;
	profile->root = new_node(profile, 0, 0);
}

int64_t
resource_profile_fit(ResourceProfile *profile, int64_t from, int64_t duration, int64_t amount)
{
	ProfileNode *nodes = profile->nodes;
	int64_t		limit = profile->capacity - amount;

	for (;;)
	{
		int32_t		here = node_at(nodes, profile->root, from);
		int32_t		busy = first_node(nodes, profile->root, nodes[here].time, limit, 1);

		if (busy == 0 || nodes[busy].time >= from + duration)
			return from;
		/* after the last breakpoint nothing is in use, so there is a free node */
		from = nodes[first_node(nodes, profile->root, nodes[busy].time, limit, 0)].time;
	}
}

void
resource_profile_add(ResourceProfile *profile, int64_t start, int64_t duration, int64_t amount)
{
	ProfileNode *nodes = profile->nodes;
	int32_t		left;
	int32_t		middle;
	int32_t		right;

	break_at(profile, start);
	break_at(profile, start + duration);
	split(nodes, profile->root, start, &left, &middle);
	split(nodes, middle, start + duration, &middle, &right);
	shift_usage(nodes, middle, amount);
	profile->root = merge(nodes, merge(nodes, left, middle), right);
}
