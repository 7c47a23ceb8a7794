-- A score beside the mean of the country: exact sums at any power, against hand-worked cases and plain SQL over random plans.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
SET search_path = public, innocity;
SELECT no_plan();

-- Two parts of equal weight, both 1/4 in the mean: one twice as high, the other 0.
CREATE FUNCTION ratio(power float8, a float8 DEFAULT 0.5, b float8 DEFAULT 0, reference float8[] DEFAULT '{0.25, 0.25}', weights float8[] DEFAULT '{1, 1}')
RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(l.log_ratio::text, '-'), ' ' ORDER BY l.part)
    FROM synergy_relative_leaves('{a,b}', weights, reference, power, true, NULL, NULL, NULL, NULL,
                                 ARRAY[ROW('a', NULL, a), ROW('b', NULL, b)]::synergy_share[]) l $$;
SELECT is(ratio(0), '0.346573590 -1.609437912', 'power 0: ln(2)/2, and ln(.01/.25)/2 for the part of 0');
SELECT is(ratio(1), '0.500000000 -0.500000000', 'power 1: the scores are equal, and the parts move them by as much');
SELECT is(ratio(2), '0.519860385 -0.173286795', 'power 2: 3/4 and -1/4 of ln 2');
SELECT is(ratio(-1), '- -', 'power -1: the score is 0, and has no logarithm');
SELECT is(ratio(-1, 0.5, 0.125), '0.223143551 -0.446287102', 'power -1: A = 2 + 8, B = 4 + 4; -ln(10/8) = -.223143551 goes by 2 - 4 and 8 - 4, which round to a unit too little');
SELECT is(ratio(1, 0.25, 0.25), '0.000000000 0.000000000', 'equal to the mean: nothing');
SELECT is(ratio(0, 0.005, 0.25), '-1.609437912 0.000000000', 'power 0: a part below the floor counts as the floor');
SELECT is(ratio(0, 0.5, 0.5, '{0, 0.5}'), '1.956011503 0.000000000', 'and so does a mean: ln(.5/.01)/2');
SELECT is(ratio(1, 0.5, 0.5, '{0, 0}'), '- -', 'a mean of 0 has no logarithm');
SELECT is(ratio(1, 0, 0), '- -', 'nor has a score of 0');
SELECT is(ratio(1, NULL, 0.5), '- 0.693147181', 'a part that is not known is left out');
SELECT is(ratio(1, 0.5, 0.5, '{NULL, 0.5}'), '- -', 'a known part needs a reference');
SELECT is(ratio(1, 0.5, 0.5, '{NULL, 0.25}', '{0, 1}'), '0.000000000 0.693147181', 'but not if it has no weight');
SELECT is(ratio(1, 0.5, 0.5, '{0.25, 0.25}', '{0, 0}'), '- -', 'no weight, no ratio');
SELECT is(ratio(0, 0.5, 0.1, '{0.25, 0.25}', '{1e308, 1e308}'), ratio(0, 0.5, 0.1), 'weights are relative');
SELECT is(ratio(1e-17, 0.5, 0.125), ratio(0, 0.5, 0.125), 'a power next to 0 is near its limit, not noise');
SELECT is(ratio(-1e-300, 0.5, 0.125), '0.346573590 -0.346573590', 'from either side: ln(2)/2 and ln(1/2)/2');
SELECT is(ratio(3000, 0.5, 0.125), '- -', 'a power that leaves nothing of the parts has no ratio');
SELECT results_eq($$
    SELECT part, partner_id, log_ratio
    FROM synergy_relative_leaves('{a,b}', '{1,1}', '{0.25,0.25}', 0, false, NULL, NULL, NULL, NULL,
                                 ARRAY[ROW('a', 'x', 0.3), ROW('a', 'y', 0.2), ROW('b', NULL, 0)]::synergy_share[])
    ORDER BY part, partner_id$$,
    $$VALUES ('a', 'x', 0.207944154), ('a', 'y', 0.138629436), ('b', NULL, -1.609437912)$$,
    'leaves in proportion to what they contribute; a part of 0 has one of its own');
