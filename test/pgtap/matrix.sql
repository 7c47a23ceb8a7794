-- Matrices: properties that must hold for any data, against PostgreSQL's own numeric, GROUP BY and window frames.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();

-- A fact table whose values are n * 2^k exactly, of very different magnitude: numeric knows their exact sum, and rounds it once.
CREATE TABLE power_of_two AS
WITH RECURSIVE up(k, exact) AS (SELECT 0, 1::numeric UNION ALL SELECT k + 1, exact * 2 FROM up WHERE k < 200),
down(k, exact) AS (SELECT 0, 1::numeric UNION ALL SELECT k - 1, exact * 0.5 FROM down WHERE k > -100)
SELECT k, exact, power(2::float8, k) AS value FROM (TABLE up UNION ALL SELECT * FROM down WHERE k < 0) x;
CREATE TABLE fact AS
SELECT i, region, sector, n, n * value AS value, n * exact AS exact
FROM (SELECT i, ('x:R' || h % 40)::region_code AS region, ('cluster:S' || (h >> 8) % 130)::sector_code AS sector,
             (1 + (h >> 20) % 999983) * (CASE WHEN h & 64 = 0 THEN 1 ELSE -1 END) AS n, ((h >> 41) % 301 - 100)::int AS k
      FROM (SELECT i, hashint8extended(i, 7) & 9223372036854775807 AS h FROM generate_series(1, 60000) i) x) y
JOIN power_of_two USING (k);
ANALYZE fact;

CREATE TABLE expected AS
SELECT region, sector, sum(exact)::float8 AS value FROM fact GROUP BY region, sector HAVING sum(exact) <> 0;
CREATE TABLE result AS SELECT activity_matrix_agg(region, sector, value) AS m FROM fact;

SELECT results_eq('SELECT c.* FROM result, cells(m) c', 'SELECT * FROM expected ORDER BY region, sector',
    'every cell is the exact sum, rounded once, as numeric computes it');
SELECT is(total(m), (SELECT sum(exact)::float8 FROM fact), 'total is the exact sum') FROM result;
SELECT results_eq('SELECT t.* FROM result, region_totals(m) t', 'SELECT region, sum(exact)::float8 FROM fact GROUP BY 1 ORDER BY 1',
    'region totals are exact sums');
SELECT results_eq('SELECT t.* FROM result, sector_totals(m) t', 'SELECT sector, sum(exact)::float8 FROM fact GROUP BY 1 ORDER BY 1',
    'sector totals are exact sums');
SELECT isnt((SELECT string_agg(sum::text, ',' ORDER BY region, sector) FROM (SELECT region, sector, sum(value) FROM fact GROUP BY 1, 2) x),
            (SELECT string_agg(value::text, ',' ORDER BY region, sector) FROM expected), 'while sum(float8) rounds');

-- The same bytes in any order, any plan, any split, and after deltas.
SELECT is((SELECT activity_matrix_agg(region, sector, value ORDER BY i DESC) FROM fact), m, 'reverse order') FROM result;
SELECT is((SELECT activity_matrix_agg(region, sector, value ORDER BY abs(value)) FROM fact), m, 'ascending magnitude') FROM result;
SELECT is((SELECT sum(part) FROM (SELECT activity_matrix_agg(region, sector, value) AS part FROM fact GROUP BY i % 977) p), m,
    'the sum of 977 matrices') FROM result;
SELECT is((SELECT sum(part) FROM (SELECT activity_matrix_agg(region, sector, value) AS part FROM fact GROUP BY i) p), m,
    'the sum of 60,000 matrices of one cell') FROM result;
SELECT is(m + d - d, m, 'a delta added and taken away')
FROM result, (SELECT activity_matrix_agg(region, sector, value * 0.1) AS d FROM fact WHERE i % 3 = 0) d;
SELECT is(m - (SELECT activity_matrix_agg(region, sector, value) FROM fact WHERE i > 100),
          (SELECT activity_matrix_agg(region, sector, value) FROM fact WHERE i <= 100), 'the rest after taking most away') FROM result;
