CREATE TEMP TABLE four AS SELECT '{11:{A:6,C:3,J:1}, 26:{A:2,C:7,K:4}, 27:{C:2,J:5,K:8}, 41:{A:1,J:4,K:5}}'::activity_matrix AS m,
    ARRAY[('11', .3), ('26', .4), ('27', .5), ('41', .35)]::region_value[] AS gini;

-- economic-complexity 0.3.0, pgi and peii.
SELECT sector, abs(g.value - theirs) < 1e-15 AS pgi, e.value = g.value AS peii
FROM four, pgi(m, gini) g JOIN LATERAL peii(m, gini) e USING (sector) JOIN (VALUES ('A', 0.3), ('C', 0.3642201834862385), ('J', 0.4181818181818181), ('K', 0.4274193548387097)) v(s, theirs) ON s::sector_code = sector ORDER BY 1;
-- A region without a number is left out; economic-complexity takes it for 0. Nothing left: NULL. With presence given every cell counts: prody.
SELECT sector, round(value::numeric, 12) AS value FROM four, pgi(m, gini[1:2] || ARRAY[('27', NULL)]::region_value[]) ORDER BY 1;
-- J is in 27 and 41: without the number of 27 it has that of 41.
SELECT sector, round(value::numeric, 12) AS value FROM four, peii(m, gini[1:2] || ARRAY[('27', NULL), ('41', .35)]::region_value[]) ORDER BY 1;
SELECT bool_and(abs(g.value - p.value) < 1e-15) AS prody FROM four, pgi(m, gini, 'given') g JOIN LATERAL prody(m, gini) p USING (sector);
SELECT pgi(m, '{"(11,-1)"}') FROM four;
SELECT peii(m, '{"(11,-1)"}') FROM four;
SELECT pgi(m, '{"(11,1)","(11,2)"}') FROM four;
SELECT pgi(specialized(m), gini, 'given') FROM four;

-- EconGeo 1.3, weighted.avg, both ways.
SELECT region, abs(value - theirs) < 1e-14 AS same FROM four, region_mean(m, '{"(A,5)","(C,10)","(J,15)","(K,25)"}') JOIN (VALUES ('11', 7.5), ('26', 13.84615384615385), ('27', 19.66666666666667), ('41', 19)) v(r, theirs) ON r::region_code = region ORDER BY 1;
SELECT sector, abs(value - theirs) < 1e-14 AS same FROM four, sector_mean(m, '{"(11,-5)","(26,10)","(27,15)","(41,25)"}') JOIN (VALUES ('A', 1.666666666666667), ('C', 7.083333333333334), ('J', 17), ('K', 16.76470588235294)) v(s, theirs) ON s::sector_code = sector ORDER BY 1;
-- The mean PRODY of a region is its EXPY.
SELECT bool_and(abs(x.value - e.value) < 1e-15) AS expy FROM four, LATERAL (SELECT ARRAY(SELECT (sector, value)::sector_value FROM prody(m, gini)) AS prody) p, region_mean(m, p.prody) x JOIN LATERAL expy(m, gini) e USING (region);
SELECT region, value FROM four, region_mean(m, '{"(A,5)","(C,)","(Q,7)"}') ORDER BY 1;
SELECT sector, value FROM four, sector_mean(m, '{"(11,5)","(26,)"}') ORDER BY 1;
SELECT region_mean(m, '{"(A,5)","(A,6)"}') FROM four;
SELECT region_mean(m, '{"(,5)"}') FROM four;

-- Litzenberger and Sternberg: the example of Farhauer and Kroell (2014) that REAT 3.0.3 gives, 21.87491, and the rest of its country.
SELECT region, abs(value - theirs) < 1e-12 AS same
FROM cells(cluster_index('{11:{C:1743}, 26:{C:3997}}', '{11:{C:35}, 26:{C:18}}', '{"(11,50)","(26,526)"}', '{"(11,488)","(26,4133)"}')) JOIN (VALUES ('11', 21.87491101672539), ('26', 0.2895517498627259)) v(r, theirs) ON r::region_code = region ORDER BY 1;
-- By its three factors, in SQL.
CREATE TEMP TABLE place AS SELECT * FROM (VALUES ('11'::region_code, 10, 90), ('26', 20, 40), ('27', 50, 30), ('41', 30, 60)) v(region, area, people);
WITH x AS (SELECT c.region, c.sector, c.value AS e, coalesce(f.value, 0) AS b FROM four, cells(m) c LEFT JOIN cells('{11:{A:3,C:1,J:1}, 26:{A:1,C:2,K:3}, 27:{C:1,J:2}, 41:{A:1,J:4,K:5}}') f USING (region, sector)),
     i AS (SELECT c.region, c.sector, c.value FROM four, cells(cluster_index(m, '{11:{A:3,C:1,J:1}, 26:{A:1,C:2,K:3}, 27:{C:1,J:2}, 41:{A:1,J:4,K:5}}',
               ARRAY(SELECT (region, area)::region_value FROM place), ARRAY(SELECT (region, people)::region_value FROM place))) c)
