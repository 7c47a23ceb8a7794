-- activity_matrix: region x sector, a quantity or a ratio.

CREATE TYPE activity_matrix;

CREATE FUNCTION activity_matrix_in(cstring) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION activity_matrix_in(cstring) IS 'Text input of activity_matrix.';

CREATE FUNCTION activity_matrix_out(activity_matrix) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION activity_matrix_out(activity_matrix) IS 'Text output of activity_matrix: exact, and the same whatever the settings.';

CREATE FUNCTION activity_matrix_recv(internal) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION activity_matrix_recv(internal) IS 'Binary input of activity_matrix; what is received is checked.';

CREATE FUNCTION activity_matrix_send(activity_matrix) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION activity_matrix_send(activity_matrix) IS 'Binary output of activity_matrix.';

CREATE TYPE activity_matrix (
	INPUT = activity_matrix_in,
	OUTPUT = activity_matrix_out,
	RECEIVE = activity_matrix_recv,
	SEND = activity_matrix_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE activity_matrix IS
'Region x sector matrix of float8: a quantity (employees, value added; unstored cells are 0) or a ratio (location quotient, density; codes without an own entry read the nearest listed ancestor). Text: {46170:{26:30, 35111:120}}, a ratio begins with the word ratio.';

CREATE FUNCTION activity_matrix_accumulate(activity_matrix, region_code, sector_code, float8) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION activity_matrix_accumulate(activity_matrix, region_code, sector_code, float8) IS
'Transition function of activity_matrix_agg: adds one value to one cell.';

CREATE FUNCTION activity_matrix_combine(activity_matrix, activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_combine(activity_matrix, activity_matrix) IS
'Combine function of the aggregates over activity_matrix: the exact sum of two partial matrices.';

CREATE AGGREGATE activity_matrix_agg(region region_code, sector sector_code, value float8) (
	SFUNC = activity_matrix_accumulate,
	STYPE = activity_matrix,
	SSPACE = 4096,
	COMBINEFUNC = activity_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE activity_matrix_agg(region_code, sector_code, float8) IS
'Exact sums of value (any unit) by region and sector, as one quantity; the same bytes in any row order and plan. A NULL value is skipped; a NULL region or sector beside a value is an error; no rows: NULL.';

CREATE FUNCTION activity_matrix_move_in(activity_matrix, activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_move_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_move_in(activity_matrix, activity_matrix) IS
'Moving transition function of sum(activity_matrix): adds a matrix that enters the frame.';

CREATE FUNCTION activity_matrix_move_out(activity_matrix, activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_move_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_move_out(activity_matrix, activity_matrix) IS
'Moving inverse transition function of sum(activity_matrix): subtracts a matrix that leaves the frame, exactly.';

CREATE AGGREGATE sum(activity_matrix) (
	SFUNC = activity_matrix_combine,
	STYPE = activity_matrix,
	SSPACE = 65536,
	COMBINEFUNC = activity_matrix_combine,
	MSFUNC = activity_matrix_move_in,
	MINVFUNC = activity_matrix_move_out,
	MSTYPE = activity_matrix,
	MSSPACE = 65536,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(activity_matrix) IS
'The exact sum of matrices, cell by cell; all quantities or all ratios. NULLs are skipped; no rows: NULL. Also over a moving frame.';

CREATE FUNCTION cells(matrix activity_matrix, OUT region region_code, OUT sector sector_code, OUT value float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 1000;
COMMENT ON FUNCTION cells(activity_matrix) IS
'The stored cells of a matrix as rows, by region and sector; zero cells are not stored; value is NULL where a ratio is undefined.';

CREATE FUNCTION value(matrix activity_matrix, region region_code, sector sector_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_value_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION value(activity_matrix, region_code, sector_code) IS
'One cell. A quantity: 0 where nothing is stored. A ratio: that of the nearest listed ancestors of region and sector, NULL where none is listed or the ratio is undefined.';

CREATE FUNCTION regions(matrix activity_matrix) RETURNS region_code[]
AS 'MODULE_PATHNAME', 'innocity_regions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION regions(activity_matrix) IS
'The regions that the matrix lists, in order.';

CREATE FUNCTION sectors(matrix activity_matrix) RETURNS sector_code[]
AS 'MODULE_PATHNAME', 'innocity_sectors_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sectors(activity_matrix) IS
'The sectors that the matrix lists, in order.';

CREATE FUNCTION total(matrix activity_matrix) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_total_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION total(activity_matrix) IS
'The sum of all cells, exact and rounded once; NULL cells are skipped.';

CREATE FUNCTION region_totals(matrix activity_matrix, OUT region region_code, OUT value float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_region_totals' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 250;
COMMENT ON FUNCTION region_totals(activity_matrix) IS
'The sum of each listed region, exact and rounded once.';

CREATE FUNCTION sector_totals(matrix activity_matrix, OUT sector sector_code, OUT value float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_sector_totals' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 1000;
COMMENT ON FUNCTION sector_totals(activity_matrix) IS
'The sum of each listed sector, exact and rounded once.';

CREATE FUNCTION kind(matrix activity_matrix) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_kind_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION kind(activity_matrix) IS
'''quantity'' or ''ratio''.';

CREATE FUNCTION as_ratio(matrix activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_as_ratio_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION as_ratio(activity_matrix) IS
'The same cells declared to be ratios: codes read their nearest listed ancestor; remainders are dropped.';

CREATE FUNCTION rounded(matrix activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_rounded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rounded(activity_matrix) IS
'Drops the remainders: every cell is exactly the float8 that is shown.';

CREATE FUNCTION nonnegative(matrix activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_nonnegative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION nonnegative(activity_matrix) IS
'Leaves out negative cells, for indicators that refuse them.';

CREATE FUNCTION slice(matrix activity_matrix, region region_code DEFAULT NULL, sector sector_code DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_slice' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION slice(activity_matrix, region_code, sector_code) IS
'The part of a matrix inside a region and a sector (each code itself and everything below); NULL: all.';

CREATE FUNCTION roll_up(matrix activity_matrix, region_level int DEFAULT NULL, sector_level int DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_roll_up' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION roll_up(activity_matrix, int, int) IS
'Sums cells into their ancestors at a level (1 = top); NULL leaves a dimension as it is; codes above the level stay. Refuses a ratio.';

CREATE FUNCTION activity_matrix_add(a activity_matrix, b activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_add(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix + activity_matrix.';

CREATE OPERATOR + (LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_add, COMMUTATOR = +);
COMMENT ON OPERATOR + (activity_matrix, activity_matrix) IS 'Cell by cell, exact; refuses a quantity with a ratio and different editions.';

CREATE FUNCTION activity_matrix_subtract(a activity_matrix, b activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_subtract' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_subtract(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix - activity_matrix.';

CREATE OPERATOR - (LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_subtract);
COMMENT ON OPERATOR - (activity_matrix, activity_matrix) IS 'Cell by cell, exact; refuses a quantity with a ratio and different editions.';

CREATE FUNCTION activity_matrix_multiply(matrix activity_matrix, factor float8) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_multiply' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_multiply(activity_matrix, float8) IS 'Implementation of activity_matrix * float8.';

CREATE FUNCTION activity_matrix_multiply(factor float8, matrix activity_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_multiply_left' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_multiply(float8, activity_matrix) IS 'Implementation of float8 * activity_matrix.';

CREATE OPERATOR * (LEFTARG = activity_matrix, RIGHTARG = float8, FUNCTION = activity_matrix_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (activity_matrix, float8) IS 'Every cell times a finite factor: exact for a quantity, rounded once for a ratio.';

CREATE OPERATOR * (LEFTARG = float8, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, activity_matrix) IS 'Every cell times a finite factor: exact for a quantity, rounded once for a ratio.';

CREATE FUNCTION activity_matrix_divide(matrix activity_matrix, divisor float8) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_divide' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_divide(activity_matrix, float8) IS 'Implementation of activity_matrix / float8.';

CREATE OPERATOR / (LEFTARG = activity_matrix, RIGHTARG = float8, FUNCTION = activity_matrix_divide);
COMMENT ON OPERATOR / (activity_matrix, float8) IS 'Every cell, as it is shown, divided by a finite number other than 0, and rounded: no remainders.';

-- Equality by content.

CREATE FUNCTION activity_matrix_eq(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_eq(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix = activity_matrix.';

CREATE FUNCTION activity_matrix_ne(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_ne(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix <> activity_matrix.';

CREATE OPERATOR = (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (activity_matrix, activity_matrix) IS 'The same codes, values, remainders and kind.';

CREATE OPERATOR <> (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (activity_matrix, activity_matrix) IS 'Different codes, values, remainders or kind.';

CREATE FUNCTION activity_matrix_hash(activity_matrix) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_matrix_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_hash(activity_matrix) IS 'Hash of an activity_matrix, for DISTINCT, GROUP BY and hash joins.';

CREATE FUNCTION activity_matrix_hash_extended(activity_matrix, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'innocity_matrix_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_hash_extended(activity_matrix, bigint) IS 'Hash of an activity_matrix with a seed, for hash partitions.';

CREATE OPERATOR CLASS activity_matrix_hash_ops DEFAULT FOR TYPE activity_matrix USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 activity_matrix_hash(activity_matrix),
	FUNCTION 2 activity_matrix_hash_extended(activity_matrix, bigint);
COMMENT ON OPERATOR CLASS activity_matrix_hash_ops USING hash IS 'Equality of activity_matrix by content.';

-- A total order of contents, for what sorts to find equals.

CREATE FUNCTION activity_matrix_cmp(activity_matrix, activity_matrix) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_cmp(activity_matrix, activity_matrix) IS '-1, 0 or 1: before, equal, after; for the btree operator class.';

CREATE FUNCTION activity_matrix_lt(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_lt(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix < activity_matrix.';

CREATE OPERATOR < (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (activity_matrix, activity_matrix) IS 'Before, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION activity_matrix_le(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_le(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix <= activity_matrix.';

CREATE OPERATOR <= (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (activity_matrix, activity_matrix) IS 'Before or equal, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION activity_matrix_gt(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_gt(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix > activity_matrix.';

CREATE OPERATOR > (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (activity_matrix, activity_matrix) IS 'After, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION activity_matrix_ge(activity_matrix, activity_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_ge(activity_matrix, activity_matrix) IS 'Implementation of activity_matrix >= activity_matrix.';

CREATE OPERATOR >= (
	LEFTARG = activity_matrix, RIGHTARG = activity_matrix, FUNCTION = activity_matrix_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (activity_matrix, activity_matrix) IS 'After or equal, in a fixed order of contents that says nothing about size.';

CREATE OPERATOR CLASS activity_matrix_ops DEFAULT FOR TYPE activity_matrix USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 activity_matrix_cmp(activity_matrix, activity_matrix);
COMMENT ON OPERATOR CLASS activity_matrix_ops USING btree IS 'A fixed order of contents, for DISTINCT in aggregates, ORDER BY and unique indexes.';

-- JSON.

CREATE FUNCTION activity_matrix_to_json(activity_matrix) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_to_json(activity_matrix) IS
'An activity_matrix as {"kind":..,"regions":[..],"sectors":[..],"cells":{region:{sector:value}}}; rounded values, remainders left out.';

CREATE CAST (activity_matrix AS json) WITH FUNCTION activity_matrix_to_json(activity_matrix);
COMMENT ON CAST (activity_matrix AS json) IS 'Also used by to_json() and to_jsonb().';

CREATE CAST (json AS activity_matrix) WITH INOUT;
COMMENT ON CAST (json AS activity_matrix) IS 'The way back from what the cast to json gives.';

CREATE CAST (jsonb AS activity_matrix) WITH INOUT;
COMMENT ON CAST (jsonb AS activity_matrix) IS 'The way back from what to_jsonb() gives.';

-- Arrays, and regions that change.

CREATE FUNCTION to_array(matrix activity_matrix) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION to_array(activity_matrix) IS
'The matrix as a two-dimensional array: rows as regions(matrix), columns as sectors(matrix); NULL where a ratio is undefined; an empty matrix: the empty array.';

CREATE FUNCTION activity_matrix_from_array(regions region_code[], sectors sector_code[], amounts float8[]) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_from_array(region_code[], sector_code[], float8[]) IS
'A quantity from a two-dimensional array with a row for each region and a column for each sector; NULL and 0 are no cell; repeated codes are summed.';

CREATE FUNCTION recode_regions(matrix activity_matrix, old_codes region_code[], new_codes region_code[], shares float8[] DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_recode_regions' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION recode_regions(activity_matrix, region_code[], region_code[], float8[]) IS
'Renumbers, merges and splits regions by pairs of codes; codes below a listed one keep the rest of their number (42110 by 42 -> 51: 51110), others stay. One old code with several new ones is split by the shares (NULL: equally), totals stay exact.';
