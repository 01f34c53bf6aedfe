"""What stands below the first screen, and is read without scripts and printed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from dabiao.reports import wording
from dabiao.reports.counted.outcome_columns import OutcomeColumns, counter
from dabiao.reports.page.columns import Commitment, PageColumns
from dabiao.reports.page.overview import Rate
from dabiao.reports.summaries import OutcomeTally
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule


@dataclass(frozen=True, slots=True)
class Home:
    """A county (or what stands for one) with what is not as it should be in it."""

    code: str
    name: str
    counts: Counter[Outcome]
    priorities: Sequence[Commitment]
    whole: bool

    @property
    def anchor(self) -> str:
        """Name its section."""
        return place_anchor(self.code)

    @property
    def rate(self) -> Rate:
        """Give the share that complies."""
        return Rate(self.counts, self.whole)


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
        """Give how far the highest lies from the lowest, but of years in which most is missing."""
        judged = [each.percent for each in self.rates if each.judged and not each.is_open]
        return max(judged) - min(judged) if judged else 0.0


def homes(columns: PageColumns, counted: OutcomeColumns, year: int) -> Iterator[Home]:
    """Sort findings of a year by county, what matters first within each.

    Args:
        columns: The findings that are listed.
        counted: All of them.
        year: The year.
    """
    listed = columns.by_home(columns.of_year(year))
    every = listed if counted is columns else counted.by_home(counted.of_year(year))
    for code in sorted(every):
        some, label = every[code], counted.places.home_label(code)
        judged = None
        if counted is not columns:
            judged = {rule.id: count_judged(of) for rule, of in counted.some_by_rule(some)}
        ranked = columns.ranked(listed[code], judged=judged) if code in listed else []
        yield Home(code, label, counted.counts(some), ranked, counted.whole)


def place_anchor(code: str) -> str:
    """Name the section of a county within a page, without a character to be escaped."""
    return f"place-{quote(code, safe='').replace('%', '~')}"


def units(counted: Iterable[tuple[JudgedRule, Counter[Outcome]]], *, whole: bool) -> list[UnitRow]:
    """Add up rules by the unit that leads or takes part, those with most to do first.

    Args:
        counted: The rules, each with its findings by outcome.
        whole: Whether these are the findings of every outcome.
    """
    leads: dict[str, Counter[Outcome]] = defaultdict(Counter)
    takes_part: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for rule, counts in counted:
        for unit in rule.units.lead:
            leads[unit].update(counts)
        for unit in rule.units.responsible:
            takes_part[unit].update(counts)

    def to_do(unit: str) -> tuple[int, ...]:
        return (
            -sum(leads[unit][each] for each in OPEN),
            -sum(takes_part[unit][each] for each in OPEN),
            -leads[unit].total(),
            -takes_part[unit].total(),
        )

    named = sorted({**leads, **takes_part}, key=lambda unit: (to_do(unit), unit))
    return [
        UnitRow(unit, Rate(leads[unit], whole), Rate(takes_part[unit], whole)) for unit in named
    ]


def by_document(counted: Iterable[tuple[JudgedRule, Counter[Outcome]]]) -> list[OutcomeTally]:
    """Add up rules by document."""
    found: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for rule, counts in counted:
        found[rule.document.id, rule.document.title].update(counts)
    return [
        OutcomeTally(wording.in_its_language(title), id_, found[id_, title])
        for id_, title in sorted(found)
    ]


def years_apart(columns: OutcomeColumns, years: Sequence[int]) -> list[YearsRow]:
    """Put the rates of each county side by side, a year each; never a sum of years."""
    homes = columns.homes
    counted = [columns.count(columns.home, len(homes), columns.of_year(year)) for year in years]
    return [
        YearsRow(columns.places.home_label(code), [Rate(counter(year[at])) for year in counted])
        for code, at in sorted(zip(homes, range(len(homes)), strict=True))
    ]


_MOST_CHANGED = 12
"""Commitments whose years stand beside one another."""


def most_changed(columns: OutcomeColumns, years: Sequence[int]) -> list[YearsRow]:
    """Give the commitments whose rates differ most between years, each year by itself."""
    rules = columns.rules
    counted = [columns.count(columns.rule, len(rules), columns.of_year(year)) for year in years]
    order = sorted(range(len(rules)), key=lambda at: rules[at].id)
    rows = [
        YearsRow(rules[at].called, [Rate(counter(year[at])) for year in counted]) for at in order
    ]
    moved = [row for row in rows if row.moved]
    return sorted(moved, key=lambda row: -row.moved)[:_MOST_CHANGED]
