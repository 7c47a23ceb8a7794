-- innocity_kr: bridges between the revisions of KSIC
SET client_min_messages = warning;
CREATE EXTENSION innocity_kr;
\set VERBOSITY default
\set SHOW_CONTEXT never
-- one of each sort of link, from the official table: renamed, split in two, merged, exchanged
SELECT relation, count(*) FROM ksic_9_10_kr GROUP BY 1 ORDER BY 1;
SELECT relation, count(*) FROM ksic_10_11_kr GROUP BY 1 ORDER BY 1;
-- codes whose meaning changed although the digits did not: in both lists, but not linked to themselves
WITH link (revisions, x, y) AS (
    SELECT '9 to 10', split_part(from_code::text, ':', 2), split_part(to_code::text, ':', 2) FROM ksic_9_10_kr
    UNION ALL
    SELECT '10 to 11', split_part(from_code::text, ':', 2), split_part(to_code::text, ':', 2) FROM ksic_10_11_kr)
SELECT l.revisions, count(DISTINCT l.x)
  FROM link l
 WHERE EXISTS (SELECT FROM link t WHERE t.revisions = l.revisions AND t.y = l.x)
   AND NOT EXISTS (SELECT FROM link t WHERE t.revisions = l.revisions AND t.x = l.x AND t.y = l.x)
 GROUP BY 1 ORDER BY 2 DESC;
SELECT p.* FROM pairs(ksic_bridge(9, 10)) p WHERE p.sector_a IN ('ksic9:26212', 'ksic9:27193', 'ksic9:36010');
-- the same in plain SQL: each code's shares are equal and add up to 1
SELECT count(*), count(*) FILTER (WHERE p.value = 1.0 / n.n)
  FROM pairs(ksic_bridge(10, 11)) p JOIN (SELECT from_code, count(*)::float8 AS n FROM ksic_10_11_kr GROUP BY 1) n ON n.from_code = p.sector_a;
SELECT a, b, count(*) AS pairs, count(DISTINCT sector_a) AS codes, round(sum(value)::numeric, 9) AS weight
  FROM (VALUES (9, 10), (10, 9), (10, 11), (11, 10), (9, 11), (11, 9), (9, 9), (10, 10), (11, 11)) v (a, b), pairs(ksic_bridge(a, b)) GROUP BY 1, 2 ORDER BY 1, 2;
-- sections: water supply moved from D to E between 9 and 10
SELECT * FROM pairs(ksic_bridge(9, 10, 1)) WHERE sector_a IN ('ksic9:D', 'ksic9:E');
SELECT * FROM pairs(ksic_bridge(9, 10, 2)) WHERE sector_a = 'ksic9:36';
-- bare codes
SELECT * FROM pairs(ksic_bridge(10, 11, 2, bare => true)) WHERE sector_a <> ('ksic10:' || sector_b::text)::sector_code;
SELECT count(*) FROM pairs(ksic_bridge(11, 11, bare => true)) WHERE sector_a = ('ksic11:' || sector_b::text)::sector_code;
-- nothing is lost on the way
SELECT total(convert(m, ksic_bridge(9, 11, 2))) AS total, sectors(convert(m, ksic_bridge(9, 11, 2, bare => true)))
  FROM (SELECT activity_matrix_agg(region_code '46170', s, v) FROM (VALUES (sector_code 'ksic9:36', 10::float8), ('ksic9:37', 5.5), ('ksic9:35', 3)) t (s, v)) a (m);
-- refused
SELECT ksic_bridge(8, 10);
SELECT ksic_bridge(10, 12);
SELECT ksic_bridge(10, 9, bare => true);
SELECT ksic_bridge(9, 10, 6);
SELECT ksic_bridge(9, NULL) IS NULL AS nothing;
DROP EXTENSION innocity_kr;
