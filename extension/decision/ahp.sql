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
