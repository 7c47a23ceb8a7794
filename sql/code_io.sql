-- Text and binary input and output of the code types, casts, and how bad input is refused. What texts are codes at all is in
-- test/corpus; here is what surrounds it.
\set VERBOSITY default

-- One code, one text: letters fold, what is optional drops.
SELECT sector_code 'd35', sector_code 'KSIC:3511', sector_code 'nace:d3511', sector_code 'hs:854140', sector_code 'cluster:energy.gr',
       region_code '4617000000', region_code 'mois:46000', region_code 'nuts:de212', region_code 'kostat:1101053';

-- Blanks around a code are accepted as around a number, blanks inside are not.
SELECT sector_code E' \t\n\x0b\f\r35 \n' AS blanks, '  35111   '::char(10)::sector_code AS blank_padded;
SELECT 'ksic9: 36'::sector_code;
SELECT ' '::sector_code;
SELECT ''::region_code;
SELECT NULL::sector_code AS unknown, nullif('', '')::sector_code AS "the recipe for empty strings";

-- The other numbering, and what has a form but no meaning.
SELECT '36040'::region_code;
SELECT '99999'::sector_code AS "a form, whatever it means";

-- Long values are shortened at a whole character, whatever they consist of.
SELECT repeat('3', 60)::sector_code;
SELECT repeat('3', 61)::sector_code;
SELECT repeat('나주', 20000)::region_code;
SELECT ('x' || repeat('나주', 20000))::region_code;
SELECT 'cluster:' || repeat('A', 100000) = sector_code_or_null('cluster:' || repeat('A', 100000))::text AS none;
SELECT length(repeat(' ', 100000) || '35'), (repeat(' ', 100000) || '35')::sector_code AS "blanks are blanks";

-- Every error has a place in the text: of a character, not of a byte, for all before it is ASCII.
SELECT 'D전기'::sector_code;
SELECT '３５'::sector_code;
SELECT E'3\x015'::sector_code;

-- No implicit cast; by assignment and by writing it, from text, varchar and char, and back.
CREATE TABLE code_io (sector sector_code, region region_code, t text, v varchar(8), c char(8));
INSERT INTO code_io (sector, region) VALUES ('35111'::text, '46170'::text), ('35112'::varchar(9), '46'::varchar), ('3512'::char(6), '46000'::char(9));
INSERT INTO code_io (t, v, c) SELECT sector, sector, region FROM code_io;
SELECT * FROM code_io ORDER BY sector, t;
INSERT INTO code_io (v) VALUES (sector_code 'cluster:ENERGY');
SELECT sector || '' AS text, upper(sector::text) FROM code_io WHERE sector = '3512';
SELECT upper(sector) FROM code_io;
SELECT coalesce(sector, 'Other') FROM code_io;
SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast
WHERE 'sector_code'::regtype IN (castsource, casttarget) OR 'region_code'::regtype IN (castsource, casttarget)
ORDER BY castsource::regtype::text, casttarget::regtype::text;
DROP TABLE code_io;

-- Dirty text: NULL instead of an error.
SELECT t, sector_code_or_null(t) AS sector, region_code_or_null(t) AS region
FROM unnest(ARRAY['35111', ' 46170 ', '36040', 'D', '', 'n/a', '나주', NULL]) WITH ORDINALITY AS u (t, n) ORDER BY n;
CREATE TABLE code_dirty (code varchar(20), sector sector_code GENERATED ALWAYS AS (sector_code_or_null(code)) STORED);
INSERT INTO code_dirty VALUES ('D35'), ('35'), ('n/a'), ('');
SELECT * FROM code_dirty ORDER BY code;
DROP TABLE code_dirty;

-- Arrays, domains, composites, JSON.
SELECT '{35111,"cluster:A.B",NULL}'::sector_code[] AS codes, ('{46,46170}'::region_code[])[2] AS second,
       sector_code '35' = ANY ('{01,35}') AS found, array_position('{01,35}'::sector_code[], '35') AS position;
SELECT '{35,3x}'::sector_code[];
CREATE DOMAIN section AS sector_code CHECK (level(VALUE) = 1);
SELECT 'D'::section, pg_typeof('D'::section);
SELECT '35'::section;
SELECT json_agg(c ORDER BY c) FROM unnest('{E,D}'::section[]) c;
DROP DOMAIN section;

-- Foreign keys, and the way back to text.
CREATE TABLE code_list (code sector_code PRIMARY KEY, label text);
CREATE TABLE code_user (code sector_code REFERENCES code_list);
INSERT INTO code_list VALUES ('35', 'electricity'), ('D35', 'the same');
INSERT INTO code_list VALUES ('35', 'electricity');
INSERT INTO code_user VALUES ('D35'), (NULL);
INSERT INTO code_user VALUES ('36');
ALTER TABLE code_user DROP CONSTRAINT code_user_code_fkey;
ALTER TABLE code_user ALTER code TYPE text;
SELECT code, pg_typeof(code) FROM code_user ORDER BY code;
ALTER TABLE code_user ALTER code TYPE sector_code USING code::sector_code;
DROP TABLE code_user, code_list;
