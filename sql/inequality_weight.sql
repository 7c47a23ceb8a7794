-- A weight counts a row as often: against the rows repeated, and by hand.
CREATE TEMP TABLE weighted AS SELECT x::float8, (5 - x)::float8 AS w FROM generate_series(1, 4) x;
CREATE TEMP TABLE repeated AS SELECT x FROM weighted, generate_series(1, w::int);
SELECT herfindahl(x, w) - (SELECT herfindahl(x) FROM repeated) AS herfindahl, abs(entropy(x, 2, w) - (SELECT entropy(x, 2) FROM repeated)) < 1e-15 AS entropy,
       abs(atkinson(x, 0.5, w) - (SELECT atkinson(x, 0.5) FROM repeated)) < 1e-15 AS half, abs(atkinson(x, 1, w) - (SELECT atkinson(x, 1) FROM repeated)) < 1e-15 AS one,
       abs(gini_normalized(x, w) - (SELECT gini_normalized(x) FROM repeated)) < 1e-15 AS gini FROM weighted;
-- 4 x 1 + 3 x 2 + 2 x 3 + 1 x 4 = 20; 4 x 1 + 3 x 4 + 2 x 9 + 1 x 16 = 50.
SELECT herfindahl(x, w), 50 / 20.0 / 20 AS by_hand FROM weighted;
-- Normalized: (1, 2, 3, 4) has .25 x 4/3; all in one of n is 1 whatever n.
SELECT round(gini_normalized(x)::numeric, 12) AS third FROM generate_series(1, 4) x;
SELECT gini_normalized(x), gini(x) FROM (VALUES (0), (0), (0), (7)) t(x);
SELECT gini_normalized(x), gini_normalized(x, 0.5) AS half_a_unit, gini_normalized(x, 3) AS three FROM (VALUES (5)) t(x);
-- Kish's effective number of a weighted survey.
SELECT round((1 / herfindahl(w))::numeric, 9) AS effective, round(10 * 10 / 30.0, 9) AS by_hand FROM weighted;
-- Moving frames let weighted rows go again, exactly.
SELECT count(*) FILTER (WHERE (h, e, a) IS DISTINCT FROM (h2, e2, a2)) AS different, count(*) AS frames
FROM (SELECT i, herfindahl(x, w) OVER f AS h, entropy(x, 2, w) OVER f AS e, atkinson(x, 0.5, w) OVER f AS a
      FROM (SELECT i, (hashint4(i) & 1048575) / 7.0 AS x, (hashint4(-i) & 255) / 3.0 AS w FROM generate_series(1, 60) i) r WINDOW f AS (ORDER BY i ROWS BETWEEN 9 PRECEDING AND 3 FOLLOWING)) moving,
     LATERAL (SELECT herfindahl(x, w) AS h2, entropy(x, 2, w) AS e2, atkinson(x, 0.5, w) AS a2
              FROM (SELECT i, (hashint4(i) & 1048575) / 7.0 AS x, (hashint4(-i) & 255) / 3.0 AS w FROM generate_series(1, 60) i) r WHERE r.i BETWEEN moving.i - 9 AND moving.i + 3) fresh;
-- NULL, 0 and what cannot be.
SELECT herfindahl(x, w), entropy(x, 2, w), atkinson(x, 1, w), gini_normalized(x, w) FROM (VALUES (1, NULL), (NULL, 1), (2, 0)) t(x, w);
SELECT herfindahl(x, -1) FROM generate_series(1, 2) x;
SELECT herfindahl(1e97, 2);
SELECT entropy(x, x, 1) FROM generate_series(2, 3) x;
-- A zero of weight 0 is nobody's; one with a weight is, also when it comes with a part that is joined on.
SELECT theil_l(x, w) = theil_l(x, w) FILTER (WHERE w > 0) AS theil_l, atkinson(x, 1, w) = atkinson(x, 1, w) FILTER (WHERE w > 0) AS atkinson, dalton(x, w) = dalton(x, w) FILTER (WHERE w > 0) AS dalton
FROM (VALUES (0, 0), (2, 3), (5, 1)) t(x, w);
CREATE AGGREGATE logs_state(float8) (SFUNC = theil_l_accumulate, STYPE = inequality_sums);
CREATE AGGREGATE logs_join(inequality_sums) (SFUNC = inequality_sums_combine, STYPE = inequality_sums, FINALFUNC = theil_l_final);
SELECT logs_join(part ORDER BY zero) IS NULL AS zero_last, logs_join(part ORDER BY zero DESC) IS NULL AS zero_first, logs_join(part) FILTER (WHERE NOT zero) = (SELECT theil_l(x) FROM (VALUES (1), (4)) t(x)) AS without
FROM (SELECT x = 0 AS zero, logs_state(x) AS part FROM (VALUES (1), (0), (4)) t(x) GROUP BY 1) p;
DROP AGGREGATE logs_state(float8), logs_join(inequality_sums);
DROP TABLE weighted, repeated;
