"""DuckDB: one query that tells every violation with its rule."""

from collections.abc import Sequence

import duckdb

from benchmarks.workload import EXTRA_BOUND, Threshold

BROKEN = {">=": "<", "<=": ">", ">": "<=", "<": ">="}


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    base = duckdb.connect()
    base.execute(f"CREATE TABLE facts AS SELECT * FROM read_parquet('{facts}')")  # noqa: S608 - ours
    found = []
    for rule in rules:
        also = "" if rule.extra is None else f' AND "{rule.extra}" > {EXTRA_BOUND}'
        told = base.execute(
            f'SELECT 代码 FROM facts WHERE "{rule.item}" {BROKEN[rule.order]} {rule.bound}'  # noqa: S608 - ours
            f" AND 学段 = '{rule.stage}'{also}"
        )
        found.append([code for (code,) in told.fetchall()])
    return found
