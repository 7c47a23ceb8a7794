-- working_days: dates of a roadmap

CREATE FUNCTION working_date(start date, days integer, holidays date[] DEFAULT '{}', weekend integer[] DEFAULT '{6,7}')
RETURNS date
AS 'MODULE_PATHNAME', 'innocity_working_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION working_date(date, integer, date[], integer[]) IS
'The date that many working days after start; day 0 is the first working day on or after start, negative days go back. holidays: public holidays (NULL elements are skipped); weekend: ISO numbers of free weekdays, 1 = Monday. NULL if any argument is.';

CREATE FUNCTION working_days(first date, last date, holidays date[] DEFAULT '{}', weekend integer[] DEFAULT '{6,7}')
RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_working_days'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION working_days(date, date, date[], integer[]) IS
'Working days from first to last, both counted; 0 when last is before first. Arguments as in working_date. NULL if any argument is.';
