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
