-- Skip scans of btree indexes, on PostgreSQL 18 and later only: the Makefile leaves this part out before.

CREATE FUNCTION sector_code_skipsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'innocity_code_skipsupport'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sector_code_skipsupport(internal) IS
'Skip support: the neighbours of a code as an integer.';

ALTER OPERATOR FAMILY sector_code_ops USING btree ADD
	FUNCTION 6 (sector_code, sector_code) sector_code_skipsupport(internal);

CREATE FUNCTION region_code_skipsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'innocity_code_skipsupport'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION region_code_skipsupport(internal) IS
'Skip support: the neighbours of a code as an integer.';

ALTER OPERATOR FAMILY region_code_ops USING btree ADD
	FUNCTION 6 (region_code, region_code) region_code_skipsupport(internal);
