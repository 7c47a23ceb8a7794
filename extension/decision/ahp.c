/*
 * ahp.c
 *	  Weights and consistency of pairwise judgements. See ahp.h.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "decision/ahp.h"

/* Where the pair (i, j), i < j, stands in the upper triangle. */
static inline int64_t
pair(int n, int i, int j)
{
	return (int64_t) i * n - (int64_t) i * (i + 1) / 2 + (j - i - 1);
}

int64_t
ahp_known(int n, const double *upper)
{
	int64_t		known = 0;

	for (int64_t k = 0; k < (int64_t) n * (n - 1) / 2; k++)
		known += upper[k] != 0.0;
	return known;
}

/* Breadth first from criterion 0; what is not reached lies in another component. */
bool
ahp_connected(int n, const double *upper, int *scratch, int *a, int *b)
{
	int			reached = 1;
	int		   *queue = scratch;	/* queue[0 .. reached - 1] reached, the rest not yet */

	for (int i = 0; i < n; i++)
		queue[i] = i;
	for (int head = 0; head < reached; head++)
		for (int k = reached; k < n; k++)
		{
			int			i = queue[head] < queue[k] ? queue[head] : queue[k];
			int			j = queue[head] < queue[k] ? queue[k] : queue[head];

			if (upper[pair(n, i, j)] != 0.0)
			{
				int			swap = queue[k];

				queue[k] = queue[reached];
				queue[reached++] = swap;
			}
		}
	if (reached == n)
		return true;
	*a = 0;
	*b = n;
	for (int k = reached; k < n; k++)
		if (queue[k] < *b)
			*b = queue[k];
	return false;
}

bool
ahp_geometric(int n, const double *upper, double *w, double *scratch, AhpCheck check)
{
	double	   *laplacian = scratch;
	double	   *right = scratch + (size_t) n * n;
	double		greatest;
	double		total = 0;
	bool		complete = true;

	memset(scratch, 0, sizeof(double) * ((size_t) n * n + n));
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
		{
			double		judgement = upper[pair(n, i, j)];
			double		l;

			if (judgement == 0.0)
			{
				complete = false;
				continue;
			}
			l = log(judgement);
			right[i] += l;
			right[j] -= l;
			laplacian[(size_t) i * n + i] += 1;
			laplacian[(size_t) j * n + j] += 1;
			laplacian[(size_t) i * n + j] = laplacian[(size_t) j * n + i] = -1;
		}
	if (complete)
	{
		/* the solution is the mean of the logarithms of a row */
		for (int i = 0; i < n; i++)
			right[i] /= n;
	}
	else
	{
		/*
		 * ln w of the last criterion is fixed at 0; the rest of the Laplacian of a connected graph is positive definite, so elimination
		 * needs no pivoting.
		 */
		int			m = n - 1;

		for (int k = 0; k < m; k++)
		{
			double		pivot = laplacian[(size_t) k * n + k];

			if (check)
				check();
			if (!(pivot > 0))
				return false;
			for (int i = k + 1; i < m; i++)
			{
				double		factor = laplacian[(size_t) i * n + k] / pivot;

				if (factor == 0.0)
					continue;
				for (int j = k; j < m; j++)
					laplacian[(size_t) i * n + j] -= factor * laplacian[(size_t) k * n + j];
				right[i] -= factor * right[k];
			}
		}
		for (int k = m - 1; k >= 0; k--)
		{
			for (int j = k + 1; j < m; j++)
				right[k] -= laplacian[(size_t) k * n + j] * right[j];
			right[k] /= laplacian[(size_t) k * n + k];
		}
		right[n - 1] = 0;
	}
	greatest = right[0];
	for (int i = 1; i < n; i++)
		if (right[i] > greatest)
			greatest = right[i];
	for (int i = 0; i < n; i++)
		total += w[i] = exp(right[i] - greatest);
	for (int i = 0; i < n; i++)
		w[i] /= total;
	return true;
}

bool
ahp_eigenvector(int n, const double *upper, double *w, double *lambda, double *scratch, AhpCheck check)
{
	double	   *a = scratch;
	double	   *next = scratch + (size_t) n * n;

	for (int i = 0; i < n; i++)
		a[(size_t) i * n + i] = 1;
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
		{
			double		judgement = upper[pair(n, i, j)];

			a[(size_t) i * n + j] = judgement;
			a[(size_t) j * n + i] = judgement == 0.0 ? 0.0 : 1.0 / judgement;
			if (judgement == 0.0)
			{
				a[(size_t) i * n + i] += 1;
				a[(size_t) j * n + j] += 1;
			}
		}
	for (int step = 0; step < AHP_STEPS_MAX; step++)
	{
		double		low = INFINITY;
		double		high = 0;
		double		total = 0;

		if (check)
			check();
		for (int i = 0; i < n; i++)
		{
			double		sum = 0;

			for (int j = 0; j < n; j++)
				sum += a[(size_t) i * n + j] * w[j];
			next[i] = sum;
			total += sum;
			/* Collatz and Wielandt: the eigenvalue lies between the least and the greatest of these ratios */
			if (sum / w[i] < low)
				low = sum / w[i];
			if (sum / w[i] > high)
				high = sum / w[i];
		}
		for (int i = 0; i < n; i++)
			w[i] = next[i] / total;
		if (high - low <= AHP_TOLERANCE * high)
		{
			*lambda = low + (high - low) / 2;
			/* a positive reciprocal matrix has at least n; what is less is rounding */
			if (*lambda < n)
				*lambda = n;
			return true;
		}
	}
	return false;
}

