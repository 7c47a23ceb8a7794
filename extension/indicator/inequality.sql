
--
-- Measures of concentration and inequality, as aggregates
--

CREATE TYPE inequality_sums;

CREATE FUNCTION inequality_sums_in(cstring) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_in(cstring) IS 'Input function of inequality_sums.';

CREATE FUNCTION inequality_sums_out(inequality_sums) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_out(inequality_sums) IS 'Output function of inequality_sums.';

CREATE FUNCTION inequality_sums_recv(internal) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_recv(internal) IS 'Binary input function of inequality_sums.';

CREATE FUNCTION inequality_sums_send(inequality_sums) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_send(inequality_sums) IS 'Binary output function of inequality_sums.';

CREATE TYPE inequality_sums (
	INPUT = inequality_sums_in, OUTPUT = inequality_sums_out, RECEIVE = inequality_sums_recv, SEND = inequality_sums_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE inequality_sums IS
'State of an inequality aggregate that keeps exact sums: a part of its rows, which other parts can join, on other servers too. Its text, hexadecimal digits, is for programs.';

CREATE TYPE inequality_pairs;

CREATE FUNCTION inequality_pairs_in(cstring) RETURNS inequality_pairs
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_in(cstring) IS 'Input function of inequality_pairs.';

CREATE FUNCTION inequality_pairs_out(inequality_pairs) RETURNS cstring
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_out(inequality_pairs) IS 'Output function of inequality_pairs.';

CREATE FUNCTION inequality_pairs_recv(internal) RETURNS inequality_pairs
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_recv(internal) IS 'Binary input function of inequality_pairs.';

CREATE FUNCTION inequality_pairs_send(inequality_pairs) RETURNS bytea
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_send(inequality_pairs) IS 'Binary output function of inequality_pairs.';

CREATE TYPE inequality_pairs (
	INPUT = inequality_pairs_in, OUTPUT = inequality_pairs_out, RECEIVE = inequality_pairs_recv, SEND = inequality_pairs_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE inequality_pairs IS
'State of an inequality aggregate that keeps all values: a part of its rows, which other parts can join, on other servers too. Its text, hexadecimal digits, is for programs.';

CREATE FUNCTION inequality_sums_combine(inequality_sums, inequality_sums) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_inequality_sums_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_sums_combine(inequality_sums, inequality_sums) IS
'Joins two states of an aggregate that keeps exact sums.';

CREATE FUNCTION inequality_pairs_accumulate(inequality_pairs, float8) RETURNS inequality_pairs
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_accumulate(inequality_pairs, float8) IS
'Adds a row to an aggregate that keeps all values.';

CREATE FUNCTION inequality_pairs_accumulate(inequality_pairs, float8, float8) RETURNS inequality_pairs
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_accumulate(inequality_pairs, float8, float8) IS
'Adds a row with a weight or reference to an aggregate that keeps all values.';

CREATE FUNCTION inequality_pairs_combine(inequality_pairs, inequality_pairs) RETURNS inequality_pairs
AS 'MODULE_PATHNAME', 'innocity_inequality_pairs_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inequality_pairs_combine(inequality_pairs, inequality_pairs) IS
'Joins two states of an aggregate that keeps all values.';

-- Over frames of windows rows also go. FINALFUNC_MODIFY of the aggregates says less than the final functions keep, so that every window
-- takes the moving form: a frame that only grows would sort all its rows anew for each.

CREATE FUNCTION gini_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_gini_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_accumulate(internal, float8) IS
'Adds a row to gini, over a moving frame.';

CREATE FUNCTION gini_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_gini_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_remove(internal, float8) IS
'Takes a row out of gini again, exactly.';

CREATE FUNCTION gini_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_gini_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_accumulate(internal, float8, float8) IS
'Adds a weighted row to gini, over a moving frame.';

CREATE FUNCTION gini_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_gini_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_remove(internal, float8, float8) IS
'Takes a weighted row out of gini again, exactly.';

CREATE FUNCTION hoover_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_hoover_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_accumulate(internal, float8, float8) IS
'Adds a row to hoover and krugman, over a moving frame.';

CREATE FUNCTION hoover_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_hoover_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_remove(internal, float8, float8) IS
'Takes a row out of hoover and krugman again, exactly.';

CREATE FUNCTION gini_moving_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_moving_final(internal) IS
'Result of gini over a moving frame.';

CREATE FUNCTION gini_normalized_moving_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_normalized_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_normalized_moving_final(internal) IS
'Result of gini_normalized over a moving frame.';

CREATE FUNCTION hoover_moving_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_hoover_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_moving_final(internal) IS
'Result of hoover over a moving frame.';

CREATE FUNCTION krugman_moving_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_krugman_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION krugman_moving_final(internal) IS
'Result of krugman over a moving frame.';

CREATE FUNCTION herfindahl_accumulate(inequality_sums, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_herfindahl_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_accumulate(inequality_sums, float8) IS
'Adds a row to herfindahl.';

CREATE FUNCTION herfindahl_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_accumulate(internal, float8) IS
'Adds a row to herfindahl, over a moving frame.';

CREATE FUNCTION herfindahl_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_remove(internal, float8) IS
'Takes a row out of herfindahl again, exactly.';

CREATE FUNCTION herfindahl_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_herfindahl_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_final(inequality_sums) IS
'Result of herfindahl.';

CREATE FUNCTION herfindahl_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_herfindahl_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_final(internal) IS
'Result of herfindahl, over a moving frame.';

CREATE AGGREGATE herfindahl(x float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = herfindahl_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = herfindahl_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE herfindahl(float8) IS
'Herfindahl-Hirschman index: sum of squared shares (1/n to 1). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION entropy_accumulate(inequality_sums, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(inequality_sums, float8) IS
'Adds a row to entropy.';

CREATE FUNCTION entropy_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(internal, float8) IS
'Adds a row to entropy, over a moving frame.';

CREATE FUNCTION entropy_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_remove(internal, float8) IS
'Takes a row out of entropy again, exactly.';

CREATE FUNCTION entropy_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_entropy_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_final(inequality_sums) IS
'Result of entropy.';

CREATE FUNCTION entropy_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_entropy_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_final(internal) IS
'Result of entropy, over a moving frame.';

CREATE AGGREGATE entropy(x float8) (
	SFUNC = entropy_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = entropy_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = entropy_accumulate, MINVFUNC = entropy_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = entropy_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE entropy(float8) IS
'Shannon entropy of the shares, in natural units (0 to ln n). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION entropy_accumulate(inequality_sums, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(inequality_sums, float8, float8) IS
'Adds a row to entropy.';

CREATE FUNCTION entropy_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(internal, float8, float8) IS
'Adds a row to entropy, over a moving frame.';

CREATE FUNCTION entropy_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_remove(internal, float8, float8) IS
'Takes a row out of entropy again, exactly.';

CREATE AGGREGATE entropy(x float8, base float8) (
	SFUNC = entropy_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = entropy_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = entropy_accumulate, MINVFUNC = entropy_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = entropy_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE entropy(float8, float8) IS
'Shannon entropy of the shares to a base (2 = bits), which is the same in every row. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION gini_final(inequality_pairs) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_final(inequality_pairs) IS
'Result of gini.';

CREATE AGGREGATE gini(x float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = gini_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = gini_accumulate, MINVFUNC = gini_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = gini_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini(float8) IS
'Gini coefficient of the population form (0 to 1 - 1/n; times n/(n-1) it is normalized). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE AGGREGATE gini(x float8, weight float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = gini_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = gini_accumulate, MINVFUNC = gini_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = gini_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini(float8, float8) IS
'Gini coefficient of amounts x per unit, weighted by the number of units (0 to 1). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION hoover_final(inequality_pairs) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_hoover_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hoover_final(inequality_pairs) IS
'Result of hoover.';

CREATE AGGREGATE hoover(x float8, reference float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = hoover_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = hoover_accumulate, MINVFUNC = hoover_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = hoover_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE hoover(float8, float8) IS
'Hoover index: half the sum of differences between shares in x and shares in the reference (0 to 1): the part that would have to move. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION krugman_final(inequality_pairs) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_krugman_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION krugman_final(inequality_pairs) IS
'Result of krugman.';

CREATE AGGREGATE krugman(x float8, reference float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = krugman_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = hoover_accumulate, MINVFUNC = hoover_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = krugman_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE krugman(float8, float8) IS
'Krugman index: sum of differences between shares in x and shares in the reference (0 to 2). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_t_accumulate(inequality_sums, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(inequality_sums, float8) IS
'Adds a row to theil_t.';

CREATE FUNCTION theil_t_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(internal, float8) IS
'Adds a row to theil_t, over a moving frame.';

CREATE FUNCTION theil_t_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_remove(internal, float8) IS
'Takes a row out of theil_t again, exactly.';

CREATE FUNCTION theil_t_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_t_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_final(inequality_sums) IS
'Result of theil_t.';

CREATE FUNCTION theil_t_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_t_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_final(internal) IS
'Result of theil_t, over a moving frame.';

CREATE AGGREGATE theil_t(x float8) (
	SFUNC = theil_t_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = theil_t_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_t_accumulate, MINVFUNC = theil_t_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = theil_t_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_t(float8) IS
'Theil T index: mean of (x/mu) ln(x/mu) (0 to ln n); a zero contributes 0. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_t_accumulate(inequality_sums, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(inequality_sums, float8, float8) IS
'Adds a row to theil_t.';

CREATE FUNCTION theil_t_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_accumulate(internal, float8, float8) IS
'Adds a row to theil_t, over a moving frame.';

CREATE FUNCTION theil_t_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_t_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_t_remove(internal, float8, float8) IS
'Takes a row out of theil_t again, exactly.';

CREATE AGGREGATE theil_t(x float8, weight float8) (
	SFUNC = theil_t_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = theil_t_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_t_accumulate, MINVFUNC = theil_t_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = theil_t_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_t(float8, float8) IS
'Theil T index of amounts x per unit, weighted by the number of units (>= 0). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_l_accumulate(inequality_sums, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(inequality_sums, float8) IS
'Adds a row to theil_l.';

CREATE FUNCTION theil_l_accumulate(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(internal, float8) IS
'Adds a row to theil_l, over a moving frame.';

CREATE FUNCTION theil_l_remove(internal, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_remove(internal, float8) IS
'Takes a row out of theil_l again, exactly.';

CREATE FUNCTION theil_l_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_l_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_final(inequality_sums) IS
'Result of theil_l.';

CREATE FUNCTION theil_l_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_theil_l_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_final(internal) IS
'Result of theil_l, over a moving frame.';

CREATE AGGREGATE theil_l(x float8) (
	SFUNC = theil_l_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = theil_l_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = theil_l_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_l(float8) IS
'Theil L index (mean log deviation): mean of ln(mu/x) (>= 0); NULL too when an x is 0, for it is infinite then. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION theil_l_accumulate(inequality_sums, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(inequality_sums, float8, float8) IS
'Adds a row to theil_l.';

CREATE FUNCTION theil_l_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_accumulate(internal, float8, float8) IS
'Adds a row to theil_l, over a moving frame.';

CREATE FUNCTION theil_l_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_theil_l_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION theil_l_remove(internal, float8, float8) IS
'Takes a row out of theil_l again, exactly.';

CREATE AGGREGATE theil_l(x float8, weight float8) (
	SFUNC = theil_l_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = theil_l_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = theil_l_accumulate, MINVFUNC = theil_l_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = theil_l_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE theil_l(float8, float8) IS
'Theil L index of amounts x per unit, weighted by the number of units (>= 0); NULL too when an x is 0. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION atkinson_accumulate(inequality_sums, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_atkinson_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_accumulate(inequality_sums, float8, float8) IS
'Adds a row to atkinson.';

CREATE FUNCTION atkinson_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_accumulate(internal, float8, float8) IS
'Adds a row to atkinson, over a moving frame.';

CREATE FUNCTION atkinson_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_remove(internal, float8, float8) IS
'Takes a row out of atkinson again, exactly.';

CREATE FUNCTION atkinson_final(inequality_sums) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_atkinson_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_final(inequality_sums) IS
'Result of atkinson.';

CREATE FUNCTION atkinson_final(internal) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_atkinson_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_final(internal) IS
'Result of atkinson, over a moving frame.';

CREATE AGGREGATE atkinson(x float8, epsilon float8) (
	SFUNC = atkinson_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = atkinson_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = atkinson_accumulate, MINVFUNC = atkinson_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = atkinson_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE atkinson(float8, float8) IS
'Atkinson index (0 to 1) with aversion epsilon >= 0, the same in every row; 1 when an x is 0 and epsilon at least 1. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION herfindahl_accumulate(inequality_sums, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_herfindahl_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_accumulate(inequality_sums, float8, float8) IS
'Adds a weighted row to herfindahl.';

CREATE FUNCTION herfindahl_accumulate(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_accumulate(internal, float8, float8) IS
'Adds a weighted row to herfindahl, over a moving frame.';

CREATE FUNCTION herfindahl_remove(internal, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_herfindahl_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION herfindahl_remove(internal, float8, float8) IS
'Takes a weighted row out of herfindahl again, exactly.';

CREATE AGGREGATE herfindahl(x float8, weight float8) (
	SFUNC = herfindahl_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = herfindahl_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = herfindahl_accumulate, MINVFUNC = herfindahl_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = herfindahl_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE herfindahl(float8, float8) IS
'Herfindahl-Hirschman index of amounts x per unit, weighted by the number of units: a weight counts a row as often. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION entropy_accumulate(inequality_sums, float8, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(inequality_sums, float8, float8, float8) IS
'Adds a weighted row to entropy.';

CREATE FUNCTION entropy_accumulate(internal, float8, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_accumulate(internal, float8, float8, float8) IS
'Adds a weighted row to entropy, over a moving frame.';

CREATE FUNCTION entropy_remove(internal, float8, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_entropy_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entropy_remove(internal, float8, float8, float8) IS
'Takes a weighted row out of entropy again, exactly.';

CREATE AGGREGATE entropy(x float8, base float8, weight float8) (
	SFUNC = entropy_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = entropy_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = entropy_accumulate, MINVFUNC = entropy_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = entropy_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE entropy(float8, float8, float8) IS
'Shannon entropy, to a base, of amounts x per unit, weighted by the number of units: a weight counts a row as often. NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION atkinson_accumulate(inequality_sums, float8, float8, float8) RETURNS inequality_sums
AS 'MODULE_PATHNAME', 'innocity_atkinson_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_accumulate(inequality_sums, float8, float8, float8) IS
'Adds a weighted row to atkinson.';

CREATE FUNCTION atkinson_accumulate(internal, float8, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_accumulate' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_accumulate(internal, float8, float8, float8) IS
'Adds a weighted row to atkinson, over a moving frame.';

CREATE FUNCTION atkinson_remove(internal, float8, float8, float8) RETURNS internal
AS 'MODULE_PATHNAME', 'innocity_atkinson_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_remove(internal, float8, float8, float8) IS
'Takes a weighted row out of atkinson again, exactly.';

CREATE AGGREGATE atkinson(x float8, epsilon float8, weight float8) (
	SFUNC = atkinson_accumulate, STYPE = inequality_sums, SSPACE = 280, FINALFUNC = atkinson_final,
	COMBINEFUNC = inequality_sums_combine,
	MSFUNC = atkinson_accumulate, MINVFUNC = atkinson_remove, MSTYPE = internal, MSSPACE = 280, MFINALFUNC = atkinson_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE atkinson(float8, float8, float8) IS
'Atkinson index of amounts x per unit, weighted by the number of units (0 to 1). NULL rows are skipped; NULL when nothing is left or all amounts are 0.';

CREATE FUNCTION gini_normalized_final(inequality_pairs) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_gini_normalized_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gini_normalized_final(inequality_pairs) IS
'Result of gini_normalized.';

CREATE AGGREGATE gini_normalized(x float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = gini_normalized_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = gini_accumulate, MINVFUNC = gini_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = gini_normalized_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini_normalized(float8) IS
'Gini coefficient times n/(n-1), n rows: 1 when one has all (0 to 1). NULL rows are skipped; NULL for one row, when nothing is left or all amounts are 0.';

CREATE AGGREGATE gini_normalized(x float8, weight float8) (
	SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, SSPACE = 1024, FINALFUNC = gini_normalized_final, FINALFUNC_MODIFY = SHAREABLE,
	COMBINEFUNC = inequality_pairs_combine,
	MSFUNC = gini_accumulate, MINVFUNC = gini_remove, MSTYPE = internal, MSSPACE = 4096, MFINALFUNC = gini_normalized_moving_final,
	PARALLEL = SAFE);
COMMENT ON AGGREGATE gini_normalized(float8, float8) IS
'Gini coefficient of amounts x per unit times n/(n-1), n = sum of the weights, which are numbers of units. NULL rows are skipped; NULL for one unit or less, when nothing is left or all amounts are 0.';

CREATE FUNCTION location_curve(x float8[], reference float8[]) RETURNS TABLE(share_of_reference float8, share_of_value float8)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH summed AS (
		SELECT sum(u.y) OVER w AS y, sum(u.x) OVER w AS x
		FROM unnest(x, reference) u(x, y)
		WHERE u.x > 0 AND u.y IS NOT NULL OR u.y > 0 AND u.x IS NOT NULL
		WINDOW w AS (ORDER BY CASE WHEN u.y = 0 THEN 'infinity' ELSE u.x / u.y END, u.x, u.y ROWS UNBOUNDED PRECEDING)
	)
	SELECT p.share_of_reference, p.share_of_value
	FROM (SELECT 0::float8, 0::float8 UNION ALL SELECT y / max(y) OVER (), summed.x / max(summed.x) OVER () FROM summed) p(share_of_reference, share_of_value)
	/* hoover refuses what is no amount, and is NULL where there is nothing to share out */
	WHERE (SELECT hoover(u.x, u.y) FROM unnest(x, reference) u(x, y)) IS NOT NULL
	ORDER BY 1, 2;
END;
COMMENT ON FUNCTION location_curve(float8[], float8[]) IS
'Points of the location curve (Hoover curve) from (0,0) to (1,1): cumulated shares of the reference and of x over places in order of x / reference. Twice the area above it is the locational Gini; its largest distance below the diagonal is hoover. Pairs with a NULL are skipped; no rows where either total is 0.';

CREATE FUNCTION lorenz_curve(x float8[], weight float8[] DEFAULT NULL) RETURNS TABLE(share_of_units float8, share_of_value float8)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	SELECT c.share_of_reference, c.share_of_value
	FROM (SELECT array_agg(u.x * coalesce(u.w, 1)) AS x, array_agg(coalesce(u.w, 1)) AS w FROM unnest(x, weight) u(x, w) WHERE u.x IS NOT NULL AND (u.w IS NOT NULL OR weight IS NULL)) a,
		 location_curve(a.x, a.w) c
	ORDER BY 1, 2;
END;
COMMENT ON FUNCTION lorenz_curve(float8[], float8[]) IS
'Points of the Lorenz curve from (0,0) to (1,1): cumulated shares of units and of their amounts, from the smallest. x is an amount per unit, weight the number of units (NULL: 1 each). One less twice the area under it is gini. NULLs are skipped; no rows where nothing is to be shared out.';

CREATE FUNCTION extinction_index(women_20_39 float8, age_65_plus float8) RETURNS float8
AS 'MODULE_PATHNAME', 'innocity_extinction_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extinction_index(float8, float8) IS
'Women of 20 to 39 per person of 65 and over (>= 0): below 0.5 a place is at risk of extinction, below 0.2 at high risk. NULL without anybody of 65 and over.';
