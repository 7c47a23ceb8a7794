#!/bin/bash
# Allocations of growing size, without and with 2,000 pair bonuses: value, bound, gap and time of allocate(), beside CBC and GLPK where they
# are installed (the same model through allocation_mps, the same run; LIMIT seconds each, default 60).
#
# Every instance is feasible by construction: a hidden plan, capacities 10 % above its load, counts one or a tenth around its counts. Scores are
# bell-shaped (mean 500, deviation 150), heads 50 to 500, bonuses 1 to 200. EFFORT is that of allocate() (default 40000000,
# and 120000000 for 400x230).
# SIZES picks rows of the table, as "120x12 400x12". Needs a server in the environment (see bench/run).
set -eu
limit=${LIMIT:-60}
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
chmod 700 "$files"

psql -X -q -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS innocity;
CREATE FUNCTION dice(name text, n int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('x' || substr(md5(name), 1, 7))::bit(28)::int % n;
CREATE TABLE instance (title text PRIMARY KEY, cells allocation_cell[], institutions allocation_institution[], cities allocation_city[], bonuses allocation_bonus[]);
CREATE FUNCTION make_instance(n int, m int, pairs int) RETURNS void LANGUAGE sql AS $$
WITH institution AS MATERIALIZED (
    SELECT i, 'i' || i AS id, 50 + dice(concat_ws(':', 'h', n, m, i), 451) AS heads, 'c' || CASE WHEN i <= m THEN i ELSE 1 + dice(concat_ws(':', 'p', n, m, i), m) END AS hidden
      FROM generate_series(1, n) i),
  city AS (SELECT hidden AS id, ceil(1.1 * sum(heads))::bigint AS capacity, count(*) AS k FROM institution GROUP BY 1)
INSERT INTO instance
SELECT n || ' x ' || m || CASE WHEN pairs > 0 THEN ', ' || pairs || ' bonuses' ELSE '' END,
       ARRAY(SELECT (id, 'c' || j, round(500 + 0.26 * (dice(concat_ws(':', 'a', i, j), 1001) + dice(concat_ws(':', 'b', i, j), 1001) + dice(concat_ws(':', 'c', i, j), 1001) + dice(concat_ws(':', 'd', i, j), 1001) - 2000)))::allocation_cell
               FROM institution, generate_series(1, m) j),
       ARRAY(SELECT (id, heads, NULL, NULL)::allocation_institution FROM institution),
       ARRAY(SELECT (id, capacity, k + 1 + k / 10, greatest(k - 1 - k / 10, 0), NULL)::allocation_city FROM city),
       ARRAY(SELECT ('i' || a, 'i' || b, 1 + dice(concat_ws(':', 'v', a, b), 200))::allocation_bonus
               FROM (SELECT a, b FROM generate_series(1, n) a, generate_series(1, n) b WHERE a < b AND pairs > 0 ORDER BY md5(concat_ws(':', a, b)) LIMIT pairs) t)
$$;
SQL

printf '%-28s %-8s %-10s %12s %12s %9s %9s\n' instance solver status value bound gap seconds
row() { awk -v i="$1" -v s="$2" -v t="$3" -v v="$4" -v b="$5" -v e="$6" 'BEGIN {
  gap = v == "" || b == "" ? "" : sprintf("%.3f %%", 100 * (b - v) / v);
  printf "%-28s %-8s %-10s %12s %12s %9s %9.2f\n", i, s, t, v, b, gap, e }'; }

for size in ${SIZES:-16x10 120x12 400x12 400x230 16x10+120 120x12+2000 400x12+2000 400x230+2000 10000x250}; do
  n=${size%%x*}; m=${size#*x}; pairs=0
  case $m in *+*) pairs=${m#*+}; m=${m%+*};; esac
  effort=40000000
  [ "$size" = 400x230 ] && effort=120000000
  title=$(psql -X -q -t -A -v ON_ERROR_STOP=1 -c "SELECT make_instance($n, $m, $pairs)" -c "SELECT title FROM instance" | sed '/^$/d')
  began=$(date +%s.%N)
  IFS='|' read -r status value bound < <(psql -X -q -t -A -v ON_ERROR_STOP=1 -c "
    SELECT c.status, c.objective, c.bound FROM instance, certificate(allocate(cells, institutions, cities, bonuses, effort => ${EFFORT:-$effort})) c")
  row "$title" innocity "$status" "$value" "$bound" "$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')"

  # Two and a half million columns are no fair use of a text format: the largest stands alone.
  if [ "$n" -le 1000 ] && { command -v cbc || command -v glpsol; } >/dev/null; then
    psql -X -q -t -A -c "SELECT allocation_mps(cells, institutions, cities, bonuses) FROM instance" > "$files/model.mps"
    if command -v cbc >/dev/null; then
      began=$(date +%s.%N)
      timeout $((limit + 30)) cbc "$files/model.mps" sec "$limit" solve > "$files/log" 2>&1 || true
      took=$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')
      value=$(sed -n 's/^Objective value: *-\([0-9.]*\).*/\1/p' "$files/log" | tail -1)
      if grep -q 'Optimal solution found' "$files/log"; then status=optimal bound=$value
      else status=${value:+feasible}; bound=$(sed -n 's/^Lower bound: *-\([0-9.]*\).*/\1/p' "$files/log" | tail -1); fi
      row "$title" cbc "${status:-none}" "${value%.*}" "${bound%.*}" "$took"
    fi
    if command -v glpsol >/dev/null; then
      began=$(date +%s.%N)
      timeout $((limit + 30)) glpsol --freemps "$files/model.mps" --tmlim "$limit" --cuts > "$files/log" 2>&1 || true
      took=$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')
      read -r value bound < <(sed -n 's/^.*mip = *-\([0-9.e+]*\) >= *\(-\([0-9.e+]*\)\|tree\).*/\1 \3/p' "$files/log" | tail -1 | awk '{ printf "%d %s\n", $1, $2 == "" ? "" : sprintf("%d", $2) }') || true
      if grep -q 'INTEGER OPTIMAL' "$files/log"; then status=optimal bound=$value; else status=${value:+feasible}; fi
      row "$title" glpk "${status:-none}" "$value" "$bound" "$took"
    fi
  fi
  psql -X -q -c 'TRUNCATE instance'
done
