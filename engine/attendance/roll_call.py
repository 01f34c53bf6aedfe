"""Who was to report in a year, who did, and what is missing of whom."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np

from dabiao.engine.attendance.expected_items import ExpectedItems
from dabiao.engine.data.algebra import Flags
from dabiao.engine.findings.existence import existence
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.schemas.attendance import Attendance, Attendee, Returned
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import RosterStatus
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.record import dataclass


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
    """

    level: Level
    year: int
    returned: dict[Returned, Flags]
    new: Flags
    lacking: dict[str, Flags]
    known: Flags
    wanted: Mapping[str, Mapping[int, Flags]]

    def owing(self, slug: str) -> Flags:
        """Tell who owes a measure."""
        found: Flags = self.known & np.logical_or.reduce(list(self.wanted[slug].values()))
        return found

    def count(self, area: str | None = None, within: Flags | None = None) -> Attendance:
        """Count them, or those within a place."""

        def number(flags: Flags) -> int:
            return int(np.count_nonzero(flags if within is None else flags & within))

        kinds = {kind: number(flags) for kind, flags in self.returned.items()}
        return Attendance(
            year=self.year,
            level=self.level,
            area=area,
            expected=kinds[Returned.REPORTED] + kinds[Returned.PARTIAL] + kinds[Returned.ABSENT],
            reported=kinds[Returned.REPORTED],
            partial=kinds[Returned.PARTIAL],
            absent=kinds[Returned.ABSENT],
            new=number(self.new),
            closed=kinds[Returned.CLOSED],
            merged=kinds[Returned.MERGED],
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

    def counts(self, years: Iterable[int], area: str | None = None) -> Iterator[Attendance]:
        """Count who was to report and who did, per year and level, in a place or in all."""
        for year in years:
            for roll in self.rolls(year):
                there = self._frames.hierarchy.of(year)
                within = None if area is None else there.below(area, roll.level)
                counted = roll.count(None, within)
                if counted.expected or counted.closed or counted.merged:
                    yield counted

    def counties(self, years: Iterable[int]) -> Iterator[Attendance]:
        """Count the same per county, the county itself included."""
        for year in years:
            for roll in self.rolls(year):
                if roll.level is Level.COUNTY:
                    for at, code in enumerate(self._frames.tier(Level.COUNTY).codes):
                        counted = roll.count(code, np.arange(len(roll.new)) == at)
                        if counted.expected or counted.closed or counted.merged:
                            yield counted
                yield from self.by_county(roll)

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

    def by_county(self, roll: Roll) -> Iterator[Attendance]:
        """Count the subjects of a level below counties per county, in order of code."""
        if roll.level.rank <= Level.COUNTY.rank:
            return
        hierarchy = self._frames.hierarchy.of(roll.year)
        county = hierarchy.ladder(roll.level, Level.COUNTY)[: self._frames.size(roll.level)]
        concerned = np.logical_or.reduce(list(roll.returned.values()))
        tier = hierarchy.tiers[Level.COUNTY]
        numbers = np.flatnonzero(np.bincount(county[concerned & (county >= 0)])).tolist()
        for at in sorted(numbers, key=tier.code):
            yield roll.count(tier.code(at), county == at)

    def attendees(self, roll: Roll, kinds: Collection[Returned]) -> Iterator[Attendee]:
        """List the subjects of a level that returned one of these, in order of code."""
        for at in range(self._frames.size(roll.level)):
            kind = next((each for each in kinds if roll.returned[each][at]), None)
            if kind is not None:
                names = self._builder.names
                slugs = [slug for slug, who in roll.lacking.items() if who[at]]
                yield Attendee(
                    subject=self._builder.subject(roll.level, at, roll.year),
                    year=roll.year,
                    returned=kind,
                    new=bool(roll.new[at]),
                    lacking=tuple(names.measure(slug) for slug in slugs),
                    absence=self._absence(roll, at),
                    unlisted=self._is_unlisted(roll, at),
                )

    def _absence(self, roll: Roll, at: int) -> Existence | None:
        life = self._frames.lifetimes.lifetime(roll.level, at, roll.year)
        return None if life is None else existence(life, roll.year, self._builder.names)

    def _is_unlisted(self, roll: Roll, at: int) -> bool:
        """Tell whether it counts as new for want of a roster's word, not for opening this year."""
        own = self._frames.facts.levels[roll.level].lifetimes.get(at)
        return bool(roll.new[at]) and (own is None or own.opened != roll.year)

    def _roll(self, level: Level, year: int, wants: ExpectedItems) -> Roll | None:
        table = self._frames.facts.levels.get(level)
        if table is None:
            return None
        nobody = np.zeros(len(table.codes), np.bool_)
        known = self._frames.reporting(level)
        wanted = {slug: of for (at, slug), of in wants.found.items() if at is level}
        masks = {key: of for each in wanted.values() for key, of in each.items()}
        expected = known & np.logical_or.reduce([nobody, *masks.values()])
        lacks: dict[str, Flags] = {}
        for slug, blank in self._frames.gaps(level, wanted, year):
            who = known & np.logical_or.reduce(list(wanted[slug].values()))
            if blank is not None:
                who &= blank
            if who.any():
                lacks[slug] = who
        incomplete = np.logical_or.reduce([nobody, *lacks.values()])
        unlisted = self._frames.lifetimes.unlisted(level)
        anything = self._frames.submitted(level, year, expected & (incomplete | unlisted))
        returned = dict.fromkeys(Returned, nobody) | {  # some of them: the rest are gone
            Returned.REPORTED: expected & ~incomplete,
            Returned.PARTIAL: expected & incomplete & anything,
            Returned.ABSENT: expected & incomplete & ~anything,
        }
        returned |= self._gone(level, year)
        if not any(flags.any() for flags in returned.values()):
            return None
        new = unlisted & anything
        for at, life in table.lifetimes.items():
            new[at] |= life.opened == year
        return Roll(level, year, returned, new & expected, lacks, known, wanted)

    def _gone(self, level: Level, year: int) -> dict[Returned, Flags]:
        """Sort those with lifetimes of their own that do not exist in the year."""
        there = self._frames.lifetimes.flags(level, year)
        if there is None:
            return {}
        found = {
            kind: np.zeros(len(there), np.bool_)
            for kind in (Returned.CLOSED, Returned.MERGED, Returned.LATER)
        }
        for at, life in self._frames.facts.levels[level].lifetimes.items():
            if not there[at] and not life.covers(year):
                merged = life.status is RosterStatus.MERGED
                ended = Returned.MERGED if merged else Returned.CLOSED
                found[Returned.LATER if life.is_ahead(year) else ended][at] = True
        return found
