-- The same rows by every path. Operators of codes, with constants on either side and as joins, over a table with and without
-- indexes of every kind and over partitions of every kind; the reference is computed from the bytes of the codes and from the
-- chain of parents, by a sequential scan without any of the operators.
\set ON_ERROR_STOP 1
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SET client_min_messages = warning;
SET jit = off;
SET max_parallel_workers_per_gather = 0;

SELECT plan(35);

-- Codes of every scheme, roots, leaves, ends of subtrees, NULL; some twice.
CREATE TABLE valid (kind text, input text, canonical text, level int, parent text);
\copy valid FROM 'test/corpus/code_valid.txt'
CREATE TABLE codes (id int GENERATED ALWAYS AS IDENTITY, code sector_code);
INSERT INTO codes (code) SELECT input::sector_code FROM valid WHERE kind = 'sector';
INSERT INTO codes (code) SELECT subtree_end(code) FROM codes WHERE id % 3 = 0;
INSERT INTO codes (code)
SELECT unnest('{A,D,35,351,3511,35111,35112,35120,352,35200,36,36010,C,10,101,10111,26,26111,99,99009}'::sector_code[]) FROM generate_series(1, 20);
INSERT INTO codes (code) SELECT NULL FROM generate_series(1, 7);

-- What is asked for.
CREATE TABLE asked AS
SELECT DISTINCT code FROM codes WHERE code IS NOT NULL AND (id % 4 = 0 OR code <@ 'D' OR code <@ 'cluster:A');
INSERT INTO asked VALUES ('isic5:A'), ('01'), ('99999'), ('naics:11~'), (NULL);

CREATE FUNCTION above(sector_code) RETURNS sector_code[] LANGUAGE sql IMMUTABLE AS $$
    WITH RECURSIVE up (code) AS (
        SELECT CASE WHEN $1::text LIKE '%~' THEN rtrim($1::text, '~')::sector_code ELSE $1 END
        UNION ALL SELECT parent(code) FROM up WHERE parent(code) IS NOT NULL
    )
    SELECT array_agg(code::text)::sector_code[] || $1 FROM up
$$;
CREATE TABLE reference AS
SELECT c.id, a.code AS asked,
       sector_code_send(c.code) = sector_code_send(a.code) AS "=", sector_code_send(c.code) <> sector_code_send(a.code) AS "<>",
       sector_code_send(c.code) < sector_code_send(a.code) AS "<", sector_code_send(c.code) <= sector_code_send(a.code) AS "<=",
       sector_code_send(c.code) > sector_code_send(a.code) AS ">", sector_code_send(c.code) >= sector_code_send(a.code) AS ">=",
       sector_code_send(a.code) IN (SELECT sector_code_send(u) FROM unnest(above(c.code)) u) AS "<@",
       sector_code_send(c.code) IN (SELECT sector_code_send(u) FROM unnest(above(a.code)) u) AS "@>"
FROM codes c, asked a WHERE c.code IS NOT NULL AND a.code IS NOT NULL;
CREATE TABLE expected AS
SELECT o.operator, r.asked, array_agg(r.id ORDER BY r.id) FILTER (WHERE (to_jsonb(r) ->> o.operator)::bool) AS ids
FROM reference r, unnest('{=,<>,<,<=,>,>=,<@,@>}'::text[]) AS o (operator) GROUP BY o.operator, r.asked;
INSERT INTO expected SELECT o.operator, NULL, NULL FROM unnest('{=,<>,<,<=,>,>=,<@,@>}'::text[]) AS o (operator);
SELECT cmp_ok((SELECT count(*) FROM expected WHERE ids IS NOT NULL), '>', 300::bigint, 'enough is asked that has an answer');

-- What a table answers that does not agree; side: the column on the left, on the right, against the text of the code.
CREATE FUNCTION differences(tab text, side text DEFAULT 'left') RETURNS TABLE (operator text, asked sector_code, want int[], have int[])
LANGUAGE plpgsql AS $$
DECLARE
    e expected;
    mirrored text;
