-- Indicators on the real tables of Korea, computed a second time in plain SQL from the rows, by other means than the library's: the Leontief inverse by
-- exact elimination in numeric, the dynamic shift-share by quadrature, Gini by all pairs. (indicator_korea has the constants of numpy for the rest.)
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET jit = off;
CREATE EXTENSION pgtap;
CREATE EXTENSION innocity_kr CASCADE;

SELECT plan(24);

-- |a - b| beside the larger of 1 and b; NULLs only together.
CREATE FUNCTION pg_temp.near(a float8, b float8, tolerance float8 DEFAULT 1e-12) RETURNS bool LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= tolerance * greatest(1, abs(b)) END
$$;

CREATE TEMP TABLE amount AS
SELECT year, code::text AS r, left(code::text, 2) AS p, industry::text AS s, value_mkrw::float8 AS x FROM region_industry_kr WHERE year IN (2015, 2020) AND value_mkrw > 0;
CREATE TEMP TABLE korea AS
SELECT activity_matrix_agg(r::region_code, s::sector_code, x) FILTER (WHERE year = 2015) AS m0, activity_matrix_agg(r::region_code, s::sector_code, x) FILTER (WHERE year = 2020) AS m1 FROM amount;
CREATE TEMP TABLE people AS SELECT code::text AS r, total::float8 AS w FROM population_kr WHERE year = 2020;

-- Variety: profiles of the institutions by province, at the third level of KSIC, between sections and between divisions.
CREATE TEMP TABLE work AS
SELECT left(i.hq_region::text, 2) AS r, ancestor(p.ksic_10, 3)::text AS s, sum(p.weight) AS x
FROM institution_sector_kr p JOIN institution_kr i ON i.id = p.institution_id
WHERE level(p.ksic_10) >= 3 AND i.hq_region IS NOT NULL GROUP BY 1, 2;
CREATE TEMP TABLE varied AS
SELECT l.level, w.r, sum(-w.q * ln(w.q)) AS total, max(g.unrelated) AS unrelated
FROM generate_series(1, 2) l(level)
CROSS JOIN (SELECT r, s, x / sum(x) OVER (PARTITION BY r) AS q FROM work) w
JOIN (SELECT level, r, sum(-q * ln(q)) AS unrelated
      FROM (SELECT k.level, r, ancestor(s::sector_code, k.level) AS a, sum(x) / (SELECT sum(x) FROM work v WHERE v.r = work.r) AS q
            FROM work, generate_series(1, 2) k(level) GROUP BY 1, 2, 3) a GROUP BY 1, 2) g ON g.level = l.level AND g.r = w.r
GROUP BY 1, 2;
CREATE TEMP TABLE variety_of AS
SELECT level, v.* FROM generate_series(1, 2) level, (SELECT activity_matrix_agg(r::region_code, s::sector_code, x) AS m FROM work) t, variety(m, level) v;
SELECT cmp_ok((SELECT count(*) FROM variety_of WHERE unrelated > 0 AND related > 0), '>', 10::bigint, 'variety: provinces with both kinds');
SELECT is_empty($$SELECT * FROM varied FULL JOIN variety_of v ON v.region::text = varied.r AND v.level = varied.level
    WHERE (pg_temp.near(v.total, varied.total) AND pg_temp.near(v.unrelated, varied.unrelated) AND pg_temp.near(v.related, varied.total - varied.unrelated)) IS NOT TRUE$$,
    'variety, by code level');

-- Ellison and Glaeser: each municipality's amount stands for a plant of its province.
CREATE TEMP TABLE ellison AS
WITH sized AS (SELECT p, s, x, sum(x) OVER (PARTITION BY s) AS sector, sum(x) OVER () AS everything FROM amount WHERE year = 2020),
     region AS (SELECT p, sum(x) / max(everything) AS share FROM sized GROUP BY p),
     cell AS (SELECT p, s, sum(x) / max(sector) AS share FROM sized GROUP BY p, s),
     spread AS (SELECT k.s, sum((coalesce(c.share, 0) - r.share) ^ 2) AS g FROM (SELECT DISTINCT s FROM sized) k CROSS JOIN region r LEFT JOIN cell c ON c.s = k.s AND c.p = r.p GROUP BY k.s),
     plants AS (SELECT s, count(*) AS n, sum((x / sector) ^ 2) AS h FROM sized GROUP BY s)
