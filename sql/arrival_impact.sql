SET jit = off;
-- Two sectors worked by hand: A = [.15 .25; .2 .05], so that (I - A)^-1 = [.95 .25; .2 .85] / .7575; labour .01 and .02 jobs per unit of output.
CREATE TEMP TABLE arrival_case AS
SELECT as_ratio((SELECT sector_matrix_agg(a, b, x) FROM (VALUES ('io:S1'::sector_code, 'io:S1'::sector_code, .15), ('io:S1', 'io:S2', .25), ('io:S2', 'io:S1', .2), ('io:S2', 'io:S2', .05)) v(a, b, x))) AS a,
       (SELECT activity_matrix_agg(r, s, x)
        FROM (VALUES ('46170'::region_code, 'io:S1'::sector_code, 10), ('46170', 'io:S2', 30), ('11110', 'io:S1', 90), ('11110', 'io:S2', 70)) v(r, s, x)) AS m;
SELECT sector, round(jobs::numeric, 9) AS jobs, round(CASE sector WHEN 'io:S1' THEN (.95 * .01 + .2 * .02) / .7575 / .01 ELSE (.25 * .01 + .85 * .02) / .7575 / .02 END, 9) AS by_hand
FROM arrival_case, multipliers(leontief_inverse(a), '{io:S1:.01, io:S2:.02}') ORDER BY sector;

-- The region has half of its share of S1 and more than its share of S2: simple quotients leave [.075 .125; .2 .05], with determinant .85375.
SELECT method, round(jobs_multiplier::numeric, 9) AS jobs, round(output_multiplier::numeric, 9) AS output,
       round(CASE method WHEN 'slq' THEN (.95 * .01 + .2 * .02) / .85375 / .01 WHEN 'national' THEN (.95 * .01 + .2 * .02) / .7575 / .01 END, 9) AS jobs_by_hand,
       round(CASE method WHEN 'slq' THEN 1.15 / .85375 WHEN 'national' THEN 1.15 / .7575 END, 9) AS output_by_hand
FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:3}', 100, '{io:S1:.01, io:S2:.02}');
-- 100 jobs in S1 make 10,000 of output; the parts add up.
SELECT method, direct_jobs, direct_output, round((indirect_jobs - 100 * (jobs_multiplier - 1))::numeric, 9) AS jobs_left, round((total_output - direct_output - indirect_output)::numeric, 9) AS output_left,
       round((total_jobs - direct_jobs - indirect_jobs)::numeric, 9) AS total_left, coverage, source <> '' AS has_source
FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:3}', 100, '{io:S1:.01, io:S2:.02}');
SELECT method, place, nontradable, tradable, jobs, round((1 + nontradable + tradable - jobs)::numeric, 12) AS rest FROM local_multipliers() ORDER BY jobs;

-- Flegg against the chain written out, round by round of suppliers.
WITH RECURSIVE cut AS (
    SELECT sector_a AS i, sector_b AS j, x.value AS x FROM arrival_case, pairs(regional_coefficients(a, m, '46170', 'flq', 0.2)) x
), chain AS (
    SELECT 0 AS round, sector, x FROM (VALUES ('io:S1'::sector_code, 0.5::float8 / .01), ('io:S2', 0.5 / .02)) v(sector, x)
    UNION ALL
    SELECT round + 1, i, bought FROM (SELECT c.round, k.i, sum(k.x * c.x) OVER (PARTITION BY k.i) AS bought, k.j = 'io:S1' AS once FROM chain c JOIN cut k ON k.j = c.sector) n
    WHERE once AND round < 60
)
SELECT round(sum(x * CASE sector WHEN 'io:S1' THEN .01 ELSE .02 END)::numeric, 9) AS chain,
       (SELECT round(jobs_multiplier::numeric, 9) FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:1, io:S2:1}', 1, '{io:S1:.01, io:S2:.02}', 0.2) WHERE method = 'flq') AS jobs_multiplier
FROM chain;

-- A city beside the nation that it is not added to: the same numbers as inside it.
SELECT c.method, c.jobs_multiplier = i.jobs_multiplier AS same
FROM arrival_case, arrival_impact(a, slice(m, '46170'), '46170', '{io:S1:1}', 1, '{io:S1:.01, io:S2:.02}', reference => m) c
JOIN LATERAL arrival_impact(a, m, '46170', '{io:S1:1}', 1, '{io:S1:.01, io:S2:.02}') i USING (method) ORDER BY method;
-- Labour is read from the nearest ancestor; what has none is left out of the profile, and coverage says so.
SELECT method, round(jobs_multiplier::numeric, 6) AS jobs, coverage FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:1, io:S3:3}', NULL, '{io:S1:.01, io:S2:.02, io:S3:0}');
-- A sector that the table does not know buys nothing in the region.
SELECT method, jobs_multiplier, total_output FROM arrival_case, arrival_impact(a, m, '46170', '{io:S9:1}', 5, '{io:S9:.5}') WHERE source !~ '^(Faggio|Baek)';
-- A departure; no number of jobs; no jobs at all.
SELECT n, method, round(indirect_jobs::numeric, 6) AS indirect_jobs, round(total_output::numeric, 6) AS total_output
FROM arrival_case, (VALUES (-100::float8), ('NaN'), ('Infinity'), (NULL), (0)) v(n), LATERAL arrival_impact(a, m, '46170', '{io:S1:1}', n, '{io:S1:.01, io:S2:.02}') WHERE method = 'slq' ORDER BY n;
-- Nothing to start from.
SELECT count(*) FROM arrival_case, arrival_impact(a, m, '46170', '{}', 5, '{io:S1:1}');
SELECT count(*) FROM arrival_case, arrival_impact(a, m, '46170', NULL, 5, '{io:S1:1}');
SELECT method, jobs_multiplier, coverage FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:1}', 5, NULL);
SELECT method, jobs_multiplier FROM arrival_case, arrival_impact(NULL, m, '46170', '{io:S1:1}', 5, '{io:S1:1}');
SELECT method, jobs_multiplier > 1 AS more FROM arrival_case, arrival_impact(a, NULL, '46170', '{io:S1:1}', 5, '{io:S1:1}');
SELECT * FROM arrival_case, multipliers(NULL, '{io:S1:1}');
SELECT sector, jobs FROM arrival_case, multipliers(leontief_inverse(a), '{io:S2:1}') ORDER BY 1;
SELECT * FROM arrival_case, arrival_impact(a, m, '26110', '{io:S1:1}', 5, '{io:S1:1}');
SELECT * FROM arrival_case, arrival_impact(a, m, '46170', '{io:S1:1}', 5, '{io:S1:1}', 7);
SELECT * FROM arrival_case, arrival_impact(a, as_ratio(m), '46170', '{io:S1:1}', 5, '{io:S1:1}');
DROP TABLE arrival_case;
