/*
 * convergence_fn.c
 *	  SQL face of convergence between regions: beta_convergence, sigma_convergence, sigma_trend.
 *
 * The state is a float8[] of rows behind each other, [k, first, second, years, control 1 .. control k], so that two states are joined by
 * array_cat, on other servers too. While rows arrive it is an expanded array. The rows are sorted before anything is added up: the
 * same rows in any order give the same bytes.
 */
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "indicator/regression.h"
#include "indicator/student.h"

/* Numbers of a row before its controls. */
#define HEAD 4

/* A regression on more is none; also bounds the scratch. */
#define CONTROLS_MAX 100

/* What is before and after, in a result that is an estimate. */
#define ROW_OK "ok"
#define ROW_FEW "too few regions"
#define ROW_DEPENDENT "collinear"

/* The rows of a state, sorted: n of them, each width numbers long, the first of which is dropped: first, second, years, controls. */
typedef struct Rows
{
	int			n;
	int			k;
	int			width;
	double	   *value;
} Rows;

/*
 * Rows in
 */

static ExpandedArrayHeader *
state_argument(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function supports aggregates and cannot be called outside of one"),
				 errhint("Call the aggregate itself, such as beta_convergence(initial, later, years).")));
	if (PG_ARGISNULL(0))
		return construct_empty_expanded_array(FLOAT8OID, context, NULL);
	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return DatumGetExpandedArray(PG_GETARG_DATUM(0));
	return (ExpandedArrayHeader *) DatumGetEOHP(expand_array(PG_GETARG_DATUM(0), context, NULL));
}

static Datum
append(Datum array, int *at, double value)
{
	(*at)++;
	return array_set_element(array, 1, at, Float8GetDatum(value), false, -1, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

static double
number_argument(FunctionCallInfo fcinfo, int number, const char *what, bool positive)
{
	double		x = PG_GETARG_FLOAT8(number);

	if (isnan(x) || isinf(x) || (positive && !(x > 0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(positive ? "%s must be finite and positive, not %g" : "%s must be finite, not %g", what, x),
				 errdetail(positive ? "Its logarithm is taken." : "It is an observation of a regression."),
				 errhint("Leave rows out with FILTER (WHERE ...).")));
	return x + 0.0;
}

/* Adds a row. controls NULL: none. */
static Datum
accumulate(FunctionCallInfo fcinfo, double first, double second, double years, ArrayType *controls)
{
	ExpandedArrayHeader *state = state_argument(fcinfo);
	Datum		array = EOHPGetRWDatum(&state->hdr);
	int			at = state->ndims == 0 ? 0 : state->dims[0];
	Datum	   *control = NULL;
	int			k = 0;

	if (controls != NULL && ARR_NDIM(controls) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("controls must be a one-dimensional array"),
				 errdetail("It has %d dimensions.", ARR_NDIM(controls)),
				 errhint("Give one number for each further column of the regression.")));
	if (controls != NULL)
		deconstruct_array(controls, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &control, NULL, &k);
	if (k > CONTROLS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many controls: %d", k),
				 errdetail("A regression takes at most %d.", CONTROLS_MAX)));
	if ((Size) at + HEAD + k > MaxArraySize - 1)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows for a regression"),
				 errdetail("Its state would pass %zu numbers.", (Size) (MaxArraySize - 1))));
	for (int j = 0; j < k; j++)
		if (isnan(DatumGetFloat8(control[j])) || isinf(DatumGetFloat8(control[j])))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("control %d must be finite, not %g", j + 1, DatumGetFloat8(control[j])),
					 errhint("Leave rows out with FILTER (WHERE ...).")));
	array = append(array, &at, k);
	array = append(array, &at, first);
	array = append(array, &at, second);
	array = append(array, &at, years);
	for (int j = 0; j < k; j++)
		array = append(array, &at, DatumGetFloat8(control[j]) + 0.0);
	PG_RETURN_DATUM(array);
}

