-- innocity_kr against its CSV files, read here by COPY and not by build.pl: every code round-trips through text and binary,
-- level() and parent() agree with the publisher's columns, and the tables hold what the files hold.
\set ON_ERROR_STOP 1
CREATE EXTENSION pgtap;
SET client_min_messages = warning;
CREATE EXTENSION innocity_kr CASCADE;

SELECT plan(33);

-- Code lists. raw: the file; list: its table; spelled: how its codes are written in each scheme they can take.

CREATE TABLE raw (list text, code text, level int, parent text, label_ko text, label_en text);
CREATE TABLE five (code text, level int, parent text, label_ko text, label_en text);
CREATE TABLE four (code text, level int, parent text, label_en text, extra text);
\copy five FROM 'extension/kr/data/ksic_9.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'ksic9', * FROM five; TRUNCATE five;
\copy five FROM 'extension/kr/data/ksic_10.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'ksic10', * FROM five; TRUNCATE five;
\copy five FROM 'extension/kr/data/ksic_11.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'ksic11', * FROM five; TRUNCATE five;
\copy four (code, level, parent, label_en) FROM 'extension/kr/data/isic_4.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'isic4', code, level, parent, NULL, label_en FROM four; TRUNCATE four;
\copy four FROM 'extension/kr/data/nace_2.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'nace2', code, level, parent, NULL, label_en FROM four; TRUNCATE four;
\copy four (code, level, parent, label_en) FROM 'extension/kr/data/naics_2017.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'naics2017', code, level, parent, NULL, label_en FROM four; TRUNCATE four;
\copy four FROM 'extension/kr/data/cofog.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'cofog', code, level, parent, NULL, label_en FROM four; TRUNCATE four;
\copy five (code, level, parent, label_en, label_ko) FROM 'extension/kr/data/sna_sector.csv' (FORMAT csv, HEADER)
INSERT INTO raw SELECT 'sna2008', * FROM five; TRUNCATE five;

CREATE VIEW listed AS
SELECT 'ksic9' AS list, code, level, parent, label_ko, label_en FROM ksic_9_kr
UNION ALL SELECT 'ksic10', code, level, parent, label_ko, label_en FROM ksic_10_kr
UNION ALL SELECT 'ksic11', code, level, parent, label_ko, label_en FROM ksic_11_kr
UNION ALL SELECT 'isic4', code, level, parent, NULL, label_en FROM isic_4_kr
UNION ALL SELECT 'nace2', code, level, parent, NULL, label_en FROM nace_2_kr
UNION ALL SELECT 'naics2017', code, level, parent, NULL, label_en FROM naics_2017_kr
UNION ALL SELECT 'cofog', code, level, parent, NULL, label_en FROM cofog_kr
UNION ALL SELECT 'sna2008', code, level, parent, label_ko, label_en FROM sna_sector_kr;

