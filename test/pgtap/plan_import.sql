-- Bringing in dirty tables: each kind of dirt, nothing lost, nothing guessed, and every run the same.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE SCHEMA "Korean data";
CREATE EXTENSION innocity_kr SCHEMA "Korean data";
SET search_path = public, innocity, "Korean data";
SELECT create_plan('naju', sample => true) AS made \gset
SELECT no_plan();

-- Texts one by one
CREATE FUNCTION pg_temp.number_is(string text, number numeric, rules text, reason text) RETURNS text LANGUAGE sql AS $$
    SELECT is((r.number, array_to_string(r.rules, ' '), r.reason)::text, ($2, $3, $4)::text, format('number %L', $1)) FROM read_number($1) r $$;
SELECT pg_temp.number_is('1234', 1234, '', NULL);
SELECT pg_temp.number_is('-5.25', -5.25, '', NULL);
SELECT pg_temp.number_is('1,234,567.8', 1234567.8, 'thousands', NULL);
SELECT pg_temp.number_is('１，２３４', 1234, 'full_width thousands', NULL);
SELECT pg_temp.number_is(E' 1 234\u00a0', 1234, 'blanks', NULL);
SELECT pg_temp.number_is('△1,234', -1234, 'negative_sign thousands', NULL);
SELECT pg_temp.number_is('(1,234)', -1234, 'negative_sign thousands', NULL);
SELECT pg_temp.number_is('−7', -7, 'negative_sign', NULL);
SELECT pg_temp.number_is('1.2E+05', 120000, 'scientific_notation', NULL);
SELECT pg_temp.number_is('123456789012345678.9', 123456789012345678.9, '', NULL);
SELECT pg_temp.number_is('1,23', NULL, '', 'bad_number');
SELECT pg_temp.number_is('1.234,5', NULL, '', 'bad_number');
SELECT pg_temp.number_is('12)', NULL, '', 'bad_number');
SELECT pg_temp.number_is('(-12)', NULL, '', 'bad_number');
SELECT pg_temp.number_is('12명', NULL, '', 'bad_number');
SELECT pg_temp.number_is('NaN', NULL, '', 'bad_number');
SELECT pg_temp.number_is('Infinity', NULL, '', 'bad_number');
SELECT pg_temp.number_is('1e9999', NULL, '', 'bad_number');
SELECT pg_temp.number_is('-', NULL, '', 'no_value');
SELECT pg_temp.number_is('', NULL, '', 'no_value');
SELECT pg_temp.number_is(NULL, NULL, '', 'no_value');
SELECT pg_temp.number_is('X', NULL, '', 'suppressed');

CREATE FUNCTION pg_temp.region_is(string text, numbering text, code text, rules text, reason text) RETURNS text LANGUAGE sql AS $$
    SELECT is((r.code::text, array_to_string(r.rules, ' '), r.reason)::text, ($3, $4, $5)::text, format('region %L%s', $1, ', numbering ' || $2)) FROM read_region($1, $2) r $$;
