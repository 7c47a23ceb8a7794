-- ranking: what is refused, and how
\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TEMP TABLE candidate (name text, c float8[]);
INSERT INTO candidate VALUES ('a', '{1,20}'), ('b', '{3,10}'), ('c', '{2,30}'), ('d', NULL);
SELECT name, round(wsm(c, '{0.6,0.4}', '{max,min}') OVER w::numeric, 3) AS wsm FROM candidate WINDOW w AS () ORDER BY name;
-- the function is a window function and nothing else
SELECT wsm(c, '{1,1}', '{max,min}') FROM candidate;
-- named arguments and defaults
SELECT name, smaa(c, directions => '{max,min}', samples => 100, seed => 5) OVER () FROM candidate ORDER BY name;
-- criteria
SELECT wsm('{1,NaN}', '{1,1}', '{max,max}') OVER ();
SELECT wsm('{1,Infinity}', '{1,1}', '{max,max}') OVER ();
SELECT wsm('{1,1e101}', '{1,1}', '{max,max}') OVER ();
SELECT wsm('{}', '{}', '{}') OVER ();
SELECT wsm('{{1,2}}', '{1,1}', '{max,max}') OVER ();
SELECT wsm(c || name::text::int, '{1,1}', '{max,max}') OVER () FROM (VALUES ('1', '{1}'::float8[]), ('2', '{1,2}')) t (name, c);
-- weights
SELECT wsm(c, '{1}', '{max,min}') OVER () FROM candidate;
SELECT wsm(c, '{1,-1}', '{max,min}') OVER () FROM candidate;
SELECT wsm(c, '{0,0}', '{max,min}') OVER () FROM candidate;
SELECT wsm(c, '{1,NULL}', '{max,min}') OVER () FROM candidate;
SELECT wsm(c, NULL, '{max,min}') OVER () FROM candidate;
SELECT wsm(c, c, '{max,min}') OVER () FROM candidate;
-- directions and normalization
SELECT wsm(c, '{1,1}', '{max,up}') OVER () FROM candidate;
SELECT wsm(c, '{1,1}', '{max,NULL}') OVER () FROM candidate;
SELECT wsm(c, '{1,1}', '{max,min}', 'z-score') OVER () FROM candidate;
SELECT wsm(c, '{1,1}', '{max,min}', 'none') OVER () FROM candidate;
SELECT wsm('{-1}', '{1}', '{max}', 'max') OVER ();
SELECT wsm('{0}', '{1}', '{min}', 'sum') OVER ();
SELECT wpm('{0}', '{1}', '{max}') OVER ();
SELECT wpm('{1}', '{1}', '{max}', 'vector') OVER ();
SELECT topsis('{-1}', '{1}', '{max}', 'sum') OVER ();
SELECT vikor(c, '{1,1}', '{max,min}', 1.5) OVER () FROM candidate;
-- promethee
SELECT promethee(c, '{1,1}', '{max,min}', '{usual}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{usual,steep}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{usual,u_shape}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{usual,v_shape}', NULL, '{NULL,0}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{level,usual}', '{2,NULL}', '{1,NULL}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{linear,usual}', '{1,NULL}', '{1,NULL}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{gaussian,usual}', NULL, '{NaN,NULL}') OVER () FROM candidate;
SELECT promethee(c, '{1,1}', '{max,min}', '{linear,usual}', '{1}', '{2,NULL}') OVER () FROM candidate;
-- smaa
SELECT smaa(c, '{max,min}', samples => 0) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', spread => 0.2) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', weights => '{1,1}', spread => 0.2, concentration => 3) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', weights => '{1,1}', spread => 2) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', weights => '{1,1}', concentration => 0) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', normalization => 'none') OVER () FROM candidate;
SELECT smaa(c, '{max,min}', normalization => 'sum') OVER () FROM candidate;
SELECT smaa(c, '{max,min}', ranks => 0) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', seed => NULL) OVER () FROM candidate;
SELECT smaa(c, '{max,min}', deviations => '{1,-1}') OVER () FROM candidate;
SELECT smaa(c, '{max,min}', deviations => CASE name WHEN 'a' THEN '{1,1}'::float8[] END) OVER () FROM candidate;
-- stability and agreement
SELECT weight_stability(c, '{1,1}', '{max,min}') FROM candidate;
SELECT weight_stability(c, '{1,1}', '{max,min}', 'minmax', 'second') FROM candidate;
SELECT weight_stability(c, ARRAY[1, c[1]], '{max,min}') FROM candidate WHERE c IS NOT NULL;
SELECT rank_reversal(c, '{1,1}', '{max,min}', 'electre') OVER () FROM candidate;
SELECT kendall_tau('NaN', 1);
SELECT rank_biased_overlap('{a,b,a}', '{a}');
SELECT rank_biased_overlap('{a,NULL}', '{a}');
SELECT rank_biased_overlap('{a}', '{a}', 1);
-- cancelled while it computes
SET statement_timeout = '500ms';
SELECT count(x) FROM (SELECT promethee(ARRAY[i], '{1}', '{max}', '{gaussian}', NULL, '{1e9}') OVER () AS x FROM generate_series(1, 100000) i) t;
SELECT count(x) FROM (SELECT smaa(ARRAY[i, -i], '{max,max}', samples => 10000000) OVER () AS x FROM generate_series(1, 1000) i) t;
RESET statement_timeout;
DROP TABLE candidate;
