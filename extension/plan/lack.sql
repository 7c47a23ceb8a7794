-- What a city lacks that its strongest candidates would bring: sectors, and institutions whose arrival would make them stronger still.

CREATE FUNCTION synergy_lack_candidate(plan text, city text DEFAULT NULL, top integer DEFAULT 20, kind text DEFAULT 'capital', scenario text DEFAULT 'base',
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text,
    OUT sector text, OUT sector_name_ko text, OUT sector_name_en text, OUT value float8, OUT location_quotient float8, OUT density float8, OUT near boolean,
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text, OUT rank_in_city integer, OUT score numeric, OUT weight float8, OUT candidates integer)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 100 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %I.check_top($1, $2, $3, $4, $5)', home) USING plan, scenario, city, top, kind;
    RETURN QUERY EXECUTE format($query$
        WITH pair AS MATERIALIZED (
            SELECT i.city_id, i.city_name_ko, i.city_name_en, i.institution_id, i.institution_name_ko, i.institution_name_en, i.score, i.coverage
            FROM %1$I.synergy_pair(true) i
            WHERE i.scenario = $1 AND i.candidate_kind = $4 AND i.score IS NOT NULL AND %3$s
        ), strongest AS MATERIALIZED (
            SELECT r.* FROM (
                SELECT p.*, rank() OVER (PARTITION BY p.city_id ORDER BY p.score DESC) AS place
                FROM (SELECT q.*, max(q.coverage) OVER (PARTITION BY q.city_id) AS best_coverage FROM pair q) p
                WHERE p.coverage = p.best_coverage) r
            WHERE r.place <= $3
        ), town AS MATERIALIZED (
            SELECT t.city_id, t.city_name_ko, t.city_name_en, count(*)::integer AS candidates FROM strongest t GROUP BY t.city_id, t.city_name_ko, t.city_name_en
        ), work AS MATERIALIZED (
            -- the profile in the sectors of region_activity; a profile adds up to 1 there
            SELECT i.institution_id, p.sector_b::text AS sector, sum(p.value ORDER BY p.sector_a) AS weight
            FROM %1$I.synergy_institution() i CROSS JOIN LATERAL unnest(i.routes) r CROSS JOIN LATERAL %2$I.pairs(r.matrix) p
            WHERE i.scenario = $1 AND r.part = 'localization' AND i.institution_id IN (SELECT t.institution_id FROM strongest t)
            GROUP BY i.institution_id, p.sector_b
        ), density AS MATERIALIZED (
            SELECT c.city_id, p.sector_a::text AS sector, sum(p.value ORDER BY p.sector_b) AS density
            FROM %1$I.synergy_fit() c CROSS JOIN LATERAL unnest(c.fits) f CROSS JOIN LATERAL %2$I.pairs(f.matrix) p
            WHERE c.scenario = $1 AND f.part = 'relatedness'
            GROUP BY c.city_id, p.sector_a
        ), lacked AS MATERIALIZED (
            SELECT t.city_id, t.city_name_ko, t.city_name_en, t.candidates, e.sector, e.sector_name_ko, e.sector_name_en,
                   e.value, e.location_quotient, coalesce(d.density, 0) AS density
            FROM %1$I.city_sector e
            JOIN town t ON t.city_id = e.city_id
            LEFT JOIN density d ON d.city_id = e.city_id AND d.sector = e.sector
            WHERE e.scenario = $1 AND NOT e.present
        ), middle AS (
            SELECT l.city_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.density) AS density FROM lacked l GROUP BY l.city_id
        ), brought AS MATERIALIZED (
            SELECT t.city_id, w.sector, t.institution_id, t.institution_name_ko, t.institution_name_en, t.place, t.score, w.weight
            FROM strongest t JOIN work w ON w.institution_id = t.institution_id
            WHERE w.weight > 0
        )
        SELECT l.city_id, l.city_name_ko, l.city_name_en, l.sector, l.sector_name_ko, l.sector_name_en, l.value, l.location_quotient, l.density, l.density >= m.density,
               b.institution_id, b.institution_name_ko, b.institution_name_en, b.place::integer, b.score, coalesce(b.weight, 0), l.candidates
        FROM lacked l
        JOIN middle m ON m.city_id = l.city_id
        LEFT JOIN brought b ON b.city_id = l.city_id AND b.sector = l.sector
        ORDER BY l.city_id COLLATE "C", l.sector::%2$I.sector_code, b.weight DESC NULLS LAST, b.place, b.institution_id COLLATE "C"
        $query$, plan, home, CASE WHEN city IS NULL THEN 'i.competes' ELSE 'i.city_id = $2' END) USING scenario, city, top, kind;
