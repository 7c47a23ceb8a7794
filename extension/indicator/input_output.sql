
--
-- Input-output analysis
--

CREATE FUNCTION input_coefficients(r sector_matrix, output sector_profile) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_input_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION input_coefficients(sector_matrix, sector_profile) IS
'Input coefficients of a table of transactions (row sells to column): each cell over the total output of its column (dimensionless). A ratio over the sectors of the table.';

CREATE FUNCTION leontief_inverse(r sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_leontief_inverse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION leontief_inverse(sector_matrix) IS
'Leontief inverse (I - A)^-1 of input coefficients: output of the row sector, direct and indirect, per unit of final demand for the column sector. An error if there is none without negative elements.';

CREATE FUNCTION multipliers(r sector_matrix) RETURNS TABLE(sector sector_code, output float8, backward float8, forward float8)
AS 'MODULE_PATHNAME', 'innocity_multipliers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION multipliers(sector_matrix) IS
'From a Leontief inverse: output multiplier of each sector (column sum, >= 1), and its backward and forward linkage (column and row sum over their mean: above 1 = stronger than average; Rasmussen''s power and sensitivity of dispersion).';

CREATE FUNCTION multipliers(r sector_matrix, labour sector_profile)
RETURNS TABLE(sector sector_code, output float8, backward float8, forward float8, jobs float8)
AS 'MODULE_PATHNAME', 'innocity_multipliers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION multipliers(sector_matrix, sector_profile) IS
'Multipliers of a Leontief inverse and, with labour (jobs per unit of output, read from the nearest listed ancestor), jobs in all sectors for each job in this one (>= 1); NULL where it has no labour.';

CREATE FUNCTION regional_coefficients(r sector_matrix, m activity_matrix, region region_code, method text DEFAULT 'flq', delta float8 DEFAULT 0.3)
RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_regional_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION regional_coefficients(sector_matrix, activity_matrix, region_code, text, float8) IS
'National input coefficients cut to what a region supplies itself, at most all of it: by its location quotient of the supplying sector (slq), or by Flegg''s (flq), supplier against buyer times the region''s size log2(1 + share)^delta. NULL for sectors of which the matrix lists no ancestor.';

CREATE FUNCTION regional_coefficients(r sector_matrix, m activity_matrix, region region_code, method text, delta float8, reference activity_matrix)
RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_regional_coefficients' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION regional_coefficients(sector_matrix, activity_matrix, region_code, text, float8, activity_matrix) IS
'The same for a region that is compared with a reference and not added to it, such as a city of several municipalities with the nation. NULL reference: the matrix itself.';

CREATE FUNCTION local_multipliers()
RETURNS TABLE(method text, place text, nontradable float8, tradable float8, jobs float8, source text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT v.method, v.place, v.nontradable, v.tradable, v.jobs, v.source
	FROM (VALUES ('faggio_overman_2014', 'England', 0.5::float8, -0.4::float8, 1.1::float8,
				  'Faggio and Overman 2014, Journal of Urban Economics 79:91: public jobs bring non-tradable private ones and displace tradable ones'),
				 ('baek_sejong', 'Sejong', NULL, NULL, 2.27,
				  'Baek, on the move of ministries to Sejong: private jobs for each official, mostly in services')) v(method, place, nontradable, tradable, jobs, source)
	ORDER BY v.jobs;
END;
COMMENT ON FUNCTION local_multipliers() IS
'Local multipliers that were measured after public jobs had come: private jobs in non-tradable and tradable sectors for each public one (NULL = not told apart), and all jobs for each, itself included.';

CREATE FUNCTION arrival_impact(r sector_matrix, m activity_matrix, region region_code, p sector_profile, jobs float8, labour sector_profile,
							   delta float8 DEFAULT 0.3, reference activity_matrix DEFAULT NULL)
RETURNS TABLE(method text, jobs_multiplier float8, direct_jobs float8, indirect_jobs float8, total_jobs float8,
			  output_multiplier float8, direct_output float8, indirect_output float8, total_output float8, coverage float8, source text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 100000 ROWS 5
BEGIN ATOMIC
	WITH coefficient AS MATERIALIZED (
		SELECT 1 AS place, 'flq' AS method, regional_coefficients(r, m, region, 'flq', delta, reference) AS a,
			   'what the region supplies itself, by Flegg''s location quotients' AS source
		UNION ALL
		SELECT 2, 'slq', regional_coefficients(r, m, region, 'slq', delta, reference), 'what the region supplies itself, by simple location quotients'
		UNION ALL
		SELECT 3, 'national', r, 'wherever in the table''s own area it falls'
	), inverse AS MATERIALIZED (
		-- what the region's matrix does not know comes from elsewhere; negative cells of published tables are by-products, which no arrival brings
		SELECT c.place, c.method, c.source, leontief_inverse((SELECT sector_matrix_agg(x.sector_a, x.sector_b, x.value) FROM pairs(c.a) x WHERE x.value > 0)) AS l
		FROM coefficient c WHERE c.a IS NOT NULL
	), direct AS MATERIALIZED (
		SELECT w.sector, w.weight / total(p) AS share,
			   (SELECT nullif(e.weight, 0) FROM weights(arrival_impact.labour) e WHERE e.sector @> w.sector ORDER BY e.sector DESC LIMIT 1) AS labour
		FROM weights(p) w WHERE w.weight > 0
	), chain AS (
		SELECT i.place, i.method, i.source, sum(d.share ORDER BY d.sector) FILTER (WHERE d.labour > 0) AS covered,
			   sum(d.share ORDER BY d.sector) FILTER (WHERE d.labour IS NULL) AS missing,
			   sum(d.share * coalesce(x.jobs, 1) ORDER BY d.sector) FILTER (WHERE d.labour > 0) AS jobs,
			   sum(d.share / d.labour ORDER BY d.sector) AS output,
			   sum(d.share / d.labour * coalesce(x.output, 1) ORDER BY d.sector) AS total_output
		FROM inverse i CROSS JOIN direct d LEFT JOIN LATERAL multipliers(i.l, coalesce(arrival_impact.labour, '{}')) x ON x.sector = d.sector
		GROUP BY i.place, i.method, i.source
	), effect AS (
		SELECT c.place, c.method, c.source, CASE WHEN c.covered IS NULL THEN 0 ELSE 1 - coalesce(c.missing, 0) END AS coverage, c.jobs / c.covered AS jobs, c.total_output / c.output AS total_output,
			   c.output / c.covered AS output
		FROM chain c
		UNION ALL
		SELECT 3 + row_number() OVER (ORDER BY l.jobs), l.method, l.source, 1, l.jobs, NULL, NULL
		FROM local_multipliers() l WHERE EXISTS (SELECT FROM chain)
	), arrival AS (
		SELECT CASE WHEN arrival_impact.jobs > '-Infinity' AND arrival_impact.jobs < 'Infinity' THEN arrival_impact.jobs END AS n
	)
	SELECT e.method, e.jobs, a.n, a.n * (e.jobs - 1), a.n * e.jobs, e.total_output, a.n * e.output, a.n * e.output * (e.total_output - 1),
		   a.n * e.output * e.total_output, e.coverage, e.source
	FROM effect e CROSS JOIN arrival a ORDER BY e.place;
END;
COMMENT ON FUNCTION arrival_impact(sector_matrix, activity_matrix, region_code, sector_profile, float8, sector_profile, float8, activity_matrix) IS
'Jobs and output that an arrival brings, itself (direct) and along its chain of suppliers (indirect), a row a method, so that the answer is a range: flq (low), slq (high) within the region, national without regard to place, then multipliers measured elsewhere (see local_multipliers; jobs only). r: national input coefficients without imports; p: the arrival''s profile and labour: jobs per unit of output, both in r''s sectors. jobs may be negative (a departure), NULL gives multipliers alone. No rows without r or p. coverage: share of the profile that has labour, to which the rest is taken to be alike. What the arrival''s people spend is in the measured multipliers only.';
