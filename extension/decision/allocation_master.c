/*
 * allocation_master.c
 *	  Dual simplex over contents. See allocation_master.h.
 *
 * The basis begins with an artificial variable a row, fixed at 0, whose cost is the price to begin with: good prices make it a good start.
 * Reduced values of living contents are kept at or below 0 by the ratio test; the variable furthest outside its limits leaves.
 */
#include "decision/allocation_master.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A pivot this small is not trusted; a value this close to its limit is at it. */
#define PIVOT_LEAST		1e-7
#define VALUE_NEAR		1e-7

/* Entries this small are rounding. */
#define ZERO			1e-12

/* Pivots after which the inverse is made afresh. */
#define REFRESH			400

/* Ties are broken by costs that differ by up to this part of a typical value, and by this much in all cities together: bounds must come within 1 of a plan. */
#define PERTURB			1e-9
#define PERTURB_MOST	0.25

static inline double
row_times(const AllocMaster *lp, const double *row, int c)
{
	const AllocPool *pool = lp->pool;
	double		sum = row[lp->n + pool->city[c]];

	for (int t = pool->start[c]; t < pool->start[c + 1]; t++)
		sum += row[pool->item[t]];
	return sum;
}

/* column = inverse * the column of content c */
static void
make_column(AllocMaster *lp, int c)
{
	for (int k = 0; k < lp->rows; k++)
		lp->column[k] = row_times(lp, lp->inverse + (size_t) k * lp->rows, c);
}

/* The inverse after content c takes position r; lp->column is its column. */
static void
pivot_inverse(AllocMaster *lp, int r)
{
	int			rows = lp->rows;
	double	   *from = lp->inverse + (size_t) r * rows;
	double		scale = 1 / lp->column[r];
	int		   *at = lp->filled;
	int			count = 0;
	int64_t		changed = 0;

	/* the row is mostly empty */
	for (int k = 0; k < rows; k++)
		if (from[k] != 0)
		{
			from[k] = fabs(from[k]) < ZERO ? 0 : from[k] * scale;
			at[count++] = k;
		}
	for (int k = 0; k < rows; k++)
	{
		double	   *to = lp->inverse + (size_t) k * rows;
		double		factor = lp->column[k];

		if (k == r || fabs(factor) < ZERO)
			continue;
		for (int t = 0; t < count; t++)
			to[at[t]] -= factor * from[at[t]];
		changed++;
	}
	lp->work += 1 + (rows + changed * count) / 400;
}

/* Values, prices and reduced values from the inverse. */
static void
recompute(AllocMaster *lp)
{
	int			rows = lp->rows;

	memset(lp->price, 0, rows * sizeof(double));
	for (int k = 0; k < rows; k++)
	{
		const double *row = lp->inverse + (size_t) k * rows;
		double		sum = 0;
		double		cost = lp->basis[k] < 0 ? lp->artificial[-1 - lp->basis[k]] : lp->cost[lp->basis[k]];

		for (int t = 0; t < rows; t++)
		{
			sum += row[t];
			lp->price[t] += cost * row[t];
		}
		lp->x[k] = sum;
	}
	for (int c = 0; c < lp->pool->count; c++)
		lp->reduced[c] = lp->where[c] >= 0 ? 0 : lp->cost[c] - row_times(lp, lp->price, c);
	lp->work += 2 + (int64_t) rows * rows / 1500 + lp->pool->count / 60;
}

/* Let content c into the basis at row r, which an artificial holds; below 0: at the best row among those still to be filled. */
static void
take_in(AllocMaster *lp, int c, int r)
{
	double		largest = PIVOT_LEAST;

	make_column(lp, c);
	lp->work += 1 + lp->rows / 100;
	for (int k = 0; k < lp->rows && r < 0; k++)
		if (lp->open[k] && fabs(lp->column[k]) > largest)
			largest = fabs(lp->column[k]);
	for (int k = 0; k < lp->rows && r < 0; k++)
		if (lp->open[k] && fabs(lp->column[k]) >= largest)
			r = k;
	/* a basis that has become singular goes on without this content */
	if (r < 0 || fabs(lp->column[r]) < PIVOT_LEAST)
		return;
	pivot_inverse(lp, r);
	lp->basis[r] = c;
	lp->where[c] = r;
	lp->open[r] = 0;
}

