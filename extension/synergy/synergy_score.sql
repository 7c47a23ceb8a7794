
--
-- The score
--

CREATE FUNCTION synergy_score(parts float8[], weights float8[], power float8 DEFAULT 1, OUT score numeric, OUT coverage numeric)
AS 'MODULE_PATHNAME', 'innocity_synergy_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION synergy_score(float8[], float8[], float8) IS
'Weighted power mean of the parts (0 to 1) that are not NULL, rounded half up to 9 decimals, and the share of the weight that they carry. power 1 = weighted mean, 0 = geometric mean of parts floored at 0.01. Without any weight on known parts the score is NULL and the coverage 0.';
