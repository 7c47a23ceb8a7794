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
-- Dynamic where the nation's total stays: nothing is national. Of 11 in A, 1 ln(5/4) + 1 (1 - ln(5/4) / (1/4)) = 0.330569; of 26, 3 ln(5/4).
SELECT region, sector, actual, "national", round(industry_mix::numeric, 6) AS industry_mix FROM shift_share('{11:{A:1,C:2}, 26:{A:3}}', '{11:{A:2,C:1}, 26:{A:3}}', 'dynamic') ORDER BY 1, 2;
-- Dynamic where all is gone, and where it grows or shrinks by so much that the rate says nothing: x0 ln(X1 / X0) and, where x doubles, 1 more.
SELECT region, sector, actual, "national", industry_mix, regional FROM shift_small, (SELECT activity_matrix_agg('11', 'A', 0) AS none) t, shift_share(m0, none, 'dynamic') ORDER BY 1, 2;
SELECT (SELECT abs("national" - (ln(1e13::float8) + 1)) < 0.1 FROM shift_share('{11:{A:1}, 26:{A:1}}', '{11:{A:2}, 26:{A:19999999999998}}', 'dynamic') WHERE region = '11') AS grown,
       (SELECT abs("national" + ln(1e13::float8)) < 0.1 FROM shift_share('{11:{A:1}, 26:{A:19999999999999}}', '{11:{A:1}, 26:{A:1}}', 'dynamic') WHERE region = '11') AS shrunk;
-- A rate beyond float8: half of the nation takes half of its growth by 4e200, and has got 1e200.
SELECT region, round(("national" / 2e200)::numeric, 12) AS "national", industry_mix, round((regional / 1e200)::numeric, 12) AS regional FROM shift_share('{11:{A:1e-300}, 26:{A:1e-300}}', '{11:{A:1e200}, 26:{A:3e200}}') ORDER BY 1;
-- Sums stay exact where the later total is much the greater.
SELECT method, bool_and(actual = "national" + industry_mix + regional + allocation) AS each_cell,
       sum(actual ORDER BY actual) = sum("national" + industry_mix ORDER BY regional) + sum(regional + allocation ORDER BY "national") AS all_cells
FROM shift_case, unnest('{dunn,esteban,dynamic}'::text[]) method, shift_share(m0, m1 * 54321.7, method) GROUP BY method ORDER BY method;

SELECT region, sector, change FROM shift_small, entry_exit(m0, m1) ORDER BY 1, 2;
SELECT region, sector, change FROM shift_small, (SELECT activity_matrix_agg('26110', 'F', 7) AS more) t, entry_exit(m0, nonnegative(m1 - m0) + more, 'given') ORDER BY 1, 2;

-- Sectors that one date alone lists, before those that both do; a region that comes and one that goes.
SELECT region, sector, change FROM entry_exit('{11:{C:1,J:1}, 27:{K:1}}', '{11:{A:1,J:1}, 26:{K:2}}', 'given') ORDER BY 1, 2;
SELECT region, sector, change FROM entry_exit('{11:{A:1,J:1}, 26:{K:2}}', '{11:{C:1,J:1}, 27:{K:1}}', 'given') ORDER BY 1, 2;
-- So shift-share: all grow 2 for 1, C -1 for 1 and J 2 for 1; A is new.
SELECT sector, actual, "national", industry_mix, regional FROM shift_share('{11:{C:1,J:2}}', '{11:{A:3,J:6}}') ORDER BY 1;

SELECT * FROM shift_small, shift_share(m0, m1, 'static');
SELECT * FROM shift_small, shift_share(m0, location_quotient(m1));
SELECT * FROM shift_small, shift_share(m0, m1 - m0 - m0);
DROP TABLE shift_small, shift_rows, shift_case, shift_cells;
