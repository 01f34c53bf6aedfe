"""Amounts of money that one row gives in another unit than all others: 32000000 among 3000 (万元).

Nothing in the cell says so, and its header says the unit of the item, as it does for all. But the
number lies magnitudes away from those of every other subject of its level and year, and in the
other unit among them. Both readings are kept: which is right is for who filled it in to say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dabiao.intake.facts.rows import Batch, origin_at, problem_at
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.facts import Column, Floats, Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure
from dabiao.schemas.numerals import round15
from dabiao.schemas.unit import conversion, unit

_UNITS = ("元", "万元")
_FEWEST = 4
"""Others to compare with."""
_FAR, _NEAR = 100.0, 3.0
"""How many times beyond the others a number is, and within how many times its other reading."""
_FEW = 0.2


def doubt_lone_cells(
    batches: Sequence[Batch],
    origins: Sequence[Origin],
    measures: Mapping[str, Measure],
    noticed: ProblemLog,
) -> None:
    """Keep both readings of amounts that fit the others only in another unit."""
    by_year: dict[tuple[Level, str, int], list[tuple[Batch, int]]] = defaultdict(list)
    for batch in batches:
        if batch.years is None:
            continue
        for slug in (each for each in batch.columns if _factors(measures.get(each))):
            with np.errstate(invalid="ignore"):
                some = np.flatnonzero(batch.columns[slug].values > 0)
            for at, year in zip(some.tolist(), batch.years[some].tolist(), strict=True):
                by_year[batch.level, slug, year].append((batch, at))
    for (_, slug, year), cells in by_year.items():
        measure = measures[slug]
        values = np.array([float(of.columns[slug].values[at]) for of, at in cells])
        for place, other, said in _strays(values, _factors(measure)):
            batch, at = cells[place]
            if int(batch.numbers[at]) not in batch.stated.get(slug, ()):
                _doubt(batch, at, measure, year, other, said, origins, noticed)


def _factors(measure: Measure | None) -> dict[str, float]:
    """Give the units of money that an item is not in, and what a number in them comes to."""
    if not isinstance(measure, Item) or measure.unit not in _UNITS:
        return {}
    found = {each: conversion(unit(each), unit(measure.unit)) for each in _UNITS}
    return {each: factor for each, factor in found.items() if factor not in {None, 1.0}}


def _strays(values: Floats, factors: Mapping[str, float]) -> Iterator[tuple[int, float, str]]:
    """Find numbers that lie among the others only in another unit: place, reading, unit."""
    middle = float(np.median(values)) if len(values) else 0.0
    away = (values > middle * _FAR) | (values < middle / _FAR)
    if not 0 < away.sum() <= _FEW * len(values) or len(values) - away.sum() < _FEWEST:
        return
    low, high = float(values[~away].min()), float(values[~away].max())
    for place in np.flatnonzero((values > high * _FAR) | (values < low / _FAR)).tolist():
        for other, factor in factors.items():
            reading = round15(float(values[place]) * factor)
            if low / _NEAR <= reading <= high * _NEAR:
                yield place, reading, other


def _doubt(  # noqa: PLR0913, PLR0917 - a cell, its two readings, and where to tell
    batch: Batch,
    at: int,
    measure: Measure,
    year: int,
    reading: float,
    said: str,
    origins: Sequence[Origin],
    noticed: ProblemLog,
) -> None:
    slug, column = measure.slug, batch.columns[measure.slug]
    value, own = float(column.values[at]), measure.unit
    told = say(
        f"{value:.15g}{own}与其他各行相差悬殊，可能是{value:.15g}{said}（{reading:.15g}{own}）",
        f"{value:.15g} {own} is far from all other rows; it may be {value:.15g} {said}"
        f" ({reading:.15g} {own})",
    )
    origin = origin_at(origins, batch.origin)
    cell = origin.cell(slug, int(batch.numbers[at])) if origin is not None else None
    values = column.values.copy()
    values[at] = np.nan
    batch.columns[slug] = Column(
        values,
        column.labels,
        column.unusable | {at: say(f"{cell}：{told}", f"{cell}: {told}")},
        column.possible | {at: (value, reading)},
    )
    name = say(measure.name, measure.english or measure.name)
    noticed.add(
        problem_at(
            origins,
            (batch.origin, int(batch.numbers[at])),
            "doubtful-unit",
            say(f"{name}：{told}", f"{name}: {told}"),
            say(
                f"写明单位，如 {value:.15g}{said}；确是{own}的，写 {value:.15g}{own}",
                f"write the unit: {value:.15g}{said}, or {value:.15g}{own}",
            ),
            subject=batch.codes[at],
            year=year,
            slug=slug,
            found=f"{value:.15g}",
        )
    )
