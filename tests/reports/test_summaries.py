"""Overviews: what stands first, what is missing, and where subjects belong."""

from dataclasses import replace

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.recorded import waiting as that_wait
from dabiao.reports.returns import MissingFigure, lacks
from dabiao.reports.summaries import (
    SubjectNames,
    by_rule,
    causes,
    digest_of,
    gravest_first,
    relative_gap,
    share_out,
)
from dabiao.schemas.awaited import first_awaited
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.origins import ComputedValue, NotReported, OfEach
from dabiao.schemas.reasons.why import Lacking, NobodyBelow
from dabiao.schemas.subject import Subject
from tests.reports.sample import DONGSHENG, FIRST, KANGBASHI, finding, pupils, sample_run

RUN = sample_run()


def missing(*findings: Finding) -> list[MissingFigure]:
    """List what findings lack."""
    return lacks(that_wait(replace(RUN, findings=findings), Circumstances()))


def test_gravest_first() -> None:
    """Violations stand before delays; among them, what misses more of its bound."""
    grave = [one for one in RUN.findings if one.outcome in (Outcome.VIOLATION, Outcome.BEHIND)]

    assert [one.rule.partition("/")[2] for one in gravest_first(grave)] == [
        "pay-not-below",
        "primary-class-size",
        "primary-class-size",
        "teacher-rotation",
        "preschool-rate",
    ]
    assert [one.gap for one in gravest_first(grave)][1:3] == [18.0, 2.0]


def test_gap_is_seen_beside_its_bound() -> None:
    """Two of ten weigh more than two of forty-five; a bound of 0 lends the observed value."""
    small = finding("a", "", FIRST, Outcome.VIOLATION, 12.0, Comparator.AT_MOST, 10.0, gap=2.0)
    large = finding("a", "", FIRST, Outcome.VIOLATION, 47.0, Comparator.AT_MOST, 45.0, gap=2.0)
    fall = finding("a", "", FIRST, Outcome.VIOLATION, -3.0, Comparator.AT_LEAST, 0.0, gap=3.0)

    assert relative_gap(small) > relative_gap(large)
    assert relative_gap(fall) == 1


def test_rules_stand_together() -> None:
    """Findings of one rule and outcome form a group, led by the gravest."""
    groups = by_rule(RUN.findings)

    assert [len(group) for group in groups][:3] == [2, 1, 1]
    assert groups[0][0].gap == 18


def test_no_group_is_pushed_out() -> None:
    """Lines are shared out one at a time, so a big group leaves room for a small one."""
    assert share_out([300, 2, 40], 20) == [9, 2, 9]
    assert sum(share_out([300, 2, 40], 20)) == 20
    assert share_out([], 20) == []
    assert share_out([3], 0) == [0]


def test_what_is_missing_is_asked_of_whoever_reports_it() -> None:
    """Two findings that wait for one figure are one lack, of the class that did not report it."""
    (lack,) = missing(*RUN.findings)

    assert (lack.subject, lack.measure, lack.year) == (pupils(3).code, "班级人数", 2025)
    assert len(lack.findings) == 2
    assert causes(digest_of(RUN)) == [("班级人数", 2)]


def test_nobody_is_asked_for_what_is_computed() -> None:
    """Where an indicator is missing, its missing item is what has to be reported."""
    waiting = finding(
        "r",
        "t",
        DONGSHENG,
        Outcome.MISSING,
        inputs=(
            Input(of=MeasureName("ratio", "生师比"), value=None, origin=ComputedValue()),
            Input(of=MeasureName("pupils", "学生数"), value=300),
            Input(of=MeasureName("teachers", "教师数"), value=None, origin=NotReported()),
        ),
    )

    assert [lack.measure for lack in missing(waiting)] == ["教师数"]


def test_what_is_added_up_is_asked_of_those_below() -> None:
    """A county owes no figure of its classes: each that is named does, the others are counted."""
    size = MeasureName("size", "班级人数")
    first = tuple(SubjectName(pupils(at).code, pupils(at).name) for at in (1, 2, 3))
    lack = Lack(WhyMissing.UNREPORTED, 2025, NamedFew(Level.CLASS, 5, first), size)
    waiting = finding(
        "r",
        "t",
        DONGSHENG,
        Outcome.MISSING,
        reason=Lacking((lack,)),
        inputs=(Input(of=size, value=None, parts=372, origin=OfEach(Level.CLASS, 372, lacking=5)),),
    )

    *own, others = sorted(missing(waiting), key=lambda each: -len(each.subject))
    assert [(each.subject, each.reason) for each in own] == [
        (each.code, "未填报") for each in first
    ]
    assert (others.subject, others.reason) == (DONGSHENG.code, "另2个班级：未填报")


def test_what_nobody_can_report_is_told_by_its_reason() -> None:
    """A division by 0 lacks no figure; the reason of the finding is all there is to say."""
    waiting = finding("r", "t", DONGSHENG, Outcome.MISSING, reason=NobodyBelow(Level.SCHOOL))

    (lack,) = missing(waiting)
    assert (lack.measure, lack.reason) == (None, "没有已知的下级学校。")
    short = digest_of(replace(RUN, findings=(waiting,)))
    assert causes(short) == [("没有已知的下级学校", 1)]


def test_subjects_are_filed_under_their_county() -> None:
    """A class belongs to its county by the code above it, even if nothing names the county."""
    places = SubjectNames(RUN)
    stray = Subject(code="x1", name="某校", level=Level.SCHOOL)
    foreign = Subject(code="s9", name="某校", level=Level.SCHOOL, parents=("area-7",))

    assert places.home(pupils(1)) == DONGSHENG.code
    assert places.home(KANGBASHI) == KANGBASHI.code
    assert places.home(stray) is None
    assert places.home(foreign) == "area-7"
    assert places.path(pupils(1)) == FIRST.name
    assert places.label(pupils(1)) == "示例第一小学 一年级1班"
    assert places.in_sentence(pupils(1)) == "示例第一小学的一年级1班"
    assert places.in_sentence(pupils(1), within="示例第一小学") == "一年级1班"
    assert places.name("1506030020") == "1506030020"
    assert SubjectNames(RUN, {"1506030020": "示例小学"}).name("1506030020") == "示例小学"


def test_who_has_no_name_is_named_by_code() -> None:
    """A name left blank leaves no heading, row or link without a text."""
    nameless = Subject(code="1506020009", name="", level=Level.SCHOOL, parents=("150602",))
    places = SubjectNames(RUN, subjects=(DONGSHENG, nameless))

    assert places.name(nameless.code) == "1506020009"
    assert places.label(nameless) == "东胜区 1506020009"


def test_the_same_measure_counts_in_both_languages() -> None:
    """Where one waits for several, the same one is counted, whatever each is called."""
    named = [MeasureName("x", "乙", "second"), MeasureName("y", "甲", "first")]
    for spoken in Language:
        with speaking(spoken):
            first = first_awaited(sorted(named, key=lambda each: each.text))
            assert first is named[0]
