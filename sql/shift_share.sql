-- Worked by hand: a region (100, 100) to (120, 100) in a nation (500, 500) to (550, 600): national 30, mix 0, regional -10, total 20.
CREATE TEMP TABLE shift_small AS
SELECT activity_matrix_agg(r, s, x0) AS m0, activity_matrix_agg(r, s, x1) AS m1
FROM (VALUES ('46170'::region_code, 'A'::sector_code, 100, 120), ('46170', 'C', 100, 100), ('11110', 'A', 400, 430), ('11110', 'C', 400, 500)) v(r, s, x0, x1);
SELECT region, sum(actual) AS actual, sum("national") AS "national", sum(industry_mix) AS industry_mix, sum(regional) AS regional, sum(allocation) AS allocation
FROM shift_small, shift_share(m0, m1) GROUP BY region ORDER BY region;
SELECT region, sector, actual, "national", industry_mix, regional FROM shift_small, shift_share(m0, m1) ORDER BY 1, 2;
SELECT region, sector, actual, "national", industry_mix, regional, allocation FROM shift_small, shift_share(m0, m1, 'esteban') ORDER BY 1, 2;

-- The formulas in plain SQL, and exact sums in any order, on generated data with entries and exits.
CREATE TEMP TABLE shift_rows AS
SELECT ('46' || 100 + r * 10)::region_code AS region, (10 + s)::text::sector_code AS sector, year,
       greatest(0, (hashint4(r * 1000 + s * 10 + year) & 1023) - 300)::float8 / (CASE WHEN s % 2 = 0 THEN 10 ELSE 7 END) AS x
FROM generate_series(1, 9) r, generate_series(0, 8) s, generate_series(0, 1) year;
CREATE TEMP TABLE shift_case AS
SELECT activity_matrix_agg(region, sector, x) FILTER (WHERE year = 0) AS m0, activity_matrix_agg(region, sector, x) FILTER (WHERE year = 1) AS m1 FROM shift_rows;
CREATE TEMP TABLE shift_cells AS
SELECT region, sector, x0, x1, sum(x0) OVER s AS s0, sum(x1) OVER s AS s1, sum(x0) OVER () AS t0, sum(x1) OVER () AS t1, sum(x0) OVER r AS r0
FROM (SELECT region, sector, sum(x) FILTER (WHERE year = 0) AS x0, sum(x) FILTER (WHERE year = 1) AS x1 FROM shift_rows GROUP BY 1, 2) t
WINDOW s AS (PARTITION BY sector), r AS (PARTITION BY region);
SELECT count(*) AS cells, count(*) FILTER (WHERE x0 = 0) AS entries, max(abs(actual - (x1 - x0))) < 1e-9 AS actual, max(abs("national" - x0 * (t1 / t0 - 1))) < 1e-9 AS "national",
       max(abs(industry_mix - x0 * (s1 / s0 - t1 / t0))) < 1e-9 AS industry_mix, max(abs(regional - (x1 - x0 * s1 / s0))) < 1e-9 AS regional
FROM shift_case, shift_share(m0, m1) JOIN shift_cells USING (region, sector);
SELECT count(*) AS cells, max(abs(regional - CASE WHEN x0 = 0 THEN x1 ELSE r0 * s0 / t0 * (x1 / x0 - s1 / s0) END)) < 1e-9 AS regional,
       max(abs(allocation - CASE WHEN x0 = 0 THEN 0 ELSE (x0 - r0 * s0 / t0) * (x1 / x0 - s1 / s0) END)) < 1e-9 AS allocation
FROM shift_case, shift_share(m0, m1, 'esteban') JOIN shift_cells USING (region, sector);
-- Dynamic: a thousand short periods of dunn, amounts linear between the dates.
SELECT max(abs("national" - n)) < 1e-3 AS "national", max(abs(industry_mix - i)) < 1e-3 AS industry_mix
FROM shift_case, shift_share(m0, m1, 'dynamic') JOIN shift_cells USING (region, sector),
     LATERAL (SELECT sum(x * dt / t) AS n, sum(x * CASE WHEN s > 0 THEN ds / s ELSE 0 END - x * dt / t) AS i
              FROM (SELECT x0 + (x1 - x0) * (k + 0.5) / 1000 AS x, t0 + (t1 - t0) * (k + 0.5) / 1000 AS t, s0 + (s1 - s0) * (k + 0.5) / 1000 AS s,
                           (t1 - t0) / 1000 AS dt, (s1 - s0) / 1000 AS ds FROM generate_series(0, 999) k) steps) periods;
SELECT method, bool_and(actual = "national" + industry_mix + regional + allocation) AS each_cell,
       sum(actual ORDER BY actual) = sum("national" + industry_mix ORDER BY regional) + sum(regional + allocation ORDER BY "national") AS all_cells,
       count(DISTINCT sum_regional) AS answers
FROM shift_case, unnest('{dunn,esteban,dynamic}'::text[]) method, shift_share(m0, m1, method),
     LATERAL (SELECT sum(s.regional ORDER BY hashint4(o * 7919 + level(s.sector)), s.actual) AS sum_regional FROM generate_series(1, 1) o, shift_share(m0, m1, method) s) t
GROUP BY method ORDER BY method;

-- A sector that the nation did not have, a region that was not there, nothing at all.
SELECT region, sector, actual, "national", industry_mix, regional
FROM shift_small, (SELECT activity_matrix_agg(r, 'F', 7) AS more FROM unnest('{46170,26110}'::region_code[]) r) t, shift_share(m0, m1 + more, 'dynamic')
WHERE sector = 'F' ORDER BY 1, 2;
SELECT region, sector, actual, "national", industry_mix, regional FROM shift_small, (SELECT activity_matrix_agg('11', 'A', 0) AS none) t, shift_share(m0, none) ORDER BY 1, 2;
SELECT count(*) FROM (SELECT activity_matrix_agg('11', 'A', 0) AS none) t, shift_share(none, none);

SELECT region, sector, change FROM shift_small, entry_exit(m0, m1) ORDER BY 1, 2;
SELECT region, sector, change FROM shift_small, (SELECT activity_matrix_agg('26110', 'F', 7) AS more) t, entry_exit(m0, nonnegative(m1 - m0) + more, 'given') ORDER BY 1, 2;

SELECT * FROM shift_small, shift_share(m0, m1, 'static');
SELECT * FROM shift_small, shift_share(m0, location_quotient(m1));
SELECT * FROM shift_small, shift_share(m0, m1 - m0 - m0);
DROP TABLE shift_small, shift_rows, shift_case, shift_cells;
