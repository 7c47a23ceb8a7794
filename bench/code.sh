#!/bin/bash
# sector_code beside int8 with the same values and text with the same codes: size, index, filter, sort, grouping, joins, COPY.
#
# Prints one table: ratios to int8 (CPU seconds of the server, medians of interleaved runs), and the cost of a call of each function
# a row. Needs a server in the environment (see bench/run); ROWS (default 1000000) and RUNS (default 5) in the environment.
set -eu
psql -X -q -v ON_ERROR_STOP=1 -v rows="${ROWS:-1000000}" -v runs="${RUNS:-5}" <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS innocity;
\i side_by_side.sql
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET max_parallel_maintenance_workers = 0;
SET work_mem = '512MB';
SET maintenance_work_mem = '512MB';
SET search_path = public, pg_temp;

-- 1,205 codes of five digits, shuffled rows, sizes after Zipf's law.
CREATE TEMP TABLE leaf AS
SELECT c AS code, row_number() OVER (ORDER BY hashtext(c)) AS rank
FROM (SELECT lpad(n::text, 5, '0') AS c FROM generate_series(1000, 99999) n WHERE sector_code_or_null(lpad(n::text, 5, '0')) IS NOT NULL
      ORDER BY hashtext(lpad(n::text, 5, '0')) LIMIT 1205) t;
CREATE TEMP TABLE shuffled AS
SELECT code FROM leaf, generate_series(1, (:rows * 0.13 / rank)::int) i ORDER BY hashint8extended(i * 100000::int8 + code::int8, 1);
CREATE UNLOGGED TABLE as_code AS SELECT code::sector_code AS c, (random() * 100)::int AS v FROM shuffled;
CREATE UNLOGGED TABLE as_int8 AS SELECT ('x' || encode(sector_code_send(c), 'hex'))::bit(64)::int8 AS c, v FROM as_code;
CREATE UNLOGGED TABLE as_text AS SELECT c::text AS c, v FROM as_code;
CREATE TABLE list_code AS SELECT DISTINCT c FROM as_code;
CREATE TABLE list_int8 AS SELECT DISTINCT c FROM as_int8;
CREATE TABLE list_text AS SELECT DISTINCT c FROM as_text;
CREATE INDEX as_code_c ON as_code (c);
CREATE INDEX as_int8_c ON as_int8 (c);
CREATE INDEX as_text_c ON as_text (c);
VACUUM ANALYZE as_code;
VACUUM ANALYZE as_int8;
VACUUM ANALYZE as_text;
ANALYZE list_code, list_int8, list_text;
-- The bounds of division 26 and of class 2611 as integers.
SELECT ('x' || encode(sector_code_send('26'), 'hex'))::bit(64)::int8 AS low2, ('x' || encode(sector_code_send(subtree_end(sector_code '26')), 'hex'))::bit(64)::int8 AS high2,
       ('x' || encode(sector_code_send(c), 'hex'))::bit(64)::int8 AS low4, ('x' || encode(sector_code_send(subtree_end(c)), 'hex'))::bit(64)::int8 AS high4, c AS class
FROM (SELECT ancestor(c, 4) AS c FROM list_code WHERE c <@ '26' ORDER BY c LIMIT 1) t \gset
SELECT 'COPY as_%s (c) TO ''' || current_setting('data_directory') || '/as_%s.copy''' AS copy_out,
       'COPY into_%s FROM ''' || current_setting('data_directory') || '/as_%s.copy''' AS copy_in \gset
CREATE UNLOGGED TABLE into_code (c sector_code);
CREATE UNLOGGED TABLE into_int8 (c int8);
CREATE UNLOGGED TABLE into_text (c text);

CREATE TEMP TABLE question (n int, what text, settings text, ours text, int8 text, text text);
INSERT INTO question VALUES
(1, 'index build', '', 'DROP INDEX as_code_c; CREATE INDEX as_code_c ON as_code (c)', 'DROP INDEX as_int8_c; CREATE INDEX as_int8_c ON as_int8 (c)',
    'DROP INDEX as_text_c; CREATE INDEX as_text_c ON as_text (c)'),
