"""Who was to report, and who did."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dabiao.engine.judging import rule_plan
from dabiao.reports import wording
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Both,
    Choice,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Relates,
    Relation,
    Text,
    Variation,
    sent_in_rate,
)
from dabiao.schemas.attendance import Attendance, Attendee, Returned
from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.measure import Indicator
from dabiao.schemas.outcome import Outcome
from tests.engine import builders
from tests.engine.builders import (
    STAGE,
    A,
    B,
    C,
    Sub,
    at_least,
    county,
    judged,
    pack,
    rule,
    school,
    within,
)

PRIMARY = Relates(Relation.EQUAL, STAGE, Text("小学"))
OWN = at_least(1)
COUNTIES = (county("150602"), county("150603"))


Formulas = Mapping[Indicator, Formula]


def called(
    rules: list[Rule], *subjects: Sub, indicators: Formulas | None = None
) -> dict[str, Attendee]:
    """Call the roll of 2025, and give everybody by code."""
    judgement = judged(pack(*rules, indicators=indicators), *subjects)
    return {one.subject.code: one for one in judgement.roster.call(2025, everyone=True)[2]}


def statuses(
    rules: list[Rule], *subjects: Sub, indicators: Formulas | None = None
) -> dict[str, str]:
    """Give what everybody returned, with what is missing in brackets."""
    return {
        code: one.returned.value + "".join(f" {each.text}" for each in one.lacking)
        for code, one in called(rules, *subjects, indicators=indicators).items()
    }


def test_each_kind() -> None:
    """Everybody a rule needs something of is there once, with what is missing."""
    subjects = [
        school("S1", a=1, b=1),
        school("S2", a=1),
        school("S3"),
        school("S4", c=1),
        school("S5", a=float("nan"), b=1),
        replace(school("S6"), life=Lifetime(RosterStatus.CLOSED, closed=2024)),
        replace(school("S7"), life=Lifetime(RosterStatus.MERGED, closed=2023, merged_into="S1")),
        replace(school("S8"), life=Lifetime(opened=2026)),
        Sub(Level.SCHOOL, "S9", "150602", {}, Standing.NAMED),
    ]
    told = statuses([rule(at_least(0)), rule(at_least(0, B), "s")], *subjects)

    assert told == {
        "S1": "reported",
        "S2": "partial 项b",
        "S3": "absent 项a 项b",
        "S4": "partial 项a 项b",
        "S5": "partial 项a",
        "S6": "closed",
        "S7": "merged",
        "S8": "later",
    }


def test_who_is_gone_says_why() -> None:
    """The reason is what the roster says."""
    gone = replace(school("S7"), life=Lifetime(RosterStatus.MERGED, closed=2023, merged_into="S1"))

    assert wording.presence(called([rule(OWN)], gone, school("S1", a=1))["S7"]) == "2023年并入名S1"


def test_who_is_gone_and_reports_counts_nowhere() -> None:
    """Nor does a class of its; both are judged all the same, and the roll says that it reported."""
    classes = [Sub(Level.CLASS, code, "S1", {2025: {"a": 1}}) for code in ("C1", "C2")]
    gone = replace(school("S1", a=1), life=Lifetime(RosterStatus.CLOSED, closed=2024))
    rate = at_least(50, sent_in_rate(Level.SCHOOL, in_time=False))
    rules = [rule(OWN), rule(OWN, "c", Level.CLASS), rule(rate, "sent", Level.COUNTY, unit="%")]
    judgement = judged(pack(*rules), *COUNTIES, gone, school("S2"), *classes)
    counts, _, listed = judgement.roster.call(2025)
    told = {one.subject.code: one for one in listed}

    assert [(of.level, of.expected, of.reported, of.closed, of.required) for of in counts] == [
        (Level.SCHOOL, 1, 0, 1, 1)
    ]
    assert wording.presence(told["S1"]) == "2024年撤销，却报来了数据，不计入应报"
    found = {(one.rule.partition("/")[2], one.subject.code): one for one in judgement.findings()}
    assert found["r", "S1"].outcome is found["c", "C1"].outcome is Outcome.COMPLIANT
    assert found["sent", "150602"].observed == 0  # S2 alone was to report


def test_new_ones() -> None:
    """New is who opened in the year, or reports and stands in no roster that covers it."""
    listed = school("S1", a=1)
    opened = replace(school("S2"), life=Lifetime(RosterStatus.NEW, opened=2025))
    unlisted = replace(school("S3", a=1), standing=Standing.REPORTED)
    elsewhere = replace(school("S4", "150603", a=1), standing=Standing.REPORTED)
    found = called([rule(OWN)], *COUNTIES, listed, opened, unlisted, elsewhere)

    assert {code for code, one in found.items() if one.new} == {"S2", "S3"}
    assert wording.presence(found["S2"]) == "2025年启用"
    assert wording.presence(found["S3"]) == "不在名录"
    assert found["S2"].returned is Returned.ABSENT


def test_who_is_in_no_roster_is_noted_once() -> None:
    """Who is in no roster is told of in the notes, once, and judged all the same."""
    unlisted = replace(school("S3", a=1), standing=Standing.REPORTED)
    judgement = judged(pack(rule(OWN)), *COUNTIES, school("S1", a=1), unlisted)

    assert [(one.kind, one.subject) for one in judgement.notes()] == [("not-in-roster", "S3")]
    assert len(list(judgement.findings())) == 2
    assert judged(pack(rule(OWN)), *COUNTIES, unlisted).notes() == []


def test_only_what_applies() -> None:
    """A rule for primary schools asks the others for nothing but what decides that.

    That alone came with the form, so who gave no more returned it blank.
    """
    asked = [rule(OWN, condition=PRIMARY)]

    assert statuses(asked, school("S1", stage="小学"), school("S2", stage="初中")) == {
        "S1": "blank 项a",
        "S2": "reported",
    }
    assert statuses(asked, school("S1", b=1)) == {"S1": "partial 项stage"}


def test_what_is_computed_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where computed columns take up room, they go from one condition to the next."""
    low = [Both(PRIMARY, Relates(Relation.LESS, A, Number(float(at)))) for at in range(9)]
    asked = [rule(OWN, f"r{at}", condition=each) for at, each in enumerate(low)]
    subjects = [school(f"S{at}", stage="小学", a=at) for at in range(9)]
    sizes, told = [], []
    for room in (rule_plan.COMPUTED, 0):
        monkeypatch.setattr(rule_plan, "COMPUTED", room)
        judgement = judged(pack(*asked), *subjects)
        told.append(judgement.roster.counts([2025]))
        sizes.append(judgement.evaluator.size)

    assert told[0] == told[1]
    assert sizes[0] > sizes[1] == 0


