-- Economies of regions: by hand, against the functions they are made of, and awkward arguments.
-- [[30,10],[10,50]]: location quotients 1.875, 0.41667, 0.41667, 1.38889.
CREATE TEMP TABLE t AS SELECT '{11:{A:30,C:10},26:{A:10,C:50}}'::activity_matrix AS m;
SELECT region, sector, value, round(location_quotient::numeric, 5) AS location_quotient, present FROM t, region_sectors(m) ORDER BY region, sector;
-- A town against the nation; a sector that it lacks, and one that the nation lacks.
SELECT region, sector, value, round(location_quotient::numeric, 5) AS location_quotient, present
FROM t, region_sectors('{x:1:{A:3,D:1}}', m) ORDER BY region, sector;
-- localization 1.875 / 2.875; supply: A asks half of each sector, B only A, C what nobody has.
SELECT e.region, e.activity, round(value(e.localization, 'A', 'A')::numeric, 5) AS localization, e.present, e.supply, e.staff
FROM t, region_economies(m, NULL, '{A:{A:0.5,C:0.5},B:{A:1},C:{Q:1}}', NULL) e ORDER BY 1;
-- 0.5 * 1.875 + 0.5 * 0.41667 = 1.14583, so at most 1; 0.5 * 0.41667 + 0.5 * 1.38889 = 0.90278.
-- The same as the functions one by one, in a table of decimals.
CREATE TEMP TABLE w AS
SELECT activity_matrix_agg(('x:' || r)::region_code, ('group:S' || s)::sector_code, (1 + (r * 7919 + s * 104729) % 997) / 10::float8) AS m
FROM generate_series(1, 30) r, generate_series(1, 40) s WHERE (r * 31 + s * 17) % 4 > 0;
SELECT count(*) AS differ
FROM w CROSS JOIN LATERAL region_sectors(m) e
LEFT JOIN cells((SELECT location_quotient(m) FROM w)) q ON q.region = e.region AND q.sector = e.sector
LEFT JOIN cells((SELECT specialized(m) FROM w)) p ON p.region = e.region AND p.sector = e.sector
WHERE e.value <> value(m, e.region, e.sector) OR e.location_quotient <> coalesce(q.value, 0) OR e.present <> (coalesce(p.value, 0) = 1);
SELECT count(*) AS economies, count(*) FILTER (WHERE e.activity <> s.activity OR e.present <> s.present OR e.localization <> s.localization) AS differ
FROM w CROSS JOIN LATERAL region_economies(m, NULL, NULL, NULL) e
JOIN (SELECT c.region, sum(c.value ORDER BY c.sector) AS activity, sector_profile_agg(c.sector, 1) FILTER (WHERE c.present) AS present,
             sector_matrix_agg(c.sector, c.sector, c.location_quotient / (1 + c.location_quotient)) AS localization
      FROM w CROSS JOIN LATERAL region_sectors(m) c GROUP BY c.region) s ON s.region = e.region;
SELECT count(*) AS none FROM region_sectors(NULL, NULL);
SELECT count(*) AS none FROM region_economies(NULL, NULL, NULL, NULL);
SELECT count(*) AS none FROM region_sectors('{}', '{11:{A:1}}');
SELECT * FROM region_economies('{11:{A:1}}', NULL, '{A:{A:-1}}', NULL);
SELECT * FROM region_sectors('{11:{A:-1}}');
DROP TABLE t, w;
