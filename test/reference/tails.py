#!/usr/bin/python3
"""Tails of Student's t and of F by mpmath in 60 digits: test/kernel/tails.h, against which test/kernel/cover_test.c holds extension/indicator/student.c.

    /usr/bin/python3 test/reference/tails.py > test/kernel/tails.h
    /usr/bin/python3 test/reference/tails.py --check      computes the table again; exits with 1 if a byte differs

Needs mpmath only. Two-sided: P(|T| >= t) for df degrees of freedom by mpmath's incomplete beta function, and twice the smaller tail of F for
(df1, df2) by the series of positive terms x^a (1 - x)^b / (a B(a, b)) (1 + (a + b) x / (a + 1) + ...), as its own stops for large a and b.
"""
import sys
from pathlib import Path

import mpmath

mpmath.mp.dps = 60
TABLE = Path(__file__).resolve().parents[1] / "kernel" / "tails.h"

FREEDOM = [1, 2, 3, 4, 7, 10, 30, 100, 228, 1000, 10**4, 10**5, 10**6, 10**7]
T = ["1e-9", "0.001", "0.5", "1", "1.7", "1.75", "2.5", "5", "11", "23", "36"]
PAIRS = [(1, 1), (2, 2), (9, 9), (9, 4), (120, 120), (228, 228), (1000, 1600), (10**5, 2267), (10**5, 10**5)]
F = ["1e-6", "0.2", "0.7", "0.97", "1.001", "1.5", "6"]


def student(t, df):
    t = mpmath.mpf(float(t))            # the double that the C compiler reads
    return mpmath.betainc(mpmath.mpf(df) / 2, mpmath.mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def below(a, b, x):
    a, b = mpmath.mpf(a) / 2, mpmath.mpf(b) / 2
    term = total = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(1 - x) - mpmath.log(a) + mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b))
    n = 0
    while term > total * mpmath.mpf(10) ** -30:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return total


def variance_quotient(f, df1, df2):
    f = mpmath.mpf(float(f))
    share = df1 * f / (df1 * f + df2)
    p = below(df1, df2, share) if f < 1 else below(df2, df1, 1 - share)     # where the terms fall from the first one on
    return 2 * min(p, 1 - p)


def rows():
    yield "/* Written by test/reference/tails.py with mpmath: t or f, degrees of freedom (df1 and df2; df2 is 0 for Student's t), the two-sided p-value. */"
    yield "static const double tail[][4] = {"
    for df in FREEDOM:
        for t in T:
            yield f"\t{{{t}, {df}, 0, {mpmath.nstr(student(t, df), 20)}}},"
    for df1, df2 in PAIRS:
        for f in F:
            p = variance_quotient(f, df1, df2)
            if p > mpmath.mpf("1e-300"):
                yield f"\t{{{f}, {df1}, {df2}, {mpmath.nstr(p, 20)}}},"
    yield "};"


made = "\n".join(rows()) + "\n"
if sys.argv[1:] == ["--check"]:
    same = made == TABLE.read_text(encoding="utf-8")
    print(f"{made.count('},')} tails, {'the same' if same else 'not the same'}")
    sys.exit(not same)
print(made, end="")
