-- What the score reads, gathered once a scenario and query: one row a pair of institution and city, with what belongs to the institution,
-- to the city and to the pair. These are functions of the plan and no views because a BI tool shall never meet their types; the planner
-- inlines synergy_input, so a filter on scenario, institution or city reaches the rows before anything is computed for them. The others are
-- strict, which keeps the planner from inlining them: each runs once a query. They bring names along, so that nothing is
-- joined between them and the C functions: the planner takes an array for narrow, and would sort matrices to merge a name.

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
           korean_term(p.kind) AS kind_ko, concat_ws('|', p.scenario, p.city_id, p.partner_id) AS row_key
    FROM (
        SELECT u.scenario, u.city_id, u.institution_id AS partner_id, i.name_ko, i.name_en, 'incumbent' AS kind, i.ministry, i.cluster
        FROM (SELECT m.scenario, m.city_id, m.institution_id FROM institution m WHERE m.status = 'relocated' AND m.city_id IS NOT NULL
              UNION
              SELECT r.scenario, r.city_id, h.institution_id
              FROM institution h JOIN city_region r ON r.scenario = h.scenario AND h.head_office <@ r.region
              WHERE h.status <> 'capital') u
        JOIN institution i ON i.scenario = u.scenario AND i.institution_id = u.institution_id
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
    COMMENT ON COLUMN city_partner.kind_ko IS 'kind in Korean.';
    COMMENT ON COLUMN city_partner.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW institution_tie WITH (security_invoker = true) AS
    SELECT t.scenario, t.institution_id, t.partner_id, max(t.weight) AS weight,
           (array_agg(t.relation ORDER BY t.weight DESC, t.relation COLLATE "C"))[1] AS relation,
           korean_term((array_agg(t.relation ORDER BY t.weight DESC, t.relation COLLATE "C"))[1]) AS relation_ko,
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
    COMMENT ON COLUMN institution_tie.relation_ko IS 'relation in Korean.';
    COMMENT ON COLUMN institution_tie.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW city_criterion WITH (security_invoker = true) AS
    SELECT f.scenario, f.city_id, f.criterion, f.indicator, f.year, f.figure,
           CASE WHEN f.direction = 'max' THEN v.height ELSE 1 - v.height END AS value, f.normalization, f.low, f.high,
           concat_ws('|', f.scenario, f.city_id, f.criterion) AS row_key
    FROM (
        SELECT c.scenario, i.city_id, c.criterion, c.direction, c.indicator, c.normalization, i.year, i.value AS figure,
               coalesce(c.low, min(i.value) OVER same) AS low, coalesce(c.high, max(i.value) OVER same) AS high,
               rank() OVER (same ORDER BY i.value) - 1 AS below,
               count(*) OVER (same ORDER BY i.value RANGE BETWEEN CURRENT ROW AND CURRENT ROW) - 1 AS equal, count(*) OVER same - 1 AS others
        FROM criterion c
        JOIN (SELECT DISTINCT ON (l.scenario, l.city_id, l.indicator) l.scenario, l.city_id, l.indicator, l.year, l.value
              FROM city_indicator l
              ORDER BY l.scenario, l.city_id, l.indicator, l.year DESC) i ON i.scenario = c.scenario AND i.indicator = c.indicator
        WINDOW same AS (PARTITION BY c.scenario, c.criterion)
    ) f
    -- the greatest figures are halved first, since their difference is none; cities that are all equal are neither high nor low
    CROSS JOIN LATERAL (
        SELECT CASE WHEN f.normalization = 'rank' THEN CASE WHEN f.others = 0 THEN 0.5 ELSE (f.below + f.equal / 2.0)::float8 / f.others END
                    WHEN f.low < f.high AND greatest(-f.low, f.high) < '8e307'::float8 THEN (least(greatest(f.figure, f.low), f.high) - f.low) / (f.high - f.low)
                    WHEN f.low < f.high THEN (least(greatest(f.figure, f.low), f.high) / 2 - f.low / 2) / (f.high / 2 - f.low / 2)
                    WHEN f.figure < f.low THEN 0 WHEN f.figure > f.high THEN 1 ELSE 0.5 END AS height) v;
    COMMENT ON VIEW city_criterion IS 'The planner''s own criteria, scaled to [0,1] as criterion.normalization says; 0.5 where all cities are equal.';
    COMMENT ON COLUMN city_criterion.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_criterion.city_id IS 'The city.';
    COMMENT ON COLUMN city_criterion.criterion IS 'Own criterion: a part of the score.';
    COMMENT ON COLUMN city_criterion.indicator IS 'Figure that it reads.';
    COMMENT ON COLUMN city_criterion.year IS 'Year of the figure, the latest.';
    COMMENT ON COLUMN city_criterion.figure IS 'The figure, in its own unit.';
    COMMENT ON COLUMN city_criterion.value IS 'The part, in [0,1]: 1 is best.';
    COMMENT ON COLUMN city_criterion.normalization IS 'min_max or rank: see criterion.normalization.';
    COMMENT ON COLUMN city_criterion.low IS 'Lower goalpost, or the figure of the lowest city.';
    COMMENT ON COLUMN city_criterion.high IS 'Upper goalpost, or the figure of the highest city.';
    COMMENT ON COLUMN city_criterion.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_scenario()
    RETURNS TABLE (scenario text, proximity sector_matrix, link sector_matrix, flow_route sector_matrix,
                   activity_bridge sector_matrix, flow_bridge sector_matrix,
                   skill sector_matrix, labour_route sector_matrix, labour_bridge sector_matrix)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    BEGIN ATOMIC
        WITH nation AS MATERIALIZED (
            SELECT n.scenario, n.m FROM national_activity() n
        ), activity AS MATERIALIZED (
            SELECT n.scenario, t.sector FROM nation n CROSS JOIN LATERAL sector_totals(n.m) t
        ), flow_sector AS MATERIALIZED (
            SELECT f.scenario, f.seller AS sector FROM sector_flow f
            UNION SELECT f.scenario, f.buyer FROM sector_flow f
        ), to_activity AS MATERIALIZED (
            -- into sectors that have activity; without rows the two taxonomies are one
            SELECT l.scenario, l.bridge, sector_matrix_agg(l.sector_from, l.sector_to, l.weight) AS matrix
            FROM (SELECT b.scenario, b.bridge, b.sector_from, b.sector_to, b.weight
                  FROM sector_bridge b JOIN activity a ON a.scenario = b.scenario AND a.sector = b.sector_to
                  WHERE b.bridge IN ('activity', 'flow_activity', 'labour_activity')
                  UNION ALL
                  SELECT a.scenario, n.bridge, a.sector, a.sector, 1
                  FROM activity a CROSS JOIN (VALUES ('activity'), ('flow_activity'), ('labour_activity')) n (bridge)
                  WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = a.scenario AND b.bridge = n.bridge)) l
            GROUP BY l.scenario, l.bridge
        ), flow_route AS MATERIALIZED (
            SELECT f.scenario, row_shares(route(f.sectors, t.matrix)) AS matrix
            FROM (SELECT o.scenario, sector_profile_agg(o.sector, 1) AS sectors FROM flow_sector o GROUP BY o.scenario) f
            JOIN to_activity t ON t.scenario = f.scenario AND t.bridge = 'flow_activity'
        ), supplied AS MATERIALIZED (
            -- rows of the input-output table that lead to activity; the others are dropped before anything is normalised
            SELECT DISTINCT r.scenario, p.sector_a AS sector FROM flow_route r CROSS JOIN LATERAL pairs(r.matrix) p
        ), flow AS MATERIALIZED (
            SELECT f.scenario, sector_matrix_agg(f.seller, f.buyer, f.value) AS sales
            FROM sector_flow f
            JOIN supplied a ON a.scenario = f.scenario AND a.sector = f.seller
            JOIN supplied b ON b.scenario = f.scenario AND b.sector = f.buyer
            GROUP BY f.scenario
        ), to_flow AS MATERIALIZED (
            SELECT l.scenario, sector_matrix_agg(l.sector_from, l.sector_to, l.weight) AS matrix
            FROM (SELECT b.scenario, b.sector_from, b.sector_to, b.weight
                  FROM sector_bridge b JOIN supplied u ON u.scenario = b.scenario AND u.sector = b.sector_to
                  WHERE b.bridge = 'flow'
                  UNION ALL
                  SELECT u.scenario, u.sector, u.sector, 1 FROM supplied u
                  WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = u.scenario AND b.bridge = 'flow')) l
            GROUP BY l.scenario
        ), moves AS MATERIALIZED (
            SELECT f.scenario, skill_relatedness(sector_matrix_agg(f.sector_from, f.sector_to, f.movers)) AS skill
            FROM labour_flow f GROUP BY f.scenario
        ), labour_sector AS MATERIALIZED (
            SELECT f.scenario, f.sector_from AS sector FROM labour_flow f
            UNION SELECT f.scenario, f.sector_to FROM labour_flow f
        ), labour_route AS MATERIALIZED (
            SELECT f.scenario, row_shares(route(f.sectors, t.matrix)) AS matrix
            FROM (SELECT o.scenario, sector_profile_agg(o.sector, 1) AS sectors FROM labour_sector o GROUP BY o.scenario) f
            JOIN to_activity t ON t.scenario = f.scenario AND t.bridge = 'labour_activity'
        ), staffed AS MATERIALIZED (
            SELECT DISTINCT r.scenario, p.sector_a AS sector FROM labour_route r CROSS JOIN LATERAL pairs(r.matrix) p
        ), skill AS MATERIALIZED (
            -- expected moves come from all flows; what is rarer than expected, or leads to no activity, is dropped before the shares
            SELECT m.scenario, row_shares(sector_matrix_agg(p.sector_a, p.sector_b, p.value)) AS matrix
            FROM moves m CROSS JOIN LATERAL pairs(m.skill) p
            JOIN staffed a ON a.scenario = m.scenario AND a.sector = p.sector_b
            WHERE p.value > 0
            GROUP BY m.scenario
        ), to_labour AS MATERIALIZED (
            SELECT l.scenario, sector_matrix_agg(l.sector_from, l.sector_to, l.weight) AS matrix
            FROM (SELECT b.scenario, b.sector_from, b.sector_to, b.weight
                  FROM sector_bridge b JOIN labour_sector u ON u.scenario = b.scenario AND u.sector = b.sector_to
                  WHERE b.bridge = 'labour'
                  UNION ALL
                  SELECT u.scenario, u.sector, u.sector, 1 FROM labour_sector u
                  WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = u.scenario AND b.bridge = 'labour')) l
            GROUP BY l.scenario
        )
        SELECT s.scenario, row_shares(relatedness(n.m), diagonal => false),
               row_shares(row_shares(f.sales) + row_shares(transpose(f.sales))), r.matrix, t.matrix, w.matrix,
               k.matrix, h.matrix, b.matrix
        FROM setting s
        LEFT JOIN nation n ON n.scenario = s.scenario
        LEFT JOIN flow f ON f.scenario = s.scenario
        LEFT JOIN flow_route r ON r.scenario = s.scenario
        LEFT JOIN to_activity t ON t.scenario = s.scenario AND t.bridge = 'activity'
        LEFT JOIN to_flow w ON w.scenario = s.scenario
        LEFT JOIN skill k ON k.scenario = s.scenario
        LEFT JOIN labour_route h ON h.scenario = s.scenario
        LEFT JOIN to_labour b ON b.scenario = s.scenario;
    END;
    COMMENT ON FUNCTION synergy_scenario() IS 'What all pairs of a scenario share, one row a scenario: proximity of sectors, input-output links and skill-relatedness as row shares, and the bridges into the taxonomies of activity, flows and labour flows. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_economy()
    RETURNS TABLE (scenario text, city_id text, activity float8, localization sector_matrix, present sector_profile, supply sector_profile, staff sector_profile)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
    BEGIN ATOMIC
        SELECT p.scenario, p.city_id, e.activity, e.localization, e.present, e.supply, e.staff
        FROM city_activity() a
        LEFT JOIN synergy_scenario() s ON s.scenario = a.scenario
        CROSS JOIN LATERAL region_economies(a.town, a.nation, s.flow_route, s.labour_route) e
        JOIN city_place() p ON p.scenario = a.scenario AND p.place = e.region;
    END;
    COMMENT ON FUNCTION synergy_economy() IS 'The economy of each city that has one: total activity, fit of localization, which sectors are present, what the city can supply of each row of the input-output table, and of the workers of each sector. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_fit()
    RETURNS TABLE (scenario text, city_id text, fits synergy_matrix[])
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
    BEGIN ATOMIC
        WITH economy AS MATERIALIZED (
            SELECT e.scenario, e.city_id, e.localization, e.present, e.supply, e.staff FROM synergy_economy() e
        ), common AS MATERIALIZED (
            SELECT s.scenario, s.proximity, s.link, s.skill FROM synergy_scenario() s
        )
        SELECT c.scenario, c.city_id,
               ARRAY[ROW('linkage', scale_columns(s.link, e.supply))::synergy_matrix,
                     ROW('localization', e.localization)::synergy_matrix,
                     ROW('relatedness', scale_columns(s.proximity, e.present))::synergy_matrix,
                     ROW('labour', scale_columns(s.skill, e.staff))::synergy_matrix]
        FROM city c
        LEFT JOIN common s ON s.scenario = c.scenario
        LEFT JOIN economy e ON e.scenario = c.scenario AND e.city_id = c.city_id;
    END;
    COMMENT ON FUNCTION synergy_fit() IS 'The fits of each city: how well a sector fits it, part by part, and which of its sectors that is owed to. Wide, and needed for reasons only; what a sector is worth in all is in synergy_city. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_city(variants synergy_variant[])
    RETURNS TABLE (scenario text, variant text, city_id text, name_ko text, name_en text, competes boolean, worths synergy_worth[], partners synergy_partner[], incumbents text[], ministries text[],
                   shares synergy_share[], activity float8, tied text[], tied_to text[], ties float8[], affiliates text[],
                   parts text[], weights float8[], power float8, neighbours integer, kappa float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
    BEGIN ATOMIC
        WITH economy AS MATERIALIZED (
            SELECT e.scenario, e.city_id, e.activity, e.localization, e.present, e.supply, e.staff FROM synergy_economy() e
        ), common AS MATERIALIZED (
            SELECT s.scenario, s.proximity, s.link, s.skill FROM synergy_scenario() s
        ), change AS MATERIALIZED (
            SELECT v.scenario, v.variant, v.city_id, v.without, v.joining, v.profile FROM unnest(variants) v
        ), version AS MATERIALIZED (
            SELECT c.scenario, '' AS variant, c.city_id FROM city c
            UNION
            SELECT h.scenario, h.variant, h.city_id FROM change h
        ), present AS MATERIALIZED (
            SELECT p.scenario, p.city_id, p.partner_id, p.kind, p.ministry, i.headcount
            FROM city_partner p LEFT JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id AND p.kind = 'incumbent'
        ), partner AS MATERIALIZED (
            SELECT v.scenario, v.variant, p.city_id, p.partner_id, p.kind, p.ministry, p.headcount, NULL::sector_profile AS profile
            FROM version v JOIN present p ON p.scenario = v.scenario AND p.city_id = v.city_id
            WHERE NOT EXISTS (SELECT FROM change h WHERE h.scenario = v.scenario AND h.variant = v.variant AND h.city_id = v.city_id
                                                     AND p.partner_id IN (h.without, h.joining))
            UNION ALL
            SELECT h.scenario, h.variant, h.city_id, h.joining, CASE WHEN h.profile IS NULL THEN 'incumbent' ELSE 'asset' END, i.ministry, i.headcount, h.profile
            FROM change h LEFT JOIN institution i ON i.scenario = h.scenario AND i.institution_id = h.joining AND h.profile IS NULL
            WHERE h.joining IS NOT NULL
        ), profile AS MATERIALIZED (
            SELECT s.scenario, 'incumbent' AS kind, s.institution_id AS id, sector_profile_agg(s.sector, s.weight) AS profile
            FROM institution_sector s
            JOIN (SELECT DISTINCT p.scenario, p.partner_id FROM partner p WHERE p.kind = 'incumbent') m ON m.scenario = s.scenario AND m.partner_id = s.institution_id
            GROUP BY s.scenario, s.institution_id
            UNION ALL
            SELECT s.scenario, 'asset', s.asset_id, sector_profile_agg(s.sector, s.weight)
            FROM asset_sector s GROUP BY s.scenario, s.asset_id
        ), incumbent AS MATERIALIZED (
            SELECT p.scenario, p.variant, p.city_id, p.partner_id FROM partner p WHERE p.kind = 'incumbent'
        ), tie AS MATERIALIZED (
            -- the strongest named tie of an institution to an incumbent; equal ones: the smaller identifier
            SELECT DISTINCT ON (p.scenario, p.variant, p.city_id, t.institution_id)
                   p.scenario, p.variant, p.city_id, t.institution_id, t.partner_id, t.weight
            FROM institution_tie t JOIN incumbent p ON p.scenario = t.scenario AND p.partner_id = t.partner_id
            WHERE t.weight > 0
            ORDER BY p.scenario, p.variant, p.city_id, t.institution_id, t.weight DESC, t.partner_id COLLATE "C"
        ), affiliate AS MATERIALIZED (
            SELECT p.scenario, p.variant, p.city_id, a.subsidiary_id AS institution_id
            FROM affiliation a JOIN incumbent p ON p.scenario = a.scenario AND p.partner_id = a.parent_id
            EXCEPT
            SELECT h.scenario, h.variant, h.city_id, h.partner_id FROM incumbent h
        ), partners AS MATERIALIZED (
            SELECT p.scenario, p.variant, p.city_id,
                   array_agg(ROW(p.partner_id, coalesce(p.profile, o.profile), NULL)::synergy_partner ORDER BY p.partner_id COLLATE "C") AS partners,
                   array_agg(p.partner_id ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS incumbents,
                   array_agg(p.ministry ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS ministries
            FROM partner p LEFT JOIN profile o ON o.scenario = p.scenario AND o.kind = p.kind AND o.id = p.partner_id
            GROUP BY p.scenario, p.variant, p.city_id
        ), typical AS MATERIALIZED (
            -- where incumbents count by head count; a city that knows none counts them alike
            SELECT p.scenario, p.variant, p.city_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.headcount) AS headcount
            FROM partner p JOIN setting g ON g.scenario = p.scenario
            WHERE g.incumbent_weight = 'headcount' AND p.kind = 'incumbent' AND p.headcount IS NOT NULL
            GROUP BY p.scenario, p.variant, p.city_id
        ), weighed AS MATERIALIZED (
            SELECT p.scenario, p.variant, p.city_id,
                   array_agg(ROW('complementarity', p.partner_id, coalesce(p.headcount, t.headcount))::synergy_share ORDER BY p.partner_id COLLATE "C") AS shares
            FROM partner p JOIN typical t ON t.scenario = p.scenario AND t.variant = p.variant AND t.city_id = p.city_id
            GROUP BY p.scenario, p.variant, p.city_id
        ), own_criterion AS MATERIALIZED (
            SELECT k.scenario, k.city_id, array_agg(ROW(k.criterion, NULL, k.value)::synergy_share ORDER BY k.criterion COLLATE "C") AS shares
            FROM city_criterion k GROUP BY k.scenario, k.city_id
        ), bond AS MATERIALIZED (
            SELECT t.scenario, t.variant, t.city_id, array_agg(t.institution_id ORDER BY t.institution_id) AS tied,
                   array_agg(t.partner_id ORDER BY t.institution_id) AS tied_to, array_agg(t.weight ORDER BY t.institution_id) AS ties
            FROM tie t GROUP BY t.scenario, t.variant, t.city_id
        ), affiliates AS MATERIALIZED (
            SELECT a.scenario, a.variant, a.city_id, array_agg(a.institution_id) AS affiliates FROM affiliate a GROUP BY a.scenario, a.variant, a.city_id
        ), weights AS MATERIALIZED (
            SELECT k.scenario, array_agg(k.criterion ORDER BY k.criterion COLLATE "C") AS parts,
                   array_agg(coalesce(k.weight, 0) ORDER BY k.criterion COLLATE "C") AS weights
            FROM committee_weight k GROUP BY k.scenario
        )
        -- every part is materialized: an estimate of one row shall not make the planner run it for each city
        SELECT c.scenario, v.variant, c.city_id, c.name_ko, c.name_en, c.competes,
               ARRAY[ROW('linkage', row_sums(s.link, e.supply))::synergy_worth,
                     ROW('localization', row_sums(e.localization))::synergy_worth,
                     ROW('relatedness', row_sums(s.proximity, e.present))::synergy_worth,
                     ROW('labour', row_sums(s.skill, e.staff))::synergy_worth],
               p.partners, p.incumbents, p.ministries, o.shares || n.shares, e.activity, b.tied, b.tied_to, b.ties, f.affiliates,
               w.parts, w.weights, g.power, g.neighbours, g.kappa
        FROM version v
        JOIN city c ON c.scenario = v.scenario AND c.city_id = v.city_id
        JOIN setting g ON g.scenario = c.scenario
        LEFT JOIN common s ON s.scenario = c.scenario
        LEFT JOIN weights w ON w.scenario = c.scenario
        LEFT JOIN economy e ON e.scenario = c.scenario AND e.city_id = c.city_id
        LEFT JOIN partners p ON p.scenario = v.scenario AND p.variant = v.variant AND p.city_id = v.city_id
        LEFT JOIN weighed n ON n.scenario = v.scenario AND n.variant = v.variant AND n.city_id = v.city_id
        LEFT JOIN own_criterion o ON o.scenario = c.scenario AND o.city_id = c.city_id
        LEFT JOIN bond b ON b.scenario = v.scenario AND b.variant = v.variant AND b.city_id = v.city_id
        LEFT JOIN affiliates f ON f.scenario = v.scenario AND f.variant = v.variant AND f.city_id = v.city_id;
    END;
    COMMENT ON FUNCTION synergy_city(synergy_variant[]) IS 'The city''s side of the score''s inputs, one row a city (variant empty) and one more for each variant, with partners left out or joining: what a unit of each sector is worth there, partners with profiles, incumbents with ministries, own criteria and the weights of partners as shares, total activity, who is tied to whom and how strongly, the affiliates (subsidiaries of an incumbent that are not in the city), and the scenario''s weights and settings. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_institution()
    RETURNS TABLE (scenario text, institution_id text, name_ko text, name_en text, status text, ministry text, headcount float8, routes synergy_matrix[], profile sector_profile)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 2000
    BEGIN ATOMIC
        WITH profile AS MATERIALIZED (
            SELECT o.scenario, o.institution_id, sector_profile_agg(o.sector, o.weight) AS profile
            FROM institution_sector o GROUP BY o.scenario, o.institution_id
        )
        SELECT i.scenario, i.institution_id, i.name_ko, i.name_en, i.status, i.ministry, i.headcount,
               ARRAY[ROW('linkage', route(p.profile, s.flow_bridge))::synergy_matrix,
                     ROW('localization', route(p.profile, s.activity_bridge))::synergy_matrix,
                     ROW('relatedness', route(p.profile, s.activity_bridge))::synergy_matrix,
                     ROW('labour', route(p.profile, s.labour_bridge))::synergy_matrix],
               p.profile
        FROM institution i
        LEFT JOIN profile p ON p.scenario = i.scenario AND p.institution_id = i.institution_id
        LEFT JOIN synergy_scenario() s ON s.scenario = i.scenario;
    END;
    COMMENT ON FUNCTION synergy_institution() IS 'The institution''s side of the score''s inputs, one row an institution: status, ministry, head count, profile, and its routes into the taxonomies of the parts. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE VIEW sector_fit WITH (security_invoker = true) AS
    SELECT c.scenario, f.part, c.city_id, y.name_ko AS city_name_ko, y.name_en AS city_name_en,
           p.sector_a::text AS sector, n.name_ko AS sector_name_ko, n.name_en AS sector_name_en,
           p.sector_b::text AS partner_sector, o.name_ko AS partner_sector_name_ko, o.name_en AS partner_sector_name_en, p.value,
           concat_ws('|', c.scenario, f.part, c.city_id, p.sector_a::text, p.sector_b::text) AS row_key
    FROM synergy_fit() c
    JOIN city y ON y.scenario = c.scenario AND y.city_id = c.city_id
    CROSS JOIN LATERAL unnest(c.fits) f
    CROSS JOIN LATERAL pairs(f.matrix) p
    LEFT JOIN sector_name n ON n.scenario = c.scenario AND n.sector = p.sector_a
    LEFT JOIN sector_name o ON o.scenario = c.scenario AND o.sector = p.sector_b;
    COMMENT ON VIEW sector_fit IS 'How well a sector fits a city, part by part, and which partner sector of the city it owes that to: the values of a sector add up to its fit in [0,1].';
    COMMENT ON COLUMN sector_fit.scenario IS 'Scenario.';
    COMMENT ON COLUMN sector_fit.part IS 'Part of the score: localization, relatedness, linkage, labour.';
    COMMENT ON COLUMN sector_fit.city_id IS 'The city.';
    COMMENT ON COLUMN sector_fit.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN sector_fit.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN sector_fit.sector IS 'Sector in the taxonomy of the part (region_activity, sector_flow or labour_flow), as text.';
    COMMENT ON COLUMN sector_fit.sector_name_ko IS 'Name of the sector in Korean.';
    COMMENT ON COLUMN sector_fit.sector_name_en IS 'Name of the sector in English.';
    COMMENT ON COLUMN sector_fit.partner_sector IS 'Sector of the city that the fit comes from, as text.';
    COMMENT ON COLUMN sector_fit.partner_sector_name_ko IS 'Name of the partner sector in Korean.';
    COMMENT ON COLUMN sector_fit.partner_sector_name_en IS 'Name of the partner sector in English.';
    COMMENT ON COLUMN sector_fit.value IS 'Share of the fit, not 0';
    COMMENT ON COLUMN sector_fit.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_input(candidates_only boolean, variants synergy_variant[] DEFAULT '{}')
    RETURNS TABLE (scenario text, variant text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text,
                   routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                   partners synergy_partner[], shares synergy_share[],
                   parts text[], weights float8[], power float8)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT i.scenario, c.variant, i.institution_id, i.name_ko, i.name_en, c.city_id, c.name_ko, c.name_en, c.competes,
               CASE WHEN i.status = 'capital' THEN 'capital' WHEN i.institution_id = ANY (c.affiliates) THEN 'affiliate' END AS candidate_kind,
               i.routes, f.fits, i.profile, x.partners, x.shares,
               c.parts, c.weights, c.power
        FROM synergy_institution() i
        JOIN synergy_city(variants) c ON c.scenario = i.scenario
        JOIN synergy_fit() f ON f.scenario = c.scenario AND f.city_id = c.city_id
        CROSS JOIN LATERAL (
            SELECT array_position(c.tied, i.institution_id) AS bond, h.others, h.whole, h.colleagues, h.portions, h.portion
            FROM (SELECT count(*) AS others, sum(coalesce(w.value, 1) ORDER BY u.place) AS whole,
                         array_agg(u.id ORDER BY u.place) FILTER (WHERE u.ministry = i.ministry) AS colleagues,
                         array_agg(coalesce(w.value, 1) ORDER BY u.place) FILTER (WHERE u.ministry = i.ministry) AS portions,
                         coalesce(sum(coalesce(w.value, 1) ORDER BY u.place) FILTER (WHERE u.ministry = i.ministry), 0) AS portion
                  FROM unnest(c.incumbents, c.ministries) WITH ORDINALITY u (id, ministry, place)
                  LEFT JOIN unnest(c.shares) w ON w.part = 'complementarity' AND w.partner_id = u.id
                  WHERE u.id <> i.institution_id) h
            OFFSET 0
        ) o
        CROSS JOIN LATERAL (
            -- a city without incumbents has no complementarity and no affiliation, not one of 0
            SELECT CASE WHEN o.others > 0 THEN nearest_partners(i.institution_id, i.profile, c.partners, c.neighbours) END AS partners,
                   c.shares
                   || CASE WHEN c.activity IS NOT NULL AND i.headcount IS NOT NULL
                           THEN ARRAY[ROW('absorption', NULL, c.activity / (c.activity + c.kappa * i.headcount))::synergy_share] END
                   || CASE WHEN o.others = 0 THEN NULL
                           WHEN c.ties[o.bond] >= o.portion / o.whole
                               THEN ARRAY[ROW('affiliation', c.tied_to[o.bond], c.ties[o.bond])::synergy_share]
                           WHEN o.portion > 0
                               THEN ARRAY(SELECT ROW('affiliation', u.id, u.portion / o.whole)::synergy_share
                                          FROM unnest(o.colleagues, o.portions) u (id, portion))
                           ELSE ARRAY[ROW('affiliation', NULL, 0)::synergy_share] END AS shares
            OFFSET 0
        ) x
        WHERE NOT candidates_only OR i.status = 'capital'
           OR i.institution_id IN (SELECT a.subsidiary_id FROM affiliation a WHERE a.scenario = i.scenario);
    END;
    COMMENT ON FUNCTION synergy_input(boolean, synergy_variant[]) IS 'What synergy_values and synergy_leaves read, one row a pair of institution and city, and of institution and variant of a city: all institutions, or those that are candidates for some city. Where no reasons are asked for, synergy_pair and synergy_ranked are faster by far. For the views of this plan.';

    CREATE OR REPLACE VIEW partner_weight WITH (security_invoker = true) AS
    SELECT p.scenario, p.city_id, p.city_name_ko, p.city_name_en, p.partner_id, p.partner_name_ko, p.partner_name_en, p.kind, i.headcount,
           coalesce(w.value, 1) AS weight,
           CASE WHEN w.value IS NULL THEN 'equal' WHEN i.headcount IS NOT NULL THEN 'headcount' ELSE 'median' END AS basis,
           CASE WHEN p.kind = 'incumbent' THEN coalesce(w.value, 1) / sum(coalesce(w.value, 1)) OVER among END AS share,
           CASE WHEN p.kind = 'incumbent' THEN count(i.headcount) OVER among::float8 / count(*) OVER among END AS known,
           p.kind_ko, korean_term(CASE WHEN w.value IS NULL THEN 'equal' WHEN i.headcount IS NOT NULL THEN 'headcount' ELSE 'median' END) AS basis_ko,
           concat_ws('|', p.scenario, p.city_id, p.partner_id) AS row_key
    FROM city_partner p
    LEFT JOIN institution i ON i.scenario = p.scenario AND i.institution_id = p.partner_id AND p.kind = 'incumbent'
    LEFT JOIN (SELECT c.scenario, c.city_id, s.partner_id, s.value FROM synergy_city('{}') c CROSS JOIN LATERAL unnest(c.shares) s
               WHERE s.part = 'complementarity') w ON w.scenario = p.scenario AND w.city_id = p.city_id AND w.partner_id = p.partner_id
    WINDOW among AS (PARTITION BY p.scenario, p.city_id, p.kind ORDER BY p.partner_id COLLATE "C" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
    COMMENT ON VIEW partner_weight IS 'How much each incumbent and asset of a city counts: all alike, or by head count where setting.incumbent_weight says so. In the mean of complementarity over the nearest partners, and in the ministry''s share of affiliation over the incumbents; named ties and who is nearest do not depend on it.';
    COMMENT ON COLUMN partner_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN partner_weight.city_id IS 'The city.';
    COMMENT ON COLUMN partner_weight.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN partner_weight.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN partner_weight.partner_id IS 'Incumbent or asset.';
    COMMENT ON COLUMN partner_weight.partner_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN partner_weight.partner_name_en IS 'Its name in English.';
    COMMENT ON COLUMN partner_weight.kind IS 'incumbent or asset.';
    COMMENT ON COLUMN partner_weight.headcount IS 'Head count of the incumbent; NULL = not known, or an asset.';
    COMMENT ON COLUMN partner_weight.weight IS 'What it counts, relative to the others of the city.';
    COMMENT ON COLUMN partner_weight.basis IS 'equal (the setting, or no head count is known in the city), headcount, or median: the median of the head counts known among the city''s incumbents, for those that are not known and for assets.';
    COMMENT ON COLUMN partner_weight.share IS 'Share of an incumbent in the weight of all incumbents of the city; NULL for an asset.';
    COMMENT ON COLUMN partner_weight.known IS 'Share of the city''s incumbents whose head count is known; NULL for an asset.';
    COMMENT ON COLUMN partner_weight.kind_ko IS 'kind in Korean.';
    COMMENT ON COLUMN partner_weight.basis_ko IS 'basis in Korean.';
    COMMENT ON COLUMN partner_weight.row_key IS 'Unique key of the row.';

    -- a set of one row and not strict: so the planner takes it into the query, and the board is not copied out of a function
    CREATE OR REPLACE FUNCTION synergy_plan_board(variants synergy_variant[]) RETURNS TABLE (board synergy_board)
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000000 ROWS 1
    BEGIN ATOMIC
        SELECT synergy_board(
            ARRAY(SELECT ROW(i.scenario, i.institution_id, i.ministry, i.status = 'capital', i.headcount, p.profile)::synergy_newcomer
                  FROM institution i
                  LEFT JOIN (SELECT o.scenario, o.institution_id, sector_profile_agg(o.sector, o.weight) AS profile
                             FROM institution_sector o GROUP BY o.scenario, o.institution_id) p ON p.scenario = i.scenario AND p.institution_id = i.institution_id
                  ORDER BY i.scenario COLLATE "C", i.institution_id COLLATE "C"),
            ARRAY(SELECT ROW(s.scenario, b.part, b.bridge)::synergy_bridge
                  FROM synergy_scenario() s
                  CROSS JOIN LATERAL (VALUES ('linkage', s.flow_bridge), ('localization', s.activity_bridge), ('relatedness', s.activity_bridge),
                                             ('labour', s.labour_bridge)) b (part, bridge)
                  ORDER BY s.scenario COLLATE "C", b.part COLLATE "C"),
            ARRAY(SELECT ROW(c.scenario, c.variant, c.city_id, c.competes, c.worths, c.partners, c.incumbents, c.ministries, c.shares, c.activity,
                             c.tied, c.ties, c.affiliates, c.parts, c.weights, c.power, c.neighbours, c.kappa)::synergy_host
                  FROM synergy_city(variants) c ORDER BY c.scenario COLLATE "C", c.variant COLLATE "C", c.city_id COLLATE "C"));
    END;
    COMMENT ON FUNCTION synergy_plan_board(synergy_variant[]) IS 'All institutions of the plan, and its cities as they stand and in these variants, as one board. For synergy_pair and synergy_ranked.';

    CREATE OR REPLACE FUNCTION synergy_pair(candidates_only boolean, variants synergy_variant[] DEFAULT '{}')
    RETURNS TABLE (scenario text, variant text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text,
                   parts text[], weights float8[], power float8, part_values float8[], score numeric, coverage numeric)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        WITH board AS MATERIALIZED (
            SELECT b.board FROM synergy_plan_board(variants) b
        ), own AS MATERIALIZED (
            SELECT w.scenario, array_agg(w.criterion ORDER BY w.criterion COLLATE "C") AS parts,
                   array_agg(coalesce(w.weight, 0) ORDER BY w.criterion COLLATE "C") AS weights
            FROM committee_weight w GROUP BY w.scenario
        ), newcomer AS MATERIALIZED (
            SELECT a.number, i.scenario, i.institution_id, i.name_ko, i.name_en
            FROM board_institutions((SELECT board FROM board)) a
            JOIN institution i ON i.scenario = a.scenario AND i.institution_id = a.institution_id
            WHERE NOT candidates_only OR i.status = 'capital'
               OR i.institution_id IN (SELECT f.subsidiary_id FROM affiliation f WHERE f.scenario = i.scenario)
        ), host AS MATERIALIZED (
            SELECT b.number, b.variant, c.scenario, c.city_id, c.name_ko, c.name_en, c.competes, o.parts, o.weights, g.power
            FROM board_cities((SELECT board FROM board)) b
            JOIN city c ON c.scenario = b.scenario AND c.city_id = b.city_id
            JOIN setting g ON g.scenario = b.scenario
            LEFT JOIN own o ON o.scenario = b.scenario
        )
        -- two narrow lists, so that whatever the planner thinks of them nothing is looked up once a pair
        SELECT i.scenario, c.variant, i.institution_id, i.name_ko, i.name_en, c.city_id, c.name_ko, c.name_en, c.competes,
               board_candidate_kind((SELECT board FROM board), i.number, c.number),
               c.parts, c.weights, c.power,
               board_values((SELECT board FROM board), i.number, c.number),
               board_score((SELECT board FROM board), i.number, c.number),
               board_coverage((SELECT board FROM board), i.number, c.number)
        FROM newcomer i JOIN host c ON c.scenario = i.scenario;
    END;
    COMMENT ON FUNCTION synergy_pair(boolean, synergy_variant[]) IS 'Values of the parts, score and coverage of each pair of institution and city, and of institution and variant of a city: all institutions, or those that are candidates for some city. Values and scores are those of synergy_input, to the last bit. For the views of this plan.';

    CREATE OR REPLACE FUNCTION synergy_scored(candidates_only boolean)
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text, score numeric, coverage numeric)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT p.scenario, p.institution_id, p.institution_name_ko, p.institution_name_en, p.city_id, p.city_name_ko, p.city_name_en,
               p.competes, p.candidate_kind, p.score, p.coverage
        FROM synergy_pair(candidates_only) p;
    END;
    COMMENT ON FUNCTION synergy_scored(boolean) IS 'Score and coverage of each pair of institution and city: all institutions, or those that are candidates for some city. For the views of this plan.';

    CREATE OR REPLACE FUNCTION synergy_ranked()
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text, score numeric, coverage numeric,
                   rank_in_city bigint, tied_with bigint, best_coverage numeric, comparable boolean, rank_of_city bigint,
                   runner_up_city_id text, runner_up_city_name_ko text, runner_up_city_name_en text, margin numeric)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        WITH board AS MATERIALIZED (
            SELECT b.board FROM synergy_plan_board('{}') b
        ), newcomer AS MATERIALIZED (
            SELECT a.number, i.institution_id, i.name_ko, i.name_en
            FROM board_institutions((SELECT board FROM board)) a
            JOIN institution i ON i.scenario = a.scenario AND i.institution_id = a.institution_id
        ), host AS MATERIALIZED (
            SELECT b.number, c.scenario, c.city_id, c.name_ko, c.name_en, c.competes
            FROM board_cities((SELECT board FROM board)) b
            JOIN city c ON c.scenario = b.scenario AND c.city_id = b.city_id
        )
        -- by number: two short lists are looked up once a row
        SELECT c.scenario, i.institution_id, i.name_ko, i.name_en, c.city_id, c.name_ko, c.name_en, c.competes, r.candidate_kind, r.score, r.coverage,
               r.rank_in_city, r.tied_with, r.best_coverage, r.comparable, r.rank_of_city, o.city_id, o.name_ko, o.name_en, r.margin
        FROM host c
        CROSS JOIN LATERAL board_ranking((SELECT board FROM board), c.number) r
        JOIN newcomer i ON i.number = r.institution
        LEFT JOIN host o ON o.number = r.runner_up;
    END;
    COMMENT ON FUNCTION synergy_ranked() IS 'The candidates of each city in order, and each city''s place among the cities for them (board_ranking). For the views of this plan.';
END
$function$;
COMMENT ON FUNCTION plan_synergy_input(text) IS
'Makes or replaces the views city_partner, institution_tie, city_criterion and sector_fit of a plan, and the functions that gather the inputs of its score and score them. Called by plan_views, which see.';
