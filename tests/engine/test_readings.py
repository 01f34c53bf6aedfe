"""Cells that may mean one value or another: 0.9 in an item that is in % may be 0.9 % or 90 %."""

from dataclasses import replace
from typing import Unpack
from unittest.mock import patch

import pytest

from dabiao.engine.explain import explain
from dabiao.engine.judge import EngineChoice, judge
from dabiao.engine.judging.readings import Readings
from dabiao.reports import wording
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import UnusableValue
from dabiao.schemas.rule import Baseline
from tests.engine import naive
from tests.engine.builders import (
    A,
    B,
    C,
    Cell,
    RuleParts,
    Sub,
    at_least,
    at_most,
    county,
    due,
    engines,
    judged,
    outcome_of,
    outcomes,
    pack,
    rule,
    school,
    submit,
    years,
)

MET, BROKEN, OPEN = Outcome.COMPLIANT, Outcome.VIOLATION, Outcome.MISSING
SMALL = (0.9, 90.0)


def found(norm: Norm, *subjects: Sub, **more: Unpack[RuleParts]) -> Finding:
    """Judge one rule, and give the finding on its first subject."""
    judgement = judged(pack(replace(rule(norm, **more), unit="%")), *subjects)
    return next(judgement.findings(rule="plan/r"))


@engines
@pytest.mark.parametrize(
    ("norm", "outcome"),
    [
        (at_least(0.9, C), MET),
        (at_least(0.91, C), OPEN),
        (at_least(90, C), OPEN),
        (at_least(90.1, C), BROKEN),
        (at_most(90, C), MET),
        (at_most(89.9, C), OPEN),
        (at_most(0.9, C), OPEN),
        (at_most(0.89, C), BROKEN),
        (Within(C, f.Number(1.0), f.Number(89.0)), BROKEN),
        (Within(C, f.Number(0.9), f.Number(90.0)), MET),
        (Within(C, f.Number(1.0), f.Number(90.0)), OPEN),
        (Compares(C, Comparator.EQUAL, f.Number(45.0)), BROKEN),
    ],
    ids=str,
)
def test_a_bound_between_the_readings_leaves_it_open(
    engine: EngineChoice, norm: Norm, outcome: Outcome
) -> None:
    """The verdict stands where both readings come to it, and only there."""
    judgement = judged(pack(rule(norm)), school(c=SMALL), engine=engine)

    assert outcomes(judgement) == {"S1": outcome}


def test_what_is_open_names_both_readings_and_what_they_come_to() -> None:
    """With the cell, so that it can be mended there."""
    finding = found(at_least(1.4, C), school(c=SMALL))

    assert finding.observed is None
    assert wording.reason(finding) == (
        "项c2025年的数据有两种读法（school.csv E2）：可能是(0.9, 90.0)；"
        "按0.9%为未达标，按90%为达标。"
    )
    with speaking(Language.EN):
        assert "; violation as 0.9%, compliant as 90%." in wording.reason(
            found(at_least(1.4, C), school(c=SMALL))
        )


def test_what_is_decided_names_both_readings() -> None:
    """The number judged is the cell as it stands."""
    finding = found(at_least(95, C), school(c=SMALL))

    assert (finding.outcome, finding.observed, finding.gap) == (BROKEN, 0.9, 94.1)
    assert wording.remedies(finding) == ()
    assert wording.reason(finding) == (
        "项c为0.9%，应不低于95%，相差94.1个百分点（项c（school.csv E2）按0.9%或90%，结论都一样）。"
    )


