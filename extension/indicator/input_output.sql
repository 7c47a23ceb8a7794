
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

CREATE FUNCTION regional_coefficients(r sector_matrix, m activity_matrix, region region_code, method text DEFAULT 'flq', delta float8 DEFAULT 0.3)
RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_regional_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION regional_coefficients(sector_matrix, activity_matrix, region_code, text, float8) IS
'National input coefficients cut to what a region supplies itself, at most all of it: by its location quotient of the supplying sector (slq), or by Flegg''s (flq), supplier against buyer times the region''s size log2(1 + share)^delta. NULL for sectors of which the matrix lists no ancestor.';
