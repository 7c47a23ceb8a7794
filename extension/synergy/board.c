/*
 * board.c
 *	  Values of the parts of one pair, read off a board; see the header.
 *
 * Each sum is taken in the order in which fit.c and fit_pair.c take it: that is what makes the bytes equal.
 */
#include "synergy/board.h"

#include <math.h>

const char *
board_text(const Board *board, int i, int *len)
{
	const int64_t *end = BOARD_AT(board, text_end, int64_t);
	int64_t		start = i == 0 ? 0 : end[i - 1];

	*len = (int) (end[i] - start);
	return BOARD_AT(board, text, char) + start;
}

static Profile
profile_of(const Board *board, const BoardProfile *profile)
{
	Profile		p;

	p.n = profile->terms.n;
	p.norm = profile->norm;
	/* similarity only reads it */
	p.term = (ProfileTerm *) BOARD_AT(board, term, ProfileTerm) + profile->terms.first;
	p.chain = BOARD_AT(board, chain, ProfileChain);
	return p;
}

/* Route x fit: each cell of the route meets the sum of the fit's row. */
static double
product_value(const Board *board, int institution, int city, int product)
{
	const int64_t *place = BOARD_AT(board, product_place, int64_t);
	BoardRun	route = BOARD_AT(board, route, BoardRun)[(int64_t) institution * board->nproducts + product];
	const BoardCell *cell = BOARD_AT(board, cell, BoardCell) + route.first;
	const double *sum = BOARD_AT(board, sum, double) + city * place[board->nproducts] + place[product];
	double		value = 0;

	if (route.n <= 0 || !BOARD_AT(board, known, int32_t)[(int64_t) city * board->nproducts + product])
		return NAN;
	for (int k = 0; k < route.n; k++)
		value += cell[k].weight * sum[cell[k].place];
	return value;
}

/* The weighted mean of the similarity to the nearest partners; NaN without partners or profile. */
static double
complementarity(const Board *board, const BoardInstitution *i, const BoardCity *c, BoardNearest *nearest)
{
	const BoardPartner *partner = BOARD_AT(board, partner, BoardPartner) + c->partners.first;
	Profile		own = profile_of(board, &i->profile);
	int			n = 0;
	double		sum = 0,
				whole = 0;

	if (own.n == 0)
		return NAN;
	for (int p = 0; p < c->partners.n; p++)
	{
		BoardNearest found;
		int			at;

		if (partner[p].id == i->id)
			continue;
		found.similarity = 0;
		if (i->profile.tops & partner[p].profile.tops)
		{
			Profile		other = profile_of(board, &partner[p].profile);

			found.similarity = profile_similarity(&own, &other);
		}
		found.key = found.similarity == 0 ? 0 : rint(found.similarity * 1e12);
		found.weight = partner[p].weight;
		found.id = partner[p].id;
		/* sorted by insertion: a city has few partners, and fewer neighbours are asked for */
		if (n == c->neighbours && (found.key < nearest[n - 1].key ||
								   (found.key == nearest[n - 1].key && found.id > nearest[n - 1].id)))
			continue;
		at = n < c->neighbours ? n++ : n - 1;
		for (; at > 0 && (nearest[at - 1].key < found.key || (nearest[at - 1].key == found.key && nearest[at - 1].id > found.id)); at--)
			nearest[at] = nearest[at - 1];
		nearest[at] = found;
	}
	for (int p = 0; p < n; p++)
	{
		whole += nearest[p].weight;
		sum += nearest[p].weight * nearest[p].similarity;
	}
	return n == 0 ? NAN : sum / whole;
}

/* Position of an identifier in a sorted list that begins every `size` bytes with one, or -1. */
static int
position(const void *list, int n, size_t size, int32_t id)
{
	int			low = 0,
				high = n - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;
		int32_t		found = *(const int32_t *) ((const char *) list + middle * size);

		if (found == id)
			return middle;
		if (found < id)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

static bool
is_colleague(const BoardInstitution *i, const BoardIncumbent *incumbent)
{
	return incumbent->id != i->id && incumbent->ministry >= 0 && incumbent->ministry == i->ministry;
}

/*
 * The strongest named tie, or the share of the other incumbents that are of the same ministry, whichever is more; there is
 * another. By weight, and counted one by one as the reasons are.
 */
static double
affiliation(const Board *board, const BoardInstitution *i, const BoardCity *c)
{
	const BoardTie *tie = BOARD_AT(board, tie, BoardTie) + c->ties.first;
	const BoardIncumbent *incumbent = BOARD_AT(board, incumbent, BoardIncumbent) + c->incumbents.first;
	int			bond = position(tie, c->ties.n, sizeof(BoardTie), i->id);
	double		others = 0,
				colleagues = 0,
				value = 0;

	for (int k = 0; k < c->incumbents.n; k++)
	{
		if (incumbent[k].id != i->id)
			others += incumbent[k].weight;
		if (is_colleague(i, &incumbent[k]))
			colleagues += incumbent[k].weight;
	}
	if (bond >= 0 && tie[bond].weight >= colleagues / others)
		return tie[bond].weight;
	for (int k = 0; k < c->incumbents.n; k++)
		if (is_colleague(i, &incumbent[k]))
			value += incumbent[k].weight / others;
	return value;
}

static void
add_share(double *value, int part, double share)
{
	if (part >= 0 && !isnan(share))
		value[part] = isnan(value[part]) ? share : value[part] + share;
}

void
board_values(const Board *board, int institution, int city, BoardNearest *nearest, double *value)
{
	const BoardInstitution *i = BOARD_AT(board, institution, BoardInstitution) + institution;
	const BoardCity *c = BOARD_AT(board, city, BoardCity) + city;
	const BoardPart *part = BOARD_AT(board, part, BoardPart) + c->parts.first;
	const BoardIncumbent *incumbent = BOARD_AT(board, incumbent, BoardIncumbent) + c->incumbents.first;
	const BoardShare *share = BOARD_AT(board, share, BoardShare) + c->shares.first;
	int			others = 0;

	for (int k = 0; k < c->incumbents.n; k++)
		others += incumbent[k].id != i->id;
	for (int p = 0; p < c->parts.n; p++)
		value[p] = part[p].product < 0 ? NAN : product_value(board, institution, city, part[p].product);

	/* A city without other incumbents has no complementarity and no affiliation, not one of 0. */
	if (c->complementarity >= 0 && others > 0)
	{
		double		mean = complementarity(board, i, c, nearest);

		if (!isnan(mean))
			value[c->complementarity] = mean;
	}
	for (int k = 0; k < c->shares.n; k++)
		add_share(value, share[k].part, share[k].value);
	add_share(value, c->absorption, c->activity / (c->activity + c->kappa * i->headcount));
	if (c->affiliation >= 0 && others > 0)
		add_share(value, c->affiliation, affiliation(board, i, c));

	/* Sums of products may leave [0, 1] by the last bits. */
	for (int p = 0; p < c->parts.n; p++)
	{
		if (value[p] > 1 && value[p] < 1 + 1e-9)
			value[p] = 1;
		else if (value[p] < 0 && value[p] > -1e-9)
			value[p] = 0;
	}
}

bool
board_affiliate(const Board *board, int institution, int city)
{
	const BoardInstitution *i = BOARD_AT(board, institution, BoardInstitution) + institution;
	const BoardCity *c = BOARD_AT(board, city, BoardCity) + city;

	return position(BOARD_AT(board, affiliate, int32_t) + c->affiliates.first, c->affiliates.n, sizeof(int32_t), i->id) >= 0;
}