BEGIN
    FOR e IN SELECT * FROM expected LOOP
        mirrored := CASE e.operator WHEN '<' THEN '>' WHEN '<=' THEN '>=' WHEN '>' THEN '<' WHEN '>=' THEN '<=' WHEN '<@' THEN '@>'
                    WHEN '@>' THEN '<@' ELSE e.operator END;
        CONTINUE WHEN side LIKE 'text%' AND e.operator IN ('<@', '@>');
        EXECUTE CASE side
            WHEN 'left' THEN format('SELECT array_agg(id ORDER BY id) FROM %I WHERE code %s %L::sector_code', tab, e.operator, e.asked)
            WHEN 'right' THEN format('SELECT array_agg(id ORDER BY id) FROM %I WHERE %L::sector_code %s code', tab, e.asked, mirrored)
            WHEN 'text' THEN format('SELECT array_agg(id ORDER BY id) FROM %I WHERE code %s %L::text', tab, e.operator, e.asked)
            WHEN 'text right' THEN format('SELECT array_agg(id ORDER BY id) FROM %I WHERE %L::varchar %s code', tab, e.asked, mirrored)
            WHEN 'parameter' THEN format('SELECT array_agg(id ORDER BY id) FROM %I WHERE code %s $1', tab, e.operator) END
            INTO have USING e.asked;
        IF have IS DISTINCT FROM e.ids THEN
            operator := e.operator; asked := e.asked; want := e.ids;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;

SELECT is_empty($$SELECT * FROM differences('codes')$$, 'sequential scan');
SELECT is_empty($$SELECT * FROM differences('codes', 'right')$$, 'sequential scan, mirrored');
SELECT is_empty($$SELECT * FROM differences('codes', 'text')$$, 'sequential scan, text');
SELECT is_empty($$SELECT * FROM differences('codes', 'text right')$$, 'sequential scan, varchar on the left');

SET enable_seqscan = off;
CREATE INDEX codes_code ON codes (code);
SET enable_bitmapscan = off;
SELECT is_empty($$SELECT * FROM differences('codes')$$, 'btree');
SELECT is_empty($$SELECT * FROM differences('codes', 'right')$$, 'btree, mirrored');
SELECT is_empty($$SELECT * FROM differences('codes', 'text')$$, 'btree, text');
SELECT is_empty($$SELECT * FROM differences('codes', 'parameter')$$, 'btree, parameter');
SET enable_bitmapscan = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SELECT is_empty($$SELECT * FROM differences('codes')$$, 'bitmap of btree');
SELECT is_empty($$SELECT * FROM differences('codes', 'text right')$$, 'bitmap of btree, varchar on the left');
DROP INDEX codes_code;
CREATE INDEX codes_code ON codes USING brin (code) WITH (pages_per_range = 1);
SELECT is_empty($$SELECT * FROM differences('codes')$$, 'BRIN minmax');
SELECT is_empty($$SELECT * FROM differences('codes', 'text')$$, 'BRIN minmax, text');
DROP INDEX codes_code;
CREATE INDEX codes_code ON codes USING brin (code sector_code_minmax_multi_ops (values_per_range = 8)) WITH (pages_per_range = 1);
SELECT is_empty($$SELECT * FROM differences('codes')$$, 'BRIN minmax_multi');
DROP INDEX codes_code;
CREATE INDEX codes_code ON codes USING hash (code);
SELECT is_empty($$SELECT * FROM differences('codes')$$, 'hash');
DROP INDEX codes_code;
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_seqscan;

-- Partitions.
CREATE TABLE by_range (id int, code sector_code) PARTITION BY RANGE (code);
CREATE TABLE by_range_1 PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('D');
CREATE TABLE by_range_2 PARTITION OF by_range FOR VALUES FROM ('D') TO ('351');
CREATE TABLE by_range_3 PARTITION OF by_range FOR VALUES FROM ('351') TO ('35120');
CREATE TABLE by_range_4 PARTITION OF by_range FOR VALUES FROM ('35120') TO ('isic:A');
CREATE TABLE by_range_5 PARTITION OF by_range DEFAULT;
CREATE TABLE by_list (id int, code sector_code) PARTITION BY LIST (code);
CREATE TABLE by_list_1 PARTITION OF by_list FOR VALUES IN ('D', '35', '351', '35111');
CREATE TABLE by_list_2 PARTITION OF by_list FOR VALUES IN ('35112', '35~', NULL);
CREATE TABLE by_list_3 PARTITION OF by_list DEFAULT;
CREATE TABLE by_hash (id int, code sector_code) PARTITION BY HASH (code);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_3 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO by_range SELECT * FROM codes;
INSERT INTO by_list SELECT * FROM codes;
INSERT INTO by_hash SELECT * FROM codes;
SELECT is_empty($$SELECT 'range', d.* FROM differences('by_range') d UNION ALL SELECT 'list', d.* FROM differences('by_list') d
                  UNION ALL SELECT 'hash', d.* FROM differences('by_hash') d$$, 'partitions of ranges, lists and hashes');
SELECT is_empty($$SELECT 'range', d.* FROM differences('by_range', 'right') d UNION ALL SELECT 'list', d.* FROM differences('by_list', 'right') d
                  UNION ALL SELECT 'hash', d.* FROM differences('by_hash', 'text') d$$, 'partitions, mirrored and text');