/* The state as it is, where a row is left out. */
static Datum
unchanged(FunctionCallInfo fcinfo)
{
	return EOHPGetRWDatum(&state_argument(fcinfo)->hdr);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_beta_convergence_accumulate);

/* (state, initial, later, years [, controls]); a NULL, among the controls too, leaves the row out. */
Datum
innocity_beta_convergence_accumulate(PG_FUNCTION_ARGS)
{
	ArrayType  *controls = NULL;
	double		years;

	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
			return unchanged(fcinfo);
	if (PG_NARGS() > 4)
	{
		controls = PG_GETARG_ARRAYTYPE_P(4);
		if (array_contains_nulls(controls))
			return unchanged(fcinfo);
	}
	years = PG_GETARG_FLOAT8(3);
	if (!(years > 0) || isinf(years))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("years must be finite and positive, not %g", years),
				 errhint("It is the time between the two values, in the unit in which growth and speed are wanted.")));
	return accumulate(fcinfo, number_argument(fcinfo, 1, "initial", true), number_argument(fcinfo, 2, "later", true), years, controls);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sigma_convergence_accumulate);

/* (state, initial, later) */
Datum
innocity_sigma_convergence_accumulate(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return unchanged(fcinfo);
	return accumulate(fcinfo, number_argument(fcinfo, 1, "initial", true), number_argument(fcinfo, 2, "later", true), 1, NULL);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sigma_trend_accumulate);

/* (state, year, sigma) */
Datum
innocity_sigma_trend_accumulate(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return unchanged(fcinfo);
	return accumulate(fcinfo, number_argument(fcinfo, 1, "year", false), number_argument(fcinfo, 2, "sigma", false), 1, NULL);
}

/*
 * Rows out
 */

static int
compare_rows(const void *a, const void *b, void *width)
{
	const double *p = a;
	const double *q = b;

	CHECK_FOR_INTERRUPTS();
	for (int j = 0; j < *(int *) width; j++)
		if (p[j] != q[j])
			return p[j] < q[j] ? -1 : 1;
	return 0;
}

static void
invalid_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid state of an aggregate of convergence"),
			 errhint("Call the aggregate itself, such as beta_convergence(initial, later, years).")));
}

/* The rows of argument 0, in their order; logarithms of what they have to be taken of are the caller's. */
static Rows
rows_argument(FunctionCallInfo fcinfo)
{
	Rows		rows = {0, 0, HEAD - 1, NULL};
	ArrayType  *array;
	const double *value;
	int			length;

	if (PG_ARGISNULL(0))
		return rows;
	array = PG_GETARG_ARRAYTYPE_P(0);
	length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (length == 0)
		return rows;
	if (ARR_NDIM(array) != 1 || ARR_HASNULL(array))
		invalid_state();
	value = (const double *) ARR_DATA_PTR(array);
	for (int i = 0; i < length; i++)
		if (isnan(value[i]) || isinf(value[i]))
			invalid_state();
	if (!(value[0] >= 0 && value[0] <= CONTROLS_MAX) || value[0] != floor(value[0]))
		invalid_state();
	rows.k = (int) value[0];
	for (int i = 0; i < length; i += HEAD + rows.k)
	{
		if (value[i] >= 0 && value[i] != rows.k && value[i] <= CONTROLS_MAX && value[i] == floor(value[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("every row must have as many controls"),
					 errdetail("One has %d, another %d.", Min(rows.k, (int) value[i]), Max(rows.k, (int) value[i])),
					 errhint("A NULL among the controls leaves its row out.")));
		if (value[i] != rows.k || i + HEAD + rows.k > length)
			invalid_state();
	}
	rows.width = HEAD - 1 + rows.k;
	rows.n = length / (HEAD + rows.k);
	rows.value = MemoryContextAllocHuge(CurrentMemoryContext, (Size) rows.n * rows.width * sizeof(double));
	for (int i = 0; i < rows.n; i++)
		memcpy(rows.value + (Size) i * rows.width, value + (Size) i * (HEAD + rows.k) + 1, rows.width * sizeof(double));
	qsort_arg(rows.value, rows.n, rows.width * sizeof(double), compare_rows, &rows.width);
	return rows;
}

static double
row_number(const Rows *rows, int i, int j)
{
	return rows->value[(Size) i * rows->width + j];
}

/* A column of a regression. */
static double *
new_column(const Rows *rows)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(rows->n, 1) * sizeof(double));
}

