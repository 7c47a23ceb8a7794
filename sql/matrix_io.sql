-- Text and binary forms of activity_matrix, sector_matrix and sector_profile.
\set VERBOSITY default
\set SHOW_CONTEXT never

-- Any order and white space in, ascending out.
SELECT '{46170:{35111:120, 26:30},46110 : { 26 :5 } }'::activity_matrix;
SELECT ' { 35111 : 0.7 , 26:.3 } '::sector_profile, '{26:{35111:0.25, 26:1}}'::sector_matrix;
SELECT '{}'::activity_matrix, '{}'::sector_matrix, '{}'::sector_profile, 'ratio {}'::activity_matrix;

-- Codes of other schemes and editions have colons of their own.
SELECT '{x:NAJU:{group:DE:1e3, cluster:A.B:2}}'::activity_matrix, '{ksic9:36:1, ksic9:D:2}'::sector_profile;

-- A quantity has no zeros and lists the codes of its cells; a ratio lists its codes, zeros included.
SELECT '{46170:{35111:0, 26:-0}, 46110:{10:1}, 46130:{}}'::activity_matrix AS quantity,
       'ratio {46170:{35111:0, 26:-0}, 46110:{10:1}, 46130:{}}'::activity_matrix AS ratio;
SELECT 'ratio {46170:{35111:null, 26:1.5}}'::activity_matrix;

-- Numbers: the shortest decimal that reads back; a sum where the exact value is no float8; no setting matters.
SET extra_float_digits = -10;
SELECT '{26:0.1, 27:1e22, 28:5e-324, 29:123456789012345678, 30:0.000001, 31:100000000000000000000}'::sector_profile;
SELECT '{26:0.1+1e-20+0.2, 27:1e22+1, 28:1-1e-30, 29:1 - 1}'::sector_profile;
SELECT '{26:1e60+1e30+1-1e60-1e30, 27:1e60+1e30+1-1e30-1e60, 28:1e30+1e60-1e-30-1e60-1e30+1e-30, 29:1e60+1e30+1+1e-30-1e30-1e60-1}'::sector_profile;
RESET extra_float_digits;
SELECT text(m)::activity_matrix::text = text(m) AS same
FROM (VALUES ('{46:{26:0.1+1e-20, 27:-1e300-1, 28:2e-320}, 51:{C:7}}'::activity_matrix)) v(m);

-- Binary, and back.
CREATE TEMP TABLE stored (id int, m activity_matrix, r sector_matrix, p sector_profile);
INSERT INTO stored VALUES
    (1, '{46170:{35111:120, 26:30}, 46110:{26:5}}', '{26:{26:1, 35111:0.25}}', '{35111:0.7, 26:0.3}'),
    (2, 'ratio {46170:{35111:null, 26:1.5, 10:0}, 46:{}}', 'ratio {26:{27:0}, 28:{27:1e-3, 28:null}}', '{}'),
    (3, '{46:{26:0.1+1e-20, 27:-1e300-1, 28:2e-320}, 51:{C:7}}', '{}', '{26:0.1+1e-20}'),
    (4, NULL, NULL, NULL);
SELECT encode(activity_matrix_send(m), 'hex') FROM stored WHERE id = 1;
SELECT id, octet_length(activity_matrix_send(m)) AS activity, octet_length(sector_matrix_send(r)) AS sector,
       octet_length(sector_profile_send(p)) AS profile
FROM stored ORDER BY id;

-- The dense form is stored where 8 bytes for each place are no more than 12 for each cell.
SELECT pg_column_size('{46:{26:1, 27:1}, 47:{27:1, 28:1}}'::activity_matrix) AS dense, pg_column_size('{46:{26:1, 27:1, 28:1, 29:1}, 47:{27:1}}'::activity_matrix) AS sparse;

