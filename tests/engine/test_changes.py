"""Changes over time: section 5 of docs/judgement.md."""

import pytest

from dabiao.rules.catalog.norm import Changes, Direction, Span
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing
from tests.engine.builders import A, due, item, judged, pack, rule, years

V, H, M = Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING
T, C = Outcome.ON_TRACK, Outcome.COMPLIANT
RISE, FALL = Direction.RISE, Direction.FALL


def find(
    norm: Changes,
    as_of: int = 2025,
    *,
    baseline: Baseline | None = None,
    timing: Timing | None = None,
    **values: float | None,
) -> Finding:
    """Judge one change of ``a``."""
    catalog = pack(rule(norm, baseline=baseline, timing=timing, unit="人"))
    (finding,) = judged(catalog, years(**values), as_of=as_of).findings()
    return finding


def yearly(direction: Direction, least: float = 0.0, *, relative: bool = False) -> Changes:
    """逐年."""
    return Changes(A, direction, Span.YEAR, least, relative)


@pytest.mark.parametrize(
    ("direction", "before", "now", "expected"),
    [(RISE, 5, 5, C), (RISE, 5, 4.9, V), (FALL, 5, 5, C), (FALL, 5, 5.1, V), (RISE, None, 5, M)],
)
def test_year_on_year(
    direction: Direction, before: float | None, now: float, expected: Outcome
) -> None:
    """逐年不减 and 逐年不增: against the year before."""
    assert find(yearly(direction), y2024=before, y2025=now).outcome is expected


def test_change_is_observed_in_its_direction() -> None:
    """A fall of 0.2 is observed as 0.2, without the noise of subtracting."""
    finding = find(yearly(FALL, 0.2), y2024=60.2, y2025=60)

    assert finding.outcome is C
    assert finding.observed == 0.2
    assert finding.required.value == 0.2


def test_noise_is_no_change() -> None:
    """0.1 + 0.2 a year after 0.3 has not risen and has not fallen."""
    for direction in (RISE, FALL):
        assert find(yearly(direction), y2024=0.3, y2025=0.1 + 0.2).outcome is C
        assert find(yearly(direction), y2024=0.1 + 0.2, y2025=0.3).outcome is C


def test_relative_change() -> None:
    """In % of the earlier value; missing where that is not positive."""
    assert find(yearly(RISE, 10, relative=True), y2024=50, y2025=55).outcome is C
    assert find(yearly(RISE, 10, relative=True), y2024=50, y2025=54.9).observed == 9.8
    assert find(yearly(FALL, 10, relative=True), y2024=50, y2025=45).outcome is C
    assert find(yearly(RISE, 10, relative=True), y2024=0, y2025=45).outcome is M
    assert find(yearly(RISE, 10, relative=True), y2024=-5, y2025=45).outcome is M


def test_average_since_the_baseline() -> None:
    """年均: the change since the baseline, divided by the years."""
    norm = Changes(A, RISE, Span.ANNUALISED, 2.0)
    printed, silent = Baseline(year=2020, value=80.0), Baseline(year=2020)

    assert find(norm, baseline=printed, y2025=90).outcome is C
    assert find(norm, baseline=printed, y2025=89).observed == 1.8
    assert find(norm, baseline=silent, y2020=80, y2025=90).outcome is C
    assert find(norm, baseline=silent, y2025=90).outcome is M
    assert find(norm, 2020, baseline=printed, y2020=80).outcome is M


def test_compound_average() -> None:
    """年均 in %: compound."""
    norm = Changes(A, RISE, Span.ANNUALISED, 10.0, relative=True)
    baseline = Baseline(year=2023, value=100.0)

    assert find(norm, baseline=baseline, y2025=121).outcome is C
    assert find(norm, baseline=baseline, y2025=120.9).outcome is V
    fall = Changes(A, FALL, Span.ANNUALISED, 10.0, relative=True)
    assert find(fall, baseline=baseline, y2025=81).outcome is C
    assert find(fall, baseline=baseline, y2025=81.1).outcome is V
    zero = Baseline(year=2023, value=0.0)
    assert find(norm, baseline=zero, y2025=121).outcome is M


