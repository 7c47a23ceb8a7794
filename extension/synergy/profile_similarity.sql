
--
-- Parts of the score: a profile against another one, and against a region
--

CREATE FUNCTION profile_similarity(a sector_profile, b sector_profile) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_profile_similarity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION profile_similarity(sector_profile, sector_profile) IS
'Cosine of two profiles in which related codes count in part, by tree_similarity (0 = no section in common, 1 = equal profiles; dimensionless). NULL when a profile has no weight.';

CREATE FUNCTION weighted_mean(p sector_profile, m activity_matrix, region region_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_weighted_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION weighted_mean(sector_profile, activity_matrix, region_code) IS
'Mean of a region''s cells over the sectors of a profile, weighted by it (in the unit of the matrix). A ratio is read through nearest listed ancestors, and sectors without a value are left out; NULL when none has one.';
