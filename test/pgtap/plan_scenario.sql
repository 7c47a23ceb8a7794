-- plan: scenarios of the sample are copied, edited, compared and removed; snapshots and notifications
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity_kr CASCADE;
SELECT no_plan();
SELECT create_plan('naju', sample => true) AS plan, copy_scenario('naju', 'base', 'withdrawn') AS copied \gset
SET search_path = naju, public;
ANALYZE;

-- nothing changed yet
CREATE TEMP TABLE unchanged AS SELECT * FROM compare_scenarios('naju', 'base', 'withdrawn');
SELECT ok(count(*) > 1900 AND bool_and(change = 'same' AND score_a = score_b AND rank_shift = 0 AND part IS NULL), 'a copy ranks as its source')
FROM unchanged;

SELECT ok(bool_and(abs(kendall_tau - 1) < 1e-12 AND abs(rank_biased_overlap - 1) < 1e-12 AND entered = 0 AND gone = 0), 'and agrees with it wholly')
FROM scenario_agreement('naju', 'base', 'withdrawn') WHERE candidates > 1;

-- ten candidates withdraw, one incumbent leaves Naju
CREATE TEMP TABLE gone AS
SELECT institution_id FROM synergy_rank WHERE scenario = 'base' AND city_id = 'NJ' AND candidate_kind = 'capital' ORDER BY rank_in_city, institution_id LIMIT 10;
UPDATE institution SET status = 'other' WHERE scenario = 'withdrawn' AND institution_id IN (SELECT institution_id FROM gone);
UPDATE institution SET status = 'other', city_id = NULL, head_office = '11110' WHERE scenario = 'withdrawn' AND name_ko = '한국전력거래소';
CREATE TEMP TABLE changed AS SELECT * FROM compare_scenarios('naju', 'base', 'withdrawn') WHERE candidate_kind = 'capital';
SELECT set_eq($$SELECT institution_id FROM changed WHERE city_id = 'NJ' AND change = 'left'$$, $$SELECT institution_id FROM gone$$,
  'those who withdrew have left');
SELECT is((SELECT count(*) FROM changed WHERE change = 'entered'), 0::bigint, 'nobody entered');
SELECT is_empty($$SELECT * FROM changed WHERE rank_shift <> rank_a - rank_b OR (change = 'up') <> (rank_shift > 0)$$, 'shifts are differences of ranks');
SELECT ok(count(*) > 0, 'the incumbent is missed by those whose work is like its') FROM changed WHERE city_id = 'NJ' AND part_shift < 0;
SELECT ok(candidates = 141 AND gone = 10 AND kendall_tau BETWEEN 0.5 AND 1 AND rank_biased_overlap < 0.5, 'the agreement falls where the first ten are gone')
FROM scenario_agreement('naju', 'base', 'withdrawn') WHERE city_id = 'NJ' AND candidate_kind = 'capital';
SELECT is_empty($$SELECT c.* FROM changed c
  JOIN synergy_part a ON a.scenario = 'base' AND a.institution_id = c.institution_id AND a.city_id = c.city_id AND a.part = c.part
  JOIN synergy_part b ON b.scenario = 'withdrawn' AND b.institution_id = c.institution_id AND b.city_id = c.city_id AND b.part = c.part
  WHERE c.city_id = 'NJ' AND c.part_shift <> b.contribution - a.contribution$$, 'the part that moved most moved by what synergy_part says');
SELECT is_empty($$SELECT * FROM changed WHERE city_id <> 'NJ' AND score_a <> score_b$$, 'scores of other cities do not move');

-- snapshots
LISTEN ranking;
SELECT is(take_snapshot('naju', 'before', channel => 'ranking'), 1::bigint, 'a snapshot has a number');
UPDATE institution SET status = 'other' WHERE scenario = 'base' AND institution_id IN (SELECT institution_id FROM gone);
SELECT is(take_snapshot('naju', 'after', channel => 'ranking'), 2::bigint, 'the next one the next');
SELECT results_eq($$SELECT count(*) FROM timeline WHERE snapshot = 2 AND city_id = 'NJ' AND candidate_kind = 'capital'$$, $$VALUES (141::bigint)$$, 'the time line has what was left');
SELECT is(previous_rank - rank_in_city, 10, 'who stood behind all ten is ten places up') FROM timeline
WHERE snapshot = 2 AND city_id = 'NJ' AND candidate_kind = 'capital' AND previous_rank > 20 ORDER BY rank_in_city LIMIT 1;
SELECT throws_ok($$SELECT take_snapshot(NULL)$$, '22004');

-- removing a scenario leaves no row behind
DELETE FROM setting WHERE scenario = 'withdrawn';
SELECT is_empty($$
  SELECT t FROM unnest(scenario_tables()) t
  WHERE (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM naju.%I WHERE scenario = %L', t, 'withdrawn'), false, true, '')))[1]::text <> '0'$$,
  'a deleted scenario is gone from every table');

SELECT * FROM finish();