END
$function$;
COMMENT ON FUNCTION synergy_lack_candidate(text, text, integer, text, text) IS
'Sectors in which a city''s location quotient is below 1 (all competing cities when city is NULL), and which of its strongest candidates would bring them: one row a sector and candidate. Strongest: rank up to top (with ties) among the candidates of the kind (capital or affiliate) at the city''s highest coverage. density: relatedness density of the sector in the city, 0 to 1; near: at least the median of the sectors that the city lacks. weight: share of the candidate''s profile in the sector. A sector that none brings has one row without a candidate and weight 0. candidates: how many count as strongest. A city without activity or candidates has no rows.';

CREATE FUNCTION synergy_lack(plan text, city text DEFAULT NULL, top integer DEFAULT 20, kind text DEFAULT 'capital', scenario text DEFAULT 'base',
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text,
    OUT sector text, OUT sector_name_ko text, OUT sector_name_en text, OUT value float8, OUT location_quotient float8, OUT status text, OUT status_ko text, OUT density float8, OUT near boolean,
    OUT candidates integer, OUT bringing integer, OUT weight float8, OUT mean_weight float8,
    OUT most_id text, OUT most_name_ko text, OUT most_name_en text, OUT most_weight float8)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 20 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT q.city_id, q.city_name_ko, q.city_name_en, q.sector, q.sector_name_ko, q.sector_name_en, q.value, q.location_quotient,
               CASE WHEN q.value > 0 THEN 'below the country' ELSE 'absent' END,
               %1$I.korean_term(CASE WHEN q.value > 0 THEN 'below the country' ELSE 'absent' END), q.density, q.near,
               q.candidates, q.bringing, q.weight, q.weight / q.candidates, q.most_id, q.most_name_ko, q.most_name_en, q.most_weight
        FROM (SELECT l.city_id, l.city_name_ko, l.city_name_en, l.sector, l.sector_name_ko, l.sector_name_en, l.value, l.location_quotient, l.density, l.near, l.candidates,
                     count(l.institution_id)::integer AS bringing, sum(l.weight ORDER BY l.weight, l.institution_id COLLATE "C") AS weight,
                     (array_agg(l.institution_id ORDER BY l.weight DESC, l.rank_in_city, l.institution_id COLLATE "C"))[1] AS most_id,
                     (array_agg(l.institution_name_ko ORDER BY l.weight DESC, l.rank_in_city, l.institution_id COLLATE "C"))[1] AS most_name_ko,
                     (array_agg(l.institution_name_en ORDER BY l.weight DESC, l.rank_in_city, l.institution_id COLLATE "C"))[1] AS most_name_en,
                     max(l.weight) AS most_weight
              FROM %1$I.synergy_lack_candidate($1, $2, $3, $4, $5) l
              GROUP BY l.city_id, l.city_name_ko, l.city_name_en, l.sector, l.sector_name_ko, l.sector_name_en, l.value, l.location_quotient, l.density, l.near, l.candidates) q
        ORDER BY q.city_id COLLATE "C", q.weight DESC, q.sector::%1$I.sector_code
        $query$, home) USING plan, city, top, kind, scenario;
END
$function$;
COMMENT ON FUNCTION synergy_lack(text, text, integer, text, text) IS
'What a city lacks that its strongest candidates would bring, one row a sector in which its location quotient is below 1, most brought first: the sums of synergy_lack_candidate, which see. status: absent (no activity at all) or below the country, in Korean in status_ko. bringing: of the candidates looked at, how many have the sector in their profile; weight: their shares added up, in whole institutions; mean_weight: weight over all candidates looked at, the share of the sector in the work that they would bring; most_*: whose share is greatest (equal: better rank, then identifier).';

