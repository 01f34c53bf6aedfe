"""vtlengine, the engine of VTL 2.1 of statistical offices, in its DuckDB mode."""

from collections.abc import Sequence

import polars as pl
from vtlengine import run

from benchmarks.workload import EXTRA_BOUND, ITEMS, Threshold, item_name

BROKEN = {">=": "<", "<=": ">", ">": "<=", "<": ">="}
SLUG = {item_name(at): f"item_{at:03}" for at in range(ITEMS)}


def violations(rules: Sequence[Threshold], facts: str) -> list[list[str]]:
    """List the codes per rule."""
    frame = pl.read_parquet(facts, columns=["代码", "学段", *SLUG])
    frame = frame.rename({"代码": "code", "学段": "stage", **SLUG})
    structure = {"datasets": [{"name": "facts", "DataStructure": [*_components()]}]}
    script = "\n".join(_assignment(at, rule) for at, rule in enumerate(rules))
    told = run(script, structure, {"facts": frame.to_pandas()}, use_duckdb=True)
    return [told[f"r{at}"].data["code"].tolist() for at in range(len(rules))]


def _components() -> list[dict[str, object]]:
    def one(name: str, kind: str, role: str) -> dict[str, object]:
        return {"name": name, "type": kind, "role": role, "nullable": role != "Identifier"}

    items = [one(slug, "Number", "Measure") for slug in SLUG.values()]
    return [one("code", "String", "Identifier"), one("stage", "String", "Measure"), *items]


def _assignment(at: int, rule: Threshold) -> str:
    slug = SLUG[rule.item]
    where = f'stage = "{rule.stage}" and {slug} {BROKEN[rule.order]} {rule.bound}'
    if rule.extra is not None:
        where += f" and {SLUG[rule.extra]} > {EXTRA_BOUND}"
    return f"r{at} <- facts[filter {where}][keep {slug}];"
