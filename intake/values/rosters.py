"""Rosters (名录): who exists, whether or not anything is reported about them."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Self

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank, read_level
from dabiao.intake.cells.unusable import shown
from dabiao.intake.facts.rows import Batch
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.values.identities import Identities
from dabiao.intake.values.table_reader import TableReader
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.facts import Column
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place


@dataclass(frozen=True, slots=True)
class _Roster:
    """One roster, read but for the levels: its table, who stands in it, how long, of what kind."""

    table: Table
    origin: int
    who: Identities
    levels: list[Cell]
    lives: list[Lifetime | None]
    kinds: dict[str, Column]


@dataclass
class RosterReader:
    """The rosters of a submission.

    A roster may leave out the levels. They are then told from the places, from the form of the
    codes, or from the tables in which the codes stand, so rosters are settled last.
    """

    places: Mapping[str, Place]
    _read: list[_Roster] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many were read."""
        return len(self._read)

    def add(self, reader: TableReader) -> None:
        """Read a roster and keep it until everything else is read."""
        self._read.append(_Roster(reader.table, reader.origin, *reader.read_roster()))

    def take(self, other: Self, moved: int) -> None:
        """Take over the rosters of another reader, whose tables come after so many others."""
        self._read += [replace(each, origin=each.origin + moved) for each in other._read]

    def settle(self, batches: Iterable[Batch], noticed: ProblemLog) -> list[Batch]:
        """Tell the levels of everybody, and make batches of them.

        Args:
            batches: Rows of all other tables.
            noticed: Takes down whose level nobody can tell.
        """
        reported: dict[str, Level] = {}
        for batch in batches if self._read else ():
            reported = dict.fromkeys(batch.codes, batch.level) | reported
        found: list[Batch] = []
        for roster in self._read:
            rows: dict[Level, list[int]] = {}
            for at, code in enumerate(roster.who.codes):
                if code is None:
                    continue
                cell = roster.levels[at] if roster.levels else None
                level = self._level(code, cell, reported)
                if level is None:
                    noticed.add(_unplaced(roster.table, roster.who, at, cell))
                else:
                    rows.setdefault(level, []).append(at)
            found.extend(_batch(level, roster, chosen) for level, chosen in rows.items())
        return found

    def _level(self, code: str, cell: Cell, reported: Mapping[str, Level]) -> Level | None:
        if not is_blank(cell):
            return read_level(cell)
        if code in self.places:
            return self.places[code].level
        return reported.get(code) or gbt_level(code)


def _unplaced(table: Table, who: Identities, at: int, cell: Cell) -> Problem:
    code, name = who.codes[at], who.names[at]
    listed = say("、", ", ").join(level.label for level in Level)
    return table.problem(
        "roster-level",
        say(
            f"名录中 {code}（{name or '无名称'}）没有层级",
            f"the level of {code} is not given",
        )
        if is_blank(cell)
        else say(f"{shown(cell)}不是层级", f"{shown(cell)} is no level"),
        say("在“层级”列填写其中一个", "give one of these in the column of levels"),
        cell=table.row(who.numbers[at]),
        expected=listed,
        subject=code,
    )


def _batch(level: Level, roster: _Roster, places: list[int]) -> Batch:
    who, chosen = roster.who, np.array(places, np.intp)
    return Batch(
        level=level,
        origin=roster.origin,
        numbers=np.array([who.numbers[at] for at in places], np.int32),
        codes=[who.codes[at] or "" for at in places],
        names=[who.names[at] for at in places],
        parents=[who.parents[at] for at in places],
        years=None,
        columns={
            slug: Column(column.values[chosen], column.labels)
            for slug, column in roster.kinds.items()
        },
        lives=[roster.lives[at] for at in places],
        since=[who.years[at] for at in places],
    )
