-- plan: the index of living conditions; four cities worked by hand, then Korea's municipalities once more in plain SQL
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT no_plan();
SELECT create_plan('town') AS plan \gset
SET search_path = town, public;
SELECT is_empty('SELECT FROM living_conditions', 'without indicators there is no index');

-- doctors 1 2 3 4 (more is better), vacant 10 20 20 40 (less is better), schools of two cities only, weights 1, 3 and 4
INSERT INTO city (city_id, name_en) VALUES ('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E');
INSERT INTO city_indicator (city_id, indicator, year, value)
SELECT c, 'doctors', 2020, v FROM (VALUES ('A', 1), ('B', 2), ('C', 3), ('D', 4)) d (c, v)
UNION ALL SELECT c, 'vacant', 2020, v FROM (VALUES ('A', 10), ('B', 20), ('C', 20), ('D', 40)) d (c, v)
UNION ALL SELECT c, 'schools', 2020, v FROM (VALUES ('C', 5), ('D', -5)) d (c, v)
UNION ALL SELECT 'A', 'doctors', 2015, 99;
INSERT INTO living_indicator (indicator, name_ko, name_en, direction, weight) VALUES ('doctors', '의사', 'Doctors', 'max', 1), ('vacant', '빈집', 'Vacant', 'min', 3);
CREATE FUNCTION pg_temp.index(OUT unit_id text, OUT index numeric, OUT rank integer) RETURNS SETOF record LANGUAGE sql AS
  'SELECT unit_id, trim_scale(round(index, 8)), rank FROM living_conditions WHERE kind = ''city'' ORDER BY unit_id';
SELECT results_eq($$SELECT unit_id, indicator, year, value, units, round(min_max, 6), rank_share, round(reference_ratio, 6) FROM living_value ORDER BY indicator, unit_id$$,
  $$VALUES ('A', 'doctors', 2020, 1::float8, 4, 0::numeric, 0::numeric, 0.4::numeric), ('B', 'doctors', 2020, 2, 4, 0.333333, 0.333333333333, 0.8),
           ('C', 'doctors', 2020, 3, 4, 0.666667, 0.666666666667, 1.2), ('D', 'doctors', 2020, 4, 4, 1, 1, 1.6), ('E', 'doctors', 2020, NULL, 4, NULL, NULL, NULL),
           ('A', 'vacant', 2020, 10, 4, 1, 1, 2.25), ('B', 'vacant', 2020, 20, 4, 0.666667, 0.5, 1.125), ('C', 'vacant', 2020, 20, 4, 0.666667, 0.5, 1.125),
           ('D', 'vacant', 2020, 40, 4, 0, 0, 0.5625), ('E', 'vacant', 2020, NULL, 4, NULL, NULL, NULL)$$, 'normalised by hand: equal ones share their rank');
SELECT ok(abs(z_score - (3 - 2.5) / sqrt(1.25)) < 1e-11, 'z-scores by the deviation of the population') FROM living_value WHERE unit_id = 'C' AND indicator = 'doctors';
SELECT results_eq('SELECT * FROM pg_temp.index()',
  $$VALUES ('A', 0.75::numeric, 1), ('B', round((1 / 3.0 + 2) / 4, 8), 3), ('C', round((2 / 3.0 + 2) / 4, 8), 2), ('D', 0.25, 4), ('E', NULL, NULL)$$, 'min-max, arithmetic mean');
UPDATE setting SET living_mean = 'geometric';
SELECT results_eq('SELECT * FROM pg_temp.index()',
  $$SELECT u, trim_scale(round(v::numeric, 8)), r FROM (VALUES ('A', power(0.01, 0.25), 3), ('B', power(1 / 3.0, 0.25) * power(2 / 3.0, 0.75), 2), ('C', 2 / 3.0, 1), ('D', power(0.01, 0.75), 4), ('E', NULL, NULL)) t (u, v, r)$$,
  'min-max, geometric mean with a floor of 0.01');
-- 1 - index by logarithmic means: A lacks 1 - .01^(1/4), all of it for want of doctors
SELECT results_eq($$SELECT indicator, contribution, round(shortfall, 6) FROM living_part WHERE unit_id = 'A' ORDER BY 1$$,
  $$SELECT * FROM (VALUES ('doctors', round(0.25 - (1 - power(0.01, 0.25)), 9), round(1 - power(0.01, 0.25), 6)), ('vacant', 0.75, 0)) t$$, 'what a figure spoils is its own');
