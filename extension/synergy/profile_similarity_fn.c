/*
 * profile_similarity_fn.c
 *	  SQL face of the similarity of profiles, and of a profile's mean over a region's cells.
 */
#include "matrix/matrix.h"

#include <math.h>

#include "synergy/profile_similarity.h"

/* Terms that fit on the stack: profiles of institutions have 5 to 12. */
#define TERMS_ON_STACK 32

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_profile_similarity);

Datum
innocity_profile_similarity(PG_FUNCTION_ARGS)
{
	ProfileView view[2];
	Profile		profile[2];
	ProfileTerm term[2][TERMS_ON_STACK];
	ProfileChain chain[2][TERMS_ON_STACK];
	double		similarity;

	for (int i = 0; i < 2; i++)
	{
		sector_profile_view(PG_GETARG_DATUM(i), &view[i]);
		profile[i].term = view[i].n <= TERMS_ON_STACK ? term[i] : palloc(sizeof(ProfileTerm) * view[i].n);
		profile_prepare((const int64_t *) view[i].codes, view[i].weights, view[i].n,
						view[i].n <= TERMS_ON_STACK ? chain[i] : palloc(sizeof(ProfileChain) * view[i].n), &profile[i]);
	}
	similarity = profile_similarity(&profile[0], &profile[1]);
	if (isnan(similarity))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(similarity);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_weighted_mean);

/* weighted_mean(p, m, region): codes of a ratio are read through their nearest listed ancestors, those of a quantity exactly. */
Datum
innocity_weighted_mean(PG_FUNCTION_ARGS)
{
	ProfileView p;
	MatrixView	m;
	int64		region = PG_GETARG_CODE(2);
	double		sum = 0;
	double		weight = 0;
	int			row;

	sector_profile_view(PG_GETARG_DATUM(0), &p);
	activity_matrix_view(PG_GETARG_DATUM(1), &m);
	row = m.kind == MATRIX_RATIO ? code_position_or_ancestor(CODE_REGION, m.rows, m.nrows, region)
		: code_position(m.rows, m.nrows, region);
	if (row < 0 && m.kind == MATRIX_RATIO)
		PG_RETURN_NULL();

	for (int i = 0; i < p.n; i++)
	{
		double		value = 0;
		int			col = m.kind == MATRIX_RATIO ? code_position_or_ancestor(CODE_SECTOR, m.cols, m.ncols, p.codes[i])
			: code_position(m.cols, m.ncols, p.codes[i]);

		if (col < 0 && m.kind == MATRIX_RATIO)
			continue;
		if (row >= 0 && col >= 0)
		{
			int64		low = m.row_start[row];
			int64		high = m.row_start[row + 1];

			while (low < high)
			{
				int64		middle = low + (high - low) / 2;

				if (m.col[middle] < col)
					low = middle + 1;
				else
					high = middle;
			}
			if (low < m.row_start[row + 1] && m.col[low] == col)
				value = m.value[low];
		}
		if (isnan(value))
			continue;
		sum += p.weights[i] * value;
		weight += p.weights[i];
	}
	if (!(weight > 0))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sum / weight);
}
