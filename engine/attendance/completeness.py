"""How completely and how early everybody reported, per level, county and item."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field

import numpy as np

from dabiao.engine.attendance.roll_call import Attendances, Roll
from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.frames import Frames
from dabiao.engine.findings.naming import Names
from dabiao.schemas.attendance import Completeness, Returned
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Note

CONTRADICTIONS = frozenset(["impossible", "sum-differs", "indicator-differs"])
"""Kinds of notes by which a subject contradicts itself or those below it."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When forms were due, and when files came.

    Attributes:
        due: The day by which the form of a level was due; None among them holds for all others.
        received: File to the day on which it was first received.
    """

    due: Mapping[Level | None, datetime.date] = field(default_factory=dict)
    received: Mapping[str, datetime.date] = field(default_factory=dict)

    def of(self, level: Level) -> datetime.date | None:
        """Give the day by which the form of a level was due."""
        return self.due.get(level, self.due.get(None))


@dataclass(frozen=True, slots=True)
class _Tally:
    """What is told of the subjects of a level, one flag each.

    Attributes:
        roll: The roll of the level.
        blank: Who has a row of the year and reported nothing.
        on_time: Whose files came in time; None where no due date was given.
        sound: Who contradicts nobody.
    """

    roll: Roll
    blank: Flags
    on_time: Flags | None
    sound: Flags

    def count(
        self,
        area: str | None,
        item: MeasureName | None,
        who: tuple[Flags, Flags, Flags],
        cells: tuple[int, int],
    ) -> Completeness:
        """Count those who reported all, some and nothing, and the cells wanted and filled."""
        reported, partial, nothing = who
        returned = reported | partial
        on_time = None if self.on_time is None else _count(returned & self.on_time)
        blank = _count(nothing & self.blank)
        return Completeness(
            year=self.roll.year,
            level=self.roll.level,
            area=area,
            item=item,
            expected=_count(returned) + _count(nothing),
            reported=_count(reported),
            partial=_count(partial),
            blank=blank,
            absent=_count(nothing) - blank,
            on_time=on_time,
            late=None if on_time is None else _count(returned) - on_time,
            required=cells[0],
            filled=cells[1],
            sound=_count(returned & self.sound),
        )


class Completions:
    """Tells how complete a submission is.

    Args:
        attendances: Calls the roll.
        frames: The facts.
        names: Names measures.
        notes: What was noted.
        deadlines: When forms were due, and when they came.
    """

    def __init__(
        self,
        attendances: Attendances,
        frames: Frames,
        names: Names,
        notes: Iterable[Note],
        deadlines: Deadlines,
    ) -> None:
        self._attendances = attendances
        self._frames = frames
        self._names = names
        self._deadlines = deadlines
        self._contradict: dict[tuple[Level, int | None], set[str]] = {}
        for note in notes:
            if note.kind in CONTRADICTIONS and note.level is not None and note.subject is not None:
                self._contradict.setdefault((note.level, note.year), set()).add(note.subject)

    def find(self, year: int, only: Level | None = None) -> Iterator[Completeness]:
        """Yield what is told of each level: of all of it, by county, by item, by both.

        Args:
            year: The year.
            only: Only this level.
        """
        for roll in self._attendances.rolls(year):
            if only in (None, roll.level):
                yield from self._of_level(roll)

    def _of_level(self, roll: Roll) -> Iterator[Completeness]:
        tally = self._tally(roll)
        everybody = np.ones(len(roll.known), np.bool_)
        places = [(None, everybody), *self._counties(roll)]
        items = {slug: roll.owing(slug) for slug in roll.wanted}
        for area, within in places:
            owed = sum(_count(owing & within) for owing in items.values())
            gaps = sum(_count(who & within) for who in roll.lacking.values())
            kinds = (Returned.REPORTED, Returned.PARTIAL, Returned.ABSENT)
            reported, partial, absent = (roll.returned[kind] & within for kind in kinds)
            whole = tally.count(area, None, (reported, partial, absent), (owed, owed - gaps))
            if whole.expected:
                yield whole
        for slug, owing in items.items():
            for area, within in places:
                of = owing & within
                if of.any():
                    yield self._one(tally, of, area, slug)

    def _counties(self, roll: Roll) -> Iterator[tuple[str, Flags]]:
        """Yield the counties in which a level below them lies, in order of code."""
        if roll.level.rank <= Level.COUNTY.rank:
            return
        hierarchy = self._frames.hierarchy.of(roll.year)
        county = hierarchy.ladder(roll.level, Level.COUNTY)[: len(roll.known)]
        tier = hierarchy.tiers[Level.COUNTY]
        for at in sorted(set(county[county >= 0].tolist()), key=tier.code):
            yield tier.code(at), county == at

    def _one(self, tally: _Tally, of: Flags, area: str | None, slug: str) -> Completeness:
        nobody = np.zeros(len(of), np.bool_)
        lacking = tally.roll.lacking.get(slug, nobody) & of
        cells = (_count(of), _count(of) - _count(lacking))
        who = (of & ~lacking, nobody, lacking)
        return tally.count(area, self._names.measure(slug), who, cells)

    def _tally(self, roll: Roll) -> _Tally:
        table = self._frames.facts.levels[roll.level]
        rows = np.flatnonzero(table.year == roll.year)
        there = np.zeros(len(table.codes), np.bool_)
        there[table.subject[rows]] = True
        bad = self._contradicting(roll)
        sound = np.array([code not in bad for code in table.codes], np.bool_)
        due = self._deadlines.of(roll.level)
        on_time: Flags | None = None
        if due is not None:
            origins = self._frames.facts.origins
            late = np.array([self._is_late(each.file, due) for each in origins], np.bool_)
            on_time = np.ones(len(table.codes), np.bool_)
            on_time[table.subject[rows[late[table.origin[rows]]]]] = False
        return _Tally(roll, there, on_time, sound)

    def _contradicting(self, roll: Roll) -> Collection[str]:
        own = self._contradict.get((roll.level, roll.year), set())
        return own | self._contradict.get((roll.level, None), set())

    def _is_late(self, file: str, due: datetime.date) -> bool:
        came = self._deadlines.received.get(file)
        return came is not None and came > due


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))
