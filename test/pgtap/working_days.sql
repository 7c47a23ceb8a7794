-- working_days: the end of September 2026 in Korea (Chuseok 24 to 26), and an independent count by generate_series
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();

CREATE TEMP TABLE chuseok AS SELECT ARRAY['2026-09-26', '2026-09-24', NULL, '2026-09-25']::date[] AS holidays;
SELECT is(working_date('2026-09-23', 0, holidays), '2026-09-23'::date, 'a Wednesday is day 0 of itself') FROM chuseok;
SELECT is(working_date('2026-09-23', 1, holidays), '2026-09-28'::date, 'after Chuseok and a weekend comes Monday') FROM chuseok;
SELECT is(working_date('2026-09-24', 0, holidays), '2026-09-28'::date, 'day 0 of a holiday is the next working day') FROM chuseok;
SELECT is(working_date('2026-09-28', -1, holidays), '2026-09-23'::date, 'and back') FROM chuseok;
SELECT is(working_date('2026-09-25', 0, '{}', '{5,6}'), '2026-09-27'::date, 'another weekend');
SELECT is(working_days('2026-09-21', '2026-09-30', holidays), 6, 'six working days in ten') FROM chuseok;
SELECT is(working_days('2026-09-30', '2026-09-21'), 0, 'backwards: none');
SELECT is(working_date(NULL, 1), NULL, 'NULL in, NULL out');
SELECT is_empty($$
  SELECT n FROM chuseok, generate_series(0, 60) n
  WHERE working_date('1999-12-25', n, holidays) <> (
    SELECT d::date FROM generate_series('1999-12-25'::date, '2001-01-01', '1 day') d WHERE extract(isodow FROM d) < 6 ORDER BY d OFFSET n LIMIT 1)
  OR working_days('1999-12-25', '1999-12-25'::date + n) <> (
    SELECT count(*) FROM generate_series('1999-12-25'::date, '1999-12-25'::date + n, '1 day') d WHERE extract(isodow FROM d) < 6)$$,
  'across the epoch of the date type, as counted by generate_series');
SELECT throws_ok($$SELECT working_date('infinity', 1)$$, '22008', 'start must be finite');
SELECT throws_ok($$SELECT working_date('2026-01-01', 2000000)$$, '22023', 'days must be between -1000000 and 1000000, not 2000000');
SELECT throws_ok($$SELECT working_date('2026-01-01', 1, '{}', '{8}')$$, '22023', 'days of the weekend must be between 1 and 7');
SELECT throws_ok($$SELECT working_date('2026-01-01', 1, '{}', '{1,2,3,4,5,6,7}')$$, '22023', 'the weekend must leave a working day');
SELECT throws_ok($$SELECT working_date('5874897-12-30', 5)$$, '22008', 'date out of range');

SELECT * FROM finish();
