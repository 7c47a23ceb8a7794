-- A user's own plan, worked out by hand; parts, ties, scenarios, rights and errors. Without innocity_kr, and with innocity in a schema that is
-- not on the search_path.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA "Home of it";
CREATE EXTENSION innocity SCHEMA "Home of it";

-- Ordinary users from here on: an owner of the plan who is no superuser, and a reader.
CREATE ROLE planner;
CREATE ROLE reader;
GRANT USAGE ON SCHEMA "Home of it" TO PUBLIC;
SELECT format('GRANT CREATE ON DATABASE %I TO planner', current_database()) \gexec
SET ROLE planner;
SET search_path = '';
SELECT "Home of it".create_plan('own plan') AS made \gset
SELECT count(*) AS scores FROM "own plan".synergy_score \gset
SET search_path = "own plan", public;
SELECT no_plan();
SELECT is(:'made'::text, 'own plan', 'an ordinary role makes a plan in a database where it may create');
SELECT is((SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'own plan'), 'planner', 'and owns it');
SELECT is(:scores, 0, 'an empty plan has no scores');

-- Two cities of one region each, two sectors: [[30, 10], [10, 50]], LQ 1.875, 5/12; 5/12, 25/18. One taxonomy, no bridges.
INSERT INTO city (city_id, name_en) VALUES ('P', 'City P'), ('Q', 'City Q');
INSERT INTO city_region (city_id, region) VALUES ('P', 'x:R1'), ('Q', 'x:R2');
INSERT INTO region_activity (year, region, sector, value) VALUES
    (2020, 'x:R1', 'group:A', 30), (2020, 'x:R1', 'group:B', 10), (2020, 'x:R2', 'group:A', 10), (2020, 'x:R2', 'group:B', 50),
    (2019, 'x:R1', 'group:A', 1);
INSERT INTO sector_flow (seller, buyer, value) VALUES
    ('group:A', 'group:A', 1), ('group:A', 'group:B', 3), ('group:B', 'group:A', 1), ('group:B', 'group:B', 1), ('group:Z', 'group:A', 99);
INSERT INTO institution (institution_id, status, ministry, city_id, head_office) VALUES
    ('C1', 'capital', 'M1', NULL, NULL), ('C2', 'capital', 'M2', NULL, NULL), ('C3', 'capital', NULL, NULL, NULL),
    ('J1', 'relocated', 'M3', 'P', NULL), ('J2', 'other', 'M2', NULL, 'x:R1'), ('S1', 'other', NULL, NULL, 'x:R9');
INSERT INTO institution_sector (institution_id, sector, weight) VALUES
    ('C1', 'group:A', 1), ('C2', 'group:B', 2), ('J1', 'group:A', 1), ('J2', 'group:B', 1), ('S1', 'group:A', 0.5), ('S1', 'group:B', 0.5);
INSERT INTO asset (asset_id, city_id) VALUES ('X1', 'P');
INSERT INTO asset_sector (asset_id, sector, weight) VALUES ('X1', 'group:A', 0.5), ('X1', 'group:B', 0.5);
INSERT INTO affiliation (parent_id, subsidiary_id, kind) VALUES
    ('J1', 'C1', 'equity'), ('J1', 'S1', 'division'), ('A holding of no list', 'J2', 'research_council'), ('A holding of no list', 'C3', 'equity');

CREATE FUNCTION pg_temp.part(institution text, city text, part text) RETURNS float8 LANGUAGE sql AS $$
    SELECT value FROM "own plan".synergy_part p WHERE p.institution_id = $1 AND p.city_id = $2 AND p.part = $3 AND p.scenario = 'base' $$;
CREATE FUNCTION pg_temp.near(float8, float8, text) RETURNS text LANGUAGE sql AS $$
    SELECT public.ok(coalesce(abs($1 - $2) <= 1e-12, $1 IS NULL AND $2 IS NULL), $3 || coalesce(': ' || $1, ': NULL')) $$;
