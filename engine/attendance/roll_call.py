"""Who was to report in a year, who did, and what is missing of whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from dabiao.engine.attendance.expected_items import ExpectedItems
from dabiao.engine.data.algebra import Flags, Index
from dabiao.engine.data.flag_bits import Bits, any_of, is_set, packed, unpacked
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.schemas.attendance import Attendance, Attendee, Returned
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import RosterStatus
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.record import dataclass

EXPECTED = (Returned.REPORTED, Returned.PARTIAL, Returned.BLANK, Returned.ABSENT)
"""What somebody may have returned of whom something was expected."""
GONE = (Returned.CLOSED, Returned.MERGED, Returned.LATER)
"""Of whom nothing was, as the roster has them in no such year."""


@dataclass(frozen=True, slots=True)
class Roll:
    """The subjects of a level in a year.

    Attributes:
        level: The level.
        year: The year.
        returned: Who returned what, one kind per subject; nobody of whom nothing was expected.
        new: Who is new.
        lacking: Per measure that somebody lacks, who does.
        known: Who reports or stands in a roster.
        wanted: Per measure, of whom it is wanted: any of these, each under its id.
        timely: Of whom no row came too late; None where no date was due, or nobody knows.
        required: How many cells each was to fill.
        gaps: How many of them each left open.
        sound: Who contradicts nobody; None where nobody looked.
    """

    level: Level
    year: int
    returned: dict[Returned, Flags]
    new: Flags
    lacking: dict[str, Bits]
    known: Flags
    wanted: Mapping[str, Mapping[int, Bits]]
    timely: Flags | None
    required: Index
    gaps: Index
    sound: Flags | None = None

    def owing(self, slug: str) -> Flags:
        """Tell who owes a measure."""
        size = len(self.known)
        return self.known & unpacked(any_of(self.wanted[slug].values(), size), size)

    def count(self, area: str | None = None, within: Flags | None = None) -> Attendance:
        """Count them, or those within a place."""

        def number(flags: Flags) -> int:
            return int(np.count_nonzero(flags if within is None else flags & within))

        def cells(numbers: Index) -> int:
            return int(numbers.sum() if within is None else numbers[within].sum())

        required = cells(self.required)
        kinds = {kind: number(flags) for kind, flags in self.returned.items()}
        sent = self.returned[Returned.REPORTED] | self.returned[Returned.PARTIAL]
        on_time = None if self.timely is None else number(sent & self.timely)
        return Attendance(
            year=self.year,
            level=self.level,
            area=area,
            expected=sum(kinds[each] for each in EXPECTED),
            reported=kinds[Returned.REPORTED],
            partial=kinds[Returned.PARTIAL],
            blank=kinds[Returned.BLANK],
            absent=kinds[Returned.ABSENT],
            new=number(self.new),
            closed=kinds[Returned.CLOSED],
            merged=kinds[Returned.MERGED],
            on_time=on_time,
            late=None if on_time is None else number(sent) - on_time,
            required=required,
            filled=required - cells(self.gaps),
            sound=None if self.sound is None else number(sent & self.sound),
        )

    def of_item(self, slug: str) -> "Roll":
        """Look at one item alone, which nobody can report a part of."""
        owing = self.owing(slug)
        nobody = np.zeros_like(owing)
        lacking = self.lacking.get(slug)
        lacks = nobody if lacking is None else unpacked(lacking, len(owing)) & owing
        rows = self.returned[Returned.PARTIAL] | self.returned[Returned.BLANK]
        returned = dict.fromkeys(Returned, nobody) | {  # some of them: nobody is gone
            Returned.REPORTED: owing & ~lacks,
            Returned.BLANK: lacks & rows,
            Returned.ABSENT: lacks & ~rows,
        }
        return replace(
            self,
            returned=returned,
            new=nobody,
            lacking={slug: packed(lacks)},
            required=owing.astype(np.intp),
            gaps=lacks.astype(np.intp),
        )


class Attendances:
    """Calls the roll.

    Args:
        planner: Gives access to values.
        builder: Names subjects and measures.
        rules: The rules judged by, and those they look at.
    """

    def __init__(
        self, planner: RulePlanner, builder: FindingBuilder, rules: Iterable[Rule]
    ) -> None:
        self._planner = planner
        self._builder = builder
        self._evaluator = planner.evaluator
        self._frames = planner.evaluator.frames
        self._rules = list(rules)

    def rolls(self, year: int) -> list[Roll]:
        """Call the roll of every level of which something is expected, or somebody is gone."""
        wants = ExpectedItems(self._planner, year)
        wants.add(self._rules)
        found: list[Roll] = []
        for level in Level:
            roll = self._roll(level, year, wants)
            if roll is not None:
                found.append(roll)
        return found

    def counts(
        self, years: Iterable[int], area: str | None = None
    ) -> tuple[list[Attendance], list[Attendance]]:
        """Count who was to report and who did, per year and level, in a place or in all.

        Returns:
            The counts, and the same per county that is the place or lies in it, the county itself
            included.
        """
        whole: list[Attendance] = []
        counties: list[Attendance] = []
        for year in years:
            there = self._frames.hierarchy.of(year)
            for roll in self.rolls(year):
                within = None if area is None else there.below(area, roll.level)
                whole.append(roll.count(None, within))
                counties += self.by_county(roll, within)
                if roll.level is Level.COUNTY:
                    counties += [
                        roll.count(code, np.arange(len(roll.new)) == at)
                        for at, code in enumerate(self._frames.tier(Level.COUNTY).codes)
                        if within is None or within[at]
                    ]
        return list(filter(_tells, whole)), list(filter(_tells, counties))

    def call(
        self, year: int, only: Level | None = None, *, everyone: bool = False
    ) -> tuple[list[Attendance], list[Attendance], list[Attendee]]:
        """Give the counts per level, the same per county, and who is not complete.

        Args:
            year: The year.
            only: Only this level.
            everyone: List those that are complete as well.
        """
        kinds = [kind for kind in Returned if everyone or kind is not Returned.REPORTED]
        rolls = [roll for roll in self.rolls(year) if only in (None, roll.level)]
        return (
            [roll.count() for roll in rolls],
            [each for roll in rolls for each in self.by_county(roll)],
            [each for roll in rolls for each in self.attendees(roll, kinds)],
        )

    def by_county(self, roll: Roll, within: Flags | None = None) -> Iterator[Attendance]:
        """Count the subjects of a level below counties per county, in order of code.

        Args:
            roll: The subjects.
            within: Only counties all of whose subjects are among these.
        """
        if roll.level.rank <= Level.COUNTY.rank:
            return
        hierarchy = self._frames.hierarchy.of(roll.year)
        county = hierarchy.ladder(roll.level, Level.COUNTY)[: self._frames.size(roll.level)]
        concerned = np.logical_or.reduce(list(roll.returned.values()))
        tier = hierarchy.tiers[Level.COUNTY]
        numbers = np.flatnonzero(np.bincount(county[concerned & (county >= 0)])).tolist()
        for at in sorted(numbers, key=tier.code):
            if within is None or not (~within & (county == at)).any():
                yield roll.count(tier.code(at), county == at)

    def attendees(self, roll: Roll, kinds: Collection[Returned]) -> Iterator[Attendee]:
        """List the subjects of a level that returned one of these, in order of code."""
        gone = np.logical_or.reduce([roll.returned[each] for each in GONE])
        sent = self._frames.submitted(roll.level, roll.year, gone)
        for at in range(self._frames.size(roll.level)):
            kind = next((each for each in kinds if roll.returned[each][at]), None)
            if kind is not None:
                names = self._builder.names
                slugs = [slug for slug, who in roll.lacking.items() if is_set(who, at)]
                yield Attendee(
                    subject=self._builder.subject(roll.level, at, roll.year),
                    year=roll.year,
                    returned=kind,
                    new=bool(roll.new[at]),
                    lacking=tuple(names.measure(slug) for slug in slugs),
                    absence=self._absence(roll, at) if gone[at] else None,
                    sent=bool(gone[at] and sent[at]),
                    unlisted=self._is_unlisted(roll, at),
                )

    def _absence(self, roll: Roll, at: int) -> Existence:
        life = self._frames.facts.levels[roll.level].lifetimes[at]
        return self._builder.names.existence(life, roll.year)

    def _is_unlisted(self, roll: Roll, at: int) -> bool:
        """Tell whether it counts as new for want of a roster's word, not for opening this year."""
        own = self._frames.facts.levels[roll.level].lifetimes.get(at)
        return bool(roll.new[at]) and (own is None or own.opened != roll.year)

    def _roll(self, level: Level, year: int, wants: ExpectedItems) -> Roll | None:
        table = self._frames.facts.levels.get(level)
        if table is None:
            return None
        size = len(table.codes)
        known = self._frames.reporting(level)
        due = self._frames.lifetimes.due(level, year)
        known = known if due is None else known & due
        wanted = {slug: of for (at, slug), of in wants.found.items() if at is level}
        masks = {key: of for each in wanted.values() for key, of in each.items()}
        expected = known & unpacked(any_of(masks.values(), size), size)
        lacks = self._lacks(level, year, wanted, packed(known))
        gaps = np.zeros(size, np.int32)
        for who in lacks.values():
            gaps += unpacked(who, size)
        incomplete = gaps > 0
        unlisted = self._frames.lifetimes.unlisted(level)
        anything = self._frames.submitted(level, year, expected & (incomplete | unlisted))
        there = np.zeros(size, np.bool_)
        there[table.subject[table.year == year]] = True
        nobody = np.zeros(size, np.bool_)
        returned = dict.fromkeys(Returned, nobody) | {  # some of them: the rest are gone
            Returned.REPORTED: expected & ~incomplete,
            Returned.PARTIAL: expected & incomplete & anything,
            Returned.BLANK: expected & incomplete & ~anything & there,
            Returned.ABSENT: expected & incomplete & ~anything & ~there,
        }
        returned |= self._gone(level, year)
        if not any(flags.any() for flags in returned.values()):
            return None
        new = unlisted & anything
        for at, life in table.lifetimes.items():
            new[at] |= life.opened == year
        timely = self._frames.timely(level, year)
        required = _required(wanted, known)
        blank = returned[Returned.BLANK]
        gaps[blank] = required[blank]  # what stands there came with the form
        return Roll(
            level, year, returned, new & expected, lacks, known, wanted, timely, required, gaps
        )

    def _lacks(
        self, level: Level, year: int, wanted: Mapping[str, Mapping[int, Bits]], known: Bits
    ) -> dict[str, Bits]:
        """Tell for each item that somebody lacks who does, of those that are known to report."""
        lacks: dict[str, Bits] = {}
        for slug, blank in self._frames.gaps(level, wanted, year):
            who = known & any_of(wanted[slug].values(), self._frames.size(level))
            if blank is not None:
                who &= packed(blank)
            if np.count_nonzero(who):
                lacks[slug] = who
        return lacks

    def _gone(self, level: Level, year: int) -> dict[Returned, Flags]:
        """Sort those whom the roster does not let exist in the year, whatever they submitted."""
        if self._frames.lifetimes.due(level, year) is None:
            return {}
        found = {kind: np.zeros(self._frames.size(level), np.bool_) for kind in GONE}
        for at, life in self._frames.facts.levels[level].lifetimes.items():
            if not life.covers(year):
                merged = life.status is RosterStatus.MERGED
                ended = Returned.MERGED if merged else Returned.CLOSED
                found[Returned.LATER if life.is_ahead(year) else ended][at] = True
        return found


def _tells(of: Attendance) -> bool:
    return bool(of.expected or of.closed or of.merged)


def _required(wanted: Mapping[str, Mapping[int, Bits]], known: Flags) -> Index:
    """Count the cells that each subject was to fill; many measures are wanted of the same."""
    alike = Counter(tuple(sorted(of)) for of in wanted.values())
    masks = {key: of for each in wanted.values() for key, of in each.items()}
    size = len(known)
    found = np.zeros(size, np.int32)
    for keys, count in alike.items():
        found += np.int32(count) * (
            known & unpacked(any_of((masks[key] for key in keys), size), size)
        )
    return found
