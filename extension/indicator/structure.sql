
--
-- Specialisation of regions, concentration of sectors, variety
--

CREATE TYPE region_value AS (region region_code, value float8);
COMMENT ON TYPE region_value IS
'A number for a region, such as its population or income: functions take ARRAY(SELECT (region, value)::region_value FROM ...).';
COMMENT ON COLUMN region_value.region IS 'The region.';
COMMENT ON COLUMN region_value.value IS 'Its number, in the unit that the function names.';

CREATE FUNCTION specialization(m activity_matrix)
RETURNS TABLE(region region_code, krugman float8, hachman float8, coefficient float8, herfindahl float8, entropy float8)
AS 'MODULE_PATHNAME', 'innocity_specialization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION specialization(activity_matrix) IS
'How a region''s sectors differ from the whole table''s: Krugman index (0 to 2), Hachman index (1 = same structure, towards 0 = unlike), coefficient of specialization (half of Krugman), and its own Herfindahl index (1/n to 1) and entropy (natural units).';

CREATE FUNCTION concentration(m activity_matrix)
RETURNS TABLE(sector sector_code, locational_gini float8, hoover float8, herfindahl float8, krugman float8)
AS 'MODULE_PATHNAME', 'innocity_concentration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION concentration(activity_matrix) IS
'How a sector''s regions differ from the whole table''s: locational Gini (Gini of location quotients weighted by the regions'' size, 0 to 1), Hoover index (0 to 1), Herfindahl index of its regions (1/n to 1), Krugman index (twice Hoover).';

CREATE FUNCTION variety(m activity_matrix, level int)
RETURNS TABLE(region region_code, related float8, unrelated float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_variety' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION variety(activity_matrix, int) IS
'Entropy of a region''s sectors (natural units) and its two parts: unrelated, between the codes of that level (1 = sections), and related, inside them. A code above that level is a group of its own.';

CREATE FUNCTION theil_decomposition(m activity_matrix, region_level int, population region_value[] DEFAULT NULL)
RETURNS TABLE(sector sector_code, between_groups float8, within_groups float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_theil_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION theil_decomposition(activity_matrix, int, region_value[]) IS
'Theil T inequality among regions of every sector, and without a code of all sectors together, divided into a part between the regions of that level (1 = provinces) and a part within them. population makes it inequality per head; without it each region counts once.';

CREATE FUNCTION theil_l_decomposition(m activity_matrix, region_level int, population region_value[] DEFAULT NULL)
RETURNS TABLE(sector sector_code, between_groups float8, within_groups float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_theil_l_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION theil_l_decomposition(activity_matrix, int, region_value[]) IS
'Theil L inequality (mean log deviation) among regions of every sector, and without a code of all sectors together, divided into a part between the regions of that level (1 = provinces) and a part within them. population makes it inequality per head. NULL for a sector that is missing in a region, for it is infinite then.';
