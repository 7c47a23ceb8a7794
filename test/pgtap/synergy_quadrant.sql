-- Relatedness and complexity as two axes: a generated economy of 6 cities and 12 sectors, both axes recomputed in plain SQL from their definitions.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT create_plan('q') AS made \gset
SET search_path = q, public;
SELECT no_plan();
INSERT INTO city (city_id) SELECT 'T' || r FROM generate_series(1, 6) r;
INSERT INTO city_region (city_id, region) SELECT 'T' || r, ('x:R' || r)::region_code FROM generate_series(1, 6) r;
INSERT INTO institution (institution_id, status) SELECT 'I' || i, 'capital' FROM generate_series(1, 8) i;
INSERT INTO institution (institution_id, status) VALUES ('none', 'capital');
INSERT INTO institution_sector (institution_id, sector, weight)
    SELECT DISTINCT ON (i, s) 'I' || i, ('group:S' || s)::sector_code, i + s
    FROM generate_series(1, 8) i, LATERAL (VALUES (i), (i * 5 % 12 + 1), (i * 7 % 12 + 1)) v (s);
SELECT is_empty($$SELECT FROM synergy_quadrant WHERE num_nonnulls(relatedness, complexity, quadrant_ko, quadrant_en) > 0$$, 'without activity both axes are NULL');
INSERT INTO region_activity (year, region, sector, value)
    SELECT 2020, ('x:R' || r)::region_code, ('group:S' || s)::sector_code, (r * 7919 + s * 104729 + r * s * 1299709) % 97 + 1
    FROM generate_series(1, 6) r, generate_series(1, 12) s;
SELECT is((SELECT count(*) FROM synergy_quadrant), 54::bigint, 'a row a candidate and city');
SELECT results_eq($$SELECT count(*), count(complexity), count(quadrant_en) FROM synergy_quadrant WHERE institution_id = 'none'$$, $$VALUES (6::bigint, 0::bigint, 0::bigint)$$,
    'no profile: no place on the axes');
CREATE TEMP TABLE axis AS
WITH level AS (SELECT c.sector, (SELECT count(*) FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM region_activity) n, sector_complexity(n.m) d WHERE d.pci < c.pci - 1e-12)
                      / 11.0::float8 AS value
               FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM region_activity) n, sector_complexity(n.m) c)
SELECT i.institution_id, sum(i.weight * l.value) / sum(i.weight) AS complexity FROM institution_sector i JOIN level l USING (sector) GROUP BY 1;
SELECT is((SELECT count(*) FROM axis a JOIN synergy_quadrant s USING (institution_id) WHERE abs(a.complexity - s.complexity) <= 1e-12), 48::bigint, 'complexity is the mean percent rank');
SELECT is_empty($$SELECT FROM synergy_quadrant s JOIN synergy_part p USING (scenario, institution_id, city_id)
    WHERE p.part = 'relatedness' AND s.relatedness IS DISTINCT FROM p.value$$, 'relatedness is the part of the score');
-- 8 known candidates a city: a median between the fourth and the fifth
SELECT is_empty($$SELECT city_id FROM synergy_quadrant GROUP BY city_id
    HAVING count(*) FILTER (WHERE relatedness >= relatedness_cut) < 4 OR count(*) FILTER (WHERE relatedness <= relatedness_cut) < 4$$, 'the cut is the median of the city');
SELECT is_empty($$SELECT FROM synergy_quadrant WHERE institution_id <> 'none' AND quadrant_en IS DISTINCT FROM
    CASE WHEN relatedness < relatedness_cut THEN 'high' ELSE 'low' END || ' risk, ' || CASE WHEN complexity < 0.5 THEN 'low' ELSE 'high' END || ' benefit'$$, 'quadrants');
SELECT * FROM finish();
SELECT drop_plan('q') AS dropped \gset
