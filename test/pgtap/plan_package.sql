-- Packages: gains against plans whose rows are really edited, their decomposition, the pair matrix, and the function forms.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) IS NULL AS created \gset
SET search_path = public, naju;
SELECT no_plan();

SELECT is_empty('SELECT FROM package_synergy', 'no package: no row');
INSERT INTO package (package, name_en) VALUES ('energy', 'The energy bodies'), ('mixed', 'One of each'), ('one', 'A package of one');
INSERT INTO package_member (package, institution_id) SELECT 'energy', institution_id FROM institution WHERE status = 'capital' AND category = 'energy';
INSERT INTO package_member (package, institution_id) VALUES ('mixed', 'I281'), ('mixed', 'I147'), ('mixed', 'I188'), ('mixed', 'I149'), ('one', 'I281');
CREATE TEMP TABLE member AS SELECT * FROM package_member_synergy;
CREATE TEMP TABLE whole AS SELECT * FROM package_synergy;

-- Alone is the score of the plan; together is what the plan says once the others have really moved
SELECT is_empty('SELECT FROM member m JOIN synergy_score s USING (scenario, institution_id, city_id) WHERE (m.alone, m.coverage_alone) IS DISTINCT FROM (s.score, s.coverage)', 'alone: the scores of the plan');
SELECT is(count(*), 13 * (5 + 4 + 1)::bigint, 'every member in every city') FROM member;
CREATE FUNCTION pg_temp.moved(in_package text, in_city text) RETURNS TABLE (institution_id text, score numeric, coverage numeric) LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT p.institution_id FROM package_member p WHERE p.package = in_package LOOP
        UPDATE institution i SET status = 'relocated', city_id = in_city FROM package_member p
         WHERE i.scenario = 'base' AND p.package = in_package AND p.institution_id = i.institution_id AND i.institution_id <> one;
        RETURN QUERY SELECT s.institution_id, s.score, s.coverage FROM synergy_score s WHERE s.institution_id = one AND s.city_id = in_city;
        UPDATE institution i SET status = 'capital', city_id = NULL FROM package_member p WHERE i.scenario = 'base' AND p.package = in_package AND p.institution_id = i.institution_id;
    END LOOP;
END $$;
SELECT set_eq($$SELECT * FROM pg_temp.moved('energy', 'NJ')$$, $$SELECT institution_id, together, coverage_together FROM member WHERE package = 'energy' AND city_id = 'NJ'$$, 'energy in Naju: as when the others have moved');
SELECT set_eq($$SELECT * FROM pg_temp.moved('energy', 'DJ')$$, $$SELECT institution_id, together, coverage_together FROM member WHERE package = 'energy' AND city_id = 'DJ'$$, 'energy in Daejeon');
SELECT set_eq($$SELECT * FROM pg_temp.moved('mixed', 'US')$$, $$SELECT institution_id, together, coverage_together FROM member WHERE package = 'mixed' AND city_id = 'US'$$, 'a mixed package in Ulsan');
SELECT set_eq($$SELECT * FROM pg_temp.moved('mixed', 'CN')$$, $$SELECT institution_id, together, coverage_together FROM member WHERE package = 'mixed' AND city_id = 'CN'$$, 'a city without incumbents');

-- Sums, exact
SELECT is_empty($$SELECT FROM whole w JOIN (SELECT package, city_id, count(*), sum(alone) AS alone, sum(together) AS together, sum(gain) AS gain, bool_and(gain IS NOT NULL) AS known FROM member GROUP BY 1, 2) m USING (package, city_id)
    WHERE (w.members, w.alone, w.together, w.gain) IS DISTINCT FROM (m.count, m.alone, m.together, CASE WHEN m.known THEN m.gain END)$$, 'a package is the sum of its members');
SELECT is_empty('SELECT FROM whole WHERE gain <> together - alone OR mean_gain <> round(gain / members, 9)', 'gain = together - alone');
SELECT set_eq('SELECT city_id FROM whole WHERE gain IS NULL AND package <> ''one''', ARRAY['CN'], 'no gain where the coverage differs: a city without incumbents');
SELECT is_empty('SELECT FROM whole WHERE package = ''one'' AND (gain <> 0 OR together <> alone)', 'a package of one gains nothing');
SELECT results_eq($$SELECT city_id FROM whole WHERE package = 'energy' AND rank_of_city = 1$$, $$SELECT city_id FROM whole WHERE package = 'energy' AND city_id NOT IN ('SJ', 'CN') ORDER BY together DESC LIMIT 1$$, 'the first city of a package');
SELECT is_empty('SELECT FROM whole WHERE (rank_of_city IS NULL) <> (city_id IN (''SJ'', ''CN''))', 'cities that do not compete, or know less, have no rank');
CREATE TEMP TABLE reason AS SELECT * FROM package_reason;
SELECT is_empty($$SELECT FROM (SELECT package, city_id, institution_id, sum(gain) AS gain, sum(alone) AS alone, sum(together) AS together FROM reason GROUP BY 1, 2, 3) r
    FULL JOIN member m USING (package, city_id, institution_id) WHERE (r.alone, r.together) IS DISTINCT FROM (m.alone, m.together) OR r.gain <> m.gain$$, 'the reasons of a member add up exactly');
