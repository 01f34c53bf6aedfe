"""What has to be known before the counts of a run are read: whom and what it leaves out."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.frames import Frames
from dabiao.engine.findings.naming import NAMED, Names
from dabiao.intake.facts.years import passed_over, reporting_on
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.timing import Phase, phase
from dabiao.schemas.facts import Facts
from dabiao.schemas.finding import Source
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.run import Caveat, LevelCount, NotApplied, WhyNotApplied

_TOWNSHIP = Level.TOWNSHIP.rank


def years_passed_over(facts: Facts, judged: int) -> list[Caveat]:
    """Say which later years there are facts of, where the year judged was nobody's choice."""
    many = reporting_on(facts, judged)
    return [
        Caveat(kind="year-passed-over", count=few, year=year, years=(judged,), reporting=many)
        for year, few in passed_over(facts, judged).items()
    ]


def unread(facts: Facts) -> list[Caveat]:
    """Say which files and sheets could not be read, whose subjects therefore lack data."""
    found = {
        Source(file=each.file, sheet=each.sheet): None
        for each in facts.problems
        if each.severity is Severity.ERROR and each.file and (each.whole or each.cell is None)
    }
    return [Caveat(kind="unread", count=len(found), unread=tuple(found))] if found else []


class Outsiders:
    """Finds subjects that were submitted and that rules for certain places leave out.

    Args:
        frames: The facts, and who lies in what.
        names: Names subjects.
        years: The years judged.
        rules: The rules judged by.
    """

    def __init__(
        self, frames: Frames, names: Names, years: Sequence[int], rules: Sequence[Rule]
    ) -> None:
        self._frames = frames
        self._names = names
        self._years = years
        self._spoken_of = {(rule.jurisdiction, rule.level) for rule in rules}

    def find(self, area: str | None = None) -> list[Caveat]:
        """Count them per level: those that lie elsewhere, and those that lie nobody knows where.

        Args:
            area: Only those in this place, and those that might be.
        """
        found: list[Caveat] = []
        for level in Level if self._spoken_of else ():
            if level in self._frames.facts.levels:
                found += self._of_level(level, area)
        return found

    def _of_level(self, level: Level, area: str | None) -> Iterator[Caveat]:
        hierarchy = self._frames.hierarchy
        bounded = any(place is not None for place, _ in self._spoken_of)
        lost = hierarchy.lost(level, wholly=not bounded)
        submitted = self._submitted(level)
        # A rule for all places still asks who lies in what, if it is about a level above.
        if bounded or any(upper.rank < min(level.rank, _TOWNSHIP) for _, upper in self._spoken_of):
            yield from self._caveat("unplaced", level, submitted & lost)
        elsewhere = submitted & ~lost
        # Rules about a level judge its subjects; where there are none, those above may count them.
        own = {(place, upper) for place, upper in self._spoken_of if upper is level}
        for place, upper in own or self._spoken_of:
            within = hierarchy.touches(place, level)
            if upper.rank < level.rank:  # it judges those above, if there are any
                within &= hierarchy.ladder(level, upper)[: len(lost)] >= 0
            elsewhere &= ~within
        if area is not None:
            elsewhere &= hierarchy.below(area, level)
        yield from self._caveat("outside", level, elsewhere)

    def _submitted(self, level: Level) -> Flags:
        """Tell who has a row of a year judged, or stands in a roster."""
        table = self._frames.facts.levels[level]
        found = np.zeros(len(table.codes), np.bool_)
        found[table.subject[np.isin(table.year, self._years)]] = True
        return found if table.listed is None else found | table.listed

    def _caveat(self, kind: str, level: Level, who: Flags) -> Iterator[Caveat]:
        found = np.flatnonzero(who).tolist()
        if found:
            named = tuple(self._names.subject(level, at) for at in found[:NAMED])
            yield Caveat(kind=kind, count=len(found), level=level, named=named)


def left_out(catalog: Catalog, facts: Facts) -> list[Caveat]:
    """Say whom the rules of a pack leave out, in any year, without judging anybody."""
    frames = Frames(facts, catalog)
    names = Names(frames, catalog.vocabulary)
    return Outsiders(frames, names, facts.years(), list(catalog)).find()


def without_subjects(frames: Frames, years: Sequence[int], rules: Sequence[Rule]) -> list[Caveat]:
    """Say how many rules apply to places that somebody reports from, and have nobody to judge.

    Counties alone say nothing about their prefecture: its rules are no part of any count, unless
    a roster lists it.
    """
    touched: dict[str | None, bool] = {}
    empty: dict[tuple[str | None, Level], bool] = {}
    lacking: Counter[Level] = Counter()
    for rule in rules:
        place, level = rule.jurisdiction, rule.level
        if place not in touched:
            touched[place] = any(
                (frames.reporting(each) & frames.hierarchy.touches(place, each)).any()
                for each in frames.facts.levels
            )
        if (place, level) not in empty:
            there, who = frames.reporting(level), frames.hierarchy.inside(place, level)
            empty[place, level] = not there.any() or (who is not None and not there[who].any())
        if touched[place] and empty[place, level] and any(phase(rule, y).applies for y in years):
            lacking[level] += 1
    if not lacking:
        return []
    counts = tuple(LevelCount(level, lacking[level]) for level in Level if lacking[level])
    return [Caveat(kind="no-subject", count=sum(lacking.values()), lacking=counts)]


def nothing_applied(
    frames: Frames, years: Sequence[int], rules: Sequence[Rule], area: str | None
) -> Caveat:
    """Say why no rule applied to anybody, in all or in a place."""
    causes = Counter(_cause(frames, years, rule, area) for rule in rules)
    return Caveat(
        kind="nothing-applied",
        count=len(rules),
        years=tuple(years),
        causes=tuple(
            NotApplied(cause, count, level) for (cause, level), count in causes.most_common()
        ),
    )


def _cause(
    frames: Frames, years: Sequence[int], rule: Rule, area: str | None
) -> tuple[WhyNotApplied, Level | None]:
    if not any(phase(rule, year).applies for year in years):
        first = max(filter(None, (rule.document.period.from_, rule.timing.first)), default=None)
        if first is not None and first > max(years):
            return WhyNotApplied.AHEAD, None
        if phase(rule, max(years)) is Phase.SUPERSEDED:
            return WhyNotApplied.SUPERSEDED, None
        return WhyNotApplied.OVER, None
    there = frames.reporting(rule.level)
    if area is not None:
        there = there & frames.hierarchy.below(area, rule.level)
    if not there.any():
        return WhyNotApplied.NONE_REPORTS, rule.level
    who = frames.hierarchy.inside(rule.jurisdiction, rule.level)
    if who is not None and not there[who].any():
        return WhyNotApplied.NONE_INSIDE, None
    return WhyNotApplied.NONE_MEANT, None
