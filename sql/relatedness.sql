-- Worked by hand: r1 has a, b, c; r2 has a, b; r3 has a. Proximity ab 2/3, ac 1/3, bc 1/2.
CREATE TEMP TABLE nested AS
SELECT activity_matrix_agg(region::region_code, sector::sector_code, 1) AS m
FROM (VALUES ('11', 'A'), ('11', 'B'), ('11', 'C'), ('26', 'A'), ('26', 'B'), ('27', 'A')) v(region, sector);

SELECT sector_a, sector_b, value FROM nested, pairs(relatedness(m, presence => 'given')) ORDER BY 1, 2;
SELECT sector_a, sector_b, value FROM nested, pairs(cooccurrence(m, presence => 'given')) ORDER BY 1, 2;

-- Every method for the pair a, b: k = 3, 2; c = 2; s = 3, 3; t = 8.
SELECT method, round(value(relatedness(m, method, 'given'), 'A', 'B')::numeric, 9) AS a_b, round(by_hand, 9) AS by_hand,
       value(relatedness(m, method, 'given'), 'A', 'A') AS a_a
FROM nested, (VALUES ('proximity', 2.0 / 3), ('sqrt', 2 / sqrt(6.0)), ('asymmetric', 1), ('correlation', 0.5), ('jaccard', 2.0 / (3 + 3 - 2)),
              ('cosine', 2.0 / 3), ('association', 2.0 * 8 / 9), ('probability', 2 / ((3.0/8 * 3/5 + 3.0/8 * 3/5) * 4))) h(method, by_hand);
-- The other direction of the asymmetric one: a region with a has b in two cases of three.
SELECT value(relatedness(m, 'asymmetric', 'given'), 'B', 'A') FROM nested;

-- b and c in three regions, k 2 and 1, together once: mean 2/3, variance 2/3 * 1/3 * 2/2 = 2/9, z = 1 / sqrt(2).
SELECT value(cooccurrence(m, 'zscore', 'given'), 'B', 'C') AS z, value(cooccurrence(m, 'zscore', 'given'), 'A', 'B') AS everywhere,
       value(cooccurrence(m, 'zscore', 'given'), 'B', 'B') AS diagonal FROM nested;
-- 5 regions of 10 have each, 4 both: mean 2.5, variance 2.5 * 0.5 * 5/9; so z = 1.8, and normal tables have 0.0359 beyond it on either side.
SELECT round(value(cooccurrence(m, 'zscore', 'given'), 'C', 'F')::numeric, 6) AS z, round(value(cooccurrence(m, 'pvalue', 'given'), 'C', 'F')::numeric, 6) AS p,
       value(cooccurrence(m, 'pvalue', 'given'), 'C', 'C') AS diagonal, value(cooccurrence(m, 'pvalue', 'given'), 'A', 'C') AS everywhere
FROM (SELECT activity_matrix_agg(('x:R' || r)::region_code, s::sector_code, 1) AS m FROM generate_series(1, 10) r, unnest('{A,C,F}'::text[]) s
      WHERE s = 'A' OR s = 'C' AND r <= 5 OR s = 'F' AND r BETWEEN 2 AND 6) t;

-- Density without the own sector: (r3, b) = 2/3 / (2/3 + 1/2) = 4/7; (r2, c) = 1.
SELECT region, sector, value FROM nested, cells(relatedness_density(m, presence => 'given')) ORDER BY 1, 2;
SELECT value(relatedness_density(m, presence => 'given', self => true), '27', 'B') AS with_self, (2.0 / 3) / (2.0 / 3 + 1 + 0.5) AS by_hand FROM nested;
-- Only the most related sector: b for c, and r3 has no b.
SELECT value(relatedness_density(m, presence => 'given', k => 1), '27', 'C') AS nearest_of_c,
       value(relatedness_density(m, presence => 'given', k => 1), '27', 'B') AS nearest_of_b FROM nested;
