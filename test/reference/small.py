#!/usr/bin/python3
"""The numbers of economic-complexity that tests on small tables hold, from the package itself; small.R has those of R.

    PYTHONPATH=... /usr/bin/python3 test/reference/small.py      with the package (Datawheel, 0.3.0) on PYTHONPATH; skipped when it is missing

Prints a row a number: test, call, the number, and whether the test has it to 1e-14. Exits with 1 when one is missing.
"""
import re
import sys
from pathlib import Path

import pandas as pd

SQL = Path(__file__).resolve().parents[2] / "sql"
table = pd.DataFrame([[6, 3, 1, 0], [2, 7, 0, 4], [0, 2, 5, 8], [1, 0, 4, 5]], ["11", "26", "27", "41"], ["A", "C", "J", "K"], float)
missing = 0


def holds(test, call, values):
    global missing
    numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:[eE]-?\d+)?", (SQL / f"{test}.sql").read_text(encoding="utf-8"))]
    for value in values:
        found = any(abs(n - value) <= 1e-14 * abs(value) for n in numbers)
        missing += not found
        print(f"{test} | {call} | {value!r} | {'in the test' if found else 'NOT in the test'}")


try:
    import economic_complexity as dw
except ImportError as absent:
    print(f"skipped: {absent}")
    sys.exit(0)
rca = dw.rca(table)
similar = dw.similarity(rca)
holds("region_similarity", "similarity", [float(similar.loc[a, b]) for i, a in enumerate(table.index) for b in table.index[i + 1:]])
gini = pd.DataFrame({"gini": [.3, .4, .5, .35]}, table.index)
holds("region_mean", "pgi", [float(v) for v in dw.pgi(table, rca, gini).iloc[:, 0]])
sys.exit(missing > 0)
