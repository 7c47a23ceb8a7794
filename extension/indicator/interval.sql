
--
-- Limits of location quotients
--

CREATE FUNCTION location_quotient_ci(m activity_matrix, confidence float8 DEFAULT 0.95, observations region_value[] DEFAULT NULL)
RETURNS TABLE(region region_code, sector sector_code, value float8, low float8, high float8, observations_used float8)
AS 'MODULE_PATHNAME', 'innocity_location_quotient_ci' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION location_quotient_ci(activity_matrix, float8, region_value[]) IS
'Location quotient of every region and sector with the limits that Wilson''s interval (1927) gives for the sector''s share in the region, the share in the whole table taken as known. observations: how many each region''s row rests on (of a weighted survey the effective number, 1 / herfindahl(weight)); NULL = the cells are counts and their total is the number. NULL limits for a region without any.';
