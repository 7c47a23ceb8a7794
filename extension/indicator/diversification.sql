
--
-- Ways to more complexity
--

CREATE FUNCTION eci_optimization(m activity_matrix, region region_code, gain float8 DEFAULT 0.1, cost activity_matrix DEFAULT NULL, pci sector_value[] DEFAULT NULL,
								 presence text DEFAULT 'lq', effort bigint DEFAULT 1000000)
RETURNS TABLE(sector sector_code, pci float8, cost float8, eci_before float8, eci_target float8, eci_after float8, status text)
AS 'MODULE_PATHNAME', 'innocity_eci_optimization' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10;
COMMENT ON FUNCTION eci_optimization(activity_matrix, region_code, float8, activity_matrix, sector_value[], text, bigint) IS
'The cheapest set of sectors that a region lacks which would raise its complexity, the mean of its sectors'' complexities (these held), by gain (Stojkoski and Hidalgo 2026). cost: of each region and sector; negative ones count as 0, a NULL or a sector that it does not list rules the sector out; NULL = distance, 1 - relatedness_density. pci: sector complexities, NULL = of m itself. status: optimal; reached = no sector needed; infeasible, with the most that can be had; not proven = effort, the nodes of the search, ran out before the set was proven the cheapest; or why the region has no complexity (see economic_complexity): one row without a sector then. No rows for a region that m does not list.';
