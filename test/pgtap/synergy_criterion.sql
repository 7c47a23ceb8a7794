-- The planner's own criteria: direction, normalisation, goalposts; by hand and, over random figures, against plain SQL.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT create_plan('own') IS NULL AS made \gset
SET search_path = public, own;
SELECT no_plan();

INSERT INTO city (city_id) VALUES ('A'), ('B'), ('C'), ('D'), ('E');
INSERT INTO institution (institution_id, status) VALUES ('X', 'capital');
INSERT INTO city_indicator (city_id, indicator, year, value) VALUES
    ('A', 'doctors', 2019, 99), ('A', 'doctors', 2020, 1), ('B', 'doctors', 2020, 2), ('C', 'doctors', 2020, 2), ('D', 'doctors', 2018, 5);
INSERT INTO criterion (criterion, weight, indicator) VALUES ('own', 1, 'doctors');
CREATE FUNCTION pg_temp.parts() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(trim_scale(round(p.value::numeric, 6))::text, '-'), ' ' ORDER BY city_id) FROM own.synergy_part p WHERE part = 'own' AND scenario = 'base' $$;
SELECT is(pg_temp.parts(), '0 0.25 0.25 1 -', 'between the lowest and the highest city, the latest year of each; no figure, no part');
UPDATE criterion SET direction = 'min' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '1 0.75 0.75 0 -', 'a low figure is good');
UPDATE criterion SET low = 0, high = 4 WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0.75 0.5 0.5 0 -', 'between goalposts, cut off beyond');
UPDATE criterion SET direction = 'max', low = 1.5, high = NULL WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0 0.142857 0.142857 1 -', 'one goalpost: (2 - 1.5) / (5 - 1.5)');
UPDATE criterion SET low = 7 WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0 0 0 0 -', 'all below the lower goalpost');
UPDATE criterion SET low = NULL, high = -1, direction = 'min' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0 0 0 0 -', 'all above the upper one, where high is bad');
UPDATE criterion SET high = NULL, direction = 'max', normalization = 'rank' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0 0.5 0.5 1 -', 'by rank: of three others B has one below and one beside it');
UPDATE criterion SET direction = 'min' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '1 0.5 0.5 0 -', 'by rank, low is good');
SELECT results_eq('SELECT city_id, normalization, low, high FROM city_criterion WHERE city_id < ''C'' ORDER BY 1', $$VALUES ('A', 'rank', 1::float8, 5::float8), ('B', 'rank', 1, 5)$$, 'city_criterion says how');
SELECT throws_ok('UPDATE criterion SET normalization = ''z_score'' WHERE criterion = ''own''', '23514', NULL, 'another normalisation is refused');
SELECT throws_ok('UPDATE criterion SET low = 4, high = 4 WHERE criterion = ''own''', '23514', NULL, 'so are goalposts in one place');
SELECT throws_ok('UPDATE criterion SET high = ''infinity'' WHERE criterion = ''own''', '23514', NULL, 'and infinite ones');
UPDATE city_indicator SET value = CASE city_id WHEN 'A' THEN -1.7e308 WHEN 'B' THEN 0 WHEN 'C' THEN 0 ELSE 1.7e308 END;
UPDATE criterion SET normalization = 'min_max', direction = 'max' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0 0.5 0.5 1 -', 'figures whose difference is none');
UPDATE city_indicator SET value = CASE city_id WHEN 'A' THEN 0 WHEN 'B' THEN 5e-324 WHEN 'C' THEN 0 ELSE 5e-324 END;
SELECT is(pg_temp.parts(), '0 1 0 1 -', 'figures that have no half');
DELETE FROM city_indicator WHERE city_id <> 'A';
SELECT is(pg_temp.parts(), '0.5 - - - -', 'one city alone is neither high nor low');
UPDATE criterion SET normalization = 'rank' WHERE criterion = 'own';
SELECT is(pg_temp.parts(), '0.5 - - - -', 'by rank too');

-- What plan_problem says of names
UPDATE institution SET name_ko = '같은 이름';
INSERT INTO institution (institution_id, name_ko) VALUES ('Y|1', '같은 이름');
SELECT set_eq('SELECT problem, table_name, object_id FROM plan_problem WHERE problem IN (''same_name'', ''bar_in_identifier'')',
    $$VALUES ('same_name', 'institution', 'X'), ('same_name', 'institution', 'Y|1'), ('bar_in_identifier', 'institution', 'Y|1')$$, 'names and identifiers that do not tell rows apart are listed');