SELECT s, n, (g - (1 - u.x2) * h) / ((1 - u.x2) * (1 - h)) AS gamma FROM spread JOIN plants USING (s), (SELECT sum(share ^ 2) AS x2 FROM region) u;
SELECT is((SELECT count(*) FROM ellison), 16::bigint, 'Ellison-Glaeser: all groups');
SELECT is_empty($$SELECT * FROM ellison FULL JOIN ellison_glaeser(ARRAY(SELECT (p::region_code, s::sector_code, x)::plant FROM amount WHERE year = 2020)) e ON e.sector::text = s
    WHERE (pg_temp.near(e.gamma, ellison.gamma) AND e.number = n) IS NOT TRUE$$, 'Ellison-Glaeser');

-- Dynamic shift-share: amounts move on a line from 2015 to 2020; the integral of x dX / X by Simpson's rule of 256 steps, in one province.
CREATE TEMP TABLE two AS
SELECT coalesce(a.r, b.r) AS r, coalesce(a.s, b.s) AS s, coalesce(a.x, 0) AS x0, coalesce(b.x, 0) AS x1
FROM (SELECT * FROM amount WHERE year = 2015) a FULL JOIN (SELECT * FROM amount WHERE year = 2020) b ON b.r = a.r AND b.s = a.s;
CREATE TEMP TABLE moving AS
WITH whole AS (SELECT sum(x0) AS t0, sum(x1) AS t1 FROM two), sector AS (SELECT s, sum(x0) AS s0, sum(x1) AS s1 FROM two GROUP BY s),
     step AS (SELECT i / 256::float8 AS t, CASE WHEN i IN (0, 256) THEN 1 WHEN i % 2 = 1 THEN 4 ELSE 2 END / 768::float8 AS weight FROM generate_series(0, 256) i)
SELECT r, s, max(x1 - x0) AS actual,
       sum(weight * (x0 + t * (x1 - x0)) * (t1 - t0) / (t0 + t * (t1 - t0))) AS "national",
       sum(weight * (x0 + t * (x1 - x0)) * (s1 - s0) / (s0 + t * (s1 - s0))) AS by_sector
FROM two JOIN sector USING (s) CROSS JOIN whole CROSS JOIN step WHERE r LIKE '46%' GROUP BY r, s;
SELECT cmp_ok((SELECT count(*) FROM moving), '>', 300::bigint, 'dynamic shift-share: the cells of a province');
-- The library rounds parts to 2^-49 of the country's total, here 2^-18, so that they add up exactly.
SELECT is_empty($$SELECT * FROM moving FULL JOIN (SELECT v.* FROM korea, shift_share(m0, m1, 'dynamic') v WHERE region::text LIKE '46%') v ON v.region::text = r AND v.sector::text = s
    WHERE (v.actual = moving.actual AND abs(v."national" - moving."national") <= 2 ^ -18 AND abs(v."national" + v.industry_mix - by_sector) <= 2 ^ -18
           AND v."national" + v.industry_mix + v.regional = moving.actual AND v.allocation = 0) IS NOT TRUE$$, 'dynamic shift-share');

-- Growth, a year.
SELECT is_empty($$SELECT * FROM two FULL JOIN (SELECT g.* FROM korea, growth(m0, m1, 5) g) g ON g.region::text = r AND g.sector::text = s
    WHERE (before = x0 AND after = x1 AND change = x1 - x0 AND pg_temp.near(rate, CASE WHEN x0 > 0 THEN exp(ln(nullif(x1, 0) / x0) / 5) - 1 END)) IS NOT TRUE AND (x1 > 0 OR rate <> -1)$$, 'growth');
