-- (1, 2, 3, 4), worked by hand.
SELECT gini(x), gini(x) * 4 / 3 AS normalized, herfindahl(x), hoover(x, 1), krugman(x, 1), round(entropy(x)::numeric, 12) AS entropy,
       round(entropy(x, 2)::numeric, 12) AS bits
FROM generate_series(1, 4) x;
SELECT round(theil_t(x)::numeric, 12) AS theil_t, round(theil_l(x)::numeric, 12) AS theil_l, round(atkinson(x, 0.5)::numeric, 12) AS half,
       round(atkinson(x, 1)::numeric, 12) AS one, round(atkinson(x, 2)::numeric, 12) AS two, atkinson(x, 0) AS none
FROM generate_series(1, 4) x;
-- The definitions, in plain SQL.
SELECT round((avg(x / mu * ln(x / mu)))::numeric, 12) AS theil_t, round(avg(ln(mu / x))::numeric, 12) AS theil_l,
       round((1 - power(avg(sqrt(x)), 2) / mu)::numeric, 12) AS half, round((1 - exp(avg(ln(x))) / mu)::numeric, 12) AS one,
       round((1 - 1 / avg(1 / x) / mu)::numeric, 12) AS two
FROM (SELECT x::float8, avg(x) OVER ()::float8 AS mu FROM generate_series(1, 4) x) t GROUP BY mu;

-- A weight counts a row as often.
WITH weighted AS (SELECT x, 5 - x AS w FROM generate_series(1, 4) x), repeated AS (SELECT x FROM weighted, generate_series(1, w))
SELECT (SELECT gini(x, w) FROM weighted) - (SELECT gini(x) FROM repeated) AS gini,
       abs((SELECT theil_t(x, w) FROM weighted) - (SELECT theil_t(x) FROM repeated)) < 1e-15 AS theil_t,
       abs((SELECT theil_l(x, w) FROM weighted) - (SELECT theil_l(x) FROM repeated)) < 1e-15 AS theil_l;
-- Gini by its definition, the mean difference of all pairs.
SELECT abs(gini(x) - (SELECT sum(abs(a - b))::float8 / 2 / 100 / 100 / avg(a) FROM (SELECT hashint4(i) & 1023 AS a FROM generate_series(1, 100) i) p,
                                                                       (SELECT hashint4(i) & 1023 AS b FROM generate_series(1, 100) i) q)) < 1e-14 AS gini
FROM (SELECT hashint4(i) & 1023 AS x FROM generate_series(1, 100) i) t;

-- All equal, one row, all in one, nothing, NULL.
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x), theil_l(x), atkinson(x, 0.5), entropy(x, 7) FROM (SELECT 0.1 AS x FROM generate_series(1, 7)) t;
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x), theil_l(x), atkinson(x, 0.5), entropy(x) FROM (VALUES (0.3)) t(x);
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x) - ln(4) AS theil_t, theil_l(x), atkinson(x, 0.5), atkinson(x, 1) AS one, entropy(x)
FROM (VALUES (0), (0), (0), (7)) t(x);
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x), theil_l(x), atkinson(x, 0.5), entropy(x) FROM (VALUES (0), (0)) t(x);
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x), theil_l(x), atkinson(x, 0.5), entropy(x) FROM (VALUES (NULL::float8)) t(x);
SELECT gini(x), herfindahl(x), hoover(x, 1), krugman(x, 1), theil_t(x), theil_l(x), atkinson(x, 0.5), entropy(x) FROM (VALUES (1), (2), (3), (4), (NULL)) t(x) WHERE x > 9;
SELECT gini(x), herfindahl(x), krugman(x, y) FROM (VALUES (1, 1), (2, 1), (3, 1), (4, 1), (NULL, 5)) t(x, y);

-- Over a moving frame the sums let rows go exactly: the same bytes as from scratch.
CREATE TEMP TABLE inequality_rows AS SELECT i, (hashint4(i) & 1048575) / 7.0 AS x, (hashint4(-i) & 255)::float8 AS w FROM generate_series(1, 300) i;
SELECT count(*) AS frames, count(*) FILTER (WHERE (h, e, t, l, a) IS DISTINCT FROM (h2, e2, t2, l2, a2)) AS different
FROM (SELECT i, herfindahl(x) OVER f AS h, entropy(x, 2) OVER f AS e, theil_t(x, w) OVER f AS t, theil_l(x, w) OVER f AS l, atkinson(x, 0.5) OVER f AS a
      FROM inequality_rows WINDOW f AS (ORDER BY i ROWS BETWEEN 9 PRECEDING AND 3 FOLLOWING)) moving,
     LATERAL (SELECT herfindahl(x) AS h2, entropy(x, 2) AS e2, theil_t(x, w) AS t2, theil_l(x, w) AS l2, atkinson(x, 0.5) AS a2
              FROM inequality_rows r WHERE r.i BETWEEN moving.i - 9 AND moving.i + 3) fresh;
