\echo Use "CREATE EXTENSION innocity" to load this file. \quit
/*
 * The type sector_code: a code of an industry, product, function or occupation, or of a planner's own
 * taxonomy. 8 bytes, by value; docs/en/code-layout.md is the layout, docs/en/code.md the reference.
 */
CREATE TYPE sector_code;

CREATE FUNCTION sector_code_in(cstring) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_sector_code_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_in(cstring) IS
'Text to code; 22P02 with detail and hint when the text is no code.';

CREATE FUNCTION sector_code_out(sector_code) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_sector_code_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_out(sector_code) IS
'Code to its canonical text.';

CREATE FUNCTION sector_code_recv(internal) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_sector_code_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_recv(internal) IS
'Code from eight bytes; 22P03 when the number is no code.';

CREATE FUNCTION sector_code_send(sector_code) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_sector_code_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_send(sector_code) IS
'Code as eight bytes, most significant first.';

CREATE FUNCTION sector_code_typanalyze(internal) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_sector_code_typanalyze'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_typanalyze(internal) IS
'Statistics of a column of codes: the usual ones and the rows of common subtrees.';

CREATE TYPE sector_code (
	INPUT = sector_code_in,
	OUTPUT = sector_code_out,
	RECEIVE = sector_code_recv,
	SEND = sector_code_send,
	ANALYZE = sector_code_typanalyze,
	LIKE = pg_catalog.int8
);
COMMENT ON TYPE sector_code IS
'Hierarchical code of an activity: KSIC by default (35111), else with its scheme (isic:3510, hs:8541.40, cluster:ENERGY); sorts parent first.';

CREATE FUNCTION sector_code(text) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_sector_code_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code(text) IS
'Text to code, for the casts; 22P02 when the text is no code.';

CREATE FUNCTION sector_code(bpchar) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_sector_code_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code(bpchar) IS
'Blank-padded text to code, for the casts; 22P02 when the text is no code.';

