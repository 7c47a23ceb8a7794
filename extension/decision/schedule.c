/*
 * schedule.c
 *	  Scheduling under department capacities: serial generation, sampled priorities, forward-backward improvement. See schedule.h.
 */
#include <stddef.h>

#include "base/prng.h"
#include "decision/schedule.h"

/* Placements between two looks at a cancel request: well under a millisecond each on any network we accept. */
#define INTERRUPT_EVERY 1024

/* How far sampled priorities stray from the late finish: parts of the project's length, taken in turn. */
static const double stray[] = {0.05, 0.1, 0.2, 0.4};

#define N_STRAY ((int64_t) (sizeof(stray) / sizeof(stray[0])))

/* One direction of the network as the generator sees it. */
typedef struct Direction
{
	const RoadmapLink *links;
	const int32_t *link_start;
	const int64_t *release;
} Direction;

/* Smaller priority first, then the smaller number. */
static bool
before(const int64_t *priority, int32_t a, int32_t b)
{
	if (priority[a] != priority[b])
		return priority[a] < priority[b];
	return a < b;
}

static void
heap_push(int32_t *heap, int *n, const int64_t *priority, int32_t task)
{
	int			at = (*n)++;

	while (at > 0 && before(priority, task, heap[(at - 1) / 2]))
	{
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = task;
}

static int32_t
heap_pop(int32_t *heap, int *n, const int64_t *priority)
{
	int32_t		top = heap[0];
	int32_t		last = heap[--(*n)];
	int			at = 0;

	for (;;)
	{
		int			child = 2 * at + 1;

		if (child >= *n)
			break;
		if (child + 1 < *n && before(priority, heap[child + 1], heap[child]))
			child++;
		if (!before(priority, heap[child], last))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = last;
	return top;
}

/* The earliest start >= from at which every department of the task has room. */
static int64_t
place(const ScheduleProblem *problem, int32_t task, int64_t from)
{
	int64_t		duration = problem->network->duration[task];
	int64_t		start = from;

	if (duration == 0)
		return start;
	for (int d = problem->demand_start[task]; d < problem->demand_start[task + 1];)
	{
		const ScheduleDemand *demand = &problem->demands[d];
		int64_t		fit = resource_profile_fit(&problem->profiles[demand->department], start, duration, demand->amount);

		if (fit == start)
			d++;
		else
		{
			/* moved: those asked before must be asked again */
			start = fit;
			d = problem->demand_start[task];
		}
	}
	for (int d = problem->demand_start[task]; d < problem->demand_start[task + 1]; d++)
		resource_profile_add(&problem->profiles[problem->demands[d].department], start, duration, problem->demands[d].amount);
	return start;
}

/* Serial schedule generation in one direction; returns the finish of the last task. */
static int64_t
generate(const ScheduleProblem *problem, const Direction *direction, const int64_t *priority, ScheduleScratch *scratch,
		 RoadmapInterrupt interrupt, int64_t *start)
{
	const RoadmapNetwork *network = problem->network;
	int			waiting = 0;
	int64_t		finish = 0;
	int64_t		placed = 0;

	for (int d = 0; d < problem->ndepartments; d++)
		resource_profile_clear(&problem->profiles[d]);
	for (int i = 0; i < network->ntasks; i++)
	{
		scratch->waiting[i] = 0;
		start[i] = direction->release != NULL ? direction->release[i] : 0;
	}
	for (int l = 0; l < network->nlinks; l++)
		scratch->waiting[direction->links[l].to]++;
	for (int i = 0; i < network->ntasks; i++)
		if (scratch->waiting[i] == 0)
			heap_push(scratch->heap, &waiting, priority, i);
	while (waiting > 0)
	{
		int32_t		task = heap_pop(scratch->heap, &waiting, priority);

		if (++placed % INTERRUPT_EVERY == 0)
			interrupt();
		start[task] = place(problem, task, start[task]);
		if (start[task] + network->duration[task] > finish)
			finish = start[task] + network->duration[task];
		for (int l = direction->link_start[task]; l < direction->link_start[task + 1]; l++)
		{
			const RoadmapLink *link = &direction->links[l];
			int64_t		earliest = start[task] + roadmap_gap(link, network->duration);

			if (earliest > start[link->to])
				start[link->to] = earliest;
			if (--scratch->waiting[link->to] == 0)
				heap_push(scratch->heap, &waiting, priority, link->to);
		}
	}
	return finish;
}

/*
 * The network in reversed time: a task starts at minus its finish, and start(to) >= start(from) + gap becomes
 * start'(from) >= start'(to) + gap + duration(to) - duration(from). Links are kept as start-to-start.
 */
static void
reverse_links(const RoadmapNetwork *network, RoadmapLink *reversed, int32_t *reversed_start)
{
	for (int i = 0; i <= network->ntasks; i++)
		reversed_start[i] = 0;
	for (int l = 0; l < network->nlinks; l++)
		reversed_start[network->links[l].to]++;
	for (int i = 0, sum = 0; i <= network->ntasks; i++)
	{
		sum += reversed_start[i];
		reversed_start[i] = sum;
	}
	for (int l = network->nlinks - 1; l >= 0; l--)
	{
		const RoadmapLink *link = &network->links[l];
		RoadmapLink *back = &reversed[--reversed_start[link->to]];

		back->from = link->to;
		back->to = link->from;
		back->kind = ROADMAP_SS;
		back->lag = roadmap_gap(link, network->duration) + network->duration[link->to] - network->duration[link->from];
	}
}

static int64_t
total_lateness(const RoadmapNetwork *network, const int64_t *start)
{
	int64_t		sum = 0;

	for (int i = 0; i < network->ntasks; i++)
		if (network->deadline[i] != ROADMAP_NO_DEADLINE && start[i] + network->duration[i] > network->deadline[i])
			sum += start[i] + network->duration[i] - network->deadline[i];
	return sum;
}

/*
 * No schedule is shorter than the critical path, nor than, for each department, the earliest start of its tasks + its work / its
 * capacity + the least time that must follow them.
 */
static int64_t
lower_bound(const ScheduleProblem *problem, const int64_t *early_start, const int64_t *late_start, int64_t length, ScheduleWork *work)
{
	const RoadmapNetwork *network = problem->network;
	int64_t		bound = length;

	for (int department = 0; department < problem->ndepartments; department++)
		work[department] = (ScheduleWork) {0, 0, INT64_MAX, INT64_MAX};
	for (int d = 0; d < problem->ndemands; d++)
	{
		const ScheduleDemand *demand = &problem->demands[d];
		ScheduleWork *of = &work[demand->department];
		int32_t		task = demand->task;
		int64_t		tail = length - late_start[task] - network->duration[task];
		unsigned __int128 sum;

		if (network->duration[task] == 0)
			continue;
		sum = ((unsigned __int128) of->high << 64 | of->low) + (unsigned __int128) demand->amount * network->duration[task];
		of->high = (uint64_t) (sum >> 64);
		of->low = (uint64_t) sum;
		if (early_start[task] < of->head)
			of->head = early_start[task];
		if (tail < of->tail)
			of->tail = tail;
	}
	for (int department = 0; department < problem->ndepartments; department++)
	{
		const ScheduleWork *of = &work[department];
		unsigned __int128 sum = (unsigned __int128) of->high << 64 | of->low;

		if (sum > 0)
		{
			int64_t		capacity = problem->profiles[department].capacity;
			int64_t		busy = (int64_t) ((sum + capacity - 1) / capacity);

			if (of->head + busy + of->tail > bound)
				bound = of->head + busy + of->tail;
		}
	}
	return bound;
}

static void
keep_better(const ScheduleProblem *problem, const int64_t *start, int64_t finish, bool first, ScheduleResult *result)
{
	int64_t		lateness;

	if (!first && finish > result->finish)
		return;
	lateness = total_lateness(problem->network, start);
	if (!first && finish == result->finish && lateness >= result->lateness)
		return;
	for (int i = 0; i < problem->network->ntasks; i++)
		result->start[i] = start[i];
	result->finish = finish;
	result->lateness = lateness;
}

void
schedule_solve(const ScheduleProblem *problem, int64_t effort, uint64_t seed, RoadmapInterrupt interrupt,
			   ScheduleScratch *scratch, ScheduleResult *result)
{
	const RoadmapNetwork *network = problem->network;
	int			n = network->ntasks;
	Direction	forward = {network->links, network->link_start, network->not_before};
	Direction	backward = {scratch->reversed, scratch->reversed_start, NULL};
	int64_t		length;
	int64_t		used = 0;
	Prng		prng;

	prng_seed(&prng, seed, 0);
	length = roadmap_forward(network, network->duration, scratch->start);
	roadmap_backward(network, network->duration, length, false, scratch->trial);
	result->bound = lower_bound(problem, scratch->start, scratch->trial, length, scratch->work);
	roadmap_backward(network, network->duration, length, true, scratch->trial);
	for (int i = 0; i < n; i++)
		scratch->late_finish[i] = scratch->trial[i] + network->duration[i];
	reverse_links(network, scratch->reversed, scratch->reversed_start);

	for (int64_t round = 0; round == 0 || used + 3 * (int64_t) n <= effort; round++)
	{
		int64_t		finish;

		for (int i = 0; i < n; i++)
		{
			scratch->priority[i] = scratch->late_finish[i];
			if (round > 0)
				scratch->priority[i] += (int64_t) (prng_double(&prng) * stray[round % N_STRAY] * (double) length);
		}
		finish = generate(problem, &forward, scratch->priority, scratch, interrupt, scratch->trial);
		keep_better(problem, scratch->trial, finish, round == 0, result);

		/* backward: the task that finished last goes first; then forward in the order of the starts so found */
		for (int i = 0; i < n; i++)
			scratch->priority[i] = -(scratch->trial[i] + network->duration[i]);
		generate(problem, &backward, scratch->priority, scratch, interrupt, scratch->trial);
		for (int i = 0; i < n; i++)
			scratch->priority[i] = -(scratch->trial[i] + network->duration[i]);
		finish = generate(problem, &forward, scratch->priority, scratch, interrupt, scratch->trial);
		keep_better(problem, scratch->trial, finish, false, result);

		used += 3 * (int64_t) n;
		if (n == 0 || (result->finish == result->bound && result->lateness == 0))
			break;
	}
}