-- Relatedness that is given gives the same as the one that is counted on demand.
SELECT relatedness_density(m, relatedness(m, presence => 'given'), presence => 'given')::text = relatedness_density(m, presence => 'given')::text AS same
FROM nested;

-- A sector present nowhere has no relatedness and no density, and harms no other.
CREATE TEMP TABLE sparse AS
SELECT specialized(activity_matrix_agg(region::region_code, sector::sector_code, value), 1.5) AS m
FROM (VALUES ('11', 'A', 9), ('11', 'B', 1), ('11', 'C', 10), ('26', 'A', 1), ('26', 'B', 9), ('26', 'C', 10)) v(region, sector, value);
SELECT sector_a, sector_b, value FROM sparse, pairs(relatedness(m, presence => 'given')) ORDER BY 1, 2;
SELECT region, sector, value FROM sparse, cells(relatedness_density(m, presence => 'given', self => true)) ORDER BY 1, 2;

-- A finer code is read through its nearest listed ancestor in a given relatedness; one that has none is an error, below.
CREATE TEMP TABLE city AS
SELECT specialized(activity_matrix_agg('x:CITY', sector, 1), reference => activity_matrix_agg('x:REST', sector, 1 + length(sector::text))) AS m
FROM unnest(ARRAY['011', '05', '10']::sector_code[]) sector;
SELECT sector, value FROM city, cells(m) ORDER BY 1;
SELECT sector, value FROM nested, city, cells(relatedness_density(city.m, relatedness(nested.m, presence => 'given'), presence => 'given')) ORDER BY 1;

SELECT relatedness(m, 'friendship') FROM nested;
SELECT cooccurrence(m, 'mean') FROM nested;
SELECT relatedness_density(m, k => 0) FROM nested;
SELECT relatedness(m, presence => 'maybe') FROM nested;
SELECT relatedness(location_quotient(m)) FROM nested;

-- Chosen cells: by default what each region lacks; as in the matrix with any other argument.
SELECT region, sector, round(density::numeric, 4) AS density FROM nested, density_candidates(m, presence => 'given') ORDER BY 1, 2;
CREATE TEMP TABLE grid AS
SELECT activity_matrix_agg(('x:R' || 100 + r)::region_code, ('cluster:S' || 100 + s)::sector_code, hashint8extended(r * 1000::int8 + s, 5) & 63) AS m
FROM generate_series(1, 70) r, generate_series(1, 150) s WHERE (hashint8extended(r * 1000::int8 + s, 7) & 1023) < 300 AND s <> 77;
WITH way(number, k, self, presence) AS (VALUES (1, NULL::int, false, 'lq'), (2, NULL, true, 'lq'), (3, 7, false, 'given'), (4, 3, true, 'given')),
     given(r) AS (SELECT NULL::sector_matrix UNION ALL SELECT relatedness(m, 'cosine') FROM grid)
SELECT number, r IS NOT NULL AS given, count(*) AS cells, bool_and(float8send(c.density) IS NOT DISTINCT FROM float8send(value(d, c.region, c.sector))) AS same
FROM way, given, grid, LATERAL (SELECT relatedness_density(m, r, k, self, presence) AS d OFFSET 0) x,
     density_candidates(m, regions(m), sectors(m), r, k, self, presence) c
GROUP BY 1, 2 ORDER BY 1, 2;
SELECT count(*), (SELECT count(*) FROM grid, cells(specialized(m)) WHERE value = 1) AS present,
       bool_and(value(specialized(m), region, sector) = 0) AS lacking FROM grid, density_candidates(m);
