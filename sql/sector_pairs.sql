-- r1 has a, b, c; r2 has a, b; r3 has a (the case of the relatedness test).
CREATE TEMP TABLE pairs_nested AS
SELECT activity_matrix_agg(region::region_code, sector::sector_code, 1) AS m
FROM (VALUES ('11', 'A'), ('11', 'B'), ('11', 'C'), ('26', 'A'), ('26', 'B'), ('27', 'A')) v(region, sector);

-- Distance is what density lacks; contributions add up to the density.
SELECT region, sector, round(value::numeric, 9) AS distance, round((1 - value(relatedness_density(m, presence => 'given'), region, sector))::numeric, 9) AS by_density
FROM pairs_nested, cells(distance(m, presence => 'given')) ORDER BY 1, 2;
SELECT partner, relatedness, contribution FROM pairs_nested, density_explain(m, '27', 'B', presence => 'given') ORDER BY partner;
SELECT count(*) AS cells, max(abs(value - explained)) < 1e-15 AS adds_up
FROM pairs_nested, cells(relatedness_density(m, k => 2, self => true, presence => 'given')) c,
     LATERAL (SELECT sum(contribution) AS explained FROM density_explain(m, c.region, c.sector, k => 2, self => true, presence => 'given')) e;
SELECT count(*) FROM pairs_nested, density_explain(m, '99', 'B', presence => 'given');
SELECT count(*) FROM pairs_nested, density_explain(m, NULL, 'B', presence => 'given');

-- Relative relatedness of r3: densities 4/7 and 2/5 around b and c, one deviation above and below their mean.
SELECT region, sector, round(value::numeric, 9) AS relative FROM pairs_nested, cells(relative_relatedness(m, presence => 'given')) ORDER BY 1, 2;

-- Across two tables: the same one gives the proximity of one; another one counts regions that both list.
SELECT count(*) AS same FROM pairs_nested, pairs(cross_proximity(m, m, 'given')) JOIN LATERAL
    (SELECT * FROM pairs(relatedness(m, presence => 'given'))) r USING (sector_a, sector_b, value);
SELECT sector_a, sector_b, round(value::numeric, 9) AS proximity
FROM pairs_nested, pairs(cross_proximity(m, (SELECT activity_matrix_agg(r, s, 1) FROM (VALUES ('26'::region_code, 'cluster:P'::sector_code), ('27', 'cluster:P'), ('99', 'cluster:P'),
                                             ('99', 'cluster:Q')) v(r, s)), 'given')) ORDER BY 1, 2;
-- Density across: patents p in 26 and 27, the regions that both list, and q in 99 only. There a is in both (1), b in one (1/2), c in none. 27 has a: 1 / (1 + 1/2) = 2/3; 11 has a and b.
SELECT region, sector, round(value::numeric, 9) AS density
FROM pairs_nested, cells(cross_density(m, (SELECT activity_matrix_agg(r, s, 1) FROM (VALUES ('26'::region_code, 'cluster:P'::sector_code), ('27', 'cluster:P'), ('99', 'cluster:P'),
                                           ('99', 'cluster:Q')) v(r, s)), 'given')) ORDER BY 1, 2;
-- Of one table with itself it is the density with the own sector.
SELECT count(*) AS cells, max(abs(value - value(relatedness_density(m, self => true, presence => 'given'), region, sector))) < 1e-15 AS same
FROM pairs_nested, cells(cross_density(m, m, 'given'));

-- Moves by hand: 12 from a to b, 4 back, 4 from a to c; 20 in all. a to b: 12 * 20 / (16 * 12) = 1.25; b to a: 4 * 20 / (4 * 4) = 5. Moves inside do not count.
SELECT sector_a, sector_b, round(value::numeric, 9) AS skill, round(((1.25 - 1) / (1.25 + 1) + (5.0 - 1) / (5 + 1)) / 2, 9) AS a_b
FROM pairs(skill_relatedness((SELECT sector_matrix_agg(a, b, n) FROM (VALUES ('A'::sector_code, 'B'::sector_code, 12), ('B', 'A', 4), ('A', 'C', 4), ('A', 'A', 99)) v(a, b, n)))) ORDER BY 1, 2;

-- Coagglomeration: two equal regions; a and b in one, c and d in the other: +1 and -1.
SELECT sector_a, sector_b, value FROM pairs(coagglomeration((SELECT activity_matrix_agg(r, s, 5) FROM (VALUES ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'C'), ('26', 'D')) v(r, s))))
WHERE sector_a <= sector_b ORDER BY 1, 2;
-- One region: NULL throughout. Its definition in plain SQL on generated data.
SELECT sector_a, sector_b, value FROM pairs(coagglomeration((SELECT activity_matrix_agg('11', s, 5) FROM unnest('{A,B}'::sector_code[]) s))) ORDER BY 1, 2;
WITH d AS (SELECT ('26' || 100 + r * 10)::region_code AS r, (10 + s)::text::sector_code AS s, (1 + (hashint4(r * 10 + s) & 255))::float8 AS x FROM generate_series(1, 6) r, generate_series(0, 4) s),
     e AS (SELECT r, s, x / sum(x) OVER (PARTITION BY s) - sum(x) OVER (PARTITION BY r) / sum(x) OVER () AS excess, sum(x) OVER (PARTITION BY r) / sum(x) OVER () AS size FROM d)
SELECT count(*) AS pairs, max(abs(value - expected)) < 1e-13 AS equal
FROM pairs(coagglomeration((SELECT activity_matrix_agg(r, s, x) FROM d))) JOIN
     (SELECT a.s AS sector_a, b.s AS sector_b, sum(a.excess * b.excess) / (1 - sum(a.size * a.size)) AS expected FROM e a JOIN e b USING (r) GROUP BY 1, 2) t USING (sector_a, sector_b);