SELECT throws_ok($$SELECT synergy_relative_leaves('{a}', '{1}', '{0.5,0.5}', 0, true, NULL, NULL, NULL, NULL, NULL)$$, '22023', 'parts and references differ in length: 1 and 2');
SELECT throws_ok($$SELECT synergy_relative_leaves('{a}', '{1}', '{-0.5}', 0, true, NULL, NULL, NULL, NULL, NULL)$$, '22023', 'reference of part "a" must be finite and not negative');
SELECT throws_ok($$SELECT synergy_relative_leaves('{a}', '{1}', '{0.5}', 'NaN', true, NULL, NULL, NULL, NULL, NULL)$$, '22023', 'power must be finite, not NaN');

\ir ../random_plan.sql

-- The same once more: means, scores and shares in numerics from the values of synergy_part.
CREATE FUNCTION plain(plan text) RETURNS TABLE (institution_id text, city_id text, part text, log_ratio numeric, total numeric) LANGUAGE plpgsql AS $f$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH known AS MATERIALIZED (
            SELECT p.institution_id AS i, p.city_id AS c, p.part AS k, p.value::numeric AS v, p.weight::numeric AS w,
                   string_agg(p.part, ',') OVER (PARTITION BY p.institution_id, p.city_id ORDER BY p.part ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS pattern
            FROM %1$I.synergy_part p WHERE p.weight > 0 AND p.value IS NOT NULL
        ), mean AS (SELECT n.*, avg(n.v) OVER (PARTITION BY n.pattern, n.k) AS r FROM known n),
        term AS (
            SELECT m.i, m.c, m.k, m.w / sum(m.w) OVER pair AS w,
                   CASE WHEN s.power = 0 THEN ln(greatest(m.v, 0.01)) WHEN m.v = 0 THEN 0 ELSE m.v ^ s.power::numeric END AS x,
                   CASE WHEN s.power = 0 THEN ln(greatest(m.r, 0.01)) WHEN m.r = 0 THEN 0 ELSE m.r ^ s.power::numeric END AS y,
                   s.power::numeric AS p, s.power < 0 AND bool_or(m.v = 0) OVER pair AS undefined
            FROM mean m CROSS JOIN %1$I.setting s WINDOW pair AS (PARTITION BY m.i, m.c)
        ), whole AS (
            SELECT t.*, sum(t.w * t.x) OVER (PARTITION BY t.i, t.c) AS a, sum(t.w * t.y) OVER (PARTITION BY t.i, t.c) AS b FROM term t
        )
        SELECT h.i, h.c, h.k,
               CASE WHEN h.p = 0 THEN h.w * (h.x - h.y) WHEN h.a = h.b THEN h.w * (h.x - h.y) / h.a / h.p
                    ELSE h.w * (h.x - h.y) * ln(h.a / h.b) / (h.a - h.b) / h.p END,
               CASE WHEN h.p = 0 THEN h.a - h.b ELSE ln(h.a / h.b) / h.p END
        FROM whole h WHERE NOT h.undefined AND (h.p = 0 OR h.a > 0)$q$, plan);
END $f$;

CREATE FUNCTION hold(seed text) RETURNS SETOF text LANGUAGE plpgsql AS $f$
DECLARE
    plan text := 'relative ' || seed;
    q text := format('%I', 'relative ' || seed);
    p numeric;
