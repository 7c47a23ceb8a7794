CREATE TEMP TABLE income AS
SELECT * FROM (VALUES (10, 16, 1, 3), (12, 17, 0, 1), (15, 22, 1, 4), (18, 23, 0, 1), (22, 30, 0, 5), (25, 31, 1, 9), (31, 40, 0, 2), (40, 47, 1, 6)) v(initial, later, east, share);

-- R 4.2.2, lm and nls: constant, slope, its error and p-value, R squared; REAT 3.0.3 betaconv.ols and sigmaconv give the same. Its Lambda
-- takes the yearly coefficient for one of the whole span: 0.0019 a year instead of 0.0209.
SELECT what, abs(ours - r) < 1e-12 * greatest(1, abs(r)) AS same
FROM (SELECT (beta_convergence(initial, later, 10)).* FROM income) b,
     LATERAL (VALUES ('alpha', alpha, 0.08595787711354375), ('beta', beta, -0.01884560738704348), ('beta_error', beta_error, 0.003884767647870147), ('p_value', p_value, 0.0028483101640004510),
                     ('r_squared', r_squared, 0.7968422397763898)) v(what, ours, r);
-- nls of the speed itself stops 1e-8 short of the least squares.
SELECT abs(speed - 0.02088167612609073) < 1e-8 AS speed, abs(speed_error - 0.004786885182434174) < 1e-8 AS error, abs(half_life - ln(2) / speed) < 1e-12 AS half_life,
       abs(exp(-speed * 10) - (1 + 10 * beta)) < 1e-15 AS left_of_a_gap
FROM (SELECT (beta_convergence(initial, later, 10)).* FROM income) b;
-- PostgreSQL's own regression.
SELECT abs((b).beta - slope) < 1e-15 AS slope, abs((b).alpha - intercept) < 1e-15 AS constant, abs((b).r_squared - r2) < 1e-13 AS r2, (b).number, (b).controls, (b).status
FROM (SELECT beta_convergence(initial, later, 10) AS b, regr_slope(ln(later / initial::float8) / 10, ln(initial::float8)) AS slope, regr_intercept(ln(later / initial::float8) / 10, ln(initial::float8)) AS intercept,
             regr_r2(ln(later / initial::float8) / 10, ln(initial::float8)) AS r2 FROM income) x;
-- With controls, by lm again.
SELECT what, abs(ours - r) < 1e-12 AS same
FROM (SELECT (beta_convergence(initial, later, 10, ARRAY[east, share])).* FROM income) b,
     LATERAL (VALUES ('alpha', alpha, 0.082973176861959569), ('beta', beta, -0.017880822974001537), ('beta_error', beta_error, 0.005732790637989332), ('p_value', p_value, 0.035559482717507140),
                     ('r_squared', r_squared, 0.8105768377295269), ('east', controls[1], 0.003029727363158122), ('its error', control_errors[1], 0.005785863371724505), ('its p', control_p_values[1], 0.628198360554564017),
                     ('share', controls[2], -0.000361974729852567), ('its error', control_errors[2], 0.001272329843061756), ('its p', control_p_values[2], 0.790149966280338734)) v(what, ours, r);
-- A control takes out what it explains, whatever its unit or mean.
SELECT bool_and(abs(a.beta - b.beta) < 1e-12) AS beta, bool_and(abs(a.controls[2] - b.controls[2] * 1e6) < 1e-12) AS control
FROM (SELECT (beta_convergence(initial, later, 10, ARRAY[east, share])).* FROM income) a, (SELECT (beta_convergence(initial, later, 10, ARRAY[east, 1e9 + share * 1e6])).* FROM income) b;
-- Sigma: standard deviations of logarithms and R's var.test.
SELECT what, abs(ours - r) < 1e-12 AS same
FROM (SELECT (sigma_convergence(initial, later)).* FROM income) s,
     LATERAL (VALUES ('initial', initial, 0.4421464868283124), ('later', later, 0.3612795139041239), ('quotient', quotient, 1.2238349250703677), ('f', f, 1.497771923821992), ('p_value', p_value, 0.6072144916325457)) v(what, ours, r);
SELECT abs((s).initial - a) < 1e-15 AS initial, abs((s).later - b) < 1e-15 AS later FROM (SELECT sigma_convergence(initial, later) AS s, stddev_pop(ln(initial::float8)) AS a, stddev_pop(ln(later::float8)) AS b FROM income) x;
-- Its trend over years, by lm.
SELECT what, abs(ours - r) < 1e-11 AS same
FROM (SELECT (sigma_trend(year, sigma)).* FROM (VALUES (2010, .40), (2012, .38), (2014, .385), (2016, .36), (2020, .33)) v(year, sigma)) t,
     LATERAL (VALUES ('intercept', intercept, 14.049864864864714420), ('slope', slope, -0.006790540540540467), ('error', slope_error, 0.001034872535081765), ('p_value', p_value, 0.007198594268853039), ('r2', r_squared, 0.9348620881155123)) v(what, ours, r);

