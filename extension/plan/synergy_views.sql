-- The score of a plan, its parts, its reasons, and the ranks.

CREATE FUNCTION plan_synergy_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW synergy_score WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, r.institution_name_ko, r.institution_name_en,
           r.city_id, r.city_name_ko, r.city_name_en, r.candidate_kind, r.score, r.coverage,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM synergy_scored(false) r;
    COMMENT ON VIEW synergy_score IS 'Fit of every institution to every city, incumbents too (without themselves): a score of fit, no forecast of jobs. Compare scores of equal coverage only; synergy_rank does.';
    COMMENT ON COLUMN synergy_score.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_score.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_score.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_score.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_score.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_score.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_score.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_score.candidate_kind IS 'capital = may move to any city; affiliate = subsidiary of an incumbent of this city that is not in it; NULL = no candidate for this city.';
    COMMENT ON COLUMN synergy_score.score IS 'Weighted mean of the parts that are known, in [0,1], rounded half up to 9 decimals; NULL when none is.';
    COMMENT ON COLUMN synergy_score.coverage IS 'Share of the weight whose parts are known, in [0,1].';
    COMMENT ON COLUMN synergy_score.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_part WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en, l.value, k.weight, l.contribution,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r
    CROSS JOIN LATERAL synergy_leaves(i.parts, i.weights, r.score, i.power, true, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part;
    COMMENT ON VIEW synergy_part IS 'Parts of each score: their values, and what each contributes. The contributions of an institution and city add up to the score exactly; under a power other than 1 by convention, as in synergy_reason.';
    COMMENT ON COLUMN synergy_part.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_part.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_part.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_part.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_part.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_part.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_part.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_part.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_part.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_part.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_part.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_part.value IS 'Value of the part in [0,1]; NULL = its data are absent.';
    COMMENT ON COLUMN synergy_part.weight IS 'Weight of the part among all parts, in [0,1].';
    COMMENT ON COLUMN synergy_part.contribution IS 'What the part adds to the score, to 9 decimals: the sum of its rows in synergy_reason; NULL when value is.';
    COMMENT ON COLUMN synergy_part.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_reason WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en,
           l.own_sector::text AS own_sector, o.name_ko AS own_sector_name_ko, o.name_en AS own_sector_name_en,
           l.partner_sector::text AS partner_sector, p.name_ko AS partner_sector_name_ko, p.name_en AS partner_sector_name_en,
           l.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en,
           l.contribution,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part, coalesce(l.own_sector::text, '-'),
                     coalesce(l.partner_sector::text, '-'), coalesce(l.partner_id, '-')) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r
    CROSS JOIN LATERAL synergy_leaves(i.parts, i.weights, r.score, i.power, false, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part
    LEFT JOIN sector_name o ON o.scenario = i.scenario AND o.sector = l.own_sector
    LEFT JOIN sector_name p ON p.scenario = i.scenario AND p.sector = l.partner_sector
    LEFT JOIN institution m ON m.scenario = i.scenario AND m.institution_id = l.partner_id
    LEFT JOIN asset a ON a.scenario = i.scenario AND a.asset_id = l.partner_id;
    COMMENT ON VIEW synergy_reason IS 'Reasons of each score: which own sector meets which partner sector and whom. The contributions of an institution and city add up to the score exactly in any client. Under a power other than 1 they still do, but by convention: a part gets its share of the sum of weight x value^power, at power 0 its share of the weight; synergy_relative says what each part does. Filter by institution or city: the whole list has hundreds of rows a pair.';
    COMMENT ON COLUMN synergy_reason.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_reason.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_reason.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_reason.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_reason.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_reason.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_reason.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_reason.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_reason.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_reason.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_reason.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_reason.own_sector IS 'Sector of the institution''s profile, as text; NULL where the part has none.';
    COMMENT ON COLUMN synergy_reason.own_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_reason.own_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_reason.partner_sector IS 'Sector of the city''s economy, row of the input-output table, or sector of the partner, as text.';
    COMMENT ON COLUMN synergy_reason.partner_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_reason.partner_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_reason.partner_id IS 'Incumbent or asset of the city; NULL where the part names none.';
    COMMENT ON COLUMN synergy_reason.partner_name_ko IS 'Name of the partner in Korean.';
    COMMENT ON COLUMN synergy_reason.partner_name_en IS 'Name of the partner in English.';
    COMMENT ON COLUMN synergy_reason.contribution IS 'What the reason adds to the score, to 9 decimals by largest remainder; less than a unit shows as 0. Under a power other than 1 a convention: see the view.';
    COMMENT ON COLUMN synergy_reason.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_neighbour WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, u.place::integer AS place,
           u.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en, u.similarity,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, u.partner_id) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL unnest(i.partners) WITH ORDINALITY AS u (partner_id, profile, similarity, place)
    LEFT JOIN institution m ON m.scenario = i.scenario AND m.institution_id = u.partner_id
    LEFT JOIN asset a ON a.scenario = i.scenario AND a.asset_id = u.partner_id;
    COMMENT ON VIEW synergy_neighbour IS 'The incumbents and assets of a city whose profiles are most similar to an institution''s; complementarity is the mean of their similarities.';
    COMMENT ON COLUMN synergy_neighbour.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_neighbour.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_neighbour.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_neighbour.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_neighbour.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_neighbour.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_neighbour.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_neighbour.place IS '1 = most similar; equal similarity: smaller identifier first.';
    COMMENT ON COLUMN synergy_neighbour.partner_id IS 'The incumbent or asset.';
    COMMENT ON COLUMN synergy_neighbour.partner_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_neighbour.partner_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_neighbour.similarity IS 'Similarity of the two profiles in [0,1].';
    COMMENT ON COLUMN synergy_neighbour.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_rank WITH (security_invoker = true) AS
    SELECT q.scenario, q.institution_id, q.institution_name_ko, q.institution_name_en,
           q.city_id, q.city_name_ko, q.city_name_en, q.candidate_kind, q.score, q.coverage,
           q.rank_in_city, q.tied_with, q.rank_of_city, q.runner_up_city_id, q.runner_up_city_name_ko,
           q.runner_up_city_name_en, q.margin, q.comparable,
           CASE WHEN NOT q.competes THEN '경쟁 대상이 아닌 도시'
                WHEN q.score IS NULL THEN '점수 없음'
                WHEN NOT q.comparable THEN format('자료 비중 %s, 이 기관의 최고 비중 %s', trim_scale(q.coverage), trim_scale(q.best_coverage)) END AS not_comparable_ko,
           CASE WHEN NOT q.competes THEN 'the city does not compete'
                WHEN q.score IS NULL THEN 'no score'
                WHEN NOT q.comparable THEN format('coverage %s, where the best of this institution is %s', trim_scale(q.coverage), trim_scale(q.best_coverage)) END AS not_comparable_en,
           concat_ws('|', q.scenario, q.institution_id, q.city_id) AS row_key
    FROM synergy_ranked() q;
    COMMENT ON VIEW synergy_rank IS 'Candidates of each city in order, inside equal kind and coverage, and each city''s place among the competing cities for the institution. Only equal scores tie.';
    COMMENT ON COLUMN synergy_rank.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_rank.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_rank.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_rank.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_rank.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_rank.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_rank.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_rank.candidate_kind IS 'capital = may move to any city; affiliate = subsidiary of an incumbent of this city that is not in it.';
    COMMENT ON COLUMN synergy_rank.score IS 'Score in [0,1], as in synergy_score.';
    COMMENT ON COLUMN synergy_rank.coverage IS 'Share of the weight whose parts are known.';
    COMMENT ON COLUMN synergy_rank.rank_in_city IS 'Rank among the candidates of the same kind and coverage in this city; 1 = best, equal scores share a rank.';
    COMMENT ON COLUMN synergy_rank.tied_with IS 'How many others share that rank.';
    COMMENT ON COLUMN synergy_rank.rank_of_city IS 'Rank of this city among the comparable cities for this institution; NULL when it is not comparable.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_id IS 'Best other comparable city for this institution; equal scores: smaller identifier.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_name_ko IS 'Name of that city in Korean.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_name_en IS 'Name of that city in English.';
    COMMENT ON COLUMN synergy_rank.margin IS 'Own score minus that of the best other comparable city; negative when this city is behind.';
    COMMENT ON COLUMN synergy_rank.comparable IS 'Does the city compete, with the highest coverage that the institution has in a competing city?';
    COMMENT ON COLUMN synergy_rank.not_comparable_ko IS 'Why the city is not comparable, in Korean; NULL when it is.';
    COMMENT ON COLUMN synergy_rank.not_comparable_en IS 'Why the city is not comparable, in English; NULL when it is.';
    COMMENT ON COLUMN synergy_rank.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_synergy_views(text) IS
'Makes or replaces the views of the score of a plan: synergy_score, synergy_part, synergy_reason, synergy_neighbour, synergy_rank. Called by plan_views, which see.';
