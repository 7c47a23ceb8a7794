
--
-- Arrivals, and how well indicators foresee
--

CREATE FUNCTION what_if(m activity_matrix, region region_code, p sector_profile, jobs float8)
RETURNS TABLE(indicator text, sector sector_code, before float8, after float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH arrival AS MATERIALIZED (
		SELECT m + activity_matrix_agg(what_if.region, w.sector, what_if.jobs * w.weight / total(what_if.p)) AS m1
		FROM weights(what_if.p) w WHERE total(what_if.p) > 0
	), state AS MATERIALIZED (
		SELECT 0 AS at, what_if.m AS m UNION ALL SELECT 1, m1 FROM arrival
	), density AS MATERIALIZED (
		SELECT s.at, relatedness_density(s.m) AS density FROM state s
	), ratio AS MATERIALIZED (
		SELECT s.at, i.name, i.matrix
		FROM state s, LATERAL (VALUES ('symmetric_lq', symmetric_lq(s.m)), ('additive_lq', additive_lq(s.m)), ('relative_relatedness', relative_relatedness(s.m)),
									  ('opportunity_gain', opportunity_gain(s.m))) i(name, matrix)
	), number AS (
		SELECT at, 'amount' AS indicator, c.sector, c.value FROM state s, LATERAL cells(slice(s.m, what_if.region)) c
		UNION ALL
		SELECT at, 'location_quotient', c.sector, c.value FROM state s, LATERAL cells(slice(location_quotient(s.m), what_if.region)) c
		UNION ALL
		SELECT at, 'specialized', c.sector, c.value FROM state s, LATERAL cells(slice(specialized(s.m), what_if.region)) c
		UNION ALL
		SELECT d.at, 'relatedness_density', c.sector, value(d.density, what_if.region, c.sector)
		FROM density d, LATERAL unnest(sectors(d.density)) c(sector)
		UNION ALL
		SELECT d.at, 'distance', c.sector, 1 - value(d.density, what_if.region, c.sector)
		FROM density d, LATERAL unnest(sectors(d.density)) c(sector)
		UNION ALL
		-- a listed cell that is 0 has no row among the cells
		SELECT r.at, r.name, c.sector, value(r.matrix, what_if.region, c.sector) FROM ratio r, LATERAL unnest(sectors(r.matrix)) c(sector)
		UNION ALL
		SELECT at, 'ubiquity', u.sector, u.value FROM state s, LATERAL ubiquity(s.m) u
		UNION ALL
		SELECT at, 'sector_complexity', c.sector, c.pci FROM state s, LATERAL sector_complexity(s.m) c
		UNION ALL
		SELECT at, i.name, c.sector, i.value
		FROM state s, LATERAL concentration(s.m) c,
			 LATERAL (VALUES ('locational_gini', c.locational_gini), ('concentration_hoover', c.hoover), ('concentration_herfindahl', c.herfindahl)) i(name, value)
		UNION ALL
		SELECT at, 'complexity_outlook', NULL, o.value FROM state s, LATERAL complexity_outlook(s.m) o WHERE o.region = what_if.region
		UNION ALL
		SELECT at, 'fitness', NULL, f.fitness FROM state s, LATERAL region_fitness(s.m) f WHERE f.region = what_if.region
		UNION ALL
		SELECT at, i.name, NULL, i.value
		FROM state s, LATERAL variety(s.m, 1) v, LATERAL (VALUES ('related_variety', v.related), ('unrelated_variety', v.unrelated)) i(name, value)
		WHERE v.region = what_if.region
		UNION ALL
		SELECT at, i.name, NULL, i.value
		FROM state s, LATERAL theil_decomposition(s.m, 1) t, LATERAL (VALUES ('theil_between_provinces', t.between_groups), ('theil_within_provinces', t.within_groups)) i(name, value)
		WHERE t.sector IS NULL
		UNION ALL
		SELECT at, 'diversity', NULL, d.value FROM state s, LATERAL diversity(s.m) d WHERE d.region = what_if.region
		UNION ALL
		SELECT at, 'economic_complexity', NULL, e.eci FROM state s, LATERAL economic_complexity(s.m) e WHERE e.region = what_if.region
		UNION ALL
		SELECT at, i.name, NULL, i.value
		FROM state s, LATERAL specialization(s.m) x,
			 LATERAL (VALUES ('krugman', x.krugman), ('hachman', x.hachman), ('coefficient', x.coefficient), ('herfindahl', x.herfindahl), ('entropy', x.entropy)) i(name, value)
		WHERE x.region = what_if.region
	), paired AS (
		SELECT n.indicator, n.sector, max(n.value) FILTER (WHERE at = 0) AS before, max(n.value) FILTER (WHERE at = 1) AS after
		FROM number n GROUP BY n.indicator, n.sector
	)
	SELECT q.indicator, q.sector,
		   CASE WHEN q.indicator IN ('amount', 'location_quotient', 'specialized') THEN coalesce(q.before, 0) ELSE q.before END,
		   CASE WHEN q.indicator IN ('amount', 'location_quotient', 'specialized') THEN coalesce(q.after, 0) ELSE q.after END
	FROM paired q ORDER BY q.sector NULLS FIRST, q.indicator;
END;
COMMENT ON FUNCTION what_if(activity_matrix, region_code, sector_profile, float8) IS
'Indicators of a region before and after an arrival of that many jobs (in the unit of the matrix), spread over sectors by the profile, all else equal: by sector amount, location_quotient, symmetric_lq, additive_lq, specialized, relatedness_density, distance, relative_relatedness, opportunity_gain, ubiquity, sector_complexity, locational_gini, concentration_hoover, concentration_herfindahl; of the region (sector NULL) diversity, economic_complexity, complexity_outlook, fitness, krugman, hachman, coefficient, herfindahl, entropy, related_variety and unrelated_variety at level 1, and theil_between_provinces and theil_within_provinces of all regions.';

CREATE FUNCTION backtest(m0 activity_matrix, m1 activity_matrix)
RETURNS TABLE(score text, auc float8, auc_low float8, auc_high float8, lift float8, candidates bigint, entries bigint)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 3
BEGIN ATOMIC
	WITH present0 AS (
		SELECT c.region, c.sector, c.value FROM cells(specialized(backtest.m0)) c
	), present1 AS (
		SELECT c.region, c.sector, c.value FROM cells(specialized(backtest.m1)) c
	), density AS (
		SELECT c.region, c.sector, c.value FROM cells(relatedness_density(backtest.m0)) c
	), quotient AS (
		SELECT c.region, c.sector, c.value FROM cells(location_quotient(backtest.m0)) c
	), candidate AS MATERIALIZED (
		-- a cell that is not among the cells of a ratio is 0; one that is there without a value is undefined
		SELECT r.region, u.sector, u.value AS ubiquity, CASE WHEN d.region IS NULL THEN 0 ELSE d.value END AS density,
			   coalesce(q.value, 0) AS lq, p1.region IS NOT NULL AS entered
		FROM unnest(regions(backtest.m0)) r(region) CROSS JOIN ubiquity(backtest.m0) u
			 LEFT JOIN density d ON d.region = r.region AND d.sector = u.sector
			 LEFT JOIN quotient q ON q.region = r.region AND q.sector = u.sector
			 LEFT JOIN present0 p0 ON p0.region = r.region AND p0.sector = u.sector
			 LEFT JOIN present1 p1 ON p1.region = r.region AND p1.sector = u.sector
		WHERE p0.region IS NULL AND (d.region IS NULL OR d.value IS NOT NULL)
			  AND r.region = ANY (regions(backtest.m1)) AND u.sector = ANY (sectors(backtest.m1))
	), scored AS (
		SELECT s.name, s.value, c.entered, c.region, c.sector
		FROM candidate c, LATERAL (VALUES ('relatedness_density', c.density), ('location_quotient', c.lq), ('ubiquity', c.ubiquity::float8)) s(name, value)
	), ranked AS (
		SELECT s.name, s.entered,
			   rank() OVER (PARTITION BY s.name ORDER BY s.value) + (count(*) OVER (PARTITION BY s.name, s.value) - 1) / 2.0 AS middle_rank,
			   rank() OVER (PARTITION BY s.name ORDER BY s.value DESC) - 1 AS better, count(*) OVER (PARTITION BY s.name, s.value) AS tied,
			   count(*) OVER (PARTITION BY s.name) AS n
		FROM scored s
	), summed AS (
		SELECT r.name, max(r.n) AS n, count(*) FILTER (WHERE r.entered) AS n1, count(*) FILTER (WHERE NOT r.entered) AS n0,
			   sum(r.middle_rank) FILTER (WHERE r.entered) AS ranks,
			   -- those tied at the edge of the top tenth share what places are left in it
			   sum(least(1, greatest(0, (ceil(r.n / 10.0) - r.better) / r.tied))) FILTER (WHERE r.entered) AS top_entries, ceil(max(r.n) / 10.0) AS top
		FROM ranked r GROUP BY r.name
	), area AS (
		SELECT s.*, CASE WHEN s.n1 > 0 AND s.n0 > 0 THEN ((s.ranks - s.n1 * (s.n1 + 1) / 2.0) / (s.n1::numeric * s.n0))::float8 END AS a FROM summed s
	), spread AS (
		SELECT a.*, sqrt(greatest(0, (a.a * (1 - a.a) + (a.n1 - 1) * (a.a / (2 - a.a) - a.a * a.a) + (a.n0 - 1) * (2 * a.a * a.a / (1 + a.a) - a.a * a.a))
							 / (a.n1::float8 * a.n0))) AS error
		FROM area a WHERE a.a IS NOT NULL
		UNION ALL
		SELECT a.*, NULL FROM area a WHERE a.a IS NULL
	)
	SELECT s.name, s.a, greatest(0, s.a - 1.959963984540054 * s.error), least(1, s.a + 1.959963984540054 * s.error),
		   CASE WHEN s.n1 > 0 THEN ((s.top_entries / s.top) / (s.n1::numeric / s.n))::float8 END, s.n, s.n1
	FROM spread s ORDER BY s.name;
END;
COMMENT ON FUNCTION backtest(activity_matrix, activity_matrix) IS
'How well indicators of m0 told which sectors absent from a region then became present in m1 (location quotient at least 1). auc: probability that an entry scored higher than a sector that stayed away (0.5 = chance), with its 95 % interval (Hanley and McNeil 1982); lift: entries among the top tenth (scores tied at its edge count in part) over their share in all. NULL without any entry or without any other.';
