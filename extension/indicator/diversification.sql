
--
-- Ways to more complexity
--

CREATE FUNCTION eci_optimization(m activity_matrix, region region_code, gain float8 DEFAULT 0.1, cost activity_matrix DEFAULT NULL, pci sector_value[] DEFAULT NULL,
								 presence text DEFAULT 'lq', effort bigint DEFAULT 1000000)
RETURNS TABLE(sector sector_code, pci float8, cost float8, eci_before float8, eci_target float8, eci_after float8, status text)
AS 'MODULE_PATHNAME', 'innocity_eci_optimization' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10;
COMMENT ON FUNCTION eci_optimization(activity_matrix, region_code, float8, activity_matrix, sector_value[], text, bigint) IS
'The cheapest set of sectors that a region lacks which would raise its complexity, the mean of its sectors'' complexities (these held), by gain (Stojkoski and Hidalgo 2026). cost: of each region and sector; negative ones count as 0, a NULL or a sector that it does not list rules the sector out; NULL = distance, 1 - relatedness_density. pci: sector complexities, NULL = of m itself. status: optimal; reached = no sector needed; infeasible, with the most that can be had; not proven = effort, the nodes of the search, ran out before the set was proven the cheapest; or why the region has no complexity (see economic_complexity): one row without a sector then. No rows for a region that m does not list.';

CREATE FUNCTION specialization_model(m0 activity_matrix, m1 activity_matrix, m2 activity_matrix)
RETURNS TABLE(term text, coefficient float8, error float8, p_value float8, number bigint)
AS 'MODULE_PATHNAME', 'innocity_specialization_model' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 5;
COMMENT ON FUNCTION specialization_model(activity_matrix, activity_matrix, activity_matrix) IS
'What new specialisations followed from, over three dates: regression of ln(1 + location quotient) at m2 on that at m1 (stepping_stone) and m0 (initial), and on relatedness density and relative relatedness at m0, over the regions and sectors that all three list and the region lacked at m0 (Stojkoski and Hidalgo 2026); number of these cells. NULL where they do not determine it; the constant has no error.';

CREATE FUNCTION specialization_effort(m0 activity_matrix, m1 activity_matrix, m2 activity_matrix, m activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_specialization_effort' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION specialization_effort(activity_matrix, activity_matrix, activity_matrix, activity_matrix) IS
'How much location quotient a region would have to gain in a sector that it lacks in m, as far on as m1 is after m0, so that specialization_model foresees one of 1 as far on as m2 is; 0 or less = foreseen without. A cost for eci_optimization. NULL for sectors present, where all of a region''s options are alike, and where the model has no positive stepping stone.';

CREATE FUNCTION diversification_path(m activity_matrix, region region_code, strategy text DEFAULT 'greedy', r sector_matrix DEFAULT NULL, threshold float8 DEFAULT 0.55,
									 base float8 DEFAULT 1, exponent float8 DEFAULT 1, presence text DEFAULT 'lq')
RETURNS TABLE(step int, sector sector_code, neighbours int, related float8, waiting_time float8, total_time float8)
AS 'MODULE_PATHNAME', 'innocity_diversification_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION diversification_path(activity_matrix, region_code, text, sector_matrix, float8, float8, float8, text) IS
'In which order a region may enter the sectors that it lacks, and how long it would wait (Alshamsi, Pinheiro and Hidalgo 2018): sectors related by at least the threshold are neighbours, and an entry has the probability base * (share of its neighbours present, related) ^ exponent a unit of time. strategy: greedy = the largest share next, majority = the most neighbours present, high_degree, low_degree = the most or fewest neighbours; ties: the smaller code. r: relatedness, NULL = proximity of m. Ends when no neighbour is left; no rows for a region that m does not list.';
