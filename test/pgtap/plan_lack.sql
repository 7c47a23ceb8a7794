-- What a city lacks: on a plan small enough for the hand, in plain SQL over the sample's tables, and by letting the institutions come.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE SCHEMA innocity;
CREATE EXTENSION innocity SCHEMA innocity;
CREATE EXTENSION innocity_kr SCHEMA innocity;
SET search_path = public, innocity;
SELECT no_plan();

-- Three towns, sectors A to D. P has A (10 of 15, the country 15 of 45) and little B (5 of 15, the country 18 of 45); it lacks B, C and D.
-- A and B meet nowhere, B and C in Q, B and D in Q, C and D in Q: P has no B, C or D, and A is near none of them.
SELECT create_plan('small') AS made \gset
SET search_path = public, innocity, small;
UPDATE criterion SET weight = CASE criterion WHEN 'complementarity' THEN 0.6 WHEN 'affiliation' THEN 0.4 ELSE 0 END;
INSERT INTO city (city_id, name_en) VALUES ('P', 'Town P'), ('E', 'No economy');
INSERT INTO city_region (city_id, region) VALUES ('P', '46170');
INSERT INTO region_activity (year, region, sector, value) VALUES
    (2020, '46170', 'group:A', 10), (2020, '46170', 'group:B', 5), (2020, '46110', 'group:B', 13), (2020, '46110', 'group:C', 5), (2020, '46110', 'group:D', 7), (2020, '46130', 'group:A', 5);
INSERT INTO sector_name (sector, name_ko, name_en) VALUES ('group:C', '다', 'Sector C');
INSERT INTO institution (institution_id, name_en, status, ministry, city_id) VALUES
    ('H', 'Incumbent', 'relocated', 'M', 'P'), ('A', 'Alpha', 'capital', 'M', NULL), ('B', 'Beta', 'capital', 'N', NULL), ('C', 'Gamma', 'capital', 'N', NULL),
    ('S', 'Sister', 'other', 'N', NULL), ('T', 'Stranger', 'other', 'N', NULL);
INSERT INTO institution_sector (institution_id, sector, weight) VALUES
    ('H', 'group:A', 1), ('A', 'group:A', 1), ('A', 'group:C', 3), ('B', 'group:C', 1), ('C', 'group:B', 1), ('S', 'group:C', 1), ('T', 'group:B', 1);
INSERT INTO affiliation (parent_id, subsidiary_id, kind) VALUES ('H', 'S', 'equity');
SELECT results_eq($$SELECT sector, sector_name_en, value, status, density, near, candidates, bringing, weight, mean_weight, most_id, most_weight FROM synergy_lack('small', 'P', 2)$$,
    $$VALUES ('group:C', 'Sector C', 0::float8, 'absent', 0::float8, true, 3, 2, 1.75::float8, 1.75 / 3::float8, 'B', 1::float8),
             ('group:B', NULL, 5, 'below the country', 0, true, 3, 1, 1, 1 / 3::float8, 'C', 1),
             ('group:D', NULL, 0, 'absent', 0, true, 3, 0, 0, 0, NULL, 0)$$,
    'absent and thin sectors, and who brings them: with the tie at the last place three candidates count');
SELECT results_eq($$SELECT sector, institution_id, rank_in_city, weight FROM synergy_lack_candidate('small', 'P', 1)$$,
    $$VALUES ('group:B', NULL, NULL::integer, 0::float8), ('group:C', 'A', 1, 0.75), ('group:D', NULL, NULL, 0)$$, 'a lack that none brings has a row all the same');
SELECT is_empty($$SELECT FROM synergy_lack('small', 'E')$$, 'a city without an economy');
SELECT is_empty($$SELECT FROM synergy_lack('small', 'P', kind => 'affiliate') WHERE bringing > 0 AND most_id <> 'S'$$, 'affiliates are looked at apart');
-- S comes: B is like it (complementarity 0 to 1/2 of the two) and gets a colleague (affiliation 0 to 1/2); A has half a colleague less
SELECT results_eq($$SELECT institution_id, relation, tied_to_id, tied_to_kind, candidates, raised, lowered, rise, most_id, most_rise, most_score_before, most_score_after
                    FROM synergy_lack_institution('small', 'P')$$,
    $$SELECT 'S', 'subsidiary', 'H', 'incumbent', 3, 2, 1, b.rise + c.rise + a.rise, 'B', b.rise, 0.0, 0.5
      FROM (SELECT 0.6 / 2 + 0.4 / 2 AS rise) b, (SELECT 0.4 / 2 AS rise) c,
           -- A was like H to the degree 1/sqrt(10), and is like S to the degree 3/sqrt(10)
           (SELECT round(0.6 * (1 + 3) / 2 / sqrt(10.0) + 0.4 / 2, 9) - round(0.6 / sqrt(10.0) + 0.4, 9) AS rise) a$$, 'an arrival by the hand');
