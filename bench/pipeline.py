"""pipeline.py national|large TITLE - the work of bench/pipeline.sh on the table national, or on a large matrix made here.

Prints lines of bench/run: what, ours, the other way, how many times faster, and ours / the other as the goals are stated. The clock
counts CPU seconds of this process, its children and the server process (schedstat), which a busy machine blurs less than wall time.
"""
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import pandas as pd
import psycopg2

warnings.filterwarnings("ignore")
REPETITIONS = int(os.environ.get("PIPELINE_REPETITIONS", "5"))
connection = psycopg2.connect("")
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("SET jit = off; SET work_mem = '512MB'; SET max_parallel_workers_per_gather = 0")


def clock():
    server = int(open(f"/proc/{connection.info.backend_pid}/schedstat").read().split()[0]) / 1e9
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) + server


def timed(steps, name, function):
    """Runs it, adds its seconds to steps[name] and returns its result."""
    start = clock()
    result = function()
    steps[name] = steps.get(name, 0) + clock() - start
    return result


def query(sql):
    cursor.execute(sql)
    return cursor.fetchone()[0]


def side_by_side(ways, repetitions=REPETITIONS):
    """ways: {name: function that returns {step: seconds}}. Interleaved; medians of steps and of totals."""
    runs = {name: [] for name in ways}
    for repetition in range(repetitions + 1):
        for name, way in ways.items():
            steps = way()
            if repetition > 0 or repetitions == 0:
                steps["whole"] = sum(steps.values())
                runs[name].append(steps)
    return {name: {step: statistics.median(run[step] for run in taken) for step in taken[0]} for name, taken in runs.items()}


def line(title, ours, other):
    print(f"{title:<64} {ours:10.4f} s {other:10.4f} s {other / ours:8.1f}x   ratio {ours / other:.4f}", flush=True)


# Ours

def ours_whole():
    steps = {}
    timed(steps, "pipeline", lambda: query("""
        SELECT pg_column_size(location_quotient(m)) + pg_column_size(relatedness(p, presence => 'given'))
               + pg_column_size(relatedness_density(p, presence => 'given'))
               + (SELECT count(eci) FROM economic_complexity(p, 'given')) + (SELECT count(pci) FROM sector_complexity(p, 'given'))
        FROM (SELECT activity_matrix_agg(region, sector, employees) AS m FROM national) jobs,
             LATERAL (SELECT specialized(m) AS p OFFSET 0) present"""))
    return steps


def ours_steps(table):
    steps = {}
    for name, sql in (("lq", "pg_column_size(location_quotient(m))"),
                      ("proximity", "pg_column_size(relatedness(p, presence => 'given'))"),
                      ("density", "pg_column_size(relatedness_density(p, presence => 'given'))"),
                      ("complexity", "(SELECT count(*) FROM economic_complexity(p, 'given'))")):
        timed(steps, name, lambda: query(f"SELECT {sql} FROM {table}"))
    return steps


# COPY and numpy: single precision, BLAS products, the symmetric problem of the smaller side

def export(sql, file=None):
    buffer = file or io.BytesIO()
    cursor.copy_expert(f"COPY ({sql}) TO STDOUT (FORMAT csv, HEADER)", buffer)
    buffer.seek(0)
    return buffer


CELLS = "SELECT region, sector, sum(employees) AS employees FROM national GROUP BY region, sector"


def pivot(data):
    i, regions = pd.factorize(data.region, sort=True)
    j, sectors = pd.factorize(data.sector, sort=True)
    x = np.zeros((len(regions), len(sectors)))
    x[i, j] = data.employees
    return x


def proximity(present):
    c = present.T @ present
    k = np.diag(c).copy()
    c /= np.maximum(np.maximum(k[:, None], k[None, :]), 1)
    return c


def complexity(present):
    d, u = present.sum(1).astype(float), present.sum(0).astype(float)
    a = present / np.sqrt(np.maximum(d, 1))[:, None] / np.sqrt(np.maximum(u, 1))
    _, vectors = np.linalg.eigh((a @ a.T).astype(float))
    k = vectors[:, -2] / np.sqrt(np.maximum(d, 1))
    k *= np.sign(np.corrcoef(k, d)[0, 1])
    k = (k - k.mean()) / k.std()
    return k, (present.T @ k) / np.maximum(u, 1)


