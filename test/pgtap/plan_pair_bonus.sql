-- Pair bonuses: against plans whose rows are really edited, their limits, and the allocation that counts them.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) IS NULL AS created \gset
SET search_path = public, naju;
SELECT no_plan();

SELECT solve('naju') AS plain \gset
SELECT is_empty('SELECT FROM run WHERE kind = ''pair_bonus''', 'by default no pair bonus is worked out');
SELECT is_empty('SELECT FROM allocation_pair', 'nor counted');
SELECT assess_pair_bonus('naju') AS pairs \gset
CREATE TEMP TABLE pair AS SELECT * FROM pair_bonus;
SELECT isnt_empty('SELECT FROM pair', 'there are pairs');
SELECT is_empty('SELECT FROM pair WHERE bonus <> to_a + to_b OR bonus < 0.01 OR NOT current OR institution_a >= institution_b COLLATE "C" OR bonus NOT BETWEEN lowest AND highest', 'a bonus is the sum of two gains');

-- One pair by editing rows: in each competing city in turn the partner moves there
CREATE FUNCTION pg_temp.gained(one text, other text) RETURNS SETOF numeric LANGUAGE plpgsql AS $$
DECLARE
    place text;
BEGIN
    FOR place IN SELECT c.city_id FROM city c WHERE c.competes LOOP
        CREATE TEMP TABLE before ON COMMIT DROP AS SELECT s.score, s.coverage FROM synergy_score s WHERE s.institution_id = one AND s.city_id = place;
        UPDATE institution i SET status = 'relocated', city_id = place WHERE i.institution_id = other;
        RETURN QUERY SELECT s.score - b.score FROM synergy_score s, before b WHERE s.institution_id = one AND s.city_id = place AND s.coverage = b.coverage;
        UPDATE institution i SET status = 'capital', city_id = NULL WHERE i.institution_id = other;
        DROP TABLE before;
    END LOOP;
END $$;
SELECT institution_a AS a, institution_b AS b FROM pair WHERE tie IS NOT NULL ORDER BY bonus DESC, row_key LIMIT 1 \gset
CREATE TEMP TABLE moved AS SELECT pg_temp.gained(:'a', :'b') AS g;
SELECT is((SELECT to_a FROM pair WHERE (institution_a, institution_b) = (:'a', :'b')), (SELECT round(avg(g), 9) FROM moved), 'what the first gains: as when the other has moved, over the cities');
SELECT is((SELECT to_b FROM pair WHERE (institution_a, institution_b) = (:'a', :'b')), (SELECT round(avg(g), 9) FROM pg_temp.gained(:'b', :'a') g), 'what the second gains');
SELECT is((SELECT cities FROM pair WHERE (institution_a, institution_b) = (:'a', :'b')), (SELECT count(*)::integer FROM moved), 'the cities where the coverage stays');

-- Limits
SELECT cmp_ok((SELECT count(*) FROM pair), '<=', 151 * 3::bigint, 'three partners each at most, by one side''s choice');
SELECT is_empty($$SELECT FROM pair p WHERE (SELECT count(*) FROM pair q WHERE p.institution_a IN (q.institution_a, q.institution_b) AND q.bonus > p.bonus) >= 3
    AND (SELECT count(*) FROM pair q WHERE p.institution_b IN (q.institution_a, q.institution_b) AND q.bonus > p.bonus) >= 3$$, 'each pair is among the three best of one of its two');
UPDATE setting SET pair_partners = 1, pair_least = 0.1, pair_weight = 0.5;
SELECT is((SELECT bool_or(current) FROM pair_bonus), false, 'other limits: the pairs are outdated');
SELECT is((SELECT current FROM allocation_certificate), false, 'so is the allocation');

-- solve() works out fresh pairs and counts them by their weight; an own bonus takes the place of its pair's
INSERT INTO bonus (institution_a, institution_b, bonus) VALUES (:'a', :'b', 0);
SELECT solve('naju') AS counted \gset
SELECT ok(bool_and(current) AND min(bonus) >= 0.1 AND count(*) <= 151 AND bool_and(run > :pairs), 'fresh pairs under the new limits') FROM pair_bonus;
SELECT is((SELECT kind || ' ' || bonus FROM allocation_pair WHERE (institution_a, institution_b) = (:'a', :'b')), 'own 0', 'an own bonus of 0 takes the pair''s place');
SELECT is_empty('SELECT FROM allocation_pair x JOIN pair_bonus p USING (institution_a, institution_b) WHERE x.kind = ''synergy'' AND x.bonus <> round(p.bonus / 2, 9)::float8', 'half of each bonus counts');
SELECT is((SELECT count(*) FROM allocation_pair WHERE kind = 'synergy'), (SELECT count(*) - 1 FROM pair_bonus), 'all the others are offered');
SELECT is_empty($$SELECT FROM allocation_pair x JOIN allocation_assignment p ON p.institution_id = x.institution_a JOIN allocation_assignment q ON q.institution_id = x.institution_b
    WHERE x.earned <> (p.city_id = q.city_id) OR x.city_id IS DISTINCT FROM CASE WHEN p.city_id = q.city_id THEN p.city_id END$$, 'earned where the two share a city');
SELECT is((SELECT sum(bonus)::numeric(12, 6) FROM allocation_assignment), (SELECT sum(bonus)::numeric(12, 6) FROM allocation_pair WHERE earned), 'the assignments hold the earned bonuses');
SELECT is((SELECT sum(score + bonus)::numeric(12, 6) FROM allocation_assignment), (SELECT objective::numeric(12, 6) FROM allocation_certificate), 'scores and bonuses are the objective');
SELECT is_empty($$SELECT FROM allocation_reason r WHERE (bonus_with_en IS NOT NULL) <> EXISTS (SELECT FROM allocation_pair x WHERE x.earned AND r.institution_id IN (x.institution_a, x.institution_b))$$, 'reasons name the partners');
SELECT cmp_ok((SELECT count(*) FILTER (WHERE earned) * 3 FROM allocation_pair), '>', (SELECT count(*) * 2 FROM allocation_pair), 'most pairs come together');
INSERT INTO allocation_draft (draft, institution_id, city_id) SELECT 'same', institution_id, city_id FROM allocation_assignment;
SELECT ok(valid AND objective = (SELECT c.objective::numeric FROM allocation_certificate c), 'a draft is judged with the same bonuses') FROM allocation_draft_certificate;
SELECT solve('naju') AS again \gset
SELECT is((SELECT count(*) FROM run WHERE kind = 'pair_bonus'), 2::bigint, 'current pairs are not worked out again');
SELECT throws_ok($$SELECT assess_pair_bonus('naju', 'nowhere')$$, '42704', NULL, 'an unknown scenario');
SELECT is(assess_pair_bonus('naju', NULL), NULL, 'NULL: nothing runs');

SELECT * FROM finish();