@pytest.mark.parametrize(
    ("norm", "outcome"),
    [
        (at_least(91, f.Calculation(f.Arithmetic.ADD, C, A)), OPEN),
        (at_least(1.9, f.Calculation(f.Arithmetic.ADD, C, A)), MET),
        (at_least(0, f.Calculation(f.Arithmetic.SUBTRACT, C, C)), MET),
        (at_least(1, f.Choice(f.Relates(f.Relation.LESS, C, f.Number(100.0)), A, B)), MET),
        (at_least(1, f.Choice(f.Relates(f.Relation.LESS, C, f.Number(50.0)), A, B)), OPEN),
        (at_least(0, f.Choice(f.Relates(f.Relation.LESS, C, f.Number(50.0)), A, B)), MET),
        (at_least(0, f.Scale(C, 2.0)), MET),
        (at_most(2, f.Calculation(f.Arithmetic.LARGER, C, A)), OPEN),
        (at_most(2, f.Calculation(f.Arithmetic.SMALLER, C, A)), MET),
    ],
    ids=str,
)
def test_inside_a_formula(norm: Norm, outcome: Outcome) -> None:
    """One value among others: a is 1 and b is 0; a cell means the same wherever it is used."""
    assert outcome_of(norm, school(a=1.0, b=0.0, c=SMALL)) is outcome


@pytest.mark.parametrize(
    ("bound", "outcome"), [(50.0, OPEN), (0.5, MET), (95.0, Outcome.NOT_APPLICABLE)]
)
def test_in_a_condition(bound: float, outcome: Outcome) -> None:
    """It applies, or does not, where both readings say so."""
    condition = f.Relates(f.Relation.AT_LEAST, C, f.Number(bound))

    assert outcome_of(at_least(1), school(a=1.0, c=SMALL), condition=condition) is outcome
    assert outcome_of(at_least(2), school(a=1.0, c=SMALL), condition=condition) is (
        BROKEN if outcome is MET else outcome
    )


def rates(**values: Cell) -> Sub:
    """Submit ``c`` of a school by year."""
    return Sub(Level.SCHOOL, "S1", "150602", {int(y[1:]): {"c": v} for y, v in values.items()})


@pytest.mark.parametrize(
    ("norm", "cells", "outcome"),
    [
        (Changes(C, Direction.RISE, Span.YEAR, 0.0), {"y2024": 0.5, "y2025": SMALL}, MET),
        (Changes(C, Direction.RISE, Span.YEAR, 0.0), {"y2024": 50.0, "y2025": SMALL}, OPEN),
        (Changes(C, Direction.RISE, Span.YEAR, 0.0), {"y2024": SMALL, "y2025": 50.0}, OPEN),
        (Changes(C, Direction.RISE, Span.YEAR, 0.0), {"y2024": SMALL, "y2025": 95.0}, MET),
        (
            Changes(C, Direction.RISE, Span.YEAR, 0.0),
            {"y2024": (0.8, 80.0), "y2025": SMALL},
            OPEN,
        ),
        (
            Changes(C, Direction.RISE, Span.SINCE, 5.0, since=2020),
            {"y2020": SMALL, "y2025": 96.0},
            MET,
        ),
        (
            Changes(C, Direction.RISE, Span.SINCE, 6.1, since=2020),
            {"y2020": SMALL, "y2025": 96.0},
            OPEN,
        ),
        (at_least(91, f.Cumulative(C, 2)), {"y2024": SMALL, "y2025": 90.1}, MET),
        (at_least(91.1, f.Cumulative(C, 2)), {"y2024": SMALL, "y2025": 90.1}, OPEN),
        (
            at_least(0, f.Calculation(f.Arithmetic.SUBTRACT, C, f.InYear(C, None, 1))),
            {"y2024": SMALL, "y2025": 90.0},
            MET,
        ),
        (
            at_least(1, f.Calculation(f.Arithmetic.SUBTRACT, C, f.InYear(C, None, 1))),
            {"y2024": SMALL, "y2025": 90.0},
            OPEN,
        ),
    ],
    ids=str,
)
def test_over_years(norm: Norm, cells: dict[str, Cell], outcome: Outcome) -> None:
    """Each year's cell may mean either, whatever the other year's means."""
    assert outcome_of(norm, rates(**cells)) is outcome


