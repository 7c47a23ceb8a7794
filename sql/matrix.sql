-- Aggregates, reading, arithmetic and parts of matrices, by hand-worked cases.
\set VERBOSITY default
\set SHOW_CONTEXT never

CREATE TEMP TABLE job (region region_code, sector sector_code, jobs float8);
INSERT INTO job VALUES
    ('46170', '35111', 100), ('46170', '35112', 20), ('46170', '26', 30), ('46110', '26', 5), ('46110', '26', 2), ('46110', '10', 3),
    ('46110', '10', -3), ('46110', NULL, NULL), (NULL, '10', NULL), ('11110', '58', NULL);

-- Duplicates are summed, a sum of zero is no cell, NULL values are no rows.
SELECT activity_matrix_agg(region, sector, jobs) AS m FROM job \gset
SELECT :'m'::activity_matrix, kind(:'m'::activity_matrix), total(:'m'::activity_matrix), regions(:'m'), sectors(:'m'::activity_matrix);
SELECT * FROM cells(:'m');
SELECT * FROM region_totals(:'m');
SELECT * FROM sector_totals(:'m');
SELECT activity_matrix_agg(region, sector, jobs) AS no_rows FROM job WHERE false;
SELECT activity_matrix_agg(region, sector, jobs) AS only_null FROM job WHERE jobs IS NULL;
SELECT activity_matrix_agg(region, sector, jobs) AS only_zero FROM job WHERE sector = '10';
SELECT activity_matrix_agg(region, sector, 1) FROM job WHERE region IS NULL;
SELECT activity_matrix_agg(region, sector, 1) FROM job WHERE sector IS NULL;
SELECT activity_matrix_agg('46', '26', 'NaN');
SELECT activity_matrix_agg('46', '26', '-Infinity');
SELECT activity_matrix_agg('46', '26', 1e289);
SELECT activity_matrix_agg('46', c, 1) FROM unnest('{36,ksic9:36}'::sector_code[]) c;
SELECT sector_matrix_agg(a, b, v) FROM (VALUES ('26'::sector_code, '27'::sector_code, 1.5), ('26', '27', 1), ('27', '26', 4)) f(a, b, v);
SELECT sector_profile_agg(c, w) FROM (VALUES ('26'::sector_code, 0.5), ('35', 1), ('26', 0.25), ('10', 0), ('11', NULL)) f(c, w);
SELECT sector_profile_agg('26', -1);
SELECT sector_profile_agg(NULL, 1);

-- A quantity reads exactly; a ratio reads the nearest listed ancestors, and is NULL where there is none.
SELECT value(:'m'::activity_matrix, '46170', '35111') AS cell, value(:'m'::activity_matrix, '46170', '351') AS above,
       value(:'m'::activity_matrix, '11', '26') AS elsewhere;
SELECT value(q, '46170', '35111') AS both_ancestors, value(q, '46110', '26110') AS nearer, value(q, '46', '26') AS zero,
       value(q, '46170', '10') AS no_sector, value(q, '11', '35') AS no_region, value(q, '46', '27') AS undefined
FROM (VALUES ('ratio {46:{35:1.5, 26:0, 27:null}, 46110:{26:2}}'::activity_matrix)) v(q);
SELECT value(r, '26110', '351') AS ancestors, value(r, '35', '26') AS listed, value(r, '10', '26') AS not_listed
FROM (VALUES ('ratio {26:{35:0.25}, 35:{26:0, 35:1}}'::sector_matrix)) v(r);
SELECT value('{26:0.3}'::sector_profile, '26'), value('{26:0.3}'::sector_profile, '261');
SELECT as_ratio(:'m'::activity_matrix), as_ratio('{26:{27:2}}'::sector_matrix);

