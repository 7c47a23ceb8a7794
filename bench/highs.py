#!/usr/bin/python3
"""Solve a free-format MPS file by HiGHS, through scipy (Debian's python3-scipy), which has the solver but no reader of files.

    highs.py MODEL.mps SECONDS [SOLUTION]
    highs.py --version

Prints "status value bound seconds": the status (optimal, feasible, none, infeasible), the value of the plan and what no plan can pass, both
as a model of allocation_mps() has them, to be maximised (the file minimises the negated value; empty: none is "-"), and CPU seconds of the
solver alone. SOLUTION gets one line a column that is not 0: its name and value. Of MPS it reads what allocation_mps() writes: rows N E L G, RANGES
of L and G rows, bounds BV and UP, columns at least 0.
"""
import sys
import time

import numpy
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix


def read(path):
    """cost, constraint, integrality, bounds, names of the columns"""
    kinds, row, column, names = [], {}, {}, []
    cost, integer, upper = [], [], []
    at_row, at_column, value = [], [], []
    right, width = {}, {}
    section, whole, objective = None, False, None
    with open(path) as lines:
        for line in lines:
            field = line.split()
            if not field or line[0] == '*':
                continue
            if line[0] != ' ':
                section = field[0]
            elif section == 'ROWS':
                if field[0] == 'N':
                    objective = field[1]
                else:
                    row[field[1]] = len(kinds)
                    kinds.append(field[0])
            elif section == 'COLUMNS':
                if field[1] == "'MARKER'":
                    whole = field[2] == "'INTORG'"
                    continue
                if field[0] not in column:
                    column[field[0]] = len(names)
                    names.append(field[0])
                    cost.append(0.0)
                    integer.append(1 if whole else 0)
                    upper.append(numpy.inf)
                j = column[field[0]]
                for name, number in zip(field[1::2], field[2::2]):
                    if name == objective:
                        cost[j] = float(number)
                    else:
                        at_row.append(row[name])
                        at_column.append(j)
                        value.append(float(number))
            elif section in ('RHS', 'RANGES'):
                for name, number in zip(field[1::2], field[2::2]):
                    (right if section == 'RHS' else width)[row[name]] = float(number)
            elif section == 'BOUNDS':
                upper[column[field[2]]] = 1.0 if field[0] == 'BV' else float(field[3])
    low = numpy.full(len(kinds), -numpy.inf)
    high = numpy.full(len(kinds), numpy.inf)
    for r, kind in enumerate(kinds):
        side = right.get(r, 0.0)
        if kind in 'EG':
            low[r] = side
        if kind in 'EL':
            high[r] = side
        if r in width and kind == 'L':
            low[r] = side - width[r]
        elif r in width and kind == 'G':
            high[r] = side + width[r]
    matrix = csc_matrix((value, (at_row, at_column)), shape=(len(kinds), len(names)))
    return numpy.array(cost), LinearConstraint(matrix, low, high), numpy.array(integer), Bounds(0, numpy.array(upper)), names


def main():
    if sys.argv[1] == '--version':
        print('scipy', scipy.__version__)
        return
    cost, constraint, integrality, bounds, names = read(sys.argv[1])
    began = time.process_time()
    answer = milp(cost, constraints=constraint, integrality=integrality, bounds=bounds,
                  options={'time_limit': float(sys.argv[2]), 'mip_rel_gap': 0})
    took = time.process_time() - began
    value = bound = '-'
    if answer.x is None:
        status = 'infeasible' if answer.status == 2 else 'none'
    else:
        # the objective that it reports can differ from that of its own plan
        value = '%d' % -numpy.dot(cost, numpy.round(answer.x))
        status = 'optimal' if answer.status == 0 else 'feasible'
    if status != 'infeasible' and getattr(answer, 'mip_dual_bound', None) is not None:
        bound = '%d' % numpy.floor(-answer.mip_dual_bound + 1e-6)
    print(status, value, bound, '%.2f' % took)
    if len(sys.argv) > 3 and answer.x is not None:
        with open(sys.argv[3], 'w') as out:
            for name, amount in zip(names, answer.x):
                if abs(amount) > 1e-6:
                    print(name, '%.9g' % amount, file=out)


main()