SELECT pg_temp.near(location_quotient, 1.875, 'LQ of A in P') FROM city_sector WHERE city_id = 'P' AND sector = 'group:A';
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'localization'), 1.875 / 2.875, 'localization: q / (1 + q)');
SELECT pg_temp.near(pg_temp.part('C2', 'P', 'localization'), (5 / 12.0) / (17 / 12.0), 'localization of a profile that adds up to 2');
SELECT pg_temp.near(pg_temp.part('S1', 'P', 'localization'), (1.875 / 2.875 + 5 / 17.0) / 2, 'localization of a mixed profile');
-- A sells (1/4, 3/4) and buys (1/2, 1/2); B sells (1/2, 1/2) and buys (3/4, 1/4): links (3/8, 5/8) and (5/8, 3/8); the row Z leads nowhere
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'linkage'), 3 / 8.0 + 5 / 8.0 * 5 / 12, 'linkage: links times min(1, q)');
SELECT pg_temp.near(pg_temp.part('C2', 'P', 'linkage'), 5 / 8.0 + 3 / 8.0 * 5 / 12, 'linkage of the other sector');
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'relatedness'), 0, 'relatedness: no two sectors are strong in one region');
-- partners of C1 in P: J1 1, X1 sqrt(1/2), J2 0
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'complementarity'), (1 + sqrt(0.5) + 0) / 3, 'complementarity: mean over three');
SELECT pg_temp.near(pg_temp.part('J1', 'P', 'complementarity'), (sqrt(0.5) + 0) / 2, 'an incumbent is not its own neighbour');
SELECT pg_temp.near(pg_temp.part('C1', 'Q', 'complementarity'), NULL, 'no incumbents: no complementarity');
SELECT pg_temp.near(pg_temp.part('C1', 'Q', 'affiliation'), NULL, 'no incumbents: no affiliation');
SELECT pg_temp.near(pg_temp.part('C3', 'P', 'localization'), NULL, 'no profile: no localization');
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'affiliation'), 1, 'affiliation: a parent');
SELECT pg_temp.near(pg_temp.part('C2', 'P', 'affiliation'), 0.5, 'affiliation: one of two incumbents under the same ministry');
SELECT pg_temp.near(pg_temp.part('C3', 'P', 'affiliation'), 0.25, 'affiliation: siblings of a holding of no list, 1/2 x 1 x 1/2');
SELECT pg_temp.near(pg_temp.part('J1', 'P', 'affiliation'), 0, 'affiliation: none is 0');
SELECT is(score, round((0.15 * 1.875 / 2.875 + 0.10 * 0 + 0.10 * (3 / 8.0 + 5 / 8.0 * 5 / 12) + 0.45 * (1 + sqrt(0.5)) / 3 + 0.20 * 1)::numeric, 9),
    'the score is the weighted mean') FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'P';
SELECT is(score, round(((0.15 * (5 / 12.0) / (17 / 12.0) + 0.10 * (3 / 8.0 * 5 / 12 + 5 / 8.0)) / 0.35)::numeric, 9), 'weights of absent parts are dropped')
    FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'Q';
SELECT is(coverage, 0.35, 'coverage is the weight that is present') FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'Q';
SELECT results_eq($$SELECT partner_id FROM synergy_neighbour WHERE institution_id = 'C1' AND city_id = 'P' ORDER BY place$$, $$VALUES ('J1'), ('X1'), ('J2')$$, 'neighbours in order');
SELECT results_eq($$SELECT institution_id, city_id, candidate_kind FROM synergy_rank ORDER BY 1, 2$$,
    $$VALUES ('C1', 'P', 'capital'), ('C1', 'Q', 'capital'), ('C2', 'P', 'capital'), ('C2', 'Q', 'capital'), ('C3', 'P', 'capital'), ('C3', 'Q', 'capital'), ('S1', 'P', 'affiliate')$$,
    'candidates: the capital''s for every city, affiliates for the parent''s');
