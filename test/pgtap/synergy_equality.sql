-- The views of scores and ranks, and a what-if, against the way of the reasons: values from the inputs of each pair, the score of the values,
-- ranks by windows over the scores. Random plans with several powers and weights, unknown head counts, ministries and economies, empty
-- profiles and a city without incumbents; everything equal to the last digit.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
SET search_path = public, innocity;
SELECT no_plan();

\ir ../random_plan.sql

-- Scores as the reasons have them.
CREATE FUNCTION slow(plan text, variants text DEFAULT '{}')
RETURNS TABLE (scenario text, variant text, institution_id text, city_id text, competes boolean, candidate_kind text, score numeric, coverage numeric)
LANGUAGE plpgsql AS $f$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT i.scenario, i.variant, i.institution_id, i.city_id, i.competes, i.candidate_kind, s.score, s.coverage
        FROM %I.synergy_input(false, $1::synergy_variant[]) i
        CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) s
        $q$, plan) USING variants;
END $f$;

-- Places of the candidates by the definition, with self-joins instead of windows.
CREATE FUNCTION slow_rank(plan text)
RETURNS TABLE (institution_id text, city_id text, candidate_kind text, score numeric, coverage numeric,
               rank_in_city bigint, tied_with bigint, rank_of_city bigint, runner_up_city_id text, margin numeric)
LANGUAGE plpgsql AS $f$
BEGIN
    CREATE TEMP TABLE s AS SELECT * FROM slow(plan);
    ANALYZE s;
    RETURN QUERY
    WITH best AS MATERIALIZED (
        SELECT s.institution_id, max(s.coverage) AS coverage FROM s WHERE s.competes AND s.score IS NOT NULL GROUP BY 1
    ), rival AS MATERIALIZED (
        SELECT s.institution_id, s.city_id, s.score FROM s JOIN best b ON b.institution_id = s.institution_id AND b.coverage = s.coverage
        WHERE s.competes AND s.score IS NOT NULL
    )
    SELECT c.institution_id, c.city_id, c.candidate_kind, c.score, c.coverage,
           CASE WHEN c.score IS NOT NULL THEN 1 + (SELECT count(*) FROM s o WHERE (o.city_id, o.candidate_kind, o.coverage) = (c.city_id, c.candidate_kind, c.coverage) AND o.score > c.score) END,
           CASE WHEN c.score IS NOT NULL THEN (SELECT count(*) - 1 FROM s o WHERE (o.city_id, o.candidate_kind, o.coverage, o.score) = (c.city_id, c.candidate_kind, c.coverage, c.score)) END,
           CASE WHEN r.city_id IS NOT NULL THEN 1 + (SELECT count(*) FROM rival o WHERE o.institution_id = c.institution_id AND o.score > c.score) END,
           n.city_id, c.score - n.score
    FROM s c
    LEFT JOIN rival r ON r.institution_id = c.institution_id AND r.city_id = c.city_id
    LEFT JOIN LATERAL (SELECT o.city_id, o.score FROM rival o
                       WHERE r.city_id IS NOT NULL AND o.institution_id = c.institution_id AND o.city_id <> c.city_id
                       ORDER BY o.score DESC, o.city_id COLLATE "C" LIMIT 1) n ON true
    WHERE c.candidate_kind IS NOT NULL;
    DROP TABLE s;
END $f$;

CREATE FUNCTION hold(seed text, power float8) RETURNS SETOF text LANGUAGE plpgsql AS $f$
DECLARE
    plan text := 'equal ' || seed;
    q text := format('%I', 'equal ' || seed);
    partner text;
    variants text;
