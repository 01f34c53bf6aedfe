"""Which cells of two submissions differ, and facts with figures as they were.

Who is spoken of is compared, and not where it stands: a row that was moved changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from dabiao.schemas.facts import Column, Facts, Floats, LevelFacts
from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.record import dataclass
from dabiao.schemas.revision import CellChange, CellFate

_YEARS = 10_000
"""A subject and a year as one number: the place of the subject times this, and the year."""

Measures = Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class CellPair:
    """A cell that differs: what to tell of it, and where it stands in the facts of now.

    Attributes:
        change: What to tell.
        row: Its row in the table of now; None where it is not filled now.
    """

    change: CellChange
    row: int | None


@dataclass(frozen=True, slots=True)
class _Side:
    """One item of one submission: keys of subject and year, ascending, and beside them the rest."""

    keys: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    values: Floats
    rows: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    labels: tuple[str, ...] | None
    spoilt: frozenset[int] = frozenset()
    """Keys at which something stands that cannot be used."""

    def at(self, keys: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "tuple[Floats, list[int]]":
        """Give the values at some keys, NaN for none, and the rows they stand in, -1 for none."""
        if not len(self.keys):
            return np.full(len(keys), np.nan), [-1] * len(keys)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = self.keys[places] == keys
        values = np.where(found, self.values[places], np.nan)
        return values, np.where(found, self.rows[places], -1).tolist()


def differing(old: Facts, new: Facts, measures: Measures) -> Iterator[CellPair]:
    """Yield the cells that differ, by level, item, subject and year."""
    for level in Level:
        before, after = old.levels.get(level), new.levels.get(level)
        codes = sorted(
            {code for table in (before, after) if table is not None for code in table.codes}
        )
        if codes:
            slugs = [
                slug for table in (before, after) if table is not None for slug in table.columns
            ]
            for slug in dict.fromkeys(slugs):
                yield from _of_item(level, slug, codes, (old, new), measures)


def _of_item(
    level: Level, slug: str, codes: list[str], both: tuple[Facts, Facts], measures: Measures
) -> Iterator[CellPair]:
    before, after = (_side(facts.levels.get(level), slug, codes) for facts in both)
    keys = np.union1d(before.keys, after.keys)
    old, old_rows = before.at(keys)
    new, new_rows = after.at(keys)
    if before.labels is not None or after.labels is not None:
        same = [_label(before, a) == _label(after, b) for a, b in zip(old, new, strict=True)]
        differ = ~np.array(same, bool)
    else:
        differ = ~((old == new) | (np.isnan(old) & np.isnan(new)))
    measure = measures.get(slug)
    truth = isinstance(measure, Item) and measure.type is ItemType.BOOLEAN
    for at in np.flatnonzero(differ).tolist():
        fate, key = CellFate.CHANGED, int(keys[at])
        if np.isnan(old[at]):
            fate = CellFate.FILLED
        elif np.isnan(new[at]):
            fate = CellFate.EMPTIED
        row = new_rows[at]
        facts, where = (both[1], row) if row >= 0 else (both[0], old_rows[at])
        code, year = codes[key // _YEARS], key % _YEARS
        change = CellChange(
            fate=fate,
            level=level,
            subject=code,
            name=_name(facts.levels[level], code),
            year=year,
            measure=slug,
            measure_name=slug if measure is None else measure.name,
            before=_scalar(before, float(old[at]), truth=truth),
            after=_scalar(after, float(new[at]), truth=truth),
            unit="" if measure is None else measure.unit,
            spoilt=key in (before if fate is CellFate.FILLED else after).spoilt,
            source=_source(facts, level, slug, where),
        )
        yield CellPair(change, row if row >= 0 else None)


def _side(table: LevelFacts | None, slug: str, codes: list[str]) -> _Side:
    column = None if table is None else table.columns.get(slug)
    if table is None or column is None:
        nothing = np.zeros(0, np.int64)
        return _Side(nothing, np.zeros(0), nothing, None)
    places = {code: at for at, code in enumerate(codes)}
    own = np.array([places[code] for code in table.codes], np.int64)
    rows = np.flatnonzero(~np.isnan(column.values)).astype(np.int64)
    keys = own[table.subject[rows]] * _YEARS + table.year[rows]
    kept, first = np.unique(keys, return_index=True)
    rows = rows[first]
    spoilt = np.array(sorted(column.unusable), np.int64)
    unusable = (own[table.subject[spoilt]] * _YEARS + table.year[spoilt]).tolist()
    return _Side(kept, column.values[rows], rows, column.labels, frozenset(unusable))


def _label(side: _Side, value: float) -> str | None:
    return None if np.isnan(value) or side.labels is None else side.labels[int(value)]


def _scalar(side: _Side, value: float, *, truth: bool) -> Scalar:
    if np.isnan(value):
        return None
    if side.labels is not None:
        return side.labels[int(value)]
    return bool(value) if truth else value


def _name(table: LevelFacts, code: str) -> str:
    at = table.find(code)
    return code if at is None else table.names[at]


def _source(facts: Facts, level: Level, slug: str, row: int) -> Source | None:
    table = facts.levels[level]
    origin = facts.origins[int(table.origin[row])]
    cell = origin.cell(slug, int(table.number[row]))
    return None if cell is None else Source(file=origin.file, sheet=origin.sheet, cell=cell)


def as_before(new: Facts, pairs: Iterable[CellPair]) -> Facts:
    """Give the facts of now, but with the figures that were changed as they were before."""
    levels = dict(new.levels)
    columns: dict[tuple[Level, str], Column] = {}
    for pair in pairs:
        change = pair.change
        if change.fate is not CellFate.CHANGED or pair.row is None:
            continue
        key = (change.level, change.measure)
        if key not in columns:
            column = new.levels[change.level].columns[change.measure]
            columns[key] = replace(column, held=column.values.copy())
        column = columns[key]
        column.values[pair.row] = _number(column, change.before)
    for (level, slug), column in columns.items():
        levels[level] = replace(levels[level], columns={**levels[level].columns, slug: column})
    return replace(new, levels=levels)


def _number(column: Column, value: Scalar) -> float:
    """Give what stands for a value in a column, which learns the texts that it does not know."""
    if not isinstance(value, str):
        return np.nan if value is None else float(value)
    labels = column.labels or ()
    if value not in labels:
        labels = column.labels = (*labels, value)
    return float(labels.index(value))