CREATE FUNCTION synergy_lack_institution(plan text, city text DEFAULT NULL, top integer DEFAULT 20, ties_only boolean DEFAULT true, scenario text DEFAULT 'base',
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text, OUT status text, OUT status_ko text, OUT now_city_id text, OUT place_ko text, OUT place_en text,
    OUT relation text, OUT relation_ko text, OUT tied_to_id text, OUT tied_to_name_ko text, OUT tied_to_name_en text, OUT tied_to_kind text, OUT tied_to_kind_ko text, OUT tie_weight float8,
    OUT candidates integer, OUT raised integer, OUT gain numeric, OUT lowered integer, OUT loss numeric, OUT rise numeric,
    OUT most_id text, OUT most_name_ko text, OUT most_name_en text, OUT most_rise numeric, OUT most_score_before numeric, OUT most_score_after numeric)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 50 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    strongest text[];
    variants text;
BEGIN
    IF ties_only IS NULL THEN
        RAISE EXCEPTION 'ties_only must not be null' USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave it out, or say true or false.';
    END IF;
    EXECUTE format('SELECT %I.check_top($1, $2, $3, $4, $5)', home) USING plan, scenario, city, top, 'capital'::text;
    EXECUTE format('SELECT %I.city_or_home($1, $2, $3)', home) INTO city USING plan, scenario, city;
    EXECUTE format($query$
        SELECT coalesce(array_agg(w.institution_id ORDER BY w.institution_id COLLATE "C"), '{}')
        FROM %1$I.plan_what_if($1, $2, scenario => $3) w WHERE w.candidate_kind = 'capital' AND w.rank_before <= $4
        $query$, home) INTO strongest USING plan, city, scenario, top;
    -- who could join: not there yet, and tied to an incumbent or to one of the strongest
    EXECUTE format($query$
        SELECT coalesce(array_agg(ROW($1, i.institution_id, $2, NULL, i.institution_id, NULL)::%2$I.synergy_variant), '{}')::text
        FROM %1$I.institution i
        WHERE i.scenario = $1 AND i.institution_id NOT IN (SELECT p.partner_id FROM %1$I.city_partner p WHERE p.scenario = $1 AND p.city_id = $2)
          AND (NOT $4 OR i.institution_id IN (
               SELECT t.partner_id FROM %1$I.institution_tie t
               WHERE t.scenario = $1 AND t.weight > 0
                 AND (t.institution_id = ANY ($3) OR t.institution_id IN (
                      SELECT p.partner_id FROM %1$I.city_partner p WHERE p.scenario = $1 AND p.city_id = $2 AND p.kind = 'incumbent'))))
        $query$, plan, home) INTO variants USING scenario, city, strongest, ties_only;
    RETURN QUERY EXECUTE format($query$
        WITH pair AS MATERIALIZED (
            SELECT i.institution_id, i.institution_name_ko, i.institution_name_en, i.variant, i.score, i.coverage
            FROM %1$I.synergy_pair(true, $4::%2$I.synergy_variant[]) i
            WHERE i.scenario = $1 AND i.city_id = $2 AND i.institution_id = ANY ($3) AND i.variant <> i.institution_id
        ), shift AS MATERIALIZED (
            -- scores of unequal coverage are not compared
            SELECT a.variant, a.institution_id, a.institution_name_ko, a.institution_name_en, b.score AS before, a.score AS after,
                   CASE WHEN a.coverage = b.coverage THEN a.score - b.score END AS rise
            FROM pair a JOIN pair b ON b.variant = '' AND b.institution_id = a.institution_id
            WHERE a.variant <> ''
        ), effect AS MATERIALIZED (
            SELECT h.variant, count(*)::integer AS candidates, sum(h.rise) AS rise,
                   count(*) FILTER (WHERE h.rise > 0)::integer AS raised, sum(CASE WHEN h.rise >= 0 THEN h.rise WHEN h.rise < 0 THEN 0 END) AS gain,
                   count(*) FILTER (WHERE h.rise < 0)::integer AS lowered, sum(CASE WHEN h.rise <= 0 THEN -h.rise WHEN h.rise > 0 THEN 0 END) AS loss
            FROM shift h GROUP BY h.variant
        ), most AS MATERIALIZED (
            SELECT DISTINCT ON (h.variant) h.* FROM shift h WHERE h.rise > 0
            ORDER BY h.variant, h.rise DESC, h.institution_id COLLATE "C"
        ), tie AS MATERIALIZED (
            -- the strongest named tie; equal ones: to an incumbent before a candidate, then the smaller identifier
            SELECT DISTINCT ON (t.partner_id) t.partner_id, t.relation, t.institution_id AS tied_to, t.weight, k.kind
            FROM %1$I.institution_tie t
            JOIN (SELECT p.partner_id, 'incumbent' AS kind FROM %1$I.city_partner p WHERE p.scenario = $1 AND p.city_id = $2 AND p.kind = 'incumbent'
                  UNION ALL SELECT u.id, 'candidate' FROM unnest($3) u (id)) k ON k.partner_id = t.institution_id
            WHERE t.scenario = $1 AND t.weight > 0
            ORDER BY t.partner_id, t.weight DESC, k.kind DESC, t.institution_id COLLATE "C"
        )
        SELECT j.institution_id, j.name_ko, j.name_en, j.status, %2$I.korean_term(j.status), j.city_id, j.place_ko, j.place_en,
               t.relation, %2$I.korean_term(t.relation), t.tied_to, o.name_ko, o.name_en, t.kind, %2$I.korean_term(t.kind), t.weight,
               e.candidates, e.raised, e.gain, e.lowered, e.loss, e.rise,
               m.institution_id, m.institution_name_ko, m.institution_name_en, m.rise, m.before, m.after
        FROM effect e
        JOIN %1$I.institution j ON j.scenario = $1 AND j.institution_id = e.variant
        LEFT JOIN most m ON m.variant = e.variant
        LEFT JOIN tie t ON t.partner_id = e.variant
        LEFT JOIN %1$I.institution o ON o.scenario = $1 AND o.institution_id = t.tied_to
        ORDER BY e.rise DESC NULLS LAST, e.variant COLLATE "C"
        $query$, plan, home) USING scenario, city, strongest, variants;