def numpy_steps(x, steps):
    quotient = timed(steps, "lq", lambda: (x / x.sum(1, keepdims=True)) / (x.sum(0) / x.sum()))
    present = timed(steps, "present", lambda: (quotient >= 1).astype(np.float32))
    phi = timed(steps, "proximity", lambda: proximity(present))
    timed(steps, "density", lambda: (present @ phi) / np.maximum(phi.sum(0), 1e-30))
    timed(steps, "complexity", lambda: complexity(present))
    return steps


def numpy_whole():
    steps = {}
    buffer = timed(steps, "export", lambda: export(CELLS))
    data = timed(steps, "read", lambda: pd.read_csv(buffer, dtype={"region": str, "sector": str}))
    x = timed(steps, "pivot", lambda: pivot(data))
    return numpy_steps(x, steps)


# Others

def ecomplexity_whole():
    from ecomplexity import ecomplexity, proximity as pairs
    steps, columns = {}, dict(time="year", loc="region", prod="sector", val="employees")
    buffer = timed(steps, "export", lambda: export(CELLS))
    data = timed(steps, "read", lambda: pd.read_csv(buffer, dtype={"region": str, "sector": str}))
    data["year"] = 1
    out, sys.stdout = sys.stdout, io.StringIO()
    try:
        timed(steps, "ecomplexity", lambda: ecomplexity(data, columns, verbose=False))
        timed(steps, "proximity", lambda: pairs(data, columns))
    finally:
        sys.stdout = out
    return steps


ECONGEO = """
suppressMessages(library(Matrix))
a <- commandArgs(TRUE)
sources <- if (dir.exists(file.path(a[1], "R"))) file.path(a[1], "R") else a[1]
for (f in list.files(sources, pattern = "[.][rR]$", full.names = TRUE)) source(f)
d <- read.csv(a[2], colClasses = c("character", "character", "numeric"))
mat <- get.matrix(d)
lq <- location.quotient(mat)
m <- location.quotient(mat, binary = TRUE)
rel <- relatedness(co.occurrence(t(m)), method = "cosine")
den <- relatedness.density(m, rel)
k <- KCI(m)
t <- TCI(m)
"""


def econgeo_whole():
    steps = {}
    with tempfile.NamedTemporaryFile(suffix=".csv") as cells, tempfile.NamedTemporaryFile("w", suffix=".R") as script:
        timed(steps, "export", lambda: export(CELLS, cells))
        cells.flush()
        script.write(ECONGEO)
        script.flush()
        timed(steps, "R", lambda: subprocess.run(["Rscript", script.name, os.environ["ECONGEO"], cells.name], check=True,
                                                 stdout=subprocess.DEVNULL))
    return steps


SQL = ("""CREATE TEMP TABLE cell AS SELECT region, sector, sum(employees)::float8 AS v FROM national GROUP BY region, sector""",
       """CREATE TEMP TABLE lq AS SELECT region, sector,
            (v / sum(v) OVER (PARTITION BY region)) / (sum(v) OVER (PARTITION BY sector) / sum(v) OVER ()) AS lq FROM cell""",
       """CREATE TEMP TABLE m AS SELECT region, sector, count(*) OVER (PARTITION BY sector) AS k FROM lq WHERE lq >= 1; ANALYZE m""",
       """CREATE TEMP TABLE phi AS SELECT a.sector AS s, b.sector AS t, count(*)::float8 / greatest(a.k, b.k) AS phi
            FROM m a JOIN m b USING (region) GROUP BY a.sector, b.sector, a.k, b.k; ANALYZE phi""",
       """CREATE TEMP TABLE density AS SELECT m.region, t AS sector, sum(phi) / max(total) AS density
            FROM m JOIN phi ON s = m.sector JOIN (SELECT t, sum(phi) AS total FROM phi GROUP BY t) x USING (t) GROUP BY 1, 2""",
       # Complexity by power iteration, as it is written in SQL: the weighted mean taken out in every round.
       """CREATE TEMP TABLE d AS SELECT region, count(*)::float8 AS d FROM m GROUP BY 1;
          CREATE TEMP TABLE x AS SELECT region, (hashtext(region::text) % 1000)::float8 AS x FROM d""") + (
       """CREATE TEMP TABLE y AS SELECT sector, avg(x) AS y FROM m JOIN x USING (region) GROUP BY 1; DROP TABLE x;
          CREATE TEMP TABLE z AS SELECT region, avg(y) AS z, max(d) AS d FROM m JOIN y USING (sector) JOIN d USING (region) GROUP BY 1;
          CREATE TEMP TABLE x AS SELECT region, (z - mean) / sqrt(square - mean ^ 2) AS x
            FROM z, (SELECT sum(z * d) / sum(d) AS mean, sum(z * z * d) / sum(d) AS square FROM z) a; DROP TABLE y, z""",) * 60


