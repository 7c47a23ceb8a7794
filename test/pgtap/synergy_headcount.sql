-- Incumbents by head count: a case by hand, all pairs of the sample against plain SQL, and what must not change.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('small') IS NULL AS created, create_plan('naju', sample => true) IS NULL AS filled \gset
SET search_path = public, small;
SELECT no_plan();

-- By hand: head counts 100, unknown, 300; the median of the known ones is 200. Similarities 1, 0 and 2/3 (35 and 351), two ministries
UPDATE setting SET incumbent_weight = 'headcount';
INSERT INTO city (city_id) VALUES ('P');
INSERT INTO institution (institution_id, status, city_id, ministry, headcount) VALUES
    ('X', 'capital', NULL, 'industry', NULL), ('A', 'relocated', 'P', 'other', 100), ('B', 'relocated', 'P', NULL, NULL), ('C', 'relocated', 'P', 'industry', 300);
INSERT INTO institution_sector (institution_id, sector, weight) VALUES ('X', '35', 1), ('A', '35', 1), ('B', '01', 1), ('C', '351', 1);
SELECT results_eq('SELECT partner_id, weight, basis, share, known FROM partner_weight ORDER BY 1',
    $$VALUES ('A', 100::float8, 'headcount', 100 / 600::float8, 2 / 3::float8), ('B', 200, 'median', 200 / 600::float8, 2 / 3::float8), ('C', 300, 'headcount', 300 / 600::float8, 2 / 3::float8)$$, 'weights: 100, the median 200, 300');
SELECT is(round(value::numeric, 12), 0.5, 'complementarity: (100 x 1 + 200 x 0 + 300 x 2/3) / 600') FROM synergy_part WHERE institution_id = 'X' AND part = 'complementarity';
SELECT is(value, 0.5::float8, 'affiliation: 300 of 600') FROM synergy_part WHERE institution_id = 'X' AND part = 'affiliation';
SELECT is(score, round(0.65 * 0.5 / 0.65, 9), 'the score: both parts are 0.5') FROM synergy_score WHERE institution_id = 'X';
SELECT results_eq('SELECT part, partner_id, contribution FROM synergy_reason WHERE institution_id = ''X'' ORDER BY 1, 2',
    $$VALUES ('affiliation', 'C', round(0.2 / 0.65 * 0.5, 9)), ('complementarity', 'A', round(0.45 / 0.65 / 6, 9)), ('complementarity', 'C', round(0.45 / 0.65 / 3, 9))$$, 'and its reasons');
SELECT is(round(value::numeric, 12), round(2 / 3::numeric * 0.6, 12), 'an incumbent meets the others by their weights: A, 300 of 500 x 2/3') FROM synergy_part WHERE institution_id = 'A' AND part = 'complementarity';
SELECT is(score_after, round((0.45 * (100 + 300 * 2 / 3::numeric) / 400 + 0.2 * 300 / 400) / 0.65, 9), 'without B') FROM plan_what_if('small', 'P', without => ARRAY['B']);
INSERT INTO asset (asset_id, city_id) VALUES ('lab', 'P');
INSERT INTO asset_sector (asset_id, sector, weight) VALUES ('lab', '35', 1);
SELECT is(weight || ' ' || basis || ' ' || coalesce(share::text, '-'), '200 median -', 'an asset counts as the median, and not in affiliation') FROM partner_weight WHERE partner_id = 'lab';
SELECT is(round(value::numeric, 12), round((100 + 200 + 300 * 2 / 3::numeric) / 600, 12), 'the three nearest are A, the lab and C') FROM synergy_part WHERE institution_id = 'X' AND part = 'complementarity';
SELECT is(detail_en, '1 of 3 incumbents have no head count: they count as the median of the others', 'plan_problem tells') FROM plan_problem WHERE problem = 'headcount_unknown';
UPDATE institution SET headcount = NULL;
SELECT results_eq('SELECT DISTINCT weight, basis, known FROM partner_weight WHERE kind = ''incumbent''', $$VALUES (1::float8, 'equal', 0::float8)$$, 'no head count is known: all count alike');
SELECT is(detail_en, 'no incumbent has a head count: all count alike', 'plan_problem tells that too') FROM plan_problem WHERE problem = 'headcount_unknown';
SELECT throws_ok('UPDATE setting SET incumbent_weight = ''jobs''', '23514', NULL, 'another rule is refused');

