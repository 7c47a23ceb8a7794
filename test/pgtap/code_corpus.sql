-- The code types against lists of codes: every row of test/corpus/code_list.txt (published classifications: KSIC 9 to 11,
-- ISIC 3 and 4, NACE 2, NAICS 2012 and 2017, COFOG, SNA 2008; Korean regions in both numberings and before 2023) has the
-- level and parent that its publisher gives it; texts that are no codes are refused where and why the corpus says.
\set ON_ERROR_STOP 1
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SET client_min_messages = warning;

SELECT plan(28);

CREATE TABLE listed (kind text, code text, level int, parent text);
\copy listed FROM 'test/corpus/code_list.txt'

-- Numbers of rows as published, so that a list that shrinks is seen.
SELECT set_eq(
    $$SELECT coalesce(substring(code FROM '^(.*):'), kind), count(*)::int FROM listed GROUP BY 1$$,
    $$VALUES ('cofog', 188), ('isic3', 528), ('isic4', 766), ('kostat', 278), ('ksic10', 2021), ('ksic11', 2038), ('ksic9', 1957),
             ('naics2012', 2229), ('naics2017', 2217), ('nace2', 996), ('region', 316), ('sna2008', 23)$$,
    'the lists are complete');

CREATE TABLE sector AS SELECT code AS written, code::sector_code AS code, level, parent FROM listed WHERE kind = 'sector';
-- Bare codes: those of the revisions 10 and 11.
INSERT INTO sector SELECT DISTINCT regexp_replace(written, '^ksic1[01]:', ''), regexp_replace(written, '^ksic1[01]:', '')::sector_code, level,
    regexp_replace(parent, '^ksic1[01]:', '') FROM sector WHERE written ~ '^ksic1[01]:';
CREATE TABLE region AS SELECT code AS written, code::region_code AS code, level, parent FROM listed WHERE kind = 'region';

SELECT is_empty($$SELECT written, code FROM sector WHERE code::text <> written$$, 'sector: text round trip');
SELECT is_empty($$SELECT written, code FROM region WHERE code::text <> written$$, 'region: text round trip');
SELECT is_empty($$SELECT written, level, level(code) FROM sector WHERE level(code) <> level$$, 'sector: levels as published');
SELECT is_empty($$SELECT written, level, level(code) FROM region WHERE level(code) <> level$$, 'region: levels as published');
SELECT is_empty($$SELECT written, parent, parent(code) FROM sector
                  WHERE parent <> '?' AND coalesce(parent(code)::text, '-') <> parent$$, 'sector: parents as published');
SELECT is_empty($$SELECT written, parent, parent(code) FROM region
                  WHERE coalesce(parent(code)::text, '-') <> parent$$, 'region: parents as published');
SELECT is((SELECT count(*)::int FROM sector WHERE parent = '?'), 60, 'only the divisions of ISIC 3 come without a parent');

-- Binary, by COPY: what is sent is what is received.
CREATE TABLE sector_again (code sector_code);
CREATE TABLE region_again (code region_code);
\copy (SELECT code FROM sector) TO 'tmp_check/code_corpus.bin' (FORMAT binary)
\copy sector_again FROM 'tmp_check/code_corpus.bin' (FORMAT binary)
\copy (SELECT code FROM region) TO 'tmp_check/code_corpus.bin' (FORMAT binary)
\copy region_again FROM 'tmp_check/code_corpus.bin' (FORMAT binary)
SELECT bag_eq('TABLE sector_again', 'SELECT code FROM sector', 'sector: binary round trip');
SELECT bag_eq('TABLE region_again', 'SELECT code FROM region', 'region: binary round trip');

-- What the wire brings is a code or is refused.
CREATE TABLE wire (code int8);
INSERT INTO wire VALUES (-1);
CREATE FUNCTION receive_wire() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY wire TO %L (FORMAT binary)', current_setting('data_directory') || '/code_wire.bin');
    EXECUTE format('COPY sector_again FROM %L (FORMAT binary)', current_setting('data_directory') || '/code_wire.bin');
