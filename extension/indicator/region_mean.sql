
--
-- Means over the cells of a table, and the cluster index
--

CREATE FUNCTION pgi(m activity_matrix, gini region_value[], presence text DEFAULT 'lq') RETURNS TABLE(sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_pgi' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION pgi(activity_matrix, region_value[], text) IS
'Product Gini index of a sector (Hartmann et al. 2017): mean inequality of the regions in which it is present, weighted by its share in each (in the unit of gini). Regions without a value are left out; NULL when none is left.';

CREATE FUNCTION peii(m activity_matrix, emissions region_value[], presence text DEFAULT 'lq') RETURNS TABLE(sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_peii' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION peii(activity_matrix, region_value[], text) IS
'Product emission intensity index of a sector (Romero and Gramkow 2021): mean emission intensity of the regions in which it is present, weighted by its share in each (in the unit of emissions). Regions without a value are left out; NULL when none is left.';

CREATE FUNCTION region_mean(m activity_matrix, value sector_value[]) RETURNS TABLE(region region_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_region_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION region_mean(activity_matrix, sector_value[]) IS
'Mean of numbers of sectors in each region, weighted by the region''s amounts in them (in their unit). Sectors without a number are left out; NULL when none is left.';

CREATE FUNCTION sector_mean(m activity_matrix, value region_value[]) RETURNS TABLE(sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_sector_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION sector_mean(activity_matrix, region_value[]) IS
'Mean of numbers of regions (of any sign) in each sector, weighted by the sector''s amounts in them (in their unit). Regions without a number are left out; NULL when none is left.';

CREATE FUNCTION cluster_index(m activity_matrix, firms activity_matrix, area region_value[], population region_value[]) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_cluster_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cluster_index(activity_matrix, activity_matrix, region_value[], region_value[]) IS
'Cluster index of Litzenberger and Sternberg (2006) of every cell (>= 0, 1 = as on average): density of a sector''s jobs per area times jobs per head over the size of its firms, each relative to all regions. m: jobs, firms: numbers of firms, in the same codes. A ratio; NULL for a region without area or population, which does not count among all, and for a sector without firms.';
