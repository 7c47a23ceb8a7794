/*
 * density_candidates_fn.c
 *	  SQL face of relatedness density for chosen regions and sectors, out of matrices whose relatedness or whose densities would not fit
 *	  into one value: one sector after the other, its row of weights counted on demand, its densities put out at once.
 *
 * Weights are added in the order and in the two parts of density_panel, so every cell has the bytes that it has in the matrix.
 */
#include "indicator/density_fn.h"

#include <math.h>

#include "port/pg_bitutils.h"

/* Where each partner stands while densities are added, and which of them each region has. */
typedef struct Partners
{
	DensityWeights *w;
	bool		by_order;
	uint32_t   *count;
	double	   *weight;			/* by place */
	PresenceBits has;
} Partners;

static void
partners_begin(const Presence *p, DensityWeights *w, Partners *partners)
{
	partners->w = w;
	partners->by_order = weights_by_order(w);
	partners->count = partners->by_order ? indicator_alloc(w->placed.stride, sizeof(uint32_t)) : NULL;
	partners->weight = indicator_alloc(w->n, sizeof(double));
	partners->has.bits = indicator_alloc(indicator_check_bits(presence_bits_size(p, &partners->has), p->nrows, p->ncols), sizeof(uint64_t));
	presence_bits_fill(p, w->place, &partners->has);
}

/* Weights of the partners of sector s; returns how many of them come first in a sum of their own. */
static int
partners_next(Partners *partners, int s)
{
	DensityWeights *w = partners->w;

	if (!partners->by_order)
	{
		weights_next(w, s, partners->weight);
		return 0;
	}
	s = w->place[s];
	cooccurrence_row(&w->placed, s, partners->count);
	density_proximity_weights(w->ubiquity, w->n, s, w->self, partners->count, partners->weight);
	return density_split(w->ubiquity, s) * DENSITY_PIECE;
}

/* The sum of all weights, or of those of the partners that region i has. */
static double
sum_of_all(const Partners *partners, int split)
{
	double		first = 0;
	double		rest = 0;

	for (int t = 0; t < split; t++)
		first += partners->weight[t];
	for (int t = split; t < partners->w->n; t++)
		rest += partners->weight[t];
	return first + rest;
}

static double
sum_of_region(const Partners *partners, int split, int i)
{
	const uint64_t *row = partners->has.bits + (size_t) i * partners->has.words;
	double		first = 0;
	double		rest = 0;

	/* A piece has whole words. */
	for (int w = 0; w < partners->has.words; w++)
		for (uint64_t left = row[w]; left != 0; left &= left - 1)
			*(w * 64 < split ? &first : &rest) += partners->weight[w * 64 + pg_rightmost_one_pos64(left)];
	return first + rest;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_density_candidates);

/* density_candidates(m, regions, sectors, r, k, self, presence): of the chosen sectors, or of those that the region lacks. */
Datum
innocity_density_candidates(PG_FUNCTION_ARGS)
{
	MatrixView	m;
	Presence	p;
	DensityWeights w;
	Datum		relatedness;
	bool	   *region,
			   *sector,
			   *undefined;
	bool		absent_only = PG_ARGISNULL(2);
	int64_t    *cursor;
	Partners	partners;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(5) || PG_ARGISNULL(6))
		return (Datum) 0;
	indicator_presence(PG_GETARG_DATUM(0), PG_GETARG_TEXT_PP(6), &m, &p);
	relatedness = PG_ARGISNULL(3) ? (Datum) 0 : PG_GETARG_DATUM(3);
	weights_begin(&m, &p, PG_ARGISNULL(3) ? NULL : &relatedness, density_k_argument(fcinfo, 4), PG_GETARG_BOOL(5), &w);
	region = indicator_chosen(PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1), "regions", m.rows, m.nrows);
	sector = indicator_chosen(absent_only ? NULL : PG_GETARG_ARRAYTYPE_P(2), "sectors", m.cols, m.ncols);

	undefined = indicator_alloc0(m.nrows, sizeof(bool));
	cursor = indicator_alloc(m.nrows, sizeof(int64_t));
	partners_begin(&p, &w, &partners);
	for (int i = 0; i < m.nrows; i++)
	{
		undefined[i] = region[i] && density_undefined(&m, i);
		cursor[i] = p.row_start[i];
	}
	for (int s = 0; s < m.ncols; s++)
	{
		double		total = 0;
		int			split = 0;
		bool		counted = false;

		if (!sector[s])
			continue;
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < m.nrows; i++)
		{
			bool		nulls[3] = {false, false, false};
			Datum		values[3];

			if (!region[i])
				continue;
			while (cursor[i] < p.row_start[i + 1] && p.col[cursor[i]] < s)
				cursor[i]++;
			if (absent_only && cursor[i] < p.row_start[i + 1] && p.col[cursor[i]] == s)
				continue;
			if (!counted)
			{
				split = partners_next(&partners, s);
				total = sum_of_all(&partners, split);
				counted = true;
			}
			values[0] = CodeGetDatum(m.rows[i]);
			values[1] = CodeGetDatum(m.cols[s]);
			values[2] = indicator_float(undefined[i] || !(total > 0) ? NAN : sum_of_region(&partners, split, i) / total, &nulls[2]);
			indicator_put(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}
