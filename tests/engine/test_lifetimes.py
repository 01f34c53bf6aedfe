"""Who exists in which year: section 1 of docs/judgement.md."""

from dataclasses import replace
from typing import Unpack

import pytest

from dabiao.engine.explain import explain
from dabiao.engine.judge import EngineChoice
from dabiao.reports import wording
from dabiao.rules.catalog.norm import AllComply, Changes, Direction, Norm, Span
from dabiao.rules.formulas.formula import (
    Below,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.facts import Standing
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine.builders import (
    STAGE,
    A,
    Cell,
    RuleParts,
    Sub,
    at_least,
    county,
    due,
    engines,
    judged,
    of_year,
    pack,
    rule,
    school,
    value_of,
    within,
    years,
)

V, M, N, PASS = (
    Outcome.VIOLATION,
    Outcome.MISSING,
    Outcome.NOT_APPLICABLE,
    Outcome.COMPLIANT,
)
CLOSED = Lifetime(RosterStatus.CLOSED, closed=2024)
NEW = Lifetime(RosterStatus.NEW, opened=2025)
ALL = AllComply(Level.SCHOOL, "@good")
GOOD = rule(at_least(5), "good")


def gone(code: str = "S1", life: Lifetime = CLOSED, **cells: Cell) -> Sub:
    """List a school that is no more, or not yet; with cells of 2025 all the same, if given."""
    return replace(school(code, **cells), life=life)


def find(norm: Norm, *subjects: Sub, as_of: int = 2025, **more: Unpack[RuleParts]) -> Finding:
    """Judge the first subject."""
    judgement = judged(pack(rule(norm, **more)), *subjects, as_of=as_of)
    return next(judgement.findings(rule="plan/r", subject=subjects[0].code))


@pytest.mark.parametrize(
    ("life", "year", "outcome", "reason"),
    [
        (CLOSED, 2025, N, "2024年撤销。"),
        (CLOSED, 2024, M, "没有2024年的填报数据，缺项a。"),
        (Lifetime(RosterStatus.MERGED, closed=2024, merged_into="S2"), 2025, N, "2024年并入名S2。"),
        (Lifetime(RosterStatus.MERGED, closed=2024), 2025, N, "2024年合并。"),
        (Lifetime(RosterStatus.CLOSED), 2020, N, "已撤销。"),
        (NEW, 2024, N, "2025年才启用。"),
        (NEW, 2025, M, "没有2025年的填报数据，缺项a。"),
        (Lifetime(RosterStatus.NEW), 2020, M, "没有2020年的填报数据，缺项a。"),
        (Lifetime(opened=2020, closed=2026), 2025, M, "没有2025年的填报数据，缺项a。"),
    ],
)
@engines
def test_outside_its_years(
    engine: EngineChoice, life: Lifetime, year: int, outcome: Outcome, reason: str
) -> None:
    """Rules do not apply to who is closed or not yet there; both years count as there."""
    subjects = [gone(life=life), school("S2", a=5)]
    judgement = judged(pack(rule(at_least(5))), *subjects, as_of=year, engine=engine)
    found = next(judgement.findings(subject="S1"))

    assert (found.outcome, wording.reason(found)) == (outcome, reason)
    assert found.inputs == () or outcome is M


@engines
def test_submitting_all_the_same(engine: EngineChoice) -> None:
    """Who submits anything is judged on it, whatever the roster says; an empty row is nothing."""
    subjects = [gone("S1", a=4), gone("S2", a=None), gone("S3", b=1)]
    judgement = judged(pack(rule(at_least(5))), *subjects, engine=engine)

    assert [one.outcome for one in judgement.findings()] == [V, N, M]


@pytest.mark.parametrize("cell", [4.0, float("nan")])
def test_a_cell_that_cannot_be_used_was_submitted(cell: float) -> None:
    """Something stood in it, so somebody was there."""
    assert find(at_least(5), gone(a=cell)).outcome is not N


@engines
def test_roll_ups_speak_of_the_roster(engine: EngineChoice) -> None:
    """A listed school without a row leaves a roll-up open; a closed one does not."""
    catalog = pack(rule(ALL, level=Level.COUNTY), GOOD)

    def rolled(*others: Sub) -> Finding:
        judgement = judged(catalog, county(), school("S0", a=5), *others, engine=engine)
        (found,) = judgement.findings(rule="plan/r")
        return found

    waiting = rolled(school("S1"))
    assert (waiting.outcome, waiting.best, waiting.worst) == (M, PASS, V)
    assert rolled(gone("S1")).outcome is PASS
    assert rolled(gone("S1"), school("S2", a=4)).outcome is V
    assert rolled(gone("S1", a=4)).outcome is V
    assert rolled(gone("S1")).required.value == 1


def test_roll_up_over_nobody_left() -> None:
    """Where everybody below is closed there is nothing to ask of anybody."""
    catalog = pack(rule(ALL, level=Level.COUNTY), GOOD)
    (found,) = judged(catalog, county(), gone("S1"), gone("S2")).findings(rule="plan/r")

    assert found.outcome is N


def over(fold: Fold, operand: Formula | None = None, condition: Formula | None = None) -> Below:
    """Fold the schools below."""
    return Below(fold, Level.SCHOOL, operand, condition)


COUNT, SUM = over(Fold.COUNT), over(Fold.SUM, A)
PRIMARY = Relates(Relation.EQUAL, STAGE, Text("小学"))


@pytest.mark.parametrize(
    ("formula", "value", "when_all_are_gone"),
    [
        (SUM, 10, 0),
        (COUNT, 2, 0),
        (over(Fold.COUNT, condition=PRIMARY), 1, 0),
        (over(Fold.SHARE, condition=PRIMARY), 50, None),
        (over(Fold.MEAN, A), 5, None),
        (over(Fold.MINIMUM, A), 4, None),
        (Measured("total"), 30, 0),
    ],
)
def test_sums_leave_out_who_is_gone(
    formula: Formula, value: float, when_all_are_gone: float | None
) -> None:
    """Neither missing nor counted; where all are gone, sums and counts are 0."""
    here = [
        school("S1", a=4, stage="小学", total=10),
        school("S2", a=6, stage="初中", total=20),
    ]

    assert value_of(formula, county(), *here, gone("S3")) == value
    assert value_of(formula, county(), gone("S3"), gone("S4")) == when_all_are_gone


def test_sums_of_an_earlier_year() -> None:
    """Who was there in 2024 counts in the sum of 2024."""
    left = replace(years("S1", y2024=3), life=CLOSED)

    assert value_of(InYear(SUM, None, 1), county(), left, years("S2", y2024=4, y2025=9)) == 7
    assert value_of(SUM, county(), left, years("S2", y2024=4, y2025=9)) == 9


def test_classes_go_with_their_school() -> None:
    """A class of a closed school is not missed; one that reports is judged."""
    catalog = pack(rule(at_least(5), level=Level.CLASS))
    first = Sub(Level.CLASS, "C1", "S1", {2023: {"a": 5}})
    second = Sub(Level.CLASS, "C2", "S1", {2025: {"a": 4}})
    third = Sub(Level.CLASS, "C3", "S2", {2023: {"a": 5}})
    found = list(judged(catalog, gone("S1"), school("S2"), first, second, third).findings())

    assert [one.outcome for one in found] == [N, V, M]
    assert wording.reason(found[0]) == "所在学校2024年撤销。"


RISE = Changes(A, Direction.RISE, Span.YEAR, 0.0)
SINCE = Changes(A, Direction.RISE, Span.SINCE, 1.0, since=2020)


@pytest.mark.parametrize(
    ("norm", "more", "outcome"),
    [
        (RISE, {}, N),
        (SINCE, {}, N),
        (SINCE, {"baseline": Baseline(year=2020, value=3.0)}, PASS),
        (at_least(1, InYear(A, None, 1)), {}, N),
        (at_least(1, InYear(A, 2020)), {}, N),
        (at_least(1, Cumulative(A, 3)), {}, N),
        (at_least(1), {"condition": Relates(Relation.LESS, InYear(A, None, 1), A)}, N),
        (at_least(9), {"timing": due(2026), "baseline": Baseline(year=2020)}, Outcome.ON_TRACK),
        (at_least(1), {}, PASS),
    ],
)
def test_years_before_it_opened(norm: Norm, more: RuleParts, outcome: Outcome) -> None:
    """A rule that needs an earlier year of its own does not apply; a line is only left out."""
    assert find(norm, gone("S1", NEW, a=4), **more).outcome is outcome


def test_nobody_below_is_no_baseline() -> None:
    """The classes of 2020 are none, for a school that was not there: no line begins at 0."""
    norm = at_least(9, Below(Fold.COUNT, Level.CLASS, None, None))
    first = Sub(Level.CLASS, "C1", "S1", {2025: {"a": 5}})
    way: RuleParts = {"timing": due(2026), "baseline": Baseline(year=2020)}

    assert find(norm, gone("S1", NEW, a=4), first, **way).outcome is Outcome.ON_TRACK


def test_reason_of_an_earlier_year() -> None:
    """It says what there is nothing of."""
    assert (
        wording.reason(find(RISE, gone("S1", NEW, a=4))) == "2025年才启用，没有2024年的数据可比。"
    )


def test_not_needed_below() -> None:
    """Inside a sum, what a new school lacks of last year is missing, as the page says."""
    last = over(Fold.SUM, InYear(A, None, 1))

    assert value_of(last, county(), gone("S1", NEW, a=4), of_year(2024, school("S2", a=4))) is None


def test_figures_of_a_year_that_is_over() -> None:
    """D年内 is about the schools of D, whenever it is judged."""
    norm = at_least(5)
    timing = within(2023)
    left = replace(years("S1", y2023=4), life=CLOSED)

    assert find(norm, left, timing=timing).outcome is V
    assert find(norm, gone("S1", NEW, a=9), timing=timing).outcome is N


def test_an_explanation_of_who_is_not_there_works_nothing_out() -> None:
    """An explanation says why not, and works nothing out."""
    told = explain(judged(pack(rule(at_least(5))), gone("S1"), school("S2", a=1)), "plan/r", "S1")

    assert (wording.reason(told.finding), told.steps, told.holds) == ("2024年撤销。", (), None)


def test_only_named_subjects_get_no_finding() -> None:
    """A roster changes nothing for those that are only named."""
    catalog = pack(rule(at_least(5)), rule(at_least(0, COUNT), "c", Level.COUNTY))
    named = Sub(Level.COUNTY, "150603", None, {}, Standing.NAMED)

    assert [one.subject.code for one in judged(catalog, named, gone("S1")).findings()] == ["S1"]
