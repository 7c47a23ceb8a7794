CREATE TEMP TABLE four AS SELECT '{11:{A:6,C:3,J:1}, 26:{A:2,C:7,K:4}, 27:{C:2,J:5,K:8}, 41:{A:1,J:4,K:5}}'::activity_matrix AS m;

-- economic-complexity 0.3.0, similarity(rca): correlations of ln(RCA + 0.1).
SELECT region_a, region_b, abs(similarity - theirs) < 1e-15 AS same
FROM four, region_similarity(m) JOIN (VALUES ('11', '26', 0.1489334172988981), ('11', '27', -0.8251660019880754), ('11', '41', -0.5067352006531516), ('26', '27', -0.4012798625459100), ('26', '41', -0.7619487327700508),
                                             ('27', '41', 0.3632500433127855)) v(a, b, theirs) ON region_a = a::region_code AND region_b = b::region_code ORDER BY 1, 2;
-- By PostgreSQL's own correlation, with another epsilon; of one region with each other.
SELECT region_b, abs(similarity - (SELECT corr(ln(value(q, '27', s) + 0.5), ln(value(q, region_b, s) + 0.5)) FROM unnest(sectors(q)) s)) < 1e-15 AS same
FROM four, LATERAL (SELECT location_quotient(m) AS q OFFSET 0) l, region_similarity(m, '27', 0.5) ORDER BY 1;
-- Proportional regions are one, opposite ones minus one; a region in proportion to the whole has no correlation.
SELECT region_a, region_b, similarity FROM region_similarity('{11:{A:1,C:2}, 26:{A:10,C:20}, 27:{A:2,C:1}}') ORDER BY 1, 2;
SELECT region_a, region_b, similarity FROM region_similarity('{11:{A:0.1,C:0.2}, 26:{A:0.3,C:0.6}}');
SELECT count(*) FROM four, region_similarity(m, '99');
SELECT count(*) FROM four, region_similarity(m, NULL, NULL);
SELECT count(*) FROM region_similarity('{}');
-- Over two sectors all correlations are 1 or -1, and rounding takes none beyond.
SELECT bool_and(abs(abs(similarity) - 1) < 1e-15) AS one, count(*) FILTER (WHERE similarity > 1) AS above, count(*) FILTER (WHERE similarity < -1) AS below, count(*) FILTER (WHERE similarity > 0) > 100 AS alike, count(*) FILTER (WHERE similarity < 0) > 100 AS opposite
FROM (SELECT activity_matrix_agg(('x:R' || r)::region_code, s, 1 + (hashint4extended(r, ascii(s::text)) & 1023)) AS m FROM generate_series(1, 40) r, unnest('{A,C}'::sector_code[]) s) x, region_similarity(m);
SELECT * FROM four, region_similarity(m, epsilon => 0);
SELECT * FROM four, region_similarity(m, epsilon => 'infinity');

-- Standardized quotients, by R: (q - mean) / deviation of the population over the regions, and the same of logarithms. (REAT's locq2 takes from
-- sector i the mean of region i.)
SELECT round(value::numeric, 12) = round(r::numeric, 12) AS same, count(*)
FROM four, cells(standardized_lq(m)) JOIN (VALUES ('11', 'A', 1.6813756276096028), ('26', 'A', -0.2593166390840680), ('27', 'A', -0.9285208689784374), ('41', 'A', -0.4935381195470974), ('11', 'C', 0.2838211652334930),
     ('26', 'C', 1.4701298558723630), ('27', 'J', 0.7624928516630232), ('41', 'K', 0.7776212509257493)) v(a, b, r) ON a::region_code = region AND b::sector_code = sector GROUP BY 1;
SELECT region, sector, value IS NULL AS absent, round(value::numeric, 12) = round(r::numeric, 12) AS same
FROM four, cells(standardized_lq(m, true)) JOIN (VALUES ('11', 'A', 1.3761984081703715), ('26', 'A', -0.4060381184813728), ('27', 'A', NULL), ('41', 'A', -0.9701602896889987), ('41', 'C', NULL)) v(a, b, r) ON a::region_code = region AND b::sector_code = sector ORDER BY 1, 2;
SELECT count(*), count(value) FROM cells(standardized_lq('{11:{A:0.1,C:0.2}, 26:{A:0.3,C:0.6}}'));

-- EconGeo 1.3, norm.ubiquity before it rounds.
SELECT sector, abs(value - theirs) < 1e-15 AS same FROM four, normalized_ubiquity(m) JOIN (VALUES ('A', 1.3125), ('C', 0.875), ('J', 0.7291666666666667), ('K', 1.2395833333333335)) v(s, theirs) ON s::sector_code = sector ORDER BY 1;
SELECT * FROM normalized_ubiquity('{}');

