-- Two sectors by hand: flows [[150, 500], [200, 100]], outputs 1000 and 2000: A = [[.15, .25], [.2, .05]], det(I - A) = .7575
-- (the example of Miller and Blair, chapter 2: L = [[1.2541, .3300], [.2640, 1.1221]]).
CREATE TEMP TABLE io_small AS
SELECT input_coefficients(sector_matrix_agg(a, b, z), '{io:S1:1000, io:S2:2000}') AS a
FROM (VALUES ('io:S1'::sector_code, 'io:S1'::sector_code, 150), ('io:S1', 'io:S2', 500), ('io:S2', 'io:S1', 200), ('io:S2', 'io:S2', 100)) v(a, b, z);
SELECT sector_a, sector_b, value FROM io_small, pairs(a) ORDER BY 1, 2;
SELECT sector_a, sector_b, round(value::numeric, 4) AS inverse FROM io_small, pairs(leontief_inverse(a)) ORDER BY 1, 2;
SELECT sector, round(output::numeric, 4) AS output, round(backward::numeric, 4) AS backward, round(forward::numeric, 4) AS forward
FROM io_small, multipliers(leontief_inverse(a)) ORDER BY sector;

-- The inverse times I - A is the identity, on 40 generated sectors.
CREATE TEMP TABLE io_large AS
SELECT as_ratio(sector_matrix_agg(('io:S' || i)::sector_code, ('io:S' || j)::sector_code, (hashint4(i * 100 + j) & 1023)::float8 / 1024 / 45)) AS a
FROM generate_series(1, 40) i, generate_series(1, 40) j;
WITH a AS (SELECT sector_a AS i, sector_b AS k, (sector_a = sector_b)::int - value AS x FROM io_large, pairs(a)),
     l AS (SELECT sector_a AS k, sector_b AS j, value AS y FROM io_large, pairs(leontief_inverse(a)))
SELECT count(*) AS cells, max(abs(product - (i = j)::int)) < 1e-13 AS identity FROM (SELECT i, j, sum(x * y) AS product FROM a JOIN l USING (k) GROUP BY i, j) t;
SELECT round(avg(backward)::numeric, 12) AS backward, round(avg(forward)::numeric, 12) AS forward FROM io_large, multipliers(leontief_inverse(a));

-- Regional coefficients: the region has half of the national share of S1 (LQ .5) and 1.5 times that of S2.
CREATE TEMP TABLE io_region AS
SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('46170'::region_code, 'io:S1'::sector_code, 10), ('46170', 'io:S2', 30), ('11110', 'io:S1', 90), ('11110', 'io:S2', 70)) v(r, s, x);
SELECT sector_a, sector_b, value FROM io_small, io_region, pairs(regional_coefficients(a, m, '46170', 'slq')) ORDER BY 1, 2;
-- Flegg by hand: size = log2(1.2)^.3; S1 to S2 is .5 / 1.5 of the supply, S2 to S1 more than enough but for the size.
SELECT sector_a, sector_b, round(value::numeric, 9) AS value, round((national * least(1, ratio * power(ln(1.2) / ln(2), 0.3)))::numeric, 9) AS by_hand
FROM io_small, io_region, pairs(regional_coefficients(a, m, '46170', 'flq', 0.3))
JOIN (VALUES ('io:S1'::sector_code, 'io:S1'::sector_code, .15, .5), ('io:S1', 'io:S2', .25, .5 / 1.5), ('io:S2', 'io:S1', .2, 3), ('io:S2', 'io:S2', .05, 1.5)) v(sector_a, sector_b, national, ratio)
USING (sector_a, sector_b) ORDER BY 1, 2;
-- Where the region has none of the buyer but some of the supplier, all is supplied at home (but for the size); of neither, nothing; the diagonal
-- is cut by the simple quotient times the size.
SELECT sector_a, sector_b, round((value / value(a, sector_a, sector_b))::numeric, 9) AS share, round(power(ln(1.25) / ln(2), 0.3)::numeric, 9) AS size
FROM (SELECT as_ratio('{io:S1:{io:S1:0.1, io:S2:0.1, io:S3:0.1}, io:S2:{io:S1:0.1, io:S2:0.1, io:S3:0.1}, io:S3:{io:S1:0.1, io:S2:0.1, io:S3:0.1}}'::sector_matrix) AS a) t,
     pairs(regional_coefficients(a, '{46170:{io:S1:10}, 11110:{io:S2:20,io:S3:10}}', '46170', 'flq', 0.3)) ORDER BY 1, 2;
