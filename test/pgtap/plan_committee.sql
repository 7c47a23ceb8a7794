-- The committee of a plan: default weights until somebody judges, then the group's; consensus, methods side by side, stability, robustness.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('town', sample => true) IS NULL AS created \gset
SET search_path = public, town;
SELECT no_plan();

-- Nobody has judged.
SELECT is((SELECT string_agg(DISTINCT method, ',') FROM committee_weight), 'default', 'weights are the default ones until somebody judges');
SELECT is_empty('SELECT FROM committee_consensus', 'and there is no consensus to speak of');
SELECT is_empty('SELECT FROM committee_expert_weight', 'nor a weight by an expert');
CREATE TEMP TABLE before AS SELECT city_id, institution_id, score, rank_in_city FROM synergy_rank WHERE scenario = 'base';

-- A committee in a scenario of its own.
SELECT fill_committee('town') IS NULL AS filled \gset
SELECT results_eq($$SELECT city_id, institution_id, score, rank_in_city FROM synergy_rank WHERE scenario = 'base' ORDER BY 1, 2$$,
                  'SELECT * FROM before ORDER BY 1, 2', 'a committee in one scenario does not touch another');
SELECT is((SELECT string_agg(field, ', ' ORDER BY field) FROM committee_consistency WHERE scenario = 'committee' AND consistency_ratio > 0.1), 'culture', 'one sample expert is to be asked again');
SELECT ok(bool_and(counted), 'all count') FROM committee_consistency WHERE scenario = 'committee';
SELECT is((SELECT string_agg(DISTINCT expert, ',') FROM expert WHERE scenario = 'committee' AND expert !~ 'sample'), NULL, 'the sample says that it is one');
SELECT is((SELECT round(sum(weight)::numeric, 12) FROM committee_weight WHERE scenario = 'committee'), 1.000000000000, 'the committee''s weights add up to 1');
-- The group by judgements, again in SQL: geometric means, then the eigenvector as the limit of powers.
SELECT ok(bool_and(abs(w.weight - e.weight) < 1e-9), 'the committee''s weights from scratch')
FROM committee_weight w JOIN (
    WITH RECURSIVE a AS (
        SELECT i.criterion AS i, j.criterion AS j, CASE WHEN i.criterion = j.criterion THEN 1 ELSE
                   (SELECT exp(avg(ln(CASE WHEN criterion_a = i.criterion THEN judgement ELSE 1 / judgement END))) FROM judgement
                    WHERE scenario = 'committee' AND least(criterion_a, criterion_b) = least(i.criterion, j.criterion) AND greatest(criterion_a, criterion_b) = greatest(i.criterion, j.criterion)) END AS v
        FROM criterion i, criterion j WHERE i.scenario = 'committee' AND j.scenario = 'committee' AND i.weight > 0 AND j.weight > 0),
    step AS (
        SELECT 0 AS n, jsonb_object_agg(i, 1) AS w FROM (SELECT DISTINCT i FROM a) s
        UNION ALL
        SELECT n + 1, (SELECT jsonb_object_agg(i, x / total) FROM (SELECT i, sum(v * (w ->> j)::float8) AS x, sum(sum(v * (w ->> j)::float8)) OVER () AS total FROM a GROUP BY i) t)
        FROM step WHERE n < 60)
    SELECT key AS criterion, value::float8 AS weight FROM step, jsonb_each_text(w) WHERE n = 60) e USING (criterion)
WHERE w.scenario = 'committee';
SELECT is((SELECT experts FROM committee_consensus), 5::bigint, 'consensus of five');
SELECT ok(consensus BETWEEN 0 AND 1 AND kendall_w BETWEEN 0 AND 1 AND abs(own_entropy + between_entropy - group_entropy) < 1e-12, 'consensus and concordance are in range') FROM committee_consensus;
SELECT ok(bool_and(abs(s - 1) < 1e-12), 'each expert''s weights add up to 1')
FROM (SELECT sum(weight) AS s FROM committee_expert_weight GROUP BY scenario, expert) t;
SELECT ok(bool_and(abs(g.group_weight - w.weight) < 1e-15), 'the group beside the experts is the group of committee_weight')
FROM committee_expert_weight g JOIN committee_weight w USING (scenario, criterion);
SELECT ok(bool_and(abs(d - distance) < 1e-12), 'distance is half the sum of the differences')
FROM (SELECT expert, sum(abs(difference)) / 2 AS d, min(distance) AS distance FROM committee_expert_weight GROUP BY expert) t;