SELECT pg_temp.region_is('46170', NULL, '46170', '', NULL);
SELECT pg_temp.region_is('4617000000', NULL, '46170', 'trailing_zeros', NULL);
SELECT pg_temp.region_is('46000', NULL, '46', 'trailing_zeros', NULL);
SELECT pg_temp.region_is('４６１７０', NULL, '46170', 'full_width', NULL);
SELECT pg_temp.region_is('46170.0', NULL, '46170', 'decimal_zero', NULL);
SELECT pg_temp.region_is(' 46 170', NULL, '46170', 'blanks', NULL);
SELECT pg_temp.region_is('46-170', NULL, '46170', 'hyphen', NULL);
SELECT pg_temp.region_is('''46170', NULL, '46170', 'apostrophe', NULL);
SELECT pg_temp.region_is(E'\ufeff46170', NULL, '46170', 'blanks', NULL);
SELECT pg_temp.region_is('42130', NULL, '51130', 'former_code', NULL);
SELECT pg_temp.region_is('4213000000', NULL, '51130', 'former_code', NULL);
SELECT pg_temp.region_is('36040', NULL, '46170', 'code_of_Statistics_Korea', NULL);
SELECT pg_temp.region_is('36040', 'mois', NULL, NULL, 'unknown_region');
SELECT pg_temp.region_is('31110', NULL, NULL, NULL, 'ambiguous_region');
SELECT pg_temp.region_is('31110', 'mois', '31110', '', NULL);
SELECT pg_temp.region_is('31110', 'kostat', '41290', 'code_of_Statistics_Korea', NULL);
SELECT pg_temp.region_is('나주시', NULL, '46170', 'name', NULL);
SELECT pg_temp.region_is('전라남도 나주시', NULL, '46170', 'name_with_province', NULL);
SELECT pg_temp.region_is('중구', NULL, NULL, NULL, 'ambiguous_region');
SELECT pg_temp.region_is('나', NULL, NULL, NULL, 'unknown_region');
SELECT pg_temp.region_is('전국', NULL, NULL, NULL, 'total_line');
SELECT pg_temp.region_is('4.617E+09', NULL, NULL, NULL, 'scientific_notation');
SELECT pg_temp.region_is('  ', NULL, NULL, NULL, 'no_region');
SELECT alike((read_region('31110')).suggestion, '31110 중구 (code), 41290 과천시%', 'a suggestion names the candidates');

CREATE FUNCTION pg_temp.sector_is(string text, edition text, digits integer, lost boolean, code text, rules text, reason text) RETURNS text LANGUAGE sql AS $$
    SELECT is((r.code::text, array_to_string(r.rules, ' '), r.reason)::text, ($5, $6, $7)::text,
              format('sector %L%s%s%s', $1, ', ' || $2, ', digits ' || $3, CASE WHEN $4 THEN ', zeros lost' END)) FROM read_sector($1, $2, $3, $4) r $$;
SELECT pg_temp.sector_is('35112', NULL, NULL, false, '35112', '', NULL);
SELECT pg_temp.sector_is('D35112', NULL, NULL, false, '35112', '', NULL);
SELECT pg_temp.sector_is('３５', NULL, NULL, false, '35', 'full_width', NULL);
SELECT pg_temp.sector_is('35-112', NULL, NULL, false, '35112', 'hyphen', NULL);
SELECT pg_temp.sector_is('35112.0', NULL, NULL, false, '35112', 'decimal_zero', NULL);
SELECT pg_temp.sector_is('1121', NULL, NULL, false, '01121', 'leading_zero', NULL);
SELECT pg_temp.sector_is('1411', NULL, NULL, false, '1411', '', NULL);
SELECT pg_temp.sector_is('1411', NULL, NULL, true, NULL, NULL, 'ambiguous_sector');
SELECT pg_temp.sector_is('1411', NULL, 5, true, '01411', 'leading_zero', NULL);
SELECT pg_temp.sector_is('1411', NULL, 4, true, '1411', '', NULL);
SELECT pg_temp.sector_is('35000', NULL, NULL, false, '35', 'trailing_zeros', NULL);
SELECT pg_temp.sector_is('35100', NULL, 5, false, '351', 'trailing_zeros', NULL);
SELECT pg_temp.sector_is('01000', NULL, NULL, true, '01', 'trailing_zeros', NULL);
SELECT pg_temp.sector_is('D35000', 'ksic10', NULL, false, '35', 'trailing_zeros', NULL);
SELECT pg_temp.sector_is('20000', 'ksic10', NULL, false, '20', 'trailing_zeros', NULL);
SELECT pg_temp.sector_is('35200', NULL, NULL, false, '35200', '', NULL);                       -- a code as it is
SELECT pg_temp.sector_is('35990', NULL, NULL, false, NULL, NULL, 'unknown_sector');
SELECT pg_temp.sector_is('00000', NULL, NULL, false, NULL, NULL, 'unknown_sector');
SELECT pg_temp.sector_is('1000', NULL, NULL, false, NULL, NULL, 'unknown_sector');              -- 01000 or 10000: not guessed
SELECT pg_temp.sector_is('35000', NULL, 4, false, NULL, NULL, 'wrong_digits');
SELECT is_empty($$SELECT k.code FROM (SELECT substr(code::text, 8) AS code FROM ksic_10_kr WHERE level = 5) k CROSS JOIN LATERAL read_sector(k.code, 'ksic10', 5) r
                  WHERE right(k.code, 1) = '0' AND r.code::text IS DISTINCT FROM k.code$$, 'a code that ends in zero is read as it is');
SELECT pg_temp.sector_is('351', NULL, 5, false, NULL, NULL, 'wrong_digits');
SELECT pg_temp.sector_is('62010', NULL, NULL, false, '62010', '', NULL);
SELECT pg_temp.sector_is('06210', NULL, NULL, false, '06200', 'ksic9_to_ksic10', NULL);       -- in edition 9 only
SELECT pg_temp.sector_is('6210', NULL, NULL, false, '06200', 'leading_zero ksic9_to_ksic10', NULL);
SELECT pg_temp.sector_is('06210', 'ksic10', NULL, false, NULL, NULL, 'unknown_sector');
SELECT pg_temp.sector_is('10110', NULL, NULL, false, NULL, NULL, 'sector_split');              -- 9: meat, 10: two codes
SELECT pg_temp.sector_is('01131', NULL, NULL, false, NULL, NULL, 'edition_unclear');           -- in both, not the same
SELECT pg_temp.sector_is('01131', 'ksic10', NULL, false, '01131', '', NULL);
SELECT pg_temp.sector_is('ksic10:01131', NULL, NULL, false, '01131', '', NULL);
SELECT pg_temp.sector_is('01131', 'ksic9', NULL, false, NULL, NULL, 'sector_split');
SELECT pg_temp.sector_is('ksic9:06210', NULL, NULL, false, '06200', 'ksic9_to_ksic10', NULL);
SELECT pg_temp.sector_is('07122', 'ksic9', NULL, false, (SELECT regexp_replace(to_code::text, '.*:', '') FROM ksic_9_10_kr WHERE from_code = 'ksic9:07122'), 'ksic9_to_ksic10', NULL);
SELECT pg_temp.sector_is('전기업', NULL, NULL, false, '351', 'name', NULL);
SELECT pg_temp.sector_is('group:DE', NULL, NULL, false, 'group:DE', '', NULL);
SELECT pg_temp.sector_is('합계', NULL, NULL, false, NULL, NULL, 'total_line');
SELECT pg_temp.sector_is('99999', NULL, NULL, false, NULL, NULL, 'unknown_sector');
SELECT pg_temp.sector_is('전기', NULL, NULL, false, NULL, NULL, 'unknown_sector');
SELECT pg_temp.sector_is(NULL, NULL, NULL, false, NULL, NULL, 'no_sector');
-- the whole lists, against the link table read with texts
SELECT is_empty($$SELECT k.code FROM ksic_10_kr k CROSS JOIN LATERAL read_sector(substr(k.code::text, 8), 'ksic10') r
                  WHERE k.level = 2 AND (r.code::text, r.rules) IS DISTINCT FROM (substr(k.code::text, 8), '{}'::text[])$$, 'divisions of the stated edition are read as they are');
CREATE TEMP TABLE succession AS
    SELECT substr(from_code::text, 7) AS old, array_agg(substr(to_code::text, 8) ORDER BY to_code) AS new FROM ksic_9_10_kr GROUP BY 1;
SELECT is_empty($$SELECT s.old FROM succession s CROSS JOIN LATERAL read_sector(s.old, 'ksic9') r
                  WHERE s.old ~ '^(01[1-4]|10[1-3]|35)' AND CASE WHEN cardinality(s.new) = 1 THEN r.code::text IS DISTINCT FROM s.new[1] ELSE r.reason IS DISTINCT FROM 'sector_split' END$$,
    'edition 9 follows the official link where it has one end, and is rejected where it has several');
SELECT is((SELECT array_agg((r.year, array_to_string(r.rules, ' '), r.reason)::text ORDER BY y.n) FROM unnest(ARRAY['2020', '2020년', '2020.0', '２０２０', '20', '']) WITH ORDINALITY y (t, n)
           CROSS JOIN LATERAL read_year(y.t) r),
    ARRAY['(2020,"",)', '(2020,year_suffix,)', '(2020,decimal_zero,)', '(2020,full_width,)', '(,,bad_year)', '(,,no_year)'], 'years');

-- A table: staged, matched, loaded
CREATE TABLE jobs ("행정구역" text, "산업" text, "연도" text, "종사자" text);
INSERT INTO jobs VALUES
    ('46170', '35112', '2019', '120'), ('4617000000', '35112', '2019', '1,050'), ('４６１７０', '01110', '2019', '40'), ('46170.0', '1121', '2019', '7'),
    ('46-170', '1411', '2019', '12'), ('42130', '86101', '2019', '2,300'), ('나주시', '전기업', '2019', '15'), ('전남 나주시', '35112', '2019년', '3'),
    ('중구', '86101', '2019', '99'), ('31110', '86101', '2019', '44'), ('46170', '62010', '2019', '18'), ('46170', '99999', '2019', '5'),
    ('46170', '35112', '2019', 'X'), ('46170', '35112', '2019', '1,23'), ('전국', '35112', '2019', '10000'), ('46170', '합계', '2019', '1270'),
    ('46170', '35112', '19', '8'), (NULL, '35112', '2019', '1'), ('46170', '06210', '2019', '0.1'), ('46170', '35112', '2019', '0.2');
SELECT is(stage_import('naju', 'jobs', 'jobs', 'region_activity', region => '행정구역', sector => '산업', year => '연도', value => '종사자'), 20::bigint, 'twenty lines are staged');
SELECT set_eq('SELECT region, sector, year, value FROM naju.import_row', 'SELECT * FROM jobs', 'as they came');
SELECT results_eq('SELECT unmatched, balances FROM naju.import_balance', 'VALUES (20::bigint, true)', 'not matched yet, and in balance');
SELECT throws_ok($$SELECT load_import('naju', 'jobs')$$, '55000', 'batch "jobs" is not matched yet');
SELECT results_eq($$SELECT * FROM match_import('naju', 'jobs')$$, 'VALUES (10::bigint, 10::bigint)', 'ten are matched, ten rejected');
SELECT results_eq('SELECT waiting, loaded, balances FROM naju.import_balance', 'VALUES (10::bigint, 0::bigint, true)', 'matched lines wait');
SELECT results_eq($$SELECT * FROM load_import('naju', 'jobs')$$,
    $$VALUES (20::bigint, 10::bigint, 10::bigint, 14992.3, 3553.3, 11439.0)$$, 'staged = loaded + rejected, in lines and in values');
SELECT results_eq('SELECT line, field, reason FROM naju.import_rejected ORDER BY line',
    $$VALUES (5::bigint, 'sector', 'ambiguous_sector'), (9, 'region', 'ambiguous_region'), (10, 'region', 'ambiguous_region'), (12, 'sector', 'unknown_sector'), (13, 'value', 'suppressed'),
             (14, 'value', 'bad_number'), (15, 'region', 'total_line'), (16, 'sector', 'total_line'), (17, 'year', 'bad_year'), (18, 'region', 'no_region')$$, 'each rejected line with its reason');
SELECT results_eq($$SELECT region::text, sector::text, value FROM naju.region_activity WHERE year = 2019 ORDER BY region, sector$$,
    $$VALUES ('46170', '01110', 40::float8), ('46170', '01121', 7), ('46170', '06200', 0.1), ('46170', '351', 15), ('46170', '35112', 1173.2), ('46170', '62010', 18), ('51130', '86101', 2300)$$,
    'the target has the sums of the lines of one key');
SELECT set_eq($$SELECT line, field, rule, before, after FROM naju.import_repair WHERE line IN (2, 3, 4, 6, 8, 19)$$,
    $$VALUES (2::bigint, 'region', 'trailing_zeros', '4617000000', '46170'), (2, 'value', 'thousands', '1,050', '1050'), (3, 'region', 'full_width', '４６１７０', '46170'),
             (4, 'region', 'decimal_zero', '46170.0', '46170'), (4, 'sector', 'leading_zero', '1121', '01121'), (6, 'region', 'former_code', '42130', '51130'),
             (6, 'value', 'thousands', '2,300', '2300'), (8, 'region', 'name_with_province', '전남 나주시', '46170'), (8, 'year', 'year_suffix', '2019년', '2019'),
             (19, 'sector', 'ksic9_to_ksic10', '06210', '06200')$$, 'every repair is recorded with its rule');
SELECT is_empty($$SELECT r.line FROM naju.import_result m JOIN naju.import_row r USING (scenario, batch, line)
    WHERE m.reason IS NULL AND (m.region::text, m.sector::text, m.year::text, m.value::text) IS DISTINCT FROM (r.region, r.sector, r.year, r.value)
      AND NOT EXISTS (SELECT FROM naju.import_repair p WHERE p.line = r.line)$$, 'a line that was read as something else has a repair');

-- Again: the same; with more stated: more
CREATE TEMP TABLE first_time AS SELECT * FROM naju.import_result;
SELECT match_import('naju', 'jobs') AS again \gset
SELECT is((SELECT count(*) FROM naju.region_activity WHERE year = 2019), 0::bigint, 'matching again takes out what was loaded');
SELECT load_import('naju', 'jobs') AS again \gset
SELECT set_eq('SELECT * FROM naju.import_result', 'SELECT * FROM first_time', 'and gives the same');
SELECT load_import('naju', 'jobs') AS again \gset
SELECT is((SELECT sum(value) FROM naju.region_activity WHERE year = 2019), 3553.3::float8, 'loading again does not load twice');
UPDATE naju.import_batch SET region_numbering = 'mois', sector_digits = 5, source = 'a survey';
SELECT results_eq($$SELECT * FROM match_import('naju', 'jobs')$$, 'VALUES (12::bigint, 8::bigint)', 'what is stated makes lines clear');
SELECT load_import('naju', 'jobs') AS again \gset
SELECT results_eq($$SELECT value, source FROM naju.region_activity WHERE year = 2019 AND sector = '01411'$$, $$VALUES (12::float8, 'a survey')$$, 'the lost zero too; rows carry the source');

-- Nothing of others is overwritten, and an edit survives unloading
SELECT unload_import('naju', 'jobs') AS gone \gset
INSERT INTO naju.region_activity (year, region, sector, value) VALUES (2019, '46170', '35112', 5);
SELECT load_import('naju', 'jobs') AS again \gset
SELECT is((SELECT value FROM naju.region_activity WHERE year = 2019 AND sector = '35112'), 5::float8, 'a row that is there is not overwritten');
SELECT results_eq($$SELECT DISTINCT field, reason, suggestion FROM naju.import_rejected WHERE line IN (1, 2, 8, 20)$$, $$VALUES ('row', 'row_exists', 'the target has 5')$$, 'and its lines are rejected');
SELECT ok(balances, 'in balance') FROM naju.import_balance;
DELETE FROM naju.region_activity WHERE year = 2019 AND value = 5;
UPDATE naju.region_activity SET value = 41 WHERE year = 2019 AND sector = '01110';
SELECT load_import('naju', 'jobs') AS again \gset
SELECT is((SELECT value FROM naju.region_activity WHERE year = 2019 AND sector = '01110'), 41::float8, 'an edited row stays');
SELECT is((SELECT reason FROM naju.import_rejected WHERE line = 3), 'row_exists', 'and its line is rejected');
SELECT is((SELECT value FROM naju.region_activity WHERE year = 2019 AND sector = '35112'), 1173.2::float8, 'the row that went away is loaded');
DELETE FROM naju.region_activity WHERE year = 2019 AND value = 41;
SELECT is(unload_import('naju', 'jobs') > 0, true, 'a batch is taken out again');
SELECT is((SELECT count(*) FROM naju.region_activity WHERE year = 2019), 0::bigint, 'all of it');

-- Institutions: present, former and short names, identifiers, spelling
CREATE VIEW staff AS SELECT * FROM (VALUES ('한국전력공사', '23,000'), ('농업기반공사', '6200'), ('I011', '700'), ('한국 인터넷진흥원', '800'), ('한국콘텐츠진흥원', '500명'),
    ('없는 기관', '1'), ('한국', '2'), ('KOCCA', '０'), ('㈜한전KPS', '6,500'), (NULL, '3')) v (name, staff);
SELECT is(stage_import('naju', 'staff', 'staff', 'headcount', institution => 'name', value => 'staff'), 10::bigint, 'a view is staged too');
SELECT match_import('naju', 'staff') AS again \gset
SELECT results_eq('SELECT line, institution_id, field, reason FROM naju.import_result WHERE batch = ''staff'' ORDER BY line',
    $$VALUES (1::bigint, 'I001', NULL, NULL), (2, 'I005', NULL, NULL), (3, 'I011', 'row', 'several_lines'), (4, 'I011', 'row', 'several_lines'), (5, 'I014', 'value', 'bad_number'),
             (6, NULL, 'institution', 'unknown_institution'), (7, NULL, 'institution', 'unknown_institution'), (8, 'I014', 'value', 'out_of_range'), (9, 'I002', NULL, NULL),
             (10, NULL, 'institution', 'no_institution')$$, 'who is meant; one institution on two lines is not guessed');
SELECT set_eq($$SELECT line, rule FROM naju.import_repair WHERE batch = 'staff' AND field = 'institution'$$,
    $$VALUES (2::bigint, 'former_name'), (4, 'spelling'), (8, 'abbreviation'), (9, 'spelling')$$, 'how they were read');
SELECT isnt((SELECT suggestion FROM naju.import_rejected WHERE batch = 'staff' AND line = 7), NULL, 'parts of names are suggestions only');
SELECT load_import('naju', 'staff') AS again \gset
SELECT set_eq('SELECT institution_id, headcount FROM naju.institution WHERE headcount IS NOT NULL', $$VALUES ('I001', 23000::float8), ('I005', 6200), ('I002', 6500)$$, 'head counts are loaded');
UPDATE naju.institution SET headcount = 9 WHERE institution_id = 'I002';
SELECT load_import('naju', 'staff') AS again \gset
SELECT is((SELECT reason FROM naju.import_rejected WHERE batch = 'staff' AND line = 9), 'row_exists', 'an edited head count stays');
DELETE FROM naju.institution WHERE institution_id = 'I001';
SELECT match_import('naju', 'staff') AS again \gset
SELECT is((SELECT reason FROM naju.import_rejected WHERE batch = 'staff' AND line = 1), 'institution_not_in_plan', 'known to the list, not to the plan');

-- Profiles
INSERT INTO naju.institution (institution_id, name_ko, status) VALUES ('N1', '새 기관', 'capital');
CREATE TABLE profile AS SELECT * FROM (VALUES ('새기관', '35', '0.7'), ('N1', '８５', '0.3'), ('I005', '42', '1')) v (who, code, weight);
SELECT stage_import('naju', 'profiles', 'profile', 'institution_sector', institution => 'who', sector => 'code', value => 'weight') AS lines \gset
UPDATE naju.import_batch SET sector_edition = 'ksic10' WHERE batch = 'profiles';
SELECT match_import('naju', 'profiles') AS again \gset
SELECT load_import('naju', 'profiles') AS again \gset
SELECT set_eq($$SELECT sector::text, weight FROM naju.institution_sector WHERE institution_id = 'N1'$$, $$VALUES ('35', 0.7::float8), ('85', 0.3)$$, 'a profile is loaded');

-- Many lines, values that floats cannot add up
CREATE TABLE many AS SELECT '46170' AS region, '35112' AS sector, 2018 AS year, 0.1::numeric AS value FROM generate_series(1, 10000) UNION ALL SELECT '46170', '35112', 2018, 1e15;
SELECT stage_import('naju', 'many', 'many', 'region_activity', region => 'region', sector => 'sector', year => 'year', value => 'value') AS lines \gset
SELECT match_import('naju', 'many') AS again \gset
SELECT results_eq($$SELECT lines, loaded, value, loaded_value FROM load_import('naju', 'many')$$, 'VALUES (10001::bigint, 10001::bigint, 1000000000001000.0, 1000000000001000.0)', 'sums are exact');

-- Errors
SELECT throws_ok($$SELECT stage_import('naju', 'x', 'jobs', 'region_activity', region => '행정구역')$$, '22004', 'target "region_activity" needs a column for: sector, value');
SELECT throws_ok($$SELECT stage_import('naju', 'x', 'jobs', 'region_activity', region => 'no such', sector => '산업', value => '종사자')$$, '42703', NULL, 'a column that the source does not have');
SELECT throws_ok($$SELECT stage_import('naju', 'x', 'jobs', 'elsewhere')$$, '23514', NULL, 'a target that there is not');
SELECT throws_ok($$SELECT match_import('naju', 'none')$$, 'P0002', 'plan "naju" has no batch "none"');
SELECT throws_ok($$SELECT load_import('naju', 'none')$$, 'P0002', 'plan "naju" has no batch "none"');
SELECT throws_ok($$SELECT match_import('naju', 'jobs', 'nowhere')$$, '42704', 'plan "naju" has no scenario "nowhere"');
DELETE FROM naju.import_batch;
SELECT is_empty('SELECT FROM naju.import_row UNION ALL SELECT FROM naju.import_result UNION ALL SELECT FROM naju.import_repair UNION ALL SELECT FROM naju.import_load',
    'deleting a batch deletes its staging');
SELECT * FROM finish();
