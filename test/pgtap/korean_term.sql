-- Values of a plan's columns in Korean: every value that the sample has, and every reason and rule of an import, has a word.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT create_plan('naju', sample => true) IS NULL AS made, assess_sensitivity('naju') IS NULL AS assessed \gset
SET search_path = public, naju;
SELECT no_plan();

INSERT INTO package (package) VALUES ('energy');
INSERT INTO package_member (package, institution_id) VALUES ('energy', 'I147'), ('energy', 'I149');
CREATE TABLE jobs AS SELECT * FROM (VALUES ('4617000000', '1121', '2019년', '1,050'), ('중구', '35112', '2019', '99'), ('46170', '99999', '19', 'X')) v (region, sector, year, value);
SELECT stage_import('naju', 'jobs', 'jobs', 'region_activity', region => 'region', sector => 'sector', year => 'year', value => 'value') AS staged, match_import('naju', 'jobs') AS matched \gset

CREATE TEMP TABLE term (origin text, term text, korean text);
INSERT INTO term SELECT 'city_partner', kind, kind_ko FROM city_partner;
INSERT INTO term SELECT 'institution_tie', relation, relation_ko FROM institution_tie;
INSERT INTO term SELECT 'partner_weight', basis, basis_ko FROM partner_weight;
INSERT INTO term SELECT 'spillover', kind, kind_ko FROM spillover;
INSERT INTO term SELECT 'plan_problem', severity, severity_ko FROM plan_problem;
INSERT INTO term SELECT 'synergy_lack', status, status_ko FROM synergy_lack('naju');
INSERT INTO term SELECT 'synergy_lack_institution', status, status_ko FROM synergy_lack_institution('naju');
INSERT INTO term SELECT 'synergy_lack_institution', relation, relation_ko FROM synergy_lack_institution('naju');
INSERT INTO term SELECT 'synergy_lack_institution', tied_to_kind, tied_to_kind_ko FROM synergy_lack_institution('naju');
INSERT INTO term SELECT 'synergy_gap', status, status_ko FROM unnest('{I147,I281}'::text[]) i, synergy_gap('naju', i, 'NJ', 1);
INSERT INTO term SELECT 'sensitivity', change, change_ko FROM sensitivity;
INSERT INTO term SELECT 'sensitivity_family', change, change_ko FROM sensitivity_family;
INSERT INTO term SELECT 'sensitivity_move', change, change_ko FROM sensitivity_move UNION ALL SELECT 'sensitivity_move', move, move_ko FROM sensitivity_move;
INSERT INTO term SELECT 'package_reason', partner_kind, partner_kind_ko FROM package_reason WHERE city_id = 'NJ';
INSERT INTO term SELECT 'package_reason()', partner_kind, partner_kind_ko FROM package_reason('naju', '{I147,I149}');
INSERT INTO term SELECT 'recovery', kind, kind_ko FROM recovery('naju') UNION ALL SELECT 'recovery', method, method_ko FROM recovery('naju') WHERE kind IN ('score', 'rule');
INSERT INTO term SELECT 'import_rejected', reason, reason_ko FROM import_rejected UNION ALL SELECT 'import_rejected', field, field_ko FROM import_rejected;
INSERT INTO term SELECT 'import_repaired', rule, rule_ko FROM import_repaired UNION ALL SELECT 'import_repaired', field, field_ko FROM import_repaired;
SELECT set_eq('SELECT DISTINCT origin FROM term',
    '{city_partner,institution_tie,partner_weight,spillover,plan_problem,synergy_lack,synergy_lack_institution,synergy_gap,sensitivity,sensitivity_family,sensitivity_move,package_reason,package_reason(),recovery,import_rejected,import_repaired}'::text[],
    'every view and function has something to say');
SELECT is_empty($$SELECT DISTINCT * FROM term WHERE term IS NOT NULL AND korean !~ '[가-힣]' IS NOT FALSE$$, 'and says it in Korean');
SELECT is_empty('SELECT * FROM term WHERE korean IS DISTINCT FROM korean_term(term)', 'in the words of korean_term');
SELECT is_empty($$SELECT * FROM term WHERE term IS NULL AND korean IS NOT NULL$$, 'and nothing of nothing');
SELECT is((SELECT method_ko FROM recovery('naju') WHERE kind = 'part' AND method = 'linkage'), '산업 연관', 'a part has the name of its criterion');
SELECT is((SELECT string_agg(DISTINCT relation_ko, ' / ' ORDER BY relation_ko) FROM synergy_lack_institution('naju') WHERE tied_to_id = 'I001'), '산하 기관', 'those tied to KEPCO are its subsidiaries');

-- What the views may yet have to say
SELECT is_empty($$SELECT k FROM (SELECT unnest(regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_ ]+)''', 'g')) AS k FROM pg_constraint c
    WHERE (conrelid, conname) IN (SELECT r::regclass, n FROM (VALUES ('institution', 'institution_status_check'), ('site', 'site_kind_check'), ('setting', 'setting_incumbent_weight_check'),
        ('setting', 'setting_living_normalization_check'), ('setting', 'setting_living_mean_check'), ('import_batch', 'import_batch_target_check'), ('import_result', 'import_result_field_check')) v (r, n))) x
    WHERE korean_term(k) !~ '[가-힣]'$$, 'all that the tables allow');
CREATE TEMP TABLE reason AS SELECT unnest('{no_region,no_sector,no_institution,no_year,no_value,unknown_region,unknown_sector,unknown_institution,institution_not_in_plan,ambiguous_institution,ambiguous_region,
    ambiguous_sector,wrong_digits,edition_unclear,sector_split,total_line,scientific_notation,bad_year,bad_number,suppressed,out_of_range,several_lines,row_exists}'::text[]) AS reason;
SELECT is_empty($$SELECT reason FROM reason WHERE korean_term(reason) !~ '[가-힣]'$$, 'all reasons of a rejection');
DELETE FROM import_result;
INSERT INTO import_row (batch, line) SELECT 'jobs', 100 + row_number() OVER () FROM reason;
INSERT INTO import_result (batch, line, field, reason) SELECT 'jobs', 100 + row_number() OVER (), 'row', reason FROM reason;
SELECT is((SELECT count(*) FROM import_rejected WHERE help_ko ~ '[가-힣]' AND help_en !~ '[가-힣]'), 23::bigint, 'each with what would help, in both languages');
SELECT is_empty($$SELECT rule FROM unnest('{full_width,blanks,apostrophe,decimal_zero,hyphen,trailing_zeros,former_code,code_of_Statistics_Korea,code_of_a_part,name,name_with_province,name_without_city,
    short_name,former_name,English_name,short_English_name,abbreviation,spelling,function_group,leading_zero,ksic9_to_ksic10,code_of_KSIC_9,year_suffix,thousands,negative_sign,scientific_notation}'::text[]) rule
    WHERE korean_term(rule) !~ '[가-힣]'$$, 'and all rules of a repair');
SELECT is(korean_term('한전KDN') || coalesce(korean_term(NULL), ''), '한전KDN', 'any other text stays as it is, and NULL is NULL');
SELECT * FROM finish();
