-- synergy_gap: on a plan small enough for the hand, and by giving the part the value that it says.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE EXTENSION innocity_kr SCHEMA innocity;
SET search_path = public, innocity;
SELECT no_plan();

-- Two parts that a hand can work: M and the incumbent share the ministry, so affiliation is 1, else 0; similarity is 1 or 0.
SELECT create_plan('small') AS made \gset
SET search_path = public, innocity, small;
UPDATE criterion SET weight = CASE criterion WHEN 'complementarity' THEN 0.6 WHEN 'affiliation' THEN 0.4 ELSE 0 END;
INSERT INTO city (city_id) VALUES ('P');
INSERT INTO institution (institution_id, status, ministry, city_id) VALUES
    ('H', 'relocated', 'M', 'P'), ('A', 'capital', 'M', NULL), ('B', 'capital', 'N', NULL), ('C', 'capital', 'M', NULL), ('D', 'capital', 'N', NULL);
INSERT INTO institution_sector (institution_id, sector, weight) VALUES
    ('H', 'group:A', 1), ('A', 'group:A', 1), ('B', 'group:A', 1), ('C', 'group:B', 1), ('D', 'group:B', 1);
-- A 1, B 0.6, C 0.4, D 0
SELECT set_eq($$SELECT institution_id, rank_in_city::integer, score FROM synergy_rank$$,
    $$VALUES ('A', 1, 1.0), ('B', 2, 0.6), ('C', 3, 0.4), ('D', 4, 0.0)$$, 'the scores of the hand');
CREATE FUNCTION pg_temp.gap(institution text, place integer) RETURNS SETOF text LANGUAGE sql AS
$$SELECT concat_ws(' ', part, holder_id, trim_scale(needed_score), trim_scale(missing), value, coalesce(round(needed_value::numeric, 12)::text, '-'), status)
  FROM synergy_gap('small', institution, 'P', place) WHERE weight > 0 $$;
SELECT results_eq($$SELECT pg_temp.gap('C', 2)$$, ARRAY[
    'complementarity B 0.600000001 0.200000001 0 0.333333335000 within reach',
    'affiliation B 0.600000001 0.200000001 1 - out of reach'], 'C past B: 0.6 v + 0.4 = 0.600000001');
SELECT results_eq($$SELECT pg_temp.gap('D', 3)$$, ARRAY[
    'complementarity C 0.400000001 0.400000001 0 0.666666668333 within reach',
    'affiliation C 0.400000001 0.400000001 0 - out of reach'], 'D past C: 0.4 v = 0.400000001 is out of reach by the last decimal');
SELECT results_eq($$SELECT DISTINCT status, needed_value FROM synergy_gap('small', 'B', 'P') WHERE weight > 0$$, $$VALUES ('out of reach', NULL::float8)$$,
    'nothing rises above a score of 1');
SELECT results_eq($$SELECT DISTINCT status, missing FROM synergy_gap('small', 'B', 'P', 2) WHERE weight > 0$$, $$VALUES ('reached', 0::numeric)$$, 'who has the rank lacks nothing');
SELECT results_eq($$SELECT DISTINCT status, missing FROM synergy_gap('small', 'D', 'P', 99) WHERE weight > 0$$, $$VALUES ('reached', 0::numeric)$$, 'nor who is before a place that nobody has');
SELECT results_eq($$SELECT part, status FROM synergy_gap('small', 'D', 'P') WHERE weight = 0 ORDER BY 1$$,
    $$VALUES ('absorption', 'no data'), ('labour', 'no data'), ('linkage', 'no data'), ('localization', 'no data'), ('relatedness', 'no data')$$, 'parts without data say so');
SELECT throws_ok($$SELECT synergy_gap('small', 'H', 'P')$$, 'P0002', 'institution "H" is no candidate of city "P"');
SELECT throws_ok($$SELECT synergy_gap('small', 'A', 'Q')$$, 'P0002', 'plan "small" has no city "Q"');
SELECT throws_ok($$SELECT synergy_gap('small', 'A', 'P', 0)$$, '22023', 'rank must be at least 1, not 0');
-- Without incumbents neither part has data
INSERT INTO city (city_id) VALUES ('Q');
SELECT results_eq($$SELECT DISTINCT score, needed_score, missing, status FROM synergy_gap('small', 'A', 'Q')$$,
    $$VALUES (NULL::numeric, NULL::numeric, NULL::numeric, 'no data')$$, 'a candidate without a score');

-- The sample: a part set to the value needed gives the needed score, and that score is alone at the rank
SET search_path = public, innocity;
SELECT create_plan('naju', sample => true) AS made \gset
CREATE TEMP TABLE asked AS
SELECT r.institution_id, t.place FROM naju.synergy_rank r CROSS JOIN (VALUES (1), (10), (20)) t (place)
WHERE r.city_id = 'NJ' AND r.candidate_kind = 'capital' AND r.rank_in_city IN (2, 12, 25, 60);
CREATE FUNCTION pg_temp.check_power() RETURNS TABLE (rows bigint, within bigint, wrong bigint, misplaced bigint) LANGUAGE sql AS $$
    WITH gap AS MATERIALIZED (SELECT a.institution_id, a.place, g.* FROM asked a CROSS JOIN LATERAL synergy_gap('naju', a.institution_id, 'NJ', a.place) g),
    ranks AS MATERIALIZED (SELECT * FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'capital')
    SELECT count(*), count(*) FILTER (WHERE g.status = 'within reach'), count(*) FILTER (WHERE s.score <> g.needed_score),
           count(*) FILTER (WHERE (SELECT count(*) FROM ranks r WHERE r.coverage = g.coverage AND r.institution_id <> g.institution_id AND r.score >= s.score) >= g.place)
    FROM gap g
    LEFT JOIN LATERAL (
        SELECT t.score FROM (SELECT array_agg(CASE WHEN o.part = g.part THEN g.needed_value ELSE o.value END ORDER BY o.part) AS v, array_agg(o.weight ORDER BY o.part) AS w
                             FROM gap o WHERE (o.institution_id, o.place) = (g.institution_id, g.place)) q
        CROSS JOIN LATERAL synergy_score(q.v, q.w, (SELECT power FROM naju.setting WHERE scenario = 'base')) t
        WHERE g.status = 'within reach') s ON true $$;
SELECT results_eq('SELECT within > 5, wrong, misplaced FROM pg_temp.check_power()', 'VALUES (true, 0::bigint, 0::bigint)', 'weighted mean: the needed value gives the rank');
UPDATE naju.setting SET power = 0 WHERE scenario = 'base';
SELECT results_eq('SELECT within > 5, wrong, misplaced FROM pg_temp.check_power()', 'VALUES (true, 0::bigint, 0::bigint)', 'geometric mean: too');
SELECT * FROM finish();