SELECT is(not_comparable_en, 'coverage 0.35, where the best of this institution is 1', 'ranks inside equal coverage only') FROM synergy_rank WHERE institution_id = 'C1' AND city_id = 'Q';
SELECT is(rank_of_city, 1::bigint, 'P is first for C1, with no runner-up to beat') FROM synergy_rank WHERE institution_id = 'C1' AND city_id = 'P' AND runner_up_city_id IS NULL AND margin IS NULL;
SELECT is_empty($$SELECT institution_id, city_id FROM synergy_reason r JOIN synergy_score s USING (scenario, institution_id, city_id)
    GROUP BY 1, 2 HAVING sum(r.contribution) <> min(s.score)$$, 'reasons add up to scores');
SELECT is_empty($$SELECT partner_name_en FROM synergy_reason WHERE part = 'affiliation' AND institution_id = 'C1' AND (partner_id, contribution) IS DISTINCT FROM ('J1', 0.2)$$,
    'the affiliation names the parent');
SELECT set_eq('SELECT DISTINCT problem, object_id FROM plan_problem', $$VALUES ('no_profile', 'C3'), ('profile_sum', 'C2'), ('flow_without_activity', 'group:Z'),
    ('affiliation_without_institution', 'A holding of no list'), ('city_without_incumbent', 'Q'), ('no_head_office', 'J1')$$, 'plan_problem names what it finds');

-- Labour: moves A -> B 12, B -> A 4, A -> C 4. Skill-relatedness by hand in plain SQL: x = observed / expected, (x - 1) / (x + 1), mean of both directions.
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'labour'), NULL, 'no flows: no labour');
INSERT INTO labour_flow (sector_from, sector_to, movers) VALUES ('group:A', 'group:B', 12), ('group:B', 'group:A', 4), ('group:A', 'group:C', 4), ('group:A', 'group:A', 50);
-- A and B: 12 of 16 x 12 / 20, x = 5/4, 1/9; 4 of 4 x 4 / 20, x = 5, 2/3. Mean 7/18 > 0. C leads to no activity and is no partner.
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'labour'), 5 / 12.0, 'labour: the only related sector of the city is B');
SELECT pg_temp.near(pg_temp.part('C2', 'P', 'labour'), 1, 'labour: and A for B, at most 1');
SELECT pg_temp.near(pg_temp.part('S1', 'Q', 'labour'), (1 + 5 / 12.0) / 2, 'labour of a mixed profile');
SELECT pg_temp.near(pg_temp.part('C3', 'P', 'labour'), NULL, 'labour needs a profile');
SELECT is_empty($$SELECT FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'P' AND coverage <> 1$$, 'without weight it changes no coverage');
SELECT set_eq($$SELECT object_id FROM plan_problem WHERE problem = 'labour_without_activity'$$, ARRAY['group:C'], 'a sector that leads nowhere is named');

-- Generated flows of 12 sectors between 6 regions: the part recomputed in plain SQL, to 1e-12
INSERT INTO setting (scenario) VALUES ('labour');
INSERT INTO criterion (scenario, criterion, weight) VALUES ('labour', 'labour', 1);
INSERT INTO city (scenario, city_id) SELECT 'labour', 'T' || r FROM generate_series(1, 6) r;
INSERT INTO city_region (scenario, city_id, region) SELECT 'labour', 'T' || r, ('x:R' || r)::"Home of it".region_code FROM generate_series(1, 6) r;
INSERT INTO region_activity (scenario, year, region, sector, value)
    SELECT 'labour', 2020, ('x:R' || r)::"Home of it".region_code, ('group:S' || s)::"Home of it".sector_code, (r * 7919 + s * 104729 + r * s * 1299709) % 97 + 1
    FROM generate_series(1, 6) r, generate_series(1, 12) s;
