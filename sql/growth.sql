CREATE TEMP TABLE growth_case AS
SELECT activity_matrix_agg(r, s, a) AS m0, activity_matrix_agg(r, s, b) AS m1
FROM (VALUES ('46170'::region_code, 'A'::sector_code, 100, 121), ('46170', 'C', 50, 0), ('46110', 'A', 0, 10), ('46110', 'C', 100, 400)) v(r, s, a, b);
SELECT region, sector, before, after, change, round(rate::numeric, 9) AS rate FROM growth_case, growth(m0, m1);
-- Two years: 10 percent and 100 percent a year.
SELECT region, sector, round(rate::numeric, 9) AS rate FROM growth_case, growth(m0, m1, 2);
SELECT region, before, after, change, round(rate::numeric, 9) AS rate FROM growth_case, region_growth(m0, m1);
SELECT sector, before, after, change, round(rate::numeric, 9) AS rate FROM growth_case, sector_growth(m0, m1);
-- Changes of cells add up to those of regions and sectors.
SELECT (SELECT sum(change) FROM growth(m0, m1)) = (SELECT sum(change) FROM region_growth(m0, m1)) AS regions,
       (SELECT sum(change) FROM growth(m0, m1)) = (SELECT sum(change) FROM sector_growth(m0, m1)) AS sectors FROM growth_case;
-- Negative amounts, no time, NULL, nothing.
SELECT rate FROM growth((SELECT activity_matrix_agg('46170', 'A', -1)), (SELECT activity_matrix_agg('46170', 'A', 2)));
SELECT rate FROM growth_case, growth(m0, m1, 0);
SELECT count(*) FROM growth_case, growth(m0, NULL);
SELECT count(*) FROM growth((SELECT activity_matrix_agg('46170', 'A', 0)), (SELECT activity_matrix_agg('46170', 'A', 0)));
DROP TABLE growth_case;
