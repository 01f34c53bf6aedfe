"""What a worker of Spark does with the packed rows of one tree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from dabiao.library.spark.packing import unpacked
from dabiao.library.spark.reading import UNFIT
from dabiao.library.trees.found import counts, found_by_county
from dabiao.library.trees.judging import (
    COLUMNS,
    COUNTS,
    FINDINGS,
    PROBLEMS,
    Task,
    TreeJudged,
    catalog_from,
    judge_tree,
    refused,
    too_large,
)
from dabiao.schemas.language import say, speaking
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

_EVERY = {
    **COLUMNS, "number": "bigint", "message": "string", "part": "string", "county": "string",
}  # fmt: skip
JUDGED = ", ".join(f"{name} {kind}" for name, kind in _EVERY.items())
"""What comes back: findings; counts with a ``number``; problems with a ``message``, and 1 as a
``number`` where rows were left out for it."""


def tree_judge(
    task: Task,
    catalog: Any,  # noqa: ANN401 - broadcast by Spark
    members: Mapping[str, frozenset[str]],
    outcomes: tuple[Outcome, ...],
) -> "Callable[[Any, pa.Table], pa.Table]":
    """Give what judges one tree.

    Args:
        task: What is to be done.
        catalog: The rules as text, broadcast to the workers once.
        members: The places of each tree that is of several.
        outcomes: Only findings with one of these outcomes are given; all if none is named.
    """

    def judge(key: Any, packed: "pa.Table") -> "pa.Table":  # noqa: ANN401 - a scalar of Arrow
        tree = str(key[0].as_py())
        with speaking(task.language):
            return _given(_judged(task, catalog.value, tree, members, packed), tree, outcomes)

    return judge


def _judged(
    task: Task, catalog: bytes, tree: str, members: Mapping[str, frozenset[str]], packed: "pa.Table"
) -> TreeJudged:
    large = too_large(task, sum(map(len, packed.column("payload").to_pylist())))
    if large is not None:
        return refused(large)
    payloads: dict[str, list[bytes]] = {}
    columns = (packed.column(name).to_pylist() for name in ("kind", "payload"))
    for kind, payload in zip(*columns, strict=True):
        payloads.setdefault(kind, []).append(payload)
    unfit = payloads.pop(UNFIT, None)
    told = () if unfit is None else (_unfit(unfit),)
    if not payloads:
        return refused(*told)
    try:
        tables = {kind: unpacked(each) for kind, each in sorted(payloads.items())}
    except (pl.exceptions.PolarsError, ValueError) as error:
        return refused(*told, str(error))
    found = judge_tree(task, catalog_from(catalog), members.get(tree, frozenset({tree})), tables)
    return replace(found, problems=(*told, *found.problems))


def _unfit(payloads: Sequence[bytes]) -> str:
    """Say that rows were left out: whatever shifts a value of them may shift all."""
    rows = [row for each in payloads for row in each.decode().splitlines()]
    first = min(rows)
    return say(
        f"{len(rows)} 行与表头不符或读不了，没有读取，如“{first}”；含逗号的内容加引号",
        f"{len(rows)} rows do not fit the header, or cannot be read, and were left out, such as"
        f" “{first}”; put quotes around commas",
    )


def _given(found: TreeJudged, tree: str, outcomes: tuple[Outcome, ...]) -> "pa.Table":
    """Give what came of a tree as rows of one table."""
    import pyarrow as pa

    parts = []
    if found.judgement is not None:
        for table, county in found_by_county(found.judgement, tree, outcomes or None):
            columns = dict(zip(table.column_names, table.columns, strict=True))
            parts.append(_rows(columns | {"county": county}, FINDINGS, len(table)))
        counted = counts(found.judgement)
        columns = dict(zip(counted.column_names, counted.columns, strict=True))
        parts.append(_rows(columns | {"county": _same(tree, len(counted))}, COUNTS, len(counted)))
    size = len(found.problems)
    unread = [int(found.unread)] * size  # told with each; counted once
    told = {
        "message": pa.array(found.problems, pa.string()),
        "county": _same(tree, size),
        "number": pa.array(unread, pa.int64()),
    }
    parts.append(_rows(told, PROBLEMS, size))
    return pa.concat_tables(parts)


def _rows(columns: Mapping[str, Any], part: str, size: int) -> "pa.Table":
    """Give columns as rows of the table that comes back, all of one part."""
    import pyarrow as pa
    import pyarrow.compute as pc

    types = {
        "string": pa.string(), "int": pa.int32(), "double": pa.float64(), "bigint": pa.int64(),
    }  # fmt: skip
    known = {**columns, "part": _same(part, size)}
    return pa.table(
        {
            name: pc.cast(known[name], types[kind])
            if name in known
            else pa.nulls(size, types[kind])
            for name, kind in _EVERY.items()
        }
    )


def _same(text: str, size: int) -> "pa.Array":
    import pyarrow as pa

    return pa.array([text] * size, pa.string())
