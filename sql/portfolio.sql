-- REAT 3.0.3, shift(shift.method = "Gerfin"), shiftp and locq.growth: a region (100, 60, 40) to (110, 75, 30), its nation (500, 400, 300) to
-- (520, 500, 250) to (530, 560, 220).
CREATE TEMP TABLE land AS SELECT '{11:{A:100,C:60,J:40}, 26:{A:400,C:340,J:260}}'::activity_matrix AS m0, '{11:{A:110,C:75,J:30}, 26:{A:410,C:425,J:220}}'::activity_matrix AS m1;
SELECT abs(structural - 1.003149606299213) < 1e-15 AS structural, abs(location - 1.012558869701727) < 1e-15 AS location, abs(total - 1.015748031496063) < 1e-15 AS total, abs(structural * location - total) < 1e-15 AS product
FROM land, shift_share_factors(m0, m1) WHERE region = '11';
SELECT sector, abs(value - theirs) < 1e-12 AS same FROM land, shift_share_forecast(m0, m1, '{"(A,530)","(C,560)","(J,220)"}') JOIN (VALUES ('A', 113.5234271223282), ('C', 85.05494505494505), ('J', 26.73155416012558)) v(s, theirs) ON s::sector_code = sector WHERE region = '11' ORDER BY 1;
SELECT p.sector, abs(location_quotient - lq) < 1e-14 AS quotient, abs(rate * 100 - growth) < 1e-12 AS rate, abs(total_rate * 100 - nation) < 1e-12 AS nation
FROM land, portfolio(m0, m1) p JOIN (VALUES ('A', 1.2247763864042933, 10, 4), ('C', 0.8930232558139535, 25, 25), ('J', 0.7544186046511627, -25, -100 / 6.0)) v(s, lq, growth, nation) ON s::sector_code = sector WHERE region = '11' ORDER BY 1;
SELECT round(p.rate::numeric, 12) AS rate, round((power(1.1, 0.2) - 1)::numeric, 12) AS by_hand, round(p.total_rate::numeric, 12) AS total_rate, round((power(1.04, 0.2) - 1)::numeric, 12) AS total_by_hand, before, after FROM land, portfolio(m0, m1, 5) p WHERE region = '11' AND sector = 'A';
-- What is new, gone or unknown.
SELECT * FROM shift_share_factors('{11:{A:1}, 26:{C:1}, 27:{C:3}}', '{11:{J:2}, 26:{C:2}, 28:{C:1}}') ORDER BY 1;
SELECT * FROM shift_share_forecast('{11:{A:1}, 26:{C:1}}', '{11:{A:2}, 26:{C:2,J:1}, 27:{C:1}}', '{"(A,4)","(C,)","(Q,5)"}') ORDER BY 1, 2;
-- A is gone, so that sectors stand in other places: C grew 6 / 4 and goes on to 12 / 6. 11 would have 1.5 and has 3, 26 would have 4.5 and has 4.
SELECT region, sector, round(value::numeric, 6) AS value, round(by_hand, 6) AS by_hand
FROM shift_share_forecast('{11:{A:1,C:1}, 26:{C:3}}', '{11:{C:3}, 26:{C:3,J:1}}', '{"(C,12)","(J,5)"}')
     JOIN (VALUES ('11'::region_code, 'C'::sector_code, 3 * 2 * (3 / 1.5)), ('26', 'C', 3 * 2 * (4 / 4.5)), ('26', 'J', 1 * 5 * (4 / 4.5))) v(region, sector, by_hand) USING (region, sector) ORDER BY 1, 2;
SELECT region, sector, before, after, round(location_quotient::numeric, 6) AS quotient, rate, total_rate FROM portfolio('{11:{A:1,C:1}, 26:{C:1}}', '{11:{A:2}, 26:{C:2,J:1}}') ORDER BY 1, 2;
SELECT count(*) FROM shift_share_factors('{}', '{11:{A:1}}');
SELECT (SELECT count(*) FROM shift_share_factors('{11:{A:1}}', '{}')) AS gone, (SELECT count(*) FROM shift_share_factors('{11:{A:1}}'::activity_matrix * 0, '{11:{A:1}}')) AS nothing;
SELECT count(*) FROM portfolio('{}', '{}');
-- What has no shares, and what stands twice or below 0.
SELECT * FROM shift_share_factors('{11:{A:1}, 26:{A:-1,C:3}}', '{11:{A:1}}');
SELECT * FROM shift_share_factors('{11:{A:1}}', as_ratio('{11:{A:1}}'::activity_matrix));
SELECT * FROM shift_share_forecast('{11:{A:1}}', '{11:{A:-1}}', '{}');
SELECT * FROM shift_share_forecast('{11:{A:1}, 26:{C:1}}', '{11:{A:2}, 26:{C:2}}', '{"(A,4)","(A,1)"}');
SELECT * FROM shift_share_forecast('{11:{A:1}}', '{11:{A:2}}', '{"(A,-4)"}');
DROP TABLE land;