-- The order of rows changes no bit, nor does a part that was added up elsewhere.
SELECT count(DISTINCT b::text) AS results FROM (SELECT beta_convergence(initial, later, 10, ARRAY[east, share] ORDER BY hashint4(initial + seed)) AS b FROM income, generate_series(1, 20) seed GROUP BY seed) x;
CREATE AGGREGATE beta_rows(float8, float8, float8) (SFUNC = beta_convergence_accumulate, STYPE = float8[]);
CREATE AGGREGATE beta_of_parts(float8[]) (SFUNC = array_cat, STYPE = float8[], FINALFUNC = beta_convergence_final);
SELECT beta_of_parts(part) = (SELECT beta_convergence(initial, later, 10) FROM income) AS same FROM (SELECT beta_rows(initial, later, 10) AS part FROM income GROUP BY share % 3) p;
DROP AGGREGATE beta_rows(float8, float8, float8), beta_of_parts(float8[]);
CREATE TEMP TABLE many AS SELECT 1 + (i * 7919::bigint % 10007) AS a, 1 + (i * 104729::bigint % 9973) AS b FROM generate_series(1, 30000) i;
ANALYZE many;
SET max_parallel_workers_per_gather = 0;
SELECT beta_convergence(a, b, 5) AS serial, sigma_convergence(a, b) AS sigma FROM many \gset
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT beta_convergence(a, b, 5)::text = :'serial' AS beta, sigma_convergence(a, b)::text = :'sigma' AS sigma FROM many;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
DROP TABLE many;

-- What cannot be given is NULL, with a status: too few regions, initial values all equal, controls that follow from each other.
SELECT number, beta, status FROM (SELECT (beta_convergence(initial, later, 10)).* FROM income WHERE initial < 12) b;
SELECT number, round(beta::numeric, 12) AS beta, beta_error, p_value, r_squared, status FROM (SELECT (beta_convergence(initial, later, 10)).* FROM income WHERE initial < 15) b;
SELECT number, beta, status FROM (SELECT (beta_convergence(5, later, 10)).* FROM income) b;
SELECT number, beta, status FROM (SELECT (beta_convergence(initial, later, 10, ARRAY[east, 1 - east])).* FROM income) b;
SELECT number, beta, controls, status FROM (SELECT (beta_convergence(initial, later, 10, ARRAY[7])).* FROM income) b;
SELECT number, beta, status FROM (SELECT (beta_convergence(initial, later, 10)).* FROM income WHERE false) b;
-- Units of any size: squares of such numbers are no doubles.
SELECT bool_and((b).status = 'ok' AND abs((b).controls[1] * unit / (a).controls[1] - 1) < 1e-12 AND abs((b).control_errors[1] * unit / (a).control_errors[1] - 1) < 1e-12 AND (b).beta = (a).beta) AS controls
FROM (SELECT unit, beta_convergence(initial, later, 10, ARRAY[share * unit]) AS b, beta_convergence(initial, later, 10, ARRAY[share]) AS a FROM income, (VALUES (1e200), (1e-200)) u(unit) GROUP BY unit) x;
SELECT bool_and(abs((b).slope * x_unit / y_unit / (a).slope - 1) < 1e-12 AND abs((b).slope_error * x_unit / y_unit / (a).slope_error - 1) < 1e-12 AND abs((b).intercept / y_unit / (a).intercept - 1) < 1e-12
                AND abs((b).p_value / (a).p_value - 1) < 1e-12 AND abs((b).r_squared - (a).r_squared) < 1e-12) AS trend
