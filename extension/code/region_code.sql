/*
 * The type region_code: a code of an area: Korean, statistical, or of a planner's own division of a
 * country. 8 bytes, by value; docs/en/code-layout.md is the layout, docs/en/code.md the reference.
 */
CREATE TYPE region_code;

CREATE FUNCTION region_code_in(cstring) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_region_code_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_in(cstring) IS
'Text to code; 22P02 with detail and hint when the text is no code.';

CREATE FUNCTION region_code_out(region_code) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_region_code_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_out(region_code) IS
'Code to its canonical text.';

CREATE FUNCTION region_code_recv(internal) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_region_code_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_recv(internal) IS
'Code from eight bytes; 22P03 when the number is no code.';

CREATE FUNCTION region_code_send(region_code) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_region_code_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_send(region_code) IS
'Code as eight bytes, most significant first.';

CREATE TYPE region_code (
	INPUT = region_code_in,
	OUTPUT = region_code_out,
	RECEIVE = region_code_recv,
	SEND = region_code_send,
	LIKE = pg_catalog.int8
);
COMMENT ON TYPE region_code IS
'Hierarchical code of an area: that of the Korean Ministry of the Interior by default (46170), else with its scheme (kostat:36040, nuts:DE212, x:COAST.A1); sorts parent first.';

CREATE FUNCTION region_code(text) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_region_code_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code(text) IS
'Text to code, for the casts; 22P02 when the text is no code.';

CREATE FUNCTION region_code(bpchar) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_region_code_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code(bpchar) IS
'Blank-padded text to code, for the casts; 22P02 when the text is no code.';

