-- A deterministic national table of establishments, for benchmarks.
--   psql -v rows=5000000 [-v order=clustered] -f bench/national.sql
-- Makes national (region region_code, sector sector_code, employees int, nothing int) and the same rows with plain integers as
-- keys, national_int8 (region int8, sector int8, employees int).
-- 250 regions x 1,205 sectors; sizes of both follow a Zipf-like law; a sector needs capabilities that large regions have (nested, so that
-- complexity means something), regions share the sectors of their province, employees are Pareto. No random(): every number is a
-- hash of its position. Rows are shuffled, or stand by region and sector.
\set ON_ERROR_STOP on
\if :{?order} \else \set order shuffled \endif
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;

-- Uniform in (0, 1) by place and purpose.
CREATE FUNCTION pg_temp.uniform(place bigint, purpose bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint8extended(place, purpose) & 9007199254740991) + 0.5) / 9007199254740992.0 $$;

CREATE TEMP TABLE region AS
SELECT r, 'x:P' || lpad((1 + (r - 1) / 15)::text, 2, '0') || '.R' || lpad(r::text, 3, '0') AS code, (r - 1) / 15 AS province,
       row_number() OVER (ORDER BY hashint8extended(r, 1)) AS rank
FROM generate_series(1, 250) r;

CREATE TEMP TABLE sector AS
SELECT row_number() OVER (ORDER BY code) AS s, code, left(code, 2)::int AS division,
       row_number() OVER (ORDER BY hashint8extended(code::int, 2)) AS rank, pg_temp.uniform(code::int, 3) AS difficulty
FROM (SELECT code FROM (SELECT lpad(n::text, 5, '0') AS code FROM generate_series(1000, 99999) n) c
      WHERE sector_code_or_null(code) IS NOT NULL ORDER BY hashint8extended(code::int, 4) LIMIT 1205) c;

CREATE TEMP TABLE cell AS
SELECT r, s, region.code AS region_code, sector.code AS sector_code,
       1.0 / (10 + region.rank) / (5 + sector.rank)
         * exp(2.5 * (0.5 - region.rank / 250.0) * (difficulty - 0.5)
               + 2.0 * (pg_temp.uniform(province * 100 + division, 5) - 0.5)
               + 3.0 * (pg_temp.uniform(r * 10000 + s, 6) - 0.5)) AS weight
FROM region, sector;

CREATE UNLOGGED TABLE national AS
WITH number AS MATERIALIZED (
    SELECT r, s, region_code::region_code AS region, sector_code::sector_code AS sector,
           floor(:rows * weight / (SELECT sum(weight) FROM cell) + pg_temp.uniform(r * 10000 + s, 7))::int AS n
    FROM cell)
SELECT region, sector, least(20000, floor(pg_temp.uniform((r * 10000 + s) * 1000000 + i, 8) ^ (-1 / 1.1)))::int AS employees,
       NULL::int AS nothing
FROM number, generate_series(1, n) i
ORDER BY CASE WHEN :'order' = 'shuffled' THEN hashint8extended((r * 10000 + s) * 1000000 + i, 9) ELSE r * 10000 + s END;

CREATE UNLOGGED TABLE national_int8 AS
SELECT ('x' || encode(region_code_send(region), 'hex'))::bit(64)::int8 AS region,
       ('x' || encode(sector_code_send(sector), 'hex'))::bit(64)::int8 AS sector, employees
FROM national;

VACUUM ANALYZE national;
VACUUM ANALYZE national_int8;
