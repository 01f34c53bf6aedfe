"""The best value there can be is enough: sections 4 and 5 of docs/judgement.md."""

from collections.abc import Mapping
from typing import Any

import pytest

from dabiao.engine.judge import EngineChoice
from dabiao.engine.judging.durable import is_installed
from dabiao.reports import wording
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Norm, Span
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Calculation,
    Choice,
    Cumulative,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Number,
    Ratio,
    Scale,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine.builders import EVERY_LEVEL, Cell, Sub, indicator, item, judged, pack, rule

V, C, M = Outcome.VIOLATION, Outcome.COMPLIANT, Outcome.MISSING
RISE, FALL = Direction.RISE, Direction.FALL
MORE, LESS, LEAST = Comparator.MORE_THAN, Comparator.LESS_THAN, Comparator.AT_LEAST
ITEMS = (
    item("share", *EVERY_LEVEL, unit="%", bounds=(0.0, 100.0)),
    item("rank", *EVERY_LEVEL, unit="名", bounds=(1.0, None)),
    item("count", *EVERY_LEVEL, bounds=(0.0, None)),
    item("part", *EVERY_LEVEL, bounds=(0.0, None)),
    item("whole", *EVERY_LEVEL, bounds=(0.0, None)),
    item("summed", Level.COUNTY, Level.SCHOOL, summed=True, bounds=(0.0, 5.0)),
)
SHARE, RANK, COUNT, SUMMED = (Measured(slug) for slug in ("share", "rank", "count", "summed"))
COVERED = Measured("covered")
INDICATORS: Mapping[Indicator, Formula] = {
    indicator("covered", *EVERY_LEVEL, unit="%"): Ratio(Measured("part"), Measured("whole")),
    indicator("earlier", *EVERY_LEVEL, unit="%"): InYear(COVERED, back=1),
}
ENGINES = [
    EngineChoice.COLUMNAR,
    pytest.param(
        EngineChoice.DURABLE,
        marks=pytest.mark.skipif(not is_installed(), reason="durable-rules does not run here"),
    ),
]


def before(value: Formula) -> Formula:
    """上年."""
    return InYear(value, back=1)


def find(
    norm: Norm,
    *,
    baseline: Baseline | None = None,
    engine: EngineChoice = EngineChoice.COLUMNAR,
    decimals: int | None = None,
    **values: Cell,
) -> Finding:
    """Judge one norm in 2025; values are called ``item_year``."""
    rows: dict[int, dict[str, Cell]] = {}
    for name, value in values.items():
        slug, year = name.split("_")
        rows.setdefault(int(year), {})[slug] = value
    catalog = pack(
        rule(norm, baseline=baseline, decimals=decimals), items=ITEMS, indicators=INDICATORS
    )
    (finding,) = judged(catalog, Sub(Level.SCHOOL, "S1", "150602", rows), engine=engine).findings()
    return finding


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [(100, 100, C), (100, 99.9, V), (99.9, 100, C), (99.9, 99.9, V), (None, 100, M)],
)
def test_a_share_that_is_whole_need_not_rise(
    engine: EngineChoice, earlier: float | None, now: float, expected: Outcome
) -> None:
    """应高于上年: 100% after 100% complies; anything else that has not risen does not."""
    norm = Compares(SHARE, MORE, before(SHARE))

    assert find(norm, engine=engine, share_2024=earlier, share_2025=now).outcome is expected


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_need_not_fall(engine: EngineChoice) -> None:
    """应低于上年: 0 after 0 complies, 1 after 1 does not, a missing year is missing."""
    norm = Compares(COUNT, LESS, before(COUNT))

    assert find(norm, engine=engine, count_2024=0, count_2025=0).outcome is C
    assert find(norm, engine=engine, count_2024=1, count_2025=1).outcome is V
    assert find(norm, engine=engine, count_2024=0, count_2025=1).outcome is V
    assert find(norm, engine=engine, count_2025=0).outcome is M


