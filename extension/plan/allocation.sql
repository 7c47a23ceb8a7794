-- The allocation of a plan: solve() stores a run, views show the latest run of each scenario and whether its inputs have changed since.

CREATE FUNCTION plan_allocation_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE run_option (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_id text NOT NULL,
        score_rank integer NOT NULL,
        best_city_id text NOT NULL,
        best_score numeric NOT NULL,
        second_city_id text,
        exchange_with text,
        cost numeric,
        PRIMARY KEY (scenario, run, institution_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_option IS 'What an institution could have had instead, in a run of kind allocation.';
    COMMENT ON COLUMN run_option.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_option.run IS 'The run.';
    COMMENT ON COLUMN run_option.institution_id IS 'The institution.';
    COMMENT ON COLUMN run_option.score_rank IS 'Rank of its city among its own scores; equal scores share a rank.';
    COMMENT ON COLUMN run_option.best_city_id IS 'City of its best score; of equal ones the first in byte order.';
    COMMENT ON COLUMN run_option.best_score IS 'That score.';
    COMMENT ON COLUMN run_option.second_city_id IS 'Next best city that keeps the rules; NULL = none by one change or exchange.';
    COMMENT ON COLUMN run_option.exchange_with IS 'Institution that would go the other way; NULL = nobody has to.';
    COMMENT ON COLUMN run_option.cost IS 'What that change would cost, in units of the score.';

    CREATE TABLE run_price (
        scenario text NOT NULL,
        run bigint NOT NULL,
        number integer NOT NULL,
        rule text NOT NULL,
        city_id text,
        province text,
        category text,
        price float8 NOT NULL,
        used bigint NOT NULL,
        allowed bigint NOT NULL,
        PRIMARY KEY (scenario, run, number),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_price IS 'Limits that bind in a run of kind allocation, and their shadow prices.';
    COMMENT ON COLUMN run_price.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_price.run IS 'The run.';
    COMMENT ON COLUMN run_price.number IS 'Number of the limit in the run, from 1.';
    COMMENT ON COLUMN run_price.rule IS 'capacity, max_count, min_count, quota_min or quota_max.';
    COMMENT ON COLUMN run_price.city_id IS 'The city; NULL = the limit is one of a province.';
    COMMENT ON COLUMN run_price.province IS 'Region code of the province; NULL = the limit is one of a city.';
    COMMENT ON COLUMN run_price.category IS 'Category of a quota.';
    COMMENT ON COLUMN run_price.price IS 'About what one more head (capacity) or institution, or one fewer required, would bring, in units of the score.';
    COMMENT ON COLUMN run_price.used IS 'What the plan uses.';
    COMMENT ON COLUMN run_price.allowed IS 'The limit.';

    CREATE TABLE run_conflict (
        scenario text NOT NULL,
        run bigint NOT NULL,
        number integer NOT NULL,
        rule text NOT NULL,
        detail text NOT NULL,
        institution_id text,
        city_id text,
        PRIMARY KEY (scenario, run, number),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_conflict IS 'The rules that cannot be kept together, in a run of kind allocation that is infeasible.';
    COMMENT ON COLUMN run_conflict.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_conflict.run IS 'The run.';
    COMMENT ON COLUMN run_conflict.number IS 'Number of the rule in the set, from 1.';
    COMMENT ON COLUMN run_conflict.rule IS 'Kind of the rule, as in conflicts().';
    COMMENT ON COLUMN run_conflict.detail IS 'The rule in words.';
    COMMENT ON COLUMN run_conflict.institution_id IS 'Institution that it names.';
    COMMENT ON COLUMN run_conflict.city_id IS 'City that it names.';
END
$function$;
COMMENT ON FUNCTION plan_allocation_tables(text) IS
'Makes the empty tables of a plan''s allocation runs. Called by create_plan, which see.';

CREATE FUNCTION plan_allocation_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW pair_bonus_offer WITH (security_invoker = true) AS
    SELECT b.scenario, b.institution_a, b.institution_b, 'own' AS kind, b.bonus, concat_ws('|', b.scenario, b.institution_a, b.institution_b) AS row_key
    FROM bonus b
    UNION ALL
    SELECT r.scenario, r.institution_a, r.institution_b, 'synergy', round(r.bonus * s.pair_weight::numeric, 9)::float8, concat_ws('|', r.scenario, r.institution_a, r.institution_b)
    FROM setting s
    JOIN run_pair r ON r.scenario = s.scenario
    WHERE s.pair_weight > 0 AND r.run = (SELECT max(l.run) FROM run l WHERE l.scenario = s.scenario AND l.kind = 'pair_bonus')
      AND NOT EXISTS (SELECT FROM bonus b WHERE b.scenario = r.scenario AND b.institution_a = r.institution_a AND b.institution_b = r.institution_b);
    COMMENT ON VIEW pair_bonus_offer IS 'Bonuses that an allocation would reckon with now: the rows of the table bonus, and where setting.pair_weight is above 0 the latest pair bonuses times it; a row of bonus takes the place of its pair''s.';
    COMMENT ON COLUMN pair_bonus_offer.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN pair_bonus_offer.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN pair_bonus_offer.institution_b IS 'The other institution.';
    COMMENT ON COLUMN pair_bonus_offer.kind IS 'own = a row of the table bonus; synergy = a pair bonus.';
    COMMENT ON COLUMN pair_bonus_offer.bonus IS 'What the two bring more in one city, in units of the score.';
    COMMENT ON COLUMN pair_bonus_offer.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION allocation_problem(of_scenario text)
    RETURNS TABLE (cells allocation_cell[], institutions allocation_institution[], cities allocation_city[],
                   bonuses allocation_bonus[], rules allocation_rule[], quotas allocation_quota[])
    LANGUAGE sql STABLE STRICT COST 100000 ROWS 1
    BEGIN ATOMIC
        WITH target AS MATERIALIZED (
            SELECT c.city_id, floor(c.capacity)::bigint AS capacity, c.max_count, c.min_count,
                   (SELECT ancestor(r.region, 1)::text FROM city_region r WHERE r.scenario = c.scenario AND r.city_id = c.city_id ORDER BY r.region LIMIT 1) AS province
            FROM city c WHERE c.scenario = of_scenario AND c.competes
        ), cell AS MATERIALIZED (
            SELECT s.institution_id, s.city_id, s.score
            FROM synergy_score s JOIN target t ON t.city_id = s.city_id
            WHERE s.scenario = of_scenario AND s.candidate_kind = 'capital' AND s.score IS NOT NULL
        ), mover AS MATERIALIZED (
            SELECT i.institution_id, ceil(i.headcount)::bigint AS headcount, i.category, i.move_group
            FROM institution i WHERE i.scenario = of_scenario AND EXISTS (SELECT FROM cell l WHERE l.institution_id = i.institution_id)
        ), even AS (
            -- a scenario that limits no city shares out evenly
            SELECT CASE WHEN count(t.capacity) + count(t.max_count) + count(t.min_count) = 0 THEN (SELECT count(*) FROM mover)::numeric / nullif(count(*), 0) END AS share
            FROM target t
        )
        SELECT ARRAY(SELECT ROW(l.institution_id, l.city_id, l.score)::allocation_cell FROM cell l),
               ARRAY(SELECT ROW(m.institution_id, m.headcount, m.category, m.move_group)::allocation_institution FROM mover m),
               ARRAY(SELECT ROW(t.city_id, t.capacity, coalesce(t.max_count, ceil(e.share)::integer), coalesce(t.min_count, floor(e.share)::integer), t.province)::allocation_city
                     FROM target t CROSS JOIN even e),
               ARRAY(SELECT ROW(b.institution_a, b.institution_b, b.bonus)::allocation_bonus
                     FROM pair_bonus_offer b JOIN mover m ON m.institution_id = b.institution_a JOIN mover n ON n.institution_id = b.institution_b
                     WHERE b.scenario = of_scenario),
               ARRAY(SELECT ROW(r.institution_id, r.city_id, r.rule, NULL)::allocation_rule
                     FROM rule r JOIN mover m ON m.institution_id = r.institution_id JOIN target t ON t.city_id = r.city_id WHERE r.scenario = of_scenario
                     UNION ALL
                     SELECT ROW(r.institution_a, NULL, r.rule, r.institution_b)::allocation_rule
                     FROM pair_rule r JOIN mover m ON m.institution_id = r.institution_a JOIN mover n ON n.institution_id = r.institution_b WHERE r.scenario = of_scenario),
               ARRAY(SELECT ROW(q.city_id, q.category, q.min_count, q.max_count, NULL)::allocation_quota
                     FROM quota q JOIN target t ON t.city_id = q.city_id WHERE q.scenario = of_scenario
                     UNION ALL
                     SELECT ROW(NULL, nullif(q.category, '*'), q.min_count, q.max_count, q.province::text)::allocation_quota
                     FROM province_quota q WHERE q.scenario = of_scenario AND q.province::text IN (SELECT t.province FROM target t));
    END;
    COMMENT ON FUNCTION allocation_problem(text) IS 'What allocate() and allocation_check() read of a scenario, one row: scores of the candidates of status capital in the competing cities, their head counts, categories and move groups, the limits of the cities, bonuses, rules and quotas. A candidate without any score is left out. For the views of this plan and for solve().';

    CREATE OR REPLACE VIEW allocation_run WITH (security_invoker = true) AS
    WITH rows AS (
        SELECT t.scenario, 'rule' AS table_name, to_jsonb(t) - 'scenario' - 'reason' AS content FROM rule t
        UNION ALL SELECT t.scenario, 'pair_rule', to_jsonb(t) - 'scenario' - 'reason' FROM pair_rule t
        UNION ALL SELECT t.scenario, 'quota', to_jsonb(t) - 'scenario' FROM quota t
        UNION ALL SELECT t.scenario, 'province_quota', to_jsonb(t) - 'scenario' FROM province_quota t
        UNION ALL SELECT t.scenario, 'bonus', to_jsonb(t) - 'scenario' FROM bonus t
        UNION ALL SELECT t.scenario, 'setting', jsonb_build_array(t.pair_weight, t.pair_partners, t.pair_least) FROM setting t WHERE t.pair_weight > 0
    ), hashed AS (
        SELECT r.scenario, encode(sha256(convert_to(string_agg(r.table_name || r.content::text, E'\n' ORDER BY r.table_name || r.content::text COLLATE "C"), 'UTF8')), 'hex') AS hash
        FROM rows r GROUP BY r.scenario
    )
    SELECT p.scenario, (SELECT max(r.run) FROM run r WHERE r.scenario = p.scenario AND r.kind = 'allocation') AS run,
           p.value || coalesce(' ' || h.hash, '') AS input_hash,
           concat_ws(' ', p.value, s.pair_partners, s.pair_least) AS pair_hash, p.scenario AS row_key
    FROM (SELECT v.scenario, v.value FROM provenance v WHERE v.kind = 'hash' AND v.item = 'all inputs' OFFSET 0) p
    JOIN setting s USING (scenario)
    LEFT JOIN hashed h USING (scenario);
    COMMENT ON VIEW allocation_run IS 'The latest allocation run of each scenario, and the hash of what a run would read now.';
    COMMENT ON COLUMN allocation_run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_run.run IS 'Number of the latest run of kind allocation; NULL = none yet.';
    COMMENT ON COLUMN allocation_run.input_hash IS 'SHA-256 over what the score reads, and over rules, quotas and bonuses if there are any.';
    COMMENT ON COLUMN allocation_run.pair_hash IS 'The hash of what assess_pair_bonus would read now, with its limits.';
    COMMENT ON COLUMN allocation_run.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_assignment WITH (security_invoker = true) AS
    SELECT w.scenario, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.score, w.bonus,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.institution_id) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_row w USING (scenario, run)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_assignment IS 'Who goes where, by the latest run of solve().';
    COMMENT ON COLUMN allocation_assignment.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_assignment.institution_id IS 'The institution.';
    COMMENT ON COLUMN allocation_assignment.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_assignment.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_assignment.city_id IS 'The city.';
    COMMENT ON COLUMN allocation_assignment.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_assignment.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_assignment.score IS 'Its score there in the run.';
    COMMENT ON COLUMN allocation_assignment.bonus IS 'Its half of the bonuses with institutions in the same city.';
    COMMENT ON COLUMN allocation_assignment.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_assignment.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_assignment.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_certificate WITH (security_invoker = true) AS
    SELECT r.scenario, r.status, r.objective, r.bound, r.gap, r.seed, r.effort, r.run, r.started, r.input_hash = a.input_hash AS current,
           s.institutions, s.cities, s.gini, s.fewest, s.most,
           (SELECT count(*) FROM institution i WHERE i.scenario = r.scenario AND i.status = 'capital'
              AND NOT EXISTS (SELECT FROM run_row w WHERE w.scenario = r.scenario AND w.run = r.run AND w.institution_id = i.institution_id)) AS left_out,
           r.scenario AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    CROSS JOIN LATERAL (
        SELECT sum(k.n)::bigint AS institutions, count(*) AS cities, gini(k.n::float8) AS gini, min(k.n) AS fewest, max(k.n) AS most
        FROM (SELECT (SELECT count(*) FROM run_row w WHERE w.scenario = r.scenario AND w.run = r.run AND w.city_id = c.city_id) AS n
              FROM city c WHERE c.scenario = r.scenario AND c.competes) k) s;
    COMMENT ON VIEW allocation_certificate IS 'What is proven about the latest run of solve(), and how evenly it shares out institutions.';
    COMMENT ON COLUMN allocation_certificate.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_certificate.status IS 'optimal (proven), feasible (a plan and a bound), infeasible (proven; see allocation_conflict), unknown.';
    COMMENT ON COLUMN allocation_certificate.objective IS 'Sum of scores and bonuses, recomputed from the plan, less change penalties.';
    COMMENT ON COLUMN allocation_certificate.bound IS 'No plan under the same rules is worth more.';
    COMMENT ON COLUMN allocation_certificate.gap IS '(bound - objective) / |objective|; 0 = proven optimal.';
    COMMENT ON COLUMN allocation_certificate.seed IS 'Seed of the random numbers.';
    COMMENT ON COLUMN allocation_certificate.effort IS 'Effort that was allowed.';
    COMMENT ON COLUMN allocation_certificate.run IS 'Number of the run.';
    COMMENT ON COLUMN allocation_certificate.started IS 'When it ran.';
    COMMENT ON COLUMN allocation_certificate.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_certificate.institutions IS 'Institutions placed.';
    COMMENT ON COLUMN allocation_certificate.cities IS 'Competing cities.';
    COMMENT ON COLUMN allocation_certificate.gini IS 'Gini coefficient of the cities'' numbers of institutions, 0 = equal.';
    COMMENT ON COLUMN allocation_certificate.fewest IS 'Fewest institutions of a city.';
    COMMENT ON COLUMN allocation_certificate.most IS 'Most institutions of a city.';
    COMMENT ON COLUMN allocation_certificate.left_out IS 'Candidates without a place: they have no score in any competing city, or there is no plan.';
    COMMENT ON COLUMN allocation_certificate.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_reason WITH (security_invoker = true) AS
    SELECT w.scenario, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.score, w.bonus,
           CASE WHEN u.rule = 'forced' THEN 'forced' WHEN o.score_rank = 1 THEN 'best_city' WHEN w.bonus > 0 THEN 'bonus' ELSE 'limit' END AS reason,
           o.score_rank, o.best_city_id, b.name_ko AS best_city_name_ko, b.name_en AS best_city_name_en, o.best_score,
           o.second_city_id, s.name_ko AS second_city_name_ko, s.name_en AS second_city_name_en,
           o.exchange_with, x.name_ko AS exchange_name_ko, x.name_en AS exchange_name_en, o.cost,
           e.bonus_with_ko, e.bonus_with_en,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.institution_id) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_row w USING (scenario, run)
    JOIN run_option o USING (scenario, run, institution_id)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN institution x ON x.scenario = w.scenario AND x.institution_id = o.exchange_with
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id
    LEFT JOIN city b ON b.scenario = w.scenario AND b.city_id = o.best_city_id
    LEFT JOIN city s ON s.scenario = w.scenario AND s.city_id = o.second_city_id
    LEFT JOIN rule u ON u.scenario = w.scenario AND u.institution_id = w.institution_id AND u.city_id = w.city_id
    LEFT JOIN LATERAL (
        -- whom it shares the city with, greatest bonus first
        SELECT string_agg(format('%s (%s)', coalesce(h.name_ko, h.institution_id), trim_scale(round(n.bonus::numeric, 6))), ', ' ORDER BY n.bonus DESC, h.institution_id COLLATE "C") AS bonus_with_ko,
               string_agg(format('%s (%s)', coalesce(h.name_en, h.institution_id), trim_scale(round(n.bonus::numeric, 6))), ', ' ORDER BY n.bonus DESC, h.institution_id COLLATE "C") AS bonus_with_en
        FROM run_bonus n
        JOIN run_row y ON y.scenario = n.scenario AND y.run = n.run AND y.city_id = w.city_id
                      AND y.institution_id = CASE w.institution_id WHEN n.institution_a THEN n.institution_b ELSE n.institution_a END
        JOIN institution h ON h.scenario = y.scenario AND h.institution_id = y.institution_id
        WHERE n.scenario = w.scenario AND n.run = w.run AND w.institution_id IN (n.institution_a, n.institution_b)) e ON true;
    COMMENT ON VIEW allocation_reason IS 'Why each institution goes where it goes: its own best city, and what its next best place would cost the whole.';
    COMMENT ON COLUMN allocation_reason.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_reason.institution_id IS 'The institution.';
    COMMENT ON COLUMN allocation_reason.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.city_id IS 'The city.';
    COMMENT ON COLUMN allocation_reason.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_reason.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_reason.score IS 'Its score there in the run.';
    COMMENT ON COLUMN allocation_reason.bonus IS 'Its half of the bonuses with institutions in the same city.';
    COMMENT ON COLUMN allocation_reason.reason IS 'forced (by a rule), best_city (no city scores higher), bonus (it has partners there), limit (its better cities are worth more to others).';
    COMMENT ON COLUMN allocation_reason.score_rank IS 'Rank of the city among its own scores; equal scores share a rank.';
    COMMENT ON COLUMN allocation_reason.best_city_id IS 'City of its best score.';
    COMMENT ON COLUMN allocation_reason.best_city_name_ko IS 'Name of that city in Korean.';
    COMMENT ON COLUMN allocation_reason.best_city_name_en IS 'Name of that city in English.';
    COMMENT ON COLUMN allocation_reason.best_score IS 'That score.';
    COMMENT ON COLUMN allocation_reason.second_city_id IS 'Next best city that keeps the rules; NULL = none by one change or exchange.';
    COMMENT ON COLUMN allocation_reason.second_city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.second_city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.exchange_with IS 'Institution that would go the other way; NULL = nobody has to.';
    COMMENT ON COLUMN allocation_reason.exchange_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.exchange_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.cost IS 'What that change would cost, in units of the score.';
    COMMENT ON COLUMN allocation_reason.bonus_with_ko IS 'Institutions in the same city with which it earns a bonus, and the bonus of the pair, greatest first, in Korean; NULL = none.';
    COMMENT ON COLUMN allocation_reason.bonus_with_en IS 'The same in English.';
    COMMENT ON COLUMN allocation_reason.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_reason.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_reason.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_price WITH (security_invoker = true) AS
    SELECT w.scenario, w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.rule, w.province, w.category, w.price, w.used, w.allowed,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.number) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_price w USING (scenario, run)
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_price IS 'The limits that bind in the latest run of solve(), and what one more place would bring.';
    COMMENT ON COLUMN allocation_price.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_price.city_id IS 'The city; NULL = the limit is one of a province.';
    COMMENT ON COLUMN allocation_price.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_price.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_price.rule IS 'capacity, max_count, min_count, quota_min or quota_max.';
    COMMENT ON COLUMN allocation_price.province IS 'Region code of the province; NULL = the limit is one of a city.';
    COMMENT ON COLUMN allocation_price.category IS 'Category of a quota.';
    COMMENT ON COLUMN allocation_price.price IS 'About what one more head (capacity) or institution, or one fewer required, would bring, in units of the score: the multiplier of the bound.';
    COMMENT ON COLUMN allocation_price.used IS 'What the plan uses.';
    COMMENT ON COLUMN allocation_price.allowed IS 'The limit.';
    COMMENT ON COLUMN allocation_price.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_price.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_price.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_conflict WITH (security_invoker = true) AS
    SELECT w.scenario, w.rule, w.detail, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.number) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_conflict w USING (scenario, run)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_conflict IS 'When the latest run of solve() is infeasible: a small set of rules that cannot be kept together.';
    COMMENT ON COLUMN allocation_conflict.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_conflict.rule IS 'Kind of the rule.';
    COMMENT ON COLUMN allocation_conflict.detail IS 'The rule in words.';
    COMMENT ON COLUMN allocation_conflict.institution_id IS 'Institution that it names.';
    COMMENT ON COLUMN allocation_conflict.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_conflict.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_conflict.city_id IS 'City that it names.';
    COMMENT ON COLUMN allocation_conflict.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_conflict.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_conflict.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_conflict.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_conflict.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_allocation_views(text) IS
