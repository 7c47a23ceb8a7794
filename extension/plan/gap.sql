-- How far a candidate is from a rank: the points that it lacks, and what each part of its score alone would have to be.

CREATE FUNCTION synergy_gap(plan text, institution text, city text, rank integer DEFAULT 1, scenario text DEFAULT 'base',
    OUT candidate_kind text, OUT coverage numeric, OUT rank_in_city integer, OUT holder_id text, OUT holder_name_ko text, OUT holder_name_en text,
    OUT score numeric, OUT needed_score numeric, OUT missing numeric,
    OUT part text, OUT part_name_ko text, OUT part_name_en text, OUT weight float8, OUT value float8, OUT needed_value float8, OUT status text, OUT status_ko text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %I.check_city($1, $2, $3)', home) USING plan, scenario, city;
    IF rank < 1 THEN
        RAISE EXCEPTION 'rank must be at least 1, not %', rank
            USING ERRCODE = 'invalid_parameter_value', HINT = 'It is the rank that the candidate shall reach: 1, the first place, by default.';
    END IF;
    RETURN QUERY EXECUTE format($query$
        WITH pair AS MATERIALIZED (
            SELECT i.institution_id, i.institution_name_ko, i.institution_name_en, i.candidate_kind, i.parts, i.weights, i.power,
                   i.part_values AS values
            FROM %1$I.synergy_pair(true) i
            WHERE i.scenario = $1 AND i.city_id = $2 AND i.candidate_kind IS NOT NULL
        ), ranked AS MATERIALIZED (
            SELECT p.*, s.score, s.coverage,
                   CASE WHEN s.score IS NOT NULL THEN rank() OVER (PARTITION BY p.candidate_kind, s.coverage ORDER BY s.score DESC NULLS LAST) END AS place,
                   row_number() OVER (PARTITION BY p.candidate_kind, s.coverage ORDER BY s.score DESC NULLS LAST, p.institution_id COLLATE "C") AS line
            FROM pair p CROSS JOIN LATERAL %2$I.synergy_score(p.values, p.weights, p.power) s
        ), gap AS MATERIALIZED (
            SELECT o.*, h.institution_id AS holder_id, h.institution_name_ko AS holder_name_ko, h.institution_name_en AS holder_name_en,
                   o.place <= $4 AS reached, CASE WHEN o.place <= $4 THEN o.score ELSE h.score + 0.000000001 END AS needed
            FROM ranked o
            LEFT JOIN ranked h ON h.candidate_kind = o.candidate_kind AND h.coverage = o.coverage AND h.line = $4 AND h.score IS NOT NULL
            WHERE o.institution_id = $3
        )
        SELECT g.candidate_kind, g.coverage, g.place::integer, g.holder_id, g.holder_name_ko, g.holder_name_en, g.score, g.needed, g.needed - g.score,
               u.part, k.name_ko, k.name_en, u.weight, u.value, CASE WHEN g.reached AND u.weight > 0 THEN u.value ELSE u.needed END,
               t.status, %2$I.korean_term(t.status)
        FROM gap g
        CROSS JOIN LATERAL (SELECT CASE WHEN g.needed <= 1 THEN %2$I.synergy_needed(g.values, g.weights, g.power, g.needed::float8) END AS needed) n
        CROSS JOIN LATERAL unnest(g.parts, g.weights, g.values, n.needed) u (part, weight, value, needed)
        CROSS JOIN LATERAL (SELECT CASE WHEN u.value IS NULL THEN 'no data' WHEN u.weight = 0 THEN 'no weight' WHEN g.reached THEN 'reached'
                                   WHEN u.needed IS NULL THEN 'out of reach' ELSE 'within reach' END AS status) t
        LEFT JOIN %1$I.committee_weight k ON k.scenario = $1 AND k.criterion = u.part
        ORDER BY u.weight DESC, u.part COLLATE "C"
        $query$, plan, home) USING scenario, city, institution, rank;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'institution "%" is no candidate of city "%"', institution, city
            USING ERRCODE = 'no_data_found', HINT = 'The view synergy_rank lists the candidates of each city.';
    END IF;
END
$function$;
COMMENT ON FUNCTION synergy_gap(text, text, text, integer, text) IS
'What a candidate lacks to a rank in a city, one row a part of its score: the present holder of the rank among candidates of equal kind and coverage, the score that rises to it (the holder''s and one unit of the last decimal), the missing points, and the value (0 to 1) that this part alone would have to have. status: within reach; out of reach (not even 1 is enough); reached (the candidate has the rank: nothing is missing); no data; no weight (both: NULL). status_ko says it in Korean.';
