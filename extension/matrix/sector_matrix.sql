-- sector_matrix: sector x sector, a quantity (flows) or a ratio (relatedness, coefficients), or a concordance.

CREATE TYPE sector_matrix;

CREATE FUNCTION sector_matrix_in(cstring) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_matrix_in(cstring) IS 'Text input of sector_matrix.';

CREATE FUNCTION sector_matrix_out(sector_matrix) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_matrix_out(sector_matrix) IS 'Text output of sector_matrix: exact, and the same whatever the settings.';

CREATE FUNCTION sector_matrix_recv(internal) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_matrix_recv(internal) IS 'Binary input of sector_matrix; what is received is checked.';

CREATE FUNCTION sector_matrix_send(sector_matrix) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_matrix_send(sector_matrix) IS 'Binary output of sector_matrix.';

CREATE TYPE sector_matrix (
	INPUT = sector_matrix_in,
	OUTPUT = sector_matrix_out,
	RECEIVE = sector_matrix_recv,
	SEND = sector_matrix_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE sector_matrix IS
'Sector x sector matrix of float8: a quantity (flows, concordances) or a ratio (relatedness, coefficients; codes without an own entry read the nearest listed ancestor). Text: {26:{26:1, 35111:0.25}}, a ratio begins with the word ratio.';

CREATE FUNCTION sector_matrix_accumulate(sector_matrix, sector_code, sector_code, float8) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION sector_matrix_accumulate(sector_matrix, sector_code, sector_code, float8) IS
'Transition function of sector_matrix_agg: adds one value to one cell.';

CREATE FUNCTION sector_matrix_combine(sector_matrix, sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_combine(sector_matrix, sector_matrix) IS
'Combine function of the aggregates over sector_matrix: the exact sum of two partial matrices.';

CREATE AGGREGATE sector_matrix_agg(sector_a sector_code, sector_b sector_code, value float8) (
	SFUNC = sector_matrix_accumulate,
	STYPE = sector_matrix,
	SSPACE = 4096,
	COMBINEFUNC = sector_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sector_matrix_agg(sector_code, sector_code, float8) IS
'Exact sums of value (any unit) by the pair of sectors, as one quantity; the same bytes in any row order and plan. A NULL value is skipped; a NULL sector beside a value is an error; no rows: NULL.';

CREATE FUNCTION sector_matrix_move_in(sector_matrix, sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_move_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_move_in(sector_matrix, sector_matrix) IS
'Moving transition function of sum(sector_matrix): adds a matrix that enters the frame.';

CREATE FUNCTION sector_matrix_move_out(sector_matrix, sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_move_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_move_out(sector_matrix, sector_matrix) IS
'Moving inverse transition function of sum(sector_matrix): subtracts a matrix that leaves the frame, exactly.';

CREATE AGGREGATE sum(sector_matrix) (
	SFUNC = sector_matrix_combine,
	STYPE = sector_matrix,
	SSPACE = 65536,
	COMBINEFUNC = sector_matrix_combine,
	MSFUNC = sector_matrix_move_in,
	MINVFUNC = sector_matrix_move_out,
	MSTYPE = sector_matrix,
	MSSPACE = 65536,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(sector_matrix) IS
'The exact sum of matrices, cell by cell; all quantities or all ratios. NULLs are skipped; no rows: NULL. Also over a moving frame.';

CREATE FUNCTION pairs(matrix sector_matrix, OUT sector_a sector_code, OUT sector_b sector_code, OUT value float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_pairs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 1000;
COMMENT ON FUNCTION pairs(sector_matrix) IS
'The stored cells of a matrix as rows, in order; zero cells are not stored; value is NULL where a ratio is undefined.';

CREATE FUNCTION value(matrix sector_matrix, sector_a sector_code, sector_b sector_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_value_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION value(sector_matrix, sector_code, sector_code) IS
'One cell. A quantity: 0 where nothing is stored. A ratio: that of the nearest listed ancestors, NULL where none is listed or the ratio is undefined.';

CREATE FUNCTION sectors_a(matrix sector_matrix) RETURNS sector_code[]
AS 'MODULE_PATHNAME', 'innocity_sectors_a' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sectors_a(sector_matrix) IS
'The sectors that the rows of the matrix list, in order.';

CREATE FUNCTION sectors_b(matrix sector_matrix) RETURNS sector_code[]
AS 'MODULE_PATHNAME', 'innocity_sectors_b' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sectors_b(sector_matrix) IS
'The sectors that the columns of the matrix list, in order.';

CREATE FUNCTION total(matrix sector_matrix) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_total_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION total(sector_matrix) IS
'The sum of all cells, exact and rounded once; NULL cells are skipped.';

CREATE FUNCTION kind(matrix sector_matrix) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_kind_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION kind(sector_matrix) IS
'''quantity'' or ''ratio''.';

CREATE FUNCTION as_ratio(matrix sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_as_ratio_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION as_ratio(sector_matrix) IS
'The same cells declared to be ratios: codes read their nearest listed ancestor; remainders are dropped.';

CREATE FUNCTION sector_matrix_add(a sector_matrix, b sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_add(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix + sector_matrix.';

CREATE OPERATOR + (LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_add, COMMUTATOR = +);
COMMENT ON OPERATOR + (sector_matrix, sector_matrix) IS 'Cell by cell, exact; refuses a quantity with a ratio.';

CREATE FUNCTION sector_matrix_subtract(a sector_matrix, b sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_subtract' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_subtract(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix - sector_matrix.';

CREATE OPERATOR - (LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_subtract);
COMMENT ON OPERATOR - (sector_matrix, sector_matrix) IS 'Cell by cell, exact; refuses a quantity with a ratio.';

CREATE FUNCTION sector_matrix_multiply(matrix sector_matrix, factor float8) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_multiply' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_multiply(sector_matrix, float8) IS 'Implementation of sector_matrix * float8.';

CREATE FUNCTION sector_matrix_multiply(factor float8, matrix sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_multiply_left' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_multiply(float8, sector_matrix) IS 'Implementation of float8 * sector_matrix.';

CREATE OPERATOR * (LEFTARG = sector_matrix, RIGHTARG = float8, FUNCTION = sector_matrix_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (sector_matrix, float8) IS 'Every cell times a finite factor: exact for a quantity, rounded once for a ratio.';

CREATE OPERATOR * (LEFTARG = float8, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, sector_matrix) IS 'Every cell times a finite factor: exact for a quantity, rounded once for a ratio.';

CREATE FUNCTION sector_matrix_divide(matrix sector_matrix, divisor float8) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_divide' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_divide(sector_matrix, float8) IS 'Implementation of sector_matrix / float8.';

CREATE OPERATOR / (LEFTARG = sector_matrix, RIGHTARG = float8, FUNCTION = sector_matrix_divide);
COMMENT ON OPERATOR / (sector_matrix, float8) IS 'Every cell, as it is shown, divided by a finite number other than 0, and rounded: no remainders.';

-- Equality by content.

CREATE FUNCTION sector_matrix_eq(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_eq(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix = sector_matrix.';

CREATE FUNCTION sector_matrix_ne(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_ne(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix <> sector_matrix.';

CREATE OPERATOR = (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (sector_matrix, sector_matrix) IS 'The same codes, values, remainders and kind.';

CREATE OPERATOR <> (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sector_matrix, sector_matrix) IS 'Different codes, values, remainders or kind.';

CREATE FUNCTION sector_matrix_hash(sector_matrix) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_matrix_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_hash(sector_matrix) IS 'Hash of a sector_matrix, for DISTINCT, GROUP BY and hash joins.';

CREATE FUNCTION sector_matrix_hash_extended(sector_matrix, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'innocity_matrix_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_hash_extended(sector_matrix, bigint) IS 'Hash of a sector_matrix with a seed, for hash partitions.';

CREATE OPERATOR CLASS sector_matrix_hash_ops DEFAULT FOR TYPE sector_matrix USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 sector_matrix_hash(sector_matrix),
	FUNCTION 2 sector_matrix_hash_extended(sector_matrix, bigint);
COMMENT ON OPERATOR CLASS sector_matrix_hash_ops USING hash IS 'Equality of sector_matrix by content.';

-- A total order of contents, for what sorts to find equals.

CREATE FUNCTION sector_matrix_cmp(sector_matrix, sector_matrix) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_cmp(sector_matrix, sector_matrix) IS '-1, 0 or 1: before, equal, after; for the btree operator class.';

CREATE FUNCTION sector_matrix_lt(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_lt(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix < sector_matrix.';

CREATE OPERATOR < (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sector_matrix, sector_matrix) IS 'Before, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_matrix_le(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_le(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix <= sector_matrix.';

CREATE OPERATOR <= (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sector_matrix, sector_matrix) IS 'Before or equal, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_matrix_gt(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_gt(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix > sector_matrix.';

CREATE OPERATOR > (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sector_matrix, sector_matrix) IS 'After, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_matrix_ge(sector_matrix, sector_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_matrix_ge(sector_matrix, sector_matrix) IS 'Implementation of sector_matrix >= sector_matrix.';

CREATE OPERATOR >= (
	LEFTARG = sector_matrix, RIGHTARG = sector_matrix, FUNCTION = sector_matrix_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sector_matrix, sector_matrix) IS 'After or equal, in a fixed order of contents that says nothing about size.';

CREATE OPERATOR CLASS sector_matrix_ops DEFAULT FOR TYPE sector_matrix USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 sector_matrix_cmp(sector_matrix, sector_matrix);
COMMENT ON OPERATOR CLASS sector_matrix_ops USING btree IS 'A fixed order of contents, for DISTINCT in aggregates, ORDER BY and unique indexes.';

-- JSON.

CREATE FUNCTION sector_matrix_to_json(sector_matrix) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_to_json(sector_matrix) IS
'A sector_matrix as {"kind":..,"rows":[..],"columns":[..],"cells":{sector:{sector:value}}}; rounded values, remainders left out.';

CREATE CAST (sector_matrix AS json) WITH FUNCTION sector_matrix_to_json(sector_matrix);
COMMENT ON CAST (sector_matrix AS json) IS 'Also used by to_json() and to_jsonb().';

CREATE CAST (json AS sector_matrix) WITH INOUT;
COMMENT ON CAST (json AS sector_matrix) IS 'The way back from what the cast to json gives.';

CREATE CAST (jsonb AS sector_matrix) WITH INOUT;
COMMENT ON CAST (jsonb AS sector_matrix) IS 'The way back from what to_jsonb() gives.';

-- Arrays.

CREATE FUNCTION sector_matrix_to_array(matrix sector_matrix) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_to_array(sector_matrix) IS
'The matrix as a two-dimensional array: rows as sectors_a(matrix), columns as sectors_b(matrix); NULL where a ratio is undefined; an empty matrix: the empty array.';

CREATE FUNCTION sector_matrix_from_array(sectors_a sector_code[], sectors_b sector_code[], amounts float8[]) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_from_array(sector_code[], sector_code[], float8[]) IS
'A quantity from a two-dimensional array with a row for each sector of the first list and a column for each of the second; NULL and 0 are no cell; repeated codes are summed.';
