
--
-- Complexity of regions and sectors
--

CREATE FUNCTION economic_complexity(m activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, eci float8, diversity int, status text)
AS 'MODULE_PATHNAME', 'innocity_economic_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION economic_complexity(activity_matrix, text) IS
'Economic complexity index of every region (mean 0, population standard deviation 1), rising with diversity. status: ok; absent = no sector; disconnected = the table falls apart, naming the component; degenerate = the second eigenvalue is 0 or not separated. eci is NULL unless ok.';

CREATE FUNCTION sector_complexity(m activity_matrix, presence text DEFAULT 'lq', own_scale bool DEFAULT false)
RETURNS TABLE(sector sector_code, pci float8, ubiquity int, status text)
AS 'MODULE_PATHNAME', 'innocity_sector_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION sector_complexity(activity_matrix, text, bool) IS
'Complexity of every sector on the scale of the regions'' index, so that a region''s is the mean of its sectors''; own_scale: mean 0 and standard deviation 1 over sectors. status as in economic_complexity.';

CREATE FUNCTION complexity_summary(m activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(regions int, sectors int, components int, second_eigenvalue float8, third_eigenvalue float8, correlation float8, status text)
AS 'MODULE_PATHNAME', 'innocity_complexity_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1;
COMMENT ON FUNCTION complexity_summary(activity_matrix, text) IS
'How far the complexity of a table can be trusted: regions and sectors that take part, connected components, the two eigenvalues whose gap separates the index, and the correlation of the index with diversity (a low one means that the sign is weakly founded).';

CREATE FUNCTION region_fitness(m activity_matrix, iterations int DEFAULT 1000, tolerance float8 DEFAULT 1e-9, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, fitness float8, steps int, status text)
AS 'MODULE_PATHNAME', 'innocity_region_fitness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION region_fitness(activity_matrix, int, float8, text) IS
'Fitness of every region (mean 1). Iterates until no fitness changes by more than the tolerance, relatively; a nested table may never get there, which status says.';

CREATE FUNCTION sector_fitness(m activity_matrix, iterations int DEFAULT 1000, tolerance float8 DEFAULT 1e-9, presence text DEFAULT 'lq')
RETURNS TABLE(sector sector_code, fitness float8, steps int, status text)
AS 'MODULE_PATHNAME', 'innocity_sector_fitness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION sector_fitness(activity_matrix, int, float8, text) IS
'Complexity of every sector by the fitness method (mean 1): low where unfit regions have it too. See region_fitness.';

CREATE FUNCTION reflections(m activity_matrix, steps int, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, value float8, standardized float8)
AS 'MODULE_PATHNAME', 'innocity_reflections' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION reflections(activity_matrix, int, text) IS
'Method of reflections: k of that many steps for every region (0 = diversity), and its deviation from the mean in population standard deviations, which keeps its digits when all values have converged. NULL for a region without sectors.';

CREATE FUNCTION sector_reflections(m activity_matrix, steps int, presence text DEFAULT 'lq')
RETURNS TABLE(sector sector_code, value float8, standardized float8)
AS 'MODULE_PATHNAME', 'innocity_sector_reflections' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION sector_reflections(activity_matrix, int, text) IS
'Method of reflections for sectors: k of that many steps (0 = ubiquity, 1 = mean diversity of the regions that have it), and its deviation from the mean in population standard deviations. With odd steps high is complex, with even ones low. NULL for a sector present nowhere.';
