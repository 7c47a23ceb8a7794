-- plan: what reaches the surroundings, inequality by year, the national page; a small country worked by hand
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();
SELECT create_plan('country') AS plan \gset
SET search_path = country, public;

INSERT INTO region (region, capital) VALUES ('11', true), ('46', false);
INSERT INTO region_neighbour (region, neighbour) VALUES ('46170', '46790'), ('46790', '46170');
INSERT INTO city (city_id, name_en, longitude, latitude) VALUES ('N', 'N', 127, 35), ('M', 'M', 127, 36);
INSERT INTO city_region (city_id, region) VALUES ('N', '46170'), ('M', '46790');
INSERT INTO site (city_id, site_id, kind, region, longitude, latitude) VALUES
    ('N', 'N1', 'innovation_city', '46170', 127, 35), ('N', 'N2', 'old_downtown', '4617010100', 127, 35.1), ('N', 'N3', 'surrounding_centre', '46790', 127, 34.9),
    ('N', 'N4', 'other', '11110', 127, 35.1), ('N', 'N5', 'other', NULL, NULL, NULL);

-- a tenth of a degree of a meridian is 6371.0088 * pi / 1800 km
SELECT ok(bool_and(abs(distance_km - 6371.0088 * pi() / 1800) < 1e-9), 'distances along a meridian') FROM spillover WHERE site_id IN ('N2', 'N3', 'N4');
SELECT results_eq($$SELECT site_id, adjacent FROM spillover WHERE city_id = 'N' ORDER BY site_id$$,
  $$VALUES ('N2', true), ('N3', true), ('N4', false), ('N5', false)$$, 'in the city, across the border, elsewhere, not known');
SELECT is(decay, exp(-distance_km / 10), 'the decay near by') FROM spillover WHERE site_id = 'N2';
SELECT is(decay, exp(-distance_km / 10) / 2, 'halved elsewhere') FROM spillover WHERE site_id = 'N4';
SELECT ok(abs(sum(share) - 1) < 1e-12, 'shares add up to 1') FROM spillover WHERE city_id = 'N';
UPDATE setting SET far_share = 0.2;
SELECT results_eq($$SELECT site_id, adjacency_factor, distance_factor * adjacency_factor = decay, abs(exp(-half_distance_km / 10) - 0.5) < 1e-15 FROM spillover WHERE city_id = 'N' AND site_id <> 'N5' ORDER BY 1$$,
  $$VALUES ('N2', 1::float8, true, true), ('N3', 1, true, true), ('N4', 0.2, true, true)$$, 'the decay is the product of its two factors');
UPDATE setting SET decay_km = 20;
SELECT is(decay, exp(-distance_km / 20), 'the distance of decay is a setting') FROM spillover WHERE site_id = 'N2';

-- three regions in two provinces
INSERT INTO region_activity (year, region, sector, value) VALUES (2020, '11110', 'A', 60), (2020, '11110', 'C', 40), (2020, '46170', 'A', 30), (2020, '46790', 'C', 20),
    (2010, '46170', 'A', 30);
INSERT INTO region_indicator (region, indicator, year, value) VALUES ('11110', 'residents', 2020, 10), ('46170', 'residents', 2020, 10), ('46790', 'residents', 2020, 20);
SELECT ok(abs(v.theil - e.theil) < 1e-12 AND abs(v.theil_between - e.theil_between) < 1e-12 AND abs(v.theil_within - e.theil_within) < 1e-12,
  'Theil T and its decomposition, written out')
FROM national_inequality v, (SELECT
    -- sum of income shares times log of income share / population share
    100 / 150.0 * ln((100 / 150.0) / (10 / 40.0)) + 30 / 150.0 * ln((30 / 150.0) / (10 / 40.0)) + 20 / 150.0 * ln((20 / 150.0) / (20 / 40.0)) AS theil,
    100 / 150.0 * ln((100 / 150.0) / (10 / 40.0)) + 50 / 150.0 * ln((50 / 150.0) / (30 / 40.0)) AS theil_between,
    50 / 150.0 * (30 / 50.0 * ln((30 / 50.0) / (10 / 30.0)) + 20 / 50.0 * ln((20 / 50.0) / (20 / 30.0))) AS theil_within) e
