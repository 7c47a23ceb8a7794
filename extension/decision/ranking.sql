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
