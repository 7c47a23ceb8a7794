-- Packages: what a set of institutions is worth to a city together. Each member is rated as it stands alone, and once more with the others
-- already among the city's incumbents; the difference is what they give each other, and falls apart by part and giver. The members join in
-- one variant of the city (synergy_variant), in which nobody is its own partner: the plan's rows stay as they are.

CREATE FUNCTION plan_package_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE package (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        package text NOT NULL CHECK (package <> ''),
        name_ko text,
        name_en text,
        note text,
        PRIMARY KEY (scenario, package)
    );
    COMMENT ON TABLE package IS 'Sets of institutions that a city asks for together.';
    COMMENT ON COLUMN package.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN package.package IS 'Identifier of the package, the planner''s own.';
    COMMENT ON COLUMN package.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN package.name_en IS 'Name in English.';
    COMMENT ON COLUMN package.note IS 'Free text.';

    CREATE TABLE package_member (
        scenario text NOT NULL DEFAULT 'base',
        package text NOT NULL,
        institution_id text NOT NULL,
        PRIMARY KEY (scenario, package, institution_id),
        FOREIGN KEY (scenario, package) REFERENCES package ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE package_member IS 'Members of the packages.';
    COMMENT ON COLUMN package_member.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN package_member.package IS 'The package.';
    COMMENT ON COLUMN package_member.institution_id IS 'An institution of it; any may be one, candidate or not.';
END
$function$;
COMMENT ON FUNCTION plan_package_tables(text) IS
'Makes the empty tables of a plan''s packages. Called by create_plan, which see.';

CREATE FUNCTION plan_package_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION package_variants() RETURNS synergy_variant[]
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000
    RETURN ARRAY(SELECT ROW(m.scenario, m.package, c.city_id, NULL, m.institution_id, NULL)::synergy_variant
                 FROM package_member m JOIN city c ON c.scenario = m.scenario
                 ORDER BY m.scenario COLLATE "C", m.package COLLATE "C", c.city_id COLLATE "C", m.institution_id COLLATE "C");
    COMMENT ON FUNCTION package_variants() IS 'Each city with each package among its incumbents, as variants named by the package. For the views of this plan.';

    CREATE OR REPLACE FUNCTION package_scored(variants synergy_variant[])
    RETURNS TABLE (scenario text, variant text, city_id text, institution_id text, alone numeric, together numeric, coverage_alone numeric, coverage_together numeric)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 200
    BEGIN ATOMIC
        WITH member AS MATERIALIZED (
            SELECT DISTINCT v.scenario, v.variant, v.city_id, v.joining AS institution_id FROM unnest(variants) v WHERE v.joining IS NOT NULL
        ), pair AS MATERIALIZED (
            SELECT i.scenario, i.variant, i.city_id, i.institution_id, i.score, i.coverage
            FROM synergy_pair(false, variants) i
            WHERE i.institution_id IN (SELECT m.institution_id FROM member m)
        )
        SELECT m.scenario, m.variant, m.city_id, m.institution_id, a.score, t.score, a.coverage, t.coverage
        FROM member m
        JOIN pair a ON a.scenario = m.scenario AND a.variant = '' AND a.city_id = m.city_id AND a.institution_id = m.institution_id
        JOIN pair t ON t.scenario = m.scenario AND t.variant = m.variant AND t.city_id = m.city_id AND t.institution_id = m.institution_id;
    END;
    COMMENT ON FUNCTION package_scored(synergy_variant[]) IS 'Score and coverage of each institution that joins in a variant of a city, in the city as it stands and in the variant (whose own partners it is not one of). For the views of this plan.';

    CREATE OR REPLACE FUNCTION package_gained(variants synergy_variant[])
    RETURNS TABLE (scenario text, variant text, city_id text, institution_id text, part text, partner_id text, alone numeric, together numeric)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 2000
    BEGIN ATOMIC
        WITH member AS MATERIALIZED (
            SELECT DISTINCT v.scenario, v.variant, v.city_id, v.joining AS institution_id FROM unnest(variants) v WHERE v.joining IS NOT NULL
        ), leaf AS MATERIALIZED (
            SELECT i.scenario, i.variant, i.city_id, i.institution_id, l.part, l.partner_id, sum(l.contribution) AS contribution
            FROM synergy_input(false, variants) i
            CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r
            CROSS JOIN LATERAL synergy_leaves(i.parts, i.weights, r.score, i.power, false, i.routes, i.fits, i.profile, i.partners, i.shares) l
            WHERE i.institution_id IN (SELECT m.institution_id FROM member m)
            GROUP BY i.scenario, i.variant, i.city_id, i.institution_id, l.part, l.partner_id
        )
        SELECT x.scenario, x.variant, x.city_id, x.institution_id, x.part, x.partner_id, sum(x.alone), sum(x.together)
        FROM (SELECT m.scenario, m.variant, m.city_id, m.institution_id, l.part, l.partner_id, l.contribution AS alone, 0 AS together
              FROM member m JOIN leaf l ON l.scenario = m.scenario AND l.variant = '' AND l.city_id = m.city_id AND l.institution_id = m.institution_id
              UNION ALL
              SELECT m.scenario, m.variant, m.city_id, m.institution_id, l.part, l.partner_id, 0, l.contribution
              FROM member m JOIN leaf l ON l.scenario = m.scenario AND l.variant = m.variant AND l.city_id = m.city_id AND l.institution_id = m.institution_id) x
        GROUP BY x.scenario, x.variant, x.city_id, x.institution_id, x.part, x.partner_id;
    END;
    COMMENT ON FUNCTION package_gained(synergy_variant[]) IS 'What each part and partner contributes to the score of each institution that joins in a variant of a city, in the city as it stands and in the variant. For the views of this plan.';

    CREATE OR REPLACE VIEW package_member_synergy WITH (security_invoker = true) AS
    SELECT s.scenario, s.variant AS package, p.name_ko AS package_name_ko, p.name_en AS package_name_en,
           s.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           s.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           s.alone, s.together, CASE WHEN s.coverage_alone = s.coverage_together THEN s.together - s.alone END AS gain,
           s.coverage_alone, s.coverage_together, concat_ws('|', s.scenario, s.variant, s.city_id, s.institution_id) AS row_key
    FROM package_scored(package_variants()) s
    JOIN package p ON p.scenario = s.scenario AND p.package = s.variant
    JOIN city c ON c.scenario = s.scenario AND c.city_id = s.city_id
    JOIN institution i ON i.scenario = s.scenario AND i.institution_id = s.institution_id;
    COMMENT ON VIEW package_member_synergy IS 'The members of each package in each city: the score of each as it stands alone, and with the other members already among the incumbents.';
    COMMENT ON COLUMN package_member_synergy.scenario IS 'Scenario.';
    COMMENT ON COLUMN package_member_synergy.package IS 'The package.';
    COMMENT ON COLUMN package_member_synergy.package_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_member_synergy.package_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_member_synergy.city_id IS 'The city.';
    COMMENT ON COLUMN package_member_synergy.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_member_synergy.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_member_synergy.institution_id IS 'The member.';
    COMMENT ON COLUMN package_member_synergy.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_member_synergy.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_member_synergy.alone IS 'Its score in the city as it is: that of synergy_score.';
    COMMENT ON COLUMN package_member_synergy.together IS 'Its score with the other members among the incumbents.';
    COMMENT ON COLUMN package_member_synergy.gain IS 'together - alone: the sum of its rows in package_reason; NULL where the two differ in coverage, as in a city without incumbents.';
    COMMENT ON COLUMN package_member_synergy.coverage_alone IS 'Share of the weight whose parts are known, alone.';
    COMMENT ON COLUMN package_member_synergy.coverage_together IS 'The same, together.';
    COMMENT ON COLUMN package_member_synergy.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW package_synergy WITH (security_invoker = true) AS
    SELECT q.scenario, q.package, q.package_name_ko, q.package_name_en, q.city_id, q.city_name_ko, q.city_name_en, q.members,
           q.alone, q.together, q.gain, round(q.alone / q.members, 9) AS mean_alone, round(q.together / q.members, 9) AS mean_together,
           round(q.gain / q.members, 9) AS mean_gain, q.coverage,
           CASE WHEN q.comparable THEN rank() OVER (PARTITION BY q.scenario, q.package, q.comparable ORDER BY q.together DESC) END AS rank_of_city,
           concat_ws('|', q.scenario, q.package, q.city_id) AS row_key
    FROM (SELECT g.*, coalesce(g.competes AND g.together IS NOT NULL
                               AND g.coverage = max(g.coverage) FILTER (WHERE g.competes AND g.together IS NOT NULL) OVER (PARTITION BY g.scenario, g.package), false) AS comparable
          FROM (SELECT m.scenario, m.package, m.package_name_ko, m.package_name_en, m.city_id, m.city_name_ko, m.city_name_en, c.competes, count(*) AS members,
                       CASE WHEN count(m.alone) = count(*) THEN sum(m.alone) END AS alone,
                       CASE WHEN count(m.together) = count(*) THEN sum(m.together) END AS together,
                       CASE WHEN count(m.gain) = count(*) THEN sum(m.gain) END AS gain,
                       least(min(m.coverage_alone), min(m.coverage_together)) AS coverage
                FROM package_member_synergy m JOIN city c ON c.scenario = m.scenario AND c.city_id = m.city_id
                GROUP BY m.scenario, m.package, m.package_name_ko, m.package_name_en, m.city_id, m.city_name_ko, m.city_name_en, c.competes) g) q;
    COMMENT ON VIEW package_synergy IS 'What each package is worth to each city: the sum of its members'' scores as they stand alone, and with the others already there. gain is what they give each other.';
    COMMENT ON COLUMN package_synergy.scenario IS 'Scenario.';
    COMMENT ON COLUMN package_synergy.package IS 'The package.';
    COMMENT ON COLUMN package_synergy.package_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_synergy.package_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_synergy.city_id IS 'The city.';
    COMMENT ON COLUMN package_synergy.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_synergy.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_synergy.members IS 'Number of members.';
    COMMENT ON COLUMN package_synergy.alone IS 'Sum of the members'' scores in the city as it is; NULL when one has none.';
    COMMENT ON COLUMN package_synergy.together IS 'Sum of their scores with the others among the incumbents; NULL when one has none.';
    COMMENT ON COLUMN package_synergy.gain IS 'together - alone; NULL where a member''s coverage differs between the two.';
    COMMENT ON COLUMN package_synergy.mean_alone IS 'alone / members, to 9 decimals.';
    COMMENT ON COLUMN package_synergy.mean_together IS 'together / members, to 9 decimals.';
    COMMENT ON COLUMN package_synergy.mean_gain IS 'gain / members, to 9 decimals.';
    COMMENT ON COLUMN package_synergy.coverage IS 'Lowest coverage of a member''s score, alone or together.';
    COMMENT ON COLUMN package_synergy.rank_of_city IS 'Rank of the city for the package, by together, among competing cities of the highest coverage; NULL for the others.';
    COMMENT ON COLUMN package_synergy.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW package_reason WITH (security_invoker = true) AS
    SELECT g.scenario, g.variant AS package, g.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           g.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           g.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en,
           g.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en,
           CASE WHEN o.institution_id IS NOT NULL THEN 'member' WHEN m.institution_id IS NOT NULL THEN 'incumbent' WHEN a.asset_id IS NOT NULL THEN 'asset' END AS partner_kind,
           g.alone, g.together, g.together - g.alone AS gain,
           korean_term(CASE WHEN o.institution_id IS NOT NULL THEN 'member' WHEN m.institution_id IS NOT NULL THEN 'incumbent' WHEN a.asset_id IS NOT NULL THEN 'asset' END) AS partner_kind_ko,
           concat_ws('|', g.scenario, g.variant, g.city_id, g.institution_id, g.part, coalesce(g.partner_id, '-')) AS row_key
    FROM package_gained(package_variants()) g
    JOIN city c ON c.scenario = g.scenario AND c.city_id = g.city_id
    JOIN institution i ON i.scenario = g.scenario AND i.institution_id = g.institution_id
    LEFT JOIN criterion k ON k.scenario = g.scenario AND k.criterion = g.part
    LEFT JOIN package_member o ON o.scenario = g.scenario AND o.package = g.variant AND o.institution_id = g.partner_id
    LEFT JOIN institution m ON m.scenario = g.scenario AND m.institution_id = g.partner_id
    LEFT JOIN asset a ON a.scenario = g.scenario AND a.asset_id = g.partner_id;
    COMMENT ON VIEW package_reason IS 'Why a package is worth more than its pieces: what each partner contributes, part by part, to the score of each member alone and together. A member as partner gives; an incumbent or asset with a negative gain is one that it stands aside for, or whose share of the ministry''s ties is thinned. The gains of a member add up exactly to together - alone.';
    COMMENT ON COLUMN package_reason.scenario IS 'Scenario.';
    COMMENT ON COLUMN package_reason.package IS 'The package.';
    COMMENT ON COLUMN package_reason.city_id IS 'The city.';
    COMMENT ON COLUMN package_reason.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_reason.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_reason.institution_id IS 'The member that receives.';
    COMMENT ON COLUMN package_reason.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_reason.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_reason.part IS 'Part of the score.';
    COMMENT ON COLUMN package_reason.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN package_reason.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN package_reason.partner_id IS 'Who gives: a member, an incumbent or an asset; NULL where the part names none.';
    COMMENT ON COLUMN package_reason.partner_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN package_reason.partner_name_en IS 'Its name in English.';
    COMMENT ON COLUMN package_reason.partner_kind IS 'member, incumbent or asset; NULL where the part names none.';
    COMMENT ON COLUMN package_reason.alone IS 'What it contributes to the score alone.';
    COMMENT ON COLUMN package_reason.together IS 'What it contributes to the score together.';
    COMMENT ON COLUMN package_reason.gain IS 'together - alone. Parts without partners keep theirs but for a few units of the ninth decimal, which the rounding of a score''s reasons may move.';
    COMMENT ON COLUMN package_reason.partner_kind_ko IS 'partner_kind in Korean.';
    COMMENT ON COLUMN package_reason.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_package_views(text) IS
'Makes or replaces the views package_synergy, package_member_synergy and package_reason of a plan, and the functions behind them. Called by plan_views, which see.';

CREATE FUNCTION package_check(plan text, members text[], city text, scenario text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    distinct_members text[];
    lost text;
BEGIN
    IF plan IS NULL OR members IS NULL OR scenario IS NULL OR array_position(members, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'plan, members and scenario must not be null'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave scenario out to have the scenario base.';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    IF city IS NOT NULL THEN
        EXECUTE format('SELECT %I.check_city($1, $2, $3)', home) USING plan, scenario, city;
    END IF;
    distinct_members := ARRAY(SELECT DISTINCT u.id COLLATE "C" FROM unnest(members) u (id) ORDER BY 1);
    IF cardinality(distinct_members) = 0 THEN
        RAISE EXCEPTION 'a package needs members'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name institutions by their identifiers: ARRAY[''I281'', ''I147''].';
    END IF;
    EXECUTE format('SELECT u.id FROM unnest($1) WITH ORDINALITY u (id, place) WHERE NOT EXISTS
                    (SELECT FROM %I.institution i WHERE i.scenario = $2 AND i.institution_id = u.id) ORDER BY u.place LIMIT 1', plan)
        INTO lost USING distinct_members, scenario;
    IF lost IS NOT NULL THEN
        RAISE EXCEPTION 'plan "%" has no institution "%"', plan, lost
            USING ERRCODE = 'no_data_found', HINT = 'The table institution lists the identifiers; find_institution of innocity_kr finds them by name.';
    END IF;
    RETURN distinct_members;
END
$function$;
COMMENT ON FUNCTION package_check(text, text[], text, text) IS
'The members of a package, each once and in byte order; raises an error for an unknown plan, scenario, city or institution (P0002), for none (22023), and for NULL other than a city.';

CREATE FUNCTION package_synergy(plan text, members text[], city text DEFAULT NULL, scenario text DEFAULT 'base',
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text, OUT members_rated integer,
    OUT alone numeric, OUT together numeric, OUT gain numeric, OUT mean_alone numeric, OUT mean_together numeric, OUT mean_gain numeric, OUT coverage numeric)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 12 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %I.package_check($1, $2, $3, $4)', home) INTO members USING plan, members, city, scenario;
    RETURN QUERY EXECUTE format($query$
        SELECT c.city_id, c.name_ko, c.name_en, g.members, g.alone, g.together, g.gain,
               round(g.alone / g.members, 9), round(g.together / g.members, 9), round(g.gain / g.members, 9), g.coverage
        FROM (SELECT s.city_id, count(*)::integer AS members, CASE WHEN count(s.alone) = count(*) THEN sum(s.alone) END AS alone,
                     CASE WHEN count(s.together) = count(*) THEN sum(s.together) END AS together,
                     CASE WHEN bool_and(s.coverage_alone = s.coverage_together) AND count(s.alone) = count(*) THEN sum(s.together) - sum(s.alone) END AS gain,
                     least(min(s.coverage_alone), min(s.coverage_together)) AS coverage
              FROM %1$I.package_scored(ARRAY(SELECT ROW($1, 'package', c.city_id, NULL, u.id, NULL)::%2$I.synergy_variant
                                             FROM %1$I.city c CROSS JOIN unnest($2) u (id) WHERE c.scenario = $1 AND c.city_id = coalesce($3, c.city_id))) s
              GROUP BY s.city_id) g
        JOIN %1$I.city c ON c.scenario = $1 AND c.city_id = g.city_id
        ORDER BY g.coverage DESC NULLS LAST, g.together DESC NULLS LAST, c.city_id COLLATE "C"
        $query$, plan, home) USING scenario, members, city;
END
$function$;
COMMENT ON FUNCTION package_synergy(text, text[], text, text) IS
'What a set of institutions is worth to a city (default: to each city), without a row edited: one row a city, best first inside equal coverage. alone, together: sum of their scores as they stand, and with the others among the incumbents; gain: the difference, what they give each other, NULL where coverage differs; mean_*: divided by the number of members. A member named twice counts once.';

CREATE FUNCTION package_reason(plan text, members text[], city text DEFAULT NULL, scenario text DEFAULT 'base',
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text, OUT part text,
    OUT partner_id text, OUT partner_name_ko text, OUT partner_name_en text, OUT partner_kind text, OUT alone numeric, OUT together numeric, OUT gain numeric, OUT partner_kind_ko text, OUT part_name_ko text, OUT part_name_en text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 50 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %I.package_check($1, $2, $3, $4)', home) INTO members USING plan, members, city, scenario;
    EXECUTE format('SELECT %I.city_or_home($1, $2, $3)', home) INTO city USING plan, scenario, city;
    RETURN QUERY EXECUTE format($query$
        SELECT g.institution_id, i.name_ko, i.name_en, g.part, g.partner_id, coalesce(m.name_ko, a.name_ko), coalesce(m.name_en, a.name_en),
               CASE WHEN g.partner_id = ANY ($2) THEN 'member' WHEN m.institution_id IS NOT NULL THEN 'incumbent' WHEN a.asset_id IS NOT NULL THEN 'asset' END,
               g.alone, g.together, g.together - g.alone, %2$I.korean_term(CASE WHEN g.partner_id = ANY ($2) THEN 'member' WHEN m.institution_id IS NOT NULL THEN 'incumbent' WHEN a.asset_id IS NOT NULL THEN 'asset' END), k.name_ko, k.name_en
        FROM %1$I.package_gained(ARRAY(SELECT ROW($1, 'package', $3, NULL, u.id, NULL)::%2$I.synergy_variant FROM unnest($2) u (id))) g
        JOIN %1$I.institution i ON i.scenario = $1 AND i.institution_id = g.institution_id
        LEFT JOIN %1$I.institution m ON m.scenario = $1 AND m.institution_id = g.partner_id
        LEFT JOIN %1$I.asset a ON a.scenario = $1 AND a.asset_id = g.partner_id
        LEFT JOIN %1$I.criterion k ON k.scenario = $1 AND k.criterion = g.part
        WHERE g.together <> g.alone
        ORDER BY g.institution_id COLLATE "C", g.together - g.alone DESC, g.part COLLATE "C", g.partner_id COLLATE "C"
        $query$, plan, home) USING scenario, members, city;
END
$function$;
COMMENT ON FUNCTION package_reason(text, text[], text, text) IS
'Why a set of institutions is worth more to a city (default: the home city) than its pieces: one row a member, part and partner whose contribution to the member''s score changes when the others are there, greatest gain of each member first. The gains of a member add up exactly to together - alone. See the view package_reason of a plan.';

CREATE FUNCTION package_pair(plan text, members text[], city text DEFAULT NULL, scenario text DEFAULT 'base',
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text,
    OUT partner_id text, OUT partner_name_ko text, OUT partner_name_en text,
    OUT gain_first numeric, OUT gain_last numeric, OUT contribution numeric)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 20 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %I.package_check($1, $2, $3, $4)', home) INTO members USING plan, members, city, scenario;
    EXECUTE format('SELECT %I.city_or_home($1, $2, $3)', home) INTO city USING plan, scenario, city;
    -- variants: the partner alone beside the member, everybody, and everybody but the partner
    RETURN QUERY EXECUTE format($query$
        WITH scored AS MATERIALIZED (
            SELECT s.variant, s.institution_id, s.alone, s.together, s.coverage_alone, s.coverage_together
            FROM %1$I.package_scored(ARRAY(
                SELECT ROW($1, v.variant, $3, NULL, v.joining, NULL)::%2$I.synergy_variant
                FROM (SELECT 'all' AS variant, u.id AS joining FROM unnest($2) u (id)
                      UNION ALL SELECT 'but ' || p.id, u.id FROM unnest($2) u (id) JOIN unnest($2) p (id) ON p.id <> u.id
                      UNION ALL SELECT 'two ' || quote_literal(least(p.id COLLATE "C", u.id COLLATE "C")) || quote_literal(greatest(p.id COLLATE "C", u.id COLLATE "C")), u.id
                                FROM unnest($2) u (id) JOIN unnest($2) p (id) ON p.id <> u.id) v)) s
        ), given AS MATERIALIZED (
            SELECT g.institution_id, g.partner_id, sum(g.together - g.alone) AS contribution
            FROM %1$I.package_gained(ARRAY(SELECT ROW($1, 'all', $3, NULL, u.id, NULL)::%2$I.synergy_variant FROM unnest($2) u (id))) g
            WHERE g.partner_id = ANY ($2) GROUP BY g.institution_id, g.partner_id
        )
        SELECT u.id, i.name_ko, i.name_en, p.id, o.name_ko, o.name_en,
               CASE WHEN f.coverage_alone = f.coverage_together THEN f.together - f.alone END,
               CASE WHEN l.coverage_together = b.coverage_together THEN l.together - b.together END, coalesce(g.contribution, 0)
        FROM unnest($2) u (id) JOIN unnest($2) p (id) ON p.id <> u.id
        JOIN scored f ON f.variant = 'two ' || quote_literal(least(p.id COLLATE "C", u.id COLLATE "C")) || quote_literal(greatest(p.id COLLATE "C", u.id COLLATE "C")) AND f.institution_id = u.id
        JOIN scored l ON l.variant = 'all' AND l.institution_id = u.id
        JOIN scored b ON b.variant = 'but ' || p.id AND b.institution_id = u.id
        LEFT JOIN given g ON g.institution_id = u.id AND g.partner_id = p.id
        JOIN %1$I.institution i ON i.scenario = $1 AND i.institution_id = u.id
        JOIN %1$I.institution o ON o.scenario = $1 AND o.institution_id = p.id
        ORDER BY u.id COLLATE "C", p.id COLLATE "C"
        $query$, plan, home) USING scenario, members, city;
END
$function$;
COMMENT ON FUNCTION package_pair(text, text[], text, text) IS
'Who gives whom how much in a set of institutions that come to a city (default: the home city): one row an ordered pair of members. gain_first: what institution_id gains when partner_id alone comes before it; gain_last: what it would lose of its score in the whole set if partner_id stayed away; contribution: what the reasons of its score in the whole set owe to partner_id, before those that stand aside for it are taken off. The first two are exact differences of scores and need not add up, since partners overlap; NULL where coverage differs. Gains fall with the number of partners: gain_first is what pair bonuses are made of.';
