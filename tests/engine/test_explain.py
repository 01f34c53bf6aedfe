"""Explanations: the whole reasoning of one finding."""

import json
from typing import Unpack

import pytest
from pydantic import TypeAdapter

from dabiao.engine.explain import explain
from dabiao.engine.faults import EngineError
from dabiao.reports import wording
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, Direction, Norm, Span
from dabiao.rules.formulas.formula import (
    Below,
    Cumulative,
    Fold,
    Formula,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.explanation import Explanation, WorkedStep
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import Counted, NotReported, OfEach
from dabiao.schemas.rule import Baseline
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    STAGE,
    A,
    B,
    RuleParts,
    Sub,
    at_least,
    county,
    due,
    judged,
    pack,
    rule,
    school,
    within,
    years,
)

KEY = builders.indicator("k", *EVERY_LEVEL, unit="%")


def of(
    norm: Norm,
    *subjects: Sub,
    formula: Formula | None = None,
    level: Level = Level.SCHOOL,
    as_of: int = 2025,
    **more: Unpack[RuleParts],
) -> Explanation:
    """Explain a rule's finding on the first subject of its level."""
    members = rule(at_least(5), "m", tags=["good"])
    catalog = pack(
        rule(norm, level=level, **more),
        members,
        indicators={KEY: formula} if formula is not None else None,
    )
    code = next(one.code for one in subjects if one.level is level)
    return explain(judged(catalog, *subjects, as_of=as_of), "plan/r", code)


def lines(steps: tuple[WorkedStep, ...]) -> list[str]:
    """Write steps as an outline."""
    return [
        f"{'  ' * step.depth}{(step.filled or step.text).text} = {step.value}{step.unit}"
        + (f" [{step.subject.name}]" if step.subject else "")
        for step in steps
    ]


def origin_of(step: WorkedStep) -> str:
    """Say how a step came about."""
    assert step.origin is not None
    return wording.origin(step.origin)


def test_formula_with_its_numbers() -> None:
    """Outermost first, each part with its value, each value with its cell."""
    norm = Compares(Measured("k"), Comparator.AT_LEAST, Number(50.0))

    found = of(norm, school(a=1, b=4), formula=Ratio(A, B))

    assert lines(found.steps) == [
        "标k = 25%",
        "  比例(1, 4) = 25",
        "    项a = 1人",
        "    项b = 4人",
    ]
    assert [step.source.cell for step in found.steps if step.source] == ["E2", "F2"]
    assert found.steps[1].text == Bilingual("比例(项a, 项b)", "ratio(a, b)")
    assert wording.comparing(found) == "25人　应不低于50人"
    assert found.holds is False
    assert found.finding.outcome is Outcome.VIOLATION


def test_condition_is_worked_out() -> None:
    """Whether it applies, and from which value."""
    condition = Relates(Relation.EQUAL, STAGE, Text("小学"))

    found = of(at_least(5), school(a=1, stage="初中"), condition=condition)

    assert (found.finding.by.condition, found.applies, found.holds) == ("条件", False, None)
    assert lines(found.condition_steps) == ['"初中" = "小学" = False', "  项stage = 初中"]
    assert found.comparison is None


def test_aggregates_list_who_contributes() -> None:
    """Those without a value first, then the largest, how many there are and where all stand."""
    total = Below(Fold.SUM, Level.SCHOOL, A, Relates(Relation.MORE, B, Number(0.0)))
    schools = [school(f"S{at:02}", a=at, b=1 if at else 0) for at in range(12)]

    found = of(at_least(5, total), county(), *schools, level=Level.COUNTY)

    assert found.steps[0].origin == Counted(Level.SCHOOL, 12, 11)
    assert lines(found.steps)[1:3] == ["  项a = 11人 [名S11]", "  项a = 10人 [名S10]"]
    assert len(found.steps) == 13
    assert [(step.text.zh, step.origin) for step in found.steps[11:]] == [
        ("项a", OfEach(Level.SCHOOL, 12)),
        ("项b", OfEach(Level.SCHOOL, 12)),
    ]
    assert all(step.sources for step in found.steps[11:])
    unsure = of(
        at_least(5, total), county(), school("S1", a=1, b=None), school("S2", a=None, b=1),
        level=Level.COUNTY,
    )  # fmt: skip
    assert origin_of(unsure.steps[0]) == "下级共2所学校，符合条件的1，缺数据的：名S1"
    assert lines(unsure.steps)[1:] == ["  项a = None人 [名S2]"]
    assert unsure.steps[1].origin == NotReported()