def test_only_what_is_read() -> None:
    """若 asks for one branch, 且 for nothing once it is false; other years are not asked for."""
    chosen = [rule(at_least(0, Choice(PRIMARY, A, B)))]
    truth = Both(Relates(Relation.LESS, A, B), Relates(Relation.LESS, A, C))
    decided = [rule(OWN, condition=truth)]

    assert statuses(chosen, school("S1", stage="小学")) == {"S1": "blank 项a"}
    assert statuses(chosen, school("S1", stage="初中")) == {"S1": "blank 项b"}
    assert statuses(decided, school("S1", a=2, b=1)) == {"S1": "reported"}
    assert statuses([rule(at_least(0, InYear(A, None, 1)))], school("S1", b=1)) == {}
    assert statuses([rule(OWN, timing=within(2024))], school("S1", b=1)) == {}


def test_what_those_above_need() -> None:
    """A sum over schools asks the schools, whoever it is for; a share asks those it leaves out."""

    def told(formula: Formula) -> list[str]:
        some = school("S1", stage="小学"), school("S2", stage="初中"), school("S3", a=1)
        over = [rule(at_least(0, formula), level=Level.COUNTY)]
        return [*statuses(over, county(), *some).values()]

    lacks, well = "blank 项a", "reported"
    unknown = "partial 项stage"
    assert told(Below(Fold.SUM, Level.SCHOOL, A, PRIMARY)) == [lacks, well, unknown]
    assert told(Variation(Level.SCHOOL, A, A, PRIMARY)) == [lacks, well, unknown]
    assert told(Below(Fold.SHARE, Level.SCHOOL, A, PRIMARY)) == [lacks, lacks, unknown]


def test_what_is_read_of_those_above_is_asked_of_them() -> None:
    """A rule for schools that reads an answer of counties asks those in whom a school lies."""
    one = Relates(Relation.EQUAL, Above(Level.COUNTY, STAGE), Text("小学"))
    rules = [rule(OWN, condition=one)]
    schools = school("S1", a=1), school("S2", "150603")
    counties = county("150602"), county("150603", stage="小学"), county("150604")

    assert statuses(rules, *counties, *schools) == {
        "150602": "absent 项stage",
        "150603": "reported",
        "S2": "absent 项a",
    }
    assert statuses(rules, county(stage="小学"), school("S1", a=1)) == {
        "150602": "reported",
        "S1": "reported",
    }