-- Sectors of the table by their nearest ancestor in m; where m has none, or the nation nothing, NULL, which no inverse takes.
SELECT sector_a, sector_b, value FROM pairs(regional_coefficients('{C10:{C10:0.2, A01:0.3}, A01:{C10:0.4}, Q:{C10:0.1}}'::sector_matrix, '{46170:{A:1,C:3}, 11110:{A:5,C:7}}', '46170')) ORDER BY 1, 2;
SELECT sector_a, sector_b, round(value::numeric, 9) AS value, round((0.4 * (1 / 4.0 / (6 / 16.0)) / (3 / 4.0 / (10 / 16.0)) * power(ln(1.25) / ln(2), 0.3))::numeric, 9) AS a01_to_c10
FROM pairs(regional_coefficients('{C10:{C10:0.2, Q:0.3}, A01:{C10:0.4}}'::sector_matrix, '{46170:{A:1,C:3}, 11110:{A:5,C:7}}', '46170', 'flq')) ORDER BY 1, 2;
SELECT leontief_inverse(regional_coefficients('{Q:{C:0.1}}'::sector_matrix, '{46170:{C:3}}', '46170'));
-- Against another table, of which the region is more than all: its size counts as 1 at most.
SELECT sector_a, sector_b, value FROM pairs(regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:30,C:10}}', '46170', 'flq', 0.3, '{46170:{A:2,C:2}}')) ORDER BY 1, 2;
SELECT sector_a, sector_b, value FROM pairs(regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:10,C:30}}', '46170', 'flq', 0.3, '{46170:{A:2,C:2}}')) ORDER BY 1, 2;
SELECT regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:1}}', '46170', NULL) IS NULL AS no_method, regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:1}}', NULL) IS NULL AS no_region;
-- A buyer that the reference has not has no quotient.
SELECT sector_a, sector_b, value FROM pairs(regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:10,C:30}}', '46170', 'flq', 0.3, '{46170:{A:2}}')) ORDER BY 1, 2;
SELECT regional_coefficients('{A:{C:0.4}}'::sector_matrix, '{46170:{A:1}}', '46170', NULL, 0.3, '{46170:{A:1}}') IS NULL AS no_method;
SELECT leontief_inverse('{A:{A:0.999999999999999}, C:{C:0.5}}'::sector_matrix);
-- Jobs per unit of output at any level of the code; without those of a sector its jobs have no multiplier.
SELECT sector, round(jobs::numeric, 9) AS jobs FROM multipliers('{C10:{C10:1, A01:0.5}, A01:{C10:0.25, A01:1}, Q:{Q:1}}', '{C:2, A01:1}') ORDER BY 1;
SELECT multipliers.output < national.output AS smaller FROM io_small, io_region, multipliers(leontief_inverse(regional_coefficients(a, m, '46170'))) JOIN LATERAL
    (SELECT sector AS of, output FROM multipliers(leontief_inverse(a))) national ON of = sector;

-- Sectors without inputs, an empty table, one that uses all it makes.
SELECT sector_a, sector_b, value FROM pairs(leontief_inverse(as_ratio((SELECT sector_matrix_agg('io:S1', 'io:S2', 0.5))))) ORDER BY 1, 2;
SELECT count(*) FROM pairs(leontief_inverse(as_ratio((SELECT sector_matrix_agg('io:S1', 'io:S2', 0)))));
SELECT leontief_inverse(as_ratio((SELECT sector_matrix_agg('io:S1', 'io:S1', 1))));
SELECT leontief_inverse(as_ratio((SELECT sector_matrix_agg('io:S1', 'io:S1', 1.5))));
SELECT input_coefficients((SELECT sector_matrix_agg('io:S1', 'io:S2', 1)), '{io:S1:1}');
SELECT input_coefficients((SELECT a FROM io_small), '{io:S1:1}');
SELECT * FROM multipliers((SELECT a FROM io_small));
SELECT regional_coefficients(a, m, '46170', 'best') FROM io_small, io_region;
SELECT regional_coefficients(a, m, '46170', delta => 2) FROM io_small, io_region;
SELECT regional_coefficients(a, m, '26110') FROM io_small, io_region;
DROP TABLE io_small, io_large, io_region;
-- A sector that uses all of its own output leaves a 0 on the diagonal: not what stops the elimination, but the inverse is negative.
SELECT leontief_inverse(as_ratio('{A:{A:1, C:0.5}, C:{A:0.2, C:0.5}}'::sector_matrix));
