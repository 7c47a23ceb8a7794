/*
 * seal.sql
 *	  Last of all: nothing that was created leans on anything but pg_catalog, innocity and innocity_kr itself.
 *
 * guard.sql looks borrowed names up by exact signature; a function with defaulted arguments, planted earlier on the
 * path, would still hide one of innocity's. What the server recorded as dependencies of our members (and of their
 * indexes, constraints and rules) tells what was really bound. pg_catalog's own objects are pinned: not recorded.
 */
WITH RECURSIVE extension AS (
    SELECT e.oid, e.extname FROM pg_catalog.pg_extension e WHERE e.extname IN ('innocity', 'innocity_kr')
), part (classid, objid) AS (
    SELECT d.classid, d.objid
      FROM pg_catalog.pg_depend d JOIN extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid
     WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
       AND d.deptype OPERATOR(pg_catalog.=) 'e'
       AND e.extname OPERATOR(pg_catalog.=) 'innocity_kr'
    UNION
    SELECT d.classid, d.objid
      FROM part p JOIN pg_catalog.pg_depend d
        ON d.refclassid OPERATOR(pg_catalog.=) p.classid AND d.refobjid OPERATOR(pg_catalog.=) p.objid
     WHERE d.deptype IN ('a', 'i', 'I', 'P', 'S')
)
SELECT pg_catalog.format('%s leans on %s, which is no part of innocity',
                         pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid),
                         pg_catalog.pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid))::pg_catalog.bool
  FROM part p JOIN pg_catalog.pg_depend d
    ON d.classid OPERATOR(pg_catalog.=) p.classid AND d.objid OPERATOR(pg_catalog.=) p.objid
 WHERE d.refclassid NOT IN ('pg_catalog.pg_extension'::pg_catalog.regclass, 'pg_catalog.pg_namespace'::pg_catalog.regclass,
                            'pg_catalog.pg_language'::pg_catalog.regclass)
   AND NOT EXISTS (SELECT FROM part q
                    WHERE q.classid OPERATOR(pg_catalog.=) d.refclassid AND q.objid OPERATOR(pg_catalog.=) d.refobjid)
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend m JOIN extension e ON e.oid OPERATOR(pg_catalog.=) m.refobjid
                    WHERE m.classid OPERATOR(pg_catalog.=) d.refclassid AND m.objid OPERATOR(pg_catalog.=) d.refobjid
                      AND m.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
                      AND m.deptype OPERATOR(pg_catalog.=) 'e')
   -- the array type of a borrowed type is no member of its own
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_type a
                     JOIN pg_catalog.pg_depend m ON m.objid OPERATOR(pg_catalog.=) a.typelem
                     JOIN extension e ON e.oid OPERATOR(pg_catalog.=) m.refobjid
                    WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND a.oid OPERATOR(pg_catalog.=) d.refobjid
                      AND m.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND m.deptype OPERATOR(pg_catalog.=) 'e');
