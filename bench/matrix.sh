# activity_matrix_agg against GROUP BY on the deterministic national table (bench/national.sql).
#   MATRIX_ROWS='300000 5000000'   sizes (20000000 makes a table of 1 GB)
#   MATRIX_GROUPS='200 2000 20000' matrices in one query, on the first two million rows of the largest table
# A worker maps the pages of shared_buffers that it reads, each anew: where that is dear, `make bench BENCH_BUFFERS=256MB` shows what workers gain.
# `otherwise` is GROUP BY region, sector over plain int8 keys. The empty aggregate is the same call with NULL values: what the executor
# alone takes to hand over the rows. Times are CPU seconds of the server process, medians of runs side by side.
set -eu
psql() { command psql -X -q -v ON_ERROR_STOP=1 "$@"; }
psql -c 'CREATE EXTENSION innocity'

settings="SET jit = off; SET work_mem = '512MB'; SET max_parallel_workers_per_gather = 0;"
compare() { # compare NAMES QUERIES REPETITIONS [WALL]: name and seconds, tab-separated
  psql -At -F $'\t' -c "$settings ${before:-}" -f side_by_side.sql -c "SELECT name, seconds FROM pg_temp.side_by_side($1, $2, $3, ${4:-false})"
}

for rows in ${MATRIX_ROWS:-300000 5000000}; do
  for order in shuffled clustered; do
    psql -c 'DROP TABLE IF EXISTS national, national_int8' -v rows=$rows -v order=$order -f national.sql 2> /dev/null
    while IFS=$'\t' read -r name seconds; do
      case $name in
        group) group=$seconds ;;
        empty) empty=$seconds ;;
        *) line "$name, $rows rows $order" $seconds $group
           awk -v t="  per empty aggregate" -v a=$seconds -v b=$empty 'BEGIN { printf "%-64s %10.3f s %10.3f s %8.2f of it\n", t, a, b, a / b }' ;;
      esac
    done < <(compare "ARRAY['group', 'empty', 'matrix of whole numbers', 'matrix of fractions']" "ARRAY[
        'SELECT count(*) FROM (SELECT region, sector, sum(employees) FROM national_int8 GROUP BY region, sector) x',
        'SELECT activity_matrix_agg(region, sector, nothing) FROM national',
        'SELECT pg_column_size(activity_matrix_agg(region, sector, employees)) FROM national',
        'SELECT pg_column_size(activity_matrix_agg(region, sector, employees * 0.1::float8)) FROM national']" ${MATRIX_REPETITIONS:-5})
  done
done

psql -c 'CREATE UNLOGGED TABLE grouped AS
  SELECT (hashint8extended(row_number() OVER (), 5) & 1073741823)::int AS h, region, sector, employees::float8 AS value
  FROM (SELECT * FROM national LIMIT 2000000) x'
for groups in ${MATRIX_GROUPS:-200 2000 20000}; do
  before="SET work_mem = '2GB'; SET enable_sort = off;"
  { IFS=$'\t' read -r _ group; IFS=$'\t' read -r _ matrix; } < <(compare "ARRAY['group', 'matrix']" "ARRAY[
      'SELECT count(*) FROM (SELECT h % $groups, region, sector, sum(value) FROM grouped GROUP BY 1, 2, 3) x',
      'SELECT sum(pg_column_size(m)) FROM (SELECT activity_matrix_agg(region, sector, value) AS m FROM grouped GROUP BY h % $groups) x']" 1)
  line "$groups matrices in one query, $(psql -At -c 'SELECT count(*) FROM grouped') rows" $matrix $group
done
before=

# Wall time here: workers are processes of their own.
for workers in 0 1 2; do
  settings="SET jit = off; SET work_mem = '512MB'; SET max_parallel_workers_per_gather = $workers; SET parallel_setup_cost = 0;
            SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;"
  { IFS=$'\t' read -r _ group; IFS=$'\t' read -r _ matrix; } < <(compare "ARRAY['group', 'matrix']" "ARRAY[
      'SELECT count(*) FROM (SELECT region, sector, sum(employees) FROM national_int8 GROUP BY region, sector) x',
      'SELECT pg_column_size(activity_matrix_agg(region, sector, employees)) FROM national']" 3 true)
  line "wall time with $workers workers" $matrix $group
done
