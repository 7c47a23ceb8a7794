/*
 * board_ranking_fn.c
 *	  The candidates of one city in order, and the city's place among all cities for each of them.
 *
 * The place needs an institution's ratings in all cities. They are kept from call to call, 8 bytes a pair, for as long as the query asks
 * about one board: what is asked for one city costs a walk over its scenario, and every further city only the sorting of its candidates.
 */
#include "synergy/board_fn.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* Ratings of an institution in the cities of its scenario as they stand, in the order of the scenario's list of cities. */
typedef struct Standing
{
	int32	   *score;			/* -1 = none; NULL = not yet rated */
	int32	   *coverage;
	int32		best_coverage;	/* the highest with a score in a competing city, -1 = none */
	int			first;			/* the best comparable city, and the next, as places in the list; -1 = none */
	int			second;
} Standing;

/* A scenario's cities as they stand. */
typedef struct Scenario
{
	int32		name;
	int			n;
	int		   *city;			/* numbers on the board */
	int32	   *competes;		/* one each: a line for counting */
} Scenario;

typedef struct Ranking
{
	uint64		digest;			/* of the board that all this is about */
	int64		size;
	MemoryContext context;
	Standing   *standing;		/* an institution each */
	int			nscenarios;
	Scenario   *scenario;
} Ranking;

/* A candidate of the city in hand. */
typedef struct Candidate
{
	int32		institution;
	int32		capital;
	int32		score;
	int32		coverage;
} Candidate;

static void
list_cities(const Board *board, Ranking *ranking)
{
	const BoardCity *city = BOARD_AT(board, city, BoardCity);

	ranking->scenario = palloc(sizeof(Scenario) * Max(board->city.n, 1));
	ranking->nscenarios = 0;
	for (int c = 0; c < board->city.n; c++)
	{
		Scenario   *s = NULL;
		int			len;

		(void) board_text(board, city[c].variant, &len);
		if (len > 0 || city[c].parts.n < 0)
			continue;
		for (int k = 0; k < ranking->nscenarios && s == NULL; k++)
			if (ranking->scenario[k].name == city[c].scenario)
				s = &ranking->scenario[k];
		if (s == NULL)
		{
			s = &ranking->scenario[ranking->nscenarios++];
			s->name = city[c].scenario;
			s->n = 0;
			s->city = palloc(sizeof(int) * board->city.n);
			s->competes = palloc(sizeof(int32) * board->city.n);
		}
		s->competes[s->n] = city[c].competes;
		s->city[s->n++] = c;
	}
}

