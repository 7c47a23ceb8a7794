-- Pair bonuses for the allocation: what two candidates give each other when one finds the other in the city, by the definition of packages
-- (package.sql), averaged over the competing cities, because a bonus of allocate() holds for any city that a pair shares. They are costly, so
-- assess_pair_bonus stores them as a run; solve() reads them where setting.pair_weight asks for it.

CREATE FUNCTION plan_pair_bonus_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE run_pair (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_a text NOT NULL,
        institution_b text NOT NULL,
        bonus numeric NOT NULL,
        to_a numeric NOT NULL,
        to_b numeric NOT NULL,
        cities integer NOT NULL,
        lowest numeric NOT NULL,
        highest numeric NOT NULL,
        PRIMARY KEY (scenario, run, institution_a, institution_b),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (institution_a < institution_b)
    );
    COMMENT ON TABLE run_pair IS 'Rows of a run of kind pair_bonus: what two candidates give each other.';
    COMMENT ON COLUMN run_pair.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_pair.run IS 'The run.';
    COMMENT ON COLUMN run_pair.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN run_pair.institution_b IS 'The other institution.';
    COMMENT ON COLUMN run_pair.bonus IS 'to_a + to_b, in units of the score.';
    COMMENT ON COLUMN run_pair.to_a IS 'What institution_a gains when institution_b is an incumbent: mean over the competing cities.';
    COMMENT ON COLUMN run_pair.to_b IS 'What institution_b gains when institution_a is an incumbent: mean over the competing cities.';
    COMMENT ON COLUMN run_pair.cities IS 'How many competing cities the means are over: those where the coverage stays.';
    COMMENT ON COLUMN run_pair.lowest IS 'Lowest sum of the two gains in a city.';
    COMMENT ON COLUMN run_pair.highest IS 'Highest sum of the two gains in a city.';

    CREATE TABLE run_bonus (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_a text NOT NULL,
        institution_b text NOT NULL,
        kind text NOT NULL,
        bonus float8 NOT NULL,
        PRIMARY KEY (scenario, run, institution_a, institution_b),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_bonus IS 'Bonuses that a run of kind allocation reckoned with.';
    COMMENT ON COLUMN run_bonus.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_bonus.run IS 'The run.';
    COMMENT ON COLUMN run_bonus.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN run_bonus.institution_b IS 'The other institution.';
    COMMENT ON COLUMN run_bonus.kind IS 'own = a row of the table bonus; synergy = a pair bonus.';
    COMMENT ON COLUMN run_bonus.bonus IS 'The bonus, as it counted.';
END
$function$;
COMMENT ON FUNCTION plan_pair_bonus_tables(text) IS
'Makes the empty tables of a plan''s pair bonuses. Called by create_plan, which see.';

CREATE FUNCTION plan_pair_bonus_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION pair_variants(of_scenario text) RETURNS synergy_variant[]
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
    RETURN ARRAY(SELECT ROW(i.scenario, i.institution_id, c.city_id, NULL, i.institution_id, NULL)::synergy_variant
                 FROM institution i JOIN city c ON c.scenario = i.scenario
                 WHERE i.scenario = of_scenario AND i.status = 'capital' AND c.competes
                 ORDER BY i.institution_id COLLATE "C", c.city_id COLLATE "C");
    COMMENT ON FUNCTION pair_variants(text) IS 'Each competing city with each candidate of the capital area among its incumbents, as variants named by the candidate. For the views of this plan.';

    CREATE OR REPLACE FUNCTION pair_gain(of_scenario text)
    RETURNS TABLE (institution_id text, partner_id text, city_id text, gain numeric)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 200000
    BEGIN ATOMIC
        SELECT q.institution_id, q.variant, q.city_id, q.score - q.alone
        FROM (
            SELECT p.variant, p.city_id, p.institution_id, p.score, p.coverage,
                   max(p.score) FILTER (WHERE p.variant = '') OVER pair AS alone, max(p.coverage) FILTER (WHERE p.variant = '') OVER pair AS coverage_alone
            FROM synergy_pair(true, pair_variants(of_scenario)) p
            WHERE p.scenario = of_scenario AND p.competes AND p.candidate_kind = 'capital'
            WINDOW pair AS (PARTITION BY p.city_id, p.institution_id)
        ) q
        WHERE q.variant <> '' AND q.variant <> q.institution_id AND q.coverage = q.coverage_alone AND q.score IS NOT NULL;
    END;
    COMMENT ON FUNCTION pair_gain(text) IS 'What a candidate gains in each competing city when another is an incumbent there; no row where the coverage changes. For assess_pair_bonus.';

    CREATE OR REPLACE VIEW pair_bonus WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_a, a.name_ko AS name_a_ko, a.name_en AS name_a_en, r.institution_b, b.name_ko AS name_b_ko, b.name_en AS name_b_en,
           r.bonus, r.to_a, r.to_b, t.relation, t.weight AS tie, a.ministry = b.ministry AS same_ministry, r.cities, r.lowest, r.highest,
           r.run, u.input_hash = p.pair_hash AS current, concat_ws('|', r.scenario, r.institution_a, r.institution_b) AS row_key
    FROM (SELECT l.scenario, max(l.run) AS run FROM run l WHERE l.kind = 'pair_bonus' GROUP BY l.scenario) latest
    JOIN run u ON u.scenario = latest.scenario AND u.run = latest.run
    JOIN run_pair r ON r.scenario = u.scenario AND r.run = u.run
    LEFT JOIN institution a ON a.scenario = r.scenario AND a.institution_id = r.institution_a
    LEFT JOIN institution b ON b.scenario = r.scenario AND b.institution_id = r.institution_b
    LEFT JOIN institution_tie t ON t.scenario = r.scenario AND t.institution_id = r.institution_a AND t.partner_id = r.institution_b AND t.weight > 0
    LEFT JOIN (SELECT v.scenario, v.pair_hash FROM allocation_run v OFFSET 0) p ON p.scenario = r.scenario;
    COMMENT ON VIEW pair_bonus IS 'The latest run of assess_pair_bonus: what two candidates give each other in a city that they share.';
    COMMENT ON COLUMN pair_bonus.scenario IS 'Scenario.';
    COMMENT ON COLUMN pair_bonus.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN pair_bonus.name_a_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN pair_bonus.name_a_en IS 'Its name in English.';
    COMMENT ON COLUMN pair_bonus.institution_b IS 'The other institution.';
    COMMENT ON COLUMN pair_bonus.name_b_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN pair_bonus.name_b_en IS 'Its name in English.';
    COMMENT ON COLUMN pair_bonus.bonus IS 'to_a + to_b, in units of the score; solve() counts it times setting.pair_weight.';
    COMMENT ON COLUMN pair_bonus.to_a IS 'What institution_a gains when institution_b is an incumbent: mean over the competing cities.';
    COMMENT ON COLUMN pair_bonus.to_b IS 'What institution_b gains when institution_a is an incumbent: mean over the competing cities.';
    COMMENT ON COLUMN pair_bonus.relation IS 'What institution_b is to institution_a: parent, subsidiary or sibling; NULL = no named tie.';
    COMMENT ON COLUMN pair_bonus.tie IS 'Strength of that tie.';
    COMMENT ON COLUMN pair_bonus.same_ministry IS 'Is one ministry in charge of both?';
    COMMENT ON COLUMN pair_bonus.cities IS 'How many competing cities the means are over.';
    COMMENT ON COLUMN pair_bonus.lowest IS 'Lowest sum of the two gains in a city.';
    COMMENT ON COLUMN pair_bonus.highest IS 'Highest sum of the two gains in a city.';
    COMMENT ON COLUMN pair_bonus.run IS 'The run that found it.';
    COMMENT ON COLUMN pair_bonus.current IS 'False when the inputs of the score have changed since the run.';
    COMMENT ON COLUMN pair_bonus.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_pair WITH (security_invoker = true) AS
    SELECT n.scenario, n.institution_a, a.name_ko AS name_a_ko, a.name_en AS name_a_en, n.institution_b, b.name_ko AS name_b_ko, b.name_en AS name_b_en,
           n.kind, n.bonus, x.city_id = y.city_id AS earned, CASE WHEN x.city_id = y.city_id THEN x.city_id END AS city_id,
           c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           n.run, r.input_hash = l.input_hash AS current, concat_ws('|', n.scenario, n.institution_a, n.institution_b) AS row_key
    FROM allocation_run l
    JOIN run r USING (scenario, run)
    JOIN run_bonus n USING (scenario, run)
    JOIN run_row x ON x.scenario = n.scenario AND x.run = n.run AND x.institution_id = n.institution_a
    JOIN run_row y ON y.scenario = n.scenario AND y.run = n.run AND y.institution_id = n.institution_b
    LEFT JOIN institution a ON a.scenario = n.scenario AND a.institution_id = n.institution_a
    LEFT JOIN institution b ON b.scenario = n.scenario AND b.institution_id = n.institution_b
    LEFT JOIN city c ON c.scenario = n.scenario AND c.city_id = x.city_id AND x.city_id = y.city_id;
    COMMENT ON VIEW allocation_pair IS 'The bonuses that the latest run of solve() reckoned with, and which pairs earned theirs by going to one city. Half of an earned bonus is in the column bonus of either of the two in allocation_assignment.';
    COMMENT ON COLUMN allocation_pair.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_pair.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN allocation_pair.name_a_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_pair.name_a_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_pair.institution_b IS 'The other institution.';
    COMMENT ON COLUMN allocation_pair.name_b_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_pair.name_b_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_pair.kind IS 'own = a row of the table bonus; synergy = a pair bonus.';
    COMMENT ON COLUMN allocation_pair.bonus IS 'The bonus, as it counted, in units of the score.';
    COMMENT ON COLUMN allocation_pair.earned IS 'Do the two share a city?';
    COMMENT ON COLUMN allocation_pair.city_id IS 'That city; NULL = they do not.';
    COMMENT ON COLUMN allocation_pair.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_pair.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_pair.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_pair.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_pair.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_pair_bonus_views(text) IS
'Makes or replaces the views pair_bonus and allocation_pair of a plan, and the functions behind them. Called by plan_views, which see.';

CREATE FUNCTION assess_pair_bonus(plan text, scenario text DEFAULT 'base') RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format($query$
        INSERT INTO %1$I.run (scenario, kind, input_hash)
        SELECT $1, 'pair_bonus', v.pair_hash FROM %1$I.allocation_run v WHERE v.scenario = $1
        RETURNING run $query$, plan) INTO new_run USING scenario;
    EXECUTE format($query$
        INSERT INTO %1$I.run_pair (scenario, run, institution_a, institution_b, bonus, to_a, to_b, cities, lowest, highest)
        WITH gain AS MATERIALIZED (
            SELECT g.* FROM %1$I.pair_gain($1) g
        ), city AS MATERIALIZED (
            -- both directions of a pair in one city, where both are known
            SELECT x.institution_id AS a, x.partner_id AS b, x.gain AS to_a, y.gain AS to_b
            FROM gain x JOIN gain y ON y.institution_id = x.partner_id AND y.partner_id = x.institution_id AND y.city_id = x.city_id
            -- in the order that the tables bonus and run_pair ask for, which is the database's
            WHERE x.institution_id < x.partner_id
        ), mean AS MATERIALIZED (
            SELECT c.a, c.b, round(avg(c.to_a), 9) AS to_a, round(avg(c.to_b), 9) AS to_b, count(*)::integer AS cities,
                   min(c.to_a + c.to_b) AS lowest, max(c.to_a + c.to_b) AS highest
            FROM city c GROUP BY c.a, c.b
        ), placed AS (
            SELECT m.a, m.b, row_number() OVER (PARTITION BY u.own ORDER BY m.to_a + m.to_b DESC, u.other COLLATE "C") AS place
            FROM mean m CROSS JOIN LATERAL (VALUES (m.a, m.b), (m.b, m.a)) u (own, other)
        )
        SELECT $1, $2, m.a, m.b, m.to_a + m.to_b, m.to_a, m.to_b, m.cities, m.lowest, m.highest
        FROM mean m JOIN %1$I.setting s ON s.scenario = $1
        WHERE m.to_a + m.to_b >= s.pair_least
          AND EXISTS (SELECT FROM placed p WHERE p.a = m.a AND p.b = m.b AND p.place <= s.pair_partners)
        $query$, plan) USING scenario, new_run;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION assess_pair_bonus(text, text) IS
'Works out what each two candidates of the capital area give each other in a city that they share, stores the pairs as a run for the view pair_bonus and returns its number. A bonus is what either gains when the other alone is an incumbent, the mean over the competing cities where the coverage stays. Kept are bonuses of at least setting.pair_least that are among the setting.pair_partners best of one of the two. All pairs are looked at: 151 candidates and 12 cities are 275,000 scores, some seconds. NULL argument: NULL, and nothing runs.';
