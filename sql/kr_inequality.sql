-- Theil L within and between provinces, Lorenz and location curves, on the residents of all municipalities
SET client_min_messages = warning;
CREATE EXTENSION innocity_kr;
CREATE TEMP TABLE kr_place AS
SELECT code, sum(value_mkrw) AS x, min(total) AS people FROM region_industry_kr JOIN population_kr USING (code, year)
WHERE year = 2020 AND level(code) = 2 AND value_mkrw > 0 GROUP BY code;
CREATE TEMP TABLE kr_people AS SELECT array_agg((code, people)::region_value) AS people FROM kr_place;
-- Independently: shares and logarithms in SQL. Both parts, for all sectors together, per region and per head.
WITH province AS (SELECT ancestor(code, 1) AS p, sum(x) AS x, sum(people) AS people, count(*) AS n FROM kr_place GROUP BY 1),
whole AS (SELECT sum(x) AS x, sum(people) AS people, sum(n) AS n, count(*) AS provinces FROM province),
per_region AS (
    SELECT (SELECT sum(p.n / w.n * ln((p.n / w.n) / (p.x / w.x))) FROM province p) AS b,
           (SELECT sum(1 / w.n * ln((1.0 / p.n) / (k.x / p.x))) FROM kr_place k JOIN province p ON p = ancestor(code, 1)) AS i FROM whole w),
per_head AS (
    SELECT (SELECT sum(p.people / w.people * ln((p.people / w.people) / (p.x / w.x))) FROM province p) AS b,
           (SELECT sum(k.people / w.people * ln((k.people / p.people) / (k.x / p.x))) FROM kr_place k JOIN province p ON p = ancestor(code, 1)) AS i FROM whole w)
SELECT provinces, n > 200 AS many,
       abs(r.between_groups - per_region.b) < 1e-12 AND abs(r.within_groups - per_region.i) < 1e-12 AS per_region, r.total = r.between_groups + r.within_groups AS adds_up,
       abs(h.between_groups - per_head.b) < 1e-12 AND abs(h.within_groups - per_head.i) < 1e-12 AS per_head,
       abs(r.total - (SELECT theil_l(x) FROM kr_place)) < 1e-12 AND abs(h.total - (SELECT theil_l(x / people, people) FROM kr_place)) < 1e-12 AS as_aggregate
FROM whole, per_region, per_head, kr_people,
     (SELECT activity_matrix_agg(code, 'A', x) AS m FROM kr_place) m, theil_l_decomposition(m, 1) r, theil_l_decomposition(m, 1, kr_people.people) h
WHERE r.sector IS NULL AND h.sector IS NULL;
-- The area under each curve by trapezoids.
SELECT count(*) - (SELECT count(*) FROM kr_place) AS one_more, min(u) = 0 AND min(v) = 0 AND max(u) = 1 AND max(v) = 1 AS ends,
       abs(1 - sum((u - u0) * (v + v0)) - (SELECT gini(x / people, people) FROM kr_place)) < 1e-12 AS gini
FROM (SELECT u, v, lag(u) OVER w AS u0, lag(v) OVER w AS v0
      FROM (SELECT array_agg(x / people) AS x, array_agg(people) AS w FROM kr_place) a, lorenz_curve(x::float8[], a.w::float8[]) c(u, v) WINDOW w AS (ORDER BY u, v)) t;
SELECT abs(max(u - v) - (SELECT hoover(x, people) FROM kr_place)) < 1e-12 AS hoover
FROM (SELECT array_agg(x) AS x, array_agg(people) AS w FROM kr_place) a, location_curve(x::float8[], a.w::float8[]) c(u, v);
DROP TABLE kr_place, kr_people;
DROP EXTENSION innocity_kr;
