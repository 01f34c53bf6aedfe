"""What an opened finding says: its formula with numbers, its chart, its sheet, its past."""

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.changes import by_kind, since
from dabiao.reports.comparison.compare import compare
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.narrowing import cited, narrowed
from dabiao.reports.page.charts import Role, packed, points, svg
from dabiao.reports.page.columns import PageColumns
from dabiao.reports.page.comparison import write_comparison
from dabiao.reports.page.cutting.lines import apart, each_apart
from dabiao.reports.page.report import write_html
from dabiao.reports.page.telling import LINES, MORE_LINES, Beside
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, MeasureName, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.reasons.origins import ComputedValue
from dabiao.schemas.reasons.why import ChangeSince, Compared, LineToTarget
from dabiao.schemas.rule import Baseline, GoverningYears, Span
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible
from tests.reports.hostile import NAMES, hostile_run
from tests.reports.sample import (
    DONGSHENG,
    changed,
    class_size,
    finding,
    pupils,
    sample_run,
)
from tests.reports.test_page import Outline, page
from tests.reports.test_page import packed as packed_in
from tests.reports.test_page_script import lines_of
from tests.reports.test_table import printed as printed_in

PART, WHOLE = MeasureName("part", "达标班数", None, "个"), MeasureName("whole", "班数", None, "个")
RATE = MeasureName("rate", "达标率", None, "%", Bilingual("比例({part}, {whole})", "ratio"))


def given(of: MeasureName, value: float | None, year: int = 2025) -> Input:
    """Make an input of the subject itself."""
    return Input(of=of, value=value, year=year, origin=ComputedValue() if of is RATE else None)


def rate(*inputs: Input) -> Finding:
    """Make a finding about a rate."""
    made = finding("rate", "达标率", DONGSHENG, Outcome.VIOLATION, 50.0, bound=100.0, unit="%")
    return replace(made, inputs=inputs)


def rise(by: float, *, years: bool = True) -> Finding:
    """Make a finding about a change since last year."""
    budget = MeasureName("budget", "教育支出", None, "万元")
    values = (given(budget, 100.0, 2024), given(budget, 100.0 + by)) if years else ()
    outcome = Outcome.COMPLIANT if by >= 0 else Outcome.VIOLATION
    reason = Compared(change=ChangeSince(Span.YEAR, rise=True, least=0.0, year=2024))
    made = finding(
        "budget", "支出只增不减", DONGSHENG, outcome, by, bound=0.0, unit="万元", value="教育支出"
    )
    return replace(made, inputs=values, reason=reason)


def shown(run: Run) -> list[dict[str, str]]:
    """Read what opened findings say, by the names of their lines."""
    told = packed_in(page(run))
    names = (*LINES, *MORE_LINES)
    return [
        dict(zip(names, lines_of(told, at), strict=False)) for at in range(len(told["subject"]))
    ]


def with_findings(*findings: Finding) -> Run:
    """Give the sample run with other findings."""
    return replace(sample_run(), findings=findings)


def test_a_formula_with_numbers() -> None:
    """It stands with names and with numbers; where one is missing, with names only."""
    of = rate(given(PART, 3), given(WHOLE, 6), given(RATE, 50.0))
    assert wording.given(of.inputs[2], of) == "达标率 50% ＝ 比例(达标班数, 班数) ＝ 比例(3, 6)"
    short = rate(given(PART, None), given(WHOLE, 6), given(RATE, None))
    assert wording.given(short.inputs[2], short) == "达标率 — ＝ 比例(达标班数, 班数)"
    whole = changed(of, formula=Bilingual("{part} ÷ {whole}", "{part} ÷ {whole}"))
    assert wording.worked(whole) == "达标班数 ÷ 班数 ＝ 3 ÷ 6"
    assert wording.worked(of) == ""


def test_a_change_is_told_with_both_values() -> None:
    """A difference alone is nothing observed; nor is a bound of 0 a requirement."""
    assert wording.observed(rise(20.0)) == "提高20万元（2024年100万元 → 2025年120万元）"
    assert wording.observed(rise(-5.0)) == "下降5万元（2024年100万元 → 2025年95万元）"
    assert wording.observed(rise(-5.0, years=False)) == "下降5万元"
    bare, whole = (printed_in(with_findings(rise(-5.0, years=years))) for years in (False, True))
    assert bare == whole, "a table has no room for them, whether they are known or not"
    assert wording.required(rise(-5.0)) == "不降低"


def test_a_change_in_percent_is_no_difference_of_percentages() -> None:
    """Money that fell by 5 % of itself fell by no points; a share that fell by 5 points did."""
    fell = replace(rise(-5.0), by=replace(rise(-5.0).by, unit="%"))
    assert wording.observed(fell, in_short=True) == "下降5%"
    assert "比上年下降5%，" in wording.reason(fell)
    points = replace(fell, by=replace(fell.by, unit="百分点"))
    assert wording.observed(points, in_short=True) == "下降5个百分点"


