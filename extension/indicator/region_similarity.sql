
--
-- Location quotients beside each other, and the core of a table
--

CREATE FUNCTION standardized_lq(m activity_matrix, logarithm bool DEFAULT false) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_standardized_lq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION standardized_lq(activity_matrix, bool) IS
'Location quotient of every cell less the mean of its sector over all regions, in population standard deviations (O''Donoghue and Gleave 2004); logarithm: of the logarithms of the quotients that are positive (Tian 2013), the others are NULL. NULL where all regions are alike.';

CREATE FUNCTION region_similarity(m activity_matrix, region region_code DEFAULT NULL, epsilon float8 DEFAULT 0.1)
RETURNS TABLE(region_a region_code, region_b region_code, similarity float8)
AS 'MODULE_PATHNAME', 'innocity_region_similarity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION region_similarity(activity_matrix, region_code, float8) IS
'How alike regions are in what they are specialised in: correlation of ln(location quotient + epsilon) over the sectors (-1 to 1; Bahar, Hausmann and Hidalgo 2014). One row for every two regions, or for the given one with each other. NULL where a region has all sectors alike.';

CREATE FUNCTION normalized_ubiquity(m activity_matrix, presence text DEFAULT 'lq') RETURNS TABLE(sector sector_code, value float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	SELECT u.sector, CASE WHEN u.value > 0 THEN (t.value / total(normalized_ubiquity.m)) / (u.value::float8 / sum(u.value) OVER ()) END
	FROM ubiquity(normalized_ubiquity.m, normalized_ubiquity.presence) u JOIN sector_totals(normalized_ubiquity.m) t ON t.sector = u.sector
	ORDER BY u.sector;
END;
COMMENT ON FUNCTION normalized_ubiquity(activity_matrix, text) IS
'Share of a sector in all amounts over its share in all presences (> 0): high for what is done much, but in few regions (Balland and Rigby 2017). NULL for a sector present nowhere.';

CREATE FUNCTION trim_core(m activity_matrix, min_diversity int DEFAULT 1, min_ubiquity int DEFAULT 1, presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_trim_core' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION trim_core(activity_matrix, int, int, text) IS
'The core of a sparse table: regions with fewer sectors present than min_diversity and sectors present in fewer regions than min_ubiquity are taken out, again and again, since location quotients change with each, until all that are left have as many. Cells stay as they are, exact sums too. May be empty.';
