-- The committee: its weights, and how consistent its members are.

CREATE FUNCTION plan_committee_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW committee_consistency WITH (security_invoker = true) AS
    WITH opinion AS MATERIALIZED (
        SELECT j.scenario, j.expert, pairwise_matrix_agg(j.criterion_a, j.criterion_b, j.judgement) AS m
        FROM judgement j GROUP BY j.scenario, j.expert
    ), judged AS MATERIALIZED (
        SELECT u.scenario, array_agg(u.criterion ORDER BY u.criterion COLLATE "C") AS criteria
        FROM (SELECT j.scenario, j.criterion_a AS criterion FROM judgement j
              UNION SELECT j.scenario, j.criterion_b FROM judgement j) u
        GROUP BY u.scenario
    )
    SELECT o.scenario, o.expert, e.field, e.weight AS vote,
           consistency_ratio(o.m) AS consistency_ratio, 'saaty'::text AS random_index,
           cardinality(criteria(o.m)) AS criteria, (SELECT count(*) FROM missing_judgements(o.m)) AS missing_judgements,
           (t.t).ask_a, (t.t).ask_b, (t.t).judgement AS given, (t.t).implied,
           criteria(o.m) = g.criteria AND e.weight > 0 AND consistency_ratio(o.m) IS NOT NULL AS counted,
           concat_ws('|', o.scenario, o.expert) AS row_key
    FROM opinion o
    JOIN expert e ON e.scenario = o.scenario AND e.expert = o.expert
    JOIN judged g ON g.scenario = o.scenario
    CROSS JOIN LATERAL (SELECT worst_triad(o.m) AS t OFFSET 0) t;
    COMMENT ON VIEW committee_consistency IS 'How consistent each expert''s judgements are, and which pair to ask again. Judgements with a ratio up to 0.10 are usually accepted.';
    COMMENT ON COLUMN committee_consistency.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_consistency.expert IS 'The expert.';
    COMMENT ON COLUMN committee_consistency.field IS 'Field of expertise.';
    COMMENT ON COLUMN committee_consistency.vote IS 'Weight of the expert''s vote.';
    COMMENT ON COLUMN committee_consistency.consistency_ratio IS '0 = consistent; NULL when the judgements do not tie the criteria together.';
    COMMENT ON COLUMN committee_consistency.random_index IS 'Table of random indices behind the ratio.';
    COMMENT ON COLUMN committee_consistency.criteria IS 'Criteria that the expert compared.';
    COMMENT ON COLUMN committee_consistency.missing_judgements IS 'Pairs of these criteria without a judgement; they are completed from the others.';
    COMMENT ON COLUMN committee_consistency.ask_a IS 'First criterion of the pair to ask again; NULL when nothing contradicts.';
    COMMENT ON COLUMN committee_consistency.ask_b IS 'Second criterion of that pair.';
    COMMENT ON COLUMN committee_consistency.given IS 'The judgement as given.';
    COMMENT ON COLUMN committee_consistency.implied IS 'What the expert''s other two judgements of the triad imply.';
    COMMENT ON COLUMN committee_consistency.counted IS 'Does the expert count in committee_weight? Only those do who tied all criteria together that anyone compared.';
    COMMENT ON COLUMN committee_consistency.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW committee_weight WITH (security_invoker = true) AS
    WITH vote AS MATERIALIZED (
        SELECT j.scenario, j.expert, pairwise_matrix_agg(j.criterion_a, j.criterion_b, j.judgement) AS m, min(e.weight) AS weight
        FROM judgement j JOIN expert e ON e.scenario = j.scenario AND e.expert = j.expert
        WHERE (j.scenario, j.expert) IN (SELECT c.scenario, c.expert FROM committee_consistency c WHERE c.counted)
        GROUP BY j.scenario, j.expert
    ), committee AS MATERIALIZED (
        SELECT v.scenario, w.criterion, w.weight, v.experts
        FROM (SELECT o.scenario, aggregate_judgements(o.m, o.weight) AS m, count(*) AS experts FROM vote o GROUP BY o.scenario) v
        CROSS JOIN LATERAL ahp_weights(v.m) w
    ), total AS MATERIALIZED (
        SELECT c.scenario, sum(c.weight ORDER BY c.criterion COLLATE "C") AS weight FROM criterion c GROUP BY c.scenario
    )
    SELECT c.scenario, c.criterion, c.name_ko, c.name_en,
           CASE WHEN x.experts IS NULL THEN c.weight / nullif(t.weight, 0) ELSE coalesce(k.weight, 0) END AS weight,
           CASE WHEN x.experts IS NULL THEN 'default' ELSE 'committee' END AS method,
           CASE WHEN x.experts IS NULL THEN c.source ELSE format('%s experts, geometric mean of judgements, eigenvector', x.experts) END AS source,
           concat_ws('|', c.scenario, c.criterion) AS row_key
    FROM criterion c
    LEFT JOIN total t ON t.scenario = c.scenario
    LEFT JOIN (SELECT DISTINCT m.scenario, m.experts FROM committee m) x ON x.scenario = c.scenario
    LEFT JOIN committee k ON k.scenario = c.scenario AND k.criterion = c.criterion;
    COMMENT ON VIEW committee_weight IS 'Weights of the parts of the score, adding up to 1: the default ones of criterion until the committee has judged, then those of its members together.';
    COMMENT ON COLUMN committee_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_weight.criterion IS 'Part of the score.';
    COMMENT ON COLUMN committee_weight.name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN committee_weight.name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN committee_weight.weight IS 'Weight in [0,1]; 0 for a criterion that the committee did not compare; NULL when all default weights are 0.';
    COMMENT ON COLUMN committee_weight.method IS 'default = the weights of criterion; committee = from the judgements.';
    COMMENT ON COLUMN committee_weight.source IS 'Where the weight comes from.';
    COMMENT ON COLUMN committee_weight.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_committee_views(text) IS
'Makes or replaces the views committee_consistency and committee_weight of a plan. Called by plan_views, which see.';
