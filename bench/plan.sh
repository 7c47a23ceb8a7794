#!/bin/bash
# The score of the sample plan, 378 institutions x 13 cities, and of one city in a plan of many institutions and cities.
#
# Prints CPU seconds of the server process (medians of interleaved runs) and wall seconds of one run more. PLAN_INSTITUTIONS (default
# 20000) and PLAN_CITIES (default 250) in the environment; needs a server (see bench/run).
set -eu
psql() { command psql -X -q -v ON_ERROR_STOP=1 "$@"; }
psql -c 'CREATE EXTENSION innocity' -c 'CREATE EXTENSION innocity_kr' -o /dev/null -c "SELECT create_plan('naju', sample => true)"

report() { # report NAMES QUERIES REPETITIONS
  for wall in false true; do
    psql -At -F $'\t' -c 'SET jit = off' -c 'SET max_parallel_workers_per_gather = 0' -f side_by_side.sql \
      -c "SELECT name, round(seconds::numeric, 3) FROM pg_temp.side_by_side($1, $2, $3, $wall)" | sort
  done | sort -s -t $'\t' -k 1,1 | awk -F'\t' '{ if (NR % 2) { name = $1; cpu = $2 } else printf "%-64s %8.3f s cpu %8.3f s wall\n", name, cpu, $2 }'
}

report "ARRAY['1 scores, whole list', '2 parts with contributions, whole list', '3 ranking of one city', '4 reasons of one score', '5 reasons of one city', '6 sentences, whole list']" \
  "ARRAY['SELECT count(score) FROM naju.synergy_score', 'SELECT sum(contribution) FROM naju.synergy_part',
         'SELECT count(rank_of_city) FROM naju.synergy_rank WHERE city_id = ''NJ''',
         'SELECT sum(contribution) FROM naju.synergy_reason WHERE city_id = ''NJ'' AND institution_id = ''I281''',
         'SELECT sum(contribution) FROM naju.synergy_reason WHERE city_id = ''NJ''', 'SELECT count(sentence_en) FROM naju.synergy_sentence']" 3

psql -o /dev/null -v n="${PLAN_INSTITUTIONS:-20000}" -v cities="${PLAN_CITIES:-250}" <<'SQL'
SELECT create_plan('large');
SET search_path = large, public;
INSERT INTO city (city_id) SELECT 'T' || c FROM generate_series(1, :cities) c;
INSERT INTO city_region (city_id, region) SELECT 'T' || c, ('x:R' || c)::region_code FROM generate_series(1, :cities) c;
INSERT INTO region_activity (year, region, sector, value)
SELECT 2020, ('x:R' || r)::region_code, ('group:S' || s)::sector_code, 1 + (r * 7919 + s * 104729) % 997
FROM generate_series(1, :cities) r, generate_series(1, 100) s WHERE (r * 31 + s * 17) % 4 > 0;
INSERT INTO sector_flow (seller, buyer, value)
SELECT ('group:S' || a)::sector_code, ('group:S' || b)::sector_code, 1 + (a * 31 + b * 17) % 101 FROM generate_series(1, 100) a, generate_series(1, 100) b;
INSERT INTO institution (institution_id, status, city_id, ministry)
SELECT 'I' || i, CASE WHEN i % 10 = 0 THEN 'relocated' ELSE 'capital' END, CASE WHEN i % 10 = 0 THEN 'T' || (1 + i / 10 % :cities) END, 'M' || i % 40
FROM generate_series(1, :n) i;
INSERT INTO institution_sector (institution_id, sector, weight)
SELECT 'I' || i, ('group:S' || 1 + (i * 13 + k * k * 29) % 100)::sector_code, 0.25 FROM generate_series(1, :n) i, generate_series(0, 3) k ON CONFLICT DO NOTHING;
ANALYZE;
SQL
report "ARRAY['large plan 1: the board', 'large plan 2: scores of all institutions in one city', 'large plan 3: scores of one institution in all cities',
              'large plan 4: the ranking of one city', 'large plan 5: all scores', 'large plan 6: all ranked rows']" \
  "ARRAY['SELECT count(board) FROM large.synergy_plan_board(''{}'')', 'SELECT count(score) FROM large.synergy_score WHERE city_id = ''T7''',
         'SELECT count(score) FROM large.synergy_score WHERE institution_id = ''I7''', 'SELECT count(rank_of_city) FROM large.synergy_rank WHERE city_id = ''T7''',
         'SELECT count(score) FROM large.synergy_score', 'SELECT count(rank_in_city), count(rank_of_city) FROM large.synergy_rank']" 1
psql -At -c 'SET jit = off' -c 'SET max_parallel_workers_per_gather = 0' -c 'SELECT count(score) FROM large.synergy_score' \
  -c "SELECT 'peak memory of a server process that has scored all pairs: ' || substring(pg_read_file(format('/proc/%s/status', pg_backend_pid())) FROM 'VmHWM:\s*(\d+ kB)')" | tail -1