SELECT count(*) FROM grid, density_candidates(m, '{}');
SELECT count(*) FROM grid, density_candidates(m, presence => NULL);
SELECT count(*) FROM grid, density_candidates(m, ARRAY[NULL, 'x:R101']::region_code[]);
-- Rows of relatedness on demand are those of the matrix, by any method.
SELECT sector_a, sector_b, value FROM sparse, relatedness_pairs(m, '{B,U}', presence => 'given') ORDER BY sector_a, sector_b;
SELECT method, cardinality(whole) AS pairs, whole = rows AS same
FROM grid, unnest('{proximity,sqrt,asymmetric,correlation,jaccard,cosine,association,probability}'::text[]) method, unnest('{lq,given}'::text[]) word,
     LATERAL (SELECT array_agg((sector_a, sector_b, float8send(value))::text ORDER BY sector_a, sector_b) AS whole
              FROM pairs(relatedness(m, method, word)) WHERE sector_a IN ('cluster:S105', 'cluster:S250')) a,
     LATERAL (SELECT array_agg((sector_a, sector_b, float8send(value))::text ORDER BY sector_a, sector_b) AS rows
              FROM relatedness_pairs(m, '{cluster:S105,cluster:S250,A}', method, word)) b
ORDER BY method, word DESC;
SELECT count(*), (SELECT count(*) FROM grid, pairs(relatedness(m))) AS of_all FROM grid, relatedness_pairs(m);
SELECT count(*) FROM grid, relatedness_pairs(m, '{}');
SELECT count(*) FROM grid, relatedness_pairs(m, method => NULL);
SELECT count(*) FROM grid, relatedness_pairs(m, '{NULL}');
SELECT count(*) FROM grid, relatedness_pairs(m, method => 'friendship');
DROP TABLE nested, sparse, city, grid;

-- A relatedness that would pass 1 GB is refused before anything is counted; what is read of it on demand works.
CREATE TEMP TABLE wide AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1) AS m
FROM generate_series(1, 12000) s, LATERAL (VALUES (s), (s % 100 + 12001), (12200)) v(r);
SELECT pg_column_size(relatedness(m, presence => 'given')) FROM wide;
SELECT pg_column_size(relatedness_density(m, presence => 'given')) FROM wide;
-- Of the 11,999 partners 119 are in the same region, at 2/3; the others share one region of three.
SELECT count(*), round(sum(contribution)::numeric, 9) AS density, round((119 * 2.0) / (119 * 2 + 11880), 9) AS by_hand
FROM wide, density_explain(m, 'x:R12005', 'cluster:S4', presence => 'given');
-- The row of S4: itself, 119 in its region, all others.
SELECT round(value::numeric, 9) AS proximity, count(*) FROM wide, relatedness_pairs(m, '{cluster:S4}', presence => 'given') GROUP BY 1 ORDER BY 1;
-- R12005 has 120 sectors, S4 among them, R7 none but S7; all the densities would be too large, too.
SELECT d.region, d.sector, round(density::numeric, 9) AS density, round(by_hand / (119 * 2 + 11880), 9) AS by_hand
FROM wide, density_candidates(m, '{x:R12005,x:R7,x:R99999}', '{cluster:S4,cluster:S8888,cluster:S7,A}', presence => 'given') d
LEFT JOIN (VALUES ('x:R12005', 'cluster:S4', 119 * 2.0), ('x:R12005', 'cluster:S7', 120), ('x:R12005', 'cluster:S8888', 120), ('x:R7', 'cluster:S4', 1),
           ('x:R7', 'cluster:S7', 0), ('x:R7', 'cluster:S8888', 1)) h(region, sector, by_hand) ON h.region::region_code = d.region AND h.sector::sector_code = d.sector
ORDER BY 1, 2;
DROP TABLE wide;

