-- The reasons of one score, for those who think in functions rather than views.

CREATE FUNCTION synergy_explain(plan text, institution text, city text, scenario text DEFAULT 'base',
    OUT institution_id text, OUT city_id text, OUT part text, OUT own_sector text, OUT partner_sector text,
    OUT partner_id text, OUT partner_name_ko text, OUT partner_name_en text, OUT contribution numeric,
    OUT own_sector_name_ko text, OUT own_sector_name_en text, OUT partner_sector_name_ko text, OUT partner_sector_name_en text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 200 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    known record;
    found_plan boolean;
BEGIN
    EXECUTE format('SELECT %I.is_plan($1)', home) INTO found_plan USING plan;
    IF NOT found_plan THEN
        RAISE EXCEPTION '"%" is no plan', plan
            USING ERRCODE = 'wrong_object_type', HINT = 'Make one with create_plan(name).';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.setting s WHERE s.scenario = $1) AS scenario,
                           EXISTS (SELECT FROM %1$I.institution i WHERE i.scenario = $1 AND i.institution_id = $2) AS institution,
                           EXISTS (SELECT FROM %1$I.city c WHERE c.scenario = $1 AND c.city_id = $3) AS city', plan)
        INTO known USING scenario, institution, city;
    IF NOT known.scenario THEN
        RAISE EXCEPTION 'plan "%" has no scenario "%"', plan, scenario
            USING ERRCODE = 'no_data_found', HINT = 'The table setting lists the scenarios.';
    ELSIF NOT known.institution THEN
        RAISE EXCEPTION 'plan "%" has no institution "%"', plan, institution
            USING ERRCODE = 'no_data_found', HINT = 'The table institution lists the identifiers; find_institution of innocity_kr finds them by name.';
    ELSIF NOT known.city THEN
        RAISE EXCEPTION 'plan "%" has no city "%"', plan, city
            USING ERRCODE = 'no_data_found', HINT = 'The table city lists the identifiers.';
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT r.institution_id, r.city_id, r.part, r.own_sector, r.partner_sector, r.partner_id, r.partner_name_ko, r.partner_name_en,
                r.contribution, r.own_sector_name_ko, r.own_sector_name_en, r.partner_sector_name_ko, r.partner_sector_name_en
         FROM %I.synergy_reason r
         WHERE r.scenario = $1 AND r.institution_id = $2 AND r.city_id = $3
         ORDER BY r.contribution DESC, r.row_key COLLATE "C"', plan) USING scenario, institution, city;
END
$function$;
COMMENT ON FUNCTION synergy_explain(text, text, text, text) IS
'The reasons of one institution''s score in one city, greatest first: rows of the plan''s view synergy_reason, whose contributions add up to the score (under a power other than 1 by convention: see that view, and synergy_relative). An unknown plan, scenario, institution or city is an error.';