-- Arithmetic of quantities is exact: 0.1 + 0.2 - 0.2 - 0.1 is nothing.
SELECT a + b AS plus, a + b - b = a AS back, a + b - b - a AS nothing
FROM (VALUES ('{46:{26:0.1}}'::activity_matrix, '{46:{26:0.2, 27:1e22}, 47:{26:1}}'::activity_matrix)) v(a, b);
SELECT '{46:{26:1e22}}'::activity_matrix + '{46:{26:1}}' - '{46:{26:1e22}}';
SELECT rounded('{46:{26:0.1+1e-20}}');
SELECT m * 3, 0.1 * m, rounded(m * 0.1), m * 0, m * 10 * 0.1 = m FROM (VALUES ('{46:{26:5, 27:-2}}'::activity_matrix)) v(m);
SELECT 0.5 * a + b * 0.25 FROM (VALUES ('ratio {26:{26:1, 27:0.5}}'::sector_matrix, 'ratio {26:{28:null, 27:0.5}, 35:{}}'::sector_matrix)) v(a, b);
SELECT '{46:{26:1}}'::activity_matrix + 'ratio {46:{26:1}}';
SELECT sum(m) FROM (VALUES ('{46:{26:1}}'::activity_matrix), ('ratio {46:{26:1}}')) v(m);
SELECT '{46:{36:1}}'::activity_matrix + '{46:{ksic9:36:1}}';
SELECT '{46:{36:1}}'::activity_matrix - '{kostat:36:{36:1}}';
SELECT '{46:{ksic9:36:1}}'::activity_matrix + '{46:{ksic10:36:1}}';
SELECT '{nuts:DE1:{36:1}}'::activity_matrix + '{nuts2021:DE2:{36:1}}';
SELECT '{46:{26:1e301}}'::activity_matrix + '{46:{26:1e300}}';
SELECT m - m AS nothing, as_ratio(m), m * 2, roll_up(m, 1), slice(m, '46'), nonnegative(m), profile(m, '46170'), profile(m, '46110') FROM (VALUES ('{46110:{26:0.1+1e-20}, 46170:{26:1, 27:0.1+2e-20}}'::activity_matrix)) v(m);
SELECT m / 3 AS third, (m + '{46:{26:1e-20}}') / 2 AS rounded, as_ratio(m) / 2 AS ratio FROM (VALUES ('{46:{26:1, 27:-2}}'::activity_matrix)) v(m);
SELECT r / 4, r - '{26:{27:0.5}, 27:{28:1}}', r - r AS nothing FROM (VALUES ('{26:{27:2}}'::sector_matrix)) v(r);
SELECT p + '{27:1e-20}', 3 * p, p * 0.5, p * 0 AS nothing FROM (VALUES ('{26:0.5, 27:0.1}'::sector_profile)) v(p);
SELECT '{26:1}'::sector_profile * -1;
SELECT '{46:{26:1}}'::activity_matrix / 0;
SELECT '{26:{27:1}}'::sector_matrix / 'Infinity';
SELECT '{46:{26:1e10}}'::activity_matrix / 1e-300;
-- Near the ends of float8: m f + m (1 - f) is m, and a factor in two steps is the factor.
SELECT m * 0.7::float8 AS product, m * 0.7::float8 + m * (1 - 0.7::float8) = m AS same
FROM (VALUES ('{46:{26:1e301, 27:-9e300, 28:1.1e-10}}'::activity_matrix), ('{46:{26:1e301+1e270}}')) v(m);
SELECT m * f AS product, m * f = m * (f * power(2::float8, -64)) * power(2::float8, 64) AS same
FROM (VALUES ('{46:{26:1.1e-10}}'::activity_matrix, 1.3e305::float8), ('{46:{26:1.1e-10+1.3e-30}}', -1.3e305), ('{46:{26:1.5e-323}}', 1.7e308)) v(m, f);
-- Products below 2^-960 are rounded, others not.
SELECT '{46:{26:1e-300}}'::activity_matrix * 1.1e-5::float8 AS rounded, '{46:{26:1e-280}}'::activity_matrix * 1.1e-5::float8 AS exact;
SELECT '{46:{26:1}}'::activity_matrix * 'NaN';
SELECT '{46:{26:1e300}}'::activity_matrix * 1e5;
SELECT nonnegative('{46:{26:5, 27:-2}}');

-- Parts and coarser codes.
SELECT slice(:'m', '46170'), slice(:'m', sector => '35'), slice(:'m', '46', '26'), slice(:'m', '11'), slice(NULL);
SELECT slice('ratio {46170:{26:1, 35:0}, 51:{}}', sector => '26'), slice('ratio {46170:{26:1, 35:0}, 51:{}}', '51');
SELECT roll_up(:'m', 1), roll_up(:'m', sector_level => 1), roll_up(:'m', 1, 2), roll_up('{46:{C:1, 261:2}}', 2, 2);
SELECT roll_up(:'m', 0);
SELECT roll_up('ratio {46:{26:1}}', 1);
SELECT profile(:'m'::activity_matrix, '46170'), profile(:'m'::activity_matrix, '11'),
       profile('ratio {46:{26:1, 27:null}}'::activity_matrix, '46170'), profile('ratio {46:{26:1}}'::activity_matrix, '11');
