-- The territory of a plan: regions and their neighbours, what reaches the old downtown and the surrounding areas, and the inequality of the nation.

CREATE FUNCTION plan_territory_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE region (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        name_ko text,
        name_en text,
        capital boolean NOT NULL DEFAULT false,
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        source text,
        PRIMARY KEY (scenario, region)
    );
    COMMENT ON TABLE region IS 'Regions of the country: names, places, and which of them make up the capital area.';
    COMMENT ON COLUMN region.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region.region IS 'Code of the region.';
    COMMENT ON COLUMN region.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN region.name_en IS 'Name in English.';
    COMMENT ON COLUMN region.capital IS 'The region and all below it belong to the capital area.';
    COMMENT ON COLUMN region.longitude IS 'Longitude of its middle in degrees, WGS 84.';
    COMMENT ON COLUMN region.latitude IS 'Latitude of its middle in degrees, WGS 84.';
    COMMENT ON COLUMN region.source IS 'Publisher of the row''s facts.';

    CREATE TABLE region_neighbour (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        neighbour region_code NOT NULL,
        PRIMARY KEY (scenario, region, neighbour),
        CHECK (region <> neighbour)
    );
    COMMENT ON TABLE region_neighbour IS 'Regions that share a border, in both directions.';
    COMMENT ON COLUMN region_neighbour.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_neighbour.region IS 'A region.';
    COMMENT ON COLUMN region_neighbour.neighbour IS 'A region that shares a border with it.';

    CREATE TABLE region_indicator (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        indicator text NOT NULL CHECK (indicator <> ''),
        year integer NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, region, indicator, year)
    );
    COMMENT ON TABLE region_indicator IS 'Figures of regions by year; the views read residents (persons).';
    COMMENT ON COLUMN region_indicator.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_indicator.region IS 'Code of the region.';
    COMMENT ON COLUMN region_indicator.indicator IS 'Name of the figure.';
    COMMENT ON COLUMN region_indicator.year IS 'Year of the figure.';
    COMMENT ON COLUMN region_indicator.value IS 'The figure, in its own unit, finite.';
    COMMENT ON COLUMN region_indicator.source IS 'Publisher of the figure.';
END
$function$;
COMMENT ON FUNCTION plan_territory_tables(text) IS
'Makes the empty tables of a plan''s territory. Called by create_plan, which see.';

