-- A plan's view of arrivals against arrival_impact, and its edges: head counts, coverage, sectors without output.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET jit = off;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
CREATE EXTENSION innocity_kr;
SELECT no_plan();
SELECT create_plan('naju', sample => true) IS NOT NULL AS created \gset

SELECT set_eq($$SELECT candidate_kind, city_id, count(*) FROM naju.arrival_impact GROUP BY 1, 2$$,
    $$SELECT candidate_kind, city_id, count(*) FROM naju.synergy_score WHERE candidate_kind IS NOT NULL GROUP BY 1, 2$$, 'a row a candidate and city, as in the score');
SELECT is_empty($$SELECT FROM naju.arrival_impact WHERE jobs_multiplier_low < 1 OR jobs_multiplier_high < jobs_multiplier_low OR output_multiplier_low < 1 OR output_multiplier_high < output_multiplier_low$$,
    'multipliers are at least 1, low before high');
SELECT is_empty($$SELECT FROM naju.arrival_impact WHERE coverage NOT BETWEEN 0 AND 1 OR (coverage = 0) <> (jobs_multiplier_low IS NULL)$$, 'coverage');
SELECT is_empty($$SELECT FROM naju.arrival_impact WHERE direct_jobs IS NOT NULL OR total_jobs_low IS NOT NULL OR direct_output IS NOT NULL$$, 'without head counts there are no jobs');
SELECT is((SELECT round(sum(jobs)) FROM naju.flow_sector), 25936000::float8, 'the sample divides the employed among sectors');

-- The same from arrival_impact: one municipality is its city, the table is made anew from the published one, without imports.
UPDATE naju.institution SET headcount = 250 WHERE institution_id = 'I281';
CREATE TEMP TABLE table_row AS
SELECT row_code AS seller, col_code AS buyer, value_mkrw::numeric AS value FROM input_output_kr;
CREATE TEMP TABLE label AS SELECT code, label_en FROM input_output_code_kr;
CREATE TEMP TABLE sector AS
SELECT s.code, (SELECT value FROM table_row WHERE buyer = s.code AND seller = (SELECT code FROM label WHERE label_en = 'Total input')) AS x,
       (SELECT value FROM table_row WHERE buyer = s.code AND seller = (SELECT code FROM label WHERE label_en = 'Compensation of employees')) AS pay,
       (SELECT value FROM table_row WHERE seller = s.code AND buyer = (SELECT code FROM label WHERE label_en = 'Total imports'))
       / (SELECT sum(value) FROM table_row WHERE seller = s.code AND buyer IN (SELECT code FROM label WHERE label_en IN ('Total intermediate demand', 'Private consumption expenditure (households and non-profit institutions serving them)',
          'Government consumption expenditure', 'Private fixed capital formation', 'Government fixed capital formation', 'Changes in inventories', 'Net acquisition of valuables'))) AS imported
FROM input_output_code_kr s WHERE kind = 'sector';
SELECT is_empty($$SELECT code FROM sector JOIN naju.flow_sector f ON f.sector = code WHERE (abs(output - x) < 1e-6 AND abs(import_share - imported) < 1e-6 AND coalesce(abs(jobs / (SELECT sum(pay) FROM sector) * (SELECT sum(pay) FROM sector) - 25936000 * pay / (SELECT sum(pay) FROM sector)) < 1e-3, pay IS NULL)) IS NOT TRUE$$,
    'output, pay and imports of the published table');
CREATE TEMP TABLE economy AS
SELECT as_ratio(sector_matrix_agg(seller, buyer, (value * (1 - s.imported) / b.x)::float8)) AS a,
       (SELECT sector_profile_agg(code, (25936000 * pay / (SELECT sum(pay) FROM sector) / x)::float8) FROM sector WHERE pay IS NOT NULL) AS labour
FROM table_row JOIN sector s ON s.code = seller JOIN sector b ON b.code = buyer WHERE value > 0;
CREATE TEMP TABLE lies AS SELECT DISTINCT o.io_row, g.industry FROM ksic_io_kr o JOIN ksic_group_kr g ON g.ksic_section @> o.ksic_10;
CREATE TEMP TABLE country AS
SELECT activity_matrix_agg(r.code, l.io_row, r.value_mkrw::float8 * l.part) AS m
FROM region_industry_kr r
JOIN (SELECT io_row, industry, share / sum(share) OVER (PARTITION BY industry) AS part
      FROM (SELECT io_row, industry, 1::float8 / count(*) OVER (PARTITION BY io_row) AS share FROM lies) n) l USING (industry)
WHERE r.year = 2020 AND r.value_mkrw > 0;
CREATE TEMP TABLE profile AS
SELECT convert(sector_profile_agg(p.ksic_10, p.weight), (SELECT sector_matrix_agg(ksic_10, io_row, weight) FROM ksic_io_kr)) AS p
FROM institution_sector_kr p WHERE p.institution_id = 'I281';
SELECT is_empty($$
    SELECT v.method, i.* FROM naju.arrival_impact v0, country, economy, profile, arrival_impact(a, m, '46170', p, 250, labour) i, LATERAL (SELECT i.method) v
    WHERE v0.city_id = 'NJ' AND v0.institution_id = 'I281' AND i.method IN ('flq', 'slq')
      AND (abs(CASE i.method WHEN 'flq' THEN v0.total_jobs_low ELSE v0.total_jobs_high END - i.total_jobs) < 1e-6
           AND abs(v0.direct_output / i.direct_output - 1) < 1e-9
           AND abs(CASE i.method WHEN 'flq' THEN v0.indirect_output_low ELSE v0.indirect_output_high END / i.indirect_output - 1) < 1e-9) IS NOT TRUE$$,
    'Naju agrees with arrival_impact on the published tables');
SELECT is((SELECT (total_jobs_measured_low, total_jobs_measured_high)::text FROM naju.arrival_impact WHERE city_id = 'NJ' AND institution_id = 'I281'), (250 * 1.1::float8, 250 * 2.27::float8)::text, 'measured multipliers');

-- A sector whose inputs reach its output is left out, and so are profiles in it; without any table nothing is covered.
UPDATE naju.flow_sector SET output = 1 WHERE sector = 'io:O';
SELECT is((SELECT count(*) FROM naju.city_multiplier WHERE sector = 'io:O'), 0::bigint, 'a sector that cannot pay its inputs has no multiplier');
SELECT is((SELECT count(*) FROM naju.arrival_impact WHERE coverage < 1 AND city_id = 'NJ') > 0, true, 'coverage tells');
DELETE FROM naju.flow_sector;
SELECT is((SELECT count(*) FROM naju.city_multiplier), 0::bigint, 'no outputs, no multipliers');
SELECT is((SELECT (count(*) > 0, max(coverage))::text FROM naju.arrival_impact), '(t,0)', 'the rows of the candidates stay');
SELECT * FROM finish();
