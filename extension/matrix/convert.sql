-- convert: sectors of one classification into those of another.

CREATE FUNCTION convert(matrix activity_matrix, bridge sector_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_convert_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION convert(activity_matrix, sector_matrix) IS
'Sectors through a concordance: each bridge row counts as normalised to 1, a sector takes the row of its nearest listed ancestor, one without a row is an error; totals stay exact.';

CREATE FUNCTION convert(matrix sector_matrix, bridge sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_convert_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION convert(sector_matrix, sector_matrix) IS
'Both sectors of every pair through a concordance, by the rules of convert(activity_matrix, sector_matrix): flows between sectors of another classification, with the same exact total.';

CREATE FUNCTION convert(profile sector_profile, bridge sector_matrix) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_convert_sector_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION convert(sector_profile, sector_matrix) IS
'Sectors through a concordance: each bridge row counts as normalised to 1, a sector takes the row of its nearest listed ancestor, one without a row is an error; the total stays exact.';

CREATE FUNCTION same_scheme(profile sector_profile, matrix activity_matrix) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_same_scheme' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION same_scheme(sector_profile, activity_matrix) IS
'The profile itself when all its sectors are of a scheme and edition that sectors of the matrix have (any profile for an empty matrix); else an error, because adding them up would put the same jobs beside each other under two names.';
