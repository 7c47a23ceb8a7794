-- 40 jobs of C and 20 of J come to a region with 30 in A and 10 in C.
CREATE TEMP TABLE what_if_case AS
SELECT activity_matrix_agg(r, s, x) AS m
FROM (VALUES ('46170'::region_code, 'A'::sector_code, 30), ('46170', 'C', 10), ('46110', 'A', 10), ('46110', 'C', 50), ('46110', 'J', 20)) v(r, s, x);
SELECT indicator, sector, round(before::numeric, 6) AS before, round(after::numeric, 6) AS after
FROM what_if_case, what_if(m, '46170', '{C:2, J:1}', 60) ORDER BY indicator, sector NULLS FIRST;
-- The same from the indicators themselves.
SELECT bool_and(abs(after - value) < 1e-12) AS same
FROM what_if_case, what_if(m, '46170', '{C:2, J:1}', 60) w,
     LATERAL (SELECT activity_matrix_agg(r, s, x) AS m1 FROM (VALUES ('46170'::region_code, 'A'::sector_code, 30), ('46170', 'C', 50), ('46170', 'J', 20), ('46110', 'A', 10),
              ('46110', 'C', 50), ('46110', 'J', 20)) v(r, s, x)) t, cells(location_quotient(m1)) c
WHERE w.indicator = 'location_quotient' AND c.region = '46170' AND c.sector = w.sector;
SELECT count(*) FROM what_if_case, what_if(m, '46170', '{}', 60) WHERE after IS NOT NULL AND indicator = 'diversity';
SELECT count(*) FROM what_if_case, what_if(m, '46170', '{C:2}', NULL);

-- Backtest: an indicator against its definition, pair by pair.
CREATE TEMP TABLE backtest_rows AS
SELECT ('x:R' || r)::region_code AS region, ('cluster:S' || s)::sector_code AS sector, year, (hashint4(r * 1000 + s * 10) & 255) + (hashint4(r * 1000 + s * 10 + year) & 127) AS x
FROM generate_series(1, 20) r, generate_series(1, 15) s, generate_series(0, 1) year;
CREATE TEMP TABLE backtest_case AS
SELECT activity_matrix_agg(region, sector, x) FILTER (WHERE year = 0) AS m0, activity_matrix_agg(region, sector, x) FILTER (WHERE year = 1) AS m1 FROM backtest_rows;
CREATE TEMP TABLE backtest_candidate AS
SELECT region, sector, value(relatedness_density(m0), region, sector) AS density, value(location_quotient(m0), region, sector) AS lq,
       value(location_quotient(m1), region, sector) >= 1 AS entered
FROM backtest_case, backtest_rows WHERE year = 0 AND value(location_quotient(m0), region, sector) < 1;
SELECT score, round(auc::numeric, 9) AS auc, auc_low < auc AND auc < auc_high AS inside, round(lift::numeric, 6) AS lift, candidates, entries,
       round(CASE score WHEN 'relatedness_density' THEN (SELECT avg((a.density > b.density)::int + (a.density = b.density)::int / 2.0) FROM backtest_candidate a, backtest_candidate b WHERE a.entered AND NOT b.entered)
                  WHEN 'location_quotient' THEN (SELECT avg((a.lq > b.lq)::int + (a.lq = b.lq)::int / 2.0) FROM backtest_candidate a, backtest_candidate b WHERE a.entered AND NOT b.entered) END, 9) AS by_pairs
FROM backtest_case, backtest(m0, m1) ORDER BY score;
SELECT score, auc, lift, candidates, entries FROM backtest_case, backtest(m0, m0) ORDER BY score;
DROP TABLE what_if_case, backtest_rows, backtest_case, backtest_candidate;
-- where all candidates tie there is no top tenth to be in: each counts a third of the one place, and the lift is 1
SELECT score, lift, candidates, entries
FROM backtest('{11:{A:3, C:3}, 26:{C:3, J:3}, 27:{A:3, J:3}}', '{11:{A:1, C:1, J:9}, 26:{C:3, J:3}, 27:{A:3, J:3}}') ORDER BY score;
