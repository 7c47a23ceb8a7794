/*
 * working_days.c
 *	  Dates of a roadmap: counting working days between a weekend and a list of public holidays.
 *
 * A roadmap counts working days from its start; these functions turn them into dates and back. Holidays come as an array, so that any
 * table of them can be used.
 */
#include "base/compat.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/date.h"

#define DAYS_PER_WEEK	7

/* More than any roadmap counts, some four thousand years; a loop over it takes milliseconds. */
#define WORKING_DAYS_MAX 1000000

typedef struct Calendar
{
	bool		free_weekday[DAYS_PER_WEEK + 1];	/* by ISO number, 1 = Monday */
	DateADT    *holidays;		/* ascending */
	int			nholidays;
} Calendar;

PG_FUNCTION_INFO_V1(innocity_working_date);
PG_FUNCTION_INFO_V1(innocity_working_days);

/* Day 0 of the type, 2000-01-01, was a Saturday (6). */
static int
iso_weekday(DateADT day)
{
	int			weekday = (int) ((day + 5) % DAYS_PER_WEEK);

	return (weekday < 0 ? weekday + DAYS_PER_WEEK : weekday) + 1;
}

static int
date_cmp_plain(const void *a, const void *b)
{
	DateADT		x = *(const DateADT *) a;
	DateADT		y = *(const DateADT *) b;

	return (x > y) - (x < y);
}

static void
read_calendar(ArrayType *holidays, ArrayType *weekend, Calendar *calendar)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;
	int			working = DAYS_PER_WEEK;

	memset(calendar, 0, sizeof(*calendar));
	deconstruct_array(weekend, INT4OID, sizeof(int32), true, TYPALIGN_INT, &elements, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		int			weekday = nulls[i] ? 0 : DatumGetInt32(elements[i]);

		if (weekday < 1 || weekday > DAYS_PER_WEEK)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("days of the weekend must be between 1 and 7"),
					 errdetail("Element %d is %s.", i + 1, nulls[i] ? "null" : psprintf("%d", weekday)),
					 errhint("1 is Monday, 7 is Sunday.")));
		if (!calendar->free_weekday[weekday])
			working--;
		calendar->free_weekday[weekday] = true;
	}
	if (working == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the weekend must leave a working day"),
				 errdetail("It holds all seven days.")));

	deconstruct_array(holidays, DATEOID, sizeof(DateADT), true, TYPALIGN_INT, &elements, &nulls, &n);
	calendar->holidays = palloc(sizeof(DateADT) * Max(n, 1));
	for (int i = 0; i < n; i++)
		if (!nulls[i])
			calendar->holidays[calendar->nholidays++] = DatumGetDateADT(elements[i]);
	qsort(calendar->holidays, calendar->nholidays, sizeof(DateADT), date_cmp_plain);
}

static bool
is_working_day(const Calendar *calendar, DateADT day)
{
	return !calendar->free_weekday[iso_weekday(day)] &&
		bsearch(&day, calendar->holidays, calendar->nholidays, sizeof(DateADT), date_cmp_plain) == NULL;
}

static void
check_date(DateADT day, const char *argument)
{
	if (DATE_NOT_FINITE(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite", argument),
				 errdetail("It is %s.", DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity")));
}

/*
 * working_date(start date, days int, holidays date[], weekend int[]) returns date
 *
 * The first working day on or after start is day 0; days may be negative.
 */
Datum
innocity_working_date(PG_FUNCTION_ARGS)
{
	DateADT		day = PG_GETARG_DATEADT(0);
	int32		days = PG_GETARG_INT32(1);
	int			step = days < 0 ? -1 : 1;
	Calendar	calendar;

	check_date(day, "start");
	if (days < -WORKING_DAYS_MAX || days > WORKING_DAYS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("days must be between %d and %d, not %d", -WORKING_DAYS_MAX, WORKING_DAYS_MAX, days),
				 errhint("Count months or years with an interval.")));
	read_calendar(PG_GETARG_ARRAYTYPE_P(2), PG_GETARG_ARRAYTYPE_P(3), &calendar);
	while (!is_working_day(&calendar, day))
		day++;
	while (days != 0)
	{
		do
			day += step;
		while (!is_working_day(&calendar, day));
		days -= step;
	}
	if (!IS_VALID_DATE(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range"),
				 errdetail("It lies %d working days from the start.", PG_GETARG_INT32(1))));
	PG_RETURN_DATEADT(day);
}

/*
 * working_days(first date, last date, holidays date[], weekend int[]) returns int
 *
 * Working days from first to last, both counted; 0 when last is before first.
 */
Datum
innocity_working_days(PG_FUNCTION_ARGS)
{
	DateADT		first = PG_GETARG_DATEADT(0);
	DateADT		last = PG_GETARG_DATEADT(1);
	int32		count = 0;
	Calendar	calendar;

	check_date(first, "first");
	check_date(last, "last");
	if ((int64) last - first > 2 * (int64) WORKING_DAYS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the dates are too far apart"),
				 errdetail("There are %lld days between them, at most %d can be counted.",
						   (long long) last - first, 2 * WORKING_DAYS_MAX)));
	read_calendar(PG_GETARG_ARRAYTYPE_P(2), PG_GETARG_ARRAYTYPE_P(3), &calendar);
	for (DateADT day = first; day <= last; day++)
		count += is_working_day(&calendar, day);
	PG_RETURN_INT32(count);
}