/* What was worked out for the board by earlier calls; nothing for another one. */
static Ranking *
ranking_of(FunctionCallInfo fcinfo, const Board *board)
{
	Ranking    *ranking = fcinfo->flinfo->fn_extra;
	MemoryContext outer;

	if (ranking != NULL && ranking->digest == board->digest && ranking->size == VARSIZE(board))
		return ranking;
	if (ranking != NULL)
		MemoryContextDelete(ranking->context);
	fcinfo->flinfo->fn_extra = NULL;
	outer = MemoryContextSwitchTo(AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "innocity ranking", ALLOCSET_DEFAULT_SIZES));
	ranking = palloc(sizeof(Ranking));
	ranking->context = CurrentMemoryContext;
	ranking->digest = board->digest;
	ranking->size = VARSIZE(board);
	ranking->standing = palloc_extended(sizeof(Standing) * Max(board->institution.n, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	list_cities(board, ranking);
	MemoryContextSwitchTo(outer);
	fcinfo->flinfo->fn_extra = ranking;
	return ranking;
}

static bool
is_comparable(const Scenario *s, const Standing *standing, int k)
{
	return s->competes[k] && standing->score[k] >= 0 && standing->coverage[k] == standing->best_coverage;
}

static void
rate_institution(const Board *board, Ranking *ranking, const Scenario *s, int institution, RatingScratch *scratch)
{
	const BoardCity *city = BOARD_AT(board, city, BoardCity);
	Standing   *standing = &ranking->standing[institution];
	int32	   *line = MemoryContextAlloc(ranking->context, sizeof(int32) * 2 * s->n);
	int			first = -1,
				second = -1;

	standing->coverage = line + s->n;
	standing->best_coverage = -1;
	for (int k = 0; k < s->n; k++)
	{
		Rating		rating;

		board_rate(board, institution, s->city[k], scratch, &rating);
		line[k] = rating.score;
		standing->coverage[k] = rating.coverage;
		if (s->competes[k] && rating.score >= 0)
			standing->best_coverage = Max(standing->best_coverage, rating.coverage);
	}
	standing->score = line;
	/* the two best; equal scores: the smaller identifier */
	for (int k = 0; k < s->n; k++)
	{
		int32		id = city[s->city[k]].id;

		if (!is_comparable(s, standing, k))
			continue;
		if (first < 0 || line[k] > line[first] || (line[k] == line[first] && id < city[s->city[first]].id))
		{
			second = first;
			first = k;
		}
		else if (second < 0 || line[k] > line[second] || (line[k] == line[second] && id < city[s->city[second]].id))
			second = k;
	}
	standing->first = first;
	standing->second = second;
}

/* How many comparable cities are better. */
static int
better_cities(const Scenario *s, const Standing *standing, int32 score)
{
	int			better = 0;

	for (int k = 0; k < s->n; k++)
		better += (s->competes[k] != 0) & (standing->coverage[k] == standing->best_coverage) & (standing->score[k] > score);
	return better;
}

/* Kind by kind, highest coverage first, best first, those without a score last. */
static int
compare_candidates(const void *p, const void *q)
{
	const Candidate *a = p,
			   *b = q;

	if (a->capital != b->capital)
		return b->capital - a->capital;
	if (a->coverage != b->coverage)
		return a->coverage > b->coverage ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return (a->institution > b->institution) - (a->institution < b->institution);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_ranking);

/* board_ranking(board, city): candidates of the city, best first; a variant has no place among cities and no rows. */
Datum
innocity_board_ranking(PG_FUNCTION_ARGS)
{
	enum { INSTITUTION, KIND, SCORE, COVERAGE, RANK_IN_CITY, TIED_WITH, BEST_COVERAGE, COMPARABLE, RANK_OF_CITY, RUNNER_UP, MARGIN, NATTS };
	const Board *board = board_argument(fcinfo, 0);
	int			c = board_number_argument(fcinfo, 1, "city", board->city.n);
	const BoardInstitution *institution = BOARD_AT(board, institution, BoardInstitution);
	const BoardCity *city = BOARD_AT(board, city, BoardCity);
	Ranking    *ranking = ranking_of(fcinfo, board);
	const Scenario *s = NULL;
	int			here = -1,
				n = 0;
	Candidate  *candidate;
	RatingScratch scratch;
	Datum		kind[2];
	MemoryContext row;
	ReturnSetInfo *result;

	InitMaterializedSRF(fcinfo, 0);
	result = (ReturnSetInfo *) fcinfo->resultinfo;
	for (int k = 0; k < ranking->nscenarios; k++)
		if (ranking->scenario[k].name == city[c].scenario)
			s = &ranking->scenario[k];
	for (int k = 0; s != NULL && k < s->n; k++)
		if (s->city[k] == c)
			here = k;
	if (here < 0)
		return (Datum) 0;

	rating_scratch(board, &scratch);
	candidate = palloc_extended(sizeof(Candidate) * Max(board->institution.n, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < board->institution.n; i++)
	{
		if (institution[i].scenario != city[c].scenario || (!institution[i].capital && !board_affiliate(board, i, c)))
			continue;
		CHECK_FOR_INTERRUPTS();
		if (ranking->standing[i].score == NULL)
			rate_institution(board, ranking, s, i, &scratch);
		candidate[n].institution = i;
		candidate[n].capital = institution[i].capital;
		candidate[n].score = ranking->standing[i].score[here];
		candidate[n++].coverage = ranking->standing[i].coverage[here];
	}
	qsort(candidate, n, sizeof(Candidate), compare_candidates);

	kind[false] = CStringGetTextDatum("affiliate");
	kind[true] = CStringGetTextDatum("capital");
	row = AllocSetContextCreate(CurrentMemoryContext, "innocity ranking row", ALLOCSET_DEFAULT_SIZES);
	for (int start = 0, end, group = 0; start < n; start = end)
	{
		if (start == 0 || candidate[start].capital != candidate[start - 1].capital || candidate[start].coverage != candidate[start - 1].coverage)
			group = start;
		for (end = start + 1; end < n; end++)
			if (candidate[end].capital != candidate[start].capital || candidate[end].coverage != candidate[start].coverage ||
				candidate[end].score != candidate[start].score)
				break;
		for (int k = start; k < end; k++)
		{
			const Candidate *one = &candidate[k];
			const Standing *standing = &ranking->standing[one->institution];
			bool		comparable = is_comparable(s, standing, here);
			int			other = standing->first == here ? standing->second : standing->first;
			Datum		values[NATTS];
			bool		nulls[NATTS];
			MemoryContext outer = MemoryContextSwitchTo(row);

			CHECK_FOR_INTERRUPTS();
			memset(nulls, 0, sizeof(nulls));
			values[INSTITUTION] = Int32GetDatum(one->institution + 1);
			values[KIND] = kind[one->capital != 0];
			nulls[SCORE] = nulls[RANK_IN_CITY] = nulls[TIED_WITH] = one->score < 0;
			values[SCORE] = board_units(one->score);
			values[COVERAGE] = board_units(one->coverage);
			values[RANK_IN_CITY] = Int64GetDatum(start - group + 1);
			values[TIED_WITH] = Int64GetDatum(end - start - 1);
			nulls[BEST_COVERAGE] = standing->best_coverage < 0;
			values[BEST_COVERAGE] = board_units(standing->best_coverage);
			values[COMPARABLE] = BoolGetDatum(comparable);
			nulls[RANK_OF_CITY] = !comparable;
			values[RANK_OF_CITY] = Int64GetDatum(comparable ? better_cities(s, standing, one->score) + 1 : 0);
			nulls[RUNNER_UP] = nulls[MARGIN] = !comparable || other < 0;
			values[RUNNER_UP] = Int32GetDatum(nulls[RUNNER_UP] ? 0 : s->city[other] + 1);
			values[MARGIN] = nulls[MARGIN] ? (Datum) 0 : board_units((int64) one->score - standing->score[other]);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
			MemoryContextSwitchTo(outer);
			MemoryContextReset(row);
		}
	}
	MemoryContextDelete(row);
	return (Datum) 0;
}