def test_ranks_and_deeds_are_said_as_people_do() -> None:
    """A rank is among the first, what is not done is not done."""
    rank = finding(
        "rank",
        "名次",
        DONGSHENG,
        Outcome.VIOLATION,
        9.0,
        Comparator.AT_MOST,
        6.0,
        "名",
        gap=3.0,
        value="教育水平全盟名次",
        reason=Compared(broken=6.0),
    )
    assert wording.required(rank) == "在前6名"
    assert "应在前6名" in wording.reason(rank)
    deed = finding(
        "plan",
        "出台规划",
        DONGSHENG,
        Outcome.VIOLATION,
        observed=False,
        comparator=Comparator.EQUAL,
        bound=True,
        value="已出台规划",
    )
    assert wording.reason(deed) == "未出台规划。"


def test_a_chart_from_baseline_to_target() -> None:
    """Baseline, line, today and target; nothing is drawn of a single number."""
    line = LineToTarget(2027, 80.0, 2020, 70.0, 90.0)
    of = finding("x", "y", DONGSHENG, Outcome.BEHIND, 75.0, bound=90.0, unit="%")
    of = replace(of, reason=Compared(broken=90.0, line=line))
    of = changed(of, timing=replace(of.by.timing, last=2027))
    drawn = points(of)

    assert [(each.role, each.year, each.value) for each in drawn] == [
        (Role.BASELINE, 2020, 70.0),
        (Role.LINE, 2025, 80.0),
        (Role.SEEN, 2025, 75.0),
        (Role.TARGET, 2027, 90.0),
    ]
    assert packed(drawn).split("|")[0] == "b·2020·70.0·70%"
    assert 'aria-label="2020年基期70%；2025年进度线80%；2025年实测75%；2027年目标90%"' in svg(drawn)
    assert points(class_size(pupils(1), 47, 12)) == []
    printed = changed(of, baseline=Baseline(year=2020, value=70.0))
    due = replace(printed, reason=Compared(broken=90.0))
    assert [each.role for each in points(due)] == [Role.BASELINE, Role.SEEN, Role.TARGET]
    ends = changed(due, timing=replace(of.by.timing, last=2025))
    up, down = (
        float(svg(points(ends)).partition(f">{text}<")[0].rpartition('y="')[2][:-1])
        for text in ("90%", "75%")
    )
    assert down - up > 16, "of two values of one year, the lower is written below its dot"
    assert [(each.year, each.value) for each in points(rise(20.0))] == [(2024, 100), (2025, 120)]


def test_a_page_draws_without_scripts() -> None:
    """What is behind its line is drawn where no script runs, and said for those who do not see."""
    line = LineToTarget(2027, 80.0, 2020, 70.0, 90.0)
    of = finding("x", "y", DONGSHENG, Outcome.BEHIND, 75.0, bound=90.0, unit="%")
    text = page(with_findings(replace(of, reason=Compared(broken=90.0, line=line))))

    assert '<svg class="chart" role="img"' in text
    Outline(text)


def test_who_falls_short_and_what_is_remarkable() -> None:
    """The members that keep a rate from 100 % are listed, with the notes on the values."""
    few = NamedFew(Level.SCHOOL, 2, (SubjectName("s1", "甲校"),), (SubjectName("s2", "乙\t校"),))
    of = replace(rate(), reason=Compared(broken=100.0, short=few))
    (told,) = shown(with_findings(of))
    assert told["short"] == "甲校\ts1\n乙 校\ts2"
    (note,) = (each for each in sample_run().notes if each.measures)
    noted = replace(
        class_size(pupils(1), 47, 12),
        inputs=(Input(of=note.about[0], value=1, subject=note.subject, year=note.year),),
    )
    run = with_findings(noted)
    columns = PageColumns(RecordedFindings(run).forms(), run)
    ((name, lines),) = Beside(run, columns).lines(columns.parts[0], np.array([0]), noted)
    assert (name, lines) == ("notes", [wording.note(note)])


