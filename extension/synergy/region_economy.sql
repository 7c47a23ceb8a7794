--
-- The economy of each region as the score reads it
--

CREATE FUNCTION region_sectors(m activity_matrix, reference activity_matrix DEFAULT NULL,
                               OUT region region_code, OUT sector sector_code, OUT value float8, OUT location_quotient float8, OUT present boolean) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_region_sectors' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20000;
COMMENT ON FUNCTION region_sectors(activity_matrix, activity_matrix) IS
'Every sector of m or the reference in every region of m, one row each: its amount, 0 where there is none, its location quotient, NULL where the reference has nothing of the sector, and whether that is at least 1, tested exactly. reference NULL: m itself; m NULL: no rows.';

CREATE FUNCTION region_economies(m activity_matrix, reference activity_matrix, supply_route sector_matrix, staff_route sector_matrix,
                                 OUT region region_code, OUT activity float8, OUT localization sector_matrix,
                                 OUT present sector_profile, OUT supply sector_profile, OUT staff sector_profile) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_region_economies' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 200;
COMMENT ON FUNCTION region_economies(activity_matrix, activity_matrix, sector_matrix, sector_matrix) IS
'The economy of each region of m beside the reference (NULL: m itself), one row a region: activity, the sum of its amounts; localization, LQ / (1 + LQ) of each sector on the diagonal; present, 1 for each sector whose location quotient is at least 1; supply, for each row of supply_route min(1, sum of share x LQ) over the sectors it leads to, and staff likewise. A route that is NULL gives NULL; m NULL: no rows.';
