
--
-- Two dates compared
--

CREATE FUNCTION shift_share(m0 activity_matrix, m1 activity_matrix, method text DEFAULT 'dunn')
RETURNS TABLE(region region_code, sector sector_code, actual float8, "national" float8, industry_mix float8, regional float8, allocation float8)
AS 'MODULE_PATHNAME', 'innocity_shift_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION shift_share(activity_matrix, activity_matrix, text) IS
'Change from m0 to m1 of every region and sector (in the unit of the matrices), divided into national growth, industry mix, the region''s own part and (esteban) allocation. method: dunn, esteban, dynamic. The parts add up to the actual change exactly, over any rows in any order.';

CREATE FUNCTION entry_exit(m0 activity_matrix, m1 activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, sector sector_code, change text)
AS 'MODULE_PATHNAME', 'innocity_entry_exit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION entry_exit(activity_matrix, activity_matrix, text) IS
'Sectors that became present in a region from m0 to m1 (''entry'') or ceased to be (''exit''). presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';
