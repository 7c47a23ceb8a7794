-- How far the score finds again what is known: where the institutions that have moved went. Each is left out in turn and scored against
-- all cities that got one; what it brings itself (its place among the incumbents, its share of a ministry, a tie to itself) is out of the
-- score by definition, and with leave_affiliates so are its subsidiaries, wherever they are. The economy is not: a base year after the move
-- contains the movers, so a scenario with an earlier base year is the test of the economic parts.

CREATE FUNCTION recovery_case(plan text, scenario text DEFAULT 'base', leave_affiliates boolean DEFAULT false,
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text,
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text, OUT kind text, OUT method text,
    OUT value float8, OUT cities integer, OUT better integer, OUT tied_with integer, OUT reciprocal_rank numeric, OUT hit_1 numeric, OUT hit_3 numeric,
    OUT chance numeric, OUT best_city_id text, OUT best_value float8, OUT kind_ko text, OUT method_ko text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 1500 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    family jsonb;
    variants text;
BEGIN
    EXECUTE format('SELECT %1$I.check_scenario($1, $2)', home) USING plan, scenario;
    -- first who is left out beside the institution itself: its subsidiaries and theirs, in each city where they are
    EXECUTE format($query$
        WITH RECURSIVE follower AS (
            SELECT a.parent_id AS institution_id, a.subsidiary_id FROM %1$I.affiliation a WHERE a.scenario = $1 AND $2
            UNION
            SELECT f.institution_id, a.subsidiary_id FROM follower f JOIN %1$I.affiliation a ON a.scenario = $1 AND a.parent_id = f.subsidiary_id
        )
        SELECT coalesce(jsonb_agg(jsonb_build_object('institution_id', f.institution_id, 'city_id', p.city_id, 'partner_id', p.partner_id)), '[]'),
               coalesce(array_agg(ROW($1, f.institution_id, p.city_id, p.partner_id, NULL, NULL)::%2$I.synergy_variant), '{}')::text
        FROM follower f JOIN %1$I.city_partner p ON p.scenario = $1 AND p.kind = 'incumbent' AND p.partner_id = f.subsidiary_id
        WHERE f.subsidiary_id <> f.institution_id
        $query$, plan, home) INTO family, variants USING scenario, leave_affiliates;
    RETURN QUERY EXECUTE format($query$
        WITH mover AS MATERIALIZED (
            SELECT i.institution_id, i.name_ko, i.name_en, i.ministry, i.cluster, i.city_id
            FROM %1$I.institution i JOIN %1$I.city c ON c.scenario = i.scenario AND c.city_id = i.city_id
            WHERE i.scenario = $1 AND i.status = 'relocated' AND c.competes
        ), town AS MATERIALIZED (
            SELECT DISTINCT m.city_id FROM mover m
        ), left_out AS MATERIALIZED (
            SELECT f.institution_id, f.city_id, f.partner_id
            FROM jsonb_to_recordset($2) f (institution_id text, city_id text, partner_id text)
        ), candidate AS MATERIALIZED (
            SELECT i.institution_id, i.city_id, i.variant, i.parts, i.weights, i.power,
                   i.part_values AS values
            FROM %1$I.synergy_pair(false, $3::%2$I.synergy_variant[]) i
            WHERE i.scenario = $1 AND i.variant IN ('', i.institution_id)
        ), pair AS MATERIALIZED (
            -- a city without the institution's affiliates takes the place of the city as it is
            SELECT DISTINCT ON (i.institution_id, i.city_id) i.institution_id, i.city_id, i.parts, i.weights, i.power, i.values, s.score, s.coverage
            FROM candidate i CROSS JOIN LATERAL %2$I.synergy_score(i.values, i.weights, i.power) s
            WHERE i.institution_id IN (SELECT m.institution_id FROM mover m) AND i.city_id IN (SELECT t.city_id FROM town t)
            ORDER BY i.institution_id, i.city_id, i.variant DESC
        ), comparable AS MATERIALIZED (
            -- every method meets the same cities: those where the score covers most
            SELECT q.*, m.ministry, m.cluster
            FROM (SELECT p.*, max(p.coverage) OVER (PARTITION BY p.institution_id) AS best_coverage FROM pair p WHERE p.score IS NOT NULL) q
            JOIN mover m ON m.institution_id = q.institution_id
            WHERE q.coverage = q.best_coverage
        ), incumbent AS MATERIALIZED (
            SELECT o.city_id, o.partner_id, o.ministry FROM %1$I.city_partner o WHERE o.scenario = $1 AND o.kind = 'incumbent'
        ), tie AS MATERIALIZED (
            SELECT n.institution_id, n.partner_id, n.weight FROM %1$I.institution_tie n WHERE n.scenario = $1
        ), colleague AS MATERIALIZED (
            SELECT p.institution_id, o.city_id, count(*) AS number
            FROM mover p JOIN incumbent o ON o.ministry = p.ministry AND o.partner_id <> p.institution_id
            WHERE (p.institution_id, o.city_id, o.partner_id) NOT IN (SELECT l.institution_id, l.city_id, l.partner_id FROM left_out l)
            GROUP BY p.institution_id, o.city_id
        ), relative AS MATERIALIZED (
            SELECT n.institution_id, o.city_id, max(n.weight) AS weight
            FROM tie n JOIN incumbent o ON o.partner_id = n.partner_id
            WHERE (n.institution_id, o.city_id, o.partner_id) NOT IN (SELECT l.institution_id, l.city_id, l.partner_id FROM left_out l)
            GROUP BY n.institution_id, o.city_id
        ), size AS MATERIALIZED (
            SELECT e.city_id, sum(e.value ORDER BY e.sector) AS activity FROM %1$I.city_sector e WHERE e.scenario = $1 GROUP BY e.city_id
        ), theme AS MATERIALIZED (
            SELECT h.city_id, h.cluster FROM %1$I.city_theme h WHERE h.scenario = $1
        ), rated AS MATERIALIZED (
            SELECT p.institution_id, p.city_id, 'score' AS kind, 'score' AS method, p.score::float8 AS value FROM comparable p
            UNION ALL
            SELECT p.institution_id, p.city_id, 'score without a part', u.part, s.score::float8
            FROM comparable p CROSS JOIN LATERAL unnest(p.parts, p.weights) u (part, weight)
            CROSS JOIN LATERAL %2$I.synergy_score(p.values,
                ARRAY(SELECT CASE WHEN w.part = u.part THEN 0 ELSE w.weight END FROM unnest(p.parts, p.weights) WITH ORDINALITY w (part, weight, place) ORDER BY w.place),
                p.power) s
            WHERE u.weight > 0
            UNION ALL
            SELECT p.institution_id, p.city_id, 'part', u.part, u.value FROM comparable p CROSS JOIN LATERAL unnest(p.parts, p.values) u (part, value)
            UNION ALL
            SELECT p.institution_id, p.city_id, 'rule', 'group is a theme of the city', (h.city_id IS NOT NULL)::integer
            FROM comparable p LEFT JOIN theme h ON h.city_id = p.city_id AND h.cluster = p.cluster
            WHERE EXISTS (SELECT FROM theme)
            UNION ALL
            SELECT p.institution_id, p.city_id, 'rule', 'most incumbents of its ministry', coalesce(o.number, 0)
            FROM comparable p LEFT JOIN colleague o ON o.institution_id = p.institution_id AND o.city_id = p.city_id
            UNION ALL
            SELECT p.institution_id, p.city_id, 'rule', 'strongest named tie', coalesce(o.weight, 0)
            FROM comparable p LEFT JOIN relative o ON o.institution_id = p.institution_id AND o.city_id = p.city_id
            UNION ALL
            SELECT p.institution_id, p.city_id, 'rule', 'largest economy', z.activity FROM comparable p JOIN size z ON z.city_id = p.city_id
        ), placed AS (
            SELECT q.*, rank() OVER best - 1 AS better, count(*) OVER (PARTITION BY q.institution_id, q.kind, q.method, q.value) AS equal,
                   count(*) OVER all_cities AS cities, first_value(q.city_id) OVER all_cities AS best_city_id, first_value(q.value) OVER all_cities AS best_value
            FROM (SELECT r.institution_id, r.city_id, r.kind, r.method, round(r.value::numeric, 9) AS value FROM rated r WHERE r.value IS NOT NULL) q
            WINDOW best AS (PARTITION BY q.institution_id, q.kind, q.method ORDER BY q.value DESC),
                   all_cities AS (PARTITION BY q.institution_id, q.kind, q.method ORDER BY q.value DESC, q.city_id COLLATE "C"
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        )
        SELECT p.institution_id, m.name_ko, m.name_en, p.city_id, c.name_ko, c.name_en, p.kind, p.method, p.value::float8,
               p.cities::integer, p.better::integer, (p.equal - 1)::integer,
               (SELECT round(avg(1.0 / (p.better + k)), 12) FROM generate_series(1, p.equal) k),
               round(greatest(0, least(1, (1 - p.better)::numeric / p.equal)), 12), round(greatest(0, least(1, (3 - p.better)::numeric / p.equal)), 12),
               (SELECT round(avg(1.0 / k), 12) FROM generate_series(1, p.cities) k), p.best_city_id, p.best_value::float8,
               %2$I.korean_term(p.kind), coalesce(t.name_ko, %2$I.korean_term(p.method))
        FROM placed p
        JOIN mover m ON m.institution_id = p.institution_id AND m.city_id = p.city_id
        JOIN %1$I.city c ON c.scenario = $1 AND c.city_id = p.city_id
        LEFT JOIN %1$I.criterion t ON t.scenario = $1 AND t.criterion = p.method AND p.kind IN ('score without a part', 'part')
        ORDER BY array_position(ARRAY['score', 'score without a part', 'part', 'rule'], p.kind), p.method COLLATE "C", p.institution_id COLLATE "C"
        $query$, plan, home)
        USING scenario, family, variants;
END
$function$;
COMMENT ON FUNCTION recovery_case(text, text, boolean) IS
'For each institution that moved to a competing city, and each method (the score, the score without one of its parts, a part alone, simple rules): the rank of that city among the cities that got institutions, with the institution itself left out. better, tied_with: cities with a greater, an equal value; reciprocal_rank, hit_1, hit_3: expected values when ties are broken at random (values equal to 9 decimals tie); chance = expected reciprocal rank of a random order. leave_affiliates also leaves out its subsidiaries, in all cities. Only cities with the institution''s highest coverage are compared; a case whose own city is not among them is not listed.';

CREATE FUNCTION recovery(plan text, scenario text DEFAULT 'base', leave_affiliates boolean DEFAULT false,
    OUT kind text, OUT method text, OUT institutions integer, OUT cities numeric, OUT mean_reciprocal_rank numeric, OUT standard_error numeric,
    OUT hit_1 numeric, OUT hit_3 numeric, OUT chance numeric, OUT difference numeric, OUT difference_error numeric, OUT kind_ko text, OUT method_ko text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 20 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH tried AS MATERIALIZED (SELECT * FROM %1$I.recovery_case($1, $2, $3))
        SELECT t.kind, t.method, count(*)::integer, round(avg(t.cities), 2),
               round(avg(t.reciprocal_rank), 6), round(stddev_samp(t.reciprocal_rank) / sqrt(count(*)::numeric), 6), round(avg(t.hit_1), 6), round(avg(t.hit_3), 6),
               round(avg(t.chance), 6), round(avg(t.reciprocal_rank - s.reciprocal_rank), 6),
               round(stddev_samp(t.reciprocal_rank - s.reciprocal_rank) / sqrt(count(s.reciprocal_rank)::numeric), 6), t.kind_ko, t.method_ko
        FROM tried t
        LEFT JOIN tried s ON s.kind = 'score' AND s.institution_id = t.institution_id
        GROUP BY t.kind, t.method, t.kind_ko, t.method_ko
        ORDER BY array_position(ARRAY['score', 'score without a part', 'part', 'rule'], t.kind), avg(t.reciprocal_rank) DESC, t.method COLLATE "C"
        $query$, home) USING plan, scenario, leave_affiliates;
END
$function$;
COMMENT ON FUNCTION recovery(text, text, boolean) IS
'How well the score, the score without a part, each part alone, and simple rules find the city that each institution of the first phase went to (leave-one-out: see recovery_case): mean reciprocal rank with its standard error, share of first places and of places up to 3, and what a random order would reach. difference = mean reciprocal rank minus the score''s over the same institutions, with the standard error of that mean of differences.';
