-- The planner and containment: index conditions, partition pruning, estimates. That every path returns the same rows is tested
-- in test/pgtap/code_path.sql; here are the plans.
SET jit = off;
SET max_parallel_workers_per_gather = 0;
-- One path to each answer, so that the plans are those of every server version.
SET enable_seqscan = off;
SET enable_bitmapscan = off;

CREATE TABLE code_fact (id int, sector sector_code, region region_code);
INSERT INTO code_fact
SELECT i, (ARRAY['35111', '35112', '35120', '3520', '26111', '10111', '01110', '62010', '84111', 'D', NULL])[1 + i % 11]::sector_code,
       (ARRAY['46170', '46170250', '46710', '41111', '41113', '28177', '11110'])[1 + i % 7]::region_code
FROM generate_series(1, 5000) i;
CREATE TABLE code_dimension (sector sector_code PRIMARY KEY);
INSERT INTO code_dimension VALUES ('D'), ('35'), ('351'), ('26'), ('C');
CREATE INDEX code_fact_sector ON code_fact (sector);
ANALYZE code_fact, code_dimension;

-- A constant, on either side of either operator; a leaf; a subtree end; NULL.
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ '35';
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector_code 'C' @> sector;
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ '35111';
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ '35~';
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector @> '35111';
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ NULL;
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE code_contained(sector, '35');

-- A parameter, the key of a join.
SET plan_cache_mode = force_generic_plan;
PREPARE by_parameter(sector_code) AS SELECT count(*) FROM code_fact WHERE sector <@ $1;
EXPLAIN (COSTS OFF) EXECUTE by_parameter('35');
EXECUTE by_parameter('35');
EXECUTE by_parameter(NULL);
DEALLOCATE by_parameter;
RESET plan_cache_mode;
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_dimension d JOIN code_fact f ON f.sector <@ d.sector;
-- No condition where the other side changes with the row, or from a volatile function.
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact f WHERE sector <@ ancestor(sector, 2);
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ (CASE WHEN random() < 2 THEN '35' END)::sector_code;
-- ORDER BY reads the index.
EXPLAIN (COSTS OFF) SELECT sector FROM code_fact WHERE sector <@ 'C' ORDER BY sector;

-- Text: by the index, by meaning.
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector = 'D35'::text;
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE '35111'::varchar = sector;
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector = ANY ('{35111,35112,n/a}'::text[]);

DROP INDEX code_fact_sector;

-- BRIN takes the same condition; equality has hash indexes; a level is an expression.
RESET enable_bitmapscan;
CREATE INDEX code_fact_brin ON code_fact USING brin (sector);
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ '35';
DROP INDEX code_fact_brin;
CREATE INDEX code_fact_brin ON code_fact USING brin (sector sector_code_minmax_multi_ops);
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector <@ '35';
DROP INDEX code_fact_brin;
CREATE INDEX code_fact_hash ON code_fact USING hash (sector);
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE sector = '35111';
DROP INDEX code_fact_hash;
CREATE INDEX code_fact_division ON code_fact (ancestor(sector, 2));
EXPLAIN (COSTS OFF) SELECT count(*) FROM code_fact WHERE ancestor(sector, 2) = '35';
DROP INDEX code_fact_division;

-- Equal images: duplicates share one key.
CREATE INDEX code_fact_sector ON code_fact (sector);
CREATE INDEX code_fact_unshared ON code_fact (sector) WITH (deduplicate_items = off);
SELECT pg_relation_size('code_fact_sector') < pg_relation_size('code_fact_unshared') / 2 AS deduplicated;

-- Partitions: of ranges, lists and hashes; only those that can have rows are scanned.
RESET enable_seqscan;
CREATE TABLE code_range (sector sector_code, id int) PARTITION BY RANGE (sector);
CREATE TABLE code_range_a PARTITION OF code_range FOR VALUES FROM (MINVALUE) TO ('C');
CREATE TABLE code_range_c PARTITION OF code_range FOR VALUES FROM ('C') TO ('D');
CREATE TABLE code_range_d PARTITION OF code_range FOR VALUES FROM ('D') TO ('E');
CREATE TABLE code_range_rest PARTITION OF code_range DEFAULT;
EXPLAIN (COSTS OFF) SELECT * FROM code_range WHERE sector <@ '35';
EXPLAIN (COSTS OFF) SELECT * FROM code_range WHERE sector <@ '35111';
EXPLAIN (COSTS OFF) SELECT * FROM code_range WHERE sector @> '35111';
EXPLAIN (COSTS OFF) SELECT * FROM code_range WHERE sector = '35111'::text;
SET plan_cache_mode = force_generic_plan;
PREPARE pruned(sector_code) AS SELECT * FROM code_range WHERE sector <@ $1;
EXPLAIN (COSTS OFF) EXECUTE pruned('351');
DEALLOCATE pruned;
RESET plan_cache_mode;
CREATE TABLE code_list (region region_code) PARTITION BY LIST (ancestor(region, 1));
CREATE TABLE code_list_46 PARTITION OF code_list FOR VALUES IN ('46');
CREATE TABLE code_list_rest PARTITION OF code_list DEFAULT;
EXPLAIN (COSTS OFF) SELECT * FROM code_list WHERE ancestor(region, 1) = '46';
DROP TABLE code_list;
CREATE TABLE code_list (region region_code) PARTITION BY LIST (region);
CREATE TABLE code_list_46 PARTITION OF code_list FOR VALUES IN ('46', '46170', '46710');
CREATE TABLE code_list_41 PARTITION OF code_list FOR VALUES IN ('41', '41110', '41111');
EXPLAIN (COSTS OFF) SELECT * FROM code_list WHERE region <@ '46';
CREATE TABLE code_hash_parts (sector sector_code) PARTITION BY HASH (sector);
CREATE TABLE code_hash_0 PARTITION OF code_hash_parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE code_hash_1 PARTITION OF code_hash_parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
EXPLAIN (COSTS OFF) SELECT * FROM code_hash_parts WHERE sector <@ '35111';
-- A view and a sub-partition are seen through.
CREATE VIEW code_range_view AS SELECT sector, id FROM code_range;
EXPLAIN (COSTS OFF) SELECT * FROM code_range_view WHERE sector <@ '35';

DROP VIEW code_range_view;
DROP TABLE code_fact, code_dimension, code_range, code_list, code_hash_parts;
