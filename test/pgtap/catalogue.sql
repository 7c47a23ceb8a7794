-- What the system catalogues say about both extensions and about a plan: documented, safe to be trusted, planned for.
-- Each assertion is a query for offenders that must come back empty; a failure names them.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
SELECT exists(SELECT FROM pg_available_extensions WHERE name = 'innocity_kr') AS has_kr \gset
\if :has_kr
CREATE EXTENSION innocity_kr SCHEMA innocity;
\endif
SET search_path = public, innocity;
SELECT exists(SELECT FROM pg_proc WHERE proname = 'create_plan') AS has_plan \gset
\if :has_plan
SELECT create_plan('catalogue_plan', sample => true) IS NULL AS created \gset
\endif

-- Everything that belongs to the extensions, as the catalogues address it. From 17 on the types that PostgreSQL makes by
-- itself, arrays and the rows of tables, are members too: they are described by what they were made for.
CREATE TEMP VIEW member AS
SELECT e.extname, d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS what
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname ~ '^innocity'
  AND NOT (d.classid = 'pg_type'::regclass AND EXISTS (
      SELECT FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
      WHERE t.oid = d.objid AND (t.typcategory = 'A' OR c.relkind <> 'c')));

CREATE TEMP VIEW member_function AS
SELECT m.what, p.*, l.lanname FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
JOIN pg_language l ON l.oid = p.prolang;

SELECT no_plan();

SELECT isnt_empty($$SELECT FROM member WHERE extname = 'innocity'$$, 'innocity has members');

-- Documented

SELECT is_empty($$
    SELECT what FROM member m
    WHERE obj_description(objid, classid::regclass::name) IS NULL
      -- a family that CREATE OPERATOR CLASS made by itself is described by its class
      AND NOT (classid = 'pg_opfamily'::regclass AND EXISTS (
          SELECT FROM pg_opclass c JOIN pg_opfamily f ON f.oid = c.opcfamily WHERE f.oid = m.objid AND c.opcname = f.opfname))
    ORDER BY what$$, 'every member has a comment');

SELECT is_empty($$
    SELECT m.what || '.' || a.attname FROM member m
    JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND col_description(c.oid, a.attnum) IS NULL
    ORDER BY 1$$, 'every column of the extensions'' tables and views has a comment');

-- Fit to be trusted: the installation script runs with the rights of a superuser

SELECT is_empty($$
    SELECT name FROM pg_available_extension_versions WHERE name ~ '^innocity' AND (NOT trusted OR relocatable)$$,
    'trusted, and staying in the schema they were created in');

SELECT is_empty($$SELECT what FROM member_function WHERE prosecdef ORDER BY 1$$, 'no function runs with its owner''s rights');

SELECT is_empty($$
    SELECT what FROM member_function
    WHERE lanname NOT IN ('c', 'internal') AND prosqlbody IS NULL
      AND NOT coalesce(array_to_string(proconfig, ' ') ~ 'search_path=', false)
    ORDER BY 1$$, 'a body is bound when it is created, or pins its search_path');

SELECT is_empty($$SELECT what FROM member_function WHERE lanname = 'c' AND prosrc !~ '^innocity_' ORDER BY 1$$,
    'symbols of the library carry its name');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_cast c ON m.classid = 'pg_cast'::regclass AND c.oid = m.objid
    WHERE c.castcontext = 'i' ORDER BY 1$$, 'no cast is implicit');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT has_table_privilege('public', c.oid, 'SELECT')
    ORDER BY 1$$, 'everyone may read the extensions'' tables');

-- Planned for

SELECT is_empty($$
    SELECT what FROM member_function WHERE provolatile = 'v' AND lanname <> 'plpgsql' ORDER BY 1$$,
    'only functions in PL/pgSQL, which make and change plans, are volatile');

SELECT is_empty($$
    SELECT what FROM member_function WHERE proparallel <> 's' AND provolatile <> 'v' ORDER BY 1$$,
    'what does not write is parallel safe');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_aggregate a ON m.classid = 'pg_proc'::regclass AND a.aggfnoid = m.objid
    JOIN pg_proc p ON p.oid = m.objid
    WHERE p.proparallel <> 's' ORDER BY 1$$, 'aggregates are parallel safe');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid
    WHERE o.oprresult = 'bool'::regtype AND (o.oprrest = 0 OR o.oprjoin = 0 OR o.oprcom = 0) ORDER BY 1$$,
    'comparisons have selectivities and a commutator');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
    WHERE t.typtype = 'b' AND (t.typsend = 0 OR t.typreceive = 0) ORDER BY 1$$,
    'base types have a binary form');

SELECT is_empty($$
    SELECT m.what FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
    JOIN pg_proc p ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
    WHERE t.typtype = 'b' AND (p.provolatile <> 'i' OR NOT p.proisstrict) ORDER BY 1$$,
    'input and output are immutable and strict');

-- A plan

\if :has_plan
CREATE TEMP VIEW plan_relation AS
SELECT c.oid, c.relname, c.relkind, c.reloptions FROM pg_class c
WHERE c.relnamespace = 'catalogue_plan'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm');

CREATE TEMP VIEW plan_column AS
SELECT r.relname, r.relkind, a.attrelid, a.attname, a.attnum, a.atttypid,
       a.attnum = max(a.attnum) OVER (PARTITION BY a.attrelid) AS is_last
FROM plan_relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped;

SELECT isnt_empty($$SELECT FROM plan_relation WHERE relkind = 'v'$$, 'the plan has views');

SELECT is_empty($$SELECT relname FROM plan_relation WHERE obj_description(oid, 'pg_class') IS NULL ORDER BY 1$$,
    'every table and view of a plan has a comment');

SELECT is_empty($$
    SELECT relname || '.' || attname FROM plan_column WHERE col_description(attrelid, attnum) IS NULL ORDER BY 1$$,
    'every column of a plan has a comment');

SELECT is_empty($$
    SELECT relname FROM plan_relation
    WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false) ORDER BY 1$$,
    'views of a plan ask for the reader''s own rights');

SELECT is_empty($$
    SELECT relname || '.' || attname || ' ' || format_type(atttypid, NULL) FROM plan_column
    WHERE relkind = 'v' AND atttypid NOT IN ('text'::regtype, 'int4'::regtype, 'int8'::regtype, 'float8'::regtype,
          'numeric'::regtype, 'bool'::regtype, 'date'::regtype, 'timestamptz'::regtype) ORDER BY 1$$,
    'views of a plan show plain types only');

SELECT is_empty($$SELECT relname FROM plan_column WHERE attnum = 1 AND attname <> 'scenario' AND relname <> 'plan_version' ORDER BY 1$$,
    'tables and views of a plan begin with the scenario');

SELECT is_empty($$
    SELECT relname FROM plan_column WHERE relkind = 'v' AND is_last AND (attname, atttypid) <> ('row_key', 'text'::regtype)
    ORDER BY 1$$, 'views of a plan end with their key');

-- The key of every view holds: no NULL, no value twice.
CREATE FUNCTION pg_temp.key_faults() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    view record;
    faults bigint;
BEGIN
    FOR view IN SELECT relname FROM plan_relation WHERE relkind = 'v' ORDER BY relname LOOP
        EXECUTE format('SELECT count(*) - count(DISTINCT row_key) FROM catalogue_plan.%I', view.relname) INTO faults;
        IF faults <> 0 THEN
            RETURN NEXT format('%s: %s rows too many for its keys', view.relname, faults);
        END IF;
    END LOOP;
END $$;
SELECT is_empty('SELECT pg_temp.key_faults()', 'row_key is unique in every view');
\endif

SELECT * FROM finish();