/* Row t of content c: its items, then its city. */
static inline int
row_of(const AllocMaster *lp, int c, int t)
{
	const AllocPool *pool = lp->pool;

	return t < pool->start[c + 1] - pool->start[c] ? pool->item[pool->start[c] + t] : lp->n + pool->city[c];
}

/*
 * The inverse afresh. Contents with one open row are let in first, and those with a row that no other content has last: both leave the
 * inverse nearly as empty as it was.
 */
void
alloc_master_restore(AllocMaster *lp, const int *basis)
{
	int			rows = lp->rows;
	int			waiting = 0;
	int			queued = 0;
	int			last = 0;
	int		   *wait = lp->order;	/* [rows] contents, then as below */
	int		   *queue = lp->order + rows;
	int		   *open_rows = lp->order + 2 * rows;	/* [rows] of a waiting content */
	int		   *count = lp->order + 3 * rows;	/* [rows] waiting contents in a row */
	int		   *start = lp->order + 4 * rows;	/* [rows + 1] into list */
	int		   *late = lp->order + 6 * rows;	/* [2 * rows] content and row, let in last */
	int		   *list;

	memset(lp->open, 1, rows);
	for (int k = 0; k < rows; k++)
		if (basis[k] >= 0)
			wait[waiting++] = basis[k];
		else
			lp->open[-1 - basis[k]] = 0;
	memset(lp->inverse, 0, (size_t) rows * rows * sizeof(double));
	for (int c = 0; c < lp->pool->count; c++)
		lp->where[c] = -1;
	for (int k = 0; k < rows; k++)
	{
		lp->inverse[(size_t) k * rows + k] = 1;
		lp->basis[k] = -1 - k;
		count[k] = 0;
	}
	for (int w = 0; w < waiting; w++)
	{
		int			size = lp->pool->start[wait[w] + 1] - lp->pool->start[wait[w]] + 1;

		open_rows[w] = 0;
		for (int t = 0; t < size; t++)
			if (lp->open[row_of(lp, wait[w], t)])
			{
				count[row_of(lp, wait[w], t)]++;
				open_rows[w]++;
			}
		if (open_rows[w] == 1)
			queue[queued++] = w;
	}
	list = lp->list;
	start[0] = 0;
	for (int k = 0; k < rows; k++)
		start[k + 1] = start[k] + count[k];
	memset(count, 0, rows * sizeof(int));
	for (int w = 0; w < waiting; w++)
		for (int t = 0; t <= lp->pool->start[wait[w] + 1] - lp->pool->start[wait[w]]; t++)
		{
			int			r = row_of(lp, wait[w], t);

			if (lp->open[r])
				list[start[r] + count[r]++] = w;
		}
	for (int q = 0; q < queued; q++)
	{
		int			w = queue[q];
		int			r = -1;

		for (int t = 0; t <= lp->pool->start[wait[w] + 1] - lp->pool->start[wait[w]] && r < 0; t++)
			if (lp->open[row_of(lp, wait[w], t)])
				r = row_of(lp, wait[w], t);
		if (r >= 0)
		{
			take_in(lp, wait[w], r);
			for (int t = start[r]; t < start[r + 1]; t++)
				if (--open_rows[list[t]] == 1)
					queue[queued++] = list[t];
		}
		open_rows[w] = -1;
	}
	lp->env->poll(lp->env->context);
	for (int k = 0; k < rows; k++)
	{
		count[k] = 0;
		for (int t = start[k]; t < start[k + 1]; t++)
			count[k] += open_rows[list[t]] > 0;
	}
	queued = 0;
	for (int k = 0; k < rows; k++)
		if (lp->open[k] && count[k] == 1)
			queue[queued++] = k;
	for (int q = 0; q < queued; q++)
	{
		int			r = queue[q];
		int			w = -1;

		for (int t = start[r]; t < start[r + 1] && w < 0; t++)
			if (open_rows[list[t]] > 0)
				w = list[t];
		if (w < 0 || !lp->open[r])
			continue;
		late[2 * last] = wait[w];
		late[2 * last++ + 1] = r;
		open_rows[w] = -1;
		lp->open[r] = 0;
		for (int t = 0; t <= lp->pool->start[wait[w] + 1] - lp->pool->start[wait[w]]; t++)
		{
			int			k = row_of(lp, wait[w], t);

			if (lp->open[k] && --count[k] == 1)
				queue[queued++] = k;
		}
	}
	for (int w = 0; w < waiting; w++)
		if (open_rows[w] > 0)
		{
			take_in(lp, wait[w], -1);
			if ((w & 31) == 0)
				lp->env->poll(lp->env->context);
		}
	for (int k = last - 1; k >= 0; k--)
		take_in(lp, late[2 * k], late[2 * k + 1]);
	lp->since = 0;
	recompute(lp);
}