SELECT is_empty($$SELECT * FROM (SELECT r, sum(x0) AS x0, sum(x1) AS x1 FROM two GROUP BY r) w FULL JOIN (SELECT g.* FROM korea, region_growth(m0, m1, 5) g) g ON g.region::text = r
    WHERE (before = x0 AND after = x1 AND pg_temp.near(rate, exp(ln(x1 / nullif(x0, 0)) / 5) - 1)) IS NOT TRUE$$, 'growth of regions');
SELECT is_empty($$SELECT * FROM (SELECT s, sum(x0) AS x0, sum(x1) AS x1 FROM two GROUP BY s) w FULL JOIN (SELECT g.* FROM korea, sector_growth(m0, m1, 5) g) g ON g.sector::text = s
    WHERE (before = x0 AND after = x1 AND pg_temp.near(rate, exp(ln(x1 / x0) / 5) - 1)) IS NOT TRUE$$, 'growth of sectors');

-- Inequality per head: value added and residents of the municipalities, for each group and for all together; a is the amount per head.
CREATE TEMP TABLE head AS
SELECT k.s, w.r, left(w.r, 2) AS p, w.w, coalesce(a.x, 0) AS x, coalesce(a.x, 0) / w.w AS a
FROM (SELECT DISTINCT s FROM amount UNION ALL SELECT NULL) k
CROSS JOIN (SELECT r, w FROM people WHERE r IN (SELECT r FROM amount WHERE year = 2020)) w
LEFT JOIN (SELECT r, s, sum(x) AS x FROM amount WHERE year = 2020 GROUP BY GROUPING SETS ((r, s), (r))) a ON a.r = w.r AND a.s IS NOT DISTINCT FROM k.s;
CREATE TEMP TABLE parted AS
WITH place AS (SELECT s, p, x / sum(x) OVER k AS y, w / sum(w) OVER k AS v, sum(x) OVER g / sum(x) OVER k AS yg, sum(w) OVER g / sum(w) OVER k AS vg FROM head
               WINDOW k AS (PARTITION BY s), g AS (PARTITION BY s, p))
SELECT s, sum(CASE WHEN y > 0 THEN y * ln(y / v) ELSE 0 END) AS t, sum(CASE WHEN yg > 0 THEN y * ln(yg / vg) ELSE 0 END) AS t_between,
       CASE WHEN min(y) > 0 THEN sum(v * ln(v / nullif(y, 0))) END AS l, CASE WHEN min(y) > 0 THEN sum(v * ln(vg / nullif(yg, 0))) END AS l_between FROM place GROUP BY s;
SELECT is((SELECT count(*) FROM head WHERE s IS NULL), 229::bigint, 'inequality: 229 municipalities');
SELECT is_empty($$SELECT * FROM parted FULL JOIN (SELECT d.* FROM korea, theil_decomposition(m1, 1, ARRAY(SELECT (r::region_code, w)::region_value FROM people)) d) d ON coalesce(d.sector::text, '') = coalesce(s, '')
    WHERE (pg_temp.near(total, t) AND pg_temp.near(between_groups, t_between) AND pg_temp.near(within_groups, t - t_between)) IS NOT TRUE$$, 'Theil T, between and within provinces');
SELECT is_empty($$SELECT * FROM parted FULL JOIN (SELECT d.* FROM korea, theil_l_decomposition(m1, 1, ARRAY(SELECT (r::region_code, w)::region_value FROM people)) d) d ON coalesce(d.sector::text, '') = coalesce(s, '')
    WHERE (pg_temp.near(total, l) AND pg_temp.near(between_groups, l_between) AND pg_temp.near(within_groups, l - l_between)) IS NOT TRUE$$, 'Theil L, between and within provinces');
SELECT is_empty($$SELECT g.s FROM (SELECT s, theil_t(a, w) AS t1, theil_l(a, w) AS l1 FROM head GROUP BY s) g JOIN parted ON parted.s IS NOT DISTINCT FROM g.s
    WHERE (pg_temp.near(t1, t) AND pg_temp.near(l1, l)) IS NOT TRUE$$, 'Theil as aggregates with weights');

