#!/bin/bash
# Inequality aggregates over ROWS rows (default 100000): moving frames of 1,000 against sorting each frame (which the same support functions do
# without a way to let rows go; measured on 5,000 frames) and against a plain moving window; one group and many against SQL.
set -eu
ROWS=${ROWS:-100000}
psql -X -q -v ON_ERROR_STOP=1 <<SQL
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS innocity;
CREATE UNLOGGED TABLE income AS SELECT i, (random() * 1000)::float8 AS x, (1 + random() * 9)::float8 AS w FROM generate_series(1, $ROWS) i;
VACUUM ANALYZE income;
CREATE AGGREGATE gini_sorted(float8) (SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, FINALFUNC = gini_final);
CREATE AGGREGATE hoover_sorted(float8, float8) (SFUNC = inequality_pairs_accumulate, STYPE = inequality_pairs, FINALFUNC = hoover_final);
SQL
export PGOPTIONS="-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=256MB"
over() { echo "SELECT sum(y) FROM (SELECT $1 OVER (ORDER BY i ROWS 999 PRECEDING) AS y FROM income WHERE i <= $2) t"; }

line "gini, 5,000 frames of 1,000 / sorting each" "$(seconds "$(over 'gini(x)' 5999)")" "$(seconds "$(over 'gini_sorted(x)' 5999)")"
line "hoover / sorting each" "$(seconds "$(over 'hoover(x, w)' 5999)")" "$(seconds "$(over 'hoover_sorted(x, w)' 5999)")"
plain=$(seconds "$(over 'avg(x::numeric(10, 3))' "$ROWS")")
line "gini, $ROWS frames of 1,000 / avg(numeric)" "$(seconds "$(over 'gini(x)' "$ROWS")")" "$plain"
line "gini with weights / avg(numeric)" "$(seconds "$(over 'gini(x, w)' "$ROWS")")" "$plain"
line "krugman / avg(numeric)" "$(seconds "$(over 'krugman(x, w)' "$ROWS")")" "$plain"
line "theil_t / avg(numeric)" "$(seconds "$(over 'theil_t(x)' "$ROWS")")" "$plain"
line "gini, frames that grow / avg(numeric)" "$(seconds "SELECT sum(y) FROM (SELECT gini(x) OVER (ORDER BY i) AS y FROM income) t")" "$plain"
line "gini, one group / the same in SQL" "$(seconds 'SELECT gini(x) FROM income')" "$(seconds "
  SELECT 2 * sum(r * x) / (count(*) * sum(x)) - (count(*) + 1.0) / count(*) FROM (SELECT x, row_number() OVER (ORDER BY x) AS r FROM income) t")"
line "theil_t, one group / the same in SQL" "$(seconds 'SELECT theil_t(x) FROM income')" "$(seconds "
  SELECT avg(x / mu * ln(x / mu)) FROM income, (SELECT avg(x) AS mu FROM income) m WHERE x > 0")"
line "theil_t, $((ROWS / 5)) groups / the same in SQL" "$(seconds "SELECT sum(y) FROM (SELECT theil_t(x) AS y FROM income GROUP BY i % ($ROWS / 5)) t")" "$(seconds "
  SELECT sum(y) FROM (SELECT avg(x / mu * ln(x / mu)) AS y FROM income JOIN (SELECT i % ($ROWS / 5) AS g, avg(x) AS mu FROM income GROUP BY 1) m ON g = i % ($ROWS / 5) WHERE x > 0 GROUP BY g) t")"
