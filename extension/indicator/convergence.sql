
--
-- Convergence between regions over time
--

CREATE TYPE beta_estimate AS (number bigint, alpha float8, beta float8, beta_error float8, p_value float8, r_squared float8,
							  speed float8, speed_error float8, half_life float8,
							  controls float8[], control_errors float8[], control_p_values float8[], status text);
COMMENT ON TYPE beta_estimate IS 'Result of beta_convergence, read as (beta_convergence(...)).beta.';
COMMENT ON COLUMN beta_estimate.number IS 'Regions in the regression.';
COMMENT ON COLUMN beta_estimate.alpha IS 'Its constant.';
COMMENT ON COLUMN beta_estimate.beta IS 'Growth a year per unit of the initial logarithm: below 0 the poor grow faster.';
COMMENT ON COLUMN beta_estimate.beta_error IS 'Standard error of beta; NULL without a degree of freedom.';
COMMENT ON COLUMN beta_estimate.p_value IS 'Two-sided p-value of beta (Student''s t).';
COMMENT ON COLUMN beta_estimate.r_squared IS 'Part of the variance of growth that is explained (0 to 1); NULL when all grow alike.';
COMMENT ON COLUMN beta_estimate.speed IS 'Speed of convergence a year, - ln(1 + beta years) / years: which part of a gap closes; NULL when 1 + beta years is not positive.';
COMMENT ON COLUMN beta_estimate.speed_error IS 'Standard error of the speed.';
COMMENT ON COLUMN beta_estimate.half_life IS 'Years until half a gap has closed; NULL without convergence.';
COMMENT ON COLUMN beta_estimate.controls IS 'Coefficients of the controls, in their order.';
COMMENT ON COLUMN beta_estimate.control_errors IS 'Their standard errors.';
COMMENT ON COLUMN beta_estimate.control_p_values IS 'Their two-sided p-values.';
COMMENT ON COLUMN beta_estimate.status IS 'ok; too few regions = fewer than unknowns; collinear = the initial values are all equal, or a control is constant or follows from others. The rest is NULL then.';

CREATE TYPE sigma_estimate AS (number bigint, initial float8, later float8, quotient float8, f float8, p_value float8);
COMMENT ON TYPE sigma_estimate IS 'Result of sigma_convergence, read as (sigma_convergence(...)).quotient.';
COMMENT ON COLUMN sigma_estimate.number IS 'Regions.';
COMMENT ON COLUMN sigma_estimate.initial IS 'Standard deviation of the logarithms of the initial values, of the population.';
COMMENT ON COLUMN sigma_estimate.later IS 'The same of the later values.';
COMMENT ON COLUMN sigma_estimate.quotient IS 'initial / later: above 1 = convergence. NULL when the later values are all equal.';
COMMENT ON COLUMN sigma_estimate.f IS 'Its square, the quotient of the variances.';
COMMENT ON COLUMN sigma_estimate.p_value IS 'Two-sided p-value of f with number - 1 degrees of freedom each, as if the two dates were independent samples.';

CREATE TYPE trend_estimate AS (number bigint, intercept float8, slope float8, slope_error float8, p_value float8, r_squared float8);
COMMENT ON TYPE trend_estimate IS 'Result of sigma_trend, read as (sigma_trend(...)).slope.';
COMMENT ON COLUMN trend_estimate.number IS 'Years in the regression.';
COMMENT ON COLUMN trend_estimate.intercept IS 'Its constant, at year 0; NULL with all of the rest where there are not two different years.';
COMMENT ON COLUMN trend_estimate.slope IS 'Change of the dispersion a year: below 0 = convergence.';
COMMENT ON COLUMN trend_estimate.slope_error IS 'Standard error of the slope; NULL with two years.';
COMMENT ON COLUMN trend_estimate.p_value IS 'Two-sided p-value of the slope (Student''s t).';
COMMENT ON COLUMN trend_estimate.r_squared IS 'Part of the variance that is explained (0 to 1).';

