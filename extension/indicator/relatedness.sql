
--
-- Relatedness of sectors, density around them
--

CREATE FUNCTION relatedness(m activity_matrix, method text DEFAULT 'proximity', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness(activity_matrix, text, text) IS
'How close every two sectors are, from the regions in which both are present (dimensionless, >= 0). method: proximity (smaller conditional probability), sqrt, asymmetric, correlation, jaccard, cosine, association, probability. A ratio over the sectors of the source; NULL for a sector present nowhere.';

CREATE FUNCTION cooccurrence(m activity_matrix, statistic text DEFAULT 'count', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_cooccurrence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cooccurrence(activity_matrix, text, text) IS
'Number of regions in which two sectors are present together (''count''; the diagonal is the ubiquity), or its z-score against independent presence (''zscore''; NULL on the diagonal and for a sector present nowhere or everywhere).';

CREATE FUNCTION relatedness_density(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false,
									presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness_density' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness_density(activity_matrix, sector_matrix, int, bool, text) IS
'Share of a sector''s relatedness to other sectors that is present in the region (0 to 1), for every region and sector. r: relatedness, NULL = proximity of m itself; k: only the k most related sectors, NULL = all; self: the own sector counts too. NULL where no sector is related.';
