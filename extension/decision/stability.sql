-- Does a ranking survive other weights, other candidates, another method?

CREATE TYPE weight_interval AS (criterion int, weight float8, low float8, high float8);
COMMENT ON TYPE weight_interval IS
'How far the weight of a criterion (by number, from 1) can go from low to high without a change, the other weights keeping their proportions; NULLs when it has all the weight.';

CREATE FUNCTION weight_stability_transition(internal, float8[], float8[], text[]) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_weight_stability_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weight_stability_transition(internal, float8[], float8[], text[]) IS 'Transition function of weight_stability.';
CREATE FUNCTION weight_stability_transition(internal, float8[], float8[], text[], text, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_weight_stability_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weight_stability_transition(internal, float8[], float8[], text[], text, text) IS 'Transition function of weight_stability with normalization and keep.';
CREATE FUNCTION weight_stability_final(internal) RETURNS weight_interval[]
    AS 'MODULE_PATHNAME', 'innocity_weight_stability_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weight_stability_final(internal) IS 'Final function of weight_stability; leaves the state as it is.';

CREATE AGGREGATE weight_stability(criteria float8[], weights float8[], directions text[]) (
    SFUNC = weight_stability_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = weight_stability_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weight_stability(float8[], float8[], text[]) IS
'Weight stability intervals of the weighted sum (wsm with minmax), one for each criterion: within it the best alternative stays the best. Closed form, not sampled. A tie for the first place leaves no room. Rows that are NULL or contain NULL are left out.';
CREATE AGGREGATE weight_stability(criteria float8[], weights float8[], directions text[], normalization text, keep text) (
    SFUNC = weight_stability_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = weight_stability_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weight_stability(float8[], float8[], text[], text, text) IS
'Weight stability intervals with another normalization of the weighted sum, and keep: best (the first place) or ranking (all places).';

CREATE TYPE rank_reversal_result AS (reversals bigint, best_changed bool);
COMMENT ON TYPE rank_reversal_result IS
'What leaving a row out does to the others: reversals = pairs of them that change places, best_changed = another one of them is the best.';

CREATE FUNCTION rank_reversal(criteria float8[], weights float8[], directions text[], method text DEFAULT 'topsis') RETURNS rank_reversal_result
    AS 'MODULE_PATHNAME', 'innocity_rank_reversal' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rank_reversal(float8[], float8[], text[], text) IS
'Does the order of the others depend on this row? Each row is left out in turn and the others are ranked again by wsm, wpm, topsis, vikor or promethee (usual) with their default conventions; scores within 1e-12 tie. Rows squared: for thousands of rows, not millions.';

CREATE FUNCTION kendall_tau_transition(internal, float8, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_kendall_tau_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kendall_tau_transition(internal, float8, float8) IS 'Transition function of kendall_tau.';
CREATE FUNCTION kendall_tau_final(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_kendall_tau_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kendall_tau_final(internal) IS 'Final function of kendall_tau; leaves the state as it is.';
CREATE AGGREGATE kendall_tau(x float8, y float8) (
    SFUNC = kendall_tau_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = kendall_tau_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kendall_tau(float8, float8) IS
'Kendall''s tau-b between two scores (or ranks) of the same things, corrected for ties: 1 = same order, -1 = reversed. Pairs with a NULL are left out; NULL when one side does not vary. O(n log n).';

CREATE FUNCTION rank_biased_overlap(a text[], b text[], p float8 DEFAULT 0.9) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_rank_biased_overlap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rank_biased_overlap(text[], text[], float8) IS
'Rank-biased overlap of two rankings, best first, extrapolated (Webber, Moffat and Zobel): 0 = nothing in common, 1 = same. Lists may differ in members and length; p below 1 says how deep one looks: 0.9 gives the first ten about 86 percent of the weight. NULL when a list is empty.';
