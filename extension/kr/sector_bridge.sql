/*
 * sector_bridge.sql
 *	  Bridges between the revisions of KSIC, for convert().
 *
 * The official links say which five-digit codes correspond, not how much of a split code goes where: a split is
 * equal. A code above the five digits goes where its five-digit codes go, each of them counted alike.
 */
CREATE DOMAIN ksic_revision AS integer
    CONSTRAINT ksic_revision_is_9_10_or_11 CHECK (VALUE IN (9, 10, 11));
COMMENT ON DOMAIN ksic_revision IS 'Revision of KSIC whose list is held: 9, 10 or 11.';
CREATE DOMAIN ksic_bare_revision AS integer
    CONSTRAINT only_revisions_10_and_11_are_written_bare CHECK (VALUE IN (10, 11));
COMMENT ON DOMAIN ksic_bare_revision IS 'Revision of KSIC whose codes may be written without it: 10 or 11.';
CREATE DOMAIN ksic_level AS integer
    CONSTRAINT ksic_level_is_1_to_5 CHECK (VALUE BETWEEN 1 AND 5);
COMMENT ON DOMAIN ksic_level IS 'Level of KSIC: 1 section, 2 division, 3 group, 4 class, 5 subclass.';

CREATE FUNCTION ksic_bridge(from_revision integer, to_revision integer, level integer DEFAULT 5, bare boolean DEFAULT false)
    RETURNS sector_matrix
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
    -- Revisions 9 and 11 meet in 10: two hops, of which one or both may stand still.
    WITH first (x, y) AS (
        SELECT l.from_code, l.to_code FROM ksic_9_10_kr l WHERE from_revision = 9 AND to_revision <> 9
        UNION ALL
        SELECT l.to_code, l.from_code FROM ksic_10_11_kr l WHERE from_revision = 11 AND to_revision <> 11
        UNION ALL
        SELECT k.code, k.code FROM ksic_10_kr k WHERE k.level = 5 AND from_revision = 10
        UNION ALL
        SELECT k.code, k.code FROM ksic_9_kr k WHERE k.level = 5 AND from_revision = 9 AND to_revision = 9
        UNION ALL
        SELECT k.code, k.code FROM ksic_11_kr k WHERE k.level = 5 AND from_revision = 11 AND to_revision = 11
    ), second (x, y) AS (
        SELECT l.to_code, l.from_code FROM ksic_9_10_kr l WHERE to_revision = 9 AND from_revision <> 9
        UNION ALL
        SELECT l.from_code, l.to_code FROM ksic_10_11_kr l WHERE to_revision = 11 AND from_revision <> 11
        UNION ALL
        SELECT k.code, k.code FROM ksic_10_kr k WHERE k.level = 5 AND to_revision = 10
        UNION ALL
        SELECT k.code, k.code FROM ksic_9_kr k WHERE k.level = 5 AND to_revision = 9 AND from_revision = 9
        UNION ALL
        SELECT k.code, k.code FROM ksic_11_kr k WHERE k.level = 5 AND to_revision = 11 AND from_revision = 11
    ), path (x, y, weight) AS (             -- a split is equal
        SELECT ancestor(f.x, ksic_bridge.level::ksic_level), ancestor(s.y, ksic_bridge.level::ksic_level), f.weight * s.weight
          FROM (SELECT h.x, h.y, 1::double precision / count(*) OVER (PARTITION BY h.x) FROM first h) f (x, y, weight)
          JOIN (SELECT h.x, h.y, 1::double precision / count(*) OVER (PARTITION BY h.x) FROM second h) s (x, y, weight)
            ON s.x = f.y
    )
    SELECT sector_matrix_agg(p.x, CASE WHEN bare THEN replace(p.y::text, scheme(p.y) || ':', '')::sector_code ELSE p.y END, p.weight)
      FROM path p
     WHERE from_revision::ksic_revision IS NOT NULL
       AND CASE WHEN bare THEN to_revision::ksic_bare_revision::integer ELSE to_revision::ksic_revision::integer END IS NOT NULL;
END;
COMMENT ON FUNCTION ksic_bridge(integer, integer, integer, boolean) IS
'Bridge between revisions of KSIC (9, 10, 11) at a level for convert(): official links, splits equal; with bare, the new codes are spelled without their revision.';
