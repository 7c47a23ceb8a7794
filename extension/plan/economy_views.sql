-- The economy of a plan's cities, and how sectors are translated. Heavy values are materialized: computed once a query, whatever the planner
-- thinks of tables that were never analyzed.

CREATE FUNCTION plan_economy_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION national_activity()
    RETURNS TABLE (scenario text, m activity_matrix)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    BEGIN ATOMIC
        SELECT a.scenario, nonnegative(activity_matrix_agg(a.region, a.sector, a.value))
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
        GROUP BY a.scenario;
    END;
    COMMENT ON FUNCTION national_activity() IS 'The activity of all regions in the base year, without negative cells, one row a scenario that has any. Strict, so that the planner runs it once a query. For the views of this plan.';

    CREATE OR REPLACE FUNCTION city_place()
    RETURNS TABLE (scenario text, city_id text, place region_code)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 100
    BEGIN ATOMIC
        SELECT c.scenario, c.city_id, ('x:' || row_number() OVER (PARTITION BY c.scenario ORDER BY c.city_id COLLATE "C"))::region_code FROM city c;
    END;
    COMMENT ON FUNCTION city_place() IS 'A code for each city, since a matrix has regions for rows. For the views of this plan.';

    CREATE OR REPLACE FUNCTION city_activity()
    RETURNS TABLE (scenario text, nation activity_matrix, town activity_matrix)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    BEGIN ATOMIC
        WITH nation AS MATERIALIZED (
            SELECT n.scenario, n.m FROM national_activity() n
        ), cell AS MATERIALIZED (
            SELECT n.scenario, a.region, a.sector, a.value FROM nation n CROSS JOIN LATERAL cells(n.m) a
        ), inside AS MATERIALIZED (
            -- regions are looked for once, not once a cell; a city that lists one twice has it once
            SELECT DISTINCT p.scenario, p.place, o.region
            FROM nation n CROSS JOIN LATERAL unnest(regions(n.m)) o (region)
            JOIN city_region r ON r.scenario = n.scenario AND o.region <@ r.region
            JOIN city_place() p ON p.scenario = r.scenario AND p.city_id = r.city_id
        ), town AS MATERIALIZED (
            SELECT i.scenario, activity_matrix_agg(i.place, a.sector, a.value) AS m
            FROM cell a JOIN inside i ON i.scenario = a.scenario AND i.region = a.region
            GROUP BY i.scenario
        )
        SELECT n.scenario, n.m, t.m FROM nation n LEFT JOIN town t ON t.scenario = n.scenario;
    END;
    COMMENT ON FUNCTION city_activity() IS 'The activity of all regions in the base year, and that of the cities, each by its code (city_place) the sum of its regions: one row a scenario. Strict, so that the planner runs it once a query. For the views of this plan.';

    CREATE OR REPLACE VIEW city_sector WITH (security_invoker = true) AS
    SELECT p.scenario, p.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           e.sector::text AS sector, n.name_ko AS sector_name_ko, n.name_en AS sector_name_en,
           e.value, e.location_quotient, e.present,
           concat_ws('|', p.scenario, p.city_id, e.sector::text) AS row_key
    FROM city_activity() a
    CROSS JOIN LATERAL region_sectors(a.town, a.nation) e
    JOIN city_place() p ON p.scenario = a.scenario AND p.place = e.region
    JOIN city c ON c.scenario = p.scenario AND c.city_id = p.city_id
    LEFT JOIN sector_name n ON n.scenario = p.scenario AND n.sector = e.sector;
    COMMENT ON VIEW city_sector IS 'What each city is good at: its activity in each sector in the base year, against all regions. A city without activity has no rows.';
    COMMENT ON COLUMN city_sector.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_sector.city_id IS 'The city.';
    COMMENT ON COLUMN city_sector.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN city_sector.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN city_sector.sector IS 'Sector of region_activity, as text.';
    COMMENT ON COLUMN city_sector.sector_name_ko IS 'Name of the sector in Korean.';
    COMMENT ON COLUMN city_sector.sector_name_en IS 'Name of the sector in English.';
    COMMENT ON COLUMN city_sector.value IS 'Activity of the city in the sector, in the unit of region_activity: the sum of its regions, without negative cells.';
    COMMENT ON COLUMN city_sector.location_quotient IS 'Share of the sector in the city over its share in all regions; 1 = as everywhere.';
    COMMENT ON COLUMN city_sector.present IS 'Is the location quotient at least 1? Tested exactly.';
    COMMENT ON COLUMN city_sector.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW sector_route WITH (security_invoker = true) AS
    WITH activity AS MATERIALIZED (
        SELECT DISTINCT a.scenario, a.sector
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
        WHERE a.value > 0
    ), flow AS MATERIALIZED (
        SELECT f.scenario, f.seller AS sector FROM sector_flow f
        UNION SELECT f.scenario, f.buyer FROM sector_flow f
    ), labour AS MATERIALIZED (
        SELECT l.scenario, l.sector_from AS sector FROM labour_flow l
        UNION SELECT l.scenario, l.sector_to FROM labour_flow l
    ), source AS MATERIALIZED (
        SELECT p.scenario, b.bridge, p.sector
        FROM (SELECT DISTINCT i.scenario, i.sector FROM institution_sector i) p
        CROSS JOIN (VALUES ('activity'), ('flow'), ('labour')) b (bridge)
        UNION ALL SELECT f.scenario, 'flow_activity', f.sector FROM flow f
        UNION ALL SELECT l.scenario, 'labour_activity', l.sector FROM labour l
    ), target AS (
        SELECT a.scenario, b.bridge, a.sector
        FROM activity a CROSS JOIN (VALUES ('activity'), ('flow_activity'), ('labour_activity')) b (bridge)
        UNION ALL SELECT f.scenario, 'flow', f.sector FROM flow f
        UNION ALL SELECT l.scenario, 'labour', l.sector FROM labour l
    ), listed AS MATERIALIZED (
        SELECT b.scenario, b.bridge, b.sector_from, b.sector_to, b.weight FROM sector_bridge b
        UNION ALL
        SELECT t.scenario, t.bridge, t.sector, t.sector, 1 FROM target t
        WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = t.scenario AND b.bridge = t.bridge)
    ), entry AS MATERIALIZED (
        SELECT l.scenario, l.bridge, l.sector_from, sum(l.weight ORDER BY l.sector_to) AS weight
        FROM listed l GROUP BY l.scenario, l.bridge, l.sector_from
    ), nearest AS MATERIALIZED (
        -- the order of codes puts an ancestor before its descendants, so the nearest listed one is the greatest
        SELECT o.scenario, o.bridge, o.sector, max(e.sector_from) AS listed_as
        FROM source o JOIN entry e ON e.scenario = o.scenario AND e.bridge = o.bridge AND e.sector_from @> o.sector
        GROUP BY o.scenario, o.bridge, o.sector
    )
    SELECT n.scenario, n.bridge, n.sector::text AS sector_from, n.listed_as::text AS listed_as, l.sector_to::text AS sector_to,
           l.weight / e.weight AS weight,
           concat_ws('|', n.scenario, n.bridge, n.sector::text, l.sector_to::text) AS row_key
    FROM nearest n
    JOIN listed l ON l.scenario = n.scenario AND l.bridge = n.bridge AND l.sector_from = n.listed_as
    JOIN entry e ON e.scenario = n.scenario AND e.bridge = n.bridge AND e.sector_from = n.listed_as;
    COMMENT ON VIEW sector_route IS 'How each sector that is in use is translated into the other taxonomies: by the row of its nearest listed ancestor.';
    COMMENT ON COLUMN sector_route.scenario IS 'Scenario.';
    COMMENT ON COLUMN sector_route.bridge IS 'Which translation: see sector_bridge.bridge.';
    COMMENT ON COLUMN sector_route.sector_from IS 'Sector of a profile or flow, as text.';
    COMMENT ON COLUMN sector_route.listed_as IS 'The sector itself or the nearest ancestor that the bridge lists, as text.';
    COMMENT ON COLUMN sector_route.sector_to IS 'Sector that it becomes, as text.';
    COMMENT ON COLUMN sector_route.weight IS 'Share that goes there; the shares of a sector add up to 1.';
    COMMENT ON COLUMN sector_route.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_economy_views(text) IS
'Makes or replaces the views city_sector and sector_route of a plan, and the functions that gather the activity of its regions and cities. Called by plan_views, which see.';
