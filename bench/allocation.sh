#!/bin/bash
# Allocations of growing size, without and with 2,000 pair bonuses: value, bound, gap and time of allocate(), beside HiGHS (through bench/highs.py and
# scipy), CBC and GLPK where they are installed: the same model through allocation_mps, the same run; LIMIT seconds each, default 60.
# A solver that is not there gets a line that says so.
#
# Every instance is feasible by construction: a hidden plan, capacities 10 % above its load, counts one or a tenth around its counts. Scores are
# bell-shaped (mean 500, deviation 150), heads 50 to 500, bonuses 1 to 200. EFFORT is that of allocate() (default 40000000,
# and more where docs/performance.md says so).
#
# Rows "with rules" are the same instances with what a ministry adds, the hidden plan keeping all of it: 3 % of the institutions are forced to
# their city of the hidden plan; 10 % of the cells of the others are forbidden; of five institutions of a city the first two or three move together,
# in one case of five; institutions are of 8 categories, and each city wants 80 % (rounded up) of what the hidden plan brings it of the two categories that this brings most of.
#
# SIZES picks rows of the table, as "120x12 400x12r 400x12r+2000", r being with rules. Needs a server in the environment (see bench/run).
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
CREATE TABLE instance (title text PRIMARY KEY, cells allocation_cell[], institutions allocation_institution[], cities allocation_city[], bonuses allocation_bonus[],
                       rules allocation_rule[], quotas allocation_quota[]);
CREATE FUNCTION make_instance(n int, m int, pairs int, ruled boolean) RETURNS void LANGUAGE sql AS $$
WITH institution AS MATERIALIZED (
    SELECT i, 'i' || i AS id, 50 + dice(concat_ws(':', 'h', n, m, i), 451) AS heads, 'c' || CASE WHEN i <= m THEN i ELSE 1 + dice(concat_ws(':', 'p', n, m, i), m) END AS hidden
      FROM generate_series(1, n) i),
  placed AS MATERIALIZED (
    SELECT *, ruled AND dice(concat_ws(':', 'f', n, m, i), 100) < 3 AS forced, CASE WHEN ruled THEN 'k' || dice(concat_ws(':', 'k', n, m, i), 8) END AS category,
           (row_number() OVER (PARTITION BY hidden ORDER BY i) - 1) / 5 AS five, (row_number() OVER (PARTITION BY hidden ORDER BY i) - 1) % 5 AS place
      FROM institution),
  wanted AS (
    SELECT hidden, category, count(*) AS k, row_number() OVER (PARTITION BY hidden ORDER BY count(*) DESC, category) AS rank
      FROM placed WHERE ruled GROUP BY 1, 2),
  city AS (SELECT hidden AS id, ceil(1.1 * sum(heads))::bigint AS capacity, count(*) AS k FROM institution GROUP BY 1)
INSERT INTO instance
SELECT n || ' x ' || m || CASE WHEN ruled THEN ', with rules' ELSE '' END || CASE WHEN pairs > 0 THEN ', ' || pairs || ' bonuses' ELSE '' END,
       ARRAY(SELECT (id, 'c' || j, round(500 + 0.26 * (dice(concat_ws(':', 'a', i, j), 1001) + dice(concat_ws(':', 'b', i, j), 1001) + dice(concat_ws(':', 'c', i, j), 1001) + dice(concat_ws(':', 'd', i, j), 1001) - 2000)))::allocation_cell
               FROM institution, generate_series(1, m) j),
       ARRAY(SELECT (id, heads, category,
                     CASE WHEN ruled AND dice(concat_ws(':', 'q', n, m, hidden, five), 5) = 0 AND place < 2 + dice(concat_ws(':', 'g', n, m, hidden, five), 2)
                          THEN hidden || ':' || five END)::allocation_institution FROM placed),
       ARRAY(SELECT (id, capacity, k + 1 + k / 10, greatest(k - 1 - k / 10, 0), NULL)::allocation_city FROM city),
       ARRAY(SELECT ('i' || a, 'i' || b, 1 + dice(concat_ws(':', 'v', a, b), 200))::allocation_bonus
               FROM (SELECT a, b FROM generate_series(1, n) a, generate_series(1, n) b WHERE a < b AND pairs > 0 ORDER BY md5(concat_ws(':', a, b)) LIMIT pairs) t),
       ARRAY(SELECT (id, hidden, 'forced', NULL)::allocation_rule FROM placed WHERE forced
             UNION ALL
             SELECT (id, 'c' || j, 'forbidden', NULL)::allocation_rule FROM placed, generate_series(1, m) j
              WHERE ruled AND NOT forced AND hidden <> 'c' || j AND dice(concat_ws(':', 'x', n, m, i, j), 100) < 10),
       ARRAY(SELECT (hidden, category, ceil(0.8 * k), NULL, NULL)::allocation_quota FROM wanted WHERE rank <= 2)
$$;
SQL

printf '%-36s %-8s %-10s %12s %12s %9s %9s %9s\n' instance solver status value bound gap seconds CPU
row() { awk -v i="$1" -v s="$2" -v t="$3" -v v="$4" -v b="$5" -v e="$6" -v c="$7" 'BEGIN {
  gap = v == "" || b == "" ? "" : sprintf("%.3f %%", 100 * (b - v) / v);
  printf "%-36s %-8s %-10s %12s %12s %9s %9.2f %9.2f\n", i, s, t, v, b, gap, e, c }'; }

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
  n=${size%%x*}; m=${size#*x}; pairs=0 ruled=false
  case $m in *+*) pairs=${m#*+}; m=${m%+*};; esac
  case $m in *r) ruled=true; m=${m%r};; esac
  effort=40000000
  case $size in 400x230*) effort=120000000;; 400x12*+2000) effort=700000000;; 120x12*+2000) effort=250000000;; esac
  title=$(psql -X -q -t -A -v ON_ERROR_STOP=1 -c "SELECT make_instance($n, $m, $pairs, $ruled)" -c "SELECT title FROM instance" | sed '/^$/d')
  began=$(date +%s.%N)
  IFS='|' read -r status value bound cpu < <(psql -X -q -t -A -v ON_ERROR_STOP=1 -v before="''" <<SQL
SET jit = off;
SELECT (allocate(ARRAY[('a', 'c', 1)]::allocation_cell[], ARRAY[('a', 1, NULL, NULL)]::allocation_institution[],
                 ARRAY[('c', 1, NULL, NULL, NULL)]::allocation_city[])).status \g /dev/null
SELECT $cpu_now AS before \gset
SELECT c.status, c.objective, c.bound,
       (($cpu_now)[1]::int + ($cpu_now)[2]::int - (:'before'::text[])[1]::int - (:'before'::text[])[2]::int) / 100.0
  FROM (SELECT allocate(cells, institutions, cities, bonuses, rules, quotas, effort => ${EFFORT:-$effort}) AS a FROM instance OFFSET 0) answer, certificate(a) c
SQL
)
  row "$title" innocity "$status" "$value" "$bound" "$(echo "$(date +%s.%N) $began" | awk '{ print $1 - $2 }')" "$cpu"

  # Two and a half million columns are no fair use of a text format: the largest stands alone.
  if [ "$n" -le 1000 ] && [ -n "$has_highs$has_cbc$has_glpk" ]; then
    psql -X -q -t -A -c "SELECT allocation_mps(cells, institutions, cities, bonuses, rules, quotas) FROM instance" > "$files/model.mps"
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