def test_a_yearly_average() -> None:
    """From 0.9 or 90 to 95 in five years: at least 1 a year either way, but not 1.1."""
    for least, outcome in ((1.0, MET), (1.1, OPEN)):
        norm = Changes(C, Direction.RISE, Span.ANNUALISED, least)
        cells = rates(y2020=SMALL, y2025=95.0)
        assert outcome_of(norm, cells, baseline=Baseline(year=2020)) is outcome


@pytest.mark.parametrize(
    ("now", "outcome"),
    [(95.0, OPEN), (94.0, OPEN), (60.0, Outcome.BEHIND), (97.0, Outcome.ON_TRACK)],
)
def test_a_line_from_a_baseline_that_may_be_either(now: float, outcome: Outcome) -> None:
    """To 100 in 2025 from 0.9 or 90 in 2020 stands at 60.36 or 96 in 2023."""
    norm = at_least(100, C)
    cells = rates(y2020=SMALL, y2023=now)
    found = outcome_of(norm, cells, as_of=2023, timing=due(2025), baseline=Baseline(year=2020))

    assert found is outcome


def test_a_line_that_is_there_whatever_the_baseline_means() -> None:
    """Whatever 2021 means the line begins at 0, and who is on it the missing cell of 2023 decides.

    Without a line it would be on track whatever that cell is.
    """
    above = f.Relates(f.Relation.MORE, C, f.Number(95.0))
    norm = at_least(3, f.years_when(above, 3))
    cells = rates(y2020=50.0, y2021=SMALL, y2022=50.0)
    catalog = pack(rule(norm, timing=due(2025), baseline=Baseline(year=2022)))

    assert next(judged(catalog, cells, as_of=2023).findings()).outcome is OPEN
    assert [one.outcome for one in naive.judge(catalog, submit(cells).facts(), [2023])] == [OPEN]


def classes(*values: Cell) -> list[Sub]:
    """Submit the rates of the schools of a county, which has nothing to say itself."""
    return [county(), *(school(f"S{at}", c=value) for at, value in enumerate(values))]


def below(fold: f.Fold, condition: f.Formula | None = None) -> f.Formula:
    """Fold the rates of the schools below."""
    operand = None if fold in (f.Fold.COUNT, f.Fold.SHARE) else C
    return f.Below(fold, Level.SCHOOL, operand, condition)


HIGH = f.Relates(f.Relation.AT_LEAST, C, f.Number(50.0))


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        (below(f.Fold.MEAN), (0.9 + 95) / 2, 92.5),
        (below(f.Fold.SUM), 95.9, 185.0),
        (below(f.Fold.MINIMUM), 0.9, 90.0),
        (below(f.Fold.MAXIMUM), 95.0, 95.0),
        (below(f.Fold.COUNT, HIGH), 1.0, 2.0),
        (below(f.Fold.SHARE, HIGH), 50.0, 100.0),
    ],
    ids=str,
)
def test_subjects_below_with_two_readings(formula: f.Formula, low: float, high: float) -> None:
    """Over a school of 95 and one of 0.9 or 90: decided up to the lower and above the higher."""
    subjects = classes(95.0, SMALL)
    norms = {low: MET, high + 0.1: BROKEN}
    if low < high:
        norms |= {low + 0.1: OPEN, high: OPEN}

    assert {
        bound: outcome_of(at_least(bound, formula), *subjects, level=Level.COUNTY)
        for bound in norms
    } == norms


