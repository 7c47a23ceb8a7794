-- allocation: brute force over all plans, proven optima, invariance, determinism, named conflicts, cancellation
SET client_min_messages = warning;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity;
SELECT no_plan();

-- random numbers that do not depend on the server: 0 .. n - 1 from a name
CREATE FUNCTION dice(name text, n int) RETURNS int LANGUAGE sql IMMUTABLE
RETURN ('x' || substr(md5(name), 1, 7))::bit(28)::int % n;

-- Brute force. 40 instances of 6 institutions and 3 cities with every kind of rule; all 3^6 plans of each are valued and judged by the
-- following SQL alone.
CREATE TABLE city AS
SELECT s, c, chr(88 + c) AS city, CASE WHEN dice('cap?' || s || c, 4) > 0 THEN 60 + dice('cap' || s || c, 150) END AS capacity,
       CASE WHEN dice('max?' || s || c, 3) > 0 THEN 1 + dice('max' || s || c, 5) END AS max_count,
       nullif(dice('min' || s || c, 7), 0) / 3 AS min_count, CASE WHEN c < 2 THEN 'p' ELSE 'q' END AS province
  FROM generate_series(1, 40) s, generate_series(0, 2) c;
CREATE TABLE institution AS
SELECT s, i, chr(97 + i) AS institution, CASE WHEN dice('heads?' || s || i, 6) > 0 THEN 10 + dice('heads' || s || i, 60) END AS headcount,
       CASE dice('cat' || s || i, 3) WHEN 0 THEN 'energy' WHEN 1 THEN 'land' END AS category,
       CASE WHEN i < 2 AND dice('group' || s, 4) = 0 THEN 'g' END AS move_group
  FROM generate_series(1, 40) s, generate_series(0, 5) i;
CREATE TABLE cell AS
SELECT s, i, c, institution, city, dice('score' || s || i || c, 400) / 4.0 AS score
  FROM institution JOIN city USING (s) WHERE dice('cell' || s || i || c, 12) > 0;
CREATE TABLE bonus AS
SELECT s, a.i AS a, b.i AS b, a.institution AS institution_a, b.institution AS institution_b, dice('bonus' || s || a.i || b.i, 120) / 2.0 - 20 AS bonus
  FROM institution a JOIN institution b USING (s) WHERE a.i < b.i AND dice('bonus?' || s || a.i || b.i, 2) = 0;
CREATE TABLE rule AS
SELECT s, 'f' AS institution, chr(88 + dice('forced' || s, 3)) AS city, 'forced' AS rule, NULL AS other FROM generate_series(1, 40) s WHERE dice('forced?' || s, 4) = 0
UNION ALL SELECT s, 'c', chr(88 + dice('forbidden' || s, 3)), 'forbidden', NULL FROM generate_series(1, 40) s WHERE dice('forbidden?' || s, 2) = 0
UNION ALL SELECT s, 'd', NULL, 'apart', 'e' FROM generate_series(1, 40) s WHERE dice('apart?' || s, 2) = 0
UNION ALL SELECT s, 'f', NULL, 'apart', 'a' FROM generate_series(1, 40) s WHERE dice('apart2?' || s, 4) = 0
UNION ALL SELECT s, 'c', NULL, 'together', 'b' FROM generate_series(1, 40) s WHERE dice('together?' || s, 5) = 0;
CREATE TABLE quota AS
SELECT s, 'X' AS city, 'energy' AS category, 1 AS min_count, NULL::int AS max_count, NULL AS province FROM generate_series(1, 40) s WHERE dice('q1' || s, 2) = 0
UNION ALL SELECT s, NULL, 'land', 1, 2, 'p' FROM generate_series(1, 40) s WHERE dice('q2' || s, 4) = 0
UNION ALL SELECT s, NULL, NULL, 2, 5, 'p' FROM generate_series(1, 40) s WHERE dice('q3' || s, 3) = 0;

CREATE TABLE place AS
SELECT i.s, p, i.i, i.institution, chr(88 + (p / (3 ^ i.i)::int) % 3) AS city
  FROM institution i, generate_series(0, 728) p;