double
ahp_geometric_consistency(int n, const double *upper, const double *w)
{
	int64_t		beyond = ahp_known(n, upper) - (n - 1);
	double		sum = 0;

	if (beyond <= 0)
		return 0;
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			if (upper[pair(n, i, j)] != 0.0)
			{
				double		error = log(upper[pair(n, i, j)] * w[j] / w[i]);

				sum += error * error;
			}
	return sum / beyond;
}

/* How far the judgement of a pair is from what the weights say, as the absolute logarithm of the ratio. */
static double
disagreement(int n, const double *upper, const double *w, int i, int j)
{
	return fabs(log(upper[pair(n, i, j)] * w[j] / w[i]));
}

bool
ahp_worst_triad(int n, const double *upper, const double *w, AhpTriad *triad, AhpCheck check)
{
	double		worst = -1;
	int			pairs[3][2];
	double		most = -1;

	for (int i = 0; i < n; i++)
	{
		if (check)
			check();
		for (int j = i + 1; j < n; j++)
		{
			double		ij = upper[pair(n, i, j)];

			if (ij == 0.0)
				continue;
			for (int k = j + 1; k < n; k++)
			{
				double		jk = upper[pair(n, j, k)];
				double		ik = upper[pair(n, i, k)];
				double		ratio;

				if (jk == 0.0 || ik == 0.0)
					continue;
				ratio = ik / (ij * jk);
				if (ratio > 1)
					ratio = 1 / ratio;
				/* of |1 - ratio| and |1 - 1 / ratio| the lesser is the one with the ratio below 1 */
				if (1 - ratio > worst)
				{
					worst = 1 - ratio;
					triad->a = i;
					triad->b = j;
					triad->c = k;
				}
			}
		}
	}
	if (worst < 0)
		return false;
	triad->inconsistency = worst;
	pairs[0][0] = triad->a, pairs[0][1] = triad->b;
	pairs[1][0] = triad->a, pairs[1][1] = triad->c;
	pairs[2][0] = triad->b, pairs[2][1] = triad->c;
	for (int k = 0; k < 3; k++)
	{
		double		d = disagreement(n, upper, w, pairs[k][0], pairs[k][1]);

		if (d > most)
		{
			most = d;
			triad->ask_a = pairs[k][0];
			triad->ask_b = pairs[k][1];
		}
	}
	return true;
}

typedef struct RandomIndex
{
	const char *name;
	int			size;			/* greatest n */
	double		value[13];		/* n = 3, 4, ... */
} RandomIndex;

/*
 * The verdict "CR < 0.10" depends on the table near the limit, so tables have names and no second one is ever mixed in.
 */
static const RandomIndex random_indices[] = {
	/* Saaty, The Analytic Hierarchy Process, 1980; from few matrices, hence the dip at 12 */
	{"saaty", 15, {0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59}},
	/* Alonso and Lamata 2006, Consistency in the analytic hierarchy process: 100,000 matrices a size */
	{"alonso_lamata", 15, {0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838}},
	/* Aguaron and Moreno-Jimenez 2003, The geometric consistency index: 100,000 matrices a size */
	{"aguaron_moreno", 15, {0.525, 0.882, 1.115, 1.252, 1.341, 1.404, 1.452, 1.484, 1.513, 1.535, 1.555, 1.570, 1.583}},
};

static const RandomIndex *
find_random_index(const char *table)
{
	for (size_t i = 0; i < sizeof(random_indices) / sizeof(random_indices[0]); i++)
		if (strcmp(random_indices[i].name, table) == 0)
			return &random_indices[i];
	return NULL;
}

int
ahp_random_index_size(const char *table)
{
	const RandomIndex *index = find_random_index(table);

	return index ? index->size : 0;
}

double
ahp_random_index(const char *table, int n)
{
	const RandomIndex *index = find_random_index(table);

	if (!index)
		return -1;
	if (n < 3)
		return 0;
	return n <= index->size ? index->value[n - 3] : NAN;
}
