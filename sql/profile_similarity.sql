-- Equal profiles, also in another scale by powers of two: exactly 1. Nothing in common: 0.
SELECT profile_similarity('{35111:0.7, 26:0.3}', '{35111:0.7, 26:0.3}') AS equal, profile_similarity('{35111:0.7, 26:0.3}', '{35111:1.4, 26:0.6}') AS scaled,
       profile_similarity('{35:1}', '{26:1}') AS apart, profile_similarity('{35:1}', '{cluster:35:1}') AS other_scheme;

-- One sector each: tree_similarity itself (35 and 351 share two levels of three, 58 and 62 one of three).
SELECT profile_similarity('{35:1}', '{351:1}') AS two_of_three, profile_similarity('{58:3}', '{62:5}') AS one_of_three;

-- By hand: a = .5 of 35, .5 of 26; b = 351. a'Kb = .5 * 2/3, a'Ka = .5, b'Kb = 1.
SELECT profile_similarity('{35:0.5, 26:0.5}', '{351:1}') AS cosine, 0.5 * 2 / 3 / sqrt(0.5) AS by_hand;

-- Against plain SQL, pair by pair, on profiles of real codes.
CREATE TEMP TABLE profile_case(id int, p sector_profile);
INSERT INTO profile_case VALUES
(1, '{35111:0.4, 35:0.2, 7210:0.2, 842:0.2}'), (2, '{351:1, 352:2, 353:3, 3511:4}'), (3, '{A:0.1, 01:0.2, 011:0.3, 0111:0.2, 01110:0.2}'),
(4, '{62:0.3, 63:0.3, 58:0.3, 61:0.1}'), (5, '{26:1e250, 27:2e250, C:1e249}'), (6, '{26:1e-250}'), (7, '{cluster:ENERGY.AC:1, cluster:ENERGY:1, 35:1}');
WITH pair AS (
    SELECT a.id AS a, b.id AS b, profile_similarity(a.p, b.p) AS cosine,
           (SELECT sum(x.weight::numeric * y.weight::numeric * tree_similarity(x.sector, y.sector)::numeric) FROM weights(a.p) x, weights(b.p) y) AS ab,
           (SELECT sum(x.weight::numeric * y.weight::numeric * tree_similarity(x.sector, y.sector)::numeric) FROM weights(a.p) x, weights(a.p) y) AS aa,
           (SELECT sum(x.weight::numeric * y.weight::numeric * tree_similarity(x.sector, y.sector)::numeric) FROM weights(b.p) x, weights(b.p) y) AS bb
    FROM profile_case a, profile_case b)
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(cosine - ab / sqrt(aa * bb)) > 1e-12) AS wrong, min(cosine) FILTER (WHERE a = b) AS least_equal,
       max(cosine) AS greatest FROM pair;
-- Symmetric to the last bit.
SELECT count(*) AS unsymmetric FROM profile_case a, profile_case b WHERE profile_similarity(a.p, b.p) <> profile_similarity(b.p, a.p);

-- No weight, no similarity.
SELECT profile_similarity('{}', '{35:1}') AS empty, profile_similarity('{35:0}', '{35:1}') AS zero, profile_similarity(NULL, '{35:1}') AS missing;

-- A region's mean over a profile: ratios are read through nearest listed ancestors, undefined cells are left out.
CREATE TEMP TABLE mean_case AS
SELECT activity_matrix_agg('46170', sector::sector_code, value) AS m, as_ratio(activity_matrix_agg('46170', sector::sector_code, value)) AS ratio
FROM (VALUES ('35', 2), ('26', 5), ('C', 1)) v(sector, value);
SELECT weighted_mean('{35111:0.5, 26:0.25, 011:0.25}', ratio, '46170') AS ratio, (0.5 * 2 + 0.25 * 5) / 0.75 AS by_hand,
       weighted_mean('{35111:0.5, 26:0.25, 011:0.25}', m, '46170') AS quantity, weighted_mean('{10:1, 011:1}', ratio, '46170') AS ancestor FROM mean_case;
SELECT weighted_mean('{011:1}', ratio, '46170') AS no_sector, weighted_mean('{35:1}', ratio, '11') AS no_region, weighted_mean('{}', ratio, '46170') AS empty,
       weighted_mean('{35:1}', m, '11') AS quantity_elsewhere, weighted_mean(NULL, m, '11') AS missing FROM mean_case;
SELECT weighted_mean('{35:1}', symmetric_lq(nonnegative(m - more)), '46170') AS national FROM mean_case, (SELECT activity_matrix_agg('46170', 'C', 1) AS more) t;
DROP TABLE profile_case, mean_case;
