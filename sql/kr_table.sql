-- innocity_kr: what its tables hold, who may write, and whose row wins
SET client_min_messages = warning;
CREATE EXTENSION innocity_kr;
\set VERBOSITY default
-- rows a table or view
SELECT string_agg(format('SELECT %L AS relation, count(*) AS rows FROM %I', c.relname, c.relname), ' UNION ALL ' ORDER BY c.relname COLLATE "C") AS counts
  FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'innocity_kr'
  JOIN pg_class c ON c.oid = d.objid
 WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND c.relkind IN ('r', 'v')
   AND c.relname !~ '_(user|shipped)$' \gset
SELECT relation, rows FROM (:counts) AS every_table ORDER BY relation COLLATE "C";
-- every row names its publisher
SELECT DISTINCT source FROM sector_kr UNION SELECT source FROM region_kr UNION SELECT source FROM population_kr UNION SELECT source FROM trade_kr
UNION SELECT source FROM business_kr UNION SELECT source FROM region_industry_kr UNION SELECT source FROM input_output_kr
UNION SELECT source FROM institution_kr UNION SELECT source FROM institution_sector_kr ORDER BY 1;
-- labels
SELECT c, label(c) AS ko, label(c, 'en') AS en, is_listed(c)
  FROM unnest('{35,35111,ksic9:36,ksic10:36,36,isic:3510,nace2:35.11,naics:31-33,cofog:04.3.5,sna:S1311,cluster:ENERGY,group:DE,io:C01,99999}'::sector_code[]) AS t (c);
SELECT c, label(c) AS ko, label(c, 'en') AS en, is_listed(c) FROM unnest('{46,46170,kostat:36040,41111,42130,46170250,nuts:DE}'::region_code[]) AS t (c);
SELECT label(sector_code '35', 'fr');
SELECT label(sector_code '35', NULL), label(NULL::region_code), is_listed(NULL::sector_code);
-- neighbours at the level of the region asked for
SELECT n, label(n) FROM neighbours('46170') n;
SELECT n, label(n) FROM neighbours('46') n;
SELECT n, label(n) FROM neighbours('41111') n;
SELECT count(*) FROM neighbours('50');
SELECT array_agg(n) FROM neighbours('kostat:36040') n;

-- An ordinary role reads all and writes nothing; one who was granted it writes user rows only.
CREATE ROLE regress_kr_reader;
CREATE ROLE regress_kr_planner;
GRANT INSERT, UPDATE, DELETE ON institution_kr_user, institution_sector_kr_user, region_kr_user, sector_kr_user TO regress_kr_planner;
SET ROLE regress_kr_reader;
SELECT count(*) FROM institution_kr;
UPDATE region_kr_shipped SET name_ko = '';
DELETE FROM population_kr;
INSERT INTO institution_kr VALUES ('U1');
INSERT INTO institution_kr_user (id, name_ko, name_en, status, candidate) VALUES ('U1', '가', 'a', 'other', false);
SET ROLE regress_kr_planner;
DELETE FROM institution_kr_shipped;
-- a new institution, a corrected and a removed one
INSERT INTO institution_kr_user (id, name_ko, name_en, status, candidate, hq_region)
VALUES ('U001', '나주에너지진흥원', 'Naju Energy Agency', 'other', false, '46170'),
       ('I001', '한국전력공사(정정)', 'KEPCO, corrected', 'relocated', false, '46170');
INSERT INTO institution_kr_user (id, removed) VALUES ('I002', true);
INSERT INTO institution_kr_user (id) VALUES ('I003');
SELECT id, name_ko, innovation_city, source FROM institution_kr WHERE id IN ('I001', 'I002', 'I003', 'U001') ORDER BY id;
SELECT count(*) FROM institution_kr;
-- a profile is replaced as a whole, and only that of its institution
SELECT count(*), round(sum(weight)::numeric, 12) FROM institution_sector_kr WHERE institution_id = 'I001';
INSERT INTO institution_sector_kr_user (institution_id, ksic_10, weight, source) VALUES ('I001', '35', 0.75, 'hearing of 2026'), ('I001', '26', 0.25, 'hearing of 2026');
SELECT institution_id, ksic_10, weight, source FROM institution_sector_kr WHERE institution_id IN ('I001', 'I016') ORDER BY 1, 2;
INSERT INTO institution_sector_kr_user (institution_id, ksic_10, weight) VALUES ('I001', '27', -1);
-- labels of one's own
INSERT INTO sector_kr_user (code, label_ko, label_en, list) VALUES ('cluster:SOLAR', '태양광', 'Solar power', 'own groups'), ('35', '전기 등', NULL, 'own labels');
SELECT label(sector_code 'cluster:SOLAR'), label(sector_code '35'), label(sector_code '35', 'en'), label(sector_code 'ksic11:35');
UPDATE sector_kr_user SET removed = true;
SELECT label(sector_code 'cluster:SOLAR'), is_listed(sector_code '35');
RESET ROLE;
-- the tables that pg_dump keeps are exactly those of the users
SELECT c.relname FROM pg_extension e, unnest(e.extconfig) x JOIN pg_class c ON c.oid = x
 WHERE e.extname = 'innocity_kr' AND c.relname !~ '_user$';
DROP EXTENSION innocity_kr;
DROP ROLE regress_kr_reader;
DROP ROLE regress_kr_planner;