CREATE INDEX ON place (s, p);
ANALYZE place;
CREATE TABLE tally AS
SELECT x.s, x.p, x.city, i.category, c.province, count(*) AS n, coalesce(sum(i.headcount), 0) AS heads
  FROM place x JOIN institution i USING (s, institution) JOIN city c ON c.s = x.s AND c.city = x.city GROUP BY 1, 2, 3, 4, 5;
ANALYZE tally;
CREATE TABLE broken AS
SELECT c.s, p.p FROM city c CROSS JOIN generate_series(0, 728) p LEFT JOIN tally t ON t.s = c.s AND t.p = p.p AND t.city = c.city
 GROUP BY c.s, p.p, c.city, c.capacity, c.max_count, c.min_count
HAVING coalesce(sum(t.heads), 0) > c.capacity OR coalesce(sum(t.n), 0) > c.max_count OR coalesce(sum(t.n), 0) < c.min_count
UNION
SELECT r.s, x.p FROM rule r JOIN place x ON x.s = r.s AND x.institution = r.institution
 LEFT JOIN place y ON y.s = x.s AND y.p = x.p AND y.institution = r.other
 WHERE (r.rule = 'forced' AND x.city <> r.city) OR (r.rule = 'forbidden' AND x.city = r.city)
    OR (r.rule = 'apart' AND x.city = y.city) OR (r.rule = 'together' AND x.city <> y.city)
UNION
SELECT s, p FROM place JOIN institution USING (s, institution) WHERE move_group IS NOT NULL GROUP BY s, p HAVING count(DISTINCT city) > 1
UNION
SELECT q.s, p.p FROM quota q CROSS JOIN generate_series(0, 728) p
  LEFT JOIN tally t ON t.s = q.s AND t.p = p.p AND (t.category = q.category OR q.category IS NULL) AND (t.city = q.city OR t.province = q.province)
 GROUP BY q.s, p.p, q.city, q.category, q.province, q.min_count, q.max_count
HAVING coalesce(sum(t.n), 0) < q.min_count OR coalesce(sum(t.n), 0) > q.max_count
UNION
SELECT s, p FROM place LEFT JOIN cell USING (s, institution, city) WHERE score IS NULL;
ANALYZE broken;
CREATE TABLE verdict AS
SELECT s, p, value, b.s IS NULL AS keeps
  FROM (SELECT s, p, sum(worth) AS value
          FROM (SELECT s, p, coalesce(score, 0) AS worth FROM place LEFT JOIN cell USING (s, institution, city)
                UNION ALL
                SELECT b.s, x.p, b.bonus FROM bonus b JOIN place x ON x.s = b.s AND x.i = b.a JOIN place y ON y.s = x.s AND y.p = x.p AND y.i = b.b AND y.city = x.city) w
         GROUP BY s, p) v LEFT JOIN broken b USING (s, p);
CREATE INDEX ON verdict (s, p);
ANALYZE verdict;
CREATE TABLE best AS SELECT s, max(value) FILTER (WHERE keeps) AS value FROM verdict GROUP BY s;

CREATE FUNCTION cells(n int) RETURNS allocation_cell[] LANGUAGE sql AS 'SELECT array(SELECT (institution, city, score)::allocation_cell FROM cell WHERE s = n)';
CREATE FUNCTION institutions(n int) RETURNS allocation_institution[] LANGUAGE sql AS 'SELECT array(SELECT (institution, headcount, category, move_group)::allocation_institution FROM institution WHERE s = n)';
CREATE FUNCTION cities(n int) RETURNS allocation_city[] LANGUAGE sql AS 'SELECT array(SELECT (city, capacity, max_count, min_count, province)::allocation_city FROM city WHERE s = n)';
CREATE FUNCTION bonuses(n int) RETURNS allocation_bonus[] LANGUAGE sql AS 'SELECT array(SELECT (institution_a, institution_b, bonus)::allocation_bonus FROM bonus WHERE s = n)';
CREATE FUNCTION rules(n int) RETURNS allocation_rule[] LANGUAGE sql AS 'SELECT array(SELECT (institution, city, rule, other)::allocation_rule FROM rule WHERE s = n)';
CREATE FUNCTION quotas(n int) RETURNS allocation_quota[] LANGUAGE sql AS 'SELECT array(SELECT (city, category, min_count, max_count, province)::allocation_quota FROM quota WHERE s = n)';

