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

CREATE FUNCTION region_code_inside_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_code_inside_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_inside_support(internal) IS
'Planner support of >= and <=: comparisons that containment implies are dropped once partitions are chosen.';

CREATE FUNCTION region_code_outside_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_code_outside_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_outside_support(internal) IS
'Planner support of < and >, as which NOT leaves the comparisons that containment implies: dropped likewise.';

CREATE FUNCTION code_lt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_lt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_outside_support;
COMMENT ON FUNCTION code_lt(region_code, region_code) IS
'Is the left code before in the order of the hierarchy?';

CREATE FUNCTION code_le(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_le'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_inside_support;
COMMENT ON FUNCTION code_le(region_code, region_code) IS
'Is the left code before or equal in the order of the hierarchy?';

CREATE FUNCTION code_gt(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_gt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_outside_support;
COMMENT ON FUNCTION code_gt(region_code, region_code) IS
'Is the left code after in the order of the hierarchy?';

CREATE FUNCTION code_ge(region_code, region_code) RETURNS bool
AS 'MODULE_PATHNAME', 'innocity_code_ge'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT region_code_inside_support;
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
