-- Estimates of containment against the truth, on even and on very skewed data, in the columns of a table and in joins. Rows
-- counted by ANALYZE vary with its sample, so a factor of 2 is asserted for subtrees of at least 0.2 % of the rows, and for
-- nine in ten of those from 0.1 % on.
\set ON_ERROR_STOP 1
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SET client_min_messages = warning;
SET jit = off;

SELECT plan(14);

CREATE TABLE listed (kind text, code text, level int, parent text);
\copy listed FROM 'test/corpus/code_list.txt'
CREATE TABLE tree AS SELECT substr(code, 8)::sector_code AS code, level FROM listed WHERE code LIKE 'ksic11:%';
CREATE TABLE leaf AS SELECT code, row_number() OVER (ORDER BY md5(code::text)) AS rank FROM tree WHERE level = 5;
-- 1,205 leaves: alike; by Zipf's law in an arbitrary order, one row in ten NULL; and a few codes only.
CREATE TABLE even AS SELECT code FROM leaf, generate_series(1, 80);
CREATE TABLE skewed AS SELECT code FROM leaf, generate_series(1, (15000 / rank)::int);
INSERT INTO skewed SELECT NULL FROM generate_series(1, 12000);
CREATE TABLE few AS SELECT code FROM skewed WHERE code <@ '35';
ANALYZE even, skewed, few, tree;

CREATE FUNCTION estimate(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
CREATE FUNCTION compared(tab text) RETURNS TABLE (code sector_code, part float8, factor float8) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT t.code, n::float8 / total, greatest(e / n, n / e)
        FROM (SELECT t.code, (SELECT count(*) FROM %1$I d WHERE d.code BETWEEN t.code AND subtree_end(t.code))::float8 AS n,
                     (SELECT count(*) FROM %1$I)::float8 AS total,
                     estimate(format('SELECT FROM %1$I WHERE code <@ %%L::sector_code', t.code)) AS e FROM tree t WHERE level < 5 OR code <@ '26') t
        WHERE n > 0$q$, tab);
END $$;
CREATE INDEX ON even (code);
CREATE INDEX ON skewed (code);
CREATE TABLE measured AS SELECT 'even' AS tab, * FROM compared('even') UNION ALL SELECT 'skewed', * FROM compared('skewed')
UNION ALL SELECT 'few', * FROM compared('few');

SELECT cmp_ok((SELECT count(*) FROM measured WHERE tab = 'even' AND part >= 0.002), '>=', 150::bigint, 'many subtrees of even data');
SELECT cmp_ok((SELECT count(*) FROM measured WHERE tab = 'skewed' AND part >= 0.002), '>=', 100::bigint, 'many subtrees of skewed data');
SELECT is_empty($$SELECT * FROM measured WHERE tab = 'even' AND part >= 0.002 AND factor > 2$$, 'even data: within a factor of 2');
SELECT is_empty($$SELECT * FROM measured WHERE tab = 'skewed' AND part >= 0.002 AND factor > 2$$, 'skewed data: within a factor of 2');
SELECT is_empty($$SELECT * FROM measured WHERE tab = 'few' AND part >= 0.002 AND factor > 2$$, 'a few codes: within a factor of 2');
SELECT cmp_ok((SELECT avg((factor <= 2)::int) FROM measured WHERE part BETWEEN 0.001 AND 0.002), '>', 0.9, 'from 0.1 % on: nine in ten');

-- Small subtrees: no wild guess either.
SELECT cmp_ok((SELECT avg((factor <= 6)::int) FROM measured WHERE part BETWEEN 0.0001 AND 0.001), '>', 0.8, 'small subtrees: mostly within a factor of 6');

-- The other side, NULL, and what is not there.
SELECT cmp_ok(estimate($$SELECT FROM skewed WHERE code <@ NULL::sector_code$$), '<=', 1::float8, 'NULL has no rows');
SELECT cmp_ok(estimate($$SELECT FROM skewed WHERE code <@ 'hs:85'$$), '<', 200::float8, 'nor has a scheme that does not occur');
SELECT cmp_ok(estimate($$SELECT FROM tree WHERE code @> '35111'$$), '<=', 10::float8, 'a code has few ancestors');

-- Joins: each division with all that lies in it.
CREATE TABLE division AS SELECT code FROM tree WHERE level = 2;
ANALYZE division;
CREATE TABLE joined AS SELECT (SELECT count(*) FROM division d JOIN skewed s ON s.code <@ d.code)::float8 AS rows,
    estimate('SELECT FROM division d JOIN skewed s ON s.code <@ d.code') AS contained, estimate('SELECT FROM skewed s JOIN division d ON d.code @> s.code') AS contains;
SELECT cmp_ok(contained / rows, '<', 2::float8, 'join with subtrees, not too many') FROM joined;
SELECT cmp_ok(rows / contained, '<', 2::float8, 'join with subtrees, not too few') FROM joined;
SELECT is(contains, contained, 'either way round') FROM joined;

-- Without statistics a division is guessed to be larger than a class.
DELETE FROM pg_statistic WHERE starelid = 'even'::regclass;
SELECT cmp_ok(estimate($$SELECT FROM even WHERE code <@ '35'$$), '>', estimate($$SELECT FROM even WHERE code <@ '3511'$$), 'defaults go by level');

SELECT * FROM finish();
