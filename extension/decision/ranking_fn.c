/*
 * ranking_fn.c
 *	  SQL face of ranking.h: window functions wsm, wpm, topsis, vikor, promethee.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "decision/criteria_args.h"
#include "decision/ranking_window.h"

Normalization
ranking_normalization(const char *name)
{
	if (strcmp(name, "none") == 0)
		return NORMALIZE_NONE;
	if (strcmp(name, "minmax") == 0)
		return NORMALIZE_MINMAX;
	if (strcmp(name, "max") == 0)
		return NORMALIZE_MAX;
	if (strcmp(name, "sum") == 0)
		return NORMALIZE_SUM;
	if (strcmp(name, "vector") == 0)
		return NORMALIZE_VECTOR;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown normalization \"%s\"", name),
			 errhint("Normalizations are \"minmax\", \"max\", \"sum\", \"vector\" and \"none\".")));
}

typedef bool (*ScoreKernel) (const RankingProblem *problem, Normalization normalization, double *score, double *scratch,
							 RankingError *error);

/* wsm, wpm and topsis: criteria, weights, directions, normalization to one number a row; NaN is NULL. */
static Datum
score_window(FunctionCallInfo fcinfo, ScoreKernel kernel)
{
	static const char *const names[] = {"criteria", "weights", "directions", "normalization"};
	RankingWindow *window;
	int64		row;

	if (ranking_window_open(fcinfo, &window, names, 1, false, 2, -1) && window->problem.n > 0)
	{
		Normalization normalization = ranking_normalization(ranking_window_text(window, 3, "normalization"));
		RankingError error;

		if (kernel == ranking_wpm && normalization != NORMALIZE_NONE && normalization != NORMALIZE_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("normalization of a weighted product must be \"max\" or \"none\", not \"%s\"",
							ranking_window_text(window, 3, "normalization")),
					 errhint("Others only multiply all scores by one number, or bring in zeros.")));
		window->result = ranking_window_results(window, window->problem.n);
		if (!kernel(&window->problem, normalization, window->result,
					ranking_scratch(sizeof(double) * 3 * window->problem.m), &error))
			ranking_refuse(&error);
		pfree(unconstify(double *, window->problem.x));
	}
	row = ranking_window_row(fcinfo, window);
	if (row < 0 || isnan(window->result[row]))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(window->result[row]);
}

PG_FUNCTION_INFO_V1(innocity_wsm);
Datum
innocity_wsm(PG_FUNCTION_ARGS)
{
	return score_window(fcinfo, ranking_wsm);
}

PG_FUNCTION_INFO_V1(innocity_wpm);
Datum
innocity_wpm(PG_FUNCTION_ARGS)
{
	return score_window(fcinfo, ranking_wpm);
}

PG_FUNCTION_INFO_V1(innocity_topsis);
Datum
innocity_topsis(PG_FUNCTION_ARGS)
{
	return score_window(fcinfo, ranking_topsis);
}

PG_FUNCTION_INFO_V1(innocity_vikor);
Datum
innocity_vikor(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"criteria", "weights", "directions", "v"};
	RankingWindow *window;
	int64		n;
	int64		row;
	Datum		values[4];
	bool		nulls[4] = {false};

	if (ranking_window_open(fcinfo, &window, names, 1, false, 2, -1) && window->problem.n > 0)
	{
		double		v = DatumGetFloat8(ranking_window_argument(window, 3, "v"));

		if (!(v >= 0 && v <= 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("v must be between 0 and 1, not %g", v),
					 errhint("1 looks at the sum of regrets alone, 0 at the greatest regret alone.")));
		n = window->problem.n;
		window->result = ranking_window_results(window, 3 * n);
		window->flag = MemoryContextAllocHuge(window->context, sizeof(bool) * n);
		ranking_vikor(&window->problem, v, window->result, window->result + n, window->result + 2 * n, window->flag,
					  ranking_scratch(sizeof(double) * 3 * window->problem.m));
		pfree(unconstify(double *, window->problem.x));
	}
	n = window->problem.n;
	row = ranking_window_row(fcinfo, window);
	if (row < 0)
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(window->result[row]);
	values[1] = Float8GetDatum(window->result[n + row]);
	values[2] = Float8GetDatum(window->result[2 * n + row]);
	values[3] = BoolGetDatum(window->flag[row]);
	PG_RETURN_DATUM(ranking_row(fcinfo, values, nulls));
}

/* ---- promethee ---- */

static const char *const preference_names[] = {"usual", "u_shape", "v_shape", "level", "linear", "gaussian"};

