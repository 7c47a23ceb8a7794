
--
-- Uncertainty
--

CREATE FUNCTION bootstrap(m activity_matrix, statistic text, samples int DEFAULT 1000, confidence float8 DEFAULT 0.95, seed bigint DEFAULT 1)
RETURNS TABLE(region region_code, sector sector_code, value float8, low float8, high float8, status text)
AS 'MODULE_PATHNAME', 'innocity_bootstrap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 1000;
COMMENT ON FUNCTION bootstrap(activity_matrix, text, int, float8, bigint) IS
'Estimate and bootstrap bounds of an indicator when the cells are counts that are drawn again (Poisson, seeded). statistic: location_quotient, relatedness_density, economic_complexity, complexity_rank (1 = most complex), sector_complexity, sector_complexity_rank. status tells how many samples had no result; bounds are those of the others.';

CREATE FUNCTION bootstrap_relatedness(m activity_matrix, method text DEFAULT 'proximity', samples int DEFAULT 1000, confidence float8 DEFAULT 0.95, seed bigint DEFAULT 1)
RETURNS TABLE(sector_a sector_code, sector_b sector_code, value float8, low float8, high float8, status text)
AS 'MODULE_PATHNAME', 'innocity_bootstrap_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 1000;
COMMENT ON FUNCTION bootstrap_relatedness(activity_matrix, text, int, float8, bigint) IS
'Relatedness of every pair of sectors, by a method of relatedness, and its bootstrap bounds when the cells are counts that are drawn again (Poisson, seeded). A pair comes once; in both orders with ''asymmetric''. status tells how many samples had no result; bounds are those of the others.';