INSERT INTO labour_flow (scenario, sector_from, sector_to, movers)
    SELECT 'labour', ('group:S' || a)::"Home of it".sector_code, ('group:S' || b)::"Home of it".sector_code, (a * 15485863 + b * 32452843 + a * b * 7919) % 89
    FROM generate_series(1, 12) a, generate_series(1, 12) b;
INSERT INTO institution (scenario, institution_id, status) SELECT 'labour', 'I' || i, 'capital' FROM generate_series(1, 8) i;
INSERT INTO institution_sector (scenario, institution_id, sector, weight)
    SELECT DISTINCT ON (i, s) 'labour', 'I' || i, ('group:S' || s)::"Home of it".sector_code, i + s
    FROM generate_series(1, 8) i, LATERAL (VALUES (i), (i * 5 % 12 + 1), (i * 7 % 12 + 1)) v (s);
CREATE TEMP TABLE labour_by_hand AS
WITH f AS (SELECT sector_from::text AS a, sector_to::text AS b, movers AS n FROM labour_flow WHERE scenario = 'labour' AND sector_from::text <> sector_to::text),
leaving AS (SELECT a, sum(n) AS n FROM f GROUP BY a), entering AS (SELECT b, sum(n) AS n FROM f GROUP BY b),
x AS (SELECT f.a, f.b, f.n * (SELECT sum(n) FROM f) / (l.n * e.n) AS x FROM f JOIN leaving l USING (a) JOIN entering e USING (b)),
k AS (SELECT u.a, u.b, greatest(0, ((u.x - 1) / (u.x + 1) + (v.x - 1) / (v.x + 1)) / 2) AS k FROM x u JOIN x v ON v.a = u.b AND v.b = u.a),
v AS (SELECT region::text AS r, sector::text AS s, value FROM region_activity WHERE scenario = 'labour'),
q AS (SELECT r, s, least(1, value * (SELECT sum(value) FROM v) / (sum(value) OVER (PARTITION BY r) * sum(value) OVER (PARTITION BY s))) AS q FROM v),
d AS (SELECT r, a, coalesce(sum(k * q) / nullif(sum(k), 0), 0) AS d FROM k JOIN q ON q.s = k.b GROUP BY r, a)
SELECT i.institution_id, 'T' || substr(d.r, 4) AS city_id, sum(i.weight * d.d) / sum(i.weight) AS value
FROM institution_sector i JOIN d ON d.a = i.sector::text WHERE i.scenario = 'labour' GROUP BY 1, 2;
SELECT is((SELECT count(*) FROM labour_by_hand h JOIN synergy_part p USING (institution_id, city_id)
           WHERE p.scenario = 'labour' AND p.part = 'labour' AND abs(h.value - p.value) <= 1e-12), 48::bigint, 'labour from generated flows is what plain SQL makes of them');
SELECT is_empty($$SELECT institution_id, city_id FROM synergy_reason r JOIN synergy_score s USING (scenario, institution_id, city_id)
    WHERE scenario = 'labour' GROUP BY 1, 2 HAVING sum(r.contribution) <> min(s.score)$$, 'and its reasons add up to the score');
DROP TABLE labour_by_hand;
DELETE FROM setting WHERE scenario = 'labour';
DELETE FROM labour_flow;

