#!/bin/bash
# Roadmaps of 100,000 tasks: critical path, schedule under 20 departments, simulation; beside sorting the same rows once.
#
# Prints the time of each in milliseconds and as a ratio to the sort, all in one run. Needs a server in the environment (see bench/run).
set -eu
psql -X -q -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS innocity;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE task AS SELECT i, i::text AS task, (1 + (i * 7919) % 13)::float8 AS duration FROM generate_series(1, 100000) i;
CREATE TEMP TABLE link AS SELECT i::text AS a, (i + 1 + (i * 31) % 50)::text AS b FROM generate_series(1, 99900) i;
CREATE TEMP TABLE demand AS SELECT i::text AS task, 'd' || (i % 20) AS department, (1 + i % 3)::float8 AS amount FROM generate_series(1, 100000) i;
ANALYZE;
CREATE TEMP TABLE timing (n int, what text, ms float8, result text);
DO $$
DECLARE
  began timestamptz;
  answer text;
  query text;
  name text;
  n int := 0;
BEGIN
  FOR name, query IN VALUES
    ('sort of the tasks', 'SELECT count(*)::text FROM (SELECT task FROM task ORDER BY task COLLATE "C" OFFSET 0) t'),
    ('critical_path', 'SELECT max(earliest_finish) || '' days'' FROM critical_path(ARRAY(SELECT (task, duration)::roadmap_task FROM task),
       ARRAY(SELECT (a, b, ''FS'', 0)::roadmap_link FROM link))'),
    ('schedule, one pass', 'SELECT max(finish) || '' days, gap '' || round(max(gap)::numeric, 3) FROM schedule(ARRAY(SELECT (task, duration)::roadmap_task FROM task),
       ARRAY(SELECT (a, b, ''FS'', 0)::roadmap_link FROM link), ARRAY(SELECT (task, department, amount)::roadmap_demand FROM demand),
       ARRAY(SELECT (''d'' || d, 6)::roadmap_capacity FROM generate_series(0, 19) d), effort => 0)'),
    ('simulate_roadmap, 100 draws', 'SELECT round(max(p80)::numeric) || '' days'' FROM simulate_roadmap(
       ARRAY(SELECT (task, duration * 0.8, duration, duration * 1.5)::roadmap_estimate FROM task), ARRAY(SELECT (a, b, ''FS'', 0)::roadmap_link FROM link), 100)')
  LOOP
    n := n + 1;
    began := clock_timestamp();
    EXECUTE query INTO answer;
    INSERT INTO timing VALUES (n, name, extract(epoch FROM clock_timestamp() - began) * 1000, answer);
  END LOOP;
END $$;
SELECT what AS "100,000 tasks", round(ms::numeric) AS ms, round((ms / first_value(ms) OVER (ORDER BY n))::numeric, 1) AS "x sort", result FROM timing ORDER BY n;
SQL
