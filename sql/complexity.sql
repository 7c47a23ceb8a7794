-- A perfectly nested table: complexity, fitness and diversity rank alike.
CREATE TEMP TABLE complexity_nested AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1) AS m
FROM generate_series(1, 5) r, generate_series(1, 6) s WHERE s <= r + 1;
SELECT region, round(eci::numeric, 6) AS eci, diversity, status, rank() OVER (ORDER BY eci) AS by_eci, rank() OVER (ORDER BY diversity) AS by_diversity,
       rank() OVER (ORDER BY fitness) AS by_fitness
FROM complexity_nested, economic_complexity(m, 'given') JOIN LATERAL (SELECT region AS of, fitness FROM region_fitness(m, 50, 0, 'given')) f ON f.of = region ORDER BY region;
SELECT sector, round(pci::numeric, 6) AS pci, ubiquity, status FROM complexity_nested, sector_complexity(m, 'given') ORDER BY sector;
SELECT round(avg(pci)::numeric, 9) AS mean, round(stddev_pop(pci)::numeric, 9) AS deviation FROM complexity_nested, sector_complexity(m, 'given', true);
SELECT regions, sectors, components, round(second_eigenvalue::numeric, 6) AS second, round(third_eigenvalue::numeric, 6) AS third,
       round(correlation::numeric, 6) AS correlation, status FROM complexity_nested, complexity_summary(m, 'given');

-- A region's complexity is the mean of its sectors', and both satisfy the eigenvalue equation.
SELECT max(abs(eci - mean)) < 1e-12 AS mean_of_sectors
FROM complexity_nested, economic_complexity(m, 'given') e,
     LATERAL (SELECT avg(pci) AS mean FROM cells(m) c JOIN sector_complexity(m, 'given') s ON s.sector = c.sector WHERE c.region = e.region) t;
SELECT count(*) AS sectors, max(abs(centred - expected)) < 1e-12 AS eigenvector
FROM complexity_nested, complexity_summary(m, 'given'),
     LATERAL (SELECT s.sector, s.pci - shift AS centred, (SELECT avg(e.eci - shift) FROM cells(m) c JOIN economic_complexity(m, 'given') e USING (region)
                                                   WHERE c.sector = s.sector) / second_eigenvalue AS expected
              FROM sector_complexity(m, 'given') s,
                   -- the raw eigenvector is orthogonal to the diversities: what standardising took away
                   (SELECT sum(e.eci * e.diversity) / sum(e.diversity) AS shift FROM economic_complexity(m, 'given') e) t) u;

-- Two blocks that share no sector: refused, each region named with its component.
SELECT region, eci, status FROM economic_complexity((SELECT activity_matrix_agg(r, s, 1) FROM (VALUES
    ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'B'), ('27', 'C'), ('28', 'C'), ('28', 'D')) v(r, s)), 'given') ORDER BY region;
SELECT sector, pci, status FROM sector_complexity((SELECT activity_matrix_agg(r, s, 1) FROM (VALUES
    ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'B'), ('27', 'C'), ('28', 'C'), ('28', 'D')) v(r, s)), 'given') ORDER BY sector;

-- Every location quotient 1: no second eigenvalue. A ring: the second and the third are equal.
SELECT region, eci, status FROM economic_complexity((SELECT activity_matrix_agg(('x:' || r)::region_code, (10 + s)::text::sector_code, (r * s)::float8 / 10)
                                                     FROM generate_series(1, 3) r, generate_series(0, 4) s)) ORDER BY region;
SELECT DISTINCT eci, regexp_replace(status, '[0-9.]+', '#', 'g') AS status FROM economic_complexity((
    SELECT activity_matrix_agg(('x:' || r)::region_code, (10 + (r + d) % 6)::text::sector_code, 1) FROM generate_series(0, 5) r, generate_series(0, 1) d), 'given');
-- One region, one sector, nothing.
SELECT region, eci, diversity, status FROM economic_complexity((SELECT activity_matrix_agg('11', 'A', 1)), 'given');
SELECT regions, sectors, components, second_eigenvalue, status FROM complexity_summary((SELECT activity_matrix_agg('11', 'A', 0)));
-- A region without any presence is set aside, and so is a sector.
CREATE TEMP TABLE complexity_partial AS
SELECT specialized(activity_matrix_agg(r, s, v), 1.2) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code, 8), ('11', 'B', 8), ('11', 'D', 6),
    ('26', 'B', 8), ('26', 'C', 10), ('26', 'D', 5), ('27', 'C', 9), ('27', 'D', 4), ('28', 'A', 1), ('28', 'B', 4), ('28', 'C', 4), ('28', 'D', 3)) v(r, s, v);
