
--
-- The score
--

CREATE FUNCTION synergy_score(parts float8[], weights float8[], power float8 DEFAULT 1, OUT score numeric, OUT coverage numeric)
AS 'MODULE_PATHNAME', 'innocity_synergy_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION synergy_score(float8[], float8[], float8) IS
'Weighted power mean of the parts (0 to 1) that are not NULL, rounded half up to 9 decimals, and the share of the weight that they carry. power 1 = weighted mean, 0 = geometric mean of parts floored at 0.01. Without any weight on known parts the score is NULL and the coverage 0.';

CREATE FUNCTION synergy_needed(parts float8[], weights float8[], power float8, score float8) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_synergy_needed' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION synergy_needed(float8[], float8[], float8, float8) IS
'For each part the value (0 to 1) at which synergy_score would be the given score, all other parts equal; NULL where no value does that, the part is NULL, or it has no weight. The exact inverse of the weighted power mean in one part.';
