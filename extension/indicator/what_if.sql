
--
-- Arrivals, and how well indicators foresee
--

CREATE FUNCTION what_if(m activity_matrix, region region_code, p sector_profile, jobs float8)
RETURNS TABLE(indicator text, sector sector_code, before float8, after float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH arrival AS MATERIALIZED (
		SELECT m + activity_matrix_agg(what_if.region, w.sector, what_if.jobs * w.weight / total(what_if.p)) AS m1
		FROM weights(same_scheme(what_if.p, what_if.m)) w WHERE total(what_if.p) > 0
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
'Indicators of a region before and after an arrival of that many jobs (in the unit of the matrix), spread over sectors by the profile (in the scheme and edition of the matrix, else an error; see convert), all else equal: by sector amount, location_quotient, symmetric_lq, additive_lq, specialized, relatedness_density, distance, relative_relatedness, opportunity_gain, ubiquity, sector_complexity, locational_gini, concentration_hoover, concentration_herfindahl; of the region (sector NULL) diversity, economic_complexity, complexity_outlook, fitness, krugman, hachman, coefficient, herfindahl, entropy, related_variety and unrelated_variety at level 1, and theil_between_provinces and theil_within_provinces of all regions.';

CREATE FUNCTION what_if(m activity_matrix, region region_code, p sector_profile, jobs float8, income region_value[], pci sector_value[])
RETURNS TABLE(indicator text, sector sector_code, before float8, after float8)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 150
BEGIN ATOMIC
	WITH arrival AS MATERIALIZED (
		SELECT m + activity_matrix_agg(what_if.region, w.sector, what_if.jobs * w.weight / total(what_if.p)) AS m1
		FROM weights(same_scheme(what_if.p, what_if.m)) w WHERE total(what_if.p) > 0
	), state AS MATERIALIZED (
		SELECT 0 AS at, what_if.m AS m UNION ALL SELECT 1, m1 FROM arrival
	), together AS MATERIALIZED (
		SELECT s.at, coagglomeration(s.m) AS r, sectors(s.m) AS sectors FROM state s
	), number AS (
		SELECT at, 'concentration_krugman' AS indicator, c.sector, c.krugman AS value FROM state s, LATERAL concentration(s.m) c
		UNION ALL
		SELECT c.at, 'coagglomeration', a.sector, sum(value(c.r, a.sector, w.sector) * w.weight ORDER BY w.sector) / sum(w.weight ORDER BY w.sector)
		FROM together c, LATERAL unnest(c.sectors) a(sector), weights(what_if.p) w
		WHERE w.sector = ANY (c.sectors) AND a.sector <> w.sector GROUP BY c.at, a.sector
		UNION ALL
		SELECT at, 'group_coagglomeration', NULL, group_coagglomeration(s.m, sectors(what_if.p)) FROM state s
		UNION ALL
		SELECT at, 'reflections', NULL, r.standardized FROM state s, LATERAL reflections(s.m, 18) r WHERE r.region = what_if.region
		UNION ALL
		SELECT at, 'prody', r.sector, r.value FROM state s, LATERAL prody(s.m, what_if.income) r
		UNION ALL
		SELECT at, 'expy', NULL, r.value FROM state s, LATERAL expy(s.m, what_if.income) r WHERE r.region = what_if.region
		UNION ALL
		SELECT at, 'projected_complexity', NULL, r.value FROM state s, LATERAL projected_complexity(s.m, what_if.pci) r WHERE r.region = what_if.region
	), further AS (
		SELECT n.indicator, n.sector, max(n.value) FILTER (WHERE at = 0) AS before, max(n.value) FILTER (WHERE at = 1) AS after
		FROM number n GROUP BY n.indicator, n.sector
	)
	SELECT q.indicator, q.sector, q.before, q.after
	FROM (SELECT w.indicator, w.sector, w.before, w.after FROM what_if(what_if.m, what_if.region, what_if.p, what_if.jobs) w
		  UNION ALL
		  SELECT f.indicator, f.sector, f.before, f.after FROM further f WHERE what_if.jobs IS NOT NULL) q
	ORDER BY q.sector NULLS FIRST, q.indicator;
END;
COMMENT ON FUNCTION what_if(activity_matrix, region_code, sector_profile, float8, region_value[], sector_value[]) IS
'what_if of a matrix, region, profile and number of jobs, with what costs more or needs more data: by sector concentration_krugman, coagglomeration (mean with the other sectors of the profile, by their weights in it) and prody; of the region reflections (standardized, 18 steps), expy and projected_complexity; of the profile''s sectors group_coagglomeration. income: of regions, for prody and expy; pci: sector complexities from elsewhere; NULL leaves those indicators out.';

CREATE FUNCTION backtest(m0 activity_matrix, m1 activity_matrix)
RETURNS TABLE(score text, auc float8, auc_low float8, auc_high float8, lift float8, candidates bigint, entries bigint)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 3
BEGIN ATOMIC
	-- Everything known of a cell in rows of its own, gathered by a hash of the cell: joins of this many estimates would be nested loops.
	WITH known AS (
		SELECT r.region, u.sector, u.value AS ubiquity, NULL::float8 AS density, NULL::float8 AS lq, NULL::bool AS undefined, NULL::bool AS present0, NULL::bool AS present1
		FROM (SELECT unnest(regions(backtest.m0)) INTERSECT SELECT unnest(regions(backtest.m1))) r(region), ubiquity(backtest.m0) u
		WHERE u.sector IN (SELECT unnest(sectors(backtest.m1)))
		UNION ALL
		-- a cell that is not among the cells of a ratio is 0; one that is there without a value is undefined
		SELECT c.region, c.sector, NULL, c.value, NULL, c.value IS NULL, NULL, NULL FROM cells(relatedness_density(backtest.m0)) c
		UNION ALL
		SELECT c.region, c.sector, NULL, NULL, c.value, NULL, NULL, NULL FROM cells(location_quotient(backtest.m0)) c
		UNION ALL
		SELECT c.region, c.sector, NULL, NULL, NULL, NULL, true, NULL FROM cells(specialized(backtest.m0)) c
		UNION ALL
		SELECT c.region, c.sector, NULL, NULL, NULL, NULL, NULL, true FROM cells(specialized(backtest.m1)) c
	), candidate AS MATERIALIZED (
		SELECT k.region, k.sector, max(k.ubiquity) AS ubiquity, coalesce(max(k.density), 0) AS density, coalesce(max(k.lq), 0) AS lq, bool_or(k.present1) IS TRUE AS entered
		FROM known k GROUP BY k.region, k.sector
		HAVING count(k.ubiquity) > 0 AND bool_or(k.present0) IS NOT TRUE AND bool_or(k.undefined) IS NOT TRUE
	), tied AS (
		-- candidates of one score are one row from here on
		SELECT s.name, s.value, count(*) AS n, count(*) FILTER (WHERE c.entered) AS n1
		FROM candidate c, LATERAL (VALUES ('relatedness_density', c.density), ('location_quotient', c.lq), ('ubiquity', c.ubiquity::float8)) s(name, value)
		GROUP BY s.name, s.value
	), ranked AS (
		SELECT t.name, t.n, t.n1, coalesce(sum(t.n) OVER (PARTITION BY t.name ORDER BY t.value ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS worse,
			   sum(t.n) OVER (PARTITION BY t.name) AS total
		FROM tied t
	), summed AS (
		SELECT r.name, max(r.total) AS n, sum(r.n1) AS n1, sum(r.n - r.n1) AS n0, sum(r.n1 * (r.worse + (r.n + 1) / 2.0)) AS ranks,
			   -- those tied at the edge of the top tenth share what places are left in it
			   sum(r.n1 * least(1, greatest(0, (ceil(r.total / 10.0) - (r.total - r.worse - r.n)) / r.n))) AS top_entries, ceil(max(r.total) / 10.0) AS top
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
	SELECT s.name, s.a, CASE WHEN s.a IS NOT NULL THEN greatest(0, s.a - 1.959963984540054 * s.error) END,
		   CASE WHEN s.a IS NOT NULL THEN least(1, s.a + 1.959963984540054 * s.error) END,
		   CASE WHEN s.n1 > 0 THEN ((s.top_entries / s.top) / (s.n1::numeric / s.n))::float8 END, s.n::bigint, s.n1::bigint
	FROM spread s ORDER BY s.name;
END;
COMMENT ON FUNCTION backtest(activity_matrix, activity_matrix) IS
'How well indicators of m0 told which sectors absent from a region then became present in m1 (location quotient at least 1). auc: probability that an entry scored higher than a sector that stayed away (0.5 = chance), with its 95 % interval (Hanley and McNeil 1982); lift: entries among the top tenth (scores tied at its edge count in part) over their share in all. NULL without any entry or without any other.';