def test_since_a_year() -> None:
    """比2020年: the baseline where the rule prints one for that very year, else the facts."""
    norm = Changes(A, RISE, Span.SINCE, 5.0, since=2020)

    assert find(norm, y2020=10, y2025=15).outcome is C
    assert find(norm, baseline=Baseline(year=2020, value=9.0), y2020=10, y2025=14).outcome is C
    assert find(norm, baseline=Baseline(year=2019, value=1.0), y2020=10, y2025=14).outcome is V


@pytest.mark.parametrize(
    ("direction", "before", "now", "expected"),
    [(RISE, 5, 5.1, C), (RISE, 5, 5, V), (FALL, 5, 4.9, C), (FALL, 5, 5, V), (FALL, None, 5, M)],
)
def test_a_change_without_an_amount(
    direction: Direction, before: float | None, now: float, expected: Outcome
) -> None:
    """逐年提高 and 逐年下降: any change that way, and standing still is none."""
    norm = Changes(A, direction, Span.YEAR, 0.0, strict=True)
    since = Changes(A, direction, Span.SINCE, 0.0, since=2024, strict=True)

    assert find(norm, y2024=before, y2025=now).outcome is expected
    assert find(since, y2024=before, y2025=now).outcome is expected


def test_who_is_at_the_best_need_not_change() -> None:
    """After 0, which is the least there can be, 逐年下降 is to stay there."""
    norm = Changes(A, FALL, Span.YEAR, 0.0, strict=True)
    catalog = pack(rule(norm, unit="人"), items=[item("a", Level.SCHOOL, bounds=(0.0, None))])

    (stays,) = judged(catalog, years(y2024=0, y2025=0)).findings()
    (rises,) = judged(catalog, years(y2024=0, y2025=1)).findings()

    assert stays.outcome is C
    assert stays.required.comparator is Comparator.AT_LEAST
    assert rises.outcome is V


def test_line_of_a_change_since_a_year() -> None:
    """It runs from 0 in that year to what is asked."""
    norm = Changes(A, RISE, Span.SINCE, 5.0, since=2020)

    assert find(norm, 2022, timing=due(2025), y2020=10, y2022=12).outcome is T
    assert find(norm, 2022, timing=due(2025), y2020=10, y2022=11.9).outcome is H
    assert find(norm, 2022, timing=due(2025), y2020=10, y2022=15).outcome is C


@pytest.mark.parametrize("span", [Span.YEAR, Span.ANNUALISED])
def test_yearly_changes_have_no_line(span: Span) -> None:
    """They are 推进中 until they are due."""
    norm = Changes(Measured("a"), RISE, span, 5.0)
    base = Baseline(year=2020, value=50.0)

    assert find(norm, 2022, timing=due(2025), baseline=base, y2021=51, y2022=51).outcome is T


def test_average_without_a_baseline_is_missing() -> None:
    """Nothing to count from."""
    assert find(Changes(A, RISE, Span.ANNUALISED, 1.0), y2024=1, y2025=2).outcome is M


def test_noise_in_per_cent_is_that_of_the_bound() -> None:
    """However far apart two values are, a change in % is not taken for what is asked for."""
    norm = Changes(A, RISE, Span.ANNUALISED, 5.0, relative=True)
    finding = find(norm, 2019, baseline=Baseline(year=2020), y2019=1e15, y2020=1)

    assert finding.outcome is V
    assert finding.observed == pytest.approx(-100)
    for noise in (1 - 1e-12, 1 + 1e-12):
        steady = find(norm, 2021, baseline=Baseline(year=2020), y2020=100, y2021=105 * noise)
        assert steady.outcome is C
