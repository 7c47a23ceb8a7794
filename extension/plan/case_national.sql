-- The argument before the nation: all cities beside one another, year by year, and as one page to read aloud.

CREATE FUNCTION plan_case_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW case_national_year WITH (security_invoker = true) AS
    WITH resident AS MATERIALIZED (
        SELECT i.scenario, i.year, i.region, i.value FROM region_indicator i WHERE i.indicator = 'residents'
    ), capital AS MATERIALIZED (
        -- few, and looked through once a row: of the whole table that would be dear enough to have the query compiled, for seconds
        SELECT c.scenario, c.region FROM region c WHERE c.capital
    ), people AS MATERIALIZED (
        SELECT r.scenario, r.year, sum(r.value::numeric)::float8 AS residents,
               coalesce((sum(r.value::numeric) FILTER (WHERE EXISTS (SELECT FROM capital c WHERE c.scenario = r.scenario AND r.region <@ c.region)))::float8, 0) AS capital
        FROM resident r GROUP BY r.scenario, r.year
    ), nation AS MATERIALIZED (
        SELECT n.*, n.regions = max(n.regions) OVER (PARTITION BY n.scenario) AS complete FROM national_inequality n
    ), town_activity AS MATERIALIZED (
        -- a region that lies in two regions of one city counts once
        SELECT d.scenario, d.city_id, d.year, sum(d.value::numeric)::float8 AS activity
        FROM (SELECT DISTINCT c.scenario, c.city_id, a.year, a.region, a.sector, a.value
              FROM city_region c JOIN region_activity a ON a.scenario = c.scenario AND a.region <@ c.region) d
        GROUP BY d.scenario, d.city_id, d.year
    ), figure AS MATERIALIZED (
        SELECT i.scenario, i.city_id, i.year, max(i.value) FILTER (WHERE i.indicator = 'residents') AS residents,
               max(i.value) FILTER (WHERE i.indicator = 'extinction_index') AS extinction_index
        FROM city_indicator i WHERE i.indicator IN ('residents', 'extinction_index') GROUP BY i.scenario, i.city_id, i.year
    ), years AS (
        SELECT p.scenario, p.year FROM people p UNION SELECT n.scenario, n.year FROM nation n UNION SELECT f.scenario, f.year FROM figure f
    ), town AS (
        SELECT c.scenario, y.year, c.city_id, c.name_ko, c.name_en, c.competes, f.residents, f.extinction_index, a.activity, a.activity / nullif(f.residents, 0) AS per_resident
        FROM city c
        JOIN years y ON y.scenario = c.scenario
        LEFT JOIN figure f ON f.scenario = c.scenario AND f.city_id = c.city_id AND f.year = y.year
        LEFT JOIN town_activity a ON a.scenario = c.scenario AND a.city_id = c.city_id AND a.year = y.year
    )
    SELECT t.scenario, t.year, t.city_id, t.name_ko AS city_name_ko, t.name_en AS city_name_en, t.competes,
           t.residents, t.residents / nullif(p.residents, 0) AS share_of_residents,
           t.activity, t.activity / nullif(n.activity, 0) AS share_of_activity, t.per_resident AS activity_per_resident,
           100 * t.per_resident / nullif(n.activity / nullif(n.residents, 0), 0) AS activity_per_resident_index,
           CASE WHEN t.competes AND t.per_resident IS NOT NULL
                THEN rank() OVER (PARTITION BY t.scenario, t.year, t.competes ORDER BY t.per_resident DESC NULLS LAST) END::integer AS activity_rank,
           t.extinction_index,
           n.regions, n.complete, n.capital_share_activity, p.capital / nullif(p.residents, 0) AS capital_share_residents, n.theil, n.theil_between, n.theil_within,
           concat_ws('|', t.scenario, t.year, t.city_id) AS row_key
    FROM town t
    LEFT JOIN people p ON p.scenario = t.scenario AND p.year = t.year
    LEFT JOIN nation n ON n.scenario = t.scenario AND n.year = t.year;
    COMMENT ON VIEW case_national_year IS 'Year by year and city by city: residents, activity and extinction of each city, beside the weight of the capital area and the inequality of the nation in that year. Figures that a year does not have are NULL.';
    COMMENT ON COLUMN case_national_year.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN case_national_year.year IS 'A year for which residents, activity or a figure of a city is known.';
    COMMENT ON COLUMN case_national_year.city_id IS 'The city.';
    COMMENT ON COLUMN case_national_year.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN case_national_year.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN case_national_year.competes IS 'It competes for candidates.';
    COMMENT ON COLUMN case_national_year.residents IS 'Residents of its regions, persons.';
    COMMENT ON COLUMN case_national_year.share_of_residents IS 'The same as a share of all residents of region_indicator, in [0,1].';
    COMMENT ON COLUMN case_national_year.activity IS 'Activity of its regions in all sectors, in the unit of region_activity.';
    COMMENT ON COLUMN case_national_year.share_of_activity IS 'The same as a share of all regions with activity, in [0,1].';
    COMMENT ON COLUMN case_national_year.activity_per_resident IS 'activity / residents.';
    COMMENT ON COLUMN case_national_year.activity_per_resident_index IS 'The same, 100 = all regions with activity whose residents are known.';
    COMMENT ON COLUMN case_national_year.activity_rank IS 'Rank among the competing cities by activity per resident, 1 = most.';
    COMMENT ON COLUMN case_national_year.extinction_index IS 'Women from 20 to 39 divided by residents from 65 on, of that year; below 0.5 is at risk.';
    COMMENT ON COLUMN case_national_year.regions IS 'Regions of the nation with activity in that year.';
    COMMENT ON COLUMN case_national_year.complete IS 'No year has activity for more regions; compare national figures among such years.';
    COMMENT ON COLUMN case_national_year.capital_share_activity IS 'Share of the capital area in the activity of all regions, in [0,1].';
    COMMENT ON COLUMN case_national_year.capital_share_residents IS 'Share of the capital area in all residents of region_indicator, in [0,1], whether or not their regions have activity.';
    COMMENT ON COLUMN case_national_year.theil IS 'Theil T of activity per resident among all regions, weighted by residents; 0 = equal.';
    COMMENT ON COLUMN case_national_year.theil_between IS 'The part of it between provinces.';
    COMMENT ON COLUMN case_national_year.theil_within IS 'The part of it within provinces.';
    COMMENT ON COLUMN case_national_year.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW case_national WITH (security_invoker = true) AS
    WITH partner AS (
        SELECT p.scenario, p.city_id, count(*) FILTER (WHERE p.kind = 'incumbent') AS incumbents, count(*) FILTER (WHERE p.kind = 'asset') AS assets
        FROM city_partner p GROUP BY p.scenario, p.city_id),
    rank AS (
        SELECT r.scenario, r.city_id, count(*) FILTER (WHERE r.rank_of_city = 1) AS first_choices,
               avg(r.score) FILTER (WHERE r.rank_in_city <= 20) AS mean_score,
               max(r.coverage) AS coverage
        FROM synergy_rank r WHERE r.candidate_kind = 'capital' GROUP BY r.scenario, r.city_id),
    year AS MATERIALIZED (
        SELECT y.* FROM case_national_year y),
    resident AS (
        SELECT y.scenario, y.city_id, min(y.year) AS first_year, max(y.year) AS last_year FROM year y WHERE y.residents IS NOT NULL GROUP BY y.scenario, y.city_id),
    extinction AS (
        SELECT y.scenario, y.city_id, max(y.year) AS last_year FROM year y WHERE y.extinction_index IS NOT NULL GROUP BY y.scenario, y.city_id),
    national AS (
        -- the latest year of the nation, and the first that covers as many regions
        SELECT y.scenario, y.city_id, max(y.year) FILTER (WHERE y.complete) AS last_year, min(y.year) FILTER (WHERE y.complete) AS first_year,
               string_agg(format('%s: %s %%%s', y.year, round(100 * y.capital_share_activity::numeric, 1), CASE WHEN NOT y.complete THEN format(' (%s)', y.regions) END),
                          ', ' ORDER BY y.year) FILTER (WHERE y.capital_share_activity IS NOT NULL) AS capital_shares,
               string_agg(format('%s: %s%s', y.year, round(y.theil::numeric, 4), CASE WHEN NOT y.complete THEN format(' (%s)', y.regions) END),
                          ', ' ORDER BY y.year) FILTER (WHERE y.theil IS NOT NULL) AS theils
        FROM year y GROUP BY y.scenario, y.city_id)
    SELECT c.scenario, c.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, c.competes,
           coalesce(p.incumbents, 0)::integer AS incumbents, coalesce(p.assets, 0)::integer AS assets,
           r.first_choices::integer AS first_choices, round(r.mean_score, 9) AS mean_score_first_20, r.coverage,
           l.residents, d.last_year AS residents_year, 100 * (l.residents / nullif(f.residents, 0) - 1) AS residents_change_pct, d.first_year AS residents_since,
           x.extinction_index, x.year AS extinction_year,
           a.year AS activity_year, a.activity, a.share_of_activity, a.activity_per_resident_index, a.activity_rank,
           a.capital_share_activity, a.capital_share_residents, a.theil, a.theil_between, a.theil_within,
           b.year AS compared_with, a.capital_share_activity - b.capital_share_activity AS capital_share_change, a.theil - b.theil AS theil_change,
           n.capital_shares AS capital_share_by_year, n.theils AS theil_by_year,
           concat_ws('|', c.scenario, c.city_id) AS row_key
    FROM city c
    LEFT JOIN partner p USING (scenario, city_id)
    LEFT JOIN rank r USING (scenario, city_id)
    LEFT JOIN resident d USING (scenario, city_id)
    LEFT JOIN extinction e USING (scenario, city_id)
    LEFT JOIN national n USING (scenario, city_id)
    LEFT JOIN year l ON l.scenario = c.scenario AND l.city_id = c.city_id AND l.year = d.last_year
    LEFT JOIN year f ON f.scenario = c.scenario AND f.city_id = c.city_id AND f.year = d.first_year
    LEFT JOIN year x ON x.scenario = c.scenario AND x.city_id = c.city_id AND x.year = e.last_year
    LEFT JOIN year a ON a.scenario = c.scenario AND a.city_id = c.city_id AND a.year = n.last_year
    LEFT JOIN year b ON b.scenario = c.scenario AND b.city_id = c.city_id AND b.year = n.first_year;
    COMMENT ON VIEW case_national IS 'All cities on one page, for the argument before the nation: what they have, for whom they come first, how many live there, how close they are to extinction, what they produce, and the weight of the capital area and the inequality of the nation, which are the same in every row. case_national_page says it in sentences.';
    COMMENT ON COLUMN case_national.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN case_national.city_id IS 'The city.';
    COMMENT ON COLUMN case_national.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN case_national.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN case_national.competes IS 'It competes for candidates.';
    COMMENT ON COLUMN case_national.incumbents IS 'Institutions that are there.';
    COMMENT ON COLUMN case_national.assets IS 'National projects and facilities that are there.';
    COMMENT ON COLUMN case_national.first_choices IS 'Candidates of the capital area for whom it comes first among the competing cities.';
    COMMENT ON COLUMN case_national.mean_score_first_20 IS 'Mean score of its twenty best candidates of the capital area (with ties), in [0,1]; compare within equal coverage only.';
    COMMENT ON COLUMN case_national.coverage IS 'Share of the weight that had data, in [0,1].';
    COMMENT ON COLUMN case_national.residents IS 'Residents of its regions in the latest year.';
    COMMENT ON COLUMN case_national.residents_year IS 'That year.';
    COMMENT ON COLUMN case_national.residents_change_pct IS 'Change of the residents since the first year, percent.';
    COMMENT ON COLUMN case_national.residents_since IS 'That first year.';
    COMMENT ON COLUMN case_national.extinction_index IS 'Women from 20 to 39 divided by residents from 65 on; below 0.5 is at risk.';
    COMMENT ON COLUMN case_national.extinction_year IS 'Year of that index.';
    COMMENT ON COLUMN case_national.activity_year IS 'Latest year in which activity covers the most regions: that of the columns from activity to theil_within.';
    COMMENT ON COLUMN case_national.activity IS 'Activity of the city''s regions, in the unit of region_activity.';
    COMMENT ON COLUMN case_national.share_of_activity IS 'The same as a share of all regions, in [0,1].';
    COMMENT ON COLUMN case_national.activity_per_resident_index IS 'Activity per resident, 100 = the nation.';
    COMMENT ON COLUMN case_national.activity_rank IS 'Rank among the competing cities by activity per resident, 1 = most.';
    COMMENT ON COLUMN case_national.capital_share_activity IS 'Share of the capital area in the nation''s activity, in [0,1].';
    COMMENT ON COLUMN case_national.capital_share_residents IS 'Share of the capital area in the nation''s residents, in [0,1].';
    COMMENT ON COLUMN case_national.theil IS 'Theil T of activity per resident among the regions of the nation; 0 = equal.';
    COMMENT ON COLUMN case_national.theil_between IS 'The part of it between provinces.';
    COMMENT ON COLUMN case_national.theil_within IS 'The part of it within provinces.';
    COMMENT ON COLUMN case_national.compared_with IS 'First year that covers as many regions: what the two changes are against.';
    COMMENT ON COLUMN case_national.capital_share_change IS 'Change of capital_share_activity since that year.';
    COMMENT ON COLUMN case_national.theil_change IS 'Change of theil since that year.';
    COMMENT ON COLUMN case_national.capital_share_by_year IS 'Share of the capital area in the activity, percent, year by year; in brackets the number of regions where it is not all of them.';
    COMMENT ON COLUMN case_national.theil_by_year IS 'Theil T year by year, brackets likewise.';
    COMMENT ON COLUMN case_national.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW case_national_page WITH (security_invoker = true) AS
    WITH year AS MATERIALIZED (
        SELECT DISTINCT y.scenario, y.year, y.regions, y.complete, y.capital_share_activity, y.capital_share_residents, y.theil, y.theil_between, y.theil_within
        FROM case_national_year y WHERE y.capital_share_activity IS NOT NULL
    ), widest AS (
        SELECT y.scenario, max(y.regions) AS regions FROM year y GROUP BY y.scenario
    ), line AS (
        SELECT y.scenario, 1 AS part, y.year::numeric AS place, 'nation' AS item_id, '전국 ' || y.year AS item_ko, 'nation ' || y.year AS item_en,
               concat_ws('; ', '수도권 비중 생산 ' || round(100 * y.capital_share_activity::numeric, 1) || ' %' || coalesce(', 인구 ' || round(100 * y.capital_share_residents::numeric, 1) || ' %', ''),
                         '타일 지수 ' || round(y.theil::numeric, 4) || ' (시도 사이 ' || round(y.theil_between::numeric, 4) || ', 시도 안 ' || round(y.theil_within::numeric, 4) || ')',
                         CASE WHEN NOT y.complete THEN w.regions || '개 시군구 가운데 ' || y.regions || '개만' END) AS text_ko,
               concat_ws('; ', 'capital area ' || round(100 * y.capital_share_activity::numeric, 1) || ' % of activity' || coalesce(', ' || round(100 * y.capital_share_residents::numeric, 1) || ' % of residents', ''),
                         'Theil ' || round(y.theil::numeric, 4) || ' (between provinces ' || round(y.theil_between::numeric, 4) || ', within ' || round(y.theil_within::numeric, 4) || ')',
                         CASE WHEN NOT y.complete THEN 'only ' || y.regions || ' of ' || w.regions || ' regions' END) AS text_en
        FROM year y JOIN widest w ON w.scenario = y.scenario
        UNION ALL
        SELECT c.scenario, CASE WHEN c.competes THEN 2 ELSE 3 END,
               row_number() OVER (PARTITION BY c.scenario, c.competes ORDER BY c.extinction_index NULLS LAST, c.city_id COLLATE "C"), c.city_id, c.city_name_ko, c.city_name_en,
               concat_ws('; ', '주민 ' || to_char(c.residents, 'FM999,999,999') || '명'
                             || coalesce(' (' || c.residents_since || '년 이래 ' || to_char(c.residents_change_pct, 'SFM990.0') || ' %)', ''),
                         '소멸위험지수 ' || round(c.extinction_index::numeric, 2) || ' (' || c.extinction_year || '년)',
                         '1인당 생산 ' || round(c.activity_per_resident_index::numeric) || ' (전국 100)',
                         '이전·기존 기관 ' || c.incumbents || '곳', CASE WHEN c.competes THEN '첫째로 꼽는 후보 ' || c.first_choices || '곳' END,
                         '상위 20 평균 점수 ' || round(c.mean_score_first_20, 3) || CASE WHEN c.coverage < 1 THEN ' (자료 비중 ' || trim_scale(round(c.coverage, 2)) || ')' ELSE '' END,
                         CASE WHEN NOT c.competes THEN '경쟁 대상이 아님' END),
               concat_ws('; ', to_char(c.residents, 'FM999,999,999') || ' residents'
                             || coalesce(' (' || to_char(c.residents_change_pct, 'SFM990.0') || ' % since ' || c.residents_since || ')', ''),
                         'extinction index ' || round(c.extinction_index::numeric, 2) || ' (' || c.extinction_year || ')',
                         'activity per resident ' || round(c.activity_per_resident_index::numeric) || ' (nation 100)',
                         c.incumbents || ' incumbent' || CASE WHEN c.incumbents <> 1 THEN 's' ELSE '' END,
                         CASE WHEN c.competes THEN 'first for ' || c.first_choices || ' candidate' || CASE WHEN c.first_choices <> 1 THEN 's' ELSE '' END END,
                         'mean score of the first 20 ' || round(c.mean_score_first_20, 3) || CASE WHEN c.coverage < 1 THEN ' (coverage ' || trim_scale(round(c.coverage, 2)) || ')' ELSE '' END,
                         CASE WHEN NOT c.competes THEN 'does not compete' END)
        FROM case_national c
    )
    SELECT l.scenario, (row_number() OVER (PARTITION BY l.scenario ORDER BY l.part, l.place))::integer AS line,
           l.item_ko, l.text_ko, l.item_en, l.text_en, concat_ws('|', l.scenario, l.part, trim_scale(l.place)) AS row_key
    FROM line l;
    COMMENT ON VIEW case_national_page IS 'The national case as one page to print: the nation year by year, then the competing cities, those closest to extinction first, then the others. Each line in Korean and in English; what is not known is left out.';
    COMMENT ON COLUMN case_national_page.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN case_national_page.line IS 'Number of the line, from the top.';
    COMMENT ON COLUMN case_national_page.item_ko IS 'What the line is about, in Korean: the nation in a year, or a city.';
    COMMENT ON COLUMN case_national_page.text_ko IS 'The line in Korean.';
    COMMENT ON COLUMN case_national_page.item_en IS 'What the line is about, in English.';
    COMMENT ON COLUMN case_national_page.text_en IS 'The line in English.';
    COMMENT ON COLUMN case_national_page.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_case_views(text) IS
'Makes or replaces the views case_national_year, case_national and case_national_page of a plan. Called by plan_views, which see.';