CREATE FUNCTION text(region_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_region_code_to_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(region_code) IS
'Canonical text of a code.';

-- No implicit cast: a text that looks like a code stays a text until somebody says otherwise.
CREATE CAST (text AS region_code) WITH FUNCTION region_code(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS region_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (region_code AS text) WITH FUNCTION text(region_code) AS ASSIGNMENT;
COMMENT ON CAST (region_code AS text) IS 'By assignment or when written; the canonical text.';
CREATE CAST (varchar AS region_code) WITH FUNCTION region_code(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS region_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (region_code AS varchar) WITH FUNCTION text(region_code) AS ASSIGNMENT;
COMMENT ON CAST (region_code AS varchar) IS 'By assignment or when written; the canonical text.';
CREATE CAST (bpchar AS region_code) WITH FUNCTION region_code(bpchar) AS ASSIGNMENT;
COMMENT ON CAST (bpchar AS region_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (region_code AS bpchar) WITH FUNCTION text(region_code) AS ASSIGNMENT;
COMMENT ON CAST (region_code AS bpchar) IS 'By assignment or when written; the canonical text.';

CREATE FUNCTION region_code_or_null(text) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_region_code_or_null'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_or_null(text) IS
'Text to code, or NULL where the text is no code; never raises.';

-- Comparison: the order is the pre-order of the hierarchy, a parent directly before its descendants.

CREATE FUNCTION code_eq(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(region_code, region_code) IS
'Are the two codes equal?';

CREATE FUNCTION code_ne(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(region_code, region_code) IS
'Are the two codes not equal?';

CREATE FUNCTION code_lt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(region_code, region_code) IS
'Is the left code before in the order of the hierarchy?';

CREATE FUNCTION code_le(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_le(region_code, region_code) IS
'Is the left code before or equal in the order of the hierarchy?';

CREATE FUNCTION code_gt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(region_code, region_code) IS
'Is the left code after in the order of the hierarchy?';

CREATE FUNCTION code_ge(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(region_code, region_code) IS
'Is the left code after or equal in the order of the hierarchy?';

CREATE FUNCTION code_cmp(region_code, region_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(region_code, region_code) IS
'-1, 0 or 1: less, equal, greater; for the btree operator class.';

CREATE FUNCTION code_contains(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contains_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_contains(region_code, region_code) IS
'Is the second code the first or a descendant of it?';

CREATE FUNCTION code_contained(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contained_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_contained(region_code, region_code) IS
'Is the first code the second or a descendant of it?';

CREATE OPERATOR = (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (region_code, region_code) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (region_code, region_code) IS 'not equal';

CREATE OPERATOR < (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (region_code, region_code) IS 'before in the order of the hierarchy';

CREATE OPERATOR <= (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (region_code, region_code) IS 'before or equal in the order of the hierarchy';

CREATE OPERATOR > (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (region_code, region_code) IS 'after in the order of the hierarchy';

CREATE OPERATOR >= (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (region_code, region_code) IS 'after or equal in the order of the hierarchy';

CREATE OPERATOR @> (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_contains,
	COMMUTATOR = <@, RESTRICT = contsel, JOIN = contjoinsel
);
COMMENT ON OPERATOR @> (region_code, region_code) IS 'left is right or an ancestor of it';

CREATE OPERATOR <@ (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_contained,
	COMMUTATOR = @>, RESTRICT = contsel, JOIN = contjoinsel
);
COMMENT ON OPERATOR <@ (region_code, region_code) IS 'left is right or a descendant of it';

-- Index support.

CREATE FUNCTION region_code_sortsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'innocity_code_sortsupport'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_sortsupport(internal) IS
'Sort support: the server''s own comparator of signed integers.';

CREATE FUNCTION code_hash(region_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_hash(region_code) IS
'Hash of a code; on disk, never changes.';

CREATE FUNCTION code_hash_extended(region_code, int8) RETURNS int8
AS 'MODULE_PATHNAME', 'innocity_code_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_hash_extended(region_code, int8) IS
'64-bit hash of a code with a seed; on disk, never changes.';

CREATE OPERATOR CLASS region_code_ops DEFAULT FOR TYPE region_code USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 code_cmp(region_code, region_code),
	FUNCTION 2 (region_code, region_code) region_code_sortsupport(internal),
	FUNCTION 4 (region_code, region_code) pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS region_code_ops USING btree IS 'codes in the order of the hierarchy';

CREATE OPERATOR CLASS region_code_ops DEFAULT FOR TYPE region_code USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 code_hash(region_code),
	FUNCTION 2 code_hash_extended(region_code, int8);
COMMENT ON OPERATOR CLASS region_code_ops USING hash IS 'equality of codes';

CREATE FUNCTION code_smaller(region_code, region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_code_smaller'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_smaller(region_code, region_code) IS
'The one that comes first; for min().';

CREATE FUNCTION code_larger(region_code, region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_code_larger'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION code_larger(region_code, region_code) IS
'The one that comes last; for max().';

CREATE AGGREGATE min(region_code) (
	SFUNC = code_smaller, STYPE = region_code, COMBINEFUNC = code_smaller, SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(region_code) IS
'The first code in the order of the hierarchy; NULL rows are skipped, NULL of no rows.';

CREATE AGGREGATE max(region_code) (
	SFUNC = code_larger, STYPE = region_code, COMBINEFUNC = code_larger, SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(region_code) IS
'The last code in the order of the hierarchy; NULL rows are skipped, NULL of no rows.';

-- The hierarchy.

CREATE FUNCTION scheme(region_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_scheme_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scheme(region_code) IS
'Name of the scheme with its edition: mois, kostat, nuts2021, x.';

CREATE FUNCTION level(region_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_level_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION level(region_code) IS
'Level in the hierarchy, 1 = top.';

CREATE FUNCTION level_name(region_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_level_name_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION level_name(region_code) IS
'Name of the level in its scheme: province, municipality, district, township, village for Korea.';

CREATE FUNCTION parent(region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_parent_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION parent(region_code) IS
'The next code up, or NULL for a code of the top level.';

CREATE FUNCTION ancestor(region_code, int4) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_ancestor_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ancestor(region_code, int4) IS
'The ancestor at that level, or the code itself; NULL where the branch has no code of that level.';

CREATE FUNCTION ancestors(region_code) RETURNS SETOF region_code
AS 'MODULE_PATHNAME', 'innocity_ancestors_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 4;
COMMENT ON FUNCTION ancestors(region_code) IS
'The chain of ancestors, top first, the code itself last.';

CREATE FUNCTION lca(region_code, region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_lca_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lca(region_code, region_code) IS
'Lowest common ancestor, or NULL when the codes have none; of a code and itself, the code.';

CREATE FUNCTION tree_similarity(region_code, region_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_tree_similarity_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tree_similarity(region_code, region_code) IS
'Jaccard similarity of the two chains of ancestors: 0 = nothing in common, 1 = same code (dimensionless).';

CREATE FUNCTION subtree_end(region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_subtree_end_region_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION subtree_end(region_code) IS
'The greatest value in the subtree of a code, written with a tilde (46~): a subtree is BETWEEN code AND subtree_end(code).';