SET plan_cache_mode = force_generic_plan;
SELECT is_empty($$SELECT 'range', d.* FROM differences('by_range', 'parameter') d UNION ALL SELECT 'list', d.* FROM differences('by_list', 'parameter') d$$,
                'partitions pruned when the query runs');
RESET plan_cache_mode;

-- Ranges of lists of hashes: each level prunes by what it can.
CREATE TABLE by_all (id int, code sector_code) PARTITION BY RANGE (code);
CREATE TABLE by_all_1 PARTITION OF by_all FOR VALUES FROM (MINVALUE) TO ('E') PARTITION BY LIST (code);
CREATE TABLE by_all_11 PARTITION OF by_all_1 FOR VALUES IN ('D', '35', '35~', '35111') PARTITION BY HASH (code);
CREATE TABLE by_all_111 PARTITION OF by_all_11 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_all_112 PARTITION OF by_all_11 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_all_12 PARTITION OF by_all_1 DEFAULT PARTITION BY RANGE (code, id);
CREATE TABLE by_all_121 PARTITION OF by_all_12 FOR VALUES FROM (MINVALUE, MINVALUE) TO ('351', 100);
CREATE TABLE by_all_122 PARTITION OF by_all_12 DEFAULT;
CREATE TABLE by_all_2 PARTITION OF by_all DEFAULT PARTITION BY LIST (id);
CREATE TABLE by_all_21 PARTITION OF by_all_2 DEFAULT;
INSERT INTO by_all SELECT * FROM codes;
SELECT is_empty($$SELECT * FROM differences('by_all') UNION ALL SELECT * FROM differences('by_all', 'right')$$, 'partitions of partitions');
SET plan_cache_mode = force_generic_plan;
SELECT is_empty($$SELECT * FROM differences('by_all', 'parameter') UNION ALL SELECT * FROM differences('by_hash', 'parameter')$$,
                'partitions of partitions pruned when the query runs');
RESET plan_cache_mode;
-- Wherever in a condition containment stands, and beside equalities that the planner carries from one column to another.
CREATE TABLE odd_condition AS SELECT t AS condition FROM unnest(ARRAY[
    $$NOT code <@ '35'$$, $$NOT code @> '35111'$$, $$(code <@ '35') IS NOT TRUE$$, $$code <@ '35' OR code <@ 'hs:85' OR code @> '10111'$$,
    $$NOT (code <@ '35' OR id < 50)$$, $$CASE WHEN id % 2 = 0 THEN code <@ '35' ELSE code @> '35' END$$, $$(code <@ '35') = (id < 200)$$,
    $$code <@ 'D' AND code <> '35' AND NOT code <@ '351'$$, $$code <@ 'D' AND code <@ '3511' AND code @> '35111'$$, $$code @> 'D'$$, $$code <@ '35~'$$]) t;