-- Own criteria, head counts, power
INSERT INTO city_indicator (city_id, indicator, year, value) VALUES ('P', 'vacancy', 2018, 99), ('P', 'vacancy', 2020, 4), ('Q', 'vacancy', 2020, 9);
INSERT INTO criterion (criterion, weight, indicator, direction) VALUES ('living', 1, 'vacancy', 'min');
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'living'), 1, 'an own criterion reads the latest figure; low is good here');
SELECT pg_temp.near(pg_temp.part('C1', 'Q', 'living'), 0, 'and the other end is 0');
SELECT pg_temp.near(weight, 0.5, 'own weights join the others') FROM committee_weight WHERE criterion = 'living';
DELETE FROM criterion WHERE criterion = 'living';
UPDATE institution SET headcount = 4 WHERE institution_id = 'C1';
SELECT pg_temp.near(pg_temp.part('C1', 'P', 'absorption'), 40 / (40 + 10 * 4.0), 'absorption: x / (x + kappa n)');
SELECT pg_temp.near(pg_temp.part('C2', 'P', 'absorption'), NULL, 'absorption needs a head count');
UPDATE setting SET power = 0;
SELECT is(s.score, round(exp(0.15 * ln(1.875 / 2.875) + 0.10 * ln(0.01) + 0.10 * ln(3 / 8.0 + 5 / 8.0 * 5 / 12) + 0.45 * ln((1 + sqrt(0.5)) / 3) + 0.20 * ln(1.0))::numeric, 9),
    'power 0: the geometric mean, parts floored at 0.01') FROM synergy_score s WHERE institution_id = 'C1' AND city_id = 'P';
SELECT is_empty($$SELECT institution_id, city_id FROM synergy_part JOIN synergy_score s USING (scenario, institution_id, city_id)
    GROUP BY 1, 2 HAVING sum(contribution) <> min(s.score)$$, 'contributions add up under another power too');
UPDATE setting SET power = 1;

-- Scenarios
SELECT is("Home of it".copy_scenario('own plan', 'base', 'copy'), 'copy', 'a scenario is copied');
SELECT is((SELECT value FROM provenance WHERE scenario = 'copy' AND item = 'all inputs'), (SELECT value FROM provenance WHERE scenario = 'base' AND item = 'all inputs'),
    'equal inputs have equal hashes');
SELECT is_empty($$SELECT institution_id, city_id, score FROM synergy_score WHERE scenario = 'base' EXCEPT SELECT institution_id, city_id, score FROM synergy_score WHERE scenario = 'copy'$$,
    'and equal scores');
UPDATE affiliation SET kind = 'research_council' WHERE scenario = 'copy' AND subsidiary_id = 'C1';
SELECT is((SELECT b.score - c.score FROM synergy_score b JOIN synergy_score c USING (institution_id, city_id)
           WHERE b.scenario = 'base' AND c.scenario = 'copy' AND institution_id = 'C1' AND city_id = 'P'), 0.1, 'an edit of the copy leaves base alone');
SELECT isnt((SELECT value FROM provenance WHERE scenario = 'copy' AND item = 'all inputs'), (SELECT value FROM provenance WHERE scenario = 'base' AND item = 'all inputs'),
    'and shows in the hash');
DELETE FROM setting WHERE scenario = 'copy';
SELECT is_empty($$SELECT FROM institution WHERE scenario = 'copy'$$, 'deleting the scenario''s setting deletes its rows');

-- A committee votes
INSERT INTO expert (expert) VALUES ('a');
INSERT INTO judgement (expert, criterion_a, criterion_b, judgement) VALUES ('a', 'complementarity', 'affiliation', 4);
SELECT pg_temp.near(weight, 0.8, 'the committee''s weights take the place of the default ones') FROM committee_weight WHERE criterion = 'complementarity' AND method = 'committee';
SELECT is(score, round((0.8 * (1 + sqrt(0.5)) / 3 + 0.2)::numeric, 9), 'and score') FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'P';
DELETE FROM expert;

-- Explained
SELECT is((SELECT sum(contribution) FROM "Home of it".synergy_explain('own plan', 'C1', 'P')), (SELECT score FROM synergy_score WHERE institution_id = 'C1' AND city_id = 'P'),
    'synergy_explain adds up to the score');
SELECT throws_ok($$SELECT "Home of it".synergy_explain('own plan', 'C1', 'Nowhere')$$, 'P0002', 'plan "own plan" has no city "Nowhere"');
SELECT throws_ok($$SELECT "Home of it".synergy_explain('own plan', 'Nobody', 'P')$$, 'P0002', 'plan "own plan" has no institution "Nobody"');
SELECT throws_ok($$SELECT "Home of it".synergy_explain('public', 'C1', 'P')$$, '42809', '"public" is no plan');

