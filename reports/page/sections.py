"""What stands below the first screen, and is read without scripts and printed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from dabiao.reports.page.overview import Rate
from dabiao.reports.priorities import OPEN, Priority, priorities
from dabiao.reports.summaries import OutcomeTally, SubjectNames, tallies
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """A county (or what stands for one) with what is not as it should be in it."""

    code: str
    name: str
    counts: Counter[Outcome]
    priorities: Sequence[Priority]

    @property
    def anchor(self) -> str:
        """Name its section."""
        return place_anchor(self.code)

    @property
    def rate(self) -> Rate:
        """Give the share that complies."""
        return Rate(self.counts)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a unit answers for, counted by outcome.

    Attributes:
        name: The unit.
        leads: Findings on what it leads.
        takes_part: Findings on what it takes part in.
    """

    name: str
    leads: Rate
    takes_part: Rate


@dataclass(frozen=True, slots=True)
class YearsRow:
    """Rates of a county or a commitment, one a year."""

    name: str
    rates: Sequence[Rate]

    @property
    def moved(self) -> float:
        """Give how far the highest lies from the lowest."""
        judged = [each.order for each in self.rates if each.judged]
        return max(judged) - min(judged) if judged else 0.0


def homes(findings: Iterable[Finding], places: SubjectNames) -> Iterator[Home]:
    """Sort findings of a year by county, what matters first within each."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[places.home(finding.subject) or ""].append(finding)
    for code in sorted(found):
        counts = Counter(each.outcome for each in found[code])
        yield Home(code, places.home_label(code), counts, priorities(found[code]))


def place_anchor(code: str) -> str:
    """Name the section of a county within a page, without a character to be escaped."""
    return f"place-{quote(code, safe='').replace('%', '~')}"


def units(findings: Iterable[Finding]) -> list[UnitRow]:
    """Count by the unit that leads or takes part, those with most to do first."""
    leads: dict[str, Counter[Outcome]] = defaultdict(Counter)
    takes_part: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for of in findings:
        for unit in of.units.lead:
            leads[unit][of.outcome] += 1
        for unit in of.units.responsible:
            takes_part[unit][of.outcome] += 1

    def to_do(unit: str) -> tuple[int, ...]:
        return (
            -sum(leads[unit][each] for each in OPEN),
            -sum(takes_part[unit][each] for each in OPEN),
            -leads[unit].total(),
            -takes_part[unit].total(),
        )

    named = sorted({**leads, **takes_part}, key=lambda unit: (to_do(unit), unit))
    return [UnitRow(unit, Rate(leads[unit]), Rate(takes_part[unit])) for unit in named]


def by_document(findings: Iterable[Finding]) -> list[OutcomeTally]:
    """Count by document."""
    return tallies(findings, lambda one: [(one.by.document.id, one.by.document.title)])


def undecided(findings: Iterable[Finding]) -> list[Finding]:
    """Give the roll-ups of which something is certain though data is missing."""
    return [each for each in findings if each.best is not None]


def years_apart(
    findings: Iterable[Finding], years: Sequence[int], places: SubjectNames
) -> list[YearsRow]:
    """Put the rates of each county side by side, a year each; never a sum of years."""
    counts: dict[str, dict[int, Counter[Outcome]]] = defaultdict(lambda: defaultdict(Counter))
    for of in findings:
        counts[places.home(of.subject) or ""][of.year][of.outcome] += 1
    return [
        YearsRow(places.home_label(code), [Rate(counts[code][year]) for year in years])
        for code in sorted(counts)
    ]


_MOST_CHANGED = 12
"""Commitments whose years stand beside one another."""


def most_changed(findings: Iterable[Finding], years: Sequence[int]) -> list[YearsRow]:
    """Give the commitments whose rates differ most between years, each year by itself."""
    counts: dict[str, dict[int, Counter[Outcome]]] = defaultdict(lambda: defaultdict(Counter))
    titles: dict[str, str] = {}
    for of in findings:
        counts[of.rule][of.year][of.outcome] += 1
        titles[of.rule] = of.title
    rows = [
        YearsRow(titles[rule], [Rate(found[year]) for year in years])
        for rule, found in sorted(counts.items())
    ]
    moved = [row for row in rows if row.moved]
    return sorted(moved, key=lambda row: -row.moved)[:_MOST_CHANGED]
