
--
-- Relatedness of sectors, density around them
--

CREATE FUNCTION relatedness(m activity_matrix, method text DEFAULT 'proximity', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness(activity_matrix, text, text) IS
'How close every two sectors are, from the regions in which both are present (dimensionless, >= 0). method: proximity (smaller conditional probability), sqrt, asymmetric, correlation, jaccard, cosine, association, probability. A ratio over the sectors of the source; NULL for a sector present nowhere.';

CREATE FUNCTION relatedness_pairs(m activity_matrix, sectors sector_code[] DEFAULT NULL, method text DEFAULT 'proximity', presence text DEFAULT 'lq')
RETURNS TABLE(sector_a sector_code, sector_b sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_relatedness_pairs' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION relatedness_pairs(activity_matrix, sector_code[], text, text) IS
'The rows of chosen sectors in relatedness(m, method, presence), as pairs() gives them, counted on demand for tables of any size: relatedness (dimensionless, >= 0), no row where it is 0, NULL where it is undefined. sectors: NULL = all; no rows for a code that m does not list.';

CREATE FUNCTION cooccurrence(m activity_matrix, statistic text DEFAULT 'count', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_cooccurrence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cooccurrence(activity_matrix, text, text) IS
'Number of regions in which two sectors are present together (''count''; the diagonal is the ubiquity), or its z-score against independent presence (''zscore''; NULL on the diagonal and for a sector present nowhere or everywhere), or the two-sided p-value of that z-score by the normal distribution (''pvalue'', 0 to 1; NULL where the z-score is).';

CREATE FUNCTION relatedness_density(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false,
									presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness_density' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness_density(activity_matrix, sector_matrix, int, bool, text) IS
'Share of a sector''s relatedness to other sectors that is present in the region (0 to 1), for every region and sector. r: relatedness, NULL = proximity of m itself; k: only the k most related sectors, NULL = all; self: the own sector counts too. NULL where no sector is related.';

CREATE FUNCTION distance(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_distance' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION distance(activity_matrix, sector_matrix, int, bool, text) IS
'Share of a sector''s relatedness that is missing in the region: 1 - relatedness_density (0 to 1), with the same arguments.';

CREATE FUNCTION relative_relatedness(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false,
									 presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_relative_relatedness' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relative_relatedness(activity_matrix, sector_matrix, int, bool, text) IS
'Relatedness density of the sectors that a region lacks, in population standard deviations from their mean in that region; NULL for sectors present, and where all are alike. Arguments as in relatedness_density.';

CREATE FUNCTION density_explain(m activity_matrix, region region_code, sector sector_code, r sector_matrix DEFAULT NULL, k int DEFAULT NULL,
								self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS TABLE(partner sector_code, relatedness float8, contribution float8)
AS 'MODULE_PATHNAME', 'innocity_density_explain' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION density_explain(activity_matrix, region_code, sector_code, sector_matrix, int, bool, text) IS
'Why a region''s density around a sector is what it is: every related sector with its relatedness and its contribution, which is 0 where the region lacks it. Contributions add up to the density. No rows for a region or sector that m does not list.';

CREATE FUNCTION density_candidates(m activity_matrix, regions region_code[] DEFAULT NULL, sectors sector_code[] DEFAULT NULL,
								   r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, sector sector_code, density float8)
AS 'MODULE_PATHNAME', 'innocity_density_candidates' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION density_candidates(activity_matrix, region_code[], sector_code[], sector_matrix, int, bool, text) IS
'Relatedness density (0 to 1) of chosen cells of relatedness_density, row by row, for tables of any size. regions: NULL = all; sectors: NULL = in each region those that it lacks. No rows for codes that m does not list. Other arguments and NULL as in relatedness_density.';

CREATE FUNCTION density_mean(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, present float8, absent float8)
AS 'MODULE_PATHNAME', 'innocity_density_mean' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION density_mean(activity_matrix, sector_matrix, int, bool, text) IS
'Mean relatedness density (0 to 1) around the sectors that a region has, how coherent it is, and around those that it lacks, how near its options are. Arguments as in relatedness_density; NULL where there is no such sector with a density.';

CREATE FUNCTION cross_proximity(m1 activity_matrix, m2 activity_matrix, presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_cross_proximity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cross_proximity(activity_matrix, activity_matrix, text) IS
'Proximity between the sectors of two tables (jobs and patents, say): smaller conditional probability of being present in the same region, over the regions that both list (0 to 1). NULL for a sector present in none of them.';

CREATE FUNCTION cross_density(m1 activity_matrix, m2 activity_matrix, presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_cross_density' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cross_density(activity_matrix, activity_matrix, text) IS
'Density around the sectors of one table by what a region has in another (jobs around patents, say): share of a sector of m2''s proximity to the sectors of m1 (cross_proximity) that is present in the region (0 to 1), for every region of m1 and sector of m2. NULL where no sector of m1 is near.';

CREATE FUNCTION skill_relatedness(flows sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_skill_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION skill_relatedness(sector_matrix) IS
'Skill-relatedness from moves between sectors (row to column): x = observed over expected moves, mapped to (x - 1) / (x + 1), the mean of both directions (-1 = never, 0 = as expected, towards 1). Moves inside a sector do not count; NULL on the diagonal and for a sector nobody leaves or enters.';

CREATE FUNCTION coagglomeration(m activity_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_coagglomeration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION coagglomeration(activity_matrix) IS
'Coagglomeration of two sectors (Ellison, Glaeser and Kerr 2010): covariance of their shares of the regions beyond the regions'' sizes, over 1 - sum of squared sizes (0 = none, > 0 = together). NULL when there is one region.';

CREATE FUNCTION group_coagglomeration(m activity_matrix, sectors sector_code[] DEFAULT NULL) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_group_coagglomeration' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION group_coagglomeration(activity_matrix, sector_code[]) IS
'Coagglomeration of a group of sectors (Ellison and Glaeser 1997, gamma^c): mean of the coagglomeration of its pairs, weighted by the product of their sizes (0 = none, > 0 = together). The group: the sectors of m in or below the codes given, NULL = all. NULL with fewer than two of them, or with one region.';

CREATE FUNCTION colocation(m activity_matrix, statistic text DEFAULT 'index') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_colocation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION colocation(activity_matrix, text) IS
'Colocation of two sectors (Howard, Newman and Tarp 2016): share of the pairs of a firm of one and a firm of the other that are in the same region (''index'', 0 to 1), or what of it is more than by chance, when the firms of both exchange their places (''excess'', -1 to 1). m: numbers of firms; ''index'' takes any amounts, such as jobs. NULL on the diagonal.';