SELECT set_eq($$SELECT institution_id FROM synergy_lack_institution('small', 'P', ties_only => false)$$, ARRAY['A', 'B', 'C', 'S', 'T'], 'anyone, with ties or without');
SELECT is_empty($$SELECT FROM synergy_lack_institution('small', 'E', ties_only => false)$$, 'a city that scores nobody');
SELECT throws_ok($$SELECT synergy_lack_institution('small')$$, '22004', 'scenario "base" has no home city');
SELECT throws_ok($$SELECT synergy_lack('small', 'Q')$$, 'P0002', 'plan "small" has no city "Q"');
SELECT throws_ok($$SELECT synergy_lack('small', 'P', 0)$$, '22023', 'top must be at least 1, not 0');
SELECT throws_ok($$SELECT synergy_lack('small', 'P', kind => 'any')$$, '22023', 'kind of candidate "any" does not exist');
SELECT throws_ok($$SELECT synergy_lack('small', 'P', NULL)$$, '22004', 'plan, scenario, top and kind must not be null');
SELECT throws_ok($$SELECT synergy_lack('small', scenario => 'none')$$, '42704', 'plan "small" has no scenario "none"');
SELECT throws_ok($$SELECT synergy_lack('public', 'P')$$, '42809');

-- The sample, once more in plain SQL
SET search_path = public, innocity;
SELECT create_plan('naju', sample => true) AS made \gset
SET search_path = public, innocity, naju;
CREATE TEMP TABLE lack AS SELECT * FROM synergy_lack_candidate('naju', top => 10);
CREATE TEMP TABLE strongest AS
SELECT city_id, institution_id, rank_in_city FROM (
    SELECT *, max(coverage) FILTER (WHERE score IS NOT NULL) OVER (PARTITION BY city_id) AS best FROM synergy_rank WHERE candidate_kind = 'capital') r
WHERE coverage = best AND rank_in_city <= 10 AND city_id IN (SELECT city_id FROM city WHERE competes);
SELECT set_eq($$SELECT city_id, candidates FROM lack GROUP BY 1, 2$$, $$SELECT city_id, count(*)::integer FROM strongest GROUP BY 1$$, 'as many candidates as synergy_rank says');
-- cells, and the quotients of cities as sums of their regions
CREATE TEMP TABLE cell AS SELECT region, sector, value::numeric AS x FROM region_activity WHERE year = 2020 AND value > 0;
CREATE TEMP TABLE quotient AS
SELECT c.city_id, s.sector, coalesce(x.x, 0) AS x, coalesce(x.x, 0) * t.total / (h.x * s.x) AS q
FROM (SELECT city_id, sum(x) AS x FROM cell JOIN city_region USING (region) GROUP BY 1) h
JOIN city c USING (city_id)
CROSS JOIN (SELECT sector, sum(x) AS x FROM cell GROUP BY 1) s
CROSS JOIN (SELECT sum(x) AS total FROM cell) t
LEFT JOIN (SELECT city_id, sector, sum(x) AS x FROM cell JOIN city_region USING (region) GROUP BY 1, 2) x ON x.city_id = c.city_id AND x.sector = s.sector
WHERE c.competes;
CREATE TEMP TABLE present AS
SELECT c.region, c.sector FROM cell c JOIN (SELECT region, sum(x) AS x FROM cell GROUP BY 1) r USING (region) JOIN (SELECT sector, sum(x) AS x FROM cell GROUP BY 1) s USING (sector)
CROSS JOIN (SELECT sum(x) AS x FROM cell) t WHERE c.x * t.x >= r.x * s.x;
CREATE TEMP TABLE proximity AS
SELECT a.sector AS s, b.sector AS t, count(*)::float8 / greatest(u.n, v.n) AS phi
FROM present a JOIN present b USING (region)
JOIN (SELECT sector, count(*) AS n FROM present GROUP BY 1) u ON u.sector = a.sector JOIN (SELECT sector, count(*) AS n FROM present GROUP BY 1) v ON v.sector = b.sector
WHERE a.sector <> b.sector GROUP BY a.sector, b.sector, u.n, v.n;
SELECT is_empty($$
    SELECT q.city_id, q.sector FROM quotient q
    FULL JOIN (SELECT DISTINCT city_id, sector::sector_code AS sector, value, location_quotient FROM lack) l ON l.city_id = q.city_id AND l.sector = q.sector
    WHERE (q.q < 1) IS DISTINCT FROM (l.sector IS NOT NULL) OR abs(l.location_quotient - q.q) > 1e-12 OR abs(l.value - q.x) > 1e-6$$, 'the lacks are the sectors with a quotient below 1');
SELECT is_empty($$
    SELECT l.city_id, l.sector, l.density, d.density
    FROM (SELECT DISTINCT city_id, sector::sector_code AS sector, density FROM lack) l
    LEFT JOIN (SELECT q.city_id, p.s AS sector, sum(p.phi * (q.q >= 1)::integer) / sum(p.phi) AS density
               FROM proximity p JOIN quotient q ON q.sector = p.t GROUP BY 1, 2) d USING (city_id, sector)
    WHERE abs(l.density - d.density) < 1e-12 IS NOT TRUE$$, 'relatedness density without the own sector');
