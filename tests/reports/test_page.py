"""The page: self-contained, well-formed, safe, and the same for the same run."""

import base64
import datetime
import hashlib
import io
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any, TextIO, cast

import pytest
from inline_snapshot import external_file

import dabiao
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.compare import compare
from dabiao.reports.page import report
from dabiao.reports.page.charts import spark
from dabiao.reports.page.cutting.lines import HOLE
from dabiao.reports.page.overview import Rate
from dabiao.reports.page.report import anchor, write_html
from dabiao.reports.page.sections import YearsRow
from dabiao.reports.visible import Visible
from dabiao.schemas.finding import Units
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, WhyMissing
from dabiao.schemas.reasons.why import Lacking
from dabiao.schemas.run import Run
from tests.reports.sample import changed, class_size, pupils, sample_run

VOID = {"meta", "br", "hr", "img", "input", "link"}
UNREAD = {"style", "script"}


class Outline(HTMLParser):
    """What a page is made of; refuses tags that are not closed in turn."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, which must be the last one opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text that people read."""
        if self.open and self.open[-1] not in UNREAD:
            self.text += data


def page(run: Run, **known: object) -> str:
    """Write a run as a page, as a file has it."""
    file = io.StringIO()
    told: dict[str, Any] = {"names": {"150600": "鄂尔多斯市"}} | known
    write_html(run, cast("TextIO", Visible(file)), Circumstances(**told))
    return file.getvalue()


def packed(text: str) -> dict[str, Any]:
    """Give the data that the page's script reads."""
    content = text.partition('id="packed">')[2].partition("</script>")[0]
    return cast("dict[str, Any]", json.loads(content))


