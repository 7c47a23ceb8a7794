-- create_plan, drop_plan: a plan is a schema, owned by its maker and dumped as ordinary objects.

CREATE FUNCTION is_plan(name text) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
                   WHERE n.nspname = name::name AND c.relname = 'plan_version' AND c.relkind = 'r'
                     AND starts_with(obj_description(c.oid, 'pg_class'), 'One row: marks this schema as a plan of innocity'));
END;
COMMENT ON FUNCTION is_plan(text) IS
'Is there a schema of that name that create_plan made? Told by the comment on its table plan_version. NULL for NULL.';

CREATE FUNCTION create_plan(name text, sample boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    sample_home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                         WHERE e.extname = 'innocity_kr');
BEGIN
    IF name = '' OR name LIKE 'pg\_%' OR octet_length(name) > 63 THEN
        RAISE EXCEPTION 'invalid name of a plan: "%"', name
            USING ERRCODE = 'invalid_name', DETAIL = 'A plan is a schema: its name has 1 to 63 bytes and does not begin with pg_.',
                  HINT = 'Choose a short name, such as naju.';
    END IF;
    IF EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = create_plan.name) THEN
        RAISE EXCEPTION 'schema "%" already exists', name
            USING ERRCODE = 'duplicate_schema', HINT = 'Choose another name, or remove an old plan with drop_plan(name).';
    END IF;
    IF sample AND sample_home IS NULL THEN
        RAISE EXCEPTION 'the sample needs the extension innocity_kr'
            USING ERRCODE = 'undefined_object', HINT = 'Run CREATE EXTENSION innocity_kr first, or leave sample out and fill the tables yourself.';
    END IF;
    EXECUTE format('CREATE SCHEMA %I', name);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, 'A plan of innocity, made by create_plan.');
    PERFORM set_config('search_path', format('%I, %I, pg_temp', name, home), true);
    PERFORM plan_objects(name);
    PERFORM plan_defaults(name);
    IF sample THEN
        EXECUTE format('SELECT %1$I.fill_plan($1), %1$I.fill_territory($1), %1$I.fill_roadmap($1)', sample_home) USING name;
    END IF;
    RETURN name;
END
$function$;
COMMENT ON FUNCTION create_plan(text, boolean) IS
'Makes a plan: a schema of that name with the tables of a plan (empty but for the scenario base, the built-in criteria and kinds of ties) and its views, owned by the caller. sample => true fills it with Korea''s institutions, cities and economy from innocity_kr. Returns the name.';

CREATE FUNCTION plan_objects(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    PERFORM plan_tables(plan);
    PERFORM plan_arrival_tables(plan);
    PERFORM plan_roadmap_tables(plan);
    PERFORM plan_policy_tables(plan);
    PERFORM plan_snapshot_tables(plan);
    PERFORM plan_robustness_tables(plan);
    PERFORM plan_simulation_tables(plan);
    PERFORM plan_sensitivity_tables(plan);
    PERFORM plan_import_tables(plan);
    PERFORM plan_allocation_tables(plan);
    PERFORM plan_draft_tables(plan);
    PERFORM plan_package_tables(plan);
    PERFORM plan_pair_bonus_tables(plan);
    PERFORM plan_territory_tables(plan);
    PERFORM plan_living_tables(plan);
    PERFORM plan_views(plan);
END
$function$;
COMMENT ON FUNCTION plan_objects(text) IS
'Makes the empty tables and the views of a plan in an existing, empty schema. Called by create_plan and upgrade_plan, which see.';

CREATE FUNCTION plan_defaults(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    INSERT INTO plan_version (innocity_version) SELECT extversion FROM pg_extension WHERE extname = 'innocity';
    INSERT INTO setting (scenario, name_ko, name_en) VALUES ('base', '기본안', 'Base');
    INSERT INTO criterion (criterion, name_ko, name_en, weight, source) VALUES
        ('localization', '특화', 'Localization', 0.15, 'default of innocity'),
        ('relatedness', '산업 관련성', 'Relatedness', 0.10, 'default of innocity'),
        ('linkage', '산업 연관', 'Input-output linkage', 0.10, 'default of innocity'),
        ('complementarity', '기관 상보성', 'Complementarity', 0.45, 'default of innocity'),
        ('affiliation', '소속 관계', 'Affiliation', 0.20, 'default of innocity'),
        ('labour', '인력 관련성', 'Labour', 0, 'default of innocity'),
        ('absorption', '수용력', 'Absorption', 0, 'default of innocity');
    INSERT INTO tie_kind (kind, weight) VALUES
        ('equity', 1), ('division', 1), ('attached_institute', 1), ('supervision', 1), ('research_council', 0.5);
END
$function$;
COMMENT ON FUNCTION plan_defaults(text) IS
'Puts the rows of a new plan into its tables: scenario base, built-in criteria, kinds of ties. Called by create_plan, which see.';

CREATE FUNCTION plan_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    PERFORM plan_economy_views(plan);
    PERFORM plan_committee_views(plan);
    PERFORM plan_synergy_input(plan);
    PERFORM plan_arrival_views(plan);
    PERFORM plan_synergy_views(plan);
    PERFORM plan_quadrant_views(plan);
    PERFORM plan_relative_views(plan);
    PERFORM plan_sentence_views(plan);
    PERFORM plan_method_views(plan);
    PERFORM plan_check_views(plan);
    PERFORM plan_allocation_views(plan);
    PERFORM plan_pair_bonus_views(plan);
    PERFORM plan_draft_views(plan);
    PERFORM plan_package_views(plan);
    PERFORM plan_robustness_views(plan);
    PERFORM plan_sensitivity_views(plan);
    PERFORM plan_import_views(plan);
    PERFORM plan_roadmap_views(plan);
    PERFORM plan_simulation_views(plan);
    PERFORM plan_snapshot_views(plan);
    PERFORM plan_territory_views(plan);
    PERFORM plan_case_views(plan);
    PERFORM plan_living_views(plan);
END
$function$;
COMMENT ON FUNCTION plan_views(text) IS
'Makes the views of a plan, floor by floor. Called by plan_objects, which see.';

CREATE FUNCTION drop_plan(name text) RETURNS text
-- the list of two hundred objects that go with the schema is no news
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    IF NOT is_plan(name) THEN
        RAISE EXCEPTION '"%" is no plan', name
            USING ERRCODE = 'wrong_object_type', DETAIL = 'The schema does not exist or was not made by create_plan.',
                  HINT = 'DROP SCHEMA removes a schema that is no plan.';
    END IF;
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
    RETURN name;
END
$function$;
COMMENT ON FUNCTION drop_plan(text) IS
'Drops a plan with all that is in its schema, rows and the user''s own objects too. Refuses a schema that create_plan did not make (42809). Returns the name.';
