#!/bin/bash
# Ranking functions over one partition of ROWS rows (default 1000000) with three criteria, against a plain window function over the same rows
# and against the same result in SQL. Last, the greatest resident memory of a backend that ran nothing but the one query.
set -eu
ROWS=${ROWS:-1000000}
psql -X -q -v ON_ERROR_STOP=1 <<SQL
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS innocity;
CREATE UNLOGGED TABLE alternative AS
SELECT i, ARRAY[random(), random() * 100, 1 + (random() * 20)::int]::float8[] AS c FROM generate_series(1, $ROWS) i;
VACUUM ANALYZE alternative;
SQL
export PGOPTIONS="-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=256MB"
weights="'{0.5,0.3,0.2}', '{max,min,max}'"
plain='SELECT sum(x) FROM (SELECT avg(c[1] + c[2] + c[3]) OVER () AS x FROM alternative) t'
rank='SELECT sum(x) FROM (SELECT percent_rank() OVER (ORDER BY c[1]) AS x FROM alternative) t'
over() { echo "SELECT sum(x) FROM (SELECT ($1(c, $weights$2) OVER ())$3 AS x FROM alternative) t"; }

base=$(seconds "$plain")
ranked=$(seconds "$rank")
line "wsm / avg() OVER (), $ROWS rows" "$(seconds "$(over wsm '' '')")" "$base"
line "wpm / avg() OVER ()" "$(seconds "$(over wpm '' '')")" "$base"
line "topsis / avg() OVER ()" "$(seconds "$(over topsis '' '')")" "$base"
line "vikor / avg() OVER ()" "$(seconds "$(over vikor '' .q)")" "$base"
line "promethee, linear, thresholds / percent_rank() OVER (ORDER BY)" \
  "$(seconds "$(over promethee ", '{linear,linear,linear}', '{0.05,5,1}', '{0.2,20,4}'" .net)")" "$ranked"
line "topsis / the same in SQL" "$(seconds "$(over topsis '' '')")" "$(seconds "
  WITH n AS (SELECT max(c[1]) AS a1, min(c[1]) AS b1, sqrt(sum(c[1] ^ 2)) AS n1, min(c[2]) AS a2, max(c[2]) AS b2, sqrt(sum(c[2] ^ 2)) AS n2,
                    max(c[3]) AS a3, min(c[3]) AS b3, sqrt(sum(c[3] ^ 2)) AS n3 FROM alternative),
       d AS (SELECT sqrt(((c[1] - a1) / n1 * .5) ^ 2 + ((c[2] - a2) / n2 * .3) ^ 2 + ((c[3] - a3) / n3 * .2) ^ 2) AS above,
                    sqrt(((c[1] - b1) / n1 * .5) ^ 2 + ((c[2] - b2) / n2 * .3) ^ 2 + ((c[3] - b3) / n3 * .2) ^ 2) AS below FROM alternative, n)
  SELECT sum(below / (below + above)) FROM d")"
line "promethee, usual, 2000 rows / pairs in SQL" "$(seconds "
  SELECT sum(x) FROM (SELECT (promethee(c, $weights) OVER ()).net AS x FROM alternative WHERE i <= 2000) t")" "$(seconds "
  SELECT sum(x) FROM (SELECT avg(.5 * sign(a.c[1] - b.c[1]) + .3 * sign(b.c[2] - a.c[2]) + .2 * sign(a.c[3] - b.c[3])) AS x
                      FROM alternative a JOIN alternative b ON a.i <> b.i WHERE a.i <= 2000 AND b.i <= 2000 GROUP BY a.i) t")"
peak() { psql -X -q -A -t -c "$1" -c "SELECT substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s*(\d+)')::int / 1024" 2>/dev/null | tail -1; }
[ -r /proc/self/status ] && echo "peak memory of the backend, MB: avg $(peak "$plain"), wsm $(peak "$(over wsm '' '')"), vikor $(peak "$(over vikor '' .q)"), promethee $(peak "$(over promethee '' .net)")"