SELECT i, gini(x) OVER (ORDER BY i ROWS 2 PRECEDING) AS gini, hoover(x, 1) OVER (ORDER BY i ROWS 2 PRECEDING) AS hoover
FROM (VALUES (1, 1), (2, 1), (3, 4), (4, 1)) t(i, x) ORDER BY i;

-- Gini, Hoover and Krugman keep the frame in a tree, and give the bytes of its rows alone: values that repeat, zeros, NULLs, frames that empty,
-- grow only, jump, or leave a row out.
CREATE TEMP TABLE inequality_frame AS
SELECT i, 2 * i + (hashint4(i) & 63) AS at, nullif((hashint4(i) & 15) * power(10, hashint4(i + 7) % 3), 3) AS x, nullif((hashint4(-i) & 7) / 3.0, 1)::float8 AS w
FROM generate_series(1, 150) i;
SELECT m.frame, count(*) AS frames, count(m.g) AS given, count(*) FILTER (WHERE (m.g, m.gw, m.n, m.nw, m.h, m.k) IS DISTINCT FROM (r.g, r.gw, r.n, r.nw, r.h, r.k)) AS different
FROM (SELECT 'sliding' AS frame, i, at, gini(x) OVER f AS g, gini(x, w) OVER f AS gw, gini_normalized(x) OVER f AS n, gini_normalized(x, w) OVER f AS nw,
             hoover(x, w) OVER f AS h, krugman(w, x) OVER f AS k
      FROM inequality_frame WINDOW f AS (ORDER BY i ROWS BETWEEN 20 PRECEDING AND 1 PRECEDING)
      UNION ALL
      SELECT 'growing', i, at, gini(x) OVER f, gini(x, w) OVER f, gini_normalized(x) OVER f, gini_normalized(x, w) OVER f, hoover(x, w) OVER f, krugman(w, x) OVER f
      FROM inequality_frame WINDOW f AS (ORDER BY i)
      UNION ALL
      SELECT 'jumping', i, at, gini(x) OVER f, gini(x, w) OVER f, gini_normalized(x) OVER f, gini_normalized(x, w) OVER f, hoover(x, w) OVER f, krugman(w, x) OVER f
      FROM inequality_frame WINDOW f AS (ORDER BY at RANGE BETWEEN 30 PRECEDING AND 5 FOLLOWING)
      UNION ALL
      SELECT 'without', i, at, gini(x) OVER f, gini(x, w) OVER f, gini_normalized(x) OVER f, gini_normalized(x, w) OVER f, hoover(x, w) OVER f, krugman(w, x) OVER f
      FROM inequality_frame WINDOW f AS (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)) m,
     LATERAL (SELECT gini(x) AS g, gini(x, w) AS gw, gini_normalized(x) AS n, gini_normalized(x, w) AS nw, hoover(x, w) AS h, krugman(w, x) AS k
              FROM inequality_frame o
              WHERE CASE m.frame WHEN 'sliding' THEN o.i BETWEEN m.i - 20 AND m.i - 1 WHEN 'growing' THEN o.i <= m.i
                                 WHEN 'jumping' THEN o.at BETWEEN m.at - 30 AND m.at + 5 ELSE o.i BETWEEN m.i - 2 AND m.i + 1 AND o.i <> m.i END) r
GROUP BY m.frame ORDER BY m.frame;
-- Hoover by its definition.
SELECT count(*) AS frames, count(*) FILTER (WHERE abs(h - d) < 1e-14) AS as_defined
FROM (SELECT i, hoover(x, w) OVER (ORDER BY i ROWS BETWEEN 20 PRECEDING AND 1 PRECEDING) AS h FROM inequality_frame) m,
     LATERAL (SELECT sum(abs(x / sum_x - w / sum_w)) / 2 AS d
              FROM (SELECT x, w, sum(x) OVER () AS sum_x, sum(w) OVER () AS sum_w FROM inequality_frame o
                    WHERE o.i BETWEEN m.i - 20 AND m.i - 1 AND x IS NOT NULL AND w IS NOT NULL) o) r