SELECT is(m::text::activity_matrix, m, 'through text') FROM result;

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS
$$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT matches((SELECT string_agg(p, E'\n') FROM plan_of('SELECT activity_matrix_agg(region, sector, value) FROM fact') p),
    'Finalize Aggregate\s+->  Gather.*Partial Aggregate', 'the aggregate is computed in parallel');
SELECT is((SELECT activity_matrix_agg(region, sector, value) FROM fact), m, 'by parallel workers') FROM result;
SELECT is((SELECT sum(part) FROM (SELECT activity_matrix_agg(region, sector, value) AS part FROM fact GROUP BY i % 977) p), m,
    'the sum of 977 matrices by parallel workers') FROM result;
SELECT is((SELECT sector_matrix_agg(sector, sector, value) FROM fact)::text,
          (SELECT sector_matrix_agg(sector, sector, value ORDER BY i) FROM fact)::text, 'sector_matrix by parallel workers');
SELECT is((SELECT sector_profile_agg(sector, abs(value)) FROM fact)::text,
          (SELECT sector_profile_agg(sector, abs(value) ORDER BY i) FROM fact)::text, 'sector_profile by parallel workers');
RESET max_parallel_workers_per_gather;

-- Whole numbers carry nothing along: no remainders, and the size of a dense array of float8.
SELECT is(rounded(m), m, 'whole numbers leave no remainders') FROM (SELECT activity_matrix_agg(region, sector, n) AS m FROM fact) x;
SELECT isnt(rounded(m), m, 'the fractions do') FROM result;
SELECT results_eq('SELECT c.region, c.sector, c.value FROM (SELECT activity_matrix_agg(region, sector, n) AS m FROM fact) x, cells(m) c',
    'SELECT region, sector, sum(n)::float8 FROM fact GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2', 'integers as GROUP BY sums them');

-- Every form of store: a few rows in a log, a sparse one, a dense one, and from one to the other, with whole numbers and with
-- remainders; growing: later rows bring new codes, so that a dense store becomes a sparse one.
CREATE FUNCTION same_as_group_by(rows int, regions int, sectors int, growing bool, spread int) RETURNS bool LANGUAGE sql AS $$
    WITH f AS MATERIALIZED (
        SELECT region, sector, n * value AS value, n * exact AS exact
        FROM (SELECT ('x:R' || h % CASE WHEN growing THEN 1 + (regions - 1) * i / rows ELSE regions END)::region_code AS region,
                     ('cluster:S' || (h >> 20) % CASE WHEN growing THEN 1 + (sectors - 1) * i / rows ELSE sectors END)::sector_code AS sector,
                     (h >> 40) % 1000 AS n, (spread * ((h >> 51) % 3 - 1))::int AS k
              FROM (SELECT i, hashint8extended(i, 11) & 9223372036854775807 AS h FROM generate_series(1, rows::bigint) i) x) y
        JOIN power_of_two USING (k)),
    a AS (SELECT c.* FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM f) x, cells(m) c),
    b AS (SELECT region, sector, sum(exact)::float8 AS value FROM f GROUP BY 1, 2 HAVING sum(exact) <> 0)
    SELECT NOT EXISTS (TABLE a EXCEPT TABLE b) AND NOT EXISTS (TABLE b EXCEPT TABLE a) AND EXISTS (TABLE a)
       AND (SELECT activity_matrix_agg(region, sector, value ORDER BY value, region, sector) FROM f) =
           (SELECT activity_matrix_agg(region, sector, value) FROM f) $$;
SELECT ok(same_as_group_by(rows, regions, sectors, growing, spread),
    format('%s rows of %s x %s%s, spread 2^%s', rows, regions, sectors, CASE WHEN growing THEN ' growing' ELSE '' END, spread))
FROM (VALUES (1, 1, 1), (7, 2, 3), (8, 3, 3), (9, 3, 3), (4096, 50, 50), (4097, 50, 50), (5000, 1, 1), (5000, 1, 4000), (5000, 4000, 1),
      (12000, 3000, 3000), (12000, 300, 300), (16000, 200, 600)) v(rows, regions, sectors),
     (VALUES (false), (true)) g(growing), (VALUES (0), (60), (90)) s(spread);