SELECT count(*), bool_and(abs(i.value - s.by_factors) < 1e-12) AS same
FROM i JOIN (SELECT region, sector, (e / area / (sum(e) OVER s / 110)) * (e / people / (sum(e) OVER s / 220)) / (e / b / (sum(e) OVER s / sum(b) OVER s)) AS by_factors
             FROM x JOIN place USING (region) WHERE b > 0 WINDOW s AS (PARTITION BY sector)) s USING (region, sector)
WHERE i.sector <> 'K';
-- A sector that a region lacks is 0 there, jobs without a firm too; without firms anywhere, or in a region without area, NULL.
SELECT region, sector, round(value::numeric, 9) AS value FROM cells(cluster_index('{11:{A:1,C:1,J:1}, 26:{A:3}, 27:{A:2}}', '{11:{A:1}, 26:{A:1,C:1}}', '{"(11,1)","(26,1)","(27,0)"}', '{"(11,1)","(26,1)","(27,1)"}')) ORDER BY 1, 2;
-- A region without area or without people counts nowhere: what it has, jobs and firms, changes no other's number.
SELECT what, string_agg(region || ' ' || coalesce(round(value::numeric, 9)::text, 'NULL'), ', ' ORDER BY region) AS value
FROM (VALUES ('without 27', '{11:{A:1}, 26:{A:3}}'::activity_matrix, '{11:{A:1}, 26:{A:4}}'::activity_matrix, '{"(11,1)","(26,5)","(27,7)"}'::region_value[], '{"(11,2)","(26,1)","(27,3)"}'::region_value[]),
             ('no area', '{11:{A:1}, 26:{A:3}, 27:{A:2}}', '{11:{A:1}, 26:{A:4}, 27:{A:2}}', '{"(11,1)","(26,5)","(27,0)"}', '{"(11,2)","(26,1)","(27,3)"}'),
             ('no people', '{11:{A:1}, 26:{A:3}, 27:{A:2}}', '{11:{A:1}, 26:{A:4}, 27:{A:2}}', '{"(11,1)","(26,5)","(27,7)"}', '{"(11,2)","(26,1)","(27,0)"}'),
             ('unknown area', '{11:{A:1}, 26:{A:3}, 27:{A:2}}', '{11:{A:1}, 26:{A:4}, 27:{A:2}}', '{"(11,1)","(26,5)"}', '{"(11,2)","(26,1)","(27,3)"}')) v(what, e, b, a, p), cells(cluster_index(e, b, a, p)) GROUP BY what ORDER BY what;
-- Firms of a sector without jobs, or of a region without any, change nothing; densities that pass float8 are an error.
SELECT region, sector, value FROM cells(cluster_index('{11:{C:1}, 26:{C:3}}', '{11:{A:7,C:2,J:7}, 26:{A:9,C:2}, 27:{C:5}}', '{"(11,1)","(26,1)","(27,1)"}', '{"(11,1)","(26,1)","(27,1)"}')) ORDER BY 1, 2;
SELECT cluster_index('{11:{C:1}, 26:{C:3}}', '{11:{C:2}, 26:{C:2}}', '{"(11,1e-310)","(26,1)"}', '{"(11,1)","(26,1)"}');
SELECT cluster_index('{11:{A:1}}', '{kostat:11:{A:1}}', '{"(11,1)"}', '{"(11,1)"}');
SELECT cluster_index('{11:{A:1}}', '{}', '{"(11,1)"}', '{"(11,1)"}'), cluster_index('{}', '{}', '{}', '{}');
DROP TABLE four, place;

