"""The findings of a tree as Arrow tables, each with the county that its subject lies in."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.reports.run.parquet.arrow import ArrowFindings
from dabiao.schemas.distinct import distinct
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

    from dabiao.engine.judgement import Judgement


def found_by_county(
    judgement: "Judgement", tree: str, outcomes: Collection[Outcome] | None
) -> Iterator[tuple["pa.Table", "pa.DictionaryArray"]]:
    """Yield findings, some at a time, and beside them the county of each.

    What is found of a prefecture or region stands under its own code, and under the tree's what
    lies nobody knows where.

    Args:
        judgement: What was judged.
        tree: The code of the tree.
        outcomes: Only those with one of these outcomes.
    """
    import pyarrow as pa

    hierarchy = judgement.evaluator.frames.hierarchy
    lies = [code for level in Level for code in _counties(hierarchy, level, tree)]
    named = sorted({tree, *lies})
    places = {code: at for at, code in enumerate(named)}
    of = np.array([places[code] for code in lies], np.int32)
    words = pa.array(named, pa.string())
    for table in ArrowFindings(judgement.excerpt()).tables(outcomes):
        for part in table.to_batches():
            who = part.column("code").indices.to_numpy(zero_copy_only=False)
            county = pa.DictionaryArray.from_arrays(pa.array(of[who]), words)
            yield pa.Table.from_batches([part]), county


def counts(judgement: "Judgement") -> "pa.Table":
    """Count findings by rule, year and outcome."""
    import pyarrow as pa

    rules = judgement.catalog.rules
    rows = [
        (id_, year, rules[id_].level.value, outcome.value, number)
        for (id_, year), numbers in judgement.excerpt().counts.items()
        for outcome, number in zip(Outcome, numbers, strict=True)
        if number
    ]
    kinds = {
        "rule": pa.string(), "year": pa.int32(), "level": pa.string(), "outcome": pa.string(),
        "number": pa.int64(),
    }  # fmt: skip
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table(
        {name: pa.array(of, kind) for (name, kind), of in zip(kinds.items(), columns, strict=True)}
    )


def _counties(hierarchy: Hierarchy, level: Level, tree: str) -> list[str]:
    """Give the county of each subject of a level."""
    codes = hierarchy.tiers[level].codes
    if level.rank <= Level.COUNTY.rank:
        return codes
    counties = hierarchy.tiers[Level.COUNTY]
    above = hierarchy.ladder(level, Level.COUNTY)[: len(codes)]
    named = {at: counties.code(at) for at in distinct(above[above >= 0]).tolist()}
    return [named.get(at, tree) for at in above.tolist()]