def test_what_governs_is_told_once_for_all_of_whom_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came of the other rule is told of each finding, and worded once for each outcome."""
    own = [class_size(pupils(n), 46 + n % 3, n) for n in range(1, 31)]
    loose = replace(own[0].by, id="plan/loose", governors=(GoverningYears("plan/strict", 1, 9999),))
    strict = replace(own[0].by, id="plan/strict", governs=(GoverningYears("plan/loose", 1, 9999),))
    kinds = (Outcome.VIOLATION, Outcome.MISSING, Outcome.COMPLIANT)
    others = [replace(of, by=strict, outcome=kinds[at % 3]) for at, of in enumerate(own[:-1])]
    findings = (*(replace(of, by=loose) for of in own), *others)
    asked, by_rule = list[Sequence[Finding]](), wording.Counterparts.by_rule

    def counted(self: wording.Counterparts, of: Sequence[Finding]) -> dict[str, str]:
        asked.append(of)
        return by_rule(self, of)

    monkeypatch.setattr(wording.Counterparts, "by_rule", counted)

    told = packed_in(page(replace(with_findings(*findings), notes=())))

    worded = len(asked)
    governed = len(LINES) + MORE_LINES.index("governed")
    lines = {}
    for at, subject in enumerate(told["subject"]):
        id_, text = lines_of(told, at)[governed].split("\t")
        lines[id_, told["subjects"][subject][0]] = text
    counterparts = wording.Counterparts.of(findings)
    assert lines == {
        (id_, of.subject.code): line
        for of in findings
        for id_, line in counterparts.by_rule([of]).items()
    }
    assert (len(set(lines.values())), worded) == (4 + 1, 4 + 1)


@pytest.mark.parametrize(
    "texts",
    [[], ["47人", "", "1,234.5", "F12\x1b", "甲\u202e9"], ["1\n2", "3"], ["1\r", "\r2\r\n"]],
    ids=["none", "several", "lines", "returns"],
)
def test_texts_are_taken_apart_at_once_as_one_by_one(texts: list[str]) -> None:
    """Nothing of one text gets into the next."""
    assert each_apart(texts) == [apart(visible(text)) for text in texts]


def test_what_became_of_findings() -> None:
    """Worse, better, new, gone or another value: in words, and by kind."""
    before = with_findings(
        class_size(pupils(1), 40, 12),
        class_size(pupils(2), 50, 13),
        class_size(pupils(3), 50, 14),
        class_size(pupils(5), 50, 15),
    )
    after = with_findings(
        class_size(pupils(1), 50, 12),
        class_size(pupils(2), 40, 13),
        class_size(pupils(3), 51, 14),
        class_size(pupils(4), 60, 15),
    )
    found = compare(before, after)
    kinds = {each.kind: [one.subject for one in each.changes] for each in by_kind(found)}

    assert kinds == {
        "worse": [pupils(1).code],
        "better": [pupils(2).code],
        "new": [pupils(4).code],
        "gone": [pupils(5).code],
        "other": [pupils(3).code],
    }
    told = since(found)["ordos-145/primary-class-size", pupils(1).code, 2025]
    assert told.kind == "worse"
    assert told.text.startswith("上次（2025年）达标 40人；原因：")
    file = io.StringIO()
    write_html(after, file, Circumstances(comparison=found))
    text = file.getvalue()
    assert "对比" in text
    assert 'data-filter="since=worse"' in text
    Outline(text)


def compared_page(before: Run, after: Run) -> str:
    """Write what changed as a page."""
    file = io.StringIO()
    write_comparison(compare(before, after), (before, after), file)
    return file.getvalue()


def test_a_comparison_is_a_page() -> None:
    """It is whole in both languages, runs nothing, and takes hostile names as text."""
    good = with_findings(class_size(pupils(1), 40, 12))
    bad = with_findings(class_size(pupils(1), 50, 12))
    for spoken in Language:
        with speaking(spoken):
            text = compared_page(good, bad)
            Outline(text)
            assert "<script" not in text
    assert "没有变化" in compared_page(good, good)
    plan = good.documents[0].title
    title = f"<title>{pupils(1).name}2025年两次考核对比（《{plan}》）</title>"
    assert title in compared_page(good, good)
    assert NAMES[1] not in compared_page(good, hostile_run())
    Outline(compared_page(good, hostile_run()))


def test_sheets_are_cut_to_what_is_cited() -> None:
    """Of a sheet the rows and columns that findings cite are kept, and what says who a row is."""
    sheet = SheetExcerpt(
        "examples/schools.xlsx",
        ("A", "F", "G"),
        1,
        ("名称", "班级人数", "其他"),
        (11, 12, 13),
        (("甲", "40", "1"), ("乙<b>", "47人", "2"), ("丙", "45", "3")),
        "班级",
    )
    run = replace(sample_run(), sheets=(sheet,))
    one = class_size(pupils(1), 47, 12)

    sources = [each.source for each in one.inputs if each.source]
    (more,) = cited(run.sheets, [(each, [13]) for each in sources])
    assert (more.columns, more.numbers) == (("A", "F"), (12, 13))
    (kept,) = cited(run.sheets, [(each, ()) for each in sources])
    assert (kept.columns, kept.numbers, kept.cells) == (("A", "F"), (12,), (("乙<b>", "47人"),))
    part = narrowed(run, replace(run.options, area="150603"))
    assert part.sheets == ()
    (packed_sheet,) = packed_in(page(run))["sheets"]
    assert packed_sheet["rows"][0] == [12, "乙<b>", "47人"]