END $$;
SELECT throws_ok('SELECT receive_wire()', '22P03', 'invalid sector_code in external binary data', 'a negative number from the wire is refused');
UPDATE wire SET code = x'0004460020000000'::int8;
SELECT throws_ok('SELECT receive_wire()', '22P03', 'invalid sector_code in external binary data', 'digits after an end are refused');

-- A published hierarchy walked by its own parent column gives the same subtrees as the order of codes does.
CREATE VIEW closure AS
WITH RECURSIVE up (written, ancestor) AS (
    SELECT written, written FROM sector
    UNION ALL
    SELECT up.written, s.parent FROM up JOIN sector s ON s.written = up.ancestor WHERE s.parent NOT IN ('-', '?')
)
SELECT ancestor, written FROM up;
SELECT set_eq(
    $$SELECT a.written AS ancestor, d.written FROM sector a JOIN sector d ON d.code BETWEEN a.code AND subtree_end(a.code)
      WHERE a.written ~ '^(ksic9|nace2|naics2017|cofog|sna2008):'$$,
    $$SELECT ancestor, written FROM closure WHERE ancestor ~ '^(ksic9|nace2|naics2017|cofog|sna2008):'$$,
    'a subtree is one contiguous range: sectors');
SELECT set_eq(
    $$SELECT a.written AS ancestor, d.written FROM region a JOIN region d ON a.code @> d.code$$,
    $$WITH RECURSIVE up (written, ancestor) AS (
          SELECT written, written FROM region
          UNION ALL
          SELECT up.written, r.parent FROM up JOIN region r ON r.written = up.ancestor WHERE r.parent <> '-'
      )
      SELECT ancestor, written FROM up$$,
    'a subtree is one contiguous range: regions');

-- The short ways of ancestor, lca and tree_similarity agree with the chain of parents: of every code and of every end, at every level,
-- and of pairs near and far.
CREATE TABLE near AS
SELECT code, lead(code, 1) OVER w AS next, lead(code, 40) OVER w AS far FROM (SELECT code FROM sector UNION SELECT subtree_end(code) FROM sector) s WINDOW w AS (ORDER BY code);
CREATE TABLE near_region AS
SELECT code, lead(code, 1) OVER w AS next, lead(code, 40) OVER w AS far FROM (SELECT code FROM region UNION SELECT subtree_end(code) FROM region) s WINDOW w AS (ORDER BY code);
SELECT is_empty($$SELECT code, n FROM near, generate_series(-1, 14) n WHERE ancestor(code, n) IS DISTINCT FROM (SELECT a FROM ancestors(code) a WHERE level(a) = n)
                  UNION ALL SELECT NULL, n FROM near_region, generate_series(-1, 14) n
                  WHERE ancestor(code, n) IS DISTINCT FROM (SELECT a FROM ancestors(code) a WHERE level(a) = n)$$, 'ancestor finds what is in the chain');
CREATE VIEW chains AS
SELECT p.a::text, p.b::text, lca(p.a, p.b)::text, tree_similarity(p.a, p.b) AS similarity,
       ARRAY(SELECT x::text FROM ancestors(p.a) x) AS chain_a, ARRAY(SELECT x::text FROM ancestors(p.b) x) AS chain_b
FROM (SELECT code AS a, next AS b FROM near UNION ALL SELECT far, code FROM near) p WHERE p.a IS NOT NULL AND p.b IS NOT NULL
UNION ALL
SELECT p.a::text, p.b::text, lca(p.a, p.b)::text, tree_similarity(p.a, p.b),
       ARRAY(SELECT x::text FROM ancestors(p.a) x), ARRAY(SELECT x::text FROM ancestors(p.b) x)
FROM (SELECT code AS a, next AS b FROM near_region UNION ALL SELECT far, code FROM near_region) p WHERE p.a IS NOT NULL AND p.b IS NOT NULL;
SELECT is_empty($$SELECT a, b, lca, similarity FROM chains,
                  LATERAL (SELECT array_agg(u ORDER BY n) AS shared FROM unnest(chain_a) WITH ORDINALITY t (u, n) WHERE u = ANY (chain_b)) s
                  WHERE lca IS DISTINCT FROM shared[cardinality(shared)]
                     OR abs(similarity - coalesce(cardinality(shared), 0)::float8
                            / (cardinality(chain_a) + cardinality(chain_b) - coalesce(cardinality(shared), 0))) > 1e-15$$,
                'lca and tree_similarity are those of the chains');

