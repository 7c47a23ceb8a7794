-- Living conditions: a composite index of cities, and of all municipalities, from figures that the planner lists. Choices follow the Handbook on
-- Constructing Composite Indicators (OECD and Joint Research Centre, 2008): normalisation by min-max, z-scores, ranks or distance to a reference,
-- then a weighted arithmetic or geometric mean. All of them are worked out, so that nobody has to take one on trust; setting names the one that
-- is reported. Arithmetic is numeric throughout: same rows, same digits, whatever the order.

CREATE FUNCTION plan_living_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE living_indicator (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        indicator text NOT NULL CHECK (indicator <> ''),
        name_ko text,
        name_en text,
        dimension text,
        direction text NOT NULL DEFAULT 'max' CHECK (direction IN ('max', 'min')),
        weight float8 NOT NULL DEFAULT 1 CHECK (weight >= 0 AND weight < 'Infinity'),
        year integer,
        low float8 CHECK (low > '-Infinity' AND low < 'Infinity'),
        high float8 CHECK (high > '-Infinity' AND high < 'Infinity'),
        reference float8 CHECK (reference > 0 AND reference < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, indicator),
        CHECK (low < high)
    );
    COMMENT ON TABLE living_indicator IS 'Figures that make up the index of living conditions: read from city_indicator for cities and from region_indicator for regions, under the same name.';
    COMMENT ON COLUMN living_indicator.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN living_indicator.indicator IS 'Name of the figure in city_indicator and region_indicator.';
    COMMENT ON COLUMN living_indicator.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN living_indicator.name_en IS 'Name in English.';
    COMMENT ON COLUMN living_indicator.dimension IS 'What side of life it tells of (health, housing, ...): a label.';
    COMMENT ON COLUMN living_indicator.direction IS 'max = a high figure is good, min = a low one.';
    COMMENT ON COLUMN living_indicator.weight IS 'Weight, at least 0, relative to the others; 0 = shown, not counted.';
    COMMENT ON COLUMN living_indicator.year IS 'Year of the figures; NULL = the latest that any city, or any region, has. All are compared in one year.';
    COMMENT ON COLUMN living_indicator.low IS 'Lower goalpost of min-max, in the figure''s unit; NULL = the lowest figure.';
    COMMENT ON COLUMN living_indicator.high IS 'Upper goalpost of min-max; NULL = the highest figure. Figures beyond a goalpost count as the goalpost.';
    COMMENT ON COLUMN living_indicator.reference IS 'What the distance to a reference is measured from; NULL = the mean of the figures.';
    COMMENT ON COLUMN living_indicator.source IS 'Where direction and weight come from.';
END
$function$;
COMMENT ON FUNCTION plan_living_tables(text) IS
'Makes the empty table living_indicator of a plan. Called by create_plan, which see.';