-- A changed judgement changes the ranking at once.
CREATE TEMP TABLE judged AS SELECT city_id, institution_id, score, rank_in_city FROM synergy_rank WHERE scenario = 'committee';
SELECT isnt_empty('SELECT FROM judged JOIN before USING (city_id, institution_id) WHERE judged.rank_in_city <> before.rank_in_city', 'the committee ranks otherwise than the default weights');
UPDATE judgement SET judgement = 9 WHERE scenario = 'committee' AND criterion_a = 'linkage' AND criterion_b = 'relatedness';
SELECT isnt_empty($$SELECT FROM judged JOIN synergy_rank r USING (city_id, institution_id) WHERE r.scenario = 'committee' AND r.score <> judged.score$$, 'a changed judgement changes the ranking at once');
UPDATE expert SET weight = 0 WHERE scenario = 'committee';
SELECT is((SELECT string_agg(DISTINCT method, ',') FROM committee_weight WHERE scenario = 'committee'), 'default', 'without a vote the default weights stand');
DELETE FROM setting WHERE scenario = 'committee';
SELECT is_empty('SELECT FROM expert', 'deleting the scenario deletes its committee');

-- Groups of criteria: the economy against ties, and the parts inside each. Weights multiply; a group that nobody looked into is shared by default weights.
SELECT copy_scenario('town', 'base', 'groups') AS copied \gset
INSERT INTO criterion (scenario, criterion) VALUES ('groups', 'economy'), ('groups', 'ties');
UPDATE criterion SET parent = 'economy' WHERE scenario = 'groups' AND criterion IN ('localization', 'relatedness', 'linkage');
UPDATE criterion SET parent = 'ties' WHERE scenario = 'groups' AND criterion IN ('complementarity', 'affiliation');
SELECT results_eq($$SELECT criterion, weight FROM committee_weight WHERE scenario = 'groups' ORDER BY 1$$, $$SELECT criterion, weight FROM committee_weight WHERE scenario = 'base' ORDER BY 1$$,
                  'groups do not change the default weights, and are no parts');
INSERT INTO expert (scenario, expert) VALUES ('groups', 'E1'), ('groups', 'E2');
INSERT INTO judgement (scenario, expert, criterion_a, criterion_b, judgement) VALUES ('groups', 'E1', 'ties', 'economy', 2), ('groups', 'E2', 'ties', 'economy', 8),
    ('groups', 'E1', 'localization', 'relatedness', 2), ('groups', 'E1', 'localization', 'linkage', 4), ('groups', 'E1', 'relatedness', 'linkage', 2);
SELECT is((SELECT string_agg(criterion || ' ' || round(weight::numeric, 6), ', ' ORDER BY criterion) FROM committee_weight WHERE scenario = 'groups' AND weight > 0),
          'affiliation 0.246154, complementarity 0.553846, linkage 0.028571, localization 0.114286, relatedness 0.057143', 'weights multiply down the groups: 4 : 1, then 4 : 2 : 1, and .45 : .20');
SELECT is((SELECT string_agg(coalesce(parent, '-') || ' ' || experts, ', ' ORDER BY parent) FROM committee_consensus WHERE scenario = 'groups'), 'economy 1, - 2', 'consensus by group of criteria');
SELECT is((SELECT string_agg(expert || ' ' || coalesce(parent, '-') || ' ' || criteria, ', ' ORDER BY expert, parent) FROM committee_consistency WHERE scenario = 'groups'), 'E1 economy 3, E1 - 2, E2 - 2', 'consistency by group of criteria');
INSERT INTO judgement (scenario, expert, criterion_a, criterion_b, judgement) VALUES ('groups', 'E2', 'linkage', 'affiliation', 3);
SELECT is((SELECT string_agg(object_id, ',') FROM plan_problem WHERE scenario = 'groups' AND problem = 'unlike_parents'), 'E2 linkage affiliation', 'a comparison across groups is listed and does not count');
SELECT is((SELECT round(sum(weight)::numeric, 12) FROM committee_weight WHERE scenario = 'groups'), 1.000000000000, 'and the weights still add up to 1');
SELECT throws_ok($$INSERT INTO criterion (scenario, criterion, weight) VALUES ('groups', 'heavy', 1)$$, '23514', NULL, 'a group has no default weight');
DELETE FROM setting WHERE scenario = 'groups';

-- Methods side by side
SELECT ok(bool_and(m.score = r.score AND m.score_rank = r.rank_in_city), 'the score beside the methods is that of synergy_rank')
FROM synergy_method m JOIN synergy_rank r USING (scenario, city_id, institution_id);
SELECT is((SELECT count(*) FROM synergy_method), (SELECT count(*) FROM synergy_rank WHERE score IS NOT NULL), 'every candidate is there');
SELECT ok(bool_and(abs(m.wsm - e.wsm) < 1e-8), 'weighted sum after min-max, from the parts')
FROM synergy_method m JOIN (
    SELECT city_id, institution_id, sum(weight * CASE WHEN hi = lo THEN 1 ELSE (value - lo) / (hi - lo) END) / sum(weight) AS wsm
    FROM (SELECT p.*, min(p.value) OVER g AS lo, max(p.value) OVER g AS hi FROM synergy_part p JOIN synergy_method k USING (scenario, city_id, institution_id)
          WHERE p.weight > 0 AND p.value IS NOT NULL WINDOW g AS (PARTITION BY p.city_id, p.candidate_kind, k.coverage, k.parts, p.part)) t GROUP BY 1, 2) e USING (city_id, institution_id);