AllocMaster *
alloc_master_new(const AllocEnv *env, const AllocPool *pool, int n, int m, const double *price)
{
	AllocMaster *lp = alloc_array(env, 1, sizeof(AllocMaster));
	int			rows = n + m;
	double		typical = 0;
	double		perturb;
	uint64_t	mix = 1;
	int			room = pool->count > rows ? pool->count : rows;

	lp->env = env;
	lp->pool = pool;
	lp->n = n;
	lp->m = m;
	lp->rows = rows;
	lp->dead = alloc_array(env, pool->count, 1);
	lp->cost = alloc_array(env, pool->count, sizeof(double));
	lp->inverse = alloc_array(env, (size_t) rows * rows, sizeof(double));
	lp->basis = alloc_array(env, rows, sizeof(int));
	lp->where = alloc_array(env, pool->count, sizeof(int));
	lp->artificial = alloc_array(env, rows, sizeof(double));
	lp->x = alloc_array(env, rows, sizeof(double));
	lp->price = alloc_array(env, rows, sizeof(double));
	lp->reduced = alloc_array(env, pool->count, sizeof(double));
	lp->alpha = alloc_array(env, room, sizeof(double));
	lp->column = alloc_array(env, rows, sizeof(double));
	lp->most = alloc_array(env, m, sizeof(double));
	lp->filled = alloc_array(env, rows, sizeof(int));
	lp->order = alloc_array(env, 8 * (size_t) rows, sizeof(int));
	lp->list = alloc_array(env, 2 * (size_t) rows + n + pool->entries, sizeof(int));
	lp->open = alloc_array(env, rows, 1);
	for (int c = 0; c < pool->count; c++)
		typical += fabs((double) pool->value[c]) / pool->count;
	perturb = fmin(PERTURB * typical, PERTURB_MOST / m);
	for (int c = 0; c < pool->count; c++)
	{
		mix = mix * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		lp->cost[c] = (double) pool->value[c] - perturb * (double) (mix >> 40) / (1 << 24);
	}
	/* prices that leave no living content above 0, so that the artificial basis is dual feasible */
	memcpy(lp->artificial, price, n * sizeof(double));
	for (int j = 0; j < m; j++)
		lp->artificial[n + j] = -DBL_MAX;
	for (int c = 0; c < pool->count; c++)
	{
		double		value = lp->cost[c];

		for (int t = pool->start[c]; t < pool->start[c + 1]; t++)
			value -= price[pool->item[t]];
		if (value > lp->artificial[n + pool->city[c]])
			lp->artificial[n + pool->city[c]] = value;
	}
	for (int k = 0; k < rows; k++)
		lp->basis[k] = -1;
	alloc_master_restore(lp, lp->basis);
	return lp;
}

