"""Plain numpy, as somebody would write it who needs nothing else."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from benchmarks.workload import EXTRA_BOUND, Threshold

BROKEN = {">=": np.less, "<=": np.greater, ">": np.less_equal, "<": np.greater_equal}


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    needed = {rule.item for rule in rules} | {rule.extra for rule in rules if rule.extra}
    frame = pl.read_parquet(facts, columns=["代码", "学段", *sorted(needed)])
    columns = {name: frame.get_column(name).to_numpy() for name in needed}
    stages, codes = frame.get_column("学段").to_numpy(), frame.get_column("代码").to_numpy()
    of_stage = {stage: stages == stage for stage in {rule.stage for rule in rules}}
    found = []
    for rule in rules:
        wrong = BROKEN[rule.order](columns[rule.item], rule.bound) & of_stage[rule.stage]
        if rule.extra is not None:
            wrong &= columns[rule.extra] > EXTRA_BOUND
        found.append(codes[wrong].tolist())
    return found
