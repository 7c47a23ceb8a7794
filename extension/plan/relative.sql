-- A score beside the mean of the country: how many times as high, and which part, sector and partner makes it so. It is exact at any power of
-- the mean, where contributions to the score itself are a convention for powers other than 1 (synergy_views.sql).

CREATE FUNCTION plan_relative_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION synergy_known(part_values float8[], weights float8[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 20
    RETURN (SELECT string_agg(CASE WHEN u.value IS NOT NULL AND u.weight > 0 THEN '1' ELSE '0' END, '' ORDER BY u.place)
            FROM unnest(part_values, weights) WITH ORDINALITY u (value, weight, place));
    COMMENT ON FUNCTION synergy_known(float8[], float8[]) IS 'Which parts make a score: a 1 for each that is known and has a weight, a 0 for each other, in the order of the parts. For the views of this plan.';

    CREATE OR REPLACE FUNCTION synergy_reference(geometric_only boolean)
    RETURNS TABLE (scenario text, known text, reference float8[], score numeric, pairs bigint)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    BEGIN ATOMIC
        SELECT m.scenario, m.known, m.reference, (synergy_score(m.reference, m.weights, m.power)).score, m.pairs
        FROM (
            -- means of decimals, not of doubles: no order of the rows changes them
            SELECT p.scenario, p.known, p.weights, p.power, max(p.pairs) AS pairs, array_agg(p.mean ORDER BY p.place) AS reference
            FROM (SELECT v.scenario, v.known, v.weights, v.power, u.place, count(*) AS pairs,
                         CASE WHEN substr(v.known, u.place::integer, 1) = '1' THEN avg(u.value::numeric)::float8 END AS mean
                  FROM (SELECT w.scenario, w.weights, w.power, w.part_values, synergy_known(w.part_values, w.weights) AS known
                        FROM (SELECT i.scenario, i.weights, i.power, i.part_values
                              FROM synergy_pair(false) i
                              WHERE (NOT geometric_only OR i.power = 0)
                                AND EXISTS (SELECT FROM setting s WHERE NOT geometric_only OR s.power = 0)
                              OFFSET 0) w
                        OFFSET 0) v
                  CROSS JOIN LATERAL unnest(v.part_values) WITH ORDINALITY u (value, place)
                  GROUP BY v.scenario, v.known, v.weights, v.power, u.place) p
            GROUP BY p.scenario, p.known, p.weights, p.power
        ) m;
    END;
    COMMENT ON FUNCTION synergy_reference(boolean) IS 'The mean of the country that synergy_relative compares with: for each set of known parts (synergy_known) the mean of each part over all pairs of institution and city of the scenario that know the same, the score that a pair with these means would have, and the number of pairs. With geometric_only only scenarios of power 0. Strict, so that the planner runs it once a query. For the views of this plan.';

    CREATE OR REPLACE FUNCTION synergy_compared(geometric_only boolean)
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, candidate_kind text,
                   routes synergy_matrix[], fits synergy_matrix[], profile sector_profile, partners synergy_partner[], shares synergy_share[],
                   parts text[], weights float8[], power float8, part_values float8[], reference float8[], reference_score numeric, pairs bigint)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en, i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
               i.routes, i.fits, i.profile, i.partners, i.shares, i.parts, i.weights, i.power, v.part_values, r.reference, r.score, r.pairs
        FROM synergy_input(false) i
        CROSS JOIN LATERAL (SELECT synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares) AS part_values OFFSET 0) v
        JOIN synergy_reference(geometric_only) r ON r.scenario = i.scenario AND r.known = synergy_known(v.part_values, i.weights)
        WHERE NOT geometric_only OR i.power = 0;
    END;
    COMMENT ON FUNCTION synergy_compared(boolean) IS 'The rows of synergy_input with the values of their parts and the reference that they are compared with. For the views of this plan.';

    CREATE OR REPLACE VIEW synergy_relative_part WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en,
           l.value, i.reference[array_position(i.parts, l.part)] AS reference_value, k.weight, l.log_ratio,
           s.score, i.reference_score, i.pairs,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part) AS row_key
    FROM synergy_compared(false) i
    CROSS JOIN LATERAL synergy_score(i.part_values, i.weights, i.power) s
    CROSS JOIN LATERAL synergy_relative_leaves(i.parts, i.weights, i.reference, i.power, true, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part;
    COMMENT ON VIEW synergy_relative_part IS 'Each score beside the mean of the country, part by part: the log_ratio of an institution and city add up exactly to ln(score / reference_score), and their exponentials multiply to how many times as high the score is. The mean is over all pairs of institution and city of the scenario that know the same parts.';
    COMMENT ON COLUMN synergy_relative_part.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_relative_part.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_relative_part.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_relative_part.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_relative_part.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_relative_part.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_relative_part.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_relative_part.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_relative_part.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_relative_part.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_relative_part.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_relative_part.value IS 'Value of the part in [0,1]; NULL = its data are absent.';
    COMMENT ON COLUMN synergy_relative_part.reference_value IS 'Its mean over the pairs that know the same parts; NULL where the part is not known or has no weight.';
    COMMENT ON COLUMN synergy_relative_part.weight IS 'Weight of the part among all parts, in [0,1].';
    COMMENT ON COLUMN synergy_relative_part.log_ratio IS 'What the part adds to ln(score / reference_score), to 9 decimals: above 0 it lifts, below it lowers; the sum of its rows in synergy_relative. NULL when value is, and where the score is 0.';
    COMMENT ON COLUMN synergy_relative_part.score IS 'Score, as in synergy_score.';
    COMMENT ON COLUMN synergy_relative_part.reference_score IS 'Score of a pair whose every part is at reference_value, to 9 decimals.';
    COMMENT ON COLUMN synergy_relative_part.pairs IS 'Number of pairs in the mean.';
    COMMENT ON COLUMN synergy_relative_part.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_relative WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en,
           l.own_sector::text AS own_sector, o.name_ko AS own_sector_name_ko, o.name_en AS own_sector_name_en,
           l.partner_sector::text AS partner_sector, p.name_ko AS partner_sector_name_ko, p.name_en AS partner_sector_name_en,
           l.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en,
           l.log_ratio,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part, coalesce(l.own_sector::text, '-'),
                     coalesce(l.partner_sector::text, '-'), coalesce(l.partner_id, '-')) AS row_key
    FROM synergy_compared(false) i
    CROSS JOIN LATERAL synergy_relative_leaves(i.parts, i.weights, i.reference, i.power, false, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part
    LEFT JOIN sector_name o ON o.scenario = i.scenario AND o.sector = l.own_sector
    LEFT JOIN sector_name p ON p.scenario = i.scenario AND p.sector = l.partner_sector
    LEFT JOIN institution m ON m.scenario = i.scenario AND m.institution_id = l.partner_id
    LEFT JOIN asset a ON a.scenario = i.scenario AND a.asset_id = l.partner_id;
    COMMENT ON VIEW synergy_relative IS 'Reasons why a score is above or below the mean of the country: which own sector meets which partner sector and whom. The log_ratio of an institution and city add up exactly, in any client, to ln(score / reference_score) of synergy_relative_part, at any power of the mean; exact also at power 0, where synergy_reason can only divide the score by the weights. A score of 0 has no rows. Filter by institution or city.';
    COMMENT ON COLUMN synergy_relative.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_relative.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_relative.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_relative.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_relative.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_relative.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_relative.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_relative.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_relative.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_relative.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_relative.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_relative.own_sector IS 'Sector of the institution''s profile, as text; NULL where the part has none, or is 0.';
    COMMENT ON COLUMN synergy_relative.own_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_relative.own_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_relative.partner_sector IS 'Sector of the city''s economy, row of the input-output table, or sector of the partner, as text.';
    COMMENT ON COLUMN synergy_relative.partner_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_relative.partner_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_relative.partner_id IS 'Incumbent or asset of the city; NULL where the part names none.';
    COMMENT ON COLUMN synergy_relative.partner_name_ko IS 'Name of the partner in Korean.';
    COMMENT ON COLUMN synergy_relative.partner_name_en IS 'Name of the partner in English.';
    COMMENT ON COLUMN synergy_relative.log_ratio IS 'What the reason adds to ln(score / reference_score), to 9 decimals by largest remainder: its share of the part''s, in proportion to its contribution to the part.';
    COMMENT ON COLUMN synergy_relative.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_relative_views(text) IS
'Makes or replaces the views synergy_relative and synergy_relative_part of a plan, and the functions that find the mean they compare with. Called by plan_views, which see.';