BEGIN
    PERFORM make(plan, seed);
    EXECUTE format($q$
        UPDATE %1$s.setting SET power = %2$L;
        UPDATE %1$s.criterion SET weight = floor(5 * u(%3$L, 'weight of', criterion)) / 4;
        UPDATE %1$s.criterion SET weight = 0.25 WHERE criterion IN ('complementarity', 'absorption');
        UPDATE %1$s.institution SET headcount = floor(1 + 900 * u(%3$L, 'head count', institution_id)) WHERE u(%3$L, 'known', institution_id) < 0.5;
        UPDATE %1$s.institution SET ministry = NULL WHERE u(%3$L, 'no ministry', institution_id) < 0.2;
        UPDATE %1$s.city SET competes = false WHERE city_id = 'T3';
        DELETE FROM %1$s.institution_sector WHERE institution_id IN ('I01', 'I02');
        DELETE FROM %1$s.city_region WHERE city_id = 'T5'$q$, q, power, seed);
    EXECUTE 'ANALYZE';
    RETURN NEXT ok((SELECT count(DISTINCT w.coverage) > 2 AND count(DISTINCT w.score) > 100 FROM slow(plan) w),
        format('%s, power %s: many scores, and parts unknown to some', seed, power));
    RETURN NEXT is_empty(format($q$
        (SELECT institution_id, city_id, candidate_kind, score::text, coverage::text FROM %1$s.synergy_score
         EXCEPT ALL SELECT institution_id, city_id, candidate_kind, score::text, coverage::text FROM slow(%2$L))
        UNION ALL
        (SELECT institution_id, city_id, candidate_kind, score::text, coverage::text FROM slow(%2$L)
         EXCEPT ALL SELECT institution_id, city_id, candidate_kind, score::text, coverage::text FROM %1$s.synergy_score)$q$, q, plan),
        format('%s, power %s: scores are those of the reasons, digit by digit', seed, power));
    RETURN NEXT set_eq(format('SELECT institution_id, city_id, candidate_kind, score, coverage, rank_in_city::bigint, tied_with::bigint, rank_of_city::bigint, runner_up_city_id, margin FROM %s.synergy_rank', q),
        format('SELECT * FROM slow_rank(%L)', plan), format('%s, power %s: ranks, ties, runners-up and margins', seed, power));
    RETURN NEXT set_eq(format('SELECT institution_id, score FROM %s.synergy_score WHERE city_id = ''T7''', q),
        format('SELECT institution_id, score FROM slow(%L) WHERE city_id = ''T7''', plan), format('%s, power %s: one city asked for alone', seed, power));
    RETURN NEXT set_eq(format('SELECT * FROM %s.synergy_rank WHERE city_id = ''T7''', q),
        format('SELECT * FROM (SELECT * FROM %s.synergy_rank OFFSET 0) r WHERE city_id = ''T7''', q), format('%s, power %s: the ranking of one city asked for alone', seed, power));
    -- one board for both scenarios, each ranked inside itself; boards that follow each other in one call site are told apart
    PERFORM copy_scenario(plan, 'base', 'copy');
    RETURN NEXT set_eq(format($q$SELECT institution_id, city_id, candidate_kind, score, coverage, rank_in_city, tied_with, rank_of_city, runner_up_city_id, margin
                                 FROM %s.synergy_rank WHERE scenario = 'copy'$q$, q),
        format($q$SELECT institution_id, city_id, candidate_kind, score, coverage, rank_in_city, tied_with, rank_of_city, runner_up_city_id, margin
                  FROM %s.synergy_rank WHERE scenario = 'base'$q$, q), format('%s, power %s: a copy of the scenario ranks alike', seed, power));
    EXECUTE format('UPDATE %s.setting SET power = 3 WHERE scenario = ''copy''', q);
    EXECUTE format($q$CREATE TEMP TABLE board AS
        SELECT 1 AS turn, board FROM %1$s.synergy_plan_board('{}') UNION ALL
        SELECT 2, synergy_board(NULL, NULL, NULL) UNION ALL
        SELECT 3, board FROM %1$s.synergy_plan_board(ARRAY[ROW('base', 'v', 'T1', NULL, 'I11', NULL)::synergy_variant])$q$, q);
    RETURN NEXT set_eq('SELECT b.turn, r.* FROM board b CROSS JOIN LATERAL board_cities(b.board) c CROSS JOIN LATERAL board_ranking(b.board, c.number) r',
        'SELECT 1, r.* FROM board_cities((SELECT board FROM board WHERE turn = 1)) c CROSS JOIN LATERAL board_ranking((SELECT board FROM board WHERE turn = 1), c.number) r
         UNION ALL
         SELECT 3, r.* FROM board_cities((SELECT board FROM board WHERE turn = 3)) c CROSS JOIN LATERAL board_ranking((SELECT board FROM board WHERE turn = 3), c.number) r',
        format('%s, power %s: rankings of several boards in one query', seed, power));
    RETURN NEXT ok((SELECT count(*) = 0 FROM board_cities((SELECT board FROM board WHERE turn = 3)) c
                    CROSS JOIN LATERAL board_ranking((SELECT board FROM board WHERE turn = 3), c.number) r WHERE c.variant <> ''),
        format('%s, power %s: a variant has no ranking', seed, power));
    DROP TABLE board;
    EXECUTE format('DELETE FROM %s.setting WHERE scenario = ''copy''', q);
    EXECUTE format('SELECT min(partner_id COLLATE "C") FROM %s.city_partner WHERE city_id = ''T1''', q) INTO partner;
    variants := ARRAY[ROW('base', 'changed', 'T1', partner, NULL, NULL)::synergy_variant, ROW('base', 'changed', 'T1', NULL, 'I11', NULL)::synergy_variant,
                      ROW('base', 'changed', 'T1', NULL, 'new', '{group:S1.D1:1}')::synergy_variant]::text;
    RETURN NEXT set_eq(format($q$SELECT institution_id, candidate_kind, score_after FROM plan_what_if(%L, 'T1', without => ARRAY[%L], joining => ARRAY['I11'],
                                 assets => ARRAY[ROW('new', '{group:S1.D1:1}', NULL)::synergy_partner]) WHERE score_after IS NOT NULL$q$, plan, partner),
        format($q$SELECT institution_id, candidate_kind, score FROM slow(%L, %L)
                  WHERE variant = 'changed' AND candidate_kind IS NOT NULL AND institution_id <> 'I11' AND score IS NOT NULL$q$, plan, variants),
        format('%s, power %s: scores after a change', seed, power));
END $f$;
SELECT hold(seed, power) FROM (VALUES ('four', 1), ('five', 0), ('six', -1), ('seven', 2), ('eight', 0.5)) v (seed, power);
SELECT * FROM finish();
