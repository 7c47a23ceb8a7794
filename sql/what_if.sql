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

-- With incomes and complexities from elsewhere, by hand. Before: shares of A, C, J are 3/4 1/4 0 and 1/8 5/8 1/4; incomes 10 and 20.
-- prody A = (.75 x 10 + .125 x 20) / .875 = 80/7, C = (.25 x 10 + .625 x 20) / .875 = 120/7; expy = .75 x 80/7 + .25 x 120/7 = 90/7. Present: A only, before and after.
SELECT indicator, sector, round(before::numeric, 9) AS before, round(after::numeric, 9) AS after,
       CASE WHEN indicator = 'expy' THEN round(90 / 7.0, 9) WHEN sector = 'A' AND indicator = 'prody' THEN round(80 / 7.0, 9) WHEN sector = 'C' AND indicator = 'prody' THEN round(120 / 7.0, 9)
            WHEN indicator = 'projected_complexity' THEN 3 END AS before_by_hand
FROM what_if_case, what_if(m, '46170', '{C:2, J:1}', 60, '{"(46170,10)","(46110,20)"}', '{"(A,3)","(C,-1)","(J,2)"}')
WHERE indicator IN ('expy', 'prody', 'projected_complexity', 'reflections', 'group_coagglomeration', 'coagglomeration', 'concentration_krugman') ORDER BY indicator, sector NULLS FIRST;
-- The rest are those of the short form, and the new ones are what the functions say of the table after the arrival.
SELECT count(*) AS rows, count(s.indicator) AS of_the_short_form, count(*) FILTER (WHERE s.indicator IS NOT NULL AND (s.before, s.after) IS DISTINCT FROM (l.before, l.after)) AS different
FROM what_if_case, LATERAL (SELECT * FROM what_if(m, '46170', '{C:2, J:1}', 60, NULL, NULL)) l LEFT JOIN LATERAL (SELECT * FROM what_if(m, '46170', '{C:2, J:1}', 60)) s
     ON s.indicator = l.indicator AND s.sector IS NOT DISTINCT FROM l.sector;
SELECT bool_and(abs(w.after - CASE WHEN w.sector = 'C' THEN value(r, 'C', 'J') WHEN w.sector = 'J' THEN value(r, 'J', 'C') ELSE (2 * value(r, 'A', 'C') + value(r, 'A', 'J')) / 3 END) < 1e-15) AS coagglomeration,
       bool_and(abs(g.after - value(r, 'C', 'J')) < 1e-15) AS of_two_sectors
FROM what_if_case, LATERAL (SELECT coagglomeration(m + activity_matrix_agg(r, s, x)) AS r FROM (VALUES ('46170'::region_code, 'C'::sector_code, 40), ('46170', 'J', 20)) v(r, s, x)) t,
     what_if(m, '46170', '{C:2, J:1}', 60, NULL, NULL) w, what_if(m, '46170', '{C:2, J:1}', 60, NULL, NULL) g
WHERE w.indicator = 'coagglomeration' AND g.indicator = 'group_coagglomeration';
SELECT count(*) FROM what_if_case, what_if(m, '46170', '{C:2}', NULL, NULL, NULL);

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
SELECT score, auc, auc_low, auc_high, lift, candidates, entries FROM backtest_case, backtest(m0, m0) ORDER BY score;
DROP TABLE what_if_case, backtest_rows, backtest_case, backtest_candidate;
-- where all candidates tie there is no top tenth to be in: each counts a third of the one place, and the lift is 1
SELECT score, lift, candidates, entries
FROM backtest('{11:{A:3, C:3}, 26:{C:3, J:3}, 27:{A:3, J:3}}', '{11:{A:1, C:1, J:9}, 26:{C:3, J:3}, 27:{A:3, J:3}}') ORDER BY score;

-- A profile in another scheme or edition would add new sectors beside the old: an error. So is its check alone; an empty matrix has no scheme.
SELECT * FROM what_if('{46170:{C:2, J:1}, 46110:{C:1}}', '46170', '{group:C:2}', 60);
SELECT * FROM what_if('{46170:{C:2, J:1}, 46110:{C:1}}', '46170', '{C:1, ksic9:J:1}', 60, NULL, NULL);
SELECT same_scheme('{C:1, 58:1}', '{46170:{35:2}}'), same_scheme('{ksic9:35:1}', '{}'), same_scheme('{}', '{46170:{35:2}}') AS none;