CREATE FUNCTION beta_convergence_accumulate(float8[], float8, float8, float8) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_beta_convergence_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION beta_convergence_accumulate(float8[], float8, float8, float8) IS
'Adds a row to beta_convergence.';

CREATE FUNCTION beta_convergence_accumulate(float8[], float8, float8, float8, float8[]) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_beta_convergence_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION beta_convergence_accumulate(float8[], float8, float8, float8, float8[]) IS
'Adds a row with controls to beta_convergence.';

CREATE FUNCTION beta_convergence_final(float8[]) RETURNS beta_estimate
AS 'MODULE_PATHNAME', 'innocity_beta_convergence_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION beta_convergence_final(float8[]) IS
'Result of beta_convergence.';

CREATE AGGREGATE beta_convergence(initial float8, later float8, years float8) (
	SFUNC = beta_convergence_accumulate, STYPE = float8[], SSPACE = 8192, FINALFUNC = beta_convergence_final,
	COMBINEFUNC = pg_catalog.array_cat, PARALLEL = SAFE);
COMMENT ON AGGREGATE beta_convergence(float8, float8, float8) IS
'Absolute beta convergence: regression of yearly growth ln(later/initial)/years of regions on ln(initial), with the speed and the half-life that follow. Values are positive (income or product per head), years the same in every row; rows with a NULL are skipped. See status.';

CREATE AGGREGATE beta_convergence(initial float8, later float8, years float8, controls float8[]) (
	SFUNC = beta_convergence_accumulate, STYPE = float8[], SSPACE = 8192, FINALFUNC = beta_convergence_final,
	COMBINEFUNC = pg_catalog.array_cat, PARALLEL = SAFE);
COMMENT ON AGGREGATE beta_convergence(float8, float8, float8, float8[]) IS
'Conditional beta convergence: the regression of beta_convergence with further columns, as many in every row (100 at most), such as dummies of groups of regions or their economic complexity. Rows with a NULL, among the controls too, are skipped. See status.';

CREATE FUNCTION sigma_convergence_accumulate(float8[], float8, float8) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_sigma_convergence_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sigma_convergence_accumulate(float8[], float8, float8) IS
'Adds a row to sigma_convergence.';

CREATE FUNCTION sigma_convergence_final(float8[]) RETURNS sigma_estimate
AS 'MODULE_PATHNAME', 'innocity_sigma_convergence_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sigma_convergence_final(float8[]) IS
'Result of sigma_convergence.';

CREATE AGGREGATE sigma_convergence(initial float8, later float8) (
	SFUNC = sigma_convergence_accumulate, STYPE = float8[], SSPACE = 8192, FINALFUNC = sigma_convergence_final,
	COMBINEFUNC = pg_catalog.array_cat, PARALLEL = SAFE);
COMMENT ON AGGREGATE sigma_convergence(float8, float8) IS
'Sigma convergence between two dates: standard deviations of the logarithms, their quotient (above 1 = convergence) and an F test. Values are positive; rows with a NULL are skipped; NULLs inside the result where nothing is left.';

CREATE FUNCTION sigma_trend_accumulate(float8[], float8, float8) RETURNS float8[]
AS 'MODULE_PATHNAME', 'innocity_sigma_trend_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sigma_trend_accumulate(float8[], float8, float8) IS
'Adds a row to sigma_trend.';

CREATE FUNCTION sigma_trend_final(float8[]) RETURNS trend_estimate
AS 'MODULE_PATHNAME', 'innocity_sigma_trend_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sigma_trend_final(float8[]) IS
'Result of sigma_trend.';

CREATE AGGREGATE sigma_trend(year float8, sigma float8) (
	SFUNC = sigma_trend_accumulate, STYPE = float8[], SSPACE = 1024, FINALFUNC = sigma_trend_final,
	COMBINEFUNC = pg_catalog.array_cat, PARALLEL = SAFE);
COMMENT ON AGGREGATE sigma_trend(float8, float8) IS
'Sigma convergence over many dates: regression of a measure of dispersion, such as stddev_pop(ln(x)) or coefficient_of_variation(x) of each year, on the year. Rows with a NULL are skipped.';
