"""Rows and columns that look as if a cell had been deleted, and what stood beside it moved up.

A spreadsheet moves what stands right of a deleted cell to the left, or what stands below it up.
Numbers fit anywhere, so nothing fails; but the last cell is left blank where hardly any is, and the
numbers are more like those that stand one further elsewhere. That is no proof: they are used as
they stand, and where they begin to look so is told. Where a cell among them fails besides, as
5500.5 does below a number of teachers, none of them is used.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise

import numpy as np

from dabiao.intake.facts.rows import Batch, RowLog
from dabiao.intake.values.shifted_columns import moved_from
from dabiao.schemas.addresses import position_of
from dabiao.schemas.facts import Bools, Column, Floats, Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_FEWEST, _SEVERAL, _MOST = 3, 2, 20_000
"""Columns or other rows to compare with; cells that move; rows of a table that people typed."""
_NEARLY_ALL = 0.8
_USUAL = 0.12
"""Magnitudes, a third, by which numbers change from year to year without anybody wondering."""
_TELLING, _TELLING_OF_ITSELF = 0.7, 0.4
"""Magnitudes by which numbers have to be nearer to the places beside them: where all subjects are
compared, and where each is with itself in other years."""
_STILL_AWAY = 0.2
"""How much of what they are away may be left where they are taken for those beside them."""
_DELETED = 3
"""Cells that may have been deleted at once."""


@dataclass(frozen=True, slots=True)
class _Usual:
    """The least and most that is usual at each place, as magnitudes; NaN where none is known."""

    low: Floats
    high: Floats

    def away(self, numbers: Floats) -> Floats:
        """Tell how far numbers lie outside; nothing where either is unknown."""
        far = np.maximum(self.low - _USUAL - numbers, numbers - self.high - _USUAL)
        return np.nan_to_num(np.maximum(far, 0.0), nan=0.0)

    @property
    def knows_last(self) -> bool:
        """Whether anything is known of the last place, to which the cells would have moved."""
        return not math.isnan(self.low[-1])

    def after(self, places: int) -> "_Usual":
        """Leave the first places out."""
        return _Usual(self.low[places:], self.high[places:])


def _moved(numbers: Floats, usual: _Usual, gone: int, telling: float) -> int | None:
    """Find from where on, at the latest, numbers look like those of so many places further."""
    own = usual.away(numbers)[:-gone]
    moved = usual.after(gone).away(numbers[:-gone])
    gains = np.cumsum((own - moved)[::-1])
    first = len(gains) - 1 - int(np.argmax(gains))
    left = float(moved[first:].sum()) <= _STILL_AWAY * float(own[first:].sum())
    return first if gains.max() >= telling and left else None


def tell_shifts(batches: Sequence[Batch], measures: Mapping[str, Measure], log: RowLog) -> None:
    """Tell of rows and columns of sheets in which numbers look shifted."""
    by_level: dict[Level, list[Batch]] = defaultdict(list)
    for batch in batches:
        if batch.years is not None and batch.columns:
            by_level[batch.level].append(batch)
    for tables in by_level.values():
        known = _Reported(tables)
        for batch in tables:
            origin = log.origin(batch.origin)
            if origin is not None and origin.lettered and len(batch.codes) <= _MOST:
                _Sheet(batch, known, origin, measures, log).tell()


@dataclass
class _Reported:
    """What all tables of a level say, by subject, as magnitudes."""

    tables: Sequence[Batch]
    _columns: dict[str, list[list[float] | None]] = field(default_factory=dict)

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[tuple[int, int, int]]]:
        found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for table, batch in enumerate(self.tables):
            years = [] if batch.years is None else batch.years.tolist()
            for at, (code, year) in enumerate(zip(batch.codes, years, strict=True)):
                found[code].append((table, at, year))
        return found

    def _column(self, slug: str) -> list[list[float] | None]:
        """Give a column of each table; None where a table has no such column."""
        found = self._columns.get(slug)
        if found is None:
            columns = [batch.columns.get(slug) for batch in self.tables]
            found = [None if of is None else _magnitudes(of.values).tolist() for of in columns]
            self._columns[slug] = found
        return found

    def in_other_years(self, code: str, year: int, slug: str) -> tuple[float, float]:
        """Give the least and most that a subject reports in other years; NaN where it does not."""
        columns, known = self._column(slug), list[float]()
        for table, at, when in self._rows[code]:
            column = columns[table]
            if when != year and column is not None and not math.isnan(number := column[at]):
                known.append(number)
        return (min(known), max(known)) if known else (math.nan, math.nan)


@dataclass
class _Sheet:
    """Looks through one table, beside others of its level."""

    batch: Batch
    known: _Reported
    origin: Origin
    measures: Mapping[str, Measure]
    log: RowLog

    def tell(self) -> None:
        """Tell of rows, and of columns."""
        if self.batch.codes and not self.origin.turned:
            for slugs in self._side_by_side():
                self._tell_rows(slugs)
            for slug in self._numeric:
                self._tell_column(slug)

    @cached_property
    def _numeric(self) -> list[str]:
        return [
            slug
            for slug in self.batch.columns
            if "+" not in self.origin.columns.get(slug, "+")
            and isinstance(item := self.measures.get(slug), Item)
            and item.type.numeric
        ]

    def _side_by_side(self) -> Iterator[list[str]]:
        """Give numeric columns that stand side by side."""
        where = {slug: position_of(self.origin.columns[slug]) for slug in self._numeric}
        ordered = sorted(where, key=where.__getitem__)
        run = ordered[:1]
        for before, slug in pairwise(ordered):
            if where[slug] != where[before] + 1:
                yield run
                run = []
            run.append(slug)
        yield run

    def _tell_rows(self, slugs: Sequence[str]) -> None:
        if len(slugs) < _FEWEST:
            return
        columns = [self.batch.columns[slug] for slug in slugs]
        blank = np.stack([_is_blank(column) for column in columns])
        gone = np.cumprod(blank[::-1], axis=0).sum(axis=0)
        rows = np.flatnonzero((gone > 0) & (gone <= _DELETED) & (gone <= len(slugs) - _SEVERAL))
        if not len(rows):
            return
        numbers = np.stack([_magnitudes(column.values) for column in columns])
        others = _Others(numbers) if numbers.shape[1] > _FEWEST else None
        share = 1 - (blank.sum(axis=1) - 1) / max(1, blank.shape[1] - 1)
        for at in rows.tolist():
            last = int(gone[at])
            usual, telling = self._before([at] * len(slugs), slugs), _TELLING_OF_ITSELF
            nearly_all = share[-last:].min() >= _NEARLY_ALL
            if not usual.knows_last and others is not None and nearly_all:
                usual, telling = others.than(at), _TELLING
            first = _moved(numbers[:, at], usual, last, telling) if usual.knows_last else None
            if first is not None and any(self._fails(slug, at) for slug in slugs[first:]):
                self._refuse(at, slugs[first:])
            elif first is not None:
                self._tell(at, slugs[first], last, row=True)

    def _fails(self, slug: str, at: int) -> bool:
        """Tell whether a cell holds what it cannot; one that may mean two things does not fail."""
        column = self.batch.columns[slug]
        return at in column.unusable and at not in column.possible

    def _refuse(self, at: int, slugs: Sequence[str]) -> None:
        """Use nothing of a row from where on it has moved."""
        where = self.batch.where(at)
        what = moved_from(self.origin.columns[slugs[0]], 1)
        for slug in slugs:
            column = self.batch.columns[slug]
            if at in column.unusable or not math.isnan(column.at(at)):
                column.clear(at)
                column.possible.pop(at, None)
                column.unusable[at] = f"{self.log.cell(where, slug)}{say('：', ': ')}{what}"
        self.log.tell(
            where,
            "ragged-row",
            what + say("，均不使用", "; none of it is used"),
            say("把错位的单元格移回原位", "move the cells back to where they belong"),
            severity=Severity.ERROR,
            subject=self.batch.codes[at],
            year=self.batch.year(at),
        )

    def _tell_column(self, slug: str) -> None:
        column = self.batch.columns[slug]
        if not math.isnan(column.values[-1]):
            return
        blank = _is_blank(column)
        gone = int(np.cumprod(blank[::-1]).sum())
        filled = len(blank) - gone
        if not 0 < gone <= _DELETED or filled < _FEWEST or blank[:filled].mean() > 1 - _NEARLY_ALL:
            return
        usual = self._before(range(len(blank)), [slug] * len(blank))
        if np.isnan(usual.low[-gone:]).any():
            return
        first = _moved(_magnitudes(column.values), usual, gone, _TELLING_OF_ITSELF)
        if first is not None and filled - first >= _SEVERAL:
            self._tell(first, slug, gone, row=False)

    def _before(self, rows: Iterable[int], slugs: Iterable[str]) -> _Usual:
        """Give what is usual in cells, by row and column: what the same subject reports else."""
        found = [
            self.known.in_other_years(self.batch.codes[at], self._years[at], slug)
            for at, slug in zip(rows, slugs, strict=True)
        ]
        low, high = np.array(found).T
        return _Usual(low, high)

    @cached_property
    def _years(self) -> Sequence[int]:
        return [] if self.batch.years is None else self.batch.years.tolist()

    def _tell(self, at: int, slug: str, gone: int, *, row: bool) -> None:
        name = self.measures[slug].name
        zh, en = ("右", "the right") if row else ("下", "the bottom")
        where_zh, where_en = ("本行", "this row") if row else ("本列", "this column")
        far_zh = "一格" if gone == 1 else f"第 {gone} 格"
        far_en = "one cell" if gone == 1 else f"{gone} cells"
        self.log.tell(
            self.batch.where(at),
            "maybe-shifted",
            say(
                f"{where_zh}最迟从这里起，各数更像{zh}边{far_zh}的，末尾又空着 {gone} 格；"
                "可能删过单元格，后面的移了过来",
                f"from here on at the latest, the numbers of {where_en} are more like those"
                f" {far_en} to {en}, and its end ({gone}) is blank: maybe a cell was deleted",
            ),
            say(
                f"从{name}起逐格核对；错位的移回原位，没有的填 0",
                f"compare cell by cell from {self.measures[slug].name} on; move them back,"
                " and write 0 for none",
            ),
            subject=self.batch.codes[at],
            year=self.batch.year(at),
            slug=slug,
        )


def _is_blank(column: Column) -> Bools:
    """Tell in which rows nothing stands."""
    blank = np.isnan(column.values)
    blank[list(column.unusable)] = False
    return blank


def _magnitudes(values: Floats) -> Floats:
    """Give numbers as powers of ten; NaN for nothing."""
    found = np.full(len(values), np.nan)
    some = ~np.isnan(values) & (values != 0)
    found[some] = np.log10(np.abs(values[some]))
    return found


class _Others:
    """The least and most at each place among all rows but one."""

    def __init__(self, numbers: Floats) -> None:
        self._low = np.where(np.isnan(numbers), np.inf, numbers)
        self._high = np.where(np.isnan(numbers), -np.inf, numbers)
        self._least = np.partition(self._low, 1, axis=1)[:, :2]
        self._most = np.partition(self._high, -2, axis=1)[:, -2:]

    def than(self, at: int) -> _Usual:
        """Give them for all but this row."""
        (least, second), (other, most) = self._least.T, self._most.T
        low = np.where(self._low[:, at] == least, second, least)
        high = np.where(self._high[:, at] == most, other, most)
        unknown = np.isinf(low)
        low[unknown] = high[unknown] = np.nan
        return _Usual(low, high)
