-- Invariants of the score over random plans, and its parts worked out once more in plain SQL: texts, numbers and joins, none of our types.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
SET search_path = public, innocity;
SELECT no_plan();

\ir ../random_plan.sql

-- What a plan says, as one text.
CREATE FUNCTION scores(plan text) RETURNS text LANGUAGE plpgsql AS $f$
DECLARE
    answer text;
BEGIN
    EXECUTE format('SELECT string_agg(format(''%%s %%s %%s %%s'', institution_id, city_id, score, coverage), E''\n'' ORDER BY row_key COLLATE "C") FROM %I.synergy_score', plan) INTO answer;
    RETURN answer;
END $f$;

-- The parts in plain SQL.
CREATE FUNCTION plain(plan text) RETURNS TABLE (institution_id text, city_id text, part text, value float8) LANGUAGE plpgsql AS $f$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH cell AS MATERIALIZED (SELECT region::text AS r, sector::text AS s, value::numeric AS x FROM %1$I.region_activity),
        sector AS MATERIALIZED (SELECT s, sum(x) AS x FROM cell GROUP BY 1), region AS MATERIALIZED (SELECT r, sum(x) AS x FROM cell GROUP BY 1),
        total AS MATERIALIZED (SELECT sum(x) AS x FROM cell),
        present AS MATERIALIZED (SELECT c.r, c.s FROM cell c JOIN sector USING (s) JOIN region USING (r) CROSS JOIN total WHERE c.x * total.x >= sector.x * region.x),
        q AS MATERIALIZED (SELECT t.city_id, s.s, coalesce(c.x, 0)::float8 / region.x::float8 / (s.x::float8 / total.x::float8) AS q, coalesce(c.x, 0) * total.x >= s.x * region.x AS b
                           FROM %1$I.city_region t JOIN region ON region.r = t.region::text CROSS JOIN sector s CROSS JOIN total LEFT JOIN cell c ON c.r = region.r AND c.s = s.s),
        ubiquity AS MATERIALIZED (SELECT s, count(*) AS n FROM present GROUP BY 1),
        phi AS MATERIALIZED (SELECT a.s, b.s AS t, count(*)::float8 / max(greatest(x.n, y.n)) AS phi
                             FROM present a JOIN present b USING (r) JOIN ubiquity x ON x.s = a.s JOIN ubiquity y ON y.s = b.s WHERE a.s <> b.s GROUP BY 1, 2),
        density AS MATERIALIZED (SELECT q.city_id, p.s, sum(p.phi * q.b::int) / sum(p.phi) AS d FROM phi p JOIN q ON q.s = p.t GROUP BY 1, 2),
        flow AS MATERIALIZED (SELECT seller::text AS a, buyer::text AS b, value AS x FROM %1$I.sector_flow),
        link AS MATERIALIZED (SELECT f.a, f.b, (f.x / sum(f.x) OVER (PARTITION BY f.a) + g.x / sum(g.x) OVER (PARTITION BY g.b)) / 2 AS g
                              FROM flow f JOIN flow g ON g.a = f.b AND g.b = f.a),
        own AS MATERIALIZED (SELECT institution_id AS id, sector::text AS s, weight / sum(weight) OVER (PARTITION BY institution_id) AS a,
                                    (string_to_array(sector::text, '.'))[1:2] AS chain2 FROM %1$I.institution_sector),
        routed AS MATERIALIZED (SELECT id, array_to_string(chain2, '.') AS s, sum(a) AS a FROM own GROUP BY 1, 2),
        work AS MATERIALIZED (SELECT id, s, a FROM own UNION ALL SELECT asset_id, sector::text, weight FROM %1$I.asset_sector),
        tree AS MATERIALIZED (SELECT x.s, y.s AS t, (SELECT count(*) FROM generate_series(1, 3) l WHERE l <= least(cardinality(x.c), cardinality(y.c)) AND x.c[1:l] = y.c[1:l])::float8 AS both,
                                     cardinality(x.c) + cardinality(y.c) AS n
                              FROM (SELECT DISTINCT s, string_to_array(s, '.') AS c FROM work) x CROSS JOIN (SELECT DISTINCT s, string_to_array(s, '.') AS c FROM work) y),
        inner_product AS MATERIALIZED (SELECT a.id, b.id AS other, sum(a.a * b.a * t.both / (t.n - t.both)) AS p FROM work a JOIN tree t USING (s) JOIN work b ON b.s = t.t GROUP BY 1, 2),
        cosine AS MATERIALIZED (SELECT p.id, p.other, p.p / sqrt(x.p * y.p) AS c FROM inner_product p JOIN inner_product x ON x.id = p.id AND x.other = p.id JOIN inner_product y ON y.id = p.other AND y.other = p.other),
        incumbent AS MATERIALIZED (SELECT i.institution_id AS id, i.city_id AS town, i.ministry FROM %1$I.institution i WHERE i.status = 'relocated'),
        meets AS MATERIALIZED (SELECT i.institution_id AS id, c.city_id AS town FROM %1$I.institution i CROSS JOIN %1$I.city c
                               WHERE EXISTS (SELECT FROM incumbent o WHERE o.town = c.city_id AND o.id <> i.institution_id)),
        near AS (SELECT m.id, m.town, k.c, row_number() OVER (PARTITION BY m.id, m.town ORDER BY round(k.c::numeric, 12) DESC, k.other COLLATE "C") AS n
                 FROM meets m JOIN (SELECT id, town FROM incumbent UNION ALL SELECT asset_id, a.city_id FROM %1$I.asset a) o ON o.town = m.town AND o.id <> m.id
                 JOIN cosine k ON k.id = m.id AND k.other = o.id),
        bond AS MATERIALIZED (SELECT a.parent_id AS p, a.subsidiary_id AS s, k.weight AS w FROM %1$I.affiliation a JOIN %1$I.tie_kind k USING (scenario, kind)),
        tie AS MATERIALIZED (SELECT p AS a, s AS b, w FROM bond UNION ALL SELECT s, p, w FROM bond
                             UNION ALL SELECT x.s, y.s, x.w * y.w * 0.5 FROM bond x JOIN bond y ON y.p = x.p AND y.s <> x.s)
        SELECT r.id, q.city_id, 'localization', sum(r.a * q.q / (1 + q.q)) FROM routed r JOIN q USING (s) GROUP BY 1, 2
        UNION ALL SELECT r.id, q.city_id, 'relatedness', sum(r.a * coalesce(d.d, 0)) FROM routed r JOIN q USING (s) LEFT JOIN density d ON d.s = r.s AND d.city_id = q.city_id GROUP BY 1, 2
        UNION ALL SELECT r.id, q.city_id, 'linkage', sum(r.a * l.g * least(1, q.q)) FROM routed r JOIN link l ON l.a = r.s JOIN q ON q.s = l.b GROUP BY 1, 2
        UNION ALL SELECT id, town, 'complementarity', avg(c) FROM near WHERE n <= 3 GROUP BY 1, 2
        UNION ALL SELECT m.id, m.town, 'affiliation', greatest(coalesce(max(t.w), 0), avg((o.ministry = i.ministry)::int))
                  FROM meets m JOIN %1$I.institution i ON i.institution_id = m.id JOIN incumbent o ON o.town = m.town AND o.id <> m.id
                  LEFT JOIN (SELECT a, b, max(w) AS w FROM tie GROUP BY 1, 2) t ON t.a = m.id AND t.b = o.id GROUP BY 1, 2
        $q$, plan);
