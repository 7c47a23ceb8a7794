-- recovery: a plan of two cities and five movers, worked out by hand, and what is known of the sample.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE EXTENSION innocity_kr SCHEMA innocity;
SET search_path = public, innocity;
SELECT create_plan('small') AS made \gset
SELECT no_plan();

-- Without an economy the score is (0.45 complementarity + 0.20 affiliation) / 0.65. R gets nobody, S does not compete.
INSERT INTO small.city (city_id, competes) VALUES ('P', true), ('Q', true), ('R', true), ('S', false);
INSERT INTO small.city_theme (city_id, cluster) VALUES ('P', 'a'), ('Q', 'b');
INSERT INTO small.institution (institution_id, status, city_id, ministry, cluster) VALUES
    ('m1', 'relocated', 'P', 'X', 'a'), ('m2', 'relocated', 'P', 'X', 'a'), ('m3', 'relocated', 'Q', 'Y', 'b'),
    ('m4', 'relocated', 'Q', 'X', 'a'), ('m5', 'relocated', 'P', 'X', NULL), ('m6', 'relocated', 'S', 'X', 'a'), ('c1', 'capital', NULL, 'X', 'a');
INSERT INTO small.institution_sector (institution_id, sector, weight) VALUES
    ('m1', 'group:A', 1), ('m2', 'group:A', 1), ('m3', 'group:B', 1), ('m4', 'group:B', 1), ('m5', 'group:B', 1), ('m6', 'group:A', 1);
INSERT INTO small.affiliation (parent_id, subsidiary_id, kind) VALUES ('m1', 'm2', 'equity');
ANALYZE;

-- Without itself, m1 meets in P m2 (like it) and m5 (unlike it), both of its ministry; in Q two unlike it, one of two of its ministry.
SELECT results_eq($$SELECT institution_id, city_id, value::numeric, cities, better, tied_with, reciprocal_rank, best_city_id
                    FROM recovery_case('small') WHERE method = 'score' ORDER BY 1$$,
    $$VALUES ('m1', 'P', round((0.45 * 0.5 + 0.2) / 0.65, 9), 2, 0, 0, 1.0, 'P'),
             ('m2', 'P', round((0.45 * 0.5 + 0.2) / 0.65, 9), 2, 0, 0, 1.0, 'P'),
             ('m3', 'Q', round(0.45 / 0.65, 9), 2, 0, 0, 1.0, 'Q'),
             ('m4', 'Q', round(0.45 / 0.65, 9), 2, 0, 0, 1.0, 'Q'),
             ('m5', 'P', round(0.2 / 0.65, 9), 2, 1, 0, 0.5, 'Q')$$, 'each mover without itself');
SELECT results_eq($$SELECT kind, method, institutions, cities, mean_reciprocal_rank, hit_1, chance FROM recovery('small') WHERE method <> 'score' ORDER BY kind, method$$,
    $$VALUES ('part', 'affiliation', 5, 2.0, 0.85, 0.7, 0.75), ('part', 'complementarity', 5, 2.0, 0.9, 0.8, 0.75),
             ('rule', 'group is a theme of the city', 5, 2.0, 0.85, 0.7, 0.75), ('rule', 'most incumbents of its ministry', 5, 2.0, 0.85, 0.7, 0.75),
             ('rule', 'strongest named tie', 5, 2.0, 0.85, 0.7, 0.75),
             ('score without a part', 'affiliation', 5, 2.0, 0.9, 0.8, 0.75), ('score without a part', 'complementarity', 5, 2.0, 0.85, 0.7, 0.75),
             ('score without a part', 'linkage', 5, 2.0, 0.9, 0.8, 0.75), ('score without a part', 'localization', 5, 2.0, 0.9, 0.8, 0.75),
             ('score without a part', 'relatedness', 5, 2.0, 0.9, 0.8, 0.75)$$, 'parts and rules; equal cities share the ranks');
SELECT results_eq($$SELECT mean_reciprocal_rank, standard_error, hit_1, hit_3 FROM recovery('small') WHERE method = 'score'$$,
    $$VALUES (0.9, 0.1, 0.8, 1.0)$$, 'the score: 1, 1, 1, 1, 1/2');
