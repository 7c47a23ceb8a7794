-- sector_profile: weights over sectors of one institution, firm or region.

CREATE TYPE sector_profile;

CREATE FUNCTION sector_profile_in(cstring) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_in(cstring) IS 'Text input of sector_profile.';

CREATE FUNCTION sector_profile_out(sector_profile) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_sector_profile_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_out(sector_profile) IS 'Text output of sector_profile: exact, and the same whatever the settings.';

CREATE FUNCTION sector_profile_recv(internal) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_recv(internal) IS 'Binary input of sector_profile; what is received is checked.';

CREATE FUNCTION sector_profile_send(sector_profile) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_sector_profile_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_send(sector_profile) IS 'Binary output of sector_profile.';

CREATE TYPE sector_profile (
	INPUT = sector_profile_in,
	OUTPUT = sector_profile_out,
	RECEIVE = sector_profile_recv,
	SEND = sector_profile_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE sector_profile IS
'Weights over sectors (at least 0, relative: they need not add up to 1) of one institution, firm or region. Text: {26:0.3, 35111:0.7}.';

CREATE FUNCTION sector_profile_accumulate(sector_profile, sector_code, float8) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION sector_profile_accumulate(sector_profile, sector_code, float8) IS
'Transition function of sector_profile_agg: adds to the weight of one sector.';

CREATE FUNCTION sector_profile_combine(sector_profile, sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_combine(sector_profile, sector_profile) IS
'Combine function of the aggregates over sector_profile: the exact sum of two partial profiles.';

CREATE AGGREGATE sector_profile_agg(sector sector_code, weight float8) (
	SFUNC = sector_profile_accumulate,
	STYPE = sector_profile,
	SSPACE = 1024,
	COMBINEFUNC = sector_profile_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sector_profile_agg(sector_code, float8) IS
'Exact sums of weight (at least 0) by sector. A NULL weight is skipped; a NULL sector beside a weight is an error; no rows: NULL.';

CREATE FUNCTION sector_profile_move_in(sector_profile, sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_move_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_move_in(sector_profile, sector_profile) IS
'Moving transition function of sum(sector_profile): adds a profile that enters the frame.';

CREATE FUNCTION sector_profile_move_out(sector_profile, sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_move_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_move_out(sector_profile, sector_profile) IS
'Moving inverse transition function of sum(sector_profile): subtracts a profile that leaves the frame, exactly.';

CREATE AGGREGATE sum(sector_profile) (
	SFUNC = sector_profile_combine,
	STYPE = sector_profile,
	SSPACE = 1024,
	COMBINEFUNC = sector_profile_combine,
	MSFUNC = sector_profile_move_in,
	MINVFUNC = sector_profile_move_out,
	MSTYPE = sector_profile,
	MSSPACE = 1024,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(sector_profile) IS
'The exact sum of profiles, sector by sector. NULLs are skipped; no rows: NULL. Also over a moving frame. Scale profiles to the same total first where each should count the same.';

CREATE FUNCTION weights(profile sector_profile, OUT sector sector_code, OUT weight float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION weights(sector_profile) IS
'The weights of a profile as rows, by sector.';

CREATE FUNCTION value(profile sector_profile, sector sector_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_value_sector_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION value(sector_profile, sector_code) IS
'The weight of a sector itself; 0 where the profile has none.';

CREATE FUNCTION sectors(profile sector_profile) RETURNS sector_code[]
AS 'MODULE_PATHNAME', 'innocity_sectors_sector_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sectors(sector_profile) IS
'The sectors of a profile, in order.';

CREATE FUNCTION total(profile sector_profile) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_total_sector_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION total(sector_profile) IS
'The sum of the weights, exact and rounded once.';

CREATE FUNCTION profile(matrix activity_matrix, region region_code) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION profile(activity_matrix, region_code) IS
'The row of a region as a profile. A quantity without the region: the empty profile. A ratio: the row of the nearest listed ancestor, NULL where none is listed; undefined cells are left out. Negative cells are refused.';

CREATE FUNCTION sector_profile_add(a sector_profile, b sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_add(sector_profile, sector_profile) IS 'Implementation of sector_profile + sector_profile.';

CREATE OPERATOR + (LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_add, COMMUTATOR = +);
COMMENT ON OPERATOR + (sector_profile, sector_profile) IS 'Sector by sector, exact.';

CREATE FUNCTION sector_profile_multiply(profile sector_profile, factor float8) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_multiply' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_multiply(sector_profile, float8) IS 'Implementation of sector_profile * float8.';

CREATE FUNCTION sector_profile_multiply(factor float8, profile sector_profile) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_sector_profile_multiply_left' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sector_profile_multiply(float8, sector_profile) IS 'Implementation of float8 * sector_profile.';

CREATE OPERATOR * (LEFTARG = sector_profile, RIGHTARG = float8, FUNCTION = sector_profile_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (sector_profile, float8) IS 'Every weight times a finite factor, at least 0; exact.';

CREATE OPERATOR * (LEFTARG = float8, RIGHTARG = sector_profile, FUNCTION = sector_profile_multiply, COMMUTATOR = *);
COMMENT ON OPERATOR * (float8, sector_profile) IS 'Every weight times a finite factor, at least 0; exact.';

-- Equality by content.

CREATE FUNCTION sector_profile_eq(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_eq(sector_profile, sector_profile) IS 'Implementation of sector_profile = sector_profile.';

CREATE FUNCTION sector_profile_ne(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_matrix_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_ne(sector_profile, sector_profile) IS 'Implementation of sector_profile <> sector_profile.';

CREATE OPERATOR = (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (sector_profile, sector_profile) IS 'The same codes, values, remainders and kind.';

CREATE OPERATOR <> (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sector_profile, sector_profile) IS 'Different codes, values, remainders or kind.';

CREATE FUNCTION sector_profile_hash(sector_profile) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_matrix_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_hash(sector_profile) IS 'Hash of a sector_profile, for DISTINCT, GROUP BY and hash joins.';

CREATE FUNCTION sector_profile_hash_extended(sector_profile, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'innocity_matrix_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_hash_extended(sector_profile, bigint) IS 'Hash of a sector_profile with a seed, for hash partitions.';

CREATE OPERATOR CLASS sector_profile_hash_ops DEFAULT FOR TYPE sector_profile USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 sector_profile_hash(sector_profile),
	FUNCTION 2 sector_profile_hash_extended(sector_profile, bigint);
COMMENT ON OPERATOR CLASS sector_profile_hash_ops USING hash IS 'Equality of sector_profile by content.';

-- A total order of contents, for what sorts to find equals.

CREATE FUNCTION sector_profile_cmp(sector_profile, sector_profile) RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_sector_profile_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_cmp(sector_profile, sector_profile) IS '-1, 0 or 1: before, equal, after; for the btree operator class.';

CREATE FUNCTION sector_profile_lt(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_profile_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_lt(sector_profile, sector_profile) IS 'Implementation of sector_profile < sector_profile.';

CREATE OPERATOR < (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sector_profile, sector_profile) IS 'Before, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_profile_le(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_profile_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_le(sector_profile, sector_profile) IS 'Implementation of sector_profile <= sector_profile.';

CREATE OPERATOR <= (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sector_profile, sector_profile) IS 'Before or equal, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_profile_gt(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_profile_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_gt(sector_profile, sector_profile) IS 'Implementation of sector_profile > sector_profile.';

CREATE OPERATOR > (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sector_profile, sector_profile) IS 'After, in a fixed order of contents that says nothing about size.';

CREATE FUNCTION sector_profile_ge(sector_profile, sector_profile) RETURNS boolean
AS 'MODULE_PATHNAME', 'innocity_sector_profile_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sector_profile_ge(sector_profile, sector_profile) IS 'Implementation of sector_profile >= sector_profile.';

CREATE OPERATOR >= (
	LEFTARG = sector_profile, RIGHTARG = sector_profile, FUNCTION = sector_profile_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sector_profile, sector_profile) IS 'After or equal, in a fixed order of contents that says nothing about size.';

CREATE OPERATOR CLASS sector_profile_ops DEFAULT FOR TYPE sector_profile USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 sector_profile_cmp(sector_profile, sector_profile);
COMMENT ON OPERATOR CLASS sector_profile_ops USING btree IS 'A fixed order of contents, for DISTINCT in aggregates, ORDER BY and unique indexes.';

-- JSON.

CREATE FUNCTION sector_profile_to_json(sector_profile) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_sector_profile_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_profile_to_json(sector_profile) IS
'A sector_profile as {sector:weight}; rounded values, remainders left out.';

CREATE CAST (sector_profile AS json) WITH FUNCTION sector_profile_to_json(sector_profile);
COMMENT ON CAST (sector_profile AS json) IS 'Also used by to_json() and to_jsonb().';

CREATE CAST (json AS sector_profile) WITH INOUT;
COMMENT ON CAST (json AS sector_profile) IS 'The way back from what the cast to json gives.';

CREATE CAST (jsonb AS sector_profile) WITH INOUT;
COMMENT ON CAST (jsonb AS sector_profile) IS 'The way back from what to_jsonb() gives.';