(2, 'sequential filter, 2-digit subtree', 'SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off',
    $$SELECT count(*) FROM as_code WHERE c <@ '26'$$, format('SELECT count(*) FROM as_int8 WHERE c BETWEEN %s AND %s', :low2, :high2),
    $$SELECT count(*) FROM as_text WHERE c LIKE '26%'$$),
-- Short ones again and again: the clock of a process is coarse.
(3, 'index-only count, 2-digit subtree', 'SET enable_seqscan = off; SET enable_bitmapscan = off',
    $$SELECT sum((SELECT count(*) FROM as_code WHERE c <@ '26' AND i > 0)) FROM generate_series(1, 20) i$$,
    format('SELECT sum((SELECT count(*) FROM as_int8 WHERE c BETWEEN %s AND %s AND i > 0)) FROM generate_series(1, 20) i', :low2, :high2),
    $$SELECT sum((SELECT count(*) FROM as_text WHERE c >= '26' AND c < '27' AND i > 0)) FROM generate_series(1, 20) i$$),
(4, 'index-only count, 4-digit subtree', 'SET enable_seqscan = off; SET enable_bitmapscan = off',
    format('SELECT sum((SELECT count(*) FROM as_code WHERE c <@ %L AND i > 0)) FROM generate_series(1, 500) i', :'class'),
    format('SELECT sum((SELECT count(*) FROM as_int8 WHERE c BETWEEN %s AND %s AND i > 0)) FROM generate_series(1, 500) i', :low4, :high4),
    format('SELECT sum((SELECT count(*) FROM as_text WHERE c >= %L AND c < %L AND i > 0)) FROM generate_series(1, 500) i', :'class', :'class' || 'a')),
(5, 'GROUP BY the first 2 digits', '', 'SELECT count(*) FROM (SELECT ancestor(c, 2), sum(v) FROM as_code GROUP BY 1) t',
    'SELECT count(*) FROM (SELECT c / 1099511627776, sum(v) FROM as_int8 GROUP BY 1) t', 'SELECT count(*) FROM (SELECT left(c, 2), sum(v) FROM as_text GROUP BY 1) t'),
(6, 'GROUP BY code', '', 'SELECT count(*) FROM (SELECT c, sum(v) FROM as_code GROUP BY 1) t', 'SELECT count(*) FROM (SELECT c, sum(v) FROM as_int8 GROUP BY 1) t',
    'SELECT count(*) FROM (SELECT c, sum(v) FROM as_text GROUP BY 1) t'),
(7, 'ORDER BY', 'SET enable_indexscan = off; SET enable_indexonlyscan = off', 'SELECT count(*) FROM (SELECT c FROM as_code ORDER BY c OFFSET 0) t',
    'SELECT count(*) FROM (SELECT c FROM as_int8 ORDER BY c OFFSET 0) t', 'SELECT count(*) FROM (SELECT c FROM as_text ORDER BY c OFFSET 0) t'),
(8, 'hash join with the list', 'SET enable_mergejoin = off; SET enable_nestloop = off', 'SELECT count(*) FROM as_code f JOIN list_code l ON f.c = l.c',
    'SELECT count(*) FROM as_int8 f JOIN list_int8 l ON f.c = l.c', 'SELECT count(*) FROM as_text f JOIN list_text l ON f.c = l.c'),
(9, 'COPY out, text', '', replace(:'copy_out', '%s', 'code'), replace(:'copy_out', '%s', 'int8'), replace(:'copy_out', '%s', 'text')),
(10, 'COPY in, text', '', 'TRUNCATE into_code; ' || replace(:'copy_in', '%s', 'code'), 'TRUNCATE into_int8; ' || replace(:'copy_in', '%s', 'int8'),
    'TRUNCATE into_text; ' || replace(:'copy_in', '%s', 'text')),
(11, 'COPY out, binary', '', replace(:'copy_out', '%s', 'code') || ' (FORMAT binary)', replace(:'copy_out', '%s', 'int8') || ' (FORMAT binary)',
    replace(:'copy_out', '%s', 'text') || ' (FORMAT binary)'),