WHERE v.year = 2020;
SELECT results_eq($$SELECT regions, capital_share_activity, capital_share_residents FROM national_inequality WHERE year = 2020$$,
  $$VALUES (3, 100 / 150::float8, 0.25::float8)$$, 'the weight of the capital area');
SELECT results_eq($$SELECT regions, residents, theil FROM national_inequality WHERE year = 2010$$, $$VALUES (1, NULL::float8, NULL::float8)$$,
  'a year without residents has no inequality');

-- the page of cities
INSERT INTO city_indicator (city_id, indicator, year, value) VALUES ('N', 'residents', 2010, 100), ('N', 'residents', 2020, 125), ('N', 'extinction_index', 2010, 0.4);
INSERT INTO institution (institution_id, status, city_id) VALUES ('I1', 'relocated', 'N'), ('I2', 'capital', NULL);
SELECT results_eq($$SELECT city_id, incumbents, residents, round(residents_change_pct), residents_since, extinction_index FROM case_national ORDER BY city_id$$,
  $$VALUES ('M', 0, NULL::float8, NULL::float8, NULL::int, NULL::float8), ('N', 1, 125, 25, 2010, 0.4)$$, 'what is not known is NULL');

SELECT results_eq($$SELECT year, city_id, residents, activity, activity_per_resident, activity_per_resident_index, activity_rank, complete, capital_share_residents, theil IS NULL
                    FROM case_national_year WHERE city_id = 'N' ORDER BY year$$,
  -- the nation of 2020: 150 of 40 residents; N: 30 of 125 by its own count
  $$VALUES (2010, 'N', 100::float8, 30::float8, 0.3::float8, NULL::float8, 1, false, NULL::float8, true),
           (2020, 'N', 125, 30, 0.24, 100 * 0.24 / (150 / 40::float8), 1, true, 0.25, false)$$, 'a city by year');
UPDATE city SET competes = false WHERE city_id = 'M';
SELECT results_eq($$SELECT line, item_ko, text_ko, text_en FROM case_national_page ORDER BY line$$,
  $$VALUES (1, '전국 2010', '수도권 비중 생산 0.0 %; 3개 시군구 가운데 1개만', 'capital area 0.0 % of activity; only 1 of 3 regions'),
           (2, '전국 2020', '수도권 비중 생산 66.7 %, 인구 25.0 %; 타일 지수 0.4330 (시도 사이 0.3836, 시도 안 0.0494)',
               'capital area 66.7 % of activity, 25.0 % of residents; Theil 0.4330 (between provinces 0.3836, within 0.0494)'),
           (3, NULL, '주민 125명 (2010년 이래 +25.0 %); 소멸위험지수 0.40 (2010년); 1인당 생산 6 (전국 100); 이전·기존 기관 1곳; 첫째로 꼽는 후보 1곳; 상위 20 평균 점수 0.000 (자료 비중 0.2)',
               '125 residents (+25.0 % since 2010); extinction index 0.40 (2010); activity per resident 6 (nation 100); 1 incumbent; first for 1 candidate; mean score of the first 20 0.000 (coverage 0.2)'),
           (4, NULL, '이전·기존 기관 0곳; 경쟁 대상이 아님', '0 incumbents; does not compete')$$, 'the page leaves out what is not known');

