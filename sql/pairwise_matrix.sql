-- pairwise_matrix: text and binary form, what is refused, and how
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT '{cost/quality=3, cost/time=1/5, quality/time=0.25}'::pairwise_matrix;
SELECT ' { b / a = 2 , c } '::pairwise_matrix;
SELECT '{"two words"/비용=1e-3, "q\"uo\\te", "a,b"/"{}"=7}'::pairwise_matrix;
SELECT '{alone}'::pairwise_matrix, '{a/b=3, b/a=1/3, a/a=1}'::pairwise_matrix;
-- the text form round-trips
SELECT bool_and(m::text::pairwise_matrix = m) AS same
FROM unnest('{"{a/b=3}","{a/b=0.3333333333333333,c}","{\"x y\"/\"z\\\"\"=123456.789}"}'::pairwise_matrix[]) m;
SELECT pairwise_matrix_send('{a/b=3,b/c=0.5}');
-- syntax
SELECT ''::pairwise_matrix;
SELECT '{}'::pairwise_matrix;
SELECT '{a/b}'::pairwise_matrix;
SELECT '{a/b=}'::pairwise_matrix;
SELECT '{a/b=0}'::pairwise_matrix;
SELECT '{a/b=-3}'::pairwise_matrix;
SELECT '{a/b=1/0}'::pairwise_matrix;
SELECT '{a/b=nan}'::pairwise_matrix;
SELECT '{a/b=1e400}'::pairwise_matrix;
SELECT '{a/b=1e-300/1e300}'::pairwise_matrix;
SELECT '{가나/다=3'::pairwise_matrix;
SELECT '{a/b=3} x'::pairwise_matrix;
SELECT '{"a/b=3}'::pairwise_matrix;
SELECT '{""/b=3}'::pairwise_matrix;
SELECT '{a/b=3,,c}'::pairwise_matrix;
-- judgements
SELECT '{a/b=1e10}'::pairwise_matrix;
SELECT '{a/a=2}'::pairwise_matrix;
SELECT '{a/b=3, b/a=3}'::pairwise_matrix;
SELECT ('{' || repeat('x', 1001) || '}')::pairwise_matrix;
SELECT ('{' || string_agg('c' || i, ',') || '}')::pairwise_matrix FROM generate_series(1, 501) i;
-- the aggregate
SELECT pairwise_matrix_agg(a, b, j) FROM (VALUES ('b', 'a', 0.5::float8), ('b', 'c', NULL), ('d', 'd', 1)) t (a, b, j);
SELECT pairwise_matrix_agg(a, b, j) FROM (VALUES ('a', 'b', 1::float8)) t (a, b, j) WHERE false;
SELECT pairwise_matrix_agg(a, b, j) FROM (VALUES ('a', NULL, 1::float8)) t (a, b, j);
SELECT pairwise_matrix_agg('a', 'b', 0);
SELECT pairwise_matrix_agg('a', 'b', 'NaN');
SELECT pairwise_matrix_agg('a', 'b', '-Infinity');
SELECT pairwise_matrix_agg('a', '', 1);
SELECT pairwise_matrix_agg('a', b, j) FROM (VALUES ('b', 2::float8), ('b', 3)) t (b, j);
-- moving frames call the final function again and again
SELECT a, pairwise_matrix_agg(a, 'z', i) OVER (ORDER BY i ROWS UNBOUNDED PRECEDING) FROM (VALUES ('c', 1), ('a', 2), ('b', 3)) t (a, i);
-- reading
SELECT * FROM judgements('{a/b=4,c/a=2,d}');
SELECT judgement(m, 'a', 'b') AS ab, judgement(m, 'b', 'a') AS ba, judgement(m, 'a', 'a') AS aa, judgement(m, 'b', 'c') AS bc, judgement(m, 'a', 'x') AS ax
FROM (VALUES ('{a/b=4,c/a=2}'::pairwise_matrix)) t (m);
SELECT criteria('{b/a=4,c}');
SELECT m, count(*) FROM unnest('{"{a/b=2}","{b/a=0.5}","{a/b=3}"}'::pairwise_matrix[]) m GROUP BY m ORDER BY m::text;
SELECT * FROM worst_triad('{a/b=2}');
SELECT * FROM worst_triad('{a/b=2,b/c=2,a/c=2}');
SELECT * FROM ahp_weights('{a/b=2}', 'column means');
SELECT * FROM ahp_weights(NULL);
SELECT consistency_ratio(pairwise_matrix_agg('c' || i, 'd' || i, NULL)) FROM generate_series(1, 8) i;
SELECT consistency_ratio(pairwise_matrix_agg('c' || i, 'c' || i + 1, 2)) FROM generate_series(1, 15) i;
SELECT pairwise_matrix('{a,b}', '{1,0}');
SELECT pairwise_matrix('{a,b,a}', '{1,2,3}');
SELECT pairwise_matrix('{a,b}', '{1}');
-- binary form: the truth, then bytes that lie
CREATE TEMP TABLE wire (m pairwise_matrix);
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\001\\000\\000\\000\\002\\000\\000\\000\\001b\\000\\000\\000\\001a\\100\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
SELECT * FROM wire;
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\002\\000\\000\\000\\002\\000\\000\\000\\001b\\000\\000\\000\\001a\\100\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\001\\177\\377\\377\\377\\000\\000\\000\\001b\\000\\000\\000\\001a\\100\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\001\\000\\000\\000\\002\\000\\000\\000\\001a\\000\\000\\000\\001a\\100\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\001\\000\\000\\000\\002\\177\\000\\000\\001b\\000\\000\\000\\001a\\100\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
\copy wire from program 'printf "PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001\\000\\000\\000\\030\\000\\001\\000\\000\\000\\002\\000\\000\\000\\001b\\000\\000\\000\\001a\\300\\000\\000\\000\\000\\000\\000\\000\\377\\377"' (format binary)
DROP TABLE wire;