def test_what_is_asked_is_told_as_it_was_compared() -> None:
    """Not "above 100%, 0 away", but at least 100%."""
    norm = Compares(SHARE, MORE, before(SHARE))

    reached = find(norm, share_2024=100, share_2025=100)
    missed = find(norm, share_2024=100, share_2025=90)

    assert (reached.required.comparator, reached.required.value) == (LEAST, 100)
    assert (missed.required.comparator, missed.required.value, missed.gap) == (LEAST, 100, 10)
    assert find(norm, share_2024=80, share_2025=90).required.comparator is MORE
    assert "不低于100人（不可能更好）" in wording.reason(reached)
    first = find(Changes(RANK, FALL, Span.YEAR, 1.0), rank_2024=1, rank_2025=1)
    assert "下降不少于0人（不可能更好）" in wording.reason(first)
    second = find(Changes(RANK, FALL, Span.YEAR, 1.0), rank_2024=2, rank_2025=1)
    assert "不可能更好" not in wording.reason(second)


def test_ratios_of_two_items_are_whole_at_100() -> None:
    """比例 has no range of its own: 100% is the whole."""
    norm = Compares(COVERED, MORE, before(COVERED))

    assert find(norm, part_2024=8, whole_2024=8, part_2025=9, whole_2025=9).outcome is C
    assert find(norm, part_2024=8, whole_2024=8, part_2025=8, whole_2025=9).outcome is V
    assert find(norm, part_2024=7, whole_2024=9, part_2025=7, whole_2025=9).outcome is V


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [(105, 102, V), (105, 100, V), (102, 105, C), (105, 105, V), (100, 101, C), (100, 100, C)],
)
def test_a_gross_rate_can_fall_above_100(earlier: int, now: int, expected: Outcome) -> None:
    """A ratio that was or is above 100% shows that 100% is not the best: it has to rise."""
    was, is_ = {"part_2024": earlier, "whole_2024": 100}, {"part_2025": now, "whole_2025": 100}
    values: dict[str, Any] = was | is_

    assert find(Compares(COVERED, MORE, before(COVERED)), **values).outcome is expected
    assert find(Changes(COVERED, RISE, Span.YEAR, 0.0), **values).outcome is (
        C if now >= earlier else V
    )


MEAN = Calculation(Arithmetic.DIVIDE, Cumulative(COVERED, 3), Number(3.0))
BY_HAND = Calculation(Arithmetic.DIVIDE, Scale(Measured("part"), 100.0), Measured("whole"))


