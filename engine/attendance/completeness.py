"""How completely and how early everybody reported, per level, county and item."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from dabiao.engine.attendance.roll_call import Attendances, Roll
from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.frames import Frames
from dabiao.engine.findings.naming import Names
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.level import Level
from dabiao.schemas.run import Note

CONTRADICTIONS = frozenset(["impossible", "sum-differs", "indicator-differs"])
"""Kinds of notes by which a subject contradicts itself or those below it."""


class Completions:
    """Tells how complete a submission is.

    Args:
        attendances: Calls the roll.
        frames: The facts.
        names: Names measures.
        notes: What was noted.
    """

    def __init__(
        self, attendances: Attendances, frames: Frames, names: Names, notes: Iterable[Note]
    ) -> None:
        self._attendances = attendances
        self._frames = frames
        self._names = names
        self._contradict: dict[tuple[Level, int | None], set[str]] = {}
        for note in notes:
            if note.kind in CONTRADICTIONS and note.level is not None and note.subject is not None:
                self._contradict.setdefault((note.level, note.year), set()).add(note.subject)

    def find(self, year: int, only: Level | None = None) -> Iterator[Attendance]:
        """Yield what is told of each level: of all of it, by county, by item, by both.

        Args:
            year: The year.
            only: Only this level.
        """
        for roll in self._attendances.rolls(year):
            if only in (None, roll.level):
                yield from self._of_level(replace(roll, sound=self._sound(roll)))

    def _of_level(self, roll: Roll) -> Iterator[Attendance]:
        for whole in (roll.count(), *self._attendances.by_county(roll)):
            if whole.expected:
                yield whole
        for slug in roll.wanted:
            item = self._names.measure(slug)
            of = roll.of_item(slug)
            for each in (of.count(), *self._attendances.by_county(of)):
                if each.expected:
                    yield replace(each, item=item)

    def _sound(self, roll: Roll) -> Flags:
        own = self._contradict.get((roll.level, roll.year), set())
        bad = own | self._contradict.get((roll.level, None), set())
        codes = self._frames.facts.levels[roll.level].codes
        return np.array([code not in bad for code in codes], np.bool_)
