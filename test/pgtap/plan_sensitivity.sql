-- plan_what_if and assess_sensitivity say what an edit of the rows would do: here the rows are edited, and rolled back.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE EXTENSION innocity_kr SCHEMA innocity;
SET search_path = public, innocity;
SELECT create_plan('naju', sample => true) AS made \gset
SELECT no_plan();
SELECT value AS hash FROM naju.provenance WHERE item = 'all inputs' AND kind = 'hash' \gset
SELECT assess_sensitivity('naju') AS run \gset
SELECT is((SELECT value FROM naju.provenance WHERE item = 'all inputs' AND kind = 'hash'), :'hash', 'a run leaves the inputs as they are');
SELECT results_eq($$SELECT change, count(DISTINCT object_id) FROM naju.sensitivity GROUP BY 1 ORDER BY change COLLATE "C"$$,
    $$VALUES ('with candidate', 20::bigint), ('without asset', 5), ('without incumbent', 17), ('without part', 5)$$, 'each thing is changed once');
SELECT is_empty($$SELECT row_key FROM naju.sensitivity GROUP BY 1 HAVING count(*) > 1$$, 'row_key of sensitivity is unique');
SELECT is_empty($$SELECT row_key FROM naju.sensitivity_move GROUP BY 1 HAVING count(*) > 1$$, 'of sensitivity_move too');
SELECT is_empty($$SELECT row_key FROM naju.sensitivity_family GROUP BY 1 HAVING count(*) > 1$$, 'of sensitivity_family too');
SELECT is(bool_or(outdated), false, 'the run is not outdated') FROM naju.sensitivity;

CREATE TEMP TABLE edit (change text, object_id text, statement text);
INSERT INTO edit
SELECT 'without asset', asset_id, format('DELETE FROM naju.asset WHERE asset_id = %L', asset_id) FROM naju.asset WHERE city_id = 'NJ'
UNION ALL
SELECT 'without incumbent', partner_id, format('UPDATE naju.institution SET status = ''other'', city_id = NULL, head_office = NULL WHERE institution_id = %L', partner_id)
FROM naju.city_partner WHERE city_id = 'NJ' AND kind = 'incumbent' AND partner_id IN ('I001', 'I002', 'I010', 'I015')
UNION ALL
SELECT 'with candidate', institution_id, format('UPDATE naju.institution SET status = ''relocated'', city_id = ''NJ'' WHERE institution_id = %L', institution_id)
FROM naju.synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'capital' AND rank_in_city IN (1, 4)
UNION ALL
SELECT 'without part', criterion, format('UPDATE naju.criterion SET weight = 0 WHERE criterion = %L', criterion)
FROM naju.criterion WHERE criterion IN ('affiliation', 'localization');
SELECT is(count(*), 13::bigint, 'thirteen edits are tried') FROM edit;

