-- convert() and recode_regions(): other classifications, other numbers of regions.
\set VERBOSITY default
\set SHOW_CONTEXT never

-- Rows of a bridge count as normalised; a sector takes the row of its nearest listed ancestor.
SELECT convert('{46170:{35111:100, 261:30}, 46110:{26:6}}'::activity_matrix,
               '{26:{group:DE:1, group:X:2}, 261:{group:CE:5}, 35:{group:EN:4}}');
SELECT convert('{35111:0.7, 26:0.3}'::sector_profile, '{26:{io:C01:1, io:C02:1}, 35:{io:C02:1}}');

-- Both sectors of a pair: 8 people who go from 26 to 26 are split by the shares of 26 twice, 1/4 and 3/4 of 1/4 and 3/4.
SELECT convert('{26:{26:8, 35111:4}, 35:{26:1}}'::sector_matrix, '{26:{group:CE:1, group:DE:3}, 35:{group:EN:4}}');
SELECT total(c), total(c) = total(r) AS same
FROM (SELECT r, convert(r, '{26:{group:A:1, group:B:1, group:C:1}, 27:{group:A:7, group:B:1, group:D:3}}') AS c FROM (VALUES ('{26:{26:1, 27:0.1+1e-20}, 27:{27:0.7}}'::sector_matrix)) v(r)) x;
-- Shares of three magnitudes: taken together again, all that rounding split is the number.
SELECT convert(convert('{26:{26:0.1}}'::sector_matrix, '{26:{group:A:1, group:B:1e-9, group:C:3e-25}}'), '{group:A:{26:1}, group:B:{26:1}, group:C:{26:1}}');
SELECT convert('{26:{27:1}, 28:{26:1}}'::sector_matrix, '{26:{group:CE:1}, 27:{group:CE:1}}');
SELECT convert('ratio {26:{26:1}}'::sector_matrix, '{26:{group:CE:1}}');

-- From one edition to another.
SELECT convert('{46:{ksic9:36:8, ksic9:37:1}}'::activity_matrix, '{ksic9:36:{ksic10:36:1, ksic10:37:3}, ksic9:37:{ksic10:37:1}}');

-- Thirds round, the total does not.
WITH split AS (
    SELECT convert('{46:{26:1, 27:0.1}}'::activity_matrix, '{26:{group:A:1, group:B:1, group:C:1}, 27:{group:A:7, group:B:1, group:D:3}}') AS m)
SELECT m, total(m), total(m) = total('{46:{26:1, 27:0.1}}'::activity_matrix) AS same FROM split;
-- So does the total of every region.
WITH quantity AS (
    SELECT activity_matrix_agg(('x:R' || i % 10)::region_code, ('cluster:S' || i % 7)::sector_code, i * 0.1 + 1e-9) AS m
    FROM generate_series(1, 500) i),
bridge AS (
    SELECT sector_matrix_agg(('cluster:S' || a)::sector_code, ('group:G' || b)::sector_code, 1 + (a * b) % 5) AS b
    FROM generate_series(0, 6) a, generate_series(1, 11) b),
converted AS (SELECT m, convert(m, b) AS c FROM quantity, bridge)
SELECT count(*) AS regions, count(*) FILTER (WHERE before.value = after.value) AS same
FROM converted, region_totals(m) before JOIN LATERAL region_totals(c) after USING (region);

SELECT convert('{46:{10:1, 11:1, 12:1, 13:1, 14:1, 15:1, 26:1}}'::activity_matrix, '{26:{group:DE:1}}');
SELECT convert('{46:{36:1}}'::activity_matrix, '{ksic9:36:{37:1}}');
SELECT convert('{46:{26:1}}'::activity_matrix, '{26:{27:2, 28:-1}}');
SELECT convert('{46:{26:1}}'::activity_matrix, 'ratio {26:{27:1, 28:null}}');
SELECT convert('ratio {46:{26:1}}'::activity_matrix, '{26:{27:1}}');
SELECT convert('{46:{28:1}}'::activity_matrix, 'ratio {26:{27:1}, 28:{}}');
SELECT convert('{46:{26:0.5+1e-20}}'::activity_matrix, '{26:{27:1, 28:3}}');
SELECT same_scheme('{26:1, 35111:2}', '{46:{26:1}}'), same_scheme('{26:1, ksic9:36:1}', '{}');
SELECT same_scheme('{26:1, ksic9:36:1}', '{46:{26:1}}');
SELECT convert('{}'::activity_matrix, '{}'), convert('{}'::sector_profile, '{}');

-- Gangwon: 42 became 51, with all that lies below it.
SELECT recode_regions('{42:{26:1}, 42110:{26:5, 35111:2}, 42150:{10:1}, 46:{26:1}}', '{42}', '{51}');
-- Merged, split equally, split by shares; the listed code wins over its province.
SELECT recode_regions('{42110:{26:10}, 42130:{26:1}}', '{42110,42130}', '{51110,51110}');
SELECT recode_regions('{42110:{26:10}}', '{42110,42110,42110}', '{51110,51130,51150}'),
       recode_regions('{42110:{26:10}}', '{42110,42110,42110}', '{51110,51130,51150}', '{1,2,1}');
SELECT recode_regions('{42110:{26:10}, 42130:{26:1}}', '{42,42110}', '{51,46170}');
SELECT recode_regions('ratio {42110:{26:1.5, 27:0}}', '{42}', '{51}');
SELECT recode_regions('{46:{26:1}}', '{}', '{}'), recode_regions(NULL, '{42}', '{51}');
SELECT recode_regions('ratio {42110:{26:1}, 42130:{26:1}}', '{42110,42130}', '{51110,51110}');
SELECT recode_regions('ratio {42110:{26:1}}', '{42110,42110}', '{51110,51130}');
SELECT recode_regions('{42110:{26:1}}', '{42}', '{51110}');
-- What rounding left goes along, split or not.
SELECT recode_regions('{42110:{26:0.5+1e-20, 27:1}, 42130:{27:0.1-1e-20}}', '{42110,42110,42130}', '{51110,51130,51150}', '{1,3,1}');
-- 43745 is no city with districts, and 41215 is one, though 11215 is none.
SELECT recode_regions('{41111:{26:1}}', '{41110}', '{43745}');
SELECT recode_regions('{41111101:{26:1}}', '{41110}', '{43745}');
SELECT recode_regions('{11215:{26:1}}', '{11}', '{41}');
-- Another numbering has other digits below: only the listed codes themselves can be recoded.
SELECT recode_regions('{46:{26:1}, 46170:{26:2}}', '{46,46170}', '{kostat:36,kostat:36040}');
SELECT recode_regions('{46:{26:1}, 46170:{26:2}}', '{46}', '{kostat:36}');
SELECT recode_regions('{nuts:DE1:{26:1}, nuts:DE11:{26:3}}', '{nuts:DE1}', '{nuts:FR1}');
SELECT recode_regions('{42110:{26:1}}', '{42110}', '{51110,51130}');
SELECT recode_regions('{42110:{26:1}}', '{42110,42110}', '{51110,51110}');
SELECT recode_regions('{42110:{26:1}}', '{42110}', '{NULL}');
SELECT recode_regions('{42110:{26:1}}', '{42110}', '{51110}', '{0}');
