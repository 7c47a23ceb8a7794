-- The allocation of a plan: solve() and its views over the sample, limits, rules, and what changed since.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) IS NULL AS created \gset
SET search_path = public, naju;
SELECT no_plan();

SELECT is_empty('SELECT FROM allocation_certificate', 'no run yet: no certificate');
SELECT solve('naju') AS first \gset
SELECT is(status || ' ' || institutions || ' ' || cities || ' ' || left_out, 'optimal 151 12 0', 'the sample: 151 institutions, 12 cities, proven optimal') FROM allocation_certificate;
SELECT ok(gap = 0 AND objective = bound AND current, 'gap 0, and nothing has changed since') FROM allocation_certificate;
SELECT is(fewest || ' ' || most, '12 13', 'no city is limited: the share is even') FROM allocation_certificate;
SELECT is((SELECT sum(score + bonus)::numeric(12, 6) FROM allocation_assignment), (SELECT objective::numeric(12, 6) FROM allocation_certificate), 'the rows add up to the objective');
SELECT is_empty('SELECT a.institution_id FROM allocation_assignment a JOIN synergy_score s USING (scenario, institution_id, city_id) WHERE a.score <> s.score::float8', 'scores are those of the plan');
SELECT is_empty('SELECT FROM allocation_reason WHERE (reason = ''best_city'') <> (score_rank = 1) OR (score_rank = 1) <> (score = best_score)', 'reasons follow the institution''s own ranking');
SELECT is_empty('SELECT FROM allocation_reason r JOIN synergy_score s ON s.scenario = r.scenario AND s.institution_id = r.institution_id AND s.city_id = r.best_city_id WHERE s.score <> r.best_score', 'the best city''s score');
SELECT is_empty('SELECT FROM allocation_reason WHERE cost < 0', 'an optimal plan: no single change would gain');
SELECT is_empty('SELECT FROM allocation_price WHERE price < 0 OR (price > 1e-9 AND used <> allowed)', 'only full limits have a price');
SELECT is((SELECT count(DISTINCT row_key) FROM allocation_reason), 151::bigint, 'row_key is a key');

-- What one more place in Naju brings: the price is an upper estimate of the exact answer
SELECT copy_scenario('naju', 'base', 'more') IS NULL AS copied \gset
UPDATE city SET min_count = 12, max_count = CASE WHEN city_id = 'NJ' THEN 14 ELSE 13 END WHERE scenario = 'more';
SELECT solve('naju', 'more') AS more \gset
SELECT ok(m.objective >= b.objective AND m.objective - b.objective <= p.price + 1e-6, 'one more place in Naju: the exact gain is not above the price')
  FROM allocation_certificate m, allocation_certificate b, allocation_price p
 WHERE m.scenario = 'more' AND b.scenario = 'base' AND p.scenario = 'base' AND p.city_id = 'NJ' AND p.rule = 'max_count';

-- Rules, quotas and bonuses reach the solver, and make the old run outdated
INSERT INTO rule (scenario, institution_id, city_id, rule)
SELECT 'more', institution_id, 'NJ', 'forced' FROM allocation_assignment WHERE scenario = 'more' AND city_id <> 'NJ' ORDER BY institution_id COLLATE "C" LIMIT 1;
SELECT is((SELECT current FROM allocation_certificate WHERE scenario = 'more'), false, 'a new rule: the run is outdated');
SELECT is((SELECT current FROM allocation_certificate WHERE scenario = 'base'), true, 'in that scenario only');
SELECT solve('naju', 'more') AS forced \gset
SELECT is(a.city_id || ' ' || a.reason, 'NJ forced', 'the forced move is made, and named') FROM allocation_reason a JOIN rule r USING (scenario, institution_id) WHERE a.scenario = 'more';
SELECT ok(current, 'the new run is current') FROM allocation_certificate WHERE scenario = 'more';
INSERT INTO bonus (scenario, institution_a, institution_b, bonus)
SELECT 'more', min(institution_id COLLATE "C"), max(institution_id COLLATE "C"), 2 FROM allocation_assignment WHERE scenario = 'more' AND city_id IN ('BS', 'US');
SELECT solve('naju', 'more') AS with_bonus \gset
SELECT is(count(DISTINCT city_id) || ' ' || sum(a.bonus), '1 2', 'a bonus of 2 brings its two together') FROM allocation_assignment a JOIN bonus b USING (scenario) WHERE a.institution_id IN (institution_a, institution_b);

