/*
 * specialization_effort_fn.c
 *	  SQL face of the model of new specialisations by a stepping stone (Stojkoski and Hidalgo 2026): specialization_model, specialization_effort.
 *
 * Over the cells that a region lacks at the first date: ln(1 + LQ) at the last date by ln(1 + LQ) half-way and at first, density and relative
 * density at first. Solved for the LQ half-way that leads to an LQ of 1 at last, it says how much of one is missing.
 */
#include "indicator/density_fn.h"
#include "indicator/regression.h"
#include "indicator/student.h"

#include <math.h>

#include "utils/builtins.h"

enum
{
	TERM_STEPPING_STONE,
	TERM_INITIAL,
	TERM_DENSITY,
	TERM_RELATIVE,
	TERMS
};

/* A table with all that the model takes of it, row by row. */
typedef struct Features
{
	MatrixView	m;
	double	   *lq;
	double	   *density;
	double	   *relative;		/* density in standard deviations among the sectors that the region lacks; NaN where these are alike */
	char	   *present;
} Features;

typedef struct Model
{
	bool		solved;
	int64		number;
	double		constant;
	double		freedom;
	double		coefficient[TERMS];
	double		error[TERMS];
} Model;

static void
lq_of(FunctionCallInfo fcinfo, int argument, Features *f)
{
	Quotient	q;
	const int64 *cols;
	Presence	p;

	indicator_matrix(PG_GETARG_DATUM(argument), INDICATOR_QUANTITY, &f->m);
	indicator_check_cells(f->m.nrows, f->m.ncols);
	indicator_quotient(&f->m, NULL, &q, &cols);
	presence_from_quotient(&q, quotient_threshold(1), false, &p);
	f->lq = indicator_alloc((size_t) f->m.nrows * f->m.ncols, sizeof(double));
	f->present = indicator_alloc0((size_t) f->m.nrows * f->m.ncols, 1);
	for (int i = 0; i < f->m.nrows; i++)
	{
		int64		c = f->m.row_start[i];

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < f->m.ncols; j++)
			f->lq[(size_t) i * f->m.ncols + j] = quotient_value(&q, i, j, c < f->m.row_start[i + 1] && f->m.col[c] == j ? f->m.value[c++] : 0);
		for (int64_t k = p.row_start[i]; k < p.row_start[i + 1]; k++)
			f->present[(size_t) i * f->m.ncols + p.col[k]] = 1;
	}
}

static void
features_of(FunctionCallInfo fcinfo, int argument, Features *f)
{
	Presence	p;
	MatrixView	m;
	DensityWeights w;

	lq_of(fcinfo, argument, f);
	indicator_presence(PG_GETARG_DATUM(argument), cstring_to_text("lq"), &m, &p);
	weights_begin(&m, &p, NULL, 0, false, &w);
	f->density = density_of(&m, &p, &w);
	f->relative = indicator_alloc((size_t) m.nrows * m.ncols, sizeof(double));
	for (int i = 0; i < m.nrows; i++)
	{
		const double *density = f->density + (size_t) i * m.ncols;
		const char *present = f->present + (size_t) i * m.ncols;
		double	   *relative = f->relative + (size_t) i * m.ncols;
		double		mean,
					squares,
					deviation;
		int			n;

		for (int j = 0; j < m.ncols; j++)
			relative[j] = present[j] ? NAN : density[j];
		n = indicator_spread(relative, m.ncols, 1, 0, &mean, &squares);
		deviation = sqrt(squares / n);
		for (int j = 0; j < m.ncols; j++)
			relative[j] = (density[j] - mean) / deviation;
	}
}

static void
look_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* LQ of a code pair in other tables; NaN where they list one of them not. */
static double
lq_at(const Features *f, int row, int col)
{
	return row < 0 || col < 0 ? NAN : f->lq[(size_t) row * f->m.ncols + col];
}