@pytest.mark.parametrize(
    "bound",
    [
        MEAN,
        before(Ratio(Measured("part"), Measured("whole"))),
        before(Calculation(Arithmetic.ADD, COVERED, Number(0.0))),
        before(BY_HAND),
        Measured("earlier"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_gross_rate_is_one_in_whatever_way_the_bound_looks_at_it(
    bound: Formula, engine: EngineChoice
) -> None:
    """A rate of 110% and 105% that comes to 100% has fallen, below the mean of its years too."""
    fell: dict[str, Any] = {f"whole_{year}": 100 for year in (2023, 2024, 2025)}
    fell |= {"part_2023": 110, "part_2024": 105, "part_2025": 100}

    assert find(Compares(COVERED, LEAST, bound), engine=engine, **fell).outcome is V
    fell |= {"part_2023": 100, "part_2024": 100}
    assert find(Compares(COVERED, LEAST, bound), engine=engine, **fell).outcome is C


def test_the_year_before_the_last_is_looked_at_itself() -> None:
    """By 上年(上年(x)) what counts is the rate of two years ago, not of last year."""
    norm = Compares(COVERED, LEAST, before(before(COVERED)))
    values: dict[str, Any] = {f"whole_{year}": 100 for year in (2023, 2024, 2025)}

    values |= {"part_2023": 110, "part_2024": 100, "part_2025": 100}
    assert find(norm, **values).outcome is V


def test_what_the_bound_does_not_read_shows_nothing() -> None:
    """Whether the rate was above 100% matters to none but its own bound: no verdict hangs on it."""
    beyond = Calculation(Arithmetic.ADD, before(SHARE), Number(5.0))
    values: dict[str, Any] = {"part_2024": 105, "whole_2024": 100, "share_2024": 98}

    for known in (values, {"share_2024": 98}):
        found = find(Compares(COVERED, LEAST, beyond), part_2025=9, whole_2025=9, **known)
        assert (found.outcome, found.required.value) == (C, 100)


def test_a_bound_beyond_the_best_value_asks_for_the_best_value() -> None:
    """上年 + 5 is 103%: 100% is enough, 99.9% is not."""
    five_more = Calculation(Arithmetic.ADD, before(SHARE), Number(5.0))
    norm = Compares(SHARE, LEAST, five_more)

    assert find(norm, share_2024=98, share_2025=100).outcome is C
    assert find(norm, share_2024=98, share_2025=99.9).outcome is V
    assert find(norm, share_2024=90, share_2025=94.9).outcome is V
    assert find(norm, share_2024=90, share_2025=95).outcome is C


def test_best_values_are_compared_at_the_decimals_of_the_rule() -> None:
    """99.6% is 100% without decimals, and nothing is above it."""
    norm = Compares(SHARE, MORE, before(SHARE))

    assert find(norm, decimals=0, share_2024=99.6, share_2025=99.7).outcome is C
    assert find(norm, decimals=0, share_2024=99.6, share_2025=99.4).outcome is V


def test_without_a_range_nothing_is_the_best() -> None:
    """A count has no greatest value."""
    assert find(Compares(COUNT, MORE, before(COUNT)), count_2024=5, count_2025=5).outcome is V


def test_whoever_is_summed_above_has_a_best_value() -> None:
    """A county's sum passes the greatest value of a school, but the school itself does not."""
    assert find(Compares(SUMMED, MORE, before(SUMMED)), summed_2024=5, summed_2025=5).outcome is C
    assert find(Changes(SUMMED, RISE, Span.YEAR, 2.0), summed_2024=4, summed_2025=5).outcome is C


def test_a_printed_bound_is_meant() -> None:
    """Only what is computed can lie beyond the best value, and targets by place are printed."""
    by_place = Choice(LiesIn("150602"), Number(100.0), Number(50.0))
    for bound in (Number(100.0), by_place):
        assert find(Compares(SHARE, MORE, bound), share_2025=100).outcome is V


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [(1, 1, C), (2, 1, C), (2, 2, V), (1, 2, V), (3, 2, C), (None, 1, M)],
)
def test_the_first_rank_can_not_be_bettered(
    engine: EngineChoice, earlier: float | None, now: float, expected: Outcome
) -> None:
    """应逐年下降不少于1名: who is first stays first."""
    norm = Changes(RANK, FALL, Span.YEAR, 1.0)

    assert find(norm, engine=engine, rank_2024=earlier, rank_2025=now).outcome is expected


def test_a_change_is_asked_for_as_far_as_it_can_go() -> None:
    """From 99.2% it is 0.8 points to the whole, whatever is asked."""
    norm = Changes(SHARE, RISE, Span.YEAR, 1.5)

    found = find(norm, share_2024=99.2, share_2025=100)
    assert found.outcome is C
    assert found.required.value == pytest.approx(0.8)
    short = find(norm, share_2024=99.2, share_2025=99.9)
    assert short.outcome is V
    assert short.gap == pytest.approx(0.1)
    assert find(norm, share_2024=98.5, share_2025=99.9).outcome is V
    assert find(norm, share_2024=90, share_2025=91.4).outcome is V


def test_changes_over_several_years_are_asked_for_as_far_as_they_can_go() -> None:
    """比2020年, 年均 and a printed baseline alike."""
    since = Changes(COVERED, RISE, Span.SINCE, 5.0, since=2020)
    printed = Baseline(year=2020, value=97.0)
    assert find(since, baseline=printed, part_2025=9, whole_2025=9).outcome is C
    average = Changes(SHARE, FALL, Span.ANNUALISED, 0.5)
    baseline = Baseline(year=2020, value=2.0)
    assert find(average, baseline=baseline, share_2025=0).outcome is C
    assert find(average, baseline=baseline, share_2025=0.1).outcome is V
    later = find(average, baseline=Baseline(year=2026, value=2.0), share_2025=1.8)
    assert (later.outcome, later.required.value) == (V, 0.5)  # it rose to the baseline


def test_growth_in_per_cent_is_meant() -> None:
    """What grows in % of itself is asked for as written."""
    norm = Changes(SHARE, RISE, Span.YEAR, 10.0, relative=True)

    assert find(norm, share_2024=95, share_2025=100).outcome is V