SELECT region, sector, value FROM complexity_partial, cells(m) ORDER BY 1, 2;
SELECT region, round(eci::numeric, 6) AS eci, diversity, status FROM complexity_partial, economic_complexity(m, 'given') ORDER BY region;
SELECT sector, round(pci::numeric, 6) AS pci, ubiquity, status FROM complexity_partial, sector_complexity(m, 'given') ORDER BY sector;
SELECT region, fitness IS NULL AS no_fitness, status FROM complexity_partial, region_fitness(m, 1, presence => 'given') ORDER BY region;
SELECT region, value, round(standardized::numeric, 9) AS standardized FROM complexity_partial, reflections(m, 2, 'given') ORDER BY region;

-- Reflections: two steps by hand for a table of two regions. k0 = 2, 1; sectors 2, 1; k1 = 1.5, 2; k2 = mean over sectors of the mean of k0.
SELECT steps, region, value, standardized
FROM (SELECT activity_matrix_agg(r, s, 1) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'A')) v(r, s)) t,
     generate_series(0, 2) steps, reflections(m, steps, 'given') ORDER BY steps, region;
-- After very many steps all values are equal, and the standardized ones still order the regions as complexity does.
SELECT count(DISTINCT value) AS values, round(corr(standardized, eci)::numeric, 9) AS same_as_eci
FROM complexity_nested, reflections(m, 400, 'given') JOIN LATERAL (SELECT region AS of, eci FROM economic_complexity(m, 'given')) e ON e.of = region;

-- Fitness by hand, one step: F = 2, 1 over mean 1.5; Q = 1/2, 1 over mean 3/4.
SELECT region, round(fitness::numeric, 6) AS fitness, steps, status
FROM (SELECT activity_matrix_agg(r, s, 1) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'A')) v(r, s)) t,
     region_fitness(m, 1, 0, 'given') ORDER BY region;
SELECT sector, round(fitness::numeric, 6) AS fitness, steps, status
FROM (SELECT activity_matrix_agg(r, s, 1) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code), ('11', 'B'), ('26', 'A')) v(r, s)) t,
     sector_fitness(m, 1, 0, 'given') ORDER BY sector;

SELECT * FROM region_fitness((SELECT activity_matrix_agg('11', 'A', 1)), 0);
SELECT * FROM region_fitness((SELECT activity_matrix_agg('11', 'A', 1)), tolerance => -1);
SELECT * FROM reflections((SELECT activity_matrix_agg('11', 'A', 1)), -1);
DROP TABLE complexity_nested, complexity_partial;

-- EconGeo 1.3, MORt(RCA = TRUE): 0 = ubiquity, 1 = mean diversity, 2 = mean of that; later steps it rescales. Sectors of a table are the
-- regions of its mirror.
CREATE TEMP TABLE four AS SELECT '{11:{A:6,C:3,J:1}, 26:{A:2,C:7,K:4}, 27:{C:2,J:5,K:8}, 41:{A:1,J:4,K:5}}'::activity_matrix AS m;
SELECT steps, array_agg(value ORDER BY sector) AS values FROM four, generate_series(0, 2) steps, sector_reflections(m, steps) GROUP BY steps ORDER BY steps;
SELECT steps, bool_and(s.value = r.value AND s.standardized = r.standardized) AS mirrored
FROM generate_series(0, 6) steps, sector_reflections('{11:{A:1,C:1,J:1}, 26:{A:1,C:1}, 27:{A:1}}', steps, 'given') s
JOIN LATERAL reflections('{x:A:{cluster:11:1,cluster:26:1,cluster:27:1}, x:C:{cluster:11:1,cluster:26:1}, x:J:{cluster:11:1}}', steps, 'given') r ON r.region::text = 'x:' || s.sector::text GROUP BY steps ORDER BY steps;
SELECT bool_and(abs(corr + 1) < 1e-3) AS as_complexity FROM (SELECT corr(r.standardized, c.pci) FROM four, sector_reflections('{11:{A:1,C:1,J:1}, 26:{A:1,C:1}, 27:{A:1}}', 20, 'given') r JOIN sector_complexity('{11:{A:1,C:1,J:1}, 26:{A:1,C:1}, 27:{A:1}}', 'given') c USING (sector)) x;
SELECT * FROM sector_reflections(specialized('{11:{A:1,C:1}, 26:{A:1}}', 1.1), 1, 'given');
SELECT sector_reflections('{}', -1);
DROP TABLE four;
