"""What rules need: which items, of whom, of which years."""

from dabiao.rules.analysis.data_needs import needs
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, Direction, Norm, Span
from dabiao.rules.formulas.formula import (
    Attainment,
    Below,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.engine import builders

PLAN = builders.document(first=2021, last=2025)
SCHOOL, COUNTY = Level.SCHOOL, Level.COUNTY
A, B = Measured("a"), Measured("b")
ITEMS: tuple[Item, ...] = (
    builders.item("a", COUNTY, SCHOOL),
    builders.item("b", COUNTY, SCHOOL),
    builders.item("stage", SCHOOL, type_=ItemType.CATEGORY, options=("小学", "初中")),
)
RATE = builders.indicator("rate", COUNTY, SCHOOL, unit="%")


def at_least(value: Formula) -> Norm:
    """Demand that a value is at least 10."""
    return Compares(value, Comparator.AT_LEAST, Number(10.0))


def due(year: int, kind: TimingKind = TimingKind.DUE) -> Timing:
    """Demand something by the end of a year, or within it."""
    return Timing(kind=kind, last=year)


def needed(rule: Rule, year: int, *others: Rule) -> set[tuple[Level, str, int]]:
    """Collect what one rule needs, of a pack that has others too."""
    catalog = builders.catalog([rule, *others], ITEMS, {RATE: Ratio(A, B)})
    return {(need.level, need.slug, need.year) for need in needs([rule], catalog, year)}


def test_parts_of_an_indicator() -> None:
    """An indicator is computed, so its parts are needed and it is not; so are conditions."""
    primary = Relates(Relation.EQUAL, Measured("stage"), Text("小学"))
    rule = builders.rule(at_least(Measured("rate")), "r", SCHOOL, document=PLAN, condition=primary)

    assert needed(rule, 2023) == {(SCHOOL, slug, 2023) for slug in ("a", "b", "stage")}


def test_items_below() -> None:
    """What is counted below is needed below."""
    total = Below(Fold.SUM, SCHOOL, A, Relates(Relation.MORE, B, Number(0.0)))
    rule = builders.rule(at_least(total), "r", COUNTY, document=PLAN)

    assert needed(rule, 2023) == {(SCHOOL, "a", 2023), (SCHOOL, "b", 2023)}


def test_other_years_of_formulas() -> None:
    """上年, 某年 and 累计 reach back, also one inside the other."""
    last = builders.rule(at_least(InYear(A, back=1)), "r", COUNTY, document=PLAN)
    named = builders.rule(
        at_least(InYear(InYear(A, back=1), year=2020)), "r", COUNTY, document=PLAN
    )
    summed = builders.rule(at_least(Cumulative(A, 3)), "r", COUNTY, document=PLAN)

    assert needed(last, 2023) == {(COUNTY, "a", 2022)}
    assert needed(named, 2023) == {(COUNTY, "a", 2019)}
    assert needed(summed, 2023) == {(COUNTY, "a", year) for year in (2021, 2022, 2023)}


def test_earlier_years_of_changes() -> None:
    """A change needs both its years, unless the rule prints the earlier value."""
    yearly = Changes(A, Direction.RISE, Span.YEAR, 0.0)
    since = Changes(A, Direction.RISE, Span.SINCE, 1.0, since=2020)
    mean = Changes(A, Direction.RISE, Span.ANNUALISED, 1.0)
    known, printed = Baseline(year=2020), Baseline(year=2020, value=3.0)

    def years(norm: Norm, baseline: Baseline | None = None) -> set[int]:
        rule = builders.rule(norm, "r", COUNTY, document=PLAN, baseline=baseline)
        return {year for _, _, year in needed(rule, 2023)}

    assert years(yearly) == {2022, 2023}
    assert years(since) == {2020, 2023}
    assert years(mean, known) == {2020, 2023}
    assert years(mean, printed) == {2023}


def test_baseline_of_a_line() -> None:
    """The year a line begins with is needed until the norm is due, unless its value is printed."""
    rule = builders.rule(
        at_least(A), "r", COUNTY, document=PLAN, timing=due(2025), baseline=Baseline(year=2020)
    )
    printed = builders.rule(
        at_least(A),
        "r",
        COUNTY,
        document=PLAN,
        timing=due(2025),
        baseline=Baseline(year=2020, value=3.0),
    )

    assert needed(rule, 2024) == {(COUNTY, "a", 2020), (COUNTY, "a", 2024)}
    assert needed(rule, 2025) == {(COUNTY, "a", 2025)}
    assert needed(printed, 2024) == {(COUNTY, "a", 2024)}


def test_years_in_which_nothing_is_judged() -> None:
    """Outside the period, before the beginning and after the end, nothing is needed."""
    standing = Timing(kind=TimingKind.SPAN, first=2022, last=2023)
    rule = builders.rule(at_least(A), "r", COUNTY, document=PLAN, timing=standing)

    assert [bool(needed(rule, year)) for year in range(2020, 2027)] == [
        *(False, False, True, True, False, False, False)
    ]


def test_a_year_that_is_over() -> None:
    """A norm for one year is judged on the figures of that year, whenever it is asked."""
    rule = builders.rule(
        at_least(A), "r", COUNTY, document=PLAN, timing=due(2023, TimingKind.WITHIN)
    )

    assert needed(rule, 2022) == {(COUNTY, "a", 2022)}
    assert needed(rule, 2025) == {(COUNTY, "a", 2023)}


def test_rules_that_are_rolled_up() -> None:
    """Whoever rolls up findings needs what the rules below need, in the year that is looked at."""
    below = builders.rule(at_least(A), "below", SCHOOL, document=PLAN, tags=["标准"])
    every = builders.rule(AllComply(SCHOOL, "@标准"), "every", COUNTY, document=PLAN)
    share = builders.rule(
        at_least(InYear(Attainment(SCHOOL, "@标准"), back=1)), "share", COUNTY, document=PLAN
    )

    assert needed(every, 2023, below) == {(SCHOOL, "a", 2023)}
    assert needed(share, 2023, below) == {(SCHOOL, "a", 2022)}


def test_whose_subjects_are_meant() -> None:
    """Each need knows the rule it comes from, and the place that the rule speaks of."""
    plan = builders.document(jurisdiction="150600")
    wide = builders.rule(at_least(A), "wide", COUNTY, document=plan)
    narrow = builders.rule(at_least(A), "narrow", COUNTY, document=plan, area="150602")
    catalog = builders.catalog([wide, narrow], ITEMS)
    found = {(need.rule, need.area) for need in needs([wide, narrow], catalog, 2023)}

    assert found == {("plan/wide", "150600"), ("plan/narrow", "150602")}