(12, 'COPY in, binary', '', 'TRUNCATE into_code; ' || replace(:'copy_in', '%s', 'code') || ' (FORMAT binary)',
    'TRUNCATE into_int8; ' || replace(:'copy_in', '%s', 'int8') || ' (FORMAT binary)', 'TRUNCATE into_text; ' || replace(:'copy_in', '%s', 'text') || ' (FORMAT binary)');

CREATE TEMP TABLE answer (n int, what text, ours float8, int8 float8, text float8);   -- text: already a ratio
CREATE FUNCTION pg_temp.ask(runs int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE q question; s text;
BEGIN
    FOR q IN SELECT * FROM question ORDER BY n LOOP
        FOREACH s IN ARRAY string_to_array(q.settings, ';') LOOP EXECUTE s; END LOOP;
        -- In pairs: what a sort of texts leaves behind in memory would slow down whichever comes next.
        INSERT INTO answer
        SELECT q.n, q.what, max(seconds) FILTER (WHERE name = 'code'), max(seconds) FILTER (WHERE name = 'int8')
        FROM pg_temp.side_by_side('{code,int8}', ARRAY[q.ours, q.int8], runs);
        UPDATE answer SET text = t.text FROM (
            SELECT max(seconds) FILTER (WHERE name = 'text') / nullif(max(seconds) FILTER (WHERE name = 'int8'), 0) AS text
            FROM pg_temp.side_by_side('{text,int8}', ARRAY[q.text, q.int8], runs)) t WHERE n = q.n;
        RESET enable_seqscan; RESET enable_indexscan; RESET enable_indexonlyscan; RESET enable_bitmapscan; RESET enable_mergejoin; RESET enable_nestloop;
    END LOOP;
END $$;
SELECT pg_temp.ask(:runs) IS NULL AS asked \gset
INSERT INTO answer SELECT -1, 'heap, bytes', pg_relation_size('as_code'), pg_relation_size('as_int8'), pg_relation_size('as_text')::float8 / pg_relation_size('as_int8');
INSERT INTO answer SELECT 0, 'btree, bytes', pg_relation_size('as_code_c'), pg_relation_size('as_int8_c'), pg_relation_size('as_text_c')::float8 / pg_relation_size('as_int8_c');
SELECT what AS "sector_code beside int8 and text", round((ours / nullif(int8, 0))::numeric, 2) AS "code / int8", round(text::numeric, 2) AS "text / int8",
       CASE WHEN n > 0 THEN round((ours * 1000)::numeric, 1) END AS "code, ms CPU"
FROM answer ORDER BY n;

-- What a function costs a row: a scan that calls it less a scan that does not; some of the server's own for comparison.
SELECT name AS "function", round(((seconds - min(seconds) FILTER (WHERE name = '(none)') OVER ()) * 1e9 / (SELECT count(*) FROM as_code))::numeric) AS "ns a call"
FROM pg_temp.side_by_side(
    '{(none),int8 as text,generate_series of 5,level,parent,ancestor,subtree_end,level_name,tree_similarity,lca,<@,ancestors}',
    ARRAY['SELECT count(c) FROM as_code', 'SELECT count(v::int8::text) FROM as_code',
          'SELECT count(*) FROM (SELECT generate_series(1, 5 + (v > 1000)::int) FROM as_code OFFSET 0) t', 'SELECT count(level(c)) FROM as_code', 'SELECT count(parent(c)) FROM as_code', 'SELECT count(ancestor(c, 2)) FROM as_code',
          'SELECT count(subtree_end(c)) FROM as_code', 'SELECT count(level_name(c)) FROM as_code', $$SELECT count(tree_similarity(c, '26111')) FROM as_code$$,
          $$SELECT count(lca(c, '26111')) FROM as_code$$, $$SELECT count(c <@ '26') FROM as_code$$, 'SELECT count(*) FROM (SELECT ancestors(c) FROM as_code OFFSET 0) t'], :runs);
SQL