/* Arguments 0, 1, 2: tables of the first date, the stepping stone and the last. */
static Model
model_of(FunctionCallInfo fcinfo)
{
	Model		model = {false};
	Features	first,
				middle,
				last;
	double	   *x[TERMS];
	double	   *y;
	double		triangle[TERMS * (TERMS + 1)];
	Regression	r = {0};
	size_t		cells;
	int			n = 0;
	int		   *middle_col,
			   *last_col;

	features_of(fcinfo, 0, &first);
	lq_of(fcinfo, 1, &middle);
	lq_of(fcinfo, 2, &last);
	cells = (size_t) first.m.nrows * first.m.ncols;
	for (int k = 0; k < TERMS; k++)
		x[k] = indicator_alloc(cells, sizeof(double));
	y = indicator_alloc(cells, sizeof(double));
	middle_col = indicator_alloc(first.m.ncols, sizeof(int));
	last_col = indicator_alloc(first.m.ncols, sizeof(int));
	for (int j = 0; j < first.m.ncols; j++)
	{
		middle_col[j] = code_position(middle.m.cols, middle.m.ncols, first.m.cols[j]);
		last_col[j] = code_position(last.m.cols, last.m.ncols, first.m.cols[j]);
	}
	for (int i = 0; i < first.m.nrows; i++)
	{
		int			middle_row = code_position(middle.m.rows, middle.m.nrows, first.m.rows[i]);
		int			last_row = code_position(last.m.rows, last.m.nrows, first.m.rows[i]);

		for (int j = 0; j < first.m.ncols; j++)
		{
			size_t		at = (size_t) i * first.m.ncols + j;
			double		half_way = lq_at(&middle, middle_row, middle_col[j]);
			double		in_the_end = lq_at(&last, last_row, last_col[j]);

			if (first.present[at] || isnan(half_way) || isnan(in_the_end) || isnan(first.lq[at]) || isnan(first.relative[at]))
				continue;
			x[TERM_STEPPING_STONE][n] = log1p(half_way);
			x[TERM_INITIAL][n] = log1p(first.lq[at]);
			x[TERM_DENSITY][n] = first.density[at];
			x[TERM_RELATIVE][n] = first.relative[at];
			y[n++] = log1p(in_the_end);
		}
	}
	model.number = n;
	model.solved = regression_solve(x, y, n, TERMS, triangle, model.coefficient, model.error, look_for_interrupts, &r);
	model.constant = r.constant;
	model.freedom = r.freedom;
	return model;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_specialization_model);

/* specialization_model(m0, m1, m2): rows (term, coefficient, error, p_value, number), the constant first. */
Datum
innocity_specialization_model(PG_FUNCTION_ARGS)
{
	static const char *const name[TERMS] = {"stepping_stone", "initial", "density", "relative_density"};
	Model		model;

	InitMaterializedSRF(fcinfo, 0);
	model = model_of(fcinfo);
	for (int k = -1; k < TERMS; k++)
	{
		bool		nulls[5] = {false, true, true, true, false};
		Datum		values[5] = {CStringGetTextDatum(k < 0 ? "constant" : name[k])};

		if (model.solved)
		{
			values[1] = indicator_float(k < 0 ? model.constant : model.coefficient[k], &nulls[1]);
			if (k >= 0)
			{
				values[2] = indicator_float(model.error[k], &nulls[2]);
				values[3] = indicator_float(student_p_value(model.coefficient[k] / model.error[k], model.freedom), &nulls[3]);
			}
		}
		values[4] = Int64GetDatum(model.number);
		indicator_put(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_specialization_effort);

/* specialization_effort(m0, m1, m2, m): what is missing half-way, for every cell of m that its region lacks. */
Datum
innocity_specialization_effort(PG_FUNCTION_ARGS)
{
	Model		model = model_of(fcinfo);
	Features	now;
	DenseMatrix result;

	features_of(fcinfo, 3, &now);
	activity_matrix_dense(now.m.rows, now.m.nrows, now.m.cols, now.m.ncols, &result);
	for (size_t k = 0; k < (size_t) now.m.nrows * now.m.ncols; k++)
	{
		double		wanted = log(2) - model.constant - model.coefficient[TERM_INITIAL] * log1p(now.lq[k])
			- model.coefficient[TERM_DENSITY] * now.density[k] - model.coefficient[TERM_RELATIVE] * now.relative[k];

		result.value[k] = !model.solved || now.present[k] || !(model.coefficient[TERM_STEPPING_STONE] > 0) ? NAN
			: expm1(wanted / model.coefficient[TERM_STEPPING_STONE]) - now.lq[k];
		if (isinf(result.value[k]))
			result.value[k] = NAN;
	}
	PG_RETURN_DATUM(dense_matrix_finish(&result, -1));
}