-- Values of five magnitudes, most of which are taken away again, in orders of all sorts: what is left is there to the last bit.
CREATE FUNCTION left_over(rows int, regions int, sectors int, seed int) RETURNS bool LANGUAGE sql AS $$
    WITH f AS MATERIALIZED (
        SELECT i, h, ('x:R' || i % regions)::region_code AS region, ('cluster:S' || i / regions % sectors)::sector_code AS sector,
               (1 + (h >> 40) % 1000) * power(2::float8, 80 * ((h >> 51) % 5 - 2)) AS value
        FROM (SELECT i, hashint8extended(i, seed) & 9223372036854775807 AS h FROM generate_series(1, rows::bigint) i) x),
    all_rows AS (SELECT region, sector, value, hashint8extended(i, seed + 1) AS place FROM f
                 UNION ALL SELECT region, sector, -value, hashint8extended(i, seed + 2) FROM f WHERE h % 8 > 0)
    SELECT (SELECT activity_matrix_agg(region, sector, value ORDER BY place) FROM all_rows) = (SELECT activity_matrix_agg(region, sector, value) FROM f WHERE h % 8 = 0) $$;
SELECT ok(left_over(rows, regions, sectors, seed), format('what is left of %s rows of %s x %s, order %s', rows, regions, sectors, seed))
FROM (VALUES (60, 2, 3), (6000, 5, 7), (6000, 40, 30), (8000, 900, 900)) v(rows, regions, sectors), generate_series(1, 3) seed;

-- Fractions in a dense store that becomes a sparse one, cells of which hold nothing but what was rounded away at that moment.
CREATE TABLE outgrown AS
SELECT i, ('x:R' || r)::region_code AS region, ('cluster:S' || s)::sector_code AS sector, value
FROM (SELECT i, i % 40 AS r, i / 40 % 40 AS s, (i % 7) * 0.1 AS value FROM generate_series(1, 8000) i
      UNION ALL SELECT 8000 + i, i % 9, 50, x FROM generate_series(1, 300) i, (VALUES (1e30::float8), (0.1), (-1e30)) v(x)
      UNION ALL SELECT 9000 + i, 100 + i, 100 + i, i * 0.1 FROM generate_series(1, 9000) i) x;
SELECT is((SELECT activity_matrix_agg(region, sector, value ORDER BY i, value DESC) FROM outgrown),
          (SELECT sum(m) FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM outgrown GROUP BY region, sector) x), 'a dense store with fractions that is outgrown');

-- A dense store of whole numbers is written out directly: what cancelled out leaves no cell, and no code without one.
CREATE TABLE whole AS SELECT i, ('x:R' || r)::region_code AS region, ('cluster:S' || s)::sector_code AS sector,
    CASE WHEN (r = 7 OR s = 3 OR r * s = 12) AND i > 6000 THEN -1 ELSE 1 END * (1 + r * s % 10) AS value
FROM (SELECT i, (i - 1) % 100 AS r, (i - 1) / 100 % 60 AS s FROM generate_series(1, 12000) i) x;
SELECT results_eq('SELECT c.* FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM whole) x, cells(m) c',
    'SELECT region, sector, sum(value)::float8 FROM whole GROUP BY 1, 2 HAVING sum(value) <> 0 ORDER BY 1, 2', 'cells that cancelled out');
SELECT is(m + d - d, m, 'the same bytes by way of fractions')
FROM (SELECT activity_matrix_agg(region, sector, value) AS m, activity_matrix_agg(region, sector, value::float8 / 10) AS d FROM whole) x;
SELECT is((array_agg(m ORDER BY i DESC))[1], (SELECT activity_matrix_agg(region, sector, value) FROM whole),
    'a running window over a dense store, written out after each row')
