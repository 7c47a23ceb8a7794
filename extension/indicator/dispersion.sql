
--
-- Further measures of dispersion, read off the states of the inequality aggregates
--

CREATE FUNCTION coefficient_of_variation_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_coefficient_of_variation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coefficient_of_variation_final(inequality_sums) IS
'Result of coefficient_of_variation.';

CREATE FUNCTION coefficient_of_variation_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_coefficient_of_variation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coefficient_of_variation_final(internal) IS
'Result of coefficient_of_variation, over a moving frame.';

CREATE AGGREGATE coefficient_of_variation(x float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = coefficient_of_variation_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = coefficient_of_variation_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE coefficient_of_variation(float8) IS
'Coefficient of variation: standard deviation of the population over the mean (0 to sqrt(n - 1)). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE AGGREGATE coefficient_of_variation(x float8, weight float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = coefficient_of_variation_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = coefficient_of_variation_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE coefficient_of_variation(float8, float8) IS
'Coefficient of variation of amounts x per unit, weighted by the number of units; with income per head and population it is the Williamson index. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE AGGREGATE williamson(x float8, weight float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = coefficient_of_variation_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = coefficient_of_variation_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE williamson(float8, float8) IS
'Williamson index of regional inequality: coefficient of variation of x (income per head) weighted by population, around the mean of all people (>= 0). Another name of coefficient_of_variation. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION herfindahl_normalized_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_herfindahl_normalized_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_normalized_final(inequality_sums) IS
'Result of herfindahl_normalized.';

CREATE FUNCTION herfindahl_normalized_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_herfindahl_normalized_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_normalized_final(internal) IS
'Result of herfindahl_normalized, over a moving frame.';

CREATE AGGREGATE herfindahl_normalized(x float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = herfindahl_normalized_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = herfindahl_normalized_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE herfindahl_normalized(float8) IS
'Herfindahl-Hirschman index from 0 (all equal) to 1 (one has all): (H - 1/n) / (1 - 1/n), n rows. NULL rows are skipped; NULL for one row, when nothing is left or all amounts are 0.';

CREATE AGGREGATE herfindahl_normalized(x float8, weight float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = herfindahl_normalized_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = herfindahl_normalized_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE herfindahl_normalized(float8, float8) IS
'Normalized Herfindahl-Hirschman index (0 to 1) of amounts x per unit, weighted by the number of units; n is their sum. NULL rows are skipped; NULL for one unit or less, when nothing is left or all amounts are 0.';

CREATE FUNCTION dalton_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_dalton_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dalton_final(inequality_sums) IS
'Result of dalton.';

CREATE FUNCTION dalton_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_dalton_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dalton_final(internal) IS
'Result of dalton, over a moving frame.';

CREATE AGGREGATE dalton(x float8) (
	SFUNC = theil_l_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = dalton_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = dalton_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE dalton(float8) IS
'Dalton index with logarithmic utility: logarithm of the mean over the mean of the logarithms (1 = all equal, more = unequal). It depends on the unit of x. NULL too when an x is 0 or the geometric mean is at most 1, for utility is the logarithm and has to be positive. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE AGGREGATE dalton(x float8, weight float8) (
	SFUNC = theil_l_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = dalton_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = dalton_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE dalton(float8, float8) IS
'Dalton index of amounts x per unit, weighted by the number of units (>= 1). It depends on the unit of x. NULL too when an x is 0 or the geometric mean is at most 1, for utility is the logarithm and has to be positive. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION coulter_final(inequality_pairs) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_coulter_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coulter_final(inequality_pairs) IS
'Result of coulter.';

CREATE AGGREGATE coulter(x float8, reference float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = coulter_final,
	COMBINEFUNC = inequality_pairs_combine,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE coulter(float8, float8) IS
'Coulter coefficient: square root of half the sum of squared differences between shares in x and shares in the reference (0 to 1); reference 1 compares with equal shares. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';
