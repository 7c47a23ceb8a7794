CREATE TEMP TABLE bootstrap_case AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1 + (hashint4(r * 100 + s) & 63) * CASE WHEN s <= r THEN 4 ELSE 1 END) AS m
FROM generate_series(1, 8) r, generate_series(1, 9) s;

-- Estimates are the indicators themselves, bounds hold them, the seed decides everything.
SELECT count(*) AS cells, count(*) FILTER (WHERE b.value = c.value) AS same, count(*) FILTER (WHERE low < b.value AND b.value < high) AS inside, min(status) AS status
FROM bootstrap_case, bootstrap(m, 'location_quotient', 200) b JOIN LATERAL (SELECT * FROM cells(location_quotient(m))) c USING (region, sector);
SELECT count(*) FILTER (WHERE a.low = b.low AND a.high = b.high) AS same_seed, count(*) FILTER (WHERE a.low = c.low AND a.high = c.high) AS other_seed
FROM bootstrap_case, bootstrap(m, 'location_quotient', 50) a, bootstrap(m, 'location_quotient', 50) b, bootstrap(m, 'location_quotient', 50, seed => 2) c
WHERE (a.region, a.sector) = (b.region, b.sector) AND (a.region, a.sector) = (c.region, c.sector);
SELECT count(*) AS regions, bool_and(low <= value AND value <= high) AS inside, bool_and(abs(value - eci) < 1e-15) AS same
FROM bootstrap_case, bootstrap(m, 'economic_complexity', 100) JOIN LATERAL (SELECT region AS of, eci FROM economic_complexity(m)) e ON e.of = region;
SELECT bool_and(value = rank) AS same, bool_and(low >= 1 AND high <= 8) AS within
FROM bootstrap_case, bootstrap(m, 'complexity_rank', 100) JOIN LATERAL (SELECT region AS of, rank() OVER (ORDER BY eci DESC) FROM economic_complexity(m)) e ON e.of = region;
SELECT count(*) AS cells, count(*) FILTER (WHERE b.value IS NOT DISTINCT FROM value(relatedness_density(m), b.region, b.sector)) AS same
FROM bootstrap_case, bootstrap(m, 'relatedness_density', 20) b;

-- Against theory: the delta method for ln LQ = ln a + ln T - ln(a + b) - ln(a + c) with independent Poisson cells a, b, c, d.
SELECT abs((ln(high) - ln(low)) / (2 * 1.959964) / sqrt(3000 * (1/3e3 + 1/1e4 - 1/4e3 - 1/4e3) ^ 2 + 2 * 1000 * (1/1e4 - 1/4e3) ^ 2 + 5000 * (1/1e4) ^ 2) - 1) < 0.1 AS width, status
FROM bootstrap((SELECT activity_matrix_agg(r, s, x) FROM (VALUES ('11'::region_code, 'A'::sector_code, 3000), ('11', 'C', 1000), ('26', 'A', 1000), ('26', 'C', 5000)) v(r, s, x)), 'location_quotient', 2000)
WHERE region = '11' AND sector = 'A';
-- A small cell among large ones, which is drawn another way: LQ is in proportion to it, with standard deviation 1 / sqrt(8).
SELECT abs((high - low) / (2 * 1.96 * value) * sqrt(8) - 1) < 0.15 AS width
FROM bootstrap((SELECT activity_matrix_agg(r, s, x) FROM (VALUES ('11'::region_code, 'A'::sector_code, 8), ('11', 'C', 1000000), ('26', 'A', 1000000), ('26', 'C', 1000000)) v(r, s, x)), 'location_quotient', 2000)
WHERE region = '11' AND sector = 'A';

-- Sectors, and pairs of them: estimates are the indicators, each pair comes once, in both orders with the asymmetric method.
SELECT count(*) AS sectors, bool_and(region IS NULL AND low <= value AND value <= high) AS inside, bool_and(abs(value - pci) < 1e-15) AS same
FROM bootstrap_case, bootstrap(m, 'sector_complexity', 100) JOIN LATERAL (SELECT sector AS of, pci FROM sector_complexity(m)) e ON e.of = sector;
SELECT count(*) AS sectors, bool_and(value = rank) AS same, bool_and(low >= 1 AND high <= 9) AS within
FROM bootstrap_case, bootstrap(m, 'sector_complexity_rank', 100) JOIN LATERAL (SELECT sector AS of, rank() OVER (ORDER BY pci DESC) FROM sector_complexity(m)) e ON e.of = sector;
SELECT method, count(*) AS pairs, bool_and(sector_a < sector_b) AS once, bool_and(b.value = value(relatedness(m, method), sector_a, sector_b)) AS same, bool_and(low <= high) AS ordered
FROM bootstrap_case, unnest('{proximity,asymmetric,correlation,probability}'::text[]) method, bootstrap_relatedness(m, method, 20) b GROUP BY 1 ORDER BY 1;
-- By hand: only the presence of A in 26 hangs on the draw, and with it the proximity of A and C is 2/2, without it 1/2.
SELECT sector_a, sector_b, value, low, high, status
FROM bootstrap_relatedness((SELECT activity_matrix_agg(r, s, x) FROM (VALUES ('11'::region_code, 'A'::sector_code, 1000), ('11', 'C', 1000), ('26', 'A', 500), ('26', 'C', 1000), ('26', 'F', 500), ('27', 'F', 2000)) v(r, s, x)),
    samples => 200) ORDER BY 1, 2;
SELECT count(*) FROM bootstrap_relatedness((SELECT activity_matrix_agg('11', 'A', 1)), samples => 5);
SELECT count(*) FROM bootstrap_relatedness((SELECT activity_matrix_agg('11', 'A', 0)), samples => 5);
SELECT * FROM bootstrap_case, bootstrap_relatedness(m, 'hope');

-- A cell of 1 is gone in some samples; a table that falls apart has no complexity in any.
SELECT region, sector, value, low, status LIKE 'no result in % of 300 samples' AS some_without
FROM bootstrap((SELECT activity_matrix_agg('11', 'A', 1)), 'location_quotient', 300);
SELECT region, sector, value, low, high, status
FROM bootstrap((SELECT activity_matrix_agg(r, s, 900) FROM (VALUES ('11'::region_code, 'A'::sector_code), ('26', 'C')) v(r, s)), 'economic_complexity', 10) ORDER BY 1;
SELECT count(*) FROM bootstrap((SELECT activity_matrix_agg('11', 'A', 0)), 'location_quotient', 5);

SELECT * FROM bootstrap_case, bootstrap(m, 'hope');
SELECT * FROM bootstrap_case, bootstrap(m, 'location_quotient', 0);
SELECT * FROM bootstrap_case, bootstrap(m, 'location_quotient', confidence => 1);
SELECT * FROM bootstrap_case, bootstrap(m * 1e20, 'location_quotient');
DROP TABLE bootstrap_case;