CREATE TEMP TABLE mean AS SELECT s, sum(w) AS w, sum(x) / sum(w) AS mu, bool_or(x = 0) AS some_zero FROM head GROUP BY s;
SELECT is_empty($$SELECT g.s FROM (SELECT s, atkinson(a, 0.5, w) AS half, atkinson(a, 1, w) AS one, atkinson(a, 2, w) AS two FROM head GROUP BY s) g
    JOIN (SELECT h.s, 1 - (sum(h.w * sqrt(h.a / mu)) / max(m.w)) ^ 2 AS half, CASE WHEN some_zero THEN 1 ELSE 1 - exp(sum(h.w * ln(nullif(h.a, 0) / mu)) / max(m.w)) END AS one,
                 CASE WHEN some_zero THEN 1 ELSE 1 - max(m.w) / sum(h.w * mu / nullif(h.a, 0)) END AS two
          FROM head h JOIN mean m ON m.s IS NOT DISTINCT FROM h.s GROUP BY h.s, some_zero) e ON e.s IS NOT DISTINCT FROM g.s
    WHERE (pg_temp.near(g.half, e.half) AND pg_temp.near(g.one, e.one) AND pg_temp.near(g.two, e.two)) IS NOT TRUE$$, 'Atkinson with weights: 0.5, 1 and 2');
CREATE TEMP TABLE pair AS
SELECT h.s, sum(h.w * k.w * abs(h.a - k.a)) / (2 * max(m.w) ^ 2 * max(m.mu)) AS weighted
FROM head h JOIN head k ON k.s IS NOT DISTINCT FROM h.s JOIN mean m ON m.s IS NOT DISTINCT FROM h.s GROUP BY h.s;
SELECT is_empty($$SELECT g.s FROM (SELECT s, gini(a, w) AS g, gini_normalized(a, w) AS n, sum(w) AS w FROM head GROUP BY s) g JOIN pair e ON e.s IS NOT DISTINCT FROM g.s
    WHERE (pg_temp.near(g, weighted) AND pg_temp.near(n, weighted * g.w / (g.w - 1))) IS NOT TRUE$$, 'Gini with weights, by all pairs');
SELECT is_empty($$SELECT h.s FROM (SELECT s, herfindahl(x) AS h, entropy(x) AS e, entropy(x, 2) AS e2, hoover(x, w) AS o, krugman(x, w) AS k FROM head GROUP BY s) h
    JOIN (SELECT s, sum(y * y) AS h, -sum(CASE WHEN y > 0 THEN y * ln(y) ELSE 0 END) AS e, sum(abs(y - v)) AS k
          FROM (SELECT s, x / sum(x) OVER (PARTITION BY s) AS y, w / sum(w) OVER (PARTITION BY s) AS v FROM head) q GROUP BY s) e ON e.s IS NOT DISTINCT FROM h.s
    WHERE (pg_temp.near(h.h, e.h) AND pg_temp.near(h.e, e.e) AND pg_temp.near(e2, e.e / ln(2)) AND pg_temp.near(o, e.k / 2) AND pg_temp.near(h.k, e.k)) IS NOT TRUE$$, 'Herfindahl, entropy, Hoover, Krugman');

-- Input-output: the table of 2015, the inverse by Gauss-Jordan elimination in decimal fractions of 60 places.
CREATE TEMP TABLE code AS SELECT code::text AS code, kind, label_en FROM input_output_code_kr;
CREATE TEMP TABLE flow AS
SELECT row_code::text AS i, col_code::text AS j, value_mkrw::numeric AS z FROM input_output_kr;
CREATE TEMP TABLE output AS
SELECT j, z AS x FROM flow WHERE i = (SELECT code FROM code WHERE label_en = 'Total input') AND j IN (SELECT code FROM code WHERE kind = 'sector');
CREATE FUNCTION pg_temp.inverse() RETURNS TABLE(i text, j text, l float8) LANGUAGE plpgsql AS $$
DECLARE
    name text[] := ARRAY(SELECT output.j FROM output ORDER BY 1);
    n int := cardinality(name);
    a numeric[];
    factor numeric;
