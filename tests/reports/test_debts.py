"""Who owes what: the one whose figure is missing, each figure once, with its cell."""

from dataclasses import replace

from dabiao.reports.at_once.alike import alike
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.page.debts import debtors, unjudged
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.why import Lacking, NotThere, OutOfScope, Reason, RolledUp
from tests.reports.sample import DONGSHENG, finding, pupils, sample_run

KIND = MeasureName("kind", "学校类别", None)
SIZE = MeasureName("size", "班级人数", None, "人")
CELL = Source(file="a.xlsx", sheet="学校", cell="F4")
SCHOOL = SubjectName("1506020010", "示例第一小学")


def waiting(*reasons: Reason) -> list[tuple[str, str, list[tuple[tuple[str, ...], str, str]], int]]:
    """Tell the debts of findings on a county that wait for these reasons."""
    found = [
        finding(f"rule-{number}", "t", DONGSHENG, Outcome.MISSING, reason=reason)
        for number, reason in enumerate(reasons)
    ]
    return told(found)


def told(
    found: list[Finding],
) -> list[tuple[str, str, list[tuple[tuple[str, ...], str, str]], int]]:
    """Tell debts in short."""
    run = sample_run()
    every = [*found, *(of for of in run.findings if of.outcome is not Outcome.MISSING)]
    places = SubjectNames(replace(run, findings=tuple(every)))
    forms = RecordedFindings(replace(run, findings=tuple(found))).forms()
    lacking = [(of, some) for of in forms for some in alike(of)]
    return [
        (
            each.code,
            each.label,
            [(tuple(figure.names), figure.why, figure.cell) for figure in each.figures],
            each.waiting,
        )
        for each in debtors(lacking, [of.subject for of in every], places, "")
    ]


def lack(measure: MeasureName, source: Source | None = None, whose: NamedFew | None = None) -> Lack:
    """Make something missing of 2025."""
    return Lack(WhyMissing.UNREPORTED, 2025, whose, measure, source=source)


def test_a_county_does_not_owe_what_its_school_owes() -> None:
    """The school whose figure is missing is named, not the county judged by it."""
    few = NamedFew(Level.SCHOOL, 1, (SCHOOL,))

    assert waiting(Lacking((lack(KIND, whose=few),))) == [
        (SCHOOL.code, "东胜区 示例第一小学", [(("学校类别",), "未填报", "")], 1)
    ]


def test_those_not_named_are_counted() -> None:
    """Of very many the first are named, and how many others there are."""
    few = NamedFew(Level.SCHOOL, 40, (SCHOOL,))

    assert [(code, label) for code, label, _, _ in waiting(Lacking((lack(KIND, whose=few),)))] == [
        ("", "东胜区所辖另39所学校"),
        (SCHOOL.code, "东胜区 示例第一小学"),
    ]


def test_a_figure_is_told_once_with_its_cell() -> None:
    """Many findings wait for one figure; the cell is told if any of them knows it."""
    reasons = [Lacking((lack(KIND),)), Lacking((lack(KIND, CELL), lack(SIZE)))]

    assert waiting(*reasons) == [
        (
            DONGSHENG.code,
            "东胜区",
            [(("学校类别",), "未填报", "a.xlsx › 学校 › F4"), (("班级人数",), "未填报", "")],
            2,
        )
    ]


def test_figures_missing_for_one_reason_stand_together() -> None:
    """What a subject did not report is one line, not one for each figure."""
    ((_, _, figures, _),) = waiting(Lacking((lack(KIND), lack(SIZE))))

    assert figures == [(("学校类别", "班级人数"), "未填报", "")]


def test_open_findings_below_are_told_of_those_below() -> None:
    """A roll-up waits for the classes whose findings are open."""
    few = NamedFew(Level.CLASS, 1, (SubjectName(pupils(3).code, "一年级3班"),))
    ((code, _, figures, _),) = waiting(RolledUp(Level.CLASS, 4, 3, unsure=few))

    assert code == pupils(3).code
    assert figures == [((), "结论未定", "")]


def test_what_does_not_apply_is_counted_by_why() -> None:
    """Each kind of reason once, the most frequent first."""
    reasons: list[Reason] = [OutOfScope(()), NotThere(None), OutOfScope(())]

    assert unjudged([(reason, 2) for reason in reasons]) == [
        ("不在规则的适用范围内", 4),
        ("该年还没有、已撤销或已并入", 2),
    ]
