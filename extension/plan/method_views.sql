-- The committee as a group, and the ranking by other methods and other weights.

CREATE FUNCTION plan_method_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW committee_consensus WITH (security_invoker = true) AS
    SELECT v.scenario, v.parent, v.experts, v.consensus, (v.diversity).alpha AS own_entropy, (v.diversity).beta AS between_entropy,
           (v.diversity).gamma AS group_entropy, v.kendall_w, CASE WHEN cardinality(criteria(v.m)) <= 15 THEN consistency_ratio(v.m) END AS group_consistency_ratio, 'saaty'::text AS random_index,
           concat_ws('|', v.scenario, v.parent) AS row_key
    FROM (SELECT o.scenario, o.parent, count(*) AS experts, consensus(o.judgements) AS consensus, group_diversity(o.judgements) AS diversity,
                 kendall_w(o.judgements) AS kendall_w, aggregate_judgements(o.judgements, o.vote) AS m
          FROM committee_vote() o GROUP BY o.scenario, o.parent) v;
    COMMENT ON VIEW committee_consensus IS 'How far the experts who count agree about the weights. No row until one has judged.';
    COMMENT ON COLUMN committee_consensus.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_consensus.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_consensus.experts IS 'Experts who count in committee_weight.';
    COMMENT ON COLUMN committee_consensus.consensus IS '1 = all give the same weights, 0 = as different as the scale of 1 to 9 allows (Goepel).';
    COMMENT ON COLUMN committee_consensus.own_entropy IS 'Mean entropy of the experts own weights (natural logarithm).';
    COMMENT ON COLUMN committee_consensus.between_entropy IS 'Entropy between the experts: what separates them.';
    COMMENT ON COLUMN committee_consensus.group_entropy IS 'Entropy of their mean weights: the sum of the two.';
    COMMENT ON COLUMN committee_consensus.kendall_w IS 'Concordance of the experts orders of the criteria, 0 to 1; NULL for one expert.';
    COMMENT ON COLUMN committee_consensus.group_consistency_ratio IS 'Consistency of the judgements of the group; 0 = consistent.';
    COMMENT ON COLUMN committee_consensus.random_index IS 'Table of random indices behind the ratio.';
    COMMENT ON COLUMN committee_consensus.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW committee_expert_weight WITH (security_invoker = true) AS
    WITH vote AS MATERIALIZED (
        SELECT o.scenario, o.expert, o.field, o.vote, o.parent, o.judgements FROM committee_vote() o
    ), joint AS MATERIALIZED (
        SELECT v.scenario, v.parent, aggregate_judgements(v.judgements, v.vote) AS m FROM vote v GROUP BY v.scenario, v.parent
    )
    SELECT v.scenario, v.expert, v.field, v.vote, v.parent, w.criterion, c.name_ko, c.name_en, w.weight, g.weight AS group_weight,
           w.weight - g.weight AS difference, priority_distance(v.judgements, j.m) AS distance,
           concat_ws('|', v.scenario, v.expert, w.criterion) AS row_key
    FROM vote v
    JOIN joint j ON j.scenario = v.scenario AND j.parent IS NOT DISTINCT FROM v.parent
    CROSS JOIN LATERAL ahp_weights(v.judgements) w
    JOIN LATERAL ahp_weights(j.m) g ON g.criterion = w.criterion
    JOIN criterion c ON c.scenario = v.scenario AND c.criterion = w.criterion;
    COMMENT ON VIEW committee_expert_weight IS 'Weights by each expert who counts, beside those of the committee.';
    COMMENT ON COLUMN committee_expert_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_expert_weight.expert IS 'The expert.';
    COMMENT ON COLUMN committee_expert_weight.field IS 'Field of expertise.';
    COMMENT ON COLUMN committee_expert_weight.vote IS 'Weight of the experts vote.';
    COMMENT ON COLUMN committee_expert_weight.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_expert_weight.criterion IS 'Part of the score, or group of parts.';
    COMMENT ON COLUMN committee_expert_weight.name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN committee_expert_weight.name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN committee_expert_weight.weight IS 'Weight by this expert inside the group of criteria, in [0,1].';
    COMMENT ON COLUMN committee_expert_weight.group_weight IS 'Weight by the committee inside the group of criteria.';
    COMMENT ON COLUMN committee_expert_weight.difference IS 'weight - group_weight.';
    COMMENT ON COLUMN committee_expert_weight.distance IS 'Share of the weight that separates the expert from the committee (the same in all rows of the expert and parent): 0 = the same weights.';
    COMMENT ON COLUMN committee_expert_weight.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_criteria()
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, candidate_kind text, score numeric, coverage numeric,
                   parts text[], criteria float8[], weights float8[])
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 2000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en, i.city_id, i.city_name_ko, i.city_name_en,
               i.candidate_kind, i.score, i.coverage, k.parts, k.criteria, k.weights
        FROM synergy_pair(true) i
        CROSS JOIN LATERAL (
            SELECT array_agg(u.part ORDER BY u.place) AS parts, array_agg(u.value ORDER BY u.place) AS criteria, array_agg(u.weight ORDER BY u.place) AS weights
            FROM unnest(i.parts, i.part_values, i.weights) WITH ORDINALITY u (part, value, weight, place)
            WHERE u.value IS NOT NULL AND u.weight > 0) k
        WHERE i.candidate_kind IS NOT NULL AND k.parts IS NOT NULL;
    END;
    COMMENT ON FUNCTION synergy_criteria() IS 'Known parts of each candidate and city with their weights, as arrays that the ranking functions take. For the views of this plan.';

    CREATE OR REPLACE VIEW synergy_method WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, r.institution_name_ko, r.institution_name_en, r.city_id, r.city_name_ko, r.city_name_en, r.candidate_kind,
           r.coverage, array_to_string(r.parts, ', ') AS parts,
           r.score, rank() OVER (rivals ORDER BY r.score DESC) AS score_rank,
           r.wsm, rank() OVER (rivals ORDER BY r.wsm DESC) AS wsm_rank,
           r.wpm, rank() OVER (rivals ORDER BY r.wpm DESC) AS wpm_rank,
           r.topsis, CASE WHEN r.topsis IS NOT NULL THEN rank() OVER (rivals ORDER BY r.topsis DESC) END AS topsis_rank,
           r.vikor, rank() OVER (rivals ORDER BY r.vikor) AS vikor_rank, r.compromise AS vikor_compromise,
           r.promethee, CASE WHEN r.promethee IS NOT NULL THEN rank() OVER (rivals ORDER BY r.promethee DESC) END AS promethee_rank,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM (
        SELECT m.scenario, m.institution_id, m.institution_name_ko, m.institution_name_en, m.city_id, m.city_name_ko, m.city_name_en, m.candidate_kind,
               m.coverage, m.parts, m.score, round(m.wsm::numeric, 9) AS wsm, round(m.wpm::numeric, 9) AS wpm, round(m.topsis::numeric, 9) AS topsis,
               round((m.vikor).q::numeric, 9) AS vikor, (m.vikor).compromise AS compromise, round((m.promethee).net::numeric, 9) AS promethee
        FROM (
            SELECT k.scenario, k.institution_id, k.institution_name_ko, k.institution_name_en, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind,
                   k.coverage, k.parts, k.score,
                   wsm(k.criteria, k.weights, d.directions) OVER rivals AS wsm,
                   wpm(f.criteria, k.weights, d.directions) OVER rivals AS wpm,
                   topsis(k.criteria, k.weights, d.directions) OVER rivals AS topsis,
                   vikor(k.criteria, k.weights, d.directions) OVER rivals AS vikor,
                   promethee(k.criteria, k.weights, d.directions) OVER rivals AS promethee
            FROM synergy_criteria() k
            CROSS JOIN LATERAL (SELECT array_fill('max'::text, ARRAY[cardinality(k.parts)]) AS directions OFFSET 0) d
            CROSS JOIN LATERAL (SELECT array_agg(greatest(u.value, 0.01) ORDER BY u.place) AS criteria
                                FROM unnest(k.criteria) WITH ORDINALITY u (value, place)) f
            WINDOW rivals AS (PARTITION BY k.scenario, k.city_id, k.candidate_kind, k.coverage, k.parts)
        ) m
    ) r
    WINDOW rivals AS (PARTITION BY r.scenario, r.city_id, r.candidate_kind, r.coverage, r.parts);
    COMMENT ON VIEW synergy_method IS 'Candidates of each city by six methods side by side, among the same kind, coverage and known parts, under the weights of committee_weight. Numbers are rounded to 9 decimals; only equal ones tie.';
    COMMENT ON COLUMN synergy_method.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_method.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_method.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_method.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_method.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_method.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_method.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_method.candidate_kind IS 'capital or affiliate, as in synergy_score.';
    COMMENT ON COLUMN synergy_method.coverage IS 'Share of the weight whose parts are known.';
    COMMENT ON COLUMN synergy_method.parts IS 'The parts that are known and weigh, in order.';
    COMMENT ON COLUMN synergy_method.score IS 'The score, as in synergy_rank: weighted mean of the parts.';
    COMMENT ON COLUMN synergy_method.score_rank IS 'Rank by the score.';
    COMMENT ON COLUMN synergy_method.wsm IS 'Weighted sum after min-max scaling among the rivals, 0 to 1.';
    COMMENT ON COLUMN synergy_method.wsm_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.wpm IS 'Weighted product relative to the best of each part (parts floored at 0.01), 0 to 1.';
    COMMENT ON COLUMN synergy_method.wpm_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.topsis IS 'Closeness to the ideal, vector normalisation, 0 to 1; NULL when the rivals do not differ.';
    COMMENT ON COLUMN synergy_method.topsis_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.vikor IS 'Compromise index Q with v = 0.5: 0 = best.';
    COMMENT ON COLUMN synergy_method.vikor_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.vikor_compromise IS 'Belongs to VIKORs compromise solution?';
    COMMENT ON COLUMN synergy_method.promethee IS 'Net flow with the usual preference function, -1 to 1; NULL for a candidate alone.';
    COMMENT ON COLUMN synergy_method.promethee_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_stability WITH (security_invoker = true) AS
    SELECT g.scenario, g.city_id, g.city_name_ko, g.city_name_en, g.candidate_kind, g.coverage, g.candidates,
           g.parts[w.criterion] AS part, c.name_ko AS part_name_ko, c.name_en AS part_name_en, w.weight, w.low, w.high,
           concat_ws('|', g.scenario, g.city_id, g.candidate_kind, trim_scale(g.coverage), array_to_string(g.parts, ','), g.parts[w.criterion]) AS row_key
    FROM (SELECT k.scenario, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind, k.coverage, k.parts, count(*) AS candidates,
                 weight_stability(t.criteria, k.weights, array_fill('max'::text, ARRAY[cardinality(k.parts)]), 'none', 'best') AS intervals
          FROM synergy_criteria() k
          -- the mean of power p orders as the weighted sum of the parts to the power p does, the geometric one (parts floored at 0.01) as that of logarithms
          JOIN setting s ON s.scenario = k.scenario AND s.power >= 0
          CROSS JOIN LATERAL (SELECT array_agg(CASE WHEN s.power = 0 THEN ln(100 * greatest(u.value, 0.01)) WHEN u.value > 0 AND s.power * ln(u.value) > -700 THEN power(u.value, s.power) ELSE 0 END ORDER BY u.place) AS criteria
                              FROM unnest(k.criteria) WITH ORDINALITY u (value, place)) t
          GROUP BY k.scenario, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind, k.coverage, k.parts) g
    CROSS JOIN LATERAL unnest(g.intervals) w
    LEFT JOIN criterion c ON c.scenario = g.scenario AND c.criterion = g.parts[w.criterion];
    COMMENT ON VIEW synergy_stability IS 'How far the weight of a part can go, the others keeping their proportions, while the best candidate of the city by the score stays the best. Closed form, not sampled. No rows for a scenario whose power is negative: a part of 0 outweighs any weight there.';
    COMMENT ON COLUMN synergy_stability.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_stability.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_stability.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_stability.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_stability.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN synergy_stability.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN synergy_stability.candidates IS 'How many are compared.';
    COMMENT ON COLUMN synergy_stability.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_stability.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_stability.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_stability.weight IS 'Its weight among the known parts, in [0,1].';
    COMMENT ON COLUMN synergy_stability.low IS 'Least weight that keeps the best; NULL when the part has all the weight.';
    COMMENT ON COLUMN synergy_stability.high IS 'Greatest weight that keeps the best.';
    COMMENT ON COLUMN synergy_stability.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_method_views(text) IS
'Makes or replaces the views committee_consensus, committee_expert_weight, synergy_method and synergy_stability of a plan. Called by plan_views, which see.';
