"""The library page: document, topic, rule, norm, place, proof."""

import io
import re
from pathlib import Path

from dabiao.reports.format_names import Format
from dabiao.reports.lists.library import LibraryEntry, volumes, write_library
from dabiao.schemas.document import Document, Period
from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.rule import NormRecord, RuleRecord, Timing, TimingKind
from tests.reports.test_page import Outline, check_policy
from tests.reports.test_page_script import dumped, needs_chromium

DOCUMENT = Document(id="plan", title="某旗<规划>", period=Period(from_=2021))


def entry(slug: str, topic: str, line: int) -> LibraryEntry:
    """Make a rule of the plan."""
    record = RuleRecord(
        id=f"plan/{slug}",
        title=f"承诺{line}",
        description="读法",
        document="plan",
        places=("第一章",),
        area=None,
        level=Level.CLASS,
        condition=None,
        norm=NormRecord(text="班级人数 应不高于 45人", kind="compares"),
        timing=Timing(kind=TimingKind.DUE, last=2025),
        baseline=None,
        aspiration=True,
        decimals=None,
        units=Units(lead=("教育局",)),
        contradicts=(),
        governed_by="plan/stricter",
        tags=(slug,),
        file=f"features/plan/{topic}.feature",
        line=line,
    )
    return LibraryEntry(record, topic, {"界线": ["人数=45，结论=达标"]})


def written(form: Format) -> str:
    """Write a library of three rules in two topics."""
    entries = [entry("c", "乙", 3), entry("b", "甲", 9), entry("a", "甲", 2)]
    file = io.StringIO()
    write_library(volumes({"plan": DOCUMENT}, entries), form, file)
    return file.getvalue()


def test_rules_stand_in_the_order_of_their_features() -> None:
    """Topics by file, rules by line."""
    page = written(Format.MARKDOWN)

    places = [page.index(title) for title in ("承诺3", "承诺2", "承诺9")]
    assert places == sorted(places)


def test_a_rule_is_told_in_full() -> None:
    """Norm, place, timing, units, kind, reading, the governing rule and its proof."""
    for form in Format.MARKDOWN, Format.HTML:
        page = written(form)
        for told in (
            "班级人数 应不高于 45人",
            "第一章",
            "到2025年底",
            "教育局",
            "力争",
            "读法",
            "plan/stricter",
            "人数=45，结论=达标",
        ):
            assert told in page


def test_html_is_escaped() -> None:
    """A title is text, whatever it looks like."""
    assert "某旗&lt;规划&gt;" in written(Format.HTML)
    assert "<规划>" not in written(Format.HTML)


def test_page_is_whole_and_runs_only_its_own_script() -> None:
    """Tags are closed, links lead somewhere, and the policy allows this script and this style."""
    page = written(Format.HTML)
    outline = Outline(page)

    assert outline.open == []
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    check_policy(page)


@needs_chromium
def test_search_shows_only_what_it_finds(tmp_path: Path) -> None:
    """An address that asks for words hides the rules without them, and topics without rules."""
    path = tmp_path / "library.html"
    path.write_text(written(Format.HTML), "utf-8", newline="\n")
    found = dumped(path, "#q=承诺2")
    shown = [part for part in found.split("<article")[1:] if "hidden" not in part.partition(">")[0]]

    assert "1 条规则" in found
    assert len(shown) == 1
    assert "承诺2" in shown[0]


@needs_chromium
def test_table_is_searched_and_sorted(tmp_path: Path) -> None:
    """Rules stand in a table first, each with a link to all that is told of it."""
    path = tmp_path / "library.html"
    clicks = "for (const way of [1, 2]) document.querySelector('#rows th button').click();"
    script = f"</body><script>{clicks}</script>"
    page = written(Format.HTML).replace("Content-Security-Policy", "none")
    path.write_text(page.replace("</body>", script), "utf-8", newline="\n")
    table = dumped(path).partition('id="rows"')[2].partition("</table>")[0]
    found = dumped(path, "#q=承诺2").partition('id="rows"')[2].partition("</table>")[0]

    assert re.findall('href="#(.*?)">(.*?)</a>', table) == [
        ("plan--b", "承诺9"),
        ("plan--c", "承诺3"),
        ("plan--a", "承诺2"),
    ]
    assert "descending" in table
    assert table.count("班级人数 应不高于 45人") == table.count("到2025年底") == 3
    assert found.count("<tr>") == 2
