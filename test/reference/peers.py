#!/usr/bin/python3
"""Our indicators beside those of ecomplexity (Growth Lab) and economic-complexity (Datawheel), on the table of Korea 2020.

    /usr/bin/python3 test/reference/peers.py DIR      DIR is what peers.sql wrote; the packages are on PYTHONPATH, those missing are skipped

Prints a row a function: ours, the peer's call, cells compared, the largest difference, cells that only one of the two gives. The outcome is in
docs/en/peers.md, with the versions.
"""
import csv
import sys
import warnings
from collections import defaultdict

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
folder = sys.argv[1]
table = pd.read_csv(f"{folder}/table.csv", dtype={"r": str})
OURS = defaultdict(dict)
with open(f"{folder}/our.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        OURS[row["what"]][row["r"], row["s"]] = float(row["v"]) if row["v"] else np.nan
wide = {year: t.pivot(index="r", columns="s", values="v").fillna(0) for year, t in table.groupby("year")}
regions, sectors = wide[2020].index, wide[2020].columns


def compare(what, call, theirs, absent=0.0, both_ways=False):
    """theirs: {(region, sector): value}, with '' for a side that the indicator has not."""
    ours, worst, where, alone, n = OURS[what], 0.0, None, 0, 0
    for key, b in theirs.items():
        a = ours.get(key, ours.get(key[::-1], absent) if both_ways else absent)
        if np.isnan(a) or np.isnan(b):
            alone += np.isnan(a) != np.isnan(b)
            continue
        n += 1
        if abs(a - b) > worst:
            worst, where = abs(a - b), (key, a, b)
    print(f"{what} | {call} | {n} | {worst:.1e} | {alone} | {where if worst > 1e-9 else ''}")


def cells(frame):
    return {(str(r), str(s)): float(v) for r, row in frame.iterrows() for s, v in row.items()}


def of_region(series):
    return {(str(r), ""): float(v) for r, v in series.items()}


def of_sector(series):
    return {("", str(s)): float(v) for s, v in series.items()}


def growth_lab():
    from ecomplexity import ecomplexity, proximity

    full = wide[2020].stack().rename("v").reset_index().assign(t=2020)
    names = {"time": "t", "loc": "r", "prod": "s", "val": "v"}
    people = pd.DataFrame([(2020, r, v) for (r, _), v in OURS["residents"].items() if r in set(regions)], columns=["t", "r", "people"])
    out = ecomplexity(full, names, presence_test="both", pop=people, verbose=False)
    compare("rpop", "ecomplexity(presence_test='both')$rpop", {(k.r, k.s): k.rpop for k in out.itertuples()})
    out = ecomplexity(full, names, verbose=False)
    keys = list(zip(out["r"].astype(str), out["s"]))

    def column(name, which):
        return {{"rs": (r, s), "r": (r, ""), "s": ("", s)}[which]: float(v) for (r, s), v in zip(keys, out[name])}

    compare("location_quotient", "ecomplexity()$rca", column("rca", "rs"))
    compare("specialized", "ecomplexity()$mcp", column("mcp", "rs"))
    compare("diversity", "ecomplexity()$diversity", column("diversity", "r"))
    compare("ubiquity", "ecomplexity()$ubiquity", column("ubiquity", "s"))
    compare("economic_complexity", "ecomplexity()$eci", column("eci", "r"))
    compare("sector_complexity", "ecomplexity()$pci", column("pci", "s"))
    compare("relatedness_density self", "ecomplexity()$density", column("density", "rs"))
    # Their outlook and gain use the PCI before it is scaled, a + b PCI, and count the sector itself in densities: what is left when a and b are fitted
    absent = 1 - np.array([[OURS["specialized"].get((r, s), 0.0) for s in sectors] for r in regions])
    dense = np.array([[OURS["relatedness_density self"][r, s] for s in sectors] for r in regions])
    pci = np.array([OURS["sector_complexity"]["", s] for s in sectors])
    near = np.array([[1.0 if s == t else OURS["relatedness proximity"].get((s, t), OURS["relatedness proximity"].get((t, s), 0.0)) for t in sectors] for s in sectors])
    for what, call, given, parts in (
        ("complexity_outlook", "ecomplexity()$coi", np.array([column("coi", "r")[r, ""] for r in regions]), [(absent * dense * v).sum(1) for v in (pci, 1)] + [np.ones(len(regions))]),
        ("opportunity_gain", "ecomplexity()$cog", np.array([[column("cog", "rs")[r, s] for s in sectors] for r in regions]).ravel(),
         [(absent * (absent @ (near * (v / near.sum(1))[:, None]))).ravel() for v in (pci, np.ones(len(sectors)))]),
    ):
        fitted = np.column_stack(parts)
        left = np.abs(fitted @ np.linalg.lstsq(fitted, given, rcond=None)[0] - given).max()
        print(f"{what} | {call}, PCI unscaled, own sector counted | {len(given)} | {left:.1e} | 0 |")
    for what, arguments in (("proximity", {}), ("asymmetric", {"asymmetric": True}), ("correlation", {"continuous": True})):
        p = proximity(full, names, **arguments)
        a, b, v = [c for c in p.columns if c != "t"][:3]
        # their first product is the condition, ours the second
        theirs = {(str(y), str(x)): float(z) for x, y, z in zip(p[a], p[b], p[v]) if x != y}
        compare("relatedness " + what, f"proximity({arguments})", theirs, both_ways=what != "asymmetric")


def datawheel():
    import economic_complexity as dw

    rca = dw.rca(wide[2020])
    compare("location_quotient", "rca", cells(rca))
    for what, procedure in (("proximity", "max"), ("sqrt", "sqrt")):
        p = cells(dw.proximity(rca, procedure=procedure))
        compare("relatedness " + what, f"proximity(procedure='{procedure}')", {k: v for k, v in p.items() if k[0] != k[1]}, both_ways=True)
    compare("relatedness_density", "relatedness", cells(dw.relatedness(rca)))
    compare("cross_density", "cross_relatedness", cells(dw.cross_relatedness(dw.rca(wide[2015]), dw.cross_proximity(dw.rca(wide[2015]), rca))))
    lacking = {r: sum(OURS["specialized"].get((r, s), 0) == 0 for s in sectors) for r in regions}
    relative = {k: v for k, v in cells(dw.relative_relatedness(rca)).items() if OURS["specialized"].get(k, 0) == 0}
    compare("relative_relatedness", "relative_relatedness", relative)
    compare("relative_relatedness", "relative_relatedness, as population deviations", {k: v / np.sqrt((lacking[k[0]] - 1) / lacking[k[0]]) for k, v in relative.items()})
    compare("cross_proximity", "cross_proximity", cells(dw.cross_proximity(dw.rca(wide[2015]), rca)))
    eci, pci = dw.complexity(rca)
    sample = np.sqrt(len(regions) / (len(regions) - 1))
    compare("economic_complexity", "complexity()[0], as population deviations", of_region(eci * sample))
    compare("reflections 18", "complexity()[0], as population deviations", of_region(eci * sample))
    compare("sector_complexity own_scale", "complexity()[1], as population deviations", of_sector(pci * np.sqrt(len(sectors) / (len(sectors) - 1))))
    ours = pd.Series({s: v for (_, s), v in OURS["sector_complexity"].items()})
    compare("projected_complexity", "complexity_subnational(pci)[0]", of_region(dw.complexity_subnational(rca, ours)[0]))
    before = pd.Series({s: v for (_, s), v in OURS["sector_complexity 2015"].items()})
    compare("reference_complexity", "complexity_subnational(pci of 2015)[0]", of_region(dw.complexity_subnational(rca, before)[0]))
    compare("opportunity_gain", "opportunity_gain(pci)", {k: v for k, v in cells(dw.opportunity_gain(rca, pci=ours)).items() if OURS["specialized"].get(k, 0) == 0})


for name, run in (("ecomplexity", growth_lab), ("economic-complexity", datawheel)):
    print(f"== {name}")
    try:
        run()
    except ImportError as missing:
        print(f"skipped: {missing}")