-- A penalty on changes: the previous run stands
SELECT solve('naju', 'more', change_penalty => 10) AS warm \gset
SELECT results_eq(format('SELECT institution_id, city_id FROM run_row WHERE run = %s ORDER BY 1', :warm), format('SELECT institution_id, city_id FROM run_row WHERE run = %s ORDER BY 1', :with_bonus), 'a heavy penalty: nobody changes');

-- Pairs, most of a category, and quotas of a province
SELECT copy_scenario('naju', 'more', 'pairs') IS NULL AS copied \gset
SELECT min(institution_id COLLATE "C") AS one, max(institution_id COLLATE "C") AS other FROM allocation_assignment WHERE scenario = 'more' AND city_id = 'BS' \gset
SELECT min(institution_id COLLATE "C") AS away FROM allocation_assignment WHERE scenario = 'more' AND city_id = 'US' \gset
INSERT INTO pair_rule VALUES ('pairs', :'one', :'other', 'apart', 'a hearing'), ('pairs', least(:'one', :'away' COLLATE "C"), greatest(:'one', :'away' COLLATE "C"), 'together', NULL);
SELECT solve('naju', 'pairs') AS pairs \gset
SELECT ok(o.city_id <> x.city_id AND o.city_id = a.city_id, 'apart and together are kept')
  FROM allocation_assignment o, allocation_assignment x, allocation_assignment a
 WHERE (o.scenario, x.scenario, a.scenario) = ('pairs', 'pairs', 'pairs') AND o.institution_id = :'one' AND x.institution_id = :'other' AND a.institution_id = :'away';
UPDATE institution i SET category = 'kept apart' FROM allocation_assignment a WHERE i.scenario = 'pairs' AND (a.scenario, a.institution_id) = (i.scenario, i.institution_id) AND a.city_id = 'NJ';
INSERT INTO quota (scenario, city_id, category, max_count) VALUES ('pairs', 'NJ', 'kept apart', 3);
INSERT INTO province_quota (scenario, province, max_count) VALUES ('pairs', '46', 12);
SELECT is((SELECT current FROM allocation_certificate WHERE scenario = 'pairs'), false, 'new quotas: the run is outdated');
SELECT solve('naju', 'pairs') AS quotas \gset
SELECT cmp_ok((SELECT count(*) FROM allocation_assignment JOIN institution USING (scenario, institution_id) WHERE scenario = 'pairs' AND allocation_assignment.city_id = 'NJ' AND category = 'kept apart'),
              '=', 3::bigint, 'at most so many of a category');
SELECT cmp_ok((SELECT count(*) FROM allocation_assignment a WHERE a.scenario = 'pairs' AND EXISTS (SELECT FROM city_region r WHERE r.scenario = 'pairs' AND r.city_id = a.city_id AND r.region <@ region_code '46')),
              '<=', 12::bigint, 'at most so many in a province');
INSERT INTO province_quota (scenario, province, category, min_count) VALUES ('pairs', '46', 'space', 1);
SELECT solve('naju', 'pairs') AS none \gset
SELECT is(string_agg(rule, ', '), 'quota_min', 'a quota of a province that nobody can fill is named') FROM allocation_conflict WHERE scenario = 'pairs';

-- Infeasible
INSERT INTO quota (scenario, city_id, category, min_count) VALUES ('more', 'NJ', 'space', 1);
SELECT solve('naju', 'more') AS infeasible \gset
SELECT is(status || ' ' || left_out, 'infeasible 151', 'a quota that nobody can fill') FROM allocation_certificate WHERE scenario = 'more';
SELECT is(string_agg(rule || ' ' || city_id, ', '), 'quota_min NJ', 'is named') FROM allocation_conflict WHERE scenario = 'more';
SELECT is_empty('SELECT FROM allocation_assignment WHERE scenario = ''more''', 'and there is no plan');

-- The same run again: the same rows
SELECT solve('naju') AS again \gset
SELECT results_eq(format('SELECT institution_id, city_id, score, bonus FROM run_row WHERE run = %s ORDER BY 1', :again), format('SELECT institution_id, city_id, score, bonus FROM run_row WHERE run = %s ORDER BY 1', :first), 'the same input, effort and seed: the same plan');
SELECT results_eq(format('SELECT rule, city_id, price FROM run_price WHERE run = %s ORDER BY number', :again), format('SELECT rule, city_id, price FROM run_price WHERE run = %s ORDER BY number', :first), 'and the same prices');
SELECT is(solve(NULL), NULL, 'NULL plan: NULL');
SELECT throws_ok('SELECT solve(''naju'', ''nowhere'')', NULL, NULL, 'an unknown scenario is an error');

SELECT * FROM finish();