SELECT results_eq($$SELECT indicator, round(contribution, 8) FROM living_part WHERE unit_id = 'B' ORDER BY 1$$,
  $$SELECT i, round(w + w * ln(n) * (exp(l) - 1) / l, 8)
    FROM (VALUES ('doctors', 0.25::numeric, 1 / 3.0), ('vacant', 0.75, 2 / 3.0)) t (i, w, n), (SELECT 0.25 * ln(1 / 3.0) + 0.75 * ln(2 / 3.0) AS l) x$$,
  'the rest is shared by logarithmic means');
UPDATE setting SET living_mean = 'arithmetic', living_normalization = 'rank';
SELECT results_eq('SELECT * FROM pg_temp.index()', $$VALUES ('A', 0.75::numeric, 1), ('B', round((1 / 3.0 + 1.5) / 4, 8), 3), ('C', round((2 / 3.0 + 1.5) / 4, 8), 2), ('D', 0.25, 4), ('E', NULL, NULL)$$, 'ranks');
UPDATE setting SET living_normalization = 'reference';
SELECT results_eq('SELECT * FROM pg_temp.index()', $$VALUES ('A', (0.4 + 6.75) / 4, 1), ('B', (0.8 + 3.375) / 4, 3), ('C', (1.2 + 3.375) / 4, 2), ('D', (1.6 + 1.6875) / 4, 4), ('E', NULL, NULL)$$, 'distance to the mean');
UPDATE living_indicator SET reference = 10 WHERE indicator = 'vacant';
SELECT is(trim_scale(index), (0.4 + 3) / 4, 'distance to a given reference') FROM living_conditions WHERE unit_id = 'A';
UPDATE setting SET living_normalization = 'z_score';
SELECT ok(abs(sum(index)) < 1e-7, 'z-scores add up to nothing') FROM living_conditions;
SELECT throws_ok($$UPDATE setting SET living_mean = 'geometric'$$, '23514');
UPDATE setting SET living_normalization = 'min_max';
UPDATE living_indicator SET low = 0, high = 20 WHERE indicator = 'vacant';
SELECT results_eq($$SELECT unit_id, min_max FROM living_value WHERE indicator = 'vacant' AND value IS NOT NULL ORDER BY 1$$, $$VALUES ('A', 0.5), ('B', 0), ('C', 0), ('D', 0.0)$$, 'goalposts, and what is beyond them');
UPDATE living_indicator SET low = NULL, high = NULL, year = 2015 WHERE indicator = 'doctors';
SELECT results_eq($$SELECT unit_id, min_max FROM living_value WHERE indicator = 'doctors' AND value IS NOT NULL$$, $$VALUES ('A', 0.5)$$, 'one figure alone is neither good nor bad');
UPDATE living_indicator SET year = NULL, low = NULL, high = NULL;
-- schools are known of two cities: they are ranked by themselves
INSERT INTO living_indicator (indicator, name_ko, name_en, weight) VALUES ('schools', '학교', 'Schools', 4);
SELECT results_eq($$SELECT unit_id, coverage, rank, units, unknown_ko, unknown_en FROM living_conditions WHERE kind = 'city' ORDER BY 1$$,
  $$VALUES ('A', 0.5, 1, 2, '학교', 'Schools'), ('B', 0.5, 2, 2, '학교', 'Schools'), ('C', 1, 1, 2, NULL, NULL), ('D', 1, 2, 2, NULL, NULL), ('E', 0, NULL, 0, '의사, 학교, 빈집', 'Doctors, Schools, Vacant')$$,
  'ranks inside equal coverage, and what is not known is named');
SELECT results_eq($$SELECT unit_id, best_rank, worst_rank, choices, strongest_en, weakest_en FROM living_conditions WHERE unit_id IN ('C', 'D') ORDER BY 1$$,
  -- a reference_ratio of -5 is none, so the reference ranks fewer and does not count
  $$VALUES ('C', 1, 1, 5, 'Schools', 'Vacant'), ('D', 2, 2, 5, 'Doctors', 'Schools')$$, 'how far the rank moves, and the two ends');