-- The sample: the page once more from the published tables
SET search_path = public;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) AS plan \gset
SET search_path = naju, public;
CREATE TEMP TABLE value_added AS SELECT year, code, sum(value_mkrw) AS x FROM region_industry_kr GROUP BY 1, 2;
CREATE TEMP TABLE person AS SELECT p.code, p.year, p.total FROM population_kr p JOIN region_kr r ON r.code = p.code AND r.level = 2;
SELECT is_empty($$
  SELECT y.year, y.theil, t.whole FROM (SELECT DISTINCT year, theil, theil_between, theil_within, capital_share_activity FROM case_national_year WHERE theil IS NOT NULL) y
  FULL JOIN (SELECT year, sum(x / gx * ln((x / gx) / (n / gn))) AS whole, sum(CASE WHEN sido IN ('11', '28', '41') THEN x END) / min(gx) AS capital
             FROM (SELECT v.year, ancestor(v.code, 1)::text AS sido, v.x::float8, p.total::float8 AS n, sum(v.x) OVER w::float8 AS gx, sum(p.total) OVER w::float8 AS gn
                   FROM value_added v JOIN person p USING (code, year) WHERE v.x > 0 WINDOW w AS (PARTITION BY v.year)) q GROUP BY year) t USING (year)
  WHERE abs(y.theil - t.whole) > 1e-12 IS NOT FALSE OR abs(y.capital_share_activity - t.capital) > 1e-12 IS NOT FALSE OR abs(y.theil - y.theil_between - y.theil_within) > 1e-12$$,
  'Theil and the capital area by year');
SELECT is_empty($$
  SELECT y.year, y.capital_share_residents, t.share FROM (SELECT DISTINCT year, capital_share_residents FROM case_national_year) y
  FULL JOIN (SELECT year, (sum(total) FILTER (WHERE ancestor(code, 1)::text IN ('11', '28', '41')))::float8 / sum(total)::float8 AS share FROM person GROUP BY 1) t USING (year)
  WHERE abs(y.capital_share_residents - t.share) > 1e-12 IS NOT FALSE$$, 'residents of the capital area in each year');
SELECT results_eq($$SELECT count(*) FILTER (WHERE competes), count(*) FROM case_national$$, 'VALUES (12::bigint, 13::bigint)', 'ten innovation cities, Daejeon and Chungnam compete; Sejong is shown');
SELECT results_eq($$SELECT city_id, capital_share_by_year, theil_by_year, compared_with, activity_year FROM case_national WHERE city_id = 'NJ'$$,
  $$VALUES ('NJ', '2010: 55.3 % (190), 2015: 50.3 %, 2020: 52.8 %', '2010: 0.2697 (190), 2015: 0.2253, 2020: 0.2113', 2015, 2020)$$, 'the years of the nation in the row of a city');
SELECT is(count(*), 16::bigint, 'the page: three years and thirteen cities') FROM case_national_page WHERE text_ko <> '' AND text_en <> '' AND text_en !~ '\(\)';
SELECT is_empty($$SELECT row_key FROM case_national_year GROUP BY 1 HAVING count(*) > 1 UNION ALL SELECT row_key FROM case_national_page GROUP BY 1 HAVING count(*) > 1$$, 'row keys are unique');

-- sites of Naju by their ten-digit codes
SELECT results_eq($$SELECT site_id, kind, rpad(region::text, 10, '0') FROM site WHERE region <@ '46170' AND kind <> 'surrounding_centre' ORDER BY site_id COLLATE "C"$$,
  $$VALUES ('NJ', 'innovation_city', '4617013400'), ('NJ-NAJU', 'old_downtown', '4617011300'), ('NJ-YEONGSANPO', 'old_downtown', '4617012300')$$, 'the sites of Naju');
SELECT results_eq($$SELECT count(*), count(DISTINCT region), min(level(region)), max(level(region)) FROM site WHERE region <@ '46170' AND kind = 'surrounding_centre'$$,
  'VALUES (13::bigint, 13::bigint, 4, 4)', 'and its thirteen towns');
SELECT is_empty($$SELECT site_id FROM spillover WHERE city_id = 'NJ' AND (NOT adjacent OR decay IS NULL OR distance_km > 60)$$, 'all are near');
SELECT ok(bool_and(abs(total - 1) < 1e-12), 'shares add up to 1 in each city') FROM (SELECT sum(share) AS total FROM spillover GROUP BY city_id) s;

SELECT * FROM finish();
