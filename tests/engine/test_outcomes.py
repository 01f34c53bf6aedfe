"""Timing, comparing and lines: sections 3 and 4 of docs/judgement.md."""

import pytest

from dabiao.engine.judge import EngineChoice
from dabiao.rules.catalog.norm import Compares, Within
from dabiao.rules.formulas.formula import Measured, Number, Relates, Relation, Text, Truth
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.engine import builders
from tests.engine.builders import (
    OPEN,
    STAGE,
    A,
    B,
    Cell,
    at_least,
    at_most,
    due,
    engines,
    judged,
    of_year,
    outcome_of,
    outcomes,
    pack,
    rule,
    school,
    within,
    years,
)

V, H, M = Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING
T, C, N = Outcome.ON_TRACK, Outcome.COMPLIANT, Outcome.NOT_APPLICABLE

LOW = years(y2021=1, y2022=1, y2023=1, y2024=1, y2025=1, y2026=1)
HIGH = years(y2021=9, y2022=9, y2023=9, y2024=9, y2025=9, y2026=9)


def timing(kind: str, first: int | None = None, last: int | None = None) -> Timing:
    """Make a timing."""
    return Timing(kind=TimingKind(kind), first=first, last=last)


@pytest.mark.parametrize(
    ("when", "by_year"),
    [
        (timing("due", last=2023), [T, T, V, V, V, V]),
        (timing("within", last=2023), [T, T, V, V, V, V]),
        (timing("standing", 2023), [N, N, V, V, V, V]),
        (timing("standing"), [V, V, V, V, V, V]),
        (timing("span", 2022, 2024), [N, V, V, V, N, N]),
    ],
)
def test_what_does_not_hold_before_in_and_after_its_time(
    when: Timing, by_year: list[Outcome]
) -> None:
    """Before, in time and after, for a norm that does not hold."""
    found = [outcome_of(at_least(5), LOW, as_of=year, timing=when) for year in range(2021, 2027)]

    assert found == by_year


def test_a_norm_that_holds_early_is_met() -> None:
    """达标 before it is due is 达标."""
    assert outcome_of(at_least(5), HIGH, as_of=2021, timing=due(2025)) is C


def test_within_a_year_counts_that_year() -> None:
    """Asked later, the figures of the year itself are judged, condition and all."""
    facts = of_year(2023, school(a=9, stage="小学")), school(a=1, stage="初中")
    condition = Relates(Relation.EQUAL, STAGE, Text("小学"))

    assert outcome_of(at_least(5), *facts, timing=within(2023), condition=condition) is C
    assert outcome_of(at_least(5), *facts, timing=within(2025), condition=condition) is N
    assert outcome_of(at_least(5), *facts, timing=within(2024), condition=condition) is M


@pytest.mark.parametrize(("year", "expected"), [(2020, N), (2021, V), (2025, V), (2026, N)])
def test_documents_have_a_period(year: int, expected: Outcome) -> None:
    """Outside it everything is 不适用, missing figures too."""
    document = builders.document(first=2021, last=2025)
    facts = years(y2021=1, y2025=1)

    assert outcome_of(at_least(5), facts, as_of=year, document=document) is expected


CONDITION = Relates(Relation.EQUAL, STAGE, Text("小学"))


@engines
@pytest.mark.parametrize(
    ("stage", "value", "expected"),
    [
        ("小学", 5, C),
        ("小学", 4, V),
        ("小学", None, M),
        ("初中", 4, N),
        ("初中", None, N),
        (None, 5, M),
        (None, None, M),
    ],
)
def test_condition_and_value(
    stage: str | None, value: float | None, expected: Outcome, engine: EngineChoice
) -> None:
    """A condition that is false ends it, one that is missing leaves it open."""
    catalog = pack(rule(at_least(5), condition=CONDITION))

    assert outcomes(judged(catalog, school(a=value, stage=stage), engine=engine)) == {
        "S1": expected
    }


@engines
@pytest.mark.parametrize(
    ("comparator", "below", "equal", "above"),
    [
        (Comparator.AT_LEAST, V, C, C),
        (Comparator.MORE_THAN, V, V, C),
        (Comparator.AT_MOST, C, C, V),
        (Comparator.LESS_THAN, C, V, V),
        (Comparator.EQUAL, V, C, V),
    ],
)
@pytest.mark.parametrize("bound", [Number(45.0), B, Number(-45.0), Number(0.0)])
def test_which_comparators_include_the_bound(
    *,
    comparator: Comparator,
    below: Outcome,
    equal: Outcome,
    above: Outcome,
    bound: Number | Measured,
    engine: EngineChoice,
) -> None:
    """以上 and 以下 include the bound, 超过 and 低于 do not; noise of 1e-9 is no difference."""
    at = bound.value if isinstance(bound, Number) else 45.0
    noise = abs(at) * 5e-10
    catalog = pack(rule(Compares(A, comparator, bound)))
    values = {
        "S1": (at - 1, below),
        "S2": (at, equal),
        "S3": (at - noise, equal),
        "S4": (at + noise, equal),
        "S5": (at + 1, above),
        "S6": (None, M),
    }
    subjects = [school(code, a=value, b=45) for code, (value, _) in values.items()]

    found = outcomes(judged(catalog, *subjects, engine=engine))

    assert found == {code: outcome for code, (_, outcome) in values.items()}


