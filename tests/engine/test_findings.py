"""What a finding carries: inputs with their cells, what is required, why, and what was selected."""

import json
import math
from collections import Counter
from collections.abc import Callable

import pytest

from dabiao.engine.data.frames import Frames
from dabiao.engine.findings.missing import MissingValues
from dabiao.engine.judge import Judgement, judge
from dabiao.reports import wording
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, Direction, Span, Within
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Below,
    Both,
    Calculation,
    Cumulative,
    Fold,
    Formula,
    Measured,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.border import border
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import (
    ComputedValue,
    Counted,
    OfEach,
    PrintedValue,
    Summed,
    UnusableValue,
)
from dabiao.schemas.reasons.why import NoChange, WhyNoChange
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from dabiao.schemas.run import Run
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    STAGE,
    A,
    B,
    Cell,
    Sub,
    at_least,
    at_most,
    county,
    due,
    judged,
    of_year,
    pack,
    rule,
    school,
    submit,
    years,
)

PRIMARY = Relates(Relation.EQUAL, STAGE, Text("小学"))


def only(judgement: Judgement, rule_id: str = "plan/r") -> Finding:
    """Give the only finding of a rule."""
    (finding,) = judgement.findings(rule=rule_id)
    return finding


def told(inputs: tuple[Input, ...]) -> list[tuple[str, str | None, object]]:
    """Give measure, subject and value of inputs."""
    return [(one.measure, one.subject, one.value) for one in inputs]


def test_inputs_lead_to_cells() -> None:
    """Each value stands with the cell it was read from, the condition's first."""
    catalog = pack(rule(at_least(5), condition=PRIMARY))

    finding = only(judged(catalog, school(a=4, stage="小学")))

    assert told(finding.inputs) == [("stage", None, "小学"), ("a", None, 4)]
    source = finding.inputs[1].source
    assert source is not None
    assert (source.file, source.cell) == ("school.csv", "E2")
    assert finding.inputs[1].unit == "人"
    assert finding.inputs[1].year == 2025


def test_indicators_lead_to_items() -> None:
    """A computed indicator stands before what it was computed from."""
    indicator = builders.indicator("k", *EVERY_LEVEL, unit="%")
    norm = Compares(Measured("k"), Comparator.AT_LEAST, Number(50.0))
    catalog = pack(rule(norm), indicators={indicator: Ratio(A, B)})

    computed = only(judged(catalog, school(a=1, b=4)))
    assert told(computed.inputs) == [("k", None, 25), ("a", None, 1), ("b", None, 4)]
    assert computed.inputs[0].source is None
    assert computed.inputs[0].origin == ComputedValue()
    reported = only(judged(catalog, school(a=1, b=4, k=30)))
    assert told(reported.inputs) == [("k", None, 30)]


def test_few_subjects_below_are_listed() -> None:
    """Each with its code; many are only counted."""
    norm = at_least(5, Below(Fold.SUM, Level.SCHOOL, A, None))
    catalog = pack(rule(norm, level=Level.COUNTY))

    few = only(judged(catalog, county(), school("S1", a=1), school("S2", a=None, b=1)))
    assert told(few.inputs) == [("", None, None), ("a", "S1", 1), ("a", "S2", None)]
    assert few.inputs[0].origin == Counted(Level.SCHOOL, 2)
    schools = [school(f"S{number:02}", a=1 if number else None, b=1) for number in range(21)]
    _, many = only(judged(catalog, county(), *schools)).inputs
    assert (many.value, many.parts) == (None, 21)
    assert many.origin == OfEach(Level.SCHOOL, 21, lacking=1)