-- The wrong numbering: Statistics Korea's codes in a column of the Ministry's
INSERT INTO city (city_id) VALUES ('R');
INSERT INTO city_region (city_id, region) VALUES ('R', '36110'), ('R', '31110');
SELECT is_empty($$SELECT FROM plan_problem WHERE problem LIKE '%numbering'$$, 'the Ministry''s own codes raise nothing');
INSERT INTO city_region (city_id, region) VALUES ('R', '33320');
SELECT set_eq($$SELECT problem, object_id FROM plan_problem WHERE problem LIKE '%numbering'$$, $$VALUES ('wrong_numbering', '33320'), ('ambiguous_numbering', '31110')$$,
    'a column with a code of the other numbering is found, and those that mean two places with it');
DELETE FROM city WHERE city_id = 'R';

-- Upgrading and rights
CREATE VIEW top AS SELECT institution_id, score FROM synergy_rank WHERE rank_in_city = 1;
SELECT is("Home of it".upgrade_plan('own plan'), 'own plan', 'upgrade_plan replaces the views');
SELECT isnt_empty('SELECT * FROM top', 'a user''s own view on top of them stays');
SELECT throws_ok($$SELECT "Home of it".create_plan('own plan')$$, '42P06', 'schema "own plan" already exists');
SELECT throws_ok($$SELECT "Home of it".create_plan('korea', sample => true)$$, '42704', 'the sample needs the extension innocity_kr');
SELECT throws_ok($$SELECT "Home of it".create_plan('pg_plan')$$, '42602', 'invalid name of a plan: "pg_plan"');
SELECT throws_ok($$SELECT "Home of it".drop_plan('public')$$, '42809', '"public" is no plan');
GRANT USAGE ON SCHEMA "own plan" TO reader;
GRANT SELECT ON synergy_score TO reader;
SELECT format('GRANT ALL ON ALL %s IN SCHEMA %I TO reader', kind, pg_my_temp_schema()::regnamespace) FROM (VALUES ('TABLES'), ('SEQUENCES')) k (kind) \gexec
SET ROLE reader;
SELECT throws_ok('SELECT * FROM "own plan".synergy_score', '42501', NULL, 'a view gives no rights to the tables below it');
SELECT throws_ok($$SELECT "Home of it".drop_plan('own plan')$$, '42501', NULL, 'who does not own a plan cannot drop it');
SET ROLE planner;
SELECT is("Home of it".drop_plan('own plan'), 'own plan', 'its owner can');
SELECT is_empty($$SELECT FROM pg_namespace WHERE nspname = 'own plan'$$, 'and it is gone');
RESET ROLE;

-- Steps of the inputs
SET search_path = "Home of it", public;
CREATE FUNCTION pg_temp.r(text) RETURNS sector_matrix LANGUAGE sql AS $$
    SELECT sector_matrix_agg(split_part(c, ',', 1)::sector_code, split_part(c, ',', 2)::sector_code, split_part(c, ',', 3)::float8) FROM unnest(string_to_array($1, ' ')) c $$;
