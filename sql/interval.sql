CREATE TEMP TABLE interval_case AS
SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('46170'::region_code, 'A'::sector_code, 30), ('46170', 'C', 10), ('46110', 'A', 10), ('46110', 'C', 50)) v(r, s, x);
-- Wilson's formula in plain SQL, z = 1.959963984540054, with the share of the whole table as known.
SELECT region, sector, round(value::numeric, 9) AS lq, round(low::numeric, 9) AS low, round(high::numeric, 9) AS high,
       round(((p + z * z / 2 / n - z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)) / (1 + z * z / n) / expected)::numeric, 9) AS low_by_formula,
       round(((p + z * z / 2 / n + z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)) / (1 + z * z / n) / expected)::numeric, 9) AS high_by_formula, observations_used AS n
FROM interval_case, location_quotient_ci(m)
JOIN (VALUES ('46170'::region_code, 'A'::sector_code, .75::float8, 40, .4), ('46170', 'C', .25, 40, .6), ('46110', 'A', 1 / 6.0, 60, .4), ('46110', 'C', 5 / 6.0, 60, .6)) v(region, sector, p, n, expected)
USING (region, sector), (VALUES (1.959963984540054)) q(z) ORDER BY region, sector;
-- A survey of 100 weighted to 40 and of none for the other; then 10 among 20, whose Wilson interval is .299 to .701 in every textbook, as the share is a quarter of LQ.
SELECT region, sector, round(low::numeric, 6) AS low, round(high::numeric, 6) AS high, observations_used FROM interval_case, location_quotient_ci(m, 0.9, '{"(46170,100)"}') ORDER BY 1, 2;
SELECT sector, round((low / 4)::numeric, 3) AS low, round((high / 4)::numeric, 3) AS high
FROM location_quotient_ci((SELECT activity_matrix_agg(r, s, x) FROM (VALUES ('11'::region_code, 'A'::sector_code, 10), ('11', 'C', 10), ('26', 'B', 20)) v(r, s, x))) WHERE region = '11' AND sector = 'A';
-- None and all of a region: limits of 0 and of the whole.
SELECT region, sector, value, round(low::numeric, 6) AS low, round(high::numeric, 6) AS high
FROM location_quotient_ci((SELECT activity_matrix_agg(r, s, x) FROM (VALUES ('11'::region_code, 'A'::sector_code, 10), ('26', 'C', 10)) v(r, s, x))) ORDER BY 1, 2;
SELECT count(*) FROM location_quotient_ci(NULL);
SELECT count(*) FROM location_quotient_ci((SELECT activity_matrix_agg('11', 'A', 0)));
SELECT * FROM interval_case, location_quotient_ci(m, 1);
SELECT * FROM interval_case, location_quotient_ci(m, 0.9, '{"(46170,-1)"}');
SELECT * FROM interval_case, location_quotient_ci(as_ratio(m));
DROP TABLE interval_case;
