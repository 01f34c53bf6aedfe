"""pointblank over Polars: a step per rule, with the rows that fail it."""

from collections.abc import Sequence

import pointblank as pb
import polars as pl

from benchmarks.workload import EXTRA_BOUND, Threshold

STEPS = {
    ">=": pb.Validate.col_vals_ge,
    "<=": pb.Validate.col_vals_le,
    ">": pb.Validate.col_vals_gt,
    "<": pb.Validate.col_vals_lt,
}


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    needed = {rule.item for rule in rules} | {rule.extra for rule in rules if rule.extra}
    plan = pb.Validate(pl.read_parquet(facts, columns=["代码", "学段", *sorted(needed)]))
    for rule in rules:
        plan = STEPS[rule.order](plan, rule.item, rule.bound, na_pass=True, pre=_concerned(rule))
    done = plan.interrogate(collect_tbl_checked=False, extract_limit=1 << 30)
    told = done.get_data_extracts()
    return [
        told[at].get_column("代码").to_list() if told.get(at) is not None else []
        for at in range(1, len(rules) + 1)
    ]


def _concerned(rule: Threshold):  # noqa: ANN202 - as pointblank has it
    where = pl.col("学段") == rule.stage
    if rule.extra is not None:
        where &= pl.col(rule.extra) > EXTRA_BOUND
    columns = ["代码", rule.item]
    return lambda frame: frame.filter(where).select(columns)
