-- A region with A and B lacks C to F; complexities -1, 0, 1, 2, 3, 1.5. Mean -.5; to -.5 + 1 = .5 it needs two times 1 above it, in sums of PCI - .5.
CREATE TEMP TABLE land AS SELECT '{11:{A:1,B:1}, 26:{A:1,B:1,C:1,D:1,E:1,F:1}}'::activity_matrix AS m,
    '{"(A,-1)","(B,0)","(C,1)","(D,2)","(E,3)","(F,1.5)"}'::sector_value[] AS p, as_ratio('{11:{C:1,D:4,E:7,F:2.5}}'::activity_matrix) AS c;
-- Worths .5, 1.5, 2.5, 1 for costs 1, 4, 7, 2.5: of the sets that reach 2 the cheapest is D and C for 5; F, C and D cost 7.5, E 7.
SELECT sector, pci, cost, eci_before, eci_target, round(eci_after::numeric, 6) AS eci_after, status FROM land, eci_optimization(m, '11', 1, c, p, 'given');
SELECT sector, cost, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 1.5, c, p, 'given');
SELECT sector, eci_before, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 0, c, p, 'given');
SELECT sector, eci_before, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 3, c, p, 'given');
-- A sector without a complexity counts not: without that of B the region has A alone, and C brings it to (-1 + 1) / 2.
SELECT sector, cost, eci_before, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 1, c, p[1:1] || p[3:6], 'given');
-- Free ones only as far as they are needed; NULL rules out.
SELECT sector, cost, status FROM land, eci_optimization(m, '11', 1, '{11:{C:-1,E:3}}', p, 'given');
SELECT sector, cost, status FROM land, eci_optimization(m, '11', 0.5, activity_matrix '{11:{A:1}}', p, 'given');
SELECT sector, status FROM land, eci_optimization(m, '11', 1, location_quotient('{11:{C:1}, 26:{C:1}}', '{11:{D:1}}'), p, 'given');

