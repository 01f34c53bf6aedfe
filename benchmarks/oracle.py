"""The violations, found in the plainest way there is: each rule and each school, one by one."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from benchmarks.workload import EXTRA_BOUND, Threshold, Workload

Violations = list[list[str]]
"""Per rule, the codes of the schools that violate it, ascending."""


def violations(work: Workload) -> Violations:
    """List the violations of the last year."""
    last = work.schools.filter(pl.col("年份") == pl.col("年份").max())
    columns = {name: last.get_column(name).to_list() for name in last.columns}
    return [_of(rule, columns) for rule in work.rules]


def _of(rule: Threshold, columns: dict[str, list[Any]]) -> list[str]:
    found = []
    values, stages, codes = columns[rule.item], columns["学段"], columns["代码"]
    extras: Sequence[float | None] = columns[rule.extra] if rule.extra else [None] * len(codes)
    for code, stage, value, extra in zip(codes, stages, values, extras, strict=True):
        if stage != rule.stage or value is None:
            continue
        if rule.extra is not None and (extra is None or not extra > EXTRA_BOUND):
            continue
        if not _holds(value, rule.order, rule.bound):
            found.append(code)
    return sorted(found)


def _holds(value: float, order: str, bound: float) -> bool:
    match order:
        case ">=":
            return value >= bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case "<":
            return value < bound
    raise ValueError(order)


def differences(found: Violations, right: Violations) -> int:
    """Count what is told and none, and what is one and not told."""
    return sum(
        len(set(told) ^ set(true)) + abs(len(told) - len(set(told)))
        for told, true in zip(found, right, strict=True)
    )
