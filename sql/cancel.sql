-- Whatever takes long over a large matrix can be cancelled: statement_timeout ends it with 57014.
\set VERBOSITY sqlstate
CREATE TEMP TABLE cancel_large AS
SELECT activity_matrix_agg(('x:R' || 10000 + r)::region_code, ('cluster:S' || 10000 + s)::sector_code, 1) AS m
FROM generate_series(1, 1500) r, generate_series(1, 3000) s WHERE (hashint8extended(r * 10000::int8 + s, 7) & 1023) < 82;
SELECT cardinality(regions(m)) AS regions, cardinality(sectors(m)) AS sectors FROM cancel_large;
SET statement_timeout = '3ms';
SELECT cardinality(regions(location_quotient(m))) FROM cancel_large;
SELECT count(*) FROM cancel_large, pairs(relatedness(m, presence => 'given'));
SELECT cardinality(regions(relatedness_density(m, presence => 'given'))) FROM cancel_large;
SELECT cardinality(regions(relatedness_density(m, k => 5, presence => 'given'))) FROM cancel_large;
SELECT count(*) FROM cancel_large, economic_complexity(m, 'given');
-- These would go on for hours.
SELECT count(*) FROM cancel_large, region_fitness(m, 1000000, 0, 'given');
SELECT count(*) FROM cancel_large, generate_series(1, 10000), reflections(m, 10000, 'given');
RESET statement_timeout;
-- The session goes on as before.
SELECT count(eci) FROM cancel_large, economic_complexity(m, 'given');
DROP TABLE cancel_large;
