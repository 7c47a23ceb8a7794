-- The committee: its weights, and how consistent its members are.

CREATE FUNCTION plan_committee_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW committee_consistency WITH (security_invoker = true) AS
    WITH pair AS MATERIALIZED (
        SELECT j.scenario, j.expert, a.parent, j.criterion_a, j.criterion_b, j.judgement
        FROM judgement j
        JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b AND b.parent IS NOT DISTINCT FROM a.parent
    ), opinion AS MATERIALIZED (
        SELECT p.scenario, p.expert, p.parent, pairwise_matrix_agg(p.criterion_a, p.criterion_b, p.judgement) AS m
        FROM pair p GROUP BY p.scenario, p.expert, p.parent
    ), judged AS MATERIALIZED (
        SELECT u.scenario, u.parent, array_agg(u.criterion ORDER BY u.criterion COLLATE "C") AS criteria
        FROM (SELECT p.scenario, p.parent, p.criterion_a AS criterion FROM pair p
              UNION SELECT p.scenario, p.parent, p.criterion_b FROM pair p) u
        GROUP BY u.scenario, u.parent
    )
    SELECT o.scenario, o.expert, e.field, e.weight AS vote, o.parent,
           CASE WHEN cardinality(g.criteria) <= 15 THEN consistency_ratio(o.m) END AS consistency_ratio, 'saaty'::text AS random_index,
           geometric_consistency_index(o.m) AS geometric_consistency_index,
           cardinality(criteria(o.m)) AS criteria, (SELECT count(*) FROM missing_judgements(o.m)) AS missing_judgements,
           (t.t).ask_a, (t.t).ask_b, (t.t).judgement AS given, (t.t).implied,
           criteria(o.m) = g.criteria AND e.weight > 0 AND lambda_max(o.m) IS NOT NULL AS counted,
           concat_ws('|', o.scenario, o.expert, o.parent) AS row_key
    FROM opinion o
    JOIN expert e ON e.scenario = o.scenario AND e.expert = o.expert
    JOIN judged g ON g.scenario = o.scenario AND g.parent IS NOT DISTINCT FROM o.parent
    CROSS JOIN LATERAL (SELECT worst_triad(o.m) AS t OFFSET 0) t;
    COMMENT ON VIEW committee_consistency IS 'How consistent each expert''s judgements are, and which pair to ask again. Judgements with a ratio up to 0.10 are usually accepted.';
    COMMENT ON COLUMN committee_consistency.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_consistency.expert IS 'The expert.';
    COMMENT ON COLUMN committee_consistency.field IS 'Field of expertise.';
    COMMENT ON COLUMN committee_consistency.vote IS 'Weight of the expert''s vote.';
    COMMENT ON COLUMN committee_consistency.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_consistency.consistency_ratio IS '0 = consistent; NULL when the judgements do not tie the criteria together, or there are more than 15.';
    COMMENT ON COLUMN committee_consistency.random_index IS 'Table of random indices behind the ratio.';
    COMMENT ON COLUMN committee_consistency.geometric_consistency_index IS '0 = consistent; accepted up to 0.31, 0.35, 0.37 for 3, 4, more criteria; needs no table.';
    COMMENT ON COLUMN committee_consistency.criteria IS 'Criteria that the expert compared.';
    COMMENT ON COLUMN committee_consistency.missing_judgements IS 'Pairs of these criteria without a judgement; they are completed from the others.';
    COMMENT ON COLUMN committee_consistency.ask_a IS 'First criterion of the pair to ask again; NULL when nothing contradicts.';
    COMMENT ON COLUMN committee_consistency.ask_b IS 'Second criterion of that pair.';
    COMMENT ON COLUMN committee_consistency.given IS 'The judgement as given.';
    COMMENT ON COLUMN committee_consistency.implied IS 'What all judgements of the expert together imply for that pair.';
    COMMENT ON COLUMN committee_consistency.counted IS 'Does the expert count in committee_weight? Only those do who tied all criteria of the group together that anyone compared.';
    COMMENT ON COLUMN committee_consistency.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION committee_vote()
    RETURNS TABLE (scenario text, expert text, field text, vote float8, parent text, judgements pairwise_matrix)
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 20
    BEGIN ATOMIC
        SELECT c.scenario, c.expert, c.field, c.vote, c.parent, pairwise_matrix_agg(j.criterion_a, j.criterion_b, j.judgement)
        FROM committee_consistency c
        JOIN judgement j ON j.scenario = c.scenario AND j.expert = c.expert
        JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a AND a.parent IS NOT DISTINCT FROM c.parent
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b AND b.parent IS NOT DISTINCT FROM c.parent
        WHERE c.counted GROUP BY c.scenario, c.expert, c.field, c.vote, c.parent;
    END;
    COMMENT ON FUNCTION committee_vote() IS 'Judgements of each expert who counts, by group of criteria. For the views of this plan.';

    CREATE OR REPLACE VIEW committee_weight WITH (security_invoker = true) AS
    WITH RECURSIVE joint AS MATERIALIZED (
        SELECT v.scenario, v.parent, w.criterion, w.weight, v.experts
        FROM (SELECT o.scenario, o.parent, aggregate_judgements(o.judgements, o.vote) AS m, count(*) AS experts
              FROM committee_vote() o GROUP BY o.scenario, o.parent) v
        CROSS JOIN LATERAL ahp_weights(v.m) w
    ), local AS MATERIALIZED (
        SELECT j.scenario, j.parent, j.criterion, j.weight, j.experts FROM joint j
        UNION ALL
        -- a group that nobody looked into passes its weight on by the default weights of its members, or in equal parts
        SELECT c.scenario, c.parent, c.criterion,
               coalesce(c.weight / nullif(sum(c.weight) OVER (PARTITION BY c.scenario, c.parent ORDER BY c.criterion COLLATE "C"
                                                               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0),
                        1.0 / count(*) OVER (PARTITION BY c.scenario, c.parent)), NULL
        FROM criterion c
        WHERE c.parent IS NOT NULL AND NOT EXISTS (SELECT FROM joint j WHERE j.scenario = c.scenario AND j.parent = c.parent)
    ), tree AS (
        SELECT l.scenario, l.criterion, l.weight, l.experts FROM local l WHERE l.parent IS NULL
        UNION ALL
        SELECT l.scenario, l.criterion, t.weight * l.weight, t.experts
        FROM tree t JOIN local l ON l.scenario = t.scenario AND l.parent = t.criterion
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
    LEFT JOIN (SELECT DISTINCT m.scenario, m.experts FROM tree m) x ON x.scenario = c.scenario
    LEFT JOIN tree k ON k.scenario = c.scenario AND k.criterion = c.criterion
    WHERE c.indicator IS NOT NULL
       OR c.criterion IN ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption');
    COMMENT ON VIEW committee_weight IS 'Weights of the parts of the score, adding up to 1: the default ones of criterion until the committee has compared what stands at the top level, then those of its members together, multiplied down the groups.';
    COMMENT ON COLUMN committee_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_weight.criterion IS 'Part of the score.';
    COMMENT ON COLUMN committee_weight.name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN committee_weight.name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN committee_weight.weight IS 'Weight in [0,1]; 0 for a criterion of a compared group that the committee left out; NULL when all default weights are 0.';
    COMMENT ON COLUMN committee_weight.method IS 'default = the weights of criterion; committee = from the judgements.';
    COMMENT ON COLUMN committee_weight.source IS 'Where the weight comes from.';
    COMMENT ON COLUMN committee_weight.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_committee_views(text) IS
'Makes or replaces the views committee_consistency and committee_weight of a plan. Called by plan_views, which see.';
