/*
 * smaa_fn.c
 *	  SQL face of smaa.h: window functions smaa (rank acceptability) and smaa_detail (that, central weights, confidence, errors).
 */
#include "base/compat.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "decision/criteria_args.h"
#include "decision/ranking_window.h"
#include "decision/smaa.h"

#define SAMPLES_MAX 10000000

/* Counts kept while it runs, rows times ranks: half a gigabyte. */
#define COUNTS_MAX (INT64CONST(1) << 26)

enum
{
	ARG_DIRECTIONS = 1,
	ARG_SAMPLES,
	ARG_SEED,
	ARG_WEIGHTS,
	ARG_SPREAD,
	ARG_CONCENTRATION,
	ARG_DEVIATIONS,
	ARG_RANKS,
	ARG_NORMALIZATION
};

static const char *const names[] = {
	"criteria", "directions", "samples", "seed", "weights", "spread", "concentration", "deviations", "ranks",
	"normalization"
};

/* How weights are drawn, from the arguments weights, spread and concentration. */
static void
weights_model(RankingWindow *window, SmaaProblem *problem)
{
	bool		spread = !window->is_null[ARG_SPREAD];
	bool		concentration = !window->is_null[ARG_CONCENTRATION];

	if (window->is_null[ARG_WEIGHTS])
	{
		if (spread || concentration)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" goes with \"weights\"", spread ? "spread" : "concentration"),
					 errhint("Without weights nothing is known about them: uniform on the simplex.")));
		problem->kind = SMAA_UNIFORM;
		return;
	}
	if (spread && concentration)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("give \"spread\" or \"concentration\", not both"),
				 errhint("spread draws each weight around the given one, concentration all of them at once.")));
	if (spread)
	{
		problem->kind = SMAA_SPREAD;
		problem->amount = DatumGetFloat8(window->argument[ARG_SPREAD]);
		if (!(problem->amount > 0 && problem->amount <= 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("spread must be above 0 and at most 1, not %g", problem->amount),
					 errhint("0.2 draws each weight within plus or minus 20 percent of the given one.")));
	}
	else if (concentration)
	{
		problem->kind = SMAA_DIRICHLET;
		problem->amount = DatumGetFloat8(window->argument[ARG_CONCENTRATION]);
		if (!(problem->amount > 0 && problem->amount <= 1e9))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("concentration must be above 0 and at most 1e9, not %g", problem->amount),
					 errhint("The greater, the closer to the given weights: a weight w has the variance w (1 - w) / (concentration + 1).")));
	}
	else
	{
		problem->kind = SMAA_FIXED;
		if (!window->has_deviations)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("nothing is uncertain: fixed weights and exact criteria"),
					 errhint("Give \"spread\" or \"concentration\" of the weights, or \"deviations\" of the criteria.")));
	}
}

/*
 * Computes and keeps, for each ranked row: `ranks` acceptabilities, then m central weights and the confidence factor if wanted.
 */