-- the profile of a candidate goes to the group of its section
SELECT is_empty($$
    SELECT * FROM (
        SELECT t.city_id, t.institution_id, t.rank_in_city, b.sector_to AS sector, sum(p.weight / w.weight) AS weight
        FROM strongest t JOIN institution_sector p USING (institution_id)
        JOIN (SELECT institution_id, sum(weight) AS weight FROM institution_sector GROUP BY 1) w USING (institution_id)
        JOIN sector_bridge b ON b.bridge = 'activity' AND b.sector_from @> p.sector
        JOIN quotient q ON q.city_id = t.city_id AND q.sector = b.sector_to AND q.q < 1
        GROUP BY 1, 2, 3, 4) p
    FULL JOIN (SELECT city_id, institution_id, rank_in_city, sector::sector_code AS sector, weight AS listed FROM lack WHERE institution_id IS NOT NULL) l
        USING (city_id, institution_id, rank_in_city, sector)
    WHERE abs(weight - listed) < 1e-12 IS NOT TRUE$$, 'who brings what');
SELECT is_empty($$
    SELECT s.city_id, s.sector FROM synergy_lack('naju', top => 10) s
    JOIN (SELECT city_id, sector, sum(weight) AS weight, count(institution_id) AS n, max(weight) AS most FROM lack GROUP BY 1, 2) l USING (city_id, sector)
    WHERE abs(s.weight - l.weight) > 1e-12 OR s.bringing <> l.n OR s.most_weight <> l.most OR abs(s.mean_weight * s.candidates - s.weight) > 1e-12$$, 'a sector adds its candidates up');
SELECT is((SELECT count(*) FROM synergy_lack('naju', top => 10)), (SELECT count(DISTINCT (city_id, sector)) FROM lack), 'and no sector is lost');
SELECT is_empty($$SELECT city_id FROM synergy_lack('naju') GROUP BY 1 HAVING count(*) FILTER (WHERE near) < count(*) / 2.0$$, 'half of the lacks are near');

SELECT results_eq($$SELECT DISTINCT rise, gain, loss, raised, lowered, most_id FROM synergy_lack_institution('naju', 'CN', ties_only => false)$$,
    $$VALUES (NULL::numeric, NULL::numeric, NULL::numeric, 0, 0, NULL)$$, 'the first incumbent changes the coverage: scores are not compared');

-- The institutions come, one after the other, and go again
CREATE TEMP TABLE was AS SELECT institution_id, score, coverage FROM synergy_rank WHERE city_id = 'NJ' AND candidate_kind = 'capital' AND rank_in_city <= 20;
CREATE TEMP TABLE arrival AS SELECT * FROM synergy_lack_institution('naju', 'NJ');
CREATE FUNCTION pg_temp.come(id text, OUT candidates bigint, OUT raised bigint, OUT lowered bigint, OUT rise numeric, OUT most numeric) LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        UPDATE naju.institution SET status = 'relocated', city_id = 'NJ' WHERE institution_id = id;
        SELECT count(*), count(*) FILTER (WHERE s.score > w.score), count(*) FILTER (WHERE s.score < w.score), sum(s.score - w.score), nullif(greatest(max(s.score - w.score), 0), 0)
            INTO candidates, raised, lowered, rise, most
        FROM naju.synergy_score s JOIN was w USING (institution_id, coverage) WHERE s.city_id = 'NJ' AND institution_id <> id;
        RAISE EXCEPTION SQLSTATE 'UNDO0';
    EXCEPTION WHEN SQLSTATE 'UNDO0' THEN NULL;
    END;
END $$;
SELECT is_empty($$
    SELECT a.institution_id FROM (SELECT * FROM arrival WHERE institution_id IN ('I025', 'I104', 'I129', 'I157', 'I158')) a CROSS JOIN LATERAL pg_temp.come(a.institution_id) c
    WHERE (a.candidates, a.raised, a.lowered, a.rise, a.most_rise) IS DISTINCT FROM (c.candidates::integer, c.raised::integer, c.lowered::integer, c.rise, c.most)$$,
    'the rise is that of the scores after a real move');
SELECT ok(bool_and(rise = gain - loss AND raised + lowered <= candidates AND (most_rise IS NULL) = (raised = 0) AND coalesce(most_score_after - most_score_before = most_rise, true)),
    'gain less loss is the rise') FROM arrival;
SELECT set_eq($$SELECT institution_id FROM arrival$$, $$
    SELECT DISTINCT t.partner_id FROM institution_tie t JOIN institution i ON i.scenario = t.scenario AND i.institution_id = t.partner_id
    WHERE t.weight > 0 AND (t.institution_id IN (SELECT institution_id FROM was) OR t.institution_id IN (SELECT partner_id FROM city_partner WHERE city_id = 'NJ' AND kind = 'incumbent'))
      AND t.partner_id NOT IN (SELECT partner_id FROM city_partner WHERE city_id = 'NJ')$$, 'who is asked: those tied to an incumbent or a strong candidate, and not there');
SELECT * FROM finish();