FROM (SELECT i, activity_matrix_agg(region, sector, value) OVER (ORDER BY i) AS m FROM whole OFFSET 0) x WHERE i > 11990;
SELECT is(count(*) FILTER (WHERE total(m) <> t), 0::bigint, 'of which each is the sum so far')
FROM (SELECT i, activity_matrix_agg(region, sector, value) OVER (ORDER BY i) AS m, sum(value) OVER (ORDER BY i) AS t FROM whole) x WHERE i % 50 = 0;
SELECT throws_like($$SELECT activity_matrix_agg(('x:R' || r)::region_code, ('ksic' || 9 + s % 2 || ':' || 10 + s / 2)::sector_code, 1)
                     FROM generate_series(1, 100) r, generate_series(0, 47) s$$,
    'cannot put codes of different editions into one activity_matrix', 'mixed editions in a dense store');
SELECT throws_ok($$SELECT sum(m) FROM (SELECT activity_matrix_agg(region, sector, 1) * 3e300 AS m FROM whole) x, generate_series(1, 2)$$, '22003',
    'value out of range for activity_matrix', 'cells too large in a dense store');

-- Many groups in one context, hashed and sorted; spilling.
CREATE TABLE grouped AS SELECT i % 3000 AS g, activity_matrix_agg(region, sector, value) AS m FROM fact GROUP BY 1;
SET enable_hashagg = off;
SELECT is_empty('SELECT g FROM (SELECT i % 3000 AS g, activity_matrix_agg(region, sector, value) AS m FROM fact GROUP BY 1) x
    JOIN grouped USING (g) WHERE x.m <> grouped.m', 'sorted groups as hashed ones');
RESET enable_hashagg;
SET enable_sort = off;
SET work_mem = '64kB';
SELECT is_empty('SELECT g FROM (SELECT i % 3000 AS g, activity_matrix_agg(region, sector, value) AS m FROM fact GROUP BY 1) x
    JOIN grouped USING (g) WHERE x.m <> grouped.m', 'groups that spill');
RESET enable_sort;
RESET work_mem;
SELECT is_empty('SELECT FROM (SELECT i % 7 AS a, i % 11 AS b, activity_matrix_agg(region, sector, value) AS m, grouping(i % 7, i % 11) AS level
        FROM fact GROUP BY GROUPING SETS ((i % 7), (i % 11), ())) x, result WHERE level = 3 AND x.m <> result.m', 'grouping sets');

-- More codes among all groups than 16 bits number, and whole numbers that turn into fractions while a group is still small.
CREATE TABLE coded AS SELECT i % 100 AS g, ('x:R' || i % 7)::region_code AS region, ('cluster:S' || i)::sector_code AS sector,
    CASE WHEN i < 70000 THEN i ELSE i / 3.0::float8 END AS value FROM generate_series(1, 80000) i;
SELECT set_eq('SELECT g, c.* FROM (SELECT g, activity_matrix_agg(region, sector, value) AS m FROM coded GROUP BY g) x, cells(m) c', 'TABLE coded',
    'groups that share more than 65,536 codes');

CREATE TABLE part AS SELECT i / 100 AS g, sector, value FROM fact WHERE i < 4000;
-- Moving frames: the same as computing each frame afresh.
SELECT is_empty($$
    SELECT g FROM (SELECT g, sum(m) OVER w AS moving, (SELECT sum(m) FROM grouped i WHERE i.g BETWEEN o.g - 3 AND o.g + 2) AS afresh
                   FROM grouped o WHERE g < 200 WINDOW w AS (ORDER BY g ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING)) x
    WHERE g < 190 AND moving <> afresh$$, 'sum over a moving frame is exact');
SELECT results_eq($$SELECT activity_matrix_agg(region, sector, value) OVER (ORDER BY i)::text FROM fact WHERE i <= 40$$,
    $$SELECT (SELECT activity_matrix_agg(region, sector, value) FROM fact b WHERE b.i <= a.i)::text FROM fact a WHERE i <= 40 ORDER BY i$$,
    'the aggregate as a running window: its state goes on after each result');

-- The order of matrices is total, and agrees with equality: dense and sparse, quantities and ratios, with and without remainders.
CREATE TABLE ordered AS
SELECT m, dense_rank() OVER (ORDER BY m) AS place
FROM (SELECT m FROM grouped WHERE g < 20 UNION ALL SELECT m FROM grouped WHERE g < 5 UNION ALL SELECT rounded(m) FROM grouped WHERE g < 9
      UNION ALL SELECT as_ratio(m) FROM grouped WHERE g < 5 UNION ALL SELECT as_ratio(m) - as_ratio(m) FROM grouped WHERE g < 3
      UNION ALL SELECT v FROM (VALUES ('{}'::activity_matrix), ('ratio {}'), ('{46:{26:1}}'), ('{46:{26:-1}}'), ('{46:{26:1+1e-20}}'), ('{46:{26:1-1e-20}}'),
                   ('ratio {46:{26:1}}'), ('ratio {46:{26:null}}'), ('ratio {46:{26:0}}'), ('{46:{26:1}, 47:{27:2}}'), ('{46:{27:1}, 47:{26:2}}'),
                   ('{46:{26:1+1e-20, 27:1}}'), ('{46:{26:1, 27:1+1e-20}}'),
                   ('{46:{26:1, 27:1}, 47:{28:1}, 48:{26:1}}'), ('{46:{26:1}, 47:{27:1, 28:1}, 48:{26:1}}')) v(v)) x;
SELECT is_empty($$
    SELECT FROM ordered a, ordered b
    WHERE (a.m < b.m) <> (a.place < b.place) OR (a.m <= b.m) <> (a.place <= b.place) OR (a.m > b.m) <> (a.place > b.place)
       OR (a.m >= b.m) <> (a.place >= b.place) OR (a.m = b.m) <> (a.place = b.place) OR activity_matrix_cmp(a.m, b.m) <> sign(a.place - b.place)$$,
    'matrices have a total order');
SELECT is((SELECT count(DISTINCT m) FROM ordered), (SELECT count(*) FROM (SELECT FROM ordered GROUP BY m::text) x), 'count(DISTINCT m)');
SELECT is_empty($$SELECT oc.oid FROM pg_opclass oc WHERE oc.opcintype IN ('activity_matrix'::regtype, 'sector_matrix'::regtype, 'sector_profile'::regtype)
    AND NOT amvalidate(oc.oid)$$, 'the operator classes are complete');

SELECT is_empty($$
    SELECT g FROM (SELECT g, sum(r) OVER w AS moving, sum(p) OVER w AS weights,
                          (SELECT sector_matrix_agg(i.sector, i.sector, i.value) FROM part i WHERE i.g BETWEEN o.g - 3 AND o.g + 2) AS afresh,
                          (SELECT sector_profile_agg(i.sector, abs(i.value)) FROM part i WHERE i.g BETWEEN o.g - 3 AND o.g + 2) AS weights_afresh
                   FROM (SELECT g, sector_matrix_agg(sector, sector, value) AS r, sector_profile_agg(sector, abs(value)) AS p FROM part GROUP BY g) o
                   WINDOW w AS (ORDER BY g ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING)) x
    WHERE moving <> afresh OR weights <> weights_afresh$$, 'so are those of sector_matrix and sector_profile');

-- A size that is asked for without the value: of what is there by then, from the log and from the store of sums.
CREATE AGGREGATE size_agg(region_code, sector_code, float8) (SFUNC = activity_matrix_accumulate, STYPE = activity_matrix, FINALFUNC = pg_column_size);
SELECT is_empty($$SELECT i FROM (SELECT i, size_agg('46', ('cluster:S' || i)::sector_code, 1) OVER (ORDER BY i) AS running FROM generate_series(1, 4200) i) x
    WHERE running <> 24 + 8 * (1 + i) + 8 * i$$, 'the size of a running aggregate follows its rows');

-- A large value that is stored uncompressed is read by a way of its own.
CREATE TABLE large (plain activity_matrix, packed activity_matrix);
ALTER TABLE large ALTER plain SET STORAGE external;
INSERT INTO large SELECT m, m FROM (SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1 + r * s % 97) AS m
                                    FROM generate_series(1, 760) r, generate_series(1, 761) s) x;
SELECT ok(pg_column_size(plain) > 4 << 20 AND pg_column_size(packed) < pg_column_size(plain), 'one value is stored plain, the other packed') FROM large;
SELECT is((SELECT sum(value) FROM sector_totals(plain)), (SELECT sum(1 + r * s % 97)::float8 FROM generate_series(1, 760) r, generate_series(1, 761) s),
    'the plain one has all its cells') FROM large;
SELECT ok(location_quotient(plain) = location_quotient(packed), 'both are read alike') FROM large;

-- Pairs through a bridge whose shares are powers of two: as a join computes them, in numeric.
CREATE TABLE bridge AS SELECT ('cluster:S' || a)::sector_code AS old, ('group:G' || (a * 3 + b) % 17)::sector_code AS new, CASE b WHEN 0 THEN 1 ELSE 0.5 END AS share
FROM generate_series(0, 129) a, generate_series(0, 2) b;
SELECT results_eq($$SELECT p.* FROM (SELECT convert(sector_matrix_agg(a.sector, b.sector, a.n), (SELECT sector_matrix_agg(old, new, share) FROM bridge)) AS c
                                 FROM fact a JOIN fact b ON b.i = a.i + 1 WHERE a.i < 3000) x, pairs(c) p$$,
    $$SELECT f.new, t.new, sum(a.n * f.share / 2 * t.share / 2)::float8 FROM fact a JOIN fact b ON b.i = a.i + 1
      JOIN bridge f ON f.old = a.sector JOIN bridge t ON t.old = b.sector WHERE a.i < 3000 GROUP BY 1, 2 HAVING sum(a.n * f.share / 2 * t.share / 2) <> 0 ORDER BY 1, 2$$,
    'both sectors of pairs are converted');

-- One cell after the other out of several large values: each from its own.
CREATE TABLE several (id int, m activity_matrix);
ALTER TABLE several ALTER m SET STORAGE external;
INSERT INTO several SELECT g, activity_matrix_agg(('x:R' || i % 25)::region_code, ('cluster:S' || i)::sector_code, g * 1000 + i) FROM generate_series(1, 3) g, generate_series(1, 300) i GROUP BY g;
SELECT is_empty($$SELECT id FROM generate_series(1, 50) i, several WHERE value(m, ('x:R' || i % 25)::region_code, ('cluster:S' || i)::sector_code) <> id * 1000 + i$$,
    'cells of stored values read in turn');

-- Hashes: of all of a value, with the seed, and as the server wants them of each other.
SELECT is((SELECT count(DISTINCT activity_matrix_hash(m)) FROM grouped), (SELECT count(DISTINCT m) FROM grouped), 'different matrices have different hashes');
SELECT is_empty($$SELECT g FROM grouped WHERE activity_matrix_hash_extended(m, 0) & 4294967295 <> activity_matrix_hash(m)::bigint & 4294967295
    OR activity_matrix_hash_extended(m, 1) = activity_matrix_hash_extended(m, 2)$$, 'the extended hash follows its seed, and without one agrees with the other');

-- Errors by SQLSTATE.
SELECT throws_ok($$SELECT activity_matrix_agg(NULL, '26', 1)$$, '22004', NULL, 'no region');
SELECT throws_ok($$SELECT activity_matrix_agg('46', NULL, 1)$$, '22004', NULL, 'no sector');
SELECT throws_ok($$SELECT activity_matrix_agg('46', '26', 'NaN')$$, '22023', NULL, 'NaN');
SELECT throws_ok($$SELECT activity_matrix_agg('46', '26', 'Infinity')$$, '22023', NULL, 'infinity');
SELECT throws_ok($$SELECT activity_matrix_agg('46', '26', 1e300)$$, '22003', NULL, 'too large');
SELECT throws_ok($$SELECT '{46:{26:1}}'::activity_matrix + 'ratio {46:{26:1}}'$$, '22023', NULL, 'mixed kinds');
SELECT throws_ok($$SELECT '{46:{26:1}}'::activity_matrix + '{46:{ksic9:26:1}}'$$, '22023', NULL, 'mixed editions');
SELECT throws_ok($$SELECT '{46:{26:1}'::activity_matrix$$, '22P02', NULL, 'bad text');
SELECT throws_ok($$SELECT convert('{46:{26:1}}'::activity_matrix, '{27:{28:1}}')$$, '22023', NULL, 'no row in the bridge');
SELECT throws_ok($$SELECT sector_profile_agg('26', -1)$$, '22023', NULL, 'negative weight');
SELECT throws_ok($$SELECT sector_profile_move_out(sector_profile_agg(code, 1), sector_profile_agg(code, 2))
                   FROM (SELECT ('cluster:S' || i)::sector_code AS code FROM generate_series(1, 5000) i) x$$,
    '22023', 'a profile cannot have negative weights', 'negative weights in a dense store');
SELECT lives_ok($$SELECT activity_matrix_agg(r, s, v) FROM (SELECT ('x:R' || i)::region_code AS r, ('cluster:S' || i)::sector_code AS s, 9e288 AS v
    FROM generate_series(1, 10000) i, generate_series(1, 3)) x$$, 'sums of the largest values do not overflow');

-- pg_input_is_valid and COPY (ON_ERROR ignore) ask the input functions for soft errors.
CREATE TEMP TABLE soft (type text, input text, state text, message text);
INSERT INTO soft VALUES
    ('activity_matrix', '{46:{26:1}', '22P02', 'invalid input syntax for type activity_matrix: "{46:{26:1}"'),
    ('activity_matrix', '{46:{26:1, 26:2}}', '22P02', 'invalid input syntax for type activity_matrix: "{46:{26:1, 26:2}}"'),
    ('activity_matrix', '{46:{26:1, ksic9:27:1}}', '22023', 'cannot put codes of different editions into one activity_matrix'),
    ('activity_matrix', '{46:{26:1e301+1e301}}', '22003', 'value out of range for activity_matrix'),
    ('sector_matrix', 'ratio {26:{26:1e301+1e301}}', '22003', 'value out of range for sector_matrix'),
    ('sector_profile', '{26:-1}', '22P02', 'invalid input syntax for type sector_profile: "{26:-1}"'),
    ('sector_profile', '{26:1e301+1e301}', '22003', 'value out of range for sector_profile'),
    ('inequality_sums', '', '22P03', 'invalid state of an inequality aggregate'),
    ('inequality_sums', 'zz', '22P03', 'invalid state of an inequality aggregate'),
    ('inequality_sums', '01' || repeat('0', 31), '22P03', 'invalid state of an inequality aggregate'),
    ('inequality_sums', '01' || repeat('0', 54), '22P03', 'invalid state of an inequality aggregate'),
    ('inequality_pairs', '010000000000000002' || repeat('0', 32), '22P03', 'invalid state of an inequality aggregate'),
    ('inequality_pairs', '010000000000000001' || repeat('0', 34), '22P03', 'invalid state of an inequality aggregate'),
    ('pairwise_matrix', '{A,B: 3', '22P02', NULL);
CREATE FUNCTION pg_temp.error_of(type text, input text, OUT state text, OUT message text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT %L::%s', input, type);
    state := 'none';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
END $$;
SELECT is_empty($$SELECT s.type, s.input, e.* FROM soft s, pg_temp.error_of(s.type, s.input) e
                  WHERE (e.state, coalesce(s.message, e.message)) IS DISTINCT FROM (s.state, e.message)$$, 'literals that are refused');
SELECT current_setting('server_version_num')::int >= 160000 AS soft_errors \gset
\if :soft_errors
SELECT is_empty($$SELECT s.type, s.input, e.* FROM soft s, pg_temp.error_of(s.type, s.input) r, pg_input_error_info(s.input, s.type) e
                  WHERE (e.sql_error_code, e.message) IS DISTINCT FROM (r.state, r.message)$$, 'soft errors are the same');
\else
SELECT skip('soft errors came with 16', 1);
\endif

SELECT * FROM finish();