@engines
def test_two_bounds(engine: EngineChoice) -> None:
    """Both are included; one that is broken decides, even if the other is missing."""
    catalog = pack(
        rule(Within(A, Number(2.0), B), "r"), rule(Within(A, Number(2.0), Number(4.0)), "fixed")
    )
    cells: dict[str, tuple[Cell, Cell]] = {
        "S1": (1, 4),
        "S2": (2, 4),
        "S3": (4, 4),
        "S4": (5, 4),
        "S5": (1, None),
    }
    cells |= {"S6": (3, None), "S7": (None, 4)}
    subjects = [school(code, a=a, b=b) for code, (a, b) in cells.items()]

    judgement = judged(catalog, *subjects, engine=engine)

    assert list(outcomes(judgement).values()) == [V, C, C, V, V, M, M]
    assert list(outcomes(judgement, "plan/fixed").values()) == [V, C, C, V, V, C, M]


@engines
def test_truths_and_texts(engine: EngineChoice) -> None:
    """应为"是", and a category that has to be one."""
    catalog = pack(
        rule(Compares(OPEN, Comparator.EQUAL, Truth(value=True))),
        rule(Compares(STAGE, Comparator.EQUAL, Text("小学")), "text"),
    )
    subjects = [
        school("S1", open=True, stage="小学"),
        school("S2", open=False, stage="初中"),
        school("S3", open=None, a=1),
    ]

    judgement = judged(catalog, *subjects, engine=engine)

    assert list(outcomes(judgement).values()) == [C, V, M]
    assert list(outcomes(judgement, "plan/text").values()) == [C, V, M]
    first, second, _ = judgement.findings(rule="plan/text")
    assert (first.observed, second.observed) == ("小学", "初中")
    assert second.required.value == "小学"
    assert second.gap is None
    assert [one.observed for one in judgement.findings(rule="plan/r")] == [True, False, None]


@pytest.mark.parametrize(
    ("value", "exact", "rounded"),
    [(55.55, V, C), (55.6, C, C), (55.549, V, V), (55.55 - 1.5e-14, V, C)],
)
def test_rounding_only_where_the_rule_says_so(
    value: float, exact: Outcome, rounded: Outcome
) -> None:
    """Half away from zero, only where the rule says so, and noise never rounds a half down."""
    assert outcome_of(at_least(55.6), school(a=value)) is exact
    assert outcome_of(at_least(55.6), school(a=value), decimals=1) is rounded


def test_rounding_of_the_bound_and_below_zero() -> None:
    """Both sides are rounded, −0.5 to −1, and a bound of 1.005 to 1.01."""
    assert outcome_of(at_least(2.449), school(a=2.4), decimals=1) is C
    assert outcome_of(at_least(1.005), school(a=1.0), decimals=2) is V
    assert outcome_of(at_least(0), school(a=-0.4), decimals=0) is C
    assert outcome_of(at_least(0), school(a=-0.5), decimals=0) is V


BASE = Baseline(year=2020, value=90.0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(93.9, H), (94, T), (94 * (1 - 5e-10), T), (97.9, T), (98, C)],
)
def test_line_from_a_printed_baseline(value: float, expected: Outcome) -> None:
    """From 90 in 2020 to 100 in 2025 it stands at 94 in 2022, and on it counts as on track."""
    norm = at_least(100 if value < 98 else 98)

    found = outcome_of(norm, years(y2022=value), as_of=2022, timing=due(2025), baseline=BASE)

    assert found is expected


def test_line_from_the_facts() -> None:
    """Without a printed value the measure in the year of the baseline serves; else no line."""
    baseline = Baseline(year=2020)
    falling = at_most(0)

    def at(**values: float) -> Outcome:
        facts = years(**values)
        return outcome_of(falling, facts, as_of=2022, timing=due(2025), baseline=baseline)

    assert at(y2020=10, y2022=6) is T
    assert at(y2020=10, y2022=6.1) is H
    assert at(y2022=6.1) is T


def test_no_line() -> None:
    """None without a baseline, from a baseline after the deadline, or for what is no quantity."""
    late = Baseline(year=2025, value=90.0)
    yes = Compares(OPEN, Comparator.EQUAL, Truth(value=True))

    assert outcome_of(at_least(98), years(y2022=1), as_of=2022, timing=due(2025)) is T
    assert (
        outcome_of(at_least(98), years(y2022=1), as_of=2022, timing=due(2025), baseline=late) is T
    )
    facts = of_year(2022, school(open=False))
    assert outcome_of(yes, facts, as_of=2022, timing=due(2025), baseline=BASE) is T


@pytest.mark.parametrize(("value", "expected"), [(93, H), (95, T), (107, H), (105, T), (100, C)])
def test_line_to_the_bound_that_is_broken(value: float, expected: Outcome) -> None:
    """应等于 and 应在…之间 are approached from either side."""
    low, high = Baseline(year=2020, value=90.0), Baseline(year=2020, value=110.0)
    norm = Compares(A, Comparator.EQUAL, Number(100.0))

    found = outcome_of(
        norm,
        years(y2022=value),
        as_of=2022,
        timing=due(2025),
        baseline=low if value <= 100 else high,
    )

    assert found is expected


def test_line_is_rounded_too() -> None:
    """按0位小数比较: the line of 2021 at 91.6 is 92, and 91.5 reaches it."""
    baseline = Baseline(year=2020, value=90.0)

    def at(value: float) -> Outcome:
        return outcome_of(
            at_least(98),
            years(y2021=value),
            as_of=2021,
            timing=due(2025),
            baseline=baseline,
            decimals=0,
        )

    assert at(91.5) is T
    assert at(91.4) is H
