-- innocity_kr takes no planted object for one of innocity's; names on pg_temp are out of the way
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE SCHEMA kr_planted;
-- a type
CREATE DOMAIN kr_planted.sector_code AS text;
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP DOMAIN kr_planted.sector_code;
CREATE TABLE kr_planted.region_code ();
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP TABLE kr_planted.region_code;
-- a function of the same arguments, and one that defaults make callable with them
CREATE FUNCTION kr_planted.sector_code_or_null(text) RETURNS sector_code RETURN NULL;
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP FUNCTION kr_planted.sector_code_or_null(text);
CREATE FUNCTION kr_planted.scheme(sector_code, int DEFAULT 0) RETURNS text RETURN 'ksic';
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP FUNCTION kr_planted.scheme(sector_code, int);
-- an operator
CREATE FUNCTION kr_planted.same(sector_code, sector_code) RETURNS boolean RETURN true;
CREATE OPERATOR kr_planted.= (LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = kr_planted.same);
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP OPERATOR kr_planted.= (sector_code, sector_code);
DROP FUNCTION kr_planted.same;
-- a table of the user's own is not taken over
CREATE TABLE kr_planted.institution_kr_user (id text);
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
DROP TABLE kr_planted.institution_kr_user;
-- what a user's own objects of other meanings do not disturb
CREATE TABLE kr_planted.institution (id text);
CREATE FUNCTION kr_planted.level(int) RETURNS int RETURN 1;
CREATE DOMAIN pg_temp.sector_code AS text;
CREATE TEMP TABLE region_kr_shipped (code int);
CREATE EXTENSION innocity_kr SCHEMA kr_planted;
SELECT count(*) FROM kr_planted.region_kr;
SELECT a.atttypid::regtype, t.typnamespace = e.extnamespace AS innocitys
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_extension e ON e.extname = 'innocity'
 WHERE a.attrelid = 'kr_planted.ksic_10_kr'::regclass AND a.attname = 'code';
SELECT kr_planted.label(public.sector_code '35'), (SELECT count(*) FROM kr_planted.find_region('나주시'));
DROP EXTENSION innocity_kr;
DROP SCHEMA kr_planted CASCADE;
DROP TABLE pg_temp.region_kr_shipped;
DROP DOMAIN pg_temp.sector_code;