SELECT ok(bool_and(topsis BETWEEN 0 AND 1) AND bool_and(wpm > 0 AND wpm <= 1) AND bool_and(vikor BETWEEN 0 AND 1) AND bool_and(promethee BETWEEN -1 AND 1), 'all methods are in range') FROM synergy_method;
SELECT is_empty('SELECT city_id, candidate_kind, coverage, parts FROM synergy_method GROUP BY 1, 2, 3, 4 HAVING NOT bool_or(vikor_compromise)', 'every group of rivals has a compromise');
SELECT ok(bool_and(low <= weight + 1e-12 AND weight <= high + 1e-12 AND low >= 0 AND high <= 1), 'a weight lies in its interval') FROM synergy_stability;

-- Robustness: stored, reproducible, and it says when it is out of date.
SELECT is_empty('SELECT FROM robustness', 'nothing has run yet');
SELECT assess_robustness('town', samples => 500, seed => 7) AS run \gset
CREATE TEMP TABLE kept AS SELECT institution_id, city_id, first, top_5, top_10, top_20, mean_rank FROM robustness;
SELECT is((SELECT count(*) FROM kept), (SELECT count(*) FROM synergy_method), 'every candidate has a row');
SELECT ok(bool_and(first <= top_5 AND top_5 <= top_10 AND top_10 <= top_20 AND top_20 <= 1 AND mean_rank BETWEEN 1 AND candidates), 'shares grow with the places') FROM robustness;
SELECT ok(bool_and(NOT outdated AND samples = 500 AND seed = 7), 'the run says how it was made, and is up to date') FROM robustness;
SELECT ok(bool_and(r.rank_in_city = s.rank_in_city), 'and stands beside the rank by the plan''s weights') FROM robustness r JOIN synergy_rank s USING (scenario, city_id, institution_id);
SELECT ok(assess_robustness('town', samples => 500, seed => 7) > :run, 'another run');
SELECT results_eq('SELECT institution_id, city_id, first, top_5, top_10, top_20, mean_rank FROM robustness ORDER BY 1, 2', 'SELECT * FROM kept ORDER BY 1, 2', 'the same seed gives the same run');
SELECT ok(assess_robustness('town', samples => 500, spread => 0.1) > 0, 'weights near the plan''s');
SELECT ok(bool_and(mean_rank - rank_in_city BETWEEN -25 AND 25), 'keep the ranking near itself') FROM robustness WHERE rank_in_city <= 10;
UPDATE setting SET neighbours = 4 WHERE scenario = 'base';
SELECT ok(bool_and(outdated), 'a changed parameter makes the run out of date') FROM robustness;
SELECT throws_ok($$SELECT assess_robustness('town', 'nowhere')$$, NULL, NULL, 'an unknown scenario is refused');
SELECT throws_ok($$SELECT assess_robustness('town', NULL)$$, '22004', 'plan, scenario, samples and seed must not be null', 'so is NULL');

-- Another power: with weights that hardly move, the runs must find the order of the score, which power 6 changes.
SELECT copy_scenario('town', 'base', 'steep');
UPDATE setting SET power = 6 WHERE scenario = 'steep';
SELECT ok(assess_robustness('town', 'steep', samples => 20, spread => 1e-9) > 0, 'a run of another power');
SELECT isnt_empty($$SELECT FROM synergy_rank b JOIN synergy_rank s USING (city_id, institution_id) WHERE b.scenario = 'base' AND s.scenario = 'steep' AND b.rank_in_city <> s.rank_in_city$$,
    'power 6 ranks otherwise than power 1');
SELECT is_empty($$SELECT FROM robustness r WHERE scenario = 'steep' AND abs(mean_rank - rank_in_city) > 1e-6
                  AND 1 = (SELECT count(*) FROM synergy_rank x WHERE (x.scenario, x.city_id, x.candidate_kind, x.score) = (r.scenario, r.city_id, r.candidate_kind, r.score))$$,
    'robustness ranks by the scenario''s power');
SELECT ok(bool_and(low <= weight + 1e-12 AND weight <= high + 1e-12) AND count(*) > 0, 'stability too') FROM synergy_stability WHERE scenario = 'steep';
UPDATE setting SET power = 0 WHERE scenario = 'steep';
SELECT ok(assess_robustness('town', 'steep', samples => 20, spread => 1e-9) > 0, 'the geometric mean');
SELECT is_empty($$SELECT FROM robustness r WHERE scenario = 'steep' AND abs(mean_rank - rank_in_city) > 1e-6
                  AND 1 = (SELECT count(*) FROM synergy_rank x WHERE (x.scenario, x.city_id, x.candidate_kind, x.score) = (r.scenario, r.city_id, r.candidate_kind, r.score))$$,
    'ranks by it');
UPDATE setting SET power = -1 WHERE scenario = 'steep';
SELECT throws_ok($$SELECT assess_robustness('town', 'steep')$$, '0A000', 'robustness needs a power of at least 0, not -1', 'a negative power is refused');
SELECT is_empty($$SELECT FROM synergy_stability WHERE scenario = 'steep'$$, 'and has no stability');

SELECT * FROM finish();
