-- The reasons of a score in plain words: rank and score, the parts that matter most, and in each the partner or sector that it comes from.
-- At power 0 contributions to the score are a convention, so the sentences speak of what lifts it above or lowers it below the mean of the
-- country (relative.sql).

CREATE FUNCTION plan_sentence_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION synergy_named()
    RETURNS TABLE (scenario text, institution_id text, city_id text, geometric boolean, reference_score numeric, lacking text[], place integer,
                   part text, amount numeric, whole numeric, all_amount numeric, item_amount numeric,
                   own_sector sector_code, partner_sector sector_code, partner_id text)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 10000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.city_id, i.power = 0, r.score,
               ARRAY(SELECT u.part FROM unnest(i.parts, i.weights, v.part_values) u (part, weight, value)
                     WHERE u.weight > 0 AND u.value IS NULL ORDER BY u.weight DESC, u.part COLLATE "C"),
               q.place::integer, q.part, q.part_amount, q.whole, q.all_amount, q.amount, q.own_sector, q.partner_sector, q.partner_id
        FROM synergy_input(false) i
        CROSS JOIN LATERAL (SELECT synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares) AS part_values OFFSET 0) v
        LEFT JOIN synergy_reference(true) r ON r.scenario = i.scenario AND r.known = synergy_known(v.part_values, i.weights)
        LEFT JOIN LATERAL (
            -- parts, largest first; equal ones in byte order
            SELECT t.*, row_number() OVER (ORDER BY round(abs(t.part_amount), 7) DESC, t.part COLLATE "C") AS place,
                   sum(abs(t.part_amount)) OVER () AS whole, sum(t.part_amount) OVER () AS all_amount
            FROM (
                -- in each part the largest item; equal ones, but for what rounding did to them: smaller identifier or code
                SELECT e.part, e.partner_id, e.own_sector, e.partner_sector, e.amount, sum(e.amount) OVER (PARTITION BY e.part) AS part_amount,
                       row_number() OVER (PARTITION BY e.part ORDER BY round(abs(e.amount), 7) DESC, e.partner_id COLLATE "C", e.partner_sector) AS item
                FROM (
                    -- an item is a partner, or where there is none a sector of the city; its largest leaf names the sectors
                    SELECT l.part, l.partner_id, l.own_sector, l.partner_sector, sum(l.amount) OVER item AS amount,
                           row_number() OVER (item ORDER BY round(abs(l.amount), 7) DESC, l.own_sector, l.partner_sector) AS leaf
                    FROM (
                        SELECT a.part, a.own_sector, a.partner_sector, a.partner_id, a.contribution AS amount
                        FROM synergy_leaves(i.parts, i.weights, (synergy_score(v.part_values, i.weights, i.power)).score, i.power, false,
                                            i.routes, i.fits, i.profile, i.partners, i.shares) a
                        WHERE i.power <> 0
                        UNION ALL
                        SELECT b.part, b.own_sector, b.partner_sector, b.partner_id, b.log_ratio
                        FROM synergy_relative_leaves(i.parts, i.weights, r.reference, i.power, false, i.routes, i.fits, i.profile, i.partners, i.shares) b
                        WHERE i.power = 0
                    ) l
                    WINDOW item AS (PARTITION BY l.part, l.partner_id, CASE WHEN l.partner_id IS NULL THEN l.partner_sector END)
                ) e
                WHERE e.leaf = 1
            ) t
            WHERE t.item = 1 AND t.part_amount <> 0
        ) q ON q.place <= 2;
    END;
    COMMENT ON FUNCTION synergy_named() IS 'What synergy_sentence names, one or two rows a pair of institution and city (part NULL when there is nothing to name): the parts that contribute most to its score (at power 0: to its distance from the mean), with the largest partner or sector in each. For the views of this plan.';

    CREATE OR REPLACE VIEW synergy_sentence WITH (security_invoker = true) AS
    WITH phrase AS (
        SELECT n.scenario, n.institution_id, n.city_id, n.place, n.geometric, n.reference_score, n.lacking, n.amount, n.whole, n.all_amount,
               CASE WHEN n.geometric THEN CASE n.place WHEN 1 THEN '가장 크게 ' ELSE '다음으로 ' END || CASE WHEN n.amount > 0 THEN '올린' ELSE '낮춘' END || ' 것은 '
                    WHEN n.place = 1 THEN '가장 큰 이유는 ' ELSE '다음은 ' END
               || n.part_ko || '(' || n.amount_said || CASE WHEN n.geometric THEN '배)' ELSE ')' END
               || CASE WHEN n.from_ko IS NULL THEN '이다.'
                       ELSE '이며, ' || CASE WHEN n.item_amount = n.amount THEN '모두 '
                                             ELSE '그 가운데 ' || n.item_said || CASE WHEN n.geometric THEN '배는 ' ELSE korean_particle(n.item_said, '은/는') || ' ' END END
                            || n.from_ko || '.' END AS ko,
               CASE WHEN n.geometric THEN CASE n.place WHEN 1 THEN 'Most of all it is ' ELSE 'Next it is ' END || CASE WHEN n.amount > 0 THEN 'lifted' ELSE 'lowered' END || ' by '
                    WHEN n.place = 1 THEN 'The largest reason is ' ELSE 'Next is ' END
               || n.part_en || CASE WHEN n.geometric THEN ' (times ' ELSE ' (' END || n.amount_said || ')'
               || CASE WHEN n.from_en IS NULL THEN '.'
                       ELSE CASE WHEN n.item_amount = n.amount THEN ', all of which comes from '
                                 ELSE ', of which ' || CASE WHEN n.geometric THEN 'times ' ELSE '' END || n.item_said || ' comes from ' END
                            || n.from_en || '.' END AS en
        FROM (
            SELECT x.*,
                   to_char(CASE WHEN x.geometric THEN exp(x.amount) ELSE x.amount END, 'FM0.000') AS amount_said,
                   to_char(CASE WHEN x.geometric THEN exp(x.item_amount) ELSE x.item_amount END, 'FM0.000') AS item_said,
                   -- what a low part comes from is no reason for its being low
                   CASE WHEN x.amount > 0 THEN
                       CASE x.part
                           WHEN 'localization' THEN '이 도시의 ' || x.partner_sector_ko || '에서 온다'
                           WHEN 'relatedness' THEN '이 도시가 특화한 ' || x.partner_sector_ko || '에서 온다'
                           WHEN 'linkage' THEN '그 업종과 거래하는 이 도시의 ' || x.partner_sector_ko || '에서 온다'
                           WHEN 'labour' THEN '그 업종과 인력이 오가는 이 도시의 ' || x.partner_sector_ko || '에서 온다'
                           WHEN 'complementarity' THEN x.partner_ko || korean_particle(x.partner_ko, '과/와') || ' 하는 일이 비슷한 데서 온다'
                                || coalesce('(' || x.own_sector_ko || CASE WHEN x.own_sector <> x.partner_sector THEN ' / ' || x.partner_sector_ko ELSE '' END || ')', '')
                           WHEN 'affiliation' THEN x.partner_ko || CASE WHEN x.tied THEN korean_particle(x.partner_ko, '과/와') || '의 소속 관계에서 온다'
                                                                        ELSE korean_particle(x.partner_ko, '과/와') || ' 부처가 같은 데서 온다' END END END AS from_ko,
                   CASE WHEN x.amount > 0 THEN
                       CASE x.part
                           WHEN 'localization' THEN x.partner_sector_en || ' in the city'
                           WHEN 'relatedness' THEN 'the city''s specialization in ' || x.partner_sector_en
                           WHEN 'linkage' THEN x.partner_sector_en || ' in the city, with which its sectors trade'
                           WHEN 'labour' THEN x.partner_sector_en || ' in the city, with which its sectors exchange workers'
                           WHEN 'complementarity' THEN 'doing work like that of ' || x.partner_en
                                || coalesce(' (' || x.own_sector_en || CASE WHEN x.own_sector <> x.partner_sector THEN ' / ' || x.partner_sector_en ELSE '' END || ')', '')
                           WHEN 'affiliation' THEN CASE WHEN x.tied THEN 'its tie to ' ELSE 'sharing a ministry with ' END || x.partner_en END END AS from_en
            FROM (
                SELECT d.*, coalesce(k.name_ko, k.name_en, d.part) AS part_ko,
                       -- inside an English sentence: "Localization" begins small, "ICT" does not
                       regexp_replace(coalesce(k.name_en, k.name_ko, d.part), '^[A-Z](?=[a-z])', lower(left(coalesce(k.name_en, k.name_ko, d.part), 1))) AS part_en,
                       coalesce(o.name_ko, o.name_en, d.own_sector::text) AS own_sector_ko,
                       regexp_replace(coalesce(o.name_en, o.name_ko, d.own_sector::text), '^[A-Z](?=[a-z])', lower(left(coalesce(o.name_en, o.name_ko, d.own_sector::text), 1))) AS own_sector_en,
                       coalesce(p.name_ko, p.name_en, d.partner_sector::text) AS partner_sector_ko,
                       regexp_replace(coalesce(p.name_en, p.name_ko, d.partner_sector::text), '^[A-Z](?=[a-z])', lower(left(coalesce(p.name_en, p.name_ko, d.partner_sector::text), 1))) AS partner_sector_en,
                       coalesce(m.name_ko, a.name_ko, m.name_en, a.name_en, d.partner_id) AS partner_ko, coalesce(m.name_en, a.name_en, m.name_ko, a.name_ko, d.partner_id) AS partner_en,
                       EXISTS (SELECT FROM institution_tie t WHERE d.part = 'affiliation' AND t.scenario = d.scenario AND t.institution_id = d.institution_id
                                                               AND t.partner_id = d.partner_id AND d.item_amount = d.amount AND t.weight > 0) AS tied
                FROM synergy_named() d
                LEFT JOIN criterion k ON k.scenario = d.scenario AND k.criterion = d.part
                LEFT JOIN sector_name o ON o.scenario = d.scenario AND o.sector = d.own_sector
                LEFT JOIN sector_name p ON p.scenario = d.scenario AND p.sector = d.partner_sector
                LEFT JOIN institution m ON m.scenario = d.scenario AND m.institution_id = d.partner_id
                LEFT JOIN asset a ON a.scenario = d.scenario AND a.asset_id = d.partner_id
            ) x
        ) n
    ), reasons AS (
        SELECT f.scenario, f.institution_id, f.city_id, string_agg(f.ko, ' ' ORDER BY f.place) AS ko, string_agg(f.en, ' ' ORDER BY f.place) AS en,
               count(f.amount) AS parts, bool_or(f.geometric) AS geometric, max(f.reference_score) AS reference_score, max(f.all_amount) AS all_amount,
               max(f.lacking) AS lacking, sum(abs(f.amount)) / max(f.whole) AS share
        FROM phrase f GROUP BY f.scenario, f.city_id, f.institution_id
    ), told AS (
        SELECT r.*, CASE WHEN r.share = 1 THEN '100' ELSE least(99, greatest(1, round(100 * r.share)))::text END AS percent FROM reasons r
    ), placed AS (
        SELECT s.scenario, s.institution_id, s.institution_name_ko, s.institution_name_en, s.city_id, s.city_name_ko, s.city_name_en,
               s.candidate_kind, s.score, s.coverage,
               CASE WHEN s.candidate_kind IS NOT NULL AND s.score IS NOT NULL THEN rank() OVER (equals ORDER BY s.score DESC NULLS LAST) END AS rank_in_city,
               CASE WHEN s.candidate_kind IS NOT NULL AND s.score IS NOT NULL THEN count(*) OVER (PARTITION BY s.scenario, s.city_id, s.candidate_kind, s.coverage, s.score) - 1 END AS tied_with,
               CASE WHEN s.candidate_kind IS NOT NULL AND s.score IS NOT NULL THEN count(s.score) OVER equals END AS candidates,
               coalesce(s.institution_name_ko, s.institution_name_en, s.institution_id) AS own_ko, coalesce(s.institution_name_en, s.institution_name_ko, s.institution_id) AS own_en,
               coalesce(s.city_name_ko, s.city_name_en, s.city_id) AS city_ko, coalesce(s.city_name_en, s.city_name_ko, s.city_id) AS city_en,
               to_char(s.score, 'FM0.000') AS score_said,
               CASE WHEN s.coverage < 1 THEN least(99, greatest(1, round(100 * s.coverage)))::text END AS covered,
               CASE WHEN s.coverage < 1 THEN '자료 범위가 같은 ' ELSE '' END AS alike_ko, CASE WHEN s.coverage < 1 THEN ' with the same data' ELSE '' END AS alike_en
        FROM synergy_scored(false) s
        WINDOW equals AS (PARTITION BY s.scenario, s.city_id, s.candidate_kind, s.coverage)
    )
    SELECT c.scenario, c.institution_id, c.institution_name_ko, c.institution_name_en, c.city_id, c.city_name_ko, c.city_name_en,
           c.candidate_kind, c.score, c.coverage, c.rank_in_city, c.candidates, round(t.share, 9) AS named_share,
           concat_ws(' ',
               c.own_ko || CASE WHEN c.score IS NULL THEN korean_particle(c.own_ko, '은/는') || ' ' || c.city_ko || '에서 점수가 없다. 가중치가 있는 부분의 자료가 하나도 없다.'
                                WHEN c.rank_in_city IS NULL THEN korean_particle(c.own_ko, '은/는') || ' ' || c.city_ko || '에서 점수가 ' || c.score_said || '이며, 이 도시의 후보는 아니다.'
                                ELSE korean_particle(c.own_ko, '은/는') || ' ' || c.city_ko || '에서 ' || c.alike_ko
                                     || CASE c.candidate_kind WHEN 'affiliate' THEN '계열 기관 ' ELSE '후보 ' END || c.candidates || '곳 가운데 '
                                     || CASE WHEN c.tied_with > 0 THEN '공동 ' ELSE '' END || c.rank_in_city || '위(점수 ' || c.score_said || ')이다.' END,
               CASE WHEN t.geometric AND t.parts > 0 THEN '이는 ' || c.alike_ko || '모든 기관과 도시의 평균(' || to_char(t.reference_score, 'FM0.000') || ')의 ' || to_char(exp(t.all_amount), 'FM0.000') || '배이다.' END,
               CASE WHEN c.score IS NOT NULL THEN coalesce(t.ko, CASE WHEN t.geometric THEN '자료가 있는 모든 부분이 ' || c.alike_ko || '모든 기관과 도시의 평균과 같다.' ELSE '점수를 올린 부분이 없다.' END) END,
               CASE WHEN t.parts = 1 THEN '이것이 ' WHEN t.parts > 1 THEN '이 둘이 ' END
                   || CASE WHEN t.geometric THEN '점수를 움직인 폭의 ' ELSE '점수의 ' END || t.percent || '%이다.',
               CASE WHEN c.covered IS NOT NULL AND c.score IS NOT NULL
                    THEN '자료가 없는 부분' || coalesce('(' || l.ko || ')', '') || '은 빠졌고, 점수는 가중치의 ' || c.covered || '%만 본 것이다.' END) AS sentence_ko,
           concat_ws(' ',
               c.own_en || CASE WHEN c.score IS NULL THEN ' has no score in ' || c.city_en || ': no part with a weight has data.'
                                WHEN c.rank_in_city IS NULL THEN ' scores ' || c.score_said || ' in ' || c.city_en || ', where it is no candidate.'
                                ELSE ' ranks ' || c.rank_in_city || CASE WHEN c.tied_with = 1 THEN ' (with one other)' WHEN c.tied_with > 1 THEN ' (with ' || c.tied_with || ' others)' ELSE '' END
                                     || ' of ' || c.candidates || CASE c.candidate_kind WHEN 'affiliate' THEN ' affiliate' ELSE ' candidate' END || CASE WHEN c.candidates <> 1 THEN 's' ELSE '' END
                                     || c.alike_en || ' in ' || c.city_en || ', with a score of ' || c.score_said || '.' END,
               CASE WHEN t.geometric AND t.parts > 0 THEN 'That is ' || to_char(exp(t.all_amount), 'FM0.000') || ' times the mean of all institutions and cities' || c.alike_en || ' (' || to_char(t.reference_score, 'FM0.000') || ').' END,
               CASE WHEN c.score IS NOT NULL THEN coalesce(t.en, CASE WHEN t.geometric THEN 'All parts that are known are at the mean of all institutions and cities' || c.alike_en || '.' ELSE 'No part adds to it.' END) END,
               CASE WHEN t.parts = 1 THEN 'That is ' WHEN t.parts > 1 THEN 'Together they are ' END
                   || t.percent || CASE WHEN t.geometric THEN '% of all that moves the score.' ELSE '% of the score.' END,
               CASE WHEN c.covered IS NOT NULL AND c.score IS NOT NULL
                    THEN 'Parts without data are left out' || coalesce(' (' || l.en || ')', '') || ': the score rests on ' || c.covered || '% of the weight.' END) AS sentence_en,
           concat_ws('|', c.scenario, c.institution_id, c.city_id) AS row_key
    FROM placed c
    LEFT JOIN told t ON t.scenario = c.scenario AND t.institution_id = c.institution_id AND t.city_id = c.city_id
    LEFT JOIN LATERAL (
        SELECT string_agg(coalesce(k.name_ko, k.name_en, k.criterion), ', ' ORDER BY u.place) AS ko, string_agg(lower(coalesce(k.name_en, k.name_ko, k.criterion)), ', ' ORDER BY u.place) AS en
        FROM unnest(t.lacking) WITH ORDINALITY u (part, place) JOIN criterion k ON k.scenario = c.scenario AND k.criterion = u.part
    ) l ON true;
    COMMENT ON VIEW synergy_sentence IS 'Each score in plain words, in Korean and in English: rank and score, the one or two largest parts with the partner or sector that contributes most to each, what share of the score they make, and what is not known. At power 0 the reasons are those for which the score is above or below the mean of the country (synergy_relative). Filter by city, or by institution and city.';
    COMMENT ON COLUMN synergy_sentence.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_sentence.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_sentence.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_sentence.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_sentence.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_sentence.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_sentence.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_sentence.candidate_kind IS 'As in synergy_score; NULL = no candidate for this city, so without rank.';
    COMMENT ON COLUMN synergy_sentence.score IS 'Score, as in synergy_score.';
    COMMENT ON COLUMN synergy_sentence.coverage IS 'Share of the weight whose parts are known.';
    COMMENT ON COLUMN synergy_sentence.rank_in_city IS 'Rank as in synergy_rank: among the candidates of the same kind and coverage in this city.';
    COMMENT ON COLUMN synergy_sentence.candidates IS 'How many these are.';
    COMMENT ON COLUMN synergy_sentence.named_share IS 'Share of the score that the named parts contribute, in [0,1]; at power 0 their share of the sum of the parts'' absolute log_ratio. NULL when none is named.';
    COMMENT ON COLUMN synergy_sentence.sentence_ko IS 'The sentences in Korean; numbers rounded to 3 decimals and whole percents.';
    COMMENT ON COLUMN synergy_sentence.sentence_en IS 'The same in English.';
    COMMENT ON COLUMN synergy_sentence.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_sentence_views(text) IS
'Makes or replaces the view synergy_sentence of a plan, and the function that finds what it names. Called by plan_views, which see.';