class Structure(HTMLParser):
    """What a page says and how it is built: a line per element, text below its element.

    How it is indented, in which order attributes stand, and how it looks is another matter.
    """

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []
        self._text = ""
        self.feed(text)
        self.close()
        self._tell()

    def handle_decl(self, decl: str) -> None:
        """Note what the page says it is."""
        self._line(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._tell()
        told = [f"{name}={value}" for name, value in sorted(attrs) if name != "style"]
        self._line(" ".join([f"<{tag}", *told]) + ">")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        self._tell()
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text that people read."""
        if not UNREAD & set(self._open[-1:]):
            self._text += data

    def _tell(self) -> None:
        if text := " ".join(self._text.split()):
            self._line(text)
        self._text = ""

    def _line(self, text: str) -> None:
        self.lines.append("  " * len(self._open) + text)


def style(text: str) -> str:
    """Give the style sheet of a page."""
    return text.partition("<style>")[2].partition("</style>")[0].strip() + "\n"


def test_page() -> None:
    """The page says what was approved and is built like it; version, style and script aside."""
    text = page(sample_run()).replace(dabiao.__version__, "VERSION")

    structure = re.sub(r"'sha256-[^']*'", "HASH", "\n".join([*Structure(text).lines, ""]))
    assert structure == external_file("approved/report.structure.txt")


def test_style() -> None:
    """The style sheet is the approved one: a change of looks is a change of this file alone."""
    assert style(page(sample_run())) == external_file("approved/report.style.txt")


def test_structure_sees_what_matters() -> None:
    """Another text, class, id, order or element is another structure; style and indent are not."""
    text = "<p class=a id=b>x <b>y</b></p><style>p {}</style>"
    same = "<p style='color: red' id=b class=a>\n  x\n  <b>y</b>\n</p><style>b {}</style>"
    assert Structure(same).lines == Structure(text).lines
    for was, now in (
        ("class=a", "class=c"),
        ("id=b", "id=c"),
        ("<b>y</b>", "<i>y</i>"),
        ("x", "z"),
    ):
        assert Structure(text.replace(was, now)).lines != Structure(text).lines


@pytest.mark.parametrize("spoken", list(Language))
def test_page_is_whole(spoken: Language) -> None:
    """Tags are closed, ids are unique, every link leads somewhere on the page."""
    with speaking(spoken):
        outline = Outline(page(sample_run()))

    assert outline.open == []
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_a_county_where_nothing_fails_has_no_section() -> None:
    """What stands for it in the matrix leads to the tables, which it is not among."""
    run = sample_run()
    good = class_size(pupils(7, "1506030030", "150699"), 40, 9)
    outline = Outline(page(replace(run, findings=(*run.findings, good))))

    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_page_needs_nothing_else() -> None:
    """No address: it can be read and printed from a stick."""
    text = page(sample_run())

    assert "http://" not in text
    assert "https://" not in text
    assert "@import" not in text
    assert "src=" not in text


def check_policy(text: str) -> None:
    """A browser is told to fetch nothing, and to run and apply just what was written."""
    (policy,) = re.findall(r'Security-Policy" content="([^"]*)"', text)
    allowed = unescape(policy)
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    styles = text.partition("<style>")[2].partition("</style>")[0]

    assert "default-src 'none'" in allowed
    for content in script, styles:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed
    assert "innerHTML" not in script
    assert " style=" not in text


def test_page_runs_only_its_own_script() -> None:
    """Whatever is submitted, no other script runs."""
    check_policy(page(sample_run()))


HOSTILE = "<script>alert(1)</script>&'\"\u202e\x1b[2K"


def test_whatever_is_submitted_stays_text() -> None:
    """A name is never markup, nor does it turn the line round, wherever it comes from."""
    run = sample_run()
    bad = class_size(pupils(1), 60, 3)
    subject = replace(bad.subject, name=HOSTILE, code='"><b>')
    units = Units(lead=(HOSTILE,), responsible=(HOSTILE,))
    problem = Lack(WhyMissing.UNUSABLE, 2025, problem=HOSTILE)
    bad = replace(
        changed(bad, units=units, topic=HOSTILE, description=HOSTILE),
        subject=subject,
        reason=Lacking((problem,)),
    )
    text = page(replace(run, findings=(bad,)), command=HOSTILE, place=HOSTILE)
    outline = Outline(text)

    assert outline.tags.count("script") == 2
    assert "<script>alert(1)</script>" in outline.text
    assert "\u202e" not in text
    assert "\x1b" not in text
    shown = HOSTILE.replace("\u202e", "\\u202e").replace("\x1b", "\\u001b")
    assert shown in packed(text)["names"]
    assert any(re.sub(r"\d+", HOLE, shown) in line for line in packed(text)["lines"])


def test_anchors_are_stable_and_plain() -> None:
    """A finding has the same anchor in every report, without a character to be escaped."""
    first = sample_run().findings[0]
    odd = replace(first, subject=replace(first.subject, code="甲 1/é%"))

    assert anchor(first) == "ordos-145.primary-class-size.1506020010101.2025"
    assert anchor(odd).isascii()
    assert not set(anchor(odd)) & set(" %/")


def test_a_heading_that_is_cut_says_so() -> None:
    """The map of rates has no room for a long title; the whole of it stands behind."""
    run, long = sample_run(), "关于全面推进本市教育高质量发展的若干意见（含附件）"
    document = replace(run.findings[0].by.document, title=long)
    told = [replace(of, by=replace(of.by, document=document, topic="")) for of in run.findings]
    text = page(replace(run, findings=tuple(told)))

    assert f'title="《{long}》"><span>《{long[:18]}…</span>' in text


def test_title_names_the_place_and_the_year() -> None:
    """Two counties' reports can be told apart; a whole one is named after what all lie in."""
    whole = Outline(page(sample_run())).text
    county = Outline(page(sample_run(), place="东胜区")).text

    assert "鄂尔多斯市2025年度目标任务完成情况督导评估报告" in whole
    part = Outline(page(sample_run(), place="东胜区", unit="市教育体育局")).text

    assert "东胜区2025年度目标任务完成情况督导评估报告" in county
    assert "东胜区2025年度目标任务完成情况督导评估报告（市教育体育局）" in part


def test_cut_off_is_what_the_run_knows() -> None:
    """The year of the figures, and the last day a file came; without a log that is said."""
    run = sample_run()
    files = tuple(
        replace(each, received=day)
        for each, day in zip(
            (*run.facts, *run.facts),
            (datetime.date(2025, 10, 12), datetime.date(2025, 10, 9)),
            strict=False,
        )
    )
    logged = replace(run, facts=files)
    some = replace(run, facts=(files[0], run.facts[0]))

    assert "2025年的填报数据，收到日期没有登记" in Outline(page(run)).text
    assert "2025年的填报数据，最后一份 2025-10-12 收到（" in Outline(page(logged)).text
    assert "最后一份 2025-10-12 收到，另有 1 个文件没有登记" in Outline(page(some)).text


def test_the_printed_page_has_a_cover() -> None:
    """It names title, place, year, cut-off and fingerprint, and is signed there."""
    run = sample_run()
    cover = page(run).partition('<section class="cover"')[2].partition("</section>")[0]

    for each in ("鄂尔多斯市", "2025", "数据截至", run.fingerprint, "督导责任人：", "日期："):
        assert each in cover


def test_rate_counts_what_does_not_apply_apart() -> None:
    """The rate says of what it is a share, with yes-or-no commitments apart."""
    text = Outline(page(sample_run())).text

    assert "20.0%" in text
    assert "达标 2 ÷ 应判 10；不适用 1 不计入" in text
    assert "是/否项 0%，数值项 22.2%" in text


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({Outcome.MISSING: 9}, ("缺数据", "缺", "lacking")),
        ({Outcome.MISSING: 9, Outcome.VIOLATION: 1}, ("缺数据", "缺", "lacking")),
        ({Outcome.MISSING: 9, Outcome.COMPLIANT: 1}, ("≥10.0%", "≥10", "lacking")),
        ({Outcome.MISSING: 5, Outcome.VIOLATION: 5}, ("0%", "0", "s0")),
        ({Outcome.VIOLATION: 1, Outcome.NOT_APPLICABLE: 9}, ("0%", "0", "s0")),
        ({Outcome.NOT_APPLICABLE: 9}, ("—", "", "")),
    ],
)
def test_missing_data_do_not_look_like_failing(
    counts: dict[Outcome, int], told: tuple[str, str, str]
) -> None:
    """Where most is missing a rate is the least it may come to, and in no colour of failures."""
    rate = Rate(counts)

    assert (rate.text, rate.short, rate.shade) == told


