-- Time of the indicators on a generated national table: 250 regions x 1,205 sectors, 181,000 cells, and of the similarity of profiles.
--   psql -X -d DATABASE -f bench/indicator.sql      (creates nothing that stays; needs the extension)
-- Prints the server's CPU seconds of each statement (user and system): wall time on a busy machine says little.
SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE TEMP TABLE bench_profile AS
SELECT g, sector_profile_agg((10 + (g * 7 + k * 3) % 24)::text::sector_code, 1.0 / (k + 1)) AS p FROM generate_series(1, 300) g, generate_series(0, 7) k GROUP BY g;
CREATE TEMP TABLE bench_matrix AS
SELECT activity_matrix_agg(('x:R' || r)::region_code, ('cluster:S' || s)::sector_code,
                           CASE WHEN abs(hashint4(r * 7 + s * 13)) % 100 < 60 THEN (abs(hashint4(r * 2000 + s)) % 1000)::float8 ELSE 0 END) AS m
FROM generate_series(1, 250) r, generate_series(1, 1205) s;

SET log_executor_stats = on;
SET client_min_messages = log;
\echo 90,000 similarities of profiles of 8 codes
SELECT sum(profile_similarity(a.p, b.p)) FROM bench_profile a, bench_profile b;
\echo location_quotient
SELECT pg_column_size(location_quotient(m)) AS bytes FROM bench_matrix;
\echo specialized
SELECT pg_column_size(specialized(m)) AS bytes FROM bench_matrix;
\echo relatedness, with its value of 1,205 x 1,205
SELECT pg_column_size(relatedness(m)) AS bytes FROM bench_matrix;
\echo relatedness_density, rows of proximity on demand
SELECT pg_column_size(relatedness_density(m)) AS bytes FROM bench_matrix;
\echo complexity of regions
SELECT status FROM bench_matrix, complexity_summary(specialized(m, 2), 'given');
\echo bootstrap of location quotients, 20 samples
SELECT count(*) FROM bench_matrix, bootstrap(m, 'location_quotient', 20);