AllocMasterState *
alloc_master_state(const AllocMaster *lp)
{
	AllocMasterState *state = alloc_array(lp->env, 1, sizeof(AllocMasterState));

	state->inverse = alloc_array(lp->env, (size_t) lp->rows * lp->rows, sizeof(double));
	state->x = alloc_array(lp->env, lp->rows, sizeof(double));
	state->price = alloc_array(lp->env, lp->rows, sizeof(double));
	state->reduced = alloc_array(lp->env, lp->pool->count, sizeof(double));
	state->basis = alloc_array(lp->env, lp->rows, sizeof(int));
	state->where = alloc_array(lp->env, lp->pool->count, sizeof(int));
	return state;
}

void
alloc_master_keep(AllocMaster *lp, AllocMasterState *state)
{
	size_t		rows = lp->rows;

	memcpy(state->inverse, lp->inverse, rows * rows * sizeof(double));
	memcpy(state->x, lp->x, rows * sizeof(double));
	memcpy(state->price, lp->price, rows * sizeof(double));
	memcpy(state->reduced, lp->reduced, lp->pool->count * sizeof(double));
	memcpy(state->basis, lp->basis, rows * sizeof(int));
	memcpy(state->where, lp->where, lp->pool->count * sizeof(int));
	state->since = lp->since;
	lp->work += 1 + (int64_t) (rows * rows) / 800;
}

void
alloc_master_back(AllocMaster *lp, const AllocMasterState *state)
{
	size_t		rows = lp->rows;

	memcpy(lp->inverse, state->inverse, rows * rows * sizeof(double));
	memcpy(lp->x, state->x, rows * sizeof(double));
	memcpy(lp->price, state->price, rows * sizeof(double));
	memcpy(lp->reduced, state->reduced, lp->pool->count * sizeof(double));
	memcpy(lp->basis, state->basis, rows * sizeof(int));
	memcpy(lp->where, state->where, lp->pool->count * sizeof(int));
	lp->since = state->since;
	lp->work += 1 + (int64_t) (rows * rows) / 800;
}

double
alloc_master_worth(const AllocMaster *lp, int c)
{
	const AllocPool *pool = lp->pool;
	double		worth = (double) pool->value[c];
	double		magnitude = fabs(worth);

	for (int t = pool->start[c]; t < pool->start[c + 1]; t++)
	{
		worth -= lp->price[pool->item[t]];
		magnitude += fabs(lp->price[pool->item[t]]);
	}
	return worth + (pool->start[c + 1] - pool->start[c] + 1) * DBL_EPSILON * magnitude;
}

/* Two doubles that are a sum without its rounding errors (Knuth's two-sum), to about the square of DBL_EPSILON. */
static inline void
add_exactly(double *sum, double *rest, double x)
{
	double		next = *sum + x;
	double		back = next - *sum;

	*rest += (*sum - (next - back)) + (x - back);
	*sum = next;
}

double
alloc_master_bound(AllocMaster *lp)
{
	const AllocPool *pool = lp->pool;
	double		sum = 0;
	double		rest = 0;
	double		magnitude = 0;

	for (int j = 0; j < lp->m; j++)
		lp->most[j] = -INFINITY;
	for (int c = 0; c < pool->count; c++)
	{
		double		worth;

		if (lp->dead[c])
			continue;
		worth = alloc_master_worth(lp, c);
		if (worth > lp->most[pool->city[c]])
			lp->most[pool->city[c]] = worth;
	}
	lp->work += 1 + pool->count / 80;
	for (int k = 0; k < lp->rows; k++)
	{
		double		term = k < lp->n ? lp->price[k] : lp->most[k - lp->n];

		if (isinf(term))
			return term;
		add_exactly(&sum, &rest, term);
		magnitude += fabs(term);
	}
	/* plain sums would be off by the number of terms times this, more than the unit of values of many digits */
	return sum + rest + 4 * DBL_EPSILON * (fabs(sum) + fabs(rest)) + lp->rows * (double) lp->rows * DBL_EPSILON * DBL_EPSILON * magnitude;
}

