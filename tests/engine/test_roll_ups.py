"""Rules over findings: section 6 of docs/judgement.md."""

from typing import Unpack

import pytest

from dabiao.engine.faults import EngineFault
from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.reports import wording
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Compares, EachComplies, Norm, Within
from dabiao.rules.formulas.formula import Arithmetic as Do
from dabiao.rules.formulas.formula import (
    Attainment,
    Below,
    Both,
    Calculation,
    Complies,
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
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine import builders, naive
from tests.engine.builders import (
    STAGE,
    A,
    B,
    C,
    RuleParts,
    Sub,
    at_least,
    at_most,
    county,
    due,
    engines,
    judged,
    pack,
    rule,
    school,
    submit,
    within,
    years,
)

V, H, M = Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING
T, PASS, N = Outcome.ON_TRACK, Outcome.COMPLIANT, Outcome.NOT_APPLICABLE

PRIMARY = Relates(Relation.EQUAL, STAGE, Text("小学"))
ALL = AllComply(Level.SCHOOL, "@good")
RATE = Attainment(Level.SCHOOL, "good")


def members(*norms: Norm) -> list[Rule]:
    """Make school rules tagged ``good``, for primary schools."""
    return [
        rule(norm, f"m{number}", tags=["good"], condition=PRIMARY)
        for number, norm in enumerate(norms)
    ]


def above(
    norm: Norm, *subjects: Sub, rules: list[Rule] | None = None, **more: Unpack[RuleParts]
) -> Finding:
    """Judge a county by a roll-up over its schools."""
    catalog = pack(rule(norm, level=Level.COUNTY, **more), *(rules or members(at_least(5))))
    (finding,) = judged(catalog, county(), *subjects).findings(rule="plan/r")
    return finding


def schools(*values: float | None) -> list[Sub]:
    """Submit primary schools with these values, and one school the rules do not speak of."""
    made = [school(f"S{at}", a=value, stage="小学") for at, value in enumerate(values)]
    return [*made, school("T", a=1, stage="初中")]


@pytest.mark.parametrize(
    ("values", "outcome", "observed", "counting"),
    [
        ((5, 6), PASS, 2, 2),
        ((5, 4), V, 1, 2),
        ((5, None), M, 1, 2),
        ((4, None), V, 0, 2),
        ((), N, None, 0),
    ],
)
def test_all_comply(
    values: tuple[float | None, ...], outcome: Outcome, observed: int | None, counting: int
) -> None:
    """No finding fails or is open; what is 不适用 does not count."""
    finding = above(ALL, *schools(*values))

    assert finding.outcome is outcome
    assert finding.observed == observed
    assert finding.required.value == counting


def test_nothing_below() -> None:
    """No school is known: 缺数据, not 不适用."""
    assert above(ALL).outcome is M
    assert above(Compares(RATE, Comparator.AT_LEAST, Number(50.0))).outcome is M


def rate_of_some(condition: Formula | None, weight: Formula | None) -> Formula:
    """达标率 of those for whom a condition holds, weighted."""
    fold = Fold.COUNT if weight is None else Fold.SUM
    some, every = (
        Below(fold, Level.SCHOOL, weight, asked if condition is None else Both(condition, asked))
        for asked in (
            Complies(Level.SCHOOL, "good"),
            Complies(Level.SCHOOL, "good", counts=True),
        )
    )
    return Ratio(some, every)


def test_rate_weighted_by_pupils() -> None:
    """Of 30 pupils and 10, those of the school that complies are 75%, the schools half."""
    two = [
        school("S1", a=5, b=30, stage="小学"),
        school("S2", a=4, b=10, stage="小学"),
        school("S3", a=4, b=99, stage="初中"),
    ]
    for weight, expected in ((B, 75), (None, 50)):
        norm = Compares(rate_of_some(None, weight), Comparator.AT_LEAST, Number(60.0))
        assert above(norm, *two).observed == expected

    unknown = school("S4", a=None, b=1, stage="小学")
    norm = Compares(rate_of_some(None, B), Comparator.AT_LEAST, Number(60.0))
    assert above(norm, *two, unknown).outcome is M


def test_rate_of_those_for_whom_a_condition_holds() -> None:
    """Only those are looked at; a condition that nobody knows leaves it open."""
    large = Relates(Relation.MORE, B, Number(20.0))
    norm = Compares(rate_of_some(large, None), Comparator.AT_LEAST, Number(60.0))
    two = [school("S1", a=5, b=30, stage="小学"), school("S2", a=4, b=10, stage="小学")]

    assert above(norm, *two).observed == 100
    assert above(norm, *two, school("S3", a=5, b=None, stage="小学")).outcome is M


@engines
@pytest.mark.parametrize(
    ("stage", "a", "expected"),
    [
        ("小学", 5, PASS),
        ("小学", 4, PASS),
        ("小学", None, PASS),  # it is about the school, whatever it comes to
        ("初中", 5, N),
        (None, 5, M),  # nobody knows whether it is
    ],
)
def test_whether_any_rule_counts(
    stage: str | None, a: float | None, expected: Outcome, engine: EngineChoice
) -> None:
    """适用 is missing where the only rule may turn out not to apply: no deletion makes it true."""
    counts = Complies(Level.SCHOOL, "good", counts=True)
    catalog = pack(rule(at_least(1, B), condition=counts), *members(at_least(5)))
    facts = school("S1", a=a, b=1, stage=stage)
    (finding,) = judged(catalog, facts, engine=engine).findings(rule="plan/r")

    assert finding.outcome is expected
    page = naive.judge(catalog, submit(facts).facts(), [2025])
    assert [one.outcome for one in page if one.rule == "plan/r"] == [expected]


@engines
def test_whether_a_roll_up_counts(engine: EngineChoice) -> None:
    """One that is open may be of schools none of which any rule is about."""
    roll_up = rule(ALL, "above", Level.COUNTY)
    counts = Complies(Level.COUNTY, "above", counts=True)
    asking = rule(at_least(1), level=Level.COUNTY, condition=counts)
    catalog = pack(asking, roll_up, *members(at_least(5)))

    def of(stage: str | None) -> Outcome:
        facts = county(a=1), school("S1", a=5, stage=stage)
        return next(judged(catalog, *facts, engine=engine).findings(rule="plan/r")).outcome

    assert [of(stage) for stage in ("小学", "初中", None)] == [PASS, N, M]


def test_who_keeps_a_share_from_100_is_named() -> None:
    """By its condition, or where a part that was summed is less than its whole."""
    share = Below(Fold.SHARE, Level.SCHOOL, None, Relates(Relation.EQUAL, STAGE, Text("小学")))
    all_of = Compares(share, Comparator.AT_LEAST, Number(100.0))
    found = above(all_of, school("S1", stage="小学"), school("S2", stage="初中"), unit="%")
    assert wording.reason(found).endswith("；没有做到的：名S2。")

    most = Compares(share, Comparator.AT_LEAST, Number(90.0))
    found = above(most, school("S1", stage="小学"), school("S2", stage="初中"), unit="%")
    assert "没有做到的" not in wording.reason(found)

    items = (*builders.ITEMS, builders.item("some", Level.COUNTY, Level.SCHOOL, summed=True))
    whole = Ratio(Measured("some"), Measured("total"))
    norm = Compares(whole, Comparator.AT_LEAST, Number(100.0))
    catalog = pack(rule(norm, level=Level.COUNTY, unit="%"), items=items)
    both = [school("S1", some=5, total=5), school("S2", some=4, total=5)]
    (found,) = judged(catalog, county(), *both).findings()
    assert wording.reason(found).endswith("；没有做到的：名S2。")


def test_undecided_names_both_outcomes() -> None:
    """With open findings it is tried twice."""
    finding = above(ALL, *schools(5, None))

    assert (finding.best, finding.worst) == (PASS, V)
    assert above(ALL, *schools(4, None)).best is None


def test_condition_comes_first() -> None:
    """A roll-up that does not apply is 不适用; one of which that is not known is 缺数据."""
    condition = Relates(Relation.MORE, A, Number(3.0))
    catalog = pack(rule(ALL, level=Level.COUNTY, condition=condition), *members(at_least(5)))

    def of(**cells: float) -> Outcome:
        judgement = judged(catalog, county(**cells), *schools(5))
        return next(judgement.findings(rule="plan/r")).outcome

    assert of(a=5) is PASS
    assert of(a=1) is N
    assert of(b=1) is M


def test_not_due_has_no_line() -> None:
    """A roll-up that is not due and does not hold is 推进中."""
    finding = above(ALL, *schools(5, 4), timing=due(2030), baseline=Baseline(year=2020, value=0.0))

    assert finding.outcome is T


@pytest.mark.parametrize("outcome", [V, H, T])
def test_what_fails(outcome: Outcome) -> None:
    """未达标, 滞后 and 推进中 fail alike."""
    base = {V: None, H: Baseline(year=2020, value=4.5), T: Baseline(year=2020, value=1.0)}
    timing = {V: due(2025), H: due(2026), T: due(2030)}
    member = rule(at_least(5), "m", tags=["good"], timing=timing[outcome], baseline=base[outcome])
    catalog = pack(rule(ALL, level=Level.COUNTY), member)

    judgement = judged(catalog, county(), school("S1", a=4))

    assert [one.outcome for one in judgement.findings(rule="plan/m")] == [outcome]
    assert next(judgement.findings(rule="plan/r")).outcome is V


def test_findings_of_the_same_year() -> None:
    """Each year looks at the findings of that year."""
    member = rule(at_least(5), "m", tags=["good"])
    catalog = pack(rule(ALL, level=Level.COUNTY), member)

    judgement = judged(catalog, county(), years(y2024=4, y2025=5), every_year=True)

    assert [one.outcome for one in judgement.findings(rule="plan/r")] == [V, PASS]


def test_findings_of_the_year_that_counts() -> None:
    """2024年内, asked in 2025, looks at the findings of 2024."""
    member = rule(at_least(5), "m", tags=["good"])
    catalog = pack(rule(ALL, level=Level.COUNTY, timing=within(2024)), member)

    judgement = judged(catalog, county(), years(y2024=5, y2025=4))

    assert next(judgement.findings(rule="plan/r")).outcome is PASS


def test_tags_belong_to_documents() -> None:
    """A tag means rules of the same document, or of the one that is named; slugs are tags too."""
    other = builders.document("law")
    strict = rule(at_least(9), "m", tags=["good"], document=other)
    mild = rule(at_least(1), "n", tags=["good"])
    facts = (county(), school("S1", a=5))

    def of(tag: str) -> Outcome:
        catalog = pack(rule(AllComply(Level.SCHOOL, tag), level=Level.COUNTY), strict, mild)
        return next(judged(catalog, *facts).findings(rule="plan/r")).outcome

    assert of("@good") is PASS
    assert of("law/@good") is V
    assert of("law/good") is V
    assert of("@n") is PASS


def test_rules_not_selected_are_judged_all_the_same() -> None:
    """A roll-up alone still looks at what is below, but only its own findings are given."""
    catalog = pack(rule(ALL, level=Level.COUNTY), *members(at_least(5)))
    judgement = judge(catalog, submit(county(), *schools(4)).facts(), rules=["plan/r"])

    assert [one.rule for one in judgement.findings()] == ["plan/r"]
    assert sum(judgement.summary().values()) == 1
    assert judgement.run().rules.count == 1


# 每个…应至少符合…中的k条，其余不低于标准的p%

THREE = [at_least(10, A), at_most(10, B), at_least(10, C)]


@pytest.mark.parametrize(
    ("cells", "floor", "outcome"),
    [
        ((10, 10, 10), 85, PASS),
        ((10, 10, 8.5), 85, PASS),
        ((10, 10, 8.4), 85, V),
        ((10, 10, 8.4), None, PASS),
        ((10, 11, 10), 90, PASS),
        ((10, 12, 10), 90, V),
        ((10, 11, 8.5), 85, V),
        ((10, 10, None), None, PASS),
        ((10, 10, None), 85, M),
        ((10, 12, None), 85, V),
        ((10, None, None), None, M),
        ((8, 12, None), None, V),
    ],
)
def test_each_complies(
    cells: tuple[float | None, ...], floor: float | None, outcome: Outcome
) -> None:
    """At least two of three, the third at a share of its bound; what is open tried both ways."""
    norm = EachComplies(Level.SCHOOL, "good", 2, floor)
    a, b, c = cells

    finding = above(norm, school(a=a, b=b, c=c, stage="小学"), rules=members(*THREE))

    assert finding.outcome is outcome


def test_fewer_rules_than_asked() -> None:
    """All of them, when fewer than k count."""
    norm = EachComplies(Level.SCHOOL, "good", 6, None)

    assert above(norm, *schools(5)).outcome is PASS
    assert above(norm, *schools(4)).outcome is V


@pytest.mark.parametrize(
    "norm",
    [
        Compares(A, Comparator.EQUAL, Number(10.0)),
        Within(A, Number(10.0), Number(11.0)),
        at_least(0, Calculation(Do.SUBTRACT, A, Number(20.0))),
    ],
)
def test_norms_of_which_there_is_no_share(norm: Norm) -> None:
    """应等于, 应在…之间 and a bound of 0 cannot be reached in part."""
    each = EachComplies(Level.SCHOOL, "good", 0, 10.0)

    assert above(each, *schools(9.9), rules=members(norm)).outcome is V


@engines
def test_strata(engine: EngineChoice) -> None:
    """Roll-ups of roll-ups run after what they look at, on either engine."""
    city = Sub(Level.PREFECTURE, "150600", None, {2025: {"a": 1}})
    banner = Sub(Level.COUNTY, "150602", "150600", {2025: {"a": 1}})
    catalog = pack(
        rule(AllComply(Level.COUNTY, "schools"), "a-city", Level.PREFECTURE),
        rule(ALL, "schools", Level.COUNTY),
        rule(Compares(RATE, Comparator.AT_LEAST, Number(50.0)), "z-share", Level.PREFECTURE),
        *members(at_least(5)),
    )

    judgement = judged(catalog, city, banner, *schools(5, 4), engine=engine)

    assert by_rule(judgement) == {"plan/a-city": V, "plan/schools": V, "plan/z-share": PASS}


def by_rule(judgement: Judgement) -> dict[str, Outcome]:
    """Give the outcomes of all but the schools, by rule."""
    return {
        one.rule: one.outcome
        for one in judgement.findings()
        if one.subject.level is not Level.SCHOOL
    }


def test_circles_are_refused() -> None:
    """Lint refuses them; should one come through, nothing is judged."""
    catalog: Catalog = pack(
        rule(AllComply(Level.SCHOOL, "two"), "one"), rule(AllComply(Level.SCHOOL, "one"), "two")
    )

    with pytest.raises(EngineFault, match="circle"):
        judged(catalog, school(a=1))


@engines
@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [(5, 3, PASS), (4, 3, V), (5, 2, V), (5, None, M), (4, None, V), (None, None, M)],
)
def test_a_subject_complies_itself(
    engine: EngineChoice, a: float | None, b: float | None, outcome: Outcome
) -> None:
    """自身应符合 looks at the subject's own findings; one that fails decides, whatever is open."""
    rules = [
        rule(AllComply(Level.COUNTY, "@good"), level=Level.COUNTY),
        rule(at_least(5, A), "m1", level=Level.COUNTY, tags=["good"]),
        rule(at_least(3, B), "m2", level=Level.COUNTY, tags=["good"]),
    ]
    subjects = [county(a=a, b=b), county("150603", a=9, b=9)]

    run = judged(pack(*rules), *subjects, engine=engine)
    verdicts = naive.judge(pack(*rules), submit(*subjects).facts(), [2025])

    found = {each.subject.code: each for each in run.findings(rule="plan/r")}
    plain = {each.subject: each.outcome for each in verdicts if each.rule == "plan/r"}
    assert found["150602"].outcome is plain["150602"] is outcome
    assert found["150603"].outcome is plain["150603"] is PASS


def test_what_a_subject_does_not_comply_with_is_named() -> None:
    """The reason names the rules, the inputs give the outcome of each."""
    rules = [
        rule(AllComply(Level.COUNTY, "@good"), level=Level.COUNTY),
        rule(at_least(5, A), "m1", level=Level.COUNTY, tags=["good"]),
        rule(at_least(3, B), "m2", level=Level.COUNTY, tags=["good"]),
    ]

    (found,) = judged(pack(*rules), county(a=4, b=3)).findings(rule="plan/r")

    assert rules[1].title in wording.reason(found)
    assert [each.measure for each in found.inputs] == ["plan/m1"]
