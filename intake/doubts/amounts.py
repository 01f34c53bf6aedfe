"""Amounts in another unit than the others: 32000000 among 3000 (万元), one of them or many.

Nothing in the cell says so, and its header says the unit of the item, as it does for all. But the
number lies magnitudes away from those of every other subject of its level and year, and in the
other unit among them. Or so do all that a table gives for one year, and those in one parent: from
what the same subjects report otherwise, or from all others. Both readings are kept: which is right
is for who filled it in to say.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain

import numpy as np

from dabiao.intake.facts.rows import Batch, RowLog
from dabiao.schemas.facts import Bools, Floats
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure
from dabiao.schemas.numerals import round15
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, unit

_UNITS = (("元", "万元"), ("平方米", "亩", "公顷"))
"""Units that people take for one another, the usual ones first."""
_FEWEST = 4
"""Others to compare with."""
_FAR, _NEAR = 100.0, 3.0
"""How many times beyond the others a number is, and within how many times its other reading."""
_FEW = 1 / 3
"""Which share of the numbers of a year may be strays; where more are, their parts tell."""
_TYPED = 20_000
"""Rows of a table that people typed, at most."""
_Part = tuple[int, int, str | None]
"""A table, a year and a parent: what one office filled in at one time."""
_Read = tuple[str, float]
"""Another unit, and the factor from it to the item's own."""


def doubt_amounts(batches: Sequence[Batch], measures: Mapping[str, Measure], log: RowLog) -> None:
    """Keep both readings of amounts that fit the others only in another unit."""
    columns: dict[tuple[Level, str], list[Batch]] = defaultdict(list)
    for batch in batches:
        if batch.years is not None:
            for slug in (each for each in batch.columns if _factors(measures.get(each))):
                columns[batch.level, slug].append(batch)
    for (_, slug), of in columns.items():
        _Amounts(of, measures[slug]).doubt(log)


def middle(values: Floats) -> float:
    """Give the median of some numbers; numpy's own loads what it needs for masked ones first."""
    low, high = (len(values) - 1) // 2, len(values) // 2
    parted = np.partition(values, (low, high))
    return float(parted[low] + parted[high]) / 2


@dataclass
class _Amounts:
    """All numbers of an item at a level, table after table."""

    of: Sequence[Batch]
    measure: Measure

    def doubt(self, log: RowLog) -> None:
        """Keep both readings of those that may be in another unit, and tell of them."""
        found: dict[int, _Read] = {}
        for at, read in chain(self._strays(), self._slipped()):
            found.setdefault(at, read)
        for at, read in sorted(found.items()):
            table = bisect_right(self._starts, at) - 1
            batch, row = self.of[table], at - self._starts[table]
            if not self._says_unit(batch, row):
                _doubt(batch, row, self.measure, read, log)

    def _says_unit(self, batch: Batch, row: int) -> bool:
        """Tell whether a cell, or another unit in its header, says what its number is in."""
        header = batch.header_units.get(self.measure.slug)
        if header is not None and header.rows[row]:
            return True
        return int(batch.numbers[row]) in batch.stated.get(self.measure.slug, ())

    @cached_property
    def _values(self) -> Floats:
        return np.concatenate([batch.columns[self.measure.slug].values for batch in self.of])

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *accumulate(len(batch.codes) for batch in self.of)]

    @cached_property
    def _some(self) -> Bools:
        """Tell which there are, and are more than nothing."""
        with np.errstate(invalid="ignore"):
            return self._values > 0

    def _strays(self) -> Iterator[tuple[int, _Read]]:
        """Find single ones that are far from all others of their year."""
        years = np.concatenate([batch.years for batch in self.of if batch.years is not None])
        for year in np.flatnonzero(np.bincount(years)).tolist():
            rows = np.flatnonzero((years == year) & self._some)
            for place, read in _strays(self._values[rows], _factors(self.measure)):
                yield int(rows[place]), read

    def _slipped(self) -> Iterator[tuple[int, _Read]]:
        """Find parts all of which are far from what the same subjects, or all others, report."""
        some = self._values[self._some]
        if not len(some) or some.max() < some.min() * _FAR:
            return
        parts = list(self._parts.values())
        usual = np.array([middle(self._values[rows]) for rows in parts])
        order = np.argsort(usual)
        for read in _factors(self.measure).items():
            # Those that the other reading is nearer to, from the lowest or from the highest on.
            ordered = order if read[1] < 1 else order[::-1]
            extent = _Extent([self._values[parts[at]] for at in ordered])
            between = usual * read[1] ** 0.5
            nearer = np.searchsorted(usual[order], between)
            nearer = nearer if read[1] < 1 else len(order) - nearer
            for rows, each, some in zip(parts, usual.tolist(), nearer.tolist(), strict=True):
                among = len(rows) > 1 and extent.has(some, each, each * read[1])
                if some and (among or _is_near(self._change(rows) * read[1])):
                    yield from ((row, read) for row in rows)

    @cached_property
    def _parts(self) -> Mapping[_Part, Sequence[int]]:
        """The rows of each part that hold a number."""
        found: dict[_Part, list[int]] = defaultdict(list)
        for table, batch in enumerate(self.of):
            if batch.years is None or len(batch.codes) > _TYPED:
                continue
            years, start = batch.years.tolist(), self._starts[table]
            for at in np.flatnonzero(self._some[start : start + len(years)]).tolist():
                found[table, years[at], batch.parents[at]].append(start + at)
        return found

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[int]]:
        """The rows of each subject that hold a number."""
        found: dict[str, list[int]] = defaultdict(list)
        for at in np.flatnonzero(self._some).tolist():
            found[self._codes[at]].append(at)
        return found

    @cached_property
    def _codes(self) -> Sequence[str]:
        return [code for batch in self.of for code in batch.codes]

    def _change(self, rows: Sequence[int]) -> float:
        """Give how many times what the same subjects report elsewhere they report here; or 0."""
        here = set(rows)
        found = [
            float(self._values[at] / self._values[other])
            for at in rows
            for other in self._by_code[self._codes[at]]
            if other not in here
        ]
        return middle(np.array(found)) if found else 0.0