BEGIN
    SELECT array_agg(v ORDER BY r, c) INTO a
    FROM (SELECT r, c, round(CASE WHEN c > n THEN (r = c - n)::int ELSE (r = c)::int - coalesce((SELECT z FROM flow WHERE flow.i = name[r] AND flow.j = name[c]), 0) / (SELECT x FROM output WHERE output.j = name[c]) END, 60) AS v
          FROM generate_series(1, n) r, generate_series(1, 2 * n) c) v;
    FOR pivot IN 1 .. n LOOP
        factor := a[(pivot - 1) * 2 * n + pivot];
        FOR c IN 1 .. 2 * n LOOP
            a[(pivot - 1) * 2 * n + c] := round(a[(pivot - 1) * 2 * n + c] / factor, 60);
        END LOOP;
        FOR r IN 1 .. n LOOP
            factor := a[(r - 1) * 2 * n + pivot];
            CONTINUE WHEN r = pivot OR factor = 0;
            FOR c IN 1 .. 2 * n LOOP
                a[(r - 1) * 2 * n + c] := a[(r - 1) * 2 * n + c] - round(factor * a[(pivot - 1) * 2 * n + c], 60);
            END LOOP;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT name[r], name[c], a[(r - 1) * 2 * n + n + c]::float8 FROM generate_series(1, n) r, generate_series(1, n) c;
END $$;
CREATE TEMP TABLE eliminated AS SELECT * FROM pg_temp.inverse();
CREATE TEMP TABLE library AS
SELECT input_coefficients((SELECT sector_matrix_agg(i::sector_code, j::sector_code, z::float8) FROM flow JOIN output b USING (j) WHERE i IN (SELECT o.j FROM output o)),
                          (SELECT sector_profile_agg(j::sector_code, x::float8) FROM output)) AS a;
SELECT is_empty($$SELECT * FROM (SELECT i, j, (z / x)::float8 AS c FROM flow JOIN output USING (j) WHERE i IN (SELECT o.j FROM output o)) t FULL JOIN (SELECT p.* FROM library, pairs(a) p WHERE value <> 0) p ON sector_a::text = i AND sector_b::text = j
    WHERE (pg_temp.near(value, c, 1e-15)) IS NOT TRUE$$, 'input coefficients');
SELECT is((SELECT count(*) FROM eliminated WHERE l > 0), 33 * 33::bigint, 'every sector needs every other');
SELECT is_empty($$SELECT * FROM eliminated FULL JOIN (SELECT p.* FROM library, pairs(leontief_inverse(a)) p) p ON sector_a::text = i AND sector_b::text = j
    WHERE pg_temp.near(value, l, 1e-13) IS NOT TRUE$$, 'Leontief inverse, beside elimination in 60 decimal places');
SELECT is_empty($$SELECT * FROM (SELECT j, sum(l) AS output, sum(l) * 33 / (SELECT sum(l) FROM eliminated) AS backward FROM eliminated GROUP BY j) b
    JOIN (SELECT i AS j, sum(l) * 33 / (SELECT sum(l) FROM eliminated) AS forward FROM eliminated GROUP BY i) f USING (j)
    FULL JOIN (SELECT m.* FROM library, multipliers(leontief_inverse(a)) m) m ON m.sector::text = j
    WHERE (pg_temp.near(m.output, b.output) AND pg_temp.near(m.backward, b.backward) AND pg_temp.near(m.forward, f.forward)) IS NOT TRUE$$, 'multipliers and linkages');
CREATE TEMP TABLE pay AS
SELECT j, (z / x)::float8 AS e FROM flow JOIN output USING (j) WHERE i = (SELECT code FROM code WHERE label_en = 'Compensation of employees');
SELECT is_empty($$SELECT * FROM (SELECT l.j, sum(coalesce(p.e, 0) * l) / max(own.e) AS jobs FROM eliminated l LEFT JOIN pay p ON p.j = l.i JOIN pay own ON own.j = l.j GROUP BY l.j) t
    FULL JOIN (SELECT m.* FROM library, multipliers(leontief_inverse(a), (SELECT sector_profile_agg(j::sector_code, e) FROM pay)) m WHERE m.jobs IS NOT NULL) m ON m.sector::text = j
    WHERE pg_temp.near(m.jobs, t.jobs) IS NOT TRUE$$, 'labour multipliers, by compensation of employees');
