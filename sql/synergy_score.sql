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

-- Any finite power: next to 0 no digit is lost (by eighty digits 0.528518877387, 0.528518834436 and twice 0.528518876962), and far from it the
-- mean comes to the greatest part or the least: 0.9 x 0.2^(1/5000), 0.3 x 0.3^(-1/5000), and their limits.
SELECT p, (synergy_score('{0.6, 0.3, 0.9, 0}', '{0.5, 0.3, 0.2, 0}', p)).score
FROM unnest('{1e-8, -1e-6, 1e-16, 1e-300, 5000, -5000, 1e300, -1e300}'::float8[]) WITH ORDINALITY u (p, place) ORDER BY place;
SELECT round(0.9 * 0.2 ^ (1 / 5000.0), 9) AS greatest, round(0.3 * 0.3 ^ (-1 / 5000.0), 9) AS least;

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

-- The inverse in one part. By hand: (0.5 + 0.25 + v) / 3 = 0.5 gives 0.75; 0.9 would need 1.95.
\set VERBOSITY terse
SELECT synergy_needed('{0.5, 0.25, 0.3, NULL, 0.7}', '{1, 1, 1, 1, 0}', 1, 0.5);
SELECT synergy_needed('{0.5, 0.25, 0.3}', '{1, 1, 1}', 1, 0.9);
-- Geometric: sqrt(v 0.25) = 0.5 gives 1; a part of 0 counts as 0.01. Harmonic: 2 / (1/v + 1/0.4) = 0.5 gives 2/3.
SELECT array_agg(round(v::numeric, 12)) FROM unnest(synergy_needed('{0.5, 0.25}', '{1, 1}', 0, 0.5)) v;
SELECT array_agg(round(v::numeric, 12)) FROM unnest(synergy_needed('{0, 0.25}', '{1, 1}', 0, 0.08)) v;
SELECT array_agg(round(v::numeric, 12)) FROM unnest(synergy_needed('{0.3, 0.4}', '{1, 1}', -1, 0.5)) v;
-- Another part of 0 keeps a harmonic mean at 0.
SELECT synergy_needed('{0, 0.4}', '{1, 1}', -1, 0.2);
-- Put in, it gives the score: 3000 draws of five parts, seven powers.
SELECT setseed(0.7);
SELECT count(*) AS draws, count(*) FILTER (WHERE d.v IS NOT NULL) > 1000 AS many_reach,
       count(*) FILTER (WHERE d.v IS NOT NULL AND s.score <> d.goal) AS wrong,
       count(*) FILTER (WHERE d.v IS NULL AND m.score >= d.goal AND l.score <= d.goal) AS missed
FROM (SELECT p.*, (synergy_needed(p.part, p.weight, p.power, p.goal::float8))[p.place] AS v
      FROM (SELECT ARRAY[0.02 + 0.98 * random(), 0.02 + 0.98 * random(), 0.02 + 0.98 * random(), NULL, random()] AS part,
                   ARRAY[random(), 0.1 + random(), 0.1 + random(), random(), 0] AS weight,
                   (ARRAY[1, 0, -1, 2, 0.5, 1e-9, -1e-5])[1 + g % 7]::float8 AS power, round((0.1 + 0.8 * random())::numeric, 9) AS goal, 2 + g % 2 AS place
            FROM generate_series(1, 3000) g) p) d
CROSS JOIN LATERAL synergy_score(d.part[1:d.place - 1] || coalesce(d.v, 0) || d.part[d.place + 1:], d.weight, d.power) s
CROSS JOIN LATERAL synergy_score(d.part[1:d.place - 1] || 1::float8 || d.part[d.place + 1:], d.weight, d.power) m
CROSS JOIN LATERAL synergy_score(d.part[1:d.place - 1] || 0::float8 || d.part[d.place + 1:], d.weight, d.power) l;
SELECT synergy_needed('{}', '{}', 1, 0.5);
SELECT synergy_needed('{1}', '{1}', 1, 1.5);
SELECT synergy_needed('{1}', '{1}', 1, 'NaN');
SELECT synergy_needed('{1}', '{1, 2}', 1, 0.5);
