-- Lorenz and location curves by hand, and what is no amount
SELECT * FROM lorenz_curve('{4,1,3,2}');
SELECT * FROM lorenz_curve('{3,1}', '{1,3}');
SELECT 1 - sum((u - lag_u) * (v + lag_v)) = (SELECT gini(x) FROM generate_series(1, 4) x) AS gini
FROM (SELECT u, v, lag(u) OVER (ORDER BY u) AS lag_u, lag(v) OVER (ORDER BY u) AS lag_v FROM lorenz_curve('{4,1,3,2}') c(u, v)) t;
SELECT * FROM lorenz_curve('{NULL,5,5}');
SELECT * FROM location_curve('{30,10,0}', '{40,40,20}');
-- A place with nothing of the reference comes last, one with nothing at all not.
SELECT * FROM location_curve('{1,1,0}', '{0,1,0}');
SELECT count(*) FROM lorenz_curve('{}');
SELECT count(*) FROM lorenz_curve(NULL);
SELECT count(*) FROM lorenz_curve('{0,0}');
SELECT count(*) FROM location_curve('{1}', '{0}');
SELECT * FROM lorenz_curve('{1,-1}');
SELECT * FROM lorenz_curve('{1,NaN}');
SELECT * FROM location_curve('{1}', '{infinity}');

-- Theil L: provinces 46 (1, 3) and 26 (2, 2), mean 2: within = (ln 2 + ln 2/3) / 4, between 0; a zero makes it infinite.
SELECT sector, between_groups, round(within_groups::numeric, 9) AS within, round(((ln(2.0) + ln(2.0 / 3)) / 4), 9) AS by_hand
FROM theil_l_decomposition((SELECT activity_matrix_agg(r, 'A', x) FROM (VALUES ('46110'::region_code, 1), ('46170', 3), ('26110', 2), ('26140', 2)) v(r, x)), 1) ORDER BY sector;
SELECT * FROM theil_l_decomposition((SELECT activity_matrix_agg(r, s, 1) FROM (VALUES ('46110'::region_code, 'A'::sector_code), ('46170', 'C')) v(r, s)), 1) ORDER BY sector;
SELECT * FROM theil_l_decomposition(NULL, 1);
SELECT * FROM theil_l_decomposition((SELECT activity_matrix_agg('46', 'A', 1)), 0);

-- Names that users look for.
SELECT rsca(m) = symmetric_lq(m) AS rsca FROM (SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code, 30), ('11', 'C', 10), ('26', 'A', 10), ('26', 'C', 50)) v(r, s, x)) t;
SELECT has_rca(30, 40, 40, 100), has_rca(10, 40, 60, 100) AS less, has_rca(0.1, 0.3, 0.7, 2.1) AS equal, has_rca(0.1, 0.3, 0.7, 2.1, strict => true) AS above,
       has_rca(30, 40, 40, 100, 1.875) AS reaches, has_rca(30, 40, 40, 100, 1.8750001) AS misses;
SELECT has_rca(0, 0, 1, 2) AS no_total, has_rca(-1, 1, 1, 1) AS negative, has_rca('NaN', 1, 1, 1) AS nan, has_rca(1, 'infinity', 1, 1) AS infinite, has_rca(NULL, 1, 1, 1) AS unknown;

-- The index of extinction.
SELECT extinction_index(0, 20) AS no_women, extinction_index(0, 0) AS nobody, extinction_index(5, NULL) AS unknown, extinction_index(1, 5) AS a_fifth;
SELECT extinction_index(5, -1);
SELECT extinction_index('infinity', 5);
SELECT extinction_index(5, 'infinity');
SELECT extinction_index('NaN', 5);
