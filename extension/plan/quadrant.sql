-- Two axes that are not merged: how related an institution's sectors are to a city (low relatedness = risk), and how complex they are
-- (benefit). Balland, Boschma, Crespo and Rigby 2019, Regional Studies 53:1252.

CREATE FUNCTION plan_quadrant_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW synergy_quadrant WITH (security_invoker = true) AS
    WITH nation AS MATERIALIZED (
        SELECT n.scenario, n.m FROM national_activity() n
    ), level AS MATERIALIZED (
        -- equal to 12 decimals is equal
        SELECT n.scenario, c.sector, percent_rank() OVER (PARTITION BY n.scenario ORDER BY round(c.pci::numeric, 12)) AS value
        FROM nation n CROSS JOIN LATERAL sector_complexity(n.m) c
        WHERE c.pci IS NOT NULL
    ), institution_level AS MATERIALIZED (
        SELECT i.scenario, i.institution_id,
               sum(p.value * l.value ORDER BY p.sector_a, p.sector_b) / sum(p.value ORDER BY p.sector_a, p.sector_b) AS complexity
        FROM synergy_institution() i
        CROSS JOIN LATERAL unnest(i.routes) r
        CROSS JOIN LATERAL pairs(r.matrix) p
        JOIN level l ON l.scenario = i.scenario AND l.sector = p.sector_b
        WHERE r.part = 'relatedness'
        GROUP BY i.scenario, i.institution_id
    ), pair AS MATERIALIZED (
        SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en, i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
               (synergy_values('{relatedness}', i.routes, i.fits, NULL, NULL, NULL))[1] AS relatedness
        FROM synergy_input(true) i
        WHERE i.candidate_kind IS NOT NULL
    ), cut AS MATERIALIZED (
        SELECT p.scenario, p.city_id, p.candidate_kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.relatedness) AS relatedness
        FROM pair p GROUP BY p.scenario, p.city_id, p.candidate_kind
    )
    SELECT p.scenario, p.institution_id, p.institution_name_ko, p.institution_name_en, p.city_id, p.city_name_ko, p.city_name_en, p.candidate_kind,
           p.relatedness, c.relatedness AS relatedness_cut, l.complexity, 0.5::float8 AS complexity_cut,
           CASE WHEN l.complexity >= 0.5 THEN CASE WHEN p.relatedness >= c.relatedness THEN '저위험·고편익' WHEN p.relatedness < c.relatedness THEN '고위험·고편익' END
                WHEN l.complexity < 0.5 THEN CASE WHEN p.relatedness >= c.relatedness THEN '저위험·저편익' WHEN p.relatedness < c.relatedness THEN '고위험·저편익' END
           END AS quadrant_ko,
           CASE WHEN l.complexity >= 0.5 THEN CASE WHEN p.relatedness >= c.relatedness THEN 'low risk, high benefit' WHEN p.relatedness < c.relatedness THEN 'high risk, high benefit' END
                WHEN l.complexity < 0.5 THEN CASE WHEN p.relatedness >= c.relatedness THEN 'low risk, low benefit' WHEN p.relatedness < c.relatedness THEN 'high risk, low benefit' END
           END AS quadrant_en,
           concat_ws('|', p.scenario, p.institution_id, p.city_id) AS row_key
    FROM pair p
    JOIN cut c ON c.scenario = p.scenario AND c.city_id = p.city_id AND c.candidate_kind = p.candidate_kind
    LEFT JOIN institution_level l ON l.scenario = p.scenario AND l.institution_id = p.institution_id;
    COMMENT ON VIEW synergy_quadrant IS 'Candidates of each city on two axes that the score does not merge: relatedness (low = risk) and complexity (high = benefit). A value at the cut is high.';
    COMMENT ON COLUMN synergy_quadrant.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_quadrant.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_quadrant.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_quadrant.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_quadrant.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_quadrant.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_quadrant.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_quadrant.candidate_kind IS 'capital or affiliate, as in synergy_score.';
    COMMENT ON COLUMN synergy_quadrant.relatedness IS 'The part relatedness, in [0,1]; NULL without profile or activity.';
    COMMENT ON COLUMN synergy_quadrant.relatedness_cut IS 'Median of it among the candidates of the same city and kind.';
    COMMENT ON COLUMN synergy_quadrant.complexity IS 'Mean over the profile of the percent rank of its sectors'' complexity in the country, 0 = least complex, 1 = most; NULL without profile, or where the table of activity has no complexity.';
    COMMENT ON COLUMN synergy_quadrant.complexity_cut IS '0.5, the middle sector of the country.';
    COMMENT ON COLUMN synergy_quadrant.quadrant_ko IS 'Quadrant in Korean; NULL when an axis is.';
    COMMENT ON COLUMN synergy_quadrant.quadrant_en IS 'Quadrant: low or high risk, low or high benefit; NULL when an axis is.';
    COMMENT ON COLUMN synergy_quadrant.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_quadrant_views(text) IS
'Makes or replaces the view synergy_quadrant of a plan. Called by plan_views, which see.';