@pytest.mark.parametrize(
    ("norm", "outcome"),
    [
        (at_least(0.9, below(f.Fold.MEAN)), MET),
        (at_least(0.91, below(f.Fold.MEAN)), OPEN),
        (at_least(90.1, below(f.Fold.MEAN)), BROKEN),
        (at_most(90.0, below(f.Fold.MAXIMUM)), MET),
        (at_most(0.89, f.Scale(below(f.Fold.SUM), 0.1)), BROKEN),
        (Within(below(f.Fold.MEAN), f.Number(40.0), f.Number(50.0)), OPEN),
        (Within(below(f.Fold.MEAN), f.Number(91.0), f.Number(95.0)), BROKEN),
        (Compares(below(f.Fold.MEAN), Comparator.EQUAL, f.Number(45.0)), OPEN),
        (at_least(1, below(f.Fold.COUNT, HIGH)), OPEN),
        (at_least(-999, f.Scale(below(f.Fold.MEAN), -1.0)), OPEN),
    ],
    ids=str,
)
def test_of_many_the_lowest_and_the_highest(norm: Norm, outcome: Outcome) -> None:
    """Of twelve cells not all combinations are tried.

    Where a value only rises with each of them, its extremes tell, unless one that holds may lie
    between; anything else stays open.
    """
    assert outcome_of(norm, *classes(*[SMALL] * 12), level=Level.COUNTY) is outcome


@pytest.mark.parametrize(
    ("beyond", "outcome"), [(95.0, Outcome.NOT_APPLICABLE), (50.0, OPEN), (0.5, OPEN)]
)
def test_a_condition_that_never_holds_leaves_nothing_to_try(
    beyond: float, outcome: Outcome
) -> None:
    """Of one cell of the county itself, beside twelve below that are too many."""
    norm = at_least(-999, f.Scale(below(f.Fold.MEAN), -1.0))
    subjects = [county(c=SMALL), *classes(*[SMALL] * 12)[1:]]
    above = f.Relates(f.Relation.MORE, C, f.Number(beyond))

    assert outcome_of(norm, *subjects, level=Level.COUNTY, condition=above) is outcome


def test_a_line_from_a_baseline_of_many() -> None:
    """A line that too many cells leave open is no reason to be on track."""
    schools = [
        Sub(Level.SCHOOL, f"S{at}", "150602", {2020: {"c": SMALL}, 2023: {"c": 70.0}})
        for at in range(9)
    ]
    norm = at_least(100, below(f.Fold.MEAN))
    judged_in_2023 = rule(norm, level=Level.COUNTY, timing=due(2025), baseline=Baseline(year=2020))
    (finding,) = judged(pack(judged_in_2023), county(), *schools, as_of=2023).findings()

    assert finding.outcome is OPEN
    assert "等9所学校的项c2020年的数据有两种读法。" in wording.reason(finding)


def test_many_readings_are_not_all_listed() -> None:
    """Three of the cells are named, and how many there are."""
    catalog = pack(rule(at_least(95, below(f.Fold.MEAN)), level=Level.COUNTY))
    (finding,) = judged(catalog, *classes(*[SMALL] * 12)).findings()

    assert finding.observed == 0.9
    assert wording.reason(finding).count("按0.9%或90%") == 3
    assert wording.reason(finding).endswith("，等12处，结论都一样）。")


def test_a_sum_where_nothing_was_reported() -> None:
    """Parts of a sum may mean either too; a cell above that may mean either is not summed over."""
    total = f.Measured("total")
    parts = [county(), school("S1", total=SMALL), school("S2", total=10.0)]

    assert outcome_of(at_least(10.9, total), *parts, level=Level.COUNTY) is MET
    assert outcome_of(at_least(11, total), *parts, level=Level.COUNTY) is OPEN
    own = [county(total=SMALL), school("S1", total=20.0)]
    assert outcome_of(at_most(10, total), *own, level=Level.COUNTY) is OPEN
    assert outcome_of(at_most(90, total), *own, level=Level.COUNTY) is MET