CREATE TABLE answer AS
SELECT s, allocate(cells(s), institutions(s), cities(s), bonuses(s), rules(s), quotas(s), effort => 300000) AS a FROM generate_series(1, 40) s;

SELECT cmp_ok((SELECT count(*) FROM best WHERE value IS NULL), '>', 4::bigint, 'brute force: some instances are infeasible');
SELECT cmp_ok((SELECT count(*) FROM best WHERE value IS NOT NULL), '>', 15::bigint, 'brute force: most are not');
SELECT is_empty('SELECT s, (a).status, (a).objective, value FROM answer JOIN best USING (s)
                  WHERE (a).status <> CASE WHEN value IS NULL THEN ''infeasible'' ELSE ''optimal'' END', 'brute force: the status of all instances');
SELECT is_empty('SELECT s, (a).objective, value FROM answer JOIN best USING (s) WHERE (a).objective IS DISTINCT FROM value',
                'brute force: the best value of all instances');
SELECT is_empty('SELECT s FROM answer WHERE (a).bound IS DISTINCT FROM (a).objective', 'brute force: bound = objective');
SELECT is_empty('SELECT s FROM answer JOIN best USING (s), assignments(a) x WHERE value IS NOT NULL GROUP BY s, value HAVING sum(x.score + x.bonus) <> value OR count(*) <> 6',
                'scores and bonuses of the rows add up to the objective');
SELECT is_empty('SELECT s FROM answer JOIN best USING (s), allocation_check(cells(s), institutions(s), cities(s), bonuses(s), rules(s), quotas(s),
                   array(SELECT (x.institution, x.city)::allocation_place FROM assignments(a) x)) WHERE value IS NOT NULL', 'the judge finds nothing in the answers');

-- the judge and the value, on all plans of some instances
SELECT is_empty('SELECT s, p, keeps FROM verdict
                  WHERE s <= 12 AND keeps = EXISTS (SELECT FROM allocation_check(cells(s), institutions(s), cities(s), bonuses(s), rules(s), quotas(s),
                    array(SELECT (x.institution, x.city)::allocation_place FROM place x WHERE x.s = verdict.s AND x.p = verdict.p)))',
                'allocation_check agrees with SQL on 8748 plans');
SELECT is_empty('SELECT s, p FROM verdict
                  WHERE s <= 4 AND value <> allocation_objective(cells(s), institutions(s), cities(s), bonuses(s), rules(s), quotas(s),
                    array(SELECT (x.institution, x.city)::allocation_place FROM place x WHERE x.s = verdict.s AND x.p = verdict.p))',
                'allocation_objective agrees with SQL on 2916 plans');

-- alternatives: recomputed from all plans that differ by one move or one exchange (of items: a move group counts as one)
CREATE TABLE chosen AS SELECT s, x.institution, x.city FROM answer, assignments(a) x;
CREATE TABLE item AS
SELECT s, institution, CASE WHEN move_group IS NOT NULL THEN 'a' WHEN institution = 'c' AND r.rule IS NOT NULL THEN 'b' ELSE institution END AS item
  FROM institution LEFT JOIN rule r USING (s, institution) WHERE r.rule IS DISTINCT FROM 'x' AND (r.rule = 'together' OR r.rule IS NULL)
   AND s NOT IN (SELECT s FROM institution JOIN rule USING (s) WHERE move_group IS NOT NULL AND rule = 'together');
CREATE TABLE step AS
SELECT v.s, v.p, v.value, array_agg(DISTINCT t.item ORDER BY t.item) AS moved
  FROM verdict v JOIN place x USING (s, p) JOIN chosen USING (s, institution) JOIN item t USING (s, institution)
 WHERE keeps AND x.city <> chosen.city AND s IN (SELECT s FROM item GROUP BY s HAVING count(*) = 6) GROUP BY v.s, v.p, v.value;
SELECT is_empty($$
  SELECT o.institution, s, o.cost, least_cost FROM answer JOIN best USING (s), alternatives(a) o JOIN LATERAL (
    SELECT min(best.value - v.value) AS least_cost FROM step v JOIN item t ON t.s = v.s AND t.institution = o.institution
     JOIN place x ON x.s = v.s AND x.p = v.p AND x.institution = o.institution
     WHERE v.s = answer.s AND (v.moved = ARRAY[t.item]
        OR (cardinality(v.moved) = 2 AND t.item = ANY(v.moved) AND x.city IN (
            SELECT c.city FROM chosen c JOIN item ti USING (s, institution) WHERE c.s = v.s AND ti.item = ANY(v.moved) AND ti.item <> t.item)
            AND NOT EXISTS (SELECT FROM chosen c JOIN item ti USING (s, institution) JOIN place y USING (s, institution)
              WHERE c.s = v.s AND y.p = v.p AND ti.item = ANY(v.moved) AND ti.item <> t.item AND y.city <> o.city)))) l ON true
   WHERE s IN (SELECT s FROM item GROUP BY s HAVING count(*) = 6) AND o.cost IS DISTINCT FROM least_cost$$,
  'the second-best cities and their costs, against all plans one step away');

-- Determinism: twice, and with every array in another order
CREATE FUNCTION shuffled(n int, salt text) RETURNS allocation LANGUAGE sql AS $$
SELECT allocate(array(SELECT (institution, city, score)::allocation_cell FROM cell WHERE s = n ORDER BY md5(salt || institution || city)),
                array(SELECT (institution, headcount, category, move_group)::allocation_institution FROM institution WHERE s = n ORDER BY md5(salt || institution)),
                array(SELECT (city, capacity, max_count, min_count, province)::allocation_city FROM city WHERE s = n ORDER BY md5(salt || city)),
                array(SELECT (institution_b, institution_a, bonus)::allocation_bonus FROM bonus WHERE s = n ORDER BY md5(salt || institution_a || institution_b)),
                array(SELECT (coalesce(CASE WHEN salt = 'x' THEN other END, institution), city, rule, CASE WHEN salt = 'x' AND other IS NOT NULL THEN institution ELSE other END)::allocation_rule
                        FROM rule WHERE s = n ORDER BY md5(salt || rule || institution)),
                array(SELECT (city, category, min_count, max_count, province)::allocation_quota FROM quota WHERE s = n ORDER BY md5(salt || coalesce(city, province) || coalesce(category, ''))),
                effort => 300000)
$$;
SELECT is_empty('SELECT s FROM answer WHERE s <= 20 AND shuffled(s, ''x'')::text <> a::text', 'rows in another order, pairs turned round: the same bytes');
SELECT is_empty('SELECT s FROM answer WHERE s <= 20 AND shuffled(s, ''y'')::text <> a::text', 'rows in a third order: the same bytes');

-- Proven optima of larger instances: 40 x 8 and 120 x 12 at 10 % slack in heads, found optimal by CBC 2.10.8 and GLPK 5.0 from allocation_mps()
CREATE FUNCTION large_institutions(n int) RETURNS allocation_institution[] LANGUAGE sql AS $$
SELECT array(SELECT ('i' || i, 20 + dice('heads' || n || ':' || i, 480), 'k' || i % 5, NULL)::allocation_institution FROM generate_series(1, n) i) $$;
CREATE FUNCTION large_cells(n int, m int) RETURNS allocation_cell[] LANGUAGE sql AS $$
SELECT array(SELECT ('i' || i, 'c' || c, dice('score' || n || ':' || i || ':' || c, 1000))::allocation_cell FROM generate_series(1, n) i, generate_series(1, m) c) $$;
CREATE FUNCTION large_cities(n int, m int) RETURNS allocation_city[] LANGUAGE sql AS $$
SELECT array(SELECT ('c' || c, ceil(1.1 * t.heads / m * (0.8 + 0.4 * (c - 1) / (m - 1)))::bigint, ceil(1.2 * n / m)::int, floor(0.7 * n / m)::int, NULL)::allocation_city
  FROM generate_series(1, m) c, (SELECT sum(headcount) AS heads FROM unnest(large_institutions(n))) t) $$;
CREATE TABLE large AS
SELECT n, m, optimum, allocate(large_cells(n, m), large_institutions(n), large_cities(n, m)) AS a
  FROM (VALUES (40, 8, 34321), (120, 12, 111321)) v (n, m, optimum);
SELECT is((a).status || ' ' || (a).objective, 'optimal ' || optimum, n || ' x ' || m || ': the proven optimum') FROM large;

-- A fixed number added to all scores of a city changes nothing when counts are fixed
CREATE TABLE fixed AS
SELECT k, allocate(array(SELECT (institution, city, score + k * dice('shift' || city, 200))::allocation_cell FROM unnest(large_cells(40, 8))),
                   array(SELECT (institution, NULL, category, NULL)::allocation_institution FROM unnest(large_institutions(40))),
                   array(SELECT (city, NULL, 5, 5, NULL)::allocation_city FROM unnest(large_cities(40, 8)))) AS a
  FROM generate_series(0, 1) k;
SELECT is((a).status, 'optimal', 'fixed counts: proven optimal, shift ' || k) FROM fixed;
SELECT is((SELECT (a).objective FROM fixed WHERE k = 1), (SELECT (a).objective FROM fixed WHERE k = 0) +
          (SELECT sum(5 * dice('shift' || city, 200)) FROM unnest(large_cities(40, 8))), 'fixed counts: the objective moves by the numbers added');
SELECT is((SELECT sum(c.score)::numeric FROM fixed, assignments(a) x JOIN unnest(large_cells(40, 8)) c USING (institution, city) WHERE k = 1),
          (SELECT (a).objective FROM fixed WHERE k = 0), 'fixed counts: the plan is optimal for the scores without the numbers');

-- Scale: scores times a constant, and their unit, do not matter
SELECT is((SELECT (allocate(array(SELECT (institution, city, score / 1000)::allocation_cell FROM unnest(large_cells(40, 8))), large_institutions(40), large_cities(40, 8))).objective * 1000),
          (SELECT (a).objective FROM large WHERE n = 40), 'scores divided by 1000');
SELECT ok((a).bound >= (a).objective AND (a).gap >= 0 AND (a).gap < 0.01, 'a tiny effort still gives a valid bound')
  FROM (SELECT allocate(large_cells(40, 8), large_institutions(40), large_cities(40, 8), effort => 100000) AS a) t;

-- Scores of mixed magnitude: 100000 beside differences of 1e-9. The plan that is known here keeps all rules, so no bound may be below its worth
CREATE FUNCTION mixed_cells() RETURNS allocation_cell[] LANGUAGE sql AS $$
SELECT array(SELECT (institution, city, whole + nano * 1e-9)::allocation_cell
  FROM (VALUES ('a', 23, 41, 23), ('b', 31, 30, 28), ('c', 43, NULL, 48), ('d', 10, 35, 35), ('e', 27, 14, 3), ('f', 25, 10, 26), ('g', 4, 27, 4), ('h', 27, 33, 38)) v (institution, x, y, z),
       LATERAL (VALUES ('X', 100000, x), ('Y', 0, y), ('Z', 100000, z)) c (city, whole, nano) WHERE nano IS NOT NULL) $$;
CREATE FUNCTION mixed_institutions() RETURNS allocation_institution[] LANGUAGE sql AS $$
SELECT ARRAY[('a', 58, NULL, NULL), ('b', 21, NULL, NULL), ('c', 29, NULL, NULL), ('d', 45, NULL, NULL), ('e', 27, NULL, NULL), ('f', 43, NULL, NULL), ('g', 24, NULL, NULL), ('h', 11, NULL, NULL)]::allocation_institution[] $$;
CREATE FUNCTION mixed_cities() RETURNS allocation_city[] LANGUAGE sql AS $$
SELECT ARRAY[('X', 85, NULL, 1, 'p'), ('Y', 89, NULL, NULL, 'p'), ('Z', NULL, 2, NULL, 'p')]::allocation_city[] $$;
CREATE TABLE mixed_plan AS SELECT array(SELECT (chr(96 + i::int), city)::allocation_place FROM unnest(ARRAY['Y', 'X', 'X', 'Z', 'Y', 'Z', 'X', 'X']) WITH ORDINALITY t (city, i)) AS plan;
SELECT is_empty('SELECT c.* FROM mixed_plan, allocation_check(mixed_cells(), mixed_institutions(), mixed_cities(), quotas => ARRAY[(NULL, NULL, 1, NULL, ''p'')]::allocation_quota[], plan => plan) c',
                'mixed magnitudes: the known plan keeps all rules');
SELECT is(allocation_objective(mixed_cells(), mixed_institutions(), mixed_cities(), plan => plan), 600000.000000221, 'mixed magnitudes: and is worth this') FROM mixed_plan;
SELECT is(certificate(allocate(mixed_cells(), mixed_institutions(), mixed_cities(), quotas => ARRAY[(NULL, NULL, 1, NULL, 'p')]::allocation_quota[], effort => effort))::text,
          format('(optimal,600000.000000221,600000.000000221,0,1,%s)', effort), 'mixed magnitudes: found and proven with effort ' || effort)
  FROM unnest(ARRAY[100000, 3000000]) effort;

-- Nine decimals: a unit is then less than what a plain sum of the prices rounds away, and the proof must not be lost to that
SELECT is((a).status || ' ' || (a).objective, 'optimal 1731.933507269', 'scores of nine decimals: proven optimal')
  FROM (SELECT allocate(array(SELECT ('i' || i, 'c' || c, round((dice('s' || i || ':' || c, 1000000) / 10000.0 + dice('t' || i || ':' || c, 100000000) * 1e-12)::numeric, 9))::allocation_cell
                                FROM generate_series(1, 20) i, generate_series(1, 12) c),
                        array(SELECT ('i' || i, 20 + dice('heads' || i, 480), NULL, NULL)::allocation_institution FROM generate_series(1, 20) i),
                        array(SELECT ('c' || c, ceil(480 * (0.8 + 0.4 * (c - 1) / 11))::bigint, 3, 1, NULL)::allocation_city FROM generate_series(1, 12) c),
                        array(SELECT ('i' || a, 'i' || b, min(v))::allocation_bonus FROM (SELECT 1 + dice('ba' || k, 20) AS a, 1 + dice('bb' || k, 20) AS b, dice('b' || k, 2000) / 100.0 AS v FROM generate_series(1, 60) k) p
                               WHERE a < b GROUP BY a, b)) AS a) t;

-- Prices by hand: naju has room for one and a half, and the half is worth (7 - 4) / 100 a head
SELECT results_eq($$ SELECT rule, city, round(price::numeric, 9), used, allowed FROM shadow_prices(allocate(
    ARRAY[('a', 'naju', 9), ('a', 'jinju', 4), ('b', 'naju', 7), ('b', 'jinju', 4)]::allocation_cell[],
    ARRAY[('a', 100, NULL, NULL), ('b', 100, NULL, NULL)]::allocation_institution[],
    ARRAY[('naju', 150, NULL, NULL, NULL), ('jinju', NULL, NULL, NULL, NULL)]::allocation_city[])) $$,
  $$ VALUES ('capacity', 'naju', 0.03::numeric, 100::bigint, 150::bigint) $$, 'the price of a head, by hand');

-- A city that is closed: the first place would bring the better of 9 - 4 and 7 - 4, the first head a hundredth of it; closed twice, neither alone brings anything
CREATE FUNCTION closed(capacity bigint, max_count int) RETURNS TABLE (rule text, price numeric, used bigint, allowed bigint) LANGUAGE sql AS $$
SELECT rule, round(price::numeric, 9), used, allowed FROM shadow_prices(allocate(
    ARRAY[('a', 'naju', 9), ('a', 'jinju', 4), ('b', 'naju', 7), ('b', 'jinju', 4), ('c', 'naju', 30), ('c', 'jinju', 1)]::allocation_cell[],
    ARRAY[('a', 100, NULL, NULL), ('b', 100, NULL, NULL), ('c', 100, NULL, NULL)]::allocation_institution[],
    ARRAY[('naju', capacity, max_count, NULL, NULL), ('jinju', NULL, NULL, NULL, NULL)]::allocation_city[],
    rules => ARRAY[('c', 'naju', 'forbidden', NULL)]::allocation_rule[])) $$;
SELECT results_eq('SELECT * FROM closed(NULL, 0)', $$ VALUES ('max_count', 5.0, 0::bigint, 0::bigint) $$, 'the price of the first place in a closed city');
SELECT results_eq('SELECT * FROM closed(0, NULL)', $$ VALUES ('capacity', 0.05, 0::bigint, 0::bigint) $$, 'the price of the first head');
SELECT results_eq('SELECT * FROM closed(0, 0)', $$ VALUES ('capacity', 0.0, 0::bigint, 0::bigint), ('max_count', 0.0, 0, 0) $$, 'closed twice: neither limit alone has a price');

-- Fairness by hand: four cities get 3, 1, 0, 2 institutions and 60, 15, 0, 5 heads. Sorted 0, 1, 2, 3: Gini = (-3*0 - 1*1 + 1*2 + 3*3) / (4*6) = 10/24; 0, 5, 15, 60:
-- (-5 + 15 + 180) / (4*80) = 190/320. The institution of unknown headcount is one of the three.
CREATE TABLE fair AS SELECT allocate(
  array(SELECT (i, c, 1)::allocation_cell FROM unnest(ARRAY['aW', 'bW', 'cW', 'dX', 'eZ', 'fZ']) i, unnest(ARRAY['W', 'X', 'Y', 'Z']) c WHERE right(i, 1) = c),
  ARRAY[('aW', 20, NULL, NULL), ('bW', 40, NULL, NULL), ('cW', NULL, NULL, NULL), ('dX', 15, NULL, NULL), ('eZ', 2, NULL, NULL), ('fZ', 3, NULL, NULL)]::allocation_institution[],
  ARRAY[('W', NULL, NULL, NULL, NULL), ('X', NULL, NULL, NULL, NULL), ('Y', NULL, NULL, NULL, NULL), ('Z', NULL, NULL, NULL, NULL)]::allocation_city[]) AS a;
SELECT results_eq('SELECT measure, round(gini::numeric, 12), smallest_city, smallest_share, largest_city, round(largest_share::numeric, 12) FROM fair, fairness(a)',
  $$ VALUES ('institutions', round(10 / 24.0, 12), 'Y', 0::float8, 'W', 0.5), ('headcount', round(190 / 320.0, 12), 'Y', 0::float8, 'W', 0.75) $$, 'fairness by hand');
SELECT results_eq('SELECT measure, gini, smallest_city, smallest_share, largest_city, largest_share FROM fairness(allocate(''{}'', ''{}'', ARRAY[(''X'', NULL, NULL, NULL, NULL), (''Y'', NULL, NULL, NULL, NULL)]::allocation_city[]))',
  $$ VALUES ('institutions', NULL::float8, 'X', NULL::float8, 'X', NULL::float8), ('headcount', NULL, 'X', NULL, 'X', NULL) $$, 'fairness with nothing to share');

-- Warm start: a heavy penalty keeps the previous plan, none finds the optimum, in between changes are counted
CREATE TABLE previous AS SELECT x.institution, CASE x.city WHEN 'c1' THEN 'c2' WHEN 'c2' THEN 'c1' ELSE x.city END AS city FROM large, assignments(a) x WHERE n = 40;
CREATE TABLE warm AS
SELECT penalty, allocate(large_cells(40, 8), large_institutions(40), array(SELECT (city, NULL, NULL, NULL, NULL)::allocation_city FROM unnest(large_cities(40, 8))),
                         previous => array(SELECT (institution, city)::allocation_place FROM previous), change_penalty => penalty) AS a
  FROM unnest(ARRAY[0, 100, 1000.0]) penalty;
SELECT is((SELECT count(*) FROM warm, assignments(a) x WHERE penalty = 1000 AND changed), 0::bigint, 'a penalty above all scores: nothing changes');
SELECT is((a).objective, (SELECT sum(x.score + x.bonus) - penalty * count(*) FILTER (WHERE changed) FROM assignments(a) x)::numeric, 'change penalty ' || penalty || ' is in the objective') FROM warm;
SELECT is((a).objective, (SELECT sum(score) FROM (SELECT max(c.score - CASE WHEN p.city <> c.city THEN penalty ELSE 0 END) AS score
                            FROM unnest(large_cells(40, 8)) c JOIN previous p USING (institution) GROUP BY institution) t)::numeric,
          'without limits each institution takes its best city less the penalty ' || penalty) FROM warm;

-- Infeasible: the rules at fault, and no others
CREATE FUNCTION conflict_rules(a allocation) RETURNS text LANGUAGE sql AS $$
SELECT string_agg(concat_ws(' ', rule, institution, other, city), ', ' ORDER BY rule, institution, other, city) FROM conflicts(a) $$;
CREATE FUNCTION small(capacity_x bigint, max_x int, rules allocation_rule[], quotas allocation_quota[] DEFAULT '{}') RETURNS allocation LANGUAGE sql AS $$
SELECT allocate(array(SELECT (i, c, 1)::allocation_cell FROM unnest(ARRAY['a', 'b', 'c', 'd']) i, unnest(ARRAY['X', 'Y']) c),
                ARRAY[('a', 10, 'e', NULL), ('b', 20, NULL, NULL), ('c', 30, NULL, 'g'), ('d', 40, NULL, 'g')]::allocation_institution[],
                ARRAY[('X', capacity_x, max_x, NULL, 'p'), ('Y', 50, 4, NULL, 'p')]::allocation_city[], '{}', rules, quotas, effort => 100000) $$;
SELECT is((small(100, 4, '{}')).status, 'optimal', 'the small case is feasible');
SELECT is(conflict_rules(small(60, 4, '{}')), 'assigned c, assigned d, capacity X, capacity Y, move_group', 'two cities too small for a group');
SELECT is(conflict_rules(small(100, 4, ARRAY[('a', 'X', 'forced', NULL), ('a', 'X', 'forbidden', NULL), ('b', 'X', 'forced', NULL)]::allocation_rule[])),
          'assigned a, forbidden a X, forced a X', 'forced and forbidden');
SELECT is(conflict_rules(small(100, 4, ARRAY[('c', NULL, 'apart', 'd'), ('a', NULL, 'apart', 'b')]::allocation_rule[])),
          'apart c d, assigned c, assigned d, move_group', 'a group that must be apart');
SELECT is(conflict_rules(small(100, 0, ARRAY[('a', 'Y', 'forbidden', NULL)]::allocation_rule[])), 'assigned c, assigned d, capacity Y, max_count X', 'one city takes none, the other is too small: the rule that does not matter is not named');
SELECT is(conflict_rules(small(100, 4, '{}', ARRAY[(NULL, 'e', 2, NULL, 'p')]::allocation_quota[])), 'quota_min', 'a quota above what there is');
SELECT is(conflict_rules(small(100, 4, ARRAY[('a', 'X', 'forced', NULL)]::allocation_rule[], ARRAY[('Y', 'e', 1, NULL, NULL)]::allocation_quota[])),
          'forced a X, quota_min Y', 'a quota whose only institution is forced elsewhere');

-- Solutions of other solvers
SELECT is((SELECT string_agg(institution || city, ' ') FROM allocation_read(ARRAY[('b', NULL, NULL, NULL), ('a', NULL, NULL, NULL)]::allocation_institution[],
             ARRAY[('Y', NULL, NULL, NULL, NULL), ('X', NULL, NULL, NULL, NULL)]::allocation_city[], solution)), 'aY bX', 'solution file of ' || solver)
FROM (VALUES ('CBC', E'Optimal - objective value -3\n      1 x_1_2   1   -2\n   2 x_2_1     1      -1\n'),
             ('GLPK', E'     1 x_1_1        *              0             0             1 \n     2 x_1_2        *              1             0             1 \n     3 x_2_1        *              1             0             1 \n'),
             ('HiGHS', E'# Columns 4\nx_1_1 0\nx_1_2 1\nx_2_1 0.9999999\nx_2_2 1e-9\n')) v (solver, solution);

-- Cancellation: an effort of hours ends with the statement's timeout
CREATE FUNCTION cancelled() RETURNS interval LANGUAGE plpgsql AS $$
DECLARE
    begun timestamptz := clock_timestamp();
BEGIN
    PERFORM allocate(large_cells(120, 12), large_institutions(120), large_cities(120, 12),
                     array(SELECT ('i' || a, 'i' || b, dice(a || '+' || b, 200))::allocation_bonus FROM generate_series(1, 120) a, generate_series(a + 1, 120) b),
                     effort => 1000000000000);
    RETURN NULL;
EXCEPTION WHEN query_canceled THEN
    RETURN clock_timestamp() - begun;
END $$;
SET statement_timeout = '1s';
SELECT cancelled() AS took \gset
RESET statement_timeout;
SELECT cmp_ok(:'took'::interval, '<', '3 s'::interval, 'statement_timeout ends the solver');

SELECT * FROM finish();