CREATE FUNCTION condition_differs(tab text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    c text;
    want int[];
    have int[];
BEGIN
    FOR c IN SELECT condition FROM odd_condition LOOP
        EXECUTE format('SELECT array_agg(id ORDER BY id) FROM codes WHERE %s', c) INTO want;
        EXECUTE format('SELECT array_agg(id ORDER BY id) FROM %I WHERE %s', tab, c) INTO have;
        IF want IS DISTINCT FROM have THEN RETURN NEXT tab || ': ' || c; END IF;
    END LOOP;
END $$;
SELECT is_empty($$SELECT condition_differs(t) FROM unnest('{by_range,by_list,by_hash,by_all}'::text[]) t$$, 'partitions, odd conditions');
SELECT set_eq($$SELECT a.id AS a, b.id AS b FROM by_range a JOIN by_all b ON a.code = b.code WHERE a.code <@ '35111'$$,
              $$SELECT a.id AS a, b.id AS b FROM codes a JOIN codes b ON a.code = b.code WHERE a.code <@ '35111'$$, 'a leaf and a join of partitions');
SELECT set_eq($$SELECT a.id AS a, b.id AS b FROM by_all a LEFT JOIN by_list b ON a.code = b.code AND b.code <@ '3511' WHERE a.code <@ '35' AND b.code @> '35111'$$,
              $$SELECT a.id AS a, b.id AS b FROM codes a LEFT JOIN codes b ON a.code = b.code AND b.code <@ '3511' WHERE a.code <@ '35' AND b.code @> '35111'$$,
              'an outer join of partitions');
BEGIN;
DELETE FROM by_all WHERE code <@ '35' AND NOT code <@ '3511';
UPDATE by_all SET code = '26111' WHERE code @> '35111' AND code <@ 'D';
SELECT set_eq('SELECT id, code FROM by_all',
              $$SELECT id, CASE WHEN code @> '35111' AND code <@ 'D' THEN '26111' ELSE code END FROM codes
                WHERE (code <@ '35' AND NOT code <@ '3511') IS NOT TRUE$$, 'deleted from and moved between partitions');
ROLLBACK;

SELECT bag_eq($$SELECT id FROM by_range WHERE code <@ ANY (SELECT code FROM asked)$$, $$SELECT DISTINCT id FROM reference WHERE "<@"$$,
              'partitions and any of a subquery');
SELECT bag_eq($$SELECT id FROM by_range r WHERE code IS NOT NULL AND NOT EXISTS (SELECT FROM asked a WHERE r.code <@ a.code)$$,
              $$SELECT id FROM codes WHERE code IS NOT NULL EXCEPT SELECT id FROM reference WHERE "<@"$$, 'partitions and none of a subquery');

-- Joins: by nested loop, hash and merge the pairs are those of the reference.
CREATE INDEX codes_code ON codes (code);
CREATE FUNCTION joined(operator text, only_path text) RETURNS TABLE (id int, asked sector_code) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL enable_nestloop = %s', (only_path = 'nestloop')::text);
    EXECUTE format('SET LOCAL enable_hashjoin = %s', (only_path = 'hashjoin')::text);
    EXECUTE format('SET LOCAL enable_mergejoin = %s', (only_path = 'mergejoin')::text);
    RETURN QUERY EXECUTE format('SELECT c.id, a.code FROM codes c JOIN asked a ON c.code %s a.code', operator);
END $$;
SELECT bag_eq($$SELECT * FROM joined('=', 'nestloop')$$, $$SELECT id, asked FROM reference WHERE "="$$, 'nested loop of equal codes');
SELECT bag_eq($$SELECT * FROM joined('=', 'hashjoin')$$, $$SELECT id, asked FROM reference WHERE "="$$, 'hash join');
SELECT bag_eq($$SELECT * FROM joined('=', 'mergejoin')$$, $$SELECT id, asked FROM reference WHERE "="$$, 'merge join');
SELECT bag_eq($$SELECT * FROM joined('<@', 'nestloop')$$, $$SELECT id, asked FROM reference WHERE "<@"$$, 'join of members and subtrees');
SELECT bag_eq($$SELECT * FROM joined('@>', 'nestloop')$$, $$SELECT id, asked FROM reference WHERE "@>"$$, 'join of ancestors and codes');

-- Skip scans: an index whose leading column the query does not name. Before 18 the index is read from end to end; the rows are the same.
CREATE TABLE skipped AS SELECT c.code, i AS x FROM (SELECT DISTINCT code FROM codes) c, generate_series(1, 300) i;
CREATE TABLE skipped_rows AS
SELECT code, x FROM skipped WHERE x IN (1, 77, 300) OR (x = 5 AND sector_code_send(code) >= sector_code_send('35')) OR (x = 5 AND code IS NULL)
    OR (x = 6 AND 'D' IN (SELECT ancestors(code)));
CREATE FUNCTION by_index(condition text) RETURNS TABLE (code sector_code, x int) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_bitmapscan = off;
    RETURN QUERY EXECUTE 'SELECT code, x FROM skipped WHERE ' || condition;
END $$;
CREATE FUNCTION index_searches(condition text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_bitmapscan = off;
    EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) SELECT code, x FROM skipped WHERE ' || condition INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Index Searches';
END $$;
CREATE TABLE skipping AS SELECT * FROM unnest(ARRAY[$$x = ANY ('{1,77,300}')$$, $$x = 5 AND code >= '35'$$, 'x = 5 AND code IS NULL', $$x = 6 AND code <@ 'D'$$]) condition;
CREATE INDEX skipped_up ON skipped (code, x);
VACUUM ANALYZE skipped;
SELECT bag_eq('SELECT r.* FROM skipping, by_index(condition) r', 'TABLE skipped_rows', 'skip scan, ascending');
DROP INDEX skipped_up;
CREATE INDEX skipped_down ON skipped (code DESC, x);
VACUUM ANALYZE skipped;
SELECT bag_eq('SELECT r.* FROM skipping, by_index(condition) r', 'TABLE skipped_rows', 'skip scan, descending');
SELECT current_setting('server_version_num')::int >= 180000 AS skip_scans \gset
\if :skip_scans
SELECT is((SELECT count(*)::int FROM pg_amproc JOIN pg_opfamily f ON f.oid = amprocfamily WHERE opfname IN ('sector_code_ops', 'region_code_ops') AND amprocnum = 6),
          2, 'both types have skip support');
SELECT cmp_ok(index_searches('x = 77'), '>', 20, 'codes are skipped');
\else
SELECT skip('skip scans came with 18', 2);
\endif

SELECT * FROM finish();
