-- What the score reads, gathered once a scenario and query: one row a pair of institution and city, with what belongs to the institution,
-- to the city and to the pair. These are functions of the plan and no views because a BI tool shall never meet their types; the planner
-- inlines them, so a filter on scenario, institution or city reaches the rows before anything is computed for them.

CREATE FUNCTION plan_synergy_input(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW city_partner WITH (security_invoker = true) AS
    SELECT p.scenario, p.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           p.partner_id, p.name_ko AS partner_name_ko, p.name_en AS partner_name_en, p.kind, p.ministry, p.cluster,
           concat_ws('|', p.scenario, p.city_id, p.partner_id) AS row_key
    FROM (
        SELECT c.scenario, c.city_id, i.institution_id AS partner_id, i.name_ko, i.name_en, 'incumbent' AS kind, i.ministry, i.cluster
        FROM city c JOIN institution i ON i.scenario = c.scenario
        WHERE (i.status = 'relocated' AND i.city_id = c.city_id)
           OR (i.status <> 'capital' AND EXISTS (
                   SELECT FROM city_region r
                   WHERE r.scenario = c.scenario AND r.city_id = c.city_id AND i.head_office <@ r.region))
        UNION ALL
        SELECT a.scenario, a.city_id, a.asset_id, a.name_ko, a.name_en, 'asset', NULL, NULL FROM asset a
    ) p
    JOIN city c ON c.scenario = p.scenario AND c.city_id = p.city_id;
    COMMENT ON VIEW city_partner IS 'Whom a newcomer meets in a city: incumbents (institutions that moved there, and those of status relocated or other with their head office in its regions) and assets.';
    COMMENT ON COLUMN city_partner.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_partner.city_id IS 'The city.';
    COMMENT ON COLUMN city_partner.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN city_partner.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN city_partner.partner_id IS 'Institution or asset.';
    COMMENT ON COLUMN city_partner.partner_name_ko IS 'Name of the partner in Korean.';
    COMMENT ON COLUMN city_partner.partner_name_en IS 'Name of the partner in English.';
    COMMENT ON COLUMN city_partner.kind IS 'incumbent or asset; assets count in complementarity only.';
    COMMENT ON COLUMN city_partner.ministry IS 'Ministry of an incumbent; NULL = not known.';
    COMMENT ON COLUMN city_partner.cluster IS 'Function group of an incumbent; NULL = not known.';
    COMMENT ON COLUMN city_partner.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW institution_tie WITH (security_invoker = true) AS
    SELECT t.scenario, t.institution_id, t.partner_id, max(t.weight) AS weight,
           (array_agg(t.relation ORDER BY t.weight DESC, t.relation COLLATE "C"))[1] AS relation,
           concat_ws('|', t.scenario, t.institution_id, t.partner_id) AS row_key
    FROM (
        SELECT a.scenario, a.subsidiary_id AS institution_id, a.parent_id AS partner_id, k.weight, 'parent' AS relation
        FROM affiliation a JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        UNION ALL
        SELECT a.scenario, a.parent_id, a.subsidiary_id, k.weight, 'subsidiary'
        FROM affiliation a JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        UNION ALL
        SELECT a.scenario, a.subsidiary_id, b.subsidiary_id, k.weight * l.weight * s.sibling_weight, 'sibling'
        FROM setting s
        JOIN affiliation a ON a.scenario = s.scenario
        JOIN affiliation b ON b.scenario = a.scenario AND b.parent_id = a.parent_id AND b.subsidiary_id <> a.subsidiary_id
        JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        JOIN tie_kind l ON l.scenario = b.scenario AND l.kind = b.kind
    ) t
    GROUP BY t.scenario, t.institution_id, t.partner_id;
    COMMENT ON VIEW institution_tie IS 'Named ties between institutions, in both directions: parent, subsidiary, or sibling (two subsidiaries of one parent). Of several the strongest counts.';
    COMMENT ON COLUMN institution_tie.scenario IS 'Scenario.';
    COMMENT ON COLUMN institution_tie.institution_id IS 'One side of the tie.';
    COMMENT ON COLUMN institution_tie.partner_id IS 'The other side.';
    COMMENT ON COLUMN institution_tie.weight IS 'Strength in [0,1].';
    COMMENT ON COLUMN institution_tie.relation IS 'What partner_id is to institution_id: parent, subsidiary or sibling.';
    COMMENT ON COLUMN institution_tie.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW city_criterion WITH (security_invoker = true) AS
    SELECT f.scenario, f.city_id, f.criterion, f.indicator, f.year, f.figure,
           CASE WHEN f.highest = f.lowest THEN 0.5
                WHEN f.direction = 'max' THEN (f.figure - f.lowest) / (f.highest - f.lowest)
                ELSE (f.highest - f.figure) / (f.highest - f.lowest) END AS value,
           concat_ws('|', f.scenario, f.city_id, f.criterion) AS row_key
    FROM (
        SELECT c.scenario, i.city_id, c.criterion, c.direction, c.indicator, i.year, i.value AS figure,
               min(i.value) OVER (PARTITION BY c.scenario, c.criterion) AS lowest,
               max(i.value) OVER (PARTITION BY c.scenario, c.criterion) AS highest
        FROM criterion c
        JOIN (SELECT DISTINCT ON (l.scenario, l.city_id, l.indicator) l.scenario, l.city_id, l.indicator, l.year, l.value
              FROM city_indicator l
              ORDER BY l.scenario, l.city_id, l.indicator, l.year DESC) i ON i.scenario = c.scenario AND i.indicator = c.indicator
    ) f;
    COMMENT ON VIEW city_criterion IS 'The planner''s own criteria, scaled to [0,1] between the lowest and the highest city; 0.5 where all cities are equal.';
    COMMENT ON COLUMN city_criterion.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_criterion.city_id IS 'The city.';
    COMMENT ON COLUMN city_criterion.criterion IS 'Own criterion: a part of the score.';
    COMMENT ON COLUMN city_criterion.indicator IS 'Figure that it reads.';
    COMMENT ON COLUMN city_criterion.year IS 'Year of the figure, the latest.';
    COMMENT ON COLUMN city_criterion.figure IS 'The figure, in its own unit.';
    COMMENT ON COLUMN city_criterion.value IS 'The part, in [0,1]: 1 is best.';
    COMMENT ON COLUMN city_criterion.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_city()
    RETURNS TABLE (scenario text, city_id text, fits synergy_matrix[], partners synergy_partner[], incumbents text[], ministries text[],
                   shares synergy_share[], activity float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 50
    BEGIN ATOMIC
        SELECT c.scenario, c.city_id, f.fits, p.partners, p.incumbents, p.ministries, o.shares, z.activity
        FROM city c
        LEFT JOIN (
            SELECT m.scenario, m.city_id, array_agg(ROW(m.part, m.matrix)::synergy_matrix ORDER BY m.part COLLATE "C") AS fits
            FROM (SELECT f.scenario, f.city_id, f.part, sector_matrix_agg(f.sector::sector_code, f.partner_sector::sector_code, f.value) AS matrix
                  FROM sector_fit f GROUP BY f.scenario, f.city_id, f.part) m
            GROUP BY m.scenario, m.city_id) f USING (scenario, city_id)
        LEFT JOIN (
            SELECT p.scenario, p.city_id,
                   array_agg(ROW(p.partner_id, coalesce(i.profile, a.profile), NULL)::synergy_partner ORDER BY p.partner_id COLLATE "C") AS partners,
                   array_agg(p.partner_id ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS incumbents,
                   array_agg(p.ministry ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS ministries
            FROM city_partner p
            LEFT JOIN (SELECT s.scenario, s.institution_id, sector_profile_agg(s.sector, s.weight) AS profile
                       FROM institution_sector s GROUP BY s.scenario, s.institution_id) i
                   ON i.scenario = p.scenario AND i.institution_id = p.partner_id AND p.kind = 'incumbent'
            LEFT JOIN (SELECT s.scenario, s.asset_id, sector_profile_agg(s.sector, s.weight) AS profile
                       FROM asset_sector s GROUP BY s.scenario, s.asset_id) a
                   ON a.scenario = p.scenario AND a.asset_id = p.partner_id AND p.kind = 'asset'
            GROUP BY p.scenario, p.city_id) p USING (scenario, city_id)
        LEFT JOIN (
            SELECT c.scenario, c.city_id, array_agg(ROW(c.criterion, NULL, c.value)::synergy_share ORDER BY c.criterion COLLATE "C") AS shares
            FROM city_criterion c GROUP BY c.scenario, c.city_id) o USING (scenario, city_id)
        LEFT JOIN (
            SELECT e.scenario, e.city_id, sum(e.value ORDER BY e.sector COLLATE "C") AS activity
            FROM city_sector e
            WHERE EXISTS (SELECT FROM institution h WHERE h.headcount IS NOT NULL)
            GROUP BY e.scenario, e.city_id) z USING (scenario, city_id);
    END;
    COMMENT ON FUNCTION synergy_city() IS 'The city''s side of the score''s inputs, one row a city: fits, partners with profiles, incumbents with ministries, own criteria, total activity. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_institution()
    RETURNS TABLE (scenario text, institution_id text, status text, ministry text, headcount float8, routes synergy_matrix[], profile sector_profile)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 500
    BEGIN ATOMIC
        WITH path AS MATERIALIZED (
            SELECT r.scenario, r.bridge, r.sector_from, r.sector_to, r.weight FROM sector_route r
        ), activity AS MATERIALIZED (
            SELECT DISTINCT a.scenario, a.sector::text AS sector
            FROM region_activity a
            JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
                  FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
            WHERE a.value > 0
        ), target AS MATERIALIZED (
            -- the sectors that a part can answer for: those with activity, and rows of flows that lead to such
            SELECT a.scenario, 'activity' AS bridge, a.sector FROM activity a
            UNION
            SELECT p.scenario, replace(p.bridge, '_activity', ''), p.sector_from
            FROM path p JOIN activity a ON a.scenario = p.scenario AND a.sector = p.sector_to
            WHERE p.bridge IN ('flow_activity', 'labour_activity')
        ), known AS MATERIALIZED (
            SELECT p.scenario, p.bridge, p.sector_from::sector_code AS own_sector, p.sector_to::sector_code AS sector, p.weight
            FROM path p JOIN target t ON t.scenario = p.scenario AND t.bridge = p.bridge AND t.sector = p.sector_to
        ), routed AS MATERIALIZED (
            SELECT p.scenario, p.institution_id, k.bridge, p.sector AS own_sector, k.sector, p.weight * k.weight AS weight
            FROM institution_sector p JOIN known k ON k.scenario = p.scenario AND k.own_sector = p.sector
            WHERE p.weight > 0
        ), whole AS MATERIALIZED (
            SELECT r.scenario, r.institution_id, r.bridge, sum(r.weight ORDER BY r.own_sector, r.sector) AS weight
            FROM routed r GROUP BY r.scenario, r.institution_id, r.bridge
        ), route AS MATERIALIZED (
            -- a sector that the part's taxonomy does not know is left out, and the others are weighted up
            SELECT r.scenario, r.institution_id, r.bridge, sector_matrix_agg(r.own_sector, r.sector, r.weight / w.weight) AS matrix
            FROM routed r JOIN whole w USING (scenario, institution_id, bridge)
            GROUP BY r.scenario, r.institution_id, r.bridge
        )
        SELECT i.scenario, i.institution_id, i.status, i.ministry, i.headcount, r.routes, p.profile
        FROM institution i
        LEFT JOIN (
            SELECT m.scenario, m.institution_id, array_agg(ROW(b.part, m.matrix)::synergy_matrix ORDER BY b.part) AS routes
            FROM route m
            JOIN (VALUES ('localization', 'activity'), ('relatedness', 'activity'), ('linkage', 'flow'), ('labour', 'labour')) b (part, bridge)
              ON b.bridge = m.bridge
            GROUP BY m.scenario, m.institution_id) r USING (scenario, institution_id)
        LEFT JOIN (
            SELECT s.scenario, s.institution_id, sector_profile_agg(s.sector, s.weight) AS profile
            FROM institution_sector s GROUP BY s.scenario, s.institution_id) p USING (scenario, institution_id);
    END;
    COMMENT ON FUNCTION synergy_institution() IS 'The institution''s side of the score''s inputs, one row an institution: status, ministry, head count, profile, and its routes into the taxonomies of the parts. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_bond()
    RETURNS TABLE (scenario text, city_id text, institution_id text, tied_to text, tie float8, affiliate boolean)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000
    BEGIN ATOMIC
        WITH incumbent AS MATERIALIZED (
            SELECT p.scenario, p.city_id, p.partner_id FROM city_partner p WHERE p.kind = 'incumbent'
        ), tie AS (
            SELECT DISTINCT ON (p.scenario, p.city_id, t.institution_id) p.scenario, p.city_id, t.institution_id, t.partner_id, t.weight
            FROM institution_tie t JOIN incumbent p ON p.scenario = t.scenario AND p.partner_id = t.partner_id
            WHERE t.weight > 0
            ORDER BY p.scenario, p.city_id, t.institution_id, t.weight DESC, t.partner_id COLLATE "C"
        ), affiliate AS (
            SELECT DISTINCT p.scenario, p.city_id, a.subsidiary_id AS institution_id
            FROM affiliation a JOIN incumbent p ON p.scenario = a.scenario AND p.partner_id = a.parent_id
            EXCEPT
            SELECT h.scenario, h.city_id, h.partner_id FROM incumbent h
        )
        SELECT scenario, city_id, institution_id, t.partner_id, t.weight, f.institution_id IS NOT NULL
        FROM tie t FULL JOIN affiliate f USING (scenario, city_id, institution_id);
    END;
    COMMENT ON FUNCTION synergy_bond() IS 'Pairs of city and institution with a named tie to an incumbent: the strongest (equal ones: the smaller identifier), and whether the institution is an affiliate, a subsidiary of an incumbent that is not in the city. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_input(candidates_only boolean)
    RETURNS TABLE (scenario text, institution_id text, city_id text, candidate_kind text,
                   routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                   partners synergy_partner[], shares synergy_share[])
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, c.city_id,
               CASE WHEN i.status = 'capital' THEN 'capital' WHEN b.affiliate THEN 'affiliate' END AS candidate_kind,
               i.routes, c.fits, i.profile, x.partners, x.shares
        FROM synergy_institution() i
        JOIN synergy_city() c ON c.scenario = i.scenario
        JOIN setting s ON s.scenario = i.scenario
        LEFT JOIN synergy_bond() b ON b.scenario = i.scenario AND b.city_id = c.city_id AND b.institution_id = i.institution_id
        CROSS JOIN LATERAL (
            SELECT array_remove(c.incumbents, i.institution_id) AS others,
                   ARRAY(SELECT u.id FROM unnest(c.incumbents, c.ministries) u (id, ministry)
                         WHERE u.ministry = i.ministry AND u.id <> i.institution_id) AS colleagues
            OFFSET 0
        ) o
        CROSS JOIN LATERAL (
            -- a city without incumbents has no complementarity and no affiliation, not one of 0
            SELECT CASE WHEN cardinality(o.others) > 0 THEN nearest_partners(i.institution_id, i.profile, c.partners, s.neighbours) END AS partners,
                   c.shares
                   || CASE WHEN c.activity IS NOT NULL AND i.headcount IS NOT NULL
                           THEN ARRAY[ROW('absorption', NULL, c.activity / (c.activity + s.kappa * i.headcount))::synergy_share] END
                   || CASE WHEN coalesce(cardinality(o.others), 0) = 0 THEN NULL
                           WHEN b.tie >= cardinality(o.colleagues)::float8 / cardinality(o.others)
                               THEN ARRAY[ROW('affiliation', b.tied_to, b.tie)::synergy_share]
                           WHEN cardinality(o.colleagues) > 0
                               THEN ARRAY(SELECT ROW('affiliation', u.id, 1::float8 / cardinality(o.others))::synergy_share
                                          FROM unnest(o.colleagues) u (id))
                           ELSE ARRAY[ROW('affiliation', NULL, 0)::synergy_share] END AS shares
            OFFSET 0
        ) x
        WHERE NOT candidates_only OR i.status = 'capital'
           OR i.institution_id IN (SELECT a.subsidiary_id FROM affiliation a WHERE a.scenario = i.scenario);
    END;
    COMMENT ON FUNCTION synergy_input(boolean) IS 'What synergy_values and synergy_leaves read, one row a pair of institution and city: all institutions, or those that are candidates for some city. For the views of this plan.';
END
$function$;
COMMENT ON FUNCTION plan_synergy_input(text) IS
'Makes or replaces the views city_partner, institution_tie and city_criterion of a plan, and the function that gathers the inputs of its score. Called by plan_views, which see.';
