-- Weighted mean of the parts that are known; weights of the others are taken relative to each other.
SELECT * FROM synergy_score('{0.5, 0.25, 1, 0.2, 0.4}', '{.15, .10, .10, .45, .20}');
-- (.075 + .025 + .45) / .9
SELECT * FROM synergy_score('{0.5, 0.25, NULL, 1, 0}', '{.15, .10, .10, .45, .20}');
-- Weights are relative, and the order of the parts is nobody's business.
SELECT * FROM synergy_score('{0, 1, NULL, 0.25, 0.5}', '{2000, 4500, 1000, 1000, 1500}');

-- Powers: geometric with parts floored at 0.01; quadratic; harmonic.
SELECT * FROM synergy_score('{0.25, 1}', '{1, 1}', 0);
SELECT * FROM synergy_score('{0, 1}', '{1, 1}', 0);
SELECT * FROM synergy_score('{0.6, 0.8}', '{1, 1}', 2), sqrt(0.5) AS by_hand;
SELECT * FROM synergy_score('{0.25, 0.75}', '{1, 1}', -1);
SELECT * FROM synergy_score('{0, 1}', '{1, 1}', -1);
-- A part without weight takes no part in it, be it 0.
SELECT * FROM synergy_score('{0, 1}', '{0, 1}', -1);

-- Half up at the ninth decimal, from the exact value: 2^-10 is halfway.
SELECT * FROM synergy_score('{0.0009765625}', '{1}');
SELECT * FROM synergy_score('{1e-9, 0}', '{1, 1}');
SELECT * FROM synergy_score('{0.9999999999}', '{1}');

-- Nothing known, nothing weighed, nothing given.
SELECT * FROM synergy_score('{NULL, NULL}', '{1, 2}');
SELECT * FROM synergy_score('{0.5}', '{0}');
SELECT * FROM synergy_score('{}', '{}');
SELECT * FROM synergy_score(NULL, '{1}');

\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT * FROM synergy_score('{1}', '{1, 2}');
SELECT * FROM synergy_score('{1.5}', '{1}');
SELECT * FROM synergy_score('{-0.5}', '{1}');
SELECT * FROM synergy_score('{NaN}', '{1}');
SELECT * FROM synergy_score('{1}', '{-1}');
SELECT * FROM synergy_score('{1}', '{infinity}');
SELECT * FROM synergy_score('{1}', '{NULL}');
SELECT * FROM synergy_score('{{1}}', '{1}');
SELECT * FROM synergy_score('{1}', '{1}', 'NaN');
