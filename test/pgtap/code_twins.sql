-- What sector_code has, region_code has: the two scripts are one text with the type's name exchanged.
\set ON_ERROR_STOP 1
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;

SELECT plan(4);

CREATE VIEW twin_function AS
SELECT CASE WHEN r.what ~ 'sector_code' THEN 'sector' ELSE 'region' END AS twin, regexp_replace(r.what, '(sector|region)_code', 'CODE', 'g') AS what,
       p.provolatile, p.proisstrict, p.proleakproof, p.proparallel, p.procost, p.prorows, regexp_replace(p.prosrc, '(sector|region)_code', 'CODE', 'g') AS prosrc,
       regexp_replace(p.prosupport::text, '(sector|region)_code', 'CODE') AS support
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'innocity'
CROSS JOIN LATERAL (SELECT format('%s(%s) %s', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid)) AS what) r
WHERE p.prosrc ~ '^innocity_(code_|sector_code|region_code|scheme_|level_|parent_|ancestor|lca_|tree_similarity_|subtree_end_)';
SELECT set_eq($$SELECT what, provolatile, proisstrict, proleakproof, proparallel, procost, prorows, prosrc, support FROM twin_function WHERE twin = 'sector'$$,
              $$SELECT what, provolatile, proisstrict, proleakproof, proparallel, procost, prorows, prosrc, support FROM twin_function WHERE twin = 'region'$$,
              'functions');
SELECT cmp_ok((SELECT count(*) FROM twin_function WHERE twin = 'sector'), '>', 50::bigint, 'they are many');

CREATE VIEW twin_member AS
SELECT f.opfname AS twin, am.amname, o.amopstrategy AS number,
       regexp_replace(o.amoplefttype::regtype::text, '(sector|region)_code', 'CODE') AS left_type,
       regexp_replace(o.amoprighttype::regtype::text, '(sector|region)_code', 'CODE') AS right_type, true AS operator
FROM pg_amop o JOIN pg_opfamily f ON f.oid = o.amopfamily JOIN pg_am am ON am.oid = f.opfmethod WHERE f.opfname ~ '^(sector|region)_code'
UNION ALL
SELECT f.opfname, am.amname, o.amprocnum, regexp_replace(o.amproclefttype::regtype::text, '(sector|region)_code', 'CODE'),
       regexp_replace(o.amprocrighttype::regtype::text, '(sector|region)_code', 'CODE'), false
FROM pg_amproc o JOIN pg_opfamily f ON f.oid = o.amprocfamily JOIN pg_am am ON am.oid = f.opfmethod WHERE f.opfname ~ '^(sector|region)_code';
SELECT set_eq($$SELECT substr(twin, 7), amname, number, left_type, right_type, operator FROM twin_member WHERE twin ~ '^sector'$$,
              $$SELECT substr(twin, 7), amname, number, left_type, right_type, operator FROM twin_member WHERE twin ~ '^region'$$, 'members of operator families');
SELECT set_eq($$SELECT castcontext, castmethod, regexp_replace(castsource::regtype || ' ' || casttarget::regtype, '(sector|region)_code', 'CODE') FROM pg_cast
                WHERE 'sector_code'::regtype IN (castsource, casttarget)$$,
              $$SELECT castcontext, castmethod, regexp_replace(castsource::regtype || ' ' || casttarget::regtype, '(sector|region)_code', 'CODE') FROM pg_cast
                WHERE 'region_code'::regtype IN (castsource, casttarget)$$, 'casts');

SELECT * FROM finish();
