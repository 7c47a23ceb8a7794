/*
 * fill_territory.sql
 *	  The territory of a sample plan: Korea's regions, their borders, residents and living conditions; the surroundings of the cities.
 */
CREATE FUNCTION fill_territory(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM set_config('search_path',
        (SELECT format('%I, %s, pg_temp', plan, string_agg(quote_ident(n.nspname), ', ' ORDER BY e.extname DESC))
         FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('innocity', 'innocity_kr')), true);

    INSERT INTO region (region, name_ko, name_en, capital, longitude, latitude, source)
    SELECT r.code, r.name_ko, r.name_en, r.code IN ('11', '28', '41'), r.lon, r.lat, r.source
    FROM region_kr r WHERE r.level <= 2;

    -- borders of districts are those of their cities
    INSERT INTO region_neighbour (region, neighbour)
    SELECT DISTINCT ancestor(a.code, 2), ancestor(a.neighbour, 2)
    FROM region_adjacency_kr a WHERE ancestor(a.code, 2) <> ancestor(a.neighbour, 2);

    INSERT INTO region_indicator (region, indicator, year, value, source)
    SELECT p.code, 'residents', p.year, p.total, p.source
    FROM population_kr p JOIN region_kr r ON r.code = p.code AND r.level = 2
    UNION ALL
    SELECT p.code, 'extinction_index', 2010, p.extinction_index, p.source
    FROM population_2010_census_kr p JOIN region_kr r ON r.code = p.code AND r.level = 2 WHERE p.extinction_index IS NOT NULL;

    -- Living conditions of municipalities, and of cities: counts and populations of their regions added up, then divided. Doctors are published by
    -- district where a city has districts (zeros, of Bucheon and Changwon, are not known). A city with a region that has no figure has none.
    WITH district AS MATERIALIZED (
        SELECT r.parent AS code, count(*) AS number FROM region_kr r WHERE r.level = 3 GROUP BY r.parent
    ), figure AS MATERIALIZED (
        SELECT i.code, i.year, i.indicator, i.value::numeric AS value, i.source FROM region_indicator_kr i
        WHERE level(i.code) = 2 AND NOT (i.indicator = 'doctors' AND (i.value = 0 OR i.code IN (SELECT d.code FROM district d)))
        UNION ALL
        SELECT d.code, i.year, i.indicator, sum(i.value::numeric), min(i.source)
        FROM region_indicator_kr i JOIN district d ON d.code = parent(i.code)
        WHERE level(i.code) = 3 AND i.indicator = 'doctors'
        GROUP BY d.code, d.number, i.year, i.indicator HAVING count(*) = d.number AND sum(i.value::numeric) > 0
    ), person AS MATERIALIZED (
        SELECT p.code, p.year, p.total, p.female, p.source FROM population_kr p JOIN region_kr r ON r.code = p.code AND r.level = 2
    ), base AS MATERIALIZED (
        -- numerator and denominator of each figure
        SELECT f.code, 'doctors_per_1000_residents' AS indicator, f.year, 1000 * f.value AS above, p.total::numeric AS below, f.source || '; ' || p.source AS source
        FROM figure f JOIN person p ON p.code = f.code AND p.year = f.year WHERE f.indicator = 'doctors'
        UNION ALL
        SELECT f.code, 'welfare_facilities_per_10000_residents', f.year, 10000 * f.value, p.total, f.source || '; ' || p.source
        FROM figure f JOIN person p ON p.code = f.code AND p.year = f.year WHERE f.indicator = 'welfare_residential_facilities'
        UNION ALL
        SELECT f.code, f.indicator, f.year, f.value * h.value, h.value, f.source
        FROM figure f JOIN figure h ON h.code = f.code AND h.year = f.year AND h.indicator = 'housing_units' WHERE f.indicator = 'vacant_housing_pct' AND h.value > 0
        UNION ALL
        -- births by age of mothers are not at hand: a city's rate is the mean of its regions', weighted by women
        SELECT f.code, f.indicator, f.year, f.value * p.female, p.female, f.source
        FROM figure f JOIN person p ON p.code = f.code AND p.year = f.year WHERE f.indicator = 'total_fertility_rate'
        UNION ALL
        SELECT b.code, 'businesses_per_1000_residents', b.year, 1000 * b.count::numeric, p.total, b.source || '; ' || p.source
        FROM business_kr b JOIN person p ON p.code = b.code AND p.year = b.year WHERE b.kind = 'total'
        UNION ALL
        SELECT p.code, 'residents_5y_index', p.year, 100 * p.total::numeric, o.total, p.source
        FROM person p JOIN person o ON o.code = p.code AND o.year = p.year - 5 WHERE p.year IN (2015, 2020, 2024) AND o.total > 0
    ), of_region AS (
        INSERT INTO region_indicator (region, indicator, year, value, source)
        SELECT b.code, b.indicator, b.year, b.above / b.below, b.source FROM base b WHERE b.below > 0
    )
    INSERT INTO city_indicator (city_id, indicator, year, value, source)
    SELECT r.city_id, b.indicator, b.year, sum(b.above) / sum(b.below), min(b.source)
    FROM city_region r JOIN base b ON b.code = r.region
    WHERE r.scenario = 'base'
    GROUP BY r.city_id, b.indicator, b.year
    HAVING count(*) = (SELECT count(*) FROM city_region c WHERE c.scenario = 'base' AND c.city_id = r.city_id) AND sum(b.below) > 0;
    INSERT INTO living_indicator (indicator, name_ko, name_en, dimension, direction, source) VALUES
        ('doctors_per_1000_residents', '인구 천 명당 의사', 'Doctors per 1,000 residents', 'health', 'max', 'chosen by innocity'),
        ('vacant_housing_pct', '빈집 비율 (%)', 'Vacant housing, percent', 'housing', 'min', 'chosen by innocity'),
        ('welfare_facilities_per_10000_residents', '인구 만 명당 사회복지 생활시설', 'Residential welfare facilities per 10,000 residents', 'care', 'max', 'chosen by innocity'),
        ('total_fertility_rate', '합계출산율', 'Total fertility rate', 'family', 'max', 'chosen by innocity'),
        ('businesses_per_1000_residents', '인구 천 명당 사업자', 'Businesses per 1,000 residents', 'work', 'max', 'chosen by innocity'),
        ('residents_5y_index', '인구 (5년 전 = 100)', 'Residents (five years before = 100)', 'people', 'max', 'chosen by innocity');

    INSERT INTO site (city_id, site_id, kind, name_ko, name_en, region, longitude, latitude, source)
    SELECT c.city_id, c.city_id || '-' || r.region, 'surrounding_centre', r.name_ko, r.name_en, r.region, r.longitude, r.latitude, r.source
    FROM city c JOIN region r ON r.scenario = c.scenario
    WHERE c.scenario = 'base'
      AND EXISTS (SELECT FROM city_region h JOIN region_neighbour n ON n.scenario = h.scenario AND n.region = h.region
                  WHERE h.scenario = c.scenario AND h.city_id = c.city_id AND n.neighbour = r.region)
      AND NOT EXISTS (SELECT FROM city_region h WHERE h.scenario = c.scenario AND h.city_id = c.city_id AND h.region = r.region)
    UNION ALL
    SELECT k.city, k.id, k.kind, k.name_ko, k.name_en, k.region, k.lon, k.lat, k.source
    FROM site_kr k JOIN city c ON c.scenario = 'base' AND c.city_id = k.city
    WHERE NOT EXISTS (SELECT FROM site o WHERE o.scenario = 'base' AND o.site_id = k.id);
    UPDATE site SET region = k.region, longitude = k.lon, latitude = k.lat, source = k.source
    FROM site_kr k WHERE site.scenario = 'base' AND site.site_id = k.id AND k.kind = 'innovation_city';
    ANALYZE city_indicator, living_indicator, region, region_indicator, region_neighbour, site;
END
$function$;
COMMENT ON FUNCTION fill_territory(text) IS
'Fills scenario base of a new plan with Korea''s provinces and municipalities, their borders, residents and living conditions, and the sites around the cities: each bordering municipality by its middle, and those of site_kr. create_plan(name, sample => true) calls it.';