CREATE FUNCTION text(sector_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_sector_code_to_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(sector_code) IS
'Canonical text of a code.';

-- No implicit cast: a text that looks like a code stays a text until somebody says otherwise.
CREATE CAST (text AS sector_code) WITH FUNCTION sector_code(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS sector_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (sector_code AS text) WITH FUNCTION text(sector_code) AS ASSIGNMENT;
COMMENT ON CAST (sector_code AS text) IS 'By assignment or when written; the canonical text.';
CREATE CAST (varchar AS sector_code) WITH FUNCTION sector_code(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS sector_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (sector_code AS varchar) WITH FUNCTION text(sector_code) AS ASSIGNMENT;
COMMENT ON CAST (sector_code AS varchar) IS 'By assignment or when written; the canonical text.';
CREATE CAST (bpchar AS sector_code) WITH FUNCTION sector_code(bpchar) AS ASSIGNMENT;
COMMENT ON CAST (bpchar AS sector_code) IS 'By assignment or when written; 22P02 when the text is no code.';
CREATE CAST (sector_code AS bpchar) WITH FUNCTION text(sector_code) AS ASSIGNMENT;
COMMENT ON CAST (sector_code AS bpchar) IS 'By assignment or when written; the canonical text.';

CREATE FUNCTION sector_code_or_null(text) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_sector_code_or_null'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_or_null(text) IS
'Text to code, or NULL where the text is no code; never raises.';

-- Comparison: the order is the pre-order of the hierarchy, a parent directly before its descendants.

CREATE FUNCTION code_eq(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(sector_code, sector_code) IS
'Are the two codes equal?';

CREATE FUNCTION code_ne(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(sector_code, sector_code) IS
'Are the two codes not equal?';

CREATE FUNCTION code_lt(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(sector_code, sector_code) IS
'Is the left code before in the order of the hierarchy?';

CREATE FUNCTION code_le(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(sector_code, sector_code) IS
'Is the left code before or equal in the order of the hierarchy?';

CREATE FUNCTION code_gt(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(sector_code, sector_code) IS
'Is the left code after in the order of the hierarchy?';

CREATE FUNCTION code_ge(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(sector_code, sector_code) IS
'Is the left code after or equal in the order of the hierarchy?';

CREATE FUNCTION code_cmp(sector_code, sector_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(sector_code, sector_code) IS
'-1, 0 or 1: less, equal, greater; for the btree operator class.';

CREATE FUNCTION sector_code_contains_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_sector_code_contains_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contains_support(internal) IS
'Planner support of @>: an index condition; over a partition key, a range.';

CREATE FUNCTION sector_code_contains_sel(internal, oid, internal, int4) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_sector_code_contains_sel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contains_sel(internal, oid, internal, int4) IS
'Selectivity of @> with a constant.';

CREATE FUNCTION sector_code_contains_joinsel(internal, oid, internal, int2, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_sector_code_contains_joinsel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contains_joinsel(internal, oid, internal, int2, internal) IS
'Selectivity of @> as a join.';

CREATE FUNCTION sector_code_contained_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_sector_code_contained_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contained_support(internal) IS
'Planner support of <@: an index condition; over a partition key, a range.';

CREATE FUNCTION sector_code_contained_sel(internal, oid, internal, int4) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_sector_code_contained_sel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contained_sel(internal, oid, internal, int4) IS
'Selectivity of <@ with a constant.';

CREATE FUNCTION sector_code_contained_joinsel(internal, oid, internal, int2, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_sector_code_contained_joinsel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_contained_joinsel(internal, oid, internal, int2, internal) IS
'Selectivity of <@ as a join.';

CREATE FUNCTION code_contains(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contains_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT sector_code_contains_support;
COMMENT ON FUNCTION code_contains(sector_code, sector_code) IS
'Is the second code the first or a descendant of it?';

CREATE FUNCTION code_contained(sector_code, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contained_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT sector_code_contained_support;
COMMENT ON FUNCTION code_contained(sector_code, sector_code) IS
'Is the first code the second or a descendant of it?';

CREATE OPERATOR = (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (sector_code, sector_code) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sector_code, sector_code) IS 'not equal';

CREATE OPERATOR < (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sector_code, sector_code) IS 'before in the order of the hierarchy';

CREATE OPERATOR <= (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sector_code, sector_code) IS 'before or equal in the order of the hierarchy';

CREATE OPERATOR > (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sector_code, sector_code) IS 'after in the order of the hierarchy';

CREATE OPERATOR >= (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sector_code, sector_code) IS 'after or equal in the order of the hierarchy';

CREATE OPERATOR @> (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_contains,
	COMMUTATOR = <@, RESTRICT = sector_code_contains_sel, JOIN = sector_code_contains_joinsel
);
COMMENT ON OPERATOR @> (sector_code, sector_code) IS 'left is right or an ancestor of it';

CREATE OPERATOR <@ (
	LEFTARG = sector_code, RIGHTARG = sector_code, FUNCTION = code_contained,
	COMMUTATOR = @>, RESTRICT = sector_code_contained_sel, JOIN = sector_code_contained_joinsel
);
COMMENT ON OPERATOR <@ (sector_code, sector_code) IS 'left is right or a descendant of it';

-- Index support.

CREATE FUNCTION sector_code_sortsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'innocity_code_sortsupport'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_sortsupport(internal) IS
'Sort support: the server''s own comparator of signed integers.';

CREATE FUNCTION code_hash(sector_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_hash'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_hash(sector_code) IS
'Hash of a code; on disk, never changes.';

CREATE FUNCTION code_hash_extended(sector_code, int8) RETURNS int8
AS 'MODULE_PATHNAME', 'innocity_code_hash_extended'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_hash_extended(sector_code, int8) IS
'64-bit hash of a code with a seed; on disk, never changes.';

CREATE OPERATOR CLASS sector_code_ops DEFAULT FOR TYPE sector_code USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 code_cmp(sector_code, sector_code),
	FUNCTION 2 (sector_code, sector_code) sector_code_sortsupport(internal),
	FUNCTION 4 (sector_code, sector_code) pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS sector_code_ops USING btree IS 'codes in the order of the hierarchy';

CREATE OPERATOR CLASS sector_code_ops DEFAULT FOR TYPE sector_code USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 code_hash(sector_code),
	FUNCTION 2 code_hash_extended(sector_code, int8);
COMMENT ON OPERATOR CLASS sector_code_ops USING hash IS 'equality of codes';

CREATE FUNCTION sector_code_distance(internal, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_code_distance'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_distance(internal, internal) IS
'Distance of two codes, for BRIN minmax_multi.';

CREATE OPERATOR CLASS sector_code_minmax_ops DEFAULT FOR TYPE sector_code USING brin AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS sector_code_minmax_ops USING brin IS 'lowest and highest code of each block range';

CREATE OPERATOR CLASS sector_code_minmax_multi_ops FOR TYPE sector_code USING brin AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_multi_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_multi_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_multi_consistent(internal, internal, internal, int4),
	FUNCTION 4 pg_catalog.brin_minmax_multi_union(internal, internal, internal),
	FUNCTION 5 pg_catalog.brin_minmax_multi_options(internal),
	FUNCTION 11 sector_code_distance(internal, internal);
COMMENT ON OPERATOR CLASS sector_code_minmax_multi_ops USING brin IS 'a few ranges of codes of each block range';

CREATE FUNCTION code_smaller(sector_code, sector_code) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_code_smaller'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_smaller(sector_code, sector_code) IS
'The one that comes first; for min().';

CREATE FUNCTION code_larger(sector_code, sector_code) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_code_larger'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_larger(sector_code, sector_code) IS
'The one that comes last; for max().';

CREATE AGGREGATE min(sector_code) (
	SFUNC = code_smaller, STYPE = sector_code, COMBINEFUNC = code_smaller, SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(sector_code) IS
'The first code in the order of the hierarchy; NULL rows are skipped, NULL of no rows.';

CREATE AGGREGATE max(sector_code) (
	SFUNC = code_larger, STYPE = sector_code, COMBINEFUNC = code_larger, SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(sector_code) IS
'The last code in the order of the hierarchy; NULL rows are skipped, NULL of no rows.';

-- Comparison with text, by meaning: a text that is a code compares as that code, any other text equals no code and sorts after
-- every code. In the btree family, so that a bound string finds its code by the index; not hashable, and never to be
-- marked MERGES, for the equality of text is not this one. The family has an order of its own for two texts (#< and
-- the like): a btree looks for it when it reduces a list of texts, as in code >= ANY (texts). It has no equality of two texts
-- (so amvalidate finds it incomplete): with one, a text column could refer to a column of codes, and the server's triggers
-- of such foreign keys fail where one side has a collation and the other none.

CREATE FUNCTION code_eq(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ne(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_lt(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_le(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_gt(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ge(sector_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(sector_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_cmp(sector_code, text) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp_sector_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(sector_code, text) IS
'-1, 0 or 1: less, equal, greater, by meaning; for the btree operator family.';

CREATE FUNCTION code_eq(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ne(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_lt(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_le(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_gt(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ge(text, sector_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(text, sector_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_cmp(text, sector_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp_text_sector_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(text, sector_code) IS
'-1, 0 or 1: less, equal, greater, by meaning; for the btree operator family.';

CREATE FUNCTION sector_code_cmp(text, text) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_sector_code_cmp_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_cmp(text, text) IS
'Order of two texts as codes, for lists of texts in an index condition; texts that are no codes sort last, as bytes.';

CREATE OPERATOR = (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <> (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR < (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <= (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR > (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR >= (
	LEFTARG = sector_code, RIGHTARG = text, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sector_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR = (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <> (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR < (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <= (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR > (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR >= (
	LEFTARG = text, RIGHTARG = sector_code, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (text, sector_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE FUNCTION sector_code_lt(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_sector_code_lt_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_lt(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION sector_code_le(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_sector_code_le_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_le(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION sector_code_gt(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_sector_code_gt_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_gt(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION sector_code_ge(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_sector_code_ge_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_ge(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE OPERATOR #< (
	LEFTARG = text, RIGHTARG = text, FUNCTION = sector_code_lt,
	COMMUTATOR = #>, NEGATOR = #>=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR #< (text, text) IS 'two texts as codes of type sector_code: for its btree operator family';

CREATE OPERATOR #<= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = sector_code_le,
	COMMUTATOR = #>=, NEGATOR = #>, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR #<= (text, text) IS 'two texts as codes of type sector_code: for its btree operator family';

CREATE OPERATOR #> (
	LEFTARG = text, RIGHTARG = text, FUNCTION = sector_code_gt,
	COMMUTATOR = #<, NEGATOR = #<=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR #> (text, text) IS 'two texts as codes of type sector_code: for its btree operator family';

CREATE OPERATOR #>= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = sector_code_ge,
	COMMUTATOR = #<=, NEGATOR = #<, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR #>= (text, text) IS 'two texts as codes of type sector_code: for its btree operator family';

ALTER OPERATOR FAMILY sector_code_ops USING btree ADD
	OPERATOR 1 < (sector_code, text),
	OPERATOR 2 <= (sector_code, text),
	OPERATOR 3 = (sector_code, text),
	OPERATOR 4 >= (sector_code, text),
	OPERATOR 5 > (sector_code, text),
	OPERATOR 1 < (text, sector_code),
	OPERATOR 2 <= (text, sector_code),
	OPERATOR 3 = (text, sector_code),
	OPERATOR 4 >= (text, sector_code),
	OPERATOR 5 > (text, sector_code),
	OPERATOR 1 #< (text, text),
	OPERATOR 2 #<= (text, text),
	OPERATOR 4 #>= (text, text),
	OPERATOR 5 #> (text, text),
	FUNCTION 1 (sector_code, text) code_cmp(sector_code, text),
	FUNCTION 1 (text, sector_code) code_cmp(text, sector_code),
	FUNCTION 1 (text, text) sector_code_cmp(text, text);

-- The hierarchy.

CREATE FUNCTION scheme(sector_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_scheme_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scheme(sector_code) IS
'Name of the scheme with its edition: ksic, ksic9, hs, cluster.';

CREATE FUNCTION level(sector_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_level_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION level(sector_code) IS
'Level in the hierarchy, 1 = top.';

CREATE FUNCTION level_name(sector_code) RETURNS text
AS 'MODULE_PATHNAME', 'innocity_level_name_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION level_name(sector_code) IS
'Name of the level in its scheme: section, division, group, class, subclass for ksic.';

CREATE FUNCTION parent(sector_code) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_parent_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION parent(sector_code) IS
'The next code up, or NULL for a code of the top level.';

CREATE FUNCTION ancestor(sector_code, int4) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_ancestor_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ancestor(sector_code, int4) IS
'The ancestor at that level, or the code itself; NULL where the branch has no code of that level.';

CREATE FUNCTION ancestors(sector_code) RETURNS SETOF sector_code
AS 'MODULE_PATHNAME', 'innocity_ancestors_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 4;
COMMENT ON FUNCTION ancestors(sector_code) IS
'The chain of ancestors, top first, the code itself last.';

CREATE FUNCTION lca(sector_code, sector_code) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_lca_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lca(sector_code, sector_code) IS
'Lowest common ancestor, or NULL when the codes have none; of a code and itself, the code.';

CREATE FUNCTION tree_similarity(sector_code, sector_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_tree_similarity_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tree_similarity(sector_code, sector_code) IS
'Jaccard similarity of the two chains of ancestors: 0 = nothing in common, 1 = same code (dimensionless).';

CREATE FUNCTION subtree_end(sector_code) RETURNS sector_code
AS 'MODULE_PATHNAME', 'innocity_subtree_end_sector_code'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION subtree_end(sector_code) IS
'The greatest value in the subtree of a code, written with a tilde (35~): a subtree is BETWEEN code AND subtree_end(code).';
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

CREATE FUNCTION region_code_typanalyze(internal) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_region_code_typanalyze'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_typanalyze(internal) IS
'Statistics of a column of codes: the usual ones and the rows of common subtrees.';

CREATE TYPE region_code (
	INPUT = region_code_in,
	OUTPUT = region_code_out,
	RECEIVE = region_code_recv,
	SEND = region_code_send,
	ANALYZE = region_code_typanalyze,
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
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(region_code, region_code) IS
'Are the two codes equal?';

CREATE FUNCTION code_ne(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(region_code, region_code) IS
'Are the two codes not equal?';

CREATE FUNCTION code_lt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(region_code, region_code) IS
'Is the left code before in the order of the hierarchy?';

CREATE FUNCTION code_le(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(region_code, region_code) IS
'Is the left code before or equal in the order of the hierarchy?';

CREATE FUNCTION code_gt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(region_code, region_code) IS
'Is the left code after in the order of the hierarchy?';

CREATE FUNCTION code_ge(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(region_code, region_code) IS
'Is the left code after or equal in the order of the hierarchy?';

CREATE FUNCTION code_cmp(region_code, region_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(region_code, region_code) IS
'-1, 0 or 1: less, equal, greater; for the btree operator class.';

CREATE FUNCTION region_code_contains_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_region_code_contains_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contains_support(internal) IS
'Planner support of @>: an index condition; over a partition key, a range.';

CREATE FUNCTION region_code_contains_sel(internal, oid, internal, int4) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_region_code_contains_sel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contains_sel(internal, oid, internal, int4) IS
'Selectivity of @> with a constant.';

CREATE FUNCTION region_code_contains_joinsel(internal, oid, internal, int2, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_region_code_contains_joinsel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contains_joinsel(internal, oid, internal, int2, internal) IS
'Selectivity of @> as a join.';

CREATE FUNCTION region_code_contained_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_region_code_contained_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contained_support(internal) IS
'Planner support of <@: an index condition; over a partition key, a range.';

CREATE FUNCTION region_code_contained_sel(internal, oid, internal, int4) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_region_code_contained_sel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contained_sel(internal, oid, internal, int4) IS
'Selectivity of <@ with a constant.';

CREATE FUNCTION region_code_contained_joinsel(internal, oid, internal, int2, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_region_code_contained_joinsel'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_contained_joinsel(internal, oid, internal, int2, internal) IS
'Selectivity of <@ as a join.';

CREATE FUNCTION code_contains(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contains_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_contains_support;
COMMENT ON FUNCTION code_contains(region_code, region_code) IS
'Is the second code the first or a descendant of it?';

CREATE FUNCTION code_contained(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_contained_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_contained_support;
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
	COMMUTATOR = <@, RESTRICT = region_code_contains_sel, JOIN = region_code_contains_joinsel
);
COMMENT ON OPERATOR @> (region_code, region_code) IS 'left is right or an ancestor of it';

CREATE OPERATOR <@ (
	LEFTARG = region_code, RIGHTARG = region_code, FUNCTION = code_contained,
	COMMUTATOR = @>, RESTRICT = region_code_contained_sel, JOIN = region_code_contained_joinsel
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
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_hash(region_code) IS
'Hash of a code; on disk, never changes.';

CREATE FUNCTION code_hash_extended(region_code, int8) RETURNS int8
AS 'MODULE_PATHNAME', 'innocity_code_hash_extended'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
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

CREATE FUNCTION region_code_distance(internal, internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_code_distance'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_distance(internal, internal) IS
'Distance of two codes, for BRIN minmax_multi.';

CREATE OPERATOR CLASS region_code_minmax_ops DEFAULT FOR TYPE region_code USING brin AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS region_code_minmax_ops USING brin IS 'lowest and highest code of each block range';

CREATE OPERATOR CLASS region_code_minmax_multi_ops FOR TYPE region_code USING brin AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 pg_catalog.brin_minmax_multi_opcinfo(internal),
	FUNCTION 2 pg_catalog.brin_minmax_multi_add_value(internal, internal, internal, internal),
	FUNCTION 3 pg_catalog.brin_minmax_multi_consistent(internal, internal, internal, int4),
	FUNCTION 4 pg_catalog.brin_minmax_multi_union(internal, internal, internal),
	FUNCTION 5 pg_catalog.brin_minmax_multi_options(internal),
	FUNCTION 11 region_code_distance(internal, internal);
COMMENT ON OPERATOR CLASS region_code_minmax_multi_ops USING brin IS 'a few ranges of codes of each block range';

CREATE FUNCTION code_smaller(region_code, region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_code_smaller'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_smaller(region_code, region_code) IS
'The one that comes first; for min().';

CREATE FUNCTION code_larger(region_code, region_code) RETURNS region_code
AS 'MODULE_PATHNAME', 'innocity_code_larger'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
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

-- Comparison with text, by meaning: a text that is a code compares as that code, any other text equals no code and sorts after
-- every code. In the btree family, so that a bound string finds its code by the index; not hashable, and never to be
-- marked MERGES, for the equality of text is not this one. The family has an order of its own for two texts (@< and
-- the like): a btree looks for it when it reduces a list of texts, as in code >= ANY (texts). It has no equality of two texts
-- (so amvalidate finds it incomplete): with one, a text column could refer to a column of codes, and the server's triggers
-- of such foreign keys fail where one side has a collation and the other none.

CREATE FUNCTION code_eq(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ne(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_lt(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_le(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_gt(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ge(region_code, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(region_code, text) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_cmp(region_code, text) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp_region_code_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(region_code, text) IS
'-1, 0 or 1: less, equal, greater, by meaning; for the btree operator family.';

CREATE FUNCTION code_eq(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_eq_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_eq(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ne(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ne_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ne(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_lt(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_lt(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_le(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_le(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_gt(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_gt(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_ge(text, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_ge(text, region_code) IS
'Comparison of a code and a text by meaning; a text that is no code equals none and sorts after all; never raises.';

CREATE FUNCTION code_cmp(text, region_code) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_code_cmp_text_region_code'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION code_cmp(text, region_code) IS
'-1, 0 or 1: less, equal, greater, by meaning; for the btree operator family.';

CREATE FUNCTION region_code_cmp(text, text) RETURNS int4
AS 'MODULE_PATHNAME', 'innocity_region_code_cmp_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION region_code_cmp(text, text) IS
'Order of two texts as codes, for lists of texts in an index condition; texts that are no codes sort last, as bytes.';

CREATE OPERATOR = (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <> (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR < (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <= (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR > (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR >= (
	LEFTARG = region_code, RIGHTARG = text, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (region_code, text) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR = (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <> (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR < (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR <= (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR > (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE OPERATOR >= (
	LEFTARG = text, RIGHTARG = region_code, FUNCTION = code_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (text, region_code) IS 'by meaning; a text that is no code equals none and sorts after all';

CREATE FUNCTION region_code_lt(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_region_code_lt_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION region_code_lt(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION region_code_le(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_region_code_le_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION region_code_le(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION region_code_gt(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_region_code_gt_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION region_code_gt(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE FUNCTION region_code_ge(text, text) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_region_code_ge_text_text'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION region_code_ge(text, text) IS
'Comparison of two texts as codes, for the btree operator family; texts that are no codes sort last, as bytes.';

CREATE OPERATOR @< (
	LEFTARG = text, RIGHTARG = text, FUNCTION = region_code_lt,
	COMMUTATOR = @>, NEGATOR = @>=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR @< (text, text) IS 'two texts as codes of type region_code: for its btree operator family';

CREATE OPERATOR @<= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = region_code_le,
	COMMUTATOR = @>=, NEGATOR = @>, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR @<= (text, text) IS 'two texts as codes of type region_code: for its btree operator family';

CREATE OPERATOR @> (
	LEFTARG = text, RIGHTARG = text, FUNCTION = region_code_gt,
	COMMUTATOR = @<, NEGATOR = @<=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR @> (text, text) IS 'two texts as codes of type region_code: for its btree operator family';

CREATE OPERATOR @>= (
	LEFTARG = text, RIGHTARG = text, FUNCTION = region_code_ge,
	COMMUTATOR = @<=, NEGATOR = @<, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR @>= (text, text) IS 'two texts as codes of type region_code: for its btree operator family';

ALTER OPERATOR FAMILY region_code_ops USING btree ADD
	OPERATOR 1 < (region_code, text),
	OPERATOR 2 <= (region_code, text),
	OPERATOR 3 = (region_code, text),
	OPERATOR 4 >= (region_code, text),
	OPERATOR 5 > (region_code, text),
	OPERATOR 1 < (text, region_code),
	OPERATOR 2 <= (text, region_code),
	OPERATOR 3 = (text, region_code),
	OPERATOR 4 >= (text, region_code),
	OPERATOR 5 > (text, region_code),
	OPERATOR 1 @< (text, text),
	OPERATOR 2 @<= (text, text),
	OPERATOR 4 @>= (text, text),
	OPERATOR 5 @> (text, text),
	FUNCTION 1 (region_code, text) code_cmp(region_code, text),
	FUNCTION 1 (text, region_code) code_cmp(text, region_code),
	FUNCTION 1 (text, text) region_code_cmp(text, text);

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
COMMENT ON FUNCTION activity_matrix_hash(activity_matrix) IS 'Hash of a activity_matrix, for DISTINCT, GROUP BY and hash joins.';

CREATE FUNCTION activity_matrix_hash_extended(activity_matrix, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'innocity_matrix_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION activity_matrix_hash_extended(activity_matrix, bigint) IS 'Hash of a activity_matrix with a seed, for hash partitions.';

CREATE OPERATOR CLASS activity_matrix_hash_ops DEFAULT FOR TYPE activity_matrix USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 activity_matrix_hash(activity_matrix),
	FUNCTION 2 activity_matrix_hash_extended(activity_matrix, bigint);
COMMENT ON OPERATOR CLASS activity_matrix_hash_ops USING hash IS 'Equality of activity_matrixs by content.';

-- JSON.

CREATE FUNCTION activity_matrix_to_json(activity_matrix) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_activity_matrix_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION activity_matrix_to_json(activity_matrix) IS
'A activity_matrix as {"kind":..,"regions":[..],"sectors":[..],"cells":{region:{sector:value}}}; rounded values, remainders left out.';

CREATE CAST (activity_matrix AS json) WITH FUNCTION activity_matrix_to_json(activity_matrix);
COMMENT ON CAST (activity_matrix AS json) IS 'Also used by to_json() and to_jsonb().';

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
'Combine function of sector_matrix_agg: the exact sum of two partial matrices.';

CREATE AGGREGATE sector_matrix_agg(sector_a sector_code, sector_b sector_code, value float8) (
	SFUNC = sector_matrix_accumulate,
	STYPE = sector_matrix,
	SSPACE = 4096,
	COMBINEFUNC = sector_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sector_matrix_agg(sector_code, sector_code, float8) IS
'Exact sums of value (any unit) by the pair of sectors, as one quantity; the same bytes in any row order and plan. A NULL value is skipped; a NULL sector beside a value is an error; no rows: NULL.';

CREATE FUNCTION pairs(matrix sector_matrix, OUT sector_a sector_code, OUT sector_b sector_code, OUT value float8) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_pairs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 1000;
COMMENT ON FUNCTION pairs(sector_matrix) IS
'The stored cells of a matrix as rows, in order; zero cells are not stored; value is NULL where a ratio is undefined.';

CREATE FUNCTION value(matrix sector_matrix, sector_a sector_code, sector_b sector_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_value_sector_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION value(sector_matrix, sector_code, sector_code) IS
'One cell. A quantity: 0 where nothing is stored. A ratio: that of the nearest listed ancestors, NULL where none is listed or the ratio is undefined.';

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
COMMENT ON OPERATOR CLASS sector_matrix_hash_ops USING hash IS 'Equality of sector_matrixs by content.';

-- JSON.

CREATE FUNCTION sector_matrix_to_json(sector_matrix) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_sector_matrix_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_matrix_to_json(sector_matrix) IS
'A sector_matrix as {"kind":..,"rows":[..],"columns":[..],"cells":{sector:{sector:value}}}; rounded values, remainders left out.';

CREATE CAST (sector_matrix AS json) WITH FUNCTION sector_matrix_to_json(sector_matrix);
COMMENT ON CAST (sector_matrix AS json) IS 'Also used by to_json() and to_jsonb().';
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
'Combine function of sector_profile_agg: the exact sum of two partial profiles.';

CREATE AGGREGATE sector_profile_agg(sector sector_code, weight float8) (
	SFUNC = sector_profile_accumulate,
	STYPE = sector_profile,
	SSPACE = 1024,
	COMBINEFUNC = sector_profile_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sector_profile_agg(sector_code, float8) IS
'Exact sums of weight (at least 0) by sector. A NULL weight is skipped; a NULL sector beside a weight is an error; no rows: NULL.';

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
COMMENT ON OPERATOR CLASS sector_profile_hash_ops USING hash IS 'Equality of sector_profiles by content.';

-- JSON.

CREATE FUNCTION sector_profile_to_json(sector_profile) RETURNS json
AS 'MODULE_PATHNAME', 'innocity_sector_profile_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION sector_profile_to_json(sector_profile) IS
'A sector_profile as {sector:weight}; rounded values, remainders left out.';

CREATE CAST (sector_profile AS json) WITH FUNCTION sector_profile_to_json(sector_profile);
COMMENT ON CAST (sector_profile AS json) IS 'Also used by to_json() and to_jsonb().';
-- convert: sectors of one classification into those of another.

CREATE FUNCTION convert(matrix activity_matrix, bridge sector_matrix) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_convert_activity_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION convert(activity_matrix, sector_matrix) IS
'Sectors through a concordance: each bridge row counts as normalised to 1, a sector takes the row of its nearest listed ancestor, one without a row is an error; totals stay exact.';

CREATE FUNCTION convert(profile sector_profile, bridge sector_matrix) RETURNS sector_profile
AS 'MODULE_PATHNAME', 'innocity_convert_sector_profile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION convert(sector_profile, sector_matrix) IS
'Sectors through a concordance: each bridge row counts as normalised to 1, a sector takes the row of its nearest listed ancestor, one without a row is an error; the total stays exact.';

--
-- Location quotients, presence
--

CREATE FUNCTION location_quotient(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_location_quotient' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION location_quotient(activity_matrix, activity_matrix) IS
'Location quotient of every cell: share of the sector in the region / its share in the reference (dimensionless, >= 0, 1 = as in the reference). The reference is the matrix itself, or another one such as the nation for a city. A ratio over the codes of the source; NULL where the reference has nothing of the sector.';

CREATE FUNCTION rca(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_location_quotient' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rca(activity_matrix, activity_matrix) IS
'Revealed comparative advantage (Balassa index): another name of location_quotient.';

CREATE FUNCTION symmetric_lq(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_symmetric_lq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION symmetric_lq(activity_matrix, activity_matrix) IS
'Symmetric location quotient (LQ - 1) / (LQ + 1) of every cell: -1 = absent, 0 = as in the reference, towards 1 = only here (dimensionless). NULL where the location quotient is.';

CREATE FUNCTION additive_lq(m activity_matrix, reference activity_matrix DEFAULT NULL) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_additive_lq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION additive_lq(activity_matrix, activity_matrix) IS
'Additive location quotient of every cell: share of the sector in the region - its share in the reference (-1 to 1, adds up to 0 over the sectors of a region).';

CREATE FUNCTION specialized(m activity_matrix, threshold float8 DEFAULT 1, strict bool DEFAULT false, reference activity_matrix DEFAULT NULL)
RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_specialized' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION specialized(activity_matrix, float8, bool, activity_matrix) IS
'1 where the location quotient is at least the threshold (above it if strict), else 0; decided exactly, without rounding. A ratio over the codes of the source, to be used with presence => ''given''.';

CREATE FUNCTION diversity(m activity_matrix, presence text DEFAULT 'lq') RETURNS TABLE(region region_code, value int)
AS 'MODULE_PATHNAME', 'innocity_diversity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION diversity(activity_matrix, text) IS
'Number of sectors present in each region. presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';

CREATE FUNCTION ubiquity(m activity_matrix, presence text DEFAULT 'lq') RETURNS TABLE(sector sector_code, value int)
AS 'MODULE_PATHNAME', 'innocity_ubiquity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION ubiquity(activity_matrix, text) IS
'Number of regions in which each sector is present. presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';

--
-- Relatedness of sectors, density around them
--

CREATE FUNCTION relatedness(m activity_matrix, method text DEFAULT 'proximity', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness(activity_matrix, text, text) IS
'How close every two sectors are, from the regions in which both are present (dimensionless, >= 0). method: proximity (smaller conditional probability), sqrt, asymmetric, correlation, jaccard, cosine, association, probability. A ratio over the sectors of the source; NULL for a sector present nowhere.';

CREATE FUNCTION cooccurrence(m activity_matrix, statistic text DEFAULT 'count', presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_cooccurrence' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cooccurrence(activity_matrix, text, text) IS
'Number of regions in which two sectors are present together (''count''; the diagonal is the ubiquity), or its z-score against independent presence (''zscore''; NULL on the diagonal and for a sector present nowhere or everywhere).';

CREATE FUNCTION relatedness_density(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false,
									presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_relatedness_density' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relatedness_density(activity_matrix, sector_matrix, int, bool, text) IS
'Share of a sector''s relatedness to other sectors that is present in the region (0 to 1), for every region and sector. r: relatedness, NULL = proximity of m itself; k: only the k most related sectors, NULL = all; self: the own sector counts too. NULL where no sector is related.';

CREATE FUNCTION distance(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_distance' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION distance(activity_matrix, sector_matrix, int, bool, text) IS
'Share of a sector''s relatedness that is missing in the region: 1 - relatedness_density (0 to 1), with the same arguments.';

CREATE FUNCTION relative_relatedness(m activity_matrix, r sector_matrix DEFAULT NULL, k int DEFAULT NULL, self bool DEFAULT false,
									 presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_relative_relatedness' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION relative_relatedness(activity_matrix, sector_matrix, int, bool, text) IS
'Relatedness density of the sectors that a region lacks, in population standard deviations from their mean in that region; NULL for sectors present, and where all are alike. Arguments as in relatedness_density.';

CREATE FUNCTION density_explain(m activity_matrix, region region_code, sector sector_code, r sector_matrix DEFAULT NULL, k int DEFAULT NULL,
								self bool DEFAULT false, presence text DEFAULT 'lq')
RETURNS TABLE(partner sector_code, relatedness float8, contribution float8)
AS 'MODULE_PATHNAME', 'innocity_density_explain' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION density_explain(activity_matrix, region_code, sector_code, sector_matrix, int, bool, text) IS
'Why a region''s density around a sector is what it is: every related sector with its relatedness and its contribution, which is 0 where the region lacks it. Contributions add up to the density. No rows for a region or sector that m does not list.';

CREATE FUNCTION cross_proximity(m1 activity_matrix, m2 activity_matrix, presence text DEFAULT 'lq') RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_cross_proximity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cross_proximity(activity_matrix, activity_matrix, text) IS
'Proximity between the sectors of two tables (jobs and patents, say): smaller conditional probability of being present in the same region, over the regions that both list (0 to 1). NULL for a sector present in none of them.';

CREATE FUNCTION skill_relatedness(flows sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_skill_relatedness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION skill_relatedness(sector_matrix) IS
'Skill-relatedness from moves between sectors (row to column): x = observed over expected moves, mapped to (x - 1) / (x + 1), the mean of both directions (-1 = never, 0 = as expected, towards 1). Moves inside a sector do not count; NULL on the diagonal and for a sector nobody leaves or enters.';

CREATE FUNCTION coagglomeration(m activity_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_coagglomeration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION coagglomeration(activity_matrix) IS
'Coagglomeration of two sectors (Ellison, Glaeser and Kerr 2010): covariance of their shares of the regions beyond the regions'' sizes, over 1 - sum of squared sizes (0 = none, > 0 = together). NULL when there is one region.';

--
-- Complexity of regions and sectors
--

CREATE FUNCTION economic_complexity(m activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, eci float8, diversity int, status text)
AS 'MODULE_PATHNAME', 'innocity_economic_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION economic_complexity(activity_matrix, text) IS
'Economic complexity index of every region (mean 0, population standard deviation 1), rising with diversity. status: ok; absent = no sector; disconnected = the table falls apart, naming the component; degenerate = the second eigenvalue is 0 or not separated. eci is NULL unless ok.';

CREATE FUNCTION sector_complexity(m activity_matrix, presence text DEFAULT 'lq', own_scale bool DEFAULT false)
RETURNS TABLE(sector sector_code, pci float8, ubiquity int, status text)
AS 'MODULE_PATHNAME', 'innocity_sector_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION sector_complexity(activity_matrix, text, bool) IS
'Complexity of every sector on the scale of the regions'' index, so that a region''s is the mean of its sectors''; own_scale: mean 0 and standard deviation 1 over sectors. status as in economic_complexity.';

CREATE FUNCTION complexity_summary(m activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(regions int, sectors int, components int, second_eigenvalue float8, third_eigenvalue float8, correlation float8, status text)
AS 'MODULE_PATHNAME', 'innocity_complexity_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1;
COMMENT ON FUNCTION complexity_summary(activity_matrix, text) IS
'How far the complexity of a table can be trusted: regions and sectors that take part, connected components, the two eigenvalues whose gap separates the index, and the correlation of the index with diversity (a low one means that the sign is weakly founded).';

CREATE FUNCTION region_fitness(m activity_matrix, iterations int DEFAULT 1000, tolerance float8 DEFAULT 1e-9, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, fitness float8, steps int, status text)
AS 'MODULE_PATHNAME', 'innocity_region_fitness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION region_fitness(activity_matrix, int, float8, text) IS
'Fitness of every region (mean 1). Iterates until no fitness changes by more than the tolerance, relatively; a nested table may never get there, which status says.';

CREATE FUNCTION sector_fitness(m activity_matrix, iterations int DEFAULT 1000, tolerance float8 DEFAULT 1e-9, presence text DEFAULT 'lq')
RETURNS TABLE(sector sector_code, fitness float8, steps int, status text)
AS 'MODULE_PATHNAME', 'innocity_sector_fitness' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000;
COMMENT ON FUNCTION sector_fitness(activity_matrix, int, float8, text) IS
'Complexity of every sector by the fitness method (mean 1): low where unfit regions have it too. See region_fitness.';

CREATE FUNCTION reflections(m activity_matrix, steps int, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, value float8, standardized float8)
AS 'MODULE_PATHNAME', 'innocity_reflections' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION reflections(activity_matrix, int, text) IS
'Method of reflections: k of that many steps for every region (0 = diversity), and its deviation from the mean in population standard deviations, which keeps its digits when all values have converged. NULL for a region without sectors.';

--
-- Measures of concentration and inequality, as aggregates
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

CREATE FUNCTION herfindahl_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_accumulate(internal, float8) IS
'Adds a row to herfindahl.';

CREATE FUNCTION herfindahl_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_remove(internal, float8) IS
'Takes a row out of herfindahl again, exactly.';

CREATE FUNCTION herfindahl_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_herfindahl_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_final(internal) IS
'Result of herfindahl.';

CREATE AGGREGATE herfindahl(x float8) (
	SFUNC = herfindahl_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = herfindahl_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = herfindahl_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE herfindahl(float8) IS
'Herfindahl-Hirschman index: sum of squared shares (1/n to 1). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION entropy_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(internal, float8) IS
'Adds a row to entropy.';

CREATE FUNCTION entropy_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_remove(internal, float8) IS
'Takes a row out of entropy again, exactly.';

CREATE FUNCTION entropy_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_entropy_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_final(internal) IS
'Result of entropy.';

CREATE AGGREGATE entropy(x float8) (
	SFUNC = entropy_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = entropy_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = entropy_accumulate, MINVFUNC = entropy_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = entropy_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE entropy(float8) IS
'Shannon entropy of the shares, in natural units (0 to ln n). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION entropy_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(internal, float8, float8) IS
'Adds a row to entropy.';

CREATE FUNCTION entropy_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_remove(internal, float8, float8) IS
'Takes a row out of entropy again, exactly.';

CREATE AGGREGATE entropy(x float8, base float8) (
	SFUNC = entropy_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = entropy_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = entropy_accumulate, MINVFUNC = entropy_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = entropy_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE entropy(float8, float8) IS
'Shannon entropy of the shares to a base (2 = bits), which is the same in every row. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION gini_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_final(internal) IS
'Result of gini.';

CREATE AGGREGATE gini(x float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = internal, SSPACE = 1024, FINALFUNC = gini_final,
	COMBINEFUNC = inequality_pairs_combine, SERIALFUNC = inequality_pairs_serialize, DESERIALFUNC = inequality_pairs_deserialize,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini(float8) IS
'Gini coefficient of the population form (0 to 1 - 1/n; times n/(n-1) it is normalized). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE AGGREGATE gini(x float8, weight float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = internal, SSPACE = 1024, FINALFUNC = gini_final,
	COMBINEFUNC = inequality_pairs_combine, SERIALFUNC = inequality_pairs_serialize, DESERIALFUNC = inequality_pairs_deserialize,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini(float8, float8) IS
'Gini coefficient of amounts x per unit, weighted by the number of units (0 to 1). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION hoover_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_hoover_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_final(internal) IS
'Result of hoover.';

CREATE AGGREGATE hoover(x float8, reference float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = internal, SSPACE = 1024, FINALFUNC = hoover_final,
	COMBINEFUNC = inequality_pairs_combine, SERIALFUNC = inequality_pairs_serialize, DESERIALFUNC = inequality_pairs_deserialize,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE hoover(float8, float8) IS
'Hoover index: half the sum of differences between shares in x and shares in the reference (0 to 1): the part that would have to move. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION krugman_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_krugman_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION krugman_final(internal) IS
'Result of krugman.';

CREATE AGGREGATE krugman(x float8, reference float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = internal, SSPACE = 1024, FINALFUNC = krugman_final,
	COMBINEFUNC = inequality_pairs_combine, SERIALFUNC = inequality_pairs_serialize, DESERIALFUNC = inequality_pairs_deserialize,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE krugman(float8, float8) IS
'Krugman index: sum of differences between shares in x and shares in the reference (0 to 2). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_t_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(internal, float8) IS
'Adds a row to theil_t.';

CREATE FUNCTION theil_t_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_remove(internal, float8) IS
'Takes a row out of theil_t again, exactly.';

CREATE FUNCTION theil_t_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_t_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_final(internal) IS
'Result of theil_t.';

CREATE AGGREGATE theil_t(x float8) (
	SFUNC = theil_t_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = theil_t_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = theil_t_accumulate, MINVFUNC = theil_t_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = theil_t_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_t(float8) IS
'Theil T index: mean of (x/mu) ln(x/mu) (0 to ln n); a zero contributes 0. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_t_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(internal, float8, float8) IS
'Adds a row to theil_t.';

CREATE FUNCTION theil_t_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_remove(internal, float8, float8) IS
'Takes a row out of theil_t again, exactly.';

CREATE AGGREGATE theil_t(x float8, weight float8) (
	SFUNC = theil_t_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = theil_t_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = theil_t_accumulate, MINVFUNC = theil_t_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = theil_t_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_t(float8, float8) IS
'Theil T index of amounts x per unit, weighted by the number of units (>= 0). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_l_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(internal, float8) IS
'Adds a row to theil_l.';

CREATE FUNCTION theil_l_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_remove(internal, float8) IS
'Takes a row out of theil_l again, exactly.';

CREATE FUNCTION theil_l_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_l_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_final(internal) IS
'Result of theil_l.';

CREATE AGGREGATE theil_l(x float8) (
	SFUNC = theil_l_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = theil_l_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = theil_l_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_l(float8) IS
'Theil L index (mean log deviation): mean of ln(mu/x) (>= 0); NULL too when an x is 0, for it is infinite then. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_l_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(internal, float8, float8) IS
'Adds a row to theil_l.';

CREATE FUNCTION theil_l_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_remove(internal, float8, float8) IS
'Takes a row out of theil_l again, exactly.';

CREATE AGGREGATE theil_l(x float8, weight float8) (
	SFUNC = theil_l_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = theil_l_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = theil_l_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_l(float8, float8) IS
'Theil L index of amounts x per unit, weighted by the number of units (>= 0); NULL too when an x is 0. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION atkinson_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_accumulate(internal, float8, float8) IS
'Adds a row to atkinson.';

CREATE FUNCTION atkinson_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_remove(internal, float8, float8) IS
'Takes a row out of atkinson again, exactly.';

CREATE FUNCTION atkinson_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_atkinson_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_final(internal) IS
'Result of atkinson.';

CREATE AGGREGATE atkinson(x float8, epsilon float8) (
	SFUNC = atkinson_accumulate, STYPE = internal, SSPACE = 1700, FINALFUNC = atkinson_final,
	COMBINEFUNC = inequality_sums_combine, SERIALFUNC = inequality_sums_serialize, DESERIALFUNC = inequality_sums_deserialize,
	MSFUNC = atkinson_accumulate, MINVFUNC = atkinson_remove, MSTYPE = internal, MSSPACE = 1700, MFINALFUNC = atkinson_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE atkinson(float8, float8) IS
'Atkinson index (0 to 1) with aversion epsilon >= 0, the same in every row; 1 when an x is 0 and epsilon at least 1. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION extinction_index(women_20_39 float8, age_65_plus float8) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_extinction_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extinction_index(float8, float8) IS
'Women of 20 to 39 per person of 65 and over (>= 0): below 0.5 a place is at risk of extinction, below 0.2 at high risk. NULL without anybody of 65 and over.';

--
-- Specialisation of regions, concentration of sectors, variety
--

CREATE TYPE region_value AS (region region_code, value float8);
COMMENT ON TYPE region_value IS
'A number for a region, such as its population or income: functions take ARRAY(SELECT (region, value)::region_value FROM ...).';
COMMENT ON COLUMN region_value.region IS 'The region.';
COMMENT ON COLUMN region_value.value IS 'Its number, in the unit that the function names.';

CREATE FUNCTION specialization(m activity_matrix)
RETURNS TABLE(region region_code, krugman float8, hachman float8, coefficient float8, herfindahl float8, entropy float8)
AS 'MODULE_PATHNAME', 'innocity_specialization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION specialization(activity_matrix) IS
'How a region''s sectors differ from the whole table''s: Krugman index (0 to 2), Hachman index (1 = same structure, towards 0 = unlike), coefficient of specialization (half of Krugman), and its own Herfindahl index (1/n to 1) and entropy (natural units).';

CREATE FUNCTION concentration(m activity_matrix)
RETURNS TABLE(sector sector_code, locational_gini float8, hoover float8, herfindahl float8, krugman float8)
AS 'MODULE_PATHNAME', 'innocity_concentration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION concentration(activity_matrix) IS
'How a sector''s regions differ from the whole table''s: locational Gini (Gini of location quotients weighted by the regions'' size, 0 to 1), Hoover index (0 to 1), Herfindahl index of its regions (1/n to 1), Krugman index (twice Hoover).';

CREATE FUNCTION variety(m activity_matrix, level int)
RETURNS TABLE(region region_code, related float8, unrelated float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_variety' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION variety(activity_matrix, int) IS
'Entropy of a region''s sectors (natural units) and its two parts: unrelated, between the codes of that level (1 = sections), and related, inside them. A code above that level is a group of its own.';

CREATE FUNCTION theil_decomposition(m activity_matrix, region_level int, population region_value[] DEFAULT NULL)
RETURNS TABLE(sector sector_code, between_groups float8, within_groups float8, total float8)
AS 'MODULE_PATHNAME', 'innocity_theil_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION theil_decomposition(activity_matrix, int, region_value[]) IS
'Theil T inequality among regions of every sector, and without a code of all sectors together, divided into a part between the regions of that level (1 = provinces) and a part within them. population makes it inequality per head; without it each region counts once.';

--
-- Two dates compared
--

CREATE FUNCTION shift_share(m0 activity_matrix, m1 activity_matrix, method text DEFAULT 'dunn')
RETURNS TABLE(region region_code, sector sector_code, actual float8, "national" float8, industry_mix float8, regional float8, allocation float8)
AS 'MODULE_PATHNAME', 'innocity_shift_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION shift_share(activity_matrix, activity_matrix, text) IS
'Change from m0 to m1 of every region and sector (in the unit of the matrices), divided into national growth, industry mix, the region''s own part and (esteban) allocation. method: dunn, esteban, dynamic. The parts add up to the actual change exactly, over any rows in any order.';

CREATE FUNCTION entry_exit(m0 activity_matrix, m1 activity_matrix, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, sector sector_code, change text)
AS 'MODULE_PATHNAME', 'innocity_entry_exit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION entry_exit(activity_matrix, activity_matrix, text) IS
'Sectors that became present in a region from m0 to m1 (''entry'') or ceased to be (''exit''). presence: ''lq'' = location quotient at least 1, ''given'' = every non-zero cell.';

--
-- Input-output analysis
--

CREATE FUNCTION input_coefficients(r sector_matrix, output sector_profile) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_input_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION input_coefficients(sector_matrix, sector_profile) IS
'Input coefficients of a table of transactions (row sells to column): each cell over the total output of its column (dimensionless). A ratio over the sectors of the table.';

CREATE FUNCTION leontief_inverse(r sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_leontief_inverse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION leontief_inverse(sector_matrix) IS
'Leontief inverse (I - A)^-1 of input coefficients: output of the row sector, direct and indirect, per unit of final demand for the column sector. An error if there is none without negative elements.';

CREATE FUNCTION multipliers(r sector_matrix) RETURNS TABLE(sector sector_code, output float8, backward float8, forward float8)
AS 'MODULE_PATHNAME', 'innocity_multipliers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION multipliers(sector_matrix) IS
'From a Leontief inverse: output multiplier of each sector (column sum, >= 1), and its backward and forward linkage (column and row sum over their mean: above 1 = stronger than average; Rasmussen''s power and sensitivity of dispersion).';

CREATE FUNCTION regional_coefficients(r sector_matrix, m activity_matrix, region region_code, method text DEFAULT 'flq', delta float8 DEFAULT 0.3)
RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_regional_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION regional_coefficients(sector_matrix, activity_matrix, region_code, text, float8) IS
'National input coefficients cut to what a region supplies itself, at most all of it: by its location quotient of the supplying sector (slq), or by Flegg''s (flq), supplier against buyer times the region''s size log2(1 + share)^delta. NULL for sectors of which the matrix lists no ancestor.';

--
-- Options and incomes seen through sectors; plants
--

CREATE TYPE sector_value AS (sector sector_code, value float8);
COMMENT ON TYPE sector_value IS
'A number for a sector, such as its complexity: functions take ARRAY(SELECT (sector, value)::sector_value FROM ...).';
COMMENT ON COLUMN sector_value.sector IS 'The sector.';
COMMENT ON COLUMN sector_value.value IS 'Its number, in the unit that the function names; may be negative.';

CREATE TYPE plant AS (region region_code, sector sector_code, size float8);
COMMENT ON TYPE plant IS 'A plant (establishment) for ellison_glaeser.';
COMMENT ON COLUMN plant.region IS 'Where it is.';
COMMENT ON COLUMN plant.sector IS 'Its sector.';
COMMENT ON COLUMN plant.size IS 'Its size, such as jobs (> 0).';

CREATE FUNCTION projected_complexity(m activity_matrix, pci sector_value[], presence text DEFAULT 'lq') RETURNS TABLE(region region_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_projected_complexity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION projected_complexity(activity_matrix, sector_value[], text) IS
'Complexity of regions by sector complexities from elsewhere, such as a larger table''s: their mean over the sectors present, in their unit. Sectors without one are left out; NULL for a region where none is left.';

CREATE FUNCTION complexity_outlook(m activity_matrix, r sector_matrix DEFAULT NULL, presence text DEFAULT 'lq')
RETURNS TABLE(region region_code, value float8, status text)
AS 'MODULE_PATHNAME', 'innocity_complexity_outlook' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 250;
COMMENT ON FUNCTION complexity_outlook(activity_matrix, sector_matrix, text) IS
'Complexity outlook index of every region: sum over the sectors it lacks of relatedness density times complexity. r: relatedness, NULL = proximity of m. NULL with a status where complexity has none.';

CREATE FUNCTION opportunity_gain(m activity_matrix, r sector_matrix DEFAULT NULL, presence text DEFAULT 'lq') RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_opportunity_gain' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION opportunity_gain(activity_matrix, sector_matrix, text) IS
'What a region''s complexity outlook would change by if it got one more sector, relatedness and complexities staying as they are. NULL for sectors present, and where complexity has no result.';

CREATE FUNCTION prody(m activity_matrix, income region_value[]) RETURNS TABLE(sector sector_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_prody' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION prody(activity_matrix, region_value[]) IS
'Income level of a sector: mean income of the regions, weighted by the sector''s share in each (in the unit of income). Regions without an income are left out; NULL when none is left.';

CREATE FUNCTION expy(m activity_matrix, income region_value[]) RETURNS TABLE(region region_code, value float8)
AS 'MODULE_PATHNAME', 'innocity_expy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 250;
COMMENT ON FUNCTION expy(activity_matrix, region_value[]) IS
'Income level of a region''s sectors: mean prody, weighted by their shares in the region (in the unit of income).';

CREATE FUNCTION rpop(m activity_matrix, population region_value[]) RETURNS activity_matrix
AS 'MODULE_PATHNAME', 'innocity_rpop' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rpop(activity_matrix, region_value[]) IS
'Amount per head of a sector in a region, over the same in all regions that have a population (>= 0, 1 = average). NULL for a region without one.';

CREATE FUNCTION ellison_glaeser(plants plant[]) RETURNS TABLE(sector sector_code, gamma float8, number int)
AS 'MODULE_PATHNAME', 'innocity_ellison_glaeser' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION ellison_glaeser(plant[]) IS
'Ellison-Glaeser index of a sector''s agglomeration beyond the size of its plants (0 = as by chance, above 0.05 = concentrated), and how many plants it has. The sizes of regions are those of all plants given. NULL with one plant or one region.';

--
-- Arrivals, and how well indicators foresee
--

CREATE FUNCTION what_if(m activity_matrix, region region_code, p sector_profile, jobs float8)
RETURNS TABLE(indicator text, sector sector_code, before float8, after float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH arrival AS MATERIALIZED (
		SELECT m + activity_matrix_agg(what_if.region, w.sector, what_if.jobs * w.weight / total(what_if.p)) AS m1
		FROM weights(what_if.p) w WHERE total(what_if.p) > 0
	), state AS MATERIALIZED (
		SELECT 0 AS at, what_if.m AS m UNION ALL SELECT 1, m1 FROM arrival
	), density AS MATERIALIZED (
		SELECT s.at, relatedness_density(s.m) AS density FROM state s
	), number AS (
		SELECT at, 'amount' AS indicator, c.sector, c.value FROM state s, LATERAL cells(slice(s.m, what_if.region)) c
		UNION ALL
		SELECT at, 'location_quotient', c.sector, c.value FROM state s, LATERAL cells(slice(location_quotient(s.m), what_if.region)) c
		UNION ALL
		SELECT at, 'specialized', c.sector, c.value FROM state s, LATERAL cells(slice(specialized(s.m), what_if.region)) c
		UNION ALL
		SELECT d.at, 'relatedness_density', c.sector, value(d.density, what_if.region, c.sector)
		FROM density d, LATERAL unnest(sectors(d.density)) c(sector)
		UNION ALL
		SELECT at, 'diversity', NULL, d.value FROM state s, LATERAL diversity(s.m) d WHERE d.region = what_if.region
		UNION ALL
		SELECT at, 'economic_complexity', NULL, e.eci FROM state s, LATERAL economic_complexity(s.m) e WHERE e.region = what_if.region
		UNION ALL
		SELECT at, i.name, NULL, i.value
		FROM state s, LATERAL specialization(s.m) x,
			 LATERAL (VALUES ('krugman', x.krugman), ('hachman', x.hachman), ('herfindahl', x.herfindahl), ('entropy', x.entropy)) i(name, value)
		WHERE x.region = what_if.region
	), paired AS (
		SELECT n.indicator, n.sector, max(n.value) FILTER (WHERE at = 0) AS before, max(n.value) FILTER (WHERE at = 1) AS after
		FROM number n GROUP BY n.indicator, n.sector
	)
	SELECT q.indicator, q.sector,
		   CASE WHEN q.indicator IN ('amount', 'location_quotient', 'specialized') THEN coalesce(q.before, 0) ELSE q.before END,
		   CASE WHEN q.indicator IN ('amount', 'location_quotient', 'specialized') THEN coalesce(q.after, 0) ELSE q.after END
	FROM paired q ORDER BY q.sector NULLS FIRST, q.indicator;
END;
COMMENT ON FUNCTION what_if(activity_matrix, region_code, sector_profile, float8) IS
'Indicators of a region before and after an arrival of that many jobs (in the unit of the matrix), spread over sectors by the profile, all else equal: amount, location_quotient, specialized and relatedness_density by sector; diversity, economic_complexity, krugman, hachman, herfindahl and entropy of the region (sector NULL).';

CREATE FUNCTION backtest(m0 activity_matrix, m1 activity_matrix)
RETURNS TABLE(score text, auc float8, auc_low float8, auc_high float8, lift float8, candidates bigint, entries bigint)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 3
BEGIN ATOMIC
	WITH present0 AS (
		SELECT c.region, c.sector, c.value FROM cells(specialized(backtest.m0)) c
	), present1 AS (
		SELECT c.region, c.sector, c.value FROM cells(specialized(backtest.m1)) c
	), density AS (
		SELECT c.region, c.sector, c.value FROM cells(relatedness_density(backtest.m0)) c
	), quotient AS (
		SELECT c.region, c.sector, c.value FROM cells(location_quotient(backtest.m0)) c
	), candidate AS MATERIALIZED (
		-- a cell that is not among the cells of a ratio is 0; one that is there without a value is undefined
		SELECT r.region, u.sector, u.value AS ubiquity, CASE WHEN d.region IS NULL THEN 0 ELSE d.value END AS density,
			   coalesce(q.value, 0) AS lq, p1.region IS NOT NULL AS entered
		FROM unnest(regions(backtest.m0)) r(region) CROSS JOIN ubiquity(backtest.m0) u
			 LEFT JOIN density d ON d.region = r.region AND d.sector = u.sector
			 LEFT JOIN quotient q ON q.region = r.region AND q.sector = u.sector
			 LEFT JOIN present0 p0 ON p0.region = r.region AND p0.sector = u.sector
			 LEFT JOIN present1 p1 ON p1.region = r.region AND p1.sector = u.sector
		WHERE p0.region IS NULL AND (d.region IS NULL OR d.value IS NOT NULL)
			  AND r.region = ANY (regions(backtest.m1)) AND u.sector = ANY (sectors(backtest.m1))
	), scored AS (
		SELECT s.name, s.value, c.entered, c.region, c.sector
		FROM candidate c, LATERAL (VALUES ('relatedness_density', c.density), ('location_quotient', c.lq), ('ubiquity', c.ubiquity::float8)) s(name, value)
	), ranked AS (
		SELECT s.name, s.entered,
			   rank() OVER (PARTITION BY s.name ORDER BY s.value) + (count(*) OVER (PARTITION BY s.name, s.value) - 1) / 2.0 AS middle_rank,
			   row_number() OVER (PARTITION BY s.name ORDER BY s.value DESC, s.region, s.sector) AS place,
			   count(*) OVER (PARTITION BY s.name) AS n
		FROM scored s
	), summed AS (
		SELECT r.name, max(r.n) AS n, count(*) FILTER (WHERE r.entered) AS n1, count(*) FILTER (WHERE NOT r.entered) AS n0,
			   sum(r.middle_rank) FILTER (WHERE r.entered) AS ranks,
			   count(*) FILTER (WHERE r.entered AND r.place <= ceil(r.n / 10.0)) AS top_entries, ceil(max(r.n) / 10.0) AS top
		FROM ranked r GROUP BY r.name
	), area AS (
		SELECT s.*, CASE WHEN s.n1 > 0 AND s.n0 > 0 THEN ((s.ranks - s.n1 * (s.n1 + 1) / 2.0) / (s.n1::numeric * s.n0))::float8 END AS a FROM summed s
	), spread AS (
		SELECT a.*, sqrt(greatest(0, (a.a * (1 - a.a) + (a.n1 - 1) * (a.a / (2 - a.a) - a.a * a.a) + (a.n0 - 1) * (2 * a.a * a.a / (1 + a.a) - a.a * a.a))
							 / (a.n1::float8 * a.n0))) AS error
		FROM area a WHERE a.a IS NOT NULL
		UNION ALL
		SELECT a.*, NULL FROM area a WHERE a.a IS NULL
	)
	SELECT s.name, s.a, greatest(0, s.a - 1.959963984540054 * s.error), least(1, s.a + 1.959963984540054 * s.error),
		   CASE WHEN s.n1 > 0 THEN ((s.top_entries / s.top) / (s.n1::numeric / s.n))::float8 END, s.n, s.n1
	FROM spread s ORDER BY s.name;
END;
COMMENT ON FUNCTION backtest(activity_matrix, activity_matrix) IS
'How well indicators of m0 told which sectors absent from a region then became present in m1 (location quotient at least 1). auc: probability that an entry scored higher than a sector that stayed away (0.5 = chance), with its 95 % interval (Hanley and McNeil 1982); lift: entries among the top tenth over their share in all. NULL without any entry or without any other.';

--
-- Uncertainty
--

CREATE FUNCTION bootstrap(m activity_matrix, statistic text, samples int DEFAULT 1000, confidence float8 DEFAULT 0.95, seed bigint DEFAULT 1)
RETURNS TABLE(region region_code, sector sector_code, value float8, low float8, high float8, status text)
AS 'MODULE_PATHNAME', 'innocity_bootstrap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 1000;
COMMENT ON FUNCTION bootstrap(activity_matrix, text, int, float8, bigint) IS
'Estimate and bootstrap bounds of an indicator when the cells are counts that are drawn again (Poisson, seeded). statistic: location_quotient, relatedness_density, economic_complexity, complexity_rank (1 = most complex). status tells how many samples had no result; bounds are those of the others.';

--
-- Parts of the score: a profile against another one, and against a region
--

CREATE FUNCTION profile_similarity(a sector_profile, b sector_profile) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_profile_similarity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION profile_similarity(sector_profile, sector_profile) IS
'Cosine of two profiles in which related codes count in part, by tree_similarity (0 = no section in common, 1 = equal profiles; dimensionless). NULL when a profile has no weight.';

CREATE FUNCTION weighted_mean(p sector_profile, m activity_matrix, region region_code) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_weighted_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION weighted_mean(sector_profile, activity_matrix, region_code) IS
'Mean of a region''s cells over the sectors of a profile, weighted by it (in the unit of the matrix). A ratio is read through nearest listed ancestors, and sectors without a value are left out; NULL when none has one.';

--
-- The score
--

CREATE FUNCTION synergy_score(parts float8[], weights float8[], power float8 DEFAULT 1, OUT score numeric, OUT coverage numeric)
AS 'MODULE_PATHNAME', 'innocity_synergy_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION synergy_score(float8[], float8[], float8) IS
'Weighted power mean of the parts (0 to 1) that are not NULL, rounded half up to 9 decimals, and the share of the weight that they carry. power 1 = weighted mean, 0 = geometric mean of parts floored at 0.01. Without any weight on known parts the score is NULL and the coverage 0.';
--
-- Leaves of the score: which own sector meets which partner, and what that adds
--

CREATE TYPE synergy_matrix AS (
    part text,
    matrix sector_matrix
);
COMMENT ON TYPE synergy_matrix IS
'A part of the score and a matrix for it: an institution''s route (own sector x sector of the part''s taxonomy, adding up to 1) or a city''s fit (sector x partner sector).';
COMMENT ON COLUMN synergy_matrix.part IS 'Name of the part.';
COMMENT ON COLUMN synergy_matrix.matrix IS 'Route or fit; NULL = the part is not known.';

CREATE TYPE synergy_partner AS (
    partner_id text,
    profile sector_profile,
    similarity float8
);
COMMENT ON TYPE synergy_partner IS
'A partner of complementarity: an incumbent or asset of a city.';
COMMENT ON COLUMN synergy_partner.partner_id IS 'Identifier of the partner.';
COMMENT ON COLUMN synergy_partner.profile IS 'Its profile; NULL or without weight = it is no partner.';
COMMENT ON COLUMN synergy_partner.similarity IS 'Similarity to the institution in [0,1]: a result of nearest_partners, never read.';

CREATE TYPE synergy_share AS (
    part text,
    partner_id text,
    value float8
);
COMMENT ON TYPE synergy_share IS
'A part of the score, or a share of it, that comes as a number: the rows of one part add up to it.';
COMMENT ON COLUMN synergy_share.part IS 'Name of the part.';
COMMENT ON COLUMN synergy_share.partner_id IS 'Partner that the share is owed to; NULL = none.';
COMMENT ON COLUMN synergy_share.value IS 'Share; the sum of a part lies in [0,1]. NULL adds nothing.';

CREATE FUNCTION row_shares(r sector_matrix, diagonal boolean DEFAULT true) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_row_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION row_shares(sector_matrix, boolean) IS
'Each row divided by its sum, so that it adds up to 1; diagonal => false leaves each sector''s relation to itself out first. Rows whose sum is not positive are left out.';

CREATE FUNCTION transpose(r sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_transpose' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION transpose(sector_matrix) IS
'The matrix with rows and columns changed over: of sales by seller and buyer, purchases by buyer and seller.';

CREATE FUNCTION scale_columns(r sector_matrix, p sector_profile) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_scale_columns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION scale_columns(sector_matrix, sector_profile) IS
'Each column times the profile''s weight of its sector, 0 for a sector that the profile does not list.';

CREATE FUNCTION route(p sector_profile, bridge sector_matrix) RETURNS sector_matrix
AS 'MODULE_PATHNAME', 'innocity_route' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION route(sector_profile, sector_matrix) IS
'How a profile arrives in another taxonomy, with its own sectors kept apart: profile sector x sector of the bridge, all cells adding up to 1. A sector takes the row of its nearest listed ancestor; one without is left out and the others are weighted up. NULL when nothing is left. convert(p, bridge) gives the sums and is strict about such sectors.';

CREATE FUNCTION nearest_partners(institution_id text, profile sector_profile, partners synergy_partner[], k integer) RETURNS synergy_partner[]
AS 'MODULE_PATHNAME', 'innocity_nearest_partners' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION nearest_partners(text, sector_profile, synergy_partner[], integer) IS
'The k partners whose profiles are most similar to a profile (profile_similarity), most similar first; similarities equal to 12 decimals: smaller identifier first. The institution itself is never among them. Fewer when there are fewer; NULL when there is none or an argument is NULL.';

CREATE FUNCTION synergy_values(parts text[], routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                               partners synergy_partner[], shares synergy_share[]) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_synergy_values' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION synergy_values(text[], synergy_matrix[], synergy_matrix[], sector_profile, synergy_partner[], synergy_share[]) IS
'Values of the named parts for one institution and city, in the order of the names, NULL where their data are absent: route times fit summed up; complementarity = mean similarity to the partners; all others the sum of their shares.';

CREATE FUNCTION synergy_leaves(parts text[], weights float8[], score numeric, power float8, by_part boolean,
                               routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                               partners synergy_partner[], shares synergy_share[],
                               OUT part text, OUT own_sector sector_code, OUT partner_sector sector_code, OUT partner_id text,
                               OUT value float8, OUT contribution numeric) RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_synergy_leaves' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 300;
COMMENT ON FUNCTION synergy_leaves(text[], float8[], numeric, float8, boolean, synergy_matrix[], synergy_matrix[], sector_profile, synergy_partner[], synergy_share[]) IS
'The reasons of a score as rows (part, own sector, partner sector, partner) whose contributions, rounded to 9 decimals by largest remainder, add up to it exactly. With by_part one row a part: its value, and the sum of its leaves. For a power other than 1 a part''s share of the score is its share of the sum of weight x value^power.';
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
-- Weights and consistency of pairwise judgements (analytic hierarchy process).

CREATE FUNCTION ahp_weights(pairwise_matrix, method text DEFAULT 'eigenvector', OUT criterion text, OUT weight float8, OUT status text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'innocity_ahp_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 6;
COMMENT ON FUNCTION ahp_weights(pairwise_matrix, text) IS
'Weights of the criteria, adding up to 1: "eigenvector" (Saaty, power iteration to 1e-12) or "geometric" (mean of the rows; least squares of the logarithms). status: complete; completed = judgements are missing and were completed (Harker); disconnected = judgements do not tie the criteria together, weight is NULL.';

CREATE FUNCTION lambda_max(pairwise_matrix) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_lambda_max' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION lambda_max(pairwise_matrix) IS
'Principal eigenvalue, at least the number of criteria and equal to it when judgements are consistent; missing judgements completed. NULL when they do not tie the criteria together.';

CREATE FUNCTION consistency_index(pairwise_matrix) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_consistency_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION consistency_index(pairwise_matrix) IS
'(lambda_max - n) / (n - 1): 0 = consistent; 0 for one or two criteria. NULL when judgements do not tie the criteria together.';

CREATE FUNCTION consistency_ratio(pairwise_matrix, random_index text DEFAULT 'saaty') RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_consistency_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION consistency_ratio(pairwise_matrix, text) IS
'Consistency index over that of random judgements by a named table: saaty, alonso_lamata or aguaron_moreno (3 to 15 criteria). Usually accepted up to 0.10; near that limit the verdict depends on the table, so show its name. NULL when judgements do not tie the criteria together.';

CREATE FUNCTION geometric_consistency_index(pairwise_matrix) RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_geometric_consistency_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION geometric_consistency_index(pairwise_matrix) IS
'Mean squared logarithm by which judgements differ from the geometric weights, per judgement beyond the n - 1 needed (Aguaron and Moreno): 0 = consistent; accepted up to 0.31, 0.35, 0.37 for 3, 4, more criteria. NULL when judgements do not tie the criteria together.';

CREATE FUNCTION worst_triad(pairwise_matrix, OUT criterion_a text, OUT criterion_b text, OUT criterion_c text, OUT inconsistency float8,
    OUT ask_a text, OUT ask_b text, OUT judgement float8, OUT implied float8) RETURNS record
    AS 'MODULE_PATHNAME', 'innocity_worst_triad' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION worst_triad(pairwise_matrix) IS
'The three criteria whose judgements contradict each other most (Koczkodaj, 0 to below 1), and the pair among them to ask again: what was said (ask_a over ask_b) and what all judgements together imply. NULLs when no three criteria are compared completely.';

CREATE FUNCTION missing_judgements(pairwise_matrix, method text DEFAULT 'eigenvector', OUT criterion_a text, OUT criterion_b text, OUT implied float8)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'innocity_missing_judgements' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 3;
COMMENT ON FUNCTION missing_judgements(pairwise_matrix, text) IS
'Pairs without a judgement and the ratio that completed them (criterion_a over criterion_b); NULL when judgements do not tie the criteria together.';

CREATE FUNCTION pairwise_matrix(criteria text[], weights float8[]) RETURNS pairwise_matrix
    AS 'MODULE_PATHNAME', 'innocity_pairwise_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pairwise_matrix(text[], float8[]) IS
'The consistent judgements of given weights (positive), so that experts who weight directly can join those who compare pairs.';

CREATE TYPE criterion_node AS (parent text, judgements pairwise_matrix);
COMMENT ON TYPE criterion_node IS
'A parent in a hierarchy of criteria (NULL = the root) and the judgements about its children.';

CREATE FUNCTION hierarchy_weights(nodes criterion_node[], method text DEFAULT 'eigenvector', OUT criterion text, OUT parent text, OUT level int,
    OUT leaf bool, OUT local_weight float8, OUT weight float8, OUT status text) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'innocity_hierarchy_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 20;
COMMENT ON FUNCTION hierarchy_weights(criterion_node[], text) IS
'Weights in a hierarchy of criteria of any depth: local_weight inside the parent, weight = product down from the root. Weights of the leaves add up to 1. Level 1 = directly below the root.';
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
-- Window functions that rank the rows of a partition on several criteria.

CREATE FUNCTION wsm(criteria float8[], weights float8[], directions text[], normalization text DEFAULT 'minmax') RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_wsm' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION wsm(float8[], float8[], text[], text) IS
'Weighted sum over normalised criteria, the more the better; with minmax (default) 0 = worst of the partition everywhere, 1 = best everywhere. directions: max or min; normalization: minmax, max, sum, vector, none. Weights are scaled to 1. A row whose criteria are or contain NULL is not ranked (NULL). Looks at the whole partition.';

CREATE FUNCTION wpm(criteria float8[], weights float8[], directions text[], normalization text DEFAULT 'max') RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_wpm' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION wpm(float8[], float8[], text[], text) IS
'Weighted product of criteria above 0, the more the better: max (default) takes each value relative to the best of the partition (1 = best everywhere), none as it is (to the power -w where the direction is min). A row whose criteria are or contain NULL is not ranked (NULL).';

CREATE FUNCTION topsis(criteria float8[], weights float8[], directions text[], normalization text DEFAULT 'vector') RETURNS float8
    AS 'MODULE_PATHNAME', 'innocity_topsis' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION topsis(float8[], float8[], text[], text) IS
'TOPSIS closeness to the ideal: 0 = anti-ideal, 1 = ideal. normalization: vector (default, Hwang and Yoon), minmax, max, sum, none; the winner can depend on it. NULL for a row whose criteria are or contain NULL, and for all rows when they do not differ in any weighted criterion.';

CREATE TYPE vikor_result AS (s float8, r float8, q float8, compromise bool);
COMMENT ON TYPE vikor_result IS
'VIKOR, the less the better: s = weighted sum of regrets (0 to 1), r = greatest weighted regret, q = their blend (0 = first in both), compromise = belongs to the compromise solution.';

CREATE FUNCTION vikor(criteria float8[], weights float8[], directions text[], v float8 DEFAULT 0.5) RETURNS vikor_result
    AS 'MODULE_PATHNAME', 'innocity_vikor' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION vikor(float8[], float8[], text[], float8) IS
'VIKOR: compromise ranking by the sum of regrets (share v) and the greatest regret (1 - v), against the best and worst of the partition. A constant criterion contributes 0. A row whose criteria are or contain NULL is not ranked (NULL).';

CREATE TYPE promethee_flows AS (positive float8, negative float8, net float8);
COMMENT ON TYPE promethee_flows IS
'PROMETHEE flows: positive = how much an alternative outranks the others (0 to 1), negative = how much it is outranked (0 to 1), net = positive - negative (PROMETHEE II, the more the better).';

CREATE FUNCTION promethee(criteria float8[], weights float8[], directions text[], functions text[] DEFAULT NULL,
    indifference float8[] DEFAULT NULL, preference float8[] DEFAULT NULL) RETURNS promethee_flows
    AS 'MODULE_PATHNAME', 'innocity_promethee' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION promethee(float8[], float8[], text[], text[], float8[], float8[]) IS
'PROMETHEE I and II flows, mean over the n - 1 other rows. functions by criterion: usual (default), u_shape (q), v_shape (p), level (q, p), linear (q, p), gaussian (s in the place of p); q from indifference, p from preference, in the unit of the criterion; a difference must exceed a threshold. NULL for a row whose criteria are or contain NULL and for a row alone.';
-- Rank acceptability when weights, or criteria, are not known exactly (SMAA).

CREATE FUNCTION smaa(criteria float8[], directions text[], samples int DEFAULT 10000, seed bigint DEFAULT 1, weights float8[] DEFAULT NULL,
    spread float8 DEFAULT NULL, concentration float8 DEFAULT NULL, deviations float8[] DEFAULT NULL, ranks int DEFAULT NULL,
    normalization text DEFAULT 'minmax') RETURNS float8[]
    AS 'MODULE_PATHNAME', 'innocity_smaa' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION smaa(float8[], text[], int, bigint, float8[], float8, float8, float8[], int, text) IS
'Share of random weights under which the row has rank 1, 2, ... by the weighted sum of min-max values (or, with normalization none, of values as they are); ties share the better rank. Weights: uniform on the simplex; or around given weights within +- spread (0.2 = 20 percent), or Dirichlet with a concentration. deviations: standard deviations of the row''s criteria (normal errors). ranks: how many to report, default all. The same seed gives the same result in any order of rows.';

CREATE TYPE smaa_result AS (acceptability float8[], standard_error float8[], central_weights float8[], confidence float8, samples int, seed bigint);
COMMENT ON TYPE smaa_result IS
'SMAA of one row: acceptability of rank 1, 2, ... and its standard error from sampling; central_weights = mean of the weights that put it first; confidence = how often it is first with these (1 unless criteria are uncertain); both NULL when it never is first.';

CREATE FUNCTION smaa_detail(criteria float8[], directions text[], samples int DEFAULT 10000, seed bigint DEFAULT 1, weights float8[] DEFAULT NULL,
    spread float8 DEFAULT NULL, concentration float8 DEFAULT NULL, deviations float8[] DEFAULT NULL, ranks int DEFAULT NULL,
    normalization text DEFAULT 'minmax') RETURNS smaa_result
    AS 'MODULE_PATHNAME', 'innocity_smaa_detail' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION smaa_detail(float8[], text[], int, bigint, float8[], float8, float8, float8[], int, text) IS
'As smaa, with standard errors, central weights and confidence factors.';
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
-- roadmap: critical path, scheduling under department capacities, simulation

CREATE TYPE roadmap_task AS (
    task text,
    duration float8
);
COMMENT ON TYPE roadmap_task IS
'A task of a roadmap and its duration (working days, or any unit that is used throughout; 0 = milestone), as ROW(task, duration)::roadmap_task. Numbers are kept to a millionth of the unit.';

CREATE TYPE roadmap_link AS (
    predecessor text,
    successor text,
    kind text,
    lag float8
);
COMMENT ON TYPE roadmap_link IS
'The successor depends on the predecessor: kind FS (finish to start; also when NULL), SS, FF or SF, with a lag in the unit of the durations (negative = lead; NULL = 0).';

CREATE TYPE roadmap_constraint AS (
    task text,
    kind text,
    value float8
);
COMMENT ON TYPE roadmap_constraint IS
'A date given for a task, counted from the start of the project: kind start_no_earlier, or deadline (latest finish). Of several the tightest holds.';

CREATE TYPE roadmap_demand AS (
    task text,
    department text,
    amount float8
);
COMMENT ON TYPE roadmap_demand IS
'What a task takes of a department while it runs (persons, say); NULL or 0 = nothing.';

CREATE TYPE roadmap_capacity AS (
    department text,
    amount float8
);
COMMENT ON TYPE roadmap_capacity IS
'What a department has at any time; NULL = no limit.';

CREATE TYPE roadmap_estimate AS (
    task text,
    optimistic float8,
    likely float8,
    pessimistic float8
);
COMMENT ON TYPE roadmap_estimate IS
'Three-point estimate of a task''s duration, optimistic <= likely <= pessimistic; three equal numbers are a certain duration.';

CREATE FUNCTION critical_path(
    tasks roadmap_task[],
    links roadmap_link[],
    constraints roadmap_constraint[] DEFAULT '{}',
    OUT task text,
    OUT earliest_start float8,
    OUT earliest_finish float8,
    OUT latest_start float8,
    OUT latest_finish float8,
    OUT total_float float8,
    OUT free_float float8,
    OUT critical boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_critical_path'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION critical_path(roadmap_task[], roadmap_link[], roadmap_constraint[]) IS
'Critical path method with links FS, SS, FF, SF and lags: one row a task in byte order of tasks, times from the start of the project in the unit of the durations. total_float is negative behind a deadline; critical = total_float <= 0; free_float is the slip that moves no other task''s early dates. A cycle is an error that names it. NULL argument: no rows.';

CREATE FUNCTION schedule(
    tasks roadmap_task[],
    links roadmap_link[],
    demands roadmap_demand[],
    capacities roadmap_capacity[],
    effort bigint DEFAULT 1000000,
    seed bigint DEFAULT 1,
    constraints roadmap_constraint[] DEFAULT '{}',
    OUT task text,
    OUT start float8,
    OUT finish float8,
    OUT project_finish float8,
    OUT bound float8,
    OUT gap float8)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_schedule'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION schedule(roadmap_task[], roadmap_link[], roadmap_demand[], roadmap_capacity[], bigint, bigint, roadmap_constraint[]) IS
'Schedule under department capacities: one row a task, start and finish in the unit of the durations; project_finish, bound (no schedule is shorter) and gap = (project_finish - bound) / bound are the same on every row. A heuristic: gap 0 is proof of the optimum. effort counts placements of a task; the result depends on (rows, effort, seed) alone. Deadlines decide between schedules of equal length only. NULL argument: no rows.';

CREATE FUNCTION simulate_roadmap(
    estimates roadmap_estimate[],
    links roadmap_link[],
    samples integer DEFAULT 10000,
    seed bigint DEFAULT 1,
    OUT task text,
    OUT mean float8,
    OUT p50 float8,
    OUT p80 float8,
    OUT p95 float8,
    OUT criticality float8)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_simulate_roadmap'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION simulate_roadmap(roadmap_estimate[], roadmap_link[], integer, bigint) IS
'Monte Carlo with Beta-PERT durations: mean and percentiles of each task''s finish in the unit of the durations, criticality = share of draws in which it is critical; the row with task NULL is the project. Deterministic by (rows, samples, seed). NULL argument: no rows.';
-- working_days: dates of a roadmap

CREATE FUNCTION working_date(start date, days integer, holidays date[] DEFAULT '{}', weekend integer[] DEFAULT '{6,7}')
RETURNS date
AS 'MODULE_PATHNAME', 'innocity_working_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION working_date(date, integer, date[], integer[]) IS
'The date that many working days after start; day 0 is the first working day on or after start, negative days go back. holidays: public holidays (NULL elements are skipped); weekend: ISO numbers of free weekdays, 1 = Monday. NULL if any argument is.';

CREATE FUNCTION working_days(first date, last date, holidays date[] DEFAULT '{}', weekend integer[] DEFAULT '{6,7}')
RETURNS integer
AS 'MODULE_PATHNAME', 'innocity_working_days'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION working_days(date, date, date[], integer[]) IS
'Working days from first to last, both counted; 0 when last is before first. Arguments as in working_date. NULL if any argument is.';
-- allocation: which institution goes to which city, with a proven bound

CREATE TYPE allocation_cell AS (
    institution text,
    city text,
    score float8
);
COMMENT ON TYPE allocation_cell IS
'The score of an institution in a city, as ROW(institution, city, score)::allocation_cell; finite, kept to nine decimals. Where there is no cell the institution cannot go.';

CREATE TYPE allocation_institution AS (
    institution text,
    headcount bigint,
    category text,
    move_group text
);
COMMENT ON TYPE allocation_institution IS
'An institution to place. headcount: persons, NULL = not known (it takes a place, but nothing of a capacity). category: what quotas count. move_group: institutions of one group go to one city. The last two may be NULL.';

CREATE TYPE allocation_city AS (
    city text,
    capacity bigint,
    max_count integer,
    min_count integer,
    province text
);
COMMENT ON TYPE allocation_city IS
'A city: most persons (capacity), most and fewest institutions, NULL = no limit; province: what quotas of a province count, may be NULL.';

CREATE TYPE allocation_bonus AS (
    institution_a text,
    institution_b text,
    bonus float8
);
COMMENT ON TYPE allocation_bonus IS
'What two institutions bring more when they share a city; negative: less. In the unit of the scores, finite; one row a pair, in either order.';

CREATE TYPE allocation_rule AS (
    institution text,
    city text,
    rule text,
    other text
);
COMMENT ON TYPE allocation_rule IS
'rule forced or forbidden: institution and city (other NULL). rule together or apart: institution and other (city NULL).';

CREATE TYPE allocation_quota AS (
    city text,
    category text,
    min_count integer,
    max_count integer,
    province text
);
COMMENT ON TYPE allocation_quota IS
'Fewest and most institutions (NULL = no limit) of one category (NULL = of all) in a city or in the cities of a province; exactly one of city and province is given.';

CREATE TYPE allocation_place AS (
    institution text,
    city text
);
COMMENT ON TYPE allocation_place IS
'One line of a plan: an institution and its city.';

CREATE TYPE allocation_move AS (
    institution text,
    city text,
    score numeric,
    bonus numeric,
    changed boolean
);
COMMENT ON TYPE allocation_move IS
'One line of an answer; see assignments(allocation).';

CREATE TYPE allocation_limit AS (
    rule text,
    city text,
    price float8,
    province text,
    category text,
    used bigint,
    allowed bigint
);
COMMENT ON TYPE allocation_limit IS
'One limit and what more of it is worth; see shadow_prices(allocation).';

CREATE TYPE allocation_option AS (
    institution text,
    city text,
    second_city text,
    exchange_with text,
    cost numeric
);
COMMENT ON TYPE allocation_option IS
'One institution''s next best place; see alternatives(allocation).';

CREATE TYPE allocation_share AS (
    city text,
    institutions bigint,
    headcount bigint,
    score numeric
);
COMMENT ON TYPE allocation_share IS
'What one city gets; see shares(allocation).';

CREATE TYPE allocation_cause AS (
    rule text,
    detail text,
    institution text,
    other text,
    city text
);
COMMENT ON TYPE allocation_cause IS
'One of the rules that cannot be kept together; see conflicts(allocation).';

CREATE TYPE allocation AS (
    status text,
    objective numeric,
    bound numeric,
    gap float8,
    seed bigint,
    effort bigint,
    place_rows allocation_move[],
    price_rows allocation_limit[],
    option_rows allocation_option[],
    share_rows allocation_share[],
    conflict_rows allocation_cause[]
);
COMMENT ON TYPE allocation IS
'The answer of allocate(): certificate, plan, prices, alternatives, shares and conflicts; read by the functions of these names.';

CREATE FUNCTION allocate(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    effort bigint DEFAULT 10000000,
    seed bigint DEFAULT 1,
    previous allocation_place[] DEFAULT '{}',
    change_penalty float8 DEFAULT 0)
RETURNS allocation
AS 'MODULE_PATHNAME', 'innocity_allocate'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION allocate(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], bigint, bigint, allocation_place[], float8) IS
'The plan that puts every institution into one city, keeps all rules and has the largest sum of scores and bonuses (less change_penalty for each institution that leaves its previous city), with a bound that no plan can pass. effort: elementary steps, some millions a second. The same input, effort and seed give the same bytes whatever the order of the rows. NULL argument: NULL.';

CREATE FUNCTION assignments(
    a allocation,
    OUT institution text,
    OUT city text,
    OUT score numeric,
    OUT bonus numeric,
    OUT changed boolean)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.institution, r.city, r.score, r.bonus, r.changed FROM unnest((a).place_rows) r;
END;
COMMENT ON FUNCTION assignments(allocation) IS
'The plan, one row an institution in byte order: its city, the score there, its half of the bonuses with those that share the city, and whether it leaves its previous city (NULL: it had none). The sum of score and bonus, less the change penalties, is the objective. No plan: no rows.';

CREATE FUNCTION certificate(
    a allocation,
    OUT status text,
    OUT objective numeric,
    OUT bound numeric,
    OUT gap float8,
    OUT seed bigint,
    OUT effort bigint)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT (a).status, (a).objective, (a).bound, (a).gap, (a).seed, (a).effort;
END;
COMMENT ON FUNCTION certificate(allocation) IS
'One row. status: optimal (proven), feasible (a plan and a bound), infeasible (proven: no plan keeps the rules), unknown (neither found nor refuted within the effort). objective is recomputed from the plan, no plan is worth more than bound, gap = (bound - objective) / |objective|.';

CREATE FUNCTION shadow_prices(
    a allocation,
    OUT rule text,
    OUT city text,
    OUT price float8,
    OUT province text,
    OUT category text,
    OUT used bigint,
    OUT allowed bigint)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    SELECT r.rule, r.city, r.price, r.province, r.category, r.used, r.allowed FROM unnest((a).price_rows) r;
END;
COMMENT ON FUNCTION shadow_prices(allocation) IS
'The rules that bind: capacity (price of one head), max_count, min_count, quota_min, quota_max (price of one place), with what the plan uses and what is allowed. price is the multiplier of the bound, >= 0, in the unit of the scores: about what one more (of a minimum: one fewer) would bring; exact for small changes of the linear relaxation, an estimate for whole institutions.';

CREATE FUNCTION alternatives(
    a allocation,
    OUT institution text,
    OUT city text,
    OUT second_city text,
    OUT exchange_with text,
    OUT cost numeric)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.institution, r.city, r.second_city, r.exchange_with, r.cost FROM unnest((a).option_rows) r;
END;
COMMENT ON FUNCTION alternatives(allocation) IS
'For each institution the best change that takes it (with its move group) to another city and keeps all rules: alone, or in exchange with another institution; cost is the value lost, in the unit of the scores. Its twelve best cities are tried. NULL: no such change.';

CREATE FUNCTION shares(
    a allocation,
    OUT city text,
    OUT institutions bigint,
    OUT headcount bigint,
    OUT score numeric)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 12
BEGIN ATOMIC
    SELECT r.city, r.institutions, r.headcount, r.score FROM unnest((a).share_rows) r;
END;
COMMENT ON FUNCTION shares(allocation) IS
'What each city gets in the plan: number of institutions, persons where known, sum of scores (without bonuses).';

CREATE FUNCTION fairness(
    a allocation,
    OUT measure text,
    OUT gini float8,
    OUT smallest_city text,
    OUT smallest_share float8,
    OUT largest_city text,
    OUT largest_share float8)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 2
BEGIN ATOMIC
    WITH amount AS (
        SELECT m.measure, m.ordinal, s.city, m.value,
               row_number() OVER (PARTITION BY m.ordinal ORDER BY m.value, s.city COLLATE "C") AS i,
               row_number() OVER (PARTITION BY m.ordinal ORDER BY m.value DESC, s.city COLLATE "C") AS from_top,
               count(*) OVER (PARTITION BY m.ordinal) AS n,
               sum(m.value) OVER (PARTITION BY m.ordinal) AS total
          FROM unnest((a).share_rows) s,
               LATERAL (VALUES (1, 'institutions', s.institutions), (2, 'headcount', s.headcount)) m (ordinal, measure, value))
    SELECT measure,
           (sum((2 * i - n - 1) * value) / nullif(n * total, 0))::float8,
           min(city) FILTER (WHERE i = 1),
           (min(value) / nullif(total, 0))::float8,
           min(city) FILTER (WHERE from_top = 1),
           (max(value) / nullif(total, 0))::float8
      FROM amount
     GROUP BY ordinal, measure, n, total
     ORDER BY ordinal;
END;
COMMENT ON FUNCTION fairness(allocation) IS
'How evenly the plan shares out institutions and persons, one row each: Gini of the cities'' amounts (0 = equal), the smallest and the largest share (of 1) and their cities (equal ones: first in byte order). NULL when there is nothing to share.';

CREATE FUNCTION conflicts(
    a allocation,
    OUT rule text,
    OUT detail text,
    OUT institution text,
    OUT other text,
    OUT city text)
RETURNS SETOF record
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 5
BEGIN ATOMIC
    SELECT r.rule, r.detail, r.institution, r.other, r.city FROM unnest((a).conflict_rows) r;
END;
COMMENT ON FUNCTION conflicts(allocation) IS
'When status is infeasible: a small set of rules that cannot be kept together, in words. Loosening one of them breaks this set; there may be others. Institutions are listed (rule assigned, cell) where few of them are enough.';

CREATE FUNCTION allocation_check(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    plan allocation_place[] DEFAULT '{}',
    OUT rule text,
    OUT detail text,
    OUT institution text,
    OUT other text,
    OUT city text,
    OUT used bigint,
    OUT allowed bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'innocity_allocation_check'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 5;
COMMENT ON FUNCTION allocation_check(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], allocation_place[]) IS
'Judges any plan: one row a broken rule, with what the plan uses and what is allowed; no rows: it keeps them all. NULL argument: no rows.';

CREATE FUNCTION allocation_objective(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}',
    plan allocation_place[] DEFAULT '{}')
RETURNS numeric
AS 'MODULE_PATHNAME', 'innocity_allocation_objective'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION allocation_objective(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[], allocation_place[]) IS
'What any plan is worth: the scores of its cells (an absent cell counts 0) and the bonuses of pairs that share a city, whether it keeps the rules or not. NULL argument: NULL.';

CREATE FUNCTION allocation_mps(
    cells allocation_cell[],
    institutions allocation_institution[],
    cities allocation_city[],
    bonuses allocation_bonus[] DEFAULT '{}',
    rules allocation_rule[] DEFAULT '{}',
    quotas allocation_quota[] DEFAULT '{}')
RETURNS text
AS 'MODULE_PATHNAME', 'innocity_allocation_mps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION allocation_mps(allocation_cell[], allocation_institution[], allocation_city[], allocation_bonus[], allocation_rule[], allocation_quota[]) IS
'The model as free-format MPS for outside solvers (to be minimised: values are negated), with the rows that keep its linear relaxation tight under bonuses. Column x_I_J: institution I goes to city J, numbered from 1 in byte order of their ids. NULL argument: NULL.';

CREATE FUNCTION allocation_read(
    institutions allocation_institution[],
    cities allocation_city[],
    solution text)
RETURNS SETOF allocation_place
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH i AS (SELECT r.institution, row_number() OVER (ORDER BY r.institution COLLATE "C") AS number FROM unnest(institutions) r),
         c AS (SELECT r.city, row_number() OVER (ORDER BY r.city COLLATE "C") AS number FROM unnest(cities) r)
    SELECT i.institution, c.city
      FROM regexp_matches(solution, 'x_([0-9]+)_([0-9]+)[[:space:]*]+([0-9.eE+-]+)', 'g') m
      JOIN i ON i.number = (m[1])::bigint
      JOIN c ON c.number = (m[2])::bigint
     WHERE (m[3])::float8 > 0.5
     ORDER BY i.number, c.number;
END;
COMMENT ON FUNCTION allocation_read(allocation_institution[], allocation_city[], text) IS
'The plan in an outside solver''s solution file of an allocation_mps model (CBC, GLPK, HiGHS: a column''s name followed by its value), for allocation_check and allocation_objective. NULL argument: no rows.';
-- A plan's tables. plan_tables() runs fixed DDL: every statement is text of this file, and only the search path says in which schema the
-- tables land. Every table has scenario first in its key, so that a copy of a scenario is a copy of rows and a dashboard filters one
-- column. Deleting a scenario's row of setting deletes the scenario.

CREATE FUNCTION plan_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    IF home IS NULL OR current_schema() IS DISTINCT FROM plan THEN
        RAISE EXCEPTION 'schema "%" does not exist', plan USING ERRCODE = 'invalid_schema_name';
    END IF;

    -- What makes a schema a plan: drop_plan and upgrade_plan look for this table and its single row.
    CREATE TABLE plan_version (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        innocity_version text NOT NULL,
        created timestamptz NOT NULL DEFAULT now(),
        upgraded timestamptz
    );
    COMMENT ON TABLE plan_version IS 'One row: marks this schema as a plan of innocity, and says which version made its views.';
    COMMENT ON COLUMN plan_version.singleton IS 'Always true: the table has one row.';
    COMMENT ON COLUMN plan_version.innocity_version IS 'Version of innocity that made or last upgraded the views.';
    COMMENT ON COLUMN plan_version.created IS 'When create_plan made the schema.';
    COMMENT ON COLUMN plan_version.upgraded IS 'When upgrade_plan last replaced the views; NULL if never.';

    CREATE TABLE setting (
        scenario text PRIMARY KEY DEFAULT 'base' CHECK (scenario <> ''),
        name_ko text,
        name_en text,
        base_year integer,
        neighbours integer NOT NULL DEFAULT 3 CHECK (neighbours >= 1),
        power float8 NOT NULL DEFAULT 1 CHECK (power > '-Infinity' AND power < 'Infinity'),
        kappa float8 NOT NULL DEFAULT 10 CHECK (kappa > 0 AND kappa < 'Infinity'),
        sibling_weight float8 NOT NULL DEFAULT 0.5 CHECK (sibling_weight BETWEEN 0 AND 1),
        decay_km float8 NOT NULL DEFAULT 10 CHECK (decay_km > 0 AND decay_km < 'Infinity'),
        home_city_id text,
        copied_from text,
        note text
    );
    COMMENT ON TABLE setting IS 'One row a scenario: its parameters. A scenario exists when it has a row here.';
    COMMENT ON COLUMN setting.scenario IS 'Name of the scenario; base is the one a plan starts with.';
    COMMENT ON COLUMN setting.name_ko IS 'Name of the scenario in Korean.';
    COMMENT ON COLUMN setting.name_en IS 'Name of the scenario in English.';
    COMMENT ON COLUMN setting.base_year IS 'Year of region_activity that the parts of the score read; NULL = the latest year there.';
    COMMENT ON COLUMN setting.neighbours IS 'Complementarity is the mean over this many most similar incumbents or assets (k).';
    COMMENT ON COLUMN setting.power IS 'Power of the weighted mean: 1 arithmetic, 0 geometric, -1 harmonic.';
    COMMENT ON COLUMN setting.kappa IS 'Absorption = x / (x + kappa n): how much activity of the city one job of the institution asks for.';
    COMMENT ON COLUMN setting.sibling_weight IS 'Strength of the tie of two subsidiaries of one parent, before the weights of their kinds, in [0,1].';
    COMMENT ON COLUMN setting.decay_km IS 'Distance in kilometres over which effects fade to 1/e, for the view spillover.';
    COMMENT ON COLUMN setting.home_city_id IS 'The city that this plan is made for; reports start with it.';
    COMMENT ON COLUMN setting.copied_from IS 'Scenario that copy_scenario made this one from.';
    COMMENT ON COLUMN setting.note IS 'Free text.';

    CREATE TABLE city (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        city_id text NOT NULL CHECK (city_id <> ''),
        name_ko text,
        name_en text,
        competes boolean NOT NULL DEFAULT true,
        theme_ko text,
        theme_en text,
        capacity float8 CHECK (capacity >= 0 AND capacity < 'Infinity'),
        max_count integer CHECK (max_count >= 0),
        min_count integer CHECK (min_count >= 0),
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        source text,
        PRIMARY KEY (scenario, city_id)
    );
    COMMENT ON TABLE city IS 'Cities that institutions may move to.';
    COMMENT ON COLUMN city.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city.city_id IS 'Identifier of the city, the planner''s own.';
    COMMENT ON COLUMN city.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN city.name_en IS 'Name in English.';
    COMMENT ON COLUMN city.competes IS 'Does the city compete for institutions? rank_of_city, runner-up and margin count competing cities only.';
    COMMENT ON COLUMN city.theme_ko IS 'Theme of the city in Korean.';
    COMMENT ON COLUMN city.theme_en IS 'Theme of the city in English.';
    COMMENT ON COLUMN city.capacity IS 'Head count that the city can take; NULL = no limit.';
    COMMENT ON COLUMN city.max_count IS 'Most institutions that the city may get; NULL = no limit.';
    COMMENT ON COLUMN city.min_count IS 'Fewest institutions that the city must get; NULL = none.';
    COMMENT ON COLUMN city.longitude IS 'Longitude in degrees, WGS 84.';
    COMMENT ON COLUMN city.latitude IS 'Latitude in degrees, WGS 84.';
    COMMENT ON COLUMN city.source IS 'Publisher of the row''s facts.';

    CREATE TABLE city_region (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        region region_code NOT NULL,
        PRIMARY KEY (scenario, city_id, region),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE city_region IS 'Regions that make up a city. Its row of activity is the sum of the rows of region_activity that lie in them.';
    COMMENT ON COLUMN city_region.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city_region.city_id IS 'The city.';
    COMMENT ON COLUMN city_region.region IS 'A region of the city; what lies under it counts too.';

    CREATE TABLE site (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        site_id text NOT NULL CHECK (site_id <> ''),
        kind text NOT NULL CHECK (kind IN ('innovation_city', 'old_downtown', 'surrounding_centre', 'other')),
        name_ko text,
        name_en text,
        region region_code,
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        area_km2 float8 CHECK (area_km2 >= 0 AND area_km2 < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, site_id),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE site IS 'Places inside and around a city: the innovation city, the old downtown, centres of the surrounding areas.';
    COMMENT ON COLUMN site.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN site.city_id IS 'The city that the site belongs to.';
    COMMENT ON COLUMN site.site_id IS 'Identifier of the site, the planner''s own.';
    COMMENT ON COLUMN site.kind IS 'innovation_city, old_downtown, surrounding_centre or other.';
    COMMENT ON COLUMN site.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN site.name_en IS 'Name in English.';
    COMMENT ON COLUMN site.region IS 'Code of the place, down to ten digits.';
    COMMENT ON COLUMN site.longitude IS 'Longitude in degrees, WGS 84.';
    COMMENT ON COLUMN site.latitude IS 'Latitude in degrees, WGS 84.';
    COMMENT ON COLUMN site.area_km2 IS 'Area in square kilometres.';
    COMMENT ON COLUMN site.source IS 'Publisher of the row''s facts.';

    CREATE TABLE city_indicator (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        indicator text NOT NULL CHECK (indicator <> ''),
        year integer NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, city_id, indicator, year),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE city_indicator IS 'Figures of a city beyond its economy (living conditions, extinction risk, ...), for the planner''s own criteria.';
    COMMENT ON COLUMN city_indicator.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN city_indicator.city_id IS 'The city.';
    COMMENT ON COLUMN city_indicator.indicator IS 'Name of the figure.';
    COMMENT ON COLUMN city_indicator.year IS 'Year of the figure; a criterion reads the latest.';
    COMMENT ON COLUMN city_indicator.value IS 'The figure, in its own unit, finite.';
    COMMENT ON COLUMN city_indicator.source IS 'Publisher of the figure.';

    CREATE TABLE institution (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        institution_id text NOT NULL CHECK (institution_id <> ''),
        name_ko text,
        name_en text,
        abbreviation text,
        ministry text,
        type text,
        status text NOT NULL DEFAULT 'other' CHECK (status IN ('capital', 'relocated', 'other')),
        head_office region_code,
        place_ko text,
        place_en text,
        city_id text,
        relocated_year integer,
        cluster text,
        category text,
        move_group text,
        headcount float8 CHECK (headcount > 0 AND headcount < 'Infinity'),
        confidence text,
        source text,
        PRIMARY KEY (scenario, institution_id),
        -- deferred: a scenario is deleted table by table
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
    );
    COMMENT ON TABLE institution IS 'Institutions: those that moved, those that may move, and all others that count as incumbents of a city.';
    COMMENT ON COLUMN institution.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN institution.institution_id IS 'Identifier of the institution, the planner''s own.';
    COMMENT ON COLUMN institution.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN institution.name_en IS 'Name in English.';
    COMMENT ON COLUMN institution.abbreviation IS 'Short name.';
    COMMENT ON COLUMN institution.ministry IS 'Ministry in charge; institutions of one ministry are affiliated by their share among the incumbents.';
    COMMENT ON COLUMN institution.type IS 'Legal type, as published.';
    COMMENT ON COLUMN institution.status IS 'capital = a candidate for every city; relocated = moved to city_id; other = elsewhere.';
    COMMENT ON COLUMN institution.head_office IS 'Region of the head office; NULL = not known.';
    COMMENT ON COLUMN institution.place_ko IS 'Where the head office is, in Korean.';
    COMMENT ON COLUMN institution.place_en IS 'Where the head office is, in English.';
    COMMENT ON COLUMN institution.city_id IS 'City that the institution moved to; NULL unless it did.';
    COMMENT ON COLUMN institution.relocated_year IS 'Year of the move.';
    COMMENT ON COLUMN institution.cluster IS 'Function group of the institution (energy, agri, ...).';
    COMMENT ON COLUMN institution.category IS 'The planner''s own category, for quotas of the allocation.';
    COMMENT ON COLUMN institution.move_group IS 'Institutions of one move group move together or not at all.';
    COMMENT ON COLUMN institution.headcount IS 'Persons employed; NULL = not known.';
    COMMENT ON COLUMN institution.confidence IS 'How sure the row''s facts are (high, medium, low), as its source says.';
    COMMENT ON COLUMN institution.source IS 'Publisher of the row''s facts.';

    CREATE TABLE institution_sector (
        scenario text NOT NULL DEFAULT 'base',
        institution_id text NOT NULL,
        sector sector_code NOT NULL,
        weight float8 NOT NULL CHECK (weight >= 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, institution_id, sector),
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE institution_sector IS 'Profile of an institution: what it does and whom it serves, as weights over sectors of any level. The score divides by their sum; plan_problem lists sums that are not 1.';
    COMMENT ON COLUMN institution_sector.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN institution_sector.institution_id IS 'The institution.';
    COMMENT ON COLUMN institution_sector.sector IS 'A sector, at any level.';
    COMMENT ON COLUMN institution_sector.weight IS 'Weight of the sector, at least 0; those of an institution should add up to 1.';
    COMMENT ON COLUMN institution_sector.source IS 'Who assigned the weight, and how.';

    CREATE TABLE asset (
        scenario text NOT NULL DEFAULT 'base',
        asset_id text NOT NULL CHECK (asset_id <> ''),
        city_id text NOT NULL,
        name_ko text,
        name_en text,
        confidence text,
        source text,
        PRIMARY KEY (scenario, asset_id),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE asset IS 'National projects, universities and research facilities of a city: partners in complementarity, no incumbents.';
    COMMENT ON COLUMN asset.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN asset.asset_id IS 'Identifier of the asset, not that of an institution.';
    COMMENT ON COLUMN asset.city_id IS 'The city that has the asset.';
    COMMENT ON COLUMN asset.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN asset.name_en IS 'Name in English.';
    COMMENT ON COLUMN asset.confidence IS 'How sure the row''s facts are, as its source says.';
    COMMENT ON COLUMN asset.source IS 'Publisher of the row''s facts.';

    CREATE TABLE asset_sector (
        scenario text NOT NULL DEFAULT 'base',
        asset_id text NOT NULL,
        sector sector_code NOT NULL,
        weight float8 NOT NULL CHECK (weight >= 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, asset_id, sector),
        FOREIGN KEY (scenario, asset_id) REFERENCES asset ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE asset_sector IS 'Profile of an asset, as that of an institution.';
    COMMENT ON COLUMN asset_sector.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN asset_sector.asset_id IS 'The asset.';
    COMMENT ON COLUMN asset_sector.sector IS 'A sector, at any level.';
    COMMENT ON COLUMN asset_sector.weight IS 'Weight of the sector, at least 0; those of an asset should add up to 1.';
    COMMENT ON COLUMN asset_sector.source IS 'Who assigned the weight, and how.';

    CREATE TABLE tie_kind (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind <> ''),
        weight float8 NOT NULL CHECK (weight BETWEEN 0 AND 1),
        PRIMARY KEY (scenario, kind)
    );
    COMMENT ON TABLE tie_kind IS 'Kinds of affiliation and how strong a tie each is.';
    COMMENT ON COLUMN tie_kind.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN tie_kind.kind IS 'Kind of affiliation.';
    COMMENT ON COLUMN tie_kind.weight IS 'Strength of the tie in [0,1].';

    CREATE TABLE affiliation (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        parent_id text NOT NULL CHECK (parent_id <> ''),
        subsidiary_id text NOT NULL CHECK (subsidiary_id <> ''),
        kind text NOT NULL,
        source text,
        PRIMARY KEY (scenario, parent_id, subsidiary_id, kind),
        FOREIGN KEY (scenario, kind) REFERENCES tie_kind ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CHECK (parent_id <> subsidiary_id)
    );
    COMMENT ON TABLE affiliation IS 'Who belongs to whom. A parent or subsidiary that is no row of institution is written by its name: two subsidiaries of one parent are siblings all the same.';
    COMMENT ON COLUMN affiliation.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN affiliation.parent_id IS 'Identifier of the parent, or its name where it is no row of institution.';
    COMMENT ON COLUMN affiliation.subsidiary_id IS 'Identifier of the subsidiary, or its name where it is no row of institution.';
    COMMENT ON COLUMN affiliation.kind IS 'Kind of affiliation.';
    COMMENT ON COLUMN affiliation.source IS 'Publisher of the fact.';

    CREATE TABLE region_activity (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        year integer NOT NULL,
        region region_code NOT NULL,
        sector sector_code NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, year, region, sector)
    );
    COMMENT ON TABLE region_activity IS 'The economy: activity of each region in each sector (jobs, value added, ...). One level of regions and one level of sectors, so that nothing counts twice; absent cells are 0.';
    COMMENT ON COLUMN region_activity.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_activity.year IS 'Year of the figure.';
    COMMENT ON COLUMN region_activity.region IS 'The region.';
    COMMENT ON COLUMN region_activity.sector IS 'The sector, in the taxonomy of the statistic.';
    COMMENT ON COLUMN region_activity.value IS 'The figure, one unit throughout; negative ones are dropped by the score and listed in plan_problem.';
    COMMENT ON COLUMN region_activity.source IS 'Publisher of the figure.';

    CREATE TABLE sector_flow (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        seller sector_code NOT NULL,
        buyer sector_code NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, seller, buyer)
    );
    COMMENT ON TABLE sector_flow IS 'Input-output table: intermediate sales between sectors; no final demand, no value added.';
    COMMENT ON COLUMN sector_flow.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_flow.seller IS 'The sector that sells (row).';
    COMMENT ON COLUMN sector_flow.buyer IS 'The sector that buys (column).';
    COMMENT ON COLUMN sector_flow.value IS 'Sales, one unit throughout; the few negative ones of published tables count as they are and are listed in plan_problem.';
    COMMENT ON COLUMN sector_flow.source IS 'Publisher of the table.';

    CREATE TABLE labour_flow (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        sector_from sector_code NOT NULL,
        sector_to sector_code NOT NULL,
        movers float8 NOT NULL CHECK (movers >= 0 AND movers < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, sector_from, sector_to)
    );
    COMMENT ON TABLE labour_flow IS 'Persons who moved from a job in one sector to a job in another. Kept for the labour part, which this version does not compute.';
    COMMENT ON COLUMN labour_flow.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN labour_flow.sector_from IS 'Sector of the old job.';
    COMMENT ON COLUMN labour_flow.sector_to IS 'Sector of the new job.';
    COMMENT ON COLUMN labour_flow.movers IS 'Persons, at least 0.';
    COMMENT ON COLUMN labour_flow.source IS 'Publisher of the table.';

    CREATE TABLE sector_bridge (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        bridge text NOT NULL CHECK (bridge IN ('activity', 'flow', 'flow_activity', 'labour', 'labour_activity')),
        sector_from sector_code NOT NULL,
        sector_to sector_code NOT NULL,
        weight float8 NOT NULL DEFAULT 1 CHECK (weight > 0 AND weight < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, bridge, sector_from, sector_to)
    );
    COMMENT ON TABLE sector_bridge IS 'From one taxonomy to another. A code takes the rows of its nearest listed ancestor, whose weights are divided by their sum. A bridge without rows means that both sides share one taxonomy.';
    COMMENT ON COLUMN sector_bridge.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_bridge.bridge IS 'activity: profiles to region_activity; flow: profiles to sector_flow; flow_activity: sector_flow to region_activity; labour and labour_activity: the same for labour_flow.';
    COMMENT ON COLUMN sector_bridge.sector_from IS 'Code that is translated, with all codes below it that have no row of their own.';
    COMMENT ON COLUMN sector_bridge.sector_to IS 'Code that it becomes, wholly or in part.';
    COMMENT ON COLUMN sector_bridge.weight IS 'Share that goes to sector_to, relative to the other rows of sector_from.';
    COMMENT ON COLUMN sector_bridge.source IS 'Who published or assigned the share.';

    CREATE TABLE sector_name (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        sector sector_code NOT NULL,
        name_ko text,
        name_en text,
        source text,
        PRIMARY KEY (scenario, sector)
    );
    COMMENT ON TABLE sector_name IS 'Names of sectors, shown beside their codes; a sector without a row is shown by its code alone.';
    COMMENT ON COLUMN sector_name.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN sector_name.sector IS 'The sector, of any taxonomy.';
    COMMENT ON COLUMN sector_name.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN sector_name.name_en IS 'Name in English.';
    COMMENT ON COLUMN sector_name.source IS 'Publisher of the names.';

    CREATE TABLE criterion (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        criterion text NOT NULL CHECK (criterion <> ''),
        name_ko text,
        name_en text,
        weight float8 NOT NULL DEFAULT 0 CHECK (weight >= 0 AND weight < 'Infinity'),
        indicator text,
        direction text NOT NULL DEFAULT 'max' CHECK (direction IN ('max', 'min')),
        parent text CHECK (parent <> criterion),
        source text,
        PRIMARY KEY (scenario, criterion),
        FOREIGN KEY (scenario, parent) REFERENCES criterion ON UPDATE CASCADE,
        CHECK (indicator IS NULL OR criterion NOT IN
            ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption')),
        CHECK (indicator IS NOT NULL OR weight = 0 OR criterion IN
            ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption'))
    );
    COMMENT ON TABLE criterion IS 'Parts of the score with their default weights: the seven built-in ones, and the planner''s own, each on a figure of city_indicator. A row that is neither is a group of criteria, for a committee that compares groups first.';
    COMMENT ON COLUMN criterion.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN criterion.criterion IS 'Name of the part.';
    COMMENT ON COLUMN criterion.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN criterion.name_en IS 'Name in English.';
    COMMENT ON COLUMN criterion.weight IS 'Weight until a committee votes, at least 0, relative to the others; a group has 0.';
    COMMENT ON COLUMN criterion.indicator IS 'Figure of city_indicator that an own criterion reads (latest year), scaled to [0,1] between the lowest and the highest city; NULL for the built-in parts and for groups.';
    COMMENT ON COLUMN criterion.parent IS 'Group that the criterion or group belongs to: a committee compares what has the same parent; NULL = top level.';
    COMMENT ON COLUMN criterion.direction IS 'max = a high figure is good, min = a low one.';
    COMMENT ON COLUMN criterion.source IS 'Where the weight comes from.';

    CREATE TABLE expert (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        expert text NOT NULL CHECK (expert <> ''),
        field text,
        weight float8 NOT NULL DEFAULT 1 CHECK (weight = 0 OR weight BETWEEN 1e-6 AND 1e6),
        PRIMARY KEY (scenario, expert)
    );
    COMMENT ON TABLE expert IS 'Members of the committee.';
    COMMENT ON COLUMN expert.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN expert.expert IS 'Name or pseudonym of the expert.';
    COMMENT ON COLUMN expert.field IS 'Field of expertise.';
    COMMENT ON COLUMN expert.weight IS 'Weight of the expert''s vote, relative: 0 = no vote, else 1e-6 to 1e6.';

    CREATE TABLE judgement (
        scenario text NOT NULL DEFAULT 'base',
        expert text NOT NULL,
        criterion_a text NOT NULL,
        criterion_b text NOT NULL,
        judgement float8 NOT NULL CHECK (judgement BETWEEN 1e-9 AND 1e9),
        PRIMARY KEY (scenario, expert, criterion_a, criterion_b),
        FOREIGN KEY (scenario, expert) REFERENCES expert ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, criterion_a) REFERENCES criterion ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, criterion_b) REFERENCES criterion ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (criterion_a <> criterion_b)
    );
    CREATE UNIQUE INDEX judgement_pair ON judgement (scenario, expert, least(criterion_a, criterion_b), greatest(criterion_a, criterion_b));
    COMMENT ON TABLE judgement IS 'Pairwise comparisons: expert says that criterion_a matters judgement times as much as criterion_b. One direction of each pair; both have the same parent.';
    COMMENT ON COLUMN judgement.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN judgement.expert IS 'Who judged.';
    COMMENT ON COLUMN judgement.criterion_a IS 'First criterion of the pair.';
    COMMENT ON COLUMN judgement.criterion_b IS 'Second criterion of the pair.';
    COMMENT ON COLUMN judgement.judgement IS 'Ratio of importance, a over b: 1/9 to 9 on the usual scale.';

    CREATE TABLE rule (
        scenario text NOT NULL DEFAULT 'base',
        institution_id text NOT NULL,
        city_id text NOT NULL,
        rule text NOT NULL CHECK (rule IN ('forced', 'forbidden')),
        reason text,
        PRIMARY KEY (scenario, institution_id, city_id),
        FOREIGN KEY (scenario, institution_id) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE rule IS 'Moves that the allocation must or must not make.';
    COMMENT ON COLUMN rule.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN rule.institution_id IS 'The institution.';
    COMMENT ON COLUMN rule.city_id IS 'The city.';
    COMMENT ON COLUMN rule.rule IS 'forced or forbidden.';
    COMMENT ON COLUMN rule.reason IS 'Law or decision behind the rule.';

    CREATE TABLE quota (
        scenario text NOT NULL DEFAULT 'base',
        city_id text NOT NULL,
        category text NOT NULL,
        min_count integer NOT NULL CHECK (min_count >= 0),
        PRIMARY KEY (scenario, city_id, category),
        FOREIGN KEY (scenario, city_id) REFERENCES city ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE quota IS 'Fewest institutions of a category that a city must get.';
    COMMENT ON COLUMN quota.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN quota.city_id IS 'The city.';
    COMMENT ON COLUMN quota.category IS 'A category of institution.category.';
    COMMENT ON COLUMN quota.min_count IS 'Fewest institutions, at least 0.';

    CREATE TABLE bonus (
        scenario text NOT NULL DEFAULT 'base',
        institution_a text NOT NULL,
        institution_b text NOT NULL,
        bonus float8 NOT NULL CHECK (bonus > '-Infinity' AND bonus < 'Infinity'),
        PRIMARY KEY (scenario, institution_a, institution_b),
        FOREIGN KEY (scenario, institution_a) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, institution_b) REFERENCES institution ON UPDATE CASCADE ON DELETE CASCADE,
        CHECK (institution_a < institution_b)
    );
    COMMENT ON TABLE bonus IS 'What the allocation gains when two institutions go to the same city.';
    COMMENT ON COLUMN bonus.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN bonus.institution_a IS 'The institution whose identifier sorts first.';
    COMMENT ON COLUMN bonus.institution_b IS 'The other institution.';
    COMMENT ON COLUMN bonus.bonus IS 'Gain, in units of the score.';

    CREATE TABLE run (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        run bigint GENERATED BY DEFAULT AS IDENTITY,
        kind text NOT NULL,
        started timestamptz NOT NULL DEFAULT now(),
        seed bigint,
        effort bigint,
        status text,
        objective float8,
        bound float8,
        gap float8,
        input_hash text NOT NULL,
        PRIMARY KEY (scenario, run)
    );
    COMMENT ON TABLE run IS 'Runs of costly computations. Views show the latest, and whether its inputs have changed since; no view runs a solver.';
    COMMENT ON COLUMN run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run.run IS 'Number of the run.';
    COMMENT ON COLUMN run.kind IS 'What ran: allocation, schedule, robustness, ...';
    COMMENT ON COLUMN run.started IS 'When.';
    COMMENT ON COLUMN run.seed IS 'Seed of the random numbers.';
    COMMENT ON COLUMN run.effort IS 'Effort that was allowed.';
    COMMENT ON COLUMN run.status IS 'optimal, feasible, infeasible or unknown.';
    COMMENT ON COLUMN run.objective IS 'Objective of the result.';
    COMMENT ON COLUMN run.bound IS 'Proven bound of the objective.';
    COMMENT ON COLUMN run.gap IS '(bound - objective) / |objective|.';
    COMMENT ON COLUMN run.input_hash IS 'Hash over the inputs, as provenance shows it for the scenario at that time.';

    CREATE TABLE run_row (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_id text NOT NULL,
        city_id text NOT NULL,
        score float8,
        bonus float8,
        PRIMARY KEY (scenario, run, institution_id, city_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_row IS 'Rows of a run: who goes where.';
    COMMENT ON COLUMN run_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_row.run IS 'The run.';
    COMMENT ON COLUMN run_row.institution_id IS 'The institution.';
    COMMENT ON COLUMN run_row.city_id IS 'The city.';
    COMMENT ON COLUMN run_row.score IS 'Score of the pair in the run.';
    COMMENT ON COLUMN run_row.bonus IS 'Bonus that the pair earned in the run.';
END
$function$;
COMMENT ON FUNCTION plan_tables(text) IS
'Makes the empty tables of a plan in an existing, empty schema. Called by create_plan, which see.';
-- A plan's roadmap: departments, tasks and links; dates, loads, next actions, Gantt; stored schedules.
--
-- A task that has begun keeps its day and no longer waits for its predecessors; one that has ended keeps its length. So the roadmap
-- is that of the work still to be done.

CREATE FUNCTION plan_roadmap_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE roadmap_setting (
        scenario text PRIMARY KEY DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        start_date date NOT NULL CHECK (isfinite(start_date)),
        status_date date CHECK (isfinite(status_date)),
        weekend integer[] NOT NULL DEFAULT '{6,7}'
    );
    COMMENT ON TABLE roadmap_setting IS 'The calendar of a scenario''s roadmap; without a row the roadmap counts days and shows no dates.';
    COMMENT ON COLUMN roadmap_setting.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_setting.start_date IS 'Day 0 of the roadmap: the first working day on or after this date.';
    COMMENT ON COLUMN roadmap_setting.status_date IS 'Work that has not begun cannot begin before this date; NULL = no such limit.';
    COMMENT ON COLUMN roadmap_setting.weekend IS 'ISO numbers of the free weekdays, 1 = Monday.';

    CREATE TABLE holiday (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        holiday date NOT NULL,
        name_ko text,
        name_en text,
        source text,
        PRIMARY KEY (scenario, holiday)
    );
    COMMENT ON TABLE holiday IS 'Public holidays: days on which no task goes on.';
    COMMENT ON COLUMN holiday.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN holiday.holiday IS 'The day.';
    COMMENT ON COLUMN holiday.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN holiday.name_en IS 'Name in English.';
    COMMENT ON COLUMN holiday.source IS 'Publisher of the fact.';

    CREATE TABLE department (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        department text NOT NULL CHECK (department <> ''),
        name_ko text,
        name_en text,
        capacity float8 CHECK (capacity >= 0 AND capacity < 'Infinity'),
        PRIMARY KEY (scenario, department)
    );
    COMMENT ON TABLE department IS 'Departments of the city hall that carry out the roadmap.';
    COMMENT ON COLUMN department.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN department.department IS 'Identifier of the department.';
    COMMENT ON COLUMN department.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN department.name_en IS 'Name in English.';
    COMMENT ON COLUMN department.capacity IS 'Staff that can work at one time; NULL = no limit.';

    CREATE TABLE task (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        task text NOT NULL CHECK (task <> ''),
        name_ko text,
        name_en text,
        department text,
        duration float8 NOT NULL CHECK (duration >= 0 AND duration <= 1e6),
        optimistic float8 CHECK (optimistic >= 0 AND optimistic <= duration),
        pessimistic float8 CHECK (pessimistic >= duration AND pessimistic <= 1e6),
        demand float8 NOT NULL DEFAULT 1 CHECK (demand >= 0 AND demand <= 1e6),
        start_no_earlier date CHECK (isfinite(start_no_earlier)),
        deadline date CHECK (isfinite(deadline)),
        started date CHECK (isfinite(started)),
        finished date CHECK (isfinite(finished)),
        note text,
        PRIMARY KEY (scenario, task),
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE SET NULL (department),
        CHECK (finished >= started),
        CHECK (finished IS NULL OR started IS NOT NULL)
    );
    COMMENT ON TABLE task IS 'Tasks of the roadmap.';
    COMMENT ON COLUMN task.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task.task IS 'Identifier of the task.';
    COMMENT ON COLUMN task.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN task.name_en IS 'Name in English.';
    COMMENT ON COLUMN task.department IS 'Department that owns the task; NULL = none yet (listed in plan_problem).';
    COMMENT ON COLUMN task.duration IS 'Likely duration in working days; 0 = milestone.';
    COMMENT ON COLUMN task.optimistic IS 'Shortest duration in working days; NULL = the likely one.';
    COMMENT ON COLUMN task.pessimistic IS 'Longest duration in working days; NULL = the likely one.';
    COMMENT ON COLUMN task.demand IS 'Staff of the owner that the task keeps busy.';
    COMMENT ON COLUMN task.start_no_earlier IS 'The task cannot begin before this date; NULL = no such limit.';
    COMMENT ON COLUMN task.deadline IS 'The task is to be done on this date; NULL = none.';
    COMMENT ON COLUMN task.started IS 'Day on which work began; NULL = not yet.';
    COMMENT ON COLUMN task.finished IS 'Last day of work; NULL = not done.';
    COMMENT ON COLUMN task.note IS 'Free text; the sample marks its rows here.';

    CREATE TABLE task_role (
        scenario text NOT NULL DEFAULT 'base',
        task text NOT NULL,
        department text NOT NULL,
        role text NOT NULL CHECK (role IN ('supports', 'consulted', 'informed')),
        demand float8 NOT NULL DEFAULT 0 CHECK (demand >= 0 AND demand <= 1e6),
        PRIMARY KEY (scenario, task, department),
        FOREIGN KEY (scenario, task) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE task_role IS 'Departments that take part in a task beside its owner.';
    COMMENT ON COLUMN task_role.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_role.task IS 'The task.';
    COMMENT ON COLUMN task_role.department IS 'A department other than the owner.';
    COMMENT ON COLUMN task_role.role IS 'supports (works on it), consulted (asked before), informed (told after).';
    COMMENT ON COLUMN task_role.demand IS 'Staff of this department that the task keeps busy.';

    CREATE TABLE task_link (
        scenario text NOT NULL DEFAULT 'base',
        predecessor text NOT NULL,
        successor text NOT NULL,
        kind text NOT NULL DEFAULT 'FS' CHECK (kind IN ('FS', 'SS', 'FF', 'SF')),
        lag float8 NOT NULL DEFAULT 0 CHECK (lag BETWEEN -1e6 AND 1e6),
        PRIMARY KEY (scenario, predecessor, successor, kind),
        FOREIGN KEY (scenario, predecessor) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE,
        FOREIGN KEY (scenario, successor) REFERENCES task ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE task_link IS 'What must happen before what.';
    COMMENT ON COLUMN task_link.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_link.predecessor IS 'The task that comes first.';
    COMMENT ON COLUMN task_link.successor IS 'The task that waits.';
    COMMENT ON COLUMN task_link.kind IS 'FS finish to start, SS start to start, FF finish to finish, SF start to finish.';
    COMMENT ON COLUMN task_link.lag IS 'Working days in between; negative = overlap.';

    CREATE TABLE run_task (
        scenario text NOT NULL,
        run bigint NOT NULL,
        task text NOT NULL,
        start float8 NOT NULL,
        finish float8 NOT NULL,
        PRIMARY KEY (scenario, run, task),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_task IS 'Rows of a run of kind schedule: which task goes when.';
    COMMENT ON COLUMN run_task.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_task.run IS 'The run.';
    COMMENT ON COLUMN run_task.task IS 'The task.';
    COMMENT ON COLUMN run_task.start IS 'Start in working days from day 0.';
    COMMENT ON COLUMN run_task.finish IS 'Finish in working days from day 0.';
END
$function$;
COMMENT ON FUNCTION plan_roadmap_tables(text) IS
'Makes the empty tables of a plan''s roadmap. Called by create_plan, which see.';

CREATE FUNCTION plan_roadmap_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW task_state WITH (security_invoker = true) AS
    WITH calendar AS (
        SELECT c.*, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = c.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting c)
    SELECT t.scenario, t.task, t.department, t.demand,
           CASE WHEN t.finished IS NOT NULL THEN 'done' WHEN t.started IS NOT NULL THEN 'under way' ELSE 'planned' END AS status,
           CASE WHEN t.finished IS NOT NULL AND c.scenario IS NOT NULL
                THEN working_days(t.started, t.finished, c.holidays, c.weekend)::float8 ELSE t.duration END AS duration,
           CASE WHEN t.started IS NOT NULL THEN working_days(c.start_date, t.started - 1, c.holidays, c.weekend)
                ELSE greatest(working_days(c.start_date, t.start_no_earlier - 1, c.holidays, c.weekend),
                              working_days(c.start_date, c.status_date - 1, c.holidays, c.weekend)) END::float8 AS not_before,
           working_days(c.start_date, t.deadline, c.holidays, c.weekend)::float8 AS deadline,
           t.scenario || '|' || t.task AS row_key
    FROM task t LEFT JOIN calendar c USING (scenario);
    COMMENT ON VIEW task_state IS 'What the roadmap is computed from: a task''s length and limits in working days from day 0.';
    COMMENT ON COLUMN task_state.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_state.task IS 'The task.';
    COMMENT ON COLUMN task_state.department IS 'Department that owns it.';
    COMMENT ON COLUMN task_state.demand IS 'Staff of the owner that it keeps busy.';
    COMMENT ON COLUMN task_state.status IS 'planned, under way or done.';
    COMMENT ON COLUMN task_state.duration IS 'Working days: those it took when it is done, else the likely duration.';
    COMMENT ON COLUMN task_state.not_before IS 'Working days from day 0 before which it cannot begin (or at which it did); NULL = no limit.';
    COMMENT ON COLUMN task_state.deadline IS 'Working days from day 0 by which it is to be done; NULL = none.';
    COMMENT ON COLUMN task_state.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW task_work WITH (security_invoker = true) AS
    SELECT w.scenario, w.task, w.department, w.role, w.demand, concat_ws('|', w.scenario, w.task, w.department) AS row_key
    FROM (SELECT t.scenario, t.task, t.department, 'owns' AS role, t.demand FROM task t WHERE t.department IS NOT NULL
          UNION ALL
          SELECT o.scenario, o.task, o.department, o.role, o.demand FROM task_role o
          WHERE NOT EXISTS (SELECT FROM task t WHERE t.scenario = o.scenario AND t.task = o.task AND t.department = o.department)) w;
    COMMENT ON VIEW task_work IS 'Which department has which part in which task, owners and others.';
    COMMENT ON COLUMN task_work.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN task_work.task IS 'The task.';
    COMMENT ON COLUMN task_work.department IS 'The department.';
    COMMENT ON COLUMN task_work.role IS 'owns, supports, consulted or informed; an owner''s other roles do not count.';
    COMMENT ON COLUMN task_work.demand IS 'Staff of the department that the task keeps busy.';
    COMMENT ON COLUMN task_work.row_key IS 'Key of the row.';

    -- the arguments of critical_path and schedule for each scenario, in one place
    CREATE OR REPLACE VIEW roadmap_input WITH (security_invoker = true) AS
    SELECT i.scenario, md5(concat_ws('|', i.tasks, i.links, i.limits, i.demands, i.capacities)) AS input_hash, i.scenario AS row_key
    FROM (
        SELECT s.scenario,
               (SELECT string_agg(concat_ws(' ', quote_literal(x.task), x.duration), ',' ORDER BY x.task COLLATE "C")
                FROM task_state x WHERE x.scenario = s.scenario) AS tasks,
               (SELECT string_agg(concat_ws(' ', quote_literal(l.predecessor), quote_literal(l.successor), l.kind, l.lag), ','
                                  ORDER BY l.predecessor COLLATE "C", l.successor COLLATE "C", l.kind)
                FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                WHERE l.scenario = s.scenario AND x.started IS NULL) AS links,
               (SELECT string_agg(concat_ws(' ', quote_literal(x.task), coalesce(x.not_before::text, '-'), coalesce(x.deadline::text, '-')), ',' ORDER BY x.task COLLATE "C")
                FROM task_state x WHERE x.scenario = s.scenario) AS limits,
               (SELECT string_agg(concat_ws(' ', quote_literal(w.task), quote_literal(w.department), w.demand), ',' ORDER BY w.task COLLATE "C", w.department COLLATE "C")
                FROM task_work w WHERE w.scenario = s.scenario) AS demands,
               (SELECT string_agg(concat_ws(' ', quote_literal(d.department), coalesce(d.capacity::text, '-')), ',' ORDER BY d.department COLLATE "C")
                FROM department d WHERE d.scenario = s.scenario) AS capacities
        FROM setting s) i;
    COMMENT ON VIEW roadmap_input IS 'A hash over all rows that the schedule of a scenario depends on.';
    COMMENT ON COLUMN roadmap_input.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_input.input_hash IS 'md5 over tasks, links, limits, demands and capacities in byte order; the same rows give the same hash.';
    COMMENT ON COLUMN roadmap_input.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap WITH (security_invoker = true) AS
    SELECT s.scenario, p.task, t.department, p.earliest_start, p.earliest_finish, p.latest_start, p.latest_finish,
           p.total_float, p.free_float, p.critical,
           t.name_ko, t.name_en, d.name_ko AS department_name_ko, d.name_en AS department_name_en, a.status,
           working_date(c.start_date, floor(p.earliest_start)::integer, c.holidays, c.weekend) AS start_date,
           working_date(c.start_date, greatest(ceil(p.earliest_finish) - 1, floor(p.earliest_start))::integer, c.holidays, c.weekend) AS finish_date,
           working_date(c.start_date, floor(p.latest_start)::integer, c.holidays, c.weekend) AS latest_start_date,
           t.deadline,
           s.scenario || '|' || p.task AS row_key
    FROM setting s
    CROSS JOIN LATERAL critical_path(
        ARRAY(SELECT (x.task, x.duration)::roadmap_task FROM task_state x WHERE x.scenario = s.scenario),
        ARRAY(SELECT (l.predecessor, l.successor, l.kind, l.lag)::roadmap_link FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
              WHERE l.scenario = s.scenario AND x.started IS NULL),
        ARRAY(SELECT (x.task, k.kind, k.value)::roadmap_constraint
              FROM task_state x CROSS JOIN LATERAL (VALUES ('start_no_earlier', x.not_before), ('deadline', x.deadline)) k (kind, value)
              WHERE x.scenario = s.scenario AND k.value IS NOT NULL)) p
    JOIN task t ON t.scenario = s.scenario AND t.task = p.task
    JOIN task_state a ON a.scenario = s.scenario AND a.task = p.task
    LEFT JOIN department d ON d.scenario = t.scenario AND d.department = t.department
    LEFT JOIN LATERAL (
        SELECT r.start_date, r.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = r.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting r WHERE r.scenario = s.scenario) c ON true;
    COMMENT ON VIEW roadmap IS 'The critical path of a scenario''s tasks, in working days from day 0 and as dates. Whether departments have the staff is shown by department_load and roadmap_schedule.';
    COMMENT ON COLUMN roadmap.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap.task IS 'The task.';
    COMMENT ON COLUMN roadmap.department IS 'Department that owns it.';
    COMMENT ON COLUMN roadmap.earliest_start IS 'Earliest start, working days from day 0.';
    COMMENT ON COLUMN roadmap.earliest_finish IS 'Earliest finish, working days from day 0.';
    COMMENT ON COLUMN roadmap.latest_start IS 'Latest start that delays neither the end nor a deadline, working days from day 0.';
    COMMENT ON COLUMN roadmap.latest_finish IS 'Latest finish that delays neither the end nor a deadline, working days from day 0.';
    COMMENT ON COLUMN roadmap.total_float IS 'latest_start - earliest_start in working days; negative behind a deadline.';
    COMMENT ON COLUMN roadmap.free_float IS 'Slip in working days that moves no other task''s early dates.';
    COMMENT ON COLUMN roadmap.critical IS 'Total float is zero or negative.';
    COMMENT ON COLUMN roadmap.name_ko IS 'Name of the task in Korean.';
    COMMENT ON COLUMN roadmap.name_en IS 'Name of the task in English.';
    COMMENT ON COLUMN roadmap.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN roadmap.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN roadmap.status IS 'planned, under way or done.';
    COMMENT ON COLUMN roadmap.start_date IS 'First day of work at the earliest start; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.finish_date IS 'Last day of work at the earliest finish; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.latest_start_date IS 'First day of work at the latest start; NULL without a calendar.';
    COMMENT ON COLUMN roadmap.deadline IS 'The task is to be done on this date; NULL = none.';
    COMMENT ON COLUMN roadmap.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW department_load WITH (security_invoker = true) AS
    WITH work AS (
        SELECT r.scenario, r.task, w.department, w.demand, r.earliest_start AS start, r.earliest_finish AS finish
        FROM roadmap r
        JOIN task_work w USING (scenario, task)
        WHERE r.status <> 'done' AND w.demand > 0 AND r.earliest_finish > r.earliest_start),
    day AS (
        SELECT w.scenario, w.department, w.task, n AS day,
               (w.demand * (least(w.finish, n + 1) - greatest(w.start, n)))::numeric AS work
        FROM work w CROSS JOIN LATERAL generate_series(floor(w.start)::integer, (ceil(w.finish) - 1)::integer) n),
    dated AS (
        SELECT d.scenario, d.department, d.task, d.work, d.day / 5 AS number, date_trunc('week', working_date(c.start_date, d.day, c.holidays, c.weekend))::date AS week,
               c.holidays, c.weekend
        FROM day d LEFT JOIN LATERAL (
            SELECT r.start_date, r.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = r.scenario ORDER BY h.holiday) AS holidays
            FROM roadmap_setting r WHERE r.scenario = d.scenario) c ON true),
    week AS (
        SELECT scenario, department, week, CASE WHEN week IS NULL THEN number END AS number,
               coalesce(working_days(week, week + 6, holidays, weekend), 5) AS days, sum(work) AS work, count(DISTINCT task) AS tasks
        FROM dated GROUP BY scenario, department, week, CASE WHEN week IS NULL THEN number END, holidays, weekend)
    SELECT w.scenario, w.department, d.name_ko AS department_name_ko, d.name_en AS department_name_en, w.week AS week_start,
           (dense_rank() OVER (PARTITION BY w.scenario ORDER BY w.week, w.number))::integer AS week_number,
           w.tasks::integer AS tasks, w.work::float8 AS work, d.capacity * w.days AS capacity,
           CASE WHEN d.capacity * w.days > 0 THEN w.work::float8 / (d.capacity * w.days) END AS load,
           coalesce(w.work::float8 > d.capacity * w.days, false) AS overloaded,
           concat_ws('|', w.scenario, w.department, coalesce(w.week::text, w.number::text)) AS row_key
    FROM week w JOIN department d USING (scenario, department);
    COMMENT ON VIEW department_load IS 'Work of each department by week if every task begins as early as it can; only weeks with work are listed.';
    COMMENT ON COLUMN department_load.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN department_load.department IS 'The department.';
    COMMENT ON COLUMN department_load.department_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN department_load.department_name_en IS 'Its name in English.';
    COMMENT ON COLUMN department_load.week_start IS 'Monday of the week; NULL without a calendar.';
    COMMENT ON COLUMN department_load.week_number IS 'Number of the week among those with work, from 1.';
    COMMENT ON COLUMN department_load.tasks IS 'Tasks that the department works on in the week.';
    COMMENT ON COLUMN department_load.work IS 'Person-days.';
    COMMENT ON COLUMN department_load.capacity IS 'Person-days that the department has: staff times working days; NULL = no limit.';
    COMMENT ON COLUMN department_load.load IS 'work / capacity; NULL without a capacity.';
    COMMENT ON COLUMN department_load.overloaded IS 'More work than capacity.';
    COMMENT ON COLUMN department_load.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW next_actions WITH (security_invoker = true) AS
    SELECT r.scenario,
           (rank() OVER (PARTITION BY r.scenario ORDER BY r.latest_start, r.total_float))::integer AS urgency,
           r.task, r.name_ko, r.name_en, r.department, r.department_name_ko, r.department_name_en, r.status,
           r.start_date, r.latest_start_date, r.total_float, r.critical,
           (SELECT count(*) FROM task_link l WHERE l.scenario = r.scenario AND l.predecessor = r.task)::integer AS waiting_tasks,
           r.scenario || '|' || r.task AS row_key
    FROM roadmap r
    WHERE r.status = 'under way'
       OR r.status = 'planned' AND NOT EXISTS (
            SELECT FROM task_link l JOIN task t ON t.scenario = l.scenario AND t.task = l.predecessor
            WHERE l.scenario = r.scenario AND l.successor = r.task AND t.finished IS NULL
              AND (l.kind = 'FS' OR l.kind = 'SS' AND t.started IS NULL));
    COMMENT ON VIEW next_actions IS 'Tasks that are under way or can begin now: no unfinished predecessor holds them.';
    COMMENT ON COLUMN next_actions.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN next_actions.urgency IS '1 = must begin first, by latest start and then total float; ties share a number.';
    COMMENT ON COLUMN next_actions.task IS 'The task.';
    COMMENT ON COLUMN next_actions.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN next_actions.name_en IS 'Its name in English.';
    COMMENT ON COLUMN next_actions.department IS 'Department that owns it.';
    COMMENT ON COLUMN next_actions.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN next_actions.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN next_actions.status IS 'planned or under way.';
    COMMENT ON COLUMN next_actions.start_date IS 'Earliest first day; NULL without a calendar.';
    COMMENT ON COLUMN next_actions.latest_start_date IS 'Latest first day; NULL without a calendar.';
    COMMENT ON COLUMN next_actions.total_float IS 'Working days it can wait.';
    COMMENT ON COLUMN next_actions.critical IS 'It cannot wait.';
    COMMENT ON COLUMN next_actions.waiting_tasks IS 'Tasks that wait for it directly.';
    COMMENT ON COLUMN next_actions.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW gantt WITH (security_invoker = true) AS
    WITH scale AS (
        SELECT scenario, greatest(ceil(max(earliest_finish) / 60), 1) AS days FROM roadmap GROUP BY scenario)
    SELECT r.scenario, (row_number() OVER (PARTITION BY r.scenario ORDER BY r.earliest_start, r.earliest_finish, r.task COLLATE "C"))::integer AS line,
           r.task, r.name_ko, r.name_en, r.department, r.department_name_ko, r.department_name_en, r.status,
           r.start_date, r.finish_date, r.earliest_start, r.earliest_finish, r.total_float, r.critical,
           repeat(' ', floor(r.earliest_start / s.days)::integer)
           || CASE WHEN r.earliest_finish = r.earliest_start THEN '◆'
                   ELSE repeat(CASE WHEN r.status = 'done' THEN '□' WHEN r.critical THEN '■' ELSE '▒' END,
                               greatest(ceil(r.earliest_finish / s.days) - floor(r.earliest_start / s.days), 1)::integer) END
           || repeat('·', greatest(floor((r.earliest_finish + r.total_float) / s.days) - ceil(r.earliest_finish / s.days), 0)::integer) AS bar,
           s.days::integer AS days_per_mark,
           r.scenario || '|' || r.task AS row_key
    FROM roadmap r JOIN scale s USING (scenario);
    COMMENT ON VIEW gantt IS 'The roadmap as bars of text (■ critical, ▒ with float, · the float, □ done, ◆ milestone) and as rows for a BI tool.';
    COMMENT ON COLUMN gantt.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN gantt.line IS 'Line of the chart, from 1, by earliest start.';
    COMMENT ON COLUMN gantt.task IS 'The task.';
    COMMENT ON COLUMN gantt.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN gantt.name_en IS 'Its name in English.';
    COMMENT ON COLUMN gantt.department IS 'Department that owns it.';
    COMMENT ON COLUMN gantt.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN gantt.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN gantt.status IS 'planned, under way or done.';
    COMMENT ON COLUMN gantt.start_date IS 'First day of work; NULL without a calendar.';
    COMMENT ON COLUMN gantt.finish_date IS 'Last day of work; NULL without a calendar.';
    COMMENT ON COLUMN gantt.earliest_start IS 'Earliest start, working days from day 0.';
    COMMENT ON COLUMN gantt.earliest_finish IS 'Earliest finish, working days from day 0.';
    COMMENT ON COLUMN gantt.total_float IS 'Working days it can slip.';
    COMMENT ON COLUMN gantt.critical IS 'It cannot slip.';
    COMMENT ON COLUMN gantt.bar IS 'The bar; one mark is days_per_mark working days.';
    COMMENT ON COLUMN gantt.days_per_mark IS 'Working days a mark stands for; the chart is at most about 60 marks wide.';
    COMMENT ON COLUMN gantt.row_key IS 'Key of the row.';

    CREATE OR REPLACE VIEW roadmap_schedule WITH (security_invoker = true) AS
    WITH latest AS (
        SELECT DISTINCT ON (r.scenario) r.* FROM run r WHERE r.kind = 'schedule' ORDER BY r.scenario, r.run DESC)
    SELECT w.scenario, w.task, t.department, w.start, w.finish,
           t.name_ko, t.name_en, d.name_ko AS department_name_ko, d.name_en AS department_name_en,
           working_date(c.start_date, floor(w.start)::integer, c.holidays, c.weekend) AS start_date,
           working_date(c.start_date, greatest(ceil(w.finish) - 1, floor(w.start))::integer, c.holidays, c.weekend) AS finish_date,
           r.objective AS project_finish, r.bound, r.gap, r.run, r.seed, r.effort,
           r.input_hash = h.input_hash AS current,
           w.scenario || '|' || w.task AS row_key
    FROM latest r
    JOIN run_task w USING (scenario, run)
    LEFT JOIN task t ON t.scenario = w.scenario AND t.task = w.task
    LEFT JOIN department d ON d.scenario = t.scenario AND d.department = t.department
    LEFT JOIN roadmap_input h ON h.scenario = w.scenario
    LEFT JOIN LATERAL (
        SELECT s.start_date, s.weekend, ARRAY(SELECT h.holiday FROM holiday h WHERE h.scenario = s.scenario ORDER BY h.holiday) AS holidays
        FROM roadmap_setting s WHERE s.scenario = w.scenario) c ON true;
    COMMENT ON VIEW roadmap_schedule IS 'The latest stored schedule under the departments'' capacities; solve_roadmap makes one.';
    COMMENT ON COLUMN roadmap_schedule.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN roadmap_schedule.task IS 'The task.';
    COMMENT ON COLUMN roadmap_schedule.department IS 'Department that owns it.';
    COMMENT ON COLUMN roadmap_schedule.start IS 'Start in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.finish IS 'Finish in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.name_ko IS 'Name of the task in Korean.';
    COMMENT ON COLUMN roadmap_schedule.name_en IS 'Name of the task in English.';
    COMMENT ON COLUMN roadmap_schedule.department_name_ko IS 'Name of the department in Korean.';
    COMMENT ON COLUMN roadmap_schedule.department_name_en IS 'Name of the department in English.';
    COMMENT ON COLUMN roadmap_schedule.start_date IS 'First day of work; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_schedule.finish_date IS 'Last day of work; NULL without a calendar.';
    COMMENT ON COLUMN roadmap_schedule.project_finish IS 'Finish of the whole schedule in working days from day 0.';
    COMMENT ON COLUMN roadmap_schedule.bound IS 'No schedule finishes earlier.';
    COMMENT ON COLUMN roadmap_schedule.gap IS '(project_finish - bound) / bound; 0 = proven shortest.';
    COMMENT ON COLUMN roadmap_schedule.run IS 'The run that made it.';
    COMMENT ON COLUMN roadmap_schedule.seed IS 'Its seed.';
    COMMENT ON COLUMN roadmap_schedule.effort IS 'Its effort: placements of a task.';
    COMMENT ON COLUMN roadmap_schedule.current IS 'False when tasks, links, roles, departments or the calendar have changed since the run.';
    COMMENT ON COLUMN roadmap_schedule.row_key IS 'Key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_roadmap_views(text) IS
'Makes or replaces the views of a plan''s roadmap. Called by create_plan and upgrade_plan, which see.';

CREATE FUNCTION solve_roadmap(plan text, scenario text DEFAULT 'base', effort bigint DEFAULT 1000000, seed bigint DEFAULT 1) RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    EXECUTE $query$
        WITH solution AS MATERIALIZED (
            SELECT * FROM schedule(
                ARRAY(SELECT (x.task, x.duration)::roadmap_task FROM task_state x WHERE x.scenario = $1),
                ARRAY(SELECT (l.predecessor, l.successor, l.kind, l.lag)::roadmap_link
                      FROM task_link l JOIN task x ON x.scenario = l.scenario AND x.task = l.successor
                      WHERE l.scenario = $1 AND x.started IS NULL),
                ARRAY(SELECT (w.task, w.department, w.demand)::roadmap_demand
                      FROM task_work w JOIN task x ON x.scenario = w.scenario AND x.task = w.task
                      WHERE w.scenario = $1 AND x.finished IS NULL),
                ARRAY(SELECT (d.department, d.capacity)::roadmap_capacity FROM department d WHERE d.scenario = $1),
                $2, $3,
                ARRAY(SELECT (x.task, k.kind, k.value)::roadmap_constraint
                      FROM task_state x CROSS JOIN LATERAL (VALUES ('start_no_earlier', x.not_before), ('deadline', x.deadline)) k (kind, value)
                      WHERE x.scenario = $1 AND k.value IS NOT NULL))),
        made AS (
            INSERT INTO run (scenario, kind, seed, effort, status, objective, bound, gap, input_hash)
            SELECT $1, 'schedule', $3, $2, CASE WHEN max(s.gap) > 0 THEN 'feasible' ELSE 'optimal' END,
                   coalesce(max(s.project_finish), 0), coalesce(max(s.bound), 0), coalesce(max(s.gap), 0),
                   (SELECT i.input_hash FROM roadmap_input i WHERE i.scenario = $1)
            FROM solution s
            RETURNING run.run),
        rows AS (
            INSERT INTO run_task (scenario, run, task, start, finish)
            SELECT $1, made.run, s.task, s.start, s.finish FROM made CROSS JOIN solution s)
        SELECT run FROM made
        $query$ INTO new_run USING scenario, effort, seed;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION solve_roadmap(text, text, bigint, bigint) IS
'Schedules a scenario''s tasks under the capacities of its departments, stores the result as a run and returns its number; view roadmap_schedule shows the latest. effort counts placements of a task. A task that demands more staff than its department has is an error (22023).';
-- The territory of a plan: regions and their neighbours, what reaches the old downtown and the surrounding areas, and the national case.

CREATE FUNCTION plan_territory_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE region (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        name_ko text,
        name_en text,
        capital boolean NOT NULL DEFAULT false,
        longitude float8 CHECK (longitude BETWEEN -180 AND 180),
        latitude float8 CHECK (latitude BETWEEN -90 AND 90),
        source text,
        PRIMARY KEY (scenario, region)
    );
    COMMENT ON TABLE region IS 'Regions of the country: names, places, and which of them make up the capital area.';
    COMMENT ON COLUMN region.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region.region IS 'Code of the region.';
    COMMENT ON COLUMN region.name_ko IS 'Name in Korean.';
    COMMENT ON COLUMN region.name_en IS 'Name in English.';
    COMMENT ON COLUMN region.capital IS 'The region and all below it belong to the capital area.';
    COMMENT ON COLUMN region.longitude IS 'Longitude of its middle in degrees, WGS 84.';
    COMMENT ON COLUMN region.latitude IS 'Latitude of its middle in degrees, WGS 84.';
    COMMENT ON COLUMN region.source IS 'Publisher of the row''s facts.';

    CREATE TABLE region_neighbour (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        neighbour region_code NOT NULL,
        PRIMARY KEY (scenario, region, neighbour),
        CHECK (region <> neighbour)
    );
    COMMENT ON TABLE region_neighbour IS 'Regions that share a border, in both directions.';
    COMMENT ON COLUMN region_neighbour.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_neighbour.region IS 'A region.';
    COMMENT ON COLUMN region_neighbour.neighbour IS 'A region that shares a border with it.';

    CREATE TABLE region_indicator (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        region region_code NOT NULL,
        indicator text NOT NULL CHECK (indicator <> ''),
        year integer NOT NULL,
        value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
        source text,
        PRIMARY KEY (scenario, region, indicator, year)
    );
    COMMENT ON TABLE region_indicator IS 'Figures of regions by year; the views read residents (persons).';
    COMMENT ON COLUMN region_indicator.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN region_indicator.region IS 'Code of the region.';
    COMMENT ON COLUMN region_indicator.indicator IS 'Name of the figure.';
    COMMENT ON COLUMN region_indicator.year IS 'Year of the figure.';
    COMMENT ON COLUMN region_indicator.value IS 'The figure, in its own unit, finite.';
    COMMENT ON COLUMN region_indicator.source IS 'Publisher of the figure.';
END
$function$;
COMMENT ON FUNCTION plan_territory_tables(text) IS
'Makes the empty tables of a plan''s territory. Called by create_plan, which see.';

CREATE FUNCTION plan_territory_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW spillover WITH (security_invoker = true) AS
    WITH origin AS (
        -- where newcomers settle: the city's first site of that kind, else the city's own place
        SELECT c.scenario, c.city_id, c.name_ko, c.name_en, o.site_id, coalesce(o.longitude, c.longitude) AS longitude, coalesce(o.latitude, c.latitude) AS latitude
        FROM city c LEFT JOIN LATERAL (
            SELECT i.site_id, i.longitude, i.latitude FROM site i
            WHERE i.scenario = c.scenario AND i.city_id = c.city_id AND i.kind = 'innovation_city' AND i.longitude IS NOT NULL AND i.latitude IS NOT NULL
            ORDER BY i.site_id COLLATE "C" LIMIT 1) o ON true),
    reached AS (
        SELECT o.scenario, o.city_id, o.name_ko AS city_name_ko, o.name_en AS city_name_en, s.site_id, s.name_ko, s.name_en, s.kind, s.region,
               2 * 6371.0088 * asin(CASE WHEN h.half_chord > 1 THEN 1 ELSE h.half_chord END) AS distance_km,
               EXISTS (SELECT FROM city_region r WHERE r.scenario = o.scenario AND r.city_id = o.city_id
                       AND (s.region <@ r.region OR EXISTS (SELECT FROM region_neighbour n
                                WHERE n.scenario = r.scenario AND n.region = r.region AND s.region <@ n.neighbour))) AS adjacent,
               g.decay_km
        FROM origin o
        JOIN setting g ON g.scenario = o.scenario
        JOIN site s ON s.scenario = o.scenario AND s.city_id = o.city_id AND s.site_id IS DISTINCT FROM o.site_id
        -- haversine formula, mean radius of the earth
        CROSS JOIN LATERAL (
            SELECT sqrt(power(sin(radians(s.latitude - o.latitude) / 2), 2)
                        + cos(radians(o.latitude)) * cos(radians(s.latitude)) * power(sin(radians(s.longitude - o.longitude) / 2), 2)) AS half_chord) h),
    decayed AS (
        SELECT r.*, CASE WHEN r.distance_km > 700 * r.decay_km THEN 0 ELSE exp(- r.distance_km / r.decay_km) * CASE WHEN r.adjacent THEN 1 ELSE 0.5 END END AS decay
        FROM reached r)
    SELECT d.scenario, d.city_id, d.city_name_ko, d.city_name_en, d.site_id, d.name_ko, d.name_en, d.kind, d.region::text AS region,
           d.distance_km, d.adjacent, d.decay,
           d.decay / nullif(sum(d.decay) OVER (PARTITION BY d.scenario, d.city_id ORDER BY d.site_id COLLATE "C"
                                               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS share,
           concat_ws('|', d.scenario, d.site_id) AS row_key
    FROM decayed d;
    COMMENT ON VIEW spillover IS 'How much of what happens in the innovation city reaches the old downtown and the surrounding centres: exp(-distance / decay_km of setting), halved where the site lies neither in the city nor in a region that borders on it. A rule of thumb to compare sites with: measured effects of moved offices fade within kilometres.';
    COMMENT ON COLUMN spillover.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN spillover.city_id IS 'The city.';
    COMMENT ON COLUMN spillover.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN spillover.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN spillover.site_id IS 'The site that is reached.';
    COMMENT ON COLUMN spillover.name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN spillover.name_en IS 'Its name in English.';
    COMMENT ON COLUMN spillover.kind IS 'old_downtown, surrounding_centre, other, or a further innovation_city.';
    COMMENT ON COLUMN spillover.region IS 'Code of its place, as text.';
    COMMENT ON COLUMN spillover.distance_km IS 'Great-circle distance from the innovation city in kilometres; NULL without coordinates.';
    COMMENT ON COLUMN spillover.adjacent IS 'It lies in the city or in a region that shares a border with it.';
    COMMENT ON COLUMN spillover.decay IS 'Share of the effect that is left at the site, in [0,1].';
    COMMENT ON COLUMN spillover.share IS 'decay as a share of all sites of the city, adding up to 1.';
    COMMENT ON COLUMN spillover.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW national_inequality WITH (security_invoker = true) AS
    WITH activity AS (
        SELECT a.scenario, a.year, a.region, sum(a.value::numeric)::float8 AS activity
        FROM region_activity a GROUP BY a.scenario, a.year, a.region),
    row AS (
        SELECT a.scenario, a.year, a.region, a.activity, i.value AS residents,
               EXISTS (SELECT FROM region c WHERE c.scenario = a.scenario AND c.capital AND a.region <@ c.region) AS capital,
               ancestor(a.region, 1) AS province
        FROM activity a
        LEFT JOIN region_indicator i ON i.scenario = a.scenario AND i.region = a.region AND i.year = a.year AND i.indicator = 'residents' AND i.value > 0
        WHERE a.activity > 0),
    province AS (
        SELECT r.scenario, r.year, r.province, sum(r.activity::numeric)::float8 AS activity, sum(r.residents::numeric)::float8 AS residents
        FROM row r WHERE r.residents IS NOT NULL GROUP BY r.scenario, r.year, r.province),
    total AS (
        SELECT r.scenario, r.year, count(*) AS regions, sum(r.activity::numeric)::float8 AS activity, sum(r.residents::numeric)::float8 AS residents,
               (sum(r.activity::numeric) FILTER (WHERE r.capital))::float8 AS capital_activity,
               (sum(r.residents::numeric) FILTER (WHERE r.capital))::float8 AS capital_residents,
               theil_t(r.activity / r.residents, r.residents) AS theil
        FROM row r GROUP BY r.scenario, r.year),
    between_provinces AS (
        SELECT p.scenario, p.year, theil_t(p.activity / p.residents, p.residents) AS theil FROM province p GROUP BY p.scenario, p.year)
    SELECT t.scenario, t.year, t.regions::integer AS regions, t.activity, t.residents,
           coalesce(t.capital_activity, 0) / t.activity AS capital_share_activity,
           coalesce(t.capital_residents, 0) / t.residents AS capital_share_residents,
           t.theil, b.theil AS theil_between, t.theil - b.theil AS theil_within,
           concat_ws('|', t.scenario, t.year) AS row_key
    FROM total t LEFT JOIN between_provinces b USING (scenario, year);
    COMMENT ON VIEW national_inequality IS 'Year by year: the weight of the capital area, and the inequality of activity per resident among regions (Theil T weighted by residents), between provinces and within them.';
    COMMENT ON COLUMN national_inequality.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN national_inequality.year IS 'Year of region_activity.';
    COMMENT ON COLUMN national_inequality.regions IS 'Regions with activity.';
    COMMENT ON COLUMN national_inequality.activity IS 'Their total, in the unit of region_activity.';
    COMMENT ON COLUMN national_inequality.residents IS 'Residents of those regions whose number is known for the year; NULL = of none.';
    COMMENT ON COLUMN national_inequality.capital_share_activity IS 'Share of the capital area in the activity, in [0,1].';
    COMMENT ON COLUMN national_inequality.capital_share_residents IS 'Share of the capital area in the residents, in [0,1].';
    COMMENT ON COLUMN national_inequality.theil IS 'Theil T of activity per resident, weighted by residents; 0 = equal.';
    COMMENT ON COLUMN national_inequality.theil_between IS 'The part of it between provinces.';
    COMMENT ON COLUMN national_inequality.theil_within IS 'The part of it within provinces: the rest.';
    COMMENT ON COLUMN national_inequality.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW case_national WITH (security_invoker = true) AS
    WITH partner AS (
        SELECT p.scenario, p.city_id, count(*) FILTER (WHERE p.kind = 'incumbent') AS incumbents, count(*) FILTER (WHERE p.kind = 'asset') AS assets
        FROM city_partner p GROUP BY p.scenario, p.city_id),
    rank AS (
        SELECT r.scenario, r.city_id, count(*) FILTER (WHERE r.rank_of_city = 1) AS first_choices,
               avg(r.score) FILTER (WHERE r.rank_in_city <= 20) AS mean_score,
               max(r.coverage) AS coverage
        FROM synergy_rank r WHERE r.candidate_kind = 'capital' GROUP BY r.scenario, r.city_id),
    resident AS (
        SELECT i.scenario, i.city_id, min(i.year) AS first_year, max(i.year) AS last_year
        FROM city_indicator i WHERE i.indicator = 'residents' GROUP BY i.scenario, i.city_id)
    SELECT c.scenario, c.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, c.competes,
           coalesce(p.incumbents, 0)::integer AS incumbents, coalesce(p.assets, 0)::integer AS assets,
           r.first_choices::integer AS first_choices, round(r.mean_score, 9) AS mean_score_first_20, r.coverage,
           l.value AS residents, d.last_year AS residents_year, 100 * (l.value / f.value - 1) AS residents_change_pct, d.first_year AS residents_since,
           x.value AS extinction_index, x.year AS extinction_year,
           concat_ws('|', c.scenario, c.city_id) AS row_key
    FROM city c
    LEFT JOIN partner p USING (scenario, city_id)
    LEFT JOIN rank r USING (scenario, city_id)
    LEFT JOIN resident d USING (scenario, city_id)
    LEFT JOIN city_indicator l ON l.scenario = c.scenario AND l.city_id = c.city_id AND l.indicator = 'residents' AND l.year = d.last_year
    LEFT JOIN city_indicator f ON f.scenario = c.scenario AND f.city_id = c.city_id AND f.indicator = 'residents' AND f.year = d.first_year AND f.value > 0
    LEFT JOIN LATERAL (
        SELECT i.value, i.year FROM city_indicator i
        WHERE i.scenario = c.scenario AND i.city_id = c.city_id AND i.indicator = 'extinction_index' ORDER BY i.year DESC LIMIT 1) x ON true;
    COMMENT ON VIEW case_national IS 'All cities on one page, for the argument before the nation: what they have, for whom they come first, how many live there, and how close they are to extinction.';
    COMMENT ON COLUMN case_national.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN case_national.city_id IS 'The city.';
    COMMENT ON COLUMN case_national.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN case_national.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN case_national.competes IS 'It competes for candidates.';
    COMMENT ON COLUMN case_national.incumbents IS 'Institutions that are there.';
    COMMENT ON COLUMN case_national.assets IS 'National projects and facilities that are there.';
    COMMENT ON COLUMN case_national.first_choices IS 'Candidates of the capital area for whom it comes first among the competing cities.';
    COMMENT ON COLUMN case_national.mean_score_first_20 IS 'Mean score of its twenty best candidates of the capital area (with ties), in [0,1]; compare within equal coverage only.';
    COMMENT ON COLUMN case_national.coverage IS 'Share of the weight that had data, in [0,1].';
    COMMENT ON COLUMN case_national.residents IS 'Residents of its regions in the latest year.';
    COMMENT ON COLUMN case_national.residents_year IS 'That year.';
    COMMENT ON COLUMN case_national.residents_change_pct IS 'Change of the residents since the first year, percent.';
    COMMENT ON COLUMN case_national.residents_since IS 'That first year.';
    COMMENT ON COLUMN case_national.extinction_index IS 'Women from 20 to 39 divided by residents from 65 on; below 0.5 is at risk.';
    COMMENT ON COLUMN case_national.extinction_year IS 'Year of that index.';
    COMMENT ON COLUMN case_national.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_territory_views(text) IS
'Makes or replaces the views of a plan''s territory. Called by create_plan and upgrade_plan, which see.';
-- Policy watch: what the government announced, what it changes in the plan's rows, and those changes carried out with before and after kept.

CREATE FUNCTION plan_policy_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE policy_item (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        policy_item text NOT NULL CHECK (policy_item <> ''),
        name_ko text,
        name_en text,
        stage text NOT NULL DEFAULT 'announced'
            CHECK (stage IN ('expected', 'announced', 'consultation', 'bill', 'decided', 'in force', 'withdrawn')),
        announced date,
        next_date date,
        next_step text,
        department text,
        source text,
        note text,
        PRIMARY KEY (scenario, policy_item),
        FOREIGN KEY (scenario, department) REFERENCES department ON UPDATE CASCADE ON DELETE SET NULL (department)
    );
    COMMENT ON TABLE policy_item IS 'Policies that the city watches: a law, a list, a guideline, a call for bids.';
    COMMENT ON COLUMN policy_item.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN policy_item.policy_item IS 'Identifier of the item.';
    COMMENT ON COLUMN policy_item.name_ko IS 'Title in Korean.';
    COMMENT ON COLUMN policy_item.name_en IS 'Title in English.';
    COMMENT ON COLUMN policy_item.stage IS 'expected, announced, consultation, bill, decided, in force or withdrawn.';
    COMMENT ON COLUMN policy_item.announced IS 'Day on which it became known.';
    COMMENT ON COLUMN policy_item.next_date IS 'Day of the next step; NULL = not known.';
    COMMENT ON COLUMN policy_item.next_step IS 'What is to happen then.';
    COMMENT ON COLUMN policy_item.department IS 'Department that watches it; NULL = none yet.';
    COMMENT ON COLUMN policy_item.source IS 'Publisher of the fact.';
    COMMENT ON COLUMN policy_item.note IS 'Free text; the sample marks its rows here.';

    CREATE TABLE policy_event (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        policy_event text NOT NULL CHECK (policy_event <> ''),
        policy_item text,
        event_date date NOT NULL,
        name_ko text,
        name_en text,
        applied timestamptz,
        source text,
        PRIMARY KEY (scenario, policy_event),
        FOREIGN KEY (scenario, policy_item) REFERENCES policy_item ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE policy_event IS 'What happened to a policy, and when the plan took it over.';
    COMMENT ON COLUMN policy_event.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN policy_event.policy_event IS 'Identifier of the event.';
    COMMENT ON COLUMN policy_event.policy_item IS 'Item that it belongs to; NULL = none.';
    COMMENT ON COLUMN policy_event.event_date IS 'Day of the event.';
    COMMENT ON COLUMN policy_event.name_ko IS 'What happened, in Korean.';
    COMMENT ON COLUMN policy_event.name_en IS 'What happened, in English.';
    COMMENT ON COLUMN policy_event.applied IS 'When apply_policy_event carried its changes out; NULL = not yet.';
    COMMENT ON COLUMN policy_event.source IS 'Publisher of the fact.';

    CREATE TABLE policy_change (
        scenario text NOT NULL DEFAULT 'base',
        policy_event text NOT NULL,
        position integer NOT NULL CHECK (position >= 1),
        action text NOT NULL DEFAULT 'update' CHECK (action IN ('insert', 'update', 'delete')),
        table_name text NOT NULL,
        row_filter jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(row_filter) = 'object'),
        new_values jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(new_values) = 'object'),
        rows_before jsonb,
        rows_after jsonb,
        PRIMARY KEY (scenario, policy_event, position),
        FOREIGN KEY (scenario, policy_event) REFERENCES policy_event ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE policy_change IS 'The changes of rows that an event means; apply_policy_event carries them out in order of position.';
    COMMENT ON COLUMN policy_change.scenario IS 'Scenario of the row, and of the rows that change.';
    COMMENT ON COLUMN policy_change.policy_event IS 'The event.';
    COMMENT ON COLUMN policy_change.position IS 'Order of the change within the event, from 1.';
    COMMENT ON COLUMN policy_change.action IS 'insert, update or delete.';
    COMMENT ON COLUMN policy_change.table_name IS 'A table of the plan, such as institution, city or rule.';
    COMMENT ON COLUMN policy_change.row_filter IS 'Which rows: columns and the values they must have, as {"city_id": "NJ"}; {} = all of the scenario.';
    COMMENT ON COLUMN policy_change.new_values IS 'Columns and their new values, as {"capacity": 2000}; for insert the whole row without scenario.';
    COMMENT ON COLUMN policy_change.rows_before IS 'The rows as they were, in order of their key; filled when the change is carried out.';
    COMMENT ON COLUMN policy_change.rows_after IS 'The rows as they became, in order of their key; filled when the change is carried out.';
END
$function$;
COMMENT ON FUNCTION plan_policy_tables(text) IS
'Makes the empty tables of a plan''s policy watch. Called by create_plan, which see.';

CREATE FUNCTION apply_policy_event(plan text, event text, scenario text DEFAULT 'base',
    OUT "position" integer, OUT action text, OUT table_name text, OUT rows integer)
RETURNS SETOF record
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    change record;
    known boolean;
    columns text;
    key_order text;
    unknown text;
    before jsonb;
    after jsonb;
    found_applied timestamptz;
    found_event boolean;
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    IF NOT is_plan(plan) THEN
        RAISE EXCEPTION '"%" is no plan', plan
            USING ERRCODE = 'wrong_object_type', HINT = 'Make one with create_plan(name).';
    END IF;
    -- the lock makes two editors who apply the same event wait for each other: the second finds it applied
    EXECUTE format('SELECT true, applied FROM %I.policy_event WHERE scenario = $1 AND policy_event = $2 FOR UPDATE', plan)
        INTO found_event, found_applied USING scenario, event;
    IF found_event IS NULL THEN
        RAISE EXCEPTION 'there is no policy event "%"', event
            USING ERRCODE = 'no_data_found', DETAIL = format('It is looked for in scenario "%s" of plan "%s".', scenario, plan);
    END IF;
    IF found_applied IS NOT NULL THEN
        RAISE EXCEPTION 'policy event "%" is already applied', event
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('It was applied at %s.', found_applied),
                  HINT = 'Its rows before and after are in policy_change.';
    END IF;

    FOR change IN EXECUTE format('SELECT * FROM %I.policy_change WHERE scenario = $1 AND policy_event = $2 ORDER BY position', plan)
        USING scenario, event
    LOOP
        -- only tables that the plan was made with, and only columns they have
        SELECT count(*) = 1 INTO known FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = plan AND c.relkind = 'r' AND c.relname = change.table_name
          AND change.table_name = ANY (scenario_tables()) AND change.table_name !~ '^policy_';
        IF NOT known THEN
            RAISE EXCEPTION 'a policy change cannot touch "%"', change.table_name
                USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It is change %s of event "%s".', change.position, event),
                      HINT = 'Name a table of the plan, such as institution, city, rule or criterion.';
        END IF;
        SELECT string_agg(format('%I', k), ', ' ORDER BY k) FILTER (WHERE a.attname IS NOT NULL),
               min(k) FILTER (WHERE a.attname IS NULL)
        INTO columns, unknown
        FROM jsonb_object_keys(change.new_values) k
        LEFT JOIN pg_attribute a ON a.attrelid = format('%I.%I', plan, change.table_name)::regclass AND a.attname = k
             AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'scenario';
        SELECT coalesce(unknown, min(k)) INTO unknown
        FROM jsonb_object_keys(change.row_filter) k
        WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = format('%I.%I', plan, change.table_name)::regclass
                          AND a.attname = k AND a.attnum > 0 AND NOT a.attisdropped);
        IF unknown IS NOT NULL THEN
            RAISE EXCEPTION 'table "%" has no column "%" that a policy change can use', change.table_name, unknown
                USING ERRCODE = 'undefined_column', DETAIL = format('It is change %s of event "%s".', change.position, event);
        END IF;
        IF change.action IN ('insert', 'update') AND columns IS NULL THEN
            RAISE EXCEPTION 'change % of event "%" has no new values', change.position, event
                USING ERRCODE = 'invalid_parameter_value', HINT = 'Give columns and values, as {"capacity": 2000}.';
        END IF;
        SELECT string_agg(format('t.%I', a.attname), ', ' ORDER BY k.n) INTO key_order
        FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, n)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = format('%I.%I', plan, change.table_name)::regclass AND i.indisprimary;

        before := '[]';
        after := '[]';
        IF change.action <> 'insert' THEN
            EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY %s), ''[]'') FROM %I.%I t WHERE t.scenario = $1 AND to_jsonb(t) @> $2',
                           key_order, plan, change.table_name)
                INTO before USING scenario, change.row_filter;
        END IF;
        CASE change.action
            WHEN 'insert' THEN
                EXECUTE format('WITH done AS (INSERT INTO %1$I.%2$I AS t (scenario, %3$s) SELECT $1, %3$s FROM jsonb_populate_record(NULL::%1$I.%2$I, $2) RETURNING to_jsonb(t) AS row) '
                               'SELECT coalesce(jsonb_agg(row), ''[]'') FROM done', plan, change.table_name, columns)
                    INTO after USING scenario, change.new_values;
            WHEN 'update' THEN
                EXECUTE format('WITH done AS (UPDATE %1$I.%2$I t SET (%3$s) = (SELECT %3$s FROM jsonb_populate_record(NULL::%1$I.%2$I, $3)) '
                               'WHERE t.scenario = $1 AND to_jsonb(t) @> $2 RETURNING t.*) '
                               'SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY %4$s), ''[]'') FROM done t', plan, change.table_name, columns, key_order)
                    INTO after USING scenario, change.row_filter, change.new_values;
            ELSE
                EXECUTE format('DELETE FROM %I.%I t WHERE t.scenario = $1 AND to_jsonb(t) @> $2', plan, change.table_name)
                    USING scenario, change.row_filter;
        END CASE;
        EXECUTE format('UPDATE %I.policy_change SET rows_before = $4, rows_after = $5 WHERE scenario = $1 AND policy_event = $2 AND position = $3', plan)
            USING scenario, event, change.position, before, after;
        "position" := change.position;
        action := change.action;
        table_name := change.table_name;
        rows := greatest(jsonb_array_length(before), jsonb_array_length(after));
        RETURN NEXT;
    END LOOP;
    EXECUTE format('UPDATE %I.policy_event SET applied = now() WHERE scenario = $1 AND policy_event = $2', plan) USING scenario, event;
END
$function$;
COMMENT ON FUNCTION apply_policy_event(text, text, text) IS
'Carries out the changes of a policy event in their order, in one transaction, and keeps the rows before and after in policy_change. One row a change: its position, action, table and the number of rows it met (0 = its filter met none). Refuses an event that is already applied (55000), tables that are not the plan''s and columns they do not have.';
-- Scenarios: copies of a plan's rows under another name, their comparison, and snapshots of the ranking over time.

CREATE FUNCTION scenario_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- parents before children; what runs and snapshots have stored belongs to the scenario they were made in
    SELECT ARRAY['setting', 'city', 'city_region', 'site', 'city_indicator', 'institution', 'institution_sector', 'asset', 'asset_sector',
                 'tie_kind', 'affiliation', 'region_activity', 'sector_flow', 'labour_flow', 'sector_bridge', 'sector_name',
                 'region', 'region_neighbour', 'region_indicator',
                 'criterion', 'expert', 'judgement', 'roadmap_setting', 'holiday', 'department', 'task', 'task_role', 'task_link',
                 'rule', 'quota', 'bonus', 'policy_item', 'policy_event', 'policy_change'];
END;
COMMENT ON FUNCTION scenario_tables() IS
'Tables of a plan whose rows make up a scenario, parents before children: what copy_scenario copies.';

CREATE FUNCTION plan_snapshot_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE snapshot (
        scenario text NOT NULL DEFAULT 'base' REFERENCES setting ON UPDATE CASCADE ON DELETE CASCADE,
        snapshot bigint GENERATED BY DEFAULT AS IDENTITY,
        taken timestamptz NOT NULL DEFAULT now(),
        label text,
        PRIMARY KEY (scenario, snapshot)
    );
    COMMENT ON TABLE snapshot IS 'When take_snapshot kept the ranking of a scenario.';
    COMMENT ON COLUMN snapshot.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN snapshot.snapshot IS 'Number of the snapshot, rising with time.';
    COMMENT ON COLUMN snapshot.taken IS 'When it was taken.';
    COMMENT ON COLUMN snapshot.label IS 'Why, in the planner''s words.';

    CREATE TABLE snapshot_row (
        scenario text NOT NULL,
        snapshot bigint NOT NULL,
        city_id text NOT NULL,
        institution_id text NOT NULL,
        candidate_kind text NOT NULL,
        rank_in_city integer,
        score numeric,
        coverage numeric,
        PRIMARY KEY (scenario, snapshot, city_id, institution_id, candidate_kind),
        FOREIGN KEY (scenario, snapshot) REFERENCES snapshot ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE snapshot_row IS 'The ranking as it was: one row a candidate and city.';
    COMMENT ON COLUMN snapshot_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN snapshot_row.snapshot IS 'The snapshot.';
    COMMENT ON COLUMN snapshot_row.city_id IS 'The city.';
    COMMENT ON COLUMN snapshot_row.institution_id IS 'The institution.';
    COMMENT ON COLUMN snapshot_row.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN snapshot_row.rank_in_city IS 'Rank among the candidates of the city, kind and coverage.';
    COMMENT ON COLUMN snapshot_row.score IS 'Score in [0,1].';
    COMMENT ON COLUMN snapshot_row.coverage IS 'Share of the weight that had data, in [0,1].';
END
$function$;
COMMENT ON FUNCTION plan_snapshot_tables(text) IS
'Makes the empty tables of a plan''s snapshots. Called by create_plan, which see.';

CREATE FUNCTION plan_snapshot_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW timeline WITH (security_invoker = true) AS
    SELECT r.scenario, r.snapshot, s.taken, s.label, r.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           r.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en, r.candidate_kind,
           r.rank_in_city, r.score, r.coverage,
           lag(r.rank_in_city) OVER before AS previous_rank, lag(r.score) OVER before AS previous_score,
           concat_ws('|', r.scenario, r.snapshot, r.city_id, r.institution_id, r.candidate_kind) AS row_key
    FROM snapshot_row r
    JOIN snapshot s USING (scenario, snapshot)
    LEFT JOIN city c USING (scenario, city_id)
    LEFT JOIN institution i ON i.scenario = r.scenario AND i.institution_id = r.institution_id
    WINDOW before AS (PARTITION BY r.scenario, r.city_id, r.institution_id, r.candidate_kind ORDER BY r.snapshot);
    COMMENT ON VIEW timeline IS 'The ranking over time: every candidate in every snapshot, with what it was in its snapshot before.';
    COMMENT ON COLUMN timeline.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN timeline.snapshot IS 'Number of the snapshot.';
    COMMENT ON COLUMN timeline.taken IS 'When it was taken.';
    COMMENT ON COLUMN timeline.label IS 'Why, in the planner''s words.';
    COMMENT ON COLUMN timeline.city_id IS 'The city.';
    COMMENT ON COLUMN timeline.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN timeline.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN timeline.institution_id IS 'The institution.';
    COMMENT ON COLUMN timeline.institution_name_ko IS 'Its name in Korean; NULL when it is no longer in the scenario.';
    COMMENT ON COLUMN timeline.institution_name_en IS 'Its name in English; NULL when it is no longer in the scenario.';
    COMMENT ON COLUMN timeline.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN timeline.rank_in_city IS 'Rank among the candidates of the city, kind and coverage.';
    COMMENT ON COLUMN timeline.score IS 'Score in [0,1].';
    COMMENT ON COLUMN timeline.coverage IS 'Share of the weight that had data, in [0,1].';
    COMMENT ON COLUMN timeline.previous_rank IS 'Rank in the snapshot before; NULL when it was not in one.';
    COMMENT ON COLUMN timeline.previous_score IS 'Score in the snapshot before; NULL when it was not in one.';
    COMMENT ON COLUMN timeline.row_key IS 'Key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_snapshot_views(text) IS
'Makes or replaces the views over a plan''s snapshots. Called by create_plan and upgrade_plan, which see.';

CREATE FUNCTION check_scenario(plan text, scenario text) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    found_plan boolean;
    found_scenario boolean;
    others text;
BEGIN
    EXECUTE format('SELECT %I.is_plan($1)', home) INTO found_plan USING plan;
    IF NOT found_plan THEN
        RAISE EXCEPTION '"%" is no plan', plan
            USING ERRCODE = 'wrong_object_type', HINT = 'Make one with create_plan(name).';
    END IF;
    EXECUTE format('SELECT bool_or(s.scenario = $1), string_agg(s.scenario, '', '' ORDER BY s.scenario COLLATE "C") FROM %I.setting s', plan)
        INTO found_scenario, others USING scenario;
    IF found_scenario IS NOT TRUE THEN
        RAISE EXCEPTION 'plan "%" has no scenario "%"', plan, scenario
            USING ERRCODE = 'undefined_object', DETAIL = format('It has %s.', others),
                  HINT = 'Make one with copy_scenario(plan, source, target).';
    END IF;
END
$function$;
COMMENT ON FUNCTION check_scenario(text, text) IS
'Raises an error when the schema is no plan (42809) or has no such scenario (42704); else nothing.';

CREATE FUNCTION copy_scenario(plan text, source text, target text) RETURNS text
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    name_of_table text;
    columns text;
    taken boolean;
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    PERFORM check_scenario(plan, source);
    IF target = '' THEN
        RAISE EXCEPTION 'a scenario needs a name' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.setting WHERE scenario = $1)', plan) INTO taken USING target;
    IF taken THEN
        RAISE EXCEPTION 'scenario "%" already exists', target
            USING ERRCODE = 'duplicate_object', HINT = format('Choose another name, or remove it: DELETE FROM %I.setting WHERE scenario = %L.', plan, target);
    END IF;
    FOREACH name_of_table IN ARRAY scenario_tables() LOOP
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
        FROM pg_attribute a
        WHERE a.attrelid = format('%I.%I', plan, name_of_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'scenario';
        EXECUTE format('INSERT INTO %1$I.%2$I (scenario, %3$s) SELECT $2, %3$s FROM %1$I.%2$I WHERE scenario = $1', plan, name_of_table, columns)
            USING source, target;
    END LOOP;
    EXECUTE format('UPDATE %I.setting SET copied_from = $1 WHERE scenario = $2', plan) USING source, target;
    RETURN target;
END
$function$;
COMMENT ON FUNCTION copy_scenario(text, text, text) IS
'Copies all rows of a scenario under a new name, but for runs and snapshots, and returns the name. Edit the copy''s rows, then compare_scenarios. Refuses a name that is taken (42710).';

CREATE FUNCTION compare_scenarios(plan text, a text, b text,
    OUT institution_id text, OUT institution_name_ko text, OUT institution_name_en text,
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text, OUT candidate_kind text,
    OUT change text, OUT rank_a integer, OUT rank_b integer, OUT rank_shift integer, OUT score_a numeric, OUT score_b numeric,
    OUT part text, OUT part_shift numeric, OUT allocated_a text, OUT allocated_b text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 2000 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %1$I.check_scenario($1, $2), %1$I.check_scenario($1, $3)', home) USING plan, a, b;
    RETURN QUERY EXECUTE format($query$
        WITH x AS MATERIALIZED (SELECT * FROM %1$I.synergy_rank WHERE scenario = $1),
             y AS MATERIALIZED (SELECT * FROM %1$I.synergy_rank WHERE scenario = $2),
        pair AS (
            SELECT institution_id, city_id, candidate_kind,
                   coalesce(x.institution_name_ko, y.institution_name_ko) AS institution_name_ko,
                   coalesce(x.institution_name_en, y.institution_name_en) AS institution_name_en,
                   coalesce(x.city_name_ko, y.city_name_ko) AS city_name_ko, coalesce(x.city_name_en, y.city_name_en) AS city_name_en,
                   x.rank_in_city AS rank_a, y.rank_in_city AS rank_b, x.score AS score_a, y.score AS score_b,
                   CASE WHEN x.institution_id IS NULL THEN 'entered' WHEN y.institution_id IS NULL THEN 'left'
                        WHEN x.rank_in_city > y.rank_in_city THEN 'up' WHEN x.rank_in_city < y.rank_in_city THEN 'down'
                        ELSE 'same' END AS change
            FROM x FULL JOIN y USING (institution_id, city_id, candidate_kind)),
        moved AS MATERIALIZED (
            SELECT institution_id, city_id, part,
                   coalesce(sum(contribution) FILTER (WHERE scenario = $2), 0) - coalesce(sum(contribution) FILTER (WHERE scenario = $1), 0) AS shift
            FROM %1$I.synergy_part
            WHERE scenario IN ($1, $2) AND (SELECT bool_or(score_a <> score_b) FROM pair)   -- not looked at when no score moved
            GROUP BY institution_id, city_id, part),
        part AS (
            -- the part whose contribution moved most, for pairs whose score moved
            SELECT DISTINCT ON (p.institution_id, p.city_id, p.candidate_kind) p.institution_id, p.city_id, p.candidate_kind,
                   m.part, m.shift
            FROM pair p JOIN moved m USING (institution_id, city_id)
            WHERE p.score_a <> p.score_b AND m.shift <> 0
            ORDER BY p.institution_id, p.city_id, p.candidate_kind, abs(m.shift) DESC, m.part COLLATE "C"),
        allocated AS (
            SELECT r.scenario, w.institution_id, w.city_id FROM %1$I.run_row w JOIN %1$I.run r USING (scenario, run)
            WHERE r.kind = 'allocation' AND r.scenario IN ($1, $2)
              AND r.run = (SELECT max(l.run) FROM %1$I.run l WHERE l.scenario = r.scenario AND l.kind = 'allocation'))
        SELECT p.institution_id, p.institution_name_ko, p.institution_name_en, p.city_id, p.city_name_ko, p.city_name_en, p.candidate_kind,
               p.change, p.rank_a::integer, p.rank_b::integer, (p.rank_a - p.rank_b)::integer, p.score_a, p.score_b, part.part, part.shift,
               aa.city_id, ab.city_id
        FROM pair p
        LEFT JOIN part USING (institution_id, city_id, candidate_kind)
        LEFT JOIN allocated aa ON aa.scenario = $1 AND aa.institution_id = p.institution_id
        LEFT JOIN allocated ab ON ab.scenario = $2 AND ab.institution_id = p.institution_id
        ORDER BY p.city_id COLLATE "C", p.candidate_kind COLLATE "C", p.rank_b, p.rank_a, p.institution_id COLLATE "C"
        $query$, plan) USING a, b;
END
$function$;
COMMENT ON FUNCTION compare_scenarios(text, text, text) IS
'The ranking of scenario b beside that of a, one row a candidate and city: change (entered, left, up, down, same), rank_shift = rank_a - rank_b (positive = better in b), the part whose contribution to the score moved most and by how much (NULL when only others moved), and where the latest allocation of each scenario puts the institution.';

CREATE FUNCTION scenario_agreement(plan text, a text, b text,
    OUT city_id text, OUT city_name_ko text, OUT city_name_en text, OUT candidate_kind text,
    OUT candidates integer, OUT entered integer, OUT gone integer, OUT kendall_tau float8, OUT rank_biased_overlap float8)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000 ROWS 20 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    EXECUTE format('SELECT %1$I.check_scenario($1, $2), %1$I.check_scenario($1, $3)', home) USING plan, a, b;
    RETURN QUERY EXECUTE format($query$
        WITH x AS MATERIALIZED (SELECT * FROM %1$I.synergy_rank WHERE scenario = $1 AND score IS NOT NULL),
             y AS MATERIALIZED (SELECT * FROM %1$I.synergy_rank WHERE scenario = $2 AND score IS NOT NULL)
        SELECT p.city_id, p.city_name_ko, p.city_name_en, p.candidate_kind,
               count(*) FILTER (WHERE p.score_a IS NOT NULL AND p.score_b IS NOT NULL)::integer,
               count(*) FILTER (WHERE p.score_a IS NULL)::integer, count(*) FILTER (WHERE p.score_b IS NULL)::integer,
               %2$I.kendall_tau(p.score_a::float8, p.score_b::float8),
               %2$I.rank_biased_overlap(
                   array_agg(p.institution_id ORDER BY p.score_a DESC, p.institution_id COLLATE "C") FILTER (WHERE p.score_a IS NOT NULL),
                   array_agg(p.institution_id ORDER BY p.score_b DESC, p.institution_id COLLATE "C") FILTER (WHERE p.score_b IS NOT NULL))
        FROM (SELECT institution_id, city_id, candidate_kind, coalesce(x.city_name_ko, y.city_name_ko) AS city_name_ko,
                     coalesce(x.city_name_en, y.city_name_en) AS city_name_en, x.score AS score_a, y.score AS score_b
              FROM x FULL JOIN y USING (institution_id, city_id, candidate_kind)) p
        GROUP BY p.city_id, p.city_name_ko, p.city_name_en, p.candidate_kind
        ORDER BY p.city_id COLLATE "C", p.candidate_kind COLLATE "C"
        $query$, plan, home) USING a, b;
END
$function$;
COMMENT ON FUNCTION scenario_agreement(text, text, text) IS
'How far two scenarios rank alike, one row a city and kind of candidate: candidates in both, entered and gone, Kendall''s tau-b over the scores of those in both (1 = same order), and the rank-biased overlap of the two lists (p = 0.9: the first ten have most of the weight; 1 = same). NULL where it is not defined.';

CREATE FUNCTION take_snapshot(plan text, label text DEFAULT NULL, scenario text DEFAULT 'base', channel text DEFAULT NULL, top integer DEFAULT 20)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_snapshot bigint;
    news jsonb;
BEGIN
    IF plan IS NULL OR scenario IS NULL OR top IS NULL THEN
        RAISE EXCEPTION 'plan, scenario and top must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format('INSERT INTO %I.snapshot (scenario, label) VALUES ($1, $2) RETURNING snapshot', plan) INTO new_snapshot USING scenario, label;
    EXECUTE format('INSERT INTO %1$I.snapshot_row (scenario, snapshot, city_id, institution_id, candidate_kind, rank_in_city, score, coverage) '
                   'SELECT scenario, $2, city_id, institution_id, candidate_kind, rank_in_city, score, coverage FROM %1$I.synergy_rank WHERE scenario = $1', plan)
        USING scenario, new_snapshot;
    IF channel IS NOT NULL THEN
        -- who came into the first places of the home city, and who left them, since the snapshot before
        EXECUTE format($query$
            WITH place AS (
                SELECT r.snapshot, r.institution_id
                FROM %1$I.snapshot_row r JOIN %1$I.setting s ON s.scenario = r.scenario AND s.home_city_id = r.city_id
                WHERE r.scenario = $1 AND r.candidate_kind = 'capital' AND r.rank_in_city <= $3
                  AND r.snapshot IN ($2, (SELECT max(b.snapshot) FROM %1$I.snapshot b WHERE b.scenario = $1 AND b.snapshot < $2))),
            moved AS (
                SELECT institution_id, bool_or(snapshot = $2) AS entered FROM place GROUP BY institution_id HAVING count(*) = 1)
            SELECT jsonb_build_object('plan', $4::text, 'scenario', $1, 'snapshot', $2,
                                      'entered', coalesce(jsonb_agg(institution_id ORDER BY institution_id COLLATE "C") FILTER (WHERE entered), '[]'),
                                      'left', coalesce(jsonb_agg(institution_id ORDER BY institution_id COLLATE "C") FILTER (WHERE NOT entered), '[]'))
            FROM moved HAVING count(*) > 0 $query$, plan) INTO news USING scenario, new_snapshot, top, plan;
        IF news IS NOT NULL THEN
            -- a notification has room for 8000 bytes: a long list is named by its snapshot alone
            IF octet_length(news::text) >= 8000 THEN
                news := news - 'entered' - 'left';
            END IF;
            PERFORM pg_notify(channel, news::text);
        END IF;
    END IF;
    RETURN new_snapshot;
END
$function$;
COMMENT ON FUNCTION take_snapshot(text, text, text, text, integer) IS
'Keeps the present ranking of a scenario under a label for the view timeline and returns the snapshot''s number. With a channel, NOTIFY tells as JSON which capital-area candidates entered and left the home city''s first places (top, 20 by default) since the snapshot before; nothing is sent when none did. Not null: plan, scenario, top.';
-- The allocation of a plan: solve() stores a run, views show the latest run of each scenario and whether its inputs have changed since.

CREATE FUNCTION plan_allocation_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE run_option (
        scenario text NOT NULL,
        run bigint NOT NULL,
        institution_id text NOT NULL,
        score_rank integer NOT NULL,
        best_city_id text NOT NULL,
        best_score numeric NOT NULL,
        second_city_id text,
        exchange_with text,
        cost numeric,
        PRIMARY KEY (scenario, run, institution_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_option IS 'What an institution could have had instead, in a run of kind allocation.';
    COMMENT ON COLUMN run_option.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_option.run IS 'The run.';
    COMMENT ON COLUMN run_option.institution_id IS 'The institution.';
    COMMENT ON COLUMN run_option.score_rank IS 'Rank of its city among its own scores; equal scores share a rank.';
    COMMENT ON COLUMN run_option.best_city_id IS 'City of its best score; of equal ones the first in byte order.';
    COMMENT ON COLUMN run_option.best_score IS 'That score.';
    COMMENT ON COLUMN run_option.second_city_id IS 'Next best city that keeps the rules; NULL = none by one change or exchange.';
    COMMENT ON COLUMN run_option.exchange_with IS 'Institution that would go the other way; NULL = nobody has to.';
    COMMENT ON COLUMN run_option.cost IS 'What that change would cost, in units of the score.';

    CREATE TABLE run_price (
        scenario text NOT NULL,
        run bigint NOT NULL,
        number integer NOT NULL,
        rule text NOT NULL,
        city_id text NOT NULL,
        category text,
        price float8 NOT NULL,
        used bigint NOT NULL,
        allowed bigint NOT NULL,
        PRIMARY KEY (scenario, run, number),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_price IS 'Limits that bind in a run of kind allocation, and their shadow prices.';
    COMMENT ON COLUMN run_price.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_price.run IS 'The run.';
    COMMENT ON COLUMN run_price.number IS 'Number of the limit in the run, from 1.';
    COMMENT ON COLUMN run_price.rule IS 'capacity, max_count, min_count or quota_min.';
    COMMENT ON COLUMN run_price.city_id IS 'The city.';
    COMMENT ON COLUMN run_price.category IS 'Category of a quota.';
    COMMENT ON COLUMN run_price.price IS 'About what one more head (capacity) or institution, or one fewer required, would bring, in units of the score.';
    COMMENT ON COLUMN run_price.used IS 'What the plan uses.';
    COMMENT ON COLUMN run_price.allowed IS 'The limit.';

    CREATE TABLE run_conflict (
        scenario text NOT NULL,
        run bigint NOT NULL,
        number integer NOT NULL,
        rule text NOT NULL,
        detail text NOT NULL,
        institution_id text,
        city_id text,
        PRIMARY KEY (scenario, run, number),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE run_conflict IS 'The rules that cannot be kept together, in a run of kind allocation that is infeasible.';
    COMMENT ON COLUMN run_conflict.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN run_conflict.run IS 'The run.';
    COMMENT ON COLUMN run_conflict.number IS 'Number of the rule in the set, from 1.';
    COMMENT ON COLUMN run_conflict.rule IS 'Kind of the rule, as in conflicts().';
    COMMENT ON COLUMN run_conflict.detail IS 'The rule in words.';
    COMMENT ON COLUMN run_conflict.institution_id IS 'Institution that it names.';
    COMMENT ON COLUMN run_conflict.city_id IS 'City that it names.';
END
$function$;
COMMENT ON FUNCTION plan_allocation_tables(text) IS
'Makes the empty tables of a plan''s allocation runs. Called by create_plan, which see.';

CREATE FUNCTION plan_allocation_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW allocation_run WITH (security_invoker = true) AS
    WITH rows AS (
        SELECT t.scenario, 'rule' AS table_name, to_jsonb(t) - 'scenario' - 'reason' AS content FROM rule t
        UNION ALL SELECT t.scenario, 'quota', to_jsonb(t) - 'scenario' FROM quota t
        UNION ALL SELECT t.scenario, 'bonus', to_jsonb(t) - 'scenario' FROM bonus t
    ), hashed AS (
        SELECT r.scenario, encode(sha256(convert_to(string_agg(r.table_name || r.content::text, E'\n' ORDER BY r.table_name || r.content::text COLLATE "C"), 'UTF8')), 'hex') AS hash
        FROM rows r GROUP BY r.scenario
    )
    SELECT p.scenario, (SELECT max(r.run) FROM run r WHERE r.scenario = p.scenario AND r.kind = 'allocation') AS run,
           p.value || coalesce(' ' || h.hash, '') AS input_hash, p.scenario AS row_key
    FROM (SELECT v.scenario, v.value FROM provenance v WHERE v.kind = 'hash' AND v.item = 'all inputs' OFFSET 0) p
    LEFT JOIN hashed h USING (scenario);
    COMMENT ON VIEW allocation_run IS 'The latest allocation run of each scenario, and the hash of what a run would read now.';
    COMMENT ON COLUMN allocation_run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_run.run IS 'Number of the latest run of kind allocation; NULL = none yet.';
    COMMENT ON COLUMN allocation_run.input_hash IS 'SHA-256 over what the score reads, and over rules, quotas and bonuses if there are any.';
    COMMENT ON COLUMN allocation_run.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_assignment WITH (security_invoker = true) AS
    SELECT w.scenario, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.score, w.bonus,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.institution_id) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_row w USING (scenario, run)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_assignment IS 'Who goes where, by the latest run of solve().';
    COMMENT ON COLUMN allocation_assignment.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_assignment.institution_id IS 'The institution.';
    COMMENT ON COLUMN allocation_assignment.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_assignment.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_assignment.city_id IS 'The city.';
    COMMENT ON COLUMN allocation_assignment.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_assignment.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_assignment.score IS 'Its score there in the run.';
    COMMENT ON COLUMN allocation_assignment.bonus IS 'Its half of the bonuses with institutions in the same city.';
    COMMENT ON COLUMN allocation_assignment.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_assignment.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_assignment.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_certificate WITH (security_invoker = true) AS
    SELECT r.scenario, r.status, r.objective, r.bound, r.gap, r.seed, r.effort, r.run, r.started, r.input_hash = a.input_hash AS current,
           s.institutions, s.cities, s.gini, s.fewest, s.most,
           (SELECT count(*) FROM institution i WHERE i.scenario = r.scenario AND i.status = 'capital'
              AND NOT EXISTS (SELECT FROM run_row w WHERE w.scenario = r.scenario AND w.run = r.run AND w.institution_id = i.institution_id)) AS left_out,
           r.scenario AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    CROSS JOIN LATERAL (
        SELECT sum(k.n)::bigint AS institutions, count(*) AS cities, gini(k.n::float8) AS gini, min(k.n) AS fewest, max(k.n) AS most
        FROM (SELECT (SELECT count(*) FROM run_row w WHERE w.scenario = r.scenario AND w.run = r.run AND w.city_id = c.city_id) AS n
              FROM city c WHERE c.scenario = r.scenario AND c.competes) k) s;
    COMMENT ON VIEW allocation_certificate IS 'What is proven about the latest run of solve(), and how evenly it shares out institutions.';
    COMMENT ON COLUMN allocation_certificate.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_certificate.status IS 'optimal (proven), feasible (a plan and a bound), infeasible (proven; see allocation_conflict), unknown.';
    COMMENT ON COLUMN allocation_certificate.objective IS 'Sum of scores and bonuses, recomputed from the plan, less change penalties.';
    COMMENT ON COLUMN allocation_certificate.bound IS 'No plan under the same rules is worth more.';
    COMMENT ON COLUMN allocation_certificate.gap IS '(bound - objective) / |objective|; 0 = proven optimal.';
    COMMENT ON COLUMN allocation_certificate.seed IS 'Seed of the random numbers.';
    COMMENT ON COLUMN allocation_certificate.effort IS 'Effort that was allowed.';
    COMMENT ON COLUMN allocation_certificate.run IS 'Number of the run.';
    COMMENT ON COLUMN allocation_certificate.started IS 'When it ran.';
    COMMENT ON COLUMN allocation_certificate.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_certificate.institutions IS 'Institutions placed.';
    COMMENT ON COLUMN allocation_certificate.cities IS 'Competing cities.';
    COMMENT ON COLUMN allocation_certificate.gini IS 'Gini coefficient of the cities'' numbers of institutions, 0 = equal.';
    COMMENT ON COLUMN allocation_certificate.fewest IS 'Fewest institutions of a city.';
    COMMENT ON COLUMN allocation_certificate.most IS 'Most institutions of a city.';
    COMMENT ON COLUMN allocation_certificate.left_out IS 'Candidates without a place: they have no score in any competing city, or there is no plan.';
    COMMENT ON COLUMN allocation_certificate.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_reason WITH (security_invoker = true) AS
    SELECT w.scenario, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.score, w.bonus,
           CASE WHEN u.rule = 'forced' THEN 'forced' WHEN o.score_rank = 1 THEN 'best_city' WHEN w.bonus > 0 THEN 'bonus' ELSE 'limit' END AS reason,
           o.score_rank, o.best_city_id, b.name_ko AS best_city_name_ko, b.name_en AS best_city_name_en, o.best_score,
           o.second_city_id, s.name_ko AS second_city_name_ko, s.name_en AS second_city_name_en,
           o.exchange_with, x.name_ko AS exchange_name_ko, x.name_en AS exchange_name_en, o.cost,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.institution_id) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_row w USING (scenario, run)
    JOIN run_option o USING (scenario, run, institution_id)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN institution x ON x.scenario = w.scenario AND x.institution_id = o.exchange_with
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id
    LEFT JOIN city b ON b.scenario = w.scenario AND b.city_id = o.best_city_id
    LEFT JOIN city s ON s.scenario = w.scenario AND s.city_id = o.second_city_id
    LEFT JOIN rule u ON u.scenario = w.scenario AND u.institution_id = w.institution_id AND u.city_id = w.city_id;
    COMMENT ON VIEW allocation_reason IS 'Why each institution goes where it goes: its own best city, and what its next best place would cost the whole.';
    COMMENT ON COLUMN allocation_reason.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_reason.institution_id IS 'The institution.';
    COMMENT ON COLUMN allocation_reason.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.city_id IS 'The city.';
    COMMENT ON COLUMN allocation_reason.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_reason.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_reason.score IS 'Its score there in the run.';
    COMMENT ON COLUMN allocation_reason.bonus IS 'Its half of the bonuses with institutions in the same city.';
    COMMENT ON COLUMN allocation_reason.reason IS 'forced (by a rule), best_city (no city scores higher), bonus (it has partners there), limit (its better cities are worth more to others).';
    COMMENT ON COLUMN allocation_reason.score_rank IS 'Rank of the city among its own scores; equal scores share a rank.';
    COMMENT ON COLUMN allocation_reason.best_city_id IS 'City of its best score.';
    COMMENT ON COLUMN allocation_reason.best_city_name_ko IS 'Name of that city in Korean.';
    COMMENT ON COLUMN allocation_reason.best_city_name_en IS 'Name of that city in English.';
    COMMENT ON COLUMN allocation_reason.best_score IS 'That score.';
    COMMENT ON COLUMN allocation_reason.second_city_id IS 'Next best city that keeps the rules; NULL = none by one change or exchange.';
    COMMENT ON COLUMN allocation_reason.second_city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.second_city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.exchange_with IS 'Institution that would go the other way; NULL = nobody has to.';
    COMMENT ON COLUMN allocation_reason.exchange_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_reason.exchange_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_reason.cost IS 'What that change would cost, in units of the score.';
    COMMENT ON COLUMN allocation_reason.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_reason.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_reason.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_price WITH (security_invoker = true) AS
    SELECT w.scenario, w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, w.rule, w.category, w.price, w.used, w.allowed,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.number) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_price w USING (scenario, run)
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_price IS 'The limits that bind in the latest run of solve(), and what one more place would bring.';
    COMMENT ON COLUMN allocation_price.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_price.city_id IS 'The city.';
    COMMENT ON COLUMN allocation_price.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN allocation_price.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN allocation_price.rule IS 'capacity, max_count, min_count or quota_min.';
    COMMENT ON COLUMN allocation_price.category IS 'Category of a quota.';
    COMMENT ON COLUMN allocation_price.price IS 'About what one more head (capacity) or institution, or one fewer required, would bring, in units of the score: the multiplier of the bound.';
    COMMENT ON COLUMN allocation_price.used IS 'What the plan uses.';
    COMMENT ON COLUMN allocation_price.allowed IS 'The limit.';
    COMMENT ON COLUMN allocation_price.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_price.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_price.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW allocation_conflict WITH (security_invoker = true) AS
    SELECT w.scenario, w.rule, w.detail, w.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           w.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           w.run, r.input_hash = a.input_hash AS current, concat_ws('|', w.scenario, w.number) AS row_key
    FROM allocation_run a
    JOIN run r USING (scenario, run)
    JOIN run_conflict w USING (scenario, run)
    LEFT JOIN institution i ON i.scenario = w.scenario AND i.institution_id = w.institution_id
    LEFT JOIN city c ON c.scenario = w.scenario AND c.city_id = w.city_id;
    COMMENT ON VIEW allocation_conflict IS 'When the latest run of solve() is infeasible: a small set of rules that cannot be kept together.';
    COMMENT ON COLUMN allocation_conflict.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN allocation_conflict.rule IS 'Kind of the rule.';
    COMMENT ON COLUMN allocation_conflict.detail IS 'The rule in words.';
    COMMENT ON COLUMN allocation_conflict.institution_id IS 'Institution that it names.';
    COMMENT ON COLUMN allocation_conflict.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_conflict.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_conflict.city_id IS 'City that it names.';
    COMMENT ON COLUMN allocation_conflict.city_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN allocation_conflict.city_name_en IS 'Its name in English.';
    COMMENT ON COLUMN allocation_conflict.run IS 'The run that found it.';
    COMMENT ON COLUMN allocation_conflict.current IS 'False when the inputs have changed since the run.';
    COMMENT ON COLUMN allocation_conflict.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_allocation_views(text) IS
'Makes or replaces the views of a plan''s allocation. Called by plan_views, which see.';

CREATE FUNCTION solve(plan text, scenario text DEFAULT 'base', effort bigint DEFAULT 10000000, seed bigint DEFAULT 1, change_penalty float8 DEFAULT 0)
RETURNS bigint
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    EXECUTE $query$
        WITH target AS MATERIALIZED (
            SELECT c.city_id, floor(c.capacity)::bigint AS capacity, c.max_count, c.min_count FROM city c WHERE c.scenario = $1 AND c.competes),
        cell AS MATERIALIZED (
            SELECT s.institution_id, s.city_id, s.score
            FROM synergy_score s JOIN target t ON t.city_id = s.city_id
            WHERE s.scenario = $1 AND s.candidate_kind = 'capital' AND s.score IS NOT NULL),
        mover AS MATERIALIZED (
            SELECT i.institution_id, ceil(i.headcount)::bigint AS headcount, i.category, i.move_group
            FROM institution i WHERE i.scenario = $1 AND EXISTS (SELECT FROM cell l WHERE l.institution_id = i.institution_id)),
        even AS (
            -- a scenario that limits no city shares out evenly
            SELECT CASE WHEN count(capacity) + count(max_count) + count(min_count) = 0 THEN (SELECT count(*) FROM mover)::numeric / nullif(count(*), 0) END AS share
            FROM target),
        solution AS MATERIALIZED (
            SELECT allocate(
                ARRAY(SELECT (l.institution_id, l.city_id, l.score)::allocation_cell FROM cell l),
                ARRAY(SELECT (m.institution_id, m.headcount, m.category, m.move_group)::allocation_institution FROM mover m),
                ARRAY(SELECT (t.city_id, t.capacity, coalesce(t.max_count, ceil(e.share)::integer), coalesce(t.min_count, floor(e.share)::integer), NULL)::allocation_city
                      FROM target t CROSS JOIN even e),
                ARRAY(SELECT (b.institution_a, b.institution_b, b.bonus)::allocation_bonus
                      FROM bonus b JOIN mover m ON m.institution_id = b.institution_a JOIN mover n ON n.institution_id = b.institution_b WHERE b.scenario = $1),
                ARRAY(SELECT (r.institution_id, r.city_id, r.rule, NULL)::allocation_rule
                      FROM rule r JOIN mover m ON m.institution_id = r.institution_id JOIN target t ON t.city_id = r.city_id WHERE r.scenario = $1),
                ARRAY(SELECT (q.city_id, q.category, q.min_count, NULL, NULL)::allocation_quota FROM quota q JOIN target t ON t.city_id = q.city_id WHERE q.scenario = $1),
                $2, $3,
                ARRAY(SELECT (w.institution_id, w.city_id)::allocation_place
                      FROM run_row w JOIN mover m ON m.institution_id = w.institution_id JOIN target t ON t.city_id = w.city_id
                      WHERE w.scenario = $1 AND $4 <> 0 AND w.run = (SELECT a.run FROM allocation_run a WHERE a.scenario = $1)),
                $4) AS a),
        made AS (
            INSERT INTO run (scenario, kind, seed, effort, status, objective, bound, gap, input_hash)
            SELECT $1, 'allocation', $3, $2, c.status, c.objective, c.bound, c.gap, (SELECT h.input_hash FROM allocation_run h WHERE h.scenario = $1)
            FROM solution CROSS JOIN certificate(a) c
            RETURNING run.run),
        rows AS (
            INSERT INTO run_row (scenario, run, institution_id, city_id, score, bonus)
            SELECT $1, made.run, x.institution, x.city, x.score, x.bonus FROM made CROSS JOIN solution CROSS JOIN assignments(a) x),
        options AS (
            INSERT INTO run_option (scenario, run, institution_id, score_rank, best_city_id, best_score, second_city_id, exchange_with, cost)
            SELECT $1, made.run, o.institution, k.score_rank, k.best_city, k.best_score, o.second_city, o.exchange_with, o.cost
            FROM made CROSS JOIN solution CROSS JOIN alternatives(a) o
            JOIN (SELECT l.institution_id, l.city_id, rank() OVER (PARTITION BY l.institution_id ORDER BY l.score DESC) AS score_rank,
                         first_value(l.city_id) OVER best AS best_city, first_value(l.score) OVER best AS best_score
                  FROM cell l WINDOW best AS (PARTITION BY l.institution_id ORDER BY l.score DESC, l.city_id COLLATE "C")) k
              ON k.institution_id = o.institution AND k.city_id = o.city),
        prices AS (
            INSERT INTO run_price (scenario, run, number, rule, city_id, category, price, used, allowed)
            SELECT $1, made.run, row_number() OVER (ORDER BY p.city COLLATE "C", p.rule, p.category COLLATE "C"), p.rule, p.city, p.category, p.price, p.used, p.allowed
            FROM made CROSS JOIN solution CROSS JOIN shadow_prices(a) p),
        conflict AS (
            INSERT INTO run_conflict (scenario, run, number, rule, detail, institution_id, city_id)
            SELECT $1, made.run, x.number, x.rule, x.detail, x.institution, x.city
            FROM made CROSS JOIN solution
            CROSS JOIN LATERAL (SELECT f.*, row_number() OVER () AS number FROM conflicts(a) f) x)
        SELECT run FROM made
        $query$ INTO new_run USING scenario, effort, seed, change_penalty;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION solve(text, text, bigint, bigint, float8) IS
'Allocates the candidates of a scenario (status capital) to its competing cities by their scores and bonuses under capacities, counts, rules and quotas, stores the result as a run and returns its number; the allocation views show the latest. A scenario that limits no city shares out evenly. change_penalty > 0: the latest run is the previous plan, and each institution that leaves its city there costs that much. A candidate without any score is left out. NULL argument: NULL, and nothing runs.';
-- The economy of a plan's cities, and how sectors are translated. Heavy values are materialized: computed once a query, whatever the planner
-- thinks of tables that were never analyzed.

CREATE FUNCTION plan_economy_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW city_sector WITH (security_invoker = true) AS
    WITH nation AS MATERIALIZED (
        SELECT a.scenario, nonnegative(activity_matrix_agg(a.region, a.sector, a.value)) AS m
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
        GROUP BY a.scenario
    ), activity AS MATERIALIZED (
        SELECT n.scenario, a.region, a.sector, a.value FROM nation n CROSS JOIN LATERAL cells(n.m) a
    ), place AS MATERIALIZED (
        -- a matrix has regions for rows: here each city is one, by number
        SELECT c.scenario, c.city_id, ('x:' || row_number() OVER (PARTITION BY c.scenario ORDER BY c.city_id COLLATE "C"))::region_code AS place
        FROM city c
    ), town AS MATERIALIZED (
        SELECT d.scenario, activity_matrix_agg(d.place, d.sector, d.value) AS m
        FROM (SELECT DISTINCT p.scenario, p.place, a.region, a.sector, a.value
              FROM activity a
              JOIN city_region r ON r.scenario = a.scenario AND a.region <@ r.region
              JOIN place p ON p.scenario = r.scenario AND p.city_id = r.city_id) d
        GROUP BY d.scenario
    ), quantity AS MATERIALIZED (
        SELECT t.scenario, v.region, v.sector, v.value FROM town t CROSS JOIN LATERAL cells(t.m) v
    ), quotient AS MATERIALIZED (
        SELECT t.scenario, v.region, v.sector, v.value
        FROM town t JOIN nation n ON n.scenario = t.scenario CROSS JOIN LATERAL cells(location_quotient(t.m, reference => n.m)) v
    ), presence AS MATERIALIZED (
        SELECT t.scenario, v.region, v.sector
        FROM town t JOIN nation n ON n.scenario = t.scenario CROSS JOIN LATERAL cells(specialized(t.m, reference => n.m)) v
        WHERE v.value > 0
    ), sector AS MATERIALIZED (
        SELECT n.scenario, v.sector FROM nation n CROSS JOIN LATERAL sector_totals(n.m) v
    ), active AS MATERIALIZED (
        SELECT DISTINCT v.scenario, v.region FROM quantity v
    )
    SELECT p.scenario, p.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           t.sector::text AS sector, n.name_ko AS sector_name_ko, n.name_en AS sector_name_en,
           coalesce(v.value, 0) AS value, coalesce(q.value, 0) AS location_quotient, b.sector IS NOT NULL AS present,
           concat_ws('|', p.scenario, p.city_id, t.sector::text) AS row_key
    FROM place p
    JOIN active o ON o.scenario = p.scenario AND o.region = p.place
    JOIN sector t ON t.scenario = p.scenario
    JOIN city c ON c.scenario = p.scenario AND c.city_id = p.city_id
    LEFT JOIN quantity v ON v.scenario = p.scenario AND v.region = p.place AND v.sector = t.sector
    LEFT JOIN quotient q ON q.scenario = p.scenario AND q.region = p.place AND q.sector = t.sector
    LEFT JOIN presence b ON b.scenario = p.scenario AND b.region = p.place AND b.sector = t.sector
    LEFT JOIN sector_name n ON n.scenario = p.scenario AND n.sector = t.sector;
    COMMENT ON VIEW city_sector IS 'What each city is good at: its activity in each sector in the base year, against all regions. A city without activity has no rows.';
    COMMENT ON COLUMN city_sector.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_sector.city_id IS 'The city.';
    COMMENT ON COLUMN city_sector.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN city_sector.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN city_sector.sector IS 'Sector of region_activity, as text.';
    COMMENT ON COLUMN city_sector.sector_name_ko IS 'Name of the sector in Korean.';
    COMMENT ON COLUMN city_sector.sector_name_en IS 'Name of the sector in English.';
    COMMENT ON COLUMN city_sector.value IS 'Activity of the city in the sector, in the unit of region_activity: the sum of its regions, without negative cells.';
    COMMENT ON COLUMN city_sector.location_quotient IS 'Share of the sector in the city over its share in all regions; 1 = as everywhere.';
    COMMENT ON COLUMN city_sector.present IS 'Is the location quotient at least 1? Tested exactly.';
    COMMENT ON COLUMN city_sector.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW sector_route WITH (security_invoker = true) AS
    WITH activity AS MATERIALIZED (
        SELECT DISTINCT a.scenario, a.sector
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
        WHERE a.value > 0
    ), flow AS MATERIALIZED (
        SELECT f.scenario, f.seller AS sector FROM sector_flow f
        UNION SELECT f.scenario, f.buyer FROM sector_flow f
    ), labour AS MATERIALIZED (
        SELECT l.scenario, l.sector_from AS sector FROM labour_flow l
        UNION SELECT l.scenario, l.sector_to FROM labour_flow l
    ), source AS MATERIALIZED (
        SELECT p.scenario, b.bridge, p.sector
        FROM (SELECT DISTINCT i.scenario, i.sector FROM institution_sector i) p
        CROSS JOIN (VALUES ('activity'), ('flow'), ('labour')) b (bridge)
        UNION ALL SELECT f.scenario, 'flow_activity', f.sector FROM flow f
        UNION ALL SELECT l.scenario, 'labour_activity', l.sector FROM labour l
    ), target AS (
        SELECT a.scenario, b.bridge, a.sector
        FROM activity a CROSS JOIN (VALUES ('activity'), ('flow_activity'), ('labour_activity')) b (bridge)
        UNION ALL SELECT f.scenario, 'flow', f.sector FROM flow f
        UNION ALL SELECT l.scenario, 'labour', l.sector FROM labour l
    ), listed AS MATERIALIZED (
        SELECT b.scenario, b.bridge, b.sector_from, b.sector_to, b.weight FROM sector_bridge b
        UNION ALL
        SELECT t.scenario, t.bridge, t.sector, t.sector, 1 FROM target t
        WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = t.scenario AND b.bridge = t.bridge)
    ), entry AS MATERIALIZED (
        SELECT l.scenario, l.bridge, l.sector_from, sum(l.weight ORDER BY l.sector_to) AS weight
        FROM listed l GROUP BY l.scenario, l.bridge, l.sector_from
    ), nearest AS MATERIALIZED (
        -- the order of codes puts an ancestor before its descendants, so the nearest listed one is the greatest
        SELECT o.scenario, o.bridge, o.sector, max(e.sector_from) AS listed_as
        FROM source o JOIN entry e ON e.scenario = o.scenario AND e.bridge = o.bridge AND e.sector_from @> o.sector
        GROUP BY o.scenario, o.bridge, o.sector
    )
    SELECT n.scenario, n.bridge, n.sector::text AS sector_from, n.listed_as::text AS listed_as, l.sector_to::text AS sector_to,
           l.weight / e.weight AS weight,
           concat_ws('|', n.scenario, n.bridge, n.sector::text, l.sector_to::text) AS row_key
    FROM nearest n
    JOIN listed l ON l.scenario = n.scenario AND l.bridge = n.bridge AND l.sector_from = n.listed_as
    JOIN entry e ON e.scenario = n.scenario AND e.bridge = n.bridge AND e.sector_from = n.listed_as;
    COMMENT ON VIEW sector_route IS 'How each sector that is in use is translated into the other taxonomies: by the row of its nearest listed ancestor.';
    COMMENT ON COLUMN sector_route.scenario IS 'Scenario.';
    COMMENT ON COLUMN sector_route.bridge IS 'Which translation: see sector_bridge.bridge.';
    COMMENT ON COLUMN sector_route.sector_from IS 'Sector of a profile or flow, as text.';
    COMMENT ON COLUMN sector_route.listed_as IS 'The sector itself or the nearest ancestor that the bridge lists, as text.';
    COMMENT ON COLUMN sector_route.sector_to IS 'Sector that it becomes, as text.';
    COMMENT ON COLUMN sector_route.weight IS 'Share that goes there; the shares of a sector add up to 1.';
    COMMENT ON COLUMN sector_route.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_economy_views(text) IS
'Makes or replaces the views city_sector and sector_route of a plan. Called by plan_views, which see.';
-- The committee: its weights, and how consistent its members are.

CREATE FUNCTION plan_committee_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW committee_consistency WITH (security_invoker = true) AS
    WITH pair AS MATERIALIZED (
        SELECT j.scenario, j.expert, a.parent, j.criterion_a, j.criterion_b, j.judgement
        FROM judgement j
        JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b AND b.parent IS NOT DISTINCT FROM a.parent
    ), opinion AS MATERIALIZED (
        SELECT p.scenario, p.expert, p.parent, pairwise_matrix_agg(p.criterion_a, p.criterion_b, p.judgement) AS m
        FROM pair p GROUP BY p.scenario, p.expert, p.parent
    ), judged AS MATERIALIZED (
        SELECT u.scenario, u.parent, array_agg(u.criterion ORDER BY u.criterion COLLATE "C") AS criteria
        FROM (SELECT p.scenario, p.parent, p.criterion_a AS criterion FROM pair p
              UNION SELECT p.scenario, p.parent, p.criterion_b FROM pair p) u
        GROUP BY u.scenario, u.parent
    )
    SELECT o.scenario, o.expert, e.field, e.weight AS vote, o.parent,
           CASE WHEN cardinality(g.criteria) <= 15 THEN consistency_ratio(o.m) END AS consistency_ratio, 'saaty'::text AS random_index,
           geometric_consistency_index(o.m) AS geometric_consistency_index,
           cardinality(criteria(o.m)) AS criteria, (SELECT count(*) FROM missing_judgements(o.m)) AS missing_judgements,
           (t.t).ask_a, (t.t).ask_b, (t.t).judgement AS given, (t.t).implied,
           criteria(o.m) = g.criteria AND e.weight > 0 AND lambda_max(o.m) IS NOT NULL AS counted,
           concat_ws('|', o.scenario, o.expert, o.parent) AS row_key
    FROM opinion o
    JOIN expert e ON e.scenario = o.scenario AND e.expert = o.expert
    JOIN judged g ON g.scenario = o.scenario AND g.parent IS NOT DISTINCT FROM o.parent
    CROSS JOIN LATERAL (SELECT worst_triad(o.m) AS t OFFSET 0) t;
    COMMENT ON VIEW committee_consistency IS 'How consistent each expert''s judgements are, and which pair to ask again. Judgements with a ratio up to 0.10 are usually accepted.';
    COMMENT ON COLUMN committee_consistency.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_consistency.expert IS 'The expert.';
    COMMENT ON COLUMN committee_consistency.field IS 'Field of expertise.';
    COMMENT ON COLUMN committee_consistency.vote IS 'Weight of the expert''s vote.';
    COMMENT ON COLUMN committee_consistency.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_consistency.consistency_ratio IS '0 = consistent; NULL when the judgements do not tie the criteria together, or there are more than 15.';
    COMMENT ON COLUMN committee_consistency.random_index IS 'Table of random indices behind the ratio.';
    COMMENT ON COLUMN committee_consistency.geometric_consistency_index IS '0 = consistent; accepted up to 0.31, 0.35, 0.37 for 3, 4, more criteria; needs no table.';
    COMMENT ON COLUMN committee_consistency.criteria IS 'Criteria that the expert compared.';
    COMMENT ON COLUMN committee_consistency.missing_judgements IS 'Pairs of these criteria without a judgement; they are completed from the others.';
    COMMENT ON COLUMN committee_consistency.ask_a IS 'First criterion of the pair to ask again; NULL when nothing contradicts.';
    COMMENT ON COLUMN committee_consistency.ask_b IS 'Second criterion of that pair.';
    COMMENT ON COLUMN committee_consistency.given IS 'The judgement as given.';
    COMMENT ON COLUMN committee_consistency.implied IS 'What all judgements of the expert together imply for that pair.';
    COMMENT ON COLUMN committee_consistency.counted IS 'Does the expert count in committee_weight? Only those do who tied all criteria of the group together that anyone compared.';
    COMMENT ON COLUMN committee_consistency.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION committee_vote()
    RETURNS TABLE (scenario text, expert text, field text, vote float8, parent text, judgements pairwise_matrix)
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 20
    BEGIN ATOMIC
        SELECT c.scenario, c.expert, c.field, c.vote, c.parent, pairwise_matrix_agg(j.criterion_a, j.criterion_b, j.judgement)
        FROM committee_consistency c
        JOIN judgement j ON j.scenario = c.scenario AND j.expert = c.expert
        JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a AND a.parent IS NOT DISTINCT FROM c.parent
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b AND b.parent IS NOT DISTINCT FROM c.parent
        WHERE c.counted GROUP BY c.scenario, c.expert, c.field, c.vote, c.parent;
    END;
    COMMENT ON FUNCTION committee_vote() IS 'Judgements of each expert who counts, by group of criteria. For the views of this plan.';

    CREATE OR REPLACE VIEW committee_weight WITH (security_invoker = true) AS
    WITH RECURSIVE joint AS MATERIALIZED (
        SELECT v.scenario, v.parent, w.criterion, w.weight, v.experts
        FROM (SELECT o.scenario, o.parent, aggregate_judgements(o.judgements, o.vote) AS m, count(*) AS experts
              FROM committee_vote() o GROUP BY o.scenario, o.parent) v
        CROSS JOIN LATERAL ahp_weights(v.m) w
    ), local AS MATERIALIZED (
        SELECT j.scenario, j.parent, j.criterion, j.weight, j.experts FROM joint j
        UNION ALL
        -- a group that nobody looked into passes its weight on by the default weights of its members, or in equal parts
        SELECT c.scenario, c.parent, c.criterion,
               coalesce(c.weight / nullif(sum(c.weight) OVER (PARTITION BY c.scenario, c.parent ORDER BY c.criterion COLLATE "C"
                                                               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0),
                        1.0 / count(*) OVER (PARTITION BY c.scenario, c.parent)), NULL
        FROM criterion c
        WHERE c.parent IS NOT NULL AND NOT EXISTS (SELECT FROM joint j WHERE j.scenario = c.scenario AND j.parent = c.parent)
    ), tree AS (
        SELECT l.scenario, l.criterion, l.weight, l.experts FROM local l WHERE l.parent IS NULL
        UNION ALL
        SELECT l.scenario, l.criterion, t.weight * l.weight, t.experts
        FROM tree t JOIN local l ON l.scenario = t.scenario AND l.parent = t.criterion
    ), total AS MATERIALIZED (
        SELECT c.scenario, sum(c.weight ORDER BY c.criterion COLLATE "C") AS weight FROM criterion c GROUP BY c.scenario
    )
    SELECT c.scenario, c.criterion, c.name_ko, c.name_en,
           CASE WHEN x.experts IS NULL THEN c.weight / nullif(t.weight, 0) ELSE coalesce(k.weight, 0) END AS weight,
           CASE WHEN x.experts IS NULL THEN 'default' ELSE 'committee' END AS method,
           CASE WHEN x.experts IS NULL THEN c.source ELSE format('%s experts, geometric mean of judgements, eigenvector', x.experts) END AS source,
           concat_ws('|', c.scenario, c.criterion) AS row_key
    FROM criterion c
    LEFT JOIN total t ON t.scenario = c.scenario
    LEFT JOIN (SELECT DISTINCT m.scenario, m.experts FROM tree m) x ON x.scenario = c.scenario
    LEFT JOIN tree k ON k.scenario = c.scenario AND k.criterion = c.criterion
    WHERE c.indicator IS NOT NULL
       OR c.criterion IN ('localization', 'relatedness', 'linkage', 'complementarity', 'affiliation', 'labour', 'absorption');
    COMMENT ON VIEW committee_weight IS 'Weights of the parts of the score, adding up to 1: the default ones of criterion until the committee has compared what stands at the top level, then those of its members together, multiplied down the groups.';
    COMMENT ON COLUMN committee_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_weight.criterion IS 'Part of the score.';
    COMMENT ON COLUMN committee_weight.name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN committee_weight.name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN committee_weight.weight IS 'Weight in [0,1]; 0 for a criterion of a compared group that the committee left out; NULL when all default weights are 0.';
    COMMENT ON COLUMN committee_weight.method IS 'default = the weights of criterion; committee = from the judgements.';
    COMMENT ON COLUMN committee_weight.source IS 'Where the weight comes from.';
    COMMENT ON COLUMN committee_weight.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_committee_views(text) IS
'Makes or replaces the views committee_consistency and committee_weight of a plan. Called by plan_views, which see.';
-- What the score reads, gathered once a scenario and query: one row a pair of institution and city, with what belongs to the institution,
-- to the city and to the pair. These are functions of the plan and no views because a BI tool shall never meet their types; the planner
-- inlines synergy_input, so a filter on scenario, institution or city reaches the rows before anything is computed for them. The others are
-- strict, which keeps the planner from inlining them: each runs once a query. They bring names along, so that nothing is
-- joined between them and the C functions: the planner takes an array for narrow, and would sort matrices to merge a name.

CREATE FUNCTION plan_synergy_input(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW city_partner WITH (security_invoker = true) AS
    SELECT p.scenario, p.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en,
           p.partner_id, p.name_ko AS partner_name_ko, p.name_en AS partner_name_en, p.kind, p.ministry, p.cluster,
           concat_ws('|', p.scenario, p.city_id, p.partner_id) AS row_key
    FROM (
        SELECT u.scenario, u.city_id, u.institution_id AS partner_id, i.name_ko, i.name_en, 'incumbent' AS kind, i.ministry, i.cluster
        FROM (SELECT m.scenario, m.city_id, m.institution_id FROM institution m WHERE m.status = 'relocated' AND m.city_id IS NOT NULL
              UNION
              SELECT r.scenario, r.city_id, h.institution_id
              FROM institution h JOIN city_region r ON r.scenario = h.scenario AND h.head_office <@ r.region
              WHERE h.status <> 'capital') u
        JOIN institution i ON i.scenario = u.scenario AND i.institution_id = u.institution_id
        UNION ALL
        SELECT a.scenario, a.city_id, a.asset_id, a.name_ko, a.name_en, 'asset', NULL, NULL FROM asset a
    ) p
    JOIN city c ON c.scenario = p.scenario AND c.city_id = p.city_id;
    COMMENT ON VIEW city_partner IS 'Whom a newcomer meets in a city: incumbents (institutions that moved there, and those of status relocated or other with their head office in its regions) and assets.';
    COMMENT ON COLUMN city_partner.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_partner.city_id IS 'The city.';
    COMMENT ON COLUMN city_partner.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN city_partner.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN city_partner.partner_id IS 'Institution or asset.';
    COMMENT ON COLUMN city_partner.partner_name_ko IS 'Name of the partner in Korean.';
    COMMENT ON COLUMN city_partner.partner_name_en IS 'Name of the partner in English.';
    COMMENT ON COLUMN city_partner.kind IS 'incumbent or asset; assets count in complementarity only.';
    COMMENT ON COLUMN city_partner.ministry IS 'Ministry of an incumbent; NULL = not known.';
    COMMENT ON COLUMN city_partner.cluster IS 'Function group of an incumbent; NULL = not known.';
    COMMENT ON COLUMN city_partner.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW institution_tie WITH (security_invoker = true) AS
    SELECT t.scenario, t.institution_id, t.partner_id, max(t.weight) AS weight,
           (array_agg(t.relation ORDER BY t.weight DESC, t.relation COLLATE "C"))[1] AS relation,
           concat_ws('|', t.scenario, t.institution_id, t.partner_id) AS row_key
    FROM (
        SELECT a.scenario, a.subsidiary_id AS institution_id, a.parent_id AS partner_id, k.weight, 'parent' AS relation
        FROM affiliation a JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        UNION ALL
        SELECT a.scenario, a.parent_id, a.subsidiary_id, k.weight, 'subsidiary'
        FROM affiliation a JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        UNION ALL
        SELECT a.scenario, a.subsidiary_id, b.subsidiary_id, k.weight * l.weight * s.sibling_weight, 'sibling'
        FROM setting s
        JOIN affiliation a ON a.scenario = s.scenario
        JOIN affiliation b ON b.scenario = a.scenario AND b.parent_id = a.parent_id AND b.subsidiary_id <> a.subsidiary_id
        JOIN tie_kind k ON k.scenario = a.scenario AND k.kind = a.kind
        JOIN tie_kind l ON l.scenario = b.scenario AND l.kind = b.kind
    ) t
    GROUP BY t.scenario, t.institution_id, t.partner_id;
    COMMENT ON VIEW institution_tie IS 'Named ties between institutions, in both directions: parent, subsidiary, or sibling (two subsidiaries of one parent). Of several the strongest counts.';
    COMMENT ON COLUMN institution_tie.scenario IS 'Scenario.';
    COMMENT ON COLUMN institution_tie.institution_id IS 'One side of the tie.';
    COMMENT ON COLUMN institution_tie.partner_id IS 'The other side.';
    COMMENT ON COLUMN institution_tie.weight IS 'Strength in [0,1].';
    COMMENT ON COLUMN institution_tie.relation IS 'What partner_id is to institution_id: parent, subsidiary or sibling.';
    COMMENT ON COLUMN institution_tie.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW city_criterion WITH (security_invoker = true) AS
    SELECT f.scenario, f.city_id, f.criterion, f.indicator, f.year, f.figure,
           CASE WHEN f.highest = f.lowest THEN 0.5
                WHEN f.direction = 'max' THEN (f.figure - f.lowest) / (f.highest - f.lowest)
                ELSE (f.highest - f.figure) / (f.highest - f.lowest) END AS value,
           concat_ws('|', f.scenario, f.city_id, f.criterion) AS row_key
    FROM (
        SELECT c.scenario, i.city_id, c.criterion, c.direction, c.indicator, i.year, i.value AS figure,
               min(i.value) OVER (PARTITION BY c.scenario, c.criterion) AS lowest,
               max(i.value) OVER (PARTITION BY c.scenario, c.criterion) AS highest
        FROM criterion c
        JOIN (SELECT DISTINCT ON (l.scenario, l.city_id, l.indicator) l.scenario, l.city_id, l.indicator, l.year, l.value
              FROM city_indicator l
              ORDER BY l.scenario, l.city_id, l.indicator, l.year DESC) i ON i.scenario = c.scenario AND i.indicator = c.indicator
    ) f;
    COMMENT ON VIEW city_criterion IS 'The planner''s own criteria, scaled to [0,1] between the lowest and the highest city; 0.5 where all cities are equal.';
    COMMENT ON COLUMN city_criterion.scenario IS 'Scenario.';
    COMMENT ON COLUMN city_criterion.city_id IS 'The city.';
    COMMENT ON COLUMN city_criterion.criterion IS 'Own criterion: a part of the score.';
    COMMENT ON COLUMN city_criterion.indicator IS 'Figure that it reads.';
    COMMENT ON COLUMN city_criterion.year IS 'Year of the figure, the latest.';
    COMMENT ON COLUMN city_criterion.figure IS 'The figure, in its own unit.';
    COMMENT ON COLUMN city_criterion.value IS 'The part, in [0,1]: 1 is best.';
    COMMENT ON COLUMN city_criterion.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_scenario()
    RETURNS TABLE (scenario text, proximity sector_matrix, link sector_matrix, flow_route sector_matrix,
                   activity_bridge sector_matrix, flow_bridge sector_matrix)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10
    BEGIN ATOMIC
        WITH nation AS MATERIALIZED (
            SELECT a.scenario, nonnegative(activity_matrix_agg(a.region, a.sector, a.value)) AS m
            FROM region_activity a
            JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
                  FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
            GROUP BY a.scenario
        ), activity AS MATERIALIZED (
            SELECT n.scenario, t.sector FROM nation n CROSS JOIN LATERAL sector_totals(n.m) t
        ), flow_sector AS MATERIALIZED (
            SELECT f.scenario, f.seller AS sector FROM sector_flow f
            UNION SELECT f.scenario, f.buyer FROM sector_flow f
        ), to_activity AS MATERIALIZED (
            -- into sectors that have activity; without rows the two taxonomies are one
            SELECT l.scenario, l.bridge, sector_matrix_agg(l.sector_from, l.sector_to, l.weight) AS matrix
            FROM (SELECT b.scenario, b.bridge, b.sector_from, b.sector_to, b.weight
                  FROM sector_bridge b JOIN activity a ON a.scenario = b.scenario AND a.sector = b.sector_to
                  WHERE b.bridge IN ('activity', 'flow_activity')
                  UNION ALL
                  SELECT a.scenario, n.bridge, a.sector, a.sector, 1
                  FROM activity a CROSS JOIN (VALUES ('activity'), ('flow_activity')) n (bridge)
                  WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = a.scenario AND b.bridge = n.bridge)) l
            GROUP BY l.scenario, l.bridge
        ), flow_route AS MATERIALIZED (
            SELECT f.scenario, row_shares(route(f.sectors, t.matrix)) AS matrix
            FROM (SELECT o.scenario, sector_profile_agg(o.sector, 1) AS sectors FROM flow_sector o GROUP BY o.scenario) f
            JOIN to_activity t ON t.scenario = f.scenario AND t.bridge = 'flow_activity'
        ), supplied AS MATERIALIZED (
            -- rows of the input-output table that lead to activity; the others are dropped before anything is normalised
            SELECT DISTINCT r.scenario, p.sector_a AS sector FROM flow_route r CROSS JOIN LATERAL pairs(r.matrix) p
        ), flow AS MATERIALIZED (
            SELECT f.scenario, sector_matrix_agg(f.seller, f.buyer, f.value) AS sales
            FROM sector_flow f
            JOIN supplied a ON a.scenario = f.scenario AND a.sector = f.seller
            JOIN supplied b ON b.scenario = f.scenario AND b.sector = f.buyer
            GROUP BY f.scenario
        ), to_flow AS MATERIALIZED (
            SELECT l.scenario, sector_matrix_agg(l.sector_from, l.sector_to, l.weight) AS matrix
            FROM (SELECT b.scenario, b.sector_from, b.sector_to, b.weight
                  FROM sector_bridge b JOIN supplied u ON u.scenario = b.scenario AND u.sector = b.sector_to
                  WHERE b.bridge = 'flow'
                  UNION ALL
                  SELECT u.scenario, u.sector, u.sector, 1 FROM supplied u
                  WHERE NOT EXISTS (SELECT FROM sector_bridge b WHERE b.scenario = u.scenario AND b.bridge = 'flow')) l
            GROUP BY l.scenario
        )
        SELECT s.scenario, row_shares(relatedness(n.m), diagonal => false),
               row_shares(row_shares(f.sales) + row_shares(transpose(f.sales))), r.matrix, t.matrix, w.matrix
        FROM setting s
        LEFT JOIN nation n ON n.scenario = s.scenario
        LEFT JOIN flow f ON f.scenario = s.scenario
        LEFT JOIN flow_route r ON r.scenario = s.scenario
        LEFT JOIN to_activity t ON t.scenario = s.scenario AND t.bridge = 'activity'
        LEFT JOIN to_flow w ON w.scenario = s.scenario;
    END;
    COMMENT ON FUNCTION synergy_scenario() IS 'What all pairs of a scenario share, one row a scenario: proximity of sectors and input-output links as row shares, and the bridges into the taxonomies of activity and flows. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_city()
    RETURNS TABLE (scenario text, city_id text, name_ko text, name_en text, competes boolean, fits synergy_matrix[], partners synergy_partner[], incumbents text[], ministries text[],
                   shares synergy_share[], activity float8, tied text[], tied_to text[], ties float8[], affiliates text[],
                   parts text[], weights float8[], power float8, neighbours integer, kappa float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
    BEGIN ATOMIC
        WITH economy AS MATERIALIZED (
            SELECT e.scenario, e.city_id, e.sector::sector_code AS sector, e.value, e.location_quotient AS q, e.present FROM city_sector e
        ), town AS MATERIALIZED (
            SELECT e.scenario, e.city_id, sum(e.value ORDER BY e.sector) AS activity,
                   sector_matrix_agg(e.sector, e.sector, e.q / (1 + e.q)) AS localization,
                   sector_profile_agg(e.sector, e.present::integer) AS present
            FROM economy e GROUP BY e.scenario, e.city_id
        ), common AS MATERIALIZED (
            SELECT s.scenario, s.proximity, s.link, s.flow_route FROM synergy_scenario() s
        ), supply AS MATERIALIZED (
            -- what the city can supply of a row of the input-output table: at most what it needs itself
            SELECT q.scenario, q.city_id, sector_profile_agg(q.sector, least(1, q.quotient)) AS supply
            FROM (SELECT e.scenario, e.city_id, p.sector_a AS sector, sum(p.value * e.q ORDER BY e.sector) AS quotient
                  FROM common s CROSS JOIN LATERAL pairs(s.flow_route) p
                  JOIN economy e ON e.scenario = s.scenario AND e.sector = p.sector_b
                  GROUP BY e.scenario, e.city_id, p.sector_a) q
            GROUP BY q.scenario, q.city_id
        ), profile AS MATERIALIZED (
            SELECT s.scenario, 'incumbent' AS kind, s.institution_id AS id, sector_profile_agg(s.sector, s.weight) AS profile
            FROM institution_sector s GROUP BY s.scenario, s.institution_id
            UNION ALL
            SELECT s.scenario, 'asset', s.asset_id, sector_profile_agg(s.sector, s.weight)
            FROM asset_sector s GROUP BY s.scenario, s.asset_id
        ), partner AS MATERIALIZED (
            SELECT p.scenario, p.city_id, p.partner_id, p.kind, p.ministry FROM city_partner p
        ), incumbent AS MATERIALIZED (
            SELECT p.scenario, p.city_id, p.partner_id FROM partner p WHERE p.kind = 'incumbent'
        ), tie AS MATERIALIZED (
            -- the strongest named tie of an institution to an incumbent; equal ones: the smaller identifier
            SELECT DISTINCT ON (p.scenario, p.city_id, t.institution_id) p.scenario, p.city_id, t.institution_id, t.partner_id, t.weight
            FROM institution_tie t JOIN incumbent p ON p.scenario = t.scenario AND p.partner_id = t.partner_id
            WHERE t.weight > 0
            ORDER BY p.scenario, p.city_id, t.institution_id, t.weight DESC, t.partner_id COLLATE "C"
        ), affiliate AS MATERIALIZED (
            SELECT p.scenario, p.city_id, a.subsidiary_id AS institution_id
            FROM affiliation a JOIN incumbent p ON p.scenario = a.scenario AND p.partner_id = a.parent_id
            EXCEPT
            SELECT h.scenario, h.city_id, h.partner_id FROM incumbent h
        ), partners AS MATERIALIZED (
            SELECT p.scenario, p.city_id,
                   array_agg(ROW(p.partner_id, o.profile, NULL)::synergy_partner ORDER BY p.partner_id COLLATE "C") AS partners,
                   array_agg(p.partner_id ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS incumbents,
                   array_agg(p.ministry ORDER BY p.partner_id COLLATE "C") FILTER (WHERE p.kind = 'incumbent') AS ministries
            FROM partner p LEFT JOIN profile o ON o.scenario = p.scenario AND o.kind = p.kind AND o.id = p.partner_id
            GROUP BY p.scenario, p.city_id
        ), own_criterion AS MATERIALIZED (
            SELECT k.scenario, k.city_id, array_agg(ROW(k.criterion, NULL, k.value)::synergy_share ORDER BY k.criterion COLLATE "C") AS shares
            FROM city_criterion k GROUP BY k.scenario, k.city_id
        ), bond AS MATERIALIZED (
            SELECT t.scenario, t.city_id, array_agg(t.institution_id ORDER BY t.institution_id) AS tied,
                   array_agg(t.partner_id ORDER BY t.institution_id) AS tied_to, array_agg(t.weight ORDER BY t.institution_id) AS ties
            FROM tie t GROUP BY t.scenario, t.city_id
        ), affiliates AS MATERIALIZED (
            SELECT a.scenario, a.city_id, array_agg(a.institution_id) AS affiliates FROM affiliate a GROUP BY a.scenario, a.city_id
        ), weights AS MATERIALIZED (
            SELECT k.scenario, array_agg(k.criterion ORDER BY k.criterion COLLATE "C") AS parts,
                   array_agg(coalesce(k.weight, 0) ORDER BY k.criterion COLLATE "C") AS weights
            FROM committee_weight k GROUP BY k.scenario
        )
        -- every part is materialized: an estimate of one row shall not make the planner run it for each city
        SELECT c.scenario, c.city_id, c.name_ko, c.name_en, c.competes,
               ARRAY[ROW('linkage', scale_columns(s.link, u.supply))::synergy_matrix,
                     ROW('localization', t.localization)::synergy_matrix,
                     ROW('relatedness', scale_columns(s.proximity, t.present))::synergy_matrix],
               p.partners, p.incumbents, p.ministries, o.shares, t.activity, b.tied, b.tied_to, b.ties, f.affiliates,
               w.parts, w.weights, g.power, g.neighbours, g.kappa
        FROM city c
        JOIN setting g ON g.scenario = c.scenario
        LEFT JOIN common s ON s.scenario = c.scenario
        LEFT JOIN weights w ON w.scenario = c.scenario
        LEFT JOIN town t ON t.scenario = c.scenario AND t.city_id = c.city_id
        LEFT JOIN supply u ON u.scenario = c.scenario AND u.city_id = c.city_id
        LEFT JOIN partners p ON p.scenario = c.scenario AND p.city_id = c.city_id
        LEFT JOIN own_criterion o ON o.scenario = c.scenario AND o.city_id = c.city_id
        LEFT JOIN bond b ON b.scenario = c.scenario AND b.city_id = c.city_id
        LEFT JOIN affiliates f ON f.scenario = c.scenario AND f.city_id = c.city_id;
    END;
    COMMENT ON FUNCTION synergy_city() IS 'The city''s side of the score''s inputs, one row a city: fits, partners with profiles, incumbents with ministries, own criteria, total activity, who is tied to whom and how strongly, the affiliates (subsidiaries of an incumbent that are not in the city), and the scenario''s weights and settings. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE FUNCTION synergy_institution()
    RETURNS TABLE (scenario text, institution_id text, name_ko text, name_en text, status text, ministry text, headcount float8, routes synergy_matrix[], profile sector_profile)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100000 ROWS 2000
    BEGIN ATOMIC
        WITH profile AS MATERIALIZED (
            SELECT o.scenario, o.institution_id, sector_profile_agg(o.sector, o.weight) AS profile
            FROM institution_sector o GROUP BY o.scenario, o.institution_id
        )
        SELECT i.scenario, i.institution_id, i.name_ko, i.name_en, i.status, i.ministry, i.headcount,
               ARRAY[ROW('linkage', route(p.profile, s.flow_bridge))::synergy_matrix,
                     ROW('localization', route(p.profile, s.activity_bridge))::synergy_matrix,
                     ROW('relatedness', route(p.profile, s.activity_bridge))::synergy_matrix],
               p.profile
        FROM institution i
        LEFT JOIN profile p ON p.scenario = i.scenario AND p.institution_id = i.institution_id
        LEFT JOIN synergy_scenario() s ON s.scenario = i.scenario;
    END;
    COMMENT ON FUNCTION synergy_institution() IS 'The institution''s side of the score''s inputs, one row an institution: status, ministry, head count, profile, and its routes into the taxonomies of the parts. Strict, so that the planner runs it once a query.';

    CREATE OR REPLACE VIEW sector_fit WITH (security_invoker = true) AS
    SELECT c.scenario, f.part, c.city_id, y.name_ko AS city_name_ko, y.name_en AS city_name_en,
           p.sector_a::text AS sector, n.name_ko AS sector_name_ko, n.name_en AS sector_name_en,
           p.sector_b::text AS partner_sector, o.name_ko AS partner_sector_name_ko, o.name_en AS partner_sector_name_en, p.value,
           concat_ws('|', c.scenario, f.part, c.city_id, p.sector_a::text, p.sector_b::text) AS row_key
    FROM synergy_city() c
    JOIN city y ON y.scenario = c.scenario AND y.city_id = c.city_id
    CROSS JOIN LATERAL unnest(c.fits) f
    CROSS JOIN LATERAL pairs(f.matrix) p
    LEFT JOIN sector_name n ON n.scenario = c.scenario AND n.sector = p.sector_a
    LEFT JOIN sector_name o ON o.scenario = c.scenario AND o.sector = p.sector_b;
    COMMENT ON VIEW sector_fit IS 'How well a sector fits a city, part by part, and which partner sector of the city it owes that to: the values of a sector add up to its fit in [0,1].';
    COMMENT ON COLUMN sector_fit.scenario IS 'Scenario.';
    COMMENT ON COLUMN sector_fit.part IS 'Part of the score: localization, relatedness, linkage.';
    COMMENT ON COLUMN sector_fit.city_id IS 'The city.';
    COMMENT ON COLUMN sector_fit.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN sector_fit.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN sector_fit.sector IS 'Sector in the taxonomy of the part (region_activity or sector_flow), as text.';
    COMMENT ON COLUMN sector_fit.sector_name_ko IS 'Name of the sector in Korean.';
    COMMENT ON COLUMN sector_fit.sector_name_en IS 'Name of the sector in English.';
    COMMENT ON COLUMN sector_fit.partner_sector IS 'Sector of the city that the fit comes from, as text.';
    COMMENT ON COLUMN sector_fit.partner_sector_name_ko IS 'Name of the partner sector in Korean.';
    COMMENT ON COLUMN sector_fit.partner_sector_name_en IS 'Name of the partner sector in English.';
    COMMENT ON COLUMN sector_fit.value IS 'Share of the fit, not 0';
    COMMENT ON COLUMN sector_fit.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_input(candidates_only boolean)
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text,
                   routes synergy_matrix[], fits synergy_matrix[], profile sector_profile,
                   partners synergy_partner[], shares synergy_share[],
                   parts text[], weights float8[], power float8)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.name_ko, i.name_en, c.city_id, c.name_ko, c.name_en, c.competes,
               CASE WHEN i.status = 'capital' THEN 'capital' WHEN i.institution_id = ANY (c.affiliates) THEN 'affiliate' END AS candidate_kind,
               i.routes, c.fits, i.profile, x.partners, x.shares,
               c.parts, c.weights, c.power
        FROM synergy_institution() i
        JOIN synergy_city() c ON c.scenario = i.scenario
        CROSS JOIN LATERAL (
            SELECT array_position(c.tied, i.institution_id) AS bond, array_remove(c.incumbents, i.institution_id) AS others,
                   ARRAY(SELECT u.id FROM unnest(c.incumbents, c.ministries) u (id, ministry)
                         WHERE u.ministry = i.ministry AND u.id <> i.institution_id) AS colleagues
            OFFSET 0
        ) o
        CROSS JOIN LATERAL (
            -- a city without incumbents has no complementarity and no affiliation, not one of 0
            SELECT CASE WHEN cardinality(o.others) > 0 THEN nearest_partners(i.institution_id, i.profile, c.partners, c.neighbours) END AS partners,
                   c.shares
                   || CASE WHEN c.activity IS NOT NULL AND i.headcount IS NOT NULL
                           THEN ARRAY[ROW('absorption', NULL, c.activity / (c.activity + c.kappa * i.headcount))::synergy_share] END
                   || CASE WHEN coalesce(cardinality(o.others), 0) = 0 THEN NULL
                           WHEN c.ties[o.bond] >= cardinality(o.colleagues)::float8 / cardinality(o.others)
                               THEN ARRAY[ROW('affiliation', c.tied_to[o.bond], c.ties[o.bond])::synergy_share]
                           WHEN cardinality(o.colleagues) > 0
                               THEN ARRAY(SELECT ROW('affiliation', u.id, 1::float8 / cardinality(o.others))::synergy_share
                                          FROM unnest(o.colleagues) u (id))
                           ELSE ARRAY[ROW('affiliation', NULL, 0)::synergy_share] END AS shares
            OFFSET 0
        ) x
        WHERE NOT candidates_only OR i.status = 'capital'
           OR i.institution_id IN (SELECT a.subsidiary_id FROM affiliation a WHERE a.scenario = i.scenario);
    END;
    COMMENT ON FUNCTION synergy_input(boolean) IS 'What synergy_values and synergy_leaves read, one row a pair of institution and city: all institutions, or those that are candidates for some city. For the views of this plan.';
END
$function$;
COMMENT ON FUNCTION plan_synergy_input(text) IS
'Makes or replaces the views city_partner, institution_tie, city_criterion and sector_fit of a plan, and the functions that gather the inputs of its score. Called by plan_views, which see.';
-- The score of a plan, its parts, its reasons, and the ranks.

CREATE FUNCTION plan_synergy_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE FUNCTION synergy_scored(candidates_only boolean)
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, competes boolean, candidate_kind text, score numeric, coverage numeric)
    LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 5000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en, i.city_id, i.city_name_ko, i.city_name_en,
               i.competes, i.candidate_kind, r.score, r.coverage
        FROM synergy_input(candidates_only) i
        CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r;
    END;
    COMMENT ON FUNCTION synergy_scored(boolean) IS 'Score and coverage of each pair of institution and city: all institutions, or those that are candidates for some city. For the views of this plan.';

    CREATE OR REPLACE VIEW synergy_score WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, r.institution_name_ko, r.institution_name_en,
           r.city_id, r.city_name_ko, r.city_name_en, r.candidate_kind, r.score, r.coverage,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM synergy_scored(false) r;
    COMMENT ON VIEW synergy_score IS 'Fit of every institution to every city, incumbents too (without themselves): a score of fit, no forecast of jobs. Compare scores of equal coverage only; synergy_rank does.';
    COMMENT ON COLUMN synergy_score.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_score.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_score.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_score.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_score.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_score.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_score.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_score.candidate_kind IS 'capital = may move to any city; affiliate = subsidiary of an incumbent of this city that is not in it; NULL = no candidate for this city.';
    COMMENT ON COLUMN synergy_score.score IS 'Weighted mean of the parts that are known, in [0,1], rounded half up to 9 decimals; NULL when none is.';
    COMMENT ON COLUMN synergy_score.coverage IS 'Share of the weight whose parts are known, in [0,1].';
    COMMENT ON COLUMN synergy_score.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_part WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en, l.value, k.weight, l.contribution,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r
    CROSS JOIN LATERAL synergy_leaves(i.parts, i.weights, r.score, i.power, true, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part;
    COMMENT ON VIEW synergy_part IS 'Parts of each score: their values, and what each contributes. The contributions of an institution and city add up to the score exactly.';
    COMMENT ON COLUMN synergy_part.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_part.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_part.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_part.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_part.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_part.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_part.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_part.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_part.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_part.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_part.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_part.value IS 'Value of the part in [0,1]; NULL = its data are absent.';
    COMMENT ON COLUMN synergy_part.weight IS 'Weight of the part among all parts, in [0,1].';
    COMMENT ON COLUMN synergy_part.contribution IS 'What the part adds to the score, to 9 decimals: the sum of its rows in synergy_reason; NULL when value is.';
    COMMENT ON COLUMN synergy_part.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_reason WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, i.candidate_kind,
           l.part, k.name_ko AS part_name_ko, k.name_en AS part_name_en,
           l.own_sector::text AS own_sector, o.name_ko AS own_sector_name_ko, o.name_en AS own_sector_name_en,
           l.partner_sector::text AS partner_sector, p.name_ko AS partner_sector_name_ko, p.name_en AS partner_sector_name_en,
           l.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en,
           l.contribution,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, l.part, coalesce(l.own_sector::text, '-'),
                     coalesce(l.partner_sector::text, '-'), coalesce(l.partner_id, '-')) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL synergy_score(synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares), i.weights, i.power) r
    CROSS JOIN LATERAL synergy_leaves(i.parts, i.weights, r.score, i.power, false, i.routes, i.fits, i.profile, i.partners, i.shares) l
    LEFT JOIN committee_weight k ON k.scenario = i.scenario AND k.criterion = l.part
    LEFT JOIN sector_name o ON o.scenario = i.scenario AND o.sector = l.own_sector
    LEFT JOIN sector_name p ON p.scenario = i.scenario AND p.sector = l.partner_sector
    LEFT JOIN institution m ON m.scenario = i.scenario AND m.institution_id = l.partner_id
    LEFT JOIN asset a ON a.scenario = i.scenario AND a.asset_id = l.partner_id;
    COMMENT ON VIEW synergy_reason IS 'Reasons of each score: which own sector meets which partner sector and whom. The contributions of an institution and city add up to the score exactly in any client. Filter by institution or city: the whole list has hundreds of rows a pair.';
    COMMENT ON COLUMN synergy_reason.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_reason.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_reason.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_reason.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_reason.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_reason.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_reason.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_reason.candidate_kind IS 'As in synergy_score.';
    COMMENT ON COLUMN synergy_reason.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_reason.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_reason.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_reason.own_sector IS 'Sector of the institution''s profile, as text; NULL where the part has none.';
    COMMENT ON COLUMN synergy_reason.own_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_reason.own_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_reason.partner_sector IS 'Sector of the city''s economy, row of the input-output table, or sector of the partner, as text.';
    COMMENT ON COLUMN synergy_reason.partner_sector_name_ko IS 'Name of that sector in Korean.';
    COMMENT ON COLUMN synergy_reason.partner_sector_name_en IS 'Name of that sector in English.';
    COMMENT ON COLUMN synergy_reason.partner_id IS 'Incumbent or asset of the city; NULL where the part names none.';
    COMMENT ON COLUMN synergy_reason.partner_name_ko IS 'Name of the partner in Korean.';
    COMMENT ON COLUMN synergy_reason.partner_name_en IS 'Name of the partner in English.';
    COMMENT ON COLUMN synergy_reason.contribution IS 'What the reason adds to the score, to 9 decimals by largest remainder; less than a unit shows as 0.';
    COMMENT ON COLUMN synergy_reason.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_neighbour WITH (security_invoker = true) AS
    SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en,
           i.city_id, i.city_name_ko, i.city_name_en, u.place::integer AS place,
           u.partner_id, coalesce(m.name_ko, a.name_ko) AS partner_name_ko, coalesce(m.name_en, a.name_en) AS partner_name_en, u.similarity,
           concat_ws('|', i.scenario, i.institution_id, i.city_id, u.partner_id) AS row_key
    FROM synergy_input(false) i
    CROSS JOIN LATERAL unnest(i.partners) WITH ORDINALITY AS u (partner_id, profile, similarity, place)
    LEFT JOIN institution m ON m.scenario = i.scenario AND m.institution_id = u.partner_id
    LEFT JOIN asset a ON a.scenario = i.scenario AND a.asset_id = u.partner_id;
    COMMENT ON VIEW synergy_neighbour IS 'The incumbents and assets of a city whose profiles are most similar to an institution''s; complementarity is the mean of their similarities.';
    COMMENT ON COLUMN synergy_neighbour.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_neighbour.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_neighbour.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_neighbour.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_neighbour.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_neighbour.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_neighbour.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_neighbour.place IS '1 = most similar; equal similarity: smaller identifier first.';
    COMMENT ON COLUMN synergy_neighbour.partner_id IS 'The incumbent or asset.';
    COMMENT ON COLUMN synergy_neighbour.partner_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_neighbour.partner_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_neighbour.similarity IS 'Similarity of the two profiles in [0,1].';
    COMMENT ON COLUMN synergy_neighbour.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_rank WITH (security_invoker = true) AS
    SELECT q.scenario, q.institution_id, q.institution_name_ko, q.institution_name_en,
           q.city_id, q.city_name_ko, q.city_name_en, q.candidate_kind, q.score, q.coverage,
           q.rank_in_city, q.tied_with, q.rank_of_city, q.runner_up_city_id, q.runner_up_city_name_ko,
           q.runner_up_city_name_en, q.margin, q.comparable,
           CASE WHEN NOT q.competes THEN '경쟁 대상이 아닌 도시'
                WHEN q.score IS NULL THEN '점수 없음'
                WHEN NOT q.comparable THEN format('자료 비중 %s, 이 기관의 최고 비중 %s', trim_scale(q.coverage), trim_scale(q.best_coverage)) END AS not_comparable_ko,
           CASE WHEN NOT q.competes THEN 'the city does not compete'
                WHEN q.score IS NULL THEN 'no score'
                WHEN NOT q.comparable THEN format('coverage %s, where the best of this institution is %s', trim_scale(q.coverage), trim_scale(q.best_coverage)) END AS not_comparable_en,
           concat_ws('|', q.scenario, q.institution_id, q.city_id) AS row_key
    FROM (
        SELECT p.*,
               CASE WHEN p.score IS NOT NULL
                    THEN rank() OVER (PARTITION BY p.scenario, p.city_id, p.candidate_kind, p.coverage ORDER BY p.score DESC NULLS LAST) END AS rank_in_city,
               CASE WHEN p.score IS NOT NULL
                    THEN count(*) OVER (PARTITION BY p.scenario, p.city_id, p.candidate_kind, p.coverage, p.score) - 1 END AS tied_with
        FROM (
            SELECT w.scenario, w.institution_id, w.institution_name_ko, w.institution_name_en, w.city_id, w.city_name_ko, w.city_name_en,
                   w.candidate_kind, w.score, w.coverage, w.competes, w.best_coverage, w.comparable,
                   CASE WHEN w.comparable THEN rank() OVER comparables END AS rank_of_city,
                   CASE WHEN w.comparable
                        THEN CASE WHEN row_number() OVER whole = 1 THEN nth_value(w.city_id, 2) OVER whole
                                  ELSE first_value(w.city_id) OVER whole END END AS runner_up_city_id,
                   CASE WHEN w.comparable
                        THEN CASE WHEN row_number() OVER whole = 1 THEN nth_value(w.city_name_ko, 2) OVER whole
                                  ELSE first_value(w.city_name_ko) OVER whole END END AS runner_up_city_name_ko,
                   CASE WHEN w.comparable
                        THEN CASE WHEN row_number() OVER whole = 1 THEN nth_value(w.city_name_en, 2) OVER whole
                                  ELSE first_value(w.city_name_en) OVER whole END END AS runner_up_city_name_en,
                   CASE WHEN w.comparable
                        THEN w.score - CASE WHEN row_number() OVER whole = 1 THEN nth_value(w.score, 2) OVER whole
                                            ELSE first_value(w.score) OVER whole END END AS margin
            FROM (
                SELECT h.*, coalesce(h.competes AND h.score IS NOT NULL AND h.coverage = h.best_coverage, false) AS comparable
                FROM (SELECT r.*, max(r.coverage) FILTER (WHERE r.competes AND r.score IS NOT NULL)
                                 OVER (PARTITION BY r.scenario, r.institution_id) AS best_coverage
                      FROM synergy_scored(true) r) h
            ) w
            WINDOW comparables AS (PARTITION BY w.scenario, w.institution_id, w.comparable ORDER BY w.score DESC),
                   whole AS (PARTITION BY w.scenario, w.institution_id, w.comparable ORDER BY w.score DESC, w.city_id COLLATE "C"
                             ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ) p
        WHERE p.candidate_kind IS NOT NULL
    ) q;
    COMMENT ON VIEW synergy_rank IS 'Candidates of each city in order, inside equal kind and coverage, and each city''s place among the competing cities for the institution. Only equal scores tie.';
    COMMENT ON COLUMN synergy_rank.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_rank.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_rank.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_rank.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_rank.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_rank.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_rank.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_rank.candidate_kind IS 'capital = may move to any city; affiliate = subsidiary of an incumbent of this city that is not in it.';
    COMMENT ON COLUMN synergy_rank.score IS 'Score in [0,1], as in synergy_score.';
    COMMENT ON COLUMN synergy_rank.coverage IS 'Share of the weight whose parts are known.';
    COMMENT ON COLUMN synergy_rank.rank_in_city IS 'Rank among the candidates of the same kind and coverage in this city; 1 = best, equal scores share a rank.';
    COMMENT ON COLUMN synergy_rank.tied_with IS 'How many others share that rank.';
    COMMENT ON COLUMN synergy_rank.rank_of_city IS 'Rank of this city among the comparable cities for this institution; NULL when it is not comparable.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_id IS 'Best other comparable city for this institution; equal scores: smaller identifier.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_name_ko IS 'Name of that city in Korean.';
    COMMENT ON COLUMN synergy_rank.runner_up_city_name_en IS 'Name of that city in English.';
    COMMENT ON COLUMN synergy_rank.margin IS 'Own score minus that of the best other comparable city; negative when this city is behind.';
    COMMENT ON COLUMN synergy_rank.comparable IS 'Does the city compete, with the highest coverage that the institution has in a competing city?';
    COMMENT ON COLUMN synergy_rank.not_comparable_ko IS 'Why the city is not comparable, in Korean; NULL when it is.';
    COMMENT ON COLUMN synergy_rank.not_comparable_en IS 'Why the city is not comparable, in English; NULL when it is.';
    COMMENT ON COLUMN synergy_rank.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_synergy_views(text) IS
'Makes or replaces the views of the score of a plan: synergy_score, synergy_part, synergy_reason, synergy_neighbour, synergy_rank. Called by plan_views, which see.';
-- The committee as a group, and the ranking by other methods and other weights.

CREATE FUNCTION plan_method_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW committee_consensus WITH (security_invoker = true) AS
    SELECT v.scenario, v.parent, v.experts, v.consensus, (v.diversity).alpha AS own_entropy, (v.diversity).beta AS between_entropy,
           (v.diversity).gamma AS group_entropy, v.kendall_w, CASE WHEN cardinality(criteria(v.m)) <= 15 THEN consistency_ratio(v.m) END AS group_consistency_ratio, 'saaty'::text AS random_index,
           concat_ws('|', v.scenario, v.parent) AS row_key
    FROM (SELECT o.scenario, o.parent, count(*) AS experts, consensus(o.judgements) AS consensus, group_diversity(o.judgements) AS diversity,
                 kendall_w(o.judgements) AS kendall_w, aggregate_judgements(o.judgements, o.vote) AS m
          FROM committee_vote() o GROUP BY o.scenario, o.parent) v;
    COMMENT ON VIEW committee_consensus IS 'How far the experts who count agree about the weights. No row until one has judged.';
    COMMENT ON COLUMN committee_consensus.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_consensus.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_consensus.experts IS 'Experts who count in committee_weight.';
    COMMENT ON COLUMN committee_consensus.consensus IS '1 = all give the same weights, 0 = as different as the scale of 1 to 9 allows (Goepel).';
    COMMENT ON COLUMN committee_consensus.own_entropy IS 'Mean entropy of the experts own weights (natural logarithm).';
    COMMENT ON COLUMN committee_consensus.between_entropy IS 'Entropy between the experts: what separates them.';
    COMMENT ON COLUMN committee_consensus.group_entropy IS 'Entropy of their mean weights: the sum of the two.';
    COMMENT ON COLUMN committee_consensus.kendall_w IS 'Concordance of the experts orders of the criteria, 0 to 1; NULL for one expert.';
    COMMENT ON COLUMN committee_consensus.group_consistency_ratio IS 'Consistency of the judgements of the group; 0 = consistent.';
    COMMENT ON COLUMN committee_consensus.random_index IS 'Table of random indices behind the ratio.';
    COMMENT ON COLUMN committee_consensus.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW committee_expert_weight WITH (security_invoker = true) AS
    WITH vote AS MATERIALIZED (
        SELECT o.scenario, o.expert, o.field, o.vote, o.parent, o.judgements FROM committee_vote() o
    ), joint AS MATERIALIZED (
        SELECT v.scenario, v.parent, aggregate_judgements(v.judgements, v.vote) AS m FROM vote v GROUP BY v.scenario, v.parent
    )
    SELECT v.scenario, v.expert, v.field, v.vote, v.parent, w.criterion, c.name_ko, c.name_en, w.weight, g.weight AS group_weight,
           w.weight - g.weight AS difference, priority_distance(v.judgements, j.m) AS distance,
           concat_ws('|', v.scenario, v.expert, w.criterion) AS row_key
    FROM vote v
    JOIN joint j ON j.scenario = v.scenario AND j.parent IS NOT DISTINCT FROM v.parent
    CROSS JOIN LATERAL ahp_weights(v.judgements) w
    JOIN LATERAL ahp_weights(j.m) g ON g.criterion = w.criterion
    JOIN criterion c ON c.scenario = v.scenario AND c.criterion = w.criterion;
    COMMENT ON VIEW committee_expert_weight IS 'Weights by each expert who counts, beside those of the committee.';
    COMMENT ON COLUMN committee_expert_weight.scenario IS 'Scenario.';
    COMMENT ON COLUMN committee_expert_weight.expert IS 'The expert.';
    COMMENT ON COLUMN committee_expert_weight.field IS 'Field of expertise.';
    COMMENT ON COLUMN committee_expert_weight.vote IS 'Weight of the experts vote.';
    COMMENT ON COLUMN committee_expert_weight.parent IS 'Group whose members were compared; NULL = top level.';
    COMMENT ON COLUMN committee_expert_weight.criterion IS 'Part of the score, or group of parts.';
    COMMENT ON COLUMN committee_expert_weight.name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN committee_expert_weight.name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN committee_expert_weight.weight IS 'Weight by this expert inside the group of criteria, in [0,1].';
    COMMENT ON COLUMN committee_expert_weight.group_weight IS 'Weight by the committee inside the group of criteria.';
    COMMENT ON COLUMN committee_expert_weight.difference IS 'weight - group_weight.';
    COMMENT ON COLUMN committee_expert_weight.distance IS 'Share of the weight that separates the expert from the committee (the same in all rows of the expert and parent): 0 = the same weights.';
    COMMENT ON COLUMN committee_expert_weight.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE FUNCTION synergy_criteria()
    RETURNS TABLE (scenario text, institution_id text, institution_name_ko text, institution_name_en text,
                   city_id text, city_name_ko text, city_name_en text, candidate_kind text, score numeric, coverage numeric,
                   parts text[], criteria float8[], weights float8[])
    LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 2000
    BEGIN ATOMIC
        SELECT i.scenario, i.institution_id, i.institution_name_ko, i.institution_name_en, i.city_id, i.city_name_ko, i.city_name_en,
               i.candidate_kind, r.score, r.coverage, k.parts, k.criteria, k.weights
        FROM synergy_input(true) i
        CROSS JOIN LATERAL (SELECT synergy_values(i.parts, i.routes, i.fits, i.profile, i.partners, i.shares) AS value OFFSET 0) x
        CROSS JOIN LATERAL synergy_score(x.value, i.weights, i.power) r
        CROSS JOIN LATERAL (
            SELECT array_agg(u.part ORDER BY u.place) AS parts, array_agg(u.value ORDER BY u.place) AS criteria, array_agg(u.weight ORDER BY u.place) AS weights
            FROM unnest(i.parts, x.value, i.weights) WITH ORDINALITY u (part, value, weight, place)
            WHERE u.value IS NOT NULL AND u.weight > 0) k
        WHERE i.candidate_kind IS NOT NULL AND k.parts IS NOT NULL;
    END;
    COMMENT ON FUNCTION synergy_criteria() IS 'Known parts of each candidate and city with their weights, as arrays that the ranking functions take. For the views of this plan.';

    CREATE OR REPLACE VIEW synergy_method WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, r.institution_name_ko, r.institution_name_en, r.city_id, r.city_name_ko, r.city_name_en, r.candidate_kind,
           r.coverage, array_to_string(r.parts, ', ') AS parts,
           r.score, rank() OVER (rivals ORDER BY r.score DESC) AS score_rank,
           r.wsm, rank() OVER (rivals ORDER BY r.wsm DESC) AS wsm_rank,
           r.wpm, rank() OVER (rivals ORDER BY r.wpm DESC) AS wpm_rank,
           r.topsis, CASE WHEN r.topsis IS NOT NULL THEN rank() OVER (rivals ORDER BY r.topsis DESC) END AS topsis_rank,
           r.vikor, rank() OVER (rivals ORDER BY r.vikor) AS vikor_rank, r.compromise AS vikor_compromise,
           r.promethee, CASE WHEN r.promethee IS NOT NULL THEN rank() OVER (rivals ORDER BY r.promethee DESC) END AS promethee_rank,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM (
        SELECT m.scenario, m.institution_id, m.institution_name_ko, m.institution_name_en, m.city_id, m.city_name_ko, m.city_name_en, m.candidate_kind,
               m.coverage, m.parts, m.score, round(m.wsm::numeric, 9) AS wsm, round(m.wpm::numeric, 9) AS wpm, round(m.topsis::numeric, 9) AS topsis,
               round((m.vikor).q::numeric, 9) AS vikor, (m.vikor).compromise AS compromise, round((m.promethee).net::numeric, 9) AS promethee
        FROM (
            SELECT k.scenario, k.institution_id, k.institution_name_ko, k.institution_name_en, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind,
                   k.coverage, k.parts, k.score,
                   wsm(k.criteria, k.weights, d.directions) OVER rivals AS wsm,
                   wpm(f.criteria, k.weights, d.directions) OVER rivals AS wpm,
                   topsis(k.criteria, k.weights, d.directions) OVER rivals AS topsis,
                   vikor(k.criteria, k.weights, d.directions) OVER rivals AS vikor,
                   promethee(k.criteria, k.weights, d.directions) OVER rivals AS promethee
            FROM synergy_criteria() k
            CROSS JOIN LATERAL (SELECT array_fill('max'::text, ARRAY[cardinality(k.parts)]) AS directions OFFSET 0) d
            CROSS JOIN LATERAL (SELECT array_agg(greatest(u.value, 0.01) ORDER BY u.place) AS criteria
                                FROM unnest(k.criteria) WITH ORDINALITY u (value, place)) f
            WINDOW rivals AS (PARTITION BY k.scenario, k.city_id, k.candidate_kind, k.coverage, k.parts)
        ) m
    ) r
    WINDOW rivals AS (PARTITION BY r.scenario, r.city_id, r.candidate_kind, r.coverage, r.parts);
    COMMENT ON VIEW synergy_method IS 'Candidates of each city by six methods side by side, among the same kind, coverage and known parts, under the weights of committee_weight. Numbers are rounded to 9 decimals; only equal ones tie.';
    COMMENT ON COLUMN synergy_method.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_method.institution_id IS 'The institution.';
    COMMENT ON COLUMN synergy_method.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN synergy_method.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN synergy_method.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_method.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_method.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_method.candidate_kind IS 'capital or affiliate, as in synergy_score.';
    COMMENT ON COLUMN synergy_method.coverage IS 'Share of the weight whose parts are known.';
    COMMENT ON COLUMN synergy_method.parts IS 'The parts that are known and weigh, in order.';
    COMMENT ON COLUMN synergy_method.score IS 'The score, as in synergy_rank: weighted mean of the parts.';
    COMMENT ON COLUMN synergy_method.score_rank IS 'Rank by the score.';
    COMMENT ON COLUMN synergy_method.wsm IS 'Weighted sum after min-max scaling among the rivals, 0 to 1.';
    COMMENT ON COLUMN synergy_method.wsm_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.wpm IS 'Weighted product relative to the best of each part (parts floored at 0.01), 0 to 1.';
    COMMENT ON COLUMN synergy_method.wpm_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.topsis IS 'Closeness to the ideal, vector normalisation, 0 to 1; NULL when the rivals do not differ.';
    COMMENT ON COLUMN synergy_method.topsis_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.vikor IS 'Compromise index Q with v = 0.5: 0 = best.';
    COMMENT ON COLUMN synergy_method.vikor_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.vikor_compromise IS 'Belongs to VIKORs compromise solution?';
    COMMENT ON COLUMN synergy_method.promethee IS 'Net flow with the usual preference function, -1 to 1; NULL for a candidate alone.';
    COMMENT ON COLUMN synergy_method.promethee_rank IS 'Rank by it.';
    COMMENT ON COLUMN synergy_method.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW synergy_stability WITH (security_invoker = true) AS
    SELECT g.scenario, g.city_id, g.city_name_ko, g.city_name_en, g.candidate_kind, g.coverage, g.candidates,
           g.parts[w.criterion] AS part, c.name_ko AS part_name_ko, c.name_en AS part_name_en, w.weight, w.low, w.high,
           concat_ws('|', g.scenario, g.city_id, g.candidate_kind, trim_scale(g.coverage), array_to_string(g.parts, ','), g.parts[w.criterion]) AS row_key
    FROM (SELECT k.scenario, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind, k.coverage, k.parts, count(*) AS candidates,
                 weight_stability(k.criteria, k.weights, array_fill('max'::text, ARRAY[cardinality(k.parts)]), 'none', 'best') AS intervals
          FROM synergy_criteria() k
          GROUP BY k.scenario, k.city_id, k.city_name_ko, k.city_name_en, k.candidate_kind, k.coverage, k.parts) g
    CROSS JOIN LATERAL unnest(g.intervals) w
    LEFT JOIN criterion c ON c.scenario = g.scenario AND c.criterion = g.parts[w.criterion];
    COMMENT ON VIEW synergy_stability IS 'How far the weight of a part can go, the others keeping their proportions, while the best candidate of the city by the weighted mean (power 1) stays the best. Closed form, not sampled.';
    COMMENT ON COLUMN synergy_stability.scenario IS 'Scenario.';
    COMMENT ON COLUMN synergy_stability.city_id IS 'The city.';
    COMMENT ON COLUMN synergy_stability.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN synergy_stability.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN synergy_stability.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN synergy_stability.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN synergy_stability.candidates IS 'How many are compared.';
    COMMENT ON COLUMN synergy_stability.part IS 'Part of the score.';
    COMMENT ON COLUMN synergy_stability.part_name_ko IS 'Name of the part in Korean.';
    COMMENT ON COLUMN synergy_stability.part_name_en IS 'Name of the part in English.';
    COMMENT ON COLUMN synergy_stability.weight IS 'Its weight among the known parts, in [0,1].';
    COMMENT ON COLUMN synergy_stability.low IS 'Least weight that keeps the best; NULL when the part has all the weight.';
    COMMENT ON COLUMN synergy_stability.high IS 'Greatest weight that keeps the best.';
    COMMENT ON COLUMN synergy_stability.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_method_views(text) IS
'Makes or replaces the views committee_consensus, committee_expert_weight, synergy_method and synergy_stability of a plan. Called by plan_views, which see.';
-- The reasons of one score, for those who think in functions rather than views.

CREATE FUNCTION synergy_explain(plan text, institution text, city text, scenario text DEFAULT 'base',
    OUT institution_id text, OUT city_id text, OUT part text, OUT own_sector text, OUT partner_sector text,
    OUT partner_id text, OUT partner_name_ko text, OUT partner_name_en text, OUT contribution numeric,
    OUT own_sector_name_ko text, OUT own_sector_name_en text, OUT partner_sector_name_ko text, OUT partner_sector_name_en text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 200 SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    known record;
    found_plan boolean;
BEGIN
    EXECUTE format('SELECT %I.is_plan($1)', home) INTO found_plan USING plan;
    IF NOT found_plan THEN
        RAISE EXCEPTION '"%" is no plan', plan
            USING ERRCODE = 'wrong_object_type', HINT = 'Make one with create_plan(name).';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.setting s WHERE s.scenario = $1) AS scenario,
                           EXISTS (SELECT FROM %1$I.institution i WHERE i.scenario = $1 AND i.institution_id = $2) AS institution,
                           EXISTS (SELECT FROM %1$I.city c WHERE c.scenario = $1 AND c.city_id = $3) AS city', plan)
        INTO known USING scenario, institution, city;
    IF NOT known.scenario THEN
        RAISE EXCEPTION 'plan "%" has no scenario "%"', plan, scenario
            USING ERRCODE = 'no_data_found', HINT = 'The table setting lists the scenarios.';
    ELSIF NOT known.institution THEN
        RAISE EXCEPTION 'plan "%" has no institution "%"', plan, institution
            USING ERRCODE = 'no_data_found', HINT = 'The table institution lists the identifiers; find_institution of innocity_kr finds them by name.';
    ELSIF NOT known.city THEN
        RAISE EXCEPTION 'plan "%" has no city "%"', plan, city
            USING ERRCODE = 'no_data_found', HINT = 'The table city lists the identifiers.';
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT r.institution_id, r.city_id, r.part, r.own_sector, r.partner_sector, r.partner_id, r.partner_name_ko, r.partner_name_en,
                r.contribution, r.own_sector_name_ko, r.own_sector_name_en, r.partner_sector_name_ko, r.partner_sector_name_en
         FROM %I.synergy_reason r
         WHERE r.scenario = $1 AND r.institution_id = $2 AND r.city_id = $3
         ORDER BY r.contribution DESC, r.row_key COLLATE "C"', plan) USING scenario, institution, city;
END
$function$;
COMMENT ON FUNCTION synergy_explain(text, text, text, text) IS
'The reasons of one institution''s score in one city, greatest first: rows of the plan''s view synergy_reason, whose contributions add up to the score. An unknown plan, scenario, institution or city is an error.';
-- What is wrong with a plan's rows, and where they come from.

CREATE FUNCTION plan_check_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW plan_problem WITH (security_invoker = true) AS
    WITH base AS MATERIALIZED (
        SELECT a.scenario, a.year, a.region, a.sector, a.value
        FROM region_activity a
        JOIN (SELECT s.scenario, coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario)) AS year
              FROM setting s) y ON y.scenario = a.scenario AND y.year = a.year
    ), place AS MATERIALIZED (
        SELECT DISTINCT b.scenario, b.region FROM base b
    ), trade AS MATERIALIZED (
        SELECT DISTINCT b.scenario, b.sector FROM base b
    ), region_use AS MATERIALIZED (
        SELECT DISTINCT r.scenario, 'city_region' AS used_in, 'region' AS in_column, r.region FROM city_region r
        UNION SELECT i.scenario, 'institution', 'head_office', i.head_office FROM institution i WHERE i.head_office IS NOT NULL
        UNION SELECT t.scenario, 'site', 'region', t.region FROM site t WHERE t.region IS NOT NULL
        UNION SELECT p.scenario, 'region_activity', 'region', p.region FROM place p
    ), numbering AS MATERIALIZED (
        -- the Ministry's provinces, with the numbers of Gangwon and Jeonbuk before they changed
        SELECT u.scenario, u.used_in, u.in_column, u.region,
               left(u.region::text, 2) NOT IN ('11', '26', '27', '28', '29', '30', '31', '36', '41', '42', '43', '44', '45', '46', '47', '48', '50', '51', '52') AS foreign_province,
               u.region::text IN ('11110', '11140', '11170', '11200', '11230', '26', '29', '31', '31110', '31140', '31170', '31200', '36') AS in_both
        FROM region_use u WHERE scheme(u.region) = 'mois'
    ), problem AS (
        SELECT b.scenario, 'warning' AS severity, 'negative_activity' AS problem, 'region_activity' AS table_name,
               concat_ws(' ', b.year, b.region::text, b.sector::text) AS object_id,
               format('음수 값 %s: 점수에서 제외됨', b.value) AS detail_ko, format('negative value %s: left out of the score', b.value) AS detail_en
        FROM region_activity b WHERE b.value < 0
        UNION ALL
        SELECT p.scenario, 'note', 'missing_activity', 'region_activity', concat_ws(' ', p.region::text, t.sector::text),
               '기준연도에 값이 없음: 0으로 계산', 'no cell in the base year: counts as 0'
        FROM place p JOIN trade t ON t.scenario = p.scenario
        WHERE NOT EXISTS (SELECT FROM base b WHERE b.scenario = p.scenario AND b.region = p.region AND b.sector = t.sector)
        UNION ALL
        SELECT a.scenario, 'error', 'overlapping_regions', 'region_activity', concat_ws(' ', a.region::text, b.region::text),
               '상위 지역과 하위 지역이 함께 있어 중복 계산됨', 'a region and one inside it are both listed: activity would count twice'
        FROM place a JOIN place b ON b.scenario = a.scenario AND b.region <@ a.region AND b.region <> a.region
        UNION ALL
        SELECT a.scenario, 'error', 'overlapping_sectors', 'region_activity', concat_ws(' ', a.sector::text, b.sector::text),
               '상위 산업과 하위 산업이 함께 있어 중복 계산됨', 'a sector and one inside it are both listed: activity would count twice'
        FROM trade a JOIN trade b ON b.scenario = a.scenario AND b.sector <@ a.sector AND b.sector <> a.sector
        UNION ALL
        SELECT s.scenario, 'warning', 'no_activity', 'region_activity', s.scenario,
               '기준연도의 지역별 산업 자료가 없음: 경제 부문은 NULL', 'no activity in the base year: the economic parts are NULL'
        FROM setting s WHERE NOT EXISTS (SELECT FROM base b WHERE b.scenario = s.scenario)
        UNION ALL
        SELECT n.scenario, 'error', 'wrong_numbering', n.used_in, n.region::text,
               format('%s 열: 행정안전부 코드가 아님 (통계청 코드는 kostat: 을 붙임)', n.in_column),
               format('column %s: no code of the Ministry; write Statistics Korea''s as kostat:%s', n.in_column, n.region)
        FROM numbering n WHERE n.foreign_province
        UNION ALL
        SELECT n.scenario, 'warning', 'ambiguous_numbering', n.used_in, n.region::text,
               format('%s 열: 두 코드 체계에서 뜻이 다르고, 같은 열에 통계청 코드가 있거나 행정안전부만의 코드가 없음', n.in_column),
               format('column %s: means another place in Statistics Korea''s numbering, and the column has codes of it or none that is the Ministry''s alone', n.in_column)
        FROM numbering n
        WHERE n.in_both
          AND (EXISTS (SELECT FROM numbering o WHERE o.scenario = n.scenario AND o.used_in = n.used_in AND o.foreign_province)
               OR NOT EXISTS (SELECT FROM numbering o WHERE o.scenario = n.scenario AND o.used_in = n.used_in AND NOT o.in_both))
        UNION ALL
        SELECT i.scenario, 'warning', 'no_profile', 'institution', i.institution_id,
               '업종 구성이 없음: 점수의 네 부문이 NULL', 'no profile: four parts of its score are NULL'
        FROM institution i
        WHERE NOT EXISTS (SELECT FROM institution_sector p WHERE p.scenario = i.scenario AND p.institution_id = i.institution_id AND p.weight > 0)
        UNION ALL
        SELECT p.scenario, 'warning', 'profile_sum', 'institution_sector', p.institution_id,
               format('가중치 합 %s: 합으로 나누어 계산', sum(p.weight::numeric)), format('weights add up to %s, not 1: divided by their sum', sum(p.weight::numeric))
        FROM institution_sector p GROUP BY p.scenario, p.institution_id HAVING abs(sum(p.weight::numeric) - 1) > 1e-9
        UNION ALL
        SELECT a.scenario, 'warning', 'no_profile', 'asset', a.asset_id, '업종 구성이 없음: 상보성에서 제외', 'no profile: no partner in complementarity'
        FROM asset a WHERE NOT EXISTS (SELECT FROM asset_sector p WHERE p.scenario = a.scenario AND p.asset_id = a.asset_id AND p.weight > 0)
        UNION ALL
        SELECT p.scenario, 'warning', 'profile_sum', 'asset_sector', p.asset_id,
               format('가중치 합 %s: 합으로 나누어 계산', sum(p.weight::numeric)), format('weights add up to %s, not 1: divided by their sum', sum(p.weight::numeric))
        FROM asset_sector p GROUP BY p.scenario, p.asset_id HAVING abs(sum(p.weight::numeric) - 1) > 1e-9
        UNION ALL
        SELECT p.scenario, 'warning', 'sector_without_route', 'institution_sector', p.sector::text,
               format('연결표 %s 에 없는 업종: 해당 부문에서 제외', b.bridge), format('no row of the bridge %s leads on from this sector: left out of its parts', b.bridge)
        FROM (SELECT DISTINCT i.scenario, i.sector FROM institution_sector i) p
        JOIN (SELECT DISTINCT r.scenario, r.bridge FROM sector_route r) b ON b.scenario = p.scenario AND b.bridge IN ('activity', 'flow')
        WHERE NOT EXISTS (SELECT FROM sector_route r WHERE r.scenario = p.scenario AND r.bridge = b.bridge AND r.sector_from = p.sector::text)
        UNION ALL
        SELECT f.scenario, 'note', 'negative_flow', 'sector_flow', concat_ws(' ', f.seller::text, f.buyer::text),
               format('음수 거래 %s: 그대로 계산', f.value), format('negative sales %s: count as they are', f.value)
        FROM sector_flow f WHERE f.value < 0
        UNION ALL
        SELECT f.scenario, 'note', 'flow_without_activity', 'sector_flow', f.sector,
               '지역 산업 자료와 연결되지 않는 행: 제외됨', 'leads to no sector of region_activity: dropped from the links'
        FROM (SELECT o.scenario, o.seller::text AS sector FROM sector_flow o UNION SELECT o.scenario, o.buyer::text FROM sector_flow o) f
        WHERE NOT EXISTS (SELECT FROM sector_route r WHERE r.scenario = f.scenario AND r.bridge = 'flow_activity' AND r.sector_from = f.sector)
        UNION ALL
        SELECT c.scenario, 'warning', 'city_without_region', 'city', c.city_id, '지역이 없음: 경제 부문은 NULL', 'no regions: the economic parts are NULL'
        FROM city c WHERE NOT EXISTS (SELECT FROM city_region r WHERE r.scenario = c.scenario AND r.city_id = c.city_id)
        UNION ALL
        SELECT r.scenario, 'warning', 'region_without_activity', 'city_region', concat_ws(' ', r.city_id, r.region::text),
               '기준연도 자료에 없는 지역', 'no activity of this region in the base year'
        FROM city_region r
        WHERE EXISTS (SELECT FROM place p WHERE p.scenario = r.scenario)
          AND NOT EXISTS (SELECT FROM place p WHERE p.scenario = r.scenario AND p.region <@ r.region)
        UNION ALL
        SELECT c.scenario, 'note', 'city_without_incumbent', 'city', c.city_id,
               '기존 이전기관이 없음: 상보성과 소속 관계는 NULL', 'no incumbents: complementarity and affiliation are NULL, its ranks stand apart'
        FROM city c
        WHERE NOT EXISTS (SELECT FROM city_partner p WHERE p.scenario = c.scenario AND p.city_id = c.city_id AND p.kind = 'incumbent')
        UNION ALL
        SELECT i.scenario, 'error', 'relocated_nowhere', 'institution', i.institution_id, '이전 완료이나 도시가 없음', 'relocated, but to no city'
        FROM institution i WHERE i.status = 'relocated' AND i.city_id IS NULL
        UNION ALL
        SELECT i.scenario, 'error', 'moved_candidate', 'institution', i.institution_id, '수도권 후보인데 도시가 적혀 있음', 'a candidate of the capital area, yet with a city'
        FROM institution i WHERE i.status = 'capital' AND i.city_id IS NOT NULL
        UNION ALL
        SELECT i.scenario, 'note', 'no_head_office', 'institution', i.institution_id, '본사 위치가 없음', 'head office not known: no incumbent by its place'
        FROM institution i WHERE i.head_office IS NULL AND i.status <> 'capital'
        UNION ALL
        SELECT a.scenario, 'error', 'id_twice', 'asset', a.asset_id, '기관과 같은 식별자', 'an institution has the same identifier'
        FROM asset a JOIN institution i ON i.scenario = a.scenario AND i.institution_id = a.asset_id
        UNION ALL
        SELECT a.scenario, 'note', 'affiliation_without_institution', 'affiliation', u.id, '기관 목록에 없음', 'no institution of the list'
        FROM affiliation a CROSS JOIN LATERAL (VALUES (a.parent_id), (a.subsidiary_id)) u (id)
        WHERE NOT EXISTS (SELECT FROM institution i WHERE i.scenario = a.scenario AND i.institution_id = u.id)
        GROUP BY a.scenario, u.id
        UNION ALL
        SELECT c.scenario, 'warning', 'criterion_without_figures', 'criterion', c.criterion, '지표 값이 없음: 부문은 NULL', 'no city has its figure: the part is NULL'
        FROM criterion c
        WHERE c.indicator IS NOT NULL
          AND NOT EXISTS (SELECT FROM city_indicator f WHERE f.scenario = c.scenario AND f.indicator = c.indicator)
        UNION ALL
        SELECT s.scenario, 'error', 'no_weight', 'criterion', s.scenario, '가중치가 모두 0: 점수가 없음', 'all weights are 0: there is no score'
        FROM setting s WHERE NOT EXISTS (SELECT FROM committee_weight w WHERE w.scenario = s.scenario AND w.weight > 0)
        UNION ALL
        SELECT j.scenario, 'warning', 'unlike_parents', 'judgement', concat_ws(' ', j.expert, j.criterion_a, j.criterion_b),
               '상위 기준이 다른 두 기준의 비교: 제외됨', 'compares criteria of different parents: not counted'
        FROM judgement j JOIN criterion a ON a.scenario = j.scenario AND a.criterion = j.criterion_a
        JOIN criterion b ON b.scenario = j.scenario AND b.criterion = j.criterion_b
        WHERE a.parent IS DISTINCT FROM b.parent
        UNION ALL
        SELECT k.scenario, 'warning', 'expert_not_counted', 'judgement', concat_ws(' ', k.expert, k.parent), '판단이 모든 기준을 잇지 않아 제외됨', 'judgements do not tie all criteria together: not counted'
        FROM committee_consistency k WHERE NOT k.counted
        UNION ALL
        SELECT k.scenario, 'warning', 'inconsistent_expert', 'judgement', concat_ws(' ', k.expert, k.parent),
               format('일관성 비율 %s > 0.10', round(k.consistency_ratio::numeric, 3)), format('consistency ratio %s is above 0.10', round(k.consistency_ratio::numeric, 3))
        FROM committee_consistency k WHERE k.consistency_ratio > 0.1
        UNION ALL
        SELECT t.scenario, 'warning', 'task_without_department', 'task', t.task, '담당 부서가 없음', 'no department in charge'
        FROM task t WHERE t.department IS NULL
        UNION ALL
        SELECT d.scenario, 'warning', 'department_without_task', 'department', d.department, '맡은 과업이 없음', 'owns no task'
        FROM department d WHERE NOT EXISTS (SELECT FROM task t WHERE t.scenario = d.scenario AND t.department = d.department)
        UNION ALL
        SELECT s.scenario, 'warning', 'home_city', 'setting', s.home_city_id, '도시 목록에 없음', 'no city of the list'
        FROM setting s
        WHERE s.home_city_id IS NOT NULL AND NOT EXISTS (SELECT FROM city c WHERE c.scenario = s.scenario AND c.city_id = s.home_city_id)
    )
    SELECT p.scenario, p.severity, p.problem, p.table_name, p.object_id, p.detail_ko, p.detail_en,
           concat_ws('|', p.scenario, p.problem, p.table_name, p.object_id, p.detail_en) AS row_key
    FROM problem p;
    COMMENT ON VIEW plan_problem IS 'What is wrong with the rows of a plan, and what that does to its results. An empty list is a clean plan.';
    COMMENT ON COLUMN plan_problem.scenario IS 'Scenario.';
    COMMENT ON COLUMN plan_problem.severity IS 'error = results would be wrong; warning = something is left out; note = worth knowing.';
    COMMENT ON COLUMN plan_problem.problem IS 'Kind of problem.';
    COMMENT ON COLUMN plan_problem.table_name IS 'Table that holds it.';
    COMMENT ON COLUMN plan_problem.object_id IS 'Key of the row or rows, without scenario.';
    COMMENT ON COLUMN plan_problem.detail_ko IS 'What is wrong, in Korean.';
    COMMENT ON COLUMN plan_problem.detail_en IS 'What is wrong, in English.';
    COMMENT ON COLUMN plan_problem.row_key IS 'Unique key of the row.';

    CREATE OR REPLACE VIEW provenance WITH (security_invoker = true) AS
    WITH input AS MATERIALIZED (
        SELECT t.scenario, 'setting' AS table_name, to_jsonb(t) - 'scenario' - 'copied_from' - 'name_ko' - 'name_en' - 'note' AS content, NULL AS source FROM setting t
        UNION ALL SELECT t.scenario, 'city', to_jsonb(t) - 'scenario', t.source FROM city t
        UNION ALL SELECT t.scenario, 'city_region', to_jsonb(t) - 'scenario', NULL FROM city_region t
        UNION ALL SELECT t.scenario, 'city_indicator', to_jsonb(t) - 'scenario', t.source FROM city_indicator t
        UNION ALL SELECT t.scenario, 'institution', to_jsonb(t) - 'scenario', t.source FROM institution t
        UNION ALL SELECT t.scenario, 'institution_sector', to_jsonb(t) - 'scenario', t.source FROM institution_sector t
        UNION ALL SELECT t.scenario, 'asset', to_jsonb(t) - 'scenario', t.source FROM asset t
        UNION ALL SELECT t.scenario, 'asset_sector', to_jsonb(t) - 'scenario', t.source FROM asset_sector t
        UNION ALL SELECT t.scenario, 'tie_kind', to_jsonb(t) - 'scenario', NULL FROM tie_kind t
        UNION ALL SELECT t.scenario, 'affiliation', to_jsonb(t) - 'scenario', t.source FROM affiliation t
        UNION ALL SELECT t.scenario, 'region_activity', to_jsonb(t) - 'scenario', t.source FROM region_activity t
        UNION ALL SELECT t.scenario, 'sector_flow', to_jsonb(t) - 'scenario', t.source FROM sector_flow t
        UNION ALL SELECT t.scenario, 'labour_flow', to_jsonb(t) - 'scenario', t.source FROM labour_flow t
        UNION ALL SELECT t.scenario, 'sector_bridge', to_jsonb(t) - 'scenario', t.source FROM sector_bridge t
        UNION ALL SELECT t.scenario, 'criterion', to_jsonb(t) - 'scenario', t.source FROM criterion t
        UNION ALL SELECT t.scenario, 'expert', to_jsonb(t) - 'scenario', NULL FROM expert t
        UNION ALL SELECT t.scenario, 'judgement', to_jsonb(t) - 'scenario', NULL FROM judgement t
    ), hashed AS MATERIALIZED (
        SELECT i.scenario, i.table_name, count(*) AS row_count,
               encode(sha256(convert_to(string_agg(i.content::text, E'\n' ORDER BY i.content::text COLLATE "C"), 'UTF8')), 'hex') AS hash
        FROM input i GROUP BY i.scenario, i.table_name
    ), fact AS (
        SELECT s.scenario, 'version' AS kind, 'innocity' AS item, v.innocity_version AS value FROM setting s CROSS JOIN plan_version v
        UNION ALL
        SELECT s.scenario, 'parameter', p.item, p.value
        FROM setting s
        CROSS JOIN LATERAL (VALUES ('base_year', coalesce(s.base_year, (SELECT max(l.year) FROM region_activity l WHERE l.scenario = s.scenario))::text),
                                   ('neighbours', s.neighbours::text), ('power', s.power::text), ('kappa', s.kappa::text),
                                   ('sibling_weight', s.sibling_weight::text), ('home_city_id', s.home_city_id),
                                   ('copied_from', s.copied_from)) p (item, value)
        UNION ALL
        SELECT w.scenario, 'weight', w.criterion, w.weight::text || ' (' || w.method || ')' FROM committee_weight w
        UNION ALL
        SELECT a.scenario, 'vintage', 'region_activity', string_agg(DISTINCT a.year::text, ', ') FROM region_activity a GROUP BY a.scenario
        UNION ALL
        SELECT c.scenario, 'vintage', 'city_indicator ' || c.indicator, string_agg(DISTINCT c.year::text, ', ') FROM city_indicator c GROUP BY c.scenario, c.indicator
        UNION ALL
        SELECT i.scenario, 'source', i.table_name, string_agg(DISTINCT i.source, '; ') FROM input i WHERE i.source IS NOT NULL GROUP BY i.scenario, i.table_name
        UNION ALL
        SELECT h.scenario, 'rows', h.table_name, h.row_count::text FROM hashed h
        UNION ALL
        SELECT h.scenario, 'hash', h.table_name, h.hash FROM hashed h
        UNION ALL
        SELECT h.scenario, 'hash', 'all inputs',
               encode(sha256(convert_to(string_agg(h.table_name || ' ' || h.hash, E'\n' ORDER BY h.table_name COLLATE "C"), 'UTF8')), 'hex')
        FROM hashed h GROUP BY h.scenario
    )
    SELECT f.scenario, f.kind, f.item, f.value, concat_ws('|', f.scenario, f.kind, f.item) AS row_key FROM fact f;
    COMMENT ON VIEW provenance IS 'Where a scenario''s results come from: version, parameters, weights, vintages, publishers, and SHA-256 over the rows that the score reads. Equal hashes are equal inputs, whatever the scenario is called.';
    COMMENT ON COLUMN provenance.scenario IS 'Scenario.';
    COMMENT ON COLUMN provenance.kind IS 'version, parameter, weight, vintage, source, rows or hash.';
    COMMENT ON COLUMN provenance.item IS 'What the value is of: a parameter, a criterion, a table; all inputs = all tables together.';
    COMMENT ON COLUMN provenance.value IS 'The value, as text; NULL = not set.';
    COMMENT ON COLUMN provenance.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_check_views(text) IS
'Makes or replaces the views plan_problem and provenance of a plan. Called by plan_views, which see.';
-- Robustness of the ranking: runs of random weights are stored, no view computes them.

CREATE FUNCTION plan_robustness_tables(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE TABLE robustness_run (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        samples integer NOT NULL,
        spread float8,
        concentration float8,
        PRIMARY KEY (scenario, run),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE robustness_run IS 'How the weights of a run of kind robustness were drawn.';
    COMMENT ON COLUMN robustness_run.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN robustness_run.run IS 'The run.';
    COMMENT ON COLUMN robustness_run.samples IS 'Sets of weights drawn.';
    COMMENT ON COLUMN robustness_run.spread IS 'Each weight within plus or minus this share of the plan''s; NULL = not so.';
    COMMENT ON COLUMN robustness_run.concentration IS 'Dirichlet around the plan''s weights with this concentration; NULL = not so. Both NULL: any weights, uniform.';

    CREATE TABLE robustness_row (
        scenario text NOT NULL DEFAULT 'base',
        run bigint NOT NULL,
        institution_id text NOT NULL,
        city_id text NOT NULL,
        candidate_kind text NOT NULL,
        coverage numeric NOT NULL,
        candidates integer NOT NULL,
        score numeric,
        rank_in_city integer,
        first float8 NOT NULL,
        first_error float8 NOT NULL,
        top_5 float8 NOT NULL,
        top_10 float8 NOT NULL,
        top_20 float8 NOT NULL,
        mean_rank float8 NOT NULL,
        PRIMARY KEY (scenario, run, institution_id, city_id),
        FOREIGN KEY (scenario, run) REFERENCES run ON UPDATE CASCADE ON DELETE CASCADE
    );
    COMMENT ON TABLE robustness_row IS 'Rows of a run of kind robustness: ranks of a candidate under random weights.';
    COMMENT ON COLUMN robustness_row.scenario IS 'Scenario of the row.';
    COMMENT ON COLUMN robustness_row.run IS 'The run.';
    COMMENT ON COLUMN robustness_row.institution_id IS 'The candidate.';
    COMMENT ON COLUMN robustness_row.city_id IS 'The city.';
    COMMENT ON COLUMN robustness_row.candidate_kind IS 'capital or affiliate.';
    COMMENT ON COLUMN robustness_row.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN robustness_row.candidates IS 'How many candidates were compared: same city, kind, coverage and known parts.';
    COMMENT ON COLUMN robustness_row.score IS 'Score under the plan''s own weights.';
    COMMENT ON COLUMN robustness_row.rank_in_city IS 'Rank by that score among the candidates compared.';
    COMMENT ON COLUMN robustness_row.first IS 'Share of the random weights under which the candidate is first.';
    COMMENT ON COLUMN robustness_row.first_error IS 'Standard error of that share from sampling.';
    COMMENT ON COLUMN robustness_row.top_5 IS 'Share of the random weights under which it is among the first five.';
    COMMENT ON COLUMN robustness_row.top_10 IS 'Share under which it is among the first ten.';
    COMMENT ON COLUMN robustness_row.top_20 IS 'Share under which it is among the first twenty.';
    COMMENT ON COLUMN robustness_row.mean_rank IS 'Mean rank over the random weights.';
END
$function$;
COMMENT ON FUNCTION plan_robustness_tables(text) IS
'Makes the empty tables of a plan''s robustness runs. Called by create_plan, which see.';

CREATE FUNCTION plan_robustness_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);

    CREATE OR REPLACE VIEW robustness WITH (security_invoker = true) AS
    SELECT r.scenario, r.institution_id, i.name_ko AS institution_name_ko, i.name_en AS institution_name_en,
           r.city_id, c.name_ko AS city_name_ko, c.name_en AS city_name_en, r.candidate_kind, r.coverage, r.candidates, r.score, r.rank_in_city,
           r.first, r.first_error, r.top_5, r.top_10, r.top_20, r.mean_rank,
           r.run, l.started, l.seed, s.samples, s.spread, s.concentration, l.input_hash IS DISTINCT FROM p.value AS outdated,
           concat_ws('|', r.scenario, r.institution_id, r.city_id) AS row_key
    FROM (SELECT u.scenario, max(u.run) AS run FROM run u WHERE u.kind = 'robustness' GROUP BY u.scenario) latest
    JOIN run l ON l.scenario = latest.scenario AND l.run = latest.run
    JOIN robustness_run s ON s.scenario = l.scenario AND s.run = l.run
    JOIN robustness_row r ON r.scenario = l.scenario AND r.run = l.run
    LEFT JOIN (SELECT v.scenario, v.value FROM provenance v WHERE v.kind = 'hash' AND v.item = 'all inputs' OFFSET 0) p ON p.scenario = l.scenario
    LEFT JOIN institution i ON i.scenario = r.scenario AND i.institution_id = r.institution_id
    LEFT JOIN city c ON c.scenario = r.scenario AND c.city_id = r.city_id;
    COMMENT ON VIEW robustness IS 'The latest run of assess_robustness: does the ranking survive other weights?';
    COMMENT ON COLUMN robustness.scenario IS 'Scenario.';
    COMMENT ON COLUMN robustness.institution_id IS 'The institution.';
    COMMENT ON COLUMN robustness.institution_name_ko IS 'Its name in Korean.';
    COMMENT ON COLUMN robustness.institution_name_en IS 'Its name in English.';
    COMMENT ON COLUMN robustness.city_id IS 'The city.';
    COMMENT ON COLUMN robustness.city_name_ko IS 'Name of the city in Korean.';
    COMMENT ON COLUMN robustness.city_name_en IS 'Name of the city in English.';
    COMMENT ON COLUMN robustness.candidate_kind IS 'capital or affiliate, as in synergy_score.';
    COMMENT ON COLUMN robustness.coverage IS 'Coverage of the candidates compared.';
    COMMENT ON COLUMN robustness.candidates IS 'How many candidates were compared.';
    COMMENT ON COLUMN robustness.score IS 'Score under the plans own weights, at the time of the run.';
    COMMENT ON COLUMN robustness.rank_in_city IS 'Rank by that score among the candidates compared.';
    COMMENT ON COLUMN robustness.first IS 'Share of the random weights under which the candidate is first, in [0,1]; ties share the better rank.';
    COMMENT ON COLUMN robustness.first_error IS 'Standard error of that share from sampling.';
    COMMENT ON COLUMN robustness.top_5 IS 'Share under which it is among the first five.';
    COMMENT ON COLUMN robustness.top_10 IS 'Among the first ten.';
    COMMENT ON COLUMN robustness.top_20 IS 'Among the first twenty.';
    COMMENT ON COLUMN robustness.mean_rank IS 'Mean rank over the random weights.';
    COMMENT ON COLUMN robustness.run IS 'Number of the run.';
    COMMENT ON COLUMN robustness.started IS 'When it ran.';
    COMMENT ON COLUMN robustness.seed IS 'Seed of its random numbers.';
    COMMENT ON COLUMN robustness.samples IS 'Sets of weights drawn.';
    COMMENT ON COLUMN robustness.spread IS 'Each weight within plus or minus this share of the plans; NULL = not so.';
    COMMENT ON COLUMN robustness.concentration IS 'Dirichlet with this concentration; NULL = not so. Both NULL: any weights, uniform.';
    COMMENT ON COLUMN robustness.outdated IS 'Have the inputs changed since?';
    COMMENT ON COLUMN robustness.row_key IS 'Unique key of the row.';
END
$function$;
COMMENT ON FUNCTION plan_robustness_views(text) IS
'Makes or replaces the view robustness of a plan. Called by plan_views, which see.';

CREATE FUNCTION assess_robustness(plan text, scenario text DEFAULT 'base', samples integer DEFAULT 10000, seed bigint DEFAULT 1,
                                  spread float8 DEFAULT NULL, concentration float8 DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    new_run bigint;
BEGIN
    IF plan IS NULL OR scenario IS NULL OR samples IS NULL OR seed IS NULL THEN
        RAISE EXCEPTION 'plan, scenario, samples and seed must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    EXECUTE format('SELECT %I.check_scenario($1, $2)', home) USING plan, scenario;
    EXECUTE format($query$
        INSERT INTO %1$I.run (scenario, kind, seed, effort, input_hash)
        SELECT $1, 'robustness', $2, $3, v.value FROM %1$I.provenance v WHERE v.scenario = $1 AND v.kind = 'hash' AND v.item = 'all inputs'
        RETURNING run $query$, plan) INTO new_run USING scenario, seed, samples;
    EXECUTE format('INSERT INTO %1$I.robustness_run (scenario, run, samples, spread, concentration) VALUES ($1, $2, $3, $4, $5)', plan)
        USING scenario, new_run, samples, spread, concentration;
    EXECUTE format($query$
        INSERT INTO %1$I.robustness_row (scenario, run, institution_id, city_id, candidate_kind, coverage, candidates, score, rank_in_city,
                                         first, first_error, top_5, top_10, top_20, mean_rank)
        SELECT $1, $2, m.institution_id, m.city_id, m.candidate_kind, m.coverage, cardinality(m.share), m.score, m.place,
               m.share[1], sqrt(m.share[1] * (1 - m.share[1]) / $3), t.top_5, t.top_10, t.top_20, t.mean_rank
        FROM (SELECT k.institution_id, k.city_id, k.candidate_kind, k.coverage, k.score, rank() OVER (rivals ORDER BY k.score DESC) AS place,
                     %2$I.smaa(k.criteria, array_fill('max'::text, ARRAY[cardinality(k.parts)]), samples => $3, seed => $4, spread => $5, concentration => $6,
                               weights => CASE WHEN $5 IS NOT NULL OR $6 IS NOT NULL THEN k.weights END, normalization => 'none') OVER rivals AS share
              FROM %1$I.synergy_criteria() k WHERE k.scenario = $1
              WINDOW rivals AS (PARTITION BY k.city_id, k.candidate_kind, k.coverage, k.parts)) m
        CROSS JOIN LATERAL (
            SELECT round(sum(u.share::numeric) FILTER (WHERE u.place <= 5), 9) AS top_5, round(sum(u.share::numeric) FILTER (WHERE u.place <= 10), 9) AS top_10,
                   round(sum(u.share::numeric) FILTER (WHERE u.place <= 20), 9) AS top_20, round(sum(u.share::numeric * u.place), 9) AS mean_rank
            FROM unnest(m.share) WITH ORDINALITY u (share, place)) t $query$, plan, home)
        USING scenario, new_run, samples, seed, spread, concentration;
    RETURN new_run;
END
$function$;
COMMENT ON FUNCTION assess_robustness(text, text, integer, bigint, float8, float8) IS
'Ranks the candidates of a plan''s scenario under random weights (SMAA over the known parts, weighted mean with power 1), stores the run for the view robustness and returns its number. Weights: any (uniform); within plus or minus spread of the plan''s (0.2 = 20 percent); or Dirichlet around them with a concentration. The same seed gives the same run. Not null: plan, scenario, samples, seed.';
-- create_plan, drop_plan, upgrade_plan: a plan is a schema, owned by its maker and dumped as ordinary objects.

CREATE FUNCTION is_plan(name text) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
                   WHERE n.nspname = name::name AND c.relname = 'plan_version' AND c.relkind = 'r'
                     AND starts_with(obj_description(c.oid, 'pg_class'), 'One row: marks this schema as a plan of innocity'));
END;
COMMENT ON FUNCTION is_plan(text) IS
'Is there a schema of that name that create_plan made? Told by the comment on its table plan_version. NULL for NULL.';

CREATE FUNCTION create_plan(name text, sample boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
    sample_home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                         WHERE e.extname = 'innocity_kr');
BEGIN
    IF name = '' OR name LIKE 'pg\_%' OR octet_length(name) > 63 THEN
        RAISE EXCEPTION 'invalid name of a plan: "%"', name
            USING ERRCODE = 'invalid_name', DETAIL = 'A plan is a schema: its name has 1 to 63 bytes and does not begin with pg_.',
                  HINT = 'Choose a short name, such as naju.';
    END IF;
    IF EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = create_plan.name) THEN
        RAISE EXCEPTION 'schema "%" already exists', name
            USING ERRCODE = 'duplicate_schema', HINT = 'Choose another name, or remove an old plan with drop_plan(name).';
    END IF;
    IF sample AND sample_home IS NULL THEN
        RAISE EXCEPTION 'the sample needs the extension innocity_kr'
            USING ERRCODE = 'undefined_object', HINT = 'Run CREATE EXTENSION innocity_kr first, or leave sample out and fill the tables yourself.';
    END IF;
    EXECUTE format('CREATE SCHEMA %I', name);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, 'A plan of innocity, made by create_plan.');
    PERFORM set_config('search_path', format('%I, %I, pg_temp', name, home), true);
    PERFORM plan_tables(name);
    PERFORM plan_roadmap_tables(name);
    PERFORM plan_policy_tables(name);
    PERFORM plan_snapshot_tables(name);
    PERFORM plan_robustness_tables(name);
    PERFORM plan_allocation_tables(name);
    PERFORM plan_territory_tables(name);
    PERFORM plan_defaults(name);
    PERFORM plan_views(name);
    IF sample THEN
        EXECUTE format('SELECT %1$I.fill_plan($1), %1$I.fill_territory($1), %1$I.fill_roadmap($1)', sample_home) USING name;
    END IF;
    RETURN name;
END
$function$;
COMMENT ON FUNCTION create_plan(text, boolean) IS
'Makes a plan: a schema of that name with the tables of a plan (empty but for the scenario base, the built-in criteria and kinds of ties) and its views, owned by the caller. sample => true fills it with Korea''s institutions, cities and economy from innocity_kr. Returns the name.';

CREATE FUNCTION plan_defaults(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    INSERT INTO plan_version (innocity_version) SELECT extversion FROM pg_extension WHERE extname = 'innocity';
    INSERT INTO setting (scenario, name_ko, name_en) VALUES ('base', '기본안', 'Base');
    INSERT INTO criterion (criterion, name_ko, name_en, weight, source) VALUES
        ('localization', '특화', 'Localization', 0.15, 'default of innocity'),
        ('relatedness', '산업 관련성', 'Relatedness', 0.10, 'default of innocity'),
        ('linkage', '산업 연관', 'Input-output linkage', 0.10, 'default of innocity'),
        ('complementarity', '기관 상보성', 'Complementarity', 0.45, 'default of innocity'),
        ('affiliation', '소속 관계', 'Affiliation', 0.20, 'default of innocity'),
        ('labour', '인력 관련성', 'Labour', 0, 'default of innocity'),
        ('absorption', '수용력', 'Absorption', 0, 'default of innocity');
    INSERT INTO tie_kind (kind, weight) VALUES
        ('equity', 1), ('division', 1), ('attached_institute', 1), ('supervision', 1), ('research_council', 0.5);
END
$function$;
COMMENT ON FUNCTION plan_defaults(text) IS
'Puts the rows of a new plan into its tables: scenario base, built-in criteria, kinds of ties. Called by create_plan, which see.';

CREATE FUNCTION plan_views(plan text) RETURNS void
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, %I, pg_temp', plan, home), true);
    PERFORM plan_economy_views(plan);
    PERFORM plan_committee_views(plan);
    PERFORM plan_synergy_input(plan);
    PERFORM plan_synergy_views(plan);
    PERFORM plan_method_views(plan);
    PERFORM plan_check_views(plan);
    PERFORM plan_allocation_views(plan);
    PERFORM plan_robustness_views(plan);
    PERFORM plan_roadmap_views(plan);
    PERFORM plan_snapshot_views(plan);
    PERFORM plan_territory_views(plan);
END
$function$;
COMMENT ON FUNCTION plan_views(text) IS
'Makes or replaces the views of a plan, floor by floor. Called by create_plan and upgrade_plan, which see.';

CREATE FUNCTION upgrade_plan(name text) RETURNS text
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    IF NOT is_plan(name) THEN
        RAISE EXCEPTION '"%" is no plan', name
            USING ERRCODE = 'wrong_object_type', DETAIL = 'The schema does not exist or was not made by create_plan.',
                  HINT = 'Make one with create_plan(name).';
    END IF;
    PERFORM plan_views(name);
    EXECUTE format('UPDATE %I.plan_version SET innocity_version = (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = %L), upgraded = now()',
                   name, 'innocity');
    RETURN name;
END
$function$;
COMMENT ON FUNCTION upgrade_plan(text) IS
'Replaces the views of a plan by those of the installed version of innocity. Tables, rows, and the views of the user''s own, those on top of ours too, stay as they are. Returns the name.';

CREATE FUNCTION drop_plan(name text) RETURNS text
LANGUAGE plpgsql STRICT SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    home name := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'innocity');
BEGIN
    PERFORM set_config('search_path', format('%I, pg_temp', home), true);
    IF NOT is_plan(name) THEN
        RAISE EXCEPTION '"%" is no plan', name
            USING ERRCODE = 'wrong_object_type', DETAIL = 'The schema does not exist or was not made by create_plan.',
                  HINT = 'DROP SCHEMA removes a schema that is no plan.';
    END IF;
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
    RETURN name;
END
$function$;
COMMENT ON FUNCTION drop_plan(text) IS
'Drops a plan with all that is in its schema, rows and the user''s own objects too. Refuses a schema that create_plan did not make (42809). Returns the name.';