END $f$;

CREATE FUNCTION hold(seed text) RETURNS SETOF text LANGUAGE plpgsql AS $f$
DECLARE
    plan text := 'random ' || seed;
    before text;
    q text := format('%I', 'random ' || seed);
BEGIN
    PERFORM make(plan, seed);
    EXECUTE 'ANALYZE';
    before := scores(plan);
    RETURN NEXT is_empty(format($q$
        SELECT x.institution_id, x.city_id, x.part, x.value, r.value
        FROM (SELECT institution_id, city_id, part, value FROM %1$s.synergy_part WHERE weight > 0) x FULL JOIN plain(%2$L) r USING (institution_id, city_id, part)
        WHERE NOT coalesce(abs(x.value - r.value) <= 1e-12, x.value IS NULL AND r.value IS NULL)$q$, q, plan), seed || ': parts agree with plain SQL to 1e-12');
    RETURN NEXT is_empty(format('SELECT FROM %s.synergy_part WHERE value NOT BETWEEN 0 AND 1', q), seed || ': parts lie in [0,1]');
    RETURN NEXT is_empty(format('SELECT FROM %s.synergy_neighbour WHERE partner_id = institution_id', q), seed || ': nobody is its own neighbour');
    RETURN NEXT is_empty(format('SELECT r.institution_id, r.city_id FROM %1$s.synergy_reason r JOIN %1$s.synergy_score s USING (institution_id, city_id)
        GROUP BY 1, 2 HAVING sum(r.contribution) <> min(s.score)', q), seed || ': reasons add up exactly');
    RETURN NEXT is_empty(format('SELECT FROM (SELECT city_id, candidate_kind, coverage, score, rank_in_city,
        1 + (SELECT count(*) FROM %1$s.synergy_rank o WHERE (o.city_id, o.candidate_kind, o.coverage) = (r.city_id, r.candidate_kind, r.coverage) AND o.score > r.score) AS counted
        FROM %1$s.synergy_rank r WHERE r.city_id IN (''T1'', ''T7'')) x WHERE rank_in_city <> counted', q), seed || ': ranks count the better ones of equal coverage');
    EXECUTE format('UPDATE %1$s.region_activity SET value = value * 8; UPDATE %1$s.sector_flow SET value = value * 3; UPDATE %1$s.asset_sector SET weight = weight * 5;
                    UPDATE %1$s.institution_sector SET weight = weight / 4 WHERE institution_id < ''I20''', q);
    RETURN NEXT is(scores(plan), before, seed || ': scale changes nothing');
    EXECUTE format('CREATE TEMP TABLE shuffled AS SELECT * FROM %1$s.institution_sector ORDER BY md5(institution_id || sector::text); DELETE FROM %1$s.institution_sector;
                    INSERT INTO %1$s.institution_sector SELECT * FROM shuffled; DROP TABLE shuffled;
                    CREATE TEMP TABLE shuffled AS SELECT * FROM %1$s.region_activity ORDER BY md5(region::text || sector::text); DELETE FROM %1$s.region_activity;
                    INSERT INTO %1$s.region_activity SELECT * FROM shuffled; DROP TABLE shuffled', q);
    RETURN NEXT is(scores(plan), before, seed || ': order changes nothing');
END $f$;
SELECT hold(seed) FROM unnest(ARRAY['one', 'two', 'three']) seed;

-- The two parts that read people: labour from random flows, absorption from random head counts, one in five not known.
CREATE FUNCTION hold_people(seed text) RETURNS SETOF text LANGUAGE plpgsql AS $f$
DECLARE
    q text := format('%I', 'random ' || seed);
BEGIN
    EXECUTE format($q$
        UPDATE %1$s.criterion SET weight = 0.1 WHERE criterion IN ('labour', 'absorption');
        UPDATE %1$s.institution SET headcount = CASE WHEN u(%2$L, 'known', institution_id) < 0.8 THEN 1 + floor(500 * u(%2$L, 'heads', institution_id)) END;
        INSERT INTO %1$s.labour_flow (sector_from, sector_to, movers)
        SELECT format('group:S%%s.D%%s', 1 + a / 3, a)::sector_code, format('group:S%%s.D%%s', 1 + b / 3, b)::sector_code, floor(90 * u(%2$L, 'moves', a::text, b::text))
        FROM generate_series(0, 8) a, generate_series(0, 8) b$q$, q, seed);
    EXECUTE format($q$CREATE TEMP TABLE plain_people AS
        WITH f AS (SELECT sector_from::text AS a, sector_to::text AS b, movers AS n FROM %1$s.labour_flow WHERE sector_from::text <> sector_to::text),
        x AS (SELECT f.a, f.b, f.n * (SELECT sum(n) FROM f) / ((SELECT sum(n) FROM f l WHERE l.a = f.a) * (SELECT sum(n) FROM f e WHERE e.b = f.b)) AS x FROM f),
        k AS (SELECT v.a, v.b, greatest(0, ((v.x - 1) / (v.x + 1) + (w.x - 1) / (w.x + 1)) / 2) AS k FROM x v JOIN x w ON w.a = v.b AND w.b = v.a),
        c AS (SELECT region::text AS r, sector::text AS s, value FROM %1$s.region_activity),
        m AS (SELECT t.city_id, s.s, coalesce((SELECT value FROM c WHERE c.r = t.region::text AND c.s = s.s), 0) AS x, (SELECT sum(value) FROM c WHERE c.r = t.region::text) AS town, s.x AS trade
              FROM %1$s.city_region t CROSS JOIN (SELECT s, sum(value) AS x FROM c GROUP BY s) s),
        d AS (SELECT m.city_id, k.a, coalesce(sum(k.k * least(1, m.x / m.town / (m.trade / (SELECT sum(value) FROM c)))) / nullif(sum(k.k), 0), 0) AS d FROM k JOIN m ON m.s = k.b GROUP BY 1, 2),
        p AS (SELECT institution_id, array_to_string((string_to_array(sector::text, '.'))[1:2], '.') AS s, weight / sum(weight) OVER (PARTITION BY institution_id) AS a FROM %1$s.institution_sector)
        SELECT p.institution_id, d.city_id, 'labour' AS part, sum(p.a * d.d) AS value FROM p JOIN d ON d.a = p.s GROUP BY 1, 2
        UNION ALL
        SELECT i.institution_id, t.city_id, 'absorption', t.town / (t.town + 10 * i.headcount) FROM (SELECT DISTINCT city_id, town FROM m) t CROSS JOIN %1$s.institution i WHERE i.headcount IS NOT NULL$q$, q);
    EXECUTE format('CREATE TEMP TABLE part_before AS SELECT institution_id, city_id, part, value FROM %s.synergy_part', q);
    RETURN NEXT is_empty($q$SELECT institution_id, city_id, part, b.value, p.value FROM plain_people p FULL JOIN (SELECT * FROM part_before WHERE part IN ('labour', 'absorption') AND value IS NOT NULL) b
        USING (institution_id, city_id, part) WHERE abs(p.value - b.value) <= 1e-12 IS NOT TRUE$q$, seed || ': labour and absorption agree with plain SQL to 1e-12');
    RETURN NEXT is_empty(format('SELECT r.institution_id FROM %1$s.synergy_reason r JOIN %1$s.synergy_score s USING (institution_id, city_id) GROUP BY r.institution_id, r.city_id HAVING sum(r.contribution) <> min(s.score)', q),
        seed || ': their reasons add up too');
    EXECUTE format('UPDATE %1$s.labour_flow SET movers = movers * 16; UPDATE %1$s.region_activity SET value = value * 8', q);
    RETURN NEXT is_empty(format($q$SELECT institution_id, city_id, part FROM part_before b JOIN %s.synergy_part a USING (institution_id, city_id, part)
        WHERE part <> 'absorption' AND a.value IS DISTINCT FROM b.value$q$, q), seed || ': scaling all values changes nothing but absorption');
    RETURN NEXT is_empty(format($q$SELECT institution_id, city_id FROM part_before b JOIN %s.synergy_part a USING (institution_id, city_id, part)
        WHERE part = 'absorption' AND NOT (a.value IS NULL AND b.value IS NULL) AND a.value > b.value IS NOT TRUE$q$, q), seed || ': and that rises');
    EXECUTE format('UPDATE %1$s.setting SET kappa = kappa * 8', q);
    RETURN NEXT is_empty(format('SELECT FROM part_before b JOIN %s.synergy_part a USING (institution_id, city_id, part) WHERE a.value IS DISTINCT FROM b.value', q), seed || ': unless kappa is of the new unit');
    DROP TABLE part_before, plain_people;
END $f$;
SELECT hold_people(seed) FROM unnest(ARRAY['one', 'two']) seed;

-- Direct calls: a split row of a profile, a part that rises, the bounds of a mean
SELECT is_empty($$
    SELECT n FROM generate_series(1, 200) n
    CROSS JOIN LATERAL (SELECT sector_profile_agg(('group:S' || k)::sector_code, u('split', n::text, k::text)) AS whole FROM generate_series(1, 4) k) w
    CROSS JOIN LATERAL (SELECT sector_profile_agg(('group:S' || k)::sector_code, u('split', n::text, k::text) / 2) AS split FROM generate_series(1, 4) k, generate_series(1, 2)) s
    CROSS JOIN LATERAL (SELECT sector_profile_agg(('group:S' || k)::sector_code, u('other', n::text, k::text)) AS other FROM generate_series(2, 6) k) o
    WHERE profile_similarity(w.whole, o.other) IS DISTINCT FROM profile_similarity(s.split, o.other)$$, 'splitting a row of a profile changes nothing');
SELECT is_empty($$
    SELECT n, p, power FROM generate_series(1, 200) n CROSS JOIN generate_series(1, 5) p CROSS JOIN unnest(ARRAY[1, 0, -1, 2]) power
    CROSS JOIN LATERAL (SELECT array_agg(u('part', n::text, k::text) ORDER BY k) AS parts, array_agg(u('weight', n::text, k::text) + 0.01 ORDER BY k) AS weights,
                               array_agg(CASE WHEN k = p THEN least(1, u('part', n::text, k::text) + 0.1) ELSE u('part', n::text, k::text) END ORDER BY k) AS raised FROM generate_series(1, 5) k) x
    WHERE (synergy_score(x.raised, x.weights, power)).score < (synergy_score(x.parts, x.weights, power)).score
       OR (synergy_score(x.parts, x.weights, power)).score NOT BETWEEN 0 AND 1$$, 'raising a part never lowers the score, under any power');
SELECT * FROM finish();