def test_who_is_not_known_is_no_worst() -> None:
    """Who comply least stand before those of whom most is missing, however few these may prove."""
    failing = Rate({Outcome.VIOLATION: 1, Outcome.COMPLIANT: 1})
    unknown = Rate({Outcome.VIOLATION: 1, Outcome.MISSING: 9})

    assert sorted([unknown, failing], key=lambda rate: rate.order) == [failing, unknown]
    assert YearsRow("甲县", [failing, unknown]).moved == 0.0


def test_years_without_data_have_no_place_on_a_line() -> None:
    """A small line leads through the years that are known; one such year makes no line."""
    half, unknown = Rate({Outcome.VIOLATION: 1, Outcome.COMPLIANT: 1}), Rate({Outcome.MISSING: 9})
    with speaking(Language.EN):
        line = spark(YearsRow("甲县", [half, unknown, half]), [2023, 2024, 2025])

        assert 'aria-label="2023: 50.0%; 2025: 50.0%"' in line
        assert len(re.findall(r"\d+,\d+", line)) == 2
        assert spark(YearsRow("甲县", [half, unknown]), [2023, 2024]) == ""


def test_what_fails_is_there_without_scripts() -> None:
    """Every finding that is missed or behind stands in the table of its county."""
    run = sample_run()
    text = Outline(page(run)).text

    for of in run.findings:
        if of.outcome in (Outcome.VIOLATION, Outcome.BEHIND):
            assert of.title in text
            assert of.subject.name in text


def test_every_finding_is_in_the_page() -> None:
    """However many there are: none is left to another file."""
    run = sample_run()
    crowd = tuple(class_size(pupils(number, "1506020099"), 50, number) for number in range(1, 99))
    run = replace(run, findings=run.findings + crowd)
    text = page(run)

    assert len(packed(text)["subject"]) == len(run.findings)
    assert "99/101" in text


def test_undecided_roll_ups_say_what_is_certain() -> None:
    """A roll-up that lacks data says what it would be at best and at worst."""
    text = " ".join(Outline(page(sample_run())).text.split())

    assert "补齐后最好为未达标，最差为未达标" in text.replace(" ", "")


