/*
 * roadmap_simulation.c
 *	  Monte Carlo on a roadmap. See roadmap_simulation.h.
 *
 * Beta-PERT (Malcolm, Roseboom, Clark, Fazar 1959; Vose 2008): beta with parameters 1 + 4 (likely - optimistic) / range and
 * 1 + 4 (pessimistic - likely) / range, whose mean is (optimistic + 4 likely + pessimistic) / 6.
 */
#include <math.h>

#include "base/prng.h"
#include "decision/roadmap_simulation.h"

/* The weight of the likely value in Beta-PERT. */
#define LIKELY_WEIGHT 4.0

static int64_t
draw_duration(const RoadmapEstimate *estimate, Prng *prng)
{
	double		range = (double) (estimate->pessimistic - estimate->optimistic);
	double		a;
	double		b;

	if (range == 0)
		return estimate->likely;
	a = 1 + LIKELY_WEIGHT * (double) (estimate->likely - estimate->optimistic) / range;
	b = 1 + LIKELY_WEIGHT * (double) (estimate->pessimistic - estimate->likely) / range;
	return estimate->optimistic + (int64_t) rint(prng_beta(prng, a, b) * range);
}

void
roadmap_simulate(const RoadmapNetwork *network, const RoadmapEstimate *estimates, int samples, uint64_t seed,
				 RoadmapInterrupt interrupt, int64_t *duration, int64_t *early_start, int64_t *late_start,
				 int64_t *finish, int64_t *critical)
{
	int			n = network->ntasks;

	for (int i = 0; i < n; i++)
		critical[i] = 0;
	for (int s = 0; s < samples; s++)
	{
		Prng		prng;
		int64_t		end;

		interrupt();
		/* a stream a draw: more samples repeat the first ones */
		prng_seed(&prng, seed, (uint64_t) s);
		for (int i = 0; i < n; i++)
			duration[i] = draw_duration(&estimates[i], &prng);
		end = roadmap_forward(network, duration, early_start);
		roadmap_backward(network, duration, end, false, late_start);
		for (int i = 0; i < n; i++)
		{
			finish[(int64_t) i * samples + s] = early_start[i] + duration[i];
			if (late_start[i] == early_start[i])
				critical[i]++;
		}
		finish[(int64_t) n * samples + s] = end;
	}
}
