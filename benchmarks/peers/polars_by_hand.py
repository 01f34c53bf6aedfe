"""Polars, all rules in one query."""

from collections.abc import Sequence

import polars as pl

from benchmarks.workload import EXTRA_BOUND, Threshold


def broken(rule: Threshold) -> pl.Expr:
    """Tell whether a rule is violated."""
    value = pl.col(rule.item)
    wrong = {
        ">=": value < rule.bound,
        "<=": value > rule.bound,
        ">": value <= rule.bound,
        "<": value >= rule.bound,
    }[rule.order] & (pl.col("学段") == rule.stage)
    return wrong if rule.extra is None else wrong & (pl.col(rule.extra) > EXTRA_BOUND)


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    asked = [broken(rule).alias(rule.name) for rule in rules]
    answers = pl.scan_parquet(facts).select("代码", *asked).collect()
    codes = answers.get_column("代码")
    return [codes.filter(answers.get_column(rule.name)).to_list() for rule in rules]
