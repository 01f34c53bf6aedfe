"""pandera with its Polars backend: a check per rule, all failures collected."""

from collections.abc import Sequence

import pandera.polars as pa
import polars as pl

from benchmarks.peers.polars_by_hand import broken
from benchmarks.workload import Threshold


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    frame = pl.read_parquet(facts)
    schema = pa.DataFrameSchema(checks=[_check(rule) for rule in rules])
    places: dict[str, list[int]] = {rule.name: [] for rule in rules}
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            output = error.check_output
            passed = output.get_column("check_output")
            places[error.check.name] = passed.not_().arg_true().to_list()
    codes = frame.get_column("代码")
    return [codes.gather(places[rule.name]).to_list() for rule in rules]


def _check(rule: Threshold) -> pa.Check:
    holds = ~broken(rule).fill_null(value=False)
    return pa.Check(lambda given: given.lazyframe.select(holds), name=rule.name)