def test_sums_are_followed() -> None:
    """An item that was summed says so and lists its parts."""
    found = of(at_least(5, Measured("total")), county(), school(total=3), level=Level.COUNTY)

    assert lines(found.steps) == ["项total = 3人", "  项total = 3人 [名S1]"]
    assert origin_of(found.steps[0]) == "1所学校合计"


def test_other_years() -> None:
    """Each step says its year."""
    found = of(at_least(5, Cumulative(A, 2)), years(y2024=1, y2025=2))

    assert [(step.year, step.value) for step in found.steps] == [(2025, 3), (2024, 1), (2025, 2)]


def test_changes_show_both_years() -> None:
    """The earlier value from the facts, or as the document prints it."""
    change = Changes(A, Direction.RISE, Span.SINCE, 5.0, since=2020)

    facts = of(change, years(y2020=1, y2025=2))
    printed = of(change, years(y2025=2), baseline=Baseline(year=2020, value=1.5))

    assert [(step.year, step.value) for step in facts.steps] == [(2025, 2), (2020, 1)]
    assert printed.steps[1].value == 1.5
    assert origin_of(printed.steps[1]) == "文件所载的基期值"
    assert wording.comparing(facts) == "1人　应提高不少于5人"


def test_a_line_is_told_from_where_to_where() -> None:
    """From where to where, and where it stands."""
    baseline = Baseline(year=2020, value=90.0)

    found = of(at_least(100), years(y2022=93), as_of=2022, timing=due(2025), baseline=baseline)

    assert wording.target_line(found) == "从2020年的90人到2025年的100人，2022年应到94人"
    assert wording.timing(found) == "到2025年底；2022年还没有到期"
    assert of(at_least(100), years(y2022=93), as_of=2022, timing=due(2025)).line is None


def test_timing_and_figures() -> None:
    """Which year's figures were judged."""
    found = of(at_least(5), years(y2024=5, y2025=1), timing=within(2024))

    assert (found.finding.figures, found.holds) == (2024, True)
    assert wording.timing(found) == "2024年内；2025年已到期，按2024年的数据考核"


def test_rounding_is_told() -> None:
    """Both sides, and to how many decimals."""
    found = of(at_least(55.6), school(a=55.55), decimals=1)

    assert wording.comparing(found) == "55.6人　应不低于55.6人"
    assert wording.precision(found.finding.by) == "双方先按1位小数四舍五入再比较"


def test_rollups_show_the_findings_below() -> None:
    """How many do it, and which findings keep it from holding."""
    found = of(
        AllComply(Level.SCHOOL, "good"),
        county(),
        school("S1", a=5),
        school("S2", a=4),
        school("S3"),
        level=Level.COUNTY,
    )

    assert found.below is not None
    assert (found.below.counting, found.below.passing) == (3, 1)
    assert (found.below.failing, found.below.open) == (1, 1)
    assert [(one.subject, one.outcome) for one in found.below.findings] == [
        ("S2", Outcome.VIOLATION),
        ("S3", Outcome.MISSING),
    ]


def test_computed_bounds_are_worked_out() -> None:
    """A bound that is a formula has steps of its own."""
    norm = Compares(A, Comparator.AT_MOST, B)

    found = of(norm, school(a=5, b=4))

    assert lines(found.bound_steps) == ["项b = 4人"]
    assert of(at_least(5), school(a=5)).bound_steps == ()


def test_notes_that_concern_it() -> None:
    """A total that contradicts its parts is told beside what was judged by it."""
    found = of(
        at_least(5, Measured("total")), county(total=9), school("S1", total=1), level=Level.COUNTY
    )

    assert [note.kind for note in found.notes] == ["sum-differs"]


def test_remedies_and_record() -> None:
    """The explanation carries the finding and goes into JSON."""
    found = of(at_least(5), school(a=4))

    assert wording.remedies(found.finding) == ("“项a”由4人增至5人（增加1人）",)
    assert json.loads(TypeAdapter(Explanation).dump_json(found))["holds"] is False


def test_what_cannot_be_explained() -> None:
    """No such rule, or a subject it does not speak of."""
    judgement = judged(pack(rule(at_least(5))), school(a=1))

    with pytest.raises(EngineError, match="plan/x"):
        explain(judgement, "plan/x", "S1")
    with pytest.raises(EngineError, match="S9"):
        explain(judgement, "plan/r", "S9")
