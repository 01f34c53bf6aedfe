"""The page: self-contained, well-formed, safe, and the same for the same run."""

import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from inline_snapshot import external_file

import dabiao
from dabiao.reports.run import html
from dabiao.reports.run.html import anchor, write_html
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.run import Run
from tests.reports.sample import class_size, pupils, sample_run

VOID = {"meta", "br", "hr", "img", "input", "link"}


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
        if self.open and self.open[-1] != "style":
            self.text += data


def page(run: Run) -> str:
    """Write a run as a page."""
    file = io.StringIO()
    write_html(run, file)
    return file.getvalue()


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
        if self._open[-1:] != ["style"]:
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
    """The page says what was approved and is built like it; the version and its style aside."""
    text = page(sample_run()).replace(dabiao.__version__, "VERSION")

    structure = "\n".join([*Structure(text).lines, ""])
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


def test_page_needs_nothing_else() -> None:
    """No script, no address: it can be read and printed from a stick."""
    text = page(sample_run())

    assert "script" not in Outline(text).tags
    assert "http://" not in text
    assert "https://" not in text
    assert "@import" not in text


def test_whatever_is_submitted_stays_text() -> None:
    """A name is never markup."""
    run = sample_run()
    bad = class_size(pupils(1), 60, 3)
    subject = bad.subject.model_copy(update={"name": "<script>alert(1)</script>", "code": '"><b>'})
    changed = replace(bad, subject=subject)
    text = page(run.model_copy(update={"findings": (changed,)}))

    assert "script" not in Outline(text).tags
    assert "<script>alert(1)</script>" in Outline(text).text


def test_anchors_are_stable_and_plain() -> None:
    """A finding has the same anchor in every report, without a character to be escaped."""
    first = sample_run().findings[0]
    odd = replace(first, subject=first.subject.model_copy(update={"code": "甲 1/é%"}))

    assert anchor(first) == "ordos-145.primary-class-size.1506020010101.2025"
    assert anchor(odd).isascii()
    assert not set(anchor(odd)) & set(" %/")


def test_a_page_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many findings the gravest are shown, and the page says how many are not."""
    monkeypatch.setattr(html, "MOST_ROWS", 20)
    crowd = tuple(class_size(pupils(number, "1506020099"), 50, number) for number in range(1, 99))
    run = sample_run()
    text = Outline(page(run.model_copy(update={"findings": run.findings + crowd}))).text

    assert "还有 83 个差距较小的对象未在此列出" in text
    assert "teacher-rotation" in text


def test_undecided_roll_ups_say_what_is_certain() -> None:
    """A roll-up that lacks data says what it would be at best and at worst."""
    text = " ".join(Outline(page(sample_run())).text.split())

    assert "补齐后最好为未达标，最差为未达标" in text.replace(" ", "")


def test_nothing_to_report() -> None:
    """A run without findings is a page that says so."""
    run = sample_run().model_copy(update={"findings": (), "summary": {}, "notes": ()})
    outline = Outline(page(run))

    assert outline.open == []
    assert "没有未达标或滞后的结论" in outline.text
    assert "需要的数据都已报送" in outline.text
