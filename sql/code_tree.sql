-- The hierarchy in SQL: levels, ancestors, subtrees, similarity. That every published code has its published parent and level
-- is tested in test/pgtap/code_corpus.sql.

SELECT c AS code, scheme(c), level(c), level_name(c), parent(c), ancestor(c, 2) AS level_2, subtree_end(c)
FROM unnest('{D,35,35111,35~,ksic9:36,isic2:38,nace:35.11,naics:31-33,naics:3271,hs:8541.40,sitc:776,cofog:04.3,sna:S1311,
              ksco:A01,cluster:A.B.C,cluster:ABCDEFGHI,io:C01}'::sector_code[]) c ORDER BY c;
SELECT c AS code, scheme(c), level(c), level_name(c), parent(c), ancestor(c, 3) AS level_3, subtree_end(c)
FROM unnest('{46,46170,46170250,4617025021,41110,41111,41111101,43745,28177,41110~,kostat:31010,kostat:31011,nuts:DE212,fips:08031,
              iso:KR-46,x:COAST.A1}'::region_code[]) c ORDER BY c;

-- The chain, top first, the code itself last; a subtree end stands for the code it closes.
SELECT ARRAY(SELECT ancestors(sector_code '35111')) AS "35111", ARRAY(SELECT ancestors(sector_code 'D')) AS "D",
       ARRAY(SELECT ancestors(sector_code '35~')) AS "35~", ARRAY(SELECT ancestors(region_code '41111101')) AS "41111101",
       ARRAY(SELECT ancestors(region_code '4617025021')) AS "4617025021", ARRAY(SELECT ancestors(sector_code 'cluster:A.B.C')) AS "A.B.C";
SELECT * FROM ancestors(region_code 'nuts:DE212');
SELECT ancestor(sector_code '35111', n), n FROM generate_series(-1, 7) n;
SELECT ancestor(region_code '46170250', 3) AS "no level between";

-- Containment: a code contains itself; schemes and editions are apart.
SELECT a, b, a @> b AS "a @> b", a <@ b AS "a <@ b", lca(a, b), round(tree_similarity(a, b)::numeric, 4) AS similarity
FROM unnest('{D,35,35111,35112,351,35,35,ksic9:35,35,cluster:A,cluster:A.B,35~,35}'::sector_code[],
            '{35111,35111,35,35111,3520,36,35,35,isic:35,cluster:AB,cluster:A.C,35,35~}'::sector_code[]) AS u (a, b);
SELECT a, b, a @> b AS "a @> b", lca(a, b), round(tree_similarity(a, b)::numeric, 4) AS similarity
FROM unnest('{46,41110,41111,41111,46170,28170}'::region_code[], '{46170250,41111101,41113,41110,46710,28177}'::region_code[]) AS u (a, b);

-- NULL in, NULL out.
SELECT level(NULL::sector_code), parent(NULL::region_code), ancestor(sector_code '35', NULL), lca(sector_code '35', NULL),
       tree_similarity(NULL, region_code '46'), subtree_end(NULL::sector_code), sector_code '35' @> NULL AS contains,
       (SELECT count(*) FROM ancestors(NULL::sector_code)) AS ancestors;

-- The order is the pre-order: parents directly before their descendants, the end of a subtree after them.
SELECT string_agg(c::text, ' ' ORDER BY c) FROM unnest('{35~,3512,E,35111,D~,351,D,35,35112,3511,10,36,C,ksic9:D,isic:A}'::sector_code[]) c;
SELECT string_agg(c::text, ' ' ORDER BY c) FROM unnest('{41111,41110,41,41110101,41110~,41113,41111101,46,41130,kostat:11}'::region_code[]) c;
SELECT string_agg(c::text, ' ' ORDER BY c)
FROM unnest('{cluster:AB,cluster:A,cluster:A~,cluster:A.B,cluster:A.BC,cluster:A.B.C,cluster:A.B~,cluster:A0}'::sector_code[]) c;
SELECT min(c), max(c), count(DISTINCT c) FROM unnest('{35111,D,35,D35,NULL}'::sector_code[]) c;
SELECT min(c), max(c) FROM unnest('{}'::region_code[]) c;