END
$function$;
COMMENT ON FUNCTION synergy_lack_institution(text, text, integer, boolean, text) IS
'Institutions that a city (default: the home city) lacks, and how much stronger its strongest candidates of the capital area would be if each of them came: one row an institution that is not there and has a named tie to an incumbent or to one of those candidates (ties_only => false: any institution), greatest rise first. relation: what it is to tied_to (parent, subsidiary, sibling); status, relation and tied_to_kind are also given in Korean. candidates: those rated, without itself; raised, gain: how many scores rise, and by how much together; lowered, loss: the same for those that fall (an arrival changes every ministry''s share among the incumbents); rise = gain - loss. All exact, and NULL where the arrival changes the coverage, as the first incumbent of a city does. most_*: the candidate that gains most. plan_what_if shows the whole ranking after an arrival.';

CREATE FUNCTION check_top(plan text, scenario text, city text, top integer, kind text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    IF plan IS NULL OR scenario IS NULL OR top IS NULL OR kind IS NULL THEN
        RAISE EXCEPTION 'plan, scenario, top and kind must not be null'
            USING ERRCODE = 'null_value_not_allowed', HINT = 'Leave an argument out to have its default.';
    ELSIF top < 1 THEN
        RAISE EXCEPTION 'top must be at least 1, not %', top
            USING ERRCODE = 'invalid_parameter_value', HINT = 'It is how many of the first candidates are looked at: 20 by default.';
    ELSIF kind NOT IN ('capital', 'affiliate') THEN
        RAISE EXCEPTION 'kind of candidate "%" does not exist', kind
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Kinds are capital and affiliate.';
    END IF;
    IF city IS NULL THEN
        EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    ELSE
        EXECUTE format('SELECT %I.check_city($1, $2, $3)', home) USING plan, scenario, city;
    END IF;
END
$function$;
COMMENT ON FUNCTION check_top(text, text, text, integer, text) IS
'Raises an error when plan, scenario or city do not exist (a NULL city is not looked for), top is below 1 (22023) or kind is neither capital nor affiliate (22023); else nothing.';
