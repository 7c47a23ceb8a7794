-- What the client scripts ask about: a large enough table, an index, statistics.
CREATE EXTENSION IF NOT EXISTS innocity;
CREATE TABLE code_client (id int, sector sector_code, region region_code);
INSERT INTO code_client
SELECT i, (ARRAY['35111', '35112', '3520', 'cluster:ENERGY', NULL])[1 + i % 5]::sector_code, '46170' FROM generate_series(0, 4) i;
INSERT INTO code_client SELECT i, ('10' || lpad((i % 1000)::text, 3, '0'))::sector_code, '11110' FROM generate_series(5, 20004) i;
CREATE INDEX code_client_sector ON code_client (sector);
ANALYZE code_client;
