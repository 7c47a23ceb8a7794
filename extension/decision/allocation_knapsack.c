/*
 * allocation_knapsack.c
 *	  The 0/1 knapsack of one city, by depth-first branch and bound in order of value per weight (Horowitz and Sahni 1974). The linear
 *	  bound is found by bisection in running sums. See allocation_knapsack.h.
 */
#include "decision/allocation_knapsack.h"

#include <math.h>

/* Is a worth more per weight than b? Weightless items come first; then heavier before lighter, id last: a total order. */
static inline bool
denser(const AllocKnapsackItem *a, const AllocKnapsackItem *b)
{
	double		left = a->value * (double) b->weight;
	double		right = b->value * (double) a->weight;

	if (left != right)
		return left > right;
	if (a->weight != b->weight)
		return (a->weight == 0) || (b->weight != 0 && a->weight > b->weight);
	return a->id < b->id;
}

/* Heap sort: no worst case, no C library whose order of equals may differ. */
static void
sort_items(AllocKnapsackItem *item, int n)
{
	if (n <= 40)
	{
		for (int i = 1; i < n; i++)
		{
			AllocKnapsackItem x = item[i];
			int			k = i;

			for (; k > 0 && denser(&x, &item[k - 1]); k--)
				item[k] = item[k - 1];
			item[k] = x;
		}
		return;
	}
	for (int start = n / 2, end = n; end > 1;)
	{
		AllocKnapsackItem x;
		int			root;

		if (start > 0)
			x = item[--start];
		else
		{
			x = item[--end];
			item[end] = item[0];
		}
		root = start;
		for (int child = 2 * root + 1; child < end; child = 2 * root + 1)
		{
			/* the root is the least dense, which goes to the end */
			if (child + 1 < end && denser(&item[child], &item[child + 1]))
				child++;
			if (!denser(&x, &item[child]))
				break;
			item[root] = item[child];
			root = child;
		}
		item[root] = x;
	}
}

double
alloc_knapsack_linear(const AllocKnapsack *k, int first, int64_t capacity)
{
	int			low = first;
	int			high = k->n;
	double		value;

	if (capacity < 0)
		return -INFINITY;
	/* low: the most items from first on that fit whole */
	while (low < high)
	{
		int			middle = low + (high - low + 1) / 2;

		if (k->sum_weight[middle] - k->sum_weight[first] <= capacity)
			low = middle;
		else
			high = middle - 1;
	}
	value = k->sum_value[low] - k->sum_value[first];
	if (low < k->n)
		value += k->item[low].value * (double) (capacity - (k->sum_weight[low] - k->sum_weight[first])) /
			(double) k->item[low].weight;
	return value;
}

double
alloc_knapsack(AllocKnapsack *k, int64_t capacity, double tolerance, int64_t limit, int64_t *nodes)
{
	AllocKnapsackItem *item = k->item;
	int			n = k->n;
	double		linear;
	double		best = -1;
	double	   *value = k->sum_on;	/* not one running sum: taking back what was added leaves rounding errors */
	int64_t		left = capacity;
	int64_t		count = 0;
	int			at = 0;

	sort_items(item, n);
	k->sum_value[0] = 0;
	k->sum_weight[0] = 0;
	for (int i = 0; i < n; i++)
	{
		k->sum_value[i + 1] = k->sum_value[i] + item[i].value;
		k->sum_weight[i + 1] = k->sum_weight[i] + item[i].weight;
		item[i].take = false;
	}
	if (k->sum_weight[n] <= capacity)
	{
		for (int i = 0; i < n; i++)
			item[i].take = true;
		return k->sum_value[n];
	}
	linear = alloc_knapsack_linear(k, 0, capacity);
	value[0] = 0;
	for (;;)
	{
		/* forward: take what fits, leave out what does not while the bound allows */
		while (at < n)
		{
			if (item[at].weight <= left)
			{
				k->on[at] = true;
				left -= item[at].weight;
				value[at + 1] = value[at] + item[at].value;
				at++;
				continue;
			}
			count++;
			if (value[at] + alloc_knapsack_linear(k, at, left) <= best)
				break;
			k->on[at] = false;
			value[at + 1] = value[at];
			at++;
		}
		if (at == n && value[n] > best)
		{
			best = value[n];
			for (int i = 0; i < n; i++)
				item[i].take = k->on[i];
			if (best >= linear - tolerance)
				break;
		}
		if (count > limit)
		{
			*nodes += count;
			return linear;
		}
		/* back: undo the last item taken that leaves a chance when left out */
		for (;;)
		{
			do
				at--;
			while (at >= 0 && !k->on[at]);
			if (at < 0)
			{
				*nodes += count;
				return best;
			}
			k->on[at] = false;
			left += item[at].weight;
			count++;
			value[at + 1] = value[at];
			if (value[at] + alloc_knapsack_linear(k, at + 1, left) > best)
				break;
		}
		at++;
	}
	*nodes += count;
	return linear;
}