CREATE TEMP TABLE was AS SELECT institution_id, candidate_kind, rank_in_city AS place, score FROM naju.synergy_rank WHERE city_id = 'NJ';
CREATE FUNCTION pg_temp.differences(change text, object_id text, statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    lines text[];
BEGIN
    BEGIN
        EXECUTE statement;
        SELECT array_agg(format('%s: %s, stored %s', institution_id, n.new, o.old)) INTO lines
        FROM (SELECT institution_id, candidate_kind, (b.place, a.rank_in_city, b.score, a.score)::text AS new
              FROM was b FULL JOIN (SELECT * FROM naju.synergy_rank WHERE city_id = 'NJ') a USING (institution_id, candidate_kind)
              WHERE (b.place, b.score) IS DISTINCT FROM (a.rank_in_city, a.score) OR least(b.place, a.rank_in_city) <= 20) n
        FULL JOIN (SELECT institution_id, candidate_kind, (rank_before::bigint, rank_after::bigint, score_before, score_after)::text AS old
                   FROM naju.sensitivity_row r WHERE r.change = differences.change AND r.object_id = differences.object_id) o USING (institution_id, candidate_kind)
        WHERE n.new IS DISTINCT FROM o.old;
        RAISE EXCEPTION SQLSTATE 'UNDO0';
    EXCEPTION WHEN SQLSTATE 'UNDO0' THEN NULL;
    END;
    FOREACH line IN ARRAY coalesce(lines, '{}') LOOP RETURN NEXT line; END LOOP;
END $$;
SELECT is_empty(format('SELECT pg_temp.differences(%L, %L, %L)', change, object_id, statement), change || ' ' || object_id || ': as the edit of the rows')
FROM edit ORDER BY change, object_id;

-- One asset moves a family, and views add up
SELECT is_empty($$
    SELECT change, object_id FROM naju.sensitivity s
    JOIN (SELECT change, object_id, candidate_kind, sum(entered) AS entered FROM naju.sensitivity_family GROUP BY 1, 2, 3) f USING (change, object_id, candidate_kind)
    WHERE f.entered > s.entered$$, 'groups enter no more than all');
SELECT cmp_ok(max(abs(mean_rank_shift)), '>', 10::numeric, 'an asset moves a group of candidates by more than ten places in the mean') FROM naju.sensitivity_family WHERE change = 'without asset' AND candidates >= 3;

-- Several changes at once, and a new asset
CREATE TEMP TABLE thought AS
SELECT * FROM plan_what_if('naju', 'NJ', without => '{X001,I015}', joining => '{I281}', assets => ARRAY[('NEW', '{35:0.5, 72:0.5}', NULL)::synergy_partner], without_parts => '{linkage}');
BEGIN;
DELETE FROM naju.asset WHERE asset_id = 'X001';
UPDATE naju.institution SET status = 'other', city_id = NULL, head_office = NULL WHERE institution_id = 'I015';
UPDATE naju.institution SET status = 'relocated', city_id = 'NJ' WHERE institution_id = 'I281';
INSERT INTO naju.asset (asset_id, city_id) VALUES ('NEW', 'NJ');
INSERT INTO naju.asset_sector (asset_id, sector, weight) VALUES ('NEW', '35', 0.5), ('NEW', '72', 0.5);
UPDATE naju.criterion SET weight = 0 WHERE criterion = 'linkage';
SELECT set_eq($$SELECT institution_id, candidate_kind, rank_in_city::integer, score FROM naju.synergy_rank WHERE city_id = 'NJ'$$,
    'SELECT institution_id, candidate_kind, rank_after, score_after FROM thought WHERE score_after IS NOT NULL', 'several changes at once, as the edit of the rows');
ROLLBACK;
SELECT is((SELECT array_agg(institution_id) FROM thought WHERE score_after IS NULL), ARRAY['I281'], 'who joins is no candidate any more');
SELECT is_empty($$SELECT FROM plan_what_if('naju', 'NJ') WHERE (rank_before, score_before) IS DISTINCT FROM (rank_after, score_after)$$, 'no change changes nothing');
SELECT is((SELECT count(*) FROM plan_what_if('naju', 'NJ')), (SELECT count(*) FROM was), 'and lists every candidate');

CREATE ROLE sensitivity_reader;
GRANT USAGE ON SCHEMA naju, innocity TO sensitivity_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA naju TO sensitivity_reader;
SET ROLE sensitivity_reader;
SELECT count(*) AS lines FROM plan_what_if('naju', 'NJ', without => '{X001}') \gset
RESET ROLE;
SELECT cmp_ok(:lines, '>', 0, 'who may only read may ask');
DROP OWNED BY sensitivity_reader;
DROP ROLE sensitivity_reader;

SELECT throws_ok($$SELECT plan_what_if('naju', 'NJ', without => '{nobody}')$$, 'P0002', 'city "NJ" has no incumbent or asset "nobody"');
SELECT throws_ok($$SELECT plan_what_if('naju', 'NJ', joining => '{nobody}')$$, 'P0002', 'plan "naju" has no institution "nobody"');
SELECT throws_ok($$SELECT plan_what_if('naju', 'NJ', without_parts => '{nothing}')$$, 'P0002', 'plan "naju" has no criterion "nothing"');
SELECT throws_ok($$SELECT plan_what_if('naju', 'NJ', assets => ARRAY[('NEW', NULL, NULL)::synergy_partner])$$, '22004', 'a new asset needs an identifier and a profile');
SELECT throws_ok($$SELECT plan_what_if('naju', 'nowhere')$$, 'P0002', 'plan "naju" has no city "nowhere"');
SELECT throws_ok($$SELECT assess_sensitivity('naju', top => 0)$$, '22023', 'top must be at least 1, not 0');
SELECT create_plan('empty') AS made \gset
SELECT throws_ok($$SELECT assess_sensitivity('empty')$$, '22004', 'scenario "base" has no home city');
INSERT INTO empty.city (city_id) VALUES ('P');
SELECT lives_ok($$SELECT assess_sensitivity('empty', 'P')$$, 'a city without anybody');
SELECT is_empty('SELECT FROM empty.sensitivity', 'has nothing to show');
SELECT * FROM finish();
