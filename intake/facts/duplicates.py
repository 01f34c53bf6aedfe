"""Rows that speak of the same subject and year: what they agree on, and what they do not."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dabiao.intake.facts.rows import At, RowLog
from dabiao.intake.facts.shared_codes import CodeOfYear
from dabiao.schemas.facts import Column, LevelFacts
from dabiao.schemas.language import say
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_YEAR_BITS = 16


@dataclass
class Duplicates:
    """Sees to it that no two rows give the same item of the same subject and year.

    Equal values, and cells that may mean the same, stay in the first row. Different ones, or one
    beside a cell that could not be read, leave the item unusable, because nobody here can know
    which of them is right.
    """

    table: LevelFacts
    measures: Mapping[str, Measure]
    log: RowLog
    shared: AbstractSet[CodeOfYear] = frozenset()
    """Whose rows are told of already, as those of several subjects with one code."""
    _repeated: set[int] = field(default_factory=set)
    _conflicting: set[int] = field(default_factory=set)

    def reconcile(self) -> None:
        """Change the columns of the table in place, and tell what was found."""
        if len(self._begins) == len(self._order):
            return
        for slug, column in self.table.columns.items():
            self._reconcile_item(slug, column)
        for group in sorted(self._repeated - self._conflicting):
            self._tell_repeated(self._rows(group))

    @cached_property
    def _key(self) -> npt.NDArray[np.int64]:
        return self.table.subject.astype(np.int64) << _YEAR_BITS | self.table.year

    @cached_property
    def _order(self) -> npt.NDArray[np.int64]:
        """Rows with those of one subject and year side by side, the first ones first."""
        return np.lexsort((self.table.number, self.table.origin, self._key))

    @cached_property
    def _begins(self) -> npt.NDArray[np.int64]:
        """Where in that order each subject and year begins."""
        key = self._key[self._order]
        return np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])

    @cached_property
    def _group(self) -> npt.NDArray[np.int64]:
        sizes = np.diff(np.r_[self._begins, len(self._order)])
        return np.repeat(np.arange(len(self._begins)), sizes)

    def _rows(self, group: int) -> list[int]:
        later = self._begins[group + 1 : group + 2].tolist()
        rows: list[int] = self._order[self._begins[group] : later[0] if later else None].tolist()
        return rows

    def _reconcile_item(self, slug: str, column: Column) -> None:
        values = column.values[self._order]
        unusable = np.zeros(len(values), bool)
        unusable[list(column.unusable)] = True
        unusable = unusable[self._order]
        given = ~np.isnan(values) | unusable
        groups = len(self._begins)
        shared = np.bincount(self._group[given], minlength=groups) > 1
        if not shared.any():
            return
        lowest = np.fmin.reduceat(values, self._begins)
        highest = np.fmax.reduceat(values, self._begins)
        broken = np.bincount(self._group[unusable], minlength=groups) > 0
        alike = shared & (lowest == highest) & ~broken
        positions = np.flatnonzero(given)
        of = self._group[positions]
        later = np.r_[False, of[1:] == of[:-1]]
        column.clear(self._order[positions[later & alike[of]]])
        self._repeated.update(np.flatnonzero(alike).tolist())
        for group in np.flatnonzero(shared & ~alike).tolist():
            rows = self._rows(group)
            kept = [r for r in rows if r in column.unusable or not np.isnan(column.at(r))]
            first = column.possible.get(kept[0])
            if first is not None and all(column.possible.get(row) == first for row in kept):
                self._keep_first(column, kept)
                self._repeated.add(group)
            elif _alike(column, kept):
                self._repeated.add(group)  # each cell was told of
            else:
                self._conflicting.add(group)  # which tells of both rows, and what to do
                self._tell_conflict(slug, column, kept)

    @staticmethod
    def _keep_first(column: Column, rows: Sequence[int]) -> None:
        """Drop repeated cells of which nobody can say what they mean, but that say the same."""
        for row in rows[1:]:
            del column.possible[row], column.unusable[row]

    def _tell_conflict(self, slug: str, column: Column, rows: list[int]) -> None:
        measure = self.measures.get(slug)
        name = measure.name if measure else slug
        at = [self.table.where(row) for row in rows]
        shown = [_shown(column, row, measure) for row in rows]
        whole = [self.log.place_of(each, slug) for each in at]
        reason, message = (
            _different(name, shown, cells) for cells in (whole, self.log.places_of(at, slug))
        )
        column.clear(rows)
        column.unusable.update(dict.fromkeys(rows, reason))
        for row in rows:
            column.possible.pop(row, None)
        code, year = self._subject_year(rows[0])
        if (self.table.level, code, year) in self.shared:
            return
        self.log.tell(
            at[0],
            "conflicting-values",
            say(f"{code} {year}年的{message}", f"{code} in {year}: {message}"),
            say(
                "保留正确的一处，删去其余；代码填错的，更正代码",
                "keep the one that is right and delete the others; if the code is wrong, mend"
                " the code",
            ),
            subject=code,
            severity=Severity.ERROR,
            year=year,
            slug=slug,
            cause=_cause(at),
            also=at[1:],
        )

    def _subject_year(self, row: int) -> tuple[str, int]:
        return self.table.codes[int(self.table.subject[row])], int(self.table.year[row])

    def _tell_repeated(self, rows: list[int]) -> None:
        code, year = self._subject_year(rows[0])
        if (self.table.level, code, year) in self.shared:
            return
        places = self.log.places_of([self.table.where(row) for row in rows])
        self.log.tell(
            self.table.where(rows[1]),
            "duplicate-row",
            say(
                f"{code} {year}年有重复填报的数据，值相同：{'、'.join(places)}",
                f"{code} in {year} is reported more than once, alike: {', '.join(places)}",
            ),
            say("只保留一处", "keep one of them"),
            subject=code,
            year=year,
            fixed="code",
            also=[self.table.where(row) for row in rows[2:]],
        )


def _alike(column: Column, rows: Sequence[int]) -> bool:
    """Tell whether cells can be used nowhere, and for one reason: the same text in each of them."""
    reasons = [column.unusable.get(row, "").partition(say("：", ": ")) for row in rows]
    return all(reason[2] and reason[2] == reasons[0][2] for reason in reasons)


def _shown(column: Column, row: int, measure: Measure | None) -> str:
    value = column.at(row)
    if row in column.possible:
        return say("或", " or ").join(f"{each:.15g}" for each in column.possible[row])
    if np.isnan(value):
        return say("无法使用", "unusable")
    if column.labels is not None:
        return column.labels[int(value)]
    if isinstance(measure, Item) and measure.type is ItemType.BOOLEAN:
        return say("是", "yes") if value else say("否", "no")
    return f"{value:.15g}"


def _different(name: str, shown: Sequence[str], cells: Sequence[str]) -> str:
    zh = "、".join(f"{cell} 为 {text}" for cell, text in zip(cells, shown, strict=True))
    en = ", ".join(f"{text} in {cell}" for cell, text in zip(cells, shown, strict=True))
    return say(f"{name}有不同的填报值：{zh}", f"{name} is reported differently: {en}")


def _cause(rows: Sequence[At]) -> str:
    """Say what conflicts share: a row told twice disagrees in many items, a file in many rows.

    Of two tables it is that they overlap; within one, how far apart the rows are.
    """
    (first, number), *others = rows
    apart = (f"+{n - number}" if of == first else f"{of}" for of, n in others)
    return f"conflicting-values {' '.join(apart)}"