-- Coagglomeration of a group, by hand: two equal regions, a (6) and b (3) in one, c (9) in the other. Pairs +1, -1, -1 with weights 6 x 3, 6 x 9, 3 x 9:
-- (18 - 54 - 27) / (18 + 54 + 27) = -7 / 11. Two sectors are a pair; a section stands for what is below it.
SELECT round(group_coagglomeration(m)::numeric, 12) AS all_three, round(-7 / 11.0, 12) AS by_hand, group_coagglomeration(m, '{10,11}') AS a_b, group_coagglomeration(m, '{26,10}') AS a_c,
       group_coagglomeration(m, '{C}') = group_coagglomeration(m) AS below, group_coagglomeration(m, '{10,D}') AS one, group_coagglomeration(m, '{}') AS nobody
FROM (SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('11'::region_code, '10'::sector_code, 6), ('11', '11', 3), ('26', '26', 9)) v(r, s, x)) t;
SELECT group_coagglomeration((SELECT activity_matrix_agg('11', s, 5) FROM unnest('{A,B}'::sector_code[]) s)) AS one_region, group_coagglomeration(NULL) AS unknown;
-- As Ellison and Glaeser write it, from plants: [G / (1 - sum x^2) - H - sum gamma_j w_j^2 (1 - H_j)] / (1 - sum w_j^2), with ellison_glaeser for gamma_j.
CREATE TEMP TABLE plants AS SELECT ('26' || 100 + (hashint4(i) & 3) * 10)::region_code AS region, (10 + (hashint4(-i) & 3))::text::sector_code AS sector, (1 + (hashint4(i * 7) & 63))::float8 AS size
FROM generate_series(1, 200) i;
WITH x AS (SELECT region, sum(size) / sum(sum(size)) OVER () AS x FROM plants GROUP BY region),
     industry AS (SELECT sector, sum(size) AS n, sum(size * size) / sum(size) ^ 2 AS h FROM plants WHERE sector < '13' GROUP BY sector),
     w AS (SELECT i.sector, i.h, i.n / sum(i.n) OVER () AS w, g.gamma FROM industry i JOIN ellison_glaeser((SELECT array_agg((region, sector, size)::plant) FROM plants)) g USING (sector)),
     s AS (SELECT x.region, x.x, coalesce(sum(p.size), 0) / sum(sum(p.size)) OVER () AS s FROM x LEFT JOIN plants p ON p.region = x.region AND p.sector < '13' GROUP BY x.region, x.x)
SELECT abs(group_coagglomeration((SELECT activity_matrix_agg(region, sector, size) FROM plants), '{10,11,12}')
           - ((SELECT sum((s - x) ^ 2) / (1 - sum(x * x)) FROM s) - (SELECT sum(w * w * h) FROM w) - (SELECT sum(gamma * w * w * (1 - h)) FROM w)) / (SELECT 1 - sum(w * w) FROM w)) < 1e-13 AS as_in_1997;
DROP TABLE plants;

SELECT skill_relatedness(as_ratio((SELECT sector_matrix_agg('A', 'B', 1))));
SELECT skill_relatedness((SELECT sector_matrix_agg('A', 'B', -1)));
SELECT distance(m, k => -3) FROM pairs_nested;
SELECT coagglomeration(location_quotient(m)) FROM pairs_nested;
SELECT group_coagglomeration(m, ARRAY['A', NULL]::sector_code[]) FROM pairs_nested;
DROP TABLE pairs_nested;

-- Colocation. The example of Howard, Newman and Tarp (2016) that REAT 3.0.3 gives (howard.cl): firms of A in X, X, Y, of B in X, Y, X: 5/9.
-- Its howard.xcl draws; over all orders of the six firms the expectation is exact.
CREATE TEMP TABLE firm AS SELECT '{x:X:{A:2,B:2}, x:Y:{A:1,B:1}}'::activity_matrix AS m;
SELECT round(value(colocation(m), 'A', 'B')::numeric, 12) AS index, round(5 / 9.0, 12) AS by_hand, value(colocation(m), 'A', 'A') AS diagonal FROM firm;
WITH place AS (SELECT i, CASE WHEN i <= 4 THEN 'X' ELSE 'Y' END AS r FROM generate_series(1, 6) i),
     pick AS (SELECT a.i AS a, b.i AS b, c.i AS c FROM place a JOIN place b ON b.i > a.i JOIN place c ON c.i > b.i),
     shuffled AS (SELECT (SELECT count(*) FROM place x JOIN place y ON x.r = y.r WHERE x.i IN (a, b, c) AND y.i NOT IN (a, b, c)) / 9.0 AS index FROM pick)
SELECT count(*) AS orders, round(5 / 9.0 - avg(index), 12) AS excess_by_hand, (SELECT round(value(colocation(m, 'excess'), 'B', 'A')::numeric, 12) FROM firm) AS excess FROM shuffled;
SELECT round(value(colocation('{11:{A:1,C:1},26:{A:3,C:1}}'), 'A', 'C')::numeric, 12) AS shares, 0.25 * 0.5 + 0.75 * 0.5 AS by_hand;
SELECT colocation('{11:{A:1},26:{C:1}}'), colocation('{11:{A:1}}'), colocation('{}');
SELECT colocation('{11:{A:1.5},26:{C:1}}', 'excess');
SELECT colocation('{11:{A:1},26:{C:1}}', 'zscore');
DROP TABLE firm;