/* The preference functions by name; NULL without the argument. */
static PreferenceFunction *
preference_functions(RankingWindow *window, int argument)
{
	int			m = window->problem.m;
	PreferenceFunction *functions;
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	if (window->is_null[argument])
		return NULL;
	deconstruct_array(DatumGetArrayTypeP(window->argument[argument]), TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &n);
	if (n != m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"functions\" must have as many elements as there are criteria"),
				 errdetail("There are %d criteria and %d elements.", m, n)));
	functions = palloc(sizeof(PreferenceFunction) * m);
	for (int k = 0; k < m; k++)
	{
		char	   *name = nulls[k] ? pstrdup("null") : TextDatumGetCString(elements[k]);
		int			f = 0;

		while (f < lengthof(preference_names) && strcmp(preference_names[f], name) != 0)
			f++;
		if (f == lengthof(preference_names))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown preference function \"%s\"", name),
					 errdetail("It is element %d of \"functions\".", k + 1),
					 errhint("Functions are \"usual\", \"u_shape\", \"v_shape\", \"level\", \"linear\" and \"gaussian\".")));
		functions[k] = f;
	}
	return functions;
}

/* Thresholds: m numbers, NAN for NULL; all NAN without the argument. */
static double *
thresholds(RankingWindow *window, int argument, const char *name)
{
	int			m = window->problem.m;
	double	   *values = palloc(sizeof(double) * m);
	Datum	   *elements = NULL;
	bool	   *nulls = NULL;
	int			n = m;

	if (!window->is_null[argument])
		deconstruct_array(DatumGetArrayTypeP(window->argument[argument]), FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
						  &elements, &nulls, &n);
	if (n != m)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" must have as many elements as there are criteria", name),
				 errdetail("There are %d criteria and %d elements.", m, n)));
	for (int k = 0; k < m; k++)
		values[k] = elements && !nulls[k] ? DatumGetFloat8(elements[k]) : NAN;
	return values;
}

/* Each preference function has the thresholds that it needs, in a sensible order; NaN fails every comparison. */
static void
check_thresholds(int m, const PreferenceFunction *functions, const double *q, const double *p)
{
	for (int k = 0; functions && k < m; k++)
	{
		const char *wanted = NULL;

		switch (functions[k])
		{
			case PREFERENCE_USUAL:
				break;
			case PREFERENCE_U_SHAPE:
				if (!(q[k] >= 0 && q[k] <= CRITERION_VALUE_MAX))
					wanted = "It needs an indifference threshold of at least 0.";
				break;
			case PREFERENCE_V_SHAPE:
				if (!(p[k] > 0 && p[k] <= CRITERION_VALUE_MAX))
					wanted = "It needs a preference threshold above 0.";
				break;
			case PREFERENCE_LEVEL:
				if (!(q[k] >= 0 && p[k] >= q[k] && p[k] <= CRITERION_VALUE_MAX))
					wanted = "It needs thresholds 0 <= indifference <= preference.";
				break;
			case PREFERENCE_LINEAR:
				if (!(q[k] >= 0 && p[k] > q[k] && p[k] <= CRITERION_VALUE_MAX))
					wanted = "It needs thresholds 0 <= indifference < preference.";
				break;
			case PREFERENCE_GAUSSIAN:
				if (!(p[k] > 0 && p[k] <= CRITERION_VALUE_MAX))
					wanted = "It needs its inflection point s, above 0, in \"preference\".";
				break;
		}
		if (wanted)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("thresholds of criterion %d do not suit the preference function \"%s\"",
							k + 1, preference_names[functions[k]]),
					 errdetail_internal("%s", wanted)));
	}
}

PG_FUNCTION_INFO_V1(innocity_promethee);
Datum
innocity_promethee(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"criteria", "weights", "directions", "functions", "indifference", "preference"};
	RankingWindow *window;
	int64		n;
	int64		row;
	Datum		values[3];
	bool		nulls[3] = {false};

	if (ranking_window_open(fcinfo, &window, names, 1, false, 2, -1) && window->problem.n > 0)
	{
		PreferenceFunction *functions = preference_functions(window, 3);
		double	   *q = thresholds(window, 4, "indifference");
		double	   *p = thresholds(window, 5, "preference");

		check_thresholds(window->problem.m, functions, q, p);
		n = window->problem.n;
		if (n > 1)
		{
			RankingItem *items = ranking_scratch(sizeof(RankingItem) * 2 * n);
			double	   *sums = ranking_scratch(sizeof(double) * 2 * (n + 1));

			window->result = ranking_window_results(window, 2 * n);
			ranking_promethee(&window->problem, functions, q, p, window->result, window->result + n, items, sums);
			pfree(items);
			pfree(sums);
		}
		pfree(unconstify(double *, window->problem.x));
	}
	n = window->problem.n;
	row = ranking_window_row(fcinfo, window);
	/* one alternative alone has nobody to be preferred to */
	if (row < 0 || n == 1)
		PG_RETURN_NULL();
	values[0] = Float8GetDatum(window->result[row]);
	values[1] = Float8GetDatum(window->result[n + row]);
	values[2] = Float8GetDatum(window->result[row] - window->result[n + row]);
	PG_RETURN_DATUM(ranking_row(fcinfo, values, nulls));
}
