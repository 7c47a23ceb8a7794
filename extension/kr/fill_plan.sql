/*
 * fill_plan.sql
 *	  The sample of a plan: Korea's innovation cities, institutions and regional accounts, copied into the tables that create_plan made.
 *
 * The function's text names no schema: it sets the path to the plan, then innocity_kr, then innocity, wherever they are. A user's own rows
 * in the _kr views win here as everywhere.
 */
CREATE FUNCTION fill_plan(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM set_config('search_path',
        (SELECT format('%I, %s, pg_temp', plan, string_agg(quote_ident(n.nspname), ', ' ORDER BY e.extname DESC))
         FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname IN ('innocity', 'innocity_kr')), true);

    UPDATE setting SET base_year = 2020, sibling_weight = (SELECT k.weight FROM tie_kind_kr k WHERE k.kind = 'sibling')
    WHERE scenario = 'base';

    INSERT INTO city (city_id, name_ko, name_en, competes, theme_ko, theme_en, longitude, latitude, source)
    SELECT c.code, c.name_ko, c.name_en, c.round IS DISTINCT FROM 'sejong', c.theme_ko,
           (SELECT string_agg(g.label_en, ', ' ORDER BY t.place)
            FROM unnest(c.theme_cluster) WITH ORDINALITY t (code, place) JOIN cluster_kr g ON g.code = t.code),
           c.lon, c.lat, c.source
    FROM innovation_city_kr c;
    INSERT INTO city_region (city_id, region)
    SELECT c.code, r.region FROM innovation_city_kr c CROSS JOIN LATERAL unnest(c.region_codes) r (region);
    INSERT INTO city_theme (city_id, cluster, source)
    SELECT c.code, t.cluster, c.source FROM innovation_city_kr c CROSS JOIN LATERAL unnest(c.theme_cluster) t (cluster);
    INSERT INTO site (city_id, site_id, kind, name_ko, name_en, region, longitude, latitude, area_km2, source)
    SELECT c.code, c.code, 'innovation_city', c.name_ko, c.name_en, c.region_code, c.lon, c.lat, c.area_km2, c.source
    FROM innovation_city_kr c;
    UPDATE setting SET home_city_id = (SELECT c.city_id FROM city c WHERE c.scenario = 'base' AND c.city_id = 'NJ') WHERE scenario = 'base';

    INSERT INTO institution (institution_id, name_ko, name_en, abbreviation, ministry, type, status, head_office, place_ko, place_en, city_id,
                             relocated_year, cluster, category, headcount, confidence, source)
    SELECT i.id, i.name_ko, i.name_en, i.abbr, i.ministry, i.type, i.status, i.hq_region, i.hq_city,
           concat_ws(', ', label(i.hq_region, 'en'), label(parent(i.hq_region), 'en')), i.innovation_city,
           -- quotas of the allocation count function groups: energy, agri, ict, culture ...
           i.relocated_year, i.cluster::text, lower(split_part(i.cluster::text, ':', 2)), i.employees, i.confidence, i.source
    FROM institution_kr i;
    INSERT INTO institution_sector (institution_id, sector, weight, source)
    SELECT p.institution_id, p.ksic_10, p.weight, p.source FROM institution_sector_kr p;
    INSERT INTO asset (asset_id, city_id, name_ko, name_en, confidence, source)
    SELECT a.id, a.city, a.name_ko, a.name_en, a.confidence, a.source FROM asset_kr a;
    INSERT INTO asset_sector (asset_id, sector, weight, source)
    SELECT p.asset_id, p.ksic_10, p.weight, p.source FROM asset_sector_kr p;

    DELETE FROM tie_kind WHERE scenario = 'base';
    INSERT INTO tie_kind (kind, weight) SELECT k.kind, k.weight FROM tie_kind_kr k WHERE k.kind <> 'sibling';
    INSERT INTO affiliation (parent_id, subsidiary_id, kind, source)
    SELECT coalesce(a.parent_id, a.parent), coalesce(a.subsidiary_id, a.subsidiary), a.kind, a.source FROM affiliation_kr a;

    INSERT INTO region_activity (year, region, sector, value, source)
    SELECT a.year, a.code, a.industry, a.value_mkrw, a.source FROM region_industry_kr a;
    INSERT INTO sector_flow (seller, buyer, value, source)
    SELECT f.row_code, f.col_code, f.value_mkrw, f.source
    FROM input_output_kr f
    JOIN input_output_code_kr s ON s.code = f.row_code AND s.kind = 'sector'
    JOIN input_output_code_kr b ON b.code = f.col_code AND b.kind = 'sector';
    -- The table counts money: jobs are the employed of 2015 (annual average as first published on 13 January 2016; the series was revised upwards
    -- later, 2017 by 0.7 percent) by pay, as if all were paid alike. Imports count in what is not exported.
    INSERT INTO flow_sector (sector, output, jobs, import_share, source)
    SELECT x.code, x.output, 25936000 * x.pay / sum(x.pay) OVER (), coalesce(x.imported::float8 / nullif(x.demand - x.exported, 0), 0),
           x.source || '; jobs: 25,936 thousand employed persons, annual average of 2015 (Statistics Korea, employment trends of 13 January 2016) in proportion to compensation of employees, assigned by innocity'
    FROM (SELECT s.code, max(f.value_mkrw) FILTER (WHERE t.label_en = 'Total input') AS output,
                 max(f.value_mkrw::float8) FILTER (WHERE t.label_en = 'Compensation of employees') AS pay,
                 max(f.value_mkrw) FILTER (WHERE t.label_en = 'Total demand') AS demand,
                 max(f.value_mkrw) FILTER (WHERE t.label_en = 'Exports') AS exported,
                 max(f.value_mkrw) FILTER (WHERE t.label_en = 'Total imports') AS imported, min(f.source) AS source
          FROM input_output_code_kr s
          JOIN input_output_kr f ON s.code IN (f.row_code, f.col_code)
          JOIN input_output_code_kr t ON t.kind <> 'sector' AND t.code IN (f.row_code, f.col_code)
          WHERE s.kind = 'sector' GROUP BY s.code) x;
    INSERT INTO sector_bridge (bridge, sector_from, sector_to, weight, source)
    SELECT 'activity', g.ksic_section, g.industry, 1, g.source FROM ksic_group_kr g
    UNION ALL
    SELECT 'flow', o.ksic_10, o.io_row, o.weight, o.source FROM ksic_io_kr o
    UNION ALL
    -- a row of the table lies in the group that holds its sections
    SELECT DISTINCT 'flow_activity', o.io_row, g.industry, 1, g.source
    FROM ksic_io_kr o JOIN ksic_group_kr g ON g.ksic_section @> o.ksic_10;

    -- Figures of a city: its regions taken together. Living conditions follow in fill_territory.
    INSERT INTO city_indicator (city_id, indicator, year, value, source)
    SELECT r.city_id, 'extinction_index', 2010, sum(p.women_20_39)::float8 / sum(p.age_65_plus), min(p.source)
    FROM city_region r JOIN population_2010_census_kr p ON p.code = r.region
    GROUP BY r.city_id HAVING sum(p.age_65_plus) > 0
    UNION ALL
    SELECT r.city_id, 'residents', p.year, sum(p.total), min(p.source)
    FROM city_region r JOIN population_kr p ON p.code = r.region
    GROUP BY r.city_id, p.year;

    INSERT INTO sector_name (sector, name_ko, name_en, source)
    SELECT u.sector, label(u.sector, 'ko'), label(u.sector, 'en'), 'innocity_kr'
    FROM (SELECT p.sector FROM institution_sector p UNION SELECT p.sector FROM asset_sector p
          UNION SELECT a.sector FROM region_activity a UNION SELECT i.cluster::sector_code FROM institution i WHERE i.cluster IS NOT NULL
          UNION SELECT f.seller FROM sector_flow f UNION SELECT f.buyer FROM sector_flow f
          UNION SELECT b.sector_from FROM sector_bridge b UNION SELECT b.sector_to FROM sector_bridge b) u (sector);

    -- Without statistics the planner takes the new tables for nearly empty: the views would join them row by row, for minutes.
    EXECUTE (SELECT 'ANALYZE ' || string_agg(quote_ident(c.relname), ', ' ORDER BY c.relname)
             FROM pg_class c WHERE c.relnamespace = quote_ident(plan)::regnamespace AND c.relkind = 'r');
END
$function$;
COMMENT ON FUNCTION fill_plan(text) IS
'Fills a new plan with the sample: 13 cities, 378 institutions with profiles and affiliations, the assets of Naju, value added by region and industry group, the input-output table and its bridges. Called by create_plan(name, sample => true), which see.';