SELECT profile('{46:{26:5, 27:-2}}'::activity_matrix, '46');
SELECT * FROM weights('{35111:0.7, 26:0.3}');
SELECT * FROM pairs('ratio {26:{26:1, 27:null}, 27:{28:0}}');
SELECT total('{35111:0.7, 26:0.3}'::sector_profile), sectors('{35111:0.7, 26:0.3}'::sector_profile), total('{26:{27:2, 28:3}}'::sector_matrix);

-- Equality is of content.
SELECT '{46:{26:1, 27:2}}'::activity_matrix = '{46:{27:2, 26:1, 28:0}}', '{46:{26:1}}'::activity_matrix <> 'ratio {46:{26:1}}',
       '{26:0.1}'::sector_profile = '{26:0.1+1e-20}', '{26:{27:1}}'::sector_matrix = '{26:{27:1}}';
SELECT DISTINCT p FROM (VALUES ('{26:1}'::sector_profile), ('{26:1, 27:0}')) v(p);

-- An order of contents, for what sorts to find equals: kinds, then codes, then cells, then values, remainders last.
SELECT m FROM (VALUES ('{46:{26:2}}'::activity_matrix), ('ratio {46:{26:1}}'), ('{46:{26:1}}'), ('{46:{26:1+1e-20}}'), ('{46:{26:-1}}'), ('{}'), ('{11:{26:9}}'),
    ('{46:{26:1, 27:1}}'), ('ratio {46:{26:null}}'), ('{46:{26:1-1e-20}}'), (NULL), ('{46:{27:1}}')) v(m) ORDER BY m;
SELECT count(DISTINCT m), array_agg(DISTINCT p), max(array[p]) FROM (VALUES ('{46:{26:1}}'::activity_matrix, '{26:1}'::sector_profile),
    ('{46:{26:1, 27:0}}', '{26:1}'), ('{46:{26:2}}', '{26:0.5}')) v(m, p);
SELECT a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge FROM (VALUES ('{26:{27:1}}'::sector_matrix, '{26:{27:2}}'::sector_matrix), ('{26:{27:1}}', '{26:{27:1}}'),
    ('ratio {26:{27:1}}', '{26:{27:2}}')) v(a, b);
CREATE TEMP TABLE known (p sector_profile PRIMARY KEY);
INSERT INTO known VALUES ('{26:1, 27:2}');
INSERT INTO known VALUES ('{27:2, 26:1}');

-- Moving frames: what leaves is subtracted exactly; NULLs are no rows.
SELECT i, sum(m) OVER (ORDER BY i ROWS 1 PRECEDING)
FROM (VALUES (1, '{46:{35:0.1}}'::activity_matrix), (2, '{46:{35:0.2}}'), (3, NULL), (4, NULL), (5, '{46:{36:0.3}}'), (6, '{47:{36:1}}')) v(i, m);
SELECT i, sum(m) OVER (ORDER BY i ROWS 1 PRECEDING)
FROM (VALUES (1, 'ratio {46:{35:0.1}}'::activity_matrix), (2, 'ratio {46:{35:0.2, 37:null}}'), (3, NULL), (4, 'ratio {46:{36:1}}'), (5, 'ratio {46:{37:1}}'), (6, 'ratio {46:{38:1}}')) v(i, m);
-- The same for pairs of sectors and profiles.
SELECT i, sum(r) OVER w AS pairs, sum(p) OVER w AS weights
FROM (VALUES (1, '{26:{35:0.1}}'::sector_matrix, '{26:0.1}'::sector_profile), (2, '{26:{35:0.2}}', '{26:0.2, 27:1}'), (3, NULL, NULL), (4, NULL, NULL), (5, '{26:{36:0.3}}', '{}')) v(i, r, p)
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
SELECT sum(r) AS pairs, sum(p) AS weights FROM (VALUES ('ratio {26:{35:0.1}}'::sector_matrix, '{26:0.1}'::sector_profile), ('ratio {27:{35:0.2}}', '{26:0.2}'), (NULL, NULL)) v(r, p);
SELECT sum(r) AS pairs, sum(p) AS weights FROM (VALUES (NULL::sector_matrix, NULL::sector_profile)) v(r, p);
SELECT sum(r) FROM (VALUES ('ratio {26:{35:0.1}}'::sector_matrix), ('{26:{35:0.1}}')) v(r);
-- A function of the moving frame, called by itself: no profile that could not be read back.
SELECT sector_profile_move_out('{26:2}', '{26:1}'), sector_matrix_move_out('{26:{27:2}}', '{26:{27:3}}');
SELECT sector_profile_move_out('{26:1}', '{26:2}');