-- Ellison and Glaeser's test, by REAT 3.0.3 ellison.a2: gamma, G, z, Herfindahl.
CREATE TEMP TABLE works AS SELECT ARRAY(SELECT (r, s, e)::plant FROM (VALUES ('11'::region_code, 'A'::sector_code, 100), ('11', 'A', 80), ('26', 'A', 60), ('26', 'A', 40), ('27', 'A', 20), ('27', 'C', 10), ('11', 'C', 200), ('41', 'C', 50), ('26', 'C', 30), ('41', 'C', 70)) v(r, s, e)) AS p;
SELECT t.sector, number, abs(gamma - a) < 1e-14 AS gamma, abs(g - b) < 1e-14 AS g, abs(z - c) < 1e-13 AS z, abs(herfindahl - d) < 1e-14 AS herfindahl, abs(p_value - erfc_by_hand) < 1e-6 AS p
FROM works, ellison_glaeser_test(p) t JOIN (VALUES ('A', -0.2062411991823757, 0.05269054178145087, -0.730391841568946, 0.2444444444444444, 0.465151), ('C', -0.4978374574433689, 0.03659065401489643, -1.084662254439603, 0.3734567901234568, 0.278071)) v(s, a, b, c, d, erfc_by_hand)
     ON s::sector_code = t.sector ORDER BY 1;
SELECT bool_and((t.sector, t.gamma, t.number) = (e.sector, e.gamma, e.number)) AS same, bool_and(abs(t.gamma * (1 - herfindahl) * (expected / herfindahl) - (g - expected)) < 1e-15) AS by_definition
FROM works, ellison_glaeser_test(p) t JOIN LATERAL ellison_glaeser(p) e ON e.sector = t.sector;
-- When plants choose among 3 regions by their sizes, G has the mean and the variance that the test says: all 3^4 outcomes of four plants.
WITH place AS (SELECT * FROM (VALUES (1, .5), (2, .3), (3, .2)) v(r, x)),
     outcome AS (SELECT a.x * b.x * c.x * d.x AS probability,
                        (SELECT sum((.4 * (a.r = r)::int + .3 * (b.r = r)::int + .2 * (c.r = r)::int + .1 * (d.r = r)::int - x) ^ 2) FROM place) AS g
                 FROM place a, place b, place c, place d),
     moments AS (SELECT sum(probability * g) AS mean, sum(probability * g * g) - sum(probability * g) ^ 2 AS variance FROM outcome)
SELECT round(mean, 12) = round((1 - .38) * .3, 12) AS mean, round(variance, 12) = round(2 * (.09 * (.38 - 2 * .16 + .38 ^ 2) - (.4 ^ 4 + .3 ^ 4 + .2 ^ 4 + .1 ^ 4) * (.38 - 4 * .16 + 3 * .38 ^ 2)), 12) AS variance FROM moments;
-- Two alike regions, and a sector of two alike plants in each: G = 1/2, H = 1/2, mean 1/4, variance 1/16, so one deviation above.
SELECT sector, gamma, g, expected, herfindahl, z, round(p_value::numeric, 9) AS p_value FROM ellison_glaeser_test('{"(11,A,5)","(11,A,5)","(26,C,5)","(26,C,5)"}') ORDER BY sector;
-- A sector of one plant has no gamma, nor have ten alike plants in the only region, whose shares round when added.
SELECT sector, gamma, number FROM ellison_glaeser('{"(11,A,5)","(11,A,2)","(26,C,3)"}') WHERE sector = 'C';
SELECT gamma, number FROM ellison_glaeser(array_fill(('11', 'A', 1)::plant, ARRAY[10]));
SELECT * FROM ellison_glaeser_test('{"(11,A,3)"}');
SELECT * FROM ellison_glaeser('{"(11,A,3)","(26,A,0)"}');
-- The order of the plants changes no bit.
SELECT count(DISTINCT result) AS results
FROM generate_series(1, 20) seed, LATERAL (SELECT string_agg(e::text, ';') AS result
     FROM ellison_glaeser_test(ARRAY(SELECT (CASE WHEN i % 3 = 0 THEN '11' ELSE '26' END::region_code, CASE WHEN i % 5 < 2 THEN 'A' ELSE 'C' END::sector_code, 0.1 + (i * 7919 % 101) / 7.0)::plant
                                     FROM generate_series(1, 60) i ORDER BY hashint4(i * 100 + seed))) e) x;
DROP TABLE works;