-- Counts by level as the publishers give them (KSIC: Statistics Korea's announcements of 2007, 2017 and 2024).
SELECT results_eq(
    $$SELECT list, string_agg(n::text, '/' ORDER BY level)
        FROM (SELECT list, level, count(*) n FROM listed WHERE list ~ '^ksic' GROUP BY 1, 2) c GROUP BY 1 ORDER BY list COLLATE "C"$$,
    $$VALUES ('ksic10', '21/77/232/495/1196'), ('ksic11', '21/77/234/501/1205'), ('ksic9', '21/76/228/487/1145')$$,
    'KSIC has as many codes a level as published');
SELECT results_eq('SELECT count(*)::int FROM listed', 'SELECT count(*)::int FROM raw', 'no row of the lists is lost');
SELECT is_empty($$SELECT r.list || ':' || r.code FROM raw r
                   EXCEPT SELECT code::text FROM listed$$, 'codes are written as in the files');
SELECT is_empty($$(SELECT list || ':' || code, level, list || ':' || parent, label_ko, label_en FROM raw)
                  EXCEPT (SELECT code::text, level, parent::text, label_ko, label_en FROM listed)$$,
                'levels, parents and labels are those of the files');
SELECT is_empty($$SELECT code FROM listed WHERE level(code) <> level$$, 'level() agrees with the lists');
SELECT is_empty($$SELECT code FROM listed WHERE parent(code) IS DISTINCT FROM parent$$, 'parent() agrees with the lists');
SELECT is_empty($$SELECT code FROM sector_kr_shipped WHERE code::text::sector_code <> code$$, 'sector codes round-trip through text');

-- Bare codes: each of KSIC 10 and 11, with the label of 11 where both have it.
SELECT is_empty($$SELECT r.code FROM raw r LEFT JOIN sector_kr s ON s.code = r.code::sector_code
                   WHERE r.list IN ('ksic10', 'ksic11') AND s.code IS NULL$$, 'each code of KSIC 10 and 11 is listed bare');
SELECT is_empty($$SELECT r.code FROM raw r WHERE r.list = 'ksic11' AND label(r.code::sector_code) IS DISTINCT FROM r.label_ko$$,
                'a bare code has its label of revision 11');
SELECT is_empty($$SELECT r.code FROM raw r WHERE r.list IN ('ksic10', 'ksic11')
                     AND (parent(r.code::sector_code)::text IS DISTINCT FROM r.parent OR level(r.code::sector_code) <> r.level)$$,
                'parent() and level() of bare codes agree with both revisions');
SELECT is_empty($$SELECT code, parent FROM sector_kr_shipped WHERE parent(code) IS DISTINCT FROM parent$$, 'sector_kr: parents');

-- Binary.
CREATE TABLE binary_sector (code sector_code);
\copy (SELECT code FROM sector_kr_shipped ORDER BY code) TO 'kr_sector.bin' (FORMAT binary)
\copy binary_sector FROM 'kr_sector.bin' (FORMAT binary)
SELECT set_eq('SELECT code::text FROM binary_sector', 'SELECT code::text FROM sector_kr_shipped', 'sector codes round-trip through binary');
CREATE TABLE binary_region (code region_code, kostat_code region_code, code_old region_code);
\copy (SELECT code, kostat_code, code_old FROM region_kr_shipped) TO 'kr_region.bin' (FORMAT binary)
\copy binary_region FROM 'kr_region.bin' (FORMAT binary)
\! rm -f kr_sector.bin kr_region.bin
SELECT set_eq('SELECT code::text, kostat_code::text, code_old::text FROM binary_region',
              'SELECT code::text, kostat_code::text, code_old::text FROM region_kr_shipped', 'region codes round-trip through binary');

-- Regions.
CREATE TABLE raw_region (code text, level int, parent text, name_ko text, name_en text, sido_code text, kostat_code text, code_old text,
                         lon float8, lat float8, area_km2 float8, population bigint, population_year int);
\copy raw_region FROM 'extension/kr/data/region_kr.csv' (FORMAT csv, HEADER)
SELECT is_empty($$SELECT code, level, parent, name_ko, name_en, sido_code, 'kostat:' || kostat_code, code_old, lon, lat, area_km2, population,
                         population_year FROM raw_region
                  EXCEPT SELECT code::text, level, parent::text, name_ko, name_en, sido_code::text, kostat_code::text, code_old::text, lon, lat,
                         area_km2, population, population_year FROM region_kr$$, 'regions are those of the file');
SELECT results_eq('SELECT level, count(*)::int FROM region_kr GROUP BY 1 ORDER BY 1', 'VALUES (1, 17), (2, 229), (3, 32)', 'regions a level');
SELECT is_empty('SELECT code FROM region_kr WHERE level(code) <> level OR parent(code) IS DISTINCT FROM parent', 'regions: level() and parent()');
SELECT is_empty('SELECT code FROM region_kr WHERE ancestor(code, 1) <> sido_code', 'the province is the first ancestor');
SELECT results_eq($$SELECT count(*)::int FROM raw_region r JOIN raw_region k ON k.kostat_code = r.code AND length(r.code) = 5$$, 'VALUES (9)',
                  'nine five-digit codes mean a region in either numbering, and not the same');
SELECT is_empty($$SELECT a.code, a.neighbour FROM region_adjacency_kr a
                   WHERE NOT EXISTS (SELECT FROM region_adjacency_kr b WHERE b.code = a.neighbour AND b.neighbour = a.code)
                      OR a.code = a.neighbour$$, 'adjacency is symmetric, and nobody is its own neighbour');

-- Institutions.
CREATE TABLE raw_institution (id text, name_ko text, name_en text, abbr text, ministry text, type text, hq_region text, hq_city text, ksic_10 text,
    ksic_basis text, cluster text, cluster_basis text, status text, innovation_city text, relocated_year int, candidate bool, employees int,
    source text, confidence text);
\copy raw_institution FROM 'extension/kr/data/institution.csv' (FORMAT csv, HEADER)
SELECT is_empty($$SELECT id, name_ko, name_en, abbr, ministry, type, hq_region, hq_city, ksic_10, ksic_basis, 'cluster:' || upper(cluster),
                         cluster_basis, status, innovation_city, relocated_year, candidate, employees, source, confidence FROM raw_institution
                  EXCEPT SELECT id, name_ko, name_en, abbr, ministry, type, hq_region::text, hq_city, ksic_10::text, ksic_basis, cluster::text,
                         cluster_basis, status, innovation_city, relocated_year, candidate, employees, source, confidence FROM institution_kr$$,
                'institutions are those of the file');
SELECT results_eq($$SELECT label(cluster, 'en'), count(*)::int FROM institution_kr WHERE innovation_city = 'NJ' GROUP BY cluster ORDER BY cluster$$,
                  $$VALUES ('Agriculture and life sciences', 5), ('Culture, arts and tourism', 3), ('Energy and resources', 4),
                           ('Information and communication technology', 4)$$, 'the sixteen of Naju');
SELECT is_empty('SELECT institution_id FROM institution_sector_kr GROUP BY 1 HAVING abs(sum(weight) - 1) > 1e-12
                 UNION SELECT asset_id FROM asset_sector_kr GROUP BY 1 HAVING abs(sum(weight) - 1) > 1e-12', 'profiles add up to 1');
SELECT is_empty('SELECT id FROM institution_kr EXCEPT SELECT institution_id FROM institution_sector_kr', 'every institution has a profile');
SELECT is_empty('SELECT cluster::text FROM cluster_ksic_kr GROUP BY 1 HAVING abs(sum(weight) - 1) > 1e-12
                 UNION SELECT ksic_10::text FROM ksic_io_kr GROUP BY 1 HAVING abs(sum(weight) - 1) > 1e-12', 'bridges add up to 1');

-- Sums that the publishers print.
SELECT results_eq($$SELECT year, sum(total)::bigint FROM population_kr WHERE level(code) = 1 AND year IN (2020, 2022, 2024) GROUP BY 1 ORDER BY 1$$,
                  'VALUES (2020, 51829023::bigint), (2022, 51439038), (2024, 51217221)', 'registered residents of the nation');
SELECT is_empty($$SELECT p.code, p.year FROM population_kr p JOIN population_kr c ON c.code <@ p.code AND c.year = p.year AND level(c.code) = 2
                   WHERE level(p.code) = 1 GROUP BY 1, 2, p.total HAVING sum(c.total) <> p.total$$, 'provinces are the sums of their parts');
SELECT is_empty('SELECT code, year FROM population_kr WHERE male + female <> total', 'men and women are all');
SELECT results_eq($$SELECT round(sum(export_kusd) / 1e6, 1)::text FROM trade_kr WHERE year = 2022 AND level(code) = 2$$, $$VALUES ('683.6')$$,
                  'exports of 2022, thousand million dollars');
SELECT is_empty($$SELECT g.code, g.year FROM region_grdp_kr g JOIN region_industry_kr i USING (code, year)
                   WHERE g.value_added_mkrw IS NOT NULL GROUP BY 1, 2, g.value_added_mkrw
                  HAVING abs(sum(i.value_mkrw) - g.value_added_mkrw) > 16$$, 'industries add up to value added, within the rounding of 16 figures');
SELECT is_empty('SELECT code, year FROM region_grdp_kr WHERE abs(value_added_mkrw + net_taxes_mkrw - grdp_mkrw) > 1', 'value added and taxes are GRDP');
SELECT is_empty($$SELECT i.col_code FROM input_output_kr i JOIN input_output_code_kr r ON r.code = i.row_code AND r.kind = 'sector'
                    JOIN input_output_code_kr c ON c.code = i.col_code AND c.kind = 'sector'
                    JOIN input_output_kr t ON t.col_code = i.col_code AND t.row_code = 'io:9590'
                   GROUP BY i.col_code, t.value_mkrw HAVING sum(i.value_mkrw) <> t.value_mkrw$$, 'columns add up to intermediate input');
SELECT is_empty($$SELECT i.row_code FROM input_output_kr i JOIN input_output_code_kr r ON r.code = i.row_code AND r.kind = 'sector'
                    JOIN input_output_code_kr c ON c.code = i.col_code AND c.kind = 'sector'
                    JOIN input_output_kr t ON t.row_code = i.row_code AND t.col_code = 'io:9090'
                   GROUP BY i.row_code, t.value_mkrw HAVING sum(i.value_mkrw) <> t.value_mkrw$$, 'rows add up to intermediate demand');
SELECT is_empty($$SELECT a.col_code FROM input_output_kr a JOIN input_output_kr b ON b.col_code = a.col_code AND b.row_code = 'io:9690'
                    JOIN input_output_kr t ON t.col_code = a.col_code AND t.row_code = 'io:9790'
                   WHERE a.row_code = 'io:9590' AND a.value_mkrw + b.value_mkrw <> t.value_mkrw$$, 'inputs and value added are total input');
SELECT * FROM finish();
