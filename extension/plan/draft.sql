-- Allocations made by hand: planners type who goes where into allocation_draft, and the views judge each draft by the same rules and scores
-- as solve(), beside what solve() has proven.

CREATE FUNCTION plan_draft_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE allocation_draft (
        scenario text NOT NULL DEFAULT 'base',
        draft text NOT NULL CHECK (draft <> ''),
        institution_id text NOT NULL,
        city_id text NOT NULL,
        reason text,
        PRIMARY KEY (scenario, draft, institution_id),
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE allocation_draft IS 'Allocations made by hand, any number of them: who goes where. allocation_draft_certificate and allocation_draft_check judge them.';
    COMMENT ON COLUMN allocation_draft.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_draft.draft IS 'Name of the draft.';
    COMMENT ON COLUMN allocation_draft.institution_id IS 'The institution.';
    COMMENT ON COLUMN allocation_draft.city_id IS 'The city that it goes to.';
    COMMENT ON COLUMN allocation_draft.reason IS 'Why, in the planner''s words.';
END
$function$;
COMMENT ON FUNCTION plan_draft_tables(text) IS
'Makes the empty table of a plan''s allocations made by hand. Called by create_plan, which see.';

CREATE FUNCTION plan_draft_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW allocation_draft_check WITH (security_invoker = true) AS
    WITH problem AS MATERIALIZED (
        SELECT d.scenario, p.* FROM (SELECT DISTINCT a.scenario FROM allocation_draft a) d CROSS JOIN LATERAL allocation_problem(d.scenario) p
    ), line AS MATERIALIZED (
        SELECT d.scenario, d.draft, d.institution_id, d.city_id,
               d.institution_id IN (SELECT m.institution FROM unnest(p.institutions) m) AS moves, d.city_id IN (SELECT t.city FROM unnest(p.cities) t) AS takes
        FROM allocation_draft d JOIN problem p USING (scenario)
    ), place AS MATERIALIZED (
        SELECT l.scenario, l.draft, array_agg(ROW(l.institution_id, l.city_id)::allocation_place ORDER BY l.institution_id COLLATE "C") FILTER (WHERE l.moves AND l.takes) AS places
        FROM line l GROUP BY l.scenario, l.draft
    ), finding AS (
        SELECT p.scenario, p.draft, f.rule, f.detail, f.institution, f.other, f.city, f.used, f.allowed
        FROM place p JOIN problem q USING (scenario)
        CROSS JOIN LATERAL allocation_check(q.cells, q.institutions, q.cities, q.bonuses, q.rules, q.quotas, coalesce(p.places, '{}')) f
        -- who was sent to a city that does not compete is reported by that line, and not as forgotten
        WHERE f.rule <> 'assigned'
           OR NOT EXISTS (SELECT FROM line l WHERE l.scenario = p.scenario AND l.draft = p.draft AND l.institution_id = f.institution AND NOT l.takes)
        UNION ALL
        SELECT l.scenario, l.draft, 'no_candidate', format('institution "%s" is no candidate with a score', l.institution_id), l.institution_id, NULL, l.city_id, NULL, NULL
        FROM line l WHERE NOT l.moves
        UNION ALL
        SELECT l.scenario, l.draft, 'no_target', format('city "%s" does not compete', l.city_id), l.institution_id, NULL, l.city_id, NULL, NULL
        FROM line l WHERE NOT l.takes
    )
    SELECT f.scenario, f.draft, f.rule, f.detail, f.institution AS institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           f.other AS other_id, o.name_ko AS other_name_ko, o.name_en AS other_name_en, f.city AS city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           f.used, f.allowed, concat_ws('|', f.scenario, f.draft, f.rule, f.detail) AS row_key
    FROM finding f
    LEFT JOIN institution i ON i.scenario = f.scenario AND i.institution_id = f.institution
    LEFT JOIN institution o ON o.scenario = f.scenario AND o.institution_id = f.other
    LEFT JOIN city c ON c.scenario = f.scenario AND c.city_id = f.city;
    COMMENT ON VIEW allocation_draft_check IS 'Rules that the drafts in allocation_draft break; a draft without rows here keeps them all.';
    COMMENT ON COLUMN allocation_draft_check.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_draft_check.draft IS 'The draft.';
    COMMENT ON COLUMN allocation_draft_check.rule IS 'Kind of the rule, as in allocation_check(); no_candidate: the institution is no candidate with a score, no_target: the city does not compete.';
    COMMENT ON COLUMN allocation_draft_check.detail IS 'What is broken, in words.';
    COMMENT ON COLUMN allocation_draft_check.institution_id IS 'Institution that it names.';
    COMMENT ON COLUMN allocation_draft_check.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_draft_check.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_draft_check.other_id IS 'Other institution that it names.';
    COMMENT ON COLUMN allocation_draft_check.other_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_draft_check.other_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_draft_check.city_id IS 'City that it names.';
    COMMENT ON COLUMN allocation_draft_check.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_draft_check.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_draft_check.used IS 'What the draft uses; NULL where nothing is counted.';
    COMMENT ON COLUMN allocation_draft_check.allowed IS 'What is allowed; NULL where nothing is counted.';
    COMMENT ON COLUMN allocation_draft_check.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_draft_certificate WITH (security_invoker = true) AS
    WITH problem AS MATERIALIZED (
        SELECT d.scenario, p.* FROM (SELECT DISTINCT a.scenario FROM allocation_draft a) d CROSS JOIN LATERAL allocation_problem(d.scenario) p
    ), line AS MATERIALIZED (
        SELECT d.scenario, d.draft, d.institution_id, d.city_id,
               d.institution_id IN (SELECT m.institution FROM unnest(p.institutions) m) AND d.city_id IN (SELECT t.city FROM unnest(p.cities) t) AS counts
        FROM allocation_draft d JOIN problem p USING (scenario)
    ), place AS MATERIALIZED (
        SELECT l.scenario, l.draft, count(*) FILTER (WHERE l.counts) AS placed,
               coalesce(array_agg(ROW(l.institution_id, l.city_id)::allocation_place ORDER BY l.institution_id COLLATE "C") FILTER (WHERE l.counts), '{}') AS places
        FROM line l GROUP BY l.scenario, l.draft
    ), worth AS MATERIALIZED (
        SELECT l.scenario, l.draft, l.placed, cardinality(p.institutions) - l.placed AS missing,
               allocation_objective(p.cells, p.institutions, p.cities, p.bonuses, p.rules, p.quotas, l.places) AS objective
        FROM place l JOIN problem p USING (scenario)
    ), broken AS MATERIALIZED (
        SELECT k.scenario, k.draft, count(*) AS broken FROM allocation_draft_check k GROUP BY k.scenario, k.draft
    ), best AS MATERIALIZED (
        -- what was proven of other inputs says nothing about these
        SELECT r.scenario, r.run, r.objective::numeric AS objective, r.bound::numeric AS bound
        FROM allocation_run a JOIN run r USING (scenario, run) WHERE r.input_hash = a.input_hash
    )
    SELECT w.scenario, w.draft, w.placed AS institutions, w.missing, coalesce(k.broken, 0) AS broken, coalesce(k.broken, 0) = 0 AS valid, w.objective,
           b.objective AS run_objective, b.bound, ((b.bound - w.objective) / nullif(abs(w.objective), 0))::float8 AS gap,
           s.gini, s.fewest, s.most, b.run, concat_ws('|', w.scenario, w.draft) AS row_key
    FROM worth w
    LEFT JOIN broken k USING (scenario, draft)
    LEFT JOIN best b USING (scenario)
    CROSS JOIN LATERAL (
        SELECT gini(k.n::float8) AS gini, min(k.n) AS fewest, max(k.n) AS most
        FROM (SELECT (SELECT count(*) FROM line l WHERE l.scenario = w.scenario AND l.draft = w.draft AND l.counts AND l.city_id = c.city_id) AS n
              FROM city c WHERE c.scenario = w.scenario AND c.competes) k) s;
    COMMENT ON VIEW allocation_draft_certificate IS 'What each draft in allocation_draft is worth, whether it keeps the rules, and how far it is at most from the best: no plan under the same rules is worth more than bound.';
    COMMENT ON COLUMN allocation_draft_certificate.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_draft_certificate.draft IS 'The draft.';
    COMMENT ON COLUMN allocation_draft_certificate.institutions IS 'Candidates that it places.';
    COMMENT ON COLUMN allocation_draft_certificate.missing IS 'Candidates that it forgets.';
    COMMENT ON COLUMN allocation_draft_certificate.broken IS 'Broken rules: rows of allocation_draft_check.';
    COMMENT ON COLUMN allocation_draft_certificate.valid IS 'Does it place every candidate and keep every rule?';
    COMMENT ON COLUMN allocation_draft_certificate.objective IS 'Sum of its scores and bonuses; a place without a score counts 0.';
    COMMENT ON COLUMN allocation_draft_certificate.run_objective IS 'What the latest run of solve() found; NULL when there is none, or its inputs have changed since.';
    COMMENT ON COLUMN allocation_draft_certificate.bound IS 'No plan under the same rules is worth more, as that run has proven; NULL likewise.';
    COMMENT ON COLUMN allocation_draft_certificate.gap IS '(bound - objective) / |objective|; negative only for a draft that breaks rules.';
    COMMENT ON COLUMN allocation_draft_certificate.gini IS 'Gini coefficient of the cities'' numbers of institutions, 0 = equal.';
    COMMENT ON COLUMN allocation_draft_certificate.fewest IS 'Fewest institutions of a city.';
    COMMENT ON COLUMN allocation_draft_certificate.most IS 'Most institutions of a city.';
    COMMENT ON COLUMN allocation_draft_certificate.run IS 'The run that the bound is from.';
    COMMENT ON COLUMN allocation_draft_certificate.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_draft_views(text) IS
'Makes or replaces the views that judge a plan''s allocations made by hand. Called by plan_views, which see.';
