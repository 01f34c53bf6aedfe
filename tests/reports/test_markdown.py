"""Markdown: counts, what is not well, what is missing."""

import io
from dataclasses import replace

import pytest
from inline_snapshot import external_file

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.ledger.workbook import ledger_title
from dabiao.reports.page.report import Page
from dabiao.reports.run.markdown import escaped, write_markdown
from dabiao.reports.summaries import yearly
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.run import Run
from tests.reports.sample import sample_run


def written(run: Run, circumstances: Circumstances | None = None) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_markdown(run, file, circumstances)
    return file.getvalue()


def test_page() -> None:
    """The page is the approved one."""
    assert written(sample_run()) == external_file("approved/run.md", format=".txt")


@pytest.mark.parametrize("years", [(2025,), (2020, 2025)])
def test_titles_name_the_years_judged(years: tuple[int, ...]) -> None:
    """A number at a name's end is none of them, nor the year of a baseline, with no rule in it."""
    run, known = replace(sample_run(), years=years), Circumstances(place="示例小学2")
    titles = [
        Page(run, known).title,
        ledger_title(yearly(run), wording.narrowed_to(known)),
        written(run, known),
    ]

    assert [each.removeprefix("# ")[:11] for each in titles] == ["示例小学2 2025年"] * 3


def test_the_command_that_repeats_it() -> None:
    """It can be copied as it stands, whatever it holds."""
    text = written(sample_run(), Circumstances(command="dabiao report 'a ``b`*.json' -o b.md"))

    assert text.endswith("- 重做一遍 ``` dabiao report 'a ``b`*.json' -o b.md ```\n")


def test_the_title_says_what_it_is_narrowed_to() -> None:
    """A place and a unit; neither can end the line."""
    narrow = Circumstances(place="东胜\n区", unit="市教育体育局")

    assert (
        written(sample_run(), narrow).splitlines()[0] == "# 东胜<br>区　市教育体育局2025年考核结果"
    )
    with speaking(Language.EN):
        assert written(sample_run(), narrow).startswith("# Check of 2025: 东胜<br>区, 市教育体育局")


def test_whatever_is_submitted_stays_text() -> None:
    """A name cannot break a table or begin a tag."""
    assert escaped("a|b\n<b>*c*") == r"a\|b<br>\<b\>\*c\*"
