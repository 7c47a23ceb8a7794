-- Several experts: judgements and priorities to one matrix, agreement among experts.

CREATE FUNCTION aggregate_judgements_transition(internal, pairwise_matrix) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_aggregate_judgements_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION aggregate_judgements_transition(internal, pairwise_matrix) IS 'Transition function of aggregate_judgements.';
CREATE FUNCTION aggregate_judgements_transition(internal, pairwise_matrix, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_aggregate_judgements_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION aggregate_judgements_transition(internal, pairwise_matrix, float8) IS 'Transition function of aggregate_judgements with weights.';
CREATE FUNCTION aggregate_judgements_final(internal) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_aggregate_judgements_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION aggregate_judgements_final(internal) IS 'Final function of aggregate_judgements; leaves the state as it is.';

CREATE AGGREGATE aggregate_judgements(pairwise_matrix) (
    SFUNC = aggregate_judgements_transition, STYPE = internal, SSPACE = 2048,
    FINALFUNC = aggregate_judgements_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE aggregate_judgements(pairwise_matrix) IS
'Judgements of a group (AIJ): geometric mean of the experts'' judgements, pair by pair, of those who gave one. All must know the same criteria; NULL is skipped. The same bytes in any order.';
CREATE AGGREGATE aggregate_judgements(pairwise_matrix, weight float8) (
    SFUNC = aggregate_judgements_transition, STYPE = internal, SSPACE = 2048,
    FINALFUNC = aggregate_judgements_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE aggregate_judgements(pairwise_matrix, float8) IS
'Judgements of a group (AIJ) with weights of the experts (0, or 1e-6 to 1e6, relative): weighted geometric mean, pair by pair. NULL is skipped.';

CREATE FUNCTION aggregate_priorities_transition(internal, pairwise_matrix) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_aggregate_priorities_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION aggregate_priorities_transition(internal, pairwise_matrix) IS 'Transition function of aggregate_priorities.';
CREATE FUNCTION aggregate_priorities_transition(internal, pairwise_matrix, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_aggregate_priorities_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION aggregate_priorities_transition(internal, pairwise_matrix, float8) IS 'Transition function of aggregate_priorities with weights.';
CREATE FUNCTION aggregate_priorities_transition(internal, pairwise_matrix, float8, text, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_aggregate_priorities_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION aggregate_priorities_transition(internal, pairwise_matrix, float8, text, text) IS 'Transition function of aggregate_priorities with weights, mean and method.';
CREATE FUNCTION aggregate_priorities_final(internal) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_aggregate_priorities_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION aggregate_priorities_final(internal) IS 'Final function of aggregate_priorities; leaves the state as it is.';

CREATE AGGREGATE aggregate_priorities(pairwise_matrix) (
    SFUNC = aggregate_priorities_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = aggregate_priorities_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE aggregate_priorities(pairwise_matrix) IS
'Priorities of a group (AIP): geometric mean of the experts'' eigenvector weights, as the consistent matrix that has them (read them with ahp_weights). NULL is skipped.';
CREATE AGGREGATE aggregate_priorities(pairwise_matrix, weight float8) (
    SFUNC = aggregate_priorities_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = aggregate_priorities_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE aggregate_priorities(pairwise_matrix, float8) IS
'Priorities of a group (AIP) with weights of the experts (0, or 1e-6 to 1e6, relative). NULL is skipped.';
CREATE AGGREGATE aggregate_priorities(pairwise_matrix, weight float8, mean text, method text) (
    SFUNC = aggregate_priorities_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = aggregate_priorities_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE aggregate_priorities(pairwise_matrix, float8, text, text) IS
'Priorities of a group (AIP): mean is geometric or arithmetic, method (of each expert''s weights) eigenvector or geometric.';

CREATE FUNCTION agreement_transition(internal, pairwise_matrix) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_agreement_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION agreement_transition(internal, pairwise_matrix) IS 'Transition function of consensus, group_diversity and kendall_w: collects the experts'' eigenvector weights.';
CREATE FUNCTION consensus_final(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_consensus_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION consensus_final(internal) IS 'Final function of consensus; leaves the state as it is.';

CREATE AGGREGATE consensus(pairwise_matrix) (
    SFUNC = agreement_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = consensus_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE consensus(pairwise_matrix) IS
'How far experts agree about weights (Goepel''s AHP consensus on the scale 1 to 9): 1 = same weights, 0 = as different as the scale allows; below 0 beyond the scale. Experts whose judgements do not tie the criteria together are left out; NULL for fewer than two criteria.';

CREATE TYPE group_diversity AS (experts bigint, alpha float8, beta float8, gamma float8);
COMMENT ON TYPE group_diversity IS
'Shannon entropies (natural logarithm) behind a consensus: alpha = mean of the experts'' own, gamma = of their mean weights, beta = gamma - alpha.';
CREATE FUNCTION group_diversity_final(internal) RETURNS group_diversity
    AS 'MODULE_PATHNAME', 'innocity_group_diversity_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION group_diversity_final(internal) IS 'Final function of group_diversity; leaves the state as it is.';
CREATE AGGREGATE group_diversity(pairwise_matrix) (
    SFUNC = agreement_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = group_diversity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_diversity(pairwise_matrix) IS
'The entropies from which consensus is made, and the number of experts counted.';

CREATE FUNCTION kendall_w_matrix_final(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_kendall_w_matrix_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kendall_w_matrix_final(internal) IS 'Final function of kendall_w(pairwise_matrix); leaves the state as it is.';
CREATE AGGREGATE kendall_w(pairwise_matrix) (
    SFUNC = agreement_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = kendall_w_matrix_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kendall_w(pairwise_matrix) IS
'Kendall''s coefficient of concordance of the experts'' rankings of the criteria, corrected for ties (weights within 1e-10 tie): 0 = none, 1 = same ranking. NULL for fewer than two experts or criteria.';

CREATE FUNCTION kendall_w_transition(internal, float8[]) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_kendall_w_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kendall_w_transition(internal, float8[]) IS 'Transition function of kendall_w(float8[]).';
CREATE FUNCTION kendall_w_final(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_kendall_w_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kendall_w_final(internal) IS 'Final function of kendall_w(float8[]); leaves the state as it is.';
CREATE AGGREGATE kendall_w(scores float8[]) (
    SFUNC = kendall_w_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = kendall_w_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kendall_w(float8[]) IS
'Kendall''s coefficient of concordance, corrected for ties: each row holds one judge''s scores (or ranks) of the same items in the same order. Rows that are NULL or contain NULL are left out. NULL for fewer than two judges or items.';

CREATE FUNCTION priority_distance(pairwise_matrix, pairwise_matrix, method text DEFAULT 'eigenvector') RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_priority_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION priority_distance(pairwise_matrix, pairwise_matrix, text) IS
'Share of the weight that one would have to move to turn one expert''s (or group''s) weights into the other''s: 0 = same, below 1. NULL when either has no weights.';