def test_what_many_rest_on_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells and lacks of all who are ranked, and of those in one county, serve all of them."""
    above = Above(Level.COUNTY, Measured("total"))
    rules = [rule(at_most(3, Ranking(A)), "ranked"), rule(at_least(1, above), "above")]
    cells: list[Cell] = [None, *range(24)]
    submitted = [school(f"S{at:02}", a=cell, total=cell) for at, cell in enumerate(cells)]
    judgement = judged(pack(*rules), county(), *submitted)
    work: Counter[str] = Counter()
    for of, name in ((Frames, "stretches"), (MissingValues, "_members")):
        monkeypatch.setattr(of, name, _counted(getattr(of, name), work))

    found = list(judgement.findings())

    assert {finding.outcome for finding in found} == {Outcome.MISSING}
    assert work == {"stretches": 2, "_members": 2}


def _counted(done: Callable[..., object], work: Counter[str]) -> Callable[..., object]:
    def counted(*given: object) -> object:
        work[done.__name__] += 1
        return done(*given)

    return counted


def test_sums_say_what_they_are_of() -> None:
    """A sum has no cell, but a number of parts, which follow."""
    catalog = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))

    finding = only(judged(catalog, county(), school("S1", total=1), school("S2", total=2)))

    assert told(finding.inputs) == [("total", None, 3), ("total", "S1", 1), ("total", "S2", 2)]
    assert (finding.inputs[0].parts, finding.inputs[0].origin) == (2, Summed(Level.SCHOOL, 2))


def test_earlier_values_are_inputs() -> None:
    """Those of the facts with their cell, those the rule prints as what they are."""
    change = Changes(A, Direction.RISE, Span.SINCE, 1.0, since=2020)
    facts = years(y2020=1, y2025=3)

    assert told(only(judged(pack(rule(change)), facts)).inputs) == [("a", None, 3), ("a", None, 1)]
    printed = pack(rule(change, baseline=Baseline(year=2020, value=2.0)))
    inputs = only(judged(printed, facts)).inputs
    assert told(inputs) == [("a", None, 3), ("a", None, 2)]
    assert inputs[1].origin == PrintedValue()


def test_not_applicable_shows_only_the_condition() -> None:
    """Nothing was observed where nothing was asked."""
    catalog = pack(rule(at_least(5), condition=PRIMARY))

    finding = only(judged(catalog, school(a=4, stage="初中")))

    assert finding.observed is None
    assert told(finding.inputs) == [("stage", None, "初中")]


def test_rollups_lead_to_findings_below() -> None:
    """Those that keep it from holding."""
    catalog = pack(
        rule(AllComply(Level.SCHOOL, "good"), level=Level.COUNTY),
        rule(at_least(5), "m", tags=["good"]),
    )
    facts = (county(), school("S1", a=4), school("S2", a=5), school("S3", a=None, b=1))

    finding = only(judged(catalog, *facts))

    assert told(finding.inputs) == [("plan/m", "S1", "violation"), ("plan/m", "S3", "missing")]


def test_required_and_gap() -> None:
    """The bound that was asked for, and how far it is."""
    low = only(judged(pack(rule(at_least(5))), school(a=3.5)))
    assert (low.required.comparator, low.required.value, low.gap) == (Comparator.AT_LEAST, 5, 1.5)
    high = only(judged(pack(rule(at_most(45))), school(a=47)))
    assert (high.required.value, high.gap, high.observed) == (45, 2, 47)
    between = only(judged(pack(rule(Within(A, Number(1.0), Number(2.0)))), school(a=3)))
    assert (between.required.value, between.required.upper, between.gap) == (1, 2, 1)
    held = only(judged(pack(rule(at_least(5))), school(a=5)))
    assert held.gap is None
    unknown = only(judged(pack(rule(Compares(A, Comparator.AT_MOST, B))), school(a=1)))
    assert unknown.required.value is None


def test_required_where_nothing_was_judged() -> None:
    """What the rule prints stands there all the same."""
    document = builders.document(first=2030)

    def of(norm: Compares | Within | Changes | AllComply) -> tuple[object, object]:
        found = only(judged(pack(rule(norm, document=document)), school(a=1)))
        return found.required.value, found.required.upper

    assert of(at_least(5)) == (5, None)
    assert of(Compares(A, Comparator.AT_LEAST, B)) == (None, None)
    assert of(Compares(STAGE, Comparator.EQUAL, Text("小学"))) == ("小学", None)
    assert of(Within(A, Number(1.0), Number(2.0))) == (1, 2)
    assert of(Changes(A, Direction.RISE, Span.YEAR, 3.0)) == (3, None)
    assert of(AllComply(Level.CLASS, "x")) == (None, None)


def test_gap_is_without_noise_and_after_rounding() -> None:
    """60.2 − 60 is 0.2; at no decimals 55.4 is 1 below 56."""
    assert only(judged(pack(rule(at_least(60.2))), school(a=60))).gap == 0.2
    assert only(judged(pack(rule(at_least(56), decimals=0)), school(a=55.4))).gap == 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"a": 47}, "项a为47人，应不高于45人，相差2人。"),
        ({"a": 45}, "项a为45人，不高于45人。"),
        ({"a": 45.000001}, "项a为45.000001人，应不高于45人，相差0.000001人。"),
        ({"a": None, "b": 1}, "未填报2025年的项a（school.csv E2）。"),
        ({}, "没有2025年的填报数据，缺项a。"),
    ],
)
def test_reasons(cells: dict[str, float | None], expected: str) -> None:
    """One plain sentence."""
    catalog = pack(rule(at_most(45)), rule(at_most(9, B), "x"))

    assert wording.reason(only(judged(catalog, school(**cells)))) == expected


@pytest.mark.parametrize(
    ("stage", "expected"), [("小学", "项stage为小学。"), ("初中", "项stage为初中，应为“小学”。")]
)
def test_reason_of_a_category(stage: str, expected: str) -> None:
    """What should be a certain word is that word or is not."""
    catalog = pack(rule(Compares(STAGE, Comparator.EQUAL, Text("小学"))))
    assert wording.reason(only(judged(catalog, school(stage=stage)))) == expected


def test_reason_of_an_unusable_cell() -> None:
    """It says what was wrong with the cell, and where."""
    facts = submit(school(a=1)).facts()
    column = facts.levels[Level.SCHOOL].columns["a"]
    column.values[0], column.unusable[0] = float("nan"), "“一”不是数"

    finding = only(judge(pack(rule(at_least(5))), facts))

    assert finding.outcome is Outcome.MISSING
    assert wording.reason(finding) == "项a2025年的数据无法使用（school.csv E2）：“一”不是数。"
    (given,) = finding.inputs
    assert given.source is not None
    assert (given.value, given.origin, given.source.cell) == (
        None,
        UnusableValue("“一”不是数"),
        "E2",
    )


def test_reason_names_who_did_not_report() -> None:
    """Up to three by name, and how many in all."""
    catalog = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))
    schools = [school(f"S{number}", a=1, total=None) for number in range(5)]

    finding = only(judged(catalog, county(), *schools))

    assert wording.reason(finding) == "名S0、名S1、名S2等5所学校未填报2025年的项total。"


def test_a_share_rests_on_those_it_leaves_out_too() -> None:
    """Of a share of a sum, the whole is part of the evidence, and of what is worked out."""
    share = Below(Fold.SHARE, Level.SCHOOL, A, PRIMARY)
    catalog = pack(rule(at_least(5, share), level=Level.COUNTY))
    some = school("S1", a=2, stage="小学"), school("S2", a=6, stage="初中")

    finding = only(judged(catalog, county(), *some))

    assert finding.observed == 25
    assert told(finding.inputs)[-2:] == [("a", "S1", 2), ("a", "S2", 6)]


def test_reason_of_what_only_the_county_was_asked_for() -> None:
    """Where no table below has the item, the county lacks it, not its schools."""
    catalog = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))

    finding = only(judged(catalog, county(a=1), school("S1", a=1)))

    assert wording.reason(finding) == "未填报2025年的项total。"


def test_classes_are_named_with_their_school() -> None:
    """Every school has a class 1; a space keeps 小学1 and 1年级1班 apart."""
    catalog = pack(rule(at_least(5, Measured("total"))))
    empty = Sub(Level.CLASS, "C1", "S1", {2025: {"total": None}})

    (finding,) = judged(catalog, school("S1"), empty).findings(rule="plan/r")

    assert wording.reason(finding) == "名S1 名C1未填报2025年的项total（class.csv E2）。"


def missing(formula: Formula, *subjects: Sub) -> str:
    """Give the reason why a formula of a county has no value."""
    catalog = pack(rule(at_least(5, formula), level=Level.COUNTY))
    return wording.reason(only(judged(catalog, *subjects)))


def test_reasons_why_nothing_can_be_computed() -> None:
    """A division by 0, nobody below, nobody who counts, or what somebody else lacks."""
    zero = Calculation(Arithmetic.DIVIDE, A, B)
    assert missing(zero, county(a=1, b=0)) == "项a ÷ 项b在2025年算不出：除数为0。"
    largest = Below(Fold.MAXIMUM, Level.SCHOOL, A, Relates(Relation.MORE, B, Number(5.0)))
    assert (
        missing(largest, county(a=1)) == "没有已知的下级，项b高于5人的各学校项a的最大值无从算起。"
    )
    assert missing(largest, county(a=1), school(a=1, b=1)) == (
        "下级都不符合条件，项b高于5人的各学校项a的最大值无从算起。"
    )
    assert missing(largest, county(a=1), school(a=1, b=None)) == (
        "名S1未填报2025年的项b（school.csv F3）。"
    )


def test_each_is_named_with_what_it_lacks_itself() -> None:
    """Who lacks another figure, of another year, or sent what cannot be used, lacks that."""
    enough = [Relates(Relation.AT_LEAST, each, Number(1.0)) for each in (A, B)]
    both = Below(Fold.COUNT, Level.SCHOOL, None, Both(*enough))
    some = school("S1", a=None, b=2), school("S2", a=2, b=None), school("S3", a=math.nan)
    assert missing(both, county(), *some) == (
        "名S1未填报2025年的项a（school.csv E2）；名S2、名S3未填报2025年的项b；"
        "名S3的项a2025年的数据无法使用（school.csv E4）：不是数。"
    )
    share = Below(Fold.SHARE, Level.SCHOOL, A, PRIMARY)
    others = school("S1", a=2, stage="小学"), school("S2", a=None, stage="初中")
    assert missing(share, county(), *others) == "名S2未填报2025年的项a（school.csv E3）。"
    two_years = Below(Fold.SUM, Level.SCHOOL, Cumulative(A, 2), None)
    many = [school(f"S{number:02}", a=1) for number in range(25)]
    assert missing(two_years, county(), *many) == (
        "名S00、名S01、名S02等25所学校未填报2024年的项a。"
    )
    sums = Below(Fold.SUM, Level.COUNTY, Measured("total"), None)
    catalog = pack(rule(at_least(5, sums), level=Level.PREFECTURE))
    city = Sub(Level.PREFECTURE, "150600", None, {2025: {"a": 1}})
    counties = [
        Sub(Level.COUNTY, code, "150600", {2025: {"a": 1}}) for code in ("150602", "150603")
    ]
    below = [school("S1", total=None), school("S2", "150603", total=None), school("S3", total=1)]
    assert wording.reason(only(judged(catalog, city, *counties, *below))) == (
        "名S1、名S2未填报2025年的项total。"
    )


def test_nothing_is_asked_for_that_would_not_help() -> None:
    """In the year it begins with, no figure makes a yearly average."""
    norm = Changes(A, Direction.RISE, Span.ANNUALISED, 1.0)
    catalog = pack(rule(norm, baseline=Baseline(year=2025)))

    finding = only(judged(catalog, school(b=1)))

    assert finding.reason == NoChange(WhyNoChange.AT_BASELINE, 2025)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, "文件的适用期是2021—2025年，2020年不在其内。"),
        (2021, "自2022年起执行，2021年还没有开始。"),
        (2022, "不在适用范围内：仅限 项stage为“小学”（项stage为初中）。"),
    ],
)
def test_reasons_why_a_rule_does_not_apply(year: int, expected: str) -> None:
    """The period, the beginning, or the condition with its value."""
    document = builders.document(first=2021, last=2025)
    timing = Timing(kind=TimingKind.STANDING, first=2022)
    catalog = pack(rule(at_least(5), document=document, timing=timing, condition=PRIMARY))

    assert (
        wording.reason(only(judged(catalog, of_year(2022, school(stage="初中")), as_of=year)))
        == expected
    )


def test_reason_on_the_way() -> None:
    """It says where the line stands."""
    baseline = Baseline(year=2020, value=90.0)
    catalog = pack(rule(at_least(100), timing=due(2025), baseline=baseline))

    finding = only(judged(catalog, years(y2022=93), as_of=2022))

    assert finding.outcome is Outcome.BEHIND
    assert wording.reason(finding) == (
        "项a为93人，应不低于100人，相差7人；2025年底到期，2022年的进度线是94人，已落后。"
    )


def test_reason_of_a_change() -> None:
    """A fall where a rise was asked for is called a fall."""
    change = Changes(A, Direction.RISE, Span.YEAR, 0.0)

    finding = only(judged(pack(rule(change)), years(y2024=5, y2025=3)))

    assert wording.reason(finding) == "项a比上年下降2人，应不降低，相差2人。"


def test_reason_of_a_rollup() -> None:
    """It counts and names, and says what the open ones would decide."""
    catalog = pack(
        rule(AllComply(Level.SCHOOL, "good"), level=Level.COUNTY),
        rule(at_least(5), "m", tags=["good"]),
    )

    open_ = only(judged(catalog, county(), school("S1", a=5), school("S2")))
    assert wording.reason(open_) == (
        "2所学校中有1所做到；缺数据的：名S2；这些若都达标则为达标，若都不达标则为未达标。"
    )
    failed = only(judged(catalog, county(), school("S1", a=5), school("S2", a=4)))
    assert wording.reason(failed) == "2所学校中有1所做到；没有做到的：名S2。"


def test_no_distance_is_told_on_a_bound_that_must_be_left() -> None:
    """More than 0 is asked for and 0 was seen: 0 short would say that nothing is lacking."""
    norm = Compares(A, Comparator.MORE_THAN, Number(0.0))
    finding = only(judged(pack(rule(norm)), school(a=0)))

    assert (finding.gap, wording.gap(finding)) == (0, "—")
    assert wording.reason(finding) == "项a为0人，应高于0人。"


def test_reasons_in_english() -> None:
    """What was judged while Chinese was spoken is told in the language spoken now."""
    finding = only(judged(pack(rule(at_most(45))), school(a=47)))

    assert wording.reason(finding) == "项a为47人，应不高于45人，相差2人。"
    with speaking(Language.EN):
        assert (
            wording.reason(finding)
            == "a is 47 people; required: at most 45 people, which is 2 people away."
        )


def test_order_and_selection() -> None:
    """By rule, year and subject; filters keep the order."""
    catalog = pack(rule(at_least(5), "b"), rule(at_least(1), "a"))
    facts = (years("S2", y2024=1, y2025=9), years("S1", y2024=9, y2025=1))

    judgement = judged(catalog, *facts, every_year=True)

    keys = [(one.rule, one.year, one.subject.code) for one in judgement.findings()]
    assert keys == sorted(keys)
    assert len(keys) == 8
    assert [one.subject.code for one in judgement.findings([Outcome.VIOLATION])] == ["S2", "S1"]
    assert {one.rule for one in judgement.findings(subject="S1")} == {"plan/a", "plan/b"}
    assert list(judgement.findings(subject="nobody")) == []
    assert judgement.summary()[Outcome.COMPLIANT] == 6


def test_run_is_the_same_for_the_same_facts() -> None:
    """Whatever the order of rows: the same bytes but for the cells."""
    catalog = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))
    one, two = school("S1", total=1), school("S2", total=2)

    runs = [judged(catalog, county(), *pair).run() for pair in ((one, two), (two, one))]
    dumps = [json.loads(border(Run).dump_json(run, by_alias=True)) for run in runs]

    assert dumps[0]["schema"] == "dabiao.run/2"
    assert dumps[0]["engine"] == "columnar"
    assert dumps[0]["summary"]["violation"] == 1
    for dump in dumps:
        for finding in dump["findings"]:
            for given in finding["inputs"]:
                given.pop("source")
    assert dumps[0] == dumps[1]
