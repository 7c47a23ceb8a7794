/*
 * guard.sql
 *	  First of all: the names borrowed from innocity mean innocity's objects.
 *
 * CREATE EXTENSION puts the target schema before innocity's on the search_path (and pg_temp last), and a trusted
 * script runs as the bootstrap superuser for whoever may create in that schema. So whatever this script names
 * without a schema is looked up here exactly as the statements below will look it up, and must be a member of
 * innocity. seal.sql, the last part, checks what was bound after all. (PostgreSQL 15 knows no @extschema:name@.)
 *
 * A script has no RAISE: the message travels in a text that is no boolean.
 */
SELECT CASE
         WHEN EXISTS (SELECT
                        FROM pg_catalog.pg_depend d
                        JOIN pg_catalog.pg_extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid
                       WHERE d.classid OPERATOR(pg_catalog.=) b.catalog
                         AND d.objid OPERATOR(pg_catalog.=) b.object
                         AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
                         AND d.deptype OPERATOR(pg_catalog.=) 'e'
                         AND e.extname OPERATOR(pg_catalog.=) 'innocity')
         THEN true
         ELSE pg_catalog.format('%s: the first object of this name on the path (%s) is not innocity''s',
                                b.name, pg_catalog.current_setting('search_path'))::pg_catalog.bool
       END
  FROM (SELECT name, 'pg_catalog.pg_type'::pg_catalog.regclass, pg_catalog.to_regtype(name)::pg_catalog.oid
          FROM (VALUES ('sector_code'), ('region_code'), ('sector_matrix')) AS t (name)
        UNION ALL
        SELECT name, 'pg_catalog.pg_proc'::pg_catalog.regclass, pg_catalog.to_regprocedure(name)::pg_catalog.oid
          FROM (VALUES ('sector_code_or_null(text)'), ('region_code_or_null(text)'),
                       ('scheme(sector_code)'), ('level(sector_code)'), ('level(region_code)'), ('clean_code(text)'),
                       ('ancestor(sector_code,integer)'), ('ancestor(region_code,integer)'),
                       ('sector_matrix_agg(sector_code,sector_code,double precision)')) AS f (name)
        UNION ALL
        SELECT name, 'pg_catalog.pg_operator'::pg_catalog.regclass, pg_catalog.to_regoperator(name)::pg_catalog.oid
          FROM (VALUES ('=(sector_code,sector_code)'), ('=(region_code,region_code)'),
                       ('@>(region_code,region_code)'), ('<@(region_code,region_code)'), ('<@(sector_code,sector_code)')) AS o (name)
       ) AS b (name, catalog, object);