SELECT is(row_shares(pg_temp.r('A,A,1 A,B,3 B,A,5')), pg_temp.r('A,A,0.25 A,B,0.75 B,A,1'), 'row_shares');
SELECT is(row_shares(pg_temp.r('A,A,1 A,B,3 B,B,5'), diagonal => false), pg_temp.r('A,B,1'), 'row_shares without the diagonal');
SELECT is(transpose(pg_temp.r('A,B,3 C,B,5')), pg_temp.r('B,A,3 B,C,5'), 'transpose');
SELECT is(scale_columns(pg_temp.r('A,A,1 A,B,3'), '{B:2}'), pg_temp.r('A,B,6'), 'scale_columns');
SELECT is(route('{35111:1, 26:3}', pg_temp.r('D,A,1 D,B,3 26,A,2')), pg_temp.r('35111,A,0.0625 35111,B,0.1875 26,A,0.75'), 'route: the nearest listed ancestor''s row, in shares');
SELECT is(route('{35111:1, 01:3}', pg_temp.r('35,A,1')), pg_temp.r('35111,A,1'), 'route: a sector without a row is left out');
SELECT is(route('{01:1}', pg_temp.r('35,A,1')), NULL, 'route: NULL when nothing is left');
SELECT results_eq($$SELECT part, own_sector::text, partner_sector::text, contribution FROM synergy_leaves('{p}', '{1}', 1, 1, false,
        ARRAY[ROW('p', pg_temp.r('A,C,1'))::synergy_matrix], ARRAY[ROW('p', pg_temp.r('C,D,0.333333333333 C,E,0.333333333333 C,F,0.333333333334'))::synergy_matrix], NULL, NULL, NULL) ORDER BY partner_sector$$,
    $$VALUES ('p', 'A', 'D', 0.333333333), ('p', 'A', 'E', 0.333333333), ('p', 'A', 'F', 0.333333334)$$, 'leaves: the largest remainder takes the unit that is left');
SELECT results_eq($$SELECT partner_sector::text, contribution FROM synergy_leaves('{p}', '{1}', 0.500000001, 1, false,
        ARRAY[ROW('p', pg_temp.r('A,C,1'))::synergy_matrix], ARRAY[ROW('p', pg_temp.r('C,D,0.2500000005 C,E,0.2500000005'))::synergy_matrix], NULL, NULL, NULL) ORDER BY partner_sector$$,
    $$VALUES ('D', 0.250000001), ('E', 0.250000000)$$, 'leaves: equal remainders, the smaller partner first');
-- a total that is not the leaves' own is shared out, in no time, and what is no score is refused
SELECT results_eq($$SELECT partner_id, contribution FROM synergy_leaves('{p}', '{1}', 1, 1, false, NULL, NULL, NULL, NULL,
        ARRAY[ROW('p', 'a', 0.25), ROW('p', 'b', 0.25), ROW('p', 'c', 0.25)]::synergy_share[]) ORDER BY partner_id$$,
    $$VALUES ('a', 0.333333334), ('b', 0.333333333), ('c', 0.333333333)$$, 'leaves: a larger total');
SELECT results_eq($$SELECT partner_id, contribution FROM synergy_leaves('{p}', '{1}', 0.1, 1, false, NULL, NULL, NULL, NULL,
        ARRAY[ROW('p', 'a', 0.25), ROW('p', 'b', 0.25), ROW('p', 'c', 0.25)]::synergy_share[]) ORDER BY partner_id$$,
    $$VALUES ('a', 0.033333333), ('b', 0.033333333), ('c', 0.033333334)$$, 'leaves: a smaller total');
SELECT throws_ok($$SELECT synergy_leaves('{p}', '{1}', 5e9, 1, false, NULL, NULL, NULL, NULL, ARRAY[ROW('p', 'a', 0.25)::synergy_share])$$,
    '22023', 'score must be between 0 and 1, not 5e+09');
SELECT throws_ok($$SELECT synergy_values('{p}', NULL, NULL, NULL, NULL, ARRAY[ROW('p', 'a', 1e300)::synergy_share])$$,
    '22023', 'share of part "p" must be between -1 and 1, not 1e+300');
SELECT throws_ok($$SELECT synergy_values('{a,a}', NULL, NULL, NULL, NULL, NULL)$$, '22023', 'part "a" is named twice');
SELECT throws_ok($$SELECT nearest_partners('i', '{35:1}', '{}', 0)$$, '22023', 'k must be at least 1, not 0');
SELECT * FROM finish();
DROP OWNED BY planner, reader;
DROP ROLE planner, reader;