def sql_whole():
    steps = {}
    for statement in SQL:
        timed(steps, "sql", lambda: cursor.execute(statement))
    cursor.execute("DROP TABLE cell, lq, m, phi, density, d, x")
    return steps


def compare_steps(title, table, x, repetitions):
    taken = side_by_side({"ours": lambda: ours_steps(table), "numpy": lambda: numpy_steps(x, {})}, repetitions)
    for step in ("lq", "proximity", "density", "complexity"):
        line(f"{step} / numpy, {title}", taken["ours"][step], taken["numpy"][step])


def run_national(title):
    cursor.execute("""DROP TABLE IF EXISTS made; CREATE TABLE made (m activity_matrix, p activity_matrix);
                      ALTER TABLE made ALTER m SET STORAGE external, ALTER p SET STORAGE external;
                      INSERT INTO made SELECT m, specialized(m) FROM (SELECT activity_matrix_agg(region, sector, employees) AS m FROM national) x""")
    compare_steps(title, "made", pivot(pd.read_csv(export(CELLS), dtype={"region": str, "sector": str})), REPETITIONS)
    ways = {"ours": ours_whole, "COPY + numpy": numpy_whole}
    if os.environ.get("PYECO"):
        sys.path.insert(0, os.environ["PYECO"])
        ways["py-ecomplexity"] = ecomplexity_whole
    if os.environ.get("ECONGEO"):
        ways["EconGeo"] = econgeo_whole
    taken = side_by_side(ways)
    for name in ways:
        if name != "ours":
            line(f"pipeline / {name}, {title}", taken["ours"]["whole"], taken[name]["whole"])
    if os.environ.get("PIPELINE_SQL"):
        line(f"pipeline / plain SQL, {title}", taken["ours"]["whole"], side_by_side({"sql": sql_whole}, 0)["sql"]["whole"])


def run_large(title):
    """3,000 regions x 6,000 sectors, 8 of 100 cells present, mildly nested; made by hashes, so the same everywhere."""
    # Inserted as it is made: copied from a table of its own it would stay compressed, and each step would pay for that.
    cursor.execute("""CREATE TABLE made_large (m activity_matrix, p activity_matrix);
                      ALTER TABLE made_large ALTER m SET STORAGE external, ALTER p SET STORAGE external;
                      INSERT INTO made_large SELECT m, m FROM (
                        SELECT activity_matrix_agg(('x:R' || 10000 + r)::region_code, ('cluster:S' || 10000 + s)::sector_code, 1) AS m
                        FROM generate_series(1, 3000) r, generate_series(1, 6000) s
                        WHERE (hashint8extended(r * 10000::int8 + s, 7) & 1023) < 82 * (0.6 + 0.8 * r / 3000.0)) made""")
    x = pivot(pd.read_csv(export("SELECT region, sector, value AS employees FROM made_large, cells(m)"), dtype={"region": str, "sector": str}))
    present = x.astype(np.float32)
    taken = {"ours": [], "numpy": []}
    for repetition in range(3):
        steps = {}
        phi = timed(steps, "proximity", lambda: proximity(present))
        timed(steps, "density", lambda: (present @ phi) / np.maximum(phi.sum(0), 1e-30))
        del phi
        timed(steps, "complexity", lambda: complexity(present))
        taken["numpy"].append(steps)
        taken["ours"].append(ours_steps("made_large"))
    for step in ("proximity", "density", "complexity"):
        line(f"{step} / numpy, {title}", *(statistics.median(s[step] for s in taken[way]) for way in ("ours", "numpy")))


def hardware():
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "unknown processor")
    load = os.getloadavg()[0]
    busy = ": busy, trust ratios only" if load > os.cpu_count() / 2 else ""
    print(f"   {model}, {os.cpu_count()} cores, load {load:.1f}{busy}; PostgreSQL {query('SHOW server_version')}, numpy {np.__version__}, one BLAS thread")


hardware()
{"national": run_national, "large": run_large}[sys.argv[1]](sys.argv[2])
