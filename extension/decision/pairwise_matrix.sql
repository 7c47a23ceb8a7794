-- pairwise_matrix: what one expert says about the relative importance of criteria.

CREATE TYPE pairwise_matrix;

CREATE FUNCTION pairwise_matrix_in(cstring) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_in(cstring) IS
'Input function of pairwise_matrix: {cost/quality=3, cost/time=1/5}.';

CREATE FUNCTION pairwise_matrix_out(pairwise_matrix) RETURNS cstring
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_out(pairwise_matrix) IS
'Output function of pairwise_matrix: criteria in byte order, shortest digits that round-trip; independent of settings.';

CREATE FUNCTION pairwise_matrix_recv(internal) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_recv(internal) IS
'Binary input function of pairwise_matrix; every field is validated.';

CREATE FUNCTION pairwise_matrix_send(pairwise_matrix) RETURNS bytea
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_send(pairwise_matrix) IS
'Binary output function of pairwise_matrix: int16 version, int32 number of criteria, their names, upper triangle as float8 (0 = missing).';

CREATE TYPE pairwise_matrix (
    INPUT = pairwise_matrix_in, OUTPUT = pairwise_matrix_out, RECEIVE = pairwise_matrix_recv, SEND = pairwise_matrix_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE pairwise_matrix IS
'Pairwise judgements of one expert: a/b=3 says that criterion a is three times as important as b (ratios, 1e-9 to 1e9; Saaty''s scale is 1/9 to 9). Reciprocal by construction; judgements may be missing.';

CREATE FUNCTION pairwise_matrix_eq(pairwise_matrix, pairwise_matrix) RETURNS bool
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_eq(pairwise_matrix, pairwise_matrix) IS 'Same criteria and same judgements?';
CREATE FUNCTION pairwise_matrix_ne(pairwise_matrix, pairwise_matrix) RETURNS bool
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_ne(pairwise_matrix, pairwise_matrix) IS 'Other criteria or other judgements?';
CREATE FUNCTION pairwise_matrix_hash(pairwise_matrix) RETURNS int
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_hash(pairwise_matrix) IS 'Hash of the contents.';
CREATE FUNCTION pairwise_matrix_hash_extended(pairwise_matrix, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_hash_extended(pairwise_matrix, bigint) IS 'Hash of the contents, with a seed.';

CREATE OPERATOR = (
    LEFTARG = pairwise_matrix, RIGHTARG = pairwise_matrix, FUNCTION = pairwise_matrix_eq, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (pairwise_matrix, pairwise_matrix) IS 'Same criteria and same judgements?';
CREATE OPERATOR <> (
    LEFTARG = pairwise_matrix, RIGHTARG = pairwise_matrix, FUNCTION = pairwise_matrix_ne, COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (pairwise_matrix, pairwise_matrix) IS 'Other criteria or other judgements?';
CREATE OPERATOR CLASS pairwise_matrix_ops DEFAULT FOR TYPE pairwise_matrix USING hash AS
    OPERATOR 1 =, FUNCTION 1 pairwise_matrix_hash(pairwise_matrix), FUNCTION 2 pairwise_matrix_hash_extended(pairwise_matrix, bigint);
COMMENT ON OPERATOR CLASS pairwise_matrix_ops USING hash IS 'Equality of judgements, for GROUP BY and DISTINCT.';

CREATE FUNCTION pairwise_matrix_transition(internal, text, text, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_transition(internal, text, text, float8) IS
'Transition function of pairwise_matrix_agg.';

CREATE FUNCTION pairwise_matrix_final(internal) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix_final(internal) IS
'Final function of pairwise_matrix_agg; leaves the state as it is.';

CREATE AGGREGATE pairwise_matrix_agg(a text, b text, judgement float8) (
    SFUNC = pairwise_matrix_transition, STYPE = internal, SSPACE = 1024,
    FINALFUNC = pairwise_matrix_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pairwise_matrix_agg(text, text, float8) IS
'Judgements "a is so many times as important as b" to a pairwise_matrix. A NULL judgement is a missing one and makes its criteria known; a NULL criterion is refused; the same pair may stand in both directions if the judgements agree. No rows: NULL.';

CREATE FUNCTION criteria(pairwise_matrix) RETURNS text[]
    AS 'MODULE_PATHNAME', 'innocity_criteria' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION criteria(pairwise_matrix) IS
'Names of the criteria in byte order: the order in which weights come as arrays.';

CREATE FUNCTION judgements(pairwise_matrix, OUT criterion_a text, OUT criterion_b text, OUT judgement float8) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'innocity_judgements' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 15;
COMMENT ON FUNCTION judgements(pairwise_matrix) IS
'All pairs of criteria, each once: how many times as important criterion_a is as criterion_b; NULL where the judgement is missing.';

CREATE FUNCTION judgement(pairwise_matrix, a text, b text) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_judgement' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION judgement(pairwise_matrix, text, text) IS
'How many times as important a is as b; NULL when that judgement is missing or a criterion is unknown.';