-- What is no matrix.
SELECT ''::activity_matrix;
SELECT '{46170:{26:1}'::activity_matrix;
SELECT '{46170:{26:1}} and more'::activity_matrix;
SELECT '{46170:{26:}}'::activity_matrix;
SELECT '{46170:{26:1,}}'::activity_matrix;
SELECT '{46170:{1}}'::activity_matrix;
SELECT '{46170:26:1}'::activity_matrix;
SELECT '{46170:{26:nan}}'::activity_matrix;
SELECT '{46170:{26:infinity}}'::activity_matrix;
SELECT '{46170:{26:0x10}}'::activity_matrix;
SELECT '{46170:{26:1e400}}'::activity_matrix;
SELECT '{46170:{26:null}}'::activity_matrix;
SELECT '{46170:{26:1, 26:2}}'::activity_matrix;
SELECT '{46170:{26:1}, 46170:{27:2}}'::activity_matrix;
SELECT '{36040:{26:1}}'::activity_matrix;
SELECT '{46170:{나주:1}}'::activity_matrix;
SELECT '{46170:{26:1, ksic9:27:2}}'::activity_matrix;
SELECT '{26:-1}'::sector_profile;
SELECT 'ratio {26:1}'::sector_profile;
SELECT ('{46170:{26:' || repeat('9', 500) || '}}')::activity_matrix;
SELECT ('{26:' || repeat('1+', 100) || '1}')::sector_profile;

-- JSON and arrays.
SELECT m::json FROM stored WHERE id < 4 ORDER BY id;
SELECT to_jsonb(r), to_json(p) FROM stored ORDER BY id;
SELECT to_array(m), regions(m), sectors(m) FROM stored ORDER BY id;
SELECT to_array('{}');
SELECT activity_matrix_from_array('{46110,46170}', '{26,35111}', '{{5,NULL},{30,120}}') = m FROM stored WHERE id = 1;
SELECT activity_matrix_from_array('{46110,46110}', '{26,26}', '{{1,2},{4,8}}'), activity_matrix_from_array('{}', '{}', '{}');
SELECT activity_matrix_from_array('{46110}', '{26}', '{{1,2}}');
SELECT activity_matrix_from_array('{46110,NULL}', '{26}', '{{1},{2}}');
SELECT activity_matrix_from_array('{46110}', '{26}', '{{Infinity}}');
SELECT sector_matrix_to_array(r), sectors_a(r), sectors_b(r) FROM stored ORDER BY id;
SELECT sector_matrix_from_array('{26}', '{26,35111}', '{{1,0.25}}') = r FROM stored WHERE id = 1;
SELECT sector_matrix_from_array('{26}', '{26,35111}', '{{1}}');
SELECT sector_matrix_from_array('{26}', '{NULL}', '{{1}}');

-- JSON and back: all but remainders. The text forms take the documents as well.
SELECT id, m::json::activity_matrix AS m, to_jsonb(m)::activity_matrix = m AS same, to_jsonb(r)::sector_matrix = r AS same, p::json::sector_profile AS p FROM stored ORDER BY id;
SELECT '{"kind":"ratio","cells":{"46170":{"26":1.5}},"sectors":["35111"],"regions":["46"]}'::activity_matrix, '{"ksic9:36": 2, 26 : 1}'::sector_profile,
       '{"46110":{"26":5}}'::activity_matrix, '{"kind":"quantity","regions":["46"],"sectors":[],"cells":{}}'::activity_matrix AS empty;
SELECT '{"kind":"stock","cells":{}}'::activity_matrix;
SELECT '{"kind":"ratio"}'::activity_matrix;
SELECT '{"kind":"ratio","cells":{},"cells":{}}'::activity_matrix;
SELECT '{"cells":{"46":{"26":null}},"regions":["47"],"kind":"ratio"}'::activity_matrix AS any_order;
SELECT '{"cells":{"46":{"26":1}}}'::activity_matrix;
SELECT '{"cells":{"kind":{"26":1}}}'::activity_matrix;
SELECT '{"kind":"ratio","rows":["26"],"columns":["27"],"cells":{}}'::activity_matrix;
SELECT '{"kind":"ratio","rows":["26"],"columns":["나주"],"cells":{}}'::sector_matrix;
SELECT '{"kind":"ratio","rows":["26",],"cells":{}}'::sector_matrix;
SELECT '{"4\u0036":{"26":5}}'::activity_matrix;
SELECT '{"46:{"26":5}}'::activity_matrix;
SELECT '{"46"}'::activity_matrix;
SELECT 'ratio {"kind":"ratio","cells":{}}'::activity_matrix;
SELECT '[1, 2]'::json::activity_matrix;
