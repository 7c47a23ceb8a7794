/*
 * board_fn.c
 *	  SQL face of a board (see board.h): what it lists, and the score of one pair.
 *
 * The functions of a pair are called millions of times a query with one board: they read it in place and allocate what they return.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "synergy/board_fn.h"
#include "synergy/synergy_score.h"

/* Parts and partners for which no memory is asked for. */
#define PARTS_ON_STACK 32
#define PARTNERS_ON_STACK 64

const Board *
board_argument(FunctionCallInfo fcinfo, int n)
{
	const Board *board = (const Board *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n));

	if (board->format != BOARD_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("synergy_board has format %d, not %d", board->format, BOARD_FORMAT),
				 errhint("Make it anew: a board belongs to the query that made it.")));
	return board;
}

int
board_number_argument(FunctionCallInfo fcinfo, int argument, const char *what, int64 n)
{
	int			number = PG_GETARG_INT32(argument);

	if (number < 1 || number > n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the board has no %s %d", what, number),
				 errdetail("It has %lld.", (long long) n)));
	return number - 1;
}

/* Both numbers of a pair; false when they are of two scenarios, which have no score. */
static bool
pair_arguments(FunctionCallInfo fcinfo, const Board *board, int *institution, int *city)
{
	*institution = board_number_argument(fcinfo, 1, "institution", board->institution.n);
	*city = board_number_argument(fcinfo, 2, "city", board->city.n);
	return BOARD_AT(board, institution, BoardInstitution)[*institution].scenario == BOARD_AT(board, city, BoardCity)[*city].scenario;
}

void
rating_scratch(const Board *board, RatingScratch *scratch)
{
	scratch->value = palloc(sizeof(double) * Max(board->max_parts, 1));
	scratch->weight = palloc(sizeof(double) * Max(board->max_parts, 1));
	scratch->nearest = palloc(sizeof(BoardNearest) * Max(board->max_partners, 1));
}

void
board_rate(const Board *board, int institution, int city, RatingScratch *scratch, Rating *rating)
{
	const BoardCity *c = BOARD_AT(board, city, BoardCity) + city;
	const BoardPart *part = BOARD_AT(board, part, BoardPart) + c->parts.first;
	double	   *value = scratch->value;
	double		score,
				coverage;

	board_values(board, institution, city, scratch->nearest, value);
	for (int p = 0; p < c->parts.n; p++)
	{
		scratch->weight[p] = part[p].weight;
		if (value[p] < 0 || value[p] > 1)
		{
			int			len;
			const char *name = board_text(board, part[p].name, &len);

			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("part \"%.*s\" must be between 0 and 1, not %g", len, name, value[p]),
					 errhint("Scale a criterion to [0, 1] before it joins the score.")));
		}
	}
	synergy_score(value, scratch->weight, c->parts.n, c->whole, c->power, &score, &coverage);
	rating->score = isnan(score) ? -1 : (int32) synergy_round(score);
	rating->coverage = (int32) synergy_round(coverage);
}

Datum
board_units(int64 units)
{
	return NumericGetDatum(int64_div_fast_to_numeric(units, SYNERGY_DECIMALS));
}

/* Rates the pair of the arguments; false where there is nothing to rate. */
static bool
rate_arguments(FunctionCallInfo fcinfo, Rating *rating)
{
	const Board *board = board_argument(fcinfo, 0);
	double		few_values[PARTS_ON_STACK],
				few_weights[PARTS_ON_STACK];
	BoardNearest few_nearest[PARTNERS_ON_STACK];
	RatingScratch scratch = {few_values, few_weights, few_nearest};
	int			institution,
				city;

	if (!pair_arguments(fcinfo, board, &institution, &city) || BOARD_AT(board, city, BoardCity)[city].parts.n < 0)
		return false;
	if (board->max_parts > PARTS_ON_STACK || board->max_partners > PARTNERS_ON_STACK)
		rating_scratch(board, &scratch);
	board_rate(board, institution, city, &scratch, rating);
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_score);

