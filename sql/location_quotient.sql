-- Worked by hand: [[30, 10], [10, 50]].
CREATE TEMP TABLE lq_small AS
SELECT activity_matrix_agg(region::region_code, sector::sector_code, value) AS m
FROM (VALUES ('46170', 'A', 30), ('46170', 'C', 10), ('46110', 'A', 10), ('46110', 'C', 50)) v(region, sector, value);

SELECT region, sector, round(value::numeric, 5) AS lq FROM lq_small, cells(location_quotient(m)) ORDER BY 1, 2;
SELECT location_quotient(m)::text = rca(m)::text AS same_name, kind(location_quotient(m)) FROM lq_small;
SELECT region, sector, round(value::numeric, 5) AS symmetric FROM lq_small, cells(symmetric_lq(m)) ORDER BY 1, 2;
SELECT region, sector, round(value::numeric, 5) AS additive FROM lq_small, cells(additive_lq(m)) ORDER BY 1, 2;
SELECT region, sector, value AS present FROM lq_small, cells(specialized(m)) ORDER BY 1, 2;

-- A city against a nation: it is not added to the nation's totals, and a sector that the nation has not is NULL.
WITH city AS (
    SELECT activity_matrix_agg('x:CITY', sector::sector_code, value) AS m FROM (VALUES ('A', 1), ('B', 2), ('C', 1)) v(sector, value)
)
SELECT sector, value AS lq, value(specialized(city.m, reference => lq_small.m), 'x:CITY', sector) AS present
FROM city, lq_small, cells(location_quotient(city.m, reference => lq_small.m)) ORDER BY 1;
-- A sector of the nation that the city has not is 0, not NULL.
SELECT value(location_quotient(activity_matrix_agg('x:CITY', 'A', 1), (SELECT m FROM lq_small)), 'x:CITY', 'C') AS absent;

-- Rows and columns in proportion, in tenths: every cell is exactly 1, which no rounding of 0.3 to binary may spoil.
CREATE TEMP TABLE lq_even AS
SELECT activity_matrix_agg(('46' || 100 + 10 * r)::region_code, (10 + s)::text::sector_code, (r * s)::float8 / 10) AS m
FROM generate_series(1, 7) r, generate_series(0, 8) s;
SELECT sum(value) AS at_least_one, (SELECT sum(value) FROM lq_even, cells(specialized(m, strict => true))) AS above_one
FROM lq_even, cells(specialized(m));
SELECT DISTINCT value FROM lq_even, cells(location_quotient(m)) WHERE value <> 0;
-- Multiples of 2^-60 are no decimals of a few places: they count as the doubles they are, still without rounding.
SELECT sum(value) AS at_least_one, (SELECT sum(value) FROM lq_even, cells(specialized(m * 10 * power(2::float8, -60), strict => true))) AS above_one
FROM lq_even, cells(specialized(m * 10 * power(2::float8, -60)));

-- Thresholds are decimals too: LQ 1.2 = (6/10) / (5/10).
SELECT strict, coalesce(value(specialized(m, 1.2, strict), '46170', 'A'), 0) AS present
FROM (SELECT activity_matrix_agg(region, sector, value) AS m
      FROM (VALUES ('46170'::region_code, 'A'::sector_code, 6), ('46170', 'C', 4), ('46110', 'A', 4), ('46110', 'C', 6)) v(region, sector, value)) t,
     (VALUES (false), (true)) s(strict);

SELECT region, value FROM lq_small, diversity(m) ORDER BY region;
SELECT sector, value FROM lq_even, ubiquity(m, 'given') ORDER BY sector;

-- Nothing in, nothing out.
SELECT location_quotient(NULL) IS NULL AS null_matrix, specialized(m, NULL) IS NULL AS null_threshold FROM lq_small;
SELECT count(*) FROM (SELECT activity_matrix_agg('46', 'A', 0) AS m) t, cells(location_quotient(m));

SELECT location_quotient(m - m * 2) FROM lq_small;
SELECT location_quotient(location_quotient(m)) FROM lq_small;
SELECT specialized(m, 0) FROM lq_small;
SELECT specialized(m, 'NaN') FROM lq_small;
SELECT diversity(m, 'always') FROM lq_small;
SELECT location_quotient(m + more) FROM lq_small, (SELECT activity_matrix_agg('46', 'A', 1) AS more) t;
SELECT location_quotient(m + more) FROM lq_small, (SELECT activity_matrix_agg('46170', '011', 1) AS more) t;
SELECT location_quotient(m, more) FROM lq_small, (SELECT activity_matrix_agg('46170', '011', 1) AS more) t;
DROP TABLE lq_small, lq_even;
