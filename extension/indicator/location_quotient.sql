
--
-- Location quotients, presence
--

CREATE FUNCTION location_quotient(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_location_quotient' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION location_quotient(activity_matrix, activity_matrix) IS
'Location quotient of every cell: share of the sector in the region / its share in the reference (dimensionless, >= 0, 1 = as in the reference). The reference is the matrix itself, or another one such as the nation for a city. A ratio over the codes of the source; NULL where the reference has nothing of the sector.';

CREATE FUNCTION rca(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_location_quotient' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rca(activity_matrix, activity_matrix) IS
'Revealed comparative advantage (Balassa index): another name of location_quotient.';

CREATE FUNCTION symmetric_lq(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_symmetric_lq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION symmetric_lq(activity_matrix, activity_matrix) IS
'Symmetric location quotient (LQ - 1) / (LQ + 1) of every cell: -1 = absent, 0 = as in the reference, towards 1 = only here (dimensionless). NULL where the location quotient is.';

CREATE FUNCTION rsca(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_symmetric_lq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rsca(activity_matrix, activity_matrix) IS
'Revealed symmetric comparative advantage (Laursen): another name of symmetric_lq, (LQ - 1) / (LQ + 1), -1 to 1. NULL where the location quotient is.';

CREATE FUNCTION additive_lq(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_additive_lq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION additive_lq(activity_matrix, activity_matrix) IS
'Additive location quotient of every cell: share of the sector in the region - its share in the reference (-1 to 1, adds up to 0 over the sectors of a region).';

CREATE FUNCTION specialized(m activity_matrix, threshold float8 DEFAULT 1, strict bool DEFAULT false, reference activity_matrix DEFAULT NULL)
RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_specialized' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION specialized(activity_matrix, float8, bool, activity_matrix) IS
'1 where the location quotient is at least the threshold (above it if strict), else 0; decided exactly, without rounding. A ratio over the codes of the source, to be used with presence => ''given''.';

CREATE FUNCTION has_rca(x numeric, x_region numeric, x_sector numeric, x_total numeric, threshold numeric DEFAULT 1, strict bool DEFAULT false) RETURNS bool
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN least(x, threshold) >= 0 AND least(x_region, x_sector, x_total) > 0
				AND greatest(x, x_region, x_sector, x_total, threshold) < 'infinity'
			THEN CASE WHEN strict THEN x * x_total > threshold * x_region * x_sector ELSE x * x_total >= threshold * x_region * x_sector END END;
COMMENT ON FUNCTION has_rca(numeric, numeric, numeric, numeric, numeric, bool) IS
'Is the location quotient of an amount x, with the totals of its region, its sector and all, at least the threshold (above it if strict)? Decided exactly, by products. NULL where there is no quotient: a total of 0, or an amount that is negative or not finite.';

CREATE FUNCTION diversity(m activity_matrix, presence text DEFAULT 'lq') RETURNS TABLE(region region_code, value int)
AS 'MODULE_PATHNAME', 'innocity_diversity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION diversity(activity_matrix, text) IS
'Number of sectors present in each region. presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';

CREATE FUNCTION ubiquity(m activity_matrix, presence text DEFAULT 'lq') RETURNS TABLE(sector sector_code, value int)
AS 'MODULE_PATHNAME', 'innocity_ubiquity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION ubiquity(activity_matrix, text) IS
'Number of regions in which each sector is present. presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';
