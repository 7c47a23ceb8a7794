-- Robustness of the ranking: runs of random weights are stored, no view computes them.

CREATE FUNCTION plan_robustness_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE robustness_run (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        samples integer NOT NULL,
        spread float8,
        concentration float8,
        PRIMARY KEY (scenario, run),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE robustness_run IS 'How the weights of a run of kind robustness were drawn.';
    COMMENT ON COLUMN robustness_run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN robustness_run.run IS 'The run.';
    COMMENT ON COLUMN robustness_run.samples IS 'Sets of weights drawn.';
    COMMENT ON COLUMN robustness_run.spread IS 'Each weight within plus or minus this share of the plan''s; NULL = not so.';
    COMMENT ON COLUMN robustness_run.concentration IS 'Dirichlet around the plan''s weights with this concentration; NULL = not so. Both NULL: any weights, uniform.';

    CREATE TABLE robustness_row (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        institution_id text NOT NULL,
        city_id text NOT NULL,
        candidate_kind text NOT NULL,
        coverage numeric NOT NULL,
        candidates integer NOT NULL,
        score numeric,
        rank_in_city integer,
        first float8 NOT NULL,
        first_error float8 NOT NULL,
        top_5 float8 NOT NULL,
        top_10 float8 NOT NULL,
        top_20 float8 NOT NULL,
        mean_rank float8 NOT NULL,
        PRIMARY KEY (scenario, run, institution_id, city_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE robustness_row IS 'Rows of a run of kind robustness: ranks of a candidate under random weights.';
    COMMENT ON COLUMN robustness_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN robustness_row.run IS 'The run.';
    COMMENT ON COLUMN robustness_row.institution_id IS 'The candidate.';
    COMMENT ON COLUMN robustness_row.city_id IS 'The city.';
    COMMENT ON COLUMN robustness_row.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN robustness_row.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN robustness_row.candidates IS 'How many candidates were compared: same city, kind, coverage and known parts.';
    COMMENT ON COLUMN robustness_row.score IS 'Score under the plan''s own weights.';
    COMMENT ON COLUMN robustness_row.rank_in_city IS 'Rank by that score among the candidates compared.';
    COMMENT ON COLUMN robustness_row.first IS 'Share of the random weights under which the candidate is first.';
    COMMENT ON COLUMN robustness_row.first_error IS 'Standard error of that share from sampling.';
    COMMENT ON COLUMN robustness_row.top_5 IS 'Share of the random weights under which it is among the first five.';
    COMMENT ON COLUMN robustness_row.top_10 IS 'Share under which it is among the first ten.';
    COMMENT ON COLUMN robustness_row.top_20 IS 'Share under which it is among the first twenty.';
    COMMENT ON COLUMN robustness_row.mean_rank IS 'Mean rank over the random weights.';
END
$function$;
COMMENT ON FUNCTION plan_robustness_tables(text) IS
'Makes the empty tables of a plan''s robustness runs. Called by create_plan, which see.';

CREATE FUNCTION plan_robustness_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW robustness WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           r.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, r.candidate_kind, r.coverage, r.candidates, r.score, r.rank_in_city,
           r.first, r.first_error, r.top_5, r.top_10, r.top_20, r.mean_rank,
           r.run, l.started, l.seed, s.samples, s.spread, s.concentration, l.input_hash IS DISTINCT FROM p.value AS outdated,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM (SELECT u.scenario, max(u.run) AS run FROM run u WHERE u.kind = 'robustness' GROUP BY u.scenario) latest
    JOIN run l ON l.scenario = latest.scenario AND l.run = latest.run
    JOIN robustness_run s ON s.scenario = l.scenario AND s.run = l.run
    JOIN robustness_row r ON r.scenario = l.scenario AND r.run = l.run
    LEFT JOIN (SELECT v.scenario, v.value FROM provenance v WHERE v.kind = 'hash' AND v.item = 'all inputs' OFFSET 0) p ON p.scenario = l.scenario
    LEFT JOIN institution i ON i.scenario = r.scenario AND i.institution_id = r.institution_id
    LEFT JOIN city c ON c.scenario = r.scenario AND c.city_id = r.city_id;
    COMMENT ON VIEW robustness IS 'The latest run of assess_robustness: does the ranking survive other weights?';
    COMMENT ON COLUMN robustness.scenario IS 'Scenario.';
    COMMENT ON COLUMN robustness.institution_id IS 'The institution.';
    COMMENT ON COLUMN robustness.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN robustness.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN robustness.city_id IS 'The city.';
    COMMENT ON COLUMN robustness.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN robustness.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN robustness.candidate_kind IS 'capital or affiliate, as in synergy_score.';
    COMMENT ON COLUMN robustness.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN robustness.candidates IS 'How many candidates were compared.';
    COMMENT ON COLUMN robustness.score IS 'Score under the plans own weights, at the time of the run.';
    COMMENT ON COLUMN robustness.rank_in_city IS 'Rank by that score among the candidates compared.';
    COMMENT ON COLUMN robustness.first IS 'Share of the random weights under which the candidate is first, in [0,1]; ties share the better rank.';
    COMMENT ON COLUMN robustness.first_error IS 'Standard error of that share from sampling.';
    COMMENT ON COLUMN robustness.top_5 IS 'Share under which it is among the first five.';
    COMMENT ON COLUMN robustness.top_10 IS 'Among the first ten.';
    COMMENT ON COLUMN robustness.top_20 IS 'Among the first twenty.';
    COMMENT ON COLUMN robustness.mean_rank IS 'Mean rank over the random weights.';
    COMMENT ON COLUMN robustness.run IS 'Number of the run.';
    COMMENT ON COLUMN robustness.started IS 'When it ran.';
    COMMENT ON COLUMN robustness.seed IS 'Seed of its random numbers.';
    COMMENT ON COLUMN robustness.samples IS 'Sets of weights drawn.';
    COMMENT ON COLUMN robustness.spread IS 'Each weight within plus or minus this share of the plans; NULL = not so.';
    COMMENT ON COLUMN robustness.concentration IS 'Dirichlet with this concentration; NULL = not so. Both NULL: any weights, uniform.';
    COMMENT ON COLUMN robustness.outdated IS 'Have the inputs changed since?';
    COMMENT ON COLUMN robustness.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_robustness_views(text) IS
'Makes or replaces the view robustness of a plan. Called by plan_views, which see.';

CREATE FUNCTION assess_robustness(plan text, scenario text DEFAULT 'base', samples integer DEFAULT 10000, seed bigint DEFAULT 1,
                                  spread float8 DEFAULT NULL, concentration float8 DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
    mean_power float8;
BEGIN
    IF plan IS NULL OR scenario IS NULL OR samples IS NULL OR seed IS NULL THEN
        RAISE EXCEPTION 'plan, scenario, samples and seed must not be null'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave an argument out to have its default.';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    -- the hash before all else: what is edited from here on makes the run outdated
    EXECUTE format($query$
        INSERT INTO %1$I.run (scenario, kind, seed, effort, input_hash)
        SELECT $1, 'robustness', $2, $3, v.value FROM %1$I.provenance v WHERE v.scenario = $1 AND v.kind = 'hash' AND v.item = 'all inputs'
        RETURNING run $query$, plan) INTO new_run USING scenario, seed, samples;
    -- the mean of power p orders as the weighted sum of the parts to the power p does, the geometric one (parts floored at 0.01) as that of logarithms
    EXECUTE format('SELECT s.power FROM %I.setting s WHERE s.scenario = $1', plan) INTO mean_power USING scenario;
    IF mean_power < 0 THEN
        RAISE EXCEPTION 'robustness needs a power of at least 0, not %', mean_power
            USING ERRCODE = 'feature_not_supported', DETAIL = 'With a negative power a part of 0 makes the score 0 under any weights.',
                  HINT = 'Copy the scenario, set its power to 1, and assess the copy.';
    END IF;
    EXECUTE format('INSERT INTO %1$I.robustness_run (scenario, run, samples, spread, concentration) VALUES ($1, $2, $3, $4, $5)', plan)
        USING scenario, new_run, samples, spread, concentration;
    EXECUTE format($query$
        INSERT INTO %1$I.robustness_row (scenario, run, institution_id, city_id, candidate_kind, coverage, candidates, score, rank_in_city,
                                         first, first_error, top_5, top_10, top_20, mean_rank)
        SELECT $1, $2, m.institution_id, m.city_id, m.candidate_kind, m.coverage, cardinality(m.share), m.score, m.place,
               m.share[1], sqrt(m.share[1] * (1 - m.share[1]) / $3), t.top_5, t.top_10, t.top_20, t.mean_rank
        FROM (SELECT k.institution_id, k.city_id, k.candidate_kind, k.coverage, k.score, rank() OVER (rivals ORDER BY k.score DESC) AS place,
                     %2$I.smaa(p.criteria, array_fill('max'::text, ARRAY[cardinality(k.parts)]), samples => $3, seed => $4, spread => $5, concentration => $6,
                               weights => CASE WHEN $5 IS NOT NULL OR $6 IS NOT NULL THEN k.weights END, normalization => 'none') OVER rivals AS share
              FROM %1$I.synergy_criteria() k
              CROSS JOIN LATERAL (SELECT array_agg(CASE WHEN $7 = 0 THEN ln(100 * greatest(u.value, 0.01)) WHEN u.value > 0 AND $7 * ln(u.value) > -700 THEN power(u.value, $7) ELSE 0 END ORDER BY u.place) AS criteria
                                  FROM unnest(k.criteria) WITH ORDINALITY u (value, place)) p
              WHERE k.scenario = $1
              WINDOW rivals AS (PARTITION BY k.city_id, k.candidate_kind, k.coverage, k.parts)) m
        CROSS JOIN LATERAL (
            SELECT round(sum(u.share::numeric) FILTER (WHERE u.place <= 5), 9) AS top_5, round(sum(u.share::numeric) FILTER (WHERE u.place <= 10), 9) AS top_10,
                   round(sum(u.share::numeric) FILTER (WHERE u.place <= 20), 9) AS top_20, round(sum(u.share::numeric * u.place), 9) AS mean_rank
            FROM unnest(m.share) WITH ORDINALITY u (share, place)) t $query$, plan, home)
        USING scenario, new_run, samples, seed, spread, concentration, mean_power;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION assess_robustness(text, text, integer, bigint, float8, float8) IS
'Ranks the candidates of a plan''s scenario under random weights (SMAA over the known parts, under the scenario''s power, which must not be negative: 0A000), stores the run for the view robustness and returns its number. Weights: any (uniform); within plus or minus spread of the plan''s (0.2 = 20 percent); or Dirichlet around them with a concentration. The same seed gives the same run. Not null: plan, scenario, samples, seed.';
