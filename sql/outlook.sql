CREATE TEMP TABLE outlook_case AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1) AS m
FROM generate_series(1, 6) r, generate_series(1, 7) s WHERE s <= r OR (r + s) % 5 = 0;

-- The outlook by its definition: density times complexity over absent sectors.
CREATE TEMP TABLE outlook_cells AS
SELECT r AS region, s AS sector, coalesce(value(m, r, s), 0) > 0 AS present, value(relatedness_density(m, presence => 'given'), r, s) AS density, pci
FROM outlook_case, unnest(regions(m)) r, sector_complexity(m, 'given') c(s, pci, ubiquity, status);
SELECT region, round(value::numeric, 9) AS outlook, status, round(by_hand::numeric, 9) AS by_hand
FROM outlook_case, complexity_outlook(m, presence => 'given') JOIN (SELECT region, coalesce(sum(density * pci) FILTER (WHERE NOT present), 0) AS by_hand FROM outlook_cells GROUP BY region) h
USING (region) ORDER BY region;

-- The gain is what the outlook changes by, relatedness and complexities held.
CREATE TEMP TABLE outlook_one AS
SELECT region, sector, activity_matrix_agg(region, sector, 1) AS one FROM outlook_cells WHERE NOT present GROUP BY region, sector;
WITH changed AS (
    SELECT o.region, o.sector, (SELECT coalesce(sum(value(relatedness_density(m + one, relatedness(m, presence => 'given'), presence => 'given'), o.region, c.sector) * c.pci), 0)
                                FROM outlook_cells c WHERE c.region = o.region AND NOT c.present AND c.sector <> o.sector) AS outlook
    FROM outlook_one o, outlook_case)
SELECT count(*) AS options, max(abs(value(opportunity_gain(m, presence => 'given'), changed.region, changed.sector) - (changed.outlook - b.value))) < 1e-12 AS equal
FROM outlook_case, changed, LATERAL complexity_outlook(m, presence => 'given') b WHERE b.region = changed.region;
SELECT count(*) FILTER (WHERE value(opportunity_gain(m, presence => 'given'), region, sector) IS NOT NULL) AS gain_of_present FROM outlook_case, outlook_cells WHERE present;

-- Projected onto its own complexities, a table gets its own index back.
SELECT max(abs(value - eci)) < 1e-12 AS own
FROM outlook_case, LATERAL (SELECT ARRAY(SELECT (sector, pci)::sector_value FROM sector_complexity(m, 'given')) AS pci) p, projected_complexity(m, p.pci, 'given') v
JOIN LATERAL (SELECT region AS of, eci FROM economic_complexity(m, 'given')) e ON e.of = v.region;
SELECT region, value FROM outlook_case, projected_complexity(m, '{"(cluster:S1,-3)","(cluster:S2,1)","(cluster:S9,7)","(cluster:S3,)"}', 'given') ORDER BY region;

-- On the scale of a reference: its own table gives its own index; a finer code takes its nearest ancestor's complexity; why there is none.
SELECT max(abs(value - eci)) < 1e-12 AS own, string_agg(DISTINCT c.status, ',') AS status
FROM outlook_case, reference_complexity(m, m, 'given', 'given') c JOIN LATERAL (SELECT region AS of, eci FROM economic_complexity(m, 'given')) e ON e.of = c.region;
WITH nation AS (SELECT m FROM (VALUES ('{11:{A:1,B:1,C:1,D:1}, 26:{A:1,B:1,C:1}, 27:{A:1,B:1}, 28:{A:1,D:1}}'::activity_matrix)) v(m)),
     district AS (SELECT '{46170:{35:1, 10:1}, 46110:{011:1, 99:1}, 46130:{99:1}}'::activity_matrix AS m)
SELECT c.region, round(c.value::numeric, 9) AS value, c.status,
       round((SELECT CASE c.region WHEN '46170' THEN avg(pci) FILTER (WHERE sector IN ('C', 'D')) WHEN '46110' THEN avg(pci) FILTER (WHERE sector = 'A') END
              FROM sector_complexity(nation.m, 'given'))::numeric, 9) AS by_hand
FROM nation, district, reference_complexity(district.m, nation.m, 'given', 'given') c ORDER BY region;
SELECT * FROM reference_complexity('{11:{A:1}}', '{11:{A:1}, 26:{C:1}}');
SELECT * FROM complexity_outlook('{11:{A:1}, 26:{C:1}}') ORDER BY region;

-- Income by hand: shares of a are 3/4 and 1/2; prody a = (.75 * 10 + .5 * 20) / 1.25 = 14, b = (.25 * 10 + .5 * 20) / .75.
CREATE TEMP TABLE income_case AS
SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code, 3), ('11', 'B', 1), ('26', 'A', 2), ('26', 'B', 2), ('27', 'C', 9)) v(r, s, x);
SELECT sector, round(value::numeric, 9) AS prody FROM income_case, prody(m, '{"(11,10)","(26,20)"}') ORDER BY sector;
SELECT region, round(value::numeric, 9) AS expy FROM income_case, expy(m, '{"(11,10)","(26,20)"}') ORDER BY region;
-- Per head: a has 5 for 30 people of the two regions; region 11 has 3 for 10 of them.
SELECT region, sector, round(value::numeric, 9) AS rpop FROM income_case, cells(rpop(m, '{"(11,10)","(26,20)"}')) ORDER BY 1, 2;

-- Plants: two equal regions, two equal plants of a in one region, of b in both; c has a single plant.
SELECT * FROM ellison_glaeser('{"(11,A,5)","(11,A,5)","(26,B,2)","(11,B,2)","(26,C,10)"}') ORDER BY sector;
SELECT * FROM ellison_glaeser('{"(11,A,5)","(11,A,5)"}');
SELECT * FROM ellison_glaeser('{}');

-- A table that falls apart has no outlook.
SELECT region, value, status FROM complexity_outlook((SELECT activity_matrix_agg(r, s, 1) FROM (VALUES ('11'::region_code, 'A'::sector_code), ('26', 'B')) v(r, s)), presence => 'given') ORDER BY region;
SELECT DISTINCT value FROM cells(opportunity_gain((SELECT activity_matrix_agg(r, s, 1) FROM (VALUES ('11'::region_code, 'A'::sector_code), ('26', 'B')) v(r, s)), presence => 'given'));

SELECT * FROM ellison_glaeser('{"(11,A,-5)"}');
SELECT * FROM ellison_glaeser('{"(11,,5)"}');
SELECT * FROM income_case, prody(m, '{"(11,-1)"}');
SELECT * FROM income_case, projected_complexity(m, '{"(,1)"}');
DROP TABLE outlook_case, outlook_cells, outlook_one, income_case;