static void
look_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

static Datum
number_or_null(double value, bool *isnull)
{
	*isnull = isnan(value) || isinf(value);
	return Float8GetDatum(value);
}

static Datum
numbers(const double *value, int n)
{
	Datum	   *element = palloc(Max(n, 1) * sizeof(Datum));
	bool	   *isnull = palloc(Max(n, 1) * sizeof(bool));
	int			low = 1;

	for (int i = 0; i < n; i++)
		element[i] = number_or_null(value[i], &isnull[i]);
	return PointerGetDatum(construct_md_array(element, isnull, n == 0 ? 0 : 1, &n, &low, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static Datum
composite(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/* ln(later / initial) of positive numbers, by the quotient where that is one: logarithms of nearly equal numbers cancel. */
static double
log_growth(double initial, double later)
{
	double		quotient = later / initial;

	return quotient > 1e-300 && quotient < 1e300 ? log(quotient) : log(later) - log(initial);
}

/* coefficient over its error against Student's t; NaN where neither is anything. */
static double
p_value(double coefficient, double error, double freedom)
{
	return student_p_value(coefficient / error, freedom);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_beta_convergence_final);

/* (number, alpha, beta, beta_error, p_value, r_squared, speed, speed_error, half_life, controls, control_errors, control_p_values, status) */
Datum
innocity_beta_convergence_final(PG_FUNCTION_ARGS)
{
	Rows		rows = rows_argument(fcinfo);
	int			k = rows.k + 1;
	double		years = rows.n > 0 ? row_number(&rows, 0, 2) : 1;
	double	  **x = palloc(k * sizeof(double *));
	double	   *y = new_column(&rows);
	double	   *triangle = palloc(k * (k + 1) * sizeof(double));
	double	   *coefficient = palloc(k * sizeof(double));
	double	   *error = palloc(k * sizeof(double));
	Regression	r;
	Datum		values[13];
	bool		nulls[13];

	memset(nulls, true, sizeof(nulls));
	for (int j = 0; j < k; j++)
		x[j] = new_column(&rows);
	for (int i = 0; i < rows.n; i++)
	{
		double		initial = row_number(&rows, i, 0);
		double		later = row_number(&rows, i, 1);

		CHECK_FOR_INTERRUPTS();
		if (!(initial > 0) || !(later > 0) || !(row_number(&rows, i, 2) > 0))
			invalid_state();
		if (row_number(&rows, i, 2) != years)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("years must be the same in every row"),
					 errdetail("It is %g and %g.", Min(years, row_number(&rows, i, 2)), Max(years, row_number(&rows, i, 2))),
					 errhint("One speed belongs to one span of time; GROUP BY it.")));
		x[0][i] = log(initial);
		y[i] = log_growth(initial, later) / years;
		for (int j = 1; j < k; j++)
			x[j][i] = row_number(&rows, i, 2 + j);
	}
	values[0] = Int64GetDatum(rows.n);
	nulls[0] = nulls[12] = false;
	if (regression_solve(x, y, rows.n, k, triangle, coefficient, error, look_for_interrupts, &r))
	{
		double		beta = coefficient[0];
		double		rest = 1 + beta * years;
		double		speed = rest > 0 ? 0.0 - log(rest) / years : NAN;
		double		p[CONTROLS_MAX + 1];

		for (int j = 0; j < k; j++)
			p[j] = p_value(coefficient[j], error[j], r.freedom);
		values[1] = number_or_null(r.constant, &nulls[1]);
		values[2] = number_or_null(beta, &nulls[2]);
		values[3] = number_or_null(error[0], &nulls[3]);
		values[4] = number_or_null(p[0], &nulls[4]);
		values[5] = number_or_null(r.explained, &nulls[5]);
		values[6] = number_or_null(speed, &nulls[6]);
		values[7] = number_or_null(rest > 0 ? error[0] / rest : NAN, &nulls[7]);
		values[8] = number_or_null(speed > 0 ? log(2) / speed : NAN, &nulls[8]);
		values[9] = numbers(coefficient + 1, k - 1);
		values[10] = numbers(error + 1, k - 1);
		values[11] = numbers(p + 1, k - 1);
		nulls[9] = nulls[10] = nulls[11] = false;
		values[12] = CStringGetTextDatum(ROW_OK);
	}
	else
		values[12] = CStringGetTextDatum(rows.n < k + 1 ? ROW_FEW : ROW_DEPENDENT);
	return composite(fcinfo, values, nulls);
}

/*
 * Variance, of the population, of the logarithms in a column of the rows; NaN without any. They are taken as distances from the first one's:
 * equal values have the variance 0 however many they are, and close ones keep their digits.
 */
static double
log_variance(const Rows *rows, int column)
{
	double		mean = 0;
	double		squares = 0;

	for (int i = 0; i < rows->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!(row_number(rows, i, column) > 0))
			invalid_state();
		mean += log_growth(row_number(rows, 0, column), row_number(rows, i, column));
	}
	mean /= rows->n;
	for (int i = 0; i < rows->n; i++)
	{
		double		deviation = log_growth(row_number(rows, 0, column), row_number(rows, i, column)) - mean;

		CHECK_FOR_INTERRUPTS();
		squares += deviation * deviation;
	}
	return squares / rows->n;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sigma_convergence_final);

/* (number, initial, later, quotient, f, p_value) */
Datum
innocity_sigma_convergence_final(PG_FUNCTION_ARGS)
{
	Rows		rows = rows_argument(fcinfo);
	double		initial = log_variance(&rows, 0);
	double		later = log_variance(&rows, 1);
	double		f = initial / later;
	Datum		values[6];
	bool		nulls[6] = {false};

	values[0] = Int64GetDatum(rows.n);
	values[1] = number_or_null(sqrt(initial), &nulls[1]);
	values[2] = number_or_null(sqrt(later), &nulls[2]);
	values[3] = number_or_null(sqrt(f), &nulls[3]);
	/* one region: 0 / 0; without a later dispersion there is no test either */
	values[4] = number_or_null(f, &nulls[4]);
	values[5] = number_or_null(variance_quotient_p_value(f, rows.n - 1, rows.n - 1), &nulls[5]);
	return composite(fcinfo, values, nulls);
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_sigma_trend_final);

/* (number, intercept, slope, slope_error, p_value, r_squared) */
Datum
innocity_sigma_trend_final(PG_FUNCTION_ARGS)
{
	Rows		rows = rows_argument(fcinfo);
	double	   *x = new_column(&rows);
	double	   *y = new_column(&rows);
	double		triangle[2],
				slope,
				error;
	Regression	r;
	Datum		values[6];
	bool		nulls[6];

	memset(nulls, true, sizeof(nulls));
	for (int i = 0; i < rows.n; i++)
	{
		x[i] = row_number(&rows, i, 0);
		y[i] = row_number(&rows, i, 1);
	}
	values[0] = Int64GetDatum(rows.n);
	nulls[0] = false;
	if (regression_solve(&x, y, rows.n, 1, triangle, &slope, &error, look_for_interrupts, &r))
	{
		values[1] = number_or_null(r.constant, &nulls[1]);
		values[2] = number_or_null(slope, &nulls[2]);
		values[3] = number_or_null(error, &nulls[3]);
		values[4] = number_or_null(p_value(slope, error, r.freedom), &nulls[4]);
		values[5] = number_or_null(r.explained, &nulls[5]);
	}
	return composite(fcinfo, values, nulls);
}
