/*
 * fill_territory.sql
 *	  The territory of a sample plan: Korea's regions, their borders and residents; the surroundings of the cities.
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
END
$function$;
COMMENT ON FUNCTION fill_territory(text) IS
'Fills scenario base of a new plan with Korea''s provinces and municipalities, their borders and residents, and the sites around the cities: each bordering municipality by its middle, and those of site_kr. create_plan(name, sample => true) calls it.';
