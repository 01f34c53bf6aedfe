"""Amounts that one row gives in another unit than all others: 32000000 among 3000 (万元).

Nothing in the cell says so, and its header says the unit of the item, as it does for all. But the
number lies magnitudes away from those of every other subject of its level and year, and in the
other unit among them. Both readings are kept: which is right is for who filled it in to say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dabiao.intake.facts.rows import Batch, RowLog
from dabiao.schemas.facts import Column, Floats
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure
from dabiao.schemas.numerals import round15
from dabiao.schemas.unit import conversion, unit

_UNITS = (("元", "万元"), ("平方米", "亩", "公顷"))
"""Units that people take for one another, the usual ones first."""
_FEWEST = 4
"""Others to compare with."""
_FAR, _NEAR = 100.0, 3.0
"""How many times beyond the others a number is, and within how many times its other reading."""
_FEW = 0.2


def doubt_lone_cells(
    batches: Sequence[Batch],
    measures: Mapping[str, Measure],
    log: RowLog,
) -> None:
    """Keep both readings of amounts that fit the others only in another unit."""
    columns: dict[tuple[Level, str], list[Batch]] = defaultdict(list)
    for batch in batches:
        if batch.years is not None:
            for slug in (each for each in batch.columns if _factors(measures.get(each))):
                columns[batch.level, slug].append(batch)
    for (_, slug), of in columns.items():
        values = np.concatenate([batch.columns[slug].values for batch in of])
        years = np.concatenate([batch.years for batch in of if batch.years is not None])
        starts = np.cumsum([0, *(len(batch.codes) for batch in of)])
        for year in np.flatnonzero(np.bincount(years)).tolist():
            with np.errstate(invalid="ignore"):
                rows = np.flatnonzero((years == year) & (values > 0))
            for place, other, said in _strays(values[rows], _factors(measures[slug])):
                at = int(rows[place])
                table = int(np.searchsorted(starts, at, side="right")) - 1
                batch, row = of[table], at - int(starts[table])
                if int(batch.numbers[row]) not in batch.stated.get(slug, ()):
                    _doubt(batch, row, measures[slug], year, other, said, log)


def middle(values: Floats) -> float:
    """Give the median of some numbers; numpy's own loads what it needs for masked ones first."""
    low, high = (len(values) - 1) // 2, len(values) // 2
    parted = np.partition(values, (low, high))
    return float(parted[low] + parted[high]) / 2


def _factors(measure: Measure | None) -> dict[str, float]:
    """Give the units that the numbers of an item may be in, but for its own; and their factors."""
    own = measure.unit if isinstance(measure, Item) else None
    others = next((units for units in _UNITS if own in units), ())
    found = {each: conversion(unit(each), unit(own)) for each in others if own and each != own}
    return {each: factor for each, factor in found.items() if factor is not None}


def _strays(values: Floats, factors: Mapping[str, float]) -> Iterator[tuple[int, float, str]]:
    """Find numbers that lie among the others only in another unit: place, reading, unit."""
    usual = middle(values) if len(values) else 0.0
    away = (values > usual * _FAR) | (values < usual / _FAR)
    if not 0 < away.sum() <= _FEW * len(values) or len(values) - away.sum() < _FEWEST:
        return
    low, high = float(values[~away].min()), float(values[~away].max())
    for place in np.flatnonzero((values > high * _FAR) | (values < low / _FAR)).tolist():
        for other, factor in factors.items():
            reading = round15(float(values[place]) * factor)
            if low / _NEAR <= reading <= high * _NEAR:
                yield place, reading, other
                break


def _doubt(  # noqa: PLR0913, PLR0917 - a cell, its two readings, and where to tell
    batch: Batch,
    at: int,
    measure: Measure,
    year: int,
    reading: float,
    said: str,
    log: RowLog,
) -> None:
    slug, column = measure.slug, batch.columns[measure.slug]
    value, own = float(column.values[at]), measure.unit
    message = say(
        f"{value:.15g}{own}与其他各行相差悬殊，可能是{value:.15g}{said}（{reading:.15g}{own}）",
        f"{value:.15g} {own} is far from all other rows; it may be {value:.15g} {said}"
        f" ({reading:.15g} {own})",
    )
    cell = log.cell(batch.where(at), slug)
    values = column.values.copy()
    values[at] = np.nan
    batch.columns[slug] = Column(
        values,
        column.labels,
        column.unusable | {at: say(f"{cell}：{message}", f"{cell}: {message}")},
        column.possible | {at: (value, reading)},
    )
    name = say(measure.name, measure.english or measure.name)
    log.tell(
        batch.where(at),
        "doubtful-unit",
        say(f"{name}：{message}", f"{name}: {message}"),
        say(
            f"写明单位，如 {value:.15g}{said}；确是{own}的，写 {value:.15g}{own}",
            f"write the unit: {value:.15g}{said}, or {value:.15g}{own}",
        ),
        subject=batch.codes[at],
        year=year,
        slug=slug,
        found=f"{value:.15g}",
    )
