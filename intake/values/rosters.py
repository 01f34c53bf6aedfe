"""Rosters (名录): who exists, whether or not anything is reported about them."""

from collections.abc import Iterable, Mapping
from dataclasses import field

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank, read_level
from dabiao.intake.cells.unusable import shown
from dabiao.intake.facts.rows import Batch
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.values.identities import Identities
from dabiao.intake.values.lifetimes import LifetimeReader
from dabiao.intake.values.table_reader import TableReader
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place


@dataclass
class RosterReader:
    """The rosters of a submission.

    A roster may leave out the levels. They are then told from the places, from the form of the
    codes, or from the tables in which the codes stand, so rosters are settled last.
    """

    places: Mapping[str, Place]
    noticed: ProblemLog
    _read: list[tuple[Table, int, Identities, list[Cell], LifetimeReader]] = field(
        default_factory=list
    )

    @property
    def number(self) -> int:
        """How many were read."""
        return len(self._read)

    def add(self, reader: TableReader) -> None:
        """Read a roster and keep it until everything else is read."""
        self._read.append((reader.table, reader.origin, *reader.read_roster()))

    def settle(self, batches: Iterable[Batch]) -> list[Batch]:
        """Tell the levels of everybody, and make batches of them.

        Args:
            batches: Rows of all other tables.
        """
        reported: dict[str, Level] = {}
        for batch in batches:
            reported = dict.fromkeys(batch.codes, batch.level) | reported
        found: list[Batch] = []
        for table, origin, who, levels, lives in self._read:
            rows: dict[Level, list[int]] = {}
            for at, code in enumerate(who.codes):
                if code is None:
                    continue
                cell = levels[at] if levels else None
                level = self._level(code, cell, reported)
                if level is None:
                    self._tell(table, who, at, cell)
                else:
                    rows.setdefault(level, []).append(at)
            found.extend(
                _batch(level, origin, who, chosen, lives) for level, chosen in rows.items()
            )
        return found

    def _level(self, code: str, cell: Cell, reported: Mapping[str, Level]) -> Level | None:
        if not is_blank(cell):
            return read_level(cell)
        if code in self.places:
            return self.places[code].level
        return reported.get(code) or gbt_level(code)

    def _tell(self, table: Table, who: Identities, at: int, cell: Cell) -> None:
        code, name = who.codes[at], who.names[at]
        listed = say("、", ", ").join(level.label for level in Level)
        self.noticed.add(
            table.problem(
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
        )


def _batch(
    level: Level, origin: int, who: Identities, places: list[int], lives: LifetimeReader
) -> Batch:
    return Batch(
        level=level,
        origin=origin,
        numbers=np.array([who.numbers[at] for at in places], np.int32),
        codes=[who.codes[at] or "" for at in places],
        names=[who.names[at] for at in places],
        parents=[who.parents[at] for at in places],
        years=None,
        lives=[lives.read(at, who.numbers[at], who.codes[at] or "") for at in places],
    )
