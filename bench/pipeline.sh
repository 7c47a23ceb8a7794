# From rows to location quotients, proximity, density and complexity: whole, and step by step, against what a user would do instead.
#   PIPELINE_ROWS='300000'   sizes (5000000, 20000000)      PIPELINE_ORDER='shuffled'   orders of the rows (clustered)
#   PIPELINE_SQL=1           also in plain SQL, once: three quarters of a minute for 0.3M rows
#   PIPELINE_LARGE=1         also the kernels at 3,000 x 6,000
#   PYECO=DIR ECONGEO=DIR    checkouts of py-ecomplexity (with python3-sklearn) and of EconGeo (with r-base-core)
#   PIPELINE_REPETITIONS=5
# Needs python3-numpy, python3-psycopg2 and python3-pandas. CPU seconds of client, children and server; medians side by side.
set -eu
python=${PYTHON:-python3}
"$python" -c 'import numpy, pandas, psycopg2' 2> /dev/null || python=/usr/bin/python3
if ! "$python" -c 'import numpy, pandas, psycopg2' 2> /dev/null; then
  echo 'pipeline: left out; it needs python3-numpy, python3-psycopg2 and python3-pandas'
  exit 0
fi
psql -X -q -c 'CREATE EXTENSION innocity'
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
for rows in ${PIPELINE_ROWS:-300000}; do
  for order in ${PIPELINE_ORDER:-shuffled}; do
    psql -X -q -c 'DROP TABLE IF EXISTS national, national_int8' -v rows=$rows -v order=$order -f national.sql 2> /dev/null
    "$python" pipeline.py national "$rows rows $order"
  done
done
[ -z "${PIPELINE_LARGE:-}" ] || "$python" pipeline.py large '3,000 x 6,000'
