-- A region with A and B lacks C to F; complexities -1, 0, 1, 2, 3, 1.5. Mean -.5; to -.5 + 1 = .5 it needs two times 1 above it, in sums of PCI - .5.
CREATE TEMP TABLE land AS SELECT '{11:{A:1,B:1}, 26:{A:1,B:1,C:1,D:1,E:1,F:1}}'::activity_matrix AS m,
    '{"(A,-1)","(B,0)","(C,1)","(D,2)","(E,3)","(F,1.5)"}'::sector_value[] AS p, as_ratio('{11:{C:1,D:4,E:7,F:2.5}}'::activity_matrix) AS c;
-- Worths .5, 1.5, 2.5, 1 for costs 1, 4, 7, 2.5: of the sets that reach 2 the cheapest is D and C for 5; F, C and D cost 7.5, E 7.
SELECT sector, pci, cost, eci_before, eci_target, round(eci_after::numeric, 6) AS eci_after, status FROM land, eci_optimization(m, '11', 1, c, p, 'given');
SELECT sector, cost, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 1.5, c, p, 'given');
SELECT sector, eci_before, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 0, c, p, 'given');
SELECT sector, eci_before, eci_target, eci_after, status FROM land, eci_optimization(m, '11', 3, c, p, 'given');
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
SELECT eci_optimization(m, '11', 'nan') FROM land;
SELECT eci_optimization(m, '11', effort => 0) FROM land;
SELECT eci_optimization(m, '11', 1, '{26:{A:1}}', p, 'given') FROM land;
DROP TABLE land, grid;
