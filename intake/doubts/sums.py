"""Rows that are the sum of the others, though nothing in them says so: 全区 under a made-up code.

A total that has a code and no word for what it is would count as one more school, and double every
sum above it. Numbers tell: all of its counts are what those of the other rows of its year, or of
its year and parent, add up to, and they are too many and too large to be so by chance. What the
roster lists is never taken for a total.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from dabiao.intake.cells.unusable import shown
from dabiao.intake.facts.rows import Batch, RowLog, rostered, without
from dabiao.schemas.facts import Floats
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_FEWEST, _MOST = 3, 20_000
"""Other rows that add up, at least; rows of a table that people typed, at most."""
_TELLING = 4.0
"""Digits that have to agree, over all columns: one row in ten thousand does so by chance."""


def set_sums_aside(batches: list[Batch], measures: Mapping[str, Measure], log: RowLog) -> None:
    """Leave out the rows that are sums of the others in their table, and tell of them."""
    listed = rostered(batches)
    for at, batch in enumerate(batches):
        rows = set(_sums(batch, measures, listed))
        if rows:
            for row in sorted(rows):
                _tell(batch, row, log)
            batches[at] = without(batch, rows)


def _sums(
    batch: Batch, measures: Mapping[str, Measure], listed: "AbstractSet[tuple[Level, str]]"
) -> Iterator[int]:
    """Find the rows of a table that are the sum of its others."""
    if batch.years is None or not _FEWEST < len(batch.codes) <= _MOST:
        return
    counts = [of.values for slug, of in batch.columns.items() if _is_count(measures.get(slug))]
    if len(counts) < 2:  # noqa: PLR2004 - one number can be a sum by chance
        return
    numbers = np.stack(counts)
    for group in _groups(batch.years.tolist(), batch.parents):
        row = _sum_of(numbers[:, group])
        at = None if row is None else group[row]
        if at is None or batch.codes[at] in batch.parents:  # whose code it is tells what it is
            continue
        if (batch.level, batch.codes[at]) not in listed:
            yield at


def _groups(years: Sequence[int], parents: Sequence[str | None]) -> Iterator[list[int]]:
    """Give the rows of each year, and of each year and parent where there are several."""
    found: dict[int, dict[str, list[int]]] = {}
    for row, (year, parent) in enumerate(zip(years, parents, strict=True)):
        found.setdefault(year, {}).setdefault(parent or "", []).append(row)
    for _, by_parent in sorted(found.items()):
        groups = [sorted(chain.from_iterable(by_parent.values()))]
        if len(by_parent) > 1:
            groups += [rows for _, rows in sorted(by_parent.items())]
        yield from (rows for rows in groups if len(rows) > _FEWEST)  # fewer never add up to tell


def _sum_of(numbers: Floats) -> int | None:
    """Give the column of numbers that is what all the others add up to."""
    filled = np.nan_to_num(numbers)
    row = int(np.argmax(filled.sum(axis=0)))
    own = filled[:, row]
    others = filled.sum(axis=1) - own
    parts = (filled > 0).sum(axis=1) - (own > 0)
    reported = ~np.isnan(numbers[:, row])
    if not reported.any() or (own[reported] != others[reported]).any():
        return None
    several = reported & (parts >= _FEWEST)
    digits = sum(math.log10(each) for each in own[several].tolist() if each > 1)
    return row if several.sum() > 1 and digits >= _TELLING else None


def _is_count(measure: Measure | None) -> bool:
    return isinstance(measure, Item) and measure.type is ItemType.INTEGER


def _tell(batch: Batch, row: int, log: RowLog) -> None:
    who = shown(batch.names[row] or batch.codes[row])
    log.tell(
        batch.where(row),
        "totals-row",
        say(
            f"{who}的每个计数都等于其他各行之和，按合计行放在一边，未作为填报数据",
            f"each count of {who} is what the other rows add up to; it is taken for a total and"
            " was set aside",
        ),
        say("确是填报对象的，列入名录", "list it in a roster if it is no total"),
        subject=batch.codes[row],
        year=batch.year(row),
    )
