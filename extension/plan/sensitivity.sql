-- What hangs on one thing: a part of the score, an incumbent, an asset, a candidate that comes first. Each is left out or let in alone, and
-- the ranking of a city is worked out again, in one query over variants of the city; the plan's own rows stay as they are.

CREATE FUNCTION plan_sensitivity_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE sensitivity_run (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        city_id text NOT NULL,
        top integer NOT NULL,
        PRIMARY KEY (scenario, run),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE sensitivity_run IS 'Which city a run of kind sensitivity looked at.';
    COMMENT ON COLUMN sensitivity_run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sensitivity_run.run IS 'The run.';
    COMMENT ON COLUMN sensitivity_run.city_id IS 'The city whose candidates were ranked.';
    COMMENT ON COLUMN sensitivity_run.top IS 'How many places count as the top.';

    CREATE TABLE sensitivity_row (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        change text NOT NULL,
        object_id text NOT NULL,
        candidate_kind text NOT NULL,
        institution_id text NOT NULL,
        rank_before integer,
        rank_after integer,
        score_before numeric,
        score_after numeric,
        PRIMARY KEY (scenario, run, change, object_id, candidate_kind, institution_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE sensitivity_row IS 'Rows of a run of kind sensitivity: a candidate before and after one change. Candidates outside the top that neither change rank nor score are not stored.';
    COMMENT ON COLUMN sensitivity_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sensitivity_row.run IS 'The run.';
    COMMENT ON COLUMN sensitivity_row.change IS 'without part, without incumbent, without asset, or with candidate: the one thing that differs.';
    COMMENT ON COLUMN sensitivity_row.object_id IS 'Which part, incumbent, asset or candidate.';
    COMMENT ON COLUMN sensitivity_row.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN sensitivity_row.institution_id IS 'The candidate.';
    COMMENT ON COLUMN sensitivity_row.rank_before IS 'Rank under the plan as it is; NULL when it was not ranked.';
    COMMENT ON COLUMN sensitivity_row.rank_after IS 'Rank after the change; NULL when it is not ranked any more.';
    COMMENT ON COLUMN sensitivity_row.score_before IS 'Score under the plan as it is.';
    COMMENT ON COLUMN sensitivity_row.score_after IS 'Score after the change.';
END
$function$;
COMMENT ON FUNCTION plan_sensitivity_tables(text) IS
'Makes the empty tables of a plan''s sensitivity runs. Called by create_plan, which see.';

CREATE FUNCTION plan_sensitivity_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW sensitivity_move WITH (security_invoker = true) AS
    SELECT r.scenario, u.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           r.change, korean_term(r.change) AS change_ko, r.object_id, coalesce(k.name_ko, i.name_ko, a.name_ko) AS object_name_ko, coalesce(k.name_en, i.name_en, a.name_en) AS object_name_en,
           r.candidate_kind, r.institution_id, h.name_ko AS institution_name_ko, h.name_en AS institution_name_en,
           h.cluster, g.name_ko AS cluster_name_ko, g.name_en AS cluster_name_en,
           v.move, korean_term(v.move) AS move_ko,
           r.rank_before, r.rank_after, r.rank_before - r.rank_after AS rank_shift, r.score_before, r.score_after, r.score_after - r.score_before AS score_shift,
           r.run, u.top, concat_ws('|', r.scenario, r.change, r.object_id, r.candidate_kind, r.institution_id) AS row_key
    FROM (SELECT l.scenario, max(l.run) AS run FROM run l WHERE l.kind = 'sensitivity' GROUP BY l.scenario) latest
    JOIN sensitivity_run u ON u.scenario = latest.scenario AND u.run = latest.run
    JOIN sensitivity_row r ON r.scenario = u.scenario AND r.run = u.run
    LEFT JOIN city c ON c.scenario = u.scenario AND c.city_id = u.city_id
    LEFT JOIN criterion k ON k.scenario = r.scenario AND k.criterion = r.object_id AND r.change = 'without part'
    LEFT JOIN institution i ON i.scenario = r.scenario AND i.institution_id = r.object_id AND r.change IN ('without incumbent', 'with candidate')
    LEFT JOIN asset a ON a.scenario = r.scenario AND a.asset_id = r.object_id AND r.change = 'without asset'
    LEFT JOIN institution h ON h.scenario = r.scenario AND h.institution_id = r.institution_id
    LEFT JOIN sector_name g ON g.scenario = h.scenario AND g.sector = h.cluster
    CROSS JOIN LATERAL (SELECT CASE WHEN r.rank_after IS NULL THEN 'gone'
                                      WHEN r.rank_before IS NULL OR (r.rank_before > u.top AND r.rank_after <= u.top) THEN CASE WHEN r.rank_after <= u.top THEN 'entered' ELSE 'new' END
                                      WHEN r.rank_before <= u.top AND r.rank_after > u.top THEN 'left'
                                      WHEN r.rank_after < r.rank_before THEN 'up' WHEN r.rank_after > r.rank_before THEN 'down' ELSE 'same' END AS move) v;
    COMMENT ON VIEW sensitivity_move IS 'The latest run of assess_sensitivity, candidate by candidate: who moves when one part, incumbent or asset is left out, or one candidate comes first.';
    COMMENT ON COLUMN sensitivity_move.scenario IS 'Scenario.';
    COMMENT ON COLUMN sensitivity_move.city_id IS 'The city whose candidates are ranked.';
    COMMENT ON COLUMN sensitivity_move.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_move.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_move.change IS 'without part, without incumbent, without asset, or with candidate.';
    COMMENT ON COLUMN sensitivity_move.change_ko IS 'change in Korean.';
    COMMENT ON COLUMN sensitivity_move.object_id IS 'Which part, incumbent, asset or candidate.';
    COMMENT ON COLUMN sensitivity_move.object_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_move.object_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_move.candidate_kind IS 'capital or affiliate; ranked apart.';
    COMMENT ON COLUMN sensitivity_move.institution_id IS 'The candidate.';
    COMMENT ON COLUMN sensitivity_move.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_move.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_move.cluster IS 'Its function group.';
    COMMENT ON COLUMN sensitivity_move.cluster_name_ko IS 'Name of the function group in Korean.';
    COMMENT ON COLUMN sensitivity_move.cluster_name_en IS 'Name of the function group in English.';
    COMMENT ON COLUMN sensitivity_move.move IS 'entered or left the top; up, down or same otherwise; new, gone: ranked only after, only before the change.';
    COMMENT ON COLUMN sensitivity_move.move_ko IS 'move in Korean.';
    COMMENT ON COLUMN sensitivity_move.rank_before IS 'Rank under the plan as it is.';
    COMMENT ON COLUMN sensitivity_move.rank_after IS 'Rank after the change.';
    COMMENT ON COLUMN sensitivity_move.rank_shift IS 'rank_before - rank_after: positive = better after the change.';
    COMMENT ON COLUMN sensitivity_move.score_before IS 'Score under the plan as it is.';
    COMMENT ON COLUMN sensitivity_move.score_after IS 'Score after the change.';
    COMMENT ON COLUMN sensitivity_move.score_shift IS 'score_after - score_before.';
    COMMENT ON COLUMN sensitivity_move.run IS 'Number of the run.';
    COMMENT ON COLUMN sensitivity_move.top IS 'How many places count as the top.';
    COMMENT ON COLUMN sensitivity_move.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW sensitivity WITH (security_invoker = true) AS
    SELECT m.scenario, m.city_id, m.city_name_ko, m.city_name_en, m.change, m.change_ko, m.object_id, m.object_name_ko, m.object_name_en, m.candidate_kind,
           count(*) FILTER (WHERE m.move = 'entered') AS entered, count(*) FILTER (WHERE m.move IN ('left', 'gone') AND m.rank_before <= m.top) AS gone,
           count(*) FILTER (WHERE m.rank_shift <> 0) AS moved, coalesce(greatest(max(m.rank_shift), 0), 0) AS largest_rise,
           (array_agg(m.institution_id ORDER BY m.rank_shift DESC, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift > 0))[1] AS rise_institution_id,
           (array_agg(m.institution_name_ko ORDER BY m.rank_shift DESC, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift > 0))[1] AS rise_name_ko,
           (array_agg(m.institution_name_en ORDER BY m.rank_shift DESC, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift > 0))[1] AS rise_name_en,
           coalesce(-least(min(m.rank_shift), 0), 0) AS largest_fall,
           (array_agg(m.institution_id ORDER BY m.rank_shift, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift < 0))[1] AS fall_institution_id,
           (array_agg(m.institution_name_ko ORDER BY m.rank_shift, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift < 0))[1] AS fall_name_ko,
           (array_agg(m.institution_name_en ORDER BY m.rank_shift, m.institution_id COLLATE "C") FILTER (WHERE m.rank_shift < 0))[1] AS fall_name_en,
           m.run, min(l.started) AS started, m.top, bool_or(l.input_hash IS DISTINCT FROM p.value) AS outdated,
           concat_ws('|', m.scenario, m.change, m.object_id, m.candidate_kind) AS row_key
    FROM sensitivity_move m
    JOIN run l ON l.scenario = m.scenario AND l.run = m.run
    LEFT JOIN (SELECT v.scenario, v.value FROM provenance v WHERE v.kind = 'hash' AND v.item = 'all inputs' OFFSET 0) p ON p.scenario = m.scenario
    GROUP BY m.scenario, m.city_id, m.city_name_ko, m.city_name_en, m.change, m.change_ko, m.object_id, m.object_name_ko, m.object_name_en, m.candidate_kind, m.run, m.top;
    COMMENT ON VIEW sensitivity IS 'The latest run of assess_sensitivity, change by change: how many candidates enter and leave the top of a city, and who moves farthest.';
    COMMENT ON COLUMN sensitivity.scenario IS 'Scenario.';
    COMMENT ON COLUMN sensitivity.city_id IS 'The city whose candidates are ranked.';
    COMMENT ON COLUMN sensitivity.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity.change IS 'without part, without incumbent, without asset, or with candidate.';
    COMMENT ON COLUMN sensitivity.change_ko IS 'change in Korean.';
    COMMENT ON COLUMN sensitivity.object_id IS 'Which part, incumbent, asset or candidate.';
    COMMENT ON COLUMN sensitivity.object_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity.object_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity.candidate_kind IS 'capital or affiliate; ranked apart.';
    COMMENT ON COLUMN sensitivity.entered IS 'Candidates that enter the top.';
    COMMENT ON COLUMN sensitivity.gone IS 'Candidates that leave the top (a candidate that comes is no candidate any more).';
    COMMENT ON COLUMN sensitivity.moved IS 'Candidates whose rank changes.';
    COMMENT ON COLUMN sensitivity.largest_rise IS 'Most places that a candidate rises.';
    COMMENT ON COLUMN sensitivity.rise_institution_id IS 'Which; of several the smallest identifier.';
    COMMENT ON COLUMN sensitivity.rise_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity.rise_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity.largest_fall IS 'Most places that a candidate falls.';
    COMMENT ON COLUMN sensitivity.fall_institution_id IS 'Which; of several the smallest identifier.';
    COMMENT ON COLUMN sensitivity.fall_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity.fall_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity.run IS 'Number of the run.';
    COMMENT ON COLUMN sensitivity.started IS 'When it ran.';
    COMMENT ON COLUMN sensitivity.top IS 'How many places count as the top.';
    COMMENT ON COLUMN sensitivity.outdated IS 'Have the inputs changed since?';
    COMMENT ON COLUMN sensitivity.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW sensitivity_family WITH (security_invoker = true) AS
    SELECT m.scenario, m.city_id, m.city_name_ko, m.city_name_en, m.change, m.change_ko, m.object_id, m.object_name_ko, m.object_name_en, m.candidate_kind,
           m.cluster, m.cluster_name_ko, m.cluster_name_en, count(*) AS candidates,
           count(*) FILTER (WHERE m.rank_shift > 0) AS rising, count(*) FILTER (WHERE m.rank_shift < 0) AS falling,
           count(*) FILTER (WHERE m.move = 'entered') AS entered, count(*) FILTER (WHERE m.move IN ('left', 'gone') AND m.rank_before <= m.top) AS gone,
           round(avg(m.rank_shift), 3) AS mean_rank_shift, round(avg(m.score_shift), 9) AS mean_score_shift,
           concat_ws('|', m.scenario, m.change, m.object_id, m.candidate_kind, coalesce(m.cluster, '-')) AS row_key
    FROM sensitivity_move m
    WHERE m.score_shift <> 0
    GROUP BY m.scenario, m.city_id, m.city_name_ko, m.city_name_en, m.change, m.change_ko, m.object_id, m.object_name_ko, m.object_name_en, m.candidate_kind,
             m.cluster, m.cluster_name_ko, m.cluster_name_en;
    COMMENT ON VIEW sensitivity_family IS 'The latest run of assess_sensitivity by function group of the candidates whose score changes: one asset can move a whole family.';
    COMMENT ON COLUMN sensitivity_family.scenario IS 'Scenario.';
    COMMENT ON COLUMN sensitivity_family.city_id IS 'The city whose candidates are ranked.';
    COMMENT ON COLUMN sensitivity_family.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_family.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_family.change IS 'without part, without incumbent, without asset, or with candidate.';
    COMMENT ON COLUMN sensitivity_family.change_ko IS 'change in Korean.';
    COMMENT ON COLUMN sensitivity_family.object_id IS 'Which part, incumbent, asset or candidate.';
    COMMENT ON COLUMN sensitivity_family.object_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_family.object_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_family.candidate_kind IS 'capital or affiliate; ranked apart.';
    COMMENT ON COLUMN sensitivity_family.cluster IS 'Function group of the candidates; NULL = not known.';
    COMMENT ON COLUMN sensitivity_family.cluster_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN sensitivity_family.cluster_name_en IS 'Its name in English.';
    COMMENT ON COLUMN sensitivity_family.candidates IS 'Candidates of the group whose score changes.';
    COMMENT ON COLUMN sensitivity_family.rising IS 'Of these, how many rise.';
    COMMENT ON COLUMN sensitivity_family.falling IS 'How many fall.';
    COMMENT ON COLUMN sensitivity_family.entered IS 'How many enter the top.';
    COMMENT ON COLUMN sensitivity_family.gone IS 'How many leave it.';
    COMMENT ON COLUMN sensitivity_family.mean_rank_shift IS 'Mean of their rank_before - rank_after.';
    COMMENT ON COLUMN sensitivity_family.mean_score_shift IS 'Mean change of their score.';
    COMMENT ON COLUMN sensitivity_family.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_sensitivity_views(text) IS
'Makes or replaces the views sensitivity, sensitivity_move and sensitivity_family of a plan. Called by plan_views, which see.';

CREATE FUNCTION check_city(plan text, scenario text, city text) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    known boolean;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.city c WHERE c.scenario = $1 AND c.city_id = $2)', plan) INTO known USING scenario, city;
    IF NOT known THEN
        RAISE EXCEPTION 'plan "%" has no city "%"', plan, city
            USING ERRCODE = 'no_data_found', HINT = 'The table city lists the identifiers.';
    END IF;
END
$function$;
COMMENT ON FUNCTION check_city(text, text, text) IS
'Raises an error when the schema is no plan (42809), has no such scenario (42704) or no such city (P0002); else nothing.';

CREATE FUNCTION city_or_home(plan text, scenario text, city text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home_city text;
BEGIN
    IF city IS NOT NULL THEN
        RETURN city;
    END IF;
    EXECUTE format('SELECT s.home_city_id FROM %I.setting s WHERE s.scenario = $1', plan) INTO home_city USING scenario;
    IF home_city IS NULL THEN
        RAISE EXCEPTION 'scenario "%" has no home city', scenario
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Name a city, or set setting.home_city_id.';
    END IF;
    RETURN home_city;
END
$function$;
COMMENT ON FUNCTION city_or_home(text, text, text) IS
'The city, or the home city of the scenario (which exists) when it is NULL; raises an error when there is none (22004).';

CREATE FUNCTION plan_what_if(plan text, city text, without text[] DEFAULT '{}', joining text[] DEFAULT '{}', assets synergy_partner[] DEFAULT '{}',
    without_parts text[] DEFAULT '{}', scenario text DEFAULT 'base',
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text, OUT candidate_kind text, OUT cluster text,
    OUT rank_before integer, OUT rank_after integer, OUT rank_shift integer, OUT score_before numeric, OUT score_after numeric)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 200 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    unknown record;
    variants text;
BEGIN
    EXECUTE format('SELECT %I.check_city($1, $2, $3)', home) USING plan, scenario, city;
    EXECUTE format($query$
        SELECT (SELECT u.id FROM unnest($3) u (id)
                WHERE NOT EXISTS (SELECT FROM %1$I.city_partner p WHERE p.scenario = $1 AND p.city_id = $2 AND p.partner_id = u.id) LIMIT 1) AS partner,
               (SELECT u.id FROM unnest($4) u (id)
                WHERE NOT EXISTS (SELECT FROM %1$I.institution i WHERE i.scenario = $1 AND i.institution_id = u.id) LIMIT 1) AS institution,
               (SELECT u.id FROM unnest($5) u (id)
                WHERE NOT EXISTS (SELECT FROM %1$I.criterion c WHERE c.scenario = $1 AND c.criterion = u.id) LIMIT 1) AS part
        $query$, plan) INTO unknown USING scenario, city, without, joining, without_parts;
    IF unknown.partner IS NOT NULL THEN
        RAISE EXCEPTION 'city "%" has no incumbent or asset "%"', city, unknown.partner
            USING ERRCODE = 'no_data_found', HINT = 'The view city_partner lists them.';
    ELSIF unknown.institution IS NOT NULL THEN
        RAISE EXCEPTION 'plan "%" has no institution "%"', plan, unknown.institution
            USING ERRCODE = 'no_data_found', HINT = 'A new asset needs no row: give it with its profile in assets.';
    ELSIF unknown.part IS NOT NULL THEN
        RAISE EXCEPTION 'plan "%" has no criterion "%"', plan, unknown.part
            USING ERRCODE = 'no_data_found', HINT = 'The table criterion lists the parts.';
    ELSIF EXISTS (SELECT FROM unnest(assets) a WHERE a.partner_id IS NULL OR a.profile IS NULL) THEN
        RAISE EXCEPTION 'a new asset needs an identifier and a profile'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'For instance (''NEW'', ''{35:0.5, 72:0.5}'', NULL)::synergy_partner.';
    END IF;
    EXECUTE format($query$
        SELECT array_agg(ROW($1, 'changed', $2, v.without, v.joining, v.profile)::%1$I.synergy_variant)::text
        FROM (SELECT NULL, NULL, NULL::%1$I.sector_profile
              UNION ALL SELECT u.id, NULL, NULL FROM unnest($3) u (id)
              UNION ALL SELECT NULL, u.id, NULL FROM unnest($4) u (id)
              UNION ALL SELECT NULL, a.partner_id, a.profile FROM unnest($5) a) v (without, joining, profile)
        $query$, home) INTO variants USING scenario, city, without, joining, assets;
    RETURN QUERY EXECUTE format($query$
        WITH pair AS MATERIALIZED (
            SELECT i.institution_id, i.institution_name_ko, i.institution_name_en, i.candidate_kind, i.variant, i.parts, i.weights, i.power,
                   i.part_values AS values
            FROM %1$I.synergy_pair(true, $3::%2$I.synergy_variant[]) i
            WHERE i.scenario = $1 AND i.city_id = $2 AND i.candidate_kind IS NOT NULL AND (i.variant = '' OR i.institution_id <> ALL ($4))
        ), scored AS MATERIALIZED (
            SELECT p.institution_id, p.institution_name_ko, p.institution_name_en, p.candidate_kind, p.variant, s.score, s.coverage
            FROM pair p
            CROSS JOIN LATERAL %2$I.synergy_score(p.values,
                CASE WHEN p.variant = '' THEN p.weights
                     ELSE ARRAY(SELECT CASE WHEN w.part = ANY ($5) THEN 0 ELSE w.weight END FROM unnest(p.parts, p.weights) WITH ORDINALITY w (part, weight, place) ORDER BY w.place) END,
                p.power) s
        ), ranked AS MATERIALIZED (
            SELECT q.institution_id, q.institution_name_ko, q.institution_name_en, q.candidate_kind, q.variant, q.score,
                   CASE WHEN q.coverage = q.best_coverage THEN rank() OVER (PARTITION BY q.variant, q.candidate_kind, q.coverage ORDER BY q.score DESC) END AS place
            FROM (SELECT s.*, max(s.coverage) OVER (PARTITION BY s.variant, s.candidate_kind) AS best_coverage FROM scored s WHERE s.score IS NOT NULL) q
        )
        SELECT coalesce(b.institution_id, a.institution_id), coalesce(b.institution_name_ko, a.institution_name_ko), coalesce(b.institution_name_en, a.institution_name_en),
               coalesce(b.candidate_kind, a.candidate_kind), h.cluster, b.place::integer, a.place::integer, (b.place - a.place)::integer, b.score, a.score
        FROM (SELECT r.* FROM ranked r WHERE r.variant = '') b
        FULL JOIN (SELECT r.* FROM ranked r WHERE r.variant <> '') a ON a.institution_id = b.institution_id AND a.candidate_kind = b.candidate_kind
        LEFT JOIN %1$I.institution h ON h.scenario = $1 AND h.institution_id = coalesce(b.institution_id, a.institution_id)
        ORDER BY coalesce(b.candidate_kind, a.candidate_kind) COLLATE "C" DESC, a.place, b.place, coalesce(b.institution_id, a.institution_id) COLLATE "C"
        $query$, plan, home) USING scenario, city, variants, joining, without_parts;
END
$function$;
COMMENT ON FUNCTION plan_what_if(text, text, text[], text[], synergy_partner[], text[], text) IS
'The candidates of a city before and after a change that is only thought: without some of its incumbents or assets, with institutions joining the incumbents (they are no candidates any more), with new assets (identifier and profile), without parts of the score. Reads the plan and writes nothing. Ranks are among the candidates of one kind at the city''s highest coverage, NULL for the others; rank_shift is positive for those that rise.';

CREATE FUNCTION assess_sensitivity(plan text, city text DEFAULT NULL, scenario text DEFAULT 'base', top integer DEFAULT 20)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
    variants text;
BEGIN
    IF plan IS NULL OR scenario IS NULL OR top IS NULL THEN
        RAISE EXCEPTION 'plan, scenario and top must not be null'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave an argument out to have its default.';
    ELSIF top < 1 THEN
        RAISE EXCEPTION 'top must be at least 1, not %', top
            USING ERRCODE = 'invalid_parameter_value', HINT = 'It is how many of the first candidates count as the top: 20 by default.';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format('SELECT %I.city_or_home($1, $2, $3)', home) INTO city USING plan, scenario, city;
    EXECUTE format('SELECT %I.check_city($1, $2, $3)', home) USING plan, scenario, city;
    -- the hash before all else: what is edited from here on makes the run outdated
    EXECUTE format($query$
        INSERT INTO %1$I.run (scenario, kind, input_hash)
        SELECT $1, 'sensitivity', v.value FROM %1$I.provenance v WHERE v.scenario = $1 AND v.kind = 'hash' AND v.item = 'all inputs'
        RETURNING run $query$, plan) INTO new_run USING scenario;
    EXECUTE format('INSERT INTO %1$I.sensitivity_run (scenario, run, city_id, top) VALUES ($1, $2, $3, $4)', plan) USING scenario, new_run, city, top;
    EXECUTE format($query$
        SELECT coalesce(array_agg(ROW($1, v.change || '|' || v.id, $2, v.without, v.joining, NULL)::%2$I.synergy_variant), '{}')::text
        FROM (SELECT 'without ' || p.kind AS change, p.partner_id AS id, p.partner_id AS without, NULL AS joining
              FROM %1$I.city_partner p WHERE p.scenario = $1 AND p.city_id = $2
              UNION ALL
              SELECT 'with candidate', w.institution_id, NULL, w.institution_id
              FROM %2$I.plan_what_if($4, $2, scenario => $1) w WHERE w.candidate_kind = 'capital' AND w.rank_before <= $3) v
        $query$, plan, home) INTO variants USING scenario, city, top, plan;
    EXECUTE format($query$
        INSERT INTO %1$I.sensitivity_row (scenario, run, change, object_id, candidate_kind, institution_id, rank_before, rank_after, score_before, score_after)
        WITH pair AS MATERIALIZED (
            SELECT i.institution_id, i.candidate_kind, i.variant, i.parts, i.weights, i.power,
                   i.part_values AS values
            FROM %1$I.synergy_pair(true, $4::%2$I.synergy_variant[]) i
            WHERE i.scenario = $1 AND i.city_id = $2 AND i.candidate_kind IS NOT NULL AND i.variant <> 'with candidate|' || i.institution_id
        ), scored AS MATERIALIZED (
            SELECT p.institution_id, p.candidate_kind, p.variant, s.score, s.coverage
            FROM pair p CROSS JOIN LATERAL %2$I.synergy_score(p.values, p.weights, p.power) s
            UNION ALL
            SELECT p.institution_id, p.candidate_kind, 'without part|' || u.part, s.score, s.coverage
            FROM pair p CROSS JOIN LATERAL unnest(p.parts, p.weights, p.values) u (part, weight, value)
            CROSS JOIN LATERAL %2$I.synergy_score(p.values,
                ARRAY(SELECT CASE WHEN w.part = u.part THEN 0 ELSE w.weight END FROM unnest(p.parts, p.weights) WITH ORDINALITY w (part, weight, place) ORDER BY w.place),
                p.power) s
            WHERE p.variant = '' AND u.weight > 0
        ), ranked AS MATERIALIZED (
            SELECT q.institution_id, q.candidate_kind, q.variant, q.score,
                   CASE WHEN q.coverage = q.best_coverage THEN rank() OVER (PARTITION BY q.variant, q.candidate_kind, q.coverage ORDER BY q.score DESC) END AS place
            FROM (SELECT s.*, max(s.coverage) OVER (PARTITION BY s.variant, s.candidate_kind) AS best_coverage FROM scored s WHERE s.score IS NOT NULL) q
        ), meeting AS (
            -- every candidate before every change, and every candidate after it
            SELECT v.variant, b.candidate_kind, b.institution_id, b.place AS rank_before, NULL AS rank_after, b.score AS score_before, NULL AS score_after
            FROM ranked b CROSS JOIN (SELECT DISTINCT r.variant FROM ranked r WHERE r.variant <> '') v WHERE b.variant = ''
            UNION ALL
            SELECT a.variant, a.candidate_kind, a.institution_id, NULL, a.place, NULL, a.score FROM ranked a WHERE a.variant <> ''
        )
        SELECT $1, $5, split_part(m.variant, '|', 1), substr(m.variant, strpos(m.variant, '|') + 1), m.candidate_kind, m.institution_id,
               max(m.rank_before), max(m.rank_after), max(m.score_before), max(m.score_after)
        FROM meeting m
        GROUP BY m.variant, m.candidate_kind, m.institution_id
        HAVING (max(m.rank_before), max(m.score_before)) IS DISTINCT FROM (max(m.rank_after), max(m.score_after)) OR least(max(m.rank_before), max(m.rank_after)) <= $3
        ORDER BY m.variant COLLATE "C", m.candidate_kind COLLATE "C", m.institution_id COLLATE "C"
        $query$, plan, home) USING scenario, city, top, variants, new_run;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION assess_sensitivity(text, text, text, integer) IS
'Ranks the candidates of a city (default: the scenario''s home city) once more for each change of one thing: a part of the score left out, an incumbent or an asset left out, one of the first candidates joining the incumbents; stores the run for the views sensitivity, sensitivity_move and sensitivity_family and returns its number. top: how many places count as the top, and how many candidates are let in.';
