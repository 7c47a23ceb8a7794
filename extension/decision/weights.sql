-- Weights of criteria without pairwise judgements. Arrays are in the order of the criteria.

CREATE FUNCTION direct_weights(points float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_direct_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION direct_weights(float8[]) IS
'Weights from points given to the criteria (any numbers >= 0): points over their sum.';

CREATE FUNCTION swing_weights(points float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_swing_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION swing_weights(float8[]) IS
'Weights from swings: the change from worst to best that matters most has 100 points, the others are rated against it; points over their sum.';

CREATE FUNCTION rank_order_weights(ranks float8[], method text DEFAULT 'centroid') RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_rank_order_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rank_order_weights(float8[], text) IS
'Weights from ranks of importance (1 = most important; equal ranks share): centroid (ROC), sum or reciprocal.';

CREATE FUNCTION entropy_weights_transition(internal, float8[]) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_entropy_weights_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_weights_transition(internal, float8[]) IS 'Transition function of entropy_weights.';
CREATE FUNCTION entropy_weights_final(internal) RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_entropy_weights_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_weights_final(internal) IS 'Final function of entropy_weights; leaves the state as it is.';
CREATE AGGREGATE entropy_weights(criteria float8[]) (
    SFUNC = entropy_weights_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = entropy_weights_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE entropy_weights(float8[]) IS
'Weights from the data: one row of criteria (>= 0) per alternative; the less evenly a criterion is spread over the alternatives, the more it weighs. A constant criterion weighs 0; NULL when all are constant or there are fewer than two rows. Rows that are NULL or contain NULL are left out.';

CREATE FUNCTION critic_weights_transition(internal, float8[], text[]) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_critic_weights_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION critic_weights_transition(internal, float8[], text[]) IS 'Transition function of critic_weights.';
CREATE FUNCTION critic_weights_final(internal) RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_critic_weights_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION critic_weights_final(internal) IS 'Final function of critic_weights; leaves the state as it is.';
CREATE AGGREGATE critic_weights(criteria float8[], directions text[]) (
    SFUNC = critic_weights_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = critic_weights_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE critic_weights(float8[], text[]) IS
'Weights from the data (CRITIC): standard deviation after min-max scaling in the given directions (max or min), times the conflict with the other criteria. A constant criterion weighs 0; NULL when nothing varies, all that varies says the same, or there are fewer than two rows.';
