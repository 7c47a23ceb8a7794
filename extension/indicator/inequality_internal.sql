
--
-- Support functions of the inequality aggregates of version 1.0, whose state was internal: for aggregates that users made of them
--

CREATE FUNCTION inequality_sums_combine(internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_combine(internal, internal) IS
'Joins two states of an aggregate that keeps exact sums.';

CREATE FUNCTION inequality_sums_serialize(internal) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_serialize(internal) IS
'State of an aggregate that keeps exact sums, for another process of the server.';

CREATE FUNCTION inequality_sums_deserialize(bytea, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_deserialize(bytea, internal) IS
'Reverse of inequality_sums_serialize.';

CREATE FUNCTION inequality_pairs_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_accumulate(internal, float8) IS
'Adds a row to an aggregate that keeps all values.';

CREATE FUNCTION inequality_pairs_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_accumulate(internal, float8, float8) IS
'Adds a row with a weight or reference to an aggregate that keeps all values.';

CREATE FUNCTION inequality_pairs_combine(internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_combine(internal, internal) IS
'Joins two states of an aggregate that keeps all values.';

CREATE FUNCTION inequality_pairs_serialize(internal) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_serialize(internal) IS
'State of an aggregate that keeps all values, for another process of the server.';

CREATE FUNCTION inequality_pairs_deserialize(bytea, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_deserialize(bytea, internal) IS
'Reverse of inequality_pairs_serialize.';

CREATE FUNCTION gini_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_final(internal) IS
'Result of gini.';

CREATE FUNCTION hoover_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_hoover_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_final(internal) IS
'Result of hoover.';

CREATE FUNCTION krugman_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_krugman_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION krugman_final(internal) IS
'Result of krugman.';

CREATE FUNCTION gini_normalized_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_normalized_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_normalized_final(internal) IS
'Result of gini_normalized.';