SELECT results_eq($$SELECT difference, difference_error FROM recovery('small') WHERE kind = 'part' AND method = 'affiliation'$$,
    $$VALUES (-0.05, round(sqrt(0.55 / 4 / 5), 6))$$, 'the difference from the score, institution by institution: 0, 0, -1/4, -1/2, 1/2');
SELECT results_eq($$SELECT value::numeric, better FROM recovery_case('small', leave_affiliates => true) WHERE method = 'score' AND institution_id = 'm1'$$,
    $$VALUES (round(0.2 / 0.65, 9), 0)$$, 'without its subsidiary m2, m1 meets m5 alone');
SELECT is((SELECT mean_reciprocal_rank FROM recovery('small', leave_affiliates => true) WHERE method = 'strongest named tie'), 0.8, 'and has no tie; m2 keeps its parent');

-- A method that knows one city only: chance and ranks are among the cities that are compared.
INSERT INTO small.city_region (city_id, region) VALUES ('P', 'x:R1');
INSERT INTO small.region_activity (year, region, sector, value) VALUES (2020, 'x:R1', 'group:A', 1), (2020, 'x:R1', 'group:B', 1), (2020, 'x:R2', 'group:A', 1);
SELECT results_eq($$SELECT institutions, cities, chance, mean_reciprocal_rank FROM recovery('small') WHERE method = 'score'$$, $$VALUES (3, 1.0, 1.0, 1.0)$$,
    'only cities where the score covers most are compared; movers to others are not counted');
SELECT is_empty($$SELECT FROM recovery('small') WHERE method = 'labour'$$, 'a part that is not known has no row');
SELECT throws_ok($$SELECT recovery('small', 'nowhere')$$, '42704', 'plan "small" has no scenario "nowhere"');
SELECT throws_ok($$SELECT recovery('public')$$, '42809', '"public" is no plan');
SELECT create_plan('empty') AS made \gset
SELECT is_empty($$SELECT FROM recovery('empty')$$, 'a plan without movers has no rows');

-- The sample: every method again by counting, from the views of the plan
SELECT create_plan('naju', sample => true) AS made \gset
CREATE TEMP TABLE found AS SELECT * FROM recovery('naju');
CREATE TEMP TABLE mover AS SELECT institution_id, city_id, cluster, ministry FROM naju.institution JOIN naju.city USING (scenario, city_id) WHERE status = 'relocated' AND competes;
CREATE TEMP TABLE rated AS
    SELECT institution_id, city_id, 'score' AS method, score::float8 AS value FROM naju.synergy_score
    UNION ALL SELECT institution_id, city_id, part, value FROM naju.synergy_part
    UNION ALL SELECT i.institution_id, c.city_id, 'group is a theme of the city', count(t.cluster)
        FROM mover i CROSS JOIN naju.city c LEFT JOIN naju.city_theme t ON t.city_id = c.city_id AND t.cluster = i.cluster GROUP BY 1, 2;
CREATE TEMP TABLE counted AS
    SELECT q.method, count(*) AS institutions, round(avg(q.reciprocal_rank), 6) AS mean_reciprocal_rank
    FROM (SELECT v.method, (SELECT avg(1.0 / (count(*) FILTER (WHERE o.value > v.value + 1e-12) + k))
                            FROM generate_series(1, count(*) FILTER (WHERE abs(o.value - v.value) <= 1e-12)) k) AS reciprocal_rank
          FROM mover m JOIN rated v USING (institution_id, city_id)
          JOIN rated o ON o.institution_id = v.institution_id AND o.method = v.method AND o.city_id IN (SELECT city_id FROM mover)
          GROUP BY v.method, v.institution_id, v.value) q GROUP BY 1;
SELECT set_eq($$SELECT method, institutions::bigint, mean_reciprocal_rank FROM found WHERE kind IN ('score', 'part') OR method ~ 'theme'$$,
    $$SELECT method, institutions, mean_reciprocal_rank FROM counted WHERE mean_reciprocal_rank IS NOT NULL$$, 'the sample, counted from the views');
SELECT set_eq('SELECT DISTINCT institutions, cities, chance FROM found', 'VALUES (115, 10.0, 0.292897)', '115 institutions, 10 cities; a random order reaches the mean of 1/1 to 1/10');
SELECT * FROM finish();