class _Extent:
    """The least, the most and how many, of ever more parts."""

    def __init__(self, parts: Sequence[Floats]) -> None:
        self._low = np.minimum.accumulate([float(part.min()) for part in parts])
        self._high = np.maximum.accumulate([float(part.max()) for part in parts])
        self._many = np.cumsum(list(map(len, parts)))

    def has(self, some: int, value: float, reading: float) -> bool:
        """Tell whether a reading lies among the first so many parts, and the value far from all."""
        if not some or self._many[some - 1] < _FEWEST:
            return False
        return _is_among(value, reading, float(self._low[some - 1]), float(self._high[some - 1]))


def _is_near(times: float) -> bool:
    return 1 / _NEAR <= times <= _NEAR


def _is_among(value: float, reading: float, low: float, high: float) -> bool:
    """Tell whether a number lies far from others as it stands, and among them as another one."""
    far = value > high * _FAR or value < low / _FAR
    return far and low / _NEAR <= reading <= high * _NEAR


def _factors(measure: Measure | None) -> dict[str, float]:
    """Give the units that the numbers of an item may be in, but for its own; and their factors."""
    own = measure.unit if isinstance(measure, Item) else None
    others = next((units for units in _UNITS if own in units), ())
    found = {each: conversion(unit(each), unit(own)) for each in others if own and each != own}
    return {each: factor for each, factor in found.items() if factor is not None}


def _strays(values: Floats, factors: Mapping[str, float]) -> Iterator[tuple[int, _Read]]:
    """Find numbers that lie among the others only in another unit."""
    usual = middle(values) if len(values) else 0.0
    away = (values > usual * _FAR) | (values < usual / _FAR)
    if not 0 < away.sum() <= _FEW * len(values) or len(values) - away.sum() < _FEWEST:
        return
    low, high = float(values[~away].min()), float(values[~away].max())
    for place in np.flatnonzero(away).tolist():
        value = float(values[place])
        for other, factor in factors.items():
            if _is_among(value, value * factor, low, high):
                yield place, (other, factor)
                break


def _doubt(batch: Batch, at: int, measure: Measure, read: _Read, log: RowLog) -> None:
    slug, column = measure.slug, batch.columns[measure.slug]
    (said, factor), value, own = read, column.at(at), measure.unit
    reading = round15(value * factor)
    message = say(
        f"{value:.15g}{own}与其他的数相差悬殊，可能是{value:.15g}{said}（{reading:.15g}{own}）",
        f"{value:.15g} {own} is far from all others; it may be {value:.15g} {said}"
        f" ({reading:.15g} {own})",
    )
    cell = log.cell(batch.where(at), slug)
    column.clear(at)
    column.unusable[at] = say(f"{cell}：{message}", f"{cell}: {message}")
    column.possible[at] = (value, reading)
    name = say(measure.name, measure.english or measure.name)
    log.tell(
        batch.where(at),
        "doubtful-unit",
        say(f"{name}：{message}", f"{name}: {message}"),
        say(
            f"在格中写明是{said}还是{own}；整列都是{said}的，表头写明{said}",
            f"write {said} or {own} in the cell; if all of the column is in {said}, in the header",
        ),
        subject=batch.codes[at],
        year=batch.year(at),
        slug=slug,
        found=f"{value:.15g}",
    )