UPDATE living_indicator SET weight = 0 WHERE indicator = 'schools';
SELECT is(coverage, 1::numeric, 'a weight of 0 is shown, not counted') FROM living_conditions WHERE unit_id = 'A';
SELECT throws_ok($$INSERT INTO living_indicator (indicator, low, high) VALUES ('x', 1, 1)$$, '23514');

-- The sample
SET search_path = public;
SELECT create_plan('naju', sample => true) AS plan \gset
SET search_path = naju, public;
SELECT results_eq($$SELECT kind, count(*), min(coverage), count(DISTINCT units) FROM living_conditions GROUP BY 1 ORDER BY 1$$, $$VALUES ('city', 13::bigint, 1.0, 1::bigint), ('region', 229, 1.0, 1)$$, 'all is known of all');
-- the figures from the published tables
SELECT is_empty($$
  SELECT i.region, i.year FROM (SELECT * FROM region_indicator WHERE indicator = 'doctors_per_1000_residents' AND year = 2020) i
  FULL JOIN (SELECT coalesce(r.parent, d.code) AS code, sum(d.value) AS doctors
             FROM region_indicator_kr d LEFT JOIN region_kr r ON r.code = d.code AND r.level = 3
             WHERE d.indicator = 'doctors' AND d.year = 2020 AND d.value > 0 GROUP BY 1) d ON d.code = i.region
  LEFT JOIN population_kr p ON p.code = d.code AND p.year = 2020
  WHERE abs(i.value - 1000 * d.doctors / p.total) < 1e-12 IS NOT TRUE$$, 'doctors, of districts added up');
SELECT results_eq($$SELECT city_id, round(value::numeric, 9) FROM city_indicator WHERE indicator = 'doctors_per_1000_residents' AND year = 2020 AND city_id IN ('NJ', 'JB') ORDER BY 1$$,
  $$SELECT 'JB', round(1000 * (SELECT sum(value) FROM region_indicator_kr WHERE indicator = 'doctors' AND year = 2020 AND code IN ('52111', '52113', '52710'))::numeric
                       / (SELECT sum(total) FROM population_kr WHERE year = 2020 AND code IN ('52110', '52710')), 9)
    UNION ALL SELECT 'NJ', round(1000 * 167 / 115613.0, 9)$$, 'a city of several regions and districts');
SELECT results_eq($$SELECT round(value::numeric, 9) FROM city_indicator WHERE indicator = 'residents_5y_index' AND year = 2024 AND city_id = 'NJ'$$,
  $$SELECT round(100.0 * 116654 / 114664, 9)$$, 'residents of 2024 by those of 2019');
SELECT is_empty($$SELECT city_id, indicator, year FROM city_indicator WHERE indicator IN (SELECT indicator FROM living_indicator) GROUP BY 1, 2, 3 HAVING min(value) <= 0 OR count(*) > 1$$, 'figures are positive');

-- every index once more, in floating point, and the decompositions to the last digit under every choice
CREATE FUNCTION pg_temp.indices(normalization text, mean text) RETURNS TABLE (kind text, unit_id text, index float8) LANGUAGE sql AS $$
  WITH f AS (SELECT 'city' AS kind, city_id AS unit_id, indicator, year, value FROM naju.city_indicator
             UNION ALL SELECT 'region', region::text, indicator, year, value FROM naju.region_indicator),
  k AS (SELECT f.*, l.direction, CASE l.direction WHEN 'max' THEN 1 ELSE -1 END AS sign FROM f JOIN naju.living_indicator l USING (indicator)
        WHERE f.year = CASE WHEN indicator IN ('businesses_per_1000_residents', 'residents_5y_index') THEN 2024 ELSE 2020 END),
  n AS (SELECT k.*, CASE $1
          WHEN 'min_max' THEN (sign * value - min(sign * value) OVER w) / (max(value) OVER w - min(value) OVER w)
          WHEN 'z_score' THEN sign * (value - avg(value) OVER w) / stddev_pop(value) OVER w
          WHEN 'rank' THEN ((SELECT count(*) FROM k o WHERE o.kind = k.kind AND o.indicator = k.indicator AND o.sign * o.value < k.sign * k.value)
                          + (SELECT count(*) FROM k o WHERE o.kind = k.kind AND o.indicator = k.indicator AND o.value = k.value) * 0.5 - 0.5) / (count(*) OVER w - 1)
          ELSE power(value / avg(value) OVER w, sign) END AS n
        FROM k WINDOW w AS (PARTITION BY k.kind, k.indicator))
  SELECT kind, unit_id, CASE $2 WHEN 'arithmetic' THEN avg(n) ELSE exp(avg(ln(greatest(n, 0.01)))) END FROM n GROUP BY 1, 2 $$;
