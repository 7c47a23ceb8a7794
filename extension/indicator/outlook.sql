
--
-- Options and incomes seen through sectors; plants
--

CREATE TYPE sector_value AS (sector sector_code, value float8);
COMMENT ON TYPE sector_value IS
'A number for a sector, such as its complexity: functions take ARRAY(SELECT (sector, value)::sector_value FROM ...).';
COMMENT ON COLUMN sector_value.sector IS 'The sector.';
COMMENT ON COLUMN sector_value.value IS 'Its number, in the unit that the function names; may be negative.';

CREATE TYPE plant AS (region region_code, sector sector_code, size float8);
COMMENT ON TYPE plant IS 'A plant (establishment) for ellison_glaeser.';
COMMENT ON COLUMN plant.region IS 'Where it is.';
COMMENT ON COLUMN plant.sector IS 'Its sector.';
COMMENT ON COLUMN plant.size IS 'Its size, such as jobs (> 0).';

CREATE FUNCTION projected_complexity(m activity_matrix, pci sector_value[], presence text DEFAULT 'lq') RETURNS TABLE(region region_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_projected_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION projected_complexity(activity_matrix, sector_value[], text) IS
'Complexity of regions by sector complexities from elsewhere, such as a larger table''s: their mean over the sectors present, in their unit. Sectors without one are left out; NULL for a region where none is left.';

CREATE FUNCTION reference_complexity(m activity_matrix, reference activity_matrix, presence text DEFAULT 'lq', reference_presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, value float8, status text)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 250
BEGIN ATOMIC
	WITH pci AS MATERIALIZED (
		SELECT c.sector, c.pci FROM sector_complexity(reference_complexity.reference, reference_complexity.reference_presence) c
	), nearest AS (
		-- a finer code takes the complexity of its nearest ancestor in the reference, as ratios do
		SELECT ARRAY(SELECT (s.sector, (SELECT p.pci FROM pci p WHERE p.sector @> s.sector ORDER BY p.sector DESC LIMIT 1))::sector_value
					 FROM unnest(sectors(reference_complexity.m)) s(sector)) AS pci
	)
	SELECT v.region, v.value, CASE WHEN r.status <> 'ok' THEN r.status WHEN v.value IS NULL THEN 'absent' ELSE 'ok' END
	FROM nearest n, complexity_summary(reference_complexity.reference, reference_complexity.reference_presence) r,
		 LATERAL projected_complexity(reference_complexity.m, n.pci, reference_complexity.presence) v
	ORDER BY v.region;
END;
COMMENT ON FUNCTION reference_complexity(activity_matrix, activity_matrix, text, text) IS
'Complexity of regions on the scale of another table, such as a province''s districts on the nation''s: mean of the sector complexities of the reference over the sectors present in each. A sector that the reference lacks takes its nearest ancestor''s there, or is left out. status: ok; absent = no sector with a complexity is present; else why the reference has none (see economic_complexity), and value is NULL.';

CREATE FUNCTION complexity_outlook(m activity_matrix, r sector_matrix DEFAULT NULL, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, value float8, status text)
AS 'MODULE_PATHNAME', 'innocity_complexity_outlook' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION complexity_outlook(activity_matrix, sector_matrix, text) IS
'Complexity outlook index of every region: sum over the sectors it lacks of relatedness density times complexity. r: relatedness, NULL = proximity of m. NULL where complexity has no result, with the same status as economic_complexity.';

CREATE FUNCTION opportunity_gain(m activity_matrix, r sector_matrix DEFAULT NULL, presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_opportunity_gain' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION opportunity_gain(activity_matrix, sector_matrix, text) IS
'What a region''s complexity outlook would change by if it got one more sector, relatedness and complexities staying as they are. NULL for sectors present, and where complexity has no result.';

CREATE FUNCTION prody(m activity_matrix, income region_value[]) RETURNS TABLE(sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_prody' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION prody(activity_matrix, region_value[]) IS
'Income level of a sector: mean income of the regions, weighted by the sector''s share in each (in the unit of income). Regions without an income are left out; NULL when none is left.';

CREATE FUNCTION expy(m activity_matrix, income region_value[]) RETURNS TABLE(region region_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_expy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION expy(activity_matrix, region_value[]) IS
'Income level of a region''s sectors: mean prody, weighted by their shares in the region (in the unit of income).';

CREATE FUNCTION rpop(m activity_matrix, population region_value[]) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_rpop' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rpop(activity_matrix, region_value[]) IS
'Amount per head of a sector in a region, over the same in all regions that have a population (>= 0, 1 = average). NULL for a region without one.';

CREATE FUNCTION ellison_glaeser(plants plant[]) RETURNS TABLE(sector sector_code, gamma float8, number int)
AS 'MODULE_PATHNAME', 'innocity_ellison_glaeser' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION ellison_glaeser(plant[]) IS
'Ellison-Glaeser index of a sector''s agglomeration beyond the size of its plants (0 = as by chance, above 0.05 = concentrated), and how many plants it has. The sizes of regions are those of all plants given. NULL with one plant or one region.';

CREATE FUNCTION ellison_glaeser_test(plants plant[])
RETURNS TABLE(sector sector_code, gamma float8, number int, g float8, expected float8, herfindahl float8, z float8, p_value float8)
AS 'MODULE_PATHNAME', 'innocity_ellison_glaeser_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION ellison_glaeser_test(plant[]) IS
'ellison_glaeser with its test: g = squared distance of the sector''s regional shares from the regions'' sizes; expected = its mean when plants choose places by chance; herfindahl of the plants; z = (g - expected) over the standard deviation by chance (Ellison and Glaeser 1997), with its two-sided p-value by the normal distribution. z and p_value are NULL where chance leaves no choice, as with one plant or one region; gamma as in ellison_glaeser.';