def test_a_total_is_owed_by_whom_it_is_asked_of() -> None:
    """What could be summed from schools is asked of the county, so the county alone owes it.

    Schools that reported all of it did what the county would have; schools that reported part of
    it still owe nothing that nobody asked them for.
    """
    total = [rule(at_least(0, Measured("total")), level=Level.COUNTY)]
    part = [school("S1", total=5), school("S2")]
    whole = [school("S1", total=5), school("S2", total=0)]

    assert statuses(total, county(total=9), school("S1")) == {"150602": "reported"}
    assert statuses(total, county()) == {"150602": "absent 项total"}
    assert statuses(total, county(), *part) == {"150602": "absent 项total"}
    assert statuses(total, county(), *whole) == {"S1": "reported", "S2": "reported"}


def test_nobody_owes_what_an_absent_prefecture_is_asked_for() -> None:
    """Counties that filled in all they were asked for are complete without the prefecture."""
    asked = [
        rule(at_least(0, Measured("total")), level=Level.PREFECTURE),
        rule(OWN, "own", level=Level.COUNTY),
    ]
    ours = county(a=3)
    named = Sub(Level.PREFECTURE, "150600", None, {}, Standing.NAMED)
    listed = Sub(Level.PREFECTURE, "150600", None, {}, Standing.ROSTER)

    assert statuses(asked, named, ours) == {"150602": "reported"}
    assert statuses(asked, listed, ours) == {"150600": "absent 项total", "150602": "reported"}


def test_one_county_that_lacks_a_total_hides_no_other() -> None:
    """Its schools have not reported for it, which takes nothing from those who have for theirs."""
    asked = [rule(at_least(0, Measured("total")), level=Level.PREFECTURE)]
    above = Sub(Level.PREFECTURE, "150600", None, {})
    ours = [Sub(Level.COUNTY, code, "150600", {}, Standing.NAMED) for code in ("150602", "150699")]
    schools = [school("S1", total=5), school("S2", total=0), school("S3", "150699")]

    assert statuses(asked, above, *ours, *schools) == {
        "150600": "absent 项total",
        "S1": "reported",
        "S2": "reported",
    }


def test_an_indicator_asks_for_its_items() -> None:
    """An indicator asks for its items, unless it was reported itself."""
    made: Formulas = {builders.indicator("k", Level.SCHOOL): A}
    asked = [rule(at_least(0, Measured("k")))]

    assert statuses(asked, school("S1", b=1), school("S2", k=3), indicators=made) == {
        "S1": "partial 项a",
        "S2": "reported",
    }


def test_only_inside_the_area() -> None:
    """A rule asks for nothing outside its area."""
    asked = [rule(OWN, area="150602")]

    assert statuses(asked, school("S1", a=1), school("S2", "150603")) == {"S1": "reported"}


def test_expected_is_reported_partial_and_absent() -> None:
    """Expected is reported, partial and absent; per county, and in a place, the same."""
    subjects = [
        *COUNTIES,
        school("S1", a=1),
        school("S2"),
        school("S3", "150603", b=1),
        replace(school("S4"), life=Lifetime(RosterStatus.CLOSED, closed=2024)),
    ]
    judgement = judged(pack(rule(OWN)), *subjects)
    ((found,), _) = judgement.attendance()
    levels, counties, listed = judgement.roster.call(2025)

    def counted(each: Attendance) -> tuple[int, ...]:
        return (each.expected, each.reported, each.partial, each.absent, each.closed)

    assert counted(found) == (3, 1, 1, 1, 1)
    assert [found] == levels == list(judgement.run().attendance)
    assert [(each.area, counted(each)) for each in counties] == [
        ("150602", (2, 1, 0, 1, 1)),
        ("150603", (1, 0, 1, 0, 0)),
    ]
    assert [counted(each) for each in judgement.attendance("150603")[0]] == [(1, 0, 1, 0, 0)]
    assert [one.subject.code for one in listed] == ["S2", "S3", "S4"]


def test_missing_findings_are_explained() -> None:
    """Whatever finding lacks something of its own subject, the roll names who and what."""
    asked = [
        rule(Compares(A, OWN.comparator, B), "r", condition=PRIMARY),
        rule(at_least(0, C), "s"),
    ]
    subjects = [school("S1", a=1), school("S2", b=1, c=1), school("S3", c=1)]
    judgement = judged(pack(*asked), *subjects)
    open_ = {one.subject.code for one in judgement.findings() if one.outcome.value == "missing"}
    told = judgement.roster.call(2025)[2]

    assert open_ == {one.subject.code for one in told if one.lacking} != set()
