/*
 * roadmap.c
 *	  Topological order, forward and backward pass of a roadmap's network: the critical path method. See roadmap.h.
 *
 * Kelley, Walker (1959), with the four kinds of link and lags of the precedence diagramming method. O(tasks + links).
 */
#include "decision/roadmap.h"

/*
 * One cycle among the tasks that could not be ordered (indegree > 0): every such task has a predecessor that is one of them too, so
 * walking from predecessor to predecessor must meet a task again. previous is the smallest such predecessor.
 */
static int
find_cycle(const RoadmapNetwork *network, const int32_t *indegree, int32_t *previous, int32_t *cycle)
{
	int			task = -1;
	int			length = 0;

	for (int i = 0; i < network->ntasks; i++)
		previous[i] = -1;
	for (int l = 0; l < network->nlinks; l++)
	{
		const RoadmapLink *link = &network->links[l];

		if (indegree[link->from] > 0 && previous[link->to] < 0)
			previous[link->to] = link->from;
	}
	for (int i = 0; i < network->ntasks && task < 0; i++)
		if (indegree[i] > 0)
			task = i;

	/* ntasks steps back lead from anywhere into the cycle */
	for (int i = 0; i < network->ntasks; i++)
		task = previous[task];
	for (int t = previous[task], last = task; t != last; t = previous[t])
		if (t < task)
			task = t;
	for (int t = previous[task];; t = previous[t])
	{
		cycle[length++] = t;
		if (t == task)
			break;
	}

	/* walked backwards: turn it round; the smallest task comes first */
	for (int i = 0, j = length - 1; i < j; i++, j--)
	{
		int32_t		swap = cycle[i];

		cycle[i] = cycle[j];
		cycle[j] = swap;
	}
	return length;
}

int
roadmap_sort(RoadmapNetwork *network, int32_t *indegree, int32_t *cycle)
{
	int			head = 0;
	int			tail = 0;

	for (int i = 0; i < network->ntasks; i++)
		indegree[i] = 0;
	for (int l = 0; l < network->nlinks; l++)
		indegree[network->links[l].to]++;
	for (int i = 0; i < network->ntasks; i++)
		if (indegree[i] == 0)
			network->order[tail++] = i;
	while (head < tail)
	{
		int			task = network->order[head++];

		for (int l = network->link_start[task]; l < network->link_start[task + 1]; l++)
			if (--indegree[network->links[l].to] == 0)
				network->order[tail++] = network->links[l].to;
	}
	if (tail == network->ntasks)
		return 0;

	/* order is of no use now and has room for the predecessors */
	return find_cycle(network, indegree, network->order, cycle);
}

int64_t
roadmap_forward(const RoadmapNetwork *network, const int64_t *duration, int64_t *early_start)
{
	int64_t		finish = 0;

	for (int i = 0; i < network->ntasks; i++)
		early_start[i] = network->not_before[i];
	for (int k = 0; k < network->ntasks; k++)
	{
		int			task = network->order[k];

		for (int l = network->link_start[task]; l < network->link_start[task + 1]; l++)
		{
			const RoadmapLink *link = &network->links[l];
			int64_t		start = early_start[task] + roadmap_gap(link, duration);

			if (start > early_start[link->to])
				early_start[link->to] = start;
		}
		if (early_start[task] + duration[task] > finish)
			finish = early_start[task] + duration[task];
	}
	return finish;
}

void
roadmap_backward(const RoadmapNetwork *network, const int64_t *duration, int64_t finish, bool use_deadlines,
				 int64_t *late_start)
{
	for (int k = network->ntasks - 1; k >= 0; k--)
	{
		int			task = network->order[k];
		int64_t		latest = finish;

		if (use_deadlines && network->deadline[task] < latest)
			latest = network->deadline[task];
		latest -= duration[task];
		for (int l = network->link_start[task]; l < network->link_start[task + 1]; l++)
		{
			const RoadmapLink *link = &network->links[l];
			int64_t		start = late_start[link->to] - roadmap_gap(link, duration);

			if (start < latest)
				latest = start;
		}
		late_start[task] = latest;
	}
}

void
critical_path_compute(const RoadmapNetwork *network, RoadmapDates *dates)
{
	const int64_t *duration = network->duration;

	dates->finish = roadmap_forward(network, duration, dates->early_start);
	roadmap_backward(network, duration, dates->finish, true, dates->late_start);
	for (int i = 0; i < network->ntasks; i++)
	{
		int64_t		slack = dates->finish - dates->early_start[i] - duration[i];

		for (int l = network->link_start[i]; l < network->link_start[i + 1]; l++)
		{
			const RoadmapLink *link = &network->links[l];
			int64_t		room = dates->early_start[link->to] - dates->early_start[i] - roadmap_gap(link, duration);

			if (room < slack)
				slack = room;
		}
		dates->free_float[i] = slack;
	}
}