-- One line a form of text, of every scheme and edition.
CREATE TABLE valid (kind text, input text, canonical text, level int, parent text);
\copy valid FROM 'test/corpus/code_valid.txt'
SELECT is_empty(
    $$SELECT input, canonical, input::sector_code, level(input::sector_code), parent(input::sector_code) FROM valid
      WHERE kind = 'sector' AND (input::sector_code::text, level(input::sector_code), coalesce(parent(input::sector_code)::text, '-'))
            IS DISTINCT FROM (canonical, level, parent)$$, 'sector: texts that are codes');
SELECT is_empty(
    $$SELECT input, canonical, input::region_code, level(input::region_code), parent(input::region_code) FROM valid
      WHERE kind = 'region' AND (input::region_code::text, level(input::region_code), coalesce(parent(input::region_code)::text, '-'))
            IS DISTINCT FROM (canonical, level, parent)$$, 'region: texts that are codes');
SELECT is_empty(
    $$SELECT DISTINCT lower(substring(input FROM '^(.*):')) FROM valid WHERE input LIKE '%:%'
      EXCEPT SELECT CASE kind WHEN 'sector' THEN scheme(input::sector_code) ELSE scheme(input::region_code) END FROM valid$$,
    'scheme() is the name that was written');

-- Texts that are no codes: refused with the place and the reason, a hint, and no exception from _or_null.
CREATE TABLE invalid (kind text, input text, reason text);
\copy invalid FROM 'test/corpus/code_invalid.txt'
CREATE FUNCTION refusal(kind text, input text, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT %L::%I', input, kind || '_code');
    state := 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END $$;
CREATE TABLE refused AS SELECT i.*, r.* FROM invalid i, refusal(i.kind, i.input) r;
SELECT is_empty($$SELECT input, state FROM refused WHERE state <> '22P02'$$, 'every one is 22P02');
SELECT is_empty($$SELECT input, message FROM refused
                  WHERE message <> format('invalid input syntax for type %s_code: "%s"', kind, input)$$, 'the message shows the value');
SELECT is_empty($$SELECT input, reason, detail FROM refused WHERE NOT starts_with(detail, reason)$$, 'the detail says where and why');
SELECT is_empty($$SELECT input, hint FROM refused WHERE hint = '' OR hint !~ '^[A-Z].*\.$'$$, 'the hint shows the way out');
SELECT is_empty($$SELECT input FROM invalid WHERE kind = 'sector' AND sector_code_or_null(input) IS NOT NULL
                  UNION ALL SELECT input FROM invalid WHERE kind = 'region' AND region_code_or_null(input) IS NOT NULL$$,
                'sector_code_or_null and region_code_or_null give NULL');
SELECT current_setting('server_version_num')::int >= 160000 AS soft_errors \gset
\if :soft_errors
SELECT is_empty($$SELECT input FROM invalid WHERE pg_input_is_valid(input, kind || '_code')
                  UNION ALL SELECT input FROM valid WHERE NOT pg_input_is_valid(input, kind || '_code')$$, 'pg_input_is_valid agrees');
SELECT is_empty($$SELECT input FROM refused, pg_input_error_info(input, kind || '_code') e
                  WHERE (e.sql_error_code, e.message, e.detail, e.hint) IS DISTINCT FROM (refused.state, refused.message, refused.detail, refused.hint)$$,
                'pg_input_error_info says what the error says');
SELECT ok(NOT pg_input_is_valid('{35,3x}', 'sector_code[]') AND pg_input_is_valid('{35,NULL}', 'sector_code[]'), 'arrays as well');
\else
SELECT skip('soft errors came with 16', 3);
\endif
SELECT is((SELECT hint FROM refused WHERE input = '36040'), 'If it is a code of Statistics Korea, write kostat:36040.',
          'a bare code of the other numbering is told so');

SELECT * FROM finish();