@pytest.mark.parametrize("fold", [f.Fold.SUM, f.Fold.MEAN, f.Fold.MINIMUM, f.Fold.MAXIMUM])
def test_below_in_another_year(fold: f.Fold) -> None:
    """Subjects below may be looked at in another year than the one that is judged."""
    before = f.Below(fold, Level.SCHOOL, f.InYear(C, back=1), None)
    subject = Sub(Level.SCHOOL, "S1", "150602", {2024: {"c": SMALL}, 2025: {"c": 1.0}})
    norms = {0.9: MET, 1.0: OPEN, 90.0: OPEN, 90.1: BROKEN}

    assert {
        bound: outcome_of(at_least(bound, before), county(), subject, level=Level.COUNTY)
        for bound in norms
    } == norms


def test_findings_below_that_are_open_stay_open() -> None:
    """A roll-up looks at verdicts: those that stand count, the others are open."""
    for bound, outcome in ((0.5, MET), (50.0, OPEN), (95.0, BROKEN)):
        rules = [
            rule(at_least(bound, C), "low", tags=["t"]),
            rule(AllComply(Level.SCHOOL, "@t"), "r", Level.COUNTY),
        ]
        assert outcomes(judged(pack(*rules), *classes(99.0, SMALL))) == {"150602": outcome}


@pytest.mark.parametrize(("cell", "outcome"), [(90.0, MET), (0.9, BROKEN), (SMALL, OPEN)])
def test_how_far_a_finding_below_falls_short(cell: Cell, outcome: Outcome) -> None:
    """Both readings fail 95, and one of them comes to less than the 85 % that is asked."""
    rules = [
        rule(at_least(95, C), "high", tags=["t"]),
        rule(at_least(0, C), "low", tags=["t"]),
        rule(EachComplies(Level.SCHOOL, "@t", 1, 85.0), "r", Level.COUNTY),
    ]
    judgement = judged(pack(*rules), *classes(cell))

    assert outcomes(judgement) == {"150602": outcome}


def test_an_explanation_shows_the_cell_without_a_value() -> None:
    """The explanation says the same, and shows the cell without a value."""
    catalog = pack(rule(at_least(95, C), unit="%"))
    explanation = explain(judged(catalog, school(c=SMALL)), "plan/r", "S1")

    assert explanation.holds is False
    assert wording.comparing(explanation) == "0.9%　应不低于95%"
    assert [(step.value, step.origin) for step in explanation.steps] == [
        (None, UnusableValue("可能是(0.9, 90.0)"))
    ]


def test_years_that_have_nothing_to_do_with_it() -> None:
    """What a school says of another year leaves this year's verdict alone."""
    assert outcome_of(at_least(1), years(y2024=SMALL, y2025=1.0)) is MET
    assert outcome_of(at_least(1), years(y2024=1.0, y2025=None)) is OPEN


def test_a_sum_of_those_who_moved_away_since() -> None:
    """Its cells of two readings are tried where they lay in the year: either of them is enough."""
    total = f.Measured("total")
    moved = Sub(Level.SCHOOL, "s1", "150603", {2024: {"total": SMALL}, 2025: {"total": 1.0}})
    facts = submit(county(), county("150603"), moved).facts()
    facts.levels[Level.SCHOOL].moves[0] = {2024: "150602", 2025: "150603"}
    catalog = pack(rule(at_least(0.5, total), level=Level.COUNTY))

    assert outcomes(judge(catalog, facts, as_of=2024))["150602"] is MET


def test_only_those_with_such_cells_are_tried() -> None:
    """One cell of two readings among many costs one trial, not one for each who lacks a value."""
    schools = [school(f"S{at:02}", c=SMALL if at == 3 else None, a=1) for at in range(30)]
    judgement = judged(pack(rule(at_least(50, C), unit="%")), *schools)
    with patch.object(Readings, "trial", autospec=True, side_effect=Readings.trial) as tried:
        found = list(judgement.findings())

    assert {finding.outcome for finding in found} == {OPEN}
    assert [finding.subject.code for finding in found if finding.readings] == ["S03"]
    assert tried.call_count == 1