DELETE FROM institution WHERE institution_id = 'Y|1';

-- Three criteria of random figures, some missing, some equal, in two scenarios
SELECT setseed(0.4);
DELETE FROM city_indicator;
DELETE FROM criterion WHERE criterion = 'own';
INSERT INTO setting (scenario) VALUES ('two');
INSERT INTO city (scenario, city_id) SELECT s, 'T' || n FROM unnest('{base,two}'::text[]) s, generate_series(1, 20) n;
INSERT INTO institution (scenario, institution_id, status) VALUES ('two', 'X', 'capital');
INSERT INTO city_indicator (scenario, city_id, indicator, year, value)
    SELECT s, 'T' || n, k, y, round((100 * random())::numeric, 0) FROM unnest('{base,two}'::text[]) s, generate_series(1, 20) n, unnest('{a,b,c}'::text[]) k, generate_series(2018, 2020) y WHERE random() < 0.5;
INSERT INTO criterion (scenario, criterion, weight, indicator, direction, normalization, low, high) VALUES
    ('base', 'of a', 0.3, 'a', 'max', 'min_max', 20, 70), ('base', 'of b', 0.2, 'b', 'min', 'rank', NULL, NULL), ('base', 'of c', 0.5, 'c', 'min', 'min_max', NULL, NULL),
    ('two', 'of a', 0.3, 'a', 'min', 'min_max', NULL, 50), ('two', 'of b', 0.2, 'b', 'max', 'rank', NULL, NULL), ('two', 'of c', 0.5, 'c', 'max', 'min_max', NULL, NULL);
CREATE TEMP TABLE latest AS
    SELECT i.scenario, i.city_id, c.criterion, c.weight, c.direction, c.normalization, c.low, c.high, i.value
    FROM city_indicator i JOIN criterion c ON c.scenario = i.scenario AND c.indicator = i.indicator
    WHERE i.year = (SELECT max(o.year) FROM city_indicator o WHERE (o.scenario, o.city_id, o.indicator) = (i.scenario, i.city_id, i.indicator));
CREATE TEMP TABLE expected AS
    SELECT l.*, CASE direction WHEN 'max' THEN h ELSE 1 - h END AS part
    FROM (SELECT l.*, CASE normalization WHEN 'rank' THEN
                     (SELECT avg(CASE WHEN o.value < l.value THEN 1 WHEN o.value = l.value THEN 0.5 ELSE 0 END) FROM latest o WHERE o.scenario = l.scenario AND o.criterion = l.criterion AND o.city_id <> l.city_id)
                 ELSE least(1, greatest(0, (l.value - coalesce(l.low, (SELECT min(o.value) FROM latest o WHERE o.scenario = l.scenario AND o.criterion = l.criterion)))
                     / (coalesce(l.high, (SELECT max(o.value) FROM latest o WHERE o.scenario = l.scenario AND o.criterion = l.criterion))
                        - coalesce(l.low, (SELECT min(o.value) FROM latest o WHERE o.scenario = l.scenario AND o.criterion = l.criterion))))) END AS h FROM latest l) l;
SELECT cmp_ok((SELECT count(*) FROM expected), '>', 90::bigint, 'figures to compare');
SELECT is_empty($$SELECT scenario, city_id, criterion, e.part, p.value FROM expected e
    FULL JOIN (SELECT scenario, city_id, part AS criterion, value FROM synergy_part WHERE part LIKE 'of %' AND value IS NOT NULL) p USING (scenario, city_id, criterion)
    WHERE abs(e.part - p.value) <= 1e-12 IS NOT TRUE$$, 'all parts agree to 1e-12');
SELECT is_empty($$SELECT city_id FROM synergy_score s LEFT JOIN (SELECT scenario, city_id, round((sum(weight * part) / sum(weight))::numeric, 9) AS score FROM expected GROUP BY 1, 2) e USING (scenario, city_id)
    WHERE s.score IS DISTINCT FROM e.score$$, 'scores too');
SELECT is(copy_scenario('own', 'two', 'three'), 'three', 'a copy');
SELECT set_eq('SELECT criterion, normalization, low, high FROM criterion WHERE scenario = ''three''', 'SELECT criterion, normalization, low, high FROM criterion WHERE scenario = ''two''', 'takes normalisation and goalposts along');
SELECT * FROM finish();
