#!/bin/bash
# Allocations of growing size, without and with 2,000 pair bonuses: value, bound, gap and time of allocate(), beside HiGHS (through bench/highs.py and
# scipy), CBC and GLPK where they are installed: the same model through allocation_mps, the same run; LIMIT seconds each, default 60.
# A solver that is not there gets a line that says so.
#
# Every instance is feasible by construction: a hidden plan, capacities 10 % above its load, counts one or a tenth around its counts. Scores are
# bell-shaped (mean 500, deviation 150), heads 50 to 500, bonuses 1 to 200. EFFORT is that of allocate() (default 40000000,
# and more where docs/performance.md says so).
# SIZES picks rows of the table, as "120x12 400x12". Needs a server in the environment (see bench/run).
#
# "seconds" are wall time and suffer from whatever else runs; "CPU" is of the process that solves, its reading included: of our backend's statement with
# the arguments taken from a table (by /proc, Linux alone; without a first call, which loads the library, and with jit = off), of the solvers with the file, but of HiGHS without it (its reader here is python).
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

printf '%-28s %-8s %-10s %12s %12s %9s %9s %9s\n' instance solver status value bound gap seconds CPU
row() { awk -v i="$1" -v s="$2" -v t="$3" -v v="$4" -v b="$5" -v e="$6" -v c="$7" 'BEGIN {
  gap = v == "" || b == "" ? "" : sprintf("%.3f %%", 100 * (b - v) / v);
  printf "%-28s %-8s %-10s %12s %12s %9s %9.2f %9.2f\n", i, s, t, v, b, gap, e, c }'; }

# outside COMMAND...: run it with a limit, output into a log; sets took (wall) and cpu.
outside() {
  local TIMEFORMAT='%R %U %S' time
  { time timeout $((limit + 30)) "$@" > "$files/log" 2> "$files/errors" || true; } 2> "$files/time"
  read -r took time < "$files/time"
  cpu=$(echo "$time" | awk '{ print $1 + $2 }')
}

cpu_now="(string_to_array(regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', ''), ' '))[12:13]"
python=/usr/bin/python3
has_highs= has_cbc= has_glpk=
"$python" highs.py --version >/dev/null 2>&1 && has_highs=1 || echo 'HiGHS is left out: no scipy (python3-scipy)'
command -v cbc >/dev/null && has_cbc=1 || echo 'CBC is left out: no cbc (coinor-cbc)'
command -v glpsol >/dev/null && has_glpk=1 || echo 'GLPK is left out: no glpsol (glpk-utils)'

for size in ${SIZES:-16x10 120x12 400x12 400x230 16x10+120 120x12+2000 400x12+2000 400x230+2000 10000x250}; do
  n=${size%%x*}; m=${size#*x}; pairs=0
  case $m in *+*) pairs=${m#*+}; m=${m%+*};; esac
  effort=40000000
  case $size in 400x230*) effort=120000000;; 400x12+2000) effort=150000000;; 120x12+2000) effort=250000000;; esac
  title=$(psql -X -q -t -A -v ON_ERROR_STOP=1 -c "SELECT make_instance($n, $m, $pairs)" -c "SELECT title FROM instance" | sed '/^$/d')
  began=$(date +%s.%N)
  IFS='|' read -r status value bound cpu < <(psql -X -q -t -A -v ON_ERROR_STOP=1 -v before="''" <<SQL
SET jit = off;
SELECT (allocate(ARRAY[('a', 'c', 1)]::allocation_cell[], ARRAY[('a', 1, NULL, NULL)]::allocation_institution[],
                 ARRAY[('c', 1, NULL, NULL, NULL)]::allocation_city[])).status \g /dev/null
SELECT $cpu_now AS before \gset
SELECT c.status, c.objective, c.bound,
       (($cpu_now)[1]::int + ($cpu_now)[2]::int - (:'before'::text[])[1]::int - (:'before'::text[])[2]::int) / 100.0
  FROM (SELECT allocate(cells, institutions, cities, bonuses, effort => ${EFFORT:-$effort}) AS a FROM instance OFFSET 0) answer, certificate(a) c
SQL
)
  row "$title" innocity "$status" "$value" "$bound" "$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')" "$cpu"

  # Two and a half million columns are no fair use of a text format: the largest stands alone.
  if [ "$n" -le 1000 ] && [ -n "$has_highs$has_cbc$has_glpk" ]; then
    psql -X -q -t -A -c "SELECT allocation_mps(cells, institutions, cities, bonuses) FROM instance" > "$files/model.mps"
    if [ -n "$has_highs" ]; then
      outside "$python" highs.py "$files/model.mps" "$limit"
      status=none value=- bound=-
      read -r status value bound cpu < "$files/log" || true
      row "$title" highs "$status" "${value#-}" "${bound#-}" "$took" "$cpu"
    fi
    if [ -n "$has_cbc" ]; then
      outside cbc "$files/model.mps" sec "$limit" solve
      value=$(sed -n 's/^Objective value: *-\([0-9.]*\).*/\1/p' "$files/log" | tail -1)
      if grep -q 'Optimal solution found' "$files/log"; then status=optimal bound=$value
      else status=${value:+feasible}; bound=$(sed -n 's/^Lower bound: *-\([0-9.]*\).*/\1/p' "$files/log" | tail -1); fi
      row "$title" cbc "${status:-none}" "${value%.*}" "${bound%.*}" "$took" "$cpu"
    fi
    if [ -n "$has_glpk" ]; then
      outside glpsol --freemps "$files/model.mps" --tmlim "$limit" --cuts
      read -r value bound < <(sed -n 's/^.*mip = *-\([0-9.e+]*\) >= *\(-\([0-9.e+]*\)\|tree\).*/\1 \3/p' "$files/log" | tail -1 | awk '{ printf "%d %s\n", $1, $2 == "" ? "" : sprintf("%d", $2) }') || true
      if grep -q 'INTEGER OPTIMAL' "$files/log"; then status=optimal bound=$value; else status=${value:+feasible}; fi
      row "$title" glpk "${status:-none}" "$value" "$bound" "$took" "$cpu"
    fi
  fi
  psql -X -q -c 'TRUNCATE instance'
done