-- What the published totals say: the inverse times final demand (output less intermediate sales) is output.
SELECT is_empty($$SELECT i FROM (SELECT l.i, sum(value * f.final) AS made FROM eliminated l JOIN (SELECT p.* FROM library, pairs(leontief_inverse(a)) p) p ON sector_a::text = l.i AND sector_b::text = l.j
        JOIN (SELECT i AS j, (max(o.x) - sum(z))::float8 AS final FROM flow JOIN output o ON o.j = flow.i WHERE flow.j IN (SELECT q.j FROM output q) GROUP BY i) f ON f.j = l.j GROUP BY l.i) t
    JOIN output ON output.j = i WHERE abs(made / x::float8 - 1) > 1e-12$$, 'final demand times the inverse is the published output');

-- Flegg and simple location quotients of Naju, on the table of the 16 groups.
CREATE TEMP TABLE grouped AS
WITH member AS (SELECT DISTINCT o.io_row::text AS io, g.industry::text AS s FROM ksic_io_kr o JOIN ksic_group_kr g ON g.ksic_section @> o.ksic_10),
     one AS (SELECT io, min(s) AS s FROM member GROUP BY io),
     made AS (SELECT s, sum(x)::float8 AS x FROM output JOIN one ON io = j GROUP BY s)
SELECT a.s AS i, b.s AS j, sum(z)::float8 / max(made.x) AS a FROM flow JOIN one a ON a.io = flow.i JOIN one b ON b.io = flow.j JOIN made ON made.s = b.s GROUP BY 1, 2;
CREATE TEMP TABLE local AS
SELECT k.s, coalesce(n.x, 0) / (SELECT sum(x) FROM amount WHERE year = 2020 AND r = '46170') / (k.x / k.whole) AS q, (SELECT sum(x) FROM amount WHERE year = 2020 AND r = '46170') / k.whole AS size
FROM (SELECT s, sum(x) AS x, sum(sum(x)) OVER () AS whole FROM amount WHERE year = 2020 GROUP BY s) k LEFT JOIN (SELECT s, x FROM amount WHERE year = 2020 AND r = '46170') n ON n.s = k.s;
CREATE TEMP TABLE cut AS SELECT as_ratio(sector_matrix_agg(i::sector_code, j::sector_code, a)) AS a FROM grouped;
SELECT is_empty($$SELECT * FROM (SELECT i, j, a * least(1, q) AS a FROM grouped JOIN local ON s = i WHERE a <> 0 AND q > 0) t FULL JOIN (SELECT p.* FROM cut, korea, pairs(regional_coefficients(a, m1, '46170', 'slq')) p WHERE value <> 0) p
    ON sector_a::text = i AND sector_b::text = j WHERE pg_temp.near(value, t.a) IS NOT TRUE$$, 'coefficients cut by simple location quotients');
SELECT is_empty($$SELECT * FROM (SELECT i, j, g.a * least(1, CASE WHEN i = j THEN a.q WHEN b.q > 0 THEN a.q / b.q ELSE 1 END * (ln(1 + a.size) / ln(2)) ^ 0.3) AS a
                                 FROM grouped g JOIN local a ON a.s = i JOIN local b ON b.s = j WHERE g.a <> 0 AND a.q > 0) t
    FULL JOIN (SELECT p.* FROM cut, korea, pairs(regional_coefficients(a, m1, '46170', 'flq', 0.3)) p WHERE value <> 0) p
    ON sector_a::text = i AND sector_b::text = j WHERE pg_temp.near(value, t.a) IS NOT TRUE$$, 'and by Flegg''s');
SELECT * FROM finish();
