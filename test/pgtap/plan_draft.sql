-- Allocations made by hand: the certificate and the broken rules of drafts over the sample, and its categories.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) IS NULL AS created \gset
SET search_path = public, naju;
SELECT no_plan();

-- Categories of the sample: the function groups of innocity_kr, so that quotas have something to count
SELECT is_empty('SELECT i.institution_id FROM institution i JOIN institution_kr k ON k.id = i.institution_id WHERE i.category IS DISTINCT FROM lower(substr(k.cluster::text, 9))', 'a category is the function group');
SELECT results_eq('SELECT category, count(*) FROM institution WHERE head_office <@ ''46170'' AND city_id = ''NJ'' GROUP BY 1 ORDER BY 2, 1',
    $$VALUES ('culture', 3::bigint), ('energy', 4), ('ict', 4), ('agri', 5)$$, 'Naju''s four groups, as announced: agriculture 5, energy and communication 4 each, culture 3');

SELECT is_empty('SELECT FROM allocation_draft_certificate', 'no draft: no certificate');
SELECT solve('naju') AS first \gset
INSERT INTO allocation_draft (draft, institution_id, city_id) SELECT 'same', institution_id, city_id FROM allocation_assignment;
SELECT ok(valid AND broken = 0 AND missing = 0 AND institutions = 151, 'the solved plan typed in by hand keeps all rules') FROM allocation_draft_certificate;
SELECT ok(c.objective = d.objective::float8 AND d.gap = 0 AND d.bound = d.objective AND d.run = c.run AND d.gini = c.gini, 'and has its worth and its proof') FROM allocation_certificate c, allocation_draft_certificate d;
SELECT is_empty('SELECT FROM allocation_draft_check', 'no broken rule');

-- A draft made worse in every way that can be counted by hand
INSERT INTO allocation_draft (draft, institution_id, city_id) SELECT 'worse', institution_id, city_id FROM allocation_draft;
UPDATE allocation_draft SET city_id = 'NJ' WHERE draft = 'worse' AND institution_id IN (SELECT institution_id FROM allocation_draft WHERE draft = 'same' AND city_id = 'BS' ORDER BY institution_id COLLATE "C" LIMIT 3);
UPDATE allocation_draft SET city_id = 'SJ' WHERE draft = 'worse' AND institution_id = (SELECT min(institution_id COLLATE "C") FROM allocation_draft WHERE draft = 'same' AND city_id = 'US');
DELETE FROM allocation_draft WHERE draft = 'worse' AND institution_id = (SELECT min(institution_id COLLATE "C") FROM allocation_draft WHERE draft = 'same' AND city_id = 'JJ');
INSERT INTO allocation_draft (draft, institution_id, city_id) VALUES ('worse', 'I001', 'NJ');
SELECT is(institutions || ' ' || missing || ' ' || valid, '149 2 false', 'one forgotten, one sent to a city that does not compete') FROM allocation_draft_certificate WHERE draft = 'worse';
SELECT results_eq('SELECT DISTINCT rule FROM allocation_draft_check WHERE draft = ''worse'' ORDER BY 1',
    $$VALUES ('assigned'), ('max_count'), ('min_count'), ('no_candidate'), ('no_target')$$, 'every kind of broken rule is named');
SELECT is((SELECT count(*) FROM allocation_draft_check WHERE rule = 'assigned'), 1::bigint, 'who goes to a city that does not compete is not called forgotten');
SELECT is((SELECT broken FROM allocation_draft_certificate WHERE draft = 'worse'), (SELECT count(*) FROM allocation_draft_check), 'their number');
SELECT is((SELECT objective FROM allocation_draft_certificate WHERE draft = 'worse'),
    (SELECT sum(s.score) FROM allocation_draft d JOIN synergy_score s USING (scenario, institution_id, city_id)
     JOIN city c USING (scenario, city_id) WHERE d.draft = 'worse' AND s.candidate_kind = 'capital' AND c.competes), 'worth: the sum of the scores that count');
SELECT is((SELECT count(DISTINCT row_key) FROM allocation_draft_check), (SELECT count(*) FROM allocation_draft_check), 'row_key is a key');

-- A quota by category changes what is proven, and the drafts are judged by it
INSERT INTO quota (city_id, category, min_count) VALUES ('NJ', 'energy', 5);
SELECT ok(run IS NULL AND bound IS NULL AND gap IS NULL, 'the old proof says nothing under a new rule') FROM allocation_draft_certificate WHERE draft = 'same';
SELECT is(rule || ' ' || used || ' ' || allowed, 'quota_min ' || (SELECT count(*) FROM allocation_draft d JOIN institution i USING (scenario, institution_id) WHERE d.draft = 'same' AND d.city_id = 'NJ' AND i.category = 'energy') || ' 5',
    'the draft breaks it') FROM allocation_draft_check WHERE draft = 'same';
SELECT solve('naju') AS second \gset
SELECT is((SELECT count(*) FROM allocation_assignment a JOIN institution i USING (scenario, institution_id) WHERE a.city_id = 'NJ' AND i.category = 'energy'), 5::bigint, 'all five energy bodies go to Naju');
SELECT ok(bound IS NOT NULL AND NOT valid, 'with a new run there is a bound again') FROM allocation_draft_certificate WHERE draft = 'same';

-- A copy of a scenario has its drafts; a draft falls with its institution
SELECT copy_scenario('naju', 'base', 'copy') IS NULL AS copied \gset
SELECT is((SELECT count(*) FROM allocation_draft WHERE scenario = 'copy'), 302::bigint, 'drafts are copied');
DELETE FROM setting WHERE scenario = 'copy';
SELECT is_empty('SELECT FROM allocation_draft WHERE scenario = ''copy''', 'and go with their scenario');
SELECT throws_ok('INSERT INTO allocation_draft (draft, institution_id, city_id) VALUES (''new'', ''nobody'', ''NJ'')', '23503', NULL, 'an unknown institution is refused');

SELECT * FROM finish();