-- The core: C hangs on region 27 alone; without C region 27 has one sector, and goes too.
SELECT trim_core('{11:{A:1,B:1}, 26:{A:1,B:1}, 27:{B:1,C:1}, 28:{D:5}}', 2, 2, 'given');
-- econcomplex 1.0.1, trim_core(dmin = 2, umin = 2), by its description in plain SQL: take out what is below until nothing is.
CREATE TEMP TABLE sparse AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, 1 + hashint4(r * 100 + s) & 7) AS m
FROM generate_series(1, 25) r, generate_series(1, 30) s WHERE (hashint4(r * 1000 + s) & 15) < 2;
CREATE TEMP TABLE pass AS SELECT 0 AS n, region, sector, value FROM sparse, cells(m);
DO $$
BEGIN
    FOR i IN 1..50 LOOP
        INSERT INTO pass
        WITH now AS (SELECT * FROM pass WHERE n = i - 1),
             present AS (SELECT region, sector FROM now WHERE value * (SELECT sum(value) FROM now)
                         >= (SELECT sum(value) FROM now x WHERE x.region = now.region) * (SELECT sum(value) FROM now x WHERE x.sector = now.sector))
        SELECT i, region, sector, value FROM now
        WHERE (SELECT count(*) FROM present p WHERE p.region = now.region) >= 2 AND (SELECT count(*) FROM present p WHERE p.sector = now.sector) >= 2;
    END LOOP;
END $$;
SELECT count(DISTINCT n) > 2 AS passes, activity_matrix_agg(region, sector, value) FILTER (WHERE n = 50) = (SELECT trim_core(m, 2, 2) FROM sparse) AS same,
       count(*) FILTER (WHERE n = 0) AS before, count(*) FILTER (WHERE n = 50) AS core FROM pass;
SELECT trim_core(m, 100) FROM sparse;
SELECT trim_core(as_ratio('{11:{A:1,B:1}, 26:{A:1,B:1}, 27:{C:1}}'::activity_matrix), 2, 1, 'given'), trim_core('{}'), trim_core(NULL) IS NULL AS missing;
SELECT trim_core(m) = m AS nothing_to_take FROM four;
-- Cells are exact sums, and stay so: 0.1 + 0.2 is not the double next to it, and less 0.3 leaves what it should.
WITH exact AS (SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code, 0.1::float8), ('11', 'A', 0.2), ('11', 'B', 1), ('26', 'A', 1), ('26', 'B', 1), ('27', 'J', 5)) v(r, s, x))
SELECT trim_core(m, 2, 1, 'given') = slice(m, '11') + slice(m, '26') AS same, trim_core(m, 2, 1, 'given') = rounded(slice(m, '11') + slice(m, '26')) AS rounded, value(trim_core(m, 2, 1, 'given') - '{11:{A:0.3}}', '11', 'A') AS less_three_tenths FROM exact;
-- What is taken out before them takes no remainder of others along.
WITH exact AS (SELECT activity_matrix_agg(r, s, x) AS m FROM (VALUES ('11'::region_code, 'A'::sector_code, 0.1::float8), ('11', 'A', 0.2), ('26', 'A', 0.1), ('26', 'A', 0.2), ('26', 'B', 1)) v(r, s, x))
SELECT trim_core(m, 2, 1, 'given') = slice(m, '26') AS same, value(trim_core(m, 2, 1, 'given') - '{26:{A:0.3}}', '26', 'A') AS less_three_tenths FROM exact;
-- A NULL in a ratio stays, too, and a region without anything has a diversity of 0.
SELECT trim_core(q, 1, 1, 'given') AS one, trim_core(q, 0, 0, 'given') = q AS none FROM (SELECT location_quotient('{11:{A:1,B:1}, 26:{A:1}}', '{11:{A:1}, 26:{J:1}}') AS q) x;
SELECT trim_core(q, 1, 0, 'given') FROM (SELECT location_quotient('{11:{A:1,B:1}, 26:{K:1}}', '{11:{A:1}, 26:{J:1}}') AS q) x;
-- Many sectors that are all alike have no correlation, also where the logarithm is 0 but for rounding.
SELECT epsilon, similarity FROM unnest(ARRAY[0.1, 2, 1e-300]::float8[]) epsilon, (SELECT activity_matrix_agg(format('x:R%s', r)::region_code, format('cluster:S%s', s)::sector_code, 1) AS m
     FROM generate_series(1, 2) r, generate_series(1, 4000) s) x, region_similarity(m, epsilon => epsilon) ORDER BY 1;
-- So quotients that are 1 but for rounding, of logarithms about 0: proportional regions.
SELECT count(similarity) AS similarities, (SELECT count(value) FROM cells(standardized_lq(m, true))) AS deviations
FROM (SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code, r / 7.0::float8 * (s / 3.0::float8)) AS m FROM generate_series(1, 9) r, generate_series(1, 9) s) x, region_similarity(m, epsilon => 1e-300) GROUP BY m;
DROP TABLE four, sparse, pass;