FROM (SELECT x_unit, y_unit, sigma_trend(initial * x_unit, later * y_unit) AS b, sigma_trend(initial, later) AS a FROM income, (VALUES (1, 1e200), (1, 1e-200), (1e200, 1), (1e-200, 1), (1e150, 1e-150)) u(x_unit, y_unit) GROUP BY x_unit, y_unit) x;
-- Quotients that are no double, and those next to 1, whose logarithm is not the difference of two.
SELECT abs((b).beta + 2) < 1e-12 AS beta, abs((b).alpha) < 1e-9 AS alpha FROM (SELECT beta_convergence(power(10::float8, i), power(10::float8, -i), 1) AS b FROM (VALUES (-290), (-20), (160), (300)) v(i)) x;
SELECT abs((b).alpha / 1e-14 - 1) < 1e-2 AS next_to_1 FROM (SELECT beta_convergence(i * 1e5, i * 1e5 * (1 + 1e-14), 1) AS b FROM generate_series(1, 8) i) x;
-- What differs by rounding alone is alike: values, and growth; far from 0 nothing is lost.
SELECT (b).status FROM (SELECT beta_convergence(CASE WHEN initial < 20 THEN 0.1::float8 + 0.2::float8 ELSE 0.3::float8 END, later, 10) AS b FROM income) x;
SELECT (b).beta, (b).p_value, (b).r_squared FROM (SELECT beta_convergence(i / 7.0::float8, i / 7.0::float8 * 1.1::float8, 10) AS b FROM generate_series(1, 20) i) x;
SELECT sigma_trend(i, CASE WHEN i < 4 THEN 0.1::float8 + 0.2::float8 ELSE 0.3::float8 END) FROM generate_series(1, 7) i;
SELECT abs((far).slope / (near).slope - 1) < 1e-12 AS slope, abs((far).p_value / (near).p_value - 1) < 1e-12 AS p_value FROM (SELECT sigma_trend(initial + 2 ^ 40, later) AS far, sigma_trend(initial, later) AS near FROM income WHERE initial < 40) x;
-- All grow alike: nothing to explain. Divergence has a negative speed and no half-life; from -1 over the span on there is no speed.
SELECT beta, p_value, r_squared, speed FROM (SELECT (beta_convergence(initial, 2 * initial, 10)).* FROM income) b;
SELECT round(beta::numeric, 12) AS beta, round(speed::numeric, 12) AS speed, half_life FROM (SELECT (beta_convergence(initial, power(initial, 1.5), 10)).* FROM income) b;
SELECT round(beta::numeric, 12) AS beta, speed, half_life FROM (SELECT (beta_convergence(initial, power(initial, -0.5), 10)).* FROM income) b;
SELECT (beta_convergence(initial, later, 10)).number, (sigma_convergence(initial, later)).number FROM (SELECT initial, later FROM income UNION ALL VALUES (NULL, 3), (3, NULL)) x;
SELECT (beta_convergence(initial, later, 10, ARRAY[east, nullif(share, 9)])).number FROM income;
SELECT sigma_convergence(initial, later), sigma_trend(initial, later) FROM income WHERE initial = 10;
SELECT sigma_convergence(3, 3) FROM income;
-- However many equal values there are, they have no dispersion; close ones have theirs.
SELECT (s).initial > 0 AS initial, (s).later, (s).quotient, (s).f, (s).p_value FROM (SELECT sigma_convergence(i, 7.3) AS s FROM generate_series(1, 20000) i) x;
SELECT abs((s).later / 1e-12 - 0.5) < 1e-3 AS later FROM (SELECT sigma_convergence(i, CASE WHEN i % 2 = 0 THEN 7.3 ELSE 7.3 * (1 + 1e-12) END) AS s FROM generate_series(1, 20000) i) x;
-- No probability is above 1, nor a part explained below 0.
SELECT count(*) FILTER (WHERE (s).p_value > 1) AS above_1 FROM (SELECT n, sigma_convergence(i, 3 * i) AS s FROM generate_series(2, 60) n, generate_series(1, n) i GROUP BY n) x;
SELECT count(*) FILTER (WHERE (t).r_squared < 0) AS below_0 FROM (SELECT n, sigma_trend(i, 0.1 * (i - (n + 1) / 2.0) ^ 2 + 0.3 * abs(i - (n + 1) / 2.0)) AS t FROM generate_series(3, 300) n, generate_series(1, n) i GROUP BY n) x;
SELECT sigma_convergence(initial, later) FROM income WHERE false;
SELECT (sigma_trend(2010, later)).slope FROM income;
-- Errors.
SELECT beta_convergence(initial - 10, later, 10) FROM income;
SELECT beta_convergence(initial, 'infinity', 10) FROM income;
SELECT beta_convergence(initial, later, 0) FROM income;
SELECT beta_convergence(initial, later, 'infinity') FROM income;
SELECT beta_convergence(initial, later, initial) FROM income;
SELECT beta_convergence(initial, later, 10, CASE WHEN east = 1 THEN ARRAY[share] ELSE ARRAY[share, 1] END) FROM income;
SELECT beta_convergence(initial, later, 10, ARRAY[share, 'nan'::float8]) FROM income;
SELECT beta_convergence(initial, later, 10, ARRAY[share, 'infinity'::float8]) FROM income;
SELECT beta_convergence(initial, later, 10, array_fill(1::float8, ARRAY[101])) FROM income;
SELECT beta_convergence(initial, later, 10, ARRAY[[share], [east]]) FROM income;
SELECT sigma_convergence(initial, -later) FROM income;
SELECT sigma_trend(initial, 'nan') FROM income;
SELECT beta_convergence_accumulate(NULL, 1, 2, 3);
SELECT beta_convergence_final('{0,1,2}'), beta_convergence_final('{0,-1,2,3}');
SELECT beta_convergence_final('{0,-1,2,3}');
SELECT beta_convergence_final('{0,1,2}');
SELECT beta_convergence_final('{{0},{1},{2},{3}}');
SELECT beta_convergence_final('{0,1,NULL,3}');
SELECT beta_convergence_final('{0,1,nan,3}');
SELECT beta_convergence_final('{0,1,infinity,3}');
SELECT sigma_convergence_final('{0,0,2,3}');
SELECT beta_convergence_final('{0.5,1,2,3}');
DROP TABLE income;