-- The shares of complementarity in the functions
CREATE FUNCTION pg_temp.mean(weights synergy_share[]) RETURNS float8 LANGUAGE sql AS $$
    SELECT (synergy_values(ARRAY['complementarity'], NULL, NULL, '{35:1}', ARRAY[ROW('a', '{35:1}', NULL), ROW('b', '{01:1}', NULL)]::synergy_partner[], weights))[1] $$;
SELECT is(pg_temp.mean(NULL), 0.5::float8, 'without weights: the mean');
SELECT is(pg_temp.mean(ARRAY[ROW('complementarity', 'a', 3), ROW('complementarity', 'b', 1)]::synergy_share[]), 0.75::float8, 'three to one');
SELECT is(pg_temp.mean(ARRAY[ROW('complementarity', 'a', 3), ROW('complementarity', 'z', 9), ROW('complementarity', 'b', NULL)]::synergy_share[]), 0.75::float8, 'one without a weight counts 1, strangers nothing');
SELECT throws_ok($$SELECT pg_temp.mean(ARRAY[ROW('complementarity', 'a', 0)]::synergy_share[])$$, '22023', 'weight of partner "a" must be above 0, not 0', 'a weight of 0');
SELECT throws_ok($$SELECT pg_temp.mean(ARRAY[ROW('complementarity', 'a', 'NaN')]::synergy_share[])$$, '22023', NULL, 'NaN');
SELECT throws_ok($$SELECT pg_temp.mean(ARRAY[ROW('complementarity', NULL, 1)]::synergy_share[])$$, '22004', NULL, 'a weight of nobody');

-- The sample with head counts that its rows do not have, one in five left unknown; all pairs
SET search_path = public, naju;
CREATE TEMP TABLE equal AS SELECT institution_id, city_id, score FROM synergy_score;
CREATE TEMP TABLE neighbour AS SELECT institution_id, city_id, partner_id, similarity FROM synergy_neighbour;
CREATE FUNCTION pg_temp.changed() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM equal b JOIN naju.synergy_score s USING (institution_id, city_id) WHERE s.score IS DISTINCT FROM b.score $$;
UPDATE setting SET incumbent_weight = 'headcount';
SELECT is(pg_temp.changed(), 0::bigint, 'no head counts: the scores of equal weights');
UPDATE institution SET headcount = 50;
SELECT is(pg_temp.changed(), 0::bigint, 'equal head counts: the same scores');
UPDATE institution SET headcount = CASE WHEN abs(hashtext(institution_id)) % 5 > 0 THEN 10 + abs(hashtext(institution_id)) % 3000 END;
SELECT cmp_ok(pg_temp.changed(), '>', 2000::bigint, 'head counts move most scores');
CREATE TEMP TABLE weight AS
    SELECT p.city_id, p.partner_id, p.kind, p.ministry,
           coalesce(i.headcount, (SELECT CASE WHEN n % 2 = 1 THEN h[n / 2 + 1] ELSE (h[n / 2] + h[n / 2 + 1]) / 2 END
                                  FROM (SELECT array_agg(o.headcount ORDER BY o.headcount) AS h, count(*)::integer AS n FROM city_partner q JOIN institution o ON o.institution_id = q.partner_id
                                        WHERE q.city_id = p.city_id AND q.kind = 'incumbent' AND o.headcount IS NOT NULL) m), 1) AS w
    FROM city_partner p LEFT JOIN institution i ON i.institution_id = p.partner_id AND p.kind = 'incumbent';