SELECT is_empty('SELECT FROM reason WHERE partner_kind = ''member'' AND (alone <> 0 OR partner_id = institution_id)', 'a member gives nothing before it is there, and nothing to itself');
SELECT is_empty('SELECT package, city_id, institution_id, part, gain FROM reason WHERE partner_id IS NULL AND city_id <> ''CN'' AND abs(gain) > 0.00000002', 'parts without partners stay, but for rounding');
SELECT is_empty('SELECT package, city_id, institution_id, partner_id, gain FROM reason WHERE partner_kind IN (''incumbent'', ''asset'') AND part = ''complementarity'' AND gain > 0.00000002', 'nobody stands closer because others came');
SELECT isnt_empty('SELECT FROM reason WHERE partner_kind = ''incumbent'' AND part = ''complementarity'' AND gain < 0', 'incumbents stand aside for closer members');

-- The function forms
SELECT set_eq($$SELECT city_id, members_rated::bigint, alone, together, gain, mean_gain, coverage FROM package_synergy('naju', (SELECT array_agg(institution_id) FROM package_member WHERE package = 'energy'))$$,
    $$SELECT city_id, members, alone, together, gain, mean_gain, coverage FROM whole WHERE package = 'energy'$$, 'an array of institutions: the same as the rows');
SELECT results_eq($$SELECT city_id, together FROM package_synergy('naju', ARRAY['I149', 'I281', 'I147', 'I281', 'I188'], 'NJ')$$, $$SELECT city_id, together FROM whole WHERE package = 'mixed' AND city_id = 'NJ'$$, 'one city; order and repetition change nothing');
SELECT set_eq($$SELECT institution_id, part, partner_id, partner_kind, gain FROM package_reason('naju', ARRAY['I281', 'I147', 'I188', 'I149'])$$,
    $$SELECT institution_id, part, partner_id, partner_kind, gain FROM reason WHERE package = 'mixed' AND city_id = 'NJ' AND gain <> 0$$, 'reasons, of the home city');
CREATE TEMP TABLE pair AS SELECT * FROM package_pair('naju', ARRAY['I281', 'I147', 'I188', 'I149'], 'NJ');
SELECT is(count(*), 12::bigint, 'every ordered pair') FROM pair;
SELECT is_empty($$SELECT FROM pair p JOIN (SELECT institution_id, partner_id, sum(gain) FROM reason WHERE package = 'mixed' AND city_id = 'NJ' AND partner_kind = 'member' GROUP BY 1, 2) r USING (institution_id, partner_id) WHERE p.contribution <> r.sum$$, 'contributions are those of the reasons');
DELETE FROM package_member WHERE package = 'one';
INSERT INTO package_member (package, institution_id) VALUES ('one', 'I147'), ('one', 'I149');
SELECT set_eq($$SELECT m.institution_id, m.score - s.score FROM pg_temp.moved('one', 'NJ') m JOIN synergy_score s ON s.institution_id = m.institution_id AND s.city_id = 'NJ'$$,
    $$SELECT institution_id, gain_first FROM pair WHERE institution_id IN ('I147', 'I149') AND partner_id IN ('I147', 'I149')$$, 'gain_first: as when the partner alone has moved');
DELETE FROM package_member WHERE package = 'mixed' AND institution_id = 'I149';
SELECT set_eq($$SELECT m.institution_id, w.together - m.score FROM pg_temp.moved('mixed', 'NJ') m JOIN member w ON w.institution_id = m.institution_id AND w.package = 'mixed' AND w.city_id = 'NJ'$$,
    $$SELECT institution_id, gain_last FROM pair WHERE partner_id = 'I149'$$, 'gain_last: as when it had stayed away');

SELECT throws_ok($$SELECT package_synergy('naju', '{}')$$, '22023', 'a package needs members', 'no member');
SELECT throws_ok($$SELECT package_synergy('naju', ARRAY['I281', 'nobody'])$$, 'P0002', 'plan "naju" has no institution "nobody"', 'an unknown member');
SELECT throws_ok($$SELECT package_reason('naju', ARRAY['I281', NULL])$$, '22004', NULL, 'NULL as a member');
SELECT throws_ok($$SELECT package_pair('naju', ARRAY['I281'], 'XX')$$, 'P0002', NULL, 'an unknown city');
SELECT is_empty($$SELECT FROM package_pair('naju', ARRAY['I281'], 'NJ')$$, 'one member has no pair');
SELECT copy_scenario('naju', 'base', 'copy') IS NULL AS copied \gset
SELECT is((SELECT count(*) FROM package_member WHERE scenario = 'copy'), (SELECT count(*) FROM package_member WHERE scenario = 'base'), 'packages are copied with their scenario');
SELECT is((SELECT string_agg(r::text, E'\n' ORDER BY row_key COLLATE "C") FROM package_synergy r WHERE scenario = 'copy'),
    (SELECT string_agg(replace(r::text, 'base', 'copy'), E'\n' ORDER BY row_key COLLATE "C") FROM package_synergy r WHERE scenario = 'base'), 'and are worth the same');

SELECT * FROM finish();
