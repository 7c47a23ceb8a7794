-- Codes against texts, as drivers bind them: by meaning, without an error, by the index, and right in joins of three.

-- A text that is a code is that code; any other equals none and sorts after all.
SELECT t, sector_code '35' = t AS "35 = t", sector_code '35' <> t AS "35 <> t", sector_code '35' < t AS "35 < t", t <= sector_code '35' AS "t <= 35"
FROM unnest(ARRAY['35', 'D35', ' 35 ', 'ksic:35', '035', '36', '01', 'n/a', '', '전기', NULL]) t;
SELECT region_code '46170' = '4617000000'::text AS zeros_drop, region_code '46170' = '46170'::varchar(9) AS varchar, region_code '46170' = '46170'::char(9) AS char;

-- Nothing is taken as text by itself: no ambiguity, no collation.
SELECT sector_code '35' = '36' AS literal_is_a_code, sector_code '35' IN ('35', '36') AS list_of_literals;
SELECT sector_code '35' = region_code '46';
SELECT sector_code '35' = 'n/a';
SELECT sector_code '35' LIKE '3%';

-- One order of all codes and texts: antisymmetric and transitive, whichever types are compared.
CREATE TABLE code_any (id int GENERATED ALWAYS AS IDENTITY, t text, c sector_code);
INSERT INTO code_any (t, c)
SELECT t, sector_code_or_null(t)
FROM unnest('{35,D35,D,351,35111,"",n/a,N/A,zz,~,35~,hs:85,hs:9,cluster:A,cluster:A-B,전기,３５,"35 "}'::text[]) t;
CREATE FUNCTION code_order(a code_any, b code_any, OUT text_text int, OUT code_text int, OUT text_code int, OUT code_code int) LANGUAGE sql AS $$
    SELECT sign(sector_code_cmp(a.t, b.t)), sign(code_cmp(a.c, b.t)), sign(code_cmp(a.t, b.c)), sign(code_cmp(a.c, b.c))
$$;
SELECT a.t, b.t, o.* FROM code_any a, code_any b, code_order(a, b) o, code_order(b, a) r
WHERE o.text_text <> -r.text_text OR o.code_text <> o.text_text OR o.text_code <> o.text_text OR o.code_code <> o.text_text;
SELECT a.t, b.t, c.t FROM code_any a, code_any b, code_any c
WHERE sector_code_cmp(a.t, b.t) <= 0 AND sector_code_cmp(b.t, c.t) <= 0 AND sector_code_cmp(a.t, c.t) > 0;
SELECT string_agg(DISTINCT sign(sector_code_cmp('n/a', t))::text, ',') AS "texts that are no codes are last"
FROM code_any WHERE c IS NOT NULL;
DROP FUNCTION code_order;

-- Three-way joins through text: 35 and D35 are one code but two texts, whatever the plan.
CREATE TABLE code_x (x text);
CREATE TABLE code_y (y text);
CREATE TABLE code_k (k sector_code PRIMARY KEY);
INSERT INTO code_x VALUES ('35'), ('D35'), ('035'), ('n/a');
INSERT INTO code_y VALUES ('D35'), ('35'), ('n/a'), ('36');
INSERT INTO code_k VALUES ('35'), ('36');
ANALYZE code_x, code_y, code_k;
SELECT x, k, y FROM code_x, code_k, code_y WHERE x = k AND k = y ORDER BY x COLLATE "C", y COLLATE "C";
SET enable_nestloop = off;
SELECT x, k, y FROM code_x, code_k, code_y WHERE x = k AND k = y ORDER BY x COLLATE "C", y COLLATE "C";
SELECT x, k, y FROM code_x, code_k, code_y WHERE x = k AND k = y AND x = y ORDER BY x COLLATE "C", y COLLATE "C";
SELECT x, k, y FROM code_x LEFT JOIN code_k ON x = k LEFT JOIN code_y ON k = y WHERE x <> 'n/a' ORDER BY x COLLATE "C", y COLLATE "C";
RESET enable_nestloop;
SELECT x, k, y FROM code_x, code_k, code_y WHERE x = k AND k = y AND k = '35' ORDER BY x COLLATE "C", y COLLATE "C";
SELECT x FROM code_x WHERE EXISTS (SELECT FROM code_k WHERE k = x) ORDER BY x COLLATE "C";
SELECT x FROM code_x WHERE NOT EXISTS (SELECT FROM code_k WHERE k = x) ORDER BY x COLLATE "C";

-- Lists of texts, with duplicates by meaning and texts that are no codes, with and without the index.
CREATE TABLE code_fact (id int, sector sector_code);
INSERT INTO code_fact SELECT i, (ARRAY['35111', '35112', '35', '62010', NULL])[1 + i % 5]::sector_code FROM generate_series(0, 999) i;
CREATE INDEX code_fact_sector ON code_fact (sector);
ANALYZE code_fact;
SELECT count(*), min(id), max(id) FROM code_fact WHERE sector = ANY ('{35111,35112,D35112,n/a,"",전기}'::text[]);
SELECT count(*) FROM code_fact WHERE sector <> ALL ('{35111,n/a}'::text[]);
SET enable_seqscan = off;
SELECT count(*), min(id), max(id) FROM code_fact WHERE sector = ANY ('{35111,35112,D35112,n/a,"",전기}'::text[]);
SELECT count(*) FROM code_fact WHERE sector = ANY ('{n/a,NULL}'::text[]);
SELECT count(*) FROM code_fact WHERE sector >= ANY ('{35112,n/a}'::text[]);
SELECT count(*) FROM code_fact WHERE sector <= ANY ('{35,n/a}'::text[]);
SELECT count(*) FROM code_fact WHERE sector > 'D'::text AND sector < 'n/a'::text;
SELECT count(*) FROM code_fact WHERE sector BETWEEN '35'::text AND '35~'::text;
RESET enable_seqscan;

-- A text column cannot refer to codes; a generated column can.
\set VERBOSITY terse
CREATE TABLE code_old (code text REFERENCES code_k);
\set VERBOSITY default
CREATE TABLE code_old (code varchar(9), sector sector_code GENERATED ALWAYS AS (sector_code_or_null(code)) STORED REFERENCES code_k);
INSERT INTO code_old VALUES ('35'), ('D35'), ('n/a'), (NULL);
INSERT INTO code_old VALUES ('37');
DELETE FROM code_k WHERE k = '35';
DELETE FROM code_k WHERE k = '36';
DROP TABLE code_old;

DROP TABLE code_any, code_x, code_y, code_k, code_fact;