/* board_score(board, institution, city) */
Datum
innocity_board_score(PG_FUNCTION_ARGS)
{
	Rating		rating;

	if (!rate_arguments(fcinfo, &rating) || rating.score < 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(board_units(rating.score));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_coverage);

/* board_coverage(board, institution, city) */
Datum
innocity_board_coverage(PG_FUNCTION_ARGS)
{
	Rating		rating;

	if (!rate_arguments(fcinfo, &rating))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(board_units(rating.coverage));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_values);

/* board_values(board, institution, city) */
Datum
innocity_board_values(PG_FUNCTION_ARGS)
{
	const Board *board = board_argument(fcinfo, 0);
	int			institution,
				city,
				n,
				lower = 1;
	double	   *value;
	Datum	   *element;
	bool	   *isnull;

	if (!pair_arguments(fcinfo, board, &institution, &city))
		PG_RETURN_NULL();
	n = BOARD_AT(board, city, BoardCity)[city].parts.n;
	if (n < 0)
		PG_RETURN_NULL();
	value = palloc(sizeof(double) * Max(n, 1));
	element = palloc(sizeof(Datum) * Max(n, 1));
	isnull = palloc(sizeof(bool) * Max(n, 1));
	board_values(board, institution, city, palloc(sizeof(BoardNearest) * Max(board->max_partners, 1)), value);
	for (int i = 0; i < n; i++)
	{
		isnull[i] = isnan(value[i]);
		element[i] = Float8GetDatum(value[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(element, isnull, 1, &n, &lower, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* What the institution is for the city: 'capital', 'affiliate', or no candidate. */
static bool
candidate_kind(const Board *board, int institution, int city, Datum *kind)
{
	if (BOARD_AT(board, institution, BoardInstitution)[institution].capital)
		*kind = CStringGetTextDatum("capital");
	else if (board_affiliate(board, institution, city))
		*kind = CStringGetTextDatum("affiliate");
	else
		return false;
	return true;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_candidate_kind);

/* board_candidate_kind(board, institution, city) */
Datum
innocity_board_candidate_kind(PG_FUNCTION_ARGS)
{
	const Board *board = board_argument(fcinfo, 0);
	int			institution,
				city;
	Datum		kind;

	if (!pair_arguments(fcinfo, board, &institution, &city) || !candidate_kind(board, institution, city, &kind))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(kind);
}

static Datum
text_datum(const Board *board, int i)
{
	int			len;
	const char *text = board_text(board, i, &len);

	return PointerGetDatum(cstring_to_text_with_len(text, len));
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_institutions);

/* board_institutions(board): the institutions in the order of their numbers. */
Datum
innocity_board_institutions(PG_FUNCTION_ARGS)
{
	const Board *board = board_argument(fcinfo, 0);
	ReturnSetInfo *result;

	InitMaterializedSRF(fcinfo, 0);
	result = (ReturnSetInfo *) fcinfo->resultinfo;
	for (int i = 0; i < board->institution.n; i++)
	{
		const BoardInstitution *institution = BOARD_AT(board, institution, BoardInstitution) + i;
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		CHECK_FOR_INTERRUPTS();
		values[0] = Int32GetDatum(i + 1);
		values[1] = text_datum(board, institution->scenario);
		values[2] = text_datum(board, institution->id);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[1]));
		pfree(DatumGetPointer(values[2]));
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_board_cities);

/* board_cities(board): the cities and their variants in the order of their numbers. */
Datum
innocity_board_cities(PG_FUNCTION_ARGS)
{
	const Board *board = board_argument(fcinfo, 0);
	ReturnSetInfo *result;

	InitMaterializedSRF(fcinfo, 0);
	result = (ReturnSetInfo *) fcinfo->resultinfo;
	for (int i = 0; i < board->city.n; i++)
	{
		const BoardCity *city = BOARD_AT(board, city, BoardCity) + i;
		Datum		values[4];
		bool		nulls[4] = {false, false, false, false};

		CHECK_FOR_INTERRUPTS();
		values[0] = Int32GetDatum(i + 1);
		values[1] = text_datum(board, city->scenario);
		values[2] = text_datum(board, city->variant);
		values[3] = text_datum(board, city->id);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_board_in);
PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_board_out);
PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_board_send);

/* Input and receive. A board is made from rows, never read: nobody can hand in one that is not sound. */
Datum
innocity_synergy_board_in(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot accept a value of type synergy_board"),
			 errhint("Make it from institutions and cities with the function synergy_board.")));
	PG_RETURN_NULL();
}

static char *
board_summary(const Board *board)
{
	return psprintf("%lld institutions, %lld cities", (long long) board->institution.n, (long long) board->city.n);
}

Datum
innocity_synergy_board_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(board_summary(board_argument(fcinfo, 0)));
}

/* In binary, too, what it holds and no more. */
Datum
innocity_synergy_board_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(cstring_to_text(board_summary(board_argument(fcinfo, 0))));
}