-- A relatedness of other sectors is an error that names the first and counts them; one with more sectors serves, and so does one with
-- ancestors, when it is a ratio. A sector that is related to none is listed by itself, and has no density.
CREATE TEMP TABLE local AS SELECT '{11:{35:2, 58:1, 61:1}, 26:{35:1, 58:3}, 27:{61:2, 58:1}}'::activity_matrix AS m;
SELECT relatedness_density(m, '{35:{58:0.5}, 58:{35:0.5}}') FROM local;
SELECT distance(m, '{ksic9:35:{ksic9:58:0.5}, ksic9:58:{ksic9:35:0.5}}') FROM local;
-- A region that is equally near to all it lacks: no differences but those of rounding.
SELECT n, count(c.value) AS numbers
FROM (SELECT n, relative_relatedness(activity_matrix_agg(format('x:R%s', r)::region_code, s::sector_code, 1), presence => 'given') AS z
      FROM unnest(ARRAY[2, 3, 9, 10, 11, 13]) n, LATERAL (SELECT i AS r, 'cluster:A' AS s FROM generate_series(1, n) i UNION ALL SELECT i, format('cluster:S%s', i) FROM generate_series(1, n) i
           UNION ALL SELECT n + 1, format('cluster:S%s', i) FROM generate_series(1, n) i UNION ALL SELECT n + 2, 'cluster:A') t GROUP BY n) x
     CROSS JOIN LATERAL (SELECT value FROM cells(z) WHERE region = format('x:R%s', n + 2)::region_code) c GROUP BY n ORDER BY n;
SELECT relative_relatedness(m, '{}') FROM local;
SELECT * FROM local, density_candidates(m, r => '{nace:A:{nace:C:1}}');
SELECT * FROM local, density_explain(m, '11', '35', '{35:{58:0.5}}');
SELECT * FROM local, complexity_outlook(m, '{35:{58:0.5}}');
SELECT opportunity_gain(m, '{35:{58:0.5}}') FROM local;
SELECT region, sector, value FROM local, cells(relatedness_density(m, '{35:{58:0.5, 61:0.25, 62:0.25}, 58:{35:0.5, 11:3}, 61:{35:1}, 62:{35:1}}', presence => 'given')) ORDER BY 1, 2;
SELECT count(value) FROM local, cells(relatedness_density(m, as_ratio('{D:{J:0.5}, J:{D:0.5}}'::sector_matrix))) WHERE sector = '61';
SELECT sector, count(value) FROM local, cells(relatedness_density(m, '{35:{58:0.5}, 58:{35:0.5}, 61:{61:1}}')) GROUP BY sector ORDER BY sector;
-- Tables of other regions have nothing in common either; an empty one has no codes that could differ.
SELECT cross_proximity(m, '{kostat:36:{A:1}}') FROM local;
SELECT cross_density(m, '{46170:{A:1}}') FROM local;
SELECT cross_density(m, '{}'), cross_density('{}', m) IS NOT NULL AS empty FROM local;
DROP TABLE local;

-- Mean density inside and outside, by EconGeo 1.3 relatedness.density.int.avg and ext.avg before they round; by plain SQL with k and self.
CREATE TEMP TABLE four AS SELECT '{11:{A:6,C:3,J:1}, 26:{A:2,C:7,K:4}, 27:{C:2,J:5,K:8}, 41:{A:1,J:4,K:5}}'::activity_matrix AS m;
SELECT region, present, round(absent::numeric, 12) AS absent FROM four, density_mean(m) ORDER BY 1;
SELECT bool_and(d.present IS NOT DISTINCT FROM h.present) AS present, bool_and(d.absent IS NOT DISTINCT FROM h.absent) AS absent
FROM four, density_mean(m, NULL, 2, true) d JOIN LATERAL
     (SELECT region, avg(coalesce(value(x, region, s), 0)) FILTER (WHERE value(p, region, s) = 1) AS present, avg(coalesce(value(x, region, s), 0)) FILTER (WHERE value(p, region, s) = 0) AS absent
      FROM (SELECT relatedness_density(m, NULL, 2, true) AS x, specialized(m) AS p OFFSET 0) q, unnest(regions(m)) region, unnest(sectors(m)) s GROUP BY region) h USING (region);
SELECT * FROM density_mean('{11:{A:1}}');
DROP TABLE four;