WHERE i > 2;
-- Equal shares have no distance, though their quotients differ in the last place; amounts may be of any size.
SELECT hoover(x, y) OVER f AS hoover, gini(y / x, x) OVER f AS gini FROM (SELECT i, i * 0.1::float8 AS x, i * 0.3::float8 AS y FROM generate_series(1, 9) i) t
WINDOW f AS (ORDER BY i ROWS 5 PRECEDING);
SELECT hoover(x, y), krugman(y, x) FROM (VALUES (1e144, 1e-300), (3e144, 1e-300)) t(x, y);
SELECT gini(1e100, 2);
-- An argument that changes when it is looked at again.
SELECT bool_and(g BETWEEN 0 AND 1) FROM (SELECT gini(random() + i) OVER (ORDER BY i ROWS 3 PRECEDING) AS g FROM generate_series(1, 100) i) t;

-- Any order of rows gives the same bytes.
SELECT count(DISTINCT r) AS answers FROM generate_series(1, 20) seed,
    LATERAL (SELECT row(gini(x, w), herfindahl(x), entropy(x), theil_t(x, w), theil_l(x, w), atkinson(x, 2), hoover(x, w), krugman(x, w))::text AS r
             FROM (SELECT x, w FROM inequality_rows ORDER BY hashint4(i * 1000 + seed)) t) s;

-- In parallel too.
CREATE TABLE inequality_parallel AS SELECT i % 5 AS g, (hashint4(i) & 1048575) / 7.0 AS x, (hashint4(-i) & 255)::float8 AS w FROM generate_series(1, 20000) i;
ANALYZE inequality_parallel;
CREATE TEMP TABLE serial AS SELECT g, gini(x, w), herfindahl(x), entropy(x, 2), theil_t(x, w), theil_l(x, w), atkinson(x, 2), hoover(x, w), krugman(x, w)
FROM inequality_parallel GROUP BY g;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT gini(x, w), theil_t(x, w) FROM inequality_parallel;
SELECT count(*) FROM (SELECT g, gini(x, w), herfindahl(x), entropy(x, 2), theil_t(x, w), theil_l(x, w), atkinson(x, 2), hoover(x, w), krugman(x, w)
                      FROM inequality_parallel GROUP BY g INTERSECT SELECT * FROM serial) same;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather;

-- States are values: parts of the rows, joined.
CREATE AGGREGATE sums_state(float8) (SFUNC = theil_t_accumulate, STYPE = inequality_sums);
CREATE AGGREGATE sums_join(inequality_sums) (SFUNC = inequality_sums_combine, STYPE = inequality_sums, FINALFUNC = theil_t_final);
CREATE AGGREGATE pairs_state(float8, float8) (SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs);
CREATE AGGREGATE pairs_join(inequality_pairs) (SFUNC = inequality_pairs_combine, STYPE = inequality_pairs, FINALFUNC = gini_final);
SELECT pairs_state(x, 2), gini_final(pairs_state(x, 2)), gini(x) FROM (VALUES (1), (0.1), (3)) t(x);
SELECT sums_join(s) = (SELECT theil_t(x) FROM inequality_parallel) AS theil_t, pairs_join(p) = (SELECT gini(x, w) FROM inequality_parallel) AS gini
FROM (SELECT g, sums_state(x)::text::inequality_sums AS s, pairs_state(x, w)::text::inequality_pairs AS p FROM inequality_parallel GROUP BY g) part;
SELECT ''::inequality_sums;
SELECT '02'::inequality_pairs;
SELECT '0100000000000000010000000000000000000000000000000000'::inequality_pairs;
SELECT ('01' || '0000000000000001' || 'fff0000000000000' || '3ff0000000000000')::inequality_pairs;
SELECT ('01' || '0000000000000001' || '0000000000000000' || '7ff8000000000000' || '00000001' || '7fe0000000000000' || '00000000' || '00000000')::inequality_sums;
SELECT 'zz'::inequality_sums;
SELECT gini_final('010000000000000000'::inequality_pairs) AS no_rows;
SELECT theil_t_accumulate(NULL::inequality_sums, 1);
DROP AGGREGATE sums_state(float8), sums_join(inequality_sums), pairs_state(float8, float8), pairs_join(inequality_pairs);
DROP TABLE inequality_parallel, inequality_rows, inequality_frame, serial;

SELECT gini(-1);
SELECT theil_t('NaN'::float8);
SELECT hoover(1, 'infinity'::float8);
SELECT herfindahl(1e200);
SELECT entropy(x, x) FROM generate_series(2, 3) x;
SELECT entropy(1, 1);
SELECT atkinson(1, -1);

SELECT extinction_index(5000, 20000), extinction_index(5, 0) AS nobody_old, extinction_index(NULL, 5) AS unknown;
SELECT extinction_index(-1, 5);