SELECT is_empty('SELECT FROM weight w FULL JOIN partner_weight p USING (city_id, partner_id) WHERE w.w IS DISTINCT FROM p.weight', 'weights of all cities, the median counted out');
CREATE TEMP TABLE part AS
    SELECT n.institution_id, n.city_id, 'complementarity' AS part, sum(w.w * n.similarity) / sum(w.w) AS value
    FROM neighbour n JOIN weight w USING (city_id, partner_id) GROUP BY 1, 2
    UNION ALL
    SELECT i.institution_id, w.city_id, 'affiliation',
           greatest(coalesce(max(t.weight), 0), sum(w.w) FILTER (WHERE w.ministry = i.ministry) / sum(w.w))
    FROM institution i JOIN weight w ON w.kind = 'incumbent' AND w.partner_id <> i.institution_id
    LEFT JOIN institution_tie t ON t.institution_id = i.institution_id AND t.partner_id = w.partner_id
    GROUP BY 1, 2;
CREATE TEMP TABLE found AS SELECT institution_id, city_id, part, value, contribution FROM synergy_part;
SELECT is_empty($$SELECT f.institution_id, f.city_id, f.part, f.value, p.value FROM found f FULL JOIN part p USING (institution_id, city_id, part)
    WHERE part IN ('complementarity', 'affiliation') AND NOT coalesce(abs(f.value - p.value) <= 1e-12, f.value IS NULL AND p.value IS NULL)$$, 'both parts of all pairs agree to 1e-12');
SELECT is_empty($$SELECT s.institution_id, s.city_id FROM synergy_score s JOIN found f USING (institution_id, city_id) GROUP BY s.institution_id, s.city_id, s.score HAVING sum(f.contribution) IS DISTINCT FROM s.score$$,
    'contributions add up to the scores exactly, all pairs');
CREATE TEMP TABLE reason AS SELECT * FROM synergy_reason WHERE city_id IN ('NJ', 'CB');
SELECT is_empty($$SELECT FROM (SELECT institution_id, city_id, sum(contribution) FROM reason GROUP BY 1, 2) r JOIN synergy_score s USING (institution_id, city_id) WHERE r.sum IS DISTINCT FROM s.score$$, 'so do the reasons');
SELECT is_empty($$SELECT r.institution_id FROM (SELECT institution_id, city_id, partner_id, sum(contribution) FROM reason WHERE part = 'complementarity' GROUP BY 1, 2, 3) r
    JOIN neighbour n USING (institution_id, city_id, partner_id) JOIN weight w USING (city_id, partner_id)
    JOIN (SELECT institution_id, city_id, sum(w.w) FROM neighbour JOIN weight w USING (city_id, partner_id) GROUP BY 1, 2) a USING (institution_id, city_id)
    WHERE abs(r.sum - (0.45 * w.w * n.similarity / a.sum)::numeric) > 0.0000002$$, 'a partner contributes by its weight');
CREATE TEMP TABLE weighed AS SELECT institution_id, city_id, score FROM synergy_score;
UPDATE institution SET headcount = headcount * 8;
SELECT is_empty('SELECT FROM weighed w JOIN synergy_score s USING (institution_id, city_id) WHERE w.score IS DISTINCT FROM s.score', 'another unit of head counts changes nothing');
UPDATE institution SET headcount = headcount / 8;

-- Variants: an arrival by head count is what editing the rows gives
CREATE TEMP TABLE thought AS SELECT institution_id, score_after FROM plan_what_if('naju', 'NJ', without => ARRAY['I002'], joining => ARRAY['I281', 'I147']) WHERE score_after IS NOT NULL;
UPDATE institution SET status = 'relocated', city_id = 'NJ' WHERE institution_id IN ('I281', 'I147');
UPDATE institution SET status = 'other', city_id = NULL, head_office = NULL WHERE institution_id = 'I002';
SELECT is_empty('SELECT FROM thought t JOIN synergy_score s ON s.institution_id = t.institution_id AND s.city_id = ''NJ'' WHERE t.institution_id <> ''I002'' AND s.score <> t.score_after', 'a what-if is the edited plan');
SELECT is((SELECT value FROM provenance WHERE kind = 'parameter' AND item = 'incumbent_weight'), 'headcount', 'provenance names the rule');

SELECT * FROM finish();
