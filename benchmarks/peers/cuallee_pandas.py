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
        holds = f"{rule.item} {rule.order} {rule.bound} or {rule.item} != {rule.item}"
        holds += f" or 学段 != '{rule.stage}'"
        if rule.extra is not None:
            holds += f" or not {rule.extra} > {EXTRA_BOUND}"
        check = check.satisfies(rule.item, holds)
    return [int(number) for number in check.validate(frame)["violations"].tolist()]