BEGIN
    PERFORM make(plan, seed);
    -- an institution without neighbours in kind has complementarity 0, one without ministry no affiliation but 0
    EXECUTE 'ANALYZE';
    EXECUTE format('INSERT INTO %1$s.institution (institution_id, status) VALUES (''I99'', ''capital'');
                    INSERT INTO %1$s.institution_sector (institution_id, sector, weight) VALUES (''I99'', ''group:S9.D0'', 1)', q);
    FOREACH p IN ARRAY CASE seed WHEN 'one' THEN ARRAY[1, 0, 0.003, 0.5, 2, -1] ELSE ARRAY[0] END
    LOOP
        EXECUTE format('UPDATE %s.setting SET power = %s', q, p);
        DROP TABLE IF EXISTS expected;
        CREATE TEMP TABLE expected AS SELECT * FROM plain(plan);
        RETURN NEXT ok((SELECT count(*) > 100 FROM expected), format('%s, power %s: there is something to compare', seed, p));
        RETURN NEXT is_empty(format($q$
            SELECT x.institution_id, x.city_id, x.total, r.total
            FROM (SELECT institution_id, city_id, sum(log_ratio) AS total FROM %1$s.synergy_relative GROUP BY 1, 2) x
            FULL JOIN (SELECT DISTINCT institution_id, city_id, round(total, 9) AS total FROM expected) r USING (institution_id, city_id)
            WHERE coalesce(x.total, CASE WHEN r.total = 0 THEN 0 END) IS DISTINCT FROM r.total$q$, q), format('%s, power %s: leaves add up to ln(score / reference), to the last digit (none: 0)', seed, p));
        RETURN NEXT is_empty(format($q$
            SELECT x.institution_id, x.city_id, x.part, x.log_ratio, r.log_ratio
            FROM (SELECT institution_id, city_id, part, log_ratio FROM %1$s.synergy_relative_part WHERE weight > 0 AND log_ratio IS NOT NULL) x
            FULL JOIN expected r USING (institution_id, city_id, part)
            WHERE abs(x.log_ratio - r.log_ratio) < 1e-7 IS NOT TRUE$q$, q), format('%s, power %s: each part has its own', seed, p));
        RETURN NEXT is_empty(format($q$
            SELECT institution_id, city_id, part, x.log_ratio, p.log_ratio
            FROM (SELECT institution_id, city_id, part, sum(log_ratio) AS log_ratio FROM %1$s.synergy_relative GROUP BY 1, 2, 3) x
            FULL JOIN %1$s.synergy_relative_part p USING (institution_id, city_id, part)
            WHERE coalesce(x.log_ratio, 0) <> coalesce(p.log_ratio, 0)$q$, q), format('%s, power %s: rows add up to their part', seed, p));
        RETURN NEXT is_empty(format($q$
            SELECT institution_id, city_id FROM %1$s.synergy_relative_part WHERE log_ratio IS NOT NULL
            GROUP BY 1, 2 HAVING CASE WHEN min(score) > 0.001 THEN abs(sum(log_ratio) - ln(min(score) / min(reference_score))) > 1e-6
                                  ELSE abs(exp(sum(log_ratio)) * min(reference_score) - min(score)) > 1e-9 END$q$, q), format('%s, power %s: the scores shown have that ratio', seed, p));
        CONTINUE WHEN p NOT IN (1, 0, 0.5);
        -- the sentences name the two largest parts of the view that belongs to the power
        RETURN NEXT is_empty(format($q$
            SELECT t.row_key, t.named_share, n.share
            FROM %1$s.synergy_sentence t
            LEFT JOIN (SELECT institution_id, city_id, round(sum(amount) FILTER (WHERE place <= 2) / nullif(sum(amount), 0), 9) AS share
                       FROM (SELECT institution_id, city_id, abs(amount) AS amount, row_number() OVER (PARTITION BY institution_id, city_id ORDER BY abs(amount) DESC) AS place
                             FROM (%2$s) a) b GROUP BY 1, 2) n USING (institution_id, city_id)
            WHERE t.named_share IS DISTINCT FROM n.share$q$, q,
            format('SELECT institution_id, city_id, %s AS amount FROM %s', CASE p WHEN 0 THEN 'log_ratio' ELSE 'contribution' END,
                   q || CASE p WHEN 0 THEN '.synergy_relative_part WHERE log_ratio IS NOT NULL' ELSE '.synergy_part WHERE contribution IS NOT NULL' END)),
            format('%s, power %s: sentences name the two largest parts', seed, p));
        RETURN NEXT is_empty(format($q$
            SELECT t.row_key, t.sentence_ko, t.sentence_en FROM %1$s.synergy_sentence t LEFT JOIN %1$s.synergy_rank r USING (row_key)
            WHERE t.rank_in_city IS DISTINCT FROM r.rank_in_city OR strpos(t.sentence_ko, to_char(t.score, 'FM0.000')) = 0 OR strpos(t.sentence_en, to_char(t.score, 'FM0.000')) = 0
               OR t.sentence_ko !~ '[.]$' OR t.sentence_en !~ '[.]$' OR t.sentence_ko IS NULL OR t.sentence_en IS NULL$q$, q),
            format('%s, power %s: and say rank and score as they are', seed, p));
    END LOOP;
END $f$;
SELECT hold(seed) FROM unnest(ARRAY['one', 'two']) seed;
SELECT * FROM finish();