CREATE TEMP TABLE every AS SELECT * FROM living_index;
SELECT is((SELECT count(*) FROM every), 7 * 242::bigint, 'seven choices, thirteen cities and 229 municipalities');
SELECT is_empty(format($$SELECT * FROM (SELECT kind, unit_id, index FROM every WHERE normalization = %L AND mean = %L) e
  FULL JOIN pg_temp.indices(%1$L, %2$L) i USING (kind, unit_id) WHERE abs(e.index - i.index) < 6e-10 IS NOT TRUE$$, n, m), format('%s, %s: as in floating point', n, m))
FROM (VALUES ('min_max'), ('z_score'), ('rank'), ('reference')) a (n) CROSS JOIN (VALUES ('arithmetic'), ('geometric')) b (m) WHERE (n, m) <> ('z_score', 'geometric') ORDER BY n, m;
CREATE FUNCTION pg_temp.add_up(n text, m text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    UPDATE naju.setting SET living_normalization = n, living_mean = m;
    RETURN (SELECT count(*) FROM (SELECT kind, unit_id, index FROM naju.living_part GROUP BY 1, 2, 3
                                  HAVING sum(contribution) IS DISTINCT FROM index OR max(abs(contribution - (known_weight - shortfall))) > 1.1e-9) q);
END $$;
SELECT is(pg_temp.add_up(n, m), 0::bigint, format('%s, %s: contributions add up to the last digit', n, m))
FROM (VALUES ('z_score', 'arithmetic'), ('rank', 'arithmetic'), ('rank', 'geometric'), ('reference', 'arithmetic'), ('reference', 'geometric'), ('min_max', 'geometric'), ('min_max', 'arithmetic')) v (n, m);
SELECT results_eq($$SELECT kind, min(rank), max(rank) FROM every GROUP BY 1 ORDER BY 1$$, $$VALUES ('city', 1, 13), ('region', 1, 229)$$, 'ranks');
SELECT ok(bool_and(best_rank <= rank AND rank <= worst_rank AND choices = 7), 'the rank lies among those of the seven choices') FROM living_conditions;

-- sites lie in their municipality; Naju's towns have its index
SELECT is_empty($$SELECT s.site_id FROM living_site s JOIN site o USING (site_id) WHERE NOT (o.region <@ s.region::region_code) OR s.units <> 229$$, 'sites and their municipalities');
SELECT results_eq($$SELECT site_id, region, difference = 0 FROM living_site WHERE site_id IN ('NJ', 'NJ-46170250', 'NJ-46790') ORDER BY site_id COLLATE "C"$$,
  $$VALUES ('NJ', '46170', true), ('NJ-46170250', '46170', true), ('NJ-46790', '46790', false)$$, 'a town has the index of its municipality');
SELECT is_empty($$SELECT row_key FROM living_site GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT row_key FROM living_part GROUP BY 1 HAVING count(*) > 1
  UNION ALL SELECT row_key FROM living_value GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT row_key FROM living_conditions GROUP BY 1 HAVING count(*) > 1
  UNION ALL SELECT row_key FROM living_index GROUP BY 1 HAVING count(*) > 1$$, 'row keys are unique');

-- as a criterion of the score
INSERT INTO city_indicator (scenario, city_id, indicator, year, value, source) SELECT scenario, unit_id, 'living_conditions', 2024, index, 'view living_conditions' FROM living_conditions WHERE kind = 'city';
INSERT INTO criterion (criterion, name_ko, name_en, weight, indicator) VALUES ('living', '정주 여건', 'Living conditions', 0.1, 'living_conditions');
SELECT results_eq($$SELECT DISTINCT city_id, value FROM synergy_part WHERE part = 'living' AND city_id IN ('NJ', 'US') ORDER BY 1$$, $$VALUES ('NJ', 1::float8), ('US', 0)$$, 'a part of the score, from 0 to 1');
SELECT * FROM finish();
