"""Great Expectations over pandas: an expectation per rule, with the codes of what is unexpected."""

from collections.abc import Sequence

import great_expectations as gx
import pandas as pd

from benchmarks.workload import EXTRA_BOUND, Threshold


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("facts")
    batches = source.add_dataframe_asset("schools").add_batch_definition_whole_dataframe("all")
    batch = batches.get_batch({"dataframe": pd.read_parquet(facts, engine="auto")})
    suite = gx.ExpectationSuite("rules", expectations=[_expectation(rule) for rule in rules])
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": ["代码"]}
    done = batch.validate(suite, result_format=wanted)
    told = {each.expectation_config.meta["rule"]: each.result for each in done.results}
    return [
        [each["代码"] for each in told[rule.name].get("unexpected_index_list") or []]
        for rule in rules
    ]


def _expectation(rule: Threshold) -> gx.expectations.ExpectColumnValuesToBeBetween:
    where = f'学段=="{rule.stage}"'
    if rule.extra is not None:
        where += f" and {rule.extra} > {EXTRA_BOUND}"
    least, most = (rule.bound, None) if rule.order in (">=", ">") else (None, rule.bound)
    return gx.expectations.ExpectColumnValuesToBeBetween(
        column=rule.item,
        min_value=least,
        max_value=most,
        strict_min=rule.order == ">",
        strict_max=rule.order == "<",
        row_condition=where,
        condition_parser="pandas",
        meta={"rule": rule.name},
    )
