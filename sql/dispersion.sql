-- By hand: of 1, 2, 3, 4 the variance is 1.25 and the mean 2.5; H = .3, so (.3 - .25) / .75; ln 2.5 over ln(24)/4.
SELECT round(coefficient_of_variation(x)::numeric, 12) AS cv, round((sqrt(1.25) / 2.5)::numeric, 12) AS cv_by_hand, round(herfindahl_normalized(x)::numeric, 12) AS normalized, round(1 / 15.0, 12) AS by_hand,
       round(dalton(x)::numeric, 12) AS dalton, round((4 * ln(2.5) / ln(24))::numeric, 12) AS dalton_by_hand, coulter(x, 1), sqrt((.15 ^ 2 + .05 ^ 2 + .05 ^ 2 + .15 ^ 2) / 2) AS coulter_by_hand
FROM generate_series(1, 4) x;
-- REAT 3.0.3: cv(is.sample = FALSE), williamson(wmean = TRUE), herf(coefnorm = TRUE), herf(output = "eq"), dalton, coulter with and without weights.
CREATE TEMP TABLE reat AS SELECT * FROM (VALUES (12.5, 10), (7, 3), (31, 25), (9.25, 8), (18, 12), (4, 2)) v(x, w);
SELECT measure, abs(ours - theirs) < 1e-14 AS same
FROM (SELECT coefficient_of_variation(x) AS a, williamson(x, w) AS b, herfindahl_normalized(x) AS c, 1 / herfindahl(x) AS d, dalton(x) AS e, coulter(x, 1) AS f, coulter(x, w) AS g FROM reat) o,
     LATERAL (VALUES ('cv', a, 0.6550698562497498), ('williamson', b, 0.4743684446286173), ('herf n', c, 0.08582330331341358), ('herf eq', d, 4.198398052534453), ('dalton', e, 1.087771900940691),
                     ('coulter', f, 0.1891023789219013), ('coulter w', g, 0.04427206257133134)) v(measure, ours, theirs);
-- A weight counts a row as often.
SELECT abs(coefficient_of_variation(x, w) - (SELECT coefficient_of_variation(x) FROM reat, generate_series(1, w))) < 1e-15 AS cv, coefficient_of_variation(x, w) = williamson(x, w) AS williamson,
       abs(herfindahl_normalized(x, w) - (SELECT herfindahl_normalized(x) FROM reat, generate_series(1, w))) < 1e-15 AS herfindahl, abs(dalton(x, w) - (SELECT dalton(x) FROM reat, generate_series(1, w))) < 1e-15 AS dalton
FROM reat;
-- The normalized coefficient of variation, cv / sqrt(n - 1), is the root of the normalized Herfindahl index.
SELECT abs(coefficient_of_variation(x) / sqrt(count(*) - 1) - sqrt(herfindahl_normalized(x))) < 1e-15 AS same FROM reat;
-- Digits stay where all of a plain formula's cancel; equal values have no dispersion, to the bit.
SELECT coefficient_of_variation(1e8 + x) * 1e8 AS cv, sqrt(1.25) / 1.000000025 AS by_hand FROM generate_series(1, 4) x;
SELECT coefficient_of_variation(x), herfindahl_normalized(x), coefficient_of_variation(x, x), dalton(10 * x), coulter(x, 7 * x) FROM (VALUES (0.3::float8), (0.3), (0.3)) v(x);
SELECT coefficient_of_variation(x), herfindahl_normalized(x), coulter(x, 1) FROM (VALUES (0), (0), (0), (5)) v(x);
SELECT round(coefficient_of_variation(x)::numeric, 12) AS huge, round(herfindahl_normalized(x)::numeric, 12) FROM (VALUES (1e140), (3e140)) v(x);
SELECT round(coefficient_of_variation(x, w)::numeric, 12) AS weights FROM (VALUES (1e-90, 1e90), (3e-90, 1e90)) v(x, w);
-- NULLs, one row, none; logarithmic utility must be positive.
SELECT coefficient_of_variation(x), herfindahl_normalized(x), dalton(x), coulter(x, 1) FROM (VALUES (NULL::float8), (3)) v(x);
SELECT coefficient_of_variation(x), herfindahl_normalized(x), dalton(x), coulter(x, 1) FROM (VALUES (NULL::float8)) v(x);
SELECT coefficient_of_variation(x), herfindahl_normalized(x), dalton(x), coulter(x, 1) FROM (VALUES (0::float8), (0)) v(x);
SELECT dalton(x) AS zero, (SELECT dalton(x / 10.0) FROM generate_series(1, 4) x) AS below_one FROM generate_series(0, 4) x;
SELECT coefficient_of_variation(x) FROM (VALUES (-1), (2)) v(x);
SELECT williamson(x, w) FROM (VALUES (1, -1), (2, 1)) v(x, w);
SELECT coulter(x, w) FROM (VALUES (1, 'nan'::float8)) v(x, w);
-- Squares that a double cannot hold are an error, for the Herfindahl index too.
SELECT herfindahl(x) FROM (VALUES (1e-200), (1e-200)) v(x);
SELECT coefficient_of_variation(x) FROM (VALUES (1e-160), (3e-160)) v(x);
-- Moving frames have the bytes of a computation from scratch.
SELECT count(*) AS frames, bool_and(cv IS NOT DISTINCT FROM cv_again AND h IS NOT DISTINCT FROM h_again AND d IS NOT DISTINCT FROM d_again AND c IS NOT DISTINCT FROM c_again) AS same
FROM (SELECT i, coefficient_of_variation(x) OVER f AS cv, herfindahl_normalized(x, y) OVER f AS h, dalton(x) OVER f AS d, coulter(x, y) OVER f AS c
      FROM (SELECT i, 2 + (i * 7919 % 101) / 7.0 AS x, 1 + i % 5 AS y FROM generate_series(1, 60) i) r WINDOW f AS (ORDER BY i ROWS 6 PRECEDING)) w,
     LATERAL (SELECT coefficient_of_variation(x) AS cv_again, herfindahl_normalized(x, y) AS h_again, dalton(x) AS d_again, coulter(x, y) AS c_again
              FROM (SELECT 2 + (j * 7919 % 101) / 7.0 AS x, 1 + j % 5 AS y FROM generate_series(greatest(1, w.i - 6), w.i) j) r) a;
DROP TABLE reat;