def test_years_stand_side_by_side() -> None:
    """Tiles are of the year judged last; each year has a rate; the table holds them all."""
    run = sample_run()
    before = replace(class_size(pupils(1), 45, 12), year=2024, figures=2024)
    base = replace(before, year=2020, figures=2020, outcome=Outcome.NOT_APPLICABLE)
    findings = (*run.findings, before, base)
    run = replace(run, years=(2020, 2024, 2025), findings=findings)
    text = page(run)

    assert "达标 2 ÷ 应判 10" in text
    assert "历年对照" in text
    assert '<th scope="col">2024</th><th scope="col">2025</th>' in text
    assert "（另列 2024 各年）" in text
    assert '<th scope="col">2020</th>' not in text, "a year that no rule applied in"
    assert len(packed(text)["subject"]) == len(run.findings)


def test_nothing_to_report() -> None:
    """A run without findings is a page that says so."""
    run = replace(sample_run(), findings=(), summary=dict.fromkeys(Outcome, 0), notes=())
    text = page(run)
    outline = Outline(text)

    assert outline.open == []
    assert 'id="matrix"' not in text
    assert "依据" not in outline.text.partition("考核年份")[0]
    assert "没有可以判断的事项" in outline.text
    assert "没有未达标" not in outline.text
    assert "需要的数据都已报送" not in outline.text


def test_all_is_met() -> None:
    """A run in which everything is met is a page that says so."""
    good = tuple(one for one in sample_run().findings if one.outcome is Outcome.COMPLIANT)
    counts = {each: len(good) if each is Outcome.COMPLIANT else 0 for each in Outcome}
    outline = Outline(page(replace(sample_run(), findings=good, summary=counts)))

    assert "没有未达标或滞后的结论" in outline.text
    assert "需要的数据都已报送" in outline.text


def test_a_note_on_nobody_has_no_heading() -> None:
    """A row whose first cell is empty is not read out as headed by nothing."""
    whole = sample_run()
    notes = tuple(replace(each, of=None) for each in whole.notes)
    assert '<th scope="row"></th>' not in page(replace(whole, notes=notes))


def test_what_is_printed_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those who owe data, and of notes, so many stand there; how many more there are is said."""
    whole = sample_run()
    more = (class_size(pupils(1), None, 1), class_size(pupils(1, "1506020002"), None, 2))
    run = replace(whole, findings=(*whole.findings, *more), notes=whole.notes[:1] * 4)
    monkeypatch.setattr(report, "MOST_LISTED", 1)
    text = page(run)

    assert "以上 1 个待定结论最多；另有 2 个没有列出" in text
    assert "另有 3 条提示没有列出" in text
    for section in ("missing", "notes"):
        (table,) = re.findall(rf'<section id="{section}".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
        assert table.count("<tr>") == 1


def test_a_tile_says_what_changed() -> None:
    """More or fewer than before are counted; as many as before is a word, not +0."""
    run = sample_run()
    before = replace(run, summary={**run.summary, Outcome.VIOLATION: 1})
    text = Outline(page(run, comparison=compare(before, run))).text

    assert f"上次 1（{run.summary[Outcome.VIOLATION] - 1:+}）" in text
    assert "与上次相同" in text
    assert "+0" not in text


def test_a_county_alone_is_compared_by_its_schools() -> None:
    """The matrix of one county has a row for itself and one for each school judged."""
    run = sample_run()
    inside = tuple(of for of in run.findings if "150602" in (of.subject.code, *of.subject.parents))
    closed = class_size(pupils(8, "1506020099"), 40, 8)
    closed = replace(closed, outcome=Outcome.NOT_APPLICABLE)
    asked = replace(run, findings=(*inside, closed))
    outline = Structure(page(asked, place="东胜区")).lines
    rows = [line.strip() for line in outline if "<tr data-" in line]

    assert rows == ["<tr data-home=150602>", "<tr data-school=1506020010>"]


def test_who_answers_for_nothing_is_said_once() -> None:
    """Where a document names no unit, the ten that matter most say so below them, not each."""
    run = sample_run()
    nobody = {each.by.id: replace(each.by, units=Units()) for each in run.findings}
    findings = tuple(replace(each, by=nobody[each.by.id]) for each in run.findings)
    text = page(replace(run, findings=findings, judged=tuple(nobody.values())))

    ten = text.partition('<ol class="ten">')[2].partition("</p>")[0]
    assert ten.count("这几条由谁负责，文件没有写明") == 1
    assert "责任：" not in ten
    assert "这几条由谁负责" not in page(run)