CREATE FUNCTION plan_living_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW living_value WITH (security_invoker = true) AS
    WITH figure AS MATERIALIZED (
        SELECT c.scenario, 'city' AS kind, c.city_id AS unit_id, c.indicator, c.year, c.value::numeric AS value FROM city_indicator c
        WHERE EXISTS (SELECT FROM living_indicator l WHERE l.scenario = c.scenario AND l.indicator = c.indicator)
        UNION ALL
        SELECT r.scenario, 'region', r.region::text, r.indicator, r.year, r.value::numeric FROM region_indicator r
        WHERE EXISTS (SELECT FROM living_indicator l WHERE l.scenario = r.scenario AND l.indicator = r.indicator)
    ), asked AS MATERIALIZED (
        SELECT l.scenario, k.kind, l.indicator, l.name_ko, l.name_en, l.dimension, l.direction, l.low::numeric AS low, l.high::numeric AS high, l.reference::numeric AS reference,
               l.weight::numeric / nullif(sum(l.weight::numeric) OVER (PARTITION BY l.scenario, k.kind), 0) AS weight,
               coalesce(l.year, (SELECT max(f.year) FROM figure f WHERE f.scenario = l.scenario AND f.kind = k.kind AND f.indicator = l.indicator)) AS year
        FROM living_indicator l CROSS JOIN (VALUES ('city'), ('region')) k (kind)
    ), unit AS MATERIALIZED (
        SELECT c.scenario, 'city' AS kind, c.city_id AS unit_id, c.name_ko, c.name_en FROM city c
        UNION ALL
        SELECT f.scenario, f.kind, f.unit_id, r.name_ko, r.name_en
        FROM (SELECT DISTINCT f.scenario, f.kind, f.unit_id FROM figure f WHERE f.kind = 'region') f
        LEFT JOIN region r ON r.scenario = f.scenario AND r.region = f.unit_id::region_code
    ), known AS (
        SELECT u.scenario, u.kind, u.unit_id, u.name_ko, u.name_en, a.indicator, a.name_ko AS indicator_name_ko, a.name_en AS indicator_name_en,
               a.dimension, a.direction, a.weight, a.year, f.value, CASE a.direction WHEN 'max' THEN f.value ELSE -f.value END AS signed,
               count(f.value) OVER same AS units, coalesce(a.low, min(f.value) OVER same) AS low, coalesce(a.high, max(f.value) OVER same) AS high,
               avg(f.value) OVER same AS mean, stddev_pop(f.value) OVER same AS deviation, coalesce(a.reference, avg(f.value) OVER same) AS reference
        FROM unit u
        JOIN asked a ON a.scenario = u.scenario AND a.kind = u.kind
        LEFT JOIN figure f ON f.scenario = u.scenario AND f.kind = u.kind AND f.unit_id = u.unit_id AND f.indicator = a.indicator AND f.year = a.year
        WINDOW same AS (PARTITION BY u.scenario, u.kind, a.indicator)
    ), placed AS (
        SELECT k.*, rank() OVER (PARTITION BY k.scenario, k.kind, k.indicator ORDER BY k.signed) - 1 AS worse,
               count(*) OVER (PARTITION BY k.scenario, k.kind, k.indicator, k.signed) - 1 AS equal
        FROM known k
    )
    SELECT p.scenario, p.kind, p.unit_id, p.name_ko, p.name_en, p.indicator, p.indicator_name_ko, p.indicator_name_en, p.dimension, p.direction,
           round(p.weight, 12) AS weight, p.year, p.value::float8 AS value, p.units::integer AS units,
           p.low::float8 AS low, p.high::float8 AS high, p.mean::float8 AS mean, p.deviation::float8 AS deviation, p.reference::float8 AS reference,
           -- one figure alone, or all equal, is neither good nor bad
           CASE WHEN p.value IS NOT NULL
                THEN round(CASE WHEN p.high <= p.low AND p.value < p.low THEN CASE p.direction WHEN 'max' THEN 0 ELSE 1 END
                                WHEN p.high <= p.low AND p.value > p.high THEN CASE p.direction WHEN 'max' THEN 1 ELSE 0 END
                                WHEN p.high <= p.low THEN 0.5
                                WHEN p.direction = 'max' THEN (least(greatest(p.value, p.low), p.high) - p.low) / (p.high - p.low)
                                ELSE (p.high - least(greatest(p.value, p.low), p.high)) / (p.high - p.low) END, 12) END AS min_max,
           CASE WHEN p.value IS NOT NULL
                THEN round(CASE WHEN p.deviation = 0 THEN 0 WHEN p.direction = 'max' THEN (p.value - p.mean) / p.deviation ELSE (p.mean - p.value) / p.deviation END, 12) END AS z_score,
           CASE WHEN p.value IS NOT NULL
                THEN round(CASE WHEN p.units = 1 THEN 0.5 ELSE (p.worse + p.equal / 2.0) / (p.units - 1) END, 12) END AS rank_share,
           CASE WHEN p.value > 0 AND p.reference > 0
                THEN round(CASE WHEN p.direction = 'max' THEN p.value / p.reference ELSE p.reference / p.value END, 12) END AS reference_ratio,
           concat_ws('|', p.scenario, p.kind, p.unit_id, p.indicator) AS row_key
    FROM placed p;
    COMMENT ON VIEW living_value IS 'Living conditions figure by figure: each city and each region with each indicator of living_indicator, as it is and normalised four ways. 1 is best in min_max and rank_share.';
    COMMENT ON COLUMN living_value.scenario IS 'Scenario.';
    COMMENT ON COLUMN living_value.kind IS 'city (figures of city_indicator) or region (figures of region_indicator); compared apart.';
    COMMENT ON COLUMN living_value.unit_id IS 'The city, or the code of the region as text.';
    COMMENT ON COLUMN living_value.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_value.name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_value.indicator IS 'The indicator.';
    COMMENT ON COLUMN living_value.indicator_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_value.indicator_name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_value.dimension IS 'Side of life that it tells of.';
    COMMENT ON COLUMN living_value.direction IS 'max = a high figure is good, min = a low one.';
    COMMENT ON COLUMN living_value.weight IS 'Its weight among all indicators, in [0,1].';
    COMMENT ON COLUMN living_value.year IS 'Year of the figures.';
    COMMENT ON COLUMN living_value.value IS 'The figure in its own unit; NULL = not known for that year.';
    COMMENT ON COLUMN living_value.units IS 'Cities or regions whose figure is known.';
    COMMENT ON COLUMN living_value.low IS 'Lower goalpost, or the lowest figure.';
    COMMENT ON COLUMN living_value.high IS 'Upper goalpost, or the highest figure.';
    COMMENT ON COLUMN living_value.mean IS 'Mean of the known figures.';
    COMMENT ON COLUMN living_value.deviation IS 'Their standard deviation, of the population.';
    COMMENT ON COLUMN living_value.reference IS 'Reference of reference_ratio: given, or the mean.';
    COMMENT ON COLUMN living_value.min_max IS 'Place between low and high, 0 to 1; beyond them cut off; 0.5 where they are equal.';
    COMMENT ON COLUMN living_value.z_score IS 'Distance from the mean in standard deviations, positive = better; 0 where all are equal.';
    COMMENT ON COLUMN living_value.rank_share IS 'Share of the others that are worse, equal ones half, 0 to 1; 0.5 for one alone.';
    COMMENT ON COLUMN living_value.reference_ratio IS 'Figure over reference, or reference over figure where a low one is good: 1 = as the reference; NULL for figures or references that are not positive.';
    COMMENT ON COLUMN living_value.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW living_index WITH (security_invoker = true) AS
    WITH form AS (
        SELECT v.scenario, v.kind, v.unit_id, v.name_ko, v.name_en, v.indicator, v.weight, n.normalization, n.value
        FROM living_value v
        CROSS JOIN LATERAL (VALUES ('min_max', v.min_max), ('z_score', v.z_score), ('rank', v.rank_share), ('reference', v.reference_ratio)) n (normalization, value)
        WHERE v.weight > 0
    ), mean AS (
        SELECT f.scenario, f.kind, f.unit_id, f.name_ko, f.name_en, f.normalization, m.mean,
               round(coalesce(sum(f.weight) FILTER (WHERE f.value IS NOT NULL), 0), 9) AS coverage,
               round(CASE m.mean WHEN 'arithmetic' THEN sum(f.weight * f.value) / sum(f.weight) FILTER (WHERE f.value IS NOT NULL)
                                 ELSE exp(sum(CASE WHEN f.normalization <> 'z_score' THEN f.weight * ln(greatest(f.value, 0.01)) END) FILTER (WHERE f.value IS NOT NULL)
                                          / sum(f.weight) FILTER (WHERE f.value IS NOT NULL)) END, 9) AS index
        FROM form f CROSS JOIN (VALUES ('arithmetic'), ('geometric')) m (mean)
        -- a z-score has no logarithm
        WHERE m.mean = 'arithmetic' OR f.normalization <> 'z_score'
        GROUP BY f.scenario, f.kind, f.unit_id, f.name_ko, f.name_en, f.normalization, m.mean
    )
    SELECT m.scenario, m.kind, m.unit_id, m.name_ko, m.name_en, m.normalization, m.mean, m.index,
           CASE WHEN m.index IS NOT NULL THEN rank() OVER (PARTITION BY m.scenario, m.kind, m.normalization, m.mean, m.coverage ORDER BY m.index DESC NULLS LAST) END::integer AS rank,
           count(m.index) OVER (PARTITION BY m.scenario, m.kind, m.normalization, m.mean, m.coverage)::integer AS units, m.coverage,
           concat_ws('|', m.scenario, m.kind, m.unit_id, m.normalization, m.mean) AS row_key
    FROM mean m;
    COMMENT ON VIEW living_index IS 'The index of living conditions of each city and region under every normalisation and mean. Figures that are not known are left out and the others weighted up; ranks are given inside equal coverage only.';
    COMMENT ON COLUMN living_index.scenario IS 'Scenario.';
    COMMENT ON COLUMN living_index.kind IS 'city or region; ranked apart.';
    COMMENT ON COLUMN living_index.unit_id IS 'The city, or the code of the region as text.';
    COMMENT ON COLUMN living_index.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_index.name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_index.normalization IS 'min_max, z_score, rank or reference.';
    COMMENT ON COLUMN living_index.mean IS 'arithmetic, or geometric (normalised figures floored at 0.01; not of z-scores).';
    COMMENT ON COLUMN living_index.index IS 'Weighted mean of the normalised figures, rounded to 9 decimals: 0 to 1 for min_max and rank, standard deviations for z_score, a ratio for reference; NULL when no figure is known.';
    COMMENT ON COLUMN living_index.rank IS 'Rank among those of equal kind and coverage, 1 = best; equal indices share a rank.';
    COMMENT ON COLUMN living_index.units IS 'How many are ranked together.';
    COMMENT ON COLUMN living_index.coverage IS 'Share of the weight whose figures are known, in [0,1].';
    COMMENT ON COLUMN living_index.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW living_part WITH (security_invoker = true) AS
    WITH form AS (
        SELECT v.*, s.living_normalization, s.living_mean,
               CASE s.living_normalization WHEN 'min_max' THEN v.min_max WHEN 'z_score' THEN v.z_score WHEN 'rank' THEN v.rank_share ELSE v.reference_ratio END AS normalized
        FROM living_value v JOIN setting s ON s.scenario = v.scenario
    ), share AS (
        SELECT f.*, CASE WHEN f.normalized IS NOT NULL AND f.weight > 0
                         THEN f.weight / sum(f.weight) FILTER (WHERE f.normalized IS NOT NULL) OVER (PARTITION BY f.scenario, f.kind, f.unit_id) END AS known_weight
        FROM form f
    ), log AS (
        SELECT h.*, CASE WHEN h.living_mean = 'geometric' THEN h.known_weight * ln(greatest(h.normalized, 0.01)) END AS log FROM share h
    ), whole AS (
        SELECT l.*, sum(l.log) OVER (PARTITION BY l.scenario, l.kind, l.unit_id) AS log_index FROM log l
    ), exact AS (
        -- geometric: 1 - index is shared out by logarithmic means (Ang 2004), so what a figure adds is its weight less its share of that
        SELECT w.*, CASE WHEN w.living_mean = 'arithmetic' THEN w.known_weight * w.normalized
                         ELSE w.known_weight + w.log * CASE WHEN abs(w.log_index) < 1e-12 THEN 1 ELSE (exp(w.log_index) - 1) / w.log_index END END AS exact
        FROM whole w
    ), rounded AS (
        SELECT e.*, i.index, trunc(e.exact, 9) - CASE WHEN trunc(e.exact, 9) > e.exact THEN 0.000000001 ELSE 0 END AS down
        FROM exact e
        JOIN living_index i ON i.scenario = e.scenario AND i.kind = e.kind AND i.unit_id = e.unit_id AND i.normalization = e.living_normalization AND i.mean = e.living_mean
    ), remainder AS (
        SELECT r.*, (r.index - sum(r.down) OVER (PARTITION BY r.scenario, r.kind, r.unit_id)) * 1000000000 AS missing,
               row_number() OVER (PARTITION BY r.scenario, r.kind, r.unit_id, r.exact IS NULL ORDER BY round(r.exact - r.down, 15) DESC, r.indicator COLLATE "C") AS place
        FROM rounded r
    )
    SELECT m.scenario, m.kind, m.unit_id, m.name_ko, m.name_en, m.indicator, m.indicator_name_ko, m.indicator_name_en, m.dimension, m.direction,
           m.year, m.value, m.normalized, m.weight, round(m.known_weight, 12) AS known_weight,
           CASE WHEN m.exact IS NOT NULL THEN m.down + CASE WHEN m.place <= m.missing THEN 0.000000001 ELSE 0 END END AS contribution,
           round(m.known_weight - m.exact, 12) AS shortfall, m.index,
           concat_ws('|', m.scenario, m.kind, m.unit_id, m.indicator) AS row_key
    FROM remainder m;
    COMMENT ON VIEW living_part IS 'Where an index of living conditions comes from, under the normalisation and mean of setting: what each figure adds. The contributions of a city or region add up to its index, to the last digit.';
    COMMENT ON COLUMN living_part.scenario IS 'Scenario.';
    COMMENT ON COLUMN living_part.kind IS 'city or region.';
    COMMENT ON COLUMN living_part.unit_id IS 'The city, or the code of the region as text.';
    COMMENT ON COLUMN living_part.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_part.name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_part.indicator IS 'The indicator.';
    COMMENT ON COLUMN living_part.indicator_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_part.indicator_name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_part.dimension IS 'Side of life that it tells of.';
    COMMENT ON COLUMN living_part.direction IS 'max = a high figure is good, min = a low one.';
    COMMENT ON COLUMN living_part.year IS 'Year of the figure.';
    COMMENT ON COLUMN living_part.value IS 'The figure in its own unit; NULL = not known.';
    COMMENT ON COLUMN living_part.normalized IS 'The figure as setting.living_normalization says.';
    COMMENT ON COLUMN living_part.weight IS 'Weight among all indicators, in [0,1].';
    COMMENT ON COLUMN living_part.known_weight IS 'Weight among those whose figure is known; NULL for the others.';
    COMMENT ON COLUMN living_part.contribution IS 'What the figure adds to the index, to 9 decimals by largest remainder. Arithmetic mean: weight times normalised figure. Geometric: the weight less the figure''s share of what the index lacks to 1; negative when one figure spoils more than its weight.';
    COMMENT ON COLUMN living_part.shortfall IS 'What the figure takes from an index of 1: known_weight less the exact contribution. For z-scores, from an index of one standard deviation.';
    COMMENT ON COLUMN living_part.index IS 'The index that the contributions add up to.';
    COMMENT ON COLUMN living_part.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW living_conditions WITH (security_invoker = true) AS
    WITH every AS MATERIALIZED (
        SELECT i.* FROM living_index i
    ), chosen AS MATERIALIZED (
        SELECT e.* FROM every e JOIN setting g ON g.scenario = e.scenario AND g.living_normalization = e.normalization AND g.living_mean = e.mean
    ), spread AS (
        SELECT c.scenario, c.kind, c.unit_id, count(*) AS choices, min(e.rank) AS best_rank, max(e.rank) AS worst_rank
        FROM chosen c JOIN every e ON e.scenario = c.scenario AND e.kind = c.kind AND e.unit_id = c.unit_id AND e.coverage = c.coverage AND e.units = c.units
        GROUP BY c.scenario, c.kind, c.unit_id
    ), part AS MATERIALIZED (
        SELECT p.scenario, p.kind, p.unit_id, p.indicator, p.indicator_name_ko, p.indicator_name_en, p.weight, p.normalized, p.contribution, p.shortfall FROM living_part p
    ), side AS (
        SELECT p.scenario, p.kind, p.unit_id,
               (array_agg(p.indicator_name_ko ORDER BY p.shortfall, p.indicator COLLATE "C") FILTER (WHERE p.shortfall IS NOT NULL))[1] AS strongest_ko,
               (array_agg(p.indicator_name_en ORDER BY p.shortfall, p.indicator COLLATE "C") FILTER (WHERE p.shortfall IS NOT NULL))[1] AS strongest_en,
               (array_agg(p.indicator_name_ko ORDER BY p.shortfall DESC, p.indicator COLLATE "C") FILTER (WHERE p.shortfall IS NOT NULL))[1] AS weakest_ko,
               (array_agg(p.indicator_name_en ORDER BY p.shortfall DESC, p.indicator COLLATE "C") FILTER (WHERE p.shortfall IS NOT NULL))[1] AS weakest_en,
               string_agg(coalesce(p.indicator_name_ko, p.indicator), ', ' ORDER BY p.indicator COLLATE "C") FILTER (WHERE p.normalized IS NULL AND p.weight > 0) AS unknown_ko,
               string_agg(coalesce(p.indicator_name_en, p.indicator), ', ' ORDER BY p.indicator COLLATE "C") FILTER (WHERE p.normalized IS NULL AND p.weight > 0) AS unknown_en
        FROM part p GROUP BY p.scenario, p.kind, p.unit_id
    )
    SELECT e.scenario, e.kind, e.unit_id, e.name_ko, e.name_en, e.index, e.rank, e.units, e.coverage, s.best_rank, s.worst_rank,
           d.strongest_ko, d.strongest_en, d.weakest_ko, d.weakest_en, d.unknown_ko, d.unknown_en, e.normalization, e.mean, s.choices::integer AS choices,
           concat_ws('|', e.scenario, e.kind, e.unit_id) AS row_key
    FROM chosen e
    JOIN spread s ON s.scenario = e.scenario AND s.kind = e.kind AND s.unit_id = e.unit_id
    LEFT JOIN side d ON d.scenario = e.scenario AND d.kind = e.kind AND d.unit_id = e.unit_id;
    COMMENT ON VIEW living_conditions IS 'The index of living conditions of each city and region under the normalisation and mean of setting, its rank, and how far the rank moves under the other choices.';
    COMMENT ON COLUMN living_conditions.scenario IS 'Scenario.';
    COMMENT ON COLUMN living_conditions.kind IS 'city or region; ranked apart.';
    COMMENT ON COLUMN living_conditions.unit_id IS 'The city, or the code of the region as text.';
    COMMENT ON COLUMN living_conditions.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_conditions.name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_conditions.index IS 'The index: see living_index.';
    COMMENT ON COLUMN living_conditions.rank IS 'Rank among those of equal kind and coverage, 1 = best.';
    COMMENT ON COLUMN living_conditions.units IS 'How many are ranked together.';
    COMMENT ON COLUMN living_conditions.coverage IS 'Share of the weight whose figures are known, in [0,1].';
    COMMENT ON COLUMN living_conditions.best_rank IS 'Best rank under the normalisations and means of living_index that rank as many with the same coverage.';
    COMMENT ON COLUMN living_conditions.worst_rank IS 'Worst rank under any of them.';
    COMMENT ON COLUMN living_conditions.strongest_ko IS 'Figure that takes least from the index, in Korean.';
    COMMENT ON COLUMN living_conditions.strongest_en IS 'The same in English.';
    COMMENT ON COLUMN living_conditions.weakest_ko IS 'Figure that takes most from the index, in Korean.';
    COMMENT ON COLUMN living_conditions.weakest_en IS 'The same in English.';
    COMMENT ON COLUMN living_conditions.unknown_ko IS 'Figures that are not known or cannot be normalised, in Korean; NULL = none.';
    COMMENT ON COLUMN living_conditions.unknown_en IS 'The same in English.';
    COMMENT ON COLUMN living_conditions.normalization IS 'Normalisation, as in setting.';
    COMMENT ON COLUMN living_conditions.mean IS 'Mean, as in setting.';
    COMMENT ON COLUMN living_conditions.choices IS 'How many normalisations and means best_rank and worst_rank are over, at most 7.';
    COMMENT ON COLUMN living_conditions.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW living_site WITH (security_invoker = true) AS
    WITH place AS MATERIALIZED (
        SELECT l.scenario, l.unit_id::region_code AS region, l.name_ko, l.name_en, l.index, l.rank, l.units, l.coverage, l.best_rank, l.worst_rank
        FROM living_conditions l WHERE l.kind = 'region'
    ), located AS (
        -- the smallest region with an index that holds the site
        SELECT DISTINCT ON (s.scenario, s.site_id) s.scenario, s.city_id, s.site_id, s.name_ko, s.name_en, s.kind,
               p.region, p.name_ko AS region_name_ko, p.name_en AS region_name_en, p.index, p.rank, p.units, p.coverage, p.best_rank, p.worst_rank
        FROM site s LEFT JOIN place p ON p.scenario = s.scenario AND s.region <@ p.region
        ORDER BY s.scenario, s.site_id, p.region DESC NULLS LAST
    ), origin AS (
        SELECT DISTINCT ON (l.scenario, l.city_id) l.scenario, l.city_id, l.index, l.coverage FROM located l
        WHERE l.kind = 'innovation_city' ORDER BY l.scenario, l.city_id, l.site_id COLLATE "C"
    )
    SELECT l.scenario, l.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, l.site_id, l.name_ko, l.name_en, l.kind,
           l.region::text AS region, l.region_name_ko, l.region_name_en, l.index, l.rank, l.units, l.coverage, l.best_rank, l.worst_rank,
           CASE WHEN l.coverage = o.coverage THEN l.index - o.index END AS difference,
           concat_ws('|', l.scenario, l.site_id) AS row_key
    FROM located l
    JOIN city c ON c.scenario = l.scenario AND c.city_id = l.city_id
    LEFT JOIN origin o ON o.scenario = l.scenario AND o.city_id = l.city_id;
    COMMENT ON VIEW living_site IS 'Living conditions where the sites of a city lie: the index of the municipality that holds each site, among all municipalities of the country, and the difference to the innovation city''s.';
    COMMENT ON COLUMN living_site.scenario IS 'Scenario.';
    COMMENT ON COLUMN living_site.city_id IS 'The city.';
    COMMENT ON COLUMN living_site.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_site.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_site.site_id IS 'The site.';
    COMMENT ON COLUMN living_site.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_site.name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_site.kind IS 'innovation_city, old_downtown, surrounding_centre or other.';
    COMMENT ON COLUMN living_site.region IS 'Smallest region with an index that holds the site, as text; NULL = none.';
    COMMENT ON COLUMN living_site.region_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN living_site.region_name_en IS 'Its name in English.';
    COMMENT ON COLUMN living_site.index IS 'Index of that region, among all regions.';
    COMMENT ON COLUMN living_site.rank IS 'Its rank among the regions of equal coverage, 1 = best.';
    COMMENT ON COLUMN living_site.units IS 'How many are ranked together.';
    COMMENT ON COLUMN living_site.coverage IS 'Share of the weight whose figures are known.';
    COMMENT ON COLUMN living_site.best_rank IS 'Best rank under any normalisation and mean.';
    COMMENT ON COLUMN living_site.worst_rank IS 'Worst rank under any of them.';
    COMMENT ON COLUMN living_site.difference IS 'Index less that of the innovation city''s region; NULL at unequal coverage.';
    COMMENT ON COLUMN living_site.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_living_views(text) IS
'Makes or replaces the views living_value, living_index, living_part, living_conditions and living_site of a plan. Called by plan_views, which see.';