/* The position furthest outside its limits, -1: none. */
static int
leaving(const AllocMaster *lp)
{
	double		worst = VALUE_NEAR;
	int			at = -1;

	for (int k = 0; k < lp->rows; k++)
	{
		double		x = lp->x[k];
		double		outside = x < 0 ? -x : lp->basis[k] < 0 || lp->dead[lp->basis[k]] ? x : 0;

		if (outside > worst)
		{
			worst = outside;
			at = k;
		}
	}
	return at;
}

AllocMasterEnd
alloc_master_solve(AllocMaster *lp, double cutoff, int pivots)
{
	const AllocPool *pool = lp->pool;
	int			rows = lp->rows;

	for (int pivot = 0;; pivot++)
	{
		int			r = leaving(lp);
		const double *row;
		double		sum = 0;
		double		step;
		double		least = INFINITY;
		double		move;
		int			enter = -1;

		if (r < 0)
			return alloc_master_bound(lp) <= cutoff ? MASTER_BEATEN : MASTER_OPTIMAL;
		if (pivot >= pivots)
			return alloc_master_bound(lp) <= cutoff ? MASTER_BEATEN : MASTER_TIRED;
		if ((pivot & 15) == 0)
			lp->env->poll(lp->env->context);
		if (lp->since >= REFRESH)
		{
			alloc_master_restore(lp, lp->basis);
			continue;
		}
		row = lp->inverse + (size_t) r * rows;
		for (int c = 0; c < pool->count; c++)
		{
			double		alpha;
			double		ratio;

			if (lp->where[c] >= 0)
			{
				lp->alpha[c] = 0;
				continue;
			}
			alpha = lp->alpha[c] = row_times(lp, row, c);
			if (lp->dead[c] || (lp->x[r] < 0 ? alpha > -PIVOT_LEAST : alpha < PIVOT_LEAST))
				continue;
			ratio = (lp->reduced[c] < 0 ? -lp->reduced[c] : 0) / fabs(alpha);
			if (ratio < least || (ratio == least && enter >= 0 && fabs(alpha) > fabs(lp->alpha[enter])))
			{
				least = ratio;
				enter = c;
			}
		}
		lp->work += 1 + pool->count / 60;
		if (enter < 0)
		{
			/* no choice of living contents at all: prices along this row bring the bound down without end, as a check shows */
			double		slope = lp->x[r] < 0 ? -1 : 1;
			double		gain = fabs(lp->x[r]);

			for (int k = 0; k < rows; k++)
				sum += lp->price[k];
			step = (fabs(sum - cutoff) + 1 + 1e-3 * fabs(cutoff)) / gain;
			for (int k = 0; k < rows; k++)
				lp->price[k] -= slope * step * row[k];
			if (alloc_master_bound(lp) <= cutoff)
				return MASTER_BEATEN;
			return MASTER_TIRED;
		}
		make_column(lp, enter);
		if (fabs(lp->column[r]) < PIVOT_LEAST)
		{
			lp->since = REFRESH;
			if (pivot > 0)
				continue;
			return MASTER_TIRED;
		}
		step = lp->reduced[enter] / lp->column[r];
		for (int k = 0; k < rows; k++)
			lp->price[k] += step * row[k];
		for (int c = 0; c < pool->count; c++)
			if (lp->alpha[c] != 0)
				lp->reduced[c] -= step * lp->alpha[c];
		move = lp->x[r] / lp->column[r];
		for (int k = 0; k < rows; k++)
			lp->x[k] -= move * lp->column[k];
		lp->x[r] = move;
		if (lp->basis[r] >= 0)
		{
			int			left = lp->basis[r];

			lp->where[left] = -1;
			lp->reduced[left] = -step;
		}
		pivot_inverse(lp, r);
		lp->basis[r] = enter;
		lp->where[enter] = r;
		lp->reduced[enter] = 0;
		lp->since++;
		/* the sum of the prices is the bound but for rounding: look closer where it has come down */
		for (int k = 0; k < rows; k++)
			sum += lp->price[k];
		if (sum <= cutoff && alloc_master_bound(lp) <= cutoff)
			return MASTER_BEATEN;
	}
}
