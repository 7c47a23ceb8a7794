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

SELECT * FROM finish();