'Makes or replaces the views of a plan''s allocation. Called by plan_views, which see.';

CREATE FUNCTION solve(plan text, scenario text DEFAULT 'base', effort bigint DEFAULT 10000000, seed bigint DEFAULT 1, change_penalty float8 DEFAULT 0)
RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    -- pair bonuses where the setting asks for them and there are none of the present inputs
    EXECUTE format($query$
        SELECT %2$I.assess_pair_bonus($1, $2) FROM %1$I.setting s
        WHERE s.scenario = $2 AND s.pair_weight > 0
          AND (SELECT r.input_hash FROM %1$I.run r WHERE r.scenario = $2 AND r.kind = 'pair_bonus' ORDER BY r.run DESC LIMIT 1)
              IS DISTINCT FROM (SELECT v.pair_hash FROM %1$I.allocation_run v WHERE v.scenario = $2)
        $query$, plan, home) USING plan, scenario;
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    EXECUTE $query$
        WITH problem AS MATERIALIZED (
            SELECT p.* FROM allocation_problem($1) p),
        cell AS MATERIALIZED (
            SELECT l.institution, l.city, l.score FROM problem p CROSS JOIN LATERAL unnest(p.cells) l),
        solution AS MATERIALIZED (
            SELECT allocate(p.cells, p.institutions, p.cities, p.bonuses, p.rules, p.quotas, $2, $3,
                ARRAY(SELECT (w.institution_id, w.city_id)::allocation_place
                      FROM run_row w
                      WHERE w.scenario = $1 AND $4 <> 0 AND w.run = (SELECT a.run FROM allocation_run a WHERE a.scenario = $1)
                        AND w.institution_id IN (SELECT m.institution FROM unnest(p.institutions) m) AND w.city_id IN (SELECT t.city FROM unnest(p.cities) t)),
                $4) AS a
            FROM problem p),
        made AS (
            INSERT INTO run (scenario, kind, seed, effort, status, objective, bound, gap, input_hash)
            SELECT $1, 'allocation', $3, $2, c.status, c.objective, c.bound, c.gap, (SELECT h.input_hash FROM allocation_run h WHERE h.scenario = $1)
            FROM solution CROSS JOIN certificate(a) c
            RETURNING run.run),
        rows AS (
            INSERT INTO run_row (scenario, run, institution_id, city_id, score, bonus)
            SELECT $1, made.run, x.institution, x.city, x.score, x.bonus FROM made CROSS JOIN solution CROSS JOIN assignments(a) x),
        offers AS (
            INSERT INTO run_bonus (scenario, run, institution_a, institution_b, kind, bonus)
            SELECT $1, made.run, o.institution_a, o.institution_b, o.kind, o.bonus
            FROM made CROSS JOIN problem p CROSS JOIN LATERAL unnest(p.bonuses) b
            JOIN pair_bonus_offer o ON o.scenario = $1 AND o.institution_a = b.institution_a AND o.institution_b = b.institution_b),
        options AS (
            INSERT INTO run_option (scenario, run, institution_id, score_rank, best_city_id, best_score, second_city_id, exchange_with, cost)
            SELECT $1, made.run, o.institution, k.score_rank, k.best_city, k.best_score, o.second_city, o.exchange_with, o.cost
            FROM made CROSS JOIN solution CROSS JOIN alternatives(a) o
            JOIN (SELECT l.institution, l.city, rank() OVER (PARTITION BY l.institution ORDER BY l.score DESC) AS score_rank,
                         first_value(l.city) OVER best AS best_city, first_value(l.score) OVER best AS best_score
                  FROM cell l WINDOW best AS (PARTITION BY l.institution ORDER BY l.score DESC, l.city COLLATE "C")) k
              ON k.institution = o.institution AND k.city = o.city),
        prices AS (
            INSERT INTO run_price (scenario, run, number, rule, city_id, province, category, price, used, allowed)
            SELECT $1, made.run, row_number() OVER (ORDER BY p.city COLLATE "C", p.province COLLATE "C", p.rule, p.category COLLATE "C"), p.rule, p.city, p.province, p.category, p.price, p.used, p.allowed
            FROM made CROSS JOIN solution CROSS JOIN shadow_prices(a) p),
        conflict AS (
            INSERT INTO run_conflict (scenario, run, number, rule, detail, institution_id, city_id)
            SELECT $1, made.run, x.number, x.rule, x.detail, x.institution, x.city
            FROM made CROSS JOIN solution
            CROSS JOIN LATERAL (SELECT f.*, row_number() OVER () AS number FROM conflicts(a) f) x)
        SELECT run FROM made
        $query$ INTO new_run USING scenario, effort, seed, change_penalty;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION solve(text, text, bigint, bigint, float8) IS
'Allocates the candidates of a scenario (status capital) to its competing cities by their scores and bonuses under capacities, counts, rules and quotas, stores the result as a run and returns its number; the allocation views show the latest. A scenario that limits no city shares out evenly. change_penalty > 0: the latest run is the previous plan, and each institution that leaves its city there costs that much. A candidate without any score is left out. NULL argument: NULL, and nothing runs.';