CREATE FUNCTION plan_territory_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW spillover WITH (security_invoker = true) AS
    WITH origin AS (
        -- where newcomers settle: the city's first site of that kind, else the city's own place
        SELECT c.scenario, c.city_id, c.name_ko, c.name_en, o.site_id, coalesce(o.longitude, c.longitude) AS longitude, coalesce(o.latitude, c.latitude) AS latitude
        FROM city c LEFT JOIN LATERAL (
            SELECT i.site_id, i.longitude, i.latitude FROM site i
            WHERE i.scenario = c.scenario AND i.city_id = c.city_id AND i.kind = 'innovation_city' AND i.longitude IS NOT NULL AND i.latitude IS NOT NULL
            ORDER BY i.site_id COLLATE "C" LIMIT 1) o ON true),
    reached AS (
        SELECT o.scenario, o.city_id, o.name_ko AS city_name_ko, o.name_en AS city_name_en, s.site_id, s.name_ko, s.name_en, s.kind, s.region,
               2 * 6371.0088 * asin(CASE WHEN h.half_chord > 1 THEN 1 ELSE h.half_chord END) AS distance_km,
               EXISTS (SELECT FROM city_region r WHERE r.scenario = o.scenario AND r.city_id = o.city_id
                       AND (s.region <@ r.region OR EXISTS (SELECT FROM region_neighbour n
                                WHERE n.scenario = r.scenario AND n.region = r.region AND s.region <@ n.neighbour))) AS adjacent,
               g.decay_km, g.far_share
        FROM origin o
        JOIN setting g ON g.scenario = o.scenario
        JOIN site s ON s.scenario = o.scenario AND s.city_id = o.city_id AND s.site_id IS DISTINCT FROM o.site_id
        -- haversine formula, mean radius of the earth
        CROSS JOIN LATERAL (
            SELECT sqrt(power(sin(radians(s.latitude - o.latitude) / 2), 2)
                        + cos(radians(o.latitude)) * cos(radians(s.latitude)) * power(sin(radians(s.longitude - o.longitude) / 2), 2)) AS half_chord) h),
    decayed AS (
        SELECT f.*, f.distance_factor * f.adjacency_factor AS decay
        FROM (SELECT r.*, CASE WHEN r.distance_km > 700 * r.decay_km THEN 0 ELSE exp(- r.distance_km / r.decay_km) END AS distance_factor,
                     CASE WHEN r.adjacent THEN 1 ELSE r.far_share END AS adjacency_factor
              FROM reached r) f)
    SELECT d.scenario, d.city_id, d.city_name_ko, d.city_name_en, d.site_id, d.name_ko, d.name_en, d.kind, d.region::text AS region,
           d.distance_km, d.adjacent, d.decay,
           d.decay / nullif(sum(d.decay) OVER (PARTITION BY d.scenario, d.city_id ORDER BY d.site_id COLLATE "C"
                                               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS share,
           d.distance_factor, d.adjacency_factor, d.decay_km * ln(2) AS half_distance_km, korean_term(d.kind) AS kind_ko,
           concat_ws('|', d.scenario, d.site_id) AS row_key
    FROM decayed d;
    COMMENT ON VIEW spillover IS 'How much of what happens in the innovation city reaches the old downtown and the surrounding centres: exp(-distance / decay_km), times far_share where the site lies neither in the city nor in a region that borders on it; both are in setting. A rule of thumb to compare sites with: measured effects of moved offices fade within kilometres.';
    COMMENT ON COLUMN spillover.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN spillover.city_id IS 'The city.';
    COMMENT ON COLUMN spillover.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN spillover.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN spillover.site_id IS 'The site that is reached.';
    COMMENT ON COLUMN spillover.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN spillover.name_en IS 'Its name in English.';
    COMMENT ON COLUMN spillover.kind IS 'old_downtown, surrounding_centre, other, or a further innovation_city.';
    COMMENT ON COLUMN spillover.region IS 'Code of its place, as text.';
    COMMENT ON COLUMN spillover.distance_km IS 'Great-circle distance from the innovation city in kilometres; NULL without coordinates.';
    COMMENT ON COLUMN spillover.adjacent IS 'It lies in the city or in a region that shares a border with it.';
    COMMENT ON COLUMN spillover.decay IS 'Share of the effect that is left at the site, in [0,1].';
    COMMENT ON COLUMN spillover.share IS 'decay as a share of all sites of the city, adding up to 1.';
    COMMENT ON COLUMN spillover.distance_factor IS 'exp(-distance_km / decay_km), in [0,1].';
    COMMENT ON COLUMN spillover.adjacency_factor IS '1 where adjacent, else far_share of setting; decay is the product of the two factors.';
    COMMENT ON COLUMN spillover.half_distance_km IS 'Distance over which half of the effect is left: decay_km times the logarithm of 2, in kilometres.';
    COMMENT ON COLUMN spillover.kind_ko IS 'kind in Korean.';
    COMMENT ON COLUMN spillover.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW national_inequality WITH (security_invoker = true) AS
    WITH activity AS (
        SELECT a.scenario, a.year, a.region, sum(a.value::numeric)::float8 AS activity
        FROM region_activity a GROUP BY a.scenario, a.year, a.region),
    capital AS MATERIALIZED (
        SELECT c.scenario, c.region FROM region c WHERE c.capital),
    row AS (
        SELECT a.scenario, a.year, a.region, a.activity, i.value AS residents,
               EXISTS (SELECT FROM capital c WHERE c.scenario = a.scenario AND a.region <@ c.region) AS capital,
               ancestor(a.region, 1) AS province
        FROM activity a
        LEFT JOIN region_indicator i ON i.scenario = a.scenario AND i.region = a.region AND i.year = a.year AND i.indicator = 'residents' AND i.value > 0
        WHERE a.activity > 0),
    province AS (
        SELECT r.scenario, r.year, r.province, sum(r.activity::numeric)::float8 AS activity, sum(r.residents::numeric)::float8 AS residents
        FROM row r WHERE r.residents IS NOT NULL GROUP BY r.scenario, r.year, r.province),
    total AS (
        SELECT r.scenario, r.year, count(*) AS regions, sum(r.activity::numeric)::float8 AS activity, sum(r.residents::numeric)::float8 AS residents,
               (sum(r.activity::numeric) FILTER (WHERE r.capital))::float8 AS capital_activity,
               (sum(r.residents::numeric) FILTER (WHERE r.capital))::float8 AS capital_residents,
               theil_t(r.activity / r.residents, r.residents) AS theil
        FROM row r GROUP BY r.scenario, r.year),
    between_provinces AS (
        SELECT p.scenario, p.year, theil_t(p.activity / p.residents, p.residents) AS theil FROM province p GROUP BY p.scenario, p.year)
    SELECT t.scenario, t.year, t.regions::integer AS regions, t.activity, t.residents,
           coalesce(t.capital_activity, 0) / t.activity AS capital_share_activity,
           coalesce(t.capital_residents, 0) / t.residents AS capital_share_residents,
           t.theil, b.theil AS theil_between, t.theil - b.theil AS theil_within,
           concat_ws('|', t.scenario, t.year) AS row_key
    FROM total t LEFT JOIN between_provinces b USING (scenario, year);
    COMMENT ON VIEW national_inequality IS 'Year by year: the weight of the capital area, and the inequality of activity per resident among regions (Theil T weighted by residents), between provinces and within them.';
    COMMENT ON COLUMN national_inequality.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN national_inequality.year IS 'Year of region_activity.';
    COMMENT ON COLUMN national_inequality.regions IS 'Regions with activity.';
    COMMENT ON COLUMN national_inequality.activity IS 'Their total, in the unit of region_activity.';
    COMMENT ON COLUMN national_inequality.residents IS 'Residents of those regions whose number is known for the year; NULL = of none.';
    COMMENT ON COLUMN national_inequality.capital_share_activity IS 'Share of the capital area in the activity, in [0,1].';
    COMMENT ON COLUMN national_inequality.capital_share_residents IS 'Share of the capital area in the residents, in [0,1].';
    COMMENT ON COLUMN national_inequality.theil IS 'Theil T of activity per resident, weighted by residents; 0 = equal.';
    COMMENT ON COLUMN national_inequality.theil_between IS 'The part of it between provinces.';
    COMMENT ON COLUMN national_inequality.theil_within IS 'The part of it within provinces: the rest.';
    COMMENT ON COLUMN national_inequality.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_territory_views(text) IS
'Makes or replaces the views of a plan''s territory. Called by create_plan and upgrade_plan, which see.';
