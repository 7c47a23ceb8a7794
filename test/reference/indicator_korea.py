#!/usr/bin/python3
"""The constants of test/pgtap/indicator_korea.sql, computed apart from the library.

    /usr/bin/python3 test/reference/indicator_korea.py            prints label and value, a line each
    /usr/bin/python3 test/reference/indicator_korea.py --check    compares them with the constants in the test; exits with 1 if any differs by 1e-12

Reads the published tables in extension/kr/data and needs numpy only. Each number follows the formula of the literature that the page of the
indicator names, by the plainest way: dense tables, the full nonsymmetric eigenproblem for complexity, all pairs for the locational Gini and the AUC.
Regions are rows and sectors columns throughout; B is presence, a table of 0 and 1.
"""
import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

TOP = Path(__file__).resolve().parents[2]
DATA = TOP / "extension" / "kr" / "data"
REGION, SECTOR, PARTNER = "46170", "J", "C"


def read(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def tables(*years):
    """Amounts of the years over the regions and sectors of all of them; negative cells are left out."""
    cell = {year: defaultdict(int) for year in years}
    for row in read("region_industry_kr.csv"):
        year = int(row["year"])
        if year in cell and int(row["value_mkrw"]) > 0:
            cell[year][row["code"], row["industry"]] += int(row["value_mkrw"])
    regions = sorted({r for c in cell.values() for r, _ in c})
    sectors = sorted({s for c in cell.values() for _, s in c})
    return regions, sectors, [np.array([[float(c.get((r, s), 0)) for s in sectors] for r in regions]) for c in cell.values()]


def presence(x):
    """x T >= x_r x_s in whole numbers."""
    whole = [[int(v) for v in row] for row in x]
    rows = [sum(row) for row in whole]
    columns = [sum(column) for column in zip(*whole)]
    total = sum(rows)
    return np.array([[float(v > 0 and v * total >= rows[i] * columns[j]) for j, v in enumerate(row)] for i, row in enumerate(whole)])


def location_quotient(x):
    return (x / x.sum(1, keepdims=True)) / (x.sum(0) / x.sum())


def proximity(b):
    k = b.sum(0)
    return b.T @ b / np.maximum.outer(k, k)


def density(b, w, k=None, own=False):
    """Share of each sector's relatedness w (its row) that is present in a region; of its k nearest, ties by the sector's code."""
    w = w.copy()
    if not own:
        np.fill_diagonal(w, 0)
    if k is not None:
        for s in range(len(w)):
            near = sorted((t for t in range(len(w)) if own or t != s), key=lambda t: (-w[s, t], t))[:k]
            w[s, [t for t in range(len(w)) if t not in near]] = 0
    return b @ w.T / w.sum(1)


def complexity(b):
    """ECI and PCI, both on ECI's mean and deviation, and the PCI on its own; the eigenvector of the second eigenvalue, signed by diversity."""
    of_region, of_sector = b / b.sum(1, keepdims=True), (b / b.sum(0)).T
    value, vector = np.linalg.eig(of_region @ of_sector)
    second = np.argsort(-value.real)[1]
    e = vector[:, second].real
    if np.corrcoef(e, b.sum(1))[0, 1] < 0:
        e = -e
    q = of_sector @ e / value[second].real          # so that e is the mean of q over what is present
    return (e - e.mean()) / e.std(), (q - e.mean()) / e.std(), (q - q.mean()) / q.std()


def fitness(b, steps):
    f, g = np.ones(b.shape[0]), np.ones(b.shape[1])
    for _ in range(steps):
        f, g = b @ g, 1 / (b.T @ (1 / f))
        f, g = f / f.mean(), g / g.mean()
    return f, g


def reflections(b, steps):
    k, q = b.sum(1), b.sum(0)
    for _ in range(steps):
        k, q = b @ q / b.sum(1), b.T @ k / b.sum(0)
    return k


def outlook(b, w, pci):
    return ((1 - b) * density(b, w) * pci).sum(1)


def gain(b, w, pci, r, s):
    """What sector s would add to the outlook of region r, counted by putting it there."""
    with_it = b[r : r + 1].copy()
    with_it[0, s] = 1
    return outlook(with_it, w, pci)[0] - outlook(b[r : r + 1], w, pci)[0]


def theil(x, p, group):
    between = within = 0.0
    for g in sorted(set(group)):
        here = group == g
        y, v = x[here].sum() / x.sum(), p[here].sum() / p.sum()
        between += y * np.log(y / v)
        shares, places = x[here] / x[here].sum(), p[here] / p[here].sum()
        within += y * sum(a * np.log(a / b) for a, b in zip(shares, places) if a > 0)
    return between, within


def auc(score, entered):
    """Share of pairs of an entry and a sector that stayed away in which the entry scored higher; ties count half."""
    away = score[~entered]
    return float(np.mean([(p > away).mean() + (p == away).mean() / 2 for p in score[entered]]))


def constants():
    regions, sectors, (x0, x) = tables(2015, 2020)
    residents = {row["code"]: float(row["total"]) for row in read("population_kr.csv") if row["year"] == "2020"}
    people = np.array([residents[r] for r in regions])
    n, a, c = regions.index(REGION), sectors.index(SECTOR), sectors.index(PARTNER)
    b0, b = presence(x0), presence(x)
    k, places = b.sum(0), len(regions)
    own = x / x.sum(1, keepdims=True)                # a region's shares of its sectors
    reference = x.sum(0) / x.sum()
    here = x / x.sum(0)                              # a sector's shares of its regions
    size = x.sum(1) / x.sum()

    yield "location quotient", location_quotient(x)[n, a]
    yield "symmetric", ((location_quotient(x) - 1) / (location_quotient(x) + 1))[n, a]
    yield "additive", (own - reference)[n, a]
    yield "diversity", b.sum(1)[n]
    yield "ubiquity", k[a]

    both = b.T @ b
    apart = both - np.diag(np.diag(both))            # EconGeo's co-occurrence, without the diagonal
    s = apart.sum(1)
    t = s.sum()
    yield "relatedness proximity", proximity(b)[a, c]
    yield "relatedness sqrt", both[a, c] / np.sqrt(k[a] * k[c])
    yield "relatedness asymmetric", both[a, c] / k[c]
    yield "relatedness correlation", (1 + np.corrcoef(b.T)[a, c]) / 2
    yield "relatedness jaccard", apart[a, c] / (s[a] + s[c] - apart[a, c])
    yield "relatedness cosine", apart[a, c] / np.sqrt(s[a] * s[c])
    yield "relatedness association", apart[a, c] * t / (s[a] * s[c])
    yield "relatedness probability", apart[a, c] / ((s[a] / t * s[c] / (t - s[a]) + s[c] / t * s[a] / (t - s[c])) * t / 2)
    expected = k[a] * k[c] / places
    yield "z-score", (both[a, c] - expected) / np.sqrt(expected * (1 - k[a] / places) * (places - k[c]) / (places - 1))
    yield "coagglomeration", ((here[:, a] - size) * (here[:, c] - size)).sum() / (1 - (size**2).sum())
    yield "cross proximity", (b0.T @ b)[a, c] / max(b0.sum(0)[a], k[c])

    near = proximity(b)
    d = density(b, near)
    yield "density", d[n, c]
    yield "density with the sector itself", density(b, near, own=True)[n, c]
    yield "density, k = 3", density(b, near, 3)[n, c]
    lacking = d[n, b[n] == 0]
    yield "relative relatedness", (d[n, c] - lacking.mean()) / lacking.std()

    eci, pci, pci_own = complexity(b)
    f, g = fitness(b, 100)
    yield "ECI", eci[n]
    yield "PCI", pci[a]
    yield "PCI on its own scale", pci_own[a]
    yield "fitness after 100 steps", f[n]
    yield "sector fitness", g[a]
    yield "reflections", reflections(b, 4)[n]
    yield "outlook", outlook(b, near, pci)[n]
    yield "gain", gain(b, near, pci, n, c)
    yield "projected", (b @ complexity(b0)[1] / b.sum(1))[n]

    yield "Krugman", abs(own - reference)[n].sum()
    yield "Hachman", 1 / (own**2 / reference)[n].sum()
    yield "Herfindahl", (own[n] ** 2).sum()
    yield "entropy", -sum(p * np.log(p) for p in own[n] if p > 0)
    q = location_quotient(x)[:, a]
    yield "locational Gini", (np.outer(size, size) * abs(np.subtract.outer(q, q))).sum() / 2
    yield "Hoover", abs(here[:, a] - size).sum() / 2

    g_all, g_sector = x.sum() / x0.sum() - 1, x.sum(0) / x0.sum(0) - 1
    regional = x - x0 * (1 + g_sector)
    home = np.outer(x0.sum(1), x0.sum(0)) / x0.sum()  # what the region would have with the country's structure
    with np.errstate(all="ignore"):
        competitive = np.where(x0 > 0, home * (x / x0 - 1 - g_sector), regional)
    yield "shift-share national", (x0 * g_all)[n].sum()
    yield "shift-share industry_mix", (x0 * (g_sector - g_all))[n].sum()
    yield "shift-share regional", regional[n].sum()
    yield "esteban allocation", (regional - competitive)[n].sum()
    yield "entries", ((b0 == 0) & (b == 1)).sum()
    yield "exits", ((b0 == 1) & (b == 0)).sum()

    between, within = theil(x.sum(1), people, np.array([r[:2] for r in regions]))
    yield "Theil between provinces per resident", between
    yield "Theil within", within
    yield "rpop", (x / people[:, None] / (x.sum(0) / people.sum()))[n, a]

    candidate = b0 == 0
    entered = b[candidate] == 1
    yield "backtest AUC of relatedness_density", auc(density(b0, proximity(b0))[candidate], entered)
    yield "backtest AUC of location_quotient", auc(location_quotient(x0)[candidate], entered)
    yield "backtest AUC of ubiquity", auc(np.broadcast_to(b0.sum(0), b0.shape)[candidate], entered)


def main():
    computed = {label: float(value) for label, value in constants()}
    if sys.argv[1:] != ["--check"]:
        for label, value in computed.items():
            print(f"{label}\t{value!r}")
        return 0
    test = (TOP / "test" / "pgtap" / "indicator_korea.sql").read_text(encoding="utf-8")
    written = {label: float(value) for value, label in re.findall(r"pg_temp\.near\(.*, (-?[0-9.e-]+), '([^']+)'\);", test)}
    wrong = 0
    for label in sorted(set(written) | set(computed)):
        a, b = written.get(label), computed.get(label)
        if a is None or b is None or abs(a - b) > 1e-12 * max(1, abs(a)):
            print(f"{label}: {a} in the test, {b} here")
            wrong += 1
    print(f"{len(written)} constants, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