static void
simulate(RankingWindow *window, bool detail)
{
	SmaaProblem problem;
	SmaaResult	result;
	int64		n = window->problem.n;
	int			m = window->problem.m;
	int64		samples = DatumGetInt32(ranking_window_argument(window, ARG_SAMPLES, "samples"));
	int64		ranks = window->is_null[ARG_RANKS] ? n : DatumGetInt32(window->argument[ARG_RANKS]);
	Normalization normalization;
	void	   *scratch;

	if (samples < 1 || samples > SAMPLES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("samples must be between 1 and %d, not %lld", SAMPLES_MAX, (long long) samples),
				 errhint("10000 draws give shares to half a percent.")));
	if (ranks < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ranks must be positive, not %lld", (long long) ranks),
				 errhint("It is how many ranks, from the first on, to count; leave it out to have all.")));
	ranks = Min(ranks, n);
	if (n * ranks > COUNTS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("rank acceptabilities of %lld rows and %lld ranks are too many", (long long) n, (long long) ranks),
				 errhint("Ask for the first ranks only: ranks => 20.")));
	memset(&problem, 0, sizeof(problem));
	problem.ranking = window->problem;
	problem.deviations = window->has_deviations ? window->deviations : NULL;
	problem.samples = samples;
	problem.seed = (uint64) DatumGetInt64(ranking_window_argument(window, ARG_SEED, "seed"));
	problem.ranks = ranks;
	problem.confidence = detail;
	weights_model(window, &problem);
	normalization = ranking_normalization(ranking_window_text(window, ARG_NORMALIZATION, "normalization"));
	if (normalization != NORMALIZE_MINMAX && normalization != NORMALIZE_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("normalization must be \"minmax\" or \"none\", not \"%s\"",
						ranking_window_text(window, ARG_NORMALIZATION, "normalization")),
				 errhint("Other normalizations depend on more than the two ends of a criterion.")));
	problem.as_given = normalization == NORMALIZE_NONE;
	for (int k = 0; problem.as_given && k < m; k++)
		if (window->problem.minimise[k])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion %d is to be minimised and has no normalization", k + 1),
					 errhint("Turn the criterion round, or use \"minmax\".")));

	window->width = ranks;
	window->result = ranking_window_results(window, n * (ranks + m + 1));
	result.acceptability = window->result;
	result.central = window->result + n * ranks;
	result.confidence = window->result + n * (ranks + m);
	scratch = ranking_scratch(smaa_scratch_size(&problem));
	ranking_smaa(&problem, &result, scratch);
	pfree(scratch);
}

PG_FUNCTION_INFO_V1(innocity_smaa);
Datum
innocity_smaa(PG_FUNCTION_ARGS)
{
	RankingWindow *window;
	int64		row;

	if (ranking_window_open(fcinfo, &window, names, ARG_WEIGHTS, true, ARG_DIRECTIONS, ARG_DEVIATIONS) && window->problem.n > 0)
		simulate(window, false);
	row = ranking_window_row(fcinfo, window);
	if (row < 0)
		PG_RETURN_NULL();
	return float8_array(window->result + row * window->width, window->width);
}

PG_FUNCTION_INFO_V1(innocity_smaa_detail);
Datum
innocity_smaa_detail(PG_FUNCTION_ARGS)
{
	RankingWindow *window;
	int64		row;
	int64		n;
	int			m;
	int			ranks;
	double		samples;
	const double *acceptability;
	double	   *errors;
	double		confidence;
	Datum		values[6];
	bool		nulls[6] = {false};

	if (ranking_window_open(fcinfo, &window, names, ARG_WEIGHTS, true, ARG_DIRECTIONS, ARG_DEVIATIONS) && window->problem.n > 0)
		simulate(window, true);
	row = ranking_window_row(fcinfo, window);
	if (row < 0)
		PG_RETURN_NULL();
	n = window->problem.n;
	m = window->problem.m;
	ranks = window->width;
	samples = DatumGetInt32(window->argument[ARG_SAMPLES]);
	acceptability = window->result + row * ranks;
	errors = palloc(sizeof(double) * ranks);
	for (int rank = 0; rank < ranks; rank++)
		errors[rank] = sqrt(acceptability[rank] * (1 - acceptability[rank]) / samples);
	confidence = window->result[n * (ranks + m) + row];
	values[0] = float8_array(acceptability, ranks);
	values[1] = float8_array(errors, ranks);
	/* never first: no weights favour it */
	nulls[2] = nulls[3] = isnan(confidence);
	values[2] = nulls[2] ? (Datum) 0 : float8_array(window->result + n * ranks + row * m, m);
	values[3] = Float8GetDatum(confidence);
	values[4] = window->argument[ARG_SAMPLES];
	values[5] = window->argument[ARG_SEED];
	PG_RETURN_DATUM(ranking_row(fcinfo, values, nulls));
}