-- The cheapest set of all, by brute force, over random regions of 10 candidates, and the greedy one of econcomplex at times dearer.
CREATE TEMP TABLE candidate AS
SELECT c, s, 1 + (hashint4extended(c * 100 + s, 1) & 255) / 64.0 AS worth, (hashint4extended(c * 100 + s, 2) & 255) / 16.0 + 0.1 AS cost FROM generate_series(1, 25) c, generate_series(1, 10) s;
CREATE TEMP TABLE demand AS SELECT c, 1 + (hashint4extended(c, 3) & 511) / 40.0 AS d FROM generate_series(1, 25) c;
WITH best AS (SELECT d.c, min(x.cost) AS cost
              FROM demand d, generate_series(1, 1023) pick, LATERAL (SELECT sum(k.worth) AS worth, sum(k.cost) AS cost FROM candidate k WHERE k.c = d.c AND pick & (1 << (k.s - 1)) > 0) x
              WHERE x.worth >= d.d GROUP BY d.c),
     greedy AS (SELECT c, sum(cost) FILTER (WHERE before < d) AS cost
                FROM (SELECT c, d, cost, coalesce(sum(worth) OVER (PARTITION BY c ORDER BY cost / worth, s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM candidate JOIN demand USING (c)) g GROUP BY c),
     -- one sector of complexity 0 is there, gain = demand, and candidates have complexity gain + worth
     ours AS (SELECT d.c, sum(o.cost) AS cost, bool_and(o.status = 'optimal') AS optimal, bool_and(o.eci_after >= o.eci_target - 1e-12) AS reached
              FROM demand d, LATERAL (SELECT activity_matrix_agg(r, s, 1) AS m FROM (SELECT '11'::region_code, 'cluster:S0'::sector_code UNION ALL SELECT '26', ('cluster:S' || s)::sector_code FROM generate_series(0, 10) s) v(r, s)) t,
                   LATERAL (SELECT ARRAY(SELECT (('cluster:S' || s)::sector_code, d.d + worth)::sector_value FROM candidate k WHERE k.c = d.c) || ('cluster:S0', 0)::sector_value AS pci) p,
                   LATERAL (SELECT as_ratio(activity_matrix_agg('11', ('cluster:S' || s)::sector_code, cost)) AS cost FROM candidate k WHERE k.c = d.c) x,
                   eci_optimization(t.m, '11', d.d, x.cost, p.pci, 'given') o GROUP BY d.c)
SELECT count(*) AS cases, bool_and(abs(o.cost - b.cost) < 1e-9) AS cheapest, bool_and(optimal) AS optimal, bool_and(reached) AS reached, count(*) FILTER (WHERE g.cost > b.cost + 1e-9) > 0 AS greedy_is_dearer
FROM best b JOIN ours o USING (c) JOIN greedy g USING (c);
DROP TABLE candidate, demand;

-- On its own complexities and distances: what is added brings the mean there, and the cost is 1 - density.
CREATE TEMP TABLE grid AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1) AS m FROM generate_series(1, 20) r, generate_series(1, 30) s WHERE s <= r OR hashint4(r * 100 + s) % 4 = 0;
SELECT bool_and(o.status = 'optimal') AS optimal, bool_and(abs(o.cost - value(distance(m, presence => 'given'), 'x:R5', o.sector)) < 1e-15) AS cost, bool_and(abs(o.pci - c.pci) < 1e-15) AS pci,
       bool_and(abs(o.eci_before - e.eci) < 1e-12) AS before, bool_and(coalesce(value(m, 'x:R5', o.sector), 0) = 0) AS lacking, bool_and(eci_after >= eci_target) AS reached
FROM grid, eci_optimization(m, 'x:R5', 0.3, presence => 'given') o JOIN LATERAL sector_complexity(m, 'given') c USING (sector) JOIN LATERAL economic_complexity(m, 'given') e ON e.region = 'x:R5';
SELECT DISTINCT status ~ '^not proven: costs [0-9.]+, at least [0-9.]+ are needed$' AS told FROM grid, eci_optimization(m, 'x:R5', 0.3, presence => 'given', effort => 1);
SELECT count(*) FROM grid, eci_optimization(m, 'x:NONE');
SELECT count(*) FROM grid, eci_optimization(m, NULL);
SELECT sector, status FROM eci_optimization('{11:{A:1}, 26:{C:1}}', '11');
SELECT status FROM eci_optimization(specialized('{11:{A:1,C:1}, 26:{A:1}, 27:{C:1}}', 1.2), '11', presence => 'given');
SELECT sector, eci_before < eci_target AS short, status ~ '^infeasible: at most ' AS status FROM grid, eci_optimization(m, 'x:R5', 1e308, presence => 'given');
SELECT eci_optimization(m, '11', 'nan') FROM land;
SELECT eci_optimization(m, '11', effort => 0) FROM land;
SELECT eci_optimization(m, '11', 1, '{26:{A:1}}', p, 'given') FROM land;
DROP TABLE land, grid;

-- The model by plain SQL: its own columns, and residuals that none of them explains any further (least squares has no other).
-- Each table lacks a region and a sector of its own: a cell counts that all three list.
CREATE TEMP TABLE three AS
SELECT activity_matrix_agg(r, s, x) FILTER (WHERE i <> 3 AND j <> 5) AS m0, activity_matrix_agg(r, s, x * (1 + a / 10.0)) FILTER (WHERE i <> 1 AND j <> 2) AS m1,
       activity_matrix_agg(r, s, x * (1 + b / 8.0)) FILTER (WHERE i <> 6 AND j <> 1) AS m2, activity_matrix_agg(r, s, x * (1 + (15 - b) / 8.0)) AS away
FROM (SELECT i, j, ('x:R' || i)::region_code AS r, ('cluster:S' || j)::sector_code AS s, 1 + (hashint4extended(i * 100 + j, 1) & 63) AS x, hashint4extended(i * 100 + j, 2) & 15 AS a, hashint4extended(i * 100 + j, 3) & 15 AS b
      FROM generate_series(1, 14) i, generate_series(1, 11) j) v;
CREATE TEMP TABLE entry_case AS
SELECT r, s, ln(1 + value(q2, r, s)) AS y, ln(1 + value(q1, r, s)) AS x1, ln(1 + value(q0, r, s)) AS x2, value(d, r, s) AS x3, value(z, r, s) AS x4
FROM (SELECT location_quotient(m0) AS q0, location_quotient(m1) AS q1, location_quotient(m2) AS q2, relatedness_density(m0) AS d, relative_relatedness(m0) AS z, specialized(m0) AS p, m0 FROM three OFFSET 0) t,
     unnest(regions(m0)) r, unnest(sectors(m0)) s WHERE value(p, r, s) = 0;
CREATE TEMP TABLE fitted AS
SELECT max(coefficient) FILTER (WHERE term = 'constant') AS b0, max(coefficient) FILTER (WHERE term = 'stepping_stone') AS b1, max(coefficient) FILTER (WHERE term = 'initial') AS b2,
       max(coefficient) FILTER (WHERE term = 'density') AS b3, max(coefficient) FILTER (WHERE term = 'relative_density') AS b4, max(number) AS n FROM three, specialization_model(m0, m1, m2);
WITH e AS (SELECT c.*, y - b0 - b1 * x1 - b2 * x2 - b3 * x3 - b4 * x4 AS e FROM entry_case c, fitted WHERE x1 IS NOT NULL AND y IS NOT NULL)
SELECT (SELECT n FROM fitted) = count(*) AS number, abs(sum(e)) < 1e-11 AS constant, abs(sum(e * x1)) < 1e-11 AS stepping_stone, abs(sum(e * x2)) < 1e-11 AS initial, abs(sum(e * x3)) < 1e-11 AS density, abs(sum(e * x4)) < 1e-11 AS relative FROM e;
-- R 4.2.2, lm over the same cells: coefficient, error, p-value.
SELECT term, abs(coefficient - c) < 1e-12 AS coefficient, abs(error - e) < 1e-12 AS error, abs(p_value - p) < 1e-12 AS p_value
FROM three, specialization_model(m0, m1, m2)
     JOIN (VALUES ('stepping_stone', 0.32430979049079278, 0.17069259651966689, 0.0652527155817465704), ('initial', 0.70013651096927088, 0.18149433481503313, 0.0004423230212209342),
                  ('density', 0.24982302100756063, 0.18957740916741284, 0.1956757056406821516), ('relative_density', -0.02744501843869869, 0.01940791263255351, 0.1656880163455559940)) v(term, c, e, p) USING (term) ORDER BY term;
-- With the effort added half-way the model foresees a quotient of 1.
SELECT count(*) = (SELECT count(*) FROM entry_case) AS number, max(abs(b0 + b1 * ln(1 + value(q, r, s) + c.value) + b2 * x2 + b3 * x3 + b4 * x4 - ln(2))) < 1e-9 AS foreseen
FROM (SELECT specialization_effort(m0, m1, m2, m0) AS effort, location_quotient(m0) AS q FROM three) t, cells(effort) c JOIN entry_case k ON k.r = c.region AND k.s = c.sector, fitted WHERE c.value IS NOT NULL;
-- So for the cells that another table than the first lacks, from its own quotients and densities.
SELECT count(*) = (SELECT count(*) FROM (SELECT specialized(m2) AS p, m2 FROM three OFFSET 0) l, unnest(regions(m2)) r, unnest(sectors(m2)) s WHERE value(p, r, s) = 0) AS number, max(abs(b0 + b1 * ln(1 + value(q, region, sector) + c.value) + b2 * ln(1 + value(q, region, sector)) + b3 * value(d, region, sector) + b4 * value(z, region, sector) - ln(2))) < 1e-9 AS foreseen
FROM (SELECT specialization_effort(m0, m1, m2, m2) AS effort, location_quotient(m2) AS q, relatedness_density(m2) AS d, relative_relatedness(m2) AS z FROM three) t, cells(effort) c, fitted WHERE c.value IS NOT NULL;
-- Where the way half-way leads away from the end, no effort does.
SELECT coefficient < 0 AS away, (SELECT count(value) FROM cells(specialization_effort(m0, away, m2, m0))) AS efforts FROM three, specialization_model(m0, away, m2) WHERE term = 'stepping_stone';
SELECT term, coefficient, error, number FROM specialization_model('{11:{A:1}}', '{11:{A:1}}', '{11:{A:1}}');
SELECT specialization_effort(m0, m0, m0, '{}') AS none, specialization_effort('{}', '{}', '{}', '{11:{A:1,C:1}, 26:{A:1}}') FROM three;
DROP TABLE three, entry_case, fitted;

-- The path by PL/pgSQL, for every strategy.
CREATE TEMP TABLE net AS
SELECT activity_matrix_agg(('x:R' || i)::region_code, ('cluster:S' || j)::sector_code, 1) AS m FROM generate_series(1, 18) i, generate_series(1, 16) j WHERE hashint4extended(i * 100 + j, 5) & 7 < 3;
CREATE TEMP TABLE edge AS SELECT sector_a AS a, sector_b AS b FROM net, pairs(relatedness(m, presence => 'given')) WHERE sector_a <> sector_b AND value >= 0.4;
CREATE FUNCTION pg_temp.path(strategy text) RETURNS TABLE(step int, sector sector_code, neighbours int, related float8, waiting_time float8) LANGUAGE plpgsql AS $$
DECLARE
    present sector_code[] := ARRAY(SELECT c.sector FROM net, cells(m) c WHERE c.region = 'x:R3');
BEGIN
    FOR i IN 1..100 LOOP
        SELECT i, s.a, s.k, s.n / s.k::float8, 1 / (0.2 * (s.n / s.k::float8) ^ 1.5) INTO step, sector, neighbours, related, waiting_time
        FROM (SELECT e.a, count(*)::int AS k, count(*) FILTER (WHERE e.b = ANY (present))::int AS n FROM edge e WHERE e.a <> ALL (present) GROUP BY e.a) s WHERE s.n > 0
        ORDER BY CASE path.strategy WHEN 'greedy' THEN -s.n / s.k::numeric WHEN 'majority' THEN -s.n WHEN 'high_degree' THEN -s.k ELSE s.k END, s.a LIMIT 1;
        EXIT WHEN NOT FOUND;
        present := present || sector;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT strategy, count(*) > 5 AS steps, bool_and(ours.sector = by_hand.sector AND ours.neighbours = by_hand.neighbours AND ours.related = by_hand.related AND abs(ours.waiting_time - by_hand.waiting_time) < 1e-12) AS same,
       abs(max(ours.total_time) - sum(by_hand.waiting_time)) < 1e-12 AS total
FROM unnest('{greedy,majority,high_degree,low_degree}'::text[]) strategy, net, LATERAL diversification_path(m, 'x:R3', strategy, NULL, 0.4, 0.2, 1.5, 'given') ours FULL JOIN LATERAL pg_temp.path(strategy) by_hand USING (step)
GROUP BY strategy ORDER BY strategy;
SELECT count(*) FROM net, diversification_path(m, 'x:R99');
SELECT * FROM diversification_path('{11:{A:1}, 26:{A:1,C:1,J:1}, 27:{J:1,K:1}}', '11', r => '{A:{C:1}, C:{A:1,J:0.6}, J:{C:0.6,K:0.5}, K:{K:1}}', presence => 'given');
-- J looks to C and K, K to none, C not to itself: at a threshold of 0.5 C comes with one of two, J with one of two, and K never.
SELECT * FROM diversification_path('{11:{A:1}, 26:{A:1,C:1,J:1}, 27:{J:1,K:1}}', '11', r => '{A:{C:1}, C:{A:1,C:1,J:0.6}, J:{C:0.6,K:0.5}, K:{K:1}}', threshold => 0.5, presence => 'given');
SELECT diversification_path(m, 'x:R3', 'random') FROM net;
SELECT diversification_path(m, 'x:R3', base => 0) FROM net;
SELECT diversification_path(m, 'x:R3', r => '{A:{C:1}}') FROM net;
DROP FUNCTION pg_temp.path(text);
DROP TABLE net, edge;
