"""cuallee over pandas: a predicate per rule. It tells how many rows fail, not which."""

from collections.abc import Sequence

import pandas as pd
from cuallee import Check

from benchmarks.workload import EXTRA_BOUND, Threshold


def violations(rules: Sequence[Threshold], facts: str) -> list[int]:
    """Count the violations per rule."""
    frame = pd.read_parquet(facts)
    check = Check(name="rules")
    for rule in rules:
        check = check.satisfies(rule.item, _holds(rule))
    told = check.validate(frame)
    numbers = dict(zip(told["value"], told["violations"], strict=True))  # equal checks are one
    return [int(numbers[_holds(rule)]) for rule in rules]


def _holds(rule: Threshold) -> str:
    """Write what a row must be: right, of another stage, or without a value."""
    item, also = rule.item, ""
    if rule.extra is not None:
        also = f" or not {rule.extra} > {EXTRA_BOUND}"
    return f"{item} {rule.order} {rule.bound} or {item} != {item} or 学段 != '{rule.stage}'{also}"
